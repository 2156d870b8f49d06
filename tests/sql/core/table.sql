-- What sql/core/table.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'app.next_number(''check'', {audit}) = (select max(number) + 1 from app.check where audit = {audit})',
		'true'),
	(null, 'app.next_number(''finding'', {audit-fresh})', '1'),
	(null, 'app.next_number(''nothing'', {audit})', '1'),
	(null, 'app.reference_of(''IA-2026-01'', ''F'', 3)', 'IA-2026-01-F-03'),
	(null, 'app.reference_of(''IA-2026-01'', ''F'', 103)', 'IA-2026-01-F-103'),
	(null, 'app.reference_of(null, ''F'', 3)', '-F-03');
