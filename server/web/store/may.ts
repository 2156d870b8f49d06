// may.ts - what one may do with a record now. A page shows its buttons by it.
import { ask } from '#store/query.ts';
import { codes, type Uuid } from '#wire/methods.ts';
import { Refusal } from '#wire/refusal.ts';

interface Said { allowed: boolean; code?: number; message?: string; data?: Record<string, unknown> }

/** True; or why not; undefined: not known yet, or none of one's roles has to do with it. */
export type May = true | Refusal | undefined;

const judged = (said: Said | undefined): May =>
	(!said || said.allowed ? said?.allowed || undefined : said.code === codes.forbidden ? undefined
		: new Refusal(said));

export const may = (noun: string, id: Uuid, verb: string): May => judged(ask('may',
	{ noun, ids: [id] }).value?.items[0]?.verbs?.[verb]);

const AT_ONCE = 50;	// records of one question

/** Of many; those beyond the first are not known. */
export function mayAll(noun: string, ids: Uuid[]): (id: Uuid, verb: string) => May {
	const said = ids.length ? ask('may', { noun, ids: ids.slice(0, AT_ONCE) }).value?.items : undefined;

	return (id, verb) => judged(said?.find(each => each.id === id)?.verbs?.[verb]);
}

/**
 * Whether a call would be done that makes a record, before anything is typed; where something must be given, `params`
 * holds anything.
 */
export const can = (method: string, params: Record<string, unknown>): May => judged(ask('can',
	{ method, params }).value);
