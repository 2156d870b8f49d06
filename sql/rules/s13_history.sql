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
		insert into app.ending (organisation, noun, subject, person, until_date, entered_on, reason, state, created_by)
		values (new.organisation, tg_argv[0], new.id, nullif(to_jsonb(new) ->> 'person', '')::uuid, new.until_date,
			app.today(),
			'Entered with the record.', case when new.until_date < app.today() then 'proposed' else 'effective' end,
			app.me());
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

create or replace function app.end_period(_noun text, _id uuid, _version int, _until_date date, _reason text)
returns void language plpgsql security definer set search_path = '' as $$
declare
	r jsonb;
	counted date;
	shortens boolean;
begin
	execute format('select to_jsonb(x) from app.%I x where x.organisation = $1 and x.id = $2 for update', _noun) into r
		using app.org(), _id;
	perform app.require_version((r ->> 'version')::int, _version);
	if _until_date < (r ->> 'from_date')::date then perform app.refuse_param('until_date',
		'is not before the first day'); end if;
	counted := (r ->> 'counts_until')::date;
	-- An end before today that is earlier than what counts shortens the past; a later one only says more.
	shortens := _until_date < app.today() and (counted is null or _until_date < counted);
	update app.ending e set state = 'replaced' where e.organisation = app.org() and e.subject = _id
		and e.state = 'proposed';
	insert into app.ending (organisation, noun, subject, person, earlier_until, until_date, entered_on, reason, state,
		created_by)
		values (app.org(), _noun, _id, (r ->> 'person')::uuid, (r ->> 'until_date')::date, _until_date, app.today(),
			_reason,
			case when shortens then 'proposed' else 'effective' end, app.me());
	-- Nobody shortens what counts below today alone; what was countersigned before stays as it was.
	if not shortens then counted := _until_date; else counted := least(coalesce(counted, app.today()), app.today());
		end if;
	execute format('update app.%I x set until_date = $3, counts_until = $4 where x.organisation = $1 and x.id = $2',
		_noun) using app.org(), _id, _until_date, counted;
end
$$;
comment on function app.end_period(text, uuid, int, date, text) is
	'Enters an end. Dated before today it waits for management, and until then counts from today (S13).';
revoke execute on function app.end_period(text, uuid, int, date, text) from public;

create or replace function app.decide_ending(_id uuid, _version int, _agreed boolean, _reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
	e app.ending;
	functions uuid[];
	met app.reason[];
begin
	select * into e from app.ending x where x.organisation = app.org() and x.id = _id for update;
	if app.me() in (e.created_by, e.person) then
		perform app.refuse_separation('S13',
			'An end dated before the day it was entered is countersigned by neither the one who entered it nor the '
			'one it is about.',
			jsonb_build_object('rule', 'S13', 'person', app.me(), 'ending', e.id));
	end if;
	if e.noun in ('responsibility', 'operation', 'affiliation') then
		-- Of an affiliation these are the functions that its party operates or operated.
		execute case e.noun
			when 'affiliation'
			then 'select array(select o.function from app.operation o where o.organisation = $1 and o.party = '
			'x.party) from app.affiliation x where x.organisation = $1 and x.id = $2'
			else format('select array[x.function] from app.%I x where x.organisation = $1 and x.id = $2', e.noun)
				end into functions using app.org(), e.subject;
		perform app.touch(app.org(), '{}', array[app.me()], functions, '{}');
		met := array(select r from app.responsible_reasons(app.org(), app.me(), functions, null) r);
		if cardinality(met) > 0 then
			perform app.refuse_separation('S13',
				'Whoever countersigns has no responsibility for the function concerned. ' || met[1].message,
				met[1].data || '{"rule": "S13"}');
		end if;
	end if;
	perform app.require_version(e.version, _version);
	perform app.require_state(e.state, array['proposed']);
	update app.ending x set state = case when _agreed then 'countersigned' else 'declined' end, decided_by = app.me(),
		decided_at = now(), decided_reason = _reason
		where x.organisation = app.org() and x.id = _id;
	if _agreed then
		execute format('update app.%I x set counts_until = x.until_date where x.organisation = $1 and x.id = $2',
			e.noun) using app.org(), e.subject;
	else
		begin
			execute format('update app.%I x set until_date = x.counts_until where x.organisation = $1 and x.id = $2',
				e.noun) using app.org(), e.subject;
		exception when exclusion_violation then
			perform app.refuse('since',
				'Something else was recorded for the days since the end that was entered; end that first.',
				jsonb_build_object('ending', e.id));
		end;
	end if;
end
$$;
