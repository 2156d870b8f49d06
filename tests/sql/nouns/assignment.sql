-- What the noun assignment owes the tests (fixture/owed.sql).
insert into t.given values
	('assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id('e'), 'role', 'auditor', 'part',
		t.id('part-backup'))),
	('assignment.assign @operator', jsonb_build_object('audit', t.id('audit'), 'person', t.id('o'), 'role', 'auditor',
		'part', t.id('part-backup'))),
	('assignment.assign @supplier', jsonb_build_object('audit', t.id('audit'), 'person', t.id('s'), 'role', 'auditor',
		'part', t.id('part-cards'))),
	('assignment.assign @certifier', jsonb_build_object('audit', t.id('audit'), 'person', t.id('k'), 'role', 'auditor',
		'part', t.id('part-backup'))),
	('assignment.assign @planner', jsonb_build_object('audit', t.id('audit'), 'person', t.id('p'), 'role', 'auditor',
		'part', t.id('part-backup'))),
	('assignment.assign @lead', jsonb_build_object('audit', t.id('audit'), 'person', t.id('e'), 'role', 'lead')),
	('assignment.end', t.v('assignment', 'as-b', '{"reason": "She is needed elsewhere."}')),
	('assignment.get', t.of('as-b')),
	('assignment.list', '{}');
insert into t.letters values
	('assignment.list', 'b as-b h as-h');
insert into t.rows values
	('app.assignment', 'b as-b c as-c');
insert into t.sheet values
	('app.assignment', 'siu', 'XYPMLACBOS:all', 'XYPMLACBOS:all', 'XYPMLACBOS:all', '');
insert into t.refused values
	('app.assignment', 'assignment_check', 'role = ''lead'', part = t.id(''part-backup'')');
insert into t.apart values
	('assignment_once'),
	('assignment_one_lead');
insert into t.triggered values
	('app.assignment', 'derive',
		'insert into app.assignment (organisation, audit, part, person, role, assigned_on, assigned_by) values '
		'(t.org(), t.id(''audit''), t.id(''part-backup''), t.id(''o''), ''auditor'', current_date, t.id(''x''))', null,
		'S1'),
	('app.assignment', 'hands',
		'insert into app.assignment (organisation, audit, part, person, role, assigned_on, assigned_by) values '
		'(t.org(), t.id(''audit''), t.id(''part-access''), t.id(''d''), ''auditor'', current_date, t.id(''x''))', null,
		'S5');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_assignment({org}, {as-b}) @> app.audience_audit({org}, {audit})', 'true'),
	('x', 'app.require_covered((select a from app.audit a where a.id = {audit}))', ''),
	('+x',
		'select set_config(''session_replication_role'', ''replica'', true); update app.competence set valid_until = '
		'current_date => app.require_covered((select a from app.audit a where a.id = {audit}))', 'S12'),
	('x', 'app.assignment_state((select s from app.assignment s where s.id = {as-b}))', 'active'),
	('x', 'app.assignment_state((select s from app.assignment s where s.id = {as-h}))', 'ended'),
	('p', '(app.ending_proposer_refusal((select s from app.assignment s where s.id = {as-n}))).say', 'null'),
	('x', '(app.ending_proposer_refusal((select s from app.assignment s where s.id = {as-n}))).say', 'null');
