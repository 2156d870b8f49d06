/* sqlstate.c - see sqlstate.h. A row's state is a whole SQLSTATE or the beginning of several; the first row that fits is taken. */
#include "db/sqlstate.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

struct sqlstate_row {
	const char *state;
	enum error_code code;
	enum sqlstate_act act;
	const char *table;		/* only for errors about this table; NULL: any */
	const char *sentence;		/* NULL: the code's own */
};

static const char busy[] = "Others are changing the same records; try again in a moment.";
static const char away[] = "The database is away for a moment; try again.";
static const char full[] = "The database has no room for this now; whoever operates it has to look.";
static const char slow[] = "This took too long and was given up; nothing was changed.";
static const char renewed[] = "The server is being renewed; try again in a moment.";

static const struct sqlstate_row rows[] = {
	/* Ours: raised by app.refuse_*() and auth.enter. */
	{ "N2001", E_UNAUTHENTICATED, SQLSTATE_ANSWER, NULL, NULL },
	{ "N2002", E_FORBIDDEN, SQLSTATE_ANSWER, NULL, NULL },
	{ "N2003", E_SEPARATION, SQLSTATE_ANSWER, NULL, NULL },
	{ "N2004", E_NOT_FOUND, SQLSTATE_ANSWER, NULL, NULL },
	{ "N2005", E_STALE, SQLSTATE_ANSWER, NULL, NULL },
	{ "N2006", E_STATE, SQLSTATE_ANSWER, NULL, NULL },
	{ "N2007", E_SLOW_DOWN, SQLSTATE_ANSWER, NULL, NULL },
	{ "N2008", E_NOT_NOW, SQLSTATE_ANSWER, NULL, NULL },
	{ "N2009", E_BUSINESS, SQLSTATE_ANSWER, NULL, NULL },
	{ "N2602", E_PARAMS, SQLSTATE_ANSWER, NULL, NULL },
	/* Lost races. The second try of an exclusion, or of what is there once, is explained by the check that comes before it; or a request that
	 * was sent twice at once finds its answer. */
	{ "40001", E_NOT_NOW, SQLSTATE_RETRY, NULL, busy },
	{ "40P01", E_NOT_NOW, SQLSTATE_RETRY, NULL, busy },
	{ "23P01", E_INTERNAL, SQLSTATE_RETRY, NULL, NULL },
	{ "23505", E_NOT_NOW, SQLSTATE_RETRY, "app.request", busy },
	{ "23505", E_INTERNAL, SQLSTATE_RETRY, NULL, NULL },
	/* Limits of the login role. */
	{ "55P03", E_NOT_NOW, SQLSTATE_ANSWER, NULL, busy },
	{ "57014", E_NOT_NOW, SQLSTATE_ANSWER, NULL, slow },
	/* The catalogue was renewed under us. */
	{ "0A000", E_NOT_NOW, SQLSTATE_STALE, NULL, renewed },
	{ "42883", E_NOT_NOW, SQLSTATE_STALE, NULL, renewed },
	{ "26000", E_NOT_NOW, SQLSTATE_STALE, NULL, renewed },
	/* The connection, or the server behind it. */
	{ "57P", E_NOT_NOW, SQLSTATE_AWAY, NULL, away },
	{ "08", E_NOT_NOW, SQLSTATE_AWAY, NULL, away },
	{ "25006", E_NOT_NOW, SQLSTATE_AWAY, NULL, away },		/* became a standby */
	{ "25P0", E_NOT_NOW, SQLSTATE_AWAY, NULL, away },		/* ended by a time-out between statements */
	{ "53100", E_NOT_NOW, SQLSTATE_FULL, NULL, full },
	{ "3F000", E_NOT_NOW, SQLSTATE_BARE, NULL, away },		/* no such schema */
	{ "53", E_NOT_NOW, SQLSTATE_ANSWER, NULL, away },
};

/* A mistake of ours; or a call that began with the old functions and went on with the new: then what fails may be
 * anything, from "cache lookup failed" to a sentence that is no more. */
static const struct sqlstate_row other = { "", E_INTERNAL, SQLSTATE_DOUBT, NULL, NULL };

static const struct sqlstate_row *sqlstate_row_of(const struct sqlstate *s)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct sqlstate_row *row = &rows[i];

		if (strncmp(s->state, row->state, strlen(row->state)))
			continue;
		if (!row->table || (s->table && !strcmp(row->table, s->table)))
			return row;
	}
	return &other;
}

enum sqlstate_act sqlstate_act(const struct sqlstate *s)
{
	return s->state ? sqlstate_row_of(s)->act : SQLSTATE_AWAY;
}

static void set_detail(struct error *err, const char *detail)
{
	json_t *object = detail ? json_loads(detail, JSON_REJECT_DUPLICATES, NULL) : NULL;

	if (json_is_object(object))
		error_set_data(err, detail);
	json_decref(object);
}

enum error_code sqlstate_not_now(struct error *err, const char *sentence)
{
	error_set(err, E_NOT_NOW, "%s", sentence);
	error_set_data(err, "{\"retry_after_ms\":1000}");
	return err->code;
}

enum error_code sqlstate_unknown(struct error *err)
{
	error_set(err, E_NOT_NOW, "Whether this was done is not known: look before doing it again.");
	error_set_data(err, "{\"outcome\":\"unknown\",\"retry_after_ms\":1000}");
	return err->code;
}

enum error_code sqlstate_error(struct error *err, const struct sqlstate *s)
{
	const struct sqlstate_row *row;

	if (!s->state)
		return sqlstate_not_now(err, away);
	row = sqlstate_row_of(s);
	if (!strncmp(row->state, "N2", 2)) {
		error_set(err, row->code, "%s", s->message ? s->message : error_sentence(row->code));
		set_detail(err, s->detail);
	} else if (row->code == E_NOT_NOW) {
		sqlstate_not_now(err, row->sentence);
	} else {
		error_set(err, row->code, NULL);
	}
	return err->code;
}
