/* test_bad_input.c - whatever comes in: a clear error or a close within its deadline, memory bounded, and nobody else notices.
 *
 * One server for all of it. After every case a bystander, signed in since the beginning, must still be answered, the server must be the
 * same process, and its memory within bounds. */
#include "base/limits.h"
#include "client-cli/connection.h"
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/member.h"
#include "tests/system/raw.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* AddressSanitizer keeps what was freed for a while. */
#ifdef __SANITIZE_ADDRESS__
enum { MEMORY_MAX_KIB = 800 * 1024 };
#else
enum { MEMORY_MAX_KIB = 160 * 1024 };
#endif
enum { EARLY_MS = 500 };	/* the server's clock is read once in a turn */

static struct deployment deployment;
static struct server server;
static struct member bystander;

static void nobody_else_noticed(void)
{
	long memory = server_memory(&server);

	expect(server_alive(&server), "the server is alive");
	expect(memory < MEMORY_MAX_KIB, "the server holds %ld KiB", memory);
	json_decref(member_must(&bystander, "session.current", json_object()));
}

/* --- before there is a WebSocket --- */

#define UPGRADE "Upgrade: websocket\r\nConnection: Upgrade\r\n"
#define KEY "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
#define VERSION "Sec-WebSocket-Version: 13\r\n"
#define PROTOCOL "Sec-WebSocket-Protocol: ninetwo.v1\r\n"
#define HOST "Host: 127.0.0.1:@\r\n"		/* @ stands for the port */
#define ORIGIN "Origin: http://127.0.0.1:@\r\n"

/* What is sent, and the statuses of which one must come back; CLOSED stands for a close without an answer. */
enum { CLOSED = -1 };
struct refused { const char *title, *request; int statuses[4]; };

/* The same, as it should be: or the refusals below would prove nothing. */
static const struct refused in_order[] = {
	{ "a WebSocket", "GET /ws HTTP/1.1\r\n" HOST UPGRADE KEY VERSION PROTOCOL "\r\n", { 101 } },
	{ "health", "GET /healthz HTTP/1.1\r\n" HOST "\r\n", { 200 } },
	{ "a wrong password", "POST /session HTTP/1.1\r\n" HOST ORIGIN "Content-Type: application/json\r\n"
		"Content-Length: 54\r\n\r\n{\"email\":\"nobody@example.org\",\"password\":\"not a word\"}", { 401 } },
};

static const struct refused handshakes[] = {
	{ "an old WebSocket version", "GET /ws HTTP/1.1\r\n" HOST UPGRADE KEY "Sec-WebSocket-Version: 8\r\n" PROTOCOL "\r\n", { 426 } },
	{ "a WebSocket version to come", "GET /ws HTTP/1.1\r\n" HOST UPGRADE KEY "Sec-WebSocket-Version: 14\r\n" PROTOCOL "\r\n", { 426 } },
	{ "no WebSocket version", "GET /ws HTTP/1.1\r\n" HOST UPGRADE KEY PROTOCOL "\r\n", { 426 } },
	{ "a WebSocket version that is no number", "GET /ws HTTP/1.1\r\n" HOST UPGRADE KEY "Sec-WebSocket-Version: x\r\n" PROTOCOL "\r\n", { 426 } },
	{ "no key", "GET /ws HTTP/1.1\r\n" HOST UPGRADE VERSION PROTOCOL "\r\n", { 400 } },
	{ "upgrade by POST", "POST /ws HTTP/1.1\r\n" HOST UPGRADE KEY VERSION PROTOCOL "Content-Length: 0\r\n\r\n", { 405 } },
	{ "upgrade by PUT", "PUT /ws HTTP/1.1\r\n" HOST UPGRADE KEY VERSION PROTOCOL "Content-Length: 0\r\n\r\n", { 405 } },
	{ "a strange method", "BREW /ws HTTP/1.1\r\n" HOST "\r\n", { 501 } },
	{ "TRACE", "TRACE / HTTP/1.1\r\n" HOST "\r\n", { 501 } },
	{ "a Host that is not ours", "GET /ws HTTP/1.1\r\nHost: evil.example\r\n" UPGRADE KEY VERSION PROTOCOL "\r\n", { 421 } },
	{ "no Host", "GET /ws HTTP/1.1\r\n" UPGRADE KEY VERSION PROTOCOL "\r\n", { 400 } },
	{ "no Host, plain HTTP", "GET /healthz HTTP/1.1\r\n\r\n", { 400 } },
	{ "a foreign Origin", "GET /ws HTTP/1.1\r\n" HOST UPGRADE KEY VERSION PROTOCOL "Origin: https://evil.example\r\n\r\n", { 403 } },
	{ "Origin null", "GET /ws HTTP/1.1\r\n" HOST UPGRADE KEY VERSION PROTOCOL "Origin: null\r\n\r\n", { 403 } },
	{ "no subprotocol", "GET /ws HTTP/1.1\r\n" HOST UPGRADE KEY VERSION "\r\n", { 400 } },
	{ "another subprotocol", "GET /ws HTTP/1.1\r\n" HOST UPGRADE KEY VERSION "Sec-WebSocket-Protocol: chat\r\n\r\n", { 400 } },
	{ "a WebSocket elsewhere", "GET /healthz HTTP/1.1\r\n" HOST UPGRADE KEY VERSION PROTOCOL "\r\n", { 404 } },
	{ "a WebSocket nowhere", "GET /nothing HTTP/1.1\r\n" HOST UPGRADE KEY VERSION PROTOCOL "\r\n", { 404 } },
	{ "h2c", "GET /healthz HTTP/1.1\r\n" HOST "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
		{ 200 } },
	{ "h2c with prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", { 505 } },
	{ "CONNECT", "CONNECT 127.0.0.1:22 HTTP/1.1\r\n" HOST "\r\n", { 501 } },
	{ "an absolute target", "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", { 421 } },
	{ "a negative length", "POST /session HTTP/1.1\r\n" HOST ORIGIN "Content-Type: application/json\r\nContent-Length: -1\r\n\r\n{}", { 400 } },
	{ "a length that is no number", "POST /session HTTP/1.1\r\n" HOST ORIGIN "Content-Type: application/json\r\nContent-Length: 2x\r\n\r\n{}", { 400 } },
	{ "a length beyond 64 bits", "POST /session HTTP/1.1\r\n" HOST ORIGIN "Content-Type: application/json\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
		{ 400 } },
	{ "a body beyond its cap", "POST /session HTTP/1.1\r\n" HOST ORIGIN "Content-Type: application/json\r\nContent-Length: 100000000\r\n\r\n", { 413 } },
	{ "two lengths", "POST /session HTTP/1.1\r\n" HOST ORIGIN "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", { 400 } },
	{ "length and chunks", "POST /session HTTP/1.1\r\n" HOST ORIGIN "Content-Type: application/json\r\nContent-Length: 2\r\n"
		"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", { 400 } },
	{ "chunks", "POST /session HTTP/1.1\r\n" HOST ORIGIN "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", { 411 } },
	{ "a form where JSON belongs", "POST /session HTTP/1.1\r\n" HOST ORIGIN "Content-Type: application/x-www-form-urlencoded\r\n"
		"Content-Length: 7\r\n\r\na=b&c=d", { 415 } },
	{ "a sign-in from a foreign page", "POST /session HTTP/1.1\r\n" HOST "Origin: https://evil.example\r\nContent-Type: application/json\r\n"
		"Content-Length: 2\r\n\r\n{}", { 403 } },
	{ "broken JSON at sign-in", "POST /session HTTP/1.1\r\n" HOST ORIGIN "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{[", { 400, 403, 422 } },
	{ "climbing out of the web folder", "GET /../../../../etc/passwd HTTP/1.1\r\n" HOST "\r\n", { 400, 403, 404, CLOSED } },
	{ "climbing out, encoded", "GET /%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" HOST "\r\n", { 400, 403, 404, CLOSED } },
	{ "a NUL in the path", "GET /%00 HTTP/1.1\r\n" HOST "\r\n", { 400, 403, 404, CLOSED } },
	{ "evidence without a ticket", "GET /evidence/00000000-0000-7000-8000-000000000000 HTTP/1.1\r\n" HOST "\r\n", { 401, 403, 404 } },
	{ "evidence with a forged ticket", "PUT /evidence/00000000-0000-7000-8000-000000000000 HTTP/1.1\r\n" HOST
		"Authorization: Ticket AAAA\r\nContent-Length: 1\r\n\r\nx", { 401, 403, 404 } },
	{ "a forged bearer", "GET /ws HTTP/1.1\r\n" HOST UPGRADE KEY VERSION PROTOCOL
		"Authorization: Bearer n2s_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n\r\n", { 401, 403, 101 } },
	{ "no HTTP at all", "\x16\x03\x01\x02\x01\x01\xfc\x03\x03" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n\r\n", { 400 } },
	{ "HTTP/0.9", "GET /\r\n\r\n", { 400 } },
};

static bool among(int status, const int statuses[4])
{
	for (int i = 0; i < 4; i++)
		if (statuses[i] && status == (statuses[i] == CLOSED ? 0 : statuses[i]))
			return true;
	return false;
}

/* Sends the request with the port in place of each @. */
static void send_request(struct raw *r, const char *request)
{
	for (const char *at; (at = strchr(request, '@')) && at[1] == '\r'; request = at + 1)
		raw_print(r, "%.*s%d", (int)(at - request), request, server.port);
	raw_print(r, "%s", request);
}

/* Whether the answer is one of those; all that are not are named, not only the first. */
static bool answered_so(const struct refused *c)
{
	struct raw r;
	bool as_wanted;
	int status;

	expect(raw_open(&r, server.port), "%s: the server listens", c->title);
	send_request(&r, c->request);
	status = raw_status(&r, LIMIT_HANDSHAKE_MS + PATIENCE_MS);
	as_wanted = among(status, c->statuses) && !strstr(r.text, "root:");
	if (!as_wanted)
		print_error("%s: status %d (0: closed, -1: neither in time)\n", c->title, status);
	raw_close(&r);
	return as_wanted;
}

static void refuses_bad_handshakes(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof in_order / sizeof *in_order; i++)
		wrong += !answered_so(&in_order[i]);
	for (size_t i = 0; i < sizeof handshakes / sizeof *handshakes; i++)
		wrong += !answered_so(&handshakes[i]);
	expect(wrong == 0, "%d are not answered as they should be", wrong);
	nobody_else_noticed();
}

static void ends_headers_that_do_not_end(void **state)
{
	char line[1024];
	struct raw r;
	int sent = 0, status;

	(void)state;
	memset(line, 'a', sizeof line);
	memcpy(line, "X-Long: ", 8);
	memcpy(line + sizeof line - 2, "\r\n", 2);
	expect(raw_open(&r, server.port), "the server listens");
	send_request(&r, "GET / HTTP/1.1\r\n" HOST);
	while (sent < 8 * LIMIT_HTTP_HEADERS && raw_send(&r, line, sizeof line))
		sent += (int)sizeof line;
	status = raw_status(&r, LIMIT_HANDSHAKE_MS + PATIENCE_MS);
	expect(status == 431, "endless headers: status %d", status);
	expect(raw_wait_closed(&r, PATIENCE_MS), "endless headers: closed");
	raw_close(&r);
	nobody_else_noticed();
}

static void ends_a_request_line_that_does_not_end(void **state)
{
	char path[4 * 1024];
	struct raw r;
	int status;

	(void)state;
	memset(path, 'a', sizeof path);
	expect(raw_open(&r, server.port), "the server listens");
	raw_print(&r, "GET /");
	for (int i = 0; i < 64 && raw_send(&r, path, sizeof path); i++)
		;
	status = raw_status(&r, LIMIT_HANDSHAKE_MS + PATIENCE_MS);
	expect(status == 414, "endless path: status %d", status);
	expect(raw_wait_closed(&r, LIMIT_HANDSHAKE_MS + PATIENCE_MS), "endless path: closed");
	raw_close(&r);
	nobody_else_noticed();
}

/* --- what ends by time: begun before everything else. (That a peer says nothing for 90 s, and each of these to the
 * millisecond, is for tests/unit, where the clock goes as the test puts it forward.) --- */

static struct slow {
	struct raw quiet, half, drip, stalled;
	struct websocket *stranger;
	int64_t began;
} slow;

static struct websocket *open_websocket(void)
{
	struct raw r;
	struct websocket *ws;

	expect(raw_upgrade(&r, server.port), "an upgrade as it should be");
	ws = websocket_adopt(stream_adopt(raw_take(&r)));
	expect(ws, "memory");
	return ws;
}

static void begin_what_ends_by_time(void)
{
	slow.began = deadline_now();
	expect(raw_open(&slow.quiet, server.port) && raw_open(&slow.half, server.port) && raw_open(&slow.drip, server.port) &&
		raw_open(&slow.stalled, server.port), "the server listens");
	send_request(&slow.half, "GET /ws HTTP/1.1\r\n" HOST);
	send_request(&slow.drip, "GET /ws HTTP/1.1\r\n" HOST "X: ");
	send_request(&slow.stalled, "POST /session HTTP/1.1\r\n" HOST ORIGIN "Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{");
	slow.stranger = open_websocket();
}

/* Ten seconds from accept, however often a byte comes. */
static void ends_silent_and_slow_handshakes(void **state)
{
	bool taken = true;

	(void)state;
	while (taken && deadline_now() - slow.began < LIMIT_HANDSHAKE_MS + PATIENCE_MS) {
		taken = raw_send(&slow.drip, "x", 1) && !slow.drip.closed;
		raw_receive(&slow.drip, 250);
	}
	expect(raw_wait_closed(&slow.drip, PATIENCE_MS), "a slow handshake is ended");
	expect(deadline_now() - slow.began > LIMIT_HANDSHAKE_MS - EARLY_MS, "not before its time");
	expect(raw_wait_closed(&slow.quiet, PATIENCE_MS), "a silent connection is ended");
	expect(raw_wait_closed(&slow.half, PATIENCE_MS), "half a handshake is ended");
	raw_close(&slow.quiet);
	raw_close(&slow.drip);
	raw_close(&slow.half);
	nobody_else_noticed();
}

static void ends_a_body_that_stalls(void **state)
{
	int status;

	(void)state;
	status = raw_status(&slow.stalled, LIMIT_BODY_STALL_MS + PATIENCE_MS);
	expect(status >= 0, "a stalled body: neither an answer nor a close");
	expect(deadline_now() - slow.began > LIMIT_BODY_STALL_MS - EARLY_MS, "not before its time");
	expect(status == 0 || status == 408 || status == 400, "a stalled body: status %d", status);
	raw_close(&slow.stalled);
	nobody_else_noticed();
}

/* --- an open WebSocket that breaks RFC 6455 --- */

/* A cut, and 1008, are as good as the code that RFC 6455 names. */
struct frames { const char *title; unsigned char bytes[24]; size_t length; int codes[2]; };

/* The masks are zero, so that the payloads can be read here. */
static const struct frames frames[] = {
	{ "an unmasked frame", { 0x81, 0x02, '{', '}' }, 4, { 1002 } },
	{ "a reserved bit", { 0xc1, 0x82, 0, 0, 0, 0, '{', '}' }, 8, { 1002 } },
	{ "a reserved opcode", { 0x83, 0x80, 0, 0, 0, 0 }, 6, { 1002 } },
	{ "a reserved control opcode", { 0x8b, 0x80, 0, 0, 0, 0 }, 6, { 1002 } },
	{ "a binary message", { 0x82, 0x82, 0, 0, 0, 0, '{', '}' }, 8, { 1003, 1002 } },
	{ "a continuation of nothing", { 0x80, 0x82, 0, 0, 0, 0, '{', '}' }, 8, { 1002 } },
	{ "a message within a message", { 0x01, 0x81, 0, 0, 0, 0, '{', 0x81, 0x81, 0, 0, 0, 0, '}' }, 14, { 1002 } },
	{ "a ping in fragments", { 0x09, 0x81, 0, 0, 0, 0, 'x' }, 7, { 1002 } },
	{ "a ping too long", { 0x89, 0xfe, 0x00, 0x80, 0, 0, 0, 0 }, 8, { 1002 } },
	{ "a length of 2^63", { 0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 14, { 1002, 1009 } },
	{ "a length of 4 GiB", { 0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 }, 14, { 1009, 1002 } },
	{ "wrong UTF-8", { 0x81, 0x84, 0, 0, 0, 0, '"', 0xc3, 0x28, '"' }, 10, { 1007 } },
	{ "UTF-8 of a surrogate", { 0x81, 0x85, 0, 0, 0, 0, '"', 0xed, 0xa0, 0x80, '"' }, 11, { 1007 } },
	{ "overlong UTF-8", { 0x81, 0x84, 0, 0, 0, 0, '"', 0xc0, 0xaf, '"' }, 10, { 1007 } },
	{ "a close of one byte", { 0x88, 0x81, 0, 0, 0, 0, 3 }, 7, { 1002, 1005 } },
	{ "a close code that does not exist", { 0x88, 0x82, 0, 0, 0, 0, 0x03, 0xed }, 8, { 1002 } },
};

/* A close, or a connection cut: its code, 0 for a cut. */
static int close_code(struct websocket *ws, const char *title)
{
	struct failure f = { 0 };
	char *text = NULL;
	enum websocket_got got;
	int64_t deadline = deadline_after(LIMIT_SIGN_IN_MS + PATIENCE_MS);

	while ((got = websocket_receive(ws, &text, &(size_t){ 0 }, deadline, &f)) == WEBSOCKET_GOT_MESSAGE)
		free(text);
	failure_clear(&f);
	expect(got != WEBSOCKET_GOT_NOTHING, "%s: neither a close nor a cut", title);
	return got == WEBSOCKET_GOT_CLOSE ? websocket_close_code(ws) : 0;
}

static void refuses_bad_frames(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
		const struct frames *c = &frames[i];
		struct websocket *ws = open_websocket();
		struct failure f = { 0 };
		int code;

		expect(websocket_send_raw(ws, c->bytes, c->length, &f), "%s: sent", c->title);
		code = close_code(ws, c->title);
		if (code != 0 && code != 1008 && code != c->codes[0] && code != c->codes[1]) {
			print_error("%s: close code %d\n", c->title, code);
			wrong++;
		}
		websocket_free(ws);
	}
	expect(wrong == 0, "%d are not closed as they should be", wrong);
	nobody_else_noticed();
}

static void send_long(struct websocket *ws, size_t length, size_t piece)
{
	char *text = malloc(length);
	struct failure f = { 0 };

	expect(text, "memory");
	memset(text, ' ', length);
	for (size_t at = 0; at < length; at += piece) {
		size_t n = length - at < piece ? length - at : piece;
		struct frame_header h = { .fin = at + n == length, .opcode = at ? WEBSOCKET_CONTINUATION : WEBSOCKET_TEXT, .masked = true, .length = n };

		if (!websocket_send_frame(ws, &h, text + at, &f))
			break;
	}
	failure_clear(&f);
	free(text);
}

static void closes_1009_beyond_the_cap(void **state)
{
	struct websocket *ws = open_websocket();
	int code;

	(void)state;
	send_long(ws, LIMIT_MESSAGE_BEFORE_SIGN_IN + 1, 1 << 20);
	code = close_code(ws, "too long before sign-in");
	expect(code == 1009 || code == 0, "too long before sign-in: close code %d", code);
	websocket_free(ws);
	ws = open_websocket();
	send_long(ws, 64 * 1024, 100);
	code = close_code(ws, "too long in fragments");
	expect(code == 1009 || code == 0, "too long in fragments: close code %d", code);
	websocket_free(ws);
	nobody_else_noticed();
}

static void ends_who_does_not_sign_in(void **state)
{
	(void)state;
	close_code(slow.stranger, "not signed in");
	expect(deadline_now() - slow.began > LIMIT_SIGN_IN_MS - EARLY_MS, "not before its time");
	websocket_free(slow.stranger);
	nobody_else_noticed();
}

/* --- JSON-RPC that is none, from somebody who is signed in --- */

struct text { const char *title, *text; int code; };

#define ID "\"jsonrpc\":\"2.0\",\"id\":1"
static const struct text texts[] = {
	{ "broken JSON", "{" ID ",\"method\":", -32700 },
	{ "nothing", "", -32700 },
	{ "white space", "  \n ", -32700 },
	{ "two values", "{} {}", -32700 },
	{ "a trailing comma", "{" ID ",\"method\":\"session.current\",}", -32700 },
	{ "a comment", "{" ID ",\"method\":\"session.current\"/**/}", -32700 },
	{ "NaN", "{" ID ",\"method\":\"session.current\",\"params\":{\"a\":NaN}}", -32700 },
	{ "a NUL within", "{" ID ",\"method\":\"a\\u0000b\"}", -32600 },
	{ "half a surrogate pair", "{" ID ",\"method\":\"\\ud800\"}", -32600 },
	{ "a duplicate key", "{" ID ",\"method\":\"session.current\",\"method\":\"session.close\"}", -32600 },
	{ "a duplicate parameter", "{" ID ",\"method\":\"session.revoke\",\"params\":{\"id\":1,\"id\":2}}", -32600 },
	{ "a number too large", "{" ID ",\"method\":\"session.current\",\"params\":{\"a\":1e999}}", -32600 },
	{ "an integer too large", "{" ID ",\"method\":\"session.current\",\"params\":{\"a\":99999999999999999999999}}", -32600 },
	{ "a number", "42", -32600 },
	{ "a text", "\"session.current\"", -32600 },
	{ "null", "null", -32600 },
	{ "an empty batch", "[]", -32600 },
	{ "no version", "{\"id\":1,\"method\":\"session.current\"}", -32600 },
	{ "another version", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"session.current\"}", -32600 },
	{ "no method", "{" ID "}", -32600 },
	{ "a method that is a number", "{" ID ",\"method\":7}", -32600 },
	{ "an id that is an object", "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"session.current\"}", -32600 },
	{ "a member that no request has", "{" ID ",\"method\":\"session.current\",\"extra\":1}", -32600 },
	{ "parameters that are a text", "{" ID ",\"method\":\"session.current\",\"params\":\"x\"}", -32600 },
	{ "parameters by position", "{" ID ",\"method\":\"session.revoke\",\"params\":[1]}", -32602 },
	{ "an unknown method", "{" ID ",\"method\":\"session.nothing\"}", -32601 },
	{ "a method of another schema", "{" ID ",\"method\":\"pg_catalog.pg_sleep\"}", -32601 },
	{ "a method with an injection", "{" ID ",\"method\":\"session.current(null); drop schema app cascade; --\"}", -32601 },
	{ "an unknown parameter", "{" ID ",\"method\":\"session.current\",\"params\":{\"zzz\":1}}", -32602 },
	{ "a missing parameter", "{" ID ",\"method\":\"session.revoke\",\"params\":{}}", -32602 },
	{ "a wrong type", "{" ID ",\"method\":\"session.revoke\",\"params\":{\"request_id\":\"00000000-0000-7000-8000-000000000001\",\"id\":7}}", -32602 },
	{ "a UUID that is none", "{" ID ",\"method\":\"session.revoke\",\"params\":{\"request_id\":\"x\",\"id\":\"y\"}}", -32602 },
	{ "an organisation that is none", "{" ID ",\"method\":\"party.list\",\"params\":{\"organisation\":\"' or 1=1\"}}", -32602 },
	{ "a cursor that is none", "{" ID ",\"method\":\"party.list\",\"params\":{\"organisation\":\"%s\",\"after\":\"zzzz\"}}", -32602 },
	{ "a sort that is none", "{" ID ",\"method\":\"party.list\",\"params\":{\"organisation\":\"%s\",\"sort\":\"name; drop table\"}}", -32602 },
	{ "a negative limit", "{" ID ",\"method\":\"party.list\",\"params\":{\"organisation\":\"%s\",\"limit\":-1}}", -32602 },
	{ "a limit beyond the cap", "{" ID ",\"method\":\"party.list\",\"params\":{\"organisation\":\"%s\",\"limit\":100000}}", -32602 },
};

/* Sends one text and returns the error code of the one reply; the connection must stand. */
static int error_code_of(struct member *m, const char *title, const char *text)
{
	struct failure f = { 0 };
	json_t *reply;
	int code;

	expect(connection_send_text(m->connection, text, strlen(text), &f), "%s: sent", title);
	reply = connection_receive(m->connection, deadline_after(PATIENCE_MS), &f);
	expect(reply, "%s: answered: %s", title, f.message);
	if (json_is_array(reply)) {
		json_t *first = json_incref(json_array_get(reply, 0));

		json_decref(reply);
		reply = first;
	}
	expect(!json_object_get(reply, "result"), "%s: refused", title);
	/* Whoever waits for the answer to this call gets to know. */
	if (strncmp(text, "{" ID, sizeof "{" ID - 1) == 0 && json_integer_value(json_object_get(json_object_get(reply, "error"), "code")) != -32700)
		expect(json_integer_value(json_object_get(reply, "id")) == 1, "%s: answered with its id", title);
	code = (int)json_integer_value(json_object_get(json_object_get(reply, "error"), "code"));
	expect(json_string_length(json_object_get(json_object_get(reply, "error"), "message")) > 0, "%s: in words", title);
	json_decref(reply);
	return code;
}

static void refuses_bad_requests(void **state)
{
	struct member m;
	char text[512];

	(void)state;
	member_sign_in(&m, &server, ADMINISTRATOR_EMAIL);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const char *place = strstr(texts[i].text, "%s");

		snprintf(text, sizeof text, "%.*s%s%s", place ? (int)(place - texts[i].text) : (int)strlen(texts[i].text), texts[i].text,
			place ? m.organisation : "", place ? place + 2 : "");
		int code = error_code_of(&m, texts[i].title, text);

		expect(code == texts[i].code, "%s: %d instead of %d", texts[i].title, code, texts[i].code);
	}
	member_leave(&m);
	nobody_else_noticed();
}

/* `count` times opening, then inner, then as many times closing: heap text. */
static char *nested(const char *head, const char *opening, int count, const char *closing, const char *tail)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	expect(out, "memory");
	fputs(head, out);
	for (int i = 0; i < count; i++)
		fputs(opening, out);
	fputs("1", out);
	for (int i = 0; i < count; i++)
		fputs(closing, out);
	fputs(tail, out);
	fclose(out);
	return text;
}

static void refuses_depth(void **state)
{
	static const int depths[] = { LIMIT_JSON_DEPTH + 1, 1000, 100000 };
	struct member m;

	(void)state;
	member_sign_in(&m, &server, ADMINISTRATOR_EMAIL);
	for (size_t i = 0; i < sizeof depths / sizeof *depths; i++) {
		char *text = nested("{" ID ",\"method\":\"session.current\",\"params\":{\"a\":", "[", depths[i], "]", "}}");
		int code = error_code_of(&m, "depth", text);

		expect(code == -32600, "depth %d: code %d", depths[i], code);
		free(text);
	}
	member_leave(&m);
	nobody_else_noticed();
}

static void closes_1009_beyond_the_cap_of_the_signed_in(void **state)
{
	struct member m;
	int code;

	(void)state;
	member_sign_in(&m, &server, ADMINISTRATOR_EMAIL);
	send_long(connection_websocket(m.connection), LIMIT_MESSAGE + 1, 1 << 16);
	code = close_code(connection_websocket(m.connection), "too long");
	expect(code == 1009 || code == 0, "too long: close code %d", code);
	member_leave(&m);
	nobody_else_noticed();
}

static void refuses_a_batch_too_long(void **state)
{
	struct member m;
	char *text = nested("[", "{" ID ",\"method\":\"session.current\"},", LIMIT_BATCH + 1, "", "]");
	int code;

	(void)state;
	member_sign_in(&m, &server, ADMINISTRATOR_EMAIL);
	code = error_code_of(&m, "batch", text);
	expect(code == -32600, "a batch of %d: code %d", LIMIT_BATCH + 2, code);
	free(text);
	member_leave(&m);
	nobody_else_noticed();
}

/* --- too much --- */

/* Asks for the longest answer again and again and reads nothing: the server stops reading, or closes; it never keeps it all. */
static void bounds_a_slow_reader(void **state)
{
	static const char request[] = "{" ID ",\"method\":\"rpc.discover\"}";
	struct member m;
	struct failure f = { 0 };
	struct raw r = { 0 };
	unsigned char frame[sizeof request + 8] = { 0x81, 0x80 | (sizeof request - 1) };
	int sent = 0;

	(void)state;
	member_sign_in(&m, &server, ADMINISTRATOR_EMAIL);
	memcpy(frame + 6, request, sizeof request - 1);
	r.fd = websocket_descriptor(connection_websocket(m.connection));
	while (sent < 20000 && raw_send(&r, frame, 6 + sizeof request - 1))
		sent++;
	nobody_else_noticed();
	failure_clear(&f);
	member_leave(&m);
	nobody_else_noticed();
}

/* Ten thousand calls at once: every one is answered, with its result or -32007 and when to come back, or the server closes. */
static void slows_a_flood(void **state)
{
	enum { CALLS = 10000 };
	struct member m;
	struct failure f = { 0 };
	json_t *reply;
	json_int_t id;
	int posted = 0, answered = 0, slowed = 0;

	(void)state;
	member_sign_in(&m, &server, ADMINISTRATOR_EMAIL);
	while (posted < CALLS && connection_post(m.connection, "session.current", NULL, &id, &f)) {
		posted++;
		while (posted % 64 == 0 && (reply = connection_receive(m.connection, deadline_after(0), &f))) {
			answered++;
			slowed += json_integer_value(json_object_get(json_object_get(reply, "error"), "code")) == -32007;
			json_decref(reply);
		}
	}
	nobody_else_noticed();
	while (answered < posted && (reply = connection_receive(m.connection, deadline_after(PATIENCE_MS), &f))) {
		answered++;
		slowed += json_integer_value(json_object_get(json_object_get(reply, "error"), "code")) == -32007;
		json_decref(reply);
	}
	expect(answered == posted || f.kind == FAILURE_LOST, "%d of %d answered: %s", answered, posted, f.message);
	print_message("flood: %d calls, %d answered, %d told to slow down\n", posted, answered, slowed);
	failure_clear(&f);
	member_leave(&m);
	nobody_else_noticed();
}

static void outlives_a_flood_of_pings(void **state)
{
	static const unsigned char ping[] = { 0x89, 0x84, 0, 0, 0, 0, 'p', 'i', 'n', 'g' };
	struct raw r;
	int sent = 0;

	(void)state;
	expect(raw_upgrade(&r, server.port), "an upgrade as it should be");
	while (sent < 100000 && raw_send(&r, ping, sizeof ping))
		sent++;
	nobody_else_noticed();
	raw_close(&r);
	nobody_else_noticed();
}

static void outlives_a_flood_of_connections(void **state)
{
	enum { CONNECTIONS = 900 };
	struct raw *all = calloc(CONNECTIONS, sizeof *all);
	int opened = 0;

	(void)state;
	expect(all, "memory");
	for (int i = 0; i < CONNECTIONS; i++)
		opened += raw_open(&all[i], server.port);
	nobody_else_noticed();
	for (int i = 0; i < CONNECTIONS; i++)
		raw_close(&all[i]);
	free(all);
	expect(opened > 0, "some were taken");
	nobody_else_noticed();
	expect(raw_http_status(server.port, "/healthz") == 200, "a newcomer is served");
}

static void ends_at_a_signal_with_all_of_it_behind(void **state)
{
	int status;

	(void)state;
	member_leave(&bystander);
	status = server_end(&server, SIGTERM);
	expect(status == 0, "wait status %d", status);
}

static int set_up(void **state)
{
	(void)state;
	deployment_start(&deployment, "bad_input", NULL);
	deployment_init(&deployment, "Bad Input Ltd", ADMINISTRATOR_EMAIL, MANAGEMENT_EMAIL);
	server_start(&deployment, &server, NULL);
	member_join(&bystander, &server, ADMINISTRATOR_EMAIL, deployment.administrator_code);
	begin_what_ends_by_time();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	deployment_stop(&deployment);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_silent_and_slow_handshakes),
		cmocka_unit_test(refuses_bad_handshakes),
		cmocka_unit_test(ends_headers_that_do_not_end),
		cmocka_unit_test(ends_a_request_line_that_does_not_end),
		cmocka_unit_test(refuses_bad_frames),
		cmocka_unit_test(closes_1009_beyond_the_cap),
		cmocka_unit_test(ends_who_does_not_sign_in),
		cmocka_unit_test(refuses_bad_requests),
		cmocka_unit_test(refuses_depth),
		cmocka_unit_test(closes_1009_beyond_the_cap_of_the_signed_in),
		cmocka_unit_test(refuses_a_batch_too_long),
		cmocka_unit_test(bounds_a_slow_reader),
		cmocka_unit_test(slows_a_flood),
		cmocka_unit_test(outlives_a_flood_of_pings),
		cmocka_unit_test(outlives_a_flood_of_connections),
		cmocka_unit_test(ends_a_body_that_stalls),
		cmocka_unit_test(ends_at_a_signal_with_all_of_it_behind),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
