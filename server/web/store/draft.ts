// draft.ts - what somebody changes of a record. Every key is kept on this device at once, and stays there until the
// server has it: over a cut line, a reload and the end of a session. The server gets a field when its writer turns from
// it, or after a while, and not at each key: each is a version for ever. A change is made from a version. Where that is
// not the last any more, texts are merged, and a choice that two made differently is asked.
import { effect, signal, type Signal } from '@preact/signals-core';
import { act } from '#store/act.ts';
import { forget, keep, kept, keptNames } from '#store/device.ts';
import { merge } from '#store/merge.ts';
import { put } from '#store/query.ts';
import { line, session } from '#store/session.ts';
import { organisation } from '#store/organisation.ts';
import { codes, type Uuid } from '#wire/methods.ts';
import { Refusal } from '#wire/refusal.ts';

type Fields = Record<string, unknown>;
interface Versioned { id: Uuid; organisation: Uuid; version: number }

/**
 * Of which records drafts are made, and how they are sent. A response is written to its finding, and begun by its first
 * word.
 */
const kinds = {
	check: { method: 'check.record', texts: ['notes', 'reason'], choices: ['result'],
		which: (id: Uuid, version: number) => ({ id, version }) },
	response: { method: 'response.save', texts: ['containment', 'no_containment', 'correction', 'root_cause', 'extent',
		'changes', 'correction_only'],
		choices: ['contained_on', 'corrected_on', 'cause_method'],
		which: (finding: Uuid, version: number) => ({ finding, ...(version ? { version } : {}) }) },
} as const;

export type Kind = keyof typeof kinds;

type Version = Fields & { version: number };

interface Kept {
	/** What `mine` was made from. */
	base: Version;
	mine: Fields;
	/**
	 * What somebody else made of it meanwhile, until both are merged: when mine is sent, and not under the writing
	 * hand.
	 */
	theirs?: Version;
	at: number;
}

export interface Draft {
	/** The fields that the server does not have yet. */
	mine: Fields;
	/** When the last of them was kept. */
	at: number;
	sending: boolean;
	/** Why they could not be sent; they stay here. */
	refused: unknown;
	/** When somebody else's words were last merged into mine; whether both wrote at one place. */
	merged: { at: number; clash: boolean; field: string; mine: string; theirs: string } | undefined;
	/** A choice that somebody else made differently meanwhile. */
	clash: { field: string; mine: unknown; theirs: unknown } | undefined;
	/** When the server had everything. */
	sent: number;
	/** This browser keeps nothing: it holds until the page is left. */
	fleeting: boolean;
}

const QUIET = 20_000, PAUSE = 700;	// milliseconds without a key; a word that is half written is neither sent nor merged
const none: Draft = { mine: {}, at: 0, sending: false, refused: undefined, merged: undefined, clash: undefined, sent: 0,
	fleeting: false };

interface Held {
	kind: Kind;
	id: Uuid;
	organisation: Uuid;
	name: string;
	kept: Kept | undefined;
	state: Signal<Draft>;
	timer: number;
	/**
	 * Its writer was done once, or somebody else was quicker: the next pause is enough to send what was written since.
	 */
	hurry: boolean;
}

const all = new Map<string, Held>();
const nameOf = (kind: Kind, id: Uuid, where: Uuid): string => `draft ${session.peek()?.person} ${where} ${kind} ${id}`;
const fieldsOf = (kind: Kind): readonly string[] => [...kinds[kind].texts, ...kinds[kind].choices];

const versionOf = (kind: Kind, record: Versioned): Version =>
	({ version: record.version, ...Object.fromEntries(fieldsOf(kind).map(name => [name,
		(record as unknown as Fields)[name] ?? null])) });

function held(kind: Kind, id: Uuid, where: Uuid): Held {
	const name = nameOf(kind, id, where);
	let found = all.get(name);

	if (!found) {
		const before = JSON.parse(kept(name) ?? 'null') as Kept | null;

		found = { kind, id, organisation: where, name, kept: before ?? undefined, timer: 0, hurry: false,
			state: signal(before ? { ...none, mine: before.mine, at: before.at } : none) };
		all.set(name, found);
	}
	return found;
}

function show(draft: Held, more: Partial<Draft>): void {
	draft.state.value = { ...draft.state.peek(), mine: draft.kept?.mine ?? {}, at: draft.kept?.at ?? 0, ...more };
}

/** On this device, before anything else. */
function store(draft: Held): void {
	if (draft.kept && Object.keys(draft.kept.mine).length === 0)
		draft.kept = undefined;
	if (draft.kept)
		show(draft, { fleeting: !keep(draft.name, JSON.stringify(draft.kept)) });
	else
		forget(draft.name);
}

export const draft = (kind: Kind, record: Versioned): Draft => held(kind, record.id, record.organisation).state.value;

/** What a field holds for its writer. */
export function field<R extends Versioned, F extends keyof R & string>(kind: Kind, record: R, name: F): R[F] {
	const { mine } = draft(kind, record);

	return (name in mine ? mine[name] : record[name]) as R[F];
}

export function write<R extends Versioned>(kind: Kind, record: R, name: keyof R & string, value: unknown): void {
	const found = held(kind, record.id, record.organisation);
	const from: Kept = found.kept ?? { mine: {}, at: 0, base: versionOf(kind, record) };

	if (found.state.peek().clash?.field === name)
		agree(found);
	from.mine = { ...from.mine, [name]: value };
	if ((value || null) === (from.base[name] ?? null))
		delete from.mine[name];
	from.at = Date.now();
	found.kept = from;
	store(found);
	show(found, { refused: undefined });
	later(found);
}

/** A choice that somebody else made differently is asked before anything is merged or sent, after a reload too. */
function ask({ kind, kept: now }: Held): Draft['clash'] {
	const { mine = {}, base, theirs } = now ?? {};
	const field = kinds[kind].choices.find(name => name in mine && theirs && theirs[name] !== base?.[name]
		&& theirs[name] !== mine[name]);

	return field && { field, mine: mine[field], theirs: theirs?.[field] };
}

/** That it was made differently is known by now. */
function agree(draft: Held): void {
	const { clash } = draft.state.peek();

	if (clash && draft.kept)
		draft.kept.base[clash.field] = clash.theirs;
	show(draft, { clash: undefined });
}

/** Mine, made from what somebody else made of it. */
function rebase(draft: Held, from: Kept, theirs: Version): void {
	const { texts } = kinds[draft.kind];
	let { merged } = draft.state.peek();

	for (const [name, mine] of Object.entries(from.mine)) {
		if (theirs[name] === from.base[name])
			continue;
		if ((texts as readonly string[]).includes(name)) {
			const [was, is, other] = [from.base[name], mine, theirs[name]].map(text => String(text ?? ''));
			const both = merge(was ?? '', is ?? '', other ?? '');

			merged = { at: Date.now(), clash: both.clash, field: name, mine: is ?? '', theirs: other ?? '' };
			from.mine[name] = both.text;
		}
		if (from.mine[name] === theirs[name])
			delete from.mine[name];
	}
	from.base = theirs;
	delete from.theirs;
	draft.kept = from;
	store(draft);
	show(draft, { merged });
}

/** A reason is missing, say: the server would refuse it, and its writer is not done. */
function ready({ kind, kept: now }: Held): boolean {
	const result = now?.mine['result'] ?? now?.base['result'];

	return kind !== 'check' || result !== 'not_assessed' || Boolean(String(now?.mine['reason'] ?? now?.base['reason']
		?? '').trim());
}

const same = (one: Fields, other: Fields): boolean => JSON.stringify(one) === JSON.stringify(other);
const emptied = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).map(([name, value]) => [name,
	value === '' ? null : value]));

/** Sends what is there, which its writer takes for whole. */
async function once(draft: Held, { base, mine }: Kept): Promise<'sent' | 'stale' | 'stopped'> {
	const sent = { ...mine };

	show(draft, { sending: true, refused: undefined });
	try {
		const record = await act(kinds[draft.kind].method,
			{ ...kinds[draft.kind].which(draft.id, base.version), ...emptied(sent) } as never,
				draft.organisation) as Versioned;

		if (draft.kept) {
			draft.kept.base = { ...versionOf(draft.kind, record), ...sent };
			draft.kept.mine = Object.fromEntries(Object.entries(draft.kept.mine).filter(([name,
				value]) => value !== sent[name]));
			store(draft);
		}
		show(draft, { sending: false, sent: Date.now() });
		return 'sent';
	} catch (error) {
		const current = error instanceof Refusal && error.code === codes.stale
			&& error.data['current'] as Versioned | undefined;

		show(draft, { sending: false, refused: error instanceof Refusal && !current ? error : undefined });
		if (!current || !draft.kept)
			return 'stopped';
		put(draft.kind, current);
		draft.kept.theirs = versionOf(draft.kind, current);
		store(draft);
		if (same(draft.kept.mine, sent))
			return 'stale';
		draft.hurry = true;
		return 'sent';
	}
}

async function dispatch(draft: Held): Promise<void> {
	clearTimeout(draft.timer);
	draft.hurry = draft.state.peek().sending;
	if (draft.hurry)
		return;
	for (let how = 'stale'; how === 'stale';) {
		show(draft, { clash: ask(draft) });
		if (draft.kept?.theirs && !draft.state.peek().clash)
			rebase(draft, draft.kept, draft.kept.theirs);
		if (!draft.kept || draft.state.peek().clash || line.peek() !== 'live' || !ready(draft))
			return;
		how = await once(draft, draft.kept);
		if (how === 'stopped')
			return;
	}
	if (draft.kept)
		later(draft);
}

function later(draft: Held): void {
	clearTimeout(draft.timer);
	draft.timer = setTimeout(() => void dispatch(draft), draft.hurry ? PAUSE : QUIET);
}

/** Now: its writer turns to something else. */
export const send = (kind: Kind, record: Versioned): void => void dispatch(held(kind, record.id, record.organisation));

/** Mine stays, and is sent over theirs; or theirs does. */
export function settle(kind: Kind, record: Versioned, whose: 'mine' | 'theirs'): void {
	const found = held(kind, record.id, record.organisation);
	const { clash } = found.state.peek();

	if (found.kept && clash && whose === 'theirs')
		delete found.kept.mine[clash.field];
	agree(found);
	store(found);
	show(found, {});
	void dispatch(found);
}

/** One of the two texts in place of both. */
export function choose<R extends Versioned>(kind: Kind, record: R, value: string): void {
	const found = held(kind, record.id, record.organisation);
	const { merged } = found.state.peek();

	if (merged)
		write(kind, record, merged.field as keyof R & string, value);
	show(found, { merged: undefined });
	void dispatch(found);
}

/** How many records have words that the server does not have. */
export const waiting = (): number => [...all.values()].filter(each => Object.keys(each.state.value.mine).length >
	0).length;

// What was kept here before is sent as soon as there is a line: by whoever wrote it, and nobody else finds it here.
effect(() => {
	const who = session.value?.person, where = organisation.value?.id;

	if (line.value !== 'live' || !who || !where)
		return;
	for (const name of keptNames()) {
		const [word, person, there, kind, id] = name.split(' ');

		if (word !== 'draft')
			continue;
		if (person !== who)
			forget(name);
		else if (there === where && kind && kind in kinds && id)
			held(kind as Kind, id, there);
	}
	for (const each of all.values())
		if (each.organisation === where && each.kept)
			void dispatch(each);
});

/**
 * Before signing out: everything is sent. False: something is left, a form too; it goes with its writer's leave alone.
 */
export async function sendAll(): Promise<boolean> {
	await Promise.all([...all.values()].map(dispatch));
	return !keptNames().some(name => name.startsWith(`draft ${session.peek()?.person} `));
}

/** Who has left leaves nothing behind. */
export function drop(): void {
	for (const each of all.values())
		clearTimeout(each.timer);
	all.clear();
	keptNames().filter(name => name.startsWith('draft ')).forEach(forget);
}
