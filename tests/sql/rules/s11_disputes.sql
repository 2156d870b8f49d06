-- What sql/rules/s11_disputes.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	('m', '(app.decider_refusal((select p from app.proposal p where p.id = {proposal}))).say', 'null'),
	('y', '(app.decider_refusal((select p from app.proposal p where p.id = {proposal}))).say', 's4.decides_own'),
	('x', 'app.refuse_decider((select f from app.finding f where id = {f-disputed}), {b})', 'S11'),
	(null, '(app.decided_on_team_refusal((select f from app.finding f where id = {f-disputed}))).say', 's11.on_team'),
	(null, '(app.decided_on_team_refusal((select f from app.finding f where id = {f-alone}))).say', 'null'),
	('x', 'app.refuse_decider((select f from app.finding f where id = {f-alone}), {e})', ''),
	(null, 'app.lead_raised((select f from app.finding f where id = {f-lead}))', 'true'),
	(null, 'app.lead_raised((select f from app.finding f where id = {f-issued}))', 'false'),
	(null, 'app.decided_on_team((select f from app.finding f where id = {f-lead}))', 'true'),
	(null, 'app.decided_on_team((select f from app.finding f where id = {f-alone}))', 'false'),
	('l', '(app.decider_refusal((select f from app.finding f where id = {f-disputed}))).say', 'null'),
	('l', '(app.decider_refusal((select f from app.finding f where id = {f-lead}))).say', 's11.raised'),
	('a', '(app.decider_refusal((select f from app.finding f where id = {f-lead}))).say', 'null'),
	('c', '(app.decider_refusal((select f from app.finding f where id = {f-disputed}))).say', 'place.decider'),
	('n', '(app.decider_refusal((select f from app.finding f where id = {f-disputed}))).say', 's11.lead_decides'),
	('e', '(app.decider_refusal((select f from app.finding f where id = {f-alone}))).say', 'null'),
	(null, 'app.dispute_state_today(''open'', current_date)', 'open'),
	(null, 'app.dispute_state_today(''open'', current_date - 1)', 'stands'),
	(null, 'app.dispute_state_today(''decided'', current_date - 1)', 'decided'),
	('l', '(app.dispute_of({f-disputed})).id', 'dispute-disputed'),
	('z', '(app.dispute_of({f-disputed})).id', 'null'),
	('l',
		'select app.decide_dispute((select f from app.finding f where id = {f-disputed}), ''upheld'', null, ''x'') => '
		'(select state from app.finding where id = {f-disputed})', 'acknowledged'),
	('l',
		'app.decide_dispute((select f from app.finding f where id = {f-disputed}), ''regraded'', '
		'(app.finding_of({f-disputed})).grade, ''x'')', 'grade');
insert into t.line_of (who, act, wanted) values
	('a', '(app.decider_refusal((select f from app.finding f where f.id = {f-disputed}))).say', 's11.lead_decides'),
	('+l',
		'app.decide_dispute((select f from app.finding f where f.id = {f-disputed}), ''regraded'', ''minor'', ''x'')',
		'grade');
insert into t.line_of (who, act, wanted, given) values
	('+l',
		'select app.decide_dispute((select f from app.finding f where f.id = {f-disputed}), ''upheld'', null, ''x'') '
		'=> (select array[plan_due - current_date, implementation_due - current_date] from app.finding where id = '
		'{f-disputed})', '{13,23}',
		'update app.finding set paused_on = current_date - 3, plan_due = current_date + 10, implementation_due = '
		'current_date + 20 where id = {f-disputed}');
