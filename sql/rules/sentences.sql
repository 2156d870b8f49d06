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
	('s5.on_team', '{person} is on the team of this audit and does not answer its findings.'),
	('s5.answered', '{person} had a hand in answering {finding} and is on no team of its audit.'),
	('s5.judged_finding', 'You have judged this finding and do not answer it.'),

	-- S6, S11
	('s4.names_signer', 'Who is responsible for a function that this is about does not name who signs, and nobody names '
		'themselves.'),
	('s4.names_decider', 'Who is responsible for a function that this is about does not name who decides, and nobody '
		'names themselves.'),
	('s4.names_verifier', 'You are responsible for a function that this is about and do not name its verifier.'),
	('s6.own_decision', 'Who raised the finding or decided on it does not sign the decision.'),
	('s6.second_signer', 'A second lead or auditor of the part signs; somebody off the team is named where there is none.'),
	('s9.named', '{explanation} {person} is named to verify {finding} until it closes.'),
	('s11.raised', 'You raised this finding: its dispute is decided by somebody else.'),
	('s11.auditor_decides', 'An auditor of the team decides: the lead raised it.'),
	('s11.lead_decides', 'The lead of the audit decides this dispute.'),
	('s11.raiser_named', 'Who raised the finding does not decide its dispute.'),
	('s11.on_team', 'Its dispute is decided by the lead, or, where the lead raised it, by another auditor of its part; '
		'somebody off the team is named where there is none.'),

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
	('param.valid_until', 'is not before valid_from'),
	('param.chunk', 'must be 0 to {last}'),
	('param.chunk_bytes', 'must be {bytes} bytes'),
	('param.digest', 'must be 32 bytes'),
	('param.size', 'must be 0 to 1073741824 bytes (1 GiB)'),
	('param.file_name', 'must be a name of 1 to 255 characters, without a path'),
	('param.media_type', 'must be as application/pdf'),
	('param.sha256', 'must be 64 hexadecimal digits'),

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
	('action.plan_closed', 'The plan is submitted or accepted; it is changed only by a new one (response.save begins it).'),
	('action.new_plan', 'A new plan is being written: it is submitted and accepted first (response.submit).'),
	('action.due', 'It is due today or later.'),
	('action.later', 'A later date of an accepted action is asked for by extension.ask.'),
	('action.owned', 'They own it already.'),
	('extension.until', 'It is due {due}; ask for a later day.'),
	('extension.asked', 'An extension of this action is asked for already.'),
	('verification.judge_from', 'The plan sets {judge_from} as the day from which it can be judged.'),
	('param.original', 'is needed where it is recorded on behalf of a supplier'),
	('param.percent', 'must be 0 to 100'),

	-- releases and reports

	-- organisation, parties, people, roles

	-- functions, responsibilities, operations, endings

	-- sessions, tokens, invitations, catalogues

	('end', '')
	) s (id, text);
end;
comment on function app.sentences() is 'The texts of all sentences by their ids.';
grant execute on function app.sentences() to ninetwo_auth, ninetwo_ledger;
