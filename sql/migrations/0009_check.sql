-- Working papers: the checks of an audit part, and what the auditors ask the auditees for (evidence requests).
-- A check is read and written by the declared team of its part alone; a request also by whoever is responsible for its
-- function.

create type app.check_method as enum ('interview', 'observation', 'document', 'sample');
create type app.check_result as enum ('conform', 'nonconform', 'observation', 'not_assessed');
create type app.request_state as enum ('requested', 'submitted', 'returned', 'accepted', 'not_applicable');

create table app.check (
	organisation	uuid not null references app.organisation (id),
	id		uuid not null default app.uuid7(),
	audit		uuid not null,
	part		uuid not null,
	function	uuid not null,
	requirement	uuid not null references app.requirement (id),
	number		int not null check (number > 0),
	reference	text not null,
	ref		text not null,
	requirement_title text not null,
	question	app.prose not null,
	method		app.check_method not null,
	population	app.prose,
	sample_size	app.amount,
	sample		app.prose,
	chosen_by	app.prose,
	result		app.check_result,
	reason		app.prose,
	notes		app.prose,
	prepared_by	uuid not null references app.person (id),
	recorded_by	uuid references app.person (id),
	recorded_at	timestamptz,
	review_needed	bool not null default false,
	reviewed_by	uuid references app.person (id),
	reviewed_at	timestamptz,
	review_note	app.prose,
	impaired_at	timestamptz,
	impaired_person	uuid references app.person (id),
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	created_by	uuid default app.me(),
	updated_at	timestamptz not null default now(),
	primary key (organisation, id),
	unique (organisation, audit, number),
	unique (organisation, reference),
	foreign key (organisation, audit) references app.audit (organisation, id),
	foreign key (organisation, part) references app.part (organisation, id),
	foreign key (organisation, function) references app.function (organisation, id),
	constraint check_result_by
		check ((result is null) = (recorded_by is null) and (result is null) = (recorded_at is null)),
	constraint check_not_assessed_says_why check (result is distinct from 'not_assessed' or reason is not null),
	constraint check_reviewed_by_another
		check (reviewed_by <> recorded_by or coalesce(impaired_person <> recorded_by, false)),
	constraint check_impaired_person check ((impaired_at is null) = (impaired_person is null))
);
comment on table app.check is
	'One line of an audit''s working papers: requirement x function, what to ask and how, and what came of it.';
comment on column app.check.chosen_by is 'How the sample was chosen.';
comment on column app.check.review_needed is
	'Recorded by a trainee or a technical expert: counts once an auditor of the team has reviewed it (S12).';
comment on column app.check.impaired_at is
	'When it became known that it was recorded under a conflict (S9); it counts again once another auditor has '
	'reviewed or redone it.';
comment on column app.check.impaired_person is 'Who recorded it under the conflict.';
create index check_part_number on app.check (organisation, part, number, id);
create index check_part_updated on app.check (organisation, part, updated_at, id);
create index check_audit on app.check (organisation, audit, id);
create index check_recorded_by on app.check (organisation, recorded_by, audit) where recorded_by is not null;
select app.born_locked('app.check', 'select, insert, update');

create table app.evidence_request (
	organisation	uuid not null references app.organisation (id),
	id		uuid not null default app.uuid7(),
	audit		uuid not null,
	part		uuid not null,
	function	uuid not null,
	from_check	uuid,
	number		int not null check (number > 0),
	reference	text not null,
	asked		app.prose not null,
	due		app.day,
	state		app.request_state not null default 'requested',
	raised_by	uuid not null references app.person (id),
	answer		app.prose,
	submitted_by	uuid references app.person (id),
	submitted_at	timestamptz,
	reason		app.prose,
	decided_by	uuid references app.person (id),
	decided_at	timestamptz,
	impaired_at	timestamptz,
	impaired_person	uuid references app.person (id),
	reviewed_by	uuid references app.person (id),
	reviewed_at	timestamptz,
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	created_by	uuid default app.me(),
	updated_at	timestamptz not null default now(),
	primary key (organisation, id),
	unique (organisation, audit, number),
	unique (organisation, reference),
	foreign key (organisation, audit) references app.audit (organisation, id),
	foreign key (organisation, part) references app.part (organisation, id),
	foreign key (organisation, function) references app.function (organisation, id),
	foreign key (organisation, from_check) references app.check (organisation, id),
	constraint request_decided
		check ((state in ('returned', 'accepted', 'not_applicable')) <= (decided_by is not null)),
	constraint request_says_why check (state not in ('returned', 'not_applicable') or reason is not null),
	constraint request_not_by_supplier check (state <> 'accepted' or decided_by <> submitted_by)
);
comment on table app.evidence_request is
	'An evidence request: an auditor asks, whoever is responsible for the function supplies.';
create index request_part_number on app.evidence_request (organisation, part, number, id);
create index request_part_due on app.evidence_request (organisation, part, due, id);
create index request_function_number on app.evidence_request (organisation, function, number, id);
create index request_function_due on app.evidence_request (organisation, function, due, id);
create index request_audit on app.evidence_request (organisation, audit, id);
select app.born_locked('app.evidence_request', 'select, insert, update');
