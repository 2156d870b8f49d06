-- Claims: what a source claims is made exactly so, and the exclusion constraint judges.
-- Rules and words: docs/separation.md. Everything here runs as ninetwo_owner, in the transaction of the write it
-- judges.

create or replace function app.claims_set(_organisation uuid, _source uuid, _wanted app.claim_row[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
	delete from app.claim c where c.organisation = _organisation and c.source = _source
		and not exists (select from unnest(_wanted) w
			where (w.rule, w.subject, w.object, w.side, w.period) = (c.rule, c.subject, c.object, c.side, c.period));
	insert into app.claim (organisation, rule, subject, object, side, period, source)
	select _organisation, w.rule, w.subject, w.object, w.side, w.period, _source
	from (select distinct * from unnest(_wanted)) w
	where not exists (select from app.claim c where c.organisation = _organisation and c.source = _source
		and (w.rule, w.subject, w.object, w.side, w.period) = (c.rule, c.subject, c.object, c.side, c.period))
	order by w.rule, w.subject, w.object;
end
$$;
comment on function app.claims_set(uuid, uuid, app.claim_row[]) is
	'Makes a source''s claims exactly these. The exclusion constraint judges.';

create or replace function app.claim_add(_rule text, _subject uuid, _object uuid, _side text, _period daterange,
	_source uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
	org uuid := app.org();
begin
	if exists (select from app.claim c where c.organisation = org and c.source = _source
		and (c.rule, c.subject, c.object, c.side, c.period) = (_rule, _subject, _object, _side, _period)) then
		return;
	end if;
	if exists (select from app.claim c where c.organisation = org and c.rule = _rule and c.subject = _subject
		and c.object = _object and c.side <> _side and c.period && _period) then
		perform app.refuse(app.no(_rule, case
				when _rule = 'S5' and _side = 'judges' then 's5.hand'
				when _rule = 'S5' then 's5.judged'
				when _rule = 'S4' and _side = 'arranges' then 'claim.team_arranges'
				else 'claim.side' end,
			jsonb_build_object('person', _subject),
			jsonb_build_object('person', _subject, case _rule when 'S4' then 'audit' else 'subject' end, _object)));
	end if;
	insert into app.claim (organisation, rule, subject, object, side, period, source)
		values (org, _rule, _subject, _object, _side, _period, _source);
end
$$;
comment on function app.claim_add(text, uuid, uuid, text, daterange, uuid) is
	'Adds one claim of a source, or refuses with its rule. S5: subject person, object finding or request, side `hands` '
	'or `judges`, period (,).';

create or replace function app.check_claims() returns setof text
language sql stable security definer set search_path = '' as $$
	with wanted as (
		select r.organisation, r.id as source, c.* from app.responsibility r
			cross join lateral app.claims_of_responsibility(r.organisation, r.id) c
		union select r.organisation, r.id, c.* from app.operation r
			cross join lateral app.claims_of_operation(r.organisation, r.id) c
		union select r.organisation, r.id, c.* from app.certification r
			cross join lateral app.claims_of_certification(r.organisation, r.id) c
		union select r.organisation, r.id, c.* from app.assignment r
			cross join lateral app.claims_of_assignment(r.organisation, r.id) c
		union select r.organisation, r.id, c.* from app.membership r
			cross join lateral app.claims_of_membership(r.organisation, r.id) c
		union select r.organisation, r.id, c.* from app.audit r
			cross join lateral app.claims_of_arrangements(r.organisation, r.id) c
		union select r.organisation, r.object, c.*
			from (select distinct organisation, object from app.act where object is not null) r
			cross join lateral app.claims_of_acts(r.organisation, r.object) c
		union select r.organisation, r.finding, c.* from (select distinct organisation, finding from app.naming) r
			cross join lateral app.claims_of_namings(r.organisation, r.finding) c),
	stored as (
		select c.organisation, c.source, c.rule, c.subject, c.object, c.side, c.period from app.claim c)
	select format('claim %s of %s in organisation %s is missing: %s %s %s, %s', rule, source, organisation, subject,
		side, object, period) from (table wanted except table stored) x
	union all
	select format('claim %s of %s in organisation %s has no source: %s %s %s, %s', rule, source, organisation, subject,
		side, object, period) from (table stored except all table wanted) x
$$;
comment on function app.check_claims() is
	'Recomputes every claim of every rule from its source and tells where what is stored differs.';
