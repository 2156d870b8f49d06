/* loop.c - libev, under names of our own.
 *
 * The loop is ours and libwebsockets is a guest on it (its own libev loop cannot be ended from outside in 4.1). Descriptors of others
 * (PostgreSQL's sockets, listening sockets) are watched by libev directly and not adopted into libwebsockets, which would close them
 * and, in 4.1, forgets a wish to write that is made inside its own callback. libev notices a descriptor that was closed and opened
 * anew under the same number because a watch begins with ev_io_init, which marks the descriptor as changed. */
#include "net/loop.h"

#include "base/list.h"

#include <ev.h>
#include <stdlib.h>

struct loop {
	struct ev_loop *ev;
	struct list signals;
};

struct loop_watch {
	ev_io io;
	struct loop *loop;
	loop_ready_fn ready;
	void *arg;
};

struct loop_timer {
	ev_timer timer;
	struct loop *loop;
	loop_fn fn;
	void *arg;
};

struct loop_hook {
	ev_prepare prepare;
	ev_idle more;			/* while it is active the loop does not wait */
	struct loop *loop;
	loop_more_fn fn;
	void *arg;
};

struct loop_waker {
	ev_async async;
	struct loop *loop;
	loop_fn fn;
	void *arg;
};

struct signal_watch {
	ev_signal signal;
	struct list node;
	loop_fn fn;
	void *arg;
};

struct loop *loop_new(struct error *err)
{
	struct loop *l = calloc(1, sizeof(*l));

	if (l)
		l->ev = ev_loop_new(EVFLAG_NOENV | EVBACKEND_EPOLL);
	if (!l || !l->ev) {
		free(l);
		error_set(err, E_INTERNAL, "The event loop could not be made.");
		return NULL;
	}
	list_init(&l->signals);
	return l;
}

void loop_free(struct loop *l)
{
	struct list *node, *after;

	if (!l)
		return;
	LIST_EACH(node, after, &l->signals) {
		struct signal_watch *s = LIST_ITEM(node, struct signal_watch, node);

		ev_signal_stop(l->ev, &s->signal);
		free(s);
	}
	ev_loop_destroy(l->ev);
	free(l);
}

void loop_run(struct loop *l)
{
	ev_run(l->ev, 0);
}

void loop_turn(struct loop *l)
{
	ev_run(l->ev, EVRUN_NOWAIT);
}

void loop_stop(struct loop *l)
{
	ev_break(l->ev, EVBREAK_ALL);
}

void *loop_handle(struct loop *l)
{
	return l->ev;
}

static int to_ev(int events)
{
	return (events & LOOP_READABLE ? EV_READ : 0) | (events & LOOP_WRITEABLE ? EV_WRITE : 0);
}

static void on_io(struct ev_loop *ev, ev_io *io, int revents)
{
	struct loop_watch *w = io->data;
	int events = (revents & EV_READ ? LOOP_READABLE : 0) | (revents & EV_WRITE ? LOOP_WRITEABLE : 0);

	(void)ev;
	/* libev stops the watcher itself when the descriptor went bad under it; whoever owns it finds out by using it. */
	if (revents & EV_ERROR)
		events = LOOP_READABLE | LOOP_WRITEABLE;
	w->ready(w->arg, events);
}

struct loop_watch *loop_watch(struct loop *l, int fd, int events, loop_ready_fn ready, void *arg)
{
	struct loop_watch *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->loop = l;
	w->ready = ready;
	w->arg = arg;
	ev_io_init(&w->io, on_io, fd, to_ev(events));
	w->io.data = w;
	if (events)
		ev_io_start(l->ev, &w->io);
	return w;
}

void loop_rewatch(struct loop_watch *w, int events)
{
	if (ev_is_active(&w->io) && (w->io.events & (EV_READ | EV_WRITE)) == to_ev(events))
		return;
	ev_io_stop(w->loop->ev, &w->io);
	ev_io_set(&w->io, w->io.fd, to_ev(events));
	if (events)
		ev_io_start(w->loop->ev, &w->io);
}

void loop_unwatch(struct loop_watch *w)
{
	if (!w)
		return;
	ev_io_stop(w->loop->ev, &w->io);
	free(w);
}

static void on_once(struct ev_loop *ev, ev_timer *timer, int revents)
{
	struct loop_timer *t = timer->data;
	loop_fn fn = t->fn;
	void *arg = t->arg;

	(void)revents;
	ev_timer_stop(ev, timer);
	free(t);
	fn(arg);
}

static void on_again(struct ev_loop *ev, ev_timer *timer, int revents)
{
	struct loop_timer *t = timer->data;

	(void)ev, (void)revents;
	t->fn(t->arg);
}

static struct loop_timer *timer_start(struct loop *l, unsigned int ms, bool repeat, loop_fn fn, void *arg)
{
	struct loop_timer *t = calloc(1, sizeof(*t));
	double seconds = ms / 1000.0;

	if (!t)
		return NULL;
	t->loop = l;
	t->fn = fn;
	t->arg = arg;
	/* libev measures from when it last looked at the clock, which may be a long callback ago. */
	ev_now_update(l->ev);
	ev_timer_init(&t->timer, repeat ? on_again : on_once, seconds, repeat ? seconds : 0.);
	t->timer.data = t;
	ev_timer_start(l->ev, &t->timer);
	return t;
}

struct loop_timer *loop_after(struct loop *l, unsigned int ms, loop_fn fn, void *arg)
{
	return timer_start(l, ms, false, fn, arg);
}

struct loop_timer *loop_every(struct loop *l, unsigned int ms, loop_fn fn, void *arg)
{
	return timer_start(l, ms, true, fn, arg);
}

void loop_cancel(struct loop_timer *t)
{
	if (!t)
		return;
	ev_timer_stop(t->loop->ev, &t->timer);
	free(t);
}

static void on_signal(struct ev_loop *ev, ev_signal *signal, int revents)
{
	struct signal_watch *s = signal->data;

	(void)ev, (void)revents;
	s->fn(s->arg);
}

enum error_code loop_on_signal(struct loop *l, int number, loop_fn fn, void *arg, struct error *err)
{
	struct signal_watch *s = calloc(1, sizeof(*s));

	if (!s)
		return error_set(err, E_INTERNAL, "Out of memory.");
	s->fn = fn;
	s->arg = arg;
	ev_signal_init(&s->signal, on_signal, number);
	s->signal.data = s;
	ev_signal_start(l->ev, &s->signal);
	list_append(&l->signals, &s->node);
	return OK;
}

static void on_prepare(struct ev_loop *ev, ev_prepare *prepare, int revents)
{
	struct loop_hook *t = prepare->data;

	(void)revents;
	if (t->fn(t->arg))
		ev_idle_start(ev, &t->more);
	else
		ev_idle_stop(ev, &t->more);
}

static void on_idle(struct ev_loop *ev, ev_idle *idle, int revents)
{
	(void)ev, (void)idle, (void)revents;	/* that it is there is enough */
}

struct loop_hook *loop_before_waiting(struct loop *l, loop_more_fn fn, void *arg)
{
	struct loop_hook *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->loop = l;
	t->fn = fn;
	t->arg = arg;
	ev_prepare_init(&t->prepare, on_prepare);
	ev_idle_init(&t->more, on_idle);
	t->prepare.data = t;
	ev_prepare_start(l->ev, &t->prepare);
	return t;
}

void loop_hook_free(struct loop_hook *t)
{
	if (!t)
		return;
	ev_prepare_stop(t->loop->ev, &t->prepare);
	ev_idle_stop(t->loop->ev, &t->more);
	free(t);
}

static void on_async(struct ev_loop *ev, ev_async *async, int revents)
{
	struct loop_waker *w = async->data;

	(void)ev, (void)revents;
	w->fn(w->arg);
}

struct loop_waker *loop_waker_new(struct loop *l, loop_fn fn, void *arg)
{
	struct loop_waker *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->loop = l;
	w->fn = fn;
	w->arg = arg;
	ev_async_init(&w->async, on_async);
	w->async.data = w;
	ev_async_start(l->ev, &w->async);
	return w;
}

void loop_wake(struct loop_waker *w)
{
	ev_async_send(w->loop->ev, &w->async);
}

void loop_waker_free(struct loop_waker *w)
{
	if (!w)
		return;
	ev_async_stop(w->loop->ev, &w->async);
	free(w);
}
