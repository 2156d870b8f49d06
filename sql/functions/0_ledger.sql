-- The ledger's work: an event for each change, positions for what committed, and who holds which token.

-- Who may learn of a change. app.audience_<noun>(organisation, id) says so for its noun; where there is none, the administrators and
-- whoever holds the subject's own id. This form looks the function up at each call; app.audience_build() replaces it by one that names
-- them all, which costs a tenth.
set role ninetwo_owner;
create or replace function app.audience(noun text, organisation uuid, subject uuid) returns uuid[]
language plpgsql stable set search_path = '' as $$
declare
	tokens uuid[];
begin
	if to_regprocedure(format('app.%I(uuid,uuid)', 'audience_' || noun)) is null then
		return array[app.role_token(organisation, 'administrator'), subject];
	end if;
	execute format('select app.%I($1, $2)', 'audience_' || noun) into tokens using organisation, subject;
	return tokens;
end
$$;
comment on function app.audience(text, uuid, uuid) is 'The tokens whose holders may learn of a change of this record.';
revoke execute on function app.audience(text, uuid, uuid) from ninetwo_api;

create or replace function app.audience_build() returns integer
language plpgsql security definer set search_path = '' as $build$
declare
	branches text;
	made integer;
begin
	select string_agg(format(E'\tif noun = %L then return app.%I(organisation, subject); end if;\n', substr(p.proname, 10), p.proname), '' order by p.proname),
		count(*)
	into branches, made
	from pg_catalog.pg_proc p
	where p.pronamespace = 'app'::regnamespace and p.proname like 'audience\_%' and p.prorettype = 'uuid[]'::regtype
		and pg_catalog.oidvectortypes(p.proargtypes) = 'uuid, uuid';
	execute format($body$create or replace function app.audience(noun text, organisation uuid, subject uuid) returns uuid[]
language plpgsql stable set search_path = '' as $audience$
begin
%s	return array[app.role_token(organisation, 'administrator'), subject];
end
$audience$$body$, coalesce(branches, ''));
	return made;
end
$build$;
comment on function app.audience_build() is 'Makes app.audience() from the functions app.audience_<noun> that there are; how many.';

create or replace function app.changed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	was jsonb;
	content jsonb;
	organisation uuid;
	subject uuid;
	verb text;
	event bigint;
begin
	if tg_op = 'UPDATE' then
		was := to_jsonb(old);
		content := to_jsonb(new);
		if content -> 'version' = was -> 'version' then
			return null;
		end if;
		verb := case when content -> 'state' is distinct from was -> 'state' then content ->> 'state' end;
		verb := coalesce(verb, 'changed');
	elsif tg_op = 'INSERT' then
		content := to_jsonb(new);
		verb := 'created';
	else
		content := to_jsonb(old);
		verb := 'removed';
	end if;
	subject := content ->> coalesce(tg_argv[1], 'id');
	organisation := content ->> coalesce(tg_argv[2], 'organisation');
	-- the row was written before this line, so whoever changes it next draws a higher id
	event := nextval('ledger.event_id');
	insert into ledger.event (id, organisation, actor, kind, subject, version, tokens, salt, content)
	values (event, organisation, app.me(), tg_argv[0] || '.' || verb, subject, (content ->> 'version')::integer,
		array_remove(coalesce(app.audience(tg_argv[0], organisation, subject), array[app.role_token(organisation, 'administrator'), subject]), null),
		uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), convert_to(content::text, 'UTF8'));
	insert into ledger.pending values (event);
	return null;
end
$$;

set role ninetwo_ledger;

-- One event that is not a changed row's, or one of a person's holdings.
create or replace function ledger.write(organisation uuid, kind text, subject uuid, version integer, content jsonb, tokens uuid[],
	person uuid default null, token uuid default null, lapses_at timestamptz default null) returns bigint
language plpgsql set search_path = '' as $$
declare
	event constant bigint := nextval('ledger.event_id');
begin
	insert into ledger.event (id, organisation, actor, kind, subject, version, tokens, person, token, lapses_at, salt, content)
	values (event, organisation, app.me(), kind, subject, version, tokens, person, token, lapses_at,
		uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), convert_to(content::text, 'UTF8'));
	insert into ledger.pending values (event);
	return event;
end
$$;

create or replace function ledger.record(kind text, subject uuid, version integer, content jsonb, tokens uuid[], organisation uuid default null)
returns void
language plpgsql security definer set search_path = '' as $$
begin
	perform ledger.write(coalesce(organisation, app.org()), kind, subject, version, coalesce(content, '{}'), array_remove(coalesce(tokens, '{}'), null));
end
$$;
comment on function ledger.record(text, uuid, integer, jsonb, uuid[], uuid) is
	'Writes an event that no changed row writes by itself (a reading, a session''s end). Call it after the row that it is about was written.';
grant execute on function ledger.record(text, uuid, integer, jsonb, uuid[], uuid) to ninetwo_owner, ninetwo_api, ninetwo_auth;

-- What a person holds by app.holding() now, against what the ledger says they hold: the differences. One row a token.
create or replace function ledger.difference(organisation uuid, person uuid)
returns table (token uuid, lapses_at timestamptz, change text)
language plpgsql stable set search_path = '' as $$
#variable_conflict use_column
declare
	zone constant text := app.timezone(difference.organisation);
begin
	return query
		with now_held as (
			select h.token, case when not bool_or(h.until is null) then (max(h.until) + 1)::timestamp at time zone zone end as lapses_at
			from app.holding(difference.organisation, difference.person) h
			where h.token <> difference.person
			group by h.token
		), noted as (
			select n.token, n.lapses_at from ledger.holding n
			where n.organisation = difference.organisation and n.person = difference.person and n.lost is null
		)
		select token, h.lapses_at, case when n.token is null then 'gained' when h.token is null then 'lost' else 'changed' end
		from now_held h full join noted n using (token)
		where n.token is null or h.token is null or h.lapses_at is distinct from n.lapses_at
		order by token;
end
$$;

create or replace function ledger.sync(organisation uuid, variadic persons uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
	someone uuid;
	d record;
	event bigint;
begin
	-- always in one order, so that two who bring the same people up to date wait for each other instead of dying
	for someone in select distinct p from unnest(persons) p where p is not null order by p loop
		insert into ledger.holder as h (organisation, person) values (sync.organisation, someone)
		on conflict (organisation, person) do update set syncs = h.syncs + 1;
		for d in select * from ledger.difference(sync.organisation, someone) loop
			event := ledger.write(sync.organisation, 'token.' || d.change, d.token, null,
				jsonb_build_object('person', someone, 'token', d.token, 'lapses_at', d.lapses_at),
				array[someone], someone, d.token, d.lapses_at);
			if d.change = 'gained' then
				insert into ledger.holding (organisation, person, token, gained, lapses_at)
				values (sync.organisation, someone, d.token, event, d.lapses_at);
			else
				update ledger.holding n set lost = case when d.change = 'lost' then event end,
					lapses_at = case when d.change = 'lost' then n.lapses_at else d.lapses_at end
				where n.organisation = sync.organisation and n.person = someone and n.token = d.token and n.lost is null;
			end if;
		end loop;
	end loop;
end
$$;
comment on function ledger.sync(uuid, uuid[]) is
	'Call it after any change of what these people hold (role, responsibility, team, release): writes token.gained, token.changed and token.lost.';
grant execute on function ledger.sync(uuid, uuid[]) to ninetwo_owner, ninetwo_api, ninetwo_auth;

-- What begins or ends by date: one organisation whose day has turned is brought up to date. Call it until it answers null.
create or replace function ledger.lapse() returns uuid
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
	due record;
	people uuid[];
begin
	perform auth.nobody();
	select o.organisation, o.today into due from app.calendar() o left join ledger.day d using (organisation)
	where d.day is distinct from o.today order by o.organisation limit 1;
	if not found then
		return null;
	end if;
	insert into ledger.day as d (organisation, day) values (due.organisation, due.today)
	on conflict (organisation) do update set day = excluded.day;
	perform set_config('ninetwo.organisation', due.organisation::text, true), set_config('ninetwo.today', due.today::text, true);
	select array_agg(p) into people from (
		select e.person from app.enrolled(due.organisation) e(person)
		union select h.person from ledger.holding h where h.organisation = due.organisation and h.lost is null) p(p);
	perform ledger.sync(due.organisation, variadic coalesce(people, '{}'));
	return due.organisation;
end
$$;
comment on function ledger.lapse() is 'Writes the events of rights that begin or end by date, for one organisation whose day has turned; null when there is none left.';
grant execute on function ledger.lapse() to ninetwo_feed, ninetwo_owner;

-- The functions below touch few rows of large tables, at both ends of indexes, and their plans are made once for any values: they may only
-- walk indexes (a guess of a third of the table, hashed, costs a tail of ten events 126 ms at a million).

-- Whether this session is the one that numbers. The lock is the session's, so it falls when the session does.
create or replace function ledger.lead() returns boolean
language sql volatile set search_path = '' as $$ select pg_catalog.pg_try_advisory_lock(92, 1) $$;
grant execute on function ledger.lead() to ninetwo_feed;

-- Numbers the lowest pending ids that its one statement sees. Null from a session that is not the leader.
create or replace function ledger.sequence() returns integer
language plpgsql security definer set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
	numbered integer;
begin
	if not pg_catalog.pg_try_advisory_xact_lock(92, 1) then
		return null;
	end if;
	with low as (
		select id from ledger.pending order by id limit 5000
	), taken as (
		delete from ledger.pending p using low where p.id = low.id returning p.id
	), placed as (
		insert into ledger.position (position, event)
		select (select coalesce(max(p.position), 0) from ledger.position p) + row_number() over (order by t.id), t.id from taken t
		returning position, event
	), handed as (
		insert into ledger.delivery (organisation, token, position)
		select distinct e.organisation, t.token, placed.position
		from placed join ledger.event e on e.id = placed.event, unnest(e.tokens) t (token)
		where e.organisation is not null and t.token is not null
	)
	select count(*) into numbered from placed;
	return numbered;
end
$$;
comment on function ledger.sequence() is 'Gives positions to what has committed, at most 5,000 at a time; how many. Null: this session does not lead.';
grant execute on function ledger.sequence() to ninetwo_feed;

-- The numbered ledger in order, for the servers. Never content.
create or replace function ledger.tail(after bigint, "limit" integer)
returns table ("position" bigint, at text, organisation uuid, actor uuid, kind text, subject uuid, version integer, tokens uuid[],
	person uuid, token uuid, lapses_ms bigint)
language sql stable security definer set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
	select p.position, to_jsonb(e.at) #>> '{}', e.organisation, e.actor, e.kind, e.subject, e.version, e.tokens, e.person, e.token,
		(extract(epoch from e.lapses_at) * 1000)::bigint
	from ledger.position p join ledger.event e on e.id = p.event
	where p.position > $1 order by p.position limit least($2, 5000)
$$;
grant execute on function ledger.tail(bigint, integer) to ninetwo_feed;

-- Where the ledger stands: what a server asks when it begins to follow, and what its metrics show.
create or replace function ledger.head() returns table (incarnation uuid, "position" bigint, lag_ms bigint)
language sql stable security definer set search_path = '' as $$
	select i.id, (select coalesce(max(p.position), 0) from ledger.position p),
		(select coalesce(max((extract(epoch from clock_timestamp() - e.at) * 1000)::bigint), 0)
			from (select id from ledger.pending order by id limit 1) w join ledger.event e on e.id = w.id)
	from ledger.incarnation i
$$;
comment on function ledger.head() is 'Incarnation, last position, and for how long the oldest event without a position has waited.';
grant execute on function ledger.head() to ninetwo_feed;

-- The stretches of positions in which a person held each token that they still hold. A person's own id they hold always.
create or replace function ledger.stretches(organisation uuid, person uuid)
returns table (token uuid, after bigint, before bigint)
language sql stable set search_path = '' as $$
	select h.token, g.position, coalesce(l.position, 9223372036854775807)
	from ledger.holding h
	join ledger.position g on g.event = h.gained
	left join ledger.position l on l.event = h.lost
	where h.organisation = $1 and h.person = $2 and exists (
		select from ledger.holding c where c.organisation = $1 and c.person = $2 and c.token = h.token and c.lost is null
			and (c.lapses_at is null or c.lapses_at > now()))
	union all
	select $2, 0, 9223372036854775807
$$;

-- The positions after `after`, up to `until`, that were for the holders of what the person still holds, in stretches in which they held it; the
-- lowest `most`. Looks at ever wider stretches of the ledger, so that much for few of many tokens is not read for all of them.
create or replace function ledger.missed(organisation uuid, person uuid, after bigint, until bigint, most integer) returns bigint[]
language plpgsql stable set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
	found_so_far bigint[] := '{}';
	low bigint := missed.after;
	high bigint;
	width bigint := 4000;
	s_token uuid[];
	s_after bigint[];
	s_before bigint[];
begin
	select array_agg(s.token), array_agg(s.after), array_agg(s.before) into s_token, s_after, s_before
	from ledger.stretches(missed.organisation, missed.person) s;
	while low < until and cardinality(found_so_far) < most loop
		high := least(low + width, until);
		found_so_far := found_so_far || array(
			select distinct d.position
			from unnest(s_token, s_after, s_before) s (token, after, before), lateral (
				select n.position from ledger.delivery n
				where n.organisation = missed.organisation and n.token = s.token
					and n.position > greatest(s.after, low) and n.position < s.before and n.position <= high
				order by n.position limit most) d
			order by d.position limit most - cardinality(found_so_far));
		low := high;
		width := width * 4;
	end loop;
	return found_so_far;
end
$$;

-- What a subscriber missed and what it holds, all from one snapshot: the server joins it to its own stream at `position`.
create or replace function ledger.open(organisation uuid, person uuid, after bigint, incarnation uuid, most integer) returns jsonb
language plpgsql stable security definer set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
	here constant ledger.incarnation := (select i from ledger.incarnation i);
	head constant bigint := (select coalesce(max(p.position), 0) from ledger.position p);
	resync constant boolean := coalesce(open.after > head or open.after < here.trimmed or open.incarnation <> here.id, false);
	missed bigint[] := '{}';
	more boolean;
begin
	if open.after is not null and not resync then
		missed := ledger.missed(open.organisation, open.person, open.after, head, most + 1);
	end if;
	more := cardinality(missed) > most;
	missed := missed[:most];
	return jsonb_build_object(
		'incarnation', here.id,
		'position', case when more then missed[most] else head end,
		'resync', resync,
		'more', more,
		'tokens', (select jsonb_agg(jsonb_build_object('token', t.token, 'lapses_ms', t.lapses_ms)) from (
			select open.person, null::bigint
			union all
			select h.token, (extract(epoch from h.lapses_at) * 1000)::bigint
			from ledger.holding h join ledger.position g on g.event = h.gained
			where h.organisation = open.organisation and h.person = open.person and h.lost is null
				and (h.lapses_at is null or h.lapses_at > now())) t (token, lapses_ms)),
		'events', (select coalesce(jsonb_agg(jsonb_build_object('organisation', e.organisation, 'position', p.position, 'at', e.at, 'actor', e.actor,
				'kind', e.kind, 'subject', e.subject, 'version', e.version) order by p.position), '[]')
			from unnest(missed) m (position) join ledger.position p on p.position = m.position join ledger.event e on e.id = p.event));
end
$$;
grant execute on function ledger.open(uuid, uuid, bigint, uuid, integer) to ninetwo_api;

-- What a person holds now, their own id among it.
create or replace function ledger.held(organisation uuid, person uuid) returns uuid[]
language sql stable set search_path = '' as $$
	select array_agg(h.token) || $2 from ledger.holding h
	where h.organisation = $1 and h.person = $2 and h.lost is null and (h.lapses_at is null or h.lapses_at > now())
$$;

-- The history that a person may read now, newest first: of one subject or of everything, strictly before a position. Whoever holds a
-- token today reads what was for its holders earlier; what was not yet for them (a draft) named other tokens.
create or replace function ledger.history(organisation uuid, person uuid, subject uuid, before bigint, most integer)
returns table ("position" bigint, at timestamptz, actor uuid, kind text, about uuid, version integer)
language plpgsql stable security definer set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare
	held constant uuid[] := ledger.held(history.organisation, history.person);
	end_before constant bigint := coalesce(history.before, 9223372036854775807);
begin
	if history.subject is not null then
		return query
			select p.position, e.at, e.actor, e.kind, e.subject, e.version
			from ledger.event e join ledger.position p on p.event = e.id
			where e.organisation = history.organisation and e.subject = history.subject and p.position < end_before and e.tokens && held
			order by p.position desc limit most;
	else
		return query
			select p.position, e.at, e.actor, e.kind, e.subject, e.version
			from (
				select distinct d.position from unnest(held) t(token), lateral (
					select n.position from ledger.delivery n
					where n.organisation = history.organisation and n.token = t.token and n.position < end_before
					order by n.position desc limit most) d
				order by d.position desc limit most) d
			join ledger.position p on p.position = d.position
			join ledger.event e on e.id = p.event
			order by p.position desc;
	end if;
end
$$;
grant execute on function ledger.history(uuid, uuid, uuid, bigint, integer) to ninetwo_api;

-- Who was to be told of what is older than this is forgotten: who comes back from there reads anew. Events and positions stay. First, up to
-- which position: found by halving, because positions and times rise together.
drop function if exists ledger.trim(interval);
create or replace function ledger.trim_reach(keep interval) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
	low bigint := (select i.trimmed from ledger.incarnation i);
	high bigint := greatest(low, (select max(p.position) from ledger.position p));
	middle bigint;
begin
	while low < high loop
		middle := (low + high + 1) / 2;
		if (select e.at from ledger.position p join ledger.event e on e.id = p.event where p.position = middle) < now() - keep then
			low := middle;
		else
			high := middle - 1;
		end if;
	end loop;
	update ledger.incarnation set trimmed = low where trimmed < low;
	return low;
end
$$;
-- Then, a stretch of the table at a time: how many went, and after which row to go on. Never further than what was found: the feed hands the place in,
-- and with it could take from everybody what they were to be told.
create or replace function ledger.trim(reach bigint, after text, at_most integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	removed bigint;
	walked bigint;
	last text;
begin
	reach := least(reach, (select i.trimmed from ledger.incarnation i));
	with stretch as (
		select d.organisation, d.token, d.position from ledger.delivery d
		where (d.organisation, d.token, d.position) > (coalesce(split_part(after, ' ', 1), '00000000-0000-0000-0000-000000000000')::uuid,
			coalesce(split_part(after, ' ', 2), '00000000-0000-0000-0000-000000000000')::uuid, coalesce(split_part(after, ' ', 3), '0')::bigint)
		order by d.organisation, d.token, d.position limit at_most
	), gone as (
		delete from ledger.delivery d using stretch s
		where d.organisation = s.organisation and d.token = s.token and d.position = s.position and s.position <= reach returning 1
	)
	select (select count(*) from gone), (select count(*) from stretch),
		(select concat_ws(' ', s.organisation, s.token, s.position) from stretch s order by s.organisation desc, s.token desc, s.position desc limit 1)
	into removed, walked, last;
	return jsonb_build_object('removed', removed, 'after', case when walked = at_most then last end);
end
$$;
grant execute on function ledger.trim_reach(interval), ledger.trim(bigint, text, integer) to ninetwo_owner;

create or replace function ledger.restored() returns uuid
language sql volatile security definer set search_path = '' as $$
	update ledger.incarnation set id = gen_random_uuid(), since = now() returning id
$$;
grant execute on function ledger.restored() to ninetwo_owner;

-- What everybody holds by app.holding() against what is noted, where the day's changes have been noted already.
create or replace function ledger.check_holdings() returns setof text
language plpgsql set search_path = '' as $$
declare
	o record;
begin
	for o in
		select c.organisation, c.today from app.calendar() c left join ledger.day d on d.organisation = c.organisation
		where coalesce(d.day, c.today) = c.today
	loop
		perform set_config('ninetwo.organisation', o.organisation::text, true), set_config('ninetwo.today', o.today::text, true);
		return query
			select format('ledger: organisation %s: person %s has token %s %s, which is not noted', o.organisation, p, d.token, d.change)
			from app.enrolled(o.organisation) p, ledger.difference(o.organisation, p) d;
	end loop;
	perform set_config('ninetwo.organisation', '', true), set_config('ninetwo.today', '', true);
end
$$;

-- The ledger against itself: every sentence is something that should not be.
create or replace function ledger.check() returns setof text
language sql volatile security definer set search_path = '' as $$
	select format('ledger: positions are not dense: %s of them, the last is %s', count(*), max(p.position))
	from ledger.position p having count(*) <> coalesce(max(p.position), 0)
	union all
	select format('ledger: event %s has neither a position nor is it pending', e.id) from ledger.event e
	where not exists (select from ledger.position p where p.event = e.id) and not exists (select from ledger.pending w where w.id = e.id)
	union all
	select format('ledger: position %s names event %s, which is not there', p.position, p.event) from ledger.position p
	where not exists (select from ledger.event e where e.id = p.event)
	union all
	select format('ledger: pending event %s is not there or has a position', w.id) from ledger.pending w
	where not exists (select from ledger.event e where e.id = w.id) or exists (select from ledger.position p where p.event = w.id)
	union all
	select format('ledger: version %s of %s comes after version %s', e.version, e.subject, e.earlier) from (
		select v.subject, v.version, lag(v.version) over (partition by v.organisation, split_part(v.kind, '.', 1), v.subject order by p.position) as earlier
		from ledger.event v join ledger.position p on p.event = v.id where v.version is not null) e
	where e.earlier > e.version
	union all
	select ledger.check_holdings()
$$;
grant execute on function ledger.check() to ninetwo_owner;

-- What the ledger asks of the business data, and nothing else.
set role ninetwo_owner;
create or replace function app.timezone(organisation uuid) returns text
language sql stable security definer set search_path = '' as $$
	select coalesce((select o.timezone from app.organisation o where o.id = $1), 'UTC')
$$;
create or replace function app.calendar() returns table (organisation uuid, today date)
language sql stable security definer set search_path = '' as $$
	select o.id, (now() at time zone o.timezone)::date from app.organisation o
$$;
create or replace function app.enrolled(organisation uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
	select e.person from app.enrolment e where e.organisation = $1
$$;
revoke execute on function app.timezone(uuid), app.calendar(), app.enrolled(uuid) from ninetwo_api;
grant execute on function app.timezone(uuid), app.calendar(), app.enrolled(uuid) to ninetwo_ledger;

create or replace function operator.restored() returns uuid
language sql volatile security definer set search_path = '' as $$ select ledger.restored() $$;
comment on function operator.restored() is
	'After a restore: a new incarnation, so that a client which saw more than was restored reads anew. Before anybody subscribes.';
grant execute on function operator.restored() to ninetwo_operator;
