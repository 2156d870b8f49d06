-- The tree of functions and their succession: what a responsibility, an operating party or a part reaches.

create or replace function app.function_with_subs(_organisation uuid, _functions uuid[]) returns table (function uuid)
language plpgsql stable rows 10 security definer set search_path = '' as $$
begin
	return query
	with recursive reach as (
		select unnest(_functions) as function
		union
		select f.id from reach r join app.function f on f.organisation = _organisation and f.parent = r.function)
	select r.function from reach r;
end
$$;
comment on function app.function_with_subs(uuid, uuid[]) is 'The functions and all their sub-functions.';

create or replace function app.function_carried(_organisation uuid, _functions uuid[]) returns table (function uuid)
language plpgsql stable rows 10 security definer set search_path = '' as $$
begin
	return query
	with recursive reach as (
		select unnest(_functions) as function
		union
		select n.function from reach r cross join lateral (
			select f.id as function from app.function f where f.organisation = _organisation and f.parent = r.function
			union all
			select s.successor from app.succession s where s.organisation = _organisation
				and s.predecessor = r.function) n)
	select r.function from reach r;
end
$$;
comment on function app.function_carried(uuid, uuid[]) is
	'The functions for which a responsibility for the given ones holds: themselves, their sub-functions, and what '
	'replaced any of these.';

create or replace function app.function_carriers(_organisation uuid, _functions uuid[]) returns table (function uuid)
language plpgsql stable rows 10 security definer set search_path = '' as $$
begin
	return query
	with recursive reach as (
		select unnest(_functions) as function
		union
		select n.function from reach r cross join lateral (
			select f.parent as function from app.function f where f.organisation = _organisation and f.id = r.function
				and f.parent is not null
			union all
			select s.predecessor from app.succession s where s.organisation = _organisation
				and s.successor = r.function) n)
	select r.function from reach r;
end
$$;
comment on function app.function_carriers(uuid, uuid[]) is
	'The functions a responsibility for which holds for one of the given ones: app.function_carried, the other way.';

create or replace function app.function_with_parents(_organisation uuid, _functions uuid[])
returns table (function uuid) language plpgsql stable rows 5 security definer set search_path = '' as $$
begin
	return query
	with recursive reach as (
		select unnest(_functions) as function
		union
		select f.parent from reach r join app.function f on f.organisation = _organisation and f.id = r.function
			and f.parent is not null)
	select r.function from reach r;
end
$$;
comment on function app.function_with_parents(uuid, uuid[]) is
	'The functions and everything that they are sub-functions of.';

create or replace function app.functions_of(_organisation uuid, _person uuid) returns table (function uuid, until date)
language plpgsql stable rows 10 security definer set search_path = '' as $$
begin
	return query
	with recursive own as (
		select r.function, r.until_date from app.responsibility r
		where r.organisation = _organisation and r.person = _person and r.kind <> 'answers' and r.standing = 'stands'
			and r.held @> app.today()
		union all
		select f.id, null from app.function f where f.organisation = _organisation and f.answerable = _person
			and not exists (select from app.responsibility o where o.organisation = f.organisation and o.function = f.id
				and o.kind = 'owns' and o.acting_for is null and o.standing = 'stands' and o.held @> app.today())),
	reach as (
		select o.function, o.until_date from own o
		union
		select n.function, r.until_date from reach r cross join lateral (
			select f.id as function from app.function f where f.organisation = _organisation and f.parent = r.function
			union all
			select s.successor from app.succession s where s.organisation = _organisation
				and s.predecessor = r.function) n)
	select r.function, r.until_date from reach r;
end
$$;
comment on function app.functions_of(uuid, uuid) is
	'Functions, with sub-functions, for which a person is responsible today, each with the day until which.';

create or replace function app.derive_function_tree() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	org uuid := new.organisation;
	ids uuid[];
	above uuid[];	-- whose responsible people and operating parties reach more or less by it
	wanted app.claim_row[];
	r record;
	began date := case when tg_table_name = 'succession' then (to_jsonb(new) ->> 'on_date')::date else app.today() end;
	fact boolean := began < app.today();
begin
	-- Whoever becomes responsible above stands in the line of what they reach, so of the new parent too.
	if tg_table_name = 'function' then
		if new.parent is not distinct from old.parent then return null; end if;
		ids := array[new.id, new.parent];
		perform app.touch(org, '{}', '{}', (select new.parent || array_agg(distinct f.function)
			from app.function_carried(org, array[new.id]) f), '{}');
		if exists (select from app.function_with_subs(org, array[new.id]) f where f.function = new.parent) then
			perform app.refuse(app.no('cycle', 'function.sub_of_itself'));
		end if;
		above := array_remove(array[old.parent, new.parent], null);
	else
		ids := array[(to_jsonb(new) ->> 'predecessor')::uuid, (to_jsonb(new) ->> 'successor')::uuid];
		perform app.touch(org, '{}', '{}', (select array_agg(distinct f.function)
			from app.function_carried(org, ids) f), '{}');
		if exists (select from app.function_carried(org, ids[2:2]) f where f.function = ids[1]) then
			perform app.refuse(app.no('cycle', 'function.carried_back'));
		end if;
		above := ids[1:1];
	end if;
	above := array(select c.function from app.function_carriers(org, above) c);
	for r in select x.id, x.function from app.responsibility x where x.organisation = org and x.function = any (above)
			order by x.id loop
		wanted := array(select w from app.claims_of_responsibility(org, r.id) w);
		if exists (select from unnest(wanted) w where w.object = any (ids)) then
			perform app.meet_judging(org, r.id, wanted, fact, began,
				(app.explain_responsible(org, r.id, r.function, null)).data -> 'say');
		end if;
		perform app.claims_set(org, r.id, wanted);
	end loop;
	for r in select x.id, x.function from app.operation x where x.organisation = org and x.function = any (above)
			order by x.id loop
		wanted := array(select w from app.claims_of_operation(org, r.id) w);
		if exists (select from unnest(wanted) w where w.object = any (ids)) then
			perform app.meet_judging(org, r.id, wanted, fact, began,
				(app.explain_operates(org, r.id, r.function, null, null)).data -> 'say');
		end if;
		perform app.claims_set(org, r.id, wanted);
	end loop;
	-- An audit that holds anything above judges more or less by it, too.
	for r in select u.id from app.audit u where u.organisation = org and u.ended_on is null
			and app.judged_functions(org, u.id, null) && above order by u.id loop
		perform app.audit_claims_again(org, r.id);
	end loop;
	perform ledger.sync(org, variadic array(
		select x.person from app.responsibility x where x.organisation = org and x.function = any (above)
		union
		select f.answerable from app.function f where f.organisation = org and f.id = any (above)
			and f.answerable is not null));
	perform app.lapse_declarations(org, ids[1:1], app.say('lapse.function_came'))
		where tg_table_name = 'function';
	perform app.lapse_declarations(org, array(select f.function from app.function_with_subs(org, ids[2:2]) f),
		app.say('lapse.carried')) where tg_table_name = 'succession';
	return null;
end
$$;
create trigger derive after update of parent on app.function for each row execute function app.derive_function_tree();
create trigger derive after insert on app.succession for each row execute function app.derive_function_tree();
