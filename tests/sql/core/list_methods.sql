-- What sql/core/list_methods.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'meta.list_count(''operation'') ~ ''operation_counted''', 'true'),
	(null, 'meta.count_schema() ->> ''type''', 'object'),
	(null, '(meta.list_arguments(''operation'', null)).passed ~ ''_party, _current''', 'true'),
	(null, 'select string_agg(m.name, '' '') from meta.list_methods(''finding'') m',
		'finding_get finding_list finding_count finding_register finding_count_register'),
	(null, 'cardinality(meta.build_views()) > 200', 'true');
