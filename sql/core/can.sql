-- `can`: whether a call would be refused, and why, without doing it.

-- The call of a method, from its gate on, with the members of a JSON object as its arguments.
create or replace function meta.call_from_json(_method text, _params jsonb) returns text
language plpgsql stable set search_path = '' as $$
begin
	return (
		select format('select %s.%I(%s)', case when to_regproc(format('gate.%I', replace(_method, '.', '_'))) is null
			then 'method' else 'gate' end, replace(_method, '.', '_'),
		coalesce(string_agg(format('%I => %s', a.argument, case
		when a.part = 'named' then 'array(select pg_catalog.jsonb_object_keys($1))'
		when meta.frame_type(a.type) = 'jsonb' then format('$1 -> %L', a.name)
		when t.typcategory = 'A' then format('array(select pg_catalog.jsonb_array_elements%1$s(case '
			'pg_catalog.jsonb_typeof($1 -> %2$L) when ''array'' then $1 -> %2$L '
			'else pg_catalog.jsonb_build_array($1 -> %2$L) end))::%3$s',
			case when pg_catalog.format_type(a.type, null) = 'jsonb[]' then '' else '_text' end, a.name,
				pg_catalog.format_type(a.type, null))
		else format('($1 ->> %L)::%s', a.name, pg_catalog.format_type(a.type, null))
	end), ', '), ''))
	from pg_catalog.pg_proc p, meta.arguments(p.oid) a join pg_catalog.pg_type t on t.oid = a.type
	where p.pronamespace = 'method'::regnamespace and p.proname = replace(_method, '.', '_')
		and (a.part = 'named' or jsonb_typeof(_params -> a.name) <> 'null'));
end
$$;

-- Does what the method does, takes it back, and answers what would have been said.
create or replace function meta.try(_method text, _params jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
	state text;
	sentence text;
	data text;
begin
	execute meta.call_from_json(_method, _params) using _params;
	raise exception using errcode = 'N2099', message = 'taken back';
exception
	when sqlstate 'N2099' then
		return '{"allowed": true}';
	when others then
		get stacked diagnostics state = returned_sqlstate, sentence = message_text, data = pg_exception_detail;
		if state like 'N2%' then
			return jsonb_build_object('allowed', false, 'code', -(32000 + substr(state, 3)::int), 'message', sentence,
				'data', coalesce(nullif(data, ''), '{}')::jsonb);
		end if;
		raise;
end
$$;

create or replace function meta.can(_session bytea, _organisation uuid, _method text, _params jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
	entry constant jsonb := (select m from meta.description d, jsonb_array_elements(d.catalogue -> 'methods') m
		where m ->> 'name' = _method);
	state text;
	sentence text;
	data text;
begin
	perform auth.enter(_session, null, 'can', '{signed_in}', 'read');
	if entry is null then
		perform app.refuse_param('method', 'param.method', '{}');
	end if;
	_params := coalesce(_params, '{}');
	begin
		perform auth.enter(_session, case when (entry ->> 'organisation')::boolean then _organisation end, _method,
			array(select jsonb_array_elements_text(entry -> 'roles')), entry ->> 'access');
		perform app.refuse_params(meta.misfits(entry, _params));
	exception when sqlstate 'N2001' or sqlstate 'N2002' or sqlstate 'N2602' then
		get stacked diagnostics state = returned_sqlstate, sentence = message_text, data = pg_exception_detail;
		return jsonb_build_object('allowed', false, 'code', -(32000 + substr(state, 3)::int), 'message', sentence,
			'data', coalesce(nullif(data, ''), '{}')::jsonb);
	end;
	return meta.try(_method, _params);
end
$$;

create or replace function meta.can_frame() returns text
language sql immutable set search_path = '' as $$
	select 'create or replace function api.can(session bytea, organisation uuid, method text, params jsonb default null)
returns jsonb
language plpgsql security definer set search_path = '''' as $frame$
begin
	return meta.can($1, $2, $3, $4);
end
$frame$'
$$;
