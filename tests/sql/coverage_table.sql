-- Every table, in acts: what each caller sees and writes who stands at the table itself, as the role that the methods
-- run as, with a session of their own; and that nobody reaches a table in any other way. A table, a right or a policy
-- that is not in the lists below fails.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/coverage.sql

create function t.tables() returns table (relation regclass, name text) language sql as $$
	select c.oid::regclass, n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
	where n.nspname in ('app', 'auth', 'ledger', 'meta', 'operator', 'record', 'method', 'api')
		and c.relkind in ('r', 'p', 'm', 'f')
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The rows that acts are about
-- ---------------------------------------------------------------------------------------------------------------------

-- A row has a letter in its table, and is found again by its key. `again` inserts it once more.
create table t.named (relation regclass, letter text, place text not null, again text not null,
	primary key (relation, letter));
create function t.name(relation regclass, letter text, so text) returns void language plpgsql as $$
declare
	keys text[];
	columns text[];
	place text;
	again text;
begin
	select coalesce(array_agg(quote_ident(a.attname)) filter (where a.attnum = any (i.indkey)), '{ctid}'),
		array_agg(quote_ident(a.attname)) into keys, columns
	from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary where a.attrelid = relation
		and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
	execute format('select format(%L, %s), format(%L, %s) from %s x where %s order by x.ctid limit 1',
		(select string_agg(k || ' = %L', ' and ') from unnest(keys) k),
			(select string_agg('x.' || k, ', ') from unnest(keys) k),
		format('insert into %s (%s) values (%s)', relation, array_to_string(columns, ', '),
			(select string_agg('%L', ', ') from unnest(columns))),
			(select string_agg('x.' || c || '::text', ', ') from unnest(columns) c),
		relation, so) into place, again;
	if place is null then raise exception '% has no row where %', relation, so; end if;
	insert into t.named values (relation, letter, place, again);
end $$;
-- By the keys under which rows were kept, by what they say,
select count(t.name(v.relation::regclass, p[1], format('id = %L', t.id(p[2])))) from t.rows v,
	regexp_matches(v.pairs, '(\S) (\S+)', 'g') p \g /dev/null
select count(t.name(relation::regclass, letter, so)) from t.rows_where \g /dev/null
-- and of any other table its first.
select count(t.name(relation, '1', 'true')) from t.tables()
	where relation not in (select n.relation from t.named n) \g /dev/null

-- ---------------------------------------------------------------------------------------------------------------------
-- Acts
-- ---------------------------------------------------------------------------------------------------------------------

-- Who stands at the tables: the callers of tests/matrix.txt as ninetwo_api, and every role without a session.
create table t.actor (actor text primary key, role text not null, who text, organisation uuid);
insert into t.actor select letter, 'ninetwo_api', who, organisation from t.caller;
insert into t.actor select r, 'ninetwo_' || r
	from unnest(array['owner', 'auth', 'ledger', 'server', 'feed', 'operator', 'api']) r;
insert into t.actor values ('forged', 'ninetwo_server');

-- Where the named rows of a table lie now; null for one that is gone.
create function t.lying(relation regclass) returns text[] language plpgsql as $$
declare
	places text[];
begin
	execute (select format('select array[%s]',
		string_agg(format('(select x.ctid::text from %s x where %s)', n.relation, n.place), ', ' order by n.letter))
		from t.named n where n.relation = $1) into places;
	return places;
end $$;

-- The letters of the rows that an act reaches: all, or - for none; no: no right to the table; 01, 02: refused at the
-- door. It is taken back.
-- Triggers and foreign keys are set aside: what is asked is whether the policies let a row through.
create function t.act(relation regclass, command text, a t.actor) returns text language plpgsql as $$
declare
	letters constant text[] := array(select n.letter from t.named n where n.relation = $1 order by n.letter);
	again constant text[] := array(select n.again from t.named n where n.relation = $1 order by n.letter);
	before constant text[] := case when command in ('update', 'delete') then t.lying(relation) end;
	after text[];
	statement text;
	reached text := '';
begin
	if command = 'select' then
		statement := (select 'select '
			|| string_agg(format('case when exists (select from %s where %s) then %L else '''' end', n.relation,
			n.place, n.letter), ' || ' order by n.letter) from t.named n where n.relation = $1);
	elsif command = 'update' then
		-- constants and no condition: reading a column would ask the policy of reading as well
		statement := (select format('update %s set %I = %s', relation, x.attname,
			case when x.attname = 'organisation' then quote_literal(coalesce(a.organisation, t.org()))
			when x.attname = 'name' and n.nspname = 'app' then quote_literal('x') else quote_ident(x.attname) end)
			from pg_attribute x join pg_class c on c.oid = x.attrelid join pg_namespace n on n.oid = c.relnamespace
				where x.attrelid = relation and x.attnum > 0 and not x.attisdropped and x.attgenerated = ''
			order by x.attname = 'organisation' desc, x.attname = 'name' desc, x.attnum desc limit 1);
	elsif command = 'delete' then
		statement := format('delete from %s', relation);
	end if;
	begin
		if command <> 'select' then perform set_config('session_replication_role', 'replica', true); end if;
		perform set_config('ninetwo.person', case a.actor when 'forged' then t.id('x')::text else '' end, true),
			set_config('ninetwo.organisation', case a.actor when 'forged' then t.org()::text else '' end, true),
			set_config('ninetwo.roles', case a.actor when 'forged' then '{administrator,management}' else '' end, true),
			set_config('ninetwo.today', '', true);
		perform set_config('role', a.role, true);
		if a.who is not null then perform auth.enter(sha256(convert_to('secret of ' || a.who, 'UTF8')), a.organisation,
			'coverage', '{member}', case command when 'select' then 'read' else 'write' end); end if;
		if command = 'select' then
			execute statement into reached;
		elsif command = 'truncate' then
			execute format('truncate %s', relation);
			reached := 'emptied';
		elsif command = 'insert' then
			for i in 1 .. cardinality(again) loop
				begin
					execute again[i];
					reached := reached || letters[i];
				exception
					when unique_violation or exclusion_violation then reached := reached || letters[i];
					when insufficient_privilege then
						if sqlerrm not like 'new row violates row-level security policy%' then raise; end if;
				end;
			end loop;
		else
			execute statement;
			perform set_config('role', 'none', true);
			after := t.lying(relation);
			reached :=
				(
				select coalesce(string_agg(letters[i],
				'' order by i) filter (where after[i] is distinct from before[i]), '')
				from generate_subscripts(letters, 1) i);
		end if;
		raise exception using errcode = 'UT000', message = reached || ' ';
	exception
		when sqlstate 'UT000' then reached := btrim(sqlerrm);
		when insufficient_privilege then return 'no';
		when sqlstate 'N2001' then return '01';
		when sqlstate 'N2002' then return '02';
	end;
	return case reached when '' then '-' when array_to_string(letters, '') then 'all' else reached end;
end $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The tables
-- ---------------------------------------------------------------------------------------------------------------------

-- What the other roles may: the owner of a schema's tables everything, but an event and its position are added and
-- never changed; and these.
create table t.right (role text, name text, rights text not null, primary key (role, name));
insert into t.right
	select r.role, s.name, case when s.name in ('ledger.event', 'ledger.position') then 'si' else 'siud' end
	from t.sheet s join (values ('owner', 'app'), ('auth', 'auth'), ('ledger', 'ledger')) r (role, schema)
		on s.name like r.schema || '.%';
insert into t.right values ('auth', 'app.enrolment', 's'), ('auth', 'app.membership', 's'),
	('auth', 'app.organisation', 's'), ('auth', 'app.person', 's'), ('auth', 'app.ticket', 'su'),
	('auth', 'app.export', 's'),
	('owner', 'ledger.event', 'i'), ('owner', 'ledger.pending', 'i'), ('owner', 'meta.migration', 's');

select is((select array_agg(name order by name) from t.tables() where name not in (select s.name from t.sheet s)), null,
	'every table is in the list');
select is((select array_agg(s.name order by s.name) from t.sheet s where s.name not in (select name from t.tables())),
	null, 'and none that is gone');

create table t.command (command text primary key, n serial);
insert into t.command (command) select unnest(array['select', 'insert', 'update', 'delete']);
create table t.acted as
	select r.relation, r.name, c.command, c.n, a.actor, t.act(r.relation, c.command, a) as word from t.tables() r,
		t.command c, t.actor a where length(a.actor) > 1;
-- What the role has no right to, it has with nobody's session.
insert into t.acted select x.relation, x.name, x.command, x.n, a.actor,
	case when x.word <> 'no' then t.act(x.relation, x.command, a) when a.actor = 'Q' then '02' else 'no' end
	from t.acted x, t.actor a where x.actor = 'api' and length(a.actor) = 1;

-- The word that the list has for a caller.
create function t.expected(s t.sheet, command text, letter text) returns text language sql as $$
	select case when letter = 'Q' then '02' when position(left(command, 1) in s.rights) = 0 then 'no' else coalesce((
		select split_part(w, ':', 2)
			from regexp_split_to_table(replace(replace(to_jsonb(s) ->> command, 'members', 'XYPMLACEBODZSVW'),
			'directory', 'XYPMLACEBODZ'), ' ') w
		where position(letter in split_part(w, ':', 1)) > 0), '-') end
$$;
select is(string_agg(format('%s %s', a.actor, a.word), '  ' order by a.actor),
	string_agg(format('%s %s', a.actor, t.expected(s, a.command, a.actor)), '  ' order by a.actor),
	format('%s: %s', s.name, a.command))
from t.acted a join t.sheet s using (name) where length(a.actor) = 1 group by s.name, a.command, a.n order by s.name,
	a.n;
select is((select array_agg(format('%s: %s by %s: %s', a.name, a.command, a.actor, a.word) order by a.name, a.n)
	from t.acted a left join t.right r on r.role = a.actor and r.name = a.name
	where a.actor in ('owner', 'auth', 'ledger')
		and (a.word = 'all') <> (position(left(a.command, 1) in coalesce(r.rights, '')) > 0)), null,
		'each owner reaches its own tables, and of the others'' only what is listed');
select is((select array_agg(format('%s: %s by %s: %s', a.name, a.command, a.actor, a.word) order by a.name, a.n)
	from t.acted a
	where a.actor in ('server', 'feed', 'operator', 'forged') and a.word <> 'no'), null,
		'who logs in reaches no table, whatever identity they put in the settings');
select is((select array_agg(format('%s: %s: %s', a.name, a.command, a.word) order by a.name, a.n) from t.acted a
	where a.actor in ('N', 'api') and a.name like any (array['app.%', 'auth.%', 'ledger.%'])
		and a.word not in ('no', '-')
		and not (a.command = 'select' and a.name in ('app.framework', 'app.requirement', 'app.mapping'))),
	null, 'nobody is shown the catalogues of requirements, and nothing else');
select is((select array_agg(format('%s by %s', r.name, a.actor)) from t.tables() r, t.actor a where a.who is null
	and length(a.actor) > 1
	and case when pg_get_userbyid((select c.relowner from pg_class c where c.oid = r.relation)) <> a.role
		then t.act(r.relation, 'truncate', a) <> 'no' end), null, 'nobody empties a table that is not theirs');

-- Not by these rows alone: a stranger sees no row at all that names this organisation.
create function t.foreign_rows(relation regclass) returns bigint language plpgsql as $$
declare
	owner constant uuid := t.org();
	foreigner constant uuid := t.id('org2');
	n bigint;
begin
	perform set_config('role', 'ninetwo_api', true),
		auth.enter(sha256('secret of q'), foreigner, 'coverage', '{member}', 'read');
	execute format('select count(*) from %s x where x.organisation = %L', relation, owner) into n;
	perform set_config('role', 'none', true);
	return n;
end $$;
create table t.owned as select r.* from t.tables() r join t.sheet s using (name)
	join pg_attribute a on a.attrelid = r.relation and a.attname = 'organisation' where s.rights like 's%';
select is((select array_agg(o.name) from t.owned o where t.foreign_rows(o.relation) <> 0), null,
	'a stranger sees no row of this organisation in any table');

-- ---------------------------------------------------------------------------------------------------------------------
-- The policies
-- ---------------------------------------------------------------------------------------------------------------------

-- Without it, a row is hidden that it lets through; were it open to all, one would be shown that it hides. What differs
-- first, null when nothing does.
create function t.differs(p pg_policy, change text) returns text language plpgsql as $$
declare
	r record;
	word text;
	found text;
begin
	execute change;
	for r in select x.*, a from t.acted x join t.actor a using (actor) where x.relation = p.polrelid
		and (p.polcmd = '*' or x.command = case p.polcmd when 'r' then 'select' when 'a' then 'insert'
		when 'w' then 'update' else 'delete' end)
			and a.role = any (select pg_get_userbyid(o) from unnest(p.polroles) o) and x.word not in ('no', '02')
				order by (x.word = '-') = (change like 'drop%'), x.n, x.actor loop
		word := t.act(r.relation, r.command, r.a);
		if word <> r.word then
			found := format('%s by %s: %s, not %s', r.command, r.actor, word, r.word);
			exit;
		end if;
	end loop;
	raise exception using errcode = 'UT000', message = coalesce(found, 'nothing');
exception when sqlstate 'UT000' then
	return nullif(sqlerrm, 'nothing');
end $$;
select isnt(t.differs(p, format('drop policy %I on %s', p.polname, p.polrelid::regclass)), null,
	format('%s: policy %s lets a row through', r.name, p.polname))
from pg_policy p join t.tables() r on r.relation = p.polrelid order by r.name, p.polname;
select isnt(
	t.differs(p,
	format('alter policy %I on %s %s %s', p.polname, p.polrelid::regclass,
	case when p.polqual is not null then 'using (true)' end,
	case when p.polwithcheck is not null then 'with check (true)' end)), null,
	format('%s: policy %s hides a row', r.name, p.polname))
from pg_policy p join t.tables() r on r.relation = p.polrelid
where 'true' <> any (array_remove(array[pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)],
	null)) order by r.name, p.polname;
select is((select array_agg(format('%s: %s', r.name, p.polname) order by r.name) from pg_policy p
	join t.tables() r on r.relation = p.polrelid
	where 'ninetwo_api'::regrole = any (p.polroles)
		and 'true' =
		all (array_remove(array[pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)], null))),
	'{"app.mapping: read","meta.description: api","meta.migration: owner"}',
		'for the methods'' role, a policy that hides nothing is one of these');
select is((select array_agg(distinct p.polroles::regrole[]::text) from pg_policy p
	join t.tables() r on r.relation = p.polrelid),
	'{"{ninetwo_api}","{ninetwo_auth}","{ninetwo_ledger}","{ninetwo_owner}"}', 'and every policy names one owner');

-- ---------------------------------------------------------------------------------------------------------------------
-- Columns and views
-- ---------------------------------------------------------------------------------------------------------------------

create function t.state_as(role text, statement text) returns text language plpgsql as $$
begin
	perform set_config('role', role, true);
	execute statement;
	raise exception using errcode = 'UT000';
exception
	when sqlstate 'UT000' then return null;
	when others then return sqlstate;
end $$;
select is(t.state_as('ninetwo_api', format('select %I from %s', a.attname, a.attrelid::regclass)),
	case when a.attname = any ('{digest,tries,try_at}') then '42501' end,
	format('%s.%s is %s', a.attrelid::regclass, a.attname,
	case when a.attname = any ('{digest,tries,try_at}') then 'for nobody' else 'readable' end))
from pg_attribute a where a.attrelid in ('auth.session'::regclass, 'auth.invitation'::regclass) and a.attnum > 0
	and not a.attisdropped order by a.attrelid, a.attnum;
select is((select array_agg(format('%s by %s', c.oid::regclass, r)) from pg_class c
	join pg_namespace n on n.oid = c.relnamespace, unnest(array['ninetwo_server', 'ninetwo_feed', 'ninetwo_operator']) r
	where n.nspname in ('app', 'auth', 'ledger', 'meta', 'operator', 'record', 'method', 'api') and c.relkind = 'v'
		and t.state_as(r, format('select from %s', c.oid::regclass)) is distinct from '42501'), null,
		'who logs in reads no view');
select is((select array_agg(c.oid::regclass) from pg_class c join pg_namespace n on n.oid = c.relnamespace
	where n.nspname in ('app', 'auth', 'ledger', 'meta', 'operator', 'record', 'method', 'api')
	and c.relkind = 'v' and not 'security_invoker=true' = any (coalesce(c.reloptions, '{}'))
	and (c.relnamespace <> 'app'::regnamespace or c.relname !~ '^called_')), null,
		'every view shows what its reader may see, but for what records are called');
select is((select array_agg(c.relname) from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind = 'v'
	and (c.relowner <> 'ninetwo_owner'::regrole or (select count(*) from pg_attribute a where a.attrelid = c.oid
		and a.attnum > 0) <> 2 or pg_get_viewdef(c.oid) !~ 'app\.org\(\)'
			and c.relname not in ('called_requirement', 'called_framework'))), null,
	'which shows an id and a name, of the caller''s organisation');
select is((select array_agg(c.oid::regclass) from pg_class c join pg_namespace n on n.oid = c.relnamespace,
	unnest(array['ninetwo_server', 'ninetwo_feed', 'ninetwo_operator']) r
	where n.nspname in ('app', 'auth', 'ledger', 'meta', 'operator', 'record', 'method', 'api') and c.relkind = 'S'
		and t.state_as(r, format('select nextval(%L)', c.oid::regclass)) is distinct from '42501'), null,
		'who logs in counts no sequence on');
select * from finish();
rollback;
