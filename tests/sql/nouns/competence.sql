-- What the noun competence owes the tests (fixture/owed.sql).
insert into t.given values
	('competence.get', t.of('competence-a')),
	('competence.list', '{}'),
	('competence.record', jsonb_build_object('person', t.id('a'), 'kind', 'lead', 'evaluated_by', 'Plumb Audit',
		'method', 'Observation', 'valid_from', current_date, 'valid_until', current_date + 300));
insert into t.letters values
	('competence.list', 'a competence-a e competence-e');
insert into t.rows values
	('app.competence', 'a competence-a e competence-e');
insert into t.sheet values
	('app.competence', 'siu', 'XYPM:all A:a E:e', 'XYPM:all A:a E:e', 'XYPM:all A:a E:e', '');
insert into t.refused values
	('app.competence', 'competence_by_someone_else', 'evaluator = person'),
	('app.competence', 'competence_check', 'kind = ''lead'', framework = t.id(''iso'')'),
	('app.competence', 'competence_check1', 'valid_until = valid_from - 1');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_competence({org}, {competence-e})', 'as administrator as management as programme_manager e');
