-- Memberships: the roles of a person, each during a period.

create trigger stamp before update on app.membership for each row execute function app.stamp();
create trigger changed after insert or update on app.membership for each row execute function app.changed(membership);
create policy auth on app.membership for select to ninetwo_auth using (true);

create or replace function method.membership_end(_id uuid, _version int, _until_date date, _reason app.prose)
returns jsonb language plpgsql as $$
declare m app.membership;
begin
	perform method.membership_get(_id);
	select * into m from app.membership x where x.organisation = app.org() and x.id = _id;
	perform app.require_version(m.version, _version);
	if m.role = 'management' and not app.i_have('management') then
		perform app.refuse('management', 'The role of management is taken by management alone.', '{}');
	end if;
	perform app.end_period('membership', _id, _version, _until_date, _reason);
	return method.membership_get(_id);
end
$$;
comment on function method.membership_end(uuid, int, date, app.prose) is '{
	"doc": "Enters the last day of it. A day before today counts from today only, until a person of management '
		'countersigns (S13).",
	"roles": ["administrator", "management"], "access": "write", "result": "membership",
	"params": {
		"id": {"doc": "Which."},
		"reason": {"doc": "Why, or how it is known."},
		"version": {"doc": "The version that was read."},
		"until_date": {"doc": "The last day."}}}';

create view record.membership with (security_invoker = true) as
	select m.organisation, m.id, m.person, app.person_name(m.organisation, m.person) as person_name, m.role, m.party,
		app.party_name(m.organisation, m.party) as party_name,
		m.from_date, m.until_date, m.counts_until, m.held @> app.today() as current, m.version, m.created_at,
		m.updated_at
	from app.membership m;
comment on view record.membership is 'A person''s role in the organisation during a period.';
comment on column record.membership.person is '!Who.';
comment on column record.membership.person_name is 'Their name.';
comment on column record.membership.role is '!The role.';
comment on column record.membership.party_name is 'Its name.';
comment on column record.membership.until_date is 'Last day; none is open.';
comment on column record.membership.counts_until is
	'Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13).';
comment on column record.membership.current is '!It holds today.';
comment on column record.membership.updated_at is '!When it last changed.';
comment on column record.membership.party is 'Of an observer: the party whose releases they read.';

create or replace function method.membership_get(_id uuid) returns jsonb
language plpgsql stable as $$
begin
	return app.one('membership', _id);
end
$$;
comment on function method.membership_get(uuid) is '{
	"doc": "One role of one person.",
	"roles": ["member"], "access": "read", "result": "membership",
	"params": {"id": {"doc": "The membership."}}}';

create or replace function method.membership_grant(_person uuid, _role app.membership_role,
	_from_date date default null, _until_date date default null, _party uuid default null) returns jsonb
language plpgsql as $$
declare
	made uuid;
	begins date := coalesce(_from_date, app.today());
begin
	perform method.person_get(_person);
	if _role = 'management' and not app.i_have('management') then
		perform app.refuse('management', 'The role of management is given by management alone.', '{}');
	end if;
	if begins < app.today() then perform app.refuse_param('from_date', 'is today or later'); end if;
	if _until_date < begins then perform app.refuse_param('until_date', 'is not before from_date'); end if;
	if (_role = 'observer') <> (_party is not null) then perform app.refuse_param('party',
		'is given for an observer and for nobody else'); end if;
	if _party is not null then perform method.party_get(_party); end if;
	if exists (select from app.membership m where m.organisation = app.org() and m.person = _person and m.role = _role
		and m.held && daterange(begins, _until_date, '[]')) then
		perform app.refuse('known', 'They have this role in that period already.', '{}');
	end if;
	insert into app.membership (organisation, person, role, party, from_date, until_date, created_by)
		values (app.org(), _person, _role, _party, begins, _until_date, app.me()) returning membership.id into made;
	return method.membership_get(made);
end
$$;
comment on function method.membership_grant(uuid, app.membership_role, date, date, uuid) is '{
	"doc": "Gives a person a role. Administrator and auditor, administrator and management, management and auditor, '
		'and observer with any other exclude each other (rule roles). Management is given by management alone.",
	"roles": ["administrator", "management"], "access": "write", "result": "membership",
	"params": {
		"person": {"doc": "The person."},
		"role": {"doc": "The role."},
		"from_date": {"doc": "First day; today when left out."},
		"until_date": {"doc": "Last day; none is open."},
		"party": {"doc": "Of an observer: the party whose releases they read."}}}';
comment on column record.membership.from_date is '!First day.';
comment on column record.membership.created_at is '!When it was recorded.';

create or replace function method.membership_list(_person uuid default null, _role app.membership_role default null,
	_current boolean default null, _sort text default null, _limit int default null, _after text default null)
	returns jsonb
language plpgsql stable as $$
begin
	return app.page('membership', case when app.reads_directory() then null::jsonb
		else app.branch('person', array[app.me()]) end,
		jsonb_build_object('person', _person, 'role', _role, 'current', _current), '-from_date, -created_at', _sort,
		_limit, _after);
end
$$;
comment on function method.membership_list(uuid, app.membership_role, boolean, text, int, text) is '{
	"doc": "Who has which role, and when.",
	"roles": ["member"], "access": "read", "result": "membership[]",
	"params": {
		"person": {"doc": "Of this person."},
		"role": {"doc": "This role."},
		"current": {"doc": "Holding today, or not."},
		"sort": {"doc": "Sorted by from_date, created_at; - before a name turns it round."}}}';
