-- Responses: what the auditee says to a nonconformity, round by round; with its actions a response is the plan, which
-- the team accepts or returns. A new round takes along the actions that are not done.

create trigger guard before update of state on app.response for each row execute function app.guard_state('response');
create trigger stamp before update on app.response for each row execute function app.stamp();
create trigger changed after insert or update on app.response for each row execute function app.changed('response');

-- The place of who works on the answer to a nonconformity.
create or replace function app.answering_refusal(_f app.finding) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return app.first_of(app.answerer_refusal(_f), case when _f.grade not in ('major', 'minor') then
		app.no('grade', 'response.not_for_this', '{}', jsonb_build_object('finding', _f.id)) end);
end
$$;
comment on function app.answering_refusal(app.finding) is
	'What stands against the caller''s work on the response to a finding and its actions; or null.';

create or replace function app.plan_needs(_f app.finding) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return app.obstacles(app.no_state(_f.state::text, app.plannable()));
end
$$;

create or replace function app.plannable() returns text[]
language plpgsql immutable set search_path = '' as $$
begin
	return '{issued,acknowledged,disputed,plan_returned,plan_accepted,implementation_returned,not_effective}'::text[];
end
$$;

create or replace function app.draft_of(_f app.finding) returns app.response
language plpgsql stable set search_path = '' as $$
declare
	r app.response;
begin
	select * into r from app.response x where x.organisation = _f.organisation and x.finding = _f.id
		and x.state = 'draft';
	return r;
end
$$;
comment on function app.draft_of(app.finding) is
	'The response to a finding that is being written; empty where there is none.';

-- The response that is being written; a new round where there is none.
create or replace function app.draft_response(_f app.finding) returns app.response
language plpgsql set search_path = '' as $$
declare
	r app.response := app.draft_of(_f);
begin
	if r.id is null then
		insert into app.response as n (organisation, finding, round)
		select _f.organisation, _f.id,
			1 + coalesce((select max(x.round) from app.response x where x.organisation = _f.organisation
			and x.finding = _f.id), 0)
		returning n.* into r;
		update app.action a set round = r.round
		where a.organisation = _f.organisation and a.finding = _f.id and a.state in ('planned', 'open', 'returned');
	end if;
	return r;
end
$$;

create view record.response with (security_invoker = true) as
	select r.organisation, r.id, r.version, r.finding, r.audit, r.addressed,
		r.round, r.state, r.containment, r.contained_on,
		r.no_containment, r.correction, r.corrected_on,
		r.consequences, r.cause_method, r.root_cause, r.causes, r.extent, r.correction_only, r.changes, r.on_behalf_of,
		r.original,
		r.written_by, r.submitted_by, r.submitted_at, r.decided_by, r.decided_at, r.reason, r.impaired_at, r.created_at,
		r.updated_at
	from app.response r;
comment on view record.response is '{
	"doc": "What the auditee says to a nonconformity in one round; with its actions it is the plan.",
	"get": "One response.",
	"list": "The responses that you may see, round by round of each finding.",
	"sorts": "round, created_at",
	"walks": "finding, audit, function",
	"by": "state, audit, addressed",
	"all_for": "app.reads_audits()",
	"branches": {
		"written_by": "array[app.me()]",
		"audit": "app.my_audits()",
		"addressed": "app.my_functions()",
		"finding": "app.my_other_findings()"},
	"filters": {
		"finding": "Of this finding.",
		"audit": "Of this audit.",
		"function": {"doc": "Of findings that this function answers.", "column": "addressed"},
		"state": "In one of these states.",
		"written_by": "Begun by this person.",
		"open": {"doc": "Not decided yet, or decided.", "is": "w.state in (''draft'', ''submitted'')"},
		"mine": {"doc": "Begun by you, or by others.", "is": "w.written_by = (select app.me())"}}}';
comment on column record.response.finding is '!The finding.';
comment on column record.response.audit is '!The audit.';
comment on column record.response.addressed is
	'{"doc": "The function that answers the finding.", "not_null": true, "of": "function"}';
comment on column record.response.round is '!1 is the first plan; each later one is a new plan, accepted again.';
comment on column record.response.state is '!draft, submitted, accepted or returned.';
comment on column record.response.containment is 'What was done at once to stop the harm.';
comment on column record.response.contained_on is 'When.';
comment on column record.response.no_containment is 'Why containment is not applicable.';
comment on column record.response.correction is 'What was or will be done to put this instance right.';
comment on column record.response.corrected_on is 'When it was.';
comment on column record.response.consequences is 'How the consequences were dealt with.';
comment on column record.response.cause_method is 'How the cause was found.';
comment on column record.response.root_cause is 'The root cause.';
comment on column record.response.causes is 'The chain of whys, or the causes by category.';
comment on column record.response.extent is 'Where else the same exists or could.';
comment on column record.response.correction_only is 'Why a minor needs correction only.';
comment on column record.response.changes is
	'Whether ISMS, risk assessment or statement of applicability must change, and how.';
comment on column record.response.on_behalf_of is 'The supplier for which the internal owner recorded it.';
comment on column record.response.original is 'The supplier''s original, as evidence.';
comment on column record.response.written_by is '!Who began it.';
comment on column record.response.submitted_by is 'Who submitted it.';
comment on column record.response.submitted_at is 'When.';
comment on column record.response.decided_by is 'Who accepted or returned the plan; nobody who had a hand in it (S5).';
comment on column record.response.decided_at is 'When.';
comment on column record.response.reason is 'Why it was returned.';
comment on column record.response.impaired_at is 'When it became known that it was decided on under a conflict (S9).';
comment on column record.response.created_at is '!When it was begun.';
comment on column record.response.updated_at is '!When it last changed.';

-- needs more than the gate: the version that the call says is the draft's, where there is one
create or replace function method.response_save(_finding app.finding, _version int default null,
	_containment app.prose default null, _contained_on app.day default null, _no_containment app.prose default null,
	_correction app.prose default null, _corrected_on app.day default null, _consequences app.prose default null,
	_cause_method app.cause_method default null, _root_cause app.prose default null, _causes app.causes default null,
	_extent app.prose default null, _correction_only app.prose default null, _changes app.prose default null,
	_on_behalf_of uuid default null, _original uuid default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	r app.response := app.draft_of(_finding);
begin
	if r.id is not null then
		perform app.require_version(r.version, coalesce(_version, 0), r.id);
	end if;
	if _on_behalf_of is not null and _original is null then
		perform app.refuse_param('original', 'param.original', '{}');
	elsif _on_behalf_of is not null and app.party_name(app.org(), _on_behalf_of) is null then
		perform app.refuse_not_found('party');
	end if;
	r := app.draft_response(_finding);
	if _original is not null then
		perform app.attach_all(array[_original], 'response', r.id, _finding.audit, _finding.part, null, _finding.id);
	end if;
	update app.response x set containment = _containment, contained_on = _contained_on,
		no_containment = _no_containment, correction = _correction, corrected_on = _corrected_on,
		consequences = _consequences, cause_method = _cause_method, root_cause = _root_cause, causes = _causes,
		extent = _extent, correction_only = _correction_only, changes = _changes, on_behalf_of = _on_behalf_of,
		original = _original
	where x.organisation = app.org() and x.id = r.id;
	if coalesce(_containment, _no_containment) is not null and _finding.contained_at is null then
		update app.finding x set contained_at = now() where x.organisation = app.org() and x.id = _finding.id;
	end if;
	return r.id;
end
$$;
comment on function method.response_save is '{
	"doc": "Write the response to a nonconformity, step by step: containment first, it has the nearest date. Begins a '
		'new round where the last one was decided.",
	"roles": ["auditee"], "access": "write", "result": "response", "acts": "works",
	"place": "app.answering_refusal(_r)",
	"needs": "app.plan_needs(_r)",
	"of": "app.draft_of",
	"changes": ["containment", "contained_on", "no_containment", "correction", "corrected_on", "consequences",
		"cause_method", "root_cause", "causes", "extent", "correction_only", "changes", "on_behalf_of", "original"],
	"params": {
		"finding": {"doc": "The finding, on a function that you are responsible for."},
		"version": {"doc": "The version of the response that you saw; absent when you begin it."},
		"containment": {"doc": "What was done at once to stop the harm."},
		"contained_on": {"doc": "When."},
		"no_containment": {"doc": "Why containment is not applicable."},
		"correction": {"doc": "What was or will be done to put this instance right."},
		"corrected_on": {"doc": "When it was."},
		"consequences": {"doc": "How the consequences were dealt with."},
		"cause_method": {"doc": "How the cause was found."},
		"root_cause": {"doc": "The root cause."},
		"causes": {"doc": "The chain of whys, or the causes by category."},
		"extent": {"doc": "Where else the same exists or could."},
		"correction_only": {"doc": "Why a minor needs correction only, without cause and actions."},
		"changes": {"doc": "Whether ISMS, risk assessment or statement of applicability must change, and how."},
		"on_behalf_of": {"doc": "The supplier that never signs in, where you record its answer."},
		"original": {"doc": "That supplier''s original, as evidence."}}}';

-- What a plan lacks before it is submitted.
create or replace function app.response_submit_needs(_response app.response) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
declare
	f constant app.finding := app.finding_of(_response.finding);
	data constant jsonb := jsonb_build_object('finding', f.id);
	only_correction constant bool := _response.correction_only is not null;
begin
	return app.obstacles(
		app.no_state(app.finding_state_today(f.state, f.acknowledge_by)::text,
			array_remove(app.plannable(), 'disputed')),
		case when f.grade = 'major' and coalesce(_response.containment, _response.no_containment) is null then
			app.no('containment', 'response.containment', '{}', data) end,
		case when _response.correction is null then
			app.no('correction', 'response.correction', '{}', data) end,
		case when only_correction and f.grade <> 'minor' then
			app.no('correction_only', 'response.correction_only', '{}', data) end,
		case when not only_correction and (_response.root_cause is null or _response.extent is null) then
			app.no('root_cause', 'response.root_cause', '{}', data) end,
		case when not only_correction and not exists (select from app.action a where a.organisation = app.org()
				and a.finding = f.id and a.round = _response.round and a.state in ('planned', 'open', 'returned')) then
			app.no('action', 'response.action', '{}', data) end);
end
$$;

create or replace function method.response_submit(_response app.response) returns void
language plpgsql set search_path = '' as $$
begin
	update app.response x set state = 'submitted', submitted_by = app.me(), submitted_at = now()
		where x.organisation = app.org() and x.id = _response.id;
	update app.finding x set state = 'planned', acknowledged_at = coalesce(x.acknowledged_at, now())
		where x.organisation = app.org() and x.id = _response.finding;
end
$$;
comment on function method.response_submit is '{
	"doc": "Submit the response with its actions as the plan, for the team to accept or return.",
	"roles": ["auditee"], "access": "write", "result": "response",
	"params": {"id": {"doc": "The response."}, "version": {"doc": "The version that you saw."}},
	"version": true, "acts": "works", "place": "app.answering_refusal(app.finding_of(_r.finding))",
	"needs": "app.response_submit_needs(_r)"}';

create or replace function app.decided_plan_needs(_finding uuid) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return app.obstacles(app.no_state((app.finding_of(_finding)).state::text, '{planned}'));
end
$$;

create or replace function method.response_accept(_response app.response) returns void
language plpgsql set search_path = '' as $$
begin
	update app.response x set state = 'accepted', decided_by = app.me(), decided_at = now()
		where x.organisation = app.org() and x.id = _response.id;
	update app.action a set state = 'open' where a.organisation = app.org() and a.finding = _response.finding
		and a.round = _response.round and a.state in ('planned', 'returned');
	update app.finding x set state = 'plan_accepted' where x.organisation = app.org() and x.id = _response.finding;
	if not exists (select from app.action a where a.organisation = app.org() and a.finding = _response.finding
		and a.state in ('planned', 'open', 'returned')) then
		-- correction only: nothing is left to do
		update app.finding x set state = 'implemented' where x.organisation = app.org() and x.id = _response.finding;
	end if;
end
$$;
comment on function method.response_accept is '{
	"doc": "Accept the plan. Refused to whoever owned an action, gave a proof, or wrote or approved the response (S5).",
	"roles": ["auditor"], "access": "write", "result": "response",
	"params": {"id": {"doc": "The response."}, "version": {"doc": "The version that you saw."}},
	"version": true, "acts": "judges the work", "place": "app.judging_refusal(_r.finding)",
	"needs": "app.decided_plan_needs(_r.finding)"}';

create or replace function method.response_return(_response app.response, _reason app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	update app.response x set state = 'returned', decided_by = app.me(), decided_at = now(), reason = _reason
		where x.organisation = app.org() and x.id = _response.id;
	update app.finding x set state = 'plan_returned' where x.organisation = app.org() and x.id = _response.finding;
end
$$;
comment on function method.response_return is '{
	"doc": "Return the plan with a reason; the auditee writes a new one.",
	"roles": ["auditor"], "access": "write", "result": "response",
	"params": {
		"id": {"doc": "The response."},
		"version": {"doc": "The version that you saw."},
		"reason": {"doc": "What is missing."}},
	"version": true, "acts": "judges the work", "place": "app.judging_refusal(_r.finding)",
	"needs": "app.decided_plan_needs(_r.finding)"}';

create or replace function app.owed_response(_organisation uuid, _ids uuid[]) returns setof app.owed
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select r.id, f.audit, 'response.submit', f.addressed, false, f.next_due, r.created_at
	from app.response r join app.finding f on f.organisation = r.organisation and f.id = r.finding
	where r.organisation = _organisation and r.id = any (_ids) and r.state = 'draft'
	union all
	select r.id, f.audit, 'response.accept', f.part, false, null::date, r.submitted_at
	from app.response r join app.finding f on f.organisation = r.organisation and f.id = r.finding
	where r.organisation = _organisation and r.id = any (_ids) and r.state = 'submitted' and f.state = 'planned';
end
$$;
comment on function app.owed_response(uuid, uuid[]) is
	'A plan that was begun waits for who answers the finding, a submitted one for the team.';
create trigger owes after insert or update on app.response for each row execute function app.owes('response');
create trigger owes_finding after insert or update on app.response for each row
	execute function app.owes('finding', 'finding');
