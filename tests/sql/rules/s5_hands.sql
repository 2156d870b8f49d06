-- What sql/rules/s5_hands.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'app.judged_by({f-issued}, {b})', 'true'),
	(null, 'app.judged_by({f-issued}, {c})', 'false'),
	(null, 'app.judged_by(null, {b})', 'false'),
	('a', '(app.off_team_refusal({audit}, {a})).say', 's5.on_team'),
	('a', '(app.off_team_refusal({audit}, {z})).say', 'null'),
	('b', '(app.s5_refusal(''hand'', {f-issued})).say', 's5.judged'),
	('b', '(app.s5_refusal(''judge'', {f-issued})).say', 'null'),
	('b', '(app.s5_refusal(''judge'', {f-accepted}, {d})).say', 's5.hand');
insert into t.line_of (who, act, wanted) values
	(null,
		'update app.action set done_by = {z} where id = {act-implemented} => (select count(*) from app.claim where '
		'subject = {z} and object = {f-implemented} and side = ''hands'')', '1'),
	(null,
		'insert into app.attachment (organisation, evidence, noun, subject, audit, part, function, attached_by) values '
		'({org}, {said-z}, ''request'', {request}, {audit}, {part-backup}, {backup}, {ob}) => array(select subject '
		'from app.claim where object = {request} and side = ''hands'')', 'ob z'),
	(null,
		'insert into app.attachment (organisation, evidence, noun, subject, audit, part, finding, attached_by) values '
		'({org}, {said-z}, ''action'', {act-accepted}, {audit}, {part-backup}, {f-accepted}, {d}) => (select count(*) '
		'from app.claim where subject = {z} and object = {f-accepted} and side = ''hands'')', '1'),
	(null,
		'update app.response set submitted_by = {z} where id = {response-accepted} => (select count(*) from app.claim '
		'where subject = {z} and object = {f-accepted} and side = ''hands'')', '1');
