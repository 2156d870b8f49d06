-- Acts and arrangements: who judged, who had a hand in the work, who arranged. Frames and triggers write them here and
-- nowhere else; S4's and S5's claims follow from them.
-- Rules and words: docs/separation.md.

-- What a record stands in: its audit and part, the finding that it hangs on, the functions that it is about.
create or replace function app.place_of(_noun text, _subject uuid, out audit uuid, out part uuid, out finding uuid,
	out functions uuid[])
language plpgsql stable security definer set search_path = '' as $$
declare
	org constant uuid := app.org();
begin
	case _noun
		when 'audit' then
			audit := _subject;
			functions := app.audit_functions(_subject);
			return;
		when 'part' then
			select p.audit, p.id into audit, part from app.part p where p.organisation = org and p.id = _subject;
			functions := app.audit_functions_of_part(audit, part);
			return;
		when 'assignment' then
			select s.audit, s.part into audit, part from app.assignment s where s.organisation = org
				and s.id = _subject;
			functions := app.audit_functions_of_part(audit, part);
			return;
		when 'declaration', 'interest' then
			select x.audit, s.part into audit, part from (
				select d.audit, d.assignment from app.declaration d where d.organisation = org and d.id = _subject
				union all
				select i.audit, null from app.interest i where i.organisation = org and i.id = _subject) x
			left join app.assignment s on s.organisation = org and s.id = x.assignment;
			functions := app.audit_functions_of_part(audit, part);
			return;
		when 'check' then
			select c.audit, c.part, array[c.function] into audit, part, functions
			from app.check c where c.organisation = org and c.id = _subject;
			return;
		when 'request' then
			select r.audit, r.part, array[r.function] into audit, part, functions
			from app.evidence_request r where r.organisation = org and r.id = _subject;
			return;
		when 'release' then
			select r.audit into audit from app.release r where r.organisation = org and r.id = _subject;
			return;
		when 'finding' then finding := _subject;
		when 'response' then
			select x.finding into finding from app.response x where x.organisation = org and x.id = _subject;
		when 'action' then
			select x.finding into finding from app.action x where x.organisation = org and x.id = _subject;
		when 'extension' then
			select x.finding into finding from app.extension x where x.organisation = org and x.id = _subject;
		when 'dispute' then
			select x.finding into finding from app.dispute x where x.organisation = org and x.id = _subject;
		when 'verification' then
			select x.finding into finding from app.verification x where x.organisation = org and x.id = _subject;
	end case;
	select f.audit, f.part, f.functions into audit, part, functions
	from app.finding f where f.organisation = org and f.id = finding;
end
$$;
comment on function app.place_of(text, uuid) is
	'Where a record of an audit stands; nulls where there is none.';

create or replace function app.acted(_side app.act_side, _person uuid, _noun text, _subject uuid, _object uuid,
	_undoes uuid default null) returns void
language plpgsql security definer set search_path = '' as $$
declare
	place record;
begin
	-- what a trigger has recorded of this call already, and claimed, is one act
	if exists (select from app.act a where a.organisation = app.org() and a.subject = _subject and a.person = _person
			and a.side = _side and a.at = now() and a.method = app.method()
			and a.object is not distinct from _object) then
		return;
	end if;
	if _object is not null then
		perform app.claim_add('S5', _person, _object, case _side when 'hand' then 'hands' else 'judges' end,
			daterange(null, null), _object);
	end if;
	place := app.place_of(_noun, _subject);
	insert into app.act (organisation, person, side, on_day, method, noun, subject, audit, part, finding, functions,
		assignment, object, undoes)
	values (app.org(), _person, _side, app.today(), app.method(), _noun, _subject, place.audit, place.part,
		place.finding, coalesce(place.functions, '{}'), (
			select s.id from app.assignment s where s.organisation = app.org() and s.audit = place.audit
				and s.person = _person and s.ended_on is null
				and (s.part is null or place.part is null or s.part = place.part)
			order by s.role, s.id limit 1), _object, _undoes);
end
$$;
comment on function app.acted(app.act_side, uuid, text, uuid, uuid, uuid) is
	'Records that somebody judged a record, or had a hand in it; with an object (a finding or request) S5 is claimed, '
	'or refused.';

-- S5 on a finding or request: who had a hand in the work, and who judges it. Claimed once, it is claimed for ever; by
-- which record (a response, an action) is noted, so that it is one act with what the frame records of the same call.
create or replace function app.acted_once(_side app.act_side, _object uuid, _persons uuid[], _noun text, _subject uuid)
returns void language plpgsql security definer set search_path = '' as $$
declare
	who uuid;
begin
	for who in select distinct p from unnest(_persons) p where p is not null order by p loop
		if not exists (select from app.act a where a.organisation = app.org() and a.object = _object
				and a.person = who and a.side = _side) then
			perform app.acted(_side, who, _noun, _subject, _object);
		end if;
	end loop;
end
$$;

create or replace function app.hands(_object uuid, _persons uuid[], _noun text, _subject uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
	perform app.acted_once('hand', _object, _persons, _noun, _subject);
end
$$;
comment on function app.hands(uuid, uuid[], text, uuid) is
	'These people had a hand in the work on a finding or request, by this record; refuses whoever judged it (S5).';

create or replace function app.judges(_object uuid, _person uuid, _noun text, _subject uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
	perform app.acted_once('judge', _object, array[_person], _noun, _subject);
end
$$;
comment on function app.judges(uuid, uuid, text, uuid) is
	'Somebody judges a finding''s work or a request''s evidence, by this record; refuses whoever had a hand in it '
	'(S5).';

create or replace function app.claims_of_acts(_organisation uuid, _object uuid) returns setof app.claim_row
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select distinct 'S5', a.person, a.object, case a.side when 'hand' then 'hands' else 'judges' end,
		daterange(null, null)
	from app.act a where a.organisation = _organisation and a.object = _object;
end
$$;
comment on function app.claims_of_acts(uuid, uuid) is 'What the acts on a finding or request claim: S5, for ever.';

create or replace function app.arranged(_audit uuid, _maker uuid, _subject uuid default null,
	_countersigned_by uuid[] default '{}') returns void
language plpgsql security definer set search_path = '' as $$
declare
	signers constant uuid[] := array_remove(_countersigned_by, null);
	who uuid;
begin
	foreach who in array _maker || signers loop
		if not exists (select from app.claim c where c.organisation = app.org() and c.rule = 'S4' and c.subject = who
			and c.object = _audit and c.side = 'arranges') then
			perform app.claim_add('S4', who, _audit, 'arranges', daterange(app.today(), null), _audit);
		end if;
	end loop;
	insert into app.arrangement (organisation, audit, verb, subject, maker, on_day, countersigned_by, settled_at,
		settled_how)
	select app.org(), _audit, app.method(), coalesce(_subject, _audit), _maker, app.today(), signers,
		case when x.bound then now() end, case when x.bound then 'nobody_free' end
	-- who signs though they are not free does so because nobody is
	from (select exists (select from app.on_side(app.org(),
		case app.method() when 'audit.countersign' then array[_maker]
		else signers end, app.judged_functions(app.org(), _audit, null), app.audit_window(app.org(),
			_audit)))) x (bound);
end
$$;
comment on function app.arranged(uuid, uuid, uuid, uuid[]) is
	'Records that somebody arranged an audit, and who signed: never deleted, and they are never on its team (S4).';

create or replace function app.claims_of_arrangements(_organisation uuid, _audit uuid) returns setof app.claim_row
language sql stable security definer set search_path = '' as $$
	select 'S4', w.person, _audit, 'arranges', daterange(min(a.on_day), null)
	from app.arrangement a cross join lateral unnest(a.maker || a.countersigned_by) w (person)
	where a.organisation = _organisation and a.audit = _audit
	group by w.person
$$;
comment on function app.claims_of_arrangements(uuid, uuid) is
	'What the arrangements of an audit claim: S4, from the first day on.';

-- Nothing of an act is ever changed, and of an arrangement only what it waits for and how that was settled: whoever
-- owns the tables, too.
create or replace function app.keep_record() returns trigger
language plpgsql set search_path = '' as $$
begin
	if tg_op = 'UPDATE' and tg_table_name = 'arrangement' and to_jsonb(new) - array['waits_since', 'because',
		'settled_by', 'settled_at', 'settled_how'] = to_jsonb(old) - array['waits_since', 'because', 'settled_by',
		'settled_at', 'settled_how'] then
		return new;
	end if;
	raise exception 'the record of acts and arrangements is never changed';
end
$$;
create trigger keep before update or delete on app.act for each row execute function app.keep_record();
create trigger keep before update or delete on app.arrangement for each row execute function app.keep_record();
create trigger keep_all before truncate on app.act for each statement execute function app.keep_record();
create trigger keep_all before truncate on app.arrangement for each statement execute function app.keep_record();
