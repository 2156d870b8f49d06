-- Takes the protection away that test_races.c tests, to see it fail: NINETWO_UNPROTECTED=1 make system T=races.
create or replace function app.touch(_organisation uuid, _parties uuid[], _persons uuid[], _functions uuid[],
	_audits uuid[])
returns void language plpgsql security definer set search_path = '' as $$
begin
end
$$;
create or replace function app.lock_audit(_audit uuid) returns app.audit
language sql stable security definer set search_path = '' as $$
	select a from app.audit a where a.organisation = app.org() and a.id = $1
$$;
create or replace function app.lock_finding(_finding uuid) returns app.finding
language sql stable security definer set search_path = '' as $$
	select f from app.finding f where f.organisation = app.org() and f.id = $1
$$;
alter table app.claim drop constraint claim_separation;
alter table app.responsibility drop constraint responsibility_one_owner;
drop index app.assignment_one_lead;
drop index app.assignment_once, app.extension_one_open, app.grading_one_pending, auth.invitation_one_open;
alter table app.dispute drop constraint dispute_once;
alter table app.release drop constraint release_organisation_audit_kind_revision_key,
	drop constraint release_organisation_reference_key;
-- Nor does a method lock the record that it changes.
do $$
declare
	f record;
begin
	for f in select p.oid, pg_get_functiondef(p.oid) as said from pg_proc p join pg_language l on l.oid = p.prolang
		and l.lanname = 'plpgsql'
			where p.pronamespace in ('app'::regnamespace, 'method'::regnamespace, 'gate'::regnamespace)
				and p.prosrc ~ ' for update(;|\)|'')' loop
		execute regexp_replace(f.said, ' for update(?=;|\)|'')', '', 'g');
	end loop;
end $$;
