-- JSON Schemas from types: of a domain, a parameter, a record, an answer.

-- The JSON Schema of a column or parameter type. A domain's is that of what stands beneath it, with what its comment
-- and its checks say.
create or replace function meta.type_schema(_type oid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	t pg_catalog.pg_type;
	schema jsonb;
begin
	select * into strict t from pg_catalog.pg_type where oid = _type;
	if t.typcategory = 'A' and t.typelem <> 0 then
		return jsonb_build_object('type', 'array', 'items', meta.type_schema(t.typelem));
	elsif t.typtype = 'e' then
		return jsonb_build_object('type', 'string', 'enum',
			(select jsonb_agg(e.enumlabel order by e.enumsortorder) from pg_catalog.pg_enum e
				where e.enumtypid = t.oid));
	elsif t.typtype = 'd' then
		select meta.type_schema(t.typbasetype)
			|| coalesce(meta.said_schema(pg_catalog.obj_description(_type, 'pg_type')::jsonb), '{}')
			|| coalesce(jsonb_object_agg(s.key, s.value), '{}')
		into schema
		from pg_catalog.pg_constraint c
		cross join lateral jsonb_each(meta.rule_schema(pg_catalog.pg_get_constraintdef(c.oid),
			pg_catalog.obj_description(c.oid, 'pg_constraint'))) s
		where c.contypid = t.oid;
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

-- What a domain's check says, in JSON Schema: bounds of length and number, words, a pattern; and its comment: what is
-- wrong with a value that breaks it, or {"problem", "schema"}.
create or replace function meta.rule_schema(_rule text, _comment text) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
	return (select jsonb_strip_nulls(jsonb_build_object(
		'minLength', (regexp_match(_rule, 'length\([^<>=]*\) >= (\d+)'))[1]::int,
		'maxLength', (regexp_match(_rule, 'length\([^<>=]*\) <= (\d+)'))[1]::int,
		'minimum', (regexp_match(_rule, '\(VALUE >= (-?\d+)\)'))[1]::int,
		'maximum', (regexp_match(_rule, '\(VALUE <= (-?\d+)\)'))[1]::int,
		'enum', (select jsonb_agg(w[1]) from regexp_matches(substring(_rule from 'VALUE = ANY \(ARRAY\[(.*)\]'),
			'''([^'']*)''', 'g') w),
		'pattern', replace((regexp_match(_rule, ' ~ ''((?:[^'']|'''')*)'''))[1], '''''', ''''),
		'x-problem', said.comment ->> 'problem')) || coalesce(said.comment -> 'schema', '{}')
	from (select case when _comment ~ '^\{' then _comment::jsonb
		else jsonb_build_object('problem', _comment) end) said (comment));
end
$$;

-- What a declaration says of a parameter beside its type: words that it may be (each of them, where it is a list), and
-- a schema.
create or replace function meta.said_beside(_type oid, _said jsonb) returns jsonb
language sql stable set search_path = '' as $$
	select case when not _said ? 'enum' then '{}' when meta.frame_type(_type) like '%[]' then
			jsonb_build_object('items', jsonb_build_object('type', 'string', 'enum', _said -> 'enum'))
		else jsonb_build_object('enum', _said -> 'enum') end || coalesce(_said -> 'schema', '{}')
	where _said is not null
	union all
	select '{}'::jsonb where _said is null
$$;

-- The schema of a parameter: its type's, with the bounds that the type has by itself; what the declaration says beside
-- it; null as well, for a field that may be empty.
create or replace function meta.param_schema(_type oid, _said jsonb, _field jsonb) returns jsonb
language sql stable set search_path = '' as $$
	select case when _field -> 'nullable' = 'true' then meta.nullable(s.schema) else s.schema end
	from (select case pg_catalog.format_type(case when t.typtype = 'd' then t.typbasetype else t.oid end, null)
			when 'integer' then '{"minimum": -2147483648, "maximum": 2147483647}'
			when 'bigint' then '{"minimum": -9007199254740991, "maximum": 9007199254740991}'
			else '{}' end::jsonb || meta.type_schema(_type) || meta.said_beside(_type, _said)
		from pg_catalog.pg_type t where t.oid = _type) s (schema)
$$;

create or replace function meta.nullable(_schema jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
	return case
		when not _schema ? 'type' then _schema
		when jsonb_typeof(_schema -> 'type') = 'array' then _schema
		when _schema ? 'enum' then _schema || jsonb_build_object('type', jsonb_build_array(_schema -> 'type', 'null'),
			'enum', (_schema -> 'enum') || 'null'::jsonb)
		else _schema || jsonb_build_object('type', jsonb_build_array(_schema -> 'type', 'null'))
	end;
end
$$;

-- A schema as it is said. In place of one stands a word, there or within: a type, of app or of PostgreSQL, or a
-- function of app whose comment says it; with ? behind it, or null.
create or replace function meta.said_schema(_said jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	word constant text := rtrim(_said #>> '{}', '?');
	kind regtype;
	said jsonb := _said;
	key text;
begin
	if jsonb_typeof(_said) = 'string' then
		kind := coalesce(to_regtype('app.' || word), to_regtype(word));
		said := case when kind is not null then meta.type_schema(kind) else meta.said_schema(
			pg_catalog.obj_description(format('app.%I', word)::regproc, 'pg_proc')::jsonb -> 'schema') end;
		return case when _said #>> '{}' like '%?' then meta.nullable(said) else said end;
	elsif jsonb_typeof(_said) = 'object' then
		for key in select k from unnest(array['items', 'additionalProperties']) k where _said ? k loop
			said := jsonb_set(said, array[key], meta.said_schema(_said -> key));
		end loop;
		for key in select jsonb_object_keys(_said -> 'properties') loop
			said := jsonb_set(said, array['properties', key], meta.said_schema(_said #> array['properties', key]));
		end loop;
	end if;
	return said;
end
$$;

-- The schema of an answer: a record, a page of records, or what the declaration says itself.
create or replace function meta.result_schema(_result jsonb) returns jsonb
language sql immutable set search_path = '' as $$
	select case
		when jsonb_typeof(_result) <> 'string' then _result
		when _result #>> '{}' like '%[]' then jsonb_build_object(
			'type', 'object',
			'properties', jsonb_build_object(
				'items', jsonb_build_object('type', 'array', 'items',
					jsonb_build_object('$ref', '#/components/schemas/' || rtrim(_result #>> '{}', '[]'))),
				'after',
					jsonb_build_object('type', jsonb_build_array('string', 'null'), 'description',
					'Where the next page begins; null at the end.'),
				'partial',
					jsonb_build_object('type', 'boolean', 'description',
					'The page stopped early, after much that did not match: go on with `after`.')),
			'required', jsonb_build_array('items', 'after', 'partial'),
			'additionalProperties', false)
		else jsonb_build_object('$ref', '#/components/schemas/' || (_result #>> '{}'))
	end
$$;

-- The type that a frame takes for an argument: what stands beneath a domain, text for an enum. The body's own type is
-- the second wall.
create or replace function meta.frame_type(_type oid) returns text
language plpgsql stable set search_path = '' as $$
begin
	return (select case
		when t.typcategory = 'A' and t.typelem <> 0 then meta.frame_type(t.typelem) || '[]'
		when t.typtype = 'd' then meta.frame_type(t.typbasetype)
		when t.typtype = 'e' then 'text'
		else pg_catalog.format_type(t.oid, null)
	end
	from pg_catalog.pg_type t where t.oid = _type);
end
$$;

-- The parameters of a method, in order: as the wire calls them, and as the body does. Of a record that the body takes,
-- the call gives the id, and the version where the declaration says so; where it says which are fields, also which of
-- them the call named.
create or replace function meta.arguments(_fn oid)
returns table (name text, argument text, type oid, required boolean, default_text text, part text)
language plpgsql stable set search_path = '' as $$
declare
	p pg_catalog.pg_proc;
	r constant record := meta.record_of(_fn);
	said constant jsonb := case when meta.declared(_fn) ~ '^\s*\{' then meta.declared(_fn)::jsonb else '{}' end;
begin
	select * into strict p from pg_catalog.pg_proc where oid = _fn;
	if r.relation is not null then
		if r.parameter is not null then
			return query values (r.parameter, '_' || r.parameter, 'uuid'::regtype::oid, true, null::text, 'record');
		end if;
		if said -> 'version' = 'true' then
			return query values ('version', '_version', 'int4'::regtype::oid, true, null::text, 'version');
		end if;
	end if;
	return query
	select ltrim(a.name, '_'), a.name, a.type,
		a.n <= p.pronargs - p.pronargdefaults and not coalesce(said -> 'changes' ? ltrim(a.name, '_'), false),
		pg_catalog.pg_get_function_arg_default(p.oid, a.n::int), 'own'
	from unnest(p.proargnames[1:p.pronargs], p.proargtypes::oid[]) with ordinality as a (name, type, n)
	where (a.n > 1 or r.relation is null) and a.name <> '_named'
	order by a.n;
	if said ? 'changes' then
		return query values ('named', '_named', 'text[]'::regtype::oid, false, null::text, 'named');
	end if;
end
$$;
comment on function meta.arguments(oid) is
	'Of each parameter: name, argument, type, whether a call must give it, its default, and what it is: record, '
	'version, '
	'own or named.';

-- One argument as the description shows it; _field as meta.field_entry says it.
create or replace function meta.argument_entry(_name text, _type oid, _required boolean, _said jsonb,
	_field jsonb default '{}') returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object(
		'name', _name,
		'type', (select e.typname from pg_catalog.pg_type e
			where e.oid = rtrim(meta.frame_type(_type), '[]')::regtype),
		'array', meta.frame_type(_type) like '%[]',
		'required', _required,
		'doc', _said ->> 'doc',
		'schema', meta.param_schema(_type, _said, _field)) || (_field - 'nullable')
$$;

-- What is said of the arguments that every page has, where the body has them.
create or replace function meta.page_params(_fn oid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return (select coalesce(jsonb_object_agg(d.key, d.value), '{}')
	from jsonb_each('{
		"limit": {"doc": "How many; 50 when left out.", "schema": {"minimum": 1, "maximum": 200}},
		"after": {"doc": "Where the page before this one ended: its `after`.", "schema": {"maxLength": 2000}}}') d
	where d.key in (select a.name from meta.arguments(_fn) a));
end
$$;
