-- The rules of separation, in acts: who may, who may not, a stranger, nobody. A test is named after its rule.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/company.sql

create function t.assign(who text, person text, role text, part text) returns jsonb language sql as $$
	select t.refusal(who, 'assignment.assign', jsonb_strip_nulls(jsonb_build_object('audit', t.id('audit'), 'person', t.id(person), 'role', role, 'part', case when part is not null then t.id(part) end)))
$$;
create function t.rule(refusal jsonb) returns text language sql as $$ select refusal ->> 'rule' $$;

-- S1
select is(t.rule(t.assign('x', 'o', 'auditor', 'part-backup')), 'S1', 'S1: who operates a function does not audit it');
select matches(t.assign('x', 'o', 'auditor', 'part-backup') ->> 'message', '^Olaf Operator operates Backup and recovery since \d{4}-\d\d-\d\d', 'S1: the refusal says so in words and dates');
select is(t.assign('x', 'o', 'auditor', 'part-backup') #>> '{data,responsibility,kind}', 'operates', 'S1: and in data');
select t.made('r-sub', 'x', 'responsibility.assign', jsonb_build_object('person', t.id('n'), 'function', t.id('restore'), 'kind', 'monitors', 'from_date', current_date - 200)) is not null as kept \gset
select is(t.rule(t.assign('x', 'n', 'auditor', 'part-backup')), 'S1', 'S1: a responsibility for a sub-function counts');
select is(t.assign('x', 'o', 'auditor', 'part-cards'), '{"code": 0}', 'S1: is judged per part: who operates one function audits another');
-- S2
select is(t.rule(t.assign('x', 's', 'auditor', 'part-cards')), 'S2', 'S2: who is employed by the supplier that operates a function does not audit it');
select is(t.assign('x', 's', 'auditor', 'part-backup'), '{"code": 0}', 'S2: but audits what the supplier does not operate');
-- S3
select is(t.rule(t.assign('x', 'k', 'auditor', 'part-backup')), 'S3', 'S3: the certification body supplies no auditor');
-- S12
select is(t.rule(t.assign('x', 'n', 'lead', null)), 'S1', 'S1 comes before S12');
select is(t.rule(t.assign('x', 'a', 'lead', null)), 'S12', 'S12: who is not evaluated as a lead does not lead');
select is(t.assign('x', 'l', 'lead', null), '{"code": 0}', 'S12: who is, does');
select is(t.assign('x', 'c', 'lead', null) ->> 'code', '-32003', 'S12: before one lead at a time');
-- S4
select is(t.rule(t.assign('x', 'p', 'auditor', 'part-backup')), 'S4', 'S4: who planned the audit is not on its team');
select is(t.call('y', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id('a'), 'role', 'auditor', 'part', t.id('part-access'))) #>> '{proposal,state}', 'open',
	'S4: an administrator who owns a function in scope only proposes');
select t.keep('proposal', (select id from app.proposal)) is not null as kept \gset
select is((select count(*) from app.assignment where person = t.id('a')), 0::bigint, 'S4: until it is countersigned nobody is assigned');
select is(t.refusal('y', 'proposal.countersign', t.with_version('proposal', 'proposal')) ->> 'code', '-32002', 'S4: the proposer does not countersign');
select is(t.refusal('m', 'proposal.countersign', t.with_version('proposal', 'proposal')), '{"code": 0}', 'S4: management does');
select t.keep('as-a', (select id from app.assignment where person = t.id('a'))) is not null as kept \gset
select is((select countersigned_by from app.assignment where id = t.id('as-a')), t.id('m'), 'S4: the countersignature is kept');
select is(t.rule(t.refusal('x', 'membership.grant', jsonb_build_object('person', t.id('a'), 'role', 'administrator'))), 'roles', 'roles: administrator and auditor exclude each other');
select is(t.rule(t.refusal('m', 'membership.grant', jsonb_build_object('person', t.id('x'), 'role', 'management'))), 'roles', 'roles: administrator and management exclude each other');
-- S7
select is(t.refusal('a', 'check.list', jsonb_build_object('audit', t.id('audit'))), '{"code": 0}', 'S7: a list is open to every member');
select is((select cardinality(app.my_parts())), 0, 'S7: before declaring nobody is on a team');
select is(t.call('a', 'declaration.sign', jsonb_build_object('assignment', t.id('as-a'), 'statement', 'I am independent of the functions in scope.',
	'interests', jsonb_build_array(jsonb_build_object('kind', 'advised', 'description', 'Advised on access reviews two years ago.', 'function', t.id('access'))))) #>> '{declaration,unguarded}', '1', 'S7: an interest waits for a safeguard');
select is((select count(*) from app.assignments_of(t.org(), t.id('a'))), 0::bigint, 'S7: and blocks until there is one');
select t.keep('interest', (select id from app.interest)) is not null as kept \gset
select is(t.call('y', 'safeguard.record', jsonb_build_object('interest', t.id('interest'), 'kind', 'second_auditor', 'reason', 'Lena reviews the papers.')) #>> '{proposal,state}', 'open', 'S7, S4: who owns a function in scope proposes the safeguard');
select isnt(t.call('x', 'safeguard.record', jsonb_build_object('interest', t.id('interest'), 'kind', 'second_auditor', 'reason', 'Lena reviews the papers.')) ->> 'safeguard', null, 'S7: an administrator free of S4 records it');
select is((select count(*) from app.assignments_of(t.org(), t.id('a'))), 1::bigint, 'S7: then the auditor is declared team');
select is(t.rule(t.refusal('l', 'declaration.sign', jsonb_build_object('assignment', t.id('as-a'), 'statement', 'For Ann.'))), 'place', 'S7: nobody signs for another');
-- S9
select is(t.refusal('x', 'responsibility.assign', jsonb_build_object('person', t.id('a'), 'function', t.id('access'), 'kind', 'monitors', 'from_date', current_date + 1)), '{"code": 0}', 'S9: while an audit is only planned its assignment gives way');
select * from finish();
rollback;
begin;
select no_plan();
\ir fixture/company.sql
create function t.rule(refusal jsonb) returns text language sql as $$ select refusal ->> 'rule' $$;
create function t.ready() returns void language plpgsql as $$
begin
	perform t.made('as-l', 'x', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id('l'), 'role', 'lead'));
	perform t.made('as-a', 'x', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id('a'), 'role', 'auditor', 'part', t.id('part-access')));
	perform t.made('as-b', 'x', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id('b'), 'role', 'auditor', 'part', t.id('part-backup')));
	perform t.call(who, 'declaration.sign', jsonb_build_object('assignment', t.id('as-' || who), 'statement', 'I am independent.')) from unnest(array['l', 'a', 'b']) who;
end $$;
select t.ready() is not null as kept \gset
select is(t.rule(t.refusal('l', 'audit.prepare', t.with_version('audit', 'audit'))), 'confirmation', 'prepared needs the owners'' confirmations');
select is(t.rule(t.refusal('z', 'confirmation.give', jsonb_build_object('audit', t.id('audit'), 'function', t.id('backup')))), null, 'a stranger does not see the audit');
select is(t.refusal('z', 'confirmation.give', jsonb_build_object('audit', t.id('audit'), 'function', t.id('backup'))) ->> 'code', '-32004', 'and is told that there is none');
select is(t.refusal('ob', 'confirmation.give', jsonb_build_object('audit', t.id('audit'), 'function', t.id('backup'))), '{"code": 0}', 'an owner may confirm');
select t.call('y', 'confirmation.give', jsonb_build_object('audit', t.id('audit'), 'function', t.id('access'))) as kept_y,
	t.call('oc', 'confirmation.give', jsonb_build_object('audit', t.id('audit'), 'function', t.id('cards'))) is not null as kept \gset
select is(t.rule(t.refusal('l', 'audit.prepare', t.with_version('audit', 'audit'))), 'plan', 'prepared needs the plan sent');
select t.call('l', 'audit.send_plan', t.with_version('audit', 'audit')) is not null as kept \gset
select is(t.rule(t.refusal('a', 'audit.prepare', t.with_version('audit', 'audit'))), 'place', 'only the lead prepares');
select is(t.call('l', 'audit.prepare', t.with_version('audit', 'audit')) ->> 'state', 'prepared', 'the lead does');
select is(t.refusal('l', 'audit.prepare', t.with_version('audit', 'audit')) ->> 'code', '-32006', 'once');
select is(t.rule(t.refusal('x', 'responsibility.assign', jsonb_build_object('person', t.id('a'), 'function', t.id('access'), 'kind', 'monitors', 'from_date', current_date + 1))), 'S9', 'S9: a decision is refused');
select matches(t.refusal('x', 'responsibility.assign', jsonb_build_object('person', t.id('a'), 'function', t.id('access'), 'kind', 'monitors', 'from_date', current_date + 1)) ->> 'message', 'IA-\d{4}-01', 'S9: and names the audit');
select is(t.refusal('x', 'responsibility.assign', jsonb_build_object('person', t.id('a'), 'function', t.id('backup'), 'kind', 'monitors', 'from_date', current_date + 1)), '{"code": 0}', 'S9: a function of another part is free');
select is(t.rule(t.refusal('x', 'affiliation.add', jsonb_build_object('person', t.id('l'), 'party', t.id('host'), 'kind', 'contracted', 'from_date', current_date + 1))), 'S9', 'S9: so is an affiliation that would break S2');
select is(t.rule(t.refusal('x', 'operation.add', jsonb_build_object('party', t.id('firm'), 'function', t.id('cards'), 'from_date', current_date))), 'S9', 'S9: and an operating party');
select is(t.rule(t.refusal('x', 'certification.add', jsonb_build_object('party', t.id('firm'), 'kind', 'certification', 'framework_name', 'ISO 9001', 'from_date', current_date))), 'S9', 'S9: and a certification');
select t.made('fact', 'x', 'responsibility.assign', jsonb_build_object('person', t.id('b'), 'function', t.id('backup'), 'kind', 'operates', 'from_date', current_date - 200, 'until_date', current_date - 150)) is not null as kept \gset
select isnt((select ended_on from app.assignment where id = t.id('as-b')), null, 'S9: a fact is recorded and the assignment ends');
select is((select count(*) from app.impairment), 1::bigint, 'S9: with its impairment');
select is((select count(*) from app.claim where source = t.id('as-b') and rule in ('S1', 'S2')), 0::bigint, 'S9: and its claims of judging are gone');
select is(t.rule(t.refusal('x', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id('b'), 'role', 'auditor', 'part', t.id('part-backup')))), 'S1', 'S1: within the window the past counts');
-- S13
select t.call('x', 'responsibility.end', t.with_version('responsibility', 'r-o', jsonb_build_object('until_date', current_date - 399, 'reason', 'He moved on.'))) is not null as kept \gset
select is(t.rule(t.refusal('x', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id('o'), 'role', 'auditor', 'part', t.id('part-backup')))), 'S1', 'S13: an end dated earlier does not count yet');
select t.keep('ending', (select id from app.ending where subject = t.id('r-o') and state = 'proposed')) is not null as kept \gset
select is(t.refusal('x', 'ending.countersign', t.with_version('ending', 'ending', '{"reason": "yes"}')) ->> 'code', '-32002', 'S13: not countersigned by who entered it');
select is(t.call('m', 'ending.countersign', t.with_version('ending', 'ending', '{"reason": "The rota shows it."}')) ->> 'state', 'countersigned', 'S13: management countersigns');
select is(t.refusal('x', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id('o'), 'role', 'auditor', 'part', t.id('part-backup'))), '{"code": 0}', 'S13: then it counts as dated');
-- Everything derived is as its sources say
select is((select array_agg(x) from app.check_claims() x), null, 'claims are what their sources say');
-- The stranger, nobody, and who forges
select is(t.refusal(null, 'audit.get', jsonb_build_object('id', t.id('audit'))) ->> 'code', '-32001', 'nobody is asked to sign in');
select is(t.refusal('forged', 'audit.get', jsonb_build_object('id', t.id('audit'))) ->> 'code', '-32001', 'and forged settings are nobody''s');
select is(t.refusal('v', 'audit.get', jsonb_build_object('id', t.id('audit'))) ->> 'code', '-32004', 'S8: an observer sees no audit');
select is(jsonb_array_length(t.call('v', 'person.list') -> 'items'), 1, 'an observer sees themselves and nobody else');
select ok(exists (select from jsonb_path_query(t.call('x', 'audit.eligible', jsonb_build_object('id', t.id('audit'))), '$.parts[*].auditors[*] ? (@.eligible == false && @.reasons[0].rule == "S2")') x), 'who could audit: with reasons');
select * from finish();
rollback;
