-- What the noun finding_issued owes the tests (fixture/owed.sql).
insert into t.rows_where values
	('app.remark', 's', 'finding = t.id(''f-shared'')');
insert into t.sheet values
	('app.remark', 'si', 'LAB:all', 'LAB:all', '', '');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_remark({org}, (select id from app.remark)) = app.audience_finding({org}, {f-shared})', 'true'),
	('a',
		'array(select (n).say from unnest(app.finding_issue_needs((select jsonb_populate_record(f, ''{"grade": null, '
		'"review_needed": true, "reviewed_by": null}'') from app.finding f where id = {f-draft}))) n)',
		'{finding.no_grade,finding.review_first}'),
	('a', 'app.finding_issue_needs((select f from app.finding f where id = {f-draft}))', '{}'),
	('a', 'cardinality(app.finding_acknowledge_needs((select f from app.finding f where id = {f-issued})))', 'null'),
	('a',
		'cardinality(app.finding_acknowledge_needs((select jsonb_populate_record(f, ''{"grade": "strength"}'') from '
		'app.finding f where id = {f-issued})))', '1'),
	('ob', '(app.finding_answer_refusal((select f from app.finding f where id = {f-issued}))).say',
		'finding.answered_by_response'),
	('ob', '(app.finding_answer_refusal((select f from app.finding f where id = {f-observation}))).say', 'null'),
	('ob', '(app.finding_dispute_refusal((select f from app.finding f where id = {f-issued}))).say', 'null'),
	('ob', '(app.finding_dispute_refusal((select f from app.finding f where id = {f-disputed}))).say', 'dispute.once'),
	('ob',
		'(app.finding_dispute_refusal((select jsonb_populate_record(f, ''{"dispute_by": "2020-01-01"}'') from '
		'app.finding f where id = {f-issued}))).say', 'dispute.until'),
	('l', '(app.verifier_namer_refusal((select f from app.finding f where id = {f-issued}))).say', 'null'),
	('a', '(app.verifier_namer_refusal((select f from app.finding f where id = {f-issued}))).say',
		'place.name_verifier'),
	(null, 'app.require_auditor({a}, ''finding.signer_no_auditor'')', ''),
	(null, 'app.require_auditor({ob}, ''finding.signer_no_auditor'')', 'auditor'),
	(null, 'app.refuse_verifier((select f from app.finding f where id = {f-issued}), {b})', ''),
	(null, 'app.refuse_verifier((select f from app.finding f where id = {f-accepted}), {d})', 'S5');
