-- Every function that is no method and no trigger, called by itself: one answer at least, and where there are any the
-- edges (nobody, null, nothing, the first and the last day), by the lines of t.line_of (fixture/owed.sql). A function
-- that none of them calls, and no other file of tests/sql, fails.
\set ON_ERROR_STOP on
begin;
select no_plan();
set local client_min_messages = warning;
set local track_functions = 'all';
\ir fixture/coverage.sql
\ir fixture/told.sql

-- Tokens have names as records have.
select t.keep('as ' || r, app.role_token(t.org(), r))
	from unnest(array['administrator', 'programme_manager', 'auditor', 'auditee', 'observer', 'management',
	'directory']) r \g /dev/null
select t.find('certification-claim', 'app.certification', 'party = t.id(''body'')') \g /dev/null
-- A role that is held on one day only, the organisation's own, where UTC has another.
do $$
declare
	zone text;
begin
	select z into zone from unnest(array['Pacific/Kiritimati', 'Etc/GMT+12']) z
		where (now() at time zone z)::date <> (now() at time zone 'UTC')::date limit 1;
	update app.organisation set timezone = zone where id = t.id('org2');
	update app.membership set from_date = (now() at time zone zone)::date, until_date = (now() at time zone zone)::date,
		counts_until = (now() at time zone zone)::date where person = t.id('q');
end $$;

select is(t.told(l.who, l.act, l.given), l.wanted, format('%s: %s%s', coalesce(l.who, 'nobody'), l.act,
	', given ' || l.given)) from t.line_of l order by l.n;

-- Which functions there are, and where each is called.
create table t.function_of as
	select p.oid, n.nspname || '.' || p.proname as name, p.oid::regprocedure::text as signature, l.lanname as language
		from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
	where n.nspname in ('app', 'auth', 'ledger', 'meta', 'operator') and p.prorettype <> 'trigger'::regtype
		and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e');
create table t.called as select distinct m[1] as name from t.line_of l,
	regexp_matches(l.act, '\m((?:app|auth|ledger|meta|operator)\.\w+)\(', 'g') m;
\set elsewhere `cat $(ls tests/sql/*.sql tests/sql/fixture/*.sql | grep -v coverage_function)`
create table t.called_elsewhere as select distinct m[1] as name
	from regexp_matches(:'elsewhere', '\m((?:app|auth|ledger|meta|operator)\.\w+)\(', 'g') m;
select is((select array_agg(f.signature order by f.signature) from t.function_of f
	where f.name not in (select c.name from t.called c) and f.name not in (select c.name from t.called_elsewhere c)
		-- what app.audience_build() makes: seen.sql asks each audience of every row, lists.sql finds texts
		and f.name not in (select format('app.audience_%s', case g.relation when 'evidence_request' then 'request'
			else g.relation end) from app.grounds() g)
		and f.name !~ '^app\.found_'),
	null, 'every function is called by a test');
select is((select array_agg(c.name order by c.name) from t.called c
	where c.name not in (select f.name from t.function_of f)), null, 'and none that is gone');
-- An overload is a function of its own, and a name in a string is no call: what PostgreSQL itself has counted. (It
-- counts no function of SQL that it has put in place, and none that ends in a refusal.)
select is((select array_agg(f.signature order by f.signature) from t.function_of f where f.language = 'plpgsql'
	and f.name in (select c.name from t.called c) and f.name !~ '^app.refuse'
	and not exists (select from pg_stat_xact_user_functions s where s.funcid = f.oid and s.calls > 0)), null,
		'and has run');
-- A trigger function belongs to a trigger, and each trigger has its acts in coverage_rule.sql.
select is((select array_agg(p.oid::regprocedure::text order by p.proname) from pg_proc p
	join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('app', 'auth', 'ledger', 'meta', 'operator')
	and p.prorettype = 'trigger'::regtype
	and not exists (select from pg_trigger g where g.tgfoid = p.oid)), null,
		'every trigger function belongs to a trigger');
-- A method is in tests/matrix.txt, and its frame is called in door.sql.
select is((select array_agg(p.proname order by p.proname) from pg_proc p where p.pronamespace = 'method'::regnamespace
	and not exists (select from t.cell c where replace(c.method, '.', '_') = p.proname) and p.proname <> 'events_open'
	and not t.counts(p.proname)),
	null, 'every method is in the matrix (events.open as events.subscribe, which asks by it)');
select is((select array_agg(p.proname order by p.proname) from pg_proc p where p.pronamespace = 'api'::regnamespace
	and not p.proname = any (operator.unframed())
	and not exists (select from t.cell c where replace(c.method, '.', '_') = p.proname)
		and not exists (select from pg_proc m where m.pronamespace = 'method'::regnamespace and m.proname = p.proname)),
		null, 'every frame is a method''s');
select is((select array_agg(f order by f) from unnest(operator.unframed()) f
	where position('api.' || f || '(' in :'elsewhere') = 0
	and not exists (select from pg_proc p where p.pronamespace = 'api'::regnamespace and p.proname = f
	and p.proargnames[1] = 'ticket')), null, 'what has no frame is called by a test');

select * from finish();
rollback;
