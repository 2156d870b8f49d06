-- People as an organisation knows them.

create trigger stamp before update on app.enrolment for each row execute function app.stamp();
create trigger changed after insert or update on app.enrolment for each row
	execute function app.changed(person, person);
create policy insert on app.enrolment for insert to ninetwo_api with check (organisation = (select app.org()));
create policy change on app.enrolment for update to ninetwo_api using (organisation = (select app.org()))
	with check (organisation = (select app.org()));
create policy read on app.person for select to ninetwo_api using (case when id = (select app.me()) then true
	when (select app.reads_directory()) then exists (select from app.enrolment e
		where e.organisation = (select app.org()) and e.person = person.id) else false end);
create policy insert on app.person for insert to ninetwo_api
	with check (app.i_have('administrator') or app.i_have('management'));
create policy change on app.person for update to ninetwo_api using (id = (select app.me()));
create policy read on app.enrolment for select to ninetwo_api using (organisation = (select app.org())
	and case when (select app.reads_directory()) then true else person = (select app.me()) end);
create policy auth on app.person for select to ninetwo_auth using (true);
create policy auth on app.enrolment for select to ninetwo_auth using (true);

create or replace function app.audience_person(_organisation uuid, _id uuid) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
	return array[app.role_token(_organisation, 'directory'), _id];
end
$$;

create view app.called_person as select e.person as id, e.name from app.enrolment e where e.organisation = app.org();
grant select on app.called_person to ninetwo_api;

create view record.person with (security_invoker = true) as
	select e.organisation, e.person as id, e.name, e.email, e.title,
		coalesce((select array_agg(m.role::text order by m.role) from app.membership m
			where m.organisation = e.organisation and m.person = e.person and m.held @> app.today()), '{}') as roles,
		e.version, e.created_at, e.updated_at
	from app.enrolment e;
comment on view record.person is '{
	"doc": "A person as the organisation knows them, with the roles they have today.",
	"of": "enrolment",
	"get": "One person.",
	"list": "The people of the organisation and of those who work with it.",
	"sorts": "name, email, -created_at",
	"q": "name, email",
	"by": "title",
	"all_for": "app.reads_directory()",
	"branches": {
		"person": "array[app.me()]"},
	"filters": {
		"email": {
			"doc": "With this e-mail address, in any case.",
			"type": "text[]",
			"where": "lower(w.email) = any (array(select lower(e) from unnest(_email) e))"},
		"role": {
			"doc": "Having this role today.",
			"type": "app.membership_role[]",
			"where": "exists (select from app.membership m where m.organisation = w.organisation and m.person = '
				'w.person and m.held @> (select app.today()) and m.role = any (_role))"}}}';
comment on column record.person.title is 'What they do.';
comment on column record.person.roles is '!The roles they have today.';
comment on column record.person.updated_at is '!When it last changed.';
comment on column record.person.name is '!Their name.';
comment on column record.person.email is '!Their e-mail address.';
comment on column record.person.created_at is '!When they were recorded.';

create or replace function method.person_add(_name app.title, _email app.email, _title app.title default null)
	returns uuid
language plpgsql set search_path = '' as $$
declare
	known uuid;
begin
	if exists (select from app.enrolment e where e.organisation = app.org() and lower(e.email) = lower(_email)) then
		perform app.refuse(app.no('known', 'person.known'));
	end if;
	known := app.person_known(_name, _email);
	insert into app.enrolment (organisation, person, name, email, title, created_by)
		values (app.org(), known, _name, _email, _title, app.me());
	return known;
end
$$;
comment on function method.person_add is '{
	"doc": "Records a person. One human has one account across organisations, found by the e-mail address; they set '
		'their own password with a one-time code.",
	"roles": ["administrator", "management"], "access": "write", "result": "person",
	"params": {
		"name": {"doc": "Their name."},
		"email": {"doc": "Their e-mail address, with which they sign in."},
		"title": {"doc": "What they do."}}}';

create or replace function method.person_update(_person app.enrolment, _name app.title, _title app.title default null)
returns void language plpgsql set search_path = '' as $$
begin
	update app.enrolment e set name = _name, title = _title
	where e.organisation = app.org() and e.person = _person.person;
end
$$;
comment on function method.person_update is '{
	"doc": "Changes a person''s name or title in this organisation.",
	"roles": ["administrator"], "access": "write", "result": "person", "version": true, "changes": ["name", "title"],
	"params": {
		"id": {"doc": "The person."},
		"version": {"doc": "The version that was read."},
		"name": {"doc": "Their name."},
		"title": {"doc": "What they do."}}}';
