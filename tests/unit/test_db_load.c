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

static void what_cannot_be_replaced_says_what_to_do(void **state)
{
	static const char drop[] = "drop function app.f(int);";

	(void)state;
	source_put("rules/x.sql", "create or replace function app.f(a int) returns int language sql return 1;\n");
	source_migrated(false);
	source_put("rules/x.sql", "\ncreate or replace function app.f(b int) returns int language sql return 1;\n");
	source_refused("drop it in a new migration");
	source_refused("sql/rules/x.sql:2: app.f: ");
	source_put("rules/x.sql", "\ncreate or replace function app.f(a int) returns text language sql return 1;\n");
	source_refused("drop it in a new migration");
	source_put("migrations/0003_drop.sql", drop);
	source_migrated(false);
	assert_string_equal(value("select pg_typeof(app.f(1))"), "text");
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
		source_refused(i == 2 ? "already exists" : "defined");
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

static void a_function_that_a_table_needs_is_missed(void **state)
{
	(void)state;
	source_migrated(false);
	source_put("core/keys.sql", "");
	source_refused("is in no file any more and cannot be dropped: ");
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_statement_of_another_kind_is_refused, source_fresh),
		cmocka_unit_test_setup(what_is_no_sql_is_refused, source_fresh),
		cmocka_unit_test_setup(errors_name_the_place, source_fresh),
		cmocka_unit_test_setup(a_body_that_is_wrong_names_its_function_and_line, source_fresh),
		cmocka_unit_test_setup(what_cannot_be_replaced_says_what_to_do, source_fresh),
		cmocka_unit_test_setup(one_thing_has_one_definition, source_fresh),
		cmocka_unit_test_setup(the_order_does_not_matter, source_fresh),
		cmocka_unit_test_setup(each_is_made_by_its_owner, source_fresh),
		cmocka_unit_test_setup(only_the_guard_that_differs_is_made_anew, source_fresh),
		cmocka_unit_test_setup(a_guard_in_no_file_goes_and_a_tables_own_stays, source_fresh),
		cmocka_unit_test_setup(a_function_in_no_file_goes, source_fresh),
		cmocka_unit_test_setup(what_has_other_arguments_now_takes_the_place_of_the_old, source_fresh),
		cmocka_unit_test_setup(a_function_that_a_table_needs_is_missed, source_fresh),
		cmocka_unit_test_setup(a_grant_in_no_file_goes, source_fresh),
		cmocka_unit_test_setup(what_fails_leaves_what_was, source_fresh),
		cmocka_unit_test_setup(a_lock_that_is_not_had_is_tried_for_again, source_fresh),
	};
	int failed = 1;

	if (!trial_unprivileged())
		return 1;
	if (source_open())
		failed = cmocka_run_group_tests(tests, NULL, NULL);
	source_close();
	return failed;
}
