-- Makes schema api from schema method, whole or not at all, and keeps the description from which the server makes its
-- gate, OpenRPC, help and types: methods and schemas, what each rule says and what helps, and all sentences.
--
-- What is made here is made in place: a function keeps its oid, so that a call which is running finds it. Its comment
-- says that it was made here; what has such a comment and is not made again goes.

-- Makes a function from its text (create or replace function …), the one of its name. What cannot be replaced, as
-- arguments or result are others now, is dropped and made again. Answers its oid.
create or replace function meta.place(_text text, _of text default null, _said jsonb default null) returns oid
language plpgsql set search_path = '' as $$
declare
	name constant text[] := parse_ident(substring(_text from '^create or replace function ([^(]+)\('));
	before constant oid[] := array(select p.oid from pg_catalog.pg_proc p
		where p.pronamespace = name[1]::regnamespace and p.proname = name[2]);
	made oid;
begin
	if before = '{}' then
		execute _text;
	else
		begin
			execute _text;
		exception when invalid_function_definition then
			perform meta.drop_routines(before);
			execute _text;
		end;
	end if;
	select p.oid into made from pg_catalog.pg_proc p
	where p.pronamespace = name[1]::regnamespace and p.proname = name[2] and p.oid <> all (before);
	if made is null then
		made := before[1];
	elsif before <> '{}' then
		perform meta.drop_routines(before);
	end if;
	execute format('comment on function %s is %L', made::regprocedure,
		'Made by meta.build()' || coalesce(' of ' || _of, '') || coalesce(E'\n' || _said::text, ''));
	return made;
end
$$;
comment on function meta.place(text, text, jsonb) is
	'Makes a function from its text, in place of the one of its name; says of what it was made, and after that what it '
	'declares. Its oid.';
grant execute on function meta.place(text, text, jsonb) to ninetwo_owner;

create or replace function meta.drop_routines(_oids oid[]) returns void
language plpgsql set search_path = '' as $$
declare
	fn record;
begin
	for fn in select p.oid::regprocedure as signature from pg_catalog.pg_proc p where p.oid = any (_oids) loop
		execute format('drop routine %s', fn.signature);
	end loop;
end
$$;
grant execute on function meta.drop_routines(oid[]) to ninetwo_owner;

-- Those of a schema that were made here.
create or replace function meta.placed(_schema text) returns oid[]
language sql stable set search_path = '' as $$
	select array(select p.oid from pg_catalog.pg_proc p join pg_catalog.pg_description d on d.objoid = p.oid
			and d.classoid = 'pg_catalog.pg_proc'::regclass
		where p.pronamespace = _schema::regnamespace and d.description like 'Made by meta.build()%' order by p.oid)
$$;
grant execute on function meta.placed(text) to ninetwo_owner;

-- What this database's functions and records are, in one number: a server and a database of the same release agree on
-- it. (What the loader has put out of the way is no more.)
create or replace function meta.release() returns text
language sql stable set search_path = '' as $$
	select encode(sha256(convert_to(string_agg(line, E'\n' order by line collate "C"), 'UTF8')), 'hex')
	from (
		select format('%s.%s(%s) %s %s', n.nspname, p.proname, pg_catalog.pg_get_function_arguments(p.oid),
			coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc), pg_catalog.obj_description(p.oid, 'pg_proc'))
		from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
		where n.nspname in ('app', 'auth', 'ledger', 'method', 'gate', 'operator', 'meta') and p.proname !~ '^gone '
		union all
		select format('%s.%s.%s %s', n.nspname, c.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod))
		from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
			join pg_catalog.pg_attribute a on a.attrelid = c.oid
		where n.nspname in ('app', 'auth', 'ledger', 'record') and c.relkind in ('r', 'v') and a.attnum > 0
			and not a.attisdropped
	) as lines (line)
$$;

-- The states that the records of one noun can be in: the words of its column's type.
create or replace function meta.states(_noun text) returns text[]
language sql stable set search_path = '' as $$
	select array(select jsonb_array_elements_text(meta.type_schema(a.atttypid) -> 'enum'))
	from pg_catalog.pg_attribute a join pg_catalog.pg_class k on k.oid = a.attrelid
	where k.relnamespace in (select n.oid from pg_catalog.pg_namespace n where n.nspname in ('app', 'auth'))
		and k.relname = case _noun when 'request' then 'evidence_request' else _noun end and a.attname = 'state'
$$;

-- What rules/states.sql names and there is not: a noun, a state of it, a verb.
create or replace function meta.state_problems() returns text[]
language sql stable set search_path = '' as $$
	select coalesce(array_agg(distinct p.problem order by p.problem), '{}')
	from app.transitions() t
	cross join lateral (
		select format('no record of %s has a state', t.noun) where meta.states(t.noun) is null
		union all
		select format('%1$s.%2$s: no %1$s is ever %3$s', t.noun, t.verb, s) from unnest(array[t.was, t.becomes]) s
			where s is not null and not s = any (meta.states(t.noun))
		union all
		select format('there is no method %s.%s', t.noun, t.verb) where t.verb <> 'by itself' and not exists (
			select from pg_catalog.pg_proc m where m.pronamespace = 'method'::regnamespace
				and m.proname = t.noun || '_' || t.verb)) p (problem)
$$;
comment on function meta.state_problems() is
	'A sentence for each noun, state or verb of the transitions that there is not.';

-- Makes schema api from schema method, whole or not at all.
create or replace function meta.build() returns integer
language plpgsql security definer set search_path = '' as $$
declare
	fn record;
	d record;
	wrong text[] := '{}';
	methods jsonb := '[]';
	schemas jsonb;
	made integer := 0;
	kept oid[] := '{}';	-- all that is made here
begin
	if meta.state_problems() <> '{}' then
		raise exception 'rules/states.sql names what there is not:%', E'\n  ' || array_to_string(meta.state_problems(),
			E'\n  ') using errcode = 'invalid_function_definition';
	end if;
	perform app.audience_build();
	kept := kept || meta.build_views();

	for fn in
		select p.oid, p.proname, p.oid::regprocedure as signature, p.proconfig from pg_catalog.pg_proc p
		where p.pronamespace = 'method'::regnamespace order by p.proname
	loop
		d := meta.declaration(fn.oid);
		if d.problems <> '{}' then
			wrong := wrong || (select array_agg(format('method.%s: %s', fn.proname, problem))
				from unnest(d.problems) problem);
			continue;
		end if;
		if fn.proconfig is null or not 'search_path=""' = any (fn.proconfig) then
			execute format('alter function %s set search_path = %L', fn.signature, '');
		end if;
		execute format('revoke all on function %s from public', fn.signature);
		if d.said ->> 'access' = 'write' then
			if (meta.record_of(fn.oid)).relation is not null then
				kept := kept || meta.place(meta.judge(fn.oid, d.said), fn.signature::text)
					|| meta.place(meta.may_one(fn.oid, d.said), fn.signature::text);
			end if;
			kept := kept || meta.place(meta.gate(fn.oid, d.said), fn.signature::text);
		end if;
		kept := kept || meta.place(meta.frame(fn.oid, d.said), fn.signature::text);
		made := made + 1;
		if (d.said ->> 'wire')::boolean then
			methods := methods || meta.entry(fn.oid, d.said);
		end if;
	end loop;
	if wrong <> '{}' then
		raise exception 'these methods cannot be built:%', E'\n  ' || array_to_string(wrong, E'\n  ')
			using errcode = 'invalid_function_definition';
	end if;

	for d in
		select e ->> 'on' as noun, jsonb_agg(e order by e ->> 'name') as entries from jsonb_array_elements(methods) e
		where e ? 'on' and starts_with(e ->> 'function', (e ->> 'on') || '_') group by 1
	loop
		kept := kept || meta.place(meta.may_noun(d.noun, d.entries), 'methods of ' || d.noun);
	end loop;
	kept := kept || meta.place(meta.can_frame(), 'meta.can') || meta.place(meta.may_frame(), 'meta.may')
		|| meta.place(meta.export_frame(), 'meta.export_page');
	methods := methods || meta.may_entry();
	perform meta.drop_routines(array(select o
		from unnest(meta.placed('api') || meta.placed('gate') || meta.placed('method') || meta.placed('record')) o
		where o <> all (kept)));
	execute 'grant usage on schema api to ninetwo_server';
	for fn in select p.oid::regprocedure as signature from pg_catalog.pg_proc p
		where p.pronamespace = 'api'::regnamespace
			and pg_catalog.obj_description(p.oid, 'pg_proc') like 'Made by meta.build()%'
	loop
		execute format('revoke all on function %s from public', fn.signature);
		execute format('grant execute on function %s to ninetwo_server', fn.signature);
	end loop;

	select coalesce(jsonb_object_agg(c.relname, meta.record_schema(c.relname)), '{}')
		|| jsonb_build_object('count', meta.count_schema()) into schemas
	from pg_catalog.pg_class c where c.relnamespace = 'record'::regnamespace and c.relkind = 'v';
	insert into meta.description (catalogue)
	values (jsonb_build_object('release',
		encode(sha256(convert_to(concat(meta.release(), schemas, methods), 'UTF8')), 'hex'),
		'schemas', schemas, 'methods', methods,
		'rules',
		(select jsonb_agg(jsonb_build_object('rule', h.rule, 'text', h.text, 'helps', h.helps) order by h.ordinal)
			from app.helps() h),
		'sentences', (select jsonb_object_agg(s.id, s.text) from app.sentences() s)))
	on conflict (one) do update set catalogue = excluded.catalogue, built_at = now();
	perform pg_notify('ninetwo_release', '');	-- to every server, once this is committed
	return made;
end
$$;
comment on function meta.build() is
	'Makes every frame in schema api, in place; names every method that is not declared as it should be.';
grant execute on function meta.build() to ninetwo_owner;

create or replace function meta.catalogue() returns jsonb
language sql stable security definer set search_path = '' as $$
	select d.catalogue from meta.description d
$$;
revoke execute on function meta.catalogue() from public;

create or replace function meta.described(_known text) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select d.document from meta.description d where d.release is distinct from _known);
end
$$;
comment on function meta.described(text) is
	'The description, for the server; null where it is of the release that the server knows.';
grant execute on function meta.described(text) to ninetwo_server;
