-- Six clients at once with the same request_ids: each is done once, and everybody who is answered is answered the same.
-- Eight that guess one password at once: no more guesses are looked at than one client would get. Seen to fail with
-- meta.keep() not writing (six crates for each request_id), and with auth.take_counter() not called (many more
-- guesses).
\set ON_ERROR_STOP on
select no_plan();
\setenv PGDATABASE :DBNAME
\setenv PGOPTIONS '-c client_min_messages=warning -c role=ninetwo_server -c lock_timeout=10s'

\set org '''00000000-0000-4000-8000-000000000001'''
\set ann '''00000000-0000-4000-8000-00000000000a'''
insert into app.organisation (id, name) values (:org, 'Test');
insert into app.person (id, name, email) values (:ann, 'Ann', 'ann@example.org');
insert into app.enrolment (organisation, person, name, email) values (:org, :ann, 'Ann', 'ann@example.org');
insert into app.membership (organisation, person, role, from_date) values (:org, :ann, 'auditor', current_date - 1);
insert into auth.session (kind, person, digest, idle_until, expires_at)
	values ('session', :ann, sha256('ann'), now() + interval '1 hour', now() + interval '1 day');
insert into auth.credential (person, salt, verifier) values (:ann, '0123456789abcdef', sha256('right'));

set role ninetwo_owner;
create table app.crate (n int not null, at timestamptz not null default clock_timestamp());
grant select, insert on app.crate to ninetwo_api;
set role ninetwo_api;
create function method.crate_pack(n int) returns jsonb language plpgsql as $$
begin
	insert into app.crate values (n);
	perform pg_sleep(0.002);
	return jsonb_build_object('n', n, 'made', gen_random_uuid());
end
$$;
comment on function method.crate_pack is '{
	"doc": "Pack a crate.",
	"roles": ["auditor"], "access": "write", "result": {"type": "object"},
	"params": {"n": {"doc": "Which."}}}';
set role ninetwo_owner;
select meta.build() > 0 as built \gset
reset role;

create schema race;
create table race.answer (client int, n int, began timestamptz, reply jsonb);
create table race.guess (client int, code int);
create table race.start (at timestamptz);
grant select on race.start to ninetwo_server;
grant usage on schema race to ninetwo_server;
grant insert on race.answer, race.guess to ninetwo_server;

-- What is done between looking and writing takes a moment, so that the others are truly in flight.
create function race.slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.002); return new; end $$;
grant execute on function race.slow() to public;
create trigger slow before update on auth.attempt for each row when (new.failures > old.failures)
	execute function race.slow();

create procedure race.packer(me int) language plpgsql as $$
begin
	for i in 1..150 loop
		insert into race.answer select me, i, clock_timestamp(),
			api.crate_pack('ann', '00000000-0000-4000-8000-000000000001', md5('r' || i)::uuid, i);
		commit;
	end loop;
end
$$;
create procedure race.guesser(me int) language plpgsql as $$
begin
	perform pg_sleep(extract(epoch from (select at from race.start) - clock_timestamp()));
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
insert into race.start values (clock_timestamp() + interval '1 second');
\! for i in 1 2 3 4 5 6 7 8; do psql -X -q -c "call race.guesser($i)" & done; wait

select is((select (count(*), count(distinct n))::text from app.crate), '(150,150)', 'each request is done once');
select is((select count(*) from race.answer where reply is not null), 900::bigint, 'everybody is answered');
select is((select count(distinct (n, reply)) from race.answer where reply is not null), 150::bigint, 'and the same');
-- in flight: asked before the one who did it could commit (who sleeps after packing); one of them is that one
select cmp_ok((select count(*) from race.answer a join app.crate c using (n)
	where a.began < c.at + interval '2 ms') - 150, '>', 10::bigint,
	'calls that were truly in flight with another of the same request: '
	|| (select count(*) from race.answer a join app.crate c using (n) where a.began < c.at + interval '2 ms') - 150);
select is((select count(*) from race.guess), 160::bigint, 'all guesses were made');
select cmp_ok((select count(*) from race.guess where code = -32001), '<=', 9::bigint,
	'five are free, and the sixth; a seventh after a second, an eighth after three');
select cmp_ok((select count(distinct client) from race.guess where code = -32001), '>', 1::bigint,
	'by more than one client: they were truly in flight');
select is((select count(*) from auth.session where kind = 'session'), 1::bigint, 'and none of them signed in');

select * from finish();
