-- What lists sort and find by: references in the order of their numbers, texts without accents and capitals, and an
-- index for each way in which a list of many rows is walked.

alter table app.audit
	add column sort_key text collate "C" not null generated always as (app.by_numbers(reference)) stored;
alter table app.function
	add column sort_key text collate "C" not null generated always as (app.by_numbers(reference)) stored;
alter table app.finding
	add column sort_key text collate "C" not null generated always as (app.by_numbers(reference)) stored,
	add column issued_grade app.grade generated always as (case when issued_at is not null then grade end) stored;
alter table app.action
	add column sort_key text collate "C" not null generated always as (app.by_numbers(reference)) stored;
alter table app.release
	add column sort_key text collate "C" not null generated always as (app.by_numbers(reference)) stored;
comment on column app.audit.sort_key is 'Its reference, to sort by: IA-2 before IA-10.';
comment on column app.function.sort_key is 'Its reference, to sort by.';
comment on column app.finding.sort_key is 'Its reference, to sort by: F-2 before F-10.';
comment on column app.finding.issued_grade is 'Its grade since it was issued, to sort by: before, it is told to few.';
comment on column app.action.sort_key is 'Its reference, to sort by.';
comment on column app.release.sort_key is 'Its reference, to sort by.';

create index audit_sort_key on app.audit (organisation, sort_key, id);
create index function_sort_key on app.function (organisation, sort_key, id);
drop index app.finding_audit_reference, app.finding_addressed_reference;
create index finding_audit_sort_key on app.finding (organisation, audit, sort_key, id);
create index finding_addressed_sort_key on app.finding (organisation, addressed, sort_key, id);
create index finding_issued_sort_key on app.finding (organisation, sort_key, id) where issued_at is not null;
create index finding_issued_on on app.finding (organisation, issued_on, id) where issued_at is not null;
create index finding_issued_grade on app.finding (organisation, issued_grade, id) where issued_at is not null;
drop index app.action_owner_reference, app.action_audit_reference, app.action_addressed_reference;
create index action_sort_key on app.action (organisation, sort_key, id);
create index action_owner_sort_key on app.action (organisation, owner, sort_key, id);
create index action_audit_sort_key on app.action (organisation, audit, sort_key, id);
create index action_addressed_sort_key on app.action (organisation, addressed, sort_key, id);
create index action_finding_due on app.action (organisation, finding, due, id);
create index release_sort_key on app.release (organisation, sort_key, id);

-- What hangs on a finding is listed by its audit and by whom it addresses; both are settled before anything does.
alter table app.dispute add column audit uuid, add column addressed uuid;
alter table app.response add column audit uuid, add column addressed uuid;
alter table app.extension add column audit uuid, add column addressed uuid;
alter table app.verification add column audit uuid, add column addressed uuid;
update app.dispute x set audit = f.audit, addressed = f.addressed from app.finding f
	where f.organisation = x.organisation and f.id = x.finding;
update app.response x set audit = f.audit, addressed = f.addressed from app.finding f
	where f.organisation = x.organisation and f.id = x.finding;
update app.extension x set audit = f.audit, addressed = f.addressed from app.finding f
	where f.organisation = x.organisation and f.id = x.finding;
update app.verification x set audit = f.audit, addressed = f.addressed from app.finding f
	where f.organisation = x.organisation and f.id = x.finding;
alter table app.dispute alter column audit set not null, alter column addressed set not null;
alter table app.response alter column audit set not null, alter column addressed set not null;
alter table app.extension alter column audit set not null, alter column addressed set not null;
alter table app.verification alter column audit set not null, alter column addressed set not null;
create index dispute_created on app.dispute (organisation, created_at, id);
create index dispute_audit on app.dispute (organisation, audit, created_at, id);
create index dispute_addressed on app.dispute (organisation, addressed, created_at, id);
create index response_created on app.response (organisation, created_at, id);
create index response_audit on app.response (organisation, audit, created_at, id);
create index response_addressed on app.response (organisation, addressed, created_at, id);
create index extension_created on app.extension (organisation, created_at, id);
create index extension_audit on app.extension (organisation, audit, created_at, id);
create index extension_addressed on app.extension (organisation, addressed, created_at, id);
create index verification_created on app.verification (organisation, created_at, id);
create index verification_audit on app.verification (organisation, audit, created_at, id);
create index verification_addressed on app.verification (organisation, addressed, created_at, id);

-- Walks of all, and of what a person or a party has.
create index affiliation_from on app.affiliation (organisation, from_date, id);
create index membership_from on app.membership (organisation, from_date, id);
create index certification_from on app.certification (organisation, from_date, id);
create index operation_from on app.operation (organisation, from_date, id);
create index responsibility_from on app.responsibility (organisation, from_date, id);
create index assignment_created on app.assignment (organisation, created_at, id);
create index declaration_created on app.declaration (organisation, created_at, id);
create index competence_valid on app.competence (organisation, valid_until, id);
create index proposal_created on app.proposal (organisation, created_at, id);
create index evidence_created on app.evidence (organisation, created_at, id);
create index check_audit_number on app.check (organisation, audit, number, id);
drop index app.check_audit;

-- Where a text is found. The order of a text's words is that of `q` in the list's declaration.
create index finding_text on app.finding using gin
	(app.folded(reference::text || ' ' || title::text || ' ' || condition::text) public.gin_trgm_ops);
create index action_text on app.action using gin
	(app.folded(reference::text || ' ' || what::text) public.gin_trgm_ops);
create index audit_text on app.audit using gin
	(app.folded(reference::text || ' ' || title::text || ' ' || objective::text || ' ' || coalesce(scope::text, ''))
	public.gin_trgm_ops);
create index function_text on app.function using gin
	(app.folded(reference::text || ' ' || name::text || ' ' || coalesce(description::text, '')) public.gin_trgm_ops);
create index party_text on app.party using gin
	(app.folded(name::text || ' ' || legal_identifier::text) public.gin_trgm_ops);
create index enrolment_text on app.enrolment using gin
	(app.folded(name::text || ' ' || email::text) public.gin_trgm_ops);
create index check_text on app.check using gin
	(app.folded(reference::text || ' ' || question::text) public.gin_trgm_ops);
create index request_text on app.evidence_request using gin
	(app.folded(reference::text || ' ' || asked::text) public.gin_trgm_ops);
create index evidence_text on app.evidence using gin
	(app.folded(title::text || ' ' || coalesce(file_name::text, '') || ' ' || coalesce(statement::text, ''))
	public.gin_trgm_ops);
create index release_text on app.release using gin
	(app.folded(reference::text || ' ' || title::text) public.gin_trgm_ops);
