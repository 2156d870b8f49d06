-- What sql/rules/lines.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null,
		'create temp table was as select touched from app.audit where id = {audit}; select app.touch({org}, '
		'array[{own}], array[{a}], array[{backup}], array[{audit}]) => (select a.touched - w.touched from app.audit a, '
		'was w where a.id = {audit})', '1'),
	(null, 'app.touch({org}, null, null, null, null)', ''),
	('x', '(app.lock_team({audit}, ''{}'')).id', 'audit'),
	('x', '(app.lock_team({z}, ''{}'')).id', 'null'),
	('x', '(app.lock_audit({audit})).id', 'audit'),
	('x', 'app.lock_audit({z})', 'N2004'),
	('q', 'app.lock_audit({audit})', 'N2004'),
	('a', '(app.lock_finding({f-issued})).id', 'f-issued'),
	('a', 'app.lock_finding(null)', 'N2004');
