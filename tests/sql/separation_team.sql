-- Who is put on a team, in acts: S1 to S4, S7, S12, the pairs of roles. A test is named after its rule.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/company.sql

create function t.assign(who text, person text, role text, part text) returns jsonb language sql as $$
	select t.refusal(who, 'assignment.assign',
		jsonb_strip_nulls(jsonb_build_object('audit', t.id('audit'), 'person', t.id(person), 'role', role, 'part',
		case when part is not null then t.id(part) end)))
$$;
create function t.rule(refusal jsonb) returns text language sql as $$ select refusal ->> 'rule' $$;

-- S1
select is(t.rule(t.assign('x', 'o', 'auditor', 'part-backup')), 'S1', 'S1: who operates a function does not audit it');
select matches(t.assign('x', 'o', 'auditor', 'part-backup') ->> 'message',
	'^Olaf Operator operates Backup and recovery since \d{4}-\d\d-\d\d', 'S1: the refusal says so in words and dates');
select is(t.assign('x', 'o', 'auditor', 'part-backup') #>> '{data,responsibility,kind}', 'operates', 'S1: and in data');
select t.made('r-sub', 'x', 'responsibility.assign',
	jsonb_build_object('person', t.id('n'), 'function', t.id('restore'), 'kind', 'monitors', 'from_date',
	current_date - 200)) is not null as kept \gset
select is(t.rule(t.assign('x', 'n', 'auditor', 'part-backup')), 'S1', 'S1: a responsibility for a sub-function counts');
select is(t.assign('x', 'o', 'auditor', 'part-cards'), '{"code": 0}',
	'S1: is judged per part: who operates one function audits another');
-- S2
select is(t.rule(t.assign('x', 's', 'auditor', 'part-cards')), 'S2',
	'S2: who is employed by the supplier that operates a function does not audit it');
select is(t.assign('x', 's', 'auditor', 'part-backup'), '{"code": 0}',
	'S2: but audits what the supplier does not operate');
-- S2, lifted: who says that a party is of the organisation's own group is free of it. Harbour Hosting operates
-- Card-data hosting
create function t.grouped(who text, party text, in_group boolean default true) returns jsonb
	language sql as $$ select t.refusal(who, 'party.set_group',
	t.with_version('party', party, jsonb_build_object('in_group', in_group))) $$;
savepoint ungrouped;
select is(t.rule(t.assign('x', 's', 'auditor', 'part-cards')), 'S2',
	'S2: until management says that Harbour Hosting is of the group');
select is(t.grouped('m', 'host'), '{"code": 0}', 'S2: it is recorded by somebody of management who is free of it');
select is(t.assign('x', 's', 'auditor', 'part-cards'), '{"code": 0}', 'S2: and holds no more');
rollback to ungrouped;
select t.made('a-m', 'x', 'affiliation.add',
	jsonb_build_object('person', t.id('m'), 'party', t.id('host'), 'kind', 'owner', 'from_date', current_date - 900,
	'until_date', current_date - 300)) is not null as kept \gset
select is(t.grouped('m', 'host') ->> 'message',
	format(
	'Whoever records that a party is of the organisation''s own group lifts S2 for it, and is free of it. Mona '
	'Management belongs to Harbour Hosting until %s. Somebody else of management records it; until then S2 holds.',
	current_date),
	'S2: not by who belonged to it, within the cooling-off period and as long as that counts (S13)');
select is(t.rule(t.grouped('m', 'host')), 'S2', 'S2: is the rule');
select is(t.grouped('m', 'host', false), '{"code": 0}',
	'S2: anybody of management records that it is not of the group');
select is(t.grouped('m2', 'host'), '{"code": 0}', 'S2: or another who is free');
rollback to ungrouped;
select t.made('r-m2', 'x', 'responsibility.assign',
	jsonb_build_object('person', t.id('m2'), 'function', t.id('cards'), 'kind', 'monitors', 'from_date',
	current_date - 30)) is not null as kept \gset
select alike(t.grouped('m2', 'host') ->> 'message', '%Max Management monitors Card-data hosting since%',
	'S2: nor by who is responsible for what it operates');
rollback to ungrouped;
select t.made('a-old', 'x', 'affiliation.add',
	jsonb_build_object('person', t.id('m'), 'party', t.id('firm'), 'kind', 'employed', 'from_date', current_date - 900))
	is not null as kept \gset
select is(t.rule(t.grouped('m', 'firm')), 'S2', 'S2: whatever it is to the organisation');
select is(t.grouped('m', 'own'), '{"code": 0}',
	'S2: but for the organisation itself, to which all of its management belong');
select t.call('x', 'party.update',
	t.with_version('party', 'firm', '{"name": "Plumb Audit", "kinds": ["organisation", "audit_firm"]}')) is not null
	as kept \gset
select is(t.rule(t.grouped('m', 'firm')), 'S2', 'S2: which is one, whatever an administrator calls another');
rollback to ungrouped;
-- S3
select is(t.rule(t.assign('x', 'k', 'auditor', 'part-backup')), 'S3', 'S3: the certification body supplies no auditor');
-- S12
select is(t.rule(t.assign('x', 'n', 'lead', null)), 'S1', 'S1 comes before S12');
select is(t.rule(t.assign('x', 'a', 'lead', null)), 'S12', 'S12: who is not evaluated as a lead does not lead');
select is(t.assign('x', 'l', 'lead', null), '{"code": 0}', 'S12: who is, does');
select is(t.assign('x', 'c', 'lead', null) ->> 'code', '-32003', 'S12: before one lead at a time');
-- S4
select is(t.rule(t.assign('x', 'p', 'auditor', 'part-backup')), 'S4', 'S4: who planned the audit is not on its team');
select is(t.call('y', 'assignment.assign',
	jsonb_build_object('audit', t.id('audit'), 'person', t.id('a'), 'role', 'auditor', 'part',
	t.id('part-access'))) #>> '{proposal,state}', 'open',
	'S4: an administrator who owns a function in scope only proposes');
select t.keep('proposal', (select id from app.proposal)) is not null as kept \gset
select is((select count(*) from app.assignment where person = t.id('a')), 0::bigint,
	'S4: until it is countersigned nobody is assigned');
select is(t.refusal('y', 'proposal.countersign', t.with_version('proposal', 'proposal')) ->> 'code', '-32002',
	'S4: the proposer does not countersign');
select is(t.refusal('m', 'proposal.countersign', t.with_version('proposal', 'proposal')), '{"code": 0}',
	'S4: management does');
select t.keep('as-a', (select id from app.assignment where person = t.id('a'))) is not null as kept \gset
select is((select countersigned_by from app.assignment where id = t.id('as-a')), t.id('m'),
	'S4: the countersignature is kept');
-- S4 where leadership itself is audited: both of management own something in scope
select t.call('x', 'responsibility.assign',
	jsonb_build_object('person', t.id('m'), 'function', t.id('cards'), 'kind', 'monitors', 'from_date',
	current_date - 30)) is not null as kept \gset
select t.call('x', 'responsibility.assign',
	jsonb_build_object('person', t.id('m2'), 'function', t.id('cards'), 'kind', 'monitors', 'from_date',
	current_date - 30)) is not null as kept \gset
select t.keep('proposal2',
	(t.call('y', 'assignment.assign',
	jsonb_build_object('audit', t.id('audit'), 'person', t.id('c'), 'role', 'auditor', 'part',
	t.id('part-access'))) #>> '{proposal,id}')::uuid) is not null as kept \gset
select is(t.call('m', 'proposal.countersign', t.with_version('proposal', 'proposal2')) ->> 'state', 'open',
	'S4: where nobody in management is free one signature is not enough');
select is(t.rule(t.refusal('m', 'proposal.countersign', t.with_version('proposal', 'proposal2'))), 'S4',
	'S4: and the same person does not sign twice');
select is(t.call('m2', 'proposal.countersign', t.with_version('proposal', 'proposal2')) ->> 'no_one_free', 'true',
	'S4: two of them sign, and it is disclosed');
select is((select count(*) from app.assignment where person = t.id('c')), 1::bigint, 'S4: then it takes effect');
select is(t.rule(t.refusal('x', 'membership.grant', jsonb_build_object('person', t.id('a'), 'role', 'administrator'))),
	'roles', 'roles: administrator and auditor exclude each other');
select is(t.rule(t.refusal('m', 'membership.grant', jsonb_build_object('person', t.id('x'), 'role', 'management'))),
	'roles', 'roles: administrator and management exclude each other');
-- S7
select is(t.refusal('a', 'check.list', jsonb_build_object('audit', t.id('audit'))), '{"code": 0}',
	'S7: a list is open to every member');
select is((select cardinality(app.my_parts())), 0, 'S7: before declaring nobody is on a team');
select is(t.call('a', 'declaration.sign',
	jsonb_build_object('assignment', t.id('as-a'), 'statement', 'I am independent of the functions in scope.',
	'interests',
		jsonb_build_array(jsonb_build_object('kind', 'advised', 'description',
		'Advised on access reviews two years ago.', 'function', t.id('access'))))) #>> '{declaration,unguarded}', '1',
		'S7: an interest waits for a safeguard');
select is((select count(*) from app.assignments_of(t.org(), t.id('a'))), 0::bigint,
	'S7: and blocks until there is one');
select t.keep('interest', (select id from app.interest)) is not null as kept \gset
select is(t.call('y', 'safeguard.record',
	jsonb_build_object('interest', t.id('interest'), 'kind', 'second_auditor', 'reason',
	'Lena reviews the papers.')) #>> '{proposal,state}', 'open',
	'S7, S4: who owns a function in scope proposes the safeguard');
select isnt(t.call('x', 'safeguard.record',
	jsonb_build_object('interest', t.id('interest'), 'kind', 'second_auditor', 'reason',
	'Lena reviews the papers.')) ->> 'safeguard', null, 'S7: an administrator free of S4 records it');
select is((select count(*) from app.assignments_of(t.org(), t.id('a'))), 1::bigint,
	'S7: then the auditor is declared team');
select is(
	t.rule(t.refusal('l', 'declaration.sign', jsonb_build_object('assignment', t.id('as-a'), 'statement', 'For Ann.'))),
	'place', 'S7: nobody signs for another');
-- S9
select is(t.refusal('x', 'responsibility.assign',
	jsonb_build_object('person', t.id('a'), 'function', t.id('access'), 'kind', 'monitors', 'from_date',
	current_date + 1)), '{"code": 0}', 'S9: while an audit is only planned its assignment gives way');
-- S4: a programme manager proposes who is on a team, and management countersigns. Pia audits too, and is responsible
-- for nothing
select t.person('pa', 'Pia Programme', '{programme_manager,auditor}', t.id('own')) is not null as kept,
	t.call('x', 'competence.record',
		jsonb_build_object('person', t.id('pa'), 'kind', 'criterion', 'framework', t.id('iso'), 'evaluated_by',
		'Plumb Audit', 'method', 'Interview', 'valid_from', current_date - 500, 'valid_until', current_date + 500))
		is not null as kept2 \gset
select t.made(key, 'x', 'audit.plan',
	jsonb_build_object('kind', 'internal', 'title', 'Payroll', 'objective', 'Determine conformity', 'starts_on',
	current_date, 'ends_on', current_date + 5, 'audited_from', current_date - 365,
	'requirements', jsonb_build_array(t.id('A.8.13')), 'parts',
		jsonb_build_array(jsonb_build_object('title', 'Payroll', 'functions', jsonb_build_array(t.id('payroll'))))))
		is not null as kept from unnest(array['pay', 'pay2']) key \g /dev/null
create function t.to_team(who text, person text, audit text) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	p jsonb := jsonb_build_object('audit', t.id(audit), 'person', t.id(person), 'role', 'auditor', 'part',
		(select x.id from app.part x where x.audit = t.id(audit)));
	refusal jsonb := t.refusal(who, 'assignment.assign', p);
begin
	perform t.keep(who || ' ' || person,
		(select x.id from app.proposal x where x.created_by = t.id(who) and x.person = t.id(person)
		order by x.created_at desc, x.id desc limit 1)) where refusal ->> 'code' = '0' and who <> 'x';
	return refusal;
end $$;
create function t.signed(key text) returns jsonb
	language sql as $$ select t.refusal('m', 'proposal.countersign', t.with_version('proposal', key)) $$;
create function t.team(audit text) returns text[] language sql as $$
	select coalesce(array_agg(app.person_name(s.organisation, s.person) || ' by '
		|| app.person_name(s.organisation, s.assigned_by)
		|| coalesce(', ' || app.person_name(s.organisation, s.countersigned_by), '') order by 1), '{}')
	from app.assignment s where s.audit = t.id($1) and s.ended_on is null
$$;
select is(t.to_team('pa', 'b', 'pay'), '{"code": 0}',
	'S4: a programme manager, free of the scope, names somebody for a team');
select is((select state || ': ' || app.said(summary) from app.proposal where id = t.id('pa b')),
	'open: Pia Programme proposes Ben Auditor as auditor of audit '
	|| (select reference from app.audit where id = t.id('pay'))
	|| '. A programme manager proposes who is on a team, and management countersigns.',
		'S4: that is a proposal, and says why');
select is(t.team('pay'), '{}', 'S4: nobody is assigned by it');
select is(t.rule(t.to_team('pa', 'k', 'pay')), 'S3', 'S3: nobody is proposed whom a rule refuses');
select is(t.to_team('pa', 'pa', 'pay') ->> 'message',
	'Pia Programme does not propose themselves: an administrator, or another programme manager, does.',
	'S4: nor oneself');
select is(t.refusal('pa', 'proposal.countersign', t.with_version('proposal', 'pa b')) ->> 'code', '-32002',
	'S4: the programme manager does not countersign');
select t.call('x', 'responsibility.assign',
	jsonb_build_object('person', t.id('b'), 'function', t.id('payroll'), 'kind', 'monitors', 'from_date', current_date))
	is not null as kept \gset
select is(t.rule(t.signed('pa b')), 'S1', 'S1: what is countersigned is judged anew');
select is(t.refusal('pa', 'proposal.withdraw', t.with_version('proposal', 'pa b')), '{"code": 0}',
	'S4: one''s own proposal is taken back');
select is(t.to_team('pa', 'c', 'pay'), '{"code": 0}', 'S4: somebody else is proposed');
select is(t.signed('pa c'), '{"code": 0}', 'S4: countersigned,');
select is(t.team('pay'), '{"Cleo Auditor by Pia Programme, Mona Management"}', 'S4: it takes effect, with both names');
select is(t.rule(t.to_team('x', 'pa', 'pay')), 'S4', 'S4: from then on the programme manager is never on that team');
select is(t.to_team('pa', 'c', 'pay2'), '{"code": 0}', 'S4: of another audit they propose,');
select is(t.to_team('x', 'pa', 'pay2'), '{"code": 0}',
	'S4: are assigned to it themselves before anybody has countersigned,');
select is(t.rule(t.signed('pa c')), 'S4', 'S4: and what they proposed can no longer take effect');
select is(t.rule(t.to_team('pa', 'd', 'pay2')), 'S4', 'S4: nor do they propose anybody for a team that they are on');
select t.keep('as-c', (select id from app.assignment where person = t.id('c') and audit = t.id('pay'))) is not null
	as kept, t.keep('as-pa', (select id from app.assignment where person = t.id('pa'))) is not null as kept2 \gset
select is(t.rule(t.refusal('pa', 'assignment.end', t.with_version('assignment', 'as-pa', '{"reason": "Busy."}'))), 'S4',
	'S4: or that they come off it');
select is(t.call('p', 'assignment.end',
	t.with_version('assignment', 'as-c', '{"reason": "Busy."}')) #>> '{proposal,state}', 'open',
	'S4: that somebody comes off a team a programme manager proposes');
select t.keep('end', (select id from app.proposal where method = 'assignment.end')) is not null as kept \gset
select is(t.team('pay'), '{"Cleo Auditor by Pia Programme, Mona Management"}', 'S4: too');
select is(t.signed('end'), '{"code": 0}', 'S4: and management countersigns');
select is(t.team('pay'), '{}', 'S4: then they are off it');
select * from finish();
rollback;
