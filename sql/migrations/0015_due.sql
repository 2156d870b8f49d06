-- What people owe: a row for each thing that waits for somebody.

-- What one record asks of somebody: core/due.sql.
create type app.owed as (subject uuid, audit uuid, method text, token uuid, answers boolean, on_day date,
	since timestamptz);

create table app.due (
	organisation uuid not null references app.organisation (id),
	id uuid not null default app.uuid7(),
	noun text not null,
	subject uuid not null,
	method text not null,
	token uuid not null,
	answers boolean not null default false,
	audit uuid,
	on_day app.day,
	since timestamptz not null,
	primary key (organisation, id),
	constraint due_once unique (organisation, subject, method, token)
);
comment on table app.due is
	'What people owe, a row for each record, method and token; kept by the transaction that starts, moves or ends it.';
comment on column app.due.method is 'The method that settles it.';
comment on column app.due.token is
	'Who owes it, as the ledger names them: a person, whoever is on a part or responsible for a function, a role.';
comment on column app.due.answers is 'Of a function''s people only who owns it or answers for it owes this.';
comment on column app.due.on_day is 'By when; null where no day is set.';
create index due_token on app.due (organisation, token, on_day, id);
select app.born_locked('app.due', 'select');
