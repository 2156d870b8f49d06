-- Uploads: the bytes of files, and the tickets by which they come and go.
--
-- A *ticket* is 32 random bytes made here and given once, base64url without padding, in the reply of
-- evidence.upload_begin, evidence.upload_resume or evidence.download_begin; `ticket` below is always the SHA-256 digest
-- (32 bytes) of those 32 bytes. A ticket belongs to one session, one evidence and one direction, lives 15 minutes and
-- is
-- renewed by each use; it ends with its session, with evidence.upload_end, and when its person may no longer see the
-- evidence. Whatever is wrong with a ticket (unknown, ended, of the other direction, session over) is the same N2001.
-- What the server (server/api/evidence.c) calls for it, on the write connections:
--
--   api.evidence_upload_state(ticket bytea) returns jsonb
--     {"evidence": uuid, "size": bytes, "chunk_size": 262144, "chunks": n, "next_chunk": k, "received": bytes,
--      "measured": bool}. Chunks are numbered from 0 and stored without a hole, so that `received` = min(size,
--     next_chunk * 262144) is where to resume.
--   api.evidence_chunk_put(ticket bytea, chunk int, data bytea) returns jsonb
--     Stores one chunk: 262144 bytes, the last one what remains (a file of 0 bytes has no chunk). `chunk` is at most
--     next_chunk; putting an earlier one again replaces it. Replies as upload_state. Refuses N2602 (number or length
--     wrong), N2001.
--   api.evidence_measured(ticket bytea, sha256 bytea, pieces bytea) returns jsonb
--     When `received` = size the server reads every chunk back (evidence_chunk_get, one at a time; an upload ticket
--     reads its own upload), hashes them, and says the result here; a later chunk_put voids it. `pieces` is the SHA-256
--     of the SHA-256 of each chunk that was read, in order: a chunk may have been put anew behind the reading. Replies
--     as upload_state. Refuses N2009 `incomplete` while chunks are missing, `unmeasured` when those that were read are
--     not those that there are. evidence.upload_end compares this with what the client states and refuses N2009
--     `sha256` when they differ, `unmeasured` when it is absent.
--   api.evidence_chunk_get(ticket bytea, chunk int) returns bytea
--     One chunk, for either direction; null past the end. A binary result.
--   api.evidence_download_state(ticket bytea) returns jsonb
--     {"evidence": uuid, "title": text, "file_name": text, "media_type": text, "size": bytes, "chunk_size": 262144,
--      "chunks": n, "sha256": hex}
--
-- For a GET with a cookie instead of a ticket the server calls api.evidence_download_begin (access "recorded", so no
-- request_id) and goes on with the ticket in its reply, which then never leaves the server. operator.sweep_piece ends
-- expired tickets, drops what was begun a day ago and never ended, and chunks that no evidence uses.

create policy door on app.ticket to ninetwo_auth using (true);

create or replace function app.chunk_size() returns int
language sql immutable parallel safe
return 262144;

create or replace function app.chunks_of(_size bigint) returns int
language sql immutable parallel safe
return ((_size + 262143) / 262144)::int;

create or replace function app.chunks_stored(_organisation uuid, _evidence uuid) returns int
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(max(c.number) + 1, 0) from app.evidence_chunk c where c.organisation = _organisation
		and c.evidence = _evidence);
end
$$;

create or replace function app.evidence_received(_organisation uuid, _evidence uuid, _size bigint) returns bigint
language plpgsql stable set search_path = '' as $$
begin
	return least(_size, app.chunks_stored(_organisation, _evidence)::bigint * app.chunk_size());
end
$$;

-- A ticket for the caller's session; the digest stays, the secret is told once. For an upload the earlier one ends.
create or replace function app.ticket_issue(_evidence uuid, _direction text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	secret constant bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
	until constant timestamptz := now() + interval '15 minutes';
begin
	delete from app.ticket t where t.organisation = app.org() and t.evidence = _evidence and t.direction = 'up'
		and _direction = 'up';
	insert into app.ticket (digest, organisation, session, person, evidence, direction, expires_at)
	values (sha256(secret), app.org(), current_setting('ninetwo.session')::uuid, app.me(), _evidence, _direction,
		until);
	return jsonb_build_object('ticket', translate(encode(secret, 'base64'), '+/=', '-_'), 'expires_at', until);
end
$$;

create or replace function app.upload_open(_evidence uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
	insert into app.upload (organisation, evidence) values (app.org(), _evidence) on conflict do nothing;
end
$$;

-- The upload of a ticket, with its line held; whoever's ticket has outlived its upload is told what an unknown ticket
-- is told.
create or replace function app.upload_line(_t app.ticket) returns app.evidence
language plpgsql security definer set search_path = '' as $$
declare
	e app.evidence;
begin
	update app.upload u set used_at = now() where u.organisation = _t.organisation and u.evidence = _t.evidence;
	select * into e from app.evidence x where x.organisation = _t.organisation and x.id = _t.evidence
		and x.state = 'uploading' and x.supplied_by = _t.person;
	if not found then
		perform app.refuse_unauthenticated();
	end if;
	return e;
end
$$;

create or replace function app.upload_shown(_e app.evidence) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select jsonb_build_object('evidence', _e.id, 'size', _e.size, 'chunk_size', app.chunk_size(),
		'chunks', app.chunks_of(_e.size),
		'next_chunk', s.n, 'received', least(_e.size, s.n::bigint * app.chunk_size()),
		'measured',
		(select u.measured_sha256 is not null from app.upload u where u.organisation = _e.organisation
		and u.evidence = _e.id))
	from (select app.chunks_stored(_e.organisation, _e.id)) s(n));
end
$$;

create or replace function app.chunk_store(_t app.ticket, _chunk int, _data bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	e constant app.evidence := app.upload_line(_t);
	next constant int := app.chunks_stored(e.organisation, e.id);
	wanted constant bigint := least(app.chunk_size(), e.size - _chunk::bigint * app.chunk_size());
	digest constant bytea := sha256(_data);
begin
	if _chunk < 0 or _chunk > next or _chunk >= app.chunks_of(e.size) then
		perform app.refuse_param('chunk', 'param.chunk',
			jsonb_build_object('last', least(next, app.chunks_of(e.size) - 1)));
	elsif length(_data) <> wanted then
		perform app.refuse_param('data', 'param.chunk_bytes', jsonb_build_object('bytes', wanted));
	end if;
	-- an update and not nothing, so that the sweep does not take it away before it is used
	insert into app.chunk as c (organisation, digest, data) values (e.organisation, digest, _data)
	on conflict on constraint chunk_pkey do update set digest = excluded.digest;
	insert into app.evidence_chunk as c (organisation, evidence, number, digest)
		values (e.organisation, e.id, _chunk, digest)
	on conflict on constraint evidence_chunk_pkey do update set digest = excluded.digest;
	update app.upload u set measured_sha256 = null where u.organisation = e.organisation and u.evidence = e.id;
	return app.upload_shown(e);
end
$$;

create or replace function app.require_all_bytes(_e app.evidence) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
	if app.chunks_stored(_e.organisation, _e.id) < app.chunks_of(_e.size) then
		perform app.refuse(app.no('incomplete', 'evidence.incomplete', '{}', jsonb_build_object('evidence', _e.id,
			'received', app.evidence_received(_e.organisation, _e.id, _e.size), 'size', _e.size)));
	end if;
end
$$;

create or replace function app.upload_measured(_t app.ticket, _sha256 bytea, _pieces bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	e constant app.evidence := app.upload_line(_t);
begin
	perform app.require_all_bytes(e);
	if length(_sha256) is distinct from 32 then
		perform app.refuse_param('sha256', 'param.digest', '{}');
	elsif _pieces
		is distinct from (select pg_catalog.sha256(coalesce(string_agg(c.digest, ''::bytea order by c.number), ''))
			from app.evidence_chunk c where c.organisation = e.organisation and c.evidence = e.id) then
		perform app.refuse(app.no('unmeasured', 'evidence.changed', '{}', jsonb_build_object('evidence', e.id)));
	end if;
	update app.upload u set measured_sha256 = _sha256 where u.organisation = e.organisation and u.evidence = e.id;
	return app.upload_shown(e);
end
$$;

create or replace function app.chunk_read(_t app.ticket, _chunk int) returns bytea
language plpgsql stable security definer set search_path = '' as $$
begin
	return (
		select c.data from app.evidence_chunk x
		join app.chunk c on c.organisation = x.organisation and c.digest = x.digest
	where x.organisation = _t.organisation and x.evidence = _t.evidence and x.number = _chunk);
end
$$;

create or replace function app.download_shown(_t app.ticket) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return (
		select jsonb_build_object('evidence', e.id, 'title', e.title, 'file_name', e.file_name,
			'media_type', e.media_type, 'size', e.size,
		'chunk_size', app.chunk_size(), 'chunks', app.chunks_of(e.size), 'sha256', encode(e.sha256, 'hex'))
	from app.evidence e where e.organisation = _t.organisation and e.id = _t.evidence and e.state = 'stored');
end
$$;

-- The end of an upload: what the server read back is what the client states.
create or replace function app.upload_end(_id uuid, _stated bytea) returns void
language plpgsql security definer set search_path = '' as $$
declare
	u app.upload;
	e app.evidence;
begin
	update app.upload x set used_at = now() where x.organisation = app.org() and x.evidence = _id returning x.* into u;
	select * into e from app.evidence x where x.organisation = app.org() and x.id = _id;
	perform app.require_all_bytes(e);
	if u.measured_sha256 is null then
		perform app.refuse(app.no('unmeasured', 'evidence.unmeasured', '{}', jsonb_build_object('evidence', _id)));
	elsif u.measured_sha256 <> _stated then
		perform app.refuse(app.no('sha256', 'evidence.sha256', '{}',
			jsonb_build_object('evidence', _id, 'sha256', encode(u.measured_sha256, 'hex'))));
	end if;
	update app.evidence x set state = 'stored', sha256 = _stated where x.organisation = app.org() and x.id = _id;
	delete from app.upload x where x.organisation = app.org() and x.evidence = _id;
	delete from app.ticket t where t.organisation = app.org() and t.evidence = _id and t.direction = 'up';
end
$$;

create or replace function app.ticket_sweep(_at_most int) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
	removed bigint;
begin
	delete from app.ticket t
		where t.ctid = any (array(select x.ctid from app.ticket x where x.expires_at < now()
		limit _at_most for update skip locked));
	get diagnostics removed = row_count;
	return removed;
end
$$;
comment on function app.ticket_sweep(int) is 'Removes tickets that ended; how many.';

create or replace function app.upload_sweep(_keep interval, _at_most int) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
	x record;
	swept bigint := 0;
begin
	for x in select u.organisation, u.evidence from app.upload u where u.used_at < now() - _keep
			and not exists (select from app.evidence r where r.organisation = u.organisation
				and r.revision_of = u.evidence) order by u.used_at limit _at_most loop
		delete from app.evidence e where e.organisation = x.organisation and e.id = x.evidence
			and e.state = 'uploading';
		swept := swept + 1;
	end loop;
	return swept;
end
$$;
comment on function app.upload_sweep(interval, int) is 'Removes uploads begun and never ended; how many.';

-- Looks through a stretch of all chunks: they are many, and hardly one is unused.
create or replace function app.chunk_sweep(_after text, _at_most int) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	x record;
	walked int := 0;
	removed int := 0;
begin
	for x in
		select c.organisation, c.digest,
			exists (select from app.evidence_chunk n where n.organisation = c.organisation and n.digest = c.digest)
			as used
		from app.chunk c
			where (c.organisation,
			c.digest) > (coalesce(split_part(_after, ' ', 1), '00000000-0000-0000-0000-000000000000')::uuid,
			decode(coalesce(split_part(_after, ' ', 2), ''), 'hex'))
		order by c.organisation, c.digest limit _at_most
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
	return jsonb_build_object('removed', removed,
		'after', case when walked = _at_most then concat_ws(' ', x.organisation, encode(x.digest, 'hex')) end);
end
$$;
comment on function app.chunk_sweep(text, int) is
	'Removes bytes that no evidence uses, a stretch at a time: how many, and after which to go on.';

revoke execute on function app.upload_line(app.ticket), app.chunk_store(app.ticket, int, bytea),
	app.upload_measured(app.ticket, bytea, bytea),
	app.chunk_read(app.ticket, int), app.download_shown(app.ticket), app.ticket_sweep(int),
		app.upload_sweep(interval, int),
	app.chunk_sweep(text, int) from ninetwo_api;
grant execute on function app.upload_line(app.ticket), app.upload_shown(app.evidence),
	app.chunk_store(app.ticket, int, bytea),
	app.upload_measured(app.ticket, bytea, bytea), app.chunk_read(app.ticket, int),
		app.download_shown(app.ticket) to ninetwo_auth;

create or replace function api.evidence_upload_state(ticket bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
	return app.upload_shown(app.upload_line(auth.enter_ticket(evidence_upload_state.ticket, 'up')));
end
$$;

create or replace function api.evidence_chunk_put(ticket bytea, chunk int, data bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
	return app.chunk_store(auth.enter_ticket(evidence_chunk_put.ticket, 'up'), evidence_chunk_put.chunk,
		evidence_chunk_put.data);
end
$$;

create or replace function api.evidence_measured(ticket bytea, sha256 bytea, pieces bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
	return app.upload_measured(auth.enter_ticket(evidence_measured.ticket, 'up'), evidence_measured.sha256,
		evidence_measured.pieces);
end
$$;

create or replace function api.evidence_chunk_get(ticket bytea, chunk int) returns bytea
language plpgsql security definer set search_path = '' as $$
begin
	return app.chunk_read(auth.enter_ticket(evidence_chunk_get.ticket, null), evidence_chunk_get.chunk);
end
$$;

create or replace function api.evidence_download_state(ticket bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
	return app.download_shown(auth.enter_ticket(evidence_download_state.ticket, 'down'));
end
$$;

grant execute on function api.evidence_upload_state(bytea), api.evidence_chunk_put(bytea, int, bytea),
	api.evidence_measured(bytea, bytea, bytea),
	api.evidence_chunk_get(bytea, int), api.evidence_download_state(bytea) to ninetwo_server;

create or replace function method.evidence_upload_begin(_title app.title, _file_name app.file_name,
	_media_type app.media_type, _size app.file_size, _effective_on app.day default null,
	_valid_from app.day default null, _valid_until app.day default null, _revision_of uuid default null,
	_leave app.prose default null) returns jsonb
language plpgsql set search_path = '' as $$
declare
	made constant uuid := app.uuid7();
begin
	perform app.require_evidence(_valid_from, _valid_until, _revision_of);
	insert into app.evidence (organisation, id, kind, state, title, file_name, media_type, size, effective_on,
		valid_from, valid_until, revision_of,
		supplied_by, leave, leave_by)
	values (app.org(), made, 'file', 'uploading', _title, _file_name, lower(_media_type), _size, _effective_on,
		_valid_from, _valid_until, _revision_of,
		app.me(), _leave, case when _leave is not null then app.me() end);
	perform app.upload_open(made);
	return app.ticket_reply(made, 'up');
end
$$;
comment on function method.evidence_upload_begin is '{
	"doc": "Begin to upload a file. The ticket in the reply is for PUT /evidence/<id>; evidence.upload_end ends it. '
		'What is begun and never ended is swept after a day.",
	"roles": ["auditee", "auditor"], "access": "write", "secret": true,
	"result": {
		"type": "object",
		"properties": {
			"evidence": {"$ref": "#/components/schemas/evidence"}, "ticket": {"type": "string"},
			"expires_at": {"type": "string", "format": "date-time"}, "chunk_size": {"type": "integer"},
			"next_chunk": {"type": "integer"}, "received": {"type": "integer"}},
		"required": ["evidence", "ticket", "expires_at", "chunk_size", "next_chunk", "received"],
		"additionalProperties": false},
	"params": {
		"title": {"doc": "What it is."},
		"file_name": {"doc": "The name of the file, without a path."},
		"media_type": {"doc": "Its type, as application/pdf."},
		"size": {"doc": "Its bytes; at most 1 GiB."},
		"effective_on": {"doc": "The day of which it tells."},
		"valid_from": {"doc": "From when it is valid."},
		"valid_until": {"doc": "Until when."},
		"revision_of": {"doc": "The evidence that it replaces."},
		"leave": {"doc": "For a supplier''s: the leave, or the clause of the contract, to publish it outside."}}}';

-- Whoever began an upload goes on with it and ends it.
create or replace function app.upload_refusal(_evidence app.evidence, _say text) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when _evidence.supplied_by <> app.me()
		then app.no('place', _say, '{}', jsonb_build_object('evidence', _evidence.id)) end;
end
$$;

create or replace function method.evidence_upload_resume(_evidence app.evidence) returns jsonb
language plpgsql set search_path = '' as $$
begin
	return app.ticket_reply(_evidence.id, 'up');
end
$$;
comment on function method.evidence_upload_resume is '{
	"doc": "Go on with an upload of yours that was interrupted: a fresh ticket, and how far it had come.",
	"roles": ["auditee", "auditor"], "access": "write", "secret": true,
	"place": "app.upload_refusal(_r, ''place.upload_resume'')",
	"result": {
		"type": "object",
		"properties": {
			"evidence": {"$ref": "#/components/schemas/evidence"}, "ticket": {"type": "string"},
			"expires_at": {"type": "string", "format": "date-time"}, "chunk_size": {"type": "integer"},
			"next_chunk": {"type": "integer"}, "received": {"type": "integer"}},
		"required": ["evidence", "ticket", "expires_at", "chunk_size", "next_chunk", "received"],
		"additionalProperties": false},
	"params": {"id": {"doc": "The evidence."}}}';

create or replace function method.evidence_upload_end(_evidence app.evidence, _sha256 app.sha256) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.upload_end(_evidence.id, decode(_sha256, 'hex'));
end
$$;
comment on function method.evidence_upload_end is '{
	"doc": "End an upload: the server has read the stored bytes back, and their SHA-256 is what you state. The file '
		'never changes after this; a later one is a revision.",
	"roles": ["auditee", "auditor"], "access": "write", "result": "evidence", "version": true,
	"place": "app.upload_refusal(_r, ''place.upload_end'')",
	"params": {
		"id": {"doc": "The evidence."},
		"version": {"doc": "The version that you saw."},
		"sha256": {"doc": "The SHA-256 of the file, 64 hexadecimal digits."}}}';

create or replace function method.evidence_download_begin(_id uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
	e app.evidence;
begin
	select x.* into e from app.evidence x where x.organisation = app.org() and x.id = _id;
	if not found then
		perform app.refuse_not_found('evidence');
	elsif e.kind = 'statement' then
		perform app.refuse(app.no('statement', 'evidence.statement', '{}', jsonb_build_object('evidence', _id)));
	end if;
	perform app.require_state(e.state, '{stored}');
	return app.ticket_reply(_id, 'down');
end
$$;
comment on function method.evidence_download_begin is '{
	"doc": "A ticket to download a file: GET /evidence/<id>, with ranges. An observer''s download is recorded (S8).",
	"roles": ["member"], "access": "recorded", "secret": true,
	"result": {
		"type": "object",
		"properties": {
			"evidence": {"$ref": "#/components/schemas/evidence"}, "ticket": {"type": "string"},
			"expires_at": {"type": "string", "format": "date-time"}, "chunk_size": {"type": "integer"},
			"next_chunk": {"type": "integer"}, "received": {"type": "integer"}},
		"required": ["evidence", "ticket", "expires_at", "chunk_size", "next_chunk", "received"],
		"additionalProperties": false},
	"params": {"id": {"doc": "The evidence."}}}';

create or replace function app.ticket_reply(_id uuid, _direction text) returns jsonb
language plpgsql set search_path = '' as $$
declare
	stored constant int := app.chunks_stored(app.org(), _id);
	e constant jsonb := method.evidence_get(_id);
begin
	return app.ticket_issue(_id, _direction) || jsonb_build_object('evidence', e, 'chunk_size', app.chunk_size(),
		'next_chunk', stored, 'received', e -> 'received');
end
$$;
