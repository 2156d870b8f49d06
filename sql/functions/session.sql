-- Sessions: the one door (auth.enter), signing in and out, and the sessions a person has.
--
-- Functions in schema api that have no generated frame stand here and in invitation.sql, because they are called before anybody is
-- signed in or by the server for itself: session_challenge, session_open, session_info, session_close, session_touch, code_challenge,
-- password_set, delivery_take, delivery_code, delivery_failed. They are owned by ninetwo_auth and see no business data beyond a name.

grant usage, create on schema api to ninetwo_auth;
set role ninetwo_auth;

-- Whether a token of this scope may call a method.
create or replace function auth.in_scope(scope text[], method text, access text) returns boolean
language sql immutable set search_path = '' as $$
	select exists (select from unnest(scope) s
		where s in ('*', method) or (s = 'read' and access <> 'write') or (right(s, 2) = '.*' and starts_with(method, left(s, -1))))
$$;

-- The identity of this transaction: all of it each time, so that nothing set by the caller survives.
create or replace function auth.identify(person uuid, session uuid, organisation uuid, roles text[], today date, access text) returns void
language plpgsql set search_path = '' as $$
begin
	perform set_config('ninetwo.person', person::text, true), set_config('ninetwo.session', session::text, true),
		set_config('ninetwo.organisation', coalesce(organisation::text, ''), true), set_config('ninetwo.roles', roles::text, true),
		set_config('ninetwo.today', coalesce(today::text, ''), true);
	perform set_config('ninetwo.access', access, true), set_config('ninetwo.my_parts', '', true), set_config('ninetwo.my_audits', '', true),
		set_config('ninetwo.my_assigned_audits', '', true), set_config('ninetwo.my_functions', '', true),
		set_config('ninetwo.my_function_audits', '', true), set_config('ninetwo.my_parties', '', true), set_config('ninetwo.my_releases', '', true);
end
$$;
comment on function auth.identify(uuid, uuid, uuid, text[], date, text) is 'Says for the rest of this transaction who is asking, and forgets what was kept of what they reach.';

-- What is nobody's act by a session: a code, the end of a session by its own secret, the sweep, the turn of a day. What is set by hand before it counts
-- for nothing, so no event says that somebody did it.
create or replace function auth.nobody() returns void
language sql security definer set search_path = '' as $$ select auth.identify(null, null, null, '{}', null, '') $$;
comment on function auth.nobody() is 'Says for the rest of this transaction that nobody is asking.';
grant execute on function auth.nobody() to ninetwo_owner, ninetwo_ledger;

-- The door: every frame calls it first. Finds the session by its digest, judges session, person, role and scope, and sets the identity.
-- Writes nothing.
create or replace function auth.enter(session bytea, organisation uuid, method text, roles text[], access text default 'write') returns void
language plpgsql security definer set search_path = '' as $$
declare
	s record;
begin
	select q.id, q.person, q.scope, o.today,
		array(select m.role::text from app.membership m where m.person = q.person and m.organisation = $2 and m.held @> o.today) as held
	into s
	from auth.session q
	join app.person p on p.id = q.person
	left join lateral (select (transaction_timestamp() at time zone g.timezone)::date from app.organisation g where g.id = $2) as o (today) on true
	where q.digest = sha256($1) and q.ended_at is null and p.disabled_at is null
		and q.idle_until > transaction_timestamp() and q.expires_at > transaction_timestamp();
	if not found then
		perform app.refuse_unauthenticated();
	end if;
	if not 'signed_in' = any ($4) then
		if $2 is null then
			perform app.refuse_param('organisation', 'is required');
		elsif not (s.held && $4 or ('member' = any ($4) and s.held <> '{}')) then
			perform app.refuse_forbidden($4);
		end if;
	end if;
	if s.scope is not null and not auth.in_scope(s.scope, $3, $5) then
		raise exception using errcode = 'N2002', message = 'This token may not do that.', detail = jsonb_build_object('scope', s.scope)::text;
	end if;
	perform auth.identify(s.person, s.id, $2, s.held, s.today, $5);
end
$$;
comment on function auth.enter(bytea, uuid, text, text[], text) is 'Who is asking, and whether they may; sets the identity of this transaction.';
grant execute on function auth.enter(bytea, uuid, text, text[], text) to ninetwo_api, ninetwo_ledger;

-- Ends sessions, and tells the servers, which close the sockets.
create or replace function auth.end_sessions(person uuid, only_id uuid, reason text) returns integer
language plpgsql set search_path = '' as $$
declare
	ended uuid;
	n integer := 0;
begin
	for ended in
		update auth.session s set ended_at = now(), ended_by = reason
		where s.person = end_sessions.person and s.ended_at is null and (only_id is null or s.id = only_id)
		returning s.id
	loop
		perform ledger.record('session.ended', ended, null, jsonb_build_object('reason', reason), array[end_sessions.person]);
		n := n + 1;
	end loop;
	return n;
end
$$;

create or replace function auth.end_my_session(id uuid) returns integer
language sql security definer set search_path = '' as $$ select auth.end_sessions(app.me(), $1, 'revoked') $$;
grant execute on function auth.end_my_session(uuid) to ninetwo_api;

create or replace function auth.disable(person uuid) returns integer
language sql security definer set search_path = '' as $$
	update auth.invitation i set state = 'replaced' where i.person = $1 and i.state in ('waiting', 'sent');
	select auth.end_sessions($1, null, 'disabled');
$$;
comment on function auth.disable(uuid) is 'Ends every session of a person who was disabled, and voids their codes, which would be good again once they are let in; to be called after the person''s row was written.';
grant execute on function auth.disable(uuid) to ninetwo_api, ninetwo_owner;

-- Throttling. The first failures are free (five of an account, twenty of an address); each one after them doubles the wait, from a
-- second to fifteen minutes. An hour of quiet forgives. An IPv6 address counts as its /64, which is what one customer is given.
create or replace function auth.account_subject(email text) returns bytea
language sql immutable set search_path = '' as $$ select sha256(convert_to('account ' || lower(email), 'UTF8')) $$;

create or replace function auth.address_subject(address inet) returns bytea
language sql immutable set search_path = '' as $$
	select sha256(convert_to('address ' || case family($1) when 6 then network(set_masklen($1, 64))::text else host($1) end, 'UTF8'))
$$;

create or replace function auth.wait_ms(subject bytea) returns integer
language sql volatile set search_path = '' as $$
	select coalesce((select greatest(0, ceil(extract(epoch from a.free_at - clock_timestamp()) * 1000))::integer
		from auth.attempt a where a.subject = $1), 0)
$$;

-- Takes the counter's row, so that guesses at one account or from one address are judged one after the other.
create or replace function auth.take_counter(subject bytea) returns void
language sql volatile set search_path = '' as $$
	insert into auth.attempt as a (subject, last_at, free_at) values ($1, clock_timestamp(), clock_timestamp())
	on conflict (subject) do update set failures = case when a.last_at < clock_timestamp() - interval '1 hour' then 0 else a.failures end
$$;

create or replace function auth.count_failure(subject bytea, free integer) returns void
language sql volatile set search_path = '' as $$
	update auth.attempt a set failures = a.failures + 1, last_at = clock_timestamp(),
		free_at = case when a.failures < free then clock_timestamp()
			else clock_timestamp() + least(interval '15 minutes', interval '1 second' * power(2, least(a.failures - free, 20))) end
	where a.subject = $1
$$;

-- What the client's password is to be hashed with. An account that does not exist has a salt too, and always the same.
create or replace function api.session_challenge(email text, address inet) returns jsonb
language sql volatile security definer set search_path = '' as $$
	select jsonb_build_object(
		'salt', encode(coalesce(c.salt, substr(sha256(k.value || convert_to(lower($1), 'UTF8')), 1, 16)), 'hex'),
		'n', coalesce(c.n, 32768), 'r', coalesce(c.r, 8), 'p', coalesce(c.p, 3),
		'wait_ms', greatest(auth.wait_ms(auth.account_subject($1)), coalesce(auth.wait_ms(auth.address_subject($2)), 0)))
	from auth.pepper k
	left join (app.person person join auth.credential c on c.person = person.id) on lower(person.email) = lower($1)
$$;

-- Signs in. A refusal is an answer and not an error, because an error would take the counters back.
create or replace function api.session_open(email text, key bytea, token_digest bytea, address inet, agent text) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
	account constant bytea := auth.account_subject($1);
	place constant bytea := auth.address_subject(coalesce($4, '0.0.0.0'));
	wait integer;
	who record;
	s auth.session;
begin
	perform auth.take_counter(account), auth.take_counter(place);
	wait := greatest(auth.wait_ms(account), auth.wait_ms(place));
	if wait > 0 then
		return jsonb_build_object('ok', false, 'code', -32007, 'message', 'Too many attempts: wait a little.', 'retry_after_ms', wait);
	end if;
	select p.id, p.name into who from app.person p join auth.credential c on c.person = p.id
	where lower(p.email) = lower($1) and p.disabled_at is null and c.verifier = sha256($2);
	if not found then
		perform auth.count_failure(account, 5), auth.count_failure(place, 20);
		return jsonb_build_object('ok', false, 'code', -32001, 'message', 'The e-mail address or the password is wrong.',
			'retry_after_ms', greatest(auth.wait_ms(account), auth.wait_ms(place)));
	end if;
	delete from auth.attempt a where a.subject = account;
	insert into auth.session as n (kind, person, digest, agent, address, idle_until, expires_at)
	values ('session', who.id, $3, left($5, 200), $4, now() + interval '2 hours', now() + interval '12 hours')
	returning n.* into s;
	return jsonb_build_object('ok', true, 'session', s.id, 'person', who.id, 'name', who.name, 'idle_until', s.idle_until, 'expires_at', s.expires_at);
end
$$;

-- The live session of this secret; refuses as unauthenticated when there is none.
create or replace function auth.live(session bytea) returns auth.session
language plpgsql stable set search_path = '' as $$
declare
	s auth.session;
begin
	select q.* into s from auth.session q join app.person p on p.id = q.person
	where q.digest = sha256($1) and q.ended_at is null and p.disabled_at is null and q.idle_until > now() and q.expires_at > now();
	if not found then
		perform app.refuse_unauthenticated();
	end if;
	return s;
end
$$;

create or replace function api.session_info(session bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	s constant auth.session := auth.live($1);
begin
	return jsonb_build_object('session', s.id, 'person', s.person,
		'name', (select p.name from app.person p where p.id = s.person),
		'kind', s.kind, 'scope', s.scope, 'expires_at', s.expires_at, 'idle_until', s.idle_until,
		'organisations', (
			select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'roles', o.roles) order by o.name, o.id), '[]')
			from (
				select g.id, g.name, jsonb_agg(m.role order by m.role) as roles
				from app.membership m join app.organisation g on g.id = m.organisation
				where m.person = s.person and m.held @> (now() at time zone g.timezone)::date
				group by g.id, g.name) o));
end
$$;

create or replace function api.session_close(session bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	s constant auth.session := auth.live($1);
begin
	perform auth.nobody();
	perform auth.end_sessions(s.person, s.id, 'signed_out');
	return '{"ok": true}';
end
$$;

-- Notes that a session is used; the server calls it at most once a minute, and more often changes nothing.
create or replace function api.session_touch(session bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	s auth.session := auth.live($1);
begin
	if s.seen_at < now() - interval '55 seconds' then
		update auth.session q set seen_at = now(),
			idle_until = case s.kind when 'session' then least(q.expires_at, now() + interval '2 hours') else q.idle_until end
		where q.id = s.id returning q.* into s;
	end if;
	return jsonb_build_object('idle_until', s.idle_until, 'expires_at', s.expires_at);
end
$$;

grant execute on function api.session_challenge(text, inet), api.session_open(text, bytea, bytea, inet, text), api.session_info(bytea),
	api.session_close(bytea), api.session_touch(bytea) to ninetwo_server;

-- A session that is over stays in the list until it is swept, so that a person sees what happened.
set role ninetwo_api;
revoke create on schema api from ninetwo_auth;
create view record.session with (security_invoker = true) as
	select s.id, s.agent, host(s.address) as address, s.created_at, s.seen_at, s.idle_until, s.expires_at, s.ended_at, s.ended_by,
		s.id::text = current_setting('ninetwo.session', true) as current
	from auth.session s where s.kind = 'session';
comment on view record.session is 'One signing-in of a person.';
comment on column record.session.agent is 'What the client calls itself.';
comment on column record.session.address is 'From where it was opened.';
comment on column record.session.created_at is '!When it was opened.';
comment on column record.session.seen_at is '!When it was last used, to the minute.';
comment on column record.session.idle_until is '!When it ends if it is not used before.';
comment on column record.session.expires_at is '!When it ends in any case.';
comment on column record.session.ended_at is 'When it was ended before that.';
comment on column record.session.ended_by is 'How: signed_out, revoked, password or disabled.';
comment on column record.session.current is '!The session that asks.';

create function method.session_list() returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('items', coalesce(jsonb_agg(to_jsonb(s) order by s.created_at desc, s.id desc), '[]'), 'after', null, 'partial', false)
	from (select * from record.session order by created_at desc, id desc limit 200) s
$$;
comment on function method.session_list is $${
	"doc": "Your sessions, the newest first; the last 200.",
	"roles": ["signed_in"], "access": "read", "organisation": false,
	"result": "session[]"
}$$;

create function method.session_revoke(id uuid) returns jsonb
language plpgsql set search_path = '' as $$
begin
	perform auth.end_my_session(session_revoke.id);
	if not exists (select from record.session s where s.id = session_revoke.id) then
		perform app.refuse_not_found('session');
	end if;
	return (select to_jsonb(s) from record.session s where s.id = session_revoke.id);
end
$$;
comment on function method.session_revoke is $${
	"doc": "End one of your sessions, wherever it is open.",
	"roles": ["signed_in"], "access": "write", "organisation": false,
	"params": {"id": {"doc": "The session."}},
	"result": "session"
}$$;
