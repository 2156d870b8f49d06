/* gzip.c - see gzip.h. */
#include "base/gzip.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

enum { WINDOW_AND_GZIP = 15 + 16, MEMORY = 9, PIECE = 16 * 1024 };

bool gzip_pack(const void *bytes, size_t length, struct buffer *out)
{
	unsigned char piece[PIECE];
	int state;
	z_stream z;

	memset(&z, 0, sizeof z);
	if (length > UINT_MAX)
		return false;
	state = deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, WINDOW_AND_GZIP, MEMORY, Z_DEFAULT_STRATEGY);
	if (state != Z_OK)
		return false;
	z.next_in = (z_const Bytef *)bytes;
	z.avail_in = (uInt)length;
	while (state == Z_OK) {
		z.next_out = piece;
		z.avail_out = sizeof piece;
		state = deflate(&z, Z_FINISH);
		if (!buffer_append(out, piece, sizeof piece - z.avail_out))
			state = Z_MEM_ERROR;
	}
	deflateEnd(&z);
	return state == Z_STREAM_END;
}
