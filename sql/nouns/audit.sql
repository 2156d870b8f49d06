-- Audits: planning, eligibility, and the life planned -> prepared -> fieldwork -> reporting -> released -> closed, or
-- cancelled.
-- What is released is in nouns/release.sql; the team is in nouns/assignment.sql.

create trigger stamp before update on app.audit for each row execute function app.stamp();
create trigger guard before update of state on app.audit for each row execute function app.guard_state('audit');
create trigger changed after insert or update on app.audit for each row execute function app.changed(audit);
create trigger stamp before update on app.part for each row execute function app.stamp();
create trigger changed after insert or update on app.part for each row execute function app.changed(part);
create trigger changed_within after insert or update or delete on app.audit_requirement for each row
	execute function app.changed_within(audit);
create trigger changed_within after insert or update or delete on app.part_function for each row
	execute function app.changed_within(part);

create or replace function app.content_audit(_row jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	org constant uuid := _row ->> 'organisation';
	this constant uuid := _row ->> 'id';
begin
	return _row || jsonb_build_object('plan_version', 1 + (select count(*) from app.audit_plan_version v
		where v.organisation = org and v.audit = this)) || (select jsonb_build_object(
		'requirements', coalesce(jsonb_agg(r.requirement order by r.requirement), '[]'),
		'not_covered', coalesce(jsonb_object_agg(r.requirement, r.not_covered)
			filter (where r.not_covered is not null), '{}'))
		from app.audit_requirement r where r.organisation = org and r.audit = this);
end
$$;
comment on function app.content_audit(jsonb) is
	'An audit, its criteria as requirements, why some were left without a check, and which of its plans this is.';

create or replace function app.content_part(_row jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return _row || jsonb_build_object('functions', array(select f.function from app.part_function f
		where f.organisation = (_row ->> 'organisation')::uuid and f.part = (_row ->> 'id')::uuid order by 1));
end
$$;
comment on function app.content_part(jsonb) is 'A part and the functions that it holds.';

create view app.called_audit as select a.id, a.reference from app.audit a where a.organisation = app.org();
grant select on app.called_audit to ninetwo_api;

create view record.audit with (security_invoker = true) as
	select a.organisation, a.id, a.reference, a.kind, a.title, a.objective, a.scope, a.criteria, a.state, a.starts_on,
		a.ends_on, a.audited_from, a.window_from,
		a.cooling_off_months, a.sites, a.methods, a.timetable, a.opening_meeting, a.closing_meeting, a.obstacles,
		case when a.id = any ((select app.my_audits())::uuid[]) or a.released_at is not null
			and ((select app.i_have('management')) or a.recipient = (select app.me())) then a.conclusion end
			as conclusion,
		a.recipient,
		l.person as lead,
		(select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'title', p.title,
			'functions',
				(
				select coalesce(
				jsonb_agg(jsonb_build_object('id', pf.function, 'name', app.function_name(a.organisation, pf.function))
				order by app.function_name(a.organisation, pf.function)), '[]')
				from app.part_function pf where pf.organisation = a.organisation and pf.part = p.id))
					order by p.ordinal), '[]')
			from app.part p where p.organisation = a.organisation and p.audit = a.id) as parts,
		(select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'ref', q.ref, 'title', q.title) order by q.framework,
			q.ordinal), '[]')
			from app.audit_requirement ar join app.requirement q on q.id = ar.requirement
				where ar.organisation = a.organisation and ar.audit = a.id) as requirements,
		a.plan_sent_at, a.prepared_at, a.fieldwork_at, a.reporting_at, a.released_at, a.closed_at, a.cancelled_at,
			a.cancel_reason, a.revision_due,
		a.created_by, a.version, a.created_at,
			a.updated_at
	from app.audit a
	left join app.assignment l on l.organisation = a.organisation and l.audit = a.id and l.role = 'lead'
		and l.ended_on is null;
comment on view record.audit is '{
	"doc": "An audit: objective, criteria, scope in parts, audited period, dates and state.",
	"get": "One audit.",
	"list": "The audits that one may see.",
	"sorts": "-starts_on, reference=sort_key, -created_at",
	"walks": "reference",
	"q": "reference, title, objective, scope",
	"by": "state, kind",
	"filters": {
		"reference": "With one of these references.",
		"state": "In one of these states.",
		"kind": "Of this kind.",
		"lead": {
			"doc": "Led by this person.",
			"type": "uuid[]",
			"where": "exists (select from app.assignment l where l.organisation = w.organisation and l.audit = '
				'w.id and l.role = ''lead'' and l.ended_on is null and l.person = any (_lead))"},
		"open": {
			"doc": "Neither closed nor cancelled, or one of these.",
			"is": "w.state not in (''closed'', ''cancelled'')"},
		"mine": {
			"doc": "To which you are or were assigned, or the others.",
			"is": "w.id = any ((select app.my_assigned_audits())::uuid[])"},
		"starts_from": {
			"doc": "Its fieldwork begins on this day or later.",
			"column": "starts_on",
			"compare": ">="},
		"starts_until": {
			"doc": "Its fieldwork begins on this day or before.",
			"column": "starts_on",
			"compare": "<="}}}';
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
comment on column record.audit.lead is '{"doc": "Who leads it.", "of": "person"}';
comment on column record.audit.plan_sent_at is 'When the plan was sent to the auditees.';
comment on column record.audit.prepared_at is 'When it was declared prepared.';
comment on column record.audit.fieldwork_at is 'When fieldwork began.';
comment on column record.audit.reporting_at is 'When fieldwork ended.';
comment on column record.audit.released_at is 'When its report was released.';
comment on column record.audit.closed_at is 'When it was closed.';
comment on column record.audit.cancelled_at is 'When it was cancelled.';
comment on column record.audit.cancel_reason is 'Why.';
comment on column record.audit.created_by is 'Who planned it; never on its team (S4).';
comment on column record.audit.updated_at is '!When it last changed.';
comment on column record.audit.window_from is
	'First day of the window in which a responsibility keeps a person from judging (S1).';
comment on column record.audit.conclusion is
	'To what degree the criteria are fulfilled; read by the team, and from the release on by whom it was released to '
	'and management.';
comment on column record.audit.parts is '{
	"doc": "The parts of its scope, each with its functions.",
	"not_null": true,
	"schema": {
		"type": "array",
		"items": {
			"type": "object", "required": ["id", "title", "functions"], "additionalProperties": false,
			"properties": {
				"id": "uuid", "title": "text",
				"functions": {
					"type": "array",
					"items": {
						"type": "object", "required": ["id", "name"], "additionalProperties": false,
						"properties": {"id": "uuid", "name": "text?"}}}}}}}';
comment on column record.audit.requirements is '{
	"doc": "The requirements that it audits against.",
	"not_null": true,
	"schema": {
		"type": "array",
		"items": {
			"type": "object", "required": ["id", "ref", "title"], "additionalProperties": false,
			"properties": {"id": "uuid", "ref": "text", "title": "text"}}}}';
comment on column record.audit.revision_due is
	'A fact came to light after the release: the report is due for revision (S9).';

comment on column record.audit.reference is '!Its reference, as IA-2026-01.';
comment on column record.audit.starts_on is '!First day of fieldwork.';
comment on column record.audit.created_at is '!When it was planned.';

create or replace function app.owed_audit(_organisation uuid, _ids uuid[]) returns setof app.owed
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select a.id, a.id, 'confirmation.give', f.function, true, a.starts_on::date, a.created_at
	from app.audit a cross join lateral app.unconfirmed_functions(a.organisation, a.id) f (function)
	where a.organisation = _organisation and a.id = any (_ids) and a.state = 'planned'
	union all
	select a.id, a.id, 'audit.name_recipient', app.role_token(a.organisation, 'management'), false, a.ends_on::date,
		a.created_at
	from app.audit a
	where a.organisation = _organisation and a.id = any (_ids) and a.recipient is null
		and a.state in ('planned', 'prepared', 'fieldwork', 'reporting');
end
$$;
comment on function app.owed_audit(uuid, uuid[]) is
	'Before it is prepared each owner confirms who operates and monitors their function; before its report management '
	'names who receives it.';
create trigger owes after insert or update on app.audit for each row execute function app.owes('audit');
create trigger owes after insert or update on app.confirmation for each row execute function app.owes('audit', 'audit');

-- With its state changes what is owed of what stands below it.
create or replace function app.owes_below() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	perform app.owe('check', new.organisation, array(select c.id from app.check c
		where c.organisation = new.organisation and c.audit = new.id));
	perform app.owe('assignment', new.organisation, array(select s.id from app.assignment s
		where s.organisation = new.organisation and s.audit = new.id));
	perform app.owe('declaration', new.organisation, array(select d.id from app.declaration d
		where d.organisation = new.organisation and d.audit = new.id));
	perform app.owe('interest', new.organisation, array(select i.id from app.interest i
		where i.organisation = new.organisation and i.audit = new.id));
	return null;
end
$$;
create trigger owes_below after update on app.audit for each row
	when (old.state <> new.state or old.starts_on <> new.starts_on) execute function app.owes_below();
