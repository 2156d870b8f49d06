-- Confirmations: an owner confirms, for an audit, who operates and monitors their function.

create trigger stamp before update on app.confirmation for each row execute function app.stamp();
create trigger changed after insert or update on app.confirmation for each row
	execute function app.changed(confirmation);

create view record.confirmation with (security_invoker = true) as
	select c.organisation, c.id, c.audit, c.function,
		c.person,
		c.note, c.version, c.created_at, c.updated_at
	from app.confirmation c;
comment on view record.confirmation is '{
	"doc": "The owner of a function confirmed who operates and monitors it.",
	"list": "What owners confirmed of who operates and monitors their functions.",
	"sorts": "-created_at",
	"walks": "audit",
	"by": "audit, function",
	"filters": {
		"audit": "Of this audit.",
		"function": "Of this function.",
		"person": "Given by this person."}}';
comment on column record.confirmation.function is '!The function.';
comment on column record.confirmation.person is '!Who confirmed.';
comment on column record.confirmation.note is 'What they said with it.';
comment on column record.confirmation.updated_at is '!When it last changed.';

create or replace function method.confirmation_give(_audit app.audit, _function uuid, _note app.prose default null)
returns uuid language plpgsql set search_path = '' as $$
declare
	made uuid;
begin
	perform app.require_functions(array[_function]);
	if not _function = any (app.audit_functions(_audit.id)) then
		perform app.refuse_param('function', 'param.not_in_audit', '{}');
	elsif not app.answers_for(_function) then
		perform app.refuse(app.no('place', 'confirmation.owner', '{}', jsonb_build_object('function', _function)));
	end if;
	insert into app.confirmation (organisation, audit, function, person, note, created_by)
	values (app.org(), _audit.id, _function, app.me(), _note, app.me())
	on conflict on constraint confirmation_organisation_audit_function_key do update
		set person = excluded.person, note = excluded.note, updated_at = clock_timestamp()
	returning id into made;
	return made;
end
$$;
comment on function method.confirmation_give is '{
	"doc": "The owner of a function confirms, for an audit of it, that the records of who operates and monitors it '
		'are complete.",
	"roles": ["member"], "access": "write", "result": "confirmation",
	"params": {
		"audit": {"doc": "The audit."},
		"function": {"doc": "The function."},
		"note": {"doc": "What the auditors should know."}}}';
comment on column record.confirmation.created_at is '!When it was given.';
comment on column record.confirmation.audit is '!The audit.';

