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
	('place.lead', 'Only the audit''s lead, with a valid declaration of independence, does this.'),
	('team.role', 'As {role} you may not do this; it is for {roles} of the part.'),

	-- S1 to S3, S9, S13, roles

	-- S4
	('s4.arranged', '{person} planned, staffed or safeguarded audit {audit} and cannot be on its team.'),
	('s4.responsible', 'Who arranges an audit has no responsibility for a function in its scope. {reason}'),
	('s4.own_place', '{person} cannot decide about their own place in an audit.'),
	('s4.proposes', 'A programme manager proposes who is on a team, and management countersigns.'),
	('s4.on_team', '{person} is on the team of this audit and cannot arrange it: whoever is not on it proposes.'),
	('s4.proposes_own', '{person} does not propose themselves: an administrator, or another programme manager, does.'),
	('s4.decides_own', 'A proposal is decided by neither its proposer nor the person it is about.'),
	('s4.signer', 'Who countersigns has no responsibility for the functions concerned. {reason}'),
	('s4.second', 'Nobody in management is free of these functions: the second signature is another person''s.'),

	-- S5
	('s5.hand', '{person} had a hand in this (owned or did an action, gave its proof, or wrote or approved the response) '
		'and does not judge it.'),
	('s5.judged', '{person} has judged this (raised, graded, issued or reviewed it, accepted a plan, decided or verified) '
		'and cannot do the work that is judged.'),

	-- S6, S11

	-- S7
	('s7.undeclared', 'Sign your declaration of independence first; an interest in it waits for a safeguard.'),
	('lapse.signed_anew', 'Signed anew.'),
	('lapse.interest_changed', 'An interest changed.'),
	('interest.attests', '{party} attests the organisation, and {person} belongs or belonged to it.'),

	-- S8

	-- S12
	('s12.own', 'A competence is evaluated and recorded by someone else.'),
	('s12.no_auditor', '{person} does not have the auditor role; it is needed for every assignment.'),
	('s12.lead', '{person} is not evaluated as a lead from {from} to {until}, the fieldwork of audit {audit}.'),
	('s12.criterion', '{person} holds no valid competence record for a criterion of audit {audit}; without one they '
		'join as trainee or technical expert.'),
	('s12.uncovered', 'No lead or auditor of the team holds a competence record for {framework} on every day of '
		'fieldwork.'),

	-- audits and their steps
	('audit.recipient', 'The recipient is of the organisation''s relevant management; an observer reads what is '
		'published to their party.'),
	('audit.undeclared', 'These team members have no valid declaration of independence (S7): {persons}.'),
	('audit.unguarded', 'An interest of these team members waits for a safeguard (S7): {persons}.'),
	('audit.unconfirmed', 'The owner has not confirmed who operates and monitors: {functions}.'),
	('audit.plan_lacks', 'The plan lacks: {lacks}.'),
	('plan.sites', 'sites'),
	('plan.methods', 'methods'),
	('plan.timetable', 'a timetable'),
	('plan.scope', 'the scope in words'),
	('plan.criteria', 'the criteria in words'),
	('plan.sent', 'having been sent to the auditees'),
	('audit.checks_open', 'These checks have no result yet: {checks}.'),
	('audit.check', 'check {number} ({ref}, {function})'),
	('audit.not_covered', 'These requirements of the plan have no check: prepare one for each, or say in not_covered '
		'why it is left without, which the report prints: {refs}.'),
	('audit.no_verifier', 'These nonconformities are open and have no verifier: {findings}.'),
	('audit.revision_due', 'A fact came to light after the release: the report is due for revision.'),
	('param.ends_on', 'is not before starts_on'),
	('param.audited_from', 'is not after starts_on'),
	('param.parts', 'names at least one part'),
	('param.methods', 'are on_site, remote or both'),
	('param.requirements', 'holds one that does not exist'),
	('param.functions', 'names at least one function'),
	('param.reason_plan', 'is given for a change from `prepared` on'),

	-- teams: assignments, proposals, competences, declarations, safeguards
	('team.scope', 'A function is not in the scope of this part of the audit.'),
	('team.criteria', 'A requirement is not among the criteria of this audit.'),
	('team.answers', '{person} is on the team of this audit and does not answer its findings.'),
	('assignment.one_lead', 'The audit has a lead; end that assignment first.'),
	('assignment.known', 'They are on this team already.'),
	('proposal.assign', '{by_person} proposes {person} as {role} of audit {audit}. {reason}'),
	('proposal.end', '{by_person} proposes to take {person} off the team. {reason}'),
	('proposal.competence', '{by_person} proposes a competence record for {person}. {reason}'),
	('proposal.safeguard', '{by_person} proposes a safeguard for an interest of {person}. {reason}'),
	('proposal.own', 'Only its proposer withdraws a proposal.'),
	('declaration.sign_own', 'Everyone signs their own declaration.'),
	('declaration.confirm_own', 'Everyone confirms their own declaration.'),
	('interest.team', 'Only someone on the team of the audit declares an interest.'),
	('confirmation.owner', 'Only the function''s owner, or who answers for it, confirms who operates and monitors it.'),
	('param.part_of_role', 'is given for every role but lead; a lead is on every part'),
	('param.framework_of_kind', 'is given for kind criterion and for nothing else'),
	('param.valid_until', 'is not before valid_from'),
	('param.function_out_of_scope', 'names a function that is not in scope'),
	('param.not_in_scope', 'is not in scope'),
	('param.not_in_audit', 'is not in the audit''s scope'),
	('param.begins_in_future', 'begins in the future: that is a decision, for an administrator to record'),
	('param.ends_before', 'ends before it begins'),

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
