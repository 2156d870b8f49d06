-- What the noun request owes the tests (fixture/owed.sql).
insert into t.given values
	('request.accept', t.v('evidence_request', 'request-submitted')),
	('request.get', t.of('request')),
	('request.list', '{}'),
	('request.not_applicable', t.v('evidence_request', 'request', '{"reason": "There are no tapes."}')),
	('request.raise', jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'), 'asked',
		'The contract')),
	('request.return', t.v('evidence_request', 'request-submitted', '{"reason": "The last page is missing."}')),
	('request.review', t.v('evidence_request', 'request-impaired')),
	('request.submit', t.v('evidence_request', 'request', '{"answer": "Here it is."}'));
insert into t.letters values
	('request.list', 'b request c request-cards');
insert into t.rows values
	('app.evidence_request', 'b request c request-cards');
insert into t.sheet values
	('app.evidence_request', 'siu', 'COS:c AB:b L:all', 'A:b C:c L:all', 'COS:c AB:b L:all', '');
insert into t.refused values
	('app.evidence_request', 'evidence_request_number_check', 'number = 0'),
	('app.evidence_request', 'request_decided', 'state = ''accepted'', decided_by = null'),
	('app.evidence_request', 'request_not_by_supplier',
		'state = ''accepted'', submitted_by = t.id(''ob''), decided_by = t.id(''ob'')'),
	('app.evidence_request', 'request_says_why', 'state = ''returned'', decided_by = t.id(''b''), reason = null');
insert into t.apart values
	('evidence_request_organisation_audit_number_key'),
	('evidence_request_organisation_reference_key');
insert into t.triggered values
	('app.evidence_request', 'guard',
		'update app.evidence_request set state = ''accepted'', decided_by = t.id(''b'') where id = t.id(''request'')',
		null, 'N2006');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_request({org}, {request-cards})', 'cards part-cards'),
	('ob', '(app.request_answerer_refusal((select r from app.evidence_request r where id = {request}))).say', 'null'),
	('b', '(app.request_answerer_refusal((select r from app.evidence_request r where id = {request}))).say',
		'place.request_answerer'),
	('b', '(app.own_request_refusal((select r from app.evidence_request r where id = {request}))).say', 'null'),
	('b', '(app.own_request_refusal((select r from app.evidence_request r where id = {request-impaired}))).say',
		'request.own'),
	('b', 'cardinality(app.request_review_needs((select r from app.evidence_request r where id = {request})))', '1'),
	('b', 'cardinality(app.request_review_needs((select r from app.evidence_request r where id = {request-impaired})))',
		'null'),
	('ob',
		'select app.attach_all(array[{ev-request}], ''request'', {request}, {audit}, {part-backup}, {backup}, null) => '
		'(select count(*) from app.attachment where subject = {request})', '1'),
	('ob', 'app.attach_all(array[{ev-uploaded}], ''request'', {request}, {audit}, {part-backup}, {backup}, null)',
		'uploading'),
	('ob', 'app.attach_all(array[{ev-papers}], ''request'', {request}, {audit}, {part-backup}, {backup}, null)',
		'N2004'),
	('ob', 'app.attach_all(null, ''request'', {request}, {audit}, {part-backup}, {backup}, null)', '');
