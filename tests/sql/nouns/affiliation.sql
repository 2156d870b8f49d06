-- What the noun affiliation owes the tests (fixture/owed.sql).
insert into t.given values
	('affiliation.add', jsonb_build_object('person', t.id('u'), 'party', t.id('firm'), 'kind', 'contracted',
		'from_date', current_date)),
	('affiliation.add @judging', jsonb_build_object('person', t.id('c'), 'party', t.id('host'), 'kind', 'contracted',
		'from_date', current_date)),
	('affiliation.end', t.v('affiliation', 'affiliation-u', t.ends())),
	('affiliation.get', t.of('affiliation-ob')),
	('affiliation.list', '{}');
insert into t.letters values
	('affiliation.list', 'b affiliation-ob s affiliation-sp v affiliation-v w affiliation-w');
insert into t.rows values
	('app.affiliation', 'b affiliation-ob s affiliation-sp v affiliation-v');
insert into t.sheet values
	('app.affiliation', 'siu', 'directory:all S:s V:v', 'directory:all S:s V:v', 'directory:all S:s V:v', '');
insert into t.refused values
	('app.affiliation', 'affiliation_check', 'until_date = from_date - 1');
insert into t.period values
	('affiliation', 'person, party, kind', 't.id(''z''), t.id(''rival''), ''contracted''');
insert into t.triggered values
	('app.affiliation', 'derive',
		'insert into app.affiliation (organisation, person, party, kind, from_date) values (t.org(), t.id(''c''), '
		't.id(''host''), ''contracted'', current_date)', null, 'S9');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_affiliation({org}, {affiliation-ob})', 'as directory ob'),
	(null, 'app.audience_affiliation({org2}, {affiliation-ob})', 'null');
