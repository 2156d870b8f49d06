-- Safeguards: what lets somebody with an interest go on, and why it suffices (S7).

create trigger stamp before update on app.safeguard for each row execute function app.stamp();
create trigger changed after insert or update on app.safeguard for each row execute function app.changed(safeguard);

create view record.safeguard with (security_invoker = true) as
	select s.organisation, s.id, s.audit, s.person, s.kind,
		s.reason, s.countersigned_by, s.created_by, s.version, s.created_at, s.updated_at
	from app.safeguard s;
comment on view record.safeguard is '{
	"doc": "What was arranged so that an interest does not decide an audit, and why it suffices (S7).",
	"get": "One safeguard.",
	"list": "Safeguards.",
	"sorts": "-created_at",
	"walks": "audit, person",
	"by": "audit, person, kind",
	"filters": {
		"audit": "Of this audit.",
		"person": "Of this person.",
		"kind": "Of this kind."}}';
comment on column record.safeguard.audit is '!The audit.';
comment on column record.safeguard.kind is '!other_auditor, second_auditor, outside_supervision or exclusion.';
comment on column record.safeguard.reason is '!Why it suffices.';
comment on column record.safeguard.countersigned_by is 'Who of management countersigned it (S4).';
comment on column record.safeguard.created_by is '!Who recorded it; never on the team (S4).';
comment on column record.safeguard.updated_at is '!When it last changed.';

create or replace function app.interest_state(_interest app.interest) returns text
language sql immutable parallel safe
return case when _interest.withdrawn_at is not null then 'withdrawn'
		when _interest.safeguard is not null then 'safeguarded' else 'open' end;

create or replace function method.safeguard_record(_interest app.interest, _kind app.safeguard_kind, _reason app.prose)
returns jsonb language plpgsql set search_path = '' as $$
declare
	met constant app.reason[] := array(select r from app.s4_reasons(_interest.audit, array[_interest.person]) r);
	made uuid;
begin
	if met <> '{}' then
		return app.made_or_proposed('safeguard', null, app.propose('safeguard.record',
			jsonb_build_object('interest', _interest.id, 'kind', _kind, 'reason', _reason), _interest.audit,
			_interest.person, app.audit_functions(_interest.audit), app.say('proposal.safeguard', jsonb_build_object(
			'by_person', app.me(), 'person', _interest.person, 'reason', met[1].data -> 'say'))));
	end if;
	insert into app.safeguard (organisation, audit, person, kind, reason, countersigned_by, created_by)
	values (app.org(), _interest.audit, _interest.person, _kind, _reason, app.countersigner(), app.maker())
	returning id into made;
	update app.interest i set safeguard = made where i.organisation = app.org() and i.id = _interest.id;
	return app.made_or_proposed('safeguard', made, null);
end
$$;
comment on function method.safeguard_record is '{
	"doc": "Records the safeguard that lets a team member with an interest go on, and why it suffices (S7). Printed '
		'in the report. From one with a responsibility in scope a proposal (S4).",
	"roles": ["administrator", "management"], "access": "write",
	"line": "app.lock_team(_r.audit, array[_r.person])",
	"needs": "app.obstacles(app.no_state(app.interest_state(_r), ''{open}''))",
	"acts": "arranges",
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

