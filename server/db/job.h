/* job.h - one request on its way through db/: the copy of what was asked, and what came back.
 *
 * What a job is doing is the list it is on: waiting or delayed in the pool, in flight on a connection. Private to db/. */
#ifndef NINETWO_DB_JOB_H
#define NINETWO_DB_JOB_H

#include "base/list.h"
#include "db/db.h"
#include "db/sqlstate.h"
#include "db/statement.h"

#include <libpq-fe.h>

struct job {
	struct list node;
	const struct statement *statement;
	enum db_kind kind;
	bool repeatable;
	db_done_fn done;		/* NULL once it was called: the time was up before the answer came */
	void *arg;
	int64_t deadline;		/* clock_ms */
	int tries;			/* lost races so far */
	int losses;			/* connections lost with it in flight */
	void *timer;			/* while delayed */
	void *owner;			/* the pool, for the timer */

	/* Of the try that is in flight. */
	bool preparing;			/* its first result is that of preparing */
	bool unconfirmed;		/* committed here, but not where it must be: see connection.c on synchronous replication */
	PGresult *result;		/* rows; NULL until they came */
	PGresult *failure;		/* the first error, or NULL */

	int count;
	const char *values[DB_PARAMS_MAX];	/* into bytes */
	int lengths[DB_PARAMS_MAX];
	int formats[DB_PARAMS_MAX];
	char bytes[];
};

/* A copy of the request. NULL when out of memory. */
struct job *job_new(const struct db_request *request, const struct statement *statement, int64_t deadline);
void job_free(struct job *j);			/* wipes the parameters: they may hold secrets. Accepts NULL */
void job_rewind(struct job *j);			/* forgets what came back, for another try */

/* Fills s from the failure, which must be there; table is room for its "schema.table". Borrowed from j and table. */
enum { JOB_TABLE_MAX = 160 };
void job_sqlstate(const struct job *j, struct sqlstate *s, char table[JOB_TABLE_MAX]);

/* Calls done, once; afterwards it does nothing. err OK: with the result. */
void job_answer(struct job *j, struct error *err);

#endif
