/* test_db_catalogue.c - catalogue.c and sql_source.c: the files of a folder into the tables of frameworks, on a real PostgreSQL; all of them or
 * none, and what is wrong is named with its file. */
#include "db/catalogue.h"
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

#define INDEX "file,name,edition,target_name,target_edition,origin\n"
#define COUNT "select count(*)::text from app.requirement r join app.framework f on f.id = r.framework where f.name = 'House rules'"

static struct trial *trial;
static char folder[64];

static void put(const char *name, const char *bytes, size_t length)
{
	char path[160];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, length, f), length);
	assert_int_equal(fclose(f), 0);
}

static void put_text(const char *name, const char *text)
{
	put(name, text, strlen(text));
}

static enum error_code load(struct error *err)
{
	struct sql_source *source = sql_source_open(folder, err);

	assert_non_null(source);
	catalogues_load(trial->admin, source, err);
	sql_source_free(source);
	return err->code;
}

static void loaded(void)
{
	struct error err = { 0 };

	if (load(&err) != OK)
		fail_msg("%s", err.message);
	assert_string_equal(trial_value(trial, "select current_user::text"), CLUSTER_SUPERUSER);
}

static void refused(enum error_code code, const char *words)
{
	struct error err = { 0 };

	if (load(&err) != code || !strstr(err.message, words))
		fail_msg("\"%s\" (%d) does not say \"%s\"", err.message, err.code, words);
	error_clear(&err);
	assert_string_equal(trial_value(trial, "select current_user::text"), CLUSTER_SUPERUSER);	/* and in no failed transaction */
}

static int set_up(void **state)
{
	char path[160];

	(void)state;
	assert_true(trial_folder(folder, sizeof folder));
	snprintf(path, sizeof path, "%s/catalogues", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	put_text("roles.sql", "");
	trial_sql(trial, "delete from app.mapping m using app.requirement r, app.framework f where m.source = r.id and r.framework = f.id and f.name = 'House rules'; "
		"delete from app.requirement r using app.framework f where r.framework = f.id and f.name = 'House rules'; delete from app.framework where name = 'House rules'");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	trial_remove(folder);
	return 0;
}

static void without_an_index_nothing_is_loaded(void **state)
{
	(void)state;
	put_text("catalogues/rules.csv", "ref,title\n1,One\n");
	loaded();
	assert_string_equal(trial_value(trial, COUNT), "0");
}

static void a_catalogue_is_loaded_and_brought_up_to_date(void **state)
{
	(void)state;
	put_text("catalogues/index.csv", INDEX "rules.csv,House rules,1,,,\n");
	put_text("catalogues/rules.csv", "ref,parent,kind,category,title\r\n1,,,Order,\"One, \"\"first\"\"\"\r\n1.1,1,,Order,Two\r\n");
	loaded();
	loaded();
	assert_string_equal(trial_value(trial, COUNT), "2");
	assert_string_equal(trial_value(trial, "select title from app.requirement r join app.framework f on f.id = r.framework where f.name = 'House rules' and ref = '1'"),
		"One, \"first\"");
	put_text("catalogues/rules.csv", "ref,parent,kind,category,title\n1,,,Order,First\n");
	loaded();
	assert_string_equal(trial_value(trial, COUNT), "2");	/* what is no longer in the file stays: something may refer to it */
	assert_string_equal(trial_value(trial, "select title from app.requirement r join app.framework f on f.id = r.framework where f.name = 'House rules' and ref = '1'"),
		"First");
}

static void a_mapping_is_read_by_position(void **state)
{
	(void)state;
	put_text("catalogues/index.csv", INDEX "rules.csv,House rules,1,,,\nown.csv,House rules,1,House rules,1,ours\n");
	put_text("catalogues/rules.csv", "ref,title\n1,One\n2,Two\n");
	put_text("catalogues/own.csv", "from,to,how\n1,2,partial\n1,9,partial\n");
	loaded();
	assert_string_equal(trial_value(trial, "select string_agg(s.ref || '>' || t.ref || ' ' || m.strength || ' ' || m.origin, ';') from app.mapping m join app.requirement s on s.id = m.source "
		"join app.requirement t on t.id = m.target join app.framework f on f.id = s.framework where f.name = 'House rules'"), "1>2 partial ours");
}

static void what_is_wrong_is_named_with_its_file_and_nothing_is_loaded(void **state)
{
	(void)state;
	put_text("catalogues/index.csv", INDEX "rules.csv,House rules,1,,,\nmore.csv,House rules,1,,,\n");
	put_text("catalogues/rules.csv", "ref,title\n1,One\n");
	refused(E_NOT_FOUND, "sql/catalogues/index.csv names more.csv, which is not there.");
	assert_string_equal(trial_value(trial, COUNT), "0");
	put_text("catalogues/more.csv", "ref,title\n2,Two\n3\n");
	refused(E_PARAMS, "sql/catalogues/more.csv, line 3: 1 fields where the header has 2");
	assert_string_equal(trial_value(trial, COUNT), "0");
	put_text("catalogues/more.csv", "ref,title\n2,\xff\n");
	refused(E_PARAMS, "sql/catalogues/more.csv, line 2: not UTF-8");
	put_text("catalogues/more.csv", "ref,title\n1,Two\n1,Three\n");
	refused(E_BUSINESS, "a second time");		/* PostgreSQL's own word: one ref, two rows */
	assert_string_equal(trial_value(trial, COUNT), "0");
	put_text("catalogues/index.csv", INDEX "rules.csv\n");
	refused(E_PARAMS, "sql/catalogues/index.csv, line 2: 1 fields where the header has 6.");
	assert_string_equal(trial_value(trial, COUNT), "0");
}

/* --- the folder ---------------------------------------------------------------------------------------------------------- */

static void files_stand_in_order_under_their_names(void **state)
{
	struct error err = { 0 };
	struct sql_source *source;
	char path[160], before[SQL_CHECKSUM], after[SQL_CHECKSUM];

	(void)state;
	snprintf(path, sizeof path, "%s/migrations", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	put_text("migrations/0002_b.sql", "two");
	put_text("migrations/0001_a.sql", "one");
	put_text("migrations/notes.txt", "no");
	put_text("catalogues/x.csv", "a\n");
	source = sql_source_open(folder, &err);
	assert_non_null(source);
	assert_string_equal(sql_source_file(source, "migrations/", 0)->name, "migrations/0001_a.sql");
	assert_string_equal(sql_source_file(source, "migrations/", 1)->text, "two");
	assert_null(sql_source_file(source, "migrations/", 2));
	assert_null(sql_source_named(source, "migrations/notes.txt"));
	assert_null(sql_source_named(source, "migrations/0001_a"));
	assert_int_equal(sql_source_named(source, "catalogues/x.csv")->length, 2);
	sql_source_checksum(source, before);
	sql_source_free(source);
	put_text("catalogues/x.csv", "b\n");
	source = sql_source_open(folder, &err);
	sql_source_checksum(source, after);
	assert_string_not_equal(before, after);
	sql_source_free(source);
	sql_source_free(NULL);
}

static void what_is_no_source_is_refused(void **state)
{
	struct error err = { 0 };
	char path[160];

	(void)state;
	put("catalogues/x.csv", "a\0b", 3);
	assert_null(sql_source_open(folder, &err));
	assert_non_null(strstr(err.message, "catalogues/x.csv"));
	error_clear(&err);
	put_text("catalogues/x.csv", "a");
	snprintf(path, sizeof path, "%s/catalogues/x.csv", folder);
	assert_int_equal(chmod(path, 0), 0);
	assert_null(sql_source_open(folder, &err));
	assert_non_null(strstr(err.message, "cannot be read: Permission denied"));
	error_clear(&err);
	snprintf(path, sizeof path, "%s/roles.sql", folder);
	assert_int_equal(unlink(path), 0);
	assert_null(sql_source_open(folder, &err));
	error_clear(&err);
}

static int migrated(void **state)
{
	struct migrate_report report;
	struct error err = { 0 };
	struct sql_source *source = sql_source_open(NULL, &err);

	(void)state;
	trial = trial_new();
	if (!trial || !source || migrate(trial->admin, source, false, &report, &err) != OK) {
		fprintf(stderr, "%s\n", err.message);
		return -1;
	}
	sql_source_free(source);
	return 0;
}

static int unmade(void **state)
{
	(void)state;
	trial_free(trial);
	return 0;
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(without_an_index_nothing_is_loaded),
		TEST(a_catalogue_is_loaded_and_brought_up_to_date),
		TEST(a_mapping_is_read_by_position),
		TEST(what_is_wrong_is_named_with_its_file_and_nothing_is_loaded),
		TEST(files_stand_in_order_under_their_names),
		TEST(what_is_no_source_is_refused),
	};

	return trial_unprivileged() ? cmocka_run_group_tests_name("catalogue", tests, migrated, unmade) : 1;
}
