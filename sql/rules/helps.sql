-- What each rule of separation says, and what helps against its refusal, in words for a person: in the description, so
-- that a client may show them in its own language.

create or replace function app.helps() returns table (ordinal int, rule text, text text, helps text)
language sql immutable
begin atomic
	select * from (values
	(1, 'S1', 'self-review: nobody judges what they own, operate or monitor, or did within the cooling-off period',
		'Assign somebody else: audit.eligible lists who may.'),
	(2, 'S2', 'party self-review: nobody of a party that operates a function judges it',
		'Assign somebody who does not belong to that party.'),
	(3, 'S3', 'certification apart: who certifies the organisation does not audit it, for 24 months either way',
		'Assign somebody outside the certification body.'),
	(4, 'S4', 'selection: nobody chooses, moves or excuses their own judge',
		'Propose it: it takes effect when somebody of management without a part in it countersigns.'),
	(5, 'S5', 'the hands that did the work do not accept, extend or verify it',
		'Ask an auditor who had no hand in it.'),
	(6, 'S6', 'classification: grades come from the team, and lowering one takes a second signature',
		'Ask the lead, with the signature of a second auditor of the part.'),
	(7, 'S7', 'declaration: independence is declared before anything is read or recorded',
		'Sign the declaration; an interest needs a recorded safeguard.'),
	(8, 'S8', 'observers read what was released to them, and each reading is recorded', null),
	(9, 'S9', 'the mirror: from prepared on, no decision may break an audit''s independence',
		'Let it begin after the audit is closed, or end the assignment first.'),
	(10, 'S10', 'blind administration: administering gives no sight of working papers', null),
	(11, 'S11', 'disputes are not decided by who raised the finding', 'Ask the one whom S11 makes the decider.'),
	(12, 'S12', 'competence: the lead is evaluated as a lead, and the team covers the criteria',
		'Have the competence evaluated and recorded, or let them join as trainee or technical expert.'),
	(13, 'S13', 'history is not shortened by one person',
		'Ask somebody of management, free of S4, to countersign the earlier end.'),
	(14, 'roles', 'roles that exclude each other are not held by one person in one organisation at one time',
		'End the other role first, or give this one to somebody else.'),
	(15, 'place', 'you have the role and see the record, but it is not yours to do this with',
		'Ask who is on its team or answers for it.')
	) h (ordinal, rule, text, helps);
end;
comment on function app.helps() is 'What each rule says, and what helps; null where nothing does.';
