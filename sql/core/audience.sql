-- Who holds which token, and who may learn of a change of each record (docs/architecture.md, live events).
--
-- Who may learn of a change. app.audience_<noun>(organisation, id) says so for its noun; where there is none, the
-- administrators and whoever holds the subject's own id. This form looks the function up at each call;
-- app.audience_build() replaces it by one that names them all, which costs a tenth.

create or replace function app.audience(_noun text, _organisation uuid, _subject uuid) returns uuid[]
language plpgsql stable set search_path = '' as $$
declare
	tokens uuid[];
begin
	if to_regprocedure(format('app.%I(uuid,uuid)', 'audience_' || _noun)) is null then
		return array[app.role_token(_organisation, 'administrator'), _subject];
	end if;
	execute format('select app.%I($1, $2)', 'audience_' || _noun) into tokens using _organisation, _subject;
	return tokens;
end
$$;
comment on function app.audience(text, uuid, uuid) is 'The tokens whose holders may learn of a change of this record.';
revoke execute on function app.audience(text, uuid, uuid) from ninetwo_api;

-- A branch for each function app.<prefix><noun> with these arguments.
create or replace function app.by_noun(_prefix text, _types text, _call text) returns setof text
language sql stable set search_path = '' as $$
	select format(E'\tif _noun = %L then return app.%I(%s); end if;\n', substr(p.proname, length(_prefix) + 1),
		p.proname, _call)
	from pg_catalog.pg_proc p
	where p.pronamespace = 'app'::regnamespace and starts_with(p.proname, _prefix)
		and pg_catalog.oidvectortypes(p.proargtypes) = _types
	order by p.proname
$$;

create or replace function app.audience_build() returns integer
language plpgsql security definer set search_path = '' as $build$
declare
	branches text[];
	r record;
	kept oid[] := '{}';
begin
	for r in select distinct g.relation, case g.relation when 'evidence_request' then 'request'
		else g.relation end as noun
			from app.grounds() g loop
		if meta.has_column(format('app.%I', r.relation)::regclass, 'id') then
			kept := kept || meta.place(app.seen_audience(r.noun, r.relation), 'app.' || r.relation);
		end if;
	end loop;
	for r in select * from meta.found_texts() loop
		kept := kept || meta.place(r.text, r.made_of);
	end loop;
	perform meta.drop_routines(array(select o from unnest(meta.placed('app')) o where o <> all (kept)));
	branches := array(select app.by_noun('audience_', 'uuid, uuid', '_organisation, _subject'));
	execute format($body$create or replace function app.audience(_noun text, _organisation uuid, _subject uuid)
		returns uuid[]
language plpgsql stable set search_path = '' as $audience$
begin
%s	return array[app.role_token(_organisation, 'administrator'), _subject];
end
$audience$$body$, array_to_string(branches, ''));
	execute format($body$create or replace function app.content(_noun text, _row jsonb) returns jsonb
language plpgsql stable set search_path = '' as $content$
declare
	content constant jsonb := _row - app.uncounted();
begin
%s	return content;
end
$content$$body$, (select string_agg(b, '') from app.by_noun('content_', 'jsonb', 'content') b));
	return cardinality(branches);
end
$build$;
comment on function app.audience_build() is
	'Makes app.audience() and app.content() from the functions app.audience_<noun> and app.content_<noun> that there '
	'are; how many of the first.';

create or replace function app.directory_reader(_organisation uuid, _person uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (select from app.membership m where m.organisation = _organisation and m.person = _person
			and m.role in ('administrator', 'programme_manager', 'auditor', 'management') and m.held @> app.today())
		or (exists (select from app.membership m where m.organisation = _organisation and m.person = _person
				and m.role = 'auditee' and m.held @> app.today())
			and not exists (select from app.affiliation a join app.party p on p.organisation = a.organisation
				and p.id = a.party
				where a.organisation = _organisation and a.person = _person and not p.in_group
					and a.held @> app.today()));
end
$$;
comment on function app.directory_reader(uuid, uuid) is
	'Does a person look up people, parties and functions at large? The same answer as app.reads_directory() gives '
	'them.';

create or replace function app.holding(_organisation uuid, _person uuid) returns table (token uuid, until date)
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	with here as (
		select _organisation as organisation, _person as person
			where exists (select from app.person p where p.id = _person and p.disabled_at is null)),
	team as (
		select s.*,
			(select max(m.until_date) from app.membership m where m.organisation = h.organisation
			and m.person = h.person and m.role = 'auditor' and m.held @> app.today()) as until from here h
			cross join lateral app.assignments_of(h.organisation, h.person) s)
	select h.person, null::date from here h
	union all
	select app.role_token(m.organisation, m.role::text), m.until_date
	from here h join app.membership m on m.organisation = h.organisation and m.person = h.person
		and m.held @> app.today()
	union all
	select app.role_token(h.organisation, 'directory'), null from here h
		where app.directory_reader(h.organisation, h.person)
	union all
	select f.function, f.until from here h cross join lateral app.functions_of(h.organisation, h.person) f
	union all
	select t.audit, t.until from team t
	union all
	select p.id, t.until from team t join app.part p on p.organisation = _organisation and p.audit = t.audit
		and (t.part is null or p.id = t.part)
	union all
	select a.party, a.until_date from here h join app.affiliation a on a.organisation = h.organisation
		and a.person = h.person and a.held @> app.today()
	union all
	select m.party, m.until_date from here h join app.membership m on m.organisation = h.organisation
		and m.person = h.person and m.party is not null and m.held @> app.today()
	union all
	select r.token, r.until from here h cross join lateral app.release_holding(h.person, h.organisation) r;
end
$$;
comment on function app.holding(uuid, uuid) is 'The tokens that a person holds today, and until when; null is open.';
revoke execute on function app.holding(uuid, uuid) from ninetwo_api;
grant execute on function app.holding(uuid, uuid) to ninetwo_ledger;

create or replace function app.roles_audience(_organisation uuid) returns uuid[]
language plpgsql immutable set search_path = '' as $$
begin
	return array[app.role_token(_organisation, 'administrator'), app.role_token(_organisation, 'programme_manager'),
		app.role_token(_organisation, 'management')];
end
$$;
comment on function app.roles_audience(uuid) is
	'Tokens of the roles that see every audit, though never its papers or drafts.';
