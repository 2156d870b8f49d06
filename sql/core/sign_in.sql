-- Signing in and out, the counters that slow guessing down, and the lives of sessions.
--
-- What schema api holds beside generated frames stands here and in nouns/invitation.sql and nouns/upload.sql, because
-- it is called before anybody is signed in, by the server for itself, or for a ticket. It is owned by ninetwo_auth and
-- sees no business data beyond a name.

create policy mine on auth.session for select to ninetwo_api using (person = (select app.me()));

-- Sign-in against itself, and its part of the daily sweep.
create or replace function auth.check() returns setof text
language sql stable security definer set search_path = '' as $$
	select format('auth: a %s names person %s, who is not there', x.what, x.person)
	from (select 'credential', person from auth.credential union select kind, person from auth.session
		union select kind, person from auth.invitation) x (what, person)
	where not exists (select from app.person p where p.id = x.person)
	union all
	select 'auth: there is no pepper' where not exists (select from auth.pepper)
$$;
grant execute on function auth.check() to ninetwo_owner;

create or replace function auth.sweep(_what text, _keep interval, _at_most integer) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
	removed bigint;
begin
	case _what
		when 'sessions' then
			delete from auth.session s where s.ctid = any (array(select x.ctid from auth.session x
				where least(x.expires_at, x.idle_until, x.ended_at) < now() - _keep
					limit _at_most for update skip locked));
		when 'invitations' then
			delete from auth.invitation i where i.ctid = any (array(select x.ctid from auth.invitation x
				where coalesce(x.used_at, x.expires_at) < now() - _keep limit _at_most for update skip locked));
		when 'attempts' then
			delete from auth.attempt a where a.ctid = any (array(select x.ctid from auth.attempt x
				where x.last_at < now() - _keep and x.free_at < now() limit _at_most for update skip locked));
	end case;
	get diagnostics removed = row_count;
	return removed;
end
$$;
grant execute on function auth.sweep(text, interval, integer) to ninetwo_owner;

-- An invitation without its digest, for the operator's answer.
create or replace function auth.shown_invitation(_id uuid, out kind text, out expires_at timestamptz)
language sql stable security definer set search_path = '' as $$
	select i.kind, i.expires_at from auth.invitation i where i.id = _id
$$;
grant execute on function auth.shown_invitation(uuid) to ninetwo_owner;

-- Ends sessions, and tells the servers, which close the sockets.
create or replace function auth.end_sessions(_person uuid, _only_id uuid, _reason text) returns integer
language plpgsql set search_path = '' as $$
declare
	ended uuid;
	n integer := 0;
begin
	for ended in
		update auth.session s set ended_at = now(), ended_by = _reason
		where s.person = _person and s.ended_at is null and (_only_id is null or s.id = _only_id)
		returning s.id
	loop
		perform ledger.record('session.ended', ended, null, jsonb_build_object('reason', _reason), array[_person]);
		n := n + 1;
	end loop;
	return n;
end
$$;

create or replace function auth.end_my_session(_id uuid) returns integer
language plpgsql security definer set search_path = '' as $$
begin
	return auth.end_sessions(app.me(), _id, 'revoked');
end
$$;
grant execute on function auth.end_my_session(uuid) to ninetwo_api;

create or replace function auth.disable(_person uuid) returns integer
language sql security definer set search_path = '' as $$
	update auth.invitation i set state = 'replaced' where i.person = _person and i.state in ('waiting', 'sent');
	select auth.end_sessions(_person, null, 'disabled');
$$;
comment on function auth.disable(uuid) is
	'Ends every session of a person who was disabled, and voids their codes, which would be good again once they are '
	'let in; to be called after the person''s row was written.';
grant execute on function auth.disable(uuid) to ninetwo_api, ninetwo_owner;

-- Throttling. The first failures are free (five of an account, twenty of an address); each one after them doubles the
-- wait, from a second to fifteen minutes. An hour of quiet forgives. An IPv6 address counts as its /64, which is what
-- one customer is given.
create or replace function auth.account_subject(_email text) returns bytea
language plpgsql immutable set search_path = '' as $$
begin
	return sha256(convert_to('account ' || lower(_email), 'UTF8'));
end
$$;

create or replace function auth.address_subject(_address inet) returns bytea
language plpgsql immutable set search_path = '' as $$
begin
	return sha256(convert_to('address ' || case family(_address) when 6 then network(set_masklen(_address, 64))::text
		else host(_address) end, 'UTF8'));
end
$$;

create or replace function auth.wait_ms(_subject bytea) returns integer
language plpgsql volatile set search_path = '' as $$
begin
	return coalesce((select greatest(0, ceil(extract(epoch from a.free_at - clock_timestamp()) * 1000))::integer
		from auth.attempt a where a.subject = _subject), 0);
end
$$;

-- Takes the counter's row, so that guesses at one account or from one address are judged one after the other.
create or replace function auth.take_counter(_subject bytea) returns void
language plpgsql volatile set search_path = '' as $$
begin
	insert into auth.attempt as a (subject, last_at, free_at) values (_subject, clock_timestamp(), clock_timestamp())
	on conflict (subject) do update set failures = case when a.last_at < clock_timestamp() - interval '1 hour' then 0
		else a.failures end;
end
$$;

create or replace function auth.count_failure(_subject bytea, _free integer) returns void
language plpgsql volatile set search_path = '' as $$
begin
	update auth.attempt a set failures = a.failures + 1, last_at = clock_timestamp(),
		free_at = case when a.failures < _free then clock_timestamp()
			else clock_timestamp() + least(interval '15 minutes',
				interval '1 second' * power(2, least(a.failures - _free, 20))) end
	where a.subject = _subject;
end
$$;

-- What the client's password is to be hashed with. An account that does not exist has a salt too, and always the same.
create or replace function api.session_challenge(email text, address inet) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
	return (select jsonb_build_object(
		'salt',
			encode(
			coalesce(c.salt, substr(sha256(k.value || convert_to(lower(session_challenge.email), 'UTF8')), 1, 16)),
			'hex'),
		'n', coalesce(c.n, 32768), 'r', coalesce(c.r, 8), 'p', coalesce(c.p, 3),
		'wait_ms',
		greatest(auth.wait_ms(auth.account_subject(session_challenge.email)),
			coalesce(auth.wait_ms(auth.address_subject(session_challenge.address)), 0)))
	from auth.pepper k
	left join (app.person person join auth.credential c on c.person = person.id)
		on lower(person.email) = lower(session_challenge.email));
end
$$;

-- Signs in. A refusal is an answer and not an error, because an error would take the counters back.
create or replace function api.session_open(email text, key bytea, token_digest bytea, address inet, agent text)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare
	account constant bytea := auth.account_subject(session_open.email);
	place constant bytea := auth.address_subject(coalesce(session_open.address, '0.0.0.0'));
	wait integer;
	who record;
	s auth.session;
begin
	perform auth.take_counter(account), auth.take_counter(place);
	wait := greatest(auth.wait_ms(account), auth.wait_ms(place));
	if wait > 0 then
		return jsonb_build_object('ok', false, 'code', -32007, 'message',
			app.words('session.too_many', '{}'),
			'retry_after_ms', wait);
	end if;
	select p.id, p.name into who from app.person p join auth.credential c on c.person = p.id
	where lower(p.email) = lower(session_open.email) and p.disabled_at is null
		and c.verifier = sha256(session_open.key);
	if not found then
		perform auth.count_failure(account, 5), auth.count_failure(place, 20);
		return jsonb_build_object('ok', false, 'code', -32001, 'message',
			app.words('session.wrong', '{}'),
			'retry_after_ms', greatest(auth.wait_ms(account), auth.wait_ms(place)));
	end if;
	delete from auth.attempt a where a.subject = account;
	insert into auth.session as n (kind, person, digest, agent, address, idle_until, expires_at)
	values ('session', who.id, session_open.token_digest, left(session_open.agent, 200), session_open.address,
		now() + interval '2 hours',
		now() + interval '12 hours')
	returning n.* into s;
	return jsonb_build_object('ok', true, 'session', s.id, 'person', who.id, 'name', who.name, 'idle_until',
		s.idle_until, 'expires_at', s.expires_at);
end
$$;

create or replace function api.session_info(session bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	s constant auth.session := auth.live(session_info.session);
begin
	return jsonb_build_object('session', s.id, 'person', s.person,
		'name', (select p.name from app.person p where p.id = s.person),
		'kind', s.kind, 'scope', s.scope, 'expires_at', s.expires_at, 'idle_until', s.idle_until,
		'organisations', (
			select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'roles', o.roles) order by o.name,
				o.id), '[]')
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
	s constant auth.session := auth.live(session_close.session);
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
	s auth.session := auth.live(session_touch.session);
begin
	if s.seen_at < now() - interval '55 seconds' then
		update auth.session q set seen_at = now(),
			idle_until = case s.kind when 'session' then least(q.expires_at, now() + interval '2 hours')
				else q.idle_until end
		where q.id = s.id returning q.* into s;
	end if;
	return jsonb_build_object('idle_until', s.idle_until, 'expires_at', s.expires_at);
end
$$;

grant execute on function api.session_challenge(text, inet), api.session_open(text, bytea, bytea, inet, text),
	api.session_info(bytea),
	api.session_close(bytea), api.session_touch(bytea) to ninetwo_server;

create or replace function auth.add_token(_token_digest bytea, _name text, _scope text[], _expires_on date) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
	made uuid;
begin
	if (select s.kind from auth.session s where s.id::text = current_setting('ninetwo.session', true))
		is distinct from 'session' then
		perform app.refuse(app.no('token', 'token.by_token'));
	end if;
	insert into auth.session as s (kind, person, digest, name, scope, idle_until, expires_at)
	values ('token', app.me(), _token_digest, _name, _scope, (_expires_on + 1)::timestamp at time zone 'UTC',
		(_expires_on + 1)::timestamp at time zone 'UTC')
	returning s.id into made;
	return made;
end
$$;
grant execute on function auth.add_token(bytea, text, text[], date) to ninetwo_api;
