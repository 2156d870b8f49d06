// session.ts - who is signed in, and how the line is. One of each a page: a session is its cookie.
import { signal } from '@preact/signals-core';
import { Line } from '#wire/line.ts';
import { codes, type Methods } from '#wire/methods.ts';
import { Refusal } from '#wire/refusal.ts';
import * as http from '#wire/session.ts';

export type Session = Methods['session.current']['result'];
export type Role = Methods['membership.grant']['params']['role'];

/** Who is signed in; null: nobody; undefined: not known yet. It stays while the line is cut. */
export const session = signal<Session | null | undefined>(undefined);
/** How the line is: being made, there, cut (and being made again). Without a session there is none. */
export const line = signal<'opening' | 'live' | 'cut'>('opening');
/** Why nobody is signed in any more. */
export const farewell = signal<'none' | 'signed_out' | 'ended'>('none');

const wire = new Line({ opened: recognise, broke: () => { line.value = 'cut'; }, ended: () => lose(leaving ? 'signed_out' : 'ended') });
let leaving = false;

function lose(why: 'signed_out' | 'ended'): void {
	wire.close();
	if (session.value)
		farewell.value = why;
	session.value = null;
}

/** A line is there: whose is it? A line that breaks meanwhile is made again by itself, and asks anew. */
async function recognise(): Promise<void> {
	try {
		session.value = await wire.call('session.current', {});
		line.value = 'live';
	} catch (error) {
		if (error instanceof Refusal && error.code === codes.unauthenticated)
			lose('ended');
		else if (error instanceof Refusal)
			wire.again();
	}
}

/** Looks whether there is a session; or makes a cut line anew at once. */
export function begin(): void {
	line.value = 'opening';
	wire.open();
}

/** Throws Refusal or NoLine. */
export async function signIn(email: string, password: string): Promise<void> {
	await http.open(email, password);
	farewell.value = 'none';
	session.value = undefined;
	begin();
}

/** Throws Refusal or NoLine: the session is still there then, for whoever comes next to this browser. */
export async function signOut(): Promise<void> {
	leaving = true;
	try {
		await http.close();
		lose('signed_out');
	} finally {
		leaving = false;
	}
}
