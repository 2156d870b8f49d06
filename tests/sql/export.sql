-- A list as a file: what may be asked for, page by page, as whom; and what ends it.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/fieldwork.sql

create function t.secret(begun jsonb) returns bytea language sql as $$
	select sha256(decode(translate(begun ->> 'ticket', '-_', '+/') || '=', 'base64'))
$$;
-- What the server does, as the login role: a page, or {"refused"}.
create function t.page(secret bytea, export uuid, after text default null) returns jsonb language plpgsql as $$
declare
	reply jsonb; state text;
begin
	perform set_config('role', 'ninetwo_server', true);
	reply := api.export_page(secret, export, after);
	perform set_config('role', 'none', true);
	return reply;
exception when others then
	get stacked diagnostics state = returned_sqlstate;
	return jsonb_build_object('refused', state);
end $$;
create function t.begun(who text, method text, params jsonb default null, columns text[] default null) returns jsonb
	language sql as $$
	select t.call(who, 'export.begin', jsonb_strip_nulls(jsonb_build_object('method', method, 'params', params,
		'columns', to_jsonb(columns))))
$$;
create function t.first(begun jsonb, after text default null) returns jsonb language sql as $$
	select t.page(t.secret(begun), (begun ->> 'id')::uuid, after)
$$;

-- What may be asked for
select is(t.refusal('x', 'export.begin', jsonb_build_object('method', m)) #>> '{data,params,0,name}', 'method',
	format('%s is no list', m))
from unnest('{person.get,person.add,nothing.list,rpc.discover,"",session.list}'::text[]) m;
select is(t.refusal('x', 'export.begin', jsonb_build_object('method', 'person.list', 'params', p))
	#>> '{data,params,0,name}', wanted, format('params %s', p))
from (values ('{"nam": "Ann"}'::jsonb, 'params.nam'), ('{"limit": 7, "after": "x"}', null),
	('{"sort": "nothing"}', 'params.sort'), ('{"email": 7, "nam": 8}', 'params.email[0]')) x (p, wanted);
select is(t.refusal('x', 'export.begin', '{"method": "finding.list", "params": {"audit": "nothing"}}')
	#>> '{data,params,0,name}', 'params.audit[0]', 'a value of another type');
select is(t.refusal('x', 'export.begin', '{"method": "person.list", "columns": ["name", "digest"]}')
	#>> '{data,params,0,name}', 'columns', 'a column that is none');
select is(t.code(t.refusal(who, 'export.begin', jsonb_build_object('method', 'membership.list'))),
	t.code(t.refusal(who, 'membership.list', '{}')), format('%s exports what they may list', who))
from unnest('{x,ob,v}'::text[]) who;

-- All of it, as its list shows it
create function t.whole(begun jsonb) returns jsonb language plpgsql as $$
declare
	page jsonb := t.first(begun);
	found jsonb := page -> 'items';
begin
	while page ->> 'after' is not null loop
		page := t.first(begun, page ->> 'after');
		found := found || (page -> 'items');
	end loop;
	return found;
end $$;
select is(t.whole(t.begun(who, method, params)), t.call(who, method, params || '{"limit": 200}') -> 'items',
	format('%s: %s as it answers', who, method))
from unnest('{x,ob,l,v}'::text[]) who,
	(values ('person.list', '{"sort": "-name"}'::jsonb), ('audit.list', '{}')) m (method, params);
select is(t.first(t.begun('x', 'person.list')) #>> '{columns,0}', 'organisation',
	'all columns, in the order of the record');
select is(t.first(t.begun('x', 'person.list', null, '{name,email}')) -> 'columns', '["name", "email"]', 'or those');

-- 450 more people: three pages
insert into app.person (name, email)
	select 'Person ' || n, 'many' || n || '@example.org' from generate_series(1, 450) n;
insert into app.enrolment (organisation, person, name, email)
	select t.org(), p.id, p.name, p.email from app.person p where p.email like 'many%';
select t.begun('x', 'person.list', '{"sort": "name"}') as many \gset
select is(jsonb_array_length(t.first(:'many') -> 'items'), 200, 'a page has 200');
select is(jsonb_array_length(t.whole(:'many')),
	(select count(*)::int from app.enrolment where organisation = t.org()), 'and together they are all');
select is(t.first(:'many', 'nonsense') ->> 'refused', 'N2602', 'a place that is none');

-- As whom, and for how long
select is(t.page(sha256(t.session('x')), (:'many'::jsonb ->> 'id')::uuid) ? 'items', true,
	'the session that began may fetch it too');
select is(t.page(sha256(t.session('ob')), (:'many'::jsonb ->> 'id')::uuid) ->> 'refused', 'N2001', 'another may not');
select is(t.page(t.secret(:'many'), gen_random_uuid()) ->> 'refused', 'N2001', 'a ticket is for one export');
select is(t.page(null, (:'many'::jsonb ->> 'id')::uuid) ->> 'refused', 'N2001', 'nobody may not');
savepoint begun;
update app.export set expires_at = now();
select is(t.first(:'many') ->> 'refused', 'N2001', 'it begins within a quarter of an hour');
select is(t.first(:'many', t.call('x', 'person.list', '{"sort": "name", "limit": 200}') ->> 'after') ? 'items', true,
	'and then goes on');
rollback to begun;
select t.first(:'many') ->> 'after' as place \gset
update auth.session set ended_at = now(), ended_by = 'signed_out' where digest = sha256(t.session('x'));
select is(t.first(:'many', :'place') ->> 'refused', 'N2001', 'it ends with its session');
rollback to begun;
update app.person set disabled_at = now() where id = t.id('x');
select is(t.first(:'many', :'place') ->> 'refused', 'N2001', 'and when its person is shut out');
rollback to begun;
delete from app.membership where person = t.id('x');
select is(t.first(:'many', :'place') ->> 'refused', 'N2001', 'and when they have no role any more');
rollback to begun;

-- What they see is asked anew at each page
select t.begun('x', 'invitation.list') as invitations \gset
select is(t.first(:'invitations') ? 'items', true, 'an administrator exports invitations');
update app.membership set role = 'auditee' where person = t.id('x') and role = 'administrator';
select is(t.first(:'invitations') ->> 'refused', 'N2002', 'and no longer where they are none');
select * from finish();
rollback;
