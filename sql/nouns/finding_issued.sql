-- Findings from their issue on: acknowledged, answered, disputed, who verifies.

create or replace function method.finding_issue(_id uuid, _version int, _share_skipped text default null) returns jsonb
language plpgsql set search_path = '' as $$
declare
	f app.finding;
begin
	f := app.finding_for(_id);
	perform app.require_team(f.part, app.team_auditors());
	perform app.require_version(f.version, _version);
	perform app.require_state(f.state::text, '{draft,shared}');
	perform app.require_state((select a.state from app.audit a where a.organisation = app.org() and a.id = f.audit),
		'{fieldwork,reporting}');
	if f.grade is null then
		perform app.refuse('grade', 'It has no grade yet.', jsonb_build_object('finding', _id));
	elsif f.shared_at is null and coalesce(btrim(_share_skipped), '') = '' then
		perform app.refuse('accuracy', 'Share it for accuracy first, or say why not.',
			jsonb_build_object('finding', _id));
	elsif (f.review_needed or f.impaired_at is not null) and f.reviewed_by is null then
		perform app.refuse('review', 'An auditor of the team reviews it first.', jsonb_build_object('finding', _id));
	end if;
	f := app.start_clocks(f, app.today());
	update app.finding x set state = 'issued', issued_at = now(), issued_on = app.today(), issued_by = app.me(),
		share_skipped = case when x.shared_at is null then _share_skipped end, criteria = app.cited(x.requirements),
		acknowledge_by = f.acknowledge_by, dispute_by = f.dispute_by, containment_due = f.containment_due,
		plan_due = f.plan_due,
		implementation_due = f.implementation_due, first_due = f.first_due
	where x.organisation = app.org() and x.id = _id;
	return method.finding_get(_id);
end
$$;
comment on function method.finding_issue is '{
	"doc": "Issue a finding: freezes criteria, condition and grade, notifies the auditee and starts the clocks.",
	"roles": ["auditor"], "access": "write", "result": "finding",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"share_skipped": {"doc": "Why it was not shared for accuracy, where it was not."}}}';

create or replace function method.finding_acknowledge(_id uuid, _version int) returns jsonb
language plpgsql set search_path = '' as $$
declare
	f app.finding;
begin
	f := app.finding_for(_id);
	perform app.require_answerer(f);
	perform app.require_version(f.version, _version);
	perform app.require_state(f.state::text, '{issued}');
	if f.grade = 'strength' then
		perform app.refuse('grade', 'A strength asks for no answer.', jsonb_build_object('finding', _id));
	end if;
	update app.finding x set state = 'acknowledged', acknowledged_at = now(), acknowledged_by = app.me()
		where x.organisation = app.org() and x.id = _id;
	return method.finding_get(_id);
end
$$;
comment on function method.finding_acknowledge is '{
	"doc": "Acknowledge a finding on a function that you are responsible for.",
	"roles": ["auditee"], "access": "write", "result": "finding",
	"params": {"id": {"doc": "The finding."}, "version": {"doc": "The version that you saw."}}}';

create or replace function method.finding_answer(_id uuid, _version int, _answer app.finding_answer,
	_reason text default null) returns jsonb
language plpgsql set search_path = '' as $$
declare
	f app.finding;
begin
	if _answer = 'declined' and coalesce(btrim(_reason), '') = '' then
		perform app.refuse_param('reason', 'is needed where it is declined');
	end if;
	f := app.finding_for(_id);
	perform app.require_answerer(f);
	perform app.require_version(f.version, _version);
	if f.grade not in ('observation', 'opportunity') then
		perform app.refuse('grade', 'A nonconformity is answered by a response and its actions.',
			jsonb_build_object('finding', _id, 'grade', f.grade));
	end if;
	perform app.require_state(f.state::text, case when _answer = 'done' then '{accepted}'
		else '{issued,acknowledged}' end::text[]);
	update app.finding x set state = _answer::text::app.finding_state,
		answer_reason = coalesce(_reason, x.answer_reason),
		acknowledged_at = coalesce(x.acknowledged_at, now()), acknowledged_by = coalesce(x.acknowledged_by, app.me())
	where x.organisation = app.org() and x.id = _id;
	return method.finding_get(_id);
end
$$;
comment on function method.finding_answer is '{
	"doc": "Accept or decline an observation or an opportunity for improvement, or say that it is done.",
	"roles": ["auditee"], "access": "write", "result": "finding",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"answer": {"doc": "accepted, declined or done."},
		"reason": {"doc": "Why it is declined; or what was done."}}}';

create or replace function method.finding_dispute(_id uuid, _version int, _reason text) returns jsonb
language plpgsql set search_path = '' as $$
declare
	f app.finding;
begin
	f := app.finding_for(_id);
	perform app.require_answerer(f);
	perform app.require_version(f.version, _version);
	if exists (select from app.dispute d where d.organisation = app.org() and d.finding = _id) then
		perform app.refuse('disputed_once', 'A finding is disputed once.', jsonb_build_object('finding', _id));
	elsif f.dispute_by < app.today() then
		perform app.refuse('dispute_time', format('It could be disputed until %s.', f.dispute_by),
			jsonb_build_object('until', f.dispute_by));
	end if;
	perform app.require_state(app.finding_state_today(f.state, f.acknowledge_by)::text, '{issued}');
	insert into app.dispute (organisation, finding, reason, decide_by)
	select app.org(), _id, _reason, app.today() + o.dispute_days from app.organisation o where o.id = app.org();
	update app.finding x set state = 'disputed', paused_on = app.today() where x.organisation = app.org()
		and x.id = _id;
	return method.finding_get(_id);
end
$$;
comment on function method.finding_dispute is '{
	"doc": "Dispute a finding, once and within the time set. It is decided by somebody who did not raise it (S11); '
		'containment runs on, the other clocks stand still.",
	"roles": ["auditee"], "access": "write", "result": "finding",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"reason": {"doc": "Why."}}}';

create or replace function method.finding_name_verifier(_id uuid, _version int, _person uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
	f app.finding;
	mine app.team_role;
begin
	select x.* into f from app.finding x where x.organisation = app.org() and x.id = _id;
	if not found then
		perform app.refuse_not_found('finding');
	elsif not exists (select from app.enrolment e where e.organisation = app.org() and e.person = _person) then
		perform app.refuse_not_found('person');
	end if;
	-- in the order of locks: person, functions, audit, finding; refuses whom S1 refuses
	perform app.refuse_named(_id, f.audit, _person, f.functions);
	f := app.lock_finding(_id);
	if app.i_have('administrator')
		and exists (select from app.responsible_reasons(app.org(), app.me(), f.functions, f.audit)) then
		perform app.refuse_separation('S4',
			'You are responsible for a function that this is about and do not name its verifier.',
			jsonb_build_object('person', app.me(), 'finding', _id));
	end if;
	-- Who verifies holds a competence for it (S12). Nobody verifies in an audit that they planned, staffed or
	-- safeguarded; and whoever names one off the team has staffed it (S4).
	perform app.refuse_reasons(array(select (r.rule, r.message, r.data)::app.reason
		from (select * from app.reasons_against(app.org(), f.audit, f.part, _person, app.today()) x where x.rule = 'S4'
		union all select * from app.competence_reasons(app.org(), f.audit, _person, 'auditor')) r));
	if app.i_have('administrator') then
		perform app.arranged(f.audit, app.me());
	end if;
	perform app.refuse_reasons(array(select r from app.hand_reasons(_id, _person) r));
	mine := app.team_role(f.part);
	if mine is distinct from 'lead' and not app.i_have('administrator') then
		perform app.refuse('place', 'The lead of the audit names a verifier, or an administrator.',
			jsonb_build_object('finding', _id));
	end if;
	perform app.require_version(f.version, _version);
	perform app.require_state(f.state::text,
		'{issued,acknowledged,planned,plan_accepted,plan_returned,implemented,implementation_returned,not_effective}');
	if not app.auditor_today(_person) then
		perform app.refuse('auditor', 'A verifier has the auditor role.', jsonb_build_object('person', _person));
	elsif mine = 'lead' and not app.team(app.org(), f.part, _person) then
		perform app.refuse('team',
			'The lead names a lead or auditor of the part; somebody off the team is named by an administrator.',
			jsonb_build_object('person', _person));
	end if;
	update app.finding x set verifier = _person where x.organisation = app.org() and x.id = _id;
	return method.finding_get(_id);
end
$$;
comment on function method.finding_name_verifier is '{
	"doc": "Name who verifies a nonconformity: under S1 and S5, and bound until it closes (S9). Who verifies never '
		'had a hand in the work.",
	"roles": ["auditor", "administrator"], "access": "write", "result": "finding",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"person": {"doc": "Who; the lead names somebody of the part''s team, an administrator any auditor."}}}';
