-- Views of schema record, as the methods and the description read them: what a view says of itself, the fields of its
-- records, and the functions that answer records as JSON text.
--
-- A comment on a view is its doc, or JSON: `doc`; `of`, its table where that is not app.<view>; and what is said of its
-- list (core/list.sql). A comment on a column is its doc (with ! before it where it is never null), or JSON: `doc`,
-- `not_null`, `schema`, and `of`: the noun that it is an id of, where no foreign key says so.
--
-- Nobody is shown a bare id: beside each that names a record of a noun which is called something (a view
-- app.called_<noun>, its second column) stands what it is called, as owner and owner_name; beside a list of them a
-- list, as functions and function_names. A view itself holds none.

create or replace function meta.view_said(_view text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	said constant text := (select d.description from pg_catalog.pg_description d
		where d.objoid = to_regclass('record.' || quote_ident(_view)) and d.objsubid = 0
			and d.classoid = 'pg_catalog.pg_class'::regclass);
begin
	return case when said ~ '^\s*\{' then said::jsonb else jsonb_strip_nulls(jsonb_build_object('doc', said)) end;
end
$$;
comment on function meta.view_said(text) is 'What the comment on a view of schema record says.';

-- The table that a view shows; null where it is none of schema app.
create or replace function meta.view_table(_view text) returns regclass
language plpgsql stable set search_path = '' as $$
declare
	name constant text := coalesce(meta.view_said(_view) ->> 'of', _view);
begin
	return to_regclass(case when name ~ '[.]' then name else format('app.%I', name) end);
end
$$;

create or replace function meta.column_said(_view regclass, _number int) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	said constant text := (select d.description from pg_catalog.pg_description d where d.objoid = _view
		and d.objsubid = _number and d.classoid = 'pg_catalog.pg_class'::regclass);
begin
	return case when said ~ '^\s*\{' then said::jsonb
		else jsonb_build_object('doc', ltrim(regexp_replace(said, '\s*\(not null\)', ''), '! '), 'not_null',
			case when said ~ '^!|\(not null\)' then true end) end;
end
$$;

-- The noun that a column holds the ids of: as its comment says, else as the table's foreign key does, else as its name
-- does: a noun, or several of it, or by whom something was done.
create or replace function meta.column_noun(_view text, _column text, _said jsonb) returns text
language sql stable set search_path = '' as $$
	select coalesce(_said ->> 'of', (
		select meta.noun_of(k.confrelid)
		from pg_catalog.pg_constraint k
		cross join lateral unnest(k.conkey, k.confkey) p (here, there)
		join pg_catalog.pg_attribute h on h.attrelid = k.conrelid and h.attnum = p.here and h.attname = _column
		join pg_catalog.pg_attribute t on t.attrelid = k.confrelid and t.attnum = p.there
			and t.attname = meta.key(k.confrelid)
		where k.contype = 'f' and k.conrelid = meta.view_table(_view) limit 1), (
		select n.name from unnest(array[_column, rtrim(_column, 's'), case when _column ~ '_by$' then 'person' end])
			with ordinality n (name, n)
		where meta.called_by(n.name) is not null order by n.n limit 1))
	where _column not in ('id', 'organisation')
$$;

-- What the records of a table are called in the language: the view of it.
create or replace function meta.noun_of(_relation regclass) returns text
language sql stable set search_path = '' as $$
	select coalesce((select v.relname::text from pg_catalog.pg_class v
		join pg_catalog.pg_description d on d.objoid = v.oid and d.objsubid = 0
			and d.classoid = 'pg_catalog.pg_class'::regclass
		where v.relnamespace = 'record'::regnamespace and v.relkind = 'v'
			and d.description ~ format('"of": "%s"', c.relname) limit 1), c.relname::text)
	from pg_catalog.pg_class c where c.oid = _relation
$$;

-- What a noun's records are called by: the second column of app.called_<noun>, or null.
create or replace function meta.called_by(_noun text) returns text
language sql stable set search_path = '' as $$
	select a.attname::text from pg_catalog.pg_attribute a
	where a.attrelid = to_regclass('app.' || quote_ident('called_' || _noun)) and a.attnum = 2
$$;

-- The fields of a view's records, in order: each column, and after it what the record that it names is called. The
-- expressions are over v, the view, and what the joins add.
create or replace function meta.fields(_view text)
returns table (name text, expression text, type oid, said jsonb, noun text, added text)
language plpgsql stable set search_path = '' as $$
declare
	view constant regclass := format('record.%I', _view);
	a record;
	suffix text;
begin
	for a in
		select c.attname::text as attname, c.atttypid, c.attnum, t.typcategory = 'A' as is_list,
			meta.column_said(view, c.attnum) as said,
			case when c.atttypid in ('uuid'::regtype, 'uuid[]'::regtype)
				then meta.column_noun(_view, c.attname, meta.column_said(view, c.attnum)) end as noun
		from pg_catalog.pg_attribute c join pg_catalog.pg_type t on t.oid = c.atttypid
		where c.attrelid = view and c.attnum > 0 and not c.attisdropped order by c.attnum
	loop
		name := a.attname;
		expression := format('v.%I', a.attname);
		type := a.atttypid;
		said := a.said;
		noun := a.noun;
		added := null;
		return next;
		suffix := meta.called_by(a.noun);
		name := case when a.is_list then format('%s_%ss', rtrim(a.attname, 's'), suffix)
			else format('%s_%s', a.attname, suffix) end;
		if suffix is not null and not meta.has_column(view, name) then
			added := 'called ' || a.attname;
			expression := format('%I.%I', added, suffix);
			type := case when a.is_list then 'text[]'::regtype else 'text'::regtype end;
			if a.is_list then
				expression := format('case when v.%I is not null then array(select (select c.%I from app.%I c '
					'where c.id = u.id) from unnest(v.%1$I) u (id)) end', a.attname, suffix, 'called_' || a.noun);
				added := null;
			end if;
			said := jsonb_build_object('doc', case when a.is_list then 'What they are called.' else 'What it is called.'
				end);
			if a.noun = 'person' then
				said := jsonb_build_object('doc', case when a.is_list then 'Their names.' else 'Their name.' end);
			end if;
			added := coalesce(added, '');
			return next;
		end if;
	end loop;
end
$$;
comment on function meta.fields(text) is
	'The fields of a record: name, SQL over the view v, type, what is said of it, the noun that it names; `added` of '
	'what is no column: the join that it needs, or nothing.';

-- One record in full, as SQL that follows `select` … `from`: fields and joins.
create or replace function meta.record_select(_view text, out fields text, out joins text)
language sql stable set search_path = '' as $$
	select string_agg(format('%s as %I', f.expression, f.name), ', ' order by f.n),
		coalesce(string_agg(format(' left join app.%I %I on %2$I.id = v.%I', 'called_' || f.noun, f.added,
			substr(f.added, 8)), '' order by f.n) filter (where f.added <> ''), '')
	from meta.fields(_view) with ordinality f (name, expression, type, said, noun, added, n)
$$;

-- Of the caller's organisation alone, where the view has one.
create or replace function meta.of_organisation(_view text, _alias text) returns text
language sql stable set search_path = '' as $$
	select case when meta.has_column(format('record.%I', _view)::regclass, 'organisation')
		then format(' and %s.organisation = (select app.org())', _alias) else '' end
$$;

-- What pages show of records. A function of its own, so that each connection plans the view once: that takes longer
-- than twenty rows of it.
create or replace function meta.shown(_view text) returns text
language sql stable set search_path = '' as $$
	select format('create or replace function record.%I(ids uuid[]) returns json
language plpgsql stable set search_path = '''' as $shown$
begin
	return (select coalesce(json_agg(x order by pg_catalog.array_position(ids, x.id)), ''[]'') from (
		select %s from record.%I v%s where v.id = any (ids)%s) x);
end
$shown$', _view || '_shown', s.fields, _view, s.joins, meta.of_organisation(_view, 'v'))
	from meta.record_select(_view) s
$$;

-- One record; not found where the caller may not see it, or there is none.
create or replace function meta.one(_view text) returns text
language sql stable set search_path = '' as $$
	select format('create or replace function record.%I(_id uuid) returns json
language plpgsql stable set search_path = '''' as $one$
declare
	_one json;
begin
	select row_to_json(x) into _one from (select %s from record.%I v%s where v.id = _id%s) x;
	if _one is null then
		perform app.refuse_not_found(%L);
	end if;
	return _one;
end
$one$', _view || '_one', s.fields, _view, s.joins, meta.of_organisation(_view, 'v'), _view)
	from meta.record_select(_view) s
$$;

create or replace function app.one(_record text, _id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	r jsonb;
begin
	execute format('select record.%I($1)', _record || '_one') into r using _id;
	return r;
end
$$;
comment on function app.one(text, uuid) is
	'One record as the caller may see it; not found, when they may not or there is none. Where the noun is known, '
	'record.<noun>_one is the same, planned once.';

-- The schema of a record is its fields: every one is there in every reply. A field may be null where nothing says
-- otherwise: id, organisation and version are not, nor is one whose comment begins with `!`.
create or replace function meta.record_schema(_view text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	f record;
	schema jsonb;
	properties jsonb := '{}';
	names jsonb := '[]';
begin
	for f in select * from meta.fields(_view) loop
		schema := coalesce(meta.said_schema(f.said -> 'schema'), meta.type_schema(f.type)) - 'x-problem';
		if not coalesce((f.said ->> 'not_null')::boolean, f.name in ('id', 'organisation', 'version')) then
			schema := meta.nullable(schema);
		end if;
		if f.said ->> 'doc' is not null then
			schema := schema || jsonb_build_object('description', f.said ->> 'doc');
		end if;
		properties := properties || jsonb_build_object(f.name, schema);
		names := names || to_jsonb(f.name);
	end loop;
	return jsonb_strip_nulls(jsonb_build_object('type', 'object', 'description', meta.view_said(_view) ->> 'doc'))
		|| jsonb_build_object('properties', properties, 'required', names, 'additionalProperties', false);
end
$$;
