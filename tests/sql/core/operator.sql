-- What sql/core/operator.sql owes the tests (fixture/owed.sql).
insert into t.sheet values
	('app.retention', '', '', '', '', '');
insert into t.refused values
	('app.retention', 'retention_keep_check', 'keep = ''0 days''');
insert into t.line_of (who, act, wanted) values
	(null, '(select count(*) > 10 and bool_or(name = ''migrations/0001_foundation.sql'') from operator.applied())',
		'true'),
	(null, 'operator.settle({org}, ''Nia New'', ''nia@example.org'', ''auditor'', sha256(''c'')) is not null', 'true'),
	(null, 'operator.settle({org}, ''Ann'', ''a@example.org'', ''auditor'', sha256(''c''))',
		'23505 duplicate key value violates unique constraint "enrolment_pkey"'),
	(null, 'operator.sweep() ? ''requests''', 'true'),
	(null, 'operator.disable(''nobody@example.org'', true)', 'N2004'),
	(null,
		'select operator.disable(''a@example.org'', true) => (select disabled_at is not null from app.person where id '
		'= {a})', 'true'),
	(null,
		'select operator.invite(''u@example.org'', sha256(''c'')) => (select count(*) from auth.invitation where '
		'person = {u} and digest = sha256(''c''))', '1'),
	(null, 'operator.invite(''nobody@example.org'', sha256(''c''))', 'N2004'),
	(null, '(operator.sweep_piece(null, 100) #>> ''{next,step}'')', 'tickets');
