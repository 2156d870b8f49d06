-- The report, drawn from the records as of now, in parts

create or replace function app.report_person(_person uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return case when _person is not null then jsonb_build_object('person', _person,
		'name', app.person_name(app.org(), _person)) end;
end
$$;

create or replace function app.report_scope(_a app.audit) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return jsonb_build_object(
		'reference', _a.reference, 'kind', _a.kind, 'title', _a.title, 'objective', _a.objective, 'scope', _a.scope,
			'criteria_in_words', _a.criteria,
		'client', (select o.name from app.organisation o where o.id = _a.organisation),
		'starts_on', _a.starts_on, 'ends_on', _a.ends_on, 'audited_from', _a.audited_from, 'sites', _a.sites,
		'methods', _a.methods,
		'opening_meeting', _a.opening_meeting, 'closing_meeting', _a.closing_meeting, 'obstacles', _a.obstacles,
		'parts',
		(
		select coalesce(jsonb_agg(jsonb_build_object('title', p.title,
		'functions', (select coalesce(jsonb_agg(jsonb_build_object('function', f.id,
				'reference', f.reference, 'name', f.name) order by f.reference), '[]')
				from app.part_function pf join app.function f on f.organisation = pf.organisation and f.id = pf.function
				where pf.organisation = p.organisation and pf.part = p.id)) order by p.ordinal), '[]')
			from app.part p where p.organisation = _a.organisation and p.audit = _a.id),
		'criteria',
			app.cited(array(select q.id from app.audit_requirement r join app.requirement q on q.id = r.requirement
			where r.organisation = _a.organisation and r.audit = _a.id order by q.framework, q.ordinal)));
end
$$;

-- The evidence of independence: team, declarations, interests and safeguards, liftings, impairments.
create or replace function app.report_independence(_a app.audit) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return jsonb_build_object(
		'team', (select coalesce(jsonb_agg(app.report_person(s.person) || jsonb_build_object('role', s.role,
				'part', (select p.title from app.part p where p.organisation = s.organisation and p.id = s.part),
				'assigned_on', s.assigned_on, 'assigned_by', app.report_person(s.assigned_by),
				'countersigned_by', app.report_person(s.countersigned_by),
				'ended_on', s.ended_on,
				'end_reason', coalesce(s.end_reason, app.said(s.ended_because))) order by s.created_at, s.id), '[]')
			from app.assignment s where s.organisation = _a.organisation and s.audit = _a.id),
		'declarations',
			(
			select coalesce(jsonb_agg(app.report_person(d.person) || jsonb_build_object('statement', d.statement,
			'signed_at', d.signed_at,
				'confirmed_at', d.confirmed_at, 'lapsed_at', d.lapsed_at,
				'lapse_reason', app.said(d.lapse_reason))
					order by d.signed_at, d.id), '[]')
			from app.declaration d where d.organisation = _a.organisation and d.audit = _a.id),
		'interests',
			(
			select coalesce(jsonb_agg(app.report_person(i.person) || jsonb_build_object('kind', i.kind,
				'description', coalesce(i.description, app.said(i.described)),
				'safeguard',
					(select jsonb_build_object('kind', g.kind, 'reason', g.reason,
					'recorded_by', app.report_person(g.created_by),
					'countersigned_by', app.report_person(g.countersigned_by)) from app.safeguard g
						where g.organisation = i.organisation and g.id = i.safeguard),
				'withdrawn_at', i.withdrawn_at) order by i.created_at, i.id), '[]')
			from app.interest i where i.organisation = _a.organisation and i.audit = _a.id),
		'liftings', (select coalesce(jsonb_agg(x.line order by x.at), '[]') from (
			select p.decided_at as at,
				jsonb_build_object('rule', 'S4', 'what', app.said(p.summary),
				'proposed_by', app.report_person(p.created_by),
				'countersigned_by', app.report_person(p.decided_by),
				'first_signed_by', app.report_person(p.first_signed_by),
				'no_one_free', p.no_one_free, 'at', p.decided_at) as line
			from app.proposal p where p.organisation = _a.organisation and p.audit = _a.id and p.state = 'countersigned'
			union all
			select g.created_at,
				jsonb_build_object('rule', 'S7', 'what', g.reason, 'person', app.report_person(g.person),
				'kind', g.kind,
				'recorded_by', app.report_person(g.created_by), 'at', g.created_at)
			from app.safeguard g where g.organisation = _a.organisation and g.audit = _a.id
			union all
			select e.decided_at,
				jsonb_build_object('rule', 'S13', 'what', coalesce(e.reason, app.said(e.because)),
				'noun', e.noun,
				'person', app.report_person(e.person), 'until', e.until_date,
				'entered_on', e.entered_on, 'countersigned_by', app.report_person(e.decided_by), 'at', e.decided_at)
			from app.ending e where e.organisation = _a.organisation and e.state = 'countersigned'
				and e.person in (select s.person from app.assignment s where s.organisation = _a.organisation
					and s.audit = _a.id)) x),
		-- whoever arranged or signed and stands on a side, and who signed in their place
		'arrangements',
			(
			select coalesce(jsonb_agg(app.report_person(w.person) || jsonb_build_object('what', w.verbs, 'why', w.why,
				'countersigned_by', w.settled, 'nobody_free', w.nobody) order by w.person), '[]')
			from (
				select s.person, jsonb_agg(distinct x.verb) as verbs, jsonb_agg(distinct s.rule) as why,
					(select jsonb_agg(distinct app.report_person(y)) from app.arrangement z,
						unnest(z.settled_by || z.countersigned_by) y
						where z.organisation = _a.organisation and z.audit = _a.id and z.maker = s.person) as settled,
					bool_or(coalesce(x.settled_how = 'nobody_free', false)) as nobody
				from app.arrangement x
				cross join lateral unnest(x.maker || x.countersigned_by) p (person)
				cross join lateral app.on_side(_a.organisation, array[p.person],
					app.judged_functions(_a.organisation, _a.id, null), app.audit_window(_a.organisation, _a.id)) s
				where x.organisation = _a.organisation and x.audit = _a.id
				group by s.person) w),
		'impairments',
			(
			select coalesce(
			jsonb_agg(app.report_person(i.person) || jsonb_build_object('rule', i.rule, 'from', i.from_date,
				'explanation', app.said(i.explanation), 'known_at', i.created_at) order by i.created_at, i.id), '[]')
			from app.impairment i where i.organisation = _a.organisation and i.audit = _a.id),
		'impaired_work', (select coalesce(jsonb_agg(x.line), '[]') from (
			select jsonb_build_object('what', format('check %s', c.number), 'by', app.report_person(c.impaired_person),
				'reviewed_by', app.report_person(c.reviewed_by),
				'reviewed_at', c.reviewed_at) as line from app.check c where c.organisation = _a.organisation
					and c.audit = _a.id and c.impaired_at is not null
			union all
			select jsonb_build_object('what', format('acceptance of request %s', r.number),
				'by', app.report_person(r.impaired_person),
				'reviewed_by', app.report_person(r.reviewed_by), 'reviewed_at', r.reviewed_at)
			from app.evidence_request r where r.organisation = _a.organisation and r.audit = _a.id
				and r.impaired_at is not null
			union all
			select jsonb_build_object('what', f.reference, 'by', app.report_person(f.impaired_person),
				'reviewed_by', app.report_person(f.reviewed_by),
				'reviewed_at', f.reviewed_at) from app.finding f where f.organisation = _a.organisation
					and f.audit = _a.id and f.impaired_at is not null and f.issued_at is not null) x));
end
$$;

create or replace function app.report_grades(_f app.finding) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(jsonb_agg(jsonb_build_object('phase', g.phase, 'state', g.state, 'grade', g.grade,
		'computed_grade', g.computed_grade, 'reason', g.reason,
		'decided_by', app.report_person(g.decided_by), 'signature_needed', g.signature_needed,
		'signed_by', app.report_person(g.signed_by), 'at', g.created_at)
		order by g.created_at, g.id), '[]')
	from app.grading g where g.organisation = _f.organisation and g.finding = _f.id);
end
$$;

create or replace function app.report_findings(_a app.audit) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(
		jsonb_agg(jsonb_build_object('finding', f.id, 'reference', f.reference, 'title', f.title, 'grade', f.grade,
		'computed_grade', f.computed_grade,
		'criteria', f.criteria,
		'functions', (select jsonb_agg(app.function_name(f.organisation, x)) from unnest(f.functions) x),
		'condition', f.condition, 'effect', f.effect, 'state', app.finding_state_today(f.state, f.acknowledge_by),
		'issued_on', f.issued_on,
		'raised_by', app.report_person(f.raised_by),
		'repeats', (select coalesce(jsonb_agg(e.reference order by e.reference), '[]') from app.finding e
			where e.organisation = f.organisation and e.id = any (f.repeats)),
		'evidence',
			(
			select coalesce(jsonb_agg(jsonb_build_object('title', e.title, 'sha256', encode(e.sha256, 'hex'))
			order by t.created_at, t.id), '[]')
			from app.attachment t join app.evidence e on e.organisation = t.organisation and e.id = t.evidence
			where t.organisation = f.organisation and t.subject = f.id),
		'first_due', f.first_due, 'implementation_due', f.implementation_due, 'verifier', app.report_person(f.verifier),
		'grades', app.report_grades(f)) order by f.number), '[]')
	from app.finding f where f.organisation = _a.organisation and f.audit = _a.id and f.issued_at is not null
		and f.state <> 'withdrawn');
end
$$;

-- Disagreement is recorded, not deleted: disputes that did not end as the auditee wished, or that nobody decided in
-- time.
create or replace function app.report_disputes(_a app.audit) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(jsonb_agg(jsonb_build_object('reference', f.reference, 'reason', d.reason,
		'raised_by', app.report_person(d.raised_by), 'state', d.state,
		'decision', d.decision, 'decision_reason', d.decision_reason, 'decided_by', app.report_person(d.decided_by),
		'decided_at', d.decided_at) order by f.number), '[]')
	from app.dispute d join app.finding f on f.organisation = d.organisation and f.id = d.finding
	where f.organisation = _a.organisation and f.audit = _a.id
		and (d.state = 'stands' or d.decision in ('upheld', 'regraded') or d.state = 'open'));
end
$$;

-- What of the same audit the report leaves out, by number and grade (S8).
create or replace function app.report_left_out(_a app.audit) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(
		jsonb_agg(jsonb_build_object('reference', f.reference, 'grade', f.grade, 'issued', f.issued_at is not null,
		'state', f.state) order by f.number), '[]')
	from app.finding f where f.organisation = _a.organisation and f.audit = _a.id
		and (f.issued_at is null or f.state = 'withdrawn'));
end
$$;

create or replace function app.report_checks(_a app.audit) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return jsonb_build_object(
		'by_result',
			(select coalesce(jsonb_object_agg(r.result, r.n), '{}')
			from (select c.result::text, count(*) as n from app.check c
			where c.organisation = _a.organisation and c.audit = _a.id and c.result is not null group by 1) r),
		'not_assessed',
			(
			select coalesce(
			jsonb_agg(jsonb_build_object('ref', c.ref, 'function', app.function_name(c.organisation, c.function),
			'reason', c.reason)
			order by c.number), '[]') from app.check c where c.organisation = _a.organisation and c.audit = _a.id
				and c.result = 'not_assessed'),
		'after_last_day',
			(
			select coalesce(
			jsonb_agg(jsonb_build_object('ref', c.ref, 'function', app.function_name(c.organisation, c.function),
				'by', app.report_person(c.recorded_by), 'on', x.day) order by c.number), '[]')
			from app.check c join app.organisation o on o.id = c.organisation
			cross join lateral (select (c.recorded_at at time zone o.timezone)::date as day) x
			where c.organisation = _a.organisation and c.audit = _a.id and x.day > _a.ends_on));
end
$$;

-- What of its plan the audit did not cover, and why (ISO 19011, 6.5.1): requirements and functions about which no check
-- has a result other than not assessed.
create or replace function app.report_not_covered(_a app.audit) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return (with assessed as (
		select c.requirement, c.function from app.check c where c.organisation = _a.organisation and c.audit = _a.id
			and c.result <> 'not_assessed')
	select jsonb_build_object(
		'requirements',
			(
			select coalesce(jsonb_agg((app.cited(array[q.id]) -> 0)
			|| jsonb_build_object('reason',
			concat_ws(E'\n', r.not_covered, (select string_agg(c.reason, E'\n' order by c.number)
				from app.check c where c.organisation = r.organisation and c.audit = r.audit
					and c.requirement = r.requirement))) order by q.framework, q.ordinal), '[]')
			from app.audit_requirement r join app.requirement q on q.id = r.requirement
			where r.organisation = _a.organisation and r.audit = _a.id
				and not exists (select from assessed s where s.requirement = r.requirement)),
		'functions',
			(
			select coalesce(jsonb_agg(jsonb_build_object('function', f.id, 'reference', f.reference, 'name', f.name)
			order by f.reference), '[]')
			from app.function f where f.organisation = _a.organisation
				and f.id in (select pf.function from app.part_function pf where pf.organisation = _a.organisation
					and pf.audit = _a.id)
				and not exists (select from assessed s join app.function_with_subs(_a.organisation, array[f.id]) u
					on u.function = s.function))));
end
$$;

create or replace function app.report_content(_a app.audit) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return jsonb_build_object(
		'audit', app.report_scope(_a), 'as_of', now(), 'conclusion', _a.conclusion,
		'recipient', app.report_person(_a.recipient), 'released_by', app.report_person(app.me()),
		'independence', app.report_independence(_a), 'checks', app.report_checks(_a),
		'not_covered', app.report_not_covered(_a), 'findings', app.report_findings(_a),
		'disputes', app.report_disputes(_a), 'left_out', app.report_left_out(_a),
		'unsigned',
		(select coalesce(jsonb_agg(jsonb_build_object('reference', f.reference, 'grade', g.grade, 'reason', g.reason,
				'decided_by', app.report_person(g.decided_by)) order by f.number), '[]')
			from app.grading g join app.finding f on f.organisation = g.organisation and f.id = g.finding
			where f.organisation = _a.organisation and f.audit = _a.id and g.signature_needed and g.state = 'effective'
				and g.signed_by is null),
		'grading',
			(
			select coalesce(jsonb_agg(app.report_person(g.person) || jsonb_build_object('findings', g.n,
			'other_than_computed', g.differ) order by g.person), '[]')
			from (select f.graded_by as person, count(*) as n,
				count(*) filter (where f.grade <> f.computed_grade) as differ from app.finding f
				where f.organisation = _a.organisation and f.audit = _a.id and f.graded_by is not null group by 1) g),
		'statement', 'An audit is a sample: what it did not find may exist all the same.');
end
$$;
comment on function app.report_content(app.audit) is
	'The report of an audit as of now (ISO 19011, 6.5): what is released is frozen from this.';

-- Freezes the report for the named recipient, and releases the audit; lead, needs and state are judged before.
create or replace function app.report_freeze(_a app.audit) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
	content jsonb;
	n int;
	made constant uuid := app.uuid7();
begin
	perform app.audit_move(_a.id, 'released') where _a.state = 'reporting';
	select x.* into _a from app.audit x where x.organisation = app.org() and x.id = _a.id;
	content := app.report_content(_a);
	n := 1 + coalesce((select max(r.revision) from app.release r where r.organisation = _a.organisation
		and r.audit = _a.id), 0);
	insert into app.release (organisation, id, audit, revision, reference, title, recipient, content, sha256)
	values (_a.organisation, made, _a.id, n, format('%s-RE-%s', _a.reference, n),
		left(format('Audit report %s: %s', _a.reference, _a.title), 200), _a.recipient, content,
		sha256(convert_to(content::text, 'UTF8')));
	-- a revision goes to the same recipients, in the same period
	insert into app.publication (organisation, release, party, until, note, published_by)
	select p.organisation, made, p.party, p.until, p.note, p.published_by
	from app.publication p join app.release r on r.organisation = p.organisation and r.id = p.release
	where r.organisation = _a.organisation and r.audit = _a.id and r.revision = n - 1 and p.ended_at is null
		and p.until >= app.today();
	update app.audit x set revision_due = false where x.organisation = _a.organisation and x.id = _a.id
		and x.revision_due;
	return made;
end
$$;

create view record.report with (security_invoker = true) as
	select r.organisation, r.id, r.version, r.reference, r.revision, r.title, encode(r.sha256, 'hex') as sha256,
		r.content, r.created_at
	from app.release r;
comment on view record.report is 'The content of a release, frozen as it was released.';
comment on column record.report.reference is '!As IA-2026-01-RE-1.';
comment on column record.report.revision is '!Which revision.';
comment on column record.report.title is '!Its title.';
comment on column record.report.sha256 is '!The SHA-256 of its content, in hexadecimal.';
comment on column record.report.content is '{
	"doc": "The report: scope and criteria, the evidence of independence (team, declarations, liftings, impairments), '
		'checks, what of the plan was not covered and why, findings with every grade ever saved, disputes, and what '
		'it leaves out.",
	"not_null": true, "schema": {"type": "object"}}';
comment on column record.report.created_at is '!When it was released.';
