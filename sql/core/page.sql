-- The list engine. A list method is one call:
--
--   return app.page('finding', app.branch('part', app.my_parts()) || app.branch('function', app.my_functions()),
--     jsonb_build_object('state', _state, 'severity', _severity, 'due_on', jsonb_build_object('until', _due)),
--     '-opened_at, due_on, reference', _sort, _limit, _after);
--
-- record    a view in schema record with a column id, and organisation where it has one
-- branches  whom the caller may see something through: each value of each branch is a walk along its own index
--           (organisation, column, sort column, id); their rows are merged and what is seen twice is shown once.
--           Policies judge every row all the same. Null: the whole organisation, by an index (organisation, sort
--           column, id). '[]': nothing.
-- filters   {"column": value} is equality; a list is any of them; an object compares: from (>=), until (<=), above (>),
--           below (<), not, contains (a text, in any case), has (an element of an array), null (true: none, false:
--           some). What is null is left out. A filter is applied to rows as they are walked; where it should be walked
--           to, it is a branch.
-- sorts     columns by which the list may be sorted, the first is the default; with - downwards. name=column where they
--           differ.
--
-- A page costs what it holds, wherever it begins and however large the table is. It reads 5,000 rows at most: one that
-- is not full by then answers what it has, with partial true and the place to go on from.
--
-- What is called at every page is plpgsql, which keeps its plans; a function of SQL with a search path of its own is
-- planned at each call. Only the columns that sort and filter are worked out for the rows that are walked; the others
-- for the rows that are shown. So a view looks names up in its select list or by outer joins on keys, which fall away
-- where they are not needed.

create or replace function app.branch(_column text, _principals uuid[]) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
	return jsonb_build_array(jsonb_build_object('column', _column, 'in', to_jsonb(coalesce(_principals, '{}'))));
end
$$;
comment on function app.branch(text, uuid[]) is
	'One branch of a list: what these principals give, through this column.';

create or replace function app.page_column(_record text, _name text, out type text, out element text,
	out nullable boolean)
language plpgsql stable set search_path = '' as $$
begin
	select pg_catalog.format_type(a.atttypid, a.atttypmod),
		case when t.typcategory = 'A' then pg_catalog.format_type(t.typelem, null) end,
		a.attname not in ('id', 'organisation', 'version')
			and coalesce(pg_catalog.col_description(a.attrelid, a.attnum), '')
			!~ '^!|\(not null\)|"not_null"\s*:\s*true'
	into type, element, nullable
	from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
	where a.attrelid = pg_catalog.to_regclass(format('record.%I', _record)) and a.attname = _name and a.attnum > 0;
	if type is null then
		raise exception 'record.% has no column %', _record, _name;
	end if;
end
$$;

create or replace function app.page_type(_record text, _name text) returns text
language plpgsql stable set search_path = '' as $$
begin
	return (app.page_column(_record, _name)).type;
end
$$;

-- One filter as a condition on w; $1 is the whole of filters, nulls left out.
create or replace function app.page_condition(_record text, _name text, _value jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
	c constant record := app.page_column(_record, _name);
	one text;
	conditions text[] := '{}';
	comparison text;
	operand jsonb;
begin
	case jsonb_typeof(_value)
	when 'array' then
		return format('w.%I = any ((select array(select jsonb_array_elements_text($1 -> %L)::%s))::%s[])', _name, _name,
			c.type, c.type);
	when 'object' then
		for comparison, operand in select * from jsonb_each(_value) loop
			one := format('(select ($1 #>> %L)::%s)', array[_name, comparison], c.type);
			conditions := conditions || case comparison
				when 'from' then format('w.%I >= %s', _name, one)
				when 'until' then format('w.%I <= %s', _name, one)
				when 'above' then format('w.%I > %s', _name, one)
				when 'below' then format('w.%I < %s', _name, one)
				when 'not' then format('w.%I is distinct from %s', _name, one)
				when 'contains' then format('position((select lower($1 #>> %L)) in lower(w.%I)) > 0',
					array[_name, comparison], _name)
				when 'has' then format('(select ($1 #>> %L)::%s) = any (w.%I)', array[_name, comparison], c.element,
					_name)
				when 'null' then format('(w.%I is null) = (select ($1 #>> %L)::boolean)', _name,
					array[_name, comparison])
			end;
			if conditions[cardinality(conditions)] is null then
				raise exception 'a filter does not know %', comparison;
			end if;
		end loop;
		return array_to_string(conditions, ' and ');
	else
		return format('w.%I = (select ($1 ->> %L)::%s)', _name, _name, c.type);
	end case;
end
$$;

-- The sort asked for: its column and direction.
create or replace function app.page_sort(_sorts text, _sort text, out "column" text, out down boolean)
language plpgsql immutable set search_path = '' as $$
declare
	known text;
	wanted text;
begin
	wanted := coalesce(_sort, split_part(split_part(replace(_sorts, ' ', ''), ',', 1), '=', 1));
	down := starts_with(wanted, '-');
	wanted := ltrim(wanted, '-');
	foreach known in array string_to_array(replace(_sorts, ' ', ''), ',') loop
		known := ltrim(known, '-');
		if split_part(known, '=', 1) = wanted then
			"column" := coalesce(nullif(split_part(known, '=', 2), ''), wanted);
			return;
		end if;
	end loop;
	perform app.refuse_param('sort', 'param.sort', jsonb_build_object('sorts',
		(select string_agg(ltrim(split_part(s, '=', 1), '-'), ', ')
			from unnest(string_to_array(replace(_sorts, ' ', ''), ',')) s)));
end
$$;

-- A cursor is where a page ended: a digest of list, sort and filters, the sort column's value, the id. It gives no
-- rights.
create or replace function app.page_mark(_record text, _sort text, _filters jsonb) returns text
language plpgsql stable set search_path = '' as $$
begin
	return left(md5(concat_ws('/', _record, _sort, (select app.org())::text, _filters::text)), 12);
end
$$;

create or replace function app.page_cursor(_mark text, _value text, _id uuid) returns text
language plpgsql immutable set search_path = '' as $$
begin
	return translate(encode(convert_to(jsonb_build_array(_mark, _value, _id)::text, 'UTF8'), 'base64'), E'+/=\n', '-_');
end
$$;

create or replace function app.page_place(_mark text, _after text, _type text, out value text, out id uuid)
language plpgsql stable set search_path = '' as $$
declare
	said jsonb;
begin
	said := convert_from(decode(translate(_after, '-_', '+/') || repeat('=', (4 - length(_after) % 4) % 4), 'base64'),
		'UTF8')::jsonb;
	if said ->> 0 is distinct from _mark or jsonb_array_length(said) <> 3 then
		raise invalid_parameter_value;
	end if;
	value := said ->> 1;
	id := (said ->> 2)::uuid;
	execute format('select $1::%s', _type) using value;
	if id is null then
		raise invalid_parameter_value;
	end if;
exception when data_exception or invalid_parameter_value or check_violation then
	perform app.refuse_param('after', 'param.after_page', '{}');
end
$$;

-- One walk along an index, as SQL. Parameters: $1 filters, $2 and $3 value and id where the last page ended, $4 rows to
-- read, $5 rows to give. A row that is the last one read is given whether it fits or not: what lies beyond it in this
-- walk is unknown (`fence`). A column that may be null has its nulls last, which is a walk of their own after the
-- other.
create or replace function app.page_walk(_record text, _column text, _down boolean, _condition text, _columns text,
	_own text, _place_type text, _nullable boolean, _begun boolean, _begun_in_nulls boolean) returns text
language plpgsql immutable set search_path = '' as $$
declare
	direction constant text := case when _down then 'desc' else 'asc' end;
	beyond constant text := case when _down then '<' else '>' end;
	base constant text := format('select v.id, v.%I as sort_value%s from record.%I v where true%s', _column, _columns,
		_record, _own);
	ordered constant text := format('order by v.%I %s, v.id %s limit $4', _column, direction, direction);
	walks text[] := '{}';
begin
	if not _begun_in_nulls then
		walks := array[format('select * from (%s%s %s) valued', base, case
			when _begun then format(' and (v.%I, v.id) %s ($2::%s, $3)', _column, beyond, _place_type)
			when _nullable then format(' and v.%I is not null', _column)
			else '' end, ordered)];
	end if;
	if _nullable then
		walks := walks || format('select * from (%s and v.%I is null%s %s) unvalued', base, _column,
			case when _begun_in_nulls then format(' and v.id %s $3', beyond) else '' end, ordered);
	end if;
	return format('select x.id, x.sort_value, x.n = $4 as fence, x.fits from ('
		'select w.id, w.sort_value, row_number() over () as n, coalesce(%s, false) as fits from (%s limit $4) w'
		') x where x.fits or x.n = $4 limit $5', _condition, array_to_string(walks, ' union all '));
end
$$;

-- All walks of a list, merged: one walk without branches, else one for each principal of each branch ($6).
create or replace function app.page_walks(_record text, _branches jsonb, _own text, _column text, _down boolean,
	_condition text, _columns text, _place_type text, _nullable boolean, _begun boolean, _begun_in_nulls boolean)
	returns text
language plpgsql stable set search_path = '' as $$
begin
	return format('select array_agg(f.id), array_agg(f.sort_value::text), array_agg(f.fence), array_agg(f.fits) from ('
		'select m.* from (%1$s) m order by m.sort_value %2$s nulls last, m.id %2$s) f', case
		when _branches is null then app.page_walk(_record, _column, _down, _condition, _columns, _own, _place_type,
			_nullable, _begun, _begun_in_nulls)
		else (
			select string_agg(
				format(
				'select z.* from (select distinct e::%s from jsonb_array_elements_text($6 -> %s -> ''in'') e) p '
				'(principal) cross join lateral (%s) z',
				app.page_type(_record, b ->> 'column'), n - 1,
				app.page_walk(_record, _column, _down, _condition, _columns,
					format('%s and v.%I = p.principal', _own, b ->> 'column'),
					_place_type, _nullable, _begun, _begun_in_nulls)), ' union all ')
			from jsonb_array_elements(_branches) with ordinality as x (b, n))
		end, case when _down then 'desc' else 'asc' end);
end
$$;

-- What the page holds, of the merged rows: the ids shown, where the next page begins (null: nowhere), whether it
-- stopped at a fence.
create or replace function app.page_cut(_ids uuid[], _places text[], _fences boolean[], _fits boolean[], _size integer,
	out shown uuid[], out place text, out place_id uuid, out more boolean)
language plpgsql immutable set search_path = '' as $$
declare
	at_fence boolean := false;
begin
	shown := '{}';
	more := false;
	for i in 1 .. coalesce(cardinality(_ids), 0) loop
		if i > 1 and _ids[i] = _ids[i - 1] then
			at_fence := at_fence or _fences[i];
			continue;
		end if;
		more := at_fence or (cardinality(shown) = _size and _fits[i]);
		exit when more;
		at_fence := _fences[i];
		if cardinality(shown) < _size then
			place := _places[i];
			place_id := _ids[i];
			if _fits[i] then
				shown := shown || _ids[i];
			end if;
		end if;
	end loop;
	more := more or at_fence;
end
$$;

create or replace function app.page(_record text, _branches jsonb, _filters jsonb, _sorts text, _sort text,
	_limit integer, _after text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	size constant integer := coalesce(_limit, 50);
	asked constant jsonb := jsonb_strip_nulls(coalesce(_filters, '{}'));
	"by" constant record := app.page_sort(_sorts, _sort);
	c constant record := app.page_column(_record, "by"."column");
	mark constant text := app.page_mark(_record, case when "by".down then '-' else '' end || "by"."column", asked);
	in_organisation constant boolean := exists (select from pg_catalog.pg_attribute a
		where a.attrelid = pg_catalog.to_regclass(format('record.%I', _record)) and a.attname = 'organisation');
	own constant text := case when in_organisation then ' and v.organisation = (select app.org())' else '' end;
	principals constant integer := case when _branches is null then 1
		else (select coalesce(sum(jsonb_array_length(b -> 'in')), 0) from jsonb_array_elements(_branches) b) end;
	fence constant integer := greatest(5000 / greatest(principals, 1), size + 1);
	condition text;
	columns text;
	begun_value text;
	begun_id uuid;
	ids uuid[];
	places text[];
	fences boolean[];
	fits boolean[];
	cut record;
	items jsonb;
begin
	if size not between 1 and 200 then
		perform app.refuse_param('limit', 'param.limit', '{}');
	end if;
	if principals = 0 then
		return '{"items": [], "after": null, "partial": false}';
	end if;
	if _after is not null then
		select p.value, p.id into begun_value, begun_id from app.page_place(mark, _after, c.type) p;
		if begun_value is null and not c.nullable then
			perform app.refuse_param('after', 'param.after_list', '{}');
		end if;
	end if;
	select string_agg(format('(%s)', app.page_condition(_record, f.key, f.value)), ' and '),
		coalesce(string_agg(distinct format(', v.%I', f.key), '') filter (where f.key <> 'id'), '')
	into condition, columns
	from jsonb_each(asked) f where f.value <> '{}';

	execute app.page_walks(_record, _branches, own, "by"."column", "by".down, coalesce(condition, 'true'), columns,
		c.type, c.nullable,
			_after is not null, _after is not null and begun_value is null)
	into ids, places, fences, fits
	using asked, begun_value, begun_id, fence, size + 1, _branches;
	cut := app.page_cut(ids, places, fences, fits, size);

	execute format('select record.%I($1)', _record || '_shown') into items using cut.shown;
	return jsonb_build_object('items', items, 'after',
		case when cut.more then app.page_cursor(mark, cut.place, cut.place_id) end,
		'partial', cut.more and cardinality(cut.shown) < size);
end
$$;
comment on function app.page(text, jsonb, jsonb, text, text, integer, text) is
	'A page of a list; the head of this file says how it is asked for.';

create or replace function app.one(_record text, _id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	r jsonb;
begin
	execute format('select record.%I(array[$1]) -> 0', _record || '_shown') into r using _id;
	if r is null then
		perform app.refuse_not_found(_record);
	end if;
	return r;
end
$$;
comment on function app.one(text, uuid) is
	'One record as the caller may see it; not found, when they may not or there is none.';
