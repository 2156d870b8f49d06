-- Judging: what a person claims on the team of a part, what stands against it, and how a refusal explains itself
-- (S1-S4).
-- Rules and words: docs/separation.md. Everything here runs as ninetwo_owner, in the transaction of the write it
-- judges.

create or replace function app.claims_to_judge_functions(_organisation uuid, _functions uuid[], _window_from date,
	_person uuid, _from_day date) returns setof app.claim_row
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	with f as (
		select c.function from app.function_with_subs(_organisation, _functions) c),
	belongs as (
		select af.party, af.period from app.affiliation af
		where af.organisation = _organisation and af.person = _person)
	select 'S1', _person, f.function, 'judges', daterange(_window_from, null) from f
	union all
	select 'S2', d.party, f.function, 'judges', d.day
	from f, (select b.party, unnest(datemultirange(b.period * daterange(_window_from, null))
		- app.own_days(_organisation, b.party)) as day from belongs b) d
	union all
	select 'S3', s.subject, _organisation, 'audits', s.period from (
		select _person as subject, daterange(_from_day, null) as period
		union all
		select b.party, b.period * daterange(_from_day, null) from belongs b) s
	where not isempty(s.period);
end
$$;
comment on function app.claims_to_judge_functions(uuid, uuid[], date, uuid, date) is
	'What a person claims who judges these functions from a day on, looking back to the first day of the window: S1, '
	'S2, S3.';

create or replace function app.judged_functions(_organisation uuid, _audit uuid, _part uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(array_agg(x.function), '{}') from (
		select pf.function from app.part_function pf where pf.organisation = _organisation and pf.audit = _audit
			and (_part is null or pf.part = _part)
		union select c.function from app.check c where c.organisation = _organisation and c.audit = _audit
			and (_part is null or c.part = _part)
		union select r.function from app.evidence_request r where r.organisation = _organisation and r.audit = _audit
			and (_part is null or r.part = _part)
		union select n.function from app.finding f, unnest(f.functions) n (function)
			where f.organisation = _organisation and f.audit = _audit and (_part is null or f.part = _part)) x);
end
$$;
comment on function app.judged_functions(uuid, uuid, uuid) is
	'The functions that a part holds (part null: any part), and those about which it has working papers or findings '
	'though they were taken out of its scope: what was judged stays judged.';

create or replace function app.claims_to_judge(_organisation uuid, _audit uuid, _part uuid, _person uuid,
	_assigned_on date, _first_act_on date default null) returns setof app.claim_row
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select c.* from app.audit a
		cross join lateral app.claims_to_judge_functions(a.organisation,
		app.judged_functions(a.organisation, a.id, _part), least(a.window_from, _first_act_on), _person,
		_assigned_on) c
	where a.organisation = _organisation and a.id = _audit
	union all
	select 'S4', _person, _audit, 'judges', daterange(_assigned_on, null);
end
$$;
comment on function app.claims_to_judge(uuid, uuid, uuid, uuid, date, date) is
	'What a person would claim on the team of a part (part null: of every part) from a day on. The window is the '
	'plan''s, '
	'or begins with their declaration where that is earlier.';

create or replace function app.claims_of_assignment(_organisation uuid, _source uuid) returns setof app.claim_row
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select c.rule, c.subject, c.object, c.side,
		c.period * daterange(null, least(s.ended_on, u.ended_on), case when c.rule = 'S3' then '[]' else '[)' end)
	from app.assignment s
	join app.audit u on u.organisation = s.organisation and u.id = s.audit
	cross join lateral app.claims_to_judge(s.organisation, s.audit, s.part, s.person, s.assigned_on,
		s.first_act_on) c
	where s.organisation = _organisation and s.id = _source
		and (c.rule in ('S3', 'S4') or (s.ended_on is null and u.ended_on is null))
		-- a fact that was recorded stands against it
		and not (c.rule = 'S3'
			and exists (select from app.impairment i where i.organisation = s.organisation and i.assignment = s.id
			and i.rule = 'S3'))
		-- an assignment that gave way while its audit was planned has supplied nobody
		and not (c.rule = 'S3' and s.gave_way)
		and not isempty(c.period * daterange(null, least(s.ended_on, u.ended_on), case when c.rule = 'S3' then '[]'
			else '[)' end));
end
$$;

create or replace function app.reasons_met(_organisation uuid, _wanted app.claim_row[], _person uuid, _audit uuid)
returns setof app.reason language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	with met as (
		select distinct on (c.rule, c.source) c.rule, c.subject, c.object, c.source
		from unnest(_wanted) w
		join app.claim c on c.organisation = _organisation and c.rule = w.rule and c.subject = w.subject
			and c.object = w.object
			and c.side <> w.side and c.period && w.period
		order by c.rule, c.source, c.object)
	select x.* from met m cross join lateral (
		select * from app.explain_responsible(_organisation, m.source, m.object, _audit) where m.rule = 'S1'
		union all
		select * from app.explain_operates(_organisation, m.source, m.object, _person, _audit) where m.rule = 'S2'
		union all
		select * from app.explain_certifies(_organisation, m.source, m.subject, _person, _audit) where m.rule = 'S3'
		union all
		select * from app.explain_arranges(_organisation, _audit, _person) where m.rule = 'S4') x
	where x.rule is not null
	order by x.rule, x.message;
end
$$;
comment on function app.reasons_met(uuid, app.claim_row[], uuid, uuid) is
	'What stands against these claims of a person who judges: every reason with its dates.';

create or replace function app.reasons_against(_organisation uuid, _audit uuid, _part uuid, _person uuid,
	_assigned_on date, _first_act_on date default null) returns setof app.reason
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select r.* from app.reasons_met(_organisation, array(select c from app.claims_to_judge(_organisation, _audit,
		_part, _person, _assigned_on, _first_act_on) c), _person, _audit) r;
end
$$;
comment on function app.reasons_against(uuid, uuid, uuid, uuid, date, date) is
	'Why a person may not be on the team of a part (S1 to S4): every reason with its dates; none when they may.';

create or replace function app.reasons_refusal(_reasons app.reason[]) returns app.refusal
language plpgsql immutable set search_path = '' as $$
declare
	first constant app.reason := _reasons[1];
	no app.refusal := app.no(first.rule, first.data #>> '{say,id}', first.data #> '{say,args}', first.data);
begin
	if first.rule is null then
		return null;
	elsif cardinality(_reasons) > 1 then
		no.say := 'reasons';
		no.args := jsonb_build_object('reasons', (select jsonb_agg(r.data -> 'say') from unnest(_reasons) r));
		no.data := no.data || jsonb_build_object('also', (select jsonb_agg(r.data) from unnest(_reasons[2:]) r));
	end if;
	return no;
end
$$;
comment on function app.reasons_refusal(app.reason[]) is
	'A refusal for the first reason that says all of them; the others stand in `also`. Null where there is none.';

create or replace function app.refuse_reasons(_reasons app.reason[]) returns void
language plpgsql set search_path = '' as $$
begin
	if cardinality(_reasons) > 0 then
		perform app.refuse(app.reasons_refusal(_reasons));
	end if;
end
$$;
comment on function app.refuse_reasons(app.reason[]) is 'Refuses with the first reason; the others stand in `also`.';

create or replace function app.derive_assignment() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	met app.reason[];
begin
	perform app.touch(new.organisation, '{}', array[new.person], (
		select array_agg(f.function) from app.function_with_subs(new.organisation, (
			select array_agg(pf.function) from app.part_function pf where pf.organisation = new.organisation
				and pf.audit = new.audit
				and (new.part is null or pf.part = new.part))) f), array[new.audit]);
	if tg_op = 'INSERT' then
		if exists (select from app.audit u where u.organisation = new.organisation and u.id = new.audit
			and u.ended_on is not null) then
			perform app.refuse(app.no('state', 'judging.ended'));
		end if;
		met :=
			array(select r from app.reasons_against(new.organisation, new.audit, new.part, new.person,
			new.assigned_on) r);
		perform app.refuse_reasons(met);
		perform app.refuse_incompetent(new.organisation, new.audit, new.person, new.role::text);
	elsif new.first_act_on is distinct from old.first_act_on then
		perform app.refuse_reasons(array(select r from app.reasons_against(new.organisation, new.audit, new.part,
			new.person, new.assigned_on, new.first_act_on) r));
	end if;
	perform app.claims_set(new.organisation, new.id,
		(select coalesce(array_agg(c), '{}') from app.claims_of_assignment(new.organisation, new.id) c));
	if new.ended_on is not null then
		update app.declaration d set lapsed_at = now(), lapse_reason = app.say('lapse.assignment_ended')
			where d.organisation = new.organisation and d.assignment = new.id and d.lapsed_at is null;
	else
		perform app.derive_attestation_interests(new.organisation, null);
	end if;
	perform ledger.sync(new.organisation, new.person);
	return null;
end
$$;

create or replace function app.audit_claims_again(_organisation uuid, _audit uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
	s record;
	met app.reason[];
begin
	for s in select a.* from app.assignment a join app.audit u on u.organisation = a.organisation and u.id = a.audit
			where a.organisation = _organisation and a.audit = _audit order by a.id loop
		if s.ended_on is null
			and not exists (select from app.audit u where u.organisation = _organisation and u.id = _audit
			and u.ended_on is not null) then
			met := array(select r from app.reasons_against(_organisation, s.audit, s.part, s.person, s.assigned_on,
				s.first_act_on) r);
			perform app.refuse_reasons(met);
		end if;
		perform app.claims_set(_organisation, s.id,
			(select coalesce(array_agg(c), '{}') from app.claims_of_assignment(_organisation, s.id) c));
	end loop;
end
$$;
comment on function app.audit_claims_again(uuid, uuid) is
	'After a change of scope or dates: what everyone on the team claims, anew; refuses what S1 to S3 refuse.';

create or replace function app.derive_audit() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	if (new.window_from, new.ended_on) is distinct from (old.window_from, old.ended_on) then
		perform app.audit_claims_again(new.organisation, new.id);
	end if;
	if new.ended_on is not null and old.ended_on is null then
		perform ledger.sync(new.organisation, a.person) from app.assignment a where a.organisation = new.organisation
			and a.audit = new.id;
	end if;
	return null;
end
$$;

create or replace function app.derive_part_function() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	row app.part_function;
begin
	if tg_op = 'DELETE' then row := old; else row := new; end if;
	perform app.touch(row.organisation, '{}',
		(select array_agg(s.person) from app.assignment s where s.organisation = row.organisation
		and s.audit = row.audit and s.ended_on is null),
		(select array_agg(f.function) from app.function_with_subs(row.organisation, array[row.function]) f),
		array[row.audit]);
	perform app.audit_claims_again(row.organisation, row.audit);
	if tg_op = 'INSERT' then
		update app.declaration d set lapsed_at = now(), lapse_reason = app.say('lapse.functions_added')
		from app.assignment s where s.organisation = row.organisation and s.id = d.assignment
			and d.organisation = row.organisation and d.audit = row.audit
			and d.lapsed_at is null and s.ended_on is null and (s.part is null or s.part = row.part)
				and not (row.function = any (d.functions));
	end if;
	return null;
end
$$;
create trigger derive after insert or update of ended_on, first_act_on on app.assignment for each row
	execute function app.derive_assignment();
create trigger derive after update on app.audit for each row execute function app.derive_audit();
create trigger derive after insert or delete on app.part_function for each row
	execute function app.derive_part_function();

create or replace function app.eligibility(_audit uuid, _role text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return (with scope as (
		select p.id as part, p.title, p.ordinal from app.part p where p.organisation = app.org() and p.audit = _audit
			and _role <> 'lead'
		union all
		select null, 'Lead of the audit, in every part', 0 where _role = 'lead'),
	auditors as materialized (
		select m.person,
			(
			select coalesce(jsonb_agg(jsonb_build_object('rule', r.rule, 'message', r.message) || r.data
			order by r.message), '[]')
			from app.competence_reasons(app.org(), _audit, m.person, _role) r) as lacks
		from (select distinct x.person from app.membership x where x.organisation = app.org() and x.role = 'auditor'
			and x.held @> app.today()) m),
	judged as (
		select s.part, s.title, s.ordinal, a.person, app.person_name(app.org(), a.person) as name, (
			select coalesce(jsonb_agg(jsonb_build_object('rule', r.rule, 'message', r.message) || r.data
				order by r.rule, r.message), '[]')
			from app.reasons_against(app.org(), _audit, s.part, a.person, app.today()) r) || a.lacks as reasons,
			exists (select from app.assignment x where x.organisation = app.org() and x.audit = _audit
				and x.person = a.person and x.ended_on is null
				and (x.part is null or x.part = s.part)) as assigned
		from scope s cross join auditors a)
	select jsonb_build_object('parts', coalesce(jsonb_agg(part order by ordinal), '[]')) from (
		select ordinal, jsonb_build_object('part', part, 'title', title, 'auditors', jsonb_agg(jsonb_build_object(
			'person', person, 'name', name, 'eligible', reasons = '[]', 'assigned', assigned, 'reasons', reasons)
				order by reasons <> '[]', name)) as part
		from judged group by part, title, ordinal) x);
end
$$;
