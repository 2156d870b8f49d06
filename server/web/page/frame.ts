// frame.ts - what is around every page: whose work it is, how the line is, who is here, where one can go.
import { signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit-html';
import { path } from '#store/address.ts';
import { drop, sendAll, waiting } from '#store/draft.ts';
import { at, enter, have, hues, organisation, several } from '#store/organisation.ts';
import { begin, ending, line, session, signOut, stay, type Organisation, type Session } from '#store/session.ts';
import { listed, moment, text } from '#text/text.ts';
import { lineState } from '#part/line-state.ts';
import { mark } from '#part/mark.ts';
import { refusal } from '#part/refusal.ts';
import { sign } from '#part/sign.ts';
import { search, searchButton } from '#page/search.ts';
import { settings } from '#page/settings.ts';

type Shown = TemplateResult | typeof nothing;

const refused = signal<unknown>(undefined);
/** Something could not be sent, and its writer was told. */
const warned = signal(false);

async function leave(): Promise<void> {
	refused.value = undefined;
	if (!warned.value && line.value === 'live' && !await sendAll()) {
		warned.value = true;
		return;
	}
	try {
		await signOut();
		drop();
	} catch (error) {
		refused.value = error;
	} finally {
		warned.value = false;
	}
}

/** Of the first name and the last. */
export function initials(name: string): string {
	const words = name.trim().split(/\s+/);

	return (words.length > 1 ? [words[0], words.at(-1)] : words).map(word => [...word ?? ''][0] ?? '').join('');
}

function account(who: Session): TemplateResult {
	const words = text().account;

	return html`<button class="quiet person" popovertarget="account" aria-label=${words.of(who.name)}>
			<span class="initials" data-initials=${initials(who.name)}></span><span class="name">${who.name}</span>
		</button>
		<section id="account" class="menu" popover aria-label=${words.of(who.name)}>
			<p class="who">${who.name}</p>
			<p class="muted">${words.until(moment(who.expires_at))}</p>
			${settings()}
			${warned.value ? html`<p class="note" role="alert">${words.unsent}</p>` : nothing}
			${refusal(refused.value)}
			<button @click=${leave}>${warned.value ? words.sign_out_anyway : words.sign_out}</button>
			<a class="muted" href="/licences.txt">${words.licences}</a>
		</section>`;
}

export function roles(held: string[]): string {
	const names = text().roles;

	return held.length ? listed(held.map(role => names[role as keyof typeof names] ?? role)) : text().home.no_role;
}

function choose(event: Event, id: string): void {
	(event.target as Element).closest<HTMLElement>('[popover]')?.hidePopover();
	enter(id);
}

/**
 * Whoever works for several sees always for which, by its name and a hue of its own; the wrong client is the worst
 * error.
 */
function ofWhom(now: Organisation | undefined, all: Organisation[]): Shown {
	if (!several())
		return now ? html`<span class="organisation">${now.name}</span>` : nothing;
	return html`<button class="quiet organisation hued" popovertarget="organisations"
		data-hue=${hues.value.get(now?.id ?? '') ?? nothing}
			aria-label="${text().organisation.switch}: ${now?.name ?? ''}"><span>${now?.name
				?? text().organisation.switch}</span>${sign('down')}</button>
		<section id="organisations" class="menu" popover aria-label=${text().organisation.switch}>${all.map(each =>
			html`
			<button class="quiet hued" data-hue=${hues.value.get(each.id) ?? nothing}
				aria-current=${each === now ? 'true' : nothing}
				@click=${(event: Event) => choose(event, each.id)}><span>${each.name}</span><span
					class="muted">${roles(each.roles)}</span></button>`)}
		</section>`;
}

/** Pages that a role has no use for are absent, not grey. */
function pages(): TemplateResult {
	const words = text().nav;
	const all: [string, string, boolean][] = [
		['/', words.home, true],
		['/audits', words.audits, have('auditor', 'programme_manager', 'administrator', 'management')],
		['/findings', words.findings, have('auditor', 'auditee', 'management')],
		['/requests', words.requests, have('auditor', 'auditee')],
	];

	return html`<nav class="pages" aria-label=${words.label}>${all.filter(([, , mine]) => mine).map(([href,
		label]) => html`
		<a href=${at(href)} aria-current=${(href === '/' ? path() === '/' : path().startsWith(href)) ? 'page'
			: nothing}>${label}</a>`)}</nav>`;
}

export function frame(page: Shown): TemplateResult {
	const who = session.value;

	return html`<a class="skip" href="#content">${text().nav.skip}</a>
		<header class="bar">
			<a class="home" href=${at('/')} aria-label="ninetwo">${mark()}<span>ninetwo</span></a>
			${who ? ofWhom(organisation.value, who.organisations) : nothing}
			${organisation.value ? searchButton() : nothing}
			${lineState({ state: line.value, waits: waiting(), ending: ending.value, retry: begin,
				stay: () => void stay().catch(() => undefined) })}
			${who ? account(who) : nothing}
		</header>
		${organisation.value ? html`${pages()}${search()}` : nothing}
		<main id="content">${who && !organisation.value && who.organisations.length
			? html`<h1>${text().organisation.none}</h1>` : page}</main>`;
}
