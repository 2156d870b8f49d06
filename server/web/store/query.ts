// query.ts - what pages ask the server, kept and kept true: an event makes an answer stale, and one that is being
// looked at is read again. An answer stays where the line is cut, with the time when it was true.
import { effect, signal, untracked, type Signal } from '@preact/signals-core';
import { organisation } from '#store/organisation.ts';
import { call, line, listen, session } from '#store/session.ts';
import { codes, type Methods, type Uuid } from '#wire/methods.ts';
import { Refusal } from '#wire/refusal.ts';
import type { Notifications } from '#wire/line.ts';

export interface Answer<T> {
	/** Undefined: not read yet, or refused. */
	value: T | undefined;
	refused: unknown;
	/** When it was read. */
	at: number;
}

type Asked<M extends keyof Methods> = Omit<Methods[M]['params'], 'organisation' | 'request_id'>;
interface Item { id: Uuid; version?: number }
interface Page { items: Item[]; after: string | null }

interface Query {
	method: keyof Methods;
	params: Record<string, unknown> & { organisation: Uuid };
	answer: Signal<Answer<unknown>>;
	stale: boolean;
	reading: boolean;
	/** The drawing that read it last. */
	drawn: number;
}

const KEPT = 80;		// answers that nobody looks at any more
const LIMIT = 200, PAGES = 25;	// of a list: rows a page; pages at most
const MOMENT = 2_000;		// milliseconds until a server that is busy is asked again

/** Answers that hang on more than the records of their own noun. `may` and `can` hang on everything. */
const hangs: Partial<Record<keyof Methods, string[]>> = {
	'audit.get': ['assignment', 'part'], 'check.get': ['attachment', 'evidence'],
		'request.get': ['attachment', 'evidence'],
	'finding.get': ['attachment', 'evidence', 'action'], 'finding.remarks': ['remark'], 'evidence.list': ['attachment'],
};

const queries = new Map<string, Query>();
const none: Answer<never> = { value: undefined, refused: undefined, at: 0 };
let drawing = 0;

/**
 * The answer as it is known now; it is read soon where that is not so yet. A list is read to its end. Called while a
 * page is drawn.
 */
export function ask<M extends keyof Methods>(method: M, params: Asked<M>): Answer<Methods[M]['result']> {
	const id = organisation.value?.id;

	if (!id)
		return none;

	const key = `${id} ${method} ${JSON.stringify(params)}`;
	let query = queries.get(key);

	if (!query) {
		query = { method, params: { ...params, organisation: id }, answer: signal(none), stale: true, reading: false,
			drawn: 0 };
		queries.set(key, query);
	}
	query.drawn = drawing;
	return query.answer.value as Answer<Methods[M]['result']>;
}

/** Around each drawing, so that what is looked at is known. */
export function drawn(draw: () => void): void {
	drawing++;
	draw();
	untracked(() => { queueMicrotask(readLooked); });
}

function readLooked(): void {
	for (const query of queries.values())
		if (query.drawn === drawing && query.stale)
			void read(query);
	for (const [key, query] of queries)
		if (queries.size > KEPT && query.drawn !== drawing)
			queries.delete(key);
}

const fetched = (query: Query, params: object): Promise<unknown> => call(query.method,
	{ ...query.params, ...params } as Methods[typeof query.method]['params']);

async function whole(query: Query): Promise<unknown> {
	if (!query.method.endsWith('.list') || 'limit' in query.params)
		return fetched(query, {});

	const all: Page = { items: [], after: null };

	for (let pages = 0; pages < PAGES; pages++) {
		const page = await fetched(query, { limit: LIMIT, ...(all.after ? { after: all.after } : {}) }) as Page;

		all.items.push(...page.items);
		all.after = page.after;
		if (!page.after)
			break;
	}
	return all;
}

async function read(query: Query): Promise<void> {
	if (query.reading || line.peek() !== 'live' || subscribed.peek() !== query.params.organisation
		|| (document.hidden && query.answer.peek().at))
		return;
	query.reading = true;
	query.stale = false;
	try {
		query.answer.value = { value: await whole(query), refused: undefined, at: Date.now() };
	} catch (error) {
		if (error instanceof Refusal && error.code !== codes.not_now && error.code !== codes.slow_down) {
			query.answer.value = { value: undefined, refused: error, at: Date.now() };
		} else {
			query.stale = true;
			if (error instanceof Refusal)
				setTimeout(readLooked, Math.max(error.wait, MOMENT));
		}
	} finally {
		query.reading = false;
	}
	if (query.stale && line.peek() === 'live')
		setTimeout(readLooked, MOMENT);
}

const noun = (method: string): string => method.replace(/\..*/, '');
const items = (query: Query): Item[] => (query.method.endsWith('.list')
	? (query.answer.peek().value as Page | undefined)?.items ?? [] : []);
const itself = (query: Query, of: string, id: Uuid): boolean => query.method === `${of}.get`
	&& query.params['id'] === id;
const newer = (one: Item, other: Item | undefined): boolean => !other || (one.version ?? 0) >= (other.version ?? 0);

/** A record as it is now: whoever shows it shows it so. An answer that is on its way may be older, and is read again. */
export function put(of: string, record: Item): void {
	for (const query of queries.values()) {
		const value = query.answer.peek().value as Item | undefined;

		query.stale ||= query.reading && (itself(query, of, record.id) || noun(query.method) === of);
		if (itself(query, of, record.id) && newer(record, value)) {
			query.answer.value = { value: record, refused: undefined, at: Date.now() };
		} else if (noun(query.method) === of && items(query).some(item => item.id === record.id
			&& newer(record, item))) {
			query.answer.value = { ...query.answer.peek(), value: { ...(value as unknown as Page),
				items: items(query).map(item => (item.id === record.id ? record : item)) } };
		}
	}
}

/** Read again as soon as somebody looks at it. */
export function stale(which: (method: keyof Methods) => boolean): void {
	for (const query of queries.values())
		query.stale ||= which(query.method);
	queueMicrotask(readLooked);
}

/** A row of a list that somebody looks at is read by itself: the list stays where it is. */
async function refresh(of: string, id: Uuid, organisation: Uuid): Promise<void> {
	try {
		put(of, await call(`${of}.get` as 'check.get', { organisation, id }));
	} catch (error) {
		if (error instanceof Refusal)
			stale(method => noun(method) === of);
	}
}

let due = false;

function soon(): void {
	if (!due)
		requestAnimationFrame(() => { due = false; readLooked(); });
	due = true;
}

const has = (query: Query, of: string, id: Uuid): Item | undefined =>
	(itself(query, of, id) ? query.answer.peek().value as Item | undefined : noun(query.method) === of
		? items(query).find(item => item.id === id) : undefined);

function happened({ kind, subject, version, organisation: where }: Notifications['event']): void {
	const of = noun(kind);
	let row = false;

	for (const query of queries.values()) {
		if (query.params.organisation !== where)
			continue;

		const seen = has(query, of, subject);

		if (seen && version !== null && (seen.version ?? 0) >= version)
			continue;
		if (seen && query.method.endsWith('.list') && query.drawn === drawing)
			row = true;
		else if (of === 'token' || query.method === 'may' || query.method === 'can' || itself(query, of, subject)
			|| (noun(query.method) === of && query.method !== `${of}.get`)
			|| hangs[query.method]?.includes(of))
			query.stale = true;
	}
	if (row)
		void refresh(of, subject, where);
	soon();
}

// --- the stream of events, of one organisation at a time

const subscribed = signal<Uuid | undefined>(undefined);
const followed = new Map<Uuid, { after: number; incarnation: Uuid }>();

async function subscribe(id: Uuid): Promise<void> {
	const before = followed.get(id);

	try {
		const { position, incarnation, resync } = await call('events.subscribe', { organisation: id, ...before });

		followed.set(id, { after: position, incarnation });
		if (!before || resync)
			stale(() => true);
		subscribed.value = id;
		readLooked();
	} catch (error) {
		if (error instanceof Refusal)
			setTimeout(() => { if (line.peek() === 'live' && organisation.peek()?.id === id) void subscribe(id); },
				Math.max(error.wait, MOMENT));
	}
}

effect(() => {
	const id = organisation.value?.id, live = line.value === 'live';

	untracked(() => {
		const left = subscribed.value;

		subscribed.value = undefined;
		if (!live || !id)
			return;
		if (left && left !== id) {
			followed.delete(left);
			call('events.unsubscribe', { organisation: left }).catch(() =>
				undefined);		// a line that breaks has no subscription
		}
		void subscribe(id);
	});
});

// Another person's answers are nobody else's.
let whose: Uuid | undefined;

effect(() => {
	const person = session.value?.person;

	if (person && person !== whose) {
		queries.clear();
		followed.clear();
	}
	whose = person ?? whose;
	if (session.value === null)
		queries.clear();
});

listen(({ method, params }) => {
	const position = followed.get(params.organisation);

	if (method === 'event') {
		if (position)
			position.after = params.position;
		happened(params);
	} else if (method === 'resync') {
		followed.delete(params.organisation);
		subscribed.value = undefined;
		void subscribe(params.organisation);
	}
});
document.addEventListener('visibilitychange', () => document.hidden || readLooked());

/** Whether events reach us: before that nothing is read. */
export const following = (): boolean => subscribed.value !== undefined;
