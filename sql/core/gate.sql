-- The gate: what a write begins with, made from its declaration. For each method that writes there is
-- gate.<noun>_<verb>: it reads the record that the call names as its caller sees it, stands in its line, reads it
-- again, judges (rules, place, version, states, what is needed) without writing, hands the record to the body, and
-- records the act.
--
-- The body of such a method takes the record as its first argument, a row of its table: `_check app.check`. On the wire
-- that is `id` where the record is of the method's own noun, else the argument's name (`part`); the organisation is the
-- caller's own and has no name. What the declaration says of it, each an SQL expression over the record `_r`, or words:
--
--   version   true: the call says which version it saw
--   line      how it stands in line; it may name parameters (`_party`). By default it is its finding's, its audit's, or
--             where there is neither and a version is taken its own row's
--   rules     app.refusal, or null: rules of separation, in order
--   whom      refuses whom the call names, by its parameters (`_person`), before place: `may` does not ask it
--   place     app.refusal, or null: whose place it is
--   audit     states of its audit in which it may be done: words, or text[]
--   needs     app.refusal[]: all that stands in the way, each with what removes it
--   acts      judges | judges the work | works | arranges: what is recorded of it; of the work, S5 is judged as well.
--             What arranges and may only be proposed answers {<noun>, proposal}: kept as a proposal, nothing is
--             recorded
--   changes   parameters that are fields of the record: one that the call does not name stays as it is. A body that
--             must know of another parameter whether it was named takes `_named text[]` last
--   of        whose fields these are, where not the record's: a function of the record that answers a row, or null
--
-- In which states of the record itself a verb may be done stands in rules/states.sql. The body answers what it made (a
-- uuid), nothing (the record itself is answered), or an answer of its own (jsonb).

-- The record that a body begins with, or nothing.
create or replace function meta.record_of(_fn oid, out argument text, out relation regclass, out noun text,
	out parameter text)
language plpgsql stable set search_path = '' as $$
declare
	p pg_catalog.pg_proc;
begin
	select * into strict p from pg_catalog.pg_proc where oid = _fn;
	select c.oid::regclass, case c.relname when 'evidence_request' then 'request' when 'enrolment' then 'person'
		else c.relname::text end
	into relation, noun
	from pg_catalog.pg_type t join pg_catalog.pg_class c on c.oid = t.typrelid
	where t.oid = p.proargtypes[0] and t.typtype = 'c' and c.relkind = 'r' and c.relnamespace = 'app'::regnamespace;
	if relation is not null then
		argument := p.proargnames[1];
		parameter := case when relation = 'app.organisation'::regclass then null
			when starts_with(p.proname, noun || '_') then 'id' else ltrim(argument, '_') end;
	end if;
end
$$;
comment on function meta.record_of(oid) is
	'The argument, table and noun of the record that a body takes first, and what a call names it by; nulls where '
	'none.';

create or replace function meta.has_column(_relation regclass, _name text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
	return exists (select from pg_catalog.pg_attribute a
		where a.attrelid = _relation and a.attname = _name and a.attnum > 0 and not a.attisdropped);
end
$$;

grant execute on function meta.has_column(regclass, text) to ninetwo_owner;

-- The column that a record is known by.
create or replace function meta.key(_relation regclass) returns text
language sql stable set search_path = '' as $$
	select case when meta.has_column(_relation, 'id') then 'id' else 'person' end
$$;

-- One record of the caller's organisation, `x`; which one is an SQL expression, or null where there is but one.
create or replace function meta.where_record(_relation regclass, _which text) returns text
language sql stable set search_path = '' as $$
	select format('x.%I = app.org()', case when meta.has_column(_relation, 'organisation') then 'organisation'
		else 'id' end) || case when _which is null then ''
		else format(' and x.%I = %s', meta.key(_relation), _which) end
$$;

-- How a write below a record stands in line where its declaration does not say.
create or replace function meta.line(_relation regclass) returns text
language sql stable set search_path = '' as $$
	select case
		when _relation = 'app.audit'::regclass then 'app.lock_audit(_r.id)'
		when _relation = 'app.finding'::regclass then 'app.lock_finding(_r.id)'
		when meta.has_column(_relation, 'finding') then 'app.lock_finding(_r.finding)'
		when meta.has_column(_relation, 'audit') then 'app.lock_audit(_r.audit)'
	end
$$;

-- The state of a record today, as the states of rules/states.sql name it; null where it has none.
create or replace function meta.state_of(_relation regclass) returns text
language sql stable set search_path = '' as $$
	select case
		when _relation = 'app.finding'::regclass then 'app.finding_state_today(_r.state, _r.acknowledge_by)::text'
		when _relation = 'app.dispute'::regclass then 'app.dispute_state_today(_r.state, _r.decide_by)'
		when meta.has_column(_relation, 'state') then '_r.state::text'
	end
$$;

-- The finding or request whose work a record is about (S5).
create or replace function meta.object_of(_relation regclass) returns text
language sql stable set search_path = '' as $$
	select case
		when _relation in ('app.finding'::regclass, 'app.evidence_request'::regclass) then '_r.id'
		when meta.has_column(_relation, 'finding') then '_r.finding'
	end
$$;

-- In which states of its record a verb may be done, in the order of rules/states.sql; null: in any.
create or replace function meta.allowed(_noun text, _verb text) returns text[]
language sql stable set search_path = '' as $$
	select array_agg(x.was order by x.n) from (
		select t.was, min(t.n) as n from app.transitions() with ordinality t (noun, verb, was, becomes, n)
		where t.noun = _noun and t.verb = _verb and t.was is not null group by t.was) x
$$;

-- Whose fields a change changes: the record's, or those of what the declaration says.
create or replace function meta.changed_relation(_fn oid, _said jsonb) returns regclass
language plpgsql stable set search_path = '' as $$
begin
	return case when _said ? 'of' then (select t.typrelid::regclass from pg_catalog.pg_proc p
			join pg_catalog.pg_type t on t.oid = p.prorettype where p.oid = to_regproc(_said ->> 'of'))
		else (meta.record_of(_fn)).relation end;
end
$$;

-- What judges one method's record, in steps: rules, place, and after its version the states.
create or replace function meta.judge(_fn oid, _said jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
	name constant text := (select p.proname from pg_catalog.pg_proc p where p.oid = _fn);
	r constant record := meta.record_of(_fn);
	object constant text := meta.object_of(r.relation);
	acts constant text := _said ->> 'acts';
	allowed constant text[] := meta.allowed(r.noun, regexp_replace(name, '^[a-z]+_', ''));
	step constant text := E'\t_no := (%s);\n\tif _no.code is not null then return _no; end if;\n';
	rules text := '';
	place text := '';
	states text := '';
	rule text;
begin
	if acts in ('judges the work', 'works') and object is not null then
		rules := rules
			|| format(step, format('app.s5_refusal(%L, %s)', case acts when 'works' then 'hand' else 'judge' end,
			object));
	end if;
	for rule in select jsonb_array_elements_text(coalesce(_said -> 'rules', '[]')) loop
		rules := rules || format(step, rule);
	end loop;
	if _said ? 'place' then
		place := format(step, _said ->> 'place');
	end if;
	if allowed is not null and starts_with(name, r.noun || '_') then
		states := states || format(step, format('app.no_state(%s, %L)', meta.state_of(r.relation), allowed));
	end if;
	if _said ? 'audit' then
		states := states || format(step, format('app.no_state(app.audit_state(%s), %s)',
			case when r.relation = 'app.audit'::regclass then '_r.id' else '_r.audit' end,
			case jsonb_typeof(_said -> 'audit') when 'string' then _said ->> 'audit' else format('%L::text[]',
				(select array_agg(s) from jsonb_array_elements_text(_said -> 'audit') s)) end));
	end if;
	return format('create or replace function gate.%1$I(_r %2$s, _step int) returns app.refusal
language plpgsql stable set search_path = '''' as $judge$
declare
	_no app.refusal;
begin
	if _step = 1 then
%3$s		return null;
	elsif _step = 2 then
%4$s		return null;
	end if;
%5$s	return null;
end
$judge$', 'judge_' || name, r.relation, regexp_replace(rules, '^(?=.)', E'\t', 'gn'),
		regexp_replace(place, '^(?=.)', E'\t', 'gn'), states);
end
$$;
comment on function meta.judge(oid, jsonb) is
	'The text of gate.judge_<method>: what stands against it, by rules (1), place (2), and after its version by states '
	'(3).';

-- What a call passes to the body: each parameter as its type, a field that the call does not name as the record has it.
create or replace function meta.passed(_fn oid, _said jsonb) returns text
language sql stable set search_path = '' as $$
	select concat_ws(', ', case when (meta.record_of(_fn)).relation is not null then '_r' end,
		string_agg(case
			when _said -> 'changes' ? a.name then format(
				'case when %1$I is null and not %2$L = any (coalesce(_named, ''{}'')) then %3$s.%2$I else %1$I end',
					a.argument,
				a.name, case when _said ? 'of' then '_c' else '_r' end)
			else format('%I', a.argument) end, ', ' order by a.n),
		case when (select '_named' = any (p.proargnames) from pg_catalog.pg_proc p where p.oid = _fn) then '_named' end)
	from (select *, row_number() over () as n from meta.arguments(_fn)) a
	where a.part = 'own'
$$;

-- A field that may not be empty and that the call empties.
create or replace function meta.emptied(_fn oid, _said jsonb) returns text
language sql stable set search_path = '' as $$
	select coalesce(string_agg(format(
		E'\tif %1$I is null and %2$L = any (_named) then\n'
		'\t\tperform app.refuse_param(%2$L, ''param.empty'', ''{}'');\n\tend if;\n',
		a.argument, a.name), '' order by a.n), '')
	from (select *, row_number() over () as n from meta.arguments(_fn)) a
	join pg_catalog.pg_attribute c on c.attrelid = meta.changed_relation(_fn, _said) and c.attname = a.name
		and c.attnotnull
	where _said -> 'changes' ? a.name
$$;

-- What is recorded of a write, after its body.
create or replace function meta.recorded(_fn oid, _said jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
	r constant record := meta.record_of(_fn);
	makes constant boolean := (select p.prorettype = 'uuid'::regtype from pg_catalog.pg_proc p where p.oid = _fn);
	noun constant text := case when makes then _said ->> 'result' else r.noun end;
	proposes constant boolean := _said #> '{result,properties,proposal}' is not null;
	subject constant text := case when makes then '_made'
		when proposes then format('(_reply #>> %L)::uuid', array[(select split_part(p.proname, '_', 1)
			from pg_catalog.pg_proc p where p.oid = _fn), 'id'])
		else '_r.id' end;
	object constant text := case
		when meta.object_of(r.relation) is not null then meta.object_of(r.relation)
		when makes and noun in ('finding', 'request') then '_made' end;
begin
	return case _said ->> 'acts'
		when 'arranges' then format(case when proposes
				then E'\tif _reply -> ''proposal'' = ''null'' then\n\t\tperform %s;\n\tend if;\n'
				else E'\tperform %s;\n' end, format('app.arranged(%s, app.maker(), %s, app.signers())', case
				when makes and noun = 'audit' then '_made' when r.relation = 'app.audit'::regclass then '_r.id'
				when meta.has_column(r.relation, 'audit') then '_r.audit'
				else format('(app.place_of(%L, _r.id)).audit', r.noun) end, subject))
		when 'judges' then format(E'\tperform app.acted(''judge'', app.me(), %L, %s, null);\n', noun, subject)
		when 'judges the work' then
			format(E'\tperform app.acted(''judge'', app.me(), %L, %s, %s);\n', noun, subject, coalesce(object, 'null'))
		when 'works' then
			format(E'\tperform app.acted(''hand'', app.me(), %L, %s, %s);\n', noun, subject, coalesce(object, 'null'))
		else '' end;
end
$$;

-- The text of gate.<method>.
create or replace function meta.gate(_fn oid, _said jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
	p pg_catalog.pg_proc;
	r constant record := meta.record_of(_fn);
	line constant text := coalesce(_said ->> 'line', meta.line(r.relation));
	versioned constant boolean := coalesce((_said ->> 'version')::boolean, false);
	own_line constant boolean := line is null and versioned;
	see constant text := format(E'\tselect * into _r from %s x where %s%s;\n'
		'\tif not found then perform app.refuse_not_found(%L); end if;\n%s', r.relation,
		meta.where_record(r.relation, '_' || r.parameter), case when own_line then ' for update' else '' end, r.noun,
		case when own_line then E'\tperform app.forget();\n' else '' end);
	judge constant text :=
		format(E'\t_no := gate.%I(_r, %%s);\n\tif _no.code is not null then perform app.refuse(_no); '
		'end if;\n', 'judge_' || (select x.proname from pg_catalog.pg_proc x where x.oid = _fn));
	call text;
	answer text;
	judged text := '';
begin
	select * into strict p from pg_catalog.pg_proc where oid = _fn;
	call := format('method.%I(%s)', p.proname, meta.passed(_fn, _said));
	answer := case p.prorettype::regtype::text
		when 'jsonb' then E'\t_reply := %s;\n%s\treturn _reply;\n'
		when 'uuid' then E'\t_made := %s;\n%s\treturn ' || format(E'record.%I(_made);\n',
			(_said ->> 'result') || '_one')
		else E'\tperform %s;\n%s\treturn '
			|| format(E'record.%I(_r.%I);\n', (_said ->> 'result') || '_one', meta.key(r.relation)) end;
	if r.relation is not null then
		judged := see || coalesce(format(E'\tperform %s;\n', line) || see, '')
			|| format(judge, 1)
			|| case when _said ? 'whom' then format(E'\tperform %s;\n', _said ->> 'whom') else '' end
			|| format(judge, 2)
			|| case when versioned then E'\tperform app.require_version(_r.version, _version);\n' else '' end
			|| format(judge, 3)
			|| case when _said ? 'needs' then format(E'\tperform app.refuse_all(%s);\n', _said ->> 'needs') else '' end
			|| meta.emptied(_fn, _said)
			|| case when _said ? 'of' then format(E'\t_c := %s(_r);\n', _said ->> 'of') else '' end;
	end if;
	return format('create or replace function gate.%I(%s) returns jsonb
language plpgsql set search_path = '''' as $gate$
declare
	_r %s;
	_c %s;
	_no app.refusal;
	_made uuid;
	_reply jsonb;
begin
%s%send
$gate$', p.proname, (select coalesce(string_agg(format('%I %s%s', a.argument, pg_catalog.format_type(a.type, null),
			case when a.part in ('record', 'version') then '' else ' default null' end), ', ' order by a.n), '')
		from (select *, row_number() over () as n from meta.arguments(_fn)) a),
		coalesce(r.relation::text, 'record'), coalesce(meta.changed_relation(_fn, _said)::text, 'record'), judged,
		format(answer, call, meta.recorded(_fn, _said)));
end
$$;
comment on function meta.gate(oid, jsonb) is
	'The text of gate.<method>, by which api.<method>, `can` and a countersignature call it.';
