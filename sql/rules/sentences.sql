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
	('forbidden.scope', 'This token may not do that.'),
	('reasons', '{reasons}'),
	('days.since', ' since {from}'),
	('days.until', ' until {until}'),
	('param.required', 'is required'),
	('param.unknown', 'is not a parameter of this method'),
	('param.type', 'A parameter is not of its type.'),
	('param.method', 'is no method'),
	('param.limit', 'must be 1 to 200'),
	('param.sort', 'must be one of {sorts}, with - for downwards'),
	('param.after', 'must be what an earlier page gave'),
	('param.after_page', 'is not where a page of this list, with this sort and these filters, ended'),
	('param.after_list', 'is not where a page of this list ended'),
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
	('s1', '{person} {does} {function}{carried}{days}{entered}{window}.'),
	('s1.owns', 'owns'),
	('s1.owns.past', 'owned'),
	('s1.operates', 'operates'),
	('s1.operates.past', 'operated'),
	('s1.monitors', 'monitors'),
	('s1.monitors.past', 'monitored'),
	('s1.answers', 'answers for'),
	('s1.answers.past', 'answered for'),
	('s1.carried', ' (which carries over to {function})'),
	('s1.until', ' until {until}; the cooling-off period ends {ends}'),
	('s1.entered', ' (its end was entered as {entered} on a later day; until management countersigns, it counts until '
		'{until})'),
	('s1.window', '; audit {audit} looks back to {from}'),
	('s2', '{party} operates {function}{days}{belongs}.'),
	('s2.employed', ', and {person} is employed by it{days}'),
	('s2.contracted', ', and {person} is contracted to it{days}'),
	('s2.owner', ', and {person} is an owner of it{days}'),
	('s2.belongs', '{person} belongs to {party} from {from}.'),
	('s2.in_party', '{person} belongs to {party}{days}.'),
	('s2.operates', '{party} operates a function, and S2 holds for it: it is called the organisation itself once '
		'management has recorded that it is of the organisation''s own group.'),
	('s2.group', 'Whoever records that a party is of the organisation''s own group lifts S2 for it, and is free of it. '
		'{reasons} Somebody else of management records it; until then S2 holds.'),
	('s3', '{party} certifies the organisation{days}{belongs}; it and its people supply no auditor to it within 24 '
		'months.'),
	('s3.belongs', ', and {person} belongs to it'),
	('s9', '{person} judges in audit {audit} ({audit_title}) until their last judgement in it; a decision that would '
		'break {breaks} is refused until then.'),
	('s9.met', '{because} {binds}'),
	('s9.named', '{explanation} {person} is named to verify {finding} until it closes.'),
	('s9.verified', '{because} {finding} was verified or decided for them within 24 months.'),
	('s13.own', 'An end dated before the day it was entered is countersigned by neither the one who entered it nor the '
		'one it is about.'),
	('s13.responsible', 'Whoever countersigns has no responsibility for the function concerned. {reason}'),
	('roles.exclude', '{person} is {other_role} from {from}{until}; {other_role} and {role} exclude each other in one '
		'organisation at one time.'),
	('roles.first', 'The first administrator and the first person of management are two people.'),
	('claim.team_arranges', '{person} is on the team of this audit and cannot arrange it.'),
	('claim.side', '{person} is on the other side of this rule.'),
	('judging.ended', 'The audit has ended; nobody joins its team.'),
	('lapse.began', 'A responsibility for a function in scope began.'),
	('lapse.assignment_ended', 'The assignment ended.'),
	('lapse.functions_added', 'Functions were added to the scope.'),
	('lapse.function_came', 'A function came under one in scope.'),
	('lapse.carried', 'Responsibilities for a function in scope were carried on to it.'),

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
	('release.blocked', 'The report cannot be released yet: {blockers}.'),
	('release.check_open', 'check {number} ({ref}, {function}) has no result'),
	('release.check_unreviewed', 'check {number} waits for its review'),
	('release.request_unreviewed', 'the acceptance of request {number} waits for its review'),
	('release.finding_unreviewed', '{finding} waits for its review'),
	('release.finding_draft', '{finding} is neither issued nor withdrawn'),
	('release.dispute_open', 'the dispute of {finding} awaits its decision'),
	('release.grading_unsigned', 'a decision on {finding} waits for its signature'),
	('release.unconfirmed', '{person} has not confirmed their declaration since the last finding was issued'),
	('release.interest_open', 'an interest of {person} waits for its safeguard'),
	('release.conclusion', 'the conclusion is not written'),
	('release.recipient', 'management has not named a recipient'),
	('release.team', 'What stands between an audit and its release is for its team.'),
	('release.no_revision', 'The report is released, and nothing asks for a revision.'),
	('release.revised', 'There is a revision of it; publish that.'),
	('release.until', 'It is published until today or later.'),
	('release.not_published', 'It is not published to this party.'),
	('release.leave', 'A supplier gave this: publishing it takes their leave or the contract''s '
		'(evidence.give_leave).'),
	('param.not_covered', 'names requirements of the plan that have no check'),
	('param.not_covered_why', 'says why, for each'),

	-- organisation, parties, people, roles
	('organisation.cooling_off', 'The cooling-off period may be lengthened, never shortened (S1).'),
	('party.known', 'A party with this legal identifier is recorded already.'),
	('party.leaves_group', 'Parties leave a group by management recording it; an administrator only adds (S13).'),
	('person.known', 'A person with this e-mail address is recorded already.'),
	('membership.known', 'They have this role in that period already.'),
	('membership.management_given', 'The role of management is given by management alone.'),
	('membership.management_taken', 'The role of management is taken by management alone.'),
	('param.timezone', 'must be a name of the IANA time-zone database, as Europe/Berlin'),
	('param.kinds', 'names at least one kind'),
	('param.from_today', 'is today or later'),
	('param.observer_party', 'is given for an observer and for nobody else'),
	('param.until_before_from', 'is not before from_date'),
	('param.until_before_first', 'is not before the first day'),

	-- functions, responsibilities, operations, endings
	('function.known', 'A function with this reference is recorded already.'),
	('function.stays', 'A function stays where it is; one that moves is recorded anew as its successor (S13).'),
	('function.owner', 'It has an owner, who answers for it.'),
	('function.sub_of_itself', 'A function cannot be a sub-function of its own sub-function.'),
	('function.carried_back', 'The second carries over to the first already.'),
	('responsibility.one_owner', '{person} owns this function in that period; a function has one owner at a time. End '
		'theirs first.'),
	('ending.with_record', 'Entered with the record.'),
	('ending.no_longer_answers', 'No longer answers for it.'),
	('ending.since', 'Something else was recorded for the days since the end that was entered; end that first.'),
	('param.reference', 'is up to 32 letters, digits, dots, dashes'),
	('param.answers', 'is owns, operates or monitors; management names who answers for a function without an owner '
		'(function.answer)'),

	-- sessions, tokens, invitations, catalogues
	('session.too_many', 'Too many attempts: wait a little.'),
	('session.wrong', 'The e-mail address or the password is wrong.'),
	('token.by_token', 'A token does not make tokens: sign in.'),
	('invitation.management', '{person} is of management, and a code for them is made by the operator of the machine '
		'alone: ask for ninetwod invite {person_email}. Who has an administrator''s session and the server '
		'could else become them, and countersign what they proposed.'),
	('invitation.management_by_now', 'You are of management by now, and this code was asked for through the server: '
		'ask the operator of the machine for another (ninetwod invite).'),
	('invitation.not_valid', 'This code is not valid, or not any more: ask for another.'),
	('invitation.not_waiting', 'This invitation does not wait for a code.'),
	('param.token_name', 'must be 1 to 100 characters'),
	('param.scope', 'must be 1 to 50 of: finding.* or finding.list, read, *'),
	('param.expires_on', 'must be a day within a year from now'),

	('end', '')
	) s (id, text);
end;
comment on function app.sentences() is 'The texts of all sentences by their ids.';
grant execute on function app.sentences() to ninetwo_auth, ninetwo_ledger;
