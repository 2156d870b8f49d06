-- S9, the mirror: decisions are refused, facts are recorded; what was judged under a conflict is marked impaired.

-- The judging side, seen from a record that meets it: which audit binds whom.
create or replace function app.explain_judging(_organisation uuid, _assignment uuid, _breaks text) returns app.reason
language plpgsql stable security definer set search_path = '' as $$
begin
	return (
		select app.because('S9', 's9', jsonb_build_object('person', s.person, 'audit', s.audit, 'audit_title', s.audit,
			'breaks', _breaks),
		jsonb_build_object('breaks', _breaks, 'person', s.person, 'audit', s.audit, 'assignment', s.id))
	from app.assignment s where s.organisation = _organisation and s.id = _assignment);
end
$$;

create or replace function app.no_met(_because jsonb, _binds app.reason) returns app.refusal
language plpgsql immutable set search_path = '' as $$
begin
	return app.no('S9', 's9.met', jsonb_build_object('because', _because, 'binds', _binds.data -> 'say'),
		_binds.data);
end
$$;
comment on function app.no_met(jsonb, app.reason) is
	'What stands against a decision: why it would break independence (a sentence), and who is bound.';

create or replace function app.end_assignment(_organisation uuid, _id uuid, _reason text, _because jsonb,
	_gave_way boolean, _impaired boolean) returns void
language plpgsql security definer set search_path = '' as $$
begin
	update app.assignment a set ended_on = app.today(), ended_at = now(), ended_by = app.me(), end_reason = _reason,
		ended_because = _because, gave_way = _gave_way,
		impaired_at = case when _impaired then now() else a.impaired_at end
	where a.organisation = _organisation and a.id = _id and a.ended_on is null;
end
$$;
comment on function app.end_assignment(uuid, uuid, text, jsonb, boolean, boolean) is
	'Ends an assignment, for a reason that somebody wrote or because of what a sentence says.';

create or replace function app.impair(_organisation uuid, _assignment uuid, _rule text, _source uuid, _from_date date,
	_because jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
	s app.assignment;
begin
	select * into s from app.assignment x where x.organisation = _organisation and x.id = _assignment;
	insert into app.impairment (organisation, audit, assignment, person, rule, source, from_date, explanation,
		created_by)
		values (_organisation, s.audit, s.id, s.person, _rule, _source, _from_date, _because, app.me())
		on conflict on constraint impairment_organisation_assignment_source_key do nothing;
	update app.assignment x set impaired_at = coalesce(x.impaired_at, now()) where x.organisation = _organisation
		and x.id = _assignment;
	perform app.end_assignment(_organisation, _assignment, null, _because, false, true);
	perform app.claims_set(_organisation, _assignment,
		array(select c from app.claims_of_assignment(_organisation, _assignment) c));
	perform app.impair_acts(_organisation, s.audit, s.part, s.person);
	update app.audit a set revision_due = true where a.organisation = _organisation and a.id = s.audit
		and a.state in ('released', 'closed') and not a.revision_due;
end
$$;
comment on function app.impair(uuid, uuid, text, uuid, date, jsonb) is
	'A fact came to light: the assignment ends, what was done under it is marked, a released report is due for '
	'revision (S9).';

create or replace function app.met_assignments(_organisation uuid, _wanted app.claim_row[])
returns table (assignment uuid, audit uuid, rule text, object uuid, current boolean, state text,
	today boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
	-- Every assignment, past ones too, whose judging met these claims: sought in the history, not in today's claims.
	return query
	select distinct on (s.id) s.id, s.audit, w.rule, w.object, s.ended_on is null
		and u.ended_on is null, u.state::text, t.today
	from unnest(_wanted) w
	join app.assignment s on s.organisation = _organisation and (
		(w.rule in ('S1', 'S3') and s.person = w.subject) or
		(w.rule in ('S2', 'S3')
			and exists (select from app.affiliation f where f.organisation = s.organisation and f.person = s.person
			and f.party = w.subject)))
	join app.audit u on u.organisation = s.organisation and u.id = s.audit
	cross join lateral app.claims_to_judge(s.organisation, s.audit, s.part, s.person, s.assigned_on, s.first_act_on) j
	cross join lateral (select j.period * daterange(null, least(s.ended_on, u.ended_on), '[]') as period) x
	-- the day of their last judgement counts, unless a fact stands against it already
	cross join lateral (select not s.gave_way and s.impaired_at is null
		and (x.period * w.period) @> app.today() as today) t
	where j.rule = w.rule and j.subject = w.subject and j.object = w.object
		and w.period && x.period
		and not (w.rule = 'S3' and s.gave_way)
	order by s.id, t.today desc, w.rule, w.object;
end
$$;

create or replace function app.met_after(_organisation uuid, _wanted app.claim_row[])
returns table (assignment uuid, audit uuid) language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select distinct s.id, s.audit
	from unnest(_wanted) w
	join app.assignment s on s.organisation = _organisation and s.ended_on is null and (
		(w.rule = 'S1' and s.person = w.subject) or
		(w.rule = 'S2'
			and exists (select from app.affiliation f where f.organisation = s.organisation and f.person = s.person
			and f.party = w.subject)))
	join app.audit u on u.organisation = s.organisation and u.id = s.audit and u.ended_on is not null
	cross join lateral app.claims_to_judge(s.organisation, s.audit, s.part, s.person, s.assigned_on, s.first_act_on) j
	where j.rule = w.rule and j.subject = w.subject and j.object = w.object and w.period && j.period;
end
$$;
comment on function app.met_after(uuid, app.claim_row[]) is
	'Assignments that nobody ended, of audits that have ended, which these claims meet (S1, S2).';

create or replace function app.acts_of(_organisation uuid, _persons uuid[])
returns table (finding uuid, person uuid, at timestamptz) language plpgsql stable security definer set search_path = ''
	as $$
begin
	return query
	select v.finding, v.verified_by, v.created_at from app.verification v where v.organisation = _organisation
		and v.verified_by = any (_persons)
	union
	select d.finding, d.decided_by, d.decided_at from app.dispute d where d.organisation = _organisation
		and d.decided_by = any (_persons);
end
$$;
comment on function app.acts_of(uuid, uuid[]) is 'The verifications and decisions that these people gave, and when.';

create or replace function app.met_acts(_organisation uuid, _wanted app.claim_row[])
returns table (finding uuid, audit uuid, person uuid)
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	with persons as (
		select w.rule, w.subject, w.object, w.period, w.subject as person from unnest(_wanted) w
			where w.rule in ('S1', 'S3')
		union
		select w.rule, w.subject, w.object, w.period, f.person from unnest(_wanted) w
		join app.affiliation f on f.organisation = _organisation and f.party = w.subject where w.rule in ('S2', 'S3'))
	select distinct n.id, n.audit, t.person
	from app.acts_of(_organisation, array(select p.person from persons p)) t
	join persons p on p.person = t.person
	join app.finding n on n.organisation = _organisation and n.id = t.finding
	join app.audit u on u.organisation = n.organisation and u.id = n.audit
	cross join lateral app.claims_to_judge_functions(n.organisation, n.functions, u.window_from, t.person, t.at::date) j
	where j.rule = p.rule and j.subject = p.subject and j.object = p.object
		and p.period && (j.period * daterange(null, t.at::date, '[]'));
end
$$;
comment on function app.met_acts(uuid, app.claim_row[]) is
	'Verifications and decisions given by somebody whom these claims meet, on a team or named off it: sought in the '
	'history of acts (S9).';

create or replace function app.meet_judging(_organisation uuid, _source uuid, _wanted app.claim_row[], _fact boolean,
	_from_date date, _because jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
	m record;
	r app.reason;
begin
	-- Only what this record did not claim before: what was judged or recorded then is not judged again.
	_wanted := array(
		select row(w.rule, w.subject, w.object, w.side, p.period)::app.claim_row
		from unnest(_wanted) w
		left join (
			select c.rule, c.subject, c.object, c.side, range_agg(c.period) as periods from app.claim c
			where c.organisation = _organisation and c.source = _source
			group by c.rule, c.subject, c.object, c.side) c
			on (c.rule, c.subject, c.object, c.side) = (w.rule, w.subject, w.object, w.side)
		cross join lateral unnest(datemultirange(w.period) - coalesce(c.periods, '{}')) p (period));
	if _wanted = '{}' then return; end if;
	-- First into the line of the audits that are met, then judge: their state may have changed meanwhile, and who is
	-- named may be verifying.
	perform app.touch(_organisation, '{}', '{}', '{}',
		array(select x.audit from app.met_assignments(_organisation, _wanted) x
		union select x.audit from app.met_acts(_organisation, _wanted) x where _fact union select x.audit
			from app.bound_verifiers(_organisation, _wanted) x));
	for m in select * from app.met_assignments(_organisation, _wanted) loop
		if _fact then
			perform app.impair(_organisation, m.assignment, m.rule, _source, _from_date, _because);
		elsif m.current and m.state = 'planned' then
			perform app.end_assignment(_organisation, m.assignment, null, _because, true, false);
		elsif m.current or m.today or m.rule = 'S3' then
			r := app.explain_judging(_organisation, m.assignment, m.rule);
			perform app.refuse(app.no_met(_because, r));
		end if;
	end loop;
	-- The audit has ended, and with it their judging: who takes on what they judged there no longer stands on its team.
	for m in select * from app.met_after(_organisation, _wanted) loop
		perform app.end_assignment(_organisation, m.assignment, null, _because, false, false);
	end loop;
	if _fact then
		for m in select * from app.met_acts(_organisation, _wanted) loop
			perform app.impair_findings(_organisation, array[m.finding], m.person);
			update app.audit a set revision_due = true where a.organisation = _organisation and a.id = m.audit
				and a.state in ('released', 'closed') and not a.revision_due;
		end loop;
	end if;
	for m in select distinct on (v.finding, v.person) v.* from app.bound_verifiers(_organisation, _wanted) v loop
		if _fact then
			perform app.unname(_organisation, m.finding, m.person);
		else
			perform app.refuse(app.no('S9', 's9.named', jsonb_build_object('explanation', _because, 'person', m.person,
				'finding', m.finding), jsonb_build_object('breaks', m.rule, 'person', m.person, 'audit', m.audit,
				'finding', m.finding)));
		end if;
	end loop;
	-- Who verified or decided, on a team or named off it, audited (S3): what is left of that after the last judgement.
	for m in select distinct c.subject, n.id as finding, n.audit, n.reference from unnest(_wanted) w
			join app.claim c on c.organisation = _organisation and c.rule = 'S3' and w.rule = 'S3'
				and c.subject = w.subject and c.object = w.object and c.side = 'audits' and c.period && w.period
			join app.finding n on n.organisation = _organisation and n.id = c.source loop
		if _fact then
			update app.naming n set met = true where n.organisation = _organisation and n.finding = m.finding
				and (n.person = m.subject or exists (select from app.affiliation f
					where f.organisation = n.organisation and f.person = n.person and f.party = m.subject));
			perform app.finding_claims_again(_organisation, m.finding);
		else
			perform app.refuse(app.no('S9', 's9.verified',
				jsonb_build_object('because', _because, 'finding', m.finding),
				jsonb_build_object('breaks', 'S3', 'audit', m.audit, 'finding', m.finding)));
		end if;
	end loop;
end
$$;
comment on function app.meet_judging(uuid, uuid, app.claim_row[], boolean, date, jsonb) is
	'Before a record claims a side against judges: a fact (dated earlier) impairs; a decision gives way to nothing but '
	'a planned audit''s assignment, else it is refused naming the audit (S9).';

create or replace function app.fact_from(_op text, _from_date date, _before date, _after date) returns date
language plpgsql stable set search_path = '' as $$
begin
	return (select x.day
		from (select case when _op = 'INSERT' then _from_date when _before is not null
		and (_after is null or _after > _before) then _before + 1 end) x (day) where x.day < app.today());
end
$$;
comment on function app.fact_from(text, date, date, date) is
	'The first day of what a write adds to a record''s period, where it has already happened: then it is a fact (S9). '
	'Null: a decision.';

-- S9: what a person did to findings under a conflict. Who raised, graded or issued one, decided its dispute, signed,
-- accepted a plan, decided an extension or verified, did it to the finding: it is reviewed whole by somebody else.
create or replace function app.impair_findings(_organisation uuid, _findings uuid[], _person uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
	update app.finding f set impaired_at = now(), impaired_person = _person, reviewed_by = null, reviewed_at = null
	where f.organisation = _organisation and f.id = any (_findings) and f.state <> 'withdrawn'
		and f.impaired_person is distinct from _person
		and (_person in (f.raised_by, f.graded_by, f.issued_by)
			or exists (select from app.grading g where g.organisation = f.organisation and g.finding = f.id
				and _person in (g.decided_by, g.signed_by))
			or exists (select from app.dispute d where d.organisation = f.organisation and d.finding = f.id
				and d.decided_by = _person)
			or exists (select from app.response x where x.organisation = f.organisation and x.finding = f.id
				and x.decided_by = _person)
			or exists (select from app.extension x where x.organisation = f.organisation and x.finding = f.id
				and x.decided_by = _person)
			or exists (select from app.verification v where v.organisation = f.organisation and v.finding = f.id
				and v.verified_by = _person));
	update app.grading g set impaired_at = now() where g.organisation = _organisation and g.finding = any (_findings)
		and _person in (g.decided_by, g.signed_by) and g.impaired_at is null;
	update app.dispute d set impaired_at = now() where d.organisation = _organisation and d.finding = any (_findings)
		and d.decided_by = _person and d.impaired_at is null;
	update app.response x set impaired_at = now() where x.organisation = _organisation and x.finding = any (_findings)
		and x.decided_by = _person and x.impaired_at is null;
	update app.extension x set impaired_at = now() where x.organisation = _organisation and x.finding = any (_findings)
		and x.decided_by = _person and x.impaired_at is null;
	update app.verification v set impaired_at = now() where v.organisation = _organisation
		and v.finding = any (_findings) and v.verified_by = _person and v.impaired_at is null;
end
$$;
comment on function app.impair_findings(uuid, uuid[], uuid) is
	'Marks as impaired what a person did to these findings under a conflict (S9).';
revoke execute on function app.impair_findings(uuid, uuid[], uuid) from ninetwo_api;

-- S9: what a person did under a conflict is marked, and counts again once somebody else of the team has reviewed or
-- redone it. Called when a fact that was not known comes to light (app.impair).
create or replace function app.impair_acts(_organisation uuid, _audit uuid, _part uuid, _person uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
	update app.check c set impaired_at = now(), impaired_person = _person, reviewed_by = null, reviewed_at = null
	where c.organisation = _organisation and c.audit = _audit and (_part is null or c.part = _part)
		and c.recorded_by = _person and c.impaired_person is distinct from _person;
	-- a review given under the conflict is none
	update app.check c set reviewed_by = null, reviewed_at = null
	where c.organisation = _organisation and c.audit = _audit and (_part is null or c.part = _part)
		and c.reviewed_by = _person;
	update app.evidence_request r set impaired_at = now(), impaired_person = _person, reviewed_by = null,
		reviewed_at = null
	where r.organisation = _organisation and r.audit = _audit and (_part is null or r.part = _part)
		and r.state in ('accepted', 'not_applicable') and r.decided_by = _person
			and r.impaired_person is distinct from _person;
	update app.evidence_request r set reviewed_by = null, reviewed_at = null
	where r.organisation = _organisation and r.audit = _audit and (_part is null or r.part = _part)
		and r.reviewed_by = _person;
	update app.finding f set reviewed_by = null, reviewed_at = null
	where f.organisation = _organisation and f.audit = _audit and (_part is null or f.part = _part)
		and f.reviewed_by = _person;
	perform app.impair_findings(_organisation,
		array(select f.id from app.finding f where f.organisation = _organisation and f.audit = _audit
		and (_part is null or f.part = _part)), _person);
end
$$;
comment on function app.impair_acts(uuid, uuid, uuid, uuid) is
	'Marks as impaired what a person did in an audit (part null: in all of it) under a conflict (S9).';
revoke execute on function app.impair_acts(uuid, uuid, uuid, uuid) from ninetwo_api;
