-- What the noun invitation owes the tests (fixture/owed.sql).
insert into t.given values
	('invitation.list', '{}');
insert into t.letters values
	('invitation.list', 'i invitation');
insert into t.rows values
	('auth.invitation', 'u invitation');
insert into t.sheet values
	('auth.invitation', 's', 'XY:all', '', '', '');
insert into t.refused values
	('auth.invitation', 'invitation_digest_check', 'digest = ''x'''),
	('auth.invitation', 'invitation_kind_check', 'kind = ''gift'''),
	('auth.invitation', 'sent_has_code', 'state = ''sent'', digest = null');
insert into t.apart values
	('invitation_digest_key'),
	('invitation_one_open');
insert into t.triggered values
	('auth.invitation', 'guard',
		'update auth.invitation set state = ''used''; update auth.invitation set state = ''replaced''', null, 'N2006');
insert into t.line_of (who, act, wanted) values
	(null, 'app.invite_refusal({z})', 'null'),
	(null, '(app.invite_refusal({m})).say', 'invitation.management'),
	(null, 'auth.open_invitation(sha256(''unknown''))', 'code'),
	(null,
		'update auth.invitation set state = ''sent'', expires_at = now() + interval ''1 day'' where id = {invitation}; '
		'select auth.open_invitation(sha256(''a code'')) => 1', '1'),
	(null,
		'update auth.invitation set state = ''sent'', expires_at = now() where id = {invitation}; select '
		'auth.open_invitation(sha256(''a code'')) => 1', 'code'),
	(null, 'auth.ask_invitation({u}, {org}) is not null', 'true'),
	(null, 'auth.ask_invitation({m}, {org})', 'management');
