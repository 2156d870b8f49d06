-- The states of records: which verb leads from which to which. Read by the trigger that guards a state, by the gate (a
-- verb is refused in any other), by the description (x-from, x-to) and by the docs, which draw them.
--
-- A verb that leaves the state as it is stands with that state twice. A state that `was` null is the first. What a day
-- or another record brings about has the verb `by itself`.

create view app.transition as
	select * from (values
	('', '', null, null)
	) t (noun, verb, was, becomes)
	where t.noun <> '';
grant select on app.transition to ninetwo_api;
comment on view app.transition is 'Which verb leads a noun from which state to which.';
