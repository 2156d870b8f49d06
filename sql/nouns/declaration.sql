-- Declarations of independence, each for one assignment (S7).

create trigger stamp before update on app.declaration for each row execute function app.stamp();
create trigger changed after insert or update on app.declaration for each row execute function app.changed(declaration);

create view record.declaration with (security_invoker = true) as
	select d.organisation, d.id, d.assignment, d.audit, d.person, d.functions, d.statement, d.signed_at,
		d.lapsed_at, app.said(d.lapse_reason) as lapse_reason, d.confirmed_at,
		(select count(*)::int from app.interest i where i.organisation = d.organisation and i.audit = d.audit
			and i.person = d.person and i.withdrawn_at is null) as interests,
		(select count(*)::int from app.interest i where i.organisation = d.organisation and i.audit = d.audit
			and i.person = d.person and i.withdrawn_at is null and i.safeguard is null) as unguarded,
		d.version, d.created_at, d.updated_at
	from app.declaration d;
comment on view record.declaration is '{
	"doc": "A signed declaration of independence (S7).",
	"get": "One declaration.",
	"list": "Declarations of independence.",
	"sorts": "-created_at, -signed_at",
	"walks": "audit, person",
	"by": "audit, person",
	"filters": {
		"audit": "Of this audit.",
		"person": "Of this person.",
		"lapsed": {"doc": "Lapsed, or valid.", "is": "w.lapsed_at is not null"}}}';
comment on column record.declaration.assignment is '!The assignment that it was signed for.';
comment on column record.declaration.audit is '!The audit.';
comment on column record.declaration.person is '!Who signed.';
comment on column record.declaration.statement is '!What was declared.';
comment on column record.declaration.lapsed_at is 'When it lapsed and had to be signed anew.';
comment on column record.declaration.lapse_reason is 'Why.';
comment on column record.declaration.interests is '!How many interests they have in this audit.';
comment on column record.declaration.updated_at is '!When it last changed.';
comment on column record.declaration.functions is 'The functions in scope that it was signed for.';
comment on column record.declaration.unguarded is
	'Interests without a safeguard: while there is one, its signer neither reads nor records.';
comment on column record.declaration.confirmed_at is 'When it was confirmed before the release.';

create or replace function app.own_refusal(_person uuid, _say text, _data jsonb) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when _person <> app.me()
		then app.no('place', _say, '{}', _data) end;
end
$$;
comment on function app.own_refusal(uuid, text, jsonb) is 'What stands against whoever is not this person.';

-- An assignment that somebody ended, or that of an audit that has ended.
create or replace function app.sign_needs(_assignment app.assignment) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return app.obstacles((select app.no_state('ended', '{active}') from app.audit a
		where a.organisation = _assignment.organisation and a.id = _assignment.audit
			and (_assignment.ended_on is not null or a.ended_on is not null)));
end
$$;

create or replace function app.declare_interest(_audit uuid, _kind app.interest_kind, _description text, _function uuid)
returns uuid language plpgsql set search_path = '' as $$
declare
	made uuid;
begin
	insert into app.interest (organisation, audit, person, function, kind, description, created_by)
	values (app.org(), _audit, app.me(), _function, _kind, _description, app.me()) returning id into made;
	return made;
end
$$;

create or replace function method.declaration_sign(_assignment app.assignment, _statement app.prose,
	_interests jsonb default null, _responsibilities jsonb default null) returns jsonb
language plpgsql set search_path = '' as $$
declare
	functions constant uuid[] := app.audit_functions_of_part(_assignment.audit, _assignment.part);
	made uuid;
begin
	if jsonb_array_length(_responsibilities) > 0 then
		-- What S1 to S3 name is a record, and no safeguard lifts it: the fact is entered, the assignment ends.
		perform app.declared_responsibility(_assignment, r) from jsonb_array_elements(_responsibilities) r;
		return jsonb_build_object('declaration', null, 'assignment', app.one('assignment', _assignment.id));
	elsif exists (select from jsonb_array_elements(_interests) i
		where not (i ->> 'function')::uuid = any (functions)) then
		perform app.refuse_param('interests', 'param.function_out_of_scope', '{}');
	end if;
	update app.declaration d set lapsed_at = now(), lapse_reason = app.say('lapse.signed_anew')
	where d.organisation = app.org() and d.assignment = _assignment.id and d.lapsed_at is null;
	insert into app.declaration (organisation, assignment, audit, person, functions, statement, created_by)
	values (app.org(), _assignment.id, _assignment.audit, app.me(), functions, _statement, app.me())
	returning id into made;
	perform app.declare_interest(_assignment.audit, i.kind, i.description, i.function)
	from (select distinct on (r.kind, r.function) r.*
		from jsonb_to_recordset(_interests) r (kind app.interest_kind, description text, function uuid)) i
	where not exists (select from app.interest x where x.organisation = app.org() and x.audit = _assignment.audit
		and x.person = app.me() and x.kind = i.kind and x.function is not distinct from i.function
		and x.withdrawn_at is null);
	return jsonb_build_object('declaration', app.one('declaration', made),
		'assignment', app.one('assignment', _assignment.id));
end
$$;
comment on function method.declaration_sign is '{
	"doc": "Signs one''s declaration of independence for an assignment (S7). What S1 to S3 name is entered as a '
		'responsibility and ends the assignment; any other interest blocks until a safeguard is recorded. Until it is '
		'signed nothing of the audit is read or recorded.",
	"roles": ["auditor"], "access": "write",
	"line": "app.lock_team(_r.audit, array[_r.person])",
	"place": "app.own_refusal(_r.person, ''declaration.sign_own'', jsonb_build_object(''assignment'', _r.id))",
	"needs": "app.sign_needs(_r)",
	"acts": "judges",
	"result": {
		"type": "object", "required": ["declaration", "assignment"], "additionalProperties": false,
		"properties": {
			"declaration": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/declaration"}]},
			"assignment": {"$ref": "#/components/schemas/assignment"}}},
	"params": {
		"assignment": {"doc": "One''s assignment."},
		"statement": {"doc": "What is declared, in one''s own words or those of the organisation''s form."},
		"interests": {
			"doc": "Who designed, built, advised on or funds a function in scope, manages or reports to one who does, '
				'is offered a post there, or the like.",
			"schema": {
				"type": "array", "maxItems": 50,
				"items": {
					"type": "object", "required": ["kind", "description"], "additionalProperties": false,
					"properties": {
						"kind": {
							"enum": [
								"designed", "built", "advised", "funds", "manages", "reports_to", "offered_post",
								"relation", "financial", "other"]},
						"description": "prose", "function": "uuid"}}}},
		"responsibilities": {
			"doc": "What one owns, operates or monitors in scope, now or in the window.",
			"schema": {
				"type": "array", "maxItems": 50,
				"items": {
					"type": "object", "required": ["function", "kind", "from_date"], "additionalProperties": false,
					"properties": {
						"function": "uuid", "kind": {"enum": ["owns", "operates", "monitors"]},
						"from_date": "day", "until_date": "day"}}}}}}';

create or replace function app.declaration_state(_declaration app.declaration) returns text
language sql immutable parallel safe
return case when _declaration.lapsed_at is null then 'valid' else 'lapsed' end;

create or replace function method.declaration_confirm(_declaration app.declaration) returns void
language plpgsql set search_path = '' as $$
begin
	update app.declaration d set confirmed_at = now() where d.organisation = app.org() and d.id = _declaration.id;
end
$$;
comment on function method.declaration_confirm is '{
	"doc": "Confirms, before the release, that one''s declaration still holds (S7).",
	"roles": ["auditor"], "access": "write", "result": "declaration", "version": true,
	"place": "app.own_refusal(_r.person, ''declaration.confirm_own'', ''{}'')",
	"needs": "app.obstacles(app.no_state(app.declaration_state(_r), ''{valid}''))",
	"acts": "judges",
	"params": {"id": {"doc": "One''s declaration."}, "version": {"doc": "The version that was read."}}}';
comment on column record.declaration.created_at is '!When it was recorded.';
comment on column record.declaration.signed_at is '!When.';

create or replace function app.owed_declaration(_organisation uuid, _ids uuid[]) returns setof app.owed
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select d.id, d.audit, 'declaration.confirm', d.person, false, null::date, a.reporting_at
	from app.declaration d join app.audit a on a.organisation = d.organisation and a.id = d.audit
	join app.assignment s on s.organisation = d.organisation and s.id = d.assignment
	where d.organisation = _organisation and d.id = any (_ids) and a.state = 'reporting' and d.lapsed_at is null
		and d.confirmed_at is null and s.ended_on is null;
end
$$;
comment on function app.owed_declaration(uuid, uuid[]) is
	'Before the release everybody on the team confirms that their declaration still holds (S7).';
create trigger owes after insert or update on app.declaration for each row execute function app.owes('declaration');
create trigger owes_assignment after insert or update on app.declaration for each row
	execute function app.owes('assignment', 'assignment');
