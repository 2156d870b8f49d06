-- What sql/rules/sentences.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, '(select count(*) from app.sentences() group by id having count(*) > 1)', 'null');
