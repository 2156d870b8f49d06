-- What everything else stands on: keys, who is asking, how a request is refused, and the answers kept for a request_id.

-- A version 7 UUID: 48 bits of milliseconds, the rest random. Sorts by time roughly and not strictly; never order by it alone.
create function app.uuid7() returns uuid
language sql volatile parallel safe
return encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
	placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
	52, 1), 53, 1), 'hex')::uuid;
grant execute on function app.uuid7() to ninetwo_auth, ninetwo_ledger;

-- Who is asking. auth.enter sets these for one transaction; where it has not, each is null and every policy says no. (After a
-- commit PostgreSQL gives '' and not null for a setting that was local, hence nullif.)
create function app.me() returns uuid
language sql stable parallel safe
return nullif(current_setting('ninetwo.person', true), '')::uuid;
comment on function app.me() is 'The person who is asking; null when nobody has signed in.';

create function app.org() returns uuid
language sql stable parallel safe
return nullif(current_setting('ninetwo.organisation', true), '')::uuid;
comment on function app.org() is 'The organisation that is asked about; null outside one.';

create function app.my_roles() returns text[]
language sql stable parallel safe
return coalesce(nullif(current_setting('ninetwo.roles', true), '')::text[], '{}');
comment on function app.my_roles() is 'The roles that the person holds today in the organisation; empty when there is none.';

create function app.i_have(role text) returns boolean
language sql stable parallel safe
return role = any (coalesce(nullif(current_setting('ninetwo.roles', true), '')::text[], '{}'));
comment on function app.i_have(text) is 'Whether the person holds this role today in the organisation.';

create function app.now() returns timestamptz
language sql stable parallel safe
return transaction_timestamp();
comment on function app.now() is 'The one time of this transaction.';

-- The date in the organisation's time zone when the transaction began. auth.enter notes it, because it has the organisation at hand.
create function app.today() returns date
language sql stable parallel safe
return coalesce(nullif(current_setting('ninetwo.today', true), '')::date, (transaction_timestamp() at time zone 'UTC')::date);
comment on function app.today() is 'Today, in the organisation that is asked about; in UTC outside one.';

grant execute on function app.me(), app.org(), app.my_roles(), app.i_have(text), app.now(), app.today() to ninetwo_auth, ninetwo_ledger;

-- What a role in an organisation is called among the ledger's tokens, so that an event can be for everybody who holds it.
create function app.role_token(organisation uuid, role text) returns uuid
language sql immutable parallel safe
return md5('role ' || role || ' of ' || organisation::text)::uuid;
grant execute on function app.role_token(uuid, text) to ninetwo_auth, ninetwo_ledger;

-- Refusals. One function each, because the SQLSTATE is the wire's code: N2nnn is -32nnn. MESSAGE is a sentence for a person and may
-- name people; DETAIL is error.data and holds ids, rules, dates and versions only.
create function app.refuse_unauthenticated() returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2001', message = 'Sign in first.', detail = '{}';
end
$$;

create function app.refuse_param(param text, why text) returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2602', message = param || ': ' || why,
		detail = jsonb_build_object('params', jsonb_build_array(jsonb_build_object('name', param, 'problem', why)))::text;
end
$$;
comment on function app.refuse_param(text, text) is 'A parameter that no call could make right: its name, and what would be right.';

create function app.refuse_forbidden(roles text[]) returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2002', message = 'None of your roles here may do this.',
		detail = jsonb_build_object('roles', to_jsonb(roles))::text;
end
$$;

create function app.refuse_separation(rule text, message text, data jsonb default '{}') returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2003', message = message,
		detail = (coalesce(data, '{}') || jsonb_build_object('rule', rule))::text;
end
$$;

create function app.refuse_not_found(noun text) returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2004', message = format('There is no such %s, or it is not for you to see.', noun),
		detail = jsonb_build_object('noun', noun)::text;
end
$$;
comment on function app.refuse_not_found(text) is 'Absent and invisible are one answer.';

create function app.refuse_stale(version integer) returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2005', message = 'Somebody else has changed it since you read it.',
		detail = jsonb_build_object('version', version)::text;
end
$$;
comment on function app.refuse_stale(integer) is 'The version that is there now; the server adds the record itself.';

create function app.refuse_state(state text, allowed text[]) returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2006',
		message = format('It is %s; this needs it to be %s.', state, array_to_string(allowed, ' or ')),
		detail = jsonb_build_object('state', state, 'allowed', to_jsonb(allowed))::text;
end
$$;

create function app.refuse_slow(ms integer) returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2007', message = 'Slow down.', detail = jsonb_build_object('retry_after_ms', ms)::text;
end
$$;

create function app.refuse(rule text, message text, data jsonb default '{}') returns void
language plpgsql set search_path = '' as $$
begin
	raise exception using errcode = 'N2009', message = message,
		detail = (coalesce(data, '{}') || jsonb_build_object('rule', rule))::text;
end
$$;
comment on function app.refuse(text, text, jsonb) is 'A business rule refuses it. Rule place: has the role and sees the record, but stands elsewhere.';

grant execute on function app.refuse_unauthenticated(), app.refuse_param(text, text), app.refuse_forbidden(text[]),
	app.refuse_separation(text, text, jsonb), app.refuse_not_found(text), app.refuse_stale(integer), app.refuse_state(text, text[]),
	app.refuse_slow(integer), app.refuse(text, text, jsonb) to ninetwo_auth, ninetwo_ledger;

-- A changed row is a new version. The column `touched`, which a write below it updates so that such writes queue, is neither a
-- version nor a change; generated columns are not worked out yet when this runs, and change only with what they are made from.
create function app.stamp() returns trigger
language plpgsql set search_path = '' as $$
declare
	before constant jsonb := to_jsonb(old) - array['touched', 'period', 'held', 'window_from'];
	after constant jsonb := to_jsonb(new) - array['touched', 'period', 'held', 'window_from'];
begin
	if after = before then
		return new;
	end if;
	if after -> 'organisation' is distinct from before -> 'organisation' or after -> 'id' is distinct from before -> 'id' then
		raise exception 'the key of a record never changes';
	end if;
	new.version := old.version + 1;
	new.updated_at := transaction_timestamp();
	return new;
end
$$;
comment on function app.stamp() is 'BEFORE UPDATE: the next version and its time, unless nothing but `touched` changed.';

-- The answers kept for a request_id, so that a client which lost its connection just asks again. Belongs to a person and not to an
-- organisation; swept after 30 days.
create table app.request (
	person uuid not null,
	id uuid not null,
	method text not null,
	digest bytea not null check (length(digest) = 32),
	reply jsonb,
	at timestamptz not null default now(),
	primary key (person, id)
);
comment on table app.request is 'Successful answers by (person, request_id), kept 30 days; a refusal is not kept.';
comment on column app.request.digest is 'SHA-256 of the parameters: the same request_id with others is an error.';
comment on column app.request.reply is 'Null where the answer held a secret and was not kept.';
create index request_at on app.request (at);
alter table app.request enable row level security;
alter table app.request force row level security;
create policy owner on app.request to ninetwo_owner using (true) with check (true);
create policy mine on app.request to ninetwo_api using (person = (select app.me())) with check (person = (select app.me()));
grant select, insert on app.request to ninetwo_api;

-- The description of all methods as it was when they were last built; the server reads it at start.
set role ninetwo_api;
create table meta.description (
	one boolean primary key default true check (one),
	catalogue jsonb not null,
	built_at timestamptz not null default now()
);
comment on table meta.description is 'One row: what meta.catalogue() answers.';
alter table meta.description enable row level security;
alter table meta.description force row level security;
create policy api on meta.description to ninetwo_api using (true) with check (true);
