/* cluster.h - the private PostgreSQL cluster under --data. Blocking: for start and end of the program and for commands.
 *
 * Layout of the folder, all of it 0700 and of one unprivileged user:
 *   pg/            PGDATA; ninetwo.conf in it is written anew at every start, local.conf is the operator's and never touched
 *   socket/        the only way in (elsewhere, and said in pg/postmaster.pid, when the path is too long for a socket; gone when it stops)
 *   lock, users    who is starting or stopping it; who is using it
 *   keep           present: leave it running (`ninetwod cluster start`)
 *
 * Whoever comes starts it or adopts the live one; the last of its users to leave stops it, so neither a killed server nor a command
 * that overlaps with one leaves it in the wrong state. One that died meanwhile is started again by whoever uses it. */
#ifndef NINETWO_DB_CLUSTER_H
#define NINETWO_DB_CLUSTER_H

#include "base/error.h"

#include <stdbool.h>

/* Name of the database and of the superuser that bootstraps; nobody but the folder's user can become it. */
#define CLUSTER_DATABASE "ninetwo"
#define CLUSTER_SUPERUSER "postgres"

struct cluster_config {
	const char *data;	/* folder; created 0700 when absent */
	const char *binaries;	/* folder of postgres, initdb, pg_ctl; NULL: that of the data's version, or by pg_config --bindir */
	bool brittle;		/* no fsync: for tests and trials only */
	bool must_exist;	/* refuse to create */
	bool must_run;		/* refuse to start: adopt a live one or fail */
};

struct cluster;
/* Refuses to run as root. Creates what is missing, starts or adopts. NULL and err on failure. */
struct cluster *cluster_open(const struct cluster_config *config, struct error *err);
/* "host=… port=… dbname=ninetwo", without a user; borrowed from c. */
const char *cluster_conninfo(const struct cluster *c);
bool cluster_adopted(const struct cluster *c);		/* it was running already */
const char *cluster_programs(const struct cluster *c);	/* folder of PostgreSQL's programs */
/* Starts it again where it listened before, unless it runs (recovering counts) or somebody is about to start it; `started` says whether it
 * did. Takes some seconds at most. May be called on another thread, at the same time as nothing but cluster_conninfo. */
enum error_code cluster_revive(struct cluster *c, bool *started, struct error *err);
/* Marks it to be left running, or no longer. */
enum error_code cluster_keep(struct cluster *c, bool keep, struct error *err);
/* Stops it if nobody else uses it and it is not kept, and says whether it did; frees. Accepts NULL. */
bool cluster_close(struct cluster *c);
void cluster_forget(struct cluster *c);			/* frees without stopping anything. Accepts NULL */

#endif
