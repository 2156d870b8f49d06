-- What of its plan an audit did not cover, and why: the report says so (ISO 19011, 6.5.1).

alter table app.audit_requirement add column not_covered app.prose check (length(btrim(not_covered)) > 0);
comment on column app.audit_requirement.not_covered is 'Why it was left without a check; said by the lead when fieldwork ended.';
