-- Six clients at once with the same request_ids: each is done once, and everybody who is answered is answered the same.
-- Eight that guess one password at once: no more guesses are looked at than one client would get. That they are at it
-- at once is no matter of luck: who comes first goes on when the others stand in line behind. Seen to fail with
-- meta.keep() not writing (six crates for each request_id), and with auth.take_counter() not called (every guess is
-- looked at).
\set ON_ERROR_STOP on
select no_plan();
\setenv PGDATABASE :DBNAME
\setenv PGOPTIONS '-c client_min_messages=warning -c role=ninetwo_server -c lock_timeout=90s'

\set org '''00000000-0000-4000-8000-000000000001'''
\set ann '''00000000-0000-4000-8000-00000000000a'''
insert into app.organisation (id, name) values (:org, 'Test');
insert into app.person (id, name, email) values (:ann, 'Ann', 'ann@example.org');
insert into app.enrolment (organisation, person, name, email) values (:org, :ann, 'Ann', 'ann@example.org');
insert into app.membership (organisation, person, role, from_date) values (:org, :ann, 'auditor', current_date - 1);
insert into auth.session (kind, person, digest, idle_until, expires_at)
	values ('session', :ann, sha256('ann'), now() + interval '1 hour', now() + interval '1 day');
insert into auth.credential (person, salt, verifier) values (:ann, '0123456789abcdef', sha256('right'));

-- Goes on when so many stand in line behind who asks; how many they are.
create schema race;
create function race.others(wanted int) returns int language plpgsql as $$
declare
	until constant timestamptz := clock_timestamp() + interval '1 minute';
	n int;
begin
	loop
		n := (select count(distinct l.pid) from pg_locks l where not l.granted
			and pg_backend_pid() = any (pg_blocking_pids(l.pid)));
		if n >= wanted then return n; end if;
		if clock_timestamp() > until then
			raise 'waited a minute in vain: % others stand in line, not %', n, wanted;
		end if;
		perform pg_sleep(0.001);
	end loop;
end $$;
grant usage on schema race to public;
grant execute on function race.others(int) to public;

set role ninetwo_owner;
create table app.crate (n int not null, waiting int);
grant select, insert on app.crate to ninetwo_api;
set role ninetwo_api;
create function method.crate_pack(_n int) returns jsonb language plpgsql as $$
begin
	insert into app.crate
		values (_n, case when not exists (select from app.crate c where c.n = _n) then race.others(5) end);
	return jsonb_build_object('n', _n, 'made', gen_random_uuid());
end
$$;
comment on function method.crate_pack is '{
	"doc": "Pack a crate.",
	"roles": ["auditor"], "access": "write", "result": {"type": "object"},
	"params": {"n": {"doc": "Which."}}}';
set role ninetwo_owner;
select meta.build() > 0 as built \gset
reset role;

create table race.answer (client int, n int, reply jsonb);
create table race.guess (client int, code int);
grant insert on race.answer, race.guess to ninetwo_server;

-- Each failure as it is counted. The first is when the seven others stand in line; what is done between looking and
-- writing takes a moment later too.
create table race.counted (failures int, began timestamptz, at timestamptz, waiting int);
create function race.count() returns trigger language plpgsql security definer as $$
declare
	waiting constant int := case when old.failures = 0 then race.others(7) end;
begin
	perform pg_sleep(0.002);
	insert into race.counted values (new.failures, now(), clock_timestamp(), waiting);
	return new;
end $$;
grant execute on function race.count() to public;
create trigger slow before update on auth.attempt for each row
	when (new.failures > old.failures and new.subject = auth.account_subject('ann@example.org'))
		execute function race.count();

create procedure race.packer(me int) language plpgsql as $$
begin
	for i in 1..150 loop
		insert into race.answer select me, i,
			api.crate_pack('ann', '00000000-0000-4000-8000-000000000001', md5('r' || i)::uuid, i);
		commit;
	end loop;
end
$$;
create procedure race.guesser(me int) language plpgsql as $$
begin
	for i in 1..20 loop
		insert into race.guess
			values (me,
			(api.session_open('ann@example.org', convert_to('guess ' || i, 'UTF8'),
			sha256(convert_to(me || '.' || i, 'UTF8')), ('10.0.0.' || me)::inet, 'race') ->> 'code')::int);
		commit;
	end loop;
end
$$;
grant execute on all procedures in schema race to ninetwo_server;
\! for i in 1 2 3 4 5 6; do psql -X -q -c "call race.packer($i)" & done; wait
\! for i in 1 2 3 4 5 6 7 8; do psql -X -q -c "call race.guesser($i)" & done; wait

select is((select (count(*), count(distinct n))::text from app.crate), '(150,150)', 'each request is done once');
select is((select count(*) from race.answer where reply is not null), 900::bigint, 'everybody is answered');
select is((select count(distinct (n, reply)) from race.answer where reply is not null), 150::bigint, 'and the same');
select is((select count(*) from app.crate where waiting = 5), 150::bigint, 'each while the five others asked the same');
select is((select count(*) from race.guess), 160::bigint, 'all guesses were made');
select is((select array_agg(c.failures order by c.failures) from race.counted c),
	(select array_agg(n) from generate_series(1, (select count(*)::int from race.guess where code = -32001)) n),
		'what was looked at was counted, each once');
select cmp_ok((select count(*) from race.counted), '>=', 6::bigint, 'five are free, and the sixth');
select is((select array_agg(b.failures) from race.counted a join race.counted b on b.failures = a.failures + 1
	where a.failures >= 6 and b.at < a.began + interval '1 second' * power(2, a.failures - 6)), null,
		'a seventh after a second, an eighth after two more, and so on');
select is((select c.waiting from race.counted c where c.failures = 1), 7, 'the first while the seven others guessed');
select is((select count(*) from auth.session where kind = 'session'), 1::bigint, 'and none of them signed in');

select * from finish();
