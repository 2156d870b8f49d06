-- What the noun ending owes the tests (fixture/owed.sql).
insert into t.given values
	('ending.countersign', t.v('ending', 'ending', '{"reason": "The rota shows it."}')),
	('ending.countersign @own', t.v('ending', 'ending-own', '{"reason": "I know."}')),
	('ending.decline', t.v('ending', 'ending', '{"reason": "The rota does not."}')),
	('ending.get', t.of('ending')),
	('ending.list', '{}');
insert into t.letters values
	('ending.list', 'e ending');
insert into t.rows values
	('app.ending', 'e ending');
insert into t.sheet values
	('app.ending', 'siu', 'directory:all', 'directory:all', 'directory:all', '');
insert into t.refused values
	('app.ending', 'ending_has_a_reason', 'reason = ''x'', because = ''{}''');
insert into t.triggered values
	('app.ending', 'guard', 'update app.ending set state = ''effective'' where id = t.id(''ending'')', null, 'N2006');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_ending({org}, {ending})', 'as directory o');
