-- What sql/rules/s6_classification.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, '(app.signed_on_team_refusal((select f from app.finding f where id = {f-pending}))).say',
		's6.second_signer'),
	(null, '(app.signed_on_team_refusal((select f from app.finding f where id = {f-access}))).say', 'null'),
	('x', 'app.refuse_signer((select f from app.finding f where id = {f-pending}), {l})', 'S6'),
	('x', 'app.refuse_signer((select f from app.finding f where id = {f-pending}), {e})', ''),
	('y', '(app.naming_refusal((select f from app.finding f where id = {f-access}), ''s4.names_decider'')).say',
		's4.names_decider'),
	('x', '(app.naming_refusal((select f from app.finding f where id = {f-access}), ''s4.names_decider'')).say',
		'null'),
	('x', '(app.naming_refusal((select f from app.finding f where id = {f-access}), ''s4.names_decider'', {x})).say',
		's4.names_decider'),
	(null, 'app.second_signer((select f from app.finding f where id = {f-issued}), {l})', 'true'),
	(null, 'app.second_signer((select f from app.finding f where id = {f-access}), {l})', 'false'),
	(null, 'app.signer_elsewhere((select f from app.finding f where id = {f-access}), {l})', 'true'),
	(null, 'app.signature_waits({org}, {f-pending})', 'true'),
	(null, 'app.signature_waits({org}, {f-issued})', 'false'),
	(null, 'app.signature_waits({org2}, {f-pending})', 'false'),
	(null,
		'update app.finding set signer = {e} where id = {f-issued}; select app.signer_done({f-issued}) => (select '
		'signer from app.finding where id = {f-issued})', 'null'),
	(null,
		'update app.finding set signer = {e} where id = {f-pending}; select app.signer_done({f-pending}) => (select '
		'signer from app.finding where id = {f-pending})', 'e'),
	('l',
		'select app.reconsider((select f from app.finding f where id = {f-issued}), ''minor'', ''x'', null) => (select '
		'state from app.grading where finding = {f-issued} order by created_at desc, id desc limit 1)', 'pending'),
	('l', 'app.reconsider((select f from app.finding f where id = {f-pending}), ''minor'', ''x'', null)', 'signature'),
	(null,
		'select app.apply_grading((select g from app.grading g where finding = {f-pending} and state = ''pending'')) '
		'=> (select state from app.finding where id = {f-pending})', 'withdrawn'),
	('l', '(app.pending_grading({f-pending})).decided_by', 'l'),
	('l', '(app.pending_grading({f-issued})).decided_by', 'null'),
	('l', '(app.pending_refusal((select f from app.finding f where id = {f-pending}))).say', 'finding.decision_waits'),
	('l', '(app.pending_refusal((select f from app.finding f where id = {f-issued}))).say', 'null'),
	('l', '(app.signature_refusal({f-issued})).say', 'finding.no_decision_waits'),
	('l', '(app.signature_refusal({f-pending})).say', 'null'),
	('l', '(app.own_decision_refusal((select f from app.finding f where id = {f-pending}), {l})).say',
		's6.own_decision'),
	('l', '(app.own_decision_refusal((select f from app.finding f where id = {f-pending}), {a})).say', 'null'),
	('a', '(app.signer_refusal((select f from app.finding f where id = {f-pending}))).say', 'null'),
	('n', '(app.signer_refusal((select f from app.finding f where id = {f-pending}))).say', 'team.role'),
	('+e',
		'(app.signer_refusal((select jsonb_populate_record(f, jsonb_build_object(''signer'', {e})) from app.finding f '
		'where id = {f-pending}))).say', 'null');
insert into t.line_of (who, act, wanted) values
	('l',
		'select app.reconsider((select f from app.finding f where f.id = {f-disputed}), ''major'', ''x'', null) => '
		'(select state from app.grading where finding = {f-disputed} order by created_at desc, id desc limit 1)',
		'effective'),
	('l',
		'select app.reconsider((select f from app.finding f where f.id = {f-issued}), null, ''x'', null) => (select '
		'state from app.grading where finding = {f-issued} order by created_at desc, id desc limit 1)', 'pending');
insert into t.line_of (who, act, wanted, given) values
	(null,
		'select app.apply_grading((select g from app.grading g where finding = {f-pending} and state = ''pending'')) '
		'=> (select revision_due from app.audit where id = {audit})', 'true',
		'update app.audit set state = ''released'', released_at = now() where id = {audit}'),
	(null, 'app.signer_elsewhere((select f from app.finding f where f.id = {f-access}), {l})', 'false',
		'insert into app.claim (organisation, rule, subject, object, side, period, source) select {org}, ''S5'', '
		'm.person, {f-access}, ''hands'', ''(,)'', {f-access} from app.membership m where m.role = ''auditor'' and '
		'm.person <> {l}');
