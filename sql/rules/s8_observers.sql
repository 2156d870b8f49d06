-- S8, observers: they read what was released to their party, in its period.

-- The releases that a person may read today, and until when.
create or replace function app.release_holding(_person uuid, _organisation uuid) returns table (token uuid, until date)
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select r.id, null::date from app.release r
	where r.organisation = _organisation and r.recipient = _person
	union
	select r.id, null from app.release r
	join app.assignment a on a.organisation = r.organisation and a.audit = r.audit and a.role = 'lead'
		and a.person = _person
		and (a.ended_on is null or r.released_by = a.person)
	where r.organisation = _organisation
	union
	select p.release, least(p.until, m.until_date) from app.publication p
	join app.membership m on m.organisation = p.organisation and m.party = p.party and m.role = 'observer'
		and m.person = _person
	where p.organisation = _organisation and p.ended_at is null
		and p.until >= (
			now() at time zone coalesce((select o.timezone from app.organisation o where o.id = _organisation),
			'UTC'))::date
		and m.held @> (
			now() at time zone coalesce((select o.timezone from app.organisation o where o.id = _organisation),
			'UTC'))::date;
end
$$;
comment on function app.release_holding(uuid, uuid) is
	'Releases that a person may read today as recipient, lead or observer, and the last day on which they may.';

create or replace function app.derive_publication() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	perform ledger.sync(new.organisation, variadic array(
		select m.person from app.membership m where m.organisation = new.organisation and m.role = 'observer'
			and m.party = new.party));
	return null;
end
$$;
create trigger a_derive after insert or update on app.publication for each row
	execute function app.derive_publication();

-- Evidence that somebody of a party outside the group supplied goes out with leave only.
create or replace function app.from_outside(_evidence uuid) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.evidence e join app.affiliation f on f.organisation = e.organisation
		and f.person = e.supplied_by and f.held @> e.created_at::date
		join app.party p on p.organisation = f.organisation and p.id = f.party and not p.in_group
		where e.organisation = app.org() and e.id = _evidence and e.leave is null)
	or exists (select from app.response r join app.evidence e on e.organisation = r.organisation and e.id = r.original
		where e.organisation = app.org() and e.id = _evidence and r.on_behalf_of is not null and e.leave is null);
end
$$;
