-- Proposals: what may only be proposed takes effect when somebody of management who is free of it countersigns (S4).

create trigger stamp before update on app.proposal for each row execute function app.stamp();
create trigger changed after insert or update on app.proposal for each row execute function app.changed(proposal);

create view record.proposal with (security_invoker = true) as
	select p.organisation, p.id, p.method, p.params, p.audit, p.person,
		app.person_name(p.organisation, p.person) as person_name, p.summary, p.state,
		p.first_signed_by, app.person_name(p.organisation, p.first_signed_by) as first_signed_by_name, p.no_one_free,
		p.decided_by, app.person_name(p.organisation, p.decided_by) as decided_by_name, p.decided_at, p.decided_reason,
		p.outcome,
		p.created_by, app.person_name(p.organisation, p.created_by) as created_by_name, p.version, p.created_at,
		p.updated_at
	from app.proposal p;
comment on view record.proposal is
	'What a programme manager, or someone with a responsibility in scope, may only propose (S4).';
comment on column record.proposal.method is '!What takes effect when it is countersigned.';
comment on column record.proposal.audit is 'The audit concerned.';
comment on column record.proposal.person is 'Whom it is about.';
comment on column record.proposal.person_name is 'Their name.';
comment on column record.proposal.summary is '!It in words.';
comment on column record.proposal.first_signed_by_name is 'Their name.';
comment on column record.proposal.decided_by is 'Who countersigned or declined it last.';
comment on column record.proposal.decided_by_name is 'Their name.';
comment on column record.proposal.decided_at is 'When.';
comment on column record.proposal.decided_reason is 'Why.';
comment on column record.proposal.created_by is '!Who proposed it.';
comment on column record.proposal.created_by_name is 'Their name.';
comment on column record.proposal.updated_at is '!When it last changed.';
comment on column record.proposal.params is '{
	"doc": "The parameters of the call that takes effect when it is countersigned.",
	"schema": {"type": "object"}}';
comment on column record.proposal.first_signed_by is
	'The first of two of management who sign where none of them is free (S4).';
comment on column record.proposal.no_one_free is 'Nobody in management was free of it; the report discloses it.';
comment on column record.proposal.outcome is 'The record that it led to.';

create or replace function method.proposal_get(_id uuid) returns jsonb
language plpgsql stable as $$
begin
	return app.one('proposal', _id);
end
$$;
comment on function method.proposal_get(uuid) is '{
	"doc": "One proposal.",
	"roles": ["member"], "access": "read", "result": "proposal",
	"params": {"id": {"doc": "The proposal."}}}';

create or replace function method.proposal_countersign(_id uuid, _version int, _reason app.prose default null)
returns jsonb language plpgsql as $$
begin
	perform method.proposal_get(_id);
	perform app.decide_proposal(_id, _version, true, _reason);
	return method.proposal_get(_id);
end
$$;
comment on function method.proposal_countersign(uuid, int, app.prose) is '{
	"doc": "Countersigns a proposal: what was proposed takes effect, judged anew under every rule (S4). Not by the '
		'proposer, not by the person it is about, not by who is responsible for a function concerned; where nobody in '
		'management is free of these, two of them sign. The report prints it.",
	"roles": ["management"], "access": "write", "result": "proposal",
	"params": {
		"id": {"doc": "The proposal."},
		"version": {"doc": "The version that was read."},
		"reason": {"doc": "Why."}}}';

create or replace function method.proposal_decline(_id uuid, _version int, _reason app.prose) returns jsonb
language plpgsql as $$
begin
	perform method.proposal_get(_id);
	perform app.decide_proposal(_id, _version, false, _reason);
	return method.proposal_get(_id);
end
$$;
comment on function method.proposal_decline(uuid, int, app.prose) is '{
	"doc": "Declines a proposal, with a reason.",
	"roles": ["management"], "access": "write", "result": "proposal",
	"params": {
		"id": {"doc": "The proposal."},
		"version": {"doc": "The version that was read."},
		"reason": {"doc": "Why not."}}}';

create or replace function method.proposal_withdraw(_id uuid, _version int) returns jsonb
language plpgsql as $$
declare p app.proposal;
begin
	perform method.proposal_get(_id);
	select * into p from app.proposal x where x.organisation = app.org() and x.id = _id for update;
	if p.created_by <> app.me() then perform app.refuse('place', 'Only its proposer withdraws a proposal.', '{}');
		end if;
	perform app.require_version(p.version, _version);
	perform app.require_state(p.state, array['open']);
	update app.proposal x set state = 'withdrawn', decided_at = now() where x.organisation = app.org() and x.id = _id;
	return method.proposal_get(_id);
end
$$;
comment on function method.proposal_withdraw(uuid, int) is '{
	"doc": "Takes one''s own proposal back.",
	"roles": ["administrator", "programme_manager"], "access": "write", "result": "proposal",
	"params": {"id": {"doc": "The proposal."}, "version": {"doc": "The version that was read."}}}';
comment on column record.proposal.created_at is '!When it was made.';
comment on column record.proposal.state is '!open, countersigned, declined or withdrawn.';

create or replace function method.proposal_list(_state text default null, _audit uuid default null,
	_person uuid default null, _sort text default null, _limit int default null, _after text default null) returns jsonb
language plpgsql stable as $$
begin
	return app.page('proposal', case when app.reads_audits() then null::jsonb
		else app.branch('created_by', array[app.me()]) end,
		jsonb_build_object('state', _state, 'audit', _audit, 'person', _person), '-created_at, state', _sort, _limit,
		_after);
end
$$;
comment on function method.proposal_list(text, uuid, uuid, text, int, text) is '{
	"doc": "What waits for management''s countersignature under S4, and what came of it.",
	"roles": ["member"], "access": "read", "result": "proposal[]",
	"params": {
		"state": {"doc": "open, countersigned, declined or withdrawn."},
		"audit": {"doc": "For this audit."},
		"person": {"doc": "About this person."},
		"sort": {"doc": "Sorted by created_at, state; - before a name turns it round."}}}';
