-- What sql/core/list.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'meta.words(''a, b'')', '{a,b}'),
	(null, '(meta.list_column(''finding'', ''grade'')).type', 'app.grade'),
	(null, 'meta.list_column(''finding'', ''nothing'')', 'P0001 the list of record.finding has no column nothing'),
	(null, 'meta.labels(''auth.invitation'', ''kind'')', '{invitation,reset}'),
	(null, 'meta.labels(''auth.invitation'', ''state'')', 'null'),
	(null, 'select f.condition from meta.list_filters(''operation'') f where f.name = ''party''',
		'w.party = any (_party)'),
	(null, 'select s."column" from meta.list_sorts(''function'') s where s.name = ''reference''', 'sort_key'),
	(null, 'select b.held from meta.list_branches(''operation'') b where b."column" = ''function''',
		'(select app.my_functions())::uuid[]'),
	(null, 'meta.list_all(''operation'')', '(select app.reads_directory())');
