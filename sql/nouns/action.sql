-- Corrective actions: planned with a response, done by their owners, handed over, returned where the proof is poor.
-- Whoever ever owned one, did it or gave its proof judges nothing of the finding (S5).

create trigger guard before update of state on app.action for each row execute function app.guard_state('action');
create trigger stamp before update on app.action for each row execute function app.stamp();
create trigger changed after insert or update on app.action for each row execute function app.changed('action');
create trigger changed after insert on app.progress for each row execute function app.changed('progress');

-- Whom an action is not to be given to: somebody unknown, who judged the finding, or is on its team (S5).
create or replace function app.refuse_owner(_finding uuid, _owner uuid) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.require_known(_owner);
	perform app.refuse_all(array[app.first_of(app.s5_refusal('hand', _finding, _owner),
		app.off_team_refusal((app.finding_of(_finding)).audit, _owner))]);
end
$$;

create or replace function app.require_auditee(_person uuid) returns void
language plpgsql stable set search_path = '' as $$
begin
	if not app.auditee_today(_person) then
		perform app.refuse(app.no('auditee', 'action.owner_no_auditee', '{}', jsonb_build_object('person', _person)));
	end if;
end
$$;

create or replace function app.action_owner_refusal(_action app.action) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when _action.owner <> app.me()
		then app.no('place', 'place.action_owner', '{}', jsonb_build_object('action', _action.id)) end;
end
$$;

-- The place of who asks for a later date of an action or hands it over: its owner, or who answers the finding.
create or replace function app.action_answerer_refusal(_action app.action, _say text) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when _action.owner <> app.me() and not _action.addressed = any (app.my_functions())
		then app.no('place', _say, '{}', jsonb_build_object('action', _action.id)) end;
end
$$;

-- An action is changed while a plan is being written, and by an accepted plan not at all.
create or replace function app.open_plan_needs(_action app.action) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return case when not exists (select from app.response r where r.organisation = _action.organisation
		and r.finding = _action.finding and r.state = 'draft')
		then array[app.no('plan', 'action.plan_closed', '{}', jsonb_build_object('action', _action.id))] end;
end
$$;

create view app.called_action as select a.id, a.reference from app.action a where a.organisation = app.org();
grant select on app.called_action to ninetwo_api;

create view record.action with (security_invoker = true) as
	select a.organisation, a.id, a.version, a.reference, a.finding, a.audit, a.addressed, a.round, a.what, a.owner,
		a.due, a.first_due, a.extensions, a.due < (select app.today())
			and a.state in ('planned', 'open', 'returned') as overdue,
		a.criterion, a.judge_from, a.state, a.percent, a.progress, a.proof,
		app.attached(a.organisation, a.id) as evidence,
		a.done_by, a.done_at, a.returned_by, a.return_reason, a.created_at, a.updated_at
	from app.action a;
comment on view record.action is '{
	"doc": "A corrective action.",
	"get": "One corrective action.",
	"list": "The corrective actions that you may see.",
	"sorts": "due, reference=sort_key",
	"walks": "reference, finding, owner, audit, function",
	"q": "reference, what",
	"by": "state, owner, addressed",
	"all_for": "app.reads_audits()",
	"branches": {
		"owner": "array[app.me()]",
		"audit": "app.my_audits()",
		"addressed": "app.my_functions()",
		"finding": "app.my_other_findings()"},
	"columns": {
		"overdue": "w.due < (select app.today()) and w.state in (''planned'', ''open'', ''returned'')"},
	"filters": {
		"reference": "With one of these references.",
		"finding": "Of this finding.",
		"audit": "Of this audit.",
		"function": {"doc": "Of findings that this function answers.", "column": "addressed"},
		"owner": "Owned by this person.",
		"state": "In one of these states.",
		"open": {"doc": "Still to be done, or not.", "is": "w.state in (''planned'', ''open'', ''returned'')"},
		"mine": {"doc": "Yours, or those of others.", "is": "w.owner = (select app.me())"},
		"overdue": "Those that should be done by now, or those that need not.",
		"due_from": {"doc": "Due on this day or later.", "column": "due", "compare": ">="},
		"due_until": {"doc": "Due on this day or before.", "column": "due", "compare": "<="}}}';
comment on column record.action.reference is '!As IA-2026-01-F-03-A-1.';
comment on column record.action.finding is '!The finding behind it.';
comment on column record.action.audit is '!Its audit.';
comment on column record.action.addressed is
	'{"doc": "The function that answers the finding.", "not_null": true, "of": "function"}';
comment on column record.action.round is '!The round of the plan that it belongs to.';
comment on column record.action.what is '!What is to be done.';
comment on column record.action.owner is '{"doc": "Who does it.", "not_null": true, "of": "person"}';
comment on column record.action.due is '!By when.';
comment on column record.action.first_due is '!By when it was planned first; no extension hides it.';
comment on column record.action.extensions is '!How many extensions were granted.';
comment on column record.action.overdue is '!It should be done by now.';
comment on column record.action.criterion is '!By what its effectiveness is judged.';
comment on column record.action.judge_from is '!From which day it can be judged.';
comment on column record.action.state is '!planned, open (the plan is accepted), done, returned, dropped.';
comment on column record.action.percent is '!How far it is.';
comment on column record.action.progress is 'What was said about it last.';
comment on column record.action.proof is 'What proves that it is done.';
comment on column record.action.evidence is
	'{"doc": "The proof''s evidence.", "not_null": true, "schema": "attached"}';
comment on column record.action.done_by is 'Who did it.';
comment on column record.action.done_at is 'When.';
comment on column record.action.returned_by is 'Who returned it.';
comment on column record.action.return_reason is 'Why.';
comment on column record.action.created_at is '!When it was planned.';
comment on column record.action.updated_at is '!When it last changed.';

create or replace function method.action_plan(_finding app.finding, _what app.prose, _owner uuid, _due app.day,
	_criterion app.prose, _judge_from app.day) returns uuid
language plpgsql set search_path = '' as $$
declare
	r app.response;
	n int;
	made constant uuid := app.uuid7();
begin
	perform app.require_auditee(_owner);
	if _due < app.today() then
		perform app.refuse(app.no('due', 'action.due', '{}', jsonb_build_object('due', _due)));
	end if;
	r := app.draft_response(_finding);
	n := 1 + coalesce((select max(a.number) from app.action a where a.organisation = app.org()
		and a.finding = _finding.id), 0);
	insert into app.action (organisation, id, finding, audit, addressed, number, reference, round, what, owner, due,
		first_due, criterion, judge_from)
	values (app.org(), made, _finding.id, _finding.audit, _finding.addressed, n,
		format('%s-A-%s', _finding.reference, n), r.round, _what, _owner, _due, _due, _criterion, _judge_from);
	return made;
end
$$;
comment on function method.action_plan is '{
	"doc": "Plan a corrective action: part of the response that is being written; response.submit submits them '
		'together.",
	"roles": ["auditee"], "access": "write", "result": "action", "acts": "works",
	"rules": ["app.answering_refusal(_r)"],
	"whom": "app.refuse_owner(_r.id, _owner)",
	"needs": "app.plan_needs(_r)",
	"params": {
		"finding": {"doc": "The finding, on a function that you are responsible for."},
		"what": {"doc": "What is to be done to remove the cause."},
		"owner": {"doc": "Who does it: an auditee who is not on the audit''s team."},
		"due": {"doc": "By when."},
		"criterion": {"doc": "By what its effectiveness will be judged."},
		"judge_from": {"doc": "From which day it can be judged; may be today."}}}';

create or replace function method.action_change(_action app.action, _what app.prose, _owner uuid, _due app.day,
	_criterion app.prose, _judge_from app.day) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.require_auditee(_owner);
	if _due > _action.due and (_action.state <> 'planned' or exists (select from app.response r
			where r.organisation = app.org() and r.finding = _action.finding and r.state = 'accepted'
				and r.decided_at >= _action.created_at)) then
		perform app.refuse(app.no('extension', 'action.later', '{}', jsonb_build_object('action', _action.id)));
	end if;
	-- changed, it waits for the plan to be accepted again
	update app.action x set what = _what, owner = _owner, due = _due, criterion = _criterion, judge_from = _judge_from,
		state = 'planned',
		first_due = case when x.state = 'planned' and not exists (select from app.response r
			where r.organisation = app.org() and r.finding = x.finding and r.state in ('accepted', 'returned'))
			then _due else x.first_due end
	where x.organisation = app.org() and x.id = _action.id;
end
$$;
comment on function method.action_change is '{
	"doc": "Change a planned action while its plan is being written.",
	"roles": ["auditee"], "access": "write", "result": "action", "version": true, "acts": "works",
	"rules": ["app.answering_refusal(app.finding_of(_r.finding))"],
	"whom": "app.refuse_owner(_r.finding, coalesce(_owner, _r.owner))",
	"needs": "app.open_plan_needs(_r)",
	"changes": ["what", "owner", "due", "criterion", "judge_from"],
	"params": {
		"id": {"doc": "The action."},
		"version": {"doc": "The version that you saw."},
		"what": {"doc": "What is to be done."},
		"owner": {"doc": "Who does it."},
		"due": {"doc": "By when."},
		"criterion": {"doc": "By what its effectiveness will be judged."},
		"judge_from": {"doc": "From which day it can be judged."}}}';

create or replace function method.action_drop(_action app.action, _reason app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	update app.action x set state = 'dropped', progress = _reason where x.organisation = app.org()
		and x.id = _action.id;
end
$$;
comment on function method.action_drop is '{
	"doc": "Take an action out of the plan that is being written. It stays readable.",
	"roles": ["auditee"], "access": "write", "result": "action", "version": true, "acts": "works",
	"place": "app.answering_refusal(app.finding_of(_r.finding))",
	"needs": "app.open_plan_needs(_r)",
	"params": {
		"id": {"doc": "The action."},
		"version": {"doc": "The version that you saw."},
		"reason": {"doc": "Why."}}}';

create or replace function method.action_progress(_action app.action, _percent app.percentage, _text app.prose)
	returns void
language plpgsql set search_path = '' as $$
begin
	insert into app.progress (organisation, action, finding, kind, percent, text)
		values (app.org(), _action.id, _action.finding, 'progress', _percent, _text);
	update app.action x set percent = _percent, progress = _text where x.organisation = app.org()
		and x.id = _action.id;
end
$$;
comment on function method.action_progress is '{
	"doc": "Say how far an action of yours is.",
	"roles": ["auditee"], "access": "write", "result": "action", "version": true, "acts": "works",
	"place": "app.action_owner_refusal(_r)",
	"params": {
		"id": {"doc": "The action."},
		"version": {"doc": "The version that you saw."},
		"percent": {"doc": "How far it is, 0 to 100."},
		"text": {"doc": "What was done."}}}';

create or replace function app.action_done_needs(_action app.action) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return app.obstacles(
		app.no_state((app.finding_of(_action.finding)).state::text, '{plan_accepted,implementation_returned}'),
		case when exists (select from app.response r where r.organisation = app.org() and r.finding = _action.finding
				and r.state = 'draft') then
			app.no('plan', 'action.new_plan', '{}', jsonb_build_object('action', _action.id)) end);
end
$$;

create or replace function method.action_done(_action app.action, _proof app.prose, _evidence uuid[] default null)
returns void language plpgsql set search_path = '' as $$
begin
	perform app.attach_all(_evidence, 'action', _action.id, _action.audit, (app.finding_of(_action.finding)).part, null,
		_action.finding);
	insert into app.progress (organisation, action, finding, kind, percent, text)
		values (app.org(), _action.id, _action.finding, 'done', 100, _proof);
	update app.action x set state = 'done', percent = 100, proof = _proof, done_by = app.me(), done_at = now()
	where x.organisation = app.org() and x.id = _action.id;
	if not exists (select from app.action x where x.organisation = app.org() and x.finding = _action.finding
		and x.state in ('planned', 'open', 'returned')) then
		update app.finding x set state = 'implemented' where x.organisation = app.org() and x.id = _action.finding;
	end if;
end
$$;
comment on function method.action_done is '{
	"doc": "Say that an action of yours is done, with its proof. When the last one is, the finding is implemented.",
	"roles": ["auditee"], "access": "write", "result": "action", "version": true, "acts": "works",
	"place": "app.action_owner_refusal(_r)",
	"needs": "app.action_done_needs(_r)",
	"params": {
		"id": {"doc": "The action."},
		"version": {"doc": "The version that you saw."},
		"proof": {"doc": "What proves it."},
		"evidence": {"doc": "Evidence that proves it.", "schema": {"maxItems": 100}}}}';

create or replace function app.action_return_needs(_action app.action) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return app.obstacles(app.no_state((app.finding_of(_action.finding)).state::text,
		'{plan_accepted,implemented,implementation_returned}'));
end
$$;

create or replace function method.action_return(_action app.action, _reason app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	insert into app.progress (organisation, action, finding, kind, text)
		values (app.org(), _action.id, _action.finding, 'returned', _reason);
	update app.action x set state = 'returned', returned_by = app.me(), return_reason = _reason
		where x.organisation = app.org() and x.id = _action.id;
	update app.finding x set state = 'implementation_returned' where x.organisation = app.org()
		and x.id = _action.finding and x.state = 'implemented';
end
$$;
comment on function method.action_return is '{
	"doc": "Return an action whose proof is poor, saying what is missing.",
	"roles": ["auditor"], "access": "write", "result": "action", "version": true, "acts": "judges the work",
	"place": "app.judging_refusal(_r.finding)",
	"needs": "app.action_return_needs(_r)",
	"params": {
		"id": {"doc": "The action."},
		"version": {"doc": "The version that you saw."},
		"reason": {"doc": "What is missing."}}}';

create or replace function method.action_hand_over(_action app.action, _owner uuid, _reason app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.require_auditee(_owner);
	if _owner = _action.owner then
		perform app.refuse(app.no('owner', 'action.owned', '{}', jsonb_build_object('action', _action.id)));
	end if;
	insert into app.progress (organisation, action, finding, kind, text)
		values (app.org(), _action.id, _action.finding, 'handed_over', _reason);
	update app.action x set owner = _owner where x.organisation = app.org() and x.id = _action.id;
end
$$;
comment on function method.action_hand_over is '{
	"doc": "Hand an action over. Whoever owned it at any time still judges nothing of the finding (S5).",
	"roles": ["auditee"], "access": "write", "result": "action", "version": true, "acts": "works",
	"rules": ["app.off_team_refusal(_r.audit, app.me())"],
	"whom": "app.refuse_owner(_r.finding, _owner)",
	"place": "app.action_answerer_refusal(_r, ''place.hand_over'')",
	"params": {
		"id": {"doc": "The action."},
		"version": {"doc": "The version that you saw."},
		"owner": {"doc": "Who owns it from now on: an auditee who is not on the audit''s team."},
		"reason": {"doc": "Why."}}}';

create or replace function method.action_history(_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	perform method.action_get(_id);
	return (
		select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'person', p.person,
			'name', app.person_name(p.organisation, p.person), 'percent', p.percent, 'text', p.text,
			'at', p.created_at) order by p.created_at, p.id), '[]')
		from app.progress p where p.organisation = app.org() and p.action = _id);
end
$$;
comment on function method.action_history is '{
	"doc": "What was said about an action, by whom, in order.",
	"roles": ["member"], "access": "read",
	"result": {
		"type": "array",
		"items": {
			"type": "object",
			"properties": {
				"id": {"type": "string", "format": "uuid"}, "kind": {"type": "string"},
				"person": {"type": "string", "format": "uuid"}, "name": {"type": ["string", "null"]},
				"percent": {"type": ["integer", "null"]}, "text": {"type": "string"},
				"at": {"type": "string", "format": "date-time"}},
			"additionalProperties": false}},
	"params": {"id": {"doc": "The action."}}}';

create or replace function app.owed_action(_organisation uuid, _ids uuid[]) returns setof app.owed
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select a.id, a.audit, 'action.done', a.owner, false, a.due::date, a.created_at
	from app.action a
	where a.organisation = _organisation and a.id = any (_ids) and a.state in ('open', 'returned');
end
$$;
comment on function app.owed_action(uuid, uuid[]) is 'An action waits for its owner.';
create trigger owes after insert or update on app.action for each row execute function app.owes('action');
