-- Planning an audit: objective, criteria, scope in parts, dates; who could audit it.

create or replace function app.audit_next_reference(_kind text, _starts_on date) returns text
language plpgsql security definer set search_path = '' as $$
declare
	prefix text := case _kind when 'supplier' then 'SA' when 'gap' then 'GA' when 'follow_up' then 'FA'
		else 'IA' end || '-' || to_char(_starts_on, 'YYYY') || '-';
	n int;
begin
	update app.organisation o set touched = o.touched + 1 where o.id = app.org();
	select coalesce(max(substr(a.reference, length(prefix) + 1)::int), 0) + 1 into n from app.audit a
		where a.organisation = app.org() and a.reference like prefix || '%';
	return prefix || case when n < 100 then lpad(n::text, 2, '0') else n::text end;
end
$$;

create or replace function method.audit_plan(_kind app.audit_kind, _title app.title, _objective app.prose,
	_starts_on date, _ends_on date, _audited_from date, _parts jsonb, _requirements uuid[],
	_scope app.prose default null, _criteria app.prose default null, _sites text[] default null,
	_methods text[] default null, _timetable jsonb default null) returns jsonb
language plpgsql as $$
declare
	made uuid;
	part jsonb;
	n int := 0;
	part_id uuid;
	f uuid;
begin
	if _ends_on < _starts_on then perform app.refuse_param('ends_on', 'is not before starts_on'); end if;
	if _audited_from > _starts_on then perform app.refuse_param('audited_from', 'is not after starts_on'); end if;
	if jsonb_array_length(_parts) = 0 then perform app.refuse_param('parts', 'names at least one part'); end if;
	if not coalesce(_methods, '{}') <@ array['on_site', 'remote'] then perform app.refuse_param('methods',
		'are on_site, remote or both'); end if;
	for f in select (x #>> '{}')::uuid from jsonb_array_elements(_parts) p,
		jsonb_array_elements(p -> 'functions') x loop
		perform method.function_get(f);
	end loop;
	insert into app.audit (organisation, reference, kind, title, objective, scope, criteria, starts_on, ends_on,
		audited_from, cooling_off_months, sites, methods, timetable, created_by)
		select app.org(), app.audit_next_reference(_kind::text, _starts_on), _kind, _title, _objective, _scope,
			_criteria, _starts_on, _ends_on, _audited_from, o.cooling_off_months,
			coalesce(_sites, '{}'), coalesce(_methods, '{}'), coalesce(_timetable, '[]'), app.me()
		from app.organisation o where o.id = app.org() returning audit.id into made;
	for part in select p from jsonb_array_elements(_parts) p loop
		n := n + 1;
		insert into app.part (organisation, audit, ordinal, title, created_by)
			values (app.org(), made, n, part ->> 'title', app.me()) returning part.id into part_id;
		insert into app.part_function (organisation, part, function, audit)
			select distinct app.org(), part_id, (x #>> '{}')::uuid,
				made from jsonb_array_elements(part -> 'functions') x;
	end loop;
	insert into app.audit_requirement (organisation, audit, requirement)
		select app.org(), made, r.id from app.requirement r where r.id = any (_requirements);
	if (select count(*) from app.audit_requirement ar where ar.organisation = app.org()
		and ar.audit = made) <> (select count(distinct x) from unnest(_requirements) x) then
		perform app.refuse_param('requirements', 'holds one that does not exist');
	end if;
	perform app.arranged(made, app.me());
	return method.audit_get(made);
end
$$;
comment on function method.audit_plan(app.audit_kind, app.title, app.prose, date, date, date, jsonb, uuid[], app.prose,
	app.prose, text[], text[], jsonb) is '{
	"doc": "Plans an audit: objective, criteria, scope in parts, the period looked back on, dates. Who plans it is '
		'never on its team (S4).",
	"roles": ["programme_manager", "administrator"], "access": "write", "result": "audit",
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
						"title": {"type": "string", "minLength": 1, "maxLength": 200},
						"functions": {
							"type": "array", "minItems": 1, "maxItems": 100,
							"items": {"type": "string", "format": "uuid"}}}}}},
		"requirements": {"doc": "The requirements it audits against."},
		"scope": {"doc": "The scope in words."},
		"criteria": {"doc": "The criteria in words."},
		"sites": {"doc": "Where it takes place."},
		"methods": {"doc": "on_site, remote or both."},
		"timetable": {
			"doc": "What happens when.",
			"schema": {
				"type": "array", "maxItems": 200,
				"items": {
					"type": "object", "required": ["at", "what"], "additionalProperties": false,
					"properties": {
						"at": {"type": "string", "maxLength": 40},
						"what": {"type": "string", "minLength": 1, "maxLength": 500},
						"who": {"type": "string", "maxLength": 200}}}}}}}';

create or replace function method.audit_update(_id uuid, _version int, _title app.title, _objective app.prose,
	_starts_on date, _ends_on date, _audited_from date, _scope app.prose default null, _criteria app.prose default null,
	_sites text[] default null, _methods text[] default null, _timetable jsonb default null,
	_reason app.prose default null) returns jsonb
language plpgsql as $$
declare
	a app.audit;
begin
	perform method.audit_get(_id);
	a := app.lock_team(_id, '{}');
	perform app.refuse_reasons(array(select r from app.s4_reasons(_id, '{}') r));
	perform app.require_version(a.version, _version);
	perform app.require_state(a.state, array['planned', 'prepared', 'fieldwork']);
	if _ends_on < _starts_on then perform app.refuse_param('ends_on', 'is not before starts_on'); end if;
	if _audited_from > _starts_on then perform app.refuse_param('audited_from', 'is not after starts_on'); end if;
	if a.state <> 'planned' then
		if _reason is null then perform app.refuse_param('reason', 'is given for a change from `prepared` on'); end if;
		insert into app.audit_plan_version (organisation, audit, audit_version, reason, plan, created_by)
			values (app.org(), _id, a.version, _reason, to_jsonb(a) - 'touched', app.me());
	end if;
	update app.audit x set title = _title, objective = _objective, starts_on = _starts_on, ends_on = _ends_on,
		audited_from = _audited_from, scope = _scope, criteria = _criteria,
		sites = coalesce(_sites, '{}'), methods = coalesce(_methods, '{}'), timetable = coalesce(_timetable, '[]'),
		plan_sent_at = case when x.state <> 'planned' then x.plan_sent_at end where x.organisation = app.org()
			and x.id = _id;
	if a.state <> 'planned' then
		perform app.refuse_reasons(array(select r from app.uncovered_criteria(app.org(), _id) r));
	end if;
	perform app.arranged(_id, app.me());
	return method.audit_get(_id);
end
$$;
comment on function method.audit_update(uuid, int, app.title, app.prose, date, date, date, app.prose, app.prose, text[],
	text[], jsonb, app.prose) is '{
	"doc": "Changes an audit''s plan. From prepared on a reason is needed and the earlier plan is kept. Not by who is '
		'responsible for a function in its scope (S4).",
	"roles": ["programme_manager", "administrator"], "access": "write", "result": "audit",
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
		"sites": {"doc": "Where it takes place."},
		"methods": {"doc": "on_site, remote or both."},
		"timetable": {
			"doc": "What happens when.",
			"schema": {
				"type": "array", "maxItems": 200,
				"items": {
					"type": "object", "required": ["at", "what"], "additionalProperties": false,
					"properties": {
						"at": {"type": "string", "maxLength": 40},
						"what": {"type": "string", "minLength": 1, "maxLength": 500},
						"who": {"type": "string", "maxLength": 200}}}}},
		"reason": {"doc": "Why; from prepared on."}}}';

create or replace function method.audit_set_functions(_id uuid, _version int, _part uuid, _functions uuid[],
	_reason app.prose default null) returns jsonb
language plpgsql as $$
declare
	a app.audit;
	f uuid;
begin
	perform method.audit_get(_id);
	if not exists (select from app.part p where p.organisation = app.org() and p.audit = _id and p.id = _part)
		then perform app.refuse_not_found('part'); end if;
	foreach f in array _functions loop perform method.function_get(f); end loop;
	a := app.lock_team(_id, '{}');
	perform app.refuse_reasons(array(select r from app.s4_reasons(_id, '{}') r));
	perform app.require_version(a.version, _version);
	perform app.require_state(a.state, array['planned', 'prepared', 'fieldwork']);
	if cardinality(_functions) = 0 then perform app.refuse_param('functions', 'names at least one function'); end if;
	if a.state <> 'planned' then
		if _reason is null then perform app.refuse_param('reason', 'is given for a change from `prepared` on'); end if;
		insert into app.audit_plan_version (organisation, audit, audit_version, reason, plan, created_by)
			values (app.org(), _id, a.version, _reason, method.audit_get(_id), app.me());
	end if;
	delete from app.part_function pf where pf.organisation = app.org() and pf.part = _part
		and not (pf.function = any (_functions));
	insert into app.part_function (organisation, part, function, audit) select distinct app.org(), _part, x,
		_id from unnest(_functions) x on conflict do nothing;
	-- what was sent was another plan
	update app.audit x set updated_at = clock_timestamp(), plan_sent_at = case
		when x.state <> 'planned' then x.plan_sent_at end where x.organisation = app.org() and x.id = _id;
	update app.part x set updated_at = clock_timestamp() where x.organisation = app.org() and x.id = _part;
	perform app.arranged(_id, app.me());
	return method.audit_get(_id);
end
$$;
comment on function method.audit_set_functions(uuid, int, uuid, uuid[], app.prose) is '{
	"doc": "Changes which functions a part holds. Declarations of its team lapse when functions are added (S7); a '
		'function that one of its team is responsible for is refused (S1).",
	"roles": ["programme_manager", "administrator"], "access": "write", "result": "audit",
	"params": {
		"id": {"doc": "The audit."},
		"version": {"doc": "The version that was read."},
		"part": {"doc": "The part."},
		"functions": {"doc": "All the functions that it holds from now on."},
		"reason": {"doc": "Why; from prepared on."}}}';

create or replace function method.audit_eligible(_id uuid, _role app.team_role default null) returns jsonb
language plpgsql stable as $$
begin
	perform method.audit_get(_id);
	return app.eligibility(_id, coalesce(_role::text, 'auditor'));
end
$$;
comment on function method.audit_eligible(uuid, app.team_role) is '{
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

create or replace function method.audit_send_plan(_id uuid, _version int) returns jsonb
language plpgsql as $$
declare a app.audit;
begin
	perform method.audit_get(_id);
	a := app.lock_audit(_id);
	perform app.place_lead(_id);
	perform app.require_version(a.version, _version);
	perform app.require_state(a.state, array['planned', 'prepared']);
	update app.audit x set plan_sent_at = now() where x.organisation = app.org() and x.id = _id;
	return method.audit_get(_id);
end
$$;
comment on function method.audit_send_plan(uuid, int) is '{
	"doc": "Sends the audit plan to whoever is responsible for a function in its scope: they see it, and that it was '
		'sent.",
	"roles": ["auditor"], "access": "write", "result": "audit",
	"params": {"id": {"doc": "The audit."}, "version": {"doc": "The version that was read."}}}';

create or replace function method.audit_name_recipient(_id uuid, _version int, _recipient uuid) returns jsonb
language plpgsql as $$
declare a app.audit;
begin
	perform method.audit_get(_id);
	perform method.person_get(_recipient);
	a := app.lock_audit(_id);
	perform app.require_version(a.version, _version);
	if a.state in ('released', 'closed', 'cancelled') then perform app.refuse_state(a.state,
		array['planned', 'prepared', 'fieldwork', 'reporting']); end if;
	if exists (select from app.membership m where m.organisation = app.org() and m.person = _recipient
		and m.role = 'observer' and m.held @> app.today()) then
		perform app.refuse('recipient',
			'The recipient is of the organisation''s relevant management; an observer reads what is published to '
			'their party.', jsonb_build_object('person', _recipient));
	end if;
	update app.audit x set recipient = _recipient where x.organisation = app.org() and x.id = _id;
	return method.audit_get(_id);
end
$$;
comment on function method.audit_name_recipient(uuid, int, uuid) is '{
	"doc": "Management names the person of relevant management to whom the results are reported (ISO/IEC 27001 clause '
		'9.2.2).",
	"roles": ["management"], "access": "write", "result": "audit",
	"params": {
		"id": {"doc": "The audit."},
		"version": {"doc": "The version that was read."},
		"recipient": {"doc": "The person."}}}';
