-- Makes the methods: reads the declaration that stands in the comment of each method.* function, writes its frame in schema api, and
-- keeps the description of all of them, from which the server makes its gate, OpenRPC, help and types.
--
-- A declaration (JSON, comment on function method.<noun>_<verb>):
--   doc           one sentence
--   roles         who may call: roles in the organisation, or ["member"] = any of them, or ["signed_in"]
--   access        write | read | recorded (reads, and records that it was read)
--   organisation  default true; false: not within an organisation
--   params        {"name": {"doc": …, "schema": {…}}}; every argument has its doc (limit and after of a page have theirs here), every jsonb
--                 argument its schema
--   result        "finding" (a view in schema record) | "finding[]" (a page of them) | a JSON Schema
--   secret        default false; true: the answer is never kept for its request_id
--   wire          default true; false: the server calls it for a method of its own, it is not in the description
-- Optional is `default null` and nothing else.

-- The JSON Schema of a column or parameter type. Domains over text carry their CHECK's bounds where these are of the usual forms.
create or replace function meta.type_schema(type oid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	t pg_catalog.pg_type;
	rule text;
	schema jsonb;
begin
	select * into strict t from pg_catalog.pg_type where oid = type;
	if t.typcategory = 'A' and t.typelem <> 0 then
		return jsonb_build_object('type', 'array', 'items', meta.type_schema(t.typelem));
	elsif t.typtype = 'e' then
		return jsonb_build_object('type', 'string', 'enum',
			(select jsonb_agg(e.enumlabel order by e.enumsortorder) from pg_catalog.pg_enum e where e.enumtypid = t.oid));
	elsif t.typtype = 'd' then
		schema := meta.type_schema(t.typbasetype);
		for rule in select pg_catalog.pg_get_constraintdef(c.oid) from pg_catalog.pg_constraint c where c.contypid = t.oid loop
			schema := schema || meta.rule_schema(rule);
		end loop;
		return schema;
	end if;
	return case t.typname
		when 'uuid' then '{"type":"string","format":"uuid"}'
		when 'date' then '{"type":"string","format":"date"}'
		when 'timestamptz' then '{"type":"string","format":"date-time"}'
		when 'int2' then '{"type":"integer"}'
		when 'int4' then '{"type":"integer"}'
		when 'int8' then '{"type":"integer"}'
		when 'numeric' then '{"type":"number"}'
		when 'float8' then '{"type":"number"}'
		when 'bool' then '{"type":"boolean"}'
		when 'jsonb' then '{}'
		when 'json' then '{}'
		else '{"type":"string"}'
	end::jsonb;
end
$$;

-- What a domain's CHECK says, in JSON Schema: length bounds, numeric bounds, a pattern.
create or replace function meta.rule_schema(rule text) returns jsonb
language sql immutable set search_path = '' as $$
	select jsonb_strip_nulls(jsonb_build_object(
		'minLength', coalesce((regexp_match(rule, 'length\([^<>=]*\) >= (\d+)'))[1]::int, (regexp_match(rule, 'length\([^<>=]*\) > (\d+)'))[1]::int + 1),
		'maxLength', (regexp_match(rule, 'length\([^<>=]*\) <= (\d+)'))[1]::int,
		'minimum', (regexp_match(rule, '\(VALUE >= (-?\d+)\)'))[1]::int,
		'maximum', (regexp_match(rule, '\(VALUE <= (-?\d+)\)'))[1]::int,
		'pattern', replace((regexp_match(rule, 'VALUE\)?(?:::text)?\)? ~ ''((?:[^'']|'''')*)'''))[1], '''''', '''')))
$$;

create or replace function meta.nullable(schema jsonb) returns jsonb
language sql immutable set search_path = '' as $$
	select case
		when not schema ? 'type' then schema
		when jsonb_typeof(schema -> 'type') = 'array' then schema
		when schema ? 'enum' then schema || jsonb_build_object('type', jsonb_build_array(schema -> 'type', 'null'), 'enum', (schema -> 'enum') || 'null'::jsonb)
		else schema || jsonb_build_object('type', jsonb_build_array(schema -> 'type', 'null'))
	end
$$;

-- The schema of a record is its view: every column is there in every reply. A column is null where nothing says otherwise: id,
-- organisation and version never are, nor is one whose comment begins with `!`. A comment that is JSON may hold {"doc","schema","not_null"}.
create or replace function meta.record_schema(view regclass) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	a record;
	said jsonb;
	schema jsonb;
	properties jsonb := '{}';
	names jsonb := '[]';
begin
	for a in
		select c.attname, c.atttypid, pg_catalog.col_description(c.attrelid, c.attnum) as comment
		from pg_catalog.pg_attribute c where c.attrelid = view and c.attnum > 0 and not c.attisdropped order by c.attnum
	loop
		said := case when a.comment ~ '^\s*\{' then a.comment::jsonb
			else jsonb_build_object('doc', ltrim(regexp_replace(a.comment, '\s*\(not null\)', ''), '! '), 'not_null', a.comment ~ '^!|\(not null\)') end;
		schema := coalesce(said -> 'schema', meta.type_schema(a.atttypid));
		if not (a.attname in ('id', 'organisation', 'version') or coalesce((said ->> 'not_null')::boolean, false)) then
			schema := meta.nullable(schema);
		end if;
		if said ->> 'doc' is not null then
			schema := schema || jsonb_build_object('description', said ->> 'doc');
		end if;
		properties := properties || jsonb_build_object(a.attname, schema);
		names := names || to_jsonb(a.attname);
	end loop;
	return jsonb_strip_nulls(jsonb_build_object('type', 'object', 'description', pg_catalog.obj_description(view, 'pg_class')))
		|| jsonb_build_object('properties', properties, 'required', names, 'additionalProperties', false);
end
$$;

-- The schema of an answer: a record, a page of records, or what the declaration says itself.
create or replace function meta.result_schema(result jsonb) returns jsonb
language sql immutable set search_path = '' as $$
	select case
		when jsonb_typeof(result) <> 'string' then result
		when result #>> '{}' like '%[]' then jsonb_build_object(
			'type', 'object',
			'properties', jsonb_build_object(
				'items', jsonb_build_object('type', 'array', 'items',
					jsonb_build_object('$ref', '#/components/schemas/' || rtrim(result #>> '{}', '[]'))),
				'after', jsonb_build_object('type', jsonb_build_array('string', 'null'), 'description', 'Where the next page begins; null at the end.'),
				'partial', jsonb_build_object('type', 'boolean', 'description', 'The page stopped early, after much that did not match: go on with `after`.')),
			'required', jsonb_build_array('items', 'after', 'partial'),
			'additionalProperties', false)
		else jsonb_build_object('$ref', '#/components/schemas/' || (result #>> '{}'))
	end
$$;

-- The type that a frame takes for an argument: what stands beneath a domain, text for an enum. The body's own type is the second wall.
create or replace function meta.frame_type(type oid) returns text
language sql stable set search_path = '' as $$
	select case
		when t.typcategory = 'A' and t.typelem <> 0 then meta.frame_type(t.typelem) || '[]'
		when t.typtype = 'd' then meta.frame_type(t.typbasetype)
		when t.typtype = 'e' then 'text'
		else pg_catalog.format_type(t.oid, null)
	end
	from pg_catalog.pg_type t where t.oid = type
$$;

-- The arguments of a body, in order.
create or replace function meta.arguments(fn oid) returns table (name text, type oid, required boolean, default_text text)
language sql stable set search_path = '' as $$
	select a.name, a.type, a.n <= p.pronargs - p.pronargdefaults, pg_catalog.pg_get_function_arg_default(p.oid, a.n::int)
	from pg_catalog.pg_proc p,
		unnest(p.proargnames[1:p.pronargs], p.proargtypes::oid[]) with ordinality as a (name, type, n)
	where p.oid = fn
	order by a.n
$$;

-- One argument as the description shows it.
create or replace function meta.argument_entry(name text, type oid, required boolean, said jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	is_array constant boolean := (select t.typcategory = 'A' and t.typelem <> 0 from pg_catalog.pg_type t where t.oid = type);
	element constant oid := case when is_array then (select t.typelem from pg_catalog.pg_type t where t.oid = type) else type end;
	schema constant jsonb := meta.type_schema(element);
begin
	return jsonb_build_object(
		'name', name,
		'type', (select t.typname from pg_catalog.pg_type t where t.oid = meta.frame_type(element)::regtype),
		'array', is_array,
		'required', required,
		'doc', said ->> 'doc') || jsonb_strip_nulls(jsonb_build_object(
		'enum', schema -> 'enum',
		'min_length', schema -> 'minLength',
		'max_length', schema -> 'maxLength',
		'minimum', schema -> 'minimum',
		'maximum', schema -> 'maximum',
		'pattern', schema -> 'pattern',
		'schema', said -> 'schema'));
end
$$;

-- What is said of the arguments that every page has, where the body has them.
create or replace function meta.page_params(fn oid) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_object_agg(d.key, d.value), '{}')
	from jsonb_each('{"limit": {"doc": "How many, at most 200; 50 when left out."}, "after": {"doc": "Where the page before this one ended: its `after`."}}') d
	where d.key in (select a.name from meta.arguments(fn) a)
$$;

-- The declaration of a body, with its defaults, or everything that is wrong with it.
create or replace function meta.declaration(fn oid, out said jsonb, out problems text[])
language plpgsql stable set search_path = '' as $$
declare
	p pg_catalog.pg_proc;
	a record;
	key text;
	result text;
begin
	problems := '{}';
	select * into strict p from pg_catalog.pg_proc where oid = fn;
	begin
		said := pg_catalog.obj_description(fn, 'pg_proc')::jsonb;
	exception when invalid_text_representation then
		problems := array['its comment is not JSON: ' || sqlerrm];
		return;
	end;
	if said is null or jsonb_typeof(said) <> 'object' then
		problems := array['it has no declaration (comment on function … is JSON)'];
		return;
	end if;
	said := '{"organisation": true, "secret": false, "wire": true, "params": {}}'::jsonb || said;
	if said ->> 'result' like '%[]' then
		said := jsonb_set(said, '{params}', meta.page_params(fn) || (said -> 'params'));
	end if;

	for key in select jsonb_object_keys(said) loop
		if key not in ('doc', 'roles', 'access', 'organisation', 'params', 'result', 'secret', 'wire') then
			problems := problems || format('`%s` means nothing in a declaration', key);
		end if;
	end loop;
	if p.proname !~ '^[a-z]+_[a-z_]+$' then
		problems := problems || 'its name is not noun_verb'::text;
	end if;
	if p.prorettype <> 'jsonb'::regtype or p.proretset or p.prokind <> 'f' or p.proargmodes is not null then
		problems := problems || 'it must return jsonb, once, and have no output arguments'::text;
	end if;
	if p.prosecdef then
		problems := problems || 'it must not be security definer: its frame is'::text;
	end if;
	if (select count(*) from pg_catalog.pg_proc o where o.pronamespace = p.pronamespace and o.proname = p.proname) > 1 then
		problems := problems || 'there are two of it'::text;
	end if;
	if coalesce(said ->> 'doc', '') = '' then
		problems := problems || 'it has no doc'::text;
	end if;
	if jsonb_typeof(said -> 'roles') is distinct from 'array' or said -> 'roles' = '[]' then
		problems := problems || 'it has no roles'::text;
	elsif exists (select from jsonb_array_elements_text(said -> 'roles') r where r not in ('administrator', 'programme_manager',
			'auditor', 'auditee', 'observer', 'management', 'member', 'signed_in')) then
		problems := problems || 'it names an unknown role'::text;
	elsif not (said ->> 'organisation')::boolean and said -> 'roles' <> '["signed_in"]' then
		problems := problems || 'without an organisation the only role is signed_in'::text;
	end if;
	if coalesce(said ->> 'access', '') not in ('write', 'read', 'recorded') then
		problems := problems || 'its access is not write, read or recorded'::text;
	end if;

	for a in select * from meta.arguments(fn) loop
		if coalesce(a.name, '') = '' then
			problems := problems || 'it has an argument without a name'::text;
		elsif a.name in ('session', 'organisation', 'request_id') then
			problems := problems || format('`%s` belongs to the frame', a.name);
		elsif coalesce(said #>> array['params', a.name, 'doc'], '') = '' then
			problems := problems || format('argument `%s` has no doc in params', a.name);
		elsif a.type in ('jsonb'::regtype, 'jsonb[]'::regtype) and said #> array['params', a.name, 'schema'] is null then
			problems := problems || format('argument `%s` is jsonb and has no schema', a.name);
		end if;
		if not a.required and a.default_text !~* '^null(::|$)' then
			problems := problems || format('argument `%s` has a default other than null', a.name);
		end if;
		if (said ->> 'wire')::boolean and meta.frame_type(a.type) not in ('uuid', 'text', 'integer', 'bigint', 'boolean', 'date',
				'timestamp with time zone', 'jsonb', 'numeric', 'uuid[]', 'text[]', 'integer[]', 'bigint[]', 'boolean[]', 'date[]', 'jsonb[]') then
			problems := problems || format('argument `%s` has a type that the wire does not', a.name);
		end if;
	end loop;
	for key in select jsonb_object_keys(said -> 'params') loop
		if not exists (select from meta.arguments(fn) x where x.name = key) then
			problems := problems || format('params names `%s`, which is no argument', key);
		end if;
	end loop;

	if said -> 'result' is null then
		problems := problems || 'it has no result'::text;
	elsif jsonb_typeof(said -> 'result') = 'string' then
		result := rtrim(said ->> 'result', '[]');
		if to_regclass('record.' || quote_ident(result)) is null then
			problems := problems || format('its result names record.%s, which is no view', result);
		end if;
	elsif jsonb_typeof(said -> 'result') <> 'object' then
		problems := problems || 'its result is neither a record nor a JSON Schema'::text;
	end if;
end
$$;

-- finding_issue is finding.issue on the wire.
create or replace function meta.wire_name(function_name text) returns text
language sql immutable set search_path = ''
return regexp_replace(function_name, '_', '.');

-- The answer kept for a request_id: null where there is none. Called by the frames, after sign-in and role. Whoever is answered so
-- writes something: the commit then waits for a synchronous standby as that of the first answer did, or should have before it was cut short.
create or replace function meta.kept(request_id uuid, method text, digest bytea) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	r app.request;
begin
	if request_id is null then
		perform app.refuse_param('request_id', 'must be a UUID made by the caller');
	end if;
	select * into r from app.request q where q.person = (select app.me()) and q.id = kept.request_id;
	if not found then
		return null;
	elsif r.method <> kept.method or r.digest <> kept.digest then
		perform app.refuse_param('request_id', 'was used for another call; make a new one');
	elsif r.reply is null then
		perform app.refuse('already_done', 'This was already done; its answer held a secret and was not kept.');
	end if;
	perform pg_logical_emit_message(true, 'ninetwo', '');
	return r.reply;
end
$$;

create or replace function meta.keep(request_id uuid, method text, digest bytea, reply jsonb) returns void
language sql volatile set search_path = '' as $$
	insert into app.request (person, id, method, digest, reply) values ((select app.me()), $1, $2, $3, $4)
$$;

-- The frame of one method: who is asking, whether it was already answered, the body, the answer kept. The same request sent twice at once
-- stands in line for that answer: else the second could be refused for what the first has done (stale, known already).
create or replace function meta.frame(fn oid, said jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
	name constant text := (select p.proname from pg_catalog.pg_proc p where p.oid = fn);
	writes constant boolean := said ->> 'access' = 'write';
	inside constant boolean := (said ->> 'organisation')::boolean;
	first constant int := 1 + inside::int + writes::int;
	own record;
	enter text;
	call text;
	body text;
begin
	select coalesce(string_agg(format(', %I %s%s', a.name, meta.frame_type(a.type), case when a.required then '' else ' default null' end), '' order by a.n), '') as declared,
		coalesce(string_agg(format('%I => $%s::%s', a.name, first + a.n, pg_catalog.format_type(a.type, null)), ', ' order by a.n), '') as passed,
		coalesce(string_agg(format(', $%s', first + a.n), '' order by a.n) filter (where a.type <> 'bytea'::regtype), '') as digested
	into own
	from (select *, row_number() over () as n from meta.arguments(fn)) a;

	enter := format('perform auth.enter($1, %s, %L, %L, %L);', case when inside then '$2' else 'null' end, meta.wire_name(name),
		(select array_agg(r) from jsonb_array_elements_text(said -> 'roles') r), said ->> 'access');
	call := format('method.%I(%s)', name, own.passed);
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
end$body$, case when inside then '$2' else 'null' end, own.digested, enter, first, first, meta.wire_name(name), call, first, meta.wire_name(name),
			case when (said ->> 'secret')::boolean then 'null' else '"the reply"' end);
	else
		body := format(E'begin\n\t%s\n\treturn %s;\nend', enter, call);
	end if;
	return format(E'create function api.%I(session bytea%s%s%s) returns jsonb language plpgsql security definer set search_path = \'\' as $frame$\n%s\n$frame$',
		name, case when inside then ', organisation uuid' else '' end, case when writes then ', request_id uuid' else '' end, own.declared, body);
end
$$;

-- A method as the description shows it.
create or replace function meta.entry(fn oid, said jsonb) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object(
		'name', meta.wire_name(p.proname), 'function', p.proname, 'doc', said -> 'doc', 'roles', said -> 'roles', 'access', said -> 'access',
		'organisation', said -> 'organisation', 'secret', said -> 'secret',
		'params', (select coalesce(jsonb_agg(meta.argument_entry(a.name, a.type, a.required, said #> array['params', a.name]) order by a.n), '[]')
			from (select *, row_number() over () as n from meta.arguments(fn)) a),
		'result', meta.result_schema(said -> 'result'))
	from pg_catalog.pg_proc p where p.oid = fn
$$;

-- What this database's functions and records are, in one number: a server and a database of the same release agree on it.
create or replace function meta.release() returns text
language sql stable set search_path = '' as $$
	select encode(sha256(convert_to(string_agg(line, E'\n' order by line collate "C"), 'UTF8')), 'hex')
	from (
		select format('%s.%s(%s) %s %s', n.nspname, p.proname, pg_catalog.pg_get_function_arguments(p.oid), p.prosrc, pg_catalog.obj_description(p.oid, 'pg_proc'))
		from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
		where n.nspname in ('app', 'auth', 'ledger', 'method', 'operator', 'meta')
		union all
		select format('%s.%s.%s %s', n.nspname, c.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod))
		from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace join pg_catalog.pg_attribute a on a.attrelid = c.oid
		where n.nspname in ('app', 'auth', 'ledger', 'record') and c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped
	) as lines (line)
$$;

-- What pages show of a record. A function of its own, so that each connection plans the view once: that takes longer than twenty rows of it.
create or replace function meta.shown(record text) returns text
language sql stable set search_path = '' as $$
	select format('create or replace function record.%I(ids uuid[]) returns jsonb
language plpgsql stable set search_path = '''' as $shown$
begin
	return (select coalesce(jsonb_agg(to_jsonb(v) order by u.n), ''[]'') from unnest(ids) with ordinality u (id, n) join record.%I v on v.id = u.id%s);
end
$shown$', $1 || '_shown', $1, case when exists (select from pg_catalog.pg_attribute a
			where a.attrelid = pg_catalog.to_regclass(format('record.%I', $1)) and a.attname = 'organisation') then ' and v.organisation = (select app.org())' else '' end)
$$;

-- Makes schema api from schema method, whole or not at all.
create or replace function meta.build() returns integer
language plpgsql security definer set search_path = '' as $$
declare
	fn record;
	d record;
	wrong text[] := '{}';
	methods jsonb := '[]';
	schemas jsonb;
	made integer := 0;
begin
	perform app.audience_build();
	for d in
		select c.relname from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'id'
		where c.relnamespace = 'record'::regnamespace and c.relkind = 'v'
	loop
		execute meta.shown(d.relname);
	end loop;
	for fn in
		select p.oid::regprocedure as signature from pg_catalog.pg_proc p
		where p.pronamespace = 'api'::regnamespace and p.proowner = 'ninetwo_api'::regrole
			and pg_catalog.obj_description(p.oid, 'pg_proc') like 'Made by meta.build()%'
	loop
		execute format('drop function %s', fn.signature);
	end loop;

	for fn in
		select p.oid, p.proname, p.oid::regprocedure as signature, p.proconfig from pg_catalog.pg_proc p
		where p.pronamespace = 'method'::regnamespace order by p.proname
	loop
		d := meta.declaration(fn.oid);
		if d.problems <> '{}' then
			wrong := wrong || (select array_agg(format('method.%s: %s', fn.proname, problem)) from unnest(d.problems) problem);
			continue;
		end if;
		if fn.proconfig is null or not 'search_path=""' = any (fn.proconfig) then
			execute format('alter function %s set search_path = %L', fn.signature, '');
		end if;
		execute format('revoke all on function %s from public', fn.signature);
		execute meta.frame(fn.oid, d.said);
		execute format('comment on function api.%I is %L', fn.proname, 'Made by meta.build() of ' || fn.signature);
		made := made + 1;
		if (d.said ->> 'wire')::boolean then
			methods := methods || meta.entry(fn.oid, d.said);
		end if;
	end loop;
	if wrong <> '{}' then
		raise exception 'these methods cannot be built:%', E'\n  ' || array_to_string(wrong, E'\n  ')
			using errcode = 'invalid_function_definition';
	end if;

	execute meta.can_frame();
	execute format('comment on function api.can is %L', 'Made by meta.build() of meta.can');
	execute 'grant usage on schema api to ninetwo_server';
	for fn in select p.oid::regprocedure as signature from pg_catalog.pg_proc p
		where p.pronamespace = 'api'::regnamespace and pg_catalog.obj_description(p.oid, 'pg_proc') like 'Made by meta.build()%'
	loop
		execute format('revoke all on function %s from public', fn.signature);
		execute format('grant execute on function %s to ninetwo_server', fn.signature);
	end loop;

	select coalesce(jsonb_object_agg(c.relname, meta.record_schema(c.oid)), '{}') into schemas
	from pg_catalog.pg_class c where c.relnamespace = 'record'::regnamespace and c.relkind = 'v';
	insert into meta.description (catalogue)
	values (jsonb_build_object('schemas', schemas, 'methods', methods,
		'release', encode(sha256(convert_to(concat(meta.release(), schemas, methods), 'UTF8')), 'hex')))
	on conflict (one) do update set catalogue = excluded.catalogue, built_at = now();
	perform pg_notify('ninetwo_release', '');	-- to every server, once this is committed
	return made;
end
$$;
comment on function meta.build() is 'Drops and makes again every frame in schema api; names every method that is not declared as it should be.';
grant execute on function meta.build() to ninetwo_owner;

create or replace function meta.catalogue() returns jsonb
language sql stable security definer set search_path = '' as $$
	select d.catalogue from meta.description d
$$;
grant execute on function meta.catalogue() to ninetwo_server;

-- The call of a body with the members of a JSON object as its arguments.
create or replace function meta.call_from_json(method text, params jsonb) returns text
language sql stable set search_path = '' as $$
	select format('select method.%I(%s)', replace(method, '.', '_'), coalesce(string_agg(format('%I => %s', a.name, case
		when pg_catalog.format_type(a.type, null) = 'jsonb' then format('$1 -> %L', a.name)
		when t.typcategory = 'A' then format('array(select pg_catalog.jsonb_array_elements%s($1 -> %L))::%s',
			case when pg_catalog.format_type(a.type, null) = 'jsonb[]' then '' else '_text' end, a.name, pg_catalog.format_type(a.type, null))
		else format('($1 ->> %L)::%s', a.name, pg_catalog.format_type(a.type, null))
	end), ', '), ''))
	from pg_catalog.pg_proc p, meta.arguments(p.oid) a join pg_catalog.pg_type t on t.oid = a.type
	where p.pronamespace = 'method'::regnamespace and p.proname = replace(method, '.', '_')
		and jsonb_typeof(params -> a.name) <> 'null'
$$;

-- Does what the method does, takes it back, and answers what would have been said.
create or replace function meta.try(method text, params jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
	state text;
	sentence text;
	data text;
begin
	execute meta.call_from_json(method, params) using params;
	raise exception using errcode = 'N2099', message = 'taken back';
exception
	when sqlstate 'N2099' then
		return '{"allowed": true}';
	when others then
		get stacked diagnostics state = returned_sqlstate, sentence = message_text, data = pg_exception_detail;
		if state like 'N2%' then
			return jsonb_build_object('allowed', false, 'code', -(32000 + substr(state, 3)::int), 'message', sentence,
				'data', coalesce(nullif(data, ''), '{}')::jsonb);
		elsif state like '22%' or state = '23514' then
			return jsonb_build_object('allowed', false, 'code', -32602, 'message', 'A parameter is not of its type.', 'data', '{}'::jsonb);
		end if;
		raise;
end
$$;

-- Whether params name what the method takes; null or the refusal.
create or replace function meta.params_problem(entry jsonb, params jsonb) returns jsonb
language sql immutable set search_path = '' as $$
	select jsonb_build_object('allowed', false, 'code', -32602, 'message', min(name || ': ' || why),
		'data', jsonb_build_object('params', jsonb_agg(jsonb_build_object('name', name, 'problem', why) order by name)))
	from (
		select p ->> 'name', 'is required' from jsonb_array_elements(entry -> 'params') p
		where (p ->> 'required')::boolean and coalesce(params -> (p ->> 'name'), 'null') = 'null'
		union all
		select k, 'is not a parameter of this method' from jsonb_object_keys(params) k
		where k not in ('organisation', 'request_id') and not exists (select from jsonb_array_elements(entry -> 'params') p where p ->> 'name' = k)
	) as wrong (name, why)
	having count(*) > 0
$$;

create or replace function meta.can(session bytea, organisation uuid, method text, params jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
	entry constant jsonb := (select m from meta.description d, jsonb_array_elements(d.catalogue -> 'methods') m where m ->> 'name' = can.method);
	state text;
	sentence text;
	data text;
begin
	perform auth.enter(can.session, null, 'can', '{signed_in}', 'read');
	if entry is null then
		perform app.refuse_param('method', 'is no method');
	end if;
	params := coalesce(params, '{}');
	begin
		perform auth.enter(can.session, case when (entry ->> 'organisation')::boolean then can.organisation end, can.method,
			array(select jsonb_array_elements_text(entry -> 'roles')), entry ->> 'access');
	exception when sqlstate 'N2001' or sqlstate 'N2002' or sqlstate 'N2602' then
		get stacked diagnostics state = returned_sqlstate, sentence = message_text, data = pg_exception_detail;
		return jsonb_build_object('allowed', false, 'code', -(32000 + substr(state, 3)::int), 'message', sentence, 'data', coalesce(nullif(data, ''), '{}')::jsonb);
	end;
	return coalesce(meta.params_problem(entry, params), meta.try(can.method, params));
end
$$;

create or replace function meta.can_frame() returns text
language sql immutable set search_path = '' as $$
	select 'create function api.can(session bytea, organisation uuid, method text, params jsonb default null) returns jsonb
language plpgsql security definer set search_path = '''' as $frame$
begin
	return meta.can($1, $2, $3, $4);
end
$frame$'
$$;
