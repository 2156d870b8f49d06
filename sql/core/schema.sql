-- JSON Schemas from types: of a domain, a parameter, a record, an answer.

-- The JSON Schema of a column or parameter type. Domains over text carry their CHECK's bounds where these are of the
-- usual forms.
create or replace function meta.type_schema(_type oid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	t pg_catalog.pg_type;
	rule text;
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
		schema := meta.type_schema(t.typbasetype);
		for rule in select pg_catalog.pg_get_constraintdef(c.oid) from pg_catalog.pg_constraint c
			where c.contypid = t.oid loop
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
create or replace function meta.rule_schema(_rule text) returns jsonb
language sql immutable set search_path = '' as $$
	select jsonb_strip_nulls(jsonb_build_object(
		'minLength',
			coalesce((regexp_match(_rule, 'length\([^<>=]*\) >= (\d+)'))[1]::int,
			(regexp_match(_rule, 'length\([^<>=]*\) > (\d+)'))[1]::int + 1),
		'maxLength', (regexp_match(_rule, 'length\([^<>=]*\) <= (\d+)'))[1]::int,
		'minimum', (regexp_match(_rule, '\(VALUE >= (-?\d+)\)'))[1]::int,
		'maximum', (regexp_match(_rule, '\(VALUE <= (-?\d+)\)'))[1]::int,
		'pattern', replace((regexp_match(_rule, 'VALUE\)?(?:::text)?\)? ~ ''((?:[^'']|'''')*)'''))[1], '''''', '''')))
$$;

create or replace function meta.nullable(_schema jsonb) returns jsonb
language sql immutable set search_path = '' as $$
	select case
		when not _schema ? 'type' then _schema
		when jsonb_typeof(_schema -> 'type') = 'array' then _schema
		when _schema ? 'enum' then _schema || jsonb_build_object('type', jsonb_build_array(_schema -> 'type', 'null'),
			'enum', (_schema -> 'enum') || 'null'::jsonb)
		else _schema || jsonb_build_object('type', jsonb_build_array(_schema -> 'type', 'null'))
	end
$$;

-- A schema as it is said: itself, or the name of the function of app whose comment says it.
create or replace function meta.said_schema(_said jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	if jsonb_typeof(_said) is distinct from 'string' then
		return _said;
	end if;
	return pg_catalog.obj_description(format('app.%I', _said #>> '{}')::regproc, 'pg_proc')::jsonb -> 'schema';
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
	'Of each parameter: name, argument, type, whether a call must give it, its default, and what it is: record, version, '
	'own or named.';

-- One argument as the description shows it.
create or replace function meta.argument_entry(_name text, _type oid, _required boolean, _said jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	is_array constant boolean := (select t.typcategory = 'A' and t.typelem <> 0 from pg_catalog.pg_type t
		where t.oid = _type);
	element constant oid := case when is_array then (select t.typelem from pg_catalog.pg_type t where t.oid = _type)
		else _type end;
	schema constant jsonb := meta.type_schema(element);
begin
	return jsonb_build_object(
		'name', _name,
		'type', (select t.typname from pg_catalog.pg_type t where t.oid = meta.frame_type(element)::regtype),
		'array', is_array,
		'required', _required,
		'doc', _said ->> 'doc') || jsonb_strip_nulls(jsonb_build_object(
		'enum', coalesce(schema -> 'enum', _said -> 'enum'),
		'min_length', schema -> 'minLength',
		'max_length', schema -> 'maxLength',
		'minimum', schema -> 'minimum',
		'maximum', schema -> 'maximum',
		'pattern', schema -> 'pattern',
		'schema', _said -> 'schema'));
end
$$;

-- What is said of the arguments that every page has, where the body has them.
create or replace function meta.page_params(_fn oid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return (select coalesce(jsonb_object_agg(d.key, d.value), '{}')
	from jsonb_each(
		'{"limit": {"doc": "How many, at most 200; 50 when left out."}, "after": {"doc": "Where the page before this '
		'one ended: its `after`."}}') d
	where d.key in (select a.name from meta.arguments(_fn) a));
end
$$;
