-- What sql/rules/s9_mirror.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'app.fact_from(''INSERT'', current_date - 1, null, null) = current_date - 1', 'true'),
	(null, 'app.fact_from(''INSERT'', current_date, null, null)', 'null'),
	(null, 'app.fact_from(''INSERT'', current_date + 1, null, null)', 'null'),
	(null, 'app.fact_from(''UPDATE'', current_date - 9, current_date - 5, current_date - 2) = current_date - 4',
		'true'),
	(null, 'app.fact_from(''UPDATE'', current_date - 9, current_date, null)', 'null'),
	(null, 'app.fact_from(''UPDATE'', current_date - 9, current_date - 2, current_date - 5)', 'null'),
	(null, 'app.fact_from(''UPDATE'', current_date - 9, null, current_date)', 'null'),
	(null, '(app.no_met(app.say(''lapse.began''), app.because(''S2'', ''s2.in_party''))).say', 's9.met'),
	(null, '(app.explain_judging({org}, {as-a}, ''S1'')).rule', 'S9'),
	(null,
		'array(select distinct assignment from app.met_assignments({org}, array[row(''S1'', {c}, {cards}, '
		'''responsible'', ''[2000-01-01,)'')::app.claim_row]) where assignment = {as-c})', 'as-c'),
	(null, '(select count(*) from app.met_assignments({org}, ''{}''))', '0'),
	(null,
		'(select count(*) from app.met_after({org}, array[row(''S1'', {c}, {cards}, ''responsible'', '
		'''[2000-01-01,)'')::app.claim_row]))', '0'),
	(null, '(select count(*) from app.met_after({org}, ''{}''))', '0'),
	(null,
		'(select count(*) from app.met_acts({org}, array[row(''S1'', {a}, {backup}, ''responsible'', '
		'''[2000-01-01,)'')::app.claim_row]))', '1'),
	(null, '(select count(*) from app.met_acts({org}, ''{}''))', '0'),
	(null,
		'app.meet_judging({org}, {r-ob}, array[row(''S1'', {a}, {backup}, ''responsible'', daterange(current_date, '
		'null))::app.claim_row], false, current_date, app.say(''lapse.began''))', 'S9'),
	(null,
		'select app.meet_judging({org}, {r-ob}, array[row(''S1'', {a}, {backup}, ''responsible'', '
		'daterange(current_date - 90, null))::app.claim_row], true, current_date - 90, app.say(''lapse.began'')) => '
		'(select count(*) from app.impairment where person = {a} and audit = {audit})', '1'),
	(null,
		'select app.impair({org}, {as-c}, ''S1'', {r-oc}, current_date - 9, app.say(''lapse.began'')) => (select '
		'explanation ->> ''id'' from app.impairment where assignment = {as-c})', 'lapse.began'),
	(null,
		'select app.impair_acts({org}, {audit}, {part-cards}, {c}) => (select impaired_person from app.check where id '
		'= {check-cards})', 'c'),
	(null,
		'select app.impair_acts({org}, {audit}, {part-backup}, {c}) => (select impaired_person from app.check where id '
		'= {check-cards})', 'null'),
	(null,
		'select app.impair_findings({org}, array[{f-issued}], {b}) => (select impaired_person from app.finding where '
		'id = {f-issued})', 'b'),
	(null,
		'select app.impair_findings({org}, array[{f-issued}], {c}) => (select impaired_person from app.finding where '
		'id = {f-issued})', 'null'),
	('x',
		'select app.end_assignment({org}, {as-c}, ''x'', null, false, false) => (select end_reason from app.assignment '
		'where id = {as-c} and ended_on = current_date)', 'x'),
	('x',
		'select app.end_assignment({org2}, {as-c}, null, app.say(''lapse.began''), false, false) => (select ended_on '
		'from app.assignment where id = {as-c})', 'null'),
	(null, '(select count(*) from app.acts_of({org}, ''{}''))', '0'),
	(null, '(select count(*) from app.acts_of({org}, array[{z}]))', '0'),
	(null, '(select count(*) from app.acts_of({org}, array(select verified_by from app.verification limit 1))) > 0',
		'true');
insert into t.line_of (who, act, wanted) values
	(null,
		'(select count(*) > 0 from app.met_assignments({org}, array[row(''S2'', {firm}, {backup}, ''operates'', '
		'''[2000-01-01,)'')::app.claim_row]))', 'true'),
	(null,
		'(select count(*) from app.met_assignments({org}, array[row(''S2'', {host}, {backup}, ''operates'', '
		'''[2000-01-01,)'')::app.claim_row]))', '0');
insert into t.line_of (who, act, wanted, given) values
	(null,
		'select app.impair({org}, {as-c}, ''S1'', {r-oc}, current_date - 9, app.say(''lapse.began'')) => (select '
		'revision_due from app.audit where id = {audit})', 'true',
		'update app.audit set state = ''released'', released_at = now() where id = {audit}'),
	(null,
		'select app.impair_acts({org}, {audit}, {part-cards}, {a}) => (select reviewed_by from app.check where id = '
		'{check-cards})', 'null',
		'update app.check set reviewed_by = {a}, reviewed_at = now() where id = {check-cards}'),
	(null,
		'select app.impair_findings({org}, array[{f-pending}], {c}) => (select bool_or(impaired_at is not null) from '
		'app.grading where finding = {f-pending} and signed_by = {c})', 'true',
		'update app.grading set state = ''effective'', signed_by = {c}, signed_at = now() where finding = {f-pending} '
		'and state = ''pending'''),
	(null,
		'select app.impair_acts({org}, {audit}, {part-backup}, {b}) => (select impaired_person from '
		'app.evidence_request where id = {request-impaired})', 'b',
		'update app.evidence_request set impaired_at = null, impaired_person = null');
