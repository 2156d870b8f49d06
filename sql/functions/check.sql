-- Checks: the lines of an audit's working papers. Read and written by the declared team of their part, by nobody else.
set role ninetwo_owner;

create or replace trigger stamp before update on app.check for each row execute function app.stamp();
create or replace trigger changed after insert or update on app.check for each row execute function app.changed('check');

create or replace function app.audience_check(organisation uuid, id uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
	select array[c.part] from app.check c where c.organisation = $1 and c.id = $2
$$;

-- What people call a record of an audit: its audit's reference, a letter, its number.
create or replace function app.reference_of(audit text, letter text, number int) returns text
language sql immutable set search_path = '' return format('%s-%s-%s', audit, letter, case when number < 10 then '0' || number else number::text end);

-- The next number of a noun within an audit; the caller has the audit's line (app.lock_audit), so nobody takes it between.
create or replace function app.next_number(noun text, audit uuid) returns int
language sql stable security definer set search_path = '' as $$
	select 1 + coalesce(case noun
		when 'check' then (select max(c.number) from app.check c where c.organisation = app.org() and c.audit = next_number.audit)
		when 'request' then (select max(r.number) from app.evidence_request r where r.organisation = app.org() and r.audit = next_number.audit)
		when 'finding' then (select max(f.number) from app.finding f where f.organisation = app.org() and f.audit = next_number.audit) end, 0)
$$;

-- Whether the caller is assigned to a part without being declared team of it.
create or replace function app.undeclared(part uuid) returns bool
language sql stable security definer set search_path = '' as $$
	select exists (select from app.part p join app.assignment s on s.organisation = p.organisation and s.audit = p.audit and (s.part is null or s.part = p.id)
		where p.organisation = app.org() and p.id = undeclared.part and s.person = app.me() and s.ended_on is null)
$$;

-- The place of who works on a part: on its declared team, in one of these roles. Rules are named as separation.md names them.
create or replace function app.require_team(part uuid, allowed app.team_role[], rule text default 'S12') returns app.team_role
language plpgsql stable set search_path = '' as $$
declare
	mine constant app.team_role := app.team_role(part);
begin
	if mine is null and app.undeclared(part) then
		perform app.refuse_separation('S7', 'Sign your declaration of independence first; an interest in it waits for a safeguard.',
			jsonb_build_object('person', app.me(), 'part', part));
	elsif mine is null then
		perform app.refuse('place', 'You are not on the team of this part of the audit.', jsonb_build_object('part', part));
	elsif not mine = any (allowed) then
		perform app.refuse_separation(rule, format('As %s you may not do this; it is for %s of the part.', replace(mine::text, '_', ' '),
			array_to_string(allowed, ' or ')), jsonb_build_object('person', app.me(), 'part', part));
	end if;
	return mine;
end
$$;
comment on function app.require_team(uuid, app.team_role[], text) is 'Refuses who is not on the declared team of the part in one of these roles; answers the role.';

create or replace function app.team_lead() returns app.team_role[] language sql immutable set search_path = '' as $$ select '{lead}'::app.team_role[] $$;
create or replace function app.team_auditors() returns app.team_role[] language sql immutable set search_path = '' as $$ select '{lead,auditor}'::app.team_role[] $$;
create or replace function app.team_all() returns app.team_role[] language sql immutable set search_path = '' as $$
	select '{lead,auditor,technical_expert,trainee}'::app.team_role[] $$;

-- The function belongs to the part's scope: one of its functions or a sub-function of one.
create or replace function app.in_scope(part uuid, functions uuid[]) returns bool
language sql stable security definer set search_path = '' as $$
	select functions <@ array(select s.function from app.function_with_subs(app.org(),
		array(select pf.function from app.part_function pf where pf.organisation = app.org() and pf.part = in_scope.part)) s)
$$;
create or replace function app.require_scope(audit uuid, part uuid, functions uuid[], requirements uuid[]) returns void
language plpgsql stable set search_path = '' as $$
begin
	if not app.in_scope(part, functions) then
		perform app.refuse('scope', 'A function is not in the scope of this part of the audit.', jsonb_build_object('part', part, 'functions', functions));
	elsif exists (select from unnest(requirements) q where not exists (select from app.audit_requirement r
			where r.organisation = app.org() and r.audit = require_scope.audit and r.requirement = q)) then
		perform app.refuse('criteria', 'A requirement is not among the criteria of this audit.', jsonb_build_object('audit', audit, 'requirements', requirements));
	end if;
end
$$;

-- S9: what a person did to findings under a conflict. Who raised, graded or issued one, decided its dispute, signed, accepted a plan, decided an
-- extension or verified, did it to the finding: it is reviewed whole by somebody else.
create or replace function app.impair_findings(organisation uuid, findings uuid[], person uuid) returns void
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
begin
	update app.finding f set impaired_at = now(), impaired_person = person, reviewed_by = null, reviewed_at = null
	where f.organisation = organisation and f.id = any (findings) and f.state <> 'withdrawn' and f.impaired_person is distinct from person
		and (person in (f.raised_by, f.graded_by, f.issued_by)
			or exists (select from app.grading g where g.organisation = f.organisation and g.finding = f.id and person in (g.decided_by, g.signed_by))
			or exists (select from app.dispute d where d.organisation = f.organisation and d.finding = f.id and d.decided_by = person)
			or exists (select from app.response x where x.organisation = f.organisation and x.finding = f.id and x.decided_by = person)
			or exists (select from app.extension x where x.organisation = f.organisation and x.finding = f.id and x.decided_by = person)
			or exists (select from app.verification v where v.organisation = f.organisation and v.finding = f.id and v.verified_by = person));
	update app.grading g set impaired_at = now() where g.organisation = organisation and g.finding = any (findings) and person in (g.decided_by, g.signed_by) and g.impaired_at is null;
	update app.dispute d set impaired_at = now() where d.organisation = organisation and d.finding = any (findings) and d.decided_by = person and d.impaired_at is null;
	update app.response x set impaired_at = now() where x.organisation = organisation and x.finding = any (findings) and x.decided_by = person and x.impaired_at is null;
	update app.extension x set impaired_at = now() where x.organisation = organisation and x.finding = any (findings) and x.decided_by = person and x.impaired_at is null;
	update app.verification v set impaired_at = now() where v.organisation = organisation and v.finding = any (findings) and v.verified_by = person and v.impaired_at is null;
end
$$;
comment on function app.impair_findings(uuid, uuid[], uuid) is 'Marks as impaired what a person did to these findings under a conflict (S9).';
revoke execute on function app.impair_findings(uuid, uuid[], uuid) from ninetwo_api;

-- S9: what a person did under a conflict is marked, and counts again once somebody else of the team has reviewed or redone it.
-- Called when a fact that was not known comes to light (app.impair).
create or replace function app.impair_acts(organisation uuid, audit uuid, part uuid, person uuid) returns void
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
begin
	update app.check c set impaired_at = now(), impaired_person = person, reviewed_by = null, reviewed_at = null
	where c.organisation = organisation and c.audit = audit and (part is null or c.part = part) and c.recorded_by = person and c.impaired_person is distinct from person;
	-- a review given under the conflict is none
	update app.check c set reviewed_by = null, reviewed_at = null
	where c.organisation = organisation and c.audit = audit and (part is null or c.part = part) and c.reviewed_by = person;
	update app.evidence_request r set impaired_at = now(), impaired_person = person, reviewed_by = null, reviewed_at = null
	where r.organisation = organisation and r.audit = audit and (part is null or r.part = part)
		and r.state in ('accepted', 'not_applicable') and r.decided_by = person and r.impaired_person is distinct from person;
	update app.evidence_request r set reviewed_by = null, reviewed_at = null
	where r.organisation = organisation and r.audit = audit and (part is null or r.part = part) and r.reviewed_by = person;
	update app.finding f set reviewed_by = null, reviewed_at = null
	where f.organisation = organisation and f.audit = audit and (part is null or f.part = part) and f.reviewed_by = person;
	perform app.impair_findings(organisation, array(select f.id from app.finding f where f.organisation = organisation and f.audit = audit and (part is null or f.part = part)), person);
end
$$;
comment on function app.impair_acts(uuid, uuid, uuid, uuid) is 'Marks as impaired what a person did in an audit (part null: in all of it) under a conflict (S9).';
revoke execute on function app.impair_acts(uuid, uuid, uuid, uuid) from ninetwo_api;

set role ninetwo_api;

create view record.check with (security_invoker = true) as
	select c.organisation, c.id, c.version, c.reference, c.audit, c.part, c.number, c.function, app.function_name(c.organisation, c.function) as function_name,
		c.requirement, c.ref, c.requirement_title, c.question, c.method, c.population, c.sample_size, c.sample, c.chosen_by,
		c.result, c.reason, c.notes, c.prepared_by, c.recorded_by, c.recorded_at,
		c.review_needed, c.reviewed_by, c.reviewed_at, c.review_note, c.impaired_at, c.impaired_person,
		(c.review_needed or c.impaired_at is not null) and c.reviewed_by is null as review_open, c.result is not null as done,
		app.attached(c.organisation, c.id) as evidence,
		c.created_at, c.updated_at
	from app.check c;
comment on view record.check is 'One line of an audit''s working papers: requirement x function, what to ask, what came of it.';
comment on column record.check.reference is '!As IA-2026-01-C-07.';
comment on column record.check.audit is '!The audit.';
comment on column record.check.part is '!The part of the audit; its declared team alone reads this.';
comment on column record.check.number is '!Its number within the audit.';
comment on column record.check.function is '!The function that is checked.';
comment on column record.check.function_name is 'Its name.';
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
comment on column record.check.reason is 'Why it was not assessed (it then counts as uncovered), or what the result rests on.';
comment on column record.check.notes is 'The auditor''s notes.';
comment on column record.check.prepared_by is '!Who prepared it.';
comment on column record.check.recorded_by is 'Who recorded the result.';
comment on column record.check.recorded_at is 'When.';
comment on column record.check.review_needed is '!Recorded by a trainee or technical expert: it counts once an auditor of the team has reviewed it (S12).';
comment on column record.check.reviewed_by is 'Who reviewed it.';
comment on column record.check.reviewed_at is 'When.';
comment on column record.check.review_note is 'What the reviewer noted.';
comment on column record.check.impaired_at is 'When it became known that it was recorded under a conflict (S9).';
comment on column record.check.impaired_person is 'Who recorded it under the conflict.';
comment on column record.check.review_open is '!A review is needed and not given yet; release waits for it.';
comment on column record.check.done is '!It has a result.';
comment on column record.check.evidence is $${"doc": "What it rests on.", "not_null": true, "schema": {"type": "array", "items": {"type": "object",
	"properties": {"evidence": {"type": "string", "format": "uuid"}, "title": {"type": "string"}, "kind": {"type": "string"}, "supplied_by": {"type": "string", "format": "uuid"}}}}}$$;
comment on column record.check.created_at is '!When it was prepared.';
comment on column record.check.updated_at is '!When it last changed.';

create function method.check_get(id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.one('check', id);
end
$$;
comment on function method.check_get is $${
	"doc": "One line of the working papers.",
	"roles": ["member"], "access": "read",
	"params": {"id": {"doc": "The check."}},
	"result": "check"
}$$;

create function method.check_prepare(part uuid, function uuid, requirement uuid, question text, method app.check_method,
	population text default null, sample_size int default null, sample text default null, chosen_by text default null) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	in_audit uuid;
	a app.audit;
	made uuid;
	n int;
begin
	select p.audit into in_audit from app.part p where p.organisation = app.org() and p.id = part;
	if not found then
		perform app.refuse_not_found('part');
	end if;
	a := app.lock_audit(in_audit);
	perform app.require_team(part, app.team_all());
	perform app.require_state(a.state, '{planned,prepared,fieldwork,reporting}');
	perform app.require_scope(in_audit, part, array[function], array[requirement]);
	n := app.next_number('check', in_audit);
	insert into app.check (organisation, audit, part, function, requirement, number, reference, ref, requirement_title, question, method,
		population, sample_size, sample, chosen_by, prepared_by)
	select app.org(), in_audit, part, function, q.id, n, app.reference_of(a.reference, 'C', n), q.ref, q.title, question, method,
		population, sample_size, sample, chosen_by, app.me()
	from app.requirement q where q.id = requirement
	returning id into made;
	return method.check_get(made);
end
$$;
comment on function method.check_prepare is $${
	"doc": "Prepare a line of the checklist: what to ask of a function about a requirement, and how.",
	"roles": ["auditor"], "access": "write",
	"params": {
		"part": {"doc": "The part of the audit; you are on its declared team."},
		"function": {"doc": "A function of the part's scope."},
		"requirement": {"doc": "One of the audit's criteria."},
		"question": {"doc": "What to ask, look at or test."},
		"method": {"doc": "interview, observation, document or sample."},
		"population": {"doc": "From what a sample is drawn, how large it is, and how its completeness was checked."},
		"sample_size": {"doc": "How many are looked at."},
		"sample": {"doc": "Which ones."},
		"chosen_by": {"doc": "How the sample is chosen."}
	},
	"result": "check"
}$$;

set role ninetwo_owner;
-- What a write to a check begins with: it is there for the caller, its audit's line is held, the caller stands on the team, the version
-- and the audit's state are right. Answers the row as it is now.
create or replace function app.check_for(id uuid, version int, allowed app.team_role[], states text[]) returns app.check
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	c app.check;
	a app.audit;
begin
	select k.* into c from app.check k where k.organisation = app.org() and k.id = id;
	if not found then
		perform app.refuse_not_found('check');
	end if;
	a := app.lock_audit(c.audit);
	select k.* into c from app.check k where k.organisation = app.org() and k.id = id;
	if not found then
		perform app.refuse_not_found('check');
	end if;
	perform app.require_team(c.part, allowed);
	perform app.require_version(c.version, version);
	perform app.require_state(a.state, states);
	return c;
end
$$;
-- S12: an entry of a trainee or technical expert in a check that has its result counts once an auditor has reviewed it.
create or replace function app.check_entered(id uuid) returns void
language sql set search_path = '' as $$
	update app.check c set review_needed = true, reviewed_by = null, reviewed_at = null
	where c.organisation = app.org() and c.id = check_entered.id and c.result is not null and app.team_role(c.part) not in ('lead', 'auditor')
$$;
set role ninetwo_api;

create function method.check_change(id uuid, version int, question text, method app.check_method,
	population text default null, sample_size int default null, sample text default null, chosen_by text default null) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
begin
	perform app.check_for(id, version, app.team_all(), '{planned,prepared,fieldwork,reporting}');
	update app.check c set question = question, method = method, population = population, sample_size = sample_size,
		sample = sample, chosen_by = chosen_by
	where c.organisation = app.org() and c.id = id;
	perform app.check_entered(id);
	return method.check_get(id);
end
$$;
comment on function method.check_change is $${
	"doc": "Change what a check asks and how. Send everything that it shall hold: what is absent becomes empty.",
	"roles": ["auditor"], "access": "write",
	"params": {
		"id": {"doc": "The check."},
		"version": {"doc": "The version that you saw."},
		"question": {"doc": "What to ask, look at or test."},
		"method": {"doc": "interview, observation, document or sample."},
		"population": {"doc": "From what a sample is drawn, and how large it is."},
		"sample_size": {"doc": "How many are looked at."},
		"sample": {"doc": "Which ones."},
		"chosen_by": {"doc": "How the sample is chosen."}
	},
	"result": "check"
}$$;

create function method.check_record(id uuid, version int, result app.check_result, reason text default null, notes text default null,
	sample_size int default null, sample text default null) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	before app.check;
	redone bool;
	mine app.team_role;
begin
	if result = 'not_assessed' and coalesce(btrim(reason), '') = '' then
		perform app.refuse_param('reason', 'is needed where the result is not_assessed');
	end if;
	before := app.check_for(id, version, app.team_all(), '{fieldwork,reporting}');
	mine := app.team_role(before.part);
	-- what was recorded under a conflict and is recorded anew by another auditor is thereby redone
	redone := before.impaired_at is not null and before.impaired_person <> app.me() and mine in ('lead', 'auditor');
	update app.check c set result = result, reason = reason, notes = notes,
		sample_size = coalesce(sample_size, c.sample_size), sample = coalesce(sample, c.sample),
		recorded_by = app.me(), recorded_at = now(), review_needed = mine not in ('lead', 'auditor'),
		reviewed_by = case when redone then app.me() end, reviewed_at = case when redone then now() end, review_note = case when redone then 'Redone.' end
	where c.organisation = app.org() and c.id = id;
	return method.check_get(id);
end
$$;
comment on function method.check_record is $${
	"doc": "Record what came of a check, from fieldwork on. Send result, reason and notes whole: what is absent becomes empty.",
	"roles": ["auditor"], "access": "write",
	"params": {
		"id": {"doc": "The check."},
		"version": {"doc": "The version that you saw; somebody else on the team may have recorded since."},
		"result": {"doc": "conform, nonconform, observation or not_assessed."},
		"reason": {"doc": "Why it was not assessed; it then counts as uncovered. Or what the result rests on."},
		"notes": {"doc": "Your notes."},
		"sample_size": {"doc": "How many were looked at, where that differs from what was prepared."},
		"sample": {"doc": "Which ones, where that differs."}
	},
	"result": "check"
}$$;

create function method.check_review(id uuid, version int, note text default null) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	c app.check;
begin
	select k.* into c from app.check k where k.organisation = app.org() and k.id = id;
	if found and app.me() in (c.recorded_by, c.impaired_person) then
		perform app.refuse_separation(case when c.impaired_at is not null then 'S9' else 'S12' end,
			'You recorded this yourself: another auditor of the team reviews it.', jsonb_build_object('person', app.me(), 'check', id));
	end if;
	-- what was done under a conflict that came to light after the release is reviewed for its revision (S9)
	c := app.check_for(id, version, app.team_auditors(), case when c.impaired_at is not null and c.reviewed_by is null then '{fieldwork,reporting,released,closed}' else '{fieldwork,reporting}' end::text[]);
	if app.me() in (c.recorded_by, c.impaired_person) then
		perform app.refuse_stale(c.version);	-- they recorded it while this waited in line
	elsif c.result is null then
		perform app.refuse('result', 'There is no result to review yet.', jsonb_build_object('check', id));
	end if;
	update app.check k set reviewed_by = app.me(), reviewed_at = now(), review_note = note where k.organisation = app.org() and k.id = id;
	return method.check_get(id);
end
$$;
comment on function method.check_review is $${
	"doc": "Review what a colleague recorded: needed for a trainee's or technical expert's entries, and for work done under a conflict, before release.",
	"roles": ["auditor"], "access": "write",
	"params": {
		"id": {"doc": "The check."},
		"version": {"doc": "The version that you saw."},
		"note": {"doc": "What you note about it."}
	},
	"result": "check"
}$$;

create function method.check_list(reference text default null, audit uuid default null, part uuid default null, function uuid default null, requirement uuid default null,
	result app.check_result[] default null, done bool default null, review_open bool default null, recorded_by uuid default null,
	sort text default null, "limit" int default null, after text default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.page('check', case when reference is not null
			then app.branch('id', array(select c.id from app.check c where c.organisation = app.org() and c.reference = check_list.reference))
			else app.branch('part', case when part is not null then array[part]
			when audit is not null then array(select p.id from app.part p where p.organisation = app.org() and p.audit = check_list.audit and p.id = any (app.my_parts()))
			else app.my_parts() end) end,
		jsonb_build_object('function', function, 'requirement', requirement, 'result', to_jsonb(result), 'done', done, 'review_open', review_open, 'recorded_by', recorded_by),
		'number, updated_at', sort, "limit", after);
end
$$;
comment on function method.check_list is $${
	"doc": "The checks of the parts whose declared team you are on.",
	"roles": ["member"], "access": "read",
	"params": {
		"reference": {"doc": "The one with this reference."},
		"audit": {"doc": "Of one audit."},
		"part": {"doc": "Of one part."},
		"function": {"doc": "About one function."},
		"requirement": {"doc": "Against one requirement."},
		"result": {"doc": "With one of these results."},
		"done": {"doc": "Those with a result, or those without."},
		"review_open": {"doc": "Those that wait for a review, or those that do not."},
		"recorded_by": {"doc": "Recorded by one person."},
		"sort": {"doc": "number or updated_at; with - downwards."}
	},
	"result": "check[]"
}$$;
