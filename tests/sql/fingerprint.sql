-- `ninetwod check` names whatever was changed since the last migration and decides who may do what.
\set ON_ERROR_STOP on
begin;
select no_plan();

create table pg_temp.attempt (n serial, act text, says text);
insert into pg_temp.attempt (act, says) values
	('alter policy operator on meta.migration using (false)', 'policy operator of meta.migration was changed'),
	('alter policy owner on app.retention to ninetwo_owner, ninetwo_api', 'policy owner of app.retention was changed'),
	('drop policy owner on app.retention', 'policy owner of app.retention was removed'),
	('create policy more on app.finding for select to ninetwo_api using (true)',
		'policy more of app.finding was added'),
	('drop trigger stamp on app.evidence', 'trigger stamp of app.evidence was removed'),
	('create or replace trigger stamp before insert on app.evidence for each row execute function app.stamp()',
		'trigger stamp of app.evidence was changed'),
	(
		'create or replace function app.today() returns date language sql stable set search_path = '''' as $f$ select '
		'date ''2000-01-01'' $f$', 'function app.today() was changed'),
	('alter function app.me() volatile', 'function app.me() was changed'),
	(
		'create or replace function method.person_get(_id uuid) returns json language sql as $f$ select '
		'''{}''::json $f$',
		'function method.person_get(uuid) was changed'),
	('create or replace function api.person_get(session bytea, organisation uuid, id uuid) returns json
		language sql security definer set search_path = '''' as $f$ select ''{}''::json -- perform auth.enter($1
		$f$', 'function api.person_get(bytea,uuid,uuid) was changed'),
	('comment on function method.person_get(uuid) is ''{}''', 'function method.person_get(uuid) was changed'),
	('drop function app.uuid7() cascade', 'function app.uuid7() was removed'),
	('create function app.backdoor() returns int language sql as ''select 1''', 'function app.backdoor() was added'),
	('grant execute on function operator.described() to ninetwo_auth', 'function operator.described() was changed'),
	('revoke execute on function operator.check() from ninetwo_operator', 'function operator."check"() was changed'),
	('grant select on app.retention to ninetwo_auth', 'table app.retention was changed'),
	('grant update (keep) on app.retention to ninetwo_auth', 'column app.retention.keep was changed'),
	('grant usage on schema app to ninetwo_feed', 'schema app was changed'),
	('alter table app.finding no force row level security', 'table app.finding was changed'),
	('alter table app.retention drop constraint retention_keep_check',
		'constraint retention_keep_check of app.retention was removed'),
	('alter table app.retention drop constraint retention_keep_check, add constraint retention_keep_check check (true)',
		'constraint retention_keep_check of app.retention was changed'),
	('alter domain app.email drop constraint email_form', 'constraint email_form of app.email was removed'),
	('drop index app.person_email', 'index app.person_email of app.person was removed'),
	('alter table app.retention alter reason set default ''none''', 'column app.retention.reason was changed'),
	(
		'create or replace view record.party with (security_invoker = true) as select * from (select p.organisation, '
		'p.id, p.name, p.legal_identifier, p.kinds, p.affiliates, p.affiliates_from, p.in_group, p.in_group_from, '
		'true as operates, p.version, p.created_at, p.updated_at from app.party p) x', 'view record.party was changed'),
	('create rule quiet as on delete to app.retention do instead nothing', 'rule quiet of app.retention was added'),
	('create table public.child () inherits (app.retention)', 'table app.retention was changed'),
	('create role eve; grant ninetwo_api to eve', 'members of role ninetwo_api was changed'),
	('alter type app.membership_role add value ''emperor''', 'type app.membership_role was changed'),
	(
		'create function public.watch() returns event_trigger language plpgsql as ''begin end''; create event trigger '
		'watch on ddl_command_start execute function public.watch()', 'event trigger watch was added'),
	('delete from app.fingerprint', 'there is no fingerprint of what the last migration left'),
	('delete from app.fingerprint where object = ''schema app''', 'schema app was added'),
	('update meta.migration set checksum = ''14'' where name = ''postgresql''',
		'the views were made by another version of PostgreSQL');

-- What the check says while an act stands, which is taken back afterwards.
create function pg_temp.found(act text) returns text language plpgsql as $$
declare
	said text;
begin
	execute act;
	select string_agg(f, '; ') into said from operator.check_fingerprint() f;
	raise exception using errcode = 'N2099', message = coalesce(said, 'nothing');
exception when sqlstate 'N2099' then
	return sqlerrm;
end
$$;

select is((select string_agg(f, '; ') from operator.check_fingerprint() f), null,
	'nothing was changed since the migration');
select is(case when strpos(pg_temp.found(act), says) > 0 then says else pg_temp.found(act) end, says, act)
	from pg_temp.attempt order by n;
select is((select string_agg(f, '; ') from operator.check_fingerprint() f), null, 'and all of it was taken back');
select is(
	pg_temp.found(
	'update meta.migration set checksum = ''14'' where name = ''postgresql''; drop policy owner on app.retention; '
	'alter view record.party set (security_invoker = false)'),
	'policy owner of app.retention was removed since the last migration; the views were made by another version of '
	'PostgreSQL and are not compared: run ninetwod migrate',
	'after a change of PostgreSQL all but the views is compared');
select * from finish();
rollback;
