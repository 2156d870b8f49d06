-- Releases: reports as they were released, to whom they were published and until when, and who read them. A release is
-- read by the recipient in management, the lead, the management role, and the people of a party to whom it was
-- published, in that party's period. Each reading is recorded (S8).

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
comment on table app.release is
	'A report as it was released: frozen. What changes later is a revision, to the same recipients.';
comment on column app.release.sha256 is 'Of the content''s canonical text (content::text in UTF-8).';
create index release_created on app.release (organisation, created_at, id);
create index release_recipient on app.release (organisation, recipient, created_at, id);
create index release_audit on app.release (organisation, audit, created_at, id);

create table app.publication (
	organisation	uuid not null,
	id		uuid not null default app.uuid7(),
	release		uuid not null,
	party		uuid not null,
	until		app.day not null,
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
select app.born_locked('app.release', 'select');
select app.born_locked('app.publication', 'select, insert, update');
select app.born_locked('app.release_evidence', 'select, insert');
select app.born_locked('app.reading', 'select, insert');
