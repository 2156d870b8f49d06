// build.test.mjs - what `make web` leaves to be served: nothing but what a browser loads, each file as small as it
// gets, the same from the same sources.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

const web = process.env.NINETWO_WEB;
const sources = resolve('../../server/web');
const names = readdirSync(web).sort();
const read = name => readFileSync(join(web, name));
const plain = names.filter(name => !/\.(br|gz)$/.test(name));

/** The sources in a folder of their own, to do something to them. */
function copy() {
	const folder = join(mkdtempSync(join(tmpdir(), 'sources.')), 'web');

	cpSync(sources, folder, { recursive: true, filter: path => !path.startsWith(join(sources, 'node_modules')) });
	symlinkSync(join(sources, 'node_modules'), join(folder, 'node_modules'));
	return folder;
}

const make = (folder, into) => spawnSync(process.execPath, [join(folder, 'build.mjs'), into], { encoding: 'utf8' });

test('nothing else is in it', () => {
	assert.deepEqual(plain.map(name => name.replace(/-[A-Z2-7]{8}\./, '-HASH.')), ['app-HASH.css', 'icon.svg', 'index.html',
		'inter-latin-ext-wght-normal-HASH.woff2', 'inter-latin-wght-normal-HASH.woff2', 'licences.txt', 'main-HASH.js']);
});

test('what compresses lies there compressed, and unpacks to the same', () => {
	for (const name of plain) {
		const forms = names.filter(each => each.startsWith(`${name}.`));

		assert.deepEqual(forms, name.endsWith('.woff2') ? [] : [`${name}.br`, `${name}.gz`]);
		if (forms.length) {
			assert.deepEqual(brotliDecompressSync(read(`${name}.br`)), read(name));
			assert.deepEqual(gunzipSync(read(`${name}.gz`)), read(name));
		}
	}
});

test('the page loads what is there', () => {
	const links = [...read('index.html').toString().matchAll(/(?:href|src)="\/([^"]+)"/g)].map(([, name]) => name);

	assert.ok(links.length >= 4);
	for (const name of links)
		assert.ok(plain.includes(name), name);
});

test('the first load is far below 250 KiB', () => {
	const bytes = names.filter(name => /\.br$|^inter-latin-wght/.test(name)).reduce((sum, name) => sum + read(name).length, 0);

	console.log(`first load: ${Math.round(bytes / 1024)} KiB`);
	assert.ok(bytes < 100 * 1024);
});

test('whoever has a part in it is named with their licence', () => {
	const licences = read('licences.txt').toString();

	for (const name of Object.keys(JSON.parse(readFileSync(join(sources, 'package.json'))).dependencies))
		assert.ok(licences.includes(`${name}\n`), name);
});

test('the same sources give the same bytes, others other names', () => {
	const folder = copy(), again = join(dirname(folder), 'again'), other = join(dirname(folder), 'other');

	assert.equal(make(folder, again).status, 0);
	assert.deepEqual(readdirSync(again).sort(), names);
	for (const name of names)
		assert.ok(readFileSync(join(again, name)).equals(read(name)), name);

	writeFileSync(join(folder, 'text/en.ts'), readFileSync(join(folder, 'text/en.ts'), 'utf8').replace('Nobody', 'No one'));
	assert.equal(make(folder, other).status, 0);

	const changed = readdirSync(other).filter(name => !names.includes(name));

	assert.deepEqual(changed.map(name => name.replace(/-[A-Z2-7]{8}\./, '-HASH.')), ['main-HASH.js', 'main-HASH.js.br', 'main-HASH.js.gz']);
});

test('a text that is missing in German does not compile', () => {
	const folder = copy(), german = join(folder, 'text/de.ts');

	writeFileSync(german, readFileSync(german, 'utf8').replace(/^\tpromise: .*\n/m, ''));

	const { status, stdout } = make(folder, join(dirname(folder), 'none'));

	assert.notEqual(status, 0);
	assert.match(stdout, /text\/de\.ts.*'promise' is missing/);
});
