// frame.ts - what is around every page: whose work it is, how the line is, who is here.
import { signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit-html';
import { begin, line, session, signOut, type Session } from '#store/session.ts';
import { moment, text } from '#text/text.ts';
import { lineState } from '#part/line-state.ts';
import { mark } from '#part/mark.ts';
import { refusal } from '#part/refusal.ts';
import { settings } from '#page/settings.ts';

const refused = signal<unknown>(undefined);

async function leave(): Promise<void> {
	refused.value = undefined;
	try {
		await signOut();
	} catch (error) {
		refused.value = error;
	}
}

/** Of the first name and the last. */
function initials(name: string): string {
	const words = name.trim().split(/\s+/);

	return (words.length > 1 ? [words[0], words.at(-1)] : words).map(word => [...word ?? ''][0] ?? '').join('');
}

function account(who: Session): TemplateResult {
	const words = text().account;

	return html`<button class="quiet person" popovertarget="account" aria-label=${words.of(who.name)}>
			<span class="initials" data-initials=${initials(who.name)}></span><span class="name">${who.name}</span>
		</button>
		<section id="account" popover aria-label=${words.of(who.name)}>
			<p class="who">${who.name}</p>
			<p class="muted">${words.until(moment(who.expires_at))}</p>
			${settings()}
			${refusal(refused.value)}
			<button @click=${leave}>${words.sign_out}</button>
			<a class="muted" href="/licences.txt">${words.licences}</a>
		</section>`;
}

/** The only organisation of whoever has one. Who has several sees them named on the page. */
function organisation(who: Session): TemplateResult | typeof nothing {
	const [one, ...others] = who.organisations;

	return one && others.length === 0 ? html`<span class="organisation">${one.name}</span>` : nothing;
}

export function frame(page: TemplateResult | typeof nothing): TemplateResult {
	const who = session.value;

	return html`<header>
			<a class="home" href="/" aria-label="ninetwo">${mark()}<span>ninetwo</span></a>
			${who ? organisation(who) : nothing}
			${lineState(line.value, begin)}
			${who ? account(who) : nothing}
		</header>
		<main>${page}</main>`;
}
