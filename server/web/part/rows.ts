// rows.ts - the one list: rows that lead to a record. Columns align from row to row.
import { html, nothing, type TemplateResult } from 'lit-html';
import { sign, type Sign } from '#part/sign.ts';

export interface Row {
	href: string;
	sign?: Sign;
	reference: string;
	title: string;
	/** What else one wants to know before opening it; the last says how urgent. */
	more?: (string | undefined)[];
	late?: boolean;
}

export const rows = (label: string, all: Row[]): TemplateResult => html`<ul class="rows"
	aria-label=${label}>${all.map(row => html`
	<li><a href=${row.href}>
		<span class="reference">${row.sign ? sign(row.sign) : nothing}${row.reference}</span>
		<span class="title">${row.title}</span>
		${(row.more ?? []).map((each, i, { length }) => html`<span class=${row.late && i === length - 1 ? 'late more'
			: 'more'}>${row.late && i === length - 1
			? sign('late') : nothing}${each}</span>`)}
	</a></li>`)}</ul>`;
