// sign.ts - small pictures that go with a word, so that no meaning hangs on a colour.
import { svg, html, type TemplateResult } from 'lit-html';

const paths = {
	conform: svg`<path d="M2 6.5 5 9.5 10 3"/>`,
	nonconform: svg`<path d="M2.5 2.5 9.5 9.5 M9.5 2.5 2.5 9.5"/>`,
	observation: svg`<path d="M6 1 11 6 6 11 1 6z"/>`,
	not_assessed: svg`<circle cx="6" cy="6" r="4.5"/><path d="M3 9 9 3"/>`,
	open: svg`<circle cx="6" cy="6" r="4.5"/>`,
	done: svg`<circle cx="6" cy="6" r="5" class="solid"/><path class="cut" d="M3.4 6.2 5.2 8 8.6 4.2"/>`,
	no: svg`<circle cx="6" cy="6" r="4.5"/><path d="M2.8 2.8 9.2 9.2"/>`,
	late: svg`<path d="M6 1.5v5.5 M6 9.4v1.2"/>`,
	file: svg`<path d="M2.5 1h4.5l2.5 2.5v7.5h-7z M7 1v2.5h2.5"/>`,
	search: svg`<circle cx="5" cy="5" r="3.5"/><path d="M7.7 7.7 11 11"/>`,
	back: svg`<path d="M7.5 2 3.5 6 7.5 10"/>`,
	down: svg`<path d="M2.5 4.5 6 8 9.5 4.5"/>`,
};

export type Sign = keyof typeof paths;

export const sign = (name: Sign): TemplateResult => html`<svg class="sign" data-sign=${name} viewBox="0 0 12 12"
	aria-hidden="true">${paths[name]}</svg>`;
