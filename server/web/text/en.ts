// en.ts - what a person reads. `de.ts` has the type of this file, so a text that is missing there does not compile. How we write: you; present
// tense; no blame; the date before the reason.
import type { Role } from '#store/session.ts';

export const en = {
	promise: 'Nobody judges their own work.',
	sign_in: {
		title: 'Sign in',
		email: 'E-mail address',
		password: 'Password',
		show: 'Show password',
		go: 'Sign in',
		busy: 'Signing in …',
		signed_out: 'You are signed out.',
		ended: 'Your session has ended. Sign in to go on.',
	},
	refused: {
		credentials: 'The e-mail address or the password is wrong.',
		slow_down: (wait: string) => `Too many attempts. Try again in ${wait}.`,
		not_now: 'The server is busy just now. Try again in a moment.',
		no_line: 'The server cannot be reached. Try again when you are connected.',
		origin: (address: string) => `This server takes no sign-ins from ${address}. Whoever operates it can allow that address.`,
		other: 'The server refused:',
	},
	line: {
		opening: 'Connecting …',
		live: 'Live',
		cut: 'No line',
		now: 'Try now',
	},
	account: {
		of: (name: string) => `Account of ${name}`,
		language: 'Language',
		theme: 'Appearance',
		system: 'System',
		light: 'Light',
		dark: 'Dark',
		sign_out: 'Sign out',
		licences: 'Licences',
		until: (time: string) => `Signed in until ${time} at the latest.`,
	},
	home: {
		organisation: 'Organisation',
		roles: 'Your roles',
		no_organisation: 'You are in no organisation yet. Whoever administers one can give you a role in it.',
		no_role: 'None today',
	},
	roles: {
		administrator: 'Administrator',
		programme_manager: 'Programme manager',
		auditor: 'Auditor',
		auditee: 'Auditee',
		observer: 'Observer',
		management: 'Management',
	} satisfies Record<Role, string>,
	absent: {
		title: 'There is nothing at this address',
		text: 'The address may be mistyped, or come from another release.',
		home: 'Go to the beginning',
	},
};

export type Texts = typeof en;
