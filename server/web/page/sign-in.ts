// sign-in.ts - the first page of whoever is not signed in, at every address: once signed in, they are where they wanted
// to be. Whoever was sent a code sets their password first, and goes on the same way.
import { signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit-html';
import { code } from '#store/address.ts';
import { attempt, deed, undo } from '#store/act.ts';
import { farewell, join, signIn } from '#store/session.ts';
import { text } from '#text/text.ts';
import { mark } from '#part/mark.ts';
import { refusal } from '#part/refusal.ts';
import { settings } from '#page/settings.ts';

const shown = signal(false);

async function enter(form: HTMLFormElement, given: (name: string) => string): Promise<void> {
	await attempt('door', async () => {
		if (code.value === undefined) {
			await signIn(given('email'), given('password'));
		} else {
			await join(given('code'), given('password'));
			code.value = undefined;
		}
		shown.value = false;
	});
	if (deed('door').refused)
		form.querySelector<HTMLInputElement>('[name=password]')?.select();
}

function submit(event: SubmitEvent): void {
	const form = event.currentTarget as HTMLFormElement;
	const given = new FormData(form);

	event.preventDefault();
	void enter(form, name => String(given.get(name)).trim());
}

function turn(to: string | undefined): void {
	undo('door');
	code.value = to;
}

const password = (label: string, purpose: 'current-password' | 'new-password'): TemplateResult => html`
	<label for="password">${label}</label>
	<input id="password" name="password" type=${shown.value ? 'text' : 'password'} autocomplete=${purpose} required
		maxlength="256"
		minlength=${purpose === 'new-password' ? 15 : nothing} autocapitalize="none" spellcheck="false"
			aria-describedby="refused rule">
	<label class="check"><input type="checkbox" .checked=${shown.value}
		@change=${() => { shown.value = !shown.value; }}>${text().sign_in.show}</label>`;

function signInForm(): TemplateResult {
	const words = text().sign_in, { busy, refused } = deed('door');
	const before = farewell.value;

	return html`<h1>${words.title}</h1>
		<p role="status" class="farewell">${before === 'none' || refused ? nothing : words[before]}</p>
		<form @submit=${submit}>
			<label for="email">${words.email}</label>
			<input id="email" name="email" type="email" autocomplete="username" required maxlength="254" data-focus
				autocapitalize="none" spellcheck="false">
			${password(words.password, 'current-password')}
			<div id="refused">${refusal(refused)}</div>
			<button class="solid" aria-disabled=${busy}>${busy ? words.busy : words.go}</button>
			<button type="button" class="quiet" @click=${() => turn('')}>${text().join.invited}</button>
		</form>`;
}

function joinForm(given: string): TemplateResult {
	const words = text().join, { busy, refused } = deed('door');

	return html`<h1>${words.title}</h1>
		<p class="muted">${words.text}</p>
		<form @submit=${submit}>
			<label for="code">${words.code}</label>
			<input id="code" name="code" .value=${given} autocomplete="one-time-code" required maxlength="40" data-focus
				autocapitalize="characters" spellcheck="false">
			${password(words.password, 'new-password')}
			<p id="rule" class="muted">${words.rule}</p>
			<div id="refused">${refusal(refused)}</div>
			<button class="solid" aria-disabled=${busy}>${busy ? words.busy : words.go}</button>
			<button type="button" class="quiet" @click=${() => turn(undefined)}>${words.instead}</button>
		</form>`;
}

export const signInPage = (): TemplateResult => html`<div class="door">
	<header class="promise">${mark()}<p>${text().promise}</p></header>
	<main>
		${code.value === undefined ? signInForm() : joinForm(code.value)}
		${settings()}
	</main>
</div>`;
