/* migrate.c - see migrate.h. */
#include "db/migrate.h"

#include "db/catalogue.h"
#include "db/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REBUILD_TRIES = 40, REBUILD_PAUSE = 250 * 1000 * 1000 /* ns */, WHERE_MAX = 300 };

/* What sql/ defines; keys are those that tables need before they are there. */
struct defined {
	struct definitions all, keys;
};

static const char everything[] = "everything";	/* the row of meta.migration that holds the checksum of all of sql/ */

/* The row that holds the major version of PostgreSQL that made the views: each describes them in its own way. */
static const char maker[] = "postgresql";
static const char maker_sql[] = "select current_setting('server_version_num')::int / 10000";

/* Serves no login role: the operator's check reads it through a function of schema operator. */
static const char table_sql[] =
	"set role ninetwo_api;"
	"create table if not exists meta.migration ("
	" name text primary key, checksum text not null, applied_at timestamptz not null default now());"
	"comment on table meta.migration is 'The migrations that were applied here, each with the SHA-256 of its text; and,"
	" as everything, that of all of sql/.';"
	"alter table meta.migration enable row level security;"
	"alter table meta.migration force row level security;"
	"do $$ begin"
	" if not exists (select from pg_catalog.pg_policy where polrelid = 'meta.migration'::regclass) then"
	"  create policy owner on meta.migration to ninetwo_api using (true) with check (true);"
	"  create policy operator on meta.migration for select to ninetwo_owner using (true);"
	" end if; end $$;"
	"grant select on meta.migration to ninetwo_owner;"
	"reset role;";

/* Who waits longer makes others wait behind it; and no name is looked up but where a definition says. */
static const char careful_sql[] = "set local lock_timeout = '300ms'; set local search_path = ''";

/* --- pieces ------------------------------------------------------------------------------------------------------- */

/* Leaves a failed transaction, keeping the first error. */
static void roll_back(struct session *s)
{
	struct error ignored = { 0 };

	session_run(s, NULL, "rollback", &ignored);
	session_run(s, NULL, "reset role", &ignored);
	error_clear(&ignored);
}

static enum error_code run_file(struct session *s, const struct sql_file *file, struct error *err)
{
	char where[WHERE_MAX];

	snprintf(where, sizeof(where), "sql/%s", file->name);
	if (session_run(s, NULL, "set role ninetwo_owner", err) == OK && session_run(s, where, file->text, err) == OK)
		session_run(s, NULL, "reset role", err);
	return err->code;
}

static enum error_code note_applied(struct session *s, const char *name, const char *checksum, struct error *err)
{
	const char *values[] = { name, checksum };
	struct session_rows *rows = NULL;

	if (session_run(s, NULL, "set role ninetwo_api", err) == OK)
		session_query(s, "insert into meta.migration (name, checksum) values ($1, $2)"
			" on conflict (name) do update set checksum = excluded.checksum, applied_at = now()", 2, values, &rows,
			err);
	rows_free(rows);
	if (err->code == OK)
		session_run(s, NULL, "reset role", err);
	return err->code;
}

static enum error_code run_roles(struct session *s, const struct sql_source *source, struct error *err)
{
	return session_run(s, "sql/roles.sql", sql_source_named(source, "roles.sql")->text, err);
}

/* --- migrations --------------------------------------------------------------------------------------------------- */

static enum error_code read_applied(struct session *s, struct session_rows **rows, struct error *err)
{
	return session_query(s, "select name, checksum from meta.migration where name like 'migrations/%'"
		" order by name collate \"C\"",
		0, NULL, rows, err);
}

/* A chain that begins otherwise is none that a release ever had: the first migration of a release never changes. */
static bool begins_otherwise(const struct session_rows *rows, const struct sql_source *source)
{
	const struct sql_file *first = rows_count(rows) > 0 ? sql_source_named(source, rows_get(rows, 0, 0)) : NULL;
	char checksum[SQL_CHECKSUM];

	if (!first)
		return rows_count(rows) > 0;
	sql_file_checksum(first, checksum);
	return strcmp(checksum, rows_get(rows, 0, 1)) != 0;
}

/* What was applied must be the first of what there is, unchanged. */
static enum error_code compare_applied(const struct session_rows *rows, const struct sql_source *source,
	struct error *err)
{
	char checksum[SQL_CHECKSUM];

	if (begins_otherwise(rows, source))
		return error_set(err, E_STATE, "The database was made by an unreleased version of ninetwo, whose"
			" migrations are no longer these: it must be made anew.");
	for (int i = 0; i < rows_count(rows); i++) {
		const char *name = rows_get(rows, i, 0);
		const struct sql_file *file = sql_source_named(source, name),
			*here = sql_source_file(source, "migrations/", (size_t)i);

		if (!file)
			return error_set(err, E_STATE, "The database has sql/%s, which this release does not know: the database is"
				" of a newer one.", name);
		sql_file_checksum(file, checksum);
		if (strcmp(checksum, rows_get(rows, i, 1)))
			return error_set(err, E_STATE, "sql/%s was changed after it was applied here. Migrations only go forward:"
				" write another one.", name);
		if (here != file)
			return error_set(err, E_STATE, "sql/%s comes before sql/%s, which was applied already.", here->name, name);
	}
	return OK;
}

/* keys: NULL when they are loaded already. */
static enum error_code apply_one(struct session *s, const struct sql_file *file, const struct definitions *keys,
	struct error *err)
{
	char checksum[SQL_CHECKSUM];

	sql_file_checksum(file, checksum);
	if (session_run(s, NULL, "begin", err) == OK && (!keys || load_keys(s, keys, err) == OK)
			&& run_file(s, file, err) == OK
			&& note_applied(s, file->name, checksum, err) == OK
			&& session_run(s, NULL, "commit", err) == OK)
		return OK;
	roll_back(s);
	return err->code;
}

static enum error_code apply_migrations(struct session *s, const struct sql_source *source,
	const struct definitions *keys, int *applied, struct error *err)
{
	struct session_rows *rows = NULL;
	const struct sql_file *file;
	size_t n;

	if (read_applied(s, &rows, err) != OK || compare_applied(rows, source, err) != OK)
		goto out;
	for (n = (size_t)rows_count(rows); (file = sql_source_file(source, "migrations/", n)); n++) {
		if (apply_one(s, file, *applied == 0 ? keys : NULL, err) != OK)
			goto out;
		(*applied)++;
	}
out:
	rows_free(rows);
	return err->code;
}

/* --- definitions -------------------------------------------------------------------------------------------------- */

static enum error_code build_methods(struct session *s, int *methods, struct error *err)
{
	struct session_rows *rows = NULL;

	if (session_run(s, NULL, "set role ninetwo_owner", err) == OK
			&& session_query(s, "select meta.build()", 0, NULL, &rows, err) == OK && rows_count(rows) > 0
			&& rows_get(rows, 0, 0))
		*methods = atoi(rows_get(rows, 0, 0));
	rows_free(rows);
	if (err->code == OK)
		session_run(s, NULL, "reset role", err);
	return err->code;
}

/* The last step: keeps how everything is now. */
static enum error_code keep_fingerprint(struct session *s, struct error *err)
{
	struct session_rows *rows = NULL;

	if (session_query(s, maker_sql, 0, NULL, &rows, err) == OK)
		note_applied(s, maker, rows_get(rows, 0, 0), err);
	rows_free(rows);
	rows = NULL;
	if (err->code == OK && session_run(s, NULL, "set role ninetwo_owner", err) == OK
			&& session_query(s, "select operator.keep_fingerprint()", 0, NULL, &rows, err) == OK)
		session_run(s, NULL, "reset role", err);
	rows_free(rows);
	return err->code;
}

/* What the servers need for each call is locked as late as can be, and only where it differs. */
static enum error_code rebuild_once(struct session *s, const struct sql_source *source, const struct definitions *all,
	int *methods, struct error *err)
{
	if (session_run(s, NULL, "begin", err) == OK && session_run(s, NULL, careful_sql, err) == OK
			&& load_clear(s, err) == OK && run_roles(s, source, err) == OK
			&& load_bodies(s, all, err) == OK && build_methods(s, methods, err) == OK && load_guards(s, all, err) == OK
			&& load_drop_others(s, err) == OK && keep_fingerprint(s, err) == OK
			&& session_run(s, NULL, "commit", err) == OK)
		return OK;
	roll_back(s);
	return err->code;
}

/* Servers at work hold locks on what is made anew; who loses tries again. */
static enum error_code rebuild(struct session *s, const struct sql_source *source, const struct definitions *all,
	int *methods, struct error *err)
{
	const struct timespec pause = { .tv_nsec = REBUILD_PAUSE };

	for (int i = 1; rebuild_once(s, source, all, methods, err) == E_NOT_NOW && i < REBUILD_TRIES; i++) {
		error_clear(err);
		nanosleep(&pause, NULL);
	}
	return err->code;
}

static enum error_code is_current(struct session *s, const char *checksum, bool *current, struct error *err)
{
	const char *values[] = { everything, checksum, maker };
	struct session_rows *rows = NULL;

	if (session_query(s, "select from meta.migration a, meta.migration b where a.name = $1 and a.checksum = $2"
			" and b.name = $3 and b.checksum = (current_setting('server_version_num')::int / 10000)::text", 3, values,
			&rows, err) == OK)
		*current = rows_count(rows) > 0;
	rows_free(rows);
	return err->code;
}

/* Said before it is lost in what this migration makes anew, or taken over as if it belonged there. */
static const char warn_sql[] =
	"do $$ declare difference text; begin"
	" if to_regprocedure('operator.check_fingerprint()') is not null and to_regclass('app.fingerprint') is not null"
	" then"
	"  for difference in select operator.check_fingerprint() limit 50 loop raise warning '%', difference; end loop;"
	" end if; end $$;";

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static enum error_code take_turn(struct session *s, struct error *err)
{
	return session_run(s, NULL, "set client_min_messages = warning; set statement_timeout = 0; set lock_timeout = 0;"
		" select pg_advisory_lock(hashtextextended('ninetwo migrate', 92))", err);
}

static enum error_code bring_up_to_date(struct session *s, const struct sql_source *source,
	const struct definitions *all, const char *checksum, struct migrate_report *report, struct error *err)
{
	if (rebuild(s, source, all, &report->methods, err) != OK)
		return err->code;
	report->rebuilt = true;
	if (catalogues_load(s, source, err) != OK)
		return err->code;
	return note_applied(s, everything, checksum, err);
}

static enum error_code migration_begin(struct session *s, const struct sql_source *source, struct error *err)
{
	if (take_turn(s, err) != OK)
		return err->code;
	if (session_run(s, NULL, "begin", err) == OK && run_roles(s, source, err) == OK
			&& session_run(s, NULL, table_sql, err) == OK
			&& session_run(s, NULL, "commit", err) == OK)
		return session_run(s, NULL, warn_sql, err);
	roll_back(s);
	return err->code;
}

static enum error_code read_defined(struct defined *d, const struct sql_source *source, struct error *err)
{
	static const char *const folders[] = { "core/", "rules/", "nouns/" };

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders) && err->code == OK; i++)
		definitions_read(&d->all, source, folders[i], err);
	return err->code == OK ? definitions_read(&d->keys, source, "core/keys.sql", err) : err->code;
}

enum error_code migrate(struct session *session, const struct sql_source *source, bool again,
	struct migrate_report *report, struct error *err)
{
	struct defined defined = { 0 };
	char checksum[SQL_CHECKSUM];
	bool current = false;

	*report = (struct migrate_report){ 0 };
	sql_source_checksum(source, checksum);
	if (read_defined(&defined, source, err) == OK && migration_begin(session, source, err) == OK
			&& apply_migrations(session, source, &defined.keys, &report->applied, err) == OK
			&& is_current(session, checksum, &current, err) == OK && (!current || again || report->applied > 0))
		bring_up_to_date(session, source, &defined.all, checksum, report, err);
	definitions_clear(&defined.all);
	definitions_clear(&defined.keys);
	return err->code;
}
