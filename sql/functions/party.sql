-- Parties: legal entities, who belongs to them, and who certifies or attests the organisation.

set role ninetwo_api;

create view record.organisation with (security_invoker = true) as
	select o.id, o.id as organisation, o.name, o.timezone, o.cooling_off_months, o.acknowledge_days, o.dispute_days, o.containment_days,
		o.plan_days, o.major_days, o.minor_days, o.version, o.created_at, o.updated_at
	from app.organisation o;
comment on view record.organisation is 'The audited client. Its periods are in days, its cooling-off period in months (12 or longer, S1).';
comment on column record.organisation.name is '!Its name.';
comment on column record.organisation.timezone is '!IANA time zone that decides what today is.';
comment on column record.organisation.cooling_off_months is '!Months after a responsibility ends in which its holder judges nothing of it (S1).';
comment on column record.organisation.acknowledge_days is '!Days after which an unanswered finding counts as acknowledged.';
comment on column record.organisation.dispute_days is '!Days within which a finding may be disputed.';
comment on column record.organisation.containment_days is '!Days for the containment of a major nonconformity.';
comment on column record.organisation.plan_days is '!Days for a corrective-action plan.';
comment on column record.organisation.major_days is '!Days to implement the actions of a major nonconformity.';
comment on column record.organisation.minor_days is '!Days to implement the actions of a minor nonconformity.';
comment on column record.organisation.created_at is '!When it was recorded.';
comment on column record.organisation.updated_at is '!When it last changed.';

create function method.organisation_get() returns jsonb language plpgsql stable as $$
begin
	return app.one('organisation', app.org());
end $$;
comment on function method.organisation_get() is '{"doc": "The organisation and its settings.", "roles": ["member"], "access": "read", "result": "organisation"}';

create function method.organisation_update(version int, name app.title, timezone text, cooling_off_months int, acknowledge_days int, dispute_days int,
	containment_days int, plan_days int, major_days int, minor_days int) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare o app.organisation;
begin
	select * into o from app.organisation x where x.id = app.org() for update;
	perform app.require_version(o.version, version);
	if not exists (select from pg_catalog.pg_timezone_names z where z.name = timezone) then
		perform app.refuse_param('timezone', 'must be a name of the IANA time-zone database, as Europe/Berlin');
	end if;
	if cooling_off_months < o.cooling_off_months then
		perform app.refuse('cooling_off', 'The cooling-off period may be lengthened, never shortened (S1).', jsonb_build_object('months', o.cooling_off_months));
	end if;
	update app.organisation x set name = name, timezone = timezone, cooling_off_months = cooling_off_months, acknowledge_days = acknowledge_days,
		dispute_days = dispute_days, containment_days = containment_days, plan_days = plan_days, major_days = major_days, minor_days = minor_days where x.id = app.org();
	return method.organisation_get();
end $$;
comment on function method.organisation_update(int, app.title, text, int, int, int, int, int, int, int) is '{
	"doc": "Changes the organisation''s settings. Audits already planned keep the cooling-off period that they were planned with.",
	"roles": ["administrator", "management"], "access": "write", "result": "organisation",
	"params": {"version": {"doc": "The version that was read."}, "name": {"doc": "Its name."}, "timezone": {"doc": "IANA time zone that decides what today is."},
		"cooling_off_months": {"doc": "Months after a responsibility ends in which its holder judges nothing of it (12 to 120)."},
		"acknowledge_days": {"doc": "Days after which an unanswered finding counts as acknowledged."}, "dispute_days": {"doc": "Days within which a finding may be disputed."},
		"containment_days": {"doc": "Days for the containment of a major nonconformity."}, "plan_days": {"doc": "Days for a corrective-action plan."},
		"major_days": {"doc": "Days to implement the actions of a major nonconformity."}, "minor_days": {"doc": "Days to implement the actions of a minor nonconformity."}}}';

create view record.party with (security_invoker = true) as
	select p.organisation, p.id, p.name, p.legal_identifier, p.kinds, p.affiliates, p.in_group,
		exists (select from app.operation o where o.organisation = p.organisation and o.party = p.id and o.held @> app.today()) as operates,
		p.version, p.created_at, p.updated_at
	from app.party p;
comment on view record.party is 'A legal entity as the organisation knows it.';
comment on column record.party.legal_identifier is '!LEI, register number or the like: one entity is recorded once.';
comment on column record.party.kinds is '!What it is to the organisation.';
comment on column record.party.updated_at is '!When it last changed.';
comment on column record.party.affiliates is 'Parties of one group share this value (S3).';
comment on column record.party.in_group is 'Part of the organisation''s own group: S2 does not apply.';
comment on column record.party.operates is 'Operates a function today.';

create function method.party_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('party', id);
end $$;
comment on function method.party_get(uuid) is '{"doc": "One party.", "roles": ["member"], "access": "read", "result": "party", "params": {"id": {"doc": "The party."}}}';

set role ninetwo_owner;
create or replace function app.lock_groups(parties uuid[]) returns void language plpgsql security definer set search_path = '' as $$
declare
	held uuid[] := '{}';
	wanted uuid[];
begin
	loop
		wanted := array(select g.party from unnest(parties) p (id), app.party_group(app.org(), p.id) g);
		exit when wanted <@ held;
		perform app.touch(app.org(), wanted, '{}', '{}', '{}');
		held := wanted;
	end loop;
end $$;
comment on function app.lock_groups(uuid[]) is 'Into the line of everyone in the groups of these parties, also of who joined one while this waited: what binds one of a group under S3 binds all.';

create or replace function app.join_group(party uuid, other uuid) returns uuid language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	grp uuid;
	was uuid;
begin
	perform app.lock_groups(array[party, other]);
	select coalesce(x.affiliates, x.id) into grp from app.party x where x.organisation = app.org() and x.id = other;
	select x.affiliates into was from app.party x where x.organisation = app.org() and x.id = party;
	-- Two groups become one: nobody leaves theirs by joining another.
	update app.party x set affiliates = grp where x.organisation = app.org() and (x.id = other or x.affiliates = was) and x.id <> party and x.affiliates is distinct from grp;
	return grp;
end $$;
comment on function app.join_group(uuid, uuid) is 'Makes the group of a party one with that of another, and says which: the party itself joins it by the caller''s update.';
revoke execute on function app.lock_groups(uuid[]), app.join_group(uuid, uuid) from public;
grant execute on function app.lock_groups(uuid[]), app.join_group(uuid, uuid) to ninetwo_api;
reset role;
set role ninetwo_api;

create function method.party_add(name app.title, legal_identifier text, kinds app.party_kind[], affiliate_of uuid default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	made uuid;
	grp uuid;
begin
	if cardinality(kinds) = 0 then perform app.refuse_param('kinds', 'names at least one kind'); end if;
	if affiliate_of is not null then perform method.party_get(affiliate_of); end if;
	if exists (select from app.party p where p.organisation = app.org() and p.legal_identifier = legal_identifier) then
		perform app.refuse('known', 'A party with this legal identifier is recorded already.', '{}');
	end if;
	insert into app.party (organisation, name, legal_identifier, kinds, created_by)
		values (app.org(), name, legal_identifier, kinds, app.me()) returning party.id into made;
	-- an update: what binds the group binds it from now on
	if affiliate_of is not null then
		grp := app.join_group(made, affiliate_of);
		update app.party p set affiliates = grp where p.organisation = app.org() and p.id = made;
	end if;
	return method.party_get(made);
end $$;
comment on function method.party_add(app.title, text, app.party_kind[], uuid) is '{
	"doc": "Records a legal entity: a supplier, an audit firm, a certification body, a customer.", "roles": ["administrator"], "access": "write", "result": "party",
	"params": {"name": {"doc": "Its name."}, "legal_identifier": {"doc": "LEI, register number or the like: one entity is recorded once."},
		"kinds": {"doc": "What it is to the organisation; several are possible."}, "affiliate_of": {"doc": "A party of the same group: what binds one of them under S3 binds both."}}}';

create function method.party_update(id uuid, version int, name app.title, kinds app.party_kind[], affiliate_of uuid default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare
	p app.party;
	grp uuid;
begin
	perform method.party_get(id);
	if affiliate_of is not null then
		perform method.party_get(affiliate_of);
		perform app.lock_groups(array[id, affiliate_of]);
	end if;
	select * into p from app.party x where x.organisation = app.org() and x.id = id for update;
	perform app.require_version(p.version, version);
	if 'organisation' = any (kinds) and not 'organisation' = any (p.kinds) and not p.in_group and exists (select from app.operation n where n.organisation = app.org() and n.party = id) then
		perform app.refuse_separation('S2', format('%s operates a function, and S2 holds for it: it is called the organisation itself once management has recorded that it is of the organisation''s own group.', p.name),
			jsonb_build_object('rule', 'S2', 'party', id));
	end if;
	if affiliate_of is null and p.affiliates is not null then
		perform app.refuse('history', 'Parties leave a group by management recording it; an administrator only adds (S13).', '{}');
	end if;
	if affiliate_of is not null then grp := app.join_group(id, affiliate_of); end if;
	update app.party x set name = name, kinds = kinds, affiliates = grp where x.organisation = app.org() and x.id = id;
	return method.party_get(id);
end $$;
comment on function method.party_update(uuid, int, app.title, app.party_kind[], uuid) is '{
	"doc": "Changes what is recorded of a party.", "roles": ["administrator"], "access": "write", "result": "party",
	"params": {"id": {"doc": "The party."}, "version": {"doc": "The version that was read."}, "name": {"doc": "Its name."}, "kinds": {"doc": "What it is to the organisation."},
		"affiliate_of": {"doc": "A party of the same group."}}}';

set role ninetwo_owner;
create or replace function app.group_reasons(party uuid) returns setof app.reason language sql stable security definer set search_path = '' as $$
	select 'S2', format('%s belongs to %s%s.', app.person_name(a.organisation, a.person), p.name,
			case when a.counts_until is null then format(' since %s', app.day(a.from_date)) else format(' until %s', app.day(a.counts_until)) end),
		jsonb_build_object('rule', 'S2', 'person', a.person, 'party', a.party, 'affiliation', a.id)
	from app.affiliation a
	join app.organisation o on o.id = a.organisation
	join app.party p on p.organisation = a.organisation and p.id = a.party
	where a.organisation = app.org() and a.party = $1 and a.person = app.me()
		and a.period && daterange((app.today() - make_interval(months => o.cooling_off_months))::date, null)
		-- the organisation itself: all of its management belong to it
		and not ('organisation' = any (p.kinds) and not exists (select from app.party x where x.organisation = p.organisation and x.id <> p.id and 'organisation' = any (x.kinds)))
	union all
	select 'S2', r.message, r.data || jsonb_build_object('rule', 'S2', 'party', $1)
	from app.responsible_reasons(app.org(), app.me(), array(select c.function from app.function_carried(app.org(), array(select n.function from app.operation n where n.organisation = app.org() and n.party = $1)) c), null) r
$$;
comment on function app.group_reasons(uuid) is 'Why the caller may not say that a party belongs to the organisation''s group, which lifts S2 for it: they belong to it, or have a responsibility for what it operates.';

create or replace function app.refuse_group(party uuid) returns void language plpgsql security definer set search_path = '' as $$
#variable_conflict use_variable
declare
	met app.reason[];
begin
	-- as app.derive_party() will, and the caller
	perform app.touch(app.org(), array[party], app.me() || array(select a.person from app.affiliation a where a.organisation = app.org() and a.party = party),
		array(select c.function from app.function_carried(app.org(), array(select n.function from app.operation n where n.organisation = app.org() and n.party = party)) c), '{}');
	met := array(select r from app.group_reasons(party) r);
	if cardinality(met) > 0 then
		perform app.refuse_separation('S2', format('Whoever records that a party is of the organisation''s own group lifts S2 for it, and is free of it. %s Somebody else of management records it; until then S2 holds.',
			(select string_agg(r.message, ' ') from unnest(met) r)), met[1].data);
	end if;
end $$;
comment on function app.refuse_group(uuid) is 'Stands in line for a party, the caller and what it operates, and refuses who is not free of it (S2).';
set role ninetwo_api;

create function method.party_set_group(id uuid, version int, in_group boolean) returns jsonb language plpgsql as $$
#variable_conflict use_variable
begin
	perform method.party_get(id);
	if in_group then perform app.refuse_group(id); end if;
	perform app.require_version((select p.version from app.party p where p.organisation = app.org() and p.id = id for update), version);
	update app.party p set in_group = in_group where p.organisation = app.org() and p.id = id;
	-- who works for it reads the directory, or no longer does
	perform ledger.sync(app.org(), variadic array(select distinct a.person from app.affiliation a where a.organisation = app.org() and a.party = id order by a.person));
	return method.party_get(id);
end $$;
comment on function method.party_set_group(uuid, int, boolean) is '{
	"doc": "Records whether a party belongs to the organisation''s own group. Inside the group S1 alone decides, person by person; outside it S2 holds too. That it does is recorded by who neither belongs to it, but to the organisation itself, nor has a responsibility for a function that it operates.",
	"roles": ["management"], "access": "write", "result": "party",
	"params": {"id": {"doc": "The party."}, "version": {"doc": "The version that was read."}, "in_group": {"doc": "It belongs to the organisation''s group."}}}';

create view record.affiliation with (security_invoker = true) as
	select a.organisation, a.id, a.person, app.person_name(a.organisation, a.person) as person_name, a.party, app.party_name(a.organisation, a.party) as party_name,
		a.kind, a.from_date, a.until_date, a.counts_until, a.held @> app.today() as current, a.version, a.created_at, a.updated_at
	from app.affiliation a;
comment on view record.affiliation is 'A person is employed by, contracted to or owner of a party.';
comment on column record.affiliation.person is '!Who.';
comment on column record.affiliation.person_name is 'Their name.';
comment on column record.affiliation.party is '!Which party.';
comment on column record.affiliation.party_name is 'Its name.';
comment on column record.affiliation.kind is '!employed, contracted or owner.';
comment on column record.affiliation.until_date is 'Last day; none is open.';
comment on column record.affiliation.current is '!It holds today.';
comment on column record.affiliation.updated_at is '!When it last changed.';
comment on column record.affiliation.counts_until is 'Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13).';

create function method.affiliation_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('affiliation', id);
end $$;
comment on function method.affiliation_get(uuid) is '{"doc": "One affiliation.", "roles": ["member"], "access": "read", "result": "affiliation", "params": {"id": {"doc": "The affiliation."}}}';

create function method.affiliation_add(person uuid, party uuid, kind app.affiliation_kind, from_date date, until_date date default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare made uuid;
begin
	perform method.person_get(person);
	perform method.party_get(party);
	if until_date < from_date then perform app.refuse_param('until_date', 'is not before from_date'); end if;
	insert into app.affiliation (organisation, person, party, kind, from_date, until_date, created_by)
		values (app.org(), person, party, kind, from_date, until_date, app.me()) returning affiliation.id into made;
	return method.affiliation_get(made);
end $$;
comment on function method.affiliation_add(uuid, uuid, app.affiliation_kind, date, date) is '{
	"doc": "Records for whom a person works. Dated today or later it is a decision, refused while it would break an assignment (S9); dated earlier it is a fact and always recorded.",
	"roles": ["administrator"], "access": "write", "result": "affiliation",
	"params": {"person": {"doc": "The person."}, "party": {"doc": "The party."}, "kind": {"doc": "How they belong to it."}, "from_date": {"doc": "First day."}, "until_date": {"doc": "Last day; none is open."}}}';

create view record.certification with (security_invoker = true) as
	select c.organisation, c.id, c.party, app.party_name(c.organisation, c.party) as party_name, c.kind, c.framework_name, c.from_date, c.until_date, c.counts_until,
		c.version, c.created_at, c.updated_at
	from app.certification c;
comment on view record.certification is 'A party certifies or attests the organisation.';
comment on column record.certification.party is '!Which party.';
comment on column record.certification.party_name is 'Its name.';
comment on column record.certification.kind is '!certification or attestation.';
comment on column record.certification.framework_name is '!Against what.';
comment on column record.certification.until_date is 'Last day; none is open.';
comment on column record.certification.counts_until is 'Until when it counts for separation: later than until_date while a past end waits for a countersignature (S13).';
comment on column record.certification.updated_at is '!When it last changed.';

create function method.certification_get(id uuid) returns jsonb language plpgsql stable as $$
begin
	return app.one('certification', id);
end $$;
comment on function method.certification_get(uuid) is '{"doc": "One certification or attestation.", "roles": ["member"], "access": "read", "result": "certification", "params": {"id": {"doc": "The certification."}}}';

create function method.certification_add(party uuid, kind app.certification_kind, framework_name app.title, from_date date, until_date date default null) returns jsonb language plpgsql as $$
#variable_conflict use_variable
declare made uuid;
begin
	perform method.party_get(party);
	if until_date < from_date then perform app.refuse_param('until_date', 'is not before from_date'); end if;
	insert into app.certification (organisation, party, kind, framework_name, from_date, until_date, created_by)
		values (app.org(), party, kind, framework_name, from_date, until_date, app.me()) returning certification.id into made;
	return method.certification_get(made);
end $$;
comment on function method.certification_add(uuid, app.certification_kind, app.title, date, date) is '{
	"doc": "Records that a party certifies or attests the organisation. It, its affiliates and its people then supply no auditor to it, from 24 months before to 24 months after (S3).",
	"roles": ["administrator", "management"], "access": "write", "result": "certification",
	"params": {"party": {"doc": "The certification body or attesting firm."}, "kind": {"doc": "certification (ISO/IEC 17021-1) or attestation (SOC 2)."},
		"framework_name": {"doc": "What is certified, as ISO/IEC 27001:2022."}, "from_date": {"doc": "First day."}, "until_date": {"doc": "Last day; none is open."}}}';


comment on column record.party.name is '!Its name.';
comment on column record.party.created_at is '!When it was recorded.';

create function method.party_list(q text default null, legal_identifier text default null, kind app.party_kind default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('party', case when app.reads_directory() then null::jsonb else app.branch('id', app.my_parties()) end,
		jsonb_build_object('name', jsonb_build_object('contains', q), 'legal_identifier', legal_identifier, 'kinds', jsonb_build_object('has', kind)), 'name, -created_at', sort, "limit", after);
end $$;
comment on function method.party_list(text, text, app.party_kind, text, int, text) is '{"doc": "The parties that the organisation deals with.", "roles": ["member"], "access": "read", "result": "party[]", "params": {"q": {"doc": "Holds this text in its name."}, "legal_identifier": {"doc": "With this legal identifier."}, "kind": {"doc": "Of this kind."}, "sort": {"doc": "Sorted by name, created_at; - before a name turns it round."}}}';
comment on column record.affiliation.from_date is '!First day.';
comment on column record.affiliation.created_at is '!When it was recorded.';

create function method.affiliation_list(person uuid default null, party uuid default null, current boolean default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('affiliation', case when app.reads_directory() then null::jsonb else app.branch('person', array[app.me()]) end,
		jsonb_build_object('person', person, 'party', party, 'current', current), '-from_date, -created_at', sort, "limit", after);
end $$;
comment on function method.affiliation_list(uuid, uuid, boolean, text, int, text) is '{"doc": "Who works for whom, and when.", "roles": ["member"], "access": "read", "result": "affiliation[]", "params": {"person": {"doc": "Of this person."}, "party": {"doc": "To this party."}, "current": {"doc": "Holding today, or not."}, "sort": {"doc": "Sorted by from_date, created_at; - before a name turns it round."}}}';
comment on column record.certification.from_date is '!First day.';
comment on column record.certification.created_at is '!When it was recorded.';

create function method.certification_list(party uuid default null, kind app.certification_kind default null, sort text default null, "limit" int default null, after text default null) returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
begin
	return app.page('certification', case when app.reads_directory() then null::jsonb else app.branch('party', app.my_parties()) end,
		jsonb_build_object('party', party, 'kind', kind), '-from_date, -created_at', sort, "limit", after);
end $$;
comment on function method.certification_list(uuid, app.certification_kind, text, int, text) is '{"doc": "Who certifies or attests the organisation.", "roles": ["member"], "access": "read", "result": "certification[]", "params": {"party": {"doc": "By this party."}, "kind": {"doc": "certification or attestation."}, "sort": {"doc": "Sorted by from_date, created_at; - before a name turns it round."}}}';
