-- What the noun finding_draft owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'app.entering_team((select f from app.finding f where id = {f-draft}))',
		'{lead,auditor,technical_expert,trainee}'),
	(null, 'app.entering_team((select f from app.finding f where id = {f-shared}))', '{lead,auditor}'),
	(null, 'app.require_addressed({backup}, array[{backup}])', ''),
	(null, 'app.require_addressed({cards}, array[{backup}])', 'addressed'),
	('n', '(app.own_finding_refusal((select f from app.finding f where id = {f-review}))).say', 'finding.own'),
	('a', '(app.own_finding_refusal((select f from app.finding f where id = {f-review}))).say', 'null'),
	('a', 'cardinality(app.finding_review_needs((select f from app.finding f where id = {f-review})))', 'null'),
	('a', 'cardinality(app.finding_review_needs((select f from app.finding f where id = {f-draft})))', '1'),
	('a', 'cardinality(app.finding_share_needs((select f from app.finding f where id = {f-review})))', '1'),
	('a', 'cardinality(app.finding_share_needs((select f from app.finding f where id = {f-draft})))', 'null'),
	('n', 'select app.finding_entered({f-draft}) => (select review_of from app.finding where id = {f-draft})', 'n'),
	('b', 'select app.finding_entered({f-draft}) => (select review_needed from app.finding where id = {f-draft})',
		'false'),
	('b', 'app.cited(array[{A.8.13}]) #>> ''{0,ref}''', 'A.8.13'),
	('b', 'app.cited(''{}'')', '[]'),
	('b', 'app.cited(array[{requirement-foreign}])', '[]');
