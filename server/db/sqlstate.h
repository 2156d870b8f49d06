/* sqlstate.h - the one table from SQLSTATE to the wire's code, and to what the pool does about it. */
#ifndef NINETWO_DB_SQLSTATE_H
#define NINETWO_DB_SQLSTATE_H

#include "base/error.h"

#include <stdbool.h>

enum sqlstate_act {
	SQLSTATE_ANSWER,	/* it is the answer */
	SQLSTATE_RETRY,		/* a lost race, rolled back: the same again, up to five times */
	/* Rolled back, perhaps only because what it stood on was made anew while it ran: the same again, twice; then it is
	 * the answer. */
	SQLSTATE_DOUBT,
	SQLSTATE_AWAY,		/* this connection is of no use any more: as a lost connection */
	SQLSTATE_FULL,		/* no room on the database's disk: it is the answer, and whoever operates it is told */
	SQLSTATE_BARE,		/* there is nothing of ours in this database: likewise */
	/* The catalogue changed under a prepared statement: likewise, and then tell whoever keeps the catalogue. */
	SQLSTATE_STALE
};

struct sqlstate {
	const char *state;		/* five characters; NULL: the connection itself failed */
	const char *table;		/* "schema.table" that a constraint belongs to, or NULL */
	const char *message, *detail;	/* as PostgreSQL gave them, or NULL */
};

enum sqlstate_act sqlstate_act(const struct sqlstate *s);

/* Sets err from an error of PostgreSQL. Only class N2 is ours to quote: its message becomes err->message and its detail, when it is a
 * JSON object, err->data. All else gets a sentence of the table. Returns err->code. */
enum error_code sqlstate_error(struct error *err, const struct sqlstate *s);

/* E_NOT_NOW with data {"retry_after_ms": N}. */
enum error_code sqlstate_not_now(struct error *err, const char *sentence);
/* E_NOT_NOW with data {"outcome": "unknown", "retry_after_ms": N}: it may or may not have been done. */
enum error_code sqlstate_unknown(struct error *err);

#endif
