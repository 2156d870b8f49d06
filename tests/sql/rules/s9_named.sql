-- What sql/rules/s9_named.sql owes the tests (fixture/owed.sql).
insert into t.sheet values
	('app.naming', '', '', '', '', '');
insert into t.refused values
	('app.naming', 'naming_in_order', 'until_day = from_day - 1'),
	('app.naming', 'naming_place_check', 'place = ''owner''');
insert into t.apart values
	('naming_one_open');
insert into t.line_of (who, act, wanted) values
	(null, '(select string_agg(distinct rule, '' '' order by rule) from app.claims_of_namings({org}, {f-named}))',
		'S1 S3 S5'),
	(null, '(select count(*) from app.claims_of_namings({org}, {f-issued}))', '0'),
	(null,
		'(select string_agg(reference || '' '' || rule, '','') from app.bound_verifiers({org}, array[row(''S1'', {e}, '
		'{backup}, ''responsible'', ''[2000-01-01,)'')::app.claim_row]))', 'IA-2026-01-F-18 S1'),
	(null, '(select count(*) from app.bound_verifiers({org}, ''{}''))', '0'),
	(null, 'array(select person from app.named_on((select f from app.finding f where id = {f-named})))', 'e'),
	(null, 'array(select person from app.named_on((select f from app.finding f where id = {f-alone})))', 'e'),
	(null, 'array(select person from app.named_on((select f from app.finding f where id = {f-issued})))', '{}'),
	(null, 'select app.unname({org}, {f-named}, {e}) => (select verifier from app.finding where id = {f-named})',
		'null'),
	(null, 'select app.unname({org}, {f-named}, {a}) => (select verifier from app.finding where id = {f-named})', 'e'),
	(null, '(app.lock_named({f-issued}, {e})).id', 'f-issued'),
	(null, 'app.lock_named(null, {e})', 'N2004'),
	(null, 'app.refuse_named((select f from app.finding f where id = {f-issued}), {e})', ''),
	(null, 'app.refuse_named((select f from app.finding f where id = {f-issued}), {o})', 'S1'),
	(null, 'app.refuse_named((select f from app.finding f where id = {f-issued}), null)', 'N2004'),
	(null, 'app.refuse_judge((select f from app.finding f where id = {f-issued}), {e})', ''),
	(null, 'app.refuse_judge((select f from app.finding f where id = {f-issued}), {x})', 'S4'),
	(null, 'app.refuse_judge((select f from app.finding f where id = {f-issued}), {m})', 'S12'),
	(null, 'select app.finding_claims_again({org}, {f-named}) => (select count(*) from app.check_claims())', '0'),
	(null,
		'select app.naming_claims_again({org}, {e}, false, app.say(''s2.belongs'')) => (select count(*) from '
		'app.check_claims())', '0');
insert into t.line_of (who, act, wanted) values
	(null,
		'array(select person from app.named_on((select jsonb_populate_record(f, ''{"state": "closed"}'') from '
		'app.finding f where f.id = {f-named})))', '{}'),
	(null,
		'array(select person from app.named_on((select jsonb_populate_record(f, ''{"state": "acknowledged"}'') from '
		'app.finding f where f.id = {f-alone})))', '{}');
insert into t.line_of (who, act, wanted, given) values
	(null, '(select string_agg(distinct rule, '' '' order by rule) from app.claims_of_namings({org}, {f-named}))',
		'S3 S5', 'update app.naming set until_day = current_date where finding = {f-named}');
