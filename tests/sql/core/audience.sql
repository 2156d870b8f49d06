-- What sql/core/audience.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'app.directory_reader({org}, {a})', 'true'),
	(null, 'app.directory_reader({org}, {sp})', 'false'),
	(null, 'app.directory_reader({org2}, {a})', 'false'),
	(null, 'app.directory_reader({org}, null)', 'false'),
	(null, 'app.audience(''party'', {org}, {own})', 'as directory own'),
	(null, 'app.audience(''nothing'', {org}, {own})', 'as administrator own'),
	(null, 'app.audience_build() > 30', 'true'),
	(null, 'app.roles_audience({org})', 'as administrator as management as programme_manager'),
	(null, 'array(select token from app.holding({org}, {z}))', 'as auditee as directory own z'),
	(null, 'array(select distinct token from app.holding({org}, {w}))', 'as observer rival w'),
	(null, 'array(select token from app.holding({org2}, {z}))', 'z'),
	(null, '(select count(*) from app.by_noun(''content_'', ''jsonb'', ''_row''))', '3');
