/* http.c - reading heads and bodies of HTTP/1.1 replies. */
#include "client-cli/http.h"

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
	if (head->status == 204 || head->status == 304)
		body->left = 0;
}

ssize_t http_body_read(struct http_body *body, void *buffer, size_t size, int64_t deadline)
{
	size_t early = body->head->filled - body->taken;
	ssize_t n;

	if (body->left == 0)
		return STREAM_END;
	if (body->left > 0 && (int64_t)size > body->left)
		size = (size_t)body->left;
	if (early > 0) {
		n = (ssize_t)(early < size ? early : size);
		memcpy(buffer, body->head->text + body->taken, (size_t)n);
		body->taken += (size_t)n;
	} else {
		n = stream_read(body->stream, buffer, size, deadline);
	}
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
