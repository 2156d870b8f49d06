-- What the noun impairment owes the tests (fixture/owed.sql).
insert into t.given values
	('impairment.list', '{}');
insert into t.letters values
	('impairment.list', 'h impairment');
insert into t.rows values
	('app.impairment', 'h impairment');
insert into t.sheet values
	('app.impairment', 'siu', 'XYPMLAC:all', 'XYPMLAC:all', 'XYPMLAC:all', '');
insert into t.apart values
	('impairment_organisation_assignment_source_key');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_impairment({org}, {impairment})',
		'as administrator as management as programme_manager audit h');
