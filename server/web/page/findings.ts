// findings.ts - the findings that one may see: those that wait for whoever looks at them first.
import { html, nothing, type TemplateResult } from 'lit-html';
import { at, have } from '#store/organisation.ts';
import { ask } from '#store/query.ts';
import type { Finding } from '#store/records.ts';
import { day, text } from '#text/text.ts';
import { asOf, empty, shown } from '#part/answer.ts';
import { rows, type Row } from '#part/rows.ts';

type Shown = TemplateResult | typeof nothing;

const over: Finding['state'][] = ['closed', 'accepted', 'declined', 'done', 'withdrawn'];
/** In which an auditee has something to do, and an auditor. */
const answers: Finding['state'][] = ['shared', 'issued', 'acknowledged', 'plan_returned', 'plan_accepted',
	'implementation_returned', 'not_effective'];
const judges: Finding['state'][] = ['draft', 'planned', 'implemented'];

export function when({ next_due, overdue }: Finding): string | undefined {
	return next_due ? (overdue ? text().due.late : text().due.by)(day(next_due)) : undefined;
}

export const ended = ({ state }: Finding): boolean => over.includes(state);

function row(each: Finding): Row {
	return { href: at(`/findings/${each.reference}`), reference: each.reference, title: each.title, late: each.overdue
		&& !ended(each),
		more: [each.addressed_name ?? '', text().finding.states[each.state], ended(each) ? '' : when(each) ?? ''] };
}

const group = (title: string, all: Finding[]): Shown => (all.length ? html`<section><h2>${title}</h2>${rows(title,
	all.map(row))}</section>` : nothing);
const urgent = (a: Finding, b: Finding): number => ((a.next_due ?? '9') < (b.next_due ?? '9') ? -1 : 1);

export function findingsPage(): TemplateResult {
	const words = text().request, answer = ask('finding.list', {});

	return html`<header class="head"><h1 tabindex="-1" data-focus>${text().nav.findings}</h1></header>
		${asOf(answer)}
		${shown(answer, ({ items }) => {
			const open = items.filter(each => !ended(each)).sort(urgent);
			const yours = open.filter(({ state }) => (have('auditee') && answers.includes(state))
				|| (have('auditor') && judges.includes(state)));

			return items.length ? html`${group(words.yours, yours)}${group(words.others,
				open.filter(each => !yours.includes(each)))}
				${group(words.over, items.filter(ended))}` : empty(text().finding.empty);
		})}`;
}
