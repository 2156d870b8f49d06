-- What sql/core/content.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, '''{"id": 1, "touched": 2}''::jsonb - app.uncounted()', '{"id": 1}'),
	(null, 'app.content(''party'', ''{"id": 1, "touched": 2}'')', '{"id": 1}'),
	(null, 'app.content(''part'', (select to_jsonb(p) from app.part p where p.id = {part-backup})) -> ''functions''',
		'["backup"]');
