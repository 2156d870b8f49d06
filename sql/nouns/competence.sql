-- Competence records of auditors (ISO 19011, clause 7; S12).

create trigger stamp before update on app.competence for each row execute function app.stamp();
create trigger changed after insert or update on app.competence for each row execute function app.changed(competence);

create view record.competence with (security_invoker = true) as
	select c.organisation, c.id, c.person, app.person_name(c.organisation, c.person) as person_name, c.kind,
		c.framework, f.name || ' ' || f.edition as framework_name,
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

create or replace function method.competence_get(_id uuid) returns jsonb
language plpgsql stable as $$
begin
	return app.one('competence', _id);
end
$$;
comment on function method.competence_get(uuid) is '{
	"doc": "One competence record.",
	"roles": ["member"], "access": "read", "result": "competence",
	"params": {"id": {"doc": "The record."}}}';

create or replace function method.competence_record(_person uuid, _kind app.competence_kind, _evaluated_by text,
	_method app.prose, _valid_from date, _valid_until date, _framework uuid default null, _evaluator uuid default null)
	returns jsonb
language plpgsql as $$
declare
	a uuid;
	made uuid;
	met app.reason[] := '{}';
begin
	perform method.person_get(_person);
	if (_kind = 'criterion') <> (_framework is not null) then perform app.refuse_param('framework',
		'is given for kind criterion and for nothing else'); end if;
	if _framework is not null and not exists (select from app.framework f where f.id = _framework)
		then perform app.refuse_not_found('framework'); end if;
	if _valid_until < _valid_from then perform app.refuse_param('valid_until', 'is not before valid_from'); end if;
	if _evaluator = _person or _person = app.me() then
		perform app.refuse_separation('S12', 'A competence is evaluated and recorded by someone else.',
			jsonb_build_object('rule', 'S12', 'person', _person));
	end if;
	foreach a in array app.competence_rests(_person) loop
		perform app.lock_team(a, array[_person]);
		met := met || array(select r from app.s4_reasons(a, array[_person]) r);
	end loop;
	if cardinality(met) > 0 then
		made := app.propose('competence.record',
			jsonb_build_object('person', _person, 'kind', _kind, 'framework', _framework, 'evaluated_by', _evaluated_by,
				'evaluator', _evaluator, 'method', _method, 'valid_from', _valid_from, 'valid_until', _valid_until),
			null, _person,
				(select array_agg(distinct f) from unnest(app.competence_rests(_person)) x,
				unnest(app.audit_functions(x)) f),
			format('%s proposes a competence record for %s. %s', app.person_name(app.org(), app.me()),
				app.person_name(app.org(), _person), met[1].message));
		return jsonb_build_object('competence', null, 'proposal', method.proposal_get(made));
	end if;
	for a in select unnest(app.competence_rests(_person)) loop perform app.arranged(a, app.me()); end loop;
	made := app.do_competence(_person, _kind, _framework, _evaluated_by, _evaluator, _method, _valid_from, _valid_until,
		app.me(), false);
	return jsonb_build_object('competence', method.competence_get(made), 'proposal', null);
end
$$;
comment on function method.competence_record(uuid, app.competence_kind, text, app.prose, date, date, uuid, uuid) is '{
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

create or replace function method.competence_list(_person uuid default null, _kind app.competence_kind default null,
	_framework uuid default null, _sort text default null, _limit int default null, _after text default null)
	returns jsonb
language plpgsql stable as $$
begin
	return app.page('competence', case when app.reads_audits() then null::jsonb
		else app.branch('person', array[app.me()]) end,
		jsonb_build_object('person', _person, 'kind', _kind, 'framework', _framework), '-valid_until, -created_at',
		_sort, _limit, _after);
end
$$;
comment on function method.competence_list(uuid, app.competence_kind, uuid, text, int, text) is '{
	"doc": "Competence records.",
	"roles": ["member"], "access": "read", "result": "competence[]",
	"params": {
		"person": {"doc": "Of this person."},
		"kind": {"doc": "criterion or lead."},
		"framework": {"doc": "For this framework."},
		"sort": {"doc": "Sorted by valid_until, created_at; - before a name turns it round."}}}';
