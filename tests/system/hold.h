/* hold.h - the superuser's two connections to a deployment's database: one asks; the other holds a table, so that calls stop at it.
 *
 * Every call that writes reads app.request when it begins and writes it when it ends. Who holds that table therefore has the calls
 * stand at their beginning, or at their end with everything done and nothing committed, until it lets go: all of them are in flight
 * then, and the database itself says so. Hold it shorter than the lock_timeout of the login role (2 s). */
#ifndef TESTS_SYSTEM_HOLD_H
#define TESTS_SYSTEM_HOLD_H

#include "tests/system/deployment.h"

struct hold { void *asks, *holds; };	/* PGconn */

void hold_open(struct hold *h, const struct deployment *d);
void hold_close(struct hold *h);

/* The first column of the first row (of the last statement) in out, "" when it is null or there is none; out may be NULL. An error
 * fails the test. */
void hold_ask(struct hold *h, char *out, size_t size, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

enum hold_place { HOLD_BEGINNING, HOLD_END };
void hold_begin(struct hold *h, enum hold_place place);
void hold_end(struct hold *h);

#endif
