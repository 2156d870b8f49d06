/* network.c */
#include "tests/unit/network.h"

#include "base/log.h"
#include "net/loop.h"

#include "tests/patience.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static pthread_t thread;
static struct loop_waker *waker;
static struct { void (*fn)(void *); void *arg; pthread_mutex_t lock; pthread_cond_t done; } job = {
	.lock = PTHREAD_MUTEX_INITIALIZER, .done = PTHREAD_COND_INITIALIZER };

enum { FDS = 4096 };
static SSL *tls_of[FDS];
static SSL_CTX *client_ctx;

static void give_up(const char *what)
{
	fprintf(stderr, "network: %s: %s\n", what, strerror(errno));
	abort();
}

static void woken(void *arg)
{
	(void)arg;
	pthread_mutex_lock(&job.lock);
	if (job.fn) {
		job.fn(job.arg);
		job.fn = NULL;
		pthread_cond_signal(&job.done);
	}
	pthread_mutex_unlock(&job.lock);
}

void network_do(struct network *n, void (*fn)(void *arg), void *arg)
{
	(void)n;
	pthread_mutex_lock(&job.lock);
	job.fn = fn;
	job.arg = arg;
	loop_wake(waker);
	while (job.fn)
		pthread_cond_wait(&job.done, &job.lock);
	pthread_mutex_unlock(&job.lock);
}

static void *run(void *arg)
{
	loop_run(arg);
	return NULL;
}

static int free_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0), port;

	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0 || getsockname(fd, (struct sockaddr *)&at, &length) != 0)
		give_up("no free port");
	port = ntohs(at.sin_port);
	close(fd);
	return port;
}

static bool no_status_ready(void *arg, const char **why)
{
	(void)arg, (void)why;
	return true;
}

static char *no_metrics(void *arg, size_t *length)
{
	(void)arg;
	*length = 13;
	return strdup("ninetwo_up 1\n");
}

void network_start(struct network *n, const struct server_config *config, const struct peer_handler *peers,
	const struct http_handler *http)
{
	struct server_config c = *config;
	struct http_handler h = *http;
	struct error err = { 0 };

	signal(SIGPIPE, SIG_IGN);
	log_set_level(getenv("TEST_LOG") ? LEVEL_DEBUG : LEVEL_ERROR);
	n->port = free_port();
	n->status_port = free_port();
	n->with_tls = c.tls_certificate;
	snprintf(n->address, sizeof(n->address), "127.0.0.1:%d", n->port);
	snprintf(n->status, sizeof(n->status), "127.0.0.1:%d", n->status_port);
	c.listen = c.listen ? c.listen : n->address;
	c.status_listen = c.status_listen ? c.status_listen : n->status;
	c.origins = c.origins ? c.origins : "";
	c.connections_max = c.connections_max ? c.connections_max : 1000;
	c.connections_per_address = c.connections_per_address ? c.connections_per_address : 1000;
	if (!h.status.ready)
		h.status = (struct http_status_handler){ .ready = no_status_ready, .metrics = no_metrics };
	n->loop = loop_new(&err);
	n->server = n->loop ? server_new(n->loop, &c, peers, &h, &err) : NULL;
	if (!n->server) {
		fprintf(stderr, "network: %s\n", err.message);
		abort();
	}
	waker = loop_waker_new(n->loop, woken, NULL);
	if (pthread_create(&thread, NULL, run, n->loop) != 0)
		give_up("thread");
}

static void stop(void *arg)
{
	loop_stop(arg);
}

void network_stop(struct network *n)
{
	network_do(n, stop, n->loop);
	pthread_join(thread, NULL);
	server_free(n->server);
	loop_waker_free(waker);
	loop_free(n->loop);
}

/* --- a client ---------------------------------------------------------------------------------------------------------------- */

int client_connect(int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (fd < 0 || fd >= FDS || connect(fd, (struct sockaddr *)&at, sizeof(at)) != 0)
		give_up("connect");
	tls_of[fd] = NULL;
	return fd;
}

int client_connect_tls(int port, const char *alpn)
{
	int fd = client_connect(port);
	unsigned char list[64];
	SSL *ssl;

	if (!client_ctx)
		client_ctx = SSL_CTX_new(TLS_client_method());
	ssl = SSL_new(client_ctx);
	if (alpn) {
		list[0] = (unsigned char)strlen(alpn);
		memcpy(list + 1, alpn, strlen(alpn));
		SSL_set_alpn_protos(ssl, list, (unsigned int)strlen(alpn) + 1);
	}
	SSL_set_fd(ssl, fd);
	if (SSL_connect(ssl) != 1)
		give_up("tls");
	tls_of[fd] = ssl;
	return fd;
}

void client_close(int fd)
{
	if (tls_of[fd]) {
		SSL_shutdown(tls_of[fd]);
		SSL_free(tls_of[fd]);
		tls_of[fd] = NULL;
	}
	close(fd);
}

void client_write(int fd, const void *bytes, size_t length)
{
	const char *at = bytes;

	while (length > 0) {
		ssize_t n = tls_of[fd] ? SSL_write(tls_of[fd], at, (int)length) : write(fd, at, length);

		if (n <= 0)
			return;		/* the server has hung up: what it said before is what a test looks at */
		at += n;
		length -= (size_t)n;
	}
}

void client_print(int fd, const char *fmt, ...)
{
	char *text = NULL;
	va_list args;
	int n;

	va_start(args, fmt);
	n = vasprintf(&text, fmt, args);
	va_end(args);
	if (n < 0)
		give_up("memory");
	client_write(fd, text, (size_t)n);
	free(text);
}

static long read_some(int fd, char *out, size_t length, int64_t until)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	if (!(tls_of[fd] && SSL_pending(tls_of[fd]) > 0) && poll(&p, 1, deadline_left(until)) <= 0)
		return -2;
	return tls_of[fd] ? SSL_read(tls_of[fd], out, (int)length) : read(fd, out, length);
}

long client_read(int fd, char *out, size_t length)
{
	int64_t until = deadline_after(PATIENCE_MS);
	size_t got = 0;

	while (got < length) {
		long n = read_some(fd, out + got, length - got, until);

		if (n <= 0)
			break;
		got += (size_t)n;
	}
	out[got] = '\0';
	return (long)got;
}

int client_head(int fd, char *out, size_t room)
{
	int64_t until = deadline_after(PATIENCE_MS);
	size_t got = 0;
	int status = 0;

	out[0] = '\0';
	while (got + 1 < room && !strstr(out, "\r\n\r\n")) {
		long n = read_some(fd, out + got, 1, until);

		if (n == -2)
			return -1;
		if (n <= 0)
			return 0;
		got += (size_t)n;
		out[got] = '\0';
	}
	return sscanf(out, "HTTP/1.1 %d", &status) == 1 ? status : 0;
}

bool client_ended(int fd)
{
	int64_t until = deadline_after(PATIENCE_MS);
	char dropped[4096];
	long n;

	while ((n = read_some(fd, dropped, sizeof(dropped), until)) > 0)
		;
	return n != -2;
}

int client_upgrade(int fd, const struct network *n, const char *extra)
{
	char head[4096];

	client_print(fd, "GET /ws HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
		"Sec-WebSocket-Protocol: ninetwo.v1\r\n%s\r\n", n->address, extra);
	return client_head(fd, head, sizeof(head));
}

void client_frame(int fd, int opcode, bool final, const void *bytes, size_t length)
{
	unsigned char head[14] = { (unsigned char)((final ? 0x80 : 0) | opcode), 0x80 };
	size_t n = 2;

	if (length < 126) {
		head[1] |= (unsigned char)length;
	} else if (length < 65536) {
		head[1] |= 126;
		head[n++] = (unsigned char)(length >> 8);
		head[n++] = (unsigned char)length;
	} else {
		head[1] |= 127;
		for (int shift = 56; shift >= 0; shift -= 8)
			head[n++] = (unsigned char)((uint64_t)length >> shift);
	}
	/* A mask of zeros is a mask. */
	client_write(fd, head, n + 4);
	client_write(fd, bytes, length);
}

void client_text(int fd, const char *text)
{
	client_frame(fd, 1, true, text, strlen(text));
}

static bool read_all(int fd, void *out, size_t length, int64_t until)
{
	char *at = out;

	while (length > 0) {
		long n = read_some(fd, at, length, until);

		if (n <= 0)
			return false;
		at += n;
		length -= (size_t)n;
	}
	return true;
}

int client_next(int fd, char *payload, size_t room, size_t *length)
{
	int64_t until = deadline_after(PATIENCE_MS);
	unsigned char head[2], more[8];
	uint64_t n;

	*length = 0;
	payload[0] = '\0';
	if (!read_all(fd, head, 2, until))
		return -1;
	n = head[1] & 127;
	if (n >= 126) {
		size_t bytes = n == 126 ? 2 : 8;

		if (!read_all(fd, more, bytes, until))
			return -1;
		for (n = 0; bytes > 0; bytes--)
			n = n << 8 | more[(head[1] & 127) == 126 ? 2 - bytes : 8 - bytes];
	}
	if (n + 1 > room || !read_all(fd, payload, n, until))
		return -1;
	payload[n] = '\0';
	*length = n;
	return head[0] & 15;
}

int client_close_code(int fd)
{
	static char payload[70000];
	size_t length;
	int opcode;

	do {
		opcode = client_next(fd, payload, sizeof(payload), &length);
	} while (opcode >= 0 && opcode != 8);
	return opcode == 8 && length >= 2 ? (unsigned char)payload[0] << 8 | (unsigned char)payload[1] : -1;
}
