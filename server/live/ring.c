/* ring.c - see ring.h. */
#include "live/ring.h"

#include <assert.h>
#include <stdlib.h>

struct ring {
	int64_t last;
	int64_t count;
	struct event *events[RING_EVENTS];	/* at position modulo RING_EVENTS */
};

struct ring *ring_new(void)
{
	return calloc(1, sizeof(struct ring));
}

void ring_reset(struct ring *r, int64_t position)
{
	for (size_t i = 0; i < RING_EVENTS; i++) {
		event_free(r->events[i]);
		r->events[i] = NULL;
	}
	r->count = 0;
	r->last = position;
}

void ring_free(struct ring *r)
{
	if (!r)
		return;
	ring_reset(r, 0);
	free(r);
}

void ring_push(struct ring *r, struct event *e)
{
	struct event **slot = &r->events[e->position % RING_EVENTS];

	assert(e->position == r->last + 1);
	event_free(*slot);
	*slot = e;
	r->last = e->position;
	if (r->count < RING_EVENTS)
		r->count++;
}

int64_t ring_last(const struct ring *r)
{
	return r->last;
}

int64_t ring_oldest(const struct ring *r)
{
	return r->last - r->count + 1;
}

const struct event *ring_at(const struct ring *r, int64_t position)
{
	assert(position >= ring_oldest(r) && position <= r->last);
	return r->events[position % RING_EVENTS];
}
