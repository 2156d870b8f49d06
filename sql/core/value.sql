-- Whether a value is as a JSON Schema says: the database's own wall, in the words of the server's
-- (server/rpc/schema.c).
--
-- What of a schema is judged here is what is judged there. A frame asks quickly first, by an expression made of the
-- types' checks (meta.fits); only what does not fit is walked for its offences.

create or replace function meta.offence(_path text, _problem text, variadic _args text[] default '{}') returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
	return jsonb_build_array(jsonb_build_object('name', _path, 'problem', format(_problem, variadic _args)));
end
$$;

create or replace function meta.is_of_type(_value jsonb, _type text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
	return case _type when 'integer' then jsonb_typeof(_value) = 'number' and (_value #>> '{}')::numeric % 1 = 0
		else jsonb_typeof(_value) = _type end;
end
$$;

-- The types that a schema allows, in words.
create or replace function meta.types_words(_types jsonb) returns text
language plpgsql immutable set search_path = '' as $$
begin
	return (
		select string_agg(t.words, ' or ' order by t.n)
		from (values (1, 'null', 'null'), (2, 'boolean', 'true or false'), (3, 'integer', 'a whole number'),
			(4, 'number', 'a number'), (5, 'string', 'text'), (6, 'array', 'a list'),
			(7, 'object', 'an object')) t (n, name, words)
		where _types ? t.name);
end
$$;

create or replace function meta.is_date(_text text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
	return case when _text collate "C" ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' and _text > '0001'
		then substr(_text, 9)::int <= extract(day from make_date(substr(_text, 1, 4)::int, substr(_text, 6, 2)::int, 1)
			+ interval '1 month' - interval '1 day')
		else false end;
end
$$;

create or replace function meta.is_format(_format text, _text text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
	return case _format
		when 'uuid' then _text collate "C" ~ '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$'
		when 'date' then meta.is_date(_text)
		when 'date-time' then meta.is_date(left(_text, 10)) and substr(_text, 11) collate "C" ~ (
			'^[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?([Zz]|[+-](0[0-9]|1[0-5]):[0-5][0-9])$') end;
end
$$;

create or replace function meta.format_words(_format text) returns text
language plpgsql immutable set search_path = '' as $$
begin
	return case _format when 'uuid' then 'a UUID' when 'date' then 'a date as 2026-05-31'
		else 'a time as 2026-05-31T12:00:00Z' end;
end
$$;

create or replace function meta.text_offences(_schema jsonb, _text text, _path text) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
	return case when meta.is_format(_schema ->> 'format', _text) is false
			then meta.offence(_path, 'must be %s', meta.format_words(_schema ->> 'format')) else '[]' end
		|| case when char_length(_text) >= (_schema ->> 'minLength')::int is not false then '[]'
			when _schema -> 'minLength' = '1' then meta.offence(_path, 'must not be empty')
			else meta.offence(_path, 'must have at least %s characters', _schema ->> 'minLength') end
		|| case when char_length(_text) > (_schema ->> 'maxLength')::int
			then meta.offence(_path, 'must have at most %s characters', _schema ->> 'maxLength') else '[]' end
		|| case when _text collate "C" !~ (_schema ->> 'pattern')
			then meta.offence(_path, '%s', coalesce(_schema ->> 'x-problem', 'must match ' || (_schema ->> 'pattern')))
			else '[]' end;
end
$$;

create or replace function meta.number_offences(_schema jsonb, _number numeric, _path text) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
	return case when _number < (_schema ->> 'minimum')::numeric
			then meta.offence(_path, 'must be at least %s', _schema ->> 'minimum') else '[]' end
		|| case when _number > (_schema ->> 'maximum')::numeric
			then meta.offence(_path, 'must be at most %s', _schema ->> 'maximum') else '[]' end;
end
$$;

create or replace function meta.list_offences(_schema jsonb, _value jsonb, _path text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	size constant int := jsonb_array_length(_value);
	found jsonb := '[]';
begin
	if size < (_schema ->> 'minItems')::int then
		found := meta.offence(_path, 'must hold at least %s', _schema ->> 'minItems');
	elsif size > (_schema ->> 'maxItems')::int then
		return meta.offence(_path, 'must hold at most %s', _schema ->> 'maxItems');
	end if;
	for i in 0 .. size - 1 loop
		if _schema ? 'items' then
			found := found || meta.offences(_schema -> 'items', _value -> i, format('%s[%s]', _path, i));
		end if;
	end loop;
	return found;
end
$$;

create or replace function meta.object_offences(_schema jsonb, _value jsonb, _path text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	known constant jsonb := coalesce(_schema -> 'properties', '{}');
	more constant jsonb := coalesce(_schema -> 'additionalProperties', 'true');
	found jsonb := '[]';
	name text;
	path text;
begin
	for name in select r from jsonb_array_elements_text(coalesce(_schema -> 'required', '[]')) r
		where not _value ? r
	loop
		found := found || meta.offence(concat_ws('.', nullif(_path, ''), name), 'is required');
	end loop;
	for name in select jsonb_object_keys(_value) loop
		path := concat_ws('.', nullif(_path, ''), name);
		if known ? name then
			found := found || meta.offences(known -> name, _value -> name, path);
		elsif jsonb_typeof(more) = 'object' then
			found := found || meta.offences(more, _value -> name, path);
		elsif more = 'false' then
			found := found || meta.offence(path, 'is not known here');
		end if;
	end loop;
	return found;
end
$$;

-- Of several forms one alone must fit. What fits none is explained by the one that is not plain null, where there is
-- but one.
create or replace function meta.form_offences(_schema jsonb, _value jsonb, _path text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	forms constant jsonb := _schema -> 'oneOf';
	fitting constant int := (select count(*) from jsonb_array_elements(forms) f
		where meta.offences(f, _value, _path) = '[]');
	real constant jsonb[] := array(select f from jsonb_array_elements(forms) f
		where f -> 'type' is distinct from '"null"');
begin
	return case
		when fitting = 0 and cardinality(real) = 1 then meta.offences(real[1], _value, _path)
		when fitting = 0 then meta.offence(_path, 'must have one of the %s forms that are described',
			jsonb_array_length(forms)::text)
		when fitting > 1 then meta.offence(_path, 'fits several of the forms that exclude each other')
		else '[]' end;
end
$$;

create or replace function meta.offences(_schema jsonb, _value jsonb, _path text) returns jsonb
language plpgsql stable strict set search_path = '' as $$
declare
	types constant jsonb := case jsonb_typeof(_schema -> 'type') when 'string' then jsonb_build_array(_schema -> 'type')
		else _schema -> 'type' end;
	words constant jsonb := coalesce(_schema -> 'enum', '[]');
	found jsonb := '[]';
begin
	if types is not null
		and not exists (select from jsonb_array_elements_text(types) t where meta.is_of_type(_value, t)) then
		return meta.offence(_path, 'must be %s', case when types = '["string"]' and _schema ? 'format'
			then meta.format_words(_schema ->> 'format') else meta.types_words(types) end);
	end if;
	if _schema ? '$ref' then
		found := meta.offences((select d.catalogue #> array['schemas', regexp_replace(_schema ->> '$ref', '^.*/', '')]
			from meta.description d), _value, _path);
	end if;
	if words <> '[]' and not words @> jsonb_build_array(_value) then
		found := found || meta.offence(_path, case jsonb_array_length(words) when 1 then 'must be %s'
			else 'must be one of %s' end, (select string_agg(coalesce(w #>> '{}', 'null'), ', ' order by n)
				from jsonb_array_elements(words) with ordinality x (w, n)));
	end if;
	found := found || case jsonb_typeof(_value)
		when 'string' then meta.text_offences(_schema, _value #>> '{}', _path)
		when 'number' then meta.number_offences(_schema, (_value #>> '{}')::numeric, _path)
		when 'array' then meta.list_offences(_schema, _value, _path)
		when 'object' then meta.object_offences(_schema, _value, _path)
		else '[]' end;
	if _schema ? 'oneOf' then
		found := found || meta.form_offences(_schema, _value, _path);
	end if;
	return found;
end
$$;
comment on function meta.offences(jsonb, jsonb, text) is
	'What of a value is not as its schema says: [{"name": where, "problem": what would be right}].';

-- What of a call is not as the method's entry in the description says. Absent and null are one thing, but for a field
-- of a record: there null empties it.
create or replace function meta.misfits(_entry jsonb, _params jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	p jsonb;
	name text;
	value jsonb;
	found jsonb := '[]';
begin
	for p in select e from jsonb_array_elements(_entry -> 'params') e loop
		value := _params -> (p ->> 'name');
		-- one value of a list stands for a list of it
		if (p ->> 'array')::boolean and jsonb_typeof(value) not in ('array', 'null') then
			value := jsonb_build_array(value);
		end if;
		if not _params ? (p ->> 'name') or _params -> (p ->> 'name') = 'null' and not p ? 'field' then
			if (p ->> 'required')::boolean then
				found := found || meta.offence(p ->> 'name', 'is required');
			end if;
		else
			found := found || meta.offences(p -> 'schema', value, p ->> 'name');
		end if;
	end loop;
	for name in select k from jsonb_each(_params) e (k, v) where v <> 'null' and k not in ('organisation', 'request_id')
		and not exists (select from jsonb_array_elements(_entry -> 'params') x where x ->> 'name' = k)
	loop
		found := found || meta.offence(name, 'is not a parameter of this method');
	end loop;
	return found;
end
$$;

-- The last word of a frame on parameters that do not fit: what is wrong with each.
create or replace function meta.refuse_misfits(_method text, _params jsonb) returns void
language plpgsql stable set search_path = '' as $$
declare
	entry constant jsonb := (select m from meta.description d, jsonb_array_elements(d.catalogue -> 'methods') m
		where m ->> 'name' = _method);
begin
	perform app.refuse_params(meta.misfits(entry,
		(select coalesce(jsonb_object_agg(p.key, p.value), '{}') from jsonb_each(_params) p where p.value <> 'null')));
end
$$;

-- Whether one argument of a frame is as its type and its declaration say, as an expression over it: null or true where
-- it is. A value of a domain is asked the domain's own checks.
create or replace function meta.fits(_type oid, _said jsonb, _value text) returns text
language plpgsql stable set search_path = '' as $$
declare
	t pg_catalog.pg_type;
	schema constant jsonb := meta.type_schema(_type) || meta.said_beside(_type, _said);
	words constant text[] := array(select jsonb_array_elements_text(coalesce(schema -> 'enum',
		schema #> '{items,enum}')));
	checks text[];
begin
	select * into strict t from pg_catalog.pg_type where oid = _type;
	if 'jsonb'::regtype in (_type, t.typbasetype)
		or t.typcategory = 'A' and schema -> 'items' ?| array['pattern', 'maxLength'] then
		return format('meta.offences(%L, to_jsonb(%s), %L) = %L', schema, _value, '', '[]');
	elsif t.typcategory = 'A' then
		checks := array['pg_catalog.array_position(%1$s, null) is null',
			case when words <> '{}' then '%1$s <@ %2$L' end,
			'cardinality(%1$s) >= ' || (schema ->> 'minItems'), 'cardinality(%1$s) <= ' || (schema ->> 'maxItems')];
	elsif t.typtype = 'd' then
		return (select string_agg(regexp_replace(regexp_replace(pg_catalog.pg_get_constraintdef(c.oid), '^CHECK ', ''),
			'\mVALUE\M', _value, 'g'), ' and ' order by c.conname)
			from pg_catalog.pg_constraint c where c.contypid = _type);
	else
		checks := array[case when words <> '{}' then '%1$s = any (%2$L)' end,
			'char_length(%1$s) <= ' || (schema ->> 'maxLength'),
			'%1$s >= ' || (schema ->> 'minimum'), '%1$s <= ' || (schema ->> 'maximum')];
	end if;
	return format(nullif(array_to_string(checks, ' and '), ''), _value, words);
end
$$;
