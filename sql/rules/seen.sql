-- Who sees what, said once: for each table the grounds on which a row of it is seen, any of which is enough. From them
-- are made, at each migration, its policies (who reads it, and may write what they see), its audience (who is told of a
-- change) and the branches of its lists (core/list.sql): so what is told and what may be read cannot differ.
--
-- A ground is a role (`directory`: who looks up people, parties and functions at large; `oversight`: the roles that see
-- every audit, though none of its papers; or a role itself), or a column that names something of which a caller holds a
-- set: themselves, their parts, functions, parties, audits (`team`: on whose declared team they are; `plan`: whose plan
-- they read), releases; or the tokens that the row carries (`readers`). What hangs on a finding carries its readers.
-- Whoever sees a row may write it, as far as their method lets them; `adds` names the set of who alone adds one.
--
-- Six nouns write their own, each with its reason: organisation (whoever belongs to it), person (one in all
-- organisations), evidence (through what it is attached to), publication and reading (an observer sees their own
-- party's alone), framework (the built-in ones are everybody's).

create or replace function app.grounds() returns table (relation text, ground text, source text)
language sql immutable
begin atomic
	select * from (values
	('party', 'role', 'directory'), ('party', 'party', 'id'),
	('affiliation', 'role', 'directory'), ('affiliation', 'person', 'person'),
	('membership', 'role', 'directory'), ('membership', 'person', 'person'),
	('certification', 'role', 'directory'), ('certification', 'party', 'party'),
	('ending', 'role', 'directory'), ('ending', 'person', 'person'),
	('function', 'role', 'directory'), ('function', 'function', 'id'),
	('succession', 'role', 'directory'),
	('operation', 'role', 'directory'), ('operation', 'function', 'function'),
	('responsibility', 'role', 'directory'), ('responsibility', 'person', 'person'),
		('responsibility', 'function', 'function'),
	('audit', 'role', 'oversight'), ('audit', 'plan', 'id'),
	('audit_plan_version', 'role', 'oversight'), ('audit_plan_version', 'plan', 'audit'),
	('part', 'role', 'oversight'), ('part', 'plan', 'audit'),
	('part_function', 'role', 'oversight'), ('part_function', 'plan', 'audit'),
	('audit_requirement', 'role', 'oversight'), ('audit_requirement', 'plan', 'audit'),
	('assignment', 'role', 'oversight'), ('assignment', 'person', 'person'), ('assignment', 'plan', 'audit'),
	('confirmation', 'role', 'oversight'), ('confirmation', 'plan', 'audit'),
	('competence', 'role', 'oversight'), ('competence', 'person', 'person'),
	('declaration', 'role', 'oversight'), ('declaration', 'person', 'person'), ('declaration', 'team', 'audit'),
	('interest', 'role', 'oversight'), ('interest', 'person', 'person'), ('interest', 'team', 'audit'),
	('safeguard', 'role', 'oversight'), ('safeguard', 'person', 'person'), ('safeguard', 'team', 'audit'),
	('impairment', 'role', 'oversight'), ('impairment', 'person', 'person'), ('impairment', 'team', 'audit'),
	('proposal', 'role', 'oversight'), ('proposal', 'person', 'created_by'),
	('due', 'token', 'token'),
	('check', 'part', 'part'),
	('evidence_request', 'part', 'part'), ('evidence_request', 'function', 'function'),
		('evidence_request', 'adds', 'part'),
	('finding', 'readers', 'readers'), ('finding', 'adds', 'part'),
	('remark', 'readers', 'readers'),
	('dispute', 'readers', 'readers'),
	('grading', 'readers', 'readers'),
	('response', 'person', 'written_by'), ('response', 'readers', 'readers'),
	('action', 'person', 'owner'), ('action', 'readers', 'readers'),
	('progress', 'person', 'person'), ('progress', 'readers', 'readers'),
	('extension', 'person', 'asked_by'), ('extension', 'readers', 'readers'),
	('verification', 'person', 'verified_by'), ('verification', 'readers', 'readers'),
	('release', 'role', 'management'), ('release', 'release', 'id')
	) g (relation, ground, source);
end;
comment on function app.grounds() is 'For each table, the grounds on which a row of it is seen.';

-- What a caller holds of each set, as a policy asks it (once a statement), and what a value of it stands for among the
-- tokens of the ledger.
create or replace function app.sets() returns table (ground text, held text, tokens text)
language sql immutable
begin atomic
	select * from (values
	('person', '(select app.me())', '%s'),
	('part', 'any ((select app.my_parts())::uuid[])', '%s'),
	('function', 'any ((select app.my_functions())::uuid[])', '%s'),
	('party', 'any ((select app.my_parties())::uuid[])', '%s'),
	('team', 'any ((select app.my_audits())::uuid[])', '%s'),
	('plan', 'any ((select app.my_planned_audits())::uuid[])', 'app.plan_audience(r.organisation, %s)'),
	('release', 'any ((select app.my_releases())::uuid[])', '%s'),
	('token', 'any ((select app.my_reach())::uuid[])', '%s')
	) s (ground, held, tokens);
end;
comment on function app.sets() is
	'Of each set: what the caller holds of it, and the tokens that a value of it stands for.';

create or replace function app.role_held(_role text) returns text
language sql immutable set search_path = '' as $$
	select case _role when 'directory' then '(select app.reads_directory())'
		when 'oversight' then '(select app.reads_audits())' else format('(select app.i_have(%L))', _role) end
$$;

create or replace function app.plan_audience(_organisation uuid, _audit uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return _audit
		|| array(select distinct s.person from app.assignment s where s.organisation = _organisation
			and s.audit = _audit)
		|| array(select f.function from app.function_with_subs(_organisation,
			array(select pf.function from app.part_function pf where pf.organisation = _organisation
				and pf.audit = _audit)) f);
end
$$;
comment on function app.plan_audience(uuid, uuid) is
	'The tokens of who reads an audit''s plan: everyone ever assigned, whoever is responsible for a function in it.';

-- The condition on which a row is seen. An or would be judged whole for each row; a case stops at the first ground.
create or replace function app.seen_when(_relation text) returns text
language sql stable set search_path = '' as $$
	select case when count(*) = 1 then min(c.condition)
		else format(E'case %s\n\t\telse false end',
			string_agg(format('when %s then true', c.condition), E'\n\t\t' order by c.n)) end
	from (
		select g.n, case g.ground when 'role' then app.role_held(g.source)
			when 'readers' then 'readers && (select app.my_reach())' else format('%I = %s', g.source, s.held) end
		from app.grounds() with ordinality g (relation, ground, source, n)
		left join app.sets() s on s.ground = g.ground
		where g.relation = _relation and g.ground <> 'adds') c (n, condition)
$$;

-- The condition on which one is added.
create or replace function app.added_when(_relation text) returns text
language sql stable set search_path = '' as $$
	select coalesce((select format('%I = %s', g.source, s.held) from app.grounds() g
		join app.sets() s on s.ground = g.source
		where g.relation = _relation and g.ground = 'adds'), app.seen_when(_relation))
$$;

-- The policies that follow: who sees a row reads it; what somebody writes they see; and whoever may remove at all
-- removes what they see.
create or replace function app.seen_policies() returns text
language sql stable set search_path = '' as $$
	select string_agg(format(p.text, r.relation,
		case p.command when 'insert' then app.added_when(r.relation) else app.seen_when(r.relation) end),
			E'\n' order by r.relation, p.command)
	from (select distinct g.relation from app.grounds() g) r
	cross join (values
		('select', 'create policy read on app.%1$I for select to ninetwo_api
	using (organisation = (select app.org()) and %2$s);'),
		('insert', 'create policy insert on app.%1$I for insert to ninetwo_api
	with check (organisation = (select app.org()) and %2$s);'),
		('update', 'create policy change on app.%1$I for update to ninetwo_api
	using (organisation = (select app.org()) and %2$s) with check (organisation = (select app.org()));'),
		('delete', 'create policy remove on app.%1$I for delete to ninetwo_api
	using (organisation = (select app.org()) and %2$s);')) p (command, text)
	where has_table_privilege('ninetwo_api', format('app.%I', r.relation), p.command)
$$;
comment on function app.seen_policies() is 'The policies that follow from the grounds, as statements.';

-- Who is told of a change of a record of one noun.
create or replace function app.seen_audience(_noun text, _relation text) returns text
language sql stable set search_path = '' as $$
	select format('create or replace function app.%I(_organisation uuid, _id uuid) returns uuid[]
language plpgsql stable security definer set search_path = '''' as $audience$
begin
	return (select array_remove(%s, null) from app.%I r where r.organisation = _organisation and r.id = _id);
end
$audience$', 'audience_' || _noun, string_agg(case g.ground
			when 'role' then case g.source when 'oversight' then 'app.roles_audience(r.organisation)'
				else format('array[app.role_token(r.organisation, %L)]', g.source) end
			when 'readers' then 'r.readers'
			else case when position('(' in s.tokens) > 0 then format(s.tokens, format('r.%I', g.source))
				else format('array[' || s.tokens || ']', format('r.%I', g.source)) end end,
			' || ' order by g.n), _relation)
	from app.grounds() with ordinality g (relation, ground, source, n) left join app.sets() s on s.ground = g.ground
	where g.relation = _relation and g.ground <> 'adds'
$$;

-- What hangs on a finding carries its readers, kept when they change. Of a grade before issue the part's team knows
-- alone.
create or replace function app.carry_readers() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	select case when f.issued_at is not null or tg_argv[0] = 'shared' then f.readers
		when tg_argv[0] = 'part' then array[f.part] else '{}' end
	into new.readers
	from app.finding f where f.organisation = new.organisation and f.id = new.finding;
	return new;
end
$$;
comment on function app.carry_readers() is
	'BEFORE INSERT of what hangs on a finding: its readers. Argument: who reads it before the finding''s issue: '
	'`shared` (whoever reads the finding), `part` (the part''s team) or `nobody`.';

create or replace function app.readers_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	update app.remark x set readers = new.readers where x.organisation = new.organisation and x.finding = new.id;
	update app.dispute x set readers = new.readers where x.organisation = new.organisation and x.finding = new.id;
	if new.issued_at is null then
		return null;
	end if;
	update app.grading x set readers = new.readers where x.organisation = new.organisation and x.finding = new.id;
	update app.response x set readers = new.readers where x.organisation = new.organisation and x.finding = new.id;
	update app.action x set readers = new.readers where x.organisation = new.organisation and x.finding = new.id;
	update app.progress x set readers = new.readers where x.organisation = new.organisation and x.finding = new.id;
	update app.extension x set readers = new.readers where x.organisation = new.organisation and x.finding = new.id;
	update app.verification x set readers = new.readers where x.organisation = new.organisation and x.finding = new.id;
	return null;
end
$$;
comment on function app.readers_changed() is
	'AFTER UPDATE OF readers on a finding: what hangs on it is read by the same.';
create trigger b_readers after update on app.finding for each row when (old.readers is distinct from new.readers)
	execute function app.readers_changed();
create trigger a_readers before insert on app.remark for each row execute function app.carry_readers('shared');
create trigger a_readers before insert on app.dispute for each row execute function app.carry_readers('shared');
create trigger a_readers before insert on app.grading for each row execute function app.carry_readers('part');
create trigger a_readers before insert on app.response for each row execute function app.carry_readers('nobody');
create trigger a_readers before insert on app.action for each row execute function app.carry_readers('nobody');
create trigger a_readers before insert on app.progress for each row execute function app.carry_readers('nobody');
create trigger a_readers before insert on app.extension for each row execute function app.carry_readers('nobody');
create trigger a_readers before insert on app.verification for each row execute function app.carry_readers('nobody');

-- What hangs on a finding is listed by its audit and by the function that answers it; both are settled before anything
-- does.
create or replace function app.carry_place() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	select f.audit, f.addressed into new.audit, new.addressed
	from app.finding f where f.organisation = new.organisation and f.id = new.finding;
	return new;
end
$$;
comment on function app.carry_place() is 'BEFORE INSERT of what hangs on a finding: its audit, and whom it addresses.';
create trigger a_place before insert on app.dispute for each row execute function app.carry_place();
create trigger a_place before insert on app.response for each row execute function app.carry_place();
create trigger a_place before insert on app.extension for each row execute function app.carry_place();
create trigger a_place before insert on app.verification for each row execute function app.carry_place();
