-- S4, selection: who arranges an audit has no responsibility for a function of it and is never on its team; they
-- propose.

create or replace function app.explain_arranges(_organisation uuid, _audit uuid, _person uuid) returns app.reason
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select app.because('S4', 's4.arranged', jsonb_build_object('person', _person, 'audit', a.id),
		jsonb_build_object('person', _person, 'audit', a.id))
	from app.audit a where a.organisation = _organisation and a.id = _audit);
end
$$;

create or replace function app.possible_management(_p app.proposal) returns bigint
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select count(distinct m.person) from app.membership m where m.organisation = _p.organisation
		and m.role = 'management' and m.held @> app.today()
		and m.person <> _p.created_by and m.person is distinct from _p.person);
end
$$;
comment on function app.possible_management(app.proposal) is
	'How many of management are neither the proposer nor the person that a proposal is about.';

create or replace function app.free_management(_p app.proposal) returns bigint
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select count(distinct m.person) from app.membership m where m.organisation = _p.organisation
		and m.role = 'management' and m.held @> app.today()
		and m.person <> _p.created_by and m.person is distinct from _p.person
		and not exists (select from app.side_reasons(_p.organisation, m.person, _p.functions, _p.audit)));
end
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

create or replace function app.lock_proposal(_p app.proposal) returns void
language plpgsql security definer set search_path = '' as $$
begin
	perform app.touch(_p.organisation, '{}', array[app.me(), _p.person, _p.created_by, _p.first_signed_by],
		(select array_agg(f.function) from app.function_with_subs(_p.organisation,
			app.concerned(_p.functions, _p.audit, _p.person)) f),
		case when _p.audit is null then app.competence_rests(_p.person) else array[_p.audit] end);
end
$$;
comment on function app.lock_proposal(app.proposal) is
	'Into the line of all who made, sign or are met by a proposal, of what it concerns, and of its audits: what takes '
	'effect then stands in it.';

create or replace function app.is_bound(_p app.proposal) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.side_reasons(_p.organisation, app.me(),
		app.concerned(_p.functions, _p.audit, _p.person), _p.audit));
end
$$;
comment on function app.is_bound(app.proposal) is
	'Whether the caller is responsible for a function that a proposal concerns.';

create or replace function app.decider_refusal(_p app.proposal) returns app.refusal
language plpgsql stable security definer set search_path = '' as $$
declare
	data constant jsonb := jsonb_build_object('person', app.me(), 'audit', _p.audit);
	met app.reason;
begin
	-- the scope may have grown since it was proposed
	_p.functions := app.concerned(_p.functions, _p.audit, _p.person);
	if app.me() in (_p.created_by, _p.person) then
		return app.no('S4', 's4.decides_own', '{}', data);
	end if;
	select r.* into met from app.side_reasons(_p.organisation, app.me(), _p.functions, _p.audit) r limit 1;
	if found and app.free_management(_p) > 0 then
		return app.no('S4', 's4.signer', jsonb_build_object('reason', met.data -> 'say'), met.data);
	elsif _p.first_signed_by = app.me() then
		return app.no('S4', 's4.second', '{}', data);
	end if;
	return null;
end
$$;
comment on function app.decider_refusal(app.proposal) is
	'What stands against the caller deciding a proposal: it is theirs or about them, they are responsible for what it '
	'concerns while somebody else is free, or have signed it (S4).';

-- The record that a call names, as the caller sees it; null where it names none.
create or replace function app.record_named(_method text, _params jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	r constant record := meta.record_of(('method.' || replace(_method, '.', '_'))::regproc);
	seen jsonb;
begin
	if r.relation is not null then
		execute format('select to_jsonb(x) from %s x where x.organisation = app.org() and x.id = $1', r.relation)
			into seen using (_params ->> r.parameter)::uuid;
	end if;
	return seen;
end
$$;

create or replace function app.take_effect(_p app.proposal) returns uuid
language plpgsql set search_path = '' as $$
declare
	seen constant jsonb := app.record_named(_p.method, _p.params);
	params constant jsonb := _p.params || jsonb_build_object('version', seen -> 'version');
	reply jsonb;
begin
	if exists (select from jsonb_each(_p.was) w where w.value is distinct from seen -> w.key) then
		perform app.require_version((seen ->> 'version')::int, null, (seen ->> 'id')::uuid);
	end if;
	perform set_config('ninetwo.maker', _p.created_by::text, true),
		set_config('ninetwo.signers', array_remove(array[_p.first_signed_by, app.me()], null)::text, true);
	execute meta.call_from_json(_p.method, params) into reply using params;
	perform set_config('ninetwo.maker', '', true), set_config('ninetwo.signers', '', true);
	return coalesce(reply #>> array[split_part(_p.method, '.', 1), 'id'], reply ->> 'id');
end
$$;
comment on function app.take_effect(app.proposal) is
	'Does what was proposed, through its gate: the proposer''s decision, countersigned by the caller and by who signed '
	'before. A change is stale once a field that it names is another. Answers what was made or changed.';

create or replace function app.audit_functions_of_part(_audit uuid, _part uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return (
		select coalesce(array_agg(distinct pf.function), '{}') from app.part_function pf
		where pf.organisation = app.org()
		and pf.audit = _audit and (_part is null or pf.part = _part));
end
$$;

create or replace function app.s4_reasons(_audit uuid, _persons uuid[]) returns setof app.reason
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select b.*
	from app.side_reasons(app.org(), app.maker(), app.judged_functions(app.org(), _audit, null), _audit) r
	cross join lateral app.because('S4', 's4.responsible', jsonb_build_object('reason', r.data -> 'say'), r.data) b
	where app.signers() = '{}'
	union all
	select b.* from app.because('S4', 's4.own_place', jsonb_build_object('person', app.maker()),
		jsonb_build_object('person', app.maker(), 'audit', _audit)) b
	where app.maker() = any (_persons) and app.signers() = '{}';
end
$$;
comment on function app.s4_reasons(uuid, uuid[]) is
	'Why the caller may only propose for this audit and these people (S4); none when they may decide, or it is '
	'countersigned.';

create or replace function app.proposal_reasons(_audit uuid, _person uuid) returns setof app.reason
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select r.* from app.s4_reasons(_audit, array[_person]) r
	union all
	select b.* from app.because('S4', 's4.proposes', '{}',
		jsonb_build_object('person', app.maker(), 'audit', _audit)) b
	where not app.i_have('administrator') and app.signers() = '{}';
end
$$;
comment on function app.proposal_reasons(uuid, uuid) is
	'Why the caller only proposes who is on the team of an audit (S4); none when they decide, or it is countersigned.';

create or replace function app.proposer_refusal(_audit uuid, _person uuid) returns app.refusal
language plpgsql stable security definer set search_path = '' as $$
declare
	who constant jsonb := jsonb_build_object('person', app.maker());
	data constant jsonb := who || jsonb_build_object('audit', _audit);
begin
	if exists (select from app.claim c where c.organisation = app.org() and c.rule = 'S4' and c.subject = app.maker()
		and c.object = _audit and c.side = 'judges' and c.period && daterange(app.today(), null)) then
		return app.no('S4', 's4.on_team', who, data);
	elsif _person = app.maker() and not app.i_have('administrator') then
		return app.no('S4', 's4.proposes_own', who, data);
	end if;
	return null;
end
$$;
comment on function app.proposer_refusal(uuid, uuid) is
	'What stands against a proposal by who is on the team, and by a programme manager who names themselves: it could '
	'not take effect (S4).';

create or replace function app.propose(_method text, _params jsonb, _audit uuid, _person uuid, _functions uuid[],
	_summary jsonb) returns uuid
language plpgsql set search_path = '' as $$
declare
	changes constant jsonb := (meta.declaration(('method.' || replace(_method, '.', '_'))::regproc)).said -> 'changes';
	made uuid;
begin
	insert into app.proposal (organisation, method, params, audit, person, functions, was, summary, created_by)
	values (app.org(), _method, _params, _audit, _person, coalesce(_functions, '{}'), (
			select coalesce(jsonb_object_agg(k, app.record_named(_method, _params) -> k), '{}')
			from jsonb_object_keys(_params) k where changes ? k), _summary, app.me())
	returning id into made;
	return made;
end
$$;
comment on function app.propose(text, jsonb, uuid, uuid, uuid[], jsonb) is
	'Keeps a call, by the parameters that it names, until a person of management, free of S4, countersigns it.';

-- volatile: it sees what its caller has just written
create or replace function app.made_or_proposed(_noun text, _made uuid, _proposal uuid) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
	return jsonb_build_object(_noun, case when _made is not null then app.one(_noun, _made) end,
		'proposal', case when _proposal is not null then app.one('proposal', _proposal) end);
end
$$;
comment on function app.made_or_proposed(text, uuid, uuid) is
	'The answer of what may only be proposed: the record, where there is one, and the proposal, where that was kept.';

create or replace function app.audit_functions(_audit uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return (
		select coalesce(array_agg(distinct pf.function), '{}') from app.part_function pf
		where pf.organisation = app.org()
		and pf.audit = _audit);
end
$$;
