-- Separation: what each record claims, what happens when claims meet, and how a refusal explains itself.
-- Rules and words: docs/separation.md. Everything here runs as ninetwo_owner, inside the transaction of the write it judges.
set role ninetwo_owner;

-- ---------------------------------------------------------------------------------------------------------------------
-- The order of locks
-- ---------------------------------------------------------------------------------------------------------------------

create or replace function app.touch(organisation uuid, parties uuid[], persons uuid[], functions uuid[], audits uuid[]) returns void
	language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
begin
	-- An update, not a lock: at REPEATABLE READ a lock alone lets a stale snapshot pass.
	update app.party p set touched = p.touched + 1 from (select x.id from app.party x where x.organisation = organisation and x.id = any (parties) order by x.id for no key update) o
		where p.organisation = organisation and p.id = o.id;
	update app.enrolment p set touched = p.touched + 1 from (select x.person from app.enrolment x where x.organisation = organisation and x.person = any (persons) order by x.person for no key update) o
		where p.organisation = organisation and p.person = o.person;
	update app.function p set touched = p.touched + 1 from (select x.id from app.function x where x.organisation = organisation and x.id = any (functions) order by x.id for no key update) o
		where p.organisation = organisation and p.id = o.id;
	update app.audit p set touched = p.touched + 1 from (select x.id from app.audit x where x.organisation = organisation and x.id = any (audits) order by x.id for no key update) o
		where p.organisation = organisation and p.id = o.id;
end $$;
comment on function app.touch(uuid, uuid[], uuid[], uuid[], uuid[]) is 'Updates the rows that a derivation hangs on, always in the order party, person, function, audit, so that concurrent writes stand in a line.';

create or replace function app.lock_team(audit uuid, persons uuid[]) returns app.audit language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare a app.audit;
begin
	perform app.touch(app.org(), '{}', persons || app.me(), (select array_agg(f.function) from app.function_with_subs(app.org(),
		array(select pf.function from app.part_function pf where pf.organisation = app.org() and pf.audit = audit)) f), array[audit]);
	select * into a from app.audit x where x.organisation = app.org() and x.id = audit;
	return a;
end $$;
comment on function app.lock_team(uuid, uuid[]) is 'Into the line of everything that S4 is judged by: the caller, the people concerned, the functions in scope, the audit. Judge after it, never before.';

-- ---------------------------------------------------------------------------------------------------------------------
-- What each source claims
-- ---------------------------------------------------------------------------------------------------------------------

create or replace function app.claims_of_responsibility(organisation uuid, source uuid) returns setof app.claim_row
	language sql stable security definer set search_path = '' as $$
	select 'S1', r.person, c.function, 'responsible', r.period
	from app.responsibility r cross join lateral app.function_carried(r.organisation, array[r.function]) c
	where r.organisation = claims_of_responsibility.organisation and r.id = claims_of_responsibility.source and not isempty(r.period)
$$;

create or replace function app.claims_of_operation(organisation uuid, source uuid) returns setof app.claim_row
	language sql stable security definer set search_path = '' as $$
	select 'S2', o.party, c.function, 'operates', o.period
	from app.operation o
	join app.party p on p.organisation = o.organisation and p.id = o.party and not p.in_group
	cross join lateral app.function_carried(o.organisation, array[o.function]) c
	where o.organisation = claims_of_operation.organisation and o.id = claims_of_operation.source and not isempty(o.period)
$$;

create or replace function app.lengthened(period daterange, months int) returns daterange language sql immutable set search_path = '' as $$
	select case when not isempty(period) then daterange((lower(period) - make_interval(months => months))::date, (upper(period) + make_interval(months => months))::date) else period end
$$;
comment on function app.lengthened(daterange, int) is 'A period with so many months added at both ends (S3); an open end stays open, and what is empty stays empty.';

create or replace function app.party_group(organisation uuid, party uuid) returns table (party uuid) language sql stable security definer set search_path = '' as $$
	select b.id from app.party a
	join app.party b on b.organisation = a.organisation and (b.id = a.id or b.affiliates = a.affiliates)
	where a.organisation = party_group.organisation and a.id = party_group.party
$$;

create or replace function app.claims_of_certification(organisation uuid, source uuid) returns setof app.claim_row
	language sql stable security definer set search_path = '' as $$
	with certifier as (
		select c.organisation, c.period, g.party
		from app.certification c cross join lateral app.party_group(c.organisation, c.party) g
		where c.organisation = claims_of_certification.organisation and c.id = claims_of_certification.source
			and c.kind = 'certification' and not isempty(c.period))
	select 'S3', party, organisation, 'certifies', app.lengthened(period, 24) from certifier
	union all
	select 'S3', a.person, c.organisation, 'certifies', app.lengthened(c.period * a.period, 24)
	from certifier c join app.affiliation a on a.organisation = c.organisation and a.party = c.party
	where not isempty(c.period * a.period)
	union all
	select 'S3', m.person, c.organisation, 'certifies', app.lengthened(c.period * m.period, 24)
	from certifier c join app.membership m on m.organisation = c.organisation and m.party = c.party and m.role = 'observer'
	where not isempty(c.period * m.period)
$$;

create or replace function app.claims_to_judge_functions(organisation uuid, functions uuid[], window_from date, person uuid, from_day date) returns setof app.claim_row
	language sql stable security definer set search_path = '' as $$
	with f as (
		select c.function from app.function_with_subs(claims_to_judge_functions.organisation, claims_to_judge_functions.functions) c),
	belongs as (
		select af.party, af.period, p.in_group from app.affiliation af join app.party p on p.organisation = af.organisation and p.id = af.party
		where af.organisation = claims_to_judge_functions.organisation and af.person = claims_to_judge_functions.person)
	select 'S1', claims_to_judge_functions.person, f.function, 'judges', daterange(claims_to_judge_functions.window_from, null) from f
	union all
	select 'S2', b.party, f.function, 'judges', b.period * daterange(claims_to_judge_functions.window_from, null)
	from f, belongs b where not b.in_group and b.period && daterange(claims_to_judge_functions.window_from, null)
	union all
	select 'S3', s.subject, claims_to_judge_functions.organisation, 'audits', s.period from (
		select claims_to_judge_functions.person as subject, daterange(claims_to_judge_functions.from_day, null) as period
		union all
		select b.party, b.period * daterange(claims_to_judge_functions.from_day, null) from belongs b) s
	where not isempty(s.period)
$$;
comment on function app.claims_to_judge_functions(uuid, uuid[], date, uuid, date) is 'What a person claims who judges these functions from a day on, looking back to the first day of the window: S1, S2, S3.';

create or replace function app.judged_functions(organisation uuid, audit uuid, part uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(x.function), '{}') from (
		select pf.function from app.part_function pf where pf.organisation = $1 and pf.audit = $2 and ($3 is null or pf.part = $3)
		union select c.function from app.check c where c.organisation = $1 and c.audit = $2 and ($3 is null or c.part = $3)
		union select r.function from app.evidence_request r where r.organisation = $1 and r.audit = $2 and ($3 is null or r.part = $3)
		union select n.function from app.finding f, unnest(f.functions) n (function) where f.organisation = $1 and f.audit = $2 and ($3 is null or f.part = $3)) x
$$;
comment on function app.judged_functions(uuid, uuid, uuid) is 'The functions that a part holds (part null: any part), and those about which it has working papers or findings though they were taken out of its scope: what was judged stays judged.';

create or replace function app.claims_to_judge(organisation uuid, audit uuid, part uuid, person uuid, assigned_on date) returns setof app.claim_row
	language sql stable security definer set search_path = '' as $$
	select c.* from app.audit a cross join lateral app.claims_to_judge_functions(a.organisation, app.judged_functions(a.organisation, a.id, claims_to_judge.part), a.window_from, claims_to_judge.person, claims_to_judge.assigned_on) c
	where a.organisation = claims_to_judge.organisation and a.id = claims_to_judge.audit
	union all
	select 'S4', claims_to_judge.person, claims_to_judge.audit, 'judges', daterange(claims_to_judge.assigned_on, null)
$$;
comment on function app.claims_to_judge(uuid, uuid, uuid, uuid, date) is 'What a person would claim on the team of a part (part null: of every part) from a day on.';

create or replace function app.claims_of_assignment(organisation uuid, source uuid) returns setof app.claim_row
	language sql stable security definer set search_path = '' as $$
	select c.rule, c.subject, c.object, c.side, c.period * daterange(null, least(s.ended_on, u.ended_on), case when c.rule = 'S3' then '[]' else '[)' end)
	from app.assignment s
	join app.audit u on u.organisation = s.organisation and u.id = s.audit
	cross join lateral app.claims_to_judge(s.organisation, s.audit, s.part, s.person, s.assigned_on) c
	where s.organisation = claims_of_assignment.organisation and s.id = claims_of_assignment.source
		and (c.rule in ('S3', 'S4') or (s.ended_on is null and u.ended_on is null))
		and not (c.rule = 'S3' and exists (select from app.impairment i where i.organisation = s.organisation and i.assignment = s.id and i.rule = 'S3')) -- a fact that was recorded stands against it
		and not (c.rule = 'S3' and s.gave_way) -- an assignment that gave way while its audit was planned has supplied nobody
		and not isempty(c.period * daterange(null, least(s.ended_on, u.ended_on), case when c.rule = 'S3' then '[]' else '[)' end))
$$;

create or replace function app.excluded_pairs(role text) returns table (pair uuid) language sql immutable set search_path = '' as $$
	select md5(least(a, b) || '|' || greatest(a, b))::uuid
	from (values ('administrator', 'auditor'), ('administrator', 'management'), ('management', 'auditor'),
		('observer', 'administrator'), ('observer', 'auditor'), ('observer', 'auditee'), ('observer', 'management'), ('observer', 'programme_manager')) x (a, b)
	where excluded_pairs.role in (a, b)
$$;
comment on function app.excluded_pairs(text) is 'The pairs of roles that exclude each other and that a role is part of.';

create or replace function app.claims_of_membership(organisation uuid, source uuid) returns setof app.claim_row
	language sql stable security definer set search_path = '' as $$
	select 'roles', m.person, x.pair, m.role::text, m.period
	from app.membership m cross join lateral app.excluded_pairs(m.role::text) x
	where m.organisation = claims_of_membership.organisation and m.id = claims_of_membership.source and not isempty(m.period)
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- What a conflict says
-- ---------------------------------------------------------------------------------------------------------------------

create or replace function app.day(d date) returns text language sql immutable set search_path = '' as $$ select to_char(d, 'YYYY-MM-DD') $$;

create or replace function app.explain_responsible(organisation uuid, source uuid, function uuid, audit uuid) returns app.reason
	language sql stable security definer set search_path = '' as $$
	select 'S1', format('%s %s %s%s%s.', e.name,
			case r.kind when 'owns' then case when r.counts_until < app.today() then 'owned' else 'owns' end when 'operates' then case when r.counts_until < app.today() then 'operated' else 'operates' end
				when 'monitors' then case when r.counts_until < app.today() then 'monitored' else 'monitors' end else case when r.counts_until < app.today() then 'answered for' else 'answers for' end end,
			f.name, case when f.id <> g.id then format(' (which carries over to %s)', g.name) else '' end,
			case when r.counts_until is null then format(' since %s', app.day(r.from_date))
				else format(' until %s; the cooling-off period ends %s', app.day(r.counts_until),
					app.day((r.counts_until + make_interval(months => coalesce(a.cooling_off_months, o.cooling_off_months)))::date)) end
			|| case when r.counts_until is distinct from r.until_date
				then format(' (its end was entered as %s on a later day; until management countersigns, it counts until %s)', app.day(r.until_date), app.day(r.counts_until)) else '' end
			|| case when a.id is not null and r.counts_until < app.today() then format('; audit %s looks back to %s', a.reference, app.day(a.window_from)) else '' end),
		jsonb_strip_nulls(jsonb_build_object('rule', 'S1', 'person', r.person, 'function', g.id, 'audit', a.id,
			'responsibility', jsonb_build_object('id', r.id, 'kind', r.kind, 'from', r.from_date, 'until', r.until_date, 'counts_until', r.counts_until),
			'cooling_off_ends', (r.counts_until + make_interval(months => coalesce(a.cooling_off_months, o.cooling_off_months)))::date))
	from app.responsibility r
	join app.organisation o on o.id = r.organisation
	join app.enrolment e on e.organisation = r.organisation and e.person = r.person
	join app.function f on f.organisation = r.organisation and f.id = r.function
	join app.function g on g.organisation = r.organisation and g.id = explain_responsible.function
	left join app.audit a on a.organisation = r.organisation and a.id = explain_responsible.audit
	where r.organisation = explain_responsible.organisation and r.id = explain_responsible.source
$$;

create or replace function app.explain_operates(organisation uuid, source uuid, function uuid, person uuid, audit uuid) returns app.reason
	language sql stable security definer set search_path = '' as $$
	select 'S2', format('%s operates %s%s%s.', p.name, g.name,
			case when n.counts_until is null then format(' since %s', app.day(n.from_date)) else format(' until %s', app.day(n.counts_until)) end,
			coalesce((select format(', and %s is %s it%s', app.person_name(n.organisation, explain_operates.person),
				case af.kind when 'employed' then 'employed by' when 'contracted' then 'contracted to' else 'an owner of' end,
				case when af.counts_until is null then format(' since %s', app.day(af.from_date)) else format(' until %s', app.day(af.counts_until)) end)
				from app.affiliation af where af.organisation = n.organisation and af.person = explain_operates.person and af.party = n.party order by af.from_date desc limit 1), '')),
		jsonb_strip_nulls(jsonb_build_object('rule', 'S2', 'person', explain_operates.person, 'party', n.party, 'function', g.id, 'audit', explain_operates.audit,
			'responsibility', jsonb_build_object('id', n.id, 'kind', 'operates', 'from', n.from_date, 'until', n.until_date, 'counts_until', n.counts_until)))
	from app.operation n
	join app.party p on p.organisation = n.organisation and p.id = n.party
	join app.function g on g.organisation = n.organisation and g.id = explain_operates.function
	where n.organisation = explain_operates.organisation and n.id = explain_operates.source
$$;

create or replace function app.explain_certifies(organisation uuid, source uuid, subject uuid, person uuid, audit uuid) returns app.reason
	language sql stable security definer set search_path = '' as $$
	select 'S3', format('%s certifies the organisation%s%s; it and its people supply no auditor to it within 24 months.', p.name,
			case when c.counts_until is null then format(' since %s', app.day(c.from_date)) else format(' until %s', app.day(c.counts_until)) end,
			case when explain_certifies.person is not null and explain_certifies.person <> c.party
				then format(', and %s belongs to it', app.person_name(c.organisation, explain_certifies.person)) else '' end),
		jsonb_strip_nulls(jsonb_build_object('rule', 'S3', 'person', explain_certifies.person, 'party', c.party, 'audit', explain_certifies.audit,
			'certification', jsonb_build_object('id', c.id, 'from', c.from_date, 'until', c.until_date)))
	from app.certification c
	join app.party p on p.organisation = c.organisation and p.id = c.party
	where c.organisation = explain_certifies.organisation and c.id = explain_certifies.source
$$;

create or replace function app.explain_arranges(organisation uuid, audit uuid, person uuid) returns app.reason
	language sql stable security definer set search_path = '' as $$
	select 'S4', format('%s planned, staffed or safeguarded audit %s and cannot be on its team.', app.person_name(a.organisation, explain_arranges.person), a.reference),
		jsonb_build_object('rule', 'S4', 'person', explain_arranges.person, 'audit', a.id)
	from app.audit a where a.organisation = explain_arranges.organisation and a.id = explain_arranges.audit
$$;

-- The judging side, seen from a record that meets it: which audit binds whom.
create or replace function app.explain_judging(organisation uuid, assignment uuid, breaks text) returns app.reason
	language sql stable security definer set search_path = '' as $$
	select 'S9', format('%s judges in audit %s (%s) until their last judgement in it; a decision that would break %s is refused until then.',
			app.person_name(s.organisation, s.person), a.reference, a.title, explain_judging.breaks),
		jsonb_build_object('rule', 'S9', 'breaks', explain_judging.breaks, 'person', s.person, 'audit', a.id, 'assignment', s.id)
	from app.assignment s join app.audit a on a.organisation = s.organisation and a.id = s.audit
	where s.organisation = explain_judging.organisation and s.id = explain_judging.assignment
$$;

create or replace function app.reasons_met(organisation uuid, wanted app.claim_row[], person uuid, audit uuid) returns setof app.reason
	language sql stable security definer set search_path = '' as $$
	with met as (
		select distinct on (c.rule, c.source) c.rule, c.subject, c.object, c.source
		from unnest(reasons_met.wanted) w
		join app.claim c on c.organisation = reasons_met.organisation and c.rule = w.rule and c.subject = w.subject and c.object = w.object
			and c.side <> w.side and c.period && w.period
		order by c.rule, c.source, c.object)
	select x.* from met m cross join lateral (
		select * from app.explain_responsible(reasons_met.organisation, m.source, m.object, reasons_met.audit) where m.rule = 'S1'
		union all
		select * from app.explain_operates(reasons_met.organisation, m.source, m.object, reasons_met.person, reasons_met.audit) where m.rule = 'S2'
		union all
		select * from app.explain_certifies(reasons_met.organisation, m.source, m.subject, reasons_met.person, reasons_met.audit) where m.rule = 'S3'
		union all
		select * from app.explain_arranges(reasons_met.organisation, reasons_met.audit, reasons_met.person) where m.rule = 'S4') x
	where x.rule is not null
	order by x.rule, x.message
$$;
comment on function app.reasons_met(uuid, app.claim_row[], uuid, uuid) is 'What stands against these claims of a person who judges: every reason with its dates.';

create or replace function app.reasons_against(organisation uuid, audit uuid, part uuid, person uuid, assigned_on date) returns setof app.reason
	language sql stable security definer set search_path = '' as $$
	select r.* from app.reasons_met(reasons_against.organisation, array(select c from app.claims_to_judge(reasons_against.organisation, reasons_against.audit,
		reasons_against.part, reasons_against.person, reasons_against.assigned_on) c), reasons_against.person, reasons_against.audit) r
$$;
comment on function app.reasons_against(uuid, uuid, uuid, uuid, date) is 'Why a person may not be on the team of a part (S1 to S4): every reason with its dates; none when they may.';

create or replace function app.responsible_reasons(organisation uuid, person uuid, functions uuid[], audit uuid) returns setof app.reason
	language sql stable security definer set search_path = '' as $$
	select x.* from (
		select distinct on (c.source) c.source, c.object from app.claim c
		where c.organisation = $1 and c.rule = 'S1' and c.subject = $2 and c.side = 'responsible'
			and c.object in (select f.function from app.function_with_subs($1, $3) f)
			and c.period && daterange(coalesce((select a.window_from from app.audit a where a.organisation = $1 and a.id = $4),
				(app.today() - make_interval(months => (select o.cooling_off_months from app.organisation o where o.id = $1)))::date), null)
		order by c.source, c.object) c
	cross join lateral app.explain_responsible($1, c.source, c.object, $4) x
	order by x.message
$$;
comment on function app.responsible_reasons(uuid, uuid, uuid[], uuid) is 'The responsibilities of a person for these functions within S1''s window of an audit (or of today).';

create or replace function app.refuse_reasons(reasons app.reason[]) returns void language plpgsql set search_path = '' as $$
declare first app.reason;
begin
	if cardinality(reasons) > 0 then
		first := reasons[1];
		perform app.refuse_separation(first.rule, (select string_agg(r.message, ' ') from unnest(reasons) r),
			first.data || case when cardinality(reasons) > 1 then jsonb_build_object('also', (select jsonb_agg(r.data) from unnest(reasons[2:]) r)) else '{}' end);
	end if;
end $$;
comment on function app.refuse_reasons(app.reason[]) is 'Refuses with the first reason; the others stand in `also`.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Writing claims
-- ---------------------------------------------------------------------------------------------------------------------

create or replace function app.claims_set(organisation uuid, source uuid, wanted app.claim_row[]) returns void
	language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
begin
	delete from app.claim c where c.organisation = organisation and c.source = source
		and not exists (select from unnest(wanted) w where (w.rule, w.subject, w.object, w.side, w.period) = (c.rule, c.subject, c.object, c.side, c.period));
	insert into app.claim (organisation, rule, subject, object, side, period, source)
	select organisation, w.rule, w.subject, w.object, w.side, w.period, source
	from (select distinct * from unnest(wanted)) w
	where not exists (select from app.claim c where c.organisation = organisation and c.source = source
		and (w.rule, w.subject, w.object, w.side, w.period) = (c.rule, c.subject, c.object, c.side, c.period))
	order by w.rule, w.subject, w.object;
end $$;
comment on function app.claims_set(uuid, uuid, app.claim_row[]) is 'Makes a source''s claims exactly these. The exclusion constraint judges.';

create or replace function app.claim_add(rule text, subject uuid, object uuid, side text, period daterange, source uuid) returns void
	language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	org uuid := app.org();
begin
	if exists (select from app.claim c where c.organisation = org and c.source = source and (c.rule, c.subject, c.object, c.side, c.period) = (rule, subject, object, side, period)) then
		return;
	end if;
	if exists (select from app.claim c where c.organisation = org and c.rule = rule and c.subject = subject and c.object = object and c.side <> side and c.period && period) then
		perform app.refuse_separation(rule, case
			when rule = 'S5' and side = 'judges' then format('%s had a hand in this (owned or did an action, gave its proof, or wrote or approved the response) and does not judge it.', app.person_name(org, subject))
			when rule = 'S5' then format('%s has judged this (raised, graded, issued or reviewed it, accepted a plan, decided or verified) and cannot do the work that is judged.', app.person_name(org, subject))
			when rule = 'S4' and side = 'arranges' then format('%s is on the team of this audit and cannot arrange it.', app.person_name(org, subject))
			else format('Rule %s: %s is on the other side.', rule, app.person_name(org, subject)) end,
			jsonb_build_object('rule', rule, 'person', subject, case rule when 'S4' then 'audit' else 'subject' end, object));
	end if;
	insert into app.claim (organisation, rule, subject, object, side, period, source) values (org, rule, subject, object, side, period, source);
end $$;
comment on function app.claim_add(text, uuid, uuid, text, daterange, uuid) is 'Adds one claim of a source, or refuses with its rule. S5: subject person, object finding or request, side `hands` or `judges`, period (,).';

create or replace function app.arranges(audit uuid, person uuid) returns void language sql security definer set search_path = '' as $$
	select app.claim_add('S4', arranges.person, arranges.audit, 'arranges', daterange(app.today(), null), arranges.audit)
	where not exists (select from app.claim c where c.organisation = app.org() and c.rule = 'S4' and c.subject = arranges.person
		and c.object = arranges.audit and c.side = 'arranges')
$$;
comment on function app.arranges(uuid, uuid) is 'Records that a person planned, staffed or safeguarded an audit: never deleted, and they are never on its team (S4).';

-- ---------------------------------------------------------------------------------------------------------------------
-- S9: decisions are refused, facts are recorded
-- ---------------------------------------------------------------------------------------------------------------------

create or replace function app.end_assignment(organisation uuid, id uuid, reason text, gave_way boolean, impaired boolean) returns void
	language sql security definer set search_path = '' as $$
	update app.assignment a set ended_on = app.today(), ended_at = now(), ended_by = app.me(), end_reason = end_assignment.reason,
		gave_way = end_assignment.gave_way, impaired_at = case when end_assignment.impaired then now() else a.impaired_at end
	where a.organisation = end_assignment.organisation and a.id = end_assignment.id and a.ended_on is null
$$;

create or replace function app.impair(organisation uuid, assignment uuid, rule text, source uuid, from_date date, explanation text) returns void
	language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	s app.assignment;
begin
	select * into s from app.assignment x where x.organisation = organisation and x.id = assignment;
	insert into app.impairment (organisation, audit, assignment, person, rule, source, from_date, explanation, created_by)
		values (organisation, s.audit, s.id, s.person, rule, source, from_date, explanation, app.me())
		on conflict on constraint impairment_organisation_assignment_source_key do nothing;
	update app.assignment x set impaired_at = coalesce(x.impaired_at, now()) where x.organisation = organisation and x.id = assignment;
	perform app.end_assignment(organisation, assignment, explanation, false, true);
	perform app.claims_set(organisation, assignment, array(select c from app.claims_of_assignment(organisation, assignment) c));
	perform app.impair_acts(organisation, s.audit, s.part, s.person);
	update app.audit a set revision_due = true where a.organisation = organisation and a.id = s.audit and a.state in ('released', 'closed') and not a.revision_due;
end $$;
comment on function app.impair(uuid, uuid, text, uuid, date, text) is 'A fact came to light: the assignment ends, what was done under it is marked, a released report is due for revision (S9).';

create or replace function app.met_assignments(organisation uuid, wanted app.claim_row[]) returns table (assignment uuid, audit uuid, rule text, object uuid, current boolean, state text)
	language sql stable security definer set search_path = '' as $$
	-- Every assignment, past ones too, whose judging met these claims: sought in the history, not in today's claims.
	select distinct on (s.id) s.id, s.audit, w.rule, w.object, s.ended_on is null and u.ended_on is null, u.state
	from unnest(wanted) w
	join app.assignment s on s.organisation = met_assignments.organisation and (
		(w.rule in ('S1', 'S3') and s.person = w.subject) or
		(w.rule in ('S2', 'S3') and exists (select from app.affiliation f where f.organisation = s.organisation and f.person = s.person and f.party = w.subject)))
	join app.audit u on u.organisation = s.organisation and u.id = s.audit
	cross join lateral app.claims_to_judge(s.organisation, s.audit, s.part, s.person, s.assigned_on) j
	where j.rule = w.rule and j.subject = w.subject and j.object = w.object
		and w.period && (j.period * daterange(null, least(s.ended_on, u.ended_on), '[]'))
		and not (w.rule = 'S3' and s.gave_way)
	order by s.id, w.rule, w.object
$$;

create or replace function app.met_after(organisation uuid, wanted app.claim_row[]) returns table (assignment uuid, audit uuid)
	language sql stable security definer set search_path = '' as $$
	select distinct s.id, s.audit
	from unnest(wanted) w
	join app.assignment s on s.organisation = met_after.organisation and s.ended_on is null and (
		(w.rule = 'S1' and s.person = w.subject) or
		(w.rule = 'S2' and exists (select from app.affiliation f where f.organisation = s.organisation and f.person = s.person and f.party = w.subject)))
	join app.audit u on u.organisation = s.organisation and u.id = s.audit and u.ended_on is not null
	cross join lateral app.claims_to_judge(s.organisation, s.audit, s.part, s.person, s.assigned_on) j
	where j.rule = w.rule and j.subject = w.subject and j.object = w.object and w.period && j.period
$$;
comment on function app.met_after(uuid, app.claim_row[]) is 'Assignments that nobody ended, of audits that have ended, which these claims meet (S1, S2).';

create or replace function app.acts_of(organisation uuid, persons uuid[]) returns table (finding uuid, person uuid, at timestamptz)
	language sql stable security definer set search_path = '' as $$
	select v.finding, v.verified_by, v.created_at from app.verification v where v.organisation = acts_of.organisation and v.verified_by = any (acts_of.persons)
	union
	select d.finding, d.decided_by, d.decided_at from app.dispute d where d.organisation = acts_of.organisation and d.decided_by = any (acts_of.persons)
$$;
comment on function app.acts_of(uuid, uuid[]) is 'The verifications and decisions that these people gave, and when.';

create or replace function app.met_acts(organisation uuid, wanted app.claim_row[]) returns table (finding uuid, audit uuid, person uuid)
	language sql stable security definer set search_path = '' as $$
	with persons as (
		select w.rule, w.subject, w.object, w.period, w.subject as person from unnest(wanted) w where w.rule in ('S1', 'S3')
		union
		select w.rule, w.subject, w.object, w.period, f.person from unnest(wanted) w
		join app.affiliation f on f.organisation = met_acts.organisation and f.party = w.subject where w.rule in ('S2', 'S3'))
	select distinct n.id, n.audit, t.person
	from app.acts_of(met_acts.organisation, array(select p.person from persons p)) t
	join persons p on p.person = t.person
	join app.finding n on n.organisation = met_acts.organisation and n.id = t.finding
	join app.audit u on u.organisation = n.organisation and u.id = n.audit
	cross join lateral app.claims_to_judge_functions(n.organisation, n.functions, u.window_from, t.person, t.at::date) j
	where j.rule = p.rule and j.subject = p.subject and j.object = p.object and p.period && (j.period * daterange(null, t.at::date, '[]'))
$$;
comment on function app.met_acts(uuid, app.claim_row[]) is 'Verifications and decisions given by somebody whom these claims meet, on a team or named off it: sought in the history of acts (S9).';

create or replace function app.meet_judging(organisation uuid, source uuid, wanted app.claim_row[], fact boolean, from_date date, explanation text) returns void
	language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	m record;
	r app.reason;
begin
	-- Only what this record did not claim before: what was judged or recorded then is not judged again.
	wanted := array(
		select row(w.rule, w.subject, w.object, w.side, p.period)::app.claim_row
		from unnest(wanted) w cross join lateral unnest(datemultirange(w.period) - coalesce((select range_agg(c.period) from app.claim c where c.organisation = organisation and c.source = source
			and (c.rule, c.subject, c.object, c.side) = (w.rule, w.subject, w.object, w.side)), '{}')) p (period));
	if wanted = '{}' then return; end if;
	-- First into the line of the audits that are met, then judge: their state may have changed meanwhile, and who is named may be verifying.
	perform app.touch(organisation, '{}', '{}', '{}', array(select x.audit from app.met_assignments(organisation, wanted) x
		union select x.audit from app.met_acts(organisation, wanted) x where fact union select x.audit from app.bound_verifiers(organisation, wanted) x));
	for m in select * from app.met_assignments(organisation, wanted) loop
		if fact then
			perform app.impair(organisation, m.assignment, m.rule, source, from_date, explanation);
		elsif m.current and m.state = 'planned' then
			perform app.end_assignment(organisation, m.assignment, explanation, true, false);
		elsif m.current or m.rule = 'S3' then
			r := app.explain_judging(organisation, m.assignment, m.rule);
			perform app.refuse_separation(r.rule, explanation || ' ' || r.message, r.data);
		end if;
	end loop;
	-- The audit has ended, and with it their judging: who takes on what they judged there no longer stands on its team.
	for m in select * from app.met_after(organisation, wanted) loop
		perform app.end_assignment(organisation, m.assignment, explanation, false, false);
	end loop;
	if fact then
		for m in select * from app.met_acts(organisation, wanted) loop
			perform app.impair_findings(organisation, array[m.finding], m.person);
			update app.audit a set revision_due = true where a.organisation = organisation and a.id = m.audit and a.state in ('released', 'closed') and not a.revision_due;
		end loop;
	end if;
	for m in select distinct on (v.finding, v.person) v.* from app.bound_verifiers(organisation, wanted) v loop
		if fact then
			perform app.unname(organisation, m.finding, m.person);
		else
			perform app.refuse_separation('S9', format('%s %s is named to verify %s until it closes.', explanation, app.person_name(organisation, m.person), m.reference),
				jsonb_build_object('rule', 'S9', 'breaks', m.rule, 'person', m.person, 'audit', m.audit, 'finding', m.finding));
		end if;
	end loop;
	-- Who verified or decided, on a team or named off it, audited (S3): what is left of that after the last judgement.
	for m in select distinct c.subject, n.id as finding, n.audit, n.reference from unnest(wanted) w
			join app.claim c on c.organisation = organisation and c.rule = 'S3' and w.rule = 'S3' and c.subject = w.subject and c.object = w.object and c.side = 'audits' and c.period && w.period
			join app.finding n on n.organisation = organisation and n.id = c.source loop
		if fact then
			delete from app.claim c where c.organisation = organisation and c.source = m.finding and c.rule = 'S3' and c.subject = m.subject;
		else
			perform app.refuse_separation('S9', format('%s %s was verified or decided for them within 24 months.', explanation, m.reference),
				jsonb_build_object('rule', 'S9', 'breaks', 'S3', 'audit', m.audit, 'finding', m.finding));
		end if;
	end loop;
end $$;
comment on function app.meet_judging(uuid, uuid, app.claim_row[], boolean, date, text) is
	'Before a record claims a side against judges: a fact (dated earlier) impairs; a decision gives way to nothing but a planned audit''s assignment, else it is refused naming the audit (S9).';

-- A named verifier stays bound after the audit has closed, until the nonconformity closes: claims with the finding as source.
create or replace function app.bind_verifier(finding uuid, audit uuid, person uuid, functions uuid[]) returns void
	language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	org uuid := app.org();
	wanted app.claim_row[];
begin
	perform app.touch(org, '{}', array[person], (select array_agg(f.function) from app.function_with_subs(org, functions) f), array[audit]);
	wanted := array(select c from app.audit a cross join lateral app.claims_to_judge_functions(org, functions, a.window_from, person, app.today()) c
		where a.organisation = org and a.id = audit);
	perform app.refuse_reasons(array(select r from app.reasons_met(org, wanted, person, audit) r));
	-- Beside what the finding claims already; once they are named, app.derive_named() makes its claims exactly those of who is.
	perform app.claims_set(org, finding, wanted || array(select row(c.rule, c.subject, c.object, c.side, c.period)::app.claim_row
		from app.claim c where c.organisation = org and c.source = finding));
end $$;
comment on function app.bind_verifier(uuid, uuid, uuid, uuid[]) is 'Binds the named verifier of a nonconformity under S1, S2, S3 and S9 until it closes; refuses whom these refuse.';

create or replace function app.unbind_verifier(organisation uuid, finding uuid) returns void language plpgsql security definer set search_path = '' as $$
begin
	delete from app.claim c where c.organisation = unbind_verifier.organisation and c.source = unbind_verifier.finding and c.rule in ('S1', 'S2');
	update app.claim c set period = c.period * daterange(null, app.today(), '[]')
		where c.organisation = unbind_verifier.organisation and c.source = unbind_verifier.finding and c.rule = 'S3' and upper_inf(c.period);
end $$;
comment on function app.unbind_verifier(uuid, uuid) is 'The last judgement was given: what the verifier claimed of functions goes, what S3 counts ends today.';

-- A verifier who comes to belong to a party: what they are bound by counts for that party too.
create or replace function app.verifier_claims_again(organisation uuid, person uuid, fact boolean, explanation text) returns void
	language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	v record;
	wanted app.claim_row[];
	met app.reason[];
begin
	for v in select n.id, n.audit, n.reference, n.functions from app.finding n where n.organisation = organisation and exists (select from app.claim c
			where c.organisation = organisation and c.source = n.id and c.rule = 'S1' and c.side = 'judges' and c.subject = person) loop
		wanted := array(select c from app.audit a cross join lateral app.claims_to_judge_functions(organisation, v.functions, a.window_from, person, app.today()) c
			where a.organisation = organisation and a.id = v.audit);
		met := array(select r from app.reasons_met(organisation, wanted, person, v.audit) r);
		if cardinality(met) = 0 then
			perform app.claims_set(organisation, v.id, wanted || array(select row(c.rule, c.subject, c.object, c.side, c.period)::app.claim_row
				from app.claim c where c.organisation = organisation and c.source = v.id));
		elsif fact then
			perform app.unname(organisation, v.id, person);
		else
			perform app.refuse_separation('S9', format('%s %s is named to verify %s until it closes.', explanation, app.person_name(organisation, person), v.reference),
				jsonb_build_object('rule', 'S9', 'breaks', met[1].rule, 'person', person, 'audit', v.audit, 'finding', v.id));
		end if;
	end loop;
end $$;

create or replace function app.auditor_today(person uuid) returns bool
language sql stable security definer set search_path = '' as $$
	select exists (select from app.membership m where m.organisation = app.org() and m.person = auditor_today.person and m.role = 'auditor' and m.held @> app.today())
$$;

-- Who is named on a finding: to verify it, until it closes; to decide its dispute, until it is decided; to sign, until it is signed.
create or replace function app.named_on(f app.finding) returns uuid[] language sql immutable set search_path = '' as $$
	select case when f.state in ('closed', 'withdrawn', 'declined', 'done') then '{}'
		else array_remove(array[f.verifier, case when f.state = 'disputed' then f.decider end, f.signer], null) end
$$;
create or replace function app.derive_named() returns trigger language plpgsql security definer set search_path = '' as $$
declare
	wanted app.claim_row[];
begin
	if app.named_on(new) = app.named_on(old) then return null; end if;
	wanted := array(select c from unnest(app.named_on(new)) p (person), app.audit a cross join lateral app.claims_to_judge_functions(new.organisation, new.functions, a.window_from, p.person,
			coalesce((select min(lower(k.period)) from app.claim k where k.organisation = new.organisation and k.source = new.id and k.rule = 'S3' and k.subject = p.person and upper_inf(k.period)), app.today())) c
		where a.organisation = new.organisation and a.id = new.audit);
	update app.claim c set period = c.period * daterange(null, app.today(), '[]') where c.organisation = new.organisation and c.source = new.id and c.rule = 'S3' and upper_inf(c.period)
		and not exists (select from unnest(wanted) w where w.rule = 'S3' and w.subject = c.subject);
	perform app.claims_set(new.organisation, new.id, wanted || array(select row(c.rule, c.subject, c.object, c.side, c.period)::app.claim_row
		from app.claim c where c.organisation = new.organisation and c.source = new.id and (c.rule = 'S5' or c.rule = 'S3' and not upper_inf(c.period))));
	return null;
end $$;
comment on function app.derive_named() is 'A finding claims what those named on it judge (S1, S2, S3): the others are free from then on, but for S3''s 24 months.';

create or replace function app.unname(organisation uuid, finding uuid, person uuid) returns void language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
begin
	update app.finding n set verifier = nullif(n.verifier, person), decider = nullif(n.decider, person), signer = nullif(n.signer, person)
	where n.organisation = organisation and n.id = finding and person in (n.verifier, n.decider, n.signer);
end $$;
comment on function app.unname(uuid, uuid, uuid) is 'A fact came to light about who is named to verify or decide: they are no longer, and somebody eligible is named anew (S9).';

create or replace function app.bound_verifiers(organisation uuid, wanted app.claim_row[]) returns table (finding uuid, audit uuid, person uuid, reference text, rule text)
	language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
	return query select c.source, n.audit, p.person, n.reference, c.rule
		from unnest(wanted) w
		join app.claim c on c.organisation = bound_verifiers.organisation and c.rule = w.rule and c.subject = w.subject and c.object = w.object
			and c.side in ('judges', 'audits') and c.side <> w.side and c.period && w.period
		join app.finding n on n.organisation = c.organisation and n.id = c.source
		cross join lateral (select x.person from unnest(app.named_on(n)) x (person) where x.person = c.subject
			or exists (select from app.affiliation f where f.organisation = n.organisation and f.person = x.person and f.party = c.subject)) p;
end $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The derivations
-- ---------------------------------------------------------------------------------------------------------------------

create or replace function app.counts_until() returns trigger language plpgsql set search_path = '' as $$
begin
	if new.until_date < app.today() then new.counts_until := app.today(); else new.counts_until := new.until_date; end if;
	return new;
end $$;
comment on function app.counts_until() is 'An end dated before the day it is entered counts from that day only, until countersigned (S13).';

create or replace function app.first_ending() returns trigger language plpgsql security definer set search_path = '' as $$
begin
	if new.until_date is not null then
		insert into app.ending (organisation, noun, subject, person, until_date, entered_on, reason, state, created_by)
		values (new.organisation, tg_argv[0], new.id, nullif(to_jsonb(new) ->> 'person', '')::uuid, new.until_date, app.today(),
			'Entered with the record.', case when new.until_date < app.today() then 'proposed' else 'effective' end, app.me());
	end if;
	return null;
end $$;

create or replace function app.fact_from(op text, from_date date, before date, after date) returns date language sql stable set search_path = '' as $$
	select x.day from (select case when op = 'INSERT' then from_date when before is not null and (after is null or after > before) then before + 1 end) x (day) where x.day < app.today()
$$;
comment on function app.fact_from(text, date, date, date) is 'The first day of what a write adds to a record''s period, where it has already happened: then it is a fact (S9). Null: a decision.';

create or replace function app.lapse_declarations(organisation uuid, functions uuid[], reason text) returns void language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	lapsing uuid[];
begin
	lapsing := array(select s.id from app.assignment s join app.audit u on u.organisation = s.organisation and u.id = s.audit and u.ended_on is null
		where s.organisation = organisation and s.ended_on is null
			and exists (select from app.function_with_subs(organisation, app.judged_functions(organisation, s.audit, s.part)) f where f.function = any (functions))
			and exists (select from app.declaration d where d.organisation = organisation and d.assignment = s.id and d.lapsed_at is null) order by s.id);
	if lapsing = '{}' then return; end if;
	perform app.touch(organisation, '{}', '{}', '{}', array(select distinct s.audit from app.assignment s where s.organisation = organisation and s.id = any (lapsing)));
	update app.declaration d set lapsed_at = now(), lapse_reason = reason where d.organisation = organisation and d.assignment = any (lapsing) and d.lapsed_at is null;
end $$;
comment on function app.lapse_declarations(uuid, uuid[], text) is 'Declarations of those who judge one of these functions lapse: they are signed anew before anything is read or recorded (S7).';

create or replace function app.derive_responsibility() returns trigger language plpgsql security definer set search_path = '' as $$
declare
	began date := app.fact_from(tg_op, new.from_date, case when tg_op = 'UPDATE' then old.counts_until end, new.counts_until);
	wanted app.claim_row[];
	x app.reason;
begin
	perform app.touch(new.organisation, '{}', array[new.person],
		(select array_agg(c.function) from app.function_carried(new.organisation, array[new.function]) c), '{}');
	select coalesce(array_agg(c), '{}') into wanted from app.claims_of_responsibility(new.organisation, new.id) c;
	x := app.explain_responsible(new.organisation, new.id, new.function, null);
	perform app.meet_judging(new.organisation, new.id, wanted, began is not null, coalesce(began, new.from_date), x.message);
	perform app.claims_set(new.organisation, new.id, wanted);
	if tg_op = 'INSERT' and (new.until_date is null or new.until_date >= app.today()) then
		perform app.lapse_declarations(new.organisation, array(select w.object from unnest(wanted) w), 'A responsibility for a function in scope began.');
	end if;
	-- whom management named answers for it only while it has no owner
	perform ledger.sync(new.organisation, f.answerable) from app.function f
		where f.organisation = new.organisation and f.id = new.function and f.answerable is not null and f.answerable <> new.person and new.kind = 'owns';
	perform ledger.sync(new.organisation, new.person);
	return null;
end $$;

create or replace function app.derive_operation() returns trigger language plpgsql security definer set search_path = '' as $$
declare
	began date := app.fact_from(tg_op, new.from_date, case when tg_op = 'UPDATE' then old.counts_until end, new.counts_until);
	wanted app.claim_row[];
	x app.reason;
begin
	perform app.touch(new.organisation, array[new.party],
		(select array_agg(a.person) from app.affiliation a where a.organisation = new.organisation and a.party = new.party),
		(select array_agg(c.function) from app.function_carried(new.organisation, array[new.function]) c), '{}');
	select coalesce(array_agg(c), '{}') into wanted from app.claims_of_operation(new.organisation, new.id) c;
	x := app.explain_operates(new.organisation, new.id, new.function, null, null);
	perform app.meet_judging(new.organisation, new.id, wanted, began is not null, coalesce(began, new.from_date), x.message);
	perform app.claims_set(new.organisation, new.id, wanted);
	return null;
end $$;

create or replace function app.certification_claims_again(organisation uuid, party uuid, fact boolean, from_date date) returns void
	language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	c record;
	wanted app.claim_row[];
	x app.reason;
begin
	for c in select n.id from app.certification n where n.organisation = organisation and n.kind = 'certification'
			and n.party in (select g.party from app.party_group(organisation, party) g) order by n.id loop
		select coalesce(array_agg(w), '{}') into wanted from app.claims_of_certification(organisation, c.id) w;
		x := app.explain_certifies(organisation, c.id, null, null, null);
		perform app.meet_judging(organisation, c.id, wanted, fact, from_date, x.message);
		perform app.claims_set(organisation, c.id, wanted);
	end loop;
end $$;

create or replace function app.derive_certification() returns trigger language plpgsql security definer set search_path = '' as $$
declare
	began date := app.fact_from(tg_op, new.from_date, case when tg_op = 'UPDATE' then old.counts_until end, new.counts_until);
begin
	perform app.touch(new.organisation, (select array_agg(g.party) from app.party_group(new.organisation, new.party) g),
		(select array_agg(a.person) from app.affiliation a where a.organisation = new.organisation
			and a.party in (select g.party from app.party_group(new.organisation, new.party) g)), '{}', '{}');
	perform app.certification_claims_again(new.organisation, new.party, began is not null, coalesce(began, new.from_date));
	if new.kind = 'attestation' then
		perform app.derive_attestation_interests(new.organisation, new.party);
	end if;
	return null;
end $$;

create or replace function app.derive_attestation_interests(organisation uuid, party uuid) returns void language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
begin
	-- S7: an affiliation with a party that attests the organisation, now or within 24 months, is an interest whoever declares what.
	insert into app.interest (organisation, audit, person, party, kind, description, derived, created_by)
	select distinct s.organisation, s.audit, s.person, c.party, 'attestation'::app.interest_kind,
		format('%s attests the organisation, and %s belongs or belonged to it.', app.party_name(organisation, c.party), app.person_name(organisation, s.person)), true, app.me()
	from app.assignment s
	join app.audit u on u.organisation = s.organisation and u.id = s.audit and u.ended_on is null
	join app.affiliation f on f.organisation = s.organisation and f.person = s.person
	join app.certification c on c.organisation = s.organisation and c.kind = 'attestation'
	where s.organisation = organisation and s.ended_on is null and f.party = c.party and (party is null or c.party = party)
		and app.lengthened(c.period * f.period, 24) @> app.today() and not isempty(c.period * f.period)
		and not exists (select from app.interest i where i.organisation = s.organisation and i.audit = s.audit and i.person = s.person and i.derived and i.party = c.party);
end $$;

create or replace function app.derive_affiliation() returns trigger language plpgsql security definer set search_path = '' as $$
declare
	a record;
	began date := app.fact_from(tg_op, new.from_date, case when tg_op = 'UPDATE' then old.counts_until end, new.counts_until);
	fact boolean := began is not null;
	met app.reason[];
	explanation text := format('%s belongs to %s from %s.', app.person_name(new.organisation, new.person), app.party_name(new.organisation, new.party), app.day(new.from_date));
	x app.reason;
begin
	perform app.touch(new.organisation, array[new.party], array[new.person], '{}', '{}');
	-- What the person judges now also counts for this party (S2, S3). First into the line of their audits and of those in which they are named or gave a judgement, then judge.
	perform app.touch(new.organisation, '{}', '{}', '{}', array(select s.audit from app.assignment s where s.organisation = new.organisation and s.person = new.person
		union select n.audit from app.finding n where n.organisation = new.organisation and n.id in (select k.finding from app.acts_of(new.organisation, array[new.person]) k
			union select c.source from app.claim c where c.organisation = new.organisation and c.rule = 'S1' and c.subject = new.person and c.side = 'judges')));
	for a in select s.*, u.state, u.ended_on as audit_ended, u.reference from app.assignment s join app.audit u on u.organisation = s.organisation and u.id = s.audit
			where s.organisation = new.organisation and s.person = new.person order by s.id loop
		-- What they claimed until their last judgement: what began after it meets nothing.
		select coalesce(array_agg(r), '{}') into met from app.reasons_met(new.organisation, array(
				select row(w.rule, w.subject, w.object, w.side, w.period * daterange(null, least(a.ended_on, a.audit_ended), '[]'))::app.claim_row
				from app.claims_to_judge(new.organisation, a.audit, a.part, a.person, a.assigned_on) w), a.person, a.audit) r
			where r.rule in ('S2', 'S3') and (r.data ->> 'party')::uuid in (select g.party from app.party_group(new.organisation, new.party) g);
		if cardinality(met) = 0 then
			if a.ended_on is null and a.audit_ended is null then
				perform app.claims_set(new.organisation, a.id, (select array_agg(c) from app.claims_of_assignment(new.organisation, a.id) c));
			end if;
		elsif fact then
			perform app.impair(new.organisation, a.id, met[1].rule, new.id, began, explanation);
		elsif a.ended_on is null and a.audit_ended is null and a.state = 'planned' then
			perform app.end_assignment(new.organisation, a.id, explanation, true, false);
		elsif a.ended_on is null and a.audit_ended is null then
			x := app.explain_judging(new.organisation, a.id, met[1].rule);
			perform app.refuse_separation('S9', explanation || ' ' || x.message, x.data);
		end if;
	end loop;
	-- What they verified or decided, on a team or named off it, though they belonged to it.
	for a in select n.id, n.audit, n.functions, u.window_from, k.at from app.acts_of(new.organisation, array[new.person]) k
			join app.finding n on n.organisation = new.organisation and n.id = k.finding
			join app.audit u on u.organisation = n.organisation and u.id = n.audit where fact loop
		if exists (select from app.reasons_met(new.organisation, array(select row(w.rule, w.subject, w.object, w.side, w.period * daterange(null, a.at::date, '[]'))::app.claim_row
				from app.claims_to_judge_functions(new.organisation, a.functions, a.window_from, new.person, a.at::date) w), new.person, a.audit) r
				where r.rule in ('S2', 'S3') and (r.data ->> 'party')::uuid in (select g.party from app.party_group(new.organisation, new.party) g)) then
			perform app.impair_findings(new.organisation, array[a.id], new.person);
			update app.audit u set revision_due = true where u.organisation = new.organisation and u.id = a.audit and u.state in ('released', 'closed') and not u.revision_due;
		end if;
	end loop;
	perform app.verifier_claims_again(new.organisation, new.person, fact, explanation);
	perform app.certification_claims_again(new.organisation, new.party, fact, coalesce(began, new.from_date));
	perform app.derive_attestation_interests(new.organisation, null);
	return null;
end $$;

create or replace function app.derive_assignment() returns trigger language plpgsql security definer set search_path = '' as $$
declare
	met app.reason[];
begin
	perform app.touch(new.organisation, '{}', array[new.person], (
		select array_agg(f.function) from app.function_with_subs(new.organisation, (
			select array_agg(pf.function) from app.part_function pf where pf.organisation = new.organisation and pf.audit = new.audit
				and (new.part is null or pf.part = new.part))) f), array[new.audit]);
	if tg_op = 'INSERT' then
		if exists (select from app.audit u where u.organisation = new.organisation and u.id = new.audit and u.ended_on is not null) then
			perform app.refuse('state', 'The audit has ended; nobody joins its team.', '{}');
		end if;
		met := array(select r from app.reasons_against(new.organisation, new.audit, new.part, new.person, new.assigned_on) r);
		perform app.refuse_reasons(met);
		perform app.refuse_incompetent(new.organisation, new.audit, new.person, new.role::text);
	end if;
	perform app.claims_set(new.organisation, new.id, (select coalesce(array_agg(c), '{}') from app.claims_of_assignment(new.organisation, new.id) c));
	if new.ended_on is not null then
		update app.declaration d set lapsed_at = now(), lapse_reason = 'The assignment ended.' where d.organisation = new.organisation and d.assignment = new.id and d.lapsed_at is null;
	else
		perform app.derive_attestation_interests(new.organisation, null);
	end if;
	perform ledger.sync(new.organisation, new.person);
	return null;
end $$;

create or replace function app.refuse_incompetent(organisation uuid, audit uuid, person uuid, role text) returns void language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_variable
begin
	if not exists (select from app.membership m where m.organisation = organisation and m.person = person and m.role = 'auditor' and m.held @> app.today()) then
		perform app.refuse_separation('roles', format('%s does not have the auditor role; it is needed for every assignment.', app.person_name(organisation, person)), jsonb_build_object('rule', 'roles', 'person', person, 'audit', audit));
	end if;
	perform app.refuse_reasons(array(select r from app.competence_reasons(organisation, audit, person, role) r));
end $$;
comment on function app.refuse_incompetent(uuid, uuid, uuid, text) is 'S12 at assignment: the lead''s evaluation as a lead, and for a lead or auditor one competence record for a criterion of the audit.';

create or replace function app.audit_claims_again(organisation uuid, audit uuid) returns void language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	s record;
	met app.reason[];
begin
	for s in select a.* from app.assignment a join app.audit u on u.organisation = a.organisation and u.id = a.audit
			where a.organisation = organisation and a.audit = audit order by a.id loop
		if s.ended_on is null and not exists (select from app.audit u where u.organisation = organisation and u.id = audit and u.ended_on is not null) then
			met := array(select r from app.reasons_against(organisation, s.audit, s.part, s.person, s.assigned_on) r);
			perform app.refuse_reasons(met);
		end if;
		perform app.claims_set(organisation, s.id, (select coalesce(array_agg(c), '{}') from app.claims_of_assignment(organisation, s.id) c));
	end loop;
end $$;
comment on function app.audit_claims_again(uuid, uuid) is 'After a change of scope or dates: what everyone on the team claims, anew; refuses what S1 to S3 refuse.';

create or replace function app.derive_audit() returns trigger language plpgsql security definer set search_path = '' as $$
begin
	if (new.window_from, new.ended_on) is distinct from (old.window_from, old.ended_on) then
		perform app.audit_claims_again(new.organisation, new.id);
	end if;
	if new.ended_on is not null and old.ended_on is null then
		perform ledger.sync(new.organisation, a.person) from app.assignment a where a.organisation = new.organisation and a.audit = new.id;
	end if;
	return null;
end $$;

create or replace function app.derive_part_function() returns trigger language plpgsql security definer set search_path = '' as $$
declare
	row app.part_function;
begin
	if tg_op = 'DELETE' then row := old; else row := new; end if;
	perform app.touch(row.organisation, '{}', (select array_agg(s.person) from app.assignment s where s.organisation = row.organisation and s.audit = row.audit and s.ended_on is null),
		(select array_agg(f.function) from app.function_with_subs(row.organisation, array[row.function]) f), array[row.audit]);
	perform app.audit_claims_again(row.organisation, row.audit);
	if tg_op = 'INSERT' then
		update app.declaration d set lapsed_at = now(), lapse_reason = 'Functions were added to the scope.'
		from app.assignment s where s.organisation = row.organisation and s.id = d.assignment and d.organisation = row.organisation and d.audit = row.audit
			and d.lapsed_at is null and s.ended_on is null and (s.part is null or s.part = row.part) and not (row.function = any (d.functions));
	end if;
	return null;
end $$;

create or replace function app.derive_membership() returns trigger language plpgsql security definer set search_path = '' as $$
declare
	wanted app.claim_row[];
	other record;
begin
	perform app.touch(new.organisation, array_remove(array[new.party], null), array[new.person], '{}', '{}');
	select coalesce(array_agg(c), '{}') into wanted from app.claims_of_membership(new.organisation, new.id) c;
	select m.role, m.from_date, m.until_date into other from unnest(wanted) w
		join app.claim c on c.organisation = new.organisation and c.rule = 'roles' and c.subject = w.subject and c.object = w.object and c.side <> w.side and c.period && w.period
		join app.membership m on m.organisation = c.organisation and m.id = c.source limit 1;
	if found then
		perform app.refuse_separation('roles', format('%s is %s from %s%s; %s and %s exclude each other in one organisation at one time.', app.person_name(new.organisation, new.person),
			replace(other.role::text, '_', ' '), app.day(other.from_date), coalesce(' until ' || app.day(other.until_date), ''), replace(other.role::text, '_', ' '), replace(new.role::text, '_', ' ')),
			jsonb_build_object('rule', 'roles', 'person', new.person, 'roles', jsonb_build_array(other.role, new.role)));
	end if;
	perform app.claims_set(new.organisation, new.id, wanted);
	if new.role = 'observer' then
		perform app.certification_claims_again(new.organisation, new.party, false, app.today());
	end if;
	perform ledger.sync(new.organisation, new.person);
	return null;
end $$;

create or replace function app.derive_function_tree() returns trigger language plpgsql security definer set search_path = '' as $$
declare
	org uuid := new.organisation;
	ids uuid[];
	r record;
	began date := case when tg_table_name = 'succession' then (to_jsonb(new) ->> 'on_date')::date else app.today() end;
	fact boolean := began < app.today();
begin
	if tg_table_name = 'function' then
		if new.parent is not distinct from old.parent then return null; end if;
		ids := array[new.id, new.parent];
	else
		ids := array[(to_jsonb(new) ->> 'predecessor')::uuid, (to_jsonb(new) ->> 'successor')::uuid];
	end if;
	perform app.touch(org, '{}', '{}', (select array_agg(distinct f.function) from app.function_carried(org, ids) f), '{}');
	if tg_table_name = 'function' then
		if exists (select from app.function_with_subs(org, array[new.id]) f where f.function = new.parent) then
			perform app.refuse('cycle', 'A function cannot be a sub-function of its own sub-function.', '{}');
		end if;
	elsif exists (select from app.function_carried(org, ids[2:2]) f where f.function = ids[1]) then
		perform app.refuse('cycle', 'The second carries over to the first already.', '{}');
	end if;
	-- A responsibility or an operating party of anything above now reaches further; so does an audit that holds it.
	for r in select x.id, x.person from app.responsibility x where x.organisation = org order by x.id loop
		if exists (select from app.claims_of_responsibility(org, r.id) w where w.object = any (ids)) then
			perform app.meet_judging(org, r.id, (select array_agg(w) from app.claims_of_responsibility(org, r.id) w), fact, began, (app.explain_responsible(org, r.id, (select x.function from app.responsibility x where x.organisation = org and x.id = r.id), null)).message);
		end if;
		perform app.claims_set(org, r.id, (select coalesce(array_agg(w), '{}') from app.claims_of_responsibility(org, r.id) w));
		perform ledger.sync(org, r.person);
	end loop;
	for r in select x.id, x.function from app.operation x where x.organisation = org order by x.id loop
		if exists (select from app.claims_of_operation(org, r.id) w where w.object = any (ids)) then
			perform app.meet_judging(org, r.id, array(select w from app.claims_of_operation(org, r.id) w), fact, began, (app.explain_operates(org, r.id, r.function, null, null)).message);
		end if;
		perform app.claims_set(org, r.id, (select coalesce(array_agg(w), '{}') from app.claims_of_operation(org, r.id) w));
	end loop;
	for r in select u.id from app.audit u where u.organisation = org and u.ended_on is null order by u.id loop
		perform app.audit_claims_again(org, r.id);
	end loop;
	perform app.lapse_declarations(org, ids[1:1], 'A function came under one in scope.') where tg_table_name = 'function';
	perform app.lapse_declarations(org, array(select f.function from app.function_with_subs(org, ids[2:2]) f), 'Responsibilities for a function in scope were carried on to it.') where tg_table_name = 'succession';
	return null;
end $$;

create or replace function app.derive_interest() returns trigger language plpgsql security definer set search_path = '' as $$
begin
	perform ledger.sync(new.organisation, new.person);
	return null;
end $$;

create or replace function app.derive_party() returns trigger language plpgsql security definer set search_path = '' as $$
declare
	r record;
begin
	if (new.in_group, new.affiliates) is not distinct from (old.in_group, old.affiliates) then return null; end if;
	perform app.touch(new.organisation, array[new.id], (select array_agg(a.person) from app.affiliation a where a.organisation = new.organisation and a.party = new.id),
		(select array_agg(o.function) from app.operation o where o.organisation = new.organisation and o.party = new.id), '{}');
	for r in select o.id, o.function from app.operation o where o.organisation = new.organisation and o.party = new.id loop
		perform app.meet_judging(new.organisation, r.id, (select coalesce(array_agg(w), '{}') from app.claims_of_operation(new.organisation, r.id) w), false, app.today(),
			(app.explain_operates(new.organisation, r.id, r.function, null, null)).message);
		perform app.claims_set(new.organisation, r.id, (select coalesce(array_agg(w), '{}') from app.claims_of_operation(new.organisation, r.id) w));
	end loop;
	for r in select s.id from app.assignment s join app.affiliation a on a.organisation = s.organisation and a.person = s.person
			where s.organisation = new.organisation and a.party = new.id and s.ended_on is null loop
		perform app.claims_set(new.organisation, r.id, (select coalesce(array_agg(w), '{}') from app.claims_of_assignment(new.organisation, r.id) w));
	end loop;
	perform app.certification_claims_again(new.organisation, new.id, false, app.today());
	return null;
end $$;

do $$
declare
	t text;
begin
	foreach t in array array['affiliation', 'membership', 'certification', 'operation', 'responsibility'] loop
		execute format('create or replace trigger counts before insert on app.%I for each row execute function app.counts_until()', t);
		execute format('create or replace trigger first_ending after insert on app.%I for each row execute function app.first_ending(%L)', t, t);
		execute format('create or replace trigger derive after insert or update of from_date, until_date, counts_until on app.%I for each row execute function app.derive_%s()', t, t);
	end loop;
end $$;
create or replace trigger derive after insert or update of ended_on on app.assignment for each row execute function app.derive_assignment();
create or replace trigger derive after update on app.audit for each row execute function app.derive_audit();
create or replace trigger derive after insert or delete on app.part_function for each row execute function app.derive_part_function();
create or replace trigger derive after update of parent on app.function for each row execute function app.derive_function_tree();
create or replace trigger named after update of verifier, decider, signer, state on app.finding for each row execute function app.derive_named();
create or replace trigger derive after insert on app.succession for each row execute function app.derive_function_tree();
create or replace trigger derive after update of in_group, affiliates on app.party for each row execute function app.derive_party();
create or replace trigger derive after insert or update on app.interest for each row execute function app.derive_interest();
create or replace trigger derive after insert or update on app.declaration for each row execute function app.derive_interest();

create or replace function app.check_claims() returns setof text language sql stable security definer set search_path = '' as $$
	with wanted as (
		select r.organisation, r.id as source, c.* from app.responsibility r cross join lateral app.claims_of_responsibility(r.organisation, r.id) c
		union all select r.organisation, r.id, c.* from app.operation r cross join lateral app.claims_of_operation(r.organisation, r.id) c
		union all select r.organisation, r.id, c.* from app.certification r cross join lateral app.claims_of_certification(r.organisation, r.id) c
		union all select r.organisation, r.id, c.* from app.assignment r cross join lateral app.claims_of_assignment(r.organisation, r.id) c
		union all select r.organisation, r.id, c.* from app.membership r cross join lateral app.claims_of_membership(r.organisation, r.id) c),
	stored as (
		select c.organisation, c.source, c.rule, c.subject, c.object, c.side, c.period from app.claim c
		where c.side not in ('arranges', 'hands') and c.rule <> 'S5' and not exists (select from app.finding n where n.organisation = c.organisation and n.id = c.source))
	select format('claim %s of %s in organisation %s is missing: %s on %s, %s', rule, source, organisation, subject, object, period) from (table wanted except table stored) x
	union all
	select format('claim %s of %s in organisation %s has no source: %s on %s, %s', rule, source, organisation, subject, object, period) from (table stored except table wanted) x
$$;
comment on function app.check_claims() is 'Recomputes every claim from its source and tells where what is stored differs.';
reset role;
