-- Audits: the engagement, its parts, its team, and what makes the team fit to judge.

create type app.audit_kind as enum ('internal', 'supplier', 'gap', 'follow_up');
create type app.team_role as enum ('lead', 'auditor', 'technical_expert', 'trainee');
create type app.competence_kind as enum ('criterion', 'lead');
create type app.interest_kind as enum ('designed', 'built', 'advised', 'funds', 'manages', 'reports_to', 'offered_post', 'relation', 'financial', 'attestation', 'other');
create type app.safeguard_kind as enum ('other_auditor', 'second_auditor', 'outside_supervision', 'exclusion');

create table app.audit (
	organisation uuid not null references app.organisation (id),
	id uuid not null default app.uuid7(),
	reference text not null,
	kind app.audit_kind not null,
	title app.title not null,
	objective app.prose not null,
	scope app.prose,
	criteria app.prose,
	state text not null default 'planned' check (state in ('planned', 'prepared', 'fieldwork', 'reporting', 'released', 'closed', 'cancelled')),
	starts_on date not null,
	ends_on date not null,
	audited_from date not null,
	cooling_off_months int not null,
	window_from date not null generated always as
		(least(audited_from, (starts_on::timestamp - make_interval(months => cooling_off_months))::date)) stored,
	sites text[] not null default '{}',
	methods text[] not null default '{}' check (methods <@ array['on_site', 'remote']),
	timetable jsonb not null default '[]',
	opening_meeting jsonb,
	closing_meeting jsonb,
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
	ended_on date,
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
comment on table app.audit is 'An engagement with objective, criteria, scope in parts, audited period, dates and team (ISO 19011).';
comment on column app.audit.audited_from is 'The first day the audit looks back on.';
comment on column app.audit.window_from is 'First day of S1''s window: the earlier of audited_from and the first day less the cooling-off period.';
comment on column app.audit.ended_on is 'The day it was closed or cancelled: nobody''s last judgement in it is later.';
comment on column app.audit.touched is 'Raised first by every write below the audit, which puts those writes in a line. Neither a version nor an event.';
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
comment on table app.audit_plan_version is 'What the plan said before each change made from `prepared` on, and why it changed (S4).';

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
comment on table app.part is 'A part of an audit''s scope with its own functions and its own team: S1 to S4 are judged per part.';

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
	primary key (organisation, audit, requirement),
	foreign key (organisation, audit) references app.audit
);
comment on table app.audit_requirement is 'The audit criteria: the requirements that it audits against.';

create table app.competence (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	person uuid not null,
	kind app.competence_kind not null,
	framework uuid references app.framework (id),
	evaluated_by text not null check (char_length(evaluated_by) between 1 and 200),
	evaluator uuid,
	method app.prose not null,
	valid_from date not null,
	valid_until date not null,
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
comment on table app.competence is 'An evaluated competence of an auditor (ISO 19011 clause 7): for a criterion, or as a lead. Evaluated by someone else (S12).';
comment on column app.competence.countersigned is 'Proposed by somebody with a responsibility in scope and countersigned by management (S4).';
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
	assigned_on date not null,
	ended_on date,
	ended_at timestamptz,
	ended_by uuid,
	end_reason app.prose,
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
create unique index assignment_one_lead on app.assignment (organisation, audit) where role = 'lead' and ended_on is null;
create unique index assignment_once on app.assignment (organisation, audit, part, person) where part is not null and ended_on is null;
create index assignment_person on app.assignment (organisation, person, audit);
create index assignment_audit on app.assignment (organisation, audit, created_at);

create table app.declaration (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	assignment uuid not null,
	audit uuid not null,
	person uuid not null,
	functions uuid[] not null,
	statement text not null check (char_length(statement) between 1 and 4000),
	signed_at timestamptz not null default now(),
	lapsed_at timestamptz,
	lapse_reason text,
	confirmed_at timestamptz,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	primary key (organisation, id),
	foreign key (organisation, assignment) references app.assignment,
	foreign key (organisation, audit) references app.audit
);
comment on table app.declaration is 'An assignee''s signed declaration of independence for the functions in their scope (S7). It lapses when functions are added, a responsibility begins or an interest changes, and is signed anew.';
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
comment on table app.safeguard is 'What was arranged so that a declared interest does not decide an audit (S7), and why it suffices.';

create table app.interest (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	audit uuid not null,
	person uuid not null,
	function uuid,
	party uuid,
	kind app.interest_kind not null,
	description app.prose not null,
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
	foreign key (organisation, safeguard) references app.safeguard
);
comment on table app.interest is 'An interest of a team member other than what S1 to S3 name. It blocks reading and recording until a safeguard is recorded (S7).';
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
comment on table app.confirmation is 'The owner of a function (or who answers for it) confirms, when an audit is prepared, who operates and monitors it.';

create table app.impairment (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	audit uuid not null,
	assignment uuid not null,
	person uuid not null,
	rule text not null check (rule in ('S1', 'S2', 'S3')),
	source uuid not null,
	from_date date not null,
	explanation text not null,
	created_at timestamptz not null default now(),
	created_by uuid,
	version int not null default 1,
	updated_at timestamptz not null default now(),
	primary key (organisation, id),
	unique (organisation, assignment, source),
	foreign key (organisation, audit) references app.audit,
	foreign key (organisation, assignment) references app.assignment
);
comment on table app.impairment is 'A fact that came to light and under which a person''s work in an audit was done (S9). Their acts are marked; the report says so.';
create index impairment_audit on app.impairment (organisation, audit);

create table app.proposal (
	organisation uuid not null references app.organisation (id),
	id uuid not null default app.uuid7(),
	method text not null,
	params jsonb not null,
	audit uuid,
	person uuid,
	functions uuid[] not null default '{}',
	summary text not null,
	state text not null default 'open' check (state in ('open', 'countersigned', 'declined', 'withdrawn')),
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
comment on table app.proposal is 'What someone with a responsibility in scope may only propose (S4). It takes effect when a person of management, free of it, countersigns.';
comment on column app.proposal.no_one_free is 'Nobody in management was free of it (leadership itself is audited): two of them signed, or the only one, and the report discloses it.';
create index proposal_state on app.proposal (organisation, state, created_at desc, id desc);

-- The line in which writes below an audit stand.
create function app.lock_audit(audit uuid) returns app.audit language plpgsql security definer set search_path = '' as $$
declare a app.audit;
begin
	update app.audit set touched = app.audit.touched + 1 where app.audit.organisation = app.org() and app.audit.id = lock_audit.audit returning * into a;
	if a.id is null then perform app.refuse_not_found('audit'); end if;
	return a;
end $$;
comment on function app.lock_audit(uuid) is 'Puts the caller in line for writing below an audit; returns the audit. Call it after reading the audit as the caller.';

create function app.assignments_of(organisation uuid, person uuid) returns table (audit uuid, part uuid, role app.team_role) language plpgsql stable rows 4 security definer set search_path = '' as $$
#variable_conflict use_column
begin
	return query
	select a.audit, a.part, a.role
	from app.assignment a
	join app.declaration d on d.organisation = a.organisation and d.assignment = a.id and d.lapsed_at is null
	where a.organisation = assignments_of.organisation and a.person = assignments_of.person and a.ended_on is null
		and exists (select from app.membership m where m.organisation = a.organisation and m.person = a.person and m.role = 'auditor' and m.held @> app.today())
		and not exists (select from app.interest i where i.organisation = a.organisation and i.audit = a.audit
			and i.person = a.person and i.safeguard is null and i.withdrawn_at is null);
end
$$;
comment on function app.assignments_of(uuid, uuid) is 'Where a person is declared team: assigned, an auditor today, declared, and with no interest waiting for a safeguard (S7).';

create function app.my_assignments() returns table (audit uuid, part uuid, role app.team_role) language plpgsql stable rows 4 security definer set search_path = '' as $$
#variable_conflict use_column
begin
	return query
	select * from app.assignments_of(app.org(), app.me());
end
$$;
comment on function app.my_assignments() is 'Where the caller is declared team.';

create function app.my_parts() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(array_agg(distinct p.id), '{}') from app.my_assignments() m
	join app.part p on p.organisation = app.org() and p.audit = m.audit and (m.part is null or p.id = m.part));
end
$$;
comment on function app.my_parts() is 'Parts whose declared team the caller is on; a lead is on every part.';
create function app.my_audits() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(array_agg(distinct m.audit), '{}') from app.my_assignments() m);
end
$$;
comment on function app.my_audits() is 'Audits on whose declared team the caller is.';
create function app.my_assigned_audits() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(array_agg(distinct a.audit), '{}') from app.assignment a where a.organisation = app.org() and a.person = app.me());
end
$$;
comment on function app.my_assigned_audits() is 'Audits to which the caller is or was assigned, declared or not: they see the audit, not its papers.';
create function app.my_function_audits() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(array_agg(distinct pf.audit), '{}') from app.part_function pf
	where pf.organisation = app.org() and pf.function in (select f.function from app.function_with_parents(app.org(), app.my_functions()) f));
end
$$;
comment on function app.my_function_audits() is 'Audits that hold a function of the caller''s.';

create function app.team_role(part uuid) returns app.team_role language plpgsql stable security definer set search_path = '' as $$
begin
	return (select min(m.role) from app.my_assignments() m join app.part p on p.organisation = app.org() and p.audit = m.audit
	where p.id = team_role.part and (m.part is null or m.part = p.id));
end
$$;
comment on function app.team_role(uuid) is 'The caller''s role on the declared team of a part (lead before auditor before the others), or null.';

create function app.team(organisation uuid, part uuid, person uuid) returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
	return (select exists (
		select from app.part p
		join app.assignment a on a.organisation = p.organisation and a.audit = p.audit and (a.part is null or a.part = p.id)
		join app.declaration d on d.organisation = a.organisation and d.assignment = a.id and d.lapsed_at is null
		where p.organisation = team.organisation and p.id = team.part and a.person = team.person and a.ended_on is null and a.role in ('lead', 'auditor')
			and exists (select from app.membership m where m.organisation = a.organisation and m.person = a.person and m.role = 'auditor' and m.held @> app.today())
			and not exists (select from app.interest i where i.organisation = a.organisation and i.audit = a.audit
				and i.person = a.person and i.safeguard is null and i.withdrawn_at is null)));
end
$$;
comment on function app.team(uuid, uuid, uuid) is 'Is a person a declared lead or auditor of a part?';

create function app.reads_audits() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
	return (select app.my_roles() && array['administrator', 'programme_manager', 'management']);
end
$$;

do $$
declare t text;
begin
	foreach t in array array['audit', 'audit_plan_version', 'part', 'part_function', 'audit_requirement', 'competence', 'assignment', 'declaration',
			'safeguard', 'interest', 'confirmation', 'impairment', 'proposal'] loop
		execute format('alter table app.%I enable row level security', t);
		execute format('alter table app.%I force row level security', t);
		execute format('create policy owner on app.%I to ninetwo_owner using (true) with check (true)', t);
		execute format('create policy insert on app.%I for insert to ninetwo_api with check (organisation = (select app.org()))', t);
		execute format('create policy change on app.%I for update to ninetwo_api using (organisation = (select app.org())) with check (organisation = (select app.org()))', t);
		execute format('grant select, insert, update on app.%I to ninetwo_api', t);
		if t not in ('audit_plan_version', 'part_function', 'audit_requirement') then
			execute format('create trigger stamp before update on app.%I for each row execute function app.stamp()', t);
			execute format('create trigger changed after insert or update on app.%I for each row execute function app.changed(%s)', t, t);
		end if;
	end loop;
	-- An audit, its parts and its plan: who manages or plans, who is assigned, who is responsible for a function in it.
	foreach t in array array['part', 'part_function', 'audit_requirement', 'audit_plan_version', 'confirmation'] loop
		execute format($p$create policy read on app.%I for select to ninetwo_api using (organisation = (select app.org())
			and case when (select app.reads_audits()) then true
				when audit = any ((select app.my_assigned_audits())::uuid[]) then true
				else audit = any ((select app.my_function_audits())::uuid[]) end)$p$, t);
	end loop;
	-- Who is on a team, and on what grounds: also those who are audited by it.
	foreach t in array array['assignment'] loop
		execute format($p$create policy read on app.%I for select to ninetwo_api using (organisation = (select app.org())
			and case when (select app.reads_audits()) then true when person = (select app.me()) then true
				when audit = any ((select app.my_assigned_audits())::uuid[]) then true
				else audit = any ((select app.my_function_audits())::uuid[]) end)$p$, t);
	end loop;
	-- Declarations, interests, safeguards, impairments: the person, the declared team, and who assigns and countersigns.
	foreach t in array array['declaration', 'safeguard', 'interest', 'impairment'] loop
		execute format($p$create policy read on app.%I for select to ninetwo_api using (organisation = (select app.org())
			and case when (select app.reads_audits()) then true when person = (select app.me()) then true
				else audit = any ((select app.my_audits())::uuid[]) end)$p$, t);
	end loop;
end $$;
grant delete on app.part_function, app.audit_requirement to ninetwo_api;
create policy remove on app.part_function for delete to ninetwo_api using (organisation = (select app.org()));
create policy remove on app.audit_requirement for delete to ninetwo_api using (organisation = (select app.org()));
create policy read on app.audit for select to ninetwo_api using (organisation = (select app.org())
	and case when (select app.reads_audits()) then true
		when id = any ((select app.my_assigned_audits())::uuid[]) then true
		else id = any ((select app.my_function_audits())::uuid[]) end);
create policy read on app.competence for select to ninetwo_api using (organisation = (select app.org())
	and case when (select app.reads_audits()) then true else person = (select app.me()) end);
create policy read on app.proposal for select to ninetwo_api using (organisation = (select app.org())
	and case when (select app.reads_audits()) then true else created_by = (select app.me()) end);
