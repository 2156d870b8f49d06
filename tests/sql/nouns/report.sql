-- What the noun report owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'app.report_person({a}) ->> ''name''', 'Ann Auditor'),
	(null, 'app.report_person(null)', 'null'),
	(null, 'app.report_scope((select a from app.audit a where id = {audit})) ->> ''client''', 'Larch Payments'),
	(null, 'app.report_checks((select a from app.audit a where id = {audit})) ->> ''by_result''',
		'{"conform": 1, "nonconform": 1}'),
	(null, 'jsonb_array_length(app.report_disputes((select a from app.audit a where id = {audit})))', '3'),
	(null, 'app.report_disputes((select a from app.audit a where id = {audit-fresh}))', '[]'),
	(null, 'app.report_findings((select a from app.audit a where id = {audit-published})) #>> ''{0,title}''',
		'Finding f-released'),
	(null, 'app.report_findings((select a from app.audit a where id = {audit-fresh}))', '[]'),
	(null, 'jsonb_array_length(app.report_grades((select f from app.finding f where id = {f-pending})))', '2'),
	(null, 'app.report_grades((select f from app.finding f where id = {f-review}))', '[]'),
	(null,
		'jsonb_array_length(app.report_independence((select a from app.audit a where id = {audit-published})) -> '
		'''team'')', '4'),
	(null, 'jsonb_array_length(app.report_left_out((select a from app.audit a where id = {audit}))) > 0', 'true'),
	(null, 'app.report_left_out((select a from app.audit a where id = {audit-fresh}))', '[]'),
	(null,
		'jsonb_array_length(app.report_not_covered((select a from app.audit a where id = {audit-fresh})) -> '
		'''requirements'')', '2'),
	(null, 'app.report_content((select a from app.audit a where id = {audit-published})) ? ''conclusion''', 'true'),
	('l',
		'select app.report_freeze((select a from app.audit a where id = {audit-published})) => (select max(revision) '
		'from app.release where audit = {audit-published})', '2');
