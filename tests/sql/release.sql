-- Releases: what stands between an audit and its release, the frozen report, publishing to an outside party, observers,
-- readings.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/fieldwork.sql

create function t.can_see(who text, key text) returns int
	language sql as $$ select t.code(t.refusal(who, 'release.show', jsonb_build_object('id', t.id(key)))) $$;
create function t.blockers() returns text[]
	language sql as $$ select coalesce(array_agg(distinct b.rule order by b.rule), '{}')
	from app.release_blockers(t.id('audit')) b $$;
create function t.told(who text, key text) returns bool language sql as $$
	select coalesce((select e.tokens && (array(select h.token from app.holding(t.org(), t.id(who)) h) || t.id(who))
		from ledger.event e where e.subject = t.id(key) order by e.id desc limit 1), false)
$$;

-- An audit with a check that Ben did, a finding, a withdrawn draft
select t.made('check', 'b', 'check.prepare',
	jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'requirement', t.id('A.8.13'),
	'question', 'Are restores tested?', 'method', 'document')) is not null as kept \gset
select t.made('f', 'a', 'finding.draft',
	jsonb_build_object('part', t.id('part-backup'), 'title', 'Restores are not tested', 'condition',
	'No restore test since January.', 'from_check', t.id('check'))) is not null as kept \gset
select t.made('g', 'a', 'finding.draft',
	jsonb_build_object('part', t.id('part-backup'), 'title', 'Another', 'condition', 'x', 'from_check', t.id('check')))
	is not null as kept \gset
select t.made('said', 'a', 'evidence.state_text', '{"title": "Photograph", "statement": "The shelf is empty."}')
	is not null as kept,
	t.call('a', 'evidence.attach', jsonb_build_object('id', t.id('said'), 'noun', 'finding', 'subject', t.id('f')))
		is not null as kept2 \gset
select t.call('a', 'finding.grade',
	t.with_version('finding', 'f', '{"grade": "major", "answers": {"requirement_unmet": true, "absent": true}}'))
	is not null as kept,
	t.call('a', 'finding.issue', t.with_version('finding', 'f', '{"share_skipped": "Seen together."}')) is not null
		as kept2 \gset
select is(t.code(t.refusal('l', 'audit.start_reporting', t.with_version('audit', 'audit'))), -32009,
	'fieldwork does not end while a check has no result');
select t.call('b', 'check.record', t.with_version('check', 'check', '{"result": "nonconform"}')) is not null
	as kept \gset
-- What of the plan no check looks at
create function t.leaves(ref text, reason text) returns jsonb language sql as $$
	select t.with_version('audit', 'audit',
		jsonb_build_object('not_covered',
		jsonb_build_array(jsonb_build_object('requirement', t.id(ref), 'reason', reason))))
$$;
select alike(t.refusal('l', 'audit.start_reporting', t.with_version('audit', 'audit')) ->> 'message',
	'These requirements of the plan have no check%: 9.2.1.',
	'nor in silence, while a requirement of the plan has no check');
select is(t.rule(t.refusal('l', 'audit.start_reporting', t.with_version('audit', 'audit'))), 'not_covered',
	'which is a rule of its own');
select is(t.code(t.refusal('l', 'audit.start_reporting', t.leaves(ref, reason))), -32602, why)
	from (values ('9.2.1', '  ', 'it is left with a reason'), ('A.8.13', 'x', 'and only where there is no check'),
	('f', 'x', 'and of the plan')) v (ref, reason, why);
select is(
	t.code(t.refusal('l', 'audit.start_reporting',
	t.with_version('audit', 'audit', '{"not_covered": [{"reason": "x"}]}'))), -32602, 'and of one that is named');
select t.call('l', 'audit.start_reporting', t.leaves('9.2.1', 'Audited in spring.')) is not null as kept2 \gset
select t.made('late', 'c', 'check.prepare',
	jsonb_build_object('part', t.id('part-cards'), 'function', t.id('cards'), 'requirement', t.id('9.2.1'), 'question',
	'Who audits the supplier?', 'method', 'interview')) is not null as kept \gset
select t.call('c', 'check.record',
	t.with_version('check', 'late', '{"result": "not_assessed", "reason": "The supplier was not there."}')) is not null
	as kept \gset
select t.made('fact', 'x', 'responsibility.assign',
	jsonb_build_object('person', t.id('b'), 'function', t.id('backup'), 'kind', 'operates', 'from_date',
	current_date - 200, 'until_date', current_date - 150)) is not null as kept \gset
-- What stands against it
select is(t.blockers(), '{S7,S9,conclusion,finding,recipient}'::text[], 'what is missing is listed with its rule');
select is(t.rule(t.refusal('x', 'release.blockers', jsonb_build_object('audit', t.id('audit')))), null,
	'S10: an administrator has no such list');
select is(jsonb_array_length(t.call('a', 'release.blockers', jsonb_build_object('audit', t.id('audit')))) > 4, true,
	'the team has');
select is(
	t.rule(t.refusal('l', 'release.report',
	jsonb_build_object('audit', t.id('audit'), 'version', t.version('audit', 'audit')))), 'release',
	'the lead does not release it yet');
select is(
	t.rule(t.refusal('a', 'release.report',
	jsonb_build_object('audit', t.id('audit'), 'version', t.version('audit', 'audit')))), 'place',
	'nor does anybody but the lead at all');
select t.call('a', 'check.review', t.with_version('check', 'check', '{"note": "I saw the same."}')) is not null as kept,
	t.call('a', 'finding.withdraw', t.with_version('finding', 'g', '{"reason": "The same."}')) is not null as kept2,
	t.call('l', 'audit.conclude', t.with_version('audit', 'audit', '{"conclusion": "Mostly fulfilled."}')) is not null
		as kept3,
		t.call('m', 'audit.name_recipient',
		t.with_version('audit', 'audit', jsonb_build_object('recipient', t.id('m2')))) is not null as kept4 \gset
select is(t.blockers(), '{S7}'::text[], 'S7: the declarations are confirmed before the release');
select t.keep('dec-' || p, d.id) is not null as kept,
	t.call(p, 'declaration.confirm', jsonb_build_object('id', d.id, 'version', d.version)) is not null as kept2
from unnest(array['l', 'a', 'n', 'c']) p join app.declaration d on d.person = t.id(p)
	and d.lapsed_at is null \g /dev/null
select is(t.blockers(), '{}'::text[], 'then nothing stands against it');
-- Released
select is(t.made('rel', 'l', 'release.report',
	jsonb_build_object('audit', t.id('audit'), 'version', t.version('audit', 'audit'))) ->> 'recipient',
	t.id('m2')::text, 'the lead releases it to the recipient whom management named');
select is((select state from app.audit where id = t.id('audit')), 'released', 'the audit is released');
select is(
	t.rule(t.refusal('l', 'release.report',
	jsonb_build_object('audit', t.id('audit'), 'version', t.version('audit', 'audit')))), 'revision', 'once');
select is(t.can_see(who, 'rel'), 0, who || ' reads it') from unnest(array['l', 'm', 'm2']) who;
select is(t.can_see(who, 'rel'), -32004, 'it is not for ' || who)
	from unnest(array['a', 'x', 'y', 'p', 'ob', 'v', 'k', 'z']) who;
select t.call('m2', 'release.get', jsonb_build_object('id', t.id('rel'))) as report \gset
select is((:'report'::jsonb #>> '{content,findings,0,reference}'),
	(select reference from app.finding where id = t.id('f')), 'the report holds the issued finding');
select is((:'report'::jsonb #>> '{content,findings,0,grades,0,grade}'), 'major', 'with every grade ever saved');
select is(:'report'::jsonb #> '{content,not_covered,requirements}' -> 0 ->> 'ref' || ': '
	|| (:'report'::jsonb #>> '{content,not_covered,requirements,0,reason}'),
	E'9.2.1: Audited in spring.\nThe supplier was not there.', 'what of its plan was not covered, and why');
select is(jsonb_path_query_array(:'report'::jsonb, '$.content.not_covered.functions[*].name'),
	'["Access management", "Card-data hosting"]', 'and the functions in scope that no check looked at');
select is((:'report'::jsonb #>> '{content,left_out,0,reference}'),
	(select reference from app.finding where id = t.id('g')), 'S8: and says by number and grade what it leaves out');
select is((:'report'::jsonb #>> '{content,independence,impairments,0,name}'), 'Ben Auditor', 'S9: the impairment');
select is((:'report'::jsonb #>> '{content,independence,impaired_work,0,reviewed_by,name}'), 'Ann Auditor',
	'S9: and who reviewed what was done under it');
select ok(jsonb_array_length(:'report'::jsonb #> '{content,independence,declarations}') >= 4, 'S7: the declarations');
select is(:'report'::jsonb ->> 'sha256',
	encode(sha256(convert_to((select content::text from app.release where id = t.id('rel')), 'UTF8')), 'hex'),
	'its hash is that of its content');
select is((select count(*) from app.reading where release = t.id('rel') and person = t.id('m2')), 1::bigint,
	'the reading is recorded');
-- Published
select is(
	t.code(t.refusal('l', 'release.publish',
	t.with_version('release', 'rel', jsonb_build_object('party', t.id('body'), 'until', current_date + 30)))), -32002,
	'only management publishes');
select is(
	t.rule(t.refusal('m', 'release.publish',
	t.with_version('release', 'rel', jsonb_build_object('party', t.id('body'), 'until', current_date - 1)))), 'until',
	'until today or later');
select is(t.refusal('m', 'release.publish',
	t.with_version('release', 'rel',
	jsonb_build_object('party', t.id('body'), 'until', current_date + 30, 'evidence',
	jsonb_build_array(t.id('said'))))), '{"code": 0}', 'to the certification body, with evidence of the audit');
select is(t.can_see('v', 'rel'), 0, 'S8: its observer reads it');
select ok(t.told('v', 'rel'), 'and learns of it');
select is(t.ids(t.call('v', 'release.list')), array[t.id('rel')], 'S8: it is in their list');
select is(t.call('v', 'release.get', jsonb_build_object('id', t.id('rel'))) #>> '{content,statement}',
	'An audit is a sample: what it did not find may exist all the same.', 'S8: with its content');
select is((select count(*) from app.reading where person = t.id('v')), 1::bigint, 'S8: each reading is recorded');
select ok((select tokens @> array[app.role_token(t.org(), 'management'), t.id('v')]
	from ledger.event where kind = 'reading.created' order by id desc limit 1),
	'S8: as an event for management, and for whom it is about');
select is(t.call('v', 'evidence.get', jsonb_build_object('id', t.id('said'))) ->> 'title', 'Photograph',
	'S8: and the evidence that goes out with it');
select is(t.code(t.refusal('v', 'finding.get', jsonb_build_object('id', t.id(key)))), -32004,
	'S8: not the finding ' || key || ' itself') from unnest(array['f', 'g']) key;
select is(t.code(t.refusal('v', 'check.get', jsonb_build_object('id', t.id('check')))), -32004, 'S8: no working paper');
select is(
	t.code(t.refusal('v', 'release.publish',
	t.with_version('release', 'rel', jsonb_build_object('party', t.id('body'), 'until', current_date + 90)))), -32002,
	'S8: observers write nothing');
select is(t.can_see('k', 'rel'), -32004, 'S8: somebody of the body who is not its observer reads nothing');
select is(jsonb_array_length(t.call('m', 'release.readings', jsonb_build_object('id', t.id('rel')))), 3,
	'management sees who read it');
select is(jsonb_array_length(t.call('v', 'release.readings', jsonb_build_object('id', t.id('rel')))), 2,
	'an observer their own readings');
select t.keep('file', app.uuid7()) is not null as kept \gset
insert into app.evidence (organisation, id, kind, title, file_name, media_type, size, sha256, supplied_by)
	values (t.org(), t.id('file'), 'file', 'Plan', 'plan.pdf', 'application/pdf', 0, sha256(''), t.id('a'));
insert into app.release_evidence (organisation, release, evidence, added_by)
	values (t.org(), t.id('rel'), t.id('file'), t.id('m'));
select isnt(t.call('v', 'evidence.download_begin', jsonb_build_object('id', t.id('file'))) ->> 'ticket', null,
	'S8: an observer downloads a file that went out with it');
select is((select count(*) from app.reading where person = t.id('v') and evidence = t.id('file')), 1::bigint,
	'S8: which is recorded too');
update app.publication set until = current_date - 1;
select is(t.can_see('v', 'rel'), -32004, 'S8: after its date it is gone');
update app.publication set until = current_date + 30;
select is(t.can_see('v', 'rel'), 0, 'S8: within it, there');
select t.call('m', 'release.end', t.with_version('release', 'rel', jsonb_build_object('party', t.id('body'))))
	is not null as kept \gset
select is(t.can_see('v', 'rel'), -32004, 'S8: ended by management, gone at once');
select t.call('m', 'release.publish',
	t.with_version('release', 'rel', jsonb_build_object('party', t.id('body'), 'until', current_date + 30))) is not null
	as kept \gset
-- A supplier's evidence
insert into app.affiliation (organisation, person, party, kind, from_date)
	values (t.org(), t.id('oc'), t.id('host'), 'contracted', current_date - 10);
select t.made('theirs', 'oc', 'evidence.state_text', '{"title": "Their log", "statement": "x"}') is not null
	as kept \gset
insert into app.attachment (organisation, evidence, noun, subject, audit, part, finding, attached_by) select t.org(),
	t.id('theirs'), 'finding', f.id, f.audit, f.part, f.id, t.id('a') from app.finding f where f.id = t.id('f');
select is(
	t.rule(t.refusal('m', 'release.publish',
	t.with_version('release', 'rel',
	jsonb_build_object('party', t.id('body'), 'until', current_date + 30, 'evidence',
	jsonb_build_array(t.id('theirs')))))), 'leave', 'a supplier''s evidence goes out with their leave only');
select t.call('oc', 'evidence.give_leave', t.with_version('evidence', 'theirs', '{"leave": "Contract, clause 12.3"}'))
	is not null as kept \gset
select is(t.refusal('m', 'release.publish',
	t.with_version('release', 'rel',
	jsonb_build_object('party', t.id('body'), 'until', current_date + 30, 'evidence',
	jsonb_build_array(t.id('theirs'))))), '{"code": 0}', 'with it, it does');
-- Closing and revision
select is(t.rule(t.refusal('l', 'audit.close', t.with_version('audit', 'audit'))), 'verifier',
	'it is not closed while an open nonconformity has no verifier');
select t.made('fact2', 'x', 'responsibility.assign',
	jsonb_build_object('person', t.id('n'), 'function', t.id('backup'), 'kind', 'monitors', 'from_date',
	current_date - 300, 'until_date', current_date - 250)) is not null as kept,
	t.call('l', 'finding.name_verifier', t.with_version('finding', 'f', jsonb_build_object('person', t.id('a'))))
		is not null as kept2 \gset
select is((select revision_due from app.audit where id = t.id('audit')), true,
	'S9: a fact after the release asks for a revision');
select is(t.rule(t.refusal('l', 'audit.close', t.with_version('audit', 'audit'))), 'revision',
	'and it is not closed before');
select is(t.made('rel2', 'l', 'release.report',
	jsonb_build_object('audit', t.id('audit'), 'version', t.version('audit', 'audit'))) ->> 'revision', '2',
	'S9: the lead releases the revision');
select is(t.can_see('v', 'rel2'), 0, 'S9: to the same recipients');
select is(
	t.rule(t.refusal('m', 'release.publish',
	t.with_version('release', 'rel', jsonb_build_object('party', t.id('body'), 'until', current_date + 60)))),
	'revised', 'what was revised is published no more');
select is(t.call('l', 'audit.close', t.with_version('audit', 'audit')) ->> 'state', 'closed',
	'then the lead closes the audit');
select is(t.code(t.refusal(null, 'release.get', jsonb_build_object('id', t.id('rel')))), -32001,
	'nobody is asked to sign in');
select is(t.code(t.refusal('forged', 'release.get', jsonb_build_object('id', t.id('rel')))), -32001,
	'forged settings are nobody''s');
select is((select count(*) from app.check_claims()), 0::bigint, 'claims are what their sources say');
select * from finish();
rollback;
