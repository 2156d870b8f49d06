/* deadline.h - points in monotonic time, in milliseconds, so that waits survive a change of the clock. */
#ifndef NINETWO_CLIENT_DEADLINE_H
#define NINETWO_CLIENT_DEADLINE_H

#include <stdint.h>
#include <time.h>

/* A negative wait never ends. */
static const int64_t DEADLINE_NEVER = INT64_MAX;

static inline int64_t deadline_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static inline int64_t deadline_after(int64_t ms)
{
	return ms < 0 ? DEADLINE_NEVER : deadline_now() + ms;
}

/* What is left as poll() wants it: -1 without end, 0 when over. */
static inline int deadline_left(int64_t deadline)
{
	int64_t left;

	if (deadline == DEADLINE_NEVER)
		return -1;
	left = deadline - deadline_now();
	return left < 0 ? 0 : left > 3600000 ? 3600000 : (int)left;
}

#endif
