-- What the noun action owes the tests (fixture/owed.sql).
insert into t.given values
	('action.change', t.v('action', 'act-drafted', t.plan('f-issued', 'z') - 'finding')),
	('action.done', t.v('action', 'act-accepted', '{"proof": "Three tests"}')),
	('action.drop', t.v('action', 'act-drafted', '{"reason": "There is a better one."}')),
	('action.get', t.of('act-accepted')),
	('action.hand_over', t.v('action', 'act-accepted', jsonb_build_object('owner', t.id('z'), 'reason', 'Leave'))),
	('action.hand_over @judge', t.v('action', 'act-accepted', jsonb_build_object('owner', t.id('b'), 'reason',
		'Leave'))),
	('action.history', t.of('act-accepted')),
	('action.list', '{}'),
	('action.plan', t.plan('f-issued', 'z')),
	('action.plan @team', t.plan('f-issued', 'a')),
	('action.progress', t.v('action', 'act-accepted', '{"percent": 50, "text": "First test made."}')),
	('action.return', t.v('action', 'act-implemented', '{"reason": "The third log is empty."}'));
insert into t.letters values
	('action.list', 'd act-accepted b act-verified');
insert into t.rows values
	('app.action', 'b act-verified d act-accepted');
insert into t.rows_where values
	('app.progress', 'd', 'finding = t.id(''f-implemented'')');
insert into t.sheet values
	('app.action', 'siu', 'XYPMLACB:all D:d', 'XYPMLACB:all D:d', 'XYPMLACB:all D:d', ''),
	('app.progress', 'si', 'XYPMLACBD:all', 'XYPMLACBD:all', '', '');
insert into t.refused values
	('app.action', 'action_done_has_proof', 'state = ''done'', done_by = t.id(''d''), done_at = now(), proof = null'),
	('app.action', 'action_number_check', 'number = 0'),
	('app.action', 'action_returned_says_why', 'state = ''returned'', return_reason = null'),
	('app.action', 'action_round_check', 'round = 0');
insert into t.apart values
	('action_organisation_finding_number_key'),
	('action_organisation_reference_key');
insert into t.triggered values
	('app.action', 'guard', 'update app.action set state = ''open'' where id = t.id(''act-implemented'')', null,
		'N2006'),
	('app.action', 'a_derive', 'update app.action set owner = t.id(''b'') where id = t.id(''act-accepted'')', null,
		'S5');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_action({org}, {act-accepted}) @> app.audience_finding({org}, {f-accepted})', 'true'),
	(null,
		'app.audience_progress({org}, (select id from app.progress where finding = {f-implemented})) @> '
		'app.audience_finding({org}, {f-implemented})', 'true'),
	('ob', 'app.refuse_owner({f-issued}, {z})', ''),
	('ob', 'app.refuse_owner({f-issued}, {b})', 'S5'),
	('ob', 'app.refuse_owner({f-issued}, null)', 'N2004'),
	('ob', 'app.require_auditee({z})', ''),
	('ob', 'app.require_auditee({e})', 'auditee'),
	('d', '(app.action_owner_refusal((select a from app.action a where id = {act-accepted}))).say', 'null'),
	('ob', '(app.action_owner_refusal((select a from app.action a where id = {act-accepted}))).say',
		'place.action_owner'),
	('ob',
		'(app.action_answerer_refusal((select a from app.action a where id = {act-accepted}), '
		'''place.extension'')).say', 'null'),
	('l',
		'(app.action_answerer_refusal((select a from app.action a where id = {act-accepted}), '
		'''place.extension'')).say', 'place.extension'),
	('ob', 'cardinality(app.open_plan_needs((select a from app.action a where id = {act-drafted})))', 'null'),
	('ob', 'cardinality(app.open_plan_needs((select a from app.action a where id = {act-accepted})))', '1'),
	('d', 'app.action_done_needs((select a from app.action a where id = {act-accepted}))', '{}'),
	('ob',
		'(select (n).say from unnest(app.action_done_needs((select a from app.action a where id = {act-implemented}))) '
		'n)', 'state'),
	('b', 'app.action_return_needs((select a from app.action a where id = {act-implemented}))', '{}'),
	('b',
		'(select (n).say from unnest(app.action_return_needs((select a from app.action a where id = {act-drafted}))) '
		'n)', 'state');
