-- S2, party self-review: nobody affiliated with an outside party that operates a function judges it.

create or replace function app.claims_of_operation(_organisation uuid, _source uuid) returns setof app.claim_row
language plpgsql stable rows 10 security definer set search_path = '' as $$
begin
	-- a company counts as the operator while it belongs to the operator's group
	return query
	select 'S2', k.party, c.function, 'operates', d.day
	from app.operation o
	cross join lateral app.kin(o.organisation, o.party) k
	cross join lateral unnest((datemultirange(o.period) - app.own_days(o.organisation, o.party)) * k.days
		- app.own_days(o.organisation, k.party)) d (day)
	cross join lateral app.function_carried(o.organisation, array[o.function]) c
	where o.organisation = _organisation and o.id = _source;
end
$$;

create or replace function app.explain_operates(_organisation uuid, _source uuid, _function uuid, _person uuid,
	_audit uuid) returns app.reason
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select app.because('S2', 's2', jsonb_build_object('party', n.party, 'function', _function,
			'days', app.say_days(n.from_date, n.counts_until),
			'belongs', (select app.say('s2.' || f.kind || case when f.party <> n.party then '.kin' else '' end,
					jsonb_build_object('person', _person, 'kin_party', f.party,
						'days', app.say_days(f.from_date, f.counts_until)))
				from app.affiliation f where f.organisation = n.organisation and f.person = _person
					and f.party in (select k.party from app.kin(n.organisation, n.party) k
						where k.days && (f.period * n.period))
				order by f.party <> n.party, f.from_date desc limit 1)),
		jsonb_strip_nulls(jsonb_build_object('person', _person, 'party', n.party, 'function', _function,
			'audit', _audit, 'responsibility', jsonb_build_object('id', n.id, 'kind', 'operates', 'from', n.from_date,
				'until', n.until_date, 'counts_until', n.counts_until))))
	from app.operation n
	where n.organisation = _organisation and n.id = _source);
end
$$;

create or replace function app.say_days(_from date, _until date) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
	return case when _until is null then app.say('days.since', jsonb_build_object('from', _from))
		else app.say('days.until', jsonb_build_object('until', _until)) end;
end
$$;
comment on function app.say_days(date, date) is 'Since when, or until when, as a piece of a sentence.';

create or replace function app.derive_operation() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	began date := app.fact_from(tg_op, new.from_date, case when tg_op = 'UPDATE' then old.counts_until end,
		new.counts_until);
	kin constant uuid[] := array(select g.party from app.party_group(new.organisation, new.party) g);
	wanted app.claim_row[];
	x app.reason;
begin
	perform app.touch(new.organisation, kin,
		array(select a.person from app.affiliation a where a.organisation = new.organisation and a.party = any (kin)),
		(select array_agg(c.function) from app.function_carried(new.organisation, array[new.function]) c), '{}');
	select coalesce(array_agg(c), '{}') into wanted from app.claims_of_operation(new.organisation, new.id) c;
	x := app.explain_operates(new.organisation, new.id, new.function, null, null);
	perform app.meet_judging(new.organisation, new.id, wanted, began is not null, coalesce(began, new.from_date),
		x.data -> 'say');
	perform app.claims_set(new.organisation, new.id, wanted);
	return null;
end
$$;

create or replace function app.derive_affiliation() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	a record;
	began date := app.fact_from(tg_op, new.from_date, case when tg_op = 'UPDATE' then old.counts_until end,
		new.counts_until);
	fact boolean := began is not null;
	met app.reason[];
	because jsonb := app.say('s2.belongs', jsonb_build_object('person', new.person, 'party', new.party,
		'from', new.from_date));
	x app.reason;
begin
	perform app.touch(new.organisation, array[new.party], array[new.person], '{}', '{}');
	-- What the person judges now also counts for this party (S2, S3). First into the line of their audits and of those
	-- in which they are named or gave a judgement, then judge.
	perform app.touch(new.organisation, '{}', '{}', '{}',
		array(select s.audit from app.assignment s where s.organisation = new.organisation and s.person = new.person
		union select n.audit from app.finding n where n.organisation = new.organisation
			and n.id in (select k.finding from app.acts_of(new.organisation, array[new.person]) k
			union select k.finding from app.naming k where k.organisation = new.organisation
				and k.person = new.person)));
	for a in select s.*, u.state, u.ended_on as audit_ended, u.reference from app.assignment s
		join app.audit u on u.organisation = s.organisation and u.id = s.audit
			where s.organisation = new.organisation and s.person = new.person order by s.id loop
		-- What they claimed until their last judgement: what began after it meets nothing.
		select coalesce(array_agg(r), '{}') into met from app.reasons_met(new.organisation, array(
				select row(w.rule, w.subject, w.object, w.side,
					w.period * daterange(null, least(a.ended_on, a.audit_ended), '[]'))::app.claim_row
				from app.claims_to_judge(new.organisation, a.audit, a.part, a.person, a.assigned_on,
					a.first_act_on) w), a.person,
					a.audit) r
			where r.rule in ('S2', 'S3')
				and (r.data ->> 'party')::uuid in (select g.party from app.party_group(new.organisation, new.party) g);
		if cardinality(met) = 0 then
			perform app.claims_set(new.organisation, a.id,
				array(select c from app.claims_of_assignment(new.organisation, a.id) c));
		elsif fact then
			perform app.impair(new.organisation, a.id, met[1].rule, new.id, began, because);
		elsif a.ended_on is null and a.audit_ended is null and a.state = 'planned' then
			perform app.end_assignment(new.organisation, a.id, null, because, true, false);
		elsif a.ended_on is null and a.audit_ended is null then
			x := app.explain_judging(new.organisation, a.id, met[1].rule);
			perform app.refuse(app.no_met(because, x));
		end if;
	end loop;
	-- What they verified or decided, on a team or named off it, though they belonged to it.
	for a in select n.id, n.audit, n.functions, u.window_from,
		k.at from app.acts_of(new.organisation, array[new.person]) k
			join app.finding n on n.organisation = new.organisation and n.id = k.finding
			join app.audit u on u.organisation = n.organisation and u.id = n.audit where fact loop
		if exists (select
			from app.reasons_met(new.organisation,
			array(select row(w.rule, w.subject, w.object, w.side,
			w.period * daterange(null, a.at::date, '[]'))::app.claim_row
				from app.claims_to_judge_functions(new.organisation, a.functions, a.window_from, new.person,
					a.at::date) w), new.person, a.audit) r
				where r.rule in ('S2', 'S3')
					and (r.data ->> 'party')::uuid
					in (select g.party from app.party_group(new.organisation, new.party) g)) then
			perform app.impair_findings(new.organisation, array[a.id], new.person);
			update app.audit u set revision_due = true where u.organisation = new.organisation and u.id = a.audit
				and u.state in ('released', 'closed') and not u.revision_due;
		end if;
	end loop;
	perform app.naming_claims_again(new.organisation, new.person, fact, because);
	perform app.certification_claims_again(new.organisation, new.party, fact, coalesce(began, new.from_date));
	perform app.derive_attestation_interests(new.organisation, null);
	-- whom they work for decides what they look up, and whose changes they are told of
	perform ledger.sync(new.organisation, new.person);
	return null;
end
$$;

create or replace function app.derive_party() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	r record;
	kin constant uuid[] := array(select g.party from app.party_group(new.organisation, new.id) g);
	people constant uuid[] := array(select distinct a.person from app.affiliation a
		where a.organisation = new.organisation and a.party = any (kin) order by a.person);
	-- said without a day it is judged as what is decided today
	began constant date := case when new.affiliates is distinct from old.affiliates then new.affiliates_from
		else new.in_group_from end;
	fact constant boolean := coalesce(began < app.today(), false);
begin
	if (new.in_group, new.affiliates) is not distinct from (old.in_group, old.affiliates) then return null; end if;
	perform app.touch(new.organisation, kin, people, array(select c.function from app.function_carried(new.organisation,
		array(select o.function from app.operation o where o.organisation = new.organisation
			and o.party = any (kin))) c), '{}');
	for r in select o.id, o.function from app.operation o where o.organisation = new.organisation
		and o.party = any (kin) order by o.id loop
		perform app.meet_judging(new.organisation, r.id,
			array(select w from app.claims_of_operation(new.organisation, r.id) w), fact, coalesce(began, app.today()),
			(app.explain_operates(new.organisation, r.id, r.function, null, null)).data -> 'say');
		perform app.claims_set(new.organisation, r.id,
			array(select w from app.claims_of_operation(new.organisation, r.id) w));
	end loop;
	for r in select s.id from app.assignment s where s.organisation = new.organisation and s.person = any (people)
			and s.ended_on is null order by s.id loop
		perform app.claims_set(new.organisation, r.id,
			array(select w from app.claims_of_assignment(new.organisation, r.id) w));
	end loop;
	perform app.certification_claims_again(new.organisation, new.id, fact, coalesce(began, app.today()));
	perform ledger.sync(new.organisation, variadic people);
	return null;
end
$$;
create trigger derive after insert or update of from_date, until_date, counts_until on app.affiliation for each row
	execute function app.derive_affiliation();
create trigger derive after insert or update of from_date, until_date, counts_until on app.operation for each row
	execute function app.derive_operation();
create trigger derive after update of in_group, affiliates on app.party for each row
	execute function app.derive_party();

create or replace function app.group_reasons(_party uuid) returns setof app.reason
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select x.* from app.affiliation a
	join app.organisation o on o.id = a.organisation
	join app.party p on p.organisation = a.organisation and p.id = a.party
	cross join lateral app.because('S2', 's2.in_party', jsonb_build_object('person', a.person, 'party', a.party,
			'days', app.say_days(a.from_date, a.counts_until)),
		jsonb_build_object('person', a.person, 'party', a.party, 'affiliation', a.id)) x
	where a.organisation = app.org() and a.party in (select g.party from app.party_group(app.org(), _party) g)
		and a.person = app.me()
		and a.period && daterange((app.today() - make_interval(months => o.cooling_off_months))::date, null)
		-- the organisation itself: all of its management belong to it
		and not ('organisation' = any (p.kinds)
			and not exists (select from app.party x where x.organisation = p.organisation and x.id <> p.id
			and 'organisation' = any (x.kinds)))
	union all
	select 'S2', r.message, r.data || jsonb_build_object('rule', 'S2', 'party', _party)
	from app.side_reasons(app.org(), app.me(),
		array(select c.function
		from app.function_carried(app.org(),
		array(select n.function from app.operation n where n.organisation = app.org()
			and n.party = _party)) c), null) r
	where r.rule = 'S1';
end
$$;
comment on function app.group_reasons(uuid) is
	'Why the caller may not say that a party belongs to the organisation''s group, which lifts S2 for it: they belong '
	'to it or to one of its group, or have a responsibility for what it operates.';

create or replace function app.group_refusal(_party uuid) returns app.refusal
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select app.no('S2', 's2.group', jsonb_build_object('reasons', jsonb_agg(r.data -> 'say' order by n)),
		(array_agg(r.data order by n))[1])
	from app.group_reasons(_party) with ordinality r (rule, message, data, n)
	having count(*) > 0);
end
$$;
comment on function app.group_refusal(uuid) is
	'What stands against it that the caller lifts S2 for a party: they are not free of it.';

create or replace function app.refuse_group(_party uuid, _in_group boolean) returns void
language plpgsql security definer set search_path = '' as $$
begin
	perform app.lock_groups(array[_party]);
	if _in_group then
		perform app.refuse_all(array[app.group_refusal(_party)]);
	end if;
end
$$;
comment on function app.refuse_group(uuid, boolean) is
	'Into the line of a party''s group, as app.derive_party() will, and of the caller; refuses who would lift S2 for '
	'it '
	'and is not free of it.';
