// organisation.ts - in which organisation one works now. The address says it; else the one of last time on this device;
// else the first.
import { computed, effect } from '@preact/signals-core';
import { address, asked, go } from '#store/address.ts';
import { kept, keep } from '#store/device.ts';
import { session, type Organisation, type Role } from '#store/session.ts';

const HUES = 8;

/** Undefined: one belongs to none, or not to the one that the address names. */
export const organisation = computed<Organisation | undefined>(() => {
	const all = session.value?.organisations ?? [];
	const named = asked('in');

	return named ? all.find(each => each.id === named) : all.find(each => each.id === kept('organisation')) ?? all[0];
});

effect(() => { if (organisation.value) keep('organisation', organisation.value.id); });

export const several = (): boolean => (session.value?.organisations.length ?? 0) > 1;
export const have = (...roles: Role[]): boolean => roles.some(role => organisation.value?.roles.includes(role));

/** The address of a page in an organisation, this one when none is named. */
export const at = (path: string, id = organisation.value?.id): string => (several() && id ? `${path}?in=${id}` : path);

/** Each has one of its own among those of this person, the same each time, as far as the hues go. */
export const hues = computed<Map<string, number>>(() => {
	const taken = new Map<string, number>();

	for (const { id } of [...session.value?.organisations ?? []].sort((a, b) => (a.id < b.id ? -1 : 1))) {
		let hue = Number.parseInt(id.replaceAll('-', '').slice(-6), 16) % HUES;

		while (taken.size < HUES && [...taken.values()].includes(hue))
			hue = (hue + 1) % HUES;
		taken.set(id, hue);
	}
	return taken;
});

/** To the same page of another organisation where it has one: a list; a record is of one organisation alone. */
export function enter(id: string): void {
	const [, first = ''] = address.value.split(/[/?]/);

	go(`/${first}?in=${id}`);
}
