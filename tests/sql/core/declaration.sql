-- What sql/core/declaration.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'meta.field_entry(''app.party'', ''name'')', '{"field": true, "nullable": false}'),
	(null, 'meta.wire_name(''finding_name_verifier'')', 'finding.name_verifier'),
	(null, 'meta.wire_name(''can'')', 'can'),
	(null, 'meta.params_problem(''{"params": [{"name": "id", "required": true}]}'', ''{}'')::jsonb ->> ''allowed''',
		'false'),
	(null, 'meta.params_problem(''{"params": [{"name": "id", "required": true}]}'', ''{"id": 1}'')', 'null'),
	(null, 'meta.params_problem(''{"params": []}'', ''{"what": 1}'') ->> ''code''', '-32602'),
	(null, '(meta.declaration(''method.finding_remark''::regproc)).problems', '{}'),
	(null,
		'meta.entry(''method.finding_remark''::regproc, (meta.declaration(''method.finding_remark''::regproc)).said) '
		'->> ''access''', 'write'),
	(null, 'meta.declared(''method.finding_get''::regproc)::jsonb ->> ''result''', 'finding');
