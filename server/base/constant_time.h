/* constant_time.h - comparing secrets without telling by the time taken where they differ. */
#ifndef NINETWO_BASE_CONSTANT_TIME_H
#define NINETWO_BASE_CONSTANT_TIME_H

#include <stdbool.h>
#include <stddef.h>

bool constant_time_equal(const void *a, const void *b, size_t length);

#endif
