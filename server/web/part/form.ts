// form.ts - a short form in the place where it is wanted. What is typed stays on this device until it is sent.
import { html, nothing, type TemplateResult } from 'lit-html';
import { deed } from '#store/act.ts';
import { clear, type as keep, typed } from '#store/form.ts';
import { text } from '#text/text.ts';
import { refusal } from '#part/refusal.ts';

export interface Field { name: string; label: string; kind: 'line' | 'text' | 'day'; optional?: boolean; max?: number; value?: string }

function field(form: string, { name, label, kind, optional, max, value }: Field, before: Record<string, string>): TemplateResult {
	const id = `${form} ${name}`.replaceAll(' ', '-'), given = before[name] ?? value ?? '';

	return html`<label for=${id}>${label}${optional ? html` <span class="optional">${text().finding.optional}</span>` : nothing}</label>
		${kind === 'text' ? html`<textarea id=${id} name=${name} rows="3" maxlength=${max ?? nothing} ?required=${!optional} .defaultValue=${given}></textarea>`
			: html`<input id=${id} name=${name} type=${kind === 'day' ? 'date' : 'text'} maxlength=${max ?? nothing} ?required=${!optional} .defaultValue=${given}>`}`;
}

/** `name` is the form's own among all records. */
export function form(name: string, fields: Field[], go: string, send: (given: Record<string, string>) => Promise<void>, cancel: () => void): TemplateResult {
	const { busy, refused } = deed(name), before = typed(name);
	const submit = (event: SubmitEvent): void => {
		const given = Object.entries(Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement)) as Record<string, string>);

		event.preventDefault();
		void send(Object.fromEntries(given.map(([key, value]) => [key, value.trim()]).filter(([, value]) => value)) as Record<string, string>);
	};
	const close = (): void => {
		clear(name);
		cancel();
	};

	return html`<form class="form" @submit=${submit} @input=${(event: InputEvent) => keep(name, event.currentTarget as HTMLFormElement)}>
		${fields.map(each => field(name, each, before))}
		${refusal(refused)}
		<div class="buttons"><button class="solid" aria-disabled=${busy}>${go}</button><button type="button" class="quiet" @click=${close}>${text().finding.cancel}</button></div>
	</form>`;
}
