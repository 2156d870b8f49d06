-- What the operator of the machine does, as ninetwo_operator: the first two people of an organisation, a code for a person, shutting
-- one out, looking whether everything is as it should be, and the daily sweep.

set role ninetwo_owner;

-- A first or another person of an organisation, with a role and a code.
create or replace function operator.settle(organisation uuid, name text, email text, role app.membership_role, code_digest bytea) returns uuid
language plpgsql set search_path = '' as $$
declare
	person constant uuid := app.person_known($2, $3);
begin
	insert into app.enrolment (organisation, person, name, email) values ($1, person, $2, $3);
	insert into app.membership (organisation, person, role, from_date) values ($1, person, $4, app.today());
	perform auth.ask_invitation(person, $1, $5);
	return person;
end
$$;

create or replace function operator.init(organisation text, admin_name text, admin_email text, admin_code_digest bytea,
	management_name text, management_email text, management_code_digest bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	made uuid;
	administrator uuid;
	management uuid;
begin
	perform auth.nobody();
	if lower(admin_email) = lower(management_email) then
		perform app.refuse('roles', 'The first administrator and the first person of management are two people.');
	end if;
	insert into app.organisation as o (name) values ($1) returning o.id into made;
	perform set_config('ninetwo.organisation', made::text, true);
	administrator := operator.settle(made, admin_name, admin_email, 'administrator', admin_code_digest);
	management := operator.settle(made, management_name, management_email, 'management', management_code_digest);
	return jsonb_build_object('organisation', made, 'administrator', administrator, 'management', management);
end
$$;
comment on function operator.init(text, text, text, bytea, text, text, bytea) is
	'Creates an organisation with its first administrator and its first person of management, who set their passwords with a code each.';

create or replace function operator.invite(person text, code_digest bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
	who app.person;
	made uuid;
begin
	perform auth.nobody();
	select p.* into who from app.person p where (lower(p.email) = lower($1) or p.id::text = lower($1)) and p.disabled_at is null;
	if not found then
		perform app.refuse_not_found('person');
	end if;
	made := auth.ask_invitation(who.id, null, $2);
	return (select jsonb_build_object('person', who.id, 'name', who.name, 'email', who.email, 'kind', i.kind, 'expires_at', i.expires_at)
		from auth.shown_invitation(made) i);
end
$$;
comment on function operator.invite(text, bytea) is 'A one-time code for a person, by id or e-mail address. It is an event, and the leads of their open audits are told.';

-- Shuts a person out, or lets them in again, in every organisation: a person's account is not one organisation's to close.
create or replace function operator.disable(person text, disabled boolean default true) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
	who app.person;
	known record;
	changed boolean;
	ended integer := 0;
begin
	perform auth.nobody();
	select p.* into who from app.person p where lower(p.email) = lower($1) or p.id::text = lower($1) for update;
	if not found then
		perform app.refuse_not_found('person');
	end if;
	changed := (who.disabled_at is not null) <> $2;
	if changed then
		update app.person p set disabled_at = case when $2 then now() end where p.id = who.id returning p.* into who;
	end if;
	if $2 then
		ended := auth.disable(who.id);
	end if;
	for known in select e.organisation from app.enrolment e where e.person = who.id and changed order by e.organisation loop
		perform ledger.record(case when $2 then 'person.disabled' else 'person.enabled' end, who.id, null, '{}',
			array[who.id, app.role_token(known.organisation, 'administrator')], known.organisation);
		perform ledger.sync(known.organisation, who.id);
	end loop;
	return jsonb_build_object('person', who.id, 'name', who.name, 'email', who.email, 'disabled_at', who.disabled_at, 'changed', changed, 'sessions_ended', ended,
		'organisations', array(select o.name from app.enrolment e join app.organisation o on o.id = e.organisation where e.person = who.id order by o.name));
end
$$;
comment on function operator.disable(text, boolean) is 'Shuts a person out at once, open connections too, or lets them in again. It is an event in every organisation that knows them.';

-- The functions of schema api that no frame was made for, because they are called before anybody is signed in, or for a ticket. Each judges for
-- itself who calls.
create or replace function operator.unframed() returns text[]
language sql immutable set search_path = ''
return array['session_challenge', 'session_open', 'session_info', 'session_close', 'session_touch', 'code_challenge', 'password_set',
	'delivery_take', 'delivery_code', 'delivery_failed', 'evidence_upload_state', 'evidence_chunk_put', 'evidence_measured', 'evidence_chunk_get',
	'evidence_download_state'];

-- Roles: who may log in, who is a member of whom, what nobody may be.
create or replace function operator.check_roles() returns setof text
language sql stable set search_path = '' as $$
	with ours as (select r.*, r.rolname in ('ninetwo_server', 'ninetwo_feed', 'ninetwo_operator') as logs_in from pg_catalog.pg_roles r where r.rolname like 'ninetwo\_%')
	select format('role %s is a superuser, bypasses row-level security, creates roles or databases, or replicates', rolname) from ours
	where rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
	union all
	select format('role %s %s', rolname, case when rolcanlogin then 'can log in' else 'cannot log in' end) from ours where rolcanlogin <> logs_in
	union all
	select format('role %s is a member of %s', m.rolname, g.rolname)
	from pg_catalog.pg_auth_members a join ours m on m.oid = a.member join pg_catalog.pg_roles g on g.oid = a.roleid
	union all
	select format('role %s has no %s', rolname, wanted) from ours, unnest(array['plan_cache_mode=force_generic_plan', 'enable_bitmapscan=off', 'jit=off',
		'log_min_error_statement=panic', 'log_min_messages=fatal', 'log_parameter_max_length=0', 'log_parameter_max_length_on_error=0', 'log_statement=none']) wanted
	where logs_in and not wanted = any (coalesce(rolconfig, '{}'))
	union all
	select format('%s: session_replication_role is set, and triggers do not fire', coalesce('role ' || o.rolname, 'this database'))
	from pg_catalog.pg_db_role_setting s left join ours o on o.oid = s.setrole, unnest(s.setconfig) c
	where (s.setrole = 0 or o.oid is not null) and (s.setdatabase = 0 or s.setdatabase = (select d.oid from pg_catalog.pg_database d where d.datname = current_database()))
		and c like 'session\_replication\_role=%' and c <> 'session_replication_role=origin'
	union all
	select format('the roles lack %s', name) from unnest(array['ninetwo_owner', 'ninetwo_api', 'ninetwo_auth', 'ninetwo_ledger', 'ninetwo_server',
		'ninetwo_feed', 'ninetwo_operator']) name where not exists (select from ours where rolname = name)
$$;

-- Schemas, tables and views: whose they are, row-level security on and forced, nothing for everybody and nothing for who logs in.
create or replace function operator.check_tables() returns setof text
language sql stable set search_path = '' as $$
	with schemas as (
		select n.oid, n.nspname, n.nspowner, n.nspacl, s.owner from (values ('app', 'ninetwo_owner'), ('operator', 'ninetwo_owner'), ('auth', 'ninetwo_auth'), ('ledger', 'ninetwo_ledger'),
			('meta', 'ninetwo_api'), ('record', 'ninetwo_api'), ('method', 'ninetwo_api'), ('api', 'ninetwo_api')) s (name, owner)
		left join pg_catalog.pg_namespace n on n.nspname = s.name
	), tables as (
		select c.*, s.nspname, s.owner, format('%I.%I', s.nspname, c.relname) as name from pg_catalog.pg_class c join schemas s on s.oid = c.relnamespace
	)
	select format('schema %s does not belong to %s', coalesce(nspname, '?'), owner) from schemas where nspowner is distinct from to_regrole(owner)::oid
	union all
	select format('somebody else may create in schema %s', nspname) from schemas, pg_catalog.aclexplode(nspacl) a where a.privilege_type = 'CREATE' and a.grantee <> nspowner
	union all
	select format('%s does not belong to %s', name, owner) from tables where relkind in ('r', 'p', 'v', 'm', 'S', 'f') and relowner <> to_regrole(owner)::oid
	union all
	select format('table %s: row-level security is not enabled and forced', name) from tables where relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)
	union all
	select format('%s is a relation where none belongs', name) from tables where nspname in ('api', 'method', 'operator') and relkind in ('r', 'p', 'v', 'm', 'f')
	union all
	select format('%s is a view outside schema record, or no view in it', name) from tables where relkind in ('v', 'm', 'f') and (nspname <> 'record' or relkind <> 'v')
	union all
	select format('view %s is not security_invoker', name) from tables where relkind = 'v' and not coalesce(reloptions && array['security_invoker=true', 'security_invoker=on'], false)
	union all
	select format('%s: %s has %s', name, case a.grantee when 0 then 'everybody' else a.grantee::regrole::text end, a.privilege_type)
	from tables, pg_catalog.aclexplode(relacl) a
	where a.grantee = 0 or a.grantee::regrole::text in ('ninetwo_server', 'ninetwo_feed', 'ninetwo_operator')
	union all
	select format('policy %s of %s is for everybody', p.polname, t.name) from pg_catalog.pg_policy p join tables t on t.oid = p.polrelid where 0 = any (p.polroles)
	union all
	select format('trigger %s of %s is disabled', g.tgname, t.name) from pg_catalog.pg_trigger g join tables t on t.oid = g.tgrelid where g.tgenabled <> 'O'
	union all
	select format('constraint %s of %s was never validated', c.conname, t.name) from pg_catalog.pg_constraint c join tables t on t.oid = c.conrelid where not c.convalidated
	union all
	select format('trigger %s of %s is deferred: it would run as who logged in', g.tgname, t.name) from pg_catalog.pg_trigger g join tables t on t.oid = g.tgrelid
	where g.tgdeferrable and not g.tgisinternal
	union all
	select format('index %s is not valid', i.indexrelid::regclass) from pg_catalog.pg_index i join tables t on t.oid = i.indrelid where not i.indisvalid
$$;

-- Functions: whose they are, what they search, who may call them, and that each of schema api goes through the door.
create or replace function operator.check_functions() returns setof text
language sql stable set search_path = '' as $$
	with functions as (
		select p.*, n.nspname, n.nspowner, p.oid::regprocedure::text as name, coalesce(p.proconfig @> array['search_path=""'], false) as closed
		from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
		where n.nspname in ('app', 'auth', 'ledger', 'meta', 'operator', 'record', 'method', 'api')
	), callers as (
		select f.nspname, f.name, a.grantee, case a.grantee when 0 then 'everybody' else a.grantee::regrole::text end as who
		from functions f, pg_catalog.aclexplode(coalesce(f.proacl, pg_catalog.acldefault('f', f.proowner))) a
	)
	select format('%s belongs to %s', name, proowner::regrole) from functions
	where proowner <> nspowner and not (nspname = 'api' and proowner = 'ninetwo_auth'::regrole and proname = any (operator.unframed()))
	union all
	select format('%s does not set search_path to nothing', name) from functions where not closed and (prosecdef or prosqlbody is null)
	union all
	select format('%s is security definer: only its frame may be', name) from functions where prosecdef and nspname in ('method', 'record')
	union all
	select format('%s is not security definer', name) from functions where not prosecdef and nspname = 'api'
	union all
	select format('%s lets in without auth.enter', name) from functions
	where nspname = 'api' and not proname = any (operator.unframed()) and prosrc !~ 'perform auth\.enter\(\$1|return meta\.can\(\$1'
	union all
	select format('everybody may call %s', name) from callers where grantee = 0
	union all
	select format('%s may call %s', who, name) from callers where (who = 'ninetwo_server' and nspname <> 'api' and name <> 'meta.catalogue()')
		or (who = 'ninetwo_feed' and nspname <> 'ledger' and name <> 'operator.sweep_piece(jsonb,integer)') or (who = 'ninetwo_operator' and nspname <> 'operator')
	union all
	select format('somebody but its owner may call %s', name) from callers where nspname in ('method', 'record') and who <> 'ninetwo_api'
	union all
	select format('%s has no frame', m.name) from functions m where m.nspname = 'method' and not exists (select from functions f where f.nspname = 'api' and f.proname = m.proname)
	union all
	select format('%s has no method', f.name) from functions f where f.nspname = 'api' and f.proname <> 'can' and not f.proname = any (operator.unframed())
		and not exists (select from functions m where m.nspname = 'method' and m.proname = f.proname)
$$;

create or replace function operator.check() returns setof text
language sql stable security definer set search_path = '' as $$
	select operator.check_roles()
	union all select operator.check_tables()
	union all select operator.check_functions()
	union all select operator.check_fingerprint()
	union all select auth.check()
	union all select app.check_claims()
	union all select ledger.check()
$$;
comment on function operator.check() is 'Everything that is not as it should be, a sentence each: roles, tables, functions, sign-in, claims, ledger. Empty: nothing.';

-- What is only kept for a while, by the periods of app.retention. A piece of it, from a place on: small enough for any limit of time. It answers
-- how many went, and the place of the next piece; null: that was the last. A place with "skip" leaves the rest of its step out.
create or replace function operator.sweep_piece(place jsonb default null, at_most integer default 1000) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	steps constant text[] := array['requests', 'tickets', 'uploads', 'chunks', 'findings', 'delivery', 'sessions', 'invitations', 'attempts'];
	kept constant jsonb := (select jsonb_object_agg(r.what, r.keep) from app.retention r);
	step constant text := coalesce(place ->> 'step', steps[1]);
	-- what costs more is done in smaller pieces
	many constant integer := greatest(1, (at_most * case step when 'delivery' then 10 when 'findings' then 0.05 when 'uploads' then 0.01 else 1 end)::integer);
	reach bigint := (place ->> 'reach')::bigint;
	done bigint;
	stretch jsonb;
begin
	perform auth.nobody();
	case
		when (place ->> 'skip')::boolean then
			done := 0;	-- what failed must not keep the others from being done
		when step = 'requests' then
			delete from app.request q where q.ctid = any (array(select x.ctid from app.request x where x.at < now() - (kept ->> 'request')::interval
				limit many for update skip locked));
			get diagnostics done = row_count;
		when step = 'tickets' then
			done := app.ticket_sweep(many);
		when step = 'uploads' then
			done := app.upload_sweep((kept ->> 'upload')::interval, many);
		when step = 'chunks' then
			stretch := app.chunk_sweep(place ->> 'after', many);
		when step = 'findings' then
			done := app.finding_sweep(many);
		when step = 'delivery' then
			reach := coalesce(reach, ledger.trim_reach((kept ->> 'delivery')::interval));
			stretch := ledger.trim(reach, place ->> 'after', many);
		else
			done := auth.sweep(step, (kept ->> rtrim(step, 's'))::interval, many);
	end case;
	return jsonb_build_object('removed', jsonb_build_object(step, coalesce(done, (stretch ->> 'removed')::bigint)), 'next', case
		when done >= many then jsonb_build_object('step', step)
		when stretch ->> 'after' is not null then jsonb_build_object('step', step, 'after', stretch -> 'after', 'reach', reach)
		when step <> steps[array_length(steps, 1)] then jsonb_build_object('step', steps[array_position(steps, step) + 1]) end);
end
$$;
comment on function operator.sweep_piece(jsonb, integer) is 'A piece of the sweep: how many of what it removed or wrote, and the place of the next piece. The leading server goes through all of them every hour.';

-- All of it at once, by hand.
create or replace function operator.sweep() returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	piece jsonb;
	what text;
	swept jsonb := '{}';
begin
	loop
		piece := operator.sweep_piece(piece -> 'next', 100000);
		what := (select k from jsonb_object_keys(piece -> 'removed') k);
		swept := swept || jsonb_build_object(what, coalesce((swept ->> what)::bigint, 0) + (piece -> 'removed' ->> what)::bigint);
		exit when jsonb_typeof(piece -> 'next') = 'null';
	end loop;
	return swept;
end
$$;
comment on function operator.sweep() is 'The sweep: removes what its retention period has passed and writes what came about by date; how many of each.';

grant execute on function operator.init(text, text, text, bytea, text, text, bytea), operator.invite(text, bytea), operator.disable(text, boolean), operator.check(), operator.sweep()
	to ninetwo_operator;
grant usage on schema operator to ninetwo_feed;
revoke execute on function operator.sweep() from ninetwo_feed;
grant execute on function operator.sweep_piece(jsonb, integer) to ninetwo_feed;
