-- What sql/core/build.sql owes the tests (fixture/owed.sql).
insert into t.sheet values
	('meta.description', 'siud', 'membersRN:all', 'membersRN:all', 'membersRN:all', 'membersRN:all');
insert into t.refused values
	('meta.description', 'description_one_check', 'one = false');
insert into t.line_of (who, act, wanted) values
	(null,
		'select meta.place(''create or replace function t.placed_here() returns int language sql return 1'') => '
		't.placed_here()', '1'),
	(null, 'cardinality(meta.placed(''api'')) > 150', 'true'),
	(null, 'select meta.drop_routines(meta.placed(''api'')) => cardinality(meta.placed(''api''))', '0'),
	(null, 'length(meta.release())', '64'),
	(null, 'meta.catalogue() ? ''methods''', 'true'),
	(null, 'meta.described(null)::jsonb = meta.catalogue()', 'true'),
	(null, 'meta.described(meta.catalogue() ->> ''release'')', 'null');
