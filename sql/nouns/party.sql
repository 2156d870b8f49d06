-- Parties: legal entities, and which belong to one group.

create trigger stamp before update on app.party for each row execute function app.stamp();
create trigger changed after insert or update on app.party for each row execute function app.changed(party);

create view record.party with (security_invoker = true) as
	select p.organisation, p.id, p.name, p.legal_identifier, p.kinds, p.affiliates, p.in_group,
		exists (select from app.operation o where o.organisation = p.organisation and o.party = p.id
			and o.held @> app.today()) as operates,
		p.version, p.created_at, p.updated_at
	from app.party p;
comment on view record.party is 'A legal entity as the organisation knows it.';
comment on column record.party.legal_identifier is '!LEI, register number or the like: one entity is recorded once.';
comment on column record.party.kinds is '!What it is to the organisation.';
comment on column record.party.updated_at is '!When it last changed.';
comment on column record.party.affiliates is 'Parties of one group share this value (S3).';
comment on column record.party.in_group is 'Part of the organisation''s own group: S2 does not apply.';
comment on column record.party.operates is 'Operates a function today.';

create or replace function method.party_get(_id uuid) returns jsonb
language plpgsql stable as $$
begin
	return app.one('party', _id);
end
$$;
comment on function method.party_get(uuid) is '{
	"doc": "One party.",
	"roles": ["member"], "access": "read", "result": "party",
	"params": {"id": {"doc": "The party."}}}';

create or replace function method.party_add(_name app.title, _legal_identifier text, _kinds app.party_kind[],
	_affiliate_of uuid default null) returns jsonb
language plpgsql as $$
declare
	made uuid;
	grp uuid;
begin
	if cardinality(_kinds) = 0 then perform app.refuse_param('kinds', 'names at least one kind'); end if;
	if _affiliate_of is not null then perform method.party_get(_affiliate_of); end if;
	if exists (select from app.party p where p.organisation = app.org() and p.legal_identifier = _legal_identifier) then
		perform app.refuse('known', 'A party with this legal identifier is recorded already.', '{}');
	end if;
	insert into app.party (organisation, name, legal_identifier, kinds, created_by)
		values (app.org(), _name, _legal_identifier, _kinds, app.me()) returning party.id into made;
	-- an update: what binds the group binds it from now on
	if _affiliate_of is not null then
		grp := app.join_group(made, _affiliate_of);
		update app.party p set affiliates = grp where p.organisation = app.org() and p.id = made;
	end if;
	return method.party_get(made);
end
$$;
comment on function method.party_add(app.title, text, app.party_kind[], uuid) is '{
	"doc": "Records a legal entity: a supplier, an audit firm, a certification body, a customer.",
	"roles": ["administrator"], "access": "write", "result": "party",
	"params": {
		"name": {"doc": "Its name."},
		"legal_identifier": {"doc": "LEI, register number or the like: one entity is recorded once."},
		"kinds": {"doc": "What it is to the organisation; several are possible."},
		"affiliate_of": {"doc": "A party of the same group: what binds one of them under S3 binds both."}}}';

create or replace function method.party_update(_id uuid, _version int, _name app.title, _kinds app.party_kind[],
	_affiliate_of uuid default null) returns jsonb
language plpgsql as $$
declare
	p app.party;
	grp uuid;
begin
	perform method.party_get(_id);
	if _affiliate_of is not null then
		perform method.party_get(_affiliate_of);
		perform app.lock_groups(array[_id, _affiliate_of]);
	end if;
	select * into p from app.party x where x.organisation = app.org() and x.id = _id for update;
	perform app.require_version(p.version, _version);
	if 'organisation' = any (_kinds) and not 'organisation' = any (p.kinds) and not p.in_group
		and exists (select from app.operation n where n.organisation = app.org() and n.party = _id) then
		perform app.refuse_separation('S2',
			format(
			'%s operates a function, and S2 holds for it: it is called the organisation itself once management has '
			'recorded that it is of the organisation''s own group.', p.name),
			jsonb_build_object('rule', 'S2', 'party', _id));
	end if;
	if _affiliate_of is null and p.affiliates is not null then
		perform app.refuse('history',
			'Parties leave a group by management recording it; an administrator only adds (S13).', '{}');
	end if;
	if _affiliate_of is not null then grp := app.join_group(_id, _affiliate_of); end if;
	update app.party x set name = _name, kinds = _kinds, affiliates = grp where x.organisation = app.org()
		and x.id = _id;
	return method.party_get(_id);
end
$$;
comment on function method.party_update(uuid, int, app.title, app.party_kind[], uuid) is '{
	"doc": "Changes what is recorded of a party.",
	"roles": ["administrator"], "access": "write", "result": "party",
	"params": {
		"id": {"doc": "The party."},
		"version": {"doc": "The version that was read."},
		"name": {"doc": "Its name."},
		"kinds": {"doc": "What it is to the organisation."},
		"affiliate_of": {"doc": "A party of the same group."}}}';

create or replace function method.party_set_group(_id uuid, _version int, _in_group boolean) returns jsonb
language plpgsql as $$
begin
	perform method.party_get(_id);
	if _in_group then perform app.refuse_group(_id); end if;
	perform app.require_version((select p.version from app.party p where p.organisation = app.org()
		and p.id = _id for update), _version);
	update app.party p set in_group = _in_group where p.organisation = app.org() and p.id = _id;
	-- who works for it reads the directory, or no longer does
	perform ledger.sync(app.org(),
		variadic array(select distinct a.person from app.affiliation a where a.organisation = app.org()
		and a.party = _id order by a.person));
	return method.party_get(_id);
end
$$;
comment on function method.party_set_group(uuid, int, boolean) is '{
	"doc": "Records whether a party belongs to the organisation''s own group. Inside the group S1 alone decides, '
		'person by person; outside it S2 holds too. That it does is recorded by who neither belongs to it, but to the '
		'organisation itself, nor has a responsibility for a function that it operates.",
	"roles": ["management"], "access": "write", "result": "party",
	"params": {
		"id": {"doc": "The party."},
		"version": {"doc": "The version that was read."},
		"in_group": {"doc": "It belongs to the organisation''s group."}}}';

comment on column record.party.name is '!Its name.';
comment on column record.party.created_at is '!When it was recorded.';

create or replace function method.party_list(_q text default null, _legal_identifier text default null,
	_kind app.party_kind default null, _sort text default null, _limit int default null, _after text default null)
	returns jsonb
language plpgsql stable as $$
begin
	return app.page('party', case when app.reads_directory() then null::jsonb
		else app.branch('id', app.my_parties()) end,
		jsonb_build_object('name', jsonb_build_object('contains', _q), 'legal_identifier', _legal_identifier, 'kinds',
			jsonb_build_object('has', _kind)), 'name, -created_at', _sort, _limit, _after);
end
$$;
comment on function method.party_list(text, text, app.party_kind, text, int, text) is '{
	"doc": "The parties that the organisation deals with.",
	"roles": ["member"], "access": "read", "result": "party[]",
	"params": {
		"q": {"doc": "Holds this text in its name."},
		"legal_identifier": {"doc": "With this legal identifier."},
		"kind": {"doc": "Of this kind."},
		"sort": {"doc": "Sorted by name, created_at; - before a name turns it round."}}}';
