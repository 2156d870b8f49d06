// main.ts - draws the page that belongs to the address and to who is signed in, and draws it again when that changes.
import { effect } from '@preact/signals-core';
import { html, nothing, render, type TemplateResult } from 'lit-html';
import { code, follow, path } from '#store/address.ts';
import { organisation } from '#store/organisation.ts';
import { stand } from '#store/presence.ts';
import { drawn } from '#store/query.ts';
import { begin, session } from '#store/session.ts';
import { absentPage } from '#page/absent.ts';
import { auditsPage } from '#page/audits.ts';
import { findingPage } from '#page/finding.ts';
import { findingsPage } from '#page/findings.ts';
import { frame } from '#page/frame.ts';
import { homePage } from '#page/home.ts';
import { requestPage, requestsPage } from '#page/requests.ts';
import { roomPage } from '#page/room.ts';
import { signInPage } from '#page/sign-in.ts';

type Page = (...steps: string[]) => TemplateResult;

/** What stands in brackets is handed to the page; a page is another one when the first of it is. */
const pages: [RegExp, Page][] = [
	[/^\/$/, homePage],
	[/^\/audits$/, auditsPage],
	[/^\/findings$/, findingsPage],
	[/^\/findings\/([\w-]+)$/, findingPage],
	[/^\/requests$/, requestsPage],
	[/^\/requests\/([\w-]+)$/, requestPage],
	[/^\/audits\/([\w-]+)(?:\/([\w-]+))?$/, roomPage],
];

function found(): { page: Page; steps: string[] } {
	for (const [pattern, page] of pages) {
		const match = pattern.exec(path());

		if (match)
			return { page, steps: match.slice(1) };
	}
	return { page: absentPage, steps: [] };
}

let elsewhere: unknown;

/** Where somebody goes on after the page became another one: the keyboard, and what a screen reader says, follow. */
function go(now: string): void {
	if (now !== elsewhere)
		document.querySelector<HTMLElement>('[data-focus]')?.focus();
	elsewhere = now;
}

function draw(): void {
	const who = session.value;

	if (who === null || code.value !== undefined) {
		render(signInPage(), document.body);
		go(`door ${code.value !== undefined}`);
		return;
	}
	if (who === undefined) {
		render(html`<div class="frame waiting">${frame(nothing)}</div>`, document.body);
		return;
	}

	const { page, steps } = found();

	if (page !== roomPage)
		stand(undefined);
	render(html`<div class="frame">${frame(page(...steps))}</div>`, document.body);
	go(`${who.session} ${organisation.value?.id} ${pages.findIndex(([, each]) => each === page)} ${steps[0]}`);
}

document.addEventListener('click', follow);
effect(() => drawn(draw));
begin();
