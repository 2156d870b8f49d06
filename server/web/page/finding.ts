// finding.ts - one finding: what was found, what is said about it, and, for whoever answers for the function, the
// answer.
import { html, nothing, type TemplateResult } from 'lit-html';
import { act } from '#store/act.ts';
import { answerOf } from '#store/answer.ts';
import { may } from '#store/may.ts';
import { personName } from '#store/names.ts';
import { at, have } from '#store/organisation.ts';
import { ask, stale } from '#store/query.ts';
import { session } from '#store/session.ts';
import type { Finding } from '#store/records.ts';
import { day, moment, text } from '#text/text.ts';
import { asOf, shown } from '#part/answer.ts';
import { sign } from '#part/sign.ts';
import { verb } from '#part/verb.ts';
import { absentPage } from '#page/absent.ts';
import { answerPart, readPart } from '#page/answer.ts';
import { evidence } from '#page/evidence.ts';
import { ended, when } from '#page/findings.ts';

type Shown = TemplateResult | typeof nothing;

function remarks(each: Finding): Shown {
	const words = text().finding, all = ask('finding.remarks', { id: each.id }).value ?? [];

	return html`${all.length ? html`<section><h2>${words.remarks}</h2><ul
		class="remarks">${all.map(({ name, at: when_, text: said }) => html`<li>
			<span class="muted">${name ?? text().room.somebody}, ${moment(when_ ?? '')}</span><p
				class="prose">${said}</p></li>`)}</ul></section>` : nothing}
		${verb({ name: `remark ${each.id} ${all.length}`, may: may('finding', each.id, 'remark') === true || undefined,
			label: words.remark,
			fields: [{ name: 'text', label: words.remark_text, kind: 'text', max: 10_000 }],
			go: async given => {
				await act('finding.remark', { id: each.id, text: given['text'] ?? '' });
				stale(method => method === 'finding.remarks');
			} })}`;
}

function found(each: Finding): TemplateResult {
	const words = text().finding;

	return html`<section><h2>${words.condition}</h2>
		<p class="prose">${each.condition}</p>
		${each.effect ? html`<p class="prose"><span class="muted">${words.effect}:</span> ${each.effect}</p>` : nothing}
		<p class="muted">${each.criteria.map(({ ref, title }) => html`<span><span
			class="ref">${ref}</span> ${title}</span><br>`)}</p>
		${each.evidence.length ? evidence('finding', each.id, each.evidence, false) : nothing}</section>`;
}

/** Whoever judges it does not answer it. */
const onTeam = ({ audit }: Finding): boolean =>
	ask('assignment.list', { audit }).value?.items.some(each => each.person === session.value?.person
		&& !each.ended_on) ?? false;

function one(each: Finding): TemplateResult {
	const words = text().finding, on = { id: each.id, version: each.version };
	const nonconformity = (each.grade === 'major' || each.grade === 'minor')
		&& !['draft', 'shared', 'issued', 'withdrawn'].includes(each.state);
	const answer = nonconformity ? answerOf(each) : undefined;
	const dispute = may('finding', each.id, 'dispute');

	return html`<article class="record">
		<a class="back" href=${at('/findings')}>${sign('back')}${text().nav.findings}</a>
		<header><h1 tabindex="-1" data-focus>${each.title}</h1>
			<p class="muted"><span class="reference">${each.reference}</span> · ${each.addressed_name}${each.grade
				? html` · ${words.grades[each.grade]}` : nothing} · ${words.states[each.state]}${
				when(each) && !ended(each) ? html` · <span class=${each.overdue ? 'late' : ''}>${when(each)}</span>`
					: nothing}</p>
			<p class="muted">${words.raised_by(personName(each.raised_by,
				each.audit) ?? text().room.somebody)}</p></header>
		${verb({ name: `acknowledge ${each.id}`, may: may('finding', each.id, 'acknowledge') === true || undefined,
			label: words.acknowledge, solid: true, go: () => act('finding.acknowledge', on) })}
		${found(each)}
		${remarks(each)}
		${answer ? have('auditee') && !onTeam(each) ? answerPart(answer) : readPart(answer) : nothing}
		${verb({ name: `dispute ${each.id}`, may: dispute === true || undefined, label: each.dispute_by
			? words.dispute_until(day(each.dispute_by)) : words.dispute,
			fields: [{ name: 'reason', label: words.dispute_reason, kind: 'text', max: 10_000 }],
				go: given => act('finding.dispute', { ...on, reason: given['reason'] ?? '' }) })}
	</article>`;
}

export function findingPage(reference: string): TemplateResult {
	const answer = ask('finding.list', { reference });
	const wire = answer.value?.items[0];

	return wire ? html`${asOf(answer)}${one(wire)}` : answer.value ? absentPage()
		: html`${shown(answer, () => nothing)}`;
}
