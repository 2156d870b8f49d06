-- What the noun audit_steps owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	('l',
		'select app.audit_move({audit-prepared}, ''fieldwork'') => (select state from app.audit where id = '
		'{audit-prepared} and fieldwork_at = now())', 'fieldwork'),
	('l', 'app.audit_move({audit}, ''released'')', 'N2006'),
	('l', 'app.competence_needs((select a from app.audit a where a.id = {audit}))', '{}'),
	('x',
		'array(select n.data ->> ''verb'' from unnest(app.prepare_needs((select a from app.audit a where a.id = '
		'{audit-fresh}))) n)', '{declaration.sign,confirmation.give,audit.update,audit.send_plan}'),
	('x',
		'array(select n.data ->> ''verb'' from unnest(app.reporting_needs((select a from app.audit a where a.id = '
		'{audit-fresh}), null)) n)', '{check.prepare}'),
	('l',
		'app.reporting_needs((select a from app.audit a where a.id = {audit}), '
		'jsonb_build_array(jsonb_build_object(''requirement'', {9.2.1}, ''reason'', ''No time.'')))', '{}'),
	('l',
		'array(select n.data ->> ''verb'' from unnest(app.close_needs((select a from app.audit a where a.id = '
		'{audit}))) n)', '{finding.name_verifier}'),
	('l', 'app.close_needs((select a from app.audit a where a.id = {audit-fresh}))', '{}');
insert into t.line_of (who, act, wanted, given) values
	('l', 'app.close_needs((select a from app.audit a where a.id = {audit}))', '{}',
		'update app.finding set verifier = {e} where audit = {audit}');
