// line-state.ts - whether what one sees is as it is now, and what waits to be sent. Always in the top bar. A sign and a
// word, never a colour alone.
import { html, nothing, type TemplateResult } from 'lit-html';
import { duration, text } from '#text/text.ts';

export interface LineState {
	state: 'opening' | 'live' | 'cut';
	/** Changes that the server does not have yet. */
	waits: number;
	ending: { left: number; stays: boolean } | undefined;
	retry: () => void;
	stay: () => void;
}

/** In steps that a screen reader can bear: minutes, and at last half minutes. */
const left = (milliseconds: number): string => duration(milliseconds > 90_000 ? milliseconds
	: Math.max(30_000, Math.ceil(milliseconds / 30_000) * 30_000));

export function lineState({ state, waits, ending, retry, stay }: LineState): TemplateResult {
	const words = text().line;
	const ends = state === 'live' && ending;
	const said = ends ? words.ends(left(ending.left)) : state !== 'live' && waits
		? `${words[state]}, ${words.waits(waits)}` : words[state];

	return html`<div class="line" data-state=${ends ? 'ends' : state}>
		<span role="status"><svg class="sign" viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6"
			r="4.5"/></svg>${said}</span>
		${state === 'cut' ? html`<button class="quiet" @click=${retry}>${words.now}</button>` : nothing}
		${ends && ending.stays ? html`<button class="quiet" @click=${stay}>${words.stay}</button>` : nothing}
	</div>`;
}
