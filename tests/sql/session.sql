-- Signing in and out: codes, passwords, sessions, bearer tokens, and the counters that slow guessing down.
\set ON_ERROR_STOP on
begin;
select no_plan();

\set org '''00000000-0000-4000-8000-000000000001'''
\set other '''00000000-0000-4000-8000-000000000002'''
\set ann '''00000000-0000-4000-8000-00000000000a'''
\set ben '''00000000-0000-4000-8000-00000000000b'''
\set cyd '''00000000-0000-4000-8000-00000000000c'''
insert into app.organisation (id, name) values (:org, 'Test'), (:other, 'Other');
insert into app.person (id, name, email) values (:ann, 'Ann', 'ann@example.org'), (:ben, 'Ben', 'Ben@example.org'),
	(:cyd, 'Cyd', 'cyd@example.org');
insert into app.enrolment (organisation, person, name, email)
values (:org, :ann, 'Ann', 'ann@example.org'), (:org, :ben, 'Ben', 'ben@example.org'),
	(:other, :cyd, 'Cyd', 'cyd@example.org');
insert into app.membership (organisation, person, role, from_date, until_date)
	values (:org, :ann, 'administrator', current_date - 10, null),
	(:org, :ann, 'auditee', current_date - 10, current_date - 3), (:org, :ben, 'auditor', current_date - 10, null),
		(:other, :cyd, 'auditor', current_date - 10, null);

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
create function pg_temp.code(person uuid, code text) returns uuid
	language sql as $$ select auth.ask_invitation(person, null, sha256(code::bytea)) $$;
create function pg_temp.try(email text, key text, token text default 'none', address text default '10.0.0.1')
	returns jsonb language sql as $$
	select pg_temp.server(format('api.session_open(%L, %L::bytea, sha256(%L::bytea), %L, ''test'')', email, key, token,
		address)) $$;
create function pg_temp.forgive() returns void language sql as $$ delete from auth.attempt $$;

-- Codes
select pg_temp.code(:ann, 'c-ann') is not null as asked, pg_temp.code(:ben, 'c-ben') is not null as asked_too \gset
select is(pg_temp.server('api.code_challenge(sha256(''c-ann''))') - 'expires_at',
	'{"n": 32768, "r": 8, "p": 3, "kind": "invitation", "name": "Ann", "email": "ann@example.org"}',
	'a code says whose it is and how to hash');
select is(pg_temp.server('api.code_challenge(sha256(''wrong''))') #>> '{data,rule}', 'code',
	'a wrong code says nothing');
select is(pg_temp.server('api.password_set(sha256(''wrong''), ''0123456789abcdef'', ''key'')') #>> '{data,rule}',
	'code', 'and sets nothing');
select is(pg_temp.server('api.password_set(sha256(''c-ann''), ''0123456789abcdef'', ''key-ann'')') ->> 'ok', 'true',
	'the person sets their own password with it');
select is(pg_temp.server('api.password_set(sha256(''c-ann''), ''0123456789abcdef'', ''key-eve'')') #>> '{data,rule}',
	'code', 'once');
select is((select verifier from auth.credential where person = :ann), sha256('key-ann'), 'what is kept is a digest');
update auth.invitation set expires_at = now() - interval '1 second' where person = :ben;
select is(pg_temp.server('api.password_set(sha256(''c-ben''), ''0123456789abcdef'', ''key-ben'')') #>> '{data,rule}',
	'code', 'after 24 hours a code is void');
select pg_temp.code(:ben, 'c-ben1'), pg_temp.code(:ben, 'c-ben2') \g /dev/null
select is(pg_temp.server('api.password_set(sha256(''c-ben1''), ''0123456789abcdef'', ''key-ben'')') #>> '{data,rule}',
	'code', 'a later code voids the earlier one');
select is(pg_temp.server('api.password_set(sha256(''c-ben2''), ''0123456789abcdeg'', ''key-ben'')') ->> 'ok', 'true',
	'and is good');

-- Signing in
select is(pg_temp.server('api.session_challenge(''ANN@example.org'', ''10.0.0.1'')'),
	'{"n": 32768, "r": 8, "p": 3, "salt": "30313233343536373839616263646566", "wait_ms": 0}',
	'the challenge of an account, however its address is written');
select is(length(pg_temp.server('api.session_challenge(''nobody@example.org'', ''10.0.0.1'')') ->> 'salt'), 32,
	'an account that does not exist has a salt');
select is(pg_temp.server('api.session_challenge(''nobody@example.org'', ''10.0.0.1'')'),
	pg_temp.server('api.session_challenge(''NOBODY@example.org'', ''10.0.0.1'')'), 'always the same');
select isnt(pg_temp.server('api.session_challenge(''nobody@example.org'', ''10.0.0.1'')'),
	pg_temp.server('api.session_challenge(''nobody2@example.org'', ''10.0.0.1'')'), 'and its own');
select is(pg_temp.server('api.session_challenge(''cyd@example.org'', null)') - 'salt',
	pg_temp.server('api.session_challenge(''nobody@example.org'', null)') - 'salt',
	'who has set no password looks like who does not exist');
select is(pg_temp.try('ann@example.org', 'wrong') - 'retry_after_ms',
	pg_temp.try('nobody@example.org', 'wrong') - 'retry_after_ms',
	'a wrong password and an unknown account are one answer');
select is(pg_temp.try('ann@example.org', 'wrong') -> 'ok', 'false', 'no');
select is(pg_temp.try('ann@example.org', 'key-ann', 'tok-ann') -> 'ok', 'true', 'the right password signs in');
select is(pg_temp.try('ann@example.org', 'key-ann', 'tok-ann2') -> 'ok', 'true', 'twice, if one likes');
select is(pg_temp.try('ben@example.org', 'key-ben', 'tok-ben') -> 'ok', 'true', 'another person');
select is(pg_temp.server('api.session_info(''tok-ann'')') -> 'organisations',
	format('[{"id": %s, "name": "Test", "roles": ["administrator"]}]', to_json(:org::text))::jsonb,
	'a session says where one is a member and as what, today');
select is(pg_temp.server('api.session_info(''tok-ann'')') -> 'person', to_jsonb(:ann::text), 'and who one is');
select is((select digest from auth.session where person = :ben), sha256('tok-ben'),
	'what is kept of a session is its digest');
select ok((select idle_until between now() + interval '119 minutes' and now() + interval '2 hours'
	and expires_at between now() + interval '11 hours' and now() + interval '12 hours'
	from auth.session where person = :ben), 'it ends after two idle hours, and after twelve in any case');

-- Using it
update auth.session set seen_at = now() - interval '10 seconds', idle_until = now() + interval '1 minute'
	where person = :ben;
select is((pg_temp.server('api.session_touch(''tok-ben'')') ->> 'idle_until')::timestamptz, now() + interval '1 minute',
	'a use within the minute is not noted');
update auth.session set seen_at = now() - interval '61 seconds' where person = :ben;
select is((pg_temp.server('api.session_touch(''tok-ben'')') ->> 'idle_until')::timestamptz, now() + interval '2 hours',
	'a later one is, and moves the idle end');
update auth.session set seen_at = now() - interval '61 seconds', expires_at = now() + interval '5 minutes'
	where person = :ben;
select is((pg_temp.server('api.session_touch(''tok-ben'')') ->> 'idle_until')::timestamptz,
	now() + interval '5 minutes', 'never beyond the absolute end');

-- One's own sessions
select is(jsonb_array_length(pg_temp.server('api.session_list(''tok-ann'')') -> 'items'), 2,
	'one sees one''s own sessions and no other');
select is((select array_agg(i ->> 'current' order by i ->> 'current')
	from jsonb_array_elements(pg_temp.server('api.session_list(''tok-ann'')') -> 'items') i), array['false', 'true'],
	'and which one asks');
select ok(pg_temp.server('api.session_list(''tok-ann'')')::text !~ 'digest|salt|verifier', 'never a digest');
select id as theirs from auth.session where person = :ben \gset
select id as mine from auth.session where digest = sha256('tok-ann2') \gset
select is(pg_temp.server(format('api.session_revoke(''tok-ann'', gen_random_uuid(), %L)', :'theirs')) ->> 'refused',
	'N2004', 'another''s session is not found');
select is(pg_temp.server('api.session_info(''tok-ben'')') ->> 'refused', null, 'and goes on');
select is(pg_temp.server(format('api.session_revoke(''tok-ann'', gen_random_uuid(), %L)', :'mine')) ->> 'ended_by',
	'revoked', 'one''s own is ended');
select is(pg_temp.server('api.session_info(''tok-ann2'')') ->> 'refused', 'N2001', 'at once');
select is((select array_agg(kind || ' ' || tokens::text) from ledger.event where subject = :'mine'),
	array['session.ended {' || :ann || '}'], 'and the servers are told, for open sockets');
select is(pg_temp.server('api.session_close(''tok-ann'')') ->> 'ok', 'true', 'signing out');
select is(pg_temp.server('api.session_info(''tok-ann'')') ->> 'refused', 'N2001', 'ends it');
select is(pg_temp.server('api.session_close(''tok-ann'')') ->> 'refused', 'N2001', 'once');

-- What ends a session
create function pg_temp.open(person uuid, token text) returns void language sql as $$
	insert into auth.session (kind, person, digest, idle_until, expires_at)
		values ('session', person, sha256(token::bytea), now() + interval '1 hour', now() + interval '2 hours') $$;
select pg_temp.open(:ann, 'a1'), pg_temp.open(:ann, 'a2'), pg_temp.open(:ann, 'a3'),
	pg_temp.open(:ann, 'a4') \g /dev/null
update auth.session set idle_until = now() where digest = sha256('a1');
update auth.session set expires_at = now() where digest = sha256('a2');
select is(pg_temp.server('api.session_info(''a1'')') ->> 'refused', 'N2001', 'its idle end');
select is(pg_temp.server('api.session_info(''a2'')') ->> 'refused', 'N2001', 'its absolute end');
select is(pg_temp.server('api.session_info(''a3'')') ->> 'refused', null, 'not before');
select pg_temp.code(:ann, 'c-again') \g /dev/null
select is(pg_temp.server('api.password_set(sha256(''c-again''), ''0123456789abcdef'', ''key-new'')') ->> 'ok', 'true',
	'a new password');
select is(pg_temp.server('api.session_info(''a3'')') ->> 'refused', 'N2001', 'ends every session');
select is(pg_temp.try('ann@example.org', 'key-ann') -> 'ok', 'false', 'and the old password');
select is(pg_temp.try('ann@example.org', 'key-new', 'a5') -> 'ok', 'true', 'the new one signs in');
update app.person set disabled_at = now() where id = :ann;
select is(pg_temp.server('api.session_info(''a5'')') ->> 'refused', 'N2001', 'who is disabled is out at once');
select is(pg_temp.server('api.session_list(''a5'')') ->> 'refused', 'N2001', 'everywhere');
select is(pg_temp.try('ann@example.org', 'key-new') -> 'code', '-32001', 'and cannot come back');
update app.person set disabled_at = null where id = :ann;
select pg_temp.forgive() \g /dev/null
select pg_temp.try('ann@example.org', 'key-new', 'ann') \g /dev/null

-- Throttling: by account. What a failure costs is read where it is kept: until it is answered some of it may have
-- passed.
create function pg_temp.cost(subject bytea) returns text language sql as $$
	select format('%s s', extract(epoch from date_trunc('second', a.free_at - a.last_at))::int) from auth.attempt a
		where a.subject = $1 $$;
create function pg_temp.not_yet(subject bytea) returns void language sql as $$
	update auth.attempt a set free_at = clock_timestamp() + interval '1 hour' where a.subject = $1 $$;
select pg_temp.try('cyd@example.org', 'x', 'x', '10.1.0.' || g) from generate_series(1, 5) g \g /dev/null
select
	is((select free_at <= clock_timestamp() from auth.attempt where subject = auth.account_subject('cyd@example.org')),
	true, 'five failures of an account are free');
select is((pg_temp.try('cyd@example.org', 'x', 'x', '10.1.0.9') ->> 'retry_after_ms')::int between 0 and 1000, true,
	'the sixth is told to wait');
select is(pg_temp.cost(auth.account_subject('cyd@example.org')), '1 s', 'a second');
select pg_temp.not_yet(auth.account_subject('cyd@example.org')) \g /dev/null
select is(pg_temp.try('CYD@example.org', 'x', 'x', '10.1.0.10') -> 'code', '-32007',
	'until then nothing is even looked at, from anywhere');
select ok((pg_temp.server('api.session_challenge(''cyd@example.org'', ''10.1.0.11'')') ->> 'wait_ms')::int > 0,
	'and the challenge says so');
update auth.attempt set free_at = clock_timestamp(),
	failures = 8 where subject = auth.account_subject('cyd@example.org');
select pg_temp.try('cyd@example.org', 'x', 'x', '10.1.0.12') \g /dev/null
select is(pg_temp.cost(auth.account_subject('cyd@example.org')), '8 s', 'each one after it doubles');
update auth.attempt set free_at = clock_timestamp(), failures = 1000
	where subject = auth.account_subject('cyd@example.org');
select pg_temp.try('cyd@example.org', 'x', 'x', '10.1.0.13') \g /dev/null
select is(pg_temp.cost(auth.account_subject('cyd@example.org')), '900 s', 'up to a quarter of an hour');
update auth.attempt set free_at = clock_timestamp(), last_at = clock_timestamp() - interval '61 minutes'
	where subject = auth.account_subject('cyd@example.org');
select is(pg_temp.try('cyd@example.org', 'x', 'x', '10.1.0.14') -> 'retry_after_ms', '0', 'an hour of quiet forgives');
select pg_temp.try('ben@example.org', 'x', 'x', '10.1.0.15') from generate_series(1, 3) \g /dev/null
select is(pg_temp.try('ben@example.org', 'key-ben', 'b2', '10.1.0.16') -> 'ok', 'true', 'who signs in');
select is((select count(*) from auth.attempt where subject = auth.account_subject('ben@example.org')), 0::bigint,
	'is forgiven');
-- by address
select pg_temp.try('n' || g || '@example.org', 'x', 'x', '10.2.0.1') from generate_series(1, 20) g \g /dev/null
select pg_temp.try('n21@example.org', 'x', 'x', '10.2.0.1') \g /dev/null
select is(pg_temp.cost(auth.address_subject('10.2.0.1')), '1 s', 'an address that guesses at many accounts waits too');
select pg_temp.not_yet(auth.address_subject('10.2.0.1')) \g /dev/null
select is(pg_temp.try('ben@example.org', 'key-ben', 'b3', '10.2.0.1') -> 'code', '-32007', 'with whatever password');
select is(pg_temp.try('ben@example.org', 'key-ben', 'b3', '10.2.0.2') -> 'ok', 'true', 'and no other address');
select is(auth.address_subject('2001:db8::1'), auth.address_subject('2001:db8::ffff'), 'an IPv6 address is its /64');
select isnt(auth.address_subject('2001:db8::1'), auth.address_subject('2001:db8:0:1::1'), 'and no more');
select ok((select bool_and(length(a.subject) = 32) from auth.attempt a), 'the counters hold digests and no address');

-- Bearer tokens
\set next current_date + 7
select pg_temp.server(
	format(
	'api.token_create(''ann'', %L, sha256(''bear''), ''backup script'', array[''session.*'', ''token.list''], %L)',
	:org, (:next)::text)) as made \gset
select is(:'made'::jsonb ->> 'name', 'backup script', 'a person makes a token');
select is(
	pg_temp.server(
	format(
	'api.token_create(''ann'', %L, sha256(''bear2''), ''backup script'', array[''session.*'', ''token.list''], %L)',
	:org, (:next)::text)) #>> '{data,rule}', 'already_done',
	'the same request again, for which the server has made another secret, is told that it was done');
select is(pg_temp.server('api.session_info(''bear'')') -> 'scope', '["session.*", "token.list"]',
	'a token signs in, with its scope');
select is(pg_temp.server('api.session_list(''bear'')') ->> 'refused', null, 'it may call what its scope names');
select is(pg_temp.server('api.token_list(''bear'')') ->> 'refused', null, 'by pattern or by name');
select is(
	pg_temp.server(format('api.token_revoke(''bear'', gen_random_uuid(), %L)', :'made'::jsonb ->> 'id')) ->> 'refused',
	'N2002', 'and nothing else');
select is(pg_temp.server(format('api.person_invite(''bear'', %L, gen_random_uuid(), %L)', :org, :ben)) ->> 'refused',
	'N2002', 'whatever its person may');
select pg_temp.server(
	format('api.token_create(''ann'', gen_random_uuid(), sha256(''reader''), ''report'', array[''read''], %L)',
	(:next)::text)) \g /dev/null
select is(pg_temp.server('api.session_list(''reader'')') ->> 'refused', null, 'scope read: what reads');
select is(pg_temp.server(format('api.session_revoke(''reader'', gen_random_uuid(), %L)', :'mine')) ->> 'refused',
	'N2002', 'and not what writes');
select pg_temp.server(format('api.token_create(''ann'', gen_random_uuid(), sha256(''all''), ''all'', array[''*''], %L)',
	(:next)::text)) \g /dev/null
select is(
	pg_temp.server(format('api.token_create(''all'', gen_random_uuid(), sha256(''more''), ''more'', array[''*''], %L)',
	(:next)::text)) #>> '{data,rule}', 'token', 'a token makes no token');
select
	is(pg_temp.server(format('api.token_create(''ann'', gen_random_uuid(), sha256(''bad''), %L, %L, %L)', name, scope,
	day)) #>> '{data,params,0,name}', param, why)
from (values ('', '{*}', current_date, 'name', 'a token has a name'), ('x', '{}', current_date, 'scope', 'a scope'),
	('x', '{Finding.*}', current_date, 'scope', 'of methods'),
	('x', '{finding}', current_date, 'scope', 'or patterns'), ('x', '{*}', current_date - 1, 'expires_on', 'an end'),
		('x', '{*}', current_date + 400, 'expires_on', 'within a year')
) t (name, scope, day, param, why);
select is(
	pg_temp.server(format('api.token_revoke(''tok-ben'', gen_random_uuid(), %L)',
	:'made'::jsonb ->> 'id')) ->> 'refused', 'N2004', 'another''s token is not found');
select is(
	pg_temp.server(format('api.token_revoke(''ann'', gen_random_uuid(), %L)', :'made'::jsonb ->> 'id')) ->> 'ended_by',
	'revoked', 'one''s own is ended');
select is(pg_temp.server('api.session_info(''bear'')') ->> 'refused', 'N2001', 'at once');
update auth.session set expires_at = now() where digest = sha256('reader');
select is(pg_temp.server('api.session_info(''reader'')') ->> 'refused', 'N2001', 'a token ends on its day');

-- Invitations (S10)
select is(pg_temp.server(format('api.person_invite(''ann'', %L, gen_random_uuid(), %L)', :org, :ben)) - array['id',
	'created_at', 'expires_at'],
	format(
		'{"organisation": "%s", "person": "%s", "person_name": "Ben", "kind": "reset", "state": "waiting", '
		'"created_by": "%s", "created_by_name": "Ann", "sent_at": null, "used_at": null}', :org, :ben, :ann)::jsonb,
	'an administrator asks for a code; the answer does not hold it');
select is((select count(*) from ledger.event where kind = 'person.reset' and subject = :ben and actor = :ann
	and tokens @> array[:ben::uuid, app.role_token(:org, 'administrator')]), 1::bigint,
	'it is an event, which the person sees');
select is(pg_temp.server(format('api.person_invite(''tok-ben'', %L, gen_random_uuid(), %L)', :org, :ben)) ->> 'refused',
	'N2002', 'nobody else asks');
select is(pg_temp.server(format('api.person_invite(''ann'', %L, gen_random_uuid(), %L)', :org, :cyd)) ->> 'refused',
	'N2004', 'nobody of another organisation is found');
select is(jsonb_array_length(pg_temp.server(format('api.invitation_list(''ann'', %L)', :org)) -> 'items'), 1,
	'administrators see what was asked');
select is(pg_temp.server(format('api.invitation_list(''tok-ben'', %L)', :org)) ->> 'refused', 'N2002',
	'and nobody else');
select pg_temp.server('api.delivery_take(10)') as due \gset
select is(:'due'::jsonb -> 0 ->> 'email', 'Ben@example.org', 'it goes to the address that the person signs in with');
select is(pg_temp.server('api.delivery_take(10)'), '[]', 'and is taken by one server');
select is(
	pg_temp.server(format('api.delivery_code(%L, sha256(''c-deliver''))',
	:'due'::jsonb -> 0 ->> 'invitation')) ->> 'ok', 'true', 'which makes the code');
select is(
	pg_temp.server(format('api.delivery_code(%L, sha256(''c-other''))',
	:'due'::jsonb -> 0 ->> 'invitation')) #>> '{data,rule}', 'code', 'once');
select is(pg_temp.server(format('api.delivery_failed(%L)', :'due'::jsonb -> 0 ->> 'invitation')) -> 'ok', 'true',
	'what could not be delivered');
select is(pg_temp.server('api.code_challenge(sha256(''c-deliver''))') #>> '{data,rule}', 'code', 'is void');
update auth.invitation set try_at = now() where state = 'waiting';
select is(jsonb_array_length(pg_temp.server('api.delivery_take(10)')), 1, 'and is tried again');
select is(
	pg_temp.server(format('api.delivery_code(%L, sha256(''c-deliver2''))',
	:'due'::jsonb -> 0 ->> 'invitation')) ->> 'ok', 'true', 'with another code');
select is(pg_temp.server('api.password_set(sha256(''c-deliver2''), ''0123456789abcdef'', ''key-ben2'')') ->> 'email',
	'Ben@example.org', 'with which the person sets their password');

-- A code for management never passes through the server: with an administrator's session, whoever has taken it over
-- would be both sides of a countersignature
\set mona '''00000000-0000-4000-8000-00000000000d'''
insert into app.person (id, name, email) values (:mona, 'Mona', 'mona@example.org');
insert into app.enrolment (organisation, person, name, email) values (:org, :mona, 'Mona', 'mona@example.org');
create function pg_temp.invited(who text) returns text language sql as $$
	select coalesce(i ->> 'state', i #>> '{data,rule}', i ->> 'refused')
		from pg_temp.server(format('api.person_invite(''ann'', %L, gen_random_uuid(), %L)',
		'00000000-0000-4000-8000-000000000001', who)) i
$$;
create function pg_temp.invited(who text, organisation text, from_date date, until_date date) returns text
	language plpgsql as $$
begin
	delete from app.ending; delete from app.claim; delete from app.membership m where m.role = 'management';
	insert into app.membership (organisation, person, role, from_date, until_date)
		values ($2::uuid, who::uuid, 'management', $3, $4);
	return pg_temp.invited(who);
end $$;
select is(pg_temp.invited(:mona), 'waiting', 'an administrator asks for a code for Mona');
select pg_temp.server('api.delivery_take(10)') -> 0 ->> 'invitation' as asked \gset
insert into app.membership (organisation, person, role, from_date) values (:org, :mona, 'management', current_date);
select is(pg_temp.server(format('api.delivery_code(%L, sha256(''c-mona''))', :'asked')) #>> '{data,rule}', 'code',
	'once she is of management, the server makes none of it');
update auth.invitation set try_at = now() where id = :'asked';
select is(pg_temp.server('api.delivery_take(10)'), '[]', 'and is offered none');
update auth.invitation set state = 'sent', digest = sha256('c-mona') where id = :'asked';
select is(pg_temp.server('api.code_challenge(sha256(''c-mona''))') #>> '{data,rule}', 'management',
	'one that was sent before is void');
select is(pg_temp.server('api.password_set(sha256(''c-mona''), ''0123456789abcdef'', ''key-eve'')') #>> '{data,rule}',
	'management', 'and sets no password');
select alike(pg_temp.server(format('api.person_invite(''ann'', %L, gen_random_uuid(), %L)', :org, :mona)) ->> 'message',
	'Mona is of management%ninetwod invite mona@example.org%',
	'no administrator asks for one, first or not, and is told who makes it');
select is((select count(*) from auth.credential where person = :mona), 0::bigint, 'she has never signed in');
select set_config('ninetwo.person', '', true), pg_temp.code(:mona, 'c-operator') \g /dev/null
select is(pg_temp.server('api.password_set(sha256(''c-operator''), ''0123456789abcdef'', ''key-mona'')') ->> 'email',
	'mona@example.org', 'the operator''s code sets her password');
select is(pg_temp.invited(:mona, :org, current_date + 9, null), 'management',
	'who is to be of management later is in the same place');
select is(pg_temp.invited(:mona, :org, current_date - 9, current_date - 2), 'waiting', 'who was, is not any more');
select is(pg_temp.invited(:mona, :org, current_date - 9, current_date), 'management', 'who is until today, still is');
insert into app.enrolment (organisation, person, name, email) values (:other, :mona, 'Mona', 'mona@example.org');
select is(pg_temp.invited(:mona, :other, current_date, null), 'management',
	'whichever organisation''s management: the account is one');

select * from finish();
rollback;
