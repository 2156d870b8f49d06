-- Who is on the declared team of an audit, and who works on a record by that.

create or replace function app.assignments_of(_organisation uuid, _person uuid)
returns table (audit uuid, part uuid, role app.team_role)
language plpgsql stable rows 4 security definer set search_path = '' as $$
begin
	return query
	select a.audit, a.part, a.role
	from app.assignment a
	join app.declaration d on d.organisation = a.organisation and d.assignment = a.id and d.lapsed_at is null
	where a.organisation = _organisation and a.person = _person and a.ended_on is null
		and exists (select from app.membership m where m.organisation = a.organisation and m.person = a.person
			and m.role = 'auditor' and m.held @> app.today())
		and not exists (select from app.interest i where i.organisation = a.organisation and i.audit = a.audit
			and i.person = a.person and i.safeguard is null and i.withdrawn_at is null);
end
$$;
comment on function app.assignments_of(uuid, uuid) is
	'Where a person is declared team: assigned, an auditor today, declared, and with no interest waiting for a '
	'safeguard (S7).';

create or replace function app.team_role(_part uuid) returns app.team_role
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select min(m.role) from app.my_assignments() m join app.part p on p.organisation = app.org()
		and p.audit = m.audit
	where p.id = _part and (m.part is null or m.part = p.id));
end
$$;
comment on function app.team_role(uuid) is
	'The caller''s role on the declared team of a part (lead before auditor before the others), or null.';

create or replace function app.team(_organisation uuid, _part uuid, _person uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.part p
		join app.assignments_of(_organisation, _person) s on s.audit = p.audit and (s.part is null or s.part = p.id)
		where p.organisation = _organisation and p.id = _part and s.role in ('lead', 'auditor'));
end
$$;
comment on function app.team(uuid, uuid, uuid) is 'Is a person a declared lead or auditor of a part?';

create or replace function app.lead_refusal(_audit uuid) returns app.refusal
language plpgsql stable security definer set search_path = '' as $$
begin
	return case when not exists (select from app.my_assignments() s where s.audit = _audit and s.role = 'lead')
		then app.no('place', 'place.lead', '{}', jsonb_build_object('audit', _audit)) end;
end
$$;
comment on function app.lead_refusal(uuid) is
	'What stands against everybody but the declared lead of the audit (rule place).';

create or replace function app.undeclared(_organisation uuid, _audit uuid) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select e.person from app.enrolment e where e.organisation = _organisation and exists (
		select from app.assignment s where s.organisation = _organisation and s.audit = _audit and s.person = e.person
			and s.ended_on is null and not exists (select from app.declaration d
				where d.organisation = s.organisation and d.assignment = s.id and d.lapsed_at is null))
	order by e.name;
end
$$;
comment on function app.undeclared(uuid, uuid) is 'Team members without a valid declaration (S7).';

create or replace function app.unguarded(_organisation uuid, _audit uuid) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select e.person from app.enrolment e where e.organisation = _organisation
		and exists (select from app.assignment s where s.organisation = _organisation and s.audit = _audit
			and s.person = e.person and s.ended_on is null)
		and exists (select from app.interest i where i.organisation = _organisation and i.audit = _audit
			and i.person = e.person and i.safeguard is null and i.withdrawn_at is null)
	order by e.name;
end
$$;
comment on function app.unguarded(uuid, uuid) is
	'Team members with an interest that waits for a safeguard (S7).';

-- Whether the caller is assigned to a part without being declared team of it.
create or replace function app.undeclared(_part uuid) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.part p join app.assignment s on s.organisation = p.organisation and s.audit = p.audit
		and (s.part is null or s.part = p.id)
		where p.organisation = app.org() and p.id = _part and s.person = app.me() and s.ended_on is null);
end
$$;

-- The place of who works on a part: on its declared team, in one of these roles. Rules are named as separation.md names
-- them.
create or replace function app.team_refusal(_part uuid, _allowed app.team_role[], _rule text default 'S12')
returns app.refusal language plpgsql stable set search_path = '' as $$
declare
	mine constant app.team_role := app.team_role(_part);
	data constant jsonb := jsonb_build_object('person', app.me(), 'part', _part);
begin
	if mine is null and app.undeclared(_part) then
		return app.no('S7', 's7.undeclared', '{}', data);
	elsif mine is null then
		return app.no('place', 'place.team', '{}', jsonb_build_object('part', _part));
	elsif not mine = any (_allowed) then
		return app.no(_rule, 'team.role', jsonb_build_object('role', mine, 'roles', to_jsonb(_allowed)), data);
	end if;
	return null;
end
$$;
comment on function app.team_refusal(uuid, app.team_role[], text) is
	'What stands against who is not on the declared team of the part in one of these roles; null against who is.';

create or replace function app.require_team(_part uuid, _allowed app.team_role[], _rule text default 'S12')
returns app.team_role language plpgsql stable set search_path = '' as $$
declare
	no constant app.refusal := app.team_refusal(_part, _allowed, _rule);
begin
	if no.code is not null then
		perform app.refuse(no);
	end if;
	return app.team_role(_part);
end
$$;
comment on function app.require_team(uuid, app.team_role[], text) is
	'Refuses who is not on the declared team of the part in one of these roles; answers the role.';

create or replace function app.team_lead() returns app.team_role[]
language sql immutable parallel safe
return '{lead}'::app.team_role[];

create or replace function app.team_auditors() returns app.team_role[]
language sql immutable parallel safe
return '{lead,auditor}'::app.team_role[];

create or replace function app.team_all() returns app.team_role[]
language sql immutable parallel safe
return '{lead,auditor,technical_expert,trainee}'::app.team_role[];

-- The function belongs to the part's scope: one of its functions or a sub-function of one.
create or replace function app.in_scope(_part uuid, _functions uuid[]) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return _functions <@ array(select s.function from app.function_with_subs(app.org(),
		array(select pf.function from app.part_function pf where pf.organisation = app.org() and pf.part = _part)) s);
end
$$;

create or replace function app.require_scope(_audit uuid, _part uuid, _functions uuid[], _requirements uuid[])
returns void language plpgsql stable set search_path = '' as $$
begin
	if not app.in_scope(_part, _functions) then
		perform app.refuse(app.no('scope', 'team.scope', '{}',
			jsonb_build_object('part', _part, 'functions', _functions)));
	elsif exists (select from unnest(_requirements) q where not exists (select from app.audit_requirement r
			where r.organisation = app.org() and r.audit = _audit and r.requirement = q)) then
		perform app.refuse(app.no('criteria', 'team.criteria', '{}',
			jsonb_build_object('audit', _audit, 'requirements', _requirements)));
	end if;
end
$$;

-- Is somebody assigned to an audit now, in whatever role? Who answers its findings is not (S5).
create or replace function app.on_team(_audit uuid, _person uuid) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.assignment s where s.organisation = app.org() and s.audit = _audit
		and s.person = _person and s.ended_on is null);
end
$$;

create or replace function app.audit_state(_audit uuid) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select a.state from app.audit a where a.organisation = app.org() and a.id = _audit);
end
$$;
comment on function app.audit_state(uuid) is 'The state of an audit, for who works below it.';

create or replace function app.audit_reference(_audit uuid) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select a.reference from app.audit a where a.organisation = app.org() and a.id = _audit);
end
$$;
comment on function app.audit_reference(uuid) is 'The reference of an audit, for who works below it.';
