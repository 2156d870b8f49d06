-- Findings from their issue on: acknowledged, answered, disputed, who verifies.

create or replace function app.finding_issue_needs(_f app.finding) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return app.obstacles(
		case when _f.grade is null then
			app.no('grade', 'finding.no_grade', '{}', jsonb_build_object('finding', _f.id)) end,
		case when (_f.review_needed or _f.impaired_at is not null) and _f.reviewed_by is null then
			app.no('review', 'finding.review_first', '{}', jsonb_build_object('finding', _f.id)) end);
end
$$;

create or replace function method.finding_issue(_finding app.finding, _share_skipped app.prose default null)
	returns void
language plpgsql set search_path = '' as $$
declare
	f constant app.finding := app.start_clocks(_finding, app.today());
begin
	if f.shared_at is null and _share_skipped is null then
		perform app.refuse(app.no('accuracy', 'finding.share_first', '{}', jsonb_build_object('finding', f.id)));
	end if;
	update app.finding x set state = 'issued', issued_at = now(), issued_on = app.today(), issued_by = app.me(),
		share_skipped = case when x.shared_at is null then _share_skipped end, criteria = app.cited(x.requirements),
		acknowledge_by = f.acknowledge_by, dispute_by = f.dispute_by, containment_due = f.containment_due,
		plan_due = f.plan_due, implementation_due = f.implementation_due, first_due = f.first_due
	where x.organisation = app.org() and x.id = f.id;
end
$$;
comment on function method.finding_issue is '{
	"doc": "Issue a finding: freezes criteria, condition and grade, notifies the auditee and starts the clocks.",
	"roles": ["auditor"], "access": "write", "result": "finding",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"share_skipped": {"doc": "Why it was not shared for accuracy, where it was not."}},
	"version": true, "acts": "judges the work", "rules": ["app.competent_refusal(_r.audit, _r.part)"],
	"place": "app.team_refusal(_r.part, app.team_auditors())",
	"audit": ["fieldwork", "reporting"], "needs": "app.finding_issue_needs(_r)"}';

create or replace function app.finding_acknowledge_needs(_f app.finding) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return case when _f.grade = 'strength'
		then array[app.no('grade', 'finding.strength', '{}', jsonb_build_object('finding', _f.id))] end;
end
$$;

create or replace function method.finding_acknowledge(_finding app.finding) returns void
language plpgsql set search_path = '' as $$
begin
	update app.finding x set state = 'acknowledged', acknowledged_at = now(), acknowledged_by = app.me()
		where x.organisation = app.org() and x.id = _finding.id;
end
$$;
comment on function method.finding_acknowledge is '{
	"doc": "Acknowledge a finding on a function that you are responsible for.",
	"roles": ["auditee"], "access": "write", "result": "finding",
	"params": {"id": {"doc": "The finding."}, "version": {"doc": "The version that you saw."}},
	"version": true, "place": "app.answerer_refusal(_r)", "needs": "app.finding_acknowledge_needs(_r)"}';

create or replace function app.finding_answer_refusal(_f app.finding) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when _f.grade not in ('observation', 'opportunity')
		then app.no('grade', 'finding.answered_by_response', '{}',
		jsonb_build_object('finding', _f.id, 'grade', _f.grade)) end;
end
$$;

create or replace function method.finding_answer(_finding app.finding, _answer app.finding_answer,
	_reason app.prose default null) returns void
language plpgsql set search_path = '' as $$
begin
	if _answer = 'declined' and _reason is null then
		perform app.refuse_param('reason', 'param.reason_declined', '{}');
	end if;
	perform app.require_state(app.finding_state_today(_finding.state, _finding.acknowledge_by)::text,
		case when _answer = 'done' then '{accepted}' else '{issued,acknowledged}' end::text[]);
	update app.finding x set state = _answer::text::app.finding_state,
		answer_reason = coalesce(_reason, x.answer_reason),
		acknowledged_at = coalesce(x.acknowledged_at, now()), acknowledged_by = coalesce(x.acknowledged_by, app.me())
	where x.organisation = app.org() and x.id = _finding.id;
end
$$;
comment on function method.finding_answer is '{
	"doc": "Accept or decline an observation or an opportunity for improvement, or say that it is done.",
	"roles": ["auditee"], "access": "write", "result": "finding",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"answer": {"doc": "accepted, declined or done."},
		"reason": {"doc": "Why it is declined; or what was done."}},
	"version": true, "rules": ["app.answerer_refusal(_r)"], "place": "app.finding_answer_refusal(_r)"}';

create or replace function app.finding_dispute_refusal(_f app.finding) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	if (app.dispute_of(_f.id)).id is not null then
		return app.no('disputed_once', 'dispute.once', '{}', jsonb_build_object('finding', _f.id));
	elsif _f.dispute_by < app.today() then
		return app.no('dispute_time', 'dispute.until', jsonb_build_object('until', _f.dispute_by),
			jsonb_build_object('until', _f.dispute_by));
	end if;
	return null;
end
$$;

create or replace function method.finding_dispute(_finding app.finding, _reason app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	insert into app.dispute (organisation, finding, reason, decide_by)
	select app.org(), _finding.id, _reason, app.today() + o.dispute_days from app.organisation o where o.id = app.org();
	update app.finding x set state = 'disputed', paused_on = app.today() where x.organisation = app.org()
		and x.id = _finding.id;
end
$$;
comment on function method.finding_dispute is '{
	"doc": "Dispute a finding, once and within the time set. It is decided by somebody who did not raise it (S11); '
		'containment runs on, the other clocks stand still.",
	"roles": ["auditee"], "access": "write", "result": "finding", "version": true,
	"rules": ["app.answerer_refusal(_r)"],
	"place": "app.finding_dispute_refusal(_r)",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"reason": {"doc": "Why."}}}';

create or replace function app.require_auditor(_person uuid, _say text) returns void
language plpgsql stable set search_path = '' as $$
begin
	if not app.auditor_today(_person) then
		perform app.refuse(app.no('auditor', _say, '{}', jsonb_build_object('person', _person)));
	end if;
end
$$;
comment on function app.require_auditor(uuid, text) is 'Refuses, in these words, who has not the auditor role today.';

-- Who verifies holds a competence for it (S12). Nobody verifies in an audit that they planned, staffed or safeguarded
-- (S4), or what they had a hand in (S5).
create or replace function app.refuse_verifier(_f app.finding, _person uuid) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.refuse_named(_f, _person);
	perform app.refuse_reasons(array(
		select r from app.reasons_against(_f.organisation, _f.audit, _f.part, _person, app.today()) r
			where r.rule = 'S4'
		union all select r from app.competence_reasons(_f.organisation, _f.audit, _person, 'auditor') r));
	perform app.refuse_all(array[app.s5_refusal('judge', _f.id, _person)]);
end
$$;

create or replace function app.verifier_namer_refusal(_f app.finding) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	if app.team_role(_f.part) is distinct from 'lead' and not app.i_have('administrator') then
		return app.no('place', 'place.name_verifier', '{}', jsonb_build_object('finding', _f.id));
	end if;
	return null;
end
$$;

-- needs more than the gate: the lead judges by it, an administrator arranges
create or replace function method.finding_name_verifier(_finding app.finding, _person uuid) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.require_auditor(_person, 'finding.verifier_no_auditor');
	if app.team_role(_finding.part) = 'lead' and not app.team(app.org(), _finding.part, _person) then
		perform app.refuse(app.no('team', 'finding.verifier_off_team', '{}', jsonb_build_object('person', _person)));
	end if;
	if app.i_have('administrator') then
		perform app.arranged(_finding.audit, app.me(), _finding.id);
	else
		perform app.acted('judge', app.me(), 'finding', _finding.id, null);
	end if;
	update app.finding x set verifier = _person where x.organisation = app.org() and x.id = _finding.id;
end
$$;
comment on function method.finding_name_verifier is '{
	"doc": "Name who verifies a nonconformity: under S1 and S5, and bound until it closes (S9). Who verifies never '
		'had a hand in the work.",
	"roles": ["auditor", "administrator"], "access": "write", "result": "finding", "version": true,
	"line": "app.lock_named(_r.id, _person)",
	"rules": ["case when app.i_have(''administrator'') then app.naming_refusal(_r, ''s4.names_verifier'') end"],
	"whom": "app.refuse_verifier(_r, _person)",
	"place": "app.verifier_namer_refusal(_r)",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"person": {"doc": "Who; the lead names somebody of the part''s team, an administrator any auditor."}}}';

create or replace function app.owed_finding(_organisation uuid, _ids uuid[]) returns setof app.owed
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select f.id, f.audit, 'finding.acknowledge', f.addressed, false, f.acknowledge_by, f.issued_at
	from app.finding f
	where f.organisation = _organisation and f.id = any (_ids) and f.state = 'issued' and f.grade <> 'strength'
	union all
	select f.id, f.audit, 'finding.answer', f.addressed, false, null::date, f.acknowledged_at
	from app.finding f
	where f.organisation = _organisation and f.id = any (_ids) and f.state in ('acknowledged', 'accepted')
		and f.grade in ('observation', 'opportunity')
	union all
	select f.id, f.audit, 'response.save', f.addressed, false, f.next_due, f.issued_at
	from app.finding f
	where f.organisation = _organisation and f.id = any (_ids) and f.grade in ('major', 'minor')
		and f.state in ('issued', 'acknowledged', 'plan_returned', 'not_effective')
		and not exists (select from app.response r where r.organisation = f.organisation and r.finding = f.id
			and r.state = 'draft')
	union all
	select f.id, f.audit, 'verification.record', coalesce(f.verifier, f.part), false, w.ripe, w.since
	from app.finding f cross join lateral (
		select max(a.judge_from) as ripe, coalesce(max(a.done_at), max(r.decided_at)) as since
		from app.response r left join app.action a on a.organisation = r.organisation and a.finding = r.finding
			and a.state = 'done'
		where r.organisation = f.organisation and r.finding = f.id) w
	where f.organisation = _organisation and f.id = any (_ids) and f.state = 'implemented'
	union all
	select f.id, f.audit, 'finding.review', f.part, false, null::date, coalesce(f.impaired_at, f.created_at)
	from app.finding f
	where f.organisation = _organisation and f.id = any (_ids) and (f.review_needed or f.impaired_at is not null)
		and f.reviewed_by is null and f.state not in ('withdrawn', 'closed')
	union all
	select f.id, f.audit, 'finding.sign', coalesce(f.signer, f.part), false, null::date, g.created_at
	from app.finding f join app.grading g on g.organisation = f.organisation and g.finding = f.id
		and g.state = 'pending'
	where f.organisation = _organisation and f.id = any (_ids);
end
$$;
comment on function app.owed_finding(uuid, uuid[]) is
	'Issued, a finding waits for its auditee; implemented, for who verifies; a review or a second signature for the '
	'team or who is named.';
create trigger owes after insert or update on app.finding for each row
	when (new.issued_at is not null or new.review_needed or new.impaired_at is not null)
	execute function app.owes('finding');
create trigger owes after insert or update of state on app.grading for each row when (new.phase = 'issued')
	execute function app.owes('finding', 'finding');

-- With its state, its running date or its decider changes what is owed of its plan and its dispute.
create or replace function app.owes_on_finding() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	perform app.owe('response', new.organisation, array(select r.id from app.response r
		where r.organisation = new.organisation and r.finding = new.id and r.state in ('draft', 'submitted')));
	perform app.owe('dispute', new.organisation, array(select d.id from app.dispute d
		where d.organisation = new.organisation and d.finding = new.id));
	return null;
end
$$;
create trigger owes_on_finding after update on app.finding for each row
	when (new.issued_at is not null and (old.state <> new.state or old.next_due is distinct from new.next_due
		or old.decider is distinct from new.decider)) execute function app.owes_on_finding();
