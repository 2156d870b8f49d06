-- Two writes, each fine alone, that together would break a rule: at both isolation levels and in both orders, never both commit.
-- (How a round goes: fixture/race.sql.)
-- Seen to fail: with app.touch() doing nothing, every pair of S1 to S4 and S9 whose claims are made of two records breaks at one level or
-- both; with the exclusion constraint gone as well, the plain ones do.
\set ON_ERROR_STOP on
set client_min_messages = warning;
select no_plan();
\ir fixture/company.sql
\ir fixture/race.sql

-- A fresh auditor and a fresh audit of Backup (part 1) and Payroll (part 2) for round n.
create function race.fresh(n int) returns void language plpgsql as $$
declare audit jsonb;
begin
	perform set_config('ninetwo.organisation', t.org()::text, true);
	perform t.person('u' || n, 'Una ' || n, '{auditor}', t.id('own'));
	perform t.keep('g' || n, (t.call('x', 'function.add', jsonb_build_object('reference', 'G-' || n, 'name', 'Function ' || n)) ->> 'id')::uuid);
	perform t.keep('h' || n, (t.call('x', 'function.add', jsonb_build_object('reference', 'H-' || n, 'name', 'Other function ' || n)) ->> 'id')::uuid);
	perform t.call('x', 'competence.record', jsonb_build_object('person', t.id('u' || n), 'kind', k, 'framework', case k when 'criterion' then t.id('iso') end, 'evaluated_by', 'Plumb Audit', 'method', 'Observation',
		'valid_from', current_date - 500, 'valid_until', current_date + 500)) from unnest(array['criterion', 'lead']) k;
	audit := t.made('audit' || n, 'p', 'audit.plan', jsonb_build_object('kind', 'internal', 'title', 'Audit ' || n, 'objective', 'Conformity', 'scope', 'Two', 'criteria', 'ISO', 'starts_on', current_date, 'ends_on', current_date + 5,
		'audited_from', current_date - 365, 'sites', '["Here"]'::jsonb, 'methods', '["remote"]'::jsonb, 'timetable', '[{"at": "day 1", "what": "Opening"}]'::jsonb, 'requirements', jsonb_build_array(t.id('A.8.13')),
		'parts', jsonb_build_array(jsonb_build_object('title', 'One', 'functions', jsonb_build_array(t.id('g' || n))))));
	perform t.keep('part' || n, (audit #>> '{parts,0,id}')::uuid);
end $$;
create function race.assign(n int, role text default 'auditor') returns jsonb language sql as $$
	select t.call('x', 'assignment.assign', jsonb_strip_nulls(jsonb_build_object('audit', t.id('audit' || n), 'person', t.id('u' || n), 'role', role, 'part', case when role <> 'lead' then t.id('part' || n) end)))
$$;
create function race.prepared(n int) returns void language plpgsql as $$
begin
	perform race.fresh(n), t.keep('as' || n, (race.assign(n, 'lead') #>> '{assignment,id}')::uuid);
	perform t.call('u' || n, 'declaration.sign', jsonb_build_object('assignment', t.id('as' || n), 'statement', 'Independent.'));
	perform t.call('m', 'function.answer', t.with_version('function', 'g' || n, jsonb_build_object('person', t.id('ob'))));
	perform t.call('ob', 'confirmation.give', jsonb_build_object('audit', t.id('audit' || n), 'function', t.id('g' || n)));
	perform t.call('u' || n, 'audit.send_plan', t.with_version('audit', 'audit' || n));
end $$;
create function race.keep_ending(key text, of text) returns uuid language plpgsql as $$
begin
	return t.keep(key, (select id from app.ending where subject = t.id(of) and state = 'proposed'));
end $$;
create function race.responsible(who text, fn text, first_day date) returns jsonb language sql as $$
	select t.call('x', 'responsibility.assign', jsonb_build_object('person', t.id(who), 'function', t.id(fn), 'kind', 'monitors', 'from_date', first_day))
$$;


call race.run('S1: assigned, and made responsible', $$select race.fresh({n})$$, $$select race.assign({n})$$, $$select race.responsible('u{n}', 'g{n}', current_date)$$);
call race.run('S1: assigned, and the function becomes part of one they are responsible for', $$select race.fresh({n}), race.responsible('u{n}', 'h{n}', current_date)$$,
	$$select race.assign({n})$$, $$select t.call('x', 'function.update', t.with_version('function', 'g{n}', jsonb_build_object('name', 'Moved {n}', 'parent', t.id('h{n}'))))$$);
call race.run('S1: a function joins the scope, and they are made responsible for it', $$select race.fresh({n}), race.assign({n})$$,
	$$select t.call('p', 'audit.set_functions', t.with_version('audit', 'audit{n}', jsonb_build_object('part', t.id('part{n}'), 'functions', jsonb_build_array(t.id('g{n}'), t.id('h{n}')))))$$,
	$$select race.responsible('u{n}', 'h{n}', current_date)$$);
call race.run('S1: a function joins the scope, and its auditor joins the team', $$select race.fresh({n}), race.responsible('u{n}', 'h{n}', current_date)$$,
	$$select t.call('p', 'audit.set_functions', t.with_version('audit', 'audit{n}', jsonb_build_object('part', t.id('part{n}'), 'functions', jsonb_build_array(t.id('g{n}'), t.id('h{n}')))))$$,
	$$select race.assign({n})$$);
call race.run('S2: assigned, and employed by the operating party', $$select race.fresh({n}), t.call('x', 'operation.add', jsonb_build_object('function', t.id('g{n}'), 'party', t.id('host'), 'from_date', current_date - 10))$$,
	$$select race.assign({n})$$, $$select t.call('x', 'affiliation.add', jsonb_build_object('person', t.id('u{n}'), 'party', t.id('host'), 'kind', 'contracted', 'from_date', current_date))$$);
call race.run('S2: assigned, and their employer begins to operate', $$select race.fresh({n}), t.call('x', 'affiliation.add', jsonb_build_object('person', t.id('u{n}'), 'party', t.id('firm'), 'kind', 'contracted', 'from_date', current_date - 10))$$,
	$$select race.assign({n})$$, $$select t.call('x', 'operation.add', jsonb_build_object('function', t.id('g{n}'), 'party', t.id('firm'), 'from_date', current_date))$$);
call race.run('S2: employed by a party, and it begins to operate what they audit', $$select race.fresh({n}), race.assign({n})$$,
	$$select t.call('x', 'affiliation.add', jsonb_build_object('person', t.id('u{n}'), 'party', t.id('host'), 'kind', 'contracted', 'from_date', current_date))$$,
	$$select t.call('x', 'operation.add', jsonb_build_object('function', t.id('g{n}'), 'party', t.id('host'), 'from_date', current_date))$$);
call race.run('S3: assigned, and employed by the certification body', $$select race.fresh({n})$$, $$select race.assign({n})$$,
	$$select t.call('x', 'affiliation.add', jsonb_build_object('person', t.id('u{n}'), 'party', t.id('body'), 'kind', 'contracted', 'from_date', current_date))$$);
call race.run('S3: assigned, and their firm begins to certify', $$select race.fresh({n}), t.keep('firm{n}', (t.call('x', 'party.add', '{"name": "Firm {n}", "legal_identifier": "FIRM-{n}", "kinds": ["audit_firm"]}') ->> 'id')::uuid),
		t.call('x', 'affiliation.add', jsonb_build_object('person', t.id('u{n}'), 'party', t.id('firm{n}'), 'kind', 'employed', 'from_date', current_date - 30))$$,
	$$select race.assign({n})$$, $$select t.call('x', 'certification.add', jsonb_build_object('party', t.id('firm{n}'), 'kind', 'certification', 'framework_name', 'ISO 9001', 'from_date', current_date))$$);
call race.run('S4: a planner changes the audit, and is put on its team', $$select race.fresh({n}), t.call('x', 'membership.grant', jsonb_build_object('person', t.id('u{n}'), 'role', 'programme_manager'))$$,
	$$select race.assign({n})$$, $$select t.call('u{n}', 'audit.update', t.with_version('audit', 'audit{n}', jsonb_build_object('title', 'Changed', 'objective', 'Conformity', 'starts_on', current_date, 'ends_on', current_date + 4, 'audited_from', current_date - 365)))$$);
call race.run('S4: an administrator assigns, and becomes responsible in scope',
	$$select race.fresh({n}), t.person('w{n}', 'Wim {n}', '{administrator}', t.id('own'))$$,
	$$select t.call('w{n}', 'assignment.assign', jsonb_build_object('audit', t.id('audit{n}'), 'person', t.id('u{n}'), 'role', 'auditor', 'part', t.id('part{n}')))$$,
	$$select race.responsible('w{n}', 'g{n}', current_date)$$,
	-- Both may commit when the assignment came first; when the responsibility did, the assignment is a proposal.
	$$select string_agg('S4', '') from app.assignment s where current_setting('race.round')::int % 2 = 0 and s.person = t.id('u{n}') and s.assigned_by = t.id('w{n}') and s.countersigned_by is null$$);
call race.run('S7: signs, and functions are added', $$select race.fresh({n}), t.keep('as{n}', (race.assign({n}) #>> '{assignment,id}')::uuid)$$,
	$$select t.call('u{n}', 'declaration.sign', jsonb_build_object('assignment', t.id('as{n}'), 'statement', 'Independent.'))$$,
	$$select t.call('p', 'audit.set_functions', t.with_version('audit', 'audit{n}', jsonb_build_object('part', t.id('part{n}'), 'functions', jsonb_build_array(t.id('g{n}'), t.id('h{n}')))))$$,
	$$select string_agg('S7', '') from app.declaration d join app.part_function f on f.part = t.id('part{n}') where d.assignment = t.id('as{n}') and d.lapsed_at is null and not (f.function = any (d.functions))$$);
call race.run('S9: prepared, and a decision that a planned audit would give way to', $$select race.prepared({n})$$,
	$$select t.call('u{n}', 'audit.prepare', t.with_version('audit', 'audit{n}'))$$, $$select race.responsible('u{n}', 'g{n}', current_date)$$,
	$$select string_agg('S9', '') from app.audit a where a.id = t.id('audit{n}') and a.state = 'prepared' and not exists (select from app.assignment s where s.audit = a.id and s.ended_on is null)$$);
call race.run('S13: an end is countersigned, and entered anew', $$select race.fresh({n}), t.keep('r{n}', (race.responsible('ob', 'h{n}', current_date - 90) ->> 'id')::uuid),
		t.call('x', 'responsibility.end', jsonb_build_object('id', t.id('r{n}'), 'version', 1, 'until_date', current_date - 60, 'reason', 'Left.')),
		race.keep_ending('e{n}', 'r{n}')$$,
	$$select t.call('m', 'ending.countersign', t.with_version('ending', 'e{n}', '{"reason": "Seen."}'))$$,
	$$select t.call('x', 'responsibility.end', t.with_version('responsibility', 'r{n}', jsonb_build_object('until_date', current_date - 80, 'reason', 'Earlier still.')))$$,
	$$select string_agg('S13', '') from app.responsibility r where r.id = t.id('r{n}') and r.counts_until < r.until_date
		or (r.id = t.id('r{n}') and r.counts_until = current_date - 80)$$);
call race.run('roles: administrator, and auditor', $$select race.fresh({n}), t.person('q{n}', 'Quinn {n}', '{auditee}', t.id('own'))$$,
	$$select t.call('x', 'membership.grant', jsonb_build_object('person', t.id('q{n}'), 'role', 'administrator'))$$, $$select t.call('x', 'membership.grant', jsonb_build_object('person', t.id('q{n}'), 'role', 'auditor'))$$);
call race.run('one owner: two at once', $$select race.fresh({n})$$,
	$$select t.call('x', 'responsibility.assign', jsonb_build_object('person', t.id('ob'), 'function', t.id('g{n}'), 'kind', 'owns', 'from_date', current_date))$$,
	$$select t.call('y', 'responsibility.assign', jsonb_build_object('person', t.id('oc'), 'function', t.id('g{n}'), 'kind', 'owns', 'from_date', current_date))$$,
	$$select case when count(*) > 1 then 'two owners' end from app.responsibility r where r.function = t.id('g{n}') and r.kind = 'owns'$$);
call race.run('one lead: two at once', $$select race.fresh({n})$$, $$select race.assign({n}, 'lead')$$,
	$$select t.call('y', 'assignment.assign', jsonb_build_object('audit', t.id('audit{n}'), 'person', t.id('l'), 'role', 'lead'))$$,
	$$select case when count(*) > 1 then 'two leads' end from app.assignment s where s.audit = t.id('audit{n}') and s.role = 'lead' and s.ended_on is null$$);
call race.run('states: prepared, and cancelled', $$select race.prepared({n})$$, $$select t.call('u{n}', 'audit.prepare', t.with_version('audit', 'audit{n}'))$$,
	$$select t.call('p', 'audit.cancel', t.with_version('audit', 'audit{n}', '{"reason": "No longer needed."}'))$$,
	$$select case when state = 'prepared' and cancelled_at is not null then 'both' end from app.audit where id = t.id('audit{n}')$$);

select is((select count(*) from race.done d where d.pair = p.pair and d.isolation = i and d.broken is not null), 0::bigint, format('%s (%s): %s rounds in flight, the second waited in %s', p.pair, i,
	(select count(*) from race.done d where d.pair = p.pair and d.isolation = i), (select count(*) from race.done d where d.pair = p.pair and d.isolation = i and d.second_waited)))
from (select pair, min(ctid) from race.done group by pair) p (pair, n), unnest(array['read committed', 'repeatable read']) i order by p.n, i;
select is((select string_agg(distinct format('%s: %s', pair, second_error), E'\n') from race.done where not first_ok), null, 'the first of a pair is always let through');
select is((select string_agg(distinct format('%s: %s', pair, second_error), E'\n') from race.done
	where second_error !~ 'could not serialize|deadlock detected|claim_separation|responsibility_one_owner|assignment_one_lead' and second_error !~ '"rule"|"version"|"state"|"allowed"'), null, 'the second is refused by a rule, or tries again');
select is((select array_agg(x) from app.check_claims() x), null, 'claims are what their sources say');
select * from finish();
