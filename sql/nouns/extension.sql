-- Extensions: a later due date for an action, asked for by who does it and decided by somebody S5 allows. Counted; the
-- first date stays.

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

create or replace function method.extension_ask(_action uuid, _until date, _reason text) returns jsonb
language plpgsql set search_path = '' as $$
declare
	a app.action;
	f app.finding;
	made constant uuid := app.uuid7();
begin
	a := app.action_for(_action);
	f := app.action_finding(a);
	perform app.hands(f.id, array[app.me()]);
	perform app.require_off_team(f.audit, array[app.me()]);
	if a.owner <> app.me() and not f.addressed = any (app.my_functions()) then
		perform app.refuse('place', 'Whoever owns the action asks, or whoever is responsible for the function.',
			jsonb_build_object('action', _action));
	end if;
	perform app.require_state(a.state::text, '{open,returned}');
	if _until <= a.due or _until < app.today() then
		perform app.refuse('until', format('It is due %s; ask for a later day.', a.due),
			jsonb_build_object('due', a.due));
	elsif exists (select from app.extension e where e.organisation = app.org() and e.action = _action
		and e.state = 'asked') then
		perform app.refuse('asked', 'An extension of this action is asked for already.',
			jsonb_build_object('action', _action));
	end if;
	insert into app.extension (organisation, id, finding, action, due_before, until, reason)
	values (app.org(), made, f.id, _action, a.due, _until, _reason);
	return method.extension_get(made);
end
$$;
comment on function method.extension_ask is '{
	"doc": "Ask for a later due date of an accepted action.",
	"roles": ["auditee"], "access": "write", "result": "extension",
	"params": {"action": {"doc": "The action."}, "until": {"doc": "The new date."}, "reason": {"doc": "Why."}}}';

create or replace function method.extension_decide(_id uuid, _version int, _granted bool, _reason text) returns jsonb
language plpgsql set search_path = '' as $$
declare
	e app.extension;
	f app.finding;
begin
	select x.* into e from app.extension x where x.organisation = app.org() and x.id = _id;
	if not found then
		perform app.refuse_not_found('extension');
	end if;
	f := app.finding_for(e.finding);
	select x.* into e from app.extension x where x.organisation = app.org() and x.id = _id;
	perform app.judges(f.id);
	perform app.require_team(f.part, app.team_auditors(), 'S5');
	perform app.require_version(e.version, _version);
	perform app.require_state(e.state, '{asked}');
	update app.extension x set state = case when _granted then 'granted' else 'declined' end, decided_by = app.me(),
		decided_at = now(), decision_reason = _reason
	where x.organisation = app.org() and x.id = _id;
	if _granted then
		update app.action a set due = e.until, extensions = a.extensions + 1 where a.organisation = app.org()
			and a.id = e.action;
		update app.finding x set implementation_due = greatest(x.implementation_due, e.until)
		where x.organisation = app.org() and x.id = f.id and x.implementation_due < e.until;
	end if;
	return method.extension_get(_id);
end
$$;
comment on function method.extension_decide is '{
	"doc": "Grant or decline an extension. Refused to whoever had a hand in the work (S5).",
	"roles": ["auditor"], "access": "write", "result": "extension",
	"params": {
		"id": {"doc": "The extension."},
		"version": {"doc": "The version that you saw."},
		"granted": {"doc": "Whether it is granted."},
		"reason": {"doc": "Why."}}}';
