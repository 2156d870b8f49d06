-- Declarations of independence, each for one assignment (S7).

create trigger stamp before update on app.declaration for each row execute function app.stamp();
create trigger changed after insert or update on app.declaration for each row execute function app.changed(declaration);

create view record.declaration with (security_invoker = true) as
	select d.organisation, d.id, d.assignment, d.audit, a.reference as audit_reference, d.person,
		app.person_name(d.organisation, d.person) as person_name, d.functions, d.statement, d.signed_at,
		d.lapsed_at, d.lapse_reason, d.confirmed_at,
		(select count(*)::int from app.interest i where i.organisation = d.organisation and i.audit = d.audit
			and i.person = d.person and i.withdrawn_at is null) as interests,
		(select count(*)::int from app.interest i where i.organisation = d.organisation and i.audit = d.audit
			and i.person = d.person and i.withdrawn_at is null and i.safeguard is null) as unguarded,
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
comment on column record.declaration.unguarded is
	'Interests without a safeguard: while there is one, its signer neither reads nor records.';
comment on column record.declaration.confirmed_at is 'When it was confirmed before the release.';

create or replace function method.declaration_get(_id uuid) returns jsonb
language plpgsql stable as $$
begin
	return app.one('declaration', _id);
end
$$;
comment on function method.declaration_get(uuid) is '{
	"doc": "One declaration.",
	"roles": ["member"], "access": "read", "result": "declaration",
	"params": {"id": {"doc": "The declaration."}}}';

create or replace function method.declaration_sign(_assignment uuid, _statement text, _interests jsonb default null,
	_responsibilities jsonb default null) returns jsonb
language plpgsql as $$
declare
	s app.assignment;
	a app.audit;
	made uuid;
	i jsonb;
	fns uuid[];
begin
	perform method.assignment_get(_assignment);
	select * into s from app.assignment x where x.organisation = app.org() and x.id = _assignment;
	if s.person <> app.me() then perform app.refuse('place', 'Everyone signs their own declaration.',
		jsonb_build_object('assignment', _assignment)); end if;
	a := app.lock_team(s.audit, array[s.person]);
	select * into s from app.assignment x where x.organisation = app.org() and x.id = _assignment;
	if s.ended_on is not null or a.ended_on is not null then perform app.refuse_state('ended', array['active']); end if;
	if jsonb_array_length(coalesce(_responsibilities, '[]')) > 0 then
		-- What S1 to S3 name is a record, and no safeguard lifts it: the fact is entered, the assignment ends.
		perform app.declared_responsibility(s.id, r) from jsonb_array_elements(_responsibilities) r;
		return jsonb_build_object('declaration', null, 'assignment', method.assignment_get(_assignment));
	end if;
	fns := app.audit_functions_of_part(s.audit, s.part);
	update app.declaration d set lapsed_at = now(), lapse_reason = 'Signed anew.' where d.organisation = app.org()
		and d.assignment = _assignment and d.lapsed_at is null;
	insert into app.declaration (organisation, assignment, audit, person, functions, statement, created_by)
		values (app.org(), _assignment, s.audit, app.me(), fns, _statement, app.me())
			returning declaration.id into made;
	for i in select x from jsonb_array_elements(coalesce(_interests, '[]')) x loop
		if i ->> 'function' is not null
			and not ((i ->> 'function')::uuid = any (fns)) then perform app.refuse_param('interests',
			'names a function that is not in scope'); end if;
		if not exists (select from app.interest x where x.organisation = app.org() and x.audit = s.audit
			and x.person = app.me() and x.kind::text = i ->> 'kind'
				and x.function is not distinct from (i ->> 'function')::uuid and x.withdrawn_at is null) then
			insert into app.interest (organisation, audit, person, function, kind, description, created_by)
				values (app.org(), s.audit, app.me(), (i ->> 'function')::uuid, (i ->> 'kind')::app.interest_kind,
					i ->> 'description', app.me());
		end if;
	end loop;
	return jsonb_build_object('declaration', method.declaration_get(made), 'assignment',
		method.assignment_get(_assignment));
end
$$;
comment on function method.declaration_sign(uuid, text, jsonb, jsonb) is '{
	"doc": "Signs one''s declaration of independence for an assignment (S7). What S1 to S3 name is entered as a '
		'responsibility and ends the assignment; any other interest blocks until a safeguard is recorded. Until it is '
		'signed nothing of the audit is read or recorded.",
	"roles": ["auditor"], "access": "write",
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
						"description": {"type": "string", "minLength": 1, "maxLength": 20000},
						"function": {"type": "string", "format": "uuid"}}}}},
		"responsibilities": {
			"doc": "What one owns, operates or monitors in scope, now or in the window.",
			"schema": {
				"type": "array", "maxItems": 50,
				"items": {
					"type": "object", "required": ["function", "kind", "from_date"], "additionalProperties": false,
					"properties": {
						"function": {"type": "string", "format": "uuid"},
						"kind": {"enum": ["owns", "operates", "monitors"]},
						"from_date": {"type": "string", "format": "date"},
						"until_date": {"type": "string", "format": "date"}}}}}}}';

create or replace function method.declaration_confirm(_id uuid, _version int) returns jsonb
language plpgsql as $$
declare d app.declaration;
begin
	perform method.declaration_get(_id);
	select * into d from app.declaration x where x.organisation = app.org() and x.id = _id;
	if d.person <> app.me() then perform app.refuse('place', 'Everyone confirms their own declaration.', '{}'); end if;
	perform app.lock_audit(d.audit);
	perform app.require_version(d.version, _version);
	if d.lapsed_at is not null then perform app.refuse_state('lapsed', array['valid']); end if;
	update app.declaration x set confirmed_at = now() where x.organisation = app.org() and x.id = _id;
	return method.declaration_get(_id);
end
$$;
comment on function method.declaration_confirm(uuid, int) is '{
	"doc": "Confirms, before the release, that one''s declaration still holds (S7).",
	"roles": ["auditor"], "access": "write", "result": "declaration",
	"params": {"id": {"doc": "One''s declaration."}, "version": {"doc": "The version that was read."}}}';
comment on column record.declaration.created_at is '!When it was recorded.';
comment on column record.declaration.signed_at is '!When.';

create or replace function method.declaration_list(_audit uuid default null, _person uuid default null,
	_sort text default null, _limit int default null, _after text default null) returns jsonb
language plpgsql stable as $$
begin
	return app.page('declaration', app.branches_declaration(),
		jsonb_build_object('audit', _audit, 'person', _person), '-created_at, -signed_at', _sort, _limit, _after);
end
$$;
comment on function method.declaration_list(uuid, uuid, text, int, text) is '{
	"doc": "Declarations of independence.",
	"roles": ["member"], "access": "read", "result": "declaration[]",
	"params": {
		"audit": {"doc": "Of this audit."},
		"person": {"doc": "Of this person."},
		"sort": {"doc": "Sorted by created_at, signed_at; - before a name turns it round."}}}';
