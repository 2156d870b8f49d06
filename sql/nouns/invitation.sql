-- One-time codes: how a person comes to a password of their own. An administrator or the operator of the machine asks
-- for one; no method returns it. The server makes it when it hands it to the delivery command, and gives the database
-- its digest. Whoever has taken over a server process can therefore use the codes that wait for delivery, and can ask
-- for none without an administrator's session. A code for who is of management is the operator's alone, and never
-- waits.

create trigger guard before update of state on auth.invitation for each row
	execute function app.guard_state('invitation');
create policy administrator on auth.invitation for select to ninetwo_api
	using (organisation = (select app.org()) and (select app.i_have('administrator')));

create or replace function app.invite_refusal(_person uuid) returns app.refusal
language plpgsql stable security definer set search_path = '' as $$
begin
	if exists (select from app.person p where p.id = _person and p.disabled_at is not null) then
		return app.no_record('person');
	elsif app.of_management(_person) then
		return app.no('management', 'invitation.management',
			jsonb_build_object('person', _person, 'person_email', _person), jsonb_build_object('person', _person));
	end if;
	return null;
end
$$;
comment on function app.invite_refusal(uuid) is
	'What stands against a code for a person that passes through the server: they are shut out, or of management.';
grant execute on function app.invite_refusal(uuid), app.refuse_all(app.refusal[]), app.guard_state(), app.transitions()
	to ninetwo_auth;

-- A new code for a person: asked for, or made by the operator (then its digest is known at once). Earlier ones are
-- void. Told are the person, the administrators of the organisation that asks (of every one that knows the person,
-- where the operator does), and the leads.
create or replace function auth.ask_invitation(_person uuid, _organisation uuid, _digest bytea default null)
returns uuid language plpgsql security definer set search_path = '' as $$
declare
	what constant text := case when exists (select from auth.credential c where c.person = _person) then 'reset'
		else 'invitation' end;
	told record;
	made uuid;
begin
	if _digest is null then
		perform app.refuse_all(array[app.invite_refusal(_person)]);
	end if;
	update auth.invitation i set state = 'replaced' where i.person = _person and i.state in ('waiting', 'sent');
	insert into auth.invitation as i (person, organisation, kind, state, digest, created_by, sent_at)
	values (_person, _organisation, what, case when _digest is null then 'waiting' else 'sent' end, _digest, app.me(),
		case when _digest is not null then now() end)
	returning i.id into made;
	for told in
		select e.organisation, array[_person] || coalesce(l.leads, '{}')
			|| case when _organisation is null
				or _organisation = e.organisation then array[app.role_token(e.organisation, 'administrator')]
				else '{}' end as tokens
		from app.enrolment e left join app.leads_over(_person) l on l.organisation = e.organisation
		where e.person = _person and (_organisation is null or _organisation = e.organisation or l.leads is not null)
		order by e.organisation
	loop
		perform ledger.record(case what when 'reset' then 'person.reset' else 'person.invited' end, _person, null,
			jsonb_build_object('invitation', made, 'by_operator', app.me() is null), told.tokens, told.organisation);
	end loop;
	return made;
end
$$;
grant execute on function auth.ask_invitation(uuid, uuid, bytea) to ninetwo_api, ninetwo_owner;

create or replace function auth.open_invitation(_code_digest bytea) returns auth.invitation
language plpgsql set search_path = '' as $$
declare
	i auth.invitation;
begin
	select q.* into i from auth.invitation q join app.person p on p.id = q.person
	where q.digest = _code_digest and q.state = 'sent' and q.expires_at > now() and p.disabled_at is null
	for update of q;
	if not found then
		perform app.refuse(app.no('code', 'invitation.not_valid'));
	elsif i.created_by is not null and app.of_management(i.person) then
		perform app.refuse(app.no('management', 'invitation.management_by_now'));
	end if;
	return i;
end
$$;

create or replace function api.code_challenge(code_digest bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	i constant auth.invitation := auth.open_invitation(code_challenge.code_digest);
begin
	return (select jsonb_build_object('kind', i.kind, 'name', p.name, 'email', p.email, 'expires_at', i.expires_at,
		'n', 32768, 'r', 8, 'p', 3)
		from app.person p where p.id = i.person);
end
$$;

-- Sets the password that the code is for, uses the code up, and ends whatever was signed in before.
create or replace function api.password_set(code_digest bytea, salt bytea, key bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	i constant auth.invitation := auth.open_invitation(password_set.code_digest);
begin
	perform auth.nobody();
	insert into auth.credential as c (person, salt, verifier)
		values (i.person, password_set.salt, sha256(password_set.key))
	on conflict (person) do update set salt = excluded.salt, verifier = excluded.verifier, n = 32768, r = 8, p = 3,
		set_at = now();
	update auth.invitation q set state = case when q.id = i.id then 'used' else 'replaced' end,
		used_at = case when q.id = i.id then now() end
	where q.person = i.person and q.state in ('waiting', 'sent');
	delete from auth.attempt a using app.person p where p.id = i.person and a.subject = auth.account_subject(p.email);
	perform auth.end_sessions(i.person, null, 'password');
	return (select jsonb_build_object('ok', true, 'person', p.id, 'email', p.email) from app.person p
		where p.id = i.person);
end
$$;

-- What waits to be delivered; each is held back for a while, so that two servers do not send the same, and then offered
-- again.
create or replace function api.delivery_take("limit" integer) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	taken jsonb;
begin
	with due as (
		select i.id from auth.invitation i where i.state = 'waiting' and i.try_at <= now() and i.expires_at > now()
			and not app.of_management(i.person)
		order by i.try_at limit least(greatest(delivery_take."limit", 1), 100) for update skip locked
	), taken as (
		update auth.invitation i set tries = i.tries + 1,
			try_at = now() + interval '1 minute' * power(2, least(i.tries, 6))
		from due where i.id = due.id returning i.*
	)
	select coalesce(jsonb_agg(jsonb_build_object('invitation', t.id, 'kind', t.kind, 'person', t.person, 'name', p.name,
		'email', p.email,
		'organisation', o.name, 'expires_at', t.expires_at)), '[]') into taken
	from taken t join app.person p on p.id = t.person and p.disabled_at is null
		left join app.organisation o on o.id = t.organisation;
	return taken;
end
$$;

create or replace function api.delivery_code(invitation uuid, code_digest bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
	update auth.invitation i set state = 'sent', digest = delivery_code.code_digest, sent_at = now(),
		expires_at = least(now() + interval '24 hours', i.created_at + interval '48 hours')
	where i.id = delivery_code.invitation and i.state = 'waiting' and i.created_by is not null and i.expires_at > now()
		and not app.of_management(i.person);
	if not found then
		perform app.refuse(app.no('code', 'invitation.not_waiting'));
	end if;
	return '{"ok": true}';
end
$$;

-- The delivery command failed: the code is void, and the invitation waits again. A code of the operator's is not the
-- server's to replace by one that it knows.
create or replace function api.delivery_failed(invitation uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
	update auth.invitation i set state = 'waiting', digest = null, sent_at = null
	where i.id = delivery_failed.invitation and i.state = 'sent' and i.created_by is not null;
	return jsonb_build_object('ok', found);
end
$$;

grant execute on function api.code_challenge(bytea), api.password_set(bytea, bytea, bytea), api.delivery_take(integer),
	api.delivery_code(uuid, bytea), api.delivery_failed(uuid) to ninetwo_server;

create view record.invitation with (security_invoker = true) as
	select i.id, i.organisation, i.person, i.kind,
		case when i.state in ('waiting', 'sent') and i.expires_at <= now() then 'expired' else i.state end as state,
		i.created_at, i.created_by, i.expires_at,
		i.sent_at, i.used_at
	from auth.invitation i;
comment on view record.invitation is '{
	"doc": "A one-time code asked for a person; the code itself goes to the person and is nowhere to be read.",
	"of": "auth.invitation",
	"roles": ["administrator"],
	"list": "The codes asked for in this organisation, the newest first. Never the codes themselves.",
	"sorts": "-created_at",
	"by": "state, kind",
	"all_for": "true",
	"columns": {
		"state": "case when w.state in (''waiting'', ''sent'') and w.expires_at <= now() then ''expired'' else '
			'w.state end"},
	"filters": {
		"person": "For this person.",
		"kind": "Of this kind.",
		"state": {
			"doc": "waiting, sent, used, replaced or expired.",
			"type": "text[]",
			"where": "case when w.state in (''waiting'', ''sent'') and w.expires_at <= now() then ''expired'' '
				'else w.state end = any (_state)"}}}';
comment on column record.invitation.person is '!For whom.';
comment on column record.invitation.kind is '!invitation: a first password. reset: another one.';
comment on column record.invitation.state is '!waiting, sent, used, replaced or expired.';
comment on column record.invitation.created_at is '!When it was asked for.';
comment on column record.invitation.created_by is 'Who asked; null: the operator of the machine.';
comment on column record.invitation.expires_at is '!Until when it may be used.';
comment on column record.invitation.sent_at is 'When it was handed over for delivery.';
comment on column record.invitation.used_at is 'When the person set their password with it.';

create or replace function method.person_invite(_person app.enrolment) returns uuid
language plpgsql set search_path = '' as $$
begin
	return auth.ask_invitation(_person.person, app.org());
end
$$;
comment on function method.person_invite is '{
	"doc": "Ask for a one-time code by which a person sets their own password. It goes to the person; nobody else '
		'sees it, and the leads of their open audits are told. For who is of management, here or in another '
		'organisation, the operator of the machine alone makes one (ninetwod invite).",
	"roles": ["administrator"], "access": "write", "result": "invitation",
	"place": "app.invite_refusal(_r.person)",
	"params": {"id": {"doc": "The person."}}}';

