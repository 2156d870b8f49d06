-- Operations: which party operates a function, and when.

create trigger stamp before update on app.operation for each row execute function app.stamp();
create trigger changed after insert or update on app.operation for each row execute function app.changed(operation);

create view record.operation with (security_invoker = true) as
	select n.organisation, n.id, n.function, n.party,
		n.from_date, n.until_date, n.counts_until, n.held @> app.today() as current, n.version, n.created_at,
		n.updated_at
	from app.operation n;
comment on view record.operation is '{
	"doc": "A party operates a function during a period (S2).",
	"get": "One operating party of a function.",
	"list": "Which party operates what, and when.",
	"sorts": "-from_date, -created_at",
	"walks": "function, party",
	"by": "function, party",
	"columns": {
		"current": "w.held @> (select app.today())"},
	"filters": {
		"function": "This function.",
		"party": "By this party.",
		"current": "Holding today, or not."}}';
comment on column record.operation.function is '!What.';
comment on column record.operation.party is '!Who operates it.';
comment on column record.operation.until_date is 'Last day; none is open.';
comment on column record.operation.counts_until is
	'Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13).';
comment on column record.operation.current is '!It holds today.';
comment on column record.operation.updated_at is '!When it last changed.';
comment on column record.operation.from_date is '!First day.';
comment on column record.operation.created_at is '!When it was recorded.';

create or replace function method.operation_add(_function app.function, _party uuid, _from_date app.day,
	_until_date app.day default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	made uuid;
begin
	perform app.require_seen('party', _party);
	perform app.require_until(_from_date, _until_date);
	insert into app.operation (organisation, function, party, from_date, until_date, created_by)
		values (app.org(), _function.id, _party, _from_date, _until_date, app.me()) returning id into made;
	return made;
end
$$;
comment on function method.operation_add is '{
	"doc": "Records that a party operates a function. From today on a decision (S9), earlier a fact.",
	"roles": ["administrator"], "access": "write", "result": "operation",
	"params": {
		"function": {"doc": "The function."},
		"party": {"doc": "The party that operates it."},
		"from_date": {"doc": "First day."},
		"until_date": {"doc": "Last day; none is open."}}}';

create or replace function method.operation_end(_operation app.operation, _until_date app.day, _reason app.prose)
returns void language plpgsql set search_path = '' as $$
begin
	perform app.end_period('operation', _operation.id, _until_date, _reason);
end
$$;
comment on function method.operation_end is '{
	"doc": "Enters the last day of it. A day before today counts from today only, until a person of management '
		'countersigns (S13).",
	"roles": ["administrator"], "access": "write", "result": "operation", "version": true,
	"params": {
		"id": {"doc": "Which."},
		"version": {"doc": "The version that was read."},
		"until_date": {"doc": "The last day."},
		"reason": {"doc": "Why, or how it is known."}}}';
