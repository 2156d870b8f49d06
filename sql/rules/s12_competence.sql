-- S12, competence: evaluated by someone else, covering every criterion.

create or replace function app.refuse_incompetent(_organisation uuid, _audit uuid, _person uuid, _role text)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
	if not exists (select from app.membership m where m.organisation = _organisation and m.person = _person
		and m.role = 'auditor' and m.held @> app.today()) then
		perform app.refuse(app.no('roles', 's12.no_auditor', jsonb_build_object('person', _person),
			jsonb_build_object('person', _person, 'audit', _audit)));
	end if;
	perform app.refuse_reasons(array(select r from app.competence_reasons(_organisation, _audit, _person, _role) r));
end
$$;
comment on function app.refuse_incompetent(uuid, uuid, uuid, text) is
	'S12 at assignment: the lead''s evaluation as a lead, and for a lead or auditor one competence record for a '
	'criterion of the audit.';

create or replace function app.competence_rests(_person uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(array_agg(distinct s.audit), '{}') from app.assignment s
		join app.audit a on a.organisation = s.organisation and a.id = s.audit
	where s.organisation = app.org() and s.person = _person and s.ended_on is null and a.ended_on is null);
end
$$;

create or replace function app.lock_rests(_person uuid) returns uuid[]
language plpgsql security definer set search_path = '' as $$
declare
	rests constant uuid[] := app.competence_rests(_person);
begin
	perform app.touch(app.org(), '{}', array[_person, app.me(), app.maker()] || app.signers(),
		array(select f.function from app.function_with_subs(app.org(), array(select p.function from app.part_function p
			where p.organisation = app.org() and p.audit = any (rests))) f), rests);
	-- who is assigned stands in the same line
	return app.competence_rests(_person);
end
$$;
comment on function app.lock_rests(uuid) is
	'Into the line of every audit that rests on a person''s competence; answers these audits.';

create or replace function app.counting_competences(_organisation uuid, _audit uuid) returns setof app.competence
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select c.* from app.competence c where c.organisation = _organisation
		and (c.countersigned or not c.created_by = any (array(
		select b.person
			from (select distinct x.created_by as person from app.competence x where x.organisation = _organisation) b
		where exists (select
			from app.side_reasons(_organisation, b.person, app.judged_functions(_organisation, _audit, null),
			_audit)))));
end
$$;
comment on function app.counting_competences(uuid, uuid) is
	'The competence records that an assignment to this audit may rest on: recorded by somebody free of S4 for its '
	'scope, or countersigned.';

create or replace function app.competence_reasons(_organisation uuid, _audit uuid, _person uuid, _role text)
returns setof app.reason language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select b.* from app.audit a cross join lateral app.because('S12', 's12.lead',
		jsonb_build_object('person', _person, 'from', a.starts_on, 'until', a.ends_on, 'audit', _audit),
		jsonb_build_object('person', _person, 'audit', _audit, 'missing', 'lead')) b
	where a.organisation = _organisation and a.id = _audit and _role = 'lead' and not exists (
		select from app.counting_competences(_organisation, _audit) c where c.person = _person and c.kind = 'lead'
			and daterange(c.valid_from, c.valid_until, '[]') @> daterange(a.starts_on, a.ends_on, '[]'))
	union all
	select b.* from app.audit a cross join lateral app.because('S12', 's12.criterion',
		jsonb_build_object('person', _person, 'audit', _audit),
		jsonb_build_object('person', _person, 'audit', _audit, 'missing', 'criterion')) b
	where a.organisation = _organisation and a.id = _audit and _role in ('lead', 'auditor')
		and not exists (
		select from app.counting_competences(_organisation, _audit) c where c.person = _person and c.kind = 'criterion'
			and daterange(c.valid_from, c.valid_until, '[]') @> a.starts_on::date
			and c.framework in (select q.framework from app.audit_requirement ar
				join app.requirement q on q.id = ar.requirement where ar.organisation = _organisation
				and ar.audit = _audit));
end
$$;
comment on function app.competence_reasons(uuid, uuid, uuid, text) is
	'What S12 misses in a person at assignment: the evaluation as a lead, a competence record for a criterion.';

create or replace function app.uncovered_criteria(_organisation uuid, _audit uuid) returns setof app.reason
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select b.* from app.audit a
	join lateral (select distinct q.framework from app.audit_requirement ar
		join app.requirement q on q.id = ar.requirement where ar.organisation = a.organisation and ar.audit = a.id) w
		on true
	cross join lateral app.because('S12', 's12.uncovered', jsonb_build_object('framework', w.framework),
		jsonb_build_object('audit', a.id, 'framework', w.framework, 'missing', 'criterion')) b
	where a.organisation = _organisation and a.id = _audit and not (
		select coalesce(range_agg(daterange(c.valid_from, c.valid_until, '[]')), '{}') @> daterange(a.starts_on,
			a.ends_on, '[]')
		from app.assignment s join app.counting_competences(_organisation, _audit) c on c.person = s.person
			and c.kind = 'criterion' and c.framework = w.framework
		where s.organisation = a.organisation and s.audit = a.id and s.role in ('lead', 'auditor')
			and s.ended_on is null)
	union all
	select r.* from app.assignment s
		cross join lateral app.competence_reasons(s.organisation, s.audit, s.person, 'lead') r
	where s.organisation = _organisation and s.audit = _audit and s.role = 'lead' and s.ended_on is null
		and r.data ->> 'missing' = 'lead';
end
$$;
comment on function app.uncovered_criteria(uuid, uuid) is
	'Criteria of an audit that its lead and auditors together do not cover on each day of fieldwork (S12).';

-- Whoever judges holds a record on the day they do, whatever day was planned.
create or replace function app.competent_today(_organisation uuid, _audit uuid, _person uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
	c app.competence;
begin
	for c in select x.* from app.competence x where x.organisation = _organisation and x.person = _person
			and x.kind = 'criterion' and app.today() between x.valid_from and x.valid_until
			and x.framework in (select q.framework from app.audit_requirement r
				join app.requirement q on q.id = r.requirement where r.organisation = _organisation
					and r.audit = _audit)
			order by x.countersigned desc, x.id loop
		if c.countersigned or not exists (select from app.on_side(_organisation, array[c.created_by],
				app.judged_functions(_organisation, _audit, null), app.audit_window(_organisation, _audit))) then
			return true;
		end if;
	end loop;
	return false;
end
$$;
comment on function app.competent_today(uuid, uuid, uuid) is
	'Does a person hold, today, a competence record for a criterion of an audit that it may rest on (S12)?';

create or replace function app.competent_refusal(_audit uuid, _part uuid) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	if app.team_role(_part) in ('lead', 'auditor') and not app.competent_today(app.org(), _audit, app.me()) then
		return app.no('S12', 's12.today', jsonb_build_object('person', app.me(), 'audit', _audit),
			jsonb_build_object('person', app.me(), 'audit', _audit, 'missing', 'criterion'));
	end if;
	return null;
end
$$;
comment on function app.competent_refusal(uuid, uuid) is
	'What S12 has against a lead or auditor who records, raises, grades or issues without a record that is valid '
	'today.';
