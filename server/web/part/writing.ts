// writing.ts - a text that is written by hand. What others change in it moves neither the caret nor what is marked.
import { html, noChange, nothing, type ElementPart, type TemplateResult } from 'lit-html';
import { Directive, directive, type PartInfo } from 'lit-html/directive.js';
import { follow } from '#store/merge.ts';

class Holds extends Directive {
	constructor(part: PartInfo) {
		super(part);
	}
	render(_value: string): unknown {
		return noChange;
	}
	override update({ element }: ElementPart, [value]: [string]): unknown {
		const area = element as HTMLTextAreaElement, before = area.value;

		if (before !== value) {
			const [from, to] = [area.selectionStart, area.selectionEnd].map(place => follow(before, value, place));

			area.value = value;
			if (document.activeElement === area)
				area.setSelectionRange(from ?? 0, to ?? 0);
		}
		return noChange;
	}
}

const holds = directive(Holds);

export interface Writing {
	id: string;
	label: TemplateResult | string;
	value: string;
	max: number;
	described?: string;
	readonly?: boolean;
	lines?: number;
	write: (value: string) => void;
	/** Its writer turns to something else, or says that this is it. */
	done: () => void;
}

export function writing({ id, label, value, max, described, readonly, lines, write, done }: Writing): TemplateResult {
	const key = (event: KeyboardEvent): void => {
		if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
			done();
	};

	return html`<label for=${id}>${label}</label>
		<textarea id=${id} rows=${lines ?? 3} maxlength=${max} ?readonly=${readonly}
			aria-describedby=${described ?? nothing} ${holds(value)}
			@input=${(event: InputEvent) => write((event.target as HTMLTextAreaElement).value)} @change=${done}
				@keydown=${key}></textarea>`;
}
