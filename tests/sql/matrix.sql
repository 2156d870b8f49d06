-- The matrix (tests/matrix.txt) against the database alone: each cell is a direct call of api.*, as the login role with
-- a session of that caller; no server stands before it. A refused call changes nothing, and a digest of everything says
-- so at the end; an allowed one is taken back.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/matrix.sql

-- What some of the server's own methods ask the database by; the others ask it nothing.
create table t.asked (method text primary key, frame text not null, params jsonb not null default '{}');
insert into t.asked (method, frame) values ('can', 'can'), ('session.current', 'session.info'),
	('session.close', 'session.close'), ('events.subscribe', 'events.open');
insert into t.asked
	values ('token.create', 'token.create',
	jsonb_build_object('token_digest', '\x' || encode(sha256('a token'), 'hex')));

-- The word for what one cell's call is answered; everything that it did is taken back.
create function t.answer(c t.cell) returns text language plpgsql as $$
declare
	reply jsonb;
	state text;
	detail text;
begin
	reply := t.call(c.who, coalesce((select a.frame from t.asked a where a.method = c.method), c.method),
		c.params || coalesce((select a.params from t.asked a where a.method = c.method), '{}'));
	raise exception using errcode = 'N2999';
exception
	when sqlstate 'N2999' then
		return t.word(c.place, reply, 0, null);
	when others then
		get stacked diagnostics state = returned_sqlstate, detail = pg_exception_detail;
		if state not like 'N2%' then
			return state || ' ' || sqlerrm;
		end if;
		return t.word(c.place, null, -(32000 + substr(state, 3)::int),
			coalesce(nullif(detail, ''), '{}')::jsonb ->> 'rule');
end $$;
create function t.row(place text, words jsonb) returns text language sql as $$
	select string_agg(format('%s %s', c.letter, coalesce(words ->> c.letter, '?')), '  ' order by c.letter)
		from t.cell c where c.place = $1
$$;

select is((select array_agg(b.file || ': ' || b.error) from t.broken b), null, 'what each noun owes is read');
select is((select array_agg(m ->> 'name' order by 1) from jsonb_array_elements(meta.catalogue() -> 'methods') m
	where m ->> 'name' not in (select c.method from t.cell c) and not t.counts(m ->> 'name')), null,
	'every method is in the table');
select is((select array_agg(distinct c.method) from t.cell c
	where c.method not in (select m ->> 'name' from jsonb_array_elements(meta.catalogue() -> 'methods') m)
	and c.method not in (select s.method from t.in_server s)), null, 'and none that is gone');
select is((select array_agg(distinct c.place) from t.cell c where c.params is null), null,
	'every row has its parameters');
delete from t.cell where params is null;
select is((select array_agg(g.place) from t.given g where g.place not in (select c.place from t.cell c)), null,
	'and there are none without a row');

create table t.answered (place text, letter text, word text);
select t.digest() as before \gset
insert into t.answered select c.place, c.letter, t.answer(c) from t.cell c where t.refused(c.expected)
	and (c.method in (select a.method from t.asked a) or c.method not in (select s.method from t.in_server s));
select is(t.digest(), :'before', 'what was refused changed nothing in any table');
insert into t.answered select c.place, c.letter, t.answer(c) from t.cell c where not t.refused(c.expected)
	and (c.method in (select a.method from t.asked a) or c.method not in (select s.method from t.in_server s));

select is(t.row(r.place, r.answered), t.row(r.place, r.expected), r.place)
from (select c.place, c.n, jsonb_object_agg(c.letter, t.sorted(a.word)) as answered,
	jsonb_object_agg(c.letter, t.sorted(c.expected)) as expected
	from t.cell c join t.answered a using (place, letter) group by c.place, c.n) r
order by r.n;

-- Whatever is not for somebody to see is answered, to the letter, as an id that nothing has.
create function t.like_absent(c t.cell) returns bool language plpgsql as $$
declare
	told constant jsonb := t.refusal(c.who, c.method, c.params);
	key text;
begin
	foreach key in array array['id', 'subject', 'finding', 'audit', 'part', 'action', 'interest', 'assignment',
		'function', 'person', 'party', 'predecessor', 'parts'] loop
		continue when not c.params ? key;
		if told = t.refusal(c.who, c.method,
			c.params
			|| jsonb_build_object(key,
			case key
			when 'parts'
			then jsonb_build_array(jsonb_build_object('title', 'All', 'functions',
			jsonb_build_array(gen_random_uuid()))) else to_jsonb(gen_random_uuid()) end)) then
			return true;
		end if;
	end loop;
	return false;
end $$;
select is((select array_agg(format('%s by %s', c.place, c.letter) order by c.n, c.letter) from t.cell c
	where c.expected = '-' and c.method not in (select s.method from t.in_server s) and not t.like_absent(c)), null,
		'invisible and absent are one answer');

-- Who is told of a stale version: whoever would be allowed, and nobody before; role, record, separation and place come
-- first.
update t.cell c set params = c.params || jsonb_build_object('version', (c.params ->> 'version')::int + 1000)
	where c.params ->> 'version' is not null;
create function t.when_stale(expected text) returns text language sql immutable as $$ select case
	when expected in ('ok', 'prop', 'rule', 'state') then '-32005' else expected end $$;
select is((select array_agg(format('%s by %s: %s', c.place, c.letter, t.answer(c)) order by c.n, c.letter) from t.cell c
	where c.params ->> 'version' is not null and t.answer(c) <> t.when_stale(c.expected)), null,
		'a stale version is told of after role, record, separation and place, and before any rule or state');

-- Settings put in by hand are nobody's: the frames set all of it anew from the session.
select is((select array_agg(c.method) from t.cell c where c.letter = 'N'
	and c.method not in (select s.method from t.in_server s)
	and t.refusal('forged', c.method, c.params) ->> 'code' <> '-32001'), null,
	'an identity forged in the settings is nobody''s');
select * from finish();
rollback;
