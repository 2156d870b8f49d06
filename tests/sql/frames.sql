-- The frames: what a declaration must say, what is made of it, and what every call goes through.
\set ON_ERROR_STOP on
begin;
select no_plan();

\set org '''00000000-0000-4000-8000-000000000001'''
\set other '''00000000-0000-4000-8000-000000000002'''
\set ann '''00000000-0000-4000-8000-00000000000a'''
\set ben '''00000000-0000-4000-8000-00000000000b'''
insert into app.organisation (id, name) values (:org, 'Test'), (:other, 'Other');
insert into app.person (id, name, email) values (:ann, 'Ann', 'ann@example.org'), (:ben, 'Ben', 'ben@example.org');
insert into app.enrolment (organisation, person, name, email) values (:org, :ann, 'Ann', 'ann@example.org'),
	(:org, :ben, 'Ben', 'ben@example.org');
insert into app.membership (organisation, person, role, from_date) values (:org, :ann, 'auditor', current_date - 1),
	(:org, :ben, 'auditee', current_date - 1);
insert into auth.session (kind, person, digest, idle_until, expires_at)
select 'session', p, sha256(s::bytea), now() + interval '1 hour', now() + interval '1 day'
	from (values (:ann::uuid, 'ann'), (:ben, 'ben')) t (p, s);

-- As the server, which may execute schema api and nothing else. A refusal is an answer here.
create function pg_temp.server(call text) returns jsonb language plpgsql as $$
declare
	reply jsonb; state text; sentence text; data text;
begin
	perform set_config('role', 'ninetwo_server', true);
	execute 'select ' || call into reply;
	perform set_config('role', 'none', true);
	return reply;
exception when others then
	get stacked diagnostics state = returned_sqlstate, sentence = message_text, data = pg_exception_detail;
	return jsonb_build_object('refused', state, 'message', sentence, 'data',
		case when state like 'N2%' then data::jsonb end);
end
$$;

-- A method and a record to try it on
create type app.crate_size as enum ('small', 'large');
create domain app.crate_title as text check (char_length(value) between 2 and 40 and value ~ '^[A-Z]');
create table app.crate (organisation uuid not null, id uuid not null default app.uuid7(), size app.crate_size not null,
	title app.crate_title, opened_on date,
	primary key (organisation, id));
alter type app.crate_size owner to ninetwo_owner;
alter domain app.crate_title owner to ninetwo_owner;
alter table app.crate owner to ninetwo_owner;
set local role ninetwo_owner;
grant usage on type app.crate_size, app.crate_title to ninetwo_api;
alter table app.crate enable row level security;
alter table app.crate force row level security;
create policy owner on app.crate to ninetwo_owner using (true);
create policy own on app.crate to ninetwo_api using (organisation = (select app.org()))
	with check (organisation = (select app.org()));
grant select, insert on app.crate to ninetwo_api;
set local role ninetwo_api;
create view record.crate with (security_invoker = true) as select organisation, id, size, title, opened_on,
	array['a'] as tags, '{}'::jsonb as seeds from app.crate;
comment on view record.crate is 'A crate.';
comment on column record.crate.size is '!How large.';
comment on column record.crate.seeds is '{
	"doc": "What is in it.",
	"not_null": true, "schema": {"type": "object"}}';
create function method.crate_pack(_size app.crate_size, _title app.crate_title default null, _spec jsonb default null,
	_days app.day[] default null) returns jsonb
language plpgsql as $$
declare
	made uuid;
begin
	if _title = 'Forbidden' then
		perform app.refuse(app.no('place', 'place.team'));
	end if;
	insert into app.crate (organisation, size, title) values (app.org(), _size, _title) returning crate.id into made;
	return (select to_jsonb(c) from record.crate c where c.id = made);
end
$$;
comment on function method.crate_pack is '{
	"doc": "Pack a crate.",
	"roles": ["auditor"], "access": "write", "result": "crate",
	"params": {
		"size": {"doc": "How large."},
		"title": {"doc": "Its name."},
		"spec": {"doc": "Any.", "schema": {"type": "object"}},
		"days": {"doc": "When."}}}';
create function method.crate_seal(_title app.title) returns jsonb
	language sql as $$ select jsonb_build_object('secret', gen_random_uuid()) $$;
comment on function method.crate_seal is '{
	"doc": "Seal it.",
	"roles": ["auditor"], "access": "write", "secret": true, "result": {"type": "object"},
	"params": {"title": {"doc": "Its name."}}}';
-- (The same parameters as of the one that seals: their digests are one.)
create function method.crate_mark(_title app.title) returns jsonb
	language sql as $$ select jsonb_build_object('mark', _title) $$;
comment on function method.crate_mark is '{
	"doc": "Mark it.",
	"roles": ["auditor"], "access": "write", "result": {"type": "object"},
	"params": {"title": {"doc": "What is on it."}}}';
create function method.crate_list() returns jsonb language sql as $$ select jsonb_agg(to_jsonb(c))
	from record.crate c $$;
comment on function method.crate_list is '{
	"doc": "All crates.",
	"roles": ["member"], "access": "read", "result": "crate[]"}';
create function method.crate_who() returns jsonb
	language sql as $$ select jsonb_build_object('me', app.me(), 'org', app.org(), 'roles', app.my_roles()) $$;
comment on function method.crate_who is '{
	"doc": "Who asks.",
	"roles": ["signed_in"], "access": "read", "organisation": false, "result": {"type": "object"}}';
reset role;
set local role ninetwo_owner;
select meta.build() > 0 as built \gset
reset role;
select ok(:'built', 'schema api is made');

-- What is made
select is(pg_get_function_arguments('api.crate_pack'::regproc),
	'session bytea, organisation uuid, request_id uuid, size text, title text DEFAULT NULL::text, spec jsonb DEFAULT '
	'NULL::jsonb, days date[] DEFAULT NULL::date[]',
	'a frame that writes takes session, organisation and request_id, then the wire''s own types');
select is(pg_get_function_arguments('api.crate_list'::regproc), 'session bytea, organisation uuid',
	'one that reads takes no request_id');
select is(pg_get_function_arguments('api.crate_who'::regproc), 'session bytea',
	'one outside an organisation takes none');
select is((select (prosecdef, proconfig, proowner::regrole)::text from pg_proc where oid = 'api.crate_pack'::regproc),
	'(t,"{""search_path=\\""\\""""}",ninetwo_api)',
	'it is security definer, owned by ninetwo_api, and searches nothing');
select is((select proconfig from pg_proc where oid = 'method.crate_pack'::regproc), array['search_path=""'],
	'its body searches nothing either');
select ok(has_function_privilege('ninetwo_server', 'api.crate_list(bytea, uuid)', 'execute'),
	'the server may call the frame');
select ok(not has_function_privilege('ninetwo_server', 'method.crate_list()', 'execute'), 'and not the body');

-- What is described
create function pg_temp.described(name text) returns jsonb language sql as $$ select m from meta.description d,
	jsonb_array_elements(d.catalogue -> 'methods') m where m ->> 'name' = $1 $$;
select is(pg_temp.described('crate.pack') - 'params' - 'result',
	'{"name": "crate.pack", "function": "crate_pack", "doc": "Pack a crate.", "roles": ["auditor"], "access": '
	'"write", "organisation": true, "secret": false}',
	'a method is described as it is declared');
select is(pg_temp.described('crate.pack') -> 'params', '[
	{"name": "size", "type": "text", "array": false, "required": true, "doc": "How large.",
		"schema": {"type": "string", "enum": ["small", "large"]}},
	{"name": "title", "type": "text", "array": false, "required": false, "doc": "Its name.",
		"schema": {"type": "string", "minLength": 2, "maxLength": 40, "pattern": "^[A-Z]"}},
	{"name": "spec", "type": "jsonb", "array": false, "required": false, "doc": "Any.", "schema": {"type": "object"}},
	{"name": "days", "type": "date", "array": true, "required": false, "doc": "When.",
		"schema": {"type": "array", "items": {"type": "string", "format": "date",
			"pattern": "^((19|2[01])[0-9][0-9]|2200)-",
			"x-problem": "must be a date from 1900 to 2200, as 2026-05-31"}}}]',
	'its parameters with what their types say');
select is(pg_temp.described('crate.pack') -> 'result', '{"$ref": "#/components/schemas/crate"}',
	'its answer is the record');
select is(pg_temp.described('crate.list') #> '{result,properties,items,items}',
	'{"$ref": "#/components/schemas/crate"}', 'a list''s answer is a page of them');
select is((select catalogue #> '{schemas,crate}' from meta.description),
	'{"type": "object", "description": "A crate.", "additionalProperties": false,
	"required": ["organisation", "id", "size", "title", "opened_on", "tags", "seeds"],
	"properties": {"organisation": {"type": "string", "format": "uuid"}, "id": {"type": "string", "format": "uuid"},
		"size": {"type": "string", "enum": ["small", "large"], "description": "How large."},
		"title": {"type": ["string", "null"], "minLength": 2, "maxLength": 40, "pattern": "^[A-Z]"},
		"opened_on": {"type": ["string", "null"], "format": "date"},
		"tags": {"type": ["array", "null"], "items": {"type": "string"}},
		"seeds": {"type": "object", "description": "What is in it."}}}', 'a record is described by its view');
select is(pg_temp.server('meta.described(''another'')::jsonb'), (select catalogue from meta.description),
	'the server reads all of it');
select is(pg_temp.server(format('to_jsonb(meta.described(%L))', (select release from meta.description))), null,
	'unless it knows it');

-- What servers know it by: another release is another description
create function pg_temp.release() returns text language sql as
	$$ select catalogue ->> 'release' from meta.description $$;
select pg_temp.release() as release, meta.build() > 0 as built \gset
select is(pg_temp.release(), :'release', 'made again of the same it is the same release');
comment on column record.crate.tags is 'What is written on it.';
select meta.build() > 0 as built \gset
select isnt(pg_temp.release(), :'release', 'a doc that differs makes another release');
select pg_temp.release() as release \gset
alter type app.crate_size add value 'middling';
select meta.build() > 0 as built \gset
select isnt(pg_temp.release(), :'release', 'so does a type that says something else');

-- In place: a function keeps its oid; one whose arguments are others is made anew alone; what is not made again goes
create function pg_temp.made(pattern text) returns text language sql as $$
	select string_agg(p.oid::regproc || ' ' || p.oid, ', ' order by p.oid::regproc::text) from pg_proc p
	where p.pronamespace in ('api'::regnamespace, 'gate'::regnamespace, 'record'::regnamespace, 'app'::regnamespace)
		and obj_description(p.oid, 'pg_proc') like 'Made by meta.build()%' and p.proname ~ pattern $$;
select pg_temp.made('') as made, meta.build() > 0 as built \gset
select is(pg_temp.made(''), :'made', 'made again everything keeps its oid');
select :'made' as others \gset
set local role ninetwo_api;
create function method.crate_tape(_title app.title) returns jsonb language sql as $$ select '{}'::jsonb $$;
comment on function method.crate_tape is '{
	"doc": "Tape it.",
	"roles": ["auditor"], "access": "write", "result": {"type": "object"},
	"params": {"title": {"doc": "Its name."}}}';
select meta.build() > 0 as built \gset
drop function method.crate_tape(app.title);
create function method.crate_tape(_label app.title, _twice boolean) returns jsonb
	language sql as $$ select '{}'::jsonb $$;
comment on function method.crate_tape is '{
	"doc": "Tape it.",
	"roles": ["auditor"], "access": "write", "result": {"type": "object"},
	"params": {"label": {"doc": "Its name."}, "twice": {"doc": "How."}}}';
reset role;
select meta.build() > 0 as built \gset
select is(pg_get_function_arguments('api.crate_tape'::regproc) || ' | '
	|| pg_get_function_arguments('gate.crate_tape'::regproc),
	'session bytea, organisation uuid, request_id uuid, label text, twice boolean | '
	'_label app.title DEFAULT NULL::text, _twice '
	'boolean DEFAULT NULL::boolean', 'of other arguments there is one frame and one gate');
select is(pg_temp.made('^(?!crate_tape)'), :'others', 'and no other is touched');
select ok(has_function_privilege('ninetwo_server', 'api.crate_tape(bytea, uuid, uuid, text, boolean)', 'execute'),
	'the server may call it');
create or replace function method.crate_tape(_label app.title, _twice boolean default null) returns jsonb
language sql as $$
	select '{}'::jsonb
$$;
select meta.build() > 0 as built \gset
create or replace function pg_temp.tapes() returns bigint language sql as $$
	select count(*) from pg_proc where proname = 'crate_tape' and pronamespace <> 'method'::regnamespace $$;
select is(pg_temp.tapes(), 2::bigint, 'so it is when a default comes');
drop function method.crate_tape(app.title, boolean);
create function gate.by_hand() returns int language sql as 'select 1';
select meta.build() > 0 as built \gset
select is(pg_temp.tapes(), 0::bigint, 'without its method there is neither');
select is(pg_temp.made('^(?!crate_tape)'), :'others', 'and the others are there');
select ok(to_regprocedure('gate.by_hand()') is not null, 'what was not made here is not taken for it');

-- The one who may
select pg_temp.server(
	format(
	'api.crate_pack(session => ''ann'', organisation => %L, request_id => %L, size => ''small'', title => ''Apples'')',
	:org, :ann)) as first \gset
select is(:'first'::jsonb ->> 'title', 'Apples', 'who has the role is answered');
select is(
	pg_temp.server(
	format(
	'api.crate_pack(session => ''ann'', organisation => %L, request_id => %L, size => ''small'', title => ''Apples'')',
	:org, :ann)), :'first'::jsonb,
	'the same request again has the same answer');
select is((select count(*) from app.crate), 1::bigint, 'and does nothing again');
select is(
	pg_temp.server(
	format(
	'api.crate_pack(session => ''ann'', organisation => %L, request_id => %L, size => ''large'', title => ''Apples'')',
	:org, :ann)) ->> 'refused', 'N2602',
	'the same request_id with other parameters is an error');
select is(
	pg_temp.server(
	format('api.crate_mark(session => ''ann'', organisation => %L, request_id => %L, title => ''Apples'')', :org,
	:other)) ->> 'mark', 'Apples', 'a request of one method');
select is(
	pg_temp.server(
	format('api.crate_seal(session => ''ann'', organisation => %L, request_id => %L, title => ''Apples'')', :org,
	:other)) ->> 'refused', 'N2602', 'is none of another, whose parameters are the same');
select is(
	pg_temp.server(
	format('api.crate_pack(session => ''ann'', organisation => %L, request_id => null, size => ''small'')',
	:org)) ->> 'refused', 'N2602', 'a write needs a request_id');
select is(
	pg_temp.server(
	format(
	'api.crate_pack(session => ''ann'', organisation => %L, request_id => %L, size => ''small'', title => '
	'''Forbidden'')', :org, :ben)) ->> 'refused', 'N2009',
	'a refusal is not kept');
select is(
	pg_temp.server(
	format(
	'api.crate_pack(session => ''ann'', organisation => %L, request_id => %L, size => ''small'', title => ''Bread'')',
	:org, :ben)) ->> 'title', 'Bread',
	'so its request_id is judged anew');
select is(
	pg_temp.server(
	format('api.crate_pack(session => ''ann'', organisation => %L, request_id => gen_random_uuid(), size => ''huge'')',
	:org)) - 'message', '{"refused": "N2602",
		"data": {"params": [{"name": "size", "problem": "must be one of small, large, middling"}]}}',
	'the frame judges values as the server''s gate does: an enumeration');
select is(
	pg_temp.server(
	format(
	'api.crate_pack(session => ''ann'', organisation => %L, request_id => gen_random_uuid(), size => ''small'', title '
	'=> ''x'')', :org)) - 'refused', '{"message": "2 parameters are not as they should be.", "data": {"params": [
		{"name": "title", "problem": "must have at least 2 characters"},
		{"name": "title", "problem": "must match ^[A-Z]"}]}}',
	'a domain, in all that is wrong');
select is(
	pg_temp.server(
	format(
	'api.crate_pack(session => ''ann'', organisation => %L, request_id => gen_random_uuid(), size => ''small'', spec '
	'=> ''[]'', days => ''{infinity}'')', :org)) #> '{data,params}', '[{"name": "spec", "problem": "must be an object"},
		{"name": "days[0]", "problem": "must be a date as 2026-05-31"},
		{"name": "days[0]", "problem": "must be a date from 1900 to 2200, as 2026-05-31"}]',
	'an object, and a date that is none');
select ok(
	pg_temp.server(
	format('api.crate_seal(session => ''ann'', organisation => %L, request_id => %L, title => ''Apples'')', :org,
	:org)) ? 'secret', 'a secret is answered');
select is(
	pg_temp.server(
	format('api.crate_seal(session => ''ann'', organisation => %L, request_id => %L, title => ''Apples'')', :org,
	:org)) #>> '{data,rule}', 'already_done',
	'once');
select is((select reply from app.request where id = :org::uuid), null, 'and is kept nowhere');
select is(pg_temp.server('api.crate_who(''ann'')'), jsonb_build_object('me', :ann, 'org', null, 'roles', '[]'::jsonb),
	'outside an organisation there are no roles');

-- The one who may not
select is(
	pg_temp.server(
	format(
	'api.crate_pack(session => ''ben'', organisation => %L, request_id => %L, size => ''small'', title => ''Apples'')',
	:org, :ann)) - 'message',
	'{"refused": "N2002", "data": {"roles": ["auditor"], "say": {"id": "forbidden", "args": {}}}}',
	'another role is refused, and told which may');
select is(jsonb_array_length(pg_temp.server(format('api.crate_list(''ben'', %L)', :org))), 2, 'a member reads');
select is(pg_temp.server('api.crate_list(''ben'', null)') ->> 'refused', 'N2602', 'and says of which organisation');

-- The stranger
select is(pg_temp.server(format('api.crate_list(''ann'', %L)', :other)) ->> 'refused', 'N2002',
	'of another organisation: refused');
select is(pg_temp.server(format('api.crate_list(''ann'', %L)', gen_random_uuid())) ->> 'refused', 'N2002',
	'and one that does not exist is no different');

-- Would it be refused?
select is(pg_temp.server(format('api.can(''ann'', %L, ''crate.pack'', ''{"size": "small", "title": "Cake"}'')', :org)),
	'{"allowed": true}', 'can: yes');
select is((select count(*) from app.crate), 2::bigint, 'and nothing was done');
select is(
	pg_temp.server(format('api.can(''ann'', %L, ''crate.pack'', ''{"size": "small", "title": "Forbidden"}'')', :org)),
	'{"allowed": false, "code": -32009, "message": "You are not on the team of this part of the audit.",
		"data": {"rule": "place", "say": {"id": "place.team", "args": {}}}}',
		'can: the refusal that would come');
select is(pg_temp.server(format('api.can(''ben'', %L, ''crate.pack'', ''{"size": "small"}'')', :org)) -> 'code',
	'-32002', 'can: the role');
select is(pg_temp.server(format('api.can(''ann'', %L, ''crate.pack'', ''{"colour": 1}'')', :org)) - 'message',
	'{"allowed": false, "code": -32602,
	"data": {"params": [{"name": "size", "problem": "is required"},
		{"name": "colour", "problem": "is not a parameter of this method"}]}}',
		'can: every wrong parameter');
select is(pg_temp.server(format('api.can(''ann'', %L, ''crate.pack'', ''{"size": "huge"}'')', :org)) -> 'code',
	'-32602', 'can: a value of another type');
select is(
	pg_temp.server(
	format('api.can(''ann'', %L, ''crate.pack'', ''{"size": "small", "days": ["2030-01-01"], "spec": {"a": 1}}'')',
	:org)), '{"allowed": true}', 'can: lists and objects');
select is(pg_temp.server(format('api.can(''ann'', %L, ''crate.eat'')', :org)) ->> 'refused', 'N2602',
	'can: no such method');
select is(pg_temp.server(format('api.can(''nobody'', %L, ''crate.pack'')', :org)) ->> 'refused', 'N2001',
	'can: nobody');

-- What is declared badly is not built, and every fault is named
create function pg_temp.problems(declared text,
	body text default 'create function method.pear_eat(_a int, _b jsonb default null) returns jsonb language sql as '
	'''select null::jsonb''')
returns text language plpgsql as $$
declare
	found text;
begin
	perform set_config('role', 'ninetwo_api', true);
	execute body;
	if declared is not null then
		execute format('comment on function method.pear_eat is %L', declared);
	end if;
	found := array_to_string((meta.declaration(to_regproc('method.pear_eat'))).problems, '; ');
	raise exception using errcode = 'ANSWR', message = coalesce(nullif(found, ''), 'good');
exception when sqlstate 'ANSWR' then
	return sqlerrm;
end
$$;
select '{"doc": "Eat.", "roles": ["auditor"], "access": "write", "result": "crate",
	"params": {"a": {"doc": "A."}, "b": {"doc": "B.", "schema": {}}}}' as good \gset
select is(pg_temp.problems(:'good'), 'good', 'a good declaration has no fault');
select alike(pg_temp.problems(declared), '%' || problem || '%', problem)
from (values
	(null, 'it has no declaration'),
	('Eat it', 'its comment is not JSON'),
	((:'good'::jsonb - 'roles')::text, 'it has no roles'),
	((:'good'::jsonb || '{"roles": ["boss"]}')::text, 'it names an unknown role'),
	((:'good'::jsonb || '{"roles": []}')::text, 'it has no roles'),
	((:'good'::jsonb - 'doc')::text, 'it has no doc'),
	((:'good'::jsonb || '{"access": "any"}')::text, 'its access is not write, read or recorded'),
	((:'good'::jsonb || '{"params": {"a": {"doc": "A."}}}')::text, 'argument `b` has no doc in params'),
	((:'good'::jsonb || '{"params": {"a": {"doc": "A."}, "b": {"doc": "B."}}}')::text,
		'argument `b` is jsonb and has no schema'),
	((:'good'::jsonb #- '{params,a}' || '{"x": 1}')::text, '`x` means nothing in a declaration'),
	(jsonb_set(:'good', '{params,c}', '{"doc": "C."}')::text, 'params names `c`, which is no argument'),
	((:'good'::jsonb || '{"result": "pear"}')::text, 'its result names record.pear, which is no view'),
	((:'good'::jsonb - 'result')::text, 'it has no result'),
	((:'good'::jsonb || '{"organisation": false}')::text, 'without an organisation the only role is signed_in')
) t (declared, problem);
select alike(pg_temp.problems(:'good',
	'create function method.pear_eat(_a int, _b jsonb default ''{}'') returns jsonb language sql as ''select '
	'null::jsonb'''),
	'%argument `b` has a default other than null%', 'optional is default null and nothing else');
select alike(pg_temp.problems(:'good',
	'create function method.pear_eat(_a money, _b jsonb default null) returns jsonb language sql as ''select '
	'null::jsonb'''),
	'%argument `a` has a type that the wire does not%', 'only the wire''s types');
select is(pg_temp.problems((:'good'::jsonb || '{"result": "crate[]", "params": {"a": {"doc": "A."}}}')::text,
	'create function method.pear_eat(_a int, _limit int default null, _after text default null) returns jsonb language '
	'sql as ''select null::jsonb'''),
	'good', 'a page need not say what limit and after are');
select alike(pg_temp.problems((:'good'::jsonb || '{"params": {"a": {"doc": "A."}}}')::text,
	'create function method.pear_eat(_a int, _limit int default null) returns jsonb language sql as ''select '
	'null::jsonb'''),
	'%argument `limit` has no doc in params%', 'what is no page says it');
select alike(pg_temp.problems(:'good',
	'create function method.pear_eat(_a int, _b jsonb default null) returns text language sql as ''select '
	'null::text'''),
	'%it must return jsonb%', 'only jsonb is returned');
select alike(pg_temp.problems(:'good',
	'create function method.pear_eat(_a int, _b jsonb default null) returns jsonb security definer language sql as '
	'''select null::jsonb'''),
	'%must not be security definer%', 'a body is not security definer');

set local role ninetwo_api;
create function method.pear_eat() returns jsonb language sql as 'select null::jsonb';
create function method.pear_sow() returns jsonb language sql as 'select null::jsonb';
reset role;
select throws_like('select meta.build()',
	'%method.pear_eat: it has no declaration%method.pear_sow: it has no declaration%',
	'nothing is built while one is at fault, and all are named');

select * from finish();
rollback;
