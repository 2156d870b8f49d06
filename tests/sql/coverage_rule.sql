-- Every constraint and every trigger, in acts: a statement that it refuses, or that it adds something to. Each is run
-- twice, as it stands and with that one rule taken away: where both come to the same, the act says nothing about the
-- rule, and fails. A rule without an act fails too. The acts are a superuser's: no right and no policy stands before
-- the rule.
\set ON_ERROR_STOP on
begin;
select no_plan();
set local client_min_messages = warning;
\ir fixture/coverage.sql

-- What a statement comes to: the constraint or the rule that refuses it, else what the probe then finds; taken back in
-- any case.
create function t.outcome(before text, statement text, probe text default null) returns text language plpgsql as $$
declare
	state text;
	sentence text;
	detail text;
	broken text;
	found text;
begin
	if before is not null then execute before; end if;
	execute statement;
	if probe is not null then execute 'select ' || probe into found; end if;
	raise exception using errcode = 'UT000', message = coalesce(found, 'done');
exception when others then
	get stacked diagnostics state = returned_sqlstate, sentence = message_text, detail = pg_exception_detail,
		broken = constraint_name;
	return case when state = 'UT000' then sentence when state like '23%' then coalesce(nullif(broken, ''), sentence)
		when state like 'N2%' then coalesce(nullif(detail, '')::jsonb ->> 'rule', state)
		when state = 'P0001' then sentence else state || ' ' || sentence end;
end $$;
create function t.is_ours(schema oid) returns bool language sql stable as $$ select schema::regnamespace::text
	in ('app', 'auth', 'ledger', 'meta', 'operator') $$;
do $$ begin perform set_config('ninetwo.organisation', t.org()::text, true),
	set_config('ninetwo.person', t.id('x')::text, true), set_config('ninetwo.today', current_date::text, true); end $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Check constraints
-- ---------------------------------------------------------------------------------------------------------------------

-- Each check of a kind of value: what it refuses, and what stands beside that and is taken.
create table t.refused_value (domain text, rule text, value text not null, taken text not null,
	primary key (domain, rule));
insert into t.refused_value values
	('app.title', 'title_length', 'repeat(''x'', 201)', 'repeat(''ü'', 200)'),
	('app.title', 'title_not_blank', 'E'' \t\n''', ''' x'''),
	('app.prose', 'prose_length', 'repeat(''x'', 20001)', 'repeat(''ü'', 20000)'),
	('app.prose', 'prose_not_blank', '''''', 'E''\n.'''),
	('app.identifier', 'identifier_length', 'repeat(''x'', 101)', 'repeat(''x'', 100)'),
	('app.identifier', 'identifier_not_blank', ''' ''', '''7'''),
	('app.reference', 'reference_form', '''F 1''', '''F-1'''),
	('app.email', 'email_length', 'repeat(''x'', 243) || ''@example.org''', 'repeat(''x'', 242) || ''@example.org'''),
	('app.email', 'email_form', '''ann@exam ple.org''', '''o''''ann+1@sub.example.org'''),
	('app.zone', 'zone_form', '''Europe/Berlin;''', '''Etc/GMT+1'''),
	('app.file_name', 'file_name_length', 'repeat(''x'', 256)', 'repeat(''x'', 255)'),
	('app.file_name', 'file_name_form', '''../x''', '''Übersicht (2).pdf'''),
	('app.media_type', 'media_type_form', '''text''', '''image/svg+xml'''),
	('app.sha256', 'sha256_form', 'repeat(''a'', 63)', 'repeat(''A'', 64)'),
	('app.file_size', 'file_size_range', '1073741825', '1073741824'),
	('app.amount', 'amount_range', '-1', '0'),
	('app.percentage', 'percentage_range', '101', '100'),
	('app.day', 'day_range', '''2201-01-01''', '''2200-12-31'''),
	('app.cooling_off', 'cooling_off_range', '11', '12'),
	('app.answer_term', 'answer_term_range', '91', '90'),
	('app.plan_term', 'plan_term_range', '181', '180'),
	('app.major_term', 'major_term_range', '366', '365'),
	('app.minor_term', 'minor_term_range', '731', '730'),
	('app.invitation_state', 'invitation_state_check', '''nothing''', '''waiting'''),
	('app.ending_noun', 'ending_noun_check', '''nothing''', '''operation'''),
	('app.ending_state', 'ending_state_check', '''nothing''', '''proposed'''),
	('app.requirement_kind', 'requirement_kind_check', '''nothing''', '''clause'''),
	('app.mapping_relation', 'mapping_relation_check', '''nothing''', '''equal'''),
	('app.mapping_strength', 'mapping_strength_check', '''nothing''', '''strong'''),
	('app.audit_method', 'audit_method_check', '''nothing''', '''remote'''),
	('app.audit_state', 'audit_state_check', '''nothing''', '''closed'''),
	('app.proposal_state', 'proposal_state_check', '''nothing''', '''open'''),
	('app.impairment_rule', 'impairment_rule_check', '''nothing''', '''S3'''),
	('app.evidence_state', 'evidence_state_check', '''nothing''', '''stored'''),
	('app.dispute_state', 'dispute_state_check', '''nothing''', '''stands'''),
	('app.grading_phase', 'grading_phase_check', '''nothing''', '''draft'''),
	('app.grading_state', 'grading_state_check', '''nothing''', '''pending'''),
	('app.response_state', 'response_state_check', '''nothing''', '''draft'''),
	('app.progress_kind', 'progress_kind_check', '''nothing''', '''done'''),
	('app.extension_state', 'extension_state_check', '''nothing''', '''asked''');

select is((select array_agg(format('%s: %s', c.conrelid::regclass, c.conname) order by 1) from pg_constraint c
	where c.contype = 'c' and c.conrelid <> 0 and t.is_ours(c.connamespace)
	and not exists (select from t.refused r where r.relation = c.conrelid::regclass::text and r.rule = c.conname)),
		null, 'every check constraint has an act');
select is((select array_agg(format('%s: %s', format_type(c.contypid, null), c.conname) order by 1) from pg_constraint c
	where c.contype = 'c' and c.contypid <> 0 and t.is_ours(c.connamespace)
	and (format_type(c.contypid, null), c.conname) not in (select v.domain, v.rule from t.refused_value v)), null,
	'and of every kind of value');
set local session_replication_role = replica;
-- (The end of a period before its beginning is no range, which PostgreSQL says first.)
select is(
	t.outcome(null, format('update %s set %s where ctid = (select min(ctid) from %s)', r.relation, r.change,
	r.relation)),
	case
	when r.change = 'until_date = from_date - 1'
	then '22000 range lower bound must be less than or equal to range upper bound' else r.rule end,
	format('%s refuses %s', r.relation, r.change)) from t.refused r order by r.relation, r.rule;
select isnt(t.outcome(format('alter table %s drop constraint %I', r.relation, r.rule),
	format('update %s set %s where ctid = (select min(ctid) from %s)', r.relation, r.change, r.relation)), r.rule,
	format('%s is what refuses it', r.rule))
from t.refused r where r.change <> 'until_date = from_date - 1' order by r.relation, r.rule;
select is(t.outcome(null, format('select (%s)::%s', v.value, v.domain)), v.rule,
	format('%s refuses %s', v.domain, v.value)) from t.refused_value v order by 1;
select is(t.outcome(null, format('select (%s)::%s', v.taken, v.domain)), 'done',
	format('%s takes %s', v.domain, v.taken)) from t.refused_value v order by 1;
set local session_replication_role = origin;

-- ---------------------------------------------------------------------------------------------------------------------
-- What is there once
-- ---------------------------------------------------------------------------------------------------------------------

-- One more row that is equal in all that an index keeps apart, and has another key; the table's other such indexes are
-- taken away before.
create function t.twice(index regclass) returns text language plpgsql as $$
declare
	i pg_index;
	columns text;
	fields text;
	others text;
begin
	select x.* into i from pg_index x where x.indexrelid = index;
	select string_agg(quote_ident(a.attname), ', ' order by a.attnum),
		string_agg(case when a.attname = 'side' then quote_literal('another') when a.attnum = any (p.indkey)
			and not a.attnum = any (i.indkey) then case a.atttypid when 'uuid'::regtype then 'gen_random_uuid()'
			else format('x.%I + 1000000', a.attname) end
			else format('x.%I', a.attname) end, ', ' order by a.attnum) into columns, fields
	from pg_attribute a left join pg_index p on p.indrelid = a.attrelid and p.indisprimary where a.attrelid = i.indrelid
		and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
	select string_agg(case when c.oid is null then format('drop index %s', x.indexrelid::regclass)
		else format('alter table %s drop constraint %I cascade', x.indrelid::regclass, c.conname) end, '; ') into others
	from pg_index x left join pg_constraint c on c.conindid = x.indexrelid and c.contype in ('u', 'x')
		where x.indrelid = i.indrelid and (x.indisunique or x.indisexclusion) and not x.indisprimary
		and x.indexrelid <> index;
	return t.outcome(others, format('insert into %s (%s) select %s from %s x where %s limit 1', i.indrelid::regclass,
		columns, fields, i.indrelid::regclass,
		concat_ws(' and ', 'true', pg_get_expr(i.indpred, i.indrelid),
			(select string_agg(format('%I is not null', a.attname), ' and ') from pg_attribute a
			where a.attrelid = i.indrelid and a.attnum = any (i.indkey) and not i.indnullsnotdistinct))));
end $$;
set local session_replication_role = replica;
select is(t.twice(i.indexrelid), c.relname::text, format('%s: once by %s', i.indrelid::regclass, c.relname))
-- (Not what only repeats a key, for others to refer to.)
from pg_index i join pg_class c on c.oid = i.indexrelid where t.is_ours(c.relnamespace)
	and (i.indisunique or i.indisexclusion) and not i.indisprimary
	and not exists (select from pg_index p where p.indrelid = i.indrelid and p.indisprimary
		and p.indkey::int2[] <@ i.indkey::int2[]) order by i.indrelid::regclass::text, c.relname;
set local session_replication_role = origin;
select set_eq($$ select c.relname::text from pg_index i join pg_class c on c.oid = i.indexrelid
	where t.is_ours(c.relnamespace) and (i.indisunique or i.indisexclusion) and not i.indisprimary $$,
	'select rule from t.apart', 'and what keeps records apart is what is owed');
select is((select array_agg(format('%s: %s', c.conrelid::regclass, c.conname)) from pg_constraint c
	join pg_attribute a on a.attrelid = c.conrelid and a.attname = 'organisation'
		join pg_attribute b on b.attrelid = c.confrelid and b.attname = 'organisation'
	where c.contype = 'f' and t.is_ours(c.connamespace) and not a.attnum = any (c.conkey)
		and c.confrelid <> 'app.framework'::regclass), null,
		'nothing hangs on another organisation''s record, but on a catalogue that is everybody''s');

-- ---------------------------------------------------------------------------------------------------------------------
-- Triggers
-- ---------------------------------------------------------------------------------------------------------------------

create function t.insert_period(relation text, columns text, fields text) returns text language sql as $$
	select format(
		'insert into app.%s (organisation, id, from_date, until_date, %s) values (t.org(), t.id(''new''), '
		'current_date - 30, current_date - 10, %s)', relation, columns, fields)
$$;
select t.keep('new', app.uuid7()) \g /dev/null
-- A past end counts from today, and is written down as an end of its own.
insert into t.triggered
	select 'app.' || p.noun, x.name, t.insert_period(p.noun, p.columns, p.fields), replace(x.probe, 'NOUN', p.noun),
		'true'
	from t.period p,
		(values ('counts', '(select counts_until = current_date from app.NOUN where id = t.id(''new''))'),
			('first_ending',
			'exists (select from app.ending where noun = ''NOUN'' and subject = t.id(''new'') and state = '
			'''proposed'')')) x (name, probe);
-- A change is a version (stamp) and an event (changed); of what is never changed, to be added is one.
create function t.added(relation regclass) returns text language sql as $$
	select format('insert into %s (%s) select %s from %s x limit 1', relation,
		string_agg(quote_ident(a.attname), ', ' order by a.attnum),
		string_agg(case when a.attname = 'id' then 't.id(''new'')' when a.attname = 'evidence'
			and relation = 'app.attachment'::regclass then 't.id(''said-a'')' else format('x.%I', a.attname) end,
			', ' order by a.attnum), relation)
	from pg_attribute a where a.attrelid = relation and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
$$;
insert into t.triggered
	select g.tgrelid::regclass::text, g.tgname,
		case when exists (select from pg_trigger s where s.tgrelid = g.tgrelid and s.tgname = 'stamp')
		then format(
		'update %s set created_at = created_at - interval ''1 second'' where ctid = (select min(ctid) from %s)',
		g.tgrelid::regclass, g.tgrelid::regclass) else t.added(g.tgrelid) end,
		case g.tgname
			when 'stamp' then format('(select sum(version) - %s from %s)',
			(
			xpath('//s/text()',
			query_to_xml(format('select sum(version) as s from %s', g.tgrelid::regclass), false, true, '')))[1],
			g.tgrelid::regclass)
			else format('(select count(*) from ledger.event where kind like %L) - %s',
				split_part(encode(g.tgargs, 'escape'), '\000', 1) || '.%',
				(select count(*) from ledger.event where kind like split_part(encode(g.tgargs, 'escape'), '\000', 1)
				|| '.%')) end, '1'
	from pg_trigger g join pg_class c on c.oid = g.tgrelid where not g.tgisinternal and t.is_ours(c.relnamespace)
		and g.tgname in ('stamp', 'changed');

-- What hangs on a finding is added with its readers. (An action to a finding of its own: a new owner would read it too,
-- and what hangs on it would be read anew.)
insert into t.triggered
	select g.tgrelid::regclass::text, g.tgname,
		format('insert into %1$s (%3$s) select %3$s from (select (jsonb_populate_record(x, jsonb_build_object('
		'''id'', t.id(''new''), ''finding'', f.id, ''round'', 99, ''number'', 99, ''reference'', ''99'', '
		'''action'', t.id(''act-implemented''), ''readers'', array[t.id(''z'')]) || case %4$L when ''a_place'' '
		'then jsonb_build_object(''addressed'', x.id) else ''{}'' end)).* '
		'from %1$s x, app.finding f where f.id = %2$s limit 1) y', g.tgrelid::regclass,
			case g.tgrelid when 'app.action'::regclass then 'x.finding' else 't.id(''f-cards'')' end,
			t.columns(g.tgrelid), g.tgname),
		format('(select x.%2$s = f.%2$s from %1$s x join app.finding f on f.id = x.finding '
		'where x.id = t.id(''new''))', g.tgrelid::regclass,
			case g.tgname when 'a_readers' then 'readers' else 'addressed' end), 'true'
	from pg_trigger g where g.tgname in ('a_readers', 'a_place');

-- A row that what a caller reaches rests on forgets what was kept of it.
insert into t.triggered
	select g.tgrelid::regclass::text, g.tgname,
		format('do $do$ begin perform set_config(''ninetwo.my_parts'', ''{}'', true); update %s x set %s '
		'where x.ctid = (select min(ctid) from %s); end $do$', g.tgrelid::regclass,
			case g.tgrelid when 'app.function'::regclass then 'parent = x.parent'
				else 'organisation = x.organisation' end,
			g.tgrelid::regclass),
		'current_setting(''ninetwo.my_parts'')', ''
	from pg_trigger g where g.tgname = 'a_reach';

select is((select array_agg(format('%s: %s', g.tgrelid::regclass, g.tgname) order by 1) from pg_trigger g
	join pg_class c on c.oid = g.tgrelid where not g.tgisinternal and t.is_ours(c.relnamespace)
	and not exists (select from t.triggered x where x.relation = g.tgrelid::regclass::text and x.name = g.tgname)),
		null, 'every trigger has an act');
select is(t.outcome(null, x.statement, x.probe), x.wanted, format('%s: trigger %s: %s', x.relation, x.name, x.wanted))
	from t.triggered x order by x.relation, x.name;
select isnt(t.outcome(format('alter table %s disable trigger %I', x.relation, x.name), x.statement, x.probe), x.wanted,
	format('%s: trigger %s is what does it', x.relation, x.name)) from t.triggered x order by x.relation, x.name;

select is((select array_agg(c.oid::regclass::text order by 1) from pg_class c join pg_attribute a on a.attrelid = c.oid
	and a.attname = 'version' and not a.attisdropped
	where t.is_ours(c.relnamespace) and c.relkind = 'r'
		and not exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgname in ('stamp', 'changed'))),
		'{ledger.event}', 'whatever has versions counts them, or is an event when it is added');

select * from finish();
rollback;
