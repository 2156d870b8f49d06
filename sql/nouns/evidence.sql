-- Evidence: files and statements, and what they are attached to. The bytes of files are in nouns/upload.sql.

-- Reading policies of evidence and attachments stand in 0014_release, when all that they hang on exists. Chunks and
-- tickets are reached through functions of the owner alone: a chunk belongs to whatever evidence holds it.
create policy supplier_adds on app.evidence for insert to ninetwo_api
	with check (organisation = (select app.org()) and supplied_by = (select app.me()));
create policy supplier_changes on app.evidence for update to ninetwo_api using (organisation = (select app.org()));
create policy attaches on app.attachment for insert to ninetwo_api
	with check (organisation = (select app.org()) and attached_by = (select app.me()));

-- What is attached to a record, for whoever reads the record: they may read its evidence. (plpgsql, so that it is
-- planned once a session.)
create or replace function app.attached(_organisation uuid, _subject uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return (
		select coalesce(jsonb_agg(jsonb_build_object('evidence', e.id, 'title', e.title, 'kind', e.kind,
			'supplied_by', e.supplied_by) order by t.created_at, t.id), '[]')
		from app.attachment t join app.evidence e on e.organisation = t.organisation and e.id = t.evidence
		where t.organisation = _organisation and t.subject = _subject);
end
$$;
comment on function app.attached(uuid, uuid) is '{
	"doc": "The evidence attached to a record that the caller reads.",
	"schema": {
		"type": "array",
		"items": {
			"type": "object", "required": ["evidence", "title", "kind", "supplied_by"], "additionalProperties": false,
			"properties": {"evidence": "uuid", "title": "text", "kind": "evidence_kind", "supplied_by": "uuid"}}}}';

-- Evidence: who supplied it, whoever may read what it is attached to, and to whom it was released.
create policy read on app.attachment for select to ninetwo_api using (organisation = (select app.org())
	and case
		when finding is not null then exists (select from app.finding f where f.organisation = attachment.organisation
		and f.id = attachment.finding)
		when part = any ((select app.my_parts())::uuid[]) then true
		when function is not null then function = any ((select app.my_functions())::uuid[])
		else false end);
create policy read on app.evidence for select to ninetwo_api using (organisation = (select app.org())
	and case when supplied_by = (select app.me()) then true
		when exists (select from app.attachment a where a.organisation = evidence.organisation
			and a.evidence = evidence.id) then true
		else exists (select from app.release_evidence r where r.organisation = evidence.organisation
			and r.evidence = evidence.id) end);

create trigger guard before update of state on app.evidence for each row execute function app.guard_state('evidence');
create trigger stamp before update on app.evidence for each row execute function app.stamp();
create trigger changed after insert or update or delete on app.evidence for each row
	execute function app.changed('evidence');
create trigger changed after insert on app.attachment for each row
	execute function app.changed('attachment', 'evidence');

create or replace function app.audience_evidence(_organisation uuid, _id uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select coalesce(array_agg(distinct token), '{}') from (
		select e.supplied_by from app.evidence e where e.organisation = _organisation and e.id = _id
		union all
		select unnest(case
			when t.finding is not null then (select f.readers from app.finding f where f.organisation = _organisation
			and f.id = t.finding)
			else array_remove(array[t.part, t.function], null) end)
		from app.attachment t where t.organisation = _organisation and t.evidence = _id
		union all
		select r.release from app.release_evidence r where r.organisation = _organisation
			and r.evidence = _id) a(token));
end
$$;

create or replace function app.audience_attachment(_organisation uuid, _id uuid) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
	return app.audience_evidence(_organisation, _id);
end
$$;

-- Whether the one who asks may read an evidence, by the policies; for the door of tickets, which itself reads no
-- business data.
create or replace function meta.reads_evidence(_id uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.evidence e where e.organisation = app.org() and e.id = _id);
end
$$;
grant execute on function meta.reads_evidence(uuid) to ninetwo_auth;

-- The methods

-- What is attached to something of the caller's, and what was released to them; policies judge each.
create or replace function app.my_evidence() returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
	return array(
		select t.evidence from app.attachment t where t.organisation = app.org() and (t.part = any (app.my_parts())
			or t.function = any (app.my_functions()) or t.finding = any (app.my_other_findings()))
		union select t.evidence from app.attachment t
			join app.finding f on f.organisation = t.organisation and f.id = t.finding
			where t.organisation = app.org() and (f.audit = any (app.my_audits())
				or f.addressed = any (app.my_functions()))
		union select r.evidence from app.release_evidence r where r.organisation = app.org());
end
$$;
comment on function app.my_evidence() is 'Evidence that the caller reads through what it is attached to, or a release.';

create view record.evidence with (security_invoker = true) as
	select e.organisation, e.id, e.version, e.kind, e.state, e.title, e.statement, e.file_name, e.media_type, e.size,
		case when e.state = 'stored' then e.size else app.evidence_received(e.organisation, e.id, e.size) end
			as received,
		encode(e.sha256, 'hex') as sha256, e.effective_on, e.valid_from, e.valid_until,
			coalesce(e.valid_until < (select app.today()), false) as expired,
		e.revision_of, e.supplied_by, e.leave,
			e.leave_by, e.created_at, e.updated_at
	from app.evidence e;
comment on view record.evidence is '{
	"doc": "A file or a statement that supports a check, an answer or a proof.",
	"list": "Evidence: what you supplied, what is attached to a record that you read, and what was released to '
		'you.",
	"sorts": "-created_at, title",
	"walks": "subject, audit",
	"q": "title, file_name, statement",
	"by": "kind, state",
	"all_for": "app.reads_audits()",
	"branches": {
		"supplied_by": "array[app.me()]",
		"id": "app.my_evidence()"},
	"columns": {
		"expired": "coalesce(w.valid_until < (select app.today()), false)"},
	"filters": {
		"subject": {
			"doc": "Attached to this check, request, finding, response, action or verification.",
			"type": "uuid[]",
			"ids": "array(select t.evidence from app.attachment t where t.organisation = app.org() and '
				't.subject = any (_subject))"},
		"audit": {
			"doc": "Attached to something within this audit.",
			"type": "uuid[]",
			"ids": "array(select distinct t.evidence from app.attachment t where t.organisation = app.org() and '
				't.audit = any (_audit))"},
		"kind": "file or statement.",
		"state": "uploading or stored.",
		"supplied_by": "Supplied by this person.",
		"expired": "No longer valid, or still so.",
		"mine": {"doc": "Supplied by you, or by others.", "is": "w.supplied_by = (select app.me())"}}}';
comment on column record.evidence.kind is '!file or statement.';
comment on column record.evidence.state is '!uploading or stored.';
comment on column record.evidence.title is '!What it is.';
comment on column record.evidence.statement is 'What is stated.';
comment on column record.evidence.file_name is 'The name of the file.';
comment on column record.evidence.media_type is 'Its type, as application/pdf.';
comment on column record.evidence.size is '!Its bytes.';
comment on column record.evidence.received is '!How many of them are stored.';
comment on column record.evidence.sha256 is 'The SHA-256 of its bytes, in hexadecimal; null until they are all stored.';
comment on column record.evidence.effective_on is 'The day of which it tells, apart from when it was uploaded.';
comment on column record.evidence.valid_from is 'From when it is valid.';
comment on column record.evidence.valid_until is 'Until when.';
comment on column record.evidence.expired is '!Its validity has ended.';
comment on column record.evidence.revision_of is 'The evidence that it replaces.';
comment on column record.evidence.supplied_by is '!Who supplied it; they never accept it (S5).';
comment on column record.evidence.leave is
	'The supplier''s leave, or the clause of the contract, to publish it outside.';
comment on column record.evidence.leave_by is 'Who recorded that.';
comment on column record.evidence.created_at is '!When it was begun.';
comment on column record.evidence.updated_at is '!When it last changed.';

create or replace function method.evidence_get(_id uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
	e constant jsonb := app.one('evidence', _id);
begin
	if app.i_have('observer') then
		insert into app.reading (organisation, release, evidence)
		select r.organisation, r.release, r.evidence from app.release_evidence r where r.organisation = app.org()
			and r.evidence = _id;
	end if;
	return e;
end
$$;
comment on function method.evidence_get is '{
	"doc": "One evidence, without its bytes. An observer''s reading is recorded (S8).",
	"roles": ["member"], "access": "recorded", "result": "evidence",
	"params": {"id": {"doc": "The evidence."}}}';

-- What both kinds of evidence begin with.
create or replace function app.require_evidence(_valid_from date, _valid_until date, _revision_of uuid) returns void
language plpgsql set search_path = '' as $$
begin
	if _valid_until < _valid_from then
		perform app.refuse_param('valid_until', 'param.valid_until', '{}');
	elsif _revision_of is not null and method.evidence_get(_revision_of) ->> 'state' = 'uploading' then
		perform app.refuse(app.no('uploading', 'evidence.revised_uploading', '{}',
			jsonb_build_object('evidence', _revision_of)));
	end if;
end
$$;

create or replace function method.evidence_state_text(_title app.title, _statement app.prose,
	_effective_on app.day default null, _valid_from app.day default null, _valid_until app.day default null,
	_revision_of uuid default null, _leave app.prose default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	made constant uuid := app.uuid7();
begin
	perform app.require_evidence(_valid_from, _valid_until, _revision_of);
	insert into app.evidence (organisation, id, kind, title, statement, media_type, size, sha256, effective_on,
		valid_from, valid_until, revision_of, supplied_by, leave, leave_by)
	values (app.org(), made, 'statement', _title, _statement, 'text/plain', octet_length(_statement::text),
		sha256(convert_to(_statement::text, 'UTF8')), _effective_on, _valid_from, _valid_until, _revision_of, app.me(),
		_leave, case when _leave is not null then app.me() end);
	return made;
end
$$;
comment on function method.evidence_state_text is '{
	"doc": "Give evidence in words: a statement, with its hash.",
	"roles": ["auditee", "auditor"], "access": "write", "result": "evidence",
	"params": {
		"title": {"doc": "What it is."},
		"statement": {"doc": "What you state."},
		"effective_on": {"doc": "The day of which it tells."},
		"valid_from": {"doc": "From when it is valid."},
		"valid_until": {"doc": "Until when."},
		"revision_of": {"doc": "The evidence that it replaces."},
		"leave": {"doc": "For a supplier''s: the leave, or the clause of the contract, to publish it outside."}}}';

create or replace function app.evidence_leave_refusal(_evidence app.evidence) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	if _evidence.supplied_by <> app.me() and not app.i_have('management') then
		return app.no('place', 'place.leave', '{}', jsonb_build_object('evidence', _evidence.id));
	end if;
	return null;
end
$$;

create or replace function method.evidence_give_leave(_evidence app.evidence, _leave app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	update app.evidence x set leave = _leave, leave_by = app.me() where x.organisation = app.org()
		and x.id = _evidence.id;
end
$$;
comment on function method.evidence_give_leave is '{
	"doc": "Give leave to publish a supplier''s evidence to an outside party, or name the clause of the contract that '
		'gives it.",
	"roles": ["auditee", "management"], "access": "write", "result": "evidence", "version": true,
	"place": "app.evidence_leave_refusal(_r)",
	"params": {
		"id": {"doc": "The evidence."},
		"version": {"doc": "The version that you saw."},
		"leave": {"doc": "The leave, or the clause."}}}';

-- Each kind of record takes evidence from whoever works on it there, while that work goes on: what stands against the
-- caller. A record that is not there for them is none.
create or replace function app.attach_refusal(_noun app.attachment_noun, _subject uuid) returns app.refusal
language plpgsql stable set search_path = '' as $$
declare
	c app.check;
	f app.finding;
	r app.response;
	a app.action;
	v app.verification;
begin
	case _noun
	when 'check' then
		select x.* into c from app.check x where x.organisation = app.org() and x.id = _subject;
		return app.first_of(case when not found then app.no_record('check') end,
			app.team_refusal(c.part, app.team_all()),
			app.no_state(app.audit_state(c.audit), '{planned,prepared,fieldwork,reporting}'));
	when 'finding' then
		f := app.finding_of(_subject);
		return app.first_of(case when f.id is null then app.no_record('finding') end,
			app.team_refusal(f.part, app.entering_team(f)), app.no_state(f.state::text, '{draft,shared}'));
	when 'response' then
		select x.* into r from app.response x where x.organisation = app.org() and x.id = _subject;
		return app.first_of(case when not found then app.no_record('response') end,
			app.s5_refusal('hand', r.finding), app.answering_refusal(app.finding_of(r.finding)),
			app.no_state(r.state, '{draft}'));
	when 'action' then
		select x.* into a from app.action x where x.organisation = app.org() and x.id = _subject;
		return app.first_of(case when not found then app.no_record('action') end,
			app.s5_refusal('hand', a.finding), app.action_owner_refusal(a),
				app.no_state(a.state::text, '{open,returned}'));
	when 'verification' then
		select x.* into v from app.verification x where x.organisation = app.org() and x.id = _subject;
		return app.first_of(case when not found then app.no_record('verification') end,
			case when v.verified_by <> app.me() then
				app.no('place', 'place.verified', '{}', jsonb_build_object('verification', _subject)) end);
	end case;
end
$$;
comment on function app.attach_refusal(app.attachment_noun, uuid) is
	'What stands against the caller''s attaching evidence to a record; or null.';

-- needs more than the gate: what it is attached to is one of five nouns, each with its line, place and states
create or replace function method.evidence_attach(_evidence app.evidence, _noun app.attachment_noun, _subject uuid)
returns void language plpgsql set search_path = '' as $$
declare
	stands record;
begin
	if _noun = 'request' then
		perform app.refuse_param('noun', 'param.attach_request', '{}');
	end if;
	stands := app.place_of(_noun::text, _subject);
	-- who does not see the record takes no line of it, and is told nothing else of it
	perform app.refuse_all(array[app.attach_refusal(_noun, _subject)]);
	if stands.finding is not null then
		perform app.lock_finding(stands.finding);
	else
		perform app.lock_audit(stands.audit);
	end if;
	perform app.refuse_all(array[app.attach_refusal(_noun, _subject)]);
	perform app.attach_all(array[_evidence.id], _noun, _subject, stands.audit, stands.part, null, stands.finding);
	if _noun in ('response', 'action') then
		perform app.acted('hand', app.me(), _noun::text, _subject, stands.finding);
	else
		perform app.acted('judge', app.me(), _noun::text, _subject, null);
	end if;
	if _noun = 'check' then
		update app.check x set version = x.version + 1 where x.organisation = app.org() and x.id = _subject;
		perform app.check_entered(_subject);
	elsif _noun = 'finding' then
		perform app.finding_entered(_subject);
	end if;
end
$$;
comment on function method.evidence_attach is '{
	"doc": "Attach evidence that you may see to a record that you work on; whoever may read that record then may read '
		'the evidence.",
	"roles": ["auditee", "auditor"], "access": "write", "result": "evidence",
	"params": {
		"id": {"doc": "The evidence."},
		"noun": {"doc": "check, finding, response, action or verification."},
		"subject": {"doc": "Which one."}}}';
