-- Every sentence that a refusal, a reason or a stored remark says, once. How they are filled: core/sentence.sql.
-- The id begins with the rule or noun that says it. What helps against a rule stands in rules/helps.sql.

create view app.sentence as
	select * from (values
	-- the wire
	('unauthenticated', 'Sign in first.'),
	('forbidden', 'None of your roles here may do this.'),
	('not_found', 'There is no such {noun}, or it is not for you to see.'),
	('stale', 'Somebody else has changed it since you read it.'),
	('state', 'It is {state}; this needs it to be {allowed}.'),
	('slow', 'Slow down.'),
	('already_done', 'This was already done; its answer held a secret and was not kept.'),
	('param.may_ids', 'names 1 to 50 records'),
	('param.may_noun', 'is no noun whose records are changed by verbs'),
	('param.empty', 'may not be empty'),
	('param.request_id', 'must be a UUID made by the caller'),
	('param.request_id_used', 'was used for another call; make a new one'),
	-- S5
	('s5.hand', '{person} had a hand in this (owned or did an action, gave its proof, or wrote or approved the response) '
		'and does not judge it.'),
	('s5.judged', '{person} has judged this (raised, graded, issued or reviewed it, accepted a plan, decided or verified) '
		'and cannot do the work that is judged.')
	) s (id, text);
grant select on app.sentence to ninetwo_api, ninetwo_auth, ninetwo_ledger;
comment on view app.sentence is 'The texts of all sentences by their ids.';
