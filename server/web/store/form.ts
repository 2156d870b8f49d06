// form.ts - what was typed into a form and not sent yet: kept on this device, so that a reload loses none of it.
import { forget, keep, kept } from '#store/device.ts';
import { organisation } from '#store/organisation.ts';
import { session } from '#store/session.ts';

// As drafts are, so that another person's sign-in clears them away too.
const nameOf = (form: string): string => `draft ${session.peek()?.person} ${organisation.peek()?.id} form ${form}`;

export const typed = (form: string): Record<string, string> => JSON.parse(kept(nameOf(form)) ?? '{}') as Record<string,
	string>;
export const remember = (form: string, fields: Record<string, string>): boolean => keep(nameOf(form),
	JSON.stringify(fields));
export const type = (form: string, element: HTMLFormElement): boolean =>
	remember(form, Object.fromEntries([...new FormData(element)].filter((field): field is [string,
		string] => typeof field[1] === 'string')));
export const clear = (form: string): void => forget(nameOf(form));
