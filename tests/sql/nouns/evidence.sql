-- What the noun evidence owes the tests (fixture/owed.sql).
insert into t.given values
	('evidence.attach @papers', jsonb_build_object('id', 'own:said', 'noun', 'check', 'subject', t.id('check'))),
	('evidence.attach @draft', jsonb_build_object('id', 'own:said', 'noun', 'finding', 'subject', t.id('f-draft'))),
	('evidence.attach @response', jsonb_build_object('id', 'own:said', 'noun', 'response', 'subject',
		t.id('response-drafted'))),
	('evidence.attach @action', jsonb_build_object('id', 'own:said', 'noun', 'action', 'subject',
		t.id('act-accepted'))),
	('evidence.attach @verification', jsonb_build_object('id', 'own:said', 'noun', 'verification', 'subject',
		t.id('verification'))),
	('evidence.download_begin @request', t.of('ev-request')),
	('evidence.download_begin @released', t.of('ev-released')),
	('evidence.get @papers', t.of('ev-papers')),
	('evidence.get @request', t.of('ev-request')),
	('evidence.get @issued', t.of('ev-issued')),
	('evidence.get @released', t.of('ev-released')),
	('evidence.give_leave', t.v('evidence', 'ev-supplier', '{"leave": "Contract, clause 12.3"}')),
	('evidence.list', jsonb_build_object('audit', t.id('audit'))),
	('evidence.state_text', '{"title": "What I saw", "statement": "It was so."}'),
	('evidence.upload_begin', '{"title": "A log", "file_name": "log.txt", "media_type": "text/plain", "size": 5}'),
	('evidence.upload_end', t.v('evidence', 'ev-uploaded', jsonb_build_object('sha256', encode(sha256(''), 'hex')))),
	('evidence.upload_resume', t.of('ev-uploading'));
insert into t.letters values
	('evidence.list', 'p ev-papers r ev-request i ev-issued c ev-supplier');
insert into t.rows values
	('app.evidence', 'p ev-papers r ev-request i ev-issued s ev-supplier u ev-released z said-z');
insert into t.rows_where values
	('app.attachment', 'p', 'noun = ''check'''),
	('app.attachment', 'r', 'evidence = t.id(''ev-request'')'),
	('app.attachment', 's', 'subject = t.id(''request-cards'')'),
	('app.attachment', 'i', 'finding = t.id(''f-issued'')');
insert into t.sheet values
	('app.attachment', 'si', 'XYPM:i OS:s A:ipr B:ir C:is L:all', 'B:r S:s', '', ''),
	('app.evidence', 'siu', 'XYPMC:isu LA:iprsu OS:s B:iru V:u Z:z', 'B:r S:s Z:z', 'members:all', '');
insert into t.refused values
	('app.attachment', 'attachment_to_finding', 'noun = ''check'', finding = t.id(''f-issued'')'),
	('app.attachment', 'attachment_to_request', 'noun = ''request'', function = null, finding = null'),
	('app.evidence', 'evidence_is_one_kind', 'kind = ''statement'', statement = ''x'', file_name = ''x.txt'''),
	('app.evidence', 'evidence_revises_another', 'revision_of = id'),
	('app.evidence', 'evidence_sha256_check', 'sha256 = ''x'''),
	('app.evidence', 'evidence_stored_has_hash', 'state = ''stored'', sha256 = null'),
	('app.evidence', 'evidence_valid', 'valid_from = ''2026-01-02'', valid_until = ''2026-01-01''');
insert into t.apart values
	('attachment_organisation_subject_evidence_key');
insert into t.triggered values
	('app.evidence', 'guard', 'update app.evidence set state = ''uploading'' where id = t.id(''ev-request'')', null,
		'N2006'),
	('app.attachment', 'derive',
		'insert into app.attachment (organisation, evidence, noun, subject, audit, part, function, attached_by) values '
		'(t.org(), t.id(''ev-papers''), ''request'', t.id(''request''), t.id(''audit''), t.id(''part-backup''), '
		't.id(''backup''), t.id(''ob''))', null, 'S5');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_evidence({org}, {ev-papers})', 'b part-backup'),
	(null, 'app.audience_evidence({org}, {ev-request})', 'backup ob part-backup'),
	(null, 'app.audience_evidence({org}, {said-z})', 'z'),
	(null, 'app.audience_attachment({org}, {ev-papers})', 'b part-backup'),
	(null, 'jsonb_array_length(app.attached({org}, {check}))', '1'),
	(null, 'app.attached({org}, {check-cards})', '[]'),
	(null, 'app.attached({org2}, {check})', '[]'),
	('l', '(app.evidence_leave_refusal((select e from app.evidence e where id = {ev-request}))).say', 'place.leave'),
	('ob', '(app.evidence_leave_refusal((select e from app.evidence e where id = {ev-request}))).say', 'null'),
	('ob', 'app.require_evidence(''2026-01-01'', ''2026-01-01'', null)', ''),
	('ob', 'app.require_evidence(''2026-01-02'', ''2026-01-01'', null)', 'N2602'),
	('+ob', 'app.require_evidence(null, null, {ev-uploading})', 'uploading'),
	('b', '(app.attach_refusal(''check'', {check})).say', 'null'),
	('c', '(app.attach_refusal(''check'', {check})).say', 'not_found'),
	('b', '(app.attach_refusal(''finding'', {f-draft})).say', 'null'),
	('b', '(app.attach_refusal(''finding'', {f-issued})).say', 'state'),
	('ob', '(app.attach_refusal(''response'', {response-drafted})).say', 'null'),
	('b', '(app.attach_refusal(''response'', {response-drafted})).say', 's5.judged'),
	('d', '(app.attach_refusal(''action'', {act-accepted})).say', 'null'),
	('ob', '(app.attach_refusal(''action'', {act-accepted})).say', 'place.action_owner'),
	('a', '(app.attach_refusal(''verification'', {verification})).say', 'null'),
	('l', '(app.attach_refusal(''verification'', {verification})).say', 'place.verified'),
	('z', '(app.attach_refusal(''verification'', {verification})).say', 'not_found'),
	('a', 'meta.reads_evidence({ev-papers})', 'true'),
	('z', 'meta.reads_evidence({ev-papers})', 'false'),
	(null, 'meta.reads_evidence({ev-papers})', 'false'),
	('ob', '{ev-request} = any (app.my_evidence())', 'true'),
	('z', 'app.my_evidence()', '{}');
