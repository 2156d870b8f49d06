-- Functions: what is audited, and who owns, operates or monitors it.

create type app.responsibility_kind as enum ('owns', 'operates', 'monitors', 'answers');
create type app.standing as enum ('stands', 'bars');
comment on type app.standing is
	'stands: it counts for everything. bars: somebody said it of themselves; it keeps them from judging and gives them '
	'nothing until somebody free of it confirms it (S7).';

create table app.function (
	organisation uuid not null references app.organisation (id),
	id uuid not null default app.uuid7(),
	reference app.reference not null,
	name app.title not null,
	description app.prose,
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
comment on table app.function is
	'An auditable activity: a process, a unit, a service. A responsibility of any kind, and an operating party, for a '
	'function holds for its sub-functions.';
comment on column app.function.answerable is 'Whom management names to answer for a function without an owner.';
create index function_parent on app.function (organisation, parent) where parent is not null;
create index function_answerable on app.function (organisation, answerable) where answerable is not null;
create index function_name on app.function (organisation, name, id);

create table app.succession (
	organisation uuid not null,
	predecessor uuid not null,
	successor uuid not null,
	on_date app.day not null,
	created_at timestamptz not null default now(),
	created_by uuid,
	primary key (organisation, predecessor, successor),
	foreign key (organisation, predecessor) references app.function,
	foreign key (organisation, successor) references app.function,
	check (predecessor <> successor)
);
comment on table app.succession is
	'A function that replaces, splits or merges others carries their responsibilities on.';
create index succession_successor on app.succession (organisation, successor);

create table app.operation (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	function uuid not null,
	party uuid not null,
	from_date app.day not null,
	until_date app.day,
	counts_until app.day,
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
comment on table app.operation is
	'A party operates a function during a period. A party outside the organisation''s group makes the function an '
	'outsourced one (S2).';
create index operation_function on app.operation (organisation, function, from_date);
create index operation_party on app.operation (organisation, party, from_date);

create table app.responsibility (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	person uuid not null,
	function uuid not null,
	kind app.responsibility_kind not null,
	acting_for uuid,
	standing app.standing not null default 'stands',
	from_date app.day not null,
	until_date app.day,
	counts_until app.day,
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
	constraint responsibility_one_owner exclude using gist (organisation with =, function with =, held with &&)
		where (kind = 'owns' and acting_for is null and standing = 'stands')
);
comment on table app.responsibility is
	'A person owns, operates or monitors a function, or answers for it in want of an owner, during a period (S1). One '
	'owner at a time; who acts for a responsible person holds the same responsibility for that time.';
create index responsibility_person on app.responsibility (organisation, person, from_date);
create index responsibility_function on app.responsibility (organisation, function, from_date);
select app.born_locked('app.function', 'select, insert, update');
select app.born_locked('app.succession', 'select, insert, update');
select app.born_locked('app.operation', 'select, insert, update');
select app.born_locked('app.responsibility', 'select, insert, update');
