-- A function of an organisation of 2,000 functions and 10,000 responsibilities moves in the tree, there and back:
-- psql -f tree.sql after plain.sql, as the superuser. Prints milliseconds of processor for one move, the median of
-- ten. A function has ten below it; one person is responsible for 1,000 functions, each of the others for thirty.
\set ON_ERROR_STOP on
set client_min_messages = warning;
set jit = off;	-- as the login roles have it
select bench.uuid('organisation', 1) as org \gset
begin;
select set_config('ninetwo.organisation', :'org', true), set_config('ninetwo.today', current_date::text, true)
	\g /dev/null
set local session_replication_role = replica;
insert into app.organisation (id, name) values (:'org', 'Tree');
insert into app.function (organisation, id, reference, name, parent)
select :'org', bench.uuid('node', i), 'N' || i, 'Node ' || i, case when i > 0 then bench.uuid('node', (i - 1) / 10) end
from generate_series(0, 1999) i;
insert into app.person (id, name, email)
select bench.uuid('owner', i), 'Owner ' || i, 'owner' || i || '@bench.example' from generate_series(0, 300) i;
insert into app.enrolment (organisation, person, name, email)
select :'org', bench.uuid('owner', i), 'Owner ' || i, 'owner' || i || '@bench.example' from generate_series(0, 300) i;
insert into app.membership (organisation, person, role, from_date)
select :'org', bench.uuid('owner', i), 'auditee', current_date - 400 from generate_series(0, 300) i;
insert into app.responsibility (organisation, id, person, function, kind, from_date)
select :'org', bench.uuid('responsibility', i), bench.uuid('owner', case when i < 1000 then 0 else 1 + i % 300 end),
	bench.uuid('node', i * 7 % 2000), 'operates', current_date - 300
from generate_series(0, 9999) i;
insert into app.claim (organisation, rule, subject, object, side, period, source)
select r.organisation, c.rule, c.subject, c.object, c.side, c.period, r.id from app.responsibility r
	cross join lateral app.claims_of_responsibility(r.organisation, r.id) c where r.organisation = :'org';
set local session_replication_role = origin;
select ledger.sync(:'org', variadic array(select e.person from app.enrolment e where e.organisation = :'org'))
	\g /dev/null
commit;
analyze app.function, app.responsibility, app.claim, ledger.holding;

create temp table moved (us numeric);
create or replace procedure bench.move(_org uuid) language plpgsql as $$
declare
	begun bigint;
begin
	for turn in 0..10 loop	-- the first is to warm up
		perform set_config('ninetwo.organisation', _org::text, true),
			set_config('ninetwo.today', current_date::text, true);
		begun := bench.cpu();
		update app.function f set parent = bench.uuid('node', case turn % 2 when 0 then 7 else 1 end)
		where f.organisation = _org and f.id = bench.uuid('node', 15);
		if turn > 0 then
			insert into moved values ((bench.cpu() - begun) / 1000000.0);
		end if;
		commit;
	end loop;
end
$$;
call bench.move(:'org');
select round(percentile_cont(0.5) within group (order by us)::numeric, 1) from moved;
