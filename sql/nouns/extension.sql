-- Extensions: a later due date for an action, asked for by who does it and decided by somebody S5 allows. Counted; the
-- first date stays.

create trigger guard before update of state on app.extension for each row execute function app.guard_state('extension');
create trigger stamp before update on app.extension for each row execute function app.stamp();
create trigger changed after insert or update on app.extension for each row execute function app.changed('extension');

create view record.extension with (security_invoker = true) as
	select e.organisation, e.id, e.version, e.finding, e.action, e.state, e.due_before, e.until, e.reason, e.asked_by,
		e.decided_by, e.decided_at,
		e.decision_reason, e.impaired_at, e.created_at, e.updated_at
	from app.extension e;
comment on view record.extension is 'A later due date asked for an action.';
comment on column record.extension.finding is '!The finding.';
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

create or replace function method.extension_get(_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.one('extension', _id);
end
$$;
comment on function method.extension_get is '{
	"doc": "One extension.",
	"roles": ["member"], "access": "read", "result": "extension",
	"params": {"id": {"doc": "The extension."}}}';

create or replace function method.extension_list(_finding uuid, _sort text default null, _limit int default null,
	_after text default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.page('extension', app.branch('finding', array[_finding]), '{}', 'created_at, until', _sort, _limit,
		_after);
end
$$;
comment on function method.extension_list is '{
	"doc": "The extensions asked for a finding''s actions.",
	"roles": ["member"], "access": "read", "result": "extension[]",
	"params": {"finding": {"doc": "The finding."}, "sort": {"doc": "created_at or until; with - downwards."}}}';

create or replace function app.extension_ask_needs(_action app.action) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return app.obstacles(app.no_state(_action.state::text, '{open,returned}'),
		case when exists (select from app.extension e where e.organisation = app.org() and e.action = _action.id
				and e.state = 'asked') then
			app.no('asked', 'extension.asked', '{}', jsonb_build_object('action', _action.id)) end);
end
$$;

create or replace function method.extension_ask(_action app.action, _until date, _reason text) returns uuid
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

create or replace function method.extension_decide(_extension app.extension, _granted bool, _reason text) returns void
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
	select e.id, f.audit, 'extension.decide', f.part, false, e.due_before, e.created_at
	from app.extension e join app.finding f on f.organisation = e.organisation and f.id = e.finding
	where e.organisation = _organisation and e.id = any (_ids) and e.state = 'asked';
end
$$;
comment on function app.owed_extension(uuid, uuid[]) is
	'Who asked for a later date waits for the team, until the day that they ask to move.';
create trigger owes after insert or update on app.extension for each row execute function app.owes('extension');
