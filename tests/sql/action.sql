-- What follows an issued nonconformity: response, plan, actions, extensions, verification; and S5 at every step.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/fieldwork.sql

create function t.issued(key text, grade text, part text, function text, who text) returns void language plpgsql as $$
begin
	perform t.made(key, who, 'finding.draft',
		jsonb_build_object('part', t.id(part), 'title', 'Restores are not tested', 'condition',
		'No restore test since January.',
		'requirements', jsonb_build_array(t.id('9.2.1')), 'functions', jsonb_build_array(t.id(function))));
	perform t.call(who, 'finding.grade',
		t.with_version('finding', key,
		jsonb_build_object('grade', grade, 'answers', '{"requirement_unmet": true}'::jsonb, 'reason', 'As seen.')));
	perform t.call(who, 'finding.issue', t.with_version('finding', key, '{"share_skipped": "Seen together."}'));
end $$;
create function t.state(key text) returns text language sql as $$ select state::text from app.finding
	where id = t.id(key) $$;
create function t.on_finding(key text, more jsonb default '{}') returns jsonb
	language sql as $$ select jsonb_build_object('finding', t.id(key)) || more $$;
create function t.plan(key text, owner text, more jsonb default '{}') returns jsonb language sql as $$
	select jsonb_build_object('finding', t.id(key), 'what', 'Test a restore every month', 'owner', t.id(owner), 'due',
		current_date + 20, 'criterion', 'Three tests in a row succeed', 'judge_from', current_date) || more
$$;
select t.issued('f', 'major', 'part-backup', 'backup', 'a') is not null as kept \gset

-- The response
select is(t.rule(t.refusal('y', 'response.save', t.on_finding('f', '{"containment": "x"}'))), 'place',
	'who is responsible for another function does not answer');
select is(t.code(t.refusal('z', 'response.save', t.on_finding('f', '{"containment": "x"}'))), -32004,
	'a stranger is told that there is none');
select is(t.code(t.refusal('x', 'response.save', t.on_finding('f', '{"containment": "x"}'))), -32002,
	'S10: an administrator writes nothing that an auditee says');
select is(t.code(t.refusal(null, 'response.save', t.on_finding('f', '{"containment": "x"}'))), -32001,
	'nobody is asked to sign in');
select is(t.made('r', 'ob', 'response.save', t.on_finding('f', '{"correction": "Restored by hand."}')) ->> 'state',
	'draft', 'the owner begins a response');
select is(t.code(t.refusal('ob', 'response.save', t.on_finding('f', '{"correction": "x"}'))), -32005,
	'a response begun is saved with its version');
select is(t.rule(t.refusal('ob', 'response.submit', t.with_version('response', 'r'))), 'containment',
	'a major without containment is refused');
select t.call('ob', 'response.save',
	t.on_finding('f',
	'{"version": 2, "containment": "Backups copied."}')) ->> 'version' as v \gset
select is((select correction from app.response where id = t.id('r')), 'Restored by hand.',
	'what a call does not name stays as it is');
select is((select contained_at is not null and next_due = current_date + 14 from app.finding where id = t.id('f')),
	true, 'contained, the plan is due next');
select is(t.rule(t.refusal('ob', 'response.submit', t.with_version('response', 'r'))), 'root_cause',
	'a nonconformity without root cause is refused');
select t.call('ob', 'response.save',
	t.on_finding('f',
	jsonb_build_object('version', :v, 'root_cause', 'Nobody was named.', 'cause_method', 'five_whys',
	'extent', 'Archive restores too.', 'causes',
		'[{"question": "Why?", "text": "Nobody was named."}]'::jsonb))) ->> 'root_cause' as kept \gset
select is(t.call('ob', 'response.save',
	t.on_finding('f', jsonb_build_object('version', t.version('response', 'r'), 'cause_method', null))) - array[
		'version',
	'updated_at'], (app.one('response', t.id('r')) || '{"cause_method": null}')
	- array['version', 'updated_at'], 'null empties what it names, and nothing else');
select is(t.rule(t.refusal('ob', 'response.submit', t.with_version('response', 'r'))), 'action',
	'a plan has at least one action');
select is(
	t.rule(t.refusal('ob', 'response.save',
	t.on_finding('f', jsonb_build_object('version', t.version('response', 'r'), 'on_behalf_of', t.id('host'))))), null,
	'recorded on behalf of a supplier its original is needed');
-- The plan
select is(t.rule(t.refusal('ob', 'action.plan', t.plan('f', 'a'))), 'S5',
	'S5: a team member owns no action of its finding');
select is(t.rule(t.refusal('ob', 'action.plan', t.plan('f', 'x'))), 'auditee', 'an owner is an auditee');
select matches(t.made('act', 'ob', 'action.plan', t.plan('f', 'd')) ->> 'reference', '-F-01-A-1$',
	'the owner of the function plans an action');
select is(t.call('d', 'finding.get', jsonb_build_object('id', t.id('f'))) ->> 'grade', 'major',
	'the action''s owner sees the finding behind it');
select is(t.ids(t.call('d', 'action.list')), array[t.id('act')], 'and finds it in their list');
select is(t.ids(t.call('d', 'finding.list')), array[t.id('f')], 'with its finding');
select is(t.ids(t.call('oc', 'action.list')), '{}'::uuid[], 'others do not');
select is(
	t.rule(t.refusal('x', 'assignment.assign',
	jsonb_build_object('audit', t.id('audit'), 'person', t.id('d'), 'role', 'auditor', 'part', t.id('part-cards')))),
	'S5', 'S5: nor does an action''s owner join the team');
select is(t.code(t.refusal('d', 'action.done', t.with_version('action', 'act', '{"proof": "x"}'))), -32006,
	'nothing is done before the plan is accepted');
select t.made('spare', 'ob', 'action.plan', t.plan('f', 'ob')) is not null as kept \gset
select is(t.call('ob', 'action.drop', t.with_version('action', 'spare', '{"reason": "Not needed."}')) ->> 'state',
	'dropped', 'an action is taken out while the plan is written');
select is(t.call('ob', 'response.submit', t.with_version('response', 'r')) ->> 'state', 'submitted',
	'the plan is submitted');
select is(t.state('f'), 'planned', 'the finding is planned');
select is(t.rule(t.refusal('n', 'response.accept', t.with_version('response', 'r'))), 'S5',
	'a trainee accepts no plan');
select is(t.rule(t.refusal('c', 'response.accept', t.with_version('response', 'r'))), 'place',
	'nor does an auditor of another part');
select is(t.rule(t.refusal('d', 'response.accept', t.with_version('response', 'r'))), 'S5',
	'S5: nor the action''s owner, auditor or not');
select is(t.call('a', 'response.return',
	t.with_version('response', 'r', '{"reason": "Name who replaces Dora."}')) ->> 'state', 'returned',
	'the team returns it with a reason');
select is(t.state('f'), 'plan_returned', 'the finding says so');
select is(
	t.rule(t.refusal('d', 'action.hand_over',
	t.with_version('action', 'act', jsonb_build_object('owner', t.id('a'), 'reason', 'x')))), 'S5',
	'S5: who returned the plan takes over no action');
select is(t.made('r2', 'ob', 'response.save',
	t.on_finding('f',
	'{"containment": "Backups copied.", "correction": "Restored by hand.", "root_cause": "Nobody was named.", '
	'"extent": "Archive too."}')) ->> 'round', '2', 'a new round begins');
select is(t.call('ob', 'action.change',
	t.with_version('action', 'act', '{"what": "Test a restore every month, Olaf replaces Dora"}')) ->> 'round', '2',
	'takes its actions along, and they change');
select t.call('ob', 'response.submit', t.with_version('response', 'r2')) is not null as kept \gset
select is(t.code(t.refusal('ob', 'action.change', t.with_version('action', 'act', t.plan('f', 'd') - 'finding'))),
	-32009, 'what is submitted stands');
select is(t.call('l', 'response.accept', t.with_version('response', 'r2')) ->> 'state', 'accepted',
	'the lead accepts it');
select is(t.state('f'), 'plan_accepted', 'the plan is accepted');
-- Extension
select is(
	t.rule(t.refusal('d', 'extension.ask',
	jsonb_build_object('action', t.id('act'), 'until', current_date + 10, 'reason', 'x'))), 'until',
	'an extension is later');
select is(t.made('ext', 'd', 'extension.ask',
	jsonb_build_object('action', t.id('act'), 'until', current_date + 40, 'reason',
	'The tape drive is late.')) ->> 'state', 'asked', 'its owner asks for an extension');
select is(
	t.rule(t.refusal('d', 'extension.decide', t.with_version('extension', 'ext', '{"granted": true, "reason": "x"}'))),
	'S5', 'S5: who asked does not decide it');
select is(
	t.rule(t.refusal('o', 'extension.ask',
	jsonb_build_object('action', t.id('act'), 'until', current_date + 50, 'reason', 'x'))), 'asked', 'one at a time');
select is(t.call('a', 'extension.decide',
	t.with_version('extension', 'ext', '{"granted": true, "reason": "Agreed."}')) ->> 'state', 'granted',
	'an auditor of the part grants it');
select
	is((select array[due - current_date, first_due - current_date, extensions] from app.action where id = t.id('act')),
	'{40,20,1}'::int[], 'counted, and the first date stays');
select is((select array[implementation_due - current_date, first_due - current_date] from app.finding
	where id = t.id('f')), '{40,30}'::int[], 'also of the finding');
-- Doing
select is(t.rule(t.refusal('ob', 'action.progress', t.with_version('action', 'act', '{"percent": 50, "text": "x"}'))),
	'place', 'only its owner reports progress');
select is(t.call('d', 'action.progress',
	t.with_version('action', 'act', '{"percent": 50, "text": "First test made."}')) ->> 'percent', '50',
	'the owner does');
select t.made('proof', 'd', 'evidence.state_text', '{"title": "Test log", "statement": "Restored three times."}')
	is not null as kept \gset
select is(t.call('d', 'action.done',
	t.with_version('action', 'act',
	jsonb_build_object('proof', 'Three tests', 'evidence', jsonb_build_array(t.id('proof'))))) ->> 'state', 'done',
	'done with its proof');
select is(t.state('f'), 'implemented', 'every action done, the finding is implemented');
select is(t.call('a', 'evidence.get', jsonb_build_object('id', t.id('proof'))) ->> 'title', 'Test log',
	'the team reads the proof');
select is(t.rule(t.refusal('d', 'action.return', t.with_version('action', 'act', '{"reason": "x"}'))), 'S5',
	'S5: its owner judges no proof');
select is(t.call('a', 'action.return',
	t.with_version('action', 'act', '{"reason": "The third log is empty."}')) ->> 'state', 'returned',
	'a poor proof is returned');
select is(t.state('f'), 'implementation_returned', 'the finding says so');
select t.call('d', 'action.done', t.with_version('action', 'act', '{"proof": "Three tests, all logged"}')) is not null
	as kept \gset
select is(t.state('f'), 'implemented', 'done again');
-- Verifying
select is(
	t.rule(t.refusal('d', 'verification.record',
	t.on_finding('f', jsonb_build_object('version', t.version('finding', 'f'), 'result', 'effective', 'judgement',
	'x')))), 'S5', 'S5: the owner does not verify');
select is(t.call('d', 'action.hand_over',
	t.with_version('action', 'act', jsonb_build_object('owner', t.id('o'), 'reason', 'Leave'))) ->> 'owner',
	t.id('o')::text, 'the action is handed over');
select is(
	t.rule(t.refusal('d', 'verification.record',
	t.on_finding('f', jsonb_build_object('version', t.version('finding', 'f'), 'result', 'effective', 'judgement',
	'x')))), 'S5', 'S5: also after handing it over');
select is(
	t.rule(t.refusal('o', 'verification.record',
	t.on_finding('f', jsonb_build_object('version', t.version('finding', 'f'), 'result', 'effective', 'judgement',
	'x')))), 'S5', 'S5: nor who took it over');
select is(
	t.code(t.refusal('k', 'verification.record',
	t.on_finding('f', jsonb_build_object('version', t.version('finding', 'f'), 'result', 'effective', 'judgement',
	'x')))), -32004, 'an auditor off the team is told that there is none');
select is(t.call('b', 'verification.record',
	t.on_finding('f', jsonb_build_object('version', t.version('finding', 'f'), 'result', 'not_effective', 'judgement',
	'The fourth failed.'))) ->> 'round', '1', 'an auditor of the part verifies');
select is(t.state('f'), 'not_effective', 'not effective: it waits for a new plan');
select is(
	t.rule(t.refusal('b', 'verification.record',
	t.on_finding('f', jsonb_build_object('version', t.version('finding', 'f'), 'result', 'effective', 'judgement',
	'x')))), null, 'which is judged anew');
select t.made('r3', 'ob', 'response.save',
	t.on_finding('f',
	'{"containment": "Backups copied.", "correction": "Restored by hand.", "root_cause": "The drive was old.", '
	'"extent": "All drives."}')) is not null as kept \gset
select is(t.rule(t.refusal('ob', 'response.submit', t.with_version('response', 'r3'))), 'action',
	'with at least one new action');
select t.made('act2', 'ob', 'action.plan', t.plan('f', 'ob', jsonb_build_object('judge_from', current_date + 5)))
	is not null as kept, t.call('ob', 'response.submit', t.with_version('response', 'r3')) is not null as kept2,
	t.call('a', 'response.accept', t.with_version('response', 'r3')) is not null as kept3,
		t.call('ob', 'action.done', t.with_version('action', 'act2', '{"proof": "New drive"}')) is not null
		as kept4 \gset
select is(
	t.rule(t.refusal('b', 'verification.record',
	t.on_finding('f', jsonb_build_object('version', t.version('finding', 'f'), 'result', 'effective', 'judgement',
	'x')))), 'judge_from', 'it is judged from the day set in the plan');
update app.action set judge_from = current_date where id = t.id('act2');
-- A named verifier
select is(
	t.rule(t.refusal('l', 'finding.name_verifier',
	t.with_version('finding', 'f', jsonb_build_object('person', t.id('d'))))), 'S5',
	'S5: who had a hand in it is not named to verify');
select is(
	t.rule(t.refusal('l', 'finding.name_verifier',
	t.with_version('finding', 'f', jsonb_build_object('person', t.id('o'))))), 'S1',
	'S1: nor who operates the function');
select is(
	t.rule(t.refusal('a', 'finding.name_verifier',
	t.with_version('finding', 'f', jsonb_build_object('person', t.id('b'))))), 'place',
	'the lead names, or an administrator');
select is(t.call('l', 'finding.name_verifier',
	t.with_version('finding', 'f', jsonb_build_object('person', t.id('b')))) ->> 'verifier', t.id('b')::text,
	'the lead names an auditor of the part');
select is(
	t.rule(t.refusal('a', 'verification.record',
	t.on_finding('f', jsonb_build_object('version', t.version('finding', 'f'), 'result', 'effective', 'judgement',
	'x')))), 'place', 'then nobody else verifies');
select is(
	t.rule(t.refusal('x', 'responsibility.assign',
	jsonb_build_object('person', t.id('b'), 'function', t.id('backup'), 'kind', 'monitors', 'from_date',
	current_date + 1))), 'S9', 'S9: and they stay bound');
select is(t.call('b', 'verification.record',
	t.on_finding('f', jsonb_build_object('version', t.version('finding', 'f'), 'result', 'effective', 'judgement',
	'Three in a row.'))) ->> 'result', 'effective', 'effective');
select is(t.state('f'), 'closed', 'it is closed');
select is(t.call('l', 'response.get', jsonb_build_object('id', t.id('r'))) ->> 'reason', 'Name who replaces Dora.',
	'what was said stays readable');
select is(t.ids(t.call('ob', 'response.list', jsonb_build_object('finding', t.id('f')))),
	array[t.id('r'), t.id('r2'), t.id('r3')], 'round by round');
select is(jsonb_array_length(t.call('o', 'action.history', jsonb_build_object('id', t.id('act')))), 5,
	'with every step of an action');
select is(t.call('o', 'action.get', jsonb_build_object('id', t.id('act'))) ->> 'owner_name', 'Olaf Operator',
	'and who owns it now');
select is(t.call('d', 'extension.get', jsonb_build_object('id', t.id('ext'))) ->> 'decision_reason', 'Agreed.',
	'who handed it over goes on reading');
select is(t.ids(t.call('c', 'extension.list', jsonb_build_object('finding', t.id('f')))), array[t.id('ext')],
	'as does the audit''s team');
select is(
	(select array_agg(v ->> 'result')
	from jsonb_array_elements(t.call('m', 'verification.list',
	jsonb_build_object('finding', t.id('f'), 'sort', 'round')) -> 'items') v), '{not_effective,effective}'::text[],
	'management reads both verifications');
select
	is(t.code(t.refusal('oc', 'verification.get', jsonb_build_object('id', (select id from app.verification limit 1)))),
	-32004, 'another function''s owner does not');
select is(t.call('x', 'verification.get',
	jsonb_build_object('id', (select id from app.verification where result = 'effective'))) ->> 'verified_by_name',
	'Ben Auditor', 'S10: an administrator reads what was issued');

select is(t.code(t.refusal('ob', 'response.save', t.on_finding('f', '{"correction": "x"}'))), -32006,
	'nothing more is written to it');
select is((select count(*) from app.claim where source = t.id('f') and rule = 'S1'), 0::bigint,
	'S9: its verifier is free');

-- A minor: correction only
select t.issued('g', 'minor', 'part-cards', 'cards', 'c') is not null as kept,
	t.made('rg', 'oc', 'response.save',
	t.on_finding('g', '{"correction": "The label was replaced.", "correction_only": "A single misprint."}')) is not null
	as kept2 \gset
select is(t.call('oc', 'response.submit', t.with_version('response', 'rg')) ->> 'state', 'submitted',
	'a minor may need correction only, with a reason');
select t.call('c', 'response.accept', t.with_version('response', 'rg')) is not null as kept \gset
select is(t.state('g'), 'implemented', 'that the team accepts: then nothing is left to do');
select is(t.rule(t.refusal('oc', 'response.save', t.on_finding('f', '{}'))), null,
	'another function''s owner does not see the first');
-- On behalf of a supplier
select t.issued('h', 'minor', 'part-cards', 'cards', 'c') is not null as kept,
	t.made('orig', 'oc', 'evidence.state_text', '{"title": "Letter", "statement": "Harbour answers."}') is not null
	as kept2 \gset
select is(t.made('rh', 'oc', 'response.save',
	t.on_finding('h', jsonb_build_object('correction', 'They replaced it.', 'on_behalf_of', t.id('host'), 'original',
	t.id('orig')))) ->> 'on_behalf_of', t.id('host')::text,
	'the internal owner records a supplier''s answer, marked so');
select is(t.call('c', 'evidence.get', jsonb_build_object('id', t.id('orig'))) ->> 'title', 'Letter',
	'with the original attached');
-- S5, by the constraint itself
select throws_ok(
	format(
	'insert into app.claim (organisation, rule, subject, object, side, period, source) values (%L, ''S5'', %L, %L, '
	'''judges'', ''(,)'', %L)', t.org(), t.id('d'), t.id('f'), t.id('f')), '23P01', null,
	'S5: the constraint holds whoever writes');
select is((select count(*) from app.check_claims()), 0::bigint, 'claims are what their sources say');
select * from finish();
rollback;
