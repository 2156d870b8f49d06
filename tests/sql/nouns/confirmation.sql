-- What the noun confirmation owes the tests (fixture/owed.sql).
insert into t.given values
	('confirmation.give', jsonb_build_object('audit', t.id('audit'), 'function', t.id('backup'))),
	('confirmation.list', '{}');
insert into t.letters values
	('confirmation.list', 'b confirmation');
insert into t.rows values
	('app.confirmation', 'b confirmation');
insert into t.sheet values
	('app.confirmation', 'siu', 'XYPMLACBOS:all', 'XYPMLACBOS:all', 'XYPMLACBOS:all', '');
insert into t.apart values
	('confirmation_organisation_audit_function_key');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_confirmation({org}, {confirmation}) = app.audience_audit({org}, {audit})', 'true');
