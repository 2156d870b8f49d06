/* session.c - see session.h. */
#include "db/session.h"

#include "db/conninfo.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct session {
	PGconn *pg;
	void (*notice)(void *arg, const char *message);
	void *notice_arg;
};

static void session_notice(void *arg, const PGresult *result)
{
	struct session *s = arg;
	const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

	if (s->notice && severity && !strcmp(severity, "WARNING"))
		s->notice(s->notice_arg, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
}

/* Whole sentences of libpq end with a newline and may have several lines. */
static enum error_code set_connection_error(const struct session *s, struct error *err)
{
	const char *message = PQerrorMessage(s->pg);

	return error_set(err, E_NOT_NOW, "The database cannot be reached: %.*s", (int)strcspn(message, "\n"), message);
}

static struct session *connect_with(const char *conninfo, const struct conninfo_options *options, bool *asked, struct error *err)
{
	struct conninfo *info = conninfo_new(conninfo, options, err);
	const char *const *keywords, *const *values;
	struct session *s = NULL;

	if (!info)
		return NULL;
	s = calloc(1, sizeof(*s));
	if (!s) {
		error_set(err, E_INTERNAL, NULL);
		goto out;
	}
	conninfo_words(info, 0, &keywords, &values);
	s->pg = PQconnectdbParams(keywords, values, 0);
	if (PQstatus(s->pg) != CONNECTION_OK) {
		*asked = PQconnectionNeedsPassword(s->pg);
		set_connection_error(s, err);
		session_close(s);
		s = NULL;
		goto out;
	}
	PQsetNoticeReceiver(s->pg, session_notice, s);
out:
	conninfo_free(info);
	return s;
}

struct session *session_open_with(const char *conninfo, const char *user, const char *password, struct error *err)
{
	struct conninfo_options options = { .user = user, .application = "ninetwod command" };
	bool asked = false;
	struct session *s = connect_with(conninfo, &options, &asked, err);

	if (s || !asked || !password)
		return s;
	error_clear(err);
	options.password = password;
	return connect_with(conninfo, &options, &asked, err);
}

struct session *session_open(const char *conninfo, const char *user, const char *database, struct error *err)
{
	struct conninfo_options options = { .user = user, .database = database, .application = "ninetwod command" };
	bool asked;

	return connect_with(conninfo, &options, &asked, err);
}

void session_close(struct session *s)
{
	if (!s)
		return;
	PQfinish(s->pg);
	free(s);
}

void session_on_notice(struct session *s, void (*fn)(void *arg, const char *message), void *arg)
{
	s->notice = fn;
	s->notice_arg = arg;
}

/* Where in the text PostgreSQL's position (in characters, from 1) is; -1: it gave none. */
static long byte_of(const char *text, const char *position)
{
	long left = position ? strtol(position, NULL, 10) : 0;
	const char *at = text;

	if (left < 1)
		return -1;
	for (; *at && left > 1; at++)
		if ((at[1] & 0xc0) != 0x80)
			left--;
	return at - text;
}

static int line_of(const char *text, long byte)
{
	int line = 1;

	for (long i = 0; i < byte; i++)
		line += text[i] == '\n';
	return line;
}

static bool lost_race(const char *state)
{
	return state && (!strcmp(state, "55P03") || !strcmp(state, "40P01") || !strcmp(state, "40001"));
}

static enum error_code set_result_error(const PGresult *r, const char *where, const char *text, struct error *err)
{
	const char *message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	const char *detail = PQresultErrorField(r, PG_DIAG_MESSAGE_DETAIL);
	const char *context = PQresultErrorField(r, PG_DIAG_CONTEXT);
	const char *position = PQresultErrorField(r, PG_DIAG_STATEMENT_POSITION);
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	char place[300] = "";

	if (!message)
		return error_set(err, E_NOT_NOW, "The connection to the database was lost.");
	if (state && !strncmp(state, "N2", 2))
		return error_set(err, E_BUSINESS, "%s", message);	/* a refusal of our own is a whole sentence */
	if (where && position)
		snprintf(place, sizeof(place), "%s:%d: ", where, line_of(text, byte_of(text, position)));
	else if (where)
		snprintf(place, sizeof(place), "%s: ", where);
	return error_set(err, lost_race(state) ? E_NOT_NOW : E_BUSINESS, "%s%s (SQLSTATE %s)%s%s%s%.*s", place, message, state, detail ? " " : "",
		detail ? detail : "", context ? ", in " : "", context ? (int)strcspn(context, "\n") : 0, context ? context : "");
}

enum error_code session_run(struct session *s, const char *where, const char *text, struct error *err)
{
	PGresult *r = PQexec(s->pg, text);
	ExecStatusType status = PQresultStatus(r);
	enum error_code rc = OK;

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
		rc = set_result_error(r, where, text, err);
	PQclear(r);
	return rc;
}

static void note_failure(const PGresult *r, const char *text, struct session_failure *failure)
{
	const char *inner = PQresultErrorField(r, PG_DIAG_INTERNAL_QUERY), *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);

	failure->at = byte_of(text, PQresultErrorField(r, PG_DIAG_STATEMENT_POSITION));
	failure->inner_line = inner ? line_of(inner, byte_of(inner, PQresultErrorField(r, PG_DIAG_INTERNAL_POSITION))) : 0;
	snprintf(failure->state, sizeof(failure->state), "%s", state ? state : "");
}

enum error_code session_run_each(struct session *s, const char *text, struct session_failure *failure, struct error *err)
{
	PGresult *r;

	*failure = (struct session_failure){ .at = -1 };
	if (!PQsendQuery(s->pg, text))
		return set_connection_error(s, err);
	while ((r = PQgetResult(s->pg))) {
		ExecStatusType status = PQresultStatus(r);

		if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
			failure->done++;
		} else if (status != PGRES_EMPTY_QUERY && err->code == OK) {
			set_result_error(r, NULL, text, err);
			note_failure(r, text, failure);
		}
		PQclear(r);
	}
	return err->code;
}

enum error_code session_query(struct session *s, const char *sql, int count, const char *const *values, struct session_rows **rows,
	struct error *err)
{
	PGresult *r = PQexecParams(s->pg, sql, count, NULL, values, NULL, NULL, 0);
	ExecStatusType status = PQresultStatus(r);

	*rows = NULL;
	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
		*rows = (struct session_rows *)r;
		return OK;
	}
	set_result_error(r, NULL, sql, err);
	PQclear(r);
	return err->code;
}

int rows_count(const struct session_rows *r)
{
	return PQntuples((const PGresult *)r);
}

const char *rows_get(const struct session_rows *r, int row, int column)
{
	const PGresult *rows = (const PGresult *)r;

	return PQgetisnull(rows, row, column) ? NULL : PQgetvalue(rows, row, column);
}

void rows_free(struct session_rows *r)
{
	PQclear((PGresult *)r);
}
