-- Functions: what is audited, and who owns, operates or monitors it.

create type app.responsibility_kind as enum ('owns', 'operates', 'monitors', 'answers');

create table app.function (
	organisation uuid not null references app.organisation (id),
	id uuid not null default app.uuid7(),
	reference text not null check (reference ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$'),
	name app.title not null,
	description text check (char_length(description) <= 20000),
	parent uuid,
	answerable uuid,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	touched bigint not null default 0,
	primary key (organisation, id),
	unique (organisation, reference),
	foreign key (organisation, parent) references app.function,
	foreign key (organisation, answerable) references app.enrolment,
	check (parent <> id)
);
comment on table app.function is 'An auditable activity: a process, a unit, a service. A responsibility of any kind, and an operating party, for a function holds for its sub-functions.';
comment on column app.function.answerable is 'Whom management names to answer for a function without an owner.';
create index function_parent on app.function (organisation, parent) where parent is not null;
create index function_answerable on app.function (organisation, answerable) where answerable is not null;
create index function_name on app.function (organisation, name, id);

create table app.succession (
	organisation uuid not null,
	predecessor uuid not null,
	successor uuid not null,
	on_date date not null,
	created_at timestamptz not null default now(),
	created_by uuid,
	primary key (organisation, predecessor, successor),
	foreign key (organisation, predecessor) references app.function,
	foreign key (organisation, successor) references app.function,
	check (predecessor <> successor)
);
comment on table app.succession is 'A function that replaces, splits or merges others carries their responsibilities on.';
create index succession_successor on app.succession (organisation, successor);

create table app.operation (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	function uuid not null,
	party uuid not null,
	from_date date not null,
	until_date date,
	counts_until date,
	period daterange not null generated always as (daterange(from_date, counts_until, '[]')) stored,
	held daterange not null generated always as (daterange(from_date, until_date, '[]')) stored,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	primary key (organisation, id),
	foreign key (organisation, function) references app.function,
	foreign key (organisation, party) references app.party,
	check (until_date >= from_date)
);
comment on table app.operation is 'A party operates a function during a period. A party outside the organisation''s group makes the function an outsourced one (S2).';
create index operation_function on app.operation (organisation, function, from_date);
create index operation_party on app.operation (organisation, party, from_date);

create table app.responsibility (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	person uuid not null,
	function uuid not null,
	kind app.responsibility_kind not null,
	acting_for uuid,
	from_date date not null,
	until_date date,
	counts_until date,
	period daterange not null generated always as (daterange(from_date, counts_until, '[]')) stored,
	held daterange not null generated always as (daterange(from_date, until_date, '[]')) stored,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	primary key (organisation, id),
	foreign key (organisation, person) references app.enrolment,
	foreign key (organisation, acting_for) references app.enrolment (organisation, person),
	foreign key (organisation, function) references app.function,
	check (until_date >= from_date),
	constraint responsibility_one_owner exclude using gist (organisation with =, function with =, held with &&) where (kind = 'owns' and acting_for is null)
);
comment on table app.responsibility is 'A person owns, operates or monitors a function, or answers for it in want of an owner, during a period (S1). One owner at a time; who acts for a responsible person holds the same responsibility for that time.';
create index responsibility_person on app.responsibility (organisation, person, from_date);
create index responsibility_function on app.responsibility (organisation, function, from_date);

create function app.function_with_subs(organisation uuid, functions uuid[]) returns table (function uuid)
	language plpgsql stable rows 10 security definer set search_path = '' as $$
#variable_conflict use_column
begin
	return query
	with recursive reach as (
		select unnest(functions) as function
		union
		select f.id from reach r join app.function f on f.organisation = function_with_subs.organisation and f.parent = r.function)
	select r.function from reach r;
end
$$;
comment on function app.function_with_subs(uuid, uuid[]) is 'The functions and all their sub-functions.';

create function app.function_carried(organisation uuid, functions uuid[]) returns table (function uuid)
	language plpgsql stable rows 10 security definer set search_path = '' as $$
#variable_conflict use_column
begin
	return query
	with recursive reach as (
		select unnest(functions) as function
		union
		select n.function from reach r cross join lateral (
			select f.id as function from app.function f where f.organisation = function_carried.organisation and f.parent = r.function
			union all
			select s.successor from app.succession s where s.organisation = function_carried.organisation and s.predecessor = r.function) n)
	select r.function from reach r;
end
$$;
comment on function app.function_carried(uuid, uuid[]) is 'The functions for which a responsibility for the given ones holds: themselves, their sub-functions, and what replaced any of these.';

create function app.function_with_parents(organisation uuid, functions uuid[]) returns table (function uuid)
	language plpgsql stable rows 5 security definer set search_path = '' as $$
#variable_conflict use_column
begin
	return query
	with recursive reach as (
		select unnest(functions) as function
		union
		select f.parent from reach r join app.function f on f.organisation = function_with_parents.organisation and f.id = r.function and f.parent is not null)
	select r.function from reach r;
end
$$;
comment on function app.function_with_parents(uuid, uuid[]) is 'The functions and everything that they are sub-functions of.';

create function app.functions_of(organisation uuid, person uuid) returns table (function uuid, until date)
	language plpgsql stable rows 10 security definer set search_path = '' as $$
#variable_conflict use_column
begin
	return query
	select c.function, own.until_date from (
		select r.function, r.until_date from app.responsibility r
		where r.organisation = functions_of.organisation and r.person = functions_of.person and r.kind <> 'answers' and r.held @> app.today()
		union all
		select f.id, null from app.function f where f.organisation = functions_of.organisation and f.answerable = functions_of.person
			and not exists (select from app.responsibility o where o.organisation = f.organisation and o.function = f.id and o.kind = 'owns' and o.acting_for is null and o.held @> app.today())) own
	cross join lateral app.function_carried(functions_of.organisation, array[own.function]) c;
end
$$;
comment on function app.functions_of(uuid, uuid) is 'Functions, with sub-functions, for which a person is responsible today, each with the day until which.';

create function app.my_functions() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(array_agg(distinct f.function), '{}') from app.functions_of(app.org(), app.me()) f);
end
$$;
comment on function app.my_functions() is 'Functions, with sub-functions, for which the caller is responsible today.';

create function app.function_name(organisation uuid, function uuid) returns text language plpgsql stable strict security definer set search_path = '' as $$
begin
	return (select f.name from app.function f where f.organisation = function_name.organisation and f.id = function_name.function);
end
$$;

do $$
declare t text;
begin
	foreach t in array array['function', 'succession', 'operation', 'responsibility'] loop
		execute format('alter table app.%I enable row level security', t);
		execute format('alter table app.%I force row level security', t);
		execute format('create policy owner on app.%I to ninetwo_owner using (true) with check (true)', t);
		execute format('create policy insert on app.%I for insert to ninetwo_api with check (organisation = (select app.org()))', t);
		execute format('create policy change on app.%I for update to ninetwo_api using (organisation = (select app.org())) with check (organisation = (select app.org()))', t);
		execute format('grant select, insert, update on app.%I to ninetwo_api', t);
		if t <> 'succession' then
			execute format('create trigger stamp before update on app.%I for each row execute function app.stamp()', t);
			execute format('create trigger changed after insert or update on app.%I for each row execute function app.changed(%s)', t, t);
		end if;
	end loop;
end $$;
create policy read on app.function for select to ninetwo_api using (organisation = (select app.org())
	and case when (select app.reads_directory()) then true else id = any ((select app.my_functions())::uuid[]) end);
create policy read on app.succession for select to ninetwo_api using (organisation = (select app.org()) and (select app.reads_directory()));
create policy read on app.operation for select to ninetwo_api using (organisation = (select app.org())
	and case when (select app.reads_directory()) then true else function = any ((select app.my_functions())::uuid[]) end);
create policy read on app.responsibility for select to ninetwo_api using (organisation = (select app.org())
	and case when (select app.reads_directory()) then true when person = (select app.me()) then true
		else function = any ((select app.my_functions())::uuid[]) end);
