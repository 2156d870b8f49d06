/* fan.c - one event to ten thousand connections: how long until the last of them has it. */
#include "tests/bench/bench.h"
#include "tests/bench/peer.h"
#include "tests/bench/requests.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EVENTS = 1024, WARM_UP = 2 };
static const double PATIENCE_S = 20;

/* Reads until `count` event messages came, over all peers. */
static void await_events(int epoll, int count)
{
	struct epoll_event events[EVENTS];
	double end = now_s() + PATIENCE_S;

	while (count > 0) {
		int n = epoll_wait(epoll, events, EVENTS, 1000);

		if (now_s() > end)
			die("%d events did not come", count);
		for (int i = 0; i < n; i++)
			while (peer_read(events[i].data.ptr))
				count -= strstr(((struct peer *)events[i].data.ptr)->buffer, "\"event\"") != NULL;
	}
}

int bench_fan(int argc, char **argv)
{
	struct requests r;
	struct peer *peers, writer;
	char text[4096];
	double *took;
	int port, receivers, watchers, events, epoll = epoll_create1(0);

	if (argc != 5)
		die("fan PORT REQUESTS RECEIVERS WATCHERS EVENTS");
	port = atoi(argv[0]);
	requests_read(&r, argv[1]);
	receivers = atoi(argv[2]);
	watchers = atoi(argv[3]);
	events = atoi(argv[4]);
	peers = calloc((size_t)receivers, sizeof *peers);
	took = calloc((size_t)events, sizeof *took);
	for (int i = 0; i < receivers; i++) {
		int line = i < watchers ? 0 : 1;

		peer_open(&peers[i], port, requests_token(&r, line));
		peer_call(&peers[i], r.texts[line]);
	}
	listen_all(epoll, peers, receivers);
	peer_open(&writer, port, requests_token(&r, 2));
	for (int i = -WARM_UP; i < events; i++) {
		size_t length = requests_make(&r, 2, text, sizeof text);
		double began = now_s();

		peer_send(&writer, text, length);
		await_events(epoll, watchers);
		if (i >= 0)
			took[i] = (now_s() - began) * 1000;
		while (!peer_read(&writer))
			poll(&(struct pollfd){ .fd = writer.fd, .events = POLLIN }, 1, 1000);
	}
	printf("%.2f\n", median(took, events));
	return 0;
}

/* --- the bare loop, in a process of its own: at each byte on the first connection, one frame to all the others --- */

static void serve_bare(int listener, int receivers, size_t bytes, int events)
{
	int *all = calloc((size_t)receivers, sizeof *all), control, epoll = epoll_create1(0);
	char frame[4096] = { (char)0x81, 126, (char)(bytes >> 8), (char)bytes }, byte;
	struct epoll_event ready;

	snprintf(frame + 4, sizeof frame - 4, "{\"method\":\"event\"");
	memset(frame + 4 + strlen(frame + 4), ' ', bytes - strlen(frame + 4));
	control = accept(listener, NULL, NULL);
	for (int i = 0; i < receivers; i++)
		all[i] = accept(listener, NULL, NULL);
	epoll_ctl(epoll, EPOLL_CTL_ADD, control, &(struct epoll_event){ .events = EPOLLIN });
	for (int e = 0; e < events + WARM_UP; e++) {
		epoll_wait(epoll, &ready, 1, -1);
		if (read(control, &byte, 1) != 1)
			break;
		for (int i = 0; i < receivers; i++)
			if (write(all[i], frame, 4 + bytes) != (ssize_t)(4 + bytes))
				break;
	}
	/* Until the other side is done reading. */
	_exit(read(control, &byte, 1) > 0);
}

static int plain_connect(int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (connect(fd, (struct sockaddr *)&a, sizeof a) < 0)
		die("connecting to the bare loop: %s", strerror(errno));
	return fd;
}

static int bare_listener(int *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof a;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (bind(fd, (struct sockaddr *)&a, sizeof a) < 0 || listen(fd, 4096) < 0 || getsockname(fd, (struct sockaddr *)&a, &length) < 0)
		die("the bare loop: %s", strerror(errno));
	*port = ntohs(a.sin_port);
	return fd;
}

int bench_bare(int argc, char **argv)
{
	struct peer *peers;
	double *took;
	int port, receivers, events, listener = bare_listener(&port), control, epoll = epoll_create1(0);
	pid_t child;

	if (argc != 3)
		die("bare RECEIVERS BYTES EVENTS");
	receivers = atoi(argv[0]);
	events = atoi(argv[2]);
	child = fork();
	if (child == 0)
		serve_bare(listener, receivers, (size_t)atoi(argv[1]), events);
	peers = calloc((size_t)receivers, sizeof *peers);
	took = calloc((size_t)events, sizeof *took);
	control = plain_connect(port);
	for (int i = 0; i < receivers; i++) {
		peers[i].fd = plain_connect(port);
		fcntl(peers[i].fd, F_SETFL, O_NONBLOCK);
	}
	listen_all(epoll, peers, receivers);
	for (int i = -WARM_UP; i < events; i++) {
		double began = now_s();

		if (write(control, "x", 1) != 1)
			die("the bare loop has gone");
		await_events(epoll, receivers);
		if (i >= 0)
			took[i] = (now_s() - began) * 1000;
	}
	printf("%.2f\n", median(took, events));
	close(control);
	waitpid(child, NULL, 0);
	return 0;
}
