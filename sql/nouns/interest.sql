-- Interests beside those that S1 to S3 name: they block until a safeguard is recorded (S7).

create trigger stamp before update on app.interest for each row execute function app.stamp();
create trigger changed after insert or update on app.interest for each row execute function app.changed(interest);

create view record.interest with (security_invoker = true) as
	select i.organisation, i.id, i.audit, i.person,
		i.function,
		i.kind, coalesce(i.description, app.said(i.described))::app.prose as description, i.derived,
		i.safeguard, s.kind as safeguard_kind, s.reason as safeguard_reason,
		i.withdrawn_at, i.version, i.created_at, i.updated_at
	from app.interest i left join app.safeguard s on s.organisation = i.organisation and s.id = i.safeguard;
comment on view record.interest is '{
	"doc": "An interest other than what S1 to S3 name: it blocks until a safeguard is recorded (S7).",
	"get": "One interest.",
	"list": "Declared and derived interests.",
	"sorts": "-created_at",
	"walks": "audit, person",
	"by": "audit, person, kind",
	"filters": {
		"audit": "Of this audit.",
		"person": "Of this person.",
		"function": "In this function.",
		"kind": "Of this kind.",
		"withdrawn": {"doc": "Withdrawn, or standing.", "is": "w.withdrawn_at is not null"},
		"open": {
			"doc": "Standing without a safeguard, or not so.",
			"is": "w.withdrawn_at is null and w.safeguard is null"}}}';
comment on column record.interest.audit is '!The audit.';
comment on column record.interest.function is 'In which function; none: in the audit.';
comment on column record.interest.kind is
	'!designed, built, advised, funds, manages, reports_to, offered_post, relation, financial, attestation or other.';
comment on column record.interest.description is '!It in words.';
comment on column record.interest.safeguard is 'What lets them go on.';
comment on column record.interest.safeguard_kind is 'Of what kind.';
comment on column record.interest.safeguard_reason is 'Why it suffices.';
comment on column record.interest.withdrawn_at is 'When it ceased to count.';
comment on column record.interest.updated_at is '!When it last changed.';
comment on column record.interest.derived is 'Taken from the records, whatever was declared.';

create or replace function app.not_on_team_refusal(_audit uuid) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when not app.on_team(_audit, app.me())
		then app.no('place', 'interest.team', '{}', jsonb_build_object('audit', _audit)) end;
end
$$;

create or replace function method.interest_declare(_audit app.audit, _kind app.interest_kind, _description app.prose,
	_function uuid default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	made uuid;
begin
	if not _function = any (app.audit_functions(_audit.id)) then
		perform app.refuse_param('function', 'param.not_in_scope', '{}');
	end if;
	made := app.declare_interest(_audit.id, _kind, _description, _function);
	update app.declaration d set lapsed_at = now(), lapse_reason = app.say('lapse.interest_changed')
	where d.organisation = app.org() and d.audit = _audit.id and d.person = app.me() and d.lapsed_at is null;
	return made;
end
$$;
comment on function method.interest_declare is '{
	"doc": "Declares an interest that began after signing: the declaration lapses and is signed anew, and a safeguard '
		'is recorded first (S7).",
	"roles": ["auditor"], "access": "write", "result": "interest",
	"place": "app.not_on_team_refusal(_r.id)",
	"acts": "judges",
	"params": {
		"audit": {"doc": "The audit."},
		"kind": {"doc": "Its kind."},
		"description": {"doc": "What it is."},
		"function": {"doc": "The function that it concerns."}}}';
comment on column record.interest.created_at is '!When it was recorded.';
comment on column record.interest.person is '!Whose.';

create or replace function app.owed_interest(_organisation uuid, _ids uuid[]) returns setof app.owed
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select i.id, i.audit, 'safeguard.record', app.role_token(i.organisation, r), false, a.starts_on::date, i.created_at
	from app.interest i join app.audit a on a.organisation = i.organisation and a.id = i.audit
	cross join unnest(array['administrator', 'management']) r
	where i.organisation = _organisation and i.id = any (_ids) and i.safeguard is null and i.withdrawn_at is null
		and a.state in ('planned', 'prepared', 'fieldwork', 'reporting')
		and exists (select from app.assignment s where s.organisation = i.organisation and s.audit = i.audit
			and s.person = i.person and s.ended_on is null);
end
$$;
comment on function app.owed_interest(uuid, uuid[]) is
	'An interest waits for a safeguard while its person is on the team (S7).';
create trigger owes after insert or update on app.interest for each row execute function app.owes('interest');
