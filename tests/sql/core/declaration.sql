-- What sql/core/declaration.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'meta.field_entry(''app.party'', ''name'')', '{"field": true, "nullable": false}'),
	(null, 'meta.wire_name(''finding_name_verifier'')', 'finding.name_verifier'),
	(null, 'meta.wire_name(''can'')', 'can'),
	(null, '(meta.declaration(''method.finding_remark''::regproc)).problems', '{}'),
	(null,
		'meta.entry(''method.finding_remark''::regproc, (meta.declaration(''method.finding_remark''::regproc)).said) '
		'->> ''access''', 'write'),
	(null, 'meta.declared(''method.finding_get''::regproc)::jsonb ->> ''result''', 'finding');
