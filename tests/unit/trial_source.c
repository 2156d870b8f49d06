/* trial_source.c - see trial_source.h. */
#include "tests/unit/trial_source.h"

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

static const char *const folders[] = { "migrations", "core", "rules", "nouns" };

static struct trial *trial;
static char folder[64];

static void make_folders(void)
{
	char path[128];

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, folders[i]);
		mkdir(path, 0700);
	}
}

bool source_open(void)
{
	if (!trial_folder(folder, sizeof(folder)))
		return false;
	trial = trial_new();
	return trial;
}

void source_close(void)
{
	trial_free(trial);
	trial_remove(folder);
}

struct trial *source_trial(void)
{
	return trial;
}

void source_put(const char *name, const char *text)
{
	char path[160];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

void source_take_away(const char *name)
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

struct migrate_report source_migrated(bool again)
{
	struct migrate_report report;
	struct error err = { 0 };

	if (run(again, &report, &err) != OK)
		fail_msg("%s", err.message);
	return report;
}

void source_refused(const char *words)
{
	struct migrate_report report;
	struct error err = { 0 };

	assert_int_not_equal(run(false, &report, &err), OK);
	if (!strstr(err.message, words))
		fail_msg("\"%s\" does not say \"%s\"", err.message, words);
	error_clear(&err);
	/* and in no failed transaction */
	assert_string_equal(trial_value(trial, "select current_user::text"), CLUSTER_SUPERUSER);
}

static const char roles[] =
	"do $$ declare r text; begin foreach r in array array['owner', 'api', 'auth', 'ledger'] loop"
	" if not exists (select from pg_roles where rolname = 'ninetwo_' || r) then"
	"  execute 'create role ninetwo_' || r; end if; end loop; end $$;"
	"alter default privileges for role ninetwo_owner, ninetwo_api, ninetwo_auth, ninetwo_ledger"
	" revoke execute on functions from public;"
	"create schema if not exists app authorization ninetwo_owner;"
	"create schema if not exists operator authorization ninetwo_owner;"
	"create schema if not exists auth authorization ninetwo_auth;"
	"create schema if not exists ledger authorization ninetwo_ledger;"
	"create schema if not exists meta authorization ninetwo_api;"
	"create schema if not exists method authorization ninetwo_api;"
	"create schema if not exists api authorization ninetwo_api;"
	"create schema if not exists record authorization ninetwo_api;"
	"grant usage on schema meta to ninetwo_owner; grant usage on schema app to ninetwo_api, ninetwo_auth;"
	"alter default privileges for role ninetwo_owner in schema app grant execute on functions to ninetwo_api;";

int source_fresh(void **state)
{
	(void)state;
	trial_sql(trial, "drop schema if exists app, operator, auth, ledger, meta, method, api, record cascade");
	trial_remove(folder);
	assert_int_equal(mkdir(folder, 0700), 0);
	make_folders();
	source_put("roles.sql", roles);
	source_put("migrations/0001_first.sql", "create table app.first (id int default app.key());\n"
		"create table app.mine (id int);\n"
		"alter table app.first enable row level security; create policy owner on app.first using (true);\n"
		"grant select on app.first to ninetwo_api;\n");
	source_put("migrations/0002_second.sql", "set role ninetwo_api;\ncreate table meta.second (id int);\n");
	source_put("core/keys.sql", "create or replace function app.key() returns int language sql return 7;\n");
	source_put("core/build.sql", "create or replace function meta.build() returns int language sql return 3;\n"
		"create or replace function operator.keep_fingerprint() returns int language sql return 1;\n"
		"grant execute on function meta.build() to ninetwo_owner;\n");
	source_put("nouns/a.sql", "create or replace function method.here() returns text language sql return 'here';\n");
	return 0;
}
