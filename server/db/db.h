/* db.h - the pipelined pool of PostgreSQL connections. The only header of db/ that other layers see for queries.
 *
 * One request is one transaction (one pipeline sync); `done` is called at the sync, exactly once, on the loop's thread:
 * on success, refusal, time-out, lost connection or shutdown, and never from inside db_submit. */
#ifndef NINETWO_DB_DB_H
#define NINETWO_DB_DB_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

/* How the pool watches sockets and time without knowing the event loop. All are called on the loop's thread. */
enum { DB_READABLE = 1, DB_WRITEABLE = 2 };
struct db_watch;				/* one watched descriptor; owned by the loop's side */
struct db_loop {
	void *loop;
	/* Starts watching fd (the loop dup()s it if it closes what it watches). `events` is a mask. */
	struct db_watch *(*watch)(void *loop, int fd, int events, void (*ready)(void *arg, int events), void *arg);
	void (*rewatch)(struct db_watch *w, int events);
	void (*unwatch)(struct db_watch *w);
	/* Calls fn once after ms milliseconds; returns a handle for cancel. */
	void *(*after)(void *loop, unsigned int ms, void (*fn)(void *arg), void *arg);
	void (*cancel)(void *timer);
};

struct db_config {
	const char *conninfo;		/* borrowed until db_free */
	const char *user;		/* login role: ninetwo_server */
	int writers;			/* connections for writes and recorded reads */
	int readers;			/* connections for reads */
	int queue_max;			/* waiting requests before E_NOT_NOW */
	int pipeline_max;		/* requests in flight on one connection */
};

enum db_kind { DB_READ, DB_WRITE };

enum { DB_PARAMS_MAX = 64 };
struct db_param {
	const char *value;		/* NULL is SQL null */
	int length;			/* for binary */
	bool binary;
};

struct db_result {
	const char *text;		/* first column of the first row, NUL-terminated, borrowed until done returns; NULL: no row or null */
	size_t length;
	int rows;
	/* For statements with several rows or columns. Borrowed like text. */
	const char *(*get)(const struct db_result *r, int row, int column);
	const void *opaque;
};

typedef void (*db_done_fn)(void *arg, const struct db_result *result, struct error *err); /* err->code OK on success; done may move err */

struct db_request {
	enum db_kind kind;
	const char *name;		/* statement name: prepared once per connection; borrowed for the life of the db */
	const char *sql;		/* borrowed for the life of the db */
	int count;
	struct db_param params[DB_PARAMS_MAX];	/* values are copied by db_submit */
	db_done_fn done;
	void *arg;
};

struct db *db_new(const struct db_config *config, const struct db_loop *loop, struct error *err);
/* Stops taking requests, finishes what is in flight (at most grace_ms), then calls drained. */
void db_drain(struct db *db, unsigned int grace_ms, void (*drained)(void *arg), void *arg);
void db_free(struct db *db);

/* Queues a request; copies names of nothing, values of everything. Refuses with E_NOT_NOW when the queue is full or the database away. */
enum error_code db_submit(struct db *db, const struct db_request *request, struct error *err);

bool db_ready(const struct db *db);	/* at least one connection of each kind is up */
/* Called when a statement failed because the catalogue changed under it (0A000, 42883, 26000). */
void db_on_stale_catalogue(struct db *db, void (*fn)(void *arg), void *arg);

struct db_statistics { uint64_t requests, retries, failures, reconnects; int queued, in_flight, connections; };
void db_statistics(const struct db *db, struct db_statistics *out);

#endif
