/* arrival.c - a connection until its head is whole: read here, judged by head.c, and then given to libwebsockets as head.c wrote it. What came
 * behind the head is still in the socket. What is refused is answered here.
 *
 * Within TLS the socket is libwebsockets' from the beginning. When the handshake is over its reading is stopped; what comes is looked at
 * and judged before libwebsockets reads it, record by record: it never gets the one that ends a head which is not good. It reads the
 * head as it came.
 *
 * Whoever is refused may still be sending. To close on that would make the kernel reset the connection, and the client lose the answer: so
 * only the sending side is closed, and what comes is read and forgotten for a while. */
#include "net/client.h"

#include "base/log.h"
#include "net/head.h"
#include "net/headers.h"
#include "net/loop.h"
#include "net/tls.h"

#include <errno.h>
#include <libwebsockets.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	READ_AT_ONCE = 16 * 1024,
	ANSWER_MAX = 2048,
	SWALLOW_MAX = 1024 * 1024,
	SWALLOW_MS = 3 * 1000,
};

struct arrival {
	int fd;				/* -1: handed on, or libwebsockets' from the beginning */
	void *ssl;			/* NULL: no TLS */
	struct tls_handshake handshake;
	bool *freed;			/* where to note that, or NULL */
	struct loop_watch *watch;	/* within TLS, once its handshake is over */
	struct head head;
	size_t swallowed;
	bool refused;			/* and answered */
};

static void arrival_ready(void *arg, int events);

bool arrival_begin(struct client *c, int fd)
{
	struct arrival *a = calloc(1, sizeof(*a));

	if (a)
		a->watch = loop_watch(c->server->loop, fd, LOOP_READABLE, arrival_ready, c);
	if (!a || !a->watch) {
		free(a);
		return false;
	}
	a->fd = fd;
	head_init(&a->head);
	c->arrival = a;
	return true;
}

/* libwebsockets' reader goes through a name letter by letter, along those that it knows. It loses the next line when the colon comes while
 * it is within one of them, and takes a name that begins as a method without a space behind it ("put") for that method. */
static bool misleads(const char *known, const char *name)
{
	size_t length = strlen(name), letters = strlen(known);

	if (letters > length)
		return strncasecmp(known, name, length) == 0;
	return letters > 0 && strncasecmp(known, name, letters) == 0;
}

static bool hides_the_next_line(const char *name)
{
	size_t length = strlen(name);
	bool misled = false;

	for (int token = 0; token < WSI_TOKEN_COUNT; token++) {
		const char *known = (const char *)lws_token_to_string((enum lws_token_indexes)token);

		if (!known)
			continue;
		if (strncasecmp(known, name, length) == 0 && strcmp(known + length, ":") == 0)
			return false;		/* it is one itself, whatever others go on from it */
		misled = misled || misleads(known, name);
	}
	return misled;
}

static void begin_judging(void *arg)
{
	struct client *c = arg;

	lws_rx_flow_control(c->wsi, 0);
	c->arrival->watch = loop_watch(c->server->loop, lws_get_socket_fd(c->wsi), LOOP_READABLE, arrival_ready, c);
	if (!c->arrival->watch)
		client_deadline(c, 0);
}

bool arrival_begin_tls(struct client *c)
{
	struct arrival *a = calloc(1, sizeof(*a));

	if (!a)
		return false;
	a->fd = -1;
	a->ssl = lws_get_ssl(c->wsi);
	a->handshake = (struct tls_handshake){ .done = begin_judging, .arg = c };
	head_init(&a->head);
	a->head.hides = hides_the_next_line;
	c->arrival = a;
	return tls_on_handshake(a->ssl, &a->handshake);
}

/* Ends a client that is not handed on. */
static void arrival_end(struct client *c)
{
	if (c->arrival->ssl)
		client_kill(c);
	else
		client_gone(c);
}

void arrival_free(struct client *c)
{
	struct arrival *a = c->arrival;

	c->arrival = NULL;
	if (a->freed)
		*a->freed = true;
	loop_unwatch(a->watch);
	head_clear(&a->head);
	if (a->fd >= 0)
		close(a->fd);
	free(a);
}

static int socket_of(const struct client *c)
{
	return c->arrival->ssl ? lws_get_socket_fd(c->wsi) : c->arrival->fd;
}

/* The socket is new and has room for it. */
static void arrival_answer(const struct client *c, int status, const char *why)
{
	struct buffer b;

	buffer_init(&b, ANSWER_MAX);
	headers_begin(&b, status, c->secure);
	buffer_append_format(&b, "Cache-Control: no-store\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s\n",
		strlen(why) + 1, why);
	if (!b.failed && c->arrival->ssl)
		tls_say_and_end(c->arrival->ssl, b.data, b.length);
	else if (!b.failed)
		send(c->arrival->fd, b.data, b.length, MSG_NOSIGNAL | MSG_DONTWAIT);
	buffer_clear(&b);
}

static void arrival_refuse(struct client *c, int status, const char *why)
{
	struct arrival *a = c->arrival;
	char address[ADDRESS_TEXT];

	c->server->statistics.refused_heads++;
	address_text(&c->address, address);
	log_info("head.refused", "address=%s status=%d why=%s", address, status, why);
	arrival_answer(c, status, why);
	a->refused = true;
	head_clear(&a->head);
	shutdown(socket_of(c), SHUT_WR);
	client_deadline(c, SWALLOW_MS);
}

/* The last byte of a head is left in the socket for libwebsockets to read: were nothing of the head left to read, it would take the head,
 * still on its list, for the body, and that without end. A WebSocket has no body, and for it the head goes over whole: what a client sends
 * along with it would be read into the memory in which libwebsockets makes its answer. */
static size_t left_behind(const struct head *h)
{
	return h->websocket ? 0 : 1;
}

/* The head is whole. */
static void hand_on(struct client *c)
{
	struct arrival *a = c->arrival;
	size_t left = left_behind(&a->head);
	struct buffer head = a->head.out;
	int fd = a->fd;

	if (!client_take_forwarded(c, a->head.forwarded)) {
		arrival_refuse(c, 429, "There are too many connections from your address.");
		return;
	}
	buffer_init(&a->head.out, 0);
	a->fd = -1;
	arrival_free(c);
	client_adopt(c, fd, head.data, head.length - left);
	buffer_wipe(&head);
}

/* Takes from the socket what has been looked at. */
static bool consume(int fd, size_t length)
{
	char bytes[READ_AT_ONCE];
	bool all = length == 0 || recv(fd, bytes, length, MSG_DONTWAIT) == (ssize_t)length;

	explicit_bzero(bytes, length);
	return all;
}

/* libwebsockets reads the record that was looked at. False: it has ended the connection, and c is gone. */
static bool let_it_read(struct client *c)
{
	struct lws_pollfd ready = { .fd = lws_get_socket_fd(c->wsi), .events = POLLIN, .revents = POLLIN };
	struct lws_context *context = c->server->context;
	bool freed = false;

	if (c->arrival)
		c->arrival->freed = &freed;
	lws_rx_flow_control(c->wsi, 1);
	lws_service_fd(context, &ready);
	return !freed;
}

static void take_record(struct client *c, const char *bytes, size_t length)
{
	size_t used;
	int status = head_take(&c->arrival->head, bytes, length, &used);

	if (status == HEAD_WHOLE) {
		arrival_free(c);
		let_it_read(c);
	} else if (status != HEAD_MORE) {
		arrival_refuse(c, status, c->arrival->head.why);
	} else if (let_it_read(c)) {
		c->arrival->freed = NULL;
		lws_rx_flow_control(c->wsi, 0);
	}
}

static void arrival_take(struct client *c, const char *bytes, size_t length)
{
	struct arrival *a = c->arrival;
	size_t used;
	int status = head_take(&a->head, bytes, length, &used);

	if (!consume(a->fd, status == HEAD_WHOLE ? used - left_behind(&a->head) : used))
		client_gone(c);
	else if (status == HEAD_WHOLE)
		hand_on(c);
	else if (status != HEAD_MORE)
		arrival_refuse(c, status, a->head.why);
}

/* Whoever is refused is not listened to, only heard out. */
static void arrival_swallow(struct client *c)
{
	struct arrival *a = c->arrival;
	char bytes[READ_AT_ONCE];
	ssize_t n = recv(socket_of(c), bytes, sizeof(bytes), MSG_DONTWAIT);

	if (n > 0)
		a->swallowed += (size_t)n;
	if (n == 0 || (n < 0 && errno != EAGAIN) || a->swallowed > SWALLOW_MAX)
		arrival_end(c);
}

/* As tls_peek. */
static long arrival_peek(struct client *c, char *bytes, size_t length)
{
	ssize_t n;

	if (c->arrival->ssl)
		return tls_peek(c->arrival->ssl, bytes, length);
	n = recv(c->arrival->fd, bytes, length, MSG_PEEK | MSG_DONTWAIT);
	return n > 0 ? n : n < 0 && errno == EAGAIN ? 0 : -1;
}

static void arrival_ready(void *arg, int events)
{
	struct client *c = arg;
	char bytes[READ_AT_ONCE];
	long n;

	(void)events;
	if (c->arrival->refused) {
		arrival_swallow(c);
		return;
	}
	n = arrival_peek(c, bytes, sizeof(bytes));
	if (n < 0)
		arrival_end(c);
	else if (n > 0 && c->arrival->ssl)
		take_record(c, bytes, (size_t)n);
	else if (n > 0)
		arrival_take(c, bytes, (size_t)n);
	explicit_bzero(bytes, n > 0 ? (size_t)n : 0);
}

void arrival_swept(struct client *c)
{
	struct arrival *a = c->arrival;

	if (!a->refused && a->head.taken > 0)
		arrival_answer(c, 408, "The head of the request did not come within ten seconds.");
	arrival_end(c);
}
