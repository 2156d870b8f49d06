-- What the noun finding owes the tests (fixture/owed.sql).
insert into t.given values
	('finding.acknowledge', t.v('finding', 'f-issued')),
	('finding.answer', t.v('finding', 'f-observation', '{"answer": "accepted"}')),
	('finding.change @draft', t.v('finding', 'f-draft', jsonb_build_object('title', 'Changed', 'condition',
		'As seen twice.', 'requirements', t.list('9.2.1'), 'functions', t.list('backup'), 'addressed',
		t.id('backup')))),
	('finding.dispute', t.v('finding', 'f-issued', '{"reason": "It is in the other log."}')),
	('finding.draft', jsonb_build_object('part', t.id('part-backup'), 'title', 'Another', 'condition', 'As seen.',
		'requirements', t.list('9.2.1'), 'functions', t.list('backup'))),
	('finding.get @draft', t.of('f-draft')),
	('finding.get @shared', t.of('f-shared')),
	('finding.get @issued', t.of('f-issued')),
	('finding.get @action', t.of('f-accepted')),
	('finding.get @verifier', t.of('f-named')),
	('finding.get @cards', t.of('f-cards')),
	('finding.get @cards-draft', t.of('f-cards-draft')),
	('finding.grade @draft', t.v('finding', 'f-draft', jsonb_build_object('grade', 'major', 'answers',
		'{"requirement_unmet": true}'::jsonb, 'reason', 'It recurred.'))),
	('finding.grade_aid @draft', t.of('f-draft', jsonb_build_object('answers', '{"requirement_unmet": true}'::jsonb))),
	('finding.grade_aid @issued', t.of('f-issued', jsonb_build_object('answers',
		'{"requirement_unmet": true}'::jsonb))),
	('finding.grades @draft', t.of('f-draft')),
	('finding.grades @issued', t.of('f-issued')),
	('finding.issue @draft', t.v('finding', 'f-draft', '{"share_skipped": "Seen together."}')),
	('finding.list', '{"limit": 200}'),
	('finding.register', '{"limit": 200}'),
	('finding.name_signer', t.v('finding', 'f-pending', jsonb_build_object('person', t.id('e')))),
	('finding.name_verifier', t.v('finding', 'f-issued', jsonb_build_object('person', t.id('b')))),
	('finding.name_verifier @own', t.v('finding', 'f-access', jsonb_build_object('person', t.id('l')))),
	('finding.regrade @issued', t.v('finding', 'f-issued', '{"grade": "minor", "reason": "It is contained."}')),
	('finding.remark @draft', t.of('f-draft', '{"text": "So it is."}')),
	('finding.remark @shared', t.of('f-shared', '{"text": "There was one in February."}')),
	('finding.remark @issued', t.of('f-issued', '{"text": "There was one in February."}')),
	('finding.remark @disputed', t.of('f-disputed', '{"text": "There was one in February."}')),
	('finding.remarks @shared', t.of('f-shared')),
	('finding.remarks @issued', t.of('f-issued')),
	('finding.review @draft', t.v('finding', 'f-review')),
	('finding.share @draft', t.v('finding', 'f-draft')),
	('finding.sign @issued', t.v('finding', 'f-pending')),
	('finding.withdraw @draft', t.v('finding', 'f-draft', '{"reason": "Mistaken."}')),
	('finding.withdraw @issued', t.v('finding', 'f-issued', '{"reason": "Mistaken."}')),
	('finding.withdraw @disputed', t.v('finding', 'f-disputed', '{"reason": "Mistaken."}'));
insert into t.letters values
	('finding.list', 'd f-draft s f-shared i f-issued o f-accepted v f-named c f-cards k f-cards-draft'),
	('finding.register', 'd f-draft s f-shared i f-issued o f-accepted v f-named c f-cards k f-cards-draft');
insert into t.rows values
	('app.finding', 'd f-draft s f-shared i f-issued c f-cards v f-named o f-accepted');
insert into t.sheet values
	('app.finding', 'siu', 'XYPMC:ciov LA:all OS:c B:iosv D:ov E:v', 'A:diosv C:c L:all',
		'XYPMC:ciov LA:all OS:c B:iosv D:ov E:v', ''),
	('app.finding_cell', '', '', '', '', '');
insert into t.refused values
	('app.finding', 'finding_accuracy_or_reason',
		'issued_at = now(), issued_by = t.id(''b''), issued_on = current_date, grade = ''minor'', shared_at = null, '
		'share_skipped = null'),
	('app.finding', 'finding_addresses_one_of_its_functions', 'addressed = t.id(''payroll'')'),
	('app.finding', 'finding_functions_check', 'functions = array_fill(addressed, array[21])'),
	('app.finding', 'finding_impaired_person', 'impaired_at = now(), impaired_person = null'),
	('app.finding', 'finding_issued_is_graded',
		'issued_at = now(), issued_by = t.id(''b''), issued_on = current_date, grade = null, share_skipped = ''x'''),
	('app.finding', 'finding_number_check', 'number = 0'),
	('app.finding', 'finding_requirements_check', 'requirements = ''{}'''),
	('app.finding', 'finding_review_by_another', 'review_of = t.id(''n''), reviewed_by = t.id(''n'')');
insert into t.apart values
	('finding_organisation_audit_number_key'),
	('finding_organisation_reference_key');
insert into t.triggered values
	('app.finding', 'derive', 'update app.finding set shared_at = now() where id = t.id(''f-draft'')',
		'(select t.id(''backup'') = any (readers) from app.finding where id = t.id(''f-draft''))', 'true'),
	('app.finding', 'guard', 'update app.finding set state = ''closed'' where id = t.id(''f-draft'')', null, 'N2006'),
	('app.finding', 'b_readers',
		'update app.finding set owners = owners || t.id(''z'') where id = t.id(''f-accepted'')',
		'(select bool_and(t.id(''z'') = any (readers)) from app.action where finding = t.id(''f-accepted''))', 'true'),
	('app.finding', 'judged', 'update app.finding set graded_by = t.id(''d'') where id = t.id(''f-accepted'')', null,
		'S5'),
	('app.finding', 'named', 'update app.finding set verifier = t.id(''e'') where id = t.id(''f-issued'')',
		'exists (select from app.claim c where c.source = t.id(''f-issued'') and c.subject = t.id(''e'') and c.rule = '
		'''S1'' and c.object = t.id(''backup''))', 'true'),
	('app.finding', 'cells',
		'update app.finding set functions = functions || t.id(''restore'') where id = t.id(''f-draft'')',
		'(select count(*) from app.finding_cell where finding = t.id(''f-draft''))', '2');
insert into t.line_of (who, act, wanted) values
	('e', 'app.my_other_findings()', 'f-alone f-named'),
	('d', 'app.my_other_findings()', 'f-accepted f-drafted f-implemented f-named f-submitted'),
	('z', 'app.my_other_findings()', '{}'),
	(null, 'app.audience_finding({org}, {f-draft})', 'part-backup'),
	(null, 'app.audience_finding({org}, {f-shared})', 'backup part-backup'),
	(null, 'app.audience_finding({org}, {f-named})',
		'as administrator as management as programme_manager audit backup d e part-backup'),
	('b', '(app.finding_of({f-draft})).id', 'f-draft'),
	('ob', '(app.finding_of({f-draft})).id', 'null'),
	('b', '(app.finding_of(null)).id', 'null'),
	('m', '(app.remark_refusal((select f from app.finding f where id = {f-disputed}))).say', 'null'),
	('m', '(app.remark_refusal((select f from app.finding f where id = {f-issued}))).say', 'place.remark'),
	('ob', '(app.remark_refusal((select f from app.finding f where id = {f-issued}))).say', 'null'),
	(null, 'app.finding_state_today(''issued'', current_date - 1)', 'acknowledged'),
	(null, 'app.finding_state_today(''issued'', current_date)', 'issued'),
	(null, 'app.finding_state_today(''issued'', null)', 'issued'),
	(null, 'app.finding_state_today(''shared'', current_date - 1)', 'shared'),
	(null,
		'update app.finding set acknowledge_by = current_date - 1 where id = {f-issued}; select app.finding_sweep(100) '
		'=> (select state from app.finding where id = {f-issued})', 'acknowledged'),
	(null,
		'(select (s.acknowledge_by - ''2026-01-01'', s.containment_due - ''2026-01-01'', s.plan_due - ''2026-01-01'', '
		's.implementation_due - ''2026-01-01'') from app.start_clocks((select f from app.finding f where id = '
		'{f-issued}), ''2026-01-01'') s)', '(10,3,14,30)'),
	(null,
		'(select (s.acknowledge_by, s.dispute_by) from app.start_clocks((select jsonb_populate_record(f, ''{"grade": '
		'"strength"}'') from app.finding f where id = {f-issued}), ''2026-01-01'') s)', '(,)'),
	('ob', '(app.answerer_refusal((select f from app.finding f where id = {f-issued}))).say', 'null'),
	('a', '(app.answerer_refusal((select f from app.finding f where id = {f-issued}))).say', 's5.on_team'),
	('d', '(app.answerer_refusal((select f from app.finding f where id = {f-accepted}))).say', 'place.answerer'),
	('z', '(app.answerer_refusal(null)).say', 'not_found'),
	('b', '(app.judging_refusal({f-accepted})).say', 'null'),
	('c', '(app.judging_refusal({f-accepted})).say', 'place.team'),
	('z', '(app.judging_refusal({f-accepted})).say', 'not_found');
insert into t.line_of (who, act, wanted) values
	(null,
		'update app.finding set verifier = {e} where id = {f-draft} => (select {e} = any (readers) from app.finding '
		'where id = {f-draft})', 'false');
