-- What everything stands on: keys that sort by time, an identity that fails closed, refusals with the wire's codes,
-- versions.
\set ON_ERROR_STOP on
begin;
select no_plan();

\set org '''00000000-0000-4000-8000-000000000001'''
\set ann '''00000000-0000-4000-8000-00000000000a'''

-- Keys
select is(substr(app.uuid7()::text, 15, 1), '7', 'a key is a UUID of version 7');
select ok(substr(app.uuid7()::text, 20, 1) in ('8', '9', 'a', 'b'), 'and of the RFC''s variant');
select (extract(epoch from clock_timestamp()) * 1000)::bigint as before \gset
select ('x' || replace(left(app.uuid7()::text, 13), '-', ''))::bit(48)::bigint as made \gset
select ok(:made between :before and (extract(epoch from clock_timestamp()) * 1000)::bigint,
	'its first 48 bits are the time in milliseconds');
select is((select count(distinct app.uuid7()) from generate_series(1, 10000)), 10000::bigint,
	'ten thousand keys are ten thousand keys');

-- Nobody
select is(app.me(), null, 'nobody has signed in: no person');
select is(app.org(), null, 'no organisation');
select is(app.my_roles(), '{}', 'no roles');
select is(app.i_have('administrator'), false, 'and no role in particular');
select is(app.today(), (now() at time zone 'UTC')::date, 'outside an organisation today is in UTC');
select set_config('ninetwo.person', '', true), set_config('ninetwo.roles', '', true),
	set_config('ninetwo.today', '', true) \g /dev/null
select is(app.me(), null, 'a setting left empty by an earlier transaction is nobody too');
select is(app.my_roles(), '{}', 'and has no roles');
select is(app.today(), (now() at time zone 'UTC')::date, 'and no date of its own');

-- Somebody
select set_config('ninetwo.person', :ann, true), set_config('ninetwo.organisation', :org, true),
	set_config('ninetwo.roles', '{auditor,auditee}', true),
	set_config('ninetwo.today', '2031-02-03', true) \g /dev/null
select is(app.me(), :ann::uuid, 'the person');
select is(app.org(), :org::uuid, 'the organisation');
select ok(app.i_have('auditee') and not app.i_have('management'), 'the roles');
select is(app.today(), '2031-02-03'::date, 'the organisation''s date');
select isnt(app.role_token(:org, 'auditor'), app.role_token(:org, 'auditee'),
	'a role in an organisation is a token of its own');
select isnt(app.role_token(:org, 'auditor'), app.role_token(:ann, 'auditor'), 'in each organisation another');

-- Refusals
create function pg_temp.refused(call text) returns jsonb language plpgsql as $$
declare
	state text; sentence text; data text;
begin
	execute 'select ' || call;
	return null;
exception when others then
	get stacked diagnostics state = returned_sqlstate, sentence = message_text, data = pg_exception_detail;
	return jsonb_build_object('state', state, 'message', sentence, 'data', data::jsonb);
end
$$;
select is((pg_temp.refused(call) - 'message') #- '{data,say}',
	format('{"state": "%s", "data": %s}', state, data)::jsonb,
	call)
from (values
	('app.refuse_unauthenticated()', 'N2001', '{}'),
	('app.refuse_param(''due'', ''param.empty'', ''{}'')', 'N2602',
		'{"params": [{"name": "due", "problem": "may not be empty", "say": {"id": "param.empty", "args": {}}}]}'),
	('app.refuse_forbidden(array[''auditor''])', 'N2002', '{"roles": ["auditor"]}'),
	('app.refuse(app.no(''S1'', ''s1.owns'', ''{}'', ''{"function": 1}''))', 'N2003', '{"rule": "S1", "function": 1}'),
	('app.refuse_not_found(''finding'')', 'N2004', '{"noun": "finding"}'),
	('app.refuse_stale(3)', 'N2005', '{"version": 3}'),
	('app.refuse_stale(3, ''00000000-0000-7000-8000-000000000000'')', 'N2005',
		'{"version": 3, "id": "00000000-0000-7000-8000-000000000000"}'),
	('app.require_state(''closed'', array[''open'', ''issued''])', 'N2006',
		'{"state": "closed", "allowed": ["open", "issued"]}'),
	('app.refuse(app.no(''place'', ''place.team''))', 'N2009', '{"rule": "place"}')
) as t (call, state, data);
select is(pg_temp.refused('app.refuse(app.no(''place'', ''place.team''))') ->> 'message',
	'You are not on the team of this part of the audit.', 'the sentence is the message');
select is(
	pg_temp.refused(
	'app.require_state(''closed'', array[''issued'', ''plan_accepted'', ''implemented''])') ->> 'message',
	'It is closed; this needs it to be issued, plan accepted or implemented.', 'states are said as people say them');
select is(pg_temp.refused('app.require_state(''closed'', array[''open''])') ->> 'message',
	'It is closed; this needs it to be open.', 'one state too');

-- Versions
set local role ninetwo_owner;
create table app.stampthing (organisation uuid not null, id uuid not null, title text, version int not null default 1,
	updated_at timestamptz, touched bigint not null default 0);
create trigger stamp before update on app.stampthing for each row execute function app.stamp();
reset role;
insert into app.stampthing values (:org, :ann, 'one');
update app.stampthing set title = 'two';
select is((select (version, updated_at = now())::text from app.stampthing), '(2,t)',
	'a change is a new version, and has its time');
update app.stampthing set touched = touched + 1;
select is((select version from app.stampthing), 2, 'a touch is none');
update app.stampthing set title = 'two';
select is((select version from app.stampthing), 2, 'a change of nothing is none');
update app.stampthing set title = 'three', version = 99;
select is((select version from app.stampthing), 3, 'nobody chooses the version');
select throws_ok('update app.stampthing set organisation = id', 'the key of a record never changes');

-- Kept answers belong to a person
insert into app.request (person, id, method, digest) values (:ann, :ann, 'finding.issue', sha256('x')),
	(:org, :ann, 'finding.issue', sha256('x'));
set local role ninetwo_api;
select count(*) as mine from app.request \gset
reset role;
select is(:mine, 1, 'one sees the answers kept for oneself');

-- What a request calls keeps its plans: SQL with a search path of its own, or with rights of its owner's, is planned at
-- each call
create temp table routine as
	select n.nspname || '.' || p.proname as name,
		concat(p.prosrc, pg_get_function_sqlbody(p.oid)) as body,
		l.lanname = 'sql' and (p.proconfig is not null or p.prosecdef) as planned
	from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
	where n.nspname in ('app', 'auth', 'ledger', 'meta', 'method', 'gate', 'record', 'api');
create temp table request as
	with recursive named (name, body) as (
		select r.name, r.body from routine r where r.name ~ '^(method|gate|api)\.'
		union all
		select t.tgname, t.tgfoid::regproc::text from pg_trigger t where not t.tgisinternal
		union all
		select p.policyname, concat(p.qual, p.with_check) from pg_policies p
		union all
		select v.viewname, v.definition from pg_views v where v.schemaname = 'record'),
	calls as (
		select distinct n.name, m[1] as called
		from (select * from named union all select r.name, r.body from routine r) n,
			regexp_matches(n.body, '\m((?:app|auth|ledger|meta|record)\.[a-z_0-9]+)', 'g') m),
	called (name) as (
		select n.name from named n
		union
		select c.called from called d join calls c on c.name = d.name)
	select distinct r.name, r.planned from called d join routine r on r.name = d.name;
select cmp_ok((select count(*) from request), '>', 700::bigint, 'most functions are called in a request');
select is(array(select r.name from request r where r.planned order by 1), '{}',
	'and none of them is planned at each call');

select * from finish();
rollback;
