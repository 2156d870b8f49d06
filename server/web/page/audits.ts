// audits.ts - the audits that one may see.
import { html, type TemplateResult } from 'lit-html';
import { asked, move } from '#store/address.ts';
import { at } from '#store/organisation.ts';
import { ask } from '#store/query.ts';
import { audit, type Audit } from '#store/records.ts';
import { days, text } from '#text/text.ts';
import { asOf, empty, shown } from '#part/answer.ts';
import { choice } from '#part/choice.ts';
import { rows } from '#part/rows.ts';

const over: Audit['state'][] = ['closed', 'cancelled'];

function row(each: Audit) {
	return { href: at(`/audits/${each.reference}`), reference: each.reference, title: each.title,
		more: [each.lead_name ? text().audits.led_by(each.lead_name) : '', days(each.starts_on, each.ends_on),
			text().states[each.state] ?? each.state] };
}

export function auditsPage(): TemplateResult {
	const words = text().audits;
	const answer = ask('audit.list', { sort: '-starts_on' });
	const which = asked('show') === 'all' ? 'all' : 'open';

	return html`<header class="head"><h1 tabindex="-1" data-focus>${words.title}</h1>
			${choice('which', words.filter, [{ value: 'open', label: words.open }, { value: 'all', label: words.all }],
				which,
				chosen => move(`${at('/audits')}${chosen === 'all' ? `${at('/audits').includes('?') ? '&'
					: '?'}show=all` : ''}`))}</header>
		${asOf(answer)}
		${shown(answer, ({ items }) => {
			const seen = items.map(audit).filter(each => which === 'all' || !over.includes(each.state));

			return seen.length ? rows(words.title, seen.map(row)) : empty(words.empty);
		})}`;
}
