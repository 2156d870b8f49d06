/* load_guards.c - policies and triggers; see load.h. */
#include "db/load.h"

#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 8 * 1024 * 1024, MARK_MAX = 128 };

static char made_name[] = "rules/seen.sql (its policies)";
static const char mark_begins[] = "Made by ninetwod migrate ";

/* Those that there are: schema, table, policy or trigger, name, comment, and a digest of what PostgreSQL has of it. */
static const char guards_sql[] =
	"select n.nspname, c.relname, g.kind, g.name, g.comment, left(md5(g.state), 16) from ("
	" select p.polrelid as relation, 'policy' as kind, p.polname as name,"
	"  pg_catalog.obj_description(p.oid, 'pg_policy') as comment, concat_ws(E'\\n', p.polcmd, p.polpermissive,"
	"  (select string_agg(r::regrole::text, ' ' order by r::regrole::text collate \"C\") from unnest(p.polroles) r),"
	"  'using ' || pg_catalog.pg_get_expr(p.polqual, p.polrelid),"
	"  'check ' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)) as state from pg_catalog.pg_policy p"
	" union all select t.tgrelid, 'trigger', t.tgname, pg_catalog.obj_description(t.oid, 'pg_trigger'),"
	"  concat_ws(E'\\n', t.tgenabled, pg_catalog.pg_get_triggerdef(t.oid)) from pg_catalog.pg_trigger t"
	"  where not t.tgisinternal) g"
	" join pg_catalog.pg_class c on c.oid = g.relation join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
	" where n.nspname in ('app', 'auth', 'ledger', 'meta')"
	" order by n.nspname collate \"C\", c.relname collate \"C\", g.kind, g.name collate \"C\"";

enum column { SCHEMA, TABLE, KIND, NAME, COMMENT, STATE };

static const char *kind_name(const struct definition *d)
{
	return d->kind == DEFINES_POLICY ? "policy" : "trigger";
}

static bool is_guard_of(const struct definition *d, const struct session_rows *rows, int i)
{
	return !strcmp(d->own, rows_get(rows, i, NAME)) && !strcmp(d->name, rows_get(rows, i, TABLE))
		&& !strcmp(d->schema, rows_get(rows, i, SCHEMA))
		&& !strcmp(kind_name(d), rows_get(rows, i, KIND));
}

static int guard_row(const struct session_rows *rows, const struct definition *d)
{
	for (int i = 0; i < rows_count(rows); i++)
		if (is_guard_of(d, rows, i))
			return i;
	return -1;
}

static const struct definition *definition_of(const struct definition *const *list, size_t count,
	const struct session_rows *rows, int row)
{
	for (size_t i = 0; i < count; i++)
		if (is_guard_of(list[i], rows, row))
			return list[i];
	return NULL;
}

static bool is_marked(const struct session_rows *rows, int row)
{
	const char *comment = rows_get(rows, row, COMMENT);

	return comment && !strncmp(comment, mark_begins, strlen(mark_begins));
}

/* What its comment says when it is made from this text and nobody altered it since. */
static void mark_of(const struct definition *d, const struct session_rows *rows, int row, char out[MARK_MAX])
{
	char digest[DEFINITION_DIGEST];

	definition_digest(d, digest);
	snprintf(out, MARK_MAX, "%sof %s as %s", mark_begins, digest, rows_get(rows, row, STATE));
}

static bool is_as_defined(const struct definition *d, const struct session_rows *rows, int row)
{
	char mark[MARK_MAX];

	mark_of(d, rows, row, mark);
	return rows_get(rows, row, COMMENT) && !strcmp(mark, rows_get(rows, row, COMMENT));
}

static void append_identifier(struct buffer *out, const char *name)
{
	buffer_append_text(out, "\"");
	for (; *name; name++)
		buffer_append(out, *name == '"' ? "\"\"" : name, *name == '"' ? 2 : 1);
	buffer_append_text(out, "\"");
}

/* policy "read" on "app"."finding" */
static void append_guard(struct buffer *out, const struct session_rows *rows, int row)
{
	buffer_append_format(out, "%s ", rows_get(rows, row, KIND));
	append_identifier(out, rows_get(rows, row, NAME));
	buffer_append_text(out, " on ");
	append_identifier(out, rows_get(rows, row, SCHEMA));
	buffer_append_text(out, ".");
	append_identifier(out, rows_get(rows, row, TABLE));
}

static enum error_code drop_guard(struct session *s, const struct session_rows *rows, int row, struct error *err)
{
	struct buffer text;

	buffer_init(&text, TEXT_MAX);
	buffer_append_text(&text, "drop ");
	append_guard(&text, rows, row);
	session_run(s, NULL, buffer_text(&text), err);
	buffer_clear(&text);
	return err->code;
}

static enum error_code drop_undefined(struct session *s, const struct definition *const *list, size_t count,
	const struct session_rows *rows, struct error *err)
{
	for (int i = 0; i < rows_count(rows) && err->code == OK; i++)
		if (is_marked(rows, i) && !definition_of(list, count, rows, i))
			drop_guard(s, rows, i, err);
	return err->code;
}

static enum error_code make(struct session *s, const struct definition *d, const struct session_rows *rows,
	struct error *err)
{
	int row = guard_row(rows, d);

	if (row >= 0 && is_as_defined(d, rows, row))
		return OK;
	if (row >= 0 && drop_guard(s, rows, row, err) != OK)
		return err->code;
	return load_list(s, &d, 1, LOAD_WHOLE, err);
}

/* The mark of each that has it not yet. */
static enum error_code mark_all(struct session *s, const struct definition *const *list, size_t count,
	struct error *err)
{
	struct session_rows *rows = NULL;
	struct buffer text;
	char mark[MARK_MAX];

	buffer_init(&text, TEXT_MAX);
	session_query(s, guards_sql, 0, NULL, &rows, err);
	for (int i = 0; err->code == OK && i < rows_count(rows); i++) {
		const struct definition *d = definition_of(list, count, rows, i);

		if (!d || is_as_defined(d, rows, i))
			continue;
		mark_of(d, rows, i, mark);
		buffer_append_text(&text, "comment on ");
		append_guard(&text, rows, i);
		buffer_append_format(&text, " is '%s';", mark);
	}
	if (text.failed)
		error_set(err, E_INTERNAL, NULL);
	if (err->code == OK)
		session_run(s, NULL, buffer_text(&text), err);
	rows_free(rows);
	buffer_clear(&text);
	return err->code;
}

/* --- those that the database makes of what its functions declare --------------------------------------------------- */

static const char made_sql[] = "select app.seen_policies()";

static enum error_code read_made(struct session *s, struct session_rows **rows, struct sql_file *file,
	struct definitions *both, struct error *err)
{
	const char *text;

	/* asked only where there is such a function: a statement that names none fails whole */
	if (session_query(s, "select to_regprocedure('app.seen_policies()')::text", 0, NULL, rows, err) != OK
			|| !rows_count(*rows) || !rows_get(*rows, 0, 0))
		return err->code;
	rows_free(*rows);
	*rows = NULL;
	if (session_query(s, made_sql, 0, NULL, rows, err) != OK)
		return err->code;
	text = rows_count(*rows) ? rows_get(*rows, 0, 0) : NULL;
	if (!text)
		return OK;
	*file = (struct sql_file){ .name = made_name, .text = (char *)text, .length = strlen(text) };
	return definitions_read_file(both, file, err);
}

static enum error_code make_all(struct session *s, const struct definitions *all, struct error *err)
{
	size_t count;
	const struct definition **list = definitions_of(all, DEFINES_POLICY, DEFINES_TRIGGER, &count, err);
	struct session_rows *rows = NULL;

	if (list && session_query(s, guards_sql, 0, NULL, &rows, err) == OK
			&& drop_undefined(s, list, count, rows, err) == OK) {
		for (size_t i = 0; i < count && err->code == OK; i++)
			make(s, list[i], rows, err);
		if (err->code == OK)
			mark_all(s, list, count, err);
	}
	rows_free(rows);
	free(list);
	return err->code;
}

enum error_code load_guards(struct session *s, const struct definitions *all, struct error *err)
{
	struct definitions both = { 0 };
	struct session_rows *rows = NULL;
	struct sql_file file;

	if (definitions_add(&both, all, err) == OK && read_made(s, &rows, &file, &both, err) == OK)
		make_all(s, &both, err);
	definitions_clear(&both);
	rows_free(rows);
	return err->code;
}
