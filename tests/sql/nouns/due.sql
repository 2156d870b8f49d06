-- What the noun due owes the tests (fixture/owed.sql).
insert into t.given values
	('due.list', '{"limit": 200}');
