-- What sql/core/fingerprint.sql owes the tests (fixture/owed.sql).
insert into t.sheet values
	('app.fingerprint', '', '', '', '', '');
insert into t.refused values
	('app.fingerprint', 'fingerprint_digest_check', 'digest = ''x''');
insert into t.line_of (who, act, wanted) values
	(null, '(select count(*) from operator.check_fingerprint())', '0'),
	(null,
		'delete from app.fingerprint where object = ''schema app''; select 1 => (select string_agg(f, '','') from '
		'operator.check_fingerprint() f)', 'schema app was added since the last migration'),
	(null, 'operator.keep_fingerprint() = (select count(*) from operator.described())', 'true'),
	(null, 'operator.described_acl(null, ''f'', ''ninetwo_api''::regrole)', 'everybody=EXECUTE ninetwo_api=EXECUTE');
