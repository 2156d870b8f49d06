// text.ts - the texts, dates and numbers of the language that is chosen. Read within an effect: it is drawn anew when
// the choice changes.
import { language, type Language } from '#store/settings.ts';
import { de } from '#text/de.ts';
import { en, type Texts } from '#text/en.ts';

const all: Record<Language, Texts> = { en, de };
const locale = (): string => (language.chosen.value === 'en' ? 'en-GB' : language.chosen.value);

export const text = (): Texts => all[language.chosen.value];

/** A list as one says it: "Auditor and observer". */
export const listed = (words: string[]): string => new Intl.ListFormat(locale()).format(words);

/** The hour, with its day when that is not today. */
export function moment(time: string): string {
	const at = new Date(time);
	const today = at.toDateString() === new Date().toDateString();

	return new Intl.DateTimeFormat(locale(), { ...(today ? {} : { weekday: 'short', day: 'numeric', month: 'short' }),
		hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** How long to wait: seconds, or minutes where they are many; rounded up. */
export function duration(milliseconds: number): string {
	const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
	const long = seconds > 90;

	return new Intl.NumberFormat(locale(), { style: 'unit', unit: long ? 'minute' : 'second', unitDisplay: 'long' })
		.format(long ? Math.ceil(seconds / 60) : seconds);
}

/** A day without its hour, with its year where that is not this one. */
export function day(date: string): string {
	const at = new Date(`${date.slice(0, 10)}T00:00`);

	return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', ...(at.getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' }) })
		.format(at);
}

export const days = (from: string, to: string): string => (from === to ? day(from) : `${day(from)} – ${day(to)}`);

/** The hour and minute of a moment of today. */
export const hour = (time: number): string => moment(new Date(time).toISOString());

/** 3.4 MB. */
export function bytes(count: number): string {
	const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
	const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));

	return new Intl.NumberFormat(locale(), { style: 'unit', unit: units[power] ?? 'byte', unitDisplay: 'short', maximumFractionDigits: power > 1 ? 1 : 0 })
		.format(count / 1000 ** power);
}
