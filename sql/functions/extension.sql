-- Extensions: a later due date for an action, asked for by who does it and decided by somebody S5 allows. Counted; the first date stays.
set role ninetwo_owner;

create or replace trigger stamp before update on app.extension for each row execute function app.stamp();
create or replace trigger changed after insert or update on app.extension for each row execute function app.changed('extension');

create or replace function app.audience_extension(organisation uuid, id uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
	select f.readers from app.extension e join app.finding f on f.organisation = e.organisation and f.id = e.finding where e.organisation = $1 and e.id = $2
$$;

create or replace function app.derive_extension() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	perform app.hands(new.finding, array[new.asked_by]);
	if new.decided_by is not null then
		perform app.claim_add('S5', new.decided_by, new.finding, 'judges', daterange(null, null), new.finding);
	end if;
	return null;
end
$$;
create or replace trigger derive after insert or update on app.extension for each row execute function app.derive_extension();

set role ninetwo_api;

create view record.extension with (security_invoker = true) as
	select e.organisation, e.id, e.version, e.finding, e.action, e.state, e.due_before, e.until, e.reason, e.asked_by, e.decided_by, e.decided_at,
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

create function method.extension_get(id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.one('extension', id);
end
$$;
comment on function method.extension_get is $${
	"doc": "One extension.",
	"roles": ["member"], "access": "read",
	"params": {"id": {"doc": "The extension."}},
	"result": "extension"
}$$;

create function method.extension_list(finding uuid, sort text default null, "limit" int default null, after text default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.page('extension', app.branch('finding', array[finding]), '{}', 'created_at, until', sort, "limit", after);
end
$$;
comment on function method.extension_list is $${
	"doc": "The extensions asked for a finding's actions.",
	"roles": ["member"], "access": "read",
	"params": {
		"finding": {"doc": "The finding."},
		"sort": {"doc": "created_at or until; with - downwards."}
	},
	"result": "extension[]"
}$$;

create function method.extension_ask(action uuid, until date, reason text) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	a app.action;
	f app.finding;
	made constant uuid := app.uuid7();
begin
	a := app.action_for(action);
	f := app.action_finding(a);
	perform app.hands(f.id, array[app.me()]);
	perform app.require_off_team(f.audit, array[app.me()]);
	if a.owner <> app.me() and not f.addressed = any (app.my_functions()) then
		perform app.refuse('place', 'Whoever owns the action asks, or whoever is responsible for the function.', jsonb_build_object('action', action));
	end if;
	perform app.require_state(a.state::text, '{open,returned}');
	if until <= a.due or until < app.today() then
		perform app.refuse('until', format('It is due %s; ask for a later day.', a.due), jsonb_build_object('due', a.due));
	elsif exists (select from app.extension e where e.organisation = app.org() and e.action = action and e.state = 'asked') then
		perform app.refuse('asked', 'An extension of this action is asked for already.', jsonb_build_object('action', action));
	end if;
	insert into app.extension (organisation, id, finding, action, due_before, until, reason)
	values (app.org(), made, f.id, action, a.due, until, reason);
	return method.extension_get(made);
end
$$;
comment on function method.extension_ask is $${
	"doc": "Ask for a later due date of an accepted action.",
	"roles": ["auditee"], "access": "write",
	"params": {
		"action": {"doc": "The action."},
		"until": {"doc": "The new date."},
		"reason": {"doc": "Why."}
	},
	"result": "extension"
}$$;

create function method.extension_decide(id uuid, version int, granted bool, reason text) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	e app.extension;
	f app.finding;
begin
	select x.* into e from app.extension x where x.organisation = app.org() and x.id = id;
	if not found then
		perform app.refuse_not_found('extension');
	end if;
	f := app.finding_for(e.finding);
	select x.* into e from app.extension x where x.organisation = app.org() and x.id = id;
	perform app.judges(f.id);
	perform app.require_team(f.part, app.team_auditors(), 'S5');
	perform app.require_version(e.version, version);
	perform app.require_state(e.state, '{asked}');
	update app.extension x set state = case when granted then 'granted' else 'declined' end, decided_by = app.me(), decided_at = now(), decision_reason = reason
	where x.organisation = app.org() and x.id = id;
	if granted then
		update app.action a set due = e.until, extensions = a.extensions + 1 where a.organisation = app.org() and a.id = e.action;
		update app.finding x set implementation_due = greatest(x.implementation_due, e.until)
		where x.organisation = app.org() and x.id = f.id and x.implementation_due < e.until;
	end if;
	return method.extension_get(id);
end
$$;
comment on function method.extension_decide is $${
	"doc": "Grant or decline an extension. Refused to whoever had a hand in the work (S5).",
	"roles": ["auditor"], "access": "write",
	"params": {
		"id": {"doc": "The extension."},
		"version": {"doc": "The version that you saw."},
		"granted": {"doc": "Whether it is granted."},
		"reason": {"doc": "Why."}
	},
	"result": "extension"
}$$;
