-- Findings: what an audit found, its grades, the remarks on its accuracy, its dispute.
--
-- Who may read a finding is one column, `readers`, kept by a trigger: tokens of the part while it is a draft, of its
-- functions too once it is shared, of the audit, its actions' owners, its named verifier and decider and the roles that
-- oversee once it is issued. The policy and the events' audience read the same tokens, so they cannot differ.

create type app.grade as enum ('major', 'minor', 'observation', 'opportunity', 'strength');
create type app.finding_state as enum ('draft', 'shared', 'issued', 'acknowledged', 'disputed', 'planned',
	'plan_accepted', 'plan_returned',
	'implemented', 'implementation_returned', 'not_effective', 'closed', 'accepted', 'declined', 'done', 'withdrawn');
create type app.dispute_decision as enum ('upheld', 'regraded', 'withdrawn');
create type app.finding_answer as enum ('accepted', 'declined', 'done');
create domain app.grade_answers as jsonb;
comment on domain app.grade_answers is '{
	"type": "object", "required": ["requirement_unmet"], "additionalProperties": false,
	"properties": {
		"requirement_unmet": {"type": "boolean", "description": "Is a requirement not fulfilled?"},
		"absent": {"type": "boolean", "description": "Is a required element absent or totally broken down?"},
		"accumulated": {"type": "boolean", "description": "Do several minors on one requirement add up?"},
		"outcome_at_risk": {"type": "boolean", "description": "Is the certified outcome at risk?"},
		"improvement": {"type": "boolean", "description": "Otherwise: could it be done better?"},
		"strength": {"type": "boolean", "description": "Otherwise: is it done remarkably well?"}}}';
create domain app.dispute_state as text check (value in ('open', 'decided', 'stands'));
create domain app.grading_phase as text check (value in ('draft', 'issued'));
create domain app.grading_state as text check (value in ('effective', 'pending', 'dropped'));

create table app.finding (
	organisation	uuid not null references app.organisation (id),
	id		uuid not null default app.uuid7(),
	audit		uuid not null,
	part		uuid not null,
	number		int not null check (number > 0),
	reference	text not null,
	from_check	uuid,
	title		app.title not null,
	requirements	uuid[] not null check (cardinality(requirements) between 1 and 20),
	criteria	jsonb not null,
	functions	uuid[] not null check (cardinality(functions) between 1 and 20),
	addressed	uuid not null,
	condition	app.prose not null,
	effect		app.prose,
	state		app.finding_state not null default 'draft',
	grade		app.grade,
	computed_grade	app.grade,
	answers		app.grade_answers,
	grade_reason	app.prose,
	graded_by	uuid references app.person (id),
	repeats		uuid[] not null default '{}',
	raised_by	uuid not null references app.person (id),
	review_needed	bool not null default false,
	review_of	uuid references app.person (id),
	reviewed_by	uuid references app.person (id),
	reviewed_at	timestamptz,
	impaired_at	timestamptz,
	impaired_person	uuid references app.person (id),
	shared_at	timestamptz,
	share_skipped	app.prose,
	issued_at	timestamptz,
	issued_on	app.day,
	issued_by	uuid references app.person (id),
	acknowledge_by	app.day,
	acknowledged_at	timestamptz,
	acknowledged_by	uuid references app.person (id),
	dispute_by	app.day,
	containment_due	app.day,
	contained_at	timestamptz,
	plan_due	app.day,
	implementation_due app.day,
	first_due	app.day,
	paused_on	app.day,
	verifier	uuid references app.person (id),
	decider		uuid references app.person (id),
	signer		uuid references app.person (id),
	rounds		int not null default 0,
	owners		uuid[] not null default '{}',
	answer_reason	app.prose,
	withdraw_reason	app.prose,
	ended_at	timestamptz,
	next_due	app.day,
	readers		uuid[] not null default '{}',
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	created_by	uuid default app.me(),
	updated_at	timestamptz not null default now(),
	touched		bigint not null default 0,
	primary key (organisation, id),
	unique (organisation, audit, number),
	unique (organisation, reference),
	foreign key (organisation, audit) references app.audit (organisation, id),
	foreign key (organisation, audit, part) references app.part (organisation, audit, id),
	foreign key (organisation, from_check) references app.check (organisation, id),
	foreign key (organisation, addressed) references app.function (organisation, id),
	constraint finding_addresses_one_of_its_functions check (addressed = any (functions)),
	constraint finding_issued_is_graded
		check (issued_at is null or (grade is not null and issued_by is not null and issued_on is not null)),
	constraint finding_accuracy_or_reason
		check (issued_at is null or shared_at is not null or share_skipped is not null),
	constraint finding_review_by_another
		check (reviewed_by is null
		or (reviewed_by is distinct from review_of and reviewed_by is distinct from impaired_person)),
	constraint finding_impaired_person check ((impaired_at is null) = (impaired_person is null))
);
comment on table app.finding is
	'What an audit found: criteria, condition, evidence, effect and grade. A nonconformity is a finding of grade major '
	'or minor.';
comment on column app.finding.criteria is
	'The cited requirements as they read when they were cited: [{requirement, framework, edition, ref, title}].';
comment on column app.finding.review_of is
	'The trainee or technical expert whose entry waited last for a review (S12).';
comment on column app.finding.repeats is
	'Nonconformities of the three years before, on the same requirement and function.';
comment on column app.finding.first_due is 'The first due date of implementation, which no extension hides.';
comment on column app.finding.paused_on is 'Disputed since: the clocks of plan and implementation stand.';
comment on column app.finding.rounds is 'How many times its actions were found not effective.';
comment on column app.finding.owners is 'Everyone who owns or ever owned one of its actions.';
comment on column app.finding.decider is
	'An eligible auditor off the team, named to decide its dispute where nobody on the team may (S11).';
comment on column app.finding.signer is
	'An eligible auditor off the team, named to sign a lower grade or a withdrawal where nobody of the part may (S6); '
	'until it is signed.';
comment on column app.finding.next_due is 'The date of the clock that runs now; null where none does.';
comment on column app.finding.readers is 'Tokens of those who may read it; see the head of this migration.';
create index finding_from_check on app.finding (organisation, from_check) where from_check is not null;
create index finding_audit_reference on app.finding (organisation, audit, reference, id);
create index finding_audit_due on app.finding (organisation, audit, next_due, id);
create index finding_addressed_reference on app.finding (organisation, addressed, reference, id);
create index finding_addressed_due on app.finding (organisation, addressed, next_due, id);
create index finding_verifier on app.finding (organisation, verifier) where verifier is not null;
create index finding_decider on app.finding (organisation, decider) where decider is not null;
create index finding_signer on app.finding (organisation, signer) where signer is not null;
create index finding_due on app.finding (organisation, next_due, id);
create index finding_unanswered on app.finding (organisation, acknowledge_by) where state = 'issued';

-- One row for each requirement and function: where repeats are looked for.
create table app.finding_cell (
	organisation	uuid not null,
	finding		uuid not null,
	requirement	uuid not null references app.requirement (id),
	function	uuid not null,
	addressed	bool not null,
	primary key (organisation, finding, requirement, function),
	foreign key (organisation, finding) references app.finding (organisation, id),
	foreign key (organisation, function) references app.function (organisation, id)
);
comment on table app.finding_cell is 'The requirement and function cells that a finding is about; derived from it.';
create index finding_cell_requirement on app.finding_cell (organisation, requirement, function);
create index finding_cell_other on app.finding_cell (organisation, function, finding) where not addressed;

create table app.remark (
	organisation	uuid not null,
	id		uuid not null default app.uuid7(),
	finding		uuid not null,
	person		uuid not null default app.me() references app.person (id),
	text		app.prose not null,
	at_state	app.finding_state not null,
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	created_by	uuid default app.me(),
	updated_at	timestamptz not null default now(),
	readers		uuid[] not null default '{}',
	primary key (organisation, id),
	foreign key (organisation, finding) references app.finding (organisation, id)
);
comment on table app.remark is 'What was said about a finding''s accuracy, or its dispute; never changed.';
create index remark_finding on app.remark (organisation, finding, created_at, id);

create table app.dispute (
	organisation	uuid not null,
	id		uuid not null default app.uuid7(),
	finding		uuid not null,
	state		app.dispute_state not null default 'open',
	reason		app.prose not null,
	raised_by	uuid not null default app.me() references app.person (id),
	decide_by	app.day not null,
	decision	app.dispute_decision,
	decision_reason	app.prose,
	decided_by	uuid references app.person (id),
	decided_at	timestamptz,
	impaired_at	timestamptz,
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	created_by	uuid default app.me(),
	updated_at	timestamptz not null default now(),
	readers		uuid[] not null default '{}',
	primary key (organisation, id),
	constraint dispute_once unique (organisation, finding),
	foreign key (organisation, finding) references app.finding (organisation, id),
	constraint dispute_decided
		check ((state = 'decided') = (decision is not null and decided_by is not null and decision_reason is not null))
);
comment on table app.dispute is
	'A finding is disputed once, within the time set, and decided by somebody who did not raise it (S11).';

create table app.grading (
	organisation	uuid not null,
	id		uuid not null default app.uuid7(),
	finding		uuid not null,
	phase		app.grading_phase not null,
	state		app.grading_state not null,
	grade		app.grade,
	computed_grade	app.grade,
	answers		app.grade_answers,
	reason		app.prose,
	decided_by	uuid not null default app.me() references app.person (id),
	dispute		uuid,
	signature_needed bool not null default false,
	signed_by	uuid references app.person (id),
	signed_at	timestamptz,
	impaired_at	timestamptz,
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	created_by	uuid default app.me(),
	updated_at	timestamptz not null default now(),
	readers		uuid[] not null default '{}',
	primary key (organisation, id),
	foreign key (organisation, finding) references app.finding (organisation, id),
	foreign key (organisation, dispute) references app.dispute (organisation, id),
	constraint grading_signed_by_another check (signed_by <> decided_by),
	constraint grading_pending_needs_signature check (state <> 'pending' or (signature_needed and signed_by is null)),
	constraint grading_after_issue_says_why check (phase = 'draft' or reason is not null)
);
comment on table app.grading is
	'Every grade ever saved. After issue a lower grade, or a withdrawal (grade null), is pending until a second lead '
	'or auditor signs (S6).';
create index grading_finding on app.grading (organisation, finding, created_at, id);
create unique index grading_one_pending on app.grading (organisation, finding) where state = 'pending';
select app.born_locked('app.finding', 'select, insert, update');
select app.born_locked('app.finding_cell');
select app.born_locked('app.remark', 'select, insert');
select app.born_locked('app.dispute', 'select, insert, update');
select app.born_locked('app.grading', 'select, insert, update');
