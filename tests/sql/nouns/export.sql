-- What the noun export owes the tests (fixture/owed.sql).
insert into app.export (id, digest, organisation, session, person, method, params, columns, expires_at)
select t.keep('export', app.uuid7()), sha256('the ticket'), t.org(), s.id, s.person, 'finding.list', '{}', '{id}',
	now() + interval '15 minutes'
from auth.session s where s.digest = sha256(t.session('a'));
insert into t.given values
	('export.begin', '{"method": "finding.list", "params": {"state": ["issued"]}}');
insert into t.sheet values
	('app.export', '', '', '', '', '');
insert into t.refused values
	('app.export', 'export_digest_check', 'digest = ''x''');
insert into t.line_of (who, act, wanted) values
	('a', 'meta.list_entry(''finding.list'') ->> ''name''', 'finding.list'),
	('a', 'meta.list_entry(''finding.get'')', 'null'),
	('a', 'meta.list_entry(''finding'')', 'null'),
	('a', 'meta.list_entry(null)', 'null'),
	('a', '(meta.list_fields(meta.list_entry(''finding.list'')))[1:3]', '{organisation,id,version}'),
	('a', 'meta.list_fields(null)', '{}'),
	('a', 'meta.require_list(''{"name": "x.list", "access": "read", "roles": ["auditor"]}'')', ''),
	('ob', 'meta.require_list(''{"name": "x.list", "access": "read", "roles": ["auditor"]}'')', 'N2002'),
	('ob', 'meta.require_list(''{"name": "x.list", "access": "read", "roles": ["member"]}'')', ''),
	(null, 'meta.require_list(''{"name": "x.list", "access": "read", "roles": ["member"]}'')', 'N2002'),
	('a', 'jsonb_array_length(meta.listed(''person.list'', ''{"limit": 2}'') -> ''items'')', '2'),
	('a', 'meta.listed(''person.list'', ''{"limit": 0}'')', 'N2602'),
	('a', 'app.export_issue(''finding.list'', ''{}'', ''{id}'') ? ''ticket''', 'true'),
	(null, 'meta.export_frame() ~ ''^create or replace function api.export_page''', 'true'),
	('a', 'meta.export_page(jsonb_populate_record(null::app.export, ''{"method": "person.list", "params": {}, '
		'"columns": ["name"]}''), null) -> ''columns''', '["name"]'),
	('a', 'meta.export_page(jsonb_populate_record(null::app.export, ''{"method": "person.gone", "params": {}, '
		'"columns": ["name"]}''), null)', 'N2002'),
	(null, '(auth.enter_export({export}, sha256(''the ticket''), false)).method', 'finding.list'),
	(null, 'app.export_sweep(0)', '0'),
	('+a', 'select app.export_issue(''finding.list'', ''{}'', ''{id}''); update app.export set expires_at = now() - '
		'interval ''12 hours 1 second''; select app.export_sweep(100) => (select count(*) from app.export)', '0'),
	('+a', 'select app.export_issue(''finding.list'', ''{}'', ''{id}''); update app.export set expires_at = now() - '
		'interval ''12 hours''; select app.export_sweep(100) => (select count(*) from app.export)', '2');
