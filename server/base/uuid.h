/* uuid.h - UUIDs as 16 bytes, for whoever keeps or compares many. */
#ifndef NINETWO_BASE_UUID_H
#define NINETWO_BASE_UUID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { UUID_WRITTEN = 37 };	/* "01234567-89ab-cdef-0123-456789abcdef" and its NUL */

struct uuid {
	unsigned char bytes[16];
};

/* The first 36 characters of text, either case. False: they are no UUID; *out is then unchanged. */
bool uuid_read(const char *text, struct uuid *out);
/* Whether text is a UUID, and nothing besides. */
bool uuid_is(const char *text);
void uuid_write(const struct uuid *id, char out[UUID_WRITTEN]);

static inline bool uuid_equal(const struct uuid *a, const struct uuid *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

/* A hash of 64 bits. It does not hold against bytes that an enemy chose freely. */
uint64_t uuid_hash(const struct uuid *id);

#endif
