-- Two writes on an audit's work, each fine alone, that together would break S5, S9, S11 or a state: at both isolation levels and in both
-- orders, never both commit to something broken.
-- Seen to fail: with app.lock_audit() and app.lock_finding() reading instead of updating, all but those of the plan and of the verification (which
-- the trigger on the finding's states still stops) and the named verifier break at one level or both; with the exclusion constraint gone as well, that too.
\set ON_ERROR_STOP on
set client_min_messages = warning;
select no_plan();
\ir fixture/fieldwork.sql
\ir fixture/race.sql

-- A finding of Backup and recovery in round n: drafted and graded by Ann, issued, planned, its plan accepted by Ben, its actions done.
create function race.finding(n int, until text default 'issued') returns void language plpgsql as $$
declare
	f text := 'f' || n;
begin
	perform set_config('ninetwo.organisation', t.org()::text, true);
	perform t.made(f, 'a', 'finding.draft', jsonb_build_object('part', t.id('part-backup'), 'title', 'Finding ' || n, 'condition', 'x', 'requirements', jsonb_build_array(t.id('9.2.1')), 'functions', jsonb_build_array(t.id('backup'))));
	perform t.call('a', 'finding.grade', t.with_version('finding', f, '{"grade": "minor", "answers": {"requirement_unmet": true}, "reason": "A single case."}'));
	if until = 'draft' then return; end if;
	perform t.call('a', 'finding.issue', t.with_version('finding', f, '{"share_skipped": "Seen together."}'));
	if until = 'issued' then return; end if;
	perform t.made('r' || n, 'ob', 'response.save', jsonb_build_object('finding', t.id(f), 'correction', 'x', 'root_cause', 'x', 'extent', 'x'));
	perform race.action(n, 'p' || n, 'ob'), race.action(n, 'q' || n, 'ob');
	if until = 'draft plan' then return; end if;
	perform t.call('ob', 'response.submit', t.with_version('response', 'r' || n));
	if until = 'planned' then return; end if;
	perform t.call('b', 'response.accept', t.with_version('response', 'r' || n));
	if until = 'accepted' then return; end if;
	perform t.call('ob', 'action.done', t.with_version('action', 'p' || n, '{"proof": "x"}')), t.call('ob', 'action.done', t.with_version('action', 'q' || n, '{"proof": "x"}'));
end $$;
create function race.action(n int, key text, owner text) returns jsonb language sql as $$
	select t.made(key, 'ob', 'action.plan', jsonb_build_object('finding', t.id('f' || n), 'what', 'x', 'owner', t.id(owner), 'due', current_date + 20, 'criterion', 'x', 'judge_from', current_date))
$$;
create function race.doer(n int) returns void language plpgsql as $$
begin
	perform set_config('ninetwo.organisation', t.org()::text, true);
	perform t.person('u' || n, 'Una ' || n, '{auditor,auditee}', t.id('own'));
	perform t.call('x', 'competence.record', jsonb_build_object('person', t.id('u' || n), 'kind', 'criterion', 'framework', t.id('iso'), 'evaluated_by', 'Plumb Audit', 'method', 'Observation', 'valid_from', current_date - 500, 'valid_until', current_date + 500));
end $$;
-- Both sides of S5 on one finding or request.
create function race.both_hands() returns text language sql as $$
	select string_agg('S5', '') from app.claim a join app.claim b on a.organisation = b.organisation and a.rule = 'S5' and b.rule = 'S5' and a.subject = b.subject and a.object = b.object and a.side < b.side
$$;
-- Ready to be released, but for what a round does.
create function race.releasable() returns void language plpgsql as $$
begin
	perform set_config('ninetwo.organisation', t.org()::text, true);
	update app.finding set state = 'withdrawn' where state in ('draft', 'shared');
	update app.audit set state = 'reporting', conclusion = 'x', recipient = t.id('m2') where id = t.id('audit');
	update app.declaration set confirmed_at = now() where lapsed_at is null;
end $$;

call race.run('released, and a finding is drafted', $$select race.releasable()$$,
	$$select t.call('l', 'release.report', jsonb_build_object('audit', t.id('audit'), 'version', t.version('audit', 'audit')))$$,
	$$select t.call('a', 'finding.draft', jsonb_build_object('part', t.id('part-backup'), 'title', 'Late', 'condition', 'x', 'requirements', jsonb_build_array(t.id('9.2.1')), 'functions', jsonb_build_array(t.id('backup'))))$$,
	$$select string_agg(f.reference, ' ') from app.finding f join app.audit a on a.organisation = f.organisation and a.id = f.audit where a.id = t.id('audit') and a.state = 'released' and f.state = 'draft'$$);
update app.audit set state = 'fieldwork' where id = t.id('audit');
call race.run('issued, and withdrawn', $$select race.finding({n}, 'draft')$$,
	$$select t.call('a', 'finding.issue', t.with_version('finding', 'f{n}', '{"share_skipped": "x"}'))$$, $$select t.call('b', 'finding.withdraw', t.with_version('finding', 'f{n}', '{"reason": "x"}'))$$,
	$$select 'both' from app.finding f where f.id = t.id('f{n}') and f.issued_at is not null and f.state = 'withdrawn'$$);
call race.run('acknowledged, and disputed', $$select race.finding({n})$$,
	$$select t.call('ob', 'finding.acknowledge', t.with_version('finding', 'f{n}'))$$, $$select t.call('o', 'finding.dispute', t.with_version('finding', 'f{n}', '{"reason": "x"}'))$$,
	$$select 'both' from app.finding f where f.id = t.id('f{n}') and exists (select from app.dispute d where d.finding = f.id) and (f.state <> 'disputed' or f.acknowledged_at is not null)$$);
call race.run('S11: a dispute is decided twice', $$select race.finding({n}), t.call('ob', 'finding.dispute', t.with_version('finding', 'f{n}', '{"reason": "x"}'))$$,
	$$select t.call('l', 'finding.withdraw', t.with_version('finding', 'f{n}', '{"reason": "x"}'))$$,
	$$select t.call('l', 'dispute.decide', (select jsonb_build_object('id', d.id, 'version', d.version) from app.dispute d where d.finding = t.id('f{n}')) || '{"decision": "upheld", "reason": "x"}')$$,
	$$select 'both' from app.finding f join app.dispute d on d.finding = f.id where f.id = t.id('f{n}') and ((d.decision = 'upheld') <> (f.state = 'acknowledged') or (select count(*) from app.grading g where g.finding = f.id and g.state = 'pending') <> (d.decision = 'withdrawn')::int)$$);
call race.run('S6: a decision is signed, and refused', $$select race.finding({n}), t.call('l', 'finding.withdraw', t.with_version('finding', 'f{n}', '{"reason": "x"}'))$$,
	$$select t.call('b', 'finding.sign', t.with_version('finding', 'f{n}'))$$, $$select t.call('b', 'finding.sign', t.with_version('finding', 'f{n}', '{"agree": false}'))$$,
	$$select 'both' from app.finding f join app.grading g on g.finding = f.id and g.phase = 'issued' where f.id = t.id('f{n}') and (f.state = 'withdrawn') <> (g.state = 'effective')$$);
call race.run('S5: planned for somebody, who joins the team', $$select race.finding({n}, 'draft plan'), race.doer({n})$$,
	$$select race.action({n}, 'z{n}', 'u{n}')$$, $$select t.call('x', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id('u{n}'), 'role', 'auditor', 'part', t.id('part-cards')))$$,
	$$select 'S5' from app.action c join app.assignment s on s.person = c.owner and s.audit = c.audit and s.ended_on is null where c.finding = t.id('f{n}')$$);
call race.run('S5: named to verify, and handed an action', $$select race.finding({n}, 'accepted'), race.doer({n})$$,
	$$select t.call('x', 'finding.name_verifier', t.with_version('finding', 'f{n}', jsonb_build_object('person', t.id('u{n}'))))$$,
	$$select t.call('ob', 'action.hand_over', t.with_version('action', 'p{n}', jsonb_build_object('owner', t.id('u{n}'), 'reason', 'x')))$$, 'race.both_hands()');
call race.run('S5: a plan is accepted, and returned', $$select race.finding({n}, 'planned')$$,
	$$select t.call('a', 'response.accept', t.with_version('response', 'r{n}'))$$, $$select t.call('b', 'response.return', t.with_version('response', 'r{n}', '{"reason": "x"}'))$$,
	$$select 'both' from app.finding f join app.response r on r.finding = f.id where f.id = t.id('f{n}') and (f.state = 'plan_accepted') <> (r.state = 'accepted')$$);
call race.run('the last two actions are done', $$select race.finding({n}, 'accepted')$$,
	$$select t.call('ob', 'action.done', t.with_version('action', 'p{n}', '{"proof": "x"}'))$$, $$select t.call('ob', 'action.done', t.with_version('action', 'q{n}', '{"proof": "x"}'))$$,
	$$select 'not implemented' from app.finding f where f.id = t.id('f{n}') and (f.state = 'implemented') <> not exists (select from app.action c where c.finding = f.id and c.state <> 'done')$$);
call race.run('verified effective, and an action returned', $$select race.finding({n}, 'implemented')$$,
	$$select t.call('b', 'verification.record', jsonb_build_object('finding', t.id('f{n}'), 'version', t.version('finding', 'f{n}'), 'result', 'effective', 'judgement', 'x'))$$,
	$$select t.call('a', 'action.return', t.with_version('action', 'p{n}', '{"reason": "x"}'))$$,
	$$select 'both' from app.finding f join app.action c on c.finding = f.id and c.state = 'returned' where f.id = t.id('f{n}') and f.state = 'closed'$$);
call race.run('verified twice', $$select race.finding({n}, 'implemented')$$,
	$$select t.call('b', 'verification.record', jsonb_build_object('finding', t.id('f{n}'), 'version', t.version('finding', 'f{n}'), 'result', 'effective', 'judgement', 'x'))$$,
	$$select t.call('a', 'verification.record', jsonb_build_object('finding', t.id('f{n}'), 'version', t.version('finding', 'f{n}'), 'result', 'not_effective', 'judgement', 'x'))$$,
	$$select 'both' from app.verification v where v.finding = t.id('f{n}') having count(*) > 1$$);
call race.run('S9: a fact comes to light, and the person goes on recording',
	$$select race.doer({n}), t.made('as{n}', 'x', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id('u{n}'), 'role', 'auditor', 'part', t.id('part-backup'))), t.call('u{n}', 'declaration.sign', jsonb_build_object('assignment', t.id('as{n}'), 'statement', 'Independent.')),
		t.made('c{n}', 'a', 'check.prepare', jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'requirement', t.id('9.2.1'), 'question', 'x', 'method', 'document'))$$,
	$$select t.call('x', 'responsibility.assign', jsonb_build_object('person', t.id('u{n}'), 'function', t.id('backup'), 'kind', 'operates', 'from_date', current_date - 200, 'until_date', current_date - 150))$$,
	$$select t.call('u{n}', 'check.record', t.with_version('check', 'c{n}', '{"result": "conform"}'))$$,
	$$select 'S9' from app.check c join app.assignment s on s.id = t.id('as{n}') and s.ended_on is not null where c.id = t.id('c{n}') and c.recorded_by = s.person and c.impaired_at is null$$);

select is((select count(*) from race.done d where d.pair = p.pair and d.isolation = i and d.broken is not null), 0::bigint, format('%s (%s): %s rounds in flight, the second waited in %s', p.pair, i,
	(select count(*) from race.done d where d.pair = p.pair and d.isolation = i), (select count(*) from race.done d where d.pair = p.pair and d.isolation = i and d.second_waited)))
from (select pair, min(ctid) from race.done group by pair) p (pair, n), unnest(array['read committed', 'repeatable read']) i order by p.n, i;
select is((select string_agg(distinct format('%s: %s', pair, isolation), E'\n') from race.done where not first_ok), null, 'the first of a pair is always let through');
select is((select string_agg(distinct format('%s: %s', pair, second_error), E'\n') from race.done
	where second_error !~ 'could not serialize|deadlock detected|claim_separation' and second_error !~ '"rule"|"version"|"state"|"allowed"|"noun"'), null, 'the second is refused by a rule, or tries again');
select is((select array_agg(x) from app.check_claims() x), null, 'claims are what their sources say');
select * from finish();
