// verb.ts - a button for what `may` allows, and in its place the reason where it does not. What it needs said first is
// asked in its place.
import { html, nothing, type TemplateResult } from 'lit-html';
import { signal } from '@preact/signals-core';
import { attempt, deed } from '#store/act.ts';
import { clear } from '#store/form.ts';
import type { May } from '#store/may.ts';
import { form, type Field } from '#part/form.ts';
import { notNow, refusal } from '#part/refusal.ts';

type Shown = TemplateResult | typeof nothing;

export interface Verb {
	/** The verb's own name among all records. */
	name: string;
	may: May;
	label: string;
	/** What must be said with it; nothing: pressing does it. */
	fields?: Field[];
	solid?: boolean;
	go: (given: Record<string, string>) => Promise<unknown>;
	/** What is said in its place when it is done. */
	done?: string;
}

const open = signal<string | undefined>(undefined);

export function verb({ name, may, label, fields, solid, go, done }: Verb): Shown {
	const { busy, refused, done: did } = deed(name);
	const send = (given: Record<string, string>): Promise<void> => attempt(name, async () => {
		await go(given);
		clear(name);
		open.value = undefined;
	});

	if (did && done && open.value !== name)
		return html`<p class="did" role="status">${done}</p>`;
	if (may !== true)
		return may ? notNow(may) : nothing;
	if (fields && open.value === name)
		return form(name, fields, label, send, () => { open.value = undefined; });
	return html`<div class="verb"><button class=${solid ? 'solid' : ''} aria-disabled=${busy}
		@click=${() => { if (fields) open.value = name; else void send({}); }}>${label}</button>
		${fields ? nothing : refusal(refused)}</div>`;
}
