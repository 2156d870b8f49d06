// main.ts - draws the page that belongs to the address and to who is signed in, and draws it again when that changes.
import { effect } from '@preact/signals-core';
import { html, nothing, render, type TemplateResult } from 'lit-html';
import { begin, session } from '#store/session.ts';
import { frame } from '#page/frame.ts';
import { absentPage } from '#page/absent.ts';
import { homePage } from '#page/home.ts';
import { signInPage } from '#page/sign-in.ts';

const pages: Record<string, () => TemplateResult> = { '/': homePage };

function view(): TemplateResult {
	if (session.value === null)
		return signInPage();
	if (session.value === undefined)
		return html`<div class="frame waiting">${frame(nothing)}</div>`;
	return html`<div class="frame">${frame((pages[location.pathname] ?? absentPage)())}</div>`;
}

/** Where somebody goes on after the page became another one: the keyboard, and what a screen reader says, follow. */
let seen: unknown;
function follow(): void {
	const now = session.value && session.value.session;

	if (now !== seen)
		document.querySelector<HTMLElement>('[data-focus]')?.focus();
	seen = now;
}

effect(() => {
	render(view(), document.body);
	follow();
});
begin();
