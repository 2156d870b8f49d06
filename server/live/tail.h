/* tail.h - follows the numbered ledger and hands on each event once, in order. */
#ifndef NINETWO_LIVE_TAIL_H
#define NINETWO_LIVE_TAIL_H

#include "base/uuid.h"
#include "db/db.h"
#include "db/listener.h"
#include "live/event.h"
#include "live/ring.h"

#include <stdbool.h>
#include <stdint.h>

enum { TAIL_POLL_MS = 1000, TAIL_BATCH = 1000 };

struct tail;
struct tail_config {
	struct listener *listener;	/* borrowed */
	const struct db_loop *loop;	/* borrowed */
	void (*event)(void *arg, const struct event *e);	/* borrowed until it returns */
	/* The ledger is not the one that was followed so far (it was restored), or cannot be followed on: everybody reads anew. */
	void (*anew)(void *arg);
	void *arg;
};

struct tail *tail_new(const struct tail_config *config);	/* NULL: out of memory */
void tail_free(struct tail *t);		/* after its listener; accepts NULL */

void tail_connected(struct tail *t, bool up);	/* what the listener says of its state */
void tail_read(struct tail *t);		/* there may be something new */

/* The last events. What was handed on last is ring_last. */
const struct ring *tail_ring(const struct tail *t);
bool tail_follows(const struct tail *t);	/* it knows where the ledger stands */
const struct uuid *tail_incarnation(const struct tail *t);
int64_t tail_lag_ms(const struct tail *t);	/* how long the oldest event without a position had waited when last asked */

#endif
