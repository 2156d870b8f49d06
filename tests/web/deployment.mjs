// deployment.mjs - the real server on a PostgreSQL cluster of its own, with people who can sign in; and between it and
// the browser a line that can be cut. NINETWO_BUILD and NINETWO_WEB say where what was built lies.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const password = 'a password of its own';
/** Names that test how much room there is. */
export const long = { organisation: 'Vereinigte Norddeutsche Zahlungsverkehrsgesellschaft mbH & Co. KG', person: 'Maximiliane-Friederike von Hohenstein-Łukaszewicz' };
const build = process.env.NINETWO_BUILD;

/** The line: everything goes through as it comes, until it is cut. */
function lineTo(port) {
	const sockets = new Set();
	let whole = true;
	const server = createServer(near => {
		const far = whole && connect(port(), '127.0.0.1');

		if (!far) {
			near.destroy();
			return;
		}
		for (const [socket, other] of [[near, far], [far, near]]) {
			sockets.add(socket);
			socket.on('error', () => {});
			socket.on('close', () => { sockets.delete(socket); other.destroy(); });
			socket.pipe(other);
		}
	});

	return {
		server,
		cut() { whole = false; sockets.forEach(socket => socket.destroy()); },
		mend() { whole = true; },
	};
}

/** One line of what it says on the way; rejects when it ends without, or a minute later. */
function said(program, pattern) {
	return new Promise((resolve, reject) => {
		let all = '';

		setTimeout(() => reject(new Error(`ninetwod has not said ${pattern} within a minute:\n${all}`)), 60_000)
			.unref();
		program.stderr.setEncoding('utf8').on('data', more => {
			const found = pattern.exec(all += more);

			if (found)
				resolve(found);
		});
		program.on('exit', status => reject(new Error(`ninetwod ended with ${status}:\n${all}`)));
	});
}

/** An organisation, whose two people set their passwords. */
function found(env, organisation, administrator, management) {
	const printed = execFileSync(`${build}/ninetwod`, ['init', '--organisation', organisation, '--administrator', administrator, '--management', management],
		{ env, encoding: 'utf8' });

	for (const [, code] of printed.matchAll(/ code (\S+)$/gm))
		execFileSync(`${build}/ninetwo`, ['set-password'], { env, input: `${code}\n${password}\n` });
}

/** What `ninetwo` does for people whose sign-ins it keeps. */
function command(env) {
	const ninetwo = (words, input) => execFileSync(`${build}/ninetwo`, words, { env, input, encoding: 'utf8' });
	const here = (who, ...words) => ['--as', who, '--organisation', 'Meridian Payments', ...words];

	return {
		/** Somebody whom the organisation knows sets their password, as whoever was sent a code does. */
		join(who, email) {
			ninetwo(['set-password'], `${this.invite(email)}\n${password}\n`);
			this.enter(who, email);
		},
		enter(who, email) { ninetwo(['--as', who, '--quiet', 'login', email], `${password}\n`); },
		invite: email => /\b[A-Z2-7]{5}(-[A-Z2-7]{5}){3}\b/.exec(execFileSync(`${build}/ninetwod`, ['invite', email], { env, encoding: 'utf8' }))[0],
		/** Calls one after the other; names and relative dates are filled in. */
		as(who, ...calls) { ninetwo(here(who, 'call', '--batch', '-'), calls.map(([method, params]) => JSON.stringify({ method, params })).join('\n')); },
		/** What one call answers. */
		ask: (who, method, params) => JSON.parse(ninetwo(here(who, '--json', 'call', method, JSON.stringify(params)))),
		batch(who, file) { ninetwo(here(who, 'call', '--batch', file)); },
	};
}

export async function deploy() {
	const home = mkdtempSync(join(tmpdir(), 'web.'));
	const env = { ...process.env, HOME: home, NINETWO_HOME: home, NINETWO_DATA: join(home, 'data'), NINETWO_STATUS_LISTEN: '127.0.0.1:0' };
	let port;
	const line = lineTo(() => port);

	execFileSync(`${build}/ninetwod`, ['migrate'], { env });
	await new Promise(resolve => line.server.listen(0, '127.0.0.1', resolve));

	const origin = `http://127.0.0.1:${line.server.address().port}`;
	const server = spawn(`${build}/ninetwod`, ['serve', '--listen', '127.0.0.1:0', '--origin', origin, '--web', process.env.NINETWO_WEB],
		{ env, stdio: ['ignore', 'ignore', 'pipe'] });

	[, port] = await said(server, /event=listen\.ready.* listener=127\.0\.0\.1:(\d+) kind=main[^]*event=app\.ready/);
	env.NINETWO_SERVER = `127.0.0.1:${port}`;
	found(env, 'Meridian Payments', 'Xenia Xanthou <x@meridian.example>', 'Marta Mendes <m@meridian.example>');
	found(env, long.organisation, `${long.person} <h@vnz.example>`, 'Marta Mendes <m@meridian.example>');
	return {
		origin, line, ...command(env),
		async end() {
			line.cut();
			line.server.close();
			server.kill();
			await new Promise(resolve => server.on('exit', resolve));
		},
	};
}
