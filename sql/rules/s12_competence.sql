-- S12, competence: evaluated by someone else, covering every criterion.

create or replace function app.refuse_incompetent(_organisation uuid, _audit uuid, _person uuid, _role text)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
	if not exists (select from app.membership m where m.organisation = _organisation and m.person = _person
		and m.role = 'auditor' and m.held @> app.today()) then
		perform app.refuse_separation('roles',
			format('%s does not have the auditor role; it is needed for every assignment.',
			app.person_name(_organisation, _person)),
			jsonb_build_object('rule', 'roles', 'person', _person, 'audit', _audit));
	end if;
	perform app.refuse_reasons(array(select r from app.competence_reasons(_organisation, _audit, _person, _role) r));
end
$$;
comment on function app.refuse_incompetent(uuid, uuid, uuid, text) is
	'S12 at assignment: the lead''s evaluation as a lead, and for a lead or auditor one competence record for a '
	'criterion of the audit.';

create or replace function app.do_competence(_person uuid, _kind app.competence_kind, _framework uuid,
	_evaluated_by text, _evaluator uuid, _method text, _valid_from date, _valid_until date, _by_whom uuid,
	_countersigned boolean) returns uuid
language sql security definer set search_path = '' as $$
	insert into app.competence (organisation, person, kind, framework, evaluated_by, evaluator, method, valid_from,
		valid_until, created_by, countersigned)
	values (app.org(), _person, _kind, _framework, _evaluated_by, _evaluator, _method, _valid_from, _valid_until,
		_by_whom, _countersigned) returning id
$$;

create or replace function app.competence_rests(_person uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(distinct s.audit), '{}') from app.assignment s
		join app.audit a on a.organisation = s.organisation and a.id = s.audit
	where s.organisation = app.org() and s.person = _person and s.ended_on is null and a.ended_on is null
$$;

create or replace function app.counting_competences(_organisation uuid, _audit uuid) returns setof app.competence
language sql stable security definer set search_path = '' as $$
	select c.* from app.competence c where c.organisation = _organisation
		and (c.countersigned or not c.created_by = any (array(
		select b.person
			from (select distinct x.created_by as person from app.competence x where x.organisation = _organisation) b
		where exists (select
			from app.responsible_reasons(_organisation, b.person, app.judged_functions(_organisation, _audit, null),
			_audit)))))
$$;
comment on function app.counting_competences(uuid, uuid) is
	'The competence records that an assignment to this audit may rest on: recorded by somebody free of S4 for its '
	'scope, or countersigned.';

create or replace function app.competence_reasons(_organisation uuid, _audit uuid, _person uuid, _role text)
returns setof app.reason language sql stable security definer set search_path = '' as $$
	select 'S12',
		format('%s is not evaluated as a lead from %s to %s, the fieldwork of audit %s.',
		app.person_name(_organisation, _person), app.day(a.starts_on), app.day(a.ends_on), a.reference),
		jsonb_build_object('rule', 'S12', 'person', _person, 'audit', _audit, 'missing', 'lead')
	from app.audit a where a.organisation = _organisation and a.id = _audit and _role = 'lead' and not exists (
		select from app.counting_competences(_organisation, _audit) c where c.person = _person and c.kind = 'lead'
			and daterange(c.valid_from, c.valid_until, '[]') @> daterange(a.starts_on, a.ends_on, '[]'))
	union all
	select 'S12',
		format(
		'%s holds no valid competence record for a criterion of audit %s; without one they join as trainee or '
		'technical expert.', app.person_name(_organisation, _person), a.reference),
		jsonb_build_object('rule', 'S12', 'person', _person, 'audit', _audit, 'missing', 'criterion')
	from app.audit a where a.organisation = _organisation and a.id = _audit and _role in ('lead', 'auditor')
		and not exists (
		select from app.counting_competences(_organisation, _audit) c where c.person = _person and c.kind = 'criterion'
			and daterange(c.valid_from, c.valid_until, '[]') @> a.starts_on
			and c.framework in (select q.framework from app.audit_requirement ar
				join app.requirement q on q.id = ar.requirement where ar.organisation = _organisation
				and ar.audit = _audit))
$$;
comment on function app.competence_reasons(uuid, uuid, uuid, text) is
	'What S12 misses in a person at assignment: the evaluation as a lead, a competence record for a criterion.';

create or replace function app.uncovered_criteria(_organisation uuid, _audit uuid) returns setof app.reason
language sql stable security definer set search_path = '' as $$
	select 'S12',
		format('No lead or auditor of the team holds a competence record for %s %s on every day of fieldwork.', f.name,
		f.edition),
		jsonb_build_object('rule', 'S12', 'audit', a.id, 'framework', f.id, 'missing', 'criterion')
	from app.audit a
	join lateral (select distinct q.framework from app.audit_requirement ar
		join app.requirement q on q.id = ar.requirement where ar.organisation = a.organisation and ar.audit = a.id) w
		on true
	join app.framework f on f.id = w.framework
	where a.organisation = _organisation and a.id = _audit and not (
		select coalesce(range_agg(daterange(c.valid_from, c.valid_until, '[]')), '{}') @> daterange(a.starts_on,
			a.ends_on, '[]')
		from app.assignment s join app.counting_competences(_organisation, _audit) c on c.person = s.person
			and c.kind = 'criterion' and c.framework = w.framework
		where s.organisation = a.organisation and s.audit = a.id and s.role in ('lead', 'auditor')
			and s.ended_on is null)
	union all
	select r.rule, r.message, r.data from app.assignment s
		cross join lateral app.competence_reasons(s.organisation, s.audit, s.person, 'lead') r
	where s.organisation = _organisation and s.audit = _audit and s.role = 'lead' and s.ended_on is null
		and r.data ->> 'missing' = 'lead'
$$;
comment on function app.uncovered_criteria(uuid, uuid) is
	'Criteria of an audit that its lead and auditors together do not cover on each day of fieldwork (S12).';
