-- Evidence: files and statements, where they are attached, and the bytes of files in chunks that an organisation stores
-- once.

create type app.evidence_kind as enum ('file', 'statement');
create type app.attachment_noun as enum ('check', 'request', 'finding', 'response', 'action', 'verification');
create domain app.evidence_state as text check (value in ('uploading', 'stored'));

create table app.evidence (
	organisation	uuid not null references app.organisation (id),
	id		uuid not null default app.uuid7(),
	kind		app.evidence_kind not null,
	state		app.evidence_state not null default 'stored',
	title		app.title not null,
	statement	app.prose,
	file_name	app.file_name,
	media_type	app.media_type,
	size		app.file_size not null,
	sha256		bytea check (length(sha256) = 32),
	effective_on	app.day,
	valid_from	app.day,
	valid_until	app.day,
	revision_of	uuid,
	supplied_by	uuid not null,
	leave		app.prose,
	leave_by	uuid,
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	created_by	uuid default app.me(),
	updated_at	timestamptz not null default now(),
	primary key (organisation, id),
	foreign key (organisation, revision_of) references app.evidence (organisation, id),
	foreign key (organisation, supplied_by) references app.enrolment (organisation, person),
	constraint evidence_is_one_kind check (case kind when 'statement' then statement is not null and file_name is null
		else statement is null and file_name is not null and media_type is not null end),
	constraint evidence_stored_has_hash check (state = 'uploading' or sha256 is not null),
	constraint evidence_valid check (valid_until >= valid_from),
	constraint evidence_revises_another check (revision_of <> id)
);
comment on table app.evidence is
	'A file or a statement that supports a check, an answer or a proof. Its bytes never change; what replaces it is a '
	'revision.';
comment on column app.evidence.effective_on is 'The day of which it tells, apart from the day it was uploaded.';
comment on column app.evidence.leave is
	'The supplier''s leave, or the clause of the contract, to publish it to an outside party.';
create index evidence_supplied on app.evidence (organisation, supplied_by, created_at desc, id desc);
create index evidence_supplied_title on app.evidence (organisation, supplied_by, title, id);
create index evidence_revision on app.evidence (organisation, revision_of) where revision_of is not null;

create table app.upload (
	organisation	uuid not null,
	evidence	uuid not null,
	measured_sha256	bytea check (length(measured_sha256) = 32),
	used_at		timestamptz not null default now(),
	primary key (organisation, evidence),
	foreign key (organisation, evidence) references app.evidence (organisation, id) on delete cascade
);
comment on table app.upload is 'An upload under way; its row is the line in which chunks are stored.';
comment on column app.upload.measured_sha256 is
	'What the server read back from the stored chunks; compared with what the client states.';
create index upload_used on app.upload (used_at);

create table app.chunk (
	organisation	uuid not null references app.organisation (id),
	digest		bytea not null check (length(digest) = 32),
	data		bytea not null check (length(data) between 1 and 262144),
	primary key (organisation, digest)
);
alter table app.chunk alter column data set storage external;
comment on table app.chunk is
	'Content-addressed bytes of files, 256 KiB at most; the same content is stored once in an organisation.';

create table app.evidence_chunk (
	organisation	uuid not null,
	evidence	uuid not null,
	number		int not null check (number >= 0),
	digest		bytea not null,
	primary key (organisation, evidence, number),
	foreign key (organisation, evidence) references app.evidence (organisation, id) on delete cascade,
	foreign key (organisation, digest) references app.chunk (organisation, digest)
);
comment on table app.evidence_chunk is 'Which chunks make up a file, in order.';
create index evidence_chunk_digest on app.evidence_chunk (organisation, digest);

create table app.ticket (
	digest		bytea primary key check (length(digest) = 32),
	organisation	uuid not null,
	session		uuid not null,
	person		uuid not null,
	evidence	uuid not null,
	direction	text not null check (direction in ('up', 'down')),
	expires_at	timestamptz not null
);
comment on table app.ticket is
	'Leave to move the bytes of one evidence in one direction within one session, 15 minutes, renewed by use.';
create index ticket_expires on app.ticket (expires_at);
create index ticket_evidence on app.ticket (organisation, evidence);

-- Whom an attachment is for follows from what it is attached to: a check (its part), a request (its part, its
-- function), or something of a finding (whoever reads the finding).
create table app.attachment (
	organisation	uuid not null,
	id		uuid not null default app.uuid7(),
	evidence	uuid not null,
	noun		app.attachment_noun not null,
	subject		uuid not null,
	audit		uuid not null,
	part		uuid not null,
	function	uuid,
	finding		uuid,
	attached_by	uuid not null default app.me(),
	version		int not null default 1,
	created_at	timestamptz not null default now(),
	created_by	uuid default app.me(),
	updated_at	timestamptz not null default now(),
	primary key (organisation, id),
	unique (organisation, subject, evidence),
	foreign key (organisation, evidence) references app.evidence (organisation, id),
	foreign key (organisation, audit) references app.audit (organisation, id),
	foreign key (organisation, part) references app.part (organisation, id),
	constraint attachment_to_finding check ((finding is null) = (noun in ('check', 'request'))),
	constraint attachment_to_request check ((function is null) = (noun <> 'request'))
);
comment on table app.attachment is 'One evidence supports one record; an evidence may support many.';
create index attachment_evidence on app.attachment (organisation, evidence);
create index attachment_subject on app.attachment (organisation, subject, created_at, id);
create index attachment_finding on app.attachment (organisation, finding, created_at, id) where finding is not null;
select app.born_locked('app.evidence', 'select, insert, update');
select app.born_locked('app.upload');
select app.born_locked('app.chunk');
select app.born_locked('app.evidence_chunk');
select app.born_locked('app.ticket');
select app.born_locked('app.attachment', 'select, insert');

-- The door for tickets is auth's, like every door (nouns/upload.sql).
grant select, update on app.ticket to ninetwo_auth;
