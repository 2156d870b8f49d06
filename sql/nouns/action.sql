-- Corrective actions: planned with a response, done by their owners, handed over, returned where the proof is poor.
-- Whoever ever owned one, did it or gave its proof judges nothing of the finding (S5).

create trigger stamp before update on app.action for each row execute function app.stamp();
create trigger changed after insert or update on app.action for each row execute function app.changed('action');
create trigger changed after insert on app.progress for each row execute function app.changed('progress');

-- Whether somebody may own an action of a finding: known here, off the team (S5), an auditee today.
create or replace function app.require_owner(_f app.finding, _owner uuid) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.hands(_f.id, array[_owner]);
	perform app.require_off_team(_f.audit, array[_owner]);
	if not app.auditee_today(_owner) then
		perform app.refuse('auditee', 'Who owns an action has the auditee role.', jsonb_build_object('person', _owner));
	end if;
end
$$;

-- What a write to an action begins with.
create or replace function app.action_for(_id uuid) returns app.action
language plpgsql set search_path = '' as $$
declare
	a app.action;
begin
	select x.* into a from app.action x where x.organisation = app.org() and x.id = _id;
	if not found then
		perform app.refuse_not_found('action');
	end if;
	perform app.finding_for(a.finding);
	select x.* into a from app.action x where x.organisation = app.org() and x.id = _id;
	return a;
end
$$;

create or replace function app.action_finding(_a app.action) returns app.finding
language sql stable set search_path = '' as $$
	select f from app.finding f where f.organisation = _a.organisation and f.id = _a.finding
$$;

create or replace function app.require_action_owner(_a app.action) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.hands(_a.finding, array[app.me()]);
	if _a.owner <> app.me() then
		perform app.refuse('place', 'This is for whoever owns the action.', jsonb_build_object('action', _a.id));
	end if;
end
$$;

-- An action is changed while a plan is being written, and by an accepted plan not at all.
create or replace function app.require_plan_open(_a app.action) returns void
language plpgsql stable set search_path = '' as $$
begin
	perform app.require_state(_a.state::text, '{planned,open,returned}');
	if not exists (select from app.response r where r.organisation = _a.organisation and r.finding = _a.finding
		and r.state = 'draft') then
		perform app.refuse('plan',
			'The plan is submitted or accepted; it is changed only by a new one (response.save begins it).',
			jsonb_build_object('action', _a.id));
	end if;
end
$$;

create view record.action with (security_invoker = true) as
	select a.organisation, a.id, a.version, a.reference, a.finding, a.audit, a.addressed, a.round, a.what, a.owner,
		app.person_name(a.organisation, a.owner) as owner_name,
		a.due, a.first_due, a.extensions, a.due < (select app.today())
			and a.state in ('planned', 'open', 'returned') as overdue,
		a.criterion, a.judge_from, a.state, a.percent, a.progress, a.proof,
		app.attached(a.organisation, a.id) as evidence,
		a.done_by, a.done_at, a.returned_by, a.return_reason, a.created_at, a.updated_at
	from app.action a;
comment on view record.action is 'A corrective action.';
comment on column record.action.reference is '!As IA-2026-01-F-03-A-1.';
comment on column record.action.finding is '!The finding behind it.';
comment on column record.action.audit is '!Its audit.';
comment on column record.action.addressed is '!The function that answers the finding.';
comment on column record.action.round is '!The round of the plan that it belongs to.';
comment on column record.action.what is '!What is to be done.';
comment on column record.action.owner is '!Who does it.';
comment on column record.action.owner_name is 'Their name.';
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
comment on column record.action.evidence is '{
	"doc": "The proof''s evidence.",
	"not_null": true,
	"schema": {
		"type": "array",
		"items": {
			"type": "object",
			"properties": {
				"evidence": {"type": "string", "format": "uuid"}, "title": {"type": "string"},
				"kind": {"type": "string"}, "supplied_by": {"type": "string", "format": "uuid"}}}}}';
comment on column record.action.done_by is 'Who did it.';
comment on column record.action.done_at is 'When.';
comment on column record.action.returned_by is 'Who returned it.';
comment on column record.action.return_reason is 'Why.';
comment on column record.action.created_at is '!When it was planned.';
comment on column record.action.updated_at is '!When it last changed.';

create or replace function method.action_get(_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.one('action', _id);
end
$$;
comment on function method.action_get is '{
	"doc": "One corrective action.",
	"roles": ["member"], "access": "read", "result": "action",
	"params": {"id": {"doc": "The action."}}}';

create or replace function method.action_list(_reference text default null, _finding uuid default null,
	_audit uuid default null, _owner uuid default null, _state app.action_state[] default null,
	_overdue bool default null, _sort text default null, _limit int default null, _after text default null)
	returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.page('action', case
			when _reference is not null then app.branch('id',
				array(select a.id from app.action a where a.organisation = app.org() and a.reference = _reference))
			when _finding is not null then app.branch('finding', array[_finding])
			when _owner is not null then app.branch('owner', array[_owner])
			when _audit is not null then app.branch('audit', array[_audit])
			when app.reads_audits() then null
			else app.branch('owner', array[app.me()]) || app.branch('audit', app.my_audits())
				|| app.branch('addressed', app.my_functions()) end,
		jsonb_build_object('audit', _audit, 'owner', _owner, 'state', to_jsonb(_state), 'overdue', _overdue),
		'due, reference', _sort, _limit, _after);
end
$$;
comment on function method.action_list is '{
	"doc": "The corrective actions that you may see.",
	"roles": ["member"], "access": "read", "result": "action[]",
	"params": {
		"reference": {"doc": "The one with this reference."},
		"finding": {"doc": "Of one finding."},
		"audit": {"doc": "Of one audit."},
		"owner": {"doc": "Owned by one person."},
		"state": {"doc": "In one of these states."},
		"overdue": {"doc": "Those that should be done by now, or those that need not."},
		"sort": {"doc": "due or reference; with - downwards."}}}';

create or replace function method.action_plan(_finding uuid, _what text, _owner uuid, _due date, _criterion text,
	_judge_from date) returns jsonb
language plpgsql set search_path = '' as $$
declare
	f app.finding;
	r app.response;
	n int;
	made constant uuid := app.uuid7();
begin
	f := app.finding_for(_finding);
	perform app.require_known(_owner);
	perform app.answering(f);
	perform app.require_owner(f, _owner);
	perform app.require_state(f.state::text, app.plannable());
	if _due < app.today() then
		perform app.refuse('due', 'It is due today or later.', jsonb_build_object('due', _due));
	end if;
	r := app.draft_response(f);
	n :=
		1 + coalesce((select max(a.number) from app.action a where a.organisation = app.org() and a.finding = _finding),
		0);
	insert into app.action (organisation, id, finding, audit, addressed, number, reference, round, what, owner, due,
		first_due, criterion, judge_from)
	values (app.org(), made, _finding, f.audit, f.addressed, n, format('%s-A-%s', f.reference, n), r.round, _what,
		_owner, _due, _due, _criterion, _judge_from);
	return method.action_get(made);
end
$$;
comment on function method.action_plan is '{
	"doc": "Plan a corrective action: part of the response that is being written; response.submit submits them '
		'together.",
	"roles": ["auditee"], "access": "write", "result": "action",
	"params": {
		"finding": {"doc": "The finding, on a function that you are responsible for."},
		"what": {"doc": "What is to be done to remove the cause."},
		"owner": {"doc": "Who does it: an auditee who is not on the audit''s team."},
		"due": {"doc": "By when."},
		"criterion": {"doc": "By what its effectiveness will be judged."},
		"judge_from": {"doc": "From which day it can be judged; may be today."}}}';

create or replace function method.action_change(_id uuid, _version int, _what text, _owner uuid, _due date,
	_criterion text, _judge_from date) returns jsonb
language plpgsql set search_path = '' as $$
declare
	a app.action;
	f app.finding;
begin
	a := app.action_for(_id);
	f := app.action_finding(a);
	perform app.require_known(_owner);
	perform app.answering(f);
	perform app.require_owner(f, _owner);
	perform app.require_version(a.version, _version);
	perform app.require_plan_open(a);
	if _due > a.due
		and (a.state <> 'planned'
		or exists (select from app.response r where r.organisation = app.org() and r.finding = a.finding
		and r.state = 'accepted' and r.decided_at >= a.created_at)) then
		perform app.refuse('extension', 'A later date of an accepted action is asked for by extension.ask.',
			jsonb_build_object('action', _id));
	end if;
	-- changed, it waits for the plan to be accepted again
	update app.action x set what = _what, owner = _owner, due = _due, criterion = _criterion, judge_from = _judge_from,
		state = 'planned',
		first_due = case when x.state = 'planned'
			and not exists (select from app.response r where r.organisation = app.org()
			and r.finding = x.finding and r.state in ('accepted', 'returned')) then _due else x.first_due end
	where x.organisation = app.org() and x.id = _id;
	return method.action_get(_id);
end
$$;
comment on function method.action_change is '{
	"doc": "Change a planned action while its plan is being written. Send everything that it shall hold.",
	"roles": ["auditee"], "access": "write", "result": "action",
	"params": {
		"id": {"doc": "The action."},
		"version": {"doc": "The version that you saw."},
		"what": {"doc": "What is to be done."},
		"owner": {"doc": "Who does it."},
		"due": {"doc": "By when."},
		"criterion": {"doc": "By what its effectiveness will be judged."},
		"judge_from": {"doc": "From which day it can be judged."}}}';

create or replace function method.action_drop(_id uuid, _version int, _reason text) returns jsonb
language plpgsql set search_path = '' as $$
declare
	a app.action;
begin
	a := app.action_for(_id);
	perform app.answering(app.action_finding(a));
	perform app.require_version(a.version, _version);
	perform app.require_plan_open(a);
	update app.action x set state = 'dropped', progress = _reason where x.organisation = app.org() and x.id = _id;
	return method.action_get(_id);
end
$$;
comment on function method.action_drop is '{
	"doc": "Take an action out of the plan that is being written. It stays readable.",
	"roles": ["auditee"], "access": "write", "result": "action",
	"params": {
		"id": {"doc": "The action."},
		"version": {"doc": "The version that you saw."},
		"reason": {"doc": "Why."}}}';

create or replace function method.action_progress(_id uuid, _version int, _percent int, _text text) returns jsonb
language plpgsql set search_path = '' as $$
declare
	a app.action;
begin
	if _percent not between 0 and 100 then
		perform app.refuse_param('percent', 'must be 0 to 100');
	end if;
	a := app.action_for(_id);
	perform app.require_action_owner(a);
	perform app.require_version(a.version, _version);
	perform app.require_state(a.state::text, '{open,returned}');
	insert into app.progress (organisation, action, finding, kind, percent, text)
		values (app.org(), _id, a.finding, 'progress', _percent, _text);
	update app.action x set percent = _percent, progress = _text where x.organisation = app.org() and x.id = _id;
	return method.action_get(_id);
end
$$;
comment on function method.action_progress is '{
	"doc": "Say how far an action of yours is.",
	"roles": ["auditee"], "access": "write", "result": "action",
	"params": {
		"id": {"doc": "The action."},
		"version": {"doc": "The version that you saw."},
		"percent": {"doc": "How far it is, 0 to 100."},
		"text": {"doc": "What was done."}}}';

create or replace function method.action_done(_id uuid, _version int, _proof text, _evidence uuid[] default null)
returns jsonb language plpgsql set search_path = '' as $$
declare
	a app.action;
	f app.finding;
begin
	a := app.action_for(_id);
	f := app.action_finding(a);
	perform app.require_action_owner(a);
	perform app.require_version(a.version, _version);
	perform app.require_state(a.state::text, '{open,returned}');
	perform app.require_state(f.state::text, '{plan_accepted,implementation_returned}');
	if exists (select from app.response r where r.organisation = app.org() and r.finding = a.finding
		and r.state = 'draft') then
		perform app.refuse('plan', 'A new plan is being written: it is submitted and accepted first (response.submit).',
			jsonb_build_object('action', _id));
	end if;
	perform app.attach_all(_evidence, 'action', _id, f.audit, f.part, null, f.id);
	insert into app.progress (organisation, action, finding, kind, percent, text)
		values (app.org(), _id, a.finding, 'done', 100, _proof);
	update app.action x set state = 'done', percent = 100, proof = _proof, done_by = app.me(), done_at = now()
	where x.organisation = app.org() and x.id = _id;
	if not exists (select from app.action x where x.organisation = app.org() and x.finding = a.finding
		and x.state in ('planned', 'open', 'returned')) then
		update app.finding x set state = 'implemented' where x.organisation = app.org() and x.id = a.finding;
	end if;
	return method.action_get(_id);
end
$$;
comment on function method.action_done is '{
	"doc": "Say that an action of yours is done, with its proof. When the last one is, the finding is implemented.",
	"roles": ["auditee"], "access": "write", "result": "action",
	"params": {
		"id": {"doc": "The action."},
		"version": {"doc": "The version that you saw."},
		"proof": {"doc": "What proves it."},
		"evidence": {"doc": "Evidence that proves it."}}}';

create or replace function method.action_return(_id uuid, _version int, _reason text) returns jsonb
language plpgsql set search_path = '' as $$
declare
	a app.action;
	f app.finding;
begin
	a := app.action_for(_id);
	f := app.action_finding(a);
	perform app.judges(f.id);
	perform app.require_team(f.part, app.team_auditors(), 'S5');
	perform app.require_version(a.version, _version);
	perform app.require_state(a.state::text, '{done}');
	perform app.require_state(f.state::text, '{plan_accepted,implemented,implementation_returned}');
	insert into app.progress (organisation, action, finding, kind, text)
		values (app.org(), _id, a.finding, 'returned', _reason);
	update app.action x set state = 'returned', returned_by = app.me(), return_reason = _reason
		where x.organisation = app.org() and x.id = _id;
	if f.state = 'implemented' then
		update app.finding x set state = 'implementation_returned' where x.organisation = app.org() and x.id = f.id;
	end if;
	return method.action_get(_id);
end
$$;
comment on function method.action_return is '{
	"doc": "Return an action whose proof is poor, saying what is missing.",
	"roles": ["auditor"], "access": "write", "result": "action",
	"params": {
		"id": {"doc": "The action."},
		"version": {"doc": "The version that you saw."},
		"reason": {"doc": "What is missing."}}}';

create or replace function method.action_hand_over(_id uuid, _version int, _owner uuid, _reason text) returns jsonb
language plpgsql set search_path = '' as $$
declare
	a app.action;
	f app.finding;
begin
	a := app.action_for(_id);
	f := app.action_finding(a);
	perform app.require_known(_owner);
	perform app.hands(f.id, array[app.me(), _owner]);
	perform app.require_off_team(f.audit, array[app.me(), _owner]);
	if a.owner <> app.me() and not f.addressed = any (app.my_functions()) then
		perform app.refuse('place',
			'Whoever owns the action hands it over, or whoever is responsible for the function.',
			jsonb_build_object('action', _id));
	end if;
	perform app.require_version(a.version, _version);
	perform app.require_state(a.state::text, '{planned,open,returned,done}');
	perform app.require_owner(f, _owner);
	if _owner = a.owner then
		perform app.refuse('owner', 'They own it already.', jsonb_build_object('action', _id));
	end if;
	insert into app.progress (organisation, action, finding, kind, text)
		values (app.org(), _id, a.finding, 'handed_over', _reason);
	update app.action x set owner = _owner where x.organisation = app.org() and x.id = _id;
	return method.action_get(_id);
end
$$;
comment on function method.action_hand_over is '{
	"doc": "Hand an action over. Whoever owned it at any time still judges nothing of the finding (S5).",
	"roles": ["auditee"], "access": "write", "result": "action",
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
		select coalesce(
		jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'person', p.person, 'name',
		app.person_name(p.organisation, p.person),
			'percent', p.percent, 'text', p.text, 'at', p.created_at) order by p.created_at, p.id), '[]')
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
