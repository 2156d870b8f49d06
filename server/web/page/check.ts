// check.ts - one line of the working papers: what is asked, what came of it, what that rests on, and what follows from
// it. Two may write at once.
import { html, nothing, type TemplateResult } from 'lit-html';
import { act, attempt, deed } from '#store/act.ts';
import { choose as chooseText, draft, field, send, settle, write, type Draft } from '#store/draft.ts';
import { clear } from '#store/form.ts';
import { can, may } from '#store/may.ts';
import { personName } from '#store/names.ts';
import { at } from '#store/organisation.ts';
import { ask, stale } from '#store/query.ts';
import { raising, resultOf } from '#store/room.ts';
import { within, type Audit, type Check, type Finding, type Request } from '#store/records.ts';
import { line } from '#store/session.ts';
import { day, hour, listed, moment, text } from '#text/text.ts';
import { form } from '#part/form.ts';
import { notNow, refusal } from '#part/refusal.ts';
import { sign } from '#part/sign.ts';
import { writing } from '#part/writing.ts';
import { evidence } from '#page/evidence.ts';

type Shown = TemplateResult | typeof nothing;
type Result = NonNullable<Check['result']>;

export const results: Result[] = ['conform', 'nonconform', 'observation', 'not_assessed'];

/** What calls for a finding. */
const calls: Check['result'][] = ['nonconform', 'observation'];

/** Chosen and sent; a result that is chosen again is the same. */
export function choose(check: Check, result: Result): void {
	if (may('check', check.id, 'record') !== true || resultOf(check) === result)
		return;
	write('check', check, 'result', result);
	if (result === 'not_assessed')
		document.getElementById('reason')?.focus();		// it is drawn by now
	send('check', check);
}

function choices(check: Check, open: boolean): TemplateResult {
	const words = text(), chosen = resultOf(check);

	return html`<div class="results" role="group" aria-labelledby="result-label">
		<h3 id="result-label">${words.check.result}</h3>
		<div>${results.map(result => html`<button class="choose" data-result=${result}
			aria-pressed=${chosen === result ? 'true' : 'false'} aria-disabled=${!open}
			@click=${() => choose(check, result)}>${sign(result)}${words.results[result]}</button>`)}</div>
	</div>`;
}

/** What somebody else did to the same field meanwhile, and what one can do about it. */
function otherResult(check: Check, { clash }: Draft): Shown {
	const name = (result: unknown): string => text().results[(result ?? 'open') as Result | 'open'];

	return clash ? html`<div class="note" role="alert"><p>${text().check.clash(name(clash.theirs),
		name(clash.mine))}</p>
		<div class="buttons"><button @click=${() => settle('check', check, 'theirs')}>${name(clash.theirs)}</button>
		<button @click=${() => settle('check', check, 'mine')}>${name(clash.mine)}</button></div></div>` : nothing;
}

function otherText(check: Check, { merged }: Draft): Shown {
	const words = text().check;

	if (!merged)
		return nothing;
	return html`<div class="note" role="status"><p>${(merged.clash ? words.merged_clash
		: words.merged)(hour(merged.at))}</p>
		<div class="buttons"><button class="quiet" @click=${() => chooseText('check', check,
			field('check', check, merged.field as 'notes') ?? '')}>${words.fine}</button>
		<button class="quiet" @click=${() => chooseText('check', check, merged.theirs)}>${words.take_theirs}</button>
		<button class="quiet" @click=${() => chooseText('check', check,
			merged.mine)}>${words.take_mine}</button></div></div>`;
}

function kept(check: Check, state: Draft): string {
	const words = text().check, some = Object.keys(state.mine).length > 0;

	if (some && state.fleeting)
		return words.fleeting;
	if (state.sending)
		return words.sending;
	if (some && resultOf(check) === 'not_assessed' && !field('check', check, 'reason')?.trim())
		return words.reason_needed;
	if (some)
		return state.refused ? words.not_sent : line.value === 'cut' ? words.waits : words.kept(hour(state.at));
	return state.sent ? words.sent(hour(state.sent)) : '';
}

/** One line, always there, so that nothing moves under a writing hand. */
const saved = (check: Check, state: Draft): TemplateResult =>
	html`<p id="saved" class="saved" role="status">${kept(check, state)}</p>${state.refused ? refusal(state.refused)
		: nothing}`;

function recorded(of: Audit, check: Check): Shown {
	const words = text().check;

	if (!check.recorded_at)
		return nothing;
	const said = words.recorded(personName(check.recorded_by, of.id) ?? text().room.somebody,
		moment(check.recorded_at));

	return html`<div class="muted"><p>${said}</p>${check.review_open ? html`<p>${words.review_open}</p>`
		: nothing}</div>`;
}

function raise(what: 'finding' | 'request', check: Check): void {
	raising.value = { check: check.id, what };
	document.querySelector<HTMLElement>(`#${what}-form input, #${what}-form textarea`)?.focus();
}

/** Opens the form; or says why there is none. */
function opener(what: 'finding' | 'request', check: Check): Shown {
	const [method, params] = what === 'finding' ? ['finding.draft', { title: '-', condition: '-' }] as const
		: ['request.raise', { asked: '-', function: check.function }] as const;
	const said = can(method, { part: check.part, from_check: check.id, ...params });

	if (said === true)
		return html`<button class=${what === 'finding' && !calls.includes(resultOf(check)) ? 'quiet' : ''}
			data-raise=${what} @click=${() => raise(what, check)}>${text()[what].raise}</button>`;
	return said ? notNow(said) : nothing;
}

interface Raising { what: 'finding' | 'request'; check: Check; fields: Parameters<typeof form>[1];
	go: (given: Record<string, string>) => Promise<{ reference: string }> }

/** In the place of its button; afterwards a line there says what became of it. */
function raised({ what, check, fields, go }: Raising): TemplateResult {
	const name = `${what} ${check.id}`, words = text()[what], open = raising.value?.check === check.id
		&& raising.value.what === what;
	const close = (): void => { raising.value = undefined; };
	const sent = (given: Record<string, string>): Promise<void> => attempt(name, async () => {
		const { reference } = await go(given);

		clear(name);
		close();
		last.set(name, reference);
		stale(method => method.startsWith(`${what}.`));
	});
	const said = 'drafted' in words ? words.drafted : words.raised;

	return html`<div id="${what}-form" class="raise">${open ? form(name, fields, words.go, sent, close)
		: opener(what, check)}
		<p role="status">${!open && deed(name).done ? said(last.get(name) ?? '') : nothing}</p></div>`;
}

const last = new Map<string, string>();

function raiseFinding(check: Check): TemplateResult {
	const words = text().finding;

	return raised({ what: 'finding', check,
		fields: [{ name: 'title', label: words.title, kind: 'line', max: 300 },
			{ name: 'condition', label: words.condition, kind: 'text', max: 20_000 },
			{ name: 'effect', label: words.effect, kind: 'text', optional: true, max: 20_000 }],
		go: given => act('finding.draft', { title: '', condition: '', ...given, part: check.part,
			from_check: check.id }) });
}

function raiseRequest(check: Check): TemplateResult {
	const words = text().request;

	return raised({ what: 'request', check,
		fields: [{ name: 'asked', label: words.asked, kind: 'text', max: 4000 },
			{ name: 'due', label: words.due, kind: 'day', optional: true }],
		go: given => act('request.raise', { asked: '', ...given, part: check.part, function: check.function,
			from_check: check.id }) });
}

function asked({ population, sample_size, sample, chosen_by }: Check): TemplateResult {
	const words = text().check, size = [sample_size === null ? '' : String(sample_size),
		sample ?? ''].filter(Boolean).join(': ');
	const pair = (label: string, value: string | null): Shown => (value
		? html`<div><dt>${label}</dt><dd>${value}</dd></div>` : nothing);

	return html`<dl class="facts">${pair(words.population, population)}${pair(words.sample,
		size)}${pair(words.chosen_by, chosen_by)}</dl>`;
}

const findingRow = (each: Finding): TemplateResult => html`<li><a href=${at(`/findings/${each.reference}`)}><span
	class="reference">${each.reference}</span> ${each.title}</a>
	<span class="muted">${[each.grade ? text().finding.grades[each.grade] : '',
		text().finding.states[each.state]].filter(Boolean).join(', ')}</span></li>`;
const requestRow = (each: Request, of: Audit): TemplateResult => html`<li><a
	href=${at(`/requests/${each.reference}`)}><span class="reference">${within(each.reference,
		of.reference)}</span> ${each.asked}</a>
	<span class="muted">${text().request.states[each.state]}${each.due ? `, ${(each.overdue ? text().due.late
		: text().due.by)(day(each.due))}` : ''}</span></li>`;

const beside = (title: string, all: TemplateResult[], none: string, more: Shown = nothing): TemplateResult =>
	html`<section><h3>${title}</h3>${all.length ? html`<ul>${all}</ul>`
		: html`<p class="muted">${none}</p>`}${more}</section>`;

/** What is known besides: of this line, and of the same requirement and function in earlier audits. */
function side(of: Audit, check: Check): TemplateResult {
	const words = text().check;
	const findings = ask('finding.list', { audit: of.id }).value?.items ?? [],
		requests = ask('request.list', { audit: of.id }).value?.items ?? [];
	const checks = ask('check.list', { function: check.function, requirement: check.requirement }).value?.items ?? [];
	const before = ask('finding.list', { function: check.function }).value?.items ?? [];
	const earlier = [
		...checks.filter(each => each.audit !== of.id && each.result).map(each => html`<li><span
			class="reference">${each.reference}</span> ${text().results[each.result as Result]}</li>`),
		...before.filter(each => each.audit !== of.id && each.criteria.some(({ requirement }) => requirement ===
			check.requirement)).map(findingRow),
	];

	return html`<aside class="side">
		${beside(words.findings, findings.filter(each => each.from_check === check.id).map(findingRow), words.none)}
		${beside(words.requests, requests.filter(each => each.from_check === check.id).map(each => requestRow(each,
			of)), words.none, raiseRequest(check))}
		${beside(words.earlier, earlier, words.no_earlier)}
	</aside>`;
}

export function checkPage(of: Audit, check: Check, others: string[]): TemplateResult {
	const words = text().check, state = draft('check', check);
	const record = may('check', check.id, 'record'), open = record === true, result = resultOf(check);
	const writes = (name: 'notes' | 'reason') => ({ id: name, value: field('check', check, name) ?? '',
		described: 'saved', readonly: !open,
		write: (value: string) => write('check', check, name, value), done: () => send('check', check) });

	return html`<article class="paper" aria-labelledby="line">
		<a class="back" href=${at(`/audits/${of.reference}`)}>${sign('back')}${words.back}</a>
		<header><h2 id="line"><span class="ref">${check.ref}</span> ${check.requirement_title}</h2>
			<p class="muted"><span class="reference">${check.reference}</span> · ${check.function_name} · ${text().methods[check.method]}</p></header>
		<p class="prose question">${check.question}</p>
		${asked(check)}
		${choices(check, open)}
		${otherResult(check, state)}
		${record && record !== true ? notNow(record) : nothing}
		${recorded(of, check)}
		${open ? raiseFinding(check) : nothing}
		${result === 'not_assessed' ? writing({ ...writes('reason'), label: words.reason, max: 4000, lines: 2 })
			: nothing}
		${writing({ ...writes('notes'), max: 20_000, lines: 6,
			label: html`${words.notes} <span class="others">${others.length ? text().room.at_line(listed(others))
				: nothing}</span>` })}
		${saved(check, state)}
		${otherText(check, state)}
		${evidence('check', check.id, check.evidence, open, html`<h3>${text().evidence.title}</h3>`)}
	</article>
	${side(of, check)}`;
}
