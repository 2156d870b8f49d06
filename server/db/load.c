/* load.c - lists of statements, functions, the whole; see load.h. */
#include "db/load.h"

#include "base/buffer.h"
#include "db/load_sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 64 * 1024 * 1024 };

/* --- a list of statements ----------------------------------------------------------------------------------------- */

/* Puts the place and the name before what went wrong. */
static enum error_code blame(const struct definition *d, int line, struct error *err)
{
	struct error was = { 0 };

	error_move(&was, err);
	if (was.code == E_NOT_NOW)
		error_move(err, &was);
	else
		error_set(err, was.code, "sql/%s:%d: %s.%s: %s", d->file->name, line, d->schema, *d->own ? d->own : d->name,
			was.message);
	error_clear(&was);
	return err->code;
}

static int line_within(const struct definition *d, size_t bytes)
{
	int line = d->text.line;

	for (size_t i = 0; i < bytes && i < d->text.length; i++)
		line += d->text.text[i] == '\n';
	return line;
}

/* Statements of one owner, as one message. */
struct message {
	const struct definition *const *list;
	size_t count;
	size_t *ends;			/* of each in the text */
	struct buffer text;
};

static enum error_code write_message(struct message *m, enum load_part part, struct error *err)
{
	buffer_init(&m->text, TEXT_MAX);
	m->ends = calloc(m->count, sizeof(*m->ends));
	for (size_t i = 0; m->ends && i < m->count; i++) {
		const struct definition *d = m->list[i];
		bool head = part == LOAD_HEADS && d->head > 0;

		buffer_append(&m->text, d->text.text, head ? d->head : d->text.length);
		buffer_append_text(&m->text, !head ? ";\n" : d->says_language ? " as '';\n" : " language sql as '';\n");
		m->ends[i] = m->text.length;
	}
	return m->ends && !m->text.failed ? OK : error_set(err, E_INTERNAL, NULL);
}

/* The statement that failed: the one PostgreSQL points into, else the one after those that were done. */
static size_t failed_one(const struct message *m, const struct session_failure *failure)
{
	size_t i = 0;

	while (i < m->count - 1 && (failure->at < 0 ? i < failure->done : (size_t)failure->at >= m->ends[i]))
		i++;
	return i;
}

static enum error_code blame_one_of(const struct message *m, const struct session_failure *failure, struct error *err)
{
	size_t i = failed_one(m, failure), from = i > 0 ? m->ends[i - 1] : 0;

	return blame(m->list[i], line_within(m->list[i], failure->at < 0 ? 0 : (size_t)failure->at - from), err);
}

static enum error_code send_message(struct session *s, const struct message *m, struct session_failure *failure,
	struct error *err)
{
	char set_role[SQL_NAME_MAX];

	*failure = (struct session_failure){ .at = -1 };
	snprintf(set_role, sizeof(set_role), "set role %s", m->list[0]->role);
	if (session_run(s, NULL, set_role, err) == OK
			&& session_run_each(s, buffer_text(&m->text), failure, err) == OK)
		session_run(s, NULL, "reset role", err);
	return err->code;
}

/* An old function that cannot be replaced: it has another result, other names of arguments, another owner. */
static bool is_in_the_way(const struct session_failure *failure)
{
	static const char *const states[] = { "42P13", "42809", "42501" };

	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
		if (!strcmp(failure->state, states[i]))
			return true;
	return false;
}

/* Gives the old functions of this name others; false where there is none, or it cannot be done. */
static bool make_way(struct session *s, const struct definition *d)
{
	const char *values[] = { d->schema, d->name };
	struct session_rows *rows = NULL;
	struct error err = { 0 };
	bool made = false;

	if (session_run(s, NULL, "rollback to savepoint heads", &err) == OK
			&& session_query(s, load_sql_move, 2, values, &rows, &err) == OK)
		made = rows_count(rows) > 0;
	for (int i = 0; made && i < rows_count(rows); i++)
		made = session_run(s, NULL, rows_get(rows, i, 0), &err) == OK;
	rows_free(rows);
	error_clear(&err);
	return made;
}

/* Heads are made over old functions. Where one is in the way all of the message is sent again. */
static enum error_code send_heads(struct session *s, const struct message *m, struct session_failure *failure,
	struct error *err)
{
	if (session_run(s, NULL, "savepoint heads", err) != OK)
		return err->code;
	while (send_message(s, m, failure, err) != OK) {
		if (!is_in_the_way(failure) || !make_way(s, m->list[failed_one(m, failure)]))
			return err->code;
		error_clear(err);
		if (session_run(s, NULL, "release savepoint heads; savepoint heads", err) != OK)
			return err->code;
	}
	return session_run(s, NULL, "release savepoint heads", err);
}

static enum error_code run_message(struct session *s, const struct definition *const *list, size_t count,
	enum load_part part, struct error *err)
{
	struct message m = { .list = list, .count = count };
	struct session_failure failure = { .at = -1 };

	if (write_message(&m, part, err) == OK
			&& (part == LOAD_HEADS ? send_heads : send_message)(s, &m, &failure, err) != OK)
		blame_one_of(&m, &failure, err);
	buffer_clear(&m.text);
	free(m.ends);
	return err->code;
}

enum error_code load_list(struct session *s, const struct definition *const *list, size_t count, enum load_part part,
	struct error *err)
{
	for (size_t from = 0, to; from < count && err->code == OK; from = to) {
		for (to = from; to < count && !strcmp(list[to]->role, list[from]->role); to++)
			;
		run_message(s, list + from, to - from, part, err);
	}
	return err->code;
}

static enum error_code load_kind(struct session *s, const struct definitions *all, enum definition_kind kind,
	enum load_part part, struct error *err)
{
	size_t count;
	const struct definition **list = definitions_of(all, kind, kind, &count, err);

	if (list)
		load_list(s, list, count, part, err);
	free(list);
	return err->code;
}

/* --- functions that are in no file -------------------------------------------------------------------------------- */

enum error_code load_drop_others(struct session *s, struct error *err)
{
	struct session_rows *rows = NULL;

	if (session_query(s, load_sql_moved, 0, NULL, &rows, err) == OK && rows_count(rows) > 0)
		session_run(s, "a function is in no file any more, or has another result or other names of arguments there, and"
			" cannot be dropped", load_sql_drop_moved, err);
	rows_free(rows);
	return err->code;
}

/* --- each once ---------------------------------------------------------------------------------------------------- */

static size_t count_functions(const struct definitions *all, const char *schema, const char *name,
	const struct definition **last)
{
	size_t n = 0;

	for (size_t i = 0; i < all->count; i++) {
		const struct definition *d = &all->list[i];

		if (d->kind != DEFINES_FUNCTION || strcmp(d->name, name) || strcmp(d->schema, schema))
			continue;
		*last = d;
		n++;
	}
	return n;
}

/* As many functions of a name were made as are defined, or one of them was defined twice. */
static enum error_code refuse_function_twice(struct session *s, const struct definitions *all, struct error *err)
{
	struct session_rows *rows = NULL;
	const struct definition *d = NULL;

	session_query(s, load_sql_new, 0, NULL, &rows, err);
	for (int i = 0; err->code == OK && i < rows_count(rows); i++)
		if (count_functions(all, rows_get(rows, i, 0), rows_get(rows, i, 1), &d) >
		    strtoul(rows_get(rows, i, 2), NULL, 10))
			error_set(err, E_BUSINESS, "sql/%s:%d: %s.%s is defined with the same arguments elsewhere too.",
				d->file->name, d->text.line, d->schema, d->name);
	rows_free(rows);
	return err->code;
}

static enum error_code load_bodies_of_sql(struct session *s, const struct definitions *all, struct error *err)
{
	size_t count, n = 0;
	const struct definition **list = definitions_of(all, DEFINES_FUNCTION, DEFINES_FUNCTION, &count, err);

	for (size_t i = 0; list && i < count; i++)
		if (list[i]->head > 0)
			list[n++] = list[i];
	if (list)
		load_list(s, list, n, LOAD_WHOLE, err);
	free(list);
	return err->code;
}

/* Bodies of SQL are read as they are made, so the old functions are out of the way by then: first all heads, which
 * tell who is old. */
static enum error_code load_functions(struct session *s, const struct definitions *all, struct error *err)
{
	if (load_kind(s, all, DEFINES_FUNCTION, LOAD_HEADS, err) == OK && refuse_function_twice(s, all, err) == OK
			&& session_run(s, NULL, load_sql_others_out, err) == OK)
		load_bodies_of_sql(s, all, err);
	return err->code;
}

/* --- validation --------------------------------------------------------------------------------------------------- */

static enum error_code blame_body(const struct definitions *all, const struct session_rows *rows, int row,
	const struct session_failure *failure, struct error *err)
{
	const struct definition *d = NULL;
	struct error was = { 0 };

	if (count_functions(all, rows_get(rows, row, 3), rows_get(rows, row, 4), &d) == 1)
		return blame(d, definition_body_line(d) + (failure->inner_line > 0 ? failure->inner_line - 1 : 0),
			err);
	error_move(&was, err);
	error_set(err, was.code, "%s: %s", rows_get(rows, row, 5), was.message);
	error_clear(&was);
	return err->code;
}

/* Those of the owner of row `from`, up to row `to`. */
static enum error_code validate_message(struct session *s, const struct definitions *all,
	const struct session_rows *rows, int from, int to, struct error *err)
{
	struct session_failure failure;
	struct buffer text;

	buffer_init(&text, TEXT_MAX);
	buffer_append_format(&text, "set role %s; ", rows_get(rows, from, 0));
	for (int i = from; i < to; i++)
		buffer_append_format(&text, "select %s(%s); ", rows_get(rows, i, 2), rows_get(rows, i, 1));
	buffer_append_text(&text, "reset role");
	if (text.failed)
		error_set(err, E_INTERNAL, NULL);
	else if (session_run_each(s, buffer_text(&text), &failure, err) != OK && failure.done > 0
			&& from + (int)failure.done - 1 < to)
		blame_body(all, rows, from + (int)failure.done - 1, &failure, err);
	buffer_clear(&text);
	return err->code;
}

static enum error_code validate(struct session *s, const struct definitions *all, struct error *err)
{
	struct session_rows *rows = NULL;
	int count;

	if (session_run(s, NULL, "set local check_function_bodies = on", err) != OK
			|| session_query(s, load_sql_validate, 0, NULL, &rows, err) != OK)
		return err->code;
	count = rows_count(rows);
	for (int from = 0, to; from < count && err->code == OK; from = to) {
		for (to = from; to < count && !strcmp(rows_get(rows, to, 0), rows_get(rows, from, 0)); to++)
			;
		validate_message(s, all, rows, from, to, err);
	}
	rows_free(rows);
	return err->code;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static enum error_code may_create(struct session *s, bool may, struct error *err)
{
	return session_run(s, NULL, may
		? "set role ninetwo_api; grant usage, create on schema api to ninetwo_auth; reset role"
		: "set role ninetwo_api; revoke create on schema api from ninetwo_auth; reset role", err);
}

static const char off_sql[] = "set local check_function_bodies = off";

enum error_code load_keys(struct session *s, const struct definitions *keys, struct error *err)
{
	if (session_run(s, NULL, off_sql, err) == OK && load_kind(s, keys, DEFINES_FUNCTION, LOAD_WHOLE, err) == OK
			&& load_kind(s, keys, DEFINES_GRANT, LOAD_WHOLE, err) == OK)
		session_run(s, NULL, "set local check_function_bodies to default", err);
	return err->code;
}

/* What was there already has kept its grants and comments: back to those of what is made now. */
static enum error_code load_grants(struct session *s, const struct definitions *all, struct error *err)
{
	if (session_run(s, NULL, load_sql_default_grants, err) == OK && load_kind(s, all, DEFINES_GRANT, LOAD_WHOLE, err) == OK)
		session_run(s, NULL, load_sql_drop_comments, err);
	return err->code;
}

enum error_code load_clear(struct session *s, struct error *err)
{
	return session_run(s, NULL, load_sql_clear, err);
}

enum error_code load_bodies(struct session *s, const struct definitions *all, struct error *err)
{
	if (session_run(s, NULL, off_sql, err) == OK && may_create(s, true, err) == OK && load_functions(s, all, err) == OK
			&& may_create(s, false, err) == OK && load_views(s, all, err) == OK
			&& load_grants(s, all, err) == OK)
		validate(s, all, err);
	return err->code;
}
