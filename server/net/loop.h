/* loop.h - the one event loop of the process: descriptors, timers, signals and wake-ups from other threads.
 *
 * Everything but loop_wake is for the loop's own thread. What is handed out is freed by its own function, before loop_free. */
#ifndef NINETWO_NET_LOOP_H
#define NINETWO_NET_LOOP_H

#include "base/error.h"

#include <stdbool.h>

struct loop;
struct loop_watch;
struct loop_timer;
struct loop_waker;
struct loop_hook;

enum { LOOP_READABLE = 1, LOOP_WRITEABLE = 2 };

typedef void (*loop_ready_fn)(void *arg, int events);	/* mask; an error or hang-up shows as both */
typedef void (*loop_fn)(void *arg);

struct loop *loop_new(struct error *err);
void loop_free(struct loop *l);		/* accepts NULL */
void loop_run(struct loop *l);		/* until loop_stop */
void loop_stop(struct loop *l);
void loop_turn(struct loop *l);		/* does what is ready now, without waiting */
void *loop_handle(struct loop *l);	/* the struct ev_loop, for libwebsockets */

/* Watches fd without taking it over: unwatch before it is closed. events may be 0. NULL: out of memory. */
struct loop_watch *loop_watch(struct loop *l, int fd, int events, loop_ready_fn ready, void *arg);
void loop_rewatch(struct loop_watch *w, int events);
void loop_unwatch(struct loop_watch *w);	/* accepts NULL; may be called from its own ready */

/* Calls fn once, after ms; the timer frees itself when it has fired (before fn is called), so cancel only one
 * that has not. */
struct loop_timer *loop_after(struct loop *l, unsigned int ms, loop_fn fn, void *arg);
/* Calls fn every ms until the timer is cancelled, which fn may do. */
struct loop_timer *loop_every(struct loop *l, unsigned int ms, loop_fn fn, void *arg);
void loop_cancel(struct loop_timer *t);		/* accepts NULL */

/* Calls fn at the end of every turn, before the loop waits. While fn says that it has more to do the loop does not wait, only looks. */
typedef bool (*loop_more_fn)(void *arg);
struct loop_hook *loop_before_waiting(struct loop *l, loop_more_fn fn, void *arg);
void loop_hook_free(struct loop_hook *t);	/* accepts NULL */

/* Calls fn on the loop when the signal comes; for as long as the loop lives. */
enum error_code loop_on_signal(struct loop *l, int number, loop_fn fn, void *arg, struct error *err);

/* loop_wake may be called from any thread; fn then runs on the loop, once for one or more wakes. */
struct loop_waker *loop_waker_new(struct loop *l, loop_fn fn, void *arg);
void loop_wake(struct loop_waker *w);
void loop_waker_free(struct loop_waker *w);	/* accepts NULL */

#endif
