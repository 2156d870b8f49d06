-- What sql/rules/judging.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'app.judged_functions({org}, {audit}, {part-backup})', 'backup'),
	(null, 'app.judged_functions({org}, {audit}, null)', 'access backup cards'),
	(null, 'app.judged_functions({org2}, {audit}, null)', '{}'),
	(null, '(select string_agg(distinct rule, '' '' order by rule) from app.claims_of_assignment({org}, {as-a}))',
		'S1 S3 S4'),
	(null, '(select count(*) from app.claims_of_assignment({org2}, {as-a}))', '0'),
	(null,
		'array(select distinct object from app.claims_to_judge({org}, {audit}, {part-cards}, {c}, current_date) where '
		'rule = ''S1'')', 'cards'),
	(null,
		'array(select distinct object from app.claims_to_judge_functions({org}, array[{backup}], current_date - 365, '
		'{a}, current_date) where rule = ''S1'')', 'backup restore'),
	(null,
		'array(select distinct object from app.claims_to_judge_functions({org}, ''{}'', current_date - 365, {a}, '
		'current_date) where rule = ''S1'')', '{}'),
	(null,
		'(select string_agg(rule, '' '') from app.reasons_against({org}, {audit}, {part-backup}, {o}, current_date))',
		'S1'),
	(null,
		'(select string_agg(distinct rule, '' '') from app.reasons_against({org}, {audit}, {part-cards}, {s}, '
		'current_date))', 'S2'),
	(null,
		'(select string_agg(distinct rule, '' '') from app.reasons_against({org}, {audit}, {part-cards}, {k}, '
		'current_date))', 'S3'),
	(null, '(select count(*) from app.reasons_against({org}, {audit}, {part-cards}, {d}, current_date))', '0'),
	(null, '(select count(*) from app.reasons_met({org}, ''{}'', {a}, {audit}))', '0'),
	(null,
		'(select rule from app.reasons_met({org}, array[row(''S1'', {ob}, {backup}, ''judges'', '
		'''[2000-01-01,)'')::app.claim_row], {ob}, {audit}))', 'S1'),
	(null,
		'delete from app.claim where source = {as-a}; select app.audit_claims_again({org}, {audit}) => (select '
		'count(*) > 0 from app.claim where source = {as-a})', 'true'),
	(null, 'app.refuse_reasons(''{}'')', ''),
	(null, 'app.refuse_reasons(array[app.because(''S2'', ''s2.in_party'')])', 'S2'),
	(null, '(app.reasons_refusal(array[app.because(''S2'', ''s2.in_party'')])).say', 's2.in_party'),
	(null, '(app.reasons_refusal(array[app.because(''S2'', ''s2.in_party''), app.because(''S3'', ''s3'')])).say',
		'reasons'),
	(null, 'app.reasons_refusal(''{}'')', 'null'),
	('x', '(select string_agg(k, '' '' order by k) from jsonb_object_keys(app.eligibility({audit}, ''auditor'')) k)',
		'parts');
insert into t.line_of (who, act, wanted) values
	(null,
		'(select count(*) from app.claims_to_judge_functions({org}, array[{backup}], current_date - 365, {a}, '
		'current_date) where rule = ''S2'')', '0'),
	(null, '(select string_agg(distinct rule, '' '' order by rule) from app.claims_of_assignment({org}, {as-h}))',
		'S3'),
	(null,
		'update app.assignment set ended_on = current_date where id = {as-a} => (select lapsed_at is not null from '
		'app.declaration where id = {dec-a})', 'true'),
	(null,
		'insert into app.part_function (organisation, audit, part, function) values ({org}, {audit}, {part-backup}, '
		'{payroll}) => (select lapsed_at is not null from app.declaration where id = {dec-a})', 'true'),
	(null,
		'insert into app.part_function (organisation, audit, part, function) values ({org}, {audit}, {part-cards}, '
		'{payroll}) => (select lapsed_at is not null from app.declaration where id = {dec-a})', 'false');
insert into t.line_of (who, act, wanted, given) values
	(null, 'app.judged_functions({org}, {audit}, {part-backup})', 'backup',
		'delete from app.part_function where part = {part-backup}; delete from app.evidence_request; delete from '
		'app.finding'),
	(null, 'app.judged_functions({org}, {audit}, {part-backup})', 'backup',
		'delete from app.part_function where part = {part-backup}; delete from app.evidence_request; delete from '
		'app.check'),
	(null, 'app.judged_functions({org}, {audit}, {part-backup})', 'backup',
		'delete from app.part_function where part = {part-backup}; delete from app.finding; delete from app.check'),
	(null, '(select string_agg(distinct rule, '' '' order by rule) from app.claims_of_assignment({org}, {as-a}))',
		'S1 S4', 'update app.assignment set gave_way = true where id = {as-a}'),
	(null, '(select string_agg(distinct rule, '' '' order by rule) from app.claims_of_assignment({org}, {as-h}))',
		'null', 'update app.impairment set rule = ''S3'' where assignment = {as-h}'),
	(null,
		'insert into app.assignment (organisation, audit, part, person, role, assigned_on, assigned_by) values ({org}, '
		'{audit-fresh}, {part-fresh}, {e}, ''auditor'', current_date, {x}) => ''done''', 'state',
		'update app.audit set ended_on = current_date where id = {audit-fresh}'),
	(null,
		'insert into app.assignment (organisation, audit, part, person, role, assigned_on, assigned_by) values ({org}, '
		'{audit-fresh}, {part-fresh}, {e}, ''auditor'', current_date, {x}) => ''done''', 'S12',
		'delete from app.competence where person = {e}');
