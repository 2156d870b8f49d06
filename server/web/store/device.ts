// device.ts - what this browser keeps for whoever uses it next: choices, and words that are not sent yet.

// A browser that keeps nothing forbids even to ask.
export function kept(name: string): string | null {
	try {
		return localStorage.getItem(name);
	} catch {
		return null;
	}
}

/** False: it holds until the page is left, and no longer. */
export function keep(name: string, value: string): boolean {
	try {
		localStorage.setItem(name, value);
		return true;
	} catch {
		return false;
	}
}

export function forget(name: string): void {
	try {
		localStorage.removeItem(name);
	} catch {
		// Nothing was kept.
	}
}

export function keptNames(): string[] {
	try {
		return Object.keys(localStorage);
	} catch {
		return [];
	}
}
