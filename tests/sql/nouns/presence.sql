-- What the noun presence owes the tests (fixture/owed.sql).
insert into t.given values
	('presence.set', jsonb_build_object('audit', t.id('audit'))),
	('presence.set @part', jsonb_build_object('audit', t.id('audit'), 'part', t.id('part-backup')));
