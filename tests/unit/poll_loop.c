/* poll_loop.c - see poll_loop.h. What is taken away while the loop turns is freed after the turn. */
#include "tests/unit/poll_loop.h"

#include "base/clock.h"
#include "base/list.h"

#include <poll.h>
#include <stdlib.h>

enum { WATCHES_MAX = 64 };

struct db_watch {
	struct list node;
	int fd, events;
	bool dead;
	void (*ready)(void *arg, int events);
	void *arg;
};

struct timer {
	struct list node;
	int64_t at;
	bool dead;
	void (*fn)(void *arg);
	void *arg;
};

struct poll_loop {
	struct list watches, timers;
};

static struct db_watch *watch(void *loop, int fd, int events, void (*ready)(void *arg, int events), void *arg)
{
	struct poll_loop *l = loop;
	struct db_watch *w = calloc(1, sizeof(*w));

	*w = (struct db_watch){ .fd = fd, .events = events, .ready = ready, .arg = arg };
	list_init(&w->node);
	list_append(&l->watches, &w->node);
	return w;
}

static void rewatch(struct db_watch *w, int events)
{
	w->events = events;
}

static void unwatch(struct db_watch *w)
{
	w->dead = true;
}

static void *after(void *loop, unsigned int ms, void (*fn)(void *arg), void *arg)
{
	struct poll_loop *l = loop;
	struct timer *t = calloc(1, sizeof(*t));

	*t = (struct timer){ .at = clock_ms() + ms, .fn = fn, .arg = arg };
	list_init(&t->node);
	list_append(&l->timers, &t->node);
	return t;
}

static void cancel(void *timer)
{
	struct timer *t = timer;

	t->dead = true;
}

struct poll_loop *poll_loop_new(void)
{
	struct poll_loop *l = calloc(1, sizeof(*l));

	list_init(&l->watches);
	list_init(&l->timers);
	return l;
}

static void bury(struct poll_loop *l)
{
	struct list *node, *next;

	LIST_EACH(node, next, &l->watches)
		if (LIST_ITEM(node, struct db_watch, node)->dead) {
			list_remove(node);
			free(LIST_ITEM(node, struct db_watch, node));
		}
	LIST_EACH(node, next, &l->timers)
		if (LIST_ITEM(node, struct timer, node)->dead) {
			list_remove(node);
			free(LIST_ITEM(node, struct timer, node));
		}
}

int poll_loop_left(const struct poll_loop *l)
{
	int left = 0;

	for (const struct list *node = l->watches.next; node != &l->watches; node = node->next)
		left += !LIST_ITEM(node, struct db_watch, node)->dead;
	for (const struct list *node = l->timers.next; node != &l->timers; node = node->next)
		left += !LIST_ITEM(node, struct timer, node)->dead;
	return left;
}

void poll_loop_free(struct poll_loop *l)
{
	bury(l);
	free(l);
}

struct db_loop poll_loop_db(struct poll_loop *l)
{
	return (struct db_loop){ .loop = l, .watch = watch, .rewatch = rewatch, .unwatch = unwatch, .after = after, .cancel = cancel };
}

static int next_ms(const struct poll_loop *l, int most)
{
	int64_t now = clock_ms();

	for (const struct list *node = l->timers.next; node != &l->timers; node = node->next) {
		const struct timer *t = LIST_ITEM(node, struct timer, node);

		if (!t->dead && t->at - now < most)
			most = t->at > now ? (int)(t->at - now) : 0;
	}
	return most;
}

static void run_timers(struct poll_loop *l)
{
	struct list *node, *next, *last = l->timers.prev;
	int64_t now = clock_ms();

	for (node = l->timers.next; node != &l->timers; node = next) {
		struct timer *t = LIST_ITEM(node, struct timer, node);

		next = node == last ? &l->timers : node->next;
		if (!t->dead && t->at <= now) {
			t->dead = true;
			t->fn(t->arg);
		}
	}
}

static void turn(struct poll_loop *l, int ms)
{
	struct pollfd fds[WATCHES_MAX];
	struct db_watch *watches[WATCHES_MAX];
	nfds_t n = 0;

	bury(l);
	for (struct list *node = l->watches.next; node != &l->watches && n < WATCHES_MAX; node = node->next) {
		struct db_watch *w = LIST_ITEM(node, struct db_watch, node);

		watches[n] = w;
		fds[n++] = (struct pollfd){ .fd = w->fd, .events = (short)((w->events & DB_READABLE ? POLLIN : 0)
			| (w->events & DB_WRITEABLE ? POLLOUT : 0)) };
	}
	poll(fds, n, next_ms(l, ms));
	for (nfds_t i = 0; i < n; i++) {
		int events = (fds[i].revents & (POLLIN | POLLHUP | POLLERR) ? DB_READABLE : 0) | (fds[i].revents & POLLOUT ? DB_WRITEABLE : 0);

		if (events && !watches[i]->dead)
			watches[i]->ready(watches[i]->arg, events);
	}
	run_timers(l);
}

bool poll_loop_until(struct poll_loop *l, const int *flag, int wanted, int ms)
{
	int64_t end = clock_ms() + ms;

	while (*flag < wanted && clock_ms() < end)
		turn(l, (int)(end - clock_ms()));
	return *flag >= wanted;
}

void poll_loop_for(struct poll_loop *l, int ms)
{
	const int never = 0;

	poll_loop_until(l, &never, 1, ms);
}
