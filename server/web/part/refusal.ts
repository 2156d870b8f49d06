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
	case codes.unauthenticated: return why instanceof Refusal && why.data['say'] ? undefined : refused.credentials;
	case codes.slow_down: return refused.slow_down(duration((why as Refusal).wait));
	case codes.not_now: return refused.not_now;
	case codes.not_found: return refused.not_found;
	case codes.forbidden: return (why as Refusal).data['say'] ? undefined : refused.origin(location.origin);
	default: return undefined;
	}
}

/** What is wrong with what was typed stands in the data, a line each. */
function problems(why: unknown): string {
	const params = why instanceof Refusal && why.data['params'] as { name: string; problem: string }[] | undefined;

	return params ? params.map(({ name, problem }) => `${name} ${problem}`).join('; ') : why instanceof Error
		? why.message : '';
}

/** S1 to S13: the others are no rules that a person would look up. */
function rule(why: unknown): TemplateResult | typeof nothing {
	const name = why instanceof Refusal ? String(why.data['rule'] ?? '') : '';

	return /^S\d+$/.test(name) ? html`<span class="rule">${text().refused.rule(name)}</span> ` : nothing;
}

const words = (why: unknown): TemplateResult => {
	const ours = sentence(why);

	return html`${rule(why)}${ours ?? html`<span lang="en">${problems(why)}</span>`}`;
};

/** Nothing when there is no refusal. What has no text of ours is said in the server's words. */
export const refusal = (why: unknown): TemplateResult => html`<div role="alert">${why
	? html`<p class="refusal">${words(why)}</p>` : nothing}</div>`;

/** Why there is no button here: quiet, since nobody pressed anything. */
export const notNow = (why: Refusal): TemplateResult => html`<p class="not-now">${words(why)}</p>`;
