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
