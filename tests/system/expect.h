/* expect.h - cmocka's assertion with a sentence: expect(condition, "what was expected, with %s", detail). */
#ifndef TESTS_SYSTEM_EXPECT_H
#define TESTS_SYSTEM_EXPECT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define expect(condition, ...) do { if (!(condition)) fail_msg(__VA_ARGS__); } while (0)

#endif
