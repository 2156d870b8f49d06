-- The second of two: what holds of the only one there is must hold of each, and of both together. Each act is asked
-- where there is one, and where a second is given beside it.
\set ON_ERROR_STOP on
begin;
select no_plan();
set local client_min_messages = warning;
\ir fixture/coverage.sql
\ir fixture/told.sql

create table t.pair (n serial, about text, who text, act text, one text, "second" text, given text, base text);
insert into t.pair (about, who, act, one, "second", given) values
	('what is done is judged once the last action can be', 'a',
		'(app.verification_needs((select f from app.finding f where f.id = {f-implemented})))[1].say', 'null',
		'verification.judge_from',
		'insert into app.action (organisation, finding, audit, addressed, number, reference, round, what, owner, due, '
		'first_due, criterion, judge_from, state, proof, done_by, done_at, readers) select organisation, finding, '
		'audit, addressed, 9, ''9'', round, what, owner, due, first_due, criterion, current_date + 1, state, proof, '
		'done_by, done_at, readers from app.action x where x.id = {act-implemented}'),
	('an interest that waits for a safeguard, beside one that has its', null,
		'{audit} in (select audit from app.assignments_of({org}, {b}))', 'true', 'false',
		'insert into app.interest select (jsonb_populate_record(x, jsonb_build_object(''id'', gen_random_uuid(), '
		'''safeguard'', null))).* from app.interest x where x.id = {interest}'),
	('an audit''s function that is not confirmed, beside those that are', null,
		'array(select app.unconfirmed_functions({org}, {audit}))', '{}', 'payroll',
		'insert into app.part_function (organisation, audit, part, function) values ({org}, {audit}, {part-backup}, '
		'{payroll})'),
	('a team member who has not declared, beside those who have', null, 'array(select app.undeclared({org}, {audit}))',
		'{}', 'c', 'update app.declaration set lapsed_at = now(), lapse_reason = app.say(''lapse.began'') where '
		'assignment = {as-c}'),
	('publications of a release: one of them ends', '+m',
		'select method.release_end((select r from app.release r where r.id = {release-published}), {body}) => (select '
		'count(*) from app.publication where release = {release-published} and ended_at is null)', '0', '1',
		'insert into app.publication (organisation, release, party, until, published_by) values ({org}, '
		'{release-published}, {rival}, current_date, {m})'),
	('an observer of another party reads what was published to theirs', null,
		'array(select token from app.release_holding({w}, {org}))', '{}', 'release-published',
		'insert into app.publication (organisation, release, party, until, published_by) values ({org}, '
		'{release-published}, {rival}, current_date, {m})'),
	('parties that somebody works for', 'sp', 'app.my_parties()', 'host', 'firm host',
		'insert into app.affiliation (organisation, person, party, kind, from_date) values ({org}, {sp}, {firm}, '
		'''contracted'', current_date)'),
	('functions that somebody is responsible for', null, 'array(select function from app.functions_of({org}, {sp}))',
		'cards', 'cards payroll', 'insert into app.responsibility (organisation, person, function, kind, from_date) '
		'values ({org}, {sp}, {payroll}, ''monitors'', current_date)'),
	('roles that somebody has, of which one ended yesterday', 'o', 'app.my_roles()', '{auditor,auditee}', '{auditee}',
		'update app.membership set until_date = current_date - 1 where person = {o} and role = ''auditor'''),
	('audits that somebody works on, of which one has ended for them', null,
		'{audit} in (select audit from app.assignments_of({org}, {c}))', 'true', 'true',
		'update app.assignment set ended_on = current_date where person = {c} and audit <> {audit}'),
	('reasons against a person: each is named', null,
		'(select string_agg(rule, '' '') from app.reasons_against({org}, {audit}, {part-backup}, {o}, current_date))',
		'S1', 'S1 S4', 'insert into app.claim (organisation, rule, subject, object, side, period, source) values '
		'({org}, '
		'''S4'', {o}, {audit}, ''arranges'', daterange(current_date, null), {audit})'),
	('responsibilities of a person: each is a reason', null,
		'(select count(*) from app.side_reasons({org}, {o}, array[{backup}], {audit}))', '1', '2',
		'select set_config(''session_replication_role'', ''origin'', true); insert into app.responsibility '
		'(organisation, person, function, kind, from_date) values ({org}, {o}, {backup}, ''monitors'', current_date)'),
	('what stands before the issue of a finding: all of it is named', 'b',
		'array(select n.say from unnest(app.finding_issue_needs((select f from app.finding f where f.id = '
		'{f-review}))) n)', '{finding.no_grade,finding.review_first}', '{finding.review_first}',
		'update app.finding set grade = ''minor'' where id = {f-review}'),
	('findings that are in the way of a release: each is named', null,
		'(select count(*) from app.release_obstacles({audit}) where say = ''release.finding_draft'' and args ->> '
		'''finding'' in ({f-draft}::text, {f-issued}::text))', '1', '2',
		'update app.finding set state = ''shared'' where id = {f-issued}'),
	('evidence of which one file is not whole', 'ob',
		'app.attach_all(array[{ev-request}, {said-ob}], ''request'', {request}, {audit}, {part-backup}, {backup}, '
		'null)', '', 'uploading', 'update app.evidence set state = ''uploading'' where id = {said-ob}'),
	('competence: one that has ended, beside one that counts', null,
		'(select count(*) from app.competence_reasons({org}, {audit}, {a}, ''auditor''))', '0', '0',
		'insert into app.competence select (jsonb_populate_record(c, jsonb_build_object(''id'', gen_random_uuid(), '
		'''valid_until'', current_date - 1))).* from app.competence c where c.id = {competence-a}'),
	('sub-functions: of a sub-function, too', null,
		'array(select function from app.function_with_subs({org}, array[{backup}]))', 'backup restore',
		'backup payroll restore', 'update app.function set parent = {restore} where id = {payroll}'),
	('what replaced a function: and what replaced that', null,
		'array(select function from app.function_carried({org}, array[{hr}]))', 'hr payroll', 'cards hr payroll',
		'insert into app.succession (organisation, predecessor, successor, on_date) values ({org}, {payroll}, {cards}, '
		'current_date)'),
	('parties of a group: each of them is of it', null, 'array(select party from app.party_group({org}, {host}))',
		'host', 'firm host rival', 'insert into app.kinship (organisation, party, kin) select {org}, p, {host} from '
		'unnest(array[{host}, {firm}, {rival}]) p; update app.party set affiliates = {host} where id in ({host}, '
		'{firm}, {rival})'),
	('a person''s sessions: one of them ends', '+a',
		'select method.session_revoke({second-a}) => (select count(*) from auth.session where person = {a} and kind = '
		'''session'' and ended_at is null)', '2', '3',
		'insert into auth.session (kind, person, digest, idle_until, expires_at) values (''session'', {a}, '
		'sha256(''third''), now() + interval ''1 hour'', now() + interval ''1 hour'')'),
	('extensions of an action: each counts', '+b',
		'select method.extension_decide((select e from app.extension e where e.id = {extension}), true, ''x'') => '
		'(select extensions from app.action where id = {act-extended})', '1', '2',
		'update app.action set extensions = 1 where id = {act-extended}'),
	('an extension that is not the latest of a finding moves its date no earlier', '+b',
		'select method.extension_decide((select e from app.extension e where e.id = {extension}), true, ''x'') => '
		'(select implementation_due - current_date from app.finding where id = {f-accepted})', '40', '90',
		'update app.finding set implementation_due = current_date + 90 where id = {f-accepted}'),
	('management who could sign a proposal', null,
		'app.free_management((select p from app.proposal p where p.id = {proposal}))', '2', '1',
		'select set_config(''session_replication_role'', ''origin'', true); insert into app.responsibility '
		'(organisation, person, function, kind, from_date) values ({org}, {m2}, {backup}, ''monitors'', current_date)');
insert into t.pair (about, who, act, one, "second", given, base) values
	('returned actions: the finding is implemented once the last of them is done', '+d',
		'select method.action_done((select a from app.action a where a.id = {act-accepted}), ''x'') => (select state '
		'from app.finding where id = {f-accepted})', 'implemented', 'implementation_returned',
		'update app.action set state = ''returned'', return_reason = ''x'' where id = {act-extended}',
		'update app.action set state = ''returned'', return_reason = ''x'' where id = {act-accepted}; update '
		'app.action '
		'set state = ''done'', done_by = {d}, done_at = now(), proof = ''x'' where id = {act-extended}; update '
		'app.finding set state = ''implementation_returned'' where id = {f-accepted}'),
	('open actions: the finding is implemented once the last of them is done', '+d',
		'select method.action_done((select a from app.action a where a.id = {act-accepted}), ''x'') => (select state '
		'from app.finding where id = {f-accepted})', 'implemented', 'plan_accepted',
		'update app.action set state = ''open'' where id = {act-extended}',
		'update app.action set state = ''dropped'' where id = {act-extended}');

select is(t.told(p.who, p.act, p.base), p.one, format('%s: one', p.about)) from t.pair p order by p.n;
select is(t.told(p.who, p.act, concat_ws('; ', p.base, p.given)), p.second, format('%s: and a '
		'second', p.about)) from t.pair p order by p.n;

select * from finish();
rollback;
