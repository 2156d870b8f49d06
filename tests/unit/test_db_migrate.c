/* test_db_migrate.c - migrations on a real PostgreSQL: once each, forward only, whole or not at all. */
#include "tests/unit/trial_source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

static const char *value(const char *sql)
{
	return trial_value(source_trial(), sql);
}

static void applies_each_once_in_order(void **state)
{
	struct migrate_report report = source_migrated(false);

	(void)state;
	assert_int_equal(report.applied, 2);
	assert_true(report.rebuilt);
	assert_int_equal(report.methods, 3);
	assert_string_equal(value("select tableowner from pg_tables where tablename = 'first'"), "ninetwo_owner");
	assert_string_equal(value("select tableowner from pg_tables where tablename = 'second'"), "ninetwo_api");
	report = source_migrated(false);
	assert_int_equal(report.applied, 0);
	assert_false(report.rebuilt);
	report = source_migrated(true);
	assert_true(report.rebuilt);
	source_put("migrations/0003_third.sql", "create table app.third (id int);");
	assert_int_equal(source_migrated(false).applied, 1);
}

static void a_changed_migration_is_refused(void **state)
{
	(void)state;
	source_migrated(false);
	source_put("migrations/0002_second.sql", "create table app.second (id bigint);");
	source_refused("sql/migrations/0002_second.sql was changed after it was applied");
}

static void a_migration_that_comes_too_late_is_refused(void **state)
{
	(void)state;
	source_migrated(false);
	source_put("migrations/0001_between.sql", "select 1;");
	source_refused("sql/migrations/0001_between.sql comes before sql/migrations/0001_first.sql");
}

static void a_newer_database_is_refused(void **state)
{
	(void)state;
	source_migrated(false);
	source_take_away("migrations/0002_second.sql");
	source_refused("of a newer one");
}

/* Whether the first migration has another text now, or another name. */
static void a_database_of_no_release_is_refused(void **state)
{
	static const char sentence[] = "The database was made by an unreleased version of ninetwo";

	(void)state;
	source_migrated(false);
	source_put("migrations/0001_first.sql", "create table app.first (id bigint);");
	source_refused(sentence);
	source_take_away("migrations/0001_first.sql");
	source_take_away("migrations/0002_second.sql");
	source_put("migrations/0001_squashed.sql", "create table app.first (id bigint);");
	source_refused(sentence);
}

static void a_migration_that_fails_leaves_nothing(void **state)
{
	(void)state;
	source_put("migrations/0002_second.sql", "create table app.half (id int);\n\nselect nonsense\nfrom nowhere;\n");
	source_refused("sql/migrations/0002_second.sql:4: ");
	assert_string_equal(value("select string_agg(tablename, ' ' order by tablename) from pg_tables"
		" where schemaname = 'app'"), "first mine");
	assert_string_equal(value("select count(*) from meta.migration"), "1");
	source_put("migrations/0002_second.sql", "create table app.whole (id int);");
	assert_int_equal(source_migrated(false).applied, 1);
}

/* What tables' defaults call is there before them, and anew before a migration that needs it; it goes when that
 * fails. */
static void keys_come_before_tables(void **state)
{
	static const char other_key[] =
		"create or replace function app.other_key() returns int language sql return app.key();\n"
		"create or replace function app.key() returns int language sql return 7;\n";

	(void)state;
	source_migrated(false);
	assert_string_equal(value("select has_function_privilege('ninetwo_api', 'app.key()', 'execute')"), "t");
	source_put("core/keys.sql", other_key);
	source_put("migrations/0003_third.sql", "create table app.third (id int default app.other_key(), x nothing);");
	source_refused("sql/migrations/0003_third.sql:1: ");
	assert_string_equal(value("select to_regprocedure('app.other_key()') is null"), "t");
	source_put("migrations/0003_third.sql", "create table app.third (id int default app.other_key());");
	assert_int_equal(source_migrated(false).applied, 1);
}

/* What the program itself holds: everything is applied, and then everything is as the check wants it. */
static void what_is_built_in_fits_itself(void **state)
{
	struct error err = { 0 };
	struct migrate_report report;
	struct sql_source *source = sql_source_open(NULL, &err);

	(void)state;
	assert_non_null(source);
	trial_sql(source_trial(), "drop schema if exists app, operator, auth, ledger, meta, method, api, record cascade");
	for (int i = 0; i < 2; i++) {
		if (migrate(source_trial()->admin, source, false, &report, &err) != OK)
			fail_msg("%s", err.message);
		assert_int_equal(report.rebuilt, i == 0);
		assert_string_equal(value("select string_agg(x, '; ') from operator.check() x"), "");
	}
	assert_string_equal(value("select count(*) > 100 from app.mapping"), "t");
	sql_source_free(source);
}

/* And again over it, it makes no policy and no trigger anew, and has nothing to say. */
static void what_is_built_in_changes_nothing_again(void **state)
{
	static const char guards[] = "select md5(string_agg(oid::text, ' ' order by oid)) from"
		" (select oid from pg_policy union all select oid from pg_trigger where not tgisinternal) x";
	struct error err = { 0 };
	struct migrate_report report;
	struct sql_source *source = sql_source_open(NULL, &err);
	char before[64];

	(void)state;
	assert_non_null(source);
	snprintf(before, sizeof(before), "%s", value(guards));
	if (migrate(source_trial()->admin, source, true, &report, &err) != OK)
		fail_msg("%s", err.message);
	assert_true(report.rebuilt);
	assert_string_equal(value(guards), before);
	assert_string_equal(value("select string_agg(x, '; ') from operator.check() x"), "");
	sql_source_free(source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(applies_each_once_in_order, source_fresh),
		cmocka_unit_test_setup(a_changed_migration_is_refused, source_fresh),
		cmocka_unit_test_setup(a_migration_that_comes_too_late_is_refused, source_fresh),
		cmocka_unit_test_setup(a_newer_database_is_refused, source_fresh),
		cmocka_unit_test_setup(a_database_of_no_release_is_refused, source_fresh),
		cmocka_unit_test_setup(a_migration_that_fails_leaves_nothing, source_fresh),
		cmocka_unit_test_setup(keys_come_before_tables, source_fresh),
		cmocka_unit_test(what_is_built_in_fits_itself),
		cmocka_unit_test(what_is_built_in_changes_nothing_again),
	};
	int failed = 1;

	if (!trial_unprivileged())
		return 1;
	if (source_open())
		failed = cmocka_run_group_tests(tests, NULL, NULL);
	source_close();
	return failed;
}
