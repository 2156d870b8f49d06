-- What a caller reaches is kept within a read and nowhere else: nothing set by hand opens anything, and a write sees
-- its own effect.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/fieldwork.sql

select t.made('check', 'a', 'check.prepare',
	jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'requirement', t.id('A.8.13'),
	'question', 'Are restores tested?', 'method', 'document')) is not null as made \gset

-- Everything that may be kept, set by hand to all there is, as whoever holds the login role can.
create function t.forge() returns void language plpgsql as $$
begin
	perform set_config('ninetwo.access', 'read', true),
		set_config('ninetwo.my_parts', array(select id from app.part)::text, true),
		set_config('ninetwo.my_audits', array(select id from app.audit)::text, true),
		set_config('ninetwo.my_assigned_audits', array(select id from app.audit)::text, true),
		set_config('ninetwo.my_functions', array(select id from app.function)::text, true),
		set_config('ninetwo.my_function_audits', array(select id from app.audit)::text, true),
		set_config('ninetwo.my_parties', array(select id from app.party)::text, true),
		set_config('ninetwo.my_releases', array(select id from app.release)::text, true);
end $$;
create function t.kept(what text) returns uuid[]
	language sql as $$ select nullif(current_setting('ninetwo.my_' || what, true), '')::uuid[] $$;

-- May
select is(t.call('a', 'check.get', jsonb_build_object('id', t.id('check'))) ->> 'id', t.id('check')::text,
	'an auditor reads a check of their part');
select is(t.kept('parts'), array[t.id('part-backup')], 'and their parts were asked for once');
select is(t.call('l', 'check.get', jsonb_build_object('id', t.id('check'))) ->> 'id', t.id('check')::text,
	'the lead after them');
select is(cardinality(t.kept('parts')), 3, 'reaches their own');
-- May not: what was kept for somebody else is forgotten
select is(t.code(t.refusal('z', 'check.get', jsonb_build_object('id', t.id('check')))), -32004,
	'a stranger after them reaches nothing');
select is(t.ids(t.call('z', 'check.list')), '{}'::uuid[], 'nor in a list');
select is(t.code(t.refusal('c', 'check.get', jsonb_build_object('id', t.id('check')))), -32004,
	'nor does the team of another part');
-- May not: what was set by hand
select t.forge() \g /dev/null
select is(t.code(t.refusal('z', 'check.get', jsonb_build_object('id', t.id('check')))), -32004,
	'what a stranger sets by hand opens nothing');
select t.forge() \g /dev/null
select is(t.ids(t.call('z', 'check.list')), '{}'::uuid[], 'nor in a list');
select t.forge() \g /dev/null
select is(t.ids(t.call('z', 'audit.list')), '{}'::uuid[], 'nor among audits');
select t.forge() \g /dev/null
select is(t.ids(t.call('v', 'release.list')), '{}'::uuid[], 'nor, for an observer, among releases');
select t.forge() \g /dev/null
select is(
	t.code(t.refusal('o', 'check.record', jsonb_build_object('id', t.id('check'), 'version', 1, 'result', 'conform'))),
	-32004, 'nor to write');
select t.forge() \g /dev/null
select is(t.code(t.refusal('forged', 'check.list')), -32001, 'nobody stays nobody');
-- A write keeps nothing and sees its own effect
select is(t.call('a', 'check.record',
	jsonb_build_object('id', t.id('check'), 'version', t.version('check', 'check'), 'result', 'conform')) ->> 'result',
	'conform', 'a write after a read');
select ok(t.kept('parts') is null, 'keeps nothing');
select is(t.call('a', 'check.get', jsonb_build_object('id', t.id('check'))) ->> 'result', 'conform', 'a read after it');
select t.call('x', 'assignment.end',
	t.with_version('assignment', 'as-a', jsonb_build_object('reason', 'Moved to another team.'))) is not null
	as ended \gset
select is(t.code(t.refusal('a', 'check.get', jsonb_build_object('id', t.id('check')))), -32004,
	'and when the assignment has ended, the next read finds nothing');
select is(
	t.call('l', 'can',
	jsonb_build_object('method', 'check.record', 'params',
	jsonb_build_object('organisation', t.org(), 'id', t.id('check'), 'version', t.version('check', 'check'), 'result',
	'conform'))) ->> 'allowed', 'true', 'a question about a write is judged as the write');
-- Every name under which something is kept is forgotten by the door
select is(array(select m[1] from pg_proc p, regexp_matches(p.prosrc, '''ninetwo\.my_(\w+)'', '''', true', 'g') m
		where p.oid = 'auth.identify(uuid,uuid,uuid,text[],date,text)'::regprocedure order by 1),
	array(select distinct m[1] from pg_proc p, regexp_matches(p.prosrc, 'app\.kept\(''(\w+)''\)', 'g') m
		where p.pronamespace = 'app'::regnamespace order by 1),
	'nothing is kept that the door does not forget');
select * from finish();
rollback;
