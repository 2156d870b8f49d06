-- S11, disputes: decided by somebody who did not raise the finding.

-- Who decides: the lead; if the lead raised it, another auditor of the part (S1 is judged per part); with none, who is
-- named off the team.
create or replace function app.lead_raised(_f app.finding) returns bool
language sql stable security definer set search_path = '' as $$
	select exists (select from app.assignment s where s.organisation = _f.organisation and s.audit = _f.audit
		and s.role = 'lead'
		and s.person = _f.raised_by and s.ended_on is null)
$$;

create or replace function app.decided_on_team(_f app.finding) returns bool
language sql stable security definer set search_path = '' as $$
	select exists (select from app.assignment s where s.organisation = _f.organisation and s.audit = _f.audit
		and s.ended_on is null and s.person <> _f.raised_by
		and s.role in ('lead', 'auditor') and (s.role = 'lead' or app.lead_raised(_f) and s.part = _f.part)
			and app.auditor_today(s.person))
$$;
comment on function app.decided_on_team(app.finding) is
	'Is there somebody on the team who decides a dispute of this finding (S11), though they may have a declaration to '
	'sign?';

create or replace function app.require_decider(_f app.finding) returns void
language plpgsql stable set search_path = '' as $$
declare
	mine constant app.team_role := app.team_role(_f.part);
	data constant jsonb := jsonb_build_object('person', app.me(), 'finding', _f.id);
begin
	if app.me() = _f.raised_by then
		perform app.refuse_separation('S11', 'You raised this finding: its dispute is decided by somebody else.', data);
	elsif app.me() = _f.decider or mine = 'lead' then
		return;
	elsif mine = 'auditor' and app.lead_raised(_f) then
		return;
	elsif mine is not null then
		perform app.refuse_separation('S11',
			case when app.lead_raised(_f) then 'An auditor of the team decides: the lead raised it.'
			else 'The lead of the audit decides this dispute.' end, data);
	end if;
	perform app.refuse('place', 'You are not on the team that decides this dispute.', data);
end
$$;

create or replace function app.decide_dispute(_f app.finding, _finding_version int, _dispute_version int,
	_decision app.dispute_decision, _grade app.grade, _reason text) returns void
language plpgsql set search_path = '' as $$
declare
	d app.dispute;
	paused int;
begin
	perform app.require_decider(_f);
	select x.* into d from app.dispute x where x.organisation = _f.organisation and x.finding = _f.id;
	perform app.require_version(_f.version, coalesce(_finding_version, _f.version));
	perform app.require_version(d.version, coalesce(_dispute_version, d.version));
	-- past its time the finding stands, swept or not (S11)
	perform app.require_state(case when d.state = 'open' and d.decide_by < app.today() then 'stands' else d.state end,
		'{open}');
	if _decision = 'regraded' and (_grade is null or _grade = _f.grade) then
		perform app.refuse('grade', 'Regrading names another grade.',
			jsonb_build_object('finding', _f.id, 'grade', _f.grade));
	end if;
	update app.dispute x set state = 'decided', decision = _decision, decision_reason = _reason, decided_by = app.me(),
		decided_at = now()
	where x.organisation = _f.organisation and x.id = d.id;
	if _decision = 'upheld' then
		paused := app.today() - _f.paused_on;
		update app.finding x set state = 'acknowledged', acknowledged_at = now(), paused_on = null,
			plan_due = x.plan_due + paused, implementation_due = x.implementation_due + paused
		where x.organisation = _f.organisation and x.id = _f.id;
	else
		perform app.reconsider(_f, case when _decision = 'regraded' then _grade end, _reason, d.id);
	end if;
end
$$;
