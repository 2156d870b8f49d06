-- S9 for whom a finding names to verify, decide or sign: bound until they have.

-- A named verifier stays bound after the audit has closed, until the nonconformity closes: claims with the finding as
-- source.
create or replace function app.bind_verifier(_finding uuid, _audit uuid, _person uuid, _functions uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare
	org uuid := app.org();
	wanted app.claim_row[];
begin
	perform app.touch(org, '{}', array[_person],
		(select array_agg(f.function) from app.function_with_subs(org, _functions) f), array[_audit]);
	wanted :=
		array(select c from app.audit a cross join lateral app.claims_to_judge_functions(org, _functions, a.window_from,
		_person, app.today()) c
		where a.organisation = org and a.id = _audit);
	perform app.refuse_reasons(array(select r from app.reasons_met(org, wanted, _person, _audit) r));
	-- Beside what the finding claims already; once they are named, app.derive_named() makes its claims exactly those of
	-- who is.
	perform app.claims_set(org, _finding,
		wanted || array(select row(c.rule, c.subject, c.object, c.side, c.period)::app.claim_row
		from app.claim c where c.organisation = org and c.source = _finding));
end
$$;
comment on function app.bind_verifier(uuid, uuid, uuid, uuid[]) is
	'Binds the named verifier of a nonconformity under S1, S2, S3 and S9 until it closes; refuses whom these refuse.';

create or replace function app.unbind_verifier(_organisation uuid, _finding uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
	delete from app.claim c where c.organisation = _organisation and c.source = _finding and c.rule in ('S1', 'S2');
	update app.claim c set period = c.period * daterange(null, app.today(), '[]')
		where c.organisation = _organisation and c.source = _finding and c.rule = 'S3' and upper_inf(c.period);
end
$$;
comment on function app.unbind_verifier(uuid, uuid) is
	'The last judgement was given: what the verifier claimed of functions goes, what S3 counts ends today.';

-- A verifier who comes to belong to a party: what they are bound by counts for that party too.
create or replace function app.verifier_claims_again(_organisation uuid, _person uuid, _fact boolean, _explanation text)
returns void language plpgsql security definer set search_path = '' as $$
declare
	v record;
	wanted app.claim_row[];
	met app.reason[];
begin
	for v in select n.id, n.audit, n.reference, n.functions from app.finding n where n.organisation = _organisation
		and exists (select from app.claim c
			where c.organisation = _organisation and c.source = n.id and c.rule = 'S1' and c.side = 'judges'
				and c.subject = _person) loop
		wanted :=
			array(select c from app.audit a cross join lateral app.claims_to_judge_functions(_organisation, v.functions,
			a.window_from, _person, app.today()) c
			where a.organisation = _organisation and a.id = v.audit);
		met := array(select r from app.reasons_met(_organisation, wanted, _person, v.audit) r);
		if cardinality(met) = 0 then
			perform app.claims_set(_organisation, v.id,
				wanted || array(select row(c.rule, c.subject, c.object, c.side, c.period)::app.claim_row
				from app.claim c where c.organisation = _organisation and c.source = v.id));
		elsif _fact then
			perform app.unname(_organisation, v.id, _person);
		else
			perform app.refuse_separation('S9',
				format('%s %s is named to verify %s until it closes.', _explanation,
				app.person_name(_organisation, _person), v.reference),
				jsonb_build_object('rule', 'S9', 'breaks', met[1].rule, 'person', _person, 'audit', v.audit, 'finding',
					v.id));
		end if;
	end loop;
end
$$;

-- Who is named on a finding: to verify it, until it closes; to decide its dispute, until it is decided; to sign, until
-- it is signed.
create or replace function app.named_on(_f app.finding) returns uuid[]
language sql immutable set search_path = '' as $$
	select case when _f.state in ('closed', 'withdrawn', 'declined', 'done') then '{}'
		else array_remove(array[_f.verifier, case when _f.state = 'disputed' then _f.decider end, _f.signer], null) end
$$;

create or replace function app.derive_named() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	wanted app.claim_row[];
begin
	if app.named_on(new) = app.named_on(old) then return null; end if;
	wanted := array(select c from unnest(app.named_on(new)) p (person),
		app.audit a cross join lateral app.claims_to_judge_functions(new.organisation, new.functions, a.window_from,
		p.person,
			coalesce((select min(lower(k.period)) from app.claim k where k.organisation = new.organisation
				and k.source = new.id and k.rule = 'S3' and k.subject = p.person and upper_inf(k.period)),
				app.today())) c
		where a.organisation = new.organisation and a.id = new.audit);
	update app.claim c set period = c.period * daterange(null, app.today(), '[]')
		where c.organisation = new.organisation and c.source = new.id and c.rule = 'S3' and upper_inf(c.period)
		and not exists (select from unnest(wanted) w where w.rule = 'S3' and w.subject = c.subject);
	perform app.claims_set(new.organisation, new.id,
		wanted || array(select row(c.rule, c.subject, c.object, c.side, c.period)::app.claim_row
		from app.claim c where c.organisation = new.organisation and c.source = new.id
			and (c.rule = 'S5' or c.rule = 'S3' and not upper_inf(c.period))));
	return null;
end
$$;
comment on function app.derive_named() is
	'A finding claims what those named on it judge (S1, S2, S3): the others are free from then on, but for S3''s 24 '
	'months.';

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
		cross join lateral (select x.person from unnest(app.named_on(n)) x (person) where x.person = c.subject
			or exists (select from app.affiliation f where f.organisation = n.organisation and f.person = x.person
				and f.party = c.subject)) p;
end
$$;
create trigger named after update of verifier, decider, signer, state on app.finding for each row
	execute function app.derive_named();
