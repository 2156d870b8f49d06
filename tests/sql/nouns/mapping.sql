-- What the noun mapping owes the tests (fixture/owed.sql).
insert into t.given values
	('mapping.list', jsonb_build_object('requirement', t.id('A.8.13')));
insert into t.sheet values
	('app.mapping', 'siu', 'membersRN:all', '', '', '');
