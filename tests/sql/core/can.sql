-- What sql/core/can.sql owes the tests (fixture/owed.sql).
insert into t.given values
	('can', '{"method": "organisation.get", "params": {}}');
insert into t.line_of (who, act, wanted) values
	(null, 'meta.call_from_json(''finding.remark'', ''{"id": 1, "text": 2}'')',
		'select gate.finding_remark(_id => ($1 ->> ''id'')::uuid, _text => ($1 ->> ''text'')::app.prose)'),
	(null, 'meta.can_frame() ~ ''^create or replace function api.can''', 'true'),
	('x', 'meta.try(''party.add'', ''{"name": "New", "legal_identifier": "NEW", "kinds": ["supplier"]}'')',
		'{"allowed": true}'),
	('x',
		'meta.try(''party.add'', ''{"name": "New", "legal_identifier": "HOST", "kinds": ["supplier"]}'') ->> '
		'''allowed''', 'false'),
	('x',
		'select meta.try(''party.add'', ''{"name": "New", "legal_identifier": "NEW", "kinds": ["supplier"]}'') => '
		'(select count(*) from app.party where legal_identifier = ''NEW'')', '0'),
	(null, 'meta.can(sha256(''secret of x''), {org}, ''organisation.get'', ''{}'') ->> ''allowed''', 'true'),
	(null, 'meta.can(sha256(''secret of z''), {org}, ''party.add'', ''{}'') ->> ''code''', '-32002'),
	(null, 'meta.can(null, {org}, ''organisation.get'', ''{}'')', 'N2001');
