-- What sql/rules/s2_party_self_review.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, '(select string_agg(rule || side, '' '') from app.claims_of_operation({org}, {n-host}))', 'S2operates'),
	('m', '(select count(*) from app.group_reasons({own}))', '0'),
	('m', '(select string_agg(rule, '' '') from app.group_reasons({mill}))', 'S2'),
	('ob', '(select count(*) from app.group_reasons({host}))', '0'),
	('oc', '(select string_agg(rule, '' '') from app.group_reasons({host}))', 'S2'),
	('m', 'app.refuse_group({host}, true)', ''),
	('m', 'app.refuse_group({mill}, true)', 'S2'),
	('m', 'app.refuse_group({mill}, false)', ''),
	('m', '(app.group_refusal({mill})).say', 's2.group'),
	('m', '(app.group_refusal({host})).say', 'null'),
	(null, 'app.said(app.say_days(''2000-01-01'', null))', ' since 2000-01-01'),
	(null, 'app.said(app.say_days(''2000-01-01'', ''2001-01-01''))', ' until 2001-01-01'),
	(null, '(app.explain_operates({org}, {n-host}, {cards}, {s}, {audit})).rule', 'S2');
insert into t.line_of (who, act, wanted, given) values
	(null, '(select count(*) from app.claims_of_operation({org}, {n-host}))', '0',
		'insert into app.kinship (organisation, party, kin) values ({org}, {host}, {org})'),
	('m', '(select string_agg(rule, '' '') from app.group_reasons({host}))', 'S2',
		'insert into app.affiliation (organisation, person, party, kind, from_date) values ({org}, {m}, {host}, '
		'''contracted'', current_date)');
