/* constant_time.c - see constant_time.h. */
#include "base/constant_time.h"

bool constant_time_equal(const void *a, const void *b, size_t length)
{
	const volatile unsigned char *x = a, *y = b;
	unsigned char different = 0;

	for (size_t i = 0; i < length; i++)
		different |= (unsigned char)(x[i] ^ y[i]);
	return different == 0;
}
