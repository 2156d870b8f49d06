/* expect.h - cmocka's assertion with a sentence, for what is, and for what comes about.
 *
 * How fast a machine is, and what else it does meanwhile, is no verdict on the product: what must come about is waited for until it is there,
 * for a minute at most. */
#ifndef TESTS_SYSTEM_EXPECT_H
#define TESTS_SYSTEM_EXPECT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "client-cli/deadline.h"

#include <unistd.h>

enum { PATIENCE_MS = 60 * 1000 };	/* of every wait */

/* expect(condition, "what was expected, with %s", detail) */
#define expect(condition, ...) do { if (!(condition)) fail_msg(__VA_ARGS__); } while (0)

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
