/* primary.h - which primary is the one that is, when there are two. Private to db/.
 *
 * A standby that is promoted begins a new timeline. The old primary, when it comes back by itself, stays on the one before and takes
 * writes as ever, which target_session_attrs cannot tell. So every connection asks for the timeline before it is up, and none is used
 * that is behind the newest that this process has found of that cluster. A process has one database, so all of it remembers together. */
#ifndef NINETWO_DB_PRIMARY_H
#define NINETWO_DB_PRIMARY_H

#include "base/list.h"

#include <stdbool.h>
#include <stdint.h>

struct primary {
	uint64_t cluster;		/* PostgreSQL's system_identifier; 0: not known, never behind */
	unsigned long timeline;
};

/* One who is connected to a primary. Zeroed before it is first used. */
struct primary_user {
	struct list node;
	struct primary at;
	void (*behind)(void *arg);	/* a newer one was found: leave this one, later */
	void *arg;
};

/* Asks a primary for what primary_read understands. */
extern const char primary_sql[];
struct primary primary_read(const char *text);	/* text may be NULL */

/* False: it is behind. Otherwise whoever is behind it is told, and so is u from now on until it leaves. */
bool primary_use(struct primary_user *u);
void primary_leave(struct primary_user *u);	/* may be called again */

#endif
