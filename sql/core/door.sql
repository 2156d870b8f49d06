-- The one door: auth.enter finds the session, the membership and the roles, and sets the identity for one transaction.

-- The door for whoever comes back to what their session began: it is still alive, and they still belong to the
-- organisation; sets the identity as auth.enter does.
create or replace function auth.enter_again(_session uuid, _person uuid, _organisation uuid) returns void
language plpgsql set search_path = '' as $$
declare
	held text[];
	today date;
begin
	if exists (select from auth.session s join app.person p on p.id = _person and p.disabled_at is null
			where s.id = _session and s.ended_at is null and s.idle_until > now() and s.expires_at > now()) then
		today := (select (now() at time zone o.timezone)::date from app.organisation o where o.id = _organisation);
		held := array(select m.role::text from app.membership m where m.person = _person
			and m.organisation = _organisation and m.held @> today);
	end if;
	if coalesce(held, '{}') = '{}' then
		perform app.refuse_unauthenticated();
	end if;
	perform auth.identify(_person, _session, _organisation, held, today);
end
$$;

-- The door for a ticket, which is alive.
create or replace function auth.enter_ticket(_ticket bytea, _direction text) returns app.ticket
language plpgsql set search_path = '' as $$
declare
	t app.ticket;
begin
	select k.* into t from app.ticket k
	where k.digest = _ticket and k.expires_at > now() and (_direction is null or k.direction = _direction);
	perform auth.enter_again(t.session, t.person, t.organisation);
	update app.ticket k set expires_at = now() + interval '15 minutes' where k.digest = t.digest
		and k.expires_at < now() + interval '14 minutes';
	if t.direction = 'down' and not meta.reads_evidence(t.evidence) then
		perform app.refuse_unauthenticated();
	end if;
	return t;
end
$$;

-- The door for an export, by its ticket or by the session that began it; to begin with, not for long.
create or replace function auth.enter_export(_export uuid, _secret bytea, _begun boolean) returns app.export
language plpgsql security definer set search_path = '' as $$
declare
	x app.export;
begin
	select k.* into x from app.export k left join auth.session s on s.id = k.session
	where k.id = _export and _secret in (k.digest, s.digest) and (_begun or k.expires_at > now());
	perform auth.enter_again(x.session, x.person, x.organisation);
	return x;
end
$$;
grant execute on function auth.enter_export(uuid, bytea, boolean) to ninetwo_api;

-- Refuses where the session is a token, and its scope leaves this method out.
create or replace function auth.require_scope(_method text, _access text) returns void
language plpgsql stable security definer set search_path = '' as $$
declare
	scope constant text[] := (select s.scope from auth.session s
		where s.id = current_setting('ninetwo.session')::uuid);
begin
	if scope is not null and not auth.in_scope(scope, _method, _access) then
		perform app.refuse(row('2002', 'forbidden.scope', '{}', jsonb_build_object('scope', scope))::app.refusal);
	end if;
end
$$;
grant execute on function auth.require_scope(text, text) to ninetwo_api;

-- Whether a token of this scope may call a method.
create or replace function auth.in_scope(_scope text[], _method text, _access text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
	return exists (select from unnest(_scope) s
		where s in ('*', _method) or (s = 'read' and _access <> 'write')
			or (right(s, 2) = '.*' and starts_with(_method, left(s, -1))));
end
$$;

-- The identity of this transaction: all of it each time, so that nothing set by the caller survives.
create or replace function auth.identify(_person uuid, _session uuid, _organisation uuid, _roles text[], _today date)
returns void
language plpgsql set search_path = '' as $$
begin
	perform set_config('ninetwo.person', _person::text, true), set_config('ninetwo.session', _session::text, true),
		set_config('ninetwo.organisation', coalesce(_organisation::text, ''), true),
			set_config('ninetwo.roles', _roles::text, true),
		set_config('ninetwo.today', coalesce(_today::text, ''), true), set_config('ninetwo.method', '', true),
		set_config('ninetwo.maker', '', true), set_config('ninetwo.signers', '', true);
	perform app.forget();
end
$$;
comment on function auth.identify(uuid, uuid, uuid, text[], date) is
	'Says for the rest of this transaction who is asking, and forgets what was kept of what they reach.';

-- What is nobody's act by a session: a code, the end of a session by its own secret, the sweep, the turn of a day. What
-- is set by hand before it counts for nothing, so no event says that somebody did it.
create or replace function auth.nobody() returns void
language plpgsql security definer set search_path = '' as $$
begin
	perform auth.identify(null, null, null, '{}', null);
end
$$;
comment on function auth.nobody() is 'Says for the rest of this transaction that nobody is asking.';
grant execute on function auth.nobody() to ninetwo_owner, ninetwo_ledger;

-- The door: every frame calls it first. Finds the session by its digest, judges session, person, role and scope, and
-- sets the identity. Writes nothing.
create or replace function auth.enter(_session bytea, _organisation uuid, _method text, _roles text[],
	_access text default 'write') returns void
language plpgsql security definer set search_path = '' as $$
declare
	s record;
begin
	select q.id, q.person, q.scope, o.today,
		array(select m.role::text from app.membership m where m.person = q.person and m.organisation = _organisation
			and m.held @> o.today) as held
	into s
	from auth.session q
	join app.person p on p.id = q.person
	left join lateral (select (transaction_timestamp() at time zone g.timezone)::date from app.organisation g
		where g.id = _organisation) as o (today) on true
	where q.digest = sha256(_session) and q.ended_at is null and p.disabled_at is null
		and q.idle_until > transaction_timestamp() and q.expires_at > transaction_timestamp();
	if not found then
		perform app.refuse_unauthenticated();
	end if;
	if not 'signed_in' = any (_roles) then
		if _organisation is null then
			perform app.refuse_param('organisation', 'param.required', '{}');
		elsif not (s.held && _roles or ('member' = any (_roles) and s.held <> '{}')) then
			perform app.refuse_forbidden(_roles);
		end if;
	end if;
	if s.scope is not null and not auth.in_scope(s.scope, _method, _access) then
		perform app.refuse(row('2002', 'forbidden.scope', '{}', jsonb_build_object('scope', s.scope))::app.refusal);
	end if;
	perform auth.identify(s.person, s.id, _organisation, s.held, s.today);
	perform set_config('ninetwo.method', _method, true);
end
$$;
comment on function auth.enter(bytea, uuid, text, text[], text) is
	'Who is asking, and whether they may; sets the identity of this transaction.';
grant execute on function auth.enter(bytea, uuid, text, text[], text) to ninetwo_api, ninetwo_ledger;

-- The live session of this secret; refuses as unauthenticated when there is none.
create or replace function auth.live(_session bytea) returns auth.session
language plpgsql stable set search_path = '' as $$
declare
	s auth.session;
begin
	select q.* into s from auth.session q join app.person p on p.id = q.person
	where q.digest = sha256(_session) and q.ended_at is null and p.disabled_at is null and q.idle_until > now()
		and q.expires_at > now();
	if not found then
		perform app.refuse_unauthenticated();
	end if;
	return s;
end
$$;
