-- Findings: drafted, graded with the aid, shared for accuracy, issued, disputed, withdrawn; who sees what of them, and
-- when.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/fieldwork.sql

create function t.draft(key text, who text, more jsonb default '{}') returns jsonb language sql as $$
	select t.made(key, who, 'finding.draft',
		jsonb_build_object('part', t.id('part-backup'), 'title', 'Restores are not tested', 'condition',
		'No restore test since January.',
		'effect', 'Recovery is not assured.', 'requirements', jsonb_build_array(t.id('A.8.13')), 'functions',
		jsonb_build_array(t.id('backup'))) || more)
$$;
create function t.see(who text, key text) returns jsonb
	language sql as $$ select t.refusal(who, 'finding.get', jsonb_build_object('id', t.id(key))) $$;
create function t.field(who text, key text, field text) returns text
	language sql as $$ select t.call(who, 'finding.get', jsonb_build_object('id', t.id(key))) ->> field $$;
create function t.step(who text, verb text, key text, more jsonb default '{}') returns jsonb
	language sql as $$ select t.call(who, 'finding.' || verb, t.with_version('finding', key, more)) $$;
create function t.not(who text, verb text, key text, more jsonb default '{}') returns jsonb
	language sql as $$ select t.refusal(who, 'finding.' || verb, t.with_version('finding', key, more)) $$;
create function t.unmet(more jsonb default '{}') returns jsonb language sql as $$ select '{"requirement_unmet": true}'
	|| more $$;
-- Whether the last event of a record is for somebody.
create function t.told(who text, key text) returns bool language sql as $$
	select coalesce((select e.tokens && (array(select h.token from app.holding(t.org(), t.id(who)) h) || t.id(who))
		from ledger.event e where e.subject = t.id(key) order by e.id desc limit 1), false)
$$;
create function t.code_of(who text, key text) returns int language sql as $$ select t.code(t.see(who, key)) $$;

-- A draft
select t.made('check', 'a', 'check.prepare',
	jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'requirement', t.id('A.8.13'),
	'question', 'Are restores tested?', 'method', 'document')) is not null as kept \gset
select matches(t.draft('f', 'a', jsonb_build_object('from_check', t.id('check')) - 'requirements') ->> 'reference',
	'^IA-\d{4}-01-F-01$', 'a draft has its reference');
select is(t.code_of(who, 'f'), 0, 'a draft is seen by ' || who || ' of its part')
	from unnest(array['a', 'b', 'n', 'l']) who;
select is(t.code_of(who, 'f'), -32004, 'a draft is not seen by ' || who)
	from unnest(array['c', 'ob', 'o', 'oc', 'x', 'y', 'p', 'm', 'd', 'v', 'z']) who;
select ok(t.told('a', 'f') and not t.told('ob', 'f') and not t.told('x', 'f') and not t.told('m', 'f'),
	'its events are for its team alone');
select is(t.ids(t.call('l', 'finding.list', jsonb_build_object('audit', t.id('audit')))), array[t.id('f')],
	'the list shows it to the team');
select is(t.ids(t.call('x', 'finding.list', jsonb_build_object('audit', t.id('audit')))), '{}'::uuid[],
	'S10: and not to an administrator');
select is(t.rule(t.not('a', 'issue', 'f')), 'grade', 'without a grade it is not issued');
select is(t.code(t.not('ob', 'grade', 'f', jsonb_build_object('grade', 'minor', 'answers', t.unmet()))), -32002,
	'an auditee grades nothing');
select is(t.code(t.not('c', 'grade', 'f', jsonb_build_object('grade', 'minor', 'answers', t.unmet()))), -32004,
	'nor does an auditor of another part');
-- Grading
select is(t.call('a', 'finding.grade_aid', jsonb_build_object('id', t.id('f'), 'answers', t.unmet())) ->> 'grade',
	'minor', 'the aid: an unmet requirement is minor');
select is(t.call('a', 'finding.grade_aid',
	jsonb_build_object('id', t.id('f'), 'answers', t.unmet('{"absent": true}'))) ->> 'grade', 'major',
	'the aid: an absent element is major');
select is(t.call('a', 'finding.grade_aid',
	jsonb_build_object('id', t.id('f'), 'answers',
	'{"requirement_unmet": false, "improvement": true}'::jsonb)) ->> 'grade', 'opportunity',
	'the aid: no requirement unmet is no nonconformity');
select is(t.step('a', 'change', 'f', '{"effect": "Data may be lost."}') ->> 'effect', 'Data may be lost.',
	'a change names what it changes');
select is(t.step('a', 'change', 'f', '{"title": "Untested restores"}') ->> 'effect', 'Data may be lost.',
	'the rest stays');
select is(t.step('a', 'change', 'f', '{"effect": null}') ->> 'effect', null, 'null empties');
select is(t.not('a', 'change', 'f', '{"title": null}') #>> '{data,params,0,name}', 'title',
	'but not what is never empty');
select is(t.rule(t.not('a', 'change', 'f', jsonb_build_object('addressed', t.id('restore')))), 'addressed',
	'and what it changes still fits the rest');
select is(t.step('n', 'change', 'f',
	jsonb_build_object('title', 'Restores are not tested', 'condition', 'No restore test since January.', 'effect',
	'Recovery is not assured.', 'requirements', jsonb_build_array(t.id('A.8.13')), 'functions',
	jsonb_build_array(t.id('backup'), t.id('restore')), 'addressed', t.id('backup'))) #>> '{functions,1}',
	t.id('restore')::text, 'its team changes a draft');
select is((select count(*) from app.finding_cell where finding = t.id('f')), 2::bigint,
	'the cells that it is about follow');
select is(t.rule(t.not('n', 'grade', 'f', jsonb_build_object('grade', 'minor', 'answers', t.unmet()))), 'S6',
	'S6: a trainee grades nothing');
select
	is(t.rule(t.not('a', 'grade', 'f', jsonb_build_object('grade', 'minor', 'answers', t.unmet('{"absent": true}')))),
	'grade_reason', 'another grade than the computed one needs a reason');
select
	is(t.step('a', 'grade', 'f', jsonb_build_object('grade', 'minor', 'answers', t.unmet('{"absent": true}'), 'reason',
	'Tests are made and not recorded.')) ->> 'grade', 'minor', 'with a reason it is saved');
select is(t.step('b', 'grade', 'f',
	jsonb_build_object('grade', 'major', 'answers', t.unmet('{"absent": true}'))) ->> 'grade', 'major',
	'a colleague grades it anew');
select is(jsonb_array_length(t.call('l', 'finding.grades', jsonb_build_object('id', t.id('f')))), 2,
	'every grade ever saved is kept');
-- Shared for accuracy
select is(t.rule(t.not('a', 'share', 'f')), 'review', 'S12: what a trainee changed is reviewed first');
select is(t.step('a', 'review', 'f') ->> 'review_open', 'false',
	'S12: by an auditor of the part, who may have raised it');
select is(t.rule(t.not('a', 'issue', 'f')), 'accuracy', 'it is shared for accuracy first, or says why not');
select is(t.step('a', 'share', 'f') ->> 'state', 'shared', 'an auditor shares it');
select is(t.field('ob', 'f', 'condition'), 'No restore test since January.', 'its auditee sees the condition');
select is(t.field('ob', 'f', 'grade'), null, 'not the grade');
select is(t.field('ob', 'f', 'computed_grade'), null, 'not the computed one');
select is(t.field('ob', 'f', 'effect'), null, 'not the effect');
select is(t.field('ob', 'f', 'from_check'), null, 'not the check it came from');
select is(t.call('ob', 'finding.grades', jsonb_build_object('id', t.id('f'))), '[]'::jsonb, 'and no history of grades');
select is(t.code_of('o', 'f'), 0, 'who operates the function sees it too');
select is(t.code_of(who, 'f'), -32004, who || ' does not')
	from unnest(array['oc', 'y', 'x', 'p', 'm', 'c', 'd', 'v', 'z']) who;
select ok(t.told('ob', 'f') and t.told('o', 'f') and not t.told('oc', 'f') and not t.told('m', 'f'),
	'they learn of it at once, and nobody else');
select is(t.call('ob', 'finding.remark',
	jsonb_build_object('id', t.id('f'), 'text', 'There was one in February.')) ->> 'state', 'shared',
	'the auditee remarks');
select is(t.call('a', 'finding.remarks', jsonb_build_object('id', t.id('f'))) #>> '{0,text}',
	'There was one in February.', 'the team reads the remark');
select is(t.code(t.not('ob', 'issue', 'f')), -32002, 'an auditee issues nothing');
select is(t.rule(t.not('n', 'issue', 'f')), 'S12', 'S12: a trainee issues nothing');
-- Issued
select is(t.step('a', 'issue', 'f') ->> 'state', 'issued', 'an auditor issues it');
select is(t.field('ob', 'f', 'grade'), 'major', 'the auditee sees the grade');
select is(t.code_of(who, 'f'), 0, 'an issued finding is seen by ' || who)
	from unnest(array['l', 'a', 'b', 'c', 'ob', 'o', 'x', 'y', 'p', 'm']) who;
select is(t.code_of(who, 'f'), -32004, 'an issued finding is not seen by ' || who)
	from unnest(array['oc', 'd', 'v', 'z']) who;
select ok(t.told('ob', 'f') and t.told('m', 'f') and t.told('c', 'f') and not t.told('oc', 'f')
	and not t.told('v', 'f'), 'its event is for exactly those');
select is(array[t.field('ob', 'f', 'containment_due'), t.field('ob', 'f', 'plan_due'),
	t.field('ob', 'f', 'implementation_due'), t.field('ob', 'f', 'acknowledge_by')],
	array[current_date + 3, current_date + 14, current_date + 30, current_date + 10]::text[],
		'the clocks run by the organisation''s days');
select is(t.field('ob', 'f', 'next_due'), (current_date + 3)::text, 'containment is due first');
select is(t.ids(t.call('ob', 'finding.list')), array[t.id('f')], 'the auditee''s list shows it');
select is(t.ids(t.call('m', 'finding.register', '{"open": true}')), array[t.id('f')],
	'the register of nonconformities shows it');
select is(
	t.ids(t.call('ob', 'finding.list',
	jsonb_build_object('reference', (select reference from app.finding where id = t.id('f'))))), array[t.id('f')],
	'it is found by its reference');
select is(
	t.ids(t.call('oc', 'finding.list',
	jsonb_build_object('reference', (select reference from app.finding where id = t.id('f'))))), '{}'::uuid[],
	'by whoever may see it');
select is(t.ids(t.call('o', 'finding.register', '{"overdue": true}')), '{}'::uuid[], 'it is not overdue');
select is(
	t.code(t.not('a', 'change', 'f',
	jsonb_build_object('title', 'x', 'condition', 'x', 'requirements', jsonb_build_array(t.id('A.8.13')), 'functions',
	jsonb_build_array(t.id('backup')), 'addressed', t.id('backup')))), -32006, 'it is frozen');
select is(t.code(t.not('a', 'grade', 'f', jsonb_build_object('grade', 'minor', 'answers', t.unmet()))), -32006,
	'so is its grade');
select is(t.code(t.refusal('a', 'finding.share', jsonb_build_object('id', t.id('f'), 'version', 1))), -32005,
	'a stale version comes before a wrong state');
-- Answering
select is(t.rule(t.not('y', 'acknowledge', 'f')), 'place', 'who is responsible for another function does not answer');
select is(t.code(t.not('d', 'acknowledge', 'f')), -32004, 'a stranger is told that there is none');
select is(t.code(t.not(null, 'acknowledge', 'f')), -32001, 'nobody is asked to sign in');
select is(t.step('ob', 'acknowledge', 'f') ->> 'state', 'acknowledged', 'the owner acknowledges');
-- Recurrence
select t.draft('f2', 'a') is not null as kept \gset
select is(t.call('a', 'finding.grade_aid', jsonb_build_object('id', t.id('f2'), 'answers', t.unmet())) - 'earlier',
	'{"grade": "minor", "repeat": false, "why": ["A requirement is unmet, and nothing makes it major."]}',
	'a second one in the same audit is no repeat');
select is(t.call('a', 'finding.grade_aid',
	jsonb_build_object('id', t.id('f2'), 'answers', t.unmet())) #>> '{earlier,0,grade}', 'major',
	'the aid shows the first with its grade: they may add up');
select is(t.step('a', 'grade', 'f2', jsonb_build_object('grade', 'minor', 'answers', t.unmet())) -> 'repeats', '[]',
	'and nothing is marked');
-- the audit after it, of the same function
select t.made('next', 'p', 'audit.plan',
	jsonb_build_object('kind', 'internal', 'title', 'The next', 'objective', 'Determine conformity', 'scope', 'Backup',
	'criteria', 'ISO/IEC 27001:2022', 'starts_on', current_date, 'ends_on', current_date + 5,
	'audited_from', current_date - 365, 'sites', '["Head office"]'::jsonb, 'methods', '["on_site"]'::jsonb, 'timetable',
		'[{"at": "day 1", "what": "Opening meeting"}]'::jsonb, 'requirements',
		jsonb_build_array(t.id('A.8.13'), t.id('9.2.1')),
	'parts',
		jsonb_build_array(jsonb_build_object('title', 'Backup and recovery', 'functions',
		jsonb_build_array(t.id('backup')))))) is not null as kept \gset
select t.keep('part-next', (select p.id from app.part p where p.audit = t.id('next'))) is not null as kept,
	t.made('next-l', 'x', 'assignment.assign',
	jsonb_build_object('audit', t.id('next'), 'person', t.id('l'), 'role', 'lead')) is not null as kept2,
	t.call('l', 'declaration.sign', jsonb_build_object('assignment', t.id('next-l'), 'statement', 'I am independent.'))
		is not null as kept3,
	t.call('ob', 'confirmation.give', jsonb_build_object('audit', t.id('next'), 'function', t.id('backup'))) is not null
		as kept4 \gset
select t.call('l', 'audit.send_plan', t.with_version('audit', 'next')) is not null as kept,
	t.call('l', 'audit.prepare', t.with_version('audit', 'next')) is not null as kept2,
	t.call('l', 'audit.start_fieldwork', t.with_version('audit', 'next')) is not null as kept3 \gset
select t.made('again', 'l', 'finding.draft',
	jsonb_build_object('part', t.id('part-next'), 'title', 'Again', 'condition', 'Still no restore test.',
	'requirements', jsonb_build_array(t.id('A.8.13')), 'functions', jsonb_build_array(t.id('backup')))) is not null
	as kept \gset
select is(t.call('l', 'finding.grade_aid', jsonb_build_object('id', t.id('again'), 'answers', t.unmet())) -> 'repeat',
	'true', 'in an audit after it, the aid sees that it recurred');
select is(t.step('l', 'grade', 'again', jsonb_build_object('grade', 'major', 'answers', t.unmet())) -> 'repeats',
	jsonb_build_array(t.id('f')), 'and the finding is marked');
select t.made('other', 'l', 'finding.draft',
	jsonb_build_object('part', t.id('part-next'), 'title', 'Other', 'condition', 'No audit of it.', 'requirements',
	jsonb_build_array(t.id('9.2.1')), 'functions', jsonb_build_array(t.id('backup')))) is not null as kept \gset
select is(t.call('l', 'finding.grade_aid', jsonb_build_object('id', t.id('other'), 'answers', t.unmet())) - 'why',
	'{"grade": "minor", "repeat": false, "earlier": []}', 'on another requirement it did not');
select is(t.step('a', 'withdraw', 'f2', '{"reason": "The same as the first."}') ->> 'state', 'withdrawn',
	'a draft is withdrawn by its team');
select is(t.code_of('ob', 'f2'), -32004, 'and stays unseen');
-- Silence
select t.draft('f3', 'a') is not null as kept,
	t.step('a', 'grade', 'f3', jsonb_build_object('grade', 'minor', 'answers', t.unmet(), 'reason', 'A single case.'))
	is not null as kept2,
	t.step('a', 'issue', 'f3', '{"share_skipped": "Seen together on site."}') is not null as kept3 \gset
update app.finding set acknowledge_by = current_date - 1 where id = t.id('f3');
select is(t.field('ob', 'f3', 'state'), 'acknowledged', 'unanswered, it counts as acknowledged');
select is(t.ids(t.call('ob', 'finding.list', '{"state": ["issued"]}')), '{}'::uuid[], 'also in lists');
select is((select app.finding_sweep()), 1, 'the sweep writes it');
-- Observations
select t.draft('f4', 'b') is not null as kept,
	t.step('b', 'grade', 'f4', '{"grade": "opportunity", "answers": {"requirement_unmet": false, "improvement": true}}')
	is not null as kept2,
	t.step('b', 'issue', 'f4', '{"share_skipped": "Nothing in it needs checking."}') is not null as kept3 \gset
select is(t.rule(t.refusal('ob', 'response.save', jsonb_build_object('finding', t.id('f4'), 'correction', 'x'))),
	'grade', 'an opportunity takes no response');
select is(t.code(t.not('ob', 'answer', 'f4', '{"answer": "declined"}')), -32602, 'declining says why');
select is(t.step('ob', 'answer', 'f4', '{"answer": "accepted"}') ->> 'state', 'accepted', 'it is accepted');
select is(t.step('ob', 'answer', 'f4', '{"answer": "done", "reason": "Since June."}') ->> 'state', 'done', 'and done');
select is(t.ids(t.call('m', 'finding.register')), array[t.id('f'), t.id('f3')],
	'the register holds nonconformities alone');

-- S11: disputes
select t.draft('g', 'l') is not null as kept,
	t.step('l', 'grade', 'g', jsonb_build_object('grade', 'major', 'answers', t.unmet('{"accumulated": true}')))
	is not null as kept2,
	t.step('l', 'issue', 'g', '{"share_skipped": "Seen together."}') is not null as kept3 \gset
select is(t.rule(t.not('y', 'dispute', 'g', '{"reason": "No."}')), 'place',
	'S11: who does not answer it does not dispute it');
select is(t.step('ob', 'dispute', 'g', '{"reason": "The tests are in the other log."}') ->> 'state', 'disputed',
	'S11: its auditee does');
select is(t.field('ob', 'g', 'next_due'), (current_date + 3)::text, 'containment runs on');
select t.keep('dispute', (select id from app.dispute)) is not null as kept \gset
select ok(exists (select from app.release_blockers(t.id('audit')) where rule = 'dispute'),
	'it stands against the release');
select is(
	t.rule(t.refusal('l', 'dispute.decide',
	t.with_version('dispute', 'dispute', '{"decision": "upheld", "reason": "No."}'))), 'S11',
	'S11: who raised it does not decide');
select is(t.rule(t.not('l', 'withdraw', 'g', '{"reason": "x"}')), 'S11', 'S11: nor by withdrawing it');
select is(
	t.rule(t.refusal('n', 'dispute.decide',
	t.with_version('dispute', 'dispute', '{"decision": "upheld", "reason": "No."}'))), 'S11',
	'S11: nor does a trainee');
select is(
	t.code(t.refusal('x', 'dispute.name_decider',
	t.with_version('dispute', 'dispute', jsonb_build_object('person', t.id('l'))))), -32003,
	'S11: who raised it is not named to decide it');
select is(
	t.rule(t.refusal('x', 'dispute.name_decider',
	t.with_version('dispute', 'dispute', jsonb_build_object('person', t.id('d'))))), 'S11',
	'S11: nor anybody off the team, while an auditor of the part may decide');
select is(
	t.rule(t.refusal('c', 'dispute.decide',
	t.with_version('dispute', 'dispute', '{"decision": "upheld", "reason": "No."}'))), 'place',
	'S1, S11: an auditor of another part does not decide: they may be responsible for the function');
select is(t.ids(t.call('ob', 'dispute.list', jsonb_build_object('finding', t.id('g')))), array[t.id('dispute')],
	'its readers see the dispute');
select is(t.call('m', 'dispute.get', jsonb_build_object('id', t.id('dispute'))) ->> 'reason',
	'The tests are in the other log.', 'management too');
select is(t.call('m', 'finding.remark',
	jsonb_build_object('id', t.id('g'), 'text', 'Please look at both logs.')) ->> 'state', 'disputed',
	'management may comment on a dispute');
select is(
	t.rule(t.refusal('d', 'dispute.decide',
	t.with_version('dispute', 'dispute', '{"decision": "upheld", "reason": "No."}'))), null,
	'S11: a stranger is told that there is none');
select is(t.call('a', 'dispute.decide',
	t.with_version('dispute', 'dispute',
	'{"decision": "withdrawn", "reason": "The other log holds them."}')) ->> 'state', 'decided',
	'S11: if the lead raised it, an auditor of the team decides');
select is(t.field('a', 'g', 'state'), 'disputed', 'S6: until a second one signs, it stays as it was');
select ok(exists (select from app.release_blockers(t.id('audit')) where rule = 'S6'),
	'S6: and stands against the release');
select is(t.rule(t.not('a', 'sign', 'g')), 'S6', 'S6: who decided does not sign');
select is(t.rule(t.not('l', 'sign', 'g')), 'S6', 'S6: nor who raised it');
select is(t.rule(t.not('c', 'sign', 'g')), 'place', 'S6: nor an auditor of another part');
select is(t.step('b', 'sign', 'g') ->> 'state', 'withdrawn', 'S6: a second auditor of the part signs');
select is(t.code(t.not('ob', 'dispute', 'g', '{"reason": "Again."}')), -32009, 'S11: a finding is disputed once');
-- A dispute that nobody decides in time
select t.draft('u', 'a') is not null as kept,
	t.step('a', 'grade', 'u', jsonb_build_object('grade', 'major', 'answers', t.unmet('{"accumulated": true}')))
	is not null as kept2, t.step('a', 'issue', 'u', '{"share_skipped": "Seen together."}') is not null as kept3,
	t.step('ob', 'dispute', 'u', '{"reason": "No."}') is not null as kept4 \gset
update app.dispute set decide_by = current_date - 1 where finding = t.id('u');
update app.finding set paused_on = current_date - 5 where id = t.id('u');
select ok(not exists (select from app.release_blockers(t.id('audit'))
	where text like '%' || t.field('a', 'u', 'reference') || '%'),
	'S11: past its time a dispute stands against nothing');
select is((select app.finding_sweep()), 1, 'S11: the sweep lets the finding stand');
select is(array[t.field('ob', 'u', 'state'), t.field('ob', 'u', 'plan_due')],
	array['acknowledged', (current_date + 19)::text], 'S11: its clocks run on where they stood still');
-- S11: nobody on the team may decide
select t.draft('alone', 'l',
	jsonb_build_object('part', t.id('part-access'), 'functions', jsonb_build_array(t.id('access')))) is not null
	as kept,
	t.step('l', 'grade', 'alone', jsonb_build_object('grade', 'minor', 'answers', t.unmet(), 'reason', 'Once.'))
	is not null as kept2,
	t.step('l', 'issue', 'alone', '{"share_skipped": "Seen together."}') is not null as kept3,
		t.step('y', 'dispute', 'alone', '{"reason": "They are reviewed."}') is not null as kept4 \gset
select t.keep('dispute-alone', (select id from app.dispute where finding = t.id('alone'))) is not null as kept \gset
select is(
	t.rule(t.refusal('y', 'dispute.name_decider',
	t.with_version('dispute', 'dispute-alone', jsonb_build_object('person', t.id('d'))))), 'S4',
	'S4: who owns the function does not name who decides');
select is(
	t.rule(t.refusal('x', 'dispute.name_decider',
	t.with_version('dispute', 'dispute-alone', jsonb_build_object('person', t.id('k'))))), 'S3',
	'S3: nor is somebody of the certification body named');
select t.made('o-access', 'x', 'responsibility.assign',
	jsonb_build_object('person', t.id('o'), 'function', t.id('access'), 'kind', 'operates',
	'from_date', current_date - 300, 'until_date', current_date - 100)) is not null as kept \gset
select is(
	t.rule(t.refusal('x', 'dispute.name_decider',
	t.with_version('dispute', 'dispute-alone', jsonb_build_object('person', t.id('o'))))), 'S1',
	'S1: nor who operated the function in the time that is audited');
select is(t.call('x', 'dispute.name_decider',
	t.with_version('dispute', 'dispute-alone', jsonb_build_object('person', t.id('d')))) ->> 'state', 'open',
	'S11: an eligible auditor off the team is named');
select is(t.code_of('d', 'alone'), 0, 'S11: who then sees the finding');
select is(t.call('d', 'dispute.decide',
	t.with_version('dispute', 'dispute-alone',
	'{"decision": "upheld", "reason": "The reviews lack half of them."}')) ->> 'state', 'decided', 'S11: and decides');
-- S6: after issue
select is(t.rule(t.not('a', 'regrade', 'f', '{"grade": "minor", "reason": "x"}')), 'S6',
	'S6: after issue only the lead regrades');
select is(t.step('l', 'regrade', 'f', '{"grade": "minor", "reason": "It is contained."}') ->> 'grade', 'major',
	'S6: a lower grade waits for its signature');
select is(t.step('b', 'sign', 'f', '{"agree": false}') ->> 'grade', 'major',
	'S6: who does not agree leaves it as it is');
select is(t.step('l', 'regrade', 'f3', '{"grade": "major", "reason": "It is wider."}') ->> 'grade', 'major',
	'S6: a higher one takes effect at once');
select is(t.step('l', 'regrade', 'f', '{"grade": "minor", "reason": "It is contained."}') ->> 'signature_waits', 'true',
	'S6: asked again');
select is(t.step('b', 'sign', 'f') ->> 'grade', 'minor', 'S6: and signed');
select is(t.field('ob', 'f', 'implementation_due'), (current_date + 90)::text, 'the clocks follow the grade');
-- S6: nobody to sign
select t.made('h', 'c', 'finding.draft',
	jsonb_build_object('part', t.id('part-cards'), 'title', 'x', 'condition', 'x', 'requirements',
	jsonb_build_array(t.id('9.2.1')), 'functions', jsonb_build_array(t.id('cards')))) is not null as kept,
	t.step('c', 'grade', 'h', jsonb_build_object('grade', 'minor', 'answers', t.unmet())) is not null as kept2,
		t.step('c', 'issue', 'h', '{"share_skipped": "Seen together."}') is not null as kept3 \gset
select is(t.step('l', 'withdraw', 'h', '{"reason": "Mistaken."}') ->> 'signature_waits', 'true',
	'S6: where nobody of the part could sign, it waits for somebody off the team');
select is(t.rule(t.not('x', 'name_signer', 'h', jsonb_build_object('person', t.id('c')))), 'S6',
	'S6: who is not the one who raised it');
select is(t.rule(t.not('x', 'name_signer', 'h', jsonb_build_object('person', t.id('s')))), 'S2',
	'S2: nor somebody of the party that operates the function');
select is(t.rule(t.not('d', 'sign', 'h')), null, 'S6: and signs only when named');
select is(t.code_of('d', 'h'), -32004, 'who is not named does not see it');
select isnt(t.step('x', 'name_signer', 'h', jsonb_build_object('person', t.id('d'))), null,
	'S6: an eligible auditor is named under S4');
select is(
	t.rule(t.refusal('x', 'responsibility.assign',
	jsonb_build_object('person', t.id('d'), 'function', t.id('cards'), 'kind', 'monitors', 'from_date', current_date))),
	'S9', 'S9: and bound until it is signed');
select is(t.step('d', 'sign', 'h') ->> 'state', 'withdrawn', 'S6: who signs');
select is((select count(*) from app.claim where source = t.id('h') and rule = 'S1'), 0::bigint, 'S9: and is free');
-- S9
select t.made('fact', 'x', 'responsibility.assign',
	jsonb_build_object('person', t.id('b'), 'function', t.id('backup'), 'kind', 'operates', 'from_date',
	current_date - 200, 'until_date', current_date - 150)) is not null as kept \gset
select is((select impaired_person from app.finding where id = t.id('f4')), t.id('b'),
	'S9: a finding raised under a conflict is marked');
select is(t.step('a', 'review', 'f4') ->> 'review_open', 'false', 'S9: and reviewed by another auditor');
select is((select count(*) from app.check_claims()), 0::bigint, 'claims are what their sources say');
select * from finish();
rollback;
