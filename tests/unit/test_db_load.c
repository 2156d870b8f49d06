/* test_db_load.c - what the files of definitions say, on a real PostgreSQL: each thing once, in any order, made
 * where it differs, gone when it is in no file; and the sentences about what cannot be. */
#include "tests/patience.h"
#include "tests/unit/trial_source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *value(const char *sql)
{
	return trial_value(source_trial(), sql);
}

/* --- what is refused ---------------------------------------------------------------------------------------------- */

static void a_statement_of_another_kind_is_refused(void **state)
{
	static const char *const statements[] = {
		"set role ninetwo_owner", "do $$ begin end $$", "drop function app.key()", "alter table app.first add x int",
		"insert into app.first values (1)",
		"create function app.x() returns int language sql return 1", "create table app.x (a int)",
		"create or replace view record.x as select 1",
		"create or replace trigger x after insert on app.first for each row execute function app.x()",
		"create index on app.first (id)",
		"create or replace function public.x() returns int language sql return 1",
		"create or replace function x() returns int language sql return 1",
		"grant ninetwo_owner to ninetwo_api", "comment on policy owner on app.first is 'x'",
		"comment on trigger t on app.first is 'x'",
		"create type app.x as enum ('a')", "commit",
	};
	char text[300], words[64];

	(void)state;
	for (size_t i = 0; i < sizeof(statements) / sizeof(*statements); i++) {
		snprintf(text, sizeof(text), "-- a\n\n%s;\n", statements[i]);
		snprintf(words, sizeof(words), "sql/rules/x.sql:3: \"%.*s", (int)strcspn(statements[i], " "), statements[i]);
		source_put("rules/x.sql", text);
		source_refused(words);
		/* nothing was begun */
		assert_string_equal(value("select count(*) from pg_namespace where nspname = 'app'"), "0");
	}
}

static void what_is_no_sql_is_refused(void **state)
{
	(void)state;
	source_put("rules/x.sql", "grant select\n\ton app.first to ninetwo_api;\ncomment on table app.first is 'x\n;\n");
	source_refused("sql/rules/x.sql, line 3: ");
}

static void errors_name_the_place(void **state)
{
	static const struct { const char *text, *words; } rows[] = {
		{ "grant select on app.mine to ninetwo_api;\ngrant select on app.mine to\n nobody_at_all;\n",
			"sql/rules/x.sql:2: app.mine: " },
		{ "comment on table app.mine is 'ä';\ncreate policy p on app.mine using\n (nothing);\n",
			"sql/rules/x.sql:2: app.p: " },
		{ "create or replace function app.a() returns int language sql return 1;\n"
			"create or replace function app.b() returns nothing\nlanguage sql return 1;\n",
			"sql/rules/x.sql:2: app.b: " },
		{ "create view record.a as\n select 1;\ncreate view record.b as\n\n select nothing;\n",
			"sql/rules/x.sql:5: record.b: " },
		{ "create or replace function app.a() returns trigger language plpgsql as $$ begin return new; end $$;\n"
			"create trigger t after insert on app.mine for each row execute function app.a();\n"
			"create trigger u after insert on app.missing for each row execute function app.a();\n",
			"sql/rules/x.sql:3: app.u: " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		source_put("rules/x.sql", rows[i].text);
		source_refused(rows[i].words);
	}
}

static void a_body_that_is_wrong_names_its_function_and_line(void **state)
{
	static const char *const bodies[] = {
		"language sql as $$\n select\n nothing $$", "language plpgsql as $$ begin\n return 1;\n retrun 2; end $$",
		"language sql as 'select 1;\n\n select * from app.missing'",
	};
	char text[300];

	(void)state;
	source_migrated(false);
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		snprintf(text, sizeof(text), "create or replace function app.fine() returns int\nlanguage sql return 1;\n"
			"create or replace function app.broken() returns int\nset search_path = ''\n%s;\n", bodies[i]);
		source_put("rules/x.sql", text);
		source_refused("sql/rules/x.sql:7: app.broken: ");
		assert_string_equal(value("select count(*) from pg_proc where proname in ('fine', 'broken')"), "0");
		assert_string_equal(value("select method.here()"), "here");
	}
}

static void one_thing_has_one_definition(void **state)
{
	static const char *const twice[] = {
		"create or replace function app.f(a int) returns int language sql return 1;\n",
		"create policy p on app.first using (true);\n",
		"create view record.v as select 1 as a;\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(twice) / sizeof(*twice); i++) {
		source_put("rules/x.sql", twice[i]);
		source_put("nouns/y.sql", twice[i]);
		source_refused("defined");
	}
	/* and what only has the name is another */
	source_put("nouns/y.sql", "create or replace function app.f(a text) returns int language sql return 1;\n"
		"create policy p on app.mine using (true);");
	source_put("rules/x.sql", twice[0]);
	source_migrated(false);
}

/* --- the order ---------------------------------------------------------------------------------------------------- */

static void the_order_does_not_matter(void **state)
{
	(void)state;
	source_put("core/a.sql", "grant select on record.c to ninetwo_owner;\n"
		"comment on column record.a.id is 'From the last.';\n"
		"create policy p on app.first using (app.third() = 3);\n"
		"create view record.a as select b.id from record.b b;\n"
		"create view record.b as select c.id, app.third() as n from record.c c;\n"
		"create or replace function app.first_of() returns int language sql return app.second();\n"
		"create or replace function app.fourth() returns int begin atomic select app.second();"
		" select case when true then app.third() end; end;\n"
		"create or replace function app.uses_view() returns bigint language sql as 'select count(*) from record.a';\n");
	source_put("rules/a.sql", "create or replace function app.second(a int default app.third()) returns int return a;\n"
		"create view record.c as select f.id from app.first f;\n");
	source_put("nouns/a.sql", "create or replace function app.third() returns int language sql return 3;\n"
		"grant usage on schema record to ninetwo_owner;\n");
	source_migrated(false);
	assert_string_equal(value("select app.first_of() + app.fourth()"), "6");
	assert_string_equal(value("select col_description('record.a'::regclass, 1)"), "From the last.");
	source_migrated(true);
}

static void each_is_made_by_its_owner(void **state)
{
	(void)state;
	source_put("rules/x.sql", "create or replace function auth.f() returns int language sql return 1;\n"
		"create or replace function ledger.f() returns int language sql return 1;\n"
		"create or replace function api.f() returns int language sql return 1;\n"
		"grant execute on function api.f() to ninetwo_ledger;\n"
		"create or replace function app.f() returns int language sql return 1;\n"
		"create or replace function operator.f() returns int language sql return 1;\n"
		"create or replace function meta.f() returns int language sql return 1;\n");
	source_migrated(false);
	assert_string_equal(value("select string_agg(pronamespace::regnamespace || ' ' || proowner::regrole, ', '"
		" order by pronamespace::regnamespace::text) from pg_proc where proname = 'f'"),
		"api ninetwo_auth, app ninetwo_owner, auth ninetwo_auth, ledger ninetwo_ledger, meta ninetwo_api,"
		" operator ninetwo_owner");
	assert_string_equal(value("select has_schema_privilege('ninetwo_auth', 'api', 'create')"), "f");
}

/* --- what differs ------------------------------------------------------------------------------------------------- */

static const char guard_function[] = "create or replace function app.guard() returns trigger language plpgsql as $$"
	" begin return new; end $$;\n";

static void guards(const char *policy, const char *trigger)
{
	char text[600];

	snprintf(text, sizeof(text), "%s create policy one on app.first using (%s);\n"
		"create policy two on app.first using (true);\n"
		"create trigger one before insert on app.first for each row %s execute function app.guard();\n"
		"create constraint trigger two after insert on app.mine for each row execute function app.guard();\n",
		guard_function, policy, trigger);
	source_put("rules/guards.sql", text);
}

/* "policy one 16400, …" of those that the files define */
static void note_guards(char out[512])
{
	snprintf(out, 512, "%s", value("select string_agg(x, ', ' order by x) from ("
		"select 'policy ' || polname || ' ' || oid as x from pg_policy where polname in ('one', 'two')"
		" union all select 'trigger ' || tgname || ' ' || oid from pg_trigger where not tgisinternal) g"));
}

/* Which of the two lists' four entries differ, as a string of four digits. */
static const char *changed(const char *before, const char *after)
{
	static char which[5];

	memset(which, 0, sizeof(which));
	for (int i = 0; i < 4; i++) {
		size_t b = strcspn(before, ","), a = strcspn(after, ",");

		which[i] = a == b && !strncmp(before, after, a) ? '0' : '1';
		before += b + (before[b] == ',');
		after += a + (after[a] == ',');
	}
	return which;
}

static void only_the_guard_that_differs_is_made_anew(void **state)
{
	static const struct { const char *policy, *trigger, *by_hand, *changed; } steps[] = {
		{ "id = 1", "", "", "0000" },
		{ "ID  =/* folded */ 1", "", "", "0000" },
		{ "id = 2", "", "", "1000" },
		{ "id = 2", "when (new.id > 0)", "", "0010" },
		{ "id = 2", "when (new.id > 0)", "alter policy two on app.first using (false)", "0100" },
		{ "id = 2", "when (new.id > 0)", "alter table app.mine disable trigger two", "0001" },
		{ "id = 2", "when (new.id > 0)", "drop policy one on app.first", "1000" },
		{ "id = 2", "when (new.id > 0)", "comment on policy two on app.first is 'mine'", "0100" },
	};
	char before[512], after[512];

	(void)state;
	guards("id = 1", "");
	source_migrated(false);
	note_guards(before);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		guards(steps[i].policy, steps[i].trigger);
		trial_sql(source_trial(), steps[i].by_hand);
		source_migrated(true);
		note_guards(after);
		assert_string_equal(changed(before, after), steps[i].changed);
		memcpy(before, after, sizeof(before));
	}
	assert_string_equal(value("select polqual is not null and tgenabled = 'O' from pg_policy, pg_trigger"
		" where polname = 'two' and tgname = 'two'"), "t");
}

static void a_guard_in_no_file_goes_and_a_tables_own_stays(void **state)
{
	(void)state;
	guards("true", "");
	source_migrated(false);
	assert_string_equal(value("select count(*) from pg_policy where polrelid = 'app.first'::regclass"), "3");
	source_put("rules/guards.sql", guard_function);
	source_migrated(false);
	assert_string_equal(value("select string_agg(polname, ' ') from pg_policy where polrelid = 'app.first'::regclass"),
		"owner");
	assert_string_equal(value("select count(*) from pg_trigger where not tgisinternal"), "0");
}

static void a_function_in_no_file_goes(void **state)
{
	(void)state;
	guards("app.gone(1) = 1", "");
	source_put("nouns/y.sql", "create or replace function app.gone(a int) returns int language sql return 1;\n"
		"create or replace function app.needs() returns int language sql return app.gone(1);\n"
		"create or replace procedure app.gone_too() language sql as 'select 1';\n");
	source_migrated(false);
	source_put("nouns/y.sql", "create or replace function app.needs() returns int language sql return 2;\n");
	guards("true", "");
	source_migrated(false);
	assert_string_equal(value("select string_agg(proname, ' ' order by proname) from pg_proc"
		" where pronamespace = 'app'::regnamespace"), "guard key needs");
}

/* The old one stands beside the new one for a while and fits the same calls: nothing may take it for the new one. */
static void what_has_other_arguments_now_takes_the_place_of_the_old(void **state)
{
	(void)state;
	guards("app.f(1) = 1", "");
	source_put("nouns/y.sql", "create or replace function app.f(a int) returns int language sql return 1;\n"
		"create or replace function app.calls() returns int language sql return app.f(1);\n"
		"create view record.v as select app.f(1) as n;\n");
	source_migrated(false);
	source_put("nouns/y.sql",
		"create or replace function app.f(a int, b int default null) returns int language sql return 2;\n"
		"create or replace function app.calls() returns int language sql return app.f(1);\n"
		"create view record.v as select app.f(1) as n;\n");
	source_migrated(false);
	assert_string_equal(value("select app.calls() + (select n from record.v)"), "4");
	assert_string_equal(value("select pg_get_expr(polqual, polrelid) from pg_policy where polname = 'one'"),
		"(app.f(1) = 1)");
	assert_string_equal(value("select count(*) from pg_proc where pronamespace = 'app'::regnamespace"), "4");
}

/* With one message for all functions of an owner, which is sent again without what was in its way. */
static void what_cannot_be_replaced_is_made_anew_alone(void **state)
{
	static const char others[] = "select string_agg(proname || ' ' || oid, ' ' order by proname) from pg_proc"
		" where pronamespace in ('app'::regnamespace, 'method'::regnamespace) and proname in ('key', 'a', 'z', 'here')";
	static const struct { const char *function, *shows; } steps[] = {
		{ "function app.f(a int) returns int language sql return 1", "1" },
		{ "function app.f(b int) returns int language sql return 2", "2" },
		{ "function app.f(b int) returns text language sql return 'three'", "three" },
		{ "function app.f(b int, out c text, out d int) language sql as 'select ''four'', 4'", "(four,4)" },
		{ "function app.f(b int default 7) returns int language sql return 5", "5" },
		{ "function app.f(b int) returns int language sql return 6", "6" },
		{ "procedure app.f(b int) language sql as 'select 7'", "" },
		{ "function app.f(b int) returns setof int language sql as 'values (8)'", "8" },
	};
	char before[200], text[600];

	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		snprintf(text, sizeof(text), "create or replace function app.a() returns int language sql return 1;\n"
			"create or replace %s;\ncreate or replace function app.z() returns int language sql return 1;\n"
			"create or replace function method.f(a%zu int) returns int language sql return 1;\n", steps[i].function, i);
		source_put("rules/x.sql", text);
		source_migrated(false);
		if (i > 0)
			assert_string_equal(value(others), before);
		snprintf(before, sizeof(before), "%s", value(others));
		if (*steps[i].shows)
			assert_string_equal(value("select app.f(1)"), steps[i].shows);
	}
	assert_string_equal(value("select count(*) from pg_proc where proname ~ ' '"), "0");
	assert_string_equal(value("select method.f(a7 => 1)"), "1");
	/* what is wrong in itself is refused as it always was */
	source_put("rules/x.sql", "\ncreate or replace function app.a() returns int as 'x' language sql;\n"
		"create or replace function app.f(b int) returns int immutable volatile language sql return 1;\n");
	source_refused("sql/rules/x.sql:3: app.f: ");
}

static void whoever_owns_it_a_function_is_as_it_is_defined(void **state)
{
	(void)state;
	source_put("rules/x.sql", "create or replace function app.f() returns int language sql return 1;\n");
	source_migrated(false);
	trial_sql(source_trial(), "alter function app.f() owner to ninetwo_auth;"
		" alter function method.here() owner to ninetwo_auth");
	source_migrated(true);
	assert_string_equal(value("select string_agg(proowner::regrole::text, ' ' order by proname) from pg_proc"
		" where proname in ('f', 'here')"), "ninetwo_owner ninetwo_api");
}

static void a_function_that_a_table_needs_is_missed(void **state)
{
	(void)state;
	source_migrated(false);
	source_put("core/keys.sql", "");
	source_refused("is in no file any more, or has another result or other names of arguments there, and cannot be"
		" dropped: ");
	source_put("core/keys.sql", "create or replace function app.key() returns bigint language sql return 7;\n");
	source_refused("cannot be dropped: ");
	assert_string_equal(value("select app.key()"), "7");
}

static void a_grant_in_no_file_goes(void **state)
{
	static const char privileges[] =
		"select string_agg(r || ' ' || has_function_privilege('ninetwo_' || r, 'app.f()', 'execute'), ' ')"
		" from unnest(array['api', 'auth', 'ledger']) r";

	(void)state;
	source_put("nouns/y.sql", "create or replace function app.f() returns int language sql return 1;\n"
		"grant execute on function app.f() to ninetwo_auth;\nrevoke execute on function app.f() from ninetwo_api;\n");
	source_migrated(false);
	assert_string_equal(value(privileges), "api false auth true ledger false");
	source_put("nouns/y.sql", "create or replace function app.f() returns int language sql return 1;\n"
		"grant execute on function app.f() to ninetwo_ledger;\n");
	source_migrated(false);
	assert_string_equal(value(privileges), "api true auth false ledger true");
}

static void a_comment_in_no_file_goes(void **state)
{
	static const char comments[] = "select concat_ws(' ', obj_description('app.f()'::regprocedure, 'pg_proc'),"
		" obj_description('record.v'::regclass, 'pg_class'), col_description('record.v'::regclass, 1))";
	static const char both[] = "create or replace function app.f() returns int language sql return 1;\n"
		"create view record.v as select 1 as a;\n";
	char text[400];

	(void)state;
	snprintf(text, sizeof(text), "%s comment on function app.f() is 'One';\ncomment on view record.v is 'two';\n"
		"comment on column record.v.a is 'three';\n", both);
	source_put("nouns/y.sql", text);
	source_migrated(false);
	assert_string_equal(value(comments), "One two three");
	source_migrated(true);
	assert_string_equal(value(comments), "One two three");
	source_put("nouns/y.sql", both);
	source_migrated(false);
	assert_string_equal(value(comments), "");
}

/* --- views */

/* "a 16400, …" of those in schema record */
static void note_views(char out[512])
{
	snprintf(out, 512, "%s", value("select string_agg(relname || ' ' || oid, ',' order by relname) from pg_class"
		" where relnamespace = 'record'::regnamespace"));
}

static void views(const char *one, const char *four)
{
	char text[600];

	snprintf(text, sizeof(text), "create view record.one as %s;\ncreate view record.two as select x.a from record.one x;\n"
		"create view record.three as select f.* from app.first f;\ncreate view record.four as %s;\n", one, four);
	source_put("rules/views.sql", text);
}

static void only_the_view_that_differs_is_made_anew(void **state)
{
	static const struct { const char *one, *four, *by_hand, *changed; } steps[] = {
		/* in order of their names: four, one, three, two */
		{ "select 1 as a", "select 4 as a", "", "0000" },
		{ "SELECT  1 /* folded */ as a", "select 4 as a", "", "0000" },
		{ "select 1 as a", "select 4 as a, 5 as b", "", "1000" },
		{ "select 2 as a", "select 4 as a, 5 as b", "", "0101" },
		{ "select 2 as a", "select 4 as a, 5 as b", "alter table app.first add more int", "0010" },
		{ "select 2 as a", "select 4 as a, 5 as b", "create or replace view record.four as select 3 as a, 5 as b", "1000" },
		{ "select 2 as a", "select 4 as a, 5 as b", "alter view record.two set (security_barrier)", "0001" },
		{ "select 2 as a", "select 4 as a, 5 as b", "alter view record.four owner to ninetwo_auth", "1000" },
		{ "select 2 as a", "select 4 as a, 5 as b", "alter view record.four alter a set default 3", "1000" },
		{ "select 2 as a", "select 4 as a, 5 as b", "create rule r as on insert to record.four do instead nothing", "1000" },
		{ "select 2 as a", "select 4 as a, 5 as b", "drop view record.four", "1000" },
		{ "select 2 as a", "select 4 as a, 5 as b",
			"create view record.five as select 1; create table record.six (a int); create type record.seven as enum ('a')",
			"0000" },
	};
	char before[512], after[512];

	(void)state;
	views(steps[0].one, steps[0].four);
	source_migrated(false);
	note_views(before);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		views(steps[i].one, steps[i].four);
		trial_sql(source_trial(), steps[i].by_hand);
		source_migrated(true);
		note_views(after);
		assert_string_equal(changed(before, after), steps[i].changed);
		memcpy(before, after, sizeof(before));
	}
	assert_string_equal(value("select string_agg(attname, ' ' order by attname) from pg_attribute"
		" where attrelid = 'record.three'::regclass"), "id more");
	assert_string_equal(value("select to_regtype('record.seven') is null"), "t");
}

/* A view may not be compared with what its functions were. */
static void a_view_of_a_function_made_anew_is_made_anew(void **state)
{
	(void)state;
	source_put("nouns/y.sql", "create or replace function app.f(a int) returns int language sql return 1;\n"
		"create view record.v as select app.f(1) as n;\n");
	source_migrated(false);
	source_put("nouns/y.sql", "create or replace function app.f(b int) returns text language sql return 'b';\n"
		"create view record.v as select app.f(1) as n;\n");
	source_migrated(false);
	assert_string_equal(value("select n from record.v"), "b");
}

static void a_view_in_no_file_goes(void **state)
{
	(void)state;
	views("select 1 as a", "select 4 as a");
	source_migrated(false);
	source_put("rules/views.sql", "create view record.four as select 4 as a;\n");
	source_migrated(false);
	assert_string_equal(value("select string_agg(relname, ' ') from pg_class"
		" where relnamespace = 'record'::regnamespace"), "four");
}

static void a_grant_on_a_view_in_no_file_goes(void **state)
{
	static const char privileges[] = "select string_agg(r || ' '"
		" || has_any_column_privilege('ninetwo_' || r, 'record.v', 'select'), ' ') from unnest(array['auth', 'ledger']) r";

	(void)state;
	source_put("nouns/y.sql", "create view record.v as select 1 as a;\ngrant select on record.v to ninetwo_auth;\n");
	source_migrated(false);
	trial_sql(source_trial(), "grant select (a) on record.v to ninetwo_ledger with grant option;"
		" grant usage on schema record to ninetwo_ledger");
	source_migrated(true);
	assert_string_equal(value(privileges), "auth true ledger false");
	assert_string_equal(value("select has_schema_privilege('ninetwo_ledger', 'record', 'usage')"), "f");
	source_put("nouns/y.sql", "create view record.v as select 1 as a;\n");
	source_migrated(false);
	assert_string_equal(value(privileges), "auth false ledger false");
}

/* What meta.build() made, it makes again in place, or drops; what only looks like it goes. */
static void what_is_built_is_left_to_be_built(void **state)
{
	static const char built[] = "create or replace function meta.build() returns int language plpgsql"
		" security definer as $$ begin create or replace function api.%s() returns int language sql as 'select 1';"
		" comment on function api.%s() is 'Made by meta.build() of it'; return 3; end $$;\n"
		"create or replace function operator.keep_fingerprint() returns int language sql return 1;\n"
		"grant execute on function meta.build() to ninetwo_owner;\n";
	static const char there[] = "select string_agg(oid::text, ' ') from pg_proc where proname = 'framed'";
	char text[800], before[64];

	(void)state;
	snprintf(text, sizeof(text), built, "framed", "framed");
	source_put("core/build.sql", text);
	source_migrated(false);
	snprintf(before, sizeof(before), "%s", value(there));
	trial_sql(source_trial(), "create function api.stranger() returns int language sql as 'select 1'");
	source_migrated(true);
	assert_string_equal(value(there), before);
	assert_string_equal(value("select to_regprocedure('api.stranger()') is null"), "t");
	trial_sql(source_trial(), "alter function api.framed() owner to ninetwo_auth");
	source_migrated(true);
	assert_string_equal(value("select proowner::regrole::text from pg_proc where proname = 'framed'"), "ninetwo_api");
}

static void what_fails_leaves_what_was(void **state)
{
	char before[512], after[512];

	(void)state;
	guards("id = 1", "");
	source_migrated(false);
	note_guards(before);
	guards("id = 3", "");
	source_put("rules/zz.sql", "create policy p on app.first using (nothing);");
	source_refused("sql/rules/zz.sql:1: ");
	note_guards(after);
	assert_string_equal(before, after);
	assert_string_equal(value("select method.here()"), "here");
}

/* --- beside servers at work --------------------------------------------------------------------------------------- */

static const char waits[] = "select count(*) from pg_locks where not granted and relation = 'app.first'::regclass";

static bool is_waited_for(struct session *s)
{
	struct session_rows *rows = NULL;
	struct error err = { 0 };
	bool is = false;

	if (session_query(s, waits, 0, NULL, &rows, &err) == OK)
		is = strcmp(rows_get(rows, 0, 0), "0") != 0;
	rows_free(rows);
	error_clear(&err);
	return is;
}

/* Holds the table until somebody has waited for it and given up. */
static void *hold(void *arg)
{
	struct session *s = arg;
	int64_t until = deadline_after(PATIENCE_MS);
	struct error err = { 0 };

	while (!is_waited_for(s) && deadline_left(until))
		usleep(10 * 1000);
	while (is_waited_for(s) && deadline_left(until))
		usleep(10 * 1000);
	session_run(s, NULL, "commit", &err);
	return NULL;
}

static void a_lock_that_is_not_had_is_tried_for_again(void **state)
{
	struct error err = { 0 };
	struct session *holder = session_open(cluster_conninfo(source_trial()->cluster), CLUSTER_SUPERUSER, NULL, &err);
	pthread_t thread;

	(void)state;
	assert_non_null(holder);
	guards("id = 1", "");
	source_migrated(false);
	guards("id = 2", "");
	assert_int_equal(session_run(holder, NULL, "begin; select * from app.first", &err), OK);
	assert_int_equal(pthread_create(&thread, NULL, hold, holder), 0);
	source_migrated(false);
	pthread_join(thread, NULL);
	session_close(holder);
	assert_string_equal(value("select pg_get_expr(polqual, polrelid) from pg_policy where polname = 'one'"),
		"(id = 2)");
}

/* Reads the table and then the view, in one transaction, again and again until told to stop. */
struct reader { struct session *session; atomic_bool stop; atomic_int rounds; };

static void *read_both(void *arg)
{
	struct reader *r = arg;
	struct error err = { 0 };

	while (!r->stop && session_run(r->session, NULL, "begin; select * from app.first", &err) == OK
			&& session_run(r->session, NULL, "select * from record.v; commit", &err) == OK)
		r->rounds++;
	r->stop = true;
	error_clear(&err);
	return NULL;
}

static void both(const char *text)
{
	char sql[200];

	snprintf(sql, sizeof(sql), "create policy p on app.first using (id = %s);\n"
		"create view record.v as select %s as a;\n", text, text);
	source_put("rules/x.sql", sql);
}

/* Who has the table waits for the view, and would never let go of it while we have the view and wait for the table. */
static void whoever_reads_what_differs_does_not_hold_it_up(void **state)
{
	struct error err = { 0 };
	struct reader reader = {
		.session = session_open(cluster_conninfo(source_trial()->cluster), CLUSTER_SUPERUSER, NULL, &err),
	};
	pthread_t thread;

	(void)state;
	assert_non_null(reader.session);
	both("1");
	source_migrated(false);
	assert_int_equal(pthread_create(&thread, NULL, read_both, &reader), 0);
	while (reader.rounds == 0 && !reader.stop)
		usleep(1000);
	both("2");
	source_migrated(false);
	assert_false(reader.stop);
	reader.stop = true;
	pthread_join(thread, NULL);
	session_close(reader.session);
	assert_string_equal(value("select a from record.v"), "2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_statement_of_another_kind_is_refused, source_fresh),
		cmocka_unit_test_setup(what_is_no_sql_is_refused, source_fresh),
		cmocka_unit_test_setup(errors_name_the_place, source_fresh),
		cmocka_unit_test_setup(a_body_that_is_wrong_names_its_function_and_line, source_fresh),
		cmocka_unit_test_setup(one_thing_has_one_definition, source_fresh),
		cmocka_unit_test_setup(the_order_does_not_matter, source_fresh),
		cmocka_unit_test_setup(each_is_made_by_its_owner, source_fresh),
		cmocka_unit_test_setup(only_the_guard_that_differs_is_made_anew, source_fresh),
		cmocka_unit_test_setup(a_guard_in_no_file_goes_and_a_tables_own_stays, source_fresh),
		cmocka_unit_test_setup(a_function_in_no_file_goes, source_fresh),
		cmocka_unit_test_setup(what_has_other_arguments_now_takes_the_place_of_the_old, source_fresh),
		cmocka_unit_test_setup(what_cannot_be_replaced_is_made_anew_alone, source_fresh),
		cmocka_unit_test_setup(whoever_owns_it_a_function_is_as_it_is_defined, source_fresh),
		cmocka_unit_test_setup(a_function_that_a_table_needs_is_missed, source_fresh),
		cmocka_unit_test_setup(a_grant_in_no_file_goes, source_fresh),
		cmocka_unit_test_setup(a_comment_in_no_file_goes, source_fresh),
		cmocka_unit_test_setup(only_the_view_that_differs_is_made_anew, source_fresh),
		cmocka_unit_test_setup(a_view_of_a_function_made_anew_is_made_anew, source_fresh),
		cmocka_unit_test_setup(a_view_in_no_file_goes, source_fresh),
		cmocka_unit_test_setup(a_grant_on_a_view_in_no_file_goes, source_fresh),
		cmocka_unit_test_setup(what_is_built_is_left_to_be_built, source_fresh),
		cmocka_unit_test_setup(what_fails_leaves_what_was, source_fresh),
		cmocka_unit_test_setup(a_lock_that_is_not_had_is_tried_for_again, source_fresh),
		cmocka_unit_test_setup(whoever_reads_what_differs_does_not_hold_it_up, source_fresh),
	};
	int failed = 1;

	if (!trial_unprivileged())
		return 1;
	if (source_open())
		failed = cmocka_run_group_tests(tests, NULL, NULL);
	source_close();
	return failed;
}
