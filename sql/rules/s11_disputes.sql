-- S11, disputes: decided by somebody who did not raise the finding.

-- Who decides: the lead; if the lead raised it, another auditor of the part (S1 is judged per part); with none, who is
-- named off the team.
create or replace function app.lead_raised(_f app.finding) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.assignment s where s.organisation = _f.organisation and s.audit = _f.audit
		and s.role = 'lead'
		and s.person = _f.raised_by and s.ended_on is null);
end
$$;

create or replace function app.decided_on_team(_f app.finding) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.assignment s where s.organisation = _f.organisation and s.audit = _f.audit
		and s.ended_on is null and s.person <> _f.raised_by
		and s.role in ('lead', 'auditor') and (s.role = 'lead' or app.lead_raised(_f) and s.part = _f.part)
			and app.auditor_today(s.person));
end
$$;
comment on function app.decided_on_team(app.finding) is
	'Is there somebody on the team who decides a dispute of this finding (S11), though they may have a declaration to '
	'sign?';

create or replace function app.decider_refusal(_f app.finding) returns app.refusal
language plpgsql stable set search_path = '' as $$
declare
	mine constant app.team_role := app.team_role(_f.part);
	data constant jsonb := jsonb_build_object('person', app.me(), 'finding', _f.id);
begin
	if app.me() = _f.raised_by then
		return app.no('S11', 's11.raised', '{}', data);
	elsif app.me() = _f.decider or mine = 'lead' or mine = 'auditor' and app.lead_raised(_f) then
		return null;
	elsif mine is not null then
		return app.no('S11', case when app.lead_raised(_f) then 's11.auditor_decides' else 's11.lead_decides' end, '{}',
			data);
	end if;
	return app.no('place', 'place.decider', '{}', data);
end
$$;
comment on function app.decider_refusal(app.finding) is
	'What stands against the caller''s deciding its dispute; or null.';

create or replace function app.decided_on_team_refusal(_f app.finding) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when app.decided_on_team(_f)
		then app.no('S11', 's11.on_team', '{}', jsonb_build_object('finding', _f.id)) end;
end
$$;
comment on function app.decided_on_team_refusal(app.finding) is
	'What stands against naming who decides its dispute: somebody of the team may; or null.';

-- Whom a finding is not to name for deciding its dispute.
create or replace function app.refuse_decider(_f app.finding, _person uuid) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.refuse_judge(_f, _person);
	perform app.refuse_all(array[app.first_of(app.naming_refusal(_f, 's4.names_decider', _person),
		case when _person = _f.raised_by then
			app.no('S11', 's11.raiser_named', '{}', jsonb_build_object('person', _person, 'finding', _f.id)) end,
		app.s5_refusal('judge', _f.id, _person))]);
end
$$;

-- Past its time the finding stands, swept or not.
create or replace function app.dispute_state_today(_state text, _decide_by date) returns text
language sql stable parallel safe
return case when _state = 'open' and _decide_by < app.today() then 'stands' else _state end;

create or replace function app.dispute_of(_finding uuid) returns app.dispute
language plpgsql stable set search_path = '' as $$
begin
	return (select d from app.dispute d where d.organisation = app.org() and d.finding = _finding);
end
$$;

create or replace function app.decide_dispute(_f app.finding, _decision app.dispute_decision, _grade app.grade,
	_reason text) returns void
language plpgsql set search_path = '' as $$
declare
	d constant app.dispute := app.dispute_of(_f.id);
	paused int;
begin
	if _decision = 'regraded' and (_grade is null or _grade = _f.grade) then
		perform app.refuse(app.no('grade', 'dispute.same_grade', '{}',
			jsonb_build_object('finding', _f.id, 'grade', _f.grade)));
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
