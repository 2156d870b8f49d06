-- The steps of an audit from prepared to closed, each with what it asks for.

create or replace function app.audit_move(_id uuid, _version int, _from_states text[], _to_state text,
	_closing_conclusion text default null) returns void
language plpgsql security definer set search_path = '' as $$
declare a app.audit;
begin
	a := app.lock_audit(_id);
	perform app.require_version(a.version, _version);
	if a.state <> all (_from_states) then perform app.refuse_state(a.state, _from_states); end if;
	update app.audit x set state = _to_state,
		prepared_at = case _to_state when 'prepared' then now() else x.prepared_at end,
		fieldwork_at = case _to_state when 'fieldwork' then now() else x.fieldwork_at end,
		reporting_at = case _to_state when 'reporting' then now() else x.reporting_at end,
		released_at = case _to_state when 'released' then now() else x.released_at end,
		closed_at = case _to_state when 'closed' then now() else x.closed_at end,
		cancelled_at = case _to_state when 'cancelled' then now() else x.cancelled_at end,
		ended_on = case when _to_state in ('closed', 'cancelled') then app.today() else x.ended_on end
	where x.organisation = app.org() and x.id = _id;
end
$$;
comment on function app.audit_move(uuid, int, text[], text, text) is
	'Moves an audit to its next state, or refuses a stale version or a wrong state.';

create or replace function method.audit_prepare(_id uuid, _version int) returns jsonb
language plpgsql as $$
declare
	a app.audit;
begin
	perform method.audit_get(_id);
	a := app.lock_audit(_id);
	perform app.place_lead(_id);
	perform app.refuse_reasons(array(select r from app.uncovered_criteria(app.org(), _id) r));
	perform app.require_version(a.version, _version);
	perform app.require_state(a.state, array['planned']);
	perform app.refuse_list('declaration', 'These team members have no valid declaration of independence (S7)',
		app.undeclared(app.org(), _id));
	perform app.refuse_list('confirmation', 'The owner has not confirmed who operates and monitors',
		app.unconfirmed_functions(app.org(), _id));
	perform app.refuse_list('plan', 'The plan lacks',
		array_remove(array[case when a.sites = '{}' then 'sites' end, case when a.methods = '{}' then 'methods' end,
		case when a.timetable = '[]' then 'a timetable' end, case when a.scope is null then 'the scope in words' end,
		case when a.criteria is null then 'the criteria in words' end,
		case when a.plan_sent_at is null then 'having been sent to the auditees' end], null));
	perform app.audit_move(_id, _version, array['planned'], 'prepared');
	return method.audit_get(_id);
end
$$;
comment on function method.audit_prepare(uuid, int) is '{
	"doc": "The lead declares the audit prepared: plan complete and sent, everyone declared, owners'' confirmations '
		'given, competence covers every criterion (S7, S12).",
	"roles": ["auditor"], "access": "write", "result": "audit",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}}}';

create or replace function method.audit_start_fieldwork(_id uuid, _version int, _opening_meeting jsonb default null)
returns jsonb language plpgsql as $$
begin
	perform method.audit_get(_id);
	perform app.lock_audit(_id);
	perform app.place_lead(_id);
	perform app.refuse_reasons(array(select r from app.uncovered_criteria(app.org(), _id) r));
	perform app.audit_move(_id, _version, array['prepared'], 'fieldwork');
	update app.audit x set opening_meeting = _opening_meeting where x.organisation = app.org() and x.id = _id
		and _opening_meeting is not null;
	return method.audit_get(_id);
end
$$;
comment on function method.audit_start_fieldwork(uuid, int, jsonb) is '{
	"doc": "Starts fieldwork.",
	"roles": ["auditor"], "access": "write", "result": "audit",
	"params": {
		"id": {"doc": "The audit."},
		"version": {"doc": "The version that was read."},
		"opening_meeting": {
			"doc": "When, and who was there.",
			"schema": {
				"type": "object", "required": ["on"], "additionalProperties": false,
				"properties": {
					"on": {"type": "string", "format": "date"},
					"present": {"type": "array", "maxItems": 200, "items": {"type": "string", "maxLength": 200}},
					"notes": {"type": "string", "maxLength": 20000}}}}}}';

create or replace function method.audit_start_reporting(_id uuid, _version int, _closing_meeting jsonb default null,
	_obstacles app.prose default null, _not_covered jsonb default null) returns jsonb
language plpgsql as $$
declare a app.audit;
begin
	perform method.audit_get(_id);
	a := app.lock_audit(_id);
	perform app.place_lead(_id);
	perform app.require_version(a.version, _version);
	perform app.require_state(a.state, array['fieldwork']);
	perform app.refuse_list('checks', 'These checks have no result yet', app.checks_without_result(_id));
	perform app.leave_uncovered(_id, _not_covered);
	perform app.refuse_list('not_covered',
		'These requirements of the plan have no check: prepare one for each, or say in not_covered why it is left '
		'without, which the report prints',
		app.requirements_without_check(_id));
	perform app.audit_move(_id, _version, array['fieldwork'], 'reporting');
	update app.audit x set closing_meeting = coalesce(_closing_meeting, x.closing_meeting),
		obstacles = coalesce(_obstacles, x.obstacles) where x.organisation = app.org() and x.id = _id;
	return method.audit_get(_id);
end
$$;
comment on function method.audit_start_reporting(uuid, int, jsonb, app.prose, jsonb) is '{
	"doc": "Ends fieldwork: every check in scope has a result (not assessed is one, with its reason), and every '
		'requirement of the plan has a check, or a reason why it was left without.",
	"roles": ["auditor"], "access": "write", "result": "audit",
	"params": {
		"id": {"doc": "The audit."},
		"version": {"doc": "The version that was read."},
		"obstacles": {"doc": "What stood in the way."},
		"not_covered": {
			"doc": "Requirements of the plan that are left without a check, and why; the report prints it.",
			"schema": {
				"type": "array", "maxItems": 500,
				"items": {
					"type": "object", "required": ["requirement", "reason"], "additionalProperties": false,
					"properties": {
						"requirement": {"type": "string", "format": "uuid"},
						"reason": {"type": "string", "minLength": 1, "maxLength": 20000}}}}},
		"closing_meeting": {
			"doc": "When, and who was there.",
			"schema": {
				"type": "object", "required": ["on"], "additionalProperties": false,
				"properties": {
					"on": {"type": "string", "format": "date"},
					"present": {"type": "array", "maxItems": 200, "items": {"type": "string", "maxLength": 200}},
					"notes": {"type": "string", "maxLength": 20000}}}}}}';

create or replace function method.audit_conclude(_id uuid, _version int, _conclusion app.prose) returns jsonb
language plpgsql as $$
declare a app.audit;
begin
	perform method.audit_get(_id);
	a := app.lock_audit(_id);
	perform app.place_lead(_id);
	perform app.require_version(a.version, _version);
	perform app.require_state(a.state, array['fieldwork', 'reporting']);
	update app.audit x set conclusion = _conclusion where x.organisation = app.org() and x.id = _id;
	return method.audit_get(_id);
end
$$;
comment on function method.audit_conclude(uuid, int, app.prose) is '{
	"doc": "The lead writes the audit conclusion: to what degree the criteria are fulfilled.",
	"roles": ["auditor"], "access": "write", "result": "audit",
	"params": {
		"id": {"doc": "The audit."},
		"version": {"doc": "The version that was read."},
		"conclusion": {"doc": "The conclusion."}}}';

create or replace function method.audit_close(_id uuid, _version int) returns jsonb
language plpgsql as $$
declare a app.audit;
begin
	perform method.audit_get(_id);
	a := app.lock_audit(_id);
	perform app.place_lead(_id);
	perform app.require_version(a.version, _version);
	perform app.require_state(a.state, array['released']);
	perform app.refuse_list('verifier', 'These nonconformities are open and have no verifier',
		app.findings_without_verifier(_id));
	perform app.refuse_list('revision', 'A fact came to light after the release',
		case when a.revision_due then array['the report is due for revision'] else '{}' end);
	perform app.audit_move(_id, _version, array['released'], 'closed');
	return method.audit_get(_id);
end
$$;
comment on function method.audit_close(uuid, int) is '{
	"doc": "Closes a released audit. Each nonconformity still open has its verifier, who stays bound until it closes '
		'(S9).",
	"roles": ["auditor"], "access": "write", "result": "audit",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}}}';

create or replace function method.audit_cancel(_id uuid, _version int, _reason app.prose) returns jsonb
language plpgsql as $$
declare
	a app.audit;
begin
	perform method.audit_get(_id);
	a := app.lock_team(_id, '{}');
	perform app.refuse_reasons(array(select r from app.s4_reasons(_id, '{}') r));
	perform app.require_version(a.version, _version);
	perform app.require_state(a.state, array['planned', 'prepared', 'fieldwork', 'reporting']);
	update app.audit x set cancel_reason = _reason where x.organisation = app.org() and x.id = _id;
	perform app.arranged(_id, app.me());
	perform app.audit_move(_id, _version + 1, array['planned', 'prepared', 'fieldwork', 'reporting'], 'cancelled');
	return method.audit_get(_id);
end
$$;
comment on function method.audit_cancel(uuid, int, app.prose) is '{
	"doc": "Cancels an audit before its release, with a reason. Not by who is responsible for a function in its scope '
		'(S4).",
	"roles": ["programme_manager", "administrator"], "access": "write", "result": "audit",
	"params": {
		"id": {"doc": "The audit."},
		"version": {"doc": "The version that was read."},
		"reason": {"doc": "Why."}}}';
