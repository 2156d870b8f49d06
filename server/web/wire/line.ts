// line.ts - one WebSocket after another, made to look like one line: opened again, at growing intervals, until it is
// hung up or the server says that the session is over. A call is sent on the line that there is; when that breaks, the
// call fails with NoLine.
import type { Methods, Time, Uuid } from '#wire/methods.ts';
import { NoLine, Refusal } from '#wire/refusal.ts';

/** What the server sends by itself. */
export interface Notifications {
	event: { organisation: Uuid; position: number; at: Time; actor: Uuid | null; kind: string; subject: Uuid;
		version: number | null };
	resync: { organisation: Uuid };
	presence: { organisation: Uuid; audit: Uuid; part: Uuid | null; check: Uuid | null; person: Uuid;
		connection: string; present: boolean };
}

export type Notification = { [Name in keyof Notifications]: { method: Name; params: Notifications[Name] } }[keyof
	Notifications];

/** What whoever holds a line is told. */
export interface Listener {
	/** A socket is open, so calls can be made. */
	opened(): void;
	/** It broke, or did not come about; it is tried again. */
	broke(): void;
	/** The session is no more, or there never was one: nothing is tried again. */
	ended(): void;
	/** The server says something that was not asked for. */
	told(notification: Notification): void;
}

interface Waiting {
	text: string;
	resolve(result: unknown): void;
	reject(why: Error): void;
	timer: number;
}

const ENDED = 4401, BROKEN = 1006;	// close codes: the session has ended; nobody said why
const FIRST = 500, LONGEST = 15_000;	// milliseconds between attempts
const AT_ONCE = 24;		// calls under way; the server takes 32 on a connection, other calls wait here
const PATIENCE = 20_000;		// for an answer, and for a socket to open; beyond it the line counts as broken

export class Line {
	#socket: WebSocket | undefined;
	#listener: Listener;
	#waiting = new Map<number, Waiting>();
	#queue: number[] = [];
	#serial = 0;
	#pause = FIRST;
	#timer = 0;

	constructor(listener: Listener) {
		this.#listener = listener;
		addEventListener('online', () => this.#retry());
		addEventListener('offline', () => this.again());
		document.addEventListener('visibilitychange', () => document.hidden || this.#retry());
	}

	/** Opens a socket, at once where that would have been tried later. */
	open(): void {
		if (this.#socket)
			return;
		clearTimeout(this.#timer);

		const socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/ws', 'ninetwo.v1');
		const late = setTimeout(() => this.#socket === socket && this.again(), PATIENCE);

		this.#socket = socket;
		this.#timer = 0;
		socket.onopen = () => {
			clearTimeout(late);
			this.#listener.opened();
		};
		socket.onmessage = message => this.#take(JSON.parse(String(message.data)));
		socket.onclose = event => {
			clearTimeout(late);
			this.#closed(socket, event.code);
		};
	}

	/** Hangs up. What was under way fails with NoLine. */
	close(): void {
		const socket = this.#socket;

		clearTimeout(this.#timer);
		this.#timer = 0;
		this.#socket = undefined;
		socket?.close();
		this.#fail();
	}

	/**
	 * Takes this socket for broken: another is opened after a pause, a longer one each time until a call is answered.
	 */
	again(): void {
		const socket = this.#socket;

		socket?.close();
		if (socket)
			this.#closed(socket, BROKEN);
	}

	/** Throws Refusal or NoLine. */
	call<M extends keyof Methods>(method: M, params: Methods[M]['params']): Promise<Methods[M]['result']> {
		return new Promise((resolve, reject) => {
			const id = ++this.#serial;

			if (this.#socket?.readyState !== WebSocket.OPEN) {
				reject(new NoLine());
				return;
			}
			// Each method answers as its declaration says; that is tested on the server's side.
			this.#waiting.set(id, { text: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
				resolve: resolve as (result: unknown) => void, reject, timer: 0 });
			this.#queue.push(id);
			this.#send();
		});
	}

	#send(): void {
		while (this.#queue.length && this.#waiting.size - this.#queue.length < AT_ONCE) {
			const next = this.#waiting.get(this.#queue.shift() as number) as Waiting;

			next.timer = setTimeout(() => this.again(), PATIENCE);
			this.#socket?.send(next.text);
		}
	}

	#take(message: Notification | { id?: number; result?: unknown; error?: ConstructorParameters<typeof Refusal>[0]
		}): void {
		if ('method' in message) {
			this.#listener.told(message);
			return;
		}

		const waiting = message.id === undefined ? undefined : this.#waiting.get(message.id);

		if (message.id === undefined || !waiting)
			return;
		this.#waiting.delete(message.id);
		clearTimeout(waiting.timer);
		this.#send();
		if (message.error)
			waiting.reject(new Refusal(message.error));
		else
			waiting.resolve(message.result);
		if (!message.error)
			this.#pause = FIRST;
	}

	#closed(socket: WebSocket, code: number): void {
		if (this.#socket !== socket)
			return;		// hung up, or dropped, meanwhile
		this.#socket = undefined;
		this.#fail();
		if (code === ENDED) {
			this.#listener.ended();
			return;
		}
		// Not all at once when a server comes back.
		this.#timer = setTimeout(() => this.open(), this.#pause * (0.5 + Math.random()));
		this.#pause = Math.min(2 * this.#pause, LONGEST);
		this.#listener.broke();
	}

	#retry(): void {
		if (this.#timer)
			this.open();
	}

	#fail(): void {
		for (const waiting of this.#waiting.values()) {
			clearTimeout(waiting.timer);
			waiting.reject(new NoLine());
		}
		this.#waiting.clear();
		this.#queue = [];
	}
}
