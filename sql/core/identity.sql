-- Who is asking, for which organisation, on which day; and what people, parties and functions are called.

grant execute on function app.org(), app.my_roles(), app.i_have(text), app.today(), app.method() to ninetwo_auth,
	ninetwo_ledger;

create or replace function app.org() returns uuid
language sql stable parallel safe
return nullif(current_setting('ninetwo.organisation', true), '')::uuid;
comment on function app.org() is 'The organisation that is asked about; null outside one.';

create or replace function app.my_roles() returns text[]
language sql stable parallel safe
return coalesce(nullif(current_setting('ninetwo.roles', true), '')::text[], '{}');
comment on function app.my_roles() is
	'The roles that the person holds today in the organisation; empty when there is none.';

create or replace function app.i_have(_role text) returns boolean
language sql stable parallel safe
return _role = any (coalesce(nullif(current_setting('ninetwo.roles', true), '')::text[], '{}'));
comment on function app.i_have(text) is 'Whether the person holds this role today in the organisation.';

create or replace function app.method() returns text
language sql stable parallel safe
return coalesce(nullif(current_setting('ninetwo.method', true), ''), 'by itself');
comment on function app.method() is 'The method that is called; `by itself` where a date or the operator does it.';

-- Whoever countersigns a proposal does what its proposer would have done: app.take_effect sets these two for the time
-- of that call, auth.identify forgets them.
create or replace function app.maker() returns uuid
language sql stable parallel safe
return coalesce(nullif(current_setting('ninetwo.maker', true), '')::uuid, app.me());
comment on function app.maker() is
	'Whose decision this write is: the caller''s, or the proposer''s of what is countersigned.';

create or replace function app.signers() returns uuid[]
language sql stable parallel safe
return coalesce(nullif(current_setting('ninetwo.signers', true), '')::uuid[], '{}');
comment on function app.signers() is
	'Who of management countersigns what is being done; nobody where it is no proposal.';

create or replace function app.countersigner() returns uuid
language sql stable parallel safe
return (app.signers())[cardinality(app.signers())];
comment on function app.countersigner() is 'Who countersigned last what is being done; null where it is no proposal.';

-- The date in the organisation's time zone when the transaction began. auth.enter notes it, because it has the
-- organisation at hand.
create or replace function app.today() returns date
language sql stable parallel safe
return coalesce(nullif(current_setting('ninetwo.today', true), '')::date,
	(transaction_timestamp() at time zone 'UTC')::date);
comment on function app.today() is 'Today, in the organisation that is asked about; in UTC outside one.';

-- What a role in an organisation is called among the ledger's tokens, so that an event can be for everybody who holds
-- it.
create or replace function app.role_token(_organisation uuid, _role text) returns uuid
language sql immutable parallel safe
return md5('role ' || _role || ' of ' || _organisation::text)::uuid;
grant execute on function app.role_token(uuid, text) to ninetwo_auth, ninetwo_ledger;

create or replace function app.person_name(_organisation uuid, _person uuid) returns text
language plpgsql stable strict security definer set search_path = '' as $$
begin
	return (select e.name from app.enrolment e where e.organisation = _organisation and e.person = _person);
end
$$;
comment on function app.person_name(uuid, uuid) is
	'The name under which an organisation knows a person; for records that the reader may read.';

create or replace function app.party_name(_organisation uuid, _party uuid) returns text
language plpgsql stable strict security definer set search_path = '' as $$
begin
	return (select p.name from app.party p where p.organisation = _organisation and p.id = _party);
end
$$;

create or replace function app.function_name(_organisation uuid, _function uuid) returns text
language plpgsql stable strict security definer set search_path = '' as $$
begin
	return (select f.name from app.function f where f.organisation = _organisation and f.id = _function);
end
$$;

-- What the ledger asks of the business data, and nothing else.
create or replace function app.timezone(_organisation uuid) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce((select o.timezone from app.organisation o where o.id = _organisation), 'UTC');
end
$$;

create or replace function app.calendar() returns table (organisation uuid, today date)
language sql stable security definer set search_path = '' as $$
	select o.id, (now() at time zone o.timezone)::date from app.organisation o
$$;

create or replace function app.enrolled(_organisation uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
	select e.person from app.enrolment e where e.organisation = _organisation
$$;
revoke execute on function app.timezone(uuid), app.calendar(), app.enrolled(uuid) from ninetwo_api;
grant execute on function app.timezone(uuid), app.calendar(), app.enrolled(uuid) to ninetwo_ledger;

create or replace function app.auditor_today(_person uuid) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.membership m where m.organisation = app.org() and m.person = _person
		and m.role = 'auditor' and m.held @> app.today());
end
$$;

create or replace function app.auditee_today(_person uuid) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.membership m where m.organisation = app.org() and m.person = _person
		and m.role = 'auditee' and m.held @> app.today());
end
$$;

-- By the date of each organisation's own time zone, as the door counts it.
create or replace function app.my_organisations() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(array_agg(distinct m.organisation), '{}') from app.membership m
		join app.organisation o on o.id = m.organisation
		where m.person = app.me() and m.held @> (transaction_timestamp() at time zone o.timezone)::date);
end
$$;

create or replace function app.person_known(_name text, _email text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare known uuid;
begin
	select p.id into known from app.person p where lower(p.email) = lower(_email);
	if known is null then
		insert into app.person (name, email) values (_name, _email) returning person.id into known;
	end if;
	return known;
end
$$;
comment on function app.person_known(text, text) is
	'The account of the human with this e-mail address, made when there is none. Tells its caller nothing else of it.';
