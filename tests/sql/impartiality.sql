-- Ways round the rules of separation that were found, in acts, one section a kind: each is refused, proposed or
-- disclosed.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/company.sql
create function t.rule(refusal jsonb) returns text language sql as $$ select refusal ->> 'rule' $$;
create function t.plan(key text, who text, starts int, lasts int, back int, functions text[]) returns uuid
language sql as $$
	select t.made(key, who, 'audit.plan', jsonb_build_object('kind', 'internal', 'title', 'Audit ' || key,
		'objective', 'Determine conformity', 'scope', 'All of it', 'criteria', 'ISO/IEC 27001:2022',
		'starts_on', current_date + starts, 'ends_on', current_date + starts + lasts,
		'audited_from', current_date - back, 'sites', '["Head office"]'::jsonb, 'methods', '["remote"]'::jsonb,
		'timetable', '[{"at": "day 1", "what": "Opening"}]'::jsonb,
		'requirements', jsonb_build_array(t.id('A.8.13')), 'parts', jsonb_build_array(jsonb_build_object(
			'title', 'All', 'functions', (select jsonb_agg(t.id(f)) from unnest(functions) f)))))
		is not null;
	select t.keep('part ' || key, (select p.id from app.part p where p.audit = t.id(key)))
$$;
create function t.staffed(key text, who text, person text, of_audit text, role text default 'auditor') returns jsonb
language sql as $$
	select t.made(key, who, 'assignment.assign', jsonb_strip_nulls(jsonb_build_object('audit', t.id(of_audit),
		'person', t.id(person), 'role', role, 'part', case when role <> 'lead' then (select p.id from app.part p
		where p.audit = t.id(of_audit) order by p.ordinal limit 1) end)))
$$;
create function t.signed(who text, key text, more jsonb default '{}') returns jsonb language sql as $$
	select t.refusal(who, 'declaration.sign',
		jsonb_build_object('assignment', t.id(key), 'statement', 'I am independent.') || more)
$$;
select t.person('h', 'Hugo Harbour', '{administrator}', t.id('host')),
	t.person('hm', 'Hanna Harbour', '{management}', t.id('host')),
	t.person('bm', 'Bert Certa', '{management}', t.id('body')) \g /dev/null

-- ---------------------------------------------------------------------------------------------------------------------
-- A self-statement that entitles
-- ---------------------------------------------------------------------------------------------------------------------
create function t.cards(who text) returns jsonb language sql as $$
	select t.refusal('x', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id(who), 'role',
		'auditor', 'part', t.id('part-cards')))
$$;
select is((select array_agg(x) from app.check_claims() x), null, 'claims are what their sources say');
savepoint kind;
select t.staffed('as-a', 'x', 'a', 'audit') \g /dev/null
select t.signed('a', 'as-a', jsonb_build_object('responsibilities', jsonb_build_array(jsonb_build_object('function',
	t.id('backup'), 'kind', 'owns', 'from_date', current_date - 100)))) \g /dev/null
select t.keep('said', (select r.id from app.responsibility r where r.person = t.id('a'))) \g /dev/null
select isnt((select ended_on from app.assignment where id = t.id('as-a')), null,
	'S7: what an auditor says of herself takes her off the team');
select is(t.rule(t.refusal('x', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id('a'),
	'role', 'auditor', 'part', t.id('part-backup')))), 'S1', 'S1: and keeps her from judging it');
select is((select count(*) from app.functions_of(t.org(), t.id('a'))), 0::bigint,
	'S7: but makes her responsible for nothing');
select is((select count(*) from app.holding(t.org(), t.id('a')) h where h.token = t.id('backup')), 0::bigint,
	'S7: it tells her of nothing');
select is(t.refusal('a', 'audit.get', jsonb_build_object('id', t.id('audit'))), '{"code": 0}',
	'she was on the team, and sees the plan');
select t.plan('later', 'p', 30, 5, 365, '{backup}') \g /dev/null
select is(t.refusal('a', 'audit.get', jsonb_build_object('id', t.id('later'))) ->> 'code', '-32004',
	'S7: of another audit of that function she sees nothing');
select is(t.refusal('a', 'confirmation.give', jsonb_build_object('audit', t.id('audit'), 'function', t.id('backup')))
	->> 'rule', 'place', 'S7: and confirms nothing');
select is(t.call('x', 'responsibility.get', jsonb_build_object('id', t.id('said'))) ->> 'standing', 'bars',
	'S7: it says of itself that it only bars');
select t.made('r-x2', 'y', 'responsibility.assign', jsonb_build_object('person', t.id('x'), 'function', t.id('backup'),
	'kind', 'monitors', 'from_date', current_date - 9)) \g /dev/null
select is(t.rule(t.refusal('x', 'responsibility.confirm', t.with_version('responsibility', 'said'))), 'S7',
	'S7: nor does an administrator confirm it who stands on the side of the function');
select is(t.call('y', 'responsibility.confirm', t.with_version('responsibility', 'said')) ->> 'standing', 'stands',
	'S7: one who is free of it does');
select cmp_ok((select count(*) from app.functions_of(t.org(), t.id('a'))), '>', 0::bigint, 'S7: then it gives');
select is(t.refusal('y', 'responsibility.confirm', t.with_version('responsibility', 'said')) ->> 'code', '-32006',
	'once');
select is((select array_agg(x) from app.check_claims() x), null, 'claims are what their sources say');
rollback to kind;

-- ---------------------------------------------------------------------------------------------------------------------
-- Plan against act
-- ---------------------------------------------------------------------------------------------------------------------
-- An audit of Payroll in 400 days. Dora's ownership ends in 30, long before its window begins.
select t.call('x', 'responsibility.assign', jsonb_build_object('person', t.id('d'), 'function', t.id('payroll'), 'kind',
	'owns', 'from_date', current_date - 200, 'until_date', current_date + 30)) \g /dev/null
select t.plan('far', 'p', 400, 5, -100, '{payroll}') \g /dev/null
select t.staffed('far-d', 'x', 'd', 'far'), t.staffed('far-b', 'x', 'b', 'far'),
	t.staffed('far-l', 'x', 'l', 'far', 'lead') \g /dev/null
select alike(t.signed('d', 'far-d') ->> 'message', 'Dora Doer owns Payroll until %',
	'S1: who declares judges from that day on, whatever day is planned');
select is(t.rule(t.signed('d', 'far-d')), 'S1', 'S1: is the rule');
select is(t.signed('b', 'far-b'), '{"code": 0}', 'S1: who is free on that day declares');
select is((select min(lower(c.period)) from app.claim c where c.source = t.id('far-b') and c.rule = 'S1'), current_date,
	'S1: and their window begins with it');
select is((select array_agg(x) from app.check_claims() x), null, 'claims are what their sources say');
select throws_ok(format('update app.assignment set first_act_on = current_date where id = %L', t.id('far-d')), 'N2003',
	null, 'S1: by SQL too');
select is(t.refusal('x', 'responsibility.assign', jsonb_build_object('person', t.id('b'), 'function', t.id('payroll'),
	'kind', 'monitors', 'from_date', current_date + 1, 'until_date', current_date + 2)), '{"code": 0}',
	'S9: while it is only planned they give way to a decision');
select is((select gave_way from app.assignment where id = t.id('far-b')), true, 'S9: and are off the team');
select t.signed('l', 'far-l') \g /dev/null
select t.made('far-r', 'l', 'request.raise', jsonb_build_object('part', t.id('part far'), 'function', t.id('payroll'),
	'asked', 'The list of payments')) \g /dev/null
select t.call('d', 'request.submit', t.with_version('evidence_request', 'far-r', '{"answer": "Here."}')) \g /dev/null
select alike(t.refusal('l', 'request.accept', t.with_version('evidence_request', 'far-r')) ->> 'message',
	'Audit % begins on %: until then its team declares, prepares and asks, and judges nothing.%',
	'S1: before the first day nothing is accepted');
select is(t.rule(t.refusal('l', 'request.not_applicable', t.with_version('evidence_request', 'far-r',
	'{"reason": "Not this one."}'))), 'S1', 'S1: nor waved through');
select is(t.refusal('l', 'request.return', t.with_version('evidence_request', 'far-r', '{"reason": "All of it."}')),
	'{"code": 0}', 'S1: asking goes on');
update app.audit set state = 'prepared', prepared_at = now() where id = t.id('far') \g /dev/null
select is(t.rule(t.refusal('l', 'audit.start_fieldwork', t.with_version('audit', 'far'))), 'S1',
	'S1: nor does fieldwork begin, without which there is no result and no finding');
select throws_ok(format('update app.audit set state = %L where id = %L', 'fieldwork', t.id('far')), 'N2003', null,
	'S1: by SQL too');
select t.call('x', 'assignment.end', t.with_version('assignment', 'far-d', '{"reason": "Hers."}')) \g /dev/null
update app.audit set starts_on = current_date, audited_from = current_date - 300 where id = t.id('far') \g /dev/null
update app.audit set state = 'fieldwork', fieldwork_at = now() where id = t.id('far') \g /dev/null
select throws_ok(format('update app.audit set starts_on = current_date + 1 where id = %L', t.id('far')), 'N2003', null,
	'S1: once it has begun its first day is not moved into the future');
-- Who records holds a record of competence on that day, whatever day was planned.
select t.made('far-c', 'l', 'check.prepare', jsonb_build_object('part', t.id('part far'), 'function', t.id('payroll'),
	'requirement', t.id('A.8.13'), 'question', 'Is it?', 'method', 'interview')) \g /dev/null
update app.competence set valid_until = current_date - 1 where person = t.id('l') and kind = 'criterion' \g /dev/null
select is(t.rule(t.refusal('l', 'check.record', t.with_version('check', 'far-c', '{"result": "conform"}'))), 'S12',
	'S12: who records a result is competent on the day they do');
select is(t.rule(t.refusal('l', 'finding.draft', jsonb_build_object('part', t.id('part far'), 'title', 'None',
	'condition',
	'None.', 'from_check', t.id('far-c')))), 'S12', 'S12: who raises a finding too');
update app.competence set valid_until = current_date where person = t.id('l') and kind = 'criterion' \g /dev/null
select is(t.refusal('l', 'check.record', t.with_version('check', 'far-c', '{"result": "conform"}')), '{"code": 0}',
	'S12: the last day counts');
update app.audit set starts_on = current_date - 9, ends_on = current_date - 1 where id = t.id('far') \g /dev/null
select is(jsonb_path_query_array(app.report_checks((select a from app.audit a where a.id = t.id('far'))),
	'$.after_last_day[*].on'), jsonb_build_array(current_date),
		'a result after the last planned day is printed with its day');
-- The day of the last judgement counts.
select t.call('x', 'assignment.end', t.with_version('assignment', 'far-l', '{"reason": "Done."}')) \g /dev/null
select is(t.rule(t.refusal('x', 'responsibility.assign', jsonb_build_object('person', t.id('l'), 'function',
	t.id('payroll'), 'kind', 'operates', 'from_date', current_date))), 'S9',
		'S1: nobody judges and operates on one day');
select is(t.refusal('x', 'responsibility.assign', jsonb_build_object('person', t.id('l'), 'function',
	t.id('payroll'), 'kind', 'operates', 'from_date', current_date + 1)), '{"code": 0}',
		'S1: from the next day they may');
select is((select array_agg(x) from app.check_claims() x), null, 'claims are what their sources say');
rollback to kind;

-- ---------------------------------------------------------------------------------------------------------------------
-- A check before the write in place of a judgement that lasts; and no mirror for who arranges
-- ---------------------------------------------------------------------------------------------------------------------
-- Yves owns Access. He staffs an audit of Payroll, of which he is free, and then takes Access into it.
create function t.waits(audit text) returns text[] language sql as $$
	select array(select w from (select app.person_name(t.org(), w) as w from app.waits_for(t.org(),
		t.id($1)) w) x order by w)
$$;
select t.plan('pay', 'p', 0, 5, 365, '{payroll}') \g /dev/null
select t.staffed('pay-l', 'y', 'l', 'pay', 'lead') \g /dev/null
select is(t.waits('pay'), '{}', 'S4: who is free of an audit arranges it');
savepoint paid;
select t.call('y', 'audit.set_functions', t.with_version('audit', 'pay', jsonb_build_object('part', t.id('part pay'),
	'functions', jsonb_build_array(t.id('payroll'), t.id('access'))))) \g /dev/null
select is(t.waits('pay'), '{"Yves Access"}', 'S4: once a function of theirs comes into it, what they arranged waits');
select t.signed('l', 'pay-l') \g /dev/null
select alike(t.refusal('l', 'audit.prepare', t.with_version('audit', 'pay')) ->> 'message',
	'%What Yves Access arranged waits for the signature of '
	'management%', 'S4: and the audit is not prepared until it is signed');
select is(t.rule(t.refusal('hm', 'audit.countersign', t.with_version('audit', 'pay', jsonb_build_object('person',
	t.id('x'))))), 'waits', 'S4: nothing of others waits');
select is(t.rule(t.refusal('y', 'audit.countersign', t.with_version('audit', 'pay', jsonb_build_object('person',
	t.id('y'))))), null, 'who arranged it is not of management');
select is(t.refusal('m', 'audit.countersign', t.with_version('audit', 'pay', jsonb_build_object('person', t.id('y')))),
	'{"code": 0}', 'S4: one signature covers all that they arranged');
select is(t.waits('pay'), '{}', 'S4: then nothing waits');
select is(jsonb_path_query_array(app.report_independence((select a from app.audit a where a.id = t.id('pay'))),
	'$.arrangements[*].name'), '["Yves Access"]', 'S4: the report shows who arranged it and stood on a side');
select t.call('x', 'responsibility.assign', jsonb_build_object('person', t.id('m'), 'function', t.id('access'), 'kind',
	'monitors', 'from_date', current_date - 50)) \g /dev/null
select is(t.waits('pay'), '{"Mona Management"}', 'S4: nor does who signed turn out to stand on a side unseen');
select is((select array_agg(x) from app.check_waiting() x), null, 'S4: what waits is what follows from the records');
rollback to paid;
select t.call('x', 'function.update', t.with_version('function', 'access', jsonb_build_object('parent',
	t.id('payroll'))))
	\g /dev/null
select is(t.waits('pay'), '{"Yves Access"}', 'S4: a function that becomes part of one in scope');
rollback to paid;
select t.call('x', 'function.replace', jsonb_build_object('predecessor', t.id('access'), 'successor', t.id('payroll')))
	\g /dev/null
select is(t.waits('pay'), '{"Yves Access"}', 'S4: a function that one in scope replaced');
rollback to paid;
-- What is recorded later of who arranged.
select t.call('x', 'responsibility.assign', jsonb_build_object('person', t.id('y'), 'function', t.id('payroll'), 'kind',
	'owns', 'from_date', current_date - 700)) \g /dev/null
select is(t.waits('pay'), '{"Yves Access"}', 'S4: a fact about who arranged');
update app.arrangement set waits_since = null where audit = t.id('pay') \g /dev/null
select is((select count(*) from app.check_waiting()), 1::bigint, 'S4: and check tells what was altered');
rollback to paid;
select t.call('x', 'affiliation.add', jsonb_build_object('person', t.id('y'), 'party', t.id('host'), 'kind', 'owner',
	'from_date', current_date - 9)), t.call('x', 'operation.add', jsonb_build_object('function', t.id('payroll'),
		'party',
	t.id('host'), 'from_date', current_date + 1)) \g /dev/null
select is(t.waits('pay'), '{"Yves Access"}', 'S4: a party that begins to operate what they arranged the audit of');
select t.call('x', 'responsibility.assign', jsonb_build_object('person', t.id(k), 'function', t.id('payroll'), 'kind',
	'monitors', 'from_date', current_date)) from unnest(array['m', 'm2', 'bm']) k \g /dev/null
select is(t.refusal('m', 'audit.countersign', t.with_version('audit', 'pay', jsonb_build_object('person', t.id('y')))),
	'{"code": 0}', 'S4: where nobody of management is free one who is not signs');
select is(t.waits('pay'), '{"Yves Access"}', 'S4: which is not enough');
select alike(t.refusal('m', 'audit.countersign', t.with_version('audit', 'pay', jsonb_build_object('person',
	t.id('y'))))
	->> 'message', 'Nobody in management is free%', 'S4: nor twice the same');
select is(t.refusal('m2', 'audit.countersign', t.with_version('audit', 'pay', jsonb_build_object('person', t.id('y')))),
	'{"code": 0}', 'S4: but two of them');
select is(t.waits('pay'), '{}', 'S4: then nothing waits');
select is(jsonb_path_query_array(app.report_independence((select a from app.audit a where a.id = t.id('pay'))),
	'$.arrangements[*] ? (@.nobody_free == true).name'), '["Yves Access", "Mona Management", "Max Management"]',
	'S4: and the report discloses it');
select is((select array_agg(x) from app.check_waiting() x), null, 'S4: what waits is what follows from the records');
-- An audit that somebody on a side plans.
rollback to paid;
select t.plan('acc', 'y', 0, 5, 365, '{access}') \g /dev/null
select is(t.waits('acc'), '{"Yves Access"}', 'S4: planning takes effect, and waits');
rollback to kind;

-- ---------------------------------------------------------------------------------------------------------------------
-- Persons judged without the party they belong to
-- ---------------------------------------------------------------------------------------------------------------------
select is(t.staffed('prop', 'h', 'l', 'audit', 'lead') #>> '{proposal,state}', 'open',
	'S4: whoever belongs to a supplier that operates a function of the audit only proposes its team');
select alike(t.refusal('h', 'audit.cancel', t.with_version('audit', 'audit', '{"reason": "Not now."}')) ->> 'message',
	'%Harbour Hosting operates Card-data hosting%Hugo Harbour is employed by it%', 'S4: they do not cancel it');
select is(t.rule(t.refusal('h', 'audit.set_functions', t.with_version('audit', 'audit', jsonb_build_object('part',
	t.id('part-cards'), 'functions', jsonb_build_array(t.id('payroll')))))), 'S4', 'S4: nor narrow it');
select is(t.rule(t.refusal('hm', 'proposal.countersign', t.with_version('proposal', 'prop'))), 'S4',
	'S4: nor countersigns one of that supplier');
select t.call('x', 'operation.end', t.with_version('operation', 'n-host', jsonb_build_object('until_date',
	current_date - 500, 'reason', 'The contract ended.'))) \g /dev/null
select t.keep('end-host', (select e.id from app.ending e where e.subject = t.id('n-host') and e.state = 'proposed'))
	\g /dev/null
select is(t.rule(t.refusal('hm', 'ending.countersign', t.with_version('ending', 'end-host', '{"reason": "Yes."}'))),
	'S13', 'S13: the supplier''s manager does not countersign the end of what it operates');
select t.call('x', 'certification.end', t.with_version('certification', 'cert', jsonb_build_object('until_date',
	current_date - 200, 'reason', 'Withdrawn.'))) \g /dev/null
select t.keep('end-cert', (select e.id from app.ending e where e.subject = t.id('cert') and e.state = 'proposed'))
	\g /dev/null
select is(t.rule(t.refusal('bm', 'ending.countersign', t.with_version('ending', 'end-cert', '{"reason": "Yes."}'))),
	'S13', 'S13: nor that of the certification body the end of what it certified');
select is(t.rule(t.refusal('m', 'ending.countersign', t.with_version('ending', 'end-cert', '{"reason": "Yes."}'))),
	null, 'S13: somebody else does');
rollback to kind;

-- A sister of the operator, while it is one.
select t.made('sister', 'x', 'party.add', jsonb_build_object('name', 'Harbour Labs', 'legal_identifier', 'LABS',
	'kinds',
	'["supplier"]'::jsonb, 'affiliate_of', t.id('host'), 'affiliate_from', current_date - 300)) \g /dev/null
select t.person('sl', 'Sam Labs', '{auditor}', t.id('sister')), t.call('x', 'competence.record', jsonb_build_object(
	'person', t.id('sl'), 'kind', 'criterion', 'framework', t.id('iso'), 'evaluated_by', 'Plumb Audit', 'method',
	'Interview', 'valid_from', current_date - 500, 'valid_until', current_date + 500)) \g /dev/null
savepoint sister;
select alike(t.cards('sl') ->> 'message', '%Sam Labs is employed by Harbour Labs, a company of its group%',
	'S2: who is employed by a sister of the operator does not audit what it operates');
select is(t.rule(t.cards('sl')), 'S2', 'S2: is the rule');
select t.call('x', 'affiliation.end', jsonb_build_object('id', a.id, 'version', a.version, 'until_date',
	current_date, 'reason', 'Left.')) from app.affiliation a where a.person = t.id('sl') \g /dev/null
select is(t.rule(t.cards('sl')), 'S2', 'S2: nor within the cooling-off period after leaving it');
rollback to sister;
select is(t.rule(t.refusal('hm', 'party.leave_group', t.with_version('party', 'sister'))), 'S2',
	'S2: that it leaves the group is recorded by who is free of it');
select is(t.call('m', 'party.leave_group', t.with_version('party', 'sister')) ->> 'affiliates', null,
	'and then it is of none');
select is(t.rule(t.cards('sl')), 'S2', 'S2: but what it was within the window counts');
rollback to sister;
delete from app.kinship;
insert into app.kinship (organisation, party, kin, from_date, until_date)
	values (t.org(), t.id('host'), t.id('host'), null, null),
		(t.org(), t.id('sister'), t.id('host'), current_date - 800, current_date - 700) \g /dev/null
update app.operation o set from_date = o.from_date - 1 where o.id = t.id('n-host') \g /dev/null
select is(t.cards('sl'), '{"code": 0}', 'S2: and what it was before the window does not');
select is((select array_agg(x) from app.check_claims() x), null, 'claims are what their sources say');
rollback to kind;
-- The organisation's own group has periods too.
select t.made('own2', 'x', 'party.add', jsonb_build_object('name', 'Larch Services', 'legal_identifier', 'LS', 'kinds',
	'["supplier"]'::jsonb)) \g /dev/null
select t.person('sv', 'Sven Services', '{auditor}', t.id('own2')), t.call('x', 'competence.record', jsonb_build_object(
	'person', t.id('sv'), 'kind', 'criterion', 'framework', t.id('iso'), 'evaluated_by', 'Plumb Audit', 'method',
	'Interview', 'valid_from', current_date - 500, 'valid_until', current_date + 500)),
	t.call('x', 'operation.add', jsonb_build_object('function', t.id('cards'), 'party', t.id('own2'), 'from_date',
		current_date - 600, 'until_date', current_date + 600)) \g /dev/null
select is(t.rule(t.cards('sv')), 'S2', 'S2: an outside operator''s employee');
savepoint own;
select t.call('m', 'party.set_group', t.with_version('party', 'own2', jsonb_build_object('in_group', true, 'from_date',
	current_date - 100))) \g /dev/null
select is(t.rule(t.cards('sv')), 'S2', 'S2: and for the days before the company was bought');
rollback to own;
select t.call('m', 'party.set_group', t.with_version('party', 'own2', '{"in_group": true}')) \g /dev/null
select is(t.cards('sv'), '{"code": 0}', 'S2: inside the group S1 alone decides');
select t.call('m', 'party.set_group', t.with_version('party', 'own2', jsonb_build_object('in_group', false,
	'from_date', current_date + 10))) \g /dev/null
select is((select array_agg(x) from app.check_claims() x), null, 'claims are what their sources say');
select * from finish();
rollback;
