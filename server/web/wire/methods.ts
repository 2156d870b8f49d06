// What the server says of itself, as types. Written by `make docs` (methods.mjs): nothing here is changed by hand.

export type Uuid = string;
/** ISO 8601, a day: 2026-11-30. */
export type Day = string;
/** RFC 3339, in UTC. */
export type Time = string;

/** Codes of refusals. */
export const codes = {
	parse: -32700,
	request: -32600,
	method: -32601,
	params: -32602,
	internal: -32603,
	unauthenticated: -32001,
	forbidden: -32002,
	separation: -32003,
	not_found: -32004,
	stale: -32005,
	state: -32006,
	slow_down: -32007,
	not_now: -32008,
	business: -32009,
} as const;

/** An audit: objective, criteria, scope in parts, audited period, dates and state. */
export interface Audit {
	id: Uuid;
	/** internal, supplier, gap or follow_up. */
	kind: "internal" | "supplier" | "gap" | "follow_up";
	/** Who leads it. */
	lead: Uuid | null;
	/** The parts of its scope, each with its functions. */
	parts: Array<{
		id: Uuid;
		title: string;
		functions: Array<{
			id: Uuid;
			name: string | null;
		}>;
	}>;
	/** The scope in words. */
	scope: string | null;
	/** Where it takes place. */
	sites: Array<string>;
	/** planned, prepared, fieldwork, reporting, released, closed or cancelled. */
	state: "planned" | "prepared" | "fieldwork" | "reporting" | "released" | "closed" | "cancelled";
	/** Its title. */
	title: string;
	/** Last day of fieldwork. */
	ends_on: Day;
	/** on_site, remote or both. */
	methods: Array<"on_site" | "remote">;
	version: number;
	/** The criteria in words. */
	criteria: string | null;
	/** When it was closed. */
	closed_at: Time | null;
	/** Their name. */
	lead_name: string | null;
	/** What it is to determine. */
	objective: string;
	/** What stood in the way. */
	obstacles: string | null;
	/** Who in relevant management the results go to (9.2.2). */
	recipient: Uuid | null;
	/** Its reference, as IA-2026-01. */
	reference: string;
	/** First day of fieldwork. */
	starts_on: Day;
	/** What happens when. */
	timetable: Array<{
		at: string;
		who?: string;
		what: string;
	}>;
	/** To what degree the criteria are fulfilled; read by the team, and from the release on by whom it was released to and management. */
	conclusion: string | null;
	/** When it was planned. */
	created_at: Time;
	/** Who planned it; never on its team (S4). */
	created_by: Uuid | null;
	/** When it last changed. */
	updated_at: Time;
	/** When it was declared prepared. */
	prepared_at: Time | null;
	/** When its report was released. */
	released_at: Time | null;
	/** First day of the window in which a responsibility keeps a person from judging (S1). */
	window_from: Day | null;
	/** The first day it looks back on. */
	audited_from: Day;
	/** When it was cancelled. */
	cancelled_at: Time | null;
	/** When fieldwork began. */
	fieldwork_at: Time | null;
	organisation: Uuid;
	/** When the plan was sent to the auditees. */
	plan_sent_at: Time | null;
	/** When fieldwork ended. */
	reporting_at: Time | null;
	/** The requirements that it audits against. */
	requirements: Array<{
		id: Uuid;
		ref: string;
		title: string;
	}>;
	/** A fact came to light after the release: the report is due for revision (S9). */
	revision_due: boolean | null;
	/** Why. */
	cancel_reason: string | null;
	/** Their name. */
	recipient_name: string | null;
	/** When it was held, and notes of it. */
	closing_meeting: {
		on: Day;
		notes?: string;
		present?: Array<string>;
	} | null;
	/** Their name. */
	created_by_name: string | null;
	/** When it was held, and notes of it. */
	opening_meeting: {
		on: Day;
		notes?: string;
		present?: Array<string>;
	} | null;
	/** The cooling-off period that it was planned with (S1). */
	cooling_off_months: number;
}

/** One line of an audit's working papers: requirement x function, what to ask, what came of it. */
export interface Check {
	id: Uuid;
	/** The requirement's reference, as A.8.13. */
	ref: string;
	/** It has a result. */
	done: boolean;
	/** The part of the audit; its declared team alone reads this. */
	part: Uuid;
	/** The audit. */
	audit: Uuid;
	/** The auditor's notes. */
	notes: string | null;
	/** How: interview, observation, document or sample. */
	method: "interview" | "observation" | "document" | "sample";
	/** Its number within the audit. */
	number: number;
	/** Why it was not assessed (it then counts as uncovered), or what the result rests on. */
	reason: string | null;
	/** What came of it; null: not done yet. */
	result: "conform" | "nonconform" | "observation" | "not_assessed" | null;
	/** Which ones. */
	sample: string | null;
	version: number;
	/** What it rests on. */
	evidence: Array<{
		kind: "file" | "statement";
		title: string;
		evidence: Uuid;
		supplied_by: Uuid;
	}>;
	/** The function that is checked. */
	function: Uuid;
	/** What to ask, look at or test. */
	question: string;
	/** How the sample was chosen. */
	chosen_by: string | null;
	/** As IA-2026-01-C-07. */
	reference: string;
	/** When it was prepared. */
	created_at: Time;
	/** What it is called. */
	part_title: string | null;
	/** From what a sample is drawn, and how large that is. */
	population: string | null;
	/** When it last changed. */
	updated_at: Time;
	/** When it became known that it was recorded under a conflict (S9). */
	impaired_at: Time | null;
	/** Who prepared it. */
	prepared_by: Uuid;
	/** When. */
	recorded_at: Time | null;
	/** Who recorded the result. */
	recorded_by: Uuid | null;
	/** The requirement that it is checked against. */
	requirement: Uuid;
	/** What the reviewer noted; or that it was redone. */
	review_note: string | null;
	/** A review is needed and not given yet; release waits for it. */
	review_open: boolean;
	/** When. */
	reviewed_at: Time | null;
	/** Who reviewed it. */
	reviewed_by: Uuid | null;
	/** How many are looked at. */
	sample_size: number | null;
	organisation: Uuid;
	/** What it is called. */
	function_name: string | null;
	/** Recorded by a trainee or technical expert: it counts once an auditor of the team has reviewed it (S12). */
	review_needed: boolean;
	/** What it is called. */
	audit_reference: string | null;
	/** Who recorded it under the conflict. */
	impaired_person: Uuid | null;
	/** What it is called. */
	requirement_ref: string | null;
	/** Their name. */
	prepared_by_name: string | null;
	/** Their name. */
	recorded_by_name: string | null;
	/** Their name. */
	reviewed_by_name: string | null;
	/** The requirement's short title. */
	requirement_title: string;
	/** Their name. */
	impaired_person_name: string | null;
}

export interface Count {
	by: Array<{
		/** What the record that it names is called. */
		name: string | null;
		count: number;
		value: string | null;
	}> | null;
	/** How many; at least so many where it is not exact. */
	count: number;
	exact: boolean;
}

/** Something that happened to a record, without the record's content: that is read by the record's own method. */
export interface Event {
	/** When. */
	at: Time;
	/** What: noun.created, noun.STATE, noun.changed, noun.removed; token.gained, token.changed, token.lost. */
	kind: string;
	/** The person who did it; null where the machine's operator or the calendar did. */
	actor: Uuid | null;
	/** The record it happened to; of token.*, what the reader's rights are to (a part, an audit, a function, a release, a role). */
	subject: Uuid;
	/** The version that the record had from then on; null of what has none: rights, a code that was asked for, a word of progress. */
	version: number | null;
	/** Where it stands in the one order of all events; `events.subscribe` resumes after it. */
	position: number;
	organisation: Uuid;
}

/** A legal entity as the organisation knows it. */
export interface Party {
	id: Uuid;
	/** Its name. */
	name: string;
	/** What it is to the organisation. */
	kinds: Array<"organisation" | "supplier" | "audit_firm" | "certification_body" | "customer" | "regulator">;
	version: number;
	/** Part of the organisation's own group: S2 does not apply. */
	in_group: boolean | null;
	/** Operates a function today. */
	operates: boolean | null;
	/** Parties of one group share this value (S2, S3). */
	affiliates: Uuid | null;
	/** When it was recorded. */
	created_at: Time;
	/** When it last changed. */
	updated_at: Time;
	organisation: Uuid;
	/** Since when it is of the organisation's group, or is not; none: as far as is known. */
	in_group_from: Day | null;
	/** Since when it is of that group, or of none; none: as far as is known. */
	affiliates_from: Day | null;
	/** LEI, register number or the like: one entity is recorded once. */
	legal_identifier: string;
}

/** A bearer token of a person, for a script. Its secret is shown once, when it is made. */
export interface Token {
	id: Uuid;
	/** What it is for. */
	name: string;
	/** What it may call: finding.* or finding.list, read (whatever only reads), or *. */
	scope: Array<string>;
	/** When it was last used, to the minute. */
	seen_at: Time;
	/** When it was ended before that. */
	ended_at: Time | null;
	/** How: revoked, password or disabled. */
	ended_by: string | null;
	/** When it was made. */
	created_at: Time;
	/** When it ends. */
	expires_at: Time;
}

/** A corrective action. */
export interface Action {
	id: Uuid;
	/** By when. */
	due: Day;
	/** What is to be done. */
	what: string;
	/** Its audit. */
	audit: Uuid;
	/** Who does it. */
	owner: Uuid;
	/** What proves that it is done. */
	proof: string | null;
	/** The round of the plan that it belongs to. */
	round: number;
	/** planned, open (the plan is accepted), done, returned, dropped. */
	state: "planned" | "open" | "done" | "returned" | "dropped";
	/** When. */
	done_at: Time | null;
	/** Who did it. */
	done_by: Uuid | null;
	/** The finding behind it. */
	finding: Uuid;
	/** It should be done by now. */
	overdue: boolean;
	/** How far it is. */
	percent: number;
	version: number;
	/** The proof's evidence. */
	evidence: Array<{
		kind: "file" | "statement";
		title: string;
		evidence: Uuid;
		supplied_by: Uuid;
	}>;
	/** What was said about it last. */
	progress: string | null;
	/** The function that answers the finding. */
	addressed: Uuid;
	/** By what its effectiveness is judged. */
	criterion: string;
	/** By when it was planned first; no extension hides it. */
	first_due: Day;
	/** As IA-2026-01-F-03-A-1. */
	reference: string;
	/** When it was planned. */
	created_at: Time;
	/** How many extensions were granted. */
	extensions: number;
	/** From which day it can be judged. */
	judge_from: Day;
	/** Their name. */
	owner_name: string | null;
	/** When it last changed. */
	updated_at: Time;
	/** Who returned it. */
	returned_by: Uuid | null;
	/** Their name. */
	done_by_name: string | null;
	organisation: Uuid;
	/** Why. */
	return_reason: string | null;
	/** What it is called. */
	addressed_name: string | null;
	/** What it is called. */
	audit_reference: string | null;
	/** Their name. */
	returned_by_name: string | null;
	/** What it is called. */
	finding_reference: string | null;
}

/** Every end ever entered of a responsibility, affiliation, operating party, certification or role (S13). */
export interface Ending {
	id: Uuid;
	/** Of what: responsibility, affiliation, operation, certification or membership. */
	noun: "affiliation" | "membership" | "certification" | "operation" | "responsibility";
	/** effective, or proposed: dated before the day it was entered, it counts from that day only until countersigned. */
	state: "effective" | "proposed" | "countersigned" | "declined" | "replaced" | null;
	/** Whose, where it is a person's. */
	person: Uuid | null;
	/** Why. */
	reason: string;
	/** Which one. */
	subject: Uuid;
	version: number;
	/** When it was entered. */
	created_at: Time;
	/** Who entered it. */
	created_by: Uuid | null;
	/** When. */
	decided_at: Time | null;
	/** Who of management countersigned or declined it. */
	decided_by: Uuid | null;
	/** On which day. */
	entered_on: Day;
	/** The last day that it says. */
	until_date: Day;
	/** When it last changed. */
	updated_at: Time;
	/** Their name. */
	person_name: string | null;
	organisation: Uuid;
	/** The last day that was entered before. */
	earlier_until: Day | null;
	/** Why. */
	decided_reason: string | null;
	/** Their name. */
	created_by_name: string | null;
	/** Their name. */
	decided_by_name: string | null;
}

/** A person as the organisation knows them, with the roles they have today. */
export interface Person {
	id: Uuid;
	/** Their name. */
	name: string;
	/** Their e-mail address. */
	email: string;
	/** The roles they have today. */
	roles: Array<string>;
	/** What they do. */
	title: string | null;
	version: number;
	/** When they were recorded. */
	created_at: Time;
	/** When it last changed. */
	updated_at: Time;
	organisation: Uuid;
}

/** The content of a release, frozen as it was released. */
export interface Report {
	id: Uuid;
	/** Its title. */
	title: string;
	/** The SHA-256 of its content, in hexadecimal. */
	sha256: string;
	/** The report: scope and criteria, the evidence of independence (team, declarations, liftings, impairments), checks, what of the plan was not covered and why, findings with every grade ever saved, disputes, and what it leaves out. */
	content: Record<string, unknown>;
	version: number;
	/** Which revision. */
	revision: number;
	/** As IA-2026-01-RE-1. */
	reference: string;
	/** When it was released. */
	created_at: Time;
	organisation: Uuid;
}

/** The dispute of a finding and how it was decided. */
export interface Dispute {
	id: Uuid;
	/** The audit. */
	audit: Uuid;
	/** open, decided, or stands: nobody could decide it in time, and the report prints the disagreement. */
	state: "open" | "decided" | "stands";
	/** Why it is disputed. */
	reason: string;
	/** The finding. */
	finding: Uuid;
	version: number;
	/** upheld, regraded or withdrawn. Lowering or withdrawing a nonconformity takes effect with a second signature. */
	decision: "upheld" | "regraded" | "withdrawn" | null;
	/** The function that answers the finding. */
	addressed: Uuid;
	/** By when it is decided; after that the finding stands. */
	decide_by: Day;
	/** Who disputes it. */
	raised_by: Uuid;
	/** When it was raised. */
	created_at: Time;
	/** When. */
	decided_at: Time | null;
	/** By whom; never by who raised the finding (S11). */
	decided_by: Uuid | null;
	/** When it last changed. */
	updated_at: Time;
	/** When it became known that it was decided under a conflict (S9). */
	impaired_at: Time | null;
	organisation: Uuid;
	/** What it is called. */
	addressed_name: string | null;
	/** Their name. */
	raised_by_name: string | null;
	/** What it is called. */
	audit_reference: string | null;
	/** Their name. */
	decided_by_name: string | null;
	/** Why. */
	decision_reason: string | null;
	/** What it is called. */
	finding_reference: string | null;
}

/** What an audit found. While it is shared for accuracy, its auditee sees condition and evidence, not the grade. */
export interface Finding {
	id: Uuid;
	/** The part whose team raised it. */
	part: Uuid;
	/** The audit. */
	audit: Uuid;
	/** major or minor nonconformity, observation, opportunity for improvement, strength; hidden from the auditee until it is issued. */
	grade: "major" | "minor" | "observation" | "opportunity" | "strength" | null;
	/** Where it stands. Issued and unanswered, it counts as acknowledged after the days set. */
	state: "draft" | "shared" | "issued" | "acknowledged" | "disputed" | "planned" | "plan_accepted" | "plan_returned" | "implemented" | "implementation_returned" | "not_effective" | "closed" | "accepted" | "declined" | "done" | "withdrawn";
	/** What it is about, in a few words. */
	title: string;
	/** What follows from it. */
	effect: string | null;
	/** Who owns or ever owned one of its actions. */
	owners: Array<Uuid>;
	/** How many times its actions were found not effective. */
	rounds: number;
	/** Who off the team is named to sign a decision on it (S6); until it is signed. */
	signer: Uuid | null;
	/** The answers to the grading aid's questions. */
	answers: unknown;
	/** Who off the team is named to decide its dispute (S11). */
	decider: Uuid | null;
	/** That date has passed. */
	overdue: boolean;
	/** Nonconformities of the three years before, of other audits, on the same requirement and function. */
	repeats: Array<Uuid> | null;
	version: number;
	/** The requirements that it cites, as they read when they were cited. */
	criteria: Array<{
		ref: string;
		title: string;
		edition: string;
		framework: string;
		requirement: Uuid;
	}>;
	/** When it was closed, withdrawn, declined or done. */
	ended_at: Time | null;
	/** What it rests on. */
	evidence: Array<{
		kind: "file" | "statement";
		title: string;
		evidence: Uuid;
		supplied_by: Uuid;
	}>;
	/** The date that runs now. */
	next_due: Day | null;
	/** By when the plan is there. */
	plan_due: Day | null;
	/** Who is named to verify it. */
	verifier: Uuid | null;
	/** The one whose people answer. */
	addressed: Uuid;
	/** What was found. */
	condition: string;
	/** The first due date of implementation; no extension hides it. */
	first_due: Day | null;
	/** The functions of the scope that it is about. */
	functions: Array<Uuid>;
	/** Who graded it last. */
	graded_by: Uuid | null;
	/** When it was issued. */
	issued_at: Time | null;
	/** By whom. */
	issued_by: Uuid | null;
	/** On which day. */
	issued_on: Day | null;
	/** Who raised it. */
	raised_by: Uuid;
	/** As IA-2026-01-F-03. */
	reference: string;
	/** When it was shared for accuracy. */
	shared_at: Time | null;
	/** When it was drafted. */
	created_at: Time;
	/** Until when it may be disputed. */
	dispute_by: Day | null;
	/** The check that it was raised from; shown to the team alone. */
	from_check: Uuid | null;
	/** What it is called. */
	part_title: string | null;
	/** When it last changed. */
	updated_at: Time;
	/** When it became known that it was raised or graded under a conflict (S9). */
	impaired_at: Time | null;
	/** Their names. */
	owner_names: Array<string> | null;
	/** A review is needed and not given yet. */
	review_open: boolean | null;
	/** Who reviewed it. */
	reviewed_by: Uuid | null;
	/** Their name. */
	signer_name: string | null;
	/** When containment was recorded. */
	contained_at: Time | null;
	/** Their name. */
	decider_name: string | null;
	/** Why the grade differs from the computed one, or was changed. */
	grade_reason: string | null;
	organisation: Uuid;
	/** Why an observation or opportunity was declined, or what was done. */
	answer_reason: string | null;
	/** Raised by a trainee or technical expert: an auditor reviews it before it is shared or issued (S12). */
	review_needed: boolean | null;
	/** Why it was not. */
	share_skipped: string | null;
	/** Their name. */
	verifier_name: string | null;
	/** Unanswered after this day, it counts as acknowledged. */
	acknowledge_by: Day | null;
	/** What it is called. */
	addressed_name: string | null;
	/** What the grading aid computed. */
	computed_grade: "major" | "minor" | "observation" | "opportunity" | "strength" | null;
	/** What they are called. */
	function_names: Array<string> | null;
	/** Their name. */
	graded_by_name: string | null;
	/** Their name. */
	issued_by_name: string | null;
	/** Their name. */
	raised_by_name: string | null;
	/** When it was acknowledged. */
	acknowledged_at: Time | null;
	/** By whom; null where by silence. */
	acknowledged_by: Uuid | null;
	/** What it is called. */
	audit_reference: string | null;
	/** By when its harm is contained. */
	containment_due: Day | null;
	/** By whom. */
	impaired_person: Uuid | null;
	/** A lower grade or a withdrawal is decided and waits for a second signature (S6). */
	signature_waits: boolean | null;
	/** Why it was withdrawn. */
	withdraw_reason: string | null;
	/** Their name. */
	reviewed_by_name: string | null;
	/** What they are called. */
	repeat_references: Array<string> | null;
	/** By when the actions are done. */
	implementation_due: Day | null;
	/** Their name. */
	acknowledged_by_name: string | null;
	/** What it is called. */
	from_check_reference: string | null;
	/** Their name. */
	impaired_person_name: string | null;
}

/** One requirement mapped to another, how far, and where that was taken from. */
export interface Mapping {
	/** Where it was taken from. */
	origin: string;
	/** From which requirement. */
	source: Uuid;
	/** To which. */
	target: Uuid;
	/** equal, subset, superset or intersects: what the source is to the target. */
	relation: "equal" | "subset" | "superset" | "intersects";
	/** strong or partial. */
	strength: "strong" | "partial";
	/** Its reference. */
	source_ref: string;
	/** Its reference. */
	target_ref: string;
}

/** A report as it was released; release.get has its content. */
export interface Release {
	id: Uuid;
	/** report. */
	kind: "report";
	/** Its audit. */
	audit: Uuid;
	/** Its title. */
	title: string;
	/** The SHA-256 of its content, in hexadecimal. */
	sha256: string;
	version: number;
	/** Evidence that goes out with it. */
	evidence: Array<{
		size: number;
		title: string;
		evidence: Uuid;
		file_name: string | null;
	}>;
	/** 1, or a revision, which goes to the same recipients. */
	revision: number;
	/** Who in relevant management it was released to (9.2.2). */
	recipient: Uuid;
	/** As IA-2026-01-RE-1. */
	reference: string;
	/** When it was released: the day of delivery. */
	created_at: Time;
	/** When it last changed. */
	updated_at: Time;
	/** The lead who released it. */
	released_by: Uuid;
	organisation: Uuid;
	/** To whom management published it, and until when; an observer sees their own party's. */
	publications: Array<{
		at: Time;
		id: Uuid;
		name: string | null;
		party: Uuid;
		until: Day;
		ended_at: Time | null;
	}>;
	/** Their name. */
	recipient_name: string | null;
	/** What it is called. */
	audit_reference: string | null;
	/** Their name. */
	released_by_name: string | null;
}

/** An evidence request: what an auditor asks for, and what was supplied. */
export interface Request {
	id: Uuid;
	/** By when. */
	due: Day | null;
	/** The part of the audit. */
	part: Uuid;
	/** What is asked for. */
	asked: string;
	/** The audit. */
	audit: Uuid;
	/** requested, submitted, returned with a reason, accepted, or not applicable. */
	state: "requested" | "submitted" | "returned" | "accepted" | "not_applicable";
	/** What was said with the evidence. */
	answer: string | null;
	/** Its number within the audit. */
	number: number;
	/** Why it was returned, or is not applicable. */
	reason: string | null;
	/** Whether it should have been supplied by now; null without a due date. */
	overdue: boolean | null;
	version: number;
	/** What was supplied. */
	evidence: Array<{
		kind: "file" | "statement";
		title: string;
		evidence: Uuid;
		supplied_by: Uuid;
	}>;
	/** The function whose people are asked. */
	function: Uuid;
	/** Who asked. */
	raised_by: Uuid;
	/** As IA-2026-01-R-07. */
	reference: string;
	/** When it was raised. */
	created_at: Time;
	/** When. */
	decided_at: Time | null;
	/** Who accepted or returned it; never who supplied it (S5). */
	decided_by: Uuid | null;
	/** The check that it serves; shown to the team alone. */
	from_check: Uuid | null;
	/** What it is called. */
	part_title: string | null;
	/** When it last changed. */
	updated_at: Time;
	/** When it became known that it was accepted under a conflict (S9). */
	impaired_at: Time | null;
	/** When. */
	reviewed_at: Time | null;
	/** Who of the team reviewed that acceptance. */
	reviewed_by: Uuid | null;
	organisation: Uuid;
	/** When. */
	submitted_at: Time | null;
	/** Who supplied it. */
	submitted_by: Uuid | null;
	/** What it is called. */
	function_name: string | null;
	/** Their name. */
	raised_by_name: string | null;
	/** What it is called. */
	audit_reference: string | null;
	/** Their name. */
	decided_by_name: string | null;
	/** Their name. */
	reviewed_by_name: string | null;
	/** Their name. */
	submitted_by_name: string | null;
	/** What it is called. */
	from_check_reference: string | null;
}

/** One signing-in of a person. */
export interface Session {
	id: Uuid;
	/** What the client calls itself. */
	agent: string | null;
	/** From where it was opened. */
	address: string | null;
	/** The session that asks. */
	current: boolean;
	/** When it was last used, to the minute. */
	seen_at: Time;
	/** When it was ended before that. */
	ended_at: Time | null;
	/** How: signed_out, revoked, password or disabled. */
	ended_by: string | null;
	/** When it was opened. */
	created_at: Time;
	/** When it ends in any case. */
	expires_at: Time;
	/** When it ends if it is not used before. */
	idle_until: Time;
}

/** A file or a statement that supports a check, an answer or a proof. */
export interface Evidence {
	id: Uuid;
	/** file or statement. */
	kind: "file" | "statement";
	/** Its bytes. */
	size: number;
	/** The supplier's leave, or the clause of the contract, to publish it outside. */
	leave: string | null;
	/** uploading or stored. */
	state: "uploading" | "stored";
	/** What it is. */
	title: string;
	/** The SHA-256 of its bytes, in hexadecimal; null until they are all stored. */
	sha256: string | null;
	/** Its validity has ended. */
	expired: boolean;
	version: number;
	/** Who recorded that. */
	leave_by: Uuid | null;
	/** How many of them are stored. */
	received: number;
	/** The name of the file. */
	file_name: string | null;
	/** What is stated. */
	statement: string | null;
	/** When it was begun. */
	created_at: Time;
	/** Its type, as application/pdf. */
	media_type: string | null;
	/** When it last changed. */
	updated_at: Time;
	/** From when it is valid. */
	valid_from: Day | null;
	/** The evidence that it replaces. */
	revision_of: Uuid | null;
	/** Who supplied it; they never accept it (S5). */
	supplied_by: Uuid;
	/** Until when. */
	valid_until: Day | null;
	/** The day of which it tells, apart from when it was uploaded. */
	effective_on: Day | null;
	organisation: Uuid;
	/** Their name. */
	leave_by_name: string | null;
	/** Their name. */
	supplied_by_name: string | null;
}

/** An auditable activity, with who owns it today. */
export interface Function {
	id: Uuid;
	/** It has no owner today; whom management names answers for it. */
	gap: boolean | null;
	/** Its name. */
	name: string;
	/** Who owns it today. */
	owner: Uuid | null;
	/** The function that it is part of. */
	parent: Uuid | null;
	version: number;
	/** Its short reference. */
	reference: string;
	/** Who answers for it in want of an owner. */
	answerable: Uuid | null;
	/** When it was recorded. */
	created_at: Time;
	/** Their name. */
	owner_name: string | null;
	/** When it last changed. */
	updated_at: Time;
	/** What it does. */
	description: string | null;
	/** What it is called. */
	parent_name: string | null;
	organisation: Uuid;
	/** Their name. */
	answerable_name: string | null;
	/** Which party operates it today; none: the organisation itself. */
	operating_party: Uuid | null;
	/** What it is called. */
	operating_party_name: string | null;
}

/** An interest other than what S1 to S3 name: it blocks until a safeguard is recorded (S7). */
export interface Interest {
	id: Uuid;
	/** designed, built, advised, funds, manages, reports_to, offered_post, relation, financial, attestation or other. */
	kind: "designed" | "built" | "advised" | "funds" | "manages" | "reports_to" | "offered_post" | "relation" | "financial" | "attestation" | "other";
	/** The audit. */
	audit: Uuid;
	/** Whose. */
	person: Uuid;
	/** Taken from the records, whatever was declared. */
	derived: boolean | null;
	version: number;
	/** In which function; none: in the audit. */
	function: Uuid | null;
	/** What lets them go on. */
	safeguard: Uuid | null;
	/** When it was recorded. */
	created_at: Time;
	/** When it last changed. */
	updated_at: Time;
	/** It in words. */
	description: string;
	/** Their name. */
	person_name: string | null;
	organisation: Uuid;
	/** When it ceased to count. */
	withdrawn_at: Time | null;
	/** What it is called. */
	function_name: string | null;
	/** Of what kind. */
	safeguard_kind: "other_auditor" | "second_auditor" | "outside_supervision" | "exclusion" | null;
	/** What it is called. */
	audit_reference: string | null;
	/** Why it suffices. */
	safeguard_reason: string | null;
}

/** What a programme manager, or someone with a responsibility in scope, may only propose (S4). */
export interface Proposal {
	id: Uuid;
	/** The audit concerned. */
	audit: Uuid | null;
	/** open, countersigned, declined or withdrawn. */
	state: "open" | "countersigned" | "declined" | "withdrawn";
	/** What takes effect when it is countersigned. */
	method: string;
	/** The parameters of the call that takes effect when it is countersigned. */
	params: Record<string, unknown> | null;
	/** Whom it is about. */
	person: Uuid | null;
	/** The record that it led to. */
	outcome: Uuid | null;
	/** It in words. */
	summary: string;
	version: number;
	/** When it was made. */
	created_at: Time;
	/** Who proposed it. */
	created_by: Uuid;
	/** When. */
	decided_at: Time | null;
	/** Who countersigned or declined it last. */
	decided_by: Uuid | null;
	/** When it last changed. */
	updated_at: Time;
	/** Nobody in management was free of it; the report discloses it. */
	no_one_free: boolean | null;
	/** Their name. */
	person_name: string | null;
	organisation: Uuid;
	/** Why. */
	decided_reason: string | null;
	/** What it is called. */
	audit_reference: string | null;
	/** Their name. */
	created_by_name: string | null;
	/** Their name. */
	decided_by_name: string | null;
	/** The first of two of management who sign where none of them is free (S4). */
	first_signed_by: Uuid | null;
	/** Their name. */
	first_signed_by_name: string | null;
}

/** What the auditee says to a nonconformity in one round; with its actions it is the plan. */
export interface Response {
	id: Uuid;
	/** The audit. */
	audit: Uuid;
	/** 1 is the first plan; each later one is a new plan, accepted again. */
	round: number;
	/** draft, submitted, accepted or returned. */
	state: "draft" | "submitted" | "accepted" | "returned";
	/** The chain of whys, or the causes by category. */
	causes: Array<{
		text: string;
		category?: string;
		question?: string;
	}> | null;
	/** Where else the same exists or could. */
	extent: string | null;
	/** Why it was returned. */
	reason: string | null;
	/** Whether ISMS, risk assessment or statement of applicability must change, and how. */
	changes: string | null;
	/** The finding. */
	finding: Uuid;
	version: number;
	/** The supplier's original, as evidence. */
	original: Uuid | null;
	/** The function that answers the finding. */
	addressed: Uuid;
	/** What was or will be done to put this instance right. */
	correction: string | null;
	/** When it was begun. */
	created_at: Time;
	/** When. */
	decided_at: Time | null;
	/** Who accepted or returned the plan; nobody who had a hand in it (S5). */
	decided_by: Uuid | null;
	/** The root cause. */
	root_cause: string | null;
	/** When it last changed. */
	updated_at: Time;
	/** Who began it. */
	written_by: Uuid;
	/** What was done at once to stop the harm. */
	containment: string | null;
	/** When it became known that it was decided on under a conflict (S9). */
	impaired_at: Time | null;
	/** How the cause was found. */
	cause_method: "five_whys" | "cause_categories" | "fault_tree" | "barrier_analysis" | "other" | null;
	/** How the consequences were dealt with. */
	consequences: string | null;
	/** When. */
	contained_on: Day | null;
	/** When it was. */
	corrected_on: Day | null;
	/** The supplier for which the internal owner recorded it. */
	on_behalf_of: Uuid | null;
	organisation: Uuid;
	/** When. */
	submitted_at: Time | null;
	/** Who submitted it. */
	submitted_by: Uuid | null;
	/** What it is called. */
	addressed_name: string | null;
	/** Why containment is not applicable. */
	no_containment: string | null;
	/** What it is called. */
	audit_reference: string | null;
	/** Why a minor needs correction only. */
	correction_only: string | null;
	/** Their name. */
	decided_by_name: string | null;
	/** Their name. */
	written_by_name: string | null;
	/** What it is called. */
	finding_reference: string | null;
	/** What it is called. */
	on_behalf_of_name: string | null;
	/** Their name. */
	submitted_by_name: string | null;
}

/** A later due date asked for an action. */
export interface Extension {
	id: Uuid;
	/** The audit. */
	audit: Uuid;
	/** asked, granted or declined. */
	state: "asked" | "granted" | "declined";
	/** The date asked for. */
	until: Day;
	/** The action. */
	action: Uuid;
	/** Why. */
	reason: string;
	/** The finding. */
	finding: Uuid;
	version: number;
	/** Who asked. */
	asked_by: Uuid;
	/** The function that answers the finding. */
	addressed: Uuid;
	/** When it was asked for. */
	created_at: Time;
	/** When. */
	decided_at: Time | null;
	/** Who decided; nobody who had a hand in the work (S5). */
	decided_by: Uuid | null;
	/** When it was due as this was asked. */
	due_before: Day;
	/** When it last changed. */
	updated_at: Time;
	/** When it became known that it was decided under a conflict (S9). */
	impaired_at: Time | null;
	organisation: Uuid;
	/** Their name. */
	asked_by_name: string | null;
	/** What it is called. */
	addressed_name: string | null;
	/** What it is called. */
	audit_reference: string | null;
	/** Their name. */
	decided_by_name: string | null;
	/** Why it was decided so. */
	decision_reason: string | null;
	/** What it is called. */
	action_reference: string | null;
	/** What it is called. */
	finding_reference: string | null;
}

/** A versioned catalogue of requirements. */
export interface Framework {
	id: Uuid;
	/** Its name. */
	name: string;
	/** Its edition. */
	edition: string;
	/** When it was loaded. */
	created_at: Time;
	/** How many requirements it has. */
	requirements: number;
	/** None for a catalogue that everybody shares. */
	owner_organisation: Uuid | null;
}

/** A party operates a function during a period (S2). */
export interface Operation {
	id: Uuid;
	/** Who operates it. */
	party: Uuid;
	/** It holds today. */
	current: boolean;
	version: number;
	/** What. */
	function: Uuid;
	/** First day. */
	from_date: Day;
	/** When it was recorded. */
	created_at: Time;
	/** What it is called. */
	party_name: string | null;
	/** Last day; none is open. */
	until_date: Day | null;
	/** When it last changed. */
	updated_at: Time;
	/** Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13). */
	counts_until: Day | null;
	organisation: Uuid;
	/** What it is called. */
	function_name: string | null;
}

/** What was arranged so that an interest does not decide an audit, and why it suffices (S7). */
export interface Safeguard {
	id: Uuid;
	/** other_auditor, second_auditor, outside_supervision or exclusion. */
	kind: "other_auditor" | "second_auditor" | "outside_supervision" | "exclusion";
	/** The audit. */
	audit: Uuid;
	/** Whose. */
	person: Uuid;
	/** Why it suffices. */
	reason: string;
	version: number;
	/** When it was recorded. */
	created_at: Time;
	/** Who recorded it; never on the team (S4). */
	created_by: Uuid;
	/** When it last changed. */
	updated_at: Time;
	/** Their name. */
	person_name: string | null;
	organisation: Uuid;
	/** What it is called. */
	audit_reference: string | null;
	/** Their name. */
	created_by_name: string | null;
	/** Who of management countersigned it (S4). */
	countersigned_by: Uuid | null;
	/** Their name. */
	countersigned_by_name: string | null;
}

/** A person on the team of a part, or, as lead, of the whole audit. */
export interface Assignment {
	id: Uuid;
	/** The part; none for a lead, who is on every part. */
	part: Uuid | null;
	/** lead, auditor, technical_expert or trainee. */
	role: "lead" | "auditor" | "technical_expert" | "trainee";
	/** The audit. */
	audit: Uuid;
	/** Who. */
	person: Uuid;
	version: number;
	/** Has a valid declaration of independence (as far as the reader may see it). */
	declared: boolean | null;
	/** Last day; none while they are on the team. */
	ended_on: Day | null;
	/** It gave way to a decision while the audit was only planned (S9). */
	gave_way: boolean | null;
	/** When it was made. */
	created_at: Time;
	/** Why it ended; for who reads the organisation's directory, because it may tell of others' responsibilities. */
	end_reason: string | null;
	/** What it is called. */
	part_title: string | null;
	/** When it last changed. */
	updated_at: Time;
	/** Who assigned them; never on the team (S4). */
	assigned_by: Uuid;
	/** First day. */
	assigned_on: Day;
	/** When a fact came to light under which they had worked (S9). */
	impaired_at: Time | null;
	/** Their name. */
	person_name: string | null;
	organisation: Uuid;
	/** What it is called. */
	audit_reference: string | null;
	/** Their name. */
	assigned_by_name: string | null;
	/** Who of management countersigned it (S4). */
	countersigned_by: Uuid | null;
	/** Their name. */
	countersigned_by_name: string | null;
}

/** An evaluated competence: for a criterion, or as a lead. */
export interface Competence {
	id: Uuid;
	/** criterion or lead. */
	kind: "criterion" | "lead";
	/** How: review of records, observation, interview, test. */
	method: string;
	/** Whose. */
	person: Uuid;
	version: number;
	/** Who evaluated, where they are recorded here. */
	evaluator: Uuid | null;
	/** For a criterion: the framework. */
	framework: Uuid | null;
	/** When it was recorded. */
	created_at: Time;
	/** When it last changed. */
	updated_at: Time;
	/** First day. */
	valid_from: Day;
	/** Their name. */
	person_name: string | null;
	/** Last day. */
	valid_until: Day;
	/** Who evaluated, in words. */
	evaluated_by: string;
	organisation: Uuid;
	/** What it is called. */
	framework_name: string | null;
}

/** A fact that came to light and impaired a person's work in an audit (S9). */
export interface Impairment {
	id: Uuid;
	/** The rule that it breaks. */
	rule: "S1" | "S2" | "S3";
	/** The audit. */
	audit: Uuid;
	/** Whose work. */
	person: Uuid;
	version: number;
	/** When. */
	from_date: Day;
	/** The assignment that it impaired. */
	assignment: Uuid;
	/** When it was recorded. */
	created_at: Time;
	/** When it last changed. */
	updated_at: Time;
	/** What came to light, in words. */
	explanation: string;
	/** Their name. */
	person_name: string | null;
	organisation: Uuid;
	/** What it is called. */
	audit_reference: string | null;
}

/** A one-time code asked for a person; the code itself goes to the person and is nowhere to be read. */
export interface Invitation {
	id: Uuid;
	/** invitation: a first password. reset: another one. */
	kind: string;
	/** waiting, sent, used, replaced or expired. */
	state: string;
	/** For whom. */
	person: Uuid;
	/** When it was handed over for delivery. */
	sent_at: Time | null;
	/** When the person set their password with it. */
	used_at: Time | null;
	/** When it was asked for. */
	created_at: Time;
	/** Who asked; null: the operator of the machine. */
	created_by: Uuid | null;
	/** Until when it may be used. */
	expires_at: Time;
	/** Their name. */
	person_name: string | null;
	organisation: Uuid;
	/** Their name. */
	created_by_name: string | null;
}

/** A person's role in the organisation during a period. */
export interface Membership {
	id: Uuid;
	/** The role. */
	role: "administrator" | "programme_manager" | "auditor" | "auditee" | "observer" | "management";
	/** Of an observer: the party whose releases they read. */
	party: Uuid | null;
	/** Who. */
	person: Uuid;
	/** It holds today. */
	current: boolean;
	version: number;
	/** First day. */
	from_date: Day;
	/** When it was recorded. */
	created_at: Time;
	/** What it is called. */
	party_name: string | null;
	/** Last day; none is open. */
	until_date: Day | null;
	/** When it last changed. */
	updated_at: Time;
	/** Their name. */
	person_name: string | null;
	/** Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13). */
	counts_until: Day | null;
	organisation: Uuid;
}

/** A person is employed by, contracted to or owner of a party. */
export interface Affiliation {
	id: Uuid;
	/** employed, contracted or owner. */
	kind: "employed" | "contracted" | "owner";
	/** Which party. */
	party: Uuid;
	/** Who. */
	person: Uuid;
	/** It holds today. */
	current: boolean;
	version: number;
	/** First day. */
	from_date: Day;
	/** When it was recorded. */
	created_at: Time;
	/** What it is called. */
	party_name: string | null;
	/** Last day; none is open. */
	until_date: Day | null;
	/** When it last changed. */
	updated_at: Time;
	/** Their name. */
	person_name: string | null;
	/** Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13). */
	counts_until: Day | null;
	organisation: Uuid;
}

/** A signed declaration of independence (S7). */
export interface Declaration {
	id: Uuid;
	/** The audit. */
	audit: Uuid;
	/** Who signed. */
	person: Uuid;
	version: number;
	/** The functions in scope that it was signed for. */
	functions: Array<Uuid> | null;
	/** How many interests they have in this audit. */
	interests: number;
	/** When it lapsed and had to be signed anew. */
	lapsed_at: Time | null;
	/** When. */
	signed_at: Time;
	/** What was declared. */
	statement: string;
	/** Interests without a safeguard: while there is one, its signer neither reads nor records. */
	unguarded: number | null;
	/** The assignment that it was signed for. */
	assignment: Uuid;
	/** When it was recorded. */
	created_at: Time;
	/** When it last changed. */
	updated_at: Time;
	/** Their name. */
	person_name: string | null;
	/** When it was confirmed before the release. */
	confirmed_at: Time | null;
	/** Why. */
	lapse_reason: string | null;
	organisation: Uuid;
	/** What they are called. */
	function_names: Array<string> | null;
	/** What it is called. */
	audit_reference: string | null;
}

/** One requirement: its reference and short title, never the text of the standard. */
export interface Requirement {
	id: Uuid;
	/** Its reference, as A.8.13. */
	ref: string;
	/** clause, control, criterion or own. */
	kind: "clause" | "control" | "criterion" | "own";
	/** The theme that its framework puts it under. */
	theme: string | null;
	/** Its short title. */
	title: string;
	/** The reference that it stands under. */
	parent: string | null;
	/** Its edition. */
	edition: string;
	/** Its place in the framework's order. */
	ordinal: number;
	/** Its framework. */
	framework: Uuid;
	/** Its name. */
	framework_name: string;
}

/** The owner of a function confirmed who operates and monitors it. */
export interface Confirmation {
	id: Uuid;
	/** What they said with it. */
	note: string | null;
	/** The audit. */
	audit: Uuid;
	/** Who confirmed. */
	person: Uuid;
	version: number;
	/** The function. */
	function: Uuid;
	/** When it was given. */
	created_at: Time;
	/** When it last changed. */
	updated_at: Time;
	/** Their name. */
	person_name: string | null;
	organisation: Uuid;
	/** What it is called. */
	function_name: string | null;
	/** What it is called. */
	audit_reference: string | null;
}

/** The audited client. Its periods are in days, its cooling-off period in months (12 or longer, S1). */
export interface Organisation {
	id: Uuid;
	/** Its name. */
	name: string;
	version: number;
	/** IANA time zone that decides what today is. */
	timezone: string;
	/** Days for a corrective-action plan. */
	plan_days: number;
	/** When it was recorded. */
	created_at: Time;
	/** Days to implement the actions of a major nonconformity. */
	major_days: number;
	/** Days to implement the actions of a minor nonconformity. */
	minor_days: number;
	/** When it last changed. */
	updated_at: Time;
	/** Days within which a finding may be disputed. */
	dispute_days: number;
	organisation: Uuid;
	/** Days after which an unanswered finding counts as acknowledged. */
	acknowledge_days: number;
	/** Days for the containment of a major nonconformity. */
	containment_days: number;
	/** Months after a responsibility ends in which its holder judges nothing of it (S1). */
	cooling_off_months: number;
}

/** Whether the actions of a nonconformity were effective. */
export interface Verification {
	id: Uuid;
	/** The audit. */
	audit: Uuid;
	/** The round of the plan that was judged. */
	round: number;
	/** effective or not_effective. */
	result: "effective" | "not_effective";
	/** The finding. */
	finding: Uuid;
	version: number;
	/** What it rests on. */
	evidence: Array<{
		kind: "file" | "statement";
		title: string;
		evidence: Uuid;
		supplied_by: Uuid;
	}>;
	/** The function that answers the finding. */
	addressed: Uuid;
	/** What it was judged by: the criteria and what was seen. */
	judgement: string;
	/** When. */
	created_at: Time;
	/** When it last changed. */
	updated_at: Time;
	/** When it became known that it was given under a conflict (S9). */
	impaired_at: Time | null;
	/** Who judged; nobody who had a hand in the work (S5). */
	verified_by: Uuid;
	organisation: Uuid;
	/** What it is called. */
	addressed_name: string | null;
	/** What it is called. */
	audit_reference: string | null;
	/** Their name. */
	verified_by_name: string | null;
	/** What it is called. */
	finding_reference: string | null;
}

/** A party certifies or attests the organisation. */
export interface Certification {
	id: Uuid;
	/** certification or attestation. */
	kind: "certification" | "attestation";
	/** Which party. */
	party: Uuid;
	version: number;
	/** First day. */
	from_date: Day;
	/** When it was recorded. */
	created_at: Time;
	/** What it is called. */
	party_name: string | null;
	/** Last day; none is open. */
	until_date: Day | null;
	/** When it last changed. */
	updated_at: Time;
	/** Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13). */
	counts_until: Day | null;
	organisation: Uuid;
	/** Against what. */
	framework_name: string;
}

/** A person owns, operates or monitors a function during a period (S1). */
export interface Responsibility {
	id: Uuid;
	/** owns, operates or monitors; answers: named by management for a function without an owner. */
	kind: "owns" | "operates" | "monitors" | "answers";
	/** Who. */
	person: Uuid;
	/** It holds today, and stands. */
	current: boolean;
	version: number;
	/** For what. */
	function: Uuid;
	/** stands; or bars: a declaration of independence names it (S7). That keeps its person from judging, and gives them nothing until somebody free of it confirms it. */
	standing: "stands" | "bars";
	/** First day. */
	from_date: Day;
	/** The responsible person for whom they act. */
	acting_for: Uuid | null;
	/** When it was recorded. */
	created_at: Time;
	/** Last day; none is open. */
	until_date: Day | null;
	/** When it last changed. */
	updated_at: Time;
	/** Their name. */
	person_name: string | null;
	/** Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13). */
	counts_until: Day | null;
	organisation: Uuid;
	/** What it is called. */
	function_name: string | null;
	/** Their name. */
	acting_for_name: string | null;
}

export interface Methods {
	/** Change a planned action while its plan is being written. */
	"action.change": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The action. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** What is to be done. */
			what?: string;
			/** Who does it. */
			owner?: Uuid;
			/** By when. */
			due?: Day;
			/** By what its effectiveness will be judged. */
			criterion?: string;
			/** From which day it can be judged. */
			judge_from?: Day;
		};
		result: Action;
	};
	/** How many: the corrective actions that you may see. */
	"action.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** Of this finding. */
			finding?: Uuid | Array<Uuid>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of findings that this function answers. */
			function?: Uuid | Array<Uuid>;
			/** Owned by this person. */
			owner?: Uuid | Array<Uuid>;
			/** In one of these states. */
			state?: "planned" | "open" | "done" | "returned" | "dropped" | Array<"planned" | "open" | "done" | "returned" | "dropped">;
			/** Still to be done, or not. */
			open?: boolean;
			/** Yours, or those of others. */
			mine?: boolean;
			/** Those that should be done by now, or those that need not. */
			overdue?: boolean;
			/** Due on this day or later. */
			due_from?: Day;
			/** Due on this day or before. */
			due_until?: Day;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** Counted by this as well: state, owner, addressed. */
			by?: "state" | "owner" | "addressed";
		};
		result: Count;
	};
	/** Say that an action of yours is done, with its proof. When the last one is, the finding is implemented. */
	"action.done": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The action. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** What proves it. */
			proof: string;
			/** Evidence that proves it. */
			evidence?: Uuid | Array<Uuid>;
		};
		result: Action;
	};
	/** Take an action out of the plan that is being written. It stays readable. */
	"action.drop": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The action. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** Why. */
			reason: string;
		};
		result: Action;
	};
	/** One corrective action. */
	"action.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The action. */
			id: Uuid;
		};
		result: Action;
	};
	/** Hand an action over. Whoever owned it at any time still judges nothing of the finding (S5). */
	"action.hand_over": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The action. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** Who owns it from now on: an auditee who is not on the audit's team. */
			owner: Uuid;
			/** Why. */
			reason: string;
		};
		result: Action;
	};
	/** What was said about an action, by whom, in order. */
	"action.history": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The action. */
			id: Uuid;
		};
		result: Array<{
			at?: Time;
			id?: Uuid;
			kind?: string;
			name?: string | null;
			text?: string;
			person?: Uuid;
			percent?: number | null;
		}>;
	};
	/** The corrective actions that you may see. */
	"action.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** Of this finding. */
			finding?: Uuid | Array<Uuid>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of findings that this function answers. */
			function?: Uuid | Array<Uuid>;
			/** Owned by this person. */
			owner?: Uuid | Array<Uuid>;
			/** In one of these states. */
			state?: "planned" | "open" | "done" | "returned" | "dropped" | Array<"planned" | "open" | "done" | "returned" | "dropped">;
			/** Still to be done, or not. */
			open?: boolean;
			/** Yours, or those of others. */
			mine?: boolean;
			/** Those that should be done by now, or those that need not. */
			overdue?: boolean;
			/** Due on this day or later. */
			due_from?: Day;
			/** Due on this day or before. */
			due_until?: Day;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** By what it is sorted; with - downwards. */
			sort?: "due" | "-due" | "reference" | "-reference";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Action>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Plan a corrective action: part of the response that is being written; response.submit submits them together. */
	"action.plan": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding, on a function that you are responsible for. */
			finding: Uuid;
			/** What is to be done to remove the cause. */
			what: string;
			/** Who does it: an auditee who is not on the audit's team. */
			owner: Uuid;
			/** By when. */
			due: Day;
			/** By what its effectiveness will be judged. */
			criterion: string;
			/** From which day it can be judged; may be today. */
			judge_from: Day;
		};
		result: Action;
	};
	/** Say how far an action of yours is. */
	"action.progress": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The action. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** How far it is, 0 to 100. */
			percent: number;
			/** What was done. */
			text: string;
		};
		result: Action;
	};
	/** Return an action whose proof is poor, saying what is missing. */
	"action.return": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The action. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** What is missing. */
			reason: string;
		};
		result: Action;
	};
	/** Records for whom a person works. Dated today or later it is a decision, refused while it would break an assignment (S9); dated earlier it is a fact and always recorded. */
	"affiliation.add": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The person. */
			person: Uuid;
			/** The party. */
			party: Uuid;
			/** How they belong to it. */
			kind: "employed" | "contracted" | "owner";
			/** First day. */
			from_date: Day;
			/** Last day; none is open. */
			until_date?: Day;
		};
		result: Affiliation;
	};
	/** How many: who works for whom, and when. */
	"affiliation.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** To this party. */
			party?: Uuid | Array<Uuid>;
			/** Of this kind. */
			kind?: "employed" | "contracted" | "owner" | Array<"employed" | "contracted" | "owner">;
			/** Holding today, or not. */
			current?: boolean;
			/** Counted by this as well: party, kind. */
			by?: "party" | "kind";
		};
		result: Count;
	};
	/** Enters the last day of it. A day before today counts from today only, until a person of management countersigns (S13). */
	"affiliation.end": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** Which. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** The last day. */
			until_date: Day;
			/** Why, or how it is known. */
			reason: string;
		};
		result: Affiliation;
	};
	/** One affiliation. */
	"affiliation.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The affiliation. */
			id: Uuid;
		};
		result: Affiliation;
	};
	/** Who works for whom, and when. */
	"affiliation.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** To this party. */
			party?: Uuid | Array<Uuid>;
			/** Of this kind. */
			kind?: "employed" | "contracted" | "owner" | Array<"employed" | "contracted" | "owner">;
			/** Holding today, or not. */
			current?: boolean;
			/** By what it is sorted; with - downwards. */
			sort?: "from_date" | "-from_date" | "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Affiliation>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Assigns a person to the team of a part, or as lead of the whole audit. Refused for whom S1 to S4 and S12 refuse, with every reason and date. From a programme manager, and from an administrator with a responsibility in scope, it is a proposal until management countersigns, and is judged anew then (S4). */
	"assignment.assign": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit. */
			audit: Uuid;
			/** Whom. */
			person: Uuid;
			/** lead, auditor, technical_expert or trainee. */
			role: "lead" | "auditor" | "technical_expert" | "trainee";
			/** The part; left out for a lead. */
			part?: Uuid;
		};
		result: {
			proposal: null | Proposal;
			assignment: null | Assignment;
		};
	};
	/** How many: who is and was on which team. */
	"assignment.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this part. */
			part?: Uuid | Array<Uuid>;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** In this role. */
			role?: "lead" | "auditor" | "technical_expert" | "trainee" | Array<"lead" | "auditor" | "technical_expert" | "trainee">;
			/** Ended, or not. */
			ended?: boolean;
			/** Yours, or those of others. */
			mine?: boolean;
			/** Counted by this as well: role, audit, person. */
			by?: "role" | "audit" | "person";
		};
		result: Count;
	};
	/** Takes a person off a team. From a programme manager, and from an administrator with a responsibility in scope, it is a proposal until management countersigns (S4). */
	"assignment.end": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The assignment. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** Why. */
			reason: string;
		};
		result: {
			proposal: null | Proposal;
			assignment: Assignment;
		};
	};
	/** One assignment. */
	"assignment.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The assignment. */
			id: Uuid;
		};
		result: Assignment;
	};
	/** Who is and was on which team. */
	"assignment.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this part. */
			part?: Uuid | Array<Uuid>;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** In this role. */
			role?: "lead" | "auditor" | "technical_expert" | "trainee" | Array<"lead" | "auditor" | "technical_expert" | "trainee">;
			/** Ended, or not. */
			ended?: boolean;
			/** Yours, or those of others. */
			mine?: boolean;
			/** By what it is sorted; with - downwards. */
			sort?: "created_at" | "-created_at" | "assigned_on" | "-assigned_on";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Assignment>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Cancels an audit before its release, with a reason. Not by who is responsible for a function in its scope (S4). */
	"audit.cancel": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** Why. */
			reason: string;
		};
		result: Audit;
	};
	/** Closes a released audit. Each nonconformity still open has its verifier, who stays bound until it closes (S9). */
	"audit.close": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit. */
			id: Uuid;
			/** The version that was read. */
			version: number;
		};
		result: Audit;
	};
	/** The lead writes the audit conclusion: to what degree the criteria are fulfilled. */
	"audit.conclude": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** The conclusion. */
			conclusion: string;
		};
		result: Audit;
	};
	/** How many: the audits that one may see. */
	"audit.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** In one of these states. */
			state?: "planned" | "prepared" | "fieldwork" | "reporting" | "released" | "closed" | "cancelled" | Array<"planned" | "prepared" | "fieldwork" | "reporting" | "released" | "closed" | "cancelled">;
			/** Of this kind. */
			kind?: "internal" | "supplier" | "gap" | "follow_up" | Array<"internal" | "supplier" | "gap" | "follow_up">;
			/** Led by this person. */
			lead?: Uuid | Array<Uuid>;
			/** Neither closed nor cancelled, or one of these. */
			open?: boolean;
			/** To which you are or were assigned, or the others. */
			mine?: boolean;
			/** Its fieldwork begins on this day or later. */
			starts_from?: Day;
			/** Its fieldwork begins on this day or before. */
			starts_until?: Day;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** Counted by this as well: state, kind. */
			by?: "state" | "kind";
		};
		result: Count;
	};
	/** Signs all that a person arranged in an audit and that waits, because it came to light that they stand on a side of it (S4). By somebody of management who does not, and is not that person; where nobody of management is free two of them sign, and the report discloses it. Until then the audit is neither prepared nor released. */
	"audit.countersign": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** Who arranged it. */
			person: Uuid;
		};
		result: Audit;
	};
	/** Who could audit: for each part, every auditor of the organisation, eligible or not, with all the reasons and dates. */
	"audit.eligible": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The audit. */
			id: Uuid;
			/** As what they would join; auditor when left out. A lead is judged for all parts. */
			role?: "lead" | "auditor" | "technical_expert" | "trainee";
		};
		result: {
			parts: Array<{
				part: Uuid | null;
				title: string;
				auditors: Array<{
					name: string;
					person: Uuid;
					reasons: Array<{
						rule: string;
						message: string;
					}>;
					assigned?: boolean;
					eligible: boolean;
				}>;
			}>;
		};
	};
	/** One audit. */
	"audit.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The audit. */
			id: Uuid;
		};
		result: Audit;
	};
	/** The audits that one may see. */
	"audit.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** In one of these states. */
			state?: "planned" | "prepared" | "fieldwork" | "reporting" | "released" | "closed" | "cancelled" | Array<"planned" | "prepared" | "fieldwork" | "reporting" | "released" | "closed" | "cancelled">;
			/** Of this kind. */
			kind?: "internal" | "supplier" | "gap" | "follow_up" | Array<"internal" | "supplier" | "gap" | "follow_up">;
			/** Led by this person. */
			lead?: Uuid | Array<Uuid>;
			/** Neither closed nor cancelled, or one of these. */
			open?: boolean;
			/** To which you are or were assigned, or the others. */
			mine?: boolean;
			/** Its fieldwork begins on this day or later. */
			starts_from?: Day;
			/** Its fieldwork begins on this day or before. */
			starts_until?: Day;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** By what it is sorted; with - downwards. */
			sort?: "starts_on" | "-starts_on" | "reference" | "-reference" | "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Audit>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Management names the person of relevant management to whom the results are reported (ISO/IEC 27001 clause 9.2.2). */
	"audit.name_recipient": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** The person. */
			recipient: Uuid;
		};
		result: Audit;
	};
	/** Plans an audit: objective, criteria, scope in parts, the period looked back on, dates. Who plans it is never on its team (S4). */
	"audit.plan": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** internal, supplier, gap or follow_up. Gap audits never count as coverage of 9.2. */
			kind: "internal" | "supplier" | "gap" | "follow_up";
			/** Its title. */
			title: string;
			/** What it is to determine. */
			objective: string;
			/** First day of fieldwork. */
			starts_on: Day;
			/** Last day of fieldwork. */
			ends_on: Day;
			/** The first day it looks back on. */
			audited_from: Day;
			/** Its scope: parts, each with the functions it holds. */
			parts: Array<{
				title: string;
				functions: Array<Uuid>;
			}>;
			/** The requirements it audits against. */
			requirements: Uuid | Array<Uuid>;
			/** The scope in words. */
			scope?: string;
			/** The criteria in words. */
			criteria?: string;
			/** Where it takes place. */
			sites?: string | Array<string>;
			/** on_site, remote or both. */
			methods?: "on_site" | "remote" | Array<"on_site" | "remote">;
			/** What happens when. */
			timetable?: Array<{
				at: string;
				who?: string;
				what: string;
			}>;
		};
		result: Audit;
	};
	/** The lead declares the audit prepared: plan complete and sent, everyone declared, owners' confirmations given, competence covers every criterion (S7, S12). */
	"audit.prepare": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit. */
			id: Uuid;
			/** The version that was read. */
			version: number;
		};
		result: Audit;
	};
	/** Sends the audit plan to whoever is responsible for a function in its scope: they see it, and that it was sent. */
	"audit.send_plan": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit. */
			id: Uuid;
			/** The version that was read. */
			version: number;
		};
		result: Audit;
	};
	/** Changes which functions a part holds. Declarations of its team lapse when functions are added (S7); a function that one of its team is responsible for is refused (S1). */
	"audit.set_functions": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** The part. */
			part: Uuid;
			/** All the functions that it holds from now on. */
			functions: Uuid | Array<Uuid>;
			/** Why; from prepared on. */
			reason?: string;
		};
		result: Audit;
	};
	/** Starts fieldwork, on the first day that is planned or later (S1). */
	"audit.start_fieldwork": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** When, and who was there. */
			opening_meeting?: {
				on: Day;
				notes?: string;
				present?: Array<string>;
			};
		};
		result: Audit;
	};
	/** Ends fieldwork: every check in scope has a result (not assessed is one, with its reason), and every requirement of the plan has a check, or a reason why it was left without. */
	"audit.start_reporting": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** When, and who was there. */
			closing_meeting?: {
				on: Day;
				notes?: string;
				present?: Array<string>;
			};
			/** What stood in the way. */
			obstacles?: string;
			/** Requirements of the plan that are left without a check, and why; the report prints it. */
			not_covered?: Array<{
				reason: string;
				requirement: Uuid;
			}>;
		};
		result: Audit;
	};
	/** Changes an audit's plan. From prepared on a reason is needed and the earlier plan is kept. Not by who is responsible for a function in its scope (S4). */
	"audit.update": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** Its title. */
			title?: string;
			/** What it is to determine. */
			objective?: string;
			/** First day of fieldwork. */
			starts_on?: Day;
			/** Last day of fieldwork. */
			ends_on?: Day;
			/** The first day it looks back on. */
			audited_from?: Day;
			/** The scope in words. */
			scope?: string | null;
			/** The criteria in words. */
			criteria?: string | null;
			/** Where it takes place. */
			sites?: string | Array<string>;
			/** on_site, remote or both. */
			methods?: "on_site" | "remote" | Array<"on_site" | "remote">;
			/** What happens when. */
			timetable?: Array<{
				at: string;
				who?: string;
				what: string;
			}>;
			/** Why; from prepared on. */
			reason?: string;
		};
		result: Audit;
	};
	/** Whether a call would be refused, and why. Changes nothing. */
	can: {
		params: {
			/** The organisation that the call would be in. */
			organisation?: Uuid;
			/** The method that would be called. */
			method: string;
			/** Its parameters; organisation and request_id may be left out. */
			params?: Record<string, unknown>;
		};
		result: {
			allowed: boolean;
			/** The error's code, when it would be refused. */
			code?: number;
			message?: string;
			data?: Record<string, unknown>;
		};
	};
	/** Records that a party certifies or attests the organisation. It, its affiliates and its people then supply no auditor to it, from 24 months before to 24 months after (S3). */
	"certification.add": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The certification body or attesting firm. */
			party: Uuid;
			/** certification (ISO/IEC 17021-1) or attestation (SOC 2). */
			kind: "certification" | "attestation";
			/** What is certified, as ISO/IEC 27001:2022. */
			framework_name: string;
			/** First day. */
			from_date: Day;
			/** Last day; none is open. */
			until_date?: Day;
		};
		result: Certification;
	};
	/** How many: who certifies or attests the organisation. */
	"certification.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** By this party. */
			party?: Uuid | Array<Uuid>;
			/** certification or attestation. */
			kind?: "certification" | "attestation" | Array<"certification" | "attestation">;
			/** Counted by this as well: party, kind. */
			by?: "party" | "kind";
		};
		result: Count;
	};
	/** Enters the last day of it. A day before today counts from today only, until a person of management countersigns (S13). */
	"certification.end": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** Which. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** The last day. */
			until_date: Day;
			/** Why, or how it is known. */
			reason: string;
		};
		result: Certification;
	};
	/** One certification or attestation. */
	"certification.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The certification. */
			id: Uuid;
		};
		result: Certification;
	};
	/** Who certifies or attests the organisation. */
	"certification.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** By this party. */
			party?: Uuid | Array<Uuid>;
			/** certification or attestation. */
			kind?: "certification" | "attestation" | Array<"certification" | "attestation">;
			/** By what it is sorted; with - downwards. */
			sort?: "from_date" | "-from_date" | "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Certification>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Change what a check asks and how. */
	"check.change": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The check. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** What to ask, look at or test. */
			question?: string;
			/** interview, observation, document or sample. */
			method?: "interview" | "observation" | "document" | "sample";
			/** From what a sample is drawn, and how large it is. */
			population?: string | null;
			/** How many are looked at. */
			sample_size?: number | null;
			/** Which ones. */
			sample?: string | null;
			/** How the sample is chosen. */
			chosen_by?: string | null;
		};
		result: Check;
	};
	/** How many: the checks of the parts whose declared team you are on. */
	"check.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this part. */
			part?: Uuid | Array<Uuid>;
			/** About this function. */
			function?: Uuid | Array<Uuid>;
			/** Against this requirement. */
			requirement?: Uuid | Array<Uuid>;
			/** With one of these results. */
			result?: "conform" | "nonconform" | "observation" | "not_assessed" | Array<"conform" | "nonconform" | "observation" | "not_assessed">;
			/** Those with a result, or those without. */
			done?: boolean;
			/** Those that wait for a review, or those that do not. */
			review_open?: boolean;
			/** Recorded by this person. */
			recorded_by?: Uuid | Array<Uuid>;
			/** Recorded by you, or not. */
			mine?: boolean;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** Counted by this as well: result, function, part. */
			by?: "result" | "function" | "part";
		};
		result: Count;
	};
	/** One line of the working papers. */
	"check.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The check. */
			id: Uuid;
		};
		result: Check;
	};
	/** The checks of the parts whose declared team you are on. */
	"check.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this part. */
			part?: Uuid | Array<Uuid>;
			/** About this function. */
			function?: Uuid | Array<Uuid>;
			/** Against this requirement. */
			requirement?: Uuid | Array<Uuid>;
			/** With one of these results. */
			result?: "conform" | "nonconform" | "observation" | "not_assessed" | Array<"conform" | "nonconform" | "observation" | "not_assessed">;
			/** Those with a result, or those without. */
			done?: boolean;
			/** Those that wait for a review, or those that do not. */
			review_open?: boolean;
			/** Recorded by this person. */
			recorded_by?: Uuid | Array<Uuid>;
			/** Recorded by you, or not. */
			mine?: boolean;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** By what it is sorted; with - downwards. */
			sort?: "number" | "-number" | "updated_at" | "-updated_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Check>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Prepare a line of the checklist: what to ask of a function about a requirement, and how. */
	"check.prepare": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The part of the audit; you are on its declared team. */
			part: Uuid;
			/** A function of the part's scope. */
			function: Uuid;
			/** One of the audit's criteria. */
			requirement: Uuid;
			/** What to ask, look at or test. */
			question: string;
			/** interview, observation, document or sample. */
			method: "interview" | "observation" | "document" | "sample";
			/** From what a sample is drawn, how large it is, and how its completeness was checked. */
			population?: string;
			/** How many are looked at. */
			sample_size?: number;
			/** Which ones. */
			sample?: string;
			/** How the sample is chosen. */
			chosen_by?: string;
		};
		result: Check;
	};
	/** Record what came of a check, from fieldwork on; notes may be there before a result is. */
	"check.record": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The check. */
			id: Uuid;
			/** The version that you saw; somebody else on the team may have recorded since. */
			version: number;
			/** conform, nonconform, observation or not_assessed. */
			result?: "conform" | "nonconform" | "observation" | "not_assessed" | null;
			/** Why it was not assessed; it then counts as uncovered. Or what the result rests on. */
			reason?: string | null;
			/** Your notes. */
			notes?: string | null;
			/** How many were looked at, where that differs from what was prepared. */
			sample_size?: number | null;
			/** Which ones, where that differs. */
			sample?: string | null;
		};
		result: Check;
	};
	/** Review what a colleague recorded: needed for a trainee's or technical expert's entries, and for work done under a conflict, before release. */
	"check.review": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The check. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** What you note about it. */
			note?: string;
		};
		result: Check;
	};
	/** How many: competence records. */
	"competence.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** criterion or lead. */
			kind?: "criterion" | "lead" | Array<"criterion" | "lead">;
			/** For this framework. */
			framework?: Uuid | Array<Uuid>;
			/** Valid today, or not. */
			current?: boolean;
			/** Counted by this as well: person, kind, framework. */
			by?: "person" | "kind" | "framework";
		};
		result: Count;
	};
	/** One competence record. */
	"competence.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The competence. */
			id: Uuid;
		};
		result: Competence;
	};
	/** Competence records. */
	"competence.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** criterion or lead. */
			kind?: "criterion" | "lead" | Array<"criterion" | "lead">;
			/** For this framework. */
			framework?: Uuid | Array<Uuid>;
			/** Valid today, or not. */
			current?: boolean;
			/** By what it is sorted; with - downwards. */
			sort?: "valid_until" | "-valid_until" | "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Competence>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Records an evaluated competence of an auditor (ISO 19011 clause 7): for a criterion, or as a lead. Evaluated by someone else (S12); a record that an assignment rests on is arranged under S4. */
	"competence.record": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The auditor. */
			person: Uuid;
			/** criterion or lead. */
			kind: "criterion" | "lead";
			/** Who evaluated, in words. */
			evaluated_by: string;
			/** How: review of records, observation, interview, test. */
			method: string;
			/** First day. */
			valid_from: Day;
			/** Last day. */
			valid_until: Day;
			/** For a criterion: the framework. */
			framework?: Uuid;
			/** Who evaluated, if recorded here. */
			evaluator?: Uuid;
		};
		result: {
			proposal: null | Proposal;
			competence: null | Competence;
		};
	};
	/** How many: what owners confirmed of who operates and monitors their functions. */
	"confirmation.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this function. */
			function?: Uuid | Array<Uuid>;
			/** Given by this person. */
			person?: Uuid | Array<Uuid>;
			/** Counted by this as well: audit, function. */
			by?: "audit" | "function";
		};
		result: Count;
	};
	/** The owner of a function confirms, for an audit of it, that the records of who operates and monitors it are complete. */
	"confirmation.give": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit. */
			audit: Uuid;
			/** The function. */
			function: Uuid;
			/** What the auditors should know. */
			note?: string;
		};
		result: Confirmation;
	};
	/** What owners confirmed of who operates and monitors their functions. */
	"confirmation.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this function. */
			function?: Uuid | Array<Uuid>;
			/** Given by this person. */
			person?: Uuid | Array<Uuid>;
			/** By what it is sorted; with - downwards. */
			sort?: "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Confirmation>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Confirms, before the release, that one's declaration still holds (S7). */
	"declaration.confirm": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** One's declaration. */
			id: Uuid;
			/** The version that was read. */
			version: number;
		};
		result: Declaration;
	};
	/** How many: declarations of independence. */
	"declaration.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** Lapsed, or valid. */
			lapsed?: boolean;
			/** Counted by this as well: audit, person. */
			by?: "audit" | "person";
		};
		result: Count;
	};
	/** One declaration. */
	"declaration.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The declaration. */
			id: Uuid;
		};
		result: Declaration;
	};
	/** Declarations of independence. */
	"declaration.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** Lapsed, or valid. */
			lapsed?: boolean;
			/** By what it is sorted; with - downwards. */
			sort?: "created_at" | "-created_at" | "signed_at" | "-signed_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Declaration>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Signs one's declaration of independence for an assignment (S7). What S1 to S3 name is entered as a responsibility and ends the assignment; any other interest blocks until a safeguard is recorded. Until it is signed nothing of the audit is read or recorded. */
	"declaration.sign": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** One's assignment. */
			assignment: Uuid;
			/** What is declared, in one's own words or those of the organisation's form. */
			statement: string;
			/** Who designed, built, advised on or funds a function in scope, manages or reports to one who does, is offered a post there, or the like. */
			interests?: Array<{
				kind: "designed" | "built" | "advised" | "funds" | "manages" | "reports_to" | "offered_post" | "relation" | "financial" | "other";
				function?: Uuid;
				description: string;
			}>;
			/** What one owns, operates or monitors in scope, now or in the window. */
			responsibilities?: Array<{
				kind: "owns" | "operates" | "monitors";
				function: Uuid;
				from_date: Day;
				until_date?: Day;
			}>;
		};
		result: {
			assignment: Assignment;
			declaration: null | Declaration;
		};
	};
	/** How many: the disputes that you may see. */
	"dispute.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this finding. */
			finding?: Uuid | Array<Uuid>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of findings that this function answers. */
			function?: Uuid | Array<Uuid>;
			/** In one of these states. */
			state?: "open" | "decided" | "stands" | Array<"open" | "decided" | "stands">;
			/** Raised by this person. */
			raised_by?: Uuid | Array<Uuid>;
			/** Decided so. */
			decision?: "upheld" | "regraded" | "withdrawn" | Array<"upheld" | "regraded" | "withdrawn">;
			/** Open, or not. */
			open?: boolean;
			/** Open and not decided by the day set, or not so. */
			overdue?: boolean;
			/** Counted by this as well: state, audit, addressed. */
			by?: "state" | "audit" | "addressed";
		};
		result: Count;
	};
	/** Decide a dispute: uphold the finding, regrade it or withdraw it, with a written reason. Never by who raised the finding (S11). */
	"dispute.decide": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The dispute. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** upheld, regraded or withdrawn. */
			decision: "upheld" | "regraded" | "withdrawn";
			/** Why. */
			reason: string;
			/** The new grade, where it is regraded. */
			grade?: "major" | "minor" | "observation" | "opportunity" | "strength";
		};
		result: Dispute;
	};
	/** One dispute. */
	"dispute.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The dispute. */
			id: Uuid;
		};
		result: Dispute;
	};
	/** The disputes that you may see. */
	"dispute.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this finding. */
			finding?: Uuid | Array<Uuid>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of findings that this function answers. */
			function?: Uuid | Array<Uuid>;
			/** In one of these states. */
			state?: "open" | "decided" | "stands" | Array<"open" | "decided" | "stands">;
			/** Raised by this person. */
			raised_by?: Uuid | Array<Uuid>;
			/** Decided so. */
			decision?: "upheld" | "regraded" | "withdrawn" | Array<"upheld" | "regraded" | "withdrawn">;
			/** Open, or not. */
			open?: boolean;
			/** Open and not decided by the day set, or not so. */
			overdue?: boolean;
			/** By what it is sorted; with - downwards. */
			sort?: "created_at" | "-created_at" | "decide_by" | "-decide_by";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Dispute>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Name an eligible auditor off the team to decide a dispute, where nobody on the team may (S11). */
	"dispute.name_decider": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The dispute. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** Who decides. */
			person: Uuid;
		};
		result: Dispute;
	};
	/** What you owe: each thing that waits for you and that you could do now, the earliest day first, those without a day last. What you could not do (S4, S5, S11: somebody else must) is not in it. */
	"due.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of one audit. */
			audit?: Uuid;
			/** Whose day has passed, or has not. */
			overdue?: boolean;
			/** Due by this day. */
			until?: Day;
			/** At most so many: 1 to 200, 50 when absent. */
			limit?: number;
			/** Where the last page ended, as it said. */
			after?: string;
		};
		result: {
			after: string | null;
			items: Array<{
				id: Uuid;
				/** By when. */
				due: Day | null;
				/** The same as a sentence: id and args. */
				say: Record<string, unknown>;
				noun: string;
				/** What is to be done, in words. */
				what: string;
				audit: Uuid | null;
				/** Since when it waits. */
				since: Time;
				title: string | null;
				/** What settles it. */
				method: string;
				overdue: boolean;
				/** The record that waits. */
				subject: Uuid;
				reference: string | null;
				audit_reference: string | null;
			}>;
			partial: boolean;
		};
	};
	/** How many: the ends that were entered, with those that wait for management (S13). */
	"ending.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** In one of these states. */
			state?: "effective" | "proposed" | "countersigned" | "declined" | "replaced" | Array<"effective" | "proposed" | "countersigned" | "declined" | "replaced">;
			/** Of this kind of period. */
			noun?: "affiliation" | "membership" | "certification" | "operation" | "responsibility" | Array<"affiliation" | "membership" | "certification" | "operation" | "responsibility">;
			/** Of this record. */
			subject?: Uuid | Array<Uuid>;
			/** About this person. */
			person?: Uuid | Array<Uuid>;
			/** Counted by this as well: state, noun. */
			by?: "state" | "noun";
		};
		result: Count;
	};
	/** Countersigns an end dated before the day it was entered: from now on it counts as dated (S13). Not by who entered it, not by who it is about, not by who is responsible for the function. */
	"ending.countersign": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The ending. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** Why it is right. */
			reason: string;
		};
		result: Ending;
	};
	/** Declines an end dated before the day it was entered: it counts from the day it was entered (S13). */
	"ending.decline": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The ending. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** Why not. */
			reason: string;
		};
		result: Ending;
	};
	/** One end that was entered. */
	"ending.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The ending. */
			id: Uuid;
		};
		result: Ending;
	};
	/** The ends that were entered, with those that wait for management (S13). */
	"ending.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** In one of these states. */
			state?: "effective" | "proposed" | "countersigned" | "declined" | "replaced" | Array<"effective" | "proposed" | "countersigned" | "declined" | "replaced">;
			/** Of this kind of period. */
			noun?: "affiliation" | "membership" | "certification" | "operation" | "responsibility" | Array<"affiliation" | "membership" | "certification" | "operation" | "responsibility">;
			/** Of this record. */
			subject?: Uuid | Array<Uuid>;
			/** About this person. */
			person?: Uuid | Array<Uuid>;
			/** By what it is sorted; with - downwards. */
			sort?: "created_at" | "-created_at" | "until_date" | "-until_date";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Ending>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** What happened, newest first: to one record, or to everything that the caller may see. */
	"event.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The record; absent: everything. */
			subject?: Uuid;
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Event>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Sends a notification `event` for each change that the caller may see, from now on or from where it was cut off; what was missed comes before the answer. */
	"events.subscribe": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The last position seen; absent: from now on. */
			after?: number;
			/** The incarnation that the answer to the earlier subscription named. */
			incarnation?: Uuid;
		};
		result: {
			/** Everything up to here has been sent, or was not for the caller. */
			position: number;
			/** Of the ledger: another one after it was restored. */
			incarnation: Uuid;
			/** `after` is too old, or not of this ledger: read anew; events follow from `position`. */
			resync: boolean;
		};
	};
	/** Ends the subscription to an organisation's events. */
	"events.unsubscribe": {
		params: {
			/** The organisation. */
			organisation: Uuid;
		};
		result: {
			/** Whether there was one. */
			subscribed: boolean;
		};
	};
	/** Attach evidence that you may see to a record that you work on; whoever may read that record then may read the evidence. */
	"evidence.attach": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The evidence. */
			id: Uuid;
			/** check, finding, response, action or verification. */
			noun: "check" | "request" | "finding" | "response" | "action" | "verification";
			/** Which one. */
			subject: Uuid;
		};
		result: Evidence;
	};
	/** How many: evidence: what you supplied, what is attached to a record that you read, and what was released to you. */
	"evidence.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Attached to this check, request, finding, response, action or verification. */
			subject?: Uuid | Array<Uuid>;
			/** Attached to something within this audit. */
			audit?: Uuid | Array<Uuid>;
			/** file or statement. */
			kind?: "file" | "statement" | Array<"file" | "statement">;
			/** uploading or stored. */
			state?: "uploading" | "stored" | Array<"uploading" | "stored">;
			/** Supplied by this person. */
			supplied_by?: Uuid | Array<Uuid>;
			/** No longer valid, or still so. */
			expired?: boolean;
			/** Supplied by you, or by others. */
			mine?: boolean;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** Counted by this as well: kind, state. */
			by?: "kind" | "state";
		};
		result: Count;
	};
	/** A ticket to download a file: GET /evidence/<id>, with ranges. An observer's download is recorded (S8). */
	"evidence.download_begin": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The evidence. */
			id: Uuid;
		};
		result: {
			ticket: string;
			evidence: Evidence;
			received: number;
			chunk_size: number;
			expires_at: Time;
			next_chunk: number;
		};
	};
	/** One evidence, without its bytes. An observer's reading is recorded (S8). */
	"evidence.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The evidence. */
			id: Uuid;
		};
		result: Evidence;
	};
	/** Give leave to publish a supplier's evidence to an outside party, or name the clause of the contract that gives it. */
	"evidence.give_leave": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The evidence. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** The leave, or the clause. */
			leave: string;
		};
		result: Evidence;
	};
	/** Evidence: what you supplied, what is attached to a record that you read, and what was released to you. */
	"evidence.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Attached to this check, request, finding, response, action or verification. */
			subject?: Uuid | Array<Uuid>;
			/** Attached to something within this audit. */
			audit?: Uuid | Array<Uuid>;
			/** file or statement. */
			kind?: "file" | "statement" | Array<"file" | "statement">;
			/** uploading or stored. */
			state?: "uploading" | "stored" | Array<"uploading" | "stored">;
			/** Supplied by this person. */
			supplied_by?: Uuid | Array<Uuid>;
			/** No longer valid, or still so. */
			expired?: boolean;
			/** Supplied by you, or by others. */
			mine?: boolean;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** By what it is sorted; with - downwards. */
			sort?: "created_at" | "-created_at" | "title" | "-title";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Evidence>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Give evidence in words: a statement, with its hash. */
	"evidence.state_text": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** What it is. */
			title: string;
			/** What you state. */
			statement: string;
			/** The day of which it tells. */
			effective_on?: Day;
			/** From when it is valid. */
			valid_from?: Day;
			/** Until when. */
			valid_until?: Day;
			/** The evidence that it replaces. */
			revision_of?: Uuid;
			/** For a supplier's: the leave, or the clause of the contract, to publish it outside. */
			leave?: string;
		};
		result: Evidence;
	};
	/** Begin to upload a file. The ticket in the reply is for PUT /evidence/<id>; evidence.upload_end ends it. What is begun and never ended is swept after a day. */
	"evidence.upload_begin": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** What it is. */
			title: string;
			/** The name of the file, without a path. */
			file_name: string;
			/** Its type, as application/pdf. */
			media_type: string;
			/** Its bytes; at most 1 GiB. */
			size: number;
			/** The day of which it tells. */
			effective_on?: Day;
			/** From when it is valid. */
			valid_from?: Day;
			/** Until when. */
			valid_until?: Day;
			/** The evidence that it replaces. */
			revision_of?: Uuid;
			/** For a supplier's: the leave, or the clause of the contract, to publish it outside. */
			leave?: string;
		};
		result: {
			ticket: string;
			evidence: Evidence;
			received: number;
			chunk_size: number;
			expires_at: Time;
			next_chunk: number;
		};
	};
	/** End an upload: the server has read the stored bytes back, and their SHA-256 is what you state. The file never changes after this; a later one is a revision. */
	"evidence.upload_end": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The evidence. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** The SHA-256 of the file, 64 hexadecimal digits. */
			sha256: string;
		};
		result: Evidence;
	};
	/** Go on with an upload of yours that was interrupted: a fresh ticket, and how far it had come. */
	"evidence.upload_resume": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The evidence. */
			id: Uuid;
		};
		result: {
			ticket: string;
			evidence: Evidence;
			received: number;
			chunk_size: number;
			expires_at: Time;
			next_chunk: number;
		};
	};
	/** Begin to fetch a list as CSV, whole: the ticket in the reply is for GET /export/<id>. */
	"export.begin": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The list, as finding.list. */
			method: string;
			/** Its filters and its sort. */
			params?: Record<string, unknown>;
			/** The fields, in this order; all of them when left out. */
			columns?: string | Array<string>;
		};
		result: {
			id: Uuid;
			ticket: string;
			/** By when it is to have begun. */
			expires_at: Time;
		};
	};
	/** Ask for a later due date of an accepted action. */
	"extension.ask": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The action. */
			action: Uuid;
			/** The new date. */
			until: Day;
			/** Why. */
			reason: string;
		};
		result: Extension;
	};
	/** How many: the extensions that you may see. */
	"extension.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this finding. */
			finding?: Uuid | Array<Uuid>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of findings that this function answers. */
			function?: Uuid | Array<Uuid>;
			/** Of this action. */
			action?: Uuid | Array<Uuid>;
			/** In one of these states. */
			state?: "asked" | "granted" | "declined" | Array<"asked" | "granted" | "declined">;
			/** Asked for by this person. */
			asked_by?: Uuid | Array<Uuid>;
			/** Not decided yet, or decided. */
			open?: boolean;
			/** Counted by this as well: state, audit, addressed. */
			by?: "state" | "audit" | "addressed";
		};
		result: Count;
	};
	/** Grant or decline an extension. Refused to whoever had a hand in the work (S5). */
	"extension.decide": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The extension. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** Whether it is granted. */
			granted: boolean;
			/** Why. */
			reason: string;
		};
		result: Extension;
	};
	/** One extension. */
	"extension.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The extension. */
			id: Uuid;
		};
		result: Extension;
	};
	/** The extensions that you may see. */
	"extension.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this finding. */
			finding?: Uuid | Array<Uuid>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of findings that this function answers. */
			function?: Uuid | Array<Uuid>;
			/** Of this action. */
			action?: Uuid | Array<Uuid>;
			/** In one of these states. */
			state?: "asked" | "granted" | "declined" | Array<"asked" | "granted" | "declined">;
			/** Asked for by this person. */
			asked_by?: Uuid | Array<Uuid>;
			/** Not decided yet, or decided. */
			open?: boolean;
			/** By what it is sorted; with - downwards. */
			sort?: "created_at" | "-created_at" | "until" | "-until";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Extension>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Acknowledge a finding on a function that you are responsible for. */
	"finding.acknowledge": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
		};
		result: Finding;
	};
	/** Accept or decline an observation or an opportunity for improvement, or say that it is done. */
	"finding.answer": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** accepted, declined or done. */
			answer: "accepted" | "declined" | "done";
			/** Why it is declined; or what was done. */
			reason?: string;
		};
		result: Finding;
	};
	/** Change a finding that is not issued. */
	"finding.change": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** What it is about, in a few words. */
			title?: string;
			/** What was found. */
			condition?: string;
			/** The criteria that it cites. */
			requirements?: Uuid | Array<Uuid>;
			/** The functions of the scope that it is about. */
			functions?: Uuid | Array<Uuid>;
			/** The one whose people answer. */
			addressed?: Uuid;
			/** What follows from it. */
			effect?: string | null;
		};
		result: Finding;
	};
	/** How many: the findings that you may see. */
	"finding.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this part. */
			part?: Uuid | Array<Uuid>;
			/** Those that this function answers. */
			function?: Uuid | Array<Uuid>;
			/** Citing one of these requirements. */
			requirement?: Uuid | Array<Uuid>;
			/** In one of these states. */
			state?: "draft" | "shared" | "issued" | "acknowledged" | "disputed" | "planned" | "plan_accepted" | "plan_returned" | "implemented" | "implementation_returned" | "not_effective" | "closed" | "accepted" | "declined" | "done" | "withdrawn" | Array<"draft" | "shared" | "issued" | "acknowledged" | "disputed" | "planned" | "plan_accepted" | "plan_returned" | "implemented" | "implementation_returned" | "not_effective" | "closed" | "accepted" | "declined" | "done" | "withdrawn">;
			/** Of one of these grades. */
			grade?: "major" | "minor" | "observation" | "opportunity" | "strength" | Array<"major" | "minor" | "observation" | "opportunity" | "strength">;
			/** Raised by this person. */
			raised_by?: Uuid | Array<Uuid>;
			/** That this person is named to verify. */
			verifier?: Uuid | Array<Uuid>;
			/** With an action that this person owns or owned. */
			owner?: Uuid | Array<Uuid>;
			/** Answered by a function that this party operates today. */
			party?: Uuid | Array<Uuid>;
			/** With one before it on the same requirement and function, or without. */
			repeat?: boolean;
			/** Open, or ended. */
			open?: boolean;
			/** That you raised, verify, decide, sign, or have an action of, or the others. */
			mine?: boolean;
			/** Whose running date has passed, or has not. */
			overdue?: boolean;
			/** Those that wait for a review, or those that do not; told to their team. */
			review_open?: boolean;
			/** Issued on this day or later. */
			issued_from?: Day;
			/** Issued on this day or before. */
			issued_until?: Day;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** Counted by this as well: state, grade, part, addressed, audit, verifier. */
			by?: "state" | "grade" | "part" | "addressed" | "audit" | "verifier";
		};
		result: Count;
	};
	/** How many: the register of nonconformities: every issued finding of grade major or minor that you may see. */
	"finding.count_register": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this part. */
			part?: Uuid | Array<Uuid>;
			/** Those that this function answers. */
			function?: Uuid | Array<Uuid>;
			/** Citing one of these requirements. */
			requirement?: Uuid | Array<Uuid>;
			/** In one of these states. */
			state?: "draft" | "shared" | "issued" | "acknowledged" | "disputed" | "planned" | "plan_accepted" | "plan_returned" | "implemented" | "implementation_returned" | "not_effective" | "closed" | "accepted" | "declined" | "done" | "withdrawn" | Array<"draft" | "shared" | "issued" | "acknowledged" | "disputed" | "planned" | "plan_accepted" | "plan_returned" | "implemented" | "implementation_returned" | "not_effective" | "closed" | "accepted" | "declined" | "done" | "withdrawn">;
			/** Of one of these grades. */
			grade?: "major" | "minor" | "observation" | "opportunity" | "strength" | Array<"major" | "minor" | "observation" | "opportunity" | "strength">;
			/** Raised by this person. */
			raised_by?: Uuid | Array<Uuid>;
			/** That this person is named to verify. */
			verifier?: Uuid | Array<Uuid>;
			/** With an action that this person owns or owned. */
			owner?: Uuid | Array<Uuid>;
			/** Answered by a function that this party operates today. */
			party?: Uuid | Array<Uuid>;
			/** With one before it on the same requirement and function, or without. */
			repeat?: boolean;
			/** Open, or ended. */
			open?: boolean;
			/** That you raised, verify, decide, sign, or have an action of, or the others. */
			mine?: boolean;
			/** Whose running date has passed, or has not. */
			overdue?: boolean;
			/** Those that wait for a review, or those that do not; told to their team. */
			review_open?: boolean;
			/** Issued on this day or later. */
			issued_from?: Day;
			/** Issued on this day or before. */
			issued_until?: Day;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** Counted by this as well: state, grade, part, addressed, audit, verifier. */
			by?: "state" | "grade" | "part" | "addressed" | "audit" | "verifier";
		};
		result: Count;
	};
	/** Dispute a finding, once and within the time set. It is decided by somebody who did not raise it (S11); containment runs on, the other clocks stand still. */
	"finding.dispute": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** Why. */
			reason: string;
		};
		result: Finding;
	};
	/** Draft a finding, from a check or directly. Only the team of its part sees it. */
	"finding.draft": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The part of the audit; you are on its declared team. */
			part: Uuid;
			/** What it is about, in a few words. */
			title: string;
			/** What was found. */
			condition: string;
			/** The criteria that it cites; the check's, when absent. */
			requirements?: Uuid | Array<Uuid>;
			/** The functions of the scope that it is about; the check's, when absent. */
			functions?: Uuid | Array<Uuid>;
			/** The one whose people answer; the first, when absent. */
			addressed?: Uuid;
			/** What follows from it. */
			effect?: string;
			/** The check that it is raised from. */
			from_check?: Uuid;
		};
		result: Finding;
	};
	/** One finding, as far as you may see it. */
	"finding.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The finding. */
			id: Uuid;
		};
		result: Finding;
	};
	/** Grade a finding before it is issued. A grade other than the computed one needs a reason; every grade ever saved is kept. */
	"finding.grade": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** major, minor, observation, opportunity or strength. */
			grade: "major" | "minor" | "observation" | "opportunity" | "strength";
			/** The answers to the standard's questions, as for finding.grade_aid. */
			answers: {
				/** Is a required element absent or totally broken down? */
				absent?: boolean;
				/** Otherwise: is it done remarkably well? */
				strength?: boolean;
				/** Do several minors on one requirement add up? */
				accumulated?: boolean;
				/** Otherwise: could it be done better? */
				improvement?: boolean;
				/** Is the certified outcome at risk? */
				outcome_at_risk?: boolean;
				/** Is a requirement not fulfilled? */
				requirement_unmet: boolean;
			};
			/** Why, where the grade differs from the computed one. */
			reason?: string;
		};
		result: Finding;
	};
	/** The grade that follows from the standard's questions, why, and the earlier nonconformities on the same requirements with their grades. Changes nothing. */
	"finding.grade_aid": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The finding. */
			id: Uuid;
			/** The answers to the standard's questions. */
			answers: {
				/** Is a required element absent or totally broken down? */
				absent?: boolean;
				/** Otherwise: is it done remarkably well? */
				strength?: boolean;
				/** Do several minors on one requirement add up? */
				accumulated?: boolean;
				/** Otherwise: could it be done better? */
				improvement?: boolean;
				/** Is the certified outcome at risk? */
				outcome_at_risk?: boolean;
				/** Is a requirement not fulfilled? */
				requirement_unmet: boolean;
			};
		};
		result: {
			why: Array<string>;
			grade: "major" | "minor" | "observation" | "opportunity" | "strength";
			/** A nonconformity on the same requirement and function was issued in an earlier audit, within three years. */
			repeat: boolean;
			earlier: Array<Record<string, unknown>>;
		};
	};
	/** Every grade ever saved for a finding, with withdrawals and signatures (S6). */
	"finding.grades": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The finding. */
			id: Uuid;
		};
		result: Array<{
			at?: Time;
			id?: Uuid;
			name?: string | null;
			grade?: string | null;
			phase?: string;
			state?: string;
			reason?: string | null;
			signed_at?: Time | null;
			signed_by?: Uuid | null;
			decided_by?: Uuid;
			withdrawal?: boolean;
			computed_grade?: string | null;
			signature_needed?: boolean;
		}>;
	};
	/** Issue a finding: freezes criteria, condition and grade, notifies the auditee and starts the clocks. */
	"finding.issue": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** Why it was not shared for accuracy, where it was not. */
			share_skipped?: string;
		};
		result: Finding;
	};
	/** The findings that you may see. */
	"finding.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this part. */
			part?: Uuid | Array<Uuid>;
			/** Those that this function answers. */
			function?: Uuid | Array<Uuid>;
			/** Citing one of these requirements. */
			requirement?: Uuid | Array<Uuid>;
			/** In one of these states. */
			state?: "draft" | "shared" | "issued" | "acknowledged" | "disputed" | "planned" | "plan_accepted" | "plan_returned" | "implemented" | "implementation_returned" | "not_effective" | "closed" | "accepted" | "declined" | "done" | "withdrawn" | Array<"draft" | "shared" | "issued" | "acknowledged" | "disputed" | "planned" | "plan_accepted" | "plan_returned" | "implemented" | "implementation_returned" | "not_effective" | "closed" | "accepted" | "declined" | "done" | "withdrawn">;
			/** Of one of these grades. */
			grade?: "major" | "minor" | "observation" | "opportunity" | "strength" | Array<"major" | "minor" | "observation" | "opportunity" | "strength">;
			/** Raised by this person. */
			raised_by?: Uuid | Array<Uuid>;
			/** That this person is named to verify. */
			verifier?: Uuid | Array<Uuid>;
			/** With an action that this person owns or owned. */
			owner?: Uuid | Array<Uuid>;
			/** Answered by a function that this party operates today. */
			party?: Uuid | Array<Uuid>;
			/** With one before it on the same requirement and function, or without. */
			repeat?: boolean;
			/** Open, or ended. */
			open?: boolean;
			/** That you raised, verify, decide, sign, or have an action of, or the others. */
			mine?: boolean;
			/** Whose running date has passed, or has not. */
			overdue?: boolean;
			/** Those that wait for a review, or those that do not; told to their team. */
			review_open?: boolean;
			/** Issued on this day or later. */
			issued_from?: Day;
			/** Issued on this day or before. */
			issued_until?: Day;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** By what it is sorted; with - downwards. */
			sort?: "reference" | "-reference" | "next_due" | "-next_due" | "issued_on" | "-issued_on" | "grade" | "-grade";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Finding>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Name an eligible auditor off the team to sign a lower grade or a withdrawal, where no second lead or auditor of the part may (S6). */
	"finding.name_signer": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** Who signs. */
			person: Uuid;
		};
		result: Finding;
	};
	/** Name who verifies a nonconformity: under S1 and S5, and bound until it closes (S9). Who verifies never had a hand in the work. */
	"finding.name_verifier": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** Who; the lead names somebody of the part's team, an administrator any auditor. */
			person: Uuid;
		};
		result: Finding;
	};
	/** The register of nonconformities: every issued finding of grade major or minor that you may see. */
	"finding.register": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this part. */
			part?: Uuid | Array<Uuid>;
			/** Those that this function answers. */
			function?: Uuid | Array<Uuid>;
			/** Citing one of these requirements. */
			requirement?: Uuid | Array<Uuid>;
			/** In one of these states. */
			state?: "draft" | "shared" | "issued" | "acknowledged" | "disputed" | "planned" | "plan_accepted" | "plan_returned" | "implemented" | "implementation_returned" | "not_effective" | "closed" | "accepted" | "declined" | "done" | "withdrawn" | Array<"draft" | "shared" | "issued" | "acknowledged" | "disputed" | "planned" | "plan_accepted" | "plan_returned" | "implemented" | "implementation_returned" | "not_effective" | "closed" | "accepted" | "declined" | "done" | "withdrawn">;
			/** Of one of these grades. */
			grade?: "major" | "minor" | "observation" | "opportunity" | "strength" | Array<"major" | "minor" | "observation" | "opportunity" | "strength">;
			/** Raised by this person. */
			raised_by?: Uuid | Array<Uuid>;
			/** That this person is named to verify. */
			verifier?: Uuid | Array<Uuid>;
			/** With an action that this person owns or owned. */
			owner?: Uuid | Array<Uuid>;
			/** Answered by a function that this party operates today. */
			party?: Uuid | Array<Uuid>;
			/** With one before it on the same requirement and function, or without. */
			repeat?: boolean;
			/** Open, or ended. */
			open?: boolean;
			/** That you raised, verify, decide, sign, or have an action of, or the others. */
			mine?: boolean;
			/** Whose running date has passed, or has not. */
			overdue?: boolean;
			/** Those that wait for a review, or those that do not; told to their team. */
			review_open?: boolean;
			/** Issued on this day or later. */
			issued_from?: Day;
			/** Issued on this day or before. */
			issued_until?: Day;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** By what it is sorted; with - downwards. */
			sort?: "reference" | "-reference" | "next_due" | "-next_due" | "issued_on" | "-issued_on" | "grade" | "-grade";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Finding>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Change the grade of an issued finding, with a reason. Lowering a nonconformity waits for the signature of a second lead or auditor (finding.sign). */
	"finding.regrade": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** The new grade. */
			grade: "major" | "minor" | "observation" | "opportunity" | "strength";
			/** Why. */
			reason: string;
		};
		result: Finding;
	};
	/** Remark on a finding's accuracy while it is shared, or on its dispute. A remark is never changed. */
	"finding.remark": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding. */
			id: Uuid;
			/** What you say. */
			text: string;
		};
		result: Finding;
	};
	/** The remarks on a finding, in order. */
	"finding.remarks": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The finding. */
			id: Uuid;
		};
		result: Array<{
			at?: Time;
			id?: Uuid;
			name?: string | null;
			text?: string;
			person?: Uuid;
			at_state?: string;
		}>;
	};
	/** Review a finding raised by a trainee or technical expert (S12), or under a conflict that came to light later (S9). */
	"finding.review": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
		};
		result: Finding;
	};
	/** Share a draft with the people responsible for its functions, to check that it is accurate: they see condition and evidence, not the grade. */
	"finding.share": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
		};
		result: Finding;
	};
	/** Sign a lower grade or a withdrawal as the second lead or auditor of the part, who neither raised the finding nor decided on it (S6); it takes effect by this. */
	"finding.sign": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** false: you do not agree, and the finding stays as it is. Absent: you sign. */
			agree?: boolean;
		};
		result: Finding;
	};
	/** Withdraw a finding. After issue the lead does it, or who decides its dispute; a nonconformity then stays as it was until a second lead or auditor signs (finding.sign). */
	"finding.withdraw": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** Why. */
			reason: string;
		};
		result: Finding;
	};
	/** The catalogues of requirements: the shared ones and the organisation's own. */
	"framework.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Framework>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Records an auditable activity: a process, a unit, a service. */
	"function.add": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** Its short reference, as F-07. */
			reference: string;
			/** Its name. */
			name: string;
			/** What it does. */
			description?: string;
			/** The function that it is part of. */
			parent?: Uuid;
		};
		result: Function;
	};
	/** Names who answers for a function without an owner. */
	"function.answer": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The function. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** Who answers for it; none takes the name away. */
			person?: Uuid;
		};
		result: Function;
	};
	/** How many: the auditable functions, with who owns them. */
	"function.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** Owned by this person today. */
			owner?: Uuid | Array<Uuid>;
			/** Without an owner today, or with one. */
			gap?: boolean;
			/** Directly part of this function. */
			parent?: Uuid | Array<Uuid>;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** Counted by this as well: parent. */
			by?: "parent";
		};
		result: Count;
	};
	/** One function. */
	"function.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The function. */
			id: Uuid;
		};
		result: Function;
	};
	/** The auditable functions, with who owns them. */
	"function.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** Owned by this person today. */
			owner?: Uuid | Array<Uuid>;
			/** Without an owner today, or with one. */
			gap?: boolean;
			/** Directly part of this function. */
			parent?: Uuid | Array<Uuid>;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** By what it is sorted; with - downwards. */
			sort?: "reference" | "-reference" | "name" | "-name" | "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Function>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Records that a function replaces another, wholly or in part: responsibilities for the first carry over to the second. */
	"function.replace": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** What was replaced, split or merged. */
			predecessor: Uuid;
			/** What took its place. */
			successor: Uuid;
			/** When; today when left out. */
			on_date?: Day;
		};
		result: Function;
	};
	/** Changes a function, or makes it a sub-function: responsibilities for what it becomes part of then hold for it too. */
	"function.update": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The function. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** Its name. */
			name?: string;
			/** What it does. */
			description?: string | null;
			/** The function that it is part of. */
			parent?: Uuid | null;
		};
		result: Function;
	};
	/** How many: facts that impaired a person's work. */
	"impairment.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** By this rule. */
			rule?: "S1" | "S2" | "S3" | Array<"S1" | "S2" | "S3">;
			/** Counted by this as well: audit, person, rule. */
			by?: "audit" | "person" | "rule";
		};
		result: Count;
	};
	/** Facts that impaired a person's work. */
	"impairment.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** By this rule. */
			rule?: "S1" | "S2" | "S3" | Array<"S1" | "S2" | "S3">;
			/** By what it is sorted; with - downwards. */
			sort?: "created_at" | "-created_at" | "from_date" | "-from_date";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Impairment>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** How many: declared and derived interests. */
	"interest.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** In this function. */
			function?: Uuid | Array<Uuid>;
			/** Of this kind. */
			kind?: "designed" | "built" | "advised" | "funds" | "manages" | "reports_to" | "offered_post" | "relation" | "financial" | "attestation" | "other" | Array<"designed" | "built" | "advised" | "funds" | "manages" | "reports_to" | "offered_post" | "relation" | "financial" | "attestation" | "other">;
			/** Withdrawn, or standing. */
			withdrawn?: boolean;
			/** Standing without a safeguard, or not so. */
			open?: boolean;
			/** Counted by this as well: audit, person, kind. */
			by?: "audit" | "person" | "kind";
		};
		result: Count;
	};
	/** Declares an interest that began after signing: the declaration lapses and is signed anew, and a safeguard is recorded first (S7). */
	"interest.declare": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit. */
			audit: Uuid;
			/** Its kind. */
			kind: "designed" | "built" | "advised" | "funds" | "manages" | "reports_to" | "offered_post" | "relation" | "financial" | "attestation" | "other";
			/** What it is. */
			description: string;
			/** The function that it concerns. */
			function?: Uuid;
		};
		result: Interest;
	};
	/** One interest. */
	"interest.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The interest. */
			id: Uuid;
		};
		result: Interest;
	};
	/** Declared and derived interests. */
	"interest.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** In this function. */
			function?: Uuid | Array<Uuid>;
			/** Of this kind. */
			kind?: "designed" | "built" | "advised" | "funds" | "manages" | "reports_to" | "offered_post" | "relation" | "financial" | "attestation" | "other" | Array<"designed" | "built" | "advised" | "funds" | "manages" | "reports_to" | "offered_post" | "relation" | "financial" | "attestation" | "other">;
			/** Withdrawn, or standing. */
			withdrawn?: boolean;
			/** Standing without a safeguard, or not so. */
			open?: boolean;
			/** By what it is sorted; with - downwards. */
			sort?: "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Interest>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** How many: the codes asked for in this organisation, the newest first. Never the codes themselves. */
	"invitation.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** For this person. */
			person?: Uuid | Array<Uuid>;
			/** Of this kind. */
			kind?: "invitation" | "reset" | Array<"invitation" | "reset">;
			/** waiting, sent, used, replaced or expired. */
			state?: string | Array<string>;
			/** Counted by this as well: state, kind. */
			by?: "state" | "kind";
		};
		result: Count;
	};
	/** The codes asked for in this organisation, the newest first. Never the codes themselves. */
	"invitation.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** For this person. */
			person?: Uuid | Array<Uuid>;
			/** Of this kind. */
			kind?: "invitation" | "reset" | Array<"invitation" | "reset">;
			/** waiting, sent, used, replaced or expired. */
			state?: string | Array<string>;
			/** By what it is sorted; with - downwards. */
			sort?: "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Invitation>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** What a requirement maps to and from in other frameworks: evidence given once counts where the relation supports it. */
	"mapping.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The requirement. */
			requirement: Uuid;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Mapping>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Which verbs you could use now on some records, and why not the others, before any parameter is typed. */
	may: {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** What they are: finding, check, audit. */
			noun: string;
			/** Up to 50 of them. */
			ids: Uuid | Array<Uuid>;
		};
		result: {
			items: Array<{
				id: Uuid;
				/** Of each verb: allowed, or the refusal. Null: there is none, or it is not for you to see. */
				verbs: Record<string, {
					also?: Array<Record<string, unknown>>;
					code?: number;
					data?: Record<string, unknown>;
					allowed: boolean;
					message?: string;
				}> | null;
			}>;
		};
	};
	/** How many: who has which role, and when. */
	"membership.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** This role. */
			role?: "administrator" | "programme_manager" | "auditor" | "auditee" | "observer" | "management" | Array<"administrator" | "programme_manager" | "auditor" | "auditee" | "observer" | "management">;
			/** For this party. */
			party?: Uuid | Array<Uuid>;
			/** Holding today, or not. */
			current?: boolean;
			/** Counted by this as well: role. */
			by?: "role";
		};
		result: Count;
	};
	/** Enters the last day of it. A day before today counts from today only, until a person of management countersigns (S13). */
	"membership.end": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** Which. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** The last day. */
			until_date: Day;
			/** Why, or how it is known. */
			reason: string;
		};
		result: Membership;
	};
	/** One role of one person. */
	"membership.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The membership. */
			id: Uuid;
		};
		result: Membership;
	};
	/** Gives a person a role. Administrator and auditor, administrator and management, management and auditor, and observer with any other exclude each other (rule roles). Management is given by management alone. */
	"membership.grant": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The person. */
			person: Uuid;
			/** The role. */
			role: "administrator" | "programme_manager" | "auditor" | "auditee" | "observer" | "management";
			/** First day; today when left out. */
			from_date?: Day;
			/** Last day; none is open. */
			until_date?: Day;
			/** Of an observer: the party whose releases they read. */
			party?: Uuid;
		};
		result: Membership;
	};
	/** Who has which role, and when. */
	"membership.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** This role. */
			role?: "administrator" | "programme_manager" | "auditor" | "auditee" | "observer" | "management" | Array<"administrator" | "programme_manager" | "auditor" | "auditee" | "observer" | "management">;
			/** For this party. */
			party?: Uuid | Array<Uuid>;
			/** Holding today, or not. */
			current?: boolean;
			/** By what it is sorted; with - downwards. */
			sort?: "from_date" | "-from_date" | "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Membership>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Records that a party operates a function. From today on a decision (S9), earlier a fact. */
	"operation.add": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The function. */
			function: Uuid;
			/** The party that operates it. */
			party: Uuid;
			/** First day. */
			from_date: Day;
			/** Last day; none is open. */
			until_date?: Day;
		};
		result: Operation;
	};
	/** How many: which party operates what, and when. */
	"operation.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** This function. */
			function?: Uuid | Array<Uuid>;
			/** By this party. */
			party?: Uuid | Array<Uuid>;
			/** Holding today, or not. */
			current?: boolean;
			/** Counted by this as well: function, party. */
			by?: "function" | "party";
		};
		result: Count;
	};
	/** Enters the last day of it. A day before today counts from today only, until a person of management countersigns (S13). */
	"operation.end": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** Which. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** The last day. */
			until_date: Day;
			/** Why, or how it is known. */
			reason: string;
		};
		result: Operation;
	};
	/** One operating party of a function. */
	"operation.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The operation. */
			id: Uuid;
		};
		result: Operation;
	};
	/** Which party operates what, and when. */
	"operation.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** This function. */
			function?: Uuid | Array<Uuid>;
			/** By this party. */
			party?: Uuid | Array<Uuid>;
			/** Holding today, or not. */
			current?: boolean;
			/** By what it is sorted; with - downwards. */
			sort?: "from_date" | "-from_date" | "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Operation>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** The organisation and its settings. */
	"organisation.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
		};
		result: Organisation;
	};
	/** Changes the organisation's settings. Audits already planned keep the cooling-off period that they were planned with. */
	"organisation.update": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The version that was read. */
			version: number;
			/** Its name. */
			name?: string;
			/** IANA time zone that decides what today is. */
			timezone?: string;
			/** Months after a responsibility ends in which its holder judges nothing of it (12 to 120). */
			cooling_off_months?: number;
			/** Days after which an unanswered finding counts as acknowledged. */
			acknowledge_days?: number;
			/** Days within which a finding may be disputed. */
			dispute_days?: number;
			/** Days for the containment of a major nonconformity. */
			containment_days?: number;
			/** Days for a corrective-action plan. */
			plan_days?: number;
			/** Days to implement the actions of a major nonconformity. */
			major_days?: number;
			/** Days to implement the actions of a minor nonconformity. */
			minor_days?: number;
		};
		result: Organisation;
	};
	/** Records a legal entity: a supplier, an audit firm, a certification body, a customer. */
	"party.add": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** Its name. */
			name: string;
			/** LEI, register number or the like: one entity is recorded once. */
			legal_identifier: string;
			/** What it is to the organisation; several are possible. */
			kinds: "organisation" | "supplier" | "audit_firm" | "certification_body" | "customer" | "regulator" | Array<"organisation" | "supplier" | "audit_firm" | "certification_body" | "customer" | "regulator">;
			/** A party of the same group: what binds one of them under S2 and S3 binds both. */
			affiliate_of?: Uuid;
			/** Since when; as far as is known when left out. */
			affiliate_from?: Day;
		};
		result: Party;
	};
	/** How many: the parties that the organisation deals with. */
	"party.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With this legal identifier. */
			legal_identifier?: string | Array<string>;
			/** Of this kind. */
			kind?: "organisation" | "supplier" | "audit_firm" | "certification_body" | "customer" | "regulator" | Array<"organisation" | "supplier" | "audit_firm" | "certification_body" | "customer" | "regulator">;
			/** In the group, or not. */
			in_group?: boolean;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** Counted by this as well: in_group. */
			by?: "in_group";
		};
		result: Count;
	};
	/** One party. */
	"party.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The party. */
			id: Uuid;
		};
		result: Party;
	};
	/** Records that a party leaves its group: from that day on what binds the others under S2 and S3 binds it no more; for the days before it does. By who stands on no side of it. */
	"party.leave_group": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The party. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** The first day on which it is not of it, today or later; today when left out. */
			from_date?: Day;
		};
		result: Party;
	};
	/** The parties that the organisation deals with. */
	"party.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With this legal identifier. */
			legal_identifier?: string | Array<string>;
			/** Of this kind. */
			kind?: "organisation" | "supplier" | "audit_firm" | "certification_body" | "customer" | "regulator" | Array<"organisation" | "supplier" | "audit_firm" | "certification_body" | "customer" | "regulator">;
			/** In the group, or not. */
			in_group?: boolean;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** By what it is sorted; with - downwards. */
			sort?: "name" | "-name" | "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Party>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Records whether a party belongs to the organisation's own group. Inside the group S1 alone decides, person by person; outside it S2 holds too. That it does is recorded by who neither belongs to it, but to the organisation itself, nor has a responsibility for a function that it operates. */
	"party.set_group": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The party. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** It belongs to the organisation's group. */
			in_group: boolean;
			/** Since when. Left out: as far as is known where it belongs, from today where it does not. */
			from_date?: Day;
		};
		result: Party;
	};
	/** Changes what is recorded of a party. */
	"party.update": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The party. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** Its name. */
			name?: string;
			/** What it is to the organisation. */
			kinds?: "organisation" | "supplier" | "audit_firm" | "certification_body" | "customer" | "regulator" | Array<"organisation" | "supplier" | "audit_firm" | "certification_body" | "customer" | "regulator">;
			/** A party whose group it joins. */
			affiliate_of?: Uuid;
			/** Since when; as far as is known when left out. */
			affiliate_from?: Day;
		};
		result: Party;
	};
	/** Records a person. One human has one account across organisations, found by the e-mail address; they set their own password with a one-time code. */
	"person.add": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** Their name. */
			name: string;
			/** Their e-mail address, with which they sign in. */
			email: string;
			/** What they do. */
			title?: string;
		};
		result: Person;
	};
	/** How many: the people of the organisation and of those who work with it. */
	"person.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With this e-mail address, in any case. */
			email?: string | Array<string>;
			/** Having this role today. */
			role?: "administrator" | "programme_manager" | "auditor" | "auditee" | "observer" | "management" | Array<"administrator" | "programme_manager" | "auditor" | "auditee" | "observer" | "management">;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** Counted by this as well: title. */
			by?: "title";
		};
		result: Count;
	};
	/** One person. */
	"person.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The person. */
			id: Uuid;
		};
		result: Person;
	};
	/** Ask for a one-time code by which a person sets their own password. It goes to the person; nobody else sees it, and the leads of their open audits are told. For who is of management, here or in another organisation, the operator of the machine alone makes one (ninetwod invite). */
	"person.invite": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The person. */
			id: Uuid;
		};
		result: Invitation;
	};
	/** The people of the organisation and of those who work with it. */
	"person.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With this e-mail address, in any case. */
			email?: string | Array<string>;
			/** Having this role today. */
			role?: "administrator" | "programme_manager" | "auditor" | "auditee" | "observer" | "management" | Array<"administrator" | "programme_manager" | "auditor" | "auditee" | "observer" | "management">;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** By what it is sorted; with - downwards. */
			sort?: "name" | "-name" | "email" | "-email" | "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Person>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Changes a person's name or title in this organisation. */
	"person.update": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The person. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** Their name. */
			name?: string;
			/** What they do. */
			title?: string | null;
		};
		result: Person;
	};
	/** Says where the caller is, until they are elsewhere or gone; answers who else is in that audit. Needs a subscription to the organisation's events. */
	"presence.set": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The audit; absent: nowhere any more. */
			audit?: Uuid;
			/** The part of it; then only the part's team is told. */
			part?: Uuid;
			/** The check that is being worked on. */
			check?: Uuid;
		};
		result: {
			/** Everyone there whom the caller may see, the caller included, each as in `presence`. */
			present: Array<Record<string, unknown>>;
		};
	};
	/** How many: what waits for management's countersignature under S4, and what came of it. */
	"proposal.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** In one of these states. */
			state?: "open" | "countersigned" | "declined" | "withdrawn" | Array<"open" | "countersigned" | "declined" | "withdrawn">;
			/** For this audit. */
			audit?: Uuid | Array<Uuid>;
			/** About this person. */
			person?: Uuid | Array<Uuid>;
			/** Waiting, or settled. */
			open?: boolean;
			/** Made by you, or by others. */
			mine?: boolean;
			/** Counted by this as well: state, audit. */
			by?: "state" | "audit";
		};
		result: Count;
	};
	/** Countersigns a proposal: what was proposed takes effect, judged anew under every rule (S4). Not by the proposer, not by the person it is about, not by who is responsible for a function concerned; where nobody in management is free of these, two of them sign. The report prints it. */
	"proposal.countersign": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The proposal. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** Why. */
			reason?: string;
		};
		result: Proposal;
	};
	/** Declines a proposal, with a reason. */
	"proposal.decline": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The proposal. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** Why not. */
			reason: string;
		};
		result: Proposal;
	};
	/** One proposal. */
	"proposal.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The proposal. */
			id: Uuid;
		};
		result: Proposal;
	};
	/** What waits for management's countersignature under S4, and what came of it. */
	"proposal.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** In one of these states. */
			state?: "open" | "countersigned" | "declined" | "withdrawn" | Array<"open" | "countersigned" | "declined" | "withdrawn">;
			/** For this audit. */
			audit?: Uuid | Array<Uuid>;
			/** About this person. */
			person?: Uuid | Array<Uuid>;
			/** Waiting, or settled. */
			open?: boolean;
			/** Made by you, or by others. */
			mine?: boolean;
			/** By what it is sorted; with - downwards. */
			sort?: "created_at" | "-created_at" | "state" | "-state";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Proposal>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Takes one's own proposal back. */
	"proposal.withdraw": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The proposal. */
			id: Uuid;
			/** The version that was read. */
			version: number;
		};
		result: Proposal;
	};
	/** What stands between an audit and its release; nothing when it may be released. */
	"release.blockers": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The audit; you are on its team. */
			audit: Uuid;
		};
		result: Array<{
			rule: string;
			text: string;
		}>;
	};
	/** How many: the releases that you may read. */
	"release.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this kind. */
			kind?: "report" | Array<"report">;
			/** To this person. */
			recipient?: Uuid | Array<Uuid>;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** Counted by this as well: audit, kind. */
			by?: "audit" | "kind";
		};
		result: Count;
	};
	/** End a publication before its date: the party's observers lose it at once. */
	"release.end": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The release. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** The party. */
			party: Uuid;
		};
		result: Release;
	};
	/** Read what was released. Each reading is recorded (S8). */
	"release.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The release. */
			id: Uuid;
		};
		result: Report;
	};
	/** The releases that you may read. */
	"release.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this kind. */
			kind?: "report" | Array<"report">;
			/** To this person. */
			recipient?: Uuid | Array<Uuid>;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** By what it is sorted; with - downwards. */
			sort?: "created_at" | "-created_at" | "reference" | "-reference";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Release>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Publish a release to an outside party, whose observers read it until a date. Evidence that a supplier gave goes out with their leave or the contract's only. */
	"release.publish": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The release. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** The certification body, customer or regulator. */
			party: Uuid;
			/** The last day on which they read it. */
			until: Day;
			/** Why, or under what terms. */
			note?: string;
			/** Evidence of the same audit that goes out with it. */
			evidence?: Uuid | Array<Uuid>;
		};
		result: Release;
	};
	/** Who read a release, and when: the last 1,000 readings. An observer sees their own. */
	"release.readings": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The release. */
			id: Uuid;
		};
		result: Array<{
			at?: Time;
			name?: string | null;
			person?: Uuid;
			evidence?: Uuid | null;
		}>;
	};
	/** Release the audit's report to the recipient whom management named: it is frozen, and the audit is released. After a fact that came to light later, release its revision. */
	"release.report": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The audit, which you lead. */
			audit: Uuid;
			/** The version of the audit that you saw. */
			version: number;
		};
		result: Release;
	};
	/** A release without its content: to whom it went, until when. */
	"release.show": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The release. */
			id: Uuid;
		};
		result: Release;
	};
	/** Accept the evidence that was supplied. Refused to whoever supplied any of it (S5). */
	"request.accept": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The request. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
		};
		result: Request;
	};
	/** How many: the evidence requests that you raised with your team or are to answer. */
	"request.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this part. */
			part?: Uuid | Array<Uuid>;
			/** About this function. */
			function?: Uuid | Array<Uuid>;
			/** In one of these states. */
			state?: "requested" | "submitted" | "returned" | "accepted" | "not_applicable" | Array<"requested" | "submitted" | "returned" | "accepted" | "not_applicable">;
			/** Still to be answered, or not. */
			open?: boolean;
			/** Raised by you, or by others. */
			mine?: boolean;
			/** Those that should have been supplied by now, or the others with a due date. */
			overdue?: boolean;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** Counted by this as well: state, function, part. */
			by?: "state" | "function" | "part";
		};
		result: Count;
	};
	/** One evidence request. */
	"request.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The request. */
			id: Uuid;
		};
		result: Request;
	};
	/** The evidence requests that you raised with your team or are to answer. */
	"request.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** With one of these references. */
			reference?: string | Array<string>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this part. */
			part?: Uuid | Array<Uuid>;
			/** About this function. */
			function?: Uuid | Array<Uuid>;
			/** In one of these states. */
			state?: "requested" | "submitted" | "returned" | "accepted" | "not_applicable" | Array<"requested" | "submitted" | "returned" | "accepted" | "not_applicable">;
			/** Still to be answered, or not. */
			open?: boolean;
			/** Raised by you, or by others. */
			mine?: boolean;
			/** Those that should have been supplied by now, or the others with a due date. */
			overdue?: boolean;
			/** Holds this text, whatever its accents and capitals. */
			q?: string;
			/** By what it is sorted; with - downwards. */
			sort?: "number" | "-number" | "due" | "-due";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Request>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Close a request because it does not apply, saying why. */
	"request.not_applicable": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The request. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** Why. */
			reason: string;
		};
		result: Request;
	};
	/** Ask the people responsible for a function for evidence. */
	"request.raise": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The part of the audit; you are on its declared team. */
			part: Uuid;
			/** The function in its scope whose people are asked. */
			function: Uuid;
			/** What is asked for. */
			asked: string;
			/** By when. */
			due?: Day;
			/** The check that it serves; the auditee does not see it. */
			from_check?: Uuid;
		};
		result: Request;
	};
	/** Send back what was supplied, saying what is missing. */
	"request.return": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The request. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** Why. */
			reason: string;
		};
		result: Request;
	};
	/** Review an acceptance that was given under a conflict that came to light later (S9); release waits for it. */
	"request.review": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The request. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
		};
		result: Request;
	};
	/** Supply what was asked for. Who supplies evidence never accepts it (S5). */
	"request.submit": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The request, about a function that you are responsible for. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** What you say with it. */
			answer?: string;
			/** Evidence that you uploaded or stated. */
			evidence?: Uuid | Array<Uuid>;
		};
		result: Request;
	};
	/** One requirement. */
	"requirement.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The requirement. */
			id: Uuid;
		};
		result: Requirement;
	};
	/** The requirements of the catalogues, in the catalogues' order, all in one page. */
	"requirement.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this framework only. */
			framework?: Uuid;
			/** With this reference, as A.8.13 or 9.2.1. */
			ref?: string;
			/** clause, control, criterion or own. */
			kind?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Requirement>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Accept the plan. Refused to whoever owned an action, gave a proof, or wrote or approved the response (S5). */
	"response.accept": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The response. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
		};
		result: Response;
	};
	/** How many: the responses that you may see, round by round of each finding. */
	"response.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this finding. */
			finding?: Uuid | Array<Uuid>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of findings that this function answers. */
			function?: Uuid | Array<Uuid>;
			/** In one of these states. */
			state?: "draft" | "submitted" | "accepted" | "returned" | Array<"draft" | "submitted" | "accepted" | "returned">;
			/** Begun by this person. */
			written_by?: Uuid | Array<Uuid>;
			/** Not decided yet, or decided. */
			open?: boolean;
			/** Begun by you, or by others. */
			mine?: boolean;
			/** Counted by this as well: state, audit, addressed. */
			by?: "state" | "audit" | "addressed";
		};
		result: Count;
	};
	/** One response. */
	"response.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The response. */
			id: Uuid;
		};
		result: Response;
	};
	/** The responses that you may see, round by round of each finding. */
	"response.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this finding. */
			finding?: Uuid | Array<Uuid>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of findings that this function answers. */
			function?: Uuid | Array<Uuid>;
			/** In one of these states. */
			state?: "draft" | "submitted" | "accepted" | "returned" | Array<"draft" | "submitted" | "accepted" | "returned">;
			/** Begun by this person. */
			written_by?: Uuid | Array<Uuid>;
			/** Not decided yet, or decided. */
			open?: boolean;
			/** Begun by you, or by others. */
			mine?: boolean;
			/** By what it is sorted; with - downwards. */
			sort?: "round" | "-round" | "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Response>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Return the plan with a reason; the auditee writes a new one. */
	"response.return": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The response. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
			/** What is missing. */
			reason: string;
		};
		result: Response;
	};
	/** Write the response to a nonconformity, step by step: containment first, it has the nearest date. Begins a new round where the last one was decided. */
	"response.save": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding, on a function that you are responsible for. */
			finding: Uuid;
			/** The version of the response that you saw; absent when you begin it. */
			version?: number;
			/** What was done at once to stop the harm. */
			containment?: string | null;
			/** When. */
			contained_on?: Day | null;
			/** Why containment is not applicable. */
			no_containment?: string | null;
			/** What was or will be done to put this instance right. */
			correction?: string | null;
			/** When it was. */
			corrected_on?: Day | null;
			/** How the consequences were dealt with. */
			consequences?: string | null;
			/** How the cause was found. */
			cause_method?: "five_whys" | "cause_categories" | "fault_tree" | "barrier_analysis" | "other" | null;
			/** The root cause. */
			root_cause?: string | null;
			/** The chain of whys, or the causes by category. */
			causes?: Array<{
				text: string;
				category?: string;
				question?: string;
			}> | null;
			/** Where else the same exists or could. */
			extent?: string | null;
			/** Why a minor needs correction only, without cause and actions. */
			correction_only?: string | null;
			/** Whether ISMS, risk assessment or statement of applicability must change, and how. */
			changes?: string | null;
			/** The supplier that never signs in, where you record its answer. */
			on_behalf_of?: Uuid | null;
			/** That supplier's original, as evidence. */
			original?: Uuid | null;
		};
		result: Response;
	};
	/** Submit the response with its actions as the plan, for the team to accept or return. */
	"response.submit": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The response. */
			id: Uuid;
			/** The version that you saw. */
			version: number;
		};
		result: Response;
	};
	/** Records who owns, operates or monitors a function. From today on it is a decision, and refused while the person judges the function in an audit (S9); dated earlier it is a fact and always recorded: an assignment that it breaks ends, and its work is marked impaired. */
	"responsibility.assign": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The person. */
			person: Uuid;
			/** The function. */
			function: Uuid;
			/** owns, operates or monitors. */
			kind: "owns" | "operates" | "monitors" | "answers";
			/** First day. */
			from_date: Day;
			/** Last day; none is open. */
			until_date?: Day;
			/** The responsible person for whom they act. */
			acting_for?: Uuid;
		};
		result: Responsibility;
	};
	/** Confirms a responsibility that a declaration of independence named: from then on it gives its person what a responsibility gives. Until then it only keeps them from judging (S7). Not by themselves, nor by who stands on the side of its function. */
	"responsibility.confirm": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** Which. */
			id: Uuid;
			/** The version that was read. */
			version: number;
		};
		result: Responsibility;
	};
	/** How many: who owns, operates or monitors what, and when. */
	"responsibility.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** For this function. */
			function?: Uuid | Array<Uuid>;
			/** Of this kind. */
			kind?: "owns" | "operates" | "monitors" | "answers" | Array<"owns" | "operates" | "monitors" | "answers">;
			/** Holding today, or not. */
			current?: boolean;
			/** Counted by this as well: kind, person, function. */
			by?: "kind" | "person" | "function";
		};
		result: Count;
	};
	/** Enters the last day of it. A day before today counts from today only, until a person of management countersigns (S13). */
	"responsibility.end": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** Which. */
			id: Uuid;
			/** The version that was read. */
			version: number;
			/** The last day. */
			until_date: Day;
			/** Why, or how it is known. */
			reason: string;
		};
		result: Responsibility;
	};
	/** One responsibility. */
	"responsibility.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The responsibility. */
			id: Uuid;
		};
		result: Responsibility;
	};
	/** Who owns, operates or monitors what, and when. */
	"responsibility.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** For this function. */
			function?: Uuid | Array<Uuid>;
			/** Of this kind. */
			kind?: "owns" | "operates" | "monitors" | "answers" | Array<"owns" | "operates" | "monitors" | "answers">;
			/** Holding today, or not. */
			current?: boolean;
			/** By what it is sorted; with - downwards. */
			sort?: "from_date" | "-from_date" | "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Responsibility>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** This interface, as an OpenRPC document. */
	"rpc.discover": {
		params: {
			/** Only the methods of this noun, and the records that they speak of. */
			noun?: string;
		};
		result: Record<string, unknown>;
	};
	/** How many: safeguards. */
	"safeguard.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** Of this kind. */
			kind?: "other_auditor" | "second_auditor" | "outside_supervision" | "exclusion" | Array<"other_auditor" | "second_auditor" | "outside_supervision" | "exclusion">;
			/** Counted by this as well: audit, person, kind. */
			by?: "audit" | "person" | "kind";
		};
		result: Count;
	};
	/** One safeguard. */
	"safeguard.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The safeguard. */
			id: Uuid;
		};
		result: Safeguard;
	};
	/** Safeguards. */
	"safeguard.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of this person. */
			person?: Uuid | Array<Uuid>;
			/** Of this kind. */
			kind?: "other_auditor" | "second_auditor" | "outside_supervision" | "exclusion" | Array<"other_auditor" | "second_auditor" | "outside_supervision" | "exclusion">;
			/** By what it is sorted; with - downwards. */
			sort?: "created_at" | "-created_at";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Safeguard>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Records the safeguard that lets a team member with an interest go on, and why it suffices (S7). Printed in the report. From one with a responsibility in scope a proposal (S4). */
	"safeguard.record": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The interest. */
			interest: Uuid;
			/** The scope item to another auditor, a second auditor with review of the papers, outside supervision, or exclusion of the item. */
			kind: "other_auditor" | "second_auditor" | "outside_supervision" | "exclusion";
			/** Why it suffices. */
			reason: string;
		};
		result: {
			proposal: null | Proposal;
			safeguard: null | Safeguard;
		};
	};
	/** Sign out: end the session and close its connections. */
	"session.close": {
		params: Record<string, never>;
		result: {
			ok: boolean;
		};
	};
	/** Who this connection is signed in as, and the roles held. */
	"session.current": {
		params: Record<string, never>;
		result: {
			session: Uuid;
			person: Uuid;
			name: string;
			kind: "session" | "token";
			/** Of a bearer token: what it may call. */
			scope: Array<string> | null;
			expires_at: Time;
			idle_until: Time;
			organisations: Array<{
				id: Uuid;
				name: string;
				roles: Array<string>;
			}>;
		};
	};
	/** Your sessions, the newest first; the last 200. */
	"session.list": {
		params: Record<string, never>;
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Session>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Sign this connection in, with e-mail address and password or with a token. */
	"session.open": {
		params: {
			/** The person's e-mail address. */
			email?: string;
			/** Their password. */
			password?: string;
			/** Instead of both: a session's or a bearer token. */
			token?: string;
		};
		result: {
			session: Uuid;
			person: Uuid;
			name: string;
			kind: "session" | "token";
			/** Of a bearer token: what it may call. */
			scope: Array<string> | null;
			expires_at: Time;
			idle_until: Time;
			organisations: Array<{
				id: Uuid;
				name: string;
				roles: Array<string>;
			}>;
			/** The new session's token; shown once, and only when a password was given. */
			token?: string;
		};
	};
	/** End one of your sessions, wherever it is open. */
	"session.revoke": {
		params: {
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The session. */
			id: Uuid;
		};
		result: Session;
	};
	/** Set your own password with a one-time code. Ends your sessions. */
	"session.set_password": {
		params: {
			/** The code that you were given. */
			code: string;
			/** 15 to 256 characters of any kind; not made of the most common words. */
			password: string;
		};
		result: {
			ok: boolean;
			person: Uuid;
			email: string;
		};
	};
	/** Make a bearer token for a script; the answer shows its secret, once. */
	"token.create": {
		params: {
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** What it is for. */
			name: string;
			/** What it may call: finding.* or finding.list, read (whatever only reads), or *. */
			scope: string | Array<string>;
			/** Its last day, within a year. */
			expires_on: Day;
		};
		result: {
			id: Uuid;
			name: string;
			scope: Array<string>;
			created_at: Time;
			seen_at: Time;
			expires_at: Time;
			ended_at: Time | null;
			ended_by: string | null;
			/** The secret; shown once. */
			token: string;
		};
	};
	/** Your bearer tokens, the newest first; the last 200. Their secrets are not kept. */
	"token.list": {
		params: Record<string, never>;
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Token>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** End one of your bearer tokens. */
	"token.revoke": {
		params: {
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The token. */
			id: Uuid;
		};
		result: Token;
	};
	/** How many: the verifications that you may see, round by round of each finding. */
	"verification.count": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this finding. */
			finding?: Uuid | Array<Uuid>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of findings that this function answers. */
			function?: Uuid | Array<Uuid>;
			/** With this result. */
			result?: "effective" | "not_effective" | Array<"effective" | "not_effective">;
			/** Given by this person. */
			verified_by?: Uuid | Array<Uuid>;
			/** Given by you, or by others. */
			mine?: boolean;
			/** Counted by this as well: result, audit, addressed. */
			by?: "result" | "audit" | "addressed";
		};
		result: Count;
	};
	/** One verification. */
	"verification.get": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** The verification. */
			id: Uuid;
		};
		result: Verification;
	};
	/** The verifications that you may see, round by round of each finding. */
	"verification.list": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Of this finding. */
			finding?: Uuid | Array<Uuid>;
			/** Of this audit. */
			audit?: Uuid | Array<Uuid>;
			/** Of findings that this function answers. */
			function?: Uuid | Array<Uuid>;
			/** With this result. */
			result?: "effective" | "not_effective" | Array<"effective" | "not_effective">;
			/** Given by this person. */
			verified_by?: Uuid | Array<Uuid>;
			/** Given by you, or by others. */
			mine?: boolean;
			/** By what it is sorted; with - downwards. */
			sort?: "created_at" | "-created_at" | "round" | "-round";
			/** How many; 50 when left out. */
			limit?: number;
			/** Where the page before this one ended: its `after`. */
			after?: string;
		};
		result: {
			/** Where the next page begins; null at the end. */
			after: string | null;
			items: Array<Verification>;
			/** The page stopped early, after much that did not match: go on with `after`. */
			partial: boolean;
		};
	};
	/** Judge whether the actions of an implemented finding were effective: it closes, or waits for a new plan. Refused to whoever had a hand in the work, also after handing it over (S5). */
	"verification.record": {
		params: {
			/** The organisation. */
			organisation: Uuid;
			/** Made by the client, one for each intention: the same again returns the same answer and changes nothing. */
			request_id: Uuid;
			/** The finding; you are named to verify it, or nobody is and you are a lead or auditor of its part. */
			finding: Uuid;
			/** The version of the finding that you saw. */
			version: number;
			/** effective or not_effective. */
			result: "effective" | "not_effective";
			/** What you judged by: the criteria and what you saw. */
			judgement: string;
			/** What it rests on. */
			evidence?: Uuid | Array<Uuid>;
		};
		result: Verification;
	};
}
