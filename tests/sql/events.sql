-- What an event holds: all that its record is, once, and nobody's name but where it is their own.
\set ON_ERROR_STOP on
begin;
select no_plan();
set local client_min_messages = warning;
\ir fixture/coverage.sql

create function t.content(noun text, key text) returns jsonb language sql as $$
	select convert_from(e.content, 'UTF8')::jsonb from ledger.event e
	where e.subject = t.id(key) and starts_with(e.kind, noun || '.') order by e.id desc limit 1
$$;
create function t.written(noun text, key text) returns bigint language sql as $$
	select count(*) from ledger.event e where e.subject = t.id(key) and starts_with(e.kind, noun || '.')
$$;
create function t.sorted_list(variadic keys text[]) returns jsonb language sql as $$
	select jsonb_agg(t.id(k) order by t.id(k)) from unnest(keys) k
$$;

-- Act 1: the last event of every record says what it is now. An attachment's events are its evidence's, and progress is
-- written once: of these some event says so.
create table t.unsaid (noun text, id uuid);
do $$
declare
	g record;
begin
	for g in select x.tgrelid::regclass as relation, string_to_array(encode(x.tgargs, 'escape'), '\000') as args,
			(select count(*) from pg_attribute a where a.attrelid = x.tgrelid and a.attname = 'version') > 0 as versions
			from pg_trigger x where x.tgfoid = 'app.changed()'::regprocedure loop
		execute format('insert into t.unsaid select %L, x.%I from %s x where not (%s)', g.args[1],
			coalesce(nullif(g.args[2], ''), 'id'), g.relation,
			format(case when g.versions and g.args[1] <> 'attachment'
				then 'ledger.says(x.%1$I, %3$L, x.%2$I, app.content(%3$L, to_jsonb(x)))'
				else 'exists (select from ledger.event e where e.organisation = x.%1$I and e.subject = x.%2$I '
					'and convert_from(e.content, ''UTF8'')::jsonb = app.content(%3$L, to_jsonb(x)))' end,
				coalesce(nullif(g.args[3], ''), 'organisation'), coalesce(nullif(g.args[2], ''), 'id'), g.args[1]));
	end loop;
end $$;
select is((select array_agg(distinct u.noun) from t.unsaid u), null, 'the last event of every record says what it is');
select is((select array_agg(distinct x.args order by x.args) from (
	select split_part(encode(g.tgargs, 'escape'), '\000', 1) as args from pg_trigger g
	where g.tgfoid = 'app.changed()'::regprocedure) x
	where not exists (select from ledger.event e where starts_with(e.kind, x.args || '.'))), null,
	'and there is an event of every noun');
select is((select array_agg(distinct k) from ledger.event e cross join jsonb_object_keys(
		case when jsonb_typeof(convert_from(e.content, 'UTF8')::jsonb) = 'object'
			then convert_from(e.content, 'UTF8')::jsonb else '{}' end) k
	where k = any (app.uncounted())), null, 'none holds what does not count');

-- Act 2: an audit and its parts. Functions and criteria are in the first event, and what is taken away is an event too.
select t.made('shaped', 'p', 'audit.plan', jsonb_build_object('kind', 'internal', 'title', 'Shaped', 'objective',
	'Determine conformity', 'starts_on', current_date, 'ends_on', current_date + 5, 'audited_from', current_date - 365,
	'requirements', t.list('A.8.13', '9.2.1'),
	'parts', jsonb_build_array(jsonb_build_object('title', 'One', 'functions', t.list('backup', 'access', 'backup')),
		jsonb_build_object('title', 'Two', 'functions', t.list('cards'))))) is not null as kept,
	t.find('shaped-one', 'app.part', format('audit = %L and ordinal = 1', t.id('shaped'))) is not null as kept2,
	t.find('shaped-two', 'app.part', format('audit = %L and ordinal = 2', t.id('shaped'))) is not null as kept3 \gset
select is(array[t.written('audit', 'shaped'), t.written('part', 'shaped-one'), t.written('part', 'shaped-two')],
	'{1,1,1}', 'a new audit is one event, and so is each of its parts');
select is(t.content('audit', 'shaped') - 'id' @> jsonb_build_object('plan_version', 1, 'not_covered', '{}'::jsonb,
	'requirements', t.sorted_list('9.2.1', 'A.8.13')), true, 'the audit''s holds its criteria and which plan it is');
select is(t.content('part', 'shaped-one') -> 'functions', t.sorted_list('backup', 'access'), 'a part''s its functions');
select is((select e.tokens @> array[t.id('backup'), t.id('cards')] from ledger.event e
	where e.subject = t.id('shaped') and e.kind = 'audit.created'), true,
	'whoever is responsible for a function in scope is told of the audit');

create function t.set_functions(part text, more jsonb default '{}', variadic keys text[] default '{}') returns jsonb
language sql as $$
	select t.call('p', 'audit.set_functions', t.with_version('audit', 'shaped', more || jsonb_build_object('part',
		t.id(part), 'functions', t.list(variadic keys))))
$$;
select t.set_functions('shaped-one', '{}', 'cards', 'access') is not null as kept \gset
select is(t.written('part', 'shaped-one'), 2::bigint, 'functions that are added and removed at once are one event');
select is(t.content('part', 'shaped-one') -> 'functions', t.sorted_list('access', 'cards'), 'of the part as it is now');
select t.set_functions('shaped-one', '{}', 'access') is not null as kept \gset
select is(t.content('part', 'shaped-one') -> 'functions', t.list('access'), 'as is a removal alone');
select t.set_functions('shaped-one', '{}', 'access') is not null as kept \gset
select is(t.written('part', 'shaped-one'), 3::bigint, 'what stays as it is, is none of the part');
select is(array[t.written('part', 'shaped-two'), t.written('audit', 'shaped')], '{1,4}',
	'another part has none, the audit one each time');

select is(t.content('audit', 'audit-prepared') -> 'plan_version', '2',
	'a plan that is changed after it was prepared is another one');
select t.call('p', 'audit.update', t.with_version('audit', 'audit-prepared', '{"reason": "Confirmed as it is."}'))
	is not null as kept \gset
select t.call('p', 'audit.update', t.with_version('audit', 'audit-prepared', '{"reason": "And again."}'))
	is not null as kept,
	t.call('p', 'audit.set_functions', t.with_version('audit', 'audit-prepared', jsonb_build_object('part',
		t.id('part-backup-prepared'), 'functions', t.list('backup', 'hr'), 'reason', 'People too.'))) is not null
		as kept2 \gset
select is(t.content('audit', 'audit-prepared') -> 'plan_version', '5', 'and so is each, be it the same with a reason');
select is((select array_agg(v.plan #> '{parts,0,functions}' order by v.audit_version) from app.audit_plan_version v
	where v.audit = t.id('audit-prepared')), array_fill(t.list('backup'), array[4]),
	'each is kept as it was, with the functions of its parts');
select is((select count(distinct (select array_agg(k) from jsonb_object_keys(v.plan) k)) from app.audit_plan_version v),
	1::bigint, 'in one shape');

select t.written('audit', 'shaped') as before \gset
delete from app.audit_requirement where audit = t.id('shaped') and requirement = t.id('9.2.1');
select is(t.content('audit', 'shaped') -> 'requirements', t.list('A.8.13'),
	'a criterion that is taken away is an event');
insert into app.audit_requirement (organisation, audit, requirement)
	select t.org(), t.id('shaped'), r.id from app.requirement r where r.id in (t.id('9.2.1'), t.id('A.8.13'))
	on conflict do nothing;
select is(t.content('audit', 'shaped') -> 'requirements', t.sorted_list('9.2.1', 'A.8.13'), 'so is one that is added');
update app.audit_requirement set not_covered = 'No time.' where audit = t.id('shaped');
select is(t.content('audit', 'shaped') -> 'not_covered',
	jsonb_build_object(t.id('9.2.1'), 'No time.', t.id('A.8.13'), 'No time.'), 'and why one is left without a check');
select is(t.written('audit', 'shaped') - :before, 3::bigint, 'each statement is one');
select is((select array_agg(e.version order by e.id) from ledger.event e where e.subject = t.id('shaped')),
	array[1, 2, 3, 4, 5, 6, 7], 'and each event a version');

-- Act 3: a release is told by what proves it, at whatever length.
select is(t.content('release', 'release-published') -> 'content', null, 'a release''s event does not hold the report');
select is(t.content('release', 'release-published') ->> 'sha256',
	(select '\x' || encode(sha256(convert_to(r.content::text, 'UTF8')), 'hex') from app.release r
		where r.id = t.id('release-published')), 'but its digest');
select is(t.content('release', 'release-published') -> 'evidence', t.list('ev-released'), 'and what went out with it');
delete from app.release_evidence where release = t.id('release-published');
select is(t.content('release', 'release-published') -> 'evidence', '[]', 'or no longer does');
create function t.publish(more jsonb) returns int language sql as $$
	select t.call('m', 'release.publish', t.with_version('release', 'release-published',
		jsonb_build_object('party', t.id('rival'), 'until', current_date + 9) || more)) is not null;
	select octet_length(e.content) from ledger.event e where e.subject = t.id('release-published') order by e.id desc
		limit 1
$$;
select t.publish('{}') as short, t.written('release', 'release-published') as before \gset
update app.release set content = content || jsonb_build_object('more', repeat('x', 1000000))
	where id = t.id('release-published');
select cmp_ok(t.publish('{}') - :short, '<', 3, 'a publishing''s event is as long for a report of a megabyte');
select t.publish(jsonb_build_object('evidence', t.list('ev-released'))) as long \gset
select is(t.content('release', 'release-published') -> 'evidence', t.list('ev-released'),
	'evidence that is published with it is in the event');
select is(t.written('release', 'release-published') - :before, 3::bigint, 'which is one for each publishing');
select t.written('release', 'release-published') as before,
	t.call('v', 'release.get', jsonb_build_object('id', t.id('release-published'))) is not null as kept \gset
select is(t.written('release', 'release-published') - :before, 0::bigint, 'a reading is none of the release');

-- Act 4: no name is stored but its bearer's own. Searched for are the names and addresses of all people, and the names
-- of parties and functions; allowed is what a person wrote, and what is kept as it was given out.
create function t.leaves(path text, value jsonb) returns table (path text, text text) language sql as $$
	select l.* from jsonb_each(case jsonb_typeof($2) when 'object' then $2 else '{}' end) e
		cross join lateral t.leaves($1 || '.' || e.key, e.value) l
	union all
	select l.* from jsonb_array_elements(case jsonb_typeof($2) when 'array' then $2 else '[]' end) e
		cross join lateral t.leaves($1, e.value) l
	union all
	select $1, $2 #>> '{}' where jsonb_typeof($2) not in ('object', 'array')
$$;
select set_config('ninetwo.organisation', t.org()::text, true) \g /dev/null
insert into app.certification (organisation, party, kind, framework_name, from_date)
	values (t.org(), t.id('firm'), 'attestation', 'SOC 2', current_date);
create table t.names as
	select name::text from app.person union select name from app.enrolment union select email from app.enrolment
	union select name from app.party union select name from app.function;
create table t.named (place text, path text);
insert into t.named select distinct 'event', l.path from ledger.event e,
	t.leaves(split_part(e.kind, '.', 1), convert_from(e.content, 'UTF8')::jsonb) l
	where exists (select from t.names n where position(n.name in l.text) > 0);
create table t.sentence (path text);
do $$
declare
	r regclass;
begin
	for r in select c.oid from pg_class c where c.relkind = 'r'
			and c.relnamespace in ('app'::regnamespace, 'auth'::regnamespace) loop
		execute format('insert into t.named select distinct ''row'', l.path from %s x, t.leaves(%L, to_jsonb(x)) l
			where exists (select from t.names n where position(n.name in l.text) > 0)', r, split_part(r::text, '.', 2));
		execute format('insert into t.sentence select distinct %L || e.key from %s x, jsonb_each(to_jsonb(x)) e
			where jsonb_typeof(e.value) = ''object'' and e.value ?& array[''id'', ''args'']',
			split_part(r::text, '.', 2) || '.', r);
	end loop;
end $$;
create table t.allowed (path text primary key, why text not null);
insert into t.allowed values
	('person.name', 'their own'), ('person.email', 'their own'), ('enrolment.name', 'their own'),
	('enrolment.email', 'their own'), ('party.name', 'its own'), ('function.name', 'its own'),
	('organisation.name', 'its own, and that of its party'), ('part.title', 'somebody wrote it'),
	('audit_plan_version.plan.parts.title', 'somebody wrote it'), ('competence.evaluated_by', 'somebody wrote it'),
	('release.content', 'a document, frozen as it was released'),
	('request.reply', 'an answer, as it was given; it goes with its retention');
select is((select array_agg(n.place || ' ' || n.path order by n.place, n.path) from t.named n
	where not exists (select from t.allowed a where n.path = a.path
		or n.place = 'row' and a.path in ('release.content', 'request.reply') and starts_with(n.path, a.path || '.'))),
	null, 'no name is stored beside its bearer''s own, in what was written and in what is kept');
select is((select array_agg(n.path order by n.path) from t.named n where n.place = 'event'),
	'{competence.evaluated_by,function.name,organisation.name,part.title,party.name,person.email,person.name}',
	'where one may stand in an event it is found');
select is((select array_agg(s.path order by s.path) from t.sentence s),
	'{assignment.ended_because,declaration.lapse_reason,ending.because,impairment.explanation,interest.described,'
	'proposal.summary}', 'every kind of sentence is stored somewhere');
update app.enrolment set name = 'Somebody Else' where person = (select i.person from app.impairment i limit 1);
select is((select position('Somebody Else' in app.said(i.explanation)) > 0 from app.impairment i limit 1), true,
	'and says the name that its bearer has when it is read');

select * from finish();
rollback;
