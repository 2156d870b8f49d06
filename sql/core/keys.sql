-- What tables themselves stand on. Loaded before the migrations, because tables name it; all else comes after them.

-- A version 7 UUID: 48 bits of milliseconds, the rest random. Sorts by time roughly and not strictly; never order by it
-- alone.
create or replace function app.uuid7() returns uuid
language sql volatile parallel safe
return encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
	placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
	52, 1), 53, 1), 'hex')::uuid;
grant execute on function app.uuid7() to ninetwo_auth, ninetwo_ledger;

-- Who is asking. auth.enter sets these for one transaction; where it has not, each is null and every policy says no.
-- (After a commit PostgreSQL gives '' and not null for a setting that was local, hence nullif.)
create or replace function app.me() returns uuid
language sql stable parallel safe
return nullif(current_setting('ninetwo.person', true), '')::uuid;
comment on function app.me() is 'The person who is asking; null when nobody has signed in.';
grant execute on function app.me() to ninetwo_auth, ninetwo_ledger;

-- A table is born locked: a migration calls this once for each, as its owner. Until the table's own policies are there,
-- nobody else reads it.
create or replace function app.born_locked(_table regclass, _granted text default null) returns void
language plpgsql set search_path = '' as $$
begin
	execute format('alter table %s enable row level security', _table);
	execute format('alter table %s force row level security', _table);
	execute format('create policy %I on %s to %I using (true) with check (true)',
		replace(current_user, 'ninetwo_', ''), _table, current_user);
	if _granted is not null then
		execute format('grant %s on %s to ninetwo_api', _granted, _table);
	end if;
end
$$;
comment on function app.born_locked(regclass, text) is
	'Row-level security enabled and forced, the owner''s policy, and what the methods may do with the table at all.';
grant execute on function app.born_locked(regclass, text) to ninetwo_auth, ninetwo_ledger, ninetwo_api;

-- A text without accents and capitals, to look for texts in: what an index holds and what is asked are folded alike.
-- Whoever changes it makes those indexes anew.
create or replace function app.folded(_text text) returns text
language sql immutable parallel safe
return lower(regexp_replace(normalize(_text, NFKD), '[\u0300-\u036f]', '', 'g'));
comment on function app.folded(text) is 'A text without accents and capitals.';

-- A text by which references sort in the order of their numbers: F-2 before F-10.
create or replace function app.by_numbers(_text text) returns text
language sql immutable parallel safe
return regexp_replace(regexp_replace(_text, '\d+', '0000000\&', 'g'), '0*(\d{8,})(?!\d)', '\1', 'g');
comment on function app.by_numbers(text) is 'A text whose numbers have eight digits, to sort by.';
