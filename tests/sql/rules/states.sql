-- What sql/rules/states.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, '(select count(*) from app.transitions() where noun = ''ending'')', '5');
