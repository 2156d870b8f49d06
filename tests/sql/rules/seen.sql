-- What sql/rules/seen.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'app.role_held(''directory'')', '(select app.reads_directory())'),
	(null, 'app.role_held(''management'')', '(select app.i_have(''management''))'),
	(null, 'app.seen_when(''finding'')', 'readers && (select app.my_reach())'),
	(null, 'app.seen_when(''party'') ~ ''^case when''', 'true'),
	(null, 'app.added_when(''finding'')', 'part = any ((select app.my_parts())::uuid[])'),
	(null, 'app.added_when(''remark'') = app.seen_when(''remark'')', 'true'),
	(null, 'app.seen_audience(''party'', ''party'') ~ ''directory''', 'true'),
	(null, '(select count(*) from app.sets())', '8'),
	(null, 'app.plan_audience({org}, {audit-fresh})', 'a audit-fresh backup restore'),
	(null, 'app.plan_audience({org2}, {audit-fresh})', 'audit-fresh');
