-- The methods of a list, and how many it holds. What is declared: core/list.sql.

-- How many, of what a list with these filters holds: exact to 5,000, of 20,000 read in each branch.
create or replace function meta.list_count(_view text) returns text
language plpgsql stable set search_path = '' as $$
declare
	said constant jsonb := meta.view_said(_view);
	p constant record := meta.list_parameters(_view);
	key constant text := meta.key(meta.view_table(_view));
	counted text;
	names text;
	branches text;
begin
	select string_agg(format('when %L then %s::text', o.word, c.expression), ' ' order by o.n),
		string_agg(format(' when %L then (select c.%I from app.%I c where c.id = k.value::uuid)', o.word, m.called,
			'called_' || m.noun), '' order by o.n) filter (where m.called is not null)
	into counted, names
	from unnest(meta.words(said ->> 'by')) with ordinality o (word, n)
	cross join lateral meta.list_column(_view, o.word) c
	left join lateral (select f.noun, meta.called_by(f.noun) as called from meta.fields(_view) f where f.name = o.word)
		m on true;
	select string_agg(format('select %s as branch, r.* from (select w.%I as id, %s as value, coalesce(%s, false) as '
		'fits from %s w where w.organisation = (select app.org()) and %s limit 20001) r', x.n, key,
		coalesce('case _by ' || counted || ' end', 'null::text'), p.conditions, meta.view_table(_view), x.own),
		' union all ')
	into branches
	from (
		select 0 as n, '_all' || coalesce(' and ' || (said #>> '{branches,all}'), '') as own
		union all
		select row_number() over (), format('w.%I = any ("_in %s")', b.column, b.column)
		from meta.list_branches(_view) b) x;
	return format('create or replace function record.%I(%s_by text) returns json
language plpgsql stable set search_path = '''' as $count$
declare
%sbegin
	if _by is not null and not _by = any (%L::text[]) then
		perform app.refuse_param(''by'', ''param.known'', %L);
	end if;
%s%s	return (
		with read as materialized (%s),
		kept as (select distinct r.id, r.value from read r where r.fits),
		told as (select (select count(*) from kept) as count,
			exists (select from read r group by r.branch having count(*) > 20000) as cut)
		select json_build_object(''count'', least(t.count, 5000), ''exact'', t.count <= 5000 and not t.cut, ''by'',
			case when _by is not null then (select coalesce(json_agg(json_build_object(''value'', k.value, ''name'',
				case _by%s else null end, ''count'', k.count) order by k.count desc, k.value), ''[]'')
				from (select e.value, count(*) as count from kept e group by 1 order by 2 desc, 1 limit 1000) k) end)
		from told t);
end
$count$', _view || '_counted', coalesce(nullif(p.declared, '') || ', ', ''), meta.list_variables(_view),
		meta.words(said ->> 'by'), jsonb_build_object('known', coalesce(said ->> 'by', 'nothing')),
		meta.list_known(_view), meta.list_choice(_view), branches, coalesce(names, ' when null then null'));
end
$$;

create or replace function meta.count_schema() returns jsonb
language sql immutable set search_path = '' as $$
	select '{
		"type": "object", "required": ["count", "exact", "by"], "additionalProperties": false,
		"properties": {
			"count": {"type": "integer", "description": "How many; at least so many where it is not exact."},
			"exact": {"type": "boolean"},
			"by": {"type": ["array", "null"], "items": {
				"type": "object", "required": ["value", "name", "count"], "additionalProperties": false,
				"properties": {
					"value": {"type": ["string", "null"]},
					"name": {"type": ["string", "null"], "description": "What the record that it names is called."},
					"count": {"type": "integer"}}}}}}'::jsonb
$$;

-- The parameters of a list's methods that are filters: how they are declared, what is said of them, and how they are
-- passed on, with which list of the same it is, and the pattern of the text.
create or replace function meta.list_arguments(_view text, _also text, out declared text, out said jsonb,
	out passed text)
language sql stable set search_path = '' as $$
	select coalesce(string_agg(format('_%s %s default null, ', a.name, a.type), '' order by a.n)
			filter (where a.type is not null), ''),
		coalesce(jsonb_object_agg(a.name, jsonb_strip_nulls(jsonb_build_object('doc', a.doc, 'enum', a.labels)))
			filter (where a.type is not null), '{}'),
		coalesce(string_agg(a.passed || ', ', '' order by a.n), '')
	from (
		select f.name, f.type, f.doc, f.labels, '_' || f.name, f.n from meta.list_filters(_view)
			with ordinality f (name, type, condition, doc, labels, shown, n)
		union all
		select a.key, null, null, null, case when a.key = _also then 'true' else 'null' end, 1000
		from jsonb_each(meta.view_said(_view) -> 'also') a
		union all
		select 'q', 'text', 'Holds this text, whatever its accents and capitals.', null, 'app.pattern(_q)', 2000
		where meta.view_said(_view) ? 'q') a (name, type, doc, labels, passed, n)
$$;

-- Name, text and declaration of each method of a view.
create or replace function meta.list_methods(_view text) returns table (name text, text text, said jsonb)
language plpgsql stable set search_path = '' as $$
declare
	of_view constant jsonb := meta.view_said(_view);
	a record;
	l record;
begin
	if of_view ? 'get' then
		name := _view || '_get';
		text := format('create or replace function method.%I(_id uuid) returns json
language plpgsql stable set search_path = '''' as $get$
begin
	return record.%I(_id);
end
$get$', name, _view || '_one');
		said := jsonb_build_object('doc', of_view -> 'get', 'access', 'read', 'result', _view, 'params',
			jsonb_build_object('id', jsonb_build_object('doc', format('The %s.', _view))));
		return next;
	end if;
	for l in
		select 'list' as verb, 'count' as counts, of_view ->> 'list' as doc, null as also where of_view ? 'list'
		union all
		select x.key, 'count_' || x.key, x.value ->> 'doc', x.key from jsonb_each(of_view -> 'also') x
	loop
		a := meta.list_arguments(_view, l.also);
		name := format('%s_%s', _view, l.verb);
		text := format('create or replace function method.%I(%s_sort text default null, _limit integer default null, '
			'_after text default null) returns json
language plpgsql stable set search_path = '''' as $list$
begin
	return record.%I(%L, %s_sort, _limit, _after);
end
$list$', name, a.declared, _view || '_page', name, a.passed);
		said := jsonb_build_object('doc', l.doc, 'access', 'read', 'result', _view || '[]', 'params', a.said
			|| jsonb_build_object('sort', jsonb_build_object('doc', 'By what it is sorted; with - downwards.', 'enum',
				(select jsonb_agg(d.sign || s.name order by s.n, d.sign) from meta.list_sorts(_view)
					with ordinality s (name, "column", type, nullable, "order", n), unnest(array['', '-']) d (sign)))));
		return next;
		name := format('%s_%s', _view, l.counts);
		text := format('create or replace function method.%I(%s_by text default null) returns json
language plpgsql stable set search_path = '''' as $count$
begin
	return record.%I(%s_by);
end
$count$', name, a.declared, _view || '_counted', a.passed);
		said := jsonb_build_object('doc', 'How many: ' || lower(left(l.doc, 1)) || substr(l.doc, 2), 'access', 'read',
			'result', '{"$ref": "#/components/schemas/count"}'::jsonb, 'params', a.said
			|| jsonb_build_object('by', jsonb_build_object('doc', 'Counted by this as well: '
				|| coalesce(of_view ->> 'by', 'nothing') || '.', 'enum', to_jsonb(meta.words(of_view ->> 'by')))));
		return next;
	end loop;
end
$$;

-- Makes what follows from each view of records; the oids of all of it.
create or replace function meta.build_views() returns oid[]
language plpgsql set search_path = '' as $$
declare
	kept oid[] := '{}';
	v record;
	s record;
	m record;
begin
	for v in
		select c.relname::text as name, meta.view_said(c.relname) as said, 'record.' || c.relname as made_of
		from pg_catalog.pg_class c
		where c.relnamespace = 'record'::regnamespace and c.relkind = 'v' and meta.has_column(c.oid, 'id')
	loop
		kept := kept || meta.place(meta.shown(v.name), v.made_of) || meta.place(meta.one(v.name), v.made_of);
		if v.said ? 'list' then
			for s in select * from meta.list_sorts(v.name) loop
				kept := kept
					|| meta.place(meta.list_by(v.name, s.name, s."column", s.type, s.nullable), v.made_of);
			end loop;
			kept := kept || meta.place(meta.list_merge(v.name), v.made_of)
				|| meta.place(meta.list_page(v.name), v.made_of) || meta.place(meta.list_count(v.name), v.made_of);
		end if;
		for m in select * from meta.list_methods(v.name) loop
			kept := kept || meta.place(m.text, v.made_of, jsonb_build_object('roles',
				coalesce(v.said -> 'roles', '["member"]')) || m.said);
		end loop;
	end loop;
	return kept;
end
$$;
comment on function meta.build_views() is 'Makes what follows from the views of records; what it made.';
