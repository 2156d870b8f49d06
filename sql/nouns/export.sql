-- Export: a list as a file, with the filters and the sort of the list: GET /export/<id>, made page by page, so that
-- nobody holds it whole.
--
-- export.begin keeps what is asked for and gives a ticket, as evidence.download_begin does: 32 random bytes, told once.
-- For each page the server (server/api/export.c) calls, on the read connections:
--
--   api.export_page(ticket bytea, export uuid, after text) returns jsonb
--     {"method": text, "columns": [text], "items": [record], "after": text or null}
--
-- `ticket` is the SHA-256 of the ticket, or of the token of the session that began: a browser has its cookie. The first
-- page is to be asked for within 15 minutes, the others as they come; `after` is what the page before said. Each page
-- is judged anew, as a call of the list would be: the session, its person, their roles, what they see. Whatever is
-- wrong with a ticket is N2001. operator.sweep_piece takes away what nobody can go on with.

create policy door on app.export for select to ninetwo_auth using (true);

-- A method that is a list within an organisation, as the description has it; null: there is none of this name.
create or replace function meta.list_entry(_method text) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return (
		select m from meta.description d, jsonb_array_elements(d.catalogue -> 'methods') m
		where m ->> 'name' = _method and m ->> 'access' = 'read' and (m ->> 'organisation')::boolean
			and m #> '{result,properties}' ? 'after' and m #>> '{result,properties,items,items,$ref}' is not null);
end
$$;

-- The fields of what a list holds, in order.
create or replace function meta.list_fields(_entry jsonb) returns text[]
language plpgsql stable set search_path = '' as $$
begin
	return array(
		select jsonb_array_elements_text(d.catalogue #> array['schemas',
			split_part(_entry #>> '{result,properties,items,items,$ref}', '/', 4), 'required'])
		from meta.description d);
end
$$;

create or replace function meta.require_list(_entry jsonb) returns void
language plpgsql stable set search_path = '' as $$
declare
	roles constant text[] := array(select jsonb_array_elements_text(_entry -> 'roles'));
begin
	if not (app.my_roles() && roles or ('member' = any (roles) and app.my_roles() <> '{}')) then
		perform app.refuse_forbidden(roles);
	end if;
	perform auth.require_scope(_entry ->> 'name', _entry ->> 'access');
end
$$;
comment on function meta.require_list(jsonb) is 'Refuses whoever may not call this list.';

-- A page of a list, by its name.
create or replace function meta.listed(_method text, _params jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	page jsonb;
begin
	execute meta.call_from_json(_method, _params) into page using _params;
	return page;
end
$$;

create or replace function app.export_issue(_method text, _params jsonb, _columns text[]) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	secret constant bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
	made app.export;
begin
	insert into app.export (digest, organisation, session, person, method, params, columns, expires_at)
	values (sha256(secret), app.org(), current_setting('ninetwo.session')::uuid, app.me(), _method, _params, _columns,
		now() + interval '15 minutes') returning * into made;
	return jsonb_build_object('id', made.id, 'ticket', translate(encode(secret, 'base64'), '+/=', '-_'),
		'expires_at', made.expires_at);
end
$$;
comment on function app.export_issue(text, jsonb, text[]) is
	'A ticket for the caller''s session; its digest is kept, the secret is told once.';

-- A session lasts twelve hours, and none of its exports longer.
create or replace function app.export_sweep(_at_most int) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
	removed bigint;
begin
	delete from app.export t
		where t.ctid = any (array(select x.ctid from app.export x where x.expires_at < now() - interval '12 hours'
		limit _at_most for update skip locked));
	get diagnostics removed = row_count;
	return removed;
end
$$;
comment on function app.export_sweep(int) is 'Removes exports that nobody can go on with; how many.';
revoke execute on function app.export_sweep(int) from ninetwo_api;

create or replace function method.export_begin(_method text, _params jsonb default null, _columns text[] default null)
returns jsonb
language plpgsql set search_path = '' as $$
declare
	entry constant jsonb := meta.list_entry(_method);
	asked constant jsonb := coalesce(_params, '{}') - '{organisation,limit,after}'::text[];
	fields constant text[] := meta.list_fields(entry);
	chosen constant text[] := coalesce(nullif(_columns, '{}'), fields);
begin
	if entry is null then
		perform app.refuse_param('method', 'param.list', '{}');
	end if;
	perform meta.require_list(entry);
	if not chosen <@ fields then
		perform app.refuse_param('columns', 'param.columns', jsonb_build_object('columns', to_jsonb(fields), 'unknown',
			(select c from unnest(chosen) c where c <> all (fields) limit 1)));
	end if;
	perform app.refuse_params((select coalesce(jsonb_agg(o || jsonb_build_object('name',
		format('params.%s', o ->> 'name'))), '[]') from jsonb_array_elements(meta.misfits(entry, asked)) o));
	perform meta.listed(_method, asked || '{"limit": 1}');
	return app.export_issue(_method, asked, chosen);
end
$$;
comment on function method.export_begin is '{
	"doc": "Begin to fetch a list as CSV, whole: the ticket in the reply is for GET /export/<id>.",
	"roles": ["member"], "access": "recorded", "secret": true,
	"result": {
		"type": "object",
		"properties": {
			"id": {"type": "string", "format": "uuid"}, "ticket": {"type": "string"},
			"expires_at": {"type": "string", "format": "date-time",
				"description": "By when it is to have begun."}},
		"required": ["id", "ticket", "expires_at"], "additionalProperties": false},
	"params": {
		"method": {"doc": "The list, as finding.list."},
		"params": {"doc": "Its filters and its sort.", "schema": {"type": "object"}},
		"columns": {"doc": "The fields, in this order; all of them when left out."}}}';

-- What api.export_page is; meta.build makes it, as the methods'' role.
create or replace function meta.export_frame() returns text
language sql immutable set search_path = '' as $frame$
	select 'create or replace function api.export_page(ticket bytea, export uuid, after text) returns jsonb
language plpgsql security definer set search_path = '''' as $$
begin
	return meta.export_page(auth.enter_export(export_page.export, export_page.ticket, export_page.after is not null),
		export_page.after);
end
$$'
$frame$;

create or replace function meta.export_page(_of app.export, _after text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	page jsonb;
begin
	perform meta.require_list(coalesce(meta.list_entry(_of.method), '{"roles": []}'));
	page := meta.listed(_of.method, _of.params || jsonb_build_object('limit', 200)
		|| case when _after is null then '{}' else jsonb_build_object('after', _after) end);
	return jsonb_build_object('method', _of.method, 'columns', _of.columns, 'items', page -> 'items', 'after',
		page -> 'after');
end
$$;
comment on function meta.export_page(app.export, text) is
	'A page of what is exported, for who is let in: the one after that place, or the first.';
