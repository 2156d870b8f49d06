-- What the noun response owes the tests (fixture/owed.sql).
insert into t.given values
	('response.accept', t.v('response', 'response-submitted')),
	('response.get', t.of('response-accepted')),
	('response.list', jsonb_build_object('finding', t.id('f-accepted'))),
	('response.return', t.v('response', 'response-submitted', '{"reason": "Name who replaces Dora."}')),
	('response.save', jsonb_build_object('finding', t.id('f-issued'), 'containment', 'Copied.')),
	('response.submit', t.v('response', 'response-drafted'));
insert into t.letters values
	('response.list', 'b response-accepted');
insert into t.rows values
	('app.response', 'o response-accepted');
insert into t.sheet values
	('app.response', 'siu', 'XYPMLACBD:all', 'XYPMLACBD:all', 'XYPMLACBD:all', '');
insert into t.refused values
	('app.response', 'response_decided', 'state = ''accepted'', decided_by = null'),
	('app.response', 'response_decided_by_another',
		'state = ''accepted'', submitted_by = t.id(''ob''), submitted_at = now(), decided_by = t.id(''ob'')'),
	('app.response', 'response_on_behalf_has_original', 'on_behalf_of = t.id(''ob''), original = null'),
	('app.response', 'response_returned_says_why',
		'state = ''returned'', submitted_by = t.id(''ob''), submitted_at = now(), decided_by = t.id(''b''), reason = '
		'null'),
	('app.response', 'response_round_check', 'round = 0'),
	('app.response', 'response_submitted', 'state = ''submitted'', submitted_by = null, decided_by = null');
insert into t.apart values
	('response_round');
insert into t.triggered values
	('app.response', 'guard',
		'update app.response set state = ''submitted'', decided_by = null where id = t.id(''response-accepted'')', null,
		'N2006'),
	('app.response', 'derive',
		'update app.response set written_by = t.id(''b'') where id = t.id(''response-submitted'')', null, 'S5');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_response({org}, {response-accepted}) @> app.audience_finding({org}, {f-accepted})', 'true'),
	('ob', '(app.answering_refusal((select f from app.finding f where id = {f-issued}))).say', 'null'),
	('ob', '(app.answering_refusal((select f from app.finding f where id = {f-observation}))).say',
		'response.not_for_this'),
	('b', '(app.answering_refusal((select f from app.finding f where id = {f-issued}))).say', 's5.on_team'),
	(null, 'app.plannable()',
		'{issued,acknowledged,disputed,plan_returned,plan_accepted,implementation_returned,not_effective}'),
	('ob', 'app.plan_needs((select f from app.finding f where id = {f-issued}))', '{}'),
	('ob', '(select (n).say from unnest(app.plan_needs((select f from app.finding f where id = {f-implemented}))) n)',
		'state'),
	('ob', '(app.draft_of((select f from app.finding f where id = {f-drafted}))).id', 'response-drafted'),
	('ob', '(app.draft_of((select f from app.finding f where id = {f-accepted}))).id', 'null'),
	('ob',
		'array(select (n).say from unnest(app.response_submit_needs((select r from app.response r where id = '
		'{response-drafted}))) n)', '{}'),
	('ob',
		'array(select (n).say from unnest(app.response_submit_needs((select jsonb_populate_record(r, ''{"correction": '
		'null, "root_cause": null}'') from app.response r where id = {response-drafted}))) n)',
		'{response.correction,response.root_cause}'),
	('b', 'app.decided_plan_needs((select finding from app.response where id = {response-submitted}))', '{}'),
	('b', '(select (n).say from unnest(app.decided_plan_needs({f-accepted})) n)', 'state'),
	('ob', '(app.draft_response((select f from app.finding f where id = {f-drafted}))).id', 'response-drafted'),
	('ob', '(app.draft_response((select f from app.finding f where id = {f-accepted}))).round', '2');
