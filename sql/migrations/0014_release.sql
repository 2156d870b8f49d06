-- Releases: reports as they were released, to whom they were published and until when, and who read them.
-- A release is read by the recipient in management, the lead, the management role, and the people of a party to whom it was published, in
-- that party's period. Each reading is recorded (S8).

create type app.release_kind as enum ('report');

create table app.release (
	organisation	uuid not null references app.organisation (id),
	id		uuid not null default app.uuid7(),
	audit		uuid not null,
	kind		app.release_kind not null default 'report',
	revision	int not null default 1 check (revision > 0),
	reference	text not null,
	title		app.title not null,
	recipient	uuid not null,
	released_by	uuid not null default app.me() references app.person (id),
	content		jsonb not null,
	sha256		bytea not null check (length(sha256) = 32),
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	created_by	uuid default app.me(),
	updated_at	timestamptz not null default now(),
	primary key (organisation, id),
	unique (organisation, audit, kind, revision),
	unique (organisation, reference),
	foreign key (organisation, audit) references app.audit (organisation, id),
	foreign key (organisation, recipient) references app.enrolment (organisation, person)
);
comment on table app.release is 'A report as it was released: frozen. What changes later is a revision, to the same recipients.';
comment on column app.release.sha256 is 'Of the content''s canonical text (content::text in UTF-8).';
create index release_created on app.release (organisation, created_at, id);
create index release_recipient on app.release (organisation, recipient, created_at, id);
create index release_audit on app.release (organisation, audit, created_at, id);

create table app.publication (
	organisation	uuid not null,
	id		uuid not null default app.uuid7(),
	release		uuid not null,
	party		uuid not null,
	until		date not null,
	note		app.prose,
	published_by	uuid not null default app.me() references app.person (id),
	ended_at	timestamptz,
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	created_by	uuid default app.me(),
	updated_at	timestamptz not null default now(),
	primary key (organisation, id),
	foreign key (organisation, release) references app.release (organisation, id),
	foreign key (organisation, party) references app.party (organisation, id)
);
comment on table app.publication is 'Management publishes a release to an outside party until a date.';
create unique index publication_current on app.publication (organisation, release, party) where ended_at is null;
create index publication_party on app.publication (organisation, party, until) where ended_at is null;

create table app.release_evidence (
	organisation	uuid not null,
	release		uuid not null,
	evidence	uuid not null,
	added_by	uuid not null default app.me() references app.person (id),
	created_at	timestamptz not null default now(),
	primary key (organisation, release, evidence),
	foreign key (organisation, release) references app.release (organisation, id),
	foreign key (organisation, evidence) references app.evidence (organisation, id)
);
comment on table app.release_evidence is 'Evidence that goes out with a release.';
create index release_evidence_evidence on app.release_evidence (organisation, evidence);

create table app.reading (
	organisation	uuid not null,
	id		uuid not null default app.uuid7(),
	release		uuid not null,
	evidence	uuid,
	person		uuid not null default app.me() references app.person (id),
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	primary key (organisation, id),
	foreign key (organisation, release) references app.release (organisation, id)
);
comment on table app.reading is 'Each reading of a release (S8).';
create index reading_release on app.reading (organisation, release, created_at, id);

-- The releases that a person may read today, and until when.
create function app.release_holding(person uuid, organisation uuid) returns table (token uuid, until date)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
	return query
	select r.id, null::date from app.release r
	where r.organisation = release_holding.organisation and r.recipient = release_holding.person
	union
	select r.id, null from app.release r
	join app.assignment a on a.organisation = r.organisation and a.audit = r.audit and a.role = 'lead' and a.person = release_holding.person
		and (a.ended_on is null or r.released_by = a.person)
	where r.organisation = release_holding.organisation
	union
	select p.release, least(p.until, m.until_date) from app.publication p
	join app.membership m on m.organisation = p.organisation and m.party = p.party and m.role = 'observer' and m.person = release_holding.person
	where p.organisation = release_holding.organisation and p.ended_at is null
		and p.until >= (now() at time zone coalesce((select o.timezone from app.organisation o where o.id = release_holding.organisation), 'UTC'))::date
		and m.held @> (now() at time zone coalesce((select o.timezone from app.organisation o where o.id = release_holding.organisation), 'UTC'))::date;
end
$$;
comment on function app.release_holding(uuid, uuid) is 'Releases that a person may read today as recipient, lead or observer, and the last day on which they may.';

create function app.my_releases() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(array_agg(distinct h.token), '{}') from app.release_holding(app.me(), app.org()) h);
end
$$;
comment on function app.my_releases() is 'Releases that the caller may read as recipient, lead or observer.';

do $$
declare t text;
begin
	foreach t in array array['release', 'publication', 'release_evidence', 'reading'] loop
		execute format('alter table app.%I enable row level security', t);
		execute format('alter table app.%I force row level security', t);
		execute format('create policy owner on app.%I to ninetwo_owner using (true) with check (true)', t);
	end loop;
end $$;
create policy read on app.release for select to ninetwo_api using (organisation = (select app.org())
	and case when (select app.i_have('management')) then true else id = any ((select app.my_releases())::uuid[]) end);
grant select on app.release to ninetwo_api;
create policy read on app.release_evidence for select to ninetwo_api using (organisation = (select app.org())
	and case when (select app.i_have('management')) then true else release = any ((select app.my_releases())::uuid[]) end);
create policy publish on app.release_evidence for insert to ninetwo_api
	with check (organisation = (select app.org()) and (select app.i_have('management')));
grant select, insert on app.release_evidence to ninetwo_api;
-- To whom else it went is the business of management, the recipient and the lead; an observer sees their own party's.
create policy read on app.publication for select to ninetwo_api using (organisation = (select app.org())
	and case when (select app.i_have('management')) then true
		when (select app.i_have('observer')) then party = any ((select app.my_parties())::uuid[])
		else release = any ((select app.my_releases())::uuid[]) end);
create policy publish on app.publication for insert to ninetwo_api
	with check (organisation = (select app.org()) and (select app.i_have('management')));
create policy change on app.publication for update to ninetwo_api
	using (organisation = (select app.org()) and (select app.i_have('management')));
grant select, insert, update on app.publication to ninetwo_api;
create policy read on app.reading for select to ninetwo_api using (organisation = (select app.org())
	and case when (select app.i_have('management')) then true when person = (select app.me()) then true
		else case when (select app.i_have('observer')) then false else release = any ((select app.my_releases())::uuid[]) end end);
create policy record on app.reading for insert to ninetwo_api
	with check (organisation = (select app.org()) and person = (select app.me()));
grant select, insert on app.reading to ninetwo_api;

-- Evidence: who supplied it, whoever may read what it is attached to, and to whom it was released.
create policy read on app.attachment for select to ninetwo_api using (organisation = (select app.org())
	and case when finding is not null then exists (select from app.finding f where f.organisation = attachment.organisation and f.id = attachment.finding)
		when part = any ((select app.my_parts())::uuid[]) then true
		when function is not null then function = any ((select app.my_functions())::uuid[])
		else false end);
create policy read on app.evidence for select to ninetwo_api using (organisation = (select app.org())
	and case when supplied_by = (select app.me()) then true
		when exists (select from app.attachment a where a.organisation = evidence.organisation and a.evidence = evidence.id) then true
		else exists (select from app.release_evidence r where r.organisation = evidence.organisation and r.evidence = evidence.id) end);
