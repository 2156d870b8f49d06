-- What the noun certification owes the tests (fixture/owed.sql).
insert into t.given values
	('certification.add', jsonb_build_object('party', t.id('rival'), 'kind', 'attestation', 'framework_name', 'SOC 2',
		'from_date', current_date)),
	('certification.add @judging', jsonb_build_object('party', t.id('firm'), 'kind', 'certification', 'framework_name',
		'SOC 2', 'from_date', current_date)),
	('certification.end', t.v('certification', 'cert', t.ends())),
	('certification.get', t.of('cert')),
	('certification.list', '{}');
insert into t.letters values
	('certification.list', 'v cert');
insert into t.rows values
	('app.certification', 'v cert');
insert into t.sheet values
	('app.certification', 'siu', 'directoryV:all', 'directoryV:all', 'directoryV:all', '');
insert into t.refused values
	('app.certification', 'certification_check', 'until_date = from_date - 1');
insert into t.period values
	('certification', 'party, kind, framework_name', 't.id(''rival''), ''certification'', ''SOC 2''');
insert into t.triggered values
	('app.certification', 'derive',
		'insert into app.certification (organisation, party, kind, framework_name, from_date) values (t.org(), '
		't.id(''firm''), ''certification'', ''SOC 2'', current_date)', null, 'S9');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_certification({org}, {cert})', 'as directory body');
