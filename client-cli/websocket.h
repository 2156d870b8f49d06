/* websocket.h - the client's side of RFC 6455 over a stream: blocking, with deadlines, one message at a time.
 *
 * Pings are answered and fragments joined inside websocket_receive. A peer that breaks the protocol or passes the cap ends the
 * connection. The raw sends exist so that tests can be a peer that does the same. */
#ifndef NINETWO_CLIENT_WEBSOCKET_H
#define NINETWO_CLIENT_WEBSOCKET_H

#include "client-cli/stream.h"

enum { WEBSOCKET_MESSAGE_MAX = 64 * 1024 * 1024 };

enum websocket_opcode {
	WEBSOCKET_CONTINUATION = 0, WEBSOCKET_TEXT = 1, WEBSOCKET_BINARY = 2,
	WEBSOCKET_CLOSE = 8, WEBSOCKET_PING = 9, WEBSOCKET_PONG = 10,
};

struct frame_header {
	bool fin, masked;
	unsigned int rsv, opcode;
	uint64_t length;
	unsigned char mask[4];
	size_t size;			/* of the header itself */
};

/* 1 when a whole header was parsed, 0 when bytes are missing, -1 when it is not a legal one (length not minimal, control frame
 * too long or in fragments, unknown opcode). Pure. */
int frame_parse(struct frame_header *h, const unsigned char *bytes, size_t count);
/* Writes a header (at most 14 bytes) from fin, rsv, opcode, masked, mask and length; returns its size. */
size_t frame_write(const struct frame_header *h, unsigned char out[14]);

struct websocket;

struct websocket_request {
	const char *host;		/* Host header */
	const char *path;
	const char *authorization;	/* value of the header, or NULL */
	const char *origin;		/* or NULL */
	const char *protocol;		/* "ninetwo.v1"; NULL sends none and accepts none */
	int timeout_ms;
};

/* Sends the upgrade and checks the answer. Takes the stream, also when it fails. 401 and 403 become E_UNAUTHENTICATED,
 * 503 and 429 E_NOT_NOW; other refusals FAILURE_LOST with the status in words. */
struct websocket *websocket_open(struct stream *s, const struct websocket_request *r, struct failure *f);
/* Skips the handshake: for a stream on which it has been made. */
struct websocket *websocket_adopt(struct stream *s);
void websocket_free(struct websocket *ws);	/* accepts NULL; says goodbye (1000) when it still can */

bool websocket_send(struct websocket *ws, enum websocket_opcode opcode, const void *data, size_t length, struct failure *f);
/* A frame as told, whatever the standard says of it; the mask is applied when h->masked. */
bool websocket_send_frame(struct websocket *ws, const struct frame_header *h, const void *data, struct failure *f);
bool websocket_send_raw(struct websocket *ws, const void *bytes, size_t length, struct failure *f);

enum websocket_got { WEBSOCKET_GOT_MESSAGE, WEBSOCKET_GOT_NOTHING, WEBSOCKET_GOT_CLOSE, WEBSOCKET_GOT_LOST };

/* One text or binary message, NUL-terminated, to be freed by the caller. NOTHING: the deadline passed, the connection stands.
 * CLOSE: the peer closed in order (see websocket_close_code). LOST: broken; f says how. */
enum websocket_got websocket_receive(struct websocket *ws, char **text, size_t *length, int64_t deadline, struct failure *f);
int websocket_close_code(const struct websocket *ws);	/* 1005 when the peer gave none, 0 before a close */
const char *websocket_close_reason(const struct websocket *ws);
int websocket_descriptor(const struct websocket *ws);

#endif
