-- Every list that there is, with every filter and every sort, as everybody: page by page it finds exactly what a plain
-- query of the same person finds, in that order; and its count is how many. Nothing here names a noun: what there is to
-- ask follows from what the views declare (sql/core/list.sql).
\set ON_ERROR_STOP on
begin;
select no_plan();
set local client_min_messages = warning;
set local plan_cache_mode = force_generic_plan;
set local enable_bitmapscan = off;
\ir fixture/coverage.sql

-- The lists, and of each what it can be asked.
create table t.list as
	select v.name as view, v.said, l.method, l.counts, l.condition, meta.view_table(v.name)::text as relation,
		meta.key(meta.view_table(v.name)) as key
	from (select c.relname::text as name, meta.view_said(c.relname) as said from pg_class c
		where c.relnamespace = 'record'::regnamespace and c.relkind = 'v') v
	cross join lateral (
		select v.name || '_list', v.name || '_count', 'true' where v.said ? 'list'
		union all
		select v.name || '_' || a.key, v.name || '_count_' || a.key, a.value ->> 'where'
		from jsonb_each(v.said -> 'also') a)
		l (method, counts, condition);

-- A question: what is passed, and what it asks for, over v (the view) and w (the table).
create table t.question (view text, said text, passed text, condition text, primary key (view, said));
create function t.ask(of_view text, name text, type text, given text, condition text) returns void language sql as $$
	insert into t.question values (of_view, format('%s %s', name, left(given, 300)),
		format('_%s => %L::%s', name, given, type),
		replace(condition, '?', format('%L::%s', given, type))) on conflict do nothing
$$;
-- The values of a column of a view, those of a list apart, as a superuser sees them.
create function t.values_of(of_view text, of_column text) returns text[] language plpgsql as $$
declare
	found_values text[];
begin
	if not meta.has_column(format('record.%I', of_view)::regclass, of_column) then
		return null;
	end if;
	execute format('select array(select distinct x from record.%I v cross join lateral unnest(case when '
		'pg_typeof(v.%I)::text like ''%%[]'' then v.%2$I::text::text[] else array[v.%2$I::text] end) x '
		'where v.organisation = t.org() and x is not null order by x)', of_view, of_column) into found_values;
	return found_values;
end $$;
do $$
declare
	l record;
	f record;
	what text;
	given text[];
	shown text;
begin
	perform set_config('ninetwo.organisation', t.org()::text, true),
		set_config('ninetwo.today', current_date::text, true);
	for l in select distinct on (view) * from t.list loop
		for f in select * from meta.list_filters(l.view) loop
			-- what a filter by a column asks is asked of the view, which masks; else it is SQL over the table
			shown := (select format('v.%I', c)
				from (select coalesce(f.shown, case when f.type = 'boolean' then f.name end)) x (c)
				where meta.has_column(format('record.%I', l.view)::regclass, c));
			what := case when shown is null then regexp_replace(f.condition, '\m_' || f.name || '\M', '?', 'g')
				when f.condition ~ ('>= _' || f.name) then shown || ' >= ?'
				when f.condition ~ ('<= _' || f.name) then shown || ' <= ?'
				when f.type = 'boolean' then shown || ' = ?'
				when f.condition ~ '&&' then shown || ' && ?'
				else shown || ' = any (?)' end;
			if f.type = 'boolean' then
				given := '{true,false}';
			else
				given := coalesce(t.values_of(l.view, coalesce(f.shown, f.name)), '{}');
				if rtrim(f.type, '[]')::regtype = 'uuid'::regtype then
					given := given[:3] || array(select k.id::text from t.kept k order by k.key);
				elsif (select typtype = 'e' from pg_type where oid = rtrim(f.type, '[]')::regtype) then
					given := array(select e.enumlabel from pg_enum e where e.enumtypid = rtrim(f.type, '[]')::regtype);
				end if;
			end if;
			if f.type like '%[]' then
				perform t.ask(l.view, f.name, f.type, given::text, what),
					t.ask(l.view, f.name, f.type, '{}', what);
				perform t.ask(l.view, f.name, f.type, array[g]::text, what) from unnest(given[:4]) g;
			else
				perform t.ask(l.view, f.name, f.type, g, what) from unnest(given[:4]) g;
			end if;
		end loop;
		if l.said ? 'q' then
			perform t.ask(l.view, 'q', 'text', upper(substr(g, 3, 9)), meta.list_text(l.view) || ' like app.pattern(?)')
			from unnest(meta.words(l.said ->> 'q')) c, unnest((t.values_of(l.view, c))[:2]) g where length(g) > 5;
			perform t.ask(l.view, 'q', 'text', 'nobody writes this', 'false');
		end if;
		insert into t.question values (l.view, 'all', null, 'true');
	end loop;
end $$;
select ok((select count(*) > 20 from t.list), 'there are lists');
select is((select array_agg(l.view || '.' || f.name) from (select distinct view from t.list) l
	cross join lateral meta.list_filters(l.view) f where not exists (select from t.question q
		where q.view = l.view and q.said like f.name || ' %')), null, 'each of their filters is asked');

-- All of a list that one person reads, by a plain query: which questions each record answers (in the order of what is
-- said), where it stands in each sort, and what it may be counted by.
create table t.seen (id uuid, fits boolean[], places int[], counted text[]);
grant usage on schema t to ninetwo_api;
grant insert on t.seen to ninetwo_api;
create function t.look(of_list t.list) returns void language plpgsql as $$
begin
	truncate t.seen;
	perform set_config('role', 'ninetwo_api', true);
	execute of_list.plain;
	perform set_config('role', 'none', true);
end $$;
alter table t.list add plain text;
update t.list l set plain = format('insert into t.seen select v.id, array[%s]::boolean[], array[%s], array[%s]::text[] '
	'from record.%I v join %s w on w.organisation = v.organisation and w.%I = v.id '
	'where v.organisation = app.org() and (%s)', (
		select string_agg(format('(%s)', q.condition), ', ' order by q.said) from t.question q where q.view = l.view), (
		select string_agg(format('(row_number() over (order by w.%I nulls last, v.id))::int, '
			'(row_number() over (order by w.%1$I desc nulls last, v.id desc))::int', s."column"), ', ' order by s.n)
		from meta.list_sorts(l.view) with ordinality s (name, "column", type, nullable, "order", n)), (
		select string_agg(format('v.%I::text', w), ', ' order by n)
		from unnest(meta.words(l.said ->> 'by')) with ordinality x (w, n)),
	l.view, l.relation, l.key, l.condition);
create function t.pages(of_list t.list, passed text, sort text, down boolean, size int) returns uuid[]
	language plpgsql as $$
declare
	ids uuid[] := '{}';
	page json;
begin
	perform set_config('role', 'ninetwo_api', true);
	loop
		execute format('select method.%I(%s_sort => %L, _limit => %s, _after => %L)', of_list.method,
			coalesce(passed || ', ', ''), case when down then '-' else '' end || sort, size, page ->> 'after')
			into page;
		ids := ids || array(select (x ->> 'id')::uuid from json_array_elements(page -> 'items') with ordinality e (x, n)
			order by n);
		exit when page ->> 'after' is null;
	end loop;
	perform set_config('role', 'none', true);
	return ids;
end $$;
create function t.counted(of_list t.list, passed text, by_what text) returns json language plpgsql as $$
declare
	answer json;
begin
	perform set_config('role', 'ninetwo_api', true);
	execute format('select method.%I(%s_by => %L)', of_list.counts, coalesce(passed || ', ', ''), by_what) into answer;
	perform set_config('role', 'none', true);
	return answer;
end $$;
-- Of one list as one person: what differs.
create function t.differs(of_list t.list, who text) returns setof text language plpgsql as $$
declare
	q record;
	s record;
	found_ids uuid[];
	wanted uuid[];
	sorts constant text[] := array(select x.name from meta.list_sorts(of_list.view) x);
begin
	perform t.look(of_list);
	for q in select x.*, row_number() over (order by x.said) as n from t.question x where x.view = of_list.view loop
		for s in
			select sorts[(k + 1) / 2] as name, k % 2 = 0 as down, k from generate_series(1, 2 * cardinality(sorts)) k
			-- every sort of all; of a filter one, another for each
			where q.said = 'all' or k = 1 + abs(hashtext(q.said)) % (2 * cardinality(sorts))
		loop
			wanted := array(select x.id from t.seen x where x.fits[q.n] order by x.places[s.k]);
			found_ids := t.pages(of_list, q.passed, s.name, s.down, case when q.said = 'all' then 3 else 50 end);
			if found_ids is distinct from wanted then
				return next format('%s as %s, %s, by %s %s: %s in place of %s', of_list.method, who, q.said, s.name,
					case when s.down then 'down' else 'up' end, found_ids, wanted);
			end if;
		end loop;
		if (t.counted(of_list, q.passed, null) ->> 'count')::int <> cardinality(wanted) then
			return next format('%s as %s, %s: %s in place of %s', of_list.counts, who, q.said,
				t.counted(of_list, q.passed, null), cardinality(wanted));
		end if;
	end loop;
	for s in select w as name, n from unnest(meta.words(of_list.said ->> 'by')) with ordinality x (w, n) loop
		if (select coalesce(jsonb_object_agg(coalesce(b ->> 'value', 'null'), (b ->> 'count')::int), '{}')
			from json_array_elements(t.counted(of_list, null, s.name) -> 'by') b) <> (
			select coalesce(jsonb_object_agg(x.value, x.count), '{}')
			from (select coalesce(e.counted[s.n], 'null') as value, count(*)::int as count
				from t.seen e group by 1) x) then
			return next format('%s as %s by %s: %s', of_list.counts, who, s.name, t.counted(of_list, null, s.name));
		end if;
	end loop;
end $$;
create table t.difference (method text, what text);
do $$
declare
	p record;
	l t.list;
begin
	for p in
		select distinct t.who, exists (select from app.membership m join t.persons x on x.id = m.person
			where x.key = t.who and m.organisation = t.org() and m.role = 'administrator'
				and m.held @> current_date) as admin
		from t.caller t
		where exists (select from app.membership m join t.persons x on x.id = m.person where x.key = t.who
			and m.organisation = t.org() and m.held @> current_date)
	loop
		perform auth.enter(sha256(convert_to('secret of ' || p.who, 'UTF8')), t.org(), 'lists', '{member}', 'read');
		for l in select * from t.list x where p.admin or not x.said -> 'roles' = '["administrator"]'
				or not x.said ? 'roles' loop
			insert into t.difference select l.method, d from t.differs(l, p.who) d;
		end loop;
	end loop;
end $$;
select is((select string_agg(d.what, E'\n') from t.difference d where d.method = l.method), null,
	format('%s finds what there is, as everybody', l.method)) from t.list l order by l.method;

select * from finish();
rollback;
