-- Evidence: files and statements, and the bytes of files.
--
-- What the server (server/api/evidence.c) calls, besides the ordinary methods further down. A *ticket* is 32 random bytes made here and given
-- once, base64url without padding, in the reply of evidence.upload_begin, evidence.upload_resume or evidence.download_begin; `ticket` below is
-- always the SHA-256 digest (32 bytes) of those 32 bytes. A ticket belongs to one session, one evidence and one direction, lives 15 minutes and
-- is renewed by each use; it ends with its session, with evidence.upload_end, and when its person may no longer see the evidence. Whatever is
-- wrong with a ticket (unknown, ended, of the other direction, session over) is the same N2001. All are on the write connections.
--
--   api.evidence_upload_state(ticket bytea) returns jsonb
--     {"evidence": uuid, "size": bytes, "chunk_size": 262144, "chunks": n, "next_chunk": k, "received": bytes, "measured": bool}
--     Chunks are numbered from 0 and stored without a hole, so that `received` = min(size, next_chunk * 262144) is where to resume.
--   api.evidence_chunk_put(ticket bytea, chunk int, data bytea) returns jsonb
--     Stores one chunk: 262144 bytes, the last one what remains (a file of 0 bytes has no chunk). `chunk` is at most next_chunk; putting an
--     earlier one again replaces it. Same reply as upload_state. Refuses N2602 (number or length wrong), N2001.
--   api.evidence_measured(ticket bytea, sha256 bytea, pieces bytea) returns jsonb
--     When `received` = size the server reads every chunk back (evidence_chunk_get, one at a time; an upload ticket reads its own upload),
--     hashes them, and says the result here; a later chunk_put voids it. `pieces` is the SHA-256 of the SHA-256 of each chunk that was read,
--     in order: a chunk may have been put anew behind the reading. Reply as upload_state. Refuses N2009 `incomplete` while chunks are missing,
--     `unmeasured` when those that were read are not those that there are.
--     evidence.upload_end compares this with what the client states and refuses N2009 `sha256` when they differ, `unmeasured` when it is absent.
--   api.evidence_chunk_get(ticket bytea, chunk int) returns bytea
--     One chunk, for either direction; NULL past the end. Binary result.
--   api.evidence_download_state(ticket bytea) returns jsonb
--     {"evidence": uuid, "title": text, "file_name": text, "media_type": text, "size": bytes, "chunk_size": 262144, "chunks": n, "sha256": hex}
--   operator.sweep_piece calls app.ticket_sweep, app.upload_sweep and app.chunk_sweep: ends expired tickets, drops what was begun a day ago and never ended, and chunks that no evidence uses.
--
-- A GET with a cookie instead of a ticket: the server calls api.evidence_download_begin(session, organisation, id) (access "recorded", so no
-- request_id) and goes on with the ticket in its reply (field "ticket"), which then never leaves the server.
-- Replies of the methods that give a ticket: {"evidence": {record}, "ticket": text, "expires_at": timestamptz, "chunk_size": 262144, "next_chunk": k, "received": bytes}.
--
--   evidence.upload_begin(title, file_name, media_type, size int8, effective_on?, valid_from?, valid_until?, revision_of?, release_leave?)  secret
--   evidence.upload_resume(id)       a fresh ticket for one's own unfinished upload (the earlier ticket ends)                               secret
--   evidence.upload_end(id, version, sha256 hex)                                                                                          write
--   evidence.download_begin(id)                                                                                                    recorded, secret
--   evidence.state_text(title, statement, …)   evidence.attach   evidence.get   evidence.list
set role ninetwo_owner;

create or replace trigger stamp before update on app.evidence for each row execute function app.stamp();
create or replace trigger changed after insert or update or delete on app.evidence for each row execute function app.changed('evidence');
create or replace trigger changed after insert on app.attachment for each row execute function app.changed('attachment', 'evidence');

create or replace function app.audience_evidence(organisation uuid, id uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(distinct token), '{}') from (
		select e.supplied_by from app.evidence e where e.organisation = $1 and e.id = $2
		union all
		select unnest(case when t.finding is not null then (select f.readers from app.finding f where f.organisation = $1 and f.id = t.finding)
			else array_remove(array[t.part, t.function], null) end)
		from app.attachment t where t.organisation = $1 and t.evidence = $2
		union all
		select r.release from app.release_evidence r where r.organisation = $1 and r.evidence = $2) a(token)
$$;
create or replace function app.audience_attachment(organisation uuid, id uuid) returns uuid[]
language sql stable set search_path = '' as $$
	select app.audience_evidence($1, $2)
$$;

-- Uploads and tickets

create or replace function app.chunk_size() returns int language sql immutable set search_path = '' return 262144;
create or replace function app.chunks_of(size bigint) returns int language sql immutable set search_path = '' return ((size + 262143) / 262144)::int;

create or replace function app.chunks_stored(organisation uuid, evidence uuid) returns int
language sql stable security definer set search_path = '' as $$
	select coalesce(max(c.number) + 1, 0) from app.evidence_chunk c where c.organisation = $1 and c.evidence = $2
$$;
create or replace function app.evidence_received(organisation uuid, evidence uuid, size bigint) returns bigint
language sql stable set search_path = '' as $$
	select least(size, app.chunks_stored(organisation, evidence)::bigint * app.chunk_size())
$$;

-- A ticket for the caller's session; the digest stays, the secret is told once. For an upload the earlier one ends.
create or replace function app.ticket_issue(evidence uuid, direction text) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	secret constant bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
	until constant timestamptz := now() + interval '15 minutes';
begin
	delete from app.ticket t where t.organisation = app.org() and t.evidence = evidence and t.direction = 'up' and direction = 'up';
	insert into app.ticket (digest, organisation, session, person, evidence, direction, expires_at)
	values (sha256(secret), app.org(), current_setting('ninetwo.session')::uuid, app.me(), evidence, direction, until);
	return jsonb_build_object('ticket', translate(encode(secret, 'base64'), '+/=', '-_'), 'expires_at', until);
end
$$;

create or replace function app.upload_open(evidence uuid) returns void
language sql security definer set search_path = '' as $$
	insert into app.upload (organisation, evidence) values (app.org(), upload_open.evidence) on conflict do nothing
$$;

-- The upload of a ticket, with its line held; whoever's ticket has outlived its upload is told what an unknown ticket is told.
create or replace function app.upload_line(t app.ticket) returns app.evidence
language plpgsql security definer set search_path = '' as $$
declare
	e app.evidence;
begin
	update app.upload u set used_at = now() where u.organisation = t.organisation and u.evidence = t.evidence;
	select * into e from app.evidence x where x.organisation = t.organisation and x.id = t.evidence and x.state = 'uploading' and x.supplied_by = t.person;
	if not found then
		perform app.refuse_unauthenticated();
	end if;
	return e;
end
$$;

create or replace function app.upload_shown(e app.evidence) returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object('evidence', e.id, 'size', e.size, 'chunk_size', app.chunk_size(), 'chunks', app.chunks_of(e.size),
		'next_chunk', s.n, 'received', least(e.size, s.n::bigint * app.chunk_size()),
		'measured', (select u.measured_sha256 is not null from app.upload u where u.organisation = e.organisation and u.evidence = e.id))
	from (select app.chunks_stored(e.organisation, e.id)) s(n)
$$;

create or replace function app.chunk_store(t app.ticket, chunk int, data bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	e constant app.evidence := app.upload_line(t);
	next constant int := app.chunks_stored(e.organisation, e.id);
	wanted constant bigint := least(app.chunk_size(), e.size - chunk::bigint * app.chunk_size());
	digest constant bytea := sha256(data);
begin
	if chunk < 0 or chunk > next or chunk >= app.chunks_of(e.size) then
		perform app.refuse_param('chunk', format('must be 0 to %s', least(next, app.chunks_of(e.size) - 1)));
	elsif length(data) <> wanted then
		perform app.refuse_param('data', format('must be %s bytes', wanted));
	end if;
	-- an update and not nothing, so that the sweep does not take it away before it is used
	insert into app.chunk as c (organisation, digest, data) values (e.organisation, digest, data)
	on conflict on constraint chunk_pkey do update set digest = excluded.digest;
	insert into app.evidence_chunk as c (organisation, evidence, number, digest) values (e.organisation, e.id, chunk, digest)
	on conflict on constraint evidence_chunk_pkey do update set digest = excluded.digest;
	update app.upload u set measured_sha256 = null where u.organisation = e.organisation and u.evidence = e.id;
	return app.upload_shown(e);
end
$$;

create or replace function app.require_all_bytes(e app.evidence) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
	if app.chunks_stored(e.organisation, e.id) < app.chunks_of(e.size) then
		perform app.refuse('incomplete', 'Bytes are missing.', jsonb_build_object('evidence', e.id,
			'received', app.evidence_received(e.organisation, e.id, e.size), 'size', e.size));
	end if;
end
$$;

create or replace function app.upload_measured(t app.ticket, sha256 bytea, pieces bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	e constant app.evidence := app.upload_line(t);
begin
	perform app.require_all_bytes(e);
	if length(sha256) is distinct from 32 then
		perform app.refuse_param('sha256', 'must be 32 bytes');
	elsif pieces is distinct from (select pg_catalog.sha256(coalesce(string_agg(c.digest, ''::bytea order by c.number), ''))
			from app.evidence_chunk c where c.organisation = e.organisation and c.evidence = e.id) then
		perform app.refuse('unmeasured', 'The bytes changed while the server read them back: send the end of the file again.', jsonb_build_object('evidence', e.id));
	end if;
	update app.upload u set measured_sha256 = sha256 where u.organisation = e.organisation and u.evidence = e.id;
	return app.upload_shown(e);
end
$$;

create or replace function app.chunk_read(t app.ticket, chunk int) returns bytea
language sql stable security definer set search_path = '' as $$
	select c.data from app.evidence_chunk x join app.chunk c on c.organisation = x.organisation and c.digest = x.digest
	where x.organisation = t.organisation and x.evidence = t.evidence and x.number = chunk_read.chunk
$$;

create or replace function app.download_shown(t app.ticket) returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object('evidence', e.id, 'title', e.title, 'file_name', e.file_name, 'media_type', e.media_type, 'size', e.size,
		'chunk_size', app.chunk_size(), 'chunks', app.chunks_of(e.size), 'sha256', encode(e.sha256, 'hex'))
	from app.evidence e where e.organisation = t.organisation and e.id = t.evidence and e.state = 'stored'
$$;

-- The end of an upload: what the server read back is what the client states.
create or replace function app.upload_end(id uuid, stated bytea) returns void
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	u app.upload;
	e app.evidence;
begin
	update app.upload x set used_at = now() where x.organisation = app.org() and x.evidence = id returning x.* into u;
	select * into e from app.evidence x where x.organisation = app.org() and x.id = id;
	perform app.require_all_bytes(e);
	if u.measured_sha256 is null then
		perform app.refuse('unmeasured', 'The server has not read the bytes back yet: send the end of the file again.', jsonb_build_object('evidence', id));
	elsif u.measured_sha256 <> stated then
		perform app.refuse('sha256', 'What is stored is not what you state: the SHA-256 differs.', jsonb_build_object('evidence', id, 'sha256', encode(u.measured_sha256, 'hex')));
	end if;
	update app.evidence x set state = 'stored', sha256 = stated where x.organisation = app.org() and x.id = id;
	delete from app.upload x where x.organisation = app.org() and x.evidence = id;
	delete from app.ticket t where t.organisation = app.org() and t.evidence = id and t.direction = 'up';
end
$$;

drop function if exists app.evidence_sweep();
create or replace function app.ticket_sweep(at_most int) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
	removed bigint;
begin
	delete from app.ticket t where t.ctid = any (array(select x.ctid from app.ticket x where x.expires_at < now() limit at_most for update skip locked));
	get diagnostics removed = row_count;
	return removed;
end
$$;
comment on function app.ticket_sweep(int) is 'Removes tickets that ended; how many.';

create or replace function app.upload_sweep(keep interval, at_most int) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
	x record;
	swept bigint := 0;
begin
	for x in select u.organisation, u.evidence from app.upload u where u.used_at < now() - keep
			and not exists (select from app.evidence r where r.organisation = u.organisation and r.revision_of = u.evidence) order by u.used_at limit at_most loop
		delete from app.evidence e where e.organisation = x.organisation and e.id = x.evidence and e.state = 'uploading';
		swept := swept + 1;
	end loop;
	return swept;
end
$$;
comment on function app.upload_sweep(interval, int) is 'Removes uploads begun and never ended; how many.';

-- Looks through a stretch of all chunks: they are many, and hardly one is unused.
create or replace function app.chunk_sweep(after text, at_most int) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	x record;
	walked int := 0;
	removed int := 0;
begin
	for x in
		select c.organisation, c.digest, exists (select from app.evidence_chunk n where n.organisation = c.organisation and n.digest = c.digest) as used
		from app.chunk c where (c.organisation, c.digest) > (coalesce(split_part(after, ' ', 1), '00000000-0000-0000-0000-000000000000')::uuid,
			decode(coalesce(split_part(after, ' ', 2), ''), 'hex'))
		order by c.organisation, c.digest limit at_most
	loop
		walked := walked + 1;
		continue when x.used;
		begin
			delete from app.chunk c where c.organisation = x.organisation and c.digest = x.digest;
			removed := removed + 1;
		exception when foreign_key_violation then
			null;	-- somebody stored the same bytes meanwhile
		end;
	end loop;
	return jsonb_build_object('removed', removed, 'after', case when walked = at_most then concat_ws(' ', x.organisation, encode(x.digest, 'hex')) end);
end
$$;
comment on function app.chunk_sweep(text, int) is 'Removes bytes that no evidence uses, a stretch at a time: how many, and after which to go on.';

revoke execute on function app.upload_line(app.ticket), app.chunk_store(app.ticket, int, bytea), app.upload_measured(app.ticket, bytea, bytea),
	app.chunk_read(app.ticket, int), app.download_shown(app.ticket), app.ticket_sweep(int), app.upload_sweep(interval, int),
	app.chunk_sweep(text, int) from ninetwo_api;
grant execute on function app.upload_line(app.ticket), app.upload_shown(app.evidence), app.chunk_store(app.ticket, int, bytea),
	app.upload_measured(app.ticket, bytea, bytea), app.chunk_read(app.ticket, int), app.download_shown(app.ticket) to ninetwo_auth;

-- Whether the one who asks may read an evidence, by the policies; for the door of tickets, which itself reads no business data.
set role ninetwo_api;
create or replace function meta.reads_evidence(id uuid) returns boolean
language sql stable security definer set search_path = '' as $$
	select exists (select from app.evidence e where e.organisation = app.org() and e.id = $1)
$$;
grant usage on schema meta to ninetwo_auth;
grant execute on function meta.reads_evidence(uuid) to ninetwo_auth;
grant usage, create on schema api to ninetwo_auth;

set role ninetwo_auth;

-- The door for a ticket: it is alive, so is its session, and its person still belongs to the organisation; sets the identity as auth.enter does.
create or replace function auth.enter_ticket(ticket bytea, direction text) returns app.ticket
language plpgsql set search_path = '' as $$
declare
	t app.ticket;
	held text[];
	today date;
begin
	select k.* into t from app.ticket k
	join auth.session s on s.id = k.session and s.ended_at is null and s.idle_until > now() and s.expires_at > now()
	join app.person p on p.id = k.person and p.disabled_at is null
	where k.digest = enter_ticket.ticket and k.expires_at > now() and (enter_ticket.direction is null or k.direction = enter_ticket.direction);
	if found then
		today := (select (now() at time zone o.timezone)::date from app.organisation o where o.id = t.organisation);
		held := array(select m.role::text from app.membership m where m.person = t.person and m.organisation = t.organisation and m.held @> today);
	end if;
	if coalesce(held, '{}') = '{}' then
		perform app.refuse_unauthenticated();
	end if;
	perform auth.identify(t.person, t.session, t.organisation, held, today, 'write');
	update app.ticket k set expires_at = now() + interval '15 minutes' where k.digest = t.digest and k.expires_at < now() + interval '14 minutes';
	if t.direction = 'down' and not meta.reads_evidence(t.evidence) then
		perform app.refuse_unauthenticated();
	end if;
	return t;
end
$$;

create or replace function api.evidence_upload_state(ticket bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
	return app.upload_shown(app.upload_line(auth.enter_ticket($1, 'up')));
end
$$;

create or replace function api.evidence_chunk_put(ticket bytea, chunk int, data bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
	return app.chunk_store(auth.enter_ticket($1, 'up'), $2, $3);
end
$$;

create or replace function api.evidence_measured(ticket bytea, sha256 bytea, pieces bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
	return app.upload_measured(auth.enter_ticket($1, 'up'), $2, $3);
end
$$;

create or replace function api.evidence_chunk_get(ticket bytea, chunk int) returns bytea
language plpgsql security definer set search_path = '' as $$
begin
	return app.chunk_read(auth.enter_ticket($1, null), $2);
end
$$;

create or replace function api.evidence_download_state(ticket bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
	return app.download_shown(auth.enter_ticket($1, 'down'));
end
$$;

grant execute on function api.evidence_upload_state(bytea), api.evidence_chunk_put(bytea, int, bytea), api.evidence_measured(bytea, bytea, bytea),
	api.evidence_chunk_get(bytea, int), api.evidence_download_state(bytea) to ninetwo_server;

set role ninetwo_api;
revoke create on schema api from ninetwo_auth;

-- The methods

create view record.evidence with (security_invoker = true) as
	select e.organisation, e.id, e.version, e.kind, e.state, e.title, e.statement, e.file_name, e.media_type, e.size,
		case when e.state = 'stored' then e.size else app.evidence_received(e.organisation, e.id, e.size) end as received,
		encode(e.sha256, 'hex') as sha256, e.effective_on, e.valid_from, e.valid_until, coalesce(e.valid_until < (select app.today()), false) as expired,
		e.revision_of, e.supplied_by, app.person_name(e.organisation, e.supplied_by) as supplied_by_name, e.leave, e.leave_by, e.created_at, e.updated_at
	from app.evidence e;
comment on view record.evidence is 'A file or a statement that supports a check, an answer or a proof.';
comment on column record.evidence.kind is '!file or statement.';
comment on column record.evidence.state is '!uploading or stored.';
comment on column record.evidence.title is '!What it is.';
comment on column record.evidence.statement is 'What is stated.';
comment on column record.evidence.file_name is 'The name of the file.';
comment on column record.evidence.media_type is 'Its type, as application/pdf.';
comment on column record.evidence.size is '!Its bytes.';
comment on column record.evidence.received is '!How many of them are stored.';
comment on column record.evidence.sha256 is 'The SHA-256 of its bytes, in hexadecimal; null until they are all stored.';
comment on column record.evidence.effective_on is 'The day of which it tells, apart from when it was uploaded.';
comment on column record.evidence.valid_from is 'From when it is valid.';
comment on column record.evidence.valid_until is 'Until when.';
comment on column record.evidence.expired is '!Its validity has ended.';
comment on column record.evidence.revision_of is 'The evidence that it replaces.';
comment on column record.evidence.supplied_by is '!Who supplied it; they never accept it (S5).';
comment on column record.evidence.supplied_by_name is 'Their name.';
comment on column record.evidence.leave is 'The supplier''s leave, or the clause of the contract, to publish it outside.';
comment on column record.evidence.leave_by is 'Who recorded that.';
comment on column record.evidence.created_at is '!When it was begun.';
comment on column record.evidence.updated_at is '!When it last changed.';

create function method.evidence_get(id uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
	e constant jsonb := app.one('evidence', id);
begin
	if app.i_have('observer') then
		insert into app.reading (organisation, release, evidence)
		select r.organisation, r.release, r.evidence from app.release_evidence r where r.organisation = app.org() and r.evidence = evidence_get.id;
	end if;
	return e;
end
$$;
comment on function method.evidence_get is $${
	"doc": "One evidence, without its bytes. An observer's reading is recorded (S8).",
	"roles": ["member"], "access": "recorded",
	"params": {"id": {"doc": "The evidence."}},
	"result": "evidence"
}$$;

create function method.evidence_list(subject uuid default null, audit uuid default null, sort text default null, "limit" int default null, after text default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.page('evidence', case
			when subject is not null then app.branch('id', array(select t.evidence from app.attachment t where t.organisation = app.org() and t.subject = evidence_list.subject))
			when audit is not null then app.branch('id', array(select distinct t.evidence from app.attachment t where t.organisation = app.org() and t.audit = evidence_list.audit))
			else app.branch('supplied_by', array[app.me()]) end,
		'{}', '-created_at, title', sort, "limit", after);
end
$$;
comment on function method.evidence_list is $${
	"doc": "Evidence: what is attached to a record or within an audit, as far as you may see it; else what you supplied yourself.",
	"roles": ["member"], "access": "read",
	"params": {
		"subject": {"doc": "The check, request, finding, response, action or verification that it is attached to."},
		"audit": {"doc": "The audit within which it is attached to something."},
		"sort": {"doc": "created_at or title; with - downwards."}
	},
	"result": "evidence[]"
}$$;

create function method.evidence_state_text(title app.title, statement app.prose, effective_on date default null, valid_from date default null,
	valid_until date default null, revision_of uuid default null, leave text default null) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	made constant uuid := app.uuid7();
begin
	if valid_until < valid_from then
		perform app.refuse_param('valid_until', 'is not before valid_from');
	end if;
	if revision_of is not null and method.evidence_get(revision_of) ->> 'state' = 'uploading' then
		perform app.refuse('uploading', 'The upload of what it replaces has not ended.', jsonb_build_object('evidence', revision_of));
	end if;
	insert into app.evidence (organisation, id, kind, title, statement, media_type, size, sha256, effective_on, valid_from, valid_until, revision_of, supplied_by, leave, leave_by)
	values (app.org(), made, 'statement', title, statement, 'text/plain', octet_length(statement::text), sha256(convert_to(statement::text, 'UTF8')),
		effective_on, valid_from, valid_until, revision_of, app.me(), leave, case when leave is not null then app.me() end);
	return method.evidence_get(made);
end
$$;
comment on function method.evidence_state_text is $${
	"doc": "Give evidence in words: a statement, with its hash.",
	"roles": ["auditee", "auditor"], "access": "write",
	"params": {
		"title": {"doc": "What it is."},
		"statement": {"doc": "What you state."},
		"effective_on": {"doc": "The day of which it tells."},
		"valid_from": {"doc": "From when it is valid."},
		"valid_until": {"doc": "Until when."},
		"revision_of": {"doc": "The evidence that it replaces."},
		"leave": {"doc": "For a supplier's: the leave, or the clause of the contract, to publish it outside."}
	},
	"result": "evidence"
}$$;

create function method.evidence_upload_begin(title app.title, file_name text, media_type text, size bigint, effective_on date default null,
	valid_from date default null, valid_until date default null, revision_of uuid default null, leave text default null) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	made constant uuid := app.uuid7();
begin
	if size not between 0 and 1073741824 then
		perform app.refuse_param('size', 'must be 0 to 1073741824 bytes (1 GiB)');
	elsif file_name ~ '[/\\[:cntrl:]]' or length(file_name) not between 1 and 255 then
		perform app.refuse_param('file_name', 'must be a name of 1 to 255 characters, without a path');
	elsif lower(media_type) !~ '^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$' then
		perform app.refuse_param('media_type', 'must be as application/pdf');
	elsif valid_until < valid_from then
		perform app.refuse_param('valid_until', 'is not before valid_from');
	end if;
	if revision_of is not null and method.evidence_get(revision_of) ->> 'state' = 'uploading' then
		perform app.refuse('uploading', 'The upload of what it replaces has not ended.', jsonb_build_object('evidence', revision_of));
	end if;
	insert into app.evidence (organisation, id, kind, state, title, file_name, media_type, size, effective_on, valid_from, valid_until, revision_of,
		supplied_by, leave, leave_by)
	values (app.org(), made, 'file', 'uploading', title, file_name, lower(media_type), size, effective_on, valid_from, valid_until, revision_of,
		app.me(), leave, case when leave is not null then app.me() end);
	perform app.upload_open(made);
	return app.ticket_reply(made, 'up');
end
$$;
comment on function method.evidence_upload_begin is $${
	"doc": "Begin to upload a file. The ticket in the reply is for PUT /evidence/<id>; evidence.upload_end ends it. What is begun and never ended is swept after a day.",
	"roles": ["auditee", "auditor"], "access": "write", "secret": true,
	"params": {
		"title": {"doc": "What it is."},
		"file_name": {"doc": "The name of the file, without a path."},
		"media_type": {"doc": "Its type, as application/pdf."},
		"size": {"doc": "Its bytes; at most 1 GiB."},
		"effective_on": {"doc": "The day of which it tells."},
		"valid_from": {"doc": "From when it is valid."},
		"valid_until": {"doc": "Until when."},
		"revision_of": {"doc": "The evidence that it replaces."},
		"leave": {"doc": "For a supplier's: the leave, or the clause of the contract, to publish it outside."}
	},
	"result": {"type": "object", "properties": {"evidence": {"$ref": "#/components/schemas/evidence"}, "ticket": {"type": "string"},
		"expires_at": {"type": "string", "format": "date-time"}, "chunk_size": {"type": "integer"}, "next_chunk": {"type": "integer"}, "received": {"type": "integer"}},
		"required": ["evidence", "ticket", "expires_at", "chunk_size", "next_chunk", "received"], "additionalProperties": false}
}$$;

set role ninetwo_owner;
-- An upload that the caller began; `says` refuses anybody else.
create or replace function app.upload_of_mine(id uuid, says text) returns app.evidence
language plpgsql stable set search_path = '' as $$
#variable_conflict use_variable
declare
	e app.evidence;
begin
	select x.* into e from app.evidence x where x.organisation = app.org() and x.id = id;
	if not found then
		perform app.refuse_not_found('evidence');
	elsif e.supplied_by <> app.me() then
		perform app.refuse('place', says, jsonb_build_object('evidence', id));
	end if;
	return e;
end
$$;
set role ninetwo_api;

create function method.evidence_upload_resume(id uuid) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	e app.evidence;
begin
	e := app.upload_of_mine(id, 'Whoever began an upload goes on with it.');
	perform app.require_state(e.state, '{uploading}');
	return app.ticket_reply(id, 'up');
end
$$;
comment on function method.evidence_upload_resume is $${
	"doc": "Go on with an upload of yours that was interrupted: a fresh ticket, and how far it had come.",
	"roles": ["auditee", "auditor"], "access": "write", "secret": true,
	"params": {"id": {"doc": "The evidence."}},
	"result": {"type": "object", "properties": {"evidence": {"$ref": "#/components/schemas/evidence"}, "ticket": {"type": "string"},
		"expires_at": {"type": "string", "format": "date-time"}, "chunk_size": {"type": "integer"}, "next_chunk": {"type": "integer"}, "received": {"type": "integer"}},
		"required": ["evidence", "ticket", "expires_at", "chunk_size", "next_chunk", "received"], "additionalProperties": false}
}$$;

create function method.evidence_upload_end(id uuid, version int, sha256 text) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	e app.evidence;
begin
	if sha256 !~ '^[0-9a-fA-F]{64}$' then
		perform app.refuse_param('sha256', 'must be 64 hexadecimal digits');
	end if;
	e := app.upload_of_mine(id, 'Whoever began an upload ends it.');
	perform app.require_version(e.version, version);
	perform app.require_state(e.state, '{uploading}');
	perform app.upload_end(id, decode(sha256, 'hex'));
	return method.evidence_get(id);
end
$$;
comment on function method.evidence_upload_end is $${
	"doc": "End an upload: the server has read the stored bytes back, and their SHA-256 is what you state. The file never changes after this; a later one is a revision.",
	"roles": ["auditee", "auditor"], "access": "write",
	"params": {
		"id": {"doc": "The evidence."},
		"version": {"doc": "The version that you saw."},
		"sha256": {"doc": "The SHA-256 of the file, 64 hexadecimal digits."}
	},
	"result": "evidence"
}$$;

create function method.evidence_download_begin(id uuid) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	e app.evidence;
begin
	select x.* into e from app.evidence x where x.organisation = app.org() and x.id = id;
	if not found then
		perform app.refuse_not_found('evidence');
	elsif e.kind = 'statement' then
		perform app.refuse('statement', 'It is a statement: evidence.get has its words.', jsonb_build_object('evidence', id));
	end if;
	perform app.require_state(e.state, '{stored}');
	return app.ticket_reply(id, 'down');
end
$$;
comment on function method.evidence_download_begin is $${
	"doc": "A ticket to download a file: GET /evidence/<id>, with ranges. An observer's download is recorded (S8).",
	"roles": ["member"], "access": "recorded", "secret": true,
	"params": {"id": {"doc": "The evidence."}},
	"result": {"type": "object", "properties": {"evidence": {"$ref": "#/components/schemas/evidence"}, "ticket": {"type": "string"},
		"expires_at": {"type": "string", "format": "date-time"}, "chunk_size": {"type": "integer"}, "next_chunk": {"type": "integer"}, "received": {"type": "integer"}},
		"required": ["evidence", "ticket", "expires_at", "chunk_size", "next_chunk", "received"], "additionalProperties": false}
}$$;

create function method.evidence_give_leave(id uuid, version int, leave text) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	e app.evidence;
begin
	select x.* into e from app.evidence x where x.organisation = app.org() and x.id = id;
	if not found then
		perform app.refuse_not_found('evidence');
	elsif e.supplied_by <> app.me() and not app.i_have('management') then
		perform app.refuse('place', 'Whoever supplied it gives leave, or management names the clause of the contract.', jsonb_build_object('evidence', id));
	end if;
	perform app.require_version(e.version, version);
	update app.evidence x set leave = leave, leave_by = app.me() where x.organisation = app.org() and x.id = id;
	return method.evidence_get(id);
end
$$;
comment on function method.evidence_give_leave is $${
	"doc": "Give leave to publish a supplier's evidence to an outside party, or name the clause of the contract that gives it.",
	"roles": ["auditee", "management"], "access": "write",
	"params": {
		"id": {"doc": "The evidence."},
		"version": {"doc": "The version that you saw."},
		"leave": {"doc": "The leave, or the clause."}
	},
	"result": "evidence"
}$$;

-- Each kind of record takes evidence from whoever works on it there, while that work goes on.
create function method.evidence_attach(id uuid, noun app.attachment_noun, subject uuid) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	c app.check;
	f app.finding;
	r app.response;
	a app.action;
	v app.verification;
begin
	perform method.evidence_get(id);
	case noun
	when 'check' then
		select x.* into c from app.check x where x.organisation = app.org() and x.id = subject;
		if not found then
			perform app.refuse_not_found('check');
		end if;
		c := app.check_for(subject, c.version, app.team_all(), '{planned,prepared,fieldwork,reporting}');
		perform app.attach_all(array[id], noun, subject, c.audit, c.part, null, null);
		update app.check x set version = x.version + 1 where x.organisation = app.org() and x.id = subject;
		perform app.check_entered(subject);
	when 'finding' then
		f := app.finding_for(subject);
		perform app.require_team(f.part, case when f.state = 'draft' then app.team_all() else app.team_auditors() end);
		perform app.require_state(f.state::text, '{draft,shared}');
		perform app.attach_all(array[id], noun, subject, f.audit, f.part, null, f.id);
		perform app.finding_entered(subject);
	when 'response' then
		r := app.response_for(subject);
		f := app.response_finding(r);
		perform app.answering(f);
		perform app.require_state(r.state, '{draft}');
		perform app.attach_all(array[id], noun, subject, f.audit, f.part, null, f.id);
	when 'action' then
		a := app.action_for(subject);
		f := app.action_finding(a);
		perform app.require_action_owner(a);
		perform app.require_state(a.state::text, '{open,returned}');
		perform app.attach_all(array[id], noun, subject, f.audit, f.part, null, f.id);
	when 'verification' then
		select x.* into v from app.verification x where x.organisation = app.org() and x.id = subject;
		if not found then
			perform app.refuse_not_found('verification');
		end if;
		f := app.finding_for(v.finding);
		if v.verified_by <> app.me() then
			perform app.refuse('place', 'Whoever verified attaches what it rests on.', jsonb_build_object('verification', subject));
		end if;
		perform app.attach_all(array[id], noun, subject, f.audit, f.part, null, f.id);
	else
		perform app.refuse_param('noun', 'evidence is supplied to a request by request.submit');
	end case;
	return method.evidence_get(id);
end
$$;
comment on function method.evidence_attach is $${
	"doc": "Attach evidence that you may see to a record that you work on; whoever may read that record then may read the evidence.",
	"roles": ["auditee", "auditor"], "access": "write",
	"params": {
		"id": {"doc": "The evidence."},
		"noun": {"doc": "check, finding, response, action or verification."},
		"subject": {"doc": "Which one."}
	},
	"result": "evidence"
}$$;

set role ninetwo_owner;
create or replace function app.ticket_reply(id uuid, direction text) returns jsonb
language plpgsql set search_path = '' as $$
declare
	stored constant int := app.chunks_stored(app.org(), ticket_reply.id);
	e constant jsonb := method.evidence_get(ticket_reply.id);
begin
	return app.ticket_issue(ticket_reply.id, ticket_reply.direction) || jsonb_build_object('evidence', e, 'chunk_size', app.chunk_size(),
		'next_chunk', stored, 'received', e -> 'received');
end
$$;
set role ninetwo_api;
