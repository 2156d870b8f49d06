/* sweep.h - the sweep of what is kept for a time only: soon after the start and every hour, a piece at a time, on a connection of its own that
 * is closed again, so that neither a limit of time cuts it off nor the feed waits for it. What fails is left out and tried again soon. */
#ifndef NINETWO_LIVE_SWEEP_H
#define NINETWO_LIVE_SWEEP_H

#include "db/db.h"

#include <stdbool.h>

enum {
	SWEEP_FIRST_MS = 60 * 1000,		/* and up to half as long again or less, so that many do not begin at once */
	SWEEP_PERIOD_MS = 3600 * 1000,
	SWEEP_CONNECT_MS = 30 * 1000,		/* as long as it may take to connect */
	SWEEP_PIECE = 1000,			/* rows at a time, less after a failure */
	SWEEP_PIECE_MIN = 20,
};

struct sweep;
struct sweep_config {
	const struct db_loop *loop;		/* borrowed */
	const char *conninfo, *user;		/* copied */
	bool (*due)(void *arg);			/* whether it is this process's to do now */
	void *arg;
};

struct sweep *sweep_new(const struct sweep_config *config);	/* NULL: out of memory, or conninfo makes no sense */
void sweep_free(struct sweep *s);				/* not from inside a callback of its connection. Accepts NULL */

#endif
