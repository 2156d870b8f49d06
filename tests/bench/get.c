/* get.c - a file over HTTP, asked for again and again, each time by a connection of its own. */
#include "tests/bench/bench.h"
#include "tests/bench/peer.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROUNDS = 1000, HEAD_MAX = 4096 };

static int connect_to(int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof a) < 0)
		die("connecting to port %d", port);
	return fd;
}

/* Reads to the end of the connection; how long the body was. */
static long read_answer(int fd, const char *path)
{
	char text[64 * 1024], head[HEAD_MAX + 1] = "";
	size_t filled = 0, more;
	const char *end = NULL;
	long length = 0;
	ssize_t n;

	while ((n = read(fd, text, sizeof text)) > 0) {
		more = (size_t)n < HEAD_MAX - filled ? (size_t)n : HEAD_MAX - filled;
		memcpy(head + filled, text, more);
		filled += more;
		length += n;
	}
	end = strstr(head, "\r\n\r\n");
	if (n < 0 || !end || strncmp(head, "HTTP/1.1 200", 12) != 0)
		die("GET %s: %.12s", path, head);
	return length - (end + 4 - head);
}

int bench_get(int argc, char **argv)
{
	double took[ROUNDS], began;
	char request[512];
	long bytes = 0;
	int n, fd;

	if (argc < 2)
		die("get PORT PATH [CODING]");
	n = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n%s%s%s\r\n",
		argv[1], argv[0], argc > 2 ? "Accept-Encoding: " : "", argc > 2 ? argv[2] : "", argc > 2 ? "\r\n" : "");
	for (int i = 0; i < ROUNDS; i++) {
		began = now_s();
		fd = connect_to(atoi(argv[0]));
		if (send(fd, request, (size_t)n, MSG_NOSIGNAL) != n)
			die("GET %s", argv[1]);
		bytes = read_answer(fd, argv[1]);
		close(fd);
		took[i] = (now_s() - began) * 1000;
	}
	printf("%ld %.3f\n", bytes, median(took, ROUNDS));
	return 0;
}
