-- What the noun interest owes the tests (fixture/owed.sql).
insert into t.given values
	('interest.declare', jsonb_build_object('audit', t.id('audit'), 'kind', 'manages', 'description',
		'A cousin works there.')),
	('interest.get', t.of('interest')),
	('interest.list', '{}');
insert into t.letters values
	('interest.list', 'b interest');
insert into t.rows values
	('app.interest', 'b interest');
insert into t.sheet values
	('app.interest', 'siu', 'XYPMLAC:all', 'XYPMLAC:all', 'XYPMLAC:all', '');
insert into t.refused values
	('app.interest', 'interest_in_words', 'description = null');
insert into t.triggered values
	('app.interest', 'derive', 'update app.interest set safeguard = null where id = t.id(''interest'')',
		't.id(''part-backup'') = any (ledger.held(t.org(), t.id(''b'')))', 'false');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_interest({org}, {interest})', 'as administrator as management as programme_manager audit b'),
	('b', '(app.not_on_team_refusal({audit})).say', 'null'),
	('z', '(app.not_on_team_refusal({audit})).say', 'interest.team');
