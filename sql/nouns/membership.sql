-- Memberships: the roles of a person, each during a period.

create trigger stamp before update on app.membership for each row execute function app.stamp();
create trigger changed after insert or update on app.membership for each row execute function app.changed(membership);
create policy auth on app.membership for select to ninetwo_auth using (true);

create view record.membership with (security_invoker = true) as
	select m.organisation, m.id, m.person, m.role, m.party,
		m.from_date, m.until_date, m.counts_until, m.held @> app.today() as current, m.version, m.created_at,
		m.updated_at
	from app.membership m;
comment on view record.membership is '{
	"doc": "A person''s role in the organisation during a period.",
	"get": "One role of one person.",
	"list": "Who has which role, and when.",
	"sorts": "-from_date, -created_at",
	"walks": "person",
	"by": "role",
	"columns": {
		"current": "w.held @> (select app.today())"},
	"filters": {
		"person": "Of this person.",
		"role": "This role.",
		"party": "For this party.",
		"current": "Holding today, or not."}}';
comment on column record.membership.person is '!Who.';
comment on column record.membership.role is '!The role.';
comment on column record.membership.until_date is 'Last day; none is open.';
comment on column record.membership.counts_until is
	'Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13).';
comment on column record.membership.current is '!It holds today.';
comment on column record.membership.updated_at is '!When it last changed.';
comment on column record.membership.party is 'Of an observer: the party whose releases they read.';
comment on column record.membership.from_date is '!First day.';
comment on column record.membership.created_at is '!When it was recorded.';

create or replace function app.management_needs(_role app.membership_role, _say text) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return case when _role = 'management' and not app.i_have('management')
		then array[app.no('management', _say)] end;
end
$$;
comment on function app.management_needs(app.membership_role, text) is
	'What stands against giving or taking the role of management: it is for management alone.';

create or replace function method.membership_grant(_person app.enrolment, _role app.membership_role,
	_from_date app.day default null, _until_date app.day default null, _party uuid default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	made uuid;
	begins constant date := coalesce(_from_date, app.today());
begin
	perform app.refuse_all(app.management_needs(_role, 'membership.management_given'));
	if begins < app.today() then
		perform app.refuse_param('from_date', 'param.from_today', '{}');
	end if;
	perform app.require_until(begins, _until_date);
	if (_role = 'observer') <> (_party is not null) then
		perform app.refuse_param('party', 'param.observer_party', '{}');
	end if;
	perform app.require_seen('party', _party);
	if exists (select from app.membership m where m.organisation = app.org() and m.person = _person.person
		and m.role = _role and m.held && daterange(begins, _until_date, '[]')) then
		perform app.refuse(app.no('known', 'membership.known'));
	end if;
	insert into app.membership (organisation, person, role, party, from_date, until_date, created_by)
		values (app.org(), _person.person, _role, _party, begins, _until_date, app.me()) returning id into made;
	return made;
end
$$;
comment on function method.membership_grant is '{
	"doc": "Gives a person a role. Administrator and auditor, administrator and management, management and auditor, '
		'and observer with any other exclude each other (rule roles). Management is given by management alone.",
	"roles": ["administrator", "management"], "access": "write", "result": "membership",
	"params": {
		"person": {"doc": "The person."},
		"role": {"doc": "The role."},
		"from_date": {"doc": "First day; today when left out."},
		"until_date": {"doc": "Last day; none is open."},
		"party": {"doc": "Of an observer: the party whose releases they read."}}}';

create or replace function method.membership_end(_membership app.membership, _until_date app.day, _reason app.prose)
returns void language plpgsql set search_path = '' as $$
begin
	perform app.end_period('membership', _membership.id, _until_date, _reason);
end
$$;
comment on function method.membership_end is '{
	"doc": "Enters the last day of it. A day before today counts from today only, until a person of management '
		'countersigns (S13).",
	"roles": ["administrator", "management"], "access": "write", "result": "membership", "version": true,
	"needs": "app.management_needs(_r.role, ''membership.management_taken'')",
	"params": {
		"id": {"doc": "Which."},
		"version": {"doc": "The version that was read."},
		"until_date": {"doc": "The last day."},
		"reason": {"doc": "Why, or how it is known."}}}';
