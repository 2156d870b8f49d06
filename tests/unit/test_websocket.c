/* test_websocket.c - the WebSocket side by raw bytes: what is let in, what is refused and how, and every limit. */
#include "tests/unit/forward.h"
#include "tests/unit/network.h"

#include "base/limits.h"

#include "tests/patience.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct network net;
static atomic_int opened, closed, texts;
static atomic_ullong last_peer;
static char credential[128];
static bool from_cookie;

static void on_opened(void *arg, struct peer *p)
{
	const char *c = peer_credential(p, &from_cookie);

	(void)arg;
	snprintf(credential, sizeof(credential), "%s", c ? c : "-");
	peer_credential_wipe(p);
	last_peer = peer_id(p);
	opened++;
}

static void send_text(struct peer *p, const char *text, size_t length)
{
	struct message *m = message_new(text, length);

	peer_send(p, m);
	message_drop(m);
}

static void pause_then_resume(struct peer *p, bool paused)
{
	peer_pause(p, paused);
}

/* Of lengths that the socket takes at once, in parts, and not at all; each beginning with its number. */
enum { SERIES = 120 };
static size_t series_length(int i)
{
	return i % 3 == 0 ? 64 * 1024u : i % 3 == 1 ? 40u : 90 * 1000u;
}

static void send_series(struct peer *p)
{
	static char text[90 * 1000];

	for (int i = 0; i < SERIES; i++) {
		memset(text, 'x', sizeof(text));
		memcpy(text, (char[4]){ (char)('0' + i / 100), (char)('0' + i / 10 % 10), (char)('0' + i % 10), ' ' }, 4);
		send_text(p, text, series_length(i));
	}
}

/* An echo, but for a few words. */
static void on_text(void *arg, struct peer *p, const char *text, size_t length)
{
	(void)arg;
	texts++;
	assert_int_equal(text[length], '\0');
	if (strcmp(text, "sign in") == 0)
		peer_signed_in(p);
	if (strcmp(text, "go") == 0)
		peer_close(p, 1000, "as asked");
	if (strcmp(text, "pause") == 0)
		pause_then_resume(p, true);
	if (strcmp(text, "some") == 0 || strcmp(text, "more") == 0 || strcmp(text, "flood") == 0) {
		static char much[LIMIT_SEND_BYTES / 32];
		size_t each = *text == 'f' ? sizeof(much) : LIMIT_SEND_BYTES_BEFORE_SIGN_IN / 2;

		memset(much, 'x', sizeof(much));
		for (int i = 0; i < (*text == 's' ? 1 : *text == 'm' ? 4 : 80); i++)
			send_text(p, much, each);
	}
	if (strcmp(text, "series") == 0)
		send_series(p);
	send_text(p, text, length);
}

static void on_closed(void *arg, struct peer *p)
{
	(void)arg;
	assert_null(peer_find(server_peers(net.server), peer_id(p)));
	send_text(p, "too late", 8);
	closed++;
}

static atomic_int busy_for;	/* so many times the handler says that something is under way */

static bool on_busy(void *arg, struct peer *p)
{
	(void)arg, (void)p;
	return busy_for > 0 && busy_for-- > 0;
}

static const struct peer_handler handler = { .opened = on_opened, .text = on_text, .closed = on_closed, .busy = on_busy };

static int start(void **state)
{
	const struct http_handler http = { .session = { 0 } };

	(void)state;
	clock_hold();
	network_start(&net, &(struct server_config){ 0 }, &handler, &http);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	network_stop(&net);
	assert_int_equal(opened, closed);
	return 0;
}

static int open_peer(const char *extra)
{
	int fd = client_connect(net.port), before = opened;

	assert_int_equal(client_upgrade(fd, &net, extra), 101);
	/* The 101 is out a moment before the handler hears of it. */
	expect_soon(opened > before, "the handler hears of a new peer");
	return fd;
}

static int open_signed_in(void)
{
	char text[64];
	size_t length;
	int fd = open_peer("");

	client_text(fd, "sign in");
	assert_int_equal(client_next(fd, text, sizeof(text), &length), 1);
	return fd;
}

static void echoes(void **state)
{
	char text[64];
	size_t length;
	int fd = open_peer("");

	(void)state;
	client_text(fd, "hello");
	assert_int_equal(client_next(fd, text, sizeof(text), &length), 1);
	assert_string_equal(text, "hello");
	client_text(fd, "");
	assert_int_equal(client_next(fd, text, sizeof(text), &length), 1);
	assert_int_equal(length, 0);
	client_close(fd);
}

static void puts_fragments_together(void **state)
{
	static char big[200000], back[200001];
	size_t length;
	int fd = open_signed_in();

	(void)state;
	memset(big, 'a', sizeof(big));
	client_frame(fd, 1, false, big, 100000);
	client_frame(fd, 9, true, "ping", 4);
	client_frame(fd, 0, false, big, 0);
	client_frame(fd, 0, true, big, 100000);
	assert_int_equal(client_next(fd, back, sizeof(back), &length), 10);
	assert_int_equal(client_next(fd, back, sizeof(back), &length), 1);
	assert_int_equal(length, 200000);
	client_close(fd);
}

static void takes_messages_of_the_greatest_length(void **state)
{
	static char big[LIMIT_MESSAGE + 1], back[LIMIT_MESSAGE + 1];
	size_t length;
	int fd = open_signed_in();

	(void)state;
	memset(big, 'a', sizeof(big));
	client_frame(fd, 1, true, big, LIMIT_MESSAGE);
	assert_int_equal(client_next(fd, back, sizeof(back), &length), 1);
	assert_int_equal(length, LIMIT_MESSAGE);
	client_frame(fd, 1, true, big, LIMIT_MESSAGE + 1);
	assert_int_equal(client_close_code(fd), 1009);
	client_close(fd);
}

static void refuses_a_long_message_in_small_pieces(void **state)
{
	static char piece[60000];
	int fd = open_signed_in();

	(void)state;
	memset(piece, 'a', sizeof(piece));
	client_frame(fd, 1, false, piece, sizeof(piece));
	for (int i = 0; i < 18; i++)
		client_frame(fd, 0, false, piece, sizeof(piece));
	assert_int_equal(client_close_code(fd), 1009);
	client_close(fd);
}

static void takes_little_before_sign_in(void **state)
{
	static char big[LIMIT_MESSAGE_BEFORE_SIGN_IN + 1];
	int fd = open_peer("");

	(void)state;
	memset(big, 'a', sizeof(big));
	client_frame(fd, 1, true, big, sizeof(big));
	assert_int_equal(client_close_code(fd), 1009);
	client_close(fd);
}

static void refuses_wrong_utf8_and_binary(void **state)
{
	int fd = open_peer("");

	(void)state;
	client_frame(fd, 1, true, "a\xc0\x80", 3);
	assert_int_equal(client_close_code(fd), 1007);
	client_close(fd);
	fd = open_peer("");
	client_frame(fd, 2, true, "abc", 3);
	assert_int_equal(client_close_code(fd), 1003);
	client_close(fd);
}

enum { CUT = -1 };		/* the end, and no code: libwebsockets gives none */
struct breach { const char *title; unsigned char bytes[20]; size_t length; int code; };

/* With masks of zeros. */
static const struct breach breaches[] = {
	{ "a close with a reason", { 0x88, 0x84, 0, 0, 0, 0, 0x03, 0xe8, 0xc3, 0xa4 }, 10, 1000 },
	{ "a close without a reason", { 0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8 }, 8, 1000 },
	{ "a close whose reason is not UTF-8", { 0x88, 0x84, 0, 0, 0, 0, 0x03, 0xe8, 0xc0, 0xaf }, 10, 1007 },
	{ "a close whose reason is cut", { 0x88, 0x83, 0, 0, 0, 0, 0x03, 0xe8, 0xc3 }, 9, 1007 },
	{ "a close code that nobody may send", { 0x88, 0x82, 0, 0, 0, 0, 0x03, 0xed }, 8, 1002 },
	{ "a reserved bit", { 0xc1, 0x82, 0, 0, 0, 0, '{', '}' }, 8, 1002 },
	{ "a reserved opcode", { 0x83, 0x80, 0, 0, 0, 0 }, 6, 1002 },
	{ "a continuation of nothing", { 0x80, 0x82, 0, 0, 0, 0, '{', '}' }, 8, 1002 },
	{ "a message within a message", { 0x01, 0x81, 0, 0, 0, 0, '{', 0x81, 0x81, 0, 0, 0, 0, '}' }, 14, 1002 },
	{ "a ping in fragments", { 0x09, 0x81, 0, 0, 0, 0, 'x' }, 7, 1002 },
	{ "a ping too long", { 0x89, 0xfe, 0x00, 0x80, 0, 0, 0, 0 }, 8, CUT },
	{ "a close of one byte", { 0x88, 0x81, 0, 0, 0, 0, 3 }, 7, 1002 },
	{ "a length of 2^63", { 0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 14, CUT },
};

static void answers_a_breach_as_the_standard_says(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(breaches) / sizeof(breaches[0]); i++) {
		int fd = open_peer(""), code;

		client_write(fd, breaches[i].bytes, breaches[i].length);
		code = client_close_code(fd);
		if ((code != breaches[i].code || (code == CUT && !client_ended(fd))) && ++wrong)
			print_error("%s: %d instead of %d\n", breaches[i].title, code, breaches[i].code);
		client_close(fd);
	}
	assert_int_equal(wrong, 0);
}

static void closes_who_does_not_sign_in(void **state)
{
	int fd = open_peer("");

	(void)state;
	clock_forward(LIMIT_SIGN_IN_MS);
	assert_int_equal(client_close_code(fd), 1008);
	client_close(fd);
}

static void mark(void *arg)
{
	struct peer *p = peer_find(server_peers(net.server), *(uint64_t *)arg);

	assert_non_null(p);
	send_text(p, "mark", 4);
}

/* Once it was busy, then it was not. */
static void gives_more_time_to_who_waits_for_the_server(void **state)
{
	int fd = open_peer("");
	uint64_t id = last_peer;
	char text[64];
	size_t length;

	(void)state;
	busy_for = 1;
	clock_forward(LIMIT_SIGN_IN_MS);
	expect_soon(busy_for == 0, "it is asked whether something is under way");
	network_do(&net, mark, &id);
	assert_int_equal(client_next(fd, text, sizeof(text), &length), 1);
	assert_string_equal(text, "mark");
	clock_forward(LIMIT_SIGN_IN_MS);
	assert_int_equal(client_close_code(fd), 1008);
	client_close(fd);
}

static void closes_a_slow_reader(void **state)
{
	int fd = open_signed_in(), before = closed, heard = texts;

	(void)state;
	client_text(fd, "flood");
	expect_soon(texts > heard, "the handler hears of a text");
	expect_soon((clock_forward(LIMIT_CLOSE_MS), closed > before), "who reads nothing is closed");
	assert_true(client_ended(fd));
	client_close(fd);
}

static void expect_series(int fd)
{
	static char text[90 * 1000 + 1];
	size_t length;

	for (int i = 0; i < SERIES; i++) {
		assert_int_equal(client_next(fd, text, sizeof(text), &length), 1);
		assert_int_equal(length, series_length(i));
		assert_int_equal(atoi(text), i);
		assert_int_equal(text[length - 1], 'x');
	}
	assert_int_equal(client_next(fd, text, sizeof(text), &length), 1);
	assert_string_equal(text, "series");
}

/* Who reads late gets everything, in order, also when the close was asked for meanwhile; others are served in between. */
static void sends_all_to_a_late_reader_and_serves_others_meanwhile(void **state)
{
	char text[64];
	size_t length;
	int late = open_signed_in(), other = open_signed_in();

	(void)state;
	client_text(late, "series");
	client_text(late, "go");
	for (int i = 0; i < 20; i++) {
		client_text(other, "hello");
		assert_int_equal(client_next(other, text, sizeof(text), &length), 1);
		assert_string_equal(text, "hello");
	}
	expect_series(late);
	assert_int_equal(client_close_code(late), 1000);
	client_close(late);
	client_close(other);
}

/* The socket refuses what is written to it; nobody else notices. */
static void outlives_a_reader_who_has_gone(void **state)
{
	int fd = open_signed_in();
	char begun[2];

	(void)state;
	client_text(fd, "series");
	assert_int_equal(client_read(fd, begun, 1), 1);
	client_close(fd);	/* with bytes unread, which resets the connection */
	expect_soon(closed == opened, "%d of %d are closed", closed, opened);
	client_close(open_signed_in());
}

/* The length of all that comes up to and with the echo of `last`. */
static size_t sum_until(int fd, const char *last, char *text, size_t room)
{
	size_t length, sum = 0;

	do {
		assert_int_equal(client_next(fd, text, room, &length), 1);
		sum += length;
	} while (strcmp(text, last) != 0);
	return sum;
}

/* Who is nobody yet is kept less for than one answer of the longest. */
static void keeps_little_for_who_has_not_signed_in(void **state)
{
	static char text[LIMIT_SEND_BYTES_BEFORE_SIGN_IN];
	int fd = open_peer("");

	(void)state;
	client_text(fd, "some");
	assert_int_equal(sum_until(fd, "some", text, sizeof(text)), 4 + LIMIT_SEND_BYTES_BEFORE_SIGN_IN / 2);
	client_text(fd, "more");
	assert_int_equal(client_close_code(fd), 1013);
	client_close(fd);
}

static void allow(void *arg)
{
	peers_allow_answer(server_peers(net.server), *(size_t *)arg);
}

/* But for the one answer that is known to be long, with little beside it. */
static void keeps_one_long_answer_for_who_has_not_signed_in(void **state)
{
	static char text[LIMIT_SEND_BYTES_BEFORE_SIGN_IN];
	size_t one = 3 * LIMIT_SEND_BYTES_BEFORE_SIGN_IN / 2, none = 0;
	int fd = open_peer("");

	(void)state;
	network_do(&net, allow, &one);
	client_text(fd, "more");
	assert_int_equal(sum_until(fd, "more", text, sizeof(text)), 4 + 4 * LIMIT_SEND_BYTES_BEFORE_SIGN_IN / 2);
	client_close(fd);
	network_do(&net, allow, &none);
}

static void flushes_before_it_closes(void **state)
{
	char text[64];
	size_t length;
	int fd = open_peer("");

	(void)state;
	client_text(fd, "one");
	client_text(fd, "go");
	assert_int_equal(client_next(fd, text, sizeof(text), &length), 1);
	assert_string_equal(text, "one");
	assert_int_equal(client_close_code(fd), 1000);
	client_close(fd);
}

static void resume(void *arg)
{
	struct peer *p = peer_find(server_peers(net.server), *(uint64_t *)arg);

	assert_non_null(p);
	send_text(p, "resumed", 7);
	peer_pause(p, false);
}

static void pauses_and_resumes(void **state)
{
	char text[64];
	size_t length;
	int other = open_signed_in(), fd = open_peer("");
	uint64_t id = last_peer;

	(void)state;
	client_text(fd, "pause");
	client_text(fd, "later");
	assert_int_equal(client_next(fd, text, sizeof(text), &length), 1);
	assert_string_equal(text, "pause");
	client_text(fd, "later still");
	for (int i = 0; i < 2; i++) {		/* meanwhile the loop reads what it may */
		client_text(other, "hello");
		assert_int_equal(client_next(other, text, sizeof(text), &length), 1);
	}
	network_do(&net, resume, &id);
	/* What libwebsockets had read together with the pause may come through; nothing that was read afterwards. */
	while (client_next(fd, text, sizeof(text), &length) == 1 && strcmp(text, "resumed") != 0)
		assert_string_equal(text, "later");
	assert_string_equal(text, "resumed");
	do
		assert_int_equal(client_next(fd, text, sizeof(text), &length), 1);
	while (strcmp(text, "later still") != 0);
	client_close(fd);
	client_close(other);
}

static void hands_over_the_credential(void **state)
{
	char extra[200];
	int fd = open_peer("Authorization: Bearer n2t_abc\r\n");

	(void)state;
	assert_string_equal(credential, "n2t_abc");
	assert_false(from_cookie);
	client_close(fd);
	snprintf(extra, sizeof(extra), "Cookie: a=b; ninetwo=n2s_xyz; c=d\r\nOrigin: http://%s\r\n", net.address);
	fd = open_peer(extra);
	assert_string_equal(credential, "n2s_xyz");
	assert_true(from_cookie);
	client_close(fd);
	fd = open_peer("");
	assert_string_equal(credential, "-");
	client_close(fd);
}

struct handshake {
	const char *title;
	const char *request;		/* %s is the host */
	int status;
};

#define KEY "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
#define GOOD "Upgrade: websocket\r\nConnection: Upgrade\r\n" KEY
#define PROTO "Sec-WebSocket-Protocol: ninetwo.v1\r\n"
#define V13 "Sec-WebSocket-Version: 13\r\n"

static const struct handshake handshakes[] = {
	{ "no version", "GET /ws HTTP/1.1\r\nHost: %s\r\n" GOOD PROTO "\r\n", 426 },
	{ "version 8", "GET /ws HTTP/1.1\r\nHost: %s\r\n" GOOD PROTO "Sec-WebSocket-Version: 8\r\n\r\n", 426 },
	{ "version 99", "GET /ws HTTP/1.1\r\nHost: %s\r\n" GOOD PROTO "Sec-WebSocket-Version: 99\r\n\r\n", 426 },
	{ "POST", "POST /ws HTTP/1.1\r\nHost: %s\r\n" GOOD PROTO V13 "\r\n", 405 },
	{ "another path", "GET /wss HTTP/1.1\r\nHost: %s\r\n" GOOD PROTO V13 "\r\n", 404 },
	{ "no Host", "GET /ws HTTP/1.1\r\n" GOOD PROTO V13 "\r\n%.0s", 400 },
	{ "another Host", "GET /ws HTTP/1.1\r\nHost: evil.example\r\n" GOOD PROTO V13 "\r\n%.0s", 421 },
	{ "two Hosts", "GET /ws HTTP/1.1\r\nHost: %s\r\nHost: evil.example\r\n" GOOD PROTO V13 "\r\n", 400 },
	{ "another Origin", "GET /ws HTTP/1.1\r\nHost: %s\r\nOrigin: https://evil.example\r\n" GOOD PROTO V13 "\r\n", 403 },
	{ "Origin null", "GET /ws HTTP/1.1\r\nHost: %s\r\nOrigin: null\r\n" GOOD PROTO V13 "\r\n", 403 },
	{ "a cookie without Origin", "GET /ws HTTP/1.1\r\nHost: %s\r\nCookie: ninetwo=x\r\n" GOOD PROTO V13 "\r\n", 403 },
	{ "no subprotocol", "GET /ws HTTP/1.1\r\nHost: %s\r\n" GOOD V13 "\r\n", 400 },
	{ "another subprotocol", "GET /ws HTTP/1.1\r\nHost: %s\r\n" GOOD "Sec-WebSocket-Protocol: chat\r\n" V13 "\r\n", 400 },
	{ "one among several subprotocols", "GET /ws HTTP/1.1\r\nHost: %s\r\n" GOOD "Sec-WebSocket-Protocol: chat, ninetwo.v1\r\n" V13 "\r\n", 101 },
	{ "no key", "GET /ws HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" PROTO V13 "\r\n", 400 },
	{ "a short key", "GET /ws HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: abc\r\n" PROTO V13 "\r\n", 400 },
	{ "Connection without upgrade", "GET /ws HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: close\r\n" KEY PROTO V13 "\r\n", 400 },
	{ "HTTP/1.0", "GET /ws HTTP/1.0\r\nHost: %s\r\n" GOOD PROTO V13 "\r\n", 426 },
	{ "h2c", "GET /ws HTTP/1.1\r\nHost: %s\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n", 426 },
	{ "an unknown upgrade", "GET /ws HTTP/1.1\r\nHost: %s\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\n", 426 },
	{ "CONNECT", "CONNECT example.org:443 HTTP/1.1\r\nHost: %s\r\n\r\n", 501 },
	{ "a body", "GET /ws HTTP/1.1\r\nHost: %s\r\nContent-Length: 5\r\n" GOOD PROTO V13 "\r\nhello", 400 },
	{ "a good one", "GET /ws HTTP/1.1\r\nHost: %s\r\n" GOOD PROTO V13 "\r\n", 101 },
};

static void judges_handshakes(void **state)
{
	char head[4096];

	(void)state;
	for (size_t i = 0; i < sizeof(handshakes) / sizeof(handshakes[0]); i++) {
		const struct handshake *h = &handshakes[i];
		int fd = client_connect(net.port), status;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		client_print(fd, h->request, net.address);
#pragma GCC diagnostic pop
		status = client_head(fd, head, sizeof(head));
		if (h->status ? status != h->status : status == 101)
			fail_msg("%s: %d instead of %d", h->title, status, h->status);
		if (h->status == 426)
			assert_non_null(strstr(head, "Sec-WebSocket-Version: 13\r\n"));
		if (h->status == 101) {
			assert_non_null(strstr(head, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
			assert_non_null(strcasestr(head, "Sec-WebSocket-Protocol: ninetwo.v1\r\n"));
		} else if (!client_ended(fd)) {
			fail_msg("%s: still open", h->title);
		}
		client_close(fd);
	}
}

static void offers_no_compression(void **state)
{
	char head[4096];
	int fd = client_connect(net.port);

	(void)state;
	client_print(fd, "GET /ws HTTP/1.1\r\nHost: %s\r\n" GOOD PROTO V13 "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n", net.address);
	assert_int_equal(client_head(fd, head, sizeof(head)), 101);
	assert_null(strcasestr(head, "Sec-WebSocket-Extensions"));
	client_close(fd);
}

static void hangs_up_on_the_silent(void **state)
{
	int silent = client_connect(net.port), slow = client_connect(net.port);

	(void)state;
	client_print(slow, "GET /ws HT");
	client_close(open_signed_in());		/* who came after them is served: they were heard */
	clock_forward(LIMIT_HANDSHAKE_MS);
	assert_true(client_ended(silent));
	assert_true(client_ended(slow));
	client_close(silent);
	client_close(slow);
}

static void takes_data_sent_along_with_the_upgrade(void **state)
{
	static const unsigned char frame[] = { 0x81, 0x83, 0, 0, 0, 0, 'a', 'b', 'c' };
	char request[1024], head[4096], text[64];
	size_t length;
	int fd = client_connect(net.port);
	int n = snprintf(request, sizeof(request), "GET /ws HTTP/1.1\r\nHost: %s\r\n" GOOD PROTO V13 "\r\n", net.address);

	(void)state;
	memcpy(request + n, frame, sizeof(frame));
	client_write(fd, request, (size_t)n + sizeof(frame));
	assert_int_equal(client_head(fd, head, sizeof(head)), 101);
	assert_int_equal(client_next(fd, text, sizeof(text), &length), 1);
	assert_string_equal(text, "abc");
	client_close(fd);
}

static atomic_bool all_closed;

static void closed_all(void *arg)
{
	(void)arg;
	all_closed = true;
}

static void go_away(void *arg)
{
	(void)arg;
	server_stop_listening(net.server);
	server_close_all(net.server, 2000, closed_all, NULL);
}

/* Last, because it ends the listening. */
static void says_goodbye_on_shutdown(void **state)
{
	int fd = open_signed_in(), silent = open_peer("");

	(void)state;
	network_do(&net, go_away, NULL);
	assert_int_equal(client_close_code(fd), 1001);
	client_frame(fd, 8, true, "\x03\xe9", 2);
	assert_true(client_ended(fd));
	expect_soon((clock_forward(100), all_closed), "all are closed");
	client_close(fd);
	client_close(silent);
}

/* An argument names the tests to run, with wildcards. */
int main(int argc, char *argv[])
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(echoes),
		cmocka_unit_test(puts_fragments_together),
		cmocka_unit_test(takes_messages_of_the_greatest_length),
		cmocka_unit_test(refuses_a_long_message_in_small_pieces),
		cmocka_unit_test(takes_little_before_sign_in),
		cmocka_unit_test(refuses_wrong_utf8_and_binary),
		cmocka_unit_test(hands_over_the_credential),
		cmocka_unit_test(judges_handshakes),
		cmocka_unit_test(offers_no_compression),
		cmocka_unit_test(takes_data_sent_along_with_the_upgrade),
		cmocka_unit_test(flushes_before_it_closes),
		cmocka_unit_test(pauses_and_resumes),
		cmocka_unit_test(answers_a_breach_as_the_standard_says),
		cmocka_unit_test(closes_who_does_not_sign_in),
		cmocka_unit_test(sends_all_to_a_late_reader_and_serves_others_meanwhile),
		cmocka_unit_test(outlives_a_reader_who_has_gone),
		cmocka_unit_test(gives_more_time_to_who_waits_for_the_server),
		cmocka_unit_test(closes_a_slow_reader),
		cmocka_unit_test(keeps_little_for_who_has_not_signed_in),
		cmocka_unit_test(keeps_one_long_answer_for_who_has_not_signed_in),
		cmocka_unit_test(hangs_up_on_the_silent),
		cmocka_unit_test(says_goodbye_on_shutdown),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("websocket", tests, start, stop);
}
