// presence.ts - who else is in an audit, and at which line. Told by the server, kept by nobody.
import { effect, signal } from '@preact/signals-core';
import { organisation } from '#store/organisation.ts';
import { following } from '#store/query.ts';
import { call, listen, session } from '#store/session.ts';
import type { Notifications } from '#wire/line.ts';
import type { Uuid } from '#wire/methods.ts';

type There = Notifications['presence'];
interface Place { audit: Uuid; part?: Uuid; check?: Uuid }

const others = signal<Map<string, There>>(new Map());
const place = signal<Place | undefined>(undefined);

function note(all: There[], from = others.peek()): void {
	const now = new Map(from);

	for (const there of all)
		if (there.present)
			now.set(there.connection, there);
		else
			now.delete(there.connection);
	others.value = now;
}

/** Where I am; nowhere when I leave the audit. */
export function stand(where: Place | undefined): void {
	if (JSON.stringify(where) !== JSON.stringify(place.peek()))
		place.value = where;
}

/** People, each once, I am not among them. */
export function present(audit: Uuid, check?: Uuid): Uuid[] {
	const here = [...others.value.values()].filter(each => each.audit === audit && (!check || each.check === check)
		&& each.person !== session.value?.person);

	return [...new Set(here.map(each => each.person))];
}

let told = false;

effect(() => {
	const where = place.value, id = organisation.value?.id;

	if (!following() || !id || (!where && !told))
		return;
	told = where !== undefined;
	call('presence.set', { organisation: id, ...where }).then(({ present: all }) => {
		note(all as unknown as There[], new Map());
	}, () => note([], new Map()));		// whoever may not be told of others is not seen by them
});

listen(({ method, params }) => {
	if (method === 'presence')
		note([params]);
});
