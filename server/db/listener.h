/* listener.h - one connection of its own that hears NOTIFY and runs the feed's statements (login role ninetwo_feed).
 *
 * Unlike the pool it is one session of PostgreSQL: a session advisory lock taken by a query is held until state(arg,
 * false). It connects again by itself, listens again, and then calls state(arg, true). Queries run one after another,
 * each a transaction of its own. */
#ifndef NINETWO_DB_LISTENER_H
#define NINETWO_DB_LISTENER_H

#include "db/db.h"

enum { LISTENER_CHANNELS_MAX = 8, LISTENER_QUEUE_MAX = 256 };

struct listener;
struct conninfo;
struct listener_config {
	const char *conninfo;			/* copied */
	const char *user;			/* ninetwo_feed; copied */
	struct conninfo *info;			/* made before, borrowed, in place of these two: nothing is looked up now; NULL */
	const char *label;			/* in the log; NULL: feed */
	const char *channels[LISTENER_CHANNELS_MAX];	/* identifiers to LISTEN on, until the first NULL; borrowed */
	unsigned int timeout_ms;		/* longest life of a query; 0 means 15 s */
	/* A notification; both strings borrowed until it returns. */
	void (*notify)(void *arg, const char *channel, const char *payload);
	/* The session is up and listening (what was notified before is lost: look for yourself), or has gone. */
	void (*state)(void *arg, bool up);
	void *arg;
};

struct listener *listener_new(const struct listener_config *config, const struct db_loop *loop, struct error *err);
/* Answers whatever is left with E_NOT_NOW; calls neither notify nor state any more. Accepts NULL. Not from inside a callback. */
void listener_free(struct listener *l);

bool listener_up(const struct listener *l);
/* As db_submit; kind and repeatable are ignored: a query that was in flight when the session went is answered E_NOT_NOW.
 * Refuses with E_NOT_NOW while the session is away. To notify: sql "select pg_notify($1, $2)". */
enum error_code listener_query(struct listener *l, const struct db_request *request, struct error *err);

#endif
