-- Files: begun, put chunk by chunk, resumed, read back, ended; tickets; who may download; what is swept.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/fieldwork.sql

-- What the server does: calls of api.* as the login role, by the digest of a ticket.
create function t.ticket(reply jsonb) returns bytea language sql as $$
	select sha256(decode(translate(reply ->> 'ticket', '-_', '+/') || '=', 'base64'))
$$;
create function t.server(statement text, ticket bytea, n int default null, data bytea default null) returns jsonb
	language plpgsql as $$
declare
	reply jsonb; state text; detail text;
begin
	perform set_config('role', 'ninetwo_server', true);
	execute statement into reply using ticket, n, data;
	perform set_config('role', 'none', true);
	return reply;
exception when others then
	get stacked diagnostics state = returned_sqlstate, detail = pg_exception_detail;
	return jsonb_build_object('refused', state, 'rule', case when detail like '{%' then detail::jsonb ->> 'rule' end,
		'message', sqlerrm);
end $$;
create function t.put(ticket bytea, n int, data bytea) returns jsonb
	language sql as $$ select t.server('select api.evidence_chunk_put($1, $2, $3)', ticket, n, data) $$;
create function t.chunk(ticket bytea, n int) returns jsonb
	language sql as $$ select t.server('select to_jsonb(encode(sha256(api.evidence_chunk_get($1, $2)), ''hex''))',
	ticket, n) $$;
create function t.bytes(n int, seed text) returns bytea language sql as $$
	select substr(decode(repeat(md5(seed), n / 16 + 1), 'hex'), 1, n)
$$;
create function t.measured(ticket bytea, variadic chunks bytea[]) returns jsonb language sql as $$
	select t.server(format('select api.evidence_measured($1, %L, %L)', sha256(string_agg(c, '' order by n)),
		sha256(string_agg(sha256(c), '' order by n))), ticket)
	from unnest(chunks) with ordinality u (c, n)
$$;
create function t.begin(who text, key text, size bigint) returns bytea language plpgsql as $$
declare
	reply jsonb := t.call(who, 'evidence.upload_begin',
		jsonb_build_object('title', 'Restore log', 'file_name', 'log.txt', 'media_type', 'text/plain', 'size', size));
begin
	perform t.keep(key, (reply #>> '{evidence,id}')::uuid);
	return t.ticket(reply);
end $$;

-- May: three chunks, the second session of bytes interrupted
select encode(t.begin('ob', 'file', 600000), 'hex') as ticket \gset
\set ticket 'decode(\'' :ticket '\', \'hex\')'
select encode(sha256(t.bytes(262144, 'one') || t.bytes(262144, 'two') || t.bytes(75712, 'three')), 'hex') as sum \gset
select is(t.server('select api.evidence_upload_state($1)', :ticket) ->> 'chunks', '3',
	'a file of 600,000 bytes has three chunks');
select is(t.put(:ticket, 0, t.bytes(262144, 'one')) ->> 'next_chunk', '1', 'the first is stored');
select is(t.put(:ticket, 2, t.bytes(75712, 'three')) ->> 'refused', 'N2602', 'a hole is refused');
select is(t.put(:ticket, 1, t.bytes(1000, 'two')) ->> 'refused', 'N2602', 'a short chunk is refused');
select is(t.put(:ticket, 1, t.bytes(262144, 'wrong')) ->> 'received', '524288', 'the second is stored');
select is(t.call('ob', 'evidence.get', jsonb_build_object('id', t.id('file'))) ->> 'received', '524288',
	'the record says how far it is');
select encode(t.ticket(t.call('ob', 'evidence.upload_resume', jsonb_build_object('id', t.id('file')))), 'hex')
	as ticket2 \gset
\set ticket2 'decode(\'' :ticket2 '\', \'hex\')'
select is(t.put(:ticket, 1, t.bytes(262144, 'two')) ->> 'refused', 'N2001', 'resumed, the earlier ticket has ended');
select is(t.put(:ticket2, 1, t.bytes(262144, 'two')) ->> 'next_chunk', '2', 'a chunk is put again');
select is(t.measured(:ticket2, 'x') ->> 'rule', 'incomplete', 'what is not whole is not measured');
select is(
	t.rule(t.refusal('ob', 'evidence.upload_end',
	t.with_version('evidence', 'file', jsonb_build_object('sha256', :'sum')))), 'incomplete', 'and not ended');
select is(t.put(:ticket2, 2, t.bytes(75712, 'three')) ->> 'received', '600000', 'the last one');
select is(
	t.rule(t.refusal('ob', 'evidence.upload_end',
	t.with_version('evidence', 'file', jsonb_build_object('sha256', :'sum')))), 'unmeasured',
	'it ends when the server has read it back');
select is(t.chunk(:ticket2, 1) #>> '{}', encode(sha256(t.bytes(262144, 'two')), 'hex'),
	'the server reads a chunk back');
select is(t.chunk(:ticket2, 3), null, 'there is none past the end');
select is(t.put(:ticket2, 0, t.bytes(262144, 'other')) ->> 'received', '600000',
	'a chunk that the server has read back is put again');
select is(t.measured(:ticket2, t.bytes(262144, 'one'), t.bytes(262144, 'two'), t.bytes(75712, 'three')) ->> 'rule',
	'unmeasured', 'what it then says is not of these bytes');
select is(t.put(:ticket2, 0, t.bytes(262144, 'one')) ->> 'measured', 'false', 'the first one is put back');
select is(t.measured(:ticket2, t.bytes(262144, 'one'), t.bytes(262144, 'two'), t.bytes(75712, 'three')) ->> 'measured',
	'true', 'and says what it measured');
select is(
	t.rule(t.refusal('ob', 'evidence.upload_end',
	t.with_version('evidence', 'file', jsonb_build_object('sha256', repeat('0', 64))))), 'sha256',
	'another hash is refused');
select is(
	t.rule(t.refusal('o', 'evidence.upload_end',
	t.with_version('evidence', 'file', jsonb_build_object('sha256', :'sum')))), null, 'somebody else does not see it');
select is(t.call('ob', 'evidence.upload_end',
	t.with_version('evidence', 'file', jsonb_build_object('sha256', :'sum'))) ->> 'sha256', :'sum',
	'the same hash ends it');
select is(t.put(:ticket2, 2, t.bytes(75712, 'three')) ->> 'refused', 'N2001', 'its ticket has ended');
select is(t.call('ob', 'evidence.get', jsonb_build_object('id', t.id('file'))) ->> 'state', 'stored', 'it is stored');
-- Deduplication
select encode(t.begin('oc', 'same', 262144), 'hex') as ticket3 \gset
\set ticket3 'decode(\'' :ticket3 '\', \'hex\')'
select is(t.put(:ticket3, 0, t.bytes(262144, 'one')) ->> 'received', '262144', 'somebody else uploads the same bytes');
select is((select count(*) from app.chunk where digest = sha256(t.bytes(262144, 'one'))), 1::bigint,
	'they are stored once in the organisation');
select is(t.code(t.refusal('oc', 'evidence.get', jsonb_build_object('id', t.id('file')))), -32004,
	'which tells nothing about the other');
-- Download
select is(t.code(t.refusal(who, 'evidence.download_begin', jsonb_build_object('id', t.id('file')))), -32004,
	who || ' has nothing to download') from unnest(array['a', 'x', 'm', 'v', 'oc']) who;
select t.made('request', 'a', 'request.raise',
	jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'asked', 'The restore log')) is not null
	as kept \gset
select t.call('ob', 'request.submit',
	t.with_version('evidence_request', 'request', jsonb_build_object('evidence', jsonb_build_array(t.id('file')))))
	is not null as kept \gset
select encode(t.ticket(t.call('a', 'evidence.download_begin', jsonb_build_object('id', t.id('file')))), 'hex')
	as down \gset
\set down 'decode(\'' :down '\', \'hex\')'
select is(t.server('select api.evidence_download_state($1)', :down) ->> 'sha256', :'sum',
	'whoever reads the request downloads');
select is(t.chunk(:down, 2) #>> '{}', encode(sha256(t.bytes(75712, 'three')), 'hex'), 'chunk by chunk');
select is(t.put(:down, 0, t.bytes(262144, 'one')) ->> 'refused', 'N2001', 'a ticket is for one direction');
select is(t.server('select api.evidence_download_state($1)', sha256('guess')) ->> 'refused', 'N2001',
	'a guessed ticket is none');
update app.declaration set lapsed_at = now() where person = t.id('a');
select is(t.chunk(:down, 0) ->> 'refused', 'N2001', 'who may no longer read it no longer downloads');
update app.declaration set lapsed_at = null where person = t.id('a');
select is(t.chunk(:down, 0) ->> 'refused', null, 'and may again when they may');
update auth.session set ended_at = now(), ended_by = 'revoked' where person = t.id('a');
select is(t.chunk(:down, 0) ->> 'refused', 'N2001', 'a ticket ends with its session');
update app.ticket set expires_at = now() - interval '1 second' where evidence = t.id('same');
select is(t.put(:ticket3, 0, t.bytes(262144, 'one')) ->> 'refused', 'N2001',
	'and after a quarter of an hour without use');
-- Parameters
select is(
	t.code(t.refusal('ob', 'evidence.upload_begin',
	'{"title": "x", "file_name": "../x", "media_type": "text/plain", "size": 1}')), -32602, 'a name is no path');
select is(
	t.code(t.refusal('ob', 'evidence.upload_begin',
	'{"title": "x", "file_name": "x", "media_type": "text/plain; charset=utf-8", "size": 1}')), -32602,
	'a media type is one');
select is(
	t.code(t.refusal('ob', 'evidence.upload_begin',
	'{"title": "x", "file_name": "x", "media_type": "text/plain", "size": 1073741825}')), -32602,
	'more than 1 GiB is refused');
select is(
	t.code(t.refusal('v', 'evidence.upload_begin',
	'{"title": "x", "file_name": "x", "media_type": "text/plain", "size": 1}')), -32002,
	'S8: an observer uploads nothing');
-- The sweep
update app.upload set used_at = now() - interval '25 hours';
select is(app.upload_sweep('1 day', 10), 1::bigint, 'what was begun a day ago and never ended is swept');
select count(*) as chunks from app.chunk \gset
select is(
	(with recursive p(done) as (select app.chunk_sweep(null, 1) union all select app.chunk_sweep(done ->> 'after', 1)
	from p where done ->> 'after' is not null)
	select count(*) filter (where done ->> 'after' is not null) from p), :chunks::bigint,
		'the bytes are looked through in pieces');
select is((select count(*) from app.evidence where id = t.id('same')), 0::bigint, 'it is gone');
select is((select count(*) from app.chunk), 3::bigint, 'with the bytes that no evidence uses; the others stay');
select * from finish();
rollback;
