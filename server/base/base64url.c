/* base64url.c - see base64url.h. */
#include "base/base64url.h"

#include <stdint.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void base64url_encode(const void *bytes, size_t length, char *out)
{
	const unsigned char *b = bytes;
	uint32_t held = 0;
	int bits = 0;

	for (size_t i = 0; i < length; i++) {
		held = held << 8 | b[i];
		for (bits += 8; bits >= 6; bits -= 6)
			*out++ = alphabet[held >> (bits - 6) & 63];
	}
	if (bits > 0)
		*out++ = alphabet[held << (6 - bits) & 63];
	*out = '\0';
}

static int value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '-' ? 62 : c == '_' ? 63 : -1;
}

bool base64url_decode(const char *text, size_t text_length, void *out, size_t room, size_t *length)
{
	unsigned char *b = out;
	uint32_t held = 0;
	size_t used = 0;
	int bits = 0;

	for (size_t i = 0; i < text_length; i++) {
		int v = value_of(text[i]);

		if (v < 0)
			return false;
		held = held << 6 | (uint32_t)v;
		bits += 6;
		if (bits < 8)
			continue;
		if (used == room)
			return false;
		bits -= 8;
		b[used++] = (unsigned char)(held >> bits & 255);
	}
	*length = used;
	return bits < 6 && (held & ((1u << bits) - 1)) == 0;
}
