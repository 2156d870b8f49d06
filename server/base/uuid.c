/* uuid.c - see uuid.h. */
#include "base/uuid.h"

#include "base/hex.h"

static bool dash_before(size_t byte)
{
	return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

bool uuid_read(const char *text, struct uuid *out)
{
	struct uuid id;

	for (size_t i = 0; i < sizeof(id.bytes); i++) {
		int high, low;

		if (dash_before(i) && *text++ != '-')
			return false;
		if ((high = hex_digit(text[0])) < 0 || (low = hex_digit(text[1])) < 0)
			return false;
		id.bytes[i] = (unsigned char)(high << 4 | low);
		text += 2;
	}
	*out = id;
	return true;
}

bool uuid_is(const char *text)
{
	struct uuid id;

	return uuid_read(text, &id) && !text[UUID_WRITTEN - 1];
}

void uuid_write(const struct uuid *id, char out[UUID_WRITTEN])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < sizeof(id->bytes); i++) {
		if (dash_before(i))
			*out++ = '-';
		*out++ = digits[id->bytes[i] >> 4];
		*out++ = digits[id->bytes[i] & 15];
	}
	*out = '\0';
}

/* Mixes so that every bit of x reaches every bit of the result (the finaliser of MurmurHash3). */
static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 33) * 0xff51afd7ed558ccdu;
	x = (x ^ x >> 33) * 0xc4ceb9fe1a85ec53u;
	return x ^ x >> 33;
}

uint64_t uuid_hash(const struct uuid *id)
{
	uint64_t a, b;

	memcpy(&a, id->bytes, sizeof(a));
	memcpy(&b, id->bytes + sizeof(a), sizeof(b));
	return mix(mix(a) + b);
}
