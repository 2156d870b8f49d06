-- Findings until they are issued: drafted, changed, reviewed, shared for accuracy.

-- The cited requirements as they read today.
create or replace function app.cited(_requirements uuid[]) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(
		jsonb_agg(jsonb_build_object('requirement', q.id, 'framework', w.name, 'edition', w.edition, 'ref', q.ref,
		'title', q.title) order by o.n), '[]')
	from unnest(_requirements) with ordinality o(id, n)
	join app.requirement q on q.id = o.id
	join app.framework w on w.id = q.framework
$$;

-- S12: what a trainee or technical expert enters in a finding counts once an auditor of the team has reviewed it.
create or replace function app.finding_entered(_id uuid) returns void
language sql set search_path = '' as $$
	update app.finding f set review_needed = true, review_of = app.me(), reviewed_by = null, reviewed_at = null
	where f.organisation = app.org() and f.id = _id and app.team_role(f.part) not in ('lead', 'auditor')
$$;

create or replace function method.finding_draft(_part uuid, _title app.title, _condition text,
	_requirements uuid[] default null, _functions uuid[] default null, _addressed uuid default null,
	_effect text default null, _from_check uuid default null) returns jsonb
language plpgsql set search_path = '' as $$
declare
	a app.audit;
	c app.check;
	in_audit uuid;
	mine app.team_role;
	n int;
	made constant uuid := app.uuid7();
begin
	if _from_check is null and (coalesce(cardinality(_requirements), 0) = 0 or coalesce(cardinality(_functions), 0) = 0)
		then
		perform app.refuse_param('requirements', 'and functions are needed where it is not raised from a check');
	end if;
	select p.audit into in_audit from app.part p where p.organisation = app.org() and p.id = _part;
	if not found then
		perform app.refuse_not_found('part');
	end if;
	if _from_check is not null then
		select k.* into c from app.check k where k.organisation = app.org() and k.id = _from_check and k.part = _part;
		if not found then
			perform app.refuse_not_found('check');
		end if;
		_requirements := coalesce(_requirements, array[c.requirement]);
		_functions := coalesce(_functions, array[c.function]);
	end if;
	_addressed := coalesce(_addressed, _functions[1]);
	a := app.lock_audit(in_audit);
	mine := app.require_team(_part, app.team_all());
	perform app.require_state(a.state, '{fieldwork,reporting}');
	perform app.require_scope(in_audit, _part, _functions, _requirements);
	if not _addressed = any (_functions) then
		perform app.refuse('addressed', 'The addressed function is one of the finding''s functions.',
			jsonb_build_object('function', _addressed));
	end if;
	n := app.next_number('finding', in_audit);
	insert into app.finding (organisation, id, audit, part, number, reference, from_check, title, requirements,
		criteria, functions, addressed,
		condition, effect, raised_by, review_needed, review_of)
	values (app.org(), made, in_audit, _part, n, app.reference_of(a.reference, 'F', n), _from_check, _title,
		_requirements, app.cited(_requirements), _functions, _addressed, _condition, _effect, app.me(),
			mine not in ('lead', 'auditor'), case when mine not in ('lead', 'auditor') then app.me() end);
	return method.finding_get(made);
end
$$;
comment on function method.finding_draft is '{
	"doc": "Draft a finding, from a check or directly. Only the team of its part sees it.",
	"roles": ["auditor"], "access": "write", "result": "finding",
	"params": {
		"part": {"doc": "The part of the audit; you are on its declared team."},
		"title": {"doc": "What it is about, in a few words."},
		"condition": {"doc": "What was found."},
		"requirements": {"doc": "The criteria that it cites; the check''s, when absent."},
		"functions": {"doc": "The functions of the scope that it is about; the check''s, when absent."},
		"addressed": {"doc": "The one whose people answer; the first, when absent."},
		"effect": {"doc": "What follows from it."},
		"from_check": {"doc": "The check that it is raised from."}}}';

create or replace function method.finding_change(_id uuid, _version int, _title app.title, _condition text,
	_requirements uuid[], _functions uuid[], _addressed uuid, _effect text default null) returns jsonb
language plpgsql set search_path = '' as $$
declare
	f app.finding;
begin
	f := app.finding_for(_id);
	-- what an auditee sees of it counts: no trainee changes it unreviewed (S12)
	perform app.require_team(f.part, case when f.state = 'draft' then app.team_all() else app.team_auditors() end);
	perform app.require_version(f.version, _version);
	perform app.require_state(f.state::text, '{draft,shared}');
	perform app.require_scope(f.audit, f.part, _functions, _requirements);
	if not _addressed = any (_functions) then
		perform app.refuse('addressed', 'The addressed function is one of the finding''s functions.',
			jsonb_build_object('function', _addressed));
	end if;
	update app.finding x set title = _title, condition = _condition, requirements = _requirements,
		criteria = app.cited(_requirements),
		functions = _functions, addressed = _addressed, effect = _effect
	where x.organisation = app.org() and x.id = _id;
	perform app.finding_entered(_id);
	return method.finding_get(_id);
end
$$;
comment on function method.finding_change is '{
	"doc": "Change a finding that is not issued. Send everything that it shall hold: what is absent becomes empty.",
	"roles": ["auditor"], "access": "write", "result": "finding",
	"params": {
		"id": {"doc": "The finding."},
		"version": {"doc": "The version that you saw."},
		"title": {"doc": "What it is about, in a few words."},
		"condition": {"doc": "What was found."},
		"requirements": {"doc": "The criteria that it cites."},
		"functions": {"doc": "The functions of the scope that it is about."},
		"addressed": {"doc": "The one whose people answer."},
		"effect": {"doc": "What follows from it."}}}';

create or replace function method.finding_review(_id uuid, _version int) returns jsonb
language plpgsql set search_path = '' as $$
declare
	f app.finding;
begin
	f := app.finding_for(_id);
	if app.me() in (f.review_of, f.impaired_person) or (f.impaired_at is not null and app.me() = f.raised_by) then
		perform app.refuse_separation(case when f.impaired_at is not null then 'S9' else 'S12' end,
			'You raised or graded this yourself: another auditor of the team reviews it.',
				jsonb_build_object('person', app.me(), 'finding', _id));
	end if;
	perform app.require_team(f.part, app.team_auditors());
	perform app.require_version(f.version, _version);
	if not f.review_needed and f.impaired_at is null then
		perform app.refuse('review', 'Nothing about it waits for a review.', jsonb_build_object('finding', _id));
	end if;
	update app.finding x set reviewed_by = app.me(), reviewed_at = now() where x.organisation = app.org()
		and x.id = _id;
	return method.finding_get(_id);
end
$$;
comment on function method.finding_review is '{
	"doc": "Review a finding raised by a trainee or technical expert (S12), or under a conflict that came to light '
		'later (S9).",
	"roles": ["auditor"], "access": "write", "result": "finding",
	"params": {"id": {"doc": "The finding."}, "version": {"doc": "The version that you saw."}}}';

create or replace function method.finding_share(_id uuid, _version int) returns jsonb
language plpgsql set search_path = '' as $$
declare
	f app.finding;
begin
	f := app.finding_for(_id);
	perform app.require_team(f.part, app.team_auditors());
	perform app.require_version(f.version, _version);
	perform app.require_state(f.state::text, '{draft}');
	if f.review_needed and f.reviewed_by is null then
		perform app.refuse('review', 'An auditor of the team reviews it first (S12).',
			jsonb_build_object('finding', _id));
	end if;
	update app.finding x set state = 'shared', shared_at = now() where x.organisation = app.org() and x.id = _id;
	return method.finding_get(_id);
end
$$;
comment on function method.finding_share is '{
	"doc": "Share a draft with the people responsible for its functions, to check that it is accurate: they see '
		'condition and evidence, not the grade.",
	"roles": ["auditor"], "access": "write", "result": "finding",
	"params": {"id": {"doc": "The finding."}, "version": {"doc": "The version that you saw."}}}';
