-- Refusals, and what most methods ask of a record before they change it: refused in the same words by all.

-- Refusals. One function each, because the SQLSTATE is the wire's code: N2nnn is -32nnn. MESSAGE is a sentence for a
-- person and may name people; DETAIL is error.data and holds ids, rules, dates and versions only.
create or replace function app.refuse_unauthenticated() returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2001', message = 'Sign in first.', detail = '{}';
end
$$;

create or replace function app.refuse_param(_param text, _why text) returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2602', message = _param || ': ' || _why,
		detail = jsonb_build_object('params',
			jsonb_build_array(jsonb_build_object('name', _param, 'problem', _why)))::text;
end
$$;
comment on function app.refuse_param(text, text) is
	'A parameter that no call could make right: its name, and what would be right.';

create or replace function app.refuse_forbidden(_roles text[]) returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2002', message = 'None of your roles here may do this.',
		detail = jsonb_build_object('roles', to_jsonb(_roles))::text;
end
$$;

create or replace function app.refuse_separation(_rule text, _message text, _data jsonb default '{}') returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2003', message = _message,
		detail = (coalesce(_data, '{}') || jsonb_build_object('rule', _rule))::text;
end
$$;

create or replace function app.refuse_not_found(_noun text) returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2004',
		message = format('There is no such %s, or it is not for you to see.', _noun),
		detail = jsonb_build_object('noun', _noun)::text;
end
$$;
comment on function app.refuse_not_found(text) is 'Absent and invisible are one answer.';

create or replace function app.refuse_stale(_version integer) returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2005', message = 'Somebody else has changed it since you read it.',
		detail = jsonb_build_object('version', _version)::text;
end
$$;
comment on function app.refuse_stale(integer) is 'The version that is there now; the server adds the record itself.';

create or replace function app.refuse_slow(_ms integer) returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2007', message = 'Slow down.',
		detail = jsonb_build_object('retry_after_ms', _ms)::text;
end
$$;

create or replace function app.refuse(_rule text, _message text, _data jsonb default '{}') returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2009', message = _message,
		detail = (coalesce(_data, '{}') || jsonb_build_object('rule', _rule))::text;
end
$$;
comment on function app.refuse(text, text, jsonb) is
	'A business rule refuses it. Rule place: has the role and sees the record, but stands elsewhere.';

grant execute on function app.refuse_unauthenticated(), app.refuse_param(text, text), app.refuse_forbidden(text[]),
	app.refuse_separation(text, text, jsonb), app.refuse_not_found(text), app.refuse_stale(integer),
		app.refuse_state(text, text[]),
	app.refuse_slow(integer), app.refuse(text, text, jsonb) to ninetwo_auth, ninetwo_ledger;

-- In place of the first one, for people: "It is closed; this needs it to be planned, prepared or fieldwork."
create or replace function app.refuse_state(_state text, _allowed text[]) returns void
language plpgsql set search_path = '' as $$
declare
	most constant text := nullif(array_to_string(trim_array(_allowed, least(1, cardinality(_allowed))), ', '), '');
begin
	raise exception using errcode = 'N2006',
		message = replace(format('It is %s; this needs it to be %s.', _state,
			concat_ws(' or ', most, _allowed[cardinality(_allowed)])), '_', ' '),
		detail = jsonb_build_object('state', _state, 'allowed', to_jsonb(_allowed))::text;
end
$$;

create or replace function app.require_state(_state text, _allowed text[]) returns void
language plpgsql immutable set search_path = '' as $$
begin
	if not _state = any (_allowed) then
		perform app.refuse_state(_state, _allowed);
	end if;
end
$$;
comment on function app.require_state(text, text[]) is 'Refuses a record that is in none of these states.';

create or replace function app.require_version(_there int, _seen int) returns void
language plpgsql immutable set search_path = '' as $$
begin
	if _there is distinct from _seen then
		perform app.refuse_stale(_there);
	end if;
end
$$;
comment on function app.require_version(int, int) is 'Refuses a version other than the one that is there.';

create or replace function app.require_version(_there int, _seen int, _id uuid) returns void
language plpgsql immutable set search_path = '' as $$
begin
	perform app.require_version(_there, _seen);
exception when sqlstate 'N2005' then
	raise exception using errcode = 'N2005', message = sqlerrm,
		detail = jsonb_build_object('version', _there, 'id', _id)::text;
end
$$;
comment on function app.require_version(int, int, uuid) is
	'The same of a record that the call does not name: the answer does, so that it can be shown.';

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

create or replace function app.refuse_list(_rule text, _sentence text, _missing text[]) returns void
language plpgsql set search_path = '' as $$
begin
	if cardinality(_missing) > 0 then
		perform app.refuse(_rule, format('%s: %s.', _sentence, array_to_string(_missing[:20], '; ')),
			jsonb_build_object('count', cardinality(_missing)));
	end if;
end
$$;
