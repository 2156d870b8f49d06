/* test_http.c - the HTTP side by raw bytes: sign-in, transfers both ways with everything that can go wrong, files, and who may ask what. */
#include "tests/unit/forward.h"
#include "tests/unit/network.h"

#include "base/limits.h"
#include "net/loop.h"

#include "tests/patience.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define UUID "0190a3c4-0000-7000-8000-000000000001"

static struct network net;
static char folder[64];

/* --- what stands above --- */

static char signed_in_with[5000];
static atomic_int transfers, gone, pieces;
static struct http_transfer last;
static char last_ticket[64], last_token[64];
static atomic_ullong bytes_put, request_id, put_sum;
static atomic_bool hold_put, hold_piece, never_answer, pause_often;
static uint64_t file_length = 1000;

static void sign_in(void *arg, struct http_request *r, const char *json, size_t length)
{
	(void)arg;
	snprintf(signed_in_with, sizeof(signed_in_with), "%.*s", (int)length, json);
	request_id = http_id(r);
	if (never_answer)
		return;
	http_cookie(r, "n2s_token", 3600);
	http_answer(r, 200, "{\"ok\":true}", 11);
}

static void sign_out(void *arg, struct http_request *r, const char *token)
{
	(void)arg;
	snprintf(last_token, sizeof(last_token), "%s", token);
	http_cookie(r, NULL, 0);
	http_answer(r, 204, NULL, 0);
}

static void remember(struct http_request *r, const struct http_transfer *t)
{
	transfers++;
	request_id = http_id(r);
	last = *t;
	snprintf(last_ticket, sizeof(last_ticket), "%s", t->ticket ? t->ticket : "-");
	snprintf(last_token, sizeof(last_token), "%s", t->token ? t->token : "-");
}

static void put_begin(void *arg, struct http_request *r, const struct http_transfer *t)
{
	(void)arg;
	remember(r, t);
	bytes_put = put_sum = 0;
	if (!t->ticket)
		http_answer(r, 401, "{}", 2);
	else if (!hold_put)
		http_accept(r);
}

static void put_data(void *arg, struct http_request *r, const void *bytes, size_t length)
{
	(void)arg;
	for (size_t i = 0; i < length; i++)
		put_sum += ((const unsigned char *)bytes)[i];
	bytes_put += length;
	if (pause_often)
		http_pause(r, true);
}

static void put_end(void *arg, struct http_request *r)
{
	char text[64];
	int n = snprintf(text, sizeof(text), "{\"offset\":%llu}", (unsigned long long)bytes_put);

	(void)arg;
	http_answer(r, 200, text, (size_t)n);
}

static void give_piece(struct http_request *r)
{
	static char piece[LIMIT_EVIDENCE_CHUNK];
	uint64_t left = *(uint64_t *)http_user(r);
	size_t n = left > sizeof(piece) ? sizeof(piece) : (size_t)left;

	memset(piece, 'p', sizeof(piece));
	*(uint64_t *)http_user(r) -= n;
	pieces++;
	http_piece(r, piece, n);
}

static void get_begin(void *arg, struct http_request *r, const struct http_transfer *t)
{
	uint64_t *left = malloc(sizeof(*left));

	(void)arg;
	remember(r, t);
	*left = file_length;
	http_set_user(r, left);
	if (t->ranged)
		*left = t->suffix ? t->length : t->last - t->first + 1;
	http_head(r, &(struct http_head){ .status = t->ranged ? 206 : 200, .length = *left, .first = t->first, .total = file_length,
		.type = "application/pdf", .filename = "Prüf \"1\".pdf", .etag = "abc" });
}

static uint64_t held[2];
static atomic_int held_count;

static void get_piece(void *arg, struct http_request *r)
{
	(void)arg;
	if (!hold_piece)
		give_piece(r);
	else if (held_count < 2)
		held[held_count++] = http_id(r);
}

static void give_held(void *arg)
{
	(void)arg;
	for (int i = 0; i < held_count; i++) {
		struct http_request *r = http_find(net.server, held[i]);

		if (r)
			give_piece(r);
	}
}

static void on_gone(void *arg, struct http_request *r)
{
	(void)arg;
	assert_null(http_find(net.server, http_id(r)));
	free(http_user(r));
	gone++;
}

static const char *missing;		/* why there is no document; NULL: there is one */

static bool get_document(void *arg, struct http_document *out, const char **why)
{
	static const char packed[] = "\x1f\x8b\0packed";

	(void)arg;
	*why = missing;
	*out = (struct http_document){ .text = "{\"openrpc\":1}", .length = 13, .digest = "d1",
		.packed = packed, .packed_length = sizeof(packed) - 1 };
	return !missing;
}

/* Ten pieces of one more byte each, the first of one; then the end, or a cut. */
static bool list_is_cut;

static void list_begin(void *arg, struct http_request *r, const struct http_transfer *t)
{
	(void)arg;
	remember(r, t);
	http_set_user(r, calloc(1, sizeof(uint64_t)));
	http_head(r, &(struct http_head){ .status = 200, .length = HTTP_UNENDED, .type = "text/csv", .filename = "finding.csv" });
}

static void list_piece(void *arg, struct http_request *r)
{
	uint64_t *n = http_user(r);

	(void)arg;
	if (*n < 10)
		http_piece(r, "0123456789", (size_t)++*n);
	else if (list_is_cut)
		http_abort(r);
	else
		http_end(r);
}

static const struct http_handler http = {
	.exports = { .get_begin = list_begin, .get_piece = list_piece, .gone = on_gone },
	.session = { .sign_in = sign_in, .sign_out = sign_out },
	.evidence = { .put_begin = put_begin, .put_data = put_data, .put_end = put_end, .get_begin = get_begin, .get_piece = get_piece,
		.gone = on_gone },
	.document = { .get = get_document },
};

static void nothing(void *arg, struct peer *p)
{
	(void)arg, (void)p;
}

static void no_text(void *arg, struct peer *p, const char *text, size_t length)
{
	(void)arg, (void)p, (void)text, (void)length;
}

static void write_file(const char *name, const char *text, size_t length)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fwrite(text, 1, length, f);
	fclose(f);
}

static int start(void **state)
{
	static char big[600000];
	const struct peer_handler peers = { .opened = nothing, .text = no_text, .closed = nothing };
	char path[128];

	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/test_http.XXXXXX");
	assert_non_null(mkdtemp(folder));
	write_file("index.html", "<!doctype html>", 15);
	write_file("app.js", "go()", 4);
	write_file("app.js.br", "br", 2);
	write_file("app.js.gz", "gz", 2);
	write_file("index.html.gz", "page", 4);
	write_file("app-ABCDEF27.css", "style", 5);
	write_file(".hidden.txt", "no", 2);
	write_file("program", "no", 2);
	memset(big, 'b', sizeof(big));
	write_file("big.txt", big, sizeof(big));
	snprintf(path, sizeof(path), "%s/link.txt", folder);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	clock_hold();
	network_start(&net, &(struct server_config){ .web = folder }, &peers, &http);
	return 0;
}

static int stop(void **state)
{
	char command[128];

	(void)state;
	network_stop(&net);
	assert_int_equal(transfers, gone);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

/* --- asking --- */

static char head[8192], body[700000];

/* Reads head and body of an answer; the status. */
static int answer(int fd)
{
	int status = client_head(fd, head, sizeof(head));
	const char *length = strcasestr(head, "Content-Length:");

	body[0] = '\0';
	if (status > 0 && length)
		client_read(fd, body, (size_t)atol(length + 15));
	return status;
}

static int ask(int port, const char *method, const char *path, const char *extra)
{
	int fd = client_connect(port), status;

	client_print(fd, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n%s\r\n", method, path, port, extra);
	status = strcmp(method, "HEAD") == 0 ? client_head(fd, head, sizeof(head)) : answer(fd);
	assert_true(client_ended(fd));
	client_close(fd);
	return status;
}

static int get(const char *path)
{
	return ask(net.port, "GET", path, "");
}

static bool says(const char *line)
{
	return strcasestr(head, line) != NULL;
}

static void is_alive_and_ready(void **state)
{
	(void)state;
	assert_int_equal(get("/healthz"), 200);
	assert_string_equal(body, "ok\n");
	assert_int_equal(ask(net.status_port, "GET", "/healthz", ""), 200);
	assert_int_equal(ask(net.status_port, "GET", "/readyz", ""), 200);
	assert_int_equal(ask(net.status_port, "GET", "/metrics", ""), 200);
	assert_non_null(strstr(body, "ninetwo_up 1"));
	assert_int_equal(ask(net.status_port, "POST", "/metrics", "Content-Length: 0\r\n"), 405);
}

static void keeps_the_listeners_apart(void **state)
{
	(void)state;
	assert_int_equal(get("/readyz"), 404);
	assert_int_equal(get("/metrics"), 404);
	assert_int_equal(ask(net.status_port, "GET", "/openrpc.json", ""), 404);
	assert_int_equal(ask(net.status_port, "GET", "/", ""), 404);
	assert_int_equal(ask(net.status_port, "GET", "/app.js", ""), 404);
	assert_int_equal(ask(net.status_port, "DELETE", "/session", ""), 405);
	assert_int_equal(ask(net.status_port, "GET", "/evidence/" UUID, ""), 404);
}

static void serves_files_with_their_protections(void **state)
{
	char etag[64], extra[128];

	(void)state;
	assert_int_equal(get("/"), 200);
	assert_string_equal(body, "<!doctype html>");
	assert_true(says("Content-Type: text/html; charset=utf-8\r\n") && says("X-Content-Type-Options: nosniff\r\n"));
	assert_true(says("Content-Security-Policy: default-src 'none'") && says("frame-ancestors 'none'") && !says("Strict-Transport"));
	assert_int_equal(sscanf(strcasestr(head, "ETag: "), "ETag: %63s", etag), 1);
	snprintf(extra, sizeof(extra), "If-None-Match: %s\r\n", etag);
	assert_int_equal(ask(net.port, "GET", "/", extra), 304);
	assert_int_equal(ask(net.port, "HEAD", "/app.js", ""), 200);
	assert_true(says("Content-Length: 4\r\n"));
	assert_int_equal(get("/big.txt"), 200);
	assert_int_equal(strlen(body), 600000);
}

static void serves_the_description_as_a_file(void **state)
{
	(void)state;
	assert_int_equal(get("/openrpc.json"), 200);
	assert_string_equal(body, "{\"openrpc\":1}");
	assert_true(says("Content-Type: application/json") && says("ETag: \"d1\"\r\n"));
	assert_true(says("Vary: Accept-Encoding\r\n") && says("Cache-Control: no-cache\r\n"));
	assert_true(says("X-Content-Type-Options: nosniff\r\n") && !says("Content-Encoding"));
	assert_int_equal(ask(net.port, "GET", "/openrpc.json", "Accept-Encoding: br, gzip\r\n"), 200);
	assert_memory_equal(body, "\x1f\x8b\0packed", 9);
	assert_true(says("Content-Length: 9\r\n") && says("Content-Encoding: gzip\r\n"));
	assert_true(says("ETag: \"d1-gzip\"\r\n") && says("Vary: Accept-Encoding\r\n"));
	assert_int_equal(ask(net.port, "HEAD", "/openrpc.json", ""), 200);
	assert_true(says("Content-Length: 13\r\n"));
	assert_int_equal(ask(net.port, "POST", "/openrpc.json", "Content-Length: 0\r\n"), 405);
}

#define GZIP "Accept-Encoding: gzip\r\n"

static void sends_the_description_once(void **state)
{
	(void)state;
	assert_int_equal(ask(net.port, "GET", "/openrpc.json", "If-None-Match: \"old\", \"d1\"\r\n"), 304);
	assert_true(says("ETag: \"d1\"\r\n") && says("Vary: Accept-Encoding\r\n") && !says("Content-Length"));
	assert_int_equal(ask(net.port, "GET", "/openrpc.json", GZIP "If-None-Match: \"d1-gzip\"\r\n"), 304);
	assert_int_equal(ask(net.port, "GET", "/openrpc.json", GZIP "If-None-Match: \"d1\"\r\n"), 200);
	assert_int_equal(ask(net.port, "GET", "/openrpc.json", "If-None-Match: \"d2\"\r\n"), 200);
}

static void says_why_there_is_no_description(void **state)
{
	(void)state;
	missing = "It is too long.";
	assert_int_equal(get("/openrpc.json"), 503);
	assert_string_equal(body, "It is too long.\n");
	missing = NULL;
}

static void compresses_for_whoever_can_read_it(void **state)
{
	char etag[64], extra[128];

	(void)state;
	assert_int_equal(ask(net.port, "GET", "/app.js", "Accept-Encoding: gzip, deflate, br\r\n"), 200);
	assert_string_equal(body, "br");
	assert_true(says("Content-Encoding: br\r\n") && says("Vary: Accept-Encoding\r\n") && says("Content-Type: text/javascript; charset=utf-8\r\n"));
	assert_int_equal(sscanf(strcasestr(head, "ETag: "), "ETag: %63s", etag), 1);
	snprintf(extra, sizeof(extra), "Accept-Encoding: br\r\nIf-None-Match: \"other\", W/%s\r\n", etag);
	assert_int_equal(ask(net.port, "GET", "/app.js", extra), 304);
	assert_true(says("Vary: Accept-Encoding\r\n") && says(etag) && !says("Content-Length"));
	snprintf(extra, sizeof(extra), "Accept-Encoding: gzip\r\nIf-None-Match: %s\r\n", etag);	/* has it in a form that it cannot read any more */
	assert_int_equal(ask(net.port, "GET", "/app.js", extra), 200);
	assert_true(says("Content-Encoding: gzip\r\n"));
	assert_int_equal(get("/app.js"), 200);
	assert_string_equal(body, "go()");
	assert_true(!says("Content-Encoding") && says("Vary: Accept-Encoding\r\n"));
}

static void lets_browsers_keep_what_never_changes(void **state)
{
	(void)state;
	assert_int_equal(get("/app-ABCDEF27.css"), 200);
	assert_true(says("Cache-Control: public, max-age=31536000, immutable\r\n"));
	assert_int_equal(get("/app-ABCDEF37.css"), 404);
	assert_true(says("Cache-Control: no-store\r\n"));
	assert_int_equal(get("/app.js"), 200);
	assert_true(says("Cache-Control: no-cache\r\n"));
}

static void shows_the_page_at_each_of_its_addresses(void **state)
{
	static const char html[] = "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\nAccept-Encoding: gzip\r\n";
	static const char *const pages[] = { "/audits", "/audits/IA-2026-02/lines/C-04", "/requirements/A.8.13", "/audits/IA-2026-02?part=2" };
	static const char *const none[] = { "/gone-ABCDEF27.js", "/favicon.ico", "/.env", "/.git/config", "/audits/.hidden" };

	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		assert_int_equal(ask(net.port, "GET", pages[i], html), 200);
		assert_string_equal(body, "page");
		assert_true(says("Content-Type: text/html; charset=utf-8\r\n") && says("Content-Encoding: gzip\r\n") && says("Cache-Control: no-cache\r\n"));
		assert_true(says("Vary: Accept, Accept-Encoding\r\n") && says("trusted-types"));
		assert_int_equal(get(pages[i]), 404);	/* not a browser that would show it */
		assert_int_equal(ask(net.port, "GET", pages[i], "Accept: application/json\r\n"), 404);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_int_equal(ask(net.port, "GET", none[i], html), 404);
	assert_int_equal(ask(net.port, "GET", "/session", html), 405);
	assert_int_equal(ask(net.port, "GET", "/ws", html), 426);
	assert_int_equal(ask(net.port, "GET", "/evidence/none", html), 404);
	assert_int_equal(ask(net.status_port, "GET", "/audits", html), 404);
	assert_int_equal(ask(net.port, "HEAD", "/audits", html), 200);
	assert_int_equal(ask(net.port, "POST", "/audits", "Accept: text/html\r\nContent-Length: 0\r\n"), 405);
}

static void serves_nothing_else(void **state)
{
	static const char *const paths[] = { "/nothing.txt", "/.hidden.txt", "/program", "/link.txt", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/hosts.txt",
		"/app.js/", "/app.js%00.html", "//etc/passwd", "/%2fetc%2fpasswd", "/favicon.ico" };

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		int status = get(paths[i]);

		if (status == 200)
			fail_msg("%s is served", paths[i]);
	}
	assert_int_equal(ask(net.port, "POST", "/app.js", "Content-Length: 0\r\n"), 405);
	assert_true(says("Allow: GET, HEAD\r\n"));
	assert_int_equal(ask(net.port, "OPTIONS", "/app.js", ""), 405);
	assert_int_equal(ask(net.port, "PATCH", "/session", "Content-Length: 0\r\n"), 405);
	assert_int_equal(get("/ws"), 426);
}

static int post_session(const char *extra, const char *json)
{
	int fd = client_connect(net.port), status;

	client_print(fd, "POST /session HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: %zu\r\n%s\r\n%s", net.address, strlen(json), extra, json);
	status = answer(fd);
	client_close(fd);
	return status;
}

static void signs_in_and_out(void **state)
{
	char good[256], other[256];

	(void)state;
	snprintf(good, sizeof(good), "Origin: http://%s\r\nContent-Type: application/json\r\n", net.address);
	assert_int_equal(post_session(good, "{\"a\":1}"), 200);
	assert_string_equal(signed_in_with, "{\"a\":1}");
	assert_string_equal(body, "{\"ok\":true}");
	assert_true(says("Set-Cookie: ninetwo=n2s_token; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict\r\n"));
	assert_true(says("Cache-Control: no-store\r\n") && says("Content-Type: application/json; charset=utf-8\r\n"));
	assert_int_equal(post_session("Content-Type: application/json\r\n", "{}"), 403);
	assert_int_equal(post_session("Origin: https://evil.example\r\nContent-Type: application/json\r\n", "{}"), 403);
	snprintf(other, sizeof(other), "Origin: http://%s\r\nContent-Type: text/plain\r\n", net.address);
	assert_int_equal(post_session(other, "{}"), 415);
	snprintf(other, sizeof(other), "Origin: http://%s\r\nCookie: ninetwo=n2s_mine\r\n", net.address);
	assert_int_equal(ask(net.port, "DELETE", "/session", other), 204);
	assert_string_equal(last_token, "n2s_mine");
	assert_true(says("Set-Cookie: ninetwo=; Path=/; Max-Age=0;"));
	assert_int_equal(ask(net.port, "DELETE", "/session", ""), 403);
}

/* Meanwhile the loop reads, and writes, what it may. */
static void serve_others(void)
{
	assert_int_equal(get("/healthz"), 200);
	assert_int_equal(get("/healthz"), 200);
}

static void takes_a_body_that_comes_slowly_and_refuses_a_long_one(void **state)
{
	char good[256], *long_one = malloc(LIMIT_SESSION_BODY + 2);
	int fd = client_connect(net.port);

	(void)state;
	client_print(fd, "POST /session HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n",
		net.address, net.address);
	serve_others();
	client_print(fd, "{ ");
	serve_others();
	client_print(fd, " }");
	assert_int_equal(answer(fd), 200);
	client_close(fd);
	memset(long_one, ' ', LIMIT_SESSION_BODY + 1);
	long_one[LIMIT_SESSION_BODY + 1] = '\0';
	snprintf(good, sizeof(good), "Origin: http://%s\r\nContent-Type: application/json\r\n", net.address);
	assert_int_equal(post_session(good, long_one), 413);
	long_one[LIMIT_SESSION_BODY] = '\0';
	assert_int_equal(post_session(good, long_one), 200);
	assert_int_equal(post_session(good, ""), 200);
	assert_int_equal(post_session(good, "\xff"), 400);
	free(long_one);
}

struct bad { const char *title, *request; int status; };

static const struct bad bad[] = {
	{ "negative length", "POST /session HTTP/1.1\r\nHost: %s\r\nContent-Length: -5\r\n\r\n", 400 },
	{ "length with a sign", "POST /session HTTP/1.1\r\nHost: %s\r\nContent-Length: +5\r\n\r\n", 400 },
	{ "two lengths", "POST /session HTTP/1.1\r\nHost: %s\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400 },
	{ "a huge length", "POST /session HTTP/1.1\r\nHost: %s\r\nContent-Length: 99999999999999999999\r\n\r\n", 400 },
	{ "length in hex", "PUT /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\nContent-Length: 0x10\r\n\r\n", 400 },
	{ "no length", "POST /session HTTP/1.1\r\nHost: %s\r\n\r\n", 411 },
	{ "chunked", "POST /session HTTP/1.1\r\nHost: %s\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411 },
	{ "chunked and a length", "POST /session HTTP/1.1\r\nHost: %s\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
	{ "GET with a body", "GET / HTTP/1.1\r\nHost: %s\r\nContent-Length: 5\r\n\r\nhello", 413 },
	{ "no Host", "GET / HTTP/1.1\r\n\r\n%.0s", 400 },
	{ "another Host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n%.0s", 421 },
	{ "no uuid", "GET /evidence/0190a3c4 HTTP/1.1\r\nHost: %s\r\n\r\n", 404 },
	{ "a uuid and more", "GET /evidence/" UUID "/x HTTP/1.1\r\nHost: %s\r\n\r\n", 404 },
	{ "an Origin that is not ours", "GET /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\nOrigin: https://evil.example\r\n\r\n", 403 },
	{ "a list over HTTP/1.0", "GET /export/" UUID " HTTP/1.0\r\nHost: %s\r\n\r\n", 505 },
	{ "a list that is put", "PUT /export/" UUID " HTTP/1.1\r\nHost: %s\r\nContent-Length: 1\r\n\r\na", 405 },
	{ "a list that is none", "GET /export/finding.list HTTP/1.1\r\nHost: %s\r\n\r\n", 404 },
	{ "a wrong Content-Range", "PUT /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\nContent-Length: 3\r\nContent-Range: bytes 0-9/10\r\n\r\nabc", 400 },
	{ "an absolute target", "GET http://evil.example/ HTTP/1.1\r\nHost: %s\r\n\r\n", 421 },
	{ "no method that exists", "BREW / HTTP/1.1\r\nHost: %s\r\n\r\n", 501 },
	{ "no HTTP", "\x16\x03\x01\x02\x01\x01%.0s\r\n\r\n", 400 },
};

static void refuses_what_is_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		int fd = client_connect(net.port), status;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		client_print(fd, bad[i].request, net.address);
#pragma GCC diagnostic pop
		status = answer(fd);
		if (status != bad[i].status)
			fail_msg("%s: %d instead of %d", bad[i].title, status, bad[i].status);
		if (!client_ended(fd))
			fail_msg("%s: still open", bad[i].title);
		client_close(fd);
	}
	assert_int_equal(get("/healthz"), 200);
}

static void refuses_long_heads(void **state)
{
	char *extra = malloc(40000);

	(void)state;
	strcpy(extra, "Referer: ");
	memset(extra + 9, 'x', 9000);
	strcpy(extra + 9009, "\r\n");
	assert_int_equal(ask(net.port, "GET", "/", extra), 431);
	memset(extra + 9, 'x', 30000);
	strcpy(extra + 30009, "\r\n");
	assert_int_equal(ask(net.port, "GET", "/", extra), 431);
	extra[0] = '/';
	memset(extra + 1, 'x', 600);
	extra[601] = '\0';
	assert_int_equal(ask(net.port, "GET", extra, ""), 414);
	free(extra);
}

/* --- transfers --- */

static void resume(void *arg)
{
	struct http_request *r = http_find(net.server, *(uint64_t *)arg);

	if (r)
		http_pause(r, false);
}

static void accept_it(void *arg)
{
	struct http_request *r = http_find(net.server, *(uint64_t *)arg);

	assert_non_null(r);
	http_accept(r);
}

static void wait_gone(int count)
{
	expect_soon(gone >= count, "%d of %d are gone", gone, count);
	assert_int_equal(gone, count);
}

static void put_head(int fd, size_t length, const char *extra)
{
	client_print(fd, "PUT /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\nAuthorization: Ticket abc\r\nContent-Length: %zu\r\n%s\r\n", net.address, length, extra);
}

static void takes_a_file(void **state)
{
	static char bytes[1000000];
	int fd = client_connect(net.port);

	(void)state;
	memset(bytes, 1, sizeof(bytes));
	put_head(fd, sizeof(bytes), "Content-Range: bytes 500-1000499/2000000\r\n");
	client_write(fd, bytes, sizeof(bytes));
	assert_int_equal(answer(fd), 200);
	assert_string_equal(body, "{\"offset\":1000000}");
	assert_int_equal(put_sum, 1000000);
	assert_string_equal(last.id, UUID);
	assert_string_equal(last_ticket, "abc");
	assert_int_equal(last.offset, 500);
	assert_int_equal(last.total, 2000000);
	client_close(fd);
	fd = client_connect(net.port);
	put_head(fd, 3, "");
	client_write(fd, "\1\1\1", 3);
	assert_int_equal(answer(fd), 200);
	assert_int_equal(put_sum, 3);
	assert_int_equal(last.total, 3);
	client_close(fd);
	fd = client_connect(net.port);
	put_head(fd, 0, "");
	assert_int_equal(answer(fd), 200);
	assert_string_equal(body, "{\"offset\":0}");
	client_close(fd);
	wait_gone(transfers);
}

static void waits_for_the_handler(void **state)
{
	static char bytes[300000];
	int fd = client_connect(net.port), before = transfers;
	uint64_t id;

	(void)state;
	memset(bytes, 1, sizeof(bytes));
	hold_put = true;
	put_head(fd, sizeof(bytes), "");
	client_write(fd, bytes, 100000);
	expect_soon(transfers > before, "the handler hears of a transfer");
	serve_others();
	assert_int_equal(bytes_put, 0);
	id = request_id;
	hold_put = false;
	network_do(&net, accept_it, &id);
	client_write(fd, bytes, sizeof(bytes) - 100000);
	assert_int_equal(answer(fd), 200);
	assert_int_equal(put_sum, sizeof(bytes));
	client_close(fd);
	wait_gone(transfers);
}

static void stops_reading_while_the_handler_has_enough(void **state)
{
	static char bytes[20000];
	int fd = client_connect(net.port), before = transfers;
	uint64_t id;

	(void)state;
	memset(bytes, 1, sizeof(bytes));
	pause_often = true;
	put_head(fd, 8 * sizeof(bytes), "");
	for (int i = 0; i < 8; i++)
		client_write(fd, bytes, sizeof(bytes));
	expect_soon(transfers > before, "the handler hears of a transfer");
	serve_others();
	assert_true(bytes_put < 8 * sizeof(bytes));
	id = request_id;
	expect_soon((network_do(&net, resume, &id), bytes_put == 8 * sizeof(bytes)), "all comes when it goes on");
	assert_int_equal(answer(fd), 200);
	assert_int_equal(put_sum, 8 * sizeof(bytes));
	pause_often = false;
	client_close(fd);
	wait_gone(transfers);
}

static void says_continue(void **state)
{
	int fd = client_connect(net.port);

	(void)state;
	put_head(fd, 3, "Expect: 100-continue\r\n");
	assert_int_equal(client_head(fd, head, sizeof(head)), 100);
	client_write(fd, "abc", 3);
	assert_int_equal(answer(fd), 200);
	client_close(fd);
	wait_gone(transfers);
}

static void expects(int fd, const char *expectation, const char *json)
{
	client_print(fd, "POST /session HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nContent-Type: application/json\r\nContent-Length: 7\r\n"
		"Expect: %s\r\n\r\n%s", net.address, net.address, expectation, json);
}

/* A client that waits for it sends nothing before; one that does not gets no answer but the last. */
static void says_continue_to_a_sign_in(void **state)
{
	int fd = client_connect(net.port);

	(void)state;
	expects(fd, "100-continue", "");
	assert_int_equal(client_head(fd, head, sizeof(head)), 100);
	client_print(fd, "{\"a\":2}");
	assert_int_equal(answer(fd), 200);
	assert_string_equal(signed_in_with, "{\"a\":2}");
	client_close(fd);
	fd = client_connect(net.port);
	expects(fd, "a-fish", "");
	assert_int_equal(client_head(fd, head, sizeof(head)), 417);
	client_close(fd);
}

/* Whoever was answered before all had come is heard out for a few seconds, then ended. */
static void swallow(void)
{
	serve_others();
	clock_forward(LIMIT_CLOSE_MS);
}

static void answers_although_the_body_is_not_wanted(void **state)
{
	static char bytes[200000];
	int fd = client_connect(net.port);

	(void)state;
	client_print(fd, "PUT /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\nContent-Length: %zu\r\n\r\n", net.address, sizeof(bytes));
	client_write(fd, bytes, sizeof(bytes));
	assert_int_equal(answer(fd), 401);
	assert_true(client_ended(fd));
	client_close(fd);
	fd = client_connect(net.port);
	client_print(fd, "PUT /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\nContent-Length: 900000000\r\n\r\n", net.address);
	assert_int_equal(answer(fd), 401);
	swallow();
	assert_true(client_ended(fd));
	client_close(fd);
	wait_gone(transfers);
}

static void hears_of_clients_that_leave(void **state)
{
	int fd = client_connect(net.port), before = transfers;

	(void)state;
	put_head(fd, 1000, "");
	client_write(fd, "abc", 3);
	expect_soon(transfers > before, "the handler hears of a transfer");
	client_close(fd);
	wait_gone(transfers);
	file_length = 50000000;
	fd = client_connect(net.port);
	client_print(fd, "GET /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\n\r\n", net.address);
	assert_int_equal(client_head(fd, head, sizeof(head)), 200);
	client_close(fd);
	wait_gone(transfers);
	file_length = 1000;
}

static void gives_a_file(void **state)
{
	int fd = client_connect(net.port);
	long got;

	(void)state;
	client_print(fd, "GET /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\nCookie: ninetwo=n2s_x\r\n\r\n", net.address);
	assert_int_equal(answer(fd), 200);
	assert_int_equal(strlen(body), 1000);
	assert_string_equal(last_token, "n2s_x");
	assert_true(says("Content-Disposition: attachment; filename=\"Pr__f _1_.pdf\"; filename*=UTF-8''Pr%C3%BCf%20%221%22.pdf\r\n"));
	assert_true(says("ETag: \"abc\"\r\n") && says("Accept-Ranges: bytes\r\n"));
	client_close(fd);
	fd = client_connect(net.port);
	client_print(fd, "GET /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\nRange: bytes=10-19\r\n\r\n", net.address);
	assert_int_equal(answer(fd), 206);
	assert_int_equal(strlen(body), 10);
	assert_true(says("Content-Range: bytes 10-19/1000\r\n"));
	client_close(fd);
	fd = client_connect(net.port);
	client_print(fd, "HEAD /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\n\r\n", net.address);
	assert_int_equal(client_head(fd, head, sizeof(head)), 200);
	assert_true(says("Content-Length: 1000\r\n"));
	client_close(fd);
	fd = client_connect(net.port);
	file_length = 600000;
	client_print(fd, "GET /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\n\r\n", net.address);
	assert_int_equal(client_head(fd, head, sizeof(head)), 200);
	serve_others();
	got = client_read(fd, body, 600000);
	assert_int_equal(got, 600000);
	file_length = 1000;
	client_close(fd);
	wait_gone(transfers);
}

/* All that comes until the server closes. */
static long rest(int fd)
{
	return client_read(fd, body, 1000);
}

static void gives_what_has_no_length_in_chunks(void **state)
{
	static const char lines[] = "1\r\n0\r\n2\r\n01\r\n3\r\n012\r\n4\r\n0123\r\n5\r\n01234\r\n6\r\n012345\r\n7\r\n0123456\r\n"
		"8\r\n01234567\r\n9\r\n012345678\r\na\r\n0123456789\r\n";
	int fd = client_connect(net.port);

	(void)state;
	client_print(fd, "GET /export/" UUID " HTTP/1.1\r\nHost: %s\r\nAuthorization: Ticket abc\r\nRange: bytes=1-2\r\n\r\n", net.address);
	assert_int_equal(client_head(fd, head, sizeof(head)), 200);
	rest(fd);
	assert_memory_equal(body, lines, sizeof(lines) - 1);
	assert_string_equal(body + sizeof(lines) - 1, "0\r\n\r\n");
	assert_string_equal(last.id, UUID);
	assert_string_equal(last_ticket, "abc");
	assert_true(says("Transfer-Encoding: chunked\r\n") && says("filename=\"finding.csv\""));
	assert_false(says("Content-Length") || says("Accept-Ranges"));
	client_close(fd);
	list_is_cut = true;
	fd = client_connect(net.port);
	client_print(fd, "GET /export/" UUID " HTTP/1.1\r\nHost: %s\r\n\r\n", net.address);
	assert_int_equal(client_head(fd, head, sizeof(head)), 200);
	rest(fd);
	assert_null(strstr(body, "0\r\n\r\n"));
	client_close(fd);
	list_is_cut = false;
	fd = client_connect(net.port);
	client_print(fd, "HEAD /export/" UUID " HTTP/1.1\r\nHost: %s\r\n\r\n", net.address);
	assert_int_equal(client_head(fd, head, sizeof(head)), 200);
	assert_int_equal(rest(fd), 0);
	client_close(fd);
	wait_gone(transfers);
}

static void asks_for_no_piece_before_the_last_is_taken(void **state)
{
	static char drain[LIMIT_EVIDENCE_CHUNK];
	int fd = client_connect(net.port), taken, small = 65536;

	(void)state;
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	file_length = 60ull * LIMIT_EVIDENCE_CHUNK;
	pieces = 0;
	client_print(fd, "GET /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\n\r\n", net.address);
	assert_int_equal(client_head(fd, head, sizeof(head)), 200);
	do {
		taken = pieces;
		serve_others();
	} while (pieces > taken);
	assert_true(taken < 40);
	for (long left = 60l * LIMIT_EVIDENCE_CHUNK; left > 0;) {
		long n = client_read(fd, drain, left < (long)sizeof(drain) ? (size_t)left : sizeof(drain) - 1);

		assert_true(n > 0);
		left -= n;
	}
	client_close(fd);
	file_length = 1000;
	wait_gone(transfers);
}

static struct loop_hook *hook;
static struct loop_timer *timer;
static atomic_int turns, ticks;

static bool count_turn(void *arg)
{
	(void)arg;
	turns++;
	return false;
}

static void count_tick(void *arg)
{
	(void)arg;
	ticks++;
}

static void begin_counting(void *arg)
{
	(void)arg;
	turns = ticks = 0;
	hook = loop_before_waiting(net.loop, count_turn, NULL);
	timer = loop_every(net.loop, 20, count_tick, NULL);
}

static void end_counting(void *arg)
{
	(void)arg;
	loop_cancel(timer);
	loop_hook_free(hook);
}

/* How often the loop turned while a timer of it fired a hundred times: not much more often, when nothing else is
 * there to do. */
static int turns_of_a_hundred_ticks(void)
{
	network_do(&net, begin_counting, NULL);
	expect_soon(ticks >= 100, "a hundred ticks");
	network_do(&net, end_counting, NULL);
	return turns;
}

/* A client that sends more while its request is under way, or has closed its side, must not make the loop spin. */
static void does_not_spin_on_input_that_it_does_not_want_yet(void **state)
{
	int more = client_connect(net.port), half = client_connect(net.port), slow = client_connect(net.port), small = 4096;

	(void)state;
	hold_piece = true;
	client_print(more, "GET /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\n\r\n", net.address);
	client_print(half, "GET /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\n\r\n", net.address);
	setsockopt(slow, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	client_print(slow, "GET /big.txt HTTP/1.1\r\nHost: %s\r\n\r\nGET / HTTP/1.1\r\n", net.address);
	expect_soon(held_count == 2, "two are asked for a piece");
	assert_int_equal(client_read(slow, head, 1), 1);
	client_print(more, "GET /healthz HTTP/1.1\r\nHost: %s\r\n\r\n", net.address);
	client_print(slow, "Host: x\r\n\r\n");
	shutdown(half, SHUT_WR);
	assert_in_range(turns_of_a_hundred_ticks(), 1, 1000);
	assert_int_equal(held_count, 2);
	hold_piece = false;
	network_do(&net, give_held, NULL);
	client_close(half);
	client_close(slow);
	client_close(more);
	wait_gone(transfers);
	assert_in_range(turns_of_a_hundred_ticks(), 1, 1000);
}

/* What a client sends beyond its request is not a request, nor part of its body. */
static void serves_one_request_a_connection(void **state)
{
	int fd = client_connect(net.port);

	(void)state;
	client_print(fd, "GET /app.js HTTP/1.1\r\nHost: %s\r\n\r\nGET /nothing.txt HTTP/1.1\r\nHost: %s\r\n\r\n", net.address, net.address);
	assert_int_equal(answer(fd), 200);
	assert_true(says("Connection: close\r\n"));
	assert_true(client_ended(fd));
	client_close(fd);
	fd = client_connect(net.port);
	client_print(fd, "PUT /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\nAuthorization: Ticket abc\r\nContent-Length: 3\r\n\r\nabcPUT /evidence/", net.address);
	assert_int_equal(answer(fd), 200);
	assert_int_equal(bytes_put, 3);
	assert_true(client_ended(fd));
	client_close(fd);
	wait_gone(transfers);
}

/* Two at once, because each takes its time: a body that does not come, a handler that does not answer. */
static void answers_408_and_504(void **state)
{
	int stalled = client_connect(net.port), unanswered = client_connect(net.port);

	(void)state;
	never_answer = true;
	put_head(stalled, 1000, "");
	client_write(stalled, "abc", 3);
	client_print(unanswered, "POST /session HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
		net.address, net.address);
	serve_others();
	clock_forward(LIMIT_BODY_STALL_MS);
	assert_int_equal(client_head(stalled, head, sizeof(head)), 408);
	swallow();
	assert_true(client_ended(stalled));
	clock_forward(LIMIT_ANSWER_MS - LIMIT_BODY_STALL_MS - LIMIT_CLOSE_MS);
	assert_int_equal(client_head(unanswered, head, sizeof(head)), 504);
	never_answer = false;
	client_close(stalled);
	client_close(unanswered);
	wait_gone(transfers);
}

/* An argument names the tests to run, with wildcards. */
int main(int argc, char *argv[])
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_alive_and_ready),
		cmocka_unit_test(keeps_the_listeners_apart),
		cmocka_unit_test(serves_files_with_their_protections),
		cmocka_unit_test(serves_the_description_as_a_file),
		cmocka_unit_test(sends_the_description_once),
		cmocka_unit_test(says_why_there_is_no_description),
		cmocka_unit_test(compresses_for_whoever_can_read_it),
		cmocka_unit_test(lets_browsers_keep_what_never_changes),
		cmocka_unit_test(shows_the_page_at_each_of_its_addresses),
		cmocka_unit_test(serves_nothing_else),
		cmocka_unit_test(signs_in_and_out),
		cmocka_unit_test(takes_a_body_that_comes_slowly_and_refuses_a_long_one),
		cmocka_unit_test(refuses_what_is_wrong),
		cmocka_unit_test(refuses_long_heads),
		cmocka_unit_test(takes_a_file),
		cmocka_unit_test(waits_for_the_handler),
		cmocka_unit_test(stops_reading_while_the_handler_has_enough),
		cmocka_unit_test(says_continue),
		cmocka_unit_test(says_continue_to_a_sign_in),
		cmocka_unit_test(answers_although_the_body_is_not_wanted),
		cmocka_unit_test(hears_of_clients_that_leave),
		cmocka_unit_test(gives_a_file),
		cmocka_unit_test(gives_what_has_no_length_in_chunks),
		cmocka_unit_test(asks_for_no_piece_before_the_last_is_taken),
		cmocka_unit_test(does_not_spin_on_input_that_it_does_not_want_yet),
		cmocka_unit_test(serves_one_request_a_connection),
		cmocka_unit_test(answers_408_and_504),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("http", tests, start, stop);
}
