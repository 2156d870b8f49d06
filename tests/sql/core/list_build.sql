-- What sql/core/list_build.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, '(meta.list_parameters(''operation'')).passed', '_function, _party, _current'),
	(null, '(meta.branch_parameters(''operation'')).passed', '_all, "_in function", "_in party"'),
	(null, 'meta.list_walk(''operation'', ''from_date'', false, true, true, '''', ''true'') ~ ''<''', 'true'),
	(null, 'meta.list_branch(''operation'', ''from_date'', false, ''party'', ''true'') ~ ''p.principal''', 'true'),
	(null, 'meta.list_by(''operation'', ''from_date'', ''from_date'', ''date'', false) ~ ''operation_by_from_date''',
		'true'),
	(null, 'meta.list_merge(''operation'') ~ ''operation_by_from_date''', 'true'),
	(null, 'meta.list_choice(''operation'') ~ ''_function is not null''', 'true'),
	(null, 'meta.list_variables(''operation'') ~ ''_in party''', 'true'),
	(null, 'meta.list_principals(''operation'') ~ ''cardinality''', 'true'),
	(null, 'meta.list_known(''invitation'') ~ ''reset''', 'true'),
	(null, 'meta.list_known(''operation'')', ''),
	(null, 'meta.list_page(''operation'') ~ ''operation_walk''', 'true'),
	(null, 'meta.list_seek(''party'', ''walk'') ~ ''found_party''', 'true'),
	(null, 'meta.list_found(''party'') ~ ''limit 5001''', 'true'),
	(null, 'select count(*) > 5 from meta.found_texts()', 'true');
