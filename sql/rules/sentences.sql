-- Every sentence that a refusal, a reason or a stored remark says, once. How they are filled: core/sentence.sql.
-- The id begins with the rule or noun that says it. What helps against a rule stands in rules/helps.sql.

create or replace function app.sentences() returns table (id text, text text)
language sql immutable
begin atomic
	select * from (values
	-- the wire
	('unauthenticated', 'Sign in first.'),
	('forbidden', 'None of your roles here may do this.'),
	('not_found', 'There is no such {noun}, or it is not for you to see.'),
	('stale', 'Somebody else has changed it since you read it.'),
	('state', 'It is {state}; this needs it to be {allowed}.'),
	('state.step', 'A {noun} that is {state} does not become {becomes}.'),
	('slow', 'Slow down.'),
	('already_done', 'This was already done; its answer held a secret and was not kept.'),
	('param.may_ids', 'names 1 to 50 records'),
	('param.may_noun', 'is no noun whose records are changed by verbs'),
	('param.empty', 'may not be empty'),
	('param.request_id', 'must be a UUID made by the caller'),
	('param.request_id_used', 'was used for another call; make a new one'),
	-- whose place it is
	('place.team', 'You are not on the team of this part of the audit.'),
	('team.role', 'As {role} you may not do this; it is for {roles} of the part.'),

	-- S1 to S3, S9, S13, roles

	-- S4

	-- S5
	('s5.hand', '{person} had a hand in this (owned or did an action, gave its proof, or wrote or approved the response) '
		'and does not judge it.'),
	('s5.judged', '{person} has judged this (raised, graded, issued or reviewed it, accepted a plan, decided or verified) '
		'and cannot do the work that is judged.'),

	-- S6, S11

	-- S7
	('s7.undeclared', 'Sign your declaration of independence first; an interest in it waits for a safeguard.'),

	-- S8

	-- S12

	-- audits and their steps

	-- teams: assignments, proposals, competences, declarations, safeguards

	-- checks
	('check.own', 'You recorded this yourself: another auditor of the team reviews it.'),
	('check.no_result', 'There is no result to review yet.'),
	('param.reason_not_assessed', 'is needed where the result is not_assessed'),

	-- requests and evidence

	-- findings, grades, disputes

	-- responses, actions, extensions, verifications

	-- releases and reports

	-- organisation, parties, people, roles

	-- functions, responsibilities, operations, endings

	-- sessions, tokens, invitations, catalogues

	('end', '')
	) s (id, text);
end;
comment on function app.sentences() is 'The texts of all sentences by their ids.';
grant execute on function app.sentences() to ninetwo_auth, ninetwo_ledger;
