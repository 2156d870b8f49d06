// settings.ts - language and appearance, for whoever is signed in and whoever is not.
import { html, type TemplateResult } from 'lit-html';
import { language, languages, theme, themes } from '#store/settings.ts';
import { text } from '#text/text.ts';
import { choice } from '#part/choice.ts';

const names = { en: 'English', de: 'Deutsch' };

export function settings(): TemplateResult {
	const { account } = text();

	return html`<div class="settings">
		${choice('language', account.language, languages.map(value => ({ value, label: names[value], lang: value })),
			language.chosen.value,
			language.choose)}
		${choice('theme', account.theme, themes.map(value => ({ value, label: account[value] })), theme.chosen.value,
			theme.choose)}
	</div>`;
}
