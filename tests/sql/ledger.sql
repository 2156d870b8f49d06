-- The ledger in PostgreSQL: an event for each change, dense positions, holdings as events, resume without hole or
-- repeat, and who may do none of it.
\set ON_ERROR_STOP on
begin;
select no_plan();

-- A business table like any other, and rights that the test hands out.
set local role ninetwo_owner;
create table app.ledgerthing (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	title text,
	state text not null default 'draft',
	part uuid,
	version int not null default 1,
	updated_at timestamptz,
	touched bigint not null default 0,
	primary key (organisation, id)
);
create trigger stamp before update on app.ledgerthing for each row execute function app.stamp();
create trigger changed after insert or update or delete on app.ledgerthing for each row
	execute function app.changed('ledgerthing');
create table app.rights (person uuid, token uuid, until date);
create or replace function app.holding(_organisation uuid, _person uuid) returns table (token uuid, until date)
language sql stable security definer as $$
	select r.token, r.until from app.rights r where r.person = $2 and (r.until is null or r.until >= app.today())
$$;
grant execute on function app.holding(uuid, uuid) to ninetwo_ledger;
reset role;
alter table app.rights owner to postgres;
grant select on app.rights to ninetwo_owner;

\set org '''00000000-0000-4000-8000-000000000001'''
\set ann '''00000000-0000-4000-8000-00000000000a'''
\set ben '''00000000-0000-4000-8000-00000000000b'''
\set part1 '''00000000-0000-4000-8000-0000000000a1'''
\set part2 '''00000000-0000-4000-8000-0000000000a2'''
insert into app.organisation (id, name, timezone) values (:org, 'Test', 'Pacific/Kiritimati');
insert into app.person (id, name, email) values (:ann, 'Ann', 'ann@example.org'), (:ben, 'Ben', 'ben@example.org');
insert into app.enrolment (organisation, person, name, email) values (:org, :ann, 'Ann', 'ann@example.org'),
	(:org, :ben, 'Ben', 'ben@example.org');
delete from ledger.pending; delete from ledger.delivery; delete from ledger.position;
delete from ledger.event; delete from ledger.holding;
create function pg_temp.number() returns int language sql as $$ select ledger.sequence() $$;
create function pg_temp.said(after bigint) returns setof text language sql as $$
	select e.kind || ' ' || coalesce(e.version::text, '-') from ledger.event e where e.id > after order by e.id $$;
create function pg_temp.told(organisation uuid, person uuid, after bigint, incarnation uuid default null,
	most int default 1000) returns bigint[] language sql as $$
	select coalesce(array_agg((e ->> 'position')::bigint order by n), '{}')
	from jsonb_array_elements(ledger.open(organisation, person, after, incarnation, most) -> 'events')
		with ordinality x(e, n) $$;
create function pg_temp.head() returns bigint language sql as $$ select coalesce(max(position), 0)
	from ledger.position $$;

-- Act 1: a change writes its event.
select set_config('ninetwo.person', :ann, true), set_config('ninetwo.organisation', :org, true) \g /dev/null
select coalesce(max(id), 0) as start from ledger.event \gset
insert into app.ledgerthing (organisation, id, title) values (:org, '00000000-0000-4000-8000-000000000101', 'one');
update app.ledgerthing set title = 'two';
update app.ledgerthing set state = 'issued';
update app.ledgerthing set touched = touched + 1;
select results_eq($$ select pg_temp.said($$ || :start || ')',
	array['ledgerthing.created 1', 'ledgerthing.changed 2', 'ledgerthing.issued 3'],
	'a change is one event with its kind and version; a write that only queues (touched) is none');
select is((select count(*) from ledger.pending), 3::bigint, 'each waits for its position');
select is((select array_agg(distinct actor) from ledger.event), array[:ann::uuid], 'the event names who did it');
select is((select min(length(salt)) from ledger.event), 32, 'a salt of 32 bytes');
select is((select count(distinct salt) from ledger.event), 3::bigint, 'another one each time');
select is((select convert_from(content, 'UTF8')::jsonb from ledger.event order by id desc limit 1),
	(select to_jsonb(t) - 'touched' from app.ledgerthing t),
		'the content is the record as it was after the change, without what does not count');
select is((select tokens from ledger.event order by id desc limit 1),
	array[app.role_token(:org, 'administrator'), '00000000-0000-4000-8000-000000000101'],
		'without an audience of its own: administrators, and holders of its id');
savepoint undone;
update app.ledgerthing set title = 'three';
rollback to undone;
select is((select count(*) from ledger.event), 3::bigint, 'what was rolled back never happened');
set local role ninetwo_owner;
create function app.audience_ledgerthing(organisation uuid, id uuid) returns uuid[] language sql stable as $$
	select array[t.part] from app.ledgerthing t where t.organisation = $1 and t.id = $2 $$;
reset role;
select app.audience_build() \g /dev/null
update app.ledgerthing set part = :part1;
select is((select tokens from ledger.event order by id desc limit 1), array[:part1]::uuid[],
	'an audience of its own, which sees the row as it is now');
delete from app.ledgerthing;
select is((select kind from ledger.event order by id desc limit 1), 'ledgerthing.removed', 'a removal says so');

-- Act 2: positions.
select is(pg_temp.number(), 5, 'the sequencer numbers all that it sees');
select is((select array_agg(position order by event) from ledger.position), array[1, 2, 3, 4, 5]::bigint[],
	'densely and in the order of ids');
select is(pg_temp.number(), 0, 'and once');
select is((select count(*) from ledger.tail(2, 100)), 3::bigint, 'the tail goes on after a position');
select is((select "position" from ledger.head()), 5::bigint, 'the head is the last position');
insert into app.ledgerthing (organisation, title) values (:org, 'late');
select is((select lag_ms > 0 from ledger.head()), true, 'an event that waits is a lag');
select pg_temp.number() \g /dev/null
select is((select lag_ms from ledger.head()), 0::bigint, 'none waits, no lag');

-- Act 3: what a person holds is events.
insert into app.rights values (:ann, :part1, null), (:ben, :part2, current_date + 10);
select max(id) as start from ledger.event \gset
select ledger.sync(:org, :ann, :ben, :ann) \g /dev/null
select results_eq($$ select pg_temp.said($$ || :start || ')', array['token.gained -', 'token.gained -'],
	'what is new is gained, once');
select ledger.sync(:org, :ann, :ben) \g /dev/null
select is((select count(*) from ledger.event where id > :start), 2::bigint, 'no difference, no event');
select is((select tokens from ledger.event where person = :ann), array[:ann]::uuid[],
	'the event is for the person themself');
select is((select (lapses_at at time zone 'Pacific/Kiritimati')::text from ledger.event where person = :ben),
	(current_date + 11)::timestamp::text,
	'a last day ends at its midnight in the organisation''s time zone');
update app.rights set until = current_date + 20 where person = :ben;
select ledger.sync(:org, :ben) \g /dev/null
select is((select kind from ledger.event order by id desc limit 1), 'token.changed', 'another end is told');
delete from app.rights where person = :ben;
select ledger.sync(:org, :ben) \g /dev/null
select is((select kind from ledger.event order by id desc limit 1), 'token.lost', 'what is gone is lost');
select pg_temp.number() \g /dev/null

-- Act 4: resume.
select pg_temp.head() as here \gset
insert into app.ledgerthing (organisation, title, part) values (:org, 'a', :part1), (:org, 'b', :part2),
	(:org, 'c', :part1);
select pg_temp.number() \g /dev/null
select is(pg_temp.told(:org, :ann, :here), array[:here + 1, :here + 3]::bigint[],
	'who holds a token missed what was for its holders, and nothing else');
select is(pg_temp.told(:org, :ben, :here), '{}'::bigint[], 'who does not, missed nothing');
select is(pg_temp.told(:org, :ann, :here + 1), array[:here + 3]::bigint[], 'from later on, only what came later');
select is(ledger.open(:org, :ann, null, null, 1000) -> 'events', '[]', 'without a position it begins now');
select is((ledger.open(:org, :ann, null, null, 1000) ->> 'position')::bigint, pg_temp.head(), 'at the end');
select is(pg_temp.told('00000000-0000-4000-8000-000000000002', :ann, :here), '{}'::bigint[],
	'another organisation, another ledger');
-- Ben gains part 2 only now: what was before is not his to hear; what follows is; after he loses it, nothing of it is.
insert into app.rights values (:ben, :part2, null);
select ledger.sync(:org, :ben) \g /dev/null
insert into app.ledgerthing (organisation, title, part) values (:org, 'd', :part2);
select is((select count(*) from jsonb_array_elements(ledger.open(:org, :ben, :here, null, 1000) -> 'tokens')),
	1::bigint,
	'a token whose event has no position yet is not held yet: it comes by the stream');
select pg_temp.number() \g /dev/null
select is(pg_temp.told(:org, :ben, :here), array[:here + 4, :here + 5]::bigint[], 'gained, and then what followed');
delete from app.rights where person = :ben;
select ledger.sync(:org, :ben) \g /dev/null
select is(pg_temp.told(:org, :ben, :here), array[:here + 4]::bigint[],
	'lost: at once nothing of it is told any more, numbered or not');
insert into app.ledgerthing (organisation, title, part) values (:org, 'e', :part2);
insert into app.rights values (:ben, :part2, null);
select ledger.sync(:org, :ben) \g /dev/null
insert into app.ledgerthing (organisation, title, part) values (:org, 'f', :part2);
select pg_temp.number() \g /dev/null
select is(pg_temp.told(:org, :ben, :here), array[:here + 4, :here + 5, :here + 6, :here + 8, :here + 9]::bigint[],
	'held again: both stretches, and not what happened between them');
-- Pages.
select is(pg_temp.told(:org, :ben, :here, null, 2), array[:here + 4, :here + 5]::bigint[],
	'a page holds as many as asked for');
select is(ledger.open(:org, :ben, :here, null, 2) ->> 'more', 'true', 'and says that there are more');
select is((ledger.open(:org, :ben, :here, null, 2) ->> 'position')::bigint, (:here + 5)::bigint, 'after its last');
select is(ledger.open(:org, :ben, :here, null, 5) ->> 'more', 'false', 'exactly full is not more');
select is((ledger.open(:org, :ben, :here, null, 5) ->> 'position')::bigint, pg_temp.head(),
	'and then the position is the end');
-- Anew.
select is(ledger.open(:org, :ann, pg_temp.head() + 1, null, 10) ->> 'resync', 'true', 'beyond the end: anew');
select is(ledger.open(:org, :ann, pg_temp.head(), gen_random_uuid(), 10) ->> 'resync', 'true',
	'a position of another incarnation: anew');
select is(ledger.open(:org, :ann, pg_temp.head(), (select id from ledger.incarnation), 10) ->> 'resync', 'false',
	'of this one: on');
select ledger.open(:org, :ann, 0, null, 10) ->> 'incarnation' as incarnation \gset
select operator.restored() \g /dev/null
select is(ledger.open(:org, :ann, 0, :'incarnation', 10) ->> 'resync', 'true', 'after a restore: anew');
select is(ledger.trim_reach(interval '1 hour'), 0::bigint, 'what is young stays');
select is(ledger.trim_reach(interval '-1 hour'), (select max(position) from ledger.position),
	'what is old is forgotten,');
select is((ledger.trim(2, null, 1000000) ->> 'removed')::bigint, n, 'up to a position')
	from (select count(*) as n from ledger.delivery where position <= 2) d;
select count(*) as rows, ledger.trim((select max(position) from ledger.position), null, 3) as piece
	from ledger.delivery \gset
select is(:'piece'::jsonb -> 'removed', '3', 'a stretch of the table at a time');
create temp table piece as
	with recursive p(done)
		as (select :'piece'::jsonb union all select ledger.trim((select max(position) from ledger.position),
		done ->> 'after', 3) from p where done ->> 'after' is not null)
	select sum((done ->> 'removed')::bigint) as removed from p;
select is((select removed from piece), :rows::numeric, 'until all of it was walked');
select is((select count(*) from ledger.delivery), 0::bigint, 'and nothing is left');
select is(ledger.open(:org, :ann, :here, null, 10) ->> 'resync', 'true', 'who was there last reads anew');
select is(ledger.open(:org, :ann, pg_temp.head(), null, 10) ->> 'resync', 'false', 'who is at the end goes on');

-- Act 5: by date.
select max(id) as start from ledger.event \gset
insert into app.rights values (:ann, :part2, (now() at time zone 'Pacific/Kiritimati')::date);
select set_config('ninetwo.today', (now() at time zone 'Pacific/Kiritimati')::date::text, true) \g /dev/null
select ledger.sync(:org, :ann) \g /dev/null
create temp table swept as with recursive all_of(o) as (select ledger.lapse() union all select ledger.lapse()
	from all_of where o is not null) select * from all_of;
select ok((select count(*) > 1 from swept), 'each organisation is brought up to date once a day');
select is(ledger.lapse(), null, 'and then there is nothing left to do');
select is((select count(*) from ledger.event where id > :start and kind = 'token.lost'), 0::bigint,
	'the last day is a day');
update ledger.day set day = day - 1 where organisation = :org;
update app.rights set until = until - 1 where token = :part2 and person = :ann;
select is(ledger.lapse(), :org::uuid, 'a new day in the organisation''s own time zone');
select is((select array_agg(kind order by id) from ledger.event where id > :start), array['token.gained', 'token.lost'],
	'what ended is lost');

-- Act 6: history.
select pg_temp.number() \g /dev/null
insert into app.ledgerthing (organisation, id, title, part)
	values (:org, '00000000-0000-4000-8000-000000000102', 'h', :part1);
update app.ledgerthing set title = 'hh' where id = '00000000-0000-4000-8000-000000000102';
update app.ledgerthing set part = :part2 where id = '00000000-0000-4000-8000-000000000102';
select pg_temp.number() \g /dev/null
select is((select array_agg(version order by position desc)
	from ledger.history(:org, :ann, '00000000-0000-4000-8000-000000000102', null, 10)), array[2, 1],
	'of a record one reads what was for holders of what one holds');
select is((select array_agg(version order by position desc)
	from ledger.history(:org, :ben, '00000000-0000-4000-8000-000000000102', null, 10)), array[3],
	'another reader reads another part of it');
select
	is((select count(*) from ledger.history(:org, gen_random_uuid(), '00000000-0000-4000-8000-000000000102', null, 10)),
	0::bigint, 'a stranger none');
select is((select array_agg(version) from ledger.history(:org, :ann, null, null, 2)), array[2, 1],
	'of everything, newest first');
select is((select version from ledger.history(:org, :ann, '00000000-0000-4000-8000-000000000102',
	(select max(position) from ledger.history(:org, :ann, null, null, 1)), 10)), 1, 'before a position');

-- Act 7: who may not.
select is((select count(*) from ledger.check()), 0::bigint, 'the ledger agrees with itself');
insert into app.rights values (:ben, :part1, null);
select alike((select string_agg(c, '; ') from ledger.check() c), '%person ' || :ben || ' has token ' || :part1
	|| ' gained, which is not noted',
	'a right that nobody told the ledger of is found');
delete from app.rights where person = :ben and token = :part1;
select is((select array_agg(c.relname order by 1) from pg_class c where c.relnamespace = 'ledger'::regnamespace
	and c.relkind = 'r'
	and not (c.relrowsecurity and c.relforcerowsecurity)), null,
		'every table of the ledger has its policies enabled and forced');
select is(
	(select array_agg(r || ' ' || t)
	from unnest(array['ninetwo_server', 'ninetwo_feed', 'ninetwo_operator', 'ninetwo_api', 'ninetwo_auth']) r,
	unnest(array['event', 'pending', 'position', 'delivery', 'holder', 'holding', 'day', 'incarnation']) t
	where has_table_privilege(r, 'ledger.' || t, 'select, insert, update, delete, truncate')), null,
		'nobody but the ledger has a right to its tables');
select is((select array_agg(t) from unnest(array['event', 'pending']) t
	where has_table_privilege('ninetwo_owner', 'ledger.' || t, 'select, update, delete, truncate')), null,
	'the tables'' triggers add events and read none');
set local role ninetwo_ledger;
update ledger.event set kind = 'forged';
delete from ledger.event;
update ledger.position set event = 0;
reset role;
select isnt((select count(*) from ledger.event where kind <> 'forged'), 0::bigint,
	'not even the ledger changes or removes an event');
select is((select count(*) from ledger.position where event = 0), 0::bigint, 'or a position');
select set_eq($$ select p.proname::text from pg_proc p where p.pronamespace = 'ledger'::regnamespace
	and has_function_privilege('ninetwo_feed', p.oid, 'execute') $$,
	array['lead', 'sequence', 'tail', 'head', 'lapse'],
		'the feed executes what numbers and hands out, and nothing else');
select is((select array_agg(p.proname) from pg_proc p where p.pronamespace = 'ledger'::regnamespace
	and has_function_privilege('ninetwo_server', p.oid, 'execute')), null,
	'the login role of the methods executes nothing of the ledger');
select is((select array_agg(p.proname) from pg_proc p where p.pronamespace = 'ledger'::regnamespace and p.prosecdef
	and (p.proconfig is null or not 'search_path=""' = any (p.proconfig)
		or pg_get_userbyid(p.proowner) <> 'ninetwo_ledger')), null,
	'its definer functions have an empty search path and are its own');
select * from finish();
rollback;
