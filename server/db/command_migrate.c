/* command_migrate.c - `ninetwod migrate` and `ninetwod check`. */
#include "db/command_target.h"
#include "db/migrate.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static void warn(void *arg, const char *message)
{
	(void)arg;
	fprintf(stderr, "warning: %s\n", message);
}

static void report_migration(const struct migrate_report *r)
{
	if (!r->rebuilt) {
		puts("The database is up to date.");
		return;
	}
	printf("%d migration%s applied, %d methods built.\n", r->applied, r->applied == 1 ? "" : "s", r->methods);
}

int command_migrate(const struct command_target *target, int argc, char **argv)
{
	static const struct option options[] = { { "again", no_argument, NULL, 'a' }, { 0 } };
	struct command_session s = { 0 };
	struct migrate_report report;
	struct error err = { 0 };
	struct sql_source *source;
	bool again = false;
	int option;

	optind = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) == 'a')
		again = true;
	if (option != -1 || optind < argc) {
		fputs("usage: ninetwod migrate [--again]\n", stderr);
		return 2;
	}
	source = sql_source_open(target->sql, &err);
	if (source && command_open(&s, target, AS_ADMINISTRATOR, true, &err) == OK) {
		session_on_notice(s.session, warn, NULL);
		migrate(s.session, source, again, &report, &err);
	}
	command_close(&s);
	sql_source_free(source);
	if (err.code != OK)
		return command_failed("migrate", &err);
	report_migration(&report);
	return 0;
}

/* Prints one line for each difference between what was applied and what this program holds. */
static int compare_release(const struct session_rows *applied, const struct sql_source *source)
{
	char checksum[SQL_CHECKSUM];
	int found = 0, migrations = 0;
	const struct sql_file *file;
	size_t there = 0;

	for (int i = 0; i < rows_count(applied); i++) {
		const char *name = rows_get(applied, i, 0);

		if (!strcmp(name, "postgresql"))
			continue;	/* of the server, not of the release */
		file = sql_source_named(source, name);
		if (file)
			sql_file_checksum(file, checksum);
		else
			sql_source_checksum(source, checksum);
		if (strcmp(checksum, rows_get(applied, i, 1)))
			found += printf("%s is not that of this release\n", file ? name : "what the database was brought to") > 0;
		migrations += file != NULL;
	}
	while (sql_source_file(source, "migrations/", there))
		there++;
	if (migrations < (int)there)
		found += printf("%d migrations have not been applied: run ninetwod migrate\n", (int)there - migrations) > 0;
	return found;
}

static enum error_code check(struct session *s, const struct sql_source *source, int *found, struct error *err)
{
	struct session_rows *rows = NULL, *applied = NULL;

	if (session_query(s, "select operator.check()", 0, NULL, &rows, err) == OK
			&& session_query(s, "select name, checksum from operator.applied()", 0, NULL, &applied, err) == OK) {
		*found = rows_count(rows);
		for (int i = 0; i < rows_count(rows); i++)
			puts(rows_get(rows, i, 0));
		*found += compare_release(applied, source);
	}
	rows_free(applied);
	rows_free(rows);
	return err->code;
}

int command_check(const struct command_target *target, int argc, char **argv)
{
	struct command_session s = { 0 };
	struct error err = { 0 };
	struct sql_source *source;
	int found = 0;

	if (argc > 1) {
		fprintf(stderr, "ninetwod check: %s means nothing here\n", argv[1]);
		return 2;
	}
	source = sql_source_open(target->sql, &err);
	if (source && command_open(&s, target, AS_OPERATOR, false, &err) == OK)
		check(s.session, source, &found, &err);
	command_close(&s);
	sql_source_free(source);
	if (err.code != OK)
		return command_failed("check", &err);
	if (found == 0)
		puts("Everything is as it should be.");
	return found ? 1 : 0;
}
