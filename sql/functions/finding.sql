-- Findings: drafted and graded by the team of their part, shared for accuracy, issued, acknowledged, disputed, withdrawn. The rest of a
-- finding's life is in response.sql, action.sql, extension.sql and verification.sql.
--
--   draft -> shared -> issued -> acknowledged | disputed -> planned -> plan_accepted | plan_returned -> implemented
--         -> implementation_returned | closed | not_effective; withdrawn from any state before closed.
--   An observation or opportunity: issued -> accepted -> done, or declined. A strength ends when it is issued.
set role ninetwo_owner;

-- Who may read it, the date that runs now, and which state may follow which.
create or replace function app.derive_finding() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	if tg_op = 'UPDATE' and new.state <> old.state and not (case old.state
			when 'draft' then '{shared,issued,withdrawn}'
			when 'shared' then '{issued,withdrawn}'
			when 'issued' then '{acknowledged,disputed,planned,accepted,declined,withdrawn}'
			when 'acknowledged' then '{planned,accepted,declined,withdrawn}'
			when 'disputed' then '{acknowledged,withdrawn}'
			when 'planned' then '{plan_accepted,plan_returned,withdrawn}'
			when 'plan_accepted' then '{planned,implemented,withdrawn}'
			when 'plan_returned' then '{planned,withdrawn}'
			when 'implemented' then '{implementation_returned,closed,not_effective,withdrawn}'
			when 'implementation_returned' then '{implemented,planned,withdrawn}'
			when 'not_effective' then '{planned,withdrawn}'
			when 'accepted' then '{done,acknowledged,withdrawn}'
			when 'declined' then '{acknowledged,withdrawn}'
			else '{}' end)::text[] @> array[new.state::text] then
		raise exception 'a finding does not go from % to %', old.state, new.state;
	end if;
	new.readers := array[new.part]
		|| case when new.shared_at is not null or new.issued_at is not null then new.functions else '{}' end
		|| case when new.issued_at is not null
			then app.roles_audience(new.organisation) || new.audit || new.owners || array_remove(array[new.verifier, new.decider, new.signer], null) else '{}' end;
	new.next_due := case
		when new.state in ('issued', 'acknowledged') then least(case when new.contained_at is null then new.containment_due end, new.plan_due)
		when new.state = 'disputed' then case when new.contained_at is null then new.containment_due end
		when new.state in ('plan_returned', 'not_effective') then new.plan_due
		when new.state in ('planned', 'plan_accepted', 'implementation_returned') then new.implementation_due end;
	if new.state in ('closed', 'withdrawn', 'declined', 'done') and new.ended_at is null then
		new.ended_at := now();
	elsif new.state = 'acknowledged' then
		new.ended_at := null;
	end if;
	return new;
end
$$;

create or replace function app.derive_finding_cells() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	if tg_op = 'UPDATE' then
		delete from app.finding_cell c where c.organisation = new.organisation and c.finding = new.id
			and not (c.requirement = any (new.requirements) and c.function = any (new.functions));
		if not old.functions <@ new.functions then
			perform app.audit_claims_again(new.organisation, new.audit);
		end if;
	end if;
	insert into app.finding_cell (organisation, finding, requirement, function, addressed)
	select distinct new.organisation, new.id, r, f, f = new.addressed from unnest(new.requirements) r, unnest(new.functions) f
	on conflict on constraint finding_cell_pkey do update set addressed = excluded.addressed;
	return null;
end
$$;

-- S5: to raise, grade, issue and review a finding, to sign and to decide its dispute is to judge it: no hand in the work that answers it.
create or replace function app.derive_judged() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	was constant jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) else '{}' end;
	is_now constant jsonb := to_jsonb(new);
	field text;
begin
	foreach field in array array['raised_by', 'graded_by', 'issued_by', 'reviewed_by', 'decided_by', 'signed_by'] loop
		-- a dispute is raised by who answers the finding
		if is_now ->> field is distinct from was ->> field and is_now ->> field is not null and not (tg_table_name = 'dispute' and field = 'raised_by') then
			perform app.claim_add('S5', (is_now ->> field)::uuid, coalesce(is_now ->> 'finding', is_now ->> 'id')::uuid, 'judges', daterange(null, null), coalesce(is_now ->> 'finding', is_now ->> 'id')::uuid);
		end if;
	end loop;
	return null;
end
$$;
create or replace trigger judged after insert or update on app.finding for each row execute function app.derive_judged();
create or replace trigger judged after insert or update on app.grading for each row execute function app.derive_judged();
create or replace trigger judged after insert or update on app.dispute for each row execute function app.derive_judged();
create or replace trigger derive before insert or update on app.finding for each row execute function app.derive_finding();
create or replace trigger stamp before update on app.finding for each row execute function app.stamp();
create or replace trigger cells after insert or update of requirements, functions, addressed on app.finding for each row execute function app.derive_finding_cells();
create or replace trigger changed after insert or update on app.finding for each row execute function app.changed('finding');
create or replace trigger changed after insert or update on app.remark for each row execute function app.changed('remark');
create or replace trigger stamp before update on app.grading for each row execute function app.stamp();
create or replace trigger changed after insert or update on app.grading for each row execute function app.changed('grading');

create or replace function app.audience_finding(organisation uuid, id uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
	select f.readers from app.finding f where f.organisation = $1 and f.id = $2
$$;
create or replace function app.audience_remark(organisation uuid, id uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
	select f.readers from app.remark r join app.finding f on f.organisation = r.organisation and f.id = r.finding where r.organisation = $1 and r.id = $2
$$;
create or replace function app.audience_grading(organisation uuid, id uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
	select case when f.issued_at is null then array[f.part] else f.readers end
	from app.grading g join app.finding f on f.organisation = g.organisation and f.id = g.finding where g.organisation = $1 and g.id = $2
$$;

-- Unanswered, a finding counts as acknowledged after the days that the organisation set: by date, in every read; the sweep writes it.
create or replace function app.finding_state_today(state app.finding_state, acknowledge_by date) returns app.finding_state
language sql stable set search_path = ''
return case when state = 'issued' and acknowledge_by < app.today() then 'acknowledged' else state end;

-- What a write to a finding begins with: it is there for the caller, and its line is held.
create or replace function app.finding_for(id uuid) returns app.finding
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	locked app.finding;
begin
	if not exists (select from app.finding f where f.organisation = app.org() and f.id = id) then
		perform app.refuse_not_found('finding');
	end if;
	locked := app.lock_finding(id);
	-- while it waited in line the caller may have lost it
	if not exists (select from app.finding f where f.organisation = app.org() and f.id = id) then
		perform app.refuse_not_found('finding');
	end if;
	return locked;
end
$$;
comment on function app.finding_for(uuid) is 'The finding, when the caller may read it, with its line held.';

-- The place of who answers: responsible today for the addressed function, and not on the team (S5).
create or replace function app.on_team(audit uuid, person uuid) returns bool
language sql stable security definer set search_path = '' as $$
	select exists (select from app.assignment s where s.organisation = app.org() and s.audit = on_team.audit and s.person = on_team.person and s.ended_on is null)
$$;
create or replace function app.require_off_team(audit uuid, persons uuid[]) returns void
language plpgsql stable set search_path = '' as $$
declare
	p uuid;
begin
	foreach p in array persons loop
		if app.on_team(audit, p) then
			perform app.refuse_separation('S5', format('%s is on the team of this audit and does not answer its findings.', app.person_name(app.org(), p)),
				jsonb_build_object('person', p, 'audit', audit));
		end if;
	end loop;
end
$$;
create or replace function app.judged_by(finding uuid, person uuid) returns bool
language sql stable security definer set search_path = '' as $$
	select exists (select from app.claim c where c.organisation = app.org() and c.rule = 'S5' and c.subject = $2 and c.object = $1 and c.side = 'judges')
$$;
create or replace function app.require_answerer(f app.finding) returns void
language plpgsql stable set search_path = '' as $$
begin
	perform app.require_off_team(f.audit, array[app.me()]);
	if app.judged_by(f.id, app.me()) then
		perform app.refuse_separation('S5', 'You have judged this finding and do not answer it.', jsonb_build_object('person', app.me(), 'finding', f.id));
	end if;
	if not f.addressed = any (app.my_functions()) then
		perform app.refuse('place', 'This finding is answered by whoever is responsible for the function that it addresses.',
			jsonb_build_object('finding', f.id, 'function', f.addressed));
	end if;
end
$$;

-- S5 the other way round: who had a hand in answering a finding of an audit joins no team of it.
create or replace function app.refuse_answerer_on_team() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	answered text;
begin
	select f.reference into answered from app.claim c join app.finding f on f.organisation = c.organisation and f.id = c.object
	where c.organisation = new.organisation and c.rule = 'S5' and c.side = 'hands' and c.subject = new.person and f.audit = new.audit limit 1;
	if found then
		perform app.refuse_separation('S5', format('%s had a hand in answering %s and is on no team of its audit.',
			app.person_name(new.organisation, new.person), answered), jsonb_build_object('person', new.person, 'audit', new.audit));
	end if;
	return null;
end
$$;
create or replace trigger hands after insert on app.assignment for each row execute function app.refuse_answerer_on_team();

-- The cited requirements as they read today.
create or replace function app.cited(requirements uuid[]) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('requirement', q.id, 'framework', w.name, 'edition', w.edition, 'ref', q.ref, 'title', q.title) order by o.n), '[]')
	from unnest(requirements) with ordinality o(id, n)
	join app.requirement q on q.id = o.id
	join app.framework w on w.id = q.framework
$$;

-- Nonconformities issued in the three years before, on the same requirements, of this audit too. Who grades sees them with their grades.
create or replace function app.earlier_findings(finding uuid, requirements uuid[], functions uuid[])
returns table (id uuid, reference text, grade app.grade, state app.finding_state, issued_on date, same_function bool)
language sql stable security definer set search_path = '' as $$
	select f.id, f.reference, f.grade, f.state, f.issued_on, bool_or(c.function = any ($3))
	from app.finding_cell c join app.finding f on f.organisation = c.organisation and f.id = c.finding
	where c.organisation = app.org() and c.requirement = any ($2) and f.id <> $1 and f.issued_on >= (app.today() - interval '3 years')::date
		and f.state <> 'withdrawn' and f.grade in ('major', 'minor')
	group by f.organisation, f.id
	order by f.issued_on desc, f.reference
	limit 50
$$;

-- Those of them that this one repeats: of another audit, on the same requirement and function. Several within one audit do not recur; they may add up.
create or replace function app.repeated(f app.finding) returns uuid[]
language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(distinct n.id), '{}')
	from app.finding_cell c join app.finding n on n.organisation = c.organisation and n.id = c.finding
	where c.organisation = f.organisation and c.requirement = any (f.requirements) and c.function = any (f.functions) and n.audit <> f.audit
		and n.issued_on >= (app.today() - interval '3 years')::date and n.state <> 'withdrawn' and n.grade in ('major', 'minor')
$$;

-- The standard's questions, and what follows from the answers: ISO/IEC 17021-1's major and minor; a nonconformity that recurs is major.
create or replace function app.compute_grade(answers jsonb, recurs bool, out grade app.grade, out why text[])
language plpgsql immutable set search_path = '' as $$
begin
	why := '{}';
	if not coalesce((answers ->> 'requirement_unmet')::bool, false) then
		grade := case when coalesce((answers ->> 'strength')::bool, false) then 'strength'
			when coalesce((answers ->> 'improvement')::bool, false) then 'opportunity' else 'observation' end;
		why := array['No requirement is unmet, so it is no nonconformity.'];
		return;
	end if;
	if coalesce((answers ->> 'absent')::bool, false) then
		why := why || 'A required element is absent or has broken down totally.'::text;
	end if;
	if coalesce((answers ->> 'accumulated')::bool, false) then
		why := why || 'Several minor nonconformities on one requirement add up to a systemic failure.'::text;
	end if;
	if coalesce((answers ->> 'outcome_at_risk')::bool, false) then
		why := why || 'The certified outcome is at risk.'::text;
	end if;
	if recurs then
		why := why || 'It recurred: a nonconformity on the same requirement and function was issued in an earlier audit within three years.'::text;
	end if;
	grade := case when why = '{}' then 'minor' else 'major' end;
	if grade = 'minor' then
		why := array['A requirement is unmet, and nothing makes it major.'];
	end if;
end
$$;

-- The clocks, by grade and by the days that the organisation set. Nothing runs for a strength.
create or replace function app.start_clocks(f app.finding, from_day date) returns app.finding
language plpgsql stable security definer set search_path = '' as $$
declare
	o app.organisation;
begin
	select * into o from app.organisation g where g.id = f.organisation;
	f.acknowledge_by := case when f.grade <> 'strength' then from_day + o.acknowledge_days end;
	f.dispute_by := case when f.grade <> 'strength' then from_day + o.dispute_days end;
	f.containment_due := case when f.grade = 'major' then from_day + o.containment_days end;
	f.plan_due := case when f.grade in ('major', 'minor') then from_day + o.plan_days end;
	f.implementation_due := case f.grade when 'major' then from_day + o.major_days when 'minor' then from_day + o.minor_days end;
	f.first_due := coalesce(f.first_due, f.implementation_due);
	return f;
end
$$;

-- S6: is there a second lead or auditor of the part to ask, who neither raised nor decided it? Also one who has yet to sign a declaration.
create or replace function app.second_signer(f app.finding, decided_by uuid) returns bool
language sql stable security definer set search_path = '' as $$
	select exists (select from app.assignment s where s.organisation = f.organisation and s.audit = f.audit and s.ended_on is null
		and s.role in ('lead', 'auditor') and (s.part is null or s.part = f.part) and s.person not in (f.raised_by, decided_by) and app.auditor_today(s.person))
$$;

-- S6: else, is there an eligible auditor off the part's team, who could be named to sign?
create or replace function app.signer_elsewhere(f app.finding, decided_by uuid) returns bool
language sql stable security definer set search_path = '' as $$
	select exists (select from app.membership m where m.organisation = f.organisation and m.role = 'auditor' and m.held @> app.today() and m.person not in (f.raised_by, decided_by)
		and not exists (select from app.assignment s where s.organisation = f.organisation and s.audit = f.audit and (s.part is null or s.part = f.part) and s.person = m.person and s.ended_on is null)
		and not exists (select from app.claim c where c.organisation = f.organisation and c.rule = 'S5' and c.subject = m.person and c.object = f.id and c.side = 'hands')
		and not exists (select from app.competence_reasons(f.organisation, f.audit, m.person, 'auditor'))
		and not exists (select from app.reasons_against(f.organisation, f.audit, f.part, m.person, app.today())))
$$;

create or replace function app.signature_waits(organisation uuid, finding uuid) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.grading g where g.organisation = signature_waits.organisation and g.finding = signature_waits.finding and g.state = 'pending');
end
$$;

-- Who was named to sign has signed, and reads it no longer: what they themselves could not write.
create or replace function app.signer_done(id uuid) returns void
language sql security definer set search_path = '' as $$
	update app.finding f set signer = null where f.organisation = app.org() and f.id = signer_done.id and f.signer is not null and not app.signature_waits(f.organisation, f.id)
$$;

-- What a decided grade, or a withdrawal (grade null), does to the finding once it is effective.
create or replace function app.apply_grading(g app.grading) returns void
language plpgsql set search_path = '' as $$
declare
	f app.finding;
	paused int;
begin
	select * into f from app.finding x where x.organisation = g.organisation and x.id = g.finding;
	-- what was released says otherwise
	update app.audit a set revision_due = true where a.organisation = f.organisation and a.id = f.audit and a.state in ('released', 'closed') and not a.revision_due;
	if g.grade is null then
		update app.finding x set state = 'withdrawn', withdraw_reason = g.reason, paused_on = null where x.organisation = f.organisation and x.id = f.id;
		perform app.unbind_verifier(f.organisation, f.id);
		return;
	end if;
	paused := coalesce(app.today() - f.paused_on, 0);
	f.grade := g.grade;
	f := app.start_clocks(f, f.issued_on);
	update app.finding x set grade = g.grade, grade_reason = g.reason, graded_by = g.decided_by,
		containment_due = f.containment_due, plan_due = f.plan_due + paused, implementation_due = f.implementation_due + paused,
		state = case when x.state = 'disputed' or x.state in ('accepted', 'declined') and g.grade in ('major', 'minor') then 'acknowledged' else x.state end,
		acknowledged_at = case when x.state = 'disputed' then now() else x.acknowledged_at end, paused_on = null
	where x.organisation = f.organisation and x.id = f.id;
end
$$;

-- A new grade or a withdrawal after issue (S6). Lowering or withdrawing a nonconformity waits for a signature, unless nobody could give it.
create or replace function app.reconsider(f app.finding, grade app.grade, reason text, dispute uuid) returns void
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	g app.grading;
	lowers constant bool := f.grade in ('major', 'minor') and (grade is null or grade > f.grade);
	waits constant bool := lowers and (app.second_signer(f, app.me()) or app.signer_elsewhere(f, app.me()));
begin
	if exists (select from app.grading x where x.organisation = f.organisation and x.finding = f.id and x.state = 'pending') then
		perform app.refuse('signature', 'An earlier decision on this finding waits for its signature.', jsonb_build_object('finding', f.id));
	end if;
	insert into app.grading as n (organisation, finding, phase, state, grade, reason, dispute, signature_needed)
	values (f.organisation, f.id, 'issued', case when waits then 'pending' else 'effective' end, grade, reason, dispute, lowers)
	returning n.* into g;
	if waits then
		update app.finding x set version = x.version + 1 where x.organisation = f.organisation and x.id = f.id;
	else
		perform app.apply_grading(g);
	end if;
end
$$;

-- S12: what a trainee or technical expert enters in a finding counts once an auditor of the team has reviewed it.
create or replace function app.finding_entered(id uuid) returns void
language sql set search_path = '' as $$
	update app.finding f set review_needed = true, review_of = app.me(), reviewed_by = null, reviewed_at = null
	where f.organisation = app.org() and f.id = finding_entered.id and app.team_role(f.part) not in ('lead', 'auditor')
$$;


-- Ids that a list reaches in no other way: through an action, a verification or a decision of the caller's, or a function of theirs that
-- the finding is about without addressing it.
create or replace function app.my_other_findings() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return array(
		select a.finding from app.action a where a.organisation = app.org() and a.owner = app.me()
		union select f.id from app.finding f where f.organisation = app.org() and f.verifier = app.me()
		union select f.id from app.finding f where f.organisation = app.org() and f.decider = app.me()
		union select f.id from app.finding f where f.organisation = app.org() and f.signer = app.me()
		union select c.finding from app.finding_cell c where c.organisation = app.org() and c.function = any ((select app.my_functions())::uuid[]) and not c.addressed);
end
$$;

create or replace function app.finding_branches(audit uuid, function uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return case when $1 is not null then app.branch('audit', array[$1])
		when $2 is not null then app.branch('addressed', array[$2])
		when app.reads_audits() then null
		else app.branch('audit', app.my_audits()) || app.branch('addressed', app.my_functions()) || app.branch('id', app.my_other_findings()) end;
end
$$;

-- By date: what nobody answered counts as acknowledged; a dispute that nobody could decide in time leaves the finding standing (S11).
drop function if exists app.finding_sweep();
create or replace function app.finding_sweep(at_most int default null) returns int
language plpgsql security definer set search_path = '' as $$
declare
	o record;
	n int;
	swept int := 0;
begin
	for o in select g.id, (now() at time zone g.timezone)::date as today from app.organisation g order by g.id loop
		perform set_config('ninetwo.organisation', o.id::text, true), set_config('ninetwo.today', o.today::text, true);
		update app.finding f set state = 'acknowledged', acknowledged_at = now()
		where f.organisation = o.id and f.state = 'issued' and f.acknowledge_by < o.today and f.id = any (array(select x.id from app.finding x
			where x.organisation = o.id and x.state = 'issued' and x.acknowledge_by < o.today limit at_most - swept));
		get diagnostics n = row_count;
		swept := swept + n;
		update app.finding f set state = 'acknowledged', acknowledged_at = now(), paused_on = null,
			plan_due = f.plan_due + (o.today - f.paused_on), implementation_due = f.implementation_due + (o.today - f.paused_on)
		from app.dispute d where d.organisation = f.organisation and d.finding = f.id and d.state = 'open' and d.decide_by < o.today
			and f.organisation = o.id and f.state = 'disputed';
		update app.dispute d set state = 'stands' where d.organisation = o.id and d.state = 'open' and d.decide_by < o.today;
		get diagnostics n = row_count;
		swept := swept + n;
		exit when swept >= at_most;
	end loop;
	return swept;
end
$$;
comment on function app.finding_sweep(int) is 'Writes what has come about by date: acknowledged by silence (so many at most), disputes left standing. Called by operator.sweep_piece; how many.';
revoke execute on function app.finding_sweep(int) from ninetwo_api;

set role ninetwo_api;

create view record.finding with (security_invoker = true) as
	select f.organisation, f.id, f.version, f.reference, f.audit, f.part, f.title, app.finding_state_today(f.state, f.acknowledge_by) as state,
		case when seen then f.grade end as grade,
		f.criteria, f.functions, f.addressed, app.function_name(f.organisation, f.addressed) as addressed_name,
		f.condition, case when seen then f.effect end as effect,
		app.attached(f.organisation, f.id) as evidence,
		case when team then f.from_check end as from_check,
		case when seen then f.computed_grade end as computed_grade, case when seen then f.answers end as answers,
		case when seen then f.grade_reason end as grade_reason, case when seen then f.graded_by end as graded_by,
		case when seen then f.repeats end as repeats, f.raised_by,
		case when team then f.review_needed end as review_needed, case when seen then f.reviewed_by end as reviewed_by,
		case when seen then f.impaired_at end as impaired_at, case when seen then f.impaired_person end as impaired_person,
		case when team then (f.review_needed or f.impaired_at is not null) and f.reviewed_by is null end as review_open,
		f.shared_at, case when seen then f.share_skipped end as share_skipped, f.issued_at, f.issued_on, f.issued_by,
		f.acknowledge_by, f.acknowledged_at, f.acknowledged_by, f.dispute_by, f.contained_at,
		f.containment_due, f.plan_due, f.implementation_due, f.first_due, f.next_due, coalesce(f.next_due < (select app.today()), false) as overdue,
		f.rounds, f.verifier, app.person_name(f.organisation, f.verifier) as verifier_name, f.decider, f.signer, f.owners,
		f.answer_reason, f.withdraw_reason, f.ended_at,
		case when seen then app.signature_waits(f.organisation, f.id) end as signature_waits,
		f.created_at, f.updated_at
	from (select x.*, x.part = any ((select app.my_parts())::uuid[]) as team,
			x.issued_at is not null or x.part = any ((select app.my_parts())::uuid[]) as seen from app.finding x) f;
comment on view record.finding is 'What an audit found. While it is shared for accuracy, its auditee sees condition and evidence, not the grade.';
comment on column record.finding.reference is '!As IA-2026-01-F-03.';
comment on column record.finding.audit is '!The audit.';
comment on column record.finding.part is '!The part whose team raised it.';
comment on column record.finding.title is '!What it is about, in a few words.';
comment on column record.finding.state is '!Where it stands. Issued and unanswered, it counts as acknowledged after the days set.';
comment on column record.finding.grade is 'major or minor nonconformity, observation, opportunity for improvement, strength; hidden from the auditee until it is issued.';
comment on column record.finding.criteria is $${"doc": "The requirements that it cites, as they read when they were cited.", "not_null": true, "schema": {"type": "array", "items": {"type": "object",
	"properties": {"requirement": {"type": "string", "format": "uuid"}, "framework": {"type": "string"}, "edition": {"type": "string"}, "ref": {"type": "string"}, "title": {"type": "string"}}}}}$$;
comment on column record.finding.functions is '!The functions of the scope that it is about.';
comment on column record.finding.addressed is '!The one whose people answer.';
comment on column record.finding.addressed_name is 'Its name.';
comment on column record.finding.condition is '!What was found.';
comment on column record.finding.effect is 'What follows from it.';
comment on column record.finding.evidence is $${"doc": "What it rests on.", "not_null": true, "schema": {"type": "array", "items": {"type": "object",
	"properties": {"evidence": {"type": "string", "format": "uuid"}, "title": {"type": "string"}, "kind": {"type": "string"}, "supplied_by": {"type": "string", "format": "uuid"}}}}}$$;
comment on column record.finding.from_check is 'The check that it was raised from; shown to the team alone.';
comment on column record.finding.computed_grade is 'What the grading aid computed.';
comment on column record.finding.answers is $${"doc": "The answers to the grading aid's questions.", "schema": {"type": ["object", "null"]}}$$;
comment on column record.finding.grade_reason is 'Why the grade differs from the computed one, or was changed.';
comment on column record.finding.graded_by is 'Who graded it last.';
comment on column record.finding.repeats is 'Nonconformities of the three years before, of other audits, on the same requirement and function.';
comment on column record.finding.raised_by is '!Who raised it.';
comment on column record.finding.review_needed is 'Raised by a trainee or technical expert: an auditor reviews it before it is shared or issued (S12).';
comment on column record.finding.reviewed_by is 'Who reviewed it.';
comment on column record.finding.impaired_at is 'When it became known that it was raised or graded under a conflict (S9).';
comment on column record.finding.impaired_person is 'By whom.';
comment on column record.finding.review_open is 'A review is needed and not given yet.';
comment on column record.finding.shared_at is 'When it was shared for accuracy.';
comment on column record.finding.share_skipped is 'Why it was not.';
comment on column record.finding.issued_at is 'When it was issued.';
comment on column record.finding.issued_on is 'On which day.';
comment on column record.finding.issued_by is 'By whom.';
comment on column record.finding.acknowledge_by is 'Unanswered after this day, it counts as acknowledged.';
comment on column record.finding.acknowledged_at is 'When it was acknowledged.';
comment on column record.finding.acknowledged_by is 'By whom; null where by silence.';
comment on column record.finding.dispute_by is 'Until when it may be disputed.';
comment on column record.finding.contained_at is 'When containment was recorded.';
comment on column record.finding.containment_due is 'By when its harm is contained.';
comment on column record.finding.plan_due is 'By when the plan is there.';
comment on column record.finding.implementation_due is 'By when the actions are done.';
comment on column record.finding.first_due is 'The first due date of implementation; no extension hides it.';
comment on column record.finding.next_due is 'The date that runs now.';
comment on column record.finding.overdue is '!That date has passed.';
comment on column record.finding.rounds is '!How many times its actions were found not effective.';
comment on column record.finding.verifier is 'Who is named to verify it.';
comment on column record.finding.verifier_name is 'Their name.';
comment on column record.finding.decider is 'Who off the team is named to decide its dispute (S11).';
comment on column record.finding.signer is 'Who off the team is named to sign a decision on it (S6); until it is signed.';
comment on column record.finding.owners is '!Who owns or ever owned one of its actions.';
comment on column record.finding.answer_reason is 'Why an observation or opportunity was declined, or what was done.';
comment on column record.finding.withdraw_reason is 'Why it was withdrawn.';
comment on column record.finding.ended_at is 'When it was closed, withdrawn, declined or done.';
comment on column record.finding.signature_waits is 'A lower grade or a withdrawal is decided and waits for a second signature (S6).';
comment on column record.finding.created_at is '!When it was drafted.';
comment on column record.finding.updated_at is '!When it last changed.';

create function method.finding_get(id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.one('finding', id);
end
$$;
comment on function method.finding_get is $${
	"doc": "One finding, as far as you may see it.",
	"roles": ["member"], "access": "read",
	"params": {"id": {"doc": "The finding."}},
	"result": "finding"
}$$;

create function method.finding_list(reference text default null, audit uuid default null, function uuid default null, state app.finding_state[] default null, grade app.grade[] default null,
	raised_by uuid default null, overdue bool default null, sort text default null, "limit" int default null, after text default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.page('finding', case
			when reference is not null then app.branch('id', array(select f.id from app.finding f where f.organisation = app.org() and f.reference = finding_list.reference))
			else app.finding_branches(audit, function) end,
		jsonb_build_object('state', to_jsonb(state), 'grade', to_jsonb(grade), 'raised_by', raised_by, 'overdue', overdue),
		'reference, next_due', sort, "limit", after);
end
$$;
comment on function method.finding_list is $${
	"doc": "The findings that you may see.",
	"roles": ["member"], "access": "read",
	"params": {
		"reference": {"doc": "The one with this reference."},
		"audit": {"doc": "Of one audit."},
		"function": {"doc": "Those that one function answers."},
		"state": {"doc": "In one of these states."},
		"grade": {"doc": "Of one of these grades."},
		"raised_by": {"doc": "Raised by one person."},
		"overdue": {"doc": "Whose running date has passed, or has not."},
		"sort": {"doc": "reference or next_due; with - downwards."}
	},
	"result": "finding[]"
}$$;

create function method.finding_register(open bool default null, audit uuid default null, function uuid default null, overdue bool default null,
	sort text default null, "limit" int default null, after text default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.page('finding', app.finding_branches(audit, function),
		jsonb_build_object('grade', '["major","minor"]'::jsonb, 'issued_on', '{"null": false}'::jsonb, 'overdue', overdue,
			'state', case when open then '["issued","acknowledged","disputed","planned","plan_accepted","plan_returned","implemented","implementation_returned","not_effective"]'::jsonb
				when not open then '["closed","withdrawn"]'::jsonb end),
		'reference, next_due', sort, "limit", after);
end
$$;
comment on function method.finding_register is $${
	"doc": "The register of nonconformities: every issued finding of grade major or minor that you may see.",
	"roles": ["member"], "access": "read",
	"params": {
		"open": {"doc": "Open ones, or those closed or withdrawn."},
		"audit": {"doc": "Of one audit."},
		"function": {"doc": "Those that one function answers."},
		"overdue": {"doc": "Whose running date has passed, or has not."},
		"sort": {"doc": "reference or next_due; with - downwards."}
	},
	"result": "finding[]"
}$$;

create function method.finding_draft(part uuid, title app.title, condition text, requirements uuid[] default null, functions uuid[] default null,
	addressed uuid default null, effect text default null, from_check uuid default null) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	a app.audit;
	c app.check;
	in_audit uuid;
	mine app.team_role;
	n int;
	made constant uuid := app.uuid7();
begin
	if from_check is null and (coalesce(cardinality(requirements), 0) = 0 or coalesce(cardinality(functions), 0) = 0) then
		perform app.refuse_param('requirements', 'and functions are needed where it is not raised from a check');
	end if;
	select p.audit into in_audit from app.part p where p.organisation = app.org() and p.id = part;
	if not found then
		perform app.refuse_not_found('part');
	end if;
	if from_check is not null then
		select k.* into c from app.check k where k.organisation = app.org() and k.id = from_check and k.part = part;
		if not found then
			perform app.refuse_not_found('check');
		end if;
		requirements := coalesce(requirements, array[c.requirement]);
		functions := coalesce(functions, array[c.function]);
	end if;
	addressed := coalesce(addressed, functions[1]);
	a := app.lock_audit(in_audit);
	mine := app.require_team(part, app.team_all());
	perform app.require_state(a.state, '{fieldwork,reporting}');
	perform app.require_scope(in_audit, part, functions, requirements);
	if not addressed = any (functions) then
		perform app.refuse('addressed', 'The addressed function is one of the finding''s functions.', jsonb_build_object('function', addressed));
	end if;
	n := app.next_number('finding', in_audit);
	insert into app.finding (organisation, id, audit, part, number, reference, from_check, title, requirements, criteria, functions, addressed,
		condition, effect, raised_by, review_needed, review_of)
	values (app.org(), made, in_audit, part, n, app.reference_of(a.reference, 'F', n), from_check, title,
		requirements, app.cited(requirements), functions, addressed, condition, effect, app.me(), mine not in ('lead', 'auditor'), case when mine not in ('lead', 'auditor') then app.me() end);
	return method.finding_get(made);
end
$$;
comment on function method.finding_draft is $${
	"doc": "Draft a finding, from a check or directly. Only the team of its part sees it.",
	"roles": ["auditor"], "access": "write",
	"params": {
		"part": {"doc": "The part of the audit; you are on its declared team."},
		"title": {"doc": "What it is about, in a few words."},
		"condition": {"doc": "What was found."},
		"requirements": {"doc": "The criteria that it cites; the check's, when absent."},
		"functions": {"doc": "The functions of the scope that it is about; the check's, when absent."},
		"addressed": {"doc": "The one whose people answer; the first, when absent."},
		"effect": {"doc": "What follows from it."},
		"from_check": {"doc": "The check that it is raised from."}
	},
	"result": "finding"
}$$;

create function method.finding_change(id uuid, version int, title app.title, condition text, requirements uuid[], functions uuid[], addressed uuid,
	effect text default null) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
begin
	f := app.finding_for(id);
	-- what an auditee sees of it counts: no trainee changes it unreviewed (S12)
	perform app.require_team(f.part, case when f.state = 'draft' then app.team_all() else app.team_auditors() end);
	perform app.require_version(f.version, version);
	perform app.require_state(f.state::text, '{draft,shared}');
	perform app.require_scope(f.audit, f.part, functions, requirements);
	if not addressed = any (functions) then
		perform app.refuse('addressed', 'The addressed function is one of the finding''s functions.', jsonb_build_object('function', addressed));
	end if;
	update app.finding x set title = title, condition = condition, requirements = requirements, criteria = app.cited(requirements),
		functions = functions, addressed = addressed, effect = effect
	where x.organisation = app.org() and x.id = id;
	perform app.finding_entered(id);
	return method.finding_get(id);
end
$$;
comment on function method.finding_change is $${
	"doc": "Change a finding that is not issued. Send everything that it shall hold: what is absent becomes empty.",
	"roles": ["auditor"], "access": "write",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"title": {"doc": "What it is about, in a few words."},
		"condition": {"doc": "What was found."},
		"requirements": {"doc": "The criteria that it cites."},
		"functions": {"doc": "The functions of the scope that it is about."},
		"addressed": {"doc": "The one whose people answer."},
		"effect": {"doc": "What follows from it."}
	},
	"result": "finding"
}$$;

create function method.finding_review(id uuid, version int) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
begin
	f := app.finding_for(id);
	if app.me() in (f.review_of, f.impaired_person) or (f.impaired_at is not null and app.me() = f.raised_by) then
		perform app.refuse_separation(case when f.impaired_at is not null then 'S9' else 'S12' end,
			'You raised or graded this yourself: another auditor of the team reviews it.', jsonb_build_object('person', app.me(), 'finding', id));
	end if;
	perform app.require_team(f.part, app.team_auditors());
	perform app.require_version(f.version, version);
	if not f.review_needed and f.impaired_at is null then
		perform app.refuse('review', 'Nothing about it waits for a review.', jsonb_build_object('finding', id));
	end if;
	update app.finding x set reviewed_by = app.me(), reviewed_at = now() where x.organisation = app.org() and x.id = id;
	return method.finding_get(id);
end
$$;
comment on function method.finding_review is $${
	"doc": "Review a finding raised by a trainee or technical expert (S12), or under a conflict that came to light later (S9).",
	"roles": ["auditor"], "access": "write",
	"params": {"id": {"doc": "The finding."}, "version": {"doc": "The version that you saw."}},
	"result": "finding"
}$$;

create function method.finding_grade_aid(id uuid, answers jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
	recurs bool;
	aid record;
begin
	select x.* into f from app.finding x where x.organisation = app.org() and x.id = id;
	if not found then
		perform app.refuse_not_found('finding');
	end if;
	perform app.require_team(f.part, app.team_all());
	recurs := app.repeated(f) <> '{}';
	aid := app.compute_grade(answers, recurs);
	return jsonb_build_object('grade', aid.grade, 'why', to_jsonb(aid.why), 'repeat', recurs,
		'earlier', (select coalesce(jsonb_agg(to_jsonb(e)), '[]') from app.earlier_findings(f.id, f.requirements, f.functions) e));
end
$$;
comment on function method.finding_grade_aid is $${
	"doc": "The grade that follows from the standard's questions, why, and the earlier nonconformities on the same requirements with their grades. Changes nothing.",
	"roles": ["auditor"], "access": "read",
	"params": {
		"id": {"doc": "The finding."},
		"answers": {"doc": "The answers to the standard's questions.", "schema": {"type": "object", "properties": {
			"requirement_unmet": {"type": "boolean", "description": "Is a requirement not fulfilled?"},
			"absent": {"type": "boolean", "description": "Is a required element absent or totally broken down?"},
			"accumulated": {"type": "boolean", "description": "Do several minors on one requirement add up?"},
			"outcome_at_risk": {"type": "boolean", "description": "Is the certified outcome at risk?"},
			"improvement": {"type": "boolean", "description": "Otherwise: could it be done better?"},
			"strength": {"type": "boolean", "description": "Otherwise: is it done remarkably well?"}},
			"required": ["requirement_unmet"], "additionalProperties": false}}
	},
	"result": {"type": "object", "properties": {
		"grade": {"type": "string", "enum": ["major", "minor", "observation", "opportunity", "strength"]},
		"why": {"type": "array", "items": {"type": "string"}},
		"repeat": {"type": "boolean", "description": "A nonconformity on the same requirement and function was issued in an earlier audit, within three years."},
		"earlier": {"type": "array", "items": {"type": "object"}}},
		"required": ["grade", "why", "repeat", "earlier"], "additionalProperties": false}
}$$;

create function method.finding_grade(id uuid, version int, grade app.grade, answers jsonb, reason text default null) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
	repeats uuid[];
	aid record;
begin
	f := app.finding_for(id);
	perform app.require_team(f.part, app.team_auditors(), 'S6');
	perform app.require_version(f.version, version);
	perform app.require_state(f.state::text, '{draft,shared}');
	repeats := app.repeated(f);
	aid := app.compute_grade(answers, repeats <> '{}');
	if grade <> aid.grade and coalesce(btrim(reason), '') = '' then
		perform app.refuse('grade_reason', format('The aid computes %s; another grade needs a reason.', aid.grade), jsonb_build_object('computed', aid.grade));
	end if;
	insert into app.grading (organisation, finding, phase, state, grade, computed_grade, answers, reason)
	values (app.org(), id, 'draft', 'effective', grade, aid.grade, answers, reason);
	update app.finding x set grade = grade, computed_grade = aid.grade, answers = answers, grade_reason = reason, graded_by = app.me(), repeats = repeats
	where x.organisation = app.org() and x.id = id;
	return method.finding_get(id);
end
$$;
comment on function method.finding_grade is $${
	"doc": "Grade a finding before it is issued. A grade other than the computed one needs a reason; every grade ever saved is kept.",
	"roles": ["auditor"], "access": "write",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"grade": {"doc": "major, minor, observation, opportunity or strength."},
		"answers": {"doc": "The answers to the standard's questions, as for finding.grade_aid.", "schema": {"type": "object", "properties": {
			"requirement_unmet": {"type": "boolean"}, "absent": {"type": "boolean"}, "accumulated": {"type": "boolean"},
			"outcome_at_risk": {"type": "boolean"}, "improvement": {"type": "boolean"}, "strength": {"type": "boolean"}},
			"required": ["requirement_unmet"], "additionalProperties": false}},
		"reason": {"doc": "Why, where the grade differs from the computed one."}
	},
	"result": "finding"
}$$;

create function method.finding_share(id uuid, version int) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
begin
	f := app.finding_for(id);
	perform app.require_team(f.part, app.team_auditors());
	perform app.require_version(f.version, version);
	perform app.require_state(f.state::text, '{draft}');
	if f.review_needed and f.reviewed_by is null then
		perform app.refuse('review', 'An auditor of the team reviews it first (S12).', jsonb_build_object('finding', id));
	end if;
	update app.finding x set state = 'shared', shared_at = now() where x.organisation = app.org() and x.id = id;
	return method.finding_get(id);
end
$$;
comment on function method.finding_share is $${
	"doc": "Share a draft with the people responsible for its functions, to check that it is accurate: they see condition and evidence, not the grade.",
	"roles": ["auditor"], "access": "write",
	"params": {"id": {"doc": "The finding."}, "version": {"doc": "The version that you saw."}},
	"result": "finding"
}$$;

create function method.finding_remark(id uuid, text text) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
begin
	f := app.finding_for(id);
	if not (app.team_role(f.part) is not null or f.functions && app.my_functions() or (app.i_have('management') and f.state = 'disputed')) then
		perform app.refuse('place', 'Remarks are for the team, for whoever is responsible for its functions, and on a dispute for management.',
			jsonb_build_object('finding', id));
	end if;
	perform app.require_state(f.state::text, '{shared,issued,acknowledged,disputed}');
	insert into app.remark (organisation, finding, text, at_state) values (app.org(), id, text, f.state);
	return method.finding_get(id);
end
$$;
comment on function method.finding_remark is $${
	"doc": "Remark on a finding's accuracy while it is shared, or on its dispute. A remark is never changed.",
	"roles": ["auditor", "auditee", "management"], "access": "write",
	"params": {"id": {"doc": "The finding."}, "text": {"doc": "What you say."}},
	"result": "finding"
}$$;

create function method.finding_remarks(id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	perform method.finding_get(id);
	return (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'person', r.person, 'name', app.person_name(r.organisation, r.person),
			'text', r.text, 'at_state', r.at_state, 'at', r.created_at) order by r.created_at, r.id), '[]')
		from app.remark r where r.organisation = app.org() and r.finding = finding_remarks.id);
end
$$;
comment on function method.finding_remarks is $${
	"doc": "The remarks on a finding, in order.",
	"roles": ["member"], "access": "read",
	"params": {"id": {"doc": "The finding."}},
	"result": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string", "format": "uuid"},
		"person": {"type": "string", "format": "uuid"}, "name": {"type": ["string", "null"]}, "text": {"type": "string"},
		"at_state": {"type": "string"}, "at": {"type": "string", "format": "date-time"}}, "additionalProperties": false}}
}$$;

create function method.finding_grades(id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	perform method.finding_get(id);
	return (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'phase', g.phase, 'state', g.state, 'grade', g.grade, 'withdrawal', g.grade is null,
			'computed_grade', g.computed_grade, 'reason', g.reason, 'decided_by', g.decided_by, 'name', app.person_name(g.organisation, g.decided_by),
			'signature_needed', g.signature_needed, 'signed_by', g.signed_by, 'signed_at', g.signed_at, 'at', g.created_at) order by g.created_at, g.id), '[]')
		from app.grading g where g.organisation = app.org() and g.finding = finding_grades.id);
end
$$;
comment on function method.finding_grades is $${
	"doc": "Every grade ever saved for a finding, with withdrawals and signatures (S6).",
	"roles": ["member"], "access": "read",
	"params": {"id": {"doc": "The finding."}},
	"result": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string", "format": "uuid"},
		"phase": {"type": "string"}, "state": {"type": "string"}, "grade": {"type": ["string", "null"]}, "withdrawal": {"type": "boolean"},
		"computed_grade": {"type": ["string", "null"]}, "reason": {"type": ["string", "null"]}, "decided_by": {"type": "string", "format": "uuid"},
		"name": {"type": ["string", "null"]}, "signature_needed": {"type": "boolean"}, "signed_by": {"type": ["string", "null"], "format": "uuid"},
		"signed_at": {"type": ["string", "null"], "format": "date-time"}, "at": {"type": "string", "format": "date-time"}}, "additionalProperties": false}}
}$$;

create function method.finding_issue(id uuid, version int, share_skipped text default null) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
begin
	f := app.finding_for(id);
	perform app.require_team(f.part, app.team_auditors());
	perform app.require_version(f.version, version);
	perform app.require_state(f.state::text, '{draft,shared}');
	perform app.require_state((select a.state from app.audit a where a.organisation = app.org() and a.id = f.audit), '{fieldwork,reporting}');
	if f.grade is null then
		perform app.refuse('grade', 'It has no grade yet.', jsonb_build_object('finding', id));
	elsif f.shared_at is null and coalesce(btrim(share_skipped), '') = '' then
		perform app.refuse('accuracy', 'Share it for accuracy first, or say why not.', jsonb_build_object('finding', id));
	elsif (f.review_needed or f.impaired_at is not null) and f.reviewed_by is null then
		perform app.refuse('review', 'An auditor of the team reviews it first.', jsonb_build_object('finding', id));
	end if;
	f := app.start_clocks(f, app.today());
	update app.finding x set state = 'issued', issued_at = now(), issued_on = app.today(), issued_by = app.me(),
		share_skipped = case when x.shared_at is null then share_skipped end, criteria = app.cited(x.requirements),
		acknowledge_by = f.acknowledge_by, dispute_by = f.dispute_by, containment_due = f.containment_due, plan_due = f.plan_due,
		implementation_due = f.implementation_due, first_due = f.first_due
	where x.organisation = app.org() and x.id = id;
	return method.finding_get(id);
end
$$;
comment on function method.finding_issue is $${
	"doc": "Issue a finding: freezes criteria, condition and grade, notifies the auditee and starts the clocks.",
	"roles": ["auditor"], "access": "write",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"share_skipped": {"doc": "Why it was not shared for accuracy, where it was not."}
	},
	"result": "finding"
}$$;

create function method.finding_acknowledge(id uuid, version int) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
begin
	f := app.finding_for(id);
	perform app.require_answerer(f);
	perform app.require_version(f.version, version);
	perform app.require_state(f.state::text, '{issued}');
	if f.grade = 'strength' then
		perform app.refuse('grade', 'A strength asks for no answer.', jsonb_build_object('finding', id));
	end if;
	update app.finding x set state = 'acknowledged', acknowledged_at = now(), acknowledged_by = app.me() where x.organisation = app.org() and x.id = id;
	return method.finding_get(id);
end
$$;
comment on function method.finding_acknowledge is $${
	"doc": "Acknowledge a finding on a function that you are responsible for.",
	"roles": ["auditee"], "access": "write",
	"params": {"id": {"doc": "The finding."}, "version": {"doc": "The version that you saw."}},
	"result": "finding"
}$$;

create function method.finding_answer(id uuid, version int, answer app.finding_answer, reason text default null) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
begin
	if answer = 'declined' and coalesce(btrim(reason), '') = '' then
		perform app.refuse_param('reason', 'is needed where it is declined');
	end if;
	f := app.finding_for(id);
	perform app.require_answerer(f);
	perform app.require_version(f.version, version);
	if f.grade not in ('observation', 'opportunity') then
		perform app.refuse('grade', 'A nonconformity is answered by a response and its actions.', jsonb_build_object('finding', id, 'grade', f.grade));
	end if;
	perform app.require_state(f.state::text, case when answer = 'done' then '{accepted}' else '{issued,acknowledged}' end::text[]);
	update app.finding x set state = answer::text::app.finding_state, answer_reason = coalesce(reason, x.answer_reason),
		acknowledged_at = coalesce(x.acknowledged_at, now()), acknowledged_by = coalesce(x.acknowledged_by, app.me())
	where x.organisation = app.org() and x.id = id;
	return method.finding_get(id);
end
$$;
comment on function method.finding_answer is $${
	"doc": "Accept or decline an observation or an opportunity for improvement, or say that it is done.",
	"roles": ["auditee"], "access": "write",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"answer": {"doc": "accepted, declined or done."},
		"reason": {"doc": "Why it is declined; or what was done."}
	},
	"result": "finding"
}$$;

create function method.finding_dispute(id uuid, version int, reason text) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
begin
	f := app.finding_for(id);
	perform app.require_answerer(f);
	perform app.require_version(f.version, version);
	if exists (select from app.dispute d where d.organisation = app.org() and d.finding = id) then
		perform app.refuse('disputed_once', 'A finding is disputed once.', jsonb_build_object('finding', id));
	elsif f.dispute_by < app.today() then
		perform app.refuse('dispute_time', format('It could be disputed until %s.', f.dispute_by), jsonb_build_object('until', f.dispute_by));
	end if;
	perform app.require_state(app.finding_state_today(f.state, f.acknowledge_by)::text, '{issued}');
	insert into app.dispute (organisation, finding, reason, decide_by)
	select app.org(), id, reason, app.today() + o.dispute_days from app.organisation o where o.id = app.org();
	update app.finding x set state = 'disputed', paused_on = app.today() where x.organisation = app.org() and x.id = id;
	return method.finding_get(id);
end
$$;
comment on function method.finding_dispute is $${
	"doc": "Dispute a finding, once and within the time set. It is decided by somebody who did not raise it (S11); containment runs on, the other clocks stand still.",
	"roles": ["auditee"], "access": "write",
	"params": {"id": {"doc": "The finding."}, "version": {"doc": "The version that you saw."}, "reason": {"doc": "Why."}},
	"result": "finding"
}$$;

-- Before issue a lead or auditor of the part withdraws; after it the lead, or who decides its dispute (S6, S11).
create function method.finding_withdraw(id uuid, version int, reason text) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
begin
	f := app.finding_for(id);
	if f.state = 'disputed' then
		perform app.decide_dispute(f, version, null, 'withdrawn', null, reason);
		return method.finding_get(id);
	end if;
	perform app.require_team(f.part, case when f.issued_at is null then app.team_auditors() else app.team_lead() end, 'S6');
	perform app.require_version(f.version, version);
	perform app.require_state(f.state::text, '{draft,shared,issued,acknowledged,planned,plan_accepted,plan_returned,implemented,implementation_returned,not_effective,accepted,declined}');
	if f.issued_at is null then
		update app.finding x set state = 'withdrawn', withdraw_reason = reason where x.organisation = app.org() and x.id = id;
	else
		perform app.reconsider(f, null, reason, null);
	end if;
	return method.finding_get(id);
end
$$;
comment on function method.finding_withdraw is $${
	"doc": "Withdraw a finding. After issue the lead does it, or who decides its dispute; a nonconformity then stays as it was until a second lead or auditor signs (finding.sign).",
	"roles": ["auditor"], "access": "write",
	"params": {"id": {"doc": "The finding."}, "version": {"doc": "The version that you saw."}, "reason": {"doc": "Why."}},
	"result": "finding"
}$$;

create function method.finding_regrade(id uuid, version int, grade app.grade, reason text) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
begin
	f := app.finding_for(id);
	if f.state = 'disputed' then
		perform app.decide_dispute(f, version, null, 'regraded', grade, reason);
		return method.finding_get(id);
	end if;
	perform app.require_team(f.part, app.team_lead(), 'S6');
	perform app.require_version(f.version, version);
	perform app.require_state(f.state::text, '{issued,acknowledged,planned,plan_accepted,plan_returned,implemented,implementation_returned,not_effective,accepted,declined}');
	if grade = f.grade then
		perform app.refuse('grade', 'That is its grade already.', jsonb_build_object('finding', id));
	end if;
	perform app.reconsider(f, grade, reason, null);
	return method.finding_get(id);
end
$$;
comment on function method.finding_regrade is $${
	"doc": "Change the grade of an issued finding, with a reason. Lowering a nonconformity waits for the signature of a second lead or auditor (finding.sign).",
	"roles": ["auditor"], "access": "write",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"grade": {"doc": "The new grade."},
		"reason": {"doc": "Why."}
	},
	"result": "finding"
}$$;

create function method.finding_sign(id uuid, version int, agree bool default null) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
	g app.grading;
	signed jsonb;
begin
	f := app.finding_for(id);
	select x.* into g from app.grading x where x.organisation = app.org() and x.finding = id and x.state = 'pending';
	if app.me() in (f.raised_by, g.decided_by) then
		perform app.refuse_separation('S6', 'Who raised the finding or decided on it does not sign the decision.', jsonb_build_object('person', app.me(), 'finding', id));
	end if;
	if app.me() is distinct from f.signer then
		perform app.require_team(f.part, app.team_auditors(), 'S6');
	end if;
	perform app.require_version(f.version, version);
	if g.id is null then
		perform app.refuse('signature', 'No decision on this finding waits for a signature.', jsonb_build_object('finding', id));
	end if;
	if coalesce(agree, true) then
		update app.grading x set state = 'effective', signed_by = app.me(), signed_at = now()
		where x.organisation = app.org() and x.id = g.id returning x.* into g;
		perform app.apply_grading(g);
	else
		update app.grading x set state = 'dropped' where x.organisation = app.org() and x.id = g.id;
		update app.dispute d set state = 'open', decision = null, decision_reason = null, decided_by = null, decided_at = null
		where d.organisation = app.org() and d.id = g.dispute;
		update app.finding x set version = x.version + 1 where x.organisation = app.org() and x.id = id;
	end if;
	signed := method.finding_get(id);
	perform app.signer_done(id);
	return signed;
end
$$;
comment on function method.finding_sign is $${
	"doc": "Sign a lower grade or a withdrawal as the second lead or auditor of the part, who neither raised the finding nor decided on it (S6); it takes effect by this.",
	"roles": ["auditor"], "access": "write",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"agree": {"doc": "false: you do not agree, and the finding stays as it is. Absent: you sign."}
	},
	"result": "finding"
}$$;

create function method.finding_name_signer(id uuid, version int, person uuid) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
	g app.grading;
begin
	select x.* into f from app.finding x where x.organisation = app.org() and x.id = id;
	if not found then
		perform app.refuse_not_found('finding');
	elsif not exists (select from app.enrolment e where e.organisation = app.org() and e.person = person) then
		perform app.refuse_not_found('person');
	end if;
	perform app.bind_verifier(id, f.audit, person, f.functions);
	f := app.finding_for(id);
	select x.* into g from app.grading x where x.organisation = app.org() and x.finding = id and x.state = 'pending';
	perform app.refuse_reasons(array(select (r.rule, r.message, r.data)::app.reason from (select * from app.reasons_against(app.org(), f.audit, f.part, person, app.today())
		union all select * from app.competence_reasons(app.org(), f.audit, person, 'auditor')) r));
	if person = app.me() or exists (select from app.responsible_reasons(app.org(), app.me(), f.functions, f.audit)) then
		perform app.refuse_separation('S4', 'Who is responsible for a function that this is about does not name who signs, and nobody names themselves.',
			jsonb_build_object('person', app.me(), 'finding', id));
	elsif person in (f.raised_by, g.decided_by) then
		perform app.refuse_separation('S6', 'Who raised the finding or decided on it does not sign the decision.', jsonb_build_object('person', person, 'finding', id));
	elsif app.second_signer(f, coalesce(g.decided_by, f.raised_by)) then
		perform app.refuse_separation('S6', 'A second lead or auditor of the part signs; somebody off the team is named where there is none.', jsonb_build_object('finding', id));
	end if;
	perform app.claim_add('S5', person, id, 'judges', daterange(null, null), id);
	perform app.arranges(f.audit, app.me());
	perform app.require_version(f.version, version);
	if g.id is null then
		perform app.refuse('signature', 'No decision on this finding waits for a signature.', jsonb_build_object('finding', id));
	elsif not app.auditor_today(person) then
		perform app.refuse('auditor', 'Who signs has the auditor role.', jsonb_build_object('person', person));
	end if;
	update app.finding x set signer = person where x.organisation = app.org() and x.id = id;
	return method.finding_get(id);
end
$$;
comment on function method.finding_name_signer is $${
	"doc": "Name an eligible auditor off the team to sign a lower grade or a withdrawal, where no second lead or auditor of the part may (S6).",
	"roles": ["administrator", "management"], "access": "write",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"person": {"doc": "Who signs."}
	},
	"result": "finding"
}$$;

create function method.finding_name_verifier(id uuid, version int, person uuid) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
	mine app.team_role;
begin
	select x.* into f from app.finding x where x.organisation = app.org() and x.id = id;
	if not found then
		perform app.refuse_not_found('finding');
	elsif not exists (select from app.enrolment e where e.organisation = app.org() and e.person = person) then
		perform app.refuse_not_found('person');
	end if;
	-- in the order of locks: person, functions, audit, finding; refuses whom S1 refuses
	perform app.bind_verifier(id, f.audit, person, f.functions);
	f := app.lock_finding(id);
	if app.i_have('administrator') and exists (select from app.responsible_reasons(app.org(), app.me(), f.functions, f.audit)) then
		perform app.refuse_separation('S4', 'You are responsible for a function that this is about and do not name its verifier.',
			jsonb_build_object('person', app.me(), 'finding', id));
	end if;
	-- Who verifies holds a competence for it (S12). Nobody verifies in an audit that they planned, staffed or safeguarded; and whoever names one off the team has staffed it (S4).
	perform app.refuse_reasons(array(select (r.rule, r.message, r.data)::app.reason from (select * from app.reasons_against(app.org(), f.audit, f.part, person, app.today()) x where x.rule = 'S4'
		union all select * from app.competence_reasons(app.org(), f.audit, person, 'auditor')) r));
	if app.i_have('administrator') then
		perform app.arranges(f.audit, app.me());
	end if;
	perform app.claim_add('S5', person, id, 'judges', daterange(null, null), id);
	mine := app.team_role(f.part);
	if mine is distinct from 'lead' and not app.i_have('administrator') then
		perform app.refuse('place', 'The lead of the audit names a verifier, or an administrator.', jsonb_build_object('finding', id));
	end if;
	perform app.require_version(f.version, version);
	perform app.require_state(f.state::text, '{issued,acknowledged,planned,plan_accepted,plan_returned,implemented,implementation_returned,not_effective}');
	if not app.auditor_today(person) then
		perform app.refuse('auditor', 'A verifier has the auditor role.', jsonb_build_object('person', person));
	elsif mine = 'lead' and not app.team(app.org(), f.part, person) then
		perform app.refuse('team', 'The lead names a lead or auditor of the part; somebody off the team is named by an administrator.', jsonb_build_object('person', person));
	end if;
	update app.finding x set verifier = person where x.organisation = app.org() and x.id = id;
	return method.finding_get(id);
end
$$;
comment on function method.finding_name_verifier is $${
	"doc": "Name who verifies a nonconformity: under S1 and S5, and bound until it closes (S9). Who verifies never had a hand in the work.",
	"roles": ["auditor", "administrator"], "access": "write",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"person": {"doc": "Who; the lead names somebody of the part's team, an administrator any auditor."}
	},
	"result": "finding"
}$$;
