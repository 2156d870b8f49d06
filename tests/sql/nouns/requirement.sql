-- What the noun requirement owes the tests (fixture/owed.sql).
insert into t.given values
	('requirement.get', t.of('A.8.13')),
	('requirement.list', '{}');
insert into t.letters values
	('requirement.list', 'a A.8.13');
insert into t.rows values
	('app.requirement', 'i A.8.13 o requirement-own q requirement-foreign');
insert into t.sheet values
	('app.requirement', 'siu', 'members:io N:i R:iq', 'members:o R:q', '', '');
insert into t.refused values
	('app.requirement', 'requirement_ref_check', 'ref = ''''');
insert into t.apart values
	('requirement_framework_ref_key');
