-- Proposals: what may only be proposed takes effect when somebody of management who is free of it countersigns (S4).

create trigger stamp before update on app.proposal for each row execute function app.stamp();
create trigger guard before update of state on app.proposal for each row execute function app.guard_state('proposal');
create trigger changed after insert or update on app.proposal for each row execute function app.changed(proposal);

create view record.proposal with (security_invoker = true) as
	select p.organisation, p.id, p.method, p.params, p.audit, p.person, app.said(p.summary) as summary, p.state,
		p.first_signed_by, p.no_one_free,
		p.decided_by, p.decided_at, p.decided_reason,
		p.outcome,
		p.created_by, p.version, p.created_at,
		p.updated_at
	from app.proposal p;
comment on view record.proposal is '{
	"doc": "What a programme manager, or someone with a responsibility in scope, may only propose (S4).",
	"get": "One proposal.",
	"list": "What waits for management''s countersignature under S4, and what came of it.",
	"sorts": "-created_at, state",
	"by": "state, audit",
	"filters": {
		"state": "In one of these states.",
		"audit": "For this audit.",
		"person": "About this person.",
		"open": {"doc": "Waiting, or settled.", "is": "w.state = ''open''"},
		"mine": {"doc": "Made by you, or by others.", "is": "w.created_by = (select app.me())"}}}';
comment on column record.proposal.method is '!What takes effect when it is countersigned.';
comment on column record.proposal.audit is 'The audit concerned.';
comment on column record.proposal.person is 'Whom it is about.';
comment on column record.proposal.summary is '!It in words.';
comment on column record.proposal.decided_by is 'Who countersigned or declined it last.';
comment on column record.proposal.decided_at is 'When.';
comment on column record.proposal.decided_reason is 'Why.';
comment on column record.proposal.created_by is '!Who proposed it.';
comment on column record.proposal.updated_at is '!When it last changed.';
comment on column record.proposal.params is '{
	"doc": "The parameters of the call that takes effect when it is countersigned.",
	"schema": {"type": "object"}}';
comment on column record.proposal.first_signed_by is
	'The first of two of management who sign where none of them is free (S4).';
comment on column record.proposal.no_one_free is 'Nobody in management was free of it; the report discloses it.';
comment on column record.proposal.outcome is 'The record that it led to.';

create or replace function method.proposal_countersign(_proposal app.proposal, _reason app.prose default null)
returns void language plpgsql set search_path = '' as $$
declare
	bound constant boolean := app.is_bound(_proposal);
	made uuid;
begin
	if bound and _proposal.first_signed_by is null and app.possible_management(_proposal) > 1 then
		update app.proposal p set first_signed_by = app.me(), no_one_free = true
		where p.organisation = app.org() and p.id = _proposal.id;
		return;
	end if;
	made := app.take_effect(_proposal);
	update app.proposal p set state = 'countersigned', decided_by = app.me(), decided_at = now(),
		decided_reason = _reason, outcome = made, no_one_free = p.no_one_free or bound
	where p.organisation = app.org() and p.id = _proposal.id;
end
$$;
comment on function method.proposal_countersign is '{
	"doc": "Countersigns a proposal: what was proposed takes effect, judged anew under every rule (S4). Not by the '
		'proposer, not by the person it is about, not by who is responsible for a function concerned; where nobody in '
		'management is free of these, two of them sign. The report prints it.",
	"roles": ["management"], "access": "write", "result": "proposal", "version": true,
	"line": "app.lock_proposal(_r)",
	"rules": ["app.decider_refusal(_r)"],
	"params": {
		"id": {"doc": "The proposal."},
		"version": {"doc": "The version that was read."},
		"reason": {"doc": "Why."}}}';

create or replace function method.proposal_decline(_proposal app.proposal, _reason app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	update app.proposal p set state = 'declined', decided_by = app.me(), decided_at = now(), decided_reason = _reason
	where p.organisation = app.org() and p.id = _proposal.id;
end
$$;
comment on function method.proposal_decline is '{
	"doc": "Declines a proposal, with a reason.",
	"roles": ["management"], "access": "write", "result": "proposal", "version": true,
	"line": "app.lock_proposal(_r)",
	"rules": ["app.decider_refusal(_r)"],
	"params": {
		"id": {"doc": "The proposal."},
		"version": {"doc": "The version that was read."},
		"reason": {"doc": "Why not."}}}';

create or replace function app.proposer_place(_proposal app.proposal) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when _proposal.created_by <> app.me()
		then app.no('place', 'proposal.own') end;
end
$$;

create or replace function method.proposal_withdraw(_proposal app.proposal) returns void
language plpgsql set search_path = '' as $$
begin
	update app.proposal p set state = 'withdrawn', decided_at = now()
	where p.organisation = app.org() and p.id = _proposal.id;
end
$$;
comment on function method.proposal_withdraw is '{
	"doc": "Takes one''s own proposal back.",
	"roles": ["administrator", "programme_manager"], "access": "write", "result": "proposal", "version": true,
	"line": "app.lock_proposal(_r)",
	"place": "app.proposer_place(_r)",
	"params": {"id": {"doc": "The proposal."}, "version": {"doc": "The version that was read."}}}';
comment on column record.proposal.created_at is '!When it was made.';
comment on column record.proposal.state is '!open, countersigned, declined or withdrawn.';

create or replace function app.owed_proposal(_organisation uuid, _ids uuid[]) returns setof app.owed
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select p.id, p.audit, 'proposal.countersign', app.role_token(p.organisation, 'management'), false, null::date,
		p.created_at
	from app.proposal p
	where p.organisation = _organisation and p.id = any (_ids) and p.state = 'open';
end
$$;
comment on function app.owed_proposal(uuid, uuid[]) is 'A proposal waits for management (S4).';
create trigger owes after insert or update on app.proposal for each row execute function app.owes('proposal');
