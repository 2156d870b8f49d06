-- What stands beside business data: kinds of value, what a refusal is, the answers kept for a request_id, the
-- description of all methods, the fingerprint of a migration.

-- Kinds of value. Each bound is said here and nowhere else: columns and parameters are of these types, and what the
-- description says and the gate judges is made of their checks (core/schema.sql). The comment of a check says what is
-- wrong with a value that breaks it; {"problem", "schema"} where JSON Schema has another word for the same. PostgreSQL,
-- POSIX and ECMAScript read these patterns alike. The shape of a kind over jsonb stands in its own comment.
create domain app.title as text
	constraint title_length check (char_length(value) <= 200)
	constraint title_not_blank check (value collate "C" ~ '\S');
create domain app.prose as text
	constraint prose_length check (char_length(value) <= 20000)
	constraint prose_not_blank check (value collate "C" ~ '\S');
comment on constraint title_not_blank on domain app.title is 'must not be blank';
comment on constraint prose_not_blank on domain app.prose is 'must not be blank';
create domain app.identifier as text
	constraint identifier_length check (char_length(value) <= 100)
	constraint identifier_not_blank check (value collate "C" ~ '\S');
comment on constraint identifier_not_blank on domain app.identifier is 'must not be blank';
create domain app.reference as text
	constraint reference_form check (value collate "C" ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$');
comment on constraint reference_form on domain app.reference is
	'must be 1 to 32 letters, digits, dots, dashes and underscores, as F-01';
create domain app.email as text
	constraint email_length check (char_length(value) <= 254)
	constraint email_form check (value collate "C" ~ '^[A-Za-z0-9.!#$%&''*+/=?^_`{|}~-]+@[A-Za-z0-9]'
		'([A-Za-z0-9-]*[A-Za-z0-9])?([.][A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$');
comment on constraint email_form on domain app.email is 'must be an e-mail address, as ann@example.org';
create domain app.zone as text
	constraint zone_form check (value collate "C" ~ '^[A-Za-z][A-Za-z0-9/_+-]{0,63}$');
comment on constraint zone_form on domain app.zone is 'must be a name of the IANA time-zone database, as Europe/Berlin';
create domain app.file_name as text
	constraint file_name_length check (char_length(value) <= 255)
	constraint file_name_form check (value collate "C" ~ E'^[^/\\\\\x01-\x1f\x7f]+$');
comment on constraint file_name_form on domain app.file_name is
	'must be the name of a file, without a path or control characters';
create domain app.media_type as text
	constraint media_type_form check (value collate "C" ~
		'^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$');
comment on constraint media_type_form on domain app.media_type is 'must be a media type, as application/pdf';
create domain app.sha256 as text
	constraint sha256_form check (value collate "C" ~ '^[0-9A-Fa-f]{64}$');
comment on constraint sha256_form on domain app.sha256 is 'must be 64 hexadecimal digits';
create domain app.file_size as bigint constraint file_size_range check (value between 0 and 1073741824);
create domain app.amount as int constraint amount_range check (value between 0 and 2147483647);
create domain app.percentage as int constraint percentage_range check (value between 0 and 100);
-- An infinite or unthinkable date would go on to break whatever counts from it.
create domain app.day as date constraint day_range check (value between '1900-01-01' and '2200-12-31');
comment on constraint day_range on domain app.day is '{
	"problem": "must be a date from 1900 to 2200, as 2026-05-31",
	"schema": {"pattern": "^((19|2[01])[0-9][0-9]|2200)-"}}';
create domain app.invitation_state as text check (value in ('waiting', 'sent', 'used', 'replaced'));
-- The terms that an organisation sets.
create domain app.cooling_off as int constraint cooling_off_range check (value between 12 and 120);
create domain app.answer_term as int constraint answer_term_range check (value between 1 and 90);
create domain app.plan_term as int constraint plan_term_range check (value between 1 and 180);
create domain app.major_term as int constraint major_term_range check (value between 1 and 365);
create domain app.minor_term as int constraint minor_term_range check (value between 1 and 730);

create type app.refusal as (code text, say text, args jsonb, data jsonb);
comment on type app.refusal is
	'Why a call is refused: the wire''s code without its sign (2009), the sentence and its arguments, error.data.';

-- The answers kept for a request_id, so that a client which lost its connection just asks again. Belongs to a person
-- and not to an organisation; swept after 30 days.
create table app.request (
	person uuid not null,
	id uuid not null,
	method text not null,
	digest bytea not null check (length(digest) = 32),
	reply jsonb,
	at timestamptz not null default now(),
	primary key (person, id)
);
comment on table app.request is 'Successful answers by (person, request_id), kept 30 days; a refusal is not kept.';
comment on column app.request.digest is 'SHA-256 of the parameters: the same request_id with others is an error.';
comment on column app.request.reply is 'Null where the answer held a secret and was not kept.';
create index request_at on app.request (at);
select app.born_locked('app.request', 'select, insert');

-- The description of all methods as it was when they were last built; the server reads it at start.
set role ninetwo_api;
create table meta.description (
	one boolean primary key default true check (one),
	catalogue jsonb not null,
	release text generated always as (catalogue ->> 'release') stored,
	document text generated always as (catalogue::text) stored,
	built_at timestamptz not null default now()
);
comment on table meta.description is 'One row: what meta.catalogue() and meta.described() answer.';
comment on column meta.description.document is 'As it is sent: a server that starts waits for it.';
select app.born_locked('meta.description');

-- How the last migration left everything that decides who may do what, for `ninetwod check` to compare.
set role ninetwo_owner;
create table app.fingerprint (
	object text primary key,
	digest bytea not null check (length(digest) = 32)
);
comment on table app.fingerprint is
	'SHA-256 of the description of every function, policy, trigger, constraint, grant as the last migration left it.';
select app.born_locked('app.fingerprint');
