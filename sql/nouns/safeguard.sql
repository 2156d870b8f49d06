-- Safeguards: what lets somebody with an interest go on, and why it suffices (S7).

create trigger stamp before update on app.safeguard for each row execute function app.stamp();
create trigger changed after insert or update on app.safeguard for each row execute function app.changed(safeguard);

create view record.safeguard with (security_invoker = true) as
	select s.organisation, s.id, s.audit, s.person, app.person_name(s.organisation, s.person) as person_name, s.kind,
		s.reason, s.countersigned_by, s.created_by,
		app.person_name(s.organisation, s.created_by) as created_by_name, s.version, s.created_at, s.updated_at
	from app.safeguard s;
comment on view record.safeguard is
	'What was arranged so that an interest does not decide an audit, and why it suffices (S7).';
comment on column record.safeguard.audit is '!The audit.';
comment on column record.safeguard.person_name is 'Their name.';
comment on column record.safeguard.kind is '!other_auditor, second_auditor, outside_supervision or exclusion.';
comment on column record.safeguard.reason is '!Why it suffices.';
comment on column record.safeguard.countersigned_by is 'Who of management countersigned it (S4).';
comment on column record.safeguard.created_by is '!Who recorded it; never on the team (S4).';
comment on column record.safeguard.created_by_name is 'Their name.';
comment on column record.safeguard.updated_at is '!When it last changed.';

create or replace function method.safeguard_get(_id uuid) returns jsonb
language plpgsql stable as $$
begin
	return app.one('safeguard', _id);
end
$$;
comment on function method.safeguard_get(uuid) is '{
	"doc": "One safeguard.",
	"roles": ["member"], "access": "read", "result": "safeguard",
	"params": {"id": {"doc": "The safeguard."}}}';

create or replace function method.safeguard_record(_interest uuid, _kind app.safeguard_kind, _reason app.prose)
returns jsonb language plpgsql as $$
declare
	i app.interest;
	met app.reason[];
	made uuid;
begin
	perform method.interest_get(_interest);
	select * into i from app.interest x where x.organisation = app.org() and x.id = _interest;
	perform app.lock_team(i.audit, array[i.person]);
	select * into i from app.interest x where x.organisation = app.org() and x.id = _interest;
	met := array(select r from app.s4_reasons(i.audit, array[i.person]) r);
	if i.withdrawn_at is not null then perform app.refuse_state('withdrawn', array['open']); end if;
	if i.safeguard is not null then perform app.refuse_state('safeguarded', array['open']); end if;
	if cardinality(met) > 0 then
		made := app.propose('safeguard.record',
			jsonb_build_object('interest', _interest, 'kind', _kind, 'reason', _reason), i.audit, i.person,
			app.audit_functions(i.audit),
			format('%s proposes a safeguard for an interest of %s. %s', app.person_name(app.org(), app.me()),
				app.person_name(app.org(), i.person), met[1].message));
		return jsonb_build_object('safeguard', null, 'proposal', method.proposal_get(made));
	end if;
	made := app.do_safeguard(_interest, _kind, _reason, app.me(), null);
	return jsonb_build_object('safeguard', method.safeguard_get(made), 'proposal', null);
end
$$;
comment on function method.safeguard_record(uuid, app.safeguard_kind, app.prose) is '{
	"doc": "Records the safeguard that lets a team member with an interest go on, and why it suffices (S7). Printed '
		'in the report. From one with a responsibility in scope a proposal (S4).",
	"roles": ["administrator", "management"], "access": "write",
	"result": {
		"type": "object", "required": ["safeguard", "proposal"], "additionalProperties": false,
		"properties": {
			"safeguard": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/safeguard"}]},
			"proposal": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/proposal"}]}}},
	"params": {
		"interest": {"doc": "The interest."},
		"kind": {
			"doc": "The scope item to another auditor, a second auditor with review of the papers, outside '
				'supervision, or exclusion of the item."},
		"reason": {"doc": "Why it suffices."}}}';
comment on column record.safeguard.created_at is '!When it was recorded.';
comment on column record.safeguard.person is '!Whose.';

create or replace function method.safeguard_list(_audit uuid default null, _person uuid default null,
	_sort text default null, _limit int default null, _after text default null) returns jsonb
language plpgsql stable as $$
begin
	return app.page('safeguard', app.branches_safeguard(),
		jsonb_build_object('audit', _audit, 'person', _person), '-created_at, person', _sort, _limit, _after);
end
$$;
comment on function method.safeguard_list(uuid, uuid, text, int, text) is '{
	"doc": "Safeguards.",
	"roles": ["member"], "access": "read", "result": "safeguard[]",
	"params": {
		"audit": {"doc": "Of this audit."},
		"person": {"doc": "Of this person."},
		"sort": {"doc": "Sorted by created_at, person; - before a name turns it round."}}}';
