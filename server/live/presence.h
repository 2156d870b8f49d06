/* presence.h - who is where: in which audit, in which part of it, on which check. Not stored anywhere.
 *
 * What happens on this process is shown to its subscribers at once and told to the other processes in few words, a few times a second. A place
 * on another process is forgotten when that process has not spoken of it for PRESENCE_FORGET_MS. */
#ifndef NINETWO_LIVE_PRESENCE_H
#define NINETWO_LIVE_PRESENCE_H

#include "base/uuid.h"
#include "db/db.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define PRESENCE_CHANNEL "ninetwo_presence"

enum {
	PRESENCE_TELL_MS = 250,			/* at most one telling in this time */
	PRESENCE_REFRESH_MS = 15 * 1000,	/* each place is told again */
	PRESENCE_FORGET_MS = 45 * 1000,
	PRESENCE_PAYLOAD_MAX = 7900,		/* PostgreSQL takes less than 8000 bytes */
};

struct presence;

struct place {
	struct uuid organisation, audit, person;
	bool has_part, has_check;
	struct uuid part, check;
};

struct presence_config {
	const struct db_loop *loop;	/* borrowed */
	/* Tells the other processes. False: not now; it is told again later. */
	bool (*tell)(void *arg, const char *payload);
	/* Somebody came to a place or is no longer there. `connection`, a word of the wire, names their
	 * peer among those of all processes. */
	void (*moved)(void *arg, const struct place *place, const char *connection, bool here);
	void *arg;
};

struct presence *presence_new(const struct presence_config *config);	/* NULL: out of memory */
void presence_free(struct presence *p);		/* accepts NULL; tells nobody */

/* A peer of this process is there now; it is in one place of an organisation at a time. False: out of memory. */
bool presence_set(struct presence *p, uint64_t peer, const struct place *place);
/* It is nowhere any more: in one organisation, or in any (NULL). */
void presence_leave(struct presence *p, uint64_t peer, const struct uuid *organisation);
/* A person may no longer be in this audit or part: whichever of their peers on this process is there leaves. */
void presence_leave_token(struct presence *p, const struct uuid *organisation, const struct uuid *person, const struct uuid *token);

void presence_heard(struct presence *p, const char *payload);	/* from any process, this one included */

/* Everybody in an audit as an array of what presence_json makes; `may` decides about each. NULL: out of memory. */
json_t *presence_list(const struct presence *p, const struct uuid *organisation, const struct uuid *audit,
	bool (*may)(void *arg, const struct place *place), void *arg);
json_t *presence_json(const struct place *place, const char *connection, bool here);

#endif
