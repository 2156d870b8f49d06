-- What sql/core/check.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, '(select count(*) from operator.check_tables())', '0'),
	(null, '(select count(*) from operator.check_functions())', '0'),
	(null, '(select count(*) from operator.check_roles())', '0'),
	(null, 'cardinality(operator.unframed()) > 5', 'true');
