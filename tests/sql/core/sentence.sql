-- What sql/core/sentence.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'app.words(''a'', ''{}'')', 'P0001 there is no sentence a'),
	(null, 'app.shown(''person'', to_jsonb({a}))', 'Ann Auditor'),
	(null, 'app.shown(''state'', ''"not_effective"'')', 'not effective'),
	(null, 'app.shown(''allowed'', ''["open", "done"]'')', 'open or done'),
	(null, 'app.shown(''x'', ''null'')', '');
