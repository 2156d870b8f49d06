-- Planning an audit: objective, criteria, scope in parts, dates; who could audit it.

create view app.called_part as select p.id, p.title from app.part p where p.organisation = app.org();
grant select on app.called_part to ninetwo_api;

create or replace function app.audit_next_reference(_kind text, _starts_on date) returns text
language plpgsql security definer set search_path = '' as $$
declare
	prefix text := case _kind when 'supplier' then 'SA' when 'gap' then 'GA' when 'follow_up' then 'FA'
		else 'IA' end || '-' || to_char(_starts_on, 'YYYY') || '-';
	n int;
begin
	update app.organisation o set touched = o.touched + 1 where o.id = app.org();
	perform app.forget();
	select coalesce(max(substr(a.reference, length(prefix) + 1)::int), 0) + 1 into n from app.audit a
		where a.organisation = app.org() and a.reference like prefix || '%';
	return prefix || case when n < 100 then lpad(n::text, 2, '0') else n::text end;
end
$$;

create or replace function app.require_functions(_functions uuid[]) returns void
language plpgsql stable set search_path = '' as $$
begin
	if exists (select from unnest(_functions) n (id) where not exists (select from app.function f
		where f.organisation = app.org() and f.id = n.id)) then
		perform app.refuse_not_found('function');
	end if;
end
$$;
comment on function app.require_functions(uuid[]) is 'Refuses as not found a function that the caller does not see.';

create or replace function app.require_dates(_starts_on date, _ends_on date, _audited_from date) returns void
language plpgsql stable set search_path = '' as $$
begin
	if _ends_on < _starts_on then
		perform app.refuse_param('ends_on', 'param.ends_on', '{}');
	elsif _audited_from > _starts_on then
		perform app.refuse_param('audited_from', 'param.audited_from', '{}');
	end if;
end
$$;
comment on function app.require_dates(date, date, date) is 'Refuses dates of a plan that are out of order.';

create or replace function method.audit_plan(_kind app.audit_kind, _title app.title, _objective app.prose,
	_starts_on app.day, _ends_on app.day, _audited_from app.day, _parts jsonb, _requirements uuid[],
	_scope app.prose default null, _criteria app.prose default null, _sites app.title[] default null,
	_methods app.audit_method[] default null, _timetable app.timetable default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	made uuid;
begin
	perform app.require_dates(_starts_on, _ends_on, _audited_from);
	perform app.require_functions(array(select x::uuid from jsonb_array_elements(_parts) p
		cross join lateral jsonb_array_elements_text(p -> 'functions') x));
	-- one statement, so that the first event of each says all of it
	with audits as (
		insert into app.audit (organisation, reference, kind, title, objective, scope, criteria, starts_on, ends_on,
			audited_from, cooling_off_months, sites, methods, timetable, created_by)
		select app.org(), app.audit_next_reference(_kind::text, _starts_on), _kind, _title, _objective, _scope,
			_criteria, _starts_on, _ends_on, _audited_from, o.cooling_off_months,
			coalesce(_sites, '{}'), coalesce(_methods, '{}'), coalesce(_timetable, '[]'), app.maker()
		from app.organisation o where o.id = app.org()
		returning id
	), parts as (
		insert into app.part (organisation, audit, ordinal, title, created_by)
		select app.org(), a.id, p.n, p.part ->> 'title', app.maker()
		from audits a cross join jsonb_array_elements(_parts) with ordinality p (part, n)
		returning id, audit, ordinal
	), functions as (
		insert into app.part_function (organisation, part, function, audit)
		select distinct app.org(), p.id, f::uuid, p.audit
		from parts p cross join jsonb_array_elements_text(_parts -> (p.ordinal - 1) -> 'functions') f
	), criteria as (
		insert into app.audit_requirement (organisation, audit, requirement)
		select app.org(), a.id, r.id from audits a join app.requirement r on r.id = any (_requirements)
	)
	select a.id into made from audits a;
	if (select count(*) from app.audit_requirement r where r.organisation = app.org() and r.audit = made)
		<> (select count(distinct x) from unnest(_requirements) x) then
		perform app.refuse_param('requirements', 'param.requirements', '{}');
	end if;
	return made;
end
$$;
comment on function method.audit_plan is '{
	"doc": "Plans an audit: objective, criteria, scope in parts, the period looked back on, dates. Who plans it is '
		'never on its team (S4).",
	"roles": ["programme_manager", "administrator"], "access": "write", "result": "audit", "acts": "arranges",
	"params": {
		"kind": {"doc": "internal, supplier, gap or follow_up. Gap audits never count as coverage of 9.2."},
		"title": {"doc": "Its title."},
		"objective": {"doc": "What it is to determine."},
		"starts_on": {"doc": "First day of fieldwork."},
		"ends_on": {"doc": "Last day of fieldwork."},
		"audited_from": {"doc": "The first day it looks back on."},
		"parts": {
			"doc": "Its scope: parts, each with the functions it holds.",
			"schema": {
				"type": "array", "minItems": 1, "maxItems": 50,
				"items": {
					"type": "object", "required": ["title", "functions"], "additionalProperties": false,
					"properties": {
						"title": "title",
						"functions": {
							"type": "array", "minItems": 1, "maxItems": 100, "items": "uuid"}}}}},
		"requirements": {"doc": "The requirements it audits against.", "schema": {"maxItems": 1000}},
		"scope": {"doc": "The scope in words."},
		"criteria": {"doc": "The criteria in words."},
		"sites": {"doc": "Where it takes place.", "schema": {"maxItems": 100}},
		"methods": {"doc": "on_site, remote or both.", "schema": {"maxItems": 2}},
		"timetable": {"doc": "What happens when."}}}';

create or replace function app.arranger_refusal(_audit uuid) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return app.reasons_refusal(array(select r from app.s4_reasons(_audit, '{}') r));
end
$$;
comment on function app.arranger_refusal(uuid) is
	'What stands against who arranges an audit and is responsible for a function in its scope (S4).';

create or replace function app.keep_plan(_audit app.audit, _reason text) returns void
language plpgsql set search_path = '' as $$
begin
	if _audit.state = 'planned' then
		return;
	elsif _reason is null then
		perform app.refuse_param('reason', 'param.reason_plan', '{}');
	end if;
	insert into app.audit_plan_version (organisation, audit, audit_version, reason, plan, created_by)
	select app.org(), _audit.id, _audit.version, _reason, app.content('audit', to_jsonb(_audit)) || jsonb_build_object(
		'parts', jsonb_agg(app.content('part', to_jsonb(p)) order by p.ordinal)), app.maker()
	from app.part p where p.organisation = app.org() and p.audit = _audit.id;
end
$$;
comment on function app.keep_plan(app.audit, text) is
	'Before a plan changes: from `prepared` on it is kept as its events say it, with the reason, which is needed then.';

create or replace function method.audit_update(_audit app.audit, _title app.title, _objective app.prose,
	_starts_on app.day, _ends_on app.day, _audited_from app.day, _scope app.prose default null,
	_criteria app.prose default null, _sites app.title[] default null, _methods app.audit_method[] default null,
	_timetable app.timetable default null, _reason app.prose default null) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.require_dates(_starts_on, _ends_on, _audited_from);
	perform app.keep_plan(_audit, _reason);
	update app.audit a set title = _title, objective = _objective, starts_on = _starts_on, ends_on = _ends_on,
		audited_from = _audited_from, scope = _scope, criteria = _criteria, sites = _sites, methods = _methods,
		timetable = _timetable, plan_sent_at = case when a.state <> 'planned' then a.plan_sent_at end,
		-- another plan, with its reason, is another version
		updated_at = case a.state when 'planned' then a.updated_at else clock_timestamp() end
	where a.organisation = app.org() and a.id = _audit.id;
	if _audit.state <> 'planned' then
		perform app.refuse_reasons(array(select r from app.uncovered_criteria(app.org(), _audit.id) r));
	end if;
end
$$;
comment on function method.audit_update is '{
	"doc": "Changes an audit''s plan. From prepared on a reason is needed and the earlier plan is kept. Not by who is '
		'responsible for a function in its scope (S4).",
	"roles": ["programme_manager", "administrator"], "access": "write", "result": "audit", "version": true,
	"line": "app.lock_team(_r.id, ''{}'')",
	"rules": ["app.arranger_refusal(_r.id)"],
	"acts": "arranges",
	"changes": [
		"title", "objective", "starts_on", "ends_on", "audited_from", "scope", "criteria", "sites", "methods",
		"timetable"],
	"params": {
		"id": {"doc": "The audit."},
		"version": {"doc": "The version that was read."},
		"title": {"doc": "Its title."},
		"objective": {"doc": "What it is to determine."},
		"starts_on": {"doc": "First day of fieldwork."},
		"ends_on": {"doc": "Last day of fieldwork."},
		"audited_from": {"doc": "The first day it looks back on."},
		"scope": {"doc": "The scope in words."},
		"criteria": {"doc": "The criteria in words."},
		"sites": {"doc": "Where it takes place.", "schema": {"maxItems": 100}},
		"methods": {"doc": "on_site, remote or both.", "schema": {"maxItems": 2}},
		"timetable": {"doc": "What happens when."},
		"reason": {"doc": "Why; from prepared on."}}}';

create or replace function method.audit_set_functions(_audit app.audit, _part uuid, _functions uuid[],
	_reason app.prose default null) returns void
language plpgsql set search_path = '' as $$
begin
	if not exists (select from app.part p where p.organisation = app.org() and p.audit = _audit.id
		and p.id = _part) then
		perform app.refuse_not_found('part');
	end if;
	perform app.require_functions(_functions);
	perform app.keep_plan(_audit, _reason);
	-- one statement, and so one event of the part
	with gone as (
		delete from app.part_function f where f.organisation = app.org() and f.part = _part
			and not f.function = any (_functions)
	)
	insert into app.part_function (organisation, part, function, audit)
		select distinct app.org(), _part, x, _audit.id from unnest(_functions) x on conflict do nothing;
	-- what was sent was another plan
	update app.audit a set updated_at = clock_timestamp(),
		plan_sent_at = case when a.state <> 'planned' then a.plan_sent_at end
	where a.organisation = app.org() and a.id = _audit.id;
end
$$;
comment on function method.audit_set_functions is '{
	"doc": "Changes which functions a part holds. Declarations of its team lapse when functions are added (S7); a '
		'function that one of its team is responsible for is refused (S1).",
	"roles": ["programme_manager", "administrator"], "access": "write", "result": "audit", "version": true,
	"line": "app.lock_team(_r.id, ''{}'')",
	"rules": ["app.arranger_refusal(_r.id)"],
	"acts": "arranges",
	"params": {
		"id": {"doc": "The audit."},
		"version": {"doc": "The version that was read."},
		"part": {"doc": "The part."},
		"functions": {
			"doc": "All the functions that it holds from now on.", "schema": {"minItems": 1, "maxItems": 100}},
		"reason": {"doc": "Why; from prepared on."}}}';

create or replace function method.audit_eligible(_id uuid, _role app.team_role default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	if not exists (select from app.audit a where a.organisation = app.org() and a.id = _id) then
		perform app.refuse_not_found('audit');
	end if;
	return app.eligibility(_id, coalesce(_role::text, 'auditor'));
end
$$;
comment on function method.audit_eligible is '{
	"doc": "Who could audit: for each part, every auditor of the organisation, eligible or not, with all the reasons '
		'and dates.",
	"roles": ["administrator", "programme_manager", "management"], "access": "read",
	"result": {
		"type": "object", "required": ["parts"], "additionalProperties": false,
		"properties": {
			"parts": {
				"type": "array",
				"items": {
					"type": "object", "required": ["part", "title", "auditors"], "additionalProperties": false,
					"properties": {
						"part": {"type": ["string", "null"], "format": "uuid"}, "title": {"type": "string"},
						"auditors": {
							"type": "array",
							"items": {
								"type": "object", "required": ["person", "name", "eligible", "reasons"],
								"additionalProperties": false,
								"properties": {
									"person": {"type": "string", "format": "uuid"}, "name": {"type": "string"},
									"eligible": {"type": "boolean"}, "assigned": {"type": "boolean"},
									"reasons": {
										"type": "array",
										"items": {
											"type": "object", "required": ["rule", "message"],
											"properties": {"rule": {"type": "string"}, "message": {"type": '
												'"string"}}}}}}}}}}}},
	"params": {
		"id": {"doc": "The audit."},
		"role": {"doc": "As what they would join; auditor when left out. A lead is judged for all parts."}}}';

create or replace function method.audit_send_plan(_audit app.audit) returns void
language plpgsql set search_path = '' as $$
begin
	update app.audit a set plan_sent_at = now() where a.organisation = app.org() and a.id = _audit.id;
end
$$;
comment on function method.audit_send_plan is '{
	"doc": "Sends the audit plan to whoever is responsible for a function in its scope: they see it, and that it was '
		'sent.",
	"roles": ["auditor"], "access": "write", "result": "audit", "version": true,
	"place": "app.lead_refusal(_r.id)",
	"acts": "judges",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}}}';

create or replace function method.audit_name_recipient(_audit app.audit, _recipient uuid) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.require_known(_recipient);
	if exists (select from app.membership m where m.organisation = app.org() and m.person = _recipient
		and m.role = 'observer' and m.held @> app.today()) then
		perform app.refuse(app.no('recipient', 'audit.recipient', '{}', jsonb_build_object('person', _recipient)));
	end if;
	update app.audit a set recipient = _recipient where a.organisation = app.org() and a.id = _audit.id;
end
$$;
comment on function method.audit_name_recipient is '{
	"doc": "Management names the person of relevant management to whom the results are reported (ISO/IEC 27001 clause '
		'9.2.2).",
	"roles": ["management"], "access": "write", "result": "audit", "version": true,
	"params": {
		"id": {"doc": "The audit."},
		"version": {"doc": "The version that was read."},
		"recipient": {"doc": "The person."}}}';
