-- What the noun release owes the tests (fixture/owed.sql).
insert into t.given values
	('release.blockers', jsonb_build_object('audit', t.id('audit-reporting'))),
	('release.end', t.v('release', 'release-published', jsonb_build_object('party', t.id('body')))),
	('release.publish', t.v('release', 'release-ended', jsonb_build_object('party', t.id('body'), 'until', current_date
		+ 30))),
	('release.list', '{}'),
	('release.report', jsonb_build_object('audit', t.id('audit-reporting'), 'version', t.version('audit',
		'audit-reporting')));
insert into t.letters values
	('release.list', 'p release-published e release-ended');
insert into t.rows values
	('app.release', 'p release-published e release-ended');
insert into t.rows_where values
	('app.publication', 'p', 'release = t.id(''release-published'')');
insert into t.sheet values
	('app.publication', 'siu', 'MLV:all', 'M:all', 'M:all', ''),
	('app.reading', 'si', 'MLV:all', 'V:all', '', ''),
	('app.release', 's', 'ML:all V:p', '', '', ''),
	('app.release_evidence', 'si', 'MLV:all', 'M:all', '', '');
insert into t.refused values
	('app.release', 'release_revision_check', 'revision = 0'),
	('app.release', 'release_sha256_check', 'sha256 = ''x''');
insert into t.apart values
	('publication_current'),
	('release_organisation_audit_kind_revision_key'),
	('release_organisation_reference_key');
insert into t.triggered values
	('app.publication', 'a_derive',
		'update app.publication set ended_at = now() where release = t.id(''release-published'')',
		't.id(''release-published'') = any (ledger.held(t.org(), t.id(''v'')))', 'false'),
	('app.release', 'a_derive',
		format('insert into app.release (%1$s) select %1$s from (select (jsonb_populate_record(r, jsonb_build_object('
		'''id'', t.id(''new''), ''revision'', 2, ''reference'', ''R-2'', ''recipient'', t.id(''m2'')))).* '
		'from app.release r where id = t.id(''release-published'')) y', t.columns('app.release')),
		't.id(''new'') = any (ledger.held(t.org(), t.id(''m2'')))', 'true'),
	('app.release_evidence', 'changed_within',
		'delete from app.release_evidence where release = t.id(''release-published'')', t.says('release',
		'release-published'), 'true');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_release({org}, {release-published})', 'as management release-published'),
	(null, 'array(select app.release_keepers({org}, {release-published}))', 'l m'),
	(null, 'array(select app.release_keepers({org2}, {release-published}))', '{}'),
	(null, 'app.audience_publication({org}, (select id from app.publication where release = {release-published}))',
		'as management l m v'),
	(null, 'app.audience_reading({org}, (select id from app.reading))', 'as management l m v'),
	(null,
		'app.content_release((select to_jsonb(r) from app.release r where r.id = {release-published})) ? ''content''',
		'false'),
	('l',
		'select app.leave_uncovered({audit}, jsonb_build_array(jsonb_build_object(''requirement'', {9.2.1}, '
		'''reason'', ''No time.''))) => (select not_covered from app.audit_requirement where audit = {audit} and '
		'requirement = {9.2.1})', 'No time.'),
	(null, 'array(select rule from app.release_blockers({audit-fresh}))', '{S7,conclusion,recipient}'),
	(null, '(select count(*) > 0 from app.release_blockers({audit}))', 'true'),
	(null, '(select count(*) from app.release_blockers(null))', '0'),
	(null, 'array(select o.data ->> ''verb'' from app.release_obstacles({audit-fresh}) o)',
		'{declaration.confirm,audit.conclude,audit.name_recipient}'),
	(null, '(app.blocker(''S7'', ''unconfirmed'', ''{}'', ''declaration.confirm'')).say', 'release.unconfirmed'),
	(null, '(app.release_needs((select a from app.audit a where id = {audit-fresh})))[1].data ->> ''count''', '3'),
	(null, '(app.release_needs((select a from app.audit a where id = {audit-published})))[1].say',
		'release.no_revision'),
	(null, 'app.revised_refusal((select r from app.release r where id = {release-published}))', 'null'),
	('m', 'app.release_add({release-ended}, array[{ev-released}])', 'N2004'),
	('m',
		'select app.release_add({release-published}, null) => (select count(*) from app.release_evidence where release '
		'= {release-published})', '1'),
	('m',
		'select app.release_touch((select r from app.release r where id = {release-published})) => (select version '
		'from app.release where id = {release-published}) > 1', 'true');
insert into t.given select format('release.%s @%s', m, v), t.of('release-' || v)
	from unnest(array['get', 'readings', 'show']) m, unnest(array['published', 'ended']) v;
