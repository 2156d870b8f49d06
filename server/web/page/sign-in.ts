// sign-in.ts - the first page of whoever is not signed in, at every address: once signed in, they are where they wanted to be.
import { signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit-html';
import { farewell, signIn } from '#store/session.ts';
import { text } from '#text/text.ts';
import { mark } from '#part/mark.ts';
import { refusal } from '#part/refusal.ts';
import { settings } from '#page/settings.ts';

const busy = signal(false);
const refused = signal<unknown>(undefined);
const shown = signal(false);

async function submit(event: SubmitEvent): Promise<void> {
	const form = event.currentTarget as HTMLFormElement;
	const given = new FormData(form);

	event.preventDefault();
	if (busy.value)
		return;
	busy.value = true;
	refused.value = undefined;
	try {
		await signIn(String(given.get('email')), String(given.get('password')));
		shown.value = false;
	} catch (error) {
		refused.value = error;
		form.querySelector<HTMLInputElement>('[name=password]')?.select();
	} finally {
		busy.value = false;
	}
}

export function signInPage(): TemplateResult {
	const words = text().sign_in;
	const before = farewell.value;

	return html`<div class="door">
		<header class="promise">${mark()}<p>${text().promise}</p></header>
		<main>
			<h1>${words.title}</h1>
			<p role="status" class="farewell">${before === 'none' || refused.value ? nothing : words[before]}</p>
			<form @submit=${submit}>
				<label for="email">${words.email}</label>
				<input id="email" name="email" type="email" autocomplete="username" required maxlength="254" data-focus
					autocapitalize="none" spellcheck="false">
				<label for="password">${words.password}</label>
				<input id="password" name="password" type=${shown.value ? 'text' : 'password'} autocomplete="current-password" required maxlength="256"
					autocapitalize="none" spellcheck="false" aria-describedby="refused">
				<label class="check"><input type="checkbox" .checked=${shown.value} @change=${() => { shown.value = !shown.value; }}>${words.show}</label>
				<div id="refused">${refusal(refused.value)}</div>
				<button class="solid" aria-disabled=${busy.value}>${busy.value ? words.busy : words.go}</button>
			</form>
			${settings()}
		</main>
	</div>`;
}
