/* forward.h - a clock that can be put forward, in place of server/base/clock.c: what ends by time ends when the test
 * says so. */
#ifndef NINETWO_TESTS_FORWARD_H
#define NINETWO_TESTS_FORWARD_H

#include <stdint.h>

void clock_forward(int64_t ms);
void clock_hold(void);		/* from now on it goes only as it is put forward */

#endif
