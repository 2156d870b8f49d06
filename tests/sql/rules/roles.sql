-- What sql/rules/roles.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'app.of_management({m})', 'true'),
	(null, 'app.of_management({x})', 'false'),
	(null, 'array(select organisation from app.leads_over({a}))', 'org'),
	(null, '(select leads from app.leads_over({a}))', 'l'),
	(null, '(select count(*) from app.leads_over({z}))', '0'),
	(null, '(select count(*) from app.excluded_pairs(''administrator''))', '3'),
	(null, '(select count(*) from app.excluded_pairs(''observer''))', '5'),
	(null, '(select count(*) from app.excluded_pairs(''auditee''))', '1'),
	(null, '(select count(*) from app.excluded_pairs(null))', '0'),
	(null,
		'(select pair from app.excluded_pairs(''management'') intersect select pair from '
		'app.excluded_pairs(''auditor'')) is not null', 'true'),
	(null,
		'(select pair from app.excluded_pairs(''programme_manager'') intersect select pair from '
		'app.excluded_pairs(''auditor''))', 'null'),
	(null, '(select count(*) from app.claims_of_membership({org}, {membership-m2}))', '3'),
	(null, '(select count(*) from app.claims_of_membership({org}, {membership-ob}))', '1');
