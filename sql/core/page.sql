-- Pages: sorts, cursors, where a page ends. What walks: core/list.sql.

create or replace function app.page_size(_limit integer) returns integer
language plpgsql immutable set search_path = '' as $$
begin
	if coalesce(_limit, 50) not between 1 and 200 then
		perform app.refuse_param('limit', 'param.limit', '{}');
	end if;
	return coalesce(_limit, 50);
end
$$;

-- The sort asked for, and its direction.
create or replace function app.page_sort(_sorts text, _sort text, out name text, out down boolean)
language plpgsql immutable set search_path = '' as $$
declare
	known constant text[] := string_to_array(replace(_sorts, ' ', ''), ',');
	wanted constant text := coalesce(_sort, split_part(known[1], '=', 1));
begin
	down := starts_with(wanted, '-');
	for i in 1 .. cardinality(known) loop
		name := ltrim(split_part(known[i], '=', 1), '-');
		if name = ltrim(wanted, '-') then
			return;
		end if;
	end loop;
	perform app.refuse_param('sort', 'param.sort', jsonb_build_object('sorts',
		(select string_agg(ltrim(split_part(k, '=', 1), '-'), ', ' order by n)
			from unnest(known) with ordinality x (k, n))));
end
$$;

-- A cursor is where a page ended: a digest of list, sort and filters, the sort column's value, the id. It gives no
-- rights.
create or replace function app.page_mark(_list text, _sort text, _down boolean, _filters text) returns text
language plpgsql stable set search_path = '' as $$
begin
	return left(md5(concat_ws('/', _list, _sort, _down::text, app.org()::text, _filters)), 12);
end
$$;

create or replace function app.page_cursor(_mark text, _value text, _id uuid) returns text
language plpgsql immutable set search_path = '' as $$
begin
	return translate(encode(convert_to(jsonb_build_array(_mark, _value, _id)::text, 'UTF8'), 'base64'), E'+/=\n', '-_');
end
$$;

-- Where a cursor says; nowhere, without one. What its sort column is: {type, nullable}.
create or replace function app.page_place(_mark text, _after text, _of jsonb, out value text, out id uuid)
language plpgsql stable set search_path = '' as $$
declare
	said jsonb;
begin
	if _after is null then
		return;
	end if;
	begin
		said := convert_from(decode(translate(_after, '-_', '+/') || repeat('=', (4 - length(_after) % 4) % 4),
			'base64'), 'UTF8')::jsonb;
		if said ->> 0 is distinct from _mark or jsonb_array_length(said) <> 3 then
			raise invalid_parameter_value;
		end if;
		value := said ->> 1;
		id := (said ->> 2)::uuid;
		execute format('select $1::%s', _of ->> 'type') using value;
		if id is null or value is null and not (_of ->> 'nullable')::boolean then
			raise invalid_parameter_value;
		end if;
	exception when data_exception or invalid_parameter_value or check_violation then
		perform app.refuse_param('after', 'param.after_page', '{}');
	end;
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

-- The answer: the text of its records as it is, where the next page begins, whether it stopped before it was full.
create or replace function app.page_answer(_items json, _more boolean, _short boolean, _mark text, _place text,
	_place_id uuid) returns json
language plpgsql stable set search_path = '' as $$
begin
	return json_build_object('items', _items, 'after',
		case when _more then app.page_cursor(_mark, _place, _place_id) end, 'partial', _more and _short);
end
$$;

-- The pattern of a text that is looked for, folded as what it is looked for in; null where there is none.
create or replace function app.pattern(_q text) returns text
language plpgsql immutable set search_path = '' as $$
begin
	return '%' || nullif(regexp_replace(app.folded(_q), '([\\%_])', '\\\1', 'g'), '') || '%';
end
$$;
