-- How the last migration left everything that decides who may do what, for `ninetwod check` to compare.

create table app.fingerprint (
	object text primary key,
	digest bytea not null check (length(digest) = 32)
);
comment on table app.fingerprint is 'SHA-256 of the description of every function, policy, trigger, constraint, grant as the last migration left it.';
alter table app.fingerprint enable row level security;
alter table app.fingerprint force row level security;
create policy owner on app.fingerprint to ninetwo_owner using (true) with check (true);
