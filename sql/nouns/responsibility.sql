-- Responsibilities: who owns, operates or monitors a function, and when.

create trigger stamp before update on app.responsibility for each row execute function app.stamp();
create trigger changed after insert or update on app.responsibility for each row
	execute function app.changed(responsibility);

create view record.responsibility with (security_invoker = true) as
	select r.organisation, r.id, r.person, r.function,
		r.kind, r.acting_for, r.standing, r.from_date,
		r.until_date, r.counts_until, r.standing = 'stands' and r.held @> app.today() as current,
		r.version, r.created_at, r.updated_at
	from app.responsibility r;
comment on view record.responsibility is '{
	"doc": "A person owns, operates or monitors a function during a period (S1).",
	"get": "One responsibility.",
	"list": "Who owns, operates or monitors what, and when.",
	"sorts": "-from_date, -created_at",
	"walks": "person, function",
	"by": "kind, person, function",
	"columns": {
		"current": "w.standing = ''stands'' and w.held @> (select app.today())"},
	"filters": {
		"person": "Of this person.",
		"function": "For this function.",
		"kind": "Of this kind.",
		"current": "Holding today, or not."}}';
comment on column record.responsibility.person is '!Who.';
comment on column record.responsibility.function is '!For what.';
comment on column record.responsibility.kind is
	'!owns, operates or monitors; answers: named by management for a function without an owner.';
comment on column record.responsibility.acting_for is 'The responsible person for whom they act.';
comment on column record.responsibility.until_date is 'Last day; none is open.';
comment on column record.responsibility.current is '!It holds today, and stands.';
comment on column record.responsibility.standing is
	'!stands; or bars: a declaration of independence names it (S7). That keeps its person from judging, and gives them '
	'nothing until somebody free of it confirms it.';
comment on column record.responsibility.updated_at is '!When it last changed.';
comment on column record.responsibility.counts_until is
	'Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13).';
comment on column record.responsibility.from_date is '!First day.';
comment on column record.responsibility.created_at is '!When it was recorded.';

create or replace function app.refuse_second_owner(_function uuid, _held daterange) returns void
language plpgsql stable set search_path = '' as $$
begin
	perform app.refuse(app.no('one_owner', 'responsibility.one_owner', jsonb_build_object('person', r.person),
		jsonb_build_object('function', _function)))
	from app.responsibility r
	where r.organisation = app.org() and r.function = _function and r.kind = 'owns' and r.acting_for is null
		and r.standing = 'stands' and r.held && _held;
end
$$;
comment on function app.refuse_second_owner(uuid, daterange) is
	'Refuses another owner of a function in a period in which it has one.';

create or replace function method.responsibility_assign(_person app.enrolment, _function uuid,
	_kind app.responsibility_kind, _from_date app.day, _until_date app.day default null,
	_acting_for uuid default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	made uuid;
begin
	perform app.require_seen('function', _function);
	perform app.require_seen('person', _acting_for);
	perform app.require_until(_from_date, _until_date);
	if _kind = 'answers' then
		perform app.refuse_param('kind', 'param.answers', '{}');
	elsif _kind = 'owns' and _acting_for is null then
		perform app.refuse_second_owner(_function, daterange(_from_date, _until_date, '[]'));
	end if;
	insert into app.responsibility (organisation, person, function, kind, acting_for, from_date, until_date, created_by)
		values (app.org(), _person.person, _function, _kind, _acting_for, _from_date, _until_date, app.me())
		returning id into made;
	return made;
end
$$;
comment on function method.responsibility_assign is '{
	"doc": "Records who owns, operates or monitors a function. From today on it is a decision, and refused while the '
		'person judges the function in an audit (S9); dated earlier it is a fact and always recorded: an assignment '
		'that it breaks ends, and its work is marked impaired.",
	"roles": ["administrator"], "access": "write", "result": "responsibility",
	"params": {
		"person": {"doc": "The person."},
		"function": {"doc": "The function."},
		"kind": {"doc": "owns, operates or monitors."},
		"from_date": {"doc": "First day."},
		"until_date": {"doc": "Last day; none is open."},
		"acting_for": {"doc": "The responsible person for whom they act."}}}';

create or replace function method.responsibility_end(_responsibility app.responsibility, _until_date app.day,
	_reason app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.end_period('responsibility', _responsibility.id, _until_date, _reason);
end
$$;
comment on function method.responsibility_end is '{
	"doc": "Enters the last day of it. A day before today counts from today only, until a person of management '
		'countersigns (S13).",
	"roles": ["administrator"], "access": "write", "result": "responsibility", "version": true,
	"params": {
		"id": {"doc": "Which."},
		"version": {"doc": "The version that was read."},
		"until_date": {"doc": "The last day."},
		"reason": {"doc": "Why, or how it is known."}}}';

create or replace function app.responsibility_confirm_refusal(_r app.responsibility) returns app.refusal
language plpgsql stable security definer set search_path = '' as $$
declare
	data constant jsonb := jsonb_build_object('person', app.me(), 'responsibility', _r.id);
	met app.reason;
begin
	if _r.person = app.me() then
		return app.no('S7', 's7.confirms_own', '{}', data);
	end if;
	select r.* into met from app.side_reasons(app.org(), app.me(), array[_r.function], null) r limit 1;
	if found then
		return app.no('S7', 's7.confirms_bound', jsonb_build_object('reason', met.data -> 'say'), met.data);
	end if;
	return null;
end
$$;
comment on function app.responsibility_confirm_refusal(app.responsibility) is
	'What stands against the caller''s confirming what somebody said of themselves: it is theirs, or they stand on the '
	'side of its function (S7).';

create or replace function method.responsibility_confirm(_responsibility app.responsibility) returns void
language plpgsql set search_path = '' as $$
begin
	if _responsibility.kind = 'owns' and _responsibility.acting_for is null then
		perform app.refuse_second_owner(_responsibility.function, _responsibility.held);
	end if;
	update app.responsibility r set standing = 'stands' where r.organisation = app.org() and r.id = _responsibility.id;
end
$$;
comment on function method.responsibility_confirm is '{
	"doc": "Confirms a responsibility that a declaration of independence named: from then on it gives its person what '
		'a '
		'responsibility gives. Until then it only keeps them from judging (S7). Not by themselves, nor by who stands '
		'on '
		'the side of its function.",
	"roles": ["administrator", "management"], "access": "write", "result": "responsibility", "version": true,
	"line": "app.touch(_r.organisation, ''{}'', array[app.me(), _r.person], array[_r.function], ''{}'')",
	"rules": ["app.responsibility_confirm_refusal(_r)"],
	"needs": "app.obstacles(app.no_state(_r.standing::text, ''{bars}''))",
	"params": {
		"id": {"doc": "Which."},
		"version": {"doc": "The version that was read."}}}';
