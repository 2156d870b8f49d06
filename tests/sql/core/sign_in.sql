-- What sql/core/sign_in.sql owes the tests (fixture/owed.sql).
insert into t.sheet values
	('auth.attempt', '', '', '', '', ''),
	('auth.credential', '', '', '', '', ''),
	('auth.pepper', '', '', '', '', '');
insert into t.refused values
	('auth.credential', 'credential_salt_check', 'salt = ''0123456789abcde'''),
	('auth.credential', 'credential_verifier_check', 'verifier = ''x'''),
	('auth.pepper', 'pepper_one_check', 'one = false');
insert into t.line_of (who, act, wanted) values
	(null, 'auth.account_subject(''A@x.org'') = auth.account_subject(''a@X.ORG'')', 'true'),
	(null, 'auth.account_subject(null)', 'null'),
	(null, 'auth.address_subject(''2001:db8::1'') = auth.address_subject(''2001:db8::2'')', 'true'),
	(null, 'auth.address_subject(''192.0.2.1'') = auth.address_subject(''192.0.2.2'')', 'false'),
	(null, 'auth.address_subject(''2001:db8:0:1::1'') = auth.address_subject(''2001:db8:0:2::1'')', 'false'),
	('+a', 'auth.add_token(sha256(''t''), ''script'', ''{read}'', current_date + 1) is not null', 'true'),
	(null, 'auth.add_token(sha256(''t''), ''script'', ''{read}'', current_date + 1)', 'token'),
	(null, 'auth.add_token(null, ''script'', ''{read}'', current_date + 1)', 'token'),
	(null, E'select auth.take_counter(''\\x01''), auth.count_failure(''\\x01'', -9) => auth.wait_ms(''\\x01'') > 0',
		'true'),
	(null, E'select auth.take_counter(''\\x01''), auth.count_failure(''\\x01'', 9) => auth.wait_ms(''\\x01'')', '0'),
	(null, 'auth.wait_ms(null)', '0'),
	(null, E'select auth.take_counter(''\\x02'') => (select failures from auth.attempt where subject = ''\\x02'')',
		'0'),
	(null, 'auth.disable({a}) > 1', 'true'),
	(null,
		'select auth.disable({u}) => (select count(*) from auth.invitation where person = {u} and state in '
		'(''waiting'', ''sent''))', '0'),
	(null, 'auth.disable(null)', '0'),
	('+a', 'auth.end_my_session({second-a})', '1'),
	('+a', 'auth.end_my_session({second-x})', '0'),
	(null, 'auth.end_sessions({a}, {second-a}, ''revoked'')', '1'),
	(null, 'auth.end_sessions({a}, {second-x}, ''revoked'')', '0'),
	(null, 'auth.end_sessions({a}, null, ''boredom'')',
		'23514 new row for relation "session" violates check constraint "session_ended_by_check"'),
	(null, '(auth.shown_invitation({invitation})).kind', 'invitation'),
	(null, '(auth.shown_invitation({a})).kind', 'null'),
	(null, 'auth.sweep(''sessions'', ''1 day'', 100)', '0'),
	(null, 'auth.sweep(''nothing'', ''1 day'', 100)', '20000 case not found'),
	(null,
		'update auth.session set ended_at = now() - interval ''2 days'', ended_by = ''revoked'' where id = {second-a}; '
		'select auth.sweep(''sessions'', ''1 day'', 100) => (select count(*) from auth.session where id = {second-a})',
		'0'),
	(null, '(select count(*) from auth.check())', '0');
