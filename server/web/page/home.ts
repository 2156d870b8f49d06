// home.ts - where one is and as what, and for each role what there is to do now, or who brings it about.
import { html, nothing, type TemplateResult } from 'lit-html';
import { at, have, hues, organisation, several } from '#store/organisation.ts';
import { ask } from '#store/query.ts';
import { session, type Organisation, type Session } from '#store/session.ts';
import { text } from '#text/text.ts';
import { shown, asOf } from '#part/answer.ts';
import { sign } from '#part/sign.ts';
import { roles } from '#page/frame.ts';

type Shown = TemplateResult | typeof nothing;

const step = (done: boolean, label: string, command: string): TemplateResult => html`<li>
	${sign(done ? 'done' : 'open')}<span>${label} <span class="out-of-sight">(${done ? text().home.done
		: text().home.open})</span></span>
	${done ? nothing : html`<code>ninetwo ${command}</code>`}</li>`;

/** Whoever administers an organisation with nothing in it is led to its first audit. Gone when there is a team. */
function path(): Shown {
	const words = text().home;
	const people = ask('person.list', { limit: 3 }), functions = ask('function.list', { limit: 1 }),
		owners = ask('responsibility.list', { limit: 1 });
	const parties = ask('party.list', { limit: 3 }), audits = ask('audit.list', { limit: 1 }),
		team = ask('assignment.list', { limit: 1 });
	const all = [people, functions, owners, parties, audits, team];

	if (all.some(each => !each.value) || team.value?.items.length)
		return nothing;
	return html`<section><h2>${words.begin}</h2><p class="muted">${words.begin_text}</p>
		<ol class="steps">
			${step((people.value?.items.length ?? 0) > 2, words.steps.people, 'person add')}
			${step((functions.value?.items.length ?? 0) > 0, words.steps.functions, 'function add')}
			${step((owners.value?.items.length ?? 0) > 0, words.steps.owners, 'responsibility assign')}
			${step((parties.value?.items.length ?? 0) > 1, words.steps.parties, 'party add')}
			${step((audits.value?.items.length ?? 0) > 0, words.steps.audit, 'audit plan')}
			${step(false, words.steps.team, 'assignment assign')}
		</ol></section>`;
}

function item(title: string, sentence: string, href?: string, label?: string): TemplateResult {
	return html`<section><h2>${title}</h2><p>${sentence}</p>${href ? html`<p><a class="button"
		href=${at(href)}>${label}</a></p>` : nothing}</section>`;
}

const under_way: Array<'planned' | 'prepared' | 'fieldwork' | 'reporting'> = ['planned', 'prepared', 'fieldwork', 'reporting'];

function audits(role: 'auditor' | 'programme_manager'): Shown {
	const words = text().home;

	return shown(ask('audit.list', { state: under_way }), ({ items: { length } }) => (length
		? item(text().audits.title, words[role].some(length), '/audits', words.go)
		: item(text().audits.title, words[role].none)));
}

function auditee(): Shown {
	const words = text().home.auditee;
	const findings = ask('finding.list', { state: ['issued', 'acknowledged', 'plan_returned', 'plan_accepted',
		'implementation_returned', 'not_effective'] });
	const requests = ask('request.list', { state: ['requested', 'returned'] });

	return shown(findings, ({ items: found }) => shown(requests, ({ items: asked }) =>
		html`<section><h2>${text().home.waits}</h2>
		${found.length ? html`<p><a href=${at('/findings')}>${words.findings(found.length)}</a></p>` : nothing}
		${asked.length ? html`<p><a href=${at('/requests')}>${words.requests(asked.length)}</a></p>` : nothing}
		${found.length || asked.length ? nothing : html`<p>${words.none}</p>`}</section>`));
}

function observer(): Shown {
	return shown(ask('release.list', {}), ({ items: { length } }) => item(text().home.reports, length
		? text().home.observer.some(length) : text().home.observer.none));
}

function management(): Shown {
	return shown(ask('proposal.list', {}), ({ items }) => {
		const open = items.filter(each => each.state === 'open').length;

		return item(text().home.decisions, open ? text().home.management.some(open) : text().home.management.none);
	});
}

/** To each of them, with what one is there. */
const organisations = (all: Organisation[]): TemplateResult => html`<section><h2>${text().organisation.all}</h2>
	<ul class="clients">${all.map(each => html`<li class="hued" data-hue=${hues.value.get(each.id) ?? nothing}>
		<a href=${at('/', each.id)} aria-current=${each === organisation.value ? 'true' : nothing}>${each.name}</a><span
			class="muted">${roles(each.roles)}</span></li>`)}</ul></section>`;

export function homePage(): TemplateResult {
	const who = session.value as Session, here = organisation.value;

	if (!here)
		return html`<h1 tabindex="-1" data-focus>${who.name}</h1><p class="empty">${text().home.no_organisation}</p>`;
	return html`<header class="head"><h1 tabindex="-1" data-focus>${here.name}</h1><p
		class="muted">${roles(here.roles)}</p></header>
		${asOf(ask('audit.list', { limit: 1 }))}
		${several() ? organisations(who.organisations) : nothing}
		${have('administrator') ? path() : nothing}
		${have('auditor') ? audits('auditor') : have('programme_manager', 'administrator') ? audits('programme_manager')
			: nothing}
		${have('auditee') ? auditee() : nothing}
		${have('management') ? management() : nothing}
		${have('observer') ? observer() : nothing}`;
}
