/* test_description.c - the server's description of itself: the same by rpc.discover, as a file and packed; as small as
 * it should be; of one noun; and to be had without a sign-in. */
#include "base/error.h"
#include "base/limits.h"
#include "client-cli/connection.h"
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/raw.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <zlib.h>

enum { ANSWER_MAX = LIMIT_DESCRIPTION + 4096, SMALL = LIMIT_DESCRIPTION / 2, HEADER_MAX = 200 };

static struct deployment deployment;
static struct server server;

struct answer {
	int status;
	char *head, *body;		/* of one piece of memory, which head begins; the test's to free */
	size_t length;			/* of the body */
};

/* GET /openrpc.json until the server closes. */
static struct answer get(const char *extra)
{
	struct answer a = { .head = calloc(1, ANSWER_MAX + 1) };
	struct raw r = { 0 };
	size_t filled = 0;
	ssize_t n = 1;
	char *end;

	expect(a.head && raw_open(&r, server.port), "a connection");
	expect(raw_print(&r, "GET /openrpc.json HTTP/1.1\r\nHost: %s\r\n%s\r\n", server.address, extra), "a request");
	while (n > 0 && filled < ANSWER_MAX) {
		expect(poll(&(struct pollfd){ .fd = r.fd, .events = POLLIN }, 1, PATIENCE_MS) == 1, "more of the answer");
		n = read(r.fd, a.head + filled, ANSWER_MAX - filled);
		filled += n > 0 ? (size_t)n : 0;
	}
	raw_close(&r);
	end = strstr(a.head, "\r\n\r\n");
	expect(end && sscanf(a.head, "HTTP/1.1 %d", &a.status) == 1, "an answer");
	*end = '\0';
	a.body = end + 4;
	a.length = filled - (size_t)(a.body - a.head);
	return a;
}

/* The value of a header; "" when there is none. */
static void header(const struct answer *a, const char *name, char out[HEADER_MAX])
{
	char line[64];
	const char *at;

	snprintf(line, sizeof line, "\r\n%s: ", name);
	at = strcasestr(a->head, line);
	snprintf(out, HEADER_MAX, "%.*s", at ? (int)strcspn(at + strlen(line), "\r") : 0, at ? at + strlen(line) : "");
}

static char *unpacked(const struct answer *a)
{
	char *text = calloc(1, LIMIT_DESCRIPTION + 1);
	z_stream z = { .next_in = (unsigned char *)a->body, .avail_in = (unsigned int)a->length,
		.next_out = (unsigned char *)text, .avail_out = LIMIT_DESCRIPTION };

	expect(inflateInit2(&z, 15 + 16) == Z_OK && inflate(&z, Z_FINISH) == Z_STREAM_END, "what was packed is unpacked");
	inflateEnd(&z);
	return text;
}

/* Nobody's connection. */
static json_t *discover(const char *noun)
{
	const struct connection_options options = { .server = server.address, .timeout_ms = PATIENCE_MS };
	struct failure f = { 0 };
	struct connection *c = connection_open(&options, &f);
	json_t *params = noun ? json_pack("{s:s}", "noun", noun) : NULL, *document;

	expect(c, "a connection: %s", f.message);
	document = connection_call(c, "rpc.discover", params, &f);
	expect(document, "rpc.discover: %s", f.message);
	connection_free(c);
	json_decref(params);
	return document;
}

/* With room for the next thousand methods: half of what may be said at all. */
static void it_is_small(void **state)
{
	struct answer a = get("");
	json_t *document = json_loadb(a.body, a.length, 0, NULL);
	size_t methods = json_array_size(json_object_get(document, "methods"));

	(void)state;
	expect(a.status == 200 && methods > 0, "status %d, %zu methods", a.status, methods);
	expect(a.length < SMALL, "the description has %zu bytes, which is not less than %d", a.length, SMALL);
	expect(a.length / methods < 2048, "each method takes %zu bytes of it", a.length / methods);
	json_decref(document);
	free(a.head);
}

static void it_is_the_same_by_every_way(void **state)
{
	struct answer plain = get(""), packed = get("Accept-Encoding: gzip, deflate, br\r\n");
	json_t *said = discover(NULL), *document = json_loadb(plain.body, plain.length, 0, NULL);
	char *text = unpacked(&packed), coding[HEADER_MAX];

	(void)state;
	header(&packed, "Content-Encoding", coding);
	expect(packed.status == 200 && strcmp(coding, "gzip") == 0, "packed by %s", coding);
	expect(packed.length < plain.length / 5, "%zu bytes of %zu", packed.length, plain.length);
	expect(strlen(text) == plain.length && memcmp(text, plain.body, plain.length) == 0, "the same bytes");
	expect(json_equal(said, document), "the same as rpc.discover answers");
	json_decref(said);
	json_decref(document);
	free(text);
	free(plain.head);
	free(packed.head);
}

static void it_is_sent_once(void **state)
{
	static const char *const codings[] = { "", "Accept-Encoding: gzip\r\n" };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct answer first = get(codings[i]), again;
		char tag[HEADER_MAX], extra[2 * HEADER_MAX];

		header(&first, "ETag", tag);
		snprintf(extra, sizeof extra, "%sIf-None-Match: %s\r\n", codings[i], tag);
		again = get(extra);
		expect(tag[0] == '"' && again.status == 304 && again.length == 0, "tag %s, then %d with %zu bytes", tag,
			again.status, again.length);
		free(first.head);
		free(again.head);
	}
}

static void a_noun_is_a_part_of_it(void **state)
{
	json_t *whole = discover(NULL), *part = discover("finding"), *one;
	json_t *records = json_object_get(json_object_get(part, "components"), "schemas");
	json_t *methods = json_object_get(part, "methods");
	size_t i, count = 0, size = json_array_size(methods);

	(void)state;
	json_array_foreach(json_object_get(whole, "methods"), i, one)
		if (strncmp(json_string_value(json_object_get(one, "name")), "finding.", 8) == 0)
			expect(json_equal(one, json_array_get(methods, count++)), "method %zu is described alike", i);
	expect(count > 0 && count == size, "%zu methods of %zu", size, count);
	expect(json_object_get(records, "finding") && !json_object_get(records, "token"), "the records that it speaks of");
	json_decref(whole);
	json_decref(part);
}

static bool is_rule(const json_t *one, const char *name)
{
	const char *rule = json_string_value(json_object_get(one, "rule")), *text = json_string_value(json_object_get(one, "text"));

	return rule && strcmp(rule, name) == 0 && text && *text;
}

/* S1 to S13, `roles` and `place`: what each says, once. */
static void every_rule_is_in_it(void **state)
{
	json_t *document = discover(NULL), *rules = json_object_get(document, "x-rules"), *one;
	size_t i;

	(void)state;
	for (int number = 1; number <= 15; number++) {
		char name[16];
		int found = 0;

		snprintf(name, sizeof name, "S%d", number);
		json_array_foreach(rules, i, one)
			found += is_rule(one, number == 14 ? "roles" : number == 15 ? "place" : name);
		expect(found == 1, "rule %d of 15 is told %d times", number, found);
	}
	expect(json_object_size(json_object_get(document, "x-sentences")) > 100, "the sentences of refusals");
	json_decref(document);
}

/* A method that leads from state to state says on what; a field is of a method that says so too, and is never required. */
static void changes_say_what_they_change(void **state)
{
	json_t *document = discover(NULL), *method, *parameter;
	size_t i, k, moves = 0, fields = 0;

	(void)state;
	json_array_foreach(json_object_get(document, "methods"), i, method) {
		const char *name = json_string_value(json_object_get(method, "name"));
		bool on = json_is_string(json_object_get(method, "x-on"));

		moves += json_object_get(method, "x-from") != NULL;
		expect(on || !json_object_get(method, "x-from"), "%s says what it moves", name);
		expect(!json_object_get(method, "x-from") == !json_object_get(method, "x-to"), "%s says whence and whither", name);
		json_array_foreach(json_object_get(method, "params"), k, parameter)
			if (json_is_true(json_object_get(parameter, "x-field"))) {
				fields++;
				expect(on && json_is_false(json_object_get(parameter, "required")), "a field of %s", name);
			}
	}
	expect(moves > 0 && fields > 0, "%zu methods from state to state, %zu fields", moves, fields);
	json_decref(document);
}

static int set_up(void **state)
{
	(void)state;
	deployment_start(&deployment, "description", NULL);
	server_start(&deployment, &server, NULL);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	server_end(&server, SIGTERM);
	deployment_stop(&deployment);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_small),
		cmocka_unit_test(it_is_the_same_by_every_way),
		cmocka_unit_test(it_is_sent_once),
		cmocka_unit_test(a_noun_is_a_part_of_it),
		cmocka_unit_test(every_rule_is_in_it),
		cmocka_unit_test(changes_say_what_they_change),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
