-- S13, history: the past is not shortened by one person; an end counts from the day it is entered until countersigned.

create or replace function app.counts_until() returns trigger
language plpgsql set search_path = '' as $$
begin
	if new.until_date < app.today() then new.counts_until := app.today();
		else new.counts_until := new.until_date; end if;
	return new;
end
$$;
comment on function app.counts_until() is
	'An end dated before the day it is entered counts from that day only, until countersigned (S13).';

create or replace function app.first_ending() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	if new.until_date is not null then
		insert into app.ending (organisation, noun, subject, person, until_date, entered_on, because, state, created_by)
		values (new.organisation, tg_argv[0], new.id, nullif(to_jsonb(new) ->> 'person', '')::uuid, new.until_date,
			app.today(), app.say('ending.with_record'),
			case when new.until_date < app.today() then 'proposed' else 'effective' end, app.me());
	end if;
	return null;
end
$$;
create trigger counts before insert on app.affiliation for each row execute function app.counts_until();
create trigger first_ending after insert on app.affiliation for each row
	execute function app.first_ending('affiliation');
create trigger counts before insert on app.membership for each row execute function app.counts_until();
create trigger first_ending after insert on app.membership for each row execute function app.first_ending('membership');
create trigger counts before insert on app.certification for each row execute function app.counts_until();
create trigger first_ending after insert on app.certification for each row
	execute function app.first_ending('certification');
create trigger counts before insert on app.operation for each row execute function app.counts_until();
create trigger first_ending after insert on app.operation for each row execute function app.first_ending('operation');
create trigger counts before insert on app.responsibility for each row execute function app.counts_until();
create trigger first_ending after insert on app.responsibility for each row
	execute function app.first_ending('responsibility');

create or replace function app.require_until(_from date, _until date) returns void
language plpgsql immutable set search_path = '' as $$
begin
	if _until < _from then
		perform app.refuse_param('until_date', 'param.until_before_from', '{}');
	end if;
end
$$;
comment on function app.require_until(date, date) is 'Refuses a last day before the first; an open end is none.';

create or replace function app.end_period(_noun text, _id uuid, _until_date date, _reason text,
	_because jsonb default null) returns void
language plpgsql security definer set search_path = '' as $$
declare
	r jsonb;
	counted date;
	shortens boolean;
begin
	execute format('select to_jsonb(x) from app.%I x where x.organisation = $1 and x.id = $2 for update', _noun) into r
		using app.org(), _id;
	perform app.forget();
	if _until_date < (r ->> 'from_date')::date then
		perform app.refuse_param('until_date', 'param.until_before_first', '{}');
	end if;
	counted := (r ->> 'counts_until')::date;
	-- An end before today that is earlier than what counts shortens the past; a later one only says more.
	shortens := _until_date < app.today() and (counted is null or _until_date < counted);
	update app.ending e set state = 'replaced' where e.organisation = app.org() and e.subject = _id
		and e.state = 'proposed';
	insert into app.ending (organisation, noun, subject, person, earlier_until, until_date, entered_on, reason, because,
		state, created_by)
	values (app.org(), _noun, _id, (r ->> 'person')::uuid, (r ->> 'until_date')::date, _until_date, app.today(),
		_reason, _because, case when shortens then 'proposed' else 'effective' end, app.me());
	-- Nobody shortens what counts below today alone; what was countersigned before stays as it was.
	if not shortens then
		counted := _until_date;
	else
		counted := least(coalesce(counted, app.today()), app.today());
	end if;
	execute format('update app.%I x set until_date = $3, counts_until = $4 where x.organisation = $1 and x.id = $2',
		_noun) using app.org(), _id, _until_date, counted;
end
$$;
comment on function app.end_period(text, uuid, date, text, jsonb) is
	'Enters an end, for a reason that somebody wrote or because of what a sentence says. Dated before today it waits '
	'for management, and until then counts from today (S13).';
revoke execute on function app.end_period(text, uuid, date, text, jsonb) from public;

-- Of an affiliation these are the functions that its party, or one of its group, operates or operated.
create or replace function app.ending_functions(_e app.ending) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return case _e.noun
		when 'responsibility' then array(select x.function from app.responsibility x
			where x.organisation = _e.organisation and x.id = _e.subject)
		when 'operation' then array(select x.function from app.operation x
			where x.organisation = _e.organisation and x.id = _e.subject)
		when 'affiliation' then array(select o.function from app.affiliation x
			cross join lateral app.party_group(x.organisation, x.party) g
			join app.operation o on o.organisation = x.organisation and o.party = g.party
			where x.organisation = _e.organisation and x.id = _e.subject)
		else '{}' end;
end
$$;
comment on function app.ending_functions(app.ending) is
	'The functions that an end is about: who countersigns it stands on the side of none (S13).';

create or replace function app.ending_certifications(_e app.ending) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return case _e.noun
		when 'certification' then array[_e.subject]
		when 'responsibility' then '{}'
		when 'operation' then '{}'
		else array(select c.id from (
				select x.party from app.affiliation x where x.organisation = _e.organisation and x.id = _e.subject
				union all
				select x.party from app.membership x where x.organisation = _e.organisation and x.id = _e.subject) x
			cross join lateral app.party_group(_e.organisation, x.party) g
			join app.certification c on c.organisation = _e.organisation and c.party = g.party) end;
end
$$;
comment on function app.ending_certifications(app.ending) is
	'The certifications that an end is about: of its party''s group. Who countersigns it stands on the side of none '
	'(S13).';

create or replace function app.lock_ending(_e app.ending) returns void
language plpgsql security definer set search_path = '' as $$
begin
	perform from app.ending x where x.organisation = _e.organisation and x.id = _e.id for update;
	perform app.forget();
	perform app.touch(app.org(), '{}', array[app.me()], app.ending_functions(_e), '{}');
end
$$;
comment on function app.lock_ending(app.ending) is
	'Into the line of an end, of who decides it, and of the functions that it is about.';

create or replace function app.ending_refusal(_e app.ending) returns app.refusal
language plpgsql stable security definer set search_path = '' as $$
declare
	met app.reason;
begin
	if app.me() in (_e.created_by, _e.person) then
		return app.no('S13', 's13.own', '{}', jsonb_build_object('person', app.me(), 'ending', _e.id));
	end if;
	select r.* into met from (
		select * from app.side_reasons(app.org(), app.me(), app.ending_functions(_e), null)
		union all
		select * from app.certifier_reasons(app.org(), app.me(), app.ending_certifications(_e))) r limit 1;
	if found then
		return app.no('S13', 's13.responsible', jsonb_build_object('reason', met.data -> 'say'), met.data);
	end if;
	return null;
end
$$;
comment on function app.ending_refusal(app.ending) is
	'What stands against the caller countersigning or declining an end: they entered it, it is about them, or they '
	'stand '
	'on the side of a function or a certification that it is about (S13).';

create or replace function app.decide_ending(_e app.ending, _agreed boolean, _reason text) returns void
language plpgsql security definer set search_path = '' as $$
begin
	update app.ending x set state = case when _agreed then 'countersigned' else 'declined' end, decided_by = app.me(),
		decided_at = now(), decided_reason = _reason
	where x.organisation = app.org() and x.id = _e.id;
	if _agreed then
		execute format('update app.%I x set counts_until = x.until_date where x.organisation = $1 and x.id = $2',
			_e.noun) using app.org(), _e.subject;
	else
		begin
			execute format('update app.%I x set until_date = x.counts_until where x.organisation = $1 and x.id = $2',
				_e.noun) using app.org(), _e.subject;
		exception when exclusion_violation then
			perform app.refuse(app.no('since', 'ending.since', '{}', jsonb_build_object('ending', _e.id)));
		end;
	end if;
end
$$;
comment on function app.decide_ending(app.ending, boolean, text) is
	'Management''s word on an end dated before the day it was entered: it counts as dated, or from that day (S13).';
