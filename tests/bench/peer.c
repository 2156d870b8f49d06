#include "tests/bench/peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

void die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

double now_s(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void send_all(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t n = send(fd, bytes, length, MSG_NOSIGNAL);

		if (n < 0 && errno == EAGAIN) {
			poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, 5000);
			continue;
		}
		if (n <= 0)
			die("the server closed a connection: %s", strerror(errno));
		bytes += n;
		length -= (size_t)n;
	}
}

static int connect_to(int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

	if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof a) < 0)
		die("connecting to port %d: %s", port, strerror(errno));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	return fd;
}

/* Byte by byte up to the blank line, so that nothing behind it is taken. */
static void read_head(int fd)
{
	char head[2048];
	size_t n = 0;

	while (n < sizeof head - 1 && recv(fd, head + n, 1, 0) == 1) {
		head[++n] = '\0';
		if (n >= 4 && memcmp(head + n - 4, "\r\n\r\n", 4) == 0)
			break;
	}
	head[n] = '\0';
	if (strncmp(head, "HTTP/1.1 101", 12) != 0)
		die("no upgrade: %.60s", n ? head : "the server closed the connection");
}

void peer_open(struct peer *p, int port, const char *token)
{
	char head[512];
	int n;

	*p = (struct peer){ .fd = connect_to(port) };
	n = snprintf(head, sizeof head, "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ninetwo.v1\r\n%s%s%s\r\n",
		port, token ? "Authorization: Bearer " : "", token ? token : "", token ? "\r\n" : "");
	send_all(p->fd, head, (size_t)n);
	read_head(p->fd);
	fcntl(p->fd, F_SETFL, O_NONBLOCK);
}

void peer_close(struct peer *p)
{
	close(p->fd);
}

/* The mask is zero: masking is the client's affair and not what is measured. */
void peer_send(struct peer *p, const char *text, size_t length)
{
	char frame[8 + 4096];
	size_t head = length < 126 ? 6 : 8;

	if (length > 4096)
		die("a message too long for the load generator");
	frame[0] = (char)0x81;
	frame[1] = (char)(0x80 | (length < 126 ? length : 126));
	frame[2] = (char)(length >> 8);
	frame[3] = (char)length;
	memset(frame + head - 4, 0, 4);
	memcpy(frame + head, text, length);
	send_all(p->fd, frame, head + length);
}

/* The length of a server's frame and of its head, when enough of it is there. */
static bool frame_head(const struct peer *p, size_t *head, uint64_t *length)
{
	const unsigned char *b = (const unsigned char *)p->buffer;

	if (p->filled < 2)
		return false;
	*head = b[1] < 126 ? 2 : b[1] == 126 ? 4 : 10;
	if (p->filled < *head)
		return false;
	*length = b[1] < 126 ? b[1] : 0;
	for (size_t i = 2; i < *head; i++)
		*length = *length << 8 | b[i];
	return true;
}

/* Skips what is left of a long message. True: it is over. */
static bool skip(struct peer *p)
{
	char dropped[65536];
	ssize_t n = recv(p->fd, dropped, p->left < sizeof dropped ? p->left : sizeof dropped, 0);

	if (n == 0)
		die("the server closed a connection");
	p->left -= n > 0 ? (uint64_t)n : 0;
	return p->left == 0;
}

/* Takes the frame at the head of the buffer, as far as it is there. True: it was a text message, and is whole. */
static bool take(struct peer *p, size_t head, uint64_t length)
{
	size_t here = p->filled - head;

	p->text = (p->buffer[0] & 0x0f) == 1;
	if ((p->buffer[0] & 0x0f) == 8)
		die("the server closed a connection in order");
	p->length = (size_t)length;
	p->left = here < length ? length - here : 0;
	memmove(p->buffer, p->buffer + head, here);
	p->filled = 0;
	p->buffer[here] = '\0';
	return p->text && p->left == 0;
}

bool peer_read(struct peer *p)
{
	size_t head;
	uint64_t length;
	ssize_t n;

	if (p->left)
		return skip(p) && p->text;
	/* Never more than one frame: first its head, then its body. */
	while (!frame_head(p, &head, &length)) {
		n = recv(p->fd, p->buffer + p->filled, p->filled < 2 ? 2 - p->filled : head - p->filled, 0);
		if (n == 0)
			die("the server closed a connection");
		if (n < 0)
			return false;
		p->filled += (size_t)n;
	}
	while (p->filled < head + length && p->filled < PEER_BUFFER) {
		size_t room = PEER_BUFFER - p->filled, more = (size_t)(head + length - p->filled);

		n = recv(p->fd, p->buffer + p->filled, more < room ? more : room, 0);
		if (n == 0)
			die("the server closed a connection");
		if (n < 0)
			return false;
		p->filled += (size_t)n;
	}
	if (take(p, head, length))
		return true;
	return p->left && skip(p) && p->text;
}

void peer_call(struct peer *p, const char *text)
{
	peer_send(p, text, strlen(text));
	do {
		if (poll(&(struct pollfd){ .fd = p->fd, .events = POLLIN }, 1, 30000) <= 0)
			die("no reply to %.80s", text);
	} while (!peer_read(p) || !strstr(p->buffer, "\"id\""));
	if (strstr(p->buffer, "\"error\""))
		die("%.80s: %.300s", text, p->buffer);
}

void listen_all(int epoll, struct peer *peers, int count)
{
	for (int i = 0; i < count; i++)
		if (epoll_ctl(epoll, EPOLL_CTL_ADD, peers[i].fd, &(struct epoll_event){ .events = EPOLLIN, .data.ptr = &peers[i] }) < 0)
			die("epoll: %s", strerror(errno));
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

double median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof *values, by_value);
	return values[count / 2];
}
