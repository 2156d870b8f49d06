-- What follows an issued finding: the auditee's response, the corrective actions, extensions of their dates, and the
-- verification.
-- Whoever reads the finding reads these; whoever wrote one goes on reading it.

create type app.cause_method as enum ('five_whys', 'cause_categories', 'fault_tree', 'barrier_analysis', 'other');
create type app.action_state as enum ('planned', 'open', 'done', 'returned', 'dropped');
create type app.verification_result as enum ('effective', 'not_effective');
create domain app.causes as jsonb;
comment on domain app.causes is '{
	"type": "array", "maxItems": 50,
	"items": {
		"type": "object", "required": ["text"], "additionalProperties": false,
		"properties": {"question": "prose", "category": "title", "text": "prose"}}}';
create domain app.response_state as text check (value in ('draft', 'submitted', 'accepted', 'returned'));
create domain app.progress_kind as text check (value in ('progress', 'done', 'returned', 'handed_over'));
create domain app.extension_state as text check (value in ('asked', 'granted', 'declined'));

create table app.response (
	organisation	uuid not null references app.organisation (id),
	id		uuid not null default app.uuid7(),
	finding		uuid not null,
	round		int not null check (round > 0),
	state		app.response_state not null default 'draft',
	containment	app.prose,
	contained_on	app.day,
	no_containment	app.prose,
	correction	app.prose,
	corrected_on	app.day,
	consequences	app.prose,
	cause_method	app.cause_method,
	root_cause	app.prose,
	causes		app.causes,
	extent		app.prose,
	correction_only	app.prose,
	changes		app.prose,
	on_behalf_of	uuid,
	original	uuid,
	written_by	uuid not null default app.me() references app.person (id),
	submitted_by	uuid references app.person (id),
	submitted_at	timestamptz,
	decided_by	uuid references app.person (id),
	decided_at	timestamptz,
	reason		app.prose,
	impaired_at	timestamptz,
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	created_by	uuid default app.me(),
	updated_at	timestamptz not null default now(),
	readers		uuid[] not null default '{}',
	primary key (organisation, id),
	constraint response_round unique (organisation, finding, round),
	foreign key (organisation, finding) references app.finding (organisation, id),
	foreign key (organisation, on_behalf_of) references app.party (organisation, id),
	foreign key (organisation, original) references app.evidence (organisation, id),
	constraint response_on_behalf_has_original check (on_behalf_of is null or original is not null),
	constraint response_submitted check ((state = 'draft') or (submitted_by is not null and submitted_at is not null)),
	constraint response_decided check ((state in ('accepted', 'returned')) = (decided_by is not null)),
	constraint response_returned_says_why check (state <> 'returned' or reason is not null),
	constraint response_decided_by_another check (decided_by <> submitted_by and decided_by <> written_by)
);
create index response_finding on app.response (organisation, finding, round, id);
comment on table app.response is
	'What the auditee says to a finding: containment, correction, consequences, root cause, extent; with its actions '
	'it is the plan. One a round.';
comment on column app.response.no_containment is 'Why containment is not applicable.';
comment on column app.response.correction_only is
	'Why a minor needs correction only, without a root cause and actions.';
comment on column app.response.causes is 'The chain or the categories: [{"question"?, "category"?, "text"}].';
comment on column app.response.changes is
	'Whether ISMS, risk assessment or statement of applicability must change, and how.';
comment on column app.response.on_behalf_of is
	'The supplier that never signs in, for which the internal owner recorded it; its original is attached.';

create table app.action (
	organisation	uuid not null references app.organisation (id),
	id		uuid not null default app.uuid7(),
	finding		uuid not null,
	audit		uuid not null,
	addressed	uuid not null,
	number		int not null check (number > 0),
	reference	text not null,
	round		int not null check (round > 0),
	what		app.prose not null,
	owner		uuid not null,
	due		app.day not null,
	first_due	app.day not null,
	extensions	int not null default 0,
	criterion	app.prose not null,
	judge_from	app.day not null,
	state		app.action_state not null default 'planned',
	percent		app.percentage not null default 0,
	progress	app.prose,
	proof		app.prose,
	done_by		uuid references app.person (id),
	done_at		timestamptz,
	returned_by	uuid references app.person (id),
	return_reason	app.prose,
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	created_by	uuid default app.me(),
	updated_at	timestamptz not null default now(),
	readers		uuid[] not null default '{}',
	primary key (organisation, id),
	unique (organisation, finding, number),
	unique (organisation, reference),
	foreign key (organisation, finding) references app.finding (organisation, id),
	foreign key (organisation, owner) references app.enrolment (organisation, person),
	constraint action_done_has_proof
		check (state <> 'done' or (proof is not null and done_by is not null and done_at is not null)),
	constraint action_returned_says_why check (state <> 'returned' or return_reason is not null)
);
comment on table app.action is
	'A corrective action: what, who owns it, when it is due, how and from when its effectiveness is judged, and its '
	'proof.';
comment on column app.action.addressed is 'The function that answers the finding.';
comment on column app.action.first_due is 'The due date as first planned; no extension hides it.';
create index action_due on app.action (organisation, due, id);
create index action_owner_due on app.action (organisation, owner, due, id);
create index action_owner_reference on app.action (organisation, owner, reference, id);
create index action_audit_due on app.action (organisation, audit, due, id);
create index action_audit_reference on app.action (organisation, audit, reference, id);
create index action_addressed_due on app.action (organisation, addressed, due, id);
create index action_addressed_reference on app.action (organisation, addressed, reference, id);

create table app.progress (
	organisation	uuid not null,
	id		uuid not null default app.uuid7(),
	action		uuid not null,
	finding		uuid not null,
	person		uuid not null default app.me() references app.person (id),
	kind		app.progress_kind not null,
	percent		app.percentage,
	text		app.prose not null,
	created_at	timestamptz not null default now(),
	readers		uuid[] not null default '{}',
	primary key (organisation, id),
	foreign key (organisation, action) references app.action (organisation, id),
	foreign key (organisation, finding) references app.finding (organisation, id)
);
comment on table app.progress is 'The history of an action: what was said about it, by whom; never changed.';
create index progress_action on app.progress (organisation, action, created_at, id);

create table app.extension (
	organisation	uuid not null,
	id		uuid not null default app.uuid7(),
	finding		uuid not null,
	action		uuid not null,
	state		app.extension_state not null default 'asked',
	due_before	app.day not null,
	until		app.day not null,
	reason		app.prose not null,
	asked_by	uuid not null default app.me() references app.person (id),
	decided_by	uuid references app.person (id),
	decided_at	timestamptz,
	decision_reason	app.prose,
	impaired_at	timestamptz,
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	created_by	uuid default app.me(),
	updated_at	timestamptz not null default now(),
	readers		uuid[] not null default '{}',
	primary key (organisation, id),
	foreign key (organisation, finding) references app.finding (organisation, id),
	foreign key (organisation, action) references app.action (organisation, id),
	constraint extension_is_later check (until > due_before),
	constraint extension_decided check ((state = 'asked') = (decided_by is null)),
	constraint extension_decided_by_another check (decided_by <> asked_by)
);
comment on table app.extension is 'A later due date asked for an action, and decided by somebody S5 allows.';
create unique index extension_one_open on app.extension (organisation, action) where state = 'asked';
create index extension_finding on app.extension (organisation, finding, created_at, id);

create table app.verification (
	organisation	uuid not null,
	id		uuid not null default app.uuid7(),
	finding		uuid not null,
	round		int not null check (round > 0),
	result		app.verification_result not null,
	judgement	app.prose not null,
	verified_by	uuid not null default app.me() references app.person (id),
	impaired_at	timestamptz,
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	created_by	uuid default app.me(),
	updated_at	timestamptz not null default now(),
	readers		uuid[] not null default '{}',
	primary key (organisation, id),
	foreign key (organisation, finding) references app.finding (organisation, id)
);
comment on table app.verification is
	'Whether the actions were effective, judged against their criteria by somebody S5 allows.';
create index verification_finding on app.verification (organisation, finding, created_at, id);
create index verification_by on app.verification (organisation, verified_by);
select app.born_locked('app.response', 'select, insert, update');
select app.born_locked('app.action', 'select, insert, update');
select app.born_locked('app.progress', 'select, insert');
select app.born_locked('app.extension', 'select, insert, update');
select app.born_locked('app.verification', 'select, insert');
