-- Who holds which token, and who may learn of a change of each record (docs/architecture.md, live events).
set role ninetwo_owner;

create or replace function app.directory_reader(organisation uuid, person uuid) returns boolean language sql stable security definer set search_path = '' as $$
	select exists (select from app.membership m where m.organisation = directory_reader.organisation and m.person = directory_reader.person
			and m.role in ('administrator', 'programme_manager', 'auditor', 'management') and m.held @> app.today())
		or (exists (select from app.membership m where m.organisation = directory_reader.organisation and m.person = directory_reader.person
				and m.role = 'auditee' and m.held @> app.today())
			and not exists (select from app.affiliation a join app.party p on p.organisation = a.organisation and p.id = a.party
				where a.organisation = directory_reader.organisation and a.person = directory_reader.person and not p.in_group and a.held @> app.today()))
$$;
comment on function app.directory_reader(uuid, uuid) is 'Does a person look up people, parties and functions at large? The same answer as app.reads_directory() gives them.';

create or replace function app.holding(organisation uuid, person uuid) returns table (token uuid, until date)
	language sql stable security definer set search_path = '' as $$
	with here as (
		select $1 as organisation, $2 as person where exists (select from app.person p where p.id = $2 and p.disabled_at is null)),
	team as (
		select s.*, (select max(m.until_date) from app.membership m where m.organisation = h.organisation and m.person = h.person and m.role = 'auditor' and m.held @> app.today()) as until from here h cross join lateral app.assignments_of(h.organisation, h.person) s)
	select h.person, null::date from here h
	union all
	select app.role_token(m.organisation, m.role::text), m.until_date
	from here h join app.membership m on m.organisation = h.organisation and m.person = h.person and m.held @> app.today()
	union all
	select app.role_token(h.organisation, 'directory'), null from here h where app.directory_reader(h.organisation, h.person)
	union all
	select f.function, f.until from here h cross join lateral app.functions_of(h.organisation, h.person) f
	union all
	select t.audit, t.until from team t
	union all
	select p.id, t.until from team t join app.part p on p.organisation = $1 and p.audit = t.audit and (t.part is null or p.id = t.part)
	union all
	select r.token, r.until from here h cross join lateral app.release_holding(h.person, h.organisation) r
$$;
comment on function app.holding(uuid, uuid) is 'The tokens that a person holds today, and until when; null is open.';
revoke execute on function app.holding(uuid, uuid) from ninetwo_api;
grant execute on function app.holding(uuid, uuid) to ninetwo_ledger;

create or replace function app.roles_audience(organisation uuid) returns uuid[] language sql immutable set search_path = '' as $$
	select array[app.role_token($1, 'administrator'), app.role_token($1, 'programme_manager'), app.role_token($1, 'management')]
$$;
comment on function app.roles_audience(uuid) is 'Tokens of the roles that see every audit, though never its papers or drafts.';

create or replace function app.audience_organisation(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select array_agg(app.role_token($2, r)) from unnest(array['administrator', 'programme_manager', 'auditor', 'auditee', 'observer', 'management']) r
$$;
create or replace function app.audience_party(organisation uuid, id uuid) returns uuid[] language sql stable set search_path = '' as $$
	select array[app.role_token($1, 'directory')]
$$;
create or replace function app.audience_certification(organisation uuid, id uuid) returns uuid[] language sql stable set search_path = '' as $$
	select array[app.role_token($1, 'directory')]
$$;
create or replace function app.audience_person(organisation uuid, id uuid) returns uuid[] language sql stable set search_path = '' as $$
	select array[app.role_token($1, 'directory'), $2]
$$;
create or replace function app.audience_affiliation(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select array[app.role_token($1, 'directory'), a.person] from app.affiliation a where a.organisation = $1 and a.id = $2
$$;
create or replace function app.audience_membership(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select array[app.role_token($1, 'directory'), a.person] from app.membership a where a.organisation = $1 and a.id = $2
$$;
create or replace function app.audience_function(organisation uuid, id uuid) returns uuid[] language sql stable set search_path = '' as $$
	select array[app.role_token($1, 'directory'), $2]
$$;
create or replace function app.audience_operation(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select array[app.role_token($1, 'directory'), a.function] from app.operation a where a.organisation = $1 and a.id = $2
$$;
create or replace function app.audience_responsibility(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select array[app.role_token($1, 'directory'), a.function, a.person] from app.responsibility a where a.organisation = $1 and a.id = $2
$$;
create or replace function app.audience_ending(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select array_remove(array[app.role_token($1, 'directory'), a.person], null) from app.ending a where a.organisation = $1 and a.id = $2
$$;
create or replace function app.audience_competence(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select app.roles_audience($1) || a.person from app.competence a where a.organisation = $1 and a.id = $2
$$;
create or replace function app.audience_audit(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select app.roles_audience($1) || $2
		|| array(select distinct s.person from app.assignment s where s.organisation = $1 and s.audit = $2)
		|| array(select f.function from app.function_with_subs($1, array(select pf.function from app.part_function pf where pf.organisation = $1 and pf.audit = $2)) f)
$$;
comment on function app.audience_audit(uuid, uuid) is 'Who sees that an audit exists: the roles that see all, everyone assigned, whoever is responsible for a function in it.';
create or replace function app.audience_part(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select app.audience_audit($1, p.audit) from app.part p where p.organisation = $1 and p.id = $2
$$;
create or replace function app.audience_assignment(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select app.audience_audit($1, a.audit) from app.assignment a where a.organisation = $1 and a.id = $2
$$;
create or replace function app.audience_confirmation(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select app.audience_audit($1, a.audit) from app.confirmation a where a.organisation = $1 and a.id = $2
$$;
create or replace function app.audience_declaration(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select app.roles_audience($1) || a.person || a.audit from app.declaration a where a.organisation = $1 and a.id = $2
$$;
create or replace function app.audience_interest(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select app.roles_audience($1) || a.person || a.audit from app.interest a where a.organisation = $1 and a.id = $2
$$;
create or replace function app.audience_safeguard(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select app.roles_audience($1) || a.person || a.audit from app.safeguard a where a.organisation = $1 and a.id = $2
$$;
create or replace function app.audience_impairment(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select app.roles_audience($1) || a.person || a.audit from app.impairment a where a.organisation = $1 and a.id = $2
$$;
create or replace function app.audience_proposal(organisation uuid, id uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select app.roles_audience($1) || a.created_by from app.proposal a where a.organisation = $1 and a.id = $2
$$;
reset role;
