-- The functions of a list, as text. What is declared: core/list.sql.

-- Parameters of all functions of a list, and how one passes them on to another: filters, what another list of the same
-- is (_<name>, true), and the pattern of a text that is looked for.
create or replace function meta.list_parameters(_view text, out declared text, out passed text, out conditions text)
language plpgsql stable set search_path = '' as $$
declare
	said constant jsonb := meta.view_said(_view);
begin
	select string_agg(format('_%s %s', p.name, p.type), ', ' order by p.n),
		string_agg(format('_%s', p.name), ', ' order by p.n),
		string_agg(format('(_%s is null or %s)', p.name, p.condition), ' and ' order by p.n)
	into declared, passed, conditions
	from (
		select f.name, f.type, f.condition, f.n from meta.list_filters(_view)
			with ordinality f (name, type, condition, doc, labels, shown, n)
		union all
		select a.key, 'boolean', format('(%s)', a.value ->> 'where'), 1000 from jsonb_each(said -> 'also') a
		union all
		select 'like', 'text', format('%s like _like', meta.list_text(_view)), 2000 where said ? 'q'
	) p (name, type, condition, n);
	declared := coalesce(declared, '');
	passed := coalesce(passed, '');
	conditions := coalesce(conditions, 'true');
end
$$;

-- All that a text is looked for in, folded.
create or replace function meta.list_text(_view text) returns text
language sql stable set search_path = '' as $$
	select format('app.folded(%s)', string_agg(case when a.attnotnull then format('w.%I::text', a.attname)
			else format('coalesce(w.%I::text, '''')', a.attname) end, $c$ || ' ' || $c$ order by q.n))
	from unnest(meta.words(meta.view_said(_view) ->> 'q')) with ordinality q (word, n)
	join pg_catalog.pg_attribute a on a.attrelid = meta.view_table(_view) and a.attname = q.word
$$;

create or replace function meta.branch_parameters(_view text, out declared text, out passed text)
language sql stable set search_path = '' as $$
	select '_all boolean'
			|| coalesce(string_agg(format(', "_in %s" %s[]', b.column, b.type), '' order by b.column), ''),
		'_all' || coalesce(string_agg(format(', "_in %s"', b.column), '' order by b.column), '')
	from meta.list_branches(_view) b
$$;

-- One walk along an index: what is walked, and whether a page ended before it (_value, _id). A row that is the last one
-- read is given whether it fits or not: what lies beyond it in this walk is unknown (`fence`). A column that may be
-- null has its nulls last, which is a walk of their own after the other.
create or replace function meta.list_walk(_view text, _column text, _nullable boolean, _down boolean, _begun boolean,
	_own text, _conditions text) returns text
language plpgsql stable set search_path = '' as $$
declare
	key constant text := meta.key(meta.view_table(_view));
	base constant text := format('select %sw.%I as "the key", w.%I as "the value" from %s w where w.organisation = '
		'(select app.org())%s', (select string_agg(distinct format('w.%s, ', m[1]), '')
			from regexp_matches(_conditions, '\mw\.(\w+)', 'g') m), key, _column, meta.view_table(_view), _own);
	ordered constant text := format(' order by w.%I %s, w.%I %2$s limit _fence', _column,
		case when _down then 'desc' else 'asc' end, key);
	beyond constant text := case when _down then '<' else '>' end;
	walked text := base;
begin
	if _begun then
		walked := walked || format(' and (w.%I, w.%I) %s (_value, _id)', _column, key, beyond);
	elsif _nullable then
		walked := walked || format(' and w.%I is not null', _column);
	end if;
	walked := walked || ordered;
	if _nullable then
		walked := format('select * from (%s) valued union all select * from (%s and w.%I is null%s%s) unvalued '
			'limit _fence', walked, base, _column, case when _begun
				then format(' and w.%I %s case when _value is null then _id else %L end', key, beyond,
					translate('00000000-0000-0000-0000-000000000000', '0', case when _down then 'f' else '0' end))
				else '' end, ordered);
	end if;
	return format('select x."the key", x."the value", x.n = _fence, x.fits from (select w."the key", w."the value", '
		'row_number() over () as n, coalesce(%s, false) as fits from (%s) w) x where x.fits or x.n = _fence '
		'limit _size', _conditions, walked);
end
$$;

-- One branch of record.<view>_by_<sort>: a statement for each direction, begun before or not.
create or replace function meta.list_branch(_view text, _column text, _nullable boolean, _branch text,
	_conditions text) returns text
language plpgsql stable set search_path = '' as $$
declare
	by_key constant boolean := _branch = meta.key(meta.view_table(_view));
	own constant text := case
		when _branch is null then coalesce(' and ' || (meta.view_said(_view) #>> '{branches,all}'), '')
		when by_key then format(' and w.%I = any ("_in %s")', _branch, _branch)
		else format(' and w.%I = p.principal', _branch) end;
	around constant text := case when _branch is null or by_key then '%s'
		else format('select z.* from unnest("_in %s") p (principal) cross join lateral (%%s) z', _branch) end;
begin
	return (
		select format(E'\tif %s then\n\t\tif _down and _begun then\n\t\t\treturn query %s;\n\t\telsif _down then\n'
			'\t\t\treturn query %s;\n\t\telsif _begun then\n\t\t\treturn query %s;\n\t\telse\n\t\t\treturn query %s;\n'
			'\t\tend if;\n\tend if;\n', variadic array[case when _branch is null then '_all'
				else format('cardinality("_in %s") > 0', _branch) end] || array_agg(
			format(around, meta.list_walk(_view, _column, _nullable, d.down, d.begun, own, _conditions)) order by d.n))
		from (values (1, true, true), (2, true, false), (3, false, true), (4, false, false)) d (n, down, begun));
end
$$;

create or replace function meta.list_by(_view text, _sort text, _column text, _type text, _nullable boolean)
returns text language plpgsql stable set search_path = '' as $$
declare
	p constant record := meta.list_parameters(_view);
	b constant record := meta.branch_parameters(_view);
begin
	return format('create or replace function record.%1$I(_down boolean, _begun boolean, _value %2$s, _id uuid, '
		'_fence integer, _size integer, %3$s)
returns table (id uuid, value %2$s, fence boolean, fits boolean)
language plpgsql stable set search_path = '''' as $by$
begin
%4$s%5$send
$by$', _view || '_by_' || _sort, _type, concat_ws(', ', b.declared, nullif(p.declared, '')),
		meta.list_branch(_view, _column, _nullable, null, p.conditions),
		(select coalesce(string_agg(meta.list_branch(_view, _column, _nullable, x.column, p.conditions), ''
				order by x.column), '')
			from meta.list_branches(_view) x));
end
$$;

-- record.<view>_walk: all walks by one sort, merged.
create or replace function meta.list_merge(_view text) returns text
language plpgsql stable set search_path = '' as $$
declare
	p constant record := meta.list_parameters(_view);
	b constant record := meta.branch_parameters(_view);
	body text;
begin
	select string_agg(format(E'\t%s _sort = %L then\n\t\tif _down then\n\t\t\t%s;\n\t\telse\n\t\t\t%s;\n\t\tend if;\n',
		case when s.n = 1 then 'if' else 'elsif' end, s.name,
		format(m.text, _view || '_by_' || s.name, s.type, s."order", 'desc'),
		format(m.text, _view || '_by_' || s.name, s.type, s."order", 'asc')), '' order by s.n)
	into body
	from meta.list_sorts(_view) with ordinality s (name, "column", type, nullable, "order", n)
	cross join (values ('select array_agg(f.id), array_agg(f.value::text), array_agg(f.fence), array_agg(f.fits) '
		'into ids, places, fences, fits from (select * from record.%I(_down, _begun, _value::%s, _id, _fence, _size, '
		|| concat_ws(', ', b.passed, nullif(p.passed, ''))
		|| ') y order by y.value%3$s %4$s nulls last, y.id %4$s) f')) m (text);
	return format('create or replace function record.%I(_sort text, _down boolean, _begun boolean, _value text, '
		'_id uuid, _fence integer, _size integer, %s, out ids uuid[], out places text[], out fences boolean[], '
		'out fits boolean[])
language plpgsql stable set search_path = '''' as $walk$
begin
%s	end if;
end
$walk$', _view || '_walk', concat_ws(', ', b.declared, nullif(p.declared, '')), body);
end
$$;

-- Which branches are walked: those of a filter that is walked to, else all, else what the caller holds.
create or replace function meta.list_choice(_view text) returns text
language plpgsql stable set search_path = '' as $$
declare
	said constant jsonb := meta.view_said(_view);
	everybody constant text := meta.list_all(_view);
	body text;
	held text;
begin
	select string_agg(format(E'\t%s _%s is not null then\n\t\t"_in %s" := %s;\n', case when w.n = 1 then 'if'
		else 'elsif' end, w.word, case when f.said ? 'ids' then meta.key(meta.view_table(_view))
			else coalesce(f.said ->> 'column', w.word) end, coalesce(f.said ->> 'ids', '_' || w.word)), '' order by w.n)
	into body
	from unnest(meta.words(said ->> 'walks')) with ordinality w (word, n)
	cross join lateral (select case when jsonb_typeof(said #> array['filters', w.word]) = 'object'
		then said #> array['filters', w.word] else '{}' end) f (said);
	select string_agg(format(E'"_in %s" := array(select distinct e from unnest(%s) e);\n', b.column, b.held), E'\t\t')
	into held
	from meta.list_branches(_view) b where b.held is not null;
	held := coalesce(held, E'null;\n');
	return case when body is null then E'\tif true then\n' else body || E'\telse\n' end || case
		when everybody is null then E'\t\t' || held
		when said #> '{branches,all}' is not null then format(E'\t\t_all := %s;\n\t\t%s', everybody, held)
		else format(E'\t\t_all := %s;\n\t\tif not _all then\n\t\t%s\t\tend if;\n', everybody, held) end
		|| E'\tend if;\n';
end
$$;

create or replace function meta.list_variables(_view text) returns text
language sql stable set search_path = '' as $$
	select E'\t_all boolean := false;\n' || coalesce(string_agg(format(E'\t"_in %s" %s[] := ''{}'';\n', b.column,
		b.type), ''), '')
	from meta.list_branches(_view) b
$$;

-- How many walks share the fence.
create or replace function meta.list_principals(_view text) returns text
language sql stable set search_path = '' as $$
	select concat_ws(' + ', '_all::int', string_agg(case when b.column = meta.key(meta.view_table(_view))
		then format('least(cardinality("_in %s"), 1)', b.column) else format('cardinality("_in %s")', b.column) end,
		' + '))
	from meta.list_branches(_view) b
$$;

-- Values that a filter cannot have, refused with those that it can.
create or replace function meta.list_known(_view text) returns text
language sql stable set search_path = '' as $$
	select coalesce(string_agg(format(E'\tif not coalesce(_%s <@ %L::text[], true) then\n'
		'\t\tperform app.refuse_param(%L, ''param.known'', %L);\n\tend if;\n', f.name, f.labels, f.name,
		jsonb_build_object('known', array_to_string(f.labels, ', '))), ''), '')
	from meta.list_filters(_view) f where f.labels is not null
$$;

create or replace function meta.list_page(_view text) returns text
language plpgsql stable set search_path = '' as $$
declare
	said constant jsonb := meta.view_said(_view);
	p constant record := meta.list_parameters(_view);
	b constant record := meta.branch_parameters(_view);
	seeks constant boolean := said ? 'q';
	walk constant text := format(E'select * into _w from record.%I(_by.name, _by.down, _after is not null, _at.value, '
		'_at.id, _fence, _size + 1, %s);\n\t_cut := app.page_cut(_w.ids, _w.places, _w.fences, _w.fits, _size);\n',
		_view || '_walk', concat_ws(', ', b.passed, nullif(p.passed, '')));
begin
	return format('create or replace function record.%I(_list text, %s_sort text, _limit integer, _after text)
returns json
language plpgsql stable set search_path = '''' as $page$
declare
	_size constant integer := app.page_size(_limit);
	_by constant record := app.page_sort(%L, _sort);
	_mark constant text := app.page_mark(_list, _by.name, _by.down, row(%s)::text);
	_at constant record := app.page_place(_mark, _after, %L::jsonb -> _by.name);
%s	_fence integer;
	_w record;
	_cut record;
begin
%s%s	_fence := greatest(%s / greatest(%s, 1), _size + 1);
	%s%s	return app.page_answer(record.%I(_cut.shown), _cut.more, cardinality(_cut.shown) < _size, _mark, _cut.place,
		_cut.place_id);
end
$page$', _view || '_page', coalesce(nullif(p.declared, '') || ', ', ''), said ->> 'sorts', p.passed,
		(select jsonb_object_agg(s.name, jsonb_build_object('type', s.type, 'nullable', s.nullable))
			from meta.list_sorts(_view) s),
		meta.list_variables(_view), meta.list_known(_view), meta.list_choice(_view),
		case when seeks then 'case when _like is null then 5000 else 500 end' else '5000' end,
		meta.list_principals(_view), walk, case when seeks then meta.list_seek(_view, walk) else '' end,
		_view || '_shown');
end
$$;

-- A text that the first rows walked do not hold often enough for a page: an owner's function asks the index, and what
-- it finds is judged as any row is. Too many: the walk goes on to its fence.
create or replace function meta.list_seek(_view text, _walk text) returns text
language sql stable set search_path = '' as $$
	select format(E'\tif _like is not null and _cut.more and cardinality(_cut.shown) < _size then\n'
		'\t\tdeclare\n\t\t\t_found constant uuid[] := app.%I(_like, %s);\n\t\tbegin\n'
		'\t\t\tif _found is not null then\n\t\t\t\t_all := false;\n%s\t\t\t\t"_in %s" := _found;\n\t\t\tend if;\n'
		'\t\t\t_fence := 5000;\n\t\tend;\n\t%s\tend if;\n', 'found_' || _view,
		(meta.branch_parameters(_view)).passed,
		(select string_agg(format(E'\t\t\t\t"_in %s" := ''{}'';\n', b.column), '')
			from meta.list_branches(_view) b), meta.key(meta.view_table(_view)), replace(_walk, E'\n\t', E'\n\t\t'))
$$;

-- app.found_<view>: the ids of what holds a text, of what the caller walks; null where they are too many. It is the
-- owner's: no index is asked for what row-level security has yet to judge.
create or replace function meta.list_found(_view text) returns text
language sql stable set search_path = '' as $$
	select format('create or replace function app.%I(_like text, %s) returns uuid[]
language plpgsql stable security definer set search_path = '''' set enable_bitmapscan = on set enable_indexscan = off
set enable_seqscan = off as $found$
declare
	_read bigint;
	_found uuid[];
begin
	select count(*), (array_agg(x.id) filter (where x.held))[1:2001] into _read, _found
	from (select w.%I as id, _all%s as held from %s w where w.organisation = app.org() and %s like _like limit 5001) x;
	return case when _read <= 5000 and coalesce(cardinality(_found), 0) <= 2000 then coalesce(_found, ''{}'') end;
end
$found$', 'found_' || _view, (meta.branch_parameters(_view)).declared, meta.key(meta.view_table(_view)), (
			select coalesce(string_agg(format(' or w.%I = any ("_in %s")', b.column, b.column), ''), '')
			from meta.list_branches(_view) b), meta.view_table(_view), meta.list_text(_view))
$$;

-- Those of all views in whose lists a text is looked for, for the owner to make.
create or replace function meta.found_texts() returns table (text text, made_of text)
language sql stable security definer set search_path = '' as $$
	select meta.list_found(c.relname), 'record.' || c.relname from pg_catalog.pg_class c
	where c.relnamespace = 'record'::regnamespace and c.relkind = 'v' and meta.view_said(c.relname) ? 'q'
$$;
grant execute on function meta.found_texts() to ninetwo_owner;
