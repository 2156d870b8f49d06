// session.ts - who is signed in, and how the line is. One of each a page: a session is its cookie.
import { signal } from '@preact/signals-core';
import { Line, type Notification } from '#wire/line.ts';
import { codes, type Methods } from '#wire/methods.ts';
import { Refusal } from '#wire/refusal.ts';
import * as http from '#wire/session.ts';
import { setPassword } from '#wire/password.ts';

export type Session = Methods['session.current']['result'];
export type Organisation = Session['organisations'][number];
export type Role = Methods['membership.grant']['params']['role'];

/** Who is signed in; null: nobody; undefined: not known yet. It stays while the line is cut. */
export const session = signal<Session | null | undefined>(undefined);
/** How the line is: being made, there, cut (and being made again). Without a session there is none. */
export const line = signal<'opening' | 'live' | 'cut'>('opening');
/** Why nobody is signed in any more. */
export const farewell = signal<'none' | 'signed_out' | 'ended'>('none');
/** Until the session ends, milliseconds, where that is soon; and whether staying helps against it. */
export const ending = signal<{ left: number; stays: boolean } | undefined>(undefined);

const NOTICE = 10 * 60_000, LAST_NOTICE = 2 * 60_000;	// before the session is over; before it is taken for left
const LOOK = 5_000;					// how often that is looked at

const wire = new Line({ opened: recognise, broke: () => { line.value = 'cut'; },
	ended: () => lose(leaving ? 'signed_out' : 'ended'), told });
const listeners = new Set<(notification: Notification) => void>();
let leaving = false;
/** How long a session lasts that nobody uses. */
let idle = 0;
let used = 0;

function told(notification: Notification): void {
	for (const listener of listeners)
		listener(notification);
}

/** Whoever listens hears everything that the server says by itself, for as long as the page is open. */
export function listen(listener: (notification: Notification) => void): void {
	listeners.add(listener);
}

/** Throws Refusal or NoLine. */
export async function call<M extends keyof Methods>(method: M, params: Methods[M]['params']): Promise<Methods[M]['result']> {
	const answer = await wire.call(method, params);

	used = Date.now();
	return answer;
}

function lose(why: 'signed_out' | 'ended'): void {
	wire.close();
	if (session.value)
		farewell.value = why;
	session.value = null;
	ending.value = undefined;
}

function know(who: Session): void {
	idle = Math.max(idle, Date.parse(who.idle_until) - Date.now());		// however this machine's clock was set meanwhile
	session.value = who;
	look();
}

/** A line is there: whose is it? A line that breaks meanwhile is made again by itself, and asks anew. */
async function recognise(): Promise<void> {
	try {
		know(await call('session.current', {}));
		line.value = 'live';
	} catch (error) {
		if (error instanceof Refusal && error.code === codes.unauthenticated)
			lose('ended');
		else if (error instanceof Refusal)
			wire.again();
	}
}

/** Each call makes the session last; what the server sends by itself does not. */
function look(): void {
	const over = session.value ? Date.parse(session.value.expires_at) - Date.now() : Infinity;
	const left = used + idle - Date.now();

	if (!session.value)
		ending.value = undefined;
	else if (over < NOTICE)
		ending.value = { left: Math.min(over, left), stays: left < Math.min(over, LAST_NOTICE) };
	else
		ending.value = left < LAST_NOTICE ? { left, stays: true } : undefined;
}
setInterval(look, LOOK);

/** Throws Refusal or NoLine. */
export async function stay(): Promise<void> {
	know(await call('session.current', {}));
}

/** Looks whether there is a session; or makes a cut line anew at once. */
export function begin(): void {
	line.value = 'opening';
	wire.open();
}

/** Throws Refusal or NoLine. */
export async function signIn(email: string, password: string): Promise<void> {
	await http.open(email, password);
	wire.close();
	farewell.value = 'none';
	session.value = undefined;
	begin();
}

/** With the one-time code that somebody was sent; they are signed in then. Throws Refusal or NoLine. */
export async function join(code: string, password: string): Promise<void> {
	const { email } = await setPassword({ code, password });

	await signIn(email, password);
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
