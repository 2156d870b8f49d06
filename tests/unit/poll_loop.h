/* poll_loop.h - the smallest event loop that fulfils struct db_loop, for tests of db/. */
#ifndef NINETWO_TESTS_POLL_LOOP_H
#define NINETWO_TESTS_POLL_LOOP_H

#include "db/db.h"

struct poll_loop;
struct poll_loop *poll_loop_new(void);
void poll_loop_free(struct poll_loop *l);
struct db_loop poll_loop_db(struct poll_loop *l);

/* Turns until *flag is at least `wanted`, or ms have passed; whether it was. */
bool poll_loop_until(struct poll_loop *l, const int *flag, int wanted, int ms);
/* Turns for ms. */
void poll_loop_for(struct poll_loop *l, int ms);
/* Watches and timers that are still there: none once all is freed. */
int poll_loop_left(const struct poll_loop *l);

#endif
