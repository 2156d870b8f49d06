/* load_views.c - views, each only where it differs; see load.h. To know whether it does, it is made beside the old one
 * and the two are compared: so what a view takes over from tables, functions and other views counts as well. */
#include "db/load.h"

#include "base/buffer.h"
#include "db/load_sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 1024 * 1024, IDENTIFIER = 2 * SQL_NAME_MAX + 8 };

struct views {
	struct session *session;
	const struct definition *const *list;
	size_t count;
	const struct definitions *all;
	bool locked;			/* the tables that will be, with the views */
};

/* --- names ---------------------------------------------------------------------------------------------------------- */

struct names {
	char old[2 * IDENTIFIER], made[2 * IDENTIFIER];		/* with their schema */
	char old_name[IDENTIFIER], made_name[IDENTIFIER];
};

/* "name", with `before` before it. */
static void quote(char out[IDENTIFIER], const char *before, const char *name)
{
	size_t n = (size_t)snprintf(out, IDENTIFIER, "\"%s", before);

	for (; *name && n < IDENTIFIER - 3; name++) {
		if (*name == '"')
			out[n++] = '"';
		out[n++] = *name;
	}
	out[n++] = '"';
	out[n] = '\0';
}

static struct names names_of(const char *schema, const char *name)
{
	struct names n;
	char in[IDENTIFIER];

	quote(in, "", schema);
	quote(n.old_name, "", name);
	quote(n.made_name, "new ", name);
	snprintf(n.old, sizeof(n.old), "%s.%s", in, n.old_name);
	snprintf(n.made, sizeof(n.made), "%s.%s", in, n.made_name);
	return n;
}

static const struct definition *defined_view(const struct views *v, const char *schema, const char *name)
{
	for (size_t i = 0; i < v->count; i++)
		if (!strcmp(v->list[i]->name, name) && !strcmp(v->list[i]->schema, schema))
			return v->list[i];
	return NULL;
}

static enum error_code refuse_twice(const struct views *v, struct error *err)
{
	for (size_t i = 0; i < v->count; i++) {
		const struct definition *d = v->list[i], *first = defined_view(v, d->schema, d->name);

		if (first != d)
			return error_set(err, E_BUSINESS, "sql/%s:%d: %s.%s is defined in sql/%s:%d too.", d->file->name,
				d->text.line, d->schema, d->name, first->file->name, first->text.line);
	}
	return OK;
}

/* --- one of them ---------------------------------------------------------------------------------------------------- */

/* From here on servers wait for us, so that we should not wait for them. */
static enum error_code drop(struct views *v, const char *view, struct error *err)
{
	char sql[2 * IDENTIFIER + 32];

	if (!v->locked && load_lock_guards(v->session, v->all, err) != OK)
		return err->code;
	v->locked = true;
	snprintf(sql, sizeof(sql), "drop view %s cascade", view);
	return session_run(v->session, NULL, sql, err);
}

static enum error_code view_exists(struct views *v, const char *view, bool *is, struct error *err)
{
	const char *values[] = { view };
	struct session_rows *rows = NULL;

	if (session_query(v->session, "select from pg_catalog.pg_class c where c.oid = pg_catalog.to_regclass($1)", 1, values,
			&rows, err) == OK)
		*is = rows_count(rows) > 0;
	rows_free(rows);
	return err->code;
}

static enum error_code is_same_view(struct views *v, const char *old, const char *made, bool *same, struct error *err)
{
	const char *values[] = { old, made };
	struct session_rows *rows = NULL;

	if (session_query(v->session, load_sql_same_view, 2, values, &rows, err) == OK)
		*same = !strcmp(rows_get(rows, 0, 0), "t");
	rows_free(rows);
	return err->code;
}

/* Where in its text its name stands. */
static struct sql_token view_name(const struct definition *d)
{
	struct sql_scan s = sql_statement_scan(&d->text);
	struct sql_token t;

	do
		t = sql_scan_next(&s);
	while (t.kind != SQL_END && t.kind != SQL_BROKEN && !sql_token_is(&t, "."));
	return sql_scan_next(&s);
}

/* As a definition of its own, whose text differs in the name alone. */
static enum error_code make_beside(struct views *v, const struct definition *d, const struct names *n, struct error *err)
{
	const struct sql_token old = view_name(d);
	const size_t before = (size_t)(old.text - d->text.text);
	struct definition other = *d;
	const struct definition *list[] = { &other };
	struct buffer text;

	buffer_init(&text, TEXT_MAX);
	buffer_append(&text, d->text.text, before);
	buffer_append_text(&text, n->made_name);
	buffer_append(&text, old.text + old.length, d->text.length - before - old.length);
	other.text.text = buffer_text(&text);
	other.text.length = text.length;
	if (text.failed)
		error_set(err, E_INTERNAL, NULL);
	else
		load_list(v->session, list, 1, LOAD_WHOLE, err);
	buffer_clear(&text);
	return err->code;
}

/* The new one in the old one's place, or away with it. */
static enum error_code settle(struct views *v, const struct names *n, struct error *err)
{
	char sql[3 * IDENTIFIER + 32];
	bool same = false;

	if (is_same_view(v, n->old, n->made, &same, err) != OK)
		return err->code;
	if (same)
		snprintf(sql, sizeof(sql), "drop view %s", n->made);
	else
		snprintf(sql, sizeof(sql), "alter view %s rename to %s", n->made, n->old_name);
	if (!same && drop(v, n->old, err) != OK)
		return err->code;
	return session_run(v->session, NULL, sql, err);
}

static enum error_code make_view(struct views *v, const struct definition *d, struct error *err)
{
	const struct names n = names_of(d->schema, d->name);
	bool there = false;

	if (view_exists(v, n.old, &there, err) != OK)
		return err->code;
	if (!there)
		return load_list(v->session, &d, 1, LOAD_WHOLE, err);
	return make_beside(v, d, &n, err) == OK ? settle(v, &n, err) : err->code;
}

/* --- all of them ---------------------------------------------------------------------------------------------------- */

static enum error_code drop_undefined_views(struct views *v, struct error *err)
{
	struct session_rows *rows = NULL;
	bool there = false;

	session_query(v->session, load_sql_views, 0, NULL, &rows, err);
	for (int i = 0; err->code == OK && i < rows_count(rows); i++) {
		const struct names n = names_of(rows_get(rows, i, 0), rows_get(rows, i, 1));

		/* it may have gone with another */
		if (!defined_view(v, rows_get(rows, i, 0), rows_get(rows, i, 1)) && view_exists(v, n.old, &there, err) == OK && there)
			drop(v, n.old, err);
	}
	rows_free(rows);
	return err->code;
}

enum error_code load_views(struct session *s, const struct definitions *all, struct error *err)
{
	struct views v = { .session = s, .all = all };
	const struct definition **list = definitions_of(all, DEFINES_VIEW, DEFINES_VIEW, &v.count, err);

	v.list = list;
	if (list && refuse_twice(&v, err) == OK && drop_undefined_views(&v, err) == OK)
		for (size_t i = 0; i < v.count && err->code == OK; i++)
			make_view(&v, list[i], err);
	free(list);
	return err->code;
}
