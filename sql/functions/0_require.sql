-- What most methods ask of a record before they change it, refused in the same words by all.
set role ninetwo_owner;

-- In place of the first one, for people: "It is closed; this needs it to be planned, prepared or fieldwork."
create or replace function app.refuse_state(state text, allowed text[]) returns void
language plpgsql set search_path = '' as $$
declare
	most constant text := nullif(array_to_string(trim_array(allowed, least(1, cardinality(allowed))), ', '), '');
begin
	raise exception using errcode = 'N2006',
		message = replace(format('It is %s; this needs it to be %s.', state, concat_ws(' or ', most, allowed[cardinality(allowed)])), '_', ' '),
		detail = jsonb_build_object('state', state, 'allowed', to_jsonb(allowed))::text;
end
$$;

create or replace function app.require_state(state text, allowed text[]) returns void
language plpgsql immutable set search_path = '' as $$
begin
	if not state = any (allowed) then
		perform app.refuse_state(state, allowed);
	end if;
end
$$;
comment on function app.require_state(text, text[]) is 'Refuses a record that is in none of these states.';

create or replace function app.require_version(there int, seen int) returns void
language plpgsql immutable set search_path = '' as $$
begin
	if there is distinct from seen then
		perform app.refuse_stale(there);
	end if;
end
$$;
comment on function app.require_version(int, int) is 'Refuses a version other than the one that is there.';

create or replace function app.require_version(there int, seen int, id uuid) returns void
language plpgsql immutable set search_path = '' as $$
begin
	perform app.require_version(there, seen);
exception when sqlstate 'N2005' then
	raise exception using errcode = 'N2005', message = sqlerrm, detail = jsonb_build_object('version', there, 'id', id)::text;
end
$$;
comment on function app.require_version(int, int, uuid) is 'The same of a record that the call does not name: the answer does, so that it can be shown.';

-- Whether or not the caller reads the directory: a supplier's people name each other.
create or replace function app.require_known(person uuid) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
	if not exists (select from app.enrolment e where e.organisation = app.org() and e.person = require_known.person) then
		perform app.refuse_not_found('person');
	end if;
end
$$;
comment on function app.require_known(uuid) is 'Refuses as not found whom the organisation does not know.';

drop function if exists app.expect(int, int), app.enrolment_name(uuid);
