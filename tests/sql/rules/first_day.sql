-- What sql/rules/first_day.sql owes the tests (fixture/owed.sql).
insert into t.triggered values
	('app.audit', 'first_day',
		'update app.audit set starts_on = current_date + 1, ends_on = current_date + 9 where id = '
		't.id(''audit'')', null, 'S1'),
	('app.evidence_request', 'first_day',
		'update app.audit set starts_on = current_date + 1, ends_on = current_date + 9 '
		'where id = t.id(''audit-planned''); insert into app.evidence_request (organisation, audit, part, function, '
		'number, '
		'reference, asked, state, submitted_by, submitted_at, raised_by) select organisation, audit, id, '
		't.id(''backup''), 900, ''R-900'', ''x'', '
		'''submitted'', t.id(''ob''), now(), t.id(''a'') from app.part where audit = t.id(''audit-planned'') limit 1; '
		'update '
		'app.evidence_request '
		'set state = ''accepted'', decided_by = t.id(''a'') where reference = ''R-900''', null, 'S1');
insert into t.line_of (who, act, wanted) values
	(null, '(app.first_day_refusal(current_date, {audit})).say', 'null'),
	(null, '(app.first_day_refusal(current_date + 1, {audit})).say', 's1.first_day'),
	(null, '(app.audit_begins({audit})).say', 'null'),
	(null,
		'update app.audit set starts_on = current_date + 1, ends_on = current_date + 9 where id = {audit-planned} => '
		'(app.audit_begins({audit-planned})).say', 's1.first_day');
