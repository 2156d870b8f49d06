-- S3, certification apart: who certifies the organisation supplies no auditor to it within 24 months, either way round.

create or replace function app.lengthened(_period daterange, _months int) returns daterange
language plpgsql immutable set search_path = '' as $$
begin
	return case when not isempty(_period) then daterange((lower(_period) - make_interval(months => _months))::date,
		(upper(_period) + make_interval(months => _months))::date) else _period end;
end
$$;
comment on function app.lengthened(daterange, int) is
	'A period with so many months added at both ends (S3); an open end stays open, and what is empty stays empty.';

create or replace function app.claims_of_certification(_organisation uuid, _source uuid) returns setof app.claim_row
language plpgsql stable rows 3 security definer set search_path = '' as $$
begin
	return query
	with certifier as (
		select c.organisation, k.party, d.period
		from app.certification c cross join lateral app.kin(c.organisation, c.party) k
		cross join lateral unnest(k.days * datemultirange(c.period)) d (period)
		where c.organisation = _organisation and c.id = _source and c.kind = 'certification')
	select 'S3', s.subject, _organisation, 'certifies', p.days
	from (
		select c.party as subject, range_agg(app.lengthened(c.period, 24)) as days from certifier c group by 1
		union all
		select a.person, range_agg(app.lengthened(c.period * a.period, 24))
		from certifier c join app.affiliation a on a.organisation = c.organisation and a.party = c.party
			and a.period && c.period
		group by 1
		union all
		select m.person, range_agg(app.lengthened(c.period * m.period, 24))
		from certifier c join app.membership m on m.organisation = c.organisation and m.party = c.party
			and m.role = 'observer' and m.period && c.period
		group by 1) s
	cross join lateral unnest(s.days) p (days);
end
$$;

create or replace function app.explain_certifies(_organisation uuid, _source uuid, _subject uuid, _person uuid,
	_audit uuid) returns app.reason
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select app.because('S3', 's3', jsonb_build_object('party', c.party,
			'days', app.say_days(c.from_date, c.counts_until),
			'belongs', case when _person <> c.party then app.say('s3.belongs',
				jsonb_build_object('person', _person)) end),
		jsonb_strip_nulls(jsonb_build_object('person', _person, 'party', c.party, 'audit', _audit,
			'certification', jsonb_build_object('id', c.id, 'from', c.from_date, 'until', c.until_date))))
	from app.certification c
	where c.organisation = _organisation and c.id = _source);
end
$$;

create or replace function app.certification_claims_again(_organisation uuid, _party uuid, _fact boolean,
	_from_date date) returns void
language plpgsql security definer set search_path = '' as $$
declare
	c record;
	wanted app.claim_row[];
	x app.reason;
begin
	for c in select n.id from app.certification n where n.organisation = _organisation and n.kind = 'certification'
			and n.party in (select g.party from app.party_group(_organisation, _party) g) order by n.id loop
		select coalesce(array_agg(w), '{}') into wanted from app.claims_of_certification(_organisation, c.id) w;
		x := app.explain_certifies(_organisation, c.id, null, null, null);
		perform app.meet_judging(_organisation, c.id, wanted, _fact, _from_date, x.data -> 'say');
		perform app.claims_set(_organisation, c.id, wanted);
	end loop;
end
$$;

create or replace function app.derive_certification() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	began date := app.fact_from(tg_op, new.from_date, case when tg_op = 'UPDATE' then old.counts_until end,
		new.counts_until);
begin
	perform app.touch(new.organisation, (select array_agg(g.party) from app.party_group(new.organisation, new.party) g),
		(select array_agg(a.person) from app.affiliation a where a.organisation = new.organisation
			and a.party in (select g.party from app.party_group(new.organisation, new.party) g)), '{}', '{}');
	perform app.certification_claims_again(new.organisation, new.party, began is not null,
		coalesce(began, new.from_date));
	if new.kind = 'attestation' then
		perform app.derive_attestation_interests(new.organisation, new.party);
	end if;
	return null;
end
$$;
create trigger derive after insert or update of from_date, until_date, counts_until on app.certification for each row
	execute function app.derive_certification();
