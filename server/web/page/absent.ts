// absent.ts - an address that no page has.
import { html, type TemplateResult } from 'lit-html';
import { text } from '#text/text.ts';

export function absentPage(): TemplateResult {
	const words = text().absent;

	return html`<h1 tabindex="-1" data-focus>${words.title}</h1><p>${words.text}</p><p><a
		href="/">${words.home}</a></p>`;
}
