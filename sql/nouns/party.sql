-- Parties: legal entities, and which belong to one group.

create trigger stamp before update on app.party for each row execute function app.stamp();
create trigger changed after insert or update on app.party for each row execute function app.changed(party);

create view app.called_party as select p.id, p.name from app.party p where p.organisation = app.org();
grant select on app.called_party to ninetwo_api;

create view record.party with (security_invoker = true) as
	select p.organisation, p.id, p.name, p.legal_identifier, p.kinds, p.affiliates, p.affiliates_from, p.in_group,
		p.in_group_from,
		exists (select from app.operation o where o.organisation = p.organisation and o.party = p.id
			and o.held @> app.today()) as operates,
		p.version, p.created_at, p.updated_at
	from app.party p;
comment on view record.party is '{
	"doc": "A legal entity as the organisation knows it.",
	"get": "One party.",
	"list": "The parties that the organisation deals with.",
	"sorts": "name, -created_at",
	"q": "name, legal_identifier",
	"by": "in_group",
	"filters": {
		"legal_identifier": "With this legal identifier.",
		"kind": {"doc": "Of this kind.", "column": "kinds"},
		"in_group": "In the group, or not."}}';
comment on column record.party.legal_identifier is '!LEI, register number or the like: one entity is recorded once.';
comment on column record.party.kinds is '!What it is to the organisation.';
comment on column record.party.updated_at is '!When it last changed.';
comment on column record.party.affiliates is 'Parties of one group share this value (S2, S3).';
comment on column record.party.affiliates_from is
	'Since when it is of that group, or of none; none: as far as is known.';
comment on column record.party.in_group_from is
	'Since when it is of the organisation''s group, or is not; none: as far as is known.';
comment on column record.party.in_group is 'Part of the organisation''s own group: S2 does not apply.';
comment on column record.party.operates is 'Operates a function today.';
comment on column record.party.name is '!Its name.';
comment on column record.party.created_at is '!When it was recorded.';

create or replace function method.party_add(_name app.title, _legal_identifier app.identifier,
	_kinds app.party_kind[], _affiliate_of uuid default null, _affiliate_from app.day default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	made uuid;
	grp uuid;
begin
	perform app.require_seen('party', _affiliate_of);
	if exists (select from app.party p where p.organisation = app.org() and p.legal_identifier = _legal_identifier) then
		perform app.refuse(app.no('known', 'party.known'));
	end if;
	insert into app.party (organisation, name, legal_identifier, kinds, created_by)
		values (app.org(), _name, _legal_identifier, _kinds, app.me()) returning id into made;
	-- an update: what binds the group binds it from now on
	if _affiliate_of is not null then
		grp := app.join_group(made, _affiliate_of, _affiliate_from);
		update app.party p set affiliates = grp, affiliates_from = _affiliate_from
			where p.organisation = app.org() and p.id = made;
	end if;
	return made;
end
$$;
comment on function method.party_add is '{
	"doc": "Records a legal entity: a supplier, an audit firm, a certification body, a customer.",
	"roles": ["administrator"], "access": "write", "result": "party",
	"params": {
		"name": {"doc": "Its name."},
		"legal_identifier": {"doc": "LEI, register number or the like: one entity is recorded once."},
		"kinds": {
			"doc": "What it is to the organisation; several are possible.", "schema": {"minItems": 1, "maxItems": 6}},
		"affiliate_of": {"doc": "A party of the same group: what binds one of them under S2 and S3 binds both."},
		"affiliate_from": {"doc": "Since when; as far as is known when left out."}}}';

create or replace function method.party_update(_party app.party, _name app.title, _kinds app.party_kind[],
	_affiliate_of uuid default null, _affiliate_from app.day default null, _named text[] default null) returns void
language plpgsql set search_path = '' as $$
declare
	grp uuid := _party.affiliates;
	since date := _party.affiliates_from;
begin
	perform app.require_seen('party', _affiliate_of);
	if 'organisation' = any (_kinds) and not 'organisation' = any (_party.kinds) and not _party.in_group
		and exists (select from app.operation n where n.organisation = app.org() and n.party = _party.id) then
		perform app.refuse(app.no('S2', 's2.operates', jsonb_build_object('party', _party.id),
			jsonb_build_object('party', _party.id)));
	elsif _affiliate_of is null and 'affiliate_of' = any (_named) and grp is not null then
		perform app.refuse(app.no('history', 'party.leaves_group'));
	elsif _affiliate_of is not null then
		grp := app.join_group(_party.id, _affiliate_of, _affiliate_from);
		since := _affiliate_from;
	end if;
	update app.party x set name = _name, kinds = _kinds, affiliates = grp, affiliates_from = since
	where x.organisation = app.org() and x.id = _party.id;
end
$$;
comment on function method.party_update is '{
	"doc": "Changes what is recorded of a party.",
	"roles": ["administrator"], "access": "write", "result": "party", "version": true, "changes": ["name", "kinds"],
	"line": "app.lock_groups(array_remove(array[_r.id, _affiliate_of], null))",
	"params": {
		"id": {"doc": "The party."},
		"version": {"doc": "The version that was read."},
		"name": {"doc": "Its name."},
		"kinds": {"doc": "What it is to the organisation.", "schema": {"minItems": 1, "maxItems": 6}},
		"affiliate_of": {"doc": "A party whose group it joins."},
		"affiliate_from": {"doc": "Since when; as far as is known when left out."}}}';

-- needs more than the gate: who is not free of the party is refused only where it is said to be of the group
create or replace function method.party_set_group(_party app.party, _in_group boolean, _from_date app.day default null)
returns void
language plpgsql set search_path = '' as $$
begin
	update app.party p set in_group = _in_group,
		in_group_from = case when _in_group then _from_date else coalesce(_from_date, app.today()) end
	where p.organisation = app.org() and p.id = _party.id and p.in_group <> _in_group;
	-- who works for it reads the directory, or no longer does
	perform ledger.sync(app.org(), variadic array(select distinct a.person from app.affiliation a
		where a.organisation = app.org() and a.party = _party.id order by a.person));
end
$$;
comment on function method.party_set_group is '{
	"doc": "Records whether a party belongs to the organisation''s own group. Inside the group S1 alone decides, '
		'person by person; outside it S2 holds too. That it does is recorded by who neither belongs to it, but to the '
		'organisation itself, nor has a responsibility for a function that it operates.",
	"roles": ["management"], "access": "write", "result": "party", "version": true,
	"line": "app.refuse_group(_r.id, _in_group)",
	"params": {
		"id": {"doc": "The party."},
		"version": {"doc": "The version that was read."},
		"in_group": {"doc": "It belongs to the organisation''s group."},
		"from_date": {
			"doc": "Since when. Left out: as far as is known where it belongs, from today where it does not."}}}';

create or replace function method.party_leave_group(_party app.party, _from_date app.day default null) returns void
language plpgsql set search_path = '' as $$
begin
	if _from_date < app.today() then
		perform app.refuse_param('from_date', 'param.from_today', '{}');
	end if;
	update app.party p set affiliates = null, affiliates_from = coalesce(_from_date, app.today())
	where p.organisation = app.org() and p.id = _party.id;
end
$$;
comment on function method.party_leave_group is '{
	"doc": "Records that a party leaves its group: from that day on what binds the others under S2 and S3 binds it no '
		'more; for the days before it does. By who stands on no side of it.",
	"roles": ["management"], "access": "write", "result": "party", "version": true,
	"line": "app.refuse_group(_r.id, true)",
	"needs": "app.obstacles(app.no_state(case when _r.affiliates is null then ''alone'' else ''grouped'' end, '
		'''{grouped}''))",
	"params": {
		"id": {"doc": "The party."},
		"version": {"doc": "The version that was read."},
		"from_date": {"doc": "The first day on which it is not of it, today or later; today when left out."}}}';
