-- Findings until they are issued: drafted, changed, reviewed, shared for accuracy.

-- The cited requirements as they read today.
create or replace function app.cited(_requirements uuid[]) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return (select coalesce(
		jsonb_agg(jsonb_build_object('requirement', q.id, 'framework', w.name, 'edition', w.edition, 'ref', q.ref,
		'title', q.title) order by o.n), '[]')
	from unnest(_requirements) with ordinality o(id, n)
	join app.requirement q on q.id = o.id
	join app.framework w on w.id = q.framework);
end
$$;

-- S12: what a trainee or technical expert enters in a finding counts once an auditor of the team has reviewed it.
create or replace function app.finding_entered(_id uuid) returns void
language plpgsql set search_path = '' as $$
begin
	update app.finding f set review_needed = true, review_of = app.me(), reviewed_by = null, reviewed_at = null
	where f.organisation = app.org() and f.id = _id and app.team_role(f.part) not in ('lead', 'auditor');
end
$$;

create or replace function app.require_addressed(_addressed uuid, _functions uuid[]) returns void
language plpgsql stable set search_path = '' as $$
begin
	if not _addressed = any (_functions) then
		perform app.refuse(app.no('addressed', 'finding.addressed', '{}', jsonb_build_object('function', _addressed)));
	end if;
end
$$;

create or replace function method.finding_draft(_part app.part, _title app.title, _condition app.prose,
	_requirements uuid[] default null, _functions uuid[] default null, _addressed uuid default null,
	_effect app.prose default null, _from_check uuid default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	c app.check;
	entered_by constant uuid := case when app.team_role(_part.id) not in ('lead', 'auditor') then app.me() end;
	n int;
	made constant uuid := app.uuid7();
begin
	if _from_check is null and (coalesce(cardinality(_requirements), 0) = 0 or coalesce(cardinality(_functions), 0) = 0)
		then
		perform app.refuse_param('requirements', 'param.finding_about', '{}');
	elsif _from_check is not null then
		select k.* into c from app.check k where k.organisation = app.org() and k.id = _from_check
			and k.part = _part.id;
		if not found then
			perform app.refuse_not_found('check');
		end if;
		_requirements := coalesce(_requirements, array[c.requirement]);
		_functions := coalesce(_functions, array[c.function]);
	end if;
	_addressed := coalesce(_addressed, _functions[1]);
	perform app.require_scope(_part.audit, _part.id, _functions, _requirements);
	perform app.require_addressed(_addressed, _functions);
	n := app.next_number('finding', _part.audit);
	insert into app.finding (organisation, id, audit, part, number, reference, from_check, title, requirements,
		criteria, functions, addressed, condition, effect, raised_by, review_needed, review_of)
	values (app.org(), made, _part.audit, _part.id, n, app.reference_of(app.audit_reference(_part.audit), 'F', n),
		_from_check, _title, _requirements, app.cited(_requirements), _functions, _addressed, _condition, _effect,
		app.me(), entered_by is not null, entered_by);
	return made;
end
$$;
comment on function method.finding_draft is '{
	"doc": "Draft a finding, from a check or directly. Only the team of its part sees it.",
	"roles": ["auditor"], "access": "write", "result": "finding",
	"params": {
		"part": {"doc": "The part of the audit; you are on its declared team."},
		"title": {"doc": "What it is about, in a few words."},
		"condition": {"doc": "What was found."},
		"requirements": {
			"doc": "The criteria that it cites; the check''s, when absent.", "schema": {"minItems": 1, "maxItems": 20}},
		"functions": {
			"doc": "The functions of the scope that it is about; the check''s, when absent.",
			"schema": {"minItems": 1, "maxItems": 20}},
		"addressed": {"doc": "The one whose people answer; the first, when absent."},
		"effect": {"doc": "What follows from it."},
		"from_check": {"doc": "The check that it is raised from."}},
	"acts": "judges the work", "rules": ["app.competent_refusal(_r.audit, _r.id)"],
	"place": "app.team_refusal(_r.id, app.team_all())",
	"audit": ["fieldwork", "reporting"]}';

-- What an auditee sees of a finding counts: no trainee changes it unreviewed (S12).
create or replace function app.entering_team(_f app.finding) returns app.team_role[]
language plpgsql immutable set search_path = '' as $$
begin
	return case when _f.state = 'draft' then app.team_all() else app.team_auditors() end;
end
$$;

create or replace function method.finding_change(_finding app.finding, _title app.title, _condition app.prose,
	_requirements uuid[], _functions uuid[], _addressed uuid, _effect app.prose default null) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.require_scope(_finding.audit, _finding.part, _functions, _requirements);
	perform app.require_addressed(_addressed, _functions);
	update app.finding x set title = _title, condition = _condition, requirements = _requirements,
		criteria = app.cited(_requirements), functions = _functions, addressed = _addressed, effect = _effect
	where x.organisation = app.org() and x.id = _finding.id;
	perform app.finding_entered(_finding.id);
end
$$;
comment on function method.finding_change is '{
	"doc": "Change a finding that is not issued.",
	"roles": ["auditor"], "access": "write", "result": "finding",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"title": {"doc": "What it is about, in a few words."},
		"condition": {"doc": "What was found."},
		"requirements": {"doc": "The criteria that it cites.", "schema": {"minItems": 1, "maxItems": 20}},
		"functions": {"doc": "The functions of the scope that it is about.", "schema": {"minItems": 1, "maxItems": 20}},
		"addressed": {"doc": "The one whose people answer."},
		"effect": {"doc": "What follows from it."}},
	"version": true, "acts": "judges", "place": "app.team_refusal(_r.part, app.entering_team(_r))",
	"changes": ["title", "condition", "requirements", "functions", "addressed", "effect"]}';

-- Whose entry waits for a review, or under whose conflict it was made, does not review it (S12, S9).
create or replace function app.own_finding_refusal(_f app.finding) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when app.me() in (_f.review_of, _f.impaired_person)
			or (_f.impaired_at is not null and app.me() = _f.raised_by)
		then app.no(case when _f.impaired_at is not null then 'S9' else 'S12' end, 'finding.own', '{}',
		jsonb_build_object('person', app.me(), 'finding', _f.id)) end;
end
$$;

create or replace function app.finding_review_needs(_f app.finding) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return case when not _f.review_needed and _f.impaired_at is null
		then array[app.no('review', 'review.nothing', '{}', jsonb_build_object('finding', _f.id))] end;
end
$$;

create or replace function method.finding_review(_finding app.finding) returns void
language plpgsql set search_path = '' as $$
begin
	update app.finding x set reviewed_by = app.me(), reviewed_at = now() where x.organisation = app.org()
		and x.id = _finding.id;
end
$$;
comment on function method.finding_review is '{
	"doc": "Review a finding raised by a trainee or technical expert (S12), or under a conflict that came to light '
		'later (S9).",
	"roles": ["auditor"], "access": "write", "result": "finding", "version": true, "acts": "judges the work",
	"rules": ["app.own_finding_refusal(_r)"],
	"place": "app.team_refusal(_r.part, app.team_auditors())",
	"needs": "app.finding_review_needs(_r)",
	"params": {"id": {"doc": "The finding."}, "version": {"doc": "The version that you saw."}}}';

create or replace function app.finding_share_needs(_f app.finding) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return case when _f.review_needed and _f.reviewed_by is null
		then array[app.no('review', 'finding.review_first_s12', '{}', jsonb_build_object('finding', _f.id))] end;
end
$$;

create or replace function method.finding_share(_finding app.finding) returns void
language plpgsql set search_path = '' as $$
begin
	update app.finding x set state = 'shared', shared_at = now() where x.organisation = app.org()
		and x.id = _finding.id;
end
$$;
comment on function method.finding_share is '{
	"doc": "Share a draft with the people responsible for its functions, to check that it is accurate: they see '
		'condition and evidence, not the grade.",
	"roles": ["auditor"], "access": "write", "result": "finding", "version": true, "acts": "judges",
	"place": "app.team_refusal(_r.part, app.team_auditors())",
	"needs": "app.finding_share_needs(_r)",
	"params": {"id": {"doc": "The finding."}, "version": {"doc": "The version that you saw."}}}';
