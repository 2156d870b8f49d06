/* expect.h - cmocka's assertion with a sentence, for what is; and patience for what comes about. */
#ifndef TESTS_SYSTEM_EXPECT_H
#define TESTS_SYSTEM_EXPECT_H

#include "tests/patience.h"

/* expect(condition, "what was expected, with %s", detail) */
#define expect(condition, ...) do { if (!(condition)) fail_msg(__VA_ARGS__); } while (0)

#endif
