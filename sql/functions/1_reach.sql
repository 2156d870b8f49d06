-- What the caller reaches, as the policies ask for it: arrays of ids that depend on nothing but who is asking.
--
-- Every table in a statement asks anew: a finding with all that hangs on it asks some twenty times for the caller's parts. A method that only
-- reads changes none of the answers, so there the first one is kept for the transaction. auth.identify forgets what was kept and says whether
-- anything may be; so nothing set by a caller survives, and a write sees its own effect.
set role ninetwo_owner;

create or replace function app.kept(what text) returns uuid[] language sql stable set search_path = '' as $$
	select nullif(current_setting('ninetwo.my_' || $1, true), '')::uuid[]
$$;
comment on function app.kept(text) is 'What was kept under this name in this transaction, or null.';

create or replace function app.keep(what text, ids uuid[]) returns uuid[] language plpgsql set search_path = '' as $$
begin
	if current_setting('ninetwo.access', true) = 'read' then
		perform set_config('ninetwo.my_' || what, ids::text, true);
	end if;
	return ids;
end
$$;
comment on function app.keep(text, uuid[]) is 'The ids, kept for the rest of a transaction that only reads.';

create or replace function app.my_parts() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(app.kept('parts'), app.keep('parts', (
		select coalesce(array_agg(distinct p.id), '{}')
		from app.my_assignments() m
		join app.part p on p.organisation = app.org() and p.audit = m.audit and (m.part is null or p.id = m.part))));
end
$$;

create or replace function app.my_audits() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(app.kept('audits'), app.keep('audits', (
		select coalesce(array_agg(distinct m.audit), '{}') from app.my_assignments() m)));
end
$$;

create or replace function app.my_assigned_audits() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(app.kept('assigned_audits'), app.keep('assigned_audits', (
		select coalesce(array_agg(distinct a.audit), '{}') from app.assignment a where a.organisation = app.org() and a.person = app.me())));
end
$$;

create or replace function app.my_functions() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(app.kept('functions'), app.keep('functions', (
		select coalesce(array_agg(distinct f.function), '{}') from app.functions_of(app.org(), app.me()) f)));
end
$$;

create or replace function app.my_function_audits() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(app.kept('function_audits'), app.keep('function_audits', (
		select coalesce(array_agg(distinct pf.audit), '{}')
		from app.part_function pf
		where pf.organisation = app.org() and pf.function in (select f.function from app.function_with_parents(app.org(), app.my_functions()) f))));
end
$$;

create or replace function app.my_parties() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(app.kept('parties'), app.keep('parties', (
		select coalesce(array_agg(distinct party), '{}') from (
			select party from app.affiliation where organisation = app.org() and person = app.me() and held @> app.today()
			union all
			select party from app.membership where organisation = app.org() and person = app.me() and party is not null and held @> app.today()) p)));
end
$$;

create or replace function app.my_releases() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(app.kept('releases'), app.keep('releases', (
		select coalesce(array_agg(distinct h.token), '{}') from app.release_holding(app.me(), app.org()) h)));
end
$$;

create or replace function app.my_planned_audits() returns uuid[] language plpgsql stable set search_path = '' as $$
begin
	return array(select distinct x from unnest(app.my_assigned_audits() || app.my_function_audits()) x);
end
$$;
comment on function app.my_planned_audits() is 'The audits whose plan the caller reads: those on whose team they are or were, and those of their functions.';

create or replace function app.team_branches() returns jsonb language plpgsql stable set search_path = '' as $$
begin
	return case when app.reads_audits() then null else app.branch('audit', app.my_audits()) || app.branch('person', array[app.me()]) end;
end
$$;
comment on function app.team_branches() is 'The branches of what hangs on a team: all of it for who reads audits, else of the caller''s audits, and about the caller.';
