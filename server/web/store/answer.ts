// answer.ts - what an auditee owes to a finding: six steps, each done when what it is about is there.
import { act } from '#store/act.ts';
import { field, write } from '#store/draft.ts';
import { ask, stale } from '#store/query.ts';
import type { Action, Finding, Response } from '#store/records.ts';

export const steps = ['contain', 'correct', 'why', 'plan', 'do', 'prove'] as const;
export type Step = (typeof steps)[number];

/** What is written to the finding now; its id is the finding's, and its version 0 where nothing is yet. */
export type Written = Omit<Response, 'state'>;

export interface Answer {
	finding: Finding;
	written: Written;
	/** The last round, written or decided. */
	last: Response | undefined;
	/** Of the last round, those that were not dropped. */
	actions: Action[];
}

const texts = ['containment', 'contained_on', 'no_containment', 'correction', 'corrected_on', 'cause_method',
	'root_cause', 'extent', 'changes', 'correction_only'] as const;

export function answerOf(finding: Finding): Answer | undefined {
	const responses = ask('response.list', { finding: finding.id }).value?.items,
		actions = ask('action.list', { finding: finding.id }).value?.items;

	if (!responses || !actions)
		return undefined;

	const last = [...responses].sort((a, b) => b.round - a.round)[0];
	const draft = last?.state === 'draft' ? last : undefined;
	const round = Math.max(0, ...actions.map(each => each.round));

	return { finding, last, actions: actions.filter(each => each.round === round && each.state !== 'dropped'),
		written: { ...draft, id: finding.id, organisation: finding.organisation,
			version: draft?.version ?? 0 } as Written };
}

const has = ({ written }: Answer, name: (typeof texts)[number]): boolean => Boolean(field('response', written, name));

/** Whether the plan is out of its writers' hands. */
export const submitted = ({ finding }: Answer): boolean => ['planned', 'plan_accepted', 'implemented',
	'implementation_returned', 'closed'].includes(finding.state);

export function done(answer: Answer, step: Step): boolean {
	const { finding, actions } = answer;

	switch (step) {
	case 'contain': return submitted(answer) || has(answer, 'containment') || has(answer, 'no_containment');
	case 'correct': return submitted(answer) || has(answer, 'correction');
	case 'why': return submitted(answer) || has(answer, 'correction_only')
		|| (has(answer, 'root_cause') && has(answer, 'extent'));
	case 'plan': return submitted(answer) || has(answer, 'correction_only')
		|| actions.some(each => each.state === 'planned');
	case 'do': return ['implemented', 'closed'].includes(finding.state);
	case 'prove': return finding.state === 'closed';
	}
}

/** What the last round said, to be gone on from. */
export function goOn({ written, last }: Answer): void {
	for (const name of texts)
		if (last?.[name])
			write('response', written, name, last[name]);
}

export async function plan(finding: Finding, given: Record<string, string>): Promise<void> {
	await act('action.plan', { finding: finding.id, what: given['what'] ?? '', owner: given['owner'] ?? '',
		due: given['due'] ?? '',
		criterion: given['criterion'] ?? '', judge_from: given['judge_from'] ?? '' });
	stale(method => method === 'action.list');
}

/**
 * Whom one may see: those who look people up, everybody; a supplier's person, whoever is responsible for the function.
 */
export function owners(finding: Finding): { id: string; name: string }[] {
	const directory = ask('person.list', {}).value?.items ?? [], responsible = ask('responsibility.list',
		{ function: finding.addressed }).value?.items ?? [];
	const all = new Map([...directory.map(each => [each.id, each.name] as const),
		...responsible.map(each => [each.person, each.person_name ?? ''] as const)]);

	return [...all].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
}
