// search.ts - what somebody may mean by a few letters: of all that they may see and that has a page, by its reference
// first, then by its words.
import { signal } from '@preact/signals-core';
import { at } from '#store/organisation.ts';
import { ask } from '#store/query.ts';
import { within } from '#store/records.ts';

export interface Hit { noun: 'audit' | 'check' | 'finding' | 'request'; reference: string; title: string; href: string }

const MOST = 12;

/** Undefined: nobody is looking for anything. */
export const sought = signal<string | undefined>(undefined);

/** IA-2026-01-C-07 is a line of IA-2026-01. */
const audit = (reference: string): string => reference.split('-').slice(0, 3).join('-');

function all(): Hit[] {
	const hit = (noun: Hit['noun'], reference: string, title: string, href: string): Hit => ({ noun, reference, title,
		href: at(href) });

	return [
		...(ask('audit.list', { sort: '-starts_on' }).value?.items ?? []).map(each => hit('audit', each.reference,
			each.title, `/audits/${each.reference}`)),
		...(ask('finding.list', {}).value?.items ?? []).map(each => hit('finding', each.reference, each.title,
			`/findings/${each.reference}`)),
		...(ask('request.list', {}).value?.items ?? []).map(each => hit('request', each.reference, each.asked,
			`/requests/${each.reference}`)),
		...(ask('check.list', {}).value?.items ?? []).map(each =>
			hit('check', each.reference, each.question, `/audits/${audit(each.reference)}/${within(each.reference,
				audit(each.reference))}`)),
	];
}

/** Without accents, in any case. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The first of them, those whose reference begins so before the others. */
export function hits(q: string): Hit[] {
	const words = plain(q).split(/\s+/).filter(Boolean), found = all().filter(({ reference,
		title }) => words.every(word => plain(`${reference} ${title}`).includes(word)));
	const first = ({ reference }: Hit): boolean => Boolean(words[0]) && plain(reference).startsWith(words[0] ?? '');

	return [...found.filter(first), ...found.filter(each => !first(each))].slice(0, MOST);
}
