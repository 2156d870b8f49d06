-- What sql/core/due.sql owes the tests (fixture/owed.sql).
insert into t.rows_where values
	('app.due', 'm', 'method = ''proposal.countersign'''),
	('app.due', 'b', 'method = ''confirmation.give''');
insert into t.sheet values
	('app.due', 's', 'M:m B:b', '', '', '');
insert into t.apart values
	('due_once');

-- A trigger makes what is owed again; those of one noun are alike.
insert into t.triggered
	select g.tgrelid::regclass::text, g.tgname, format('delete from app.due; update %s set %s', g.tgrelid::regclass,
		case g.tgrelid when 'app.grading'::regclass then 'state = state' else 'id = id' end),
		format('(select count(*) > 0 from app.due where noun = %L)', split_part(encode(g.tgargs, 'escape'), '\000', 1)),
		'true'
	from pg_trigger g
	where g.tgfoid = 'app.owes'::regproc and g.tgrelid <> 'app.check'::regclass
		and (g.tgrelid, g.tgname) <> ('app.declaration'::regclass, 'owes');
insert into t.triggered values
	('app."check"', 'owes',
		'delete from app.due; update app.check set result = null, recorded_by = null, recorded_at = null where id = '
		't.id(''check'')', 'exists (select from app.due where noun = ''check'')', 'true'),
	('app.declaration', 'owes',
		'update app.audit set state = ''reporting'', reporting_at = now() where id = t.id(''audit''); delete from '
		'app.due; update app.declaration set id = id', 'exists (select from app.due where noun = ''declaration'')',
		'true'),
	('app.audit', 'owes_below',
		'delete from app.due; update app.audit set starts_on = starts_on + 1 where id = t.id(''audit-fresh'')',
		'exists (select from app.due where noun = ''assignment'')', 'true'),
	('app.assignment', 'owes_on_assignment', 'delete from app.due; update app.assignment set ended_on = ended_on',
		'exists (select from app.due where noun = ''interest'')', 'true'),
	('app.finding', 'owes_on_finding',
		'delete from app.due; update app.finding set plan_due = plan_due - 1 where id = t.id(''f-drafted'')',
		'exists (select from app.due where noun = ''response'')', 'true');

-- What each noun asks is what is kept of it.
insert into t.line_of (who, act, wanted)
	select '+x', format('(select count(*) from app.%1$s({org}, array(select id from app.%2$I where organisation = '
		'{org}))) = (select count(*) from app.due where noun = %3$L and organisation = {org})', p.proname,
		case n.noun when 'request' then 'evidence_request' else n.noun end, n.noun), 'true'
	from pg_proc p cross join lateral (select substr(p.proname, 6) as noun) n
	where p.pronamespace = 'app'::regnamespace and p.proname ~ '^owed_';
insert into t.line_of (who, act, wanted) values
	('+x', 'select app.owe(''proposal'', {org}, array[{proposal}]) => (select count(*) from app.due where subject = '
		'{proposal})', '1'),
	('x', 'app.owe(''proposal'', {org}, array[{proposal}])', '42501 permission denied for function owe'),
	('+x', '(select count(*) from app.check_due())', '0'),
	('x', 'app.roles_of(''proposal_countersign'')', '{management}'),
	('x', 'app.roles_of(''confirmation_give'')', '{administrator}'),
	('x', '(app.label(''{"reference": "F-1", "title": "A"}'')).reference', 'F-1'),
	('x', '(app.label(jsonb_build_object(''audit'', {audit}))).title', 'Backup, access and card data'),
	('x', '(app.label(jsonb_build_object(''finding'', {f-issued}))).title', 'Finding f-issued'),
	('x', '(app.label(''{}'')).title', 'null'),
	('m', '(select app.due_item(d) ->> ''what'' from app.due d where d.subject = {proposal})',
		'Countersign the proposal, or decline it.'),
	('y', '(select app.due_item(d) from app.due d where d.subject = {proposal})', 'null');
