-- What sql/rules/s7_declaration.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	('ob', 'app.answers_for({backup})', 'true'),
	('ob', 'app.answers_for({restore})', 'true'),
	('o', 'app.answers_for({backup})', 'false'),
	('ob', 'app.answers_for(null)', 'false'),
	(null, 'app.answers_for({backup})', 'false'),
	(null, 'array(select app.unconfirmed_functions({org}, {audit-fresh}))', 'backup'),
	(null, 'array(select app.unconfirmed_functions({org}, {audit}))', '{}'),
	(null,
		'update app.certification set kind = ''attestation'', party = {firm} where id = {cert}; select '
		'app.derive_attestation_interests({org}, {firm}) => (select distinct person from app.interest where kind = '
		'''attestation'')', 'l'),
	(null,
		'select app.lapse_declarations({org}, array[{cards}], app.say(''lapse.signed_anew'')) => exists (select from '
		'app.declaration where assignment = {as-c} and app.said(lapse_reason) = ''Signed anew.'')', 'true'),
	(null,
		'select app.lapse_declarations({org}, array[{payroll}], app.say(''s4.proposes'')) => exists (select from '
		'app.declaration where lapse_reason ->> ''id'' = ''s4.proposes'')', 'false'),
	('b',
		'app.declared_responsibility((select s from app.assignment s where s.id = {as-b}), '
		'jsonb_build_object(''function'', {payroll}, ''kind'', ''operates'', ''from_date'', current_date))', 'N2602'),
	('b',
		'select app.declared_responsibility((select s from app.assignment s where s.id = {as-b}), '
		'jsonb_build_object(''function'', {restore}, ''kind'', ''operates'', ''from_date'', current_date - 9)) => '
		'(select kind from app.responsibility where person = {b})', 'operates'),
	('b',
		'app.declared_responsibility((select s from app.assignment s where s.id = {as-b}), '
		'jsonb_build_object(''function'', {backup}, ''kind'', ''operates'', ''from_date'', current_date + 1))',
		'N2602');
