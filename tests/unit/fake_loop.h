/* fake_loop.h - the timers of struct db_loop, fired by the test. Included by the one file of a test program. */
#ifndef NINETWO_FAKE_LOOP_H
#define NINETWO_FAKE_LOOP_H

#include "db/db.h"

#include <assert.h>
#include <stdlib.h>

struct fake_timer {
	struct fake_timer *next;
	unsigned int ms;
	void (*fn)(void *arg);
	void *arg;
};

static struct fake_timer *fake_timers;

static void *fake_after(void *loop, unsigned int ms, void (*fn)(void *arg), void *arg)
{
	struct fake_timer *t = malloc(sizeof *t);

	(void)loop;
	assert(t);
	*t = (struct fake_timer){ .next = fake_timers, .ms = ms, .fn = fn, .arg = arg };
	fake_timers = t;
	return t;
}

static void fake_cancel(void *timer)
{
	for (struct fake_timer **at = &fake_timers; *at; at = &(*at)->next)
		if (*at == timer) {
			*at = (*at)->next;
			free(timer);
			return;
		}
	assert(false && "a timer that has fired was cancelled");
}

static const struct db_loop fake_loop = { .after = fake_after, .cancel = fake_cancel };

/* Fires, once, every timer that is due within ms. */
__attribute__((unused)) static void fake_fire(unsigned int ms)
{
	struct fake_timer *due = NULL;

	for (struct fake_timer **at = &fake_timers; *at;) {
		struct fake_timer *t = *at;

		if (t->ms > ms) {
			at = &t->next;
			continue;
		}
		*at = t->next;
		t->next = due;
		due = t;
	}
	while (due) {
		struct fake_timer *t = due;

		due = t->next;
		t->fn(t->arg);
		free(t);
	}
}

#endif
