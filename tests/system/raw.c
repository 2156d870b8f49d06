/* raw.c - sockets with a deadline on everything. */
#include "tests/system/raw.h"

#include "tests/system/expect.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SEND_MS = 5000 };

bool raw_open(struct raw *r, int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	*r = (struct raw){ .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };
	if (r->fd >= 0 && connect(r->fd, (struct sockaddr *)&a, sizeof a) == 0)
		return true;
	raw_close(r);
	return false;
}

void raw_close(struct raw *r)
{
	if (r->fd >= 0)
		close(r->fd);
	r->fd = -1;
	r->closed = true;
}

int raw_take(struct raw *r)
{
	int fd = r->fd;

	r->fd = -1;
	return fd;
}

static bool wait_for(const struct raw *r, short events, int64_t deadline)
{
	struct pollfd p = { .fd = r->fd, .events = events };

	return poll(&p, 1, deadline_left(deadline)) > 0;
}

bool raw_send(struct raw *r, const void *bytes, size_t length)
{
	int64_t deadline = deadline_after(SEND_MS);
	const char *p = bytes;
	ssize_t n;

	while (length) {
		n = send(r->fd, p, length, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && (errno != EAGAIN || !wait_for(r, POLLOUT, deadline)))
			return false;
		if (n > 0) {
			p += n;
			length -= (size_t)n;
		}
	}
	return true;
}

bool raw_print(struct raw *r, const char *fmt, ...)
{
	char text[RAW_TEXT];
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	return n >= 0 && (size_t)n < sizeof text && raw_send(r, text, (size_t)n);
}

/* One read; what does not fit is dropped. False: nothing within the deadline, or closed. */
static bool read_some(struct raw *r, int64_t deadline)
{
	char dropped[4096];
	bool room = r->filled < RAW_TEXT;
	ssize_t n;

	if (r->closed || !wait_for(r, POLLIN, deadline))
		return false;
	n = recv(r->fd, room ? r->text + r->filled : dropped, room ? RAW_TEXT - r->filled : sizeof dropped, 0);
	if (n <= 0) {
		r->closed = true;
		return false;
	}
	if (room)
		r->text[r->filled += (size_t)n] = '\0';
	return true;
}

int raw_status(struct raw *r, int timeout_ms)
{
	int64_t deadline = deadline_after(timeout_ms);
	int status = 0;

	while (!strstr(r->text, "\r\n\r\n") && read_some(r, deadline))
		;
	if (sscanf(r->text, "HTTP/1.%*1[01] %3d", &status) == 1)
		return status;
	return r->closed ? 0 : -1;
}

bool raw_wait_closed(struct raw *r, int timeout_ms)
{
	int64_t deadline = deadline_after(timeout_ms);

	while (read_some(r, deadline))
		;
	return r->closed;
}

bool raw_receive(struct raw *r, int timeout_ms)
{
	return read_some(r, deadline_after(timeout_ms)) || r->closed;
}

bool raw_upgrade(struct raw *r, int port)
{
	return raw_open(r, port) && raw_print(r, "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ninetwo.v1\r\n\r\n", port) &&
		raw_status(r, PATIENCE_MS) == 101;
}

int raw_http_status(int port, const char *path)
{
	struct raw r;
	int status = 0;

	if (!raw_open(&r, port))
		return 0;
	if (raw_print(&r, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n", path, port))
		status = raw_status(&r, PATIENCE_MS);
	raw_close(&r);
	return status;
}
