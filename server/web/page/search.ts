// search.ts - Ctrl K: to whatever one may see, by a few letters. The arrows choose, Enter goes there.
import { signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit-html';
import { go } from '#store/address.ts';
import { organisation } from '#store/organisation.ts';
import { hits, sought, type Hit } from '#store/search.ts';
import { text } from '#text/text.ts';
import { sign } from '#part/sign.ts';

const chosen = signal(0);

const dialog = (): HTMLDialogElement | null => document.querySelector('.palette');

function open(): void {
	chosen.value = 0;
	sought.value = '';
	if (!dialog()?.open)
		dialog()?.showModal();
}

const close = (): void => dialog()?.close();

function lead(hit: Hit | undefined): void {
	if (hit) {
		close();
		go(hit.href);
	}
}

function key(event: KeyboardEvent, found: Hit[]): void {
	const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
	const step = steps[event.key];

	if (step && found.length)
		chosen.value = (chosen.value + step + found.length) % found.length;
	else if (event.key === 'Enter')
		lead(found[chosen.value]);
	else
		return;
	event.preventDefault();
}

export const searchButton = (): TemplateResult => html`<button class="search" aria-keyshortcuts="Control+K"
	@click=${open}>${sign('search')}
	<span>${text().search.open}</span><kbd aria-hidden="true">Ctrl K</kbd></button>`;

const option = (hit: Hit, i: number): TemplateResult => html`<li id="hit-${i}" role="option"
	aria-selected=${i === chosen.value ? 'true' : 'false'} @click=${() => lead(hit)}>
	<span class="reference">${hit.reference}</span><span class="title">${hit.title}</span><span
		class="muted">${text().search.nouns[hit.noun]}</span></li>`;

function inside(q: string): TemplateResult {
	const words = text().search, found = hits(q);
	const type = (event: InputEvent): void => {
		chosen.value = 0;
		sought.value = (event.target as HTMLInputElement).value;
	};

	return html`<input type="text" role="combobox" aria-label=${words.open} placeholder=${words.open}
		aria-autocomplete="list" autocomplete="off" spellcheck="false"
			aria-expanded=${found.length > 0} aria-controls=${found.length ? 'hits' : nothing}
				aria-activedescendant=${found.length ? `hit-${chosen.value}` : nothing}
			.value=${q} autofocus @input=${type} @keydown=${(event: KeyboardEvent) => key(event, found)}>
		${found.length ? html`<ul id="hits" role="listbox" aria-label=${words.hits}>${found.map(option)}</ul>`
			: nothing}
		<p class="muted" role="status">${found.length ? nothing : words.none}</p>`;
}

/** Nothing is read for it before somebody looks for something. */
export const search = (): TemplateResult => html`<dialog class="palette" aria-label=${text().search.open}
	@close=${() => { sought.value = undefined; }}>
	${sought.value === undefined ? nothing : inside(sought.value)}</dialog>`;

document.addEventListener('keydown', event => {
	if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k' && organisation.peek()) {
		event.preventDefault();
		open();
	}
});
