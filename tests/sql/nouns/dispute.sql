-- What the noun dispute owes the tests (fixture/owed.sql).
insert into t.given values
	('dispute.decide', t.v('dispute', 'dispute-disputed',
		'{"decision": "upheld", "reason": "The other log lacks it."}')),
	('dispute.decide @lead', t.v('dispute', 'dispute-lead',
		'{"decision": "upheld", "reason": "The other log lacks it."}')),
	('dispute.decide @named', t.v('dispute', 'dispute-alone',
		'{"decision": "upheld", "reason": "Half of them lack."}')),
	('dispute.get', t.of('dispute-disputed')),
	('dispute.list', jsonb_build_object('finding', t.id('f-disputed'))),
	('dispute.name_decider', t.v('dispute', 'dispute-disputed', jsonb_build_object('person', t.id('e')))),
	('dispute.name_decider @alone', t.v('dispute', 'dispute-alone', jsonb_build_object('person', t.id('e'))));
insert into t.letters values
	('dispute.list', 'b dispute-disputed');
insert into t.rows values
	('app.dispute', 'b dispute-disputed e dispute-alone');
insert into t.sheet values
	('app.dispute', 'siu', 'XYPMLAC:all B:b E:e', 'XYPMLAC:all B:b E:e', 'XYPMLAC:all B:b E:e', '');
insert into t.refused values
	('app.dispute', 'dispute_decided',
		'state = ''decided'', decision = ''upheld'', decided_by = null, decision_reason = ''x''');
insert into t.apart values
	('dispute_once');
insert into t.triggered values
	('app.dispute', 'guard',
		'update app.dispute set state = ''stands'' where id = t.id(''dispute-disputed''); update app.dispute set state '
		'= ''open'' where id = t.id(''dispute-disputed'')', null, 'N2006'),
	('app.dispute', 'judged',
		'update app.dispute set state = ''decided'', decision = ''upheld'', decision_reason = ''x'', decided_by = '
		't.id(''c'') where id = t.id(''dispute-disputed'')',
		'(select side from app.claim where rule = ''S5'' and subject = t.id(''c'') and object = t.id(''f-disputed''))',
		'judges');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_dispute({org}, {dispute-alone}) = app.audience_finding({org}, {f-alone})', 'true');
