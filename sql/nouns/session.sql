-- The sessions that a person has. One that is over stays in the list until it is swept, so that a person sees what
-- happened.

create view record.session with (security_invoker = true) as
	select s.id, s.agent, host(s.address) as address, s.created_at, s.seen_at, s.idle_until, s.expires_at, s.ended_at,
		s.ended_by,
		s.id::text = current_setting('ninetwo.session', true) as current
	from auth.session s where s.kind = 'session';
comment on view record.session is 'One signing-in of a person.';
comment on column record.session.agent is 'What the client calls itself.';
comment on column record.session.address is 'From where it was opened.';
comment on column record.session.created_at is '!When it was opened.';
comment on column record.session.seen_at is '!When it was last used, to the minute.';
comment on column record.session.idle_until is '!When it ends if it is not used before.';
comment on column record.session.expires_at is '!When it ends in any case.';
comment on column record.session.ended_at is 'When it was ended before that.';
comment on column record.session.ended_by is 'How: signed_out, revoked, password or disabled.';
comment on column record.session.current is '!The session that asks.';

create or replace function method.session_list() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return (
		select jsonb_build_object('items', coalesce(jsonb_agg(to_jsonb(s) order by s.created_at desc, s.id desc), '[]'),
		'after', null, 'partial', false)
	from (select * from record.session order by created_at desc, id desc limit 200) s);
end
$$;
comment on function method.session_list is '{
	"doc": "Your sessions, the newest first; the last 200.",
	"roles": ["signed_in"], "access": "read", "organisation": false, "result": "session[]"}';

create or replace function method.session_revoke(_id uuid) returns uuid
language plpgsql set search_path = '' as $$
begin
	perform auth.end_my_session(_id);
	return _id;
end
$$;
comment on function method.session_revoke is '{
	"doc": "End one of your sessions, wherever it is open.",
	"roles": ["signed_in"], "access": "write", "organisation": false, "result": "session",
	"params": {"id": {"doc": "The session."}}}';
