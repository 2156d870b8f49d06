// evidence.ts - what a record rests on, and files on their way to it.
import { html, nothing, type TemplateResult } from 'lit-html';
import { giveUp, pause, resume, upload, uploads, type Noun, type Upload } from '#store/evidence.ts';
import type { Check } from '#store/records.ts';
import { bytes, text } from '#text/text.ts';
import { refusal } from '#part/refusal.ts';
import { sign } from '#part/sign.ts';

type Shown = TemplateResult | typeof nothing;

/** What a list shows of a piece of evidence, attached or about to be. */
type Listed = Pick<Check['evidence'][number], 'evidence' | 'title' | 'kind'>;

function under(each: Upload): TemplateResult {
	const words = text().evidence, { key, file, received, state } = each;
	const said = state === 'sending' ? words.progress(bytes(received), bytes(file.size)) : state === 'refused' ? ''
		: words[state];

	return html`<li class="under-way">
		<span class="name">${sign('file')}${file.name}</span>
		<progress max=${file.size} .value=${received} aria-label=${file.name}></progress>
		<span class="muted" role="status">${said}</span>
		${state === 'sending' ? html`<button class="quiet" @click=${() => pause(key)}>${words.pause}</button>`
			: nothing}
		${state === 'paused' || state === 'refused' ? html`<button class="quiet"
			@click=${() => resume(key)}>${words.go_on}</button>` : nothing}
		${state === 'paused' || state === 'refused' ? html`<button class="quiet"
			@click=${() => giveUp(key)}>${words.give_up}</button>` : nothing}
		${state === 'refused' ? refusal(each.refused) : nothing}
	</li>`;
}

const attached = (each: Listed): TemplateResult => html`<li>${each.kind === 'file'
	? html`<a class="name" href="/evidence/${each.evidence}" target="_blank"
		rel="noopener">${sign('file')}${each.title}</a>`
	: html`<span class="name">${each.title}</span>`}</li>`;

function drop(event: DragEvent, noun: Noun, subject: string): void {
	event.preventDefault();
	(event.currentTarget as HTMLElement).removeAttribute('data-over');
	upload(noun, subject, event.dataTransfer?.files ?? []);
}

function over(event: DragEvent): void {
	event.preventDefault();
	(event.currentTarget as HTMLElement).setAttribute('data-over', '');
}

function chosen(event: Event, noun: Noun, subject: string): void {
	const input = event.target as HTMLInputElement;

	upload(noun, subject, input.files ?? []);
	input.value = '';
}

/** `open`: files may be added. */
export function evidence(noun: Noun, subject: string, all: Listed[], open: boolean,
	heading = html`<h2>${text().evidence.title}</h2>`): TemplateResult {
	const words = text().evidence, way = uploads(subject);
	const take: Shown = open ? html`<div class="drop" @dragover=${over}
		@dragleave=${(event: DragEvent) => (event.currentTarget as HTMLElement).removeAttribute('data-over')}
			@drop=${(event: DragEvent) => drop(event, noun, subject)}>
			<label class="button">${words.add}<input type="file" multiple class="out-of-sight"
				@change=${(event: Event) => chosen(event, noun, subject)}></label>
			<span class="muted">${words.drop}</span>
		</div>` : nothing;

	return html`<section class="evidence">${heading}
		${all.length + way.length ? html`<ul>${all.map(attached)}${way.map(under)}</ul>` : open ? nothing
			: html`<p class="muted">${words.none}</p>`}
		${take}</section>`;
}
