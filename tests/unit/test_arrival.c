/* test_arrival.c - requests by raw bytes, from a proxy: what stands in a head is read as it stands there, whatever stands beside it. */
#include "tests/unit/library_names.h"
#include "tests/unit/network.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define HOST "Host: audit.example.org\r\n"
#define ORIGIN "Origin: https://audit.example.org\r\n"
#define VISITOR "203.0.113.7"

static struct network net;
static char address[64];
static atomic_int signed_out;

static void sign_in(void *arg, struct http_request *r, const char *json, size_t length)
{
	(void)arg;
	http_answer(r, 200, json, length);
}

static void sign_out(void *arg, struct http_request *r, const char *token)
{
	(void)arg, (void)token;
	snprintf(address, sizeof(address), "%s", http_address(r));
	signed_out++;
	http_answer(r, 204, NULL, 0);
}

/* Of nobody who may read it: it is the Origin that is looked at. */
static void get_begin(void *arg, struct http_request *r, const struct http_transfer *t)
{
	(void)arg, (void)t;
	http_answer(r, 401, "{}", 2);
}

static void put_begin(void *arg, struct http_request *r, const struct http_transfer *t)
{
	get_begin(arg, r, t);
}

static void gone(void *arg, struct http_request *r)
{
	(void)arg, (void)r;
}

static void nothing(void *arg, struct peer *p)
{
	(void)arg, (void)p;
}

static void no_text(void *arg, struct peer *p, const char *text, size_t length)
{
	(void)arg, (void)p, (void)text, (void)length;
}

static int start(void **state)
{
	const struct peer_handler peers = { .opened = nothing, .text = no_text, .closed = nothing };
	const struct http_handler http = { .session = { .sign_in = sign_in, .sign_out = sign_out },
		.evidence = { .get_begin = get_begin, .put_begin = put_begin, .gone = gone } };

	(void)state;
	network_start(&net, &(struct server_config){ .behind_proxy = "127.0.0.1", .origins = "https://audit.example.org" }, &peers, &http);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	network_stop(&net);
	return 0;
}

static char head[8192];

/* The status of what is sent whole; 0: ended without an answer, -1: nothing within a second. */
static int ask(const char *request, size_t length)
{
	int fd = client_connect(net.port), status;

	client_write(fd, request, length);
	status = client_head(fd, head, sizeof(head));
	client_close(fd);
	return status;
}

static int ask_text(const char *request)
{
	return ask(request, strlen(request));
}

/* --- names that begin as one that the library knows --------------------------------------------------------------------------- */

/* How many names for which `fmt`, with the name in it, is not answered so. The first few are said. */
static int answered_otherwise(const char *fmt, int status, const char *from)
{
	int wrong = 0;

	for (size_t i = 0; i < library_name_count; i++) {
		char request[1024];
		int got;

		if (library_name_means_something(library_names[i]))
			continue;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(request, sizeof(request), fmt, library_names[i]);
#pragma GCC diagnostic pop
		address[0] = '\0';
		got = ask_text(request);
		if (got == status && (!from || strcmp(address, from) == 0))
			continue;
		if (++wrong <= 5)
			print_error("%s: %d from %s\n", library_names[i], got, address);
	}
	return wrong;
}

static void hides_no_address_behind_a_name(void **state)
{
	(void)state;
	assert_int_equal(answered_otherwise("DELETE /session HTTP/1.1\r\n" HOST ORIGIN "X-Forwarded-For: 192.0.2.66\r\n%s: x\r\nX-Forwarded-For: " VISITOR "\r\n\r\n",
		204, VISITOR), 0);
}

static void hides_no_origin_behind_a_name(void **state)
{
	(void)state;
	assert_int_equal(answered_otherwise("GET /evidence/0190a3c4-0000-7000-8000-000000000001 HTTP/1.1\r\n" HOST "%s: x\r\n"
		"Origin: https://evil.example\r\n\r\n", 403, NULL), 0);
	assert_int_equal(answered_otherwise("DELETE /session HTTP/1.1\r\n" HOST ORIGIN "%s: x\r\nOrigin: https://evil.example\r\n\r\n", 400, NULL), 0);
}

static void hides_no_second_host_and_no_coding_behind_a_name(void **state)
{
	(void)state;
	assert_int_equal(answered_otherwise("DELETE /session HTTP/1.1\r\n" HOST ORIGIN "%s: x\r\nHost: evil.example\r\n\r\n", 400, NULL), 0);
	assert_int_equal(answered_otherwise("POST /session HTTP/1.1\r\n" HOST ORIGIN "Content-Type: application/json\r\nContent-Length: 2\r\n%s: x\r\n"
		"Transfer-Encoding: chunked\r\n\r\n{}", 400, NULL), 0);
}

/* The library takes names that begin as these for methods. */
static void answers_names_that_begin_as_methods(void **state)
{
	static const char *const names[] = { "Put-Away", "Delete-After", "Patchwork", "Get-It", "Post-Code", "Heading", "Options-List", "Connection-Id" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char text[256];

		snprintf(text, sizeof(text), "DELETE /session HTTP/1.1\r\n" HOST ORIGIN "%s: x\r\n\r\n", names[i]);
		if (ask_text(text) != 204)
			fail_msg("%s", names[i]);
	}
}

static void answers_whatever_the_last_name_is(void **state)
{
	(void)state;
	assert_int_equal(answered_otherwise("DELETE /session HTTP/1.1\r\n" HOST ORIGIN "%s: x\r\n\r\n", 204, "127.0.0.1"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hides_no_address_behind_a_name),
		cmocka_unit_test(hides_no_origin_behind_a_name),
		cmocka_unit_test(hides_no_second_host_and_no_coding_behind_a_name),
		cmocka_unit_test(answers_names_that_begin_as_methods),
		cmocka_unit_test(answers_whatever_the_last_name_is),
	};

	library_names_read();
	if (library_name_count < 300)	/* or the tests below would try nothing */
		return 1;
	return cmocka_run_group_tests_name("arrival", tests, start, stop);
}
