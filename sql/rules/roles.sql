-- Rule `roles`: which roles exclude each other in one organisation at one time; and who stands above whom.

create or replace function app.excluded_pairs(_role text) returns table (pair uuid)
language plpgsql immutable set search_path = '' as $$
begin
	return query
	select md5(least(a, b) || '|' || greatest(a, b))::uuid
	from (values ('administrator', 'auditor'), ('administrator', 'management'), ('management', 'auditor'),
		('observer', 'administrator'), ('observer', 'auditor'), ('observer', 'auditee'), ('observer', 'management'),
			('observer', 'programme_manager')) x (a, b)
	where _role in (a, b);
end
$$;
comment on function app.excluded_pairs(text) is
	'The pairs of roles that exclude each other and that a role is part of.';

create or replace function app.claims_of_membership(_organisation uuid, _source uuid) returns setof app.claim_row
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select 'roles', m.person, x.pair, m.role::text, m.period
	from app.membership m cross join lateral app.excluded_pairs(m.role::text) x
	where m.organisation = _organisation and m.id = _source and not isempty(m.period);
end
$$;

create or replace function app.derive_membership() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	wanted app.claim_row[];
	other record;
begin
	perform app.touch(new.organisation, array_remove(array[new.party], null), array[new.person], '{}', '{}');
	select coalesce(array_agg(c), '{}') into wanted from app.claims_of_membership(new.organisation, new.id) c;
	select m.role, m.from_date, m.until_date into other from unnest(wanted) w
		join app.claim c on c.organisation = new.organisation and c.rule = 'roles' and c.subject = w.subject
			and c.object = w.object and c.side <> w.side and c.period && w.period
		join app.membership m on m.organisation = c.organisation and m.id = c.source limit 1;
	if found then
		perform app.refuse(app.no('roles', 'roles.exclude', jsonb_build_object('person', new.person, 'role', new.role,
			'other_role', other.role, 'from', other.from_date, 'until', case when other.until_date is not null
				then app.say('days.until', jsonb_build_object('until', other.until_date)) end),
			jsonb_build_object('person', new.person, 'roles', jsonb_build_array(other.role, new.role))));
	end if;
	perform app.claims_set(new.organisation, new.id, wanted);
	if new.role = 'observer' then
		perform app.certification_claims_again(new.organisation, new.party, false, app.today());
	end if;
	perform ledger.sync(new.organisation, new.person);
	return null;
end
$$;
create trigger derive after insert or update of from_date, until_date, counts_until on app.membership for each row
	execute function app.derive_membership();

-- The leads of the open audits on whose team a person is, by organisation: they are told when the person is given a
-- code (S10).
create or replace function app.leads_over(_person uuid) returns table (organisation uuid, leads uuid[])
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select mine.organisation, array_agg(distinct lead.person)
	from app.assignment mine
	join app.audit a on a.organisation = mine.organisation and a.id = mine.audit
		and a.state not in ('closed', 'cancelled')
	join app.assignment lead on lead.organisation = mine.organisation and lead.audit = mine.audit and lead.role = 'lead'
		and lead.ended_on is null
	where mine.person = _person and mine.ended_on is null
	group by mine.organisation;
end
$$;
grant execute on function app.leads_over(uuid) to ninetwo_auth;

-- Who is, or is to be, of management anywhere: a code for them that passes through the server would make whoever has
-- taken it over both sides of a countersignature, with an administrator's session alone. It is the operator's to make,
-- and one asked for earlier is void.
create or replace function app.of_management(_person uuid) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.membership m join app.organisation o on o.id = m.organisation
		where m.person = _person and m.role = 'management'
			and (upper_inf(m.held) or upper(m.held) > (now() at time zone o.timezone)::date));
end
$$;
grant execute on function app.of_management(uuid) to ninetwo_auth;
