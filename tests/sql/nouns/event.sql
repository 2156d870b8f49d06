-- What the noun event owes the tests (fixture/owed.sql).
insert into t.given values
	('event.list @draft', jsonb_build_object('subject', t.id('f-draft'))),
	('event.list @shared', jsonb_build_object('subject', t.id('f-shared'))),
	('event.list @issued', jsonb_build_object('subject', t.id('f-issued'))),
	('event.list @papers', jsonb_build_object('subject', t.id('check'))),
	('events.subscribe', '{}'),
	('events.unsubscribe', '{}');
insert into t.letters values
	('event.list @draft', 'd f-draft'),
	('event.list @shared', 's f-shared'),
	('event.list @issued', 'i f-issued'),
	('event.list @papers', 'p check');
