-- Audits: planning, eligibility, and the life planned -> prepared -> fieldwork -> reporting -> released -> closed, or cancelled.
-- What is released is in release.sql; the team is in assignment.sql.

create view record.audit with (security_invoker = true) as
	select a.organisation, a.id, a.reference, a.kind, a.title, a.objective, a.scope, a.criteria, a.state, a.starts_on, a.ends_on, a.audited_from, a.window_from,
		a.cooling_off_months, a.sites, a.methods, a.timetable, a.opening_meeting, a.closing_meeting, a.obstacles,
		case when a.id = any ((select app.my_audits())::uuid[]) or a.released_at is not null and ((select app.i_have('management')) or a.recipient = (select app.me())) then a.conclusion end as conclusion,
		a.recipient, app.person_name(a.organisation, a.recipient) as recipient_name,
		l.person as lead, app.person_name(a.organisation, l.person) as lead_name,
		(select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'title', p.title,
			'functions', (select coalesce(jsonb_agg(jsonb_build_object('id', pf.function, 'name', app.function_name(a.organisation, pf.function)) order by app.function_name(a.organisation, pf.function)), '[]')
				from app.part_function pf where pf.organisation = a.organisation and pf.part = p.id)) order by p.ordinal), '[]')
			from app.part p where p.organisation = a.organisation and p.audit = a.id) as parts,
		(select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'ref', q.ref, 'title', q.title) order by q.framework, q.ordinal), '[]')
			from app.audit_requirement ar join app.requirement q on q.id = ar.requirement where ar.organisation = a.organisation and ar.audit = a.id) as requirements,
		a.plan_sent_at, a.prepared_at, a.fieldwork_at, a.reporting_at, a.released_at, a.closed_at, a.cancelled_at, a.cancel_reason, a.revision_due,
		a.created_by, app.person_name(a.organisation, a.created_by) as created_by_name, a.version, a.created_at, a.updated_at
	from app.audit a
	left join app.assignment l on l.organisation = a.organisation and l.audit = a.id and l.role = 'lead' and l.ended_on is null;
comment on view record.audit is 'An audit: objective, criteria, scope in parts, audited period, dates and state.';
comment on column record.audit.kind is '!internal, supplier, gap or follow_up.';
comment on column record.audit.title is '!Its title.';
comment on column record.audit.objective is '!What it is to determine.';
comment on column record.audit.scope is 'The scope in words.';
comment on column record.audit.criteria is 'The criteria in words.';
comment on column record.audit.state is '!planned, prepared, fieldwork, reporting, released, closed or cancelled.';
comment on column record.audit.ends_on is '!Last day of fieldwork.';
comment on column record.audit.audited_from is '!The first day it looks back on.';
comment on column record.audit.cooling_off_months is '!The cooling-off period that it was planned with (S1).';
comment on column record.audit.sites is '!Where it takes place.';
comment on column record.audit.methods is '!on_site, remote or both.';
comment on column record.audit.timetable is '!What happens when.';
comment on column record.audit.opening_meeting is 'When it was held, and notes of it.';
comment on column record.audit.closing_meeting is 'When it was held, and notes of it.';
comment on column record.audit.obstacles is 'What stood in the way.';
comment on column record.audit.recipient is 'Who in relevant management the results go to (9.2.2).';
comment on column record.audit.recipient_name is 'Their name.';
comment on column record.audit.lead is 'Who leads it.';
comment on column record.audit.lead_name is 'Their name.';
comment on column record.audit.plan_sent_at is 'When the plan was sent to the auditees.';
comment on column record.audit.prepared_at is 'When it was declared prepared.';
comment on column record.audit.fieldwork_at is 'When fieldwork began.';
comment on column record.audit.reporting_at is 'When fieldwork ended.';
comment on column record.audit.released_at is 'When its report was released.';
comment on column record.audit.closed_at is 'When it was closed.';
comment on column record.audit.cancelled_at is 'When it was cancelled.';
comment on column record.audit.cancel_reason is 'Why.';
comment on column record.audit.created_by is 'Who planned it; never on its team (S4).';
comment on column record.audit.created_by_name is 'Their name.';
comment on column record.audit.updated_at is '!When it last changed.';
comment on column record.audit.window_from is 'First day of the window in which a responsibility keeps a person from judging (S1).';
comment on column record.audit.conclusion is 'To what degree the criteria are fulfilled; read by the team, and from the release on by whom it was released to and management.';
comment on column record.audit.parts is '{"doc": "The parts of its scope, each with its functions.", "schema": {"type": "array", "items": {"type": "object"}}}';
comment on column record.audit.requirements is '{"doc": "The requirements that it audits against.", "schema": {"type": "array", "items": {"type": "object"}}}';
comment on column record.audit.revision_due is 'A fact came to light after the release: the report is due for revision (S9).';

create function method.audit_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('audit', id);
end $$;
comment on function method.audit_get(uuid) is '{"doc": "One audit.", "roles": ["member"], "access": "read", "result": "audit", "params": {"id": {"doc": "The audit."}}}';

set role ninetwo_owner;
create or replace function app.place_lead(audit uuid) returns void language plpgsql stable security definer set search_path = '' as $$
begin
	if not exists (select from app.assignments_of(app.org(), app.me()) s where s.audit = place_lead.audit and s.role = 'lead') then
		perform app.refuse('place', 'Only the audit''s lead, with a valid declaration of independence, does this.', jsonb_build_object('audit', place_lead.audit));
	end if;
end $$;
comment on function app.place_lead(uuid) is 'Refuses everybody but the declared lead of the audit (rule place).';

create or replace function app.s4_reasons(audit uuid, persons uuid[]) returns setof app.reason language sql stable security definer set search_path = '' as $$
	select 'S4', 'Who arranges an audit has no responsibility for a function in its scope. ' || r.message, r.data || '{"rule": "S4"}'
	from app.responsible_reasons(app.org(), app.me(), app.judged_functions(app.org(), $1, null), $1) r
	union all
	select 'S4', format('%s cannot decide about their own place in an audit.', app.person_name(app.org(), app.me())), jsonb_build_object('rule', 'S4', 'person', app.me(), 'audit', $1)
	where app.me() = any ($2)
$$;
comment on function app.s4_reasons(uuid, uuid[]) is 'Why the caller may only propose for this audit and these people (S4); none when they may decide.';

create or replace function app.proposal_reasons(audit uuid, person uuid) returns setof app.reason language sql stable security definer set search_path = '' as $$
	select r.* from app.s4_reasons($1, array[$2]) r
	union all
	select 'S4', 'A programme manager proposes who is on a team, and management countersigns.', jsonb_build_object('rule', 'S4', 'person', app.me(), 'audit', $1)
	where not app.i_have('administrator')
$$;
comment on function app.proposal_reasons(uuid, uuid) is 'Why the caller only proposes who is on the team of an audit (S4); none when they decide.';

create or replace function app.refuse_proposer(audit uuid, person uuid) returns void language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
begin
	if exists (select from app.claim c where c.organisation = app.org() and c.rule = 'S4' and c.subject = app.me() and c.object = audit and c.side = 'judges' and c.period && daterange(app.today(), null)) then
		perform app.refuse_separation('S4', format('%s is on the team of this audit and cannot arrange it: whoever is not on it proposes.', app.person_name(app.org(), app.me())),
			jsonb_build_object('rule', 'S4', 'person', app.me(), 'audit', audit));
	elsif person = app.me() and not app.i_have('administrator') then
		perform app.refuse_separation('S4', format('%s does not propose themselves: an administrator, or another programme manager, does.', app.person_name(app.org(), app.me())),
			jsonb_build_object('rule', 'S4', 'person', app.me(), 'audit', audit));
	end if;
end $$;
comment on function app.refuse_proposer(uuid, uuid) is 'Refuses a proposal of who is on the team, and of a programme manager who names themselves: it could not take effect (S4).';

create or replace function app.propose(method text, params jsonb, audit uuid, person uuid, functions uuid[], summary text) returns uuid language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare made uuid;
begin
	insert into app.proposal (organisation, method, params, audit, person, functions, summary, created_by)
		values (app.org(), method, params, audit, person, coalesce(functions, '{}'), summary, app.me()) returning id into made;
	return made;
end $$;
comment on function app.propose(text, jsonb, uuid, uuid, uuid[], text) is 'Keeps a call until a person of management, free of S4, countersigns it.';

create or replace function app.audit_functions(audit uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(distinct pf.function), '{}') from app.part_function pf where pf.organisation = app.org() and pf.audit = $1
$$;

create or replace function app.audit_next_reference(kind text, starts_on date) returns text language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	prefix text := case kind when 'supplier' then 'SA' when 'gap' then 'GA' when 'follow_up' then 'FA' else 'IA' end || '-' || to_char(starts_on, 'YYYY') || '-';
	n int;
begin
	update app.organisation o set touched = o.touched + 1 where o.id = app.org();
	select coalesce(max(substr(a.reference, length(prefix) + 1)::int), 0) + 1 into n from app.audit a where a.organisation = app.org() and a.reference like prefix || '%';
	return prefix || case when n < 100 then lpad(n::text, 2, '0') else n::text end;
end $$;
set role ninetwo_api;

create function method.audit_plan(kind app.audit_kind, title app.title, objective app.prose, starts_on date, ends_on date, audited_from date, parts jsonb, requirements uuid[],
	scope app.prose default null, criteria app.prose default null, sites text[] default null, methods text[] default null, timetable jsonb default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	made uuid;
	part jsonb;
	n int := 0;
	part_id uuid;
	f uuid;
begin
	if ends_on < starts_on then perform app.refuse_param('ends_on', 'is not before starts_on'); end if;
	if audited_from > starts_on then perform app.refuse_param('audited_from', 'is not after starts_on'); end if;
	if jsonb_array_length(parts) = 0 then perform app.refuse_param('parts', 'names at least one part'); end if;
	if not coalesce(methods, '{}') <@ array['on_site', 'remote'] then perform app.refuse_param('methods', 'are on_site, remote or both'); end if;
	for f in select (x #>> '{}')::uuid from jsonb_array_elements(parts) p, jsonb_array_elements(p -> 'functions') x loop
		perform method.function_get(f);
	end loop;
	insert into app.audit (organisation, reference, kind, title, objective, scope, criteria, starts_on, ends_on, audited_from, cooling_off_months, sites, methods, timetable, created_by)
		select app.org(), app.audit_next_reference(kind::text, starts_on), kind, title, objective, scope, criteria, starts_on, ends_on, audited_from, o.cooling_off_months,
			coalesce(sites, '{}'), coalesce(methods, '{}'), coalesce(timetable, '[]'), app.me()
		from app.organisation o where o.id = app.org() returning audit.id into made;
	for part in select p from jsonb_array_elements(parts) p loop
		n := n + 1;
		insert into app.part (organisation, audit, ordinal, title, created_by) values (app.org(), made, n, part ->> 'title', app.me()) returning part.id into part_id;
		insert into app.part_function (organisation, part, function, audit)
			select distinct app.org(), part_id, (x #>> '{}')::uuid, made from jsonb_array_elements(part -> 'functions') x;
	end loop;
	insert into app.audit_requirement (organisation, audit, requirement)
		select app.org(), made, r.id from app.requirement r where r.id = any (requirements);
	if (select count(*) from app.audit_requirement ar where ar.organisation = app.org() and ar.audit = made) <> (select count(distinct x) from unnest(requirements) x) then
		perform app.refuse_param('requirements', 'holds one that does not exist');
	end if;
	perform app.arranges(made, app.me());
	return method.audit_get(made);
end $$;
comment on function method.audit_plan(app.audit_kind, app.title, app.prose, date, date, date, jsonb, uuid[], app.prose, app.prose, text[], text[], jsonb) is '{
	"doc": "Plans an audit: objective, criteria, scope in parts, the period looked back on, dates. Who plans it is never on its team (S4).",
	"roles": ["programme_manager", "administrator"], "access": "write", "result": "audit",
	"params": {"kind": {"doc": "internal, supplier, gap or follow_up. Gap audits never count as coverage of 9.2."}, "title": {"doc": "Its title."}, "objective": {"doc": "What it is to determine."},
		"starts_on": {"doc": "First day of fieldwork."}, "ends_on": {"doc": "Last day of fieldwork."}, "audited_from": {"doc": "The first day it looks back on."},
		"parts": {"doc": "Its scope: parts, each with the functions it holds.", "schema": {"type": "array", "minItems": 1, "maxItems": 50, "items": {"type": "object", "required": ["title", "functions"], "additionalProperties": false,
			"properties": {"title": {"type": "string", "minLength": 1, "maxLength": 200}, "functions": {"type": "array", "minItems": 1, "maxItems": 100, "items": {"type": "string", "format": "uuid"}}}}}},
		"requirements": {"doc": "The requirements it audits against."}, "scope": {"doc": "The scope in words."}, "criteria": {"doc": "The criteria in words."},
		"sites": {"doc": "Where it takes place."}, "methods": {"doc": "on_site, remote or both."},
		"timetable": {"doc": "What happens when.", "schema": {"type": "array", "maxItems": 200, "items": {"type": "object", "required": ["at", "what"], "additionalProperties": false,
			"properties": {"at": {"type": "string", "maxLength": 40}, "what": {"type": "string", "minLength": 1, "maxLength": 500}, "who": {"type": "string", "maxLength": 200}}}}}}}';

create function method.audit_update(id uuid, version int, title app.title, objective app.prose, starts_on date, ends_on date, audited_from date, scope app.prose default null,
	criteria app.prose default null, sites text[] default null, methods text[] default null, timetable jsonb default null, reason app.prose default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	a app.audit;
begin
	perform method.audit_get(id);
	a := app.lock_team(id, '{}');
	perform app.refuse_reasons(array(select r from app.s4_reasons(id, '{}') r));
	perform app.require_version(a.version, version);
	perform app.require_state(a.state, array['planned', 'prepared', 'fieldwork']);
	if ends_on < starts_on then perform app.refuse_param('ends_on', 'is not before starts_on'); end if;
	if audited_from > starts_on then perform app.refuse_param('audited_from', 'is not after starts_on'); end if;
	if a.state <> 'planned' then
		if reason is null then perform app.refuse_param('reason', 'is given for a change from `prepared` on'); end if;
		insert into app.audit_plan_version (organisation, audit, audit_version, reason, plan, created_by)
			values (app.org(), id, a.version, reason, to_jsonb(a) - 'touched', app.me());
	end if;
	update app.audit x set title = title, objective = objective, starts_on = starts_on, ends_on = ends_on, audited_from = audited_from, scope = scope, criteria = criteria,
		sites = coalesce(sites, '{}'), methods = coalesce(methods, '{}'), timetable = coalesce(timetable, '[]'),
		plan_sent_at = case when x.state <> 'planned' then x.plan_sent_at end where x.organisation = app.org() and x.id = id;
	if a.state <> 'planned' then
		perform app.refuse_reasons(array(select r from app.uncovered_criteria(app.org(), id) r));
	end if;
	perform app.arranges(id, app.me());
	return method.audit_get(id);
end $$;
comment on function method.audit_update(uuid, int, app.title, app.prose, date, date, date, app.prose, app.prose, text[], text[], jsonb, app.prose) is '{
	"doc": "Changes an audit''s plan. From prepared on a reason is needed and the earlier plan is kept. Not by who is responsible for a function in its scope (S4).",
	"roles": ["programme_manager", "administrator"], "access": "write", "result": "audit",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}, "title": {"doc": "Its title."}, "objective": {"doc": "What it is to determine."},
		"starts_on": {"doc": "First day of fieldwork."}, "ends_on": {"doc": "Last day of fieldwork."}, "audited_from": {"doc": "The first day it looks back on."},
		"scope": {"doc": "The scope in words."}, "criteria": {"doc": "The criteria in words."}, "sites": {"doc": "Where it takes place."}, "methods": {"doc": "on_site, remote or both."},
		"timetable": {"doc": "What happens when.", "schema": {"type": "array", "maxItems": 200, "items": {"type": "object", "required": ["at", "what"], "additionalProperties": false,
			"properties": {"at": {"type": "string", "maxLength": 40}, "what": {"type": "string", "minLength": 1, "maxLength": 500}, "who": {"type": "string", "maxLength": 200}}}}},
		"reason": {"doc": "Why; from prepared on."}}}';

create function method.audit_set_functions(id uuid, version int, part uuid, functions uuid[], reason app.prose default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	a app.audit;
	f uuid;
begin
	perform method.audit_get(id);
	if not exists (select from app.part p where p.organisation = app.org() and p.audit = id and p.id = part) then perform app.refuse_not_found('part'); end if;
	foreach f in array functions loop perform method.function_get(f); end loop;
	a := app.lock_team(id, '{}');
	perform app.refuse_reasons(array(select r from app.s4_reasons(id, '{}') r));
	perform app.require_version(a.version, version);
	perform app.require_state(a.state, array['planned', 'prepared', 'fieldwork']);
	if cardinality(functions) = 0 then perform app.refuse_param('functions', 'names at least one function'); end if;
	if a.state <> 'planned' then
		if reason is null then perform app.refuse_param('reason', 'is given for a change from `prepared` on'); end if;
		insert into app.audit_plan_version (organisation, audit, audit_version, reason, plan, created_by)
			values (app.org(), id, a.version, reason, method.audit_get(id), app.me());
	end if;
	delete from app.part_function pf where pf.organisation = app.org() and pf.part = part and not (pf.function = any (functions));
	insert into app.part_function (organisation, part, function, audit) select distinct app.org(), part, x, id from unnest(functions) x on conflict do nothing;
	-- what was sent was another plan
	update app.audit x set updated_at = clock_timestamp(), plan_sent_at = case when x.state <> 'planned' then x.plan_sent_at end where x.organisation = app.org() and x.id = id;
	update app.part x set updated_at = clock_timestamp() where x.organisation = app.org() and x.id = part;
	perform app.arranges(id, app.me());
	return method.audit_get(id);
end $$;
comment on function method.audit_set_functions(uuid, int, uuid, uuid[], app.prose) is '{
	"doc": "Changes which functions a part holds. Declarations of its team lapse when functions are added (S7); a function that one of its team is responsible for is refused (S1).",
	"roles": ["programme_manager", "administrator"], "access": "write", "result": "audit",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}, "part": {"doc": "The part."}, "functions": {"doc": "All the functions that it holds from now on."}, "reason": {"doc": "Why; from prepared on."}}}';

create function method.audit_eligible(id uuid, role app.team_role default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	perform method.audit_get(id);
	return app.eligibility(id, coalesce(role::text, 'auditor'));
end $$;
comment on function method.audit_eligible(uuid, app.team_role) is '{
	"doc": "Who could audit: for each part, every auditor of the organisation, eligible or not, with all the reasons and dates.", "roles": ["administrator", "programme_manager", "management"], "access": "read",
	"params": {"id": {"doc": "The audit."}, "role": {"doc": "As what they would join; auditor when left out. A lead is judged for all parts."}},
	"result": {"type": "object", "required": ["parts"], "additionalProperties": false, "properties": {"parts": {"type": "array", "items": {"type": "object", "required": ["part", "title", "auditors"], "additionalProperties": false, "properties": {
		"part": {"type": ["string", "null"], "format": "uuid"}, "title": {"type": "string"},
		"auditors": {"type": "array", "items": {"type": "object", "required": ["person", "name", "eligible", "reasons"], "additionalProperties": false, "properties": {
			"person": {"type": "string", "format": "uuid"}, "name": {"type": "string"}, "eligible": {"type": "boolean"}, "assigned": {"type": "boolean"},
			"reasons": {"type": "array", "items": {"type": "object", "required": ["rule", "message"], "properties": {"rule": {"type": "string"}, "message": {"type": "string"}}}}}}}}}}}}}';

set role ninetwo_owner;
create or replace function app.counting_competences(organisation uuid, audit uuid) returns setof app.competence language sql stable security definer set search_path = '' as $$
	select c.* from app.competence c where c.organisation = $1 and (c.countersigned or not c.created_by = any (array(
		select b.person from (select distinct x.created_by as person from app.competence x where x.organisation = $1) b
		where exists (select from app.responsible_reasons($1, b.person, app.judged_functions($1, $2, null), $2)))))
$$;
comment on function app.counting_competences(uuid, uuid) is 'The competence records that an assignment to this audit may rest on: recorded by somebody free of S4 for its scope, or countersigned.';

create or replace function app.competence_reasons(organisation uuid, audit uuid, person uuid, role text) returns setof app.reason language sql stable security definer set search_path = '' as $$
	select 'S12', format('%s is not evaluated as a lead from %s to %s, the fieldwork of audit %s.', app.person_name($1, $3), app.day(a.starts_on), app.day(a.ends_on), a.reference),
		jsonb_build_object('rule', 'S12', 'person', $3, 'audit', $2, 'missing', 'lead')
	from app.audit a where a.organisation = $1 and a.id = $2 and $4 = 'lead' and not exists (
		select from app.counting_competences($1, $2) c where c.person = $3 and c.kind = 'lead' and daterange(c.valid_from, c.valid_until, '[]') @> daterange(a.starts_on, a.ends_on, '[]'))
	union all
	select 'S12', format('%s holds no valid competence record for a criterion of audit %s; without one they join as trainee or technical expert.', app.person_name($1, $3), a.reference),
		jsonb_build_object('rule', 'S12', 'person', $3, 'audit', $2, 'missing', 'criterion')
	from app.audit a where a.organisation = $1 and a.id = $2 and $4 in ('lead', 'auditor') and not exists (
		select from app.counting_competences($1, $2) c where c.person = $3 and c.kind = 'criterion' and daterange(c.valid_from, c.valid_until, '[]') @> a.starts_on
			and c.framework in (select q.framework from app.audit_requirement ar join app.requirement q on q.id = ar.requirement where ar.organisation = $1 and ar.audit = $2))
$$;
comment on function app.competence_reasons(uuid, uuid, uuid, text) is 'What S12 misses in a person at assignment: the evaluation as a lead, a competence record for a criterion.';

create or replace function app.eligibility(audit uuid, role text) returns jsonb language sql stable security definer set search_path = '' as $$
	with scope as (
		select p.id as part, p.title, p.ordinal from app.part p where p.organisation = app.org() and p.audit = $1 and $2 <> 'lead'
		union all
		select null, 'Lead of the audit, in every part', 0 where $2 = 'lead'),
	auditors as materialized (
		select m.person, (select coalesce(jsonb_agg(jsonb_build_object('rule', r.rule, 'message', r.message) || r.data order by r.message), '[]')
			from app.competence_reasons(app.org(), $1, m.person, $2) r) as lacks
		from (select distinct x.person from app.membership x where x.organisation = app.org() and x.role = 'auditor' and x.held @> app.today()) m),
	judged as (
		select s.part, s.title, s.ordinal, a.person, app.person_name(app.org(), a.person) as name, (
			select coalesce(jsonb_agg(jsonb_build_object('rule', r.rule, 'message', r.message) || r.data order by r.rule, r.message), '[]')
			from app.reasons_against(app.org(), $1, s.part, a.person, app.today()) r) || a.lacks as reasons,
			exists (select from app.assignment x where x.organisation = app.org() and x.audit = $1 and x.person = a.person and x.ended_on is null
				and (x.part is null or x.part = s.part)) as assigned
		from scope s cross join auditors a)
	select jsonb_build_object('parts', coalesce(jsonb_agg(part order by ordinal), '[]')) from (
		select ordinal, jsonb_build_object('part', part, 'title', title, 'auditors', jsonb_agg(jsonb_build_object(
			'person', person, 'name', name, 'eligible', reasons = '[]', 'assigned', assigned, 'reasons', reasons) order by reasons <> '[]', name)) as part
		from judged group by part, title, ordinal) x
$$;

create or replace function app.uncovered_criteria(organisation uuid, audit uuid) returns setof app.reason language sql stable security definer set search_path = '' as $$
	select 'S12', format('No lead or auditor of the team holds a competence record for %s %s on every day of fieldwork.', f.name, f.edition),
		jsonb_build_object('rule', 'S12', 'audit', a.id, 'framework', f.id, 'missing', 'criterion')
	from app.audit a
	join lateral (select distinct q.framework from app.audit_requirement ar join app.requirement q on q.id = ar.requirement where ar.organisation = a.organisation and ar.audit = a.id) w on true
	join app.framework f on f.id = w.framework
	where a.organisation = $1 and a.id = $2 and not (
		select coalesce(range_agg(daterange(c.valid_from, c.valid_until, '[]')), '{}') @> daterange(a.starts_on, a.ends_on, '[]')
		from app.assignment s join app.counting_competences($1, $2) c on c.person = s.person and c.kind = 'criterion' and c.framework = w.framework
		where s.organisation = a.organisation and s.audit = a.id and s.role in ('lead', 'auditor') and s.ended_on is null)
	union all
	select r.rule, r.message, r.data from app.assignment s cross join lateral app.competence_reasons(s.organisation, s.audit, s.person, 'lead') r
	where s.organisation = $1 and s.audit = $2 and s.role = 'lead' and s.ended_on is null and r.data ->> 'missing' = 'lead'
$$;
comment on function app.uncovered_criteria(uuid, uuid) is 'Criteria of an audit that its lead and auditors together do not cover on each day of fieldwork (S12).';

create or replace function app.undeclared(organisation uuid, audit uuid) returns text[] language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(distinct app.person_name($1, s.person)), '{}') from app.assignment s
	where s.organisation = $1 and s.audit = $2 and s.ended_on is null and (
		not exists (select from app.declaration d where d.organisation = s.organisation and d.assignment = s.id and d.lapsed_at is null)
		or exists (select from app.interest i where i.organisation = s.organisation and i.audit = s.audit and i.person = s.person and i.safeguard is null and i.withdrawn_at is null))
$$;
comment on function app.undeclared(uuid, uuid) is 'Team members without a valid declaration, or with an interest that waits for a safeguard (S7).';

create or replace function app.unconfirmed_functions(organisation uuid, audit uuid) returns text[] language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(distinct f.name::text), '{}') from app.part_function pf
	join app.function f on f.organisation = pf.organisation and f.id = pf.function
	where pf.organisation = $1 and pf.audit = $2
		and not exists (select from app.confirmation c where c.organisation = pf.organisation and c.audit = pf.audit and c.function = pf.function)
$$;

create or replace function app.audit_move(id uuid, version int, from_states text[], to_state text, closing_conclusion text default null) returns void language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare a app.audit;
begin
	a := app.lock_audit(id);
	perform app.require_version(a.version, version);
	if a.state <> all (from_states) then perform app.refuse_state(a.state, from_states); end if;
	update app.audit x set state = to_state,
		prepared_at = case to_state when 'prepared' then now() else x.prepared_at end,
		fieldwork_at = case to_state when 'fieldwork' then now() else x.fieldwork_at end,
		reporting_at = case to_state when 'reporting' then now() else x.reporting_at end,
		released_at = case to_state when 'released' then now() else x.released_at end,
		closed_at = case to_state when 'closed' then now() else x.closed_at end,
		cancelled_at = case to_state when 'cancelled' then now() else x.cancelled_at end,
		ended_on = case when to_state in ('closed', 'cancelled') then app.today() else x.ended_on end
	where x.organisation = app.org() and x.id = id;
end $$;
comment on function app.audit_move(uuid, int, text[], text, text) is 'Moves an audit to its next state, or refuses a stale version or a wrong state.';

create or replace function app.refuse_list(rule text, sentence text, missing text[]) returns void language plpgsql set search_path = '' as $$
begin
	if cardinality(missing) > 0 then
		perform app.refuse(rule, format('%s: %s.', sentence, array_to_string(missing[:20], '; ')), jsonb_build_object('count', cardinality(missing)));
	end if;
end $$;
reset role;
set role ninetwo_api;

create function method.audit_send_plan(id uuid, version int) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare a app.audit;
begin
	perform method.audit_get(id);
	a := app.lock_audit(id);
	perform app.place_lead(id);
	perform app.require_version(a.version, version);
	perform app.require_state(a.state, array['planned', 'prepared']);
	update app.audit x set plan_sent_at = now() where x.organisation = app.org() and x.id = id;
	return method.audit_get(id);
end $$;
comment on function method.audit_send_plan(uuid, int) is '{"doc": "Sends the audit plan to whoever is responsible for a function in its scope: they see it, and that it was sent.", "roles": ["auditor"], "access": "write", "result": "audit",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}}}';

create function method.audit_prepare(id uuid, version int) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	a app.audit;
begin
	perform method.audit_get(id);
	a := app.lock_audit(id);
	perform app.place_lead(id);
	perform app.refuse_reasons(array(select r from app.uncovered_criteria(app.org(), id) r));
	perform app.require_version(a.version, version);
	perform app.require_state(a.state, array['planned']);
	perform app.refuse_list('declaration', 'These team members have no valid declaration of independence (S7)', app.undeclared(app.org(), id));
	perform app.refuse_list('confirmation', 'The owner has not confirmed who operates and monitors', app.unconfirmed_functions(app.org(), id));
	perform app.refuse_list('plan', 'The plan lacks', array_remove(array[case when a.sites = '{}' then 'sites' end, case when a.methods = '{}' then 'methods' end,
		case when a.timetable = '[]' then 'a timetable' end, case when a.scope is null then 'the scope in words' end, case when a.criteria is null then 'the criteria in words' end,
		case when a.plan_sent_at is null then 'having been sent to the auditees' end], null));
	perform app.audit_move(id, version, array['planned'], 'prepared');
	return method.audit_get(id);
end $$;
comment on function method.audit_prepare(uuid, int) is '{
	"doc": "The lead declares the audit prepared: plan complete and sent, everyone declared, owners'' confirmations given, competence covers every criterion (S7, S12).", "roles": ["auditor"], "access": "write", "result": "audit",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}}}';

create function method.audit_start_fieldwork(id uuid, version int, opening_meeting jsonb default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
begin
	perform method.audit_get(id);
	perform app.lock_audit(id);
	perform app.place_lead(id);
	perform app.refuse_reasons(array(select r from app.uncovered_criteria(app.org(), id) r));
	perform app.audit_move(id, version, array['prepared'], 'fieldwork');
	update app.audit x set opening_meeting = opening_meeting where x.organisation = app.org() and x.id = id and opening_meeting is not null;
	return method.audit_get(id);
end $$;
comment on function method.audit_start_fieldwork(uuid, int, jsonb) is '{"doc": "Starts fieldwork.", "roles": ["auditor"], "access": "write", "result": "audit",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}, "opening_meeting": {"doc": "When, and who was there.", "schema": {"type": "object", "required": ["on"], "additionalProperties": false,
		"properties": {"on": {"type": "string", "format": "date"}, "present": {"type": "array", "maxItems": 200, "items": {"type": "string", "maxLength": 200}}, "notes": {"type": "string", "maxLength": 20000}}}}}}';

create function method.audit_start_reporting(id uuid, version int, closing_meeting jsonb default null, obstacles app.prose default null, not_covered jsonb default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare a app.audit;
begin
	perform method.audit_get(id);
	a := app.lock_audit(id);
	perform app.place_lead(id);
	perform app.require_version(a.version, version);
	perform app.require_state(a.state, array['fieldwork']);
	perform app.refuse_list('checks', 'These checks have no result yet', app.checks_without_result(id));
	perform app.leave_uncovered(id, not_covered);
	perform app.refuse_list('not_covered', 'These requirements of the plan have no check: prepare one for each, or say in not_covered why it is left without, which the report prints',
		app.requirements_without_check(id));
	perform app.audit_move(id, version, array['fieldwork'], 'reporting');
	update app.audit x set closing_meeting = coalesce(closing_meeting, x.closing_meeting), obstacles = coalesce(obstacles, x.obstacles) where x.organisation = app.org() and x.id = id;
	return method.audit_get(id);
end $$;
comment on function method.audit_start_reporting(uuid, int, jsonb, app.prose, jsonb) is '{"doc": "Ends fieldwork: every check in scope has a result (not assessed is one, with its reason), and every requirement of the plan has a check, or a reason why it was left without.", "roles": ["auditor"], "access": "write", "result": "audit",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}, "obstacles": {"doc": "What stood in the way."},
		"not_covered": {"doc": "Requirements of the plan that are left without a check, and why; the report prints it.", "schema": {"type": "array", "maxItems": 500, "items": {"type": "object", "required": ["requirement", "reason"], "additionalProperties": false,
			"properties": {"requirement": {"type": "string", "format": "uuid"}, "reason": {"type": "string", "minLength": 1, "maxLength": 20000}}}}},
		"closing_meeting": {"doc": "When, and who was there.", "schema": {"type": "object", "required": ["on"], "additionalProperties": false,
		"properties": {"on": {"type": "string", "format": "date"}, "present": {"type": "array", "maxItems": 200, "items": {"type": "string", "maxLength": 200}}, "notes": {"type": "string", "maxLength": 20000}}}}}}';

create function method.audit_conclude(id uuid, version int, conclusion app.prose) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare a app.audit;
begin
	perform method.audit_get(id);
	a := app.lock_audit(id);
	perform app.place_lead(id);
	perform app.require_version(a.version, version);
	perform app.require_state(a.state, array['fieldwork', 'reporting']);
	update app.audit x set conclusion = conclusion where x.organisation = app.org() and x.id = id;
	return method.audit_get(id);
end $$;
comment on function method.audit_conclude(uuid, int, app.prose) is '{"doc": "The lead writes the audit conclusion: to what degree the criteria are fulfilled.", "roles": ["auditor"], "access": "write", "result": "audit",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}, "conclusion": {"doc": "The conclusion."}}}';

create function method.audit_name_recipient(id uuid, version int, recipient uuid) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare a app.audit;
begin
	perform method.audit_get(id);
	perform method.person_get(recipient);
	a := app.lock_audit(id);
	perform app.require_version(a.version, version);
	if a.state in ('released', 'closed', 'cancelled') then perform app.refuse_state(a.state, array['planned', 'prepared', 'fieldwork', 'reporting']); end if;
	if exists (select from app.membership m where m.organisation = app.org() and m.person = recipient and m.role = 'observer' and m.held @> app.today()) then
		perform app.refuse('recipient', 'The recipient is of the organisation''s relevant management; an observer reads what is published to their party.', jsonb_build_object('person', recipient));
	end if;
	update app.audit x set recipient = recipient where x.organisation = app.org() and x.id = id;
	return method.audit_get(id);
end $$;
comment on function method.audit_name_recipient(uuid, int, uuid) is '{"doc": "Management names the person of relevant management to whom the results are reported (ISO/IEC 27001 clause 9.2.2).", "roles": ["management"], "access": "write", "result": "audit",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}, "recipient": {"doc": "The person."}}}';

create function method.audit_close(id uuid, version int) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare a app.audit;
begin
	perform method.audit_get(id);
	a := app.lock_audit(id);
	perform app.place_lead(id);
	perform app.require_version(a.version, version);
	perform app.require_state(a.state, array['released']);
	perform app.refuse_list('verifier', 'These nonconformities are open and have no verifier', app.findings_without_verifier(id));
	perform app.refuse_list('revision', 'A fact came to light after the release', case when a.revision_due then array['the report is due for revision'] else '{}' end);
	perform app.audit_move(id, version, array['released'], 'closed');
	return method.audit_get(id);
end $$;
comment on function method.audit_close(uuid, int) is '{"doc": "Closes a released audit. Each nonconformity still open has its verifier, who stays bound until it closes (S9).", "roles": ["auditor"], "access": "write", "result": "audit",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}}}';

create function method.audit_cancel(id uuid, version int, reason app.prose) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	a app.audit;
begin
	perform method.audit_get(id);
	a := app.lock_team(id, '{}');
	perform app.refuse_reasons(array(select r from app.s4_reasons(id, '{}') r));
	perform app.require_version(a.version, version);
	perform app.require_state(a.state, array['planned', 'prepared', 'fieldwork', 'reporting']);
	update app.audit x set cancel_reason = reason where x.organisation = app.org() and x.id = id;
	perform app.arranges(id, app.me());
	perform app.audit_move(id, version + 1, array['planned', 'prepared', 'fieldwork', 'reporting'], 'cancelled');
	return method.audit_get(id);
end $$;
comment on function method.audit_cancel(uuid, int, app.prose) is '{"doc": "Cancels an audit before its release, with a reason. Not by who is responsible for a function in its scope (S4).", "roles": ["programme_manager", "administrator"], "access": "write", "result": "audit",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}, "reason": {"doc": "Why."}}}';


comment on column record.audit.reference is '!Its reference, as IA-2026-01.';
comment on column record.audit.starts_on is '!First day of fieldwork.';
comment on column record.audit.created_at is '!When it was planned.';

create function method.audit_list(reference text default null, state text[] default null, kind app.audit_kind default null, lead uuid default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('audit', case when app.reads_audits() then null::jsonb else app.branch('id', app.my_planned_audits()) end,
		jsonb_build_object('reference', reference, 'state', to_jsonb(state), 'kind', kind, 'lead', lead), '-starts_on, reference, -created_at', sort, "limit", after);
end $$;
comment on function method.audit_list(text, text[], app.audit_kind, uuid, text, int, text) is '{"doc": "The audits that one may see.", "roles": ["member"], "access": "read", "result": "audit[]", "params": {"reference": {"doc": "With this reference."}, "state": {"doc": "In one of these states."}, "kind": {"doc": "Of this kind."}, "lead": {"doc": "Led by this person."}, "sort": {"doc": "Sorted by starts_on, reference, created_at; - before a name turns it round."}}}';
