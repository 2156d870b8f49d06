-- What sql/rules/s12_competence.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'array(select message from app.competence_reasons({org}, {audit}, {a}, ''lead'')) <> ''{}''', 'true'),
	(null, '(select count(*) from app.competence_reasons({org}, {audit}, {l}, ''lead''))', '0'),
	(null, '(select count(*) from app.competence_reasons({org}, {audit}, {z}, ''trainee''))', '0'),
	(null, '(select count(*) > 0 from app.competence_reasons({org}, {audit}, {z}, ''auditor''))', 'true'),
	(null, 'app.competence_rests({c})',
		'audit audit-ended audit-planned audit-prepared audit-published audit-reporting'),
	(null, 'app.competence_rests({z})', '{}'),
	(null, '(select count(*) from app.counting_competences({org}, {audit}) c where c.person = {a})', '1'),
	(null, '(select count(*) from app.counting_competences({org2}, {audit}))', '0'),
	(null, '(select count(*) from app.uncovered_criteria({org}, {audit}))', '0'),
	(null,
		'update app.competence set valid_until = current_date where valid_until > current_date => (select count(*) > 0 '
		'from app.uncovered_criteria({org}, {audit}))', 'true'),
	(null, 'app.refuse_incompetent({org}, {audit}, {z}, ''auditor'')', 'roles'),
	(null, 'app.refuse_incompetent({org}, {audit}, {z}, ''trainee'')', 'roles'),
	(null, 'app.refuse_incompetent({org}, {audit}, {a}, ''lead'')', 'S12'),
	('x', 'app.lock_rests({c})', 'audit audit-ended audit-planned audit-prepared audit-published audit-reporting'),
	('x', 'app.lock_rests({z})', '{}'),
	(null, 'app.competent_today({org}, {audit}, {a})', 'true'),
	(null, 'app.competent_today({org}, {audit}, {z})', 'false'),
	(null, 'app.competent_today({org2}, {audit}, {a})', 'false'),
	('a', '(app.competent_refusal({audit}, {part-backup})).say', 'null'),
	('+a', 'update app.competence set valid_until = current_date - 1 where person = {a} => '
		'(app.competent_refusal({audit}, {part-backup})).say', 's12.today'),
	('x', '(app.competent_refusal({audit}, {part-backup})).say', 'null');
insert into t.line_of (who, act, wanted, given) values
	(null, '(select count(*) from app.uncovered_criteria({org}, {audit}) where data ->> ''missing'' = ''criterion'')',
		'1',
		'delete from app.competence where kind = ''criterion''; insert into app.competence (organisation, person, '
		'kind, framework, evaluated_by, method, valid_from, valid_until) values ({org}, {n}, ''criterion'', {iso}, '
		'''x'', ''x'', current_date - 9, current_date + 99)'),
	(null, '(select count(*) from app.competence_reasons({org}, {audit}, {a}, ''auditor''))', '1',
		'update app.competence set created_by = {y}, countersigned = false where person = {a}'),
	(null, '(select count(*) from app.competence_reasons({org}, {audit}, {a}, ''auditor''))', '0',
		'update app.competence set created_by = {y}, countersigned = true where person = {a}'),
	(null, '(select count(*) from app.competence_reasons({org}, {audit}, {a}, ''auditor''))', '1',
		'update app.competence set framework = {framework-own} where person = {a}');
