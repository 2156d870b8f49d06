-- Two writes on an audit's work, each fine alone, that together would break a rule or a state: at both isolation levels
-- and in both orders, never both commit to something broken. Seen to fail: NINETWO_UNPROTECTED=1
-- (tests/system/unprotected.sql). Every pair breaks then at one level or both, but for those of the plan and of the
-- verification, which the trigger on the finding's states still stops, and the response, which its key does.
\set ON_ERROR_STOP on
set client_min_messages = warning;
select no_plan();
\ir fixture/fieldwork.sql
\ir fixture/race.sql
\getenv unprotected NINETWO_UNPROTECTED
\if :{?unprotected}
\ir ../system/unprotected.sql
\endif
\ir fixture/work_pairs.sql

select is((select count(*) from race.done d where d.pair = p.pair and d.isolation = i and d.broken is not null),
	0::bigint, format('%s (%s): %s rounds in flight, the second waited in %s', p.pair, i,
	(select count(*) from race.done d where d.pair = p.pair and d.isolation = i),
		(select count(*) from race.done d where d.pair = p.pair and d.isolation = i and d.second_waited)))
from (select pair, min(ctid) from race.done group by pair) p (pair, n),
	unnest(array['read committed', 'repeatable read']) i order by p.n, i;
select is((select string_agg(distinct format('%s: %s', pair, isolation), E'\n') from race.done where not first_ok),
	null, 'the first of a pair is always let through');
select is((select string_agg(distinct format('%s: %s', pair, second_error), E'\n') from race.done
	where second_error !~ 'could not serialize|deadlock detected|claim_separation'
		and second_error !~ '"rule"|"version"|"state"|"allowed"' and lost_sight is not true), null,
		'the second is refused by a rule, or tries again');
select is((select array_agg(x) from app.check_claims() x), null, 'claims are what their sources say');
select * from finish();
