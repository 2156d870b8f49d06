// answer.ts - an auditee answers a finding: contain, correct, why, plan, do, prove. One step is open; what was returned
// stands on top of it, and who is next below it.
import { signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit-html';
import { act, attempt, deed } from '#store/act.ts';
import { done, goOn, owners, plan, steps, submitted, type Answer, type Step } from '#store/answer.ts';
import { draft, field, send, write } from '#store/draft.ts';
import { gather, gathered } from '#store/evidence.ts';
import { can, may } from '#store/may.ts';
import { personName } from '#store/names.ts';
import { ask, stale } from '#store/query.ts';
import { line } from '#store/session.ts';
import type { Action } from '#store/records.ts';
import { day, hour, text } from '#text/text.ts';
import { notNow, refusal } from '#part/refusal.ts';
import { sign } from '#part/sign.ts';
import { verb } from '#part/verb.ts';
import { writing } from '#part/writing.ts';
import { evidence } from '#page/evidence.ts';

type Shown = TemplateResult | typeof nothing;
type Text = 'containment' | 'no_containment' | 'correction' | 'root_cause' | 'extent' | 'changes' | 'correction_only';
type Day = 'contained_on' | 'corrected_on';

const opened = signal<{ finding: string; step: Step } | undefined>(undefined);
const open = (answer: Answer, step: Step): void => { opened.value = { finding: `${answer.finding.id} ${answer.finding.state}`, step }; };

/**
 * Where one began, so that no step goes away under a writing hand when it becomes done. Anew when the finding goes on.
 */
const began = new Map<string, Step>();

/** The one that was chosen; else the first that was not done. */
function present(answer: Answer): Step {
	const { id, state } = answer.finding, key = `${id} ${state}`;

	if (!began.has(key))
		began.set(key, steps.find(step => !done(answer, step)) ?? 'prove');
	return opened.value?.finding === key ? opened.value.step : began.get(key) as Step;
}

const save = ({ written }: Answer): void => send('response', written);

function described(answer: Answer, name: Text, lines = 3): TemplateResult {
	const { written } = answer;

	return writing({ id: name, label: text().answer[name], value: String(field('response', written, name) ?? ''),
		max: 10_000, lines, described: 'saved',
		write: value => write('response', written, name, value), done: () => save(answer) });
}

function when(answer: Answer, name: Day): TemplateResult {
	const { written } = answer;

	return html`<label for=${name}>${text().answer[name]}</label><input id=${name} type="date"
		.value=${String(field('response', written, name) ?? '')}
		@change=${(event: Event) => { write('response', written, name, (event.target as HTMLInputElement).value
			|| null); save(answer); }}>`;
}

function saved({ written }: Answer): TemplateResult {
	const state = draft('response', written), some = Object.keys(state.mine).length > 0, words = text().check;
	const said = state.sending ? words.sending : some && state.refused ? words.not_sent : some ? line.value === 'cut'
		? words.waits : words.kept(hour(state.at))
		: state.sent ? words.sent(hour(state.sent)) : nothing;

	return html`<p id="saved" class="saved" role="status">${said}</p>${state.refused ? refusal(state.refused)
		: nothing}`;
}

// --- the steps

const actionRow = (each: Action, more: Shown = nothing): TemplateResult => html`<li><span
	class="title">${each.what}</span>
	<span class="muted">${each.owner_name} · ${text().due.by(day(each.due))}</span><span
		class="muted">${each.criterion}</span>${more}</li>`;

/** Planned once, and not wanted any more. */
const drop = (each: Action): Shown => verb({ name: `drop ${each.id}`, may: may('action', each.id, 'drop') === true
	|| undefined, label: text().answer.drop,
	fields: [{ name: 'reason', label: text().answer.drop_reason, kind: 'line', max: 1000 }],
	go: given => act('action.drop', { id: each.id, version: each.version, reason: given['reason'] ?? '' }) });

function planning(answer: Answer): TemplateResult {
	const words = text().answer, { finding, actions } = answer;
	const fields = [
		{ name: 'what', label: words.what, kind: 'text' as const, max: 4000 },
		{ name: 'owner', label: words.owner, kind: 'choice' as const, options: owners(finding).map(({ id,
			name }) => ({ value: id, label: name })) },
		{ name: 'due', label: text().request.due, kind: 'day' as const },
		{ name: 'criterion', label: words.criterion, kind: 'text' as const, max: 4000 },
		{ name: 'judge_from', label: words.judge_from, kind: 'day' as const },
	];
	const said = can('action.plan', { finding: finding.id, what: '-', owner: owners(finding)[0]?.id ?? finding.id,
		due: finding.implementation_due ?? '2199-12-31',
		criterion: '-', judge_from: finding.implementation_due ?? '2199-12-31' });

	return html`${actions.length ? html`<ul class="actions">${actions.map(each => actionRow(each, drop(each)))}</ul>`
		: html`<p class="muted">${words.no_action}</p>`}
		${verb({ name: `plan ${finding.id} ${actions.length}`, may: said === undefined ? undefined : true,
			label: words.plan_action, fields, go: given => plan(finding, given) })}`;
}

/** One's own actions: done, with what proves it. */
function doing(each: Action): Shown {
	const words = text().answer, allowed = may('action', each.id, 'done'), files = gathered(each.id);

	if (each.state === 'done')
		return html`<li>${sign('done')} <span class="title">${each.what}</span><span
			class="muted">${each.proof}</span></li>`;
	return html`<li><span class="title">${each.what}</span><span class="muted">${each.owner_name} · ${text().due.by(day(each.due))}</span>
		${each.return_reason ? html`<div class="note"><p>${each.return_reason}</p></div>` : nothing}
		${allowed === true ? evidence('action', each.id, [...each.evidence, ...files], true) : nothing}
		${verb({ name: `done ${each.id}`, may: allowed, label: words.done, solid: true,
			fields: [{ name: 'proof', label: words.proof, kind: 'text', max: 4000 }],
			go: async ({ proof }) => {
				await act('action.done', { id: each.id, version: each.version, proof: proof ?? '',
					evidence: files.map(one => one.evidence) });
				gather(each.id, []);
			} })}</li>`;
}

function proven({ finding }: Answer): TemplateResult {
	const words = text().answer, all = ask('verification.list', { finding: finding.id }).value?.items ?? [];

	return html`<p>${finding.verifier_name ? words.verifies(finding.verifier_name) : words.somebody_verifies}</p>
		${all.map(each => html`<p class="prose">${words.verified[each.result as 'effective' | 'not_effective']
			?? each.result}: ${each.judgement}</p>`)}`;
}

function inside(answer: Answer, step: Step): Shown {
	const { finding } = answer, words = text().answer;

	switch (step) {
	case 'contain': return html`${described(answer, 'containment')}${when(answer, 'contained_on')}
		${field('response', answer.written, 'containment') ? nothing : described(answer, 'no_containment', 2)}`;
	case 'correct': return html`${described(answer, 'correction')}${when(answer, 'corrected_on')}`;
	case 'why': return html`<p class="muted">${words.why_help}</p>${described(answer, 'root_cause',
		4)}${described(answer, 'extent')}${described(answer, 'changes', 2)}
		${finding.grade === 'minor' ? described(answer, 'correction_only', 2) : nothing}`;
	case 'plan': return planning(answer);
	case 'do': return html`<ul class="actions">${answer.actions.map(doing)}</ul>`;
	case 'prove': return proven(answer);
	}
}

const given: [Step, Text][] = [['contain', 'containment'], ['contain', 'no_containment'], ['correct', 'correction'],
	['why', 'root_cause'], ['why', 'extent'], ['why', 'changes'],
	['why', 'correction_only']];

/** What was answered, for those who read it. */
export function readPart(answer: Answer): TemplateResult {
	const words = text().answer, { last, actions } = answer;

	return html`<section class="answer" aria-labelledby="answer-title"><h2 id="answer-title">${words.title}</h2>
		${last ? html`<dl class="answers">${given.map(([, name]) => (last[name]
			? html`<dt>${words[name]}</dt><dd>${last[name]}</dd>` : nothing))}</dl>`
			: html`<p class="muted">${words.none}</p>`}
		${actions.length ? html`<h3>${words.steps.plan}</h3><ul class="actions">${actions.map(each =>
			actionRow(each))}</ul>` : nothing}
		${submitted(answer) ? proven(answer) : nothing}</section>`;
}

/** Everything once more, each with its way back, and then it is handed in. */
function check(answer: Answer): TemplateResult {
	const words = text().answer, { last, finding, actions } = answer, name = `submit ${finding.id}`,
		{ busy, refused } = deed(name);
	const allowed = last?.state === 'draft' ? may('response', last.id, 'submit') : undefined;
	const submit = (): Promise<void> => attempt(name, async () => {
		await act('response.submit', { id: last?.id ?? '', version: last?.version ?? 0 });
		stale(method => /^(finding|response|action)\\./.test(method));
	});

	return html`<section class="check-answers"><h2>${words.check}</h2>
		<dl class="answers">${given.map(([step, each]) => {
			const value = field('response', answer.written, each);

			return value ? html`<dt>${words[each]}</dt><dd><span>${value}</span><button class="quiet"
				@click=${() => open(answer, step)}>${words.change}<span
				class="out-of-sight"> ${words[each]}</span></button></dd>` : nothing;
		})}
		${actions.map(each => html`<dt>${words.steps.plan}</dt><dd><span>${each.what} <span
			class="muted">${each.owner_name}, ${day(each.due)}</span></span></dd>`)}</dl>
		${refusal(refused)}
		${allowed === true ? html`<div class="buttons"><button class="solid" aria-disabled=${busy}
			@click=${submit}>${words.submit}</button></div>` : allowed ? notNow(allowed) : nothing}
		<p class="muted">${words.next}</p></section>`;
}

function way(answer: Answer, now: Step): TemplateResult {
	const words = text().answer.steps;

	return html`<ol class="way">${steps.map((step, i) => html`<li ?data-done=${done(answer, step)}><button class="quiet"
		aria-current=${step === now ? 'step' : nothing}
		@click=${() => open(answer, step)}>
		${done(answer, step) ? sign('done') : html`<span class="number">${i + 1}</span>`}<span
			class="name">${words[step]}</span></button></li>`)}</ol>`;
}

export function answerPart(answer: Answer): TemplateResult {
	const words = text().answer, { last, finding } = answer, now = present(answer),
		next = steps[steps.indexOf(now) + 1];
	const returned = last?.state === 'returned' && finding.state === 'plan_returned';
	const written = now !== 'do' && now !== 'prove' && !submitted(answer);

	return html`<section class="answer" aria-labelledby="answer-title"><h2 id="answer-title">${words.title}</h2>
		${way(answer, now)}
		${returned ? html`<div class="note"><p><strong>${text().request.returned_by(personName(last.decided_by,
			finding.audit) ?? text().room.somebody)}</strong> ${last.reason}</p>
			${answer.written.version ? nothing : html`<div class="buttons"><button
				@click=${() => { goOn(answer); save(answer); }}>${words.go_on_from}</button></div>`}</div>` : nothing}
		<h3>${words.steps[now]}</h3>
		${submitted(answer) && written ? nothing : inside(answer, now)}
		${written ? saved(answer) : nothing}
		${written && next && next !== 'do' ? html`<div class="buttons"><button
			@click=${() => { save(answer); open(answer, next); }}>${words.go_on(words.steps[next])}</button></div>`
				: nothing}
		${submitted(answer) && finding.state === 'planned' ? html`<p>${words.waits}</p>` : nothing}
	</section>
	${written && last?.state === 'draft' ? check(answer) : nothing}`;
}
