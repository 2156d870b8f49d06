/* worker.h - a bounded pool of threads for what would hold up the loop: password hashing, hashing of files.
 *
 * A job is two functions with one argument: `work` runs on a thread and touches nothing but arg; `done` runs on the loop's thread,
 * exactly once, and never from inside worker_submit. */
#ifndef NINETWO_BASE_WORKER_H
#define NINETWO_BASE_WORKER_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct worker;

typedef void (*worker_work_fn)(void *arg);
typedef void (*worker_done_fn)(void *arg, bool worked);	/* worked false: the pool was freed before a thread came to it */

/* wake is called from threads when there is something to deliver; it must get the loop to call worker_deliver. */
struct worker *worker_new(int threads, size_t queue_max, void (*wake)(void *arg), void *wake_arg, struct error *err);

/* E_NOT_NOW when queue_max jobs are waiting already; then neither function will be called and arg stays the caller's. */
enum error_code worker_submit(struct worker *w, worker_work_fn work, worker_done_fn done, void *arg, struct error *err);

/* Calls `done` of what has been worked. On the loop's thread. */
void worker_deliver(struct worker *w);

/* Waits for jobs being worked, then delivers everything, the rest with worked false. Accepts NULL. */
void worker_free(struct worker *w);

struct worker_statistics { size_t waiting, working; unsigned long long worked, refused; };
void worker_statistics(struct worker *w, struct worker_statistics *out);

#endif
