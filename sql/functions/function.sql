-- Functions, who is responsible for them, who operates them, and the ends of all that (S13).

create view record.function with (security_invoker = true) as
	select f.organisation, f.id, f.reference, f.name, f.description, f.parent, app.function_name(f.organisation, f.parent) as parent_name,
		o.person as owner, app.person_name(f.organisation, o.person) as owner_name, f.answerable, app.person_name(f.organisation, f.answerable) as answerable_name,
		o.person is null as gap,
		(select n.party from app.operation n where n.organisation = f.organisation and n.function = f.id and n.held @> app.today() order by n.from_date desc limit 1) as operating_party,
		f.version, f.created_at, f.updated_at
	from app.function f
	left join lateral (select r.person from app.responsibility r where r.organisation = f.organisation and r.function = f.id
		and r.kind = 'owns' and r.acting_for is null and r.held @> app.today() limit 1) o on true;
comment on view record.function is 'An auditable activity, with who owns it today.';
comment on column record.function.description is 'What it does.';
comment on column record.function.parent is 'The function that it is part of.';
comment on column record.function.parent_name is 'Its name.';
comment on column record.function.owner is 'Who owns it today.';
comment on column record.function.owner_name is 'Their name.';
comment on column record.function.answerable is 'Who answers for it in want of an owner.';
comment on column record.function.answerable_name is 'Their name.';
comment on column record.function.operating_party is 'Which party operates it today; none: the organisation itself.';
comment on column record.function.updated_at is '!When it last changed.';
comment on column record.function.gap is 'It has no owner today; whom management names answers for it.';

create function method.function_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('function', id);
end $$;
comment on function method.function_get(uuid) is '{"doc": "One function.", "roles": ["member"], "access": "read", "result": "function", "params": {"id": {"doc": "The function."}}}';

create function method.function_add(reference text, name app.title, description text default null, parent uuid default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare made uuid;
begin
	if reference !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$' then perform app.refuse_param('reference', 'is up to 32 letters, digits, dots, dashes'); end if;
	if parent is not null then perform method.function_get(parent); end if;
	if exists (select from app.function f where f.organisation = app.org() and f.reference = reference) then
		perform app.refuse('known', 'A function with this reference is recorded already.', '{}');
	end if;
	insert into app.function (organisation, reference, name, description, created_by) values (app.org(), reference, name, description, app.me()) returning function.id into made;
	if parent is not null then
		update app.function f set parent = parent where f.organisation = app.org() and f.id = made;
	end if;
	return method.function_get(made);
end $$;
comment on function method.function_add(text, app.title, text, uuid) is '{
	"doc": "Records an auditable activity: a process, a unit, a service.", "roles": ["administrator"], "access": "write", "result": "function",
	"params": {"reference": {"doc": "Its short reference, as F-07."}, "name": {"doc": "Its name."}, "description": {"doc": "What it does."}, "parent": {"doc": "The function that it is part of."}}}';

create function method.function_update(id uuid, version int, name app.title, description text default null, parent uuid default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare f app.function;
begin
	perform method.function_get(id);
	select * into f from app.function x where x.organisation = app.org() and x.id = id for update;
	perform app.require_version(f.version, version);
	if parent is not null then perform method.function_get(parent); end if;
	if f.parent is not null and parent is distinct from f.parent then
		perform app.refuse('history', 'A function stays where it is; one that moves is recorded anew as its successor (S13).', '{}');
	end if;
	update app.function x set name = name, description = description, parent = parent where x.organisation = app.org() and x.id = id;
	return method.function_get(id);
end $$;
comment on function method.function_update(uuid, int, app.title, text, uuid) is '{
	"doc": "Changes a function, or makes it a sub-function: responsibilities for what it becomes part of then hold for it too.", "roles": ["administrator"], "access": "write", "result": "function",
	"params": {"id": {"doc": "The function."}, "version": {"doc": "The version that was read."}, "name": {"doc": "Its name."}, "description": {"doc": "What it does."}, "parent": {"doc": "The function that it is part of."}}}';

create function method.function_answer(id uuid, version int, person uuid default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare before uuid;
begin
	perform method.function_get(id);
	perform app.require_version((select x.version from app.function x where x.organisation = app.org() and x.id = id for update), version);
	if person is not null then perform method.person_get(person); end if;
	select f.answerable into before from app.function f where f.organisation = app.org() and f.id = id;
	if person is not distinct from before then return method.function_get(id); end if;
	-- Who answers for it is responsible for it like its owner: from today, and within the window afterwards (S1).
	perform app.end_period('responsibility', r.id, r.version, app.today(), 'No longer answers for it.') from app.responsibility r
		where r.organisation = app.org() and r.function = id and r.kind = 'answers' and (r.until_date is null or r.until_date > app.today());
	if person is not null then
		if exists (select from app.responsibility r where r.organisation = app.org() and r.function = id and r.kind = 'owns' and r.acting_for is null and r.held @> app.today()) then
			perform app.refuse('owner', 'It has an owner, who answers for it.', jsonb_build_object('function', id));
		end if;
		insert into app.responsibility (organisation, person, function, kind, from_date, created_by) values (app.org(), person, id, 'answers', app.today(), app.me());
	end if;
	update app.function x set answerable = person where x.organisation = app.org() and x.id = id;
	perform ledger.sync(app.org(), before, person);
	return method.function_get(id);
end $$;
comment on function method.function_answer(uuid, int, uuid) is '{
	"doc": "Names who answers for a function without an owner.", "roles": ["management"], "access": "write", "result": "function",
	"params": {"id": {"doc": "The function."}, "version": {"doc": "The version that was read."}, "person": {"doc": "Who answers for it; none takes the name away."}}}';

create function method.function_replace(predecessor uuid, successor uuid, on_date date default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
begin
	perform method.function_get(predecessor);
	perform method.function_get(successor);
	if exists (select from app.function_carried(app.org(), array[successor]) c where c.function = predecessor) then
		perform app.refuse('cycle', 'The second carries over to the first already.', '{}');
	end if;
	insert into app.succession (organisation, predecessor, successor, on_date, created_by)
		values (app.org(), predecessor, successor, coalesce(on_date, app.today()), app.me()) on conflict do nothing;
	perform ledger.record('function.replaced', predecessor, null, jsonb_build_object('predecessor', predecessor, 'successor', successor), app.audience_function(app.org(), predecessor));
	return method.function_get(successor);
end $$;
comment on function method.function_replace(uuid, uuid, date) is '{
	"doc": "Records that a function replaces another, wholly or in part: responsibilities for the first carry over to the second.", "roles": ["administrator"], "access": "write", "result": "function",
	"params": {"predecessor": {"doc": "What was replaced, split or merged."}, "successor": {"doc": "What took its place."}, "on_date": {"doc": "When; today when left out."}}}';

create view record.responsibility with (security_invoker = true) as
	select r.organisation, r.id, r.person, app.person_name(r.organisation, r.person) as person_name, r.function, app.function_name(r.organisation, r.function) as function_name,
		r.kind, r.acting_for, app.person_name(r.organisation, r.acting_for) as acting_for_name, r.from_date, r.until_date, r.counts_until, r.held @> app.today() as current,
		r.version, r.created_at, r.updated_at
	from app.responsibility r;
comment on view record.responsibility is 'A person owns, operates or monitors a function during a period (S1).';
comment on column record.responsibility.person is '!Who.';
comment on column record.responsibility.person_name is 'Their name.';
comment on column record.responsibility.function is '!For what.';
comment on column record.responsibility.function_name is 'Its name.';
comment on column record.responsibility.kind is '!owns, operates or monitors; answers: named by management for a function without an owner.';
comment on column record.responsibility.acting_for is 'The responsible person for whom they act.';
comment on column record.responsibility.acting_for_name is 'Their name.';
comment on column record.responsibility.until_date is 'Last day; none is open.';
comment on column record.responsibility.current is '!It holds today.';
comment on column record.responsibility.updated_at is '!When it last changed.';
comment on column record.responsibility.counts_until is 'Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13).';

create function method.responsibility_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('responsibility', id);
end $$;
comment on function method.responsibility_get(uuid) is '{"doc": "One responsibility.", "roles": ["member"], "access": "read", "result": "responsibility", "params": {"id": {"doc": "The responsibility."}}}';

create function method.responsibility_assign(person uuid, function uuid, kind app.responsibility_kind, from_date date, until_date date default null, acting_for uuid default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	made uuid;
	other text;
begin
	perform method.person_get(person);
	perform method.function_get(function);
	if acting_for is not null then perform method.person_get(acting_for); end if;
	if until_date < from_date then perform app.refuse_param('until_date', 'is not before from_date'); end if;
	if kind = 'answers' then perform app.refuse_param('kind', 'is owns, operates or monitors; management names who answers for a function without an owner (function.answer)'); end if;
	if kind = 'owns' and acting_for is null then
		select app.person_name(r.organisation, r.person) into other from app.responsibility r
			where r.organisation = app.org() and r.function = function and r.kind = 'owns' and r.acting_for is null and r.held && daterange(from_date, until_date, '[]') limit 1;
		if found then
			perform app.refuse('one_owner', format('%s owns this function in that period; a function has one owner at a time. End theirs first.', other), jsonb_build_object('function', function));
		end if;
	end if;
	insert into app.responsibility (organisation, person, function, kind, acting_for, from_date, until_date, created_by)
		values (app.org(), person, function, kind, acting_for, from_date, until_date, app.me()) returning responsibility.id into made;
	return method.responsibility_get(made);
end $$;
comment on function method.responsibility_assign(uuid, uuid, app.responsibility_kind, date, date, uuid) is '{
	"doc": "Records who owns, operates or monitors a function. From today on it is a decision, and refused while the person judges the function in an audit (S9); dated earlier it is a fact and always recorded: an assignment that it breaks ends, and its work is marked impaired.",
	"roles": ["administrator"], "access": "write", "result": "responsibility",
	"params": {"person": {"doc": "The person."}, "function": {"doc": "The function."}, "kind": {"doc": "owns, operates or monitors."}, "from_date": {"doc": "First day."}, "until_date": {"doc": "Last day; none is open."},
		"acting_for": {"doc": "The responsible person for whom they act."}}}';

create view record.operation with (security_invoker = true) as
	select n.organisation, n.id, n.function, app.function_name(n.organisation, n.function) as function_name, n.party, app.party_name(n.organisation, n.party) as party_name,
		n.from_date, n.until_date, n.counts_until, n.held @> app.today() as current, n.version, n.created_at, n.updated_at
	from app.operation n;
comment on view record.operation is 'A party operates a function during a period (S2).';
comment on column record.operation.function is '!What.';
comment on column record.operation.function_name is 'Its name.';
comment on column record.operation.party is '!Who operates it.';
comment on column record.operation.party_name is 'Its name.';
comment on column record.operation.until_date is 'Last day; none is open.';
comment on column record.operation.counts_until is 'Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13).';
comment on column record.operation.current is '!It holds today.';
comment on column record.operation.updated_at is '!When it last changed.';

create function method.operation_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('operation', id);
end $$;
comment on function method.operation_get(uuid) is '{"doc": "One operating party of a function.", "roles": ["member"], "access": "read", "result": "operation", "params": {"id": {"doc": "The operation."}}}';

create function method.operation_add(function uuid, party uuid, from_date date, until_date date default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare made uuid;
begin
	perform method.function_get(function);
	perform method.party_get(party);
	if until_date < from_date then perform app.refuse_param('until_date', 'is not before from_date'); end if;
	insert into app.operation (organisation, function, party, from_date, until_date, created_by)
		values (app.org(), function, party, from_date, until_date, app.me()) returning operation.id into made;
	return method.operation_get(made);
end $$;
comment on function method.operation_add(uuid, uuid, date, date) is '{
	"doc": "Records that a party operates a function. From today on a decision (S9), earlier a fact.", "roles": ["administrator"], "access": "write", "result": "operation",
	"params": {"function": {"doc": "The function."}, "party": {"doc": "The party that operates it."}, "from_date": {"doc": "First day."}, "until_date": {"doc": "Last day; none is open."}}}';

-- ---------------------------------------------------------------------------------------------------------------------
-- Ends
-- ---------------------------------------------------------------------------------------------------------------------

create view record.ending with (security_invoker = true) as
	select e.organisation, e.id, e.noun, e.subject, e.person, app.person_name(e.organisation, e.person) as person_name, e.earlier_until, e.until_date, e.entered_on,
		e.reason, e.state, e.decided_by, app.person_name(e.organisation, e.decided_by) as decided_by_name, e.decided_at, e.decided_reason,
		e.created_by, app.person_name(e.organisation, e.created_by) as created_by_name, e.version, e.created_at, e.updated_at
	from app.ending e;
comment on view record.ending is 'Every end ever entered of a responsibility, affiliation, operating party, certification or role (S13).';
comment on column record.ending.noun is '!Of what: responsibility, affiliation, operation, certification or membership.';
comment on column record.ending.subject is '!Which one.';
comment on column record.ending.person is 'Whose, where it is a person''s.';
comment on column record.ending.person_name is 'Their name.';
comment on column record.ending.earlier_until is 'The last day that was entered before.';
comment on column record.ending.entered_on is '!On which day.';
comment on column record.ending.reason is '!Why.';
comment on column record.ending.decided_by is 'Who of management countersigned or declined it.';
comment on column record.ending.decided_by_name is 'Their name.';
comment on column record.ending.decided_at is 'When.';
comment on column record.ending.decided_reason is 'Why.';
comment on column record.ending.created_by is 'Who entered it.';
comment on column record.ending.created_by_name is 'Their name.';
comment on column record.ending.updated_at is '!When it last changed.';
comment on column record.ending.state is 'effective, or proposed: dated before the day it was entered, it counts from that day only until countersigned.';

create function method.ending_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('ending', id);
end $$;
comment on function method.ending_get(uuid) is '{"doc": "One end that was entered.", "roles": ["member"], "access": "read", "result": "ending", "params": {"id": {"doc": "The ending."}}}';

set role ninetwo_owner;
create or replace function app.end_period(noun text, id uuid, version int, until_date date, reason text) returns void language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	r jsonb;
	counted date;
	shortens boolean;
begin
	execute format('select to_jsonb(x) from app.%I x where x.organisation = $1 and x.id = $2 for update', noun) into r using app.org(), id;
	perform app.require_version((r ->> 'version')::int, version);
	if until_date < (r ->> 'from_date')::date then perform app.refuse_param('until_date', 'is not before the first day'); end if;
	counted := (r ->> 'counts_until')::date;
	-- An end before today that is earlier than what counts shortens the past; a later one only says more.
	shortens := until_date < app.today() and (counted is null or until_date < counted);
	update app.ending e set state = 'replaced' where e.organisation = app.org() and e.subject = id and e.state = 'proposed';
	insert into app.ending (organisation, noun, subject, person, earlier_until, until_date, entered_on, reason, state, created_by)
		values (app.org(), noun, id, (r ->> 'person')::uuid, (r ->> 'until_date')::date, until_date, app.today(), reason,
			case when shortens then 'proposed' else 'effective' end, app.me());
	-- Nobody shortens what counts below today alone; what was countersigned before stays as it was.
	if not shortens then counted := until_date; else counted := least(coalesce(counted, app.today()), app.today()); end if;
	execute format('update app.%I x set until_date = $3, counts_until = $4 where x.organisation = $1 and x.id = $2', noun) using app.org(), id, until_date, counted;
end $$;
comment on function app.end_period(text, uuid, int, date, text) is 'Enters an end. Dated before today it waits for management, and until then counts from today (S13).';
revoke execute on function app.end_period(text, uuid, int, date, text) from public;

create or replace function app.decide_ending(id uuid, version int, agreed boolean, reason text) returns void language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	e app.ending;
	functions uuid[];
	met app.reason[];
begin
	select * into e from app.ending x where x.organisation = app.org() and x.id = id for update;
	if app.me() in (e.created_by, e.person) then
		perform app.refuse_separation('S13', 'An end dated before the day it was entered is countersigned by neither the one who entered it nor the one it is about.',
			jsonb_build_object('rule', 'S13', 'person', app.me(), 'ending', e.id));
	end if;
	if e.noun in ('responsibility', 'operation', 'affiliation') then
		-- Of an affiliation these are the functions that its party operates or operated.
		execute case e.noun when 'affiliation' then 'select array(select o.function from app.operation o where o.organisation = $1 and o.party = x.party) from app.affiliation x where x.organisation = $1 and x.id = $2'
			else format('select array[x.function] from app.%I x where x.organisation = $1 and x.id = $2', e.noun) end into functions using app.org(), e.subject;
		perform app.touch(app.org(), '{}', array[app.me()], functions, '{}');
		met := array(select r from app.responsible_reasons(app.org(), app.me(), functions, null) r);
		if cardinality(met) > 0 then
			perform app.refuse_separation('S13', 'Whoever countersigns has no responsibility for the function concerned. ' || met[1].message, met[1].data || '{"rule": "S13"}');
		end if;
	end if;
	perform app.require_version(e.version, version);
	perform app.require_state(e.state, array['proposed']);
	update app.ending x set state = case when agreed then 'countersigned' else 'declined' end, decided_by = app.me(), decided_at = now(), decided_reason = reason
		where x.organisation = app.org() and x.id = id;
	if agreed then
		execute format('update app.%I x set counts_until = x.until_date where x.organisation = $1 and x.id = $2', e.noun) using app.org(), e.subject;
	else
		begin
			execute format('update app.%I x set until_date = x.counts_until where x.organisation = $1 and x.id = $2', e.noun) using app.org(), e.subject;
		exception when exclusion_violation then
			perform app.refuse('since', 'Something else was recorded for the days since the end that was entered; end that first.', jsonb_build_object('ending', e.id));
		end;
	end if;
end $$;

reset role;
set role ninetwo_api;

create function method.responsibility_end(id uuid, version int, until_date date, reason app.prose) returns jsonb language plpgsql as $$
begin
	perform method.responsibility_get(id);
	perform app.end_period('responsibility', id, version, until_date, reason);
	return method.responsibility_get(id);
end $$;
create function method.operation_end(id uuid, version int, until_date date, reason app.prose) returns jsonb language plpgsql as $$
begin
	perform method.operation_get(id);
	perform app.end_period('operation', id, version, until_date, reason);
	return method.operation_get(id);
end $$;
create function method.affiliation_end(id uuid, version int, until_date date, reason app.prose) returns jsonb language plpgsql as $$
begin
	perform method.affiliation_get(id);
	perform app.end_period('affiliation', id, version, until_date, reason);
	return method.affiliation_get(id);
end $$;
create function method.certification_end(id uuid, version int, until_date date, reason app.prose) returns jsonb language plpgsql as $$
begin
	perform method.certification_get(id);
	perform app.end_period('certification', id, version, until_date, reason);
	return method.certification_get(id);
end $$;
create function method.membership_end(id uuid, version int, until_date date, reason app.prose) returns jsonb language plpgsql as $$
#variable_conflict use_column
declare m app.membership;
begin
	perform method.membership_get(id);
	select * into m from app.membership x where x.organisation = app.org() and x.id = membership_end.id;
	perform app.require_version(m.version, membership_end.version);
	if m.role = 'management' and not app.i_have('management') then
		perform app.refuse('management', 'The role of management is taken by management alone.', '{}');
	end if;
	perform app.end_period('membership', membership_end.id, membership_end.version, membership_end.until_date, membership_end.reason);
	return method.membership_get(membership_end.id);
end $$;
do $do$
declare n text;
begin
	foreach n in array array['responsibility', 'operation', 'affiliation', 'certification', 'membership'] loop
		execute format($c$comment on function method.%I(uuid, int, date, app.prose) is %L$c$, n || '_end', jsonb_build_object(
			'doc', 'Enters the last day of it. A day before today counts from today only, until a person of management countersigns (S13).',
			'roles', case when n in ('certification', 'membership') then '["administrator", "management"]' else '["administrator"]' end::jsonb, 'access', 'write', 'result', n,
			'params', jsonb_build_object('id', jsonb_build_object('doc', 'Which.'), 'version', jsonb_build_object('doc', 'The version that was read.'),
				'until_date', jsonb_build_object('doc', 'The last day.'), 'reason', jsonb_build_object('doc', 'Why, or how it is known.'))));
	end loop;
end $do$;

create function method.ending_countersign(id uuid, version int, reason app.prose) returns jsonb language plpgsql as $$
begin
	perform method.ending_get(id);
	perform app.decide_ending(id, version, true, reason);
	return method.ending_get(id);
end $$;
comment on function method.ending_countersign(uuid, int, app.prose) is '{
	"doc": "Countersigns an end dated before the day it was entered: from now on it counts as dated (S13). Not by who entered it, not by who it is about, not by who is responsible for the function.",
	"roles": ["management"], "access": "write", "result": "ending", "params": {"id": {"doc": "The ending."}, "version": {"doc": "The version that was read."}, "reason": {"doc": "Why it is right."}}}';
create function method.ending_decline(id uuid, version int, reason app.prose) returns jsonb language plpgsql as $$
begin
	perform method.ending_get(id);
	perform app.decide_ending(id, version, false, reason);
	return method.ending_get(id);
end $$;
comment on function method.ending_decline(uuid, int, app.prose) is '{
	"doc": "Declines an end dated before the day it was entered: it counts from the day it was entered (S13).",
	"roles": ["management"], "access": "write", "result": "ending", "params": {"id": {"doc": "The ending."}, "version": {"doc": "The version that was read."}, "reason": {"doc": "Why not."}}}';


comment on column record.function.reference is '!Its short reference.';
comment on column record.function.name is '!Its name.';
comment on column record.function.created_at is '!When it was recorded.';

create function method.function_list(q text default null, reference text default null, owner uuid default null, gap boolean default null, parent uuid default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('function', case when app.reads_directory() then null::jsonb else app.branch('id', app.my_functions()) end,
		jsonb_build_object('name', jsonb_build_object('contains', q), 'reference', reference, 'owner', owner, 'gap', gap, 'parent', parent), 'reference, name, -created_at', sort, "limit", after);
end $$;
comment on function method.function_list(text, text, uuid, boolean, uuid, text, int, text) is '{"doc": "The auditable functions, with who owns them.", "roles": ["member"], "access": "read", "result": "function[]", "params": {"q": {"doc": "Holds this text in its name."}, "reference": {"doc": "With this reference."}, "owner": {"doc": "Owned by this person today."}, "gap": {"doc": "Without an owner today, or with one."}, "parent": {"doc": "Directly part of this function."}, "sort": {"doc": "Sorted by reference, name, created_at; - before a name turns it round."}}}';
comment on column record.responsibility.from_date is '!First day.';
comment on column record.responsibility.created_at is '!When it was recorded.';

create function method.responsibility_list(person uuid default null, function uuid default null, kind app.responsibility_kind default null, current boolean default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('responsibility', case when app.reads_directory() then null::jsonb else app.branch('person', array[app.me()]) || app.branch('function', app.my_functions()) end,
		jsonb_build_object('person', person, 'function', function, 'kind', kind, 'current', current), '-from_date, -created_at', sort, "limit", after);
end $$;
comment on function method.responsibility_list(uuid, uuid, app.responsibility_kind, boolean, text, int, text) is '{"doc": "Who owns, operates or monitors what, and when.", "roles": ["member"], "access": "read", "result": "responsibility[]", "params": {"person": {"doc": "Of this person."}, "function": {"doc": "For this function."}, "kind": {"doc": "Of this kind."}, "current": {"doc": "Holding today, or not."}, "sort": {"doc": "Sorted by from_date, created_at; - before a name turns it round."}}}';
comment on column record.operation.from_date is '!First day.';
comment on column record.operation.created_at is '!When it was recorded.';

create function method.operation_list(function uuid default null, party uuid default null, current boolean default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('operation', case when app.reads_directory() then null::jsonb else app.branch('function', app.my_functions()) end,
		jsonb_build_object('function', function, 'party', party, 'current', current), '-from_date, -created_at', sort, "limit", after);
end $$;
comment on function method.operation_list(uuid, uuid, boolean, text, int, text) is '{"doc": "Which party operates what, and when.", "roles": ["member"], "access": "read", "result": "operation[]", "params": {"function": {"doc": "This function."}, "party": {"doc": "By this party."}, "current": {"doc": "Holding today, or not."}, "sort": {"doc": "Sorted by from_date, created_at; - before a name turns it round."}}}';
comment on column record.ending.created_at is '!When it was entered.';
comment on column record.ending.until_date is '!The last day that it says.';

create function method.ending_list(state text default null, subject uuid default null, person uuid default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('ending', case when app.reads_directory() then null::jsonb else app.branch('person', array[app.me()]) end,
		jsonb_build_object('state', state, 'subject', subject, 'person', person), '-created_at, until_date', sort, "limit", after);
end $$;
comment on function method.ending_list(text, uuid, uuid, text, int, text) is '{"doc": "The ends that were entered, with those that wait for management (S13).", "roles": ["member"], "access": "read", "result": "ending[]", "params": {"state": {"doc": "effective, proposed, countersigned, declined or replaced."}, "subject": {"doc": "Of this record."}, "person": {"doc": "About this person."}, "sort": {"doc": "Sorted by created_at, until_date; - before a name turns it round."}}}';
