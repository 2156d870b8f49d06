-- What a connection holds once it has answered every list in every sort, up and down: MiB, on the register of
-- register.sql, as the superuser. The lists and their sorts are those of the description.
\set ON_ERROR_STOP on
set client_min_messages = warning;
set jit = off;	-- as the login roles have it

create or replace function bench.held() returns numeric language sql
return (select sum(c.total_bytes) / 1048576.0 from pg_backend_memory_contexts c);
create temp table bench_held (at text, mib numeric);
insert into bench_held values ('before', bench.held());
do $$
declare
	l bench.lead := (select x from bench.lead x where x.i = 0);
	s record;
	lists int := 0;
begin
	for s in
		select distinct m ->> 'function' as function, d.down || w[1] as sort, coalesce((
				select string_agg(format('%I => %L, ', q ->> 'name', bench.uuid(q ->> 'name', 0)), '')
				from jsonb_array_elements(m -> 'params') q where (q ->> 'required')::boolean), '') as of
		from meta.catalogue() c cross join jsonb_array_elements(c -> 'methods') m
		cross join jsonb_array_elements(m -> 'params') p
		cross join regexp_matches(split_part(p ->> 'doc', ';', 1), '[a-z_]+', 'g') w
		cross join (values (''), ('-')) d (down)
		where p ->> 'name' = 'sort' and c #> array['schemas', split_part(m ->> 'name', '.', 1), 'properties'] ? w[1]
	loop
		begin
			execute format('select api.%I($1, $2, %ssort => $3)', s.function, s.of)
				using l.secret, bench.uuid('organisation', 0), s.sort;
			lists := lists + 1;
		exception when sqlstate 'N2002' or sqlstate 'N2004' then	-- a list of other roles
			null;
		end;
	end loop;
	if lists < 40 then
		raise exception 'only % lists answered', lists;
	end if;
end
$$;
select round(bench.held() - (select h.mib from bench_held h), 1);
