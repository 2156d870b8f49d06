/* keeper.h - starts the private cluster again when it has died under the server.
 *
 * It looks once a second while the pool is without a database; PostgreSQL's programs run on a worker's thread. Between attempts it waits
 * longer each time; when the last one was in vain, or the cluster keeps dying, it gives up and says so. */
#ifndef NINETWO_DB_KEEPER_H
#define NINETWO_DB_KEEPER_H

#include "base/worker.h"
#include "db/cluster.h"
#include "db/db.h"

enum {
	KEEPER_LOOK_MS = 1000,
	KEEPER_TRIES = 6,		/* pauses of 1, 2, 4, 8 and 16 seconds between them */
	KEEPER_CALM_MS = 60000		/* after so long without dying the tries are forgotten */
};

struct keeper;
struct keeper_config {
	struct cluster *cluster;	/* all borrowed */
	const struct db *db;
	struct worker *worker;
	const struct db_loop *loop;
	void (*gave_up)(void *arg, const char *why);	/* at most once */
	void *arg;
};

struct keeper *keeper_new(const struct keeper_config *config);	/* NULL: out of memory */
void keeper_stop(struct keeper *k);		/* starts nothing any more. Accepts NULL */
void keeper_free(struct keeper *k);		/* after its worker. Accepts NULL */

#endif
