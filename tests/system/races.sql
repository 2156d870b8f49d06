-- The pairs of tests/sql/fixture, not run but kept: test_races.c asks for the rounds of each and sends the two calls
-- through a server.
-- Read from the project's folder by its name.
\set ON_ERROR_STOP on
set client_min_messages = warning;
\ir ../sql/fixture/fieldwork.sql
\ir ../sql/fixture/race_invariant.sql

create table race.pair (number int generated always as identity primary key, pair text, setup text, first text,
	second text, invariant text, after text);
create procedure race.run(pair text, setup text, first text, second text, invariant text default 'race.broken()',
	rounds int default 2, after text default null) language sql as $$
	insert into race.pair (pair, setup, first, second, invariant, after) values ($1, $2, $3, $4, $5, $7)
$$;
\ir ../sql/fixture/separation_rounds.sql
\ir ../sql/fixture/pairs_self_review.sql
\ir ../sql/fixture/pairs_party.sql
\ir ../sql/fixture/pairs_selection.sql
\ir ../sql/fixture/pairs_roles.sql
\ir ../sql/fixture/work_rounds.sql
\ir ../sql/fixture/pairs_work.sql
\ir ../sql/fixture/pairs_judging.sql

-- Calls are held until both of a round wait: for as long as it takes, and no longer than a test waits for anything.
alter role ninetwo_server set lock_timeout = '90s';
alter role ninetwo_server set statement_timeout = '90s';

-- A call that is to be made through a server: with whose token, and what.
create function race.say(who text, method text, params jsonb) returns jsonb language sql as $$
	select jsonb_build_object('method', method, 'params', params,
		'token', 'n2s_' || translate(rtrim(encode(t.session(who), 'base64'), '='), '+/', '-_'))
$$;

create procedure race.prepare(number int, n int) language plpgsql as $$
begin
	execute (select replace(p.setup, '{n}', n::text) from race.pair p where p.number = prepare.number);
end $$;
create function race.call(number int, n int, second boolean) returns jsonb language sql as $$
	select race.said(replace(case when $3 then p.second else p.first end, '{n}', $2::text)) from race.pair p
		where p.number = $1
$$;
create function race.ask(number int, n int, second boolean) returns jsonb language sql as $$
	select race.say(c ->> 'who', c ->> 'method', c -> 'params') from race.call($1, $2, $3) c
$$;
-- What the sources break stays broken: looked at after the last round of a level, and told once.
create table race.told (broken text);
insert into race.told values (null);
create function race.look(number int, n int, last boolean) returns text language plpgsql as $$
declare
	p race.pair := (select x from race.pair x where x.number = look.number);
	wrong text;
begin
	if p.invariant = 'race.broken()' and not last then return null; end if;
	execute format('select (%s)::text', replace(p.invariant, '{n}', n::text)) into wrong;
	if p.invariant = 'race.broken()' then
		if wrong is not distinct from (select x.broken from race.told x) then return null; end if;
		update race.told x set broken = wrong;
	end if;
	return wrong;
end $$;
create procedure race.clear(number int) language plpgsql as $$
declare
	after text := (select p.after from race.pair p where p.number = clear.number);
begin
	if after is not null then execute after; end if;
	call race.over();
	update race.told set broken = race.broken() where broken is not null;
end $$;
-- Calls of these methods that have begun and wait for somebody's lock.
create function race.waiting(methods text[]) returns bigint language sql as $$
	select count(*) from pg_stat_activity a
	where a.usename = 'ninetwo_server' and a.state = 'active' and a.wait_event_type = 'Lock'
		and a.xact_start is not null
		and substring(a.query from 'api\.(\w+)\(') in (select regexp_replace(m, '\.', '_') from unnest(methods) m)
$$;

-- Writes to app.party are lost as often as race.fault says, with the error that it says.
create table race.fault (state text not null, of_requests boolean not null, times int not null);
insert into race.fault values ('00000', false, 0);
create sequence race.tried;
create function race.lose() returns trigger language plpgsql security definer as $$
declare
	f race.fault := (select x from race.fault x);
begin
	if nextval('race.tried') <= f.times then
		if f.of_requests then
			raise 'lost' using errcode = f.state, schema = 'app', table = 'request', constraint = 'request_pkey';
		end if;
		raise 'lost' using errcode = f.state;
	end if;
	return new;
end $$;
create trigger lose before insert on app.party for each row execute function race.lose();
