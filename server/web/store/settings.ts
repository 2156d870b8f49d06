// settings.ts - language and appearance, as chosen on this device; else as the browser says.
import { effect, signal } from '@preact/signals-core';
import { keep, kept } from '#store/device.ts';

export const languages = ['en', 'de'] as const;
export const themes = ['system', 'light', 'dark'] as const;
export type Language = (typeof languages)[number];
export type Theme = (typeof themes)[number];

function choice<T extends string>(name: string, values: readonly T[], otherwise: T) {
	const chosen = signal(values.find(value => value === kept(name)) ?? otherwise);

	return { chosen, choose: (value: T): void => { keep(name, chosen.value = value); } };
}

const spoken = navigator.languages.map(tag => tag.slice(0, 2)).find(tag => languages.some(each => each === tag));

export const language = choice<Language>('language', languages, spoken === 'de' ? 'de' : 'en');
export const theme = choice<Theme>('theme', themes, 'system');

effect(() => { document.documentElement.lang = language.chosen.value; });
effect(() => { document.documentElement.dataset['theme'] = theme.chosen.value; });
