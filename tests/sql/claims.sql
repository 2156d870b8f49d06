-- What `ninetwod check` says of claims: each claim of each rule and side is recomputed from its source, so whichever of
-- them is taken away, added or altered is named, and nothing else is. And what S4 and S5 rest on: the record of acts
-- and arrangements, which each judging and arranging call adds one row to, and from which nobody takes any.
\set ON_ERROR_STOP on
begin;
select no_plan();
set local client_min_messages = warning;
\ir fixture/matrix.sql

-- An observer who works for nobody, and somebody of a supplier who is named to verify: claims that the fixture lacks.
do $$ begin
	perform set_config('ninetwo.organisation', t.org()::text, true), t.person('vo', 'Vic Observer', '{}');
	insert into app.membership (organisation, person, role, from_date, party)
		values (t.org(), t.id('vo'), 'observer', current_date - 800, t.id('body'));
	perform t.do('x', 'finding.name_verifier',
		t.with_version('finding', 'f-verified', jsonb_build_object('person', t.id('s'))));
end $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Each claim follows from its source
-- ---------------------------------------------------------------------------------------------------------------------

-- What check says after a change, which is then taken back.
create function t.said_after(change text) returns text[] language plpgsql as $$
declare
	told text[];
begin
	execute change;
	told := array(select c from app.check_claims() c order by c);
	raise exception using errcode = 'UT000';
exception when sqlstate 'UT000' then
	return told;
end $$;
create function t.said_of(c app.claim, how text) returns text language sql as $$
	select format('claim %s of %s in organisation %s %s: %s %s %s, %s', c.rule, c.source, c.organisation, how,
		c.subject,
		c.side, c.object, c.period)
$$;
create function t.missing(c app.claim) returns text language sql as $$ select t.said_of(c, 'is missing') $$;
create function t.sourceless(c app.claim) returns text language sql as $$ select t.said_of(c, 'has no source') $$;
create function t.both(one text, other text) returns text[] language sql as $$
	select array(select x from unnest(array[one, other]) x order by x)
$$;

-- Each rule and side, by what it comes from and for whom it holds.
create table t.kind as
select c.ctid as place, c.rule, c.side, s.source, case when c.subject in (select id from app.party) then 'a party'
	when c.subject = t.id('vo') then 'an observer' else 'a person' end as whom
from app.claim c left join lateral (
	select 'responsibility' as source from app.responsibility x where x.id = c.source
	union all select 'operation' from app.operation x where x.id = c.source
	union all select 'certification' from app.certification x where x.id = c.source
	union all select 'assignment' from app.assignment x where x.id = c.source
	union all select 'membership' from app.membership x where x.id = c.source
	union all select 'arrangement' from app.audit x where x.id = c.source
	union all select 'naming' from app.finding x where x.id = c.source and (c.rule <> 'S5' or not exists (select
		from app.act a where a.object = x.id and a.person = c.subject and a.side = 'judge'))
		and c.side in ('judges', 'audits')
	union all select 'act' from app.act x where x.object = c.source and x.person = c.subject
		and (x.side = 'hand') = (c.side = 'hands') group by 1) s on true;
select set_eq('select distinct rule, side, source, whom from t.kind',
	$$values ('S1', 'responsible', 'responsibility', 'a person'), ('S1', 'judges', 'assignment', 'a person'),
	('S1', 'judges', 'naming', 'a person'),
	('S2', 'operates', 'operation', 'a party'), ('S2', 'judges', 'assignment', 'a party'),
	('S2', 'judges', 'naming', 'a party'),
	('S3', 'certifies', 'certification', 'a party'), ('S3', 'certifies', 'certification', 'a person'),
	('S3', 'certifies', 'certification', 'an observer'),
	('S3', 'audits', 'assignment', 'a party'), ('S3', 'audits', 'assignment', 'a person'),
	('S3', 'audits', 'naming', 'a party'), ('S3', 'audits', 'naming', 'a person'),
	('S4', 'arranges', 'arrangement', 'a person'), ('S4', 'judges', 'assignment', 'a person'),
	('S5', 'hands', 'act', 'a person'), ('S5', 'judges', 'act', 'a person'), ('S5', 'judges', 'naming', 'a person'),
	('roles', 'administrator', 'membership', 'a person'), ('roles', 'programme_manager', 'membership', 'a person'),
	('roles', 'auditor', 'membership', 'a person'), ('roles', 'auditee', 'membership', 'a person'),
	('roles', 'management', 'membership', 'a person'), ('roles', 'observer', 'membership', 'a person'),
	('roles', 'observer', 'membership', 'an observer')$$, 'claims of every rule and side, from every kind of source');

select is(array(select c from app.check_claims() c), '{}', 'untouched, nothing is said');

-- All of one kind are taken away: each is named, and no other.
select is(t.said_after(format('delete from app.claim where ctid = any (%L)', array_agg(k.place))),
	array_agg(t.missing(c) order by t.missing(c)),
		format('%s %s of %s by %s, taken away', k.rule, k.side, k.whom, k.source))
from t.kind k join app.claim c on c.ctid = k.place group by k.rule, k.side, k.whom, k.source;

-- The first of a kind with one column altered: what was is missing, what is has no source. `new` is the claim as it is.
create table t.altered as
select k.*, x.what, c as was, jsonb_populate_record(c, jsonb_build_object(x.what, x.value)) as new
from (select distinct on (rule, side, source, whom) * from t.kind order by rule, side, source, whom, place) k
join app.claim c on c.ctid = k.place
cross join lateral (values ('period', to_jsonb(case when c.period = '(,)'::daterange then daterange('1999-01-01', null)
		else daterange(null, coalesce(upper(c.period), '2999-01-01')) end)),
	('subject', to_jsonb(t.id('hr'))), ('object', to_jsonb(t.id('hr'))), ('side', '"besides"'),
	('source', to_jsonb(t.id('hr')))) x (what, value);
-- (The constraint that keeps the sides apart is set aside: it would refuse most of it.)
select is(t.said_after(format('alter table app.claim drop constraint claim_separation; update app.claim set %I = %L '
		'where ctid = %L', a.what, to_jsonb(a.new) ->> a.what, a.place)), t.both(t.missing(a.was), t.sourceless(a.new)),
	format('%s %s of %s by %s, with another %s', a.rule, a.side, a.whom, a.source, a.what))
from t.altered a;

-- One more: as nobody's source has it, and twice what there is once.
select is(t.said_after(format('insert into app.claim select (jsonb_populate_record(null::app.claim, %L)).*',
		to_jsonb(a.new))), array[t.sourceless(a.new)],
	format('%s %s of %s by %s, one more on another object', a.rule, a.side, a.whom, a.source))
from t.altered a where a.what = 'object';
select is(t.said_after(format('insert into app.claim select (jsonb_populate_record(null::app.claim, %L)).*',
		to_jsonb(a.was))), array[t.sourceless(a.was)],
	format('%s %s of %s by %s, a second time', a.rule, a.side, a.whom, a.source))
from t.altered a where a.what = 'object';

-- A source that another hand removes leaves its claims without one; so each kind of source is read.
create table t.source (name text primary key, key text not null);
insert into t.source values ('responsibility', 'id'), ('operation', 'id'), ('certification', 'id'),
	('assignment', 'id'),
	('membership', 'id'), ('act', 'object'), ('arrangement', 'audit'), ('naming', 'finding');
select is(t.said_after(format('set local session_replication_role = replica; delete from app.%1$I where %2$I in '
		'(select c.source from t.kind k join app.claim c on c.ctid = k.place where k.source = %1$L)', s.name, s.key)),
	(select array_agg(t.sourceless(c) order by t.sourceless(c)) from t.kind k join app.claim c on c.ctid = k.place
		where k.source = s.name and not (k.source = 'act' and k.side = 'judges' and exists (select from app.naming n
			where n.finding = c.source and n.person = c.subject))
			-- an observer certifies by their membership beside the certification
			or k.whom = 'an observer' and s.name = 'membership'),
	format('every %s removed behind the back of its triggers', s.name))
from t.source s;

-- ---------------------------------------------------------------------------------------------------------------------
-- The record of acts and arrangements is kept
-- ---------------------------------------------------------------------------------------------------------------------

-- What a statement of the owner's own comes to; it is taken back.
create function t.by_owner(statement text) returns text language plpgsql as $$
declare
	said text;
	n int;
begin
	set local role ninetwo_owner;
	execute statement;
	get diagnostics n = row_count;
	raise exception using errcode = 'UT000', message = n || ' rows';
exception when others then
	get stacked diagnostics said = message_text;
	set local role none;
	return said;
end $$;
-- Whatever an arrangement waits for and how that was settled is written; nothing else of it, and nothing of an act.
select is(t.by_owner(format('update app.%I set %I = %s where id = (select min(id::text)::uuid from app.%1$I)',
		c.relname, a.attname, case format_type(a.atttypid, null) when 'uuid' then quote_literal(t.id('z'))
		when 'uuid[]' then format('array[%L::uuid]', t.id('z')) when 'text[]' then 'array[''besides'']'
			when 'text' then '''besides'''
		when 'app.act_side' then 'case side when ''hand'' then ''judge'' else ''hand'' end::app.act_side'
		else '''1999-01-01''' end)),
	case when c.relname = 'arrangement' and a.attname in ('waits_since', 'because', 'settled_by', 'settled_at',
		'settled_how') then '1 rows' else 'the record of acts and arrangements is never changed' end,
	format('the owner writes %s of %s', a.attname, c.relname))
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.oid in ('app.act'::regclass, 'app.arrangement'::regclass);
select is(t.by_owner(format(what, r)), 'the record of acts and arrangements is never changed', format(what, r))
from unnest(array['act', 'arrangement']) r, unnest(array['delete from app.%I', 'truncate app.%I',
	'delete from app.%I where id = (select min(id::text)::uuid from app.%1$I)',
		'update app.%I set id = app.uuid7()']) what;
-- whom the methods run as, who signs in and who writes the ledger may not even try
select is((select array_agg(format('%s: %s', a.grantee::regrole, a.privilege_type)) from pg_class c,
	aclexplode(c.relacl) a where c.oid in ('app.act'::regclass, 'app.arrangement'::regclass)
	and a.grantee <> c.relowner and a.privilege_type <> 'SELECT'), null, 'and nobody else has any right to write them');

-- ---------------------------------------------------------------------------------------------------------------------
-- Each judging call adds one act, each arranging one an arrangement
-- ---------------------------------------------------------------------------------------------------------------------

-- What the declarations say of each call that the matrix allows, and what they cannot say: on which side a call is that
-- judges or arranges by who calls, or by what is attached to what.
create table t.acting as
select c.*, e.value ->> 'on' as "on", case
		when c.method = 'evidence.attach' then case when c.place ~ '@(response|action)' then 'hand' else 'judge' end
		when c.method = 'finding.name_verifier' then case when c.letter = 'L' then 'judge' else 'arrange' end
		when c.method in ('competence.record', 'proposal.countersign') then 'arrange'
		else case e.value ->> 'acts' when 'works' then 'hand' when 'arranges' then 'arrange'
			else case when e.value ? 'acts' then 'judge' else 'none' end end end as does
from t.cell c join jsonb_array_elements(meta.catalogue() -> 'methods') e on e.value ->> 'name' = c.method
where e.value ->> 'access' = 'write' and not t.refused(c.expected)
	and c.method not in (select s.method from t.in_server s);

-- Where a record stands, read from the tables alone.
create function t.stands(noun text, subject uuid, out audit uuid, out part uuid) language plpgsql as $$
declare
	relation constant text := case noun when 'request' then 'evidence_request' else noun end;
	has constant text[] :=
		array(select attname from pg_attribute where attrelid = format('app.%I', relation)::regclass);
begin
	execute format('select %s, %s from app.%I x where x.id = $1',
		case when relation = 'audit' then 'x.id' when 'audit' = any (has) then 'x.audit'
			else '(select f.audit from app.finding f where f.id = x.finding)' end,
		case when relation = 'part' then 'x.id' when 'part' = any (has) then 'x.part'
			when 'finding' = any (has) then '(select f.part from app.finding f where f.id = x.finding)'
			when 'assignment' = any (has) then '(select s.part from app.assignment s where s.id = x.assignment)'
			else 'null::uuid' end, relation) into audit, part using subject;
end $$;
-- The assignment under which somebody stands there.
create function t.under(who uuid, audit uuid, part uuid) returns uuid language sql as $$
	select s.id from app.assignment s where s.person = who and s.audit = $2 and s.ended_on is null
		and (s.part is null or $3 is null or s.part = $3)
$$;

-- All is done in one transaction, and so at one time; what the fixture did was done before.
do $$ begin
	set local session_replication_role = replica;
	update app.act set at = at - interval '1 second';
	set local session_replication_role = origin;
end $$;

-- What one call adds, in words; taken back.
create function t.adds(c t.acting) returns text language plpgsql as $$
declare
	acts constant uuid[] := array(select id from app.act);
	arrangements constant uuid[] := array(select id from app.arrangement);
	reply jsonb;
	named uuid[];
	told text;
begin
	reply := t.call(c.who, c.method, c.params);
	named := array(select m[1]::uuid from regexp_matches(jsonb_build_array(reply, c.params - 'organisation')::text,
		'([0-9a-f]{8}-[-0-9a-f]{27})', 'g') m);
	select concat_ws('; ',
		(select string_agg(case when a.person = t.id(c.who) then a.side::text else 'a hand of another''s' end
			|| case when a.on_day = (now() at time zone 'UTC')::date and a.method = c.method
				and (a.subject = any (named) or a.finding = any (named))
				and (a.audit, a.part) is not distinct from (s.audit, s.part)
				and a.assignment is not distinct from t.under(a.person, s.audit, s.part)
				and (a.object is null or a.object in (a.subject, a.finding)) then '' else ' not as it should: '
					|| a::text end,
				'; ' order by a.person <> t.id(c.who))
			from app.act a, t.stands(a.noun, a.subject) s where not a.id = any (acts)
				and (a.person = t.id(c.who) or a.side <> 'hand')),
		(select string_agg(format('arrange%s', case when a.on_day = (now() at time zone 'UTC')::date
				and c.method in (a.verb, 'proposal.countersign')
					and (c.method = 'competence.record' or a.audit = any (named) or a.subject = any (named))
				and (c.method = 'proposal.countersign') = (a.countersigned_by = array[t.id(c.who)])
				and (c.method = 'proposal.countersign') = (a.maker <> t.id(c.who))
				then '' else ' not as it should: ' || a::text end), '; ')
			from app.arrangement a where not a.id = any (arrangements))) into told;
	raise exception using errcode = 'UT000', message = coalesce(nullif(told, ''), 'none');
exception when sqlstate 'UT000' then
	return sqlerrm;
end $$;
select is(t.adds(a), case
		-- a proposal arranges nothing yet
		when a.expected = 'prop' then 'none'
		-- what somebody is able to do arranges each audit in which they are on a team, or were proposed
		when a.method = 'competence.record'
			then array_to_string(array_fill('arrange'::text, array[(select count(distinct s.audit)::int
			from app.assignment s where s.person = (a.params ->> 'person')::uuid)]), '; ')
		-- who withdraws a disputed finding decides its dispute; who plans the first action begins the response
		when a.place = 'finding.withdraw @disputed' or a.place = 'action.plan' then a.does || '; ' || a.does
		else a.does end, format('%s by %s', a.place, a.letter))
from t.acting a order by a.n, a.letter;

select * from finish();
rollback;
