-- What the caller reaches, as the policies ask for it: arrays of ids that depend on nothing but who is asking.
--
-- Every table in a statement asks anew: a finding with all that hangs on it asks some twenty times for the caller's
-- parts. So the first answer is kept in settings of the transaction. It is forgotten at the door (nothing set by a
-- caller survives), after each lock (whoever was waited for may have changed it), and when a row that it rests on
-- changes (a write sees its own effect).

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
language sql stable parallel safe
return app.my_roles() && array['administrator', 'programme_manager', 'management'];

comment on function app.my_reach() is
	'The tokens that the caller holds now, in the order in which lists walk them: themselves, parts, audits, '
	'functions, the roles that oversee.';

comment on function app.my_releases() is 'Releases that the caller may read as recipient, lead or observer.';

-- What was kept; null where nothing is. This and those that ask become part of the policy or statement that names them.
create or replace function app.kept(_what text) returns uuid[]
language sql stable
return nullif(current_setting('ninetwo.my_' || _what, true), '')::uuid[];
comment on function app.kept(text) is 'What was kept under this name in this transaction, or null.';

create or replace function app.my_parts() returns uuid[]
language sql stable return coalesce(app.kept('parts'), app.reached('parts'));
create or replace function app.my_audits() returns uuid[]
language sql stable return coalesce(app.kept('audits'), app.reached('audits'));
create or replace function app.my_assigned_audits() returns uuid[]
language sql stable return coalesce(app.kept('assigned_audits'), app.reached('assigned_audits'));
create or replace function app.my_functions() returns uuid[]
language sql stable return coalesce(app.kept('functions'), app.reached('functions'));
create or replace function app.my_function_audits() returns uuid[]
language sql stable return coalesce(app.kept('function_audits'), app.reached('function_audits'));
create or replace function app.my_parties() returns uuid[]
language sql stable return coalesce(app.kept('parties'), app.reached('parties'));
create or replace function app.my_releases() returns uuid[]
language sql stable return coalesce(app.kept('releases'), app.reached('releases'));
create or replace function app.my_reach() returns uuid[]
language sql stable return coalesce(app.kept('reach'), app.reached('reach'));

create or replace function app.my_planned_audits() returns uuid[]
language sql stable return coalesce(app.kept('planned_audits'), app.reached('planned_audits'));
comment on function app.my_planned_audits() is
	'The audits whose plan the caller reads: those on whose team they are or were, and those of their functions.';

-- Where the caller is declared team, of what is kept.
create or replace function app.my_assignments() returns table (audit uuid, part uuid, role app.team_role)
language plpgsql stable rows 4 set search_path = '' as $$
begin
	if app.kept('audits') is null then
		perform app.reached('audits');
	end if;
	return query select t.audit, t.part, t.role from unnest(app.kept('team_audits'), app.kept('team_parts'),
		current_setting('ninetwo.my_team_roles')::app.team_role[]) t (audit, part, role);
end
$$;
comment on function app.my_assignments() is 'Where the caller is declared team.';

-- Finds out what the caller reaches and keeps it: by one statement what nearly every call asks for, the rest as it is
-- asked for.
create or replace function app.reached(_what text) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	case _what
	when 'function_audits' then
		perform set_config('ninetwo.my_function_audits', array(
			select distinct pf.audit from app.part_function pf
			where pf.organisation = app.org() and pf.function in (
				select f.function from app.function_with_parents(app.org(), app.my_functions()) f))::text, true);
	when 'planned_audits' then
		perform set_config('ninetwo.my_planned_audits', array(
			select distinct x from unnest(app.my_assigned_audits() || app.my_function_audits()) x)::text, true);
	when 'parties' then
		perform set_config('ninetwo.my_parties', array(
			select a.party from app.affiliation a where a.organisation = app.org() and a.person = app.me()
				and a.held @> app.today()
			union
			select m.party from app.membership m where m.organisation = app.org() and m.person = app.me()
				and m.party is not null and m.held @> app.today())::text, true);
	when 'releases' then
		perform set_config('ninetwo.my_releases', array(
			select distinct h.token from app.release_holding(app.me(), app.org()) h)::text, true);
	else
		perform app.reach_kept();
	end case;
	return app.kept(_what);
end
$$;

create or replace function app.reach_kept() returns void
language plpgsql stable security definer set search_path = '' as $$
begin
	perform set_config('ninetwo.my_parts', r.parts::text, true), set_config('ninetwo.my_audits', r.audits::text, true),
		set_config('ninetwo.my_functions', r.functions::text, true),
		set_config('ninetwo.my_assigned_audits', r.assigned::text, true),
		set_config('ninetwo.my_team_audits', r.team_audits::text, true),
		set_config('ninetwo.my_team_parts', r.team_parts::text, true),
		set_config('ninetwo.my_team_roles', r.team_roles::text, true),
		set_config('ninetwo.my_reach', (array[app.me()] || r.parts || r.audits || r.functions || r.roles)::text, true)
	from (
		with team as materialized (select * from app.assignments_of(app.org(), app.me()))
		select array(select distinct p.id from team m join app.part p on p.organisation = app.org()
				and p.audit = m.audit and (m.part is null or p.id = m.part)) as parts,
			array(select distinct m.audit from team m) as audits,
			array(select distinct f.function from app.functions_of(app.org(), app.me()) f) as functions,
			array(select distinct a.audit from app.assignment a where a.organisation = app.org()
				and a.person = app.me()) as assigned,
			array(select app.role_token(app.org(), h) from unnest(app.my_roles()) h
				where h in ('administrator', 'management', 'programme_manager')) as roles,
			array(select m.audit from team m) as team_audits, array(select m.part from team m) as team_parts,
			array(select m.role from team m) as team_roles) r;
end
$$;

create or replace function app.forget() returns void
language plpgsql set search_path = '' as $$
begin
	perform set_config('ninetwo.my_parts', '', true), set_config('ninetwo.my_audits', '', true),
		set_config('ninetwo.my_functions', '', true), set_config('ninetwo.my_assigned_audits', '', true),
		set_config('ninetwo.my_team_audits', '', true), set_config('ninetwo.my_team_parts', '', true),
		set_config('ninetwo.my_team_roles', '', true), set_config('ninetwo.my_reach', '', true),
		set_config('ninetwo.my_function_audits', '', true), set_config('ninetwo.my_planned_audits', '', true),
		set_config('ninetwo.my_parties', '', true),
		set_config('ninetwo.my_releases', '', true);
end
$$;
comment on function app.forget() is
	'Forgets what was kept of what the caller reaches. After each lock: whoever was waited for may have changed it.';
grant execute on function app.forget() to ninetwo_auth;

-- What it rests on: every table that the functions above read, by themselves or by what they call, as
-- tests/sql/reach.sql finds.
create or replace function app.forget_reach() returns trigger
language plpgsql set search_path = '' as $$
begin
	perform app.forget();
	return null;
end
$$;
comment on function app.forget_reach() is 'AFTER a change of a row that what a caller reaches rests on.';
create trigger a_reach after insert or update or delete on app.affiliation for each row
	execute function app.forget_reach();
create trigger a_reach after insert or update or delete on app.assignment for each row
	execute function app.forget_reach();
create trigger a_reach after insert or update or delete on app.declaration for each row
	execute function app.forget_reach();
create trigger a_reach after insert or update or delete on app.interest for each row
	execute function app.forget_reach();
create trigger a_reach after insert or update or delete on app.membership for each row
	execute function app.forget_reach();
create trigger a_reach after insert or update or delete on app.part for each row
	execute function app.forget_reach();
create trigger a_reach after insert or update or delete on app.part_function for each row
	execute function app.forget_reach();
create trigger a_reach after insert or update or delete on app.publication for each row
	execute function app.forget_reach();
create trigger a_reach after insert or update or delete on app.release for each row
	execute function app.forget_reach();
create trigger a_reach after insert or update or delete on app.responsibility for each row
	execute function app.forget_reach();
create trigger a_reach after insert or update or delete on app.succession for each row
	execute function app.forget_reach();
create trigger a_reach after insert or update of parent, answerable or delete on app.function for each row
	execute function app.forget_reach();
