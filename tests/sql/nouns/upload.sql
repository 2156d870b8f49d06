-- What the noun upload owes the tests (fixture/owed.sql).
insert into t.sheet values
	('app.chunk', '', '', '', '', ''),
	('app.evidence_chunk', '', '', '', '', ''),
	('app.ticket', '', '', '', '', ''),
	('app.upload', '', '', '', '', '');
insert into t.refused values
	('app.chunk', 'chunk_data_check', 'data = '''''),
	('app.chunk', 'chunk_digest_check', 'digest = ''x'''),
	('app.evidence_chunk', 'evidence_chunk_number_check', 'number = -1'),
	('app.ticket', 'ticket_digest_check', 'digest = ''x'''),
	('app.ticket', 'ticket_direction_check', 'direction = ''across'''),
	('app.upload', 'upload_measured_sha256_check', 'measured_sha256 = ''x''');
insert into t.line_of (who, act, wanted) values
	(null, 'app.chunk_size()', '262144'),
	(null, 'app.chunks_of(0)', '0'),
	(null, 'app.chunks_of(1)', '1'),
	(null, 'app.chunks_of(262144)', '1'),
	(null, 'app.chunks_of(262145)', '2'),
	(null, 'app.chunks_of(null)', 'null'),
	(null, 'app.chunks_stored({org}, {ev-uploading})', '1'),
	(null, 'app.chunks_stored({org}, {ev-request})', '0'),
	(null, 'app.chunks_stored({org2}, {ev-uploading})', '0'),
	(null, 'app.evidence_received({org}, {ev-uploading}, 3)', '3'),
	(null, 'app.evidence_received({org}, {ev-uploading}, 300000)', '262144'),
	(null, 'app.evidence_received({org}, {ev-request}, 9)', '0'),
	('ob', 'app.ticket_issue({ev-uploading}, ''up'') ? ''ticket''', 'true'),
	('ob', '(app.upload_refusal((select e from app.evidence e where id = {ev-uploading}), ''place.upload_end'')).say',
		'null'),
	('l', '(app.upload_refusal((select e from app.evidence e where id = {ev-request}), ''place.upload_end'')).say',
		'place.upload_end'),
	(null,
		'app.require_all_bytes((select jsonb_populate_record(e, ''{"size": 300000}'') from app.evidence e where e.id = '
		'{ev-uploading}))', 'incomplete'),
	(null, 'app.require_all_bytes((select e from app.evidence e where e.id = {ev-uploaded}))', ''),
	('+ob', '(app.ticket_reply({ev-uploading}, ''up'') -> ''next_chunk'')::text', '1'),
	(null,
		'encode(app.chunk_read(row(null, {org}, null, null, {ev-uploading}, ''down'', null)::app.ticket, 0), '
		'''escape'')', 'one'),
	(null, 'app.chunk_read(row(null, {org}, null, null, {ev-uploading}, ''down'', null)::app.ticket, 1)', 'null'),
	(null, 'app.chunk_read(row(null, {org2}, null, null, {ev-uploading}, ''down'', null)::app.ticket, 0)', 'null'),
	(null, '(app.upload_line(row(null, {org}, null, {ob}, {ev-uploading}, ''up'', null)::app.ticket)).id',
		'ev-uploading'),
	(null, 'app.upload_line(row(null, {org}, null, {a}, {ev-uploading}, ''up'', null)::app.ticket)', 'N2001'),
	(null, 'app.upload_line(row(null, {org}, null, {ob}, {ev-request}, ''up'', null)::app.ticket)', 'N2001'),
	(null, 'app.chunk_store(row(null, {org}, null, {ob}, {ev-uploading}, ''up'', null)::app.ticket, 5, ''x'')',
		'N2602'),
	(null,
		'update app.evidence set size = 262147 where id = {ev-uploading}; select app.chunk_store(row(null, {org}, '
		'null, {ob}, {ev-uploading}, ''up'', null)::app.ticket, 1, ''two'') => app.chunks_stored({org}, '
		'{ev-uploading})', '2'),
	(null,
		'app.upload_measured(row(null, {org}, null, {ob}, {ev-uploading}, ''up'', null)::app.ticket, sha256(''x''), '
		'sha256(''y''))', 'unmeasured'),
	('ob',
		'select app.upload_end({ev-uploaded}, sha256('''')) => (select state from app.evidence where id = '
		'{ev-uploaded})', 'stored'),
	('ob', 'app.upload_end({ev-uploaded}, sha256(''other''))', 'sha256'),
	('ob', 'select app.upload_open({ev-request}) => (select count(*) from app.upload where evidence = {ev-request})',
		'1'),
	(null, '(app.upload_shown((select e from app.evidence e where id = {ev-uploading})) -> ''next_chunk'')::text', '1'),
	(null,
		'app.download_shown(row(null, {org}, null, null, {ev-request}, ''down'', null)::app.ticket) ->> ''file_name''',
		'ev-request.txt'),
	(null, 'app.download_shown(row(null, {org}, null, null, {ev-uploading}, ''down'', null)::app.ticket)', 'null'),
	(null,
		'update app.ticket set expires_at = now() - interval ''1 second''; select app.ticket_sweep(100) => (select '
		'count(*) from app.ticket)', '0'),
	(null, 'app.ticket_sweep(0)', '0'),
	(null,
		'update app.upload set used_at = now() - interval ''2 days''; select app.upload_sweep(''1 day'', 100) => '
		'(select count(*) from app.evidence where state = ''uploading'')', '0'),
	(null, 'app.upload_sweep(''1 day'', 100)', '0'),
	(null,
		'insert into app.chunk (organisation, digest, data) values ({org}, sha256(''two''), ''two''); select '
		'app.chunk_sweep(null, 100) => (select string_agg(encode(data, ''escape''), '' '') from app.chunk)', 'one');
