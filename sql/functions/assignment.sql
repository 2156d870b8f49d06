-- The team: assignments and proposals (S4), competence (S12), declarations, interests and safeguards (S7), the owners'
-- confirmations, and impairments (S9).

create view record.assignment with (security_invoker = true) as
	select s.organisation, s.id, s.audit, a.reference as audit_reference, s.part, p.title as part_title, s.person, app.person_name(s.organisation, s.person) as person_name, s.role,
		s.assigned_by, app.person_name(s.organisation, s.assigned_by) as assigned_by_name, s.countersigned_by, app.person_name(s.organisation, s.countersigned_by) as countersigned_by_name,
		s.assigned_on, s.ended_on, case when (select app.reads_directory()) then s.end_reason end as end_reason, s.gave_way, s.impaired_at,
		exists (select from app.declaration d where d.organisation = s.organisation and d.assignment = s.id and d.lapsed_at is null) as declared,
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
comment on column record.assignment.declared is 'Has a valid declaration of independence (as far as the reader may see it).';
comment on column record.assignment.countersigned_by is 'Who of management countersigned it (S4).';
comment on column record.assignment.end_reason is 'Why it ended; for who reads the organisation''s directory, because it may tell of others'' responsibilities.';
comment on column record.assignment.gave_way is 'It gave way to a decision while the audit was only planned (S9).';

create function method.assignment_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('assignment', id);
end $$;
comment on function method.assignment_get(uuid) is '{"doc": "One assignment.", "roles": ["member"], "access": "read", "result": "assignment", "params": {"id": {"doc": "The assignment."}}}';

create view record.proposal with (security_invoker = true) as
	select p.organisation, p.id, p.method, p.params, p.audit, p.person, app.person_name(p.organisation, p.person) as person_name, p.summary, p.state,
		p.first_signed_by, app.person_name(p.organisation, p.first_signed_by) as first_signed_by_name, p.no_one_free,
		p.decided_by, app.person_name(p.organisation, p.decided_by) as decided_by_name, p.decided_at, p.decided_reason, p.outcome,
		p.created_by, app.person_name(p.organisation, p.created_by) as created_by_name, p.version, p.created_at, p.updated_at
	from app.proposal p;
comment on view record.proposal is 'What a programme manager, or someone with a responsibility in scope, may only propose (S4).';
comment on column record.proposal.method is '!What takes effect when it is countersigned.';
comment on column record.proposal.audit is 'The audit concerned.';
comment on column record.proposal.person is 'Whom it is about.';
comment on column record.proposal.person_name is 'Their name.';
comment on column record.proposal.summary is '!It in words.';
comment on column record.proposal.first_signed_by_name is 'Their name.';
comment on column record.proposal.decided_by is 'Who countersigned or declined it last.';
comment on column record.proposal.decided_by_name is 'Their name.';
comment on column record.proposal.decided_at is 'When.';
comment on column record.proposal.decided_reason is 'Why.';
comment on column record.proposal.created_by is '!Who proposed it.';
comment on column record.proposal.created_by_name is 'Their name.';
comment on column record.proposal.updated_at is '!When it last changed.';
comment on column record.proposal.params is '{"doc": "The parameters of the call that takes effect when it is countersigned.", "schema": {"type": "object"}}';
comment on column record.proposal.first_signed_by is 'The first of two of management who sign where none of them is free (S4).';
comment on column record.proposal.no_one_free is 'Nobody in management was free of it; the report discloses it.';
comment on column record.proposal.outcome is 'The record that it led to.';

create function method.proposal_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('proposal', id);
end $$;
comment on function method.proposal_get(uuid) is '{"doc": "One proposal.", "roles": ["member"], "access": "read", "result": "proposal", "params": {"id": {"doc": "The proposal."}}}';

set role ninetwo_owner;
create or replace function app.do_assign(audit uuid, part uuid, person uuid, role app.team_role, by_whom uuid, countersigned_by uuid) returns uuid language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	made uuid;
	a app.audit;
begin
	perform app.touch(app.org(), '{}', array[person], (select array_agg(f.function) from app.function_with_subs(app.org(), app.audit_functions(audit)) f), array[audit]);
	select * into a from app.audit x where x.organisation = app.org() and x.id = audit;
	if a.ended_on is not null then perform app.refuse_state(a.state, array['planned', 'prepared', 'fieldwork', 'reporting', 'released']); end if;
	perform app.refuse_reasons(array(select r from app.reasons_against(app.org(), audit, part, person, app.today()) r));
	perform app.refuse_incompetent(app.org(), audit, person, role::text);
	if role = 'lead' and exists (select from app.assignment s where s.organisation = app.org() and s.audit = audit and s.role = 'lead' and s.ended_on is null) then
		perform app.refuse('one_lead', 'The audit has a lead; end that assignment first.', '{}');
	end if;
	if exists (select from app.assignment s where s.organisation = app.org() and s.audit = audit and s.part is not distinct from part and s.person = person and s.ended_on is null) then
		perform app.refuse('known', 'They are on this team already.', '{}');
	end if;
	insert into app.assignment (organisation, audit, part, person, role, assigned_by, countersigned_by, assigned_on, created_by)
		values (app.org(), audit, part, person, role, by_whom, countersigned_by, app.today(), app.me()) returning id into made;
	perform app.arranges(audit, by_whom);
	if countersigned_by is not null then perform app.arranges(audit, countersigned_by); end if;
	if a.state in ('prepared', 'fieldwork', 'reporting') then
		perform app.refuse_reasons(array(select r from app.uncovered_criteria(app.org(), audit) r));
	end if;
	return made;
end $$;

create or replace function app.do_end_assignment(id uuid, reason text, by_whom uuid, countersigned_by uuid) returns void language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	s app.assignment;
	a app.audit;
begin
	select * into s from app.assignment x where x.organisation = app.org() and x.id = id;
	a := app.lock_team(s.audit, array[s.person]);
	select * into s from app.assignment x where x.organisation = app.org() and x.id = id;
	if s.ended_on is not null then perform app.refuse_state('ended', array['active']); end if;
	perform app.end_assignment(app.org(), id, reason, false, false);
	perform app.arranges(s.audit, by_whom);
	if countersigned_by is not null then perform app.arranges(s.audit, countersigned_by); end if;
	if a.state in ('prepared', 'fieldwork', 'reporting') and s.role <> 'lead' then
		perform app.refuse_reasons(array(select r from app.uncovered_criteria(app.org(), s.audit) r));
	end if;
end $$;
set role ninetwo_api;

create function method.assignment_assign(audit uuid, person uuid, role app.team_role, part uuid default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	met app.reason[];
	made uuid;
	proposed uuid;
	a app.audit;
begin
	perform method.audit_get(audit);
	perform method.person_get(person);
	if (role = 'lead') <> (part is null) then perform app.refuse_param('part', 'is given for every role but lead; a lead is on every part'); end if;
	if part is not null and not exists (select from app.part p where p.organisation = app.org() and p.audit = audit and p.id = part) then perform app.refuse_not_found('part'); end if;
	a := app.lock_team(audit, array[person]);
	met := array(select r from app.proposal_reasons(audit, person) r);
	if cardinality(met) > 0 then
		perform app.refuse_proposer(audit, person);
		perform app.refuse_reasons(array(select r from app.reasons_against(app.org(), audit, part, person, app.today()) r));
		perform app.refuse_incompetent(app.org(), audit, person, role::text);
		proposed := app.propose('assignment.assign', jsonb_build_object('audit', audit, 'part', part, 'person', person, 'role', role), audit, person, app.audit_functions(audit),
			format('%s proposes %s as %s of audit %s. %s', app.person_name(app.org(), app.me()), app.person_name(app.org(), person), replace(role::text, '_', ' '), a.reference, met[1].message));
	else
		made := app.do_assign(audit, part, person, role, app.me(), null);
	end if;
	return jsonb_build_object('assignment', case when made is not null then method.assignment_get(made) end, 'proposal', case when proposed is not null then method.proposal_get(proposed) end);
end $$;
comment on function method.assignment_assign(uuid, uuid, app.team_role, uuid) is '{
	"doc": "Assigns a person to the team of a part, or as lead of the whole audit. Refused for whom S1 to S4 and S12 refuse, with every reason and date. From a programme manager, and from an administrator with a responsibility in scope, it is a proposal until management countersigns, and is judged anew then (S4).",
	"roles": ["administrator", "programme_manager"], "access": "write",
	"params": {"audit": {"doc": "The audit."}, "person": {"doc": "Whom."}, "role": {"doc": "lead, auditor, technical_expert or trainee."}, "part": {"doc": "The part; left out for a lead."}},
	"result": {"type": "object", "required": ["assignment", "proposal"], "additionalProperties": false, "properties": {
		"assignment": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/assignment"}]}, "proposal": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/proposal"}]}}}}';

create function method.assignment_end(id uuid, version int, reason app.prose) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	met app.reason[];
	proposed uuid;
	s app.assignment;
begin
	perform method.assignment_get(id);
	select * into s from app.assignment x where x.organisation = app.org() and x.id = id;
	perform app.lock_team(s.audit, array[s.person]);
	select * into s from app.assignment x where x.organisation = app.org() and x.id = id;
	met := array(select r from app.proposal_reasons(s.audit, s.person) r);
	if cardinality(met) > 0 then perform app.refuse_proposer(s.audit, s.person); end if;
	perform app.require_version(s.version, version);
	if s.ended_on is not null then perform app.refuse_state('ended', array['active']); end if;
	if cardinality(met) > 0 then
		proposed := app.propose('assignment.end', jsonb_build_object('id', id, 'reason', reason), s.audit, s.person, app.audit_functions(s.audit),
			format('%s proposes to take %s off the team. %s', app.person_name(app.org(), app.me()), app.person_name(app.org(), s.person), met[1].message));
	else
		perform app.do_end_assignment(id, reason, app.me(), null);
	end if;
	return jsonb_build_object('assignment', method.assignment_get(id), 'proposal', case when proposed is not null then method.proposal_get(proposed) end);
end $$;
comment on function method.assignment_end(uuid, int, app.prose) is '{
	"doc": "Takes a person off a team. From a programme manager, and from an administrator with a responsibility in scope, it is a proposal until management countersigns (S4).",
	"roles": ["administrator", "programme_manager"], "access": "write",
	"params": {"id": {"doc": "The assignment."}, "version": {"doc": "The version that was read."}, "reason": {"doc": "Why."}},
	"result": {"type": "object", "required": ["assignment", "proposal"], "additionalProperties": false, "properties": {
		"assignment": {"$ref": "#/components/schemas/assignment"}, "proposal": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/proposal"}]}}}}';

set role ninetwo_owner;
create or replace function app.possible_management(p app.proposal) returns bigint language sql stable security definer set search_path = '' as $$
	select count(distinct m.person) from app.membership m where m.organisation = p.organisation and m.role = 'management' and m.held @> app.today()
		and m.person <> p.created_by and m.person is distinct from p.person
$$;
comment on function app.possible_management(app.proposal) is 'How many of management are neither the proposer nor the person that a proposal is about.';
create or replace function app.free_management(p app.proposal) returns bigint language sql stable security definer set search_path = '' as $$
	select count(distinct m.person) from app.membership m where m.organisation = p.organisation and m.role = 'management' and m.held @> app.today()
		and m.person <> p.created_by and m.person is distinct from p.person
		and not exists (select from app.responsible_reasons(p.organisation, m.person, p.functions, p.audit))
$$;
comment on function app.free_management(app.proposal) is 'How many of these have no responsibility for the functions concerned either: only where there is none do two of them sign (S4).';
create or replace function app.concerned(functions uuid[], audit uuid, person uuid) returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
	return array(select unnest($1) union select unnest(app.judged_functions(app.org(), a, null)) from unnest(case when $2 is null then app.competence_rests($3) else array[$2] end) a);
end $$;
comment on function app.concerned(uuid[], uuid, uuid) is 'The functions that a proposal concerns: those of the scope as it is, beside those it was proposed for.';
create or replace function app.decide_proposal(id uuid, version int, agreed boolean, reason text) returns void language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	p app.proposal;
	met app.reason[];
	outcome uuid;
begin
	select * into p from app.proposal x where x.organisation = app.org() and x.id = id for update;
	perform app.touch(app.org(), '{}', array[app.me(), p.person], (select array_agg(f.function) from app.function_with_subs(app.org(), app.concerned(p.functions, p.audit, p.person)) f), array[p.audit]);
	-- once more: while this waited in line the scope may have grown
	p.functions := app.concerned(p.functions, p.audit, p.person);
	if app.me() in (p.created_by, p.person) then
		perform app.refuse_separation('S4', 'A proposal is decided by neither its proposer nor the person it is about.', jsonb_build_object('rule', 'S4', 'person', app.me(), 'audit', p.audit));
	end if;
	met := array(select r from app.responsible_reasons(app.org(), app.me(), p.functions, p.audit) r);
	if cardinality(met) > 0 and app.free_management(p) > 0 then
		perform app.refuse_separation('S4', 'Who countersigns has no responsibility for the functions concerned. ' || met[1].message, met[1].data || '{"rule": "S4"}');
	elsif p.first_signed_by = app.me() then
		perform app.refuse_separation('S4', 'Nobody in management is free of these functions: the second signature is another person''s.', jsonb_build_object('rule', 'S4', 'person', app.me(), 'audit', p.audit));
	end if;
	perform app.require_version(p.version, version);
	perform app.require_state(p.state, array['open']);
	if agreed and cardinality(met) > 0 and p.first_signed_by is null and app.possible_management(p) > 1 then
		update app.proposal x set first_signed_by = app.me(), no_one_free = true where x.organisation = app.org() and x.id = id;
		return;
	end if;
	if agreed then
		if p.method = 'assignment.assign' then
			outcome := app.do_assign(p.audit, (p.params ->> 'part')::uuid, p.person, (p.params ->> 'role')::app.team_role, p.created_by, app.me());
		elsif p.method = 'assignment.end' then
			outcome := (p.params ->> 'id')::uuid;
			perform app.do_end_assignment(outcome, p.params ->> 'reason', p.created_by, app.me());
		elsif p.method = 'safeguard.record' then
			outcome := app.do_safeguard((p.params ->> 'interest')::uuid, (p.params ->> 'kind')::app.safeguard_kind, p.params ->> 'reason', p.created_by, app.me());
		elsif p.method = 'competence.record' then
			outcome := app.do_competence(p.person, (p.params ->> 'kind')::app.competence_kind, (p.params ->> 'framework')::uuid, p.params ->> 'evaluated_by', (p.params ->> 'evaluator')::uuid,
				p.params ->> 'method', (p.params ->> 'valid_from')::date, (p.params ->> 'valid_until')::date, p.created_by, true);
			perform app.arranges(a, w) from unnest(app.competence_rests(p.person)) a, unnest(array_remove(array[p.created_by, p.first_signed_by, app.me()], null)) w;
		end if;
	end if;
	if agreed and p.first_signed_by is not null and p.audit is not null then perform app.arranges(p.audit, p.first_signed_by); end if;
	update app.proposal x set state = case when agreed then 'countersigned' else 'declined' end, decided_by = app.me(), decided_at = now(), decided_reason = reason, outcome = outcome,
		no_one_free = x.no_one_free or (agreed and cardinality(met) > 0)
		where x.organisation = app.org() and x.id = id;
end $$;
set role ninetwo_api;

create function method.proposal_countersign(id uuid, version int, reason app.prose default null) returns jsonb language plpgsql as $$
begin
	perform method.proposal_get(id);
	perform app.decide_proposal(id, version, true, reason);
	return method.proposal_get(id);
end $$;
comment on function method.proposal_countersign(uuid, int, app.prose) is '{
	"doc": "Countersigns a proposal: what was proposed takes effect, judged anew under every rule (S4). Not by the proposer, not by the person it is about, not by who is responsible for a function concerned; where nobody in management is free of these, two of them sign. The report prints it.",
	"roles": ["management"], "access": "write", "result": "proposal", "params": {"id": {"doc": "The proposal."}, "version": {"doc": "The version that was read."}, "reason": {"doc": "Why."}}}';
create function method.proposal_decline(id uuid, version int, reason app.prose) returns jsonb language plpgsql as $$
begin
	perform method.proposal_get(id);
	perform app.decide_proposal(id, version, false, reason);
	return method.proposal_get(id);
end $$;
comment on function method.proposal_decline(uuid, int, app.prose) is '{"doc": "Declines a proposal, with a reason.", "roles": ["management"], "access": "write", "result": "proposal",
	"params": {"id": {"doc": "The proposal."}, "version": {"doc": "The version that was read."}, "reason": {"doc": "Why not."}}}';
create function method.proposal_withdraw(id uuid, version int) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare p app.proposal;
begin
	perform method.proposal_get(id);
	select * into p from app.proposal x where x.organisation = app.org() and x.id = id for update;
	if p.created_by <> app.me() then perform app.refuse('place', 'Only its proposer withdraws a proposal.', '{}'); end if;
	perform app.require_version(p.version, version);
	perform app.require_state(p.state, array['open']);
	update app.proposal x set state = 'withdrawn', decided_at = now() where x.organisation = app.org() and x.id = id;
	return method.proposal_get(id);
end $$;
comment on function method.proposal_withdraw(uuid, int) is '{"doc": "Takes one''s own proposal back.", "roles": ["administrator", "programme_manager"], "access": "write", "result": "proposal",
	"params": {"id": {"doc": "The proposal."}, "version": {"doc": "The version that was read."}}}';

-- ---------------------------------------------------------------------------------------------------------------------
-- Competence (S12)
-- ---------------------------------------------------------------------------------------------------------------------

create view record.competence with (security_invoker = true) as
	select c.organisation, c.id, c.person, app.person_name(c.organisation, c.person) as person_name, c.kind, c.framework, f.name || ' ' || f.edition as framework_name,
		c.evaluated_by, c.evaluator, c.method, c.valid_from, c.valid_until, c.version, c.created_at, c.updated_at
	from app.competence c left join app.framework f on f.id = c.framework;
comment on view record.competence is 'An evaluated competence: for a criterion, or as a lead.';
comment on column record.competence.person is '!Whose.';
comment on column record.competence.person_name is 'Their name.';
comment on column record.competence.kind is '!criterion or lead.';
comment on column record.competence.framework is 'For a criterion: the framework.';
comment on column record.competence.framework_name is 'Its name and edition.';
comment on column record.competence.evaluated_by is '!Who evaluated, in words.';
comment on column record.competence.evaluator is 'Who evaluated, where they are recorded here.';
comment on column record.competence.method is '!How: review of records, observation, interview, test.';
comment on column record.competence.valid_from is '!First day.';
comment on column record.competence.updated_at is '!When it last changed.';
create function method.competence_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('competence', id);
end $$;
comment on function method.competence_get(uuid) is '{"doc": "One competence record.", "roles": ["member"], "access": "read", "result": "competence", "params": {"id": {"doc": "The record."}}}';

set role ninetwo_owner;
create or replace function app.do_competence(person uuid, kind app.competence_kind, framework uuid, evaluated_by text, evaluator uuid, method text, valid_from date, valid_until date,
	by_whom uuid, countersigned boolean) returns uuid
	language sql security definer set search_path = '' as $$
	insert into app.competence (organisation, person, kind, framework, evaluated_by, evaluator, method, valid_from, valid_until, created_by, countersigned)
	values (app.org(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id
$$;
create or replace function app.competence_rests(person uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(distinct s.audit), '{}') from app.assignment s join app.audit a on a.organisation = s.organisation and a.id = s.audit
	where s.organisation = app.org() and s.person = $1 and s.ended_on is null and a.ended_on is null
$$;
set role ninetwo_api;

create function method.competence_record(person uuid, kind app.competence_kind, evaluated_by text, method app.prose, valid_from date, valid_until date,
	framework uuid default null, evaluator uuid default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	a uuid;
	made uuid;
	met app.reason[] := '{}';
begin
	perform method.person_get(person);
	if (kind = 'criterion') <> (framework is not null) then perform app.refuse_param('framework', 'is given for kind criterion and for nothing else'); end if;
	if framework is not null and not exists (select from app.framework f where f.id = framework) then perform app.refuse_not_found('framework'); end if;
	if valid_until < valid_from then perform app.refuse_param('valid_until', 'is not before valid_from'); end if;
	if evaluator = person or person = app.me() then
		perform app.refuse_separation('S12', 'A competence is evaluated and recorded by someone else.', jsonb_build_object('rule', 'S12', 'person', person));
	end if;
	foreach a in array app.competence_rests(person) loop
		perform app.lock_team(a, array[person]);
		met := met || array(select r from app.s4_reasons(a, array[person]) r);
	end loop;
	if cardinality(met) > 0 then
		made := app.propose('competence.record',
			jsonb_build_object('person', person, 'kind', kind, 'framework', framework, 'evaluated_by', evaluated_by, 'evaluator', evaluator, 'method', method, 'valid_from', valid_from, 'valid_until', valid_until),
			null, person, (select array_agg(distinct f) from unnest(app.competence_rests(person)) x, unnest(app.audit_functions(x)) f),
			format('%s proposes a competence record for %s. %s', app.person_name(app.org(), app.me()), app.person_name(app.org(), person), met[1].message));
		return jsonb_build_object('competence', null, 'proposal', method.proposal_get(made));
	end if;
	for a in select unnest(app.competence_rests(person)) loop perform app.arranges(a, app.me()); end loop;
	made := app.do_competence(person, kind, framework, evaluated_by, evaluator, method, valid_from, valid_until, app.me(), false);
	return jsonb_build_object('competence', method.competence_get(made), 'proposal', null);
end $$;
comment on function method.competence_record(uuid, app.competence_kind, text, app.prose, date, date, uuid, uuid) is '{
	"doc": "Records an evaluated competence of an auditor (ISO 19011 clause 7): for a criterion, or as a lead. Evaluated by someone else (S12); a record that an assignment rests on is arranged under S4.",
	"roles": ["administrator"], "access": "write",
	"params": {"person": {"doc": "The auditor."}, "kind": {"doc": "criterion or lead."}, "evaluated_by": {"doc": "Who evaluated, in words."}, "method": {"doc": "How: review of records, observation, interview, test."},
		"valid_from": {"doc": "First day."}, "valid_until": {"doc": "Last day."}, "framework": {"doc": "For a criterion: the framework."}, "evaluator": {"doc": "Who evaluated, if recorded here."}},
	"result": {"type": "object", "required": ["competence", "proposal"], "additionalProperties": false, "properties": {
		"competence": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/competence"}]}, "proposal": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/proposal"}]}}}}';

-- ---------------------------------------------------------------------------------------------------------------------
-- Declarations, interests, safeguards (S7)
-- ---------------------------------------------------------------------------------------------------------------------

create view record.declaration with (security_invoker = true) as
	select d.organisation, d.id, d.assignment, d.audit, a.reference as audit_reference, d.person, app.person_name(d.organisation, d.person) as person_name, d.functions, d.statement, d.signed_at,
		d.lapsed_at, d.lapse_reason, d.confirmed_at,
		(select count(*)::int from app.interest i where i.organisation = d.organisation and i.audit = d.audit and i.person = d.person and i.withdrawn_at is null) as interests,
		(select count(*)::int from app.interest i where i.organisation = d.organisation and i.audit = d.audit and i.person = d.person and i.withdrawn_at is null and i.safeguard is null) as unguarded,
		d.version, d.created_at, d.updated_at
	from app.declaration d join app.audit a on a.organisation = d.organisation and a.id = d.audit;
comment on view record.declaration is 'A signed declaration of independence (S7).';
comment on column record.declaration.assignment is '!The assignment that it was signed for.';
comment on column record.declaration.audit is '!The audit.';
comment on column record.declaration.audit_reference is '!Its reference.';
comment on column record.declaration.person is '!Who signed.';
comment on column record.declaration.person_name is 'Their name.';
comment on column record.declaration.statement is '!What was declared.';
comment on column record.declaration.lapsed_at is 'When it lapsed and had to be signed anew.';
comment on column record.declaration.lapse_reason is 'Why.';
comment on column record.declaration.interests is '!How many interests they have in this audit.';
comment on column record.declaration.updated_at is '!When it last changed.';
comment on column record.declaration.functions is 'The functions in scope that it was signed for.';
comment on column record.declaration.unguarded is 'Interests without a safeguard: while there is one, its signer neither reads nor records.';
comment on column record.declaration.confirmed_at is 'When it was confirmed before the release.';
create function method.declaration_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('declaration', id);
end $$;
comment on function method.declaration_get(uuid) is '{"doc": "One declaration.", "roles": ["member"], "access": "read", "result": "declaration", "params": {"id": {"doc": "The declaration."}}}';

create view record.interest with (security_invoker = true) as
	select i.organisation, i.id, i.audit, i.person, app.person_name(i.organisation, i.person) as person_name, i.function, app.function_name(i.organisation, i.function) as function_name,
		i.kind, i.description, i.derived, i.safeguard, s.kind as safeguard_kind, s.reason as safeguard_reason, i.withdrawn_at, i.version, i.created_at, i.updated_at
	from app.interest i left join app.safeguard s on s.organisation = i.organisation and s.id = i.safeguard;
comment on view record.interest is 'An interest other than what S1 to S3 name: it blocks until a safeguard is recorded (S7).';
comment on column record.interest.audit is '!The audit.';
comment on column record.interest.person_name is 'Their name.';
comment on column record.interest.function is 'In which function; none: in the audit.';
comment on column record.interest.function_name is 'Its name.';
comment on column record.interest.kind is '!designed, built, advised, funds, manages, reports_to, offered_post, relation, financial, attestation or other.';
comment on column record.interest.description is '!It in words.';
comment on column record.interest.safeguard is 'What lets them go on.';
comment on column record.interest.safeguard_kind is 'Of what kind.';
comment on column record.interest.safeguard_reason is 'Why it suffices.';
comment on column record.interest.withdrawn_at is 'When it ceased to count.';
comment on column record.interest.updated_at is '!When it last changed.';
comment on column record.interest.derived is 'Taken from the records, whatever was declared.';
create function method.interest_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('interest', id);
end $$;
comment on function method.interest_get(uuid) is '{"doc": "One interest.", "roles": ["member"], "access": "read", "result": "interest", "params": {"id": {"doc": "The interest."}}}';

create function method.declaration_sign(assignment uuid, statement text, interests jsonb default null, responsibilities jsonb default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	s app.assignment;
	a app.audit;
	made uuid;
	i jsonb;
	fns uuid[];
begin
	perform method.assignment_get(assignment);
	select * into s from app.assignment x where x.organisation = app.org() and x.id = assignment;
	if s.person <> app.me() then perform app.refuse('place', 'Everyone signs their own declaration.', jsonb_build_object('assignment', assignment)); end if;
	a := app.lock_team(s.audit, array[s.person]);
	select * into s from app.assignment x where x.organisation = app.org() and x.id = assignment;
	if s.ended_on is not null or a.ended_on is not null then perform app.refuse_state('ended', array['active']); end if;
	if jsonb_array_length(coalesce(responsibilities, '[]')) > 0 then
		-- What S1 to S3 name is a record, and no safeguard lifts it: the fact is entered, the assignment ends.
		perform app.declared_responsibility(s.id, r) from jsonb_array_elements(responsibilities) r;
		return jsonb_build_object('declaration', null, 'assignment', method.assignment_get(assignment));
	end if;
	fns := app.audit_functions_of_part(s.audit, s.part);
	update app.declaration d set lapsed_at = now(), lapse_reason = 'Signed anew.' where d.organisation = app.org() and d.assignment = assignment and d.lapsed_at is null;
	insert into app.declaration (organisation, assignment, audit, person, functions, statement, created_by)
		values (app.org(), assignment, s.audit, app.me(), fns, statement, app.me()) returning declaration.id into made;
	for i in select x from jsonb_array_elements(coalesce(interests, '[]')) x loop
		if i ->> 'function' is not null and not ((i ->> 'function')::uuid = any (fns)) then perform app.refuse_param('interests', 'names a function that is not in scope'); end if;
		if not exists (select from app.interest x where x.organisation = app.org() and x.audit = s.audit and x.person = app.me() and x.kind::text = i ->> 'kind'
				and x.function is not distinct from (i ->> 'function')::uuid and x.withdrawn_at is null) then
			insert into app.interest (organisation, audit, person, function, kind, description, created_by)
				values (app.org(), s.audit, app.me(), (i ->> 'function')::uuid, (i ->> 'kind')::app.interest_kind, i ->> 'description', app.me());
		end if;
	end loop;
	return jsonb_build_object('declaration', method.declaration_get(made), 'assignment', method.assignment_get(assignment));
end $$;
comment on function method.declaration_sign(uuid, text, jsonb, jsonb) is '{
	"doc": "Signs one''s declaration of independence for an assignment (S7). What S1 to S3 name is entered as a responsibility and ends the assignment; any other interest blocks until a safeguard is recorded. Until it is signed nothing of the audit is read or recorded.",
	"roles": ["auditor"], "access": "write",
	"params": {"assignment": {"doc": "One''s assignment."}, "statement": {"doc": "What is declared, in one''s own words or those of the organisation''s form."},
		"interests": {"doc": "Who designed, built, advised on or funds a function in scope, manages or reports to one who does, is offered a post there, or the like.", "schema": {"type": "array", "maxItems": 50, "items": {"type": "object", "required": ["kind", "description"], "additionalProperties": false,
			"properties": {"kind": {"enum": ["designed", "built", "advised", "funds", "manages", "reports_to", "offered_post", "relation", "financial", "other"]}, "description": {"type": "string", "minLength": 1, "maxLength": 20000}, "function": {"type": "string", "format": "uuid"}}}}},
		"responsibilities": {"doc": "What one owns, operates or monitors in scope, now or in the window.", "schema": {"type": "array", "maxItems": 50, "items": {"type": "object", "required": ["function", "kind", "from_date"], "additionalProperties": false,
			"properties": {"function": {"type": "string", "format": "uuid"}, "kind": {"enum": ["owns", "operates", "monitors"]}, "from_date": {"type": "string", "format": "date"}, "until_date": {"type": "string", "format": "date"}}}}}},
	"result": {"type": "object", "required": ["declaration", "assignment"], "additionalProperties": false, "properties": {
		"declaration": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/declaration"}]}, "assignment": {"$ref": "#/components/schemas/assignment"}}}}';

set role ninetwo_owner;
create or replace function app.audit_functions_of_part(audit uuid, part uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
	select coalesce(array_agg(distinct pf.function), '{}') from app.part_function pf where pf.organisation = app.org() and pf.audit = $1 and ($2 is null or pf.part = $2)
$$;
create or replace function app.declared_responsibility(assignment uuid, r jsonb) returns void language plpgsql security definer set search_path = '' as $$
declare s app.assignment;
begin
	select * into s from app.assignment x where x.organisation = app.org() and x.id = assignment;
	if not exists (select from app.function_with_subs(app.org(), app.audit_functions_of_part(s.audit, s.part)) f where f.function = (r ->> 'function')::uuid) then
		perform app.refuse_param('responsibilities', 'names a function that is not in scope');
	end if;
	if (r ->> 'from_date')::date > app.today() then perform app.refuse_param('responsibilities', 'begins in the future: that is a decision, for an administrator to record'); end if;
	if (r ->> 'until_date')::date < least((r ->> 'from_date')::date, app.today() - 1) then perform app.refuse_param('responsibilities', 'ends before it begins'); end if;
	-- One that begins today is a fact already: it is entered as of yesterday's end.
	insert into app.responsibility (organisation, person, function, kind, acting_for, from_date, until_date, created_by)
	values (app.org(), s.person, (r ->> 'function')::uuid, (r ->> 'kind')::app.responsibility_kind,
		case when r ->> 'kind' = 'owns' then (select o.person from app.responsibility o where o.organisation = app.org() and o.function = (r ->> 'function')::uuid and o.kind = 'owns' and o.acting_for is null and o.person <> s.person
			and o.held && daterange(least((r ->> 'from_date')::date, app.today() - 1), (r ->> 'until_date')::date, '[]') order by o.from_date desc limit 1) end,
		least((r ->> 'from_date')::date, app.today() - 1), (r ->> 'until_date')::date, app.me());
end $$;
comment on function app.declared_responsibility(uuid, jsonb) is 'Enters what a declaration itself names under S1: a fact, with all that S9 says of facts.';

create or replace function app.do_safeguard(interest uuid, kind app.safeguard_kind, reason text, by_whom uuid, countersigned_by uuid) returns uuid language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	i app.interest;
	made uuid;
begin
	select * into i from app.interest x where x.organisation = app.org() and x.id = interest;
	perform app.lock_audit(i.audit);
	select * into i from app.interest x where x.organisation = app.org() and x.id = interest;
	if i.safeguard is not null then perform app.refuse_state('safeguarded', array['open']); end if;
	insert into app.safeguard (organisation, audit, person, kind, reason, countersigned_by, created_by)
		values (app.org(), i.audit, i.person, kind, reason, countersigned_by, by_whom) returning id into made;
	update app.interest x set safeguard = made where x.organisation = app.org() and x.id = interest;
	perform app.arranges(i.audit, by_whom);
	if countersigned_by is not null then perform app.arranges(i.audit, countersigned_by); end if;
	return made;
end $$;
set role ninetwo_api;

create view record.safeguard with (security_invoker = true) as
	select s.organisation, s.id, s.audit, s.person, app.person_name(s.organisation, s.person) as person_name, s.kind, s.reason, s.countersigned_by, s.created_by,
		app.person_name(s.organisation, s.created_by) as created_by_name, s.version, s.created_at, s.updated_at
	from app.safeguard s;
comment on view record.safeguard is 'What was arranged so that an interest does not decide an audit, and why it suffices (S7).';
comment on column record.safeguard.audit is '!The audit.';
comment on column record.safeguard.person_name is 'Their name.';
comment on column record.safeguard.kind is '!other_auditor, second_auditor, outside_supervision or exclusion.';
comment on column record.safeguard.reason is '!Why it suffices.';
comment on column record.safeguard.countersigned_by is 'Who of management countersigned it (S4).';
comment on column record.safeguard.created_by is '!Who recorded it; never on the team (S4).';
comment on column record.safeguard.created_by_name is 'Their name.';
comment on column record.safeguard.updated_at is '!When it last changed.';
create function method.safeguard_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('safeguard', id);
end $$;
comment on function method.safeguard_get(uuid) is '{"doc": "One safeguard.", "roles": ["member"], "access": "read", "result": "safeguard", "params": {"id": {"doc": "The safeguard."}}}';

create function method.safeguard_record(interest uuid, kind app.safeguard_kind, reason app.prose) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	i app.interest;
	met app.reason[];
	made uuid;
begin
	perform method.interest_get(interest);
	select * into i from app.interest x where x.organisation = app.org() and x.id = interest;
	perform app.lock_team(i.audit, array[i.person]);
	select * into i from app.interest x where x.organisation = app.org() and x.id = interest;
	met := array(select r from app.s4_reasons(i.audit, array[i.person]) r);
	if i.withdrawn_at is not null then perform app.refuse_state('withdrawn', array['open']); end if;
	if i.safeguard is not null then perform app.refuse_state('safeguarded', array['open']); end if;
	if cardinality(met) > 0 then
		made := app.propose('safeguard.record', jsonb_build_object('interest', interest, 'kind', kind, 'reason', reason), i.audit, i.person, app.audit_functions(i.audit),
			format('%s proposes a safeguard for an interest of %s. %s', app.person_name(app.org(), app.me()), app.person_name(app.org(), i.person), met[1].message));
		return jsonb_build_object('safeguard', null, 'proposal', method.proposal_get(made));
	end if;
	made := app.do_safeguard(interest, kind, reason, app.me(), null);
	return jsonb_build_object('safeguard', method.safeguard_get(made), 'proposal', null);
end $$;
comment on function method.safeguard_record(uuid, app.safeguard_kind, app.prose) is '{
	"doc": "Records the safeguard that lets a team member with an interest go on, and why it suffices (S7). Printed in the report. From one with a responsibility in scope a proposal (S4).",
	"roles": ["administrator", "management"], "access": "write",
	"params": {"interest": {"doc": "The interest."}, "kind": {"doc": "The scope item to another auditor, a second auditor with review of the papers, outside supervision, or exclusion of the item."}, "reason": {"doc": "Why it suffices."}},
	"result": {"type": "object", "required": ["safeguard", "proposal"], "additionalProperties": false, "properties": {
		"safeguard": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/safeguard"}]}, "proposal": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/proposal"}]}}}}';

create function method.interest_declare(audit uuid, kind app.interest_kind, description app.prose, function uuid default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare made uuid;
begin
	perform method.audit_get(audit);
	if not exists (select from app.assignment s where s.organisation = app.org() and s.audit = audit and s.person = app.me() and s.ended_on is null) then
		perform app.refuse('place', 'Only someone on the team of the audit declares an interest.', jsonb_build_object('audit', audit));
	end if;
	perform app.lock_audit(audit);
	if function is not null and not (function = any (app.audit_functions(audit))) then perform app.refuse_param('function', 'is not in scope'); end if;
	insert into app.interest (organisation, audit, person, function, kind, description, created_by)
		values (app.org(), audit, app.me(), function, kind, description, app.me()) returning interest.id into made;
	update app.declaration d set lapsed_at = now(), lapse_reason = 'An interest changed.' where d.organisation = app.org() and d.audit = audit and d.person = app.me() and d.lapsed_at is null;
	return method.interest_get(made);
end $$;
comment on function method.interest_declare(uuid, app.interest_kind, app.prose, uuid) is '{
	"doc": "Declares an interest that began after signing: the declaration lapses and is signed anew, and a safeguard is recorded first (S7).", "roles": ["auditor"], "access": "write", "result": "interest",
	"params": {"audit": {"doc": "The audit."}, "kind": {"doc": "Its kind."}, "description": {"doc": "What it is."}, "function": {"doc": "The function that it concerns."}}}';

create function method.declaration_confirm(id uuid, version int) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare d app.declaration;
begin
	perform method.declaration_get(id);
	select * into d from app.declaration x where x.organisation = app.org() and x.id = id;
	if d.person <> app.me() then perform app.refuse('place', 'Everyone confirms their own declaration.', '{}'); end if;
	perform app.lock_audit(d.audit);
	perform app.require_version(d.version, version);
	if d.lapsed_at is not null then perform app.refuse_state('lapsed', array['valid']); end if;
	update app.declaration x set confirmed_at = now() where x.organisation = app.org() and x.id = id;
	return method.declaration_get(id);
end $$;
comment on function method.declaration_confirm(uuid, int) is '{"doc": "Confirms, before the release, that one''s declaration still holds (S7).", "roles": ["auditor"], "access": "write", "result": "declaration",
	"params": {"id": {"doc": "One''s declaration."}, "version": {"doc": "The version that was read."}}}';

-- ---------------------------------------------------------------------------------------------------------------------
-- The owners' confirmations, impairments
-- ---------------------------------------------------------------------------------------------------------------------

create view record.confirmation with (security_invoker = true) as
	select c.organisation, c.id, c.audit, c.function, app.function_name(c.organisation, c.function) as function_name, c.person, app.person_name(c.organisation, c.person) as person_name,
		c.note, c.version, c.created_at, c.updated_at
	from app.confirmation c;
comment on view record.confirmation is 'The owner of a function confirmed who operates and monitors it.';
comment on column record.confirmation.function is '!The function.';
comment on column record.confirmation.function_name is 'Its name.';
comment on column record.confirmation.person is '!Who confirmed.';
comment on column record.confirmation.person_name is 'Their name.';
comment on column record.confirmation.note is 'What they said with it.';
comment on column record.confirmation.updated_at is '!When it last changed.';

set role ninetwo_owner;
create or replace function app.answers_for(function uuid) returns boolean language sql stable security definer set search_path = '' as $$
	select exists (
		select from app.function_with_parents(app.org(), array[$1]) f
		join app.responsibility r on r.organisation = app.org() and r.function = f.function and r.kind = 'owns' and r.person = app.me() and r.held @> app.today()
		union all
		select from app.function f where f.organisation = app.org() and f.id = $1 and f.answerable = app.me()
			and not exists (select from app.responsibility o where o.organisation = f.organisation and o.function = f.id and o.kind = 'owns' and o.acting_for is null and o.held @> app.today()))
$$;
comment on function app.answers_for(uuid) is 'Does the caller own the function, act for its owner, or answer for it in want of one?';
set role ninetwo_api;

create function method.confirmation_give(audit uuid, function uuid, note app.prose default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	made uuid;
	r jsonb;
begin
	perform method.audit_get(audit);
	perform method.function_get(function);
	if not (function = any (app.audit_functions(audit))) then perform app.refuse_param('function', 'is not in the audit''s scope'); end if;
	if not app.answers_for(function) then
		perform app.refuse('place', 'Only the function''s owner, or who answers for it, confirms who operates and monitors it.', jsonb_build_object('function', function));
	end if;
	perform app.lock_audit(audit);
	insert into app.confirmation (organisation, audit, function, person, note, created_by) values (app.org(), audit, function, app.me(), note, app.me())
		on conflict on constraint confirmation_organisation_audit_function_key do update set person = excluded.person, note = excluded.note, updated_at = clock_timestamp()
		returning confirmation.id into made;
	return app.one('confirmation', made);
end $$;
comment on function method.confirmation_give(uuid, uuid, app.prose) is '{
	"doc": "The owner of a function confirms, for an audit of it, that the records of who operates and monitors it are complete.", "roles": ["member"], "access": "write", "result": "confirmation",
	"params": {"audit": {"doc": "The audit."}, "function": {"doc": "The function."}, "note": {"doc": "What the auditors should know."}}}';

create view record.impairment with (security_invoker = true) as
	select i.organisation, i.id, i.audit, a.reference as audit_reference, i.assignment, i.person, app.person_name(i.organisation, i.person) as person_name, i.rule, i.from_date, i.explanation,
		i.version, i.created_at, i.updated_at
	from app.impairment i join app.audit a on a.organisation = i.organisation and a.id = i.audit;
comment on view record.impairment is 'A fact that came to light and impaired a person''s work in an audit (S9).';
comment on column record.impairment.audit is '!The audit.';
comment on column record.impairment.audit_reference is '!Its reference.';
comment on column record.impairment.assignment is '!The assignment that it impaired.';
comment on column record.impairment.person is '!Whose work.';
comment on column record.impairment.person_name is 'Their name.';
comment on column record.impairment.rule is '!The rule that it breaks.';
comment on column record.impairment.explanation is '!What came to light, in words.';
comment on column record.impairment.updated_at is '!When it last changed.';


comment on column record.assignment.created_at is '!When it was made.';
comment on column record.assignment.assigned_on is '!First day.';

create function method.assignment_list(audit uuid default null, part uuid default null, person uuid default null, role app.team_role default null, ended boolean default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('assignment', case when app.reads_audits() then null::jsonb else app.branch('person', array[app.me()]) || app.branch('audit', app.my_planned_audits()) end,
		jsonb_build_object('audit', audit, 'part', part, 'person', person, 'role', role, 'ended_on', jsonb_build_object('null', not ended)), '-created_at, -assigned_on', sort, "limit", after);
end $$;
comment on function method.assignment_list(uuid, uuid, uuid, app.team_role, boolean, text, int, text) is '{"doc": "Who is and was on which team.", "roles": ["member"], "access": "read", "result": "assignment[]", "params": {"audit": {"doc": "Of this audit."}, "part": {"doc": "Of this part."}, "person": {"doc": "Of this person."}, "role": {"doc": "In this role."}, "ended": {"doc": "Ended, or not."}, "sort": {"doc": "Sorted by created_at, assigned_on; - before a name turns it round."}}}';
comment on column record.proposal.created_at is '!When it was made.';
comment on column record.proposal.state is '!open, countersigned, declined or withdrawn.';

create function method.proposal_list(state text default null, audit uuid default null, person uuid default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('proposal', case when app.reads_audits() then null::jsonb else app.branch('created_by', array[app.me()]) end,
		jsonb_build_object('state', state, 'audit', audit, 'person', person), '-created_at, state', sort, "limit", after);
end $$;
comment on function method.proposal_list(text, uuid, uuid, text, int, text) is '{"doc": "What waits for management''s countersignature under S4, and what came of it.", "roles": ["member"], "access": "read", "result": "proposal[]", "params": {"state": {"doc": "open, countersigned, declined or withdrawn."}, "audit": {"doc": "For this audit."}, "person": {"doc": "About this person."}, "sort": {"doc": "Sorted by created_at, state; - before a name turns it round."}}}';
comment on column record.competence.valid_until is '!Last day.';
comment on column record.competence.created_at is '!When it was recorded.';

create function method.competence_list(person uuid default null, kind app.competence_kind default null, framework uuid default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('competence', case when app.reads_audits() then null::jsonb else app.branch('person', array[app.me()]) end,
		jsonb_build_object('person', person, 'kind', kind, 'framework', framework), '-valid_until, -created_at', sort, "limit", after);
end $$;
comment on function method.competence_list(uuid, app.competence_kind, uuid, text, int, text) is '{"doc": "Competence records.", "roles": ["member"], "access": "read", "result": "competence[]", "params": {"person": {"doc": "Of this person."}, "kind": {"doc": "criterion or lead."}, "framework": {"doc": "For this framework."}, "sort": {"doc": "Sorted by valid_until, created_at; - before a name turns it round."}}}';
comment on column record.declaration.created_at is '!When it was recorded.';
comment on column record.declaration.signed_at is '!When.';

create function method.declaration_list(audit uuid default null, person uuid default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('declaration', app.team_branches(),
		jsonb_build_object('audit', audit, 'person', person), '-created_at, -signed_at', sort, "limit", after);
end $$;
comment on function method.declaration_list(uuid, uuid, text, int, text) is '{"doc": "Declarations of independence.", "roles": ["member"], "access": "read", "result": "declaration[]", "params": {"audit": {"doc": "Of this audit."}, "person": {"doc": "Of this person."}, "sort": {"doc": "Sorted by created_at, signed_at; - before a name turns it round."}}}';
comment on column record.interest.created_at is '!When it was recorded.';
comment on column record.interest.person is '!Whose.';

create function method.interest_list(audit uuid default null, person uuid default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('interest', app.team_branches(),
		jsonb_build_object('audit', audit, 'person', person), '-created_at, person', sort, "limit", after);
end $$;
comment on function method.interest_list(uuid, uuid, text, int, text) is '{"doc": "Declared and derived interests.", "roles": ["member"], "access": "read", "result": "interest[]", "params": {"audit": {"doc": "Of this audit."}, "person": {"doc": "Of this person."}, "sort": {"doc": "Sorted by created_at, person; - before a name turns it round."}}}';
comment on column record.safeguard.created_at is '!When it was recorded.';
comment on column record.safeguard.person is '!Whose.';

create function method.safeguard_list(audit uuid default null, person uuid default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('safeguard', app.team_branches(),
		jsonb_build_object('audit', audit, 'person', person), '-created_at, person', sort, "limit", after);
end $$;
comment on function method.safeguard_list(uuid, uuid, text, int, text) is '{"doc": "Safeguards.", "roles": ["member"], "access": "read", "result": "safeguard[]", "params": {"audit": {"doc": "Of this audit."}, "person": {"doc": "Of this person."}, "sort": {"doc": "Sorted by created_at, person; - before a name turns it round."}}}';
comment on column record.impairment.created_at is '!When it was recorded.';
comment on column record.impairment.from_date is '!When.';

create function method.impairment_list(audit uuid default null, person uuid default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('impairment', app.team_branches(),
		jsonb_build_object('audit', audit, 'person', person), '-created_at, -from_date', sort, "limit", after);
end $$;
comment on function method.impairment_list(uuid, uuid, text, int, text) is '{"doc": "Facts that impaired a person''s work.", "roles": ["member"], "access": "read", "result": "impairment[]", "params": {"audit": {"doc": "Of this audit."}, "person": {"doc": "Of this person."}, "sort": {"doc": "Sorted by created_at, from_date; - before a name turns it round."}}}';
comment on column record.confirmation.created_at is '!When it was given.';
comment on column record.confirmation.audit is '!The audit.';

create function method.confirmation_list(audit uuid default null, function uuid default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('confirmation', case when app.reads_audits() then null::jsonb else app.branch('audit', app.my_planned_audits()) end,
		jsonb_build_object('audit', audit, 'function', function), '-created_at, audit', sort, "limit", after);
end $$;
comment on function method.confirmation_list(uuid, uuid, text, int, text) is '{"doc": "What owners confirmed of who operates and monitors their functions.", "roles": ["member"], "access": "read", "result": "confirmation[]", "params": {"audit": {"doc": "Of this audit."}, "function": {"doc": "Of this function."}, "sort": {"doc": "Sorted by created_at, audit; - before a name turns it round."}}}';
