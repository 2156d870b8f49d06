-- What is being exported: what was asked for of a list, and the ticket that fetches it as a file.

create table app.export (
	id		uuid primary key default app.uuid7(),
	digest		bytea not null check (length(digest) = 32),
	organisation	uuid not null,
	session		uuid not null,
	person		uuid not null,
	method		text not null,
	params		jsonb not null,
	columns		text[] not null,
	expires_at	timestamptz not null
);
comment on table app.export is
	'Leave to fetch one list as a file, within one session; it begins within 15 minutes.';
create index export_expires on app.export (expires_at);
select app.born_locked('app.export');

-- The door for it is auth's, like every door.
grant select on app.export to ninetwo_auth;
