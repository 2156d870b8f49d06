-- What the noun person owes the tests (fixture/owed.sql).
insert into t.given values
	('person.add', '{"name": "Nora New", "email": "nora@example.org"}'),
	('person.get', t.of('ob')),
	('person.invite', t.of('z')),
	('person.invite @management', t.of('m2')),
	('person.list', '{}'),
	('person.update', jsonb_build_object('id', t.id('u'), 'version', (select e.version from app.enrolment e where
		e.person = t.id('u')), 'name', 'Uta Spare-Time'));
insert into t.letters values
	('person.list', 'b ob s sp v v w w');
insert into t.rows values
	('app.person', 'b ob s sp v v q q');
insert into t.rows_where values
	('app.enrolment', 'b', 'person = t.id(''ob'')'),
	('app.enrolment', 's', 'person = t.id(''sp'')'),
	('app.enrolment', 'v', 'person = t.id(''v'')'),
	('app.enrolment', 'q', 'person = t.id(''q'')');
insert into t.sheet values
	('app.enrolment', 'siu', 'directory:bsv R:q S:s V:v', 'members:bsv R:q', 'members:bsv R:q', ''),
	('app.person', 'siu', 'directory:bsv R:q S:s V:v', 'XYMR:all', 'B:b R:q S:s V:v', '');
insert into t.apart values
	('enrolment_email'),
	('person_email');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_person({org}, {a})', 'a as directory');
