// mutants.mjs [PATH]: puts a fault into a copy of the project, runs the tests that must find it, takes it out again: each fault of
// tests/mutants, or those of the lists whose path contains PATH. Fails when less than 95 of 100 are found.
//
// tests/mutants/FILE.txt is the list of FILE's faults, each a paragraph:
//
//   # what is wrong with it, for who reads the report
//   - a piece of FILE that is there once
//   + what stands in its place (nothing: it goes)
//   ! sql NAME, unit NAME or system NAME: a test that must fail then
//
// Several lines of one kind are one text, a line that begins with a tab belongs to the one before it, and several tests must all fail. A
// piece that is not there once, a fault that does not build and a test that fails without it are mistakes of the list. All of it happens in
// build/mutants. What was found out is kept there until the file, the fault or a test that it names changes, so that a run that was stopped
// goes on; ANEW=1 forgets it.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const least = 95;
const at = join(process.cwd(), 'build/mutants');
const tree = join(at, 'tree');
const kept = join(at, 'verdicts.json');
const only = process.argv[2] ?? '';
const read = (file) => fs.readFileSync(file, 'utf8');

// --- the copy, with the times of its files, so that little is built anew

function below(folder, found = []) {
	for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
		if (entry.isDirectory() && entry.name !== 'build') below(join(folder, entry.name), found);
		else if (entry.isFile()) found.push(join(folder, entry.name));
	}
	return found;
}

function copyTree() {
	const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
	const ours = new Set(listed.stdout.split('\0').filter((f) => f && fs.existsSync(f)));
	for (const file of ours) {
		const to = join(tree, file), stat = fs.statSync(file);
		if (fs.existsSync(to) && fs.statSync(to).mtimeMs === stat.mtimeMs && fs.statSync(to).size === stat.size) continue;
		fs.mkdirSync(dirname(to), { recursive: true });
		fs.copyFileSync(file, to);
		fs.chmodSync(to, stat.mode);
		fs.utimesSync(to, stat.atime, stat.mtime);
	}
	for (const file of below(tree)) if (!ours.has(file.slice(tree.length + 1))) fs.rmSync(file);
}

// --- the faults

function paragraph(text, list) {
	const fault = { why: [], from: [], to: [], tests: [] };
	const kinds = { '#': 'why', '-': 'from', '+': 'to', '!': 'tests' };
	let kind;
	for (const line of text.split('\n')) {
		if (line[0] !== '\t') kind = kinds[line[0]];
		if (!kind) throw new Error(`${list}: no line of a fault: ${line}`);
		fault[kind].push(line[0] === '\t' ? line : line.slice(1).replace(/^ /, ''));
	}
	return { why: fault.why.join(' '), from: fault.from.join('\n'), to: fault.to.join('\n'), tests: fault.tests };
}

function sourceOf(test) {
	const [kind, name] = test.split(' ');
	const file = ['sql', 'c', 'sh'].map((ext) => `tests/${kind}/${kind === 'sql' ? '' : 'test_'}${name}.${ext}`).find((f) => fs.existsSync(f));
	if (!file) throw new Error(`there is no test ${test}`);
	return file;
}

function faultsOf(list) {
	const file = list.slice('tests/mutants/'.length, -'.txt'.length), source = read(file);
	return read(list).split(/\n\n+/).filter((p) => p.trim()).map((p, i) => {
		const fault = paragraph(p.trimEnd(), list), pieces = source.split(fault.from);
		fault.name = `${file}:${i + 1}`;
		fault.file = file;
		fault.faulty = pieces.length === 2 ? pieces.join(fault.to) : undefined;
		fault.key = createHash('sha256').update([source, p, ...fault.tests.map((t) => read(sourceOf(t)))].join('\0')).digest('hex').slice(0, 16);
		return fault;
	});
}

// --- what is found out

let verdicts = !process.env.ANEW && fs.existsSync(kept) ? JSON.parse(read(kept)) : {};

function verdict(fault, word) {
	verdicts[fault.key] = word;
	fs.writeFileSync(kept, JSON.stringify(verdicts));
	console.log(`${word.padEnd(10)} ${fault.name.padEnd(44)} ${fault.why}`);
}

// --- faults of SQL whose tests are pgTAP files: each in a copy of one database

async function runSql(faults) {
	const all = join(at, 'sql');
	fs.rmSync(all, { recursive: true, force: true });
	faults.forEach((fault, i) => {
		fs.mkdirSync(join(all, `${i}`), { recursive: true });
		fs.writeFileSync(join(all, `${i}`, 'file'), fault.file.replace(/^sql\//, ''));
		fs.writeFileSync(join(all, `${i}`, 'faulty'), fault.faulty);
		fs.writeFileSync(join(all, `${i}`, 'tests'), fault.tests.map((t) => `${t.split(' ')[1]}\n`).join(''));
	});
	const child = spawn('nice', ['deploy/unprivileged.sh', 'tests/mutants_sql.sh', all], { cwd: tree, stdio: ['ignore', 'pipe', 'inherit'] });
	for await (const line of createInterface({ input: child.stdout })) {
		const [i, word] = line.split(' ');
		verdict(faults[i], word);
	}
}

// --- the others: built and run in the copy

const make = (...words) => spawnSync('nice', ['make', '--no-print-directory', '-j2', 'WEB=', ...words],
	{ cwd: tree, env: { ...process.env, NINETWO_TEST_SECONDS: '300' }, encoding: 'utf8' });
const passes = (test) => make(test.split(' ')[0], `T=${test.split(' ')[1]}`).status === 0;

function runInTree(fault, proven) {
	const place = join(tree, fault.file);
	if (!fault.tests.every((t) => (proven[t] ??= passes(t)))) return 'unproven';
	fs.writeFileSync(place, fault.faulty);
	try {
		if (make('programs').status !== 0) return 'unbuilt';
		return fault.tests.some(passes) ? 'survived' : 'found';
	} finally {
		fs.copyFileSync(fault.file, place);
	}
}

// --- all of it

fs.mkdirSync(tree, { recursive: true });
copyTree();
const faults = below('tests/mutants').filter((f) => f.endsWith('.txt') && f.includes(only)).sort().flatMap(faultsOf);
for (const fault of faults) if (fault.faulty === undefined) verdict(fault, 'not-there');
const built = make('programs');
if (built.status !== 0) throw new Error(`the copy does not build:\n${built.stderr}`);
const left = faults.filter((f) => !verdicts[f.key]);
console.log(`${faults.length} faults, ${left.length} of them to be tried`);
const isSql = (f) => f.tests.every((t) => t.startsWith('sql '));
if (left.some(isSql)) await runSql(left.filter(isSql));
const proven = {};
for (const fault of left.filter((f) => !isSql(f))) verdict(fault, runInTree(fault, proven));

const found = faults.filter((f) => verdicts[f.key] === 'found').length;
for (const f of faults) if (verdicts[f.key] !== 'found') console.log(`${verdicts[f.key] ?? 'untried'}: ${f.name} ${f.why}`);
console.log(`mutants: ${found} of ${faults.length} found`);
process.exitCode = found * 100 >= faults.length * least ? 0 : 1;
