-- What sql/core/keys.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'app.me()', 'null'),
	(null, 'app.folded(''Ärger IN Œuvre'')', 'arger in œuvre'),
	(null, 'app.folded(null)', 'null'),
	(null, 'app.by_numbers(''IA-2026-02-F-9'') < app.by_numbers(''IA-2026-02-F-10'')', 'true'),
	(null, 'app.by_numbers(''F'')', 'F'),
	(null, 'meta.list_text(''party'')',
		'app.folded(w.name::text || '' '' || w.legal_identifier::text)'),
	('a', 'app.me()', 'a'),
	(null,
		'create table app.thing (id int); select app.born_locked(''app.thing'') => (select relrowsecurity and '
		'relforcerowsecurity from pg_class where relname = ''thing'')', 'true'),
	('+a', 'select auth.nobody() => app.me()', 'null'),
	(null, 'select auth.identify({a}, {x}, {org}, ''{auditor}'', current_date) => app.me()', 'a');
