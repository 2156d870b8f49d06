-- Affiliations: who works for which party, and when.

create trigger stamp before update on app.affiliation for each row execute function app.stamp();
create trigger changed after insert or update on app.affiliation for each row execute function app.changed(affiliation);

create view record.affiliation with (security_invoker = true) as
	select a.organisation, a.id, a.person, a.party,
		a.kind, a.from_date, a.until_date, a.counts_until, a.held @> app.today() as current, a.version, a.created_at,
		a.updated_at
	from app.affiliation a;
comment on view record.affiliation is '{
	"doc": "A person is employed by, contracted to or owner of a party.",
	"get": "One affiliation.",
	"list": "Who works for whom, and when.",
	"sorts": "-from_date, -created_at",
	"walks": "person, party",
	"by": "party, kind",
	"columns": {
		"current": "w.held @> (select app.today())"},
	"filters": {
		"person": "Of this person.",
		"party": "To this party.",
		"kind": "Of this kind.",
		"current": "Holding today, or not."}}';
comment on column record.affiliation.person is '!Who.';
comment on column record.affiliation.party is '!Which party.';
comment on column record.affiliation.kind is '!employed, contracted or owner.';
comment on column record.affiliation.until_date is 'Last day; none is open.';
comment on column record.affiliation.current is '!It holds today.';
comment on column record.affiliation.updated_at is '!When it last changed.';
comment on column record.affiliation.counts_until is
	'Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13).';
comment on column record.affiliation.from_date is '!First day.';
comment on column record.affiliation.created_at is '!When it was recorded.';

create or replace function method.affiliation_add(_person app.enrolment, _party uuid, _kind app.affiliation_kind,
	_from_date app.day, _until_date app.day default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	made uuid;
begin
	perform app.require_seen('party', _party);
	perform app.require_until(_from_date, _until_date);
	insert into app.affiliation (organisation, person, party, kind, from_date, until_date, created_by)
		values (app.org(), _person.person, _party, _kind, _from_date, _until_date, app.me()) returning id into made;
	return made;
end
$$;
comment on function method.affiliation_add is '{
	"doc": "Records for whom a person works. Dated today or later it is a decision, refused while it would break an '
		'assignment (S9); dated earlier it is a fact and always recorded.",
	"roles": ["administrator"], "access": "write", "result": "affiliation",
	"params": {
		"person": {"doc": "The person."},
		"party": {"doc": "The party."},
		"kind": {"doc": "How they belong to it."},
		"from_date": {"doc": "First day."},
		"until_date": {"doc": "Last day; none is open."}}}';

create or replace function method.affiliation_end(_affiliation app.affiliation, _until_date app.day,
	_reason app.prose) returns void language plpgsql set search_path = '' as $$
begin
	perform app.end_period('affiliation', _affiliation.id, _until_date, _reason);
end
$$;
comment on function method.affiliation_end is '{
	"doc": "Enters the last day of it. A day before today counts from today only, until a person of management '
		'countersigns (S13).",
	"roles": ["administrator"], "access": "write", "result": "affiliation", "version": true,
	"params": {
		"id": {"doc": "Which."},
		"version": {"doc": "The version that was read."},
		"until_date": {"doc": "The last day."},
		"reason": {"doc": "Why, or how it is known."}}}';
