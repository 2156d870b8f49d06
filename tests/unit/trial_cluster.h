/* trial_cluster.h - a private cluster in a folder of its own, for tests that need a real PostgreSQL. */
#ifndef NINETWO_TESTS_TRIAL_CLUSTER_H
#define NINETWO_TESTS_TRIAL_CLUSTER_H

#include "db/cluster.h"
#include "db/session.h"

#include <stdbool.h>
#include <stddef.h>

struct trial {
	char folder[64];
	struct cluster *cluster;
	struct session *admin;		/* the bootstrap superuser, in database ninetwo */
};

/* NULL when it fails; why is printed. */
struct trial *trial_new(void);
void trial_free(struct trial *t);	/* stops it and removes the folder */

/* A new folder of one's own, with a short name; and away with it. */
bool trial_folder(char *out, size_t size);
void trial_remove(const char *folder);

/* Leaves root when it is root. */
bool trial_unprivileged(void);
/* Runs statements as the superuser; a failure is printed and ends the test. */
void trial_sql(struct trial *t, const char *sql);
/* The first column of the first row, as the superuser; "" when there is none. Borrowed until the next call. */
const char *trial_value(struct trial *t, const char *sql);

/* A statement that selects TRIAL_HELD_FROM waits from trial_hold until trial_let_go, whatever the clock says. */
#define TRIAL_HELD_FROM "from pg_advisory_xact_lock_shared(92)"
void trial_hold(struct trial *t);
void trial_let_go(struct trial *t);
int trial_held(struct trial *t);	/* how many wait so */

#endif
