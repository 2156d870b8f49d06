-- Twelve writers on four records, two that would like to number, one that follows: no version of a record swaps with
-- another, no position is missing or given twice, and who follows sees each once, in order. Seen to fail (versions
-- swapped) with the event's id drawn before the row is updated, and (a sequencer dies of a position given twice) with
-- ledger.sequence() not asking whether it leads.
\set ON_ERROR_STOP on
select no_plan();
\setenv PGDATABASE :DBNAME
\setenv PGOPTIONS '-c client_min_messages=warning'

set role ninetwo_owner;
create table app.ledgerthing (
	organisation uuid not null,
	id uuid not null,
	n int not null default 0,
	version int not null default 1,
	updated_at timestamptz,
	primary key (organisation, id)
);
create trigger stamp before update on app.ledgerthing for each row execute function app.stamp();
create trigger changed after insert or update on app.ledgerthing for each row
	execute function app.changed('ledgerthing');
reset role;
insert into app.ledgerthing (organisation, id)
select '00000000-0000-4000-8000-000000000001', ('00000000-0000-4000-8000-00000000010' || n)::uuid
	from generate_series(1, 4) n;
create table seen (n bigserial primary key, position bigint not null, subject uuid not null, version int);
create table stop (turn int);
create table turns (leader int, numbered int);

-- Two sequencers, each asking again and again until all has been written and numbered; a follower, reading on from
-- where it was until they have ended.
create procedure sequencer(me int) language plpgsql as $$
declare got int;
begin
	loop
		got := ledger.sequence();
		if got is distinct from 0 then insert into turns values (me, got); end if;
		exit when got is not distinct from 0 and exists (select from stop);
		commit;
		perform pg_sleep(0.002);
	end loop;
end $$;
create procedure follower() language plpgsql as $$
declare last bigint := 0; added int;
begin
	loop
		insert into seen (position, subject, version) select t."position", t.subject,
			t.version from ledger.tail(last, 100) t;
		get diagnostics added = row_count;
		select coalesce(max(position), 0) into last from seen;
		exit when added = 0 and (select count(*) from stop) > 1;
		commit;
		perform pg_sleep(0.001);
	end loop;
end $$;
create table written (writes int);
\! tests/sql/fixture/ledger_race.sh

select is((select sum(version)::int from app.ledgerthing), 4 + (select writes from written), 'every write was made');
select is((select count(*)::int from ledger.event where kind like 'ledgerthing.%'), 4 + (select writes from written),
	'and is an event');
select is((select count(*) from ledger.pending), 0::bigint, 'all are numbered');
select is((select count(*) from ledger.position), (select max(position) from ledger.position), 'densely');
select is((select count(*) from (select version - lag(version) over (partition by subject order by position) as step
	from ledger.position p join ledger.event e on e.id = p.event where kind like 'ledgerthing.%') s where step <> 1),
		0::bigint,
	'the versions of each record rise by one with the positions');
select is((select count(*) from (select position - lag(position, 1, 0::bigint) over (order by n) as step from seen) s
	where step <> 1), 0::bigint,
	'who follows sees each position once, in order, without a hole');
select is((select count(*) from seen), (select count(*) from ledger.position), 'to the end');
select cmp_ok((select count(*) from turns where numbered > 0), '>', 20::bigint,
	'they were numbered while they were written');
select is((select count(*) from ledger.check()), 0::bigint, 'the ledger agrees with itself');

-- Rights: two reasons for one token, each ended by another, at one moment and at both levels: the token is lost. Seen
-- to fail (the token stays) without the update of ledger.holder.
set role ninetwo_owner;
create table app.rights (reason int primary key, person uuid, token uuid, until date);
create or replace function app.holding(_organisation uuid, _person uuid) returns table (token uuid, until date)
language sql stable security definer as $$
	select r.token, r.until from app.rights r where r.person = $2
$$;
grant execute on function app.holding(uuid, uuid) to ninetwo_ledger;
reset role;
insert into app.organisation (id, name) values ('00000000-0000-4000-8000-000000000001', 'Test');
insert into app.rights select n, ('00000000-0000-4000-8000-' || lpad(((n - 1) / 2)::text, 12, '0'))::uuid,
	'00000000-0000-4000-8000-0000000000a1' from generate_series(1, 400) n;
select ledger.sync('00000000-0000-4000-8000-000000000001',
	variadic (select array_agg(distinct person) from app.rights)) \g /dev/null
create procedure give_up(side int) language plpgsql as $$
declare whose uuid;
begin
	delete from app.rights where reason = (select min(reason) from app.rights where reason % 2 = side)
		returning person into whose;
	perform pg_sleep(0.002);
	perform ledger.sync('00000000-0000-4000-8000-000000000001', whose);
end $$;
\! tests/sql/fixture/give_up.sh
select is((select count(*) from app.rights), 0::bigint, 'both reasons of everyone are gone');
select is((select count(*) from ledger.holding where lost is null), 0::bigint, 'so is the token, whoever came second');
select * from finish();
