// room.ts - an audit as its team works in it: which lines there are, which are shown, and in which order one goes
// through them.
import { signal } from '@preact/signals-core';
import { ask, type Answer } from '#store/query.ts';
import { audit, within, type Audit, type Check, type Part } from '#store/records.ts';
import { session } from '#store/session.ts';
import { field } from '#store/draft.ts';

export const filters = ['all', 'open', 'mine', 'nonconform'] as const;
export type Filter = (typeof filters)[number];

/** Which lines of the tree are shown. */
export const filter = signal<Filter>('all');

/** What is being raised from which line. */
export const raising = signal<{ check: string; what: 'finding' | 'request' } | undefined>(undefined);

export interface Room {
	audit: Audit;
	checks: Answer<{ items: Check[] }>;
	/** Those of a part that are shown. */
	parts: { part: Part; shown: Check[]; all: Check[] }[];
	current: Check | undefined;
}

/** A result counts as soon as it is chosen, whether the server has it yet or not. */
export const resultOf = (check: Check): Check['result'] => field('check', check, 'result');

const passes: Record<Filter, (check: Check) => boolean> = {
	all: () => true,
	open: check => !resultOf(check),
	mine: check => [check.prepared_by, check.recorded_by].includes(session.value?.person ?? ''),
	nonconform: check => resultOf(check) === 'nonconform',
};

export const count = (checks: Check[], which: Filter): number => checks.filter(passes[which]).length;

export const auditOf = (reference: string) => ask('audit.list', { reference });

export function room(found: Audit, line: string | undefined): Room {
	const checks = ask('check.list', { audit: found.id });
	const all = checks.value?.items ?? [];
	const current = all.find(each => within(each.reference, found.reference) === line);
	const parts = found.parts.map(part => {
		const mine = all.filter(each => each.part === part.id);

		return { part, all: mine, shown: mine.filter(each => each === current || passes[filter.value](each)) };
	});

	return { audit: found, checks, parts: parts.filter(each => each.all.length), current };
}

export { audit };

type Step = 'next' | 'previous' | 'open' | 'part' | 'part_before';

/** Where a step leads from the current line; undefined: nowhere. */
export function step({ parts, current }: Room, where: Step): Check | undefined {
	const lines = parts.flatMap(each => each.shown);
	const from = current ? lines.indexOf(current) : -1;

	switch (where) {
	case 'next': return lines[from + 1];
	case 'previous': return lines[Math.max(0, from - 1)];
	case 'open': return [...lines.slice(from + 1), ...lines.slice(0, Math.max(0, from))].find(each => !resultOf(each));
	default: {
		const part = parts.findIndex(each => each.part.id === current?.part);

		return parts[where === 'part' ? part + 1 : part - 1]?.shown[0];
	}
	}
}
