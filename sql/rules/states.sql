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
	('ending', 'by itself', null, 'effective'),
	('ending', 'by itself', null, 'proposed'),
	('ending', 'countersign', 'proposed', 'countersigned'),
	('ending', 'decline', 'proposed', 'declined'),
	('ending', 'by itself', 'proposed', 'replaced'),

	-- finding
	('finding', 'change', 'draft', 'draft'),
	('finding', 'change', 'shared', 'shared'),
	('finding', 'grade', 'draft', 'draft'),
	('finding', 'grade', 'shared', 'shared'),
	('finding', 'share', 'draft', 'shared'),
	('finding', 'issue', 'draft', 'issued'),
	('finding', 'issue', 'shared', 'issued'),
	('finding', 'remark', 'shared', 'shared'),
	('finding', 'remark', 'issued', 'issued'),
	('finding', 'remark', 'acknowledged', 'acknowledged'),
	('finding', 'remark', 'disputed', 'disputed'),
	('finding', 'acknowledge', 'issued', 'acknowledged'),
	('finding', 'answer', 'issued', 'accepted'),
	('finding', 'answer', 'acknowledged', 'accepted'),
	('finding', 'answer', 'issued', 'declined'),
	('finding', 'answer', 'acknowledged', 'declined'),
	('finding', 'answer', 'accepted', 'done'),
	('finding', 'dispute', 'issued', 'disputed'),
	('finding', 'name_verifier', 'issued', 'issued'),
	('finding', 'name_verifier', 'acknowledged', 'acknowledged'),
	('finding', 'name_verifier', 'planned', 'planned'),
	('finding', 'name_verifier', 'plan_accepted', 'plan_accepted'),
	('finding', 'name_verifier', 'plan_returned', 'plan_returned'),
	('finding', 'name_verifier', 'implemented', 'implemented'),
	('finding', 'name_verifier', 'implementation_returned', 'implementation_returned'),
	('finding', 'name_verifier', 'not_effective', 'not_effective'),
	('finding', 'regrade', 'issued', 'issued'),
	('finding', 'regrade', 'acknowledged', 'acknowledged'),
	('finding', 'regrade', 'disputed', 'acknowledged'),
	('finding', 'regrade', 'planned', 'planned'),
	('finding', 'regrade', 'plan_accepted', 'plan_accepted'),
	('finding', 'regrade', 'plan_returned', 'plan_returned'),
	('finding', 'regrade', 'implemented', 'implemented'),
	('finding', 'regrade', 'implementation_returned', 'implementation_returned'),
	('finding', 'regrade', 'not_effective', 'not_effective'),
	('finding', 'regrade', 'accepted', 'accepted'),
	('finding', 'regrade', 'declined', 'declined'),
	('finding', 'regrade', 'accepted', 'acknowledged'),
	('finding', 'regrade', 'declined', 'acknowledged'),
	('finding', 'withdraw', 'draft', 'withdrawn'),
	('finding', 'withdraw', 'shared', 'withdrawn'),
	('finding', 'withdraw', 'issued', 'withdrawn'),
	('finding', 'withdraw', 'acknowledged', 'withdrawn'),
	('finding', 'withdraw', 'disputed', 'withdrawn'),
	('finding', 'withdraw', 'planned', 'withdrawn'),
	('finding', 'withdraw', 'plan_accepted', 'withdrawn'),
	('finding', 'withdraw', 'plan_returned', 'withdrawn'),
	('finding', 'withdraw', 'implemented', 'withdrawn'),
	('finding', 'withdraw', 'implementation_returned', 'withdrawn'),
	('finding', 'withdraw', 'not_effective', 'withdrawn'),
	('finding', 'withdraw', 'accepted', 'withdrawn'),
	('finding', 'withdraw', 'declined', 'withdrawn'),
	('finding', 'by itself', 'issued', 'acknowledged'),
	('finding', 'by itself', 'disputed', 'acknowledged'),
	('finding', 'by itself', 'issued', 'planned'),
	('finding', 'by itself', 'acknowledged', 'planned'),
	('finding', 'by itself', 'plan_returned', 'planned'),
	('finding', 'by itself', 'plan_accepted', 'planned'),
	('finding', 'by itself', 'implementation_returned', 'planned'),
	('finding', 'by itself', 'not_effective', 'planned'),
	('finding', 'by itself', 'planned', 'plan_accepted'),
	('finding', 'by itself', 'planned', 'plan_returned'),
	('finding', 'by itself', 'plan_accepted', 'implemented'),
	('finding', 'by itself', 'implementation_returned', 'implemented'),
	('finding', 'by itself', 'implemented', 'implementation_returned'),
	('finding', 'by itself', 'implemented', 'closed'),
	('finding', 'by itself', 'implemented', 'not_effective'),

	-- grading: what its signature does, or its refusal
	('grading', 'by itself', null, 'effective'),
	('grading', 'by itself', null, 'pending'),
	('grading', 'by itself', 'pending', 'effective'),
	('grading', 'by itself', 'pending', 'dropped'),

	-- dispute
	('dispute', 'decide', 'open', 'decided'),
	('dispute', 'name_decider', 'open', 'open'),
	('dispute', 'by itself', 'open', 'stands'),
	('dispute', 'by itself', 'decided', 'open'),

	-- request
	('request', 'submit', 'requested', 'submitted'),
	('request', 'submit', 'returned', 'submitted'),
	('request', 'accept', 'submitted', 'accepted'),
	('request', 'return', 'submitted', 'returned'),
	('request', 'not_applicable', 'requested', 'not_applicable'),
	('request', 'not_applicable', 'submitted', 'not_applicable'),
	('request', 'not_applicable', 'returned', 'not_applicable'),
	('request', 'review', 'accepted', 'accepted'),
	('request', 'review', 'not_applicable', 'not_applicable'),

	-- evidence
	('evidence', 'upload_resume', 'uploading', 'uploading'),
	('evidence', 'upload_end', 'uploading', 'stored'),

	-- response
	('response', 'submit', 'draft', 'submitted'),
	('response', 'accept', 'submitted', 'accepted'),
	('response', 'return', 'submitted', 'returned'),

	-- action
	('action', 'change', 'planned', 'planned'),
	('action', 'change', 'open', 'planned'),
	('action', 'change', 'returned', 'planned'),
	('action', 'drop', 'planned', 'dropped'),
	('action', 'drop', 'open', 'dropped'),
	('action', 'drop', 'returned', 'dropped'),
	('action', 'progress', 'open', 'open'),
	('action', 'progress', 'returned', 'returned'),
	('action', 'done', 'open', 'done'),
	('action', 'done', 'returned', 'done'),
	('action', 'return', 'done', 'returned'),
	('action', 'hand_over', 'planned', 'planned'),
	('action', 'hand_over', 'open', 'open'),
	('action', 'hand_over', 'returned', 'returned'),
	('action', 'hand_over', 'done', 'done'),
	('action', 'by itself', 'planned', 'open'),
	('action', 'by itself', 'returned', 'open'),

	-- extension
	('extension', 'decide', 'asked', 'granted'),
	('extension', 'decide', 'asked', 'declined'),

	-- invitation: what delivery, its use and a later one do
	('invitation', 'by itself', null, 'waiting'),
	('invitation', 'by itself', null, 'sent'),
	('invitation', 'by itself', 'waiting', 'sent'),
	('invitation', 'by itself', 'sent', 'waiting'),
	('invitation', 'by itself', 'waiting', 'replaced'),
	('invitation', 'by itself', 'sent', 'replaced'),
	('invitation', 'by itself', 'sent', 'used')
	) t (noun, verb, was, becomes);
end;
comment on function app.transitions() is 'Which verb leads a noun from which state to which.';
