/* connection.h - one connection to PostgreSQL in pipeline mode, without ever blocking the loop. Private to db/: the pool has many,
 * the listener one.
 *
 * It connects by itself, again and again with growing pauses. Jobs that it is given are in flight until `finished`; each job is one
 * transaction, ended by a sync of its own, so that what one request breaks never touches the next. */
#ifndef NINETWO_DB_CONNECTION_H
#define NINETWO_DB_CONNECTION_H

#include "db/conninfo.h"
#include "db/job.h"

struct connection;

struct connection_handler {
	/* The connection is up and may be given jobs. */
	void (*up)(void *arg, struct connection *c);
	/* The job is the handler's again: its sync came, or the connection went with it in flight (lost). Jobs may be sent from inside. */
	void (*finished)(void *arg, struct connection *c, struct job *j, bool lost);
	/* The connection is gone, or an attempt to connect failed; after `finished` of all that was in flight. */
	void (*down)(void *arg, struct connection *c, bool was_up);
	void (*notified)(void *arg, const char *channel, const char *payload);	/* NULL: nobody listens */
	void *arg;
};

/* info is borrowed and may be shared by connections. Begins to connect after `pause_ms`. NULL when out of memory. */
struct connection *connection_new(struct conninfo *info, const char *label, const struct db_loop *loop,
	const struct connection_handler *handler, unsigned int pause_ms);
/* Closes; jobs in flight are finished as lost. Not from inside a handler. Accepts NULL. */
void connection_free(struct connection *c);

bool connection_is_up(const struct connection *c);
/* An attempt failed or the connection went, and it is not up again. */
bool connection_is_away(const struct connection *c);
/* The last attempt failed because its role is not known there: nobody has migrated that database. */
bool connection_is_unknown(const struct connection *c);
int connection_in_flight(const struct connection *c);
struct list *connection_jobs(struct connection *c);	/* those in flight, the oldest first */
/* Milliseconds since the oldest job in flight began to be the oldest; 0: none is in flight. */
int64_t connection_stall(const struct connection *c, int64_t now);

/* Only when up. The job is the connection's until `finished`, which is never called from inside. */
void connection_send(struct connection *c, struct job *j);
/* Prepares the statement anew when it is next used. */
void connection_forget(struct connection *c, const struct statement *s);
/* Gives the connection up at the loop's next turn, and connects again. */
void connection_break(struct connection *c, const char *reason);
/* Ends the pause before the next attempt: another connection has just found the database. */
void connection_nudge(struct connection *c);

#endif
