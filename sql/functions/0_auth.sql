-- Sign-in against itself, and its part of the daily sweep.

set role ninetwo_auth;

create or replace function auth.check() returns setof text
language sql stable security definer set search_path = '' as $$
	select format('auth: a %s names person %s, who is not there', x.what, x.person)
	from (select 'credential', person from auth.credential union select kind, person from auth.session union select kind, person from auth.invitation) x (what, person)
	where not exists (select from app.person p where p.id = x.person)
	union all
	select 'auth: there is no pepper' where not exists (select from auth.pepper)
$$;
grant execute on function auth.check() to ninetwo_owner;

create or replace function auth.sweep(session interval, invitation interval, attempt interval) returns jsonb
language sql volatile security definer set search_path = '' as $$
	with sessions as (
		delete from auth.session s where least(s.expires_at, s.idle_until, s.ended_at) < now() - $1 returning 1
	), invitations as (
		delete from auth.invitation i where coalesce(i.used_at, i.expires_at) < now() - $2 returning 1
	), attempts as (
		delete from auth.attempt a where a.last_at < now() - $3 and a.free_at < now() returning 1
	)
	select jsonb_build_object('sessions', (select count(*) from sessions), 'invitations', (select count(*) from invitations),
		'attempts', (select count(*) from attempts))
$$;
grant execute on function auth.sweep(interval, interval, interval) to ninetwo_owner;

-- An invitation without its digest, for the operator's answer.
create or replace function auth.shown_invitation(id uuid, out kind text, out expires_at timestamptz)
language sql stable security definer set search_path = '' as $$
	select i.kind, i.expires_at from auth.invitation i where i.id = $1
$$;
grant execute on function auth.shown_invitation(uuid) to ninetwo_owner;
