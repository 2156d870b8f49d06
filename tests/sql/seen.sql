-- Told is may read: whoever is told of a change of a record may read it, and whoever may read it is told. Asked of
-- every noun that has events, every row of it and every caller of the fixture, as the door lets them in, and asked
-- again after each kind of change of who they are.
\set ON_ERROR_STOP on
begin;
select no_plan();
set local client_min_messages = warning;
\ir fixture/matrix.sql
-- what has no row there
select t.do('ob', 'finding.remark', jsonb_build_object('id', t.id('f-shared'), 'text', 'There is a second log.')),
	t.do('v', 'release.get', jsonb_build_object('id', t.id('release-published'))) \g /dev/null

-- ---------------------------------------------------------------------------------------------------------------------
-- Who reads what, and who is told of it
-- ---------------------------------------------------------------------------------------------------------------------

-- Every table whose rows write events, and by which columns these name organisation and subject. What is attached is
-- told of as a change of the evidence that it names: who may read that is told.
create table t.eventful as
select c.relname::text as relation, case c.relname when 'attachment' then 'evidence' else c.relname::text end as shown,
	a[1] as noun, coalesce(nullif(a[2], ''), 'id') as subject,
	coalesce(nullif(a[3], ''), 'organisation') as organisation,
	case c.relname when 'attachment' then 'id' else coalesce(nullif(a[2], ''), 'id') end as key
from pg_trigger g join pg_class c on c.oid = g.tgrelid
cross join lateral string_to_array(encode(g.tgargs, 'escape'), '\000') a
where g.tgname = 'changed' and g.tgfoid = 'app.changed()'::regprocedure;
create table t.row (relation text, noun text, subject uuid, tokens uuid[]);
create table t.reads (relation text, subject uuid, key text);
create table t.let_in (key text);
grant usage on schema t to ninetwo_api;
grant insert on t.reads to ninetwo_api;
grant select on t.eventful to ninetwo_api;

-- Reads everything as each person of the organisation, with the settings of the door.
create function t.look_round() returns void language plpgsql as $$
declare
	p record;
	e record;
begin
	truncate t.row, t.reads, t.let_in;
	for e in select * from t.eventful loop
		execute format('insert into t.row select distinct %1$L, %2$L, x.%3$I, app.audience(%2$L, %4$L, x.%3$I) '
			'from app.%1$I x where x.%5$I = %4$L', e.relation, e.noun, e.subject, t.org(), e.organisation);
	end loop;
	for p in select key from t.persons where key <> 'q' loop
		begin
			perform auth.enter(sha256(convert_to('secret of ' || p.key, 'UTF8')), t.org(), 'seen', '{member}', 'read');
		exception when sqlstate 'N2002' then	-- no role today: the door lets them in nowhere
			continue;
		end;
		insert into t.let_in values (p.key);
		set local role ninetwo_api;
		for e in select * from t.eventful loop
			execute format('insert into t.reads select distinct %L, x.%I, %L from app.%I x', e.relation, e.key, p.key,
				e.shown);
		end loop;
		set local role none;
	end loop;
	perform set_config('ninetwo.person', '', true), set_config('ninetwo.roles', '', true),
		set_config('ninetwo.organisation', t.org()::text, true);
end $$;

-- Where they differ, in words; and what is wrong besides after a change: what hangs on a finding has other readers than
-- it, or somebody holds what is not noted that they hold.
create function t.differences() returns text[] language sql as $$
	with held as (select p.key, ledger.held(t.org(), p.id) as tokens from t.persons p
		where p.key in (select l.key from t.let_in l)),
	told as (select r.relation, r.noun, r.subject, h.key from t.row r join held h on h.tokens && r.tokens),
	read as (select s.* from t.reads s where (s.relation, s.subject) in (select r.relation, r.subject from t.row r))
	select array_agg(format('%s %s: %s %s', w.relation,
		coalesce((select k.key from t.kept k where k.id = w.subject limit 1),
		w.subject::text), w.key, w.how) order by w.relation, w.key)
	from (select relation, subject, key, case when told.noun is null then 'reads it and is not told'
			else 'is told and does not read it' end
		from told full join read using (relation, subject, key) where told.noun is null or read is null)
		w (relation, subject, key, how)
$$;
-- Before its issue a finding's remarks and dispute are read by who reads it, its grades by its part's team, the rest by
-- nobody.
create function t.misread() returns text[] language plpgsql as $$
declare
	relation text;
	wrong text[];
	of_one text[];
begin
	for relation in select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'readers'
		where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and c.relname <> 'finding' order by 1 loop
		execute format('select array_agg(%1$L || '' of '' || f.reference) from app.%1$I x join app.finding f '
			'on f.organisation = x.organisation and f.id = x.finding where x.readers is distinct from case '
			'when f.issued_at is not null or %1$L in (''remark'', ''dispute'') then f.readers when %1$L = ''grading'' '
			'then array[f.part] else ''{}''::uuid[] end', relation) into of_one;
		wrong := wrong || of_one;
	end loop;
	return wrong;
end $$;
create function t.wrong() returns text[] language plpgsql as $$
begin
	perform t.look_round();
	return nullif(t.differences() || t.misread() || array(select c from ledger.check_holdings() c), '{}');
end $$;

select is((select array_agg(e.relation order by e.relation) from t.eventful e
	where e.relation not in (select g.relation from app.grounds() g)),
	'{attachment,enrolment,evidence,organisation,publication,reading}',
	'every noun with events is seen by its grounds but those that say why they are not');
select is(t.wrong(), null, 'who is told of a record may read it, and who may read it is told');
select
	is((select array_agg(e.relation order by e.relation) from t.eventful e
	where e.relation not in (select r.relation from t.row r)),
	null, 'there is a record of every noun');
select is((select array_agg(e.relation order by e.relation) from t.eventful e
	where e.relation not in (select s.relation from t.reads s)), null, 'which somebody reads');
select is((select array_agg(e.relation order by e.relation) from t.eventful e where not exists (select from t.row r
	cross join t.let_in l where r.relation = e.relation
		and not exists (select from t.reads s where s.relation = r.relation
	and s.subject = r.subject and s.key = l.key))), '{organisation}',
		'and somebody, but for the organisation, does not');

-- ---------------------------------------------------------------------------------------------------------------------
-- After a change of who somebody is
-- ---------------------------------------------------------------------------------------------------------------------

-- What is wrong after a change, which is then taken back; and who then looks things up at large and reads what beside.
create function t.after_change(change text, probe text default null, out wrong text, out seen text)
	language plpgsql as $$
begin
	execute 'select ' || change;
	wrong := coalesce(t.wrong()::text, '');
	if probe is not null then
		execute 'select ' || probe into seen;
	end if;
	raise exception using errcode = 'UT000';
exception when sqlstate 'UT000' then
	perform set_config('role', 'none', true);
end $$;
create function t.many(who text, noun text) returns text language sql as $$
	select case count(*) when 0 then 'none' when 1 then 'one' else 'many' end from t.reads s where s.key = who
		and s.relation = noun
$$;
-- Each: what changes, then the statement, then what a probe finds before and after it.
create table t.turn (n serial, what text, change text, probe text, before text, after text);
insert into t.turn (what, change, probe, before, after) values
	('somebody goes to work for a supplier and keeps their role',
		$$t.do('x', 'affiliation.add',
			jsonb_build_object('person', t.id('z'), 'party', t.id('mill'), 'kind', 'contracted',
		'from_date', current_date))$$, $$t.many('z', 'function') || ' ' || t.many('z', 'certification')$$, 'many one',
			'none none'),
	('who is responsible for a function goes to work for a supplier',
		$$t.do('x', 'affiliation.add',
			jsonb_build_object('person', t.id('oc'), 'party', t.id('mill'), 'kind', 'employed',
		'from_date', current_date))$$, $$t.many('oc', 'function') || ' ' || t.many('oc', 'certification')$$, 'many one',
			'one none'),
	('a supplier''s person is employed by them no longer',
		$$t.do('x', 'affiliation.end', t.with_version('affiliation', 'affiliation-sp', jsonb_build_object('until_date',
		current_date - 1, 'reason', 'Left.'))) ,
			t.do('m', 'ending.countersign',
			t.with_version('ending', t.ending('affiliation-sp'), '{"reason": "So."}'))$$,
		$$t.many('sp', 'function') || ' ' || t.many('sp', 'party')$$, 'one one', 'many many'),
	('a supplier comes into the group',
		$$t.do('m', 'party.set_group', t.with_version('party', 'host', '{"in_group": true}'))$$,
		$$t.many('sp', 'function')$$, 'one', 'many'),
	('and leaves it', $$t.do('m', 'party.set_group', t.with_version('party', 'host', '{"in_group": true}')),
		t.do('m', 'party.set_group', t.with_version('party', 'host', '{"in_group": false}'))$$,
		$$t.many('sp', 'function')$$, 'one', 'one'),
	('somebody gets a role',
		$$t.do('m', 'membership.grant', jsonb_build_object('person', t.id('u'), 'role', 'management',
		'from_date', current_date))$$, $$t.many('u', 'release')$$, 'none', 'many'),
	('a supplier''s person becomes an auditor', $$t.do('x', 'membership.grant', jsonb_build_object('person', t.id('sp'),
		'role', 'auditor', 'from_date', current_date))$$, $$t.many('sp', 'party')$$, 'one', 'many'),
	('somebody''s role ends', $$t.do('m', 'membership.end', t.with_version('membership', 'membership-m2',
		jsonb_build_object('until_date', current_date, 'reason', 'Left.')))$$, null, null, null),
	('an observer works for another party too', $$t.do('x', 'affiliation.add', jsonb_build_object('person', t.id('w'),
		'party', t.id('body'), 'kind', 'employed', 'from_date', current_date))$$,
		$$t.many('w', 'party') || ' ' || t.many('w', 'certification') || ' ' || t.many('w', 'publication')$$,
		'one none none',
		'many one many'),
	('a certification of a supplier begins', $$t.do('x', 'certification.add', jsonb_build_object('party', t.id('rival'),
		'kind', 'attestation', 'framework_name', 'SOC 2', 'from_date', current_date))$$,
		$$t.many('w', 'certification')$$, 'none', 'one'),
	('somebody becomes responsible',
		$$t.do('x', 'responsibility.assign', jsonb_build_object('person', t.id('sp'), 'function',
		t.id('payroll'), 'kind', 'monitors', 'from_date', current_date))$$, $$t.many('sp', 'function')$$, 'one',
			'many'),
	('a responsibility ends', $$t.do('x', 'responsibility.end', t.with_version('responsibility', 'r-sp',
		jsonb_build_object('until_date', current_date - 1, 'reason', 'Left.'))),
		t.do('m', 'ending.countersign', t.with_version('ending', t.ending('r-sp'), '{"reason": "So."}'))$$,
		$$t.many('sp', 'function') || ' ' || t.many('sp', 'evidence_request')$$, 'one one', 'none none'),
	('a function gets one below it',
		$$t.do('x', 'function.add', jsonb_build_object('reference', 'F-03.1', 'name', 'Keys',
		'parent', t.id('cards')))$$, $$t.many('sp', 'function')$$, 'one', 'many'),
	('somebody is assigned',
		$$t.made('as-e', 'x', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person',
		t.id('e'), 'role', 'auditor', 'part', t.id('part-access')))$$,
			$$t.many('e', 'audit') || ' ' || t.many('e', 'interest')$$,
		'none none', 'one none'),
	('and signs',
		$$t.made('as-e', 'x', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id('e'),
		'role', 'auditor', 'part', t.id('part-access'))), t.do('e', 'declaration.sign', jsonb_build_object('assignment',
		t.id('as-e'), 'statement', 'I am independent.'))$$, $$t.many('e', 'audit') || ' ' || t.many('e', 'interest')$$,
		'none none', 'one one'),
	('a declaration lapses',
		$$t.do('a', 'interest.declare', jsonb_build_object('audit', t.id('audit'), 'kind', 'advised',
		'description', 'Once.'))$$, $$t.many('a', 'check')$$, 'one', 'none'),
	('an assignment ends', $$t.do('x', 'assignment.end', t.with_version('assignment', 'as-a', '{"reason": "Ill."}'))$$,
		$$t.many('a', 'check')$$, 'one', 'none');
-- The end that was entered of something, waiting for management.
create function t.ending(of_what text) returns text language sql as $$
	select k.key from (select 'ending of ' || of_what) k (key), t.keep(k.key, (select e.id from app.ending e
		where e.subject = t.id(of_what) and e.state = 'proposed'))
$$;
create function t.turned(probe text) returns text language plpgsql as $$
declare
	seen text;
begin
	execute 'select ' || probe into seen;
	return seen;
end $$;
select t.look_round();
select is(t.turned(u.probe), u.before, 'before: ' || u.what) from t.turn u where u.probe is not null order by u.n;
select is(array[x.wrong, x.seen], array['', u.after], u.what) from t.turn u, t.after_change(u.change, u.probe) x
	order by u.n;

-- And after every call that the matrix allows.
select is((t.after_change(format('t.call(%L, %L, %L)', c.who, c.method, c.params))).wrong, '', 'after ' || c.place)
from (select distinct on (c.place) c.* from t.cell c
	join jsonb_array_elements(meta.catalogue() -> 'methods') e on e.value ->> 'name' = c.method
	where e.value ->> 'access' = 'write' and not t.refused(c.expected)
		and c.method not in (select s.method from t.in_server s)
	order by c.place, c.letter) c
order by c.n;

-- ---------------------------------------------------------------------------------------------------------------------
-- No policy but from the grounds
-- ---------------------------------------------------------------------------------------------------------------------

create table t.policy as
select p.tablename::text as relation, p.policyname::text as name, p.cmd, p.qual, p.with_check
from pg_policies p where p.schemaname = 'app' and 'ninetwo_api' = any (p.roles);
-- The same texts, under other names, beside what there is.
do $$ begin
	execute regexp_replace(app.seen_policies(), 'create policy (\w+)', 'create policy "made \1"', 'g');
end $$;
create table t.made_policy as
select p.tablename::text as relation, substr(p.policyname, 6)::text as name, p.cmd, p.qual, p.with_check
from pg_policies p where p.schemaname = 'app' and p.policyname like 'made %';
select
	is((select array_agg(m.relation || ' ' || m.name order by m.relation, m.name)
	from (table t.made_policy except table t.policy) m), null,
	'what follows from the grounds is what stands on the tables');
select
	is((select array_agg(distinct p.relation order by p.relation) from (table t.policy except table t.made_policy) p),
	array[
		'attachment',		-- evidence: what it is attached to
		'enrolment',		-- person: one in all organisations, known to each by its enrolment
		'evidence',			-- through what it is attached to
		'framework',		-- the built-in ones are everybody's
		'mapping',			-- framework: between the built-in ones
		'organisation',		-- whoever belongs to it, in whichever they ask
		'person',
		'publication',		-- an observer sees their own party's alone
		'reading',			-- an observer sees their own party's alone
		'release_evidence',	-- publication: what goes with it
		'request',			-- no record: the answers kept for one's own calls
		'requirement'],		-- framework
	'and no other policy for the methods but those of six nouns, and of the answers that are kept');

select * from finish();
rollback;
