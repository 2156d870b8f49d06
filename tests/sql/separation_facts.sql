-- Decisions and facts (S9), history (S13), what a lead needs before an audit is prepared, and who is told that there is
-- nothing.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/company.sql
create function t.rule(refusal jsonb) returns text language sql as $$ select refusal ->> 'rule' $$;
create function t.ready() returns void language plpgsql as $$
begin
	perform t.made('as-l', 'x', 'assignment.assign',
		jsonb_build_object('audit', t.id('audit'), 'person', t.id('l'), 'role', 'lead'));
	perform t.made('as-a', 'x', 'assignment.assign',
		jsonb_build_object('audit', t.id('audit'), 'person', t.id('a'), 'role', 'auditor', 'part',
		t.id('part-access')));
	perform t.made('as-b', 'x', 'assignment.assign',
		jsonb_build_object('audit', t.id('audit'), 'person', t.id('b'), 'role', 'auditor', 'part',
		t.id('part-backup')));
	perform t.call(who, 'declaration.sign',
		jsonb_build_object('assignment', t.id('as-' || who), 'statement', 'I am independent.'))
		from unnest(array['l', 'a', 'b']) who;
end $$;
select t.ready() is not null as kept \gset
select is(t.rule(t.refusal('l', 'audit.prepare', t.with_version('audit', 'audit'))), 'confirmation',
	'prepared needs the owners'' confirmations');
select is(
	t.rule(t.refusal('z', 'confirmation.give', jsonb_build_object('audit', t.id('audit'), 'function', t.id('backup')))),
	null, 'a stranger does not see the audit');
select is(t.refusal('z', 'confirmation.give',
	jsonb_build_object('audit', t.id('audit'), 'function', t.id('backup'))) ->> 'code', '-32004',
	'and is told that there is none');
select is(t.refusal('ob', 'confirmation.give', jsonb_build_object('audit', t.id('audit'), 'function', t.id('backup'))),
	'{"code": 0}', 'an owner may confirm');
select t.call('y', 'confirmation.give', jsonb_build_object('audit', t.id('audit'), 'function', t.id('access')))
	as kept_y,
	t.call('oc', 'confirmation.give', jsonb_build_object('audit', t.id('audit'), 'function', t.id('cards'))) is not null
		as kept \gset
select is(t.rule(t.refusal('l', 'audit.prepare', t.with_version('audit', 'audit'))), 'plan',
	'prepared needs the plan sent');
select t.call('l', 'audit.send_plan', t.with_version('audit', 'audit')) is not null as kept \gset
select is(t.rule(t.refusal('a', 'audit.prepare', t.with_version('audit', 'audit'))), 'place', 'only the lead prepares');
select is(t.call('l', 'audit.prepare', t.with_version('audit', 'audit')) ->> 'state', 'prepared', 'the lead does');
select is(t.refusal('l', 'audit.prepare', t.with_version('audit', 'audit')) ->> 'code', '-32006', 'once');
select is(
	t.rule(t.refusal('x', 'responsibility.assign',
	jsonb_build_object('person', t.id('a'), 'function', t.id('access'), 'kind', 'monitors', 'from_date',
	current_date + 1))), 'S9', 'S9: a decision is refused');
select matches(t.refusal('x', 'responsibility.assign',
	jsonb_build_object('person', t.id('a'), 'function', t.id('access'), 'kind', 'monitors', 'from_date',
	current_date + 1)) ->> 'message', 'IA-\d{4}-01', 'S9: and names the audit');
select is(t.refusal('x', 'responsibility.assign',
	jsonb_build_object('person', t.id('a'), 'function', t.id('backup'), 'kind', 'monitors', 'from_date',
	current_date + 1)), '{"code": 0}', 'S9: a function of another part is free');
select is(
	t.rule(t.refusal('x', 'affiliation.add',
	jsonb_build_object('person', t.id('l'), 'party', t.id('host'), 'kind', 'contracted', 'from_date',
	current_date + 1))), 'S9', 'S9: so is an affiliation that would break S2');
select is(
	t.rule(t.refusal('x', 'operation.add',
	jsonb_build_object('party', t.id('firm'), 'function', t.id('cards'), 'from_date', current_date))), 'S9',
	'S9: and an operating party');
select is(
	t.rule(t.refusal('x', 'certification.add',
	jsonb_build_object('party', t.id('firm'), 'kind', 'certification', 'framework_name', 'ISO 9001', 'from_date',
	current_date))), 'S9', 'S9: and a certification');
select t.made('fact', 'x', 'responsibility.assign',
	jsonb_build_object('person', t.id('b'), 'function', t.id('backup'), 'kind', 'operates', 'from_date',
	current_date - 200, 'until_date', current_date - 150)) is not null as kept \gset
select isnt((select ended_on from app.assignment where id = t.id('as-b')), null,
	'S9: a fact is recorded and the assignment ends');
select is((select count(*) from app.impairment), 1::bigint, 'S9: with its impairment');
select is((select count(*) from app.claim where source = t.id('as-b') and rule in ('S1', 'S2')), 0::bigint,
	'S9: and its claims of judging are gone');
select is(
	t.rule(t.refusal('x', 'assignment.assign',
	jsonb_build_object('audit', t.id('audit'), 'person', t.id('b'), 'role', 'auditor', 'part', t.id('part-backup')))),
	'S1', 'S1: within the window the past counts');
-- S13
select t.call('x', 'responsibility.end',
	t.with_version('responsibility', 'r-o',
	jsonb_build_object('until_date', current_date - 399, 'reason', 'He moved on.'))) is not null as kept \gset
select is(
	t.rule(t.refusal('x', 'assignment.assign',
	jsonb_build_object('audit', t.id('audit'), 'person', t.id('o'), 'role', 'auditor', 'part', t.id('part-backup')))),
	'S1', 'S13: an end dated earlier does not count yet');
select t.keep('ending', (select id from app.ending where subject = t.id('r-o') and state = 'proposed')) is not null
	as kept \gset
select is(t.refusal('x', 'ending.countersign', t.with_version('ending', 'ending', '{"reason": "yes"}')) ->> 'code',
	'-32002', 'S13: not countersigned by who entered it');
select is(t.call('m', 'ending.countersign',
	t.with_version('ending', 'ending', '{"reason": "The rota shows it."}')) ->> 'state', 'countersigned',
	'S13: management countersigns');
select is(t.refusal('x', 'assignment.assign',
	jsonb_build_object('audit', t.id('audit'), 'person', t.id('o'), 'role', 'auditor', 'part', t.id('part-backup'))),
	'{"code": 0}', 'S13: then it counts as dated');
-- Everything derived is as its sources say
select is((select array_agg(x) from app.check_claims() x), null, 'claims are what their sources say');
-- The stranger, nobody, and who forges
select is(t.refusal(null, 'audit.get', jsonb_build_object('id', t.id('audit'))) ->> 'code', '-32001',
	'nobody is asked to sign in');
select is(t.refusal('forged', 'audit.get', jsonb_build_object('id', t.id('audit'))) ->> 'code', '-32001',
	'and forged settings are nobody''s');
select is(t.refusal('v', 'audit.get', jsonb_build_object('id', t.id('audit'))) ->> 'code', '-32004',
	'S8: an observer sees no audit');
select is(jsonb_array_length(t.call('v', 'person.list') -> 'items'), 1, 'an observer sees themselves and nobody else');
select ok(exists (select from jsonb_path_query(t.call('x', 'audit.eligible', jsonb_build_object('id', t.id('audit'))),
	'$.parts[*].auditors[*] ? (@.eligible == false && @.reasons[0].rule == "S2")') x), 'who could audit: with reasons');
select * from finish();
rollback;
