-- S6, classification: after issue a lower grade or a withdrawal takes the signature of a second lead or auditor.

-- S6: is there a second lead or auditor of the part to ask, who neither raised nor decided it? Also one who has yet to
-- sign a declaration.
create or replace function app.second_signer(_f app.finding, _decided_by uuid) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.assignment s where s.organisation = _f.organisation and s.audit = _f.audit
		and s.ended_on is null
		and s.role in ('lead', 'auditor') and (s.part is null or s.part = _f.part)
			and s.person not in (_f.raised_by, _decided_by) and app.auditor_today(s.person));
end
$$;

-- S6: else, is there an eligible auditor off the part's team, who could be named to sign?
create or replace function app.signer_elsewhere(_f app.finding, _decided_by uuid) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.membership m where m.organisation = _f.organisation and m.role = 'auditor'
		and m.held @> app.today() and m.person not in (_f.raised_by, _decided_by)
		and not exists (select from app.assignment s where s.organisation = _f.organisation and s.audit = _f.audit
			and (s.part is null or s.part = _f.part) and s.person = m.person and s.ended_on is null)
		and not exists (select from app.claim c where c.organisation = _f.organisation and c.rule = 'S5'
			and c.subject = m.person and c.object = _f.id and c.side = 'hands')
		and not exists (select from app.competence_reasons(_f.organisation, _f.audit, m.person, 'auditor'))
		and not exists (select from app.reasons_against(_f.organisation, _f.audit, _f.part, m.person, app.today())));
end
$$;

create or replace function app.signature_waits(_organisation uuid, _finding uuid) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.grading g where g.organisation = _organisation and g.finding = _finding
		and g.state = 'pending');
end
$$;

create or replace function app.pending_grading(_finding uuid) returns app.grading
language plpgsql stable set search_path = '' as $$
begin
	return (
		select g from app.grading g where g.organisation = app.org() and g.finding = _finding and g.state = 'pending');
end
$$;
comment on function app.pending_grading(uuid) is
	'The decision on a finding that waits for a signature, where there is one.';

create or replace function app.signature_refusal(_finding uuid) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when not app.signature_waits(app.org(), _finding)
		then app.no('signature', 'finding.no_decision_waits', '{}', jsonb_build_object('finding', _finding)) end;
end
$$;
comment on function app.signature_refusal(uuid) is 'No decision on the finding waits for a signature; or null.';

-- Who raised the finding or decided on it does not sign the decision.
create or replace function app.own_decision_refusal(_f app.finding, _person uuid) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when _person in (_f.raised_by, (app.pending_grading(_f.id)).decided_by)
		then app.no('S6', 's6.own_decision', '{}', jsonb_build_object('person', _person, 'finding', _f.id)) end;
end
$$;

-- Who signs: whom the finding names, else an auditor of its part.
create or replace function app.signer_refusal(_f app.finding) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	if app.me() = _f.signer then
		return null;
	end if;
	return app.team_refusal(_f.part, app.team_auditors(), 'S6');
end
$$;

create or replace function app.signed_on_team_refusal(_f app.finding) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when app.second_signer(_f, coalesce((app.pending_grading(_f.id)).decided_by, _f.raised_by))
		then app.no('S6', 's6.second_signer', '{}', jsonb_build_object('finding', _f.id)) end;
end
$$;
comment on function app.signed_on_team_refusal(app.finding) is
	'What stands against naming who signs: somebody of the team may; or null.';

-- Whom a finding is not to name for signing.
create or replace function app.refuse_signer(_f app.finding, _person uuid) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.refuse_judge(_f, _person);
	perform app.refuse_all(array[app.first_of(app.naming_refusal(_f, 's4.names_signer', _person),
		app.own_decision_refusal(_f, _person), app.s5_refusal('judge', _f.id, _person))]);
end
$$;

-- S4: who is responsible for a function that a finding is about does not name who judges it, and nobody names
-- themselves.
create or replace function app.naming_refusal(_f app.finding, _say text, _person uuid default null) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	if _person = app.me()
		or exists (select from app.side_reasons(app.org(), app.me(), _f.functions, _f.audit)) then
		return app.no('S4', _say, '{}', jsonb_build_object('person', app.me(), 'finding', _f.id));
	end if;
	return null;
end
$$;
comment on function app.naming_refusal(app.finding, text, uuid) is
	'What S4 has against the caller''s naming who judges a finding, in these words; or null.';

-- Who was named to sign has signed, and reads it no longer: what they themselves could not write.
create or replace function app.signer_done(_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
	update app.finding f set signer = null where f.organisation = app.org() and f.id = _id and f.signer is not null
		and not app.signature_waits(f.organisation, f.id);
end
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

create or replace function app.pending_refusal(_f app.finding) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when app.signature_waits(_f.organisation, _f.id)
		then app.no('signature', 'finding.decision_waits', '{}', jsonb_build_object('finding', _f.id)) end;
end
$$;
comment on function app.pending_refusal(app.finding) is
	'An earlier decision on the finding waits for its signature; or null.';

-- A new grade or a withdrawal after issue (S6). Lowering or withdrawing a nonconformity waits for a signature, unless
-- nobody could give it.
create or replace function app.reconsider(_f app.finding, _grade app.grade, _reason text, _dispute uuid) returns void
language plpgsql set search_path = '' as $$
declare
	g app.grading;
	lowers constant bool := _f.grade in ('major', 'minor') and (_grade is null or _grade > _f.grade);
	waits constant bool := lowers and (app.second_signer(_f, app.me()) or app.signer_elsewhere(_f, app.me()));
begin
	perform app.refuse_all(array[app.pending_refusal(_f)]);
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
