-- Takes the protection away that test_races.c tests, to see it fail: NINETWO_UNPROTECTED=1 make system T=races.
create or replace function app.touch(organisation uuid, parties uuid[], persons uuid[], functions uuid[], audits uuid[]) returns void language plpgsql security definer set search_path = '' as $$
begin
end $$;
create or replace function app.lock_audit(audit uuid) returns app.audit language sql stable security definer set search_path = '' as $$
	select a from app.audit a where a.organisation = app.org() and a.id = $1
$$;
create or replace function app.lock_finding(finding uuid) returns app.finding language sql stable security definer set search_path = '' as $$
	select f from app.finding f where f.organisation = app.org() and f.id = $1
$$;
alter table app.claim drop constraint claim_separation;
alter table app.responsibility drop constraint responsibility_one_owner;
drop index app.assignment_one_lead;
