-- Disputes: a finding is disputed once, and decided by somebody who did not raise it (S11).

create trigger stamp before update on app.dispute for each row execute function app.stamp();
create trigger changed after insert or update on app.dispute for each row execute function app.changed('dispute');

create view record.dispute with (security_invoker = true) as
	select d.organisation, d.id, d.version, d.finding, d.state, d.reason, d.raised_by, d.decide_by, d.decision,
		d.decision_reason, d.decided_by, d.decided_at,
		d.impaired_at, d.created_at, d.updated_at
	from app.dispute d;
comment on view record.dispute is 'The dispute of a finding and how it was decided.';
comment on column record.dispute.finding is '!The finding.';
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

create or replace function method.dispute_get(_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.one('dispute', _id);
end
$$;
comment on function method.dispute_get is '{
	"doc": "One dispute.",
	"roles": ["member"], "access": "read", "result": "dispute",
	"params": {"id": {"doc": "The dispute."}}}';

create or replace function method.dispute_list(_finding uuid, _sort text default null, _limit int default null,
	_after text default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.page('dispute', app.branch('finding', array[_finding]), '{}', 'created_at, decide_by', _sort, _limit,
		_after);
end
$$;
comment on function method.dispute_list is '{
	"doc": "The dispute of a finding, if there is one.",
	"roles": ["member"], "access": "read", "result": "dispute[]",
	"params": {"finding": {"doc": "The finding."}, "sort": {"doc": "created_at or decide_by; with - downwards."}}}';

create or replace function method.dispute_decide(_id uuid, _version int, _decision app.dispute_decision, _reason text,
	_grade app.grade default null) returns jsonb
language plpgsql set search_path = '' as $$
declare
	about uuid;
begin
	select d.finding into about from app.dispute d where d.organisation = app.org() and d.id = _id;
	if not found then
		perform app.refuse_not_found('dispute');
	end if;
	perform app.decide_dispute(app.finding_for(about), null, _version, _decision, _grade, _reason);
	return method.dispute_get(_id);
end
$$;
comment on function method.dispute_decide is '{
	"doc": "Decide a dispute: uphold the finding, regrade it or withdraw it, with a written reason. Never by who '
		'raised the finding (S11).",
	"roles": ["auditor"], "access": "write", "result": "dispute",
	"params": {
		"id": {"doc": "The dispute."},
		"version": {"doc": "The version that you saw."},
		"decision": {"doc": "upheld, regraded or withdrawn."},
		"reason": {"doc": "Why."},
		"grade": {"doc": "The new grade, where it is regraded."}}}';

create or replace function method.dispute_name_decider(_id uuid, _version int, _person uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
	f app.finding;
	d app.dispute;
begin
	select x.* into d from app.dispute x where x.organisation = app.org() and x.id = _id;
	if not found then
		perform app.refuse_not_found('dispute');
	elsif not exists (select from app.enrolment e where e.organisation = app.org() and e.person = _person) then
		perform app.refuse_not_found('person');
	end if;
	select x.* into f from app.finding x where x.organisation = app.org() and x.id = d.finding;
	perform app.refuse_named(f.id, f.audit, _person, f.functions);
	f := app.lock_finding(d.finding);
	select x.* into d from app.dispute x where x.organisation = app.org() and x.id = _id;
	if _person = app.me() or exists (select from app.responsible_reasons(app.org(), app.me(), f.functions, f.audit))
		then
		perform app.refuse_separation('S4',
			'Who is responsible for a function that this is about does not name who decides, and nobody names '
			'themselves.',
			jsonb_build_object('person', app.me(), 'finding', f.id));
	end if;
	perform app.refuse_reasons((select coalesce(array_agg((r.rule, r.message, r.data)::app.reason), '{}')
		from (select * from app.reasons_against(app.org(), f.audit, f.part, _person, app.today())
		union all select * from app.competence_reasons(app.org(), f.audit, _person, 'auditor')) r));
	if _person = f.raised_by then
		perform app.refuse_separation('S11', 'Who raised the finding does not decide its dispute.',
			jsonb_build_object('person', _person, 'finding', f.id));
	elsif app.decided_on_team(f) then
		perform app.refuse_separation('S11',
			'Its dispute is decided by the lead, or, where the lead raised it, by another auditor of its part; '
			'somebody off the team is named where there is none.',
			jsonb_build_object('finding', f.id));
	end if;
	perform app.refuse_reasons(array(select r from app.hand_reasons(f.id, _person) r));
	perform app.arranged(f.audit, app.me());
	perform app.require_version(d.version, _version);
	perform app.require_state(d.state, '{open}');
	if not app.auditor_today(_person) then
		perform app.refuse('auditor', 'Who decides has the auditor role.', jsonb_build_object('person', _person));
	end if;
	update app.finding x set decider = _person where x.organisation = app.org() and x.id = f.id;
	update app.dispute x set version = x.version + 1 where x.organisation = app.org() and x.id = _id;
	return method.dispute_get(_id);
end
$$;
comment on function method.dispute_name_decider is '{
	"doc": "Name an eligible auditor off the team to decide a dispute, where nobody on the team may (S11).",
	"roles": ["administrator", "management"], "access": "write", "result": "dispute",
	"params": {
		"id": {"doc": "The dispute."},
		"version": {"doc": "The version that you saw."},
		"person": {"doc": "Who decides."}}}';
