-- What sql/rules/s13_history.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	('m',
		'select app.decide_ending((select e from app.ending e where id = {ending}), true, null) => (select state from '
		'app.ending where id = {ending})', 'countersigned'),
	('m', 'app.ending_refusal((select e from app.ending e where id = {ending}))', 'null'),
	('x', '(app.ending_refusal((select e from app.ending e where id = {ending}))).say', 's13.own'),
	('m',
		'select app.lock_ending((select e from app.ending e where id = {ending})) => (select touched > 0 from '
		'app.enrolment where person = {m})', 'true'),
	(null, 'app.ending_functions((select e from app.ending e where id = {ending}))', 'backup'),
	(null, 'app.ending_certifications((select e from app.ending e where id = {ending}))', '{}'),
	(null, 'app.ending_certifications(jsonb_populate_record((select e from app.ending e where id = {ending}), '
		'jsonb_build_object(''noun'', ''certification'', ''subject'', {cert})))', 'cert'),
	(null, 'app.require_until(current_date, null)', ''),
	(null, 'app.require_until(current_date, current_date)', ''),
	(null, 'app.require_until(current_date, current_date - 1)', 'N2602'),
	('x',
		'select app.end_period(''affiliation'', {affiliation-u}, current_date, ''x'') => (select until_date = '
		'current_date and counts_until = current_date from app.affiliation where id = {affiliation-u})', 'true'),
	('x',
		'select app.end_period(''affiliation'', {affiliation-u}, current_date - 1, null, '
		'app.say(''ending.with_record'')) => (select counts_until = current_date from app.affiliation where id = '
		'{affiliation-u})', 'true'),
	('x', 'app.end_period(''affiliation'', {affiliation-u}, ''2000-01-01'', ''x'')', 'N2602');
insert into t.line_of (who, act, wanted) values
	('x',
		'select app.end_period(''affiliation'', {affiliation-u}, current_date - 1, ''x''), '
		'app.end_period(''affiliation'', {affiliation-u}, current_date - 2, ''x'') => (select string_agg(state, '' '' '
		'order by until_date) from app.ending where subject = {affiliation-u})', 'proposed replaced'),
	('o', '(app.ending_refusal((select e from app.ending e where id = {ending}))).say', 's13.own'),
	('m',
		'select app.decide_ending((select e from app.ending e where id = {ending}), false, ''x'') => (select '
		'until_date = counts_until from app.responsibility where id = {r-o})', 'true'),
	(null,
		'app.ending_functions((select jsonb_populate_record(e, jsonb_build_object(''noun'', ''affiliation'', '
		'''subject'', {affiliation-sp})) from app.ending e where id = {ending}))', 'cards');
