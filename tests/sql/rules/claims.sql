-- What sql/rules/claims.sql owes the tests (fixture/owed.sql).
insert into t.sheet values
	('app.claim', '', '', '', '', '');
insert into t.refused values
	('app.claim', 'claim_period_check', 'period = ''empty'''),
	('app.claim', 'claim_rule_check', 'rule = ''S6''');
insert into t.apart values
	('claim_separation');
insert into t.line_of (who, act, wanted) values
	(null,
		'select app.claims_set({org}, {z}, array[row(''S5'', {z}, {f-issued}, ''hands'', ''(,)'')::app.claim_row]) => '
		'(select count(*) from app.claim where source = {z})', '1'),
	(null, 'select app.claims_set({org}, {r-ob}, ''{}'') => (select count(*) from app.claim where source = {r-ob})',
		'0'),
	(null,
		'select app.claim_add(''S5'', {z}, {f-issued}, ''hands'', ''(,)'', {f-issued}) => (select count(*) from '
		'app.claim where subject = {z} and object = {f-issued})', '1'),
	(null, 'app.claim_add(''S5'', {b}, {f-issued}, ''hands'', ''(,)'', {f-issued})', 'S5'),
	(null, 'app.claim_add(''S4'', {a}, {audit}, ''arranges'', ''[2000-01-01,)'', {audit})', 'S4'),
	(null, '(select count(*) from app.check_claims())', '0'),
	(null, 'delete from app.claim where source = {r-ob} => (select count(*) > 0 from app.check_claims())', 'true');
