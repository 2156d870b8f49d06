/* sequencer.h - gives positions to what has committed, while this process leads; while another does, asks for a turn and wakes it.
 *
 * Leading is a lock of the listener's session with PostgreSQL: it goes when the session goes, and another process takes
 * over. */
#ifndef NINETWO_LIVE_SEQUENCER_H
#define NINETWO_LIVE_SEQUENCER_H

#include "db/db.h"
#include "db/listener.h"

#include <stdbool.h>

enum {
	SEQUENCER_POLL_MS = 1000,	/* also without being woken */
	SEQUENCER_NOTIFY_MS = 10,	/* other processes are woken at most this often */
	SEQUENCER_LAPSE_MS = 60 * 1000,	/* rights that begin or end by date are looked for */
};

#define LEDGER_CHANNEL "ninetwo_ledger"

struct sequencer;
struct sequencer_config {
	struct listener *listener;	/* borrowed */
	const struct db_loop *loop;	/* borrowed */
	const char *conninfo, *user;	/* of the sweep's own connection; as the listener's */
	void (*numbered)(void *arg);	/* there are new positions */
	void *arg;
};

struct sequencer *sequencer_new(const struct sequencer_config *config);	/* NULL: out of memory, or conninfo makes no sense */
void sequencer_free(struct sequencer *s);	/* after its listener; accepts NULL */

void sequencer_connected(struct sequencer *s, bool up);	/* what the listener says of its state */
void sequencer_committed(struct sequencer *s);	/* this process has committed a write */
void sequencer_heard(struct sequencer *s);	/* another has notified */

bool sequencer_leads(const struct sequencer *s);

#endif
