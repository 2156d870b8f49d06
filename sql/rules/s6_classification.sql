-- S6, classification: after issue a lower grade or a withdrawal takes the signature of a second lead or auditor.

-- S6: is there a second lead or auditor of the part to ask, who neither raised nor decided it? Also one who has yet to
-- sign a declaration.
create or replace function app.second_signer(_f app.finding, _decided_by uuid) returns bool
language sql stable security definer set search_path = '' as $$
	select exists (select from app.assignment s where s.organisation = _f.organisation and s.audit = _f.audit
		and s.ended_on is null
		and s.role in ('lead', 'auditor') and (s.part is null or s.part = _f.part)
			and s.person not in (_f.raised_by, _decided_by) and app.auditor_today(s.person))
$$;

-- S6: else, is there an eligible auditor off the part's team, who could be named to sign?
create or replace function app.signer_elsewhere(_f app.finding, _decided_by uuid) returns bool
language sql stable security definer set search_path = '' as $$
	select exists (select from app.membership m where m.organisation = _f.organisation and m.role = 'auditor'
		and m.held @> app.today() and m.person not in (_f.raised_by, _decided_by)
		and not exists (select from app.assignment s where s.organisation = _f.organisation and s.audit = _f.audit
			and (s.part is null or s.part = _f.part) and s.person = m.person and s.ended_on is null)
		and not exists (select from app.claim c where c.organisation = _f.organisation and c.rule = 'S5'
			and c.subject = m.person and c.object = _f.id and c.side = 'hands')
		and not exists (select from app.competence_reasons(_f.organisation, _f.audit, m.person, 'auditor'))
		and not exists (select from app.reasons_against(_f.organisation, _f.audit, _f.part, m.person, app.today())))
$$;

create or replace function app.signature_waits(_organisation uuid, _finding uuid) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.grading g where g.organisation = _organisation and g.finding = _finding
		and g.state = 'pending');
end
$$;

-- Who was named to sign has signed, and reads it no longer: what they themselves could not write.
create or replace function app.signer_done(_id uuid) returns void
language sql security definer set search_path = '' as $$
	update app.finding f set signer = null where f.organisation = app.org() and f.id = _id and f.signer is not null
		and not app.signature_waits(f.organisation, f.id)
$$;

-- What a decided grade, or a withdrawal (grade null), does to the finding once it is effective.
create or replace function app.apply_grading(_g app.grading) returns void
language plpgsql set search_path = '' as $$
declare
	f app.finding;
	paused int;
begin
	select * into f from app.finding x where x.organisation = _g.organisation and x.id = _g.finding;
	-- what was released says otherwise
	update app.audit a set revision_due = true where a.organisation = f.organisation and a.id = f.audit
		and a.state in ('released', 'closed') and not a.revision_due;
	if _g.grade is null then
		update app.finding x set state = 'withdrawn', withdraw_reason = _g.reason, paused_on = null
			where x.organisation = f.organisation and x.id = f.id;
		return;
	end if;
	paused := coalesce(app.today() - f.paused_on, 0);
	f.grade := _g.grade;
	f := app.start_clocks(f, f.issued_on);
	update app.finding x set grade = _g.grade, grade_reason = _g.reason, graded_by = _g.decided_by,
		containment_due = f.containment_due, plan_due = f.plan_due + paused,
			implementation_due = f.implementation_due + paused,
		state = case when x.state = 'disputed' or x.state in ('accepted', 'declined')
			and _g.grade in ('major', 'minor') then 'acknowledged' else x.state end,
		acknowledged_at = case when x.state = 'disputed' then now() else x.acknowledged_at end, paused_on = null
	where x.organisation = f.organisation and x.id = f.id;
end
$$;

-- A new grade or a withdrawal after issue (S6). Lowering or withdrawing a nonconformity waits for a signature, unless
-- nobody could give it.
create or replace function app.reconsider(_f app.finding, _grade app.grade, _reason text, _dispute uuid) returns void
language plpgsql set search_path = '' as $$
declare
	g app.grading;
	lowers constant bool := _f.grade in ('major', 'minor') and (_grade is null or _grade > _f.grade);
	waits constant bool := lowers and (app.second_signer(_f, app.me()) or app.signer_elsewhere(_f, app.me()));
begin
	if exists (select from app.grading x where x.organisation = _f.organisation and x.finding = _f.id
		and x.state = 'pending') then
		perform app.refuse('signature', 'An earlier decision on this finding waits for its signature.',
			jsonb_build_object('finding', _f.id));
	end if;
	insert into app.grading as n (organisation, finding, phase, state, grade, reason, dispute, signature_needed)
	values (_f.organisation, _f.id, 'issued', case when waits then 'pending' else 'effective' end, _grade, _reason,
		_dispute, lowers)
	returning n.* into g;
	if waits then
		update app.finding x set version = x.version + 1 where x.organisation = _f.organisation and x.id = _f.id;
	else
		perform app.apply_grading(g);
	end if;
end
$$;
