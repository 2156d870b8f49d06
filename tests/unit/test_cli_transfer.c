/* The bytes of evidence over HTTP, and what carries them: client-cli/stream.c, http.c, transfer.c, command_evidence.c. A real server on
 * loopback, which cuts the connection, refuses or talks nonsense as the test says. */
#include "client-cli/deadline.h"
#include "client-cli/digest.h"
#include "client-cli/http.h"

#include "base/error.h"
#include "tests/patience.h"
#include "tests/unit/cli_run.h"
#include "tests/unit/cli_server.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define ORGANISATION "01990000-0000-7000-8000-000000000001"
#define AUDIT "01990000-0000-7000-8000-0000000000a1"
#define EVIDENCE "01990000-0000-7000-8000-0000000000e1"
enum { SIZE = 300000 };

struct fixture {
	struct cli_server *server;
	char home[64], path[128], digest[DIGEST_HEX];
	char file[SIZE];			/* what is at the client, going up, or at the server, going down */
	char stored[SIZE];
	size_t received;
	/* what the server is to do */
	size_t cut;				/* once, after so many bytes of a body; 0: never */
	const char *says;			/* this instead of what it was asked, once */
	bool whole, no_ticket, gone;
	/* what it saw */
	int resumes;
	char ranges[512], asked[512];
};

static json_t *ticket(const struct fixture *x)
{
	json_t *record = json_pack("{s:s, s:s, s:i, s:s, s:s}", "id", EVIDENCE, "title", "Log", "version", 1, "state", "stored", "sha256", x->digest);

	return json_pack("{s:o, s:s*, s:I}", "evidence", record, "ticket", x->no_ticket ? NULL : "secret", "received", (json_int_t)x->received);
}

static char *answer(void *arg, int connection, json_t *request)
{
	struct fixture *x = arg;
	const char *method = json_string_value(json_object_get(request, "method"));
	json_t *params = json_object_get(request, "params");

	(void)connection;
	if (!strcmp(method, "rpc.discover"))
		return cli_result(request, cli_document());
	if (!strcmp(method, "export.begin")) {
		char *text = json_dumps(params, JSON_COMPACT | JSON_SORT_KEYS);

		snprintf(x->asked, sizeof x->asked, "%s", text);
		free(text);
		return cli_result(request, json_pack("{s:s, s:s*}", "id", EVIDENCE, "ticket", x->no_ticket ? NULL : "secret"));
	}
	if (!strcmp(method, "evidence.get"))
		return cli_result(request, json_pack("{s:i}", "version", 1));
	if (!strcmp(method, "evidence.upload_resume") && x->gone)
		return cli_refusal(request, E_NOT_FOUND, "There is no such upload.", NULL);
	x->resumes += !strcmp(method, "evidence.upload_resume");
	if (!strcmp(method, "evidence.upload_end"))
		return strcmp(json_string_value(json_object_get(params, "sha256")), x->digest) ? cli_refusal(request, E_BUSINESS, "It differs.", NULL) :
		       cli_result(request, json_pack("{s:s, s:s}", "id", EVIDENCE, "state", "stored"));
	return cli_result(request, ticket(x));
}

static void take_body(struct fixture *x, int fd, const char *head, size_t filled)
{
	const char *at = strstr(head, "Content-Range: bytes "), *body = strstr(head, "\r\n\r\n") + 4;
	size_t offset = at ? strtoul(at + 21, NULL, 10) : 0, early = filled - (size_t)(body - head), stop = x->cut ? offset + x->cut : SIZE;
	ssize_t n;

	memcpy(x->stored + offset, body, early);
	offset += early;
	while (offset < stop && (n = recv(fd, x->stored + offset, stop - offset, 0)) > 0)
		offset += (size_t)n;
	x->received = offset;
	if (!x->cut)
		dprintf(fd, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
	x->cut = 0;
}

static void give_body(struct fixture *x, int fd, const char *head)
{
	const char *at = strstr(head, "Range: bytes=");
	size_t offset = at && !x->whole ? strtoul(at + 13, NULL, 10) : 0, stop = x->cut ? offset + x->cut : SIZE;

	if (offset >= SIZE) {
		dprintf(fd, "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n\r\n");
		return;
	}
	dprintf(fd, "HTTP/1.1 %s\r\nContent-Length: %zu\r\nContent-Range: bytes %zu-%d/%d\r\n\r\n", at && !x->whole ? "206 Partial Content" : "200 OK", SIZE - offset,
		offset, SIZE - 1, SIZE);
	while (offset < stop) {
		ssize_t n = send(fd, x->file + offset, stop - offset, MSG_NOSIGNAL);

		if (n <= 0)
			break;
		offset += (size_t)n;
	}
	x->cut = 0;
}

static void serve_http(void *arg, int connection, int fd, const char *head, size_t filled)
{
	struct fixture *x = arg;
	const char *range = strstr(head, "Range: bytes"), *says = x->says;

	(void)connection;
	if (range)
		snprintf(x->ranges + strlen(x->ranges), sizeof x->ranges - strlen(x->ranges), "%.*s; ", (int)strcspn(range, "\r"), range);
	x->says = NULL;
	if (says)
		send(fd, says, strlen(says), MSG_NOSIGNAL);
	else if (!strncmp(head, "PUT ", 4))
		take_body(x, fd, head, filled);
	else
		give_body(x, fd, head);
}

static int set_up(void **state)
{
	struct fixture *x = calloc(1, sizeof *x);
	struct failure f = { 0 };
	uint64_t size;
	int fd;

	cli_home_make(x->home);
	for (size_t i = 0; i < SIZE; i++)
		x->file[i] = (char)(i * 7 + i / 251);
	snprintf(x->path, sizeof x->path, "%s/file.log", x->home);
	fd = open(x->path, O_RDWR | O_CREAT, 0600);
	assert_int_equal(write(fd, x->file, SIZE), SIZE);
	assert_true(digest_file(fd, x->digest, &size, &f));
	close(fd);
	x->server = cli_server_start(answer, x);
	cli_server_http(x->server, serve_http);
	setenv("NINETWO_SERVER", cli_server_address(x->server), 1);
	*state = x;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *x = *state;

	cli_server_stop(x->server);
	cli_home_remove(x->home);
	free(x);
	return 0;
}

#define PUT(x, ...) CLI_RUN("evidence", "put", (x)->path, "--organisation", ORGANISATION, "--json", __VA_ARGS__)
#define GET(x, to, ...) CLI_RUN("evidence", "get", EVIDENCE, "--organisation", ORGANISATION, "--output", to, __VA_ARGS__)

/* ---- up ---- */

static void test_a_file_goes_up(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(PUT(x, "--quiet"), 0);
	assert_memory_equal(x->stored, x->file, SIZE);
	assert_string_equal(x->ranges, "Range: bytes 0-299999/300000; ");
	cli_said(cli_server_head(x->server, 2), "PUT /evidence/" EVIDENCE " HTTP/1.1\r\n");
	cli_said(cli_server_head(x->server, 2), "Authorization: Ticket secret\r\n");
}

static void test_an_upload_that_is_cut_goes_on_where_the_server_says(void **state)
{
	struct fixture *x = *state;

	x->cut = 100000;
	assert_int_equal(PUT(x, "--retry", "5"), 0);
	assert_memory_equal(x->stored, x->file, SIZE);
	assert_string_equal(x->ranges, "Range: bytes 0-299999/300000; Range: bytes 100000-299999/300000; ");
	assert_int_equal(x->resumes, 1);
	cli_said(cli_err, "going on at 100000");
}

/* Without time to retry it ends; another run, another day, goes on with the same file. */
static void test_an_upload_that_ended_is_resumed_by_another_run(void **state)
{
	struct fixture *x = *state;

	x->cut = 100000;
	assert_int_equal(PUT(x, "--retry", "0"), 8);
	cli_said(cli_err, "--resume");
	assert_int_equal(PUT(x, "--resume"), 0);
	assert_memory_equal(x->stored, x->file, SIZE);
	assert_int_equal(PUT(x, "--resume"), 1);
	cli_said(cli_err, "No upload of this file was begun and not ended");
}

static void test_an_upload_that_the_server_dropped_is_forgotten(void **state)
{
	struct fixture *x = *state;

	x->cut = 100000;
	assert_int_equal(PUT(x, "--retry", "0"), 8);
	x->gone = true;
	assert_int_equal(PUT(x, "--resume"), 5);
	assert_int_equal(PUT(x, "--resume"), 1);
}

/* says: what the server answers to the bytes. */
static const struct { const char *title, *says; int status; const char *said; } refusals[] = {
	{ "an error object", "HTTP/1.1 409 Conflict\r\n\r\n{\"code\": -32009, \"message\": \"It was changed.\"}", 9, "It was changed." },
	{ "one as a reply has it", "HTTP/1.1 409 Conflict\r\n\r\n{\"error\": {\"code\": -32004, \"message\": \"Not there.\"}}", 5, "Not there." },
	{ "a ticket that has ended", "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", 3, "ticket of this transfer has ended" },
	{ "a page", "HTTP/1.1 500 Oops\r\nContent-Length: 6\r\n\r\n<html>", 1, "HTTP 500" },
	{ "a page that is not there", "HTTP/1.1 404 Not Found\r\n\r\n", 5, "HTTP 404" },
	{ "no room", "HTTP/1.1 503 Busy\r\n\r\n", 8, "takes no transfers" },
	{ "what is no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", 8, "does not speak HTTP" },
	{ "nothing at all", "", 8, "closed the connection" },
};

static void test_what_a_server_says_to_a_transfer(void **state)
{
	struct fixture *x = *state;
	char to[128];

	snprintf(to, sizeof to, "%s/copy", x->home);
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		x->says = refusals[i].says;
		if (GET(x, to, "--retry", "0") != refusals[i].status || !strstr(cli_err, refusals[i].said))
			fail_msg("%s: %s", refusals[i].title, cli_err);
		assert_int_not_equal(access(to, F_OK), 0);
	}
}

static void test_a_server_without_a_ticket(void **state)
{
	struct fixture *x = *state;

	x->no_ticket = true;
	assert_int_equal(PUT(x, "--retry", "0"), 1);
	cli_said(cli_err, "gave no ticket");
	assert_int_equal(GET(x, "-", "--retry", "0"), 1);
	cli_said(cli_err, "gave no ticket");
}

static void test_words_of_put(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(CLI_RUN("evidence", "put", "--title", "A title"), 2);
	cli_said(cli_err, "wants a file");
	assert_int_equal(CLI_RUN("evidence", "put", "/nowhere/file"), 1);
	cli_said(cli_err, "/nowhere/file: No such file");
	assert_int_equal(CLI_RUN("evidence", "put", x->home), 1);
	assert_int_equal(PUT(x, "--limit-rate", "fast"), 2);
	cli_said(cli_err, "500K or 4M");
}

/* ---- down ---- */

static void read_back(const char *path, char out[SIZE])
{
	int fd = open(path, O_RDONLY);

	assert_true(fd >= 0);
	memset(out, 0, SIZE);
	assert_int_equal(read(fd, out, SIZE), SIZE);
	close(fd);
}

static void test_a_download_that_is_cut_is_gone_on_with(void **state)
{
	struct fixture *x = *state;
	char to[128], part[140];
	struct stat st;

	snprintf(to, sizeof to, "%s/copy", x->home);
	snprintf(part, sizeof part, "%s.part", to);
	x->cut = 100000;
	assert_int_equal(GET(x, to, "--retry", "5"), 0);
	assert_string_equal(x->ranges, "Range: bytes=100000-; ");
	read_back(to, x->stored);
	assert_memory_equal(x->stored, x->file, SIZE);
	assert_int_equal(stat(to, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_not_equal(access(part, F_OK), 0);
}

static void test_a_download_is_resumed_by_another_run(void **state)
{
	struct fixture *x = *state;
	char to[128];

	snprintf(to, sizeof to, "%s/copy", x->home);
	x->cut = 100000;
	assert_int_equal(GET(x, to, "--retry", "0"), 8);
	cli_said(cli_err, "--resume");
	assert_int_not_equal(access(to, F_OK), 0);
	assert_int_equal(GET(x, to, "--resume"), 0);
	read_back(to, x->stored);
	assert_memory_equal(x->stored, x->file, SIZE);
	/* All of it is there, but the run ended before it was named. */
	snprintf(x->ranges, sizeof x->ranges, "%s.part", to);
	assert_int_equal(rename(to, x->ranges), 0);
	assert_int_equal(GET(x, to, "--resume"), 0);
	cli_said(cli_err, "as recorded");
}

/* A server that knows no ranges sends it from the beginning. */
static void test_a_server_that_begins_anew(void **state)
{
	struct fixture *x = *state;
	char to[128];

	snprintf(to, sizeof to, "%s/copy", x->home);
	x->cut = 100000;
	x->whole = true;
	assert_int_equal(GET(x, to, "--retry", "5"), 0);
	read_back(to, x->stored);
	assert_memory_equal(x->stored, x->file, SIZE);
}

static void test_what_is_not_what_was_recorded_gets_no_name(void **state)
{
	struct fixture *x = *state;
	char to[128];

	snprintf(to, sizeof to, "%s/copy", x->home);
	x->file[1000] ^= 1;
	assert_int_equal(GET(x, to, "--quiet"), 1);
	cli_said(cli_err, "not what was recorded");
	assert_int_not_equal(access(to, F_OK), 0);
	assert_int_equal(GET(x, "-", "--quiet"), 1);
	assert_string_equal(cli_out, "");
}

static void test_a_link_in_the_way_is_not_written_through(void **state)
{
	struct fixture *x = *state;
	char to[128], part[140];

	snprintf(to, sizeof to, "%s/copy", x->home);
	snprintf(part, sizeof part, "%s.part", to);
	assert_int_equal(symlink(x->path, part), 0);
	assert_int_equal(GET(x, to, "--quiet"), 1);
	read_back(x->path, x->stored);
	assert_memory_equal(x->stored, x->file, SIZE);
}

/* ---- heads ---- */

struct wire { int ends[2]; struct stream *stream; struct http_head *head; };

static struct wire wire(const char *text)
{
	struct wire w;

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, w.ends), 0);
	assert_int_equal(write(w.ends[1], text, strlen(text)), (ssize_t)strlen(text));
	w.stream = stream_adopt(w.ends[0]);
	w.head = malloc(sizeof *w.head);
	return w;
}

static void unwire(struct wire *w)
{
	stream_free(w->stream);
	free(w->head);
	if (w->ends[1] >= 0)
		close(w->ends[1]);
}

static const struct { const char *title, *text; int status; const char *said; } heads[] = {
	{ "a status", "HTTP/1.1 200 OK\r\n\r\n", 200, NULL },
	{ "of the older version", "HTTP/1.0 404 \r\n\r\n", 404, NULL },
	{ "of a version to come", "HTTP/2 200\r\n\r\n", 0, "does not speak HTTP" },
	{ "a status of two digits", "HTTP/1.1 20\r\n\r\n", 0, "does not speak HTTP" },
	{ "no status", "HTTP/1.1 OK\r\n\r\n", 0, "does not speak HTTP" },
	{ "half a head", "HTTP/1.1 200 OK\r\nA: b\r\n", 0, "closed the connection" },
	{ "lines that end otherwise", "HTTP/1.1 200 OK\n\n", 0, "closed the connection" },
};

static void test_heads(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		struct wire w = wire(heads[i].text);
		struct failure f = { 0 };
		bool ok;

		shutdown(w.ends[1], SHUT_WR);
		ok = http_read_head(w.stream, w.head, deadline_after(PATIENCE_MS), &f);
		if (ok ? w.head->status != heads[i].status || heads[i].said : !heads[i].said || !strstr(f.message, heads[i].said))
			fail_msg("%s: %d %s", heads[i].title, w.head->status, f.message);
		unwire(&w);
	}
}

static void test_a_head_without_an_end_and_one_that_does_not_come(void **state)
{
	static char text[HTTP_HEAD_MAX + 100];
	struct failure f = { 0 };
	struct wire w;

	(void)state;
	memset(text, 'a', sizeof text - 1);
	w = wire(text);
	assert_false(http_read_head(w.stream, w.head, deadline_after(PATIENCE_MS), &f));
	cli_said(f.message, "has no end");
	unwire(&w);
	w = wire("HTTP/1.1 200");
	assert_false(http_read_head(w.stream, w.head, deadline_after(20), &f));
	assert_int_equal(f.kind, FAILURE_LOST);
	cli_said(f.message, "in time");
	unwire(&w);
}

static void test_headers(void **state)
{
	struct wire w = wire("HTTP/1.1 200 OK\r\nX-Content-Length: 9\r\ncontent-length:  7 \r\nEmpty:\r\nLast: z\r\n\r\nContent-Length: 8\r\n\r\n");
	struct failure f = { 0 };
	char value[16];

	(void)state;
	assert_true(http_read_head(w.stream, w.head, deadline_after(PATIENCE_MS), &f));
	assert_true(http_header(w.head, "Content-Length", value, sizeof value));
	assert_int_equal(strtol(value, NULL, 10), 7);
	assert_true(http_header(w.head, "Empty", value, sizeof value));
	assert_string_equal(value, "");
	assert_true(http_header(w.head, "LAST", value, sizeof value));
	assert_false(http_header(w.head, "La", value, sizeof value));
	assert_false(http_header(w.head, "Content-Length", value, 2));	/* too long is none */
	unwire(&w);
}

/* end: what reading gives after the bytes. */
static const struct { const char *title, *text, *body; ssize_t end; } bodies[] = {
	{ "of an announced length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, and more", "hello", STREAM_END },
	{ "cut short", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", "hello", STREAM_BROKEN },
	{ "until the peer closes", "HTTP/1.1 200 OK\r\n\r\nhello", "hello", STREAM_END },
	{ "none", "HTTP/1.1 204 No Content\r\n\r\nhello", "", STREAM_END },
	{ "in chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nT: 1\r\n\r\nmore", "hello", STREAM_END },
	{ "in chunks, of none", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "", STREAM_END },
	{ "in chunks, without the last", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "hello", STREAM_BROKEN },
	{ "in chunks, cut in the last", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", "hello", STREAM_BROKEN },
	{ "in chunks, cut within one", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello", "hello", STREAM_BROKEN },
	{ "a chunk that is longer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n", "hell", STREAM_BROKEN },
	{ "a chunk of no length", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nhello\r\n", "", STREAM_BROKEN },
	{ "a chunk of negative length", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n", "", STREAM_BROKEN },
	{ "of no length", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nhello", "", STREAM_END },
};

static void test_bodies(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct wire w = wire(bodies[i].text);
		struct failure f = { 0 };
		struct http_body body;
		char text[64] = "";
		size_t filled = 0;
		ssize_t n;

		shutdown(w.ends[1], SHUT_WR);
		assert_true(http_read_head(w.stream, w.head, deadline_after(PATIENCE_MS), &f));
		http_body_start(&body, w.stream, w.head);
		while ((n = http_body_read(&body, text + filled, 2, deadline_after(PATIENCE_MS))) > 0)
			filled += (size_t)n;
		if (n != bodies[i].end || strcmp(text, bodies[i].body))
			fail_msg("%s: '%s', %zd", bodies[i].title, text, n);
		unwire(&w);
	}
}

/* ---- lists ---- */

#define CHUNKED "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n"
#define EXPORTED(...) CLI_RUN("check", "list", "--csv", "--organisation", ORGANISATION, __VA_ARGS__)

static void test_a_list_comes_as_the_server_writes_it(void **state)
{
	struct fixture *x = *state;

	x->says = CHUNKED "a\r\nname,email\r\n2\r\n\r\n\r\n3\r\na,b\r\n0\r\n\r\n";
	assert_int_equal(EXPORTED("--columns", "STATE,reference", "--audit", AUDIT), 0);
	assert_string_equal(cli_out, "name,email\r\na,b");
	assert_string_equal(cli_err, "");
	assert_string_equal(x->asked, "{\"columns\":[\"state\",\"reference\"],\"method\":\"check.list\",\"organisation\":\"" ORGANISATION "\","
		"\"params\":{\"audit\":\"" AUDIT "\",\"organisation\":\"" ORGANISATION "\"}}");
	assert_non_null(strstr(cli_server_head(x->server, cli_server_connections(x->server)), "GET /export/" EVIDENCE " HTTP/1.1\r\n"));
	assert_non_null(strstr(cli_server_head(x->server, cli_server_connections(x->server)), "Authorization: Ticket secret\r\n"));
}

static void test_a_list_that_is_cut_says_so(void **state)
{
	struct fixture *x = *state;

	x->says = CHUNKED "6\r\nname\r\n\r\n";
	assert_int_equal(EXPORTED("--all"), 8);
	assert_string_equal(cli_out, "name\r\n# This is not all: The connection broke.\n");
	cli_said(cli_err, "The connection broke.");
	x->says = "HTTP/1.1 409 Conflict\r\nContent-Length: 38\r\n\r\n{\"code\":-32009,\"message\":\"No longer.\"}";
	assert_int_equal(EXPORTED("--all"), 9);
	assert_string_equal(cli_out, "");
	cli_said(cli_err, "No longer.");
	x->no_ticket = true;
	assert_int_equal(EXPORTED("--all"), 1);
	cli_said(cli_err, "gave no ticket");
}

/* ---- streams ---- */

static void test_a_peer_that_does_not_read_holds_nobody_for_ever(void **state)
{
	static char much[4 << 20];
	struct wire w = wire("");

	(void)state;
	assert_false(stream_write(w.stream, much, sizeof much, deadline_after(20)));
	unwire(&w);
}

static void test_a_peer_that_left(void **state)
{
	struct wire w = wire("");
	char byte;

	(void)state;
	assert_int_equal(stream_read(w.stream, &byte, 1, deadline_after(10)), STREAM_TIMEOUT);
	close(w.ends[1]);
	w.ends[1] = -1;
	assert_int_equal(stream_read(w.stream, &byte, 1, deadline_after(PATIENCE_MS)), STREAM_END);
	assert_false(stream_write(w.stream, "x", 1, deadline_after(PATIENCE_MS)));
	unwire(&w);
}

static void test_nobody_listens(void **state)
{
	struct failure f = { 0 };
	struct address a;

	(void)state;
	assert_true(address_parse(&a, "127.0.0.1:1", &f));
	assert_null(stream_open(&a, NULL, 5000, &f));
	assert_int_equal(f.kind, FAILURE_LOST);
	cli_said(f.message, "No server answers at 127.0.0.1 port 1");
}

/* TLS to what speaks none, with authorities that are none. */
static void test_tls_with_what_has_none(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	struct address a;
	char text[64];

	snprintf(text, sizeof text, "wss://%s", cli_server_address(x->server));
	assert_true(address_parse(&a, text, &f));
	assert_null(stream_open(&a, "/nowhere/authorities", 5000, &f));
	cli_said(f.message, "'/nowhere/authorities' cannot be read");
	assert_null(stream_open(&a, NULL, 200, &f));
	assert_int_equal(f.kind, FAILURE_LOST);
	cli_said(f.message, "TLS handshake");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_a_file_goes_up),
		CASE(test_an_upload_that_is_cut_goes_on_where_the_server_says),
		CASE(test_an_upload_that_ended_is_resumed_by_another_run),
		CASE(test_an_upload_that_the_server_dropped_is_forgotten),
		CASE(test_what_a_server_says_to_a_transfer),
		CASE(test_a_server_without_a_ticket),
		CASE(test_words_of_put),
		CASE(test_a_download_that_is_cut_is_gone_on_with),
		CASE(test_a_download_is_resumed_by_another_run),
		CASE(test_a_server_that_begins_anew),
		CASE(test_what_is_not_what_was_recorded_gets_no_name),
		CASE(test_a_link_in_the_way_is_not_written_through),
		CASE(test_a_list_comes_as_the_server_writes_it),
		CASE(test_a_list_that_is_cut_says_so),
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_a_head_without_an_end_and_one_that_does_not_come),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_a_peer_that_does_not_read_holds_nobody_for_ever),
		cmocka_unit_test(test_a_peer_that_left),
		cmocka_unit_test(test_nobody_listens),
		CASE(test_tls_with_what_has_none),
	};

	/* As the program does. */
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("cli_transfer", tests, NULL, NULL);
}
