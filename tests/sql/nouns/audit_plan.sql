-- What the noun audit_plan owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	('p', 'app.audit_next_reference(''internal'', ''2031-01-31'')', 'IA-2031-01'),
	('p', 'app.audit_next_reference(''supplier'', ''2031-01-31'')', 'SA-2031-01'),
	('p', 'app.audit_next_reference(''internal'', current_date) <> all (array(select reference from app.audit))',
		'true'),
	('p', 'app.require_functions(array[{backup}, {cards}])', ''),
	('p', 'app.require_functions(array[{backup}, {a}])', 'N2004'),
	('p', 'app.require_dates(current_date, current_date, current_date)', ''),
	('p', 'app.require_dates(current_date, current_date - 1, current_date)', 'N2602'),
	('p', 'app.require_dates(current_date, current_date, current_date + 1)', 'N2602'),
	('p', '(app.arranger_refusal({audit})).say', 'null'),
	('y', '(app.arranger_refusal({audit})).say', 's4.responsible'),
	('p', 'app.keep_plan((select a from app.audit a where a.id = {audit}), null)', 'N2602'),
	('p', 'app.keep_plan((select a from app.audit a where a.id = {audit-fresh}), null)', ''),
	('p',
		'select app.keep_plan((select a from app.audit a where a.id = {audit}), ''A day more.'') => (select plan #> '
		'''{parts,0,functions}'' from app.audit_plan_version where audit = {audit} and reason = ''A day more.'')',
		'["backup"]');
