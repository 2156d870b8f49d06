/* ring.h - the last events of the ledger, so that a subscription can join the stream at the position where its resume ended.
 *
 * Positions are dense: the events from ring_oldest to ring_last are all there, and no others. */
#ifndef NINETWO_LIVE_RING_H
#define NINETWO_LIVE_RING_H

#include "live/event.h"

enum { RING_EVENTS = 4096 };

struct ring;

struct ring *ring_new(void);			/* empty, at position 0; NULL when out of memory */
void ring_free(struct ring *r);			/* accepts NULL */
/* Empties it; the next event is the one after `position`. */
void ring_reset(struct ring *r, int64_t position);
/* Takes the event, which is the one after ring_last; the oldest may go. */
void ring_push(struct ring *r, struct event *e);

int64_t ring_last(const struct ring *r);
int64_t ring_oldest(const struct ring *r);	/* ring_last + 1 when empty */
const struct event *ring_at(const struct ring *r, int64_t position);	/* from oldest to last */

#endif
