-- What a caller reaches is kept within a call: nothing set by hand opens anything, a write sees its own effect, and
-- what was waited for is seen. (That each lock forgets it in time: reach_race.sql.)
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
	perform set_config('ninetwo.my_parts', array(select id from app.part)::text, true),
		set_config('ninetwo.my_audits', array(select id from app.audit)::text, true),
		set_config('ninetwo.my_assigned_audits', array(select id from app.audit)::text, true),
		set_config('ninetwo.my_functions', array(select id from app.function)::text, true),
		set_config('ninetwo.my_function_audits', array(select id from app.audit)::text, true),
		set_config('ninetwo.my_planned_audits', array(select id from app.audit)::text, true),
		set_config('ninetwo.my_reach', array(select id from app.part)::text, true),
		set_config('ninetwo.my_team_audits', array(select id from app.audit)::text, true),
		set_config('ninetwo.my_team_parts', array(select null::uuid from app.audit)::text, true),
		set_config('ninetwo.my_team_roles', array(select 'lead' from app.audit)::text, true),
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
-- A write keeps it too, and sees its own effect
select is(t.call('a', 'check.record',
	jsonb_build_object('id', t.id('check'), 'version', t.version('check', 'check'), 'result', 'conform')) ->> 'result',
	'conform', 'a write after a read');
select is(t.kept('parts'), array[t.id('part-backup')], 'keeps what its caller reaches');
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
-- Every name under which something is kept is forgotten, at the door among others
create temp table routine as
	select p.oid::regprocedure::text as name, n.nspname || '.' || p.proname as called,
		concat(p.prosrc, pg_get_function_sqlbody(p.oid)) as body
	from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('app', 'auth', 'gate', 'method');
select is(array(select m[1] from routine r, regexp_matches(r.body, '''ninetwo\.my_(\w+)'', ''''', 'g') m
		where r.called = 'app.forget' order by 1),
	array(select distinct m[1] from routine r, regexp_matches(r.body, 'set_config\(''ninetwo\.my_(\w+)''', 'g') m
		where r.called <> 'app.forget' order by 1), 'nothing is kept that is not forgotten');
select ok(r.body ~ 'app\.forget\(\)', 'the door forgets it') from routine r where r.called = 'auth.identify';
-- when a row changes that it rests on: of every table that its functions read, by themselves or by what they call
with recursive reads (name) as (
	select ('app.' || f) collate "C" from unnest(array['reached', 'reach_kept']) f
	union
	select m[1] collate "C" from reads d join routine r on r.called = d.name,
		regexp_matches(r.body, '\m(app\.[a-z_]+)', 'g') m)
select is(array(select r.name from reads r where to_regclass(r.name) is not null
		and r.name <> 'app.organisation' order by 1),	-- of that, the time zone: the day stands for a call
	array(select g.tgrelid::regclass::text from pg_trigger g where g.tgname = 'a_reach' order by 1),
	'what a caller reaches is forgotten when a row changes that it rests on');
-- and after each lock
select is(array(select r.name from routine r where r.body ~* '(for( no key)? update(?! skip locked| to )|touched \+ 1)'
		and r.called not like 'auth.%' and r.body !~ 'app\.forget\(\)' order by 1), '{}', 'and after each lock');
select * from finish();
rollback;
