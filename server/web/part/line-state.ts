// line-state.ts - whether what one sees is as it is now. Always in the top bar. A sign and a word, never a colour alone.
import { html, nothing, type TemplateResult } from 'lit-html';
import { text } from '#text/text.ts';

export function lineState(state: 'opening' | 'live' | 'cut', retry: () => void): TemplateResult {
	const words = text().line;

	return html`<div class="line" data-state=${state}>
		<span role="status"><svg class="sign" viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="4.5"/></svg>${words[state]}</span>
		${state === 'cut' ? html`<button class="quiet" @click=${retry}>${words.now}</button>` : nothing}
	</div>`;
}
