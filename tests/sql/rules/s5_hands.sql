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
