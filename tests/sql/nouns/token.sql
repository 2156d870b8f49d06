-- What the noun token owes the tests (fixture/owed.sql).
insert into t.given values
	('token.list', '{}'),
	('token.revoke', '{"id": "own:token"}'),
	('token.revoke @stranger', t.of('token-h')),
	('token.create', jsonb_build_object('name', 'script', 'scope', '["read"]'::jsonb, 'expires_on', current_date + 30));
