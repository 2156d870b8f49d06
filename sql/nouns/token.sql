-- Bearer tokens: what a person gives to a script so that it can call some of their methods until some day.

create view record.token with (security_invoker = true) as
	select s.id, s.name, s.scope, s.created_at, s.seen_at, s.expires_at, s.ended_at, s.ended_by
	from auth.session s where s.kind = 'token';
comment on view record.token is 'A bearer token of a person, for a script. Its secret is shown once, when it is made.';
comment on column record.token.name is '!What it is for.';
comment on column record.token.scope is
	'!What it may call: finding.* or finding.list, read (whatever only reads), or *.';
comment on column record.token.created_at is '!When it was made.';
comment on column record.token.seen_at is '!When it was last used, to the minute.';
comment on column record.token.expires_at is '!When it ends.';
comment on column record.token.ended_at is 'When it was ended before that.';
comment on column record.token.ended_by is 'How: revoked, password or disabled.';

create or replace function method.token_list() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return (
		select jsonb_build_object('items', coalesce(jsonb_agg(to_jsonb(t) order by t.created_at desc, t.id desc), '[]'),
		'after', null, 'partial', false)
	from (select * from record.token order by created_at desc, id desc limit 200) t);
end
$$;
comment on function method.token_list is '{
	"doc": "Your bearer tokens, the newest first; the last 200. Their secrets are not kept.",
	"roles": ["signed_in"], "access": "read", "organisation": false, "result": "token[]"}';

create or replace function method.token_create(_token_digest bytea, _name text, _scope text[], _expires_on date)
returns uuid language plpgsql set search_path = '' as $$
begin
	if _name is null or char_length(_name) not between 1 and 100 then
		perform app.refuse_param('name', 'param.token_name', '{}');
	elsif coalesce(cardinality(_scope), 0) not between 1 and 50 or exists (
			select from unnest(_scope) s where s is null or s !~ '^(\*|read|[a-z]+\.(\*|[a-z_]+))$') then
		perform app.refuse_param('scope', 'param.scope', '{}');
	elsif _expires_on is null or _expires_on not between app.today() and app.today() + 366 then
		perform app.refuse_param('expires_on', 'param.expires_on', '{}');
	end if;
	return auth.add_token(_token_digest, _name, _scope, _expires_on);
end
$$;
comment on function method.token_create is '{
	"doc": "Make a bearer token for a script; the answer shows its secret, once.",
	"roles": ["signed_in"], "access": "write", "organisation": false, "secret": true, "wire": false,
	"result": "token",
	"params": {
		"token_digest": {"doc": "SHA-256 of the secret, which the server makes."},
		"name": {"doc": "What it is for."},
		"scope": {"doc": "What it may call: finding.* or finding.list, read (whatever only reads), or *."},
		"expires_on": {"doc": "Its last day, within a year."}}}';

create or replace function method.token_revoke(_id uuid) returns uuid
language plpgsql set search_path = '' as $$
begin
	if not exists (select from record.token t where t.id = _id) then
		perform app.refuse_not_found('token');
	end if;
	perform auth.end_my_session(_id);
	return _id;
end
$$;
comment on function method.token_revoke is '{
	"doc": "End one of your bearer tokens.",
	"roles": ["signed_in"], "access": "write", "organisation": false, "result": "token",
	"params": {"id": {"doc": "The token."}}}';
