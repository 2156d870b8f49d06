-- What the noun membership owes the tests (fixture/owed.sql).
insert into t.given values
	('membership.end', t.v('membership', 'membership-u', t.ends())),
	('membership.end @management', t.v('membership', 'membership-m2', t.ends())),
	('membership.get', t.of('membership-ob')),
	('membership.grant', jsonb_build_object('person', t.id('u'), 'role', 'programme_manager')),
	('membership.grant @management', jsonb_build_object('person', t.id('u'), 'role', 'management')),
	('membership.grant @pair', jsonb_build_object('person', t.id('a'), 'role', 'administrator')),
	('membership.list', '{}');
insert into t.letters values
	('membership.list', 'b membership-ob s membership-sp v membership-v w membership-w');
insert into t.rows values
	('app.membership', 'b membership-ob s membership-sp v membership-v');
insert into t.rows_where values
	('app.membership', 'q', 'person = t.id(''q'')');
insert into t.sheet values
	('app.membership', 'siu', 'directory:bsv R:q S:s V:v', 'directory:bsv R:q S:s V:v', 'directory:bsv R:q S:s V:v',
		'');
insert into t.refused values
	('app.membership', 'membership_check', 'until_date = from_date - 1'),
	('app.membership', 'membership_check1', 'role = ''observer'', party = null');
insert into t.apart values
	('membership_organisation_person_role_held_excl');
insert into t.period values
	('membership', 'person, role', 't.id(''z''), ''management''');
insert into t.triggered values
	('app.membership', 'derive',
		'insert into app.membership (organisation, person, role, from_date) values (t.org(), t.id(''a''), '
		'''administrator'', current_date)', null, 'roles');
insert into t.line_of (who, act, wanted) values
	('x', 'app.management_needs(''auditor'', ''membership.management_given'')', 'null'),
	('x', '(app.management_needs(''management'', ''membership.management_given''))[1].say',
		'membership.management_given'),
	('m', 'app.management_needs(''management'', ''membership.management_given'')', 'null'),
	(null, 'app.audience_membership({org}, {membership-ob})', 'as directory ob');
