-- What must not be told yet: fields of a record that its reader sees later, or never, beside who sees them now; so that
-- a field that is empty for everybody proves nothing.
\set ON_ERROR_STOP on
begin;
select no_plan();
set local client_min_messages = warning;
\ir fixture/coverage.sql
\ir fixture/told.sql

-- Each: a record (its key), some fields, what is given so that they hold something; who sees none of them, and who sees
-- all.
create table t.hidden (n serial, noun text, key text, fields text, given text, hidden text, shown text);
insert into t.hidden (noun, key, fields, given, hidden, shown) values
	-- a finding that is shared for accuracy shows its auditee what was found, and nothing of what is made of it
	('finding', 'f-shared', 'grade effect computed_grade answers grade_reason graded_by repeats reviewed_by '
		'impaired_at '
		'impaired_person share_skipped signature_waits from_check review_needed review_open',
		'update app.finding set effect = ''x'', computed_grade = ''minor'', answers = ''{}'', grade_reason = ''x'', '
		'repeats = array[{f-issued}], reviewed_by = {a}, reviewed_at = now(), impaired_at = now(), impaired_person = '
		'{b}, share_skipped = ''x'', from_check = {check}, review_needed = true where id = {f-shared}', 'ob', 'a l'),
	-- issued, it shows how its team came to it to the team alone
	('finding', 'f-issued', 'from_check review_needed review_open',
		'update app.finding set from_check = {check}, review_needed = true where id = {f-issued}', 'ob x p m c', 'a l'),
	('finding', 'f-issued', 'grade effect computed_grade answers grade_reason graded_by reviewed_by impaired_at '
		'impaired_person signature_waits',
		'update app.finding set effect = ''x'', computed_grade = ''minor'', answers = ''{}'', grade_reason = ''x'', '
		'reviewed_by = {a}, reviewed_at = now(), impaired_at = now(), impaired_person = {b} where id = {f-issued}', '',
		'ob x p m c a l'),
	-- what the team concludes is the team's, and management's once the report is released
	('audit', 'audit', 'conclusion', 'update app.audit set conclusion = ''x'' where id = {audit}', 'p x m ob sp',
		'l a c'),
	('audit', 'audit-published', 'conclusion', null, 'p x ob', 'm l'),
	('request', 'request', 'from_check', 'update app.evidence_request set from_check = {check} where id = {request}',
		'ob', 'b l');
create function t.fields(h t.hidden, who text) returns text language sql as $$
	select coalesce(string_agg(f, ' '), '') from unnest(string_to_array(h.fields, ' ')) f
	where t.told(who, format('(select to_jsonb(x) ->> %L from record.%I x where x.id = '
		'{%s})', f, h.noun, h.key), h.given)
		<> 'null'
$$;
select is(t.fields(h, w), '', format('%s sees nothing of %s: %s', w, h.key, h.fields))
	from t.hidden h, unnest(string_to_array(nullif(h.hidden, ''), ' ')) w order by h.n, w;
select is(t.fields(h, w), h.fields, format('%s sees of %s: %s', w, h.key, h.fields))
	from t.hidden h, unnest(string_to_array(h.shown, ' ')) w order by h.n, w;
-- No other column of a shared finding holds what these hide: a new one is open to its auditee or said above.
select is(t.told('ob', '(select array_agg(k order by k) from record.finding f, jsonb_each(to_jsonb(f)) v (k, x) where '
	'f.id = {f-shared} and x <> ''null'')'),
	'{addressed,audit,condition,created_at,criteria,evidence,functions,id,organisation,overdue,owners,'
	'part,raised_by,reference,rounds,shared_at,state,title,updated_at,version}',
	'and these are what the auditee of a shared finding sees');

-- ---------------------------------------------------------------------------------------------------------------------
-- Grades, in every way there is to ask for them
-- ---------------------------------------------------------------------------------------------------------------------

-- Each: what is asked; what the auditee of a shared finding is answered, an auditor of its part, and the auditee of an
-- issued finding. (An event carries its readers: one of before the issue stays what it was.)
create table t.grades_of (n serial, act text, hidden text, shown text, later text);
insert into t.grades_of (act, hidden, shown, later) values
	('(select count(*) from app.grading where finding = {f-shared})', '0', '1', '1'),
	('jsonb_array_length(method.finding_grades({f-shared}))', '0', '1', '1'),
	('method.finding_get({f-shared}) ->> ''grade''', 'null', 'minor', 'major'),
	('(select x ->> ''grade'' from json_array_elements(method.finding_list(_limit := 200) -> ''items'') x where x ->> '
		'''id'' = {f-shared}::text)', 'null', 'minor', 'major'),
	('(select count(*) from jsonb_array_elements(method.event_list(_subject := (select id from t.gradings where '
		'finding '
		'= {f-shared})) -> ''items'') x)', '0', '1', '0');
create table t.gradings as select id, finding from app.grading;
grant usage on schema t to ninetwo_api;
grant select on t.gradings to ninetwo_api;
select is(t.told('ob', g.act), g.hidden, format('an auditee, of a shared finding: %s', g.act)) from t.grades_of g
	order by g.n;
select is(t.told('a', g.act), g.shown, format('an auditor of its part: %s', g.act)) from t.grades_of g order by g.n;
select is(t.told('ob', replace(g.act, 'f-shared', 'f-issued')), g.later,
	format('an auditee, of an issued one: %s', g.act)) from t.grades_of g order by g.n;

select * from finish();
rollback;
