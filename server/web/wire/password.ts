// password.ts - setting a password with a one-time code, before there is a session: on a socket of its own, opened when
// it is wanted, since the server closes one on which nobody signs in.
import type { Methods } from '#wire/methods.ts';
import { NoLine, Refusal } from '#wire/refusal.ts';

const PATIENCE = 30_000;

type Set = Methods['session.set_password'];

/** Throws Refusal or NoLine. */
export function setPassword(params: Set['params']): Promise<Set['result']> {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/ws', 'ninetwo.v1');
		const late = setTimeout(() => socket.close(), PATIENCE);

		socket.onopen = () => socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'session.set_password',
			params }));
		socket.onmessage = message => {
			const { result, error } = JSON.parse(String(message.data)) as
				{ result: Set['result']; error?: ConstructorParameters<typeof Refusal>[0] };

			if (error)
				reject(new Refusal(error));
			else
				resolve(result);
			socket.close();
		};
		socket.onclose = () => {
			clearTimeout(late);
			reject(new NoLine());
		};
	});
}
