-- Functions: what is audited, as a tree; what replaces what; who answers for one without an owner.

create trigger stamp before update on app.function for each row execute function app.stamp();
create trigger changed after insert or update on app.function for each row execute function app.changed(function);

create view app.called_function as select f.id, f.name from app.function f where f.organisation = app.org();
grant select on app.called_function to ninetwo_api;

create view record.function with (security_invoker = true) as
	select f.organisation, f.id, f.reference, f.name, f.description, f.parent,
		o.person as owner, f.answerable,
		o.person is null as gap,
		(select n.party from app.operation n where n.organisation = f.organisation and n.function = f.id
			and n.held @> app.today() order by n.from_date desc limit 1) as operating_party,
		f.version, f.created_at, f.updated_at
	from app.function f
	left join lateral (select r.person from app.responsibility r where r.organisation = f.organisation
		and r.function = f.id
		and r.kind = 'owns' and r.acting_for is null and r.standing = 'stands'
			and r.held @> app.today() limit 1) o on true;
comment on view record.function is '{
	"doc": "An auditable activity, with who owns it today.",
	"get": "One function.",
	"list": "The auditable functions, with who owns them.",
	"sorts": "reference=sort_key, name, -created_at",
	"walks": "reference, parent",
	"q": "reference, name, description",
	"by": "parent",
	"filters": {
		"reference": "With one of these references.",
		"owner": {
			"doc": "Owned by this person today.",
			"type": "uuid[]",
			"where": "exists (select from app.responsibility r where r.organisation = w.organisation and '
				'r.function = w.id and r.kind = ''owns'' and r.acting_for is null and r.standing = ''stands'' '
				'and r.held @> (select app.today()) and r.person = any (_owner))"},
		"gap": {
			"doc": "Without an owner today, or with one.",
			"is": "not exists (select from app.responsibility r where r.organisation = w.organisation and '
				'r.function = w.id and r.kind = ''owns'' and r.acting_for is null and r.standing = ''stands'' '
				'and r.held @> (select app.today()))"},
		"parent": "Directly part of this function."}}';
comment on column record.function.description is 'What it does.';
comment on column record.function.parent is 'The function that it is part of.';
comment on column record.function.owner is '{"doc": "Who owns it today.", "of": "person"}';
comment on column record.function.answerable is 'Who answers for it in want of an owner.';
comment on column record.function.operating_party is
	'{"doc": "Which party operates it today; none: the organisation itself.", "of": "party"}';
comment on column record.function.updated_at is '!When it last changed.';
comment on column record.function.gap is 'It has no owner today; whom management names answers for it.';
comment on column record.function.reference is '!Its short reference.';
comment on column record.function.name is '!Its name.';
comment on column record.function.created_at is '!When it was recorded.';

create or replace function method.function_add(_reference app.reference, _name app.title,
	_description app.prose default null, _parent uuid default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	made uuid;
begin
	perform app.require_seen('function', _parent);
	if exists (select from app.function f where f.organisation = app.org() and f.reference = _reference) then
		perform app.refuse(app.no('known', 'function.known'));
	end if;
	insert into app.function (organisation, reference, name, description, created_by)
		values (app.org(), _reference, _name, _description, app.me()) returning id into made;
	-- an update: responsibilities for what it becomes part of hold for it from now on
	if _parent is not null then
		update app.function f set parent = _parent where f.organisation = app.org() and f.id = made;
	end if;
	return made;
end
$$;
comment on function method.function_add is '{
	"doc": "Records an auditable activity: a process, a unit, a service.",
	"roles": ["administrator"], "access": "write", "result": "function",
	"params": {
		"reference": {"doc": "Its short reference, as F-07."},
		"name": {"doc": "Its name."},
		"description": {"doc": "What it does."},
		"parent": {"doc": "The function that it is part of."}}}';

create or replace function method.function_update(_function app.function, _name app.title,
	_description app.prose default null, _parent uuid default null) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.require_seen('function', _parent);
	if _function.parent is not null and _parent is distinct from _function.parent then
		perform app.refuse(app.no('history', 'function.stays'));
	end if;
	update app.function x set name = _name, description = _description, parent = _parent
	where x.organisation = app.org() and x.id = _function.id;
end
$$;
comment on function method.function_update is '{
	"doc": "Changes a function, or makes it a sub-function: responsibilities for what it becomes part of then hold '
		'for it too.",
	"roles": ["administrator"], "access": "write", "result": "function", "version": true,
	"changes": ["name", "description", "parent"],
	"params": {
		"id": {"doc": "The function."},
		"version": {"doc": "The version that was read."},
		"name": {"doc": "Its name."},
		"description": {"doc": "What it does."},
		"parent": {"doc": "The function that it is part of."}}}';

create or replace function method.function_answer(_function app.function, _person uuid default null) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.require_seen('person', _person);
	if _person is not distinct from _function.answerable then
		return;
	end if;
	-- Who answers for it is responsible for it like its owner: from today, and within the window afterwards (S1).
	perform app.end_period('responsibility', r.id, app.today(), null, app.say('ending.no_longer_answers'))
	from app.responsibility r
	where r.organisation = app.org() and r.function = _function.id and r.kind = 'answers'
		and (r.until_date is null or r.until_date > app.today());
	if _person is not null then
		if exists (select from app.responsibility r where r.organisation = app.org() and r.function = _function.id
			and r.kind = 'owns' and r.acting_for is null and r.standing = 'stands' and r.held @> app.today()) then
			perform app.refuse(app.no('owner', 'function.owner', '{}', jsonb_build_object('function', _function.id)));
		end if;
		insert into app.responsibility (organisation, person, function, kind, from_date, created_by)
			values (app.org(), _person, _function.id, 'answers', app.today(), app.me());
	end if;
	update app.function x set answerable = _person where x.organisation = app.org() and x.id = _function.id;
	perform ledger.sync(app.org(), _function.answerable, _person);
end
$$;
comment on function method.function_answer is '{
	"doc": "Names who answers for a function without an owner.",
	"roles": ["management"], "access": "write", "result": "function", "version": true,
	"params": {
		"id": {"doc": "The function."},
		"version": {"doc": "The version that was read."},
		"person": {"doc": "Who answers for it; none takes the name away."}}}';

-- needs more than the gate: it begins with two functions, and neither is the one that it is called on
create or replace function method.function_replace(_predecessor uuid, _successor uuid, _on_date app.day default null)
returns uuid language plpgsql set search_path = '' as $$
begin
	perform app.require_seen('function', _predecessor);
	perform app.require_seen('function', _successor);
	if exists (select from app.function_carried(app.org(), array[_successor]) c where c.function = _predecessor) then
		perform app.refuse(app.no('cycle', 'function.carried_back'));
	end if;
	insert into app.succession (organisation, predecessor, successor, on_date, created_by)
		values (app.org(), _predecessor, _successor, coalesce(_on_date, app.today()), app.me()) on conflict do nothing;
	perform ledger.record('function.replaced', _predecessor, null,
		jsonb_build_object('predecessor', _predecessor, 'successor', _successor),
		app.audience_function(app.org(), _predecessor));
	return _successor;
end
$$;
comment on function method.function_replace is '{
	"doc": "Records that a function replaces another, wholly or in part: responsibilities for the first carry over to '
		'the second.",
	"roles": ["administrator"], "access": "write", "result": "function",
	"params": {
		"predecessor": {"doc": "What was replaced, split or merged."},
		"successor": {"doc": "What took its place."},
		"on_date": {"doc": "When; today when left out."}}}';
