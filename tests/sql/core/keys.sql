-- What sql/core/keys.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'app.me()', 'null'),
	('a', 'app.me()', 'a'),
	(null,
		'create table app.thing (id int); select app.born_locked(''app.thing'') => (select relrowsecurity and '
		'relforcerowsecurity from pg_class where relname = ''thing'')', 'true'),
	('+a', 'select auth.nobody() => app.me()', 'null'),
	(null, 'select auth.identify({a}, {x}, {org}, ''{auditor}'', current_date) => app.me()', 'a');
