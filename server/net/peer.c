/* peer.c - the peers: their messages in and out.
 *
 * A peer's id holds its slot in the low bits and a serial number above them, so that looking one up is one step and an id never
 * comes again. What waits to be sent is a ring of shared messages; an idle peer has none. */
#include "net/client.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/utf8.h"
#include "net/message.h"

#include <libwebsockets.h>
#include <stdlib.h>
#include <string.h>

enum {
	SLOT_BITS = 20,
	SEND_AT_ONCE = 16,		/* messages to one, then others get theirs */
	SEND_A_TURN = 512,		/* messages to all, then the loop looks what else there is */
	KEEP_RING = 16,			/* slots of an empty ring that are kept */
	KEEP_INPUT = 4096,		/* bytes of an empty input buffer that are kept while a client sends long messages */
	CLOSE_NORMAL = 1000, CLOSE_PROTOCOL = 1002, CLOSE_UNSUPPORTED = 1003, CLOSE_NOT_UTF8 = 1007, CLOSE_POLICY = 1008, CLOSE_TOO_BIG = 1009,
	CLOSE_TRY_LATER = 1013,
};

enum closing {
	STAYS,
	CLOSES_AFTER_QUEUE,
	CLOSES_NOW,
	CLOSES_ITSELF,			/* the client began; libwebsockets answers */
};

struct ring {
	struct message **slot;
	unsigned int capacity, first, count;	/* capacity is a power of two, or 0 */
	size_t bytes;
};

struct peer {
	uint64_t id;
	struct list node;		/* in peers->ready: it has messages, and its socket is thought to take them */
	struct client *client;
	void *user;
	char *credential;
	struct ring out;
	struct buffer in;
	int64_t heard_at;
	enum closing closing;
	int close_code;
	const char *close_reason;
	uint8_t put_off;		/* how often its sign-in got more time */
	bool from_cookie, named, signed_in, paused, held, pinged, ping_due;
};

struct peers {
	struct list ready;		/* peers */
	struct peer **slot;
	uint32_t *free_slot;		/* a stack of the empty ones */
	uint32_t slots, free_count;
	uint64_t serial;
	unsigned int count;
	size_t answer;			/* may wait for who has not signed in, beside what little else may */
};

struct peers *peers_new(void)
{
	struct peers *p = calloc(1, sizeof(*p));

	if (p)
		list_init(&p->ready);
	return p;
}

void peers_free(struct peers *p)
{
	if (!p)
		return;
	free(p->slot);
	free(p->free_slot);
	free(p);
}

unsigned int peers_count(const struct peers *p)
{
	return p->count;
}

void peers_each(struct peers *p, void (*fn)(struct peer *peer, void *arg), void *arg)
{
	for (uint32_t i = 0; i < p->slots; i++)
		if (p->slot[i])
			fn(p->slot[i], arg);
}

static bool more_slots(struct peers *p)
{
	uint32_t slots = p->slots ? p->slots * 2 : 64;
	struct peer **slot = reallocarray(p->slot, slots, sizeof(struct peer *));
	uint32_t *free_slot;

	if (!slot)
		return false;
	p->slot = slot;
	free_slot = reallocarray(p->free_slot, slots, sizeof(uint32_t));
	if (!free_slot || slots > 1u << SLOT_BITS)
		return false;
	p->free_slot = free_slot;
	for (uint32_t i = slots; i > p->slots; i--) {
		p->slot[i - 1] = NULL;
		p->free_slot[p->free_count++] = i - 1;
	}
	p->slots = slots;
	return true;
}

static bool enter(struct peers *p, struct peer *peer)
{
	uint32_t slot;

	if (p->free_count == 0 && !more_slots(p))
		return false;
	slot = p->free_slot[--p->free_count];
	p->slot[slot] = peer;
	peer->id = ++p->serial << SLOT_BITS | slot;
	p->count++;
	return true;
}

static void give_slot_back(struct peers *p, const struct peer *peer)
{
	uint32_t slot = (uint32_t)(peer->id & ((1u << SLOT_BITS) - 1));

	p->slot[slot] = NULL;
	p->free_slot[p->free_count++] = slot;
	p->count--;
}

struct peer *peer_find(struct peers *peers, uint64_t id)
{
	uint32_t slot = (uint32_t)(id & ((1u << SLOT_BITS) - 1));

	if (slot >= peers->slots || !peers->slot[slot] || peers->slot[slot]->id != id)
		return NULL;
	return peers->slot[slot];
}

static void peer_take_credential(struct peer *p)
{
	char token[TOKEN_TEXT];
	bool bearer = client_credential(p->client, "Bearer", token);

	if (!bearer && !client_cookie(p->client, token))
		return;
	p->credential = strdup(token);
	p->named = true;
	p->from_cookie = !bearer;
	explicit_bzero(token, sizeof(token));
}

struct peer *peer_new(struct client *c)
{
	struct peer *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	if (!enter(c->server->peers, p)) {
		free(p);
		return NULL;
	}
	p->client = c;
	list_init(&p->node);
	p->heard_at = clock_ms();
	buffer_init(&p->in, LIMIT_MESSAGE);
	c->peer = p;
	peer_take_credential(p);
	client_deadline(c, LIMIT_SIGN_IN_MS);
	c->server->peer_handler.opened(c->server->peer_handler.arg, p);
	return p;
}

static void drop_queue(struct peer *p)
{
	struct ring *r = &p->out;

	list_remove(&p->node);
	for (; r->count > 0; r->count--)
		message_drop(r->slot[r->first++ & (r->capacity - 1)]);
	free(r->slot);
	*r = (struct ring){ 0 };
}

void peer_gone(struct peer *p)
{
	struct server *s = p->client->server;

	p->closing = CLOSES_ITSELF;
	give_slot_back(s->peers, p);
	s->peer_handler.closed(s->peer_handler.arg, p);
	p->client->peer = NULL;
	drop_queue(p);
	buffer_clear(&p->in);
	peer_credential_wipe(p);
	free(p);
}

uint64_t peer_id(const struct peer *p)
{
	return p->id;
}

const char *peer_address(const struct peer *p)
{
	static char text[ADDRESS_TEXT];

	address_text(&p->client->address, text);
	return text;
}

const char *peer_credential(const struct peer *p, bool *from_cookie)
{
	*from_cookie = p->from_cookie;
	return p->credential;
}

void peer_credential_wipe(struct peer *p)
{
	if (p->credential)
		explicit_bzero(p->credential, strlen(p->credential));
	free(p->credential);
	p->credential = NULL;
}

void peer_set_user(struct peer *p, void *user)
{
	p->user = user;
}

void *peer_user(const struct peer *p)
{
	return p->user;
}

/* --- out ------------------------------------------------------------------------------------------------------------------- */

static bool ring_grow(struct ring *r)
{
	unsigned int capacity = r->capacity ? r->capacity * 2 : 4;
	struct message **slot = malloc(capacity * sizeof(struct message *));

	if (!slot)
		return false;
	for (unsigned int i = 0; i < r->count; i++)
		slot[i] = r->slot[(r->first + i) & (r->capacity - 1)];
	free(r->slot);
	r->slot = slot;
	r->capacity = capacity;
	r->first = 0;
	return true;
}

static struct message *ring_take(struct ring *r)
{
	struct message *m = r->slot[r->first++ & (r->capacity - 1)];
	size_t length;

	message_bytes(m, &length);
	r->bytes -= length;
	r->count--;
	if (r->count == 0 && r->capacity > KEEP_RING) {
		free(r->slot);
		*r = (struct ring){ 0 };
	}
	return m;
}

void peers_allow_answer(struct peers *peers, size_t bytes)
{
	peers->answer = bytes;
}

static size_t most_waiting(const struct peer *p)
{
	return p->signed_in ? LIMIT_SEND_BYTES : LIMIT_SEND_BYTES_BEFORE_SIGN_IN + p->client->server->peers->answer;
}

void peer_send(struct peer *p, struct message *m)
{
	struct ring *r = &p->out;
	size_t length;

	if (p->closing != STAYS)
		return;
	message_bytes(m, &length);
	if (r->bytes + length > most_waiting(p) || r->count >= LIMIT_SEND_MESSAGES ||
	    (r->count == r->capacity && !ring_grow(r))) {
		p->client->server->statistics.closed_slow++;
		log_warn("peer.slow", "peer=%llu waiting=%zu", (unsigned long long)p->id, r->bytes);
		peer_close_now(p, CLOSE_TRY_LATER, "too slow a reader");
		return;
	}
	r->slot[(r->first + r->count++) & (r->capacity - 1)] = message_hold(m);
	r->bytes += length;
	if (r->count == 1)
		list_append(&p->client->server->peers->ready, &p->node);
}

unsigned int peer_waiting(const struct peer *p)
{
	return p->out.count + (lws_partial_buffered(p->client->wsi) ? 1 : 0);
}

static int peer_say_goodbye(struct peer *p)
{
	struct lws *wsi = p->client->wsi;
	const char *reason = p->close_reason ? p->close_reason : "";
	unsigned char text[124];
	size_t length = strlen(reason);

	if (length > sizeof(text) - 1)
		length = sizeof(text) - 1;
	memcpy(text, reason, length);
	lws_close_reason(wsi, (enum lws_close_status)p->close_code, text, length);
	return -1;
}

/* With a payload, because libwebsockets does not tell of an answer without one. */
static int send_ping(struct peer *p)
{
	unsigned char frame[LWS_PRE + 1];

	p->ping_due = false;
	frame[LWS_PRE] = '?';
	return lws_write(p->client->wsi, frame + LWS_PRE, 1, LWS_WRITE_PING) < 0 ? -1 : 0;
}

static int send_one(struct peer *p)
{
	struct server_statistics *count = &p->client->server->statistics;
	struct message *m = ring_take(&p->out);
	size_t length;
	unsigned char *bytes = message_bytes(m, &length);
	int sent = lws_write(p->client->wsi, bytes, length, LWS_WRITE_TEXT);

	count->messages_out++;
	count->bytes_out += length;
	message_drop(m);
	return sent < 0 ? -1 : 0;
}

/* How many messages were sent, or -1. What is left waits until the socket takes more, or for the others to have had their turn. A message
 * is begun only when the one before it has gone altogether, because libwebsockets copies what the socket did not take. */
static int send_some(struct peer *p)
{
	struct lws *wsi = p->client->wsi;
	int sent = 0;

	list_remove(&p->node);
	for (; p->out.count > 0 && sent < SEND_AT_ONCE && !lws_partial_buffered(wsi); sent++)
		if (send_one(p) != 0)
			return -1;
	if (p->out.count > 0 && p->closing == STAYS && !lws_partial_buffered(wsi))
		list_append(&p->client->server->peers->ready, &p->node);
	else if (p->out.count > 0)
		lws_callback_on_writable(wsi);
	return sent;
}

/* A socket nearly always takes what there is for it. To try costs one system call; to ask first, as libwebsockets would have it, four.
 * So libwebsockets is asked for a turn to write only when it has kept something back. */
bool peers_send(struct peers *p)
{
	int budget = SEND_A_TURN;

	while (budget > 0 && !list_empty(&p->ready)) {
		struct peer *peer = LIST_ITEM(p->ready.next, struct peer, node);
		int sent = send_some(peer);

		if (sent < 0)
			peer_close_now(peer, CLOSE_TRY_LATER, "");
		budget -= sent > 0 ? sent : 1;
	}
	return !list_empty(&p->ready);
}

int peer_writeable(struct peer *p)
{
	if (p->closing == CLOSES_NOW)
		return peer_say_goodbye(p);
	if (p->ping_due && send_ping(p) != 0)
		return -1;
	if (send_some(p) < 0)
		return -1;
	if (p->out.count == 0 && p->closing == CLOSES_AFTER_QUEUE)
		return peer_say_goodbye(p);
	return 0;
}

static void begin_close(struct peer *p, enum closing how, int code, const char *reason)
{
	list_remove(&p->node);		/* from here on libwebsockets says when */
	p->closing = how;
	p->close_code = code;
	p->close_reason = reason;
	p->client->ending = true;
	client_deadline(p->client, LIMIT_CLOSE_MS);
	lws_callback_on_writable(p->client->wsi);
}

void peer_close(struct peer *p, int code, const char *reason)
{
	if (p->closing == STAYS)
		begin_close(p, CLOSES_AFTER_QUEUE, code, reason);
}

void peer_close_now(struct peer *p, int code, const char *reason)
{
	if (p->closing == CLOSES_NOW || p->closing == CLOSES_ITSELF)
		return;
	drop_queue(p);
	begin_close(p, CLOSES_NOW, code, reason);
}

/* --- in -------------------------------------------------------------------------------------------------------------------- */

/* Tells libwebsockets to close from within its receive callback, where a close needs no turn to write. */
static int peer_refuse(struct peer *p, int code, const char *reason)
{
	log_info("peer.refused", "peer=%llu code=%d reason=%s", (unsigned long long)p->id, code, reason);
	drop_queue(p);
	p->closing = CLOSES_NOW;
	p->close_code = code;
	p->close_reason = reason;
	p->client->ending = true;
	client_deadline(p->client, LIMIT_CLOSE_MS);
	return peer_say_goodbye(p);
}

/* Two bytes of a code, and a reason for people to read; or nothing. */
int peer_leaves(struct peer *p, const void *payload, size_t length)
{
	if (length == 1)
		return peer_refuse(p, CLOSE_PROTOCOL, "half a close code");
	if (length > 2 && !utf8_valid((const char *)payload + 2, length - 2))
		return peer_refuse(p, CLOSE_NOT_UTF8, "the reason was not valid UTF-8");
	if (p->closing == STAYS) {
		p->client->ending = true;
		client_deadline(p->client, LIMIT_CLOSE_MS);
	}
	p->closing = CLOSES_ITSELF;
	drop_queue(p);
	return 0;
}

static int peer_deliver(struct peer *p, struct buffer *whole)
{
	struct server *s = p->client->server;

	s->statistics.messages_in++;
	if (!utf8_valid(buffer_text(whole), whole->length))
		return peer_refuse(p, CLOSE_NOT_UTF8, "a message was not valid UTF-8");
	s->peer_handler.text(s->peer_handler.arg, p, buffer_text(whole), whole->length);
	return 0;
}

void peer_heard(struct peer *p)
{
	p->heard_at = clock_ms();
	p->pinged = false;
	if (p->signed_in && p->closing == STAYS)
		client_heard(p->client);
}

static void set_flow(struct peer *p)
{
	bool on = !p->paused && !p->held;

	lws_rx_flow_control(p->client->wsi, on);
	/* What was read already is handed on only when libwebsockets next looks after its pending connections. */
	if (on)
		lws_cancel_service(p->client->server->context);
}

/* How long a message may be. Whoever named a session but is still being looked up is not refused for a long message: reading stops
 * until it is known who is asking. */
static size_t most_of(struct peer *p, size_t so_far)
{
	if (p->signed_in)
		return LIMIT_MESSAGE;
	if (!p->named)
		return LIMIT_MESSAGE_BEFORE_SIGN_IN;
	if (so_far > LIMIT_MESSAGE_BEFORE_SIGN_IN && !p->held) {
		p->held = true;
		set_flow(p);
	}
	return LIMIT_MESSAGE;
}

static int take_piece(struct peer *p, const void *bytes, size_t length, bool final)
{
	struct server *s = p->client->server;
	struct buffer *whole = final && p->in.length == 0 ? &s->scratch : &p->in;
	int rc;

	if (!buffer_append(whole, bytes ? bytes : "", length))
		return peer_refuse(p, CLOSE_TRY_LATER, "out of memory");
	if (!final)
		return 0;
	rc = peer_deliver(p, whole);
	if (whole->capacity > KEEP_INPUT || whole == &p->in)
		buffer_clear(whole);
	else
		buffer_reset(whole);
	return rc;
}

int peer_received(struct peer *p, const void *bytes, size_t length)
{
	struct lws *wsi = p->client->wsi;
	size_t so_far = p->in.length + length;

	if (p->closing != STAYS)
		return 0;
	peer_heard(p);
	p->client->server->statistics.bytes_in += length;
	if (lws_frame_is_binary(wsi))
		return peer_refuse(p, CLOSE_UNSUPPORTED, "messages are text");
	if (so_far + lws_remaining_packet_payload(wsi) > most_of(p, so_far))
		return peer_refuse(p, CLOSE_TOO_BIG, "the message is too long");
	return take_piece(p, bytes, length, lws_is_final_fragment(wsi) != 0);
}

void peer_pause(struct peer *p, bool paused)
{
	if (p->paused == paused || p->closing == CLOSES_ITSELF)
		return;
	p->paused = paused;
	set_flow(p);
}

void peer_signed_in(struct peer *p)
{
	p->signed_in = true;
	peer_heard(p);
	if (p->held) {
		p->held = false;
		set_flow(p);
	}
}

/* Looks at a peer on `quiet`, the longest silent first. While we do not read, silence is our own doing. */
bool peer_swept(struct peer *p, int64_t now)
{
	int64_t silent = now - p->heard_at;

	if (silent < LIMIT_PING_MS)
		return false;
	if (p->paused) {
		peer_heard(p);
	} else if (silent >= LIMIT_SILENCE_MS) {
		log_info("peer.silent", "peer=%llu", (unsigned long long)p->id);
		peer_close_now(p, CLOSE_POLICY, "silent for too long");
	} else if (!p->pinged) {
		p->pinged = p->ping_due = true;
		lws_callback_on_writable(p->client->wsi);
	}
	return true;
}

/* Who waits for us has more time, but not for ever: whoever is nobody could go on asking. */
static bool peer_put_off(struct peer *p)
{
	const struct peer_handler *h = &p->client->server->peer_handler;

	if (!h->busy || !h->busy(h->arg, p) || ++p->put_off >= LIMIT_ANSWER_MS / LIMIT_SIGN_IN_MS)
		return false;
	client_deadline(p->client, LIMIT_SIGN_IN_MS);
	return true;
}

void peer_deadline_passed(struct peer *p)
{
	if (peer_put_off(p))
		return;
	peer_close_now(p, CLOSE_POLICY, "sign in within five seconds");
}
