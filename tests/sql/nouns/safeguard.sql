-- What the noun safeguard owes the tests (fixture/owed.sql).
insert into t.given values
	('safeguard.get', t.of('safeguard')),
	('safeguard.list', '{}'),
	('safeguard.record', jsonb_build_object('interest', t.id('interest-open'), 'kind', 'second_auditor', 'reason',
		'Ann reviews the papers.'));
insert into t.letters values
	('safeguard.list', 'b safeguard');
insert into t.rows values
	('app.safeguard', 'b safeguard');
insert into t.sheet values
	('app.safeguard', 'siu', 'XYPMLAC:all', 'XYPMLAC:all', 'XYPMLAC:all', '');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_safeguard({org}, {safeguard})', 'as administrator as management as programme_manager audit b'),
	('x', 'app.interest_state((select i from app.interest i where i.id = {interest}))', 'safeguarded'),
	('x', 'app.interest_state((select i from app.interest i where i.id = {interest-open}))', 'open');
