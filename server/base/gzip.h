/* gzip.h - bytes made smaller as gzip (RFC 1952), which every client of HTTP undoes. */
#ifndef NINETWO_BASE_GZIP_H
#define NINETWO_BASE_GZIP_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends the packed bytes to out, the same for the same bytes. It takes time: some 5 ms for 300 KB of JSON. False: no
 * memory, or more than out takes; what out then holds is of no use. */
bool gzip_pack(const void *bytes, size_t length, struct buffer *out);

#endif
