-- Working papers, in acts: the team of the part may; another part's, the auditee, administrators and management may
-- not; a stranger; nobody.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/fieldwork.sql

create function t.prepare(who text, more jsonb default '{}') returns jsonb language sql as $$
	select jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'requirement', t.id('A.8.13'),
		'question', 'Are restores tested?', 'method', 'document') || more
$$;

-- May
select is(t.made('check', 'a', 'check.prepare', t.prepare('a')) ->> 'number', '1',
	'an auditor of the part prepares a check');
select is(t.call('b', 'check.get', jsonb_build_object('id', t.id('check'))) ->> 'ref', 'A.8.13',
	'a colleague of the part reads it');
select is(t.call('l', 'check.get', jsonb_build_object('id', t.id('check'))) ->> 'question', 'Are restores tested?',
	'so does the lead');
select is(t.refusal('b', 'check.record', t.with_version('check', 'check', '{"result": "not_assessed"}')) ->> 'code',
	'-32602', 'not assessed says why');
select is(t.call('b', 'check.record',
	t.with_version('check', 'check', '{"result": "conform", "notes": "Seen the log of March."}')) ->> 'result',
	'conform', 'a colleague records the result');
select is(t.call('b', 'check.get', jsonb_build_object('id', t.id('check'))) ->> 'recorded_by', t.id('b')::text,
	'and is named for it');
select is(
	t.code(t.refusal('a', 'check.record',
	jsonb_build_object('id', t.id('check'), 'version', 1, 'result', 'nonconform'))), -32005,
	'the second of two edits is told that it is stale');
select is(t.refusal('a', 'check.record',
	jsonb_build_object('id', t.id('check'), 'version', 1, 'result', 'nonconform')) #>> '{data,version}', '2',
	'and which version is there');
select is(t.call('a', 'check.change',
	t.with_version('check', 'check',
	'{"question": "Are restores tested monthly?", "method": "sample", "population": "12 months", "sample_size": '
	'3}')) ->> 'sample_size', '3', 'a check is changed');
select is(t.call('a', 'check.change', t.with_version('check', 'check', '{"population": null}'))
	- array['version', 'updated_at', 'population'],
	app.one('check', t.id('check')) - array['version', 'updated_at', 'population'],
	'a change names what it changes: the rest stays');
select is((select population from app.check where id = t.id('check')), null, 'null empties a field');
select is(t.refusal('a', 'check.change', t.with_version('check', 'check', '{"question": null}'))
	#>> '{data,params,0,say,id}', 'param.empty', 'but for one that is never empty');
select is(t.ids(t.call('a', 'check.list', jsonb_build_object('audit', t.id('audit')))), array[t.id('check')],
	'the list shows it');
select is(t.ids(t.call('a', 'check.list', '{"result": ["nonconform"]}')), '{}'::uuid[], 'and filters');
select matches(t.call('a', 'check.get', jsonb_build_object('id', t.id('check'))) ->> 'reference', '^IA-\d{4}-01-C-01$',
	'it has its reference');
select is(
	t.ids(t.call('a', 'check.list',
	jsonb_build_object('reference', (select reference from app.check where id = t.id('check'))))), array[t.id('check')],
	'by which it is found');
select is(t.ids(t.call('a', 'check.list', '{"done": false}')), '{}'::uuid[], 'also by what is not done');
-- Notes before a result
select is(t.call('b', 'check.record', t.with_version('check', 'check', '{"notes": "Seen the log of April."}'))
	->> 'result', 'conform', 'a result that is not named stays');
select is(t.refusal('b', 'check.record', t.with_version('check', 'check', '{"result": null}'))
	#>> '{data,params,0,say,id}', 'param.empty', 'and is not taken back');
select t.made('noted', 'a', 'check.prepare', t.prepare('a')) is not null as kept \gset
select is(t.call('n', 'check.record', t.with_version('check', 'noted', '{"notes": "Asked for the log."}')) ->> 'notes',
	'Asked for the log.', 'notes may be there before a result is');
select is((select row(result, recorded_by, recorded_at, review_needed)::text from app.check where id = t.id('noted')),
	'(,,,f)', 'and name nobody for one');
select is(t.call('a', 'check.record', t.with_version('check', 'noted', '{"result": "conform"}')) ->> 'notes',
	'Asked for the log.', 'whoever records a result keeps them');
select is((select recorded_by from app.check where id = t.id('noted')), t.id('a'), 'and is named for all of it');
-- Scope
select is(t.rule(t.refusal('a', 'check.prepare', t.prepare('a', jsonb_build_object('function', t.id('payroll'))))),
	'scope', 'a function outside the part''s scope is refused');
select is(
	t.rule(t.refusal('a', 'check.prepare',
	t.prepare('a', jsonb_build_object('requirement', (select id from app.requirement where ref = 'CC6.1'))))),
	'criteria', 'and a requirement that is no criterion');
select is(t.refusal('a', 'check.prepare', t.prepare('a', jsonb_build_object('function', t.id('restore')))),
	'{"code": 0}', 'a sub-function is in scope');
-- S12, S9: review
select t.made('check-n', 'n', 'check.prepare', t.prepare('n')) is not null as kept,
	t.call('n', 'check.record', t.with_version('check', 'check-n', '{"result": "conform"}')) ->> 'review_open'
	as open \gset
select is(:'open'::text, 'true', 'S12: a trainee''s entry waits for a review');
select is(t.rule(t.refusal('n', 'check.review', t.with_version('check', 'check-n'))), 'S12',
	'S12: not the trainee''s own');
select is(t.call('a', 'check.review', t.with_version('check', 'check-n')) ->> 'review_open', 'false',
	'S12: an auditor of the team reviews it');
select ok(exists (select from app.release_blockers(t.id('audit')) where rule = 'check'),
	'a check without a result stands against the release');
-- S9: an acceptance given under a conflict
select t.made('request-b', 'a', 'request.raise',
	jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'asked', 'The tape list')) is not null
	as kept, t.call('o', 'request.submit', t.with_version('evidence_request', 'request-b', '{"answer": "Here."}'))
	is not null as kept2,
	t.call('b', 'request.accept', t.with_version('evidence_request', 'request-b')) is not null as kept3 \gset
select t.made('fact', 'x', 'responsibility.assign',
	jsonb_build_object('person', t.id('b'), 'function', t.id('backup'), 'kind', 'operates', 'from_date',
	current_date - 200, 'until_date', current_date - 150)) is not null as kept \gset
select is((select impaired_person from app.check where id = t.id('check')), t.id('b'),
	'S9: what was recorded under a conflict is marked');
select ok(exists (select from app.release_blockers(t.id('audit')) where rule = 'S9'),
	'S9: and stands against the release');
select is(t.call('a', 'check.review', t.with_version('check', 'check')) ->> 'review_open', 'false',
	'S9: until another auditor has reviewed it');
select is(t.rule(t.refusal('n', 'request.review', t.with_version('evidence_request', 'request-b'))), 'S5',
	'S9: a trainee reviews no acceptance');
select isnt(t.call('a', 'request.review', t.with_version('evidence_request', 'request-b')) ->> 'reviewed_by', null,
	'S9: an auditor reviews what was accepted');
select ok(not exists (select from app.release_blockers(t.id('audit')) where rule = 'S9'), 'S9: then it no longer does');
select is(t.call('a', 'check.review', t.with_version('check', 'check', '{"note": "As I saw it."}')) ->> 'review_note',
	'As I saw it.', 'S9: the reviewer''s note is kept');
select is(t.call('a', 'check.record', t.with_version('check', 'check', '{"result": "nonconform"}')) -> 'review_note',
	'"Redone."', 'S9: what another auditor records anew is thereby reviewed, and says that it was redone');
select is((select c.review_note from app.check c where c.id = t.id('check')), null, 'S9: which nobody wrote');
-- May not
select is(t.code(t.refusal('b', 'check.get', jsonb_build_object('id', t.id('check')))), -32004,
	'who left the team sees nothing');
select is(t.code(t.refusal('c', 'check.get', jsonb_build_object('id', t.id('check')))), -32004,
	'another part''s auditor sees nothing');
select is(t.rule(t.refusal('c', 'check.prepare', t.prepare('c'))), 'place', 'and prepares nothing');
select is(t.code(t.refusal('ob', 'check.get', jsonb_build_object('id', t.id('check')))), -32004,
	'the auditee sees no working papers');
select is(t.ids(t.call(who, 'check.list', '{}')), '{}'::uuid[], 'S10: ' || who || ' lists none')
	from unnest(array['x', 'y', 'p', 'm', 'ob', 'd', 'v', 'z']) who;
select is(t.code(t.refusal('x', 'check.get', jsonb_build_object('id', t.id('check')))), -32004,
	'S10: nor does an administrator get one');
select is(t.code(t.refusal('x', 'check.prepare', t.prepare('x'))), -32002, 'or write one');
update app.declaration set lapsed_at = now() where person = t.id('c');
select is(
	t.rule(t.refusal('c', 'check.prepare',
	t.prepare('c', jsonb_build_object('part', t.id('part-cards'), 'function', t.id('cards'))))), 'S7',
	'S7: who has not declared records nothing');
update app.declaration set lapsed_at = null where person = t.id('c');
-- Nobody
select is(t.code(t.refusal(null, 'check.get', jsonb_build_object('id', t.id('check')))), -32001,
	'nobody is asked to sign in');
select is(t.code(t.refusal('forged', 'check.get', jsonb_build_object('id', t.id('check')))), -32001,
	'forged settings are nobody''s');

-- Evidence requests
select is(t.made('request', 'a', 'request.raise',
	jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'asked', 'The restore log of March',
	'due', current_date + 3, 'from_check', t.id('check'))) ->> 'state', 'requested', 'an auditor asks');
select is(t.call('ob', 'request.get', jsonb_build_object('id', t.id('request'))) ->> 'from_check', null,
	'the auditee is not told which check it serves');
select is(t.ids(t.call('ob', 'request.list', '{"state": ["requested"]}')), array[t.id('request')],
	'and finds it in their list');
select is(t.code(t.refusal('oc', 'request.get', jsonb_build_object('id', t.id('request')))), -32004,
	'another function''s owner sees nothing');
select is(t.code(t.refusal('x', 'request.get', jsonb_build_object('id', t.id('request')))), -32004,
	'nor does an administrator');
select is(t.code(t.refusal('c', 'request.get', jsonb_build_object('id', t.id('request')))), -32004,
	'nor another part''s auditor');
select t.made('said', 'ob', 'evidence.state_text',
	'{"title": "Restore log", "statement": "Restored on the 3rd of March."}') is not null as kept \gset
select is(t.code(t.refusal('a', 'evidence.get', jsonb_build_object('id', t.id('said')))), -32004,
	'evidence is its supplier''s until it is supplied');
select is(t.rule(t.refusal('a', 'request.accept', t.with_version('evidence_request', 'request'))), null,
	'there is nothing to accept yet');
select is(t.code(t.refusal('a', 'request.accept', t.with_version('evidence_request', 'request'))), -32006,
	'it is in the wrong state');
select is(t.call('ob', 'request.submit',
	t.with_version('evidence_request', 'request',
	jsonb_build_object('evidence', jsonb_build_array(t.id('said'))))) ->> 'state', 'submitted', 'the auditee supplies');
select is(t.call('a', 'evidence.get', jsonb_build_object('id', t.id('said'))) ->> 'statement',
	'Restored on the 3rd of March.', 'then the team reads it');
select is(t.call('a', 'request.return',
	t.with_version('evidence_request', 'request', '{"reason": "March is missing its end."}')) ->> 'state', 'returned',
	'the auditor returns it with a reason');
select is(t.call('o', 'request.submit',
	t.with_version('evidence_request', 'request', '{"answer": "The end is on page 2."}')) ->> 'submitted_by',
	t.id('o')::text, 'who operates the function supplies too');
select is(t.rule(t.refusal('n', 'request.accept', t.with_version('evidence_request', 'request'))), 'S5',
	'a trainee accepts nothing');
select is(t.call('a', 'request.accept', t.with_version('evidence_request', 'request')) ->> 'state', 'accepted',
	'the auditor accepts');
select is((select array_agg(side order by side) from app.claim where rule = 'S5' and object = t.id('request')),
	'{hands,hands,judges}'::text[], 'S5: who supplied and who judged is claimed');
select throws_ok(
	format(
	'insert into app.claim (organisation, rule, subject, object, side, period, source) values (%L, ''S5'', %L, %L, '
	'''judges'', ''(,)'', %L)', t.org(), t.id('ob'), t.id('request'), t.id('request')), '23P01', null,
	'S5: the constraint holds whoever writes');
select t.made('request-c', 'a', 'request.raise',
	jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'asked', 'The tape list', 'due',
	current_date - 1)) ->> 'overdue' as overdue \gset
select is(:'overdue'::text, 'true', 'what is due and not there is overdue');
select is(t.call('a', 'request.not_applicable',
	t.with_version('evidence_request', 'request-c', '{"reason": "There are no tapes."}')) ->> 'state', 'not_applicable',
	'what does not apply is closed with a reason');
select is(t.call('a', 'evidence.attach',
	jsonb_build_object('id', t.id('said'), 'noun', 'check', 'subject', t.id('check'))) ->> 'id', t.id('said')::text,
	'and attaches it to the check');
select is(t.call('a', 'check.get', jsonb_build_object('id', t.id('check'))) #>> '{evidence,0,evidence}',
	t.id('said')::text, 'which shows it');
select is(t.ids(t.call('a', 'evidence.list', jsonb_build_object('subject', t.id('check')))), array[t.id('said')],
	'the list of a subject''s evidence shows it');
select is(t.ids(t.call('x', 'evidence.list', jsonb_build_object('subject', t.id('check')))), '{}'::uuid[],
	'not to an administrator');
select * from finish();
rollback;
