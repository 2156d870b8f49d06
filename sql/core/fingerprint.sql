-- What the last migration left, a digest an object, so that `ninetwod check` can name what somebody changed since:
-- functions, policies, triggers, constraints, grants and what else decides who may do what. The description of an
-- object is the same after a restore and, but for views, in every version of PostgreSQL: no numbers of the catalogue,
-- no order that is not ours, names always with their schema. (A restore reads "a between b and c and d" as one row of
-- conditions and not as a pair in a pair: constraints are described without their brackets.)

create or replace function operator.described_acl(_acl aclitem[], _kind "char", _owner oid) returns text
language sql stable set search_path = '' as $$
	select string_agg(format('%s=%s%s', case a.grantee when 0 then 'everybody' else a.grantee::regrole::text end,
		a.privilege_type,
		case when a.is_grantable then '*' end), ' ' order by a.grantee::regrole::text collate "C",
			a.privilege_type collate "C")
	from pg_catalog.aclexplode(coalesce(_acl, pg_catalog.acldefault(_kind, _owner))) a
	where a.privilege_type <> 'MAINTAIN' or a.grantee <> _owner
$$;

create or replace function operator.described() returns table (object text, description text)
language sql stable set search_path = '' set datestyle = 'ISO, YMD' set intervalstyle = 'iso_8601' set timezone = 'UTC'
	set bytea_output = 'hex' set extra_float_digits = 1 set quote_all_identifiers = off as $$
	with schemas as (
		select n.oid, n.nspname as name, n.nspowner, n.nspacl from pg_catalog.pg_namespace n
		where n.nspname in ('app', 'operator', 'auth', 'ledger', 'meta', 'record', 'method', 'api')
	), relations as (
		select c.*, format('%I.%I', s.name, c.relname) as name from pg_catalog.pg_class c
			join schemas s on s.oid = c.relnamespace
	)
	select format('schema %I', s.name),
		concat_ws(E'\n', s.nspowner::regrole, operator.described_acl(s.nspacl, 'n', s.nspowner)) from schemas s
	union all
	select format('function %s', p.oid::regprocedure),
		concat_ws(E'\n', p.proowner::regrole, l.lanname, p.prokind, p.prosecdef, p.proleakproof, p.proisstrict,
		p.provolatile, p.proparallel, pg_catalog.pg_get_function_result(p.oid),
		pg_catalog.pg_get_function_arguments(p.oid),
		(select string_agg(g, ' ' order by g collate "C") from unnest(p.proconfig) g),
		operator.described_acl(p.proacl, 'f', p.proowner),
		coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc), pg_catalog.obj_description(p.oid, 'pg_proc'))
	from pg_catalog.pg_proc p join schemas s on s.oid = p.pronamespace
		join pg_catalog.pg_language l on l.oid = p.prolang
	union all
	select format('%s %s', case c.relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end, c.name),
		concat_ws(E'\n', c.relkind, c.relowner::regrole,
		c.relrowsecurity, c.relforcerowsecurity, c.relpersistence,
		operator.described_acl(c.relacl, case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner),
		case c.relkind when 'v' then (select string_agg(o, ' ' order by o collate "C") from unnest(c.reloptions) o) end,
		case c.relkind when 'v' then pg_catalog.pg_get_viewdef(c.oid) end,
		(select string_agg(h.inhrelid::regclass::text, ' ' order by h.inhrelid::regclass::text collate "C")
			from pg_catalog.pg_inherits h where h.inhparent = c.oid))
	from relations c where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
	union all
	select format('column %s.%I', c.name, a.attname),
		concat_ws(E'\n', pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
		pg_catalog.pg_get_expr(d.adbin, d.adrelid),
		case when a.attacl is not null then operator.described_acl(a.attacl, 'c', c.relowner) end)
	from relations c join pg_catalog.pg_attribute a on a.attrelid = c.oid
		left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
	where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
	union all
	select format('policy %I of %s', p.polname, c.name), concat_ws(E'\n', p.polcmd, p.polpermissive,
		(select string_agg(case r when 0 then 'everybody' else r::regrole::text end,
			' ' order by r::regrole::text collate "C") from unnest(p.polroles) r),
		'using ' || pg_catalog.pg_get_expr(p.polqual, p.polrelid),
			'with check ' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
	from relations c join pg_catalog.pg_policy p on p.polrelid = c.oid
	union all
	select format('trigger %I of %s', g.tgname, c.name),
		concat_ws(E'\n', g.tgenabled, pg_catalog.pg_get_triggerdef(g.oid))
	from relations c join pg_catalog.pg_trigger g on g.tgrelid = c.oid where not g.tgisinternal
	union all
	select format('constraint %I of %s', k.conname, coalesce(c.name, k.contypid::regtype::text)),
		concat_ws(E'\n', k.contype, k.convalidated, k.condeferrable,
		translate(pg_catalog.pg_get_constraintdef(k.oid), '()', ''))
	from pg_catalog.pg_constraint k join schemas s on s.oid = k.connamespace left join relations c on c.oid = k.conrelid
		where k.contype <> 'n'
	union all
	select format('index %s of %s', i.indexrelid::regclass, c.name), pg_catalog.pg_get_indexdef(i.indexrelid)
	from relations c join pg_catalog.pg_index i on i.indrelid = c.oid
	where i.indisunique and not exists (select from pg_catalog.pg_constraint k where k.conindid = i.indexrelid
		and k.contype in ('p', 'u', 'x'))
	union all
	select format('rule %I of %s', r.rulename, c.name), concat_ws(E'\n', r.ev_enabled, pg_catalog.pg_get_ruledef(r.oid))
	from relations c join pg_catalog.pg_rewrite r on r.ev_class = c.oid where r.rulename <> '_RETURN'
	union all
	select format('type %s', t.oid::regtype),
		concat_ws(E'\n', t.typtype, t.typowner::regrole, operator.described_acl(t.typacl, 'T', t.typowner),
		case t.typtype when 'd' then concat_ws(' ', pg_catalog.format_type(t.typbasetype, t.typtypmod), t.typnotnull,
			t.typdefault) end,
		(select string_agg(e.enumlabel, ' ' order by e.enumsortorder) from pg_catalog.pg_enum e
			where e.enumtypid = t.oid))
	from pg_catalog.pg_type t join schemas s on s.oid = t.typnamespace where t.typtype in ('d', 'e')
	union all
	select format('event trigger %I', e.evtname),
		concat_ws(E'\n', e.evtevent, e.evtenabled, e.evtfoid::regprocedure, e.evttags)
		from pg_catalog.pg_event_trigger e
	union all
	-- who of others can become one of ours; a superuser can in any case
	select format('members of role %I', o.rolname),
		coalesce(string_agg(distinct m.rolname::text collate "C", ' ' order by m.rolname::text collate "C"), 'none')
	from pg_catalog.pg_roles o left join pg_catalog.pg_auth_members a on a.roleid = o.oid
		left join pg_catalog.pg_roles m on m.oid = a.member and not m.rolsuper
	where o.rolname in ('ninetwo_owner', 'ninetwo_api', 'ninetwo_auth', 'ninetwo_ledger', 'ninetwo_server',
		'ninetwo_feed', 'ninetwo_operator')
	group by o.rolname
$$;
comment on function operator.described() is
	'Every object that decides who may do what, and all of it that matters, in words.';

-- What differs from the fingerprint. Every version of PostgreSQL words a view in its own way; all else is described
-- alike.
create or replace function operator.check_fingerprint() returns setof text
language sql stable security definer set search_path = '' as $$
	with made_here as (
		select exists (select from meta.migration m where m.name = 'postgresql'
			and m.checksum = (current_setting('server_version_num')::int / 10000)::text) as same
	)
	select case when f.object is null then format('%s was added since the last migration', d.object)
		when d.object is null then format('%s was removed since the last migration', f.object)
		else format('%s was changed since the last migration', d.object) end
	from (select object, sha256(convert_to(description, 'UTF8')) as digest from operator.described()) d
		full join app.fingerprint f using (object), made_here h
	where d.digest is distinct from f.digest and exists (select from app.fingerprint)
		and (h.same or object not like 'view %' or d.object is null or f.object is null)
	union all
	select 'the views were made by another version of PostgreSQL and are not compared: run ninetwod migrate'
		from made_here where not same
	union all
	select 'there is no fingerprint of what the last migration left: run ninetwod migrate --again'
		where not exists (select from app.fingerprint)
$$;
comment on function operator.check_fingerprint() is 'What is not as the last migration left it: a sentence an object.';

-- The last step of a migration.
create or replace function operator.keep_fingerprint() returns bigint
language sql volatile security definer set search_path = '' as $$
	delete from app.fingerprint;
	insert into app.fingerprint (object, digest) select object, sha256(convert_to(description, 'UTF8'))
		from operator.described();
	select count(*) from app.fingerprint;
$$;
comment on function operator.keep_fingerprint() is 'Notes how everything is now. Called by the migrator alone.';
