/* Bytes on a connection, as anybody may send them: HTTP, an upgrade, frames. A server behind a proxy, on a loop of its own, is given them over
 * loopback. Whatever comes, an answer is HTTP, a message is UTF-8, whoever was opened or begun is closed or gone exactly once, and when the
 * client hangs up nothing of it is left.
 *
 * The first byte says how: 1 with a good upgrade before the rest, 2 in two parts, 4 signed in at once. */
#include "base/log.h"
#include "base/utf8.h"
#include "net/loop.h"
#include "net/server.h"
#include "tests/fuzz/fuzz.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { UPGRADED = 1, IN_PARTS = 2, SIGNED_IN = 4, TURNS = 6, TURNS_TO_END = 2000 };

static const char upgrade[] = "GET /ws HTTP/1.1\r\nHost: audit.example.org\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
	"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ninetwo.v1\r\n\r\n";

static struct loop *loop;
static struct server *server;
static struct sockaddr_in at = { .sin_family = AF_INET };
static int open_peers, begun;
static bool signs_in;

/* --- the layers above ------------------------------------------------------------------------------------------------------ */

static void opened(void *arg, struct peer *p)
{
	bool from_cookie;

	(void)arg;
	open_peers++;
	peer_credential(p, &from_cookie);
	peer_credential_wipe(p);
	if (signs_in)
		peer_signed_in(p);
}

static void heard(void *arg, struct peer *p, const char *text, size_t length)
{
	struct message *m = message_new(text, length);

	(void)arg;
	must(text[length] == '\0' && utf8_valid(text, length));
	peer_send(p, m);
	message_drop(m);
	if (length == 5)
		peer_close(p, 1000, "five");
}

static void closed(void *arg, struct peer *p)
{
	(void)arg, (void)p;
	open_peers--;
}

static void sign_in(void *arg, struct http_request *r, const char *json, size_t length)
{
	(void)arg;
	must(json[length] == '\0' && utf8_valid(json, length));
	http_cookie(r, "n2s_x", 60);
	http_answer(r, 200, json, length);
}

static void sign_out(void *arg, struct http_request *r, const char *token)
{
	(void)arg;
	must(token && utf8_valid(http_agent(r), strlen(http_agent(r))));
	http_answer(r, 204, NULL, 0);
}

static void put_begin(void *arg, struct http_request *r, const struct http_transfer *t)
{
	(void)arg;
	begun++;
	must(strlen(t->id) == 36 && (t->total == UINT64_MAX || t->offset + t->length <= t->total));
	if (t->ticket)
		http_accept(r);
	else
		http_answer(r, 401, "{}", 2);
}

static void put_data(void *arg, struct http_request *r, const void *bytes, size_t length)
{
	(void)arg;
	must(bytes && length > 0);
	http_pause(r, length > 100);
	http_pause(r, false);
}

static void put_end(void *arg, struct http_request *r)
{
	(void)arg;
	http_answer(r, 200, "{}", 2);
}

static void get_begin(void *arg, struct http_request *r, const struct http_transfer *t)
{
	(void)arg;
	begun++;
	must(!t->ranged || t->suffix || t->first <= t->last);
	http_head(r, &(struct http_head){ .status = 200, .length = 10, .total = 10, .type = "text/plain", .filename = "a\"\xc3\xbc.txt", .etag = "x" });
}

static void get_piece(void *arg, struct http_request *r)
{
	(void)arg;
	http_piece(r, "01234", 5);
}

static void gone(void *arg, struct http_request *r)
{
	(void)arg, (void)r;
	begun--;
}

static bool ready(void *arg, const char **why)
{
	(void)arg, (void)why;
	return true;
}

/* --- the server -------------------------------------------------------------------------------------------------------------- */

static void take_port(char address[32])
{
	socklen_t length = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	must(fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) == 0 && getsockname(fd, (struct sockaddr *)&at, &length) == 0);
	close(fd);
	snprintf(address, 32, "127.0.0.1:%d", ntohs(at.sin_port));
}

static void start(void)
{
	static const struct peer_handler peers = { .opened = opened, .text = heard, .closed = closed };
	static const struct http_handler http = { .session = { .sign_in = sign_in, .sign_out = sign_out },
		.evidence = { .put_begin = put_begin, .put_data = put_data, .put_end = put_end, .get_begin = get_begin, .get_piece = get_piece, .gone = gone },
		.status = { .ready = ready } };
	struct error err = { 0 };
	char address[32];

	signal(SIGPIPE, SIG_IGN);
	log_set_level(LEVEL_ERROR);
	take_port(address);
	loop = loop_new(&err);
	must(loop);
	server = server_new(loop, &(struct server_config){ .listen = address, .status_listen = "", .origins = "https://audit.example.org",
		.behind_proxy = "127.0.0.1", .web = "/nowhere", .connections_max = 100, .connections_per_address = 100 }, &peers, &http, &err);
	must(server);
}

/* A client that will hang up without ado, so that no port is kept waiting. -1: not now. */
static int connect_client(void)
{
	struct linger at_once = { .l_onoff = 1 };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	must(fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) == 0);
	if (connect(fd, (struct sockaddr *)&at, sizeof at) == 0) {
		must(fcntl(fd, F_SETFL, O_NONBLOCK) == 0);
		return fd;
	}
	must(errno == EADDRNOTAVAIL || errno == EINTR);	/* libFuzzer looks at its watch by a signal */
	close(fd);
	return -1;
}

/* Sends, and hears what is answered; what was heard first of all begins as HTTP does. */
static void say(int fd, const void *bytes, size_t length, size_t *got)
{
	static const char http[] = "HTTP/1.";	/* libwebsockets refuses some by itself, as 1.0 */
	char answer[4096];
	ssize_t n;

	if (length && send(fd, bytes, length, 0) < 0)
		return;				/* it has hung up on what came before */
	for (int i = 0; i < TURNS; i++) {
		loop_turn(loop);
		n = recv(fd, answer, sizeof answer, 0);
		if (n <= 0)
			continue;
		for (ssize_t k = 0; k < n && *got + (size_t)k < sizeof http - 1; k++)
			must(answer[k] == http[*got + (size_t)k]);
		*got += (size_t)n;
	}
}

static void hang_up(int fd)
{
	struct server_statistics now;

	close(fd);
	for (int i = 0; i < TURNS_TO_END; i++) {
		loop_turn(loop);
		server_statistics(server, &now);
		if (now.connections == 0)
			break;
	}
	must(now.connections == 0 && now.peers == 0 && open_peers == 0 && begun == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t part, got = 0;
	int fd;

	if (!server)
		start();
	if (size < 1 || size > 16384 || (fd = connect_client()) < 0)
		return 0;
	signs_in = data[0] & SIGNED_IN;
	if (data[0] & UPGRADED)
		say(fd, upgrade, sizeof upgrade - 1, &got);
	part = data[0] & IN_PARTS ? (size - 1) / 2 : 0;
	if (part)
		say(fd, data + 1, part, &got);
	say(fd, data + 1 + part, size - 1 - part, &got);
	hang_up(fd);
	return 0;
}
