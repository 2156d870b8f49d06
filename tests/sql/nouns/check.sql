-- What the noun check owes the tests (fixture/owed.sql).
insert into t.given values
	('check.change', t.v('check', 'check', '{"question": "Are restores tested monthly?", "method": "sample"}')),
	('check.get', t.of('check')),
	('check.get @cards', t.of('check-cards')),
	('check.list', '{}'),
	('check.prepare', jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'requirement',
		t.id('9.2.1'), 'question', 'Who tests?', 'method', 'interview')),
	('check.prepare @undeclared', jsonb_build_object('part', t.id('part-fresh'), 'function', t.id('backup'),
		'requirement', t.id('9.2.1'), 'question', 'Who tests?', 'method', 'interview')),
	('check.record', t.v('check', 'check', '{"result": "conform"}')),
	('check.review', t.v('check', 'check', '{"note": "I saw the same."}'));
insert into t.letters values
	('check.list', 'b check c check-cards');
insert into t.rows values
	('app."check"', 'b check c check-cards');
insert into t.sheet values
	('app.check', 'siu', 'A:b C:c L:all', 'A:b C:c L:all', 'A:b C:c L:all', '');
insert into t.refused values
	('app."check"', 'check_impaired_person', 'impaired_at = now(), impaired_person = null'),
	('app."check"', 'check_not_assessed_says_why', 'result = ''not_assessed'', reason = null'),
	('app."check"', 'check_number_check', 'number = 0'),
	('app."check"', 'check_result_by', 'result = ''conform'', recorded_by = null'),
	('app."check"', 'check_reviewed_by_another', 'reviewed_by = recorded_by');
insert into t.apart values
	('check_organisation_audit_number_key'),
	('check_organisation_reference_key');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_check({org}, {check})', 'part-backup'),
	(null, 'app.audience_check({org2}, {check})', 'null'),
	('b', '(app.own_check_refusal((select c from app.check c where id = {check}))).say', 'check.own'),
	('a', '(app.own_check_refusal((select c from app.check c where id = {check}))).say', 'null'),
	(null, 'app.review_states(null, null)', '{fieldwork,reporting}'),
	(null, 'app.review_states(now(), null)', '{fieldwork,reporting,released,closed}'),
	(null, 'app.review_states(now(), {a})', '{fieldwork,reporting}'),
	('b', 'cardinality(app.check_review_needs((select c from app.check c where id = {check})))', 'null'),
	('b',
		'(select (n).say from unnest(app.check_review_needs((select jsonb_populate_record(c, ''{"result": null}'') '
		'from app.check c where id = {check}))) n)', 'check.no_result'),
	('n', 'select app.check_entered({check}) => (select review_needed from app.check where id = {check})', 'true'),
	('b', 'select app.check_entered({check}) => (select review_needed from app.check where id = {check})', 'false');
