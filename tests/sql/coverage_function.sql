-- Every function that is no method and no trigger, called by itself: one answer at least, and where there are any the
-- edges (nobody, null, nothing, the first and the last day). A function that no line here calls, and no other file of
-- tests/sql, fails.
\set ON_ERROR_STOP on
begin;
select no_plan();
set local client_min_messages = warning;
set local track_functions = 'all';
\ir fixture/coverage.sql

-- Who: null for nobody, the organisation alone being set; a person, as ninetwo_api with their session; +person, the
-- same as a superuser, for what ninetwo_api may not call. {key} is the id that was kept as key. A statement whose
-- effect counts is followed by => and what is then asked.
create table t.line_of (n serial primary key, who text, act text not null, wanted text);
create function t.key(id text) returns text
	language sql as $$ select coalesce((select min(k.key) from t.kept k where k.id::text = $1), 'another') $$;
-- An answer with keys in place of ids; a list of ids in the order of its keys.
create function t.spoken(answer text) returns text language plpgsql as $$
declare
	one text;
begin
	if answer ~ '^\{[0-9a-f]{8}-[-0-9a-f]{27}(,[-0-9a-f]{36})*\}$' then
		return (select string_agg(t.key(x), ' ' order by t.key(x)) from unnest(answer::text[]) x);
	end if;
	for one in select distinct m[1]
		from regexp_matches(answer, '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})', 'g') m loop
		answer := replace(answer, one, t.key(one));
	end loop;
	return answer;
end $$;
create function t.told(who text, act text) returns text language plpgsql as $$
declare
	person constant text := ltrim(who, '+');
	org constant uuid := t.org();
	parts text[];
	one text;
	found text;
	state text;
	sentence text;
	detail text;
begin
	for one in select distinct m[1] from regexp_matches(act, '(?<!'')\{([-A-Za-z0-9._]+)\}', 'g') m loop
		act := regexp_replace(act, '(?<!'')\{' || replace(one, '.', '\.') || '\}', format('%L::uuid', t.id(one)), 'g');
	end loop;
	parts := string_to_array(act, ' => ');
	begin
		perform set_config('ninetwo.person', '', true), set_config('ninetwo.session', '', true),
			set_config('ninetwo.organisation', org::text, true), set_config('ninetwo.roles', '', true),
			set_config('ninetwo.today', current_date::text, true);
		if who is not null then
			perform auth.enter(sha256(convert_to('secret of ' || person, 'UTF8')), case when person <> 'q' then org
				else (select m.organisation from app.membership m join t.persons p on p.id = m.person where p.key = 'q')
				end, 'coverage', '{member}', 'write');
			if who = person then perform set_config('role', 'ninetwo_api', true); end if;
		end if;
		if cardinality(parts) > 1 then
			execute parts[1];
			perform set_config('role', 'none', true);
			execute 'select (' || parts[2] || ')::text' into found;
		else
			execute 'select (' || act || ')::text' into found;
		end if;
		raise exception using errcode = 'UT000', message = coalesce(found, 'null') || ' ';
	exception when others then
		get stacked diagnostics state = returned_sqlstate, sentence = message_text, detail = pg_exception_detail;
		found := case when state = 'UT000' then rtrim(sentence)
			when state in ('N2003', 'N2009') then detail::jsonb ->> 'rule' when state like 'N2%' then state
			else state || ' ' || sentence end;
	end;
	return t.spoken(found);
end $$;
-- Tokens have names as records have.
select t.keep('as ' || r, app.role_token(t.org(), r))
	from unnest(array['administrator', 'programme_manager', 'auditor', 'auditee', 'observer', 'management',
	'directory']) r \g /dev/null
select t.find('certification-claim', 'app.certification', 'party = t.id(''body'')') \g /dev/null
-- A role that is held on one day only, the organisation's own, where UTC has another.
do $$
declare
	zone text;
begin
	select z into zone from unnest(array['Pacific/Kiritimati', 'Etc/GMT+12']) z
		where (now() at time zone z)::date <> (now() at time zone 'UTC')::date limit 1;
	update app.organisation set timezone = zone where id = t.id('org2');
	update app.membership set from_date = (now() at time zone zone)::date, until_date = (now() at time zone zone)::date,
		counts_until = (now() at time zone zone)::date where person = t.id('q');
end $$;

insert into t.line_of (who, act, wanted) values
	-- who asks
	(null, 'app.me()', 'null'),
	('a', 'app.me()', 'a'),
	('a', 'app.org()', 'org'),
	('a', 'app.my_roles()', '{auditor}'),
	('o', 'app.my_roles()', '{auditor,auditee}'),
	(null, 'app.my_roles()', '{}'),
	('a', 'app.i_have(''auditor'')', 'true'),
	('a', 'app.i_have(null)', 'null'),
	(null, 'app.i_have(''auditor'')', 'false'),
	(null, 'app.today() = current_date', 'true'),
	(null, 'app.now() = transaction_timestamp()', 'true'),
	(null, 'app.timezone({org})', 'UTC'),
	(null, 'app.timezone(null)', 'UTC'),
	(null, 'app.day(''2026-02-28'')', '2026-02-28'),
	(null, 'app.day(null)', 'null'),
	(null, '(select array_agg(organisation) from app.calendar())', 'org org2'),
	('x', 'app.reads_audits()', 'true'),
	('p', 'app.reads_audits()', 'true'),
	('m', 'app.reads_audits()', 'true'),
	('a', 'app.reads_audits()', 'false'),
	(null, 'app.reads_audits()', 'false'),
	('a', 'app.reads_directory()', 'true'),
	('z', 'app.reads_directory()', 'true'),
	('sp', 'app.reads_directory()', 'false'),
	('v', 'app.reads_directory()', 'false'),
	(null, 'app.reads_directory()', 'false'),
	(null, 'app.directory_reader({org}, {a})', 'true'),
	(null, 'app.directory_reader({org}, {sp})', 'false'),
	(null, 'app.directory_reader({org2}, {a})', 'false'),
	(null, 'app.directory_reader({org}, null)', 'false'),
	('a', 'app.my_organisations()', 'org'),
	('q', 'app.my_organisations()', 'org2'),
	(null, 'app.my_organisations()', '{}'),
	('sp', 'app.my_parties()', 'host'),
	('v', 'app.my_parties()', 'body'),
	('q', 'app.my_parties()', '{}'),
	(null, 'app.my_parties()', '{}'),
	('ob', 'app.my_functions()', 'backup restore'),
	('sp', 'app.my_functions()', 'cards'),
	('z', 'app.my_functions()', '{}'),
	(null, 'app.my_functions()', '{}'),
	('a', 'array(select audit from app.my_assignments())',
		'audit audit-ended audit-planned audit-prepared audit-published audit-reporting'),
	('z', 'array(select audit from app.my_assignments())', '{}'),
	('c', 'app.my_parts()',
		'part-cards part-cards-ended part-cards-planned part-cards-prepared part-cards-published part-cards-reporting'),
	('z', 'app.my_parts()', '{}'),
	('c', 'app.my_audits()', 'audit audit-ended audit-planned audit-prepared audit-published audit-reporting'),
	(null, 'app.my_audits()', '{}'),
	('a', '{audit-fresh} = any (app.my_audits())', 'false'),
	('a', '{audit-fresh} = any (app.my_assigned_audits())', 'true'),
	(null, 'app.my_assigned_audits()', '{}'),
	('sp', '{audit} = any (app.my_function_audits())', 'true'),
	('z', 'app.my_function_audits()', '{}'),
	('sp', '{audit} = any (app.my_planned_audits())', 'true'),
	('z', 'app.my_planned_audits()', '{}'),
	('x', 'app.team_branches()', 'null'),
	('z', 'app.team_branches()', '[{"in": [], "column": "audit"}, {"in": ["z"], "column": "person"}]'),
	('e', 'app.my_other_findings()', 'f-alone f-named'),
	('d', 'app.my_other_findings()', 'f-accepted f-drafted f-implemented f-named f-submitted'),
	('z', 'app.my_other_findings()', '{}'),
	('e', 'app.my_findings(array[{f-named}, {f-issued}])', 'f-named'),
	('a', 'app.my_findings(''{}'')', '{}'),
	('ob', 'app.my_findings(array[{f-draft}, {f-shared}, {f-issued}])', 'f-issued f-shared'),
	('q', 'app.my_findings(array[{f-issued}])', '{}'),
	('a',
		'select set_config(''ninetwo.access'', ''read'', true), app.keep(''parts'', array[{backup}]) => '
		'app.kept(''parts'')', 'backup'),
	('a', 'select app.keep(''parts'', array[{backup}]) => app.kept(''parts'')', 'null'),
	('a', 'app.keep(''parts'', ''{}'')', '{}'),
	(null, 'app.kept(''parts'')', 'null'),
	('z', 'app.my_reach()', 'z'),
	('x', 'app.my_reach()', 'as administrator x'),
	('ob', 'app.my_reach()', 'backup ob restore'),
	('v', 'app.my_releases()', 'release-published'),
	('w', 'app.my_releases()', '{}'),
	('l', 'app.my_releases()', 'release-ended release-published'),
	(null, 'app.my_releases()', '{}'),
	('ob', 'app.answers_for({backup})', 'true'),
	('ob', 'app.answers_for({restore})', 'true'),
	('o', 'app.answers_for({backup})', 'false'),
	('ob', 'app.answers_for(null)', 'false'),
	(null, 'app.answers_for({backup})', 'false'),
	(null, 'app.auditor_today({a})', 'true'),
	(null, 'app.auditor_today({ob})', 'false'),
	(null, 'app.auditor_today(null)', 'false'),
	(null, 'app.auditee_today({ob})', 'true'),
	(null, 'app.auditee_today({a})', 'false'),
	(null, 'app.of_management({m})', 'true'),
	(null, 'app.of_management({x})', 'false'),
	-- names and people
	(null, 'app.person_name({org}, {a})', 'Ann Auditor'),
	(null, 'app.person_name({org2}, {a})', 'null'),
	(null, 'app.party_name({org}, {host})', 'Harbour Hosting'),
	(null, 'app.party_name({org2}, {host})', 'null'),
	(null, 'app.function_name({org}, {backup})', 'Backup and recovery'),
	(null, 'app.function_name({org2}, {backup})', 'null'),
	(null, 'app.require_known({a})', ''),
	(null, 'app.require_known(null)', 'N2004'),
	(null, 'app.person_known(''Ann'', ''A@EXAMPLE.org'')', 'a'),
	(null, 'app.person_known(''Nia New'', ''nia@example.org'') is not null', 'true'),
	(null, 'app.person_known(''Nia New'', ''nia'')',
		'23514 value for domain app.email violates check constraint "email_check"'),
	(null, '{a} in (select app.enrolled({org}))', 'true'),
	(null, '{q} in (select app.enrolled({org}))', 'false'),
	(null, '(select count(*) from app.enrolled(null))', '0'),
	(null, 'array(select party from app.party_group({org}, {host}))', 'host'),
	(null, 'array(select party from app.party_group({org2}, {host}))', '{}'),
	(null, 'array(select organisation from app.leads_over({a}))', 'org'),
	(null, '(select leads from app.leads_over({a}))', 'l'),
	(null, '(select count(*) from app.leads_over({z}))', '0'),
	-- functions
	(null, 'array(select function from app.function_with_subs({org}, array[{backup}]))', 'backup restore'),
	(null, 'array(select function from app.function_with_subs({org}, ''{}''))', '{}'),
	(null, 'array(select function from app.function_with_parents({org}, array[{restore}]))', 'backup restore'),
	(null, 'array(select function from app.function_with_parents({org}, null))', '{}'),
	(null, 'array(select function from app.function_carried({org}, array[{hr}]))', 'hr payroll'),
	(null, 'array(select function from app.function_carried({org}, array[{backup}]))', 'backup restore'),
	(null, 'array(select function from app.functions_of({org}, {ob}))', 'backup restore'),
	(null, 'array(select function from app.functions_of({org}, {z}))', '{}'),
	(null, 'array(select function from app.functions_of({org2}, {ob}))', '{}'),
	(null, 'app.audit_functions({audit})', 'access backup cards'),
	(null, 'app.audit_functions(null)', '{}'),
	(null, 'app.audit_functions_of_part({audit}, {part-cards})', 'cards'),
	(null, 'app.audit_functions_of_part({audit}, null)', 'access backup cards'),
	(null, 'app.judged_functions({org}, {audit}, {part-backup})', 'backup'),
	(null, 'app.judged_functions({org}, {audit}, null)', 'access backup cards'),
	(null, 'app.judged_functions({org2}, {audit}, null)', '{}'),
	(null, 'app.in_scope({part-backup}, array[{restore}])', 'true'),
	(null, 'app.in_scope({part-backup}, array[{backup}, {cards}])', 'false'),
	(null, 'app.in_scope({part-backup}, ''{}'')', 'true'),
	(null, 'app.unconfirmed_functions({org}, {audit-fresh})', '{"Backup and recovery"}'),
	(null, 'app.unconfirmed_functions({org}, {audit})', '{}'),
	-- claims
	(null, 'app.lengthened(''[2026-01-31,2026-03-31)'', 24)', '[2024-01-31,2028-03-31)'),
	(null, 'app.lengthened(''[2026-03-31,)'', 1)', '[2026-02-28,)'),
	(null, 'app.lengthened(''(,)'', 24)', '(,)'),
	(null, 'app.lengthened(''empty'', 24)', 'empty'),
	(null, 'app.lengthened(null, 24)', 'null'),
	(null, 'app.fact_from(''INSERT'', current_date - 1, null, null) = current_date - 1', 'true'),
	(null, 'app.fact_from(''INSERT'', current_date, null, null)', 'null'),
	(null, 'app.fact_from(''INSERT'', current_date + 1, null, null)', 'null'),
	(null, 'app.fact_from(''UPDATE'', current_date - 9, current_date - 5, current_date - 2) = current_date - 4',
		'true'),
	(null, 'app.fact_from(''UPDATE'', current_date - 9, current_date, null)', 'null'),
	(null, 'app.fact_from(''UPDATE'', current_date - 9, current_date - 2, current_date - 5)', 'null'),
	(null, 'app.fact_from(''UPDATE'', current_date - 9, null, current_date)', 'null'),
	(null, '(select count(*) from app.excluded_pairs(''administrator''))', '3'),
	(null, '(select count(*) from app.excluded_pairs(''observer''))', '5'),
	(null, '(select count(*) from app.excluded_pairs(''auditee''))', '1'),
	(null, '(select count(*) from app.excluded_pairs(null))', '0'),
	(null,
		'(select pair from app.excluded_pairs(''management'') intersect select pair from '
		'app.excluded_pairs(''auditor'')) is not null', 'true'),
	(null,
		'(select pair from app.excluded_pairs(''programme_manager'') intersect select pair from '
		'app.excluded_pairs(''auditor''))', 'null'),
	(null, 'array(select object from app.claims_of_responsibility({org}, {r-ob}))', 'backup restore'),
	(null, '(select count(*) from app.claims_of_responsibility({org2}, {r-ob}))', '0'),
	(null, '(select count(*) from app.claims_of_responsibility({org}, null))', '0'),
	(null, '(select string_agg(rule || side, '' '') from app.claims_of_operation({org}, {n-host}))', 'S2operates'),
	(null, '(select string_agg(distinct rule || '' '' || side, '' '') from app.claims_of_certification({org}, {cert}))',
		'S3 certifies'),
	(null, '(select count(*) from app.claims_of_membership({org}, {membership-m2}))', '3'),
	(null, '(select count(*) from app.claims_of_membership({org}, {membership-ob}))', '1'),
	(null, '(select string_agg(distinct rule, '' '' order by rule) from app.claims_of_assignment({org}, {as-a}))',
		'S1 S3 S4'),
	(null, '(select count(*) from app.claims_of_assignment({org2}, {as-a}))', '0'),
	(null,
		'array(select distinct object from app.claims_to_judge({org}, {audit}, {part-cards}, {c}, current_date) where '
		'rule = ''S1'')', 'cards'),
	(null,
		'array(select distinct object from app.claims_to_judge_functions({org}, array[{backup}], current_date - 365, '
		'{a}, current_date) where rule = ''S1'')', 'backup restore'),
	(null,
		'array(select distinct object from app.claims_to_judge_functions({org}, ''{}'', current_date - 365, {a}, '
		'current_date) where rule = ''S1'')', '{}'),
	(null,
		'select app.claims_set({org}, {z}, array[row(''S5'', {z}, {f-issued}, ''hands'', ''(,)'')::app.claim_row]) => '
		'(select count(*) from app.claim where source = {z})', '1'),
	(null, 'select app.claims_set({org}, {r-ob}, ''{}'') => (select count(*) from app.claim where source = {r-ob})',
		'0'),
	(null,
		'select app.claim_add(''S5'', {z}, {f-issued}, ''hands'', ''(,)'', {f-issued}) => (select count(*) from '
		'app.claim where subject = {z} and object = {f-issued})', '1'),
	(null, 'app.claim_add(''S5'', {b}, {f-issued}, ''hands'', ''(,)'', {f-issued})', 'S5'),
	(null, 'app.claim_add(''S4'', {a}, {audit}, ''arranges'', ''[2000-01-01,)'', {audit})', 'S4'),
	(null,
		'select app.hands({f-issued}, array[{z}, null, {z}]) => (select count(*) from app.claim where subject = {z} '
		'and object = {f-issued} and side = ''hands'')', '1'),
	(null, 'app.hands({f-issued}, array[{b}])', 'S5'),
	('c',
		'select app.judges({f-issued}) => (select count(*) from app.claim where subject = {c} and object = {f-issued} '
		'and side = ''judges'')', '1'),
	('d', 'app.judges({f-accepted})', 'S5'),
	(null, 'app.judged_by({f-issued}, {b})', 'true'),
	(null, 'app.judged_by({f-issued}, {c})', 'false'),
	(null, 'app.judged_by(null, {b})', 'false'),
	(null,
		'select app.arranges({audit}, {z}) => (select count(*) from app.claim where subject = {z} and rule = ''S4'')',
		'1'),
	(null, 'app.arranges({audit}, {a})', 'S4'),
	(null,
		'select app.arranges({audit}, {p}) => (select count(*) from app.claim where subject = {p} and rule = '
		'''S4'' and object = {audit})', '1'),
	(null, '(select count(*) from app.check_claims())', '0'),
	(null, 'delete from app.claim where source = {r-ob} => (select count(*) > 0 from app.check_claims())', 'true'),
	(null,
		'(select rule || '' '' || (data ->> ''function'') from app.responsible_reasons({org}, {o}, array[{backup}], '
		'{audit}))', 'S1 backup'),
	(null, '(select count(*) from app.responsible_reasons({org}, {a}, array[{backup}], {audit}))', '0'),
	(null, '(select count(*) from app.responsible_reasons({org}, {o}, ''{}'', {audit}))', '0'),
	(null,
		'(select string_agg(rule, '' '') from app.reasons_against({org}, {audit}, {part-backup}, {o}, current_date))',
		'S1'),
	(null,
		'(select string_agg(distinct rule, '' '') from app.reasons_against({org}, {audit}, {part-cards}, {s}, '
		'current_date))', 'S2'),
	(null,
		'(select string_agg(distinct rule, '' '') from app.reasons_against({org}, {audit}, {part-cards}, {k}, '
		'current_date))', 'S3'),
	(null, '(select count(*) from app.reasons_against({org}, {audit}, {part-cards}, {d}, current_date))', '0'),
	(null, '(select count(*) from app.reasons_met({org}, ''{}'', {a}, {audit}))', '0'),
	(null,
		'(select rule from app.reasons_met({org}, array[row(''S1'', {ob}, {backup}, ''judges'', '
		'''[2000-01-01,)'')::app.claim_row], {ob}, {audit}))', 'S1'),
	('y', '(select string_agg(distinct rule, '' '') from app.s4_reasons({audit}, ''{}''))', 'S4'),
	('x', '(select count(*) from app.s4_reasons({audit}, ''{}''))', '0'),
	('x', '(select rule from app.s4_reasons({audit}, array[{x}]))', 'S4'),
	('x', '(select count(*) from app.proposal_reasons({audit}, {a}))', '0'),
	('y', '(select string_agg(rule, '' '') from app.proposal_reasons({audit}, {a}))', 'S4'),
	('p', '(select string_agg(rule, '' '') from app.proposal_reasons({audit}, {a}))', 'S4'),
	('p', '(select string_agg(rule, '' '') from app.proposal_reasons({audit}, {p}))', 'S4 S4'),
	('p', 'app.refuse_proposer({audit}, {a})', ''),
	('p', 'app.refuse_proposer({audit}, {p})', 'S4'),
	('l', 'app.refuse_proposer({audit}, {a})', 'S4'),
	('m', '(select count(*) from app.group_reasons({own}))', '0'),
	('m', '(select string_agg(rule, '' '') from app.group_reasons({mill}))', 'S2'),
	('ob', '(select count(*) from app.group_reasons({host}))', '0'),
	('oc', '(select string_agg(rule, '' '') from app.group_reasons({host}))', 'S2'),
	('m', 'app.refuse_group({host}, true)', ''),
	('m', 'app.refuse_group({mill}, true)', 'S2'),
	('m', 'app.refuse_group({mill}, false)', ''),
	('m', '(app.group_refusal({mill})).say', 's2.group'),
	('m', '(app.group_refusal({host})).say', 'null'),
	(null, 'app.words(''a'', ''{}'')', 'P0001 there is no sentence a'),
	(null, '(app.no_met(app.say(''lapse.began''), app.because(''S2'', ''s2.in_party''))).say', 's9.met'),
	(null, 'app.said(app.say_days(''2000-01-01'', null))', ' since 2000-01-01'),
	(null, 'app.said(app.say_days(''2000-01-01'', ''2001-01-01''))', ' until 2001-01-01'),
	(null, '(app.explain_arranges({org}, {audit}, {p})).rule', 'S4'),
	(null, '(app.explain_certifies({org}, {cert}, {body}, {k}, {audit})).rule', 'S3'),
	(null, '(app.explain_judging({org}, {as-a}, ''S1'')).rule', 'S9'),
	(null, '(app.explain_operates({org}, {n-host}, {cards}, {s}, {audit})).rule', 'S2'),
	(null, '(app.explain_responsible({org}, {r-o}, {backup}, {audit})).rule', 'S1'),
	(null,
		'(app.explain_responsible({org}, {r-ob}, {backup}, null)).message ~ ''^Otto Backup owns Backup and recovery''',
		'true'),
	(null,
		'(select string_agg(reference || '' '' || rule, '','') from app.bound_verifiers({org}, array[row(''S1'', {e}, '
		'{backup}, ''responsible'', ''[2000-01-01,)'')::app.claim_row]))', 'IA-2026-01-F-18 S1'),
	(null, '(select count(*) from app.bound_verifiers({org}, ''{}''))', '0'),
	(null,
		'array(select distinct assignment from app.met_assignments({org}, array[row(''S1'', {c}, {cards}, '
		'''responsible'', ''[2000-01-01,)'')::app.claim_row]) where assignment = {as-c})', 'as-c'),
	(null, '(select count(*) from app.met_assignments({org}, ''{}''))', '0'),
	(null,
		'(select count(*) from app.met_after({org}, array[row(''S1'', {c}, {cards}, ''responsible'', '
		'''[2000-01-01,)'')::app.claim_row]))', '0'),
	(null, '(select count(*) from app.met_after({org}, ''{}''))', '0'),
	(null,
		'(select count(*) from app.met_acts({org}, array[row(''S1'', {a}, {backup}, ''responsible'', '
		'''[2000-01-01,)'')::app.claim_row]))', '1'),
	(null, '(select count(*) from app.met_acts({org}, ''{}''))', '0'),
	(null,
		'app.meet_judging({org}, {r-ob}, array[row(''S1'', {a}, {backup}, ''responsible'', daterange(current_date, '
		'null))::app.claim_row], false, current_date, app.say(''lapse.began''))', 'S9'),
	(null,
		'select app.meet_judging({org}, {r-ob}, array[row(''S1'', {a}, {backup}, ''responsible'', '
		'daterange(current_date - 90, null))::app.claim_row], true, current_date - 90, app.say(''lapse.began'')) => '
		'(select count(*) from app.impairment where person = {a} and audit = {audit})', '1'),
	(null,
		'select app.impair({org}, {as-c}, ''S1'', {r-oc}, current_date - 9, app.say(''lapse.began'')) => '
		'(select explanation ->> ''id'' from app.impairment where assignment = {as-c})', 'lapse.began'),
	(null,
		'select app.impair_acts({org}, {audit}, {part-cards}, {c}) => (select impaired_person from app.check where id '
		'= {check-cards})', 'c'),
	(null,
		'select app.impair_acts({org}, {audit}, {part-backup}, {c}) => (select impaired_person from app.check where '
		'id = {check-cards})', 'null'),
	(null,
		'select app.impair_findings({org}, array[{f-issued}], {b}) => (select impaired_person from app.finding where '
		'id = {f-issued})', 'b'),
	(null,
		'select app.impair_findings({org}, array[{f-issued}], {c}) => (select impaired_person from app.finding where '
		'id = {f-issued})', 'null'),
	(null,
		'delete from app.claim where source = {as-a}; select app.audit_claims_again({org}, {audit}) => (select '
		'count(*) > 0 from app.claim where source = {as-a})', 'true'),
	(null,
		'delete from app.claim where source = {cert}; select app.certification_claims_again({org}, {body}, false, '
		'current_date) => (select count(*) > 0 from app.claim where source = {cert})', 'true'),
	(null,
		'update app.certification set kind = ''attestation'', party = {firm} where id = {cert}; select '
		'app.derive_attestation_interests({org}, {firm}) => (select distinct person from app.interest where kind = '
		'''attestation'')', 'l'),
	(null,
		'create temp table was as select touched from app.audit where id = {audit}; select app.touch({org}, '
		'array[{own}], array[{a}], array[{backup}], array[{audit}]) => (select a.touched - w.touched from app.audit '
		'a, was w where a.id = {audit})', '1'),
	(null, 'app.touch({org}, null, null, null, null)', ''),
	('x', '(app.lock_team({audit}, ''{}'')).id', 'audit'),
	('x', '(app.lock_team({z}, ''{}'')).id', 'null'),
	('x', '(app.lock_audit({audit})).id', 'audit'),
	('x', 'app.lock_audit({z})', 'N2004'),
	('q', 'app.lock_audit({audit})', 'N2004'),
	('a', '(app.lock_finding({f-issued})).id', 'f-issued'),
	('a', 'app.lock_finding(null)', 'N2004'),
	-- refusals
	(null, 'app.refuse(''place'', ''No.'')', 'place'),
	(null, 'app.refuse_forbidden(''{auditor}'')', 'N2002'),
	(null, 'app.refuse_list(''plan'', ''These lack:'', ''{a,b}'')', 'plan'),
	(null, 'app.refuse_list(''plan'', ''These lack:'', ''{}'')', ''),
	(null, 'app.refuse_reasons(''{}'')', ''),
	(null, 'app.refuse_reasons(array[app.because(''S2'', ''s2.in_party'')])', 'S2'),
	(null, '(app.reasons_refusal(array[app.because(''S2'', ''s2.in_party'')])).say', 's2.in_party'),
	(null, '(app.reasons_refusal(array[app.because(''S2'', ''s2.in_party''), app.because(''S3'', ''s3'')])).say',
		'reasons'),
	(null, 'app.reasons_refusal(''{}'')', 'null'),
	('x', 'app.require_seen(''party'', {own})', ''),
	('x', 'app.require_seen(''function'', null)', ''),
	('x', 'app.require_seen(''person'', {audit})', 'N2004'),
	('x', 'app.management_needs(''auditor'', ''membership.management_given'')', 'null'),
	('x', '(app.management_needs(''management'', ''membership.management_given''))[1].say',
		'membership.management_given'),
	('m', 'app.management_needs(''management'', ''membership.management_given'')', 'null'),
	(null, 'app.invite_refusal({z})', 'null'),
	(null, '(app.invite_refusal({m})).say', 'invitation.management'),
	('l', 'app.lead_refusal({audit})', 'null'),
	('b', '(app.lead_refusal({audit})).say', 'place.lead'),
	(null, '(select array_agg(rule order by ordinal) from app.helps())',
		'{S1,S2,S3,S4,S5,S6,S7,S8,S9,S10,S11,S12,S13,roles,place}'),
	(null, '(select count(*) from app.transitions() where noun = ''ending'')', '5'),
	(null, '(select count(*) from app.sentences() group by id having count(*) > 1)', 'null'),
	(null, 'app.require_version(2, 2)', ''),
	(null, 'app.require_version(2, 1)', 'N2005'),
	(null, 'app.require_version(2, 1, {a})', 'N2005'),
	(null, 'app.require_version(2, null)', 'N2005'),
	(null, 'app.require_version(2, 2, {a})', ''),
	(null, 'app.require_state(''open'', ''{open,done}'')', ''),
	(null, 'app.require_state(''closed'', ''{open,done}'')', 'N2006'),
	(null, 'app.require_state(''closed'', ''{}'')', 'N2006'),
	-- who learns of what
	(null, 'app.audience(''party'', {org}, {own})', 'as directory'),
	(null, 'app.audience(''nothing'', {org}, {own})', 'as administrator own'),
	(null, 'app.audience_build() > 30', 'true'),
	(null, 'app.roles_audience({org})', 'as administrator as management as programme_manager'),
	(null, 'app.role_token({org}, ''auditor'') <> app.role_token({org2}, ''auditor'')', 'true'),
	(null, 'app.audience_organisation({org}, {org})',
		'as administrator as auditee as auditor as management as observer as programme_manager'),
	(null, 'app.audience_person({org}, {a})', 'a as directory'),
	(null, 'app.audience_party({org}, {own})', 'as directory'),
	(null, 'app.audience_membership({org}, {membership-ob})', 'as directory ob'),
	(null, 'app.audience_affiliation({org}, {affiliation-ob})', 'as directory ob'),
	(null, 'app.audience_affiliation({org2}, {affiliation-ob})', 'null'),
	(null, 'app.audience_certification({org}, {cert})', 'as directory'),
	(null, 'app.audience_ending({org}, {ending})', 'as directory o'),
	(null, 'app.audience_function({org}, {backup})', 'as directory backup'),
	(null, 'app.audience_responsibility({org}, {r-ob})', 'as directory backup ob'),
	(null, 'app.audience_operation({org}, {n-host})', 'as directory cards'),
	(null, 'app.audience_audit({org}, {audit-fresh})',
		'a as administrator as management as programme_manager audit-fresh backup restore'),
	(null, 'app.audience_part({org}, {part-fresh})',
		'a as administrator as management as programme_manager audit-fresh backup restore'),
	(null, 'app.audience_assignment({org}, {as-b}) = app.audience_audit({org}, {audit})', 'true'),
	(null, 'app.audience_confirmation({org}, {confirmation}) = app.audience_audit({org}, {audit})', 'true'),
	(null, 'app.audience_competence({org}, {competence-e})', 'as administrator as management as programme_manager e'),
	(null, 'app.audience_declaration({org}, {dec-a})', 'a as administrator as management as programme_manager audit'),
	(null, 'app.audience_interest({org}, {interest})', 'as administrator as management as programme_manager audit b'),
	(null, 'app.audience_safeguard({org}, {safeguard})', 'as administrator as management as programme_manager audit b'),
	(null, 'app.audience_impairment({org}, {impairment})',
		'as administrator as management as programme_manager audit h'),
	(null, 'app.audience_proposal({org}, {proposal})', 'as administrator as management as programme_manager y'),
	(null, 'app.audience_check({org}, {check})', 'part-backup'),
	(null, 'app.audience_check({org2}, {check})', 'null'),
	(null, 'app.audience_request({org}, {request-cards})', 'cards part-cards'),
	(null, 'app.audience_evidence({org}, {ev-papers})', 'b part-backup'),
	(null, 'app.audience_evidence({org}, {ev-request})', 'backup ob part-backup'),
	(null, 'app.audience_evidence({org}, {said-z})', 'z'),
	(null, 'app.audience_attachment({org}, {ev-papers})', 'b part-backup'),
	(null, 'app.audience_finding({org}, {f-draft})', 'part-backup'),
	(null, 'app.audience_finding({org}, {f-shared})', 'backup part-backup'),
	(null, 'app.audience_finding({org}, {f-named})',
		'as administrator as management as programme_manager audit backup d e part-backup'),
	(null, 'app.audience_grading({org}, (select id from app.grading where finding = {f-draft}))', 'part-backup'),
	(null,
		'app.audience_grading({org}, (select id from app.grading where finding = {f-issued})) = '
		'app.audience_finding({org}, {f-issued})', 'true'),
	(null, 'app.audience_dispute({org}, {dispute-alone}) = app.audience_finding({org}, {f-alone})', 'true'),
	(null, 'app.audience_remark({org}, (select id from app.remark)) = app.audience_finding({org}, {f-shared})', 'true'),
	(null, 'app.audience_response({org}, {response-accepted}) = app.audience_finding({org}, {f-accepted})', 'true'),
	(null, 'app.audience_action({org}, {act-accepted}) = app.audience_finding({org}, {f-accepted})', 'true'),
	(null,
		'app.audience_progress({org}, (select id from app.progress where finding = {f-implemented})) = '
		'app.audience_finding({org}, {f-implemented})', 'true'),
	(null, 'app.audience_extension({org}, {extension}) = app.audience_finding({org}, {f-accepted})', 'true'),
	(null, 'app.audience_verification({org}, {verification}) = app.audience_finding({org}, {f-verified})', 'true'),
	(null, 'app.audience_release({org}, {release-published})', 'as management release-published'),
	(null, 'app.audience_publication({org}, (select id from app.publication where release = {release-published}))',
		'as management m'),
	(null, 'app.audience_reading({org}, (select id from app.reading))', 'as management l m'),
	(null, 'array(select token from app.holding({org}, {z}))', 'as auditee as directory z'),
	(null, 'array(select token from app.holding({org}, {w}))', 'as observer w'),
	(null, 'array(select token from app.holding({org2}, {z}))', 'z'),
	(null, 'array(select token from app.release_holding({v}, {org}))', 'release-published'),
	(null, 'array(select token from app.release_holding({z}, {org}))', '{}'),
	(null, '(select until = current_date + 30 from app.release_holding({v}, {org}))', 'true'),
	-- the team
	(null, 'app.team_all()', '{lead,auditor,technical_expert,trainee}'),
	(null, 'app.team_auditors()', '{lead,auditor}'),
	(null, 'app.team_lead()', '{lead}'),
	('a', 'app.team_role({part-backup})', 'auditor'),
	('l', 'app.team_role({part-backup})', 'lead'),
	('c', 'app.team_role({part-backup})', 'null'),
	('a', 'app.team_role({part-fresh})', 'null'),
	(null, 'app.team_role({part-backup})', 'null'),
	(null, 'app.team({org}, {part-backup}, {a})', 'true'),
	(null, 'app.team({org}, {part-backup}, {c})', 'false'),
	(null, 'app.team({org2}, {part-backup}, {a})', 'false'),
	(null, 'array(select audit from app.assignments_of({org}, {n}))', 'audit'),
	(null, 'app.on_team({audit}, {a})', 'true'),
	(null, 'app.on_team({audit}, {h})', 'false'),
	(null, 'app.on_team({audit}, {z})', 'false'),
	(null, 'app.on_team(null, {a})', 'false'),
	('a', 'app.undeclared({part-fresh})', 'true'),
	('z', 'app.undeclared({part-backup})', 'false'),
	(null, 'app.undeclared({org}, {audit-fresh})', '{"Ann Auditor"}'),
	(null, 'app.undeclared({org}, {audit})', '{}'),
	(null, 'app.undeclared({org2}, {audit-fresh})', '{}'),
	('a', 'app.require_team({part-backup}, app.team_auditors())', 'auditor'),
	('a', 'app.require_team({part-fresh}, app.team_auditors())', 'S7'),
	('z', 'app.require_team({part-backup}, app.team_all())', 'place'),
	('n', 'app.require_team({part-backup}, app.team_auditors())', 'S12'),
	('n', 'app.require_team({part-backup}, app.team_all())', 'trainee'),
	('l', 'app.place_lead({audit})', ''),
	('a', 'app.place_lead({audit})', 'place'),
	('z', 'app.place_lead({audit})', 'place'),
	(null, 'app.require_off_team({audit}, array[{z}, {d}])', ''),
	(null, 'app.require_off_team({audit}, array[{z}, {a}])', 'S5'),
	(null, 'app.require_off_team({audit}, ''{}'')', ''),
	('a', 'app.require_scope({audit}, {part-backup}, array[{restore}], array[{A.8.13}])', ''),
	('a', 'app.require_scope({audit}, {part-backup}, array[{cards}], array[{A.8.13}])', 'scope'),
	('a', 'app.require_scope({audit}, {part-backup}, array[{backup}], array[{requirement-own}])', 'criteria'),
	(null, 'array(select message from app.competence_reasons({org}, {audit}, {a}, ''lead'')) <> ''{}''', 'true'),
	(null, '(select count(*) from app.competence_reasons({org}, {audit}, {l}, ''lead''))', '0'),
	(null, '(select count(*) from app.competence_reasons({org}, {audit}, {z}, ''trainee''))', '0'),
	(null, '(select count(*) > 0 from app.competence_reasons({org}, {audit}, {z}, ''auditor''))', 'true'),
	(null, 'app.competence_rests({c})',
		'audit audit-ended audit-planned audit-prepared audit-published audit-reporting'),
	(null, 'app.competence_rests({z})', '{}'),
	(null, '(select count(*) from app.counting_competences({org}, {audit}) c where c.person = {a})', '1'),
	(null, '(select count(*) from app.counting_competences({org2}, {audit}))', '0'),
	(null, '(select count(*) from app.uncovered_criteria({org}, {audit}))', '0'),
	(null,
		'update app.competence set valid_until = current_date where valid_until > current_date => (select count(*) > '
		'0 from app.uncovered_criteria({org}, {audit}))', 'true'),
	(null, 'app.refuse_incompetent({org}, {audit}, {z}, ''auditor'')', 'roles'),
	(null, 'app.refuse_incompetent({org}, {audit}, {z}, ''trainee'')', 'roles'),
	(null, 'app.refuse_incompetent({org}, {audit}, {a}, ''lead'')', 'S12'),
	('x', '(select string_agg(k, '' '' order by k) from jsonb_object_keys(app.eligibility({audit}, ''auditor'')) k)',
		'parts'),
	('x',
		'select app.end_assignment({org}, {as-c}, ''x'', null, false, false) => (select end_reason from '
		'app.assignment where id = {as-c} and ended_on = current_date)', 'x'),
	('x',
		'select app.end_assignment({org2}, {as-c}, null, app.say(''lapse.began''), false, false) => (select ended_on '
		'from app.assignment where id = {as-c})', 'null'),
	(null,
		'select app.lapse_declarations({org}, array[{cards}], app.say(''lapse.began'')) => exists (select from '
		'app.declaration where assignment = {as-c} and lapse_reason = app.say(''lapse.began''))', 'true'),
	(null,
		'select app.lapse_declarations({org}, array[{payroll}], app.say(''lapse.carried'')) => exists (select from '
		'app.declaration where assignment = {as-c} and lapse_reason = app.say(''lapse.carried''))', 'false'),
	('x', 'app.do_assign({audit}, {part-cards}, {g}, ''auditor'', {x}, null) is not null', 'true'),
	('x', 'app.do_assign({audit}, {part-backup}, {o}, ''auditor'', {x}, null)', 'S1'),
	('x',
		'app.do_competence({e}, ''lead'', null, ''Plumb'', null, ''Interview'', current_date, current_date, {x}, '
		'true) is not null', 'true'),
	('x',
		'app.do_competence({e}, ''lead'', null, ''Plumb'', {e}, ''Interview'', current_date, current_date, {x}, true)',
		'23514 new row for relation "competence" violates check constraint "competence_by_someone_else"'),
	('x',
		'select app.do_end_assignment({as-n}, ''x'', {x}, null) => (select ended_by from app.assignment where id = '
		'{as-n})', 'x'),
	('x', 'app.do_end_assignment({as-h}, ''x'', {x}, null)', 'N2006'),
	('x', 'app.do_safeguard({interest}, ''second_auditor'', ''x'', {x}, null)', 'N2006'),
	('x', 'app.do_safeguard({interest-open}, ''second_auditor'', ''x'', {x}, null) is not null', 'true'),
	('p', '(select rule from app.proposal_reasons({audit}, {g}))', 'S4'),
	('x', '(select count(*) from app.proposal_reasons({audit}, {g}))', '0'),
	('x', '(select rule from app.proposal_reasons({audit}, {x}))', 'S4'),
	('p', 'app.refuse_proposer({audit}, {g})', ''),
	('p', 'app.refuse_proposer({audit}, {p})', 'S4'),
	('a', 'app.refuse_proposer({audit}, {g})', 'S4'),
	('x', 'app.propose(''assignment.assign'', ''{}'', {audit}, {d}, null, ''x'') is not null', 'true'),
	(null, 'app.possible_management((select p from app.proposal p where id = {proposal}))', '2'),
	(null, 'app.free_management((select p from app.proposal p where id = {proposal}))', '2'),
	('m',
		'select app.decide_proposal({proposal}, 1, false, ''No.'') => (select state from app.proposal where id = '
		'{proposal})', 'declined'),
	('y', 'app.decide_proposal({proposal}, 1, true, null)', 'S4'),
	('m',
		'select app.decide_ending((select e from app.ending e where id = {ending}), true, null) => (select state from '
		'app.ending where id = {ending})', 'countersigned'),
	('m', 'app.ending_refusal((select e from app.ending e where id = {ending}))', 'null'),
	('x', '(app.ending_refusal((select e from app.ending e where id = {ending}))).say', 's13.own'),
	('m',
		'select app.lock_ending((select e from app.ending e where id = {ending})) => (select touched > 0 from '
		'app.enrolment where person = {m})', 'true'),
	(null, 'app.ending_functions((select e from app.ending e where id = {ending}))', 'backup'),
	(null, 'app.require_until(current_date, null)', ''),
	(null, 'app.require_until(current_date, current_date)', ''),
	(null, 'app.require_until(current_date, current_date - 1)', 'N2602'),
	('x',
		'select app.end_period(''affiliation'', {affiliation-u}, current_date, ''x'') => (select until_date = '
		'current_date and counts_until = current_date from app.affiliation where id = {affiliation-u})', 'true'),
	('x',
		'select app.end_period(''affiliation'', {affiliation-u}, current_date - 1, null, '
		'app.say(''ending.with_record'')) => (select counts_until = current_date from app.affiliation where id = '
		'{affiliation-u})', 'true'),
	('x', 'app.end_period(''affiliation'', {affiliation-u}, ''2000-01-01'', ''x'')', 'N2602'),
	('b',
		'app.declared_responsibility({as-b}, jsonb_build_object(''function'', {payroll}, ''kind'', ''operates'', '
		'''from_date'', current_date))', 'N2602'),
	('b',
		'select app.declared_responsibility({as-b}, jsonb_build_object(''function'', {restore}, ''kind'', '
		'''operates'', ''from_date'', current_date - 9)) => (select kind from app.responsibility where person = {b})',
		'operates'),
	('b',
		'app.declared_responsibility({as-b}, jsonb_build_object(''function'', {backup}, ''kind'', ''operates'', '
		'''from_date'', current_date + 1))', 'N2602'),
	-- audits, checks, requests
	('p', 'app.audit_next_reference(''internal'', ''2031-01-31'')', 'IA-2031-01'),
	('p', 'app.audit_next_reference(''supplier'', ''2031-01-31'')', 'SA-2031-01'),
	('p', 'app.audit_next_reference(''internal'', current_date) <> all (array(select reference from app.audit))',
		'true'),
	(null, 'app.next_number(''check'', {audit}) = (select max(number) + 1 from app.check where audit = {audit})',
		'true'),
	(null, 'app.next_number(''finding'', {audit-fresh})', '1'),
	(null, 'app.next_number(''nothing'', {audit})', '1'),
	(null, 'app.reference_of(''IA-2026-01'', ''F'', 3)', 'IA-2026-01-F-03'),
	(null, 'app.reference_of(''IA-2026-01'', ''F'', 103)', 'IA-2026-01-F-103'),
	(null, 'app.reference_of(null, ''F'', 3)', '-F-03'),
	('l',
		'select app.audit_move({audit-prepared}, (select version from app.audit where id = {audit-prepared}), '
		'''{prepared}'', ''fieldwork'') => (select state from app.audit where id = {audit-prepared})', 'fieldwork'),
	('l', 'app.audit_move({audit}, 999, ''{prepared}'', ''fieldwork'')', 'N2005'),
	('l', 'app.audit_move({audit}, (select version from app.audit where id = {audit}), ''{prepared}'', ''fieldwork'')',
		'N2006'),
	(null, 'app.checks_without_result({audit})', '{}'),
	(null, 'app.checks_without_result(null)', '{}'),
	(null, 'app.requirements_without_check({audit})', '{9.2.1}'),
	(null, 'app.requirements_without_check({audit-fresh})', '{9.2.1,A.8.13}'),
	(null, 'app.findings_without_verifier({audit-fresh})', '{}'),
	(null, 'cardinality(app.findings_without_verifier({audit})) > 5', 'true'),
	('l',
		'select app.leave_uncovered({audit}, jsonb_build_array(jsonb_build_object(''requirement'', {9.2.1}, '
		'''reason'', ''No time.''))) => (select not_covered from app.audit_requirement where audit = {audit} and '
		'requirement = {9.2.1})', 'No time.'),
	('b',
		'(app.check_for({check}, (select version from app.check where id = {check}), app.team_auditors(), '
		'''{fieldwork}'')).id', 'check'),
	('c', 'app.check_for({check}, 1, app.team_auditors(), ''{fieldwork}'')', 'N2004'),
	('b', 'app.check_for({check}, 999, app.team_auditors(), ''{fieldwork}'')', 'N2005'),
	('b',
		'app.check_for({check}, (select version from app.check where id = {check}), app.team_auditors(), '
		'''{planned}'')', 'N2006'),
	('n', 'select app.check_entered({check}) => (select review_needed from app.check where id = {check})', 'true'),
	('b', 'select app.check_entered({check}) => (select review_needed from app.check where id = {check})', 'false'),
	('ob',
		'(app.request_for({request}, (select version from app.evidence_request where id = {request}), '
		'''{requested}'', false)).id', 'request'),
	('ob', 'app.request_for({request}, 1, ''{requested}'', true)', 'place'),
	('z', 'app.request_for({request}, 1, ''{requested}'', false)', 'N2004'),
	('b', 'app.request_for({request}, 1, ''{accepted}'', true)', 'N2006'),
	(null, 'array(select rule from app.release_blockers({audit-fresh}))', '{S7,conclusion,recipient}'),
	(null, '(select count(*) > 0 from app.release_blockers({audit}))', 'true'),
	(null, '(select count(*) from app.release_blockers(null))', '0'),
	(null, 'array(select o.data ->> ''verb'' from app.release_obstacles({audit-fresh}) o)',
		'{declaration.confirm,audit.conclude,audit.name_recipient}'),
	(null, '(app.blocker(''S7'', ''unconfirmed'', ''{}'', ''declaration.confirm'')).say', 'release.unconfirmed'),
	(null, '(app.release_needs((select a from app.audit a where id = {audit-fresh})))[1].data ->> ''count''', '3'),
	(null, '(app.release_needs((select a from app.audit a where id = {audit-published})))[1].say',
		'release.no_revision'),
	(null, 'app.revised_refusal((select r from app.release r where id = {release-published}))', 'null'),
	-- evidence and its bytes
	(null, 'app.chunk_size()', '262144'),
	(null, 'app.chunks_of(0)', '0'),
	(null, 'app.chunks_of(1)', '1'),
	(null, 'app.chunks_of(262144)', '1'),
	(null, 'app.chunks_of(262145)', '2'),
	(null, 'app.chunks_of(null)', 'null'),
	(null, 'app.chunks_stored({org}, {ev-uploading})', '1'),
	(null, 'app.chunks_stored({org}, {ev-request})', '0'),
	(null, 'app.chunks_stored({org2}, {ev-uploading})', '0'),
	(null, 'app.evidence_received({org}, {ev-uploading}, 3)', '3'),
	(null, 'app.evidence_received({org}, {ev-uploading}, 300000)', '262144'),
	(null, 'app.evidence_received({org}, {ev-request}, 9)', '0'),
	(null, 'app.from_outside({ev-supplier})', 'true'),
	(null, 'app.from_outside({ev-issued})', 'false'),
	(null, 'app.from_outside(null)', 'false'),
	(null, 'jsonb_array_length(app.attached({org}, {check}))', '1'),
	(null, 'app.attached({org}, {check-cards})', '[]'),
	(null, 'app.attached({org2}, {check})', '[]'),
	('ob',
		'select app.attach_all(array[{ev-request}], ''request'', {request}, {audit}, {part-backup}, {backup}, null) '
		'=> (select count(*) from app.attachment where subject = {request})', '1'),
	('ob', 'app.attach_all(array[{ev-uploaded}], ''request'', {request}, {audit}, {part-backup}, {backup}, null)',
		'uploading'),
	('ob', 'app.attach_all(array[{ev-papers}], ''request'', {request}, {audit}, {part-backup}, {backup}, null)',
		'N2004'),
	('ob', 'app.attach_all(null, ''request'', {request}, {audit}, {part-backup}, {backup}, null)', ''),
	('ob', 'app.ticket_issue({ev-uploading}, ''up'') ? ''ticket''', 'true'),
	('ob', '(app.upload_of_mine({ev-uploading}, ''Not yours.'')).id', 'ev-uploading'),
	('z', 'app.upload_of_mine({ev-uploading}, ''Not yours.'')', 'N2004'),
	('l', 'app.upload_of_mine({ev-request}, ''Not yours.'')', 'place'),
	(null,
		'app.require_all_bytes((select jsonb_populate_record(e, ''{"size": 300000}'') from app.evidence e where e.id '
		'= {ev-uploading}))', 'incomplete'),
	(null, 'app.require_all_bytes((select e from app.evidence e where e.id = {ev-uploaded}))', ''),
	('+ob', '(app.ticket_reply({ev-uploading}, ''up'') -> ''next_chunk'')::text', '1'),
	(null,
		'encode(app.chunk_read(row(null, {org}, null, null, {ev-uploading}, ''down'', null)::app.ticket, 0), '
		'''escape'')', 'one'),
	(null, 'app.chunk_read(row(null, {org}, null, null, {ev-uploading}, ''down'', null)::app.ticket, 1)', 'null'),
	(null, 'app.chunk_read(row(null, {org2}, null, null, {ev-uploading}, ''down'', null)::app.ticket, 0)', 'null'),
	(null, '(app.upload_line(row(null, {org}, null, {ob}, {ev-uploading}, ''up'', null)::app.ticket)).id',
		'ev-uploading'),
	(null, 'app.upload_line(row(null, {org}, null, {a}, {ev-uploading}, ''up'', null)::app.ticket)', 'N2001'),
	(null, 'app.upload_line(row(null, {org}, null, {ob}, {ev-request}, ''up'', null)::app.ticket)', 'N2001'),
	(null, 'app.chunk_store(row(null, {org}, null, {ob}, {ev-uploading}, ''up'', null)::app.ticket, 5, ''x'')',
		'N2602'),
	(null,
		'update app.evidence set size = 262147 where id = {ev-uploading}; select app.chunk_store(row(null, {org}, '
		'null, {ob}, {ev-uploading}, ''up'', null)::app.ticket, 1, ''two'') => app.chunks_stored({org}, '
		'{ev-uploading})', '2'),
	(null,
		'app.upload_measured(row(null, {org}, null, {ob}, {ev-uploading}, ''up'', null)::app.ticket, sha256(''x''), '
		'sha256(''y''))', 'unmeasured'),
	('ob',
		'select app.upload_end({ev-uploaded}, sha256('''')) => (select state from app.evidence where id = '
		'{ev-uploaded})', 'stored'),
	('ob', 'app.upload_end({ev-uploaded}, sha256(''other''))', 'sha256'),
	('ob', 'select app.upload_open({ev-request}) => (select count(*) from app.upload where evidence = {ev-request})',
		'1'),
	(null, '(app.upload_shown((select e from app.evidence e where id = {ev-uploading})) -> ''next_chunk'')::text', '1'),
	(null,
		'app.download_shown(row(null, {org}, null, null, {ev-request}, ''down'', null)::app.ticket) ->> ''file_name''',
		'ev-request.txt'),
	(null, 'app.download_shown(row(null, {org}, null, null, {ev-uploading}, ''down'', null)::app.ticket)', 'null'),
	-- findings
	('b', '(app.finding_for({f-draft})).id', 'f-draft'),
	('ob', 'app.finding_for({f-draft})', 'N2004'),
	('z', 'app.finding_for({f-issued})', 'N2004'),
	('b', 'app.finding_for(null)', 'N2004'),
	('n', 'select app.finding_entered({f-draft}) => (select review_of from app.finding where id = {f-draft})', 'n'),
	('b', 'select app.finding_entered({f-draft}) => (select review_needed from app.finding where id = {f-draft})',
		'false'),
	(null, 'app.finding_branches({audit}, null)', '[{"in": ["audit"], "column": "audit"}]'),
	(null, 'app.finding_branches(null, {backup})', '[{"in": ["backup"], "column": "addressed"}]'),
	('x', 'app.finding_branches(null, null)', 'null'),
	('z', 'app.finding_branches(null, null) #>> ''{0,column}''', 'audit'),
	(null, 'app.branch(''id'', null)', '[{"in": [], "column": "id"}]'),
	(null, 'app.branch(''id'', array[{a}])', '[{"in": ["a"], "column": "id"}]'),
	(null, 'app.finding_state_today(''issued'', current_date - 1)', 'acknowledged'),
	(null, 'app.finding_state_today(''issued'', current_date)', 'issued'),
	(null, 'app.finding_state_today(''issued'', null)', 'issued'),
	(null, 'app.finding_state_today(''shared'', current_date - 1)', 'shared'),
	(null,
		'update app.finding set acknowledge_by = current_date - 1 where id = {f-issued}; select '
		'app.finding_sweep(100) => (select state from app.finding where id = {f-issued})', 'acknowledged'),
	(null, '(app.compute_grade(''{"requirement_unmet": true, "absent": true}'', false)).grade', 'major'),
	(null, '(app.compute_grade(''{"requirement_unmet": true}'', false)).grade', 'minor'),
	(null, '(app.compute_grade(''{"requirement_unmet": false, "strength": true}'', false)).grade', 'strength'),
	(null, '(app.compute_grade(''{"improvement": true}'', true)).grade', 'opportunity'),
	(null, '(app.compute_grade(''{}'', false)).grade', 'observation'),
	(null, '(app.compute_grade(null, false)).grade', 'observation'),
	('b', 'app.cited(array[{A.8.13}]) #>> ''{0,ref}''', 'A.8.13'),
	('b', 'app.cited(''{}'')', '[]'),
	('b', 'app.cited(array[{requirement-foreign}])', '[]'),
	('b', '(select count(*) from app.earlier_findings({f-draft}, array[{9.2.1}], array[{backup}])) > 5', 'true'),
	('b', '(select bool_or(same_function) from app.earlier_findings({f-draft}, array[{9.2.1}], array[{payroll}]))',
		'false'),
	('b', '(select count(*) from app.earlier_findings({f-draft}, ''{}'', array[{backup}]))', '0'),
	(null, '{f-issued} = any (app.repeated((select f from app.finding f where id = {f-released})))', 'true'),
	(null, 'app.repeated((select f from app.finding f where id = {f-issued}))', '{}'),
	(null, 'app.named_on((select f from app.finding f where id = {f-named}))', 'e'),
	(null, 'app.named_on((select f from app.finding f where id = {f-alone}))', 'e'),
	(null, 'app.named_on((select f from app.finding f where id = {f-issued}))', '{}'),
	(null, 'select app.unname({org}, {f-named}, {e}) => (select verifier from app.finding where id = {f-named})',
		'null'),
	(null, 'select app.unname({org}, {f-named}, {a}) => (select verifier from app.finding where id = {f-named})', 'e'),
	(null,
		'select app.bind_verifier({f-issued}, {audit}, {e}, array[{backup}]) => (select count(*) > 0 from app.claim '
		'where source = {f-issued} and subject = {e})', 'true'),
	(null, 'app.bind_verifier({f-issued}, {audit}, {o}, array[{backup}])', 'S1'),
	(null,
		'select app.unbind_verifier({org}, {f-named}) => (select count(*) from app.claim where source = {f-named} and '
		'subject = {e} and rule = ''S1'')', '0'),
	(null,
		'delete from app.claim where source = {f-named} and rule = ''S3''; select app.verifier_claims_again({org}, '
		'{e}, false, ''x'') => (select count(*) > 0 from app.claim where source = {f-named} and rule = ''S3'')',
		'true'),
	(null, 'app.lead_raised((select f from app.finding f where id = {f-lead}))', 'true'),
	(null, 'app.lead_raised((select f from app.finding f where id = {f-issued}))', 'false'),
	(null, 'app.decided_on_team((select f from app.finding f where id = {f-lead}))', 'true'),
	(null, 'app.decided_on_team((select f from app.finding f where id = {f-alone}))', 'false'),
	(null, 'app.second_signer((select f from app.finding f where id = {f-issued}), {l})', 'true'),
	(null, 'app.second_signer((select f from app.finding f where id = {f-access}), {l})', 'false'),
	(null, 'app.signer_elsewhere((select f from app.finding f where id = {f-access}), {l})', 'true'),
	(null, 'app.signature_waits({org}, {f-pending})', 'true'),
	(null, 'app.signature_waits({org}, {f-issued})', 'false'),
	(null, 'app.signature_waits({org2}, {f-pending})', 'false'),
	(null,
		'update app.finding set signer = {e} where id = {f-issued}; select app.signer_done({f-issued}) => (select '
		'signer from app.finding where id = {f-issued})', 'null'),
	(null,
		'update app.finding set signer = {e} where id = {f-pending}; select app.signer_done({f-pending}) => (select '
		'signer from app.finding where id = {f-pending})', 'e'),
	(null,
		'(select (s.acknowledge_by - ''2026-01-01'', s.containment_due - ''2026-01-01'', s.plan_due - ''2026-01-01'', '
		's.implementation_due - ''2026-01-01'') from app.start_clocks((select f from app.finding f where id = '
		'{f-issued}), ''2026-01-01'') s)', '(10,3,14,30)'),
	(null,
		'(select (s.acknowledge_by, s.dispute_by) from app.start_clocks((select jsonb_populate_record(f, ''{"grade": '
		'"strength"}'') from app.finding f where id = {f-issued}), ''2026-01-01'') s)', '(,)'),
	('l',
		'select app.reconsider((select f from app.finding f where id = {f-issued}), ''minor'', ''x'', null) => '
		'(select state from app.grading where finding = {f-issued} order by created_at desc, id desc limit 1)',
		'pending'),
	('l', 'app.reconsider((select f from app.finding f where id = {f-pending}), ''minor'', ''x'', null)', 'signature'),
	(null,
		'select app.apply_grading((select g from app.grading g where finding = {f-pending} and state = ''pending'')) '
		'=> (select state from app.finding where id = {f-pending})', 'withdrawn'),
	('l', 'app.require_decider((select f from app.finding f where id = {f-disputed}))', ''),
	('l', 'app.require_decider((select f from app.finding f where id = {f-lead}))', 'S11'),
	('a', 'app.require_decider((select f from app.finding f where id = {f-lead}))', ''),
	('c', 'app.require_decider((select f from app.finding f where id = {f-disputed}))', 'place'),
	('e', 'app.require_decider((select f from app.finding f where id = {f-alone}))', ''),
	('l',
		'select app.decide_dispute((select f from app.finding f where id = {f-disputed}), null, 1, ''upheld'', null, '
		'''x'') => (select state from app.finding where id = {f-disputed})', 'acknowledged'),
	('l', 'app.decide_dispute((select f from app.finding f where id = {f-disputed}), null, 9, ''upheld'', null, ''x'')',
		'N2005'),
	-- answers
	('ob', 'app.require_answerer((select f from app.finding f where id = {f-issued}))', ''),
	('a', 'app.require_answerer((select f from app.finding f where id = {f-issued}))', 'S5'),
	('d', 'app.require_answerer((select f from app.finding f where id = {f-accepted}))', 'place'),
	('ob', 'app.answering((select f from app.finding f where id = {f-issued}))', ''),
	('ob', 'app.answering((select f from app.finding f where id = {f-observation}))', 'grade'),
	('b', 'app.answering((select f from app.finding f where id = {f-issued}))', 'S5'),
	('ob', 'app.require_owner((select f from app.finding f where id = {f-issued}), {z})', ''),
	('ob', 'app.require_owner((select f from app.finding f where id = {f-issued}), {e})', 'auditee'),
	('ob', 'app.require_owner((select f from app.finding f where id = {f-issued}), {b})', 'S5'),
	('d', 'app.require_action_owner((select a from app.action a where id = {act-accepted}))', ''),
	('ob', 'app.require_action_owner((select a from app.action a where id = {act-accepted}))', 'place'),
	('ob', 'app.require_plan_open((select a from app.action a where id = {act-drafted}))', ''),
	('ob', 'app.require_plan_open((select a from app.action a where id = {act-accepted}))', 'plan'),
	('ob', 'app.require_plan_open((select a from app.action a where id = {act-implemented}))', 'N2006'),
	(null, 'app.plannable()',
		'{issued,acknowledged,disputed,plan_returned,plan_accepted,implementation_returned,not_effective}'),
	('d', '(app.action_for({act-accepted})).id', 'act-accepted'),
	('z', 'app.action_for({act-accepted})', 'N2004'),
	('q', 'app.action_for({act-accepted})', 'N2004'),
	('d', '(app.action_finding((select a from app.action a where id = {act-accepted}))).id', 'f-accepted'),
	('b', '(app.response_for({response-submitted})).id', 'response-submitted'),
	('z', 'app.response_for({response-submitted})', 'N2004'),
	('b', '(app.response_finding((select r from app.response r where id = {response-submitted}))).id is not null',
		'true'),
	('b',
		'(app.plan_to_decide({response-submitted}, (select version from app.response where id = '
		'{response-submitted}))).id', 'response-submitted'),
	('z', 'app.plan_to_decide({response-submitted}, 1)', 'N2004'),
	('b', 'app.plan_to_decide({response-accepted}, (select version from app.response where id = {response-accepted}))',
		'N2006'),
	('ob', '(app.draft_response((select f from app.finding f where id = {f-drafted}))).id', 'response-drafted'),
	('ob', '(app.draft_response((select f from app.finding f where id = {f-accepted}))).round', '2'),
	-- reports and releases
	(null, 'app.report_person({a}) ->> ''name''', 'Ann Auditor'),
	(null, 'app.report_person(null)', 'null'),
	(null, 'app.report_scope((select a from app.audit a where id = {audit})) ->> ''client''', 'Larch Payments'),
	(null, 'app.report_checks((select a from app.audit a where id = {audit})) ->> ''by_result''',
		'{"conform": 1, "nonconform": 1}'),
	(null, 'jsonb_array_length(app.report_disputes((select a from app.audit a where id = {audit})))', '3'),
	(null, 'app.report_disputes((select a from app.audit a where id = {audit-fresh}))', '[]'),
	(null, 'app.report_findings((select a from app.audit a where id = {audit-published})) #>> ''{0,title}''',
		'Finding f-released'),
	(null, 'app.report_findings((select a from app.audit a where id = {audit-fresh}))', '[]'),
	(null, 'jsonb_array_length(app.report_grades((select f from app.finding f where id = {f-pending})))', '2'),
	(null, 'app.report_grades((select f from app.finding f where id = {f-review}))', '[]'),
	(null,
		'jsonb_array_length(app.report_independence((select a from app.audit a where id = {audit-published})) -> '
		'''team'')', '4'),
	(null, 'jsonb_array_length(app.report_left_out((select a from app.audit a where id = {audit}))) > 0', 'true'),
	(null, 'app.report_left_out((select a from app.audit a where id = {audit-fresh}))', '[]'),
	(null,
		'jsonb_array_length(app.report_not_covered((select a from app.audit a where id = {audit-fresh})) -> '
		'''requirements'')', '2'),
	(null, 'app.report_content((select a from app.audit a where id = {audit-published})) ? ''conclusion''', 'true'),
	('l',
		'select app.report_freeze((select a from app.audit a where id = {audit-published})) => (select max(revision) '
		'from app.release where audit = {audit-published})', '2'),
	('m', 'app.release_add({release-ended}, array[{ev-released}])', 'N2004'),
	('m',
		'select app.release_add({release-published}, null) => (select count(*) from app.release_evidence where '
		'release = {release-published})', '1'),
	('m',
		'select app.release_touch({release-published}) => (select version from app.release where id = '
		'{release-published}) > 1', 'true'),
	(null, '(app.page_column(''finding'', ''grade'')).type', 'app.grade'),
	(null, '(app.page_column(''finding'', ''functions'')).element', 'uuid'),
	(null, '(app.page_column(''finding'', ''id'')).nullable', 'false'),
	(null, '(app.page_column(''finding'', ''nothing'')).type', 'P0001 record.finding has no column nothing'),
	(null, 'app.page_type(''finding'', ''reference'')', 'text'),
	(null, 'app.page_type(''finding'', ''nothing'')', 'P0001 record.finding has no column nothing'),
	(null, 'app.page_condition(''finding'', ''state'', ''["open"]'')',
		'w.state = any ((select array(select jsonb_array_elements_text($1 -> '
		'''state'')::app.finding_state))::app.finding_state[])'),
	(null, 'app.page_condition(''finding'', ''reference'', ''{"from": 1, "until": 2}'')',
		'w.reference >= (select ($1 #>> ''{reference,from}'')::text) and w.reference <= (select ($1 #>> '
		'''{reference,until}'')::text)'),
	(null, 'app.page_condition(''finding'', ''title'', ''"x"'')', 'w.title = (select ($1 ->> ''title'')::app.title)'),
	(null, 'app.page_condition(''finding'', ''functions'', ''"x"'')',
		'w.functions = (select ($1 ->> ''functions'')::uuid[])'),
	(null, '(app.page_sort(''-issued_on, number'', null)).column', 'issued_on'),
	(null, '(app.page_sort(''-issued_on, number'', null)).down', 'true'),
	(null, '(app.page_sort(''-issued_on, number'', ''number'')).down', 'false'),
	(null, 'app.page_sort(''number'', ''title'')', 'N2602'),
	(null, 'app.page_place(''m'', app.page_cursor(''m'', ''v'', {a}), ''text'')', '(v,a)'),
	(null, 'app.page_place(''m'', app.page_cursor(''other'', ''v'', {a}), ''text'')', 'N2602'),
	(null, 'app.page_place(''m'', ''nonsense'', ''text'')', 'N2602'),
	(null,
		'app.page_mark(''finding'', ''reference'', ''{}'') = app.page_mark(''finding'', ''reference'', ''{"state": '
		'1}'')', 'false'),
	(null, '(app.page_cut(array[{a}, {b}, {c}], ''{1,2,3}'', ''{f,f,f}'', ''{t,t,t}'', 2)).shown', 'a b'),
	(null, '(app.page_cut(array[{a}, {b}, {c}], ''{1,2,3}'', ''{f,f,f}'', ''{t,t,t}'', 2)).more', 'true'),
	(null, '(app.page_cut(array[{a}], ''{1}'', ''{f}'', ''{t}'', 2)).more', 'false'),
	(null, '(app.page_cut(null, null, null, null, 2)).shown', '{}'),
	(null, '(app.page_cut(array[{a}, {a}, {b}], ''{1,1,2}'', ''{f,f,f}'', ''{t,t,t}'', 5)).shown', 'a b'),
	(null, '(app.page_cut(array[{a}, {b}], ''{1,2}'', ''{f,f}'', ''{f,t}'', 5)).shown', 'b'),
	(null,
		'app.page_walk(''finding'', ''reference'', false, ''true'', '''', ''true'', ''int'', false, false, false) ~ '
		'''record.finding''', 'true'),
	(null,
		'app.page_walk(''finding'', ''reference'', true, ''true'', '''', ''true'', ''int'', false, true, false) ~ '
		'''desc''', 'true'),
	(null,
		'app.page_walks(''finding'', null, ''true'', ''number'', false, ''true'', '''', ''int'', false, false, false) '
		'~ ''array_agg''', 'true'),
	('b', 'jsonb_array_length(app.page(''finding'', null, ''{}'', ''reference'', null, 2, null) -> ''items'')', '2'),
	('q', 'jsonb_array_length(app.page(''finding'', null, ''{}'', ''reference'', null, 2, null) -> ''items'')', '0'),
	(null, 'app.catalogue_load(''Rules'', ''1'', ''[{"ref": "1", "kind": "clause", "title": "One"}]'')', '1'),
	(null, 'app.catalogue_load(''Rules'', ''1'', ''[]'')', '0'),
	(null, 'app.mapping_load(''ISO/IEC 27001'', ''2022'', ''SOC 2 trust services criteria'', ''2017'', ''x'', ''[]'')',
		'0'),
	-- sign-in
	(null, 'auth.account_subject(''A@x.org'') = auth.account_subject(''a@X.ORG'')', 'true'),
	(null, 'auth.account_subject(null)', 'null'),
	(null, 'auth.address_subject(''2001:db8::1'') = auth.address_subject(''2001:db8::2'')', 'true'),
	(null, 'auth.address_subject(''192.0.2.1'') = auth.address_subject(''192.0.2.2'')', 'false'),
	(null, 'auth.address_subject(''2001:db8:0:1::1'') = auth.address_subject(''2001:db8:0:2::1'')', 'false'),
	(null, 'auth.in_scope(''{*}'', ''finding.issue'', ''write'')', 'true'),
	(null, 'auth.in_scope(''{read}'', ''finding.issue'', ''write'')', 'false'),
	(null, 'auth.in_scope(''{read}'', ''finding.get'', ''read'')', 'true'),
	(null, 'auth.in_scope(''{finding.*}'', ''finding.issue'', ''write'')', 'true'),
	(null, 'auth.in_scope(''{finding.*}'', ''findings.issue'', ''write'')', 'false'),
	(null, 'auth.in_scope(''{finding.get}'', ''finding.get'', ''read'')', 'true'),
	(null, 'auth.in_scope(''{}'', ''finding.get'', ''read'')', 'false'),
	(null, 'auth.in_scope(null, ''finding.get'', ''read'')', 'false'),
	(null, '(auth.live(sha256(''secret of a''))).person', 'a'),
	(null, 'auth.live(sha256(''unknown''))', 'N2001'),
	(null, 'auth.live(null)', 'N2001'),
	(null, 'update app.person set disabled_at = now() where id = {a}; select auth.live(sha256(''secret of a'')) => 1',
		'N2001'),
	(null,
		'update auth.session set idle_until = now() where person = {a}; select auth.live(sha256(''secret of a'')) => 1',
		'N2001'),
	(null, 'auth.enter(sha256(''secret of a''), {org}, ''x'', ''{auditor}'', ''read'')', ''),
	(null, 'auth.enter(sha256(''secret of a''), {org}, ''x'', ''{auditee}'', ''read'')', 'N2002'),
	(null, 'auth.enter(sha256(''secret of a''), {org2}, ''x'', ''{member}'', ''read'')', 'N2002'),
	(null, 'auth.enter(sha256(''secret of a''), null, ''x'', ''{member}'', ''read'')', 'N2602'),
	(null, 'auth.enter(null, {org}, ''x'', ''{member}'', ''read'')', 'N2001'),
	('+a', 'auth.add_token(sha256(''t''), ''script'', ''{read}'', current_date + 1) is not null', 'true'),
	(null, 'auth.add_token(sha256(''t''), ''script'', ''{read}'', current_date + 1)', 'token'),
	(null, 'auth.add_token(null, ''script'', ''{read}'', current_date + 1)', 'token'),
	(null, E'select auth.take_counter(''\\x01''), auth.count_failure(''\\x01'', 0) => auth.wait_ms(''\\x01'') > 0',
		'true'),
	(null, E'select auth.take_counter(''\\x01''), auth.count_failure(''\\x01'', 9) => auth.wait_ms(''\\x01'')', '0'),
	(null, 'auth.wait_ms(null)', '0'),
	(null, E'select auth.take_counter(''\\x02'') => (select failures from auth.attempt where subject = ''\\x02'')',
		'0'),
	(null, 'auth.disable({a}) > 1', 'true'),
	(null,
		'select auth.disable({u}) => (select count(*) from auth.invitation where person = {u} and state in '
		'(''waiting'', ''sent''))', '0'),
	(null, 'auth.disable(null)', '0'),
	('+a', 'select auth.nobody() => app.me()', 'null'),
	('+a', 'select auth.nobody() => app.i_have(''auditor'')', 'false'),
	('+a', 'auth.end_my_session({second-a})', '1'),
	('+a', 'auth.end_my_session({second-x})', '0'),
	(null, 'auth.end_sessions({a}, {second-a}, ''revoked'')', '1'),
	(null, 'auth.end_sessions({a}, {second-x}, ''revoked'')', '0'),
	(null, 'auth.end_sessions({a}, null, ''boredom'')',
		'23514 new row for relation "session" violates check constraint "session_ended_by_check"'),
	(null, '(auth.shown_invitation({invitation})).kind', 'invitation'),
	(null, '(auth.shown_invitation({a})).kind', 'null'),
	(null, 'auth.open_invitation(sha256(''unknown''))', 'code'),
	(null,
		'update auth.invitation set state = ''sent'', expires_at = now() + interval ''1 day'' where id = '
		'{invitation}; select auth.open_invitation(sha256(''a code'')) => 1', '1'),
	(null,
		'update auth.invitation set state = ''sent'', expires_at = now() where id = {invitation}; select '
		'auth.open_invitation(sha256(''a code'')) => 1', 'code'),
	(null, 'auth.ask_invitation({u}, {org}) is not null', 'true'),
	(null, 'auth.ask_invitation({m}, {org})', 'management'),
	(null, 'auth.sweep(''sessions'', ''1 day'', 100)', '0'),
	(null, 'auth.sweep(''nothing'', ''1 day'', 100)', '20000 case not found'),
	(null,
		'update auth.session set ended_at = now() - interval ''2 days'', ended_by = ''revoked'' where id = '
		'{second-a}; select auth.sweep(''sessions'', ''1 day'', 100) => (select count(*) from auth.session where id = '
		'{second-a})', '0'),
	(null, 'auth.enter_ticket(sha256(''x''), ''up'')', 'N2001'),
	(null, '(select count(*) from auth.check())', '0'),
	-- the ledger
	(null,
		'select ledger.record(''x.y'', {a}, 1, ''{}'', array[{a}, null], {org}) => (select cardinality(tokens) from '
		'ledger.event where kind = ''x.y'')', '1'),
	(null, 'ledger.write({org}, ''x.y'', {a}, 1, ''{}'', ''{}'') > 0', 'true'),
	(null,
		'select ledger.write({org}, ''x.y'', {a}, 1, ''{}'', ''{}'') => (select count(*) from ledger.pending p join '
		'ledger.event e using (id) where e.kind = ''x.y'')', '1'),
	(null, 'ledger.lead()', 'true'),
	(null, 'ledger.held({org}, {w})', 'as observer w'),
	(null, 'ledger.held({org2}, {a})', 'a'),
	(null, 'ledger.held({org}, null)', '{NULL}'),
	(null, '(select count(*) from ledger.difference({org}, {a}))', '0'),
	(null,
		'delete from ledger.holding where person = {a} and token = {part-backup}; select 1 => (select change from '
		'ledger.difference({org}, {a}))', 'gained'),
	(null,
		'delete from ledger.holding where person = {a}; select ledger.sync({org}, {a}) => (select count(*) from '
		'ledger.difference({org}, {a}))', '0'),
	(null, '(select count(*) from ledger.check_holdings())', '2'),
	(null,
		'delete from ledger.holding where person = {a}; select 1 => (select count(*) > 0 from ledger.check_holdings())',
		'true'),
	(null, '(select count(*) > 0 from ledger.stretches({org}, {a}))', 'true'),
	(null, 'cardinality(ledger.missed({org}, {a}, 0, 100000, 3))', '3'),
	(null, 'ledger.missed({org}, {a}, 100000, 100000, 3)', '{}'),
	(null, 'ledger.missed({org2}, {a}, 0, 100000, 3)', '{}'),
	(null, 'ledger.restored() <> (select id from ledger.incarnation)', 'true'),
	(null, '(select position = (select max(position) from ledger.position) from ledger.head())', 'true'),
	(null, '(select count(*) from ledger.tail(0, 5))', '5'),
	(null, '(select count(*) from ledger.tail(0, 0))', '0'),
	(null, 'ledger.sequence() >= 0', 'true'),
	(null, 'select ledger.sequence() => (select count(*) from ledger.pending)', '0'),
	(null, '(select count(*) from ledger.check())', '2'),
	(null, '(select count(*) from ledger.history({org}, {b}, {f-draft}, null, 1))', '1'),
	(null, '(select count(*) from ledger.history({org}, {z}, {f-draft}, null, 1))', '0'),
	(null, 'ledger.open({org}, {a}, 0, null, 10) ? ''incarnation''', 'true'),
	(null,
		'update ledger.day set day = current_date; insert into ledger.day values ({org2}, current_date); select 1 => '
		'ledger.lapse()', 'org2'),
	-- frames and their description
	(null, 'meta.wire_name(''finding_name_verifier'')', 'finding.name_verifier'),
	(null, 'meta.wire_name(''can'')', 'can'),
	(null, 'meta.frame_type(''app.title''::regtype)', 'text'),
	(null, 'meta.frame_type(''app.grade''::regtype)', 'text'),
	(null, 'meta.frame_type(''app.grade[]''::regtype)', 'text[]'),
	(null, 'meta.frame_type(null)', 'null'),
	(null,
		'(select string_agg(name || '' '' || required, '','') from meta.arguments(''method.finding_remark''::regproc))',
		'id true,text true'),
	(null, '(select count(*) from meta.arguments(null))', '0'),
	(null, 'meta.page_params(''method.finding_list''::regproc) -> ''limit'' ->> ''doc''',
		'How many, at most 200; 50 when left out.'),
	(null, 'meta.page_params(''method.finding_remark''::regproc)', '{}'),
	(null, 'meta.argument_entry(''title'', ''app.title''::regtype, true, ''{"doc": "What."}'') ->> ''max_length''',
		'200'),
	(null, 'meta.call_from_json(''finding.remark'', ''{"id": 1, "text": 2}'')',
		'select method.finding_remark(_id => ($1 ->> ''id'')::uuid, _text => ($1 ->> ''text'')::text)'),
	(null, 'meta.can_frame() ~ ''^create function api.can''', 'true'),
	(null, 'meta.nullable(''{"type": "string"}'')', '{"type": ["string", "null"]}'),
	(null, 'meta.nullable(''{"enum": ["a"], "type": "string"}'')', '{"enum": ["a", null], "type": ["string", "null"]}'),
	(null, 'meta.nullable(''{"type": ["string", "null"]}'')', '{"type": ["string", "null"]}'),
	(null, 'meta.nullable(''{}'')', '{}'),
	(null, 'meta.rule_schema(''CHECK ((length(VALUE) <= 20))'')', '{"maxLength": 20}'),
	(null, 'meta.rule_schema(''CHECK (((VALUE >= 1) AND (VALUE <= 90)))'')', '{"maximum": 90, "minimum": 1}'),
	(null, 'meta.type_schema(''app.grade''::regtype) -> ''enum'' ->> 0', 'major'),
	(null, 'meta.type_schema(''app.title''::regtype) ->> ''maxLength''', '200'),
	(null, 'meta.type_schema(''uuid[]''::regtype) #>> ''{items,format}''', 'uuid'),
	(null, 'meta.result_schema(''{"type": "object"}'')', '{"type": "object"}'),
	(null, 'meta.result_schema(''"finding"'')', '{"$ref": "#/components/schemas/finding"}'),
	(null, 'meta.result_schema(''"finding[]"'') ->> ''type''', 'object'),
	(null, 'meta.record_schema(''record.function'') #>> ''{properties,name,maxLength}''', '200'),
	(null, 'meta.params_problem(''{"params": [{"name": "id", "required": true}]}'', ''{}'')::jsonb ->> ''allowed''',
		'false'),
	(null, 'meta.params_problem(''{"params": [{"name": "id", "required": true}]}'', ''{"id": 1}'')', 'null'),
	(null, 'meta.params_problem(''{"params": []}'', ''{"what": 1}'') ->> ''code''', '-32602'),
	(null, '(meta.declaration(''method.finding_remark''::regproc)).problems', '{}'),
	(null,
		'meta.entry(''method.finding_remark''::regproc, (meta.declaration(''method.finding_remark''::regproc)).said) '
		'->> ''access''', 'write'),
	(null,
		'meta.frame(''method.finding_remark''::regproc, (meta.declaration(''method.finding_remark''::regproc)).said) '
		'~ ''security definer''', 'true'),
	(null, 'length(meta.release())', '64'),
	(null, 'meta.key(''app.enrolment'') || '' '' || meta.key(''app.check'')', 'person id'),
	(null, 'meta.where_record(''app.organisation'', null)', 'x.id = app.org()'),
	(null, 'meta.where_record(''app.enrolment'', ''_id'')', 'x.organisation = app.org() and x.person = _id'),
	(null, 'meta.catalogue() ? ''methods''', 'true'),
	('a', 'meta.reads_evidence({ev-papers})', 'true'),
	('z', 'meta.reads_evidence({ev-papers})', 'false'),
	(null, 'meta.reads_evidence({ev-papers})', 'false'),
	(null, 'meta.shown(''finding'') ~ ''join record.finding v''', 'true'),
	('x', 'meta.try(''party.add'', ''{"name": "New", "legal_identifier": "NEW", "kinds": ["supplier"]}'')',
		'{"allowed": true}'),
	('x',
		'meta.try(''party.add'', ''{"name": "New", "legal_identifier": "HOST", "kinds": ["supplier"]}'') ->> '
		'''allowed''', 'false'),
	('x',
		'select meta.try(''party.add'', ''{"name": "New", "legal_identifier": "NEW", "kinds": ["supplier"]}'') => '
		'(select count(*) from app.party where legal_identifier = ''NEW'')', '0'),
	(null, 'meta.can(sha256(''secret of x''), {org}, ''organisation.get'', ''{}'') ->> ''allowed''', 'true'),
	(null, 'meta.can(sha256(''secret of z''), {org}, ''party.add'', ''{}'') ->> ''code''', '-32002'),
	(null, 'meta.can(null, {org}, ''organisation.get'', ''{}'')', 'N2001'),
	('a', E'meta.kept({a}, ''x'', ''\\x01'')', 'null'),
	('a', E'meta.kept(null, ''x'', ''\\x01'')', 'N2602'),
	('a',
		'select meta.keep({a}, ''x'', sha256(''1''), ''{"n": 1}'') => (select reply ->> ''n'' from app.request where '
		'id = {a} and person = {a})', '1'),
	-- one record
	('x', 'app.one(''party'', {host}) ->> ''name''', 'Harbour Hosting'),
	('x', 'app.one(''party'', {a})', 'N2004'),
	('x', 'app.one(''party'', null)', 'N2004'),
	('z', 'app.one(''audit'', {audit})', 'N2004'),
	(null, 'app.one(''nothing'', {a})', '42883 function record.nothing_shown(uuid[]) does not exist'),
	-- groups, and what was done by whom
	(null, 'select app.lock_groups(array[{host}]) => (select touched > 0 from app.party where id = {host})', 'true'),
	(null, 'app.lock_groups(''{}'')', ''),
	(null, 'app.join_group({host}, {firm})', 'firm'),
	(null, 'select app.join_group({host}, {firm}) => (select affiliates from app.party where id = {firm})', 'firm'),
	(null, 'select app.join_group({host}, {firm}) => (select affiliates from app.party where id = {host})', 'null'),
	(null, 'app.concerned(array[{payroll}], null, {z})', 'payroll'),
	(null, 'app.concerned(array[{payroll}], {audit}, {a}) @> array[{payroll}, {backup}, {cards}]', 'true'),
	(null, '(select count(*) from app.acts_of({org}, ''{}''))', '0'),
	(null, '(select count(*) from app.acts_of({org}, array[{z}]))', '0'),
	(null, '(select count(*) from app.acts_of({org}, array(select verified_by from app.verification limit 1))) > 0',
		'true'),
	-- what is kept of what a caller reaches
	(null,
		'select set_config(''ninetwo.access'', ''write'', true); select app.keep(''parts'', array[{a}]) => '
		'app.kept(''parts'')', 'null'),
	(null,
		'select set_config(''ninetwo.access'', ''read'', true); select app.keep(''parts'', array[{a}]) => '
		'app.kept(''parts'')', 'a'),
	(null,
		'select set_config(''ninetwo.access'', ''read'', true); select app.keep(''parts'', ''{}'') => '
		'app.kept(''parts'')', '{}'),
	(null, 'select auth.identify({a}, {x}, {org}, ''{auditor}'', current_date, ''read'') => app.me()', 'a'),
	(null,
		'select set_config(''ninetwo.my_parts'', ''{}'', true); select auth.identify({a}, {x}, {org}, ''{auditor}'', '
		'current_date, ''read'') => app.kept(''parts'')', 'null'),
	-- the operator
	(null, '(select count(*) > 10 and bool_or(name = ''migrations/0001_foundation.sql'') from operator.applied())',
		'true'),
	(null, 'operator.settle({org}, ''Nia New'', ''nia@example.org'', ''auditor'', sha256(''c'')) is not null', 'true'),
	(null, 'operator.settle({org}, ''Ann'', ''a@example.org'', ''auditor'', sha256(''c''))',
		'23505 duplicate key value violates unique constraint "enrolment_pkey"'),
	(null, 'operator.restored() <> (select id from ledger.incarnation)', 'true'),
	(null, 'operator.sweep() ? ''requests''', 'true'),
	(null, '(select count(*) from operator.check_tables())', '0'),
	(null, '(select count(*) from operator.check_functions())', '0'),
	(null, '(select count(*) from operator.check_roles())', '0'),
	(null, '(select count(*) from operator.check_fingerprint())', '0'),
	(null,
		'delete from app.fingerprint where object = ''schema app''; select 1 => (select string_agg(f, '','') from '
		'operator.check_fingerprint() f)', 'schema app was added since the last migration'),
	(null, 'operator.keep_fingerprint() = (select count(*) from operator.described())', 'true'),
	(null, 'operator.described_acl(null, ''f'', ''ninetwo_api''::regrole)', 'everybody=EXECUTE ninetwo_api=EXECUTE'),
	(null, 'cardinality(operator.unframed()) > 5', 'true'),
	(null, 'operator.disable(''nobody@example.org'', true)', 'N2004'),
	(null,
		'select operator.disable(''a@example.org'', true) => (select disabled_at is not null from app.person where id '
		'= {a})', 'true'),
	(null,
		'select operator.invite(''u@example.org'', sha256(''c'')) => (select count(*) from auth.invitation where '
		'person = {u} and digest = sha256(''c''))', '1'),
	(null, 'operator.invite(''nobody@example.org'', sha256(''c''))', 'N2004'),
	-- what is swept
	(null,
		'update app.ticket set expires_at = now() - interval ''1 second''; select app.ticket_sweep(100) => (select '
		'count(*) from app.ticket)', '0'),
	(null, 'app.ticket_sweep(0)', '0'),
	(null,
		'update app.upload set used_at = now() - interval ''2 days''; select app.upload_sweep(''1 day'', 100) => '
		'(select count(*) from app.evidence where state = ''uploading'')', '0'),
	(null, 'app.upload_sweep(''1 day'', 100)', '0'),
	(null,
		'insert into app.chunk (organisation, digest, data) values ({org}, sha256(''two''), ''two''); select '
		'app.chunk_sweep(null, 100) => (select string_agg(encode(data, ''escape''), '' '') from app.chunk)', 'one'),
	(null, 'ledger.trim_reach(''1 day'')', '0'),
	(null, 'ledger.trim(0, null, 10) ->> ''removed''', '0'),
	(null, '(ledger.trim(1000000, null, 10) ->> ''removed'')::int', '0'),
	(null, 'select ledger.trim_reach(''-1 hour'') => (ledger.trim(1000000, null, 10) ->> ''removed'')::int', '10'),
	(null, '(operator.sweep_piece(null, 100) #>> ''{next,step}'')', 'tickets');

select is(t.told(l.who, l.act), l.wanted, format('%s: %s', coalesce(l.who, 'nobody'), l.act)) from t.line_of l
	order by l.n;

-- Which functions there are, and where each is called.
create table t.function_of as
	select p.oid, n.nspname || '.' || p.proname as name, p.oid::regprocedure::text as signature, l.lanname as language
		from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
	where n.nspname in ('app', 'auth', 'ledger', 'meta', 'operator') and p.prorettype <> 'trigger'::regtype
		and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e');
create table t.called as select distinct m[1] as name from t.line_of l,
	regexp_matches(l.act, '\m((?:app|auth|ledger|meta|operator)\.\w+)\(', 'g') m;
\set elsewhere `cat $(ls tests/sql/*.sql tests/sql/fixture/*.sql | grep -v coverage_function)`
create table t.called_elsewhere as select distinct m[1] as name
	from regexp_matches(:'elsewhere', '\m((?:app|auth|ledger|meta|operator)\.\w+)\(', 'g') m;
select is((select array_agg(f.signature order by f.signature) from t.function_of f
	where f.name not in (select c.name from t.called c) and f.name not in (select c.name from t.called_elsewhere c)),
	null, 'every function is called by a test');
select is((select array_agg(c.name order by c.name) from t.called c
	where c.name not in (select f.name from t.function_of f)), null, 'and none that is gone');
-- An overload is a function of its own, and a name in a string is no call: what PostgreSQL itself has counted. (It
-- counts no function of SQL that it has put in place, and none that ends in a refusal.)
select is((select array_agg(f.signature order by f.signature) from t.function_of f where f.language = 'plpgsql'
	and f.name in (select c.name from t.called c) and f.name !~ '^app.refuse'
	and not exists (select from pg_stat_xact_user_functions s where s.funcid = f.oid and s.calls > 0)), null,
		'and has run');
-- A trigger function belongs to a trigger, and each trigger has its acts in coverage_rule.sql.
select is((select array_agg(p.oid::regprocedure::text order by p.proname) from pg_proc p
	join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('app', 'auth', 'ledger', 'meta', 'operator')
	and p.prorettype = 'trigger'::regtype
	and not exists (select from pg_trigger g where g.tgfoid = p.oid)), null,
		'every trigger function belongs to a trigger');
-- A method is in tests/matrix.txt, and its frame is called in door.sql.
select is((select array_agg(p.proname order by p.proname) from pg_proc p where p.pronamespace = 'method'::regnamespace
	and not exists (select from t.cell c where replace(c.method, '.', '_') = p.proname) and p.proname <> 'events_open'),
	null, 'every method is in the matrix (events.open as events.subscribe, which asks by it)');
select is((select array_agg(p.proname order by p.proname) from pg_proc p where p.pronamespace = 'api'::regnamespace
	and not p.proname = any (operator.unframed())
	and not exists (select from t.cell c where replace(c.method, '.', '_') = p.proname)
		and not exists (select from pg_proc m where m.pronamespace = 'method'::regnamespace and m.proname = p.proname)),
		null, 'every frame is a method''s');
select is((select array_agg(f order by f) from unnest(operator.unframed()) f
	where position('api.' || f || '(' in :'elsewhere') = 0
	and not exists (select from pg_proc p where p.pronamespace = 'api'::regnamespace and p.proname = f
	and p.proargnames[1] = 'ticket')), null, 'what has no frame is called by a test');

select * from finish();
rollback;
