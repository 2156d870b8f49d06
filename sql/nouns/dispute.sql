-- Disputes: a finding is disputed once, and decided by somebody who did not raise it (S11).

create trigger guard before update of state on app.dispute for each row execute function app.guard_state('dispute');
create trigger stamp before update on app.dispute for each row execute function app.stamp();
create trigger changed after insert or update on app.dispute for each row execute function app.changed('dispute');

create view record.dispute with (security_invoker = true) as
	select d.organisation, d.id, d.version, d.finding, d.audit, d.addressed,
		d.state, d.reason, d.raised_by, d.decide_by, d.decision,
		d.decision_reason, d.decided_by, d.decided_at,
		d.impaired_at, d.created_at, d.updated_at
	from app.dispute d;
comment on view record.dispute is '{
	"doc": "The dispute of a finding and how it was decided.",
	"get": "One dispute.",
	"list": "The disputes that you may see.",
	"sorts": "created_at, decide_by",
	"walks": "finding, audit, function",
	"by": "state, audit, addressed",
	"all_for": "app.reads_audits()",
	"branches": {
		"audit": "app.my_audits()",
		"addressed": "app.my_functions()",
		"finding": "app.my_other_findings()"},
	"filters": {
		"finding": "Of this finding.",
		"audit": "Of this audit.",
		"function": {"doc": "Of findings that this function answers.", "column": "addressed"},
		"state": "In one of these states.",
		"raised_by": "Raised by this person.",
		"decision": "Decided so.",
		"open": {"doc": "Open, or not.", "is": "w.state = ''open''"},
		"overdue": {
			"doc": "Open and not decided by the day set, or not so.",
			"is": "w.state = ''open'' and w.decide_by < (select app.today())"}}}';
comment on column record.dispute.finding is '!The finding.';
comment on column record.dispute.audit is '!The audit.';
comment on column record.dispute.addressed is
	'{"doc": "The function that answers the finding.", "not_null": true, "of": "function"}';
comment on column record.dispute.state is
	'!open, decided, or stands: nobody could decide it in time, and the report prints the disagreement.';
comment on column record.dispute.reason is '!Why it is disputed.';
comment on column record.dispute.raised_by is '!Who disputes it.';
comment on column record.dispute.decide_by is '!By when it is decided; after that the finding stands.';
comment on column record.dispute.decision is
	'upheld, regraded or withdrawn. Lowering or withdrawing a nonconformity takes effect with a second signature.';
comment on column record.dispute.decision_reason is 'Why.';
comment on column record.dispute.decided_by is 'By whom; never by who raised the finding (S11).';
comment on column record.dispute.decided_at is 'When.';
comment on column record.dispute.impaired_at is 'When it became known that it was decided under a conflict (S9).';
comment on column record.dispute.created_at is '!When it was raised.';
comment on column record.dispute.updated_at is '!When it last changed.';

create or replace function method.dispute_decide(_dispute app.dispute, _decision app.dispute_decision,
	_reason app.prose, _grade app.grade default null) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.decide_dispute(app.finding_of(_dispute.finding), _decision, _grade, _reason);
end
$$;
comment on function method.dispute_decide is '{
	"doc": "Decide a dispute: uphold the finding, regrade it or withdraw it, with a written reason. Never by who '
		'raised the finding (S11).",
	"roles": ["auditor"], "access": "write", "result": "dispute", "version": true, "acts": "judges the work",
	"place": "app.decider_refusal(app.finding_of(_r.finding))",
	"params": {
		"id": {"doc": "The dispute."},
		"version": {"doc": "The version that you saw."},
		"decision": {"doc": "upheld, regraded or withdrawn."},
		"reason": {"doc": "Why."},
		"grade": {"doc": "The new grade, where it is regraded."}}}';

create or replace function method.dispute_name_decider(_dispute app.dispute, _person uuid) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.require_auditor(_person, 'dispute.decider_no_auditor');
	update app.finding x set decider = _person where x.organisation = app.org() and x.id = _dispute.finding;
	update app.dispute x set version = x.version + 1 where x.organisation = app.org() and x.id = _dispute.id;
end
$$;
comment on function method.dispute_name_decider is '{
	"doc": "Name an eligible auditor off the team to decide a dispute, where nobody on the team may (S11).",
	"roles": ["administrator", "management"], "access": "write", "result": "dispute",
	"params": {
		"id": {"doc": "The dispute."},
		"version": {"doc": "The version that you saw."},
		"person": {"doc": "Who decides."}},
	"version": true, "acts": "arranges", "line": "app.lock_named(_r.finding, _person)",
	"rules": [
		"app.naming_refusal(app.finding_of(_r.finding), ''s4.names_decider'')",
		"app.decided_on_team_refusal(app.finding_of(_r.finding))"],
	"whom": "app.refuse_decider(app.finding_of(_r.finding), _person)"}';

create or replace function app.owed_dispute(_organisation uuid, _ids uuid[]) returns setof app.owed
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select d.id, f.audit, 'dispute.decide', coalesce(f.decider, f.part), false, d.decide_by::date, d.created_at
	from app.dispute d join app.finding f on f.organisation = d.organisation and f.id = d.finding
	where d.organisation = _organisation and d.id = any (_ids) and d.state = 'open';
end
$$;
comment on function app.owed_dispute(uuid, uuid[]) is 'A dispute waits for who decides it (S11).';
create trigger owes after insert or update on app.dispute for each row execute function app.owes('dispute');
