-- What the noun responsibility owes the tests (fixture/owed.sql).
insert into app.responsibility (organisation, person, function, kind, standing, from_date)
	values (t.org(), t.id('u'), t.id('payroll'), 'operates', 'bars', current_date - 3);
select t.keep('r-said', r.id) from app.responsibility r where r.standing = 'bars' and r.person = t.id('u');
insert into t.given values
	('responsibility.confirm', t.v('responsibility', 'r-said')),
	('responsibility.assign', jsonb_build_object('person', t.id('u'), 'function', t.id('payroll'), 'kind', 'owns',
		'from_date', current_date)),
	('responsibility.assign @judging', jsonb_build_object('person', t.id('a'), 'function', t.id('backup'), 'kind',
		'monitors', 'from_date', current_date + 1)),
	('responsibility.end', t.v('responsibility', 'r-ob', t.ends())),
	('responsibility.get', t.of('r-ob')),
	('responsibility.list', '{}');
insert into t.letters values
	('responsibility.list', 'b r-ob c r-oc s r-sp');
insert into t.rows values
	('app.responsibility', 'b r-ob c r-oc s r-sp');
insert into t.sheet values
	('app.responsibility', 'siu', 'directory:all S:cs', 'directory:all S:cs', 'directory:all S:cs', '');
insert into t.refused values
	('app.responsibility', 'responsibility_check', 'until_date = from_date - 1');
insert into t.apart values
	('responsibility_one_owner');
insert into t.period values
	('responsibility', 'person, function, kind', 't.id(''z''), t.id(''payroll''), ''monitors''');
insert into t.triggered values
	('app.responsibility', 'derive',
		'insert into app.responsibility (organisation, person, function, kind, from_date) values (t.org(), '
		't.id(''a''), t.id(''backup''), ''monitors'', current_date)', null, 'S9');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_responsibility({org}, {r-ob})', 'as directory backup ob'),
	('x', '(app.responsibility_confirm_refusal((select r from app.responsibility r where id = {r-said}))).say', 'null'),
	('u', '(app.responsibility_confirm_refusal((select r from app.responsibility r where id = {r-said}))).say',
		's7.confirms_own'),
	('ob', '(app.responsibility_confirm_refusal((select r from app.responsibility r where id = {r-o}))).say',
		's7.confirms_bound'),
	('x', 'app.refuse_second_owner({backup}, daterange(current_date, null))', 'one_owner'),
	('x', 'app.refuse_second_owner({payroll}, daterange(current_date, null))', '');
