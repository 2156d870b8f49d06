/* test_head.c - the head of a request: what is refused and with which status, and what is handed on of what is not. */
#include "base/limits.h"
#include "net/head.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define H "Host: a.example\r\n"

/* Takes it in pieces of so many bytes. What is left in h is the caller's to clear. */
static int take(struct head *h, const char *text, size_t length, size_t piece, size_t *used)
{
	int status = HEAD_MORE;
	size_t at = 0, n;

	head_init(h);
	for (; at < length && status == HEAD_MORE; at += n) {
		status = head_take(h, text + at, length - at < piece ? length - at : piece, &n);
		if (status == HEAD_MORE)
			assert_int_equal(n, length - at < piece ? length - at : piece);
	}
	*used = at;
	return status;
}

static void expect_status(const char *title, const char *text, size_t length, int status)
{
	for (size_t piece = 1; piece <= length; piece = piece < 4 ? piece + 1 : piece * 3) {
		struct head h;
		size_t used;
		int got = take(&h, text, length, piece, &used);

		if (got != status)
			fail_msg("%s: %d instead of %d, in pieces of %zu", title, got, status, piece);
		if (got >= 400)
			assert_true(h.why[0] && h.why[strlen(h.why) - 1] == '.');
		head_clear(&h);
	}
}

struct refused { const char *title, *text; int status; };

static const struct refused refusals[] = {
	{ "a line that a lone LF ends", "GET / HTTP/1.1\n" H "\r\n", 400 },
	{ "a header that a lone LF ends", "GET / HTTP/1.1\r\nHost: a.example\n\r\n", 400 },
	{ "a head that a lone LF ends", "GET / HTTP/1.1\r\n" H "\n", 400 },
	{ "a CR within a value", "GET / HTTP/1.1\r\n" H "X: a\rb\r\n\r\n", 400 },
	{ "two CRs at an end", "GET / HTTP/1.1\r\r\n" H "\r\n", 400 },
	{ "a control character", "GET / HTTP/1.1\r\n" H "X: a\x01\r\n\r\n", 400 },
	{ "DEL", "GET / HTTP/1.1\r\n" H "X: a\x7f\r\n\r\n", 400 },
	{ "a line that goes on", "GET / HTTP/1.1\r\n" H "X: a\r\n b\r\n\r\n", 400 },
	{ "a line that goes on by a tab", "GET / HTTP/1.1\r\n" H "X: a\r\n\tb\r\n\r\n", 400 },
	{ "space before the first header", "GET / HTTP/1.1\r\n " H "\r\n", 400 },
	{ "space before the colon", "GET / HTTP/1.1\r\nHost : a.example\r\n\r\n", 400 },
	{ "a tab before the colon", "GET / HTTP/1.1\r\n" H "X\t: a\r\n\r\n", 400 },
	{ "no colon", "GET / HTTP/1.1\r\n" H "X\r\n\r\n", 400 },
	{ "no name", "GET / HTTP/1.1\r\n" H ": a\r\n\r\n", 400 },
	{ "a name in quotes", "GET / HTTP/1.1\r\n" H "\"X\": a\r\n\r\n", 400 },
	{ "a name beyond ASCII", "GET / HTTP/1.1\r\n" H "X\xc3\xa4: a\r\n\r\n", 400 },
	{ "HTTP/0.9", "GET /\r\n\r\n", 400 },
	{ "two spaces", "GET  / HTTP/1.1\r\n" H "\r\n", 400 },
	{ "two spaces before the version", "GET /  HTTP/1.1\r\n" H "\r\n", 400 },
	{ "a space behind the version", "GET / HTTP/1.1 \r\n" H "\r\n", 400 },
	{ "a tab for a space", "GET\t/\tHTTP/1.1\r\n" H "\r\n", 400 },
	{ "no method", " / HTTP/1.1\r\n" H "\r\n", 400 },
	{ "a method that is no word", "G@T / HTTP/1.1\r\n" H "\r\n", 400 },
	{ "two empty lines before", "\r\n\r\nGET / HTTP/1.1\r\n" H "\r\n", 400 },
	{ "a version in small letters", "GET / http/1.1\r\n" H "\r\n", 400 },
	{ "a version of two digits", "GET / HTTP/1.10\r\n" H "\r\n", 400 },
	{ "a version that is no number", "GET / HTTP/x.1\r\n" H "\r\n", 400 },
	{ "HTTP/2.0", "GET / HTTP/2.0\r\n" H "\r\n", 505 },
	{ "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505 },
	{ "HTTP/0.9 by name", "GET / HTTP/0.9\r\n" H "\r\n", 505 },
	{ "a strange method", "BREW / HTTP/1.1\r\n" H "\r\n", 501 },
	{ "a method in small letters", "get / HTTP/1.1\r\n" H "\r\n", 501 },
	{ "CONNECT", "CONNECT a.example:443 HTTP/1.1\r\n" H "\r\n", 501 },
	{ "TRACE", "TRACE / HTTP/1.1\r\n" H "\r\n", 501 },
	{ "a target without a slash", "GET x HTTP/1.1\r\n" H "\r\n", 400 },
	{ "the server as a whole, by GET", "GET * HTTP/1.1\r\n" H "\r\n", 400 },
	{ "a target of another scheme", "GET ftp://a.example/ HTTP/1.1\r\n" H "\r\n", 400 },
	{ "an absolute target without a host", "GET http:/// HTTP/1.1\r\n" H "\r\n", 400 },
	{ "an absolute target with a user", "GET http://u@a.example/ HTTP/1.1\r\n" H "\r\n", 400 },
	{ "an absolute target without Host", "GET http://a.example/ HTTP/1.1\r\n\r\n", 400 },
	{ "a fragment", "GET /#a HTTP/1.1\r\n" H "\r\n", 400 },
	{ "a target beyond ASCII", "GET /\xc3\xa4 HTTP/1.1\r\n" H "\r\n", 400 },
	{ "half an escape", "GET /%4 HTTP/1.1\r\n" H "\r\n", 400 },
	{ "an escape that is none", "GET /%zz HTTP/1.1\r\n" H "\r\n", 400 },
	{ "no Host", "GET / HTTP/1.1\r\n\r\n", 400 },
	{ "no Host, HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 400 },
	{ "an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400 },
	{ "a Host that is none", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400 },
	{ "two names in Host", "GET / HTTP/1.1\r\nHost: a.example b.example\r\n\r\n", 400 },
	{ "two Hosts", "GET / HTTP/1.1\r\n" H H "\r\n", 400 },
	{ "two Hosts below an absolute target", "GET http://a.example/ HTTP/1.1\r\n" H H "\r\n", 400 },
	{ "two Origins", "GET / HTTP/1.1\r\n" H "Origin: https://a\r\norigin: https://a\r\n\r\n", 400 },
	{ "an empty Origin", "GET / HTTP/1.1\r\n" H "Origin: \r\n\r\n", 400 },
	{ "two Authorizations", "GET / HTTP/1.1\r\n" H "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n", 400 },
	{ "two Cookies", "GET / HTTP/1.1\r\n" H "Cookie: a=b\r\nCookie: a=c\r\n\r\n", 400 },
	{ "two keys", "GET / HTTP/1.1\r\n" H "Sec-WebSocket-Key: a\r\nSec-WebSocket-Key: a\r\n\r\n", 400 },
	{ "two lengths", "POST / HTTP/1.1\r\n" H "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400 },
	{ "two lengths in one", "POST / HTTP/1.1\r\n" H "Content-Length: 5, 5\r\n\r\n", 400 },
	{ "a length with a sign", "POST / HTTP/1.1\r\n" H "Content-Length: +5\r\n\r\n", 400 },
	{ "a negative length", "POST / HTTP/1.1\r\n" H "Content-Length: -5\r\n\r\n", 400 },
	{ "a length in hex", "POST / HTTP/1.1\r\n" H "Content-Length: 0x5\r\n\r\n", 400 },
	{ "a length beyond all", "POST / HTTP/1.1\r\n" H "Content-Length: 1000000000000000\r\n\r\n", 400 },
	{ "an empty length", "POST / HTTP/1.1\r\n" H "Content-Length:\r\n\r\n", 400 },
	{ "a length and chunks", "POST / HTTP/1.1\r\n" H "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400 },
	{ "chunks and a length", "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400 },
	{ "chunks", "POST / HTTP/1.1\r\n" H "Transfer-Encoding: Chunked\r\n\r\n", 411 },
	{ "chunks twice", "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 501 },
	{ "another coding", "POST / HTTP/1.1\r\n" H "Transfer-Encoding: gzip, chunked\r\n\r\n", 501 },
	{ "an empty coding", "POST / HTTP/1.1\r\n" H "Transfer-Encoding:\r\n\r\n", 501 },
	{ "chunks of HTTP/1.0", "POST / HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n\r\n", 400 },
	{ "another expectation", "PUT / HTTP/1.1\r\n" H "Expect: tea\r\n\r\n", 417 },
};

static void refuses_what_is_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++)
		expect_status(refusals[i].title, refusals[i].text, strlen(refusals[i].text), refusals[i].status);
	expect_status("a NUL", "GET / HTTP/1.1\r\n" H "X: a\0b\r\n\r\n", sizeof("GET / HTTP/1.1\r\n" H "X: a\0b\r\n\r\n") - 1, 400);
}

/* What is wrong is said at once, and not only at the end of a line that may never come. */
static void does_not_wait_for_the_end_of_what_is_no_text(void **state)
{
	struct head h;
	size_t used;

	(void)state;
	assert_int_equal(take(&h, "\x16\x03\x01", 3, 3, &used), 400);
	assert_int_equal(used, 1);
	head_clear(&h);
}

struct taken { const char *title, *text, *out; };

static const struct taken rows[] = {
	{ "as it came", "GET /a?b=c HTTP/1.1\r\n" H "\r\n", "GET /a?b=c HTTP/1.1\r\n" H "\r\n" },
	{ "an empty line before", "\r\nGET / HTTP/1.1\r\n" H "\r\n", "GET / HTTP/1.1\r\n" H "\r\n" },
	{ "HTTP/1.0", "GET / HTTP/1.0\r\n" H "\r\n", "GET / HTTP/1.0\r\n" H "\r\n" },
	{ "a version to come", "GET / HTTP/1.9\r\n" H "\r\n", "GET / HTTP/1.1\r\n" H "\r\n" },
	{ "white space around values", "GET / HTTP/1.1\r\nHOST:\t a.example \t\r\n\r\n", "GET / HTTP/1.1\r\n" H "\r\n" },
	{ "an absolute target", "GET http://b.example:8/c?d HTTP/1.1\r\n" H "\r\n", "GET /c?d HTTP/1.1\r\nHost: b.example:8\r\n\r\n" },
	{ "an absolute target without a path", "GET HTTPS://b.example HTTP/1.1\r\n" H "\r\n", "GET / HTTP/1.1\r\nHost: b.example\r\n\r\n" },
	{ "an absolute target with a query only", "GET http://b.example?d HTTP/1.1\r\n" H "\r\n", "GET /?d HTTP/1.1\r\nHost: b.example\r\n\r\n" },
	{ "the server as a whole", "OPTIONS * HTTP/1.1\r\n" H "\r\n", "OPTIONS / HTTP/1.1\r\n" H "\r\n" },
	{ "what is not for us", "GET / HTTP/1.1\r\nX-A: b\r\n" H "If: c\r\nContent: d\r\nX-Auth: e\r\n\r\n", "GET / HTTP/1.1\r\n" H "\r\n" },
	{ "a list over two lines", "GET / HTTP/1.1\r\n" H "Connection: a\r\nCONNECTION: b\r\n\r\n",
		"GET / HTTP/1.1\r\n" H "Connection: a\r\nConnection: b\r\n\r\n" },
	{ "an empty value", "GET / HTTP/1.1\r\n" H "Authorization:\r\n\r\n", "GET / HTTP/1.1\r\n" H "\r\n" },
	{ "a WebSocket", "GET / HTTP/1.1\r\n" H "Upgrade: h2c, WebSocket\r\n\r\n", "GET / HTTP/1.1\r\n" H "Upgrade: websocket\r\n\r\n" },
	{ "another protocol", "GET / HTTP/1.1\r\n" H "Upgrade: h2c, websockets\r\n\r\n", "GET / HTTP/1.1\r\n" H "\r\n" },
	{ "a WebSocket of HTTP/1.0", "GET / HTTP/1.0\r\n" H "Upgrade: websocket\r\n\r\n", "GET / HTTP/1.0\r\n" H "\r\n" },
	{ "100-continue", "PUT / HTTP/1.1\r\n" H "Expect: 100-Continue\r\n\r\n", "PUT / HTTP/1.1\r\n" H "Expect: 100-Continue\r\n\r\n" },
	{ "100-continue of HTTP/1.0", "PUT / HTTP/1.0\r\n" H "Expect: 100-continue\r\n\r\n", "PUT / HTTP/1.0\r\n" H "\r\n" },
	{ "text beyond ASCII", "GET / HTTP/1.1\r\n" H "User-Agent: \xc3\xa4\r\n\r\n", "GET / HTTP/1.1\r\n" H "User-Agent: \xc3\xa4\r\n\r\n" },
};

static void hands_on_what_is_known_and_nothing_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[512];
		struct head h;
		size_t used, length = strlen(rows[i].text);

		snprintf(text, sizeof(text), "%sGET / HTTP/1.1\r\n", rows[i].text);
		if (take(&h, text, strlen(text), 7, &used) != HEAD_WHOLE)
			fail_msg("%s: %s", rows[i].title, h.why);
		assert_int_equal(used, length);
		assert_string_equal(buffer_text(&h.out), rows[i].out);
		assert_int_equal(h.websocket, strstr(rows[i].out, "Upgrade: ") != NULL);
		head_clear(&h);
	}
}

static void the_last_word_is_the_proxys(void **state)
{
	static const struct { const char *lines, *forwarded; } forwarded[] = {
		{ "", "" },
		{ "X-Forwarded-For: 192.0.2.1\r\n", "192.0.2.1" },
		{ "X-Forwarded-For: 192.0.2.1, \t 192.0.2.2 \r\n", "192.0.2.2" },
		{ "X-Forwarded-For: 192.0.2.1\r\nx-forwarded-for: 192.0.2.2\r\n", "192.0.2.2" },
		{ "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: \r\n", "" },
		{ "X-Forwarded-For: 192.0.2.1,\r\n", "" },
		{ "X-Forwarded-For: 192.0.2.1, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(forwarded) / sizeof(forwarded[0]); i++) {
		char text[512];
		struct head h;
		size_t used;

		snprintf(text, sizeof(text), "GET / HTTP/1.1\r\n" H "%s\r\n", forwarded[i].lines);
		assert_int_equal(take(&h, text, strlen(text), 100, &used), HEAD_WHOLE);
		assert_string_equal(h.forwarded, forwarded[i].forwarded);
		assert_string_equal(buffer_text(&h.out), "GET / HTTP/1.1\r\n" H "\r\n");
		head_clear(&h);
	}
}

/* begin, then `fill` until the whole is so long, then end. */
static int long_head(const char *begin, char fill, size_t length, const char *end)
{
	char *text = malloc(length + 1);
	size_t used, from = strlen(begin), to = length - strlen(end);
	struct head h;
	int status;

	memcpy(text, begin, from);
	memset(text + from, fill, to - from);
	memcpy(text + to, end, strlen(end));
	status = take(&h, text, length, 4096, &used);
	head_clear(&h);
	free(text);
	return status;
}

static void has_bounds(void **state)
{
	char many[32 * (LIMIT_HTTP_FIELDS + 1)] = "GET / HTTP/1.1\r\n" H;
	struct head h;
	size_t used;

	(void)state;
	assert_int_equal(long_head("GET / HTTP/1.1\r\n" H "X: ", 'x', LIMIT_HTTP_HEADERS, "\r\n\r\n"), HEAD_WHOLE);
	assert_int_equal(long_head("GET / HTTP/1.1\r\n" H "Cookie: ", 'x', LIMIT_HTTP_HEADERS, "\r\n\r\n"), HEAD_WHOLE);
	assert_int_equal(long_head("GET / HTTP/1.1\r\n" H "X: ", 'x', LIMIT_HTTP_HEADERS + 1, "\r\n\r\n"), 431);
	assert_int_equal(long_head("GET / HTTP/1.1\r\n" H "X: ", 'x', 2 * LIMIT_HTTP_HEADERS, "x"), 431);
	assert_int_equal(long_head("GET /", 'x', 2 * LIMIT_HTTP_HEADERS, "x"), 414);
	assert_int_equal(long_head("GET /", 'x', LIMIT_HTTP_PATH + 34, " HTTP/1.1\r\n" H "\r\n"), HEAD_WHOLE);
	assert_int_equal(long_head("GET /", 'x', LIMIT_HTTP_PATH + 35, " HTTP/1.1\r\n" H "\r\n"), 414);
	assert_int_equal(long_head("GET /?", 'x', 4096, " HTTP/1.1\r\n" H "\r\n"), HEAD_WHOLE);
	assert_int_equal(long_head("GET http://", 'x', 1000, "/ HTTP/1.1\r\n" H "\r\n"), 414);
	for (int i = 1; i < LIMIT_HTTP_FIELDS; i++)
		strcat(many, "X: y\r\n");
	strcat(many, "\r\n");
	assert_int_equal(take(&h, many, strlen(many), 999, &used), HEAD_WHOLE);
	head_clear(&h);
	strcpy(many + strlen(many) - 2, "X: y\r\n\r\n");
	assert_int_equal(take(&h, many, strlen(many), 999, &used), 431);
	head_clear(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_what_is_wrong),
		cmocka_unit_test(does_not_wait_for_the_end_of_what_is_no_text),
		cmocka_unit_test(hands_on_what_is_known_and_nothing_else),
		cmocka_unit_test(the_last_word_is_the_proxys),
		cmocka_unit_test(has_bounds),
	};

	return cmocka_run_group_tests_name("head", tests, NULL, NULL);
}
