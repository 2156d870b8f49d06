-- What the noun rpc owes the tests (fixture/owed.sql).
insert into t.given values
	('rpc.discover', '{}');
