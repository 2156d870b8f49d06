-- Lists, made and not written. What a view says of its list, in its comment:
--
--   get       the doc of <noun>.get; without it there is none, or one by hand
--   list      the doc of <noun>.list; likewise
--   roles     who may call them; ["member"] when left out
--   sorts     columns of the table, as "-created_at, reference=sort_key": the first is the default, - downwards,
--             name=column where they differ
--   filters   {"name": "doc"}: a column of that name, one of several values; or {"doc", and
--               "column"              of another name,
--               "compare": ">="       with one value,
--               "is": "…"             SQL over w, true or false: those for which it is so, or is not,
--               "type", "where": "…"  SQL over w and the parameter _name, of that type,
--               "type", "ids": "…"    SQL of an array: the ids of those for which it is so}
--   all_for   SQL: who walks all, where it is not what rules/seen.sql says
--   columns   {"name": "…"}: what stands for a column: SQL over w, of the type of the view's column. Whatever the
--             view masks is masked here: filtering by what is hidden would tell it
--   walks     filters that are walked to, along an index (organisation, column, sort column, id); the first first
--   branches  {"column": "SQL of an array"}: through what a caller who may not see all walks, where it is not what
--             rules/seen.sql says. `"all": "…"` beside it: SQL over w, what such a walk of all leaves out
--   q         columns in which a text is looked for, as "reference, title"
--   by        what may be counted by: columns of the table, or of `columns`
--   also      {"name": {"doc", "where"}}: another list of the same, of those for which the SQL over w is true
--
-- w is a row of the table. Of a list are made:
--
--   record.<view>_by_<sort>   walks: each branch along its own index, one statement for each, planned when it is first
--                             walked
--   record.<view>_walk        walks by a sort, merges the branches
--   record.<view>_page        a page: chooses branches, walks, cuts, shows
--   method.<view>_list        and _count, and of `also` _<name> and _count_<name>
--
-- A page costs what it holds, wherever it begins and however large the table is. It reads 5,000 rows at most: one that
-- is not full by then answers what it has, with partial true and the place to go on from. Policies judge every row.

create or replace function meta.words(_list text) returns text[]
language sql immutable set search_path = '' as $$
	select coalesce(string_to_array(nullif(replace(_list, ' ', ''), ''), ','), '{}')
$$;

create or replace function meta.list_column(_view text, _name text, out expression text, out type text)
language plpgsql stable set search_path = '' as $$
declare
	said constant jsonb := meta.view_said(_view);
	stands constant text := said #>> array['columns', _name];
begin
	select coalesce(stands, format('w.%I', _name)), pg_catalog.format_type(a.atttypid, a.atttypmod)
	into expression, type
	from pg_catalog.pg_attribute a
	where a.attrelid = case when stands is null then meta.view_table(_view)
			else format('record.%I', _view)::regclass end
		and a.attname = _name and a.attnum > 0;
	if type is null then
		raise exception 'the list of record.% has no column %', _view, _name;
	end if;
end
$$;
comment on function meta.list_column(text, text) is 'What stands for a column in a list: SQL over w, and its type.';

-- What a text column may hold, where a check says it.
create or replace function meta.labels(_relation regclass, _column text) returns text[]
language sql stable set search_path = '' as $$
	select array_agg(m[1] order by n)
	from pg_catalog.pg_constraint c
	join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum] and a.attname = _column
	cross join lateral regexp_matches(pg_catalog.pg_get_constraintdef(c.oid), '''([a-z_]+)''::text', 'g')
		with ordinality x (m, n)
	where c.conrelid = _relation and c.contype = 'c' and pg_catalog.pg_get_constraintdef(c.oid) ~ '= ANY \(ARRAY\['
$$;

create or replace function meta.list_filters(_view text)
returns table (name text, type text, condition text, doc text, labels text[], shown text)
language plpgsql stable set search_path = '' as $$
declare
	said constant jsonb := meta.view_said(_view);
	f record;
	c record;
	what text;
begin
	for f in
		select e.key, case jsonb_typeof(e.value) when 'string' then jsonb_build_object('doc', e.value) else e.value end
			as said
		from json_each(pg_catalog.obj_description(format('record.%I', _view)::regclass, 'pg_class')::json -> 'filters')
			with ordinality o (key, raw, n), lateral (select o.key, o.raw::jsonb) e (key, value)
		order by o.n
	loop
		name := f.key;
		doc := f.said ->> 'doc';
		labels := null;
		shown := null;
		if f.said ? 'where' then
			type := f.said ->> 'type';
			condition := format('(%s)', f.said ->> 'where');
		elsif f.said ? 'ids' then
			type := f.said ->> 'type';
			condition := format('w.%I = any ((select %s)::uuid[])', meta.key(meta.view_table(_view)), f.said ->> 'ids');
		elsif f.said ? 'is' then
			type := 'boolean';
			condition := format('(%s) = _%s', f.said ->> 'is', f.key);
		else
			what := coalesce(f.said ->> 'column', f.key);
			c := meta.list_column(_view, what);
			shown := what;
			if f.said ? 'compare' then
				type := c.type;
				condition := format('%s %s _%s', c.expression, f.said ->> 'compare', f.key);
			elsif c.type = 'boolean' then
				type := c.type;
				condition := format('(%s) = _%s', c.expression, f.key);
			elsif c.type like '%[]' then
				type := c.type;
				condition := format('%s && _%s', c.expression, f.key);
			else
				type := c.type || '[]';
				condition := format('%s = any (_%s)', c.expression, f.key);
				if c.type = 'text' then
					labels := meta.labels(meta.view_table(_view), what);
				end if;
			end if;
		end if;
		return next;
	end loop;
end
$$;
comment on function meta.list_filters(text) is
	'The filters of a list, in order: name, type of the parameter _<name>, condition over w, doc, known values, and '
	'the column of the view that it is about.';

create or replace function meta.list_sorts(_view text)
returns table (name text, "column" text, type text, nullable boolean, "order" text)
language sql stable set search_path = '' as $$
	select split_part(s.word, '=', 1), a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), not a.attnotnull,
		case when a.attcollation not in (0, 100) then ' collate "C"' else '' end
	from unnest(meta.words(meta.view_said(_view) ->> 'sorts')) with ordinality o (raw, n)
	cross join lateral (select ltrim(o.raw, '-')) s (word)
	join pg_catalog.pg_attribute a on a.attrelid = meta.view_table(_view) and a.attnum > 0
		and a.attname = coalesce(nullif(split_part(s.word, '=', 2), ''), s.word)
	order by o.n
$$;

-- The branches of a list: the column that is walked along, and what a caller holds of it (SQL of an array; null: only a
-- filter leads there). By `id` are walked those that a text was found in.
create or replace function meta.list_branches(_view text) returns table ("column" text, type text, held text)
language plpgsql stable set search_path = '' as $$
declare
	said constant jsonb := meta.view_said(_view);
	walked_table constant regclass := meta.view_table(_view);
begin
	return query
	with held (name, what, n) as (
		select b.key, b.value, 0::bigint from jsonb_each_text(said -> 'branches') b where b.key <> 'all'
		union all
		select g.source, case g.ground when 'person' then 'array[app.me()]'
			else regexp_replace(s.held, '^any \((.*)::uuid\[\]\)$', '\1::uuid[]') end, g.n
		from app.grounds() with ordinality g (relation, ground, source, n) join app.sets() s on s.ground = g.ground
		where not said ? 'branches' and format('app.%I', g.relation)::regclass = walked_table),
	walked (name) as (
		select case when said #> array['filters', w.word, 'ids'] is not null then 'id'
			else coalesce(said #>> array['filters', w.word, 'column'], w.word) end
		from unnest(meta.words(said ->> 'walks')) w (word)
		union select 'id' where said ? 'q')
	select a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod), (select h.what from held h
		where h.name = a.attname limit 1)
	from pg_catalog.pg_attribute a
	where a.attrelid = walked_table and (a.attname in (select h.name from held h)
		or a.attname in (select w.name from walked w)
		or a.attname = meta.key(walked_table) and 'id' in (select w.name from walked w))
	order by a.attnum;
end
$$;

-- Who walks all: SQL, true for who holds a role that sees them all; null where nobody does.
create or replace function meta.list_all(_view text) returns text
language sql stable set search_path = '' as $$
	select coalesce(meta.view_said(_view) #>> '{all_for}', (
		select string_agg(app.role_held(g.source), ' or ') from app.grounds() g
		where g.ground = 'role' and format('app.%I', g.relation)::regclass = meta.view_table(_view)))
$$;
