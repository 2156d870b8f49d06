/* load_sql.c - see load_sql.h. */
#include "db/load_sql.h"

#define SCHEMAS "('app', 'auth', 'ledger', 'operator', 'meta', 'method', 'gate', 'record', 'api')"
#define FUNCTIONS \
	"pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace and n.nspname in " SCHEMAS
/* Made or replaced by this transaction, or a savepoint of it: their numbers follow its own. */
#define IS_NEW(xmin) \
	"(pg_catalog.age(pg_catalog.pg_current_xact_id()::xid)::bigint - pg_catalog.age(" xmin ") between 0 and 1000000)"
#define IS_BUILT \
	"(n.nspname in ('app', 'gate', 'method', 'record', 'api') and p.proowner = n.nspowner" \
	" and coalesce(pg_catalog.obj_description(p.oid, 'pg_proc'), '') like 'Made by meta.build()%')"
#define IS_MOVED "p.proname ~ '^gone [0-9]+ '"
#define MOVE "pg_catalog.format('alter routine %s rename to %I', p.oid::regprocedure," \
	" pg_catalog.left(pg_catalog.format('gone %s %s', p.oid, p.proname), 60))"

const char load_sql_clear[] =
	"do $$ declare r record; begin"
	" for r in select n.oid, n.nspname, n.nspowner, n.nspacl from pg_catalog.pg_namespace n"
	"  where n.nspname in ('method', 'gate', 'record', 'api') loop"
	"  if r.nspowner <> 'ninetwo_api'::regrole then"
	"   execute format('alter schema %I owner to ninetwo_api', r.nspname);"
	"  end if; end loop;"
	" for r in select distinct n.nspname, case x.grantee when 0 then 'public' else x.grantee::regrole::text end as grantee"
	"  from pg_catalog.pg_namespace n, pg_catalog.aclexplode(n.nspacl) x"
	"  where n.nspname in ('method', 'gate', 'record', 'api') and x.grantee <> n.nspowner loop"
	"  execute format('revoke all on schema %I from %s cascade', r.nspname, r.grantee);"
	" end loop;"
	" for r in select format('drop %s if exists %I.%I cascade', case c.relkind when 'S' then 'sequence'"
	"   when 'm' then 'materialized view' when 'f' then 'foreign table' when 'c' then 'type' else 'table' end, n.nspname,"
	"   c.relname) as gone, c.relkind = 'S' as later"
	"  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
	"  where n.nspname in ('method', 'gate', 'record', 'api') and c.relkind in ('r', 'p', 'f', 'm', 'S', 'c')"
	" union all select format('drop type if exists %I.%I cascade', n.nspname, t.typname), true"
	"  from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace"
	"  where n.nspname in ('method', 'gate', 'record', 'api') and t.typtype in ('d', 'e', 'r')"
	" order by later loop"
	"  execute r.gone;"
	" end loop; end $$";

const char load_sql_move[] =
	"select " MOVE " from " FUNCTIONS " where n.nspname = $1 and p.proname = $2 and not " IS_NEW("p.xmin");

const char load_sql_others_out[] =
	"do $$ declare f record; begin"
	" for f in select p.oid::regprocedure as signature, " IS_MOVED " as moved, " MOVE " as move from " FUNCTIONS
	"  where not " IS_NEW("p.xmin") " and not " IS_BUILT " or " IS_MOVED " order by p.oid"
	" loop begin execute format('drop routine %s', f.signature);"
	"  exception when dependent_objects_still_exist then"
	"   if not f.moved then execute f.move; end if;"
	"  end; end loop; end $$";

const char load_sql_moved[] = "select p.oid::regprocedure from " FUNCTIONS " where " IS_MOVED " order by p.oid";

const char load_sql_drop_moved[] =
	"do $$ declare others text := (select pg_catalog.string_agg(p.oid::regprocedure::text, ', ') from " FUNCTIONS
	"  where " IS_MOVED "); begin execute 'drop routine ' || others; end $$";

const char load_sql_new[] =
	"select n.nspname, p.proname, count(*) from " FUNCTIONS " where " IS_NEW("p.xmin") " and not " IS_MOVED
	" group by 1, 2";

const char load_sql_validate[] =
	"select p.proowner::regrole, p.oid, l.lanvalidator::regproc, n.nspname, p.proname, p.oid::regprocedure from " FUNCTIONS
	" join pg_catalog.pg_language l on l.oid = p.prolang where l.lanvalidator <> 0 and not " IS_MOVED
	" and not " IS_BUILT " order by 1, 2";

const char load_sql_default_grants[] =
	"do $$ declare x record; begin for x in"
	" with held as (select p.oid, a.grantee, a.is_grantable from " FUNCTIONS ","
	"   pg_catalog.aclexplode(coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) a),"
	"  wanted as (select p.oid, p.proowner as grantee, false as is_grantable from " FUNCTIONS
	"   union select p.oid, a.grantee, a.is_grantable from " FUNCTIONS
	"   join pg_catalog.pg_default_acl d on d.defaclrole = p.proowner and d.defaclobjtype = 'f'"
	"    and d.defaclnamespace in (0, p.pronamespace), pg_catalog.aclexplode(d.defaclacl) a)"
	" select pg_catalog.format(case when d.given then 'grant execute on routine %s to %s'"
	"  else 'revoke all on routine %s from %s cascade' end, d.oid::regprocedure,"
	"  case d.grantee when 0 then 'public' else d.grantee::regrole::text end) as change"
	" from (select *, false as given from (table held except table wanted) h"
	"  union all select *, true from (table wanted except table held) w) d order by d.given"
	" loop execute x.change; end loop;"
	" for x in select distinct format('revoke all on %s from %s cascade', c.oid::regclass,"
	"   case a.grantee when 0 then 'public' else a.grantee::regrole::text end) as change"
	"  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace and n.nspname in " SCHEMAS
	"  cross join lateral (select g.grantee from pg_catalog.aclexplode(c.relacl) g union select g.grantee"
	"   from pg_catalog.pg_attribute t, pg_catalog.aclexplode(t.attacl) g where t.attrelid = c.oid) a"
	"  where c.relkind = 'v' and a.grantee <> c.relowner"
	" loop execute x.change; end loop; end $$";

const char load_sql_drop_comments[] =
	"do $$ declare x record; begin for x in"
	" select format('comment on routine %s is null', p.oid::regprocedure) as change from " FUNCTIONS
	"  join pg_catalog.pg_description d on d.objoid = p.oid and d.classoid = 'pg_catalog.pg_proc'::regclass"
	"  where not " IS_NEW("d.xmin") " and not " IS_BUILT
	" union all select case d.objsubid when 0 then format('comment on view %I.%I is null', n.nspname, c.relname)"
	"   else format('comment on column %I.%I.%I is null', n.nspname, c.relname, a.attname) end"
	"  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace and n.nspname in " SCHEMAS
	"  join pg_catalog.pg_description d on d.objoid = c.oid and d.classoid = 'pg_catalog.pg_class'::regclass"
	"  left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid"
	"  where c.relkind = 'v' and not " IS_NEW("d.xmin")
	" loop execute x.change; end loop; end $$";

const char load_sql_views[] =
	"select n.nspname, c.relname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
	" where c.relkind = 'v' and n.nspname in " SCHEMAS " order by n.nspname collate \"C\", c.relname collate \"C\"";

const char load_sql_same_view[] =
	"select count(*) = 2 and count(distinct v.state) = 1 from (select pg_catalog.concat_ws(E'\\n', c.relkind,"
	" c.relowner::regrole, c.relrowsecurity,"
	" (select pg_catalog.string_agg(o, ' ' order by o collate \"C\") from pg_catalog.unnest(c.reloptions) o),"
	" (select pg_catalog.string_agg(pg_catalog.concat_ws(' ', a.attname,"
	"   pg_catalog.format_type(a.atttypid, a.atttypmod), a.attcollation, a.atthasdef), E'\\n' order by a.attnum)"
	"  from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0),"
	" (select count(*) from pg_catalog.pg_rewrite r where r.ev_class = c.oid),"
	" (select count(*) from pg_catalog.pg_trigger t where t.tgrelid = c.oid), pg_catalog.pg_get_viewdef(c.oid)) as state"
	" from pg_catalog.pg_class c where c.oid in (pg_catalog.to_regclass($1), pg_catalog.to_regclass($2))) v";
