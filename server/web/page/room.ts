// room.ts - the audit room: the lines of an audit, what was found of each and who is at it, and the one that is worked
// on.
import { html, nothing, type TemplateResult } from 'lit-html';
import { go } from '#store/address.ts';
import { send } from '#store/draft.ts';
import { personName } from '#store/names.ts';
import { at } from '#store/organisation.ts';
import { present, stand } from '#store/presence.ts';
import { audit, auditOf, count, filter, filters, resultOf, room, step, type Filter, type Room } from '#store/room.ts';
import { within, type Audit, type Check } from '#store/records.ts';
import { days, listed, text } from '#text/text.ts';
import { asOf, empty, shown } from '#part/answer.ts';
import { choice } from '#part/choice.ts';
import { sign } from '#part/sign.ts';
import { absentPage } from '#page/absent.ts';
import { checkPage, choose, results } from '#page/check.ts';
import { initials } from '#page/frame.ts';

type Shown = TemplateResult | typeof nothing;

/** The room that is on the screen: keys work in it. */
let here: Room | undefined;

const hrefOf = (of: Audit, check: Check): string => at(`/audits/${of.reference}/${within(check.reference,
	of.reference)}`);
const names = (of: Audit, people: string[]): string[] => people.map(id => personName(id,
	of.id) ?? text().room.somebody);

function people(of: Audit, check: Check): Shown {
	const there = names(of, present(of.id, check.id));

	return there.length ? html`<span class="people" role="img" aria-label=${text().room.at_line(listed(there))}>${there.map(name =>
		html`<span class="initials" data-initials=${initials(name)}></span>`)}</span>` : nothing;
}

function line(of: Audit, check: Check, current: Check | undefined): TemplateResult {
	const result = resultOf(check) ?? 'open';

	return html`<li><a href=${hrefOf(of, check)} aria-current=${check === current ? 'true' : nothing}>
		<span class="result" data-result=${result}>${sign(result)}<span
			class="out-of-sight">${text().results[result]}</span></span>
		<span class="ref">${check.ref}</span><span class="title">${check.question}</span>${people(of, check)}</a></li>`;
}

function tree({ audit: of, checks, parts, current }: Room): TemplateResult {
	const words = text().room, all = parts.flatMap(each => each.all);
	const label = (which: Filter): string => `${words[which]} ${count(all, which)}`;

	return html`<nav class="tree" aria-label=${words.lines}>
		${choice('lines', words.show, filters.map(value => ({ value, label: label(value) })), filter.value,
			chosen => { filter.value = chosen; })}
		${shown(checks, ({ items }) => (items.length ? html`${parts.map(({ part, shown: lines,
			all: each }) => html`<section>
				<h2>${part.title}<span class="muted">${each.filter(check =>
					resultOf(check)).length}/${each.length}</span></h2>
				${lines.length ? html`<ul>${lines.map(check => line(of, check, current))}</ul>`
					: html`<p class="muted">${words.nothing_left}</p>`}</section>`)}`
			: empty(of.state === 'planned' || of.state === 'prepared' || of.state === 'fieldwork' ? words.no_lines
				: words.no_team)))}
	</nav>`;
}

/** Before a line is chosen: what the audit is about. */
function plan(of: Audit): TemplateResult {
	const words = text().room;

	return html`<section class="plan"><h2>${words.plan}</h2><p class="prose">${of.objective}</p>
		<dl>
			${of.scope ? html`<dt>${words.scope}</dt><dd>${of.scope}</dd>` : nothing}
			${of.criteria ? html`<dt>${words.criteria}</dt><dd>${of.criteria}</dd>` : nothing}
			<dt>${words.dates}</dt><dd>${days(of.starts_on, of.ends_on)}</dd>
			${of.lead_name ? html`<dt>${words.lead}</dt><dd>${of.lead_name}</dd>` : nothing}
		</dl></section>`;
}

const key = (keys: string, does: string): TemplateResult => html`<span>${keys.split(' ').map(each =>
	html`<kbd>${each}</kbd>`)} ${does}</span>`;

function keys(): TemplateResult {
	const words = text().room;

	return html`<footer class="keys" aria-label=${words.keys}>${key('J K', words.key_next)}${key('N',
		words.key_open)}${key('[ ]', words.key_part)}
		${key('1 2 3 4', words.key_result)}${key('F', words.key_finding)}${key('R', words.key_request)}</footer>`;
}

function head(of: Audit, { parts, checks }: Room): TemplateResult {
	const words = text().room, all = parts.flatMap(each => each.all), done = all.filter(each => resultOf(each)).length;
	const there = names(of, present(of.id));

	return html`<header class="head">
		<h1 tabindex="-1" data-focus><span class="reference">${of.reference}</span> ${of.title}</h1>
		<p class="muted"><span class="state">${text().states[of.state] ?? of.state}</span>
			${checks.value && all.length ? html`<span>${words.assessed(done, all.length)}</span> <progress
				max=${all.length} .value=${done} aria-label=${words.lines}></progress>` : nothing}
			<span role="status">${there.length ? words.here(listed(there)) : nothing}</span></p>
		${asOf(checks)}</header>`;
}

export function roomPage(reference: string, which?: string): TemplateResult {
	const answer = auditOf(reference);
	const wire = answer.value?.items[0];

	here = undefined;
	if (!wire)
		return answer.value ? absentPage() : html`${shown(answer, () => nothing)}`;

	const of = audit(wire);

	here = room(of, which);
	stand({ audit: of.id, ...(here.current ? { part: here.current.part, check: here.current.id } : {}) });
	return html`<div class="room" ?data-line=${which !== undefined}>
		${head(of, here)}
		${tree(here)}
		<div class="work">${here.current ? checkPage(of, here.current, names(of, present(of.id, here.current.id)))
			: which && here.checks.value ? empty(text().check.absent) : plan(of)}</div>
		${here.parts.length ? keys() : nothing}
	</div>`;
}

// --- keys

function enter(check: Check | undefined): void {
	if (!here || !check)
		return;
	if (here.current)
		send('check', here.current);
	go(hrefOf(here.audit, check));
	document.querySelector<HTMLElement>('.tree [aria-current]')?.scrollIntoView({ block: 'nearest' });
}

const does: Record<string, () => void> = {
	j: () => here && enter(step(here, 'next')),
	k: () => here && enter(step(here, 'previous')),
	n: () => here && enter(step(here, 'open')),
	']': () => here && enter(step(here, 'part')),
	'[': () => here && enter(step(here, 'part_before')),
	f: () => document.querySelector<HTMLElement>('[data-raise="finding"]')?.click(),
	r: () => document.querySelector<HTMLElement>('[data-raise="request"]')?.click(),
	...Object.fromEntries(results.map((result, i) => [String(i + 1), () => here?.current
		&& choose(here.current, result)])),
};

document.addEventListener('keydown', event => {
	const target = event.target as HTMLElement;

	if (!here || event.ctrlKey || event.metaKey || event.altKey || event.repeat
		|| target.closest('input:not([type="radio"]), textarea, select, [popover]'))
		return;

	const act = does[event.key.toLowerCase()];

	if (act) {
		event.preventDefault();
		act();
	}
});
