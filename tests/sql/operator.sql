-- The operator of the machine: an organisation's first two people, a code for a person, shutting one out, the daily
-- sweep.
\set ON_ERROR_STOP on
begin;
select no_plan();

create function pg_temp.operator(call text) returns jsonb language plpgsql as $$
declare
	reply jsonb; state text; sentence text; data text;
begin
	perform set_config('role', 'ninetwo_operator', true);
	execute 'select to_jsonb(' || call || ')' into reply;
	perform set_config('role', 'none', true);
	return reply;
exception when others then
	get stacked diagnostics state = returned_sqlstate, sentence = message_text, data = pg_exception_detail;
	return jsonb_build_object('refused', state, 'message', sentence, 'data',
		case when state like 'N2%' then data::jsonb end);
end
$$;

-- init
select is(
	pg_temp.operator(
	'operator.init(''Pay'', ''Ann'', ''ann@example.org'', sha256(''c1''), ''Ann'', ''ANN@example.org'', '
	'sha256(''c2''))') #>> '{data,rule}', 'roles',
	'the first administrator and the first person of management are two people');
select is((select count(*) from app.organisation where name = 'Pay'), 0::bigint, 'a refusal made nothing');
select pg_temp.operator(
	'operator.init(''Pay'', ''Ann'', ''ann@example.org'', sha256(''c1''), ''Max'', ''max@example.org'', '
	'sha256(''c2''))') as made \gset
select :'made'::jsonb ->> 'organisation' as org, :'made'::jsonb ->> 'administrator' as ann,
	:'made'::jsonb ->> 'management' as max \gset
select is((select array_agg(role || ' ' || (person = :'ann') order by role) from app.membership
	where organisation = :'org'), array['administrator true', 'management false'],
	'an organisation with an administrator and a person of management');
select is((select array_agg(app.person_name(:'org', person) || ' ' || state order by 1) from auth.invitation),
	array['Ann sent', 'Max sent'], 'each with a code of their own');
select
	is((select array_agg(kind order by kind) from ledger.event where organisation = :'org' and kind like 'person.inv%'),
	array['person.invited', 'person.invited'], 'which are events');
select is((select count(*) from ledger.event where organisation = :'org' and actor is not null), 0::bigint,
	'done by nobody who signs in');
set local role ninetwo_server;
select api.password_set(sha256('c1'), '0123456789abcdef', 'key') ->> 'email' as email \gset
reset role;
select is(:'email'::text, 'ann@example.org', 'the code sets the password');
select is(
	pg_temp.operator(
	'operator.init(''Second'', ''Ann B.'', ''Ann@Example.org'', sha256(''c3''), ''Eve'', ''eve@example.org'', '
	'sha256(''c4''))') ->> 'administrator', :'ann',
	'one human has one account, in however many organisations');

-- invite
select is(pg_temp.operator('operator.invite(''Max@example.org'', sha256(''c5''))') - 'expires_at',
	jsonb_build_object('person', :'max', 'name', 'Max', 'email', 'max@example.org', 'kind', 'invitation'),
		'a code by e-mail address');
select is(pg_temp.operator(format('operator.invite(%L, sha256(''c6''))', :'ann')) ->> 'kind', 'reset',
	'or by id; who has a password resets it');
select is((select count(*) from ledger.event where kind = 'person.reset' and subject = :'ann'), 3::bigint,
	'an event in every organisation that knows them, and one when the second was made');
select is(pg_temp.operator('operator.invite(''nobody@example.org'', sha256(''c7''))') ->> 'refused', 'N2004', 'nobody');

-- disable
insert into auth.session (kind, person, digest, idle_until, expires_at)
	values ('session', :'ann', sha256('ann'), now() + interval '1 hour', now() + interval '1 hour'),
	('session', :'max', sha256('max'), now() + interval '1 hour', now() + interval '1 hour');
select is(pg_temp.operator('operator.disable(''ANN@example.org'')') - 'disabled_at',
	jsonb_build_object('person', :'ann', 'name', 'Ann', 'email', 'ann@example.org', 'changed', true,
	'sessions_ended', 1, 'organisations', array['Pay', 'Second']),
		'a person is shut out, of every organisation that knows them');
select is((select array_agg(person || ' ' || coalesce(ended_by, '-') order by ended_by nulls first) from auth.session
	where digest = any (array[sha256('ann'), sha256('max')])), array[:'max' || ' -', :'ann' || ' disabled'],
	'their sessions end, and nobody else''s');
select is((select count(*) from ledger.event where subject in (select id from auth.session where digest = sha256('ann'))
	and kind = 'session.ended'), 1::bigint, 'of which the servers are told');
select is((select count(*) from ledger.event where subject = :'ann' and kind = 'person.disabled'), 2::bigint,
	'it is an event in every organisation that knows them');
select is((pg_temp.operator(format('operator.disable(%L)', :'ann')) - 'disabled_at') @>
	'{"changed": false, "sessions_ended": 0}', true, 'who is shut out already is told of so');
select is((select count(*) from ledger.event where subject = :'ann' and kind = 'person.disabled'), 2::bigint,
	'which is no event');
select is((select count(*) from ledger.holding where person = :'ann' and lost is null), 0::bigint,
	'they hold nothing any more');
select is(pg_temp.operator(format('operator.invite(%L, sha256(''c10''))', :'ann')) ->> 'refused', 'N2004',
	'and are given no code');
select is(pg_temp.operator(format('operator.disable(%L, false)', :'ann')) -> 'disabled_at', 'null', 'let in again');
select cmp_ok((select count(*) from ledger.holding where person = :'ann' and lost is null), '>', 0::bigint,
	'they hold what they held');
select is(pg_temp.operator('operator.disable(''nobody@example.org'')') ->> 'refused', 'N2004', 'nobody');

-- S10: the leads of their open audits are told
set local session_replication_role = replica;
insert into app.audit (organisation, reference, kind, title, objective, starts_on, ends_on, audited_from,
	cooling_off_months)
values (:'org', 'IA-1', 'internal', 'One', 'To see.', current_date, current_date, current_date - 365, 12),
	(:'org', 'IA-2', 'internal', 'Two', 'To see.', current_date, current_date, current_date - 365, 12);
update app.audit set state = 'closed' where reference = 'IA-2';
insert into app.person (name, email) values ('Lea', 'lea@example.org'), ('Lou', 'lou@example.org'),
	('Tom', 'tom@example.org');
insert into app.enrolment (organisation, person, name, email) select :'org', id, name, email from app.person
	where name in ('Lea', 'Lou', 'Tom');
insert into app.assignment (organisation, audit, part, person, role, assigned_by, assigned_on)
select :'org', a.id, case r when 'lead' then null else gen_random_uuid() end, p.id, r::app.team_role, p.id, current_date
from (values ('IA-1', 'Lea', 'lead'), ('IA-2', 'Lou', 'lead'), ('IA-1', 'Tom', 'auditor'),
	('IA-2', 'Tom', 'auditor')) t (a, n, r) join app.audit a on a.reference = t.a join app.person p on p.name = t.n;
set local session_replication_role = origin;
select pg_temp.operator('operator.invite(''tom@example.org'', sha256(''c8''))') \g /dev/null
select is((select array_agg(p.name::text order by p.name) from ledger.event e join app.person p on p.id = any (e.tokens)
	where e.kind = 'person.invited' and e.subject = (select id from app.person where name = 'Tom')),
	array['Lea', 'Tom'], 'the lead of an open audit is told, that of a closed one is not');

-- sweep
insert into app.request (person, id, method, digest, at)
	values (:'ann', gen_random_uuid(), 'x.y', sha256('x'), now() - interval '31 days'),
	(:'ann', gen_random_uuid(), 'x.y', sha256('x'), now() - interval '29 days');
insert into auth.session (kind, person, digest, idle_until, expires_at) select 'session', :'ann',
	sha256(convert_to(d::text, 'UTF8')), now() - d * interval '1 day', now() - d * interval '1 day'
from unnest(array[-1, 1, 89, 91]) d;
insert into auth.attempt values (sha256('old'), 3, now() - interval '25 hours', now() - interval '25 hours'),
	(sha256('new'), 3, now() - interval '23 hours', now());
insert into auth.invitation (person, kind, state, created_at, expires_at)
	values (:'ann', 'reset', 'replaced', now() - interval '92 days', now() - interval '91 days');
select pg_temp.operator('operator.sweep()') as swept \gset
select is(:'swept'::jsonb - 'uploads' - 'findings' - 'delivery' - 'tickets' - 'exports' - 'chunks',
	'{"requests": 1, "sessions": 1, "attempts": 1, "invitations": 1}', 'what its period has passed goes');
select is(pg_temp.operator('operator.sweep()') - 'uploads' - 'findings' - 'delivery' - 'tickets' - 'exports' - 'chunks',
	'{"requests": 0, "sessions": 0, "attempts": 0, "invitations": 0}', 'once');

-- in pieces, as the server does it
insert into app.request (person, id, method, digest, at) select :'ann', gen_random_uuid(), 'x.y', sha256('x'),
	now() - interval '31 days' from generate_series(1, 7);
insert into auth.attempt select sha256(convert_to('p' || n, 'UTF8')), 3, now() - interval '25 hours',
	now() - interval '25 hours' from generate_series(1, 5) n;
set local role ninetwo_feed;
create temp table piece on commit drop as
	with recursive p(piece) as (select operator.sweep_piece(null, 3)
		union all select operator.sweep_piece(piece -> 'next', 3) from p where jsonb_typeof(piece -> 'next') <> 'null')
	select * from p;
reset role;
select is((select array_agg(piece #>> '{removed,requests}') from piece where piece -> 'removed' ? 'requests'),
	array['3', '3', '1'], 'a piece removes no more than it was told to');
select is((select sum((piece #>> '{removed,attempts}')::int) from piece), 5::bigint, 'and all pieces remove all');
select is((select count(*) from app.request where at < now() - interval '30 days'), 0::bigint, 'nothing is left');
select is(operator.sweep_piece('{"step": "findings", "skip": true}') #>> '{next,step}', 'delivery',
	'a step that failed can be left out');

-- who else
create function pg_temp.refused(who text, call text) returns text language plpgsql as $$
begin
	perform set_config('role', who, true);
	execute 'select ' || call;
	return null;
exception when others then
	return sqlstate;
end
$$;
select is(pg_temp.refused(who, call), '42501', format('%s is not the operator: %s', who, call))
from unnest(array['ninetwo_server', 'ninetwo_feed']) who,
	unnest(array['operator.check()', 'operator.invite(''ann@example.org'', sha256(''c9''))']) call;
select is(pg_temp.refused('ninetwo_operator', 'auth.ask_invitation(null, null)'), '42501',
	'and the operator has only what is theirs');

select * from finish();
rollback;
