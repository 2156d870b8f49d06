-- What sql/rules/s4_waits.sql owes the tests (fixture/owed.sql).
insert into t.triggered values
	('app.arrangement', 'waiting',
		'insert into app.arrangement (organisation, audit, verb, subject, maker, on_day) values (t.org(), '
		't.id(''audit-fresh''), ''audit.plan'', t.id(''audit-fresh''), t.id(''ob''), current_date)',
		'(select bool_or(waits_since is not null) from app.arrangement where audit = t.id(''audit-fresh''))', 'true'),
	('app.responsibility', 'waiting',
		'insert into app.responsibility (organisation, person, function, kind, from_date) values (t.org(), '
		't.id(''x''), t.id(''backup''), ''monitors'', current_date - 1)',
		'(select bool_or(waits_since is not null) from app.arrangement where audit = t.id(''audit-fresh''))', 'true'),
	('app.affiliation', 'waiting',
		'insert into app.operation (organisation, function, party, from_date) values (t.org(), '
		't.id(''backup''), t.id(''twin''), current_date); insert into app.affiliation (organisation, person, '
		'party, kind, from_date) values (t.org(), t.id(''x''), t.id(''twin''), ''employed'', current_date - '
		'1)',
		'(select bool_or(waits_since is not null) from app.arrangement where audit = t.id(''audit-fresh''))', 'true'),
	('app.operation', 'waiting',
		'insert into app.affiliation (organisation, person, party, kind, from_date) values (t.org(), '
		't.id(''x''), t.id(''twin''), ''employed'', current_date - 1); insert into app.operation '
		'(organisation, function, party, from_date) values (t.org(), t.id(''backup''), t.id(''twin''), '
		'current_date)',
		'(select bool_or(waits_since is not null) from app.arrangement where audit = t.id(''audit-fresh''))', 'true'),
	('app.party', 'waiting',
		'insert into app.party (organisation, id, name, legal_identifier, kinds) values (t.org(), '
		'''01900000-0000-7000-8000-00000000000b'', ''Triplet'', ''T3'', ''{supplier}''); insert into '
		'app.affiliation (organisation, person, party, kind, from_date) values (t.org(), t.id(''x''), '
		'''01900000-0000-7000-8000-00000000000b'', ''employed'', current_date - 1); insert into '
		'app.operation (organisation, function, party, from_date) values (t.org(), t.id(''backup''), '
		't.id(''twin''), current_date); update app.party set affiliates = '
		'''01900000-0000-7000-8000-00000000000a'' where legal_identifier = ''T3''',
		'(select bool_or(waits_since is not null) from app.arrangement where audit = t.id(''audit-fresh''))', 'true'),
	('app.function', 'waiting',
		'insert into app.function (organisation, id, reference, name) values (t.org(), '
		'''01900000-0000-7000-8000-00000000000c'', ''F-99'', ''Ninety-nine''); insert into app.responsibility '
		'(organisation, person, function, kind, from_date) values (t.org(), t.id(''x''), '
		'''01900000-0000-7000-8000-00000000000c'', ''monitors'', current_date - 1); update app.function set parent = '
		't.id(''backup'') where reference = ''F-99''',
		'(select bool_or(waits_since is not null) from app.arrangement where audit = t.id(''audit-fresh''))', 'true'),
	('app.succession', 'waiting',
		'insert into app.responsibility (organisation, person, function, kind, from_date) values (t.org(), '
		't.id(''x''), t.id(''payroll''), ''monitors'', current_date - 1); insert into app.succession '
		'(organisation, predecessor, successor, on_date) values (t.org(), t.id(''payroll''), '
		't.id(''backup''), current_date)',
		'(select bool_or(waits_since is not null) from app.arrangement where audit = t.id(''audit-fresh''))', 'true'),
	('app.part_function', 'waiting',
		'insert into app.responsibility (organisation, person, function, kind, from_date) values (t.org(), '
		't.id(''x''), t.id(''payroll''), ''monitors'', current_date - 1); insert into app.part_function '
		'(organisation, part, function, audit) values (t.org(), t.id(''part-fresh''), t.id(''payroll''), '
		't.id(''audit-fresh''))',
		'(select bool_or(waits_since is not null) from app.arrangement where audit = t.id(''audit-fresh''))', 'true'),
	('app.audit', 'waiting',
		'insert into app.responsibility (organisation, person, function, kind, from_date, until_date) values '
		'(t.org(), t.id(''x''), t.id(''backup''), ''monitors'', current_date - 800, current_date - 500); '
		'update app.responsibility set counts_until = until_date where person = t.id(''x'') and until_date = '
		'current_date - 500; update app.audit set audited_from = current_date - 700 where id = '
		't.id(''audit-fresh'')',
		'(select bool_or(waits_since is not null) from app.arrangement where audit = t.id(''audit-fresh''))', 'true');
insert into t.line_of (who, act, wanted) values
	(null,
		'(select app.deciders(a) from app.arrangement a where a.audit = {audit-fresh} and a.verb = ''audit.plan'')',
		'p'),
	(null, '(select count(*) from app.waiting({org}, array[{audit-fresh}]))', '0'),
	(null, '(select count(*) from app.waiting({org}, array[{audit-waits}]))', '1'),
	(null, '(select count(*) from app.waiting({org2}, array[{audit-waits}]))', '0'),
	(null, 'update app.arrangement set waits_since = null where audit = {audit-waits}; select '
		'app.arrangements_again({org}, array[{audit-waits}]) => (select bool_and(waits_since is not null) from '
		'app.arrangement where audit = {audit-waits})', 'true'),
	(null, 'app.arrangements_again({org}, null)', ''),
	(null, '{audit-waits} = any (app.arranged_by({org}, array[{y}]))', 'true'),
	(null, 'app.arranged_by({org}, array[{z}])', '{}'),
	(null, '{audit-waits} = any (app.open_audits({org}))', 'true'),
	(null, '{audit-published} = any (app.open_audits({org}))', 'false'),
	(null, '(select count(*) from app.check_waiting())', '0'),
	(null, 'array(select app.waits_for({org}, {audit-waits}))', 'y'),
	(null, '(app.waits_refusal({org}, {audit-waits}, ''audit.waits'')).say', 'audit.waits'),
	(null, '(app.waits_refusal({org}, {audit-fresh}, ''audit.waits'')).say', 'null'),
	('m', '{m} = any (app.free_signers({audit-waits}, {y})) and not {m} = any (app.free_signers({audit-waits}, {m}))',
		'true'),
	('m', '(app.countersign_refusal({audit-waits}, {y})).say', 'null'),
	('m', '(app.countersign_refusal({audit-waits}, {m})).say', 's4.decides_own'),
	('m', '(app.nothing_waits_refusal({audit-fresh}, {y})).say', 's4.nothing_waits'),
	('m', '(app.nothing_waits_refusal({audit-waits}, null)).say', 'null'),
	('m', 'select app.settle({audit-waits}, {y}) => (select count(*) from app.waits_for({org}, {audit-waits}))', '0');
