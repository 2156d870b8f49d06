-- Checks: the lines of an audit's working papers. Read and written by the declared team of their part, by nobody else.

create trigger stamp before update on app.check for each row execute function app.stamp();
create trigger changed after insert or update on app.check for each row execute function app.changed('check');

create view app.called_check as select c.id, c.reference from app.check c where c.organisation = app.org();
grant select on app.called_check to ninetwo_api;

create view record.check with (security_invoker = true) as
	select c.organisation, c.id, c.version, c.reference, c.audit, c.part, c.number, c.function,
		c.requirement, c.ref, c.requirement_title, c.question, c.method, c.population, c.sample_size, c.sample,
		c.chosen_by,
		c.result, c.reason, c.notes, c.prepared_by, c.recorded_by, c.recorded_at,
		c.review_needed, c.reviewed_by, c.reviewed_at,
		-- nobody reviews what they recorded: who recorded it as reviewed has done it again
		case when c.reviewed_by = c.recorded_by then app.words('check.redone', '{}') else c.review_note end
			as review_note,
		c.impaired_at, c.impaired_person,
		(c.review_needed or c.impaired_at is not null) and c.reviewed_by is null as review_open,
		c.result is not null as done,
		app.attached(c.organisation, c.id) as evidence,
		c.created_at, c.updated_at
	from app.check c;
comment on view record.check is '{
	"doc": "One line of an audit''s working papers: requirement x function, what to ask, what came of it.",
	"get": "One line of the working papers.",
	"list": "The checks of the parts whose declared team you are on.",
	"sorts": "number, updated_at",
	"walks": "reference, part, audit",
	"q": "reference, question",
	"by": "result, function, part",
	"columns": {
		"done": "w.result is not null",
		"review_open": "(w.review_needed or w.impaired_at is not null) and w.reviewed_by is null"},
	"filters": {
		"reference": "With one of these references.",
		"audit": "Of this audit.",
		"part": "Of this part.",
		"function": "About this function.",
		"requirement": "Against this requirement.",
		"result": "With one of these results.",
		"done": "Those with a result, or those without.",
		"review_open": "Those that wait for a review, or those that do not.",
		"recorded_by": "Recorded by this person.",
		"mine": {"doc": "Recorded by you, or not.", "is": "w.recorded_by is not distinct from (select app.me())"}}}';
comment on column record.check.reference is '!As IA-2026-01-C-07.';
comment on column record.check.audit is '!The audit.';
comment on column record.check.part is '!The part of the audit; its declared team alone reads this.';
comment on column record.check.number is '!Its number within the audit.';
comment on column record.check.function is '!The function that is checked.';
comment on column record.check.requirement is '!The requirement that it is checked against.';
comment on column record.check.ref is '!The requirement''s reference, as A.8.13.';
comment on column record.check.requirement_title is '!The requirement''s short title.';
comment on column record.check.question is '!What to ask, look at or test.';
comment on column record.check.method is '!How: interview, observation, document or sample.';
comment on column record.check.population is 'From what a sample is drawn, and how large that is.';
comment on column record.check.sample_size is 'How many are looked at.';
comment on column record.check.sample is 'Which ones.';
comment on column record.check.chosen_by is 'How the sample was chosen.';
comment on column record.check.result is 'What came of it; null: not done yet.';
comment on column record.check.reason is
	'Why it was not assessed (it then counts as uncovered), or what the result rests on.';
comment on column record.check.notes is 'The auditor''s notes.';
comment on column record.check.prepared_by is '!Who prepared it.';
comment on column record.check.recorded_by is 'Who recorded the result.';
comment on column record.check.recorded_at is 'When.';
comment on column record.check.review_needed is
	'!Recorded by a trainee or technical expert: it counts once an auditor of the team has reviewed it (S12).';
comment on column record.check.reviewed_by is 'Who reviewed it.';
comment on column record.check.reviewed_at is 'When.';
comment on column record.check.review_note is 'What the reviewer noted; or that it was redone.';
comment on column record.check.impaired_at is 'When it became known that it was recorded under a conflict (S9).';
comment on column record.check.impaired_person is 'Who recorded it under the conflict.';
comment on column record.check.review_open is '!A review is needed and not given yet; release waits for it.';
comment on column record.check.done is '!It has a result.';
comment on column record.check.evidence is
	'{"doc": "What it rests on.", "not_null": true, "schema": "attached"}';
comment on column record.check.created_at is '!When it was prepared.';
comment on column record.check.updated_at is '!When it last changed.';

create or replace function method.check_prepare(_part app.part, _function uuid, _requirement uuid,
	_question app.prose, _method app.check_method, _population app.prose default null,
	_sample_size app.amount default null, _sample app.prose default null, _chosen_by app.prose default null)
	returns uuid
language plpgsql set search_path = '' as $$
declare
	made uuid;
	n int;
begin
	perform app.require_scope(_part.audit, _part.id, array[_function], array[_requirement]);
	n := app.next_number('check', _part.audit);
	insert into app.check (organisation, audit, part, function, requirement, number, reference, ref, requirement_title,
		question, method, population, sample_size, sample, chosen_by, prepared_by)
	select app.org(), _part.audit, _part.id, _function, q.id, n,
		app.reference_of(app.audit_reference(_part.audit), 'C', n), q.ref, q.title, _question, _method, _population,
		_sample_size, _sample, _chosen_by, app.me()
	from app.requirement q where q.id = _requirement
	returning id into made;
	return made;
end
$$;
comment on function method.check_prepare is '{
	"doc": "Prepare a line of the checklist: what to ask of a function about a requirement, and how.",
	"roles": ["auditor"], "access": "write", "result": "check", "acts": "judges",
	"place": "app.team_refusal(_r.id, app.team_all())",
	"audit": ["planned", "prepared", "fieldwork", "reporting"],
	"params": {
		"part": {"doc": "The part of the audit; you are on its declared team."},
		"function": {"doc": "A function of the part''s scope."},
		"requirement": {"doc": "One of the audit''s criteria."},
		"question": {"doc": "What to ask, look at or test."},
		"method": {"doc": "interview, observation, document or sample."},
		"population": {"doc": "From what a sample is drawn, how large it is, and how its completeness was checked."},
		"sample_size": {"doc": "How many are looked at."},
		"sample": {"doc": "Which ones."},
		"chosen_by": {"doc": "How the sample is chosen."}}}';

-- S12: an entry of a trainee or technical expert in a check that has its result counts once an auditor has reviewed it.
create or replace function app.check_entered(_id uuid) returns void
language plpgsql set search_path = '' as $$
begin
	update app.check c set review_needed = true, reviewed_by = null, reviewed_at = null
	where c.organisation = app.org() and c.id = _id and c.result is not null
		and app.team_role(c.part) not in ('lead', 'auditor');
end
$$;

create or replace function method.check_change(_check app.check, _question app.prose, _method app.check_method,
	_population app.prose default null, _sample_size app.amount default null, _sample app.prose default null,
	_chosen_by app.prose default null) returns void
language plpgsql set search_path = '' as $$
begin
	update app.check c set question = _question, method = _method, population = _population, sample_size = _sample_size,
		sample = _sample, chosen_by = _chosen_by
	where c.organisation = app.org() and c.id = _check.id;
	perform app.check_entered(_check.id);
end
$$;
comment on function method.check_change is '{
	"doc": "Change what a check asks and how.",
	"roles": ["auditor"], "access": "write", "result": "check", "version": true, "acts": "judges",
	"place": "app.team_refusal(_r.part, app.team_all())",
	"audit": ["planned", "prepared", "fieldwork", "reporting"],
	"changes": ["question", "method", "population", "sample_size", "sample", "chosen_by"],
	"params": {
		"id": {"doc": "The check."},
		"version": {"doc": "The version that you saw."},
		"question": {"doc": "What to ask, look at or test."},
		"method": {"doc": "interview, observation, document or sample."},
		"population": {"doc": "From what a sample is drawn, and how large it is."},
		"sample_size": {"doc": "How many are looked at."},
		"sample": {"doc": "Which ones."},
		"chosen_by": {"doc": "How the sample is chosen."}}}';

-- Who notes something before there is a result has not recorded one: whoever does is named for all of it.
create or replace function method.check_record(_check app.check, _result app.check_result,
	_reason app.prose default null, _notes app.prose default null, _sample_size app.amount default null,
	_sample app.prose default null) returns void
language plpgsql set search_path = '' as $$
declare
	mine constant app.team_role := app.team_role(_check.part);
	-- what was recorded under a conflict and is recorded anew by another auditor is thereby redone
	redone constant bool := _check.impaired_at is not null and _check.impaired_person <> app.me()
		and mine in ('lead', 'auditor');
begin
	if _result is null and _check.result is not null then
		perform app.refuse_param('result', 'param.empty', '{}');
	end if;
	if _result = 'not_assessed' and _reason is null then
		perform app.refuse_param('reason', 'param.reason_not_assessed', '{}');
	end if;
	update app.check c set result = _result, reason = _reason, notes = _notes, sample_size = _sample_size,
		sample = _sample, recorded_by = case when _result is not null then app.me() end,
		recorded_at = case when _result is not null then now() end,
		review_needed = _result is not null and mine not in ('lead', 'auditor'),
		reviewed_by = case when redone then app.me() end, reviewed_at = case when redone then now() end,
		review_note = null
	where c.organisation = app.org() and c.id = _check.id;
end
$$;
comment on function method.check_record is '{
	"doc": "Record what came of a check, from fieldwork on; notes may be there before a result is.",
	"roles": ["auditor"], "access": "write", "result": "check", "version": true, "acts": "judges",
	"rules": ["app.competent_refusal(_r.audit, _r.part)"],
	"place": "app.team_refusal(_r.part, app.team_all())",
	"audit": ["fieldwork", "reporting"],
	"changes": ["result", "reason", "notes", "sample_size", "sample"],
	"params": {
		"id": {"doc": "The check."},
		"version": {"doc": "The version that you saw; somebody else on the team may have recorded since."},
		"result": {"doc": "conform, nonconform, observation or not_assessed."},
		"reason": {"doc": "Why it was not assessed; it then counts as uncovered. Or what the result rests on."},
		"notes": {"doc": "Your notes."},
		"sample_size": {"doc": "How many were looked at, where that differs from what was prepared."},
		"sample": {"doc": "Which ones, where that differs."}}}';

-- Who recorded it, or under whose conflict it was recorded, does not review it (S12, S9).
create or replace function app.own_check_refusal(_check app.check) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when app.me() in (_check.recorded_by, _check.impaired_person)
		then app.no(case when _check.impaired_at is not null then 'S9' else 'S12' end, 'check.own', '{}',
		jsonb_build_object('person', app.me(), 'check', _check.id)) end;
end
$$;

-- What was done under a conflict that came to light after the release is reviewed for its revision (S9).
create or replace function app.review_states(_impaired_at timestamptz, _reviewed_by uuid) returns text[]
language plpgsql immutable set search_path = '' as $$
begin
	return case when _impaired_at is not null and _reviewed_by is null then '{fieldwork,reporting,released,closed}'
		else '{fieldwork,reporting}' end::text[];
end
$$;

create or replace function app.check_review_needs(_check app.check) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return case when _check.result is null
		then array[app.no('result', 'check.no_result', '{}', jsonb_build_object('check', _check.id))] end;
end
$$;

create or replace function method.check_review(_check app.check, _note app.prose default null) returns void
language plpgsql set search_path = '' as $$
begin
	update app.check k set reviewed_by = app.me(), reviewed_at = now(), review_note = _note
		where k.organisation = app.org() and k.id = _check.id;
end
$$;
comment on function method.check_review is '{
	"doc": "Review what a colleague recorded: needed for a trainee''s or technical expert''s entries, and for work '
		'done under a conflict, before release.",
	"roles": ["auditor"], "access": "write", "result": "check", "version": true, "acts": "judges",
	"rules": ["app.own_check_refusal(_r)"],
	"place": "app.team_refusal(_r.part, app.team_auditors())",
	"audit": "app.review_states(_r.impaired_at, _r.reviewed_by)",
	"needs": "app.check_review_needs(_r)",
	"params": {
		"id": {"doc": "The check."},
		"version": {"doc": "The version that you saw."},
		"note": {"doc": "What you note about it."}}}';

create or replace function app.owed_check(_organisation uuid, _ids uuid[]) returns setof app.owed
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select c.id, c.audit, 'check.record', c.part, false, a.ends_on, greatest(a.fieldwork_at, c.created_at)
	from app.check c join app.audit a on a.organisation = c.organisation and a.id = c.audit
	where c.organisation = _organisation and c.id = any (_ids) and a.state = 'fieldwork' and c.result is null
	union all
	select c.id, c.audit, 'check.review', c.part, false, null::date, coalesce(c.impaired_at, c.recorded_at)
	from app.check c join app.audit a on a.organisation = c.organisation and a.id = c.audit
	where c.organisation = _organisation and c.id = any (_ids) and a.state in ('fieldwork', 'reporting')
		and (c.review_needed or c.impaired_at is not null) and c.reviewed_by is null and c.result is not null;
end
$$;
comment on function app.owed_check(uuid, uuid[]) is
	'In fieldwork a check waits for its result, and for a review where one is needed (S9, S12).';
create trigger owes after insert or update on app.check for each row execute function app.owes('check');
