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
	('already_done', 'This was already done; its answer held a secret and was not kept.'),
	('forbidden.scope', 'This token may not do that.'),
	('reasons', '{reasons}'),
	('days.since', ' since {from}'),
	('days.until', ' until {until}'),
	('param.required', 'is required'),
	('param.method', 'is no method'),
	('param.list', 'is no list'),
	('param.columns', 'are those that the list shows; ''{unknown}'' is none'),
	('param.limit', 'must be 1 to 200'),
	('param.known', 'must be one of {known}'),
	('param.sort', 'must be one of {sorts}, with - for downwards'),
	('param.after', 'must be what an earlier page gave'),
	('param.after_page', 'is not where a page of this list, with this sort and these filters, ended'),
	('param.may_noun', 'is no noun whose records are changed by verbs'),
	('param.empty', 'may not be empty'),
	('param.request_id', 'must be a UUID made by the caller'),
	('param.request_id_used', 'was used for another call; make a new one'),
	-- what is owed
	('owed.declaration.sign', 'Sign your declaration of independence.'),
	('owed.declaration.confirm', 'Confirm, before the release, that your declaration still holds.'),
	('owed.safeguard.record', 'Record a safeguard for an interest that was declared, or end the assignment.'),
	('owed.confirmation.give', 'Confirm who operates and monitors {function}.'),
	('owed.audit.name_recipient', 'Name who receives the report.'),
	('owed.check.record', 'Record a result.'),
	('owed.check.review', 'Review a result.'),
	('owed.request.submit', 'Supply what is asked for.'),
	('owed.request.accept', 'Accept what was supplied, or return it.'),
	('owed.finding.acknowledge', 'Acknowledge the finding, or dispute it.'),
	('owed.finding.answer', 'Say whether you take it up, and when it is done.'),
	('owed.finding.review', 'Review the finding.'),
	('owed.finding.sign', 'Sign, or do not agree with, the lower grade or the withdrawal.'),
	('owed.response.save', 'Contain, correct, find the cause, and plan.'),
	('owed.response.submit', 'Complete the plan and submit it.'),
	('owed.response.accept', 'Accept the plan, or return it.'),
	('owed.action.done', 'Do it, and prove it.'),
	('owed.extension.decide', 'Grant a later date, or decline it.'),
	('owed.dispute.decide', 'Decide the dispute.'),
	('owed.verification.record', 'Verify whether the actions were effective.'),
	('owed.proposal.countersign', 'Countersign the proposal, or decline it.'),
	('owed.ending.countersign', 'Countersign the end that was dated back, or decline it.'),
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
	('s1.first_day',
		'Audit {audit} begins on {from}: until then its team declares, prepares and asks, and judges nothing. '
		'Who wants to begin earlier has its dates changed.'),
	('s2', '{party} operates {function}{days}{belongs}.'),
	('s2.employed', ', and {person} is employed by it{days}'),
	('s2.contracted', ', and {person} is contracted to it{days}'),
	('s2.owner', ', and {person} is an owner of it{days}'),
	('s2.employed.kin', ', and {person} is employed by {kin_party}, a company of its group{days}'),
	('s2.contracted.kin', ', and {person} is contracted to {kin_party}, a company of its group{days}'),
	('s2.owner.kin', ', and {person} is an owner of {kin_party}, a company of its group{days}'),
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
	('s13.responsible', 'Whoever countersigns stands on the side of nothing that the end frees. {reason}'),
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
	('s4.arranged', '{person} planned, staffed or safeguarded audit {audit} and cannot be on its team.'),
	('s4.responsible', 'Who arranges an audit stands on the side of no function of it. {reason}'),
	('s4.own_place', '{person} cannot decide about their own place in an audit.'),
	('s4.proposes', 'A programme manager proposes who is on a team, and management countersigns.'),
	('s4.on_team', '{person} is on the team of this audit and cannot arrange it: whoever is not on it proposes.'),
	('s4.proposes_own', '{person} does not propose themselves: an administrator, or another programme manager, does.'),
	('s4.decides_own', 'A proposal is decided by neither its proposer nor the person it is about.'),
	('s4.signer', 'Who countersigns stands on the side of no function concerned. {reason}'),
	('s4.nothing_waits', 'Nothing that they arranged here waits for a signature.'),
	('s4.second', 'Nobody in management is free of these functions: the second signature is another person''s.'),

	-- S5
	('s5.hand',
		'{person} had a hand in this (owned or did an action, gave its proof, or wrote or approved the response) '
		'and does not judge it.'),
	('s5.judged',
		'{person} has judged this (raised, graded, issued or reviewed it, accepted a plan, decided or verified) '
		'and cannot do the work that is judged.'),
	('s5.on_team', '{person} is on the team of this audit and does not answer its findings.'),
	('s5.answered', '{person} had a hand in answering {finding} and is on no team of its audit.'),
	('s5.judged_finding', 'You have judged this finding and do not answer it.'),

	-- S6, S11
	('s4.names_signer',
		'Who is responsible for a function that this is about does not name who signs, and nobody names '
		'themselves.'),
	('s4.names_decider', 'Who is responsible for a function that this is about does not name who decides, and nobody '
		'names themselves.'),
	('s4.names_verifier', 'You are responsible for a function that this is about and do not name its verifier.'),
	('s6.own_decision', 'Who raised the finding or decided on it does not sign the decision.'),
	('s6.second_signer',
		'A second lead or auditor of the part signs; somebody off the team is named where there is none.'),
	('s11.raised', 'You raised this finding: its dispute is decided by somebody else.'),
	('s11.auditor_decides', 'An auditor of the team decides: the lead raised it.'),
	('s11.lead_decides', 'The lead of the audit decides this dispute.'),
	('s11.raiser_named', 'Who raised the finding does not decide its dispute.'),
	('s11.on_team', 'Its dispute is decided by the lead, or, where the lead raised it, by another auditor of its part; '
		'somebody off the team is named where there is none.'),

	-- S7
	('s7.undeclared', 'Sign your declaration of independence first; an interest in it waits for a safeguard.'),
	('s7.confirms_own', 'Nobody confirms what they said of themselves.'),
	('s7.confirms_bound', 'Whoever confirms it stands on no side of its function. {reason}'),
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
	('s12.today', '{person} holds no competence record for a criterion of audit {audit} that is valid today.'),
	('s12.uncovered', 'No lead or auditor of the team holds a competence record for {framework} on every day of '
		'fieldwork.'),

	-- audits and their steps
	('audit.recipient', 'The recipient is of the organisation''s relevant management; an observer reads what is '
		'published to their party.'),
	('audit.undeclared', 'These team members have no valid declaration of independence (S7): {persons}.'),
	('audit.unguarded', 'An interest of these team members waits for a safeguard (S7): {persons}.'),
	('audit.unconfirmed', 'The owner has not confirmed who operates and monitors: {functions}.'),
	('audit.waits', 'What {persons} arranged waits for the signature of management: they stand on a side of this audit '
		'(S4).'),
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
	('param.requirements', 'holds one that does not exist'),
	('param.reason_plan', 'is given for a change from `prepared` on'),

	-- teams: assignments, proposals, competences, declarations, safeguards
	('team.scope', 'A function is not in the scope of this part of the audit.'),
	('team.criteria', 'A requirement is not among the criteria of this audit.'),
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
	('check.redone', 'Redone.'),
	('param.reason_not_assessed', 'is needed where the result is not_assessed'),
	('review.nothing', 'Nothing about it waits for a review.'),

	-- requests and evidence
	('place.request_answerer', 'You are not responsible for the function that this asks about.'),
	('place.leave', 'Whoever supplied it gives leave, or management names the clause of the contract.'),
	('place.verified', 'Whoever verified attaches what it rests on.'),
	('place.upload_resume', 'Whoever began an upload goes on with it.'),
	('place.upload_end', 'Whoever began an upload ends it.'),
	('request.own', 'You accepted this yourself: another auditor of the team reviews it.'),
	('evidence.uploading', 'Its upload has not ended.'),
	('evidence.revised_uploading', 'The upload of what it replaces has not ended.'),
	('evidence.incomplete', 'Bytes are missing.'),
	('evidence.changed', 'The bytes changed while the server read them back: send the end of the file again.'),
	('evidence.unmeasured', 'The server has not read the bytes back yet: send the end of the file again.'),
	('evidence.sha256', 'What is stored is not what you state: the SHA-256 differs.'),
	('evidence.statement', 'It is a statement: evidence.get has its words.'),
	('param.evidence_or_answer', 'name at least one, or give an answer'),
	('param.attach_request', 'evidence is supplied to a request by request.submit'),
	('param.chunk', 'must be 0 to {last}'),
	('param.chunk_bytes', 'must be {bytes} bytes'),
	('param.digest', 'must be 32 bytes'),

	-- findings, grades, disputes
	('place.answerer', 'This finding is answered by whoever is responsible for the function that it addresses.'),
	('place.remark', 'Remarks are for the team, for whoever is responsible for its functions, and on a dispute for '
		'management.'),
	('place.name_verifier', 'The lead of the audit names a verifier, or an administrator.'),
	('place.decider', 'You are not on the team that decides this dispute.'),
	('finding.addressed', 'The addressed function is one of the finding''s functions.'),
	('finding.own', 'You raised or graded this yourself: another auditor of the team reviews it.'),
	('finding.review_first_s12', 'An auditor of the team reviews it first (S12).'),
	('finding.review_first', 'An auditor of the team reviews it first.'),
	('finding.no_grade', 'It has no grade yet.'),
	('finding.share_first', 'Share it for accuracy first, or say why not.'),
	('finding.strength', 'A strength asks for no answer.'),
	('finding.answered_by_response', 'A nonconformity is answered by a response and its actions.'),
	('grade.none', 'No requirement is unmet, so it is no nonconformity.'),
	('grade.absent', 'A required element is absent or has broken down totally.'),
	('grade.accumulated', 'Several minor nonconformities on one requirement add up to a systemic failure.'),
	('grade.outcome_at_risk', 'The certified outcome is at risk.'),
	('grade.recurs', 'It recurred: a nonconformity on the same requirement and function was issued in an earlier audit '
		'within three years.'),
	('grade.minor', 'A requirement is unmet, and nothing makes it major.'),
	('finding.grade_reason', 'The aid computes {grade}; another grade needs a reason.'),
	('finding.same_grade', 'That is its grade already.'),
	('finding.decision_waits', 'An earlier decision on this finding waits for its signature.'),
	('finding.no_decision_waits', 'No decision on this finding waits for a signature.'),
	('finding.signer_no_auditor', 'Who signs has the auditor role.'),
	('finding.verifier_no_auditor', 'A verifier has the auditor role.'),
	('finding.verifier_off_team', 'The lead names a lead or auditor of the part; somebody off the team is named by an '
		'administrator.'),
	('dispute.once', 'A finding is disputed once.'),
	('dispute.until', 'It could be disputed until {until}.'),
	('dispute.same_grade', 'Regrading names another grade.'),
	('dispute.decider_no_auditor', 'Who decides has the auditor role.'),
	('param.finding_about', 'and functions are needed where it is not raised from a check'),
	('param.reason_declined', 'is needed where it is declined'),

	-- responses, actions, extensions, verifications
	('place.action_owner', 'This is for whoever owns the action.'),
	('place.hand_over', 'Whoever owns the action hands it over, or whoever is responsible for the function.'),
	('place.extension', 'Whoever owns the action asks, or whoever is responsible for the function.'),
	('place.verifier', '{person} is named to verify this.'),
	('response.not_for_this', 'Only a nonconformity takes a response and actions; accept or decline this by '
		'finding.answer.'),
	('response.containment', 'A major nonconformity is contained first, or it says why that does not apply.'),
	('response.correction', 'Say what puts this instance right.'),
	('response.correction_only', 'Correction only is for a minor nonconformity.'),
	('response.root_cause', 'A nonconformity needs its root cause and its extent.'),
	('response.action', 'A plan has at least one action; after an ineffective one, a new one.'),
	('action.owner_no_auditee', 'Who owns an action has the auditee role.'),
	('action.plan_closed',
		'The plan is submitted or accepted; it is changed only by a new one (response.save begins it).'),
	('action.new_plan', 'A new plan is being written: it is submitted and accepted first (response.submit).'),
	('action.due', 'It is due today or later.'),
	('action.later', 'A later date of an accepted action is asked for by extension.ask.'),
	('action.owned', 'They own it already.'),
	('extension.until', 'It is due {due}; ask for a later day.'),
	('extension.asked', 'An extension of this action is asked for already.'),
	('verification.judge_from', 'The plan sets {judge_from} as the day from which it can be judged.'),
	('param.original', 'is needed where it is recorded on behalf of a supplier'),

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
	('release.waits', 'what {persons} arranged waits for the signature of management'),
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

	-- organisation, parties, people, roles
	('organisation.cooling_off', 'The cooling-off period may be lengthened, never shortened (S1).'),
	('party.known', 'A party with this legal identifier is recorded already.'),
	('party.leaves_group', 'Parties leave a group by management recording it; an administrator only adds (S13).'),
	('person.known', 'A person with this e-mail address is recorded already.'),
	('membership.known', 'They have this role in that period already.'),
	('membership.management_given', 'The role of management is given by management alone.'),
	('membership.management_taken', 'The role of management is taken by management alone.'),
	('param.timezone', 'must be a name of the IANA time-zone database, as Europe/Berlin'),
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
	('param.expires_on', 'must be a day within a year from now')
	) s (id, text);
end;
comment on function app.sentences() is 'The texts of all sentences by their ids.';
grant execute on function app.sentences() to ninetwo_auth, ninetwo_ledger;
