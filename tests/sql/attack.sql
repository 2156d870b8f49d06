-- Ways around the rules, each tried with calls that are allowed one by one: by order, by dates, by changes of scope,
-- role, party and team. Every attack begins anew from the audit in fieldwork and is taken back; a test is named after
-- the rule that it tries to break.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/fieldwork.sql

create schema attack;
-- What an attack comes to, with everything that it did taken back.
create function t.attempt(name text) returns text language plpgsql as $$
declare result text;
begin
	begin
		execute format('select attack.%I()', name) into result;
		raise exception using errcode = 'UT000', message = coalesce(result, '(null)');
	exception when others then
		result := sqlerrm;
	end;
	return result;
end $$;
create function t.met(refusal jsonb) returns text
	language sql as $$ select coalesce(refusal ->> 'rule',
	case when refusal ->> 'code' = '-32603' then refusal ->> 'message' else refusal ->> 'code' end) $$;
create function t.drafted(key text, who text, part text default 'part-backup', function text default 'backup')
	returns void language plpgsql as $$
begin
	perform t.made(key, who, 'finding.draft',
		jsonb_build_object('part', t.id(part), 'title', 'Restores are not tested', 'condition',
		'No restore test since January.',
		'requirements', jsonb_build_array(t.id('9.2.1')), 'functions', jsonb_build_array(t.id(function))));
end $$;
create function t.issued(key text, who text, grade text default 'major', part text default 'part-backup',
	function text default 'backup') returns void language plpgsql as $$
begin
	perform t.drafted(key, who, part, function);
	perform t.call(who, 'finding.grade',
		t.with_version('finding', key,
		jsonb_build_object('grade', grade, 'answers', '{"requirement_unmet": true}'::jsonb, 'reason', 'As seen.')));
	perform t.call(who, 'finding.issue', t.with_version('finding', key, '{"share_skipped": "Seen together."}'));
end $$;
-- Otto's plan, its action done, the finding implemented.
create function t.planned(key text) returns void language plpgsql as $$
begin
	perform t.made(key || '-r', 'ob', 'response.save',
		jsonb_build_object('finding', t.id(key), 'containment', 'x', 'correction', 'x', 'root_cause', 'x', 'extent',
		'x'));
	perform t.made(key || '-a', 'ob', 'action.plan',
		jsonb_build_object('finding', t.id(key), 'what', 'x', 'owner', t.id('ob'), 'due', current_date + 9, 'criterion',
		'x', 'judge_from', current_date));
	perform t.call('ob', 'response.submit', t.with_version('response', key || '-r'));
end $$;
create function t.implemented(key text) returns void language plpgsql as $$
begin
	perform t.planned(key);
	perform t.call('a', 'response.accept', t.with_version('response', key || '-r'));
	perform t.call('ob', 'action.done', t.with_version('action', key || '-a', '{"proof": "x"}'));
end $$;
create function t.responsible(who text, function text, from_date date, until_date date default null) returns jsonb
	language sql as $$
	select t.refusal('x', 'responsibility.assign',
		jsonb_strip_nulls(jsonb_build_object('person', t.id(who), 'function', t.id(function), 'kind', 'monitors',
		'from_date', from_date, 'until_date', until_date)))
$$;
create function t.sign(who text) returns void language plpgsql as $$
begin
	perform t.call(who, 'declaration.sign', jsonb_build_object('assignment', s.id, 'statement', 'I am independent.'))
		from app.assignment s
		where s.person = t.id(who) and s.ended_on is null
			and not exists (select from app.declaration d where d.assignment = s.id and d.lapsed_at is null);
end $$;
create function t.confirmed() returns void language plpgsql as $$
begin
	perform t.call(p.key, 'declaration.confirm', jsonb_build_object('id', d.id, 'version', d.version)) from t.persons p
		join app.declaration d on d.person = p.id and d.lapsed_at is null;
end $$;
create function t.released() returns void language plpgsql as $$
begin
	perform t.call('l', 'audit.start_reporting', t.left('audit'));
	perform t.call('l', 'audit.conclude', t.with_version('audit', 'audit', '{"conclusion": "Mostly fulfilled."}'));
	perform t.call('m', 'audit.name_recipient',
		t.with_version('audit', 'audit', jsonb_build_object('recipient', t.id('m2'))));
	perform t.confirmed();
	perform t.made('rel', 'l', 'release.report',
		jsonb_build_object('audit', t.id('audit'), 'version', t.version('audit', 'audit')));
end $$;
create function t.dispute(key text) returns void language plpgsql as $$
begin
	perform t.call('ob', 'finding.dispute', t.with_version('finding', key, '{"reason": "No."}'));
	perform t.keep(key || '-d', (select d.id from app.dispute d where d.finding = t.id(key)));
end $$;

-- S1, S9: who is named

create function attack.decider_frees_verifier() returns text language plpgsql as $$
begin
	perform t.issued('f', 'l');
	perform t.call('x', 'finding.name_verifier',
		t.with_version('finding', 'f', jsonb_build_object('person', t.id('d'))));
	perform t.call('x', 'assignment.end', t.with_version('assignment', 'as-' || p, '{"reason": "x"}'))
		from unnest(array['a', 'b']) p;
	perform t.dispute('f');
	perform t.call('x', 'dispute.name_decider',
		t.with_version('dispute', 'f-d', jsonb_build_object('person', t.id('c'))));
	return t.met(t.responsible('d', 'backup', current_date + 1)) || ' '
		|| t.met(t.responsible('c', 'backup', current_date + 1));
end $$;
select is(t.attempt('decider_frees_verifier'), 'S9 S9',
	'S9: naming who decides a dispute does not free the named verifier, and binds both');

create function attack.fact_on_verifier() returns text language plpgsql as $$
begin
	perform t.issued('f', 'a');
	perform t.implemented('f');
	perform t.call('x', 'finding.name_verifier',
		t.with_version('finding', 'f', jsonb_build_object('person', t.id('d'))));
	perform t.responsible('d', 'backup', current_date - 40);
	return t.met(t.refusal('d', 'verification.record',
		jsonb_build_object('finding', t.id('f'), 'version', t.version('finding', 'f'), 'result', 'effective',
		'judgement', 'x')));
end $$;
select isnt(t.attempt('fact_on_verifier'), '0',
	'S1: of whom a fact came to light, they do not verify, though they were named');

create function attack.judge_after_closing() returns text language plpgsql as $$
begin
	perform t.issued('f', 'a');
	perform t.planned('f');
	perform t.made('check', 'a', 'check.prepare',
		jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'requirement', t.id('A.8.13'),
		'question', 'x', 'method', 'document'));
	perform t.call('a', 'check.record', t.with_version('check', 'check', '{"result": "conform"}'));
	perform t.released();
	perform t.call('l', 'finding.name_verifier',
		t.with_version('finding', 'f', jsonb_build_object('person', t.id('b'))));
	perform t.call('l', 'audit.close', t.with_version('audit', 'audit'));
	-- the day of a last judgement counts
	if t.met(t.responsible('a', 'backup', current_date)) <> 'S9' then return 'on the day itself'; end if;
	update app.audit x set ended_on = current_date - 1 where x.id = t.id('audit');
	return t.met(t.responsible('a', 'backup', current_date)) || ' '
		|| t.met(t.refusal('a', 'check.get', jsonb_build_object('id', t.id('check'))))
		|| ' ' || (t.refusal('a', 'response.accept', t.with_version('response', 'f-r')) ->> 'code')
		|| ' ' || t.met(t.refusal('b', 'check.get', jsonb_build_object('id', t.id('check'))));
end $$;
select is(t.attempt('judge_after_closing'), '0 -32004 -32009 0',
	'S1: after the audit has closed, whoever takes over a function neither reads its papers nor accepts a plan for it');

create function attack.verifier_arranged() returns text language plpgsql as $$
begin
	perform t.issued('f', 'a');
	perform t.person('w', 'Wanda Admin', '{administrator}', t.id('own'));
	perform t.call('w', 'finding.name_verifier',
		t.with_version('finding', 'f', jsonb_build_object('person', t.id('d'))));
	return (select count(*) from app.claim where rule = 'S4' and side = 'arranges' and subject = t.id('w')
		and object = t.id('audit'))::text;
end $$;
select is(t.attempt('verifier_arranged'), '1', 'S4: who names a verifier has staffed the audit');

create function attack.planner_verifies() returns text language plpgsql as $$
begin
	perform t.issued('f', 'a');
	insert into app.membership (organisation, person, role, from_date)
		values (t.org(), t.id('p'), 'auditor', current_date);
	return t.met(t.refusal('x', 'finding.name_verifier',
		t.with_version('finding', 'f', jsonb_build_object('person', t.id('p')))));
end $$;
select is(t.attempt('planner_verifies'), 'S4', 'S4: who planned the audit is not named to verify in it');

-- S1: scope

create function attack.narrowed() returns text language plpgsql as $$
begin
	perform t.issued('f', 'a');
	perform t.call('p', 'audit.set_functions',
		t.with_version('audit', 'audit',
		jsonb_build_object('part', t.id('part-backup'), 'functions', jsonb_build_array(t.id('payroll')), 'reason',
		'x')));
	perform t.sign(p) from unnest(array['l', 'a', 'b', 'n']) p;
	return t.met(t.responsible('a', 'backup', current_date));
end $$;
select is(t.attempt('narrowed'), 'S9', 'S1: taking a function out of the scope does not free who has judged it');

create function attack.answers_for() returns text language plpgsql as $$
begin
	perform t.call('x', 'responsibility.end',
		t.with_version('responsibility', 'r-ob', jsonb_build_object('until_date', current_date, 'reason', 'x')));
	update app.responsibility set until_date = current_date - 1 where id = t.id('r-ob');
	return t.met(t.refusal('m', 'function.answer',
		t.with_version('function', 'backup', jsonb_build_object('person', t.id('a')))));
end $$;
select is(t.attempt('answers_for'), 'S9',
	'S1: who answers for a function without an owner is responsible for it; its auditor is not named');

create function attack.answered_for() returns text language plpgsql as $$
begin
	perform t.call('m', 'function.answer',
		t.with_version('function', 'payroll', jsonb_build_object('person', t.id('d'))));
	perform t.call('m', 'function.answer', t.with_version('function', 'payroll'));
	perform t.call('p', 'audit.set_functions',
		t.with_version('audit', 'audit',
		jsonb_build_object('part', t.id('part-access'), 'functions', jsonb_build_array(t.id('access'), t.id('payroll')),
		'reason', 'x')));
	return t.met(t.refusal('x', 'assignment.assign',
		jsonb_build_object('audit', t.id('audit'), 'person', t.id('d'), 'role', 'auditor', 'part',
		t.id('part-access'))));
end $$;
select is(t.attempt('answered_for'), 'S1', 'S1: and counts within the window, after somebody else was named or nobody');

create function attack.owner_again() returns text language plpgsql as $$
begin
	perform t.call('m', 'function.answer',
		t.with_version('function', 'payroll', jsonb_build_object('person', t.id('z'))));
	perform t.made('r-pay', 'x', 'responsibility.assign',
		jsonb_build_object('person', t.id('d'), 'function', t.id('payroll'), 'kind', 'owns', 'from_date',
		current_date));
	return (select count(*) from app.functions_of(t.org(), t.id('z')))::text || ' '
		|| (select count(*) from app.functions_of(t.org(), t.id('d')))::text;
end $$;
select is(t.attempt('owner_again'), '0 1', 'who was named to answer for a function does so only while it has no owner');

create function attack.plan_changed_after_sending() returns text language plpgsql as $$
begin
	-- as it was before; no verb leads back there
	set local session_replication_role = replica;
	update app.audit set state = 'planned', prepared_at = null, fieldwork_at = null where id = t.id('audit');
	set local session_replication_role = origin;
	perform t.call('p', 'audit.set_functions',
		t.with_version('audit', 'audit',
		jsonb_build_object('part', t.id('part-backup'), 'functions', jsonb_build_array(t.id('restore')))));
	perform t.call('ob', 'confirmation.give', jsonb_build_object('audit', t.id('audit'), 'function', t.id('restore')));
	perform t.sign(p) from unnest(array['l', 'a', 'b', 'n']) p;
	return t.met(t.refusal('l', 'audit.prepare', t.with_version('audit', 'audit')));
end $$;
select is(t.attempt('plan_changed_after_sending'), 'plan',
	'a plan that changed after it was sent is sent again before the audit is prepared');

-- roles, S10

create function attack.auditor_turns_administrator() returns text language plpgsql as $$
begin
	perform t.made('check', 'a', 'check.prepare',
		jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'requirement', t.id('A.8.13'),
		'question', 'x', 'method', 'document'));
	perform t.call('x', 'membership.end',
		jsonb_build_object('id', m.id, 'version', m.version, 'until_date', current_date, 'reason', 'x'))
		from app.membership m where m.person = t.id('a');
	-- the next day
	update app.membership set until_date = current_date - 1, counts_until = current_date - 1 where person = t.id('a');
	perform t.call('m', 'membership.grant', jsonb_build_object('person', t.id('a'), 'role', 'administrator'));
	return t.met(t.refusal('a', 'check.get', jsonb_build_object('id', t.id('check'))));
end $$;
select is(t.attempt('auditor_turns_administrator'), '-32004',
	'S10: an administrator who was an auditor reads no working paper, on whatever team they still stand');

create function attack.backdated_role() returns text language plpgsql as $$
begin
	perform t.call('m', 'membership.end',
		jsonb_build_object('id', m.id, 'version', m.version, 'until_date', current_date - 1, 'reason', 'x'))
		from app.membership m where m.person = t.id('x');
	return t.met(t.refusal('y', 'membership.grant', jsonb_build_object('person', t.id('x'), 'role', 'auditor')));
end $$;
select is(t.attempt('backdated_role'), 'roles',
	'roles: an end dated before the day it is entered does not make room for the other role on that day');

-- S3

create function attack.observes_what_they_audited() returns text language plpgsql as $$
begin
	perform t.call('x', 'assignment.end', t.with_version('assignment', 'as-b', '{"reason": "x"}'));
	update app.membership set until_date = current_date - 1, counts_until = current_date - 1 where person = t.id('b');
	return t.met(t.refusal('m', 'membership.grant',
		jsonb_build_object('person', t.id('b'), 'role', 'observer', 'party', t.id('body'))));
end $$;
select is(t.attempt('observes_what_they_audited'), 'S9',
	'S3: who audited within 24 months does not observe for who certifies');

create function attack.leaves_the_group() returns text language plpgsql as $$
begin
	perform t.made('sister', 'x', 'party.add',
		jsonb_build_object('name', 'Certa Consulting', 'legal_identifier', 'CC', 'kinds', '["audit_firm"]'::jsonb,
		'affiliate_of', t.id('body')));
	perform t.person('q', 'Quentin', '{auditor}', t.id('sister'));
	perform t.call('x', 'party.update',
		t.with_version('party', 'sister',
		jsonb_build_object('name', 'Certa Consulting', 'kinds', '["audit_firm"]'::jsonb, 'affiliate_of', t.id('own'))));
	perform t.call('x', 'affiliation.add',
		jsonb_build_object('person', t.id('z'), 'party', t.id('body'), 'kind', 'contracted', 'from_date',
		current_date));
	return t.met(t.refusal('x', 'assignment.assign',
		jsonb_build_object('audit', t.id('audit'), 'person', t.id('q'), 'role', 'trainee', 'part',
		t.id('part-backup'))));
end $$;
select isnt(t.attempt('leaves_the_group'), '0',
	'S3, S13: an administrator takes no party out of its group by putting it into another');

-- S4

create function attack.scope_grew_under_proposal() returns text language plpgsql as $$
begin
	perform t.responsible('m', 'payroll', current_date - 30);
	perform t.keep('prop',
		(t.call('y', 'assignment.assign',
		jsonb_build_object('audit', t.id('audit'), 'person', t.id('d'), 'role', 'auditor', 'part',
		t.id('part-access'))) #>> '{proposal,id}')::uuid);
	perform t.call('p', 'audit.set_functions',
		t.with_version('audit', 'audit',
		jsonb_build_object('part', t.id('part-access'), 'functions', jsonb_build_array(t.id('access'), t.id('payroll')),
		'reason', 'x')));
	return t.met(t.refusal('m', 'proposal.countersign', t.with_version('proposal', 'prop')));
end $$;
select is(t.attempt('scope_grew_under_proposal'), 'S4',
	'S4: who countersigns is free of the scope as it is, not as it was proposed for');

create function attack.competence_by_owner() returns text language plpgsql as $$
begin
	perform t.person('q', 'Quentin', '{auditor}', t.id('firm'));
	perform t.call('y', 'competence.record',
		jsonb_build_object('person', t.id('q'), 'kind', 'criterion', 'framework', t.id('iso'), 'evaluated_by', 'Nobody',
		'method', 'x', 'valid_from', current_date - 50, 'valid_until', current_date + 50));
	return t.met(t.refusal('x', 'assignment.assign',
		jsonb_build_object('audit', t.id('audit'), 'person', t.id('q'), 'role', 'auditor', 'part',
		t.id('part-access'))));
end $$;
select is(t.attempt('competence_by_owner'), 'S12',
	'S4: a competence recorded by who is responsible for a function in scope carries no assignment there');

create function attack.competence_nobody_free() returns text language plpgsql as $$
begin
	perform t.responsible('m', 'access', current_date - 30);
	perform t.responsible('m2', 'access', current_date - 30);
	perform t.keep('prop',
		(t.call('y', 'competence.record',
		jsonb_build_object('person', t.id('a'), 'kind', 'lead', 'evaluated_by', 'Nobody', 'method', 'x', 'valid_from',
		current_date - 50, 'valid_until', current_date + 50)) #>> '{proposal,id}')::uuid);
	perform t.call('m', 'proposal.countersign', t.with_version('proposal', 'prop'));
	perform t.call('m2', 'proposal.countersign', t.with_version('proposal', 'prop'));
	return (select state from app.proposal where id = t.id('prop')) || ' '
		|| (select count(*) from app.claim where rule = 'S4' and side = 'arranges'
		and subject in (t.id('m'), t.id('m2'), t.id('y')) and object = t.id('audit'))::text;
end $$;
select is(t.attempt('competence_nobody_free'), 'countersigned 3',
	'S4: a countersigned competence is arranged by all who signed it');

-- S6

create function attack.second_signer_lapsed() returns text language plpgsql as $$
begin
	perform t.issued('f', 'a');
	update app.declaration set lapsed_at = now(), lapse_reason = app.say('lapse.signed_anew') where person = t.id('b');
	return t.call('l', 'finding.regrade',
		t.with_version('finding', 'f', '{"grade": "minor", "reason": "x"}')) ->> 'grade';
end $$;
select is(t.attempt('second_signer_lapsed'), 'major',
	'S6: a second auditor who has yet to sign a declaration is waited for');

create function attack.regraded_after_release() returns text language plpgsql as $$
begin
	perform t.issued('f', 'a');
	perform t.released();
	perform t.call('l', 'finding.regrade', t.with_version('finding', 'f', '{"grade": "minor", "reason": "x"}'));
	perform t.call('b', 'finding.sign', t.with_version('finding', 'f'));
	return (select revision_due::text from app.audit where id = t.id('audit'));
end $$;
select is(t.attempt('regraded_after_release'), 'true',
	'S6: a grade changed after the release asks for a revision of the report');

create function attack.nobody_signs() returns text language plpgsql as $$
begin
	perform t.issued('f', 'c', 'minor', 'part-cards', 'cards');
	update app.membership set until_date = current_date - 1, counts_until = current_date - 1 where role = 'auditor'
		and person not in (t.id('l'), t.id('c'), t.id('k'), t.id('s'));
	perform t.call('l', 'finding.withdraw', t.with_version('finding', 'f', '{"reason": "Mistaken."}'));
	return (select state from app.finding where id = t.id('f')) || ' '
		|| (app.report_content((select a from app.audit a where a.id = t.id('audit'))) #>> '{unsigned,0,reason}');
end $$;
select is(t.attempt('nobody_signs'), 'withdrawn Mistaken.',
	'S6: where nobody at all could sign, it takes effect, and the report discloses it');

create function attack.raised_to_nonconformity() returns text language plpgsql as $$
begin
	perform t.drafted('f', 'a');
	perform t.call('a', 'finding.grade',
		t.with_version('finding', 'f', '{"grade": "observation", "answers": {"requirement_unmet": false}}'));
	perform t.call('a', 'finding.issue', t.with_version('finding', 'f', '{"share_skipped": "x"}'));
	perform t.call('ob', 'finding.answer', t.with_version('finding', 'f', '{"answer": "declined", "reason": "No."}'));
	perform t.call('l', 'finding.regrade', t.with_version('finding', 'f', '{"grade": "major", "reason": "x"}'));
	return (select state::text || ' ' || (ended_at is null)::text from app.finding where id = t.id('f')) || ' '
		|| t.met(t.refusal('ob', 'response.save', jsonb_build_object('finding', t.id('f'), 'correction', 'x')));
end $$;
select is(t.attempt('raised_to_nonconformity'), 'acknowledged true 0',
	'S6: an observation that was declined and becomes a nonconformity is answered as one');

-- S7

create function attack.responsibility_begins() returns text language plpgsql as $$
begin
	perform t.responsible('z', 'backup', current_date);
	return (select string_agg(p.key, ' ' order by p.key) from t.persons p join app.assignment s on s.person = p.id
		and s.ended_on is null
		where exists (select from app.declaration d where d.assignment = s.id and d.lapsed_at is null));
end $$;
select is(t.attempt('responsibility_begins'), 'c',
	'S7: declarations are renewed when a responsibility for a function of the part begins');

create function attack.sub_function() returns text language plpgsql as $$
begin
	perform t.call('x', 'function.add',
		jsonb_build_object('reference', 'F-01.2', 'name', 'Tapes', 'parent', t.id('backup')));
	return (select string_agg(p.key, ' ' order by p.key) from t.persons p join app.assignment s on s.person = p.id
		and s.ended_on is null
		where exists (select from app.declaration d where d.assignment = s.id and d.lapsed_at is null));
end $$;
select is(t.attempt('sub_function'), 'c', 'S7: and when a sub-function comes under one of them');

create function attack.interest_at_release() returns text language plpgsql as $$
begin
	perform t.call('l', 'audit.start_reporting', t.left('audit'));
	perform t.call('b', 'interest.declare',
		jsonb_build_object('audit', t.id('audit'), 'kind', 'funds', 'description', 'x', 'function', t.id('backup')));
	perform t.sign('b');
	perform t.call('l', 'audit.conclude', t.with_version('audit', 'audit', '{"conclusion": "Mostly fulfilled."}'));
	perform t.call('m', 'audit.name_recipient',
		t.with_version('audit', 'audit', jsonb_build_object('recipient', t.id('m2'))));
	perform t.confirmed();
	return t.met(t.refusal('l', 'release.report',
		jsonb_build_object('audit', t.id('audit'), 'version', t.version('audit', 'audit'))));
end $$;
select is(t.attempt('interest_at_release'), 'release',
	'S7: an interest without a safeguard stands against the release');

create function attack.second_attestation() returns text language plpgsql as $$
begin
	perform t.made('att', 'x', 'party.add',
		'{"name": "Attest One", "legal_identifier": "A1", "kinds": ["audit_firm"]}');
	perform t.made('att2', 'x', 'party.add',
		'{"name": "Attest Two", "legal_identifier": "A2", "kinds": ["audit_firm"]}');
	perform t.call('x', 'certification.add',
		jsonb_build_object('party', t.id(k), 'kind', 'attestation', 'framework_name', 'SOC 2', 'from_date',
		current_date - 30)) from unnest(array['att', 'att2']) k;
	perform t.call('x', 'affiliation.add',
		jsonb_build_object('person', t.id('b'), 'party', t.id('att'), 'kind', 'contracted', 'from_date', current_date));
	perform t.call('x', 'safeguard.record',
		jsonb_build_object('interest', i.id, 'kind', 'second_auditor', 'reason', 'x')) from app.interest i
		where i.person = t.id('b');
	perform t.call('x', 'affiliation.add',
		jsonb_build_object('person', t.id('b'), 'party', t.id('att2'), 'kind', 'contracted', 'from_date',
		current_date));
	return (select count(*) || ' ' || count(safeguard) from app.interest where person = t.id('b'));
end $$;
select is(t.attempt('second_attestation'), '2 1',
	'S7: each attesting party that one belongs to is an interest of its own');

-- S8, S10

create function attack.statement_unrecorded() returns text language plpgsql as $$
begin
	perform t.issued('f', 'a');
	perform t.released();
	perform t.made('said', 'a', 'evidence.state_text', '{"title": "Photograph", "statement": "The shelf is empty."}');
	insert into app.release_evidence (organisation, release, evidence, added_by)
		values (t.org(), t.id('rel'), t.id('said'), t.id('m'));
	perform t.call('m', 'release.publish',
		t.with_version('release', 'rel', jsonb_build_object('party', t.id('body'), 'until', current_date + 30)));
	perform t.call('v', 'evidence.get', jsonb_build_object('id', t.id('said')));
	return (select count(*) from app.reading where person = t.id('v') and evidence = t.id('said'))::text;
end $$;
select is(t.attempt('statement_unrecorded'), '1', 'S8: an observer''s reading of a released statement is recorded');

create function attack.conclusion() returns text language plpgsql as $$
begin
	perform t.call('l', 'audit.conclude', t.with_version('audit', 'audit', '{"conclusion": "Not fulfilled."}'));
	return (
		select string_agg(who || ' '
		|| coalesce(t.call(who, 'audit.get', jsonb_build_object('id', t.id('audit'))) ->> 'conclusion', '-'), ', ')
		from unnest(array['l', 'x', 'p', 'ob', 'm']) who);
end $$;
select is(t.attempt('conclusion'), 'l Not fulfilled., x -, p -, ob -, m -',
	'S10: the conclusion is a draft until the report is released: its team reads it, nobody else');

create function attack.former_lead() returns text language plpgsql as $$
begin
	perform t.call('x', 'assignment.end', t.with_version('assignment', 'as-l', '{"reason": "x"}'));
	perform t.call('x', 'competence.record',
		jsonb_build_object('person', t.id('d'), 'kind', 'lead', 'evaluated_by', 'x', 'method', 'x', 'valid_from',
		current_date - 50, 'valid_until', current_date + 500));
	perform t.made('as-d', 'x', 'assignment.assign',
		jsonb_build_object('audit', t.id('audit'), 'person', t.id('d'), 'role', 'lead'));
	perform t.sign('d');
	perform t.call('d', 'audit.start_reporting', t.left('audit'));
	perform t.call('d', 'audit.conclude', t.with_version('audit', 'audit', '{"conclusion": "Mostly fulfilled."}'));
	perform t.call('m', 'audit.name_recipient',
		t.with_version('audit', 'audit', jsonb_build_object('recipient', t.id('m2'))));
	perform t.confirmed();
	perform t.made('rel', 'd', 'release.report',
		jsonb_build_object('audit', t.id('audit'), 'version', t.version('audit', 'audit')));
	return t.met(t.refusal('d', 'release.get', jsonb_build_object('id', t.id('rel')))) || ' '
		|| t.met(t.refusal('l', 'release.get', jsonb_build_object('id', t.id('rel'))));
end $$;
select is(t.attempt('former_lead'), '0 -32004', 'who was the lead before reads no release of the one who came after');

-- S9

create function attack.long_ended() returns text language plpgsql as $$
begin
	perform t.call('x', 'assignment.end', t.with_version('assignment', 'as-b', '{"reason": "x"}'));
	update app.assignment set assigned_on = current_date - 60, ended_on = current_date - 30 where id = t.id('as-b');
	perform t.call('p', 'audit.set_functions',
		t.with_version('audit', 'audit',
		jsonb_build_object('part', t.id('part-backup'), 'functions', jsonb_build_array(t.id('backup'), t.id('cards')),
		'reason', 'x')));
	perform t.call('x', 'affiliation.add',
		jsonb_build_object('person', t.id('b'), 'party', t.id('host'), 'kind', 'contracted', 'from_date',
		current_date - 10));
	return (select count(*) from app.impairment)::text;
end $$;
select is(t.attempt('long_ended'), '0', 'S9: what began after somebody''s last judgement impairs nothing');

create function attack.reviewed_after_release() returns text language plpgsql as $$
begin
	perform t.made('check', 'b', 'check.prepare',
		jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'requirement', t.id('A.8.13'),
		'question', 'x', 'method', 'document'));
	perform t.call('b', 'check.record', t.with_version('check', 'check', '{"result": "conform"}'));
	perform t.made('req', 'a', 'request.raise',
		jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'asked', 'x'));
	perform t.call('ob', 'request.submit', jsonb_build_object('id', t.id('req'), 'version', 1, 'answer', 'x'));
	perform t.call('b', 'request.accept', jsonb_build_object('id', t.id('req'), 'version', 2));
	perform t.released();
	perform t.responsible('b', 'backup', current_date - 200, current_date - 150);
	perform t.call('a', 'check.review', t.with_version('check', 'check'));
	perform t.call('a', 'request.review',
		jsonb_build_object('id', t.id('req'), 'version',
		(select version from app.evidence_request where id = t.id('req'))));
	return t.met(t.refusal('a', 'check.review', t.with_version('check', 'check'))) || ' '
		|| t.met(t.refusal('l', 'release.report',
		jsonb_build_object('audit', t.id('audit'), 'version', t.version('audit', 'audit'))));
end $$;
select is(t.attempt('reviewed_after_release'), '-32006 0',
	'S9: what was done under a conflict that came to light after the release is reviewed, and the report revised');

create function attack.impaired_decision() returns text language plpgsql as $$
begin
	perform t.issued('f', 'l');
	perform t.dispute('f');
	perform t.call('b', 'dispute.decide', t.with_version('dispute', 'f-d', '{"decision": "upheld", "reason": "x"}'));
	perform t.responsible('b', 'backup', current_date - 200, current_date - 150);
	return (select string_agg(rule || ' ' || text, '; ') from app.release_blockers(t.id('audit')) where rule = 'S9');
end $$;
select matches(t.attempt('impaired_decision'), 'F-01 waits for its review',
	'S9: a dispute decided under a conflict is reviewed before the release');

-- S12

create function attack.changed_after_review() returns text language plpgsql as $$
begin
	perform t.drafted('f', 'n');
	perform t.call('b', 'finding.review', t.with_version('finding', 'f'));
	perform t.call('n', 'finding.change',
		t.with_version('finding', 'f',
		jsonb_build_object('title', 'x', 'condition', 'Something else.', 'requirements',
		jsonb_build_array(t.id('9.2.1')), 'functions', jsonb_build_array(t.id('backup')), 'addressed',
		t.id('backup'))));
	return t.met(t.refusal('b', 'finding.share', t.with_version('finding', 'f')));
end $$;
select is(t.attempt('changed_after_review'), 'review',
	'S12: what a trainee changes after the review is reviewed again');

create function attack.trainee_changes_shared() returns text language plpgsql as $$
begin
	perform t.drafted('f', 'a');
	perform t.call('a', 'finding.share', t.with_version('finding', 'f'));
	perform t.made('photo', 'n', 'evidence.state_text', '{"title": "Photograph", "statement": "The shelf is empty."}');
	return t.met(t.refusal('n', 'finding.change',
		t.with_version('finding', 'f',
		jsonb_build_object('title', 'x', 'condition', 'Something else.', 'requirements',
		jsonb_build_array(t.id('9.2.1')), 'functions', jsonb_build_array(t.id('backup')), 'addressed',
		t.id('backup')))))
		|| ' '
			|| t.met(t.refusal('n', 'evidence.attach',
			jsonb_build_object('id', t.id('photo'), 'noun', 'finding', 'subject', t.id('f'))));
end $$;
select is(t.attempt('trainee_changes_shared'), 'S12 S12',
	'S12: what an auditee sees of a finding is changed by no trainee');

create function attack.incompetent_verifier() returns text language plpgsql as $$
begin
	perform t.issued('f', 'a');
	perform t.person('q', 'Quentin', '{auditor}', t.id('firm'));
	return t.met(t.refusal('x', 'finding.name_verifier',
		t.with_version('finding', 'f', jsonb_build_object('person', t.id('q')))));
end $$;
select is(t.attempt('incompetent_verifier'), 'S12', 'S12: who is named to verify holds a competence for it');

create function attack.trainee_changes_auditors() returns text language plpgsql as $$
begin
	perform t.drafted('f', 'a');
	perform t.call('n', 'finding.change',
		t.with_version('finding', 'f',
		jsonb_build_object('title', 'x', 'condition', 'Something else.', 'requirements',
		jsonb_build_array(t.id('9.2.1')), 'functions', jsonb_build_array(t.id('backup')), 'addressed',
		t.id('backup'))));
	return t.met(t.refusal('a', 'finding.share', t.with_version('finding', 'f'))) || ' '
		|| t.met(t.refusal('a', 'finding.review', t.with_version('finding', 'f')));
end $$;
select is(t.attempt('trainee_changes_auditors'), 'review 0',
	'S12: so is what a trainee changes of an auditor''s draft, which that auditor may review');

create function attack.trainee_changes_check() returns text language plpgsql as $$
begin
	perform t.made('check', 'a', 'check.prepare',
		jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'requirement', t.id('A.8.13'),
		'question', 'x', 'method', 'document'));
	perform t.call('a', 'check.record', t.with_version('check', 'check', '{"result": "conform"}'));
	perform t.call('n', 'check.change',
		t.with_version('check', 'check', '{"question": "Something else?", "method": "document", "sample": "Others"}'));
	return (t.call('a', 'check.get', jsonb_build_object('id', t.id('check'))) ->> 'review_open');
end $$;
select is(t.attempt('trainee_changes_check'), 'true', 'S12: and what a trainee changes of a check that has its result');

create function attack.dates_beyond_competence() returns text language plpgsql as $$
begin
	return t.met(t.refusal('p', 'audit.update',
		t.with_version('audit', 'audit',
		jsonb_build_object('title', 'x', 'objective', 'x', 'starts_on', current_date, 'ends_on', current_date + 900,
		'audited_from', current_date - 365, 'reason', 'x'))));
end $$;
select is(t.attempt('dates_beyond_competence'), 'S12',
	'S12: fieldwork is not moved beyond what the team''s competence covers');

-- S13

create function attack.later_end() returns text language plpgsql as $$
begin
	perform t.call('x', 'responsibility.end',
		t.with_version('responsibility', 'r-o', jsonb_build_object('until_date', current_date - 399, 'reason', 'x')));
	perform t.call('m', 'ending.countersign', jsonb_build_object('id', e.id, 'version', e.version, 'reason', 'x'))
		from app.ending e where e.subject = t.id('r-o');
	perform t.made('as-o', 'x', 'assignment.assign',
		jsonb_build_object('audit', t.id('audit'), 'person', t.id('o'), 'role', 'auditor', 'part',
		t.id('part-backup')));
	perform t.call('x', 'responsibility.end',
		t.with_version('responsibility', 'r-o',
		jsonb_build_object('until_date', current_date - 10, 'reason', 'The rota was wrong.')));
	return (select r.counts_until - r.until_date from app.responsibility r where r.id = t.id('r-o'))::text || ' '
		|| (select count(*) from app.impairment) || ' '
		|| (select (ended_on is not null)::text from app.assignment where id = t.id('as-o'));
end $$;
select is(t.attempt('later_end'), '0 1 true',
	'S9, S13: an end that turns out to be later counts at once, and is a fact');

create function attack.declined_end() returns text language plpgsql as $$
begin
	perform t.call('x', 'responsibility.end',
		t.with_version('responsibility', 'r-o', jsonb_build_object('until_date', current_date - 399, 'reason', 'x')));
	perform t.call('m', 'ending.decline', jsonb_build_object('id', e.id, 'version', e.version, 'reason', 'x'))
		from app.ending e where e.subject = t.id('r-o');
	return (select r.counts_until::text || ' ' || r.until_date from app.responsibility r where r.id = t.id('r-o'));
end $$;
select is(t.attempt('declined_end'), current_date || ' ' || current_date,
	'S13: a declined end counts from the day it was entered');

create function attack.declined_with_successor() returns text language plpgsql as $$
begin
	perform t.call('x', 'responsibility.end',
		t.with_version('responsibility', 'r-ob', jsonb_build_object('until_date', current_date - 10, 'reason', 'x')));
	perform t.call('x', 'responsibility.assign',
		jsonb_build_object('person', t.id('z'), 'function', t.id('backup'), 'kind', 'owns', 'from_date',
		current_date - 5));
	return (
		select t.met(t.refusal('m', 'ending.decline',
		jsonb_build_object('id', e.id, 'version', e.version, 'reason', 'x'))) from app.ending e
		where e.subject = t.id('r-ob'));
end $$;
select is(t.attempt('declined_with_successor'), 'since', 'S13: an end is not declined over what was recorded since');

create function attack.declared_past_owner() returns text language plpgsql as $$
begin
	perform t.call('x', 'responsibility.end',
		t.with_version('responsibility', 'r-ob', jsonb_build_object('until_date', current_date - 10, 'reason', 'x')));
	perform t.sign(p) from unnest(array['l', 'a', 'b', 'n']) p;
	perform t.call('b', 'declaration.sign',
		jsonb_build_object('assignment', t.id('as-b'), 'statement', 'x', 'responsibilities',
		jsonb_build_array(jsonb_build_object('function', t.id('backup'), 'kind', 'owns', 'from_date', current_date - 40,
			'until_date', current_date - 20))));
	return (select (ended_on is not null)::text from app.assignment where id = t.id('as-b'));
end $$;
select is(t.attempt('declared_past_owner'), 'true',
	'S7: what a declaration names of the past is recorded, whoever owned the function then');

-- S5

create function attack.asks_from_the_team() returns text language plpgsql as $$
begin
	perform t.made('r-c', 'x', 'responsibility.assign',
		jsonb_build_object('person', t.id('c'), 'function', t.id('backup'), 'kind', 'monitors', 'from_date',
		current_date));
	perform t.sign(p) from unnest(array['l', 'a', 'b', 'n']) p;
	insert into app.membership (organisation, person, role, from_date)
		values (t.org(), t.id('c'), 'auditee', current_date);
	perform t.issued('f', 'a');
	perform t.planned('f');
	perform t.call('a', 'response.accept', t.with_version('response', 'f-r'));
	return t.met(t.refusal('c', 'extension.ask',
		jsonb_build_object('action', t.id('f-a'), 'until', current_date + 30, 'reason', 'x')))
		|| ' '
			|| t.met(t.refusal('c', 'action.hand_over',
			t.with_version('action', 'f-a', jsonb_build_object('owner', t.id('z'), 'reason', 'x'))));
end $$;
select is(t.attempt('asks_from_the_team'), 'S5 S5',
	'S5: a team member neither asks for an extension nor hands an action over, though responsible for the function of '
	'another part');

-- S9, S3: facts about parties and functions

create function attack.certified_before() returns text language plpgsql as $$
begin
	return t.met(t.refusal('x', 'certification.add',
		jsonb_build_object('party', t.id('firm'), 'kind', 'certification', 'framework_name', 'ISO 9001', 'from_date',
		current_date - 100)));
end $$;
select is(t.attempt('certified_before'), '0',
	'S9: a certification that came to light is recorded, though its people are on a team');

create function attack.certified_and_ended() returns text language plpgsql as $$
begin
	perform t.made('late', 'x', 'certification.add',
		jsonb_build_object('party', t.id('firm'), 'kind', 'certification', 'framework_name', 'ISO 9001', 'from_date',
		current_date - 100));
	return t.met(t.refusal('x', 'affiliation.add',
		jsonb_build_object('person', t.id('z'), 'party', t.id('firm'), 'kind', 'contracted', 'from_date',
		current_date)))
		|| ' '
			|| t.met(t.refusal('x', 'certification.end',
			t.with_version('certification', 'late',
			jsonb_build_object('until_date', current_date + 5, 'reason', 'x'))));
end $$;
select is(t.attempt('certified_and_ended'), '0 0',
	'S9: what was recorded as a fact is not held against every later decision about that party');

create function attack.replaced_before() returns text language plpgsql as $$
declare met text;
begin
	perform t.made('r-pay', 'x', 'responsibility.assign',
		jsonb_build_object('person', t.id('b'), 'function', t.id('payroll'), 'kind', 'owns', 'from_date',
		current_date - 300));
	met :=
		t.met(t.refusal('x', 'function.replace',
		jsonb_build_object('predecessor', t.id('payroll'), 'successor', t.id('backup'), 'on_date', current_date + 1)))
		|| ' '
			|| t.met(t.refusal('x', 'function.replace',
			jsonb_build_object('predecessor', t.id('payroll'), 'successor', t.id('backup'), 'on_date',
			current_date - 100)));
	return met || ' ' || (select count(*) from app.impairment);
end $$;
select is(t.attempt('replaced_before'), 'S9 0 1',
	'S9: that a function was replaced is a fact, that it will be a decision');

create function attack.verifier_certified() returns text language plpgsql as $$
declare met text;
begin
	perform t.issued('f', 'a');
	perform t.call('x', 'affiliation.add',
		jsonb_build_object('person', t.id('d'), 'party', t.id('firm'), 'kind', 'contracted', 'from_date',
		current_date));
	perform t.call('x', 'finding.name_verifier',
		t.with_version('finding', 'f', jsonb_build_object('person', t.id('d'))));
	met :=
		t.met(t.refusal('x', 'certification.add',
		jsonb_build_object('party', t.id('firm'), 'kind', 'certification', 'framework_name', 'ISO 9001', 'from_date',
		current_date - 100)));
	return met || ' ' || (select (verifier is null)::text from app.finding where id = t.id('f'));
end $$;
select is(t.attempt('verifier_certified'), '0 true', 'S9: and who is named to verify is named no longer');

-- S4, S11: who names

create function attack.decider_arranged() returns text language plpgsql as $$
begin
	perform t.person('w', 'Wanda Admin', '{administrator}', t.id('own'));
	perform t.issued('f', 'l');
	perform t.call('x', 'assignment.end', t.with_version('assignment', 'as-' || p, '{"reason": "x"}'))
		from unnest(array['a', 'b']) p;
	perform t.dispute('f');
	perform t.call('w', 'dispute.name_decider',
		t.with_version('dispute', 'f-d', jsonb_build_object('person', t.id('d'))));
	return (select count(*) from app.claim where rule = 'S4' and side = 'arranges' and subject = t.id('w')
		and object = t.id('audit'))::text;
end $$;
select is(t.attempt('decider_arranged'), '1', 'S4: who names a decider has staffed the audit');

create function attack.decider_chosen() returns text language plpgsql as $$
begin
	perform t.issued('f', 'a');
	perform t.dispute('f');
	perform t.responsible('z', 'backup', current_date);
	return t.met(t.refusal('x', 'dispute.name_decider',
		t.with_version('dispute', 'f-d', jsonb_build_object('person', t.id('d')))));
end $$;
select is(t.attempt('decider_chosen'), 'S11',
	'S11: a declaration that lapsed does not let somebody off the team be chosen');

-- S5: judges and hands

create function attack.raiser_answers() returns text language plpgsql as $$
begin
	perform t.issued('f', 'b');
	perform t.call('x', 'assignment.end', t.with_version('assignment', 'as-b', '{"reason": "x"}'));
	update app.assignment s set ended_on = current_date - 1 where s.id = t.id('as-b');
	insert into app.membership (organisation, person, role, from_date)
		values (t.org(), t.id('b'), 'auditee', current_date);
	perform t.responsible('b', 'backup', current_date);
	return t.met(t.refusal('b', 'response.save', jsonb_build_object('finding', t.id('f'), 'correction', 'x')))
		|| ' ' || t.met(t.refusal('b', 'finding.acknowledge', t.with_version('finding', 'f')))
		|| ' '
			|| t.met(t.refusal('ob', 'action.plan',
			jsonb_build_object('finding', t.id('f'), 'what', 'x', 'owner', t.id('b'), 'due', current_date + 9,
			'criterion', 'x', 'judge_from', current_date)));
end $$;
select is(t.attempt('raiser_answers'), 'S5 S5 S5',
	'S5: who raised, graded or issued a finding does not answer it, also when they have left the team');

create function attack.knocked_out() returns text language plpgsql as $$
begin
	perform t.drafted('f', 'a');
	perform t.made('photo', 'b', 'evidence.state_text', '{"title": "Photograph", "statement": "The shelf is empty."}');
	perform t.call('b', 'evidence.attach',
		jsonb_build_object('id', t.id('photo'), 'noun', 'finding', 'subject', t.id('f')));
	perform t.call('a', 'finding.grade',
		t.with_version('finding', 'f', '{"grade": "major", "answers": {"requirement_unmet": true, "absent": true}}'));
	perform t.call('a', 'finding.issue', t.with_version('finding', 'f', '{"share_skipped": "Seen together."}'));
	perform t.made('r', 'ob', 'response.save', jsonb_build_object('finding', t.id('f'), 'correction', 'x'));
	return t.met(t.refusal('ob', 'evidence.attach',
		jsonb_build_object('id', t.id('photo'), 'noun', 'response', 'subject', t.id('r'))));
end $$;
select is(t.attempt('knocked_out'), 'S5',
	'S5: an auditee does not rid themselves of an auditor by attaching that auditor''s evidence to their answer');

-- A plan that was accepted

create function attack.plan_changed() returns text language plpgsql as $$
begin
	perform t.issued('f', 'a');
	perform t.planned('f');
	perform t.call('a', 'response.accept', t.with_version('response', 'f-r'));
	perform t.made('r2', 'ob', 'response.save',
		jsonb_build_object('finding', t.id('f'), 'containment', 'x', 'correction', 'x', 'root_cause', 'x', 'extent',
		'x'));
	perform t.call('ob', 'action.change',
		t.with_version('action', 'f-a',
		jsonb_build_object('what', 'Nothing', 'owner', t.id('ob'), 'due', current_date + 9, 'criterion', 'Nothing',
		'judge_from', current_date)));
	return t.met(t.refusal('ob', 'action.done', t.with_version('action', 'f-a', '{"proof": "x"}')))
		|| ' '
			|| t.met(t.refusal('ob', 'action.change',
			t.with_version('action', 'f-a',
			jsonb_build_object('what', 'Nothing', 'owner', t.id('ob'), 'due', current_date + 90, 'criterion', 'Nothing',
			'judge_from', current_date))))
		|| ' ' || (select state from app.finding where id = t.id('f'));
end $$;
select is(t.attempt('plan_changed'), '-32006 extension plan_accepted',
	'an accepted plan that is being changed is not carried out before it is accepted again, nor put off without an '
	'extension');

create function attack.action_dropped() returns text language plpgsql as $$
begin
	perform t.issued('f', 'a');
	perform t.made('f-a2', 'ob', 'action.plan',
		jsonb_build_object('finding', t.id('f'), 'what', 'The hard one', 'owner', t.id('ob'), 'due', current_date + 9,
		'criterion', 'x', 'judge_from', current_date + 8));
	perform t.keep('f-r', (select id from app.response where finding = t.id('f')));
	perform t.made('f-r', 'ob', 'response.save',
		jsonb_build_object('finding', t.id('f'), 'version', t.version('response', 'f-r'), 'containment', 'x',
		'correction', 'x', 'root_cause', 'x', 'extent', 'x'));
	perform t.made('f-a', 'ob', 'action.plan',
		jsonb_build_object('finding', t.id('f'), 'what', 'x', 'owner', t.id('ob'), 'due', current_date + 9, 'criterion',
		'x', 'judge_from', current_date));
	perform t.call('ob', 'response.submit', t.with_version('response', 'f-r'));
	perform t.call('a', 'response.accept', t.with_version('response', 'f-r'));
	perform t.made('r2', 'ob', 'response.save',
		jsonb_build_object('finding', t.id('f'), 'containment', 'x', 'correction', 'x', 'root_cause', 'x', 'extent',
		'x'));
	perform t.call('ob', 'action.drop', t.with_version('action', 'f-a2', '{"reason": "Too hard."}'));
	return t.met(t.refusal('ob', 'action.done', t.with_version('action', 'f-a', '{"proof": "x"}'))) || ' '
		|| (select state from app.finding where id = t.id('f'));
end $$;
select is(t.attempt('action_dropped'), 'plan plan_accepted',
	'nor implemented by dropping an action from the plan that is being written');

-- Who reads what

create function attack.events_of_a_draft() returns text language plpgsql as $$
begin
	perform t.drafted('f', 'a');
	perform t.call('a', 'finding.grade',
		t.with_version('finding', 'f', '{"grade": "major", "answers": {"requirement_unmet": true, "absent": true}}'));
	perform ledger.sequence();
	perform t.keep('before', t.id('f'));
	perform t.call('a', 'finding.share', t.with_version('finding', 'f'));
	perform ledger.sequence();
	return (
		select string_agg(who || ' '
		|| jsonb_array_length(t.call(who, 'event.list', jsonb_build_object('subject', t.id('f'))) -> 'items'), ' ')
		from unnest(array['a', 'ob', 'x', 'm', 'v', 'c']) who);
end $$;
select is(t.attempt('events_of_a_draft'), 'a 3 ob 1 x 0 m 0 v 0 c 0',
	'S10: what happened to a draft before it was shared is its team''s to know');

create function attack.supplier_reads_reason() returns text language plpgsql as $$
begin
	perform t.person('su', 'Sue Supplier', '{auditee}', t.id('host'));
	perform t.responsible('su', 'cards', current_date - 5);
	perform t.responsible('b', 'backup', current_date - 200, current_date - 150);
	return (select coalesce(x ->> 'end_reason', '-')
		from jsonb_array_elements(t.call('su', 'assignment.list',
		jsonb_build_object('audit', t.id('audit'))) -> 'items') x where x ->> 'id' = t.id('as-b')::text);
end $$;
select is(t.attempt('supplier_reads_reason'), '-',
	'a supplier''s people are not told who was responsible for another function');

create function attack.observer_as_recipient() returns text language plpgsql as $$
begin
	return t.met(t.refusal('m', 'audit.name_recipient',
		t.with_version('audit', 'audit', jsonb_build_object('recipient', t.id('v')))));
end $$;
select is(t.attempt('observer_as_recipient'), 'recipient', 'S8: an observer is no recipient in relevant management');


create function attack.called_the_organisation() returns text language plpgsql as $$
declare met text;
begin
	perform t.call('x', 'affiliation.add',
		jsonb_build_object('person', t.id('m'), 'party', t.id('host'), 'kind', 'contracted', 'from_date',
		current_date));
	perform t.call('x', 'party.update',
		t.with_version('party', 'own', '{"name": "Larch Payments", "kinds": ["supplier"]}'));
	met :=
		t.met(t.refusal('x', 'party.update',
		t.with_version('party', 'host', '{"name": "Harbour Hosting", "kinds": ["organisation"]}')));
	met := met || ' '
		|| t.met(t.refusal('m', 'party.set_group', t.with_version('party', 'host', '{"in_group": true}')));
	perform t.call('m2', 'party.set_group', t.with_version('party', 'host', '{"in_group": true}'));
	return met || ' '
		|| t.met(t.refusal('x', 'party.update',
		t.with_version('party', 'host', '{"name": "Harbour Hosting", "kinds": ["organisation"]}')));
end $$;
select is(t.attempt('called_the_organisation'), 'S2 S2 0',
	'S2: a supplier is not called the organisation itself, so that its own people say that it is of the group');

create function attack.what_replaced_it() returns text language plpgsql as $$
begin
	perform t.made('new', 'x', 'function.add', '{"reference": "F-09", "name": "Card data, anew"}');
	perform t.call('x', 'function.replace',
		jsonb_build_object('predecessor', t.id('cards'), 'successor', t.id('new'), 'on_date', current_date));
	perform t.call('x', 'responsibility.assign',
		jsonb_build_object('person', t.id('m'), 'function', t.id('new'), 'kind', 'owns', 'from_date', current_date));
	return t.met(t.refusal('m', 'party.set_group', t.with_version('party', 'host', '{"in_group": true}')))
		|| ' ' || t.met(t.refusal('m2', 'party.set_group', t.with_version('party', 'host', '{"in_group": true}')));
end $$;
select is(t.attempt('what_replaced_it'), 'S2 0',
	'S2: nor by who is responsible for what replaced a function that it operates');

-- A server process that was taken over: what the login roles may call without a session, in whatever order, with
-- whatever set by hand

create function attack.as_login(name text, statement text) returns jsonb language plpgsql as $$
declare answer jsonb;
begin
	perform set_config('ninetwo.person', t.id('m')::text, true),
		set_config('ninetwo.organisation', t.org()::text, true), set_config('ninetwo.roles', '{management}', true);
	perform set_config('role', name, true);
	execute statement into answer;
	perform set_config('role', 'none', true);
	return answer;
exception when sqlstate 'N2009' then
	return pg_catalog.to_jsonb(sqlerrm);
end $$;

create function attack.operators_code_replaced() returns text language plpgsql as $$
declare
	code uuid;
	failed jsonb;
	taken jsonb;
begin
	perform operator.invite('z@example.org', sha256('of the operator'));
	code := (select id from auth.invitation where person = t.id('z') and state = 'sent');
	failed := attack.as_login('ninetwo_server', format('select api.delivery_failed(%L)', code));
	taken := attack.as_login('ninetwo_server',
		format('select api.delivery_code(%L, sha256(''of the attacker''))', code));
	perform t.call('m', 'membership.grant',
		jsonb_build_object('person', t.id('z'), 'role', 'management', 'from_date', current_date));
	return concat_ws(' | ', failed, taken,
		attack.as_login('ninetwo_server',
		'select api.password_set(sha256(''of the attacker''), sha256(''salt''), sha256(''key''))'),
		attack.as_login('ninetwo_server', 'select api.code_challenge(sha256(''of the operator''))') ->> 'name');
end $$;
select is(t.attempt('operators_code_replaced'),
	'{"ok": false} | "This invitation does not wait for a code." | "This code is not valid, or not any more: ask for '
	'another." | Zoe Stranger',
	'S10: a code of the operator''s is not turned into one that the server knows, for whoever is of management next');

create function attack.code_for_ever() returns text language plpgsql as $$
declare code uuid;
begin
	code := (t.call('x', 'person.invite', jsonb_build_object('id', t.id('z'))) ->> 'id')::uuid;
	update auth.invitation set created_at = now() - interval '40 hours' where id = code;
	perform attack.as_login('ninetwo_server', format('select api.delivery_code(%L, sha256(''a''))', code));
	perform attack.as_login('ninetwo_server', format('select api.delivery_failed(%L)', code));
	perform attack.as_login('ninetwo_server', format('select api.delivery_code(%L, sha256(''b''))', code));
	return (select (expires_at - now())::text from auth.invitation where id = code);
end $$;
select is(t.attempt('code_for_ever'), '08:00:00',
	'a code that is said to have failed, again and again, ends all the same');

create function attack.code_outlives_disabling() returns text language plpgsql as $$
declare code uuid;
begin
	code := (t.call('x', 'person.invite', jsonb_build_object('id', t.id('z'))) ->> 'id')::uuid;
	perform attack.as_login('ninetwo_server', format('select api.delivery_code(%L, sha256(''a''))', code));
	perform operator.disable('z@example.org', true), operator.disable('z@example.org', false);
	return attack.as_login('ninetwo_server', 'select api.code_challenge(sha256(''a''))') #>> '{}';
end $$;
select is(t.attempt('code_outlives_disabling'), 'This code is not valid, or not any more: ask for another.',
	'who was shut out and let in again is not reached by a code from before');

create function attack.somebody_elses_act() returns text language plpgsql as $$
declare before bigint;
begin
	perform t.issued('f', 'a');
	update app.finding set acknowledge_by = current_date - 1 where id = t.id('f');
	perform t.call('x', 'person.invite', jsonb_build_object('id', t.id('ob')));
	perform attack.as_login('ninetwo_server',
		format('select api.delivery_code(%L, sha256(''b''))',
		(select id from auth.invitation where person = t.id('ob') and state = 'waiting')));
	before := (select max(id) from ledger.event);
	perform attack.as_login('ninetwo_server', 'select api.session_close(sha256(''secret of z''))');
	perform attack.as_login('ninetwo_server',
		'select api.password_set(sha256(''b''), sha256(''salt''), sha256(''key''))');
	perform attack.as_login('ninetwo_feed', 'select operator.sweep_piece(''{"step": "findings"}'')');
	update ledger.day set day = day - 1;
	insert into ledger.day (organisation, day) values (t.org(), current_date - 1) on conflict (organisation) do update
		set day = excluded.day;
	delete from ledger.holding where person = t.id('z');
	perform attack.as_login('ninetwo_feed', 'select to_jsonb(ledger.lapse())');
	return (select string_agg(distinct e.kind, ' ' order by e.kind) from ledger.event e where e.id > before)
		|| ': ' || (select count(*) from ledger.event e where e.id > before and e.actor is not null);
end $$;
select is(t.attempt('somebody_elses_act'), 'finding.acknowledged session.ended token.gained: 0',
	'nobody is said to have done what no session did: settings made by hand count for nothing');

create function attack.all_told_nothing() returns text language plpgsql as $$
declare told bigint;
begin
	perform ledger.sequence();
	told := (select count(*) from ledger.delivery);
	perform attack.as_login('ninetwo_feed',
		'select operator.sweep_piece(''{"step": "delivery", "reach": 999999999}'', 100000)');
	return (told > 0) || ' ' || (select count(*) = told from ledger.delivery);
end $$;
select is(t.attempt('all_told_nothing'), 'true true',
	'the feed does not sweep what has not passed its time: nobody loses what they were to be told');


create function attack.kept_from_the_sweep() returns text language plpgsql as $$
declare
	met text;
	swept bigint;
begin
	perform t.keep('up',
		(t.call('a', 'evidence.upload_begin',
		'{"title": "x", "file_name": "x", "media_type": "text/plain", "size": 9}') #>> '{evidence,id}')::uuid);
	perform t.keep('other',
		(t.call('ob', 'evidence.upload_begin',
		'{"title": "y", "file_name": "y", "media_type": "text/plain", "size": 9}') #>> '{evidence,id}')::uuid);
	met :=
		t.met(t.refusal('a', 'evidence.state_text',
		jsonb_build_object('title', 'x', 'statement', 'x', 'revision_of', t.id('up')))) || ' ' ||
		t.met(t.refusal('a', 'evidence.upload_begin',
			jsonb_build_object('title', 'x', 'file_name', 'x', 'media_type', 'text/plain', 'size', 9, 'revision_of',
			t.id('up'))));
	perform t.made('stated', 'a', 'evidence.state_text', '{"title": "x", "statement": "x"}');
	update app.evidence set revision_of = t.id('up') where id = t.id('stated');		-- as it may be from before
	update app.upload set used_at = now() - interval '3 days';
	swept := (operator.sweep_piece('{"step": "uploads"}') #>> '{removed,uploads}')::bigint;
	return met || ' ' || swept || ' ' || (select count(*) from app.evidence where id = t.id('other'));
end $$;
select is(t.attempt('kept_from_the_sweep'), 'uploading uploading 1 0',
	'an upload that something else names does not keep all the others from being swept');

select is((select count(*) from app.check_claims()), 0::bigint, 'claims are what their sources say');
select * from finish();
rollback;
