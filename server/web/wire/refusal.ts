// refusal.ts - what may come instead of an answer.
import { codes } from '#wire/methods.ts';

/** The server said no. `message` is its own sentence, in English; the code says which text of ours there is for it. */
export class Refusal extends Error {
	readonly code: number;
	/** How long to wait before it makes sense to come again, in milliseconds; 0 when the server did not say. */
	readonly wait: number;

	/** Which rule, which records, dates; of a stale change the record as it is now. */
	readonly data: Record<string, unknown>;

	constructor(said: { code?: number; message?: string; data?: Record<string, unknown> }) {
		super(said.message ?? '');
		this.code = said.code ?? codes.internal;
		this.data = said.data ?? {};
		this.wait = typeof this.data['retry_after_ms'] === 'number' ? this.data['retry_after_ms'] : 0;
	}
}

/** The server was not reached, or left in mid-sentence: whether it did anything is not known. */
export class NoLine extends Error {}
