-- S7, declaration: independence is declared before anything is read; interests, their safeguards, the owners'
-- confirmations.

create or replace function app.lapse_declarations(_organisation uuid, _functions uuid[], _because jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
	above constant uuid[] := array(select f.function from app.function_with_parents(_organisation, _functions) f);
	lapsing uuid[];
begin
	lapsing := array(select s.id from app.assignment s join app.audit u on u.organisation = s.organisation
		and u.id = s.audit and u.ended_on is null
		where s.organisation = _organisation and s.ended_on is null
			and app.judged_functions(_organisation, s.audit, s.part) && above
			and exists (select from app.declaration d where d.organisation = _organisation and d.assignment = s.id
				and d.lapsed_at is null) order by s.id);
	if lapsing = '{}' then return; end if;
	perform app.touch(_organisation, '{}', '{}', '{}',
		array(select distinct s.audit from app.assignment s where s.organisation = _organisation
		and s.id = any (lapsing)));
	update app.declaration d set lapsed_at = now(), lapse_reason = _because where d.organisation = _organisation
		and d.assignment = any (lapsing) and d.lapsed_at is null;
end
$$;
comment on function app.lapse_declarations(uuid, uuid[], jsonb) is
	'Declarations of those who judge one of these functions lapse: they are signed anew before anything is read or '
	'recorded (S7).';

create or replace function app.derive_attestation_interests(_organisation uuid, _party uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
	-- S7: an affiliation with a party that attests the organisation, now or within 24 months, is an interest whoever
	-- declares what.
	insert into app.interest (organisation, audit, person, party, kind, described, derived, created_by)
	select distinct s.organisation, s.audit, s.person, c.party, 'attestation'::app.interest_kind,
		app.say('interest.attests', jsonb_build_object('party', c.party, 'person', s.person)), true, app.me()
	from app.assignment s
	join app.audit u on u.organisation = s.organisation and u.id = s.audit and u.ended_on is null
	join app.affiliation f on f.organisation = s.organisation and f.person = s.person
	join app.certification c on c.organisation = s.organisation and c.kind = 'attestation'
	where s.organisation = _organisation and s.ended_on is null and f.party = c.party
		and (_party is null or c.party = _party)
		and app.lengthened(c.period * f.period, 24) @> app.today() and not isempty(c.period * f.period)
		and not exists (select from app.interest i where i.organisation = s.organisation and i.audit = s.audit
			and i.person = s.person and i.derived and i.party = c.party);
end
$$;

create or replace function app.derive_declaration() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	update app.assignment s set first_act_on = app.today()
	where s.organisation = new.organisation and s.id = new.assignment and s.first_act_on is null;
	return null;
end
$$;
comment on function app.derive_declaration() is
	'AFTER INSERT of a declaration: who declares judges from that day on, whatever is planned.';
create trigger a_derive after insert on app.declaration for each row execute function app.derive_declaration();

create or replace function app.derive_interest() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	perform ledger.sync(new.organisation, new.person);
	return null;
end
$$;
create trigger derive after insert or update on app.interest for each row execute function app.derive_interest();
create trigger derive after insert or update on app.declaration for each row execute function app.derive_interest();

create or replace function app.declared_responsibility(_assignment app.assignment, _r jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
	in_function constant uuid := _r ->> 'function';
	-- One that begins today is a fact already: it is entered as of yesterday's end.
	begins constant date := least((_r ->> 'from_date')::date, app.today() - 1);
	ends constant date := _r ->> 'until_date';
begin
	if not exists (select from app.function_with_subs(app.org(), app.audit_functions_of_part(_assignment.audit,
		_assignment.part)) f where f.function = in_function) then
		perform app.refuse_param('responsibilities', 'param.function_out_of_scope', '{}');
	elsif (_r ->> 'from_date')::date > app.today() then
		perform app.refuse_param('responsibilities', 'param.begins_in_future', '{}');
	elsif ends < begins then
		perform app.refuse_param('responsibilities', 'param.ends_before', '{}');
	end if;
	insert into app.responsibility (organisation, person, function, kind, acting_for, standing, from_date, until_date,
		created_by)
	values (app.org(), _assignment.person, in_function, (_r ->> 'kind')::app.responsibility_kind,
		case when _r ->> 'kind' = 'owns' then (select o.person from app.responsibility o
			where o.organisation = app.org() and o.function = in_function and o.kind = 'owns' and o.acting_for is null
				and o.standing = 'stands' and o.person <> _assignment.person and o.held && daterange(begins, ends, '[]')
			order by o.from_date desc limit 1) end,
		'bars', begins, ends, app.me());
end
$$;
comment on function app.declared_responsibility(app.assignment, jsonb) is
	'Enters what a declaration itself names under S1: a fact, with all that S9 says of facts. It bars its person, and '
	'gives them nothing until somebody free of it confirms it.';

create or replace function app.answers_for(_function uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (
		select from app.function_with_parents(app.org(), array[_function]) f
		join app.responsibility r on r.organisation = app.org() and r.function = f.function and r.kind = 'owns'
			and r.standing = 'stands' and r.person = app.me() and r.held @> app.today()
		union all
		select from app.function f where f.organisation = app.org() and f.id = _function and f.answerable = app.me()
			and not exists (select from app.responsibility o where o.organisation = f.organisation and o.function = f.id
				and o.kind = 'owns' and o.acting_for is null and o.standing = 'stands' and o.held @> app.today()));
end
$$;
comment on function app.answers_for(uuid) is
	'Does the caller own the function, act for its owner, or answer for it in want of one?';

create or replace function app.unconfirmed_functions(_organisation uuid, _audit uuid) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select f.id from app.function f where f.organisation = _organisation
		and f.id in (select p.function from app.part_function p
			where p.organisation = _organisation and p.audit = _audit)
		and not exists (select from app.confirmation c where c.organisation = f.organisation and c.audit = _audit
			and c.function = f.id)
	order by f.name;
end
$$;
comment on function app.unconfirmed_functions(uuid, uuid) is
	'The functions of an audit''s scope of which the owner has not confirmed who operates and monitors them.';
