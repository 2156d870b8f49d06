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
	/* Starts watching fd (the loop dup()s it if it closes what it watches). `events` is a mask.
	 * rewatch and unwatch may be called from inside ready; after unwatch, ready is not called again. */
	struct db_watch *(*watch)(void *loop, int fd, int events, void (*ready)(void *arg, int events), void *arg);
	void (*rewatch)(struct db_watch *w, int events);
	void (*unwatch)(struct db_watch *w);
	/* Calls fn once after ms milliseconds, never from inside after; returns a handle for cancel, good until fn is called. */
	void *(*after)(void *loop, unsigned int ms, void (*fn)(void *arg), void *arg);
	void (*cancel)(void *timer);
};

struct db_config {
	const char *conninfo;		/* keywords or URI; copied */
	const char *user;		/* login role: ninetwo_server; copied */
	int writers;			/* connections for writes and recorded reads */
	int readers;			/* connections for reads */
	int queue_max;			/* waiting requests before E_NOT_NOW */
	int pipeline_max;		/* requests in flight on one connection; 8 keeps a backend busy, and none is sent behind a slow one */
	unsigned int timeout_ms;	/* longest life of a request, waiting and retries included; 0 means 15 s. Longer than statement_timeout */
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
	/* For statements with several rows or columns; NULL is SQL null. Borrowed like text. */
	const char *(*get)(const struct db_result *r, int row, int column);
	const void *opaque;
};

/* err->code is OK on success, and then result is set; otherwise result is NULL. done may move err. */
typedef void (*db_done_fn)(void *arg, const struct db_result *result, struct error *err);

struct db_request {
	enum db_kind kind;
	/* Doing it twice is doing it once (it carries a request_id): after a lost connection the pool sends it once more. A write that is
	 * not repeatable is then answered E_NOT_NOW with data {"outcome":"unknown"}. Reads are always repeatable. */
	bool repeatable;
	const char *name;		/* for the statement's name on the server; copied */
	const char *sql;		/* one statement; prepared once per connection; copied once per distinct text */
	int count;
	struct db_param params[DB_PARAMS_MAX];	/* values are copied by db_submit */
	db_done_fn done;
	void *arg;
};

struct db *db_new(const struct db_config *config, const struct db_loop *loop, struct error *err);
/* Stops taking requests, finishes what is in flight (at most grace_ms, the rest is answered E_NOT_NOW), then calls drained once,
 * never from inside db_drain. */
void db_drain(struct db *db, unsigned int grace_ms, void (*drained)(void *arg), void *arg);
/* Answers whatever is left with E_NOT_NOW. Accepts NULL. Not from inside a done. */
void db_free(struct db *db);

/* Queues a request; copies everything. Refuses with E_NOT_NOW when the queue is full, the database away or shutdown has begun:
 * then done is not called. */
enum error_code db_submit(struct db *db, const struct db_request *request, struct error *err);

bool db_ready(const struct db *db);	/* at least one connection of each kind is up, and no shutdown */
/* Why calls fail now, for whoever operates this; NULL: they do not. That there is no room is said until no request was refused for it for
 * as long as a request may live. */
const char *db_trouble(const struct db *db);
/* Called when a statement failed because the catalogue changed under it (0A000, 42883, 26000), also when it was tried
 * again, perhaps once for each such failure. */
void db_on_stale_catalogue(struct db *db, void (*fn)(void *arg), void *arg);
/* Called after each write that has committed, before its done. It may ask the listener; it does not submit here. */
void db_on_committed(struct db *db, void (*fn)(void *arg), void *arg);

struct db_statistics { uint64_t requests, retries, failures, reconnects; int queued, in_flight, connections; };
void db_statistics(const struct db *db, struct db_statistics *out);

#endif
