-- What the noun organisation owes the tests (fixture/owed.sql).
insert into t.given values
	('organisation.get', '{}'),
	('organisation.update', (
		'{"name": "Larch Payments", "timezone": "UTC", "cooling_off_months": 12, "acknowledge_days": 11, '
		'"dispute_days": 10, "containment_days": 3, "plan_days": 14, "major_days": 30, "minor_days": 90, "version": '
		'1}'::jsonb) || '{"version": 1}');
insert into t.rows values
	('app.organisation', 'o org q org2');
insert into t.sheet values
	('app.organisation', 'siu', 'members:o R:q', '', 'members:o R:q', '');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_organisation({org}, {org})',
		'as administrator as auditee as auditor as management as observer as programme_manager');
