// refusal.ts - a no, beside what was pressed. The one place that draws it.
import { html, nothing, type TemplateResult } from 'lit-html';
import { codes } from '#wire/methods.ts';
import { NoLine, Refusal } from '#wire/refusal.ts';
import { duration, text } from '#text/text.ts';

function sentence(why: unknown): string | undefined {
	const { refused } = text();

	if (why instanceof NoLine)
		return refused.no_line;
	switch (why instanceof Refusal ? why.code : undefined) {
	case codes.unauthenticated: return refused.credentials;
	case codes.slow_down: return refused.slow_down(duration((why as Refusal).wait));
	case codes.not_now: return refused.not_now;
	case codes.forbidden: return refused.origin(location.origin);
	default: return undefined;
	}
}

/** Nothing when there is no refusal. What has no text of ours is said in the server's words. */
export function refusal(why: unknown): TemplateResult {
	const ours = sentence(why);
	const theirs = html`${text().refused.other} <span lang="en">${why instanceof Error ? why.message : ''}</span>`;

	return html`<div role="alert">${why ? html`<p class="refusal">${ours ?? theirs}</p>` : nothing}</div>`;
}
