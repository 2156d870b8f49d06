-- People as an organisation knows them, and their roles in it.

set role ninetwo_owner;
-- By the date of each organisation's own time zone, as the door counts it.
create or replace function app.my_organisations() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(array_agg(distinct m.organisation), '{}') from app.membership m join app.organisation o on o.id = m.organisation
		where m.person = app.me() and m.held @> (transaction_timestamp() at time zone o.timezone)::date);
end
$$;
set role ninetwo_api;

create view record.person with (security_invoker = true) as
	select e.organisation, e.person as id, e.name, e.email, e.title,
		coalesce((select array_agg(m.role::text order by m.role) from app.membership m where m.organisation = e.organisation and m.person = e.person and m.held @> app.today()), '{}') as roles,
		e.version, e.created_at, e.updated_at
	from app.enrolment e;
comment on view record.person is 'A person as the organisation knows them, with the roles they have today.';
comment on column record.person.title is 'What they do.';
comment on column record.person.roles is '!The roles they have today.';
comment on column record.person.updated_at is '!When it last changed.';

create function method.person_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('person', id);
end $$;
comment on function method.person_get(uuid) is '{"doc": "One person.", "roles": ["member"], "access": "read", "result": "person", "params": {"id": {"doc": "The person."}}}';

create function method.person_add(name app.title, email app.email, title text default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare known uuid;
begin
	if exists (select from app.enrolment e where e.organisation = app.org() and lower(e.email) = lower(email)) then
		perform app.refuse('known', 'A person with this e-mail address is recorded already.', '{}');
	end if;
	known := app.person_known(name, email);
	insert into app.enrolment (organisation, person, name, email, title, created_by) values (app.org(), known, name, email, title, app.me());
	return method.person_get(known);
end $$;
comment on function method.person_add(app.title, app.email, text) is '{
	"doc": "Records a person. One human has one account across organisations, found by the e-mail address; they set their own password with a one-time code.",
	"roles": ["administrator", "management"], "access": "write", "result": "person",
	"params": {"name": {"doc": "Their name."}, "email": {"doc": "Their e-mail address, with which they sign in."}, "title": {"doc": "What they do."}}}';

create function method.person_update(id uuid, version int, name app.title, title text default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
begin
	perform method.person_get(id);
	perform app.require_version((select e.version from app.enrolment e where e.organisation = app.org() and e.person = id for update), version);
	update app.enrolment e set name = name, title = title where e.organisation = app.org() and e.person = id;
	return method.person_get(id);
end $$;
comment on function method.person_update(uuid, int, app.title, text) is '{
	"doc": "Changes a person''s name or title in this organisation.", "roles": ["administrator"], "access": "write", "result": "person",
	"params": {"id": {"doc": "The person."}, "version": {"doc": "The version that was read."}, "name": {"doc": "Their name."}, "title": {"doc": "What they do."}}}';

create view record.membership with (security_invoker = true) as
	select m.organisation, m.id, m.person, app.person_name(m.organisation, m.person) as person_name, m.role, m.party, app.party_name(m.organisation, m.party) as party_name,
		m.from_date, m.until_date, m.counts_until, m.held @> app.today() as current, m.version, m.created_at, m.updated_at
	from app.membership m;
comment on view record.membership is 'A person''s role in the organisation during a period.';
comment on column record.membership.person is '!Who.';
comment on column record.membership.person_name is 'Their name.';
comment on column record.membership.role is '!The role.';
comment on column record.membership.party_name is 'Its name.';
comment on column record.membership.until_date is 'Last day; none is open.';
comment on column record.membership.counts_until is 'Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13).';
comment on column record.membership.current is '!It holds today.';
comment on column record.membership.updated_at is '!When it last changed.';
comment on column record.membership.party is 'Of an observer: the party whose releases they read.';

create function method.membership_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('membership', id);
end $$;
comment on function method.membership_get(uuid) is '{"doc": "One role of one person.", "roles": ["member"], "access": "read", "result": "membership", "params": {"id": {"doc": "The membership."}}}';

create function method.membership_grant(person uuid, role app.membership_role, from_date date default null, until_date date default null, party uuid default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	made uuid;
	begins date := coalesce(from_date, app.today());
begin
	perform method.person_get(person);
	if role = 'management' and not app.i_have('management') then
		perform app.refuse('management', 'The role of management is given by management alone.', '{}');
	end if;
	if begins < app.today() then perform app.refuse_param('from_date', 'is today or later'); end if;
	if until_date < begins then perform app.refuse_param('until_date', 'is not before from_date'); end if;
	if (role = 'observer') <> (party is not null) then perform app.refuse_param('party', 'is given for an observer and for nobody else'); end if;
	if party is not null then perform method.party_get(party); end if;
	if exists (select from app.membership m where m.organisation = app.org() and m.person = person and m.role = role and m.held && daterange(begins, until_date, '[]')) then
		perform app.refuse('known', 'They have this role in that period already.', '{}');
	end if;
	insert into app.membership (organisation, person, role, party, from_date, until_date, created_by)
		values (app.org(), person, role, party, begins, until_date, app.me()) returning membership.id into made;
	return method.membership_get(made);
end $$;
comment on function method.membership_grant(uuid, app.membership_role, date, date, uuid) is '{
	"doc": "Gives a person a role. Administrator and auditor, administrator and management, management and auditor, and observer with any other exclude each other (rule roles). Management is given by management alone.",
	"roles": ["administrator", "management"], "access": "write", "result": "membership",
	"params": {"person": {"doc": "The person."}, "role": {"doc": "The role."}, "from_date": {"doc": "First day; today when left out."}, "until_date": {"doc": "Last day; none is open."},
		"party": {"doc": "Of an observer: the party whose releases they read."}}}';
set role ninetwo_owner;
create or replace function app.person_known(name text, email text) returns uuid language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare known uuid;
begin
	select p.id into known from app.person p where lower(p.email) = lower(email);
	if known is null then
		insert into app.person (name, email) values (name, email) returning person.id into known;
	end if;
	return known;
end $$;
comment on function app.person_known(text, text) is 'The account of the human with this e-mail address, made when there is none. Tells its caller nothing else of it.';


set role ninetwo_api;
comment on column record.person.name is '!Their name.';
comment on column record.person.email is '!Their e-mail address.';
comment on column record.person.created_at is '!When they were recorded.';

create function method.person_list(q text default null, email text default null, role app.membership_role default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('person', case when app.reads_directory() then null::jsonb else app.branch('id', array[app.me()]) end,
		jsonb_build_object('name', jsonb_build_object('contains', q), 'email',
			coalesce((select e.email from app.enrolment e where e.organisation = app.org() and lower(e.email) = lower(person_list.email)), email::text), 'roles', jsonb_build_object('has', role)), 'name, email, -created_at', sort, "limit", after);
end $$;
comment on function method.person_list(text, text, app.membership_role, text, int, text) is '{"doc": "The people of the organisation and of those who work with it.", "roles": ["member"], "access": "read", "result": "person[]", "params": {"q": {"doc": "Holds this text in the name."}, "email": {"doc": "With this e-mail address."}, "role": {"doc": "Having this role today."}, "sort": {"doc": "Sorted by name, email, created_at; - before a name turns it round."}}}';
comment on column record.membership.from_date is '!First day.';
comment on column record.membership.created_at is '!When it was recorded.';

create function method.membership_list(person uuid default null, role app.membership_role default null, current boolean default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('membership', case when app.reads_directory() then null::jsonb else app.branch('person', array[app.me()]) end,
		jsonb_build_object('person', person, 'role', role, 'current', current), '-from_date, -created_at', sort, "limit", after);
end $$;
comment on function method.membership_list(uuid, app.membership_role, boolean, text, int, text) is '{"doc": "Who has which role, and when.", "roles": ["member"], "access": "read", "result": "membership[]", "params": {"person": {"doc": "Of this person."}, "role": {"doc": "This role."}, "current": {"doc": "Holding today, or not."}, "sort": {"doc": "Sorted by from_date, created_at; - before a name turns it round."}}}';
