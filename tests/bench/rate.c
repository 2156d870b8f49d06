/* rate.c - how many replies a second, with and without idle connections beside those that work. */
#include "tests/bench/bench.h"
#include "tests/bench/peer.h"
#include "tests/bench/requests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { EVENTS = 256 };
static const double WARM_UP_S = 1;

struct work {
	struct requests requests;
	struct peer *peers;
	int clients, epoll;
	long replies, refusals;
};

static void ask(struct work *w, struct peer *p)
{
	char text[4096];
	size_t length = requests_make(&w->requests, (int)(p - w->peers), text, sizeof text);

	peer_send(p, text, length);
}

static void answered(struct work *w, struct peer *p)
{
	w->replies++;
	if (strstr(p->buffer, "\"error\"") && w->refusals++ == 0)
		fprintf(stderr, "a refusal: %.300s\n", p->buffer);
	ask(w, p);
}

static void run_until(struct work *w, double end)
{
	struct epoll_event events[EVENTS];

	while (now_s() < end) {
		int n = epoll_wait(w->epoll, events, EVENTS, 100);

		for (int i = 0; i < n; i++)
			if (peer_read(events[i].data.ptr))
				answered(w, events[i].data.ptr);
	}
}

static double measure(struct work *w, double seconds)
{
	double began;
	long before;

	for (int i = 0; i < w->clients; i++)
		ask(w, &w->peers[i]);
	run_until(w, now_s() + WARM_UP_S);
	began = now_s();
	before = w->replies;
	run_until(w, began + seconds);
	return (double)(w->replies - before) / (now_s() - began);
}

static void open_work(struct work *w, int port, const char *path, int clients)
{
	requests_read(&w->requests, path);
	w->clients = clients;
	w->peers = calloc((size_t)clients, sizeof *w->peers);
	w->epoll = epoll_create1(0);
	for (int i = 0; i < clients; i++)
		peer_open(&w->peers[i], port, requests_token(&w->requests, i));
	listen_all(w->epoll, w->peers, clients);
}

int bench_rate(int argc, char **argv)
{
	struct work w = { 0 };

	if (argc != 4)
		die("rate PORT REQUESTS CLIENTS SECONDS");
	open_work(&w, atoi(argv[0]), argv[1], atoi(argv[2]));
	printf("%.0f\n", measure(&w, atof(argv[3])));
	if (w.refusals)
		fprintf(stderr, "%ld of %ld replies were refusals\n", w.refusals, w.replies);
	return 0;
}

int bench_idle(int argc, char **argv)
{
	struct work w = { 0 };
	struct peer *idle;
	int count;

	if (argc != 5)
		die("idle PORT REQUESTS IDLE CLIENTS SECONDS");
	count = atoi(argv[2]);
	open_work(&w, atoi(argv[0]), argv[1], atoi(argv[3]));
	idle = calloc((size_t)count + 1, sizeof *idle);
	for (int i = 0; i < count; i++)
		peer_open(&idle[i], atoi(argv[0]), requests_token(&w.requests, i));
	printf("%.0f\n", measure(&w, atof(argv[4])));
	return 0;
}
