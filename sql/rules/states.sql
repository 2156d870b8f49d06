-- The states of records: which verb leads from which to which. Read by the trigger that guards a state, by the gate (a
-- verb is refused in any other), by the description (x-from, x-to) and by the docs, which draw them.
--
-- A verb that leaves the state as it is stands with that state twice. A state that `was` null is the first. What a day
-- or another record brings about has the verb `by itself`.

create or replace function app.transitions() returns table (noun text, verb text, was text, becomes text)
language sql immutable
begin atomic
	select * from (values
	-- audit
	('audit', 'plan', null, 'planned'),
	('audit', 'update', 'planned', 'planned'),
	('audit', 'update', 'prepared', 'prepared'),
	('audit', 'update', 'fieldwork', 'fieldwork'),
	('audit', 'set_functions', 'planned', 'planned'),
	('audit', 'set_functions', 'prepared', 'prepared'),
	('audit', 'set_functions', 'fieldwork', 'fieldwork'),
	('audit', 'send_plan', 'planned', 'planned'),
	('audit', 'send_plan', 'prepared', 'prepared'),
	('audit', 'name_recipient', 'planned', 'planned'),
	('audit', 'name_recipient', 'prepared', 'prepared'),
	('audit', 'name_recipient', 'fieldwork', 'fieldwork'),
	('audit', 'name_recipient', 'reporting', 'reporting'),
	('audit', 'prepare', 'planned', 'prepared'),
	('audit', 'start_fieldwork', 'prepared', 'fieldwork'),
	('audit', 'start_reporting', 'fieldwork', 'reporting'),
	('audit', 'conclude', 'fieldwork', 'fieldwork'),
	('audit', 'conclude', 'reporting', 'reporting'),
	('audit', 'by itself', 'reporting', 'released'),	-- by the release of its report
	('audit', 'close', 'released', 'closed'),
	('audit', 'cancel', 'planned', 'cancelled'),
	('audit', 'cancel', 'prepared', 'cancelled'),
	('audit', 'cancel', 'fieldwork', 'cancelled'),
	('audit', 'cancel', 'reporting', 'cancelled'),

	-- assignment, proposal, ending
	('proposal', 'by itself', null, 'open'),			-- by the call that may only be proposed
	('proposal', 'countersign', 'open', 'open'),		-- the first of two
	('proposal', 'countersign', 'open', 'countersigned'),
	('proposal', 'decline', 'open', 'declined'),
	('proposal', 'withdraw', 'open', 'withdrawn'),

	-- finding

	-- dispute

	-- request

	-- evidence

	-- response

	-- action

	-- extension

	('', '', null, null)
	) t (noun, verb, was, becomes)
	where t.noun <> '';
end;
comment on function app.transitions() is 'Which verb leads a noun from which state to which.';
