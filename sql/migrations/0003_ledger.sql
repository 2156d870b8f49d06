-- The ledger: what happened, by whom, to what, when; and the numbers under which it is handed out.
--
-- A change writes its event and a pending id in its own transaction, and nothing else: no notification, no counter, no
-- chain head, so writers stay parallel. Event ids come from a sequence and are drawn after the row that they are about
-- was updated: whoever changes that row next waits for the first to commit and draws a higher one. A sequencer, one at
-- a time, moves what has committed from ledger.pending to ledger.position in the order of ids, so positions are dense
-- and two versions of a record never swap.

set role ninetwo_ledger;

-- cache 1 always: a session that drew ids ahead would give a later change of a row a lower id than an earlier one.
create sequence ledger.event_id as bigint cache 1;

create table ledger.event (
	id bigint not null default nextval('ledger.event_id') primary key,
	organisation uuid,
	at timestamptz not null default now(),
	actor uuid,
	kind text not null,
	subject uuid not null,
	version int,
	tokens uuid[] not null,
	person uuid,
	token uuid,
	lapses_at timestamptz,
	salt bytea not null,
	content bytea not null,
	constraint token_of_person check ((person is null) = (token is null))
);
comment on table ledger.event is
	'What happened, append-only. Nobody may change or remove a row: there is no policy under which one could.';
comment on column ledger.event.organisation is
	'Null for what belongs to no organisation, as a session; such an event reaches no subscriber, only the servers.';
comment on column ledger.event.actor is
	'The person who did it; null where the machine''s operator or the calendar did.';
comment on column ledger.event.kind is
	'noun.created, noun.STATE when the state changed, else noun.changed; token.gained, token.changed, token.lost.';
comment on column ledger.event.tokens is
	'Its audience: whoever holds one of these when it is numbered, and still does when it is delivered.';
comment on column ledger.event.person is 'Of token.*: whose rights changed.';
comment on column ledger.event.token is 'Of token.*: what they hold from here on, or no longer.';
comment on column ledger.event.lapses_at is 'Of token.*: the moment at which the holding ends by itself.';
comment on column ledger.event.salt is
	'32 random bytes: a commitment to the content that outlives its redaction tells nothing about it.';
comment on column ledger.event.content is
	'The exact canonical bytes (UTF-8 JSON) of the record as it was after the change; read by nobody but the ledger.';
create index event_subject on ledger.event (organisation, subject, id);

create table ledger.pending (
	id bigint primary key
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
comment on table ledger.pending is
	'Events that have no position yet. The sequencer reads its low end over and over, hence the eager vacuum.';

create table ledger.position (
	position bigint primary key check (position > 0),
	event bigint not null unique
);
comment on table ledger.position is
	'The one total order: dense from 1. No foreign key, which would cost the sequencer a check for each row; ninetwod '
	'check compares.';

create table ledger.delivery (
	organisation uuid not null,
	token uuid not null,
	position bigint not null,
	primary key (organisation, token, position)
);
comment on table ledger.delivery is
	'What a resume walks: the positions that were for the holders of a token. Written by the sequencer, trimmed by '
	'age.';

create table ledger.holder (
	organisation uuid not null,
	person uuid not null,
	syncs bigint not null default 1,
	primary key (organisation, person)
);
comment on table ledger.holder is
	'Updated before a person''s holdings are compared, so that two changes of their rights stand in a line at every '
	'isolation level.';

create table ledger.holding (
	organisation uuid not null,
	person uuid not null,
	token uuid not null,
	gained bigint not null,
	lost bigint,
	lapses_at timestamptz,
	primary key (organisation, person, token, gained),
	constraint lost_after_gained check (lost > gained)
);
comment on table ledger.holding is
	'The stretches in which a person held a token, from event to event. A person''s own id is a token that they always '
	'hold; it is not here.';
create unique index holding_current on ledger.holding (organisation, person, token) where lost is null;
create index holding_lapse on ledger.holding (organisation, lapses_at) where lost is null and lapses_at is not null;

create table ledger.day (
	organisation uuid primary key,
	day date not null
);
comment on table ledger.day is
	'The last date, in each organisation''s time zone, on which rights that begin or end by date were brought up to '
	'date.';

create table ledger.incarnation (
	one boolean primary key default true check (one),
	id uuid not null default gen_random_uuid(),
	since timestamptz not null default now(),
	trimmed bigint not null default 0
);
comment on table ledger.incarnation is
	'One row. The id is renewed after a restore: positions of another incarnation mean nothing here.';
comment on column ledger.incarnation.trimmed is
	'Positions up to this one have left ledger.delivery: who was there last resumes by reading anew.';

alter table ledger.event enable row level security;
alter table ledger.event force row level security;
grant insert on ledger.event to ninetwo_owner;
grant usage on sequence ledger.event_id to ninetwo_owner;

select app.born_locked('ledger.pending');
grant insert on ledger.pending to ninetwo_owner;

alter table ledger.position enable row level security;
alter table ledger.position force row level security;

select app.born_locked('ledger.delivery');
select app.born_locked('ledger.holder');
select app.born_locked('ledger.holding');
select app.born_locked('ledger.day');
select app.born_locked('ledger.incarnation');

insert into ledger.incarnation default values;
