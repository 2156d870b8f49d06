/* audience.h - who on this process may see what: subscriptions indexed by the tokens that they hold. Finding the receivers of an event
 * costs their number, not the number of subscribers.
 *
 * One subscription is one peer's in one organisation. Peers are named by id; nothing here looks at the network. Times
 * are milliseconds since 1970; 0 is never. */
#ifndef NINETWO_LIVE_AUDIENCE_H
#define NINETWO_LIVE_AUDIENCE_H

#include "base/uuid.h"
#include "live/event.h"

#include <stdbool.h>
#include <stdint.h>

struct audience;
struct subscription;

/* Called for each receiver. May drop the subscription it is called for, and no other. */
typedef void (*audience_fn)(void *arg, struct subscription *s);

struct audience *audience_new(void);		/* NULL: out of memory */
void audience_free(struct audience *a);		/* with all subscriptions; accepts NULL */

/* Makes a subscription that stands at a position and holds nothing. The peer must not have one in this organisation
 * yet. NULL: out of memory. */
struct subscription *audience_join(struct audience *a, uint64_t peer, const struct uuid *organisation,
	const struct uuid *person, int64_t position);
void audience_leave(struct subscription *s);
void audience_leave_all(struct audience *a, uint64_t peer);
struct subscription *audience_find(const struct audience *a, uint64_t peer, const struct uuid *organisation);	/* NULL: none */
/* Calls fn for every subscription; fn may drop the one it is called for. */
void audience_each(struct audience *a, audience_fn fn, void *arg);
size_t audience_count(const struct audience *a);
size_t audience_count_of(const struct audience *a, uint64_t peer);

uint64_t subscription_peer(const struct subscription *s);
const struct uuid *subscription_organisation(const struct subscription *s);
const struct uuid *subscription_person(const struct subscription *s);

/* Holds the token until lapses_ms; again: with that other end. False: out of memory. */
bool subscription_hold(struct subscription *s, const struct uuid *token, int64_t lapses_ms);
void subscription_release(struct subscription *s, const struct uuid *token);
bool subscription_holds(const struct subscription *s, const struct uuid *token, int64_t now_ms);

/* What an event does to the rights of one subscription: nothing to one that joined at or beyond its position. False: out of memory. */
bool subscription_apply(struct subscription *s, const struct event *e);
/* The same for every subscription of the event's person. Those for which there was no memory leave, after `left` was
 * called for them: better to subscribe again than to miss something. */
void audience_apply(struct audience *a, const struct event *e, audience_fn left, void *arg);

/* Whether the event is for this subscription: in its organisation, beyond where it stands, one of its tokens held and
 * not lapsed. */
bool subscription_wants(const struct subscription *s, const struct event *e, int64_t now_ms);
/* Calls fn once for each subscription that wants the event, and moves these to its position. Returns how many. */
size_t audience_deliver(struct audience *a, const struct event *e, int64_t now_ms, audience_fn fn, void *arg);
void subscription_moved(struct subscription *s, int64_t position);
/* Calls fn once for each subscription of the organisation that holds the token. */
size_t audience_holders(struct audience *a, const struct uuid *organisation, const struct uuid *token, int64_t now_ms, audience_fn fn, void *arg);

#endif
