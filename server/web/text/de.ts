// de.ts - written by hand, not word by word.
import type { Texts } from '#text/en.ts';

export const de: Texts = {
	promise: 'Niemand beurteilt die eigene Arbeit.',
	sign_in: {
		title: 'Anmelden',
		email: 'E-Mail-Adresse',
		password: 'Passwort',
		show: 'Passwort anzeigen',
		go: 'Anmelden',
		busy: 'Anmeldung läuft …',
		signed_out: 'Sie sind abgemeldet.',
		ended: 'Ihre Sitzung ist beendet. Melden Sie sich an, um fortzufahren.',
	},
	refused: {
		credentials: 'Die E-Mail-Adresse oder das Passwort ist falsch.',
		slow_down: wait => `Zu viele Versuche. In ${wait} geht es weiter.`,
		not_now: 'Der Server ist gerade ausgelastet. Versuchen Sie es gleich noch einmal.',
		no_line: 'Der Server ist nicht erreichbar. Versuchen Sie es noch einmal, sobald Sie verbunden sind.',
		origin: address => `Dieser Server nimmt keine Anmeldungen von ${address} an. Wer ihn betreibt, kann diese Adresse zulassen.`,
		other: 'Der Server hat abgelehnt:',
	},
	line: {
		opening: 'Verbinden …',
		live: 'Verbunden',
		cut: 'Keine Verbindung',
		now: 'Neu verbinden',
	},
	account: {
		of: name => `Konto von ${name}`,
		language: 'Sprache',
		theme: 'Darstellung',
		system: 'System',
		light: 'Hell',
		dark: 'Dunkel',
		sign_out: 'Abmelden',
		licences: 'Lizenzen',
		until: time => `Angemeldet bis spätestens ${time}.`,
	},
	home: {
		organisation: 'Organisation',
		roles: 'Ihre Rollen',
		no_organisation: 'Sie gehören noch zu keiner Organisation. Wer eine verwaltet, kann Ihnen darin eine Rolle geben.',
		no_role: 'Heute keine',
	},
	roles: {
		administrator: 'Administration',
		programme_manager: 'Programmleitung',
		auditor: 'Audit',
		auditee: 'Auditierte Stelle',
		observer: 'Beobachtung',
		management: 'Leitung',
	},
	absent: {
		title: 'Unter dieser Adresse ist nichts',
		text: 'Vielleicht ist sie vertippt, oder sie stammt aus einer anderen Version.',
		home: 'Zum Anfang',
	},
};
