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

	-- assignment, proposal, ending
	('ending', 'by itself', null, 'effective'),
	('ending', 'by itself', null, 'proposed'),
	('ending', 'countersign', 'proposed', 'countersigned'),
	('ending', 'decline', 'proposed', 'declined'),
	('ending', 'by itself', 'proposed', 'replaced'),

	-- finding

	-- dispute

	-- request

	-- evidence

	-- response

	-- action

	-- extension

	-- invitation: what delivery, its use and a later one do
	('invitation', 'by itself', null, 'waiting'),
	('invitation', 'by itself', null, 'sent'),
	('invitation', 'by itself', 'waiting', 'sent'),
	('invitation', 'by itself', 'sent', 'waiting'),
	('invitation', 'by itself', 'waiting', 'replaced'),
	('invitation', 'by itself', 'sent', 'replaced'),
	('invitation', 'by itself', 'sent', 'used'),

	('', '', null, null)
	) t (noun, verb, was, becomes)
	where t.noun <> '';
end;
comment on function app.transitions() is 'Which verb leads a noun from which state to which.';
