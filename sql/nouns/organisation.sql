-- The organisation and its settings.

create trigger stamp before update on app.organisation for each row execute function app.stamp();
create trigger changed after insert or update on app.organisation for each row
	execute function app.changed(organisation, id, id);
create policy read on app.organisation for select to ninetwo_api
	using (id = any ((select app.my_organisations())::uuid[]));
create policy change on app.organisation for update to ninetwo_api using (id = (select app.org()))
	with check (id = (select app.org()));
create policy auth on app.organisation for select to ninetwo_auth using (true);

create or replace function app.audience_organisation(_organisation uuid, _id uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select array_agg(app.role_token(_id, r))
		from unnest(array['administrator', 'programme_manager', 'auditor', 'auditee', 'observer', 'management']) r);
end
$$;

create view record.organisation with (security_invoker = true) as
	select o.id, o.id as organisation, o.name, o.timezone, o.cooling_off_months, o.acknowledge_days, o.dispute_days,
		o.containment_days,
		o.plan_days, o.major_days, o.minor_days, o.version, o.created_at, o.updated_at
	from app.organisation o;
comment on view record.organisation is
	'The audited client. Its periods are in days, its cooling-off period in months (12 or longer, S1).';
comment on column record.organisation.name is '!Its name.';
comment on column record.organisation.timezone is '!IANA time zone that decides what today is.';
comment on column record.organisation.cooling_off_months is
	'!Months after a responsibility ends in which its holder judges nothing of it (S1).';
comment on column record.organisation.acknowledge_days is
	'!Days after which an unanswered finding counts as acknowledged.';
comment on column record.organisation.dispute_days is '!Days within which a finding may be disputed.';
comment on column record.organisation.containment_days is '!Days for the containment of a major nonconformity.';
comment on column record.organisation.plan_days is '!Days for a corrective-action plan.';
comment on column record.organisation.major_days is '!Days to implement the actions of a major nonconformity.';
comment on column record.organisation.minor_days is '!Days to implement the actions of a minor nonconformity.';
comment on column record.organisation.created_at is '!When it was recorded.';
comment on column record.organisation.updated_at is '!When it last changed.';

create or replace function method.organisation_get() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.one('organisation', app.org());
end
$$;
comment on function method.organisation_get() is '{
	"doc": "The organisation and its settings.",
	"roles": ["member"], "access": "read", "result": "organisation"}';

create or replace function method.organisation_update(_organisation app.organisation, _name app.title,
	_timezone app.zone, _cooling_off_months app.cooling_off, _acknowledge_days app.answer_term,
	_dispute_days app.answer_term, _containment_days app.answer_term, _plan_days app.plan_term,
	_major_days app.major_term, _minor_days app.minor_term) returns void
language plpgsql set search_path = '' as $$
begin
	if not exists (select from pg_catalog.pg_timezone_names z where z.name = _timezone) then
		perform app.refuse_param('timezone', 'param.timezone', '{}');
	end if;
	if _cooling_off_months < _organisation.cooling_off_months then
		perform app.refuse(app.no('cooling_off', 'organisation.cooling_off', '{}',
			jsonb_build_object('months', _organisation.cooling_off_months)));
	end if;
	update app.organisation x set name = _name, timezone = _timezone, cooling_off_months = _cooling_off_months,
		acknowledge_days = _acknowledge_days, dispute_days = _dispute_days, containment_days = _containment_days,
		plan_days = _plan_days, major_days = _major_days, minor_days = _minor_days
	where x.id = app.org();
end
$$;
comment on function method.organisation_update is '{
	"doc": "Changes the organisation''s settings. Audits already planned keep the cooling-off period that they were '
		'planned with.",
	"roles": ["administrator", "management"], "access": "write", "result": "organisation", "version": true,
	"changes": ["name", "timezone", "cooling_off_months", "acknowledge_days", "dispute_days", "containment_days",
		"plan_days", "major_days", "minor_days"],
	"params": {
		"version": {"doc": "The version that was read."},
		"name": {"doc": "Its name."},
		"timezone": {"doc": "IANA time zone that decides what today is."},
		"cooling_off_months": {
			"doc": "Months after a responsibility ends in which its holder judges nothing of it (12 to 120)."},
		"acknowledge_days": {"doc": "Days after which an unanswered finding counts as acknowledged."},
		"dispute_days": {"doc": "Days within which a finding may be disputed."},
		"containment_days": {"doc": "Days for the containment of a major nonconformity."},
		"plan_days": {"doc": "Days for a corrective-action plan."},
		"major_days": {"doc": "Days to implement the actions of a major nonconformity."},
		"minor_days": {"doc": "Days to implement the actions of a minor nonconformity."}}}';
