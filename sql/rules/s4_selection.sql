-- S4, selection: who arranges an audit has no responsibility for a function of it and is never on its team; they
-- propose.

create or replace function app.explain_arranges(_organisation uuid, _audit uuid, _person uuid) returns app.reason
language sql stable security definer set search_path = '' as $$
	select 'S4',
		format('%s planned, staffed or safeguarded audit %s and cannot be on its team.',
		app.person_name(a.organisation, _person), a.reference),
		jsonb_build_object('rule', 'S4', 'person', _person, 'audit', a.id)
	from app.audit a where a.organisation = _organisation and a.id = _audit
$$;

create or replace function app.possible_management(_p app.proposal) returns bigint
language sql stable security definer set search_path = '' as $$
	select count(distinct m.person) from app.membership m where m.organisation = _p.organisation
		and m.role = 'management' and m.held @> app.today()
		and m.person <> _p.created_by and m.person is distinct from _p.person
$$;
comment on function app.possible_management(app.proposal) is
	'How many of management are neither the proposer nor the person that a proposal is about.';

create or replace function app.free_management(_p app.proposal) returns bigint
language sql stable security definer set search_path = '' as $$
	select count(distinct m.person) from app.membership m where m.organisation = _p.organisation
		and m.role = 'management' and m.held @> app.today()
		and m.person <> _p.created_by and m.person is distinct from _p.person
		and not exists (select from app.responsible_reasons(_p.organisation, m.person, _p.functions, _p.audit))
$$;
comment on function app.free_management(app.proposal) is
	'How many of these have no responsibility for the functions concerned either: only where there is none do two of '
	'them sign (S4).';

create or replace function app.concerned(_functions uuid[], _audit uuid, _person uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return array(select unnest(_functions) union select unnest(app.judged_functions(app.org(), a, null))
		from unnest(case when _audit is null then app.competence_rests(_person) else array[_audit] end) a);
end
$$;
comment on function app.concerned(uuid[], uuid, uuid) is
	'The functions that a proposal concerns: those of the scope as it is, beside those it was proposed for.';

create or replace function app.decide_proposal(_id uuid, _version int, _agreed boolean, _reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
	p app.proposal;
	met app.reason[];
	made uuid;
begin
	select * into p from app.proposal x where x.organisation = app.org() and x.id = _id for update;
	perform app.touch(app.org(), '{}', array[app.me(), p.person],
		(select array_agg(f.function)
		from app.function_with_subs(app.org(), app.concerned(p.functions, p.audit, p.person)) f), array[p.audit]);
	-- once more: while this waited in line the scope may have grown
	p.functions := app.concerned(p.functions, p.audit, p.person);
	if app.me() in (p.created_by, p.person) then
		perform app.refuse_separation('S4', 'A proposal is decided by neither its proposer nor the person it is about.',
			jsonb_build_object('rule', 'S4', 'person', app.me(), 'audit', p.audit));
	end if;
	met := array(select r from app.responsible_reasons(app.org(), app.me(), p.functions, p.audit) r);
	if cardinality(met) > 0 and app.free_management(p) > 0 then
		perform app.refuse_separation('S4', 'Who countersigns has no responsibility for the functions concerned. '
			|| met[1].message, met[1].data || '{"rule": "S4"}');
	elsif p.first_signed_by = app.me() then
		perform app.refuse_separation('S4',
			'Nobody in management is free of these functions: the second signature is another person''s.',
			jsonb_build_object('rule', 'S4', 'person', app.me(), 'audit', p.audit));
	end if;
	perform app.require_version(p.version, _version);
	perform app.require_state(p.state, array['open']);
	if _agreed and cardinality(met) > 0 and p.first_signed_by is null and app.possible_management(p) > 1 then
		update app.proposal x set first_signed_by = app.me(), no_one_free = true where x.organisation = app.org()
			and x.id = _id;
		return;
	end if;
	if _agreed then
		if p.method = 'assignment.assign' then
			made := app.do_assign(p.audit, (p.params ->> 'part')::uuid, p.person, (p.params ->> 'role')::app.team_role,
				p.created_by, app.me());
		elsif p.method = 'assignment.end' then
			made := (p.params ->> 'id')::uuid;
			perform app.do_end_assignment(made, p.params ->> 'reason', p.created_by, app.me());
		elsif p.method = 'safeguard.record' then
			made := app.do_safeguard((p.params ->> 'interest')::uuid, (p.params ->> 'kind')::app.safeguard_kind,
				p.params ->> 'reason', p.created_by, app.me());
		elsif p.method = 'competence.record' then
			made := app.do_competence(p.person, (p.params ->> 'kind')::app.competence_kind,
				(p.params ->> 'framework')::uuid, p.params ->> 'evaluated_by', (p.params ->> 'evaluator')::uuid,
				p.params ->> 'method', (p.params ->> 'valid_from')::date, (p.params ->> 'valid_until')::date,
				p.created_by, true);
			perform app.arranged(a, p.created_by, p.id, array[p.first_signed_by, app.me()])
				from unnest(app.competence_rests(p.person)) a;
		end if;
	end if;
	if _agreed and p.first_signed_by is not null and p.audit is not null then
		perform app.arranged(p.audit, p.first_signed_by, p.id);
	end if;
	update app.proposal x set state = case when _agreed then 'countersigned' else 'declined' end, decided_by = app.me(),
		decided_at = now(), decided_reason = _reason, outcome = made,
		no_one_free = x.no_one_free or (_agreed and cardinality(met) > 0)
		where x.organisation = app.org() and x.id = _id;
end
$$;

create or replace function app.audit_functions_of_part(_audit uuid, _part uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(distinct pf.function), '{}') from app.part_function pf where pf.organisation = app.org()
		and pf.audit = _audit and (_part is null or pf.part = _part)
$$;

create or replace function app.s4_reasons(_audit uuid, _persons uuid[]) returns setof app.reason
language sql stable security definer set search_path = '' as $$
	select 'S4', 'Who arranges an audit has no responsibility for a function in its scope. ' || r.message,
		r.data || '{"rule": "S4"}'
	from app.responsible_reasons(app.org(), app.me(), app.judged_functions(app.org(), _audit, null), _audit) r
	union all
	select 'S4', format('%s cannot decide about their own place in an audit.', app.person_name(app.org(), app.me())),
		jsonb_build_object('rule', 'S4', 'person', app.me(), 'audit', _audit)
	where app.me() = any (_persons)
$$;
comment on function app.s4_reasons(uuid, uuid[]) is
	'Why the caller may only propose for this audit and these people (S4); none when they may decide.';

create or replace function app.proposal_reasons(_audit uuid, _person uuid) returns setof app.reason
language sql stable security definer set search_path = '' as $$
	select r.* from app.s4_reasons(_audit, array[_person]) r
	union all
	select 'S4', 'A programme manager proposes who is on a team, and management countersigns.',
		jsonb_build_object('rule', 'S4', 'person', app.me(), 'audit', _audit)
	where not app.i_have('administrator')
$$;
comment on function app.proposal_reasons(uuid, uuid) is
	'Why the caller only proposes who is on the team of an audit (S4); none when they decide.';

create or replace function app.refuse_proposer(_audit uuid, _person uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
	if exists (select from app.claim c where c.organisation = app.org() and c.rule = 'S4' and c.subject = app.me()
		and c.object = _audit and c.side = 'judges' and c.period && daterange(app.today(), null)) then
		perform app.refuse_separation('S4',
			format('%s is on the team of this audit and cannot arrange it: whoever is not on it proposes.',
			app.person_name(app.org(), app.me())),
			jsonb_build_object('rule', 'S4', 'person', app.me(), 'audit', _audit));
	elsif _person = app.me() and not app.i_have('administrator') then
		perform app.refuse_separation('S4',
			format('%s does not propose themselves: an administrator, or another programme manager, does.',
			app.person_name(app.org(), app.me())),
			jsonb_build_object('rule', 'S4', 'person', app.me(), 'audit', _audit));
	end if;
end
$$;
comment on function app.refuse_proposer(uuid, uuid) is
	'Refuses a proposal of who is on the team, and of a programme manager who names themselves: it could not take '
	'effect (S4).';

create or replace function app.propose(_method text, _params jsonb, _audit uuid, _person uuid, _functions uuid[],
	_summary text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
	insert into app.proposal (organisation, method, params, audit, person, functions, summary, created_by)
		values (app.org(), _method, _params, _audit, _person, coalesce(_functions, '{}'), _summary, app.me())
			returning id into made;
	return made;
end
$$;
comment on function app.propose(text, jsonb, uuid, uuid, uuid[], text) is
	'Keeps a call until a person of management, free of S4, countersigns it.';

create or replace function app.audit_functions(_audit uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(distinct pf.function), '{}') from app.part_function pf where pf.organisation = app.org()
		and pf.audit = _audit
$$;
