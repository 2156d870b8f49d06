-- What the noun operation owes the tests (fixture/owed.sql).
insert into t.given values
	('operation.add', jsonb_build_object('function', t.id('payroll'), 'party', t.id('host'), 'from_date',
		current_date)),
	('operation.add @judging', jsonb_build_object('function', t.id('backup'), 'party', t.id('firm'), 'from_date',
		current_date)),
	('operation.end', t.v('operation', 'n-host', t.ends())),
	('operation.get', t.of('n-host')),
	('operation.list', '{}');
insert into t.letters values
	('operation.list', 'c n-host');
insert into t.rows values
	('app.operation', 'c n-host');
insert into t.sheet values
	('app.operation', 'siu', 'directoryS:all', 'directoryS:all', 'directoryS:all', '');
insert into t.refused values
	('app.operation', 'operation_check', 'until_date = from_date - 1');
insert into t.period values
	('operation', 'function, party', 't.id(''payroll''), t.id(''rival'')');
insert into t.triggered values
	('app.operation', 'derive',
		'insert into app.operation (organisation, function, party, from_date) values (t.org(), t.id(''backup''), '
		't.id(''firm''), current_date)', null, 'S9');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_operation({org}, {n-host})', 'as directory cards');
