// merge.test.mjs - two people change one text: neither loses a word, whatever they do to it. Over many edits, the same
// at each run.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

const web = resolve('../../server/web');
let merge, follow;

before(async () => {
	const outfile = join(mkdtempSync(join(tmpdir(), 'merge.')), 'merge.mjs');

	createRequire(join(web, 'package.json'))('esbuild').buildSync({ absWorkingDir: web, entryPoints: ['store/merge.ts'], bundle: true, format: 'esm', outfile,
		preserveSymlinks: true });
	({ follow, merge } = await import(pathToFileURL(outfile)));
});

/** Numbers that look like chance and are the same each time. */
function chance(seed) {
	let state = seed;

	return below => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor(state / 2 ** 32 * below);
	};
}

const split = text => text.split(/\s+/).filter(Boolean);

/** A few changes of one person: words that nobody else has come in, words that were there go. */
function edit(words, who, below) {
	const now = [...words];

	for (let i = 1 + below(4); i > 0; i--) {
		const at = below(now.length + 1);

		if (below(3) === 0)
			now.splice(at, 1 + below(3));
		else
			now.splice(at, 0, ...Array.from({ length: 1 + below(3) }, (_, n) => `${who}${i}${'xyz'[n]}`));
	}
	return now;
}

test('of two hundred pairs of edits none loses a word of either', () => {
	const below = chance(7);
	let clashes = 0;

	for (let round = 0; round < 200; round++) {
		const base = Array.from({ length: below(30) }, (_, n) => `w${n}`);
		const mine = edit(base, 'm', below), theirs = edit(base, 't', below);
		const between = ['\n', ' ', '\n\n'][below(3)];
		const { text, clash } = merge(base.join(between), mine.join(between), theirs.join(between));
		const both = split(text), said = JSON.stringify({ base, mine, theirs, text });

		for (const word of [...mine, ...theirs].filter(each => !base.includes(each)))
			assert.equal(both.filter(each => each === word).length, 1, `${word}: ${said}`);
		for (const word of base.filter(each => mine.includes(each) && theirs.includes(each)))
			assert.equal(both.filter(each => each === word).length, 1, `${word}: ${said}`);
		for (const word of base.filter(each => !mine.includes(each) && !theirs.includes(each)))
			assert.ok(!both.includes(word), `${word}: ${said}`);
		assert.deepEqual(both.filter(each => each.startsWith('m')), mine.filter(each => each.startsWith('m')), `order: ${said}`);
		clashes += clash;
	}
	assert.ok(clashes > 10 && clashes < 190, `${clashes} at one place`);
});

test('where one of them changed nothing, it is as the other has it, to the last space', () => {
	for (const [base, other] of [['', 'a'], ['a b\n', ' a  b c\n\n'], ['one two', ''], ['a', 'a ']]) {
		assert.deepEqual(merge(base, base, other), { text: other, clash: false });
		assert.deepEqual(merge(base, other, base), { text: other, clash: false });
		assert.deepEqual(merge(base, other, other), { text: other, clash: false });
	}
});

test('what both write at one place stands there twice, theirs first, as words apart', () => {
	assert.deepEqual(merge('Seen.', 'Seen. Mine.', 'Seen. Theirs.'), { text: 'Seen. Theirs. Mine.', clash: true });
	assert.deepEqual(merge('', 'mine', 'theirs'), { text: 'theirs mine', clash: true });
});

test('a long text whose words come again and again is merged too', () => {
	const base = Array.from({ length: 3000 }, (_, n) => `word${n % 400}`).join(' ');

	assert.deepEqual(merge(base, `${base} mine`, `theirs ${base}`), { text: `theirs ${base} mine`, clash: false });
});

test('who writes on goes on at the same word, whatever came before and after it', () => {
	const below = chance(11);

	for (let round = 0; round < 100; round++) {
		const base = Array.from({ length: 5 + below(20) }, (_, n) => `w${n}`), theirs = edit(base, 't', below);
		const kept = base.filter(each => theirs.includes(each));
		const word = kept[below(kept.length)], before = base.join(' '), now = theirs.join(' ');

		if (word)
			assert.equal(follow(before, now, `${before} `.indexOf(`${word} `) + word.length), `${now} `.indexOf(`${word} `) + word.length, `${before} | ${now} | ${word}`);
	}
	assert.equal(follow('a', 'b a', 0), 0);
	assert.equal(follow('a b', '', 3), 0);
});
