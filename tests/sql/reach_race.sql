-- Whoever waits sees what they waited for: while a caller's call stands in a line, their assignment ends and is
-- committed; after it they reach what they have left, though it was kept before. For each function that locks. Seen to
-- fail with each of them not forgetting (but app.end_period, whose own write forgets).
\ir fixture/fieldwork.sql
\ir fixture/race.sql

-- Each: what it locks, called as whoever owns it; a row of the line in which it waits.
create table t.locks (name text primary key, call text not null, line text not null);
insert into t.locks values
	('app.lock_audit', 'app.lock_audit({audit})', 'audit set touched = touched where id = {audit}'),
	('app.lock_finding', 'app.lock_finding({finding})', 'finding set touched = touched where id = {finding}'),
	('app.touch', 'app.touch({org}, ''{}'', ''{}'', array[{backup}], ''{}'')',
		'function set touched = touched where id = {backup}'),
	('app.lock_ending', 'app.lock_ending((select e from app.ending e where e.id = {ending}))',
		'ending set reason = reason where id = {ending}'),
	('app.end_period', 'app.end_period(''responsibility'', {r-o}, current_date, ''Moved.'')',
		'responsibility set kind = kind where id = {r-o}'),
	('app.audit_next_reference', 'app.audit_next_reference(''internal'', current_date)',
		'organisation set touched = touched where id = {org}');
create function t.filled(text) returns text language plpgsql as $$
declare
	k record;
begin
	for k in select * from t.kept loop
		$1 := replace($1, '{' || k.key || '}', format('%L::uuid', k.id));
	end loop;
	return $1;
end $$;
create function t.as_ann() returns int language plpgsql as $$
begin
	perform auth.enter(sha256(convert_to('secret of a', 'UTF8')), t.org(), 'race', '{member}', 'write');
	return cardinality(app.my_parts());
end $$;
create table t.waited (name text, before int, waited boolean, after int);

do $$ begin perform set_config('ninetwo.organisation', t.org()::text, false);
	perform t.made('finding', 'a', 'finding.draft',
		jsonb_build_object('part', t.id('part-backup'), 'title', 'One', 'condition', 'x', 'requirements',
		jsonb_build_array(t.id('9.2.1')), 'functions', jsonb_build_array(t.id('backup')))),
	t.keep('ending', x.id) from (select app.uuid7()) x (id);
	insert into app.ending (organisation, id, noun, subject, until_date, entered_on, reason, state, created_by)
		values (t.org(), t.id('ending'), 'responsibility', t.id('r-o'), current_date - 30, current_date, 'Left.',
			'proposed', t.id('x'));
end $$;

do $$
declare
	l record;
	kept int;
	late int;
	waits boolean;
begin
	for l in select x.name, t.filled(x.call) as call, t.filled(x.line) as line from t.locks x order by x.name loop
		perform dblink_exec(c, 'begin') from unnest(array['one', 'two']) c;
		select n into kept from dblink('two', 'select t.as_ann()') x (n int);
		perform * from dblink('one', format('select set_config(''ninetwo.organisation'', %L, true)', t.org()))
			x (r text);
		perform dblink_exec('one', 'update app.' || l.line);
		perform dblink_exec('one', 'set local session_replication_role = replica');
		perform dblink_exec('one', t.filled('update app.assignment set ended_on = current_date where id = {as-a}'));
		perform dblink_send_query('two', format('select (%s)::text', l.call));
		waits := race.waits();
		perform dblink_exec('one', 'commit');
		perform * from dblink_get_result('two') x (r text);
		perform * from dblink_get_result('two') x (r text);
		select n into late from dblink('two', 'select cardinality(app.my_parts())') x (n int);
		perform dblink_exec('two', 'rollback');
		insert into t.waited values (l.name, kept, waits, late);
		perform dblink_exec('one', 'set session_replication_role = replica');
		perform dblink_exec('one', t.filled('update app.assignment set ended_on = null where id = {as-a}'));
		perform dblink_exec('one', 'reset session_replication_role');
	end loop;
end $$;

select is((w.before, w.waited, w.after)::text, '(1,t,0)', w.name || ': after waiting, what has ended is over')
from t.waited w order by w.name;
select is(array(select l.name from t.locks l order by 1), array(
	select distinct n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
	where n.nspname in ('app', 'method') and p.prosrc ~* 'for( no key)? update(?! skip locked| to )|touched \+ 1'
	order by 1), 'each function that locks has its race');
select * from finish();
