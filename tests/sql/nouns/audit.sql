-- What the noun audit owes the tests (fixture/owed.sql).
create function t.plan_of_audit() returns jsonb language sql as $plan$
	select jsonb_build_object('title', 'Backup, access and card data', 'objective', 'Determine conformity',
		'scope', 'Three functions', 'criteria', 'ISO/IEC 27001:2022', 'starts_on', current_date,
		'ends_on', current_date + 6, 'audited_from', current_date - 365, 'sites', '["Head office"]'::jsonb,
		'methods', '["on_site"]'::jsonb, 'timetable', '[{"at": "day 1", "what": "Opening meeting"}]'::jsonb)
$plan$;
select t.make('audit-waits', 'y', 'audit.plan', t.plan_of_audit() || jsonb_build_object('kind', 'internal',
	'requirements', t.list('A.8.13'), 'parts', jsonb_build_array(jsonb_build_object('title', 'All', 'functions',
	t.list('access')))));
insert into t.given values
	('audit.countersign', t.v('audit', 'audit-waits', jsonb_build_object('person', t.id('y')))),
	('audit.countersign @nothing', t.v('audit', 'audit-fresh', jsonb_build_object('person', t.id('y')))),
	('audit.cancel', t.v('audit', 'audit', '{"reason": "The scope is sold."}')),
	('audit.close', t.v('audit', 'audit-published')),
	('audit.conclude', t.v('audit', 'audit', '{"conclusion": "Mostly fulfilled."}')),
	('audit.eligible', t.of('audit')),
	('audit.get', t.of('audit')),
	('audit.list', '{}'),
	('audit.name_recipient', t.v('audit', 'audit', jsonb_build_object('recipient', t.id('m2')))),
	('audit.plan', t.plan_of_audit() || jsonb_build_object('kind', 'internal', 'requirements', t.list('A.8.13'),
		'parts', jsonb_build_array(jsonb_build_object('title', 'All', 'functions', t.list('backup', 'access'))))),
	('audit.prepare', t.v('audit', 'audit-planned')),
	('audit.send_plan', t.v('audit', 'audit-planned')),
	('audit.set_functions', t.v('audit', 'audit', jsonb_build_object('part', t.id('part-cards'), 'functions',
		t.list('cards'), 'reason', 'As before.'))),
	('audit.start_fieldwork', t.v('audit', 'audit-prepared')),
	('audit.start_reporting', t.left('audit')),
	('audit.start_reporting @uncovered', t.v('audit', 'audit')),
	('audit.update', t.v('audit', 'audit', t.plan_of_audit() || '{"reason": "A day more."}'));
insert into t.letters values
	('audit.list', 'f audit r audit-published');
insert into t.rows values
	('app.audit', 'f audit n audit-fresh'),
	('app.part', 'b part-backup n part-fresh');
insert into t.rows_where values
	('app.part_function', 'b', 'part = t.id(''part-backup'')'),
	('app.part_function', 'n', 'part = t.id(''part-fresh'')'),
	('app.audit_requirement', 'f', 'audit = t.id(''audit'')'),
	('app.audit_requirement', 'n', 'audit = t.id(''audit-fresh'')');
insert into t.sheet values
	('app.audit', 'siu', 'XYPMAB:all LCOS:f', 'XYPMAB:all LCOS:f', 'XYPMAB:all LCOS:f', ''),
	('app.audit_plan_version', 'siu', 'XYPMLACBOS:all', 'XYPMLACBOS:all', 'XYPMLACBOS:all', ''),
	('app.audit_requirement', 'siud', 'XYPMAB:all LCOS:f', 'XYPMAB:all LCOS:f', 'XYPMAB:all LCOS:f',
		'XYPMAB:all LCOS:f'),
	('app.part', 'siu', 'XYPMAB:all LCOS:b', 'XYPMAB:all LCOS:b', 'XYPMAB:all LCOS:b', ''),
	('app.part_function', 'siud', 'XYPMAB:all LCOS:b', 'XYPMAB:all LCOS:b', 'XYPMAB:all LCOS:b', 'XYPMAB:all LCOS:b');
insert into t.refused values
	('app.audit', 'audit_check', 'ends_on = starts_on - 1'),
	('app.audit', 'audit_check1', 'audited_from = starts_on + 1');
insert into t.apart values
	('audit_organisation_reference_key'),
	('part_organisation_audit_id_key'),
	('part_organisation_audit_ordinal_key');
insert into t.triggered values
	('app.audit', 'derive', 'update app.audit set ended_on = current_date where id = t.id(''audit'')',
		'exists (select from app.claim c where c.source = t.id(''as-a'') and c.rule = ''S1'' and c.side = ''judges'')',
		'false'),
	('app.part_function', 'derive',
		'insert into app.responsibility (organisation, person, function, kind, from_date) values (t.org(), '
		't.id(''a''), t.id(''payroll''), ''monitors'', current_date); insert into app.part_function (organisation, '
		'part, function, audit) values (t.org(), t.id(''part-backup''), t.id(''payroll''), t.id(''audit''))', null,
		'S1'),
	('app.audit', 'guard', 'update app.audit set state = ''released'' where id = t.id(''audit'')', null, 'N2006'),
	('app.part_function', 'changed_within',
		'insert into app.part_function (organisation, part, function, audit) values (t.org(), t.id(''part-cards''), '
		't.id(''payroll''), t.id(''audit''))', t.says('part', 'part-cards'), 'true'),
	('app.audit_requirement', 'changed_within', 'delete from app.audit_requirement where audit = t.id(''audit-fresh'')',
		t.says('audit', 'audit-fresh'), 'true');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_audit({org}, {audit-fresh})',
		'a as administrator as management as programme_manager audit-fresh backup restore'),
	(null, 'app.audience_part({org}, {part-fresh})',
		'a as administrator as management as programme_manager audit-fresh backup restore'),
	(null, 'app.content_audit((select to_jsonb(a) from app.audit a where a.id = {audit-prepared})) -> ''plan_version''',
		'2'),
	(null, 'app.content_part((select to_jsonb(p) from app.part p where p.id = {part-backup})) -> ''functions''',
		'["backup"]');
