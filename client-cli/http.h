/* http.h - as much of HTTP/1.1 as the upgrade and the transfer of evidence need: a head is written, a head is read. */
#ifndef NINETWO_CLIENT_HTTP_H
#define NINETWO_CLIENT_HTTP_H

#include "client-cli/stream.h"

enum { HTTP_HEAD_MAX = 16 * 1024 };

struct http_head {
	int status;
	size_t length;			/* of text, the blank line included */
	size_t filled;			/* bytes in text: what follows the head was read too early and belongs to the body */
	char text[HTTP_HEAD_MAX + 1];
};

/* Reads until the blank line, past heads that only precede the answer (100). False with FAILURE_LOST when the peer closes, dawdles or sends no HTTP. */
bool http_read_head(struct stream *s, struct http_head *head, int64_t deadline, struct failure *f);
/* Copies a header's value; false when it is absent. name without colon, any case. */
bool http_header(const struct http_head *head, const char *name, char *out, size_t size);

/* A reader of the body that a head announces: first what was read too early, then the stream. */
struct http_body {
	struct stream *stream;
	struct http_head *head;
	size_t taken;			/* of the bytes read too early */
	bool chunked;			/* the last chunk is its end, and nothing else */
	bool in_chunks;			/* one has been read: its line ends before the next begins */
	int64_t left;			/* of it, or of the chunk; -1: until the peer closes */
};
void http_body_start(struct http_body *body, struct stream *s, struct http_head *head);
/* As stream_read; STREAM_END when the announced length is reached or the last chunk was, STREAM_BROKEN when the peer closes before it. */
ssize_t http_body_read(struct http_body *body, void *buffer, size_t size, int64_t deadline);
/* A short body as text (an error's); NULL when it cannot be had. To be freed. */
char *http_body_text(struct http_body *body, size_t max, int64_t deadline);

#endif
