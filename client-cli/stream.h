/* stream.h - a connected byte stream, plain or TLS, with a deadline on everything. Blocking for its caller. */
#ifndef NINETWO_CLIENT_STREAM_H
#define NINETWO_CLIENT_STREAM_H

#include "client-cli/address.h"
#include "client-cli/failure.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct stream;

enum { STREAM_END = 0, STREAM_BROKEN = -1, STREAM_TIMEOUT = -2 };

/* Connects (every address of the name in turn) and, for TLS, verifies the certificate against the host: by the system's
 * authorities, or by ca_file alone when given. */
struct stream *stream_open(const struct address *a, const char *ca_file, int timeout_ms, struct failure *f);
/* Takes an already connected descriptor. */
struct stream *stream_adopt(int fd);
void stream_free(struct stream *s);		/* accepts NULL */

/* Bytes read (at least one), STREAM_END, STREAM_BROKEN or STREAM_TIMEOUT. deadline as in deadline.h. */
ssize_t stream_read(struct stream *s, void *buffer, size_t size, int64_t deadline);
/* Writes everything, or returns false. */
bool stream_write(struct stream *s, const void *data, size_t length, int64_t deadline);
int stream_descriptor(const struct stream *s);

#endif
