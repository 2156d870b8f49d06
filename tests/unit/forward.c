/* forward.c - see forward.h. */
#include "tests/unit/forward.h"

#include "base/clock.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>

static atomic_llong forward, held[2];

static int64_t read_clock(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void clock_hold(void)
{
	held[1] = read_clock(CLOCK_REALTIME);
	held[0] = read_clock(CLOCK_MONOTONIC);
}

void clock_forward(int64_t ms)
{
	forward += ms;
}

int64_t clock_ms(void)
{
	return (held[0] ? held[0] : read_clock(CLOCK_MONOTONIC)) + forward;
}

int64_t clock_wall_ms(void)
{
	return (held[1] ? held[1] : read_clock(CLOCK_REALTIME)) + forward;
}

void clock_text(int64_t wall_ms, char out[CLOCK_TEXT])
{
	(void)wall_ms;
	strcpy(out, "-");
}
