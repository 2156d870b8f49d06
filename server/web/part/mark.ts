// mark.ts - two halves that do not touch: who judges, and who is judged.
import { html, type TemplateResult } from 'lit-html';

export const mark = (): TemplateResult => html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
	<path class="solid" d="M11 3v18a9 9 0 0 1 0-18z"/><path class="open" d="M13.75 4v16a8.2 8.2 0 0 0 0-16z"/></svg>`;
