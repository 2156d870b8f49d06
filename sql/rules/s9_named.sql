-- S9 for whom a finding names to verify, decide or sign: bound until they have. What they claim rests on app.naming.

-- Who is named on a finding: to verify it, until it closes; to decide its dispute, until it is decided; to sign, until
-- it is signed.
create or replace function app.named_on(_f app.finding) returns table (place text, person uuid)
language plpgsql immutable set search_path = '' as $$
begin
	return query
	select n.place, n.person
	from (values ('verifier', _f.verifier), ('decider', case when _f.state = 'disputed' then _f.decider end),
		('signer', _f.signer)) n (place, person)
	where n.person is not null and _f.state not in ('closed', 'withdrawn', 'declined', 'done');
end
$$;

create or replace function app.claims_of_namings(_organisation uuid, _finding uuid) returns setof app.claim_row
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	with judged as (
		select n.until_day, n.met, c.rule, c.subject, c.object, c.side,
			c.period * daterange(null, n.until_day, '[]') as period
		from app.naming n
		join app.finding f on f.organisation = n.organisation and f.id = n.finding
		join app.audit a on a.organisation = f.organisation and a.id = f.audit
		cross join lateral app.claims_to_judge_functions(f.organisation, f.functions, a.window_from, n.person,
			n.from_day) c
		where n.organisation = _organisation and n.finding = _finding)
	select j.rule, j.subject, j.object, j.side, j.period from judged j
	where not isempty(j.period) and (j.until_day is null or j.rule = 'S3' and not j.met)
	union
	select 'S5', n.person, n.finding, 'judges', daterange(null, null)
	from app.naming n where n.organisation = _organisation and n.finding = _finding;
end
$$;
comment on function app.claims_of_namings(uuid, uuid) is
	'What those named on a finding claim: S1 and S2 while they are, S3 for its 24 months after, S5 for ever.';

create or replace function app.finding_claims_again(_organisation uuid, _finding uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
	perform app.claims_set(_organisation, _finding, array(
		select c from app.claims_of_acts(_organisation, _finding) c
		union select c from app.claims_of_namings(_organisation, _finding) c));
end
$$;
comment on function app.finding_claims_again(uuid, uuid) is
	'A finding claims what its acts and those named on it claim, and nothing else.';

-- The line of a finding that is to name somebody: them, its functions, its audit, itself.
create or replace function app.lock_named(_finding uuid, _person uuid) returns app.finding
language plpgsql security definer set search_path = '' as $$
declare
	f app.finding;
begin
	select * into f from app.finding x where x.organisation = app.org() and x.id = _finding;
	perform app.touch(f.organisation, '{}', array[_person],
		(select array_agg(s.function) from app.function_with_subs(f.organisation, f.functions) s), array[f.audit]);
	return app.lock_finding(_finding);
end
$$;
comment on function app.lock_named(uuid, uuid) is
	'Puts the caller in line for naming somebody on a finding; returns it. Call it after reading the finding as the '
	'caller.';

create or replace function app.refuse_named(_f app.finding, _person uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
	perform app.require_known(_person);
	perform app.refuse_reasons(array(select r from app.reasons_met(_f.organisation, array(
			select c from app.audit a
			cross join lateral app.claims_to_judge_functions(_f.organisation, _f.functions, a.window_from, _person,
				app.today()) c
			where a.organisation = _f.organisation and a.id = _f.audit), _person, _f.audit) r));
end
$$;
comment on function app.refuse_named(app.finding, uuid) is
	'Refuses whom a finding is not to name: somebody unknown, and whom S1, S2 or S3 refuse.';

create or replace function app.refuse_judge(_f app.finding, _person uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
	perform app.refuse_named(_f, _person);
	perform app.refuse_reasons(array(
		select r from app.reasons_against(_f.organisation, _f.audit, _f.part, _person, app.today()) r
		union all select r from app.competence_reasons(_f.organisation, _f.audit, _person, 'auditor') r));
end
$$;
comment on function app.refuse_judge(app.finding, uuid) is
	'Refuses whom a finding is not to name for deciding on it: as a member of its part''s team S1 to S4 and S12 '
	'refuse.';

create or replace function app.derive_named() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	if not exists (select * from app.named_on(new) except select * from app.named_on(old))
		and not exists (select * from app.named_on(old) except select * from app.named_on(new)) then
		return null;
	end if;
	update app.naming n set until_day = app.today()
	where n.organisation = new.organisation and n.finding = new.id and n.until_day is null
		and not exists (select from app.named_on(new) w where w.place = n.place and w.person = n.person);
	insert into app.naming (organisation, finding, person, place, from_day)
	select new.organisation, new.id, w.person, w.place, app.today() from app.named_on(new) w
	where not exists (select from app.naming n where n.organisation = new.organisation and n.finding = new.id
		and n.place = w.place and n.until_day is null);
	perform app.finding_claims_again(new.organisation, new.id);
	return null;
end
$$;
comment on function app.derive_named() is
	'Whom a finding names is noted with the days; what they claim follows from it.';
create trigger named after update of verifier, decider, signer, state on app.finding for each row
	execute function app.derive_named();

-- Who is or was named comes to belong to a party: what they are bound by counts for that party too.
create or replace function app.naming_claims_again(_organisation uuid, _person uuid, _fact boolean, _because jsonb)
returns void language plpgsql security definer set search_path = '' as $$
declare
	v record;
	met app.reason[];
begin
	for v in select n.id, n.finding, n.from_day, n.until_day, f.audit, f.functions from app.naming n
			join app.finding f on f.organisation = n.organisation and f.id = n.finding
			where n.organisation = _organisation and n.person = _person and not n.met order by n.id loop
		met := array(select r from app.reasons_met(_organisation, array(
				select row(c.rule, c.subject, c.object, c.side,
					c.period * daterange(null, v.until_day, '[]'))::app.claim_row
				from app.audit a
				cross join lateral app.claims_to_judge_functions(_organisation, v.functions, a.window_from, _person,
					v.from_day) c
				where a.organisation = _organisation and a.id = v.audit and (v.until_day is null or c.rule = 'S3')),
			_person, v.audit) r);
		if cardinality(met) = 0 then
			perform app.finding_claims_again(_organisation, v.finding);
		elsif not _fact and v.until_day is null then
			perform app.refuse(app.no('S9', 's9.named', jsonb_build_object('explanation', _because, 'person', _person,
				'finding', v.finding), jsonb_build_object('breaks', met[1].rule, 'person', _person, 'audit', v.audit,
				'finding', v.finding)));
		else
			update app.naming n set met = true where n.organisation = _organisation and n.id = v.id;
			perform app.unname(_organisation, v.finding, _person);
			perform app.finding_claims_again(_organisation, v.finding);
		end if;
	end loop;
end
$$;

create or replace function app.unname(_organisation uuid, _finding uuid, _person uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
	update app.finding n set verifier = nullif(n.verifier, _person), decider = nullif(n.decider, _person),
		signer = nullif(n.signer, _person)
	where n.organisation = _organisation and n.id = _finding and _person in (n.verifier, n.decider, n.signer);
end
$$;
comment on function app.unname(uuid, uuid, uuid) is
	'A fact came to light about who is named to verify or decide: they are no longer, and somebody eligible is named '
	'anew (S9).';

create or replace function app.bound_verifiers(_organisation uuid, _wanted app.claim_row[])
returns table (finding uuid, audit uuid, person uuid, reference text, rule text)
language plpgsql stable security definer set search_path = '' as $$
begin
	return query select c.source, n.audit, p.person, n.reference, c.rule
		from unnest(_wanted) w
		join app.claim c on c.organisation = _organisation and c.rule = w.rule and c.subject = w.subject
			and c.object = w.object
			and c.side in ('judges', 'audits') and c.side <> w.side and c.period && w.period
		join app.finding n on n.organisation = c.organisation and n.id = c.source
		cross join lateral (select distinct x.person from app.named_on(n) x where x.person = c.subject
			or exists (select from app.affiliation f where f.organisation = n.organisation and f.person = x.person
				and f.party = c.subject)) p;
end
$$;
