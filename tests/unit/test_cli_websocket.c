/* Frames by table, and a client that is told all kinds of things by its peer. */
#include "client-cli/deadline.h"
#include "client-cli/websocket.h"

#include "tests/patience.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#define BYTES(...) (const unsigned char[]){ __VA_ARGS__ }, sizeof (unsigned char[]){ __VA_ARGS__ }

static const struct { const char *title; const unsigned char *bytes; size_t count; int parsed; uint64_t length; } headers[] = {
	{ "an empty text", BYTES(0x81, 0), 1, 0 },
	{ "125 bytes are the most in the short form", BYTES(0x81, 125), 1, 125 },
	{ "126 in two bytes", BYTES(0x82, 126, 0, 126), 1, 126 },
	{ "65536 in eight bytes", BYTES(0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0), 1, 65536 },
	{ "one byte is not enough", BYTES(0x81), 0, 0 },
	{ "half a length is not enough", BYTES(0x81, 126, 1), 0, 0 },
	{ "a mask that is to come", BYTES(0x81, 0x80, 1, 2, 3), 0, 0 },
	{ "a length that is longer than it needs to be", BYTES(0x81, 126, 0, 125), -1, 0 },
	{ "the same in eight bytes", BYTES(0x81, 127, 0, 0, 0, 0, 0, 0, 255, 255), -1, 0 },
	{ "a negative length", BYTES(0x81, 127, 0x80, 0, 0, 0, 0, 0, 0, 0), -1, 0 },
	{ "a reserved bit", BYTES(0xc1, 0), -1, 0 },
	{ "an unknown opcode", BYTES(0x83, 0), -1, 0 },
	{ "an unknown control", BYTES(0x8b, 0), -1, 0 },
	{ "a ping in fragments", BYTES(0x09, 0), -1, 0 },
	{ "a ping of 126 bytes", BYTES(0x89, 126, 0, 126), -1, 0 },
};

static void test_headers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
		struct frame_header h;
		unsigned char again[14];
		int parsed = frame_parse(&h, headers[i].bytes, headers[i].count);

		if (parsed != headers[i].parsed)
			fail_msg("%s: %d", headers[i].title, parsed);
		if (parsed != 1)
			continue;
		assert_int_equal(h.length, headers[i].length);
		assert_int_equal(frame_write(&h, again), headers[i].count);
		assert_memory_equal(again, headers[i].bytes, headers[i].count);
	}
}

struct pair { struct websocket *ws; int peer; };

static struct pair open_pair(void)
{
	struct pair p;
	int ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	p.ws = websocket_adopt(stream_adopt(ends[0]));
	p.peer = ends[1];
	assert_non_null(p.ws);
	return p;
}

static void close_pair(struct pair *p)
{
	websocket_free(p->ws);
	if (p->peer >= 0)
		close(p->peer);
}

static const struct {
	const char *title;
	const unsigned char *bytes;
	size_t count;
	enum websocket_got got;
	const char *text;
} received[] = {
	{ "a text", BYTES(0x81, 2, 'h', 'i'), WEBSOCKET_GOT_MESSAGE, "hi" },
	{ "an empty text", BYTES(0x81, 0), WEBSOCKET_GOT_MESSAGE, "" },
	{ "a text in fragments", BYTES(0x01, 1, 'h', 0x00, 1, 'e', 0x80, 1, 'y'), WEBSOCKET_GOT_MESSAGE, "hey" },
	{ "a ping between fragments", BYTES(0x01, 1, 'h', 0x89, 1, 'p', 0x80, 1, 'i'), WEBSOCKET_GOT_MESSAGE, "hi" },
	{ "a pong that nobody asked for", BYTES(0x8a, 0, 0x81, 1, 'x'), WEBSOCKET_GOT_MESSAGE, "x" },
	{ "nothing yet", BYTES(0x81, 5, 'h'), WEBSOCKET_GOT_NOTHING, NULL },
	{ "a masked frame", BYTES(0x81, 0x81, 1, 2, 3, 4, 'x'), WEBSOCKET_GOT_LOST, NULL },
	{ "a continuation of nothing", BYTES(0x80, 1, 'x'), WEBSOCKET_GOT_LOST, NULL },
	{ "a text inside a text", BYTES(0x01, 1, 'x', 0x81, 1, 'y'), WEBSOCKET_GOT_LOST, NULL },
	{ "more than the cap", BYTES(0x82, 127, 0, 0, 0, 0, 0x10, 0, 0, 0), WEBSOCKET_GOT_LOST, NULL },
	{ "a close", BYTES(0x88, 4, 0x03, 0xe9, 'b', 'y'), WEBSOCKET_GOT_CLOSE, NULL },
};

static void test_what_a_peer_may_say(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof received / sizeof *received; i++) {
		struct pair p = open_pair();
		struct failure f = { 0 };
		size_t length = 0;
		char *text = NULL;
		enum websocket_got got;

		assert_int_equal(send(p.peer, received[i].bytes, received[i].count, 0), received[i].count);
		got = websocket_receive(p.ws, &text, &length,
			deadline_after(received[i].got == WEBSOCKET_GOT_NOTHING ? 20 : PATIENCE_MS), &f);
		if (got != received[i].got)
			fail_msg("%s: %d %s", received[i].title, got, f.message);
		if (received[i].text)
			assert_string_equal(text, received[i].text);
		assert_int_equal(got == WEBSOCKET_GOT_LOST, f.kind == FAILURE_LOST);
		free(text);
		failure_clear(&f);
		close_pair(&p);
	}
}

static void test_a_ping_is_answered_with_its_bytes(void **state)
{
	struct pair p = open_pair();
	struct failure f = { 0 };
	unsigned char frame[16];
	size_t length;
	char *text;

	(void)state;
	assert_int_equal(send(p.peer, "\x89\x02" "ab" "\x81\x01" "x", 7, 0), 7);
	assert_int_equal(websocket_receive(p.ws, &text, &length, deadline_after(PATIENCE_MS), &f),
		WEBSOCKET_GOT_MESSAGE);
	assert_string_equal(text, "x");
	free(text);
	assert_int_equal(recv(p.peer, frame, sizeof frame, 0), 8);
	assert_int_equal(frame[0], 0x8a);
	assert_int_equal(frame[1], 0x82);
	assert_int_equal(frame[6] ^ frame[2], 'a');
	assert_int_equal(frame[7] ^ frame[3], 'b');
	close_pair(&p);
}

static void test_a_close_tells_code_and_reason_once(void **state)
{
	struct pair p = open_pair();
	struct failure f = { 0 };
	size_t length;
	char *text;

	(void)state;
	assert_int_equal(send(p.peer, "\x88\x08\x03\xe9" "ending", 10, 0), 10);
	assert_int_equal(websocket_receive(p.ws, &text, &length, deadline_after(PATIENCE_MS), &f), WEBSOCKET_GOT_CLOSE);
	assert_int_equal(websocket_close_code(p.ws), 1001);
	assert_string_equal(websocket_close_reason(p.ws), "ending");
	assert_int_equal(websocket_receive(p.ws, &text, &length, deadline_after(PATIENCE_MS), &f), WEBSOCKET_GOT_LOST);
	failure_clear(&f);
	close_pair(&p);
}

static void test_a_peer_that_vanishes_is_lost_and_not_waited_for(void **state)
{
	struct pair p = open_pair();
	struct failure f = { 0 };
	size_t length;
	char *text;

	(void)state;
	assert_int_equal(send(p.peer, "\x81\x05he", 4, 0), 4);
	close(p.peer);
	p.peer = -1;
	assert_int_equal(websocket_receive(p.ws, &text, &length, deadline_after(PATIENCE_MS), &f), WEBSOCKET_GOT_LOST);
	failure_clear(&f);
	close_pair(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_what_a_peer_may_say),
		cmocka_unit_test(test_a_ping_is_answered_with_its_bytes),
		cmocka_unit_test(test_a_close_tells_code_and_reason_once),
		cmocka_unit_test(test_a_peer_that_vanishes_is_lost_and_not_waited_for),
	};

	return cmocka_run_group_tests_name("cli_websocket", tests, NULL, NULL);
}
