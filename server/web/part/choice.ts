// choice.ts - a choice of few, all of them seen.
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

export interface Option<T> { value: T; label: string; lang?: string }

/** Its name is unique on a page. */
export function choice<T extends string>(name: string, label: string, options: Option<T>[], chosen: T,
	choose: (value: T) => void): TemplateResult {
	return html`<fieldset class="choice">
		<legend>${label}</legend>
		<div>${options.map(option => html`<label lang=${option.lang ?? nothing}>
			<input type="radio" name=${name} .checked=${live(option.value === chosen)}
				@change=${() => choose(option.value)}>
			<span>${option.label}</span>
		</label>`)}</div>
	</fieldset>`;
}
