// form.ts - a short form in the place where it is wanted. What is typed stays on this device until it is sent.
import { html, nothing, type TemplateResult } from 'lit-html';
import { deed } from '#store/act.ts';
import { clear, type as keep, typed } from '#store/form.ts';
import { text } from '#text/text.ts';
import { refusal } from '#part/refusal.ts';

export interface Field {
	name: string;
	label: string;
	kind: 'line' | 'text' | 'day' | 'choice';
	/** Of a choice. */
	options?: { value: string; label: string }[];
	optional?: boolean;
	max?: number;
	value?: string;
}

function control(id: string, { name, kind, optional, max, options }: Field, given: string): TemplateResult {
	switch (kind) {
	case 'text': return html`<textarea id=${id} name=${name} rows="3" maxlength=${max ?? nothing} ?required=${!optional}
		.defaultValue=${given}></textarea>`;
	case 'choice': return html`<select id=${id} name=${name} ?required=${!optional}><option></option>${(options
		?? []).map(({ value, label }) =>
		html`<option value=${value} ?selected=${value === given}>${label}</option>`)}</select>`;
	default: return html`<input id=${id} name=${name} type=${kind === 'day' ? 'date' : 'text'}
		maxlength=${max ?? nothing} ?required=${!optional} .defaultValue=${given}>`;
	}
}

function field(form: string, each: Field, before: Record<string, string>): TemplateResult {
	const id = `${form} ${each.name}`.replaceAll(' ', '-');

	return html`<label for=${id}>${each.label}${each.optional ? html` <span
		class="optional">${text().finding.optional}</span>` : nothing}</label>
		${control(id, each, before[each.name] ?? each.value ?? '')}`;
}

/** `name` is the form's own among all records. */
export function form(name: string, fields: Field[], go: string, send: (given: Record<string, string>) => Promise<void>,
	cancel: () => void): TemplateResult {
	const { busy, refused } = deed(name), before = typed(name);
	const submit = (event: SubmitEvent): void => {
		const given = Object.entries(Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement)) as
			Record<string, string>);

		event.preventDefault();
		void send(Object.fromEntries(given.map(([key, value]) => [key, value.trim()]).filter(([,
			value]) => value)) as Record<string, string>);
	};
	const close = (): void => {
		clear(name);
		cancel();
	};

	return html`<form class="form" @submit=${submit} @input=${(event: InputEvent) => keep(name,
		event.currentTarget as HTMLFormElement)}>
		${fields.map(each => field(name, each, before))}
		${refusal(refused)}
		<div class="buttons"><button class="solid" aria-disabled=${busy}>${go}</button><button type="button"
			class="quiet" @click=${close}>${text().finding.cancel}</button></div>
	</form>`;
}
