-- What sql/rules/s4_selection.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'app.audit_functions({audit})', 'access backup cards'),
	(null, 'app.audit_functions(null)', '{}'),
	(null, 'app.audit_functions_of_part({audit}, {part-cards})', 'cards'),
	(null, 'app.audit_functions_of_part({audit}, null)', 'access backup cards'),
	('y', '(select string_agg(distinct rule, '' '') from app.s4_reasons({audit}, ''{}''))', 'S4'),
	('x', '(select count(*) from app.s4_reasons({audit}, ''{}''))', '0'),
	('x', '(select rule from app.s4_reasons({audit}, array[{x}]))', 'S4'),
	('x', '(select count(*) from app.proposal_reasons({audit}, {a}))', '0'),
	('y', '(select string_agg(rule, '' '') from app.proposal_reasons({audit}, {a}))', 'S4'),
	('p', '(select string_agg(rule, '' '') from app.proposal_reasons({audit}, {a}))', 'S4'),
	('p', '(select string_agg(rule, '' '') from app.proposal_reasons({audit}, {p}))', 'S4 S4'),
	('p', '(app.proposer_refusal({audit}, {a})).say', 'null'),
	('p', '(app.proposer_refusal({audit}, {p})).say', 's4.proposes_own'),
	('l', '(app.proposer_refusal({audit}, {a})).say', 's4.on_team'),
	(null, '(app.explain_arranges({org}, {audit}, {p})).rule', 'S4'),
	('p', '(select rule from app.proposal_reasons({audit}, {g}))', 'S4'),
	('x', '(select count(*) from app.proposal_reasons({audit}, {g}))', '0'),
	('x', '(select rule from app.proposal_reasons({audit}, {x}))', 'S4'),
	('a', '(app.proposer_refusal({audit}, {g})).data', '{"rule": "S4", "audit": "audit", "person": "a"}'),
	('x',
		'select app.propose(''assignment.assign'', jsonb_build_object(''audit'', {audit}), {audit}, {d}, null, '
		'app.say(''proposal.own'')) => (select was || jsonb_build_object(''method'', method) from app.proposal where '
		'person = {d})', '{"method": "assignment.assign"}'),
	('x',
		'select app.propose(''audit.update'', jsonb_build_object(''id'', {audit}, ''title'', ''New'', ''scope'', '
		'null), {audit}, {d}, null, app.say(''proposal.own'')) => (select array(select jsonb_object_keys(was)) from '
		'app.proposal where person = {d})', '{scope,title}'),
	('x', 'app.record_named(''audit.update'', jsonb_build_object(''id'', {audit})) ->> ''id''', 'audit'),
	('x', 'app.record_named(''audit.plan'', ''{}'')', 'null'),
	('x', 'app.made_or_proposed(''audit'', {audit}, null) #>> ''{audit,id}''', 'audit'),
	('y', 'app.made_or_proposed(''audit'', null, {proposal}) #>> ''{proposal,id}''', 'proposal'),
	('m', 'app.lock_proposal((select p from app.proposal p where p.id = {proposal}))', ''),
	('m', 'app.is_bound((select p from app.proposal p where p.id = {proposal}))', 'false'),
	('y', 'app.is_bound((select p from app.proposal p where p.id = {proposal}))', 'true'),
	('m',
		'select app.take_effect((select p from app.proposal p where p.id = {proposal})) => (select array[assigned_by, '
		'countersigned_by] from app.assignment where person = {g} and audit = {audit})', 'm y'),
	(null, 'app.possible_management((select p from app.proposal p where id = {proposal}))', '2'),
	(null, 'app.free_management((select p from app.proposal p where id = {proposal}))', '2'),
	(null, 'app.concerned(array[{payroll}], null, {z})', 'payroll'),
	(null, 'app.concerned(array[{payroll}], {audit}, {a}) @> array[{payroll}, {backup}, {cards}]', 'true');
insert into t.line_of (who, act, wanted, given) values
	(null, 'app.free_management((select p from app.proposal p where p.id = {proposal}))', '1',
		'update app.proposal set created_by = {m} where id = {proposal}'),
	('m', '(app.decider_refusal((select p from app.proposal p where p.id = {proposal}))).say', 's4.second',
		'update app.proposal set first_signed_by = {m} where id = {proposal}'),
	('m', '(app.decider_refusal((select p from app.proposal p where p.id = {proposal}))).say', 's4.signer',
		'insert into app.part_function (organisation, audit, part, function) values ({org}, {audit}, {part-backup}, '
		'{payroll}); select set_config(''session_replication_role'', ''origin'', true); insert into app.responsibility '
		'(organisation, person, function, kind, from_date) values ({org}, {m}, {payroll}, ''monitors'', current_date)');
