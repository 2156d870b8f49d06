-- Grades: the aid that computes one, every grade ever saved, regrading and withdrawing with their signatures (S6).

-- Grades are for the team until the finding is issued, then for everyone who reads it.

create trigger guard before update of state on app.grading for each row execute function app.guard_state('grading');
create trigger stamp before update on app.grading for each row execute function app.stamp();
create trigger changed after insert or update on app.grading for each row execute function app.changed('grading');

-- Nonconformities issued in the three years before, on the same requirements, of this audit too. Who grades sees them
-- with their grades.
create or replace function app.earlier_findings(_finding uuid, _requirements uuid[], _functions uuid[])
returns table (id uuid, reference text, grade app.grade, state app.finding_state, issued_on app.day,
	same_function bool)
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select f.id, f.reference, f.grade, f.state, f.issued_on, bool_or(c.function = any (_functions))
	from app.finding_cell c join app.finding f on f.organisation = c.organisation and f.id = c.finding
	where c.organisation = app.org() and c.requirement = any (_requirements) and f.id <> _finding
		and f.issued_on >= (app.today() - interval '3 years')::date
		and f.state <> 'withdrawn' and f.grade in ('major', 'minor')
	group by f.organisation, f.id
	order by f.issued_on desc, f.reference
	limit 50;
end
$$;

-- Those of them that this one repeats: of another audit, on the same requirement and function. Several within one audit
-- do not recur; they may add up.
create or replace function app.repeated(_f app.finding) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(array_agg(distinct n.id), '{}')
	from app.finding_cell c join app.finding n on n.organisation = c.organisation and n.id = c.finding
	where c.organisation = _f.organisation and c.requirement = any (_f.requirements) and c.function = any (_f.functions)
		and n.audit <> _f.audit
		and n.issued_on >= (app.today() - interval '3 years')::date and n.state <> 'withdrawn'
			and n.grade in ('major', 'minor'));
end
$$;

-- The standard's questions, and what follows from the answers: ISO/IEC 17021-1's major and minor; a nonconformity that
-- recurs is major. Why is said by the ids of sentences.
create or replace function app.compute_grade(_answers jsonb, _recurs bool, out grade app.grade, out why text[])
language plpgsql immutable set search_path = '' as $$
begin
	why := '{}';
	if not coalesce((_answers ->> 'requirement_unmet')::bool, false) then
		grade := case when coalesce((_answers ->> 'strength')::bool, false) then 'strength'
			when coalesce((_answers ->> 'improvement')::bool, false) then 'opportunity' else 'observation' end;
		why := array['grade.none'];
		return;
	end if;
	if coalesce((_answers ->> 'absent')::bool, false) then
		why := why || 'grade.absent'::text;
	end if;
	if coalesce((_answers ->> 'accumulated')::bool, false) then
		why := why || 'grade.accumulated'::text;
	end if;
	if coalesce((_answers ->> 'outcome_at_risk')::bool, false) then
		why := why || 'grade.outcome_at_risk'::text;
	end if;
	if _recurs then
		why := why || 'grade.recurs'::text;
	end if;
	grade := case when why = '{}' then 'minor' else 'major' end;
	if grade = 'minor' then
		why := array['grade.minor'];
	end if;
end
$$;

create or replace function method.finding_grade_aid(_id uuid, _answers app.grade_answers) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	f constant app.finding := app.finding_of(_id);
	recurs bool;
	aid record;
begin
	if f.id is null then
		perform app.refuse_not_found('finding');
	end if;
	perform app.require_team(f.part, app.team_all());
	recurs := app.repeated(f) <> '{}';
	aid := app.compute_grade(_answers, recurs);
	return jsonb_build_object('grade', aid.grade,
		'why', (select jsonb_agg(app.words(w, '{}') order by n) from unnest(aid.why) with ordinality x (w, n)),
		'repeat', recurs,
		'earlier',
			(select coalesce(jsonb_agg(to_jsonb(e)), '[]')
			from app.earlier_findings(f.id, f.requirements, f.functions) e));
end
$$;
comment on function method.finding_grade_aid is '{
	"doc": "The grade that follows from the standard''s questions, why, and the earlier nonconformities on the same '
		'requirements with their grades. Changes nothing.",
	"roles": ["auditor"], "access": "read",
	"result": {
		"type": "object",
		"properties": {
			"grade": {"type": "string", "enum": ["major", "minor", "observation", "opportunity", "strength"]},
			"why": {"type": "array", "items": {"type": "string"}},
			"repeat": {
				"type": "boolean",
				"description": "A nonconformity on the same requirement and function was issued in an earlier audit, '
					'within three years."},
			"earlier": {"type": "array", "items": {"type": "object"}}},
		"required": ["grade", "why", "repeat", "earlier"], "additionalProperties": false},
	"params": {
		"id": {"doc": "The finding."},
		"answers": {"doc": "The answers to the standard''s questions."}}}';

create or replace function method.finding_grade(_finding app.finding, _grade app.grade, _answers app.grade_answers,
	_reason app.prose default null) returns void
language plpgsql set search_path = '' as $$
declare
	earlier constant uuid[] := app.repeated(_finding);
	aid constant record := app.compute_grade(_answers, earlier <> '{}');
begin
	if _grade <> aid.grade and _reason is null then
		perform app.refuse(app.no('grade_reason', 'finding.grade_reason', jsonb_build_object('grade', aid.grade),
			jsonb_build_object('computed', aid.grade)));
	end if;
	insert into app.grading (organisation, finding, phase, state, grade, computed_grade, answers, reason)
	values (app.org(), _finding.id, 'draft', 'effective', _grade, aid.grade, _answers, _reason);
	update app.finding x set grade = _grade, computed_grade = aid.grade, answers = _answers, grade_reason = _reason,
		graded_by = app.me(), repeats = earlier
	where x.organisation = app.org() and x.id = _finding.id;
end
$$;
comment on function method.finding_grade is '{
	"doc": "Grade a finding before it is issued. A grade other than the computed one needs a reason; every grade ever '
		'saved is kept.",
	"roles": ["auditor"], "access": "write", "result": "finding", "version": true, "acts": "judges the work",
	"rules": ["app.competent_refusal(_r.audit, _r.part)"],
	"place": "app.team_refusal(_r.part, app.team_auditors(), ''S6'')",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"grade": {"doc": "major, minor, observation, opportunity or strength."},
		"answers": {"doc": "The answers to the standard''s questions, as for finding.grade_aid."},
		"reason": {"doc": "Why, where the grade differs from the computed one."}}}';

create or replace function method.finding_grades(_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	perform method.finding_get(_id);
	return (
		select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'phase', g.phase, 'state', g.state,
			'grade', g.grade, 'withdrawal', g.grade is null, 'computed_grade', g.computed_grade, 'reason', g.reason,
			'decided_by', g.decided_by, 'name', app.person_name(g.organisation, g.decided_by),
			'signature_needed', g.signature_needed, 'signed_by', g.signed_by, 'signed_at', g.signed_at,
			'at', g.created_at) order by g.created_at, g.id), '[]')
		from app.grading g where g.organisation = app.org() and g.finding = _id);
end
$$;
comment on function method.finding_grades is '{
	"doc": "Every grade ever saved for a finding, with withdrawals and signatures (S6).",
	"roles": ["member"], "access": "read",
	"result": {
		"type": "array",
		"items": {
			"type": "object",
			"properties": {
				"id": {"type": "string", "format": "uuid"}, "phase": {"type": "string"}, "state": {"type": "string"},
				"grade": {"type": ["string", "null"]}, "withdrawal": {"type": "boolean"},
				"computed_grade": {"type": ["string", "null"]}, "reason": {"type": ["string", "null"]},
				"decided_by": {"type": "string", "format": "uuid"}, "name": {"type": ["string", "null"]},
				"signature_needed": {"type": "boolean"}, "signed_by": {"type": ["string", "null"], "format": "uuid"},
				"signed_at": {"type": ["string", "null"], "format": "date-time"},
				"at": {"type": "string", "format": "date-time"}},
			"additionalProperties": false}},
	"params": {"id": {"doc": "The finding."}}}';

-- Before issue a lead or auditor of the part withdraws; after it the lead, or who decides its dispute (S6, S11).
create or replace function app.reconsider_refusal(_f app.finding, _allowed app.team_role[]) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	if _f.state = 'disputed' then
		return app.decider_refusal(_f);
	end if;
	return app.team_refusal(_f.part, _allowed, 'S6');
end
$$;

create or replace function app.reconsider_needs(_f app.finding) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
declare
	d app.dispute;
begin
	if _f.state = 'disputed' then
		d := app.dispute_of(_f.id);
		return app.obstacles(app.no_state(app.dispute_state_today(d.state, d.decide_by), '{open}'),
			app.pending_refusal(_f));
	end if;
	return app.obstacles(app.pending_refusal(_f));
end
$$;
comment on function app.reconsider_needs(app.finding) is
	'What stands in the way of another grade or a withdrawal: a dispute past its time, a decision that waits to be '
	'signed.';

create or replace function method.finding_withdraw(_finding app.finding, _reason app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	if _finding.state = 'disputed' then
		perform app.decide_dispute(_finding, 'withdrawn', null, _reason);
	elsif _finding.issued_at is not null then
		perform app.reconsider(_finding, null, _reason, null);
	else
		update app.finding x set state = 'withdrawn', withdraw_reason = _reason where x.organisation = app.org()
			and x.id = _finding.id;
	end if;
end
$$;
comment on function method.finding_withdraw is '{
	"doc": "Withdraw a finding. After issue the lead does it, or who decides its dispute; a nonconformity then stays '
		'as it was until a second lead or auditor signs (finding.sign).",
	"roles": ["auditor"], "access": "write", "result": "finding", "version": true, "acts": "judges the work",
	"place": "app.reconsider_refusal(_r, case when _r.issued_at is null then app.team_auditors() '
		'else app.team_lead() end)",
	"needs": "app.reconsider_needs(_r)",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"reason": {"doc": "Why."}}}';

create or replace function method.finding_regrade(_finding app.finding, _grade app.grade, _reason app.prose)
	returns void
language plpgsql set search_path = '' as $$
begin
	if _finding.state = 'disputed' then
		perform app.decide_dispute(_finding, 'regraded', _grade, _reason);
		return;
	elsif _grade = _finding.grade then
		perform app.refuse(app.no('grade', 'finding.same_grade', '{}', jsonb_build_object('finding', _finding.id)));
	end if;
	perform app.reconsider(_finding, _grade, _reason, null);
end
$$;
comment on function method.finding_regrade is '{
	"doc": "Change the grade of an issued finding, with a reason. Lowering a nonconformity waits for the signature of '
		'a second lead or auditor (finding.sign).",
	"roles": ["auditor"], "access": "write", "result": "finding", "version": true, "acts": "judges the work",
	"place": "app.reconsider_refusal(_r, app.team_lead())",
	"needs": "app.reconsider_needs(_r)",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"grade": {"doc": "The new grade."},
		"reason": {"doc": "Why."}}}';

create or replace function method.finding_sign(_finding app.finding, _agree bool default null) returns jsonb
language plpgsql set search_path = '' as $$
declare
	g app.grading := app.pending_grading(_finding.id);
	signed jsonb;
begin
	if coalesce(_agree, true) then
		update app.grading x set state = 'effective', signed_by = app.me(), signed_at = now()
		where x.organisation = app.org() and x.id = g.id returning x.* into g;
		perform app.apply_grading(g);
	else
		update app.grading x set state = 'dropped' where x.organisation = app.org() and x.id = g.id;
		update app.dispute d set state = 'open', decision = null, decision_reason = null, decided_by = null,
			decided_at = null
		where d.organisation = app.org() and d.id = g.dispute;
		update app.finding x set version = x.version + 1 where x.organisation = app.org() and x.id = _finding.id;
	end if;
	-- whom the finding named to sign reads it here for the last time
	signed := app.one('finding', _finding.id);
	perform app.signer_done(_finding.id);
	return signed;
end
$$;
comment on function method.finding_sign is '{
	"doc": "Sign a lower grade or a withdrawal as the second lead or auditor of the part, who neither raised the '
		'finding nor decided on it (S6); it takes effect by this.",
	"roles": ["auditor"], "access": "write", "result": "finding", "version": true, "acts": "judges the work",
	"rules": ["app.own_decision_refusal(_r, app.me())"],
	"place": "app.signer_refusal(_r)",
	"needs": "app.obstacles(app.signature_refusal(_r.id))",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"agree": {"doc": "false: you do not agree, and the finding stays as it is. Absent: you sign."}}}';

create or replace function method.finding_name_signer(_finding app.finding, _person uuid) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.require_auditor(_person, 'finding.signer_no_auditor');
	update app.finding x set signer = _person where x.organisation = app.org() and x.id = _finding.id;
end
$$;
comment on function method.finding_name_signer is '{
	"doc": "Name an eligible auditor off the team to sign a lower grade or a withdrawal, where no second lead or '
		'auditor of the part may (S6).",
	"roles": ["administrator", "management"], "access": "write", "result": "finding",
	"version": true, "acts": "arranges", "line": "app.lock_named(_r.id, _person)",
	"rules": ["app.naming_refusal(_r, ''s4.names_signer'')", "app.signed_on_team_refusal(_r)"],
	"whom": "app.refuse_signer(_r, _person)",
	"needs": "app.obstacles(app.signature_refusal(_r.id))",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"person": {"doc": "Who signs."}}}';
