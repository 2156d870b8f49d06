// audit.mjs - an audit in fieldwork, with a lead, two auditors and those who are audited: what the room and the
// auditee's pages are tried on.
import { resolve } from 'node:path';

export const reference = `IA-${new Date().getUTCFullYear()}-01`;
export const people = {
	L: 'l@brightwater.example', C: 'c@brightwater.example', A: 'a@meridian.example', E: 'e@meridian.example', Y: 'y@meridian.example', H: 'h@meridian.example',
	P: 'p@meridian.example',
};

const parts = { 'Backup and recovery': 'F-01', 'Access management': 'F-02', 'Card-data hosting': 'F-03' };
const statement = 'I own, operate and monitor none of these functions, and have not since the first day this audit looks back on.';

/** Of each part what is asked, and against what. */
const lines = [
	['Backup and recovery', 'A.8.13', 'document', 'Is it laid down what is backed up, how often, and for how long it is kept?'],
	['Backup and recovery', 'A.8.13', 'sample', 'Are restores tested as laid down?',
		{ population: 'All restore tests since the first day looked back on', sample_size: 4, chosen_by: 'One a quarter' }],
	['Backup and recovery', 'A.5.30', 'interview', 'Does whoever is on call know which systems come back first?'],
	['Backup and recovery', 'A.8.14', 'observation', 'Is there a second place for what must not stand still?'],
	['Access management', 'A.5.15', 'document', 'Who decides who may have access to what?'],
	['Access management', 'A.5.18', 'sample', 'Are access rights reviewed every quarter?', { population: 'Reviews of the last year', sample_size: 4 }],
	['Access management', 'A.8.2', 'sample', 'Are privileged rights given for a purpose and a time?'],
	['Card-data hosting', 'A.5.19', 'document', 'Does the contract say what the supplier must do for security?'],
	['Card-data hosting', 'A.5.22', 'interview', 'Is what the supplier delivers reviewed, and are changes agreed?'],
];

export function conduct(deployment) {
	const { as } = deployment;
	const part = title => `${reference}/${title}`;

	deployment.enter('X', 'x@meridian.example');
	deployment.enter('M', 'm@meridian.example');
	deployment.batch('X', resolve('../system/organisation.jsonl'));
	as('M', ['party.set_group', { id: 'Meridian Payments', in_group: true }]);
	for (const [who, email] of Object.entries(people))
		deployment.join(who, email);
	as('P', ['audit.plan', {
		kind: 'internal', title: 'Backup, access and card-data hosting', starts_on: 'today', ends_on: '+14d', audited_from: '-1y',
		objective: 'Whether backup and recovery, access management and card-data hosting meet ISO/IEC 27001',
		scope: 'Three functions, one of them operated by a supplier', criteria: 'ISO/IEC 27001:2022, clauses and controls as listed',
		sites: ['Head office', 'Remote'], methods: ['on_site', 'remote'], parts: Object.entries(parts).map(([title, each]) => ({ title, functions: [each] })),
		requirements: [...new Set(lines.map(([, ref]) => ref))], timetable: [{ at: 'day 1', what: 'Opening meeting, backup' }],
	}]);
	as('X', ['assignment.assign', { audit: reference, person: people.L, role: 'lead' }],
		...Object.keys(parts).map(title => ['assignment.assign', { audit: reference, person: people.C, role: 'auditor', part: part(title) }]),
		['assignment.assign', { audit: reference, person: people.A, role: 'auditor', part: part('Access management') }]);
	for (const [who, titles] of [['L', ['']], ['C', Object.keys(parts)], ['A', ['Access management']]])
		for (const { id, part_title } of deployment.ask(who, 'assignment.list', { audit: reference, person: people[who] }).items)
			if (titles.includes(part_title ?? ''))
				as(who, ['declaration.sign', { assignment: id, statement }]);
	as('L', ...lines.map(([title, requirement, method, question, more]) =>
		['check.prepare', { part: part(title), function: parts[title], requirement, method, question, ...more }]));
	for (const [who, each] of [['E', 'F-01'], ['Y', 'F-02'], ['H', 'F-03']])
		as(who, ['confirmation.give', { audit: reference, function: each, note: 'Who operates and monitors it is complete' }]);
	as('L', ['audit.send_plan', { id: reference }], ['audit.prepare', { id: reference }],
		['audit.start_fieldwork', { id: reference, opening_meeting: { on: new Date().toISOString().slice(0, 10), notes: 'Scope and timetable agreed' } }]);
}

/** A minor nonconformity about Backup and recovery, issued: what its owner answers. Its reference. */
export function issue({ as, ask }) {
	const requirement = 'A.8.13';

	as('C', ['finding.draft', { part: `${reference}/Backup and recovery`, title: 'Restores are not tested', requirements: [requirement], functions: ['F-01'],
		condition: 'The procedure asks for a restore test each quarter; of four quarters two have none on record.',
		effect: 'Whether the ledger can be restored in time is not known.' }]);

	const { items } = ask('C', 'finding.list', { audit: reference, sort: '-reference', limit: 1 });
	const id = items[0].reference;

	as('C', ['finding.grade', { id, grade: 'minor', answers: { requirement_unmet: true, absent: false, accumulated: false, outcome_at_risk: false } }],
		['finding.share', { id }], ['finding.issue', { id }]);
	return id;
}
