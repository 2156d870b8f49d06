// records.ts - the records that pages show, as far as the server's description leaves their shape open.
import type { Action, Audit as Wire, Check, Evidence, Finding, Request, Response, Uuid } from '#wire/methods.ts';

export type { Action, Check, Evidence, Finding, Request, Response, Uuid };

export interface Part { id: Uuid; title: string; functions: { id: Uuid; name: string }[] }
export type State = 'planned' | 'prepared' | 'fieldwork' | 'reporting' | 'released' | 'closed' | 'cancelled';
export type Audit = Omit<Wire, 'parts' | 'state'> & { parts: Part[]; state: State };

export const audit = (wire: Wire): Audit => wire as unknown as Audit;

/** IA-2026-01-C-07 is C-07 within its audit. */
export const within = (reference: string, of: string): string => reference.slice(of.length + 1);
