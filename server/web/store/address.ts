// address.ts - where in the client one is. An address can be kept, sent and opened again; whoever works for several
// organisations has the one that it is about in it, as `in`.
import { signal } from '@preact/signals-core';

/**
 * In `#code=`: a link in a mail leads through the password to its record. Taken out of the address at once, so that no
 * history keeps it.
 */
export const code = signal(/^#code=([A-Z2-7-]+)$/i.exec(location.hash)?.[1]);
export const address = signal(location.pathname + location.search);

if (code.value)
	history.replaceState(null, '', address.value);

const here = (): void => { address.value = location.pathname + location.search; };

addEventListener('popstate', here);

export const path = (): string => address.value.replace(/\?.*$/, '');
export const asked = (name: string): string | null => new URLSearchParams(address.value.replace(/^[^?]*/,
	'')).get(name);

export function go(to: string): void {
	if (to !== address.value)
		history.pushState(null, '', to);
	here();
}

/** What belongs to the same page, and not into the history. */
export function move(to: string): void {
	history.replaceState(null, '', to);
	here();
}

/** Links within the client lead to a page without loading anything anew. Files are loaded. */
export function follow(event: MouseEvent): void {
	const link = (event.target as Element).closest<HTMLAnchorElement>('a[href]');

	if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
		|| event.defaultPrevented || link.target || link.download
		|| link.origin !== location.origin || /\.\w+$|^\/evidence\//.test(link.pathname))
		return;
	event.preventDefault();
	go(link.pathname + link.search);
}
