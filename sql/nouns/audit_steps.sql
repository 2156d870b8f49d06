-- The steps of an audit from prepared to closed, each with what it asks for.

create or replace function app.audit_move(_audit uuid, _state text) returns void
language plpgsql security definer set search_path = '' as $$
begin
	update app.audit a set state = _state,
		prepared_at = case _state when 'prepared' then now() else a.prepared_at end,
		fieldwork_at = case _state when 'fieldwork' then now() else a.fieldwork_at end,
		reporting_at = case _state when 'reporting' then now() else a.reporting_at end,
		released_at = case _state when 'released' then now() else a.released_at end,
		closed_at = case _state when 'closed' then now() else a.closed_at end,
		cancelled_at = case _state when 'cancelled' then now() else a.cancelled_at end,
		ended_on = case when _state in ('closed', 'cancelled') then app.today() else a.ended_on end
	where a.organisation = app.org() and a.id = _audit;
end
$$;
comment on function app.audit_move(uuid, text) is 'Moves an audit to its next state, and notes when.';

-- A lead's evaluation is recorded; a criterion is covered by somebody who joins.
create or replace function app.competence_needs(_audit app.audit) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return array(select app.reasons_refusal(array[row(r.rule, r.message, r.data || jsonb_build_object('verb',
			case r.data ->> 'missing' when 'lead' then 'competence.record' else 'assignment.assign' end))::app.reason])
		from app.uncovered_criteria(_audit.organisation, _audit.id) r);
end
$$;
comment on function app.competence_needs(app.audit) is 'What S12 misses in the team of an audit.';

create or replace function app.prepare_needs(_audit app.audit) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return app.competence_needs(_audit) || app.obstacles(
		app.waits_refusal(_audit.organisation, _audit.id, 'audit.waits'),
		app.no_list('declaration', 'audit.undeclared', 'persons',
			array(select to_jsonb(p) from app.undeclared(_audit.organisation, _audit.id) p), 'declaration.sign'),
		app.no_list('declaration', 'audit.unguarded', 'persons',
			array(select to_jsonb(p) from app.unguarded(_audit.organisation, _audit.id) p), 'safeguard.record'),
		app.no_list('confirmation', 'audit.unconfirmed', 'functions',
			array(select to_jsonb(f) from app.unconfirmed_functions(_audit.organisation, _audit.id) f),
			'confirmation.give'),
		app.no_list('plan', 'audit.plan_lacks', 'lacks', array_remove(array[
			case when _audit.sites = '{}' then app.say('plan.sites') end,
			case when _audit.methods = '{}' then app.say('plan.methods') end,
			case when _audit.timetable = '[]' then app.say('plan.timetable') end,
			case when _audit.scope is null then app.say('plan.scope') end,
			case when _audit.criteria is null then app.say('plan.criteria') end], null), 'audit.update'),
		app.no_list('plan', 'audit.plan_lacks', 'lacks', array_remove(array[
			case when _audit.plan_sent_at is null then app.say('plan.sent') end], null), 'audit.send_plan'));
end
$$;
comment on function app.prepare_needs(app.audit) is 'What stands between a planned audit and `prepared` (S7, S12).';

create or replace function method.audit_prepare(_audit app.audit) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.audit_move(_audit.id, 'prepared');
end
$$;
comment on function method.audit_prepare is '{
	"doc": "The lead declares the audit prepared: plan complete and sent, everyone declared, owners'' confirmations '
		'given, competence covers every criterion (S7, S12).",
	"roles": ["auditor"], "access": "write", "result": "audit", "version": true,
	"place": "app.lead_refusal(_r.id)",
	"needs": "app.prepare_needs(_r)",
	"acts": "judges",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}}}';

create or replace function method.audit_start_fieldwork(_audit app.audit, _opening_meeting app.meeting default null)
returns void language plpgsql set search_path = '' as $$
begin
	perform app.audit_move(_audit.id, 'fieldwork');
	update app.audit a set opening_meeting = _opening_meeting
	where a.organisation = app.org() and a.id = _audit.id and _opening_meeting is not null;
end
$$;
comment on function method.audit_start_fieldwork is '{
	"doc": "Starts fieldwork, on the first day that is planned or later (S1).",
	"roles": ["auditor"], "access": "write", "result": "audit", "version": true,
	"place": "app.lead_refusal(_r.id)",
	"needs": "app.obstacles(app.first_day_refusal(_r.starts_on, _r.id)) || app.competence_needs(_r)",
	"acts": "judges",
	"params": {
		"id": {"doc": "The audit."},
		"version": {"doc": "The version that was read."},
		"opening_meeting": {"doc": "When, and who was there."}}}';

-- A requirement of the plan has a check, or the call says why it is left without. Where it says so of one that is not
-- without, the call is wrong in itself, and the body refuses it.
create or replace function app.reporting_needs(_audit app.audit, _not_covered jsonb) returns app.refusal[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return (with unchecked as (
		select q.id, q.ref, q.framework, q.ordinal from app.audit_requirement r
		join app.requirement q on q.id = r.requirement
		where r.organisation = _audit.organisation and r.audit = _audit.id and r.not_covered is null
			and not exists (select from app.check c where c.organisation = r.organisation and c.audit = r.audit
				and c.requirement = r.requirement)),
	said as (
		select (x ->> 'requirement')::uuid as id from jsonb_array_elements(_not_covered) x)
	select app.obstacles(
		app.no_list('checks', 'audit.checks_open', 'checks', array(
			select app.say('audit.check', jsonb_build_object('number', c.number, 'ref', c.ref, 'function', c.function))
			from app.check c where c.organisation = _audit.organisation and c.audit = _audit.id and c.result is null
			order by c.number), 'check.record'),
		app.no_list('not_covered', 'audit.not_covered', 'refs', array(
			select to_jsonb(u.ref) from unchecked u where not exists (select from said s where s.id = u.id)
				and not exists (select from said s where s.id is null or s.id not in (select v.id from unchecked v))
			order by u.framework, u.ordinal), 'check.prepare')));
end
$$;
comment on function app.reporting_needs(app.audit, jsonb) is
	'What stands between an audit in fieldwork and `reporting`, but for requirements that are left without a check.';

create or replace function method.audit_start_reporting(_audit app.audit, _closing_meeting app.meeting default null,
	_obstacles app.prose default null, _not_covered jsonb default null) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.leave_uncovered(_audit.id, _not_covered);
	perform app.audit_move(_audit.id, 'reporting');
	update app.audit a set closing_meeting = coalesce(_closing_meeting, a.closing_meeting),
		obstacles = coalesce(_obstacles, a.obstacles)
	where a.organisation = app.org() and a.id = _audit.id;
end
$$;
comment on function method.audit_start_reporting is '{
	"doc": "Ends fieldwork: every check in scope has a result (not assessed is one, with its reason), and every '
		'requirement of the plan has a check, or a reason why it was left without.",
	"roles": ["auditor"], "access": "write", "result": "audit", "version": true,
	"place": "app.lead_refusal(_r.id)",
	"needs": "app.reporting_needs(_r, _not_covered)",
	"acts": "judges",
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
						"requirement": "uuid", "reason": "prose"}}}},
		"closing_meeting": {"doc": "When, and who was there."}}}';

create or replace function method.audit_conclude(_audit app.audit, _conclusion app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	update app.audit a set conclusion = _conclusion where a.organisation = app.org() and a.id = _audit.id;
end
$$;
comment on function method.audit_conclude is '{
	"doc": "The lead writes the audit conclusion: to what degree the criteria are fulfilled.",
	"roles": ["auditor"], "access": "write", "result": "audit", "version": true,
	"place": "app.lead_refusal(_r.id)",
	"acts": "judges",
	"params": {
		"id": {"doc": "The audit."},
		"version": {"doc": "The version that was read."},
		"conclusion": {"doc": "The conclusion."}}}';

create or replace function app.close_needs(_audit app.audit) returns app.refusal[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return app.obstacles(
		app.no_list('verifier', 'audit.no_verifier', 'findings', array(
			select to_jsonb(f.id) from app.finding f
			where f.organisation = _audit.organisation and f.audit = _audit.id and f.grade in ('major', 'minor')
				and f.issued_at is not null and f.state not in ('closed', 'withdrawn') and f.verifier is null
			order by f.number), 'finding.name_verifier'),
		(select app.no('revision', 'audit.revision_due', '{}', '{"count": 1, "verb": "release.report"}')
			where _audit.revision_due));
end
$$;
comment on function app.close_needs(app.audit) is 'What stands between a released audit and `closed` (S9).';

create or replace function method.audit_close(_audit app.audit) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.audit_move(_audit.id, 'closed');
end
$$;
comment on function method.audit_close is '{
	"doc": "Closes a released audit. Each nonconformity still open has its verifier, who stays bound until it closes '
		'(S9).",
	"roles": ["auditor"], "access": "write", "result": "audit", "version": true,
	"place": "app.lead_refusal(_r.id)",
	"needs": "app.close_needs(_r)",
	"acts": "judges",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}}}';

create or replace function method.audit_cancel(_audit app.audit, _reason app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	update app.audit a set cancel_reason = _reason where a.organisation = app.org() and a.id = _audit.id;
	perform app.audit_move(_audit.id, 'cancelled');
end
$$;
comment on function method.audit_cancel is '{
	"doc": "Cancels an audit before its release, with a reason. Not by who is responsible for a function in its scope '
		'(S4).",
	"roles": ["programme_manager", "administrator"], "access": "write", "result": "audit", "version": true,
	"line": "app.lock_team(_r.id, ''{}'')",
	"rules": ["app.arranger_refusal(_r.id)"],
	"acts": "arranges",
	"params": {
		"id": {"doc": "The audit."},
		"version": {"doc": "The version that was read."},
		"reason": {"doc": "Why."}}}';
