// session.ts - signing in and out, the two things that a browser does by HTTP: only so can the session be in a cookie
// that no script reads.
import { codes } from '#wire/methods.ts';
import { NoLine, Refusal } from '#wire/refusal.ts';

async function ask(request: RequestInit): Promise<void> {
	const answer = await fetch('/session', { ...request, signal: AbortSignal.timeout(30_000)
		}).catch((error: unknown) => {
		throw new NoLine(String(error));
	});

	if (!answer.ok)
		throw new Refusal(await answer.json().catch(() => ({
			code: answer.status === 403 ? codes.forbidden : codes.internal,
				message: `${answer.status} ${answer.statusText}` })));
}

/** Throws Refusal (forbidden: not from this address of the page) or NoLine. */
export function open(email: string, password: string): Promise<void> {
	return ask({ method: 'POST', headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ email, password }) });
}

/** Ends the session for every tab. Throws Refusal or NoLine, and then the session is still there. */
export function close(): Promise<void> {
	return ask({ method: 'DELETE' });
}
