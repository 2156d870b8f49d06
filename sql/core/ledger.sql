-- The ledger's work: an event for each change, positions for what committed, and who holds which token.

create policy ledger_read on ledger.event for select to ninetwo_ledger using (true);
create policy ledger_write on ledger.event for insert to ninetwo_ledger with check (true);
create policy changed on ledger.event for insert to ninetwo_owner with check (true);
create policy changed on ledger.pending for insert to ninetwo_owner with check (true);
create policy ledger_read on ledger.position for select to ninetwo_ledger using (true);
create policy ledger_write on ledger.position for insert to ninetwo_ledger with check (true);

-- One event that is not a changed row's, or one of a person's holdings.
create or replace function ledger.write(_organisation uuid, _kind text, _subject uuid, _version integer, _content jsonb,
	_tokens uuid[], _person uuid default null, _token uuid default null, _lapses_at timestamptz default null)
	returns bigint
language plpgsql set search_path = '' as $$
declare
	event constant bigint := nextval('ledger.event_id');
begin
	insert into ledger.event (id, organisation, actor, kind, subject, version, tokens, person, token, lapses_at, salt,
		content)
	values (event, _organisation, app.me(), _kind, _subject, _version, _tokens, _person, _token, _lapses_at,
		uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), convert_to(_content::text, 'UTF8'));
	insert into ledger.pending values (event);
	return event;
end
$$;

create or replace function ledger.record(_kind text, _subject uuid, _version integer, _content jsonb, _tokens uuid[],
	_organisation uuid default null) returns void
language plpgsql security definer set search_path = '' as $$
begin
	perform ledger.write(coalesce(_organisation, app.org()), _kind, _subject, _version, coalesce(_content, '{}'),
		array_remove(coalesce(_tokens, '{}'), null));
end
$$;
comment on function ledger.record(text, uuid, integer, jsonb, uuid[], uuid) is
	'Writes an event that no changed row writes by itself (a reading, a session''s end). Call it after the row that it '
	'is about was written.';
grant execute on function ledger.record(text, uuid, integer, jsonb, uuid[], uuid) to ninetwo_owner, ninetwo_api,
	ninetwo_auth;

-- The content itself is handed to nobody.
create or replace function ledger.says(_organisation uuid, _noun text, _subject uuid, _content jsonb) returns boolean
language plpgsql stable security definer set search_path = '' set enable_seqscan = off as $$
begin
	return coalesce((select convert_from(e.content, 'UTF8')::jsonb = _content from ledger.event e
		where e.organisation = _organisation and e.subject = _subject and starts_with(e.kind, _noun || '.')
			and e.version is not null
		order by e.id desc limit 1), false);
end
$$;
comment on function ledger.says(uuid, text, uuid, jsonb) is
	'Does the event of a record''s last version hold just this?';
grant execute on function ledger.says(uuid, text, uuid, jsonb) to ninetwo_owner;

-- What a person holds by app.holding() now, against what the ledger says they hold: the differences. One row a token.
create or replace function ledger.difference(_organisation uuid, _person uuid)
returns table (token uuid, lapses_at timestamptz, change text) language plpgsql stable set search_path = '' as $$
declare
	zone constant text := app.timezone(_organisation);
begin
	return query
		with now_held as (
			select h.token, case when not bool_or(h.until is null) then (max(h.until) + 1)::timestamp at time zone zone
				end as lapses_at
			from app.holding(_organisation, _person) h
			where h.token <> _person
			group by h.token
		), noted as (
			select n.token, n.lapses_at from ledger.holding n
			where n.organisation = _organisation and n.person = _person and n.lost is null
		)
		select coalesce(h.token, n.token), h.lapses_at,
			case when n.token is null then 'gained' when h.token is null then 'lost' else 'changed' end
		from now_held h full join noted n on n.token = h.token
		where n.token is null or h.token is null or h.lapses_at is distinct from n.lapses_at
		order by 1;
end
$$;

create or replace function ledger.sync(_organisation uuid, variadic _persons uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare
	someone uuid;
	d record;
	event bigint;
begin
	-- always in one order, so that two who bring the same people up to date wait for each other instead of dying
	for someone in select distinct p from unnest(_persons) p where p is not null order by p loop
		insert into ledger.holder as h (organisation, person) values (_organisation, someone)
		on conflict (organisation, person) do update set syncs = h.syncs + 1;
		for d in select * from ledger.difference(_organisation, someone) loop
			event := ledger.write(_organisation, 'token.' || d.change, d.token, null,
				jsonb_build_object('person', someone, 'token', d.token, 'lapses_at', d.lapses_at),
				array[someone], someone, d.token, d.lapses_at);
			if d.change = 'gained' then
				insert into ledger.holding (organisation, person, token, gained, lapses_at)
				values (_organisation, someone, d.token, event, d.lapses_at);
			else
				update ledger.holding n set lost = case when d.change = 'lost' then event end,
					lapses_at = case when d.change = 'lost' then n.lapses_at else d.lapses_at end
				where n.organisation = _organisation and n.person = someone and n.token = d.token and n.lost is null;
			end if;
		end loop;
	end loop;
end
$$;
comment on function ledger.sync(uuid, uuid[]) is
	'Call it after any change of what these people hold (role, responsibility, team, release): writes token.gained, '
	'token.changed and token.lost.';
grant execute on function ledger.sync(uuid, uuid[]) to ninetwo_owner, ninetwo_api, ninetwo_auth;

-- What begins or ends by date: one organisation whose day has turned is brought up to date. Call it until it answers
-- null.
create or replace function ledger.lapse() returns uuid
language plpgsql security definer set search_path = '' as $$
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
	perform set_config('ninetwo.organisation', due.organisation::text, true),
		set_config('ninetwo.today', due.today::text, true);
	select array_agg(p) into people from (
		select e.person from app.enrolled(due.organisation) e(person)
		union select h.person from ledger.holding h where h.organisation = due.organisation and h.lost is null) p(p);
	perform ledger.sync(due.organisation, variadic coalesce(people, '{}'));
	return due.organisation;
end
$$;
comment on function ledger.lapse() is
	'Writes the events of rights that begin or end by date, for one organisation whose day has turned; null when there '
	'is none left.';
grant execute on function ledger.lapse() to ninetwo_feed, ninetwo_owner;

-- The functions below touch few rows of large tables, at both ends of indexes, and their plans are made once for any
-- values: they may only walk indexes (a guess of a third of the table, hashed, costs a tail of ten events 126 ms at a
-- million).

-- Whether this session is the one that numbers. The lock is the session's, so it falls when the session does.
create or replace function ledger.lead() returns boolean
language plpgsql volatile set search_path = '' as $$
begin
	return pg_catalog.pg_try_advisory_lock(92, 1);
end
$$;
grant execute on function ledger.lead() to ninetwo_feed;

-- Numbers the lowest pending ids that its one statement sees. Null from a session that is not the leader.
create or replace function ledger.sequence() returns integer
language plpgsql security definer set search_path = '' set enable_seqscan = off set enable_hashjoin = off
	set enable_mergejoin = off as $$
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
		select (select coalesce(max(p.position), 0) from ledger.position p) + row_number() over (order by t.id),
			t.id from taken t
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
comment on function ledger.sequence() is
	'Gives positions to what has committed, at most 5,000 at a time; how many. Null: this session does not lead.';
grant execute on function ledger.sequence() to ninetwo_feed;

-- The numbered ledger in order, for the servers. Never content.
create or replace function ledger.tail(_after bigint, _limit integer)
returns table ("position" bigint, at text, organisation uuid, actor uuid, kind text, subject uuid, version integer,
	tokens uuid[], person uuid, token uuid, lapses_ms bigint, reason text)
language plpgsql stable security definer set search_path = '' set enable_seqscan = off set enable_hashjoin = off
	set enable_mergejoin = off as $$
begin
	return query
	select p.position, to_jsonb(e.at) #>> '{}', e.organisation, e.actor, e.kind, e.subject, e.version, e.tokens,
		e.person, e.token,
		(extract(epoch from e.lapses_at) * 1000)::bigint,
		case e.kind when 'session.ended'
			then substring(convert_from(e.content, 'UTF8') from '"reason": ?"([a-z_]+)"') end
	from ledger.position p join ledger.event e on e.id = p.event
	where p.position > _after order by p.position limit least(_limit, 5000);
end
$$;
grant execute on function ledger.tail(bigint, integer) to ninetwo_feed;

-- Where the ledger stands: what a server asks when it begins to follow, and what its metrics show.
create or replace function ledger.head() returns table (incarnation uuid, "position" bigint, lag_ms bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select i.id, (select coalesce(max(p.position), 0) from ledger.position p),
		(select coalesce(max((extract(epoch from clock_timestamp() - e.at) * 1000)::bigint), 0)
			from (select id from ledger.pending order by id limit 1) w join ledger.event e on e.id = w.id)
	from ledger.incarnation i;
end
$$;
comment on function ledger.head() is
	'Incarnation, last position, and for how long the oldest event without a position has waited.';
grant execute on function ledger.head() to ninetwo_feed;

-- The stretches of positions in which a person held each token that they still hold. A person's own id they hold
-- always.
create or replace function ledger.stretches(_organisation uuid, _person uuid)
returns table (token uuid, after bigint, before bigint) language plpgsql stable set search_path = '' as $$
begin
	return query
	select h.token, g.position, coalesce(l.position, 9223372036854775807)
	from ledger.holding h
	join ledger.position g on g.event = h.gained
	left join ledger.position l on l.event = h.lost
	where h.organisation = _organisation and h.person = _person and exists (
		select from ledger.holding c where c.organisation = _organisation and c.person = _person and c.token = h.token
			and c.lost is null
			and (c.lapses_at is null or c.lapses_at > now()))
	union all
	select _person, 0, 9223372036854775807;
end
$$;

-- The positions after `after`, up to `until`, that were for the holders of what the person still holds, in stretches in
-- which they held it; the lowest `most`. Looks at ever wider stretches of the ledger, so that much for few of many
-- tokens is not read for all of them.
create or replace function ledger.missed(_organisation uuid, _person uuid, _after bigint, _until bigint, _most integer)
returns bigint[]
language plpgsql stable set search_path = '' set enable_seqscan = off set enable_hashjoin = off
	set enable_mergejoin = off as $$
declare
	found_so_far bigint[] := '{}';
	low bigint := _after;
	high bigint;
	width bigint := 4000;
	s_token uuid[];
	s_after bigint[];
	s_before bigint[];
begin
	select array_agg(s.token), array_agg(s.after), array_agg(s.before) into s_token, s_after, s_before
	from ledger.stretches(_organisation, _person) s;
	while low < _until and cardinality(found_so_far) < _most loop
		high := least(low + width, _until);
		found_so_far := found_so_far || array(
			select distinct d.position
			from unnest(s_token, s_after, s_before) s (token, after, before), lateral (
				select n.position from ledger.delivery n
				where n.organisation = _organisation and n.token = s.token
					and n.position > greatest(s.after, low) and n.position < s.before and n.position <= high
				order by n.position limit _most) d
			order by d.position limit _most - cardinality(found_so_far));
		low := high;
		width := width * 4;
	end loop;
	return found_so_far;
end
$$;

-- What a subscriber missed and what it holds, all from one snapshot: the server joins it to its own stream at
-- `position`.
create or replace function ledger.open(_organisation uuid, _person uuid, _after bigint, _incarnation uuid,
	_most integer) returns jsonb
language plpgsql stable security definer set search_path = '' set enable_seqscan = off set enable_hashjoin = off
	set enable_mergejoin = off as $$
declare
	here constant ledger.incarnation := (select i from ledger.incarnation i);
	head constant bigint := (select coalesce(max(p.position), 0) from ledger.position p);
	resync constant boolean := coalesce(_after > head or _after < here.trimmed or _incarnation <> here.id, false);
	missed bigint[] := '{}';
	more boolean;
begin
	if _after is not null and not resync then
		missed := ledger.missed(_organisation, _person, _after, head, _most + 1);
	end if;
	more := cardinality(missed) > _most;
	missed := missed[:_most];
	return jsonb_build_object(
		'incarnation', here.id,
		'position', case when more then missed[_most] else head end,
		'resync', resync,
		'more', more,
		'tokens', (select jsonb_agg(jsonb_build_object('token', t.token, 'lapses_ms', t.lapses_ms)) from (
			select _person, null::bigint
			union all
			select h.token, (extract(epoch from h.lapses_at) * 1000)::bigint
			from ledger.holding h join ledger.position g on g.event = h.gained
			where h.organisation = _organisation and h.person = _person and h.lost is null
				and (h.lapses_at is null or h.lapses_at > now())) t (token, lapses_ms)),
		'events',
			(
			select coalesce(
			jsonb_agg(jsonb_build_object('organisation', e.organisation, 'position', p.position, 'at', e.at, 'actor',
			e.actor,
				'kind', e.kind, 'subject', e.subject, 'version', e.version) order by p.position), '[]')
			from unnest(missed) m (position) join ledger.position p on p.position = m.position
				join ledger.event e on e.id = p.event));
end
$$;
grant execute on function ledger.open(uuid, uuid, bigint, uuid, integer) to ninetwo_api;

-- What a person holds now, their own id among it.
create or replace function ledger.held(_organisation uuid, _person uuid) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
	return (select array_agg(h.token) || _person from ledger.holding h
	where h.organisation = _organisation and h.person = _person and h.lost is null
		and (h.lapses_at is null or h.lapses_at > now()));
end
$$;

-- The history that a person may read now, newest first: of one subject or of everything, strictly before a position.
-- Whoever holds a token today reads what was for its holders earlier; what was not yet for them (a draft) named other
-- tokens.
create or replace function ledger.history(_organisation uuid, _person uuid, _subject uuid, _before bigint,
	_most integer) returns table ("position" bigint, at timestamptz, actor uuid, kind text, about uuid, version integer)
language plpgsql stable security definer set search_path = '' set enable_seqscan = off set enable_hashjoin = off
	set enable_mergejoin = off as $$
declare
	held constant uuid[] := ledger.held(_organisation, _person);
	end_before constant bigint := coalesce(_before, 9223372036854775807);
begin
	if _subject is not null then
		return query
			select p.position, e.at, e.actor, e.kind, e.subject, e.version
			from ledger.event e join ledger.position p on p.event = e.id
			where e.organisation = _organisation and e.subject = _subject and p.position < end_before
				and e.tokens && held
			order by p.position desc limit _most;
	else
		return query
			select p.position, e.at, e.actor, e.kind, e.subject, e.version
			from (
				select distinct d.position from unnest(held) t(token), lateral (
					select n.position from ledger.delivery n
					where n.organisation = _organisation and n.token = t.token and n.position < end_before
					order by n.position desc limit _most) d
				order by d.position desc limit _most) d
			join ledger.position p on p.position = d.position
			join ledger.event e on e.id = p.event
			order by p.position desc;
	end if;
end
$$;
grant execute on function ledger.history(uuid, uuid, uuid, bigint, integer) to ninetwo_api;

-- Who was to be told of what is older than this is forgotten: who comes back from there reads anew. Events and
-- positions stay. First, up to which position: found by halving, because positions and times rise together.
create or replace function ledger.trim_reach(_keep interval) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
	low bigint := (select i.trimmed from ledger.incarnation i);
	high bigint := greatest(low, (select max(p.position) from ledger.position p));
	middle bigint;
begin
	while low < high loop
		middle := (low + high + 1) / 2;
		if (select e.at from ledger.position p join ledger.event e on e.id = p.event where p.position = middle) <
			now() - _keep then
			low := middle;
		else
			high := middle - 1;
		end if;
	end loop;
	update ledger.incarnation set trimmed = low where trimmed < low;
	return low;
end
$$;

-- Then, a stretch of the table at a time: how many went, and after which row to go on. Never further than what was
-- found: the feed hands the place in, and with it could take from everybody what they were to be told.
create or replace function ledger.trim(_reach bigint, _after text, _at_most integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	removed bigint;
	walked bigint;
	last text;
begin
	_reach := least(_reach, (select i.trimmed from ledger.incarnation i));
	with stretch as (
		select d.organisation, d.token, d.position from ledger.delivery d
		where (d.organisation, d.token,
			d.position) > (coalesce(split_part(_after, ' ', 1), '00000000-0000-0000-0000-000000000000')::uuid,
			coalesce(split_part(_after, ' ', 2), '00000000-0000-0000-0000-000000000000')::uuid,
			coalesce(split_part(_after, ' ', 3), '0')::bigint)
		order by d.organisation, d.token, d.position limit _at_most
	), gone as (
		delete from ledger.delivery d using stretch s
		where d.organisation = s.organisation and d.token = s.token and d.position = s.position and s.position <= _reach
			returning 1
	)
	select (select count(*) from gone), (select count(*) from stretch),
		(select concat_ws(' ', s.organisation, s.token, s.position) from stretch s order by s.organisation desc,
			s.token desc, s.position desc limit 1)
	into removed, walked, last;
	return jsonb_build_object('removed', removed, 'after', case when walked = _at_most then last end);
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
		perform set_config('ninetwo.organisation', o.organisation::text, true),
			set_config('ninetwo.today', o.today::text, true);
		return query
			select format('ledger: organisation %s: person %s has token %s %s, which is not noted', o.organisation, p,
				d.token, d.change)
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
	where not exists (select from ledger.position p where p.event = e.id)
		and not exists (select from ledger.pending w where w.id = e.id)
	union all
	select format('ledger: position %s names event %s, which is not there', p.position, p.event) from ledger.position p
	where not exists (select from ledger.event e where e.id = p.event)
	union all
	select format('ledger: pending event %s is not there or has a position', w.id) from ledger.pending w
	where not exists (select from ledger.event e where e.id = w.id)
		or exists (select from ledger.position p where p.event = w.id)
	union all
	select format('ledger: version %s of %s comes after version %s', e.version, e.subject, e.earlier) from (
		select v.subject, v.version,
			lag(v.version) over (partition by v.organisation, split_part(v.kind, '.', 1), v.subject order by p.position)
			as earlier
		from ledger.event v join ledger.position p on p.event = v.id where v.version is not null) e
	where e.earlier > e.version
	union all
	select ledger.check_holdings()
$$;
grant execute on function ledger.check() to ninetwo_owner;

create or replace function operator.restored() returns uuid
language sql volatile security definer set search_path = '' as $$
	select ledger.restored()
$$;
comment on function operator.restored() is
	'After a restore: a new incarnation, so that a client which saw more than was restored reads anew. Before anybody '
	'subscribes.';
grant execute on function operator.restored() to ninetwo_operator;
