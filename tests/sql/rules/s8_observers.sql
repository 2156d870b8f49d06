-- What sql/rules/s8_observers.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'array(select token from app.release_holding({v}, {org}))', 'release-published'),
	(null, 'array(select token from app.release_holding({z}, {org}))', '{}'),
	(null, '(select until = current_date + 30 from app.release_holding({v}, {org}))', 'true'),
	(null, 'app.from_outside({ev-supplier})', 'true'),
	(null, 'app.from_outside({ev-issued})', 'false'),
	(null, 'app.from_outside(null)', 'false');
insert into t.line_of (who, act, wanted, given) values
	(null, 'array(select token from app.release_holding({v}, {org}))', '{}',
		'update app.publication set ended_at = now() where release = {release-published}'),
	(null, 'array(select token from app.release_holding({l}, {org}))', 'release-ended release-published',
		'update app.assignment set ended_on = current_date where person = {l}'),
	(null, 'array(select token from app.release_holding({l}, {org}))', '{}',
		'update app.assignment set ended_on = current_date where person = {l}; update app.release set released_by = '
		'{c}');
