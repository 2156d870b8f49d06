/* live.h - events and presence to the subscribers that may see them: what app.c wires.
 *
 * Life: live_new (before rpc_start, for it declares methods), live_attach, live_start; at the end live_stop, then rpc_free and
 * db_free, then live_free. All on the loop's thread. */
#ifndef NINETWO_LIVE_LIVE_H
#define NINETWO_LIVE_LIVE_H

#include "base/error.h"
#include "db/db.h"
#include "net/peer.h"
#include "rpc/rpc.h"

#include <stdbool.h>
#include <stdint.h>

struct live;
struct live_config {
	struct rpc *rpc;		/* borrowed, all of them */
	struct db *db;
	const struct db_loop *loop;
	const char *conninfo;		/* as the pool's */
	const char *user;		/* ninetwo_feed */
};

/* Declares events.subscribe, events.unsubscribe, presence.set and the notifications. NULL with err set. */
struct live *live_new(const struct live_config *config, struct error *err);
void live_attach(struct live *l, struct peers *peers);	/* as rpc_attach */
/* Opens the feed's connection. Until it is up, subscriptions are answered E_NOT_NOW. */
enum error_code live_start(struct live *l, struct error *err);
/* Closes it: another process may lead. Subscriptions are answered E_NOT_NOW from here on; nothing is sent any more. */
void live_stop(struct live *l);
void live_free(struct live *l);			/* accepts NULL; needs no live_stop before it */

struct live_statistics {
	bool leads;			/* this process gives the positions */
	int64_t position;		/* of the last event that was handed on */
	int64_t lag_ms;			/* for how long the oldest event without a position has waited */
	uint64_t events, deliveries;	/* read; sent, one for each receiver */
	size_t subscriptions;
};
void live_statistics(const struct live *l, struct live_statistics *out);

#endif
