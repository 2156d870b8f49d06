/* websocket.c - frames, the handshake, and messages made of frames. */
#include "client-cli/websocket.h"

#include "base/error.h"
#include "client-cli/deadline.h"
#include "client-cli/http.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SEND_TIMEOUT_MS = 30000, INPUT_START = 4096, REASON_MAX = 123 };

struct websocket {
	struct stream *stream;
	unsigned char *input;		/* bytes read and not yet used */
	size_t input_filled, input_size;
	char *message;			/* fragments of the message under way */
	size_t message_length;
	bool in_message;
	bool over;			/* a close was seen or the stream broke */
	int close_code;
	char close_reason[REASON_MAX + 1];
};

/* ---- frames ---- */

static bool opcode_is_known(unsigned int opcode)
{
	return opcode <= WEBSOCKET_BINARY || (opcode >= WEBSOCKET_CLOSE && opcode <= WEBSOCKET_PONG);
}

static uint64_t big_endian(const unsigned char *bytes, size_t count)
{
	uint64_t value = 0;

	for (size_t i = 0; i < count; i++)
		value = value << 8 | bytes[i];
	return value;
}

int frame_parse(struct frame_header *h, const unsigned char *bytes, size_t count)
{
	size_t extra;
	unsigned int shortest;

	if (count < 2)
		return 0;
	*h = (struct frame_header){ .fin = bytes[0] & 0x80, .rsv = bytes[0] >> 4 & 7, .opcode = bytes[0] & 15,
				    .masked = bytes[1] & 0x80, .length = bytes[1] & 0x7f };
	if (!opcode_is_known(h->opcode) || h->rsv)
		return -1;
	if (h->opcode >= WEBSOCKET_CLOSE && (!h->fin || h->length > 125))
		return -1;
	extra = h->length == 126 ? 2 : h->length == 127 ? 8 : 0;
	h->size = 2 + extra + (h->masked ? 4 : 0);
	if (count < h->size)
		return 0;
	if (extra) {
		shortest = extra == 2 ? 126 : 65536;
		h->length = big_endian(bytes + 2, extra);
		if (h->length < shortest || h->length >> 63)
			return -1;
	}
	if (h->masked)
		memcpy(h->mask, bytes + 2 + extra, 4);
	return 1;
}

size_t frame_write(const struct frame_header *h, unsigned char out[14])
{
	size_t extra = h->length < 126 ? 0 : h->length < 65536 ? 2 : 8;
	size_t n = 2 + extra;

	out[0] = (unsigned char)((h->fin ? 0x80 : 0) | (h->rsv & 7) << 4 | (h->opcode & 15));
	out[1] = (unsigned char)((h->masked ? 0x80 : 0) | (extra == 0 ? (unsigned int)h->length : extra == 2 ? 126 : 127));
	for (size_t i = 0; i < extra; i++)
		out[2 + i] = (unsigned char)(h->length >> 8 * (extra - 1 - i));
	if (h->masked) {
		memcpy(out + n, h->mask, 4);
		n += 4;
	}
	return n;
}

/* ---- the handshake ---- */

static void make_key(char key[25])
{
	unsigned char nonce[16];

	RAND_bytes(nonce, sizeof nonce);
	EVP_EncodeBlock((unsigned char *)key, nonce, sizeof nonce);
}

static void accept_for(const char *key, char accept[29])
{
	char text[64];
	unsigned char digest[SHA_DIGEST_LENGTH];
	int n = snprintf(text, sizeof text, "%s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key);

	SHA1((const unsigned char *)text, (size_t)n, digest);
	EVP_EncodeBlock((unsigned char *)accept, digest, sizeof digest);
}

static void optional_header(FILE *out, const char *name, const char *value)
{
	if (value)
		fprintf(out, "%s: %s\r\n", name, value);
}

static bool send_upgrade(struct stream *s, const struct websocket_request *r, const char *key, int64_t deadline, struct failure *f)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	bool sent;

	if (!out)
		return failure_local(f, "out of memory");
	fprintf(out, "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
		"Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n", r->path, r->host, key);
	optional_header(out, "Sec-WebSocket-Protocol", r->protocol);
	optional_header(out, "Authorization", r->authorization);
	optional_header(out, "Origin", r->origin);
	fputs("\r\n", out);
	if (fclose(out) == EOF) {
		free(text);
		return failure_local(f, "out of memory");
	}
	sent = stream_write(s, text, length, deadline);
	OPENSSL_cleanse(text, length);		/* it may hold a token */
	free(text);
	return sent || failure_lost(f, "The server closed the connection.");
}

static bool refused_upgrade(const struct http_head *head, struct failure *f)
{
	switch (head->status) {
	case 401:
	case 403:
		return failure_code(f, E_UNAUTHENTICATED, "You are not signed in, or no longer.");
	case 429:
	case 503:
		return failure_code(f, E_NOT_NOW, "The server takes no connections at the moment.");
	default:
		return failure_lost(f, "The server refuses the connection (HTTP %d).", head->status);
	}
}

static bool check_upgrade(const struct http_head *head, const char *key, const char *protocol, struct failure *f)
{
	char expected[29], value[128];

	if (head->status != 101)
		return refused_upgrade(head, f);
	accept_for(key, expected);
	if (!http_header(head, "Sec-WebSocket-Accept", value, sizeof value) || strcmp(value, expected))
		return failure_lost(f, "What answers there is not a ninetwo server.");
	if (!http_header(head, "Upgrade", value, sizeof value) || strcasecmp(value, "websocket"))
		return failure_lost(f, "What answers there is not a ninetwo server.");
	if (protocol && (!http_header(head, "Sec-WebSocket-Protocol", value, sizeof value) || strcmp(value, protocol)))
		return failure_lost(f, "The server does not speak %s.", protocol);
	return true;
}

/* Bytes that came together with the head are the first frames. */
static bool keep_early_bytes(struct websocket *ws, const struct http_head *head)
{
	size_t early = head->filled - head->length;

	if (early == 0)
		return true;
	ws->input = malloc(early);
	if (!ws->input)
		return false;
	memcpy(ws->input, head->text + head->length, early);
	ws->input_filled = ws->input_size = early;
	return true;
}

struct websocket *websocket_adopt(struct stream *s)
{
	struct websocket *ws = s ? calloc(1, sizeof *ws) : NULL;

	if (ws)
		ws->stream = s;
	else
		stream_free(s);
	return ws;
}

struct websocket *websocket_open(struct stream *s, const struct websocket_request *r, struct failure *f)
{
	struct http_head *head = malloc(sizeof *head);
	int64_t deadline = deadline_after(r->timeout_ms);
	struct websocket *ws = NULL;
	char key[25];

	make_key(key);
	if (!head || !send_upgrade(s, r, key, deadline, f) || !http_read_head(s, head, deadline, f) ||
	    !check_upgrade(head, key, r->protocol, f))
		goto out;
	ws = websocket_adopt(s);
	s = NULL;
	if (!ws || !keep_early_bytes(ws, head)) {
		websocket_free(ws);
		ws = NULL;
		failure_local(f, "out of memory");
	}
out:
	stream_free(s);
	free(head);
	return ws;
}

void websocket_free(struct websocket *ws)
{
	static const unsigned char normal[] = { 0x03, 0xe8 };
	struct failure ignored = { 0 };

	if (!ws)
		return;
	if (!ws->over)
		websocket_send(ws, WEBSOCKET_CLOSE, normal, sizeof normal, &ignored);
	failure_clear(&ignored);
	stream_free(ws->stream);
	free(ws->input);
	free(ws->message);
	free(ws);
}

/* ---- sending ---- */

bool websocket_send_raw(struct websocket *ws, const void *bytes, size_t length, struct failure *f)
{
	if (stream_write(ws->stream, bytes, length, deadline_after(SEND_TIMEOUT_MS)))
		return true;
	ws->over = true;
	return failure_lost(f, "The connection broke.");
}

bool websocket_send_frame(struct websocket *ws, const struct frame_header *h, const void *data, struct failure *f)
{
	size_t length = (size_t)h->length;
	unsigned char *frame = malloc(length + 14);
	size_t head;
	bool sent;

	if (!frame)
		return failure_local(f, "out of memory");
	head = frame_write(h, frame);
	for (size_t i = 0; i < length; i++)
		frame[head + i] = (unsigned char)(((const unsigned char *)data)[i] ^ (h->masked ? h->mask[i & 3] : 0));
	sent = websocket_send_raw(ws, frame, head + length, f);
	free(frame);
	return sent;
}

bool websocket_send(struct websocket *ws, enum websocket_opcode opcode, const void *data, size_t length, struct failure *f)
{
	struct frame_header h = { .fin = true, .masked = true, .opcode = opcode, .length = length };

	RAND_bytes(h.mask, sizeof h.mask);
	return websocket_send_frame(ws, &h, data, f);
}

/* ---- receiving ---- */

static enum websocket_got lost(struct websocket *ws, struct failure *f, const char *why)
{
	ws->over = true;
	failure_lost(f, "%s", why);
	return WEBSOCKET_GOT_LOST;
}

/* Makes room for `more` bytes and reads once. */
static enum websocket_got websocket_read_more(struct websocket *ws, int64_t deadline, struct failure *f)
{
	ssize_t n;

	if (ws->input_filled == ws->input_size) {
		size_t size = ws->input_size ? ws->input_size * 2 : INPUT_START;
		unsigned char *input = realloc(ws->input, size);

		if (!input)
			return lost(ws, f, "out of memory");
		ws->input = input;
		ws->input_size = size;
	}
	n = stream_read(ws->stream, ws->input + ws->input_filled, ws->input_size - ws->input_filled, deadline);
	if (n == STREAM_TIMEOUT)
		return WEBSOCKET_GOT_NOTHING;
	if (n <= 0)
		return lost(ws, f, "The connection broke.");
	ws->input_filled += (size_t)n;
	return WEBSOCKET_GOT_MESSAGE;
}

/* MESSAGE: a whole frame stands at the start of the input. */
static enum websocket_got whole_frame(struct websocket *ws, struct frame_header *h, int64_t deadline, struct failure *f)
{
	enum websocket_got got;
	int parsed;

	for (;;) {
		parsed = frame_parse(h, ws->input, ws->input_filled);
		if (parsed < 0 || (parsed > 0 && h->masked))
			return lost(ws, f, "The server broke the WebSocket protocol.");
		if (parsed > 0 && h->length > WEBSOCKET_MESSAGE_MAX - ws->message_length)
			return lost(ws, f, "The server's message is too long.");
		if (parsed > 0 && ws->input_filled >= h->size + h->length)
			return WEBSOCKET_GOT_MESSAGE;
		got = websocket_read_more(ws, deadline, f);
		if (got != WEBSOCKET_GOT_MESSAGE)
			return got;
	}
}

static void drop_frame(struct websocket *ws, const struct frame_header *h)
{
	size_t used = h->size + (size_t)h->length;

	ws->input_filled -= used;
	memmove(ws->input, ws->input + used, ws->input_filled);
}

static bool append(struct websocket *ws, const struct frame_header *h)
{
	size_t length = (size_t)h->length;
	char *message = realloc(ws->message, ws->message_length + length + 1);

	if (!message)
		return false;
	memcpy(message + ws->message_length, ws->input + h->size, length);
	ws->message = message;
	ws->message_length += length;
	message[ws->message_length] = '\0';
	return true;
}

static enum websocket_got closed_by_peer(struct websocket *ws, const struct frame_header *h)
{
	const unsigned char *payload = ws->input + h->size;
	size_t length = (size_t)h->length;
	struct failure ignored = { 0 };

	ws->close_code = length >= 2 ? payload[0] << 8 | payload[1] : 1005;
	if (length > 2)
		memcpy(ws->close_reason, payload + 2, length - 2);
	websocket_send(ws, WEBSOCKET_CLOSE, payload, length >= 2 ? 2 : 0, &ignored);
	failure_clear(&ignored);
	ws->over = true;
	return WEBSOCKET_GOT_CLOSE;
}

/* Judges one frame; NOTHING means go on to the next. */
static enum websocket_got use_frame(struct websocket *ws, const struct frame_header *h, struct failure *f)
{
	switch (h->opcode) {
	case WEBSOCKET_CLOSE:
		return closed_by_peer(ws, h);
	case WEBSOCKET_PING:
		return websocket_send(ws, WEBSOCKET_PONG, ws->input + h->size, (size_t)h->length, f) ? WEBSOCKET_GOT_NOTHING : WEBSOCKET_GOT_LOST;
	case WEBSOCKET_PONG:
		return WEBSOCKET_GOT_NOTHING;
	default:
		break;
	}
	if ((h->opcode == WEBSOCKET_CONTINUATION) != ws->in_message)
		return lost(ws, f, "The server broke the WebSocket protocol.");
	if (!append(ws, h))
		return lost(ws, f, "out of memory");
	ws->in_message = !h->fin;
	return h->fin ? WEBSOCKET_GOT_MESSAGE : WEBSOCKET_GOT_NOTHING;
}

enum websocket_got websocket_receive(struct websocket *ws, char **text, size_t *length, int64_t deadline, struct failure *f)
{
	struct frame_header h;
	enum websocket_got got;

	if (ws->over)
		return lost(ws, f, "The connection is closed.");
	for (;;) {
		got = whole_frame(ws, &h, deadline, f);
		if (got != WEBSOCKET_GOT_MESSAGE)
			return got;
		got = use_frame(ws, &h, f);
		drop_frame(ws, &h);
		if (got != WEBSOCKET_GOT_NOTHING)
			break;
	}
	if (got == WEBSOCKET_GOT_MESSAGE) {
		*text = ws->message;
		*length = ws->message_length;
		ws->message = NULL;
		ws->message_length = 0;
	}
	return got;
}

int websocket_close_code(const struct websocket *ws)
{
	return ws->close_code;
}

const char *websocket_close_reason(const struct websocket *ws)
{
	return ws->close_reason;
}

int websocket_descriptor(const struct websocket *ws)
{
	return stream_descriptor(ws->stream);
}
