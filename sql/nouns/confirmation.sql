-- Confirmations: an owner confirms, for an audit, who operates and monitors their function.

create trigger stamp before update on app.confirmation for each row execute function app.stamp();
create trigger changed after insert or update on app.confirmation for each row
	execute function app.changed(confirmation);

create view record.confirmation with (security_invoker = true) as
	select c.organisation, c.id, c.audit, c.function, app.function_name(c.organisation, c.function) as function_name,
		c.person, app.person_name(c.organisation, c.person) as person_name,
		c.note, c.version, c.created_at, c.updated_at
	from app.confirmation c;
comment on view record.confirmation is 'The owner of a function confirmed who operates and monitors it.';
comment on column record.confirmation.function is '!The function.';
comment on column record.confirmation.function_name is 'Its name.';
comment on column record.confirmation.person is '!Who confirmed.';
comment on column record.confirmation.person_name is 'Their name.';
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

create or replace function method.confirmation_list(_audit uuid default null, _function uuid default null,
	_sort text default null, _limit int default null, _after text default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.page('confirmation', case when app.reads_audits() then null::jsonb
		else app.branch('audit', app.my_planned_audits()) end,
		jsonb_build_object('audit', _audit, 'function', _function), '-created_at, audit', _sort, _limit, _after);
end
$$;
comment on function method.confirmation_list is '{
	"doc": "What owners confirmed of who operates and monitors their functions.",
	"roles": ["member"], "access": "read", "result": "confirmation[]",
	"params": {
		"audit": {"doc": "Of this audit."},
		"function": {"doc": "Of this function."},
		"sort": {"doc": "Sorted by created_at, audit; - before a name turns it round."}}}';
