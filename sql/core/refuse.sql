-- Refusals, and what most methods ask of a record before they change it: refused in the same words by all.

-- Refusals. One function each, because the SQLSTATE is the wire's code: N2nnn is -32nnn. MESSAGE is a sentence for a
-- person and may name people; DETAIL is error.data and holds ids, rules, dates and versions only, but for the sentences
-- of what else stands in the way.
create or replace function app.refuse(_no app.refusal) returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N' || _no.code, message = app.words(_no.say, _no.args),
		detail = (coalesce(_no.data, '{}') || jsonb_build_object('say', app.say(_no.say, _no.args)))::text;
end
$$;
comment on function app.refuse(app.refusal) is
	'Refuses. Every refusal is raised here, but that of a parameter (app.refuse_param).';

create or replace function app.no(_rule text, _say text, _args jsonb default '{}', _data jsonb default '{}')
returns app.refusal language plpgsql immutable set search_path = '' as $$
begin
	return row(case when _rule ~ '^(S[0-9]+|roles)$' then '2003' else '2009' end, _say, coalesce(_args, '{}'),
		coalesce(_data, '{}') || jsonb_build_object('rule', _rule))::app.refusal;
end
$$;
comment on function app.no(text, text, jsonb, jsonb) is
	'A refusal by a rule: of separation (S1 to S13, roles) or of business. Rule place: has the role and sees the '
	'record, but stands elsewhere.';

create or replace function app.no_record(_noun text) returns app.refusal
language plpgsql immutable set search_path = '' as $$
begin
	return row('2004', 'not_found', jsonb_build_object('noun', _noun), jsonb_build_object('noun', _noun))::app.refusal;
end
$$;
comment on function app.no_record(text) is 'Absent and invisible are one answer.';

create or replace function app.no_state(_state text, _allowed text[]) returns app.refusal
language plpgsql immutable set search_path = '' as $$
begin
	return case when not _state = any (_allowed) then row('2006', 'state',
		jsonb_build_object('state', _state, 'allowed', to_jsonb(_allowed)),
		jsonb_build_object('state', _state, 'allowed', to_jsonb(_allowed)))::app.refusal end;
end
$$;
comment on function app.no_state(text, text[]) is
	'What stands against a record that is in none of these states; null where it is.';

create or replace function app.refuse_unauthenticated() returns void
language plpgsql set search_path = '' as $$
begin
	perform app.refuse(row('2001', 'unauthenticated', '{}', '{}')::app.refusal);
end
$$;

create or replace function app.refuse_params(_problems jsonb) returns void
language plpgsql set search_path = '' as $$
begin
	if _problems <> '[]' then
		raise exception using errcode = 'N2602', detail = jsonb_build_object('params', _problems)::text,
			message = case jsonb_array_length(_problems)
				when 1 then format('%s %s.', _problems #>> '{0,name}', _problems #>> '{0,problem}')
				else format('%s parameters are not as they should be.', jsonb_array_length(_problems)) end;
	end if;
end
$$;
comment on function app.refuse_params(jsonb) is
	'Refuses these parameters, if there are any: [{"name", "problem"}], as the server''s own gate does.';

create or replace function app.refuse_param(_param text, _say text, _args jsonb) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.refuse_params(jsonb_build_array(jsonb_build_object('name', _param, 'problem', app.words(_say, _args),
		'say', app.say(_say, _args))));
end
$$;
comment on function app.refuse_param(text, text, jsonb) is
	'A parameter that no call could make right: its name, and what would be right, as a sentence.';

create or replace function app.refuse_forbidden(_roles text[]) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.refuse(row('2002', 'forbidden', '{}', jsonb_build_object('roles', to_jsonb(_roles)))::app.refusal);
end
$$;

create or replace function app.refuse_not_found(_noun text) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.refuse(app.no_record(_noun));
end
$$;

create or replace function app.refuse_stale(_version integer, _id uuid default null) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.refuse(row('2005', 'stale', '{}', jsonb_strip_nulls(jsonb_build_object('version', _version, 'id',
		_id)))::app.refusal);
end
$$;
comment on function app.refuse_stale(integer, uuid) is
	'The version that is there now, and of which record where the call does not name it; the server adds the record '
	'itself.';

create or replace function app.refuse_all(_nos app.refusal[]) returns void
language plpgsql set search_path = '' as $$
declare
	first app.refusal := _nos[1];
begin
	if first.code is null then
		return;
	end if;
	if cardinality(_nos) > 1 then
		first.data := coalesce(first.data, '{}') || jsonb_build_object('also', (
			select jsonb_agg(coalesce(_nos[i].data, '{}') || jsonb_build_object(
				'message', app.words(_nos[i].say, _nos[i].args), 'say', app.say(_nos[i].say, _nos[i].args)) order by i)
			from generate_series(2, cardinality(_nos)) i));
	end if;
	perform app.refuse(first);
end
$$;
comment on function app.refuse_all(app.refusal[]) is
	'Refuses with the first of these, if there is one; the others stand in `also`.';

create or replace function app.obstacles(variadic _nos app.refusal[]) returns app.refusal[]
language plpgsql immutable set search_path = '' as $$
begin
	return (select coalesce(array_agg(_nos[i] order by i), '{}') from generate_subscripts(_nos, 1) i
		where _nos[i].code is not null);
end
$$;
comment on function app.obstacles(app.refusal[]) is 'Those of these refusals that are any.';

create or replace function app.first_of(variadic _nos app.refusal[]) returns app.refusal
language plpgsql immutable set search_path = '' as $$
begin
	return (select _nos[i] from generate_subscripts(_nos, 1) i where _nos[i].code is not null order by i limit 1);
end
$$;
comment on function app.first_of(app.refusal[]) is 'The first of these refusals that is any; or null.';

grant execute on function app.refuse(app.refusal), app.no(text, text, jsonb, jsonb), app.refuse_unauthenticated(),
	app.refuse_param(text, text, jsonb), app.refuse_params(jsonb), app.refuse_forbidden(text[]),
	app.refuse_not_found(text), app.no_record(text), app.words(text, jsonb), app.say(text, jsonb)
	to ninetwo_auth, ninetwo_ledger;

create or replace function app.require_state(_state text, _allowed text[]) returns void
language plpgsql immutable set search_path = '' as $$
begin
	if not _state = any (_allowed) then
		perform app.refuse(app.no_state(_state, _allowed));
	end if;
end
$$;
comment on function app.require_state(text, text[]) is 'Refuses a record that is in none of these states.';

create or replace function app.require_version(_there int, _seen int, _id uuid default null) returns void
language plpgsql immutable set search_path = '' as $$
begin
	if _there is distinct from _seen then
		perform app.refuse_stale(_there, _id);
	end if;
end
$$;
comment on function app.require_version(int, int, uuid) is
	'Refuses a version other than the one that is there; of a record that the call does not name, so that it can be '
	'shown.';

-- Whether or not the caller reads the directory: a supplier's people name each other.
create or replace function app.require_known(_person uuid) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
	if not exists (select from app.enrolment e where e.organisation = app.org() and e.person = _person) then
		perform app.refuse_not_found('person');
	end if;
end
$$;
comment on function app.require_known(uuid) is 'Refuses as not found whom the organisation does not know.';

create or replace function app.require_seen(_noun text, _id uuid) returns void
language plpgsql stable set search_path = '' as $$
declare
	org constant uuid := app.org();
	seen boolean;
begin
	case _noun
		when 'party' then seen := exists (select from app.party x where x.organisation = org and x.id = _id);
		when 'function' then seen := exists (select from app.function x where x.organisation = org and x.id = _id);
		when 'person' then seen := exists (select from app.enrolment x where x.organisation = org and x.person = _id);
	end case;
	if _id is not null and not seen then
		perform app.refuse_not_found(_noun);
	end if;
end
$$;
comment on function app.require_seen(text, uuid) is
	'Refuses as not found what a parameter names and the caller does not see; null names nothing.';

create or replace function app.no_list(_rule text, _say text, _name text, _missing jsonb[], _verb text)
returns app.refusal language plpgsql immutable set search_path = '' as $$
begin
	return case when cardinality(_missing) > 0
		then app.no(_rule, _say, jsonb_build_object(_name, to_jsonb(_missing[:20])),
		jsonb_build_object('count', cardinality(_missing), 'verb', _verb)) end;
end
$$;
comment on function app.no_list(text, text, text, jsonb[], text) is
	'What stands against a step where something is missing: the first twenty, how many, and the verb that gives it.';
