-- Audits: the engagement, its parts, its team, and what makes the team fit to judge.

create type app.audit_kind as enum ('internal', 'supplier', 'gap', 'follow_up');
create type app.team_role as enum ('lead', 'auditor', 'technical_expert', 'trainee');
create type app.competence_kind as enum ('criterion', 'lead');
create type app.interest_kind as enum ('designed', 'built', 'advised', 'funds', 'manages', 'reports_to', 'offered_post',
	'relation', 'financial', 'attestation', 'other');
create type app.safeguard_kind as enum ('other_auditor', 'second_auditor', 'outside_supervision', 'exclusion');
create domain app.timetable as jsonb;
comment on domain app.timetable is '{
	"type": "array", "maxItems": 200,
	"items": {
		"type": "object", "required": ["at", "what"], "additionalProperties": false,
		"properties": {"at": "title", "what": "title", "who": "title"}}}';
create domain app.meeting as jsonb;
comment on domain app.meeting is '{
	"type": "object", "required": ["on"], "additionalProperties": false,
	"properties": {"on": "day", "present": {"type": "array", "maxItems": 200, "items": "title"}, "notes": "prose"}}';
create domain app.audit_method as text check (value in ('on_site', 'remote'));
create domain app.audit_state as text
	check (value in ('planned', 'prepared', 'fieldwork', 'reporting', 'released', 'closed', 'cancelled'));
create domain app.proposal_state as text check (value in ('open', 'countersigned', 'declined', 'withdrawn'));
create domain app.impairment_rule as text check (value in ('S1', 'S2', 'S3'));

create table app.audit (
	organisation uuid not null references app.organisation (id),
	id uuid not null default app.uuid7(),
	reference text not null,
	kind app.audit_kind not null,
	title app.title not null,
	objective app.prose not null,
	scope app.prose,
	criteria app.prose,
	state app.audit_state not null default 'planned',
	starts_on app.day not null,
	ends_on app.day not null,
	audited_from app.day not null,
	cooling_off_months int not null,
	window_from date not null generated always as
		(least(audited_from, (starts_on::timestamp - make_interval(months => cooling_off_months))::date)) stored,
	sites app.title[] not null default '{}',
	methods app.audit_method[] not null default '{}',
	timetable app.timetable not null default '[]',
	opening_meeting app.meeting,
	closing_meeting app.meeting,
	obstacles app.prose,
	conclusion app.prose,
	recipient uuid,
	plan_sent_at timestamptz,
	prepared_at timestamptz,
	fieldwork_at timestamptz,
	reporting_at timestamptz,
	released_at timestamptz,
	closed_at timestamptz,
	cancelled_at timestamptz,
	ended_on app.day,
	cancel_reason app.prose,
	revision_due boolean not null default false,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	touched bigint not null default 0,
	primary key (organisation, id),
	unique (organisation, reference),
	foreign key (organisation, recipient) references app.enrolment (organisation, person),
	check (ends_on >= starts_on),
	check (audited_from <= starts_on)
);
comment on table app.audit is
	'An engagement with objective, criteria, scope in parts, audited period, dates and team (ISO 19011).';
comment on column app.audit.audited_from is 'The first day the audit looks back on.';
comment on column app.audit.window_from is
	'First day of S1''s window: the earlier of audited_from and the first day less the cooling-off period.';
comment on column app.audit.ended_on is 'The day it was closed or cancelled: nobody''s last judgement in it is later.';
comment on column app.audit.touched is
	'Raised first by every write below the audit, which puts those writes in a line. Neither a version nor an event.';
create index audit_starts on app.audit (organisation, starts_on desc, id desc);
create index audit_state on app.audit (organisation, state, starts_on desc, id desc);

create table app.audit_plan_version (
	organisation uuid not null,
	audit uuid not null,
	audit_version int not null,
	reason app.prose not null,
	plan jsonb not null,
	created_at timestamptz not null default now(),
	created_by uuid,
	primary key (organisation, audit, audit_version),
	foreign key (organisation, audit) references app.audit
);
comment on table app.audit_plan_version is
	'What the plan said before each change made from `prepared` on, and why it changed (S4).';

create table app.part (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	audit uuid not null,
	ordinal int not null,
	title app.title not null,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	primary key (organisation, id),
	foreign key (organisation, audit) references app.audit,
	unique (organisation, audit, ordinal),
	unique (organisation, audit, id)
);
comment on table app.part is
	'A part of an audit''s scope with its own functions and its own team: S1 to S4 are judged per part.';

create table app.part_function (
	organisation uuid not null,
	part uuid not null,
	function uuid not null,
	audit uuid not null,
	primary key (organisation, part, function),
	foreign key (organisation, audit, part) references app.part (organisation, audit, id),
	foreign key (organisation, function) references app.function
);
create index part_function_audit on app.part_function (organisation, audit);
create index part_function_function on app.part_function (organisation, function);

create table app.audit_requirement (
	organisation uuid not null,
	audit uuid not null,
	requirement uuid not null references app.requirement (id),
	not_covered app.prose,
	primary key (organisation, audit, requirement),
	foreign key (organisation, audit) references app.audit
);
comment on table app.audit_requirement is 'The audit criteria: the requirements that it audits against.';
comment on column app.audit_requirement.not_covered is
	'Why it was left without a check; said by the lead when fieldwork ended. The report says so (ISO 19011, 6.5.1).';

create table app.competence (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	person uuid not null,
	kind app.competence_kind not null,
	framework uuid references app.framework (id),
	evaluated_by app.title not null,
	evaluator uuid,
	method app.prose not null,
	valid_from app.day not null,
	valid_until app.day not null,
	countersigned boolean not null default false,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	primary key (organisation, id),
	foreign key (organisation, person) references app.enrolment,
	check ((kind = 'criterion') = (framework is not null)),
	check (valid_until >= valid_from),
	constraint competence_by_someone_else check (evaluator is distinct from person)
);
comment on table app.competence is
	'An evaluated competence of an auditor (ISO 19011 clause 7): for a criterion, or as a lead. Evaluated by someone '
	'else (S12).';
comment on column app.competence.countersigned is
	'Proposed by somebody with a responsibility in scope and countersigned by management (S4).';
create index competence_person on app.competence (organisation, person, valid_until);

create table app.assignment (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	audit uuid not null,
	part uuid,
	person uuid not null,
	role app.team_role not null,
	assigned_by uuid not null,
	countersigned_by uuid,
	assigned_on app.day not null,
	first_act_on app.day,
	ended_on app.day,
	ended_at timestamptz,
	ended_by uuid,
	end_reason app.prose,
	ended_because jsonb,
	impaired_at timestamptz,
	gave_way boolean not null default false,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	primary key (organisation, id),
	foreign key (organisation, audit) references app.audit,
	foreign key (organisation, audit, part) references app.part (organisation, audit, id),
	foreign key (organisation, person) references app.enrolment,
	check ((role = 'lead') = (part is null))
);
comment on table app.assignment is 'A person on the team: of a part, or, as lead, of every part of the audit.';
comment on column app.assignment.first_act_on is
	'The day on which they first declared: their window begins on it where that is earlier than the plan''s.';
comment on column app.assignment.ended_because is
	'Why a record ended it, as a sentence; end_reason is what somebody wrote who ended it.';
create unique index assignment_one_lead on app.assignment (organisation, audit) where role = 'lead'
	and ended_on is null;
create unique index assignment_once on app.assignment (organisation, audit, part, person) where part is not null
	and ended_on is null;
create index assignment_person on app.assignment (organisation, person, audit);
create index assignment_audit on app.assignment (organisation, audit, created_at);

create table app.declaration (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	assignment uuid not null,
	audit uuid not null,
	person uuid not null,
	functions uuid[] not null,
	statement app.prose not null,
	signed_at timestamptz not null default now(),
	lapsed_at timestamptz,
	lapse_reason jsonb,
	confirmed_at timestamptz,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	primary key (organisation, id),
	foreign key (organisation, assignment) references app.assignment,
	foreign key (organisation, audit) references app.audit
);
comment on table app.declaration is
	'An assignee''s signed declaration of independence for the functions in their scope (S7). It lapses when functions '
	'are added, a responsibility begins or an interest changes, and is signed anew.';
create unique index declaration_current on app.declaration (organisation, assignment) where lapsed_at is null;
create index declaration_audit on app.declaration (organisation, audit, signed_at);

create table app.safeguard (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	audit uuid not null,
	person uuid not null,
	kind app.safeguard_kind not null,
	reason app.prose not null,
	countersigned_by uuid,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid not null,
	updated_at timestamptz not null default now(),
	primary key (organisation, id),
	foreign key (organisation, audit) references app.audit
);
comment on table app.safeguard is
	'What was arranged so that a declared interest does not decide an audit (S7), and why it suffices.';

create table app.interest (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	audit uuid not null,
	person uuid not null,
	function uuid,
	party uuid,
	kind app.interest_kind not null,
	description app.prose,
	described jsonb,
	derived boolean not null default false,
	safeguard uuid,
	withdrawn_at timestamptz,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	primary key (organisation, id),
	foreign key (organisation, audit) references app.audit,
	foreign key (organisation, function) references app.function,
	foreign key (organisation, party) references app.party,
	foreign key (organisation, safeguard) references app.safeguard,
	constraint interest_in_words check ((description is null) = (described is not null))
);
comment on table app.interest is
	'An interest of a team member other than what S1 to S3 name. It blocks reading and recording until a safeguard is '
	'recorded (S7).';
comment on column app.interest.described is
	'What it is, as a sentence: of one taken from the records, which nobody describes.';
create index interest_audit on app.interest (organisation, audit, person);

create table app.confirmation (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	audit uuid not null,
	function uuid not null,
	person uuid not null,
	note app.prose,
	created_at timestamptz not null default now(),
	created_by uuid,
	version int not null default 1,
	updated_at timestamptz not null default now(),
	primary key (organisation, id),
	unique (organisation, audit, function),
	foreign key (organisation, audit) references app.audit,
	foreign key (organisation, function) references app.function
);
comment on table app.confirmation is
	'The owner of a function (or who answers for it) confirms, when an audit is prepared, who operates and monitors '
	'it.';

create table app.impairment (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	audit uuid not null,
	assignment uuid not null,
	person uuid not null,
	rule app.impairment_rule not null,
	source uuid not null,
	from_date app.day not null,
	explanation jsonb not null,
	created_at timestamptz not null default now(),
	created_by uuid,
	version int not null default 1,
	updated_at timestamptz not null default now(),
	primary key (organisation, id),
	unique (organisation, assignment, source),
	foreign key (organisation, audit) references app.audit,
	foreign key (organisation, assignment) references app.assignment
);
comment on table app.impairment is
	'A fact that came to light and under which a person''s work in an audit was done (S9). Their acts are marked; the '
	'report says so.';
create index impairment_audit on app.impairment (organisation, audit);

create table app.proposal (
	organisation uuid not null references app.organisation (id),
	id uuid not null default app.uuid7(),
	method text not null,
	params jsonb not null,
	audit uuid,
	person uuid,
	functions uuid[] not null default '{}',
	was jsonb not null default '{}',
	summary jsonb not null,
	state app.proposal_state not null default 'open',
	first_signed_by uuid,
	no_one_free boolean not null default false,
	decided_by uuid,
	decided_at timestamptz,
	decided_reason app.prose,
	outcome uuid,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid not null,
	updated_at timestamptz not null default now(),
	primary key (organisation, id)
);
comment on table app.proposal is
	'What someone with a responsibility in scope may only propose (S4). It takes effect when a person of management, '
	'free of it, countersigns.';
comment on column app.proposal.was is
	'Of a change, the fields that it names as they were: it is stale once one of them is another.';
comment on column app.proposal.no_one_free is
	'Nobody in management was free of it (leadership itself is audited): two of them signed, or the only one, and the '
	'report discloses it.';
create index proposal_state on app.proposal (organisation, state, created_at desc, id desc);
select app.born_locked('app.audit', 'select, insert, update');
select app.born_locked('app.audit_plan_version', 'select, insert, update');
select app.born_locked('app.part', 'select, insert, update');
select app.born_locked('app.part_function', 'select, insert, update');
select app.born_locked('app.audit_requirement', 'select, insert, update');
select app.born_locked('app.competence', 'select, insert, update');
select app.born_locked('app.assignment', 'select, insert, update');
select app.born_locked('app.declaration', 'select, insert, update');
select app.born_locked('app.safeguard', 'select, insert, update');
select app.born_locked('app.interest', 'select, insert, update');
select app.born_locked('app.confirmation', 'select, insert, update');
select app.born_locked('app.impairment', 'select, insert, update');
select app.born_locked('app.proposal', 'select, insert, update');
grant delete on app.part_function, app.audit_requirement to ninetwo_api;
