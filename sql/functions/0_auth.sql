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

drop function if exists auth.sweep(interval, interval, interval);
create or replace function auth.sweep(what text, keep interval, at_most integer) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
	removed bigint;
begin
	case what
		when 'sessions' then
			delete from auth.session s where s.ctid = any (array(select x.ctid from auth.session x
				where least(x.expires_at, x.idle_until, x.ended_at) < now() - keep limit at_most for update skip locked));
		when 'invitations' then
			delete from auth.invitation i where i.ctid = any (array(select x.ctid from auth.invitation x
				where coalesce(x.used_at, x.expires_at) < now() - keep limit at_most for update skip locked));
		when 'attempts' then
			delete from auth.attempt a where a.ctid = any (array(select x.ctid from auth.attempt x
				where x.last_at < now() - keep and x.free_at < now() limit at_most for update skip locked));
	end case;
	get diagnostics removed = row_count;
	return removed;
end
$$;
grant execute on function auth.sweep(text, interval, integer) to ninetwo_owner;

-- An invitation without its digest, for the operator's answer.
create or replace function auth.shown_invitation(id uuid, out kind text, out expires_at timestamptz)
language sql stable security definer set search_path = '' as $$
	select i.kind, i.expires_at from auth.invitation i where i.id = $1
$$;
grant execute on function auth.shown_invitation(uuid) to ninetwo_owner;
