-- What sql/core/frame.sql owes the tests (fixture/owed.sql).
insert into t.rows_where values
	('app.request', 'a', 'person = t.id(''a'')'),
	('app.request', 'z', 'person = t.id(''z'')');
insert into t.sheet values
	('app.request', 'si', 'A:a Z:z', 'A:a Z:z', '', '');
insert into t.refused values
	('app.request', 'request_digest_check', 'digest = ''x''');
insert into t.line_of (who, act, wanted) values
	(null,
		'meta.frame(''method.finding_remark''::regproc, (meta.declaration(''method.finding_remark''::regproc)).said) ~ '
		'''security definer''', 'true'),
	('a', E'meta.kept({a}, ''x'', ''\\x01'')', 'null'),
	('a', E'meta.kept(null, ''x'', ''\\x01'')', 'N2602'),
	('a',
		'select meta.keep({a}, ''x'', sha256(''1''), ''{"n": 1}'') => (select reply ->> ''n'' from app.request where '
		'id = {a} and person = {a})', '1');
