-- Competence records of auditors (ISO 19011, clause 7; S12).

create trigger stamp before update on app.competence for each row execute function app.stamp();
create trigger changed after insert or update on app.competence for each row execute function app.changed(competence);

create view record.competence with (security_invoker = true) as
	select c.organisation, c.id, c.person, c.kind,
		c.framework,
		c.evaluated_by, c.evaluator, c.method, c.valid_from, c.valid_until, c.version, c.created_at, c.updated_at
	from app.competence c;
comment on view record.competence is '{
	"doc": "An evaluated competence: for a criterion, or as a lead.",
	"get": "One competence record.",
	"list": "Competence records.",
	"sorts": "-valid_until, -created_at",
	"walks": "person",
	"by": "person, kind, framework",
	"filters": {
		"person": "Of this person.",
		"kind": "criterion or lead.",
		"framework": "For this framework.",
		"current": {
			"doc": "Valid today, or not.",
			"is": "(select app.today()) between w.valid_from and w.valid_until"}}}';
comment on column record.competence.person is '!Whose.';
comment on column record.competence.kind is '!criterion or lead.';
comment on column record.competence.framework is 'For a criterion: the framework.';
comment on column record.competence.evaluated_by is '!Who evaluated, in words.';
comment on column record.competence.evaluator is 'Who evaluated, where they are recorded here.';
comment on column record.competence.method is '!How: review of records, observation, interview, test.';
comment on column record.competence.valid_from is '!First day.';
comment on column record.competence.updated_at is '!When it last changed.';

-- needs more than the gate: it is arranged for every audit that rests on it, not for one that the call names
create or replace function method.competence_record(_person uuid, _kind app.competence_kind, _evaluated_by app.title,
	_method app.prose, _valid_from app.day, _valid_until app.day, _framework uuid default null,
	_evaluator uuid default null) returns jsonb language plpgsql set search_path = '' as $$
declare
	rests uuid[];
	met app.reason[];
	made uuid;
begin
	perform app.require_known(_person);
	if (_kind = 'criterion') <> (_framework is not null) then
		perform app.refuse_param('framework', 'param.framework_of_kind', '{}');
	elsif _framework is not null and not exists (select from app.framework f where f.id = _framework) then
		perform app.refuse_not_found('framework');
	elsif _valid_until < _valid_from then
		perform app.refuse_param('valid_until', 'param.valid_until', '{}');
	elsif _person in (_evaluator, app.maker()) then
		perform app.refuse(app.no('S12', 's12.own', '{}', jsonb_build_object('person', _person)));
	end if;
	rests := app.lock_rests(_person);
	met := array(select r from unnest(rests) a cross join lateral app.s4_reasons(a, array[_person]) r);
	if met <> '{}' then
		return app.made_or_proposed('competence', null, app.propose('competence.record',
			jsonb_build_object('person', _person, 'kind', _kind, 'framework', _framework, 'evaluated_by', _evaluated_by,
				'evaluator', _evaluator, 'method', _method, 'valid_from', _valid_from, 'valid_until', _valid_until),
			null, _person, array(select distinct f from unnest(rests) a, unnest(app.audit_functions(a)) f),
			app.say('proposal.competence', jsonb_build_object('by_person', app.me(), 'person', _person,
				'reason', met[1].data -> 'say'))));
	end if;
	insert into app.competence (organisation, person, kind, framework, evaluated_by, evaluator, method, valid_from,
		valid_until, created_by, countersigned)
	values (app.org(), _person, _kind, _framework, _evaluated_by, _evaluator, _method, _valid_from, _valid_until,
		app.maker(), app.countersigner() is not null)
	returning id into made;
	perform app.arranged(a, app.maker(), made, app.signers()) from unnest(rests) a;
	return app.made_or_proposed('competence', made, null);
end
$$;
comment on function method.competence_record is '{
	"doc": "Records an evaluated competence of an auditor (ISO 19011 clause 7): for a criterion, or as a lead. '
		'Evaluated by someone else (S12); a record that an assignment rests on is arranged under S4.",
	"roles": ["administrator"], "access": "write",
	"result": {
		"type": "object", "required": ["competence", "proposal"], "additionalProperties": false,
		"properties": {
			"competence": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/competence"}]},
			"proposal": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/proposal"}]}}},
	"params": {
		"person": {"doc": "The auditor."},
		"kind": {"doc": "criterion or lead."},
		"evaluated_by": {"doc": "Who evaluated, in words."},
		"method": {"doc": "How: review of records, observation, interview, test."},
		"valid_from": {"doc": "First day."},
		"valid_until": {"doc": "Last day."},
		"framework": {"doc": "For a criterion: the framework."},
		"evaluator": {"doc": "Who evaluated, if recorded here."}}}';
comment on column record.competence.valid_until is '!Last day.';
comment on column record.competence.created_at is '!When it was recorded.';

