-- What the noun extension owes the tests (fixture/owed.sql).
insert into t.given values
	('extension.ask', jsonb_build_object('action', t.id('act-accepted'), 'until', current_date + 40, 'reason',
		'The drive is late.')),
	('extension.decide', t.v('extension', 'extension', '{"granted": true, "reason": "Agreed."}')),
	('extension.get', t.of('extension')),
	('extension.list', jsonb_build_object('finding', t.id('f-accepted')));
insert into t.letters values
	('extension.list', 'd extension');
insert into t.rows values
	('app.extension', 'd extension');
insert into t.sheet values
	('app.extension', 'siu', 'XYPMLACBD:all', 'XYPMLACBD:all', 'XYPMLACBD:all', '');
insert into t.refused values
	('app.extension', 'extension_decided', 'state = ''granted'', decided_by = null'),
	('app.extension', 'extension_decided_by_another', 'state = ''granted'', decided_by = asked_by'),
	('app.extension', 'extension_is_later', 'until = due_before');
insert into t.apart values
	('extension_one_open');
insert into t.triggered values
	('app.extension', 'guard',
		'update app.extension set state = ''granted'', decided_by = t.id(''b'') where id = t.id(''extension''); update '
		'app.extension set state = ''declined'' where id = t.id(''extension'')', null, 'N2006'),
	('app.extension', 'derive', 'update app.extension set asked_by = t.id(''b'') where id = t.id(''extension'')', null,
		'S5');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_extension({org}, {extension}) @> app.audience_finding({org}, {f-accepted})', 'true'),
	('d',
		'array(select (n).say from unnest(app.extension_ask_needs((select a from app.action a where id = '
		'{act-extended}))) n)', '{extension.asked}'),
	('d', 'app.extension_ask_needs((select a from app.action a where id = {act-accepted}))', '{}');
