-- The declarations, walked: no method that writes without its gate, no state, sentence or argument that there is not,
-- no refusal by another way than one; and `may` and `can` say what the call itself says, in every cell of the matrix.
\set ON_ERROR_STOP on
begin;
select no_plan();
set local client_min_messages = warning;
\ir fixture/matrix.sql

-- ---------------------------------------------------------------------------------------------------------------------
-- Every write goes through its gate
-- ---------------------------------------------------------------------------------------------------------------------

create table t.declared as
select p.oid, p.proname as name, d.said, (meta.record_of(p.oid)).relation, p.prosrc as body
from pg_proc p cross join lateral meta.declaration(p.oid) d where p.pronamespace = 'method'::regnamespace;
create table t.write as select * from t.declared d where d.said ->> 'access' = 'write';
create function t.source(schema text, name text) returns text language sql as $$
	select string_agg(p.prosrc, '') from pg_proc p where p.pronamespace = schema::regnamespace and p.proname = name
$$;
-- the names for which something does not hold
create function t.failing(names text[]) returns text[] language sql as $$
	select array_agg(n order by n) from unnest(names) n where n is not null
$$;
select is((select t.failing(array_agg(w.name::text)) from t.write w where t.source('gate', w.name) is null), null,
	'every method that writes has a gate');
select is((select t.failing(array_agg(w.name::text)) from t.write w
	where t.source('api', w.name) !~ format('gate\.%s\(', w.name) or t.source('api', w.name) ~ '\mmethod\.'), null,
	'and its frame calls that, and not its body');
select is((select t.failing(array_agg(w.name::text)) from t.write w
	where t.source('gate', w.name) !~ format('method\.%s\(', w.name)), null, 'which calls its body');
select is((select t.failing(array_agg(p.proname::text)) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
	where n.nspname not in ('gate', 'method')
		and not exists (select from t.declared d where d.said ->> 'access' <> 'write'
		and p.prosrc ~ format('method\.%s\(', d.name)) and n.nspname <> 't' and p.prosrc ~ '\mmethod\.[a-z_]+\('
	and p.prosrc !~ 'to_regproc|pg_get_functiondef'), null, 'and nobody else calls the body of one');
select is((select t.failing(array_agg(w.name::text)) from t.write w where w.relation is not null
	and (t.source('gate', 'judge_' || w.name) is null or t.source('gate', 'may_' || w.name) is null)), null,
	'on a record it is judged, and `may` asks that');
select is((select t.failing(array_agg(w.name::text)) from t.write w where w.relation is not null
	and t.source('gate',
		w.name) !~ format('gate\.judge_%1$s\(_r, 1\).*gate\.judge_%1$s\(_r, 2\).*gate\.judge_%1$s\(_r, 3\).*'
		'method\.%1$s\(', w.name)), null, 'by rules, place and states, in that order, before its body');
select is((select t.failing(array_agg(w.name::text)) from t.write w where w.said -> 'version' = 'true'
	and t.source('gate', w.name) !~ 'app\.require_version\(_r\.version, _version\)'), null, 'and its version');
select is((select t.failing(array_agg(w.name::text)) from t.write w where w.said -> 'roles' = '["auditor"]'
	and not w.said ? 'acts'), null, 'what only auditors do is recorded of them');
select is((select t.failing(array_agg(w.name::text)) from t.write w where w.said ? 'acts'
	and t.source('gate', w.name) !~ 'perform app\.(acted|arranged)\('), null, 'where it says so');

select ok(not jsonb_path_exists(meta.catalogue(), '$.methods[*].params[*] ? (@ == null)'),
	'and of every parameter the description has an entry');

-- ---------------------------------------------------------------------------------------------------------------------
-- States
-- ---------------------------------------------------------------------------------------------------------------------

select is(meta.state_problems(), '{}', 'every state, verb and noun of the transitions is there');
create function t.build_with(noun text, verb text, was text, becomes text) returns text language plpgsql as $$
begin
	execute format('create or replace function app.transitions() returns table (noun text, verb text, was text, '
		'becomes text) language sql immutable begin atomic select * from (values (%L, %L, %L, %L)) x; end', noun, verb,
			was,
		becomes);
	perform meta.build();
	return 'built';
exception when others then
	return sqlstate || ' ' || sqlerrm;
end $$;
select is(t.build_with(v.noun, v.verb, v.was, v.becomes),
	E'42P13 rules/states.sql names what there is not:\n  ' || v.problem, v.problem)
from (values ('finding', 'issue', 'draft', 'isued', 'finding.issue: no finding is ever isued'),
	('finding', 'issue', 'drafted', 'issued', 'finding.issue: no finding is ever drafted'),
	('audit', 'close', 'released', 'shut', 'audit.close: no audit is ever shut'),
	('request', 'accept', 'submited', 'accepted', 'request.accept: no request is ever submited'),
	('invitation', 'by itself', 'sent', 'lost', 'invitation.by itself: no invitation is ever lost'),
	('finding', 'isue', 'draft', 'issued', 'there is no method finding.isue'),
	('check', 'by itself', 'open', 'done', 'no record of check has a state')) v (noun, verb, was, becomes, problem);
select is((select array_agg(a.attrelid::regclass::text order by a.attrelid::regclass::text) from pg_attribute a
	join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and c.relnamespace in ('app'::regnamespace,
		'auth'::regnamespace)
	where a.attname = 'state' and not exists (select from pg_trigger g
		where g.tgrelid = c.oid and g.tgfoid = 'app.guard_state()'::regprocedure
		and exists (select from app.transitions() x where x.noun = rtrim(encode(g.tgargs, 'escape'), '\0')))), null,
	'whatever has a state has its transitions, and a trigger that guards it');
select is((select array_agg(x.noun || ' ' || s order by x.noun, s) from (select distinct noun from app.transitions()) x,
	unnest(meta.states(x.noun)) s where not exists (select from app.transitions() y where y.noun = x.noun
		and (y.becomes = s or y.was = s))), null, 'and into every state something leads, or out of it');

-- ---------------------------------------------------------------------------------------------------------------------
-- Sentences
-- ---------------------------------------------------------------------------------------------------------------------

-- Everything that is written in SQL, as it stands: bodies, what declarations say, views, defaults and conditions.
create table t.written as
select n.nspname || '.' || p.proname as name, coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as text
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname in ('app', 'auth', 'ledger', 'meta', 'operator', 'record', 'method', 'gate', 'api')
	and p.proname not in ('sentences', 'transitions', 'helps')
union all
select 'declaration of ' || d.name, v #>> '{}' from t.declared d,
	jsonb_path_query(d.said, '$.**?(@.type() == "string")') v
union all
select 'view ' || c.relname, pg_get_viewdef(c.oid) from pg_class c where c.relnamespace = 'record'::regnamespace
	and c.relkind = 'v';
-- A literal that is written where a sentence's id belongs.
create table t.said as
select w.name, m[1] as id from t.written w, regexp_matches(w.text,
	'(?:app\.(?:no|because)\(''[^'']*'', |app\.no\(_rule, '
	'|app\.(?:say|words)\(|app\.refuse_param\((?:''[^'']*''|\w+), |'
	'app\.no_list\(''[^'']*'', |row\(''2\d{3}'', )''([^'']*)''(?!\s*\|\|)', 'g') m
union
-- or that looks like one, and is no method, event, setting, relation or type
select w.name, m[1] from t.written w, regexp_matches(w.text, '''([a-z0-9]+\.[a-z0-9_.]*[a-z0-9])''(?!\s*\|\|)', 'g') m
where split_part(m[1], '.', 1) in (select split_part(s.id, '.', 1) from app.sentences() s)
	and not exists (select from t.declared d where meta.wire_name(d.name) = m[1])
	and not exists (select from t.written r where r.text ~ format('ledger\.record\([^;]*''%s''', m[1]))
union
select w.name, 'release.' || m[1] from t.written w,
	regexp_matches(w.text, 'app\.blocker\(''[^'']*'', ''([^'']*)''', 'g') m;
select is((select array_agg(x.name || ': ' || x.id order by x.name, x.id) from t.said x
	where x.id not in (select s.id from app.sentences() s)), null, 'every sentence that is said is there');
-- What begins the id of one of several, by a word of a type: 's1.' || kind.
create table t.begun as select distinct m[1] as prefix from t.written w,
	regexp_matches(w.text, '''([a-z0-9_]+\.)'' \|\| ', 'g') m;
select
	is((select array_agg(s.id order by s.id) from app.sentences() s
	where not exists (select from t.said x where x.id = s.id)
	and not exists (select from t.begun b where starts_with(s.id, b.prefix))
	and not exists (select from t.written w where w.text ~ format('''%s''', replace(s.id, '.', '\.')))), null,
	'every sentence is said somewhere');
select is((select array_agg(s.id) from app.sentences() s group by s.id having count(*) > 1), null, 'and stands once');
select
	is((select array_agg(s.id order by s.id) from app.sentences() s
	where s.text ~ '\{[^a-z}]|\{[a-z_]*[^a-z_}]|[^a-z_]\}'
	or s.text = '' or s.text ~ '^ *$'), null, 'its placeholders are words');

-- The arguments of a call that begins at the first character of a text, up to the bracket that closes it.
create function t.arguments(text text) returns text[] language plpgsql as $$
declare
	c text;
	depth int := 0;
	quoted boolean := false;
	one text := '';
	args text[] := '{}';
begin
	foreach c in array regexp_split_to_array(text, '') loop
		if c = '''' then
			quoted := not quoted;
		elsif not quoted and c in ('(', '[') then
			depth := depth + 1;
		elsif not quoted and c in (')', ']') then
			if depth = 0 then
				return case when btrim(one, E' \t\n') = '' then args else args || btrim(one, E' \t\n') end;
			end if;
			depth := depth - 1;
		elsif not quoted and depth = 0 and c = ',' then
			args := args || btrim(one, E' \t\n');
			one := '';
			continue;
		end if;
		one := one || c;
	end loop;
	return null;
end $$;
-- Each call that names a sentence in so many words, with what it hands over: an object that is built there, none, or
-- what cannot be seen here (null).
create table t.saying as
select w.name, x.id, case when x.args is null or x.args = '''{}''' or x.args = '''{}''::jsonb' then '{}'
	when x.args ~ '^jsonb_build_object\(' then (select array_agg(btrim(k, '''')) from
		unnest(t.arguments(substr(x.args, 20))) with ordinality a (k, n) where n % 2 = 1) end as given
from t.written w
cross join lateral regexp_split_to_table(w.text, '(?=app\.(?:no|because|say|words|refuse_param)\()') piece
cross join lateral (select (regexp_match(piece, '^app\.(\w+)\('))[1] as fn,
	t.arguments(regexp_replace(piece || ')', '^app\.\w+\(', '')) as args
		where piece ~ '^app\.(no|because|say|words|refuse_param)\(')
	c
cross join lateral (select btrim(c.args[case when c.fn in ('say', 'words') then 1 else 2 end], '''') as id,
	c.args[case when c.fn in ('say', 'words') then 2 else 3 end] as args) x
where x.id in (select s.id from app.sentences() s);
select is((select array_agg(format('%s in %s lacks %s', x.id, x.name, m[1]) order by x.id, x.name, m[1])
	from t.saying x join app.sentences() s on s.id = x.id, regexp_matches(s.text, '\{([a-z_]+)\}', 'g') m
	where x.given is not null and not m[1] = any (x.given)), null,
	'every placeholder has its argument where it can be seen');
select cmp_ok((select count(*) from t.saying x where x.given is not null)::int, '>', 200, 'which is nearly everywhere');

-- ---------------------------------------------------------------------------------------------------------------------
-- One way to refuse
-- ---------------------------------------------------------------------------------------------------------------------

-- What is no answer to a caller: an invariant of the project's own code is broken.
select
	is((select array_agg(distinct w.name order by w.name) from t.written w
	where w.text ~* '\mraise\s+exception\s+''|\massert\M'
	and w.text !~* 'raise\s+exception\s+using'),
		'{app.keep_record,app.stamp,app.words,meta.build,meta.list_column}',
	'raised besides refusals: that the project''s own code is wrong');
select
	is((select array_agg(w.name order by w.name) from t.written w
	where w.text ~* '\mraise\s+(exception\s+using|sqlstate|n2)'
	or w.text ~ 'errcode\s*=\s*''N'), '{app.refuse,app.refuse_params,meta.try}',
	'a refusal is raised by two functions (meta.try takes back what it tried)');
select is((select array_agg(p.oid::regprocedure::text order by p.oid::regprocedure::text) from pg_proc p
	where p.pronamespace = 'app'::regnamespace and p.proname in ('refuse', 'refuse_param')),
	'{app.refuse(app.refusal),"app.refuse_param(text,text,jsonb)"}', 'each of them by a sentence''s id');

-- ---------------------------------------------------------------------------------------------------------------------
-- `may` and `can` say what the call says
-- ---------------------------------------------------------------------------------------------------------------------

-- A method with `on` acts on a record, which its call names by `id`.
create table t.judged as
select c.*, e.value ->> 'on' as noun, regexp_replace(c.method, '^\w+\.', '') as verb
from t.cell c join jsonb_array_elements(meta.catalogue() -> 'methods') e on e.value ->> 'name' = c.method
where e.value ->> 'access' = 'write' and c.method not in (select s.method from t.in_server s);
-- An answer {allowed, code, data: {rule}} in the table's words; a rule of business by its name.
create function t.in_words(answer jsonb) returns text language sql as $$
	select case when answer is null then '-' when (answer ->> 'allowed')::boolean then 'ok'
		when answer ->> 'code' = '-32009' then answer #>> '{data,rule}'
		else t.word('', null, (answer ->> 'code')::int, answer #>> '{data,rule}') end
$$;
create function t.asked(who text, method text, params jsonb) returns jsonb language plpgsql as $$
declare
	told constant jsonb := t.refusal(who, method, params);
begin
	if told ->> 'code' <> '0' then
		return told || '{"allowed": false}';
	end if;
	return t.call(who, method, params);
end $$;
create function t.may(c t.judged) returns jsonb language plpgsql as $$
declare
	told constant jsonb :=
		t.asked(c.who, 'may', jsonb_build_object('noun', c.noun, 'ids', jsonb_build_array(c.params -> 'id'),
		'organisation', c.params -> 'organisation'));
begin
	return case when told ? 'allowed' then told else nullif(told #> '{items,0,verbs}', 'null') -> c.verb end;
end $$;
create function t.can(c t.judged) returns jsonb language sql as $$
	select t.asked(c.who, 'can',
		jsonb_build_object('method', c.method, 'params', c.params - 'organisation', 'organisation',
		c.params -> 'organisation'))
$$;
-- What the call itself is answered, taken back.
create function t.called(c t.judged) returns jsonb language plpgsql as $$
declare
	told jsonb;
begin
	told := t.refusal(c.who, c.method, c.params);
	raise exception using errcode = 'UT000';
exception when sqlstate 'UT000' then
	return case when told ->> 'code' = '0' then '{"allowed": true}' else told || '{"allowed": false}' end;
end $$;
create table t.compared as
select j.n, j.place, j.letter, j.method, j.noun, j.verb, j.params ? 'id' and j.method = j.noun || '.'
	|| j.verb as on_its_own,
	t.called(j) as called, t.can(j) as can, case when j.params ? 'id' and j.method = j.noun || '.'
		|| j.verb then t.may(j) end as may
from t.judged j;
-- How two answers differ, cell by cell.
create function t.apart(c t.compared, answer jsonb) returns text language sql as $$
	select format('%s by %s: %s, and the call %s', c.place, c.letter, t.in_words(answer), t.in_words(c.called))
$$;
select is((select array_agg(t.apart(c, c.can) order by c.n, c.letter) from t.compared c
	where t.in_words(c.can) is distinct from t.in_words(c.called)
		or c.can ->> 'message' is distinct from c.called ->> 'message'
		or c.can -> 'data' is distinct from c.called -> 'data'), null,
	'`can` says of every call what the call says, in the same words and with the same data');

-- Where `may`, which is asked before any parameter is typed, says another thing than one call: what of its parameters
-- makes the difference.
create table t.differs (place text primary key, why text not null);
insert into t.differs values
	('party.set_group @theirs', 'S2 has something against `in_group` true, and nothing against false'),
	('audit.start_reporting', '`not_covered` says why requirements have no check: what stands in the way is met by it'),
	('action.hand_over @judge', 'S5 is asked of whom `person` names, before the place'),
	('evidence.attach @papers', 'what it is attached to is named by `noun` and `subject`'),
	('evidence.attach @draft', 'as above'), ('evidence.attach @response', 'as above'),
	('evidence.attach @action', 'as above'), ('evidence.attach @verification', 'as above');
-- A role is refused before the record is looked for; of a record that is not for somebody to see `may` has no verbs.
create function t.same(c t.compared) returns bool language sql as $$
	select t.in_words(c.may) is not distinct from t.in_words(c.called) or (c.may is null and t.in_words(c.called) = '.')
$$;
select is((select array_agg(t.apart(c, c.may) order by c.n, c.letter) from t.compared c
	where c.on_its_own and not t.same(c) and c.place not in (select d.place from t.differs d)), null,
	'`may` says of every verb on a record what its call says');
select is((select array_agg(d.place order by d.place) from t.differs d
	where not exists (select from t.compared c where c.place = d.place and c.on_its_own and not t.same(c))), null,
	'and each exception is one');
select cmp_ok((select count(*) from t.compared c where c.on_its_own)::int, '>', 1000, 'and was asked in every cell');
select
	is((select array_agg(distinct c.called ->> 'message') from t.compared c where c.called ->> 'message' ~ '\{[a-z_]+\}'
	or c.may ->> 'message' ~ '\{[a-z_]+\}'), null, 'no sentence is shown with a gap');

select * from finish();
rollback;
