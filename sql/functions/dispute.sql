-- Disputes: a finding is disputed once, and decided by somebody who did not raise it (S11).
set role ninetwo_owner;

create or replace trigger stamp before update on app.dispute for each row execute function app.stamp();
create or replace trigger changed after insert or update on app.dispute for each row execute function app.changed('dispute');

create or replace function app.audience_dispute(organisation uuid, id uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
	select f.readers from app.dispute d join app.finding f on f.organisation = d.organisation and f.id = d.finding where d.organisation = $1 and d.id = $2
$$;

-- Who decides: the lead; if the lead raised it, another auditor of the part (S1 is judged per part); with none, who is named off the team.
create or replace function app.lead_raised(f app.finding) returns bool
language sql stable security definer set search_path = '' as $$
	select exists (select from app.assignment s where s.organisation = f.organisation and s.audit = f.audit and s.role = 'lead'
		and s.person = f.raised_by and s.ended_on is null)
$$;
create or replace function app.decided_on_team(f app.finding) returns bool
language sql stable security definer set search_path = '' as $$
	select exists (select from app.assignment s where s.organisation = f.organisation and s.audit = f.audit and s.ended_on is null and s.person <> f.raised_by
		and s.role in ('lead', 'auditor') and (s.role = 'lead' or app.lead_raised(f) and s.part = f.part) and app.auditor_today(s.person))
$$;
comment on function app.decided_on_team(app.finding) is 'Is there somebody on the team who decides a dispute of this finding (S11), though they may have a declaration to sign?';

create or replace function app.require_decider(f app.finding) returns void
language plpgsql stable set search_path = '' as $$
declare
	mine constant app.team_role := app.team_role(f.part);
	data constant jsonb := jsonb_build_object('person', app.me(), 'finding', f.id);
begin
	if app.me() = f.raised_by then
		perform app.refuse_separation('S11', 'You raised this finding: its dispute is decided by somebody else.', data);
	elsif app.me() = f.decider or mine = 'lead' then
		return;
	elsif mine = 'auditor' and app.lead_raised(f) then
		return;
	elsif mine is not null then
		perform app.refuse_separation('S11', case when app.lead_raised(f) then 'An auditor of the team decides: the lead raised it.'
			else 'The lead of the audit decides this dispute.' end, data);
	end if;
	perform app.refuse('place', 'You are not on the team that decides this dispute.', data);
end
$$;

create or replace function app.decide_dispute(f app.finding, finding_version int, dispute_version int, decision app.dispute_decision, grade app.grade, reason text) returns void
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	d app.dispute;
	paused int;
begin
	perform app.require_decider(f);
	select x.* into d from app.dispute x where x.organisation = f.organisation and x.finding = f.id;
	perform app.require_version(f.version, coalesce(finding_version, f.version));
	perform app.require_version(d.version, coalesce(dispute_version, d.version));
	-- past its time the finding stands, swept or not (S11)
	perform app.require_state(case when d.state = 'open' and d.decide_by < app.today() then 'stands' else d.state end, '{open}');
	if decision = 'regraded' and (grade is null or grade = f.grade) then
		perform app.refuse('grade', 'Regrading names another grade.', jsonb_build_object('finding', f.id, 'grade', f.grade));
	end if;
	update app.dispute x set state = 'decided', decision = decision, decision_reason = reason, decided_by = app.me(), decided_at = now()
	where x.organisation = f.organisation and x.id = d.id;
	if decision = 'upheld' then
		paused := app.today() - f.paused_on;
		update app.finding x set state = 'acknowledged', acknowledged_at = now(), paused_on = null,
			plan_due = x.plan_due + paused, implementation_due = x.implementation_due + paused
		where x.organisation = f.organisation and x.id = f.id;
	else
		perform app.reconsider(f, case when decision = 'regraded' then grade end, reason, d.id);
	end if;
end
$$;

set role ninetwo_api;

create view record.dispute with (security_invoker = true) as
	select d.organisation, d.id, d.version, d.finding, d.state, d.reason, d.raised_by, d.decide_by, d.decision, d.decision_reason, d.decided_by, d.decided_at,
		d.impaired_at, d.created_at, d.updated_at
	from app.dispute d;
comment on view record.dispute is 'The dispute of a finding and how it was decided.';
comment on column record.dispute.finding is '!The finding.';
comment on column record.dispute.state is '!open, decided, or stands: nobody could decide it in time, and the report prints the disagreement.';
comment on column record.dispute.reason is '!Why it is disputed.';
comment on column record.dispute.raised_by is '!Who disputes it.';
comment on column record.dispute.decide_by is '!By when it is decided; after that the finding stands.';
comment on column record.dispute.decision is 'upheld, regraded or withdrawn. Lowering or withdrawing a nonconformity takes effect with a second signature.';
comment on column record.dispute.decision_reason is 'Why.';
comment on column record.dispute.decided_by is 'By whom; never by who raised the finding (S11).';
comment on column record.dispute.decided_at is 'When.';
comment on column record.dispute.impaired_at is 'When it became known that it was decided under a conflict (S9).';
comment on column record.dispute.created_at is '!When it was raised.';
comment on column record.dispute.updated_at is '!When it last changed.';

create function method.dispute_get(id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.one('dispute', id);
end
$$;
comment on function method.dispute_get is $${
	"doc": "One dispute.",
	"roles": ["member"], "access": "read",
	"params": {"id": {"doc": "The dispute."}},
	"result": "dispute"
}$$;

create function method.dispute_list(finding uuid, sort text default null, "limit" int default null, after text default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.page('dispute', app.branch('finding', array[finding]), '{}', 'created_at, decide_by', sort, "limit", after);
end
$$;
comment on function method.dispute_list is $${
	"doc": "The dispute of a finding, if there is one.",
	"roles": ["member"], "access": "read",
	"params": {
		"finding": {"doc": "The finding."},
		"sort": {"doc": "created_at or decide_by; with - downwards."}
	},
	"result": "dispute[]"
}$$;

create function method.dispute_decide(id uuid, version int, decision app.dispute_decision, reason text, grade app.grade default null) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	about uuid;
begin
	select d.finding into about from app.dispute d where d.organisation = app.org() and d.id = id;
	if not found then
		perform app.refuse_not_found('dispute');
	end if;
	perform app.decide_dispute(app.finding_for(about), null, version, decision, grade, reason);
	return method.dispute_get(id);
end
$$;
comment on function method.dispute_decide is $${
	"doc": "Decide a dispute: uphold the finding, regrade it or withdraw it, with a written reason. Never by who raised the finding (S11).",
	"roles": ["auditor"], "access": "write",
	"params": {
		"id": {"doc": "The dispute."},
		"version": {"doc": "The version that you saw."},
		"decision": {"doc": "upheld, regraded or withdrawn."},
		"reason": {"doc": "Why."},
		"grade": {"doc": "The new grade, where it is regraded."}
	},
	"result": "dispute"
}$$;

create function method.dispute_name_decider(id uuid, version int, person uuid) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	f app.finding;
	d app.dispute;
begin
	select x.* into d from app.dispute x where x.organisation = app.org() and x.id = id;
	if not found then
		perform app.refuse_not_found('dispute');
	elsif not exists (select from app.enrolment e where e.organisation = app.org() and e.person = person) then
		perform app.refuse_not_found('person');
	end if;
	select x.* into f from app.finding x where x.organisation = app.org() and x.id = d.finding;
	perform app.bind_verifier(f.id, f.audit, person, f.functions);
	f := app.lock_finding(d.finding);
	select x.* into d from app.dispute x where x.organisation = app.org() and x.id = id;
	if person = app.me() or exists (select from app.responsible_reasons(app.org(), app.me(), f.functions, f.audit)) then
		perform app.refuse_separation('S4', 'Who is responsible for a function that this is about does not name who decides, and nobody names themselves.',
			jsonb_build_object('person', app.me(), 'finding', f.id));
	end if;
	perform app.refuse_reasons((select coalesce(array_agg((r.rule, r.message, r.data)::app.reason), '{}') from (select * from app.reasons_against(app.org(), f.audit, f.part, person, app.today())
		union all select * from app.competence_reasons(app.org(), f.audit, person, 'auditor')) r));
	if person = f.raised_by then
		perform app.refuse_separation('S11', 'Who raised the finding does not decide its dispute.', jsonb_build_object('person', person, 'finding', f.id));
	elsif app.decided_on_team(f) then
		perform app.refuse_separation('S11', 'Its dispute is decided by the lead, or, where the lead raised it, by another auditor of its part; somebody off the team is named where there is none.',
			jsonb_build_object('finding', f.id));
	end if;
	perform app.claim_add('S5', person, f.id, 'judges', daterange(null, null), f.id);
	perform app.arranges(f.audit, app.me());
	perform app.require_version(d.version, version);
	perform app.require_state(d.state, '{open}');
	if not app.auditor_today(person) then
		perform app.refuse('auditor', 'Who decides has the auditor role.', jsonb_build_object('person', person));
	end if;
	update app.finding x set decider = person where x.organisation = app.org() and x.id = f.id;
	update app.dispute x set version = x.version + 1 where x.organisation = app.org() and x.id = id;
	return method.dispute_get(id);
end
$$;
comment on function method.dispute_name_decider is $${
	"doc": "Name an eligible auditor off the team to decide a dispute, where nobody on the team may (S11).",
	"roles": ["administrator", "management"], "access": "write",
	"params": {
		"id": {"doc": "The dispute."},
		"version": {"doc": "The version that you saw."},
		"person": {"doc": "Who decides."}
	},
	"result": "dispute"
}$$;
