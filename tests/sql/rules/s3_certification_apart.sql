-- What sql/rules/s3_certification_apart.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'app.lengthened(''[2026-01-31,2026-03-31)'', 24)', '[2024-01-31,2028-03-31)'),
	(null, 'app.lengthened(''[2026-03-31,)'', 1)', '[2026-02-28,)'),
	(null, 'app.lengthened(''(,)'', 24)', '(,)'),
	(null, 'app.lengthened(''empty'', 24)', 'empty'),
	(null, 'app.lengthened(null, 24)', 'null'),
	(null, '(select string_agg(distinct rule || '' '' || side, '' '') from app.claims_of_certification({org}, {cert}))',
		'S3 certifies'),
	(null, '(app.explain_certifies({org}, {cert}, {body}, {k}, {audit})).rule', 'S3'),
	(null,
		'delete from app.claim where source = {cert}; select app.certification_claims_again({org}, {body}, false, '
		'current_date) => (select count(*) > 0 from app.claim where source = {cert})', 'true');
insert into t.line_of (who, act, wanted, given) values
	(null, '(select count(*) from app.claims_of_certification({org}, {cert}) where subject = {rival})', '1',
		'insert into app.kinship (organisation, party, kin) values ({org}, {body}, {body}), ({org}, {rival}, {body})'),
	(null, '(select count(*) from app.claims_of_certification({org}, {cert}))', '0',
		'update app.certification set kind = ''attestation'' where id = {cert}');
