-- Who is who: roles, schemas and what nobody may do. Run by the superuser that bootstraps the cluster (or by a role
-- that is a member of the four owners), again at every migrate; running it twice changes nothing.
--
--   ninetwo_owner     owns the tables, the policies' helpers and the trigger functions; owns nothing in schema api
--   ninetwo_api       owns the methods: what api.* runs as, and whom the policies name
--   ninetwo_auth      owns sessions, credentials, auth.enter and what is called before anybody has signed in
--   ninetwo_ledger    owns the events and their numbers
--   ninetwo_server    logs in; executes api.* and meta.described, reads and writes no table
--   ninetwo_feed      logs in; executes what numbers and hands out events
--   ninetwo_operator  logs in from the machine itself; executes operator.*
--
-- The four owners cannot log in, and nobody here is a superuser or bypasses row-level security: what a superuser owns,
-- no policy binds.

do $$
declare
	name text;
	wanted text;
begin
	foreach name in array array['ninetwo_owner', 'ninetwo_api', 'ninetwo_auth', 'ninetwo_ledger',
		'ninetwo_server', 'ninetwo_feed', 'ninetwo_operator']
	loop
		wanted := case when name in ('ninetwo_server', 'ninetwo_feed', 'ninetwo_operator') then 'login'
			else 'nologin' end
			|| ' nosuperuser nobypassrls nocreatedb nocreaterole noreplication';
		if not exists (select from pg_catalog.pg_roles r where r.rolname = name) then
			execute format('create role %I %s', name, wanted);
		elsif exists (select from pg_catalog.pg_roles r where r.rolname = name
				and (r.rolsuper or r.rolbypassrls or r.rolcreatedb or r.rolcreaterole or r.rolreplication
					or r.rolcanlogin <> (wanted like 'login%'))) then
			execute format('alter role %I %s', name, wanted);
		end if;
	end loop;
end
$$;

-- Settings of the login roles. Plans: every method is called with other values each time, and its plan is judged once
-- (generic); a bitmap scan cannot stop early at a limit; compiling costs more than any of our statements. Time: a stuck
-- caller must not hold a row for the others. Log: a refusal may hold a name and a parameter may hold a secret, so
-- neither is ever written to the log.
do $$
declare
	name text;
	setting text[];
begin
	foreach name in array array['ninetwo_server', 'ninetwo_feed', 'ninetwo_operator'] loop
		foreach setting slice 1 in array array[
			['plan_cache_mode', 'force_generic_plan'],
			['enable_bitmapscan', 'off'],
			['jit', 'off'],
			['max_parallel_workers_per_gather', '0'],
			['statement_timeout', case name when 'ninetwo_operator' then '0' else '10s' end],
			['lock_timeout', '2s'],
			['idle_in_transaction_session_timeout', '5s'],
			-- the feed asks every second: one that is silent is stopped or cut off, and another process is to number
			-- the events
			['idle_session_timeout', case name when 'ninetwo_feed' then '10s' else '0' end],
			['timezone', 'UTC'],
			['datestyle', 'ISO, YMD'],
			['intervalstyle', 'iso_8601'],
			['bytea_output', 'hex'],
			['extra_float_digits', '1'],
			['client_min_messages', 'warning'],
			['log_parameter_max_length_on_error', '0'],
			['log_parameter_max_length', '0'],
			['log_min_error_statement', 'panic'],
			['log_min_messages', 'fatal'],
			['log_statement', 'none'],
			['log_duration', 'off'],
			['log_min_duration_statement', '-1'],
			['log_min_duration_sample', '-1'],
			['log_transaction_sample_rate', '0']]
		loop
			begin
				if not exists (select from pg_catalog.pg_db_role_setting s
					join pg_catalog.pg_roles r on r.oid = s.setrole
						where r.rolname = name and s.setdatabase = 0 and setting[1] || '='
							|| setting[2] = any (s.setconfig)) then
					execute format('alter role %I set %I = %s', name, setting[1],
						case setting[1] when 'datestyle' then setting[2] else quote_literal(setting[2]) end);
				end if;
			exception when insufficient_privilege then
				raise warning 'cannot set % for %: ask the administrator of this database to', setting[1], name;
			end;
		end loop;
	end loop;
end
$$;

-- Nothing for everybody: not in this database, not in what will be created in it.
do $$
begin
	execute format('revoke all on database %I from public', current_database());
	execute format('grant connect on database %I to ninetwo_server, ninetwo_feed, ninetwo_operator',
		current_database());
end
$$;
revoke all on schema public from public;
alter default privileges for role ninetwo_owner, ninetwo_api, ninetwo_auth, ninetwo_ledger revoke execute on functions
	from public;
alter default privileges for role ninetwo_owner, ninetwo_api, ninetwo_auth, ninetwo_ledger revoke usage on types
	from public;

-- btree_gist: equality beside ranges in one exclusion constraint.
create extension if not exists btree_gist with schema public;
-- pg_trgm: where a text holds another, by an index.
create extension if not exists pg_trgm with schema public;
grant usage on schema public to ninetwo_owner;

create schema if not exists app authorization ninetwo_owner;
create schema if not exists operator authorization ninetwo_owner;
create schema if not exists auth authorization ninetwo_auth;
create schema if not exists ledger authorization ninetwo_ledger;
create schema if not exists meta authorization ninetwo_api;
create schema if not exists record authorization ninetwo_api;
create schema if not exists method authorization ninetwo_api;
create schema if not exists gate authorization ninetwo_api;
create schema if not exists api authorization ninetwo_api;

grant usage on schema app to ninetwo_api, ninetwo_auth, ninetwo_ledger;
grant usage on schema auth to ninetwo_api, ninetwo_owner, ninetwo_ledger;
grant usage on schema ledger to ninetwo_api, ninetwo_owner, ninetwo_auth, ninetwo_feed;
grant usage on schema meta to ninetwo_owner, ninetwo_server, ninetwo_auth;
grant usage on schema api to ninetwo_server, ninetwo_auth;
grant usage on schema operator to ninetwo_operator, ninetwo_feed;

-- The helpers and types of business data are there for the methods; their tables are granted one by one, beside their
-- policies.
alter default privileges for role ninetwo_owner in schema app grant execute on functions to ninetwo_api;
alter default privileges for role ninetwo_owner in schema app grant usage on types to ninetwo_api, ninetwo_auth,
	ninetwo_ledger;
