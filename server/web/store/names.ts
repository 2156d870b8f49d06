// names.ts - the name of a person where a record says only which one. One place, so that it can go when every record
// says the name.
import { ask } from '#store/query.ts';
import { session } from '#store/session.ts';
import type { Uuid } from '#wire/methods.ts';

/** Undefined: not known yet, or not for us to know. `audit`: they are likely to be on its team. */
export function personName(id: Uuid | null, audit?: Uuid): string | undefined {
	if (!id)
		return undefined;
	if (id === session.value?.person)
		return session.value.name;

	const team = audit ? ask('assignment.list', { audit }) : undefined;
	const member = team?.value?.items.find(each => each.person === id);

	return member?.person_name ?? (team && !team.at ? undefined : ask('person.get', { id }).value?.name);
}
