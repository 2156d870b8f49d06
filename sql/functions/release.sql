-- Releases: the lead releases the report to the recipient whom management named; management publishes it to an outside party until a
-- date; every reading is recorded (S8).
set role ninetwo_owner;

create or replace trigger stamp before update on app.release for each row execute function app.stamp();
create or replace trigger changed after insert or update on app.release for each row execute function app.changed('release');
create or replace trigger stamp before update on app.publication for each row execute function app.stamp();
create or replace trigger changed after insert or update on app.publication for each row execute function app.changed('publication');
create or replace trigger changed after insert on app.reading for each row execute function app.changed('reading');

create or replace function app.audience_release(organisation uuid, id uuid) returns uuid[]
language sql stable set search_path = '' as $$
	select array[$2, app.role_token($1, 'management')]
$$;
create or replace function app.audience_publication(organisation uuid, id uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
	select array[app.role_token($1, 'management'), r.recipient] from app.publication p
	join app.release r on r.organisation = p.organisation and r.id = p.release where p.organisation = $1 and p.id = $2
$$;
create or replace function app.audience_reading(organisation uuid, id uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
	select array[app.role_token($1, 'management'), r.recipient, r.released_by] from app.reading g
	join app.release r on r.organisation = g.organisation and r.id = g.release where g.organisation = $1 and g.id = $2
$$;

-- A release gives its readers a token; so does a publication, until its date. Before the event, which is for them (names order triggers).
create or replace function app.derive_release() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	perform ledger.sync(new.organisation, variadic array(
		select s.person from app.assignment s where s.organisation = new.organisation and s.audit = new.audit and s.role = 'lead'
		union select new.recipient));
	return null;
end
$$;
create or replace trigger a_derive after insert on app.release for each row execute function app.derive_release();
create or replace function app.derive_publication() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	perform ledger.sync(new.organisation, variadic array(
		select m.person from app.membership m where m.organisation = new.organisation and m.role = 'observer' and m.party = new.party));
	return null;
end
$$;
create or replace trigger a_derive after insert or update on app.publication for each row execute function app.derive_publication();

-- What stands between an audit and its release

create or replace function app.checks_without_result(audit uuid) returns text[]
language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(format('check %s (%s, %s)', c.number, c.ref, app.function_name(c.organisation, c.function)) order by c.number), '{}')
	from app.check c where c.organisation = app.org() and c.audit = $1 and c.result is null
$$;

create or replace function app.requirements_without_check(audit uuid) returns text[]
language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(q.ref::text order by q.framework, q.ordinal), '{}') from app.audit_requirement r join app.requirement q on q.id = r.requirement
	where r.organisation = app.org() and r.audit = $1 and r.not_covered is null
		and not exists (select from app.check c where c.organisation = r.organisation and c.audit = r.audit and c.requirement = r.requirement)
$$;
comment on function app.requirements_without_check(uuid) is 'Requirements of an audit''s plan that no check looks at, and of which nobody has said why.';

-- The lead says why requirements of the plan are left without a check; the caller has the audit's line.
create or replace function app.leave_uncovered(audit uuid, not_covered jsonb) returns void
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
begin
	if exists (select from jsonb_array_elements(not_covered) x where ((x ->> 'requirement')::uuid = any (array(select r.requirement from app.audit_requirement r
			where r.organisation = app.org() and r.audit = audit
				and not exists (select from app.check c where c.organisation = r.organisation and c.audit = r.audit and c.requirement = r.requirement)))) is not true) then
		perform app.refuse_param('not_covered', 'names requirements of the plan that have no check');
	elsif exists (select from jsonb_array_elements(not_covered) x where coalesce(btrim(x ->> 'reason'), '') = '') then
		perform app.refuse_param('not_covered', 'says why, for each');
	end if;
	update app.audit_requirement r set not_covered = x ->> 'reason' from jsonb_array_elements(not_covered) x
	where r.organisation = app.org() and r.audit = audit and r.requirement = (x ->> 'requirement')::uuid;
end
$$;

create or replace function app.findings_without_verifier(audit uuid) returns text[]
language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(f.reference order by f.number), '{}') from app.finding f
	where f.organisation = app.org() and f.audit = $1 and f.grade in ('major', 'minor') and f.issued_at is not null
		and f.state not in ('closed', 'withdrawn') and f.verifier is null
$$;

create or replace function app.release_blockers(audit uuid) returns table (rule text, text text)
language sql stable security definer set search_path = '' as $$
	select 'check', t || ' has no result' from unnest(app.checks_without_result($1)) t
	union all
	select case when c.impaired_at is not null then 'S9' else 'S12' end, format('check %s waits for its review', c.number) from app.check c
	where c.organisation = app.org() and c.audit = $1 and (c.review_needed or c.impaired_at is not null) and c.reviewed_by is null
	union all
	select 'S9', format('the acceptance of request %s waits for its review', r.number) from app.evidence_request r
	where r.organisation = app.org() and r.audit = $1 and r.impaired_at is not null and r.reviewed_by is null
	union all
	select case when f.impaired_at is not null then 'S9' else 'S12' end, format('%s waits for its review', f.reference) from app.finding f
	where f.organisation = app.org() and f.audit = $1 and f.state <> 'withdrawn' and (f.review_needed or f.impaired_at is not null) and f.reviewed_by is null
	union all
	select 'finding', format('%s is neither issued nor withdrawn', f.reference) from app.finding f
	where f.organisation = app.org() and f.audit = $1 and f.state in ('draft', 'shared')
	union all
	select 'dispute', format('the dispute of %s awaits its decision', f.reference) from app.finding f
	join app.dispute d on d.organisation = f.organisation and d.finding = f.id
	where f.organisation = app.org() and f.audit = $1 and d.state = 'open' and d.decide_by >= app.today()
	union all
	select 'S6', format('a decision on %s waits for its signature', f.reference) from app.finding f
	join app.grading g on g.organisation = f.organisation and g.finding = f.id and g.state = 'pending'
	where f.organisation = app.org() and f.audit = $1
	union all
	select 'S7', format('%s has not confirmed their declaration since the last finding was issued', app.person_name(s.organisation, s.person))
	from app.assignment s where s.organisation = app.org() and s.audit = $1 and s.ended_on is null
		and not exists (select from app.declaration d where d.organisation = s.organisation and d.assignment = s.id and d.lapsed_at is null
			and d.confirmed_at >= coalesce((select max(f.issued_at) from app.finding f where f.organisation = s.organisation and f.audit = $1), d.confirmed_at))
	union all
	select 'S7', format('an interest of %s waits for its safeguard', app.person_name(i.organisation, i.person)) from app.interest i
	where i.organisation = app.org() and i.audit = $1 and i.safeguard is null and i.withdrawn_at is null
		and exists (select from app.assignment s where s.organisation = i.organisation and s.audit = i.audit and s.person = i.person and s.ended_on is null)
	union all
	select r.rule, r.message from app.uncovered_criteria(app.org(), $1) r
	union all
	select 'conclusion', 'the conclusion is not written' from app.audit a where a.organisation = app.org() and a.id = $1 and coalesce(btrim(a.conclusion), '') = ''
	union all
	select 'recipient', 'management has not named a recipient' from app.audit a where a.organisation = app.org() and a.id = $1 and a.recipient is null
$$;
comment on function app.release_blockers(uuid) is 'What stands between an audit and its release, each with its rule; none when it may be released.';

-- The report, drawn from the records as of now, in parts

create or replace function app.report_person(person uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
	select case when $1 is not null then jsonb_build_object('person', $1, 'name', app.person_name(app.org(), $1)) end
$$;

create or replace function app.report_scope(a app.audit) returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object(
		'reference', a.reference, 'kind', a.kind, 'title', a.title, 'objective', a.objective, 'scope', a.scope, 'criteria_in_words', a.criteria,
		'client', (select o.name from app.organisation o where o.id = a.organisation),
		'starts_on', a.starts_on, 'ends_on', a.ends_on, 'audited_from', a.audited_from, 'sites', a.sites, 'methods', a.methods,
		'opening_meeting', a.opening_meeting, 'closing_meeting', a.closing_meeting, 'obstacles', a.obstacles,
		'parts', (select coalesce(jsonb_agg(jsonb_build_object('title', p.title, 'functions', (select coalesce(jsonb_agg(jsonb_build_object('function', f.id,
				'reference', f.reference, 'name', f.name) order by f.reference), '[]')
				from app.part_function pf join app.function f on f.organisation = pf.organisation and f.id = pf.function
				where pf.organisation = p.organisation and pf.part = p.id)) order by p.ordinal), '[]')
			from app.part p where p.organisation = a.organisation and p.audit = a.id),
		'criteria', app.cited(array(select q.id from app.audit_requirement r join app.requirement q on q.id = r.requirement
			where r.organisation = a.organisation and r.audit = a.id order by q.framework, q.ordinal)))
$$;

-- The evidence of independence: team, declarations, interests and safeguards, liftings, impairments.
create or replace function app.report_independence(a app.audit) returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object(
		'team', (select coalesce(jsonb_agg(app.report_person(s.person) || jsonb_build_object('role', s.role,
				'part', (select p.title from app.part p where p.organisation = s.organisation and p.id = s.part),
				'assigned_on', s.assigned_on, 'assigned_by', app.report_person(s.assigned_by), 'countersigned_by', app.report_person(s.countersigned_by),
				'ended_on', s.ended_on, 'end_reason', s.end_reason) order by s.created_at, s.id), '[]')
			from app.assignment s where s.organisation = a.organisation and s.audit = a.id),
		'declarations', (select coalesce(jsonb_agg(app.report_person(d.person) || jsonb_build_object('statement', d.statement, 'signed_at', d.signed_at,
				'confirmed_at', d.confirmed_at, 'lapsed_at', d.lapsed_at, 'lapse_reason', d.lapse_reason) order by d.signed_at, d.id), '[]')
			from app.declaration d where d.organisation = a.organisation and d.audit = a.id),
		'interests', (select coalesce(jsonb_agg(app.report_person(i.person) || jsonb_build_object('kind', i.kind, 'description', i.description,
				'safeguard', (select jsonb_build_object('kind', g.kind, 'reason', g.reason, 'recorded_by', app.report_person(g.created_by),
					'countersigned_by', app.report_person(g.countersigned_by)) from app.safeguard g where g.organisation = i.organisation and g.id = i.safeguard),
				'withdrawn_at', i.withdrawn_at) order by i.created_at, i.id), '[]')
			from app.interest i where i.organisation = a.organisation and i.audit = a.id),
		'liftings', (select coalesce(jsonb_agg(x.line order by x.at), '[]') from (
			select p.decided_at as at, jsonb_build_object('rule', 'S4', 'what', p.summary, 'proposed_by', app.report_person(p.created_by),
				'countersigned_by', app.report_person(p.decided_by), 'first_signed_by', app.report_person(p.first_signed_by),
				'no_one_free', p.no_one_free, 'at', p.decided_at) as line
			from app.proposal p where p.organisation = a.organisation and p.audit = a.id and p.state = 'countersigned'
			union all
			select g.created_at, jsonb_build_object('rule', 'S7', 'what', g.reason, 'person', app.report_person(g.person), 'kind', g.kind,
				'recorded_by', app.report_person(g.created_by), 'at', g.created_at)
			from app.safeguard g where g.organisation = a.organisation and g.audit = a.id
			union all
			select e.decided_at, jsonb_build_object('rule', 'S13', 'what', e.reason, 'noun', e.noun, 'person', app.report_person(e.person), 'until', e.until_date,
				'entered_on', e.entered_on, 'countersigned_by', app.report_person(e.decided_by), 'at', e.decided_at)
			from app.ending e where e.organisation = a.organisation and e.state = 'countersigned'
				and e.person in (select s.person from app.assignment s where s.organisation = a.organisation and s.audit = a.id)) x),
		'impairments', (select coalesce(jsonb_agg(app.report_person(i.person) || jsonb_build_object('rule', i.rule, 'from', i.from_date,
				'explanation', i.explanation, 'known_at', i.created_at) order by i.created_at, i.id), '[]')
			from app.impairment i where i.organisation = a.organisation and i.audit = a.id),
		'impaired_work', (select coalesce(jsonb_agg(x.line), '[]') from (
			select jsonb_build_object('what', format('check %s', c.number), 'by', app.report_person(c.impaired_person), 'reviewed_by', app.report_person(c.reviewed_by),
				'reviewed_at', c.reviewed_at) as line from app.check c where c.organisation = a.organisation and c.audit = a.id and c.impaired_at is not null
			union all
			select jsonb_build_object('what', format('acceptance of request %s', r.number), 'by', app.report_person(r.impaired_person),
				'reviewed_by', app.report_person(r.reviewed_by), 'reviewed_at', r.reviewed_at)
			from app.evidence_request r where r.organisation = a.organisation and r.audit = a.id and r.impaired_at is not null
			union all
			select jsonb_build_object('what', f.reference, 'by', app.report_person(f.impaired_person), 'reviewed_by', app.report_person(f.reviewed_by),
				'reviewed_at', f.reviewed_at) from app.finding f where f.organisation = a.organisation and f.audit = a.id and f.impaired_at is not null and f.issued_at is not null) x))
$$;

create or replace function app.report_grades(f app.finding) returns jsonb
language sql stable security definer set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('phase', g.phase, 'state', g.state, 'grade', g.grade, 'computed_grade', g.computed_grade, 'reason', g.reason,
		'decided_by', app.report_person(g.decided_by), 'signature_needed', g.signature_needed, 'signed_by', app.report_person(g.signed_by), 'at', g.created_at)
		order by g.created_at, g.id), '[]')
	from app.grading g where g.organisation = f.organisation and g.finding = f.id
$$;

create or replace function app.report_findings(a app.audit) returns jsonb
language sql stable security definer set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('finding', f.id, 'reference', f.reference, 'title', f.title, 'grade', f.grade, 'computed_grade', f.computed_grade,
		'criteria', f.criteria, 'functions', (select jsonb_agg(app.function_name(f.organisation, x)) from unnest(f.functions) x),
		'condition', f.condition, 'effect', f.effect, 'state', app.finding_state_today(f.state, f.acknowledge_by), 'issued_on', f.issued_on,
		'raised_by', app.report_person(f.raised_by), 'repeats', (select coalesce(jsonb_agg(e.reference order by e.reference), '[]') from app.finding e
			where e.organisation = f.organisation and e.id = any (f.repeats)),
		'evidence', (select coalesce(jsonb_agg(jsonb_build_object('title', e.title, 'sha256', encode(e.sha256, 'hex')) order by t.created_at, t.id), '[]')
			from app.attachment t join app.evidence e on e.organisation = t.organisation and e.id = t.evidence
			where t.organisation = f.organisation and t.subject = f.id),
		'first_due', f.first_due, 'implementation_due', f.implementation_due, 'verifier', app.report_person(f.verifier),
		'grades', app.report_grades(f)) order by f.number), '[]')
	from app.finding f where f.organisation = a.organisation and f.audit = a.id and f.issued_at is not null and f.state <> 'withdrawn'
$$;

-- Disagreement is recorded, not deleted: disputes that did not end as the auditee wished, or that nobody decided in time.
create or replace function app.report_disputes(a app.audit) returns jsonb
language sql stable security definer set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('reference', f.reference, 'reason', d.reason, 'raised_by', app.report_person(d.raised_by), 'state', d.state,
		'decision', d.decision, 'decision_reason', d.decision_reason, 'decided_by', app.report_person(d.decided_by), 'decided_at', d.decided_at) order by f.number), '[]')
	from app.dispute d join app.finding f on f.organisation = d.organisation and f.id = d.finding
	where f.organisation = a.organisation and f.audit = a.id and (d.state = 'stands' or d.decision in ('upheld', 'regraded') or d.state = 'open')
$$;

-- What of the same audit the report leaves out, by number and grade (S8).
create or replace function app.report_left_out(a app.audit) returns jsonb
language sql stable security definer set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('reference', f.reference, 'grade', f.grade, 'issued', f.issued_at is not null, 'state', f.state) order by f.number), '[]')
	from app.finding f where f.organisation = a.organisation and f.audit = a.id and (f.issued_at is null or f.state = 'withdrawn')
$$;

create or replace function app.report_checks(a app.audit) returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object(
		'by_result', (select coalesce(jsonb_object_agg(r.result, r.n), '{}') from (select c.result::text, count(*) as n from app.check c
			where c.organisation = a.organisation and c.audit = a.id and c.result is not null group by 1) r),
		'not_assessed', (select coalesce(jsonb_agg(jsonb_build_object('ref', c.ref, 'function', app.function_name(c.organisation, c.function), 'reason', c.reason)
			order by c.number), '[]') from app.check c where c.organisation = a.organisation and c.audit = a.id and c.result = 'not_assessed'))
$$;

-- What of its plan the audit did not cover, and why (ISO 19011, 6.5.1): requirements and functions about which no check has a result other than
-- not assessed.
create or replace function app.report_not_covered(a app.audit) returns jsonb
language sql stable security definer set search_path = '' as $$
	with assessed as (
		select c.requirement, c.function from app.check c where c.organisation = a.organisation and c.audit = a.id and c.result <> 'not_assessed')
	select jsonb_build_object(
		'requirements', (select coalesce(jsonb_agg((app.cited(array[q.id]) -> 0) || jsonb_build_object('reason', concat_ws(E'\n', r.not_covered, (select string_agg(c.reason, E'\n' order by c.number)
				from app.check c where c.organisation = r.organisation and c.audit = r.audit and c.requirement = r.requirement))) order by q.framework, q.ordinal), '[]')
			from app.audit_requirement r join app.requirement q on q.id = r.requirement
			where r.organisation = a.organisation and r.audit = a.id and not exists (select from assessed s where s.requirement = r.requirement)),
		'functions', (select coalesce(jsonb_agg(jsonb_build_object('function', f.id, 'reference', f.reference, 'name', f.name) order by f.reference), '[]')
			from app.function f where f.organisation = a.organisation
				and f.id in (select pf.function from app.part_function pf where pf.organisation = a.organisation and pf.audit = a.id)
				and not exists (select from assessed s join app.function_with_subs(a.organisation, array[f.id]) u on u.function = s.function)))
$$;

create or replace function app.report_content(a app.audit) returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object(
		'audit', app.report_scope(a), 'as_of', now(), 'conclusion', a.conclusion,
		'recipient', app.report_person(a.recipient), 'released_by', app.report_person(app.me()),
		'independence', app.report_independence(a), 'checks', app.report_checks(a), 'not_covered', app.report_not_covered(a), 'findings', app.report_findings(a),
		'disputes', app.report_disputes(a), 'left_out', app.report_left_out(a),
		'unsigned', (select coalesce(jsonb_agg(jsonb_build_object('reference', f.reference, 'grade', g.grade, 'reason', g.reason,
				'decided_by', app.report_person(g.decided_by)) order by f.number), '[]')
			from app.grading g join app.finding f on f.organisation = g.organisation and f.id = g.finding
			where f.organisation = a.organisation and f.audit = a.id and g.signature_needed and g.state = 'effective' and g.signed_by is null),
		'grading', (select coalesce(jsonb_agg(app.report_person(g.person) || jsonb_build_object('findings', g.n, 'other_than_computed', g.differ) order by g.person), '[]')
			from (select f.graded_by as person, count(*) as n, count(*) filter (where f.grade <> f.computed_grade) as differ from app.finding f
				where f.organisation = a.organisation and f.audit = a.id and f.graded_by is not null group by 1) g),
		'statement', 'An audit is a sample: what it did not find may exist all the same.')
$$;
comment on function app.report_content(app.audit) is 'The report of an audit as of now (ISO 19011, 6.5): what is released is frozen from this.';

-- Freezes the report for the named recipient; the lead, the gate and the audit's state are judged before.
create or replace function app.report_freeze(audit uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	a app.audit;
	content jsonb;
	n int;
	made constant uuid := app.uuid7();
begin
	select * into a from app.audit x where x.organisation = app.org() and x.id = audit;
	content := app.report_content(a);
	n := 1 + coalesce((select max(r.revision) from app.release r where r.organisation = a.organisation and r.audit = audit), 0);
	insert into app.release (organisation, id, audit, revision, reference, title, recipient, content, sha256)
	values (a.organisation, made, audit, n, format('%s-RE-%s', a.reference, n), left(format('Audit report %s: %s', a.reference, a.title), 200), a.recipient,
		content, sha256(convert_to(content::text, 'UTF8')));
	-- a revision goes to the same recipients, in the same period
	insert into app.publication (organisation, release, party, until, note, published_by)
	select p.organisation, made, p.party, p.until, p.note, p.published_by
	from app.publication p join app.release r on r.organisation = p.organisation and r.id = p.release
	where r.organisation = a.organisation and r.audit = audit and r.revision = n - 1 and p.ended_at is null and p.until >= app.today();
	update app.audit x set revision_due = false where x.organisation = a.organisation and x.id = audit and x.revision_due;
	return made;
end
$$;

-- Evidence that somebody of a party outside the group supplied goes out with leave only.
create or replace function app.from_outside(evidence uuid) returns bool
language sql stable security definer set search_path = '' as $$
	select exists (select from app.evidence e join app.affiliation f on f.organisation = e.organisation and f.person = e.supplied_by and f.held @> e.created_at::date
		join app.party p on p.organisation = f.organisation and p.id = f.party and not p.in_group
		where e.organisation = app.org() and e.id = from_outside.evidence and e.leave is null)
	or exists (select from app.response r join app.evidence e on e.organisation = r.organisation and e.id = r.original
		where e.organisation = app.org() and e.id = from_outside.evidence and r.on_behalf_of is not null and e.leave is null)
$$;

-- What goes out with a release was attached within its audit; management reads it for that, and who published it goes on reading it.
create or replace function app.release_add(release uuid, evidence uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	e uuid;
begin
	foreach e in array coalesce(evidence, '{}') loop
		if not exists (select from app.attachment t join app.release r on r.organisation = t.organisation and r.audit = t.audit
				where t.organisation = app.org() and r.id = release and t.evidence = e) then
			perform app.refuse_not_found('evidence');
		elsif app.from_outside(e) then
			perform app.refuse('leave', 'A supplier gave this: publishing it takes their leave or the contract''s (evidence.give_leave).', jsonb_build_object('evidence', e));
		end if;
		insert into app.release_evidence (organisation, release, evidence) values (app.org(), release, e) on conflict do nothing;
	end loop;
end
$$;

set role ninetwo_api;

create view record.release with (security_invoker = true) as
	select r.organisation, r.id, r.version, r.kind, r.reference, r.revision, r.title, r.audit, r.recipient, app.person_name(r.organisation, r.recipient) as recipient_name,
		r.released_by, app.person_name(r.organisation, r.released_by) as released_by_name, encode(r.sha256, 'hex') as sha256,
		(select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'party', p.party, 'name', app.party_name(p.organisation, p.party), 'until', p.until,
				'ended_at', p.ended_at, 'at', p.created_at) order by p.created_at, p.id), '[]')
			from app.publication p where p.organisation = r.organisation and p.release = r.id) as publications,
		(select coalesce(jsonb_agg(jsonb_build_object('evidence', e.id, 'title', e.title, 'file_name', e.file_name, 'size', e.size) order by e.title, e.id), '[]')
			from app.release_evidence x join app.evidence e on e.organisation = x.organisation and e.id = x.evidence
			where x.organisation = r.organisation and x.release = r.id) as evidence,
		r.created_at, r.updated_at
	from app.release r;
comment on view record.release is 'A report as it was released; release.get has its content.';
comment on column record.release.kind is '!report.';
comment on column record.release.reference is '!As IA-2026-01-RE-1.';
comment on column record.release.revision is '!1, or a revision, which goes to the same recipients.';
comment on column record.release.title is '!Its title.';
comment on column record.release.audit is '!Its audit.';
comment on column record.release.recipient is '!Who in relevant management it was released to (9.2.2).';
comment on column record.release.recipient_name is 'Their name.';
comment on column record.release.released_by is '!The lead who released it.';
comment on column record.release.released_by_name is 'Their name.';
comment on column record.release.sha256 is '!The SHA-256 of its content, in hexadecimal.';
comment on column record.release.publications is $${"doc": "To whom management published it, and until when; an observer sees their own party's.", "not_null": true, "schema": {"type": "array", "items": {"type": "object",
	"properties": {"id": {"type": "string", "format": "uuid"}, "party": {"type": "string", "format": "uuid"}, "name": {"type": ["string", "null"]},
	"until": {"type": "string", "format": "date"}, "ended_at": {"type": ["string", "null"], "format": "date-time"}, "at": {"type": "string", "format": "date-time"}}}}}$$;
comment on column record.release.evidence is $${"doc": "Evidence that goes out with it.", "not_null": true, "schema": {"type": "array", "items": {"type": "object"}}}$$;
comment on column record.release.created_at is '!When it was released: the day of delivery.';
comment on column record.release.updated_at is '!When it last changed.';

create view record.report with (security_invoker = true) as
	select r.organisation, r.id, r.version, r.reference, r.revision, r.title, encode(r.sha256, 'hex') as sha256, r.content, r.created_at
	from app.release r;
comment on view record.report is 'The content of a release, frozen as it was released.';
comment on column record.report.reference is '!As IA-2026-01-RE-1.';
comment on column record.report.revision is '!Which revision.';
comment on column record.report.title is '!Its title.';
comment on column record.report.sha256 is '!The SHA-256 of its content, in hexadecimal.';
comment on column record.report.content is $${"doc": "The report: scope and criteria, the evidence of independence (team, declarations, liftings, impairments), checks, what of the plan was not covered and why, findings with every grade ever saved, disputes, and what it leaves out.", "not_null": true, "schema": {"type": "object"}}$$;
comment on column record.report.created_at is '!When it was released.';

create function method.release_show(id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.one('release', id);
end
$$;
comment on function method.release_show is $${
	"doc": "A release without its content: to whom it went, until when.",
	"roles": ["member"], "access": "read",
	"params": {"id": {"doc": "The release."}},
	"result": "release"
}$$;

create function method.release_get(id uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
	r jsonb;
begin
	select to_jsonb(x) into r from record.report x where x.organisation = app.org() and x.id = release_get.id;
	if r is null then
		perform app.refuse_not_found('release');
	end if;
	insert into app.reading (organisation, release) values (app.org(), release_get.id);
	return r;
end
$$;
comment on function method.release_get is $${
	"doc": "Read what was released. Each reading is recorded (S8).",
	"roles": ["member"], "access": "recorded",
	"params": {"id": {"doc": "The release."}},
	"result": "report"
}$$;

create function method.release_list(reference text default null, audit uuid default null, sort text default null, "limit" int default null, after text default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.page('release', case
			when reference is not null then app.branch('id', array(select r.id from app.release r where r.organisation = app.org() and r.reference = release_list.reference))
			when audit is not null then app.branch('audit', array[audit])
			when app.i_have('management') then null else app.branch('id', app.my_releases()) end,
		'{}', '-created_at, reference', sort, "limit", after);
end
$$;
comment on function method.release_list is $${
	"doc": "The releases that you may read.",
	"roles": ["member"], "access": "read",
	"params": {
		"reference": {"doc": "The one with this reference."},
		"audit": {"doc": "Of one audit."},
		"sort": {"doc": "created_at or reference; with - downwards."}
	},
	"result": "release[]"
}$$;

create function method.release_blockers(audit uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	perform method.audit_get(audit);
	if not audit = any (app.my_audits()) then
		perform app.refuse('place', 'What stands between an audit and its release is for its team.', jsonb_build_object('audit', audit));
	end if;
	return (select coalesce(jsonb_agg(jsonb_build_object('rule', b.rule, 'text', b.text)), '[]') from app.release_blockers(audit) b);
end
$$;
comment on function method.release_blockers is $${
	"doc": "What stands between an audit and its release; nothing when it may be released.",
	"roles": ["auditor"], "access": "read",
	"params": {"audit": {"doc": "The audit; you are on its team."}},
	"result": {"type": "array", "items": {"type": "object", "properties": {"rule": {"type": "string"}, "text": {"type": "string"}}, "required": ["rule", "text"], "additionalProperties": false}}
}$$;

create function method.release_report(audit uuid, version int) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	a app.audit;
	blockers jsonb;
	made uuid;
begin
	perform method.audit_get(audit);
	a := app.lock_audit(audit);
	perform app.place_lead(audit);	-- in line: they may have ceased to lead while this waited
	perform app.require_version(a.version, version);
	perform app.require_state(a.state, '{reporting,released,closed}');
	select jsonb_agg(jsonb_build_object('rule', b.rule, 'text', b.text)) into blockers from app.release_blockers(audit) b;
	if blockers is not null then
		perform app.refuse('release', format('The report cannot be released yet: %s.',
			(select string_agg(b ->> 'text', '; ') from (select b from jsonb_array_elements(blockers) b limit 10) x)),
			jsonb_build_object('count', jsonb_array_length(blockers), 'rules', (select jsonb_agg(distinct b -> 'rule') from jsonb_array_elements(blockers) b)));
	end if;
	if a.state = 'reporting' then
		perform app.audit_move(audit, version, '{reporting}', 'released');
	elsif not a.revision_due and exists (select from app.release r where r.organisation = app.org() and r.audit = audit) then
		perform app.refuse('revision', 'The report is released, and nothing asks for a revision.', jsonb_build_object('audit', audit));
	end if;
	made := app.report_freeze(audit);
	return method.release_show(made);
end
$$;
comment on function method.release_report is $${
	"doc": "Release the audit's report to the recipient whom management named: it is frozen, and the audit is released. After a fact that came to light later, release its revision.",
	"roles": ["auditor"], "access": "write",
	"params": {
		"audit": {"doc": "The audit, which you lead."},
		"version": {"doc": "The version of the audit that you saw."}
	},
	"result": "release"
}$$;

create function method.release_publish(id uuid, version int, party uuid, until date, note text default null, evidence uuid[] default null) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	r app.release;
begin
	select x.* into r from app.release x where x.organisation = app.org() and x.id = id;
	if not found then
		perform app.refuse_not_found('release');
	elsif not exists (select from app.party p where p.organisation = app.org() and p.id = party) then
		perform app.refuse_not_found('party');
	end if;
	perform app.lock_audit(r.audit);
	select x.* into r from app.release x where x.organisation = app.org() and x.id = id;
	perform app.require_version(r.version, version);
	if until < app.today() then
		perform app.refuse('until', 'It is published until today or later.', jsonb_build_object('until', until));
	elsif exists (select from app.release x where x.organisation = app.org() and x.audit = r.audit and x.revision > r.revision) then
		perform app.refuse('revised', 'There is a revision of it; publish that.', jsonb_build_object('release', id));
	end if;
	perform method.evidence_get(e) from unnest(evidence) e;
	perform app.release_add(id, evidence);
	update app.publication p set until = until, note = note where p.organisation = app.org() and p.release = id and p.party = party and p.ended_at is null;
	if not found then
		insert into app.publication (organisation, release, party, until, note) values (app.org(), id, party, until, note);
	end if;
	perform app.release_touch(id);
	return method.release_show(id);
end
$$;
comment on function method.release_publish is $${
	"doc": "Publish a release to an outside party, whose observers read it until a date. Evidence that a supplier gave goes out with their leave or the contract's only.",
	"roles": ["management"], "access": "write",
	"params": {
		"id": {"doc": "The release."},
		"version": {"doc": "The version that you saw."},
		"party": {"doc": "The certification body, customer or regulator."},
		"until": {"doc": "The last day on which they read it."},
		"note": {"doc": "Why, or under what terms."},
		"evidence": {"doc": "Evidence of the same audit that goes out with it."}
	},
	"result": "release"
}$$;

create function method.release_end(id uuid, version int, party uuid) returns jsonb
language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
	r app.release;
begin
	select x.* into r from app.release x where x.organisation = app.org() and x.id = id;
	if not found then
		perform app.refuse_not_found('release');
	end if;
	perform app.lock_audit(r.audit);
	select x.* into r from app.release x where x.organisation = app.org() and x.id = id;
	perform app.require_version(r.version, version);
	update app.publication p set ended_at = now() where p.organisation = app.org() and p.release = id and p.party = party and p.ended_at is null;
	if not found then
		perform app.refuse('published', 'It is not published to this party.', jsonb_build_object('release', id, 'party', party));
	end if;
	perform app.release_touch(id);
	return method.release_show(id);
end
$$;
comment on function method.release_end is $${
	"doc": "End a publication before its date: the party's observers lose it at once.",
	"roles": ["management"], "access": "write",
	"params": {
		"id": {"doc": "The release."},
		"version": {"doc": "The version that you saw."},
		"party": {"doc": "The party."}
	},
	"result": "release"
}$$;

create function method.release_readings(id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	perform method.release_show(id);
	return (select coalesce(jsonb_agg(jsonb_build_object('person', g.person, 'name', app.person_name(g.organisation, g.person), 'evidence', g.evidence,
			'at', g.created_at) order by g.created_at desc, g.id desc), '[]')
		from (select x.* from app.reading x where x.organisation = app.org() and x.release = release_readings.id order by x.created_at desc, x.id desc limit 1000) g);
end
$$;
comment on function method.release_readings is $${
	"doc": "Who read a release, and when: the last 1,000 readings. An observer sees their own.",
	"roles": ["member"], "access": "read",
	"params": {"id": {"doc": "The release."}},
	"result": {"type": "array", "items": {"type": "object", "properties": {"person": {"type": "string", "format": "uuid"}, "name": {"type": ["string", "null"]},
		"evidence": {"type": ["string", "null"], "format": "uuid"}, "at": {"type": "string", "format": "date-time"}}, "additionalProperties": false}}
}$$;

set role ninetwo_owner;
-- A publication is a new version of its release.
create or replace function app.release_touch(id uuid) returns void
language sql security definer set search_path = '' as $$
	update app.release r set version = r.version + 1 where r.organisation = app.org() and r.id = release_touch.id
$$;
set role ninetwo_api;
