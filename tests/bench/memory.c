/* memory.c - what an idle connection costs the server. */
#include "tests/bench/bench.h"
#include "tests/bench/peer.h"
#include "tests/bench/requests.h"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static long resident_bytes(const char *pid)
{
	char path[64], line[256];
	long kilobytes = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%s/status", pid);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof line, file))
		if (sscanf(line, "VmRSS: %ld", &kilobytes) == 1)
			break;
	if (!kilobytes)
		die("%s: no such process", pid);
	fclose(file);
	return kilobytes * 1024;
}

static void open_tls(SSL_CTX *context, int port, const char *token)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	char head[512], reply[2048];
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), n;
	SSL *ssl = SSL_new(context);

	if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof a) < 0 || !SSL_set_fd(ssl, fd) || SSL_connect(ssl) != 1)
		die("TLS to port %d", port);
	n = snprintf(head, sizeof head, "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ninetwo.v1\r\n"
		"Authorization: Bearer %s\r\n\r\n", port, token);
	SSL_write(ssl, head, n);
	n = SSL_read(ssl, reply, sizeof reply - 1);
	if (n < 12 || memcmp(reply, "HTTP/1.1 101", 12) != 0)
		die("no upgrade over TLS");
}

static void open_many(int port, const struct requests *r, int count, SSL_CTX *context)
{
	struct peer p;

	for (int i = 0; i < count; i++)
		if (context)
			open_tls(context, port, requests_token(r, i));
		else
			peer_open(&p, port, requests_token(r, i));
}

int bench_memory(int argc, char **argv)
{
	struct requests r;
	SSL_CTX *context = NULL;
	int count;
	long before;

	if (argc < 4)
		die("memory PID PORT REQUESTS COUNT [CA]");
	requests_read(&r, argv[2]);
	count = atoi(argv[3]);
	if (argc > 4) {
		context = SSL_CTX_new(TLS_client_method());
		SSL_CTX_load_verify_locations(context, argv[4], NULL);
	}
	/* The first hundred pay for what is allocated once. */
	open_many(atoi(argv[1]), &r, 100, context);
	sleep(1);
	before = resident_bytes(argv[0]);
	open_many(atoi(argv[1]), &r, count, context);
	sleep(2);
	printf("%.0f\n", (double)(resident_bytes(argv[0]) - before) / count);
	return 0;
}
