-- Certifications and attestations of the organisation (S3, S7).

create trigger stamp before update on app.certification for each row execute function app.stamp();
create trigger changed after insert or update on app.certification for each row
	execute function app.changed(certification);

create view record.certification with (security_invoker = true) as
	select c.organisation, c.id, c.party, c.kind,
		c.framework_name, c.from_date, c.until_date, c.counts_until,
		c.version, c.created_at, c.updated_at
	from app.certification c;
comment on view record.certification is '{
	"doc": "A party certifies or attests the organisation.",
	"get": "One certification or attestation.",
	"list": "Who certifies or attests the organisation.",
	"sorts": "-from_date, -created_at",
	"walks": "party",
	"by": "party, kind",
	"filters": {
		"party": "By this party.",
		"kind": "certification or attestation."}}';
comment on column record.certification.party is '!Which party.';
comment on column record.certification.kind is '!certification or attestation.';
comment on column record.certification.framework_name is '!Against what.';
comment on column record.certification.until_date is 'Last day; none is open.';
comment on column record.certification.counts_until is
	'Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13).';
comment on column record.certification.updated_at is '!When it last changed.';
comment on column record.certification.from_date is '!First day.';
comment on column record.certification.created_at is '!When it was recorded.';

create or replace function method.certification_add(_party app.party, _kind app.certification_kind,
	_framework_name app.title, _from_date app.day, _until_date app.day default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	made uuid;
begin
	perform app.require_until(_from_date, _until_date);
	insert into app.certification (organisation, party, kind, framework_name, from_date, until_date, created_by)
		values (app.org(), _party.id, _kind, _framework_name, _from_date, _until_date, app.me()) returning id into made;
	return made;
end
$$;
comment on function method.certification_add is '{
	"doc": "Records that a party certifies or attests the organisation. It, its affiliates and its people then supply '
		'no auditor to it, from 24 months before to 24 months after (S3).",
	"roles": ["administrator", "management"], "access": "write", "result": "certification",
	"params": {
		"party": {"doc": "The certification body or attesting firm."},
		"kind": {"doc": "certification (ISO/IEC 17021-1) or attestation (SOC 2)."},
		"framework_name": {"doc": "What is certified, as ISO/IEC 27001:2022."},
		"from_date": {"doc": "First day."},
		"until_date": {"doc": "Last day; none is open."}}}';

create or replace function method.certification_end(_certification app.certification, _until_date app.day,
	_reason app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.end_period('certification', _certification.id, _until_date, _reason);
end
$$;
comment on function method.certification_end is '{
	"doc": "Enters the last day of it. A day before today counts from today only, until a person of management '
		'countersigns (S13).",
	"roles": ["administrator", "management"], "access": "write", "result": "certification", "version": true,
	"params": {
		"id": {"doc": "Which."},
		"version": {"doc": "The version that was read."},
		"until_date": {"doc": "The last day."},
		"reason": {"doc": "Why, or how it is known."}}}';
