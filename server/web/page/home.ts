// home.ts - who one is here, and what one may be in which organisation.
import { html, type TemplateResult } from 'lit-html';
import { session, type Role, type Session } from '#store/session.ts';
import { listed, text } from '#text/text.ts';

function roles(held: string[]): string {
	const names = text().roles;

	return held.length ? listed(held.map(role => names[role as Role] ?? role)) : text().home.no_role;
}

function organisations(who: Session): TemplateResult {
	const words = text().home;

	if (who.organisations.length === 0)
		return html`<p class="empty">${words.no_organisation}</p>`;
	return html`<table>
		<thead><tr><th scope="col">${words.organisation}</th><th scope="col">${words.roles}</th></tr></thead>
		<tbody>${who.organisations.map(each => html`<tr><th scope="row">${each.name}</th><td>${roles(each.roles)}</td></tr>`)}</tbody>
	</table>`;
}

export function homePage(): TemplateResult {
	const who = session.value as Session;

	return html`<h1 tabindex="-1" data-focus>${who.name}</h1>${organisations(who)}`;
}
