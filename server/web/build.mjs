// build.mjs FOLDER [watch]: the browser client, as it is served. With `watch`, again at each change, uncompressed and without looking at types.
//
// The folder is made beside its place and then moved there, so a server that serves it never sees half of it. Names of what the page loads hold a hash of
// their content, but for those of the page and the icon. Beside each file that compresses lie FILE.br and FILE.gz.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import esbuild from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const folder = resolve(process.argv[2]), watch = process.argv[3] === 'watch';
const part = watch ? folder : `${folder}.part`, old = `${folder}.old`;

function check() {
	const tsc = spawnSync(process.execPath, [join(here, 'node_modules/typescript/bin/tsc'), '-p', here], { stdio: 'inherit' });

	if (tsc.status !== 0)
		process.exit(1);
}

/** index.html, with the names that the files have now. */
function writePage(outputs) {
	const named = Object.keys(outputs).map(path => basename(path));
	const find = pattern => {
		const found = named.filter(name => pattern.test(name));

		if (found.length !== 1)
			throw new Error(`${found.length} files like ${pattern}`);
		return '/' + found[0];
	};
	const names = { 'app.js': find(/^main-\w+\.js$/), 'app.css': find(/^app-\w+\.css$/), 'icon.svg': '/icon.svg', font: find(/^inter-latin-wght-normal-\w+\.woff2$/) };
	const page = readFileSync(join(here, 'index.html'), 'utf8').replace(/(href|src)="([^"]+)"/g, (_, attribute, name) => `${attribute}="${names[name]}"`);

	if (page.includes('undefined'))
		throw new Error('index.html names what is not built');
	writeFileSync(join(part, 'index.html'), page);
	writeFileSync(join(part, 'icon.svg'), readFileSync(join(here, 'icon.svg')));
}

/** Of whose work is in it, the licences ask to be kept with it. */
function writeLicences() {
	const { dependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
	const texts = Object.keys(dependencies).map(name => {
		const root = join(here, 'node_modules', name);
		const file = readdirSync(root).find(each => /^licen[cs]e/i.test(each));

		if (!file)
			throw new Error(`${name} has no licence`);
		return `${name}\n\n${readFileSync(join(root, file), 'utf8').trim()}\n`;
	});

	writeFileSync(join(part, 'licences.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`));
}

function compress() {
	for (const name of readdirSync(part).filter(each => /\.(html|js|css|svg|txt)$/.test(each))) {
		const bytes = readFileSync(join(part, name));

		writeFileSync(join(part, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
		writeFileSync(join(part, `${name}.gz`), gzipSync(bytes, { level: 9 }));
	}
}

const page = { name: 'page', setup(build) { build.onEnd(result => { if (result.metafile) writePage(result.metafile.outputs); }); } };
const options = {
	absWorkingDir: here, entryPoints: { main: 'main.ts', app: 'style/app.css' }, outdir: part, bundle: true, format: 'esm', target: 'es2022',
	minify: !watch, metafile: true, charset: 'utf8', legalComments: 'none', loader: { '.woff2': 'file' }, preserveSymlinks: true, logLevel: 'warning',
	entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]', assetNames: '[name]-[hash]', plugins: [page],
};

rmSync(part, { recursive: true, force: true });
mkdirSync(part, { recursive: true });
if (watch) {
	await (await esbuild.context(options)).watch();
} else {
	check();
	await esbuild.build(options);
	writeLicences();
	compress();
	rmSync(old, { recursive: true, force: true });
	if (existsSync(folder))
		renameSync(folder, old);
	renameSync(part, folder);
	rmSync(old, { recursive: true, force: true });
}
