/* http.c - reading heads and bodies of HTTP/1.1 replies. */
#include "client-cli/http.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool parse_status(struct http_head *head)
{
	return sscanf(head->text, "HTTP/1.%*1[01] %3d", &head->status) == 1 && head->status >= 100;
}

/* "100 Continue" and its like come before the answer; 101 is one. */
static bool is_interim(const struct http_head *head)
{
	return head->status / 100 == 1 && head->status != 101;
}

static void drop_head(struct http_head *head)
{
	head->filled -= head->length;
	memmove(head->text, head->text + head->length, head->filled);
	head->text[head->filled] = '\0';
}

static bool http_read_more(struct stream *s, struct http_head *head, int64_t deadline, struct failure *f)
{
	ssize_t n;

	if (head->filled == HTTP_HEAD_MAX)
		return failure_lost(f, "The head of the server's answer has no end.");
	n = stream_read(s, head->text + head->filled, HTTP_HEAD_MAX - head->filled, deadline);
	if (n == STREAM_TIMEOUT)
		return failure_lost(f, "The server did not answer in time.");
	if (n <= 0)
		return failure_lost(f, "The server closed the connection instead of answering.");
	head->filled += (size_t)n;
	return true;
}

bool http_read_head(struct stream *s, struct http_head *head, int64_t deadline, struct failure *f)
{
	const char *end;

	memset(head, 0, sizeof *head);
	for (;;) {
		end = memmem(head->text, head->filled, "\r\n\r\n", 4);
		if (!end) {
			if (!http_read_more(s, head, deadline, f))
				return false;
			continue;
		}
		head->length = (size_t)(end - head->text) + 4;
		if (!parse_status(head))
			return failure_lost(f, "What answers there does not speak HTTP.");
		if (!is_interim(head))
			return true;
		drop_head(head);
	}
}

bool http_header(const struct http_head *head, const char *name, char *out, size_t size)
{
	const char *line = head->text, *end = head->text + head->length;
	size_t n = strlen(name), length;

	while ((line = memmem(line, (size_t)(end - line), "\r\n", 2)) && (line += 2) < end) {
		if (strncasecmp(line, name, n) || line[n] != ':')
			continue;
		line += n + 1;
		line += strspn(line, " \t");
		length = strcspn(line, "\r\n");
		if (length >= size)
			return false;
		memcpy(out, line, length);
		out[length] = '\0';
		return true;
	}
	return false;
}

void http_body_start(struct http_body *body, struct stream *s, struct http_head *head)
{
	char text[32];

	*body = (struct http_body){ .stream = s, .head = head, .taken = head->length, .left = -1 };
	if (http_header(head, "Content-Length", text, sizeof text))
		body->left = strtoll(text, NULL, 10);
	if (http_header(head, "Transfer-Encoding", text, sizeof text)) {
		body->chunked = true;
		body->left = 0;
	}
	if (head->status == 204 || head->status == 304) {
		body->chunked = false;
		body->left = 0;
	}
}

/* First what was read too early, then the stream. */
static ssize_t http_take(struct http_body *body, void *buffer, size_t size, int64_t deadline)
{
	size_t early = body->head->filled - body->taken;

	if (early == 0)
		return stream_read(body->stream, buffer, size, deadline);
	if (early < size)
		size = early;
	memcpy(buffer, body->head->text + body->taken, size);
	body->taken += size;
	return (ssize_t)size;
}

/* A line of the framing, without its end; 1, or as http_take. */
static ssize_t http_take_line(struct http_body *body, char *line, size_t room, int64_t deadline)
{
	size_t length = 0;
	ssize_t n;

	while ((n = http_take(body, line + length, 1, deadline)) == 1 && line[length] != '\n')
		if (++length == room)
			return STREAM_BROKEN;
	if (n != 1)
		return n == STREAM_END ? STREAM_BROKEN : n;
	if (length == 0 || line[--length] != '\r')
		return STREAM_BROKEN;
	line[length] = '\0';
	return 1;
}

/* Goes to where the bytes of the next chunk begin: 1; STREAM_END after the last. */
static ssize_t next_chunk(struct http_body *body, int64_t deadline)
{
	char line[256] = "", *end;
	ssize_t n = 1;

	if (body->in_chunks)
		n = http_take_line(body, line, sizeof line, deadline);
	if (n != 1 || *line)
		return n != 1 ? n : STREAM_BROKEN;
	n = http_take_line(body, line, sizeof line, deadline);
	if (n != 1)
		return n;
	body->in_chunks = true;
	body->left = strtoll(line, &end, 16);
	if (!isxdigit((unsigned char)*line) || (*end && *end != ';') || body->left < 0)
		return STREAM_BROKEN;
	if (body->left > 0)
		return 1;
	while (*line)				/* the trailer */
		if ((n = http_take_line(body, line, sizeof line, deadline)) != 1)
			return n;
	body->chunked = false;
	return STREAM_END;
}

ssize_t http_body_read(struct http_body *body, void *buffer, size_t size, int64_t deadline)
{
	ssize_t n;

	if (body->left == 0) {
		n = body->chunked ? next_chunk(body, deadline) : STREAM_END;
		if (n != 1)
			return n;
	}
	if (body->left > 0 && (int64_t)size > body->left)
		size = (size_t)body->left;
	n = http_take(body, buffer, size, deadline);
	if (n == STREAM_END && body->left > 0)
		return STREAM_BROKEN;
	if (n > 0 && body->left > 0)
		body->left -= n;
	return n;
}

char *http_body_text(struct http_body *body, size_t max, int64_t deadline)
{
	char *text = calloc(1, max + 1);
	size_t filled = 0;

	while (text && filled < max) {
		ssize_t n = http_body_read(body, text + filled, max - filled, deadline);

		if (n <= 0)
			break;
		filled += (size_t)n;
	}
	return text;
}
