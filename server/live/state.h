/* state.h - what the files of live/ share of one struct live. Nobody outside this folder includes it. */
#ifndef NINETWO_LIVE_STATE_H
#define NINETWO_LIVE_STATE_H

#include "base/list.h"
#include "live/audience.h"
#include "live/live.h"
#include "live/presence.h"
#include "live/sequencer.h"
#include "live/tail.h"

struct live {
	struct live_config config;
	struct peers *peers;		/* NULL until attached */
	struct listener *listener;	/* NULL until started */
	struct sequencer *sequencer;
	struct tail *tail;
	struct audience *audience;
	struct presence *presence;
	struct list joining;		/* subscriptions that are still reading what they missed */
	uint64_t events, deliveries;
};

/* Sends to the peer of a subscription; arg is the message. */
struct delivery {
	struct live *live;
	struct message *message;
	uint64_t except;		/* a peer that is left out; 0: none */
};
void live_send(void *delivery, struct subscription *s);

int64_t live_now(void);			/* milliseconds since 1970 */

/* Refuses a call. message NULL: the code's own sentence; data: JSON text or NULL, copied. */
void live_refuse(struct call *call, enum error_code code, const char *message, const char *data);
/* A JSON-RPC notification; takes the reference to params. NULL: out of memory. */
struct message *live_notification(const char *method, json_t *params);

/* subscribe.c */
enum error_code subscribe_declare(struct live *l, struct error *err);
void subscribe_forget(struct live *l, uint64_t peer);		/* it has gone */
void subscribe_anew(struct live *l);				/* everybody's subscription ends with `resync` */
void subscribe_stop(struct live *l);				/* answers those that are still joining */

/* whereabouts.c */
enum error_code whereabouts_declare(struct live *l, struct error *err);
void whereabouts_moved(void *live, const struct place *place, const char *connection, bool here);
/* A person has lost a token: their peers that are in such a place are there no more. */
void whereabouts_lost(struct live *l, const struct event *e);

#endif
