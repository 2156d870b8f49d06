// act.ts - what somebody intends. The same intention, pressed again after a broken line, is the same call to the
// server.
import { signal, type Signal } from '@preact/signals-core';
import { organisation } from '#store/organisation.ts';
import { put } from '#store/query.ts';
import { call } from '#store/session.ts';
import { codes, type Methods, type Uuid } from '#wire/methods.ts';
import { Refusal } from '#wire/refusal.ts';

type Asked<M extends keyof Methods> = Omit<Methods[M]['params'], 'organisation' | 'request_id'>;

const ids = new Map<string, Uuid>();

/** Throws Refusal or NoLine. */
export async function act<M extends keyof Methods>(method: M, params: Asked<M>,
	where = organisation.peek()?.id): Promise<Methods[M]['result']> {
	const intention = `${where} ${method} ${JSON.stringify(params)}`;
	const request_id = ids.get(intention) ?? crypto.randomUUID();

	ids.set(intention, request_id);
	try {
		const answer = await call(method, { ...params, organisation: where, request_id } as Methods[M]['params']);

		ids.delete(intention);
		if ('id' in answer && 'version' in answer)
			put(method.replace(/\..*/, ''), answer as { id: Uuid; version: number });
		return answer;
	} catch (error) {
		if (error instanceof Refusal && error.code !== codes.not_now)
			ids.delete(intention);
		throw error;
	}
}

/** How it goes with what was pressed last: shown beside the button. */
export interface Deed { busy: boolean; refused: unknown; done: boolean }

const deeds = new Map<string, Signal<Deed>>();
const idle: Deed = { busy: false, refused: undefined, done: false };

function held(name: string): Signal<Deed> {
	let found = deeds.get(name);

	if (!found)
		deeds.set(name, found = signal(idle));
	return found;
}

export const deed = (name: string): Deed => held(name).value;
export const undo = (name: string): void => { held(name).value = idle; };

/** One at a time of a name. */
export async function attempt(name: string, work: () => Promise<unknown>): Promise<void> {
	const state = held(name);

	if (state.peek().busy)
		return;
	state.value = { busy: true, refused: undefined, done: false };
	try {
		await work();
		state.value = { busy: false, refused: undefined, done: true };
	} catch (refused) {
		state.value = { busy: false, refused, done: false };
	}
}
