// answer.ts - the states of what a page asked for, other than that it is there: being read, refused, nothing in it, and
// read before the line was cut.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Answer } from '#store/query.ts';
import { line } from '#store/session.ts';
import { hour, text } from '#text/text.ts';
import { refusal } from '#part/refusal.ts';

type Shown = TemplateResult | typeof nothing;

/** Being read is shown after a moment only, as room that is not filled yet. */
export function shown<T>(answer: Answer<T>, show: (value: T) => Shown): Shown {
	if (answer.refused)
		return refusal(answer.refused);
	if (answer.value === undefined)
		return html`<p class="reading" aria-busy="true"><span class="out-of-sight">${text().line.opening}</span></p>`;
	return show(answer.value);
}

/** What was read before the line was cut stays, and says so. It keeps its place above the page. */
export const asOf = (answer: Answer<unknown>): TemplateResult =>
	html`<p class="as-of" role="status">${line.value === 'cut' && answer.at ? text().line.as_of(hour(answer.at))
		: nothing}</p>`;

export const empty = (sentence: string): TemplateResult => html`<p class="empty">${sentence}</p>`;
