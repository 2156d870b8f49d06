// evidence.ts - files on their way to the server, and then to the record that they support. One at a time of a record;
// what a cut line stops goes on by itself, what somebody paused when they say so, what a reload stopped when the same
// file is chosen again.
import { effect, signal, untracked, type Signal } from '@preact/signals-core';
import { act } from '#store/act.ts';
import { clear, remember, typed } from '#store/form.ts';
import { organisation } from '#store/organisation.ts';
import { stale } from '#store/query.ts';
import { call, line } from '#store/session.ts';
import type { Methods, Uuid } from '#wire/methods.ts';
import { NoLine } from '#wire/refusal.ts';
import { send } from '#wire/upload.ts';

/** A request takes what was uploaded for it when it is submitted, and not before; an action with its proof. */
export type Noun = Methods['evidence.attach']['params']['noun'];

const gathering: Noun[] = ['request', 'action'];

/** Stored, and not part of its record yet. */
export interface Gathered { evidence: Uuid; title: string; kind: 'file' }

export interface Upload {
	key: string;
	noun: Noun;
	subject: Uuid;
	file: File;
	received: number;
	state: 'sending' | 'checking' | 'paused' | 'waits' | 'refused';
	refused: unknown;
}

interface Held { state: Signal<Upload>; organisation: Uuid; stop: AbortController; evidence?: Uuid; version?: number }

const all = signal<Held[]>([]);
const PAUSED = 'paused';

export const uploads = (subject: Uuid): Upload[] => all.value.map(each => each.state.value).filter(each => each.subject
	=== subject);

const gatherings = signal<Map<Uuid, Gathered[]>>(new Map());

/** Kept on this device, as what is typed beside it is. */
export function gathered(subject: Uuid): Gathered[] {
	return gatherings.value.get(subject) ?? JSON.parse(typed(`gathered ${subject}`)['all'] ?? '[]') as Gathered[];
}

export function gather(subject: Uuid, all: Gathered[]): void {
	if (all.length)
		remember(`gathered ${subject}`, { all: JSON.stringify(all) });
	else
		clear(`gathered ${subject}`);
	gatherings.value = new Map(gatherings.peek()).set(subject, all);
}

const change = (held: Held, more: Partial<Upload>): void => { held.state.value = { ...held.state.peek(), ...more }; };
const remove = (held: Held): void => { all.value = all.peek().filter(each => each !== held); };

/** Begun before and not ended, with the same name and as many bytes: it is the same file, as its digest will show. */
async function begun(file: File, where: Uuid): Promise<Uuid | undefined> {
	const { items } = await call('evidence.list', { organisation: where, sort: '-created_at', limit: 50 });

	return items.find(each => each.state === 'uploading' && each.file_name === file.name
		&& each.size === file.size)?.id;
}

async function ticket(held: Held): Promise<Methods['evidence.upload_begin']['result']> {
	const { file } = held.state.peek();
	const before = held.evidence ?? await begun(file, held.organisation);

	return before ? act('evidence.upload_resume', { id: before }, held.organisation) : act('evidence.upload_begin', {
		title: file.name, file_name: file.name, size: file.size, media_type: file.type || 'application/octet-stream' },
			held.organisation);
}

async function carry(held: Held): Promise<void> {
	const { file, noun, subject } = held.state.peek();

	held.stop = new AbortController();
	change(held, { state: 'sending', refused: undefined });
	try {
		const { evidence, ticket: paper, received } = await ticket(held);

		held.evidence = evidence.id;
		change(held, { received });

		const sha256 = await send(evidence.id, paper, file, received, count => change(held,
			{ received: count, state: count < file.size ? 'sending' : 'checking' }),
			held.stop.signal);

		await act('evidence.upload_end', { id: evidence.id, version: evidence.version, sha256 }, held.organisation);
		if (gathering.includes(noun))
			gather(subject, [...gathered(subject), { evidence: evidence.id, title: file.name, kind: 'file' }]);
		else
			await act('evidence.attach', { id: evidence.id, noun, subject }, held.organisation);
		remove(held);
		stale(method => method.startsWith('evidence.') || method.startsWith(`${noun}.`));
	} catch (error) {
		if (held.stop.signal.reason !== PAUSED)
			change(held, error instanceof NoLine ? { state: 'waits' } : { state: 'refused', refused: error });
	}
}

export function upload(noun: Noun, subject: Uuid, files: Iterable<File>): void {
	const where = organisation.peek()?.id;

	if (!where)
		return;
	for (const file of files) {
		const held: Held = { organisation: where, stop: new AbortController(),
			state: signal({ key: crypto.randomUUID(), noun, subject, file, received: 0, state: 'sending',
				refused: undefined }) };

		all.value = [...all.peek(), held];
		void carry(held);
	}
}

const find = (key: string): Held | undefined => all.peek().find(each => each.state.peek().key === key);

export function pause(key: string): void {
	const held = find(key);

	if (held) {
		held.stop.abort(PAUSED);
		change(held, { state: 'paused' });
	}
}

export function resume(key: string): void {
	const held = find(key);

	if (held)
		void carry(held);
}

/** What the server has of it goes after a day. */
export function giveUp(key: string): void {
	const held = find(key);

	held?.stop.abort(PAUSED);
	if (held)
		remove(held);
}

effect(() => {
	if (line.value === 'live')
		untracked(() => all.value.filter(each => each.state.value.state === 'waits').forEach(each => void carry(each)));
});
