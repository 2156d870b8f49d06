-- What stands beside business data: what a refusal is, the answers kept for a request_id, the description of all
-- methods, the fingerprint of a migration.

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
