/* transfer.c - a PUT and a GET on a connection of their own; never more of the file in memory than one buffer. */
#include "client-cli/transfer.h"

#include "base/error.h"
#include "client-cli/address.h"
#include "client-cli/deadline.h"
#include "client-cli/http.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, TIMEOUT_MS = 60000, REASON_MAX = 4096 };

static struct stream *open_server(const struct transfer *t, char host[300], struct failure *f)
{
	struct address address;

	if (!address_parse(&address, t->server, f))
		return NULL;
	address_host_header(&address, host, 300);
	return stream_open(&address, t->ca_file, TIMEOUT_MS, f);
}

static bool send_request_head(const struct transfer *t, struct stream *s, const char *line, const char *host,
	const char *more, struct failure *f)
{
	char text[1024];
	int n = snprintf(text, sizeof text, "%s%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Ticket %s\r\nConnection: close\r\n%s\r\n",
			 line, t->id, host, t->ticket, more);
	bool sent = n > 0 && (size_t)n < sizeof text && stream_write(s, text, (size_t)n, deadline_after(TIMEOUT_MS));

	OPENSSL_cleanse(text, sizeof text);
	return sent || failure_lost(f, "The connection broke.");
}

/* The server's own words where it gave some: an error object, bare or as a JSON-RPC reply. */
static bool refused_transfer(struct stream *s, struct http_head *head, struct failure *f)
{
	struct http_body body;
	json_t *json, *error;
	char *text;

	http_body_start(&body, s, head);
	text = http_body_text(&body, REASON_MAX, deadline_after(TIMEOUT_MS));
	json = text ? json_loads(text, 0, NULL) : NULL;
	error = json_object_get(json, "error") ? json_object_get(json, "error") : json;
	if (json_is_integer(json_object_get(error, "code")))
		failure_refused(f, error);
	else if (head->status == 503 || head->status == 429)
		failure_code(f, E_NOT_NOW, "The server takes no transfers at the moment.");
	else if (head->status == 401 || head->status == 403)
		failure_code(f, E_UNAUTHENTICATED, "The ticket of this transfer has ended.");
	else
		failure_code(f, head->status == 404 ? E_NOT_FOUND : E_INTERNAL, "The server refuses the transfer (HTTP %d).", head->status);
	json_decref(json);
	free(text);
	return false;
}

/* ---- up ---- */

/* Waits as long as the bytes sent so far are ahead of the rate asked for. */
static void hold_rate(const struct transfer *t, uint64_t sent, int64_t began)
{
	int64_t due;

	if (t->bytes_per_second == 0)
		return;
	due = began + (int64_t)(sent * 1000 / t->bytes_per_second);
	if (due > deadline_now())
		poll(NULL, 0, (int)(due - deadline_now()));
}

static bool send_file(struct transfer *t, struct stream *s, struct failure *f)
{
	static char buffer[PIECE];
	uint64_t first = t->offset;
	int64_t began = deadline_now();

	while (t->offset < t->total) {
		size_t want = t->total - t->offset < PIECE ? (size_t)(t->total - t->offset) : PIECE;
		ssize_t n = pread(t->fd, buffer, want, (off_t)t->offset);

		if (n <= 0)
			return failure_local(f, "The file became shorter, or cannot be read: %s.", n ? strerror(errno) : "end of file");
		if (!stream_write(s, buffer, (size_t)n, deadline_after(TIMEOUT_MS)))
			return failure_lost(f, "The connection broke.");
		t->offset += (uint64_t)n;
		progress_at(t->progress, t->offset);
		hold_rate(t, t->offset - first, began);
	}
	return true;
}

static void put_headers(const struct transfer *t, char *out, size_t size)
{
	unsigned long long first = t->offset, total = t->total;

	if (total > first)
		snprintf(out, size, "Content-Type: application/octet-stream\r\nContent-Length: %llu\r\nContent-Range: bytes %llu-%llu/%llu\r\n",
			 total - first, first, total - 1, total);
	else
		snprintf(out, size, "Content-Type: application/octet-stream\r\nContent-Length: 0\r\n");
}

static bool read_verdict(struct stream *s, struct failure *f)
{
	struct http_head *head = malloc(sizeof *head);
	bool ok = false;

	if (!head)
		return failure_local(f, "out of memory");
	ok = http_read_head(s, head, deadline_after(TIMEOUT_MS), f);
	if (ok && head->status / 100 != 2)
		ok = refused_transfer(s, head, f);
	free(head);
	return ok;
}

bool transfer_put(struct transfer *t, struct failure *f)
{
	struct failure verdict = { 0 };
	char host[300], headers[256];
	struct stream *s = open_server(t, host, f);
	bool ok;

	if (!s)
		return false;
	put_headers(t, headers, sizeof headers);
	ok = send_request_head(t, s, "PUT /evidence/", host, headers, f) && send_file(t, s, f);
	if (ok)
		ok = read_verdict(s, f);
	else if (f->kind == FAILURE_LOST && !read_verdict(s, &verdict) && verdict.kind == FAILURE_REFUSED)
		*f = verdict;		/* it hung up because it had refused */
	stream_free(s);
	return ok;
}

/* ---- down ---- */

static bool write_at(int fd, const char *data, size_t length, uint64_t offset)
{
	while (length > 0) {
		ssize_t n = pwrite(fd, data, length, (off_t)offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		data += n;
		offset += (uint64_t)n;
		length -= (size_t)n;
	}
	return true;
}

static bool receive_file(struct transfer *t, struct stream *s, struct http_head *head, struct failure *f)
{
	static char buffer[PIECE];
	struct http_body body;
	ssize_t n;

	http_body_start(&body, s, head);
	while ((n = http_body_read(&body, buffer, sizeof buffer, deadline_after(TIMEOUT_MS))) > 0) {
		if (!write_at(t->fd, buffer, (size_t)n, t->offset))
			return failure_local(f, "The file cannot be written: %s.", strerror(errno));
		t->offset += (uint64_t)n;
		progress_at(t->progress, t->offset);
	}
	return n == STREAM_END || failure_lost(f, "The connection broke.");
}

/* What the answer to a ranged request says of where it starts: from the offset, or (200) from the beginning. */
static void learn_total(struct transfer *t, const struct http_head *head)
{
	char text[128];
	unsigned long long total;

	if (head->status != 206)
		t->offset = 0;
	if (http_header(head, "Content-Range", text, sizeof text) && sscanf(text, "bytes %*u-%*u/%llu", &total) == 1)
		t->total = total;
	else if (http_header(head, "Content-Length", text, sizeof text))
		t->total = strtoull(text, NULL, 10);
	t->progress->total = t->total;
}

bool transfer_get(struct transfer *t, struct failure *f)
{
	struct http_head *head = malloc(sizeof *head);
	char host[300], range[64] = "";
	struct stream *s = head ? open_server(t, host, f) : NULL;
	bool ok;

	if (t->offset > 0)
		snprintf(range, sizeof range, "Range: bytes=%llu-\r\n", (unsigned long long)t->offset);
	ok = s && send_request_head(t, s, "GET /evidence/", host, range, f) &&
		http_read_head(s, head, deadline_after(TIMEOUT_MS), f);
	if (ok && head->status == 416 && t->offset > 0) {
		t->total = t->offset;		/* there is nothing after what we have */
	} else if (ok && head->status != 200 && head->status != 206) {
		ok = refused_transfer(s, head, f);
	} else if (ok) {
		learn_total(t, head);
		ok = receive_file(t, s, head, f);
	}
	stream_free(s);
	free(head);
	return ok;
}

/* ---- lists ---- */

static bool write_on(int fd, const char *data, size_t length)
{
	while (length > 0) {
		ssize_t n = write(fd, data, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		data += n;
		length -= (size_t)n;
	}
	return true;
}

static bool receive_list(struct transfer *t, struct stream *s, struct http_head *head, struct failure *f)
{
	static char buffer[PIECE];
	struct http_body body;
	ssize_t n;

	http_body_start(&body, s, head);
	while ((n = http_body_read(&body, buffer, sizeof buffer, deadline_after(TIMEOUT_MS))) > 0) {
		if (!write_on(t->fd, buffer, (size_t)n))
			return failure_local(f, "The output cannot be written: %s.", strerror(errno));
		t->offset += (uint64_t)n;
		progress_at(t->progress, t->offset);
	}
	return n == STREAM_END || failure_lost(f, "The connection broke.");
}

bool transfer_list(struct transfer *t, struct failure *f)
{
	struct http_head *head = malloc(sizeof *head);
	char host[300];
	struct stream *s = head ? open_server(t, host, f) : NULL;
	bool ok;

	ok = s && send_request_head(t, s, "GET /export/", host, "", f) && http_read_head(s, head, deadline_after(TIMEOUT_MS), f);
	if (ok)
		ok = head->status == 200 ? receive_list(t, s, head, f) : refused_transfer(s, head, f);
	stream_free(s);
	free(head);
	return ok;
}
