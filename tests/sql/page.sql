-- What makes lists, on a table of its own: each row once, in order, wherever a page ends; whom one sees through; sorts
-- with and without nulls; filters; texts; a fence. What each list there is finds: lists.sql.
\set ON_ERROR_STOP on
begin;
select no_plan();

\set org '''00000000-0000-4000-8000-000000000001'''
\set other '''00000000-0000-4000-8000-000000000002'''
set local role ninetwo_owner;
create table app.parcel (organisation uuid not null, id uuid not null default app.uuid7(), part uuid not null,
	function uuid not null, state text not null, opened_at timestamptz not null,
	due_on date, title text not null, tags text[] not null default '{}', primary key (organisation, id));
create index parcel_part on app.parcel (organisation, part, opened_at, id);
create index parcel_function on app.parcel (organisation, function, opened_at, id);
create index parcel_due on app.parcel (organisation, function, due_on, id);
create index parcel_all on app.parcel (organisation, opened_at, id);
alter table app.parcel enable row level security;
alter table app.parcel force row level security;
create policy owner on app.parcel to ninetwo_owner using (true) with check (true);
create policy read on app.parcel for select to ninetwo_api using (organisation = (select app.org()) and case
	when (select app.i_have('management')) then true
	when function = any ((select current_setting('t.functions'))::uuid[]) then true
	else part = any ((select current_setting('t.parts'))::uuid[]) end);
grant select on app.parcel to ninetwo_api;
create index parcel_text on app.parcel using gin (app.folded(title::text) public.gin_trgm_ops);
set local role ninetwo_api;
create view record.parcel with (security_invoker = true) as select organisation, id, part, function, state, opened_at,
	due_on, title, tags from app.parcel;
comment on view record.parcel is '{
	"doc": "A parcel.", "list": "The parcels.", "get": "One parcel.",
	"sorts": "-opened_at, due_on, due=due_on, title", "walks": "function", "q": "title", "by": "state",
	"all_for": "(select app.i_have(''management''))",
	"branches": {
		"function": "current_setting(''t.functions'')::uuid[]",
		"part": "current_setting(''t.parts'')::uuid[]"},
	"also": {"closed": {"doc": "Those that are closed.", "where": "w.state = ''closed''"}},
	"filters": {
		"function": "Of this function.", "state": "In one of these states.", "title": "With this title.",
		"tag": {"doc": "With this tag.", "column": "tags"},
		"due_from": {"doc": "Due on this day or later.", "column": "due_on", "compare": ">="},
		"due_until": {"doc": "Due on this day or before.", "column": "due_on", "compare": "<="},
		"due": {"doc": "With a day, or without.", "is": "w.due_on is not null"}}}';
comment on column record.parcel.opened_at is '!When.';
reset role;
select app.audience_build() \g /dev/null
set local role ninetwo_api;
select meta.build_views() \g /dev/null
reset role;
-- 12,000 in one organisation, in 20 parts and 40 functions, many of one time, a quarter without a date; some in another
insert into app.parcel (organisation, part, function, state, opened_at, due_on, title, tags)
select :org, md5('p' || i % 20)::uuid, md5('f' || i % 40)::uuid, case when i % 7 = 0 then 'closed'
	when i % 7 = 1 then 'open' else 'issued' end, now() - (i / 5) * interval '1 min',
	case when i % 4 > 0 then current_date + (i * 7919) % 300 end, 'Title ' || i, array['t' || i % 3]
		from generate_series(1, 12000) i;
insert into app.parcel (organisation, part, function, state, opened_at, title) select :other, md5('p1')::uuid,
	md5('f1')::uuid, 'open', now(), 'Other' from generate_series(1, 50);
analyze app.parcel;
select set_config('ninetwo.person', gen_random_uuid()::text, true), set_config('ninetwo.organisation', :org, true),
	set_config('ninetwo.roles', '{auditee}', true),
	set_config('t.functions', array[md5('f3'), md5('f4')]::text, true),
		set_config('t.parts', array[md5('p3'), md5('p7')]::text, true) \g /dev/null
set local plan_cache_mode = force_generic_plan;
set local enable_bitmapscan = off;

create function pg_temp.ask(method text, passed text) returns jsonb language plpgsql as $$
declare
	reply jsonb; state text; data text;
begin
	perform set_config('role', 'ninetwo_api', true);
	execute format('select method.%I(%s)', method, passed) into reply;
	perform set_config('role', 'none', true);
	return reply;
exception when others then
	get stacked diagnostics state = returned_sqlstate, data = pg_exception_detail;
	return jsonb_build_object('refused', state, 'data', nullif(data, '')::jsonb, 'message', sqlerrm);
end
$$;
create function pg_temp.page(passed text, sort text default null, size int default null, after text default null)
	returns jsonb language sql as $$
	select pg_temp.ask('parcel_list', concat_ws(', ', passed, format('_sort => %L, _limit => %L, _after => %L', sort,
		size, after)))
$$;
-- The whole list page by page: ids in order, how many pages, how many of them partial.
create function pg_temp.walk(passed text, sort text, size int, out ids uuid[], out pages int,
	out partials int) language plpgsql as $$
declare
	p jsonb;
begin
	ids := '{}'; pages := 0; partials := 0;
	loop
		p := pg_temp.page(passed, sort, size, p ->> 'after');
		if p ? 'refused' then raise exception '%', p; end if;
		pages := pages + 1;
		partials := partials + (p ->> 'partial')::boolean::int;
		ids := ids || array(select (e ->> 'id')::uuid from jsonb_array_elements(p -> 'items') with ordinality x (e, n)
			order by n);
		exit when p ->> 'after' is null;
	end loop;
end
$$;
create function pg_temp.seen(wanted text, sort text) returns uuid[] language plpgsql as $$
declare
	ids uuid[];
begin
	perform set_config('role', 'ninetwo_api', true);
	execute format('select array(select id from record.parcel where %s order by %s)', wanted, sort) into ids;
	perform set_config('role', 'none', true);
	return ids;
end
$$;

-- Every row once and in order, whatever the page's size
select is((pg_temp.walk(null, sort, size)).ids, pg_temp.seen('true', by),
	format('%s, %s a page', coalesce(sort, 'the default'), size))
from (values (null, 50, 'opened_at desc, id desc'), (null, 200, 'opened_at desc, id desc'),
	(null, 7, 'opened_at desc, id desc'), ('opened_at', 60, 'opened_at, id'), ('title', 90, 'title, id'),
	('-title', 200, 'title desc, id desc'), ('due_on', 90, 'due_on nulls last, id'),
		('-due', 70, 'due_on desc nulls last, id desc'), ('due', 200, 'due_on nulls last, id')) t (sort, size, by);
select is((select array_agg(distinct e ->> 'organisation')
	from jsonb_array_elements(pg_temp.page(null, null, 200) -> 'items') e), array[:org], 'one organisation');

-- What one sees it through
select is((pg_temp.walk(format('_function => array[%L]::uuid[]', md5('f3')::uuid), null, 100)).ids,
	pg_temp.seen(format('function = %L', md5('f3')::uuid), 'opened_at desc, id desc'), 'a filter that is walked to');
select is(pg_temp.page(format('_function => array[%L]::uuid[]', md5('f9')::uuid)) -> 'items', '[]',
	'it gives no right: the policy decides');
select set_config('t.functions', '{}', true), set_config('t.parts', '{}', true) \g /dev/null
select is(pg_temp.page(null), '{"items": [], "after": null, "partial": false}', 'through nothing one sees nothing');
select set_config('ninetwo.roles', '{management}', true) \g /dev/null
select is(cardinality((pg_temp.walk(null, null, 200)).ids), 12000, 'the whole organisation, by a role');

-- Filters
select is((pg_temp.walk(passed, 'opened_at', 200)).ids, pg_temp.seen(wanted, 'opened_at, id'), passed)
from (values
	('_state => ''{closed}''', 'state = ''closed'''),
	('_state => ''{closed,open}'', _title => null', 'state in (''closed'', ''open'')'),
	('_due_until => current_date + 40', 'due_on <= current_date + 40'),
	('_due_from => current_date + 40, _due_until => current_date + 49',
		'due_on >= current_date + 40 and due_on < current_date + 50'),
	('_due => false', 'due_on is null'),
	('_due => true, _state => ''{issued,closed}''', 'due_on is not null and state <> ''open'''),
	('_tag => ''{t2,t9}'', _state => ''{open}''', '''t2'' = any (tags) and state = ''open''')
) t (passed, wanted);
select is(pg_temp.page('_state => ''{}''') -> 'items', '[]', 'one of none is none');
select is(cardinality((pg_temp.walk('_q => ''TÍTLE 1199''', 'title', 50)).ids), 11,
	'a text is found whatever its accents and capitals');

-- The fence: a page reads 5,000 rows and says so
select is(pg_temp.page('_title => ''{Title 11999}''') - 'after', '{"items": [], "partial": true}',
	'a page that has read 5,000 rows stops');
select isnt(pg_temp.page('_title => ''{Title 11999}''') -> 'after', 'null', 'and says where to go on');
select
	is((select (pages, partials, cardinality(ids))::text from pg_temp.walk('_title => ''{Title 11999}''', null, 50)),
	'(3,2,1)', 'so the row is found on the third');
select is((select (partials > 0, cardinality(ids))::text
	from pg_temp.walk(format('_function => %L, _title => ''{Title 11999}''', array(select md5('f' || g)::uuid
		from generate_series(0, 39) g)), null, 50)), '(t,1)', 'forty branches share the fence');
-- A text that is rare is asked of the index; one that is not is walked for
select is((select (pages, partials, cardinality(ids))::text from pg_temp.walk('_q => ''title 11999''', null, 50)),
	'(1,0,1)', 'a rare text is found at once');
select is((pg_temp.walk('_q => ''title 11''', 'opened_at', 50)).ids,
	pg_temp.seen('title like ''Title 11%''', 'opened_at, id'), 'one of a thousand rows, all of them, in order');
select is((pg_temp.walk('_q => ''title''', 'opened_at', 200)).ids, pg_temp.seen('true', 'opened_at, id'),
	'and what all hold');
select is(pg_temp.page('_q => ''100%''') -> 'items', '[]', 'what a pattern means has no meaning here');

-- Counts
select is(pg_temp.ask('parcel_count', ''), '{"by": null, "count": 5000, "exact": false}', 'five thousand at least');
select is(pg_temp.ask('parcel_count_closed', ''), '{"by": null, "count": 1714, "exact": true}', 'another list of them');
select is(pg_temp.ask('parcel_count', '_q => ''title 1199'', _by => ''state'''),
	'{"by": [{"name": null, "count": 7, "value": "issued"}, {"name": null, "count": 2, "value": "closed"}, '
	'{"name": null, "count": 2, "value": "open"}], "count": 11, "exact": true}', 'and by what they are');
select is(pg_temp.ask('parcel_count', '_by => ''title''') #>> '{data,params,0,say,args,known}', 'state',
	'by nothing else');

-- Cursors
select pg_temp.page(null, null, 5) ->> 'after' as after \gset
select is(pg_temp.page(null, sort, 5, after) #>> '{data,params,0,name}', 'after', why)
from (values ('opened_at', :'after', 'a cursor belongs to its sort'), (null, 'nonsense', 'a cursor is made here'),
	(null, '', 'and not empty'), (null, left(:'after', 30), 'nor cut'),
	(null, translate(encode('["x","y","z"]', 'base64'), '+/=', '-_'), 'nor made up')) t (sort, after, why);
select is(pg_temp.page('_state => ''{open}''', null, 5, :'after') ->> 'refused', 'N2602', 'and to its filters');
select is(pg_temp.page('_state => null', null, 5, :'after') ->> 'refused', null, 'a filter that is null is none');
select is(pg_temp.ask('parcel_closed', format('_limit => 5, _after => %L', :'after')) ->> 'refused', 'N2602',
	'and to its list');
select set_config('ninetwo.organisation', :other, true) \g /dev/null
select is(pg_temp.page(null, null, 5, :'after') ->> 'refused', 'N2602', 'and to its organisation');
select is(jsonb_array_length(pg_temp.page(null, null, 200) -> 'items'), 50, 'which has its own');
select set_config('ninetwo.organisation', :org, true) \g /dev/null
select is(jsonb_array_length(pg_temp.page(null) -> 'items'), 50, 'fifty to a page');
select is(pg_temp.page(null, null, size) #>> '{data,params,0,name}', 'limit', size || ' to a page is refused')
	from unnest(array[0, -1, 201]) size;
select is(pg_temp.page(null, sort) #>> '{data,params,0,name}', 'sort', sort || ' is no sort of this list')
	from unnest(array['state', 'id; drop table', '']) sort;

-- The cost: what a page holds, wherever it begins
create function pg_temp.rows_read(after text) returns bigint language plpgsql as $$
declare
	before constant bigint := pg_stat_get_xact_tuples_fetched('app.parcel'::regclass);
begin
	perform pg_temp.page(null, null, 50, after);
	return pg_stat_get_xact_tuples_fetched('app.parcel'::regclass) - before;
end
$$;
select pg_temp.page(null, null, 200) ->> 'after' as deep from generate_series(1, 1) \gset
select ok(pg_temp.rows_read(null) <= 102, 'a page of 50 reads 51 rows along the index and fetches 50');
select is(pg_temp.rows_read(:'deep'), pg_temp.rows_read(null), 'as does one further down');

select * from finish();
rollback;
