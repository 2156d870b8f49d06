-- What the noun proposal owes the tests (fixture/owed.sql).
insert into t.given values
	('proposal.countersign', t.v('proposal', 'proposal')),
	('proposal.decline', t.v('proposal', 'proposal', '{"reason": "Not now."}')),
	('proposal.get', t.of('proposal')),
	('proposal.list', '{}'),
	('proposal.withdraw', t.v('proposal', 'proposal'));
insert into t.letters values
	('proposal.list', 'y proposal');
insert into t.rows values
	('app.proposal', 'y proposal');
insert into t.sheet values
	('app.proposal', 'siu', 'XYPM:all', 'XYPM:all', 'XYPM:all', '');
insert into t.triggered values
	('app.proposal', 'guard',
		'update app.proposal set state = ''withdrawn'' where id = t.id(''proposal''); update app.proposal set state = '
		'''open'' where id = t.id(''proposal'')', null, 'N2006');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_proposal({org}, {proposal})', 'as administrator as management as programme_manager y'),
	('x', '(app.proposer_place((select p from app.proposal p where p.id = {proposal}))).say', 'proposal.own'),
	('y', '(app.proposer_place((select p from app.proposal p where p.id = {proposal}))).say', 'null');
