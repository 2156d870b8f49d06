/* clock.c - reading the clocks, and RFC 3339. */
#include "base/clock.h"

#include <stdio.h>
#include <time.h>

static int64_t read_clock(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_ms(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

int64_t clock_wall_ms(void)
{
	return read_clock(CLOCK_REALTIME);
}

void clock_text(int64_t wall_ms, char out[CLOCK_TEXT])
{
	time_t seconds = (time_t)(wall_ms / 1000);
	struct tm t = { 0 };
	char day[20] = "";

	gmtime_r(&seconds, &t);
	strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &t);
	snprintf(out, CLOCK_TEXT, "%s.%03uZ", day, (unsigned int)(wall_ms % 1000) % 1000u);
}
