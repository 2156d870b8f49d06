-- What people owe: kept with the records that it rests on, shown to who owes it and to nobody else.
\set ON_ERROR_STOP on
begin;
select no_plan();
set local client_min_messages = warning;
\ir fixture/matrix.sql

-- What somebody is shown that they owe, in a line: method and reference.
create function t.owes(who text, params jsonb default '{}') returns text[] language sql as $$
	select array(select format('%s %s', i ->> 'method', i ->> 'reference')
		from jsonb_array_elements(t.call(who, 'due.list', params) -> 'items') i order by 1)
$$;
create function t.owes(who text, how text) returns text[] language sql as $$
	select array(select o from unnest(t.owes(who)) o where o like how || ' %')
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Who owes what
-- ---------------------------------------------------------------------------------------------------------------------

select is_empty('select app.check_due()', 'what is owed is what the records ask');
select results_eq($$ select p, t.owes(p) from unnest('{a,c,d,e,oc,ob,y,z,p,v}'::text[]) p $$, $$ values
	('a', array['declaration.sign IA-2026-07', 'dispute.decide IA-2026-01-F-06', 'extension.decide IA-2026-01-F-15',
		'finding.review IA-2026-01-F-10', 'finding.sign IA-2026-01-F-09', 'request.accept IA-2026-01-R-02',
		'response.accept IA-2026-01-F-14', 'verification.record IA-2026-01-F-16']),
	('c', array['request.accept IA-2026-01-R-04']),
	('d', array['action.done IA-2026-01-F-15-A-1', 'action.done IA-2026-01-F-15-A-2']),
	('e', array['dispute.decide IA-2026-01-F-07', 'verification.record IA-2026-01-F-18']),
	('oc', array['finding.acknowledge IA-2026-01-F-11', 'response.save IA-2026-01-F-11']),
	('ob', array['confirmation.give IA-2026-07', 'finding.acknowledge IA-2026-01-F-03',
		'finding.acknowledge IA-2026-01-F-04', 'finding.acknowledge IA-2026-01-F-09',
		'finding.acknowledge IA-2026-01-F-13', 'finding.acknowledge IA-2026-05-F-01',
		'request.submit IA-2026-01-R-01', 'response.save IA-2026-01-F-03', 'response.save IA-2026-01-F-09',
		'response.save IA-2026-01-F-17', 'response.submit IA-2026-01-F-13']),
	('y', array['confirmation.give IA-2026-08', 'finding.acknowledge IA-2026-01-F-08', 'response.save IA-2026-01-F-08',
		'safeguard.record IA-2026-03']),
	('z', '{}'), ('p', '{}'), ('v', '{}') $$, 'each owes what waits for them, and nobody what waits for others');
select is(t.owes('m', 'proposal.countersign'), '{"proposal.countersign IA-2026-01"}', 'management owes a signature');
select is(t.owes('y', 'proposal.countersign'), '{}', 'who made a proposal does not');
select is(t.call('ob', 'due.list', '{"limit": 1}') #>> '{items,0,what}',
	'Confirm who operates and monitors Backup and recovery.', 'it says what is to be done, and of what');

-- Whoever could do now what waits, is shown it.
create temporary table could as
	select p.key as who, d.method, d.subject, t.call(p.key, 'may', jsonb_build_object('noun', case
		when d.noun = 'interest' then 'interest' else (select (meta.record_of(format('method.%s', replace(d.method, '.',
			'_'))::regproc)).noun) end, 'ids', jsonb_build_array(d.subject)))
			#>> array['items', '0', 'verbs', split_part(d.method, '.', 2), 'allowed'] as allowed
	from app.due d, t.persons p
	where t.refusal(p.key, 'due.list') ->> 'code' = '0' and starts_with(d.method, d.noun || '.');
select cmp_ok((select count(*) from could where allowed = 'true'), '>', 30::bigint, 'there are people who could');
select is_empty($$ select c.who, c.method from could c where c.allowed = 'true' and not exists (
	select from jsonb_array_elements(t.call(c.who, 'due.list', '{"limit": 200}') -> 'items') i
	where i ->> 'method' = c.method and i ->> 'subject' = c.subject::text) $$,
	'whoever could settle what waits is shown it');

-- ---------------------------------------------------------------------------------------------------------------------
-- It begins and ends with what makes it so
-- ---------------------------------------------------------------------------------------------------------------------

select lives_ok($$ select t.do('ob', 'request.submit', t.with_version('evidence_request', 'request',
	'{"answer": "Here it is."}')) $$, 'what was asked for is supplied');
select is(t.owes('ob', 'request.submit'), '{}', 'who supplied it owes it no longer');
select is(t.owes('a', 'request.accept'), '{"request.accept IA-2026-01-R-01", "request.accept IA-2026-01-R-02"}',
	'the team now owes an answer');
select t.keep('as-fresh', (select s.id from app.assignment s where s.audit = t.id('audit-fresh')
	and s.person = t.id('a'))) \g /dev/null
select lives_ok($$ select t.do('x', 'assignment.end', t.with_version('assignment', 'as-fresh',
	'{"reason": "Ill."}')) $$, 'an assignment ends');
select is(t.owes('a', 'declaration.sign'), '{}', 'nothing is left to declare');
select is_empty('select app.check_due()', 'and what is owed is what the records ask');

-- ---------------------------------------------------------------------------------------------------------------------
-- Pages and filters
-- ---------------------------------------------------------------------------------------------------------------------

create function t.pages(who text, params jsonb) returns text[] language plpgsql as $$
declare
	page jsonb;
	all_of text[] := '{}';
	begun text;
begin
	loop
		page := t.call(who, 'due.list', params || jsonb_strip_nulls(jsonb_build_object('after', begun)));
		all_of := all_of || array(select i ->> 'id' from jsonb_array_elements(page -> 'items') i);
		begun := page ->> 'after';
		exit when begun is null;
	end loop;
	return all_of;
end $$;
select is(t.pages('ob', '{"limit": 1}'), t.pages('ob', '{}'), 'page by page it is the same, in the same order');
select is(t.owes('ob', '{"overdue": true}'::jsonb), '{}', 'nothing is late');
select is(array(select i ->> 'due' from jsonb_array_elements(t.call('ob', 'due.list', jsonb_build_object('until',
	current_date + 3)) -> 'items') i), array[current_date, current_date + 3]::text[],
	'until a day holds that day');
select is(t.owes('ob', jsonb_build_object('audit', t.id('audit-fresh'))), '{"confirmation.give IA-2026-07"}',
	'of one audit');
select is(t.refusal('ob', 'due.list', '{"limit": 201}') #>> '{data,params,0,name}', 'limit', 'a page has its bounds');
select is(t.refusal('ob', 'due.list', jsonb_build_object('after', t.call('ob', 'due.list', '{"limit": 1}') ->> 'after',
	'overdue', false)) #>> '{data,params,0,name}', 'after', 'a place in one list is none in another');

-- ---------------------------------------------------------------------------------------------------------------------
-- check names what is not as it should be
-- ---------------------------------------------------------------------------------------------------------------------

create function t.due_after(change text) returns text[] language plpgsql as $$
declare
	told text[];
begin
	execute change;
	told := array(select regexp_replace(c, ' \S{36}', '', 'g') from app.check_due() c order by c);
	raise exception using errcode = 'UT000';
exception when sqlstate 'UT000' then
	return told;
end $$;
select is(t.due_after('delete from app.due where method = ''proposal.countersign'''),
	'{"what is owed of proposal in organisation: proposal.countersign by is missing"}', 'a row that was deleted');
select is(t.due_after('insert into app.due (organisation, noun, subject, method, token, since)
	select organisation, noun, subject, method, app.uuid7(), since from app.due
	where method = ''proposal.countersign'''),
	'{"what is owed of proposal in organisation: proposal.countersign by has no source"}', 'a row that was added');
select is(t.due_after('update app.due set on_day = current_date + 1 where method = ''proposal.countersign'''),
	'{"what is owed of proposal in organisation: proposal.countersign by has no source",
	"what is owed of proposal in organisation: proposal.countersign by is missing"}', 'a day that was moved');
select * from finish();
rollback;
