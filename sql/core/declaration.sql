-- Declarations: what a method says of itself, in the comment (JSON) on function method.<noun>_<verb>.
--
--   doc           one sentence
--   roles         who may call: roles in the organisation, or ["member"] = any of them, or ["signed_in"]
--   access        write | read | recorded (reads, and records that it was read)
--   organisation  default true; false: not within an organisation
--   params        {"name": {"doc": …, "schema": {…}}}; every argument has its doc (limit and after of a page have
--                 theirs already), every jsonb argument its schema; in place of a schema, there or within, stands a
--                 word: meta.said_schema
--   result        "finding" (a view in schema record) | "finding[]" (a page of them) | a JSON Schema
--   secret        default false; true: the answer is never kept for its request_id
--   wire          default true; false: the server calls it for a method of its own, it is not in the description
--   version, line, rules, whom, place, audit, needs, acts, changes, of    what a write begins with: core/gate.sql
--
-- An argument of the body begins with an underscore (_title); on the wire it does not (title). Optional is `default
-- null` and nothing else.

-- The declaration of a body, as text: its comment, after the line that says what it was made of.
create or replace function meta.declared(_fn oid) returns text
language plpgsql stable set search_path = '' as $$
begin
	return regexp_replace(pg_catalog.obj_description(_fn, 'pg_proc'), '^Made by meta[^\n]*\n', '');
end
$$;

-- The declaration of a body, with its defaults, or everything that is wrong with it.
create or replace function meta.declaration(_fn oid, out said jsonb, out problems text[])
language plpgsql stable set search_path = '' as $$
declare
	p pg_catalog.pg_proc;
	a record;
	key text;
	result text;
begin
	problems := '{}';
	select * into strict p from pg_catalog.pg_proc where oid = _fn;
	begin
		said := meta.declared(_fn)::jsonb;
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
		said := jsonb_set(said, '{params}', meta.page_params(_fn) || (said -> 'params'));
	end if;
	for key in select d.key from jsonb_each(said -> 'params') d where d.value ? 'schema' loop
		said := jsonb_set(said, array['params', key, 'schema'],
			meta.said_schema(said #> array['params', key, 'schema']));
	end loop;
	if jsonb_typeof(said -> 'result') = 'object' then
		said := jsonb_set(said, '{result}', meta.said_schema(said -> 'result'));
	end if;

	for key in select jsonb_object_keys(said) loop
		if key not in ('doc', 'roles', 'access', 'organisation', 'params', 'result', 'secret', 'wire', 'version',
			'line',
			'rules', 'whom', 'place', 'audit', 'needs', 'acts', 'changes', 'of') then
			problems := problems || format('`%s` means nothing in a declaration', key);
		end if;
	end loop;
	if p.proname !~ '^[a-z]+_[a-z_]+$' then
		problems := problems || 'its name is not noun_verb'::text;
	end if;
	if p.proretset or p.prokind <> 'f' or p.proargmodes is not null
		or p.prorettype <> 'jsonb'::regtype and (case said ->> 'access'
			when 'write' then p.prorettype not in ('uuid'::regtype, 'void'::regtype)
			else p.prorettype <> 'json'::regtype end) then
		problems := problems
			|| 'it must return jsonb (a write: or what it made, a uuid, or nothing; else: or json, which is passed on '
			'as it is), once, and have no output arguments'::text;
	end if;
	if said ? 'acts' and said ->> 'acts' not in ('judges', 'judges the work', 'works', 'arranges') then
		problems := problems || 'it acts as nobody does'::text;
	end if;
	if (meta.record_of(_fn)).relation is null and said ?| array['version', 'line', 'rules', 'whom', 'place', 'audit',
		'needs', 'changes', 'of'] then
		problems := problems || 'it says how a record is judged, and takes none'::text;
	end if;
	for key in select jsonb_array_elements_text(coalesce(said -> 'changes', '[]')) loop
		if not exists (select from meta.arguments(_fn) x where x.name = key and x.part = 'own')
			or not coalesce(meta.has_column(meta.changed_relation(_fn, said), key), false) then
			problems := problems || format('`%s` is no parameter that is a field of the record', key);
		end if;
	end loop;
	if p.prosecdef then
		problems := problems || 'it must not be security definer: its frame is'::text;
	end if;
	if (select count(*) from pg_catalog.pg_proc o where o.pronamespace = p.pronamespace and o.proname = p.proname) > 1
		then
		problems := problems || 'there are two of it'::text;
	end if;
	if coalesce(said ->> 'doc', '') = '' then
		problems := problems || 'it has no doc'::text;
	end if;
	if jsonb_typeof(said -> 'roles') is distinct from 'array' or said -> 'roles' = '[]' then
		problems := problems || 'it has no roles'::text;
	elsif exists (select from jsonb_array_elements_text(said -> 'roles') r
		where r not in ('administrator', 'programme_manager',
			'auditor', 'auditee', 'observer', 'management', 'member', 'signed_in')) then
		problems := problems || 'it names an unknown role'::text;
	elsif not (said ->> 'organisation')::boolean and said -> 'roles' <> '["signed_in"]' then
		problems := problems || 'without an organisation the only role is signed_in'::text;
	end if;
	if coalesce(said ->> 'access', '') not in ('write', 'read', 'recorded') then
		problems := problems || 'its access is not write, read or recorded'::text;
	end if;

	for a in select * from meta.arguments(_fn) x where x.part <> 'named' loop
		if coalesce(a.name, '') = '' then
			problems := problems || 'it has an argument without a name'::text;
		elsif a.argument <> '_' || a.name then
			problems := problems || format('argument `%s` does not begin with an underscore', a.name);
		elsif a.name in ('session', 'organisation', 'request_id') then
			problems := problems || format('`%s` belongs to the frame', a.name);
		elsif coalesce(said #>> array['params', a.name, 'doc'], '') = '' then
			problems := problems || format('argument `%s` has no doc in params', a.name);
		elsif a.type in ('jsonb'::regtype, 'jsonb[]'::regtype)
			and said #> array['params', a.name, 'schema'] is null then
			problems := problems || format('argument `%s` is jsonb and has no schema', a.name);
		elsif (said ->> 'wire')::boolean and said ->> 'access' = 'write'
			and a.type in ('text'::regtype, 'text[]'::regtype, 'date'::regtype)
			and said #> array['params', a.name, 'schema'] is null then
			problems := problems || format('argument `%s` is text or a date of any kind: take a domain', a.name);
		end if;
		if not a.required and a.default_text !~* '^null(::|$)' then
			problems := problems || format('argument `%s` has a default other than null', a.name);
		end if;
		if (said ->> 'wire')::boolean and meta.frame_type(a.type) not in ('uuid', 'text', 'integer', 'bigint',
			'boolean', 'date',
				'timestamp with time zone', 'jsonb', 'numeric', 'uuid[]', 'text[]', 'integer[]', 'bigint[]',
					'boolean[]', 'date[]', 'jsonb[]') then
			problems := problems || format('argument `%s` has a type that the wire does not', a.name);
		end if;
	end loop;
	for key in select jsonb_object_keys(said -> 'params') loop
		if not exists (select from meta.arguments(_fn) x where x.name = key) then
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
create or replace function meta.wire_name(_function_name text) returns text
language sql immutable set search_path = '' as $$
	select regexp_replace(_function_name, '_', '.')
$$;

-- A method as the description shows it.
create or replace function meta.entry(_fn oid, _said jsonb) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object(
		'name', meta.wire_name(p.proname), 'function', p.proname, 'doc', _said -> 'doc', 'roles', _said -> 'roles',
			'access', _said -> 'access',
		'organisation', _said -> 'organisation', 'secret', _said -> 'secret',
		'params', (
			select coalesce(jsonb_agg(meta.argument_entry(a.name, a.type, a.required, _said #> array['params', a.name],
				case when _said -> 'changes' ? a.name
					then meta.field_entry(meta.changed_relation(_fn, _said), a.name) else '{}' end)
				order by a.n), '[]')
			from (select *, row_number() over () as n from meta.arguments(_fn)) a where a.part <> 'named'),
		'result', meta.result_schema(_said -> 'result')) || jsonb_strip_nulls(jsonb_build_object(
			'on', r.noun, 'acts', _said -> 'acts', 'from', to_jsonb(v.allowed), 'to', to_jsonb(v.leads)))
	from pg_catalog.pg_proc p
	cross join lateral meta.record_of(_fn) r
	cross join lateral (
		select array_agg(distinct t.was order by t.was) as allowed,
			array_agg(distinct t.becomes order by t.becomes) as leads
		from app.transitions() t
		where t.noun = r.noun and t.verb = regexp_replace(p.proname, '^[a-z]+_', '') and t.was is not null) v
	where p.oid = _fn
$$;

-- A parameter that is a field of the record which the method changes.
create or replace function meta.field_entry(_relation regclass, _name text) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('field', true, 'nullable', not a.attnotnull)
	from pg_catalog.pg_attribute a where a.attrelid = _relation and a.attname = _name
$$;
