/* patience.h - how long a test waits for what must come about: until it is there, for a minute at most.
 *
 * How fast a machine is, and what else it does meanwhile, is no verdict on the product. That something does not come is
 * shown by what comes next, not by waiting for it. */
#ifndef TESTS_PATIENCE_H
#define TESTS_PATIENCE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "client-cli/deadline.h"

#include <unistd.h>

enum { PATIENCE_MS = 60 * 1000 };	/* of every wait */

/* expect_soon(condition, "what is waited for, with %s", detail): looks again and again until it holds. */
#define expect_soon(condition, ...) do { \
	int64_t expect_until = deadline_after(PATIENCE_MS); \
	while (!(condition)) { \
		if (deadline_left(expect_until) == 0) \
			fail_msg("waited a minute in vain: " __VA_ARGS__); \
		usleep(5000); \
	} \
} while (0)

#endif
