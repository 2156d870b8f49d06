-- What sql/core/may.sql owes the tests (fixture/owed.sql).
insert into t.given values
	('may', jsonb_build_object('noun', 'finding', 'ids', jsonb_build_array(t.id('f-issued'))));
insert into t.line_of (who, act, wanted) values
	(null, 'meta.may_one(''method.check_record''::regproc, ''{}'') ~ ''gate.may_check_record''', 'true'),
	(null,
		'meta.may_noun(''check'', ''[{"name": "check.record", "function": "check_record", "roles": ["auditor"]}]'') ~ '
		'''gate.may_check''', 'true'),
	(null, 'meta.may_frame() ~ ''^create or replace function api.may''', 'true'),
	(null, 'meta.may_entry() ->> ''name''', 'may'),
	(null, 'meta.may_answer(''{}'')', '{"allowed": true}'),
	(null, 'meta.may_answer(array[app.no(''place'', ''place.team'')]) ->> ''code''', '-32009'),
	(null, 'meta.may_forbidden(''{auditor}'') ->> ''code''', '-32002'),
	(null, 'meta.refusal_shown(app.no(''place'', ''place.team'')) ->> ''message''',
		'You are not on the team of this part of the audit.'),
	(null, 'meta.may(convert_to(''secret of b'', ''UTF8''), {org}, ''check'', array[{check}]) #>> ''{items}''',
		'N2001'),
	(null,
		'meta.may(sha256(convert_to(''secret of b'', ''UTF8'')), {org}, ''check'', array[{check}]) #>> '
		'array[''items'', ''0'', ''verbs'', ''record'', ''allowed'']', 'true');
