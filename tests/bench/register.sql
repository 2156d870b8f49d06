-- A register to measure in: psql -v findings=100000 -f register.sql, as the superuser; again with more, and it grows. A
-- hundred findings to an audit, and everybody leads one audit, so that what one caller reaches stays the same however
-- long the register is. The first 64 audits are in fieldwork and their leads are signed in (bench.lead). Written
-- without triggers: nothing here is judged, it is only there.
\set ON_ERROR_STOP on
set session_replication_role = replica;
set client_min_messages = warning;
create schema if not exists bench;
create table if not exists bench.lead (i int primary key, person uuid, audit uuid, part uuid, secret bytea);

create or replace function bench.uuid(kind text, i int) returns uuid language sql immutable
return overlay(overlay(md5('bench ' || kind || ' ' || i)::text placing '7' from 13) placing '8' from 17)::uuid;

select bench.uuid('organisation', 0) as org, :findings / 100 as audits \gset

insert into app.organisation (id, name) values (:'org', 'Bench') on conflict do nothing;
insert into app.function (organisation, id, reference, name)
select :'org', bench.uuid('function', i), 'F' || i, 'Function ' || i
	from generate_series(0, 199) i on conflict do nothing;

insert into app.person (id, name, email)
select bench.uuid('person', i), 'Auditor ' || i, 'auditor' || i || '@bench.example'
	from generate_series(0, :audits - 1) i on conflict do nothing;
insert into app.enrolment (organisation, person, name, email)
select :'org', bench.uuid('person', i), 'Auditor ' || i, 'auditor' || i || '@bench.example'
	from generate_series(0, :audits - 1) i on conflict do nothing;
insert into app.membership (organisation, id, person, role, from_date)
select :'org', bench.uuid('membership', i), bench.uuid('person', i), 'auditor', current_date - 400
	from generate_series(0, :audits - 1) i on conflict do nothing;

insert into app.audit (organisation, id, reference, kind, title, objective, state, starts_on, ends_on, audited_from,
	cooling_off_months)
select :'org', bench.uuid('audit', i), 'IA-B-' || i, 'internal', 'Audit ' || i, 'To be measured.',
	case when i < 64 then 'fieldwork' else 'closed' end,
	current_date - 10, current_date + 10, current_date - 375, 12
from generate_series(0, :audits - 1) i on conflict do nothing;
insert into app.part (organisation, id, audit, ordinal, title)
select :'org', bench.uuid('part', i), bench.uuid('audit', i), 1,
	'Part' from generate_series(0, :audits - 1) i on conflict do nothing;
insert into app.part_function (organisation, part, function, audit)
select :'org', bench.uuid('part', i), bench.uuid('function', (i + k) % 200), bench.uuid('audit', i)
from generate_series(0, :audits - 1) i, generate_series(0, 2) k on conflict do nothing;

create table if not exists bench.requirement as
select id, row_number() over (order by ordinal, id) - 1 as k from app.requirement order by ordinal, id limit 10;
insert into app.audit_requirement (organisation, audit, requirement)
select :'org', bench.uuid('audit', i), r.id from generate_series(0, :audits - 1) i,
	bench.requirement r on conflict do nothing;
insert into app.assignment (organisation, id, audit, person, role, assigned_by, assigned_on)
select :'org', bench.uuid('assignment', i), bench.uuid('audit', i), bench.uuid('person', i), 'lead',
	bench.uuid('person', i), current_date - 20
from generate_series(0, :audits - 1) i on conflict do nothing;
insert into app.declaration (organisation, id, assignment, audit, person, functions, statement)
select :'org', bench.uuid('declaration', i), bench.uuid('assignment', i), bench.uuid('audit', i),
	bench.uuid('person', i),
	array(select bench.uuid('function', (i + k) % 200) from generate_series(0, 2) k), 'Independent.'
from generate_series(0, :audits - 1) i on conflict do nothing;

-- Every fifth is still a draft.
insert into app.finding (organisation, id, audit, part, number, reference, title, requirements, criteria, functions,
	addressed, condition, state,
	grade, raised_by, share_skipped, issued_at, issued_on, issued_by, readers)
select :'org', bench.uuid('finding', a * 100 + n), bench.uuid('audit', a), bench.uuid('part', a), n + 1,
	format('IA-B-%s-F-%s', a, lpad((n + 1)::text, 2, '0')),
	'Finding ' || n, array[r.id], app.cited(array[r.id]), array[f], f,
		'What was found, in a sentence or two as people write them.',
	(case when n % 5 = 0 then 'draft' else 'closed' end)::app.finding_state,
		(case when n % 5 > 0 then 'minor' end)::app.grade, bench.uuid('person', a),
	case when n % 5 > 0 then 'Agreed on the spot.' end, case when n % 5 > 0 then now() end,
		case when n % 5 > 0 then current_date end,
	case when n % 5 > 0 then bench.uuid('person', a) end,
	array[bench.uuid('part', a)] || case when n % 5 > 0
		then array[f, bench.uuid('audit', a), app.role_token(:'org', 'administrator'),
			app.role_token(:'org', 'management'), app.role_token(:'org', 'programme_manager')] else '{}' end
from generate_series(0, :audits - 1) a, generate_series(0, 99) n,
	lateral (select id from bench.requirement where k = n % 10) r,
	lateral (select bench.uuid('function', (a + n % 3) % 200) as f) f
on conflict do nothing;
insert into app.finding_cell (organisation, finding, requirement, function, addressed)
select f.organisation, f.id, f.requirements[1], f.functions[1], true from app.finding f
	where f.organisation = :'org' on conflict do nothing;

insert into bench.lead (i, person, audit, part, secret)
select i, bench.uuid('person', i), bench.uuid('audit', i), bench.uuid('part', i),
	sha256(convert_to('bench secret ' || i, 'UTF8'))
from generate_series(0, 63) i on conflict do nothing;
insert into auth.session (kind, person, digest, idle_until, expires_at)
select 'session', person, sha256(secret), now() + interval '12 hours', now() + interval '12 hours'
	from bench.lead on conflict do nothing;

set session_replication_role = origin;
select ledger.sync(:'org', variadic array(select person from bench.lead));
vacuum analyze;
