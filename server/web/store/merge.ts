// merge.ts - two people changed one text: what became of it, so that neither loses a word.
import { diff3Merge, diffIndices } from 'node-diff3';

const END = '\0';	// no text holds it

/**
 * Words, and the white space before each, which is told from other white space by that word: so both are found again
 * where the text moved.
 */
function parts(text: string): string[] {
	return [...text.matchAll(/(\s*)(\S*)/g)].flatMap(([, space, word]) => [...(space ? [`${space}${END}${word}`] : []),
		...(word ? [word] : [])]);
}

const text = (all: string[]): string => all.map(part => part.replace(/\0.*/, '')).join('');

/** Where both wrote at one place, both stand there, theirs first. `clash`: there was such a place. */
export function merge(base: string, mine: string, theirs: string): { text: string; clash: boolean } {
	if (mine === theirs || theirs === base)
		return { text: mine, clash: false };
	if (mine === base)
		return { text: theirs, clash: false };

	let both = '', clash = false;
	const add = (more: string[]): void => {
		const next = text(more);

		both += both && next && !/\s$/.test(both) && !/^\s/.test(next) ? ` ${next}` : next;
	};

	for (const { ok, conflict } of diff3Merge(parts(mine), parts(base), parts(theirs),
		{ excludeFalseConflicts: true })) {
		if (ok)
			add(ok);
		if (conflict) {
			clash ||= conflict.a.length > 0 && conflict.b.length > 0;
			add(conflict.b);
			add(conflict.a);
		}
	}
	return { text: both, clash };
}

/** Where a place in one text is in what became of it: at the same word, or where the words around it were. */
export function follow(before: string, now: string, place: number): number {
	const was = parts(before), all = diffIndices(was, parts(now));
	let at = 0, from = 0, to = 0;

	for (const { buffer1: [start, length], buffer1Content: gone, buffer2Content: come } of [...all,
		{ buffer1: [was.length, 0] as const, buffer1Content: [], buffer2Content: [] }]) {
		const same = text(was.slice(at, start)).length, [old, fresh] = [text(gone).length, text(come).length];

		if (place <= from + same)
			return to + place - from;
		if (place <= from + same + old)
			return to + same + Math.min(place - from - same, fresh);
		at = start + length;
		from += same + old;
		to += same + fresh;
	}
	return to;
}
