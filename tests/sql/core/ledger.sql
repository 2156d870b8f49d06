-- What sql/core/ledger.sql owes the tests (fixture/owed.sql).
insert into t.sheet values
	('ledger.day', '', '', '', '', ''),
	('ledger.delivery', '', '', '', '', ''),
	('ledger.event', '', '', '', '', ''),
	('ledger.holder', '', '', '', '', ''),
	('ledger.holding', '', '', '', '', ''),
	('ledger.incarnation', '', '', '', '', ''),
	('ledger.pending', '', '', '', '', ''),
	('ledger.position', '', '', '', '', '');
insert into t.refused values
	('ledger.event', 'token_of_person', 'person = null, token = gen_random_uuid()'),
	('ledger.holding', 'lost_after_gained', 'lost = gained'),
	('ledger.incarnation', 'incarnation_one_check', 'one = false'),
	('ledger."position"', 'position_position_check', '"position" = 0');
insert into t.apart values
	('holding_current'),
	('position_event_key');
insert into t.line_of (who, act, wanted) values
	('+x',
		'ledger.says({org}, ''part'', {part-backup}, app.content(''part'', (select to_jsonb(p) from app.part p where '
		'p.id = {part-backup})))', 'true'),
	('+x', 'ledger.says({org}, ''part'', {part-backup}, ''{}'')', 'false'),
	('+x', 'ledger.says({org}, ''part'', {audit}, ''{}'')', 'false'),
	(null,
		'select ledger.record(''x.y'', {a}, 1, ''{}'', array[{a}, null], {org}) => (select cardinality(tokens) from '
		'ledger.event where kind = ''x.y'')', '1'),
	(null, 'ledger.write({org}, ''x.y'', {a}, 1, ''{}'', ''{}'') > 0', 'true'),
	(null,
		'select ledger.write({org}, ''x.y'', {a}, 1, ''{}'', ''{}'') => (select count(*) from ledger.pending p join '
		'ledger.event e using (id) where e.kind = ''x.y'')', '1'),
	(null, 'ledger.lead()', 'true'),
	(null, 'ledger.held({org}, {w})', 'as observer rival w'),
	(null, 'ledger.held({org2}, {a})', 'a'),
	(null, 'ledger.held({org}, null)', '{NULL}'),
	(null, '(select count(*) from ledger.difference({org}, {a}))', '0'),
	(null,
		'delete from ledger.holding where person = {a} and token = {part-backup}; select 1 => (select change from '
		'ledger.difference({org}, {a}))', 'gained'),
	(null,
		'delete from ledger.holding where person = {a}; select ledger.sync({org}, {a}) => (select count(*) from '
		'ledger.difference({org}, {a}))', '0'),
	(null, '(select count(*) from ledger.check_holdings())', '2'),
	(null,
		'delete from ledger.holding where person = {a}; select 1 => (select count(*) > 0 from ledger.check_holdings())',
		'true'),
	(null, '(select count(*) > 0 from ledger.stretches({org}, {a}))', 'true'),
	(null, 'cardinality(ledger.missed({org}, {a}, 0, 100000, 3))', '3'),
	(null, 'ledger.missed({org}, {a}, 100000, 100000, 3)', '{}'),
	(null, 'ledger.missed({org2}, {a}, 0, 100000, 3)', '{}'),
	(null, 'ledger.restored() <> (select id from ledger.incarnation)', 'true'),
	(null, '(select position = (select max(position) from ledger.position) from ledger.head())', 'true'),
	(null, '(select count(*) from ledger.tail(0, 5))', '5'),
	(null, '(select count(*) from ledger.tail(0, 0))', '0'),
	(null, 'ledger.sequence() >= 0', 'true'),
	(null, 'select ledger.sequence() => (select count(*) from ledger.pending)', '0'),
	(null, '(select count(*) from ledger.check())', '2'),
	(null, '(select count(*) from ledger.history({org}, {b}, {f-draft}, null, 1))', '1'),
	(null, '(select count(*) from ledger.history({org}, {z}, {f-draft}, null, 1))', '0'),
	(null, 'ledger.open({org}, {a}, 0, null, 10) ? ''incarnation''', 'true'),
	(null,
		'update ledger.day set day = current_date; insert into ledger.day values ({org2}, current_date); select 1 => '
		'ledger.lapse()', 'org2'),
	(null, 'operator.restored() <> (select id from ledger.incarnation)', 'true'),
	(null, 'ledger.trim_reach(''1 day'')', '0'),
	(null, 'ledger.trim(0, null, 10) ->> ''removed''', '0'),
	(null, '(ledger.trim(1000000, null, 10) ->> ''removed'')::int', '0'),
	(null, 'select ledger.trim_reach(''-1 hour'') => (ledger.trim(1000000, null, 10) ->> ''removed'')::int', '10');
