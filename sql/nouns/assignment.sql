-- Assignments: the team of an audit.

create trigger stamp before update on app.assignment for each row execute function app.stamp();
create trigger changed after insert or update on app.assignment for each row execute function app.changed(assignment);

create view record.assignment with (security_invoker = true) as
	select s.organisation, s.id, s.audit, s.part, s.person, s.role,
		s.assigned_by, s.countersigned_by,
		s.assigned_on, s.ended_on, case when (select app.reads_directory())
			then coalesce(s.end_reason, app.said(s.ended_because)) end as end_reason, s.gave_way, s.impaired_at,
		exists (select from app.declaration d where d.organisation = s.organisation and d.assignment = s.id
			and d.lapsed_at is null) as declared,
		s.version, s.created_at, s.updated_at
	from app.assignment s;
comment on view record.assignment is '{
	"doc": "A person on the team of a part, or, as lead, of the whole audit.",
	"get": "One assignment.",
	"list": "Who is and was on which team.",
	"sorts": "-created_at, -assigned_on",
	"walks": "audit, person",
	"by": "role, audit, person",
	"filters": {
		"audit": "Of this audit.",
		"part": "Of this part.",
		"person": "Of this person.",
		"role": "In this role.",
		"ended": {"doc": "Ended, or not.", "is": "w.ended_on is not null"},
		"mine": {"doc": "Yours, or those of others.", "is": "w.person = (select app.me())"}}}';
comment on column record.assignment.audit is '!The audit.';
comment on column record.assignment.part is 'The part; none for a lead, who is on every part.';
comment on column record.assignment.person is '!Who.';
comment on column record.assignment.role is '!lead, auditor, technical_expert or trainee.';
comment on column record.assignment.assigned_by is '!Who assigned them; never on the team (S4).';
comment on column record.assignment.ended_on is 'Last day; none while they are on the team.';
comment on column record.assignment.impaired_at is 'When a fact came to light under which they had worked (S9).';
comment on column record.assignment.updated_at is '!When it last changed.';
comment on column record.assignment.declared is
	'Has a valid declaration of independence (as far as the reader may see it).';
comment on column record.assignment.countersigned_by is 'Who of management countersigned it (S4).';
comment on column record.assignment.end_reason is
	'Why it ended; for who reads the organisation''s directory, because it may tell of others'' responsibilities.';
comment on column record.assignment.gave_way is 'It gave way to a decision while the audit was only planned (S9).';

create or replace function app.require_covered(_audit app.audit) returns void
language plpgsql stable set search_path = '' as $$
begin
	if _audit.state in ('prepared', 'fieldwork', 'reporting') then
		perform app.refuse_reasons(array(select r from app.uncovered_criteria(app.org(), _audit.id) r));
	end if;
end
$$;
comment on function app.require_covered(app.audit) is
	'After a change of its team: refuses where a criterion of a prepared audit is no longer covered (S12).';

create or replace function method.assignment_assign(_audit app.audit, _person uuid, _role app.team_role,
	_part uuid default null) returns jsonb
language plpgsql set search_path = '' as $$
declare
	met constant app.reason[] := array(select r from app.proposal_reasons(_audit.id, _person) r);
	made uuid;
begin
	perform app.require_known(_person);
	if (_role = 'lead') <> (_part is null) then
		perform app.refuse_param('part', 'param.part_of_role', '{}');
	elsif _part is not null and not exists (select from app.part p where p.organisation = app.org()
		and p.audit = _audit.id and p.id = _part) then
		perform app.refuse_not_found('part');
	end if;
	perform app.refuse(no) from app.proposer_refusal(_audit.id, _person) no where met <> '{}' and no.code is not null;
	perform app.refuse_reasons(array(select r from app.reasons_against(app.org(), _audit.id, _part, _person,
		app.today()) r));
	perform app.refuse_incompetent(app.org(), _audit.id, _person, _role::text);
	if met <> '{}' then
		return app.made_or_proposed('assignment', null, app.propose('assignment.assign', jsonb_build_object('audit',
			_audit.id, 'part', _part, 'person', _person, 'role', _role), _audit.id, _person,
			app.audit_functions(_audit.id), app.say('proposal.assign', jsonb_build_object('by_person', app.me(),
			'person', _person, 'role', _role, 'audit', _audit.id, 'reason', met[1].data -> 'say'))));
	elsif _role = 'lead' and exists (select from app.assignment s where s.organisation = app.org()
		and s.audit = _audit.id and s.role = 'lead' and s.ended_on is null) then
		perform app.refuse(app.no('one_lead', 'assignment.one_lead'));
	elsif exists (select from app.assignment s where s.organisation = app.org() and s.audit = _audit.id
		and s.part is not distinct from _part and s.person = _person and s.ended_on is null) then
		perform app.refuse(app.no('known', 'assignment.known'));
	end if;
	insert into app.assignment (organisation, audit, part, person, role, assigned_by, countersigned_by, assigned_on,
		created_by)
	values (app.org(), _audit.id, _part, _person, _role, app.maker(), app.countersigner(), app.today(), app.maker())
	returning id into made;
	perform app.require_covered(_audit);
	return app.made_or_proposed('assignment', made, null);
end
$$;
comment on function method.assignment_assign is '{
	"doc": "Assigns a person to the team of a part, or as lead of the whole audit. Refused for whom S1 to S4 and S12 '
		'refuse, with every reason and date. From a programme manager, and from an administrator with a '
		'responsibility in scope, it is a proposal until management countersigns, and is judged anew then (S4).",
	"roles": ["administrator", "programme_manager"], "access": "write",
	"line": "app.lock_team(_r.id, array[_person])",
	"audit": ["planned", "prepared", "fieldwork", "reporting", "released"],
	"acts": "arranges",
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

create or replace function app.assignment_state(_assignment app.assignment) returns text
language sql immutable parallel safe
return case when _assignment.ended_on is null then 'active' else 'ended' end;

create or replace function app.ending_proposer_refusal(_assignment app.assignment) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when exists (select from app.proposal_reasons(_assignment.audit, _assignment.person))
		then app.proposer_refusal(_assignment.audit, _assignment.person) end;
end
$$;
comment on function app.ending_proposer_refusal(app.assignment) is
	'What stands against who would only propose that somebody comes off a team, and could not (S4).';

create or replace function method.assignment_end(_assignment app.assignment, _reason app.prose) returns jsonb
language plpgsql set search_path = '' as $$
declare
	met constant app.reason[] := array(select r from app.proposal_reasons(_assignment.audit, _assignment.person) r);
begin
	if met <> '{}' then
		return app.made_or_proposed('assignment', _assignment.id, app.propose('assignment.end',
			jsonb_build_object('id', _assignment.id, 'reason', _reason), _assignment.audit, _assignment.person,
			app.audit_functions(_assignment.audit), app.say('proposal.end', jsonb_build_object('by_person', app.me(),
			'person', _assignment.person, 'reason', met[1].data -> 'say'))));
	end if;
	perform app.end_assignment(app.org(), _assignment.id, _reason, null, false, false);
	perform app.require_covered(a) from app.audit a
		where a.organisation = app.org() and a.id = _assignment.audit and _assignment.role <> 'lead';
	return app.made_or_proposed('assignment', _assignment.id, null);
end
$$;
comment on function method.assignment_end is '{
	"doc": "Takes a person off a team. From a programme manager, and from an administrator with a responsibility in '
		'scope, it is a proposal until management countersigns (S4).",
	"roles": ["administrator", "programme_manager"], "access": "write", "version": true,
	"line": "app.lock_team(_r.audit, array[_r.person])",
	"rules": ["app.ending_proposer_refusal(_r)"],
	"needs": "app.obstacles(app.no_state(app.assignment_state(_r), ''{active}''))",
	"acts": "arranges",
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

create or replace function app.owed_assignment(_organisation uuid, _ids uuid[]) returns setof app.owed
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select s.id, s.audit, 'declaration.sign', s.person, false, a.starts_on::date,
		coalesce((select max(d.lapsed_at) from app.declaration d where d.organisation = s.organisation
			and d.assignment = s.id), s.created_at)
	from app.assignment s join app.audit a on a.organisation = s.organisation and a.id = s.audit
	where s.organisation = _organisation and s.id = any (_ids) and s.ended_on is null
		and a.state in ('planned', 'prepared', 'fieldwork', 'reporting')
		and not exists (select from app.declaration d where d.organisation = s.organisation and d.assignment = s.id
			and d.lapsed_at is null);
end
$$;
comment on function app.owed_assignment(uuid, uuid[]) is
	'Whoever joined a team signs their declaration, and signs it anew when it lapsed (S7).';
create trigger owes after insert or update on app.assignment for each row execute function app.owes('assignment');

-- When it ends, nothing more is owed of its declaration or of its person's interests.
create or replace function app.owes_on_assignment() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	perform app.owe('declaration', new.organisation, array(select d.id from app.declaration d
		where d.organisation = new.organisation and d.assignment = new.id and d.lapsed_at is null));
	perform app.owe('interest', new.organisation, array(select i.id from app.interest i
		where i.organisation = new.organisation and i.audit = new.audit and i.person = new.person));
	return null;
end
$$;
create trigger owes_on_assignment after insert or update of ended_on on app.assignment for each row
	execute function app.owes_on_assignment();
