-- What sql/rules/side.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null,
		'(select rule || '' '' || (data ->> ''function'') from app.side_reasons({org}, {o}, array[{backup}], {audit}))',
		'S1 backup'),
	(null, '(select rule || '' '' || (data ->> ''function'') from app.side_reasons({org}, {s}, array[{cards}], null))',
		'S2 cards'),
	(null, '(select count(*) from app.side_reasons({org}, {a}, array[{backup}], {audit}))', '0'),
	(null, '(select count(*) from app.side_reasons({org}, {o}, ''{}'', {audit}))', '0'),
	(null, '(select string_agg(rule, '' '') from app.on_side({org}, array[{o}, {a}], array[{backup}], ''(,)''))', 'S1'),
	(null, '(select count(*) from app.on_side({org}, array[{o}], array[{backup}], ''[1999-01-01,1999-02-01)''))', '0'),
	(null, '(select count(*) from app.on_side({org2}, array[{o}], array[{backup}], ''(,)''))', '0'),
	(null, 'app.cooling_off({org}) @> current_date and not app.cooling_off({org}) @> current_date + 2', 'true'),
	(null, 'app.audit_window({org}, null) = app.cooling_off({org})', 'true'),
	(null, 'upper_inf(app.audit_window({org}, {audit}))', 'true'),
	(null, '(select string_agg(rule, '' '') from app.certifier_reasons({org}, {k}, array[{cert}]))', 'S3'),
	(null, '(select count(*) from app.certifier_reasons({org}, {a}, array[{cert}]))', '0');
