-- Assignments: the team of an audit.

create trigger stamp before update on app.assignment for each row execute function app.stamp();
create trigger changed after insert or update on app.assignment for each row execute function app.changed(assignment);

create view record.assignment with (security_invoker = true) as
	select s.organisation, s.id, s.audit, a.reference as audit_reference, s.part, p.title as part_title, s.person,
		app.person_name(s.organisation, s.person) as person_name, s.role,
		s.assigned_by, app.person_name(s.organisation, s.assigned_by) as assigned_by_name, s.countersigned_by,
		app.person_name(s.organisation, s.countersigned_by) as countersigned_by_name,
		s.assigned_on, s.ended_on, case when (select app.reads_directory()) then s.end_reason end as end_reason,
		s.gave_way, s.impaired_at,
		exists (select from app.declaration d where d.organisation = s.organisation and d.assignment = s.id
			and d.lapsed_at is null) as declared,
		s.version, s.created_at, s.updated_at
	from app.assignment s
	join app.audit a on a.organisation = s.organisation and a.id = s.audit
	left join app.part p on p.organisation = s.organisation and p.id = s.part;
comment on view record.assignment is 'A person on the team of a part, or, as lead, of the whole audit.';
comment on column record.assignment.audit is '!The audit.';
comment on column record.assignment.audit_reference is '!Its reference.';
comment on column record.assignment.part is 'The part; none for a lead, who is on every part.';
comment on column record.assignment.part_title is 'Its title.';
comment on column record.assignment.person is '!Who.';
comment on column record.assignment.person_name is 'Their name.';
comment on column record.assignment.role is '!lead, auditor, technical_expert or trainee.';
comment on column record.assignment.assigned_by is '!Who assigned them; never on the team (S4).';
comment on column record.assignment.assigned_by_name is 'Their name.';
comment on column record.assignment.countersigned_by_name is 'Their name.';
comment on column record.assignment.ended_on is 'Last day; none while they are on the team.';
comment on column record.assignment.impaired_at is 'When a fact came to light under which they had worked (S9).';
comment on column record.assignment.updated_at is '!When it last changed.';
comment on column record.assignment.declared is
	'Has a valid declaration of independence (as far as the reader may see it).';
comment on column record.assignment.countersigned_by is 'Who of management countersigned it (S4).';
comment on column record.assignment.end_reason is
	'Why it ended; for who reads the organisation''s directory, because it may tell of others'' responsibilities.';
comment on column record.assignment.gave_way is 'It gave way to a decision while the audit was only planned (S9).';

create or replace function method.assignment_get(_id uuid) returns jsonb
language plpgsql stable as $$
begin
	return app.one('assignment', _id);
end
$$;
comment on function method.assignment_get(uuid) is '{
	"doc": "One assignment.",
	"roles": ["member"], "access": "read", "result": "assignment",
	"params": {"id": {"doc": "The assignment."}}}';

create or replace function app.do_assign(_audit uuid, _part uuid, _person uuid, _role app.team_role, _by_whom uuid,
	_countersigned_by uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
	made uuid;
	a app.audit;
begin
	perform app.touch(app.org(), '{}', array[_person],
		(select array_agg(f.function) from app.function_with_subs(app.org(), app.audit_functions(_audit)) f),
		array[_audit]);
	select * into a from app.audit x where x.organisation = app.org() and x.id = _audit;
	if a.ended_on is not null then perform app.refuse_state(a.state,
		array['planned', 'prepared', 'fieldwork', 'reporting', 'released']); end if;
	perform app.refuse_reasons(
		array(select r from app.reasons_against(app.org(), _audit, _part, _person, app.today()) r));
	perform app.refuse_incompetent(app.org(), _audit, _person, _role::text);
	if _role = 'lead' and exists (select from app.assignment s where s.organisation = app.org() and s.audit = _audit
		and s.role = 'lead' and s.ended_on is null) then
		perform app.refuse('one_lead', 'The audit has a lead; end that assignment first.', '{}');
	end if;
	if exists (select from app.assignment s where s.organisation = app.org() and s.audit = _audit
		and s.part is not distinct from _part and s.person = _person and s.ended_on is null) then
		perform app.refuse('known', 'They are on this team already.', '{}');
	end if;
	insert into app.assignment (organisation, audit, part, person, role, assigned_by, countersigned_by, assigned_on,
		created_by)
		values (app.org(), _audit, _part, _person, _role, _by_whom, _countersigned_by, app.today(), app.me())
			returning id into made;
	perform app.arranged(_audit, _by_whom, made, array[_countersigned_by]);
	if a.state in ('prepared', 'fieldwork', 'reporting') then
		perform app.refuse_reasons(array(select r from app.uncovered_criteria(app.org(), _audit) r));
	end if;
	return made;
end
$$;

create or replace function app.do_end_assignment(_id uuid, _reason text, _by_whom uuid, _countersigned_by uuid)
returns void language plpgsql security definer set search_path = '' as $$
declare
	s app.assignment;
	a app.audit;
begin
	select * into s from app.assignment x where x.organisation = app.org() and x.id = _id;
	a := app.lock_team(s.audit, array[s.person]);
	select * into s from app.assignment x where x.organisation = app.org() and x.id = _id;
	if s.ended_on is not null then perform app.refuse_state('ended', array['active']); end if;
	perform app.end_assignment(app.org(), _id, _reason, false, false);
	perform app.arranged(s.audit, _by_whom, _id, array[_countersigned_by]);
	if a.state in ('prepared', 'fieldwork', 'reporting') and s.role <> 'lead' then
		perform app.refuse_reasons(array(select r from app.uncovered_criteria(app.org(), s.audit) r));
	end if;
end
$$;

create or replace function method.assignment_assign(_audit uuid, _person uuid, _role app.team_role,
	_part uuid default null) returns jsonb
language plpgsql as $$
declare
	met app.reason[];
	made uuid;
	proposed uuid;
	a app.audit;
begin
	perform method.audit_get(_audit);
	perform method.person_get(_person);
	if (_role = 'lead') <> (_part is null) then perform app.refuse_param('part',
		'is given for every role but lead; a lead is on every part'); end if;
	if _part is not null and not exists (select from app.part p where p.organisation = app.org() and p.audit = _audit
		and p.id = _part) then perform app.refuse_not_found('part'); end if;
	a := app.lock_team(_audit, array[_person]);
	met := array(select r from app.proposal_reasons(_audit, _person) r);
	if cardinality(met) > 0 then
		perform app.refuse_proposer(_audit, _person);
		perform app.refuse_reasons(
			array(select r from app.reasons_against(app.org(), _audit, _part, _person, app.today()) r));
		perform app.refuse_incompetent(app.org(), _audit, _person, _role::text);
		proposed := app.propose('assignment.assign',
			jsonb_build_object('audit', _audit, 'part', _part, 'person', _person, 'role', _role), _audit, _person,
			app.audit_functions(_audit),
			format('%s proposes %s as %s of audit %s. %s', app.person_name(app.org(), app.me()),
				app.person_name(app.org(), _person), replace(_role::text, '_', ' '), a.reference, met[1].message));
	else
		made := app.do_assign(_audit, _part, _person, _role, app.me(), null);
	end if;
	return jsonb_build_object('assignment', case when made is not null then method.assignment_get(made) end, 'proposal',
		case when proposed is not null then method.proposal_get(proposed) end);
end
$$;
comment on function method.assignment_assign(uuid, uuid, app.team_role, uuid) is '{
	"doc": "Assigns a person to the team of a part, or as lead of the whole audit. Refused for whom S1 to S4 and S12 '
		'refuse, with every reason and date. From a programme manager, and from an administrator with a '
		'responsibility in scope, it is a proposal until management countersigns, and is judged anew then (S4).",
	"roles": ["administrator", "programme_manager"], "access": "write",
	"result": {
		"type": "object", "required": ["assignment", "proposal"], "additionalProperties": false,
		"properties": {
			"assignment": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/assignment"}]},
			"proposal": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/proposal"}]}}},
	"params": {
		"audit": {"doc": "The audit."},
		"person": {"doc": "Whom."},
		"role": {"doc": "lead, auditor, technical_expert or trainee."},
		"part": {"doc": "The part; left out for a lead."}}}';

create or replace function method.assignment_end(_id uuid, _version int, _reason app.prose) returns jsonb
language plpgsql as $$
declare
	met app.reason[];
	proposed uuid;
	s app.assignment;
begin
	perform method.assignment_get(_id);
	select * into s from app.assignment x where x.organisation = app.org() and x.id = _id;
	perform app.lock_team(s.audit, array[s.person]);
	select * into s from app.assignment x where x.organisation = app.org() and x.id = _id;
	met := array(select r from app.proposal_reasons(s.audit, s.person) r);
	if cardinality(met) > 0 then perform app.refuse_proposer(s.audit, s.person); end if;
	perform app.require_version(s.version, _version);
	if s.ended_on is not null then perform app.refuse_state('ended', array['active']); end if;
	if cardinality(met) > 0 then
		proposed := app.propose('assignment.end', jsonb_build_object('id', _id, 'reason', _reason), s.audit, s.person,
			app.audit_functions(s.audit),
			format('%s proposes to take %s off the team. %s', app.person_name(app.org(), app.me()),
				app.person_name(app.org(), s.person), met[1].message));
	else
		perform app.do_end_assignment(_id, _reason, app.me(), null);
	end if;
	return jsonb_build_object('assignment', method.assignment_get(_id), 'proposal',
		case when proposed is not null then method.proposal_get(proposed) end);
end
$$;
comment on function method.assignment_end(uuid, int, app.prose) is '{
	"doc": "Takes a person off a team. From a programme manager, and from an administrator with a responsibility in '
		'scope, it is a proposal until management countersigns (S4).",
	"roles": ["administrator", "programme_manager"], "access": "write",
	"result": {
		"type": "object", "required": ["assignment", "proposal"], "additionalProperties": false,
		"properties": {
			"assignment": {"$ref": "#/components/schemas/assignment"},
			"proposal": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/proposal"}]}}},
	"params": {
		"id": {"doc": "The assignment."},
		"version": {"doc": "The version that was read."},
		"reason": {"doc": "Why."}}}';

comment on column record.assignment.created_at is '!When it was made.';
comment on column record.assignment.assigned_on is '!First day.';

create or replace function method.assignment_list(_audit uuid default null, _part uuid default null,
	_person uuid default null, _role app.team_role default null, _ended boolean default null, _sort text default null,
	_limit int default null, _after text default null) returns jsonb
language plpgsql stable as $$
begin
	return app.page('assignment', case when app.reads_audits() then null::jsonb
		else app.branch('person', array[app.me()]) || app.branch('audit', app.my_planned_audits()) end,
		jsonb_build_object('audit', _audit, 'part', _part, 'person', _person, 'role', _role, 'ended_on',
			jsonb_build_object('null', not _ended)), '-created_at, -assigned_on', _sort, _limit, _after);
end
$$;
comment on function method.assignment_list(uuid, uuid, uuid, app.team_role, boolean, text, int, text) is '{
	"doc": "Who is and was on which team.",
	"roles": ["member"], "access": "read", "result": "assignment[]",
	"params": {
		"audit": {"doc": "Of this audit."},
		"part": {"doc": "Of this part."},
		"person": {"doc": "Of this person."},
		"role": {"doc": "In this role."},
		"ended": {"doc": "Ended, or not."},
		"sort": {"doc": "Sorted by created_at, assigned_on; - before a name turns it round."}}}';
