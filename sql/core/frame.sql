-- The frame of a method: who is asking, whether it was already answered, the body, the answer kept.

create policy mine on app.request to ninetwo_api using (person = (select app.me()))
	with check (person = (select app.me()));

-- The answer kept for a request_id: null where there is none. Called by the frames, after sign-in and role. Whoever is
-- answered so writes something: the commit then waits for a synchronous standby as that of the first answer did, or
-- should have before it was cut short.
create or replace function meta.kept(_request_id uuid, _method text, _digest bytea) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	r app.request;
begin
	if _request_id is null then
		perform app.refuse_param('request_id', 'param.request_id', '{}');
	end if;
	select * into r from app.request q where q.person = (select app.me()) and q.id = _request_id;
	if not found then
		return null;
	elsif r.method <> _method or r.digest <> _digest then
		perform app.refuse_param('request_id', 'param.request_id_used', '{}');
	elsif r.reply is null then
		perform app.refuse(app.no('already_done', 'already_done'));
	end if;
	perform pg_logical_emit_message(true, 'ninetwo', '');
	return r.reply;
end
$$;

create or replace function meta.keep(_request_id uuid, _method text, _digest bytea, _reply jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.request (person, id, method, digest, reply)
		values ((select app.me()), _request_id, _method, _digest, _reply);
end
$$;

-- The frame of one method: who is asking, whether it was already answered, the body, the answer kept. The same request
-- sent twice at once stands in line for that answer: else the second could be refused for what the first has done
-- (stale, known already).
create or replace function meta.frame(_fn oid, _said jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
	name constant text := (select p.proname from pg_catalog.pg_proc p where p.oid = _fn);
	writes constant boolean := _said ->> 'access' = 'write';
	inside constant boolean := (_said ->> 'organisation')::boolean;
	first constant int := 1 + inside::int + writes::int;
	own record;
	enter text;
	call text;
	body text;
begin
	select coalesce(
		string_agg(format(', %I %s%s', a.name, meta.frame_type(a.type), case when a.required then ''
		else ' default null' end), '' order by a.n), '') as declared,
		coalesce(string_agg(format('%s::%s', a.value, pg_catalog.format_type(a.type, null)), ', ' order by a.n),
			'') as passed,
		coalesce(string_agg(format(', $%s', first + a.n), '' order by a.n) filter (where a.type <> 'bytea'::regtype),
			'') as digested,
		string_agg(nullif(concat_ws(' and ', case when a.required then a.value || ' is not null' end,
			meta.fits(a.type, _said #> array['params', a.name], a.value)), ''), E'\n\t\tand '
			order by a.n) filter (where a.part <> 'named') as fits,
		string_agg(format('%L, %s', a.name, a.value), ', ' order by a.n) filter (where a.part <> 'named') as named
	into own
	from (select x.*, case when meta.frame_type(x.type) = 'jsonb' then format('nullif($%s, ''null'')', first + x.n)
			else '$' || (first + x.n) end as value
		from (select *, row_number() over () as n from meta.arguments(_fn)) x) a;

	enter := format('perform auth.enter($1, %s, %L, %L, %L);', case when inside then '$2' else 'null' end,
		meta.wire_name(name),
		(select array_agg(r) from jsonb_array_elements_text(_said -> 'roles') r), _said ->> 'access');
	if own.fits is not null and (_said ->> 'wire')::boolean then
		enter := enter || format(E'\n\tif (%s) is false then\n\t\tperform meta.refuse_misfits(%L, '
			'jsonb_build_object(%s));\n\tend if;', own.fits, meta.wire_name(name), own.named);
	end if;
	call := format('%s.%I(%s)', case when writes then 'gate' else 'method' end, name, own.passed);
	if writes then
		body := format($body$declare
	"the digest" constant bytea := sha256(convert_to(jsonb_build_array(%s%s)::text, 'UTF8'));
	"the reply" jsonb;
begin
	%s
	perform pg_advisory_xact_lock(hashtext((select app.me())::text), hashtext($%s::text));
	"the reply" := meta.kept($%s, %L, "the digest");
	if "the reply" is null then
		"the reply" := %s;
		perform meta.keep($%s, %L, "the digest", %s);
	end if;
	return "the reply";
end$body$, case when inside then '$2' else 'null' end, own.digested, enter, first, first, meta.wire_name(name), call,
	first, meta.wire_name(name),
			case when (_said ->> 'secret')::boolean then 'null' else '"the reply"' end);
	else
		body := format(E'begin\n\t%s\n\treturn %s;\nend', enter, call);
	end if;
	return format('create or replace function api.%I(session bytea%s%s%s) returns %s
language plpgsql security definer set search_path = '''' as $frame$
%s
$frame$', name, case when inside then ', organisation uuid' else '' end,
		case when writes then ', request_id uuid' else '' end, own.declared,
		(select case when p.prorettype = 'json'::regtype then 'json' else 'jsonb' end from pg_catalog.pg_proc p
			where p.oid = _fn), body);
end
$$;
