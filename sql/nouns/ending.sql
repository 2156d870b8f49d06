-- Ends of periods, each with what it said before (S13).

create trigger stamp before update on app.ending for each row execute function app.stamp();
create trigger changed after insert or update on app.ending for each row execute function app.changed(ending);
create trigger guard before update of state on app.ending for each row execute function app.guard_state('ending');

create view record.ending with (security_invoker = true) as
	select e.organisation, e.id, e.noun, e.subject, e.person,
		e.earlier_until, e.until_date, e.entered_on,
		coalesce(e.reason, app.said(e.because))::app.prose as reason, e.state,
		e.decided_by, e.decided_at, e.decided_reason,
		e.created_by, e.version, e.created_at, e.updated_at
	from app.ending e;
comment on view record.ending is '{
	"doc": "Every end ever entered of a responsibility, affiliation, operating party, certification or role (S13).",
	"get": "One end that was entered.",
	"list": "The ends that were entered, with those that wait for management (S13).",
	"sorts": "-created_at, until_date",
	"walks": "subject, person",
	"by": "state, noun",
	"filters": {
		"state": "In one of these states.",
		"noun": "Of this kind of period.",
		"subject": "Of this record.",
		"person": "About this person."}}';
comment on column record.ending.noun is
	'!Of what: responsibility, affiliation, operation, certification or membership.';
comment on column record.ending.subject is '!Which one.';
comment on column record.ending.person is 'Whose, where it is a person''s.';
comment on column record.ending.earlier_until is 'The last day that was entered before.';
comment on column record.ending.entered_on is '!On which day.';
comment on column record.ending.reason is '!Why.';
comment on column record.ending.decided_by is 'Who of management countersigned or declined it.';
comment on column record.ending.decided_at is 'When.';
comment on column record.ending.decided_reason is 'Why.';
comment on column record.ending.created_by is 'Who entered it.';
comment on column record.ending.updated_at is '!When it last changed.';
comment on column record.ending.state is
	'effective, or proposed: dated before the day it was entered, it counts from that day only until countersigned.';
comment on column record.ending.created_at is '!When it was entered.';
comment on column record.ending.until_date is '!The last day that it says.';

create or replace function method.ending_countersign(_ending app.ending, _reason app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.decide_ending(_ending, true, _reason);
end
$$;
comment on function method.ending_countersign is '{
	"doc": "Countersigns an end dated before the day it was entered: from now on it counts as dated (S13). Not by who '
		'entered it, not by who it is about, not by who is responsible for the function.",
	"roles": ["management"], "access": "write", "result": "ending", "version": true,
	"line": "app.lock_ending(_r)", "rules": ["app.ending_refusal(_r)"],
	"params": {
		"id": {"doc": "The ending."},
		"version": {"doc": "The version that was read."},
		"reason": {"doc": "Why it is right."}}}';

create or replace function method.ending_decline(_ending app.ending, _reason app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.decide_ending(_ending, false, _reason);
end
$$;
comment on function method.ending_decline is '{
	"doc": "Declines an end dated before the day it was entered: it counts from the day it was entered (S13).",
	"roles": ["management"], "access": "write", "result": "ending", "version": true,
	"line": "app.lock_ending(_r)", "rules": ["app.ending_refusal(_r)"],
	"params": {
		"id": {"doc": "The ending."},
		"version": {"doc": "The version that was read."},
		"reason": {"doc": "Why not."}}}';

create or replace function app.owed_ending(_organisation uuid, _ids uuid[]) returns setof app.owed
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select e.id, null::uuid, 'ending.countersign', app.role_token(e.organisation, 'management'), false, null::date,
		e.created_at
	from app.ending e
	where e.organisation = _organisation and e.id = any (_ids) and e.state = 'proposed';
end
$$;
comment on function app.owed_ending(uuid, uuid[]) is 'An end that was dated back waits for management (S13).';
create trigger owes after insert or update on app.ending for each row execute function app.owes('ending');
