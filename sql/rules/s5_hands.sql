-- S5, the hands that did the work: who did, wrote or proved it does not judge it.

create or replace function app.derive_action() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	perform app.hands(new.finding, array[new.owner, new.done_by], 'action', new.id);
	update app.finding f set owners = f.owners || new.owner
	where f.organisation = new.organisation and f.id = new.finding and not new.owner = any (f.owners);
	return null;
end
$$;
-- before `changed`, so that the event is for the new owner too (triggers fire in the order of their names)
create trigger a_derive after insert or update on app.action for each row execute function app.derive_action();

create or replace function app.derive_extension() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	perform app.hands(new.finding, array[new.asked_by], 'extension', new.id);
	if new.decided_by is not null then
		perform app.judges(new.finding, new.decided_by, 'extension', new.id);
	end if;
	return null;
end
$$;
create trigger derive after insert or update on app.extension for each row execute function app.derive_extension();

-- S5: to raise, grade, issue and review a finding, to sign and to decide its dispute is to judge it: no hand in the
-- work that answers it.
create or replace function app.derive_judged() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	was constant jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) else '{}' end;
	is_now constant jsonb := to_jsonb(new);
	judged constant uuid := coalesce(is_now ->> 'finding', is_now ->> 'id');
	field text;
begin
	foreach field in array array['raised_by', 'graded_by', 'issued_by', 'reviewed_by', 'decided_by', 'signed_by'] loop
		-- a dispute is raised by who answers the finding
		if is_now ->> field is distinct from was ->> field and is_now ->> field is not null
			and not (tg_table_name = 'dispute' and field = 'raised_by') then
			perform app.judges(judged, (is_now ->> field)::uuid, case tg_table_name when 'dispute' then 'dispute'
				else 'finding' end, case tg_table_name when 'dispute' then new.id else judged end);
		end if;
	end loop;
	return null;
end
$$;
create trigger judged after insert or update on app.finding for each row execute function app.derive_judged();
create trigger judged after insert or update on app.grading for each row execute function app.derive_judged();
create trigger judged after insert or update on app.dispute for each row execute function app.derive_judged();

create or replace function app.judged_by(_finding uuid, _person uuid) returns bool
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.claim c where c.organisation = app.org() and c.rule = 'S5' and c.subject = _person
		and c.object = _finding and c.side = 'judges');
end
$$;

-- What is attached was supplied by somebody: they had a hand in what it proves.
create or replace function app.derive_attachment() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	supplier constant uuid := (select e.supplied_by from app.evidence e where e.organisation = new.organisation
		and e.id = new.evidence);
begin
	-- nobody rids themselves of an auditor by handing in what that auditor supplied
	if new.noun in ('request', 'response', 'action') then
		perform app.refuse_all(array[app.off_team_refusal(new.audit, supplier)]);
	end if;
	if new.noun = 'request' then
		perform app.hands(new.subject, array[supplier, new.attached_by], 'request', new.subject);
	elsif new.noun in ('response', 'action') then
		perform app.hands(new.finding, array[supplier, new.attached_by], new.noun::text, new.subject);
	end if;
	return null;
end
$$;
create trigger derive after insert on app.attachment for each row execute function app.derive_attachment();

-- S5 wherever it is written from: who wrote or approved a response had a hand in it, who decided on it judged it.
create or replace function app.derive_response() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	perform app.hands(new.finding, array[new.written_by, new.submitted_by], 'response', new.id);
	if new.decided_by is not null then
		perform app.judges(new.finding, new.decided_by, 'response', new.id);
	end if;
	return null;
end
$$;
create trigger derive after insert or update on app.response for each row execute function app.derive_response();

create or replace function app.derive_verification() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	perform app.judges(new.finding, new.verified_by, 'verification', new.id);
	return null;
end
$$;
create trigger derive after insert on app.verification for each row execute function app.derive_verification();

create or replace function app.s5_refusal(_side app.act_side, _object uuid, _person uuid default null)
returns app.refusal language plpgsql stable security definer set search_path = '' as $$
declare
	who constant uuid := coalesce(_person, app.me());
begin
	if exists (select from app.claim c where c.organisation = app.org() and c.rule = 'S5' and c.subject = who
		and c.object = _object and c.side = case _side when 'hand' then 'judges' else 'hands' end) then
		return app.no('S5', case _side when 'hand' then 's5.judged' else 's5.hand' end,
			jsonb_build_object('person', who), jsonb_build_object('person', who, 'subject', _object));
	end if;
	return null;
end
$$;
comment on function app.s5_refusal(app.act_side, uuid, uuid) is
	'What S5 has against somebody''s, or the caller''s, judging a finding or request, or having a hand in its work; '
	'null: nothing.';

-- Who is on the team of an audit has no hand in the work that it judges.
create or replace function app.off_team_refusal(_audit uuid, _person uuid) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	if app.on_team(_audit, _person) then
		return app.no('S5', 's5.on_team', jsonb_build_object('person', _person),
			jsonb_build_object('person', _person, 'audit', _audit));
	end if;
	return null;
end
$$;
comment on function app.off_team_refusal(uuid, uuid) is
	'What S5 has against somebody''s part in answering an audit; null: nothing.';

-- S5 the other way round: who had a hand in answering a finding of an audit joins no team of it.
create or replace function app.refuse_answerer_on_team() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	answered uuid;
begin
	select f.id into answered from app.claim c join app.finding f on f.organisation = c.organisation
		and f.id = c.object
	where c.organisation = new.organisation and c.rule = 'S5' and c.side = 'hands' and c.subject = new.person
		and f.audit = new.audit limit 1;
	if found then
		perform app.refuse(app.no('S5', 's5.answered', jsonb_build_object('person', new.person, 'finding', answered),
			jsonb_build_object('person', new.person, 'audit', new.audit)));
	end if;
	return null;
end
$$;
create trigger hands after insert on app.assignment for each row execute function app.refuse_answerer_on_team();
