-- What the noun declaration owes the tests (fixture/owed.sql).
insert into t.given values
	('declaration.confirm', t.v('declaration', 'dec-a')),
	('declaration.get', t.of('dec-a')),
	('declaration.list', '{}'),
	('declaration.sign', jsonb_build_object('assignment', t.id('as-a'), 'statement', 'I am independent.'));
insert into t.letters values
	('declaration.list', 'a dec-a');
insert into t.rows values
	('app.declaration', 'a dec-a');
insert into t.sheet values
	('app.declaration', 'siu', 'XYPMLAC:all', 'XYPMLAC:all', 'XYPMLAC:all', '');
insert into t.apart values
	('declaration_current');
insert into t.triggered values
	('app.declaration', 'a_derive',
		'update app.assignment set first_act_on = null where id = t.id(''as-b''); insert into app.declaration '
		'(organisation, '
		'assignment, audit, person, functions, statement, lapsed_at) select organisation, id, audit, person, ''{}'', '
		'''x'', '
		'now() from app.assignment where id = t.id(''as-b'')',
		'(select first_act_on = current_date from app.assignment where id = t.id(''as-b''))', 'true'),
	('app.declaration', 'derive',
		'update app.declaration set lapsed_at = now(), lapse_reason = app.say(''lapse.signed_anew'') where assignment '
		'= t.id(''as-a'') and lapsed_at is null', 't.id(''part-backup'') = any (ledger.held(t.org(), t.id(''a'')))',
		'false');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_declaration({org}, {dec-a})', 'a as administrator as management as programme_manager audit'),
	('a', '(app.own_refusal({a}, ''declaration.sign_own'', ''{}'')).say', 'null'),
	('b', '(app.own_refusal({a}, ''declaration.sign_own'', ''{}'')).say', 'declaration.sign_own'),
	('b', 'app.sign_needs((select s from app.assignment s where s.id = {as-b}))', '{}'),
	('b', '(app.sign_needs((select s from app.assignment s where s.id = {as-h})))[1].say', 'state'),
	('b',
		'select app.declare_interest({audit}, ''other'', ''x'', {backup}) => (select description from app.interest '
		'where person = {b} and function = {backup} and kind = ''other'')', 'x'),
	('x', 'app.declaration_state((select d from app.declaration d where d.id = {dec-a}))', 'valid'),
	('x', 'app.declaration_state((select d from app.declaration d where d.id = {dec-prepared-b}))', 'lapsed');
