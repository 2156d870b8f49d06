/* event.h - one event of the numbered ledger as a server holds it: for whom it is, what it does to rights, and the notification, made once
 * for all its receivers. */
#ifndef NINETWO_LIVE_EVENT_H
#define NINETWO_LIVE_EVENT_H

#include "base/uuid.h"
#include "db/db.h"
#include "net/peer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum event_effect { EFFECT_NONE, EFFECT_GAINED, EFFECT_CHANGED, EFFECT_LOST, EFFECT_SESSION_ENDED };

struct event {
	int64_t position;
	bool has_organisation;		/* without one it is for no subscriber, only for the server itself */
	struct uuid organisation;
	struct uuid subject;
	enum event_effect effect;
	struct uuid person, token;	/* of GAINED, CHANGED and LOST */
	int64_t lapses_ms;		/* of GAINED and CHANGED: when the token ends by itself, since 1970; 0: never */
	char reason[16];		/* of SESSION_ENDED: a word; "": none is told */
	struct message *message;	/* JSON-RPC notification `event`; NULL without an organisation */
	size_t token_count;
	struct uuid tokens[];
};

/* Reads a row of the columns of EVENT_COLUMNS, in that order. NULL: out of memory, or a row that makes no sense. */
#define EVENT_COLUMNS "position, at, organisation, actor, kind, subject, version, tokens, person, token, lapses_ms, reason"
struct event *event_read(const struct db_result *rows, int row);
void event_free(struct event *e);	/* accepts NULL */

/* The notification of an event that is JSON already (api.events_open). NULL: out of memory. */
struct message *event_message(const char *params, size_t length);

#endif
