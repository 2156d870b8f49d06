// requests.ts - what auditors ask for: those that wait for whoever looks at them first. One request: to the auditee a
// task, to the auditor an answer.
import { html, nothing, type TemplateResult } from 'lit-html';
import { act, attempt, deed } from '#store/act.ts';
import { gather, gathered } from '#store/evidence.ts';
import { clear, remember, typed } from '#store/form.ts';
import { may, mayAll } from '#store/may.ts';
import { personName } from '#store/names.ts';
import { at } from '#store/organisation.ts';
import { ask } from '#store/query.ts';
import type { Request } from '#store/records.ts';
import { day, moment, text } from '#text/text.ts';
import { asOf, empty, shown } from '#part/answer.ts';
import { refusal, notNow } from '#part/refusal.ts';
import { rows, type Row } from '#part/rows.ts';
import { sign } from '#part/sign.ts';
import { verb } from '#part/verb.ts';
import { writing } from '#part/writing.ts';
import { absentPage } from '#page/absent.ts';
import { evidence } from '#page/evidence.ts';

type Shown = TemplateResult | typeof nothing;

const over: Request['state'][] = ['accepted', 'not_applicable'];

function when({ due, overdue }: Request): string | undefined {
	return due ? (overdue ? text().due.late : text().due.by)(day(due)) : undefined;
}

function row(each: Request): Row {
	return { href: at(`/requests/${each.reference}`), reference: each.reference, title: each.asked,
		late: Boolean(each.overdue) && !over.includes(each.state),
		more: [each.function_name ?? '', text().request.states[each.state], over.includes(each.state) ? ''
			: when(each) ?? ''] };
}

const group = (title: string, all: Request[]): Shown => (all.length ? html`<section><h2>${title}</h2>${rows(title,
	all.map(row))}</section>` : nothing);
const urgent = (a: Request, b: Request): number => ((a.due ?? '9') < (b.due ?? '9') ? -1 : 1);

export function requestsPage(): TemplateResult {
	const words = text().request, answer = ask('request.list', {});

	return html`<header class="head"><h1 tabindex="-1" data-focus>${text().nav.requests}</h1></header>
		${asOf(answer)}
		${shown(answer, ({ items }) => {
			const open = items.filter(each => !over.includes(each.state)).sort(urgent);
			const can = mayAll('request', open.map(each => each.id));
			const yours = open.filter(each => can(each.id, 'submit') === true && each.state !== 'submitted'
				|| can(each.id, 'accept') === true);

			return items.length ? html`${group(words.yours, yours)}${group(words.others,
				open.filter(each => !yours.includes(each)))}
				${group(words.over, items.filter(each => over.includes(each.state)))}` : empty(words.empty);
		})}`;
}

// --- one of them

function answering(each: Request): TemplateResult {
	const words = text().request, name = `answer ${each.id}`, files = gathered(each.id), { busy, refused } = deed(name);
	const said = typed(name)['answer'] ?? (each.state === 'returned' ? each.answer ?? '' : '');
	const submit = (): Promise<void> => attempt(name, async () => {
		const answer = (typed(name)['answer'] ?? said).trim();

		await act('request.submit', { id: each.id, version: each.version, ...(answer ? { answer } : {}),
			evidence: [...each.evidence.map(one => one.evidence ?? ''), ...files.map(one => one.evidence)] });
		clear(name);
		gather(each.id, []);
	});

	return html`<section class="task">
		${evidence('request', each.id, [...each.evidence, ...files], true)}
		${writing({ id: 'answer', label: words.answer, value: said, max: 4000, lines: 3,
			write: value => remember(name, { answer: value }), done: () => undefined })}
		${refusal(refused)}
		<div class="buttons"><button class="solid" aria-disabled=${busy} @click=${submit}>${words.submit}</button></div>
		<p class="muted">${words.next}</p>
	</section>`;
}

/** What its team does with what was supplied. */
function deciding(each: Request): TemplateResult {
	const words = text().request, on = { id: each.id, version: each.version };
	const reason = [{ name: 'reason', label: words.reason, kind: 'text' as const, max: 4000 }];

	return html`<div class="verbs">
		${verb({ name: `accept ${each.id}`, may: may('request', each.id, 'accept'), label: words.accept, solid: true,
			go: () => act('request.accept', on) })}
		${verb({ name: `return ${each.id}`, may: may('request', each.id, 'return'), label: words.return, fields: reason,
			go: given => act('request.return', { ...on, reason: given['reason'] ?? '' }) })}
	</div>`;
}

function supplied(each: Request): Shown {
	if (!each.submitted_at)
		return nothing;
	return html`<p class="muted">${text().request.supplied(personName(each.submitted_by,
		each.audit) ?? text().room.somebody, moment(each.submitted_at))}</p>
		${each.answer ? html`<p class="prose">${each.answer}</p>` : nothing}`;
}

function one(each: Request): TemplateResult {
	const words = text().request, submits = may('request', each.id, 'submit'), returned = each.state === 'returned';
	const answers = submits === true && (each.state === 'requested' || returned);

	return html`<article class="record">
		<a class="back" href=${at('/requests')}>${sign('back')}${text().nav.requests}</a>
		<header><h1 tabindex="-1" data-focus>${each.asked}</h1>
			<p class="muted"><span class="reference">${each.reference}</span> · ${each.function_name} · ${words.states[each.state]}${when(each) && !over.includes(each.state)
				? html` · <span class=${each.overdue ? 'late' : ''}>${when(each)}</span>` : nothing}</p></header>
		${returned && each.reason ? html`<div class="note"><p><strong>${words.returned_by(personName(each.decided_by,
			each.audit) ?? text().room.somebody)}</strong> ${each.reason}</p></div>` : nothing}
		${answers ? answering(each) : html`${supplied(each)}${evidence('request', each.id, each.evidence, false)}`}
		${!answers && submits && submits !== true && !over.includes(each.state) ? notNow(submits) : nothing}
		${each.state === 'submitted' ? deciding(each) : nothing}
	</article>`;
}

export function requestPage(reference: string): TemplateResult {
	const answer = ask('request.list', { reference });
	const found = answer.value?.items[0];

	return found ? html`${asOf(answer)}${one(found)}` : answer.value ? absentPage()
		: html`${shown(answer, () => nothing)}`;
}
