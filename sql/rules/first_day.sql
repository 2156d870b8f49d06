-- Before an audit's first day its team declares, prepares and asks; it records no result, raises no finding and accepts
-- nothing (S1). Findings and results need fieldwork, and that does not begin before the day.

create or replace function app.first_day_refusal(_starts_on date, _audit uuid) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	if _starts_on > app.today() then
		return app.no('S1', 's1.first_day', jsonb_build_object('audit', _audit, 'from', _starts_on),
			jsonb_build_object('audit', _audit, 'from', _starts_on));
	end if;
	return null;
end
$$;
comment on function app.first_day_refusal(date, uuid) is
	'What stands against judging in an audit before its first day; null from then on.';

create or replace function app.audit_begins(_audit uuid) returns app.refusal
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select app.first_day_refusal(a.starts_on, a.id) from app.audit a where a.organisation = app.org()
		and a.id = _audit);
end
$$;
comment on function app.audit_begins(uuid) is 'The same, of an audit by its id.';

create or replace function app.guard_first_day() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	if tg_table_name = 'audit' then
		if new.state in ('fieldwork', 'reporting') then
			perform app.refuse_all(app.obstacles(app.first_day_refusal(new.starts_on, new.id)));
		end if;
	elsif new.state in ('accepted', 'not_applicable') and new.state is distinct from old.state then
		perform app.refuse_all(app.obstacles(app.audit_begins(new.audit)));
	end if;
	return new;
end
$$;
comment on function app.guard_first_day() is 'BEFORE UPDATE: nothing is judged in an audit before its first day (S1).';
create trigger first_day before update of state, starts_on on app.audit for each row
	execute function app.guard_first_day();
create trigger first_day before update of state on app.evidence_request for each row
	execute function app.guard_first_day();
