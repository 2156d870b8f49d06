/* reckon.h - what steady writers and a steady subscriber noted for themselves, against the database and the protocol.
 *
 * Every acknowledged request is in the database exactly once, what was meant and never acknowledged at most once, a record's versions rise
 * with their positions, and a subscriber that resumed after every cut missed nothing and saw nothing twice. What is not so fails the test. */
#ifndef TESTS_SYSTEM_RECKON_H
#define TESTS_SYSTEM_RECKON_H

#include "tests/system/deployment.h"
#include "tests/system/steady.h"

/* A writer that has ended, against the database; `asks` asks some of its requests again. */
void reckon_writer(struct deployment *d, const struct steady_writer *w, struct member *asks);
/* What the writer had acknowledged, among the events that were seen. */
void reckon_seen(const struct steady_writer *w, const struct feed *f);
/* Of all that was seen. Puts f->events into another order. */
void reckon_versions(struct feed *f);
/* Waits until every event is numbered; the position of the last that the writers' parties made. */
json_int_t reckon_last_position(struct deployment *d);
/* `ninetwod check` finds nothing. */
void reckon_check(struct deployment *d);

#endif
