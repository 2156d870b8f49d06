-- Frameworks and their requirements; how the catalogues are loaded.

create policy read on app.framework for select to ninetwo_api
	using (case when organisation is null then true else organisation = (select app.org()) end);
create policy insert on app.framework for insert to ninetwo_api with check (organisation = (select app.org()));
create policy read on app.requirement for select to ninetwo_api using (
	exists (select from app.framework f where f.id = requirement.framework));
create policy insert on app.requirement for insert to ninetwo_api with check (
	exists (select from app.framework f where f.id = requirement.framework and f.organisation = (select app.org())));
create policy read on app.mapping for select to ninetwo_api using (true);

create or replace function app.catalogue_load(_framework text, _edition text, _rows jsonb) returns int
language plpgsql security definer set search_path = '' as $$
declare
	f uuid;
	n int;
begin
	select x.id into f from app.framework x where x.organisation is null and x.name = _framework
		and x.edition = _edition;
	if f is null then
		insert into app.framework (name, edition) values (_framework, _edition) returning id into f;
	end if;
	insert into app.requirement (framework, ref, parent, kind, theme, title, ordinal)
	select f, r ->> 'ref', nullif(r ->> 'parent', ''), coalesce(nullif(r ->> 'kind', ''), 'criterion'),
		coalesce(nullif(r ->> 'theme', ''), nullif(r ->> 'category', '')), r ->> 'title', o
	from jsonb_array_elements(_rows) with ordinality x (r, o)
	on conflict on constraint requirement_framework_ref_key do update set title = excluded.title,
		parent = excluded.parent, kind = excluded.kind, theme = excluded.theme, ordinal = excluded.ordinal
		where (app.requirement.title, app.requirement.parent, app.requirement.kind, app.requirement.theme,
			app.requirement.ordinal)
			is distinct from (excluded.title, excluded.parent, excluded.kind, excluded.theme, excluded.ordinal);
	get diagnostics n = row_count;
	return n;
end
$$;
comment on function app.catalogue_load(text, text, jsonb) is
	'Loads a shared catalogue, again and again without change: rows are objects {ref, parent, kind, theme|category, '
	'title} in order. How many rows changed.';
revoke execute on function app.catalogue_load(text, text, jsonb) from ninetwo_api;

create or replace function app.mapping_load(_source_framework text, _source_edition text, _target_framework text,
	_target_edition text, _origin text, _rows jsonb) returns int
language plpgsql security definer set search_path = '' as $$
declare n int;
begin
	insert into app.mapping (source, target, relation, strength, origin)
	select s.id, t.id, 'intersects', r ->> 'strength', _origin
	from jsonb_array_elements(_rows) r
	join app.framework sf on sf.organisation is null and sf.name = _source_framework and sf.edition = _source_edition
	join app.framework tf on tf.organisation is null and tf.name = _target_framework and tf.edition = _target_edition
	join app.requirement s on s.framework = sf.id and s.ref = r ->> 'source'
	join app.requirement t on t.framework = tf.id and t.ref = r ->> 'target'
	on conflict (source, target) do update set strength = excluded.strength, origin = excluded.origin
		where (app.mapping.strength, app.mapping.origin) is distinct from (excluded.strength, excluded.origin);
	get diagnostics n = row_count;
	return n;
end
$$;
comment on function app.mapping_load(text, text, text, text, text, jsonb) is
	'Loads a mapping between two shared catalogues: rows are {source, target, strength}. How many rows changed.';
revoke execute on function app.mapping_load(text, text, text, text, text, jsonb) from ninetwo_api;

create view app.called_framework as select f.id, f.name || ' ' || f.edition as name from app.framework f;
grant select on app.called_framework to ninetwo_api;

create view record.framework with (security_invoker = true) as
	select f.id, f.organisation as owner_organisation, f.name, f.edition,
		(select count(*)::int from app.requirement r where r.framework = f.id) as requirements, f.created_at
	from app.framework f;
comment on view record.framework is 'A versioned catalogue of requirements.';
comment on column record.framework.name is '!Its name.';
comment on column record.framework.edition is '!Its edition.';
comment on column record.framework.requirements is '!How many requirements it has.';
comment on column record.framework.created_at is '!When it was loaded.';
comment on column record.framework.owner_organisation is 'None for a catalogue that everybody shares.';

create view app.called_requirement as select r.id, r.ref from app.requirement r;
grant select on app.called_requirement to ninetwo_api;

create view record.requirement with (security_invoker = true) as
	select r.id, r.framework, f.name as framework_name, f.edition, r.ref, r.parent, r.kind, r.theme, r.title, r.ordinal
	from app.requirement r join app.framework f on f.id = r.framework;
comment on view record.requirement is '{
	"doc": "One requirement: its reference and short title, never the text of the standard.",
	"get": "One requirement."}';
comment on column record.requirement.framework is '!Its framework.';
comment on column record.requirement.framework_name is '!Its name.';
comment on column record.requirement.edition is '!Its edition.';
comment on column record.requirement.ref is '!Its reference, as A.8.13.';
comment on column record.requirement.parent is 'The reference that it stands under.';
comment on column record.requirement.kind is '!clause, control, criterion or own.';
comment on column record.requirement.theme is 'The theme that its framework puts it under.';
comment on column record.requirement.title is '!Its short title.';
comment on column record.requirement.ordinal is '!Its place in the framework''s order.';

create view record.mapping with (security_invoker = true) as
	select m.source, s.ref as source_ref, m.target, t.ref as target_ref, m.relation, m.strength, m.origin
	from app.mapping m join app.requirement s on s.id = m.source join app.requirement t on t.id = m.target;
comment on view record.mapping is 'One requirement mapped to another, how far, and where that was taken from.';
comment on column record.mapping.source is '!From which requirement.';
comment on column record.mapping.source_ref is '!Its reference.';
comment on column record.mapping.target is '!To which.';
comment on column record.mapping.target_ref is '!Its reference.';
comment on column record.mapping.relation is
	'!equal, subset, superset or intersects: what the source is to the target.';
comment on column record.mapping.strength is '!strong or partial.';
comment on column record.mapping.origin is '!Where it was taken from.';

create or replace function method.framework_list() returns jsonb
language plpgsql stable as $$
begin
	return (
		select jsonb_build_object('items', coalesce(jsonb_agg(to_jsonb(f) order by f.name, f.edition), '[]'),
			'after', null, 'partial', false) from record.framework f);
end
$$;
comment on function method.framework_list() is '{
	"doc": "The catalogues of requirements: the shared ones and the organisation''s own.",
	"roles": ["member"], "access": "read", "result": "framework[]"}';

create or replace function method.requirement_list(_framework uuid default null, _ref text default null,
	_kind text default null) returns jsonb
language plpgsql stable as $$
begin
	return (select jsonb_build_object('items',
		coalesce(jsonb_agg(to_jsonb(r) order by r.framework_name, r.edition, r.ordinal), '[]'), 'after', null,
		'partial', false)
	from record.requirement r
	where (_framework is null or r.framework = _framework)
		and (_ref is null or r.ref = _ref) and (_kind is null or r.kind = _kind));
end
$$;
comment on function method.requirement_list(uuid, text, text) is '{
	"doc": "The requirements of the catalogues, in the catalogues'' order, all in one page.",
	"roles": ["member"], "access": "read", "result": "requirement[]",
	"params": {
		"framework": {"doc": "Of this framework only."},
		"ref": {"doc": "With this reference, as A.8.13 or 9.2.1."},
		"kind": {"doc": "clause, control, criterion or own."}}}';

create or replace function method.mapping_list(_requirement uuid) returns jsonb
language plpgsql stable as $$
begin
	return (
		select jsonb_build_object('items', coalesce(jsonb_agg(to_jsonb(m) order by m.source_ref, m.target_ref), '[]'),
		'after', null, 'partial', false)
	from record.mapping m where _requirement in (m.source, m.target));
end
$$;
comment on function method.mapping_list(uuid) is '{
	"doc": "What a requirement maps to and from in other frameworks: evidence given once counts where the relation '
		'supports it.",
	"roles": ["member"], "access": "read", "result": "mapping[]",
	"params": {"requirement": {"doc": "The requirement."}}}';
