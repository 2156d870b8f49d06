-- What the noun verification owes the tests (fixture/owed.sql).
insert into t.given values
	('verification.get', t.of('verification')),
	('verification.list', jsonb_build_object('finding', t.id('f-verified'))),
	('verification.record', jsonb_build_object('finding', t.id('f-implemented'), 'version', t.version('finding',
		'f-implemented'), 'result', 'effective', 'judgement', 'Three in a row.')),
	('verification.record @named', jsonb_build_object('finding', t.id('f-named'), 'version', t.version('finding',
		'f-named'), 'result', 'effective', 'judgement', 'Three in a row.'));
insert into t.letters values
	('verification.list', 'b verification');
insert into t.rows values
	('app.verification', 'b verification');
insert into t.sheet values
	('app.verification', 'si', 'XYPMLACB:all', 'XYPMLACB:all', '', '');
insert into t.refused values
	('app.verification', 'verification_round_check', 'round = 0');
insert into t.triggered values
	('app.verification', 'derive',
		'insert into app.verification (organisation, finding, round, result, judgement, verified_by) values (t.org(), '
		't.id(''f-accepted''), 1, ''effective'', ''x'', t.id(''d''))', null, 'S5');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_verification({org}, {verification}) @> app.audience_finding({org}, {f-verified})', 'true'),
	('e', '(app.verifier_refusal((select f from app.finding f where id = {f-named}))).say', 'null'),
	('a', '(app.verifier_refusal((select f from app.finding f where id = {f-named}))).say', 'place.verifier'),
	('a', '(app.verifier_refusal((select f from app.finding f where id = {f-implemented}))).say', 'null'),
	('b', 'app.verification_needs((select f from app.finding f where id = {f-implemented}))', '{}'),
	('b', '(select (n).say from unnest(app.verification_needs((select f from app.finding f where id = {f-issued}))) n)',
		'state');
