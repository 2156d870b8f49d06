/* head.h - the head of an HTTP request, judged strictly before libwebsockets sees it.
 *
 * libwebsockets 4.1 swallows the line below a header whose name begins as one that it knows, and takes much that RFC 9112 refuses (see
 * docs/http.md). So the head is read here, byte by byte; what is not wholly of the form is refused; and the library is given a head
 * written anew, of nothing but the lines that ninetwo itself reads (within TLS, which is the library's to read, the head as it came).
 * Knows no socket and no library. */
#ifndef NINETWO_NET_HEAD_H
#define NINETWO_NET_HEAD_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

enum { HEAD_MORE = 0, HEAD_WHOLE = 1 };		/* else a status of HTTP, 400 or more */

/* The head of one request. Zero it, then head_init; head_clear frees what it holds. */
struct head {
	struct buffer line;		/* what has come of the line that is not whole yet */
	struct buffer out;		/* once HEAD_WHOLE: the head for the library, with its empty line */
	char forwarded[64];		/* what the last X-Forwarded-For named last; "" when that is nothing or too long for an address */
	/* NULL; or the head goes on as it came: then what the library would misread is refused, such as names that hide the next line. */
	bool (*hides)(const char *name);
	const char *why;		/* once refused: a sentence, static */
	size_t taken;			/* bytes of the head so far */
	unsigned int fields;
	unsigned int seen;		/* a bit for each known name */
	char host[264];			/* of an absolute target, which goes before the Host line */
	enum { HEAD_START, HEAD_FIELDS, HEAD_OVER } part;
	bool websocket;			/* once HEAD_WHOLE: it asks for one */
	bool version_1_0, options, chunked, bad_coding;
};

void head_init(struct head *h);		/* `hides` may be set then */
void head_clear(struct head *h);

/* Takes what came. HEAD_MORE: all of it, and the head goes on. HEAD_WHOLE: *used bytes of it ended the head; what follows is not the
 * head's. The last byte of `out` is the last that was used. A status: refused, and nothing more is taken. */
int head_take(struct head *h, const char *bytes, size_t length, size_t *used);

#endif
