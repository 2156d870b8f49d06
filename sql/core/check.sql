-- `ninetwod check`: whether everything is as it should be.

-- The functions of schema api that no frame was made for, because they are called before anybody is signed in, or for a
-- ticket. Each judges for itself who calls.
create or replace function operator.unframed() returns text[]
language sql immutable set search_path = '' as $$
	select array['session_challenge', 'session_open', 'session_info', 'session_close', 'session_touch',
		'code_challenge', 'password_set',
	'delivery_take', 'delivery_code', 'delivery_failed', 'evidence_upload_state', 'evidence_chunk_put',
		'evidence_measured', 'evidence_chunk_get',
	'evidence_download_state', 'export_page']
$$;

-- Roles: who may log in, who is a member of whom, what nobody may be.
create or replace function operator.check_roles() returns setof text
language sql stable set search_path = '' as $$
	with ours as (select r.*, r.rolname in ('ninetwo_server', 'ninetwo_feed', 'ninetwo_operator') as logs_in
		from pg_catalog.pg_roles r where r.rolname like 'ninetwo\_%')
	select format('role %s is a superuser, bypasses row-level security, creates roles or databases, or replicates',
		rolname) from ours
	where rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
	union all
	select format('role %s %s', rolname, case when rolcanlogin then 'can log in' else 'cannot log in' end) from ours
		where rolcanlogin <> logs_in
	union all
	select format('role %s is a member of %s', m.rolname, g.rolname)
	from pg_catalog.pg_auth_members a join ours m on m.oid = a.member join pg_catalog.pg_roles g on g.oid = a.roleid
	union all
	select format('role %s has no %s', rolname, wanted) from ours,
		unnest(array['plan_cache_mode=force_generic_plan', 'enable_bitmapscan=off', 'jit=off',
		'log_min_error_statement=panic', 'log_min_messages=fatal', 'log_parameter_max_length=0',
		'log_parameter_max_length_on_error=0', 'log_statement=none']) wanted
	where logs_in and not wanted = any (coalesce(rolconfig, '{}'))
	union all
	select format('%s: session_replication_role is set, and triggers do not fire',
		coalesce('role ' || o.rolname, 'this database'))
	from pg_catalog.pg_db_role_setting s left join ours o on o.oid = s.setrole, unnest(s.setconfig) c
	where (s.setrole = 0 or o.oid is not null)
		and (s.setdatabase = 0
		or s.setdatabase = (select d.oid from pg_catalog.pg_database d where d.datname = current_database()))
		and c like 'session\_replication\_role=%' and c <> 'session_replication_role=origin'
	union all
	select format('the roles lack %s', name)
		from unnest(array['ninetwo_owner', 'ninetwo_api', 'ninetwo_auth', 'ninetwo_ledger', 'ninetwo_server',
		'ninetwo_feed', 'ninetwo_operator']) name where not exists (select from ours where rolname = name)
$$;

-- Schemas, tables and views: whose they are, row-level security on and forced, nothing for everybody and nothing for
-- who logs in.
create or replace function operator.check_tables() returns setof text
language sql stable set search_path = '' as $$
	with schemas as (
		select n.oid, n.nspname, n.nspowner, n.nspacl,
			s.owner from (values ('app', 'ninetwo_owner'), ('operator', 'ninetwo_owner'), ('auth', 'ninetwo_auth'),
			('ledger', 'ninetwo_ledger'),
			('meta', 'ninetwo_api'), ('record', 'ninetwo_api'), ('method', 'ninetwo_api'),
			('api', 'ninetwo_api')) s (name, owner)
		left join pg_catalog.pg_namespace n on n.nspname = s.name
	), tables as (
		select c.*, s.nspname, s.owner, format('%I.%I', s.nspname, c.relname) as name from pg_catalog.pg_class c
			join schemas s on s.oid = c.relnamespace
	)
	select format('schema %s does not belong to %s', coalesce(nspname, '?'), owner) from schemas
		where nspowner is distinct from to_regrole(owner)::oid
	union all
	select format('somebody else may create in schema %s', nspname) from schemas, pg_catalog.aclexplode(nspacl) a
		where a.privilege_type = 'CREATE' and a.grantee <> nspowner
	union all
	select format('%s does not belong to %s', name, owner) from tables where relkind in ('r', 'p', 'v', 'm', 'S', 'f')
		and relowner <> to_regrole(owner)::oid
	union all
	select format('table %s: row-level security is not enabled and forced', name) from tables
		where relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)
	union all
	select format('%s is a relation where none belongs', name) from tables
		where nspname in ('api', 'method', 'operator') and relkind in ('r', 'p', 'v', 'm', 'f')
	union all
	select format('%s is a view outside schema record, or no view in it', name) from tables
		where relkind in ('v', 'm', 'f') and (nspname <> 'record' or relkind <> 'v')
			and name !~ '^app[.]called_'	-- what records are called: the owner's, an id and a name
	union all
	select format('view %s is not security_invoker', name) from tables where relkind = 'v' and nspname = 'record'
		and not coalesce(reloptions && array['security_invoker=true', 'security_invoker=on'], false)
	union all
	select format('%s: %s has %s', name, case a.grantee when 0 then 'everybody' else a.grantee::regrole::text end,
		a.privilege_type)
	from tables, pg_catalog.aclexplode(relacl) a
	where a.grantee = 0 or a.grantee::regrole::text in ('ninetwo_server', 'ninetwo_feed', 'ninetwo_operator')
	union all
	select format('policy %s of %s is for everybody', p.polname, t.name) from pg_catalog.pg_policy p
		join tables t on t.oid = p.polrelid where 0 = any (p.polroles)
	union all
	select format('trigger %s of %s is disabled', g.tgname, t.name) from pg_catalog.pg_trigger g
		join tables t on t.oid = g.tgrelid where g.tgenabled <> 'O'
	union all
	select format('constraint %s of %s was never validated', c.conname, t.name) from pg_catalog.pg_constraint c
		join tables t on t.oid = c.conrelid where not c.convalidated
	union all
	select format('trigger %s of %s is deferred: it would run as who logged in', g.tgname, t.name)
		from pg_catalog.pg_trigger g join tables t on t.oid = g.tgrelid
	where g.tgdeferrable and not g.tgisinternal
	union all
	select format('index %s is not valid', i.indexrelid::regclass) from pg_catalog.pg_index i
		join tables t on t.oid = i.indrelid where not i.indisvalid
$$;

-- Functions: whose they are, what they search, who may call them, and that each of schema api goes through the door.
create or replace function operator.check_functions() returns setof text
language sql stable set search_path = '' as $$
	with functions as (
		select p.*, n.nspname, n.nspowner, p.oid::regprocedure::text as name,
			coalesce(p.proconfig @> array['search_path=""'], false) as closed
		from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
		where n.nspname in ('app', 'auth', 'ledger', 'meta', 'operator', 'record', 'method', 'gate', 'api')
	), callers as (
		select f.nspname, f.name, a.grantee, case a.grantee when 0 then 'everybody'
			else a.grantee::regrole::text end as who
		from functions f, pg_catalog.aclexplode(coalesce(f.proacl, pg_catalog.acldefault('f', f.proowner))) a
	)
	select format('%s belongs to %s', name, proowner::regrole) from functions
	where proowner <> nspowner
		and not (nspname = 'api' and proowner = 'ninetwo_auth'::regrole and proname = any (operator.unframed()))
	union all
	select format('%s does not set search_path to nothing', name) from functions where not closed
		and (prosecdef or prosqlbody is null)
	union all
	select format('%s is security definer: only its frame may be', name) from functions where prosecdef
		and nspname in ('method', 'gate', 'record')
	union all
	select format('%s is not security definer', name) from functions where not prosecdef and nspname = 'api'
	union all
	select format('%s lets in without auth.enter', name) from functions
	where nspname = 'api' and not proname = any (operator.unframed())
		and prosrc !~ 'perform auth\.enter\(\$1|return meta\.(can|may)\(\$1'
	union all
	select format('everybody may call %s', name) from callers where grantee = 0
	union all
	select format('%s may call %s', who, name) from callers
		where (who = 'ninetwo_server' and nspname <> 'api' and name <> 'meta.described(text)')
		or (who = 'ninetwo_feed' and nspname <> 'ledger' and name <> 'operator.sweep_piece(jsonb,integer)')
			or (who = 'ninetwo_operator' and nspname <> 'operator')
	union all
	select format('somebody but its owner may call %s', name) from callers where nspname in ('method', 'gate', 'record')
		and who <> 'ninetwo_api'
	union all
	select format('%s has no frame', m.name) from functions m where m.nspname = 'method'
		and not exists (select from functions f where f.nspname = 'api' and f.proname = m.proname)
	union all
	select format('%s has no method', f.name) from functions f where f.nspname = 'api'
		and f.proname not in ('can', 'may')
		and not f.proname = any (operator.unframed())
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
	union all select app.check_due()
	union all select app.check_waiting()
	union all select ledger.check()
$$;
comment on function operator.check() is
	'Everything that is not as it should be, a sentence each: roles, tables, functions, sign-in, claims, ledger. '
	'Empty: nothing.';
