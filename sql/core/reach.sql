-- What the caller reaches, as the policies ask for it: arrays of ids that depend on nothing but who is asking.
--
-- Every table in a statement asks anew: a finding with all that hangs on it asks some twenty times for the caller's
-- parts. A method that only reads changes none of the answers, so there the first one is kept for the transaction.
-- auth.identify forgets what was kept and says whether anything may be; so nothing set by a caller survives, and a
-- write sees its own effect.

-- What everyone of the organisation may look up, and who may not: observers, and people of parties outside the group
-- who are auditees only.
create or replace function app.reads_directory() returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select app.my_roles() && array['administrator', 'programme_manager', 'auditor', 'management']
		or (app.my_roles() && array['auditee'] and not exists (
			select from app.affiliation a join app.party p on p.organisation = a.organisation and p.id = a.party
			where a.organisation = app.org() and a.person = app.me() and not p.in_group
				and a.held @> app.today())));
end
$$;
comment on function app.reads_directory() is
	'May the caller look up people, parties and functions of the organisation at large?';
comment on function app.my_parties() is 'Parties the caller works for or observes for today.';
comment on function app.my_functions() is 'Functions, with sub-functions, for which the caller is responsible today.';
comment on function app.my_parts() is 'Parts whose declared team the caller is on; a lead is on every part.';
comment on function app.my_audits() is 'Audits on whose declared team the caller is.';
comment on function app.my_assigned_audits() is
	'Audits to which the caller is or was assigned, declared or not: they see the audit, not its papers.';
comment on function app.my_function_audits() is 'Audits that hold a function of the caller''s.';

create or replace function app.reads_audits() returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select app.my_roles() && array['administrator', 'programme_manager', 'management']);
end
$$;

-- What a caller can reach: every token that they hold now, in the order in which lists walk them.
create or replace function app.my_reach() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select array[app.me()] || app.my_parts() || app.my_audits() || app.my_functions()
		|| array(select app.role_token(app.org(), r) from unnest(app.my_roles()) r
			where r in ('administrator', 'management', 'programme_manager')));
end
$$;
comment on function app.my_reach() is
	'The tokens that the caller holds now: parts, audits, functions, themselves, the roles that oversee.';

comment on function app.my_releases() is 'Releases that the caller may read as recipient, lead or observer.';

create or replace function app.kept(_what text) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
	return nullif(current_setting('ninetwo.my_' || _what, true), '')::uuid[];
end
$$;
comment on function app.kept(text) is 'What was kept under this name in this transaction, or null.';

create or replace function app.keep(_what text, _ids uuid[]) returns uuid[]
language plpgsql set search_path = '' as $$
begin
	if current_setting('ninetwo.access', true) = 'read' then
		perform set_config('ninetwo.my_' || _what, _ids::text, true);
	end if;
	return _ids;
end
$$;
comment on function app.keep(text, uuid[]) is 'The ids, kept for the rest of a transaction that only reads.';

create or replace function app.my_parts() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(app.kept('parts'), app.keep('parts', (
		select coalesce(array_agg(distinct p.id), '{}')
		from app.my_assignments() m
		join app.part p on p.organisation = app.org() and p.audit = m.audit and (m.part is null or p.id = m.part))));
end
$$;

create or replace function app.my_audits() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(app.kept('audits'), app.keep('audits', (
		select coalesce(array_agg(distinct m.audit), '{}') from app.my_assignments() m)));
end
$$;

create or replace function app.my_assigned_audits() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(app.kept('assigned_audits'), app.keep('assigned_audits', (
		select coalesce(array_agg(distinct a.audit), '{}') from app.assignment a where a.organisation = app.org()
			and a.person = app.me())));
end
$$;

create or replace function app.my_functions() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(app.kept('functions'), app.keep('functions', (
		select coalesce(array_agg(distinct f.function), '{}') from app.functions_of(app.org(), app.me()) f)));
end
$$;

create or replace function app.my_function_audits() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(app.kept('function_audits'), app.keep('function_audits', (
		select coalesce(array_agg(distinct pf.audit), '{}')
		from app.part_function pf
		where pf.organisation = app.org()
			and pf.function in (select f.function from app.function_with_parents(app.org(), app.my_functions()) f))));
end
$$;

create or replace function app.my_parties() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(app.kept('parties'), app.keep('parties', (
		select coalesce(array_agg(distinct party), '{}') from (
			select party from app.affiliation where organisation = app.org() and person = app.me()
				and held @> app.today()
			union all
			select party from app.membership where organisation = app.org() and person = app.me() and party is not null
				and held @> app.today()) p)));
end
$$;

create or replace function app.my_releases() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(app.kept('releases'), app.keep('releases', (
		select coalesce(array_agg(distinct h.token), '{}') from app.release_holding(app.me(), app.org()) h)));
end
$$;

create or replace function app.my_planned_audits() returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
	return array(select distinct x from unnest(app.my_assigned_audits() || app.my_function_audits()) x);
end
$$;
comment on function app.my_planned_audits() is
	'The audits whose plan the caller reads: those on whose team they are or were, and those of their functions.';
