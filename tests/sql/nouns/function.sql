-- What the noun function owes the tests (fixture/owed.sql).
insert into t.given values
	('function.add', '{"reference": "F-09", "name": "Facilities"}'),
	('function.answer', t.v('function', 'payroll', jsonb_build_object('person', t.id('u')))),
	('function.get', t.of('backup')),
	('function.list', '{}'),
	('function.replace', jsonb_build_object('predecessor', t.id('payroll'), 'successor', t.id('hr'))),
	('function.update', t.v('function', 'payroll', '{"name": "Payroll and pensions"}'));
insert into t.letters values
	('function.list', 'b backup a access c cards p payroll');
insert into t.rows values
	('app.function', 'b backup c cards p payroll');
insert into t.sheet values
	('app.function', 'siu', 'directory:all S:c', 'directory:all S:c', 'directory:all S:c', ''),
	('app.succession', 'siu', 'directory:all', 'directory:all', 'directory:all', '');
insert into t.refused values
	('app.function', 'function_check', 'parent = id'),
	('app.succession', 'succession_check', 'predecessor = successor');
insert into t.apart values
	('function_organisation_reference_key');
insert into t.triggered values
	('app.function', 'derive', 'update app.function set parent = t.id(''restore'') where id = t.id(''backup'')', null,
		'cycle'),
	('app.succession', 'derive',
		'insert into app.responsibility (organisation, person, function, kind, from_date) values (t.org(), '
		't.id(''a''), t.id(''payroll''), ''monitors'', current_date); insert into app.succession (organisation, '
		'predecessor, successor, on_date) values (t.org(), t.id(''payroll''), t.id(''backup''), current_date)', null,
		'S9');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_function({org}, {backup})', 'as directory backup');
