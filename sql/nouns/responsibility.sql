-- Responsibilities: who owns, operates or monitors a function, and when.

create trigger stamp before update on app.responsibility for each row execute function app.stamp();
create trigger changed after insert or update on app.responsibility for each row
	execute function app.changed(responsibility);

create view record.responsibility with (security_invoker = true) as
	select r.organisation, r.id, r.person, r.function,
		r.kind, r.acting_for, r.from_date,
		r.until_date, r.counts_until, r.held @> app.today() as current,
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
		"current": "w.held @> (select app.today())"},
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
comment on column record.responsibility.current is '!It holds today.';
comment on column record.responsibility.updated_at is '!When it last changed.';
comment on column record.responsibility.counts_until is
	'Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13).';
comment on column record.responsibility.from_date is '!First day.';
comment on column record.responsibility.created_at is '!When it was recorded.';

create or replace function method.responsibility_assign(_person app.enrolment, _function uuid,
	_kind app.responsibility_kind, _from_date app.day, _until_date app.day default null,
	_acting_for uuid default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	made uuid;
	owner uuid;
begin
	perform app.require_seen('function', _function);
	perform app.require_seen('person', _acting_for);
	perform app.require_until(_from_date, _until_date);
	if _kind = 'answers' then
		perform app.refuse_param('kind', 'param.answers', '{}');
	elsif _kind = 'owns' and _acting_for is null then
		select r.person into owner from app.responsibility r
		where r.organisation = app.org() and r.function = _function and r.kind = 'owns' and r.acting_for is null
			and r.held && daterange(_from_date, _until_date, '[]') limit 1;
		if found then
			perform app.refuse(app.no('one_owner', 'responsibility.one_owner', jsonb_build_object('person', owner),
				jsonb_build_object('function', _function)));
		end if;
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
