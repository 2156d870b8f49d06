-- People: who exists, for whom they work, and what they may do. Words: docs/separation.md.
--
-- A period is [from_date, until_date], both days included; null is open: `held`. What counts for separation is
-- [from_date, counts_until], `period`: an end dated before the day it is entered counts only from that day, until a
-- person of management countersigns it (S13); the table app.ending keeps every version of every end.

create type app.membership_role as enum ('administrator', 'programme_manager', 'auditor', 'auditee', 'observer',
	'management');
create type app.affiliation_kind as enum ('employed', 'contracted', 'owner');
create type app.party_kind as enum ('organisation', 'supplier', 'audit_firm', 'certification_body', 'customer',
	'regulator');
create type app.certification_kind as enum ('certification', 'attestation');


create table app.organisation (
	id uuid primary key default app.uuid7(),
	name app.title not null,
	timezone app.zone not null default 'UTC',
	cooling_off_months app.cooling_off not null default 12,
	acknowledge_days app.answer_term not null default 10,
	dispute_days app.answer_term not null default 10,
	containment_days app.answer_term not null default 3,
	plan_days app.plan_term not null default 14,
	major_days app.major_term not null default 30,
	minor_days app.minor_term not null default 90,
	version int not null default 1,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	touched bigint not null default 0
);
comment on table app.organisation is
	'The audited client, the tenant. Periods in days are conventions that it sets itself; cooling-off may be '
	'lengthened beyond 12 months, never shortened (S1).';

create table app.party (
	organisation uuid not null references app.organisation (id),
	id uuid not null default app.uuid7(),
	name app.title not null,
	legal_identifier app.identifier not null,
	kinds app.party_kind[] not null check (cardinality(kinds) > 0),
	affiliates uuid,
	affiliates_from app.day,
	in_group boolean not null default false,
	in_group_from app.day,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	touched bigint not null default 0,
	primary key (organisation, id),
	unique (organisation, legal_identifier)
);
comment on table app.party is 'One legal entity, recorded once per organisation.';
comment on column app.party.affiliates is
	'Parties of one group carry the same value: what binds one of them under S3 binds all.';
comment on column app.party.affiliates_from is 'Since when they do, or since when no longer; null: as far as is known.';
comment on column app.party.in_group is
	'Part of the organisation''s own group, as management records: S2 does not apply inside it.';
comment on column app.party.in_group_from is 'Since when it is, or is not; null: as far as is known.';
create index party_affiliates on app.party (organisation, affiliates) where affiliates is not null;
create index party_name on app.party (organisation, name, id);

create table app.kinship (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	party uuid not null,
	kin uuid not null,
	from_date app.day,
	until_date app.day,
	period daterange not null generated always as (daterange(from_date, until_date, '[]')) stored,
	primary key (organisation, id),
	foreign key (organisation, party) references app.party
);
comment on table app.kinship is
	'That a party was of a group on some days: every belonging ever, written from what app.party says. Parties with '
	'the '
	'same kin were of one group; the organisation''s own group has the organisation''s id.';
create index kinship_party on app.kinship (organisation, party);
create index kinship_kin on app.kinship (organisation, kin);

create table app.person (
	id uuid primary key default app.uuid7(),
	name app.title not null,
	email app.email not null,
	disabled_at timestamptz,
	created_at timestamptz not null default now()
);
comment on table app.person is 'One human, one sign-in, across organisations.';
create unique index person_email on app.person (lower(email));

create table app.enrolment (
	organisation uuid not null references app.organisation (id),
	person uuid not null references app.person (id),
	name app.title not null,
	email app.email not null,
	title app.title,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	touched bigint not null default 0,
	primary key (organisation, person)
);
comment on table app.enrolment is 'A person as one organisation knows them.';
create index enrolment_name on app.enrolment (organisation, name, person);
create unique index enrolment_email on app.enrolment (organisation, lower(email));

create table app.affiliation (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	person uuid not null,
	party uuid not null,
	kind app.affiliation_kind not null,
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
	foreign key (organisation, party) references app.party,
	check (until_date >= from_date)
);
comment on table app.affiliation is
	'A person is employed by, contracted to or owner of a party. Several at a time are usual, and each counts (S2, '
	'S3).';
create index affiliation_person on app.affiliation (organisation, person, from_date);
create index affiliation_party on app.affiliation (organisation, party, from_date);

create table app.membership (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	person uuid not null,
	role app.membership_role not null,
	party uuid,
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
	foreign key (organisation, party) references app.party,
	check (until_date >= from_date),
	check ((role = 'observer') = (party is not null)),
	exclude using gist (organisation with =, person with =, role with =, held with &&)
);
comment on table app.membership is
	'A person''s role in an organisation during a period. An observer''s names the party whose releases they read.';
create index membership_person on app.membership (person, organisation);
create index membership_role on app.membership (organisation, role, person);

create table app.certification (
	organisation uuid not null,
	id uuid not null default app.uuid7(),
	party uuid not null,
	kind app.certification_kind not null,
	framework_name app.title not null,
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
	foreign key (organisation, party) references app.party,
	check (until_date >= from_date)
);
comment on table app.certification is
	'A party certifies (ISO/IEC 17021-1) or attests (SOC 2) the organisation during a period (S3, S7).';
create index certification_party on app.certification (organisation, party, from_date);

create domain app.ending_noun as text
	check (value in ('affiliation', 'membership', 'certification', 'operation', 'responsibility'));
create domain app.ending_state as text
	check (value in ('effective', 'proposed', 'countersigned', 'declined', 'replaced'));
create table app.ending (
	organisation uuid not null references app.organisation (id),
	id uuid not null default app.uuid7(),
	noun app.ending_noun not null,
	subject uuid not null,
	person uuid,
	earlier_until app.day,
	until_date app.day not null,
	entered_on app.day not null,
	reason app.prose,
	because jsonb,
	state app.ending_state not null,
	decided_by uuid,
	decided_at timestamptz,
	decided_reason app.prose,
	version int not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	primary key (organisation, id),
	constraint ending_has_a_reason check (num_nonnulls(reason, because) = 1)
);
comment on table app.ending is
	'Every end ever entered of a responsibility, affiliation, operating party, certification or role (S13). '
	'`proposed`: dated before the day it was entered; it counts from that day only, until management countersigns.';
comment on column app.ending.because is 'Why the product entered it, as a sentence; `reason` is what somebody wrote.';
create index ending_subject on app.ending (organisation, subject, created_at);
create index ending_open on app.ending (organisation, state, created_at, id);
select app.born_locked('app.organisation', 'select, insert, update');
select app.born_locked('app.party', 'select, insert, update');
select app.born_locked('app.kinship');
select app.born_locked('app.person', 'select, insert, update');
select app.born_locked('app.enrolment', 'select, insert, update');
select app.born_locked('app.affiliation', 'select, insert, update');
select app.born_locked('app.membership', 'select, insert, update');
select app.born_locked('app.certification', 'select, insert, update');
select app.born_locked('app.ending', 'select, insert, update');

-- auth decides who is signed in and with which roles; it reads these and nothing else of the business data.
grant usage on schema app to ninetwo_auth;
grant select on app.person, app.membership, app.enrolment, app.organisation to ninetwo_auth;
