-- Groups of companies: which parties were of one group, and of the organisation's own, on which days. A party says what
-- it is today (app.party); every belonging ever is a row of app.kinship, written from that by a trigger.

create or replace function app.kin(_organisation uuid, _party uuid) returns table (party uuid, days datemultirange)
language plpgsql stable rows 3 security definer set search_path = '' as $$
begin
	return query
	select x.party, range_agg(x.period) from (
		select p.id as party, daterange(null, null) as period from app.party p
			where p.organisation = _organisation and p.id = _party
		union all
		select b.party, a.period * b.period from app.kinship a
		join app.kinship b on b.organisation = a.organisation and b.kin = a.kin and b.party <> a.party
			and b.period && a.period
		where a.organisation = _organisation and a.party = _party and a.kin <> _organisation) x
	group by x.party;
end
$$;
comment on function app.kin(uuid, uuid) is
	'A party itself, always, and each that ever was of its group, with the days on which it was.';

create or replace function app.own_days(_organisation uuid, _party uuid) returns datemultirange
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(range_agg(k.period), '{}') from app.kinship k
		where k.organisation = _organisation and k.party = _party and k.kin = _organisation);
end
$$;
comment on function app.own_days(uuid, uuid) is
	'The days on which a party is of the organisation''s own group: on those S1 alone decides.';

create or replace function app.kinship_set(_organisation uuid, _party uuid, _kin uuid, _own boolean, _from_date date)
returns void language plpgsql security definer set search_path = '' as $$
begin
	-- what ended before it began was nothing
	delete from app.kinship k where k.organisation = _organisation and k.party = _party and k.until_date is null
		and (k.kin = _organisation) = _own and k.kin is distinct from _kin and k.from_date >= _from_date;
	update app.kinship k set until_date = coalesce(_from_date, app.today()) - 1
	where k.organisation = _organisation and k.party = _party and k.until_date is null
		and (k.kin = _organisation) = _own and k.kin is distinct from _kin;
	if _kin is not null then
		insert into app.kinship (organisation, party, kin, from_date)
		select _organisation, _party, _kin, _from_date
		where not exists (select from app.kinship k where k.organisation = _organisation and k.party = _party
			and k.kin = _kin and k.until_date is null);
	end if;
end
$$;
comment on function app.kinship_set(uuid, uuid, uuid, boolean, date) is
	'From a day on (null: always) a party is of this group, or of none: of the organisation''s own, or of another.';
revoke execute on function app.kinship_set(uuid, uuid, uuid, boolean, date) from public;

create or replace function app.derive_kinship() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	if tg_op = 'INSERT' and new.affiliates is not null
		or tg_op = 'UPDATE' and new.affiliates is distinct from old.affiliates then
		perform app.kinship_set(new.organisation, new.id, new.affiliates, false, new.affiliates_from);
	end if;
	if tg_op = 'INSERT' and new.in_group or tg_op = 'UPDATE' and new.in_group <> old.in_group then
		perform app.kinship_set(new.organisation, new.id, case when new.in_group then new.organisation end, true,
			new.in_group_from);
	end if;
	return null;
end
$$;
comment on function app.derive_kinship() is
	'AFTER INSERT OR UPDATE of a party: what it says of its groups is a belonging of its own. Before what is derived '
	'from '
	'it (names order triggers).';
create trigger a_kinship after insert or update of in_group, affiliates on app.party for each row
	execute function app.derive_kinship();

create or replace function app.party_group(_organisation uuid, _party uuid) returns table (party uuid)
language plpgsql stable rows 3 security definer set search_path = '' as $$
begin
	return query select k.party from app.kin(_organisation, _party) k;
end
$$;
comment on function app.party_group(uuid, uuid) is 'A party and all that ever were of its group.';

create or replace function app.join_group(_party uuid, _other uuid, _from_date date default null) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
	grp uuid;
	was uuid;
begin
	perform app.lock_groups(array[_party, _other]);
	select coalesce(x.affiliates, x.id) into grp from app.party x where x.organisation = app.org() and x.id = _other;
	select x.affiliates into was from app.party x where x.organisation = app.org() and x.id = _party;
	if was is not null and was <> grp and _from_date is null then
		-- they always were one
		update app.kinship k set kin = grp where k.organisation = app.org() and k.kin = was;
	end if;
	-- Two groups become one: nobody leaves theirs by joining another.
	update app.party x set affiliates = grp, affiliates_from = _from_date
	where x.organisation = app.org() and (x.id = _other or x.affiliates = was)
		and x.id <> _party and x.affiliates is distinct from grp;
	return grp;
end
$$;
comment on function app.join_group(uuid, uuid, date) is
	'Makes the group of a party one with that of another from a day on (null: always), and says which: the party '
	'itself '
	'joins it by the caller''s update.';

create or replace function app.lock_groups(_parties uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare
	held uuid[] := '{}';
	wanted uuid[];
	operated uuid[];
begin
	loop
		wanted := array(select distinct g.party from unnest(_parties) p (id), app.party_group(app.org(), p.id) g);
		exit when wanted <@ held;
		operated := array(select o.function from app.operation o where o.organisation = app.org()
			and o.party = any (wanted));
		perform app.touch(app.org(), wanted,
			app.me() || array(select a.person from app.affiliation a where a.organisation = app.org()
				and a.party = any (wanted)),
			array(select c.function from app.function_carried(app.org(), operated) c), '{}');
		held := wanted;
	end loop;
end
$$;
comment on function app.lock_groups(uuid[]) is
	'Into the line of everyone in the groups of these parties, also of who joined one while this waited, of their '
	'people '
	'and of what they operate: what binds one of a group under S2 and S3 binds all.';
revoke execute on function app.lock_groups(uuid[]), app.join_group(uuid, uuid, date) from public;
grant execute on function app.lock_groups(uuid[]), app.join_group(uuid, uuid, date) to ninetwo_api;
