-- Bounds in time, asked at their edge: the day before, the day itself, the day after; and of whoever has something for
-- a time whether they have it today who had it until yesterday, have it until today, since today, from tomorrow.
\set ON_ERROR_STOP on
begin;
select no_plan();
set local client_min_messages = warning;
\ir fixture/coverage.sql
\ir fixture/told.sql

-- ---------------------------------------------------------------------------------------------------------------------
-- Today
-- ---------------------------------------------------------------------------------------------------------------------

-- Each: whose record lasts for a time, who is asked what (as in t.line_of), what comes of it today and otherwise; and
-- what else is so.
create table t.today (n serial, relation text, so text, who text, act text, yes text, otherwise text, besides text);
insert into t.today (relation, so, who, act, yes, otherwise, besides) values
	-- roles
	('membership', 'person = {a}', 'a', 'app.me()', 'a', 'N2002', null),
	('membership', 'person = {a}', null, 'app.auditor_today({a})', 'true', 'false', null),
	('membership', 'person = {ob}', null, 'app.auditee_today({ob})', 'true', 'false', null),
	('membership', 'person = {o} and role = ''auditor''', 'o', 'app.i_have(''auditor'')', 'true', 'false', null),
	('membership', 'person = {a}', null, 'app.directory_reader({org}, {a})', 'true', 'false', null),
	('membership', 'person = {ob}', null, 'app.directory_reader({org}, {ob})', 'true', 'false', null),
	('membership', 'person = {a}', null, 'select set_config(''ninetwo.person'', {a}::text, true) => '
		'{org} = any (app.my_organisations())', 'true', 'false', null),
	('membership', 'person = {a}', null, '(select count(*) > 0 from app.assignments_of({org}, {a}))', 'true', 'false',
		null),
	('membership', 'person = {a}', null, 'app.refuse_incompetent({org}, {audit}, {a}, ''auditor'')', '', 'roles', null),
	('membership', 'person = {m2}', null, 'app.possible_management((select p from app.proposal p where p.id = '
		'{proposal}))', '2', '1', null),
	('membership', 'person = {m2}', null, 'app.free_management((select p from app.proposal p where p.id = {proposal}))',
		'2', '1', null),
	('membership', 'person = {a}', null, 'app.second_signer((select f from app.finding f where f.id = {f-issued}), '
		'{l})', 'true', 'false', null),
	('membership', 'person = {e}', null, 'app.signer_elsewhere((select f from app.finding f where f.id = {f-access}), '
		'{l})', 'true', 'false', 'delete from app.membership where role = ''auditor'' and person not in ({e}, {l})'),
	('membership', 'person = {l}', null, 'app.decided_on_team((select f from app.finding f where f.id = {f-disputed}))',
		'true', 'false', null),
	('membership', 'person = {e}', 'x', 'position({e}::text in app.eligibility({audit}, ''auditor'')::text) > 0',
		'true', 'false', null),
	('membership', 'person = {v}', null, 'array(select token from app.release_holding({v}, {org}))',
		'release-published', '{}', null),
	('membership', 'person = {v}', '+m', 'method.audit_name_recipient((select a from app.audit a where a.id = '
		'{audit}), {v})', 'recipient', '', null),
	('membership', 'person = {v}', null, '{v} = any (app.audience_publication({org}, (select id from app.publication '
		'where release = {release-published})))', 'true', 'false', null),
	('membership', 'person = {a}', null, '{part-backup} in (select token from app.holding({org}, {a}))', 'true',
		'false', null),
	('membership', 'person = {ob}', null, 'app.role_token({org}, ''auditee'') in (select token from '
		'app.holding({org}, {ob}))', 'true', 'false', null),
	('membership', 'person = {v}', null, '{body} in (select token from app.holding({org}, {v}))', 'true', 'false',
		'delete from app.affiliation where person = {v}'),
	('membership', 'person = {a}', null, 'jsonb_array_length(api.session_info(sha256(''secret of a'')) -> '
		'''organisations'')', '1', '0', null),
	('membership', 'person = {a}', 'x', '(select roles::text[] from record.person where id = {a})', '{auditor}', '{}',
		null),
	('membership', 'person = {a}', 'x', '(select current from record.membership where person = {a})', 'true', 'false',
		null),
	-- whom somebody works for
	('affiliation', 'person = {sp}', 'sp', 'app.my_parties()', 'host', '{}', null),
	('affiliation', 'person = {sp}', 'sp', 'app.reads_directory()', 'false', 'true', null),
	('affiliation', 'person = {sp}', null, 'app.directory_reader({org}, {sp})', 'false', 'true', null),
	('affiliation', 'person = {sp}', null, '{host} in (select token from app.holding({org}, {sp}))', 'true', 'false',
		null),
	('affiliation', 'person = {sp}', null, 'app.from_outside({ev-supplier})', 'true', 'false', null),
	('affiliation', 'person = {sp}', 'x', '(select current from record.affiliation where person = {sp})', 'true',
		'false', null),
	('affiliation', 'person = {w}', null, '{w} = any (app.audience_publication({org}, (select id from app.publication '
		'where release = {release-published})))', 'true', 'false',
		'update app.affiliation set party = {body} where person = {w}'),
	('membership', 'person = {v}', 'v', 'app.my_parties()', 'body', 'N2002', 'delete from app.affiliation where person '
		'= {v}'),
	-- what somebody is responsible for
	('responsibility', 'id = {r-ob}', 'ob', 'app.my_functions()', 'backup restore', '{}', null),
	('responsibility', 'id = {r-ob}', null, 'array(select function from app.functions_of({org}, {ob}))',
		'backup restore', '{}', null),
	('responsibility', 'id = {r-ob}', null, '{backup} in (select token from app.holding({org}, {ob}))', 'true', 'false',
		null),
	('responsibility', 'id = {r-ob}', 'ob', 'app.answers_for({backup})', 'true', 'false', null),
	('responsibility', 'id = {r-ob}', 'ob', 'app.answers_for({restore})', 'true', 'false', null),
	-- whom management named answers only for what has no owner
	('responsibility', 'id = {r-ob}', 'z', 'app.answers_for({backup})', 'false', 'true', 'update app.function set '
		'answerable = {z} where id = {backup}'),
	('responsibility', 'id = {r-ob}', null, 'array(select function from app.functions_of({org}, {z}))', '{}',
		'backup restore', 'update app.function set answerable = {z} where id = {backup}'),
	('responsibility', 'id = {r-ob}', 'x', '(select owner from record.function where id = {backup})', 'ob', 'null',
		null),
	('responsibility', 'id = {r-ob}', 'x', '(select current from record.responsibility where id = {r-ob})', 'true',
		'false', null),
	-- what a party operates
	('operation', 'id = {n-host}', 'x', '(select operating_party from record.function where id = {cards})', 'host',
		'null', null),
	('operation', 'id = {n-host}', 'x', '(select operates from record.party where id = {host})', 'true', 'false', null),
	('operation', 'id = {n-host}', 'x', '(select current from record.operation where id = {n-host})', 'true', 'false',
		null);
-- An end that was entered today for yesterday counts until it is countersigned (S13), and yet is over.
create table t.lasting (how text, is_today bool, change text);
insert into t.lasting values
	('until yesterday', false, 'from_date = current_date - 90, until_date = current_date - 1, counts_until = '
		'current_date'),
	('until today', true, 'from_date = current_date - 90, until_date = current_date, counts_until = current_date'),
	('since today', true, 'from_date = current_date, until_date = null, counts_until = null'),
	('from tomorrow', false, 'from_date = current_date + 1, until_date = null, counts_until = null');
select is(t.told(t.who, t.act, concat_ws('; ', t.besides,
	format('update app.%s set %s where %s', t.relation, l.change, t.so))), case when l.is_today then t.yes
	else t.otherwise end, format('%s of %s %s: %s', t.relation, t.so, l.how, t.act))
from t.today t cross join t.lasting l order by t.n, l.how;

-- ---------------------------------------------------------------------------------------------------------------------
-- Edges
-- ---------------------------------------------------------------------------------------------------------------------

-- Each: what is given, {day} being a day or a moment; who is asked what; the edge; what comes of it the day (or the
-- moment) before, then, and after. Today is fixed where months are counted, so that all days of a year are alike.
create table t.edge (n serial, about text, given text, who text, act text, edge text, before text, at text, after text,
	today date not null default current_date, step interval not null default '1 day');
create function t.reasons(rule text, person text, place text, today text) returns text language sql as $$
	select format('(select count(*) > 0 from app.reasons_against({org}, {audit}, {%s}, {%s}, %s) where rule = %L)',
		place, person, today, rule)
$$;
-- With triggers: what claims follow from it.
create function t.with_claims(statement text) returns text
	language sql as $$ select 'select set_config(''session_replication_role'', ''origin'', true); ' || statement $$;
-- A responsibility, an affiliation or a membership of Gus, who has none but as an auditor of the organisation, until a
-- day, countersigned.
create function t.gus(relation text, columns text, fields text, from_date text default '''2001-01-01''') returns text
language sql as $$
	select format('insert into app.%1$s (organisation, person, %2$s, from_date) values ({org}, {g}, %3$s, %4$s); '
		'update app.%1$s set until_date = {day}, counts_until = {day} where person = {g} and from_date = %4$s',
		relation, columns, fields, from_date)
$$;

insert into t.edge (about, given, who, act, edge, before, at, after) values
	('S1: responsible until the first day of an audit''s window',
		t.with_claims(t.gus('responsibility', 'function, kind', '{backup}, ''monitors''')), null,
		t.reasons('S1', 'g', 'part-backup', 'current_date'), '(select window_from from app.audit where id = {audit})',
		'false', 'true', 'true'),
	('S1: responsible until the first day of the window of today',
		t.with_claims(t.gus('responsibility', 'function, kind', '{backup}, ''monitors''')), null,
		'(select count(*) from app.side_reasons({org}, {g}, array[{backup}], null))',
		'current_date - make_interval(months => (select cooling_off_months from app.organisation where id = {org}))',
		'0', '1', '1'),
	('S1: responsible until the first day of the window of today, where the organisation set another',
		'update app.organisation set cooling_off_months = 30 where id = {org}; '
		|| t.with_claims(t.gus('responsibility', 'function, kind', '{backup}, ''monitors''')), null,
		'(select count(*) from app.side_reasons({org}, {g}, array[{backup}], null))',
		'current_date - interval ''30 months''', '0', '1', '1'),
	('S2: belonging until the first day of the window to who operates it',
		t.with_claims('update app.operation set from_date = ''2001-01-01'' where id = {n-host}; '
		|| t.gus('affiliation', 'party, kind', '{host}, ''contracted''')), null,
		t.reasons('S2', 'g', 'part-cards', 'current_date'), '(select window_from from app.audit where id = {audit})',
		'false', 'true', 'true'),
	('S2: operated until the first day of the window',
		t.with_claims('insert into app.affiliation (organisation, person, party, kind, from_date) values ({org}, {g}, '
		'{host}, ''contracted'', ''2001-01-01''); update app.operation set from_date = ''2001-01-01'', '
		'until_date = {day}, counts_until = {day} where id = {n-host}'), null,
		t.reasons('S2', 'g', 'part-cards', 'current_date'), '(select window_from from app.audit where id = {audit})',
		'false', 'true', 'true'),
	('S2: who says that a party is the group''s belonged to it',
		'insert into app.affiliation (organisation, person, party, kind, from_date, until_date, counts_until) values '
		'({org}, {m2}, {host}, ''contracted'', ''2001-01-01'', {day}, {day})', 'm2',
		'(select count(*) from app.group_reasons({host}))',
		'current_date - make_interval(months => (select cooling_off_months from app.organisation where id = {org}))',
		'0', '1', '1'),
	('roles: an auditor until the day before is an administrator',
		'update app.membership set until_date = {day}, counts_until = {day} where person = {e}; update app.claim set '
		'period = daterange(lower(period), {day}, ''[]'') where source in (select id from app.membership where person '
		'= {e})', null,
		'insert into app.membership (organisation, person, role, from_date) values ({org}, {e}, ''administrator'', '
		'current_date) => ''done''', 'current_date', 'done', 'roles', 'roles'),
	('S8: published until today', 'update app.publication set until = {day}', null,
		'array(select token from app.release_holding({v}, {org}))', 'current_date', '{}', 'release-published',
		'release-published'),
	('S11: disputed until the last day', 'update app.finding set dispute_by = {day} where id = {f-issued}', null,
		'(app.finding_dispute_refusal((select f from app.finding f where f.id = {f-issued}))).say', 'current_date',
		'dispute.until', 'null', 'null'),
	('S11: decided until the last day', 'update app.dispute set decide_by = {day} where id = {dispute-disputed}', 'l',
		'(select state from record.dispute where id = {dispute-disputed})', 'current_date', 'open', 'open', 'open'),
	('S11: open until the last day', null, null, 'app.dispute_state_today(''open'', {day})', 'current_date', 'stands',
		'open', 'open'),
	('S11: in the way of a release until the last day',
		'update app.dispute set decide_by = {day} where id = {dispute-disputed}', null,
		'exists (select from app.release_obstacles({audit}) where say = ''release.dispute_open'' and args ->> '
		'''finding'' = {f-disputed}::text)', 'current_date', 'false', 'true', 'true'),
	('acknowledged by silence after the last day', null, null, 'app.finding_state_today(''issued'', {day})',
		'current_date', 'acknowledged', 'issued', 'issued'),
	('S12: evaluated as a lead until the last day of fieldwork',
		'update app.competence set valid_until = {day} where person = {l} and kind = ''lead''', null,
		'(select count(*) from app.competence_reasons({org}, {audit}, {l}, ''lead'') where data ->> ''missing'' = '
		'''lead'')', '(select ends_on from app.audit where id = {audit})', '1', '0', '0'),
	('S12: evaluated as a lead since the first day of fieldwork',
		'update app.competence set valid_from = {day} where person = {l} and kind = ''lead''', null,
		'(select count(*) from app.competence_reasons({org}, {audit}, {l}, ''lead'') where data ->> ''missing'' = '
		'''lead'')', '(select starts_on from app.audit where id = {audit})', '0', '0', '1'),
	('S12: competent until the first day of fieldwork',
		'update app.competence set valid_until = {day} where person = {a}', null,
		'(select count(*) from app.competence_reasons({org}, {audit}, {a}, ''auditor''))',
		'(select starts_on from app.audit where id = {audit})', '1', '0', '0'),
	('S12: competent since the first day of fieldwork',
		'update app.competence set valid_from = {day} where person = {a}', null,
		'(select count(*) from app.competence_reasons({org}, {audit}, {a}, ''auditor''))',
		'(select starts_on from app.audit where id = {audit})', '0', '0', '1'),
	('S12: a criterion is covered until the last day of fieldwork',
		'delete from app.competence where kind = ''criterion'' and person <> {a}; update app.competence set '
		'valid_until = {day} where person = {a}', null,
		'(select count(*) from app.uncovered_criteria({org}, {audit}) where data ->> ''missing'' = ''criterion'')',
		'(select ends_on from app.audit where id = {audit})', '1', '0', '0'),
	('S12: a criterion is covered since the first day of fieldwork',
		'delete from app.competence where kind = ''criterion'' and person <> {a}; update app.competence set '
		'valid_from = {day} where person = {a}', null,
		'(select count(*) from app.uncovered_criteria({org}, {audit}) where data ->> ''missing'' = ''criterion'')',
		'(select starts_on from app.audit where id = {audit})', '0', '0', '1'),
	('S12: a criterion is covered on each day of fieldwork, by one until a day, by another since',
		'delete from app.competence where kind = ''criterion'' and person not in ({a}, {b}); update app.competence set '
		'valid_until = {day} where person = {a}; update app.competence set valid_from = current_date + 3 where person '
		'= {b}', null,
		'(select count(*) from app.uncovered_criteria({org}, {audit}) where data ->> ''missing'' = ''criterion'')',
		'current_date + 2', '1', '0', '0'),
	('S13: an end entered for a day counts from today at the earliest',
		t.with_claims('insert into app.responsibility (organisation, person, function, kind, from_date, until_date) '
		'values ({org}, {z}, {payroll}, ''monitors'', ''2001-01-01'', {day})'), null,
		'(select format(''%s %s'', r.counts_until - current_date, e.state) from app.responsibility r join app.ending e '
		'on e.subject = r.id where r.person = {z} and r.function = {payroll})', 'current_date', '0 proposed',
		'0 effective', '1 effective'),
	('S13: an end of what is there counts from today at the earliest', null, 'x',
		'select app.end_period(''affiliation'', {affiliation-u}, {day}, ''x'') => (select format(''%s %s'', '
		'a.counts_until - current_date, e.state) from app.affiliation a join app.ending e on e.subject = a.id where '
		'a.id = {affiliation-u})', 'current_date', '0 proposed', '0 effective', '1 effective'),
	('an end is not before the first day', null, 'x',
		'select app.end_period(''affiliation'', {affiliation-u}, {day}, ''x'') => ''done''',
		'(select from_date from app.affiliation where id = {affiliation-u})', 'N2602', 'done', 'done'),
	('a role is given from today on', null, '+x',
		'method.membership_grant((select e from app.enrolment e where e.person = {z} and e.organisation = {org}), '
		'''programme_manager'', {day}) is not null', 'current_date', 'N2602', 'true', 'true'),
	('an action is planned for today', null, '+ob',
		'method.action_plan((select f from app.finding f where f.id = {f-issued}), ''x'', {d}, {day}, ''x'', '
		'current_date) is not null', 'current_date', 'due', 'true', 'true'),
	('an action is overdue after its last day', 'update app.action set due = {day} where id = {act-accepted}', 'b',
		'(select overdue from record.action where id = {act-accepted})', 'current_date', 'true', 'false', 'false'),
	('a request is overdue after its last day', 'update app.evidence_request set due = {day} where id = {request}', 'b',
		'(select overdue from record.request where id = {request})', 'current_date', 'true', 'false', 'false'),
	('a finding is overdue after its next day', 'update app.finding set next_due = {day} where id = {f-issued}', 'b',
		'(select overdue from record.finding where id = {f-issued})', 'current_date', 'true', 'false', 'false'),
	('evidence expires after its last day', 'update app.evidence set valid_until = {day} where id = {ev-papers}', 'b',
		'(select expired from record.evidence where id = {ev-papers})', 'current_date', 'true', 'false', 'false'),
	('an extension is until later than it was due', null, '+ob',
		'method.extension_ask((select a from app.action a where a.id = {act-accepted}), {day}, ''x'') is not null',
		'(select due from app.action where id = {act-accepted})', 'until', 'until', 'true'),
	('an extension is until today at the earliest',
		'update app.action set due = current_date - 9 where id = {act-accepted}', '+ob',
		'method.extension_ask((select a from app.action a where a.id = {act-accepted}), {day}, ''x'') is not null',
		'current_date', 'until', 'true', 'true'),
	('what is done is verified from the day on from which it can be judged',
		'update app.action set judge_from = {day} where finding = {f-implemented}', 'a',
		'(app.verification_needs((select f from app.finding f where f.id = {f-implemented})))[1].say', 'current_date',
		'null', 'null', 'verification.judge_from'),
	('a release is published until today at the earliest', null, '+m',
		'select method.release_publish((select r from app.release r where r.id = {release-ended}), {body}, {day}) => '
		'''done''', 'current_date', 'until', 'done', 'done'),
	('a token expires today at the earliest', null, '+a',
		'method.token_create(sha256(''new''), ''x'', ''{read}'', {day}) is not null', 'current_date', 'N2602', 'true',
		'true'),
	('a token expires in a year and a day at the latest', null, '+a',
		'method.token_create(sha256(''new''), ''x'', ''{read}'', {day}) is not null', 'current_date + 366', 'true',
		'true', 'N2602'),
	('an audit begins on the last day that it looks back on at the earliest', null, 'p',
		'app.require_dates({day}, current_date + 9, current_date)', 'current_date', 'N2602', '', '');
-- 24 months and three years, from a day that the calendar makes nothing of.
insert into t.edge (about, given, who, act, edge, before, at, after, today) values
	('S3: who belonged to the certification body until 24 months ago',
		t.with_claims(t.gus('affiliation', 'party, kind', '{body}, ''contracted''')), null,
		t.reasons('S3', 'g', 'part-cards', '''2031-05-15'''), '''2029-05-15''', 'false', 'true', 'true', '2031-05-15'),
	('S3: who observed for the certification body until 24 months ago',
		'insert into app.membership (organisation, person, role, party, from_date, until_date, counts_until) values '
		'({org}, {g}, ''observer'', {body}, ''2001-01-01'', {day}, {day}); select '
		'app.certification_claims_again({org}, '
		'{body}, false, current_date)', null,
		t.reasons('S3', 'g', 'part-cards', '''2031-05-15'''), '''2029-05-15''', 'false', 'true', 'true', '2031-05-15'),
	('S3: whose party certified until 24 months ago',
		t.with_claims('insert into app.affiliation (organisation, person, party, kind, from_date) values ({org}, {g}, '
		'{body}, ''contracted'', ''2030-01-01''); update app.certification set until_date = {day}, counts_until = '
		'{day} '
		'where id = {cert}'), null,
		t.reasons('S3', 'g', 'part-cards', '''2031-05-15'''), '''2029-05-15''', 'false', 'true', 'true', '2031-05-15'),
	('S7: whose party attested until 24 months ago has an interest',
		'delete from app.interest where person = {l}; update app.certification set kind = ''attestation'', party = '
		'{firm}, from_date = ''2001-01-01'', until_date = {day}, counts_until = {day} where id = {cert}', null,
		'select app.derive_attestation_interests({org}, {firm}) => (select count(*) > 0 from app.interest where person '
		'= {l})', '''2029-05-15''', 'false', 'true', 'true', '2031-05-15'),
	('earlier findings are those of three years',
		'update app.finding set issued_on = {day} where id = {f-issued}', null,
		'{f-issued} in (select id from app.earlier_findings({f-draft}, array[{9.2.1}], array[{backup}]))',
		'''2028-05-15''', 'false', 'true', 'true', '2031-05-15'),
	('a finding repeats those of three years',
		'update app.finding set issued_on = {day} where id = {f-issued}', null,
		'{f-issued} = any (app.repeated((select f from app.finding f where id = {f-released})))', '''2028-05-15''',
		'false', 'true', 'true', '2031-05-15');
-- Moments: a secret is dead at its end.
insert into t.edge (about, given, who, act, edge, before, at, after, step) values
	('a session ends', 'update auth.session set expires_at = {day} where digest = sha256(sha256(''secret of a''))',
		'a', 'app.me()', 'now()', 'N2001', 'N2001', 'a', '1 microsecond'),
	('an idle session ends', 'update auth.session set idle_until = {day} where digest = sha256(sha256(''secret of '
		'a''))',
		'a', 'app.me()', 'now()', 'N2001', 'N2001', 'a', '1 microsecond');

create function t.edge_told(e t.edge, steps int) returns text language plpgsql as $$
declare
	day text;
begin
	execute format('select %L || ((%s) + %s * interval %L)::%s', '', t.filled(replace(e.edge, '''20', 'date ''20')),
		steps, e.step, case when e.step = '1 day' then 'date' else 'timestamptz' end) into day;
	return t.told(e.who, replace(e.act, '{day}', quote_literal(day)), replace(e.given, '{day}', quote_literal(day)),
		e.today);
end $$;
select is(t.edge_told(e, d.steps), d.wanted, format('%s: %s', e.about, d.how))
from t.edge e cross join lateral (values (1, 'before', -1, e.before), (2, 'then', 0, e.at), (3, 'after', 1, e.after))
	d (n, how, steps, wanted) order by e.n, d.n;

select * from finish();
rollback;
