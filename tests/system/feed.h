/* feed.h - a subscriber that remembers what it saw, and insists on the promise of the ledger: once, in order, as declared. */
#ifndef TESTS_SYSTEM_FEED_H
#define TESTS_SYSTEM_FEED_H

#include "tests/system/member.h"

struct seen { json_int_t position, version; char kind[48], subject[UUID_SIZE]; };

struct feed {
	struct member *member;
	json_int_t position;		/* of the last event; what a client resumes after */
	char incarnation[UUID_SIZE];
	bool resync;			/* of the last subscribe */
	struct seen *events;		/* all that were ever seen; owned */
	size_t count, room;
};

/* From now on, or (resume) after the last position seen. Earlier events stay remembered. */
void feed_subscribe(struct feed *f, struct member *m);
void feed_resume(struct feed *f, struct member *m);
/* As feed_resume, but the answer, which comes after what was missed, is not waited for: what was missed is
 * feed_collect's. */
void feed_ask(struct feed *f, struct member *m);
/* Takes what comes until `count` events in all were seen. */
void feed_collect(struct feed *f, size_t count);
const struct seen *feed_find(const struct feed *f, const char *kind, const char *subject);	/* NULL: not seen; the first one */
size_t feed_times(const struct feed *f, const char *kind, const char *subject);
void feed_clear(struct feed *f);

#endif
