-- Who may sign in and who has: credentials, sessions and bearer tokens, one-time codes, and the counters that slow
-- guessing down.
-- Nothing here can be turned back into a password, a token or a code: only digests are kept.
set role ninetwo_auth;

create table auth.credential (
	person uuid primary key,
	salt bytea not null check (length(salt) between 16 and 64),
	verifier bytea not null check (length(verifier) = 32),
	n integer not null default 32768,
	r integer not null default 8,
	p integer not null default 3,
	set_at timestamptz not null default now()
);
comment on table auth.credential is
	'A person''s password, as the SHA-256 of scrypt(password, salt). Set by a one-time code and in no other way.';

create table auth.session (
	id uuid primary key default app.uuid7(),
	kind text not null check (kind in ('session', 'token')),
	person uuid not null,
	digest bytea not null unique check (length(digest) = 32),
	name text check (char_length(name) between 1 and 100),
	agent text check (char_length(agent) <= 200),
	address inet,
	scope text[] check (cardinality(scope) between 1 and 50),
	created_at timestamptz not null default now(),
	seen_at timestamptz not null default now(),
	idle_until timestamptz not null,
	expires_at timestamptz not null,
	ended_at timestamptz,
	ended_by text check (ended_by in ('signed_out', 'revoked', 'password', 'disabled')),
	constraint token_has_name_and_scope check ((kind = 'token') = (name is not null and scope is not null)),
	constraint ended_for_a_reason check ((ended_at is null) = (ended_by is null))
);
comment on table auth.session is
	'Who is signed in: sessions of people and bearer tokens of their scripts, found by the SHA-256 of the secret that '
	'the client holds.';
comment on column auth.session.scope is
	'Of a token: the methods it may call, as finding.*, finding.list, read or *. Null: all that its person may.';
comment on column auth.session.idle_until is 'Moved on as it is used, at most once a minute; a token has no idle end.';
create index session_person on auth.session (person, created_at desc, id desc);
create index session_expires on auth.session (expires_at);

create table auth.invitation (
	id uuid primary key default app.uuid7(),
	person uuid not null,
	organisation uuid,
	kind text not null check (kind in ('invitation', 'reset')),
	state app.invitation_state not null default 'waiting',
	digest bytea unique check (length(digest) = 32),
	created_at timestamptz not null default now(),
	created_by uuid,
	expires_at timestamptz not null default now() + interval '24 hours',
	tries integer not null default 0,
	try_at timestamptz not null default now(),
	sent_at timestamptz,
	used_at timestamptz,
	constraint sent_has_code check (state <> 'sent' or digest is not null)
);
comment on table auth.invitation is
	'A one-time code by which a person sets their own password: asked for, sent, used. Valid 24 hours; kept as a '
	'digest; no method returns it.';
comment on column auth.invitation.created_by is
	'The administrator who asked; null where the operator of the machine did.';
comment on column auth.invitation.state is 'replaced: a later one was asked for, or another one was used.';
create index invitation_person on auth.invitation (person, created_at desc);
create index invitation_organisation on auth.invitation (organisation, created_at desc, id desc);
create index invitation_waiting on auth.invitation (try_at) where state = 'waiting';
-- One code at a time: who is invited by two at once has the later of the two alone.
create unique index invitation_one_open on auth.invitation (person) where state in ('waiting', 'sent');

create table auth.attempt (
	subject bytea primary key,
	failures integer not null default 0,
	last_at timestamptz not null,
	free_at timestamptz not null
);
comment on table auth.attempt is
	'Failed sign-ins by account and by address, each as a digest, with the time before which the next is not even '
	'looked at.';
create index attempt_last on auth.attempt (last_at);

create table auth.pepper (
	one boolean primary key default true check (one),
	value bytea not null
);
comment on table auth.pepper is
	'One row: what the salts of accounts that do not exist are made from, so that they look and stay like real ones.';
select app.born_locked('auth.credential');
select app.born_locked('auth.session');
select app.born_locked('auth.invitation');
select app.born_locked('auth.attempt');
select app.born_locked('auth.pepper');

insert into auth.pepper (value) values (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- The methods read what is theirs to show, never a digest.
grant select (id, kind, person, name, agent, address, scope, created_at, seen_at, idle_until, expires_at, ended_at,
	ended_by)
	on auth.session to ninetwo_api;
grant select (id, person, organisation, kind, state, created_at, created_by, expires_at, sent_at, used_at)
	on auth.invitation to ninetwo_api;

-- How long what is only kept for a while is kept; the daily sweep reads it.
set role ninetwo_owner;
create table app.retention (
	what text primary key,
	keep interval not null check (keep > interval '0'),
	reason text not null
);
comment on table app.retention is 'Retention periods: what the daily sweep removes, and when.';
select app.born_locked('app.retention');
insert into app.retention (what, keep, reason) values
	('request', '30 days', 'A client that was cut off may ask again with the same request_id.'),
	('session', '90 days', 'Who was signed in, after the session''s end, while an incident may still be looked into.'),
	('invitation', '90 days', 'Who asked for a code for whom, after its end; the event stays in the ledger.'),
	('attempt', '1 day', 'Failed sign-ins count against the next for a day at most.'),
	('upload', '1 day', 'Evidence that was begun and never ended.'),
	('delivery', '30 days', 'How long a subscriber may have been away and still resume.');
