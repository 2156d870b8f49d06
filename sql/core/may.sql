-- `may`: which verbs the caller could use now on each of some records, and why not the others, before any parameter is
-- typed: the gate without a lock, so that it agrees with the gate because it is the gate.

create or replace function meta.refusal_shown(_no app.refusal) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return jsonb_build_object('code', -(30000 + _no.code::int), 'message', app.words(_no.say, _no.args),
		'data', coalesce(_no.data, '{}') || jsonb_build_object('say', app.say(_no.say, _no.args)));
end
$$;

-- The answer for one verb: the first refusal, and in `also` what else stands in the way.
create or replace function meta.may_answer(_nos app.refusal[]) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return case when cardinality(_nos) = 0 then '{"allowed": true}'
		else jsonb_build_object('allowed', false) || meta.refusal_shown(_nos[1]) || jsonb_build_object('also', (
			select coalesce(jsonb_agg(meta.refusal_shown(_nos[i]) order by i), '[]')
			from generate_series(2, cardinality(_nos)) i)) end;
end
$$;

create or replace function meta.may_forbidden(_roles text[]) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return meta.may_answer(array[row('2002', 'forbidden', '{}',
		jsonb_build_object('roles', to_jsonb(_roles)))::app.refusal]);
end
$$;

-- All that stands against one method on a record, called without what it need not be given.
create or replace function meta.may_one(_fn oid, _said jsonb) returns text
language sql stable set search_path = '' as $$
	select format('create or replace function gate.%1$I(_r %2$s) returns app.refusal[]
language plpgsql stable set search_path = '''' as $may$
declare
	_no app.refusal := gate.%3$I(_r, 1);
%5$sbegin
	if _no.code is null then _no := gate.%3$I(_r, 2); end if;
	if _no.code is null then _no := gate.%3$I(_r, 3); end if;
	if _no.code is not null then return array[_no]; end if;
	return coalesce(%4$s, ''{}'');
end
$may$', 'may_' || p.proname, (meta.record_of(_fn)).relation, 'judge_' || p.proname,
		coalesce(_said ->> 'needs', 'null::app.refusal[]'), (
			select string_agg(format(E'\t%I constant %s := null;\n', x.argument,
				pg_catalog.format_type(x.type, null)), '')
			from meta.arguments(_fn) x where x.part = 'own' and _said ->> 'needs' ~ ('\m' || x.argument || '\M')))
	from pg_catalog.pg_proc p where p.oid = _fn
$$;

-- All verbs of a noun on some of its records. A record that is not there, or not for the caller to see, has none.
create or replace function meta.may_noun(_noun text, _entries jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
	relation constant regclass := (
		select (meta.record_of(p.oid)).relation from pg_catalog.pg_proc p
		where p.pronamespace = 'method'::regnamespace and p.proname = _entries #>> '{0,function}');
	verbs text;
begin
	select string_agg(format(E'\t\t\t%L, case when app.my_roles() && %L::text[] then meta.may_answer(gate.%I(_r))\n'
			'\t\t\t\telse meta.may_forbidden(%L) end', regexp_replace(e ->> 'name', '^[a-z]+\.', ''),
			case when e -> 'roles' ? 'member' then array['administrator', 'programme_manager', 'auditor', 'auditee',
				'observer', 'management'] else roles.held end,
			'may_' || (e ->> 'function'), roles.held), E',\n' order by e ->> 'name')
	into verbs
	from jsonb_array_elements(_entries) e
	cross join lateral (select array(select jsonb_array_elements_text(e -> 'roles')) as held) roles;
	return format('create or replace function gate.%I(_ids uuid[]) returns jsonb
language plpgsql stable set search_path = '''' as $may$
declare
	_id uuid;
	_r %s;
	_all jsonb := ''[]'';
begin
	foreach _id in array _ids loop
		select * into _r from %s x where %s;
		_all := _all || jsonb_build_object(''id'', _id, ''verbs'', case when found then jsonb_build_object(
%s) end);
	end loop;
	return _all;
end
$may$', 'may_' || _noun, relation, relation, meta.where_record(relation, '_id'), verbs);
end
$$;

create or replace function meta.may(_session bytea, _organisation uuid, _noun text, _ids uuid[]) returns jsonb
language plpgsql set search_path = '' as $$
declare
	answer jsonb;
begin
	perform auth.enter(_session, _organisation, 'may', '{member}', 'read');
	if (cardinality(_ids) between 1 and 50 and array_position(_ids, null) is null and char_length(_noun) <= 40)
		is not true then
		perform meta.refuse_misfits('may', jsonb_build_object('noun', _noun, 'ids', _ids));
	elsif to_regprocedure(format('gate.%I(uuid[])', 'may_' || _noun)) is null then
		perform app.refuse_param('noun', 'param.may_noun', '{}');
	end if;
	execute format('select gate.%I($1)', 'may_' || _noun) into answer using _ids;
	return jsonb_build_object('items', answer);
end
$$;

-- `may` as the description shows it.
create or replace function meta.may_entry() returns jsonb
language sql immutable set search_path = '' as $$
	select '{
		"name": "may", "function": "may", "roles": ["member"], "access": "read", "organisation": true, "secret": false,
		"doc": "Which verbs you could use now on some records, and why not the others, before any parameter is typed.",
		"params": [
			{"name": "noun", "type": "text", "array": false, "required": true,
				"doc": "What they are: finding, check, audit.", "schema": {"type": "string", "maxLength": 40}},
			{"name": "ids", "type": "uuid", "array": true, "required": true, "doc": "Up to 50 of them.",
				"schema": {
					"type": "array", "items": {"type": "string", "format": "uuid"}, "minItems": 1, "maxItems": 50}}],
		"result": {
			"type": "object", "required": ["items"], "additionalProperties": false,
			"properties": {"items": {"type": "array", "items": {
				"type": "object", "required": ["id", "verbs"], "additionalProperties": false,
				"properties": {
					"id": {"type": "string", "format": "uuid"},
					"verbs": {
						"type": ["object", "null"],
						"description":
							"Of each verb: allowed, or the refusal. Null: there is none, or it is not for you to see.",
						"additionalProperties": {
							"type": "object", "required": ["allowed"],
							"properties": {
								"allowed": {"type": "boolean"}, "code": {"type": "integer"},
								"message": {"type": "string"}, "data": {"type": "object"},
								"also": {"type": "array", "items": {"type": "object"}}}}}}}}}}
	}'::jsonb
$$;

create or replace function meta.may_frame() returns text
language sql immutable set search_path = '' as $$
	select 'create or replace function api.may(session bytea, organisation uuid, noun text, ids uuid[])
returns jsonb
language plpgsql security definer set search_path = '''' as $frame$
begin
	return meta.may($1, $2, $3, $4);
end
$frame$'
$$;
