-- Extensions: a later due date for an action, asked for by who does it and decided by somebody S5 allows. Counted; the
-- first date stays.

create trigger guard before update of state on app.extension for each row execute function app.guard_state('extension');
create trigger stamp before update on app.extension for each row execute function app.stamp();
create trigger changed after insert or update on app.extension for each row execute function app.changed('extension');

create view record.extension with (security_invoker = true) as
	select e.organisation, e.id, e.version, e.finding, e.audit, e.addressed,
		e.action, e.state, e.due_before, e.until, e.reason, e.asked_by,
		e.decided_by, e.decided_at,
		e.decision_reason, e.impaired_at, e.created_at, e.updated_at
	from app.extension e;
comment on view record.extension is '{
	"doc": "A later due date asked for an action.",
	"get": "One extension.",
	"list": "The extensions that you may see.",
	"sorts": "created_at, until",
	"walks": "finding, audit, function",
	"by": "state, audit, addressed",
	"all_for": "app.reads_audits()",
	"branches": {
		"asked_by": "array[app.me()]",
		"audit": "app.my_audits()",
		"addressed": "app.my_functions()",
		"finding": "app.my_other_findings()"},
	"filters": {
		"finding": "Of this finding.",
		"audit": "Of this audit.",
		"function": {"doc": "Of findings that this function answers.", "column": "addressed"},
		"action": "Of this action.",
		"state": "In one of these states.",
		"asked_by": "Asked for by this person.",
		"open": {"doc": "Not decided yet, or decided.", "is": "w.state = ''asked''"}}}';
comment on column record.extension.finding is '!The finding.';
comment on column record.extension.audit is '!The audit.';
comment on column record.extension.addressed is
	'{"doc": "The function that answers the finding.", "not_null": true, "of": "function"}';
comment on column record.extension.action is '!The action.';
comment on column record.extension.state is '!asked, granted or declined.';
comment on column record.extension.due_before is '!When it was due as this was asked.';
comment on column record.extension.until is '!The date asked for.';
comment on column record.extension.reason is '!Why.';
comment on column record.extension.asked_by is '!Who asked.';
comment on column record.extension.decided_by is 'Who decided; nobody who had a hand in the work (S5).';
comment on column record.extension.decided_at is 'When.';
comment on column record.extension.decision_reason is 'Why it was decided so.';
comment on column record.extension.impaired_at is 'When it became known that it was decided under a conflict (S9).';
comment on column record.extension.created_at is '!When it was asked for.';
comment on column record.extension.updated_at is '!When it last changed.';

create or replace function app.extension_ask_needs(_action app.action) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return app.obstacles(app.no_state(_action.state::text, '{open,returned}'),
		case when exists (select from app.extension e where e.organisation = app.org() and e.action = _action.id
				and e.state = 'asked') then
			app.no('asked', 'extension.asked', '{}', jsonb_build_object('action', _action.id)) end);
end
$$;

create or replace function method.extension_ask(_action app.action, _until app.day, _reason app.prose) returns uuid
language plpgsql set search_path = '' as $$
declare
	made constant uuid := app.uuid7();
begin
	if _until <= _action.due or _until < app.today() then
		perform app.refuse(app.no('until', 'extension.until', jsonb_build_object('due', _action.due),
			jsonb_build_object('due', _action.due)));
	end if;
	insert into app.extension (organisation, id, finding, action, due_before, until, reason)
	values (app.org(), made, _action.finding, _action.id, _action.due, _until, _reason);
	return made;
end
$$;
comment on function method.extension_ask is '{
	"doc": "Ask for a later due date of an accepted action.",
	"roles": ["auditee"], "access": "write", "result": "extension", "acts": "works",
	"rules": ["app.off_team_refusal(_r.audit, app.me())"],
	"place": "app.action_answerer_refusal(_r, ''place.extension'')",
	"needs": "app.extension_ask_needs(_r)",
	"params": {"action": {"doc": "The action."}, "until": {"doc": "The new date."}, "reason": {"doc": "Why."}}}';

create or replace function method.extension_decide(_extension app.extension, _granted bool, _reason app.prose)
	returns void
language plpgsql set search_path = '' as $$
begin
	update app.extension x set state = case when _granted then 'granted' else 'declined' end, decided_by = app.me(),
		decided_at = now(), decision_reason = _reason
	where x.organisation = app.org() and x.id = _extension.id;
	if _granted then
		update app.action a set due = _extension.until, extensions = a.extensions + 1 where a.organisation = app.org()
			and a.id = _extension.action;
		update app.finding x set implementation_due = _extension.until
		where x.organisation = app.org() and x.id = _extension.finding and x.implementation_due < _extension.until;
	end if;
end
$$;
comment on function method.extension_decide is '{
	"doc": "Grant or decline an extension. Refused to whoever had a hand in the work (S5).",
	"roles": ["auditor"], "access": "write", "result": "extension", "version": true, "acts": "judges the work",
	"place": "app.judging_refusal(_r.finding)",
	"params": {
		"id": {"doc": "The extension."},
		"version": {"doc": "The version that you saw."},
		"granted": {"doc": "Whether it is granted."},
		"reason": {"doc": "Why."}}}';

create or replace function app.owed_extension(_organisation uuid, _ids uuid[]) returns setof app.owed
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select e.id, f.audit, 'extension.decide', f.part, false, e.due_before::date, e.created_at
	from app.extension e join app.finding f on f.organisation = e.organisation and f.id = e.finding
	where e.organisation = _organisation and e.id = any (_ids) and e.state = 'asked';
end
$$;
comment on function app.owed_extension(uuid, uuid[]) is
	'Who asked for a later date waits for the team, until the day that they ask to move.';
create trigger owes after insert or update on app.extension for each row execute function app.owes('extension');
