/* session.h - one blocking connection to PostgreSQL, which calls it a session, for command-line code and start-up.
 * Never used by the loop.
 *
 * Its errors are for the operator at the terminal: they quote PostgreSQL. A lost race or lock is E_NOT_NOW. */
#ifndef NINETWO_DB_SESSION_H
#define NINETWO_DB_SESSION_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct session;

/* user, database NULL: the string's own. NULL and err when it cannot connect. */
struct session *session_open(const char *conninfo, const char *user, const char *database, struct error *err);
/* With a password for when the database asks for one and libpq (PGPASSWORD, PGPASSFILE, the string) has none. NULL: none. */
struct session *session_open_with(const char *conninfo, const char *user, const char *password, struct error *err);
void session_close(struct session *s);			/* accepts NULL */

/* Warnings of the server are handed to fn (until then they are dropped). */
void session_on_notice(struct session *s, void (*fn)(void *arg, const char *message), void *arg);

/* Runs a text of one or many statements. `where` names it in errors ("sql/roles.sql", or NULL), with the line. */
enum error_code session_run(struct session *s, const char *where, const char *text, struct error *err);

/* The same, telling where it failed: how many statements had been run; the byte of the text that PostgreSQL points to (-1: to none); and, of
 * the text of a function that a statement looked into, the line (0: none). All as zero and none when nothing failed. */
struct session_failure {
	size_t done;
	long at;
	int inner_line;
	char state[6];			/* SQLSTATE */
};
enum error_code session_run_each(struct session *s, const char *text, struct session_failure *failure, struct error *err);

/* One statement with text parameters (NULL: null). rows is set to what came back; the caller frees it with rows_free. */
struct session_rows;
enum error_code session_query(struct session *s, const char *sql, int count, const char *const *values, struct session_rows **rows,
	struct error *err);
int rows_count(const struct session_rows *r);
const char *rows_get(const struct session_rows *r, int row, int column);	/* NULL: null; borrowed from r */
void rows_free(struct session_rows *r);			/* accepts NULL */

#endif
