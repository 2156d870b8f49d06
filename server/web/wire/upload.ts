// upload.ts - the bytes of a file, piece by piece, with a ticket. The server says how far they have come; what breaks
// goes on from there.
import { sha256 } from '@noble/hashes/sha2.js';
import { NoLine, Refusal } from '#wire/refusal.ts';
import { codes } from '#wire/methods.ts';

const PIECE = 1 << 20;	// bytes a request; also what may be sent twice after a break
const CONFLICT = 409;	// not from there: the answer says from where

/** A digest that is fed in the order of the file, whatever was sent before. WebCrypto has none that takes pieces. */
class Digest {
	#hash = sha256.create();
	#taken = 0;

	async upTo(file: Blob, end: number): Promise<void> {
		for (; this.#taken < end; this.#taken = Math.min(this.#taken + PIECE, end))
			this.#hash.update(new Uint8Array(await file.slice(this.#taken,
				Math.min(this.#taken + PIECE, end)).arrayBuffer()));
	}
	hex(): string {
		return [...this.#hash.digest()].map(byte => byte.toString(16).padStart(2, '0')).join('');
	}
}

async function put(id: string, ticket: string, file: Blob, from: number, stop: AbortSignal): Promise<number> {
	const end = Math.min(from + PIECE, file.size);
	const answer = await fetch(`/evidence/${id}`, {
		method: 'PUT', body: file.slice(from, end), signal: stop,
		headers: { 'Authorization': `Ticket ${ticket}`, 'Content-Range': `bytes ${from}-${end - 1}/${file.size}` },
	}).catch((error: unknown) => { throw stop.aborted ? error : new NoLine(String(error)); });
	const said = await answer.json().catch(() => ({})) as { received?: number; code?: number; message?: string;
		data?: { received?: number } };
	const received = said.received ?? said.data?.received;

	if ((answer.ok || answer.status === CONFLICT) && received !== undefined)
		return received;
	throw new Refusal({ code: codes.internal, message: `${answer.status} ${answer.statusText}`, ...said });
}

/**
 * Sends what the server has not received yet. Answers the SHA-256 in hexadecimal. Throws Refusal, NoLine, or what
 * `stop` was aborted with.
 */
export async function send(id: string, ticket: string, file: Blob, received: number,
	progress: (received: number) => void, stop: AbortSignal): Promise<string> {
	const digest = new Digest();

	for (let from = received; from < file.size;) {
		stop.throwIfAborted();
		from = await put(id, ticket, file, from, stop);
		await digest.upTo(file, from);
		progress(from);
	}
	await digest.upTo(file, file.size);
	return digest.hex();
}
