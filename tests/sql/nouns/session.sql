-- What the noun session owes the tests (fixture/owed.sql).
insert into t.given values
	('session.list', '{}'),
	('session.revoke', '{"id": "own:second"}'),
	('session.revoke @stranger', t.of('second-h')),
	('session.close', '{}'),
	('session.current', '{}'),
	('session.open', '{}'),
	('session.set_password', '{"code": "AAAAA-AAAAA-AAAAA-AAAAA", "password": "correct horse battery staple 92"}');
insert into t.rows values
	('auth.session', 'a second-a x second-x');
insert into t.sheet values
	('auth.session', 's', 'A:a X:x', '', '', '');
insert into t.refused values
	('auth.session', 'ended_for_a_reason', 'ended_at = now(), ended_by = null'),
	('auth.session', 'session_agent_check', 'agent = repeat(''x'', 201)'),
	('auth.session', 'session_digest_check', 'digest = ''x'''),
	('auth.session', 'session_ended_by_check', 'ended_at = now(), ended_by = ''boredom'''),
	('auth.session', 'session_kind_check', 'kind = ''cookie'', name = null, scope = null'),
	('auth.session', 'session_name_check', 'name = '''', kind = ''token'', scope = ''{read}'''),
	('auth.session', 'session_scope_check', 'name = ''x'', kind = ''token'', scope = ''{}'''),
	('auth.session', 'token_has_name_and_scope', 'name = ''x'', kind = ''token'', scope = null');
insert into t.apart values
	('session_digest_key');
