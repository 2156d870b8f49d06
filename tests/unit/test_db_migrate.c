/* test_db_migrate.c - migrations on a real PostgreSQL: once each, forward only, whole or not at all. */
#include "db/migrate.h"

#include "tests/unit/trial_cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct trial *trial;
static char folder[64];

static void put(const char *name, const char *text)
{
	char path[160];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void take_away(const char *name)
{
	char path[160];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	assert_int_equal(unlink(path), 0);
}

static enum error_code run(bool again, struct migrate_report *report, struct error *err)
{
	struct sql_source *source = sql_source_open(folder, err);

	assert_non_null(source);
	migrate(trial->admin, source, again, report, err);
	sql_source_free(source);
	return err->code;
}

static struct migrate_report migrated(bool again)
{
	struct migrate_report report;
	struct error err = { 0 };

	if (run(again, &report, &err) != OK)
		fail_msg("%s", err.message);
	return report;
}

static void refused(const char *words)
{
	struct migrate_report report;
	struct error err = { 0 };

	assert_int_not_equal(run(false, &report, &err), OK);
	if (!strstr(err.message, words))
		fail_msg("\"%s\" does not say \"%s\"", err.message, words);
	error_clear(&err);
	assert_string_equal(trial_value(trial, "select current_user::text"), CLUSTER_SUPERUSER);	/* and in no failed transaction */
}

static const char roles[] =
	"do $$ declare r text; begin foreach r in array array['owner', 'api'] loop"
	" if not exists (select from pg_roles where rolname = 'ninetwo_' || r) then execute 'create role ninetwo_' || r; end if; end loop; end $$;"
	"create schema if not exists app authorization ninetwo_owner; create schema if not exists meta authorization ninetwo_api;"
	"create schema if not exists method authorization ninetwo_api; create schema if not exists api authorization ninetwo_api;"
	"create schema if not exists record authorization ninetwo_api; create schema if not exists operator authorization ninetwo_owner; grant usage on schema meta to ninetwo_owner;";

static int fresh(void **state)
{
	(void)state;
	trial_sql(trial, "drop schema if exists app, operator, meta, method, api, record cascade");
	put("roles.sql", roles);
	put("migrations/0001_first.sql", "create table app.first (id int);\ncreate table app.mine (id int);\n");
	put("migrations/0002_second.sql", "set role ninetwo_api;\ncreate table meta.second (id int);\n");
	put("functions/a.sql", "create function method.here() returns text language sql return 'here';\n");
	put("functions/z.sql", "create or replace function meta.build() returns int language sql return 3;\n"
		"set role ninetwo_owner; create or replace function operator.keep_fingerprint() returns int language sql return 1;\n");
	return 0;
}

static void applies_each_once_in_order(void **state)
{
	struct migrate_report report = migrated(false);

	(void)state;
	assert_int_equal(report.applied, 2);
	assert_true(report.rebuilt);
	assert_int_equal(report.methods, 3);
	assert_string_equal(trial_value(trial, "select tableowner from pg_tables where tablename = 'first'"), "ninetwo_owner");
	assert_string_equal(trial_value(trial, "select tableowner from pg_tables where tablename = 'second'"), "ninetwo_api");
	report = migrated(false);
	assert_int_equal(report.applied, 0);
	assert_false(report.rebuilt);
	report = migrated(true);
	assert_true(report.rebuilt);
	put("migrations/0003_third.sql", "create table app.third (id int);");
	assert_int_equal(migrated(false).applied, 1);
	take_away("migrations/0003_third.sql");
}

static void functions_are_made_anew_when_they_change(void **state)
{
	(void)state;
	migrated(false);
	assert_string_equal(trial_value(trial, "select method.here()"), "here");
	put("functions/a.sql", "create function method.there(a int) returns text language sql return 'there';\n");
	assert_true(migrated(false).rebuilt);
	assert_string_equal(trial_value(trial, "select count(*) from pg_proc where pronamespace = 'method'::regnamespace"), "1");
	assert_string_equal(trial_value(trial, "select method.there(1)"), "there");
}

static void a_changed_migration_is_refused(void **state)
{
	(void)state;
	migrated(false);
	put("migrations/0001_first.sql", "create table app.first (id bigint);");
	refused("sql/migrations/0001_first.sql was changed after it was applied");
}

static void a_migration_that_comes_too_late_is_refused(void **state)
{
	(void)state;
	migrated(false);
	put("migrations/0001_between.sql", "select 1;");
	refused("sql/migrations/0001_between.sql comes before sql/migrations/0001_first.sql");
	take_away("migrations/0001_between.sql");
}

static void a_newer_database_is_refused(void **state)
{
	(void)state;
	migrated(false);
	take_away("migrations/0002_second.sql");
	refused("of a newer one");
}

static void a_migration_that_fails_leaves_nothing(void **state)
{
	(void)state;
	put("migrations/0002_second.sql", "create table app.half (id int);\n\nselect nonsense\nfrom nowhere;\n");
	refused("sql/migrations/0002_second.sql:4: ");
	assert_string_equal(trial_value(trial, "select string_agg(tablename, ' ' order by tablename) from pg_tables where schemaname = 'app'"), "first mine");
	assert_string_equal(trial_value(trial, "select count(*) from meta.migration"), "1");
	put("migrations/0002_second.sql", "create table app.whole (id int);");
	assert_int_equal(migrated(false).applied, 1);
}

static void functions_that_fail_leave_the_old_ones(void **state)
{
	(void)state;
	migrated(false);
	put("functions/b.sql", "create function method.broken() returns int language sql return nonsense;\n");
	refused("sql/functions/b.sql:1: ");
	take_away("functions/b.sql");
	assert_string_equal(trial_value(trial, "select method.here()"), "here");
}

/* What the program itself holds: everything is applied, and then everything is as the check wants it. */
static void what_is_built_in_fits_itself(void **state)
{
	struct error err = { 0 };
	struct migrate_report report;
	struct sql_source *source = sql_source_open(NULL, &err);

	(void)state;
	assert_non_null(source);
	trial_sql(trial, "drop schema if exists app, operator, meta, method, api, record cascade");
	for (int i = 0; i < 2; i++) {
		if (migrate(trial->admin, source, false, &report, &err) != OK)
			fail_msg("%s", err.message);
		assert_int_equal(report.rebuilt, i == 0);
		assert_string_equal(trial_value(trial, "select string_agg(x, '; ') from operator.check() x"), "");
	}
	assert_string_equal(trial_value(trial, "select count(*) > 100 from app.mapping"), "t");
	sql_source_free(source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(applies_each_once_in_order, fresh),
		cmocka_unit_test_setup(functions_are_made_anew_when_they_change, fresh),
		cmocka_unit_test_setup(a_changed_migration_is_refused, fresh),
		cmocka_unit_test_setup(a_migration_that_comes_too_late_is_refused, fresh),
		cmocka_unit_test_setup(a_newer_database_is_refused, fresh),
		cmocka_unit_test_setup(a_migration_that_fails_leaves_nothing, fresh),
		cmocka_unit_test_setup(functions_that_fail_leave_the_old_ones, fresh),
		cmocka_unit_test(what_is_built_in_fits_itself),
	};
	static const char *const below[] = { "migrations", "functions" };
	int failed = 1;

	if (!trial_unprivileged() || !trial_folder(folder, sizeof(folder)))
		return 1;
	for (size_t i = 0; i < 2; i++) {
		char path[128];

		snprintf(path, sizeof(path), "%s/%s", folder, below[i]);
		mkdir(path, 0700);
	}
	trial = trial_new();
	if (trial)
		failed = cmocka_run_group_tests(tests, NULL, NULL);
	trial_free(trial);
	trial_remove(folder);
	return failed;
}
