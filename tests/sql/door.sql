-- Nobody comes in but by the door: every function of schema api, called as the login role without a session, with one
-- that ended, and with the identity set by hand, is refused; the login roles reach nothing else; and what `ninetwod
-- check` looks for, it finds.
\set ON_ERROR_STOP on
begin;
select no_plan();

\set org '''00000000-0000-4000-8000-000000000001'''
\set ann '''00000000-0000-4000-8000-00000000000a'''
\set ben '''00000000-0000-4000-8000-00000000000b'''
insert into app.organisation (id, name) values (:org, 'Test');
insert into app.person (id, name, email) values (:ann, 'Ann', 'ann@example.org'), (:ben, 'Ben', 'ben@example.org');
insert into app.enrolment (organisation, person, name, email) values (:org, :ann, 'Ann', 'ann@example.org'),
	(:org, :ben, 'Ben', 'ben@example.org');
insert into app.membership (organisation, person, role, from_date)
	values (:org, :ann, 'administrator', current_date - 1), (:org, :ben, 'auditor', current_date - 1);
insert into auth.session (kind, person, digest, idle_until, expires_at, ended_at, ended_by) values
	('session', :ann, sha256('ended'), now() + interval '1 hour', now() + interval '1 hour', now(), 'revoked'),
	('session', :ann, sha256('idle'), now() - interval '1 second', now() + interval '1 hour', null, null),
	('session', :ben, sha256('ben'), now() + interval '1 hour', now() + interval '1 hour', null, null);

-- A call as the server: the SQLSTATE of its refusal, null when it was answered. `forged`: the identity set by hand
-- before.
create function pg_temp.outcome(call text, forged boolean) returns text language plpgsql as $$
declare
	reply jsonb;
begin
	perform set_config('role', 'ninetwo_server', true);
	if forged then
		perform set_config('ninetwo.person', '00000000-0000-4000-8000-00000000000a', true),
			set_config('ninetwo.session', '00000000-0000-4000-8000-00000000000a', true),
			set_config('ninetwo.organisation', '00000000-0000-4000-8000-000000000001', true),
			set_config('ninetwo.roles', '{administrator,programme_manager,auditor,auditee,management}', true);
	end if;
	execute 'select to_jsonb(' || call || ')' into reply;
	raise exception using errcode = 'ANSWR';
exception
	when sqlstate 'ANSWR' then return null;
	when others then return sqlstate;
end
$$;
-- Every framed function with this session and nulls for the rest.
create function pg_temp.calls(session text) returns table (name text, call text) language sql as $$
	select p.proname, format('api.%I(%s)', p.proname, (
		select string_agg(case when n = 1 then quote_nullable(session) || '::bytea'
			when a = 'organisation' then quote_literal('00000000-0000-4000-8000-000000000001') || '::uuid'
			when a = 'request_id' then 'gen_random_uuid()'
			else 'null::' || format_type(p.proargtypes[n - 1], null) end, ', ' order by n)
		from unnest(p.proargnames[1:p.pronargs]) with ordinality x (a, n)))
	from pg_proc p where p.pronamespace = 'api'::regnamespace and not p.proname = any (operator.unframed()) order by 1
$$;
select ok((select count(*) from pg_temp.calls(null)) > 5, 'there are methods');
select is((select p.proargnames[1] from pg_proc p where p.proname = c.name and p.pronamespace = 'api'::regnamespace),
	'session', c.name || ' asks for a session first') from pg_temp.calls(null) c;
select is(pg_temp.outcome(call, forged), 'N2001',
	format('%s: %s%s', name, what, case when forged then ', with a forged identity' else '' end))
from (values ('no session', null), ('an unknown session', 'unknown'), ('an ended session', 'ended'),
	('a session past its idle end', 'idle')) s (what, session),
	(values (false), (true)) f (forged), lateral pg_temp.calls(s.session);

-- The functions without a frame: nothing without the secret that each asks for.
select is(pg_temp.outcome(call, forged), wanted,
	format('%s%s', call, case when forged then ', with a forged identity' else '' end))
from (values ('api.session_info(null)', 'N2001'), ('api.session_info(''ended'')', 'N2001'),
	('api.session_close(''ended'')', 'N2001'), ('api.session_touch(''ended'')', 'N2001'),
	('api.code_challenge(sha256(''x''))', 'N2009'),
		('api.password_set(sha256(''x''), ''0123456789abcdef'', ''x'')', 'N2009'),
	('api.delivery_code(gen_random_uuid(), sha256(''x''))', 'N2009')) t (call, wanted),
		(values (false), (true)) f (forged);
select is(
	pg_temp.outcome(format('api.%I(%s)', p.proname,
	(select string_agg(case n when 1 then 'sha256(''x'')' else 'null::' || format_type(p.proargtypes[n - 1], null) end,
	', ' order by n)
	from generate_series(1, p.pronargs) n)), forged), 'N2001', p.proname || case
		when forged then ': no ticket, with a forged identity' else ': no ticket' end)
from pg_proc p, (values (false), (true)) f (forged) where p.pronamespace = 'api'::regnamespace
	and p.proargnames[1] = 'ticket';
select is((select count(*) from unnest(operator.unframed()) f join pg_proc p on p.proname = f
	and p.pronamespace = 'api'::regnamespace
	where p.proowner <> 'ninetwo_auth'::regrole and p.prosrc !~ 'ticket'), 0::bigint,
		'what has no frame belongs to ninetwo_auth, or asks for a ticket');

-- A forged identity beside a good session: the session's wins.
create function pg_temp.as_ben() returns jsonb language plpgsql as $$
declare
	reply jsonb;
begin
	perform set_config('role', 'ninetwo_server', true),
		set_config('ninetwo.person', '00000000-0000-4000-8000-00000000000a', true),
		set_config('ninetwo.roles', '{administrator}', true),
		set_config('ninetwo.organisation', '00000000-0000-4000-8000-000000000001', true);
	reply := api.session_list('ben');
	perform set_config('role', 'none', true);
	return reply;
end
$$;
select is(jsonb_array_length(pg_temp.as_ben() -> 'items'), 1,
	'the session decides who one is, whatever was set before');
select is(pg_temp.outcome(format('api.person_invite(''ben'', %L, gen_random_uuid(), %L)', :org, :ann), true), 'N2002',
	'and as what');

-- The login roles reach nothing else.
select is(string_agg(c.oid::regclass::text, ', '), null, format('%s reads and writes no table', r))
from unnest(array['ninetwo_server', 'ninetwo_feed', 'ninetwo_operator']) r left join pg_class c
	on c.relnamespace in (select oid from pg_namespace
		where nspname in ('app', 'auth', 'ledger', 'meta', 'record', 'method', 'api', 'operator'))
	and c.relkind in ('r', 'p', 'v', 'm', 'f')
		and has_any_column_privilege(r, c.oid, 'select, insert, update, references')
group by r;
select is(string_agg(p.oid::regprocedure::text, ', '), null, format('%s executes no function elsewhere', r))
from (values ('ninetwo_server', '^(api|meta)$'), ('ninetwo_feed', '^(ledger|operator)$'),
	('ninetwo_operator', '^operator$')) l (r, own) left join (
	pg_proc p join pg_namespace n on n.oid = p.pronamespace)
	on n.nspname in ('app', 'auth', 'ledger', 'meta', 'record', 'method', 'api', 'operator') and n.nspname !~ l.own
		and has_function_privilege(r, p.oid, 'execute')
group by r;
select is(string_agg(p.proname, ', '), 'described', 'the server executes one function of schema meta')
from pg_proc p where p.pronamespace = 'meta'::regnamespace
	and has_function_privilege('ninetwo_server', p.oid, 'execute');
select is(string_agg(p.proname, ', '), 'sweep_piece', 'the feed executes one function of schema operator')
from pg_proc p where p.pronamespace = 'operator'::regnamespace
	and has_function_privilege('ninetwo_feed', p.oid, 'execute');
select ok(not has_database_privilege(r, current_database(), 'create')
	and not has_schema_privilege(r, 'public', 'create') and not has_schema_privilege(r, 'public', 'usage'),
	r || ' creates nothing')
from unnest(array['ninetwo_server', 'ninetwo_feed', 'ninetwo_operator']) r;
select is((select count(*) from pg_roles r where r.rolname like 'ninetwo\_%'
	and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb)), 0::bigint,
	'no role of ours is a superuser or bypasses policies');
select
	is((select count(*) from pg_auth_members a join pg_roles m on m.oid = a.member where m.rolname like 'ninetwo\_%'),
	0::bigint, 'and none is a member of another');
select is(pg_temp.outcome('(select to_jsonb(p) from app.person p limit 1)', true), '42501',
	'a table is not for the server');
select is(pg_temp.outcome('auth.enter(''ben'', null, ''x'', ''{signed_in}'')', true), '42501',
	'nor is the door itself');
select is(pg_temp.outcome('method.session_list()', true), '42501', 'nor a body without its frame');

-- What `ninetwod check` says
select is((select array_agg(c order by c) from operator.check_roles() c), null,
	'check: the roles are as they should be');
select is((select array_agg(c order by c) from operator.check_tables() c), null, 'check: the tables');
select is((select array_agg(c order by c) from operator.check_functions() c), null, 'check: the functions');
select is((select array_agg(c order by c) from auth.check() c), null, 'check: sign-in');

-- and what it would
create function pg_temp.found(change text, walk text) returns text language plpgsql as $$
declare
	found text;
begin
	execute change;
	execute format('select string_agg(c, ''; '') from operator.%I() c', walk) into found;
	raise exception using errcode = 'ANSWR', message = coalesce(found, 'nothing');
exception when sqlstate 'ANSWR' then
	return sqlerrm;
end
$$;
select alike(pg_temp.found(change, walk), '%' || said || '%', said)
from (values
	('alter role ninetwo_server bypassrls', 'check_roles',
		'role ninetwo_server is a superuser, bypasses row-level security'),
	('alter role ninetwo_owner login', 'check_roles', 'role ninetwo_owner can log in'),
	('grant ninetwo_owner to ninetwo_server', 'check_roles', 'role ninetwo_server is a member of ninetwo_owner'),
	('alter role ninetwo_server set log_min_messages = warning', 'check_roles',
		'role ninetwo_server has no log_min_messages=fatal'),
	('alter role ninetwo_server set session_replication_role = replica', 'check_roles',
		'role ninetwo_server: session_replication_role is set, and triggers do not fire'),
	(
		'do $d$ begin execute format(''alter database %I set session_replication_role = replica'', '
		'current_database()); end $d$', 'check_roles', 'this database: session_replication_role is set'),
	('alter table app.person no force row level security', 'check_tables',
		'table app.person: row-level security is not enabled and forced'),
	('create table auth.extra ()', 'check_tables', 'auth.extra does not belong to ninetwo_auth'),
	('grant select on app.person to ninetwo_server', 'check_tables', 'app.person: ninetwo_server has SELECT'),
	('grant select on app.person to public', 'check_tables', 'app.person: everybody has SELECT'),
	('create policy loose on app.person using (true)', 'check_tables', 'policy loose of app.person is for everybody'),
	('alter view record.session set (security_invoker = false)', 'check_tables',
		'view record.session is not security_invoker'),
	('grant create on schema api to ninetwo_server', 'check_tables', 'somebody else may create in schema api'),
	('alter table app.membership disable trigger changed', 'check_tables',
		'trigger changed of app.membership is disabled'),
	('create table api.t ()', 'check_tables', 'api.t is a relation where none belongs'),
	('alter schema auth owner to ninetwo_owner', 'check_tables', 'schema auth does not belong to ninetwo_auth'),
	('alter function auth.enter(bytea, uuid, text, text[], text) reset search_path', 'check_functions',
		'auth.enter(bytea,uuid,text,text[],text) does not set search_path to nothing'),
	('alter function method.session_list() security definer', 'check_functions',
		'method.session_list() is security definer: only its frame may be'),
	('alter function api.session_list(bytea) security invoker', 'check_functions',
		'api.session_list(bytea) is not security definer'),
	('alter function api.session_list(bytea) owner to ninetwo_owner', 'check_functions',
		'api.session_list(bytea) belongs to ninetwo_owner'),
	('grant execute on function app.me() to public', 'check_functions', 'everybody may call app.me()'),
	('grant execute on function app.me() to ninetwo_server', 'check_functions', 'ninetwo_server may call app.me()'),
	('drop function api.session_list(bytea)', 'check_functions', 'method.session_list() has no frame'),
	(
		'create function api.extra() returns int language sql security definer set search_path = '''' as ''select '
		'1''; alter function api.extra() owner to ninetwo_api', 'check_functions',
		'api.extra() lets in without auth.enter')
) t (change, walk, said);

select * from finish();
rollback;
