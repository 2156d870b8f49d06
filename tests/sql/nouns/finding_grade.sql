-- What the noun finding_grade owes the tests (fixture/owed.sql).
insert into t.rows_where values
	('app.grading', 'd', 'finding = t.id(''f-draft'')'),
	('app.grading', 'i', 'finding = t.id(''f-issued'')');
insert into t.sheet values
	('app.grading', 'siu', 'XYPMCB:i LA:all', 'XYPMCB:i LA:all', 'XYPMCB:i LA:all', '');
insert into t.refused values
	('app.grading', 'grading_after_issue_says_why', 'phase = ''issued'', reason = null'),
	('app.grading', 'grading_pending_needs_signature', 'state = ''pending'', signature_needed = false'),
	('app.grading', 'grading_signed_by_another', 'signed_by = decided_by');
insert into t.apart values
	('grading_one_pending');
insert into t.triggered values
	('app.grading', 'guard', 'update app.grading set state = ''dropped'' where finding = t.id(''f-issued'')', null,
		'N2006'),
	('app.grading', 'judged',
		'update app.grading set state = ''effective'', signed_by = t.id(''c'') where finding = t.id(''f-pending'') and '
		'state = ''pending''',
		'(select side from app.claim where rule = ''S5'' and subject = t.id(''c'') and object = t.id(''f-pending''))',
		'judges');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_grading({org}, (select id from app.grading where finding = {f-draft}))', 'part-backup'),
	(null,
		'app.audience_grading({org}, (select id from app.grading where finding = {f-issued})) = '
		'app.audience_finding({org}, {f-issued})', 'true'),
	(null, '(app.compute_grade(''{"requirement_unmet": true, "absent": true}'', false)).grade', 'major'),
	(null, '(app.compute_grade(''{"requirement_unmet": true}'', false)).grade', 'minor'),
	(null, '(app.compute_grade(''{"requirement_unmet": false, "strength": true}'', false)).grade', 'strength'),
	(null, '(app.compute_grade(''{"improvement": true}'', true)).grade', 'opportunity'),
	(null, '(app.compute_grade(''{}'', false)).grade', 'observation'),
	(null, '(app.compute_grade(null, false)).grade', 'observation'),
	('b', '(select count(*) from app.earlier_findings({f-draft}, array[{9.2.1}], array[{backup}])) > 5', 'true'),
	('b', '(select bool_or(same_function) from app.earlier_findings({f-draft}, array[{9.2.1}], array[{payroll}]))',
		'false'),
	('b', '(select count(*) from app.earlier_findings({f-draft}, ''{}'', array[{backup}]))', '0'),
	(null, '{f-issued} = any (app.repeated((select f from app.finding f where id = {f-released})))', 'true'),
	(null, 'app.repeated((select f from app.finding f where id = {f-issued}))', '{}'),
	('l', '(app.reconsider_refusal((select f from app.finding f where id = {f-disputed}), app.team_lead())).say',
		'null'),
	('a', '(app.reconsider_refusal((select f from app.finding f where id = {f-issued}), app.team_lead())).say',
		'team.role'),
	('l',
		'array(select (n).say from unnest(app.reconsider_needs((select f from app.finding f where id = {f-pending}))) '
		'n)', '{finding.decision_waits}'),
	('l', 'app.reconsider_needs((select f from app.finding f where id = {f-disputed}))', '{}');
