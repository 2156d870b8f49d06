/* worker.c - a job is on one of two lists under one lock: waiting for a thread, or worked and waiting for the loop.
 *
 * Threads block every signal, so that signals are the loop's alone. */
#include "base/worker.h"

#include "base/list.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct job {
	struct list node;
	worker_work_fn work;
	worker_done_fn done;
	void *arg;
};

struct worker {
	pthread_mutex_t lock;
	pthread_cond_t some;
	struct list waiting;
	struct list worked;
	size_t waiting_count, waiting_max, working_count;
	unsigned long long worked_total, refused_total;
	bool ending;
	void (*wake)(void *arg);
	void *wake_arg;
	int threads;
	pthread_t thread[];
};

/* Waits for the next job, with the lock held; NULL when the pool is ending. */
static struct job *next_job(struct worker *w)
{
	struct job *job;

	while (list_empty(&w->waiting) && !w->ending)
		pthread_cond_wait(&w->some, &w->lock);
	if (w->ending)
		return NULL;
	job = LIST_ITEM(list_first(&w->waiting), struct job, node);
	list_remove(&job->node);
	w->waiting_count--;
	return job;
}

static void *worker_run(void *arg)
{
	struct worker *w = arg;
	struct job *job;

	pthread_mutex_lock(&w->lock);
	while ((job = next_job(w))) {
		w->working_count++;
		pthread_mutex_unlock(&w->lock);
		job->work(job->arg);
		pthread_mutex_lock(&w->lock);
		w->working_count--;
		w->worked_total++;
		list_append(&w->worked, &job->node);
		w->wake(w->wake_arg);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

static enum error_code start_threads(struct worker *w, int threads, struct error *err)
{
	sigset_t all, before;
	int failed = 0;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	while (w->threads < threads && !failed) {
		failed = pthread_create(&w->thread[w->threads], NULL, worker_run, w);
		w->threads += !failed;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed ? error_set(err, E_INTERNAL, "No thread could be started.") : OK;
}

struct worker *worker_new(int threads, size_t queue_max, void (*wake)(void *arg), void *wake_arg, struct error *err)
{
	struct worker *w = calloc(1, sizeof(*w) + (size_t)threads * sizeof(w->thread[0]));

	if (!w) {
		error_set(err, E_INTERNAL, "Out of memory.");
		return NULL;
	}
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->some, NULL);
	list_init(&w->waiting);
	list_init(&w->worked);
	w->waiting_max = queue_max;
	w->wake = wake;
	w->wake_arg = wake_arg;
	if (start_threads(w, threads, err) != OK) {
		worker_free(w);
		return NULL;
	}
	return w;
}

enum error_code worker_submit(struct worker *w, worker_work_fn work, worker_done_fn done, void *arg, struct error *err)
{
	struct job *job = NULL;

	pthread_mutex_lock(&w->lock);
	if (!w->ending && w->waiting_count < w->waiting_max)
		job = malloc(sizeof(*job));
	if (job) {
		*job = (struct job){ .work = work, .done = done, .arg = arg };
		list_append(&w->waiting, &job->node);
		w->waiting_count++;
		pthread_cond_signal(&w->some);
	} else {
		w->refused_total++;
	}
	pthread_mutex_unlock(&w->lock);
	return job ? OK : error_set(err, E_NOT_NOW, NULL);
}

/* Takes the first of a list, or NULL, under the lock: `done` may submit again. */
static struct job *take_job(struct worker *w, struct list *from)
{
	struct list *node;

	pthread_mutex_lock(&w->lock);
	node = list_first(from);
	if (node)
		list_remove(node);
	pthread_mutex_unlock(&w->lock);
	return node ? LIST_ITEM(node, struct job, node) : NULL;
}

static void deliver_all(struct worker *w, struct list *from, bool worked)
{
	struct job *job;

	while ((job = take_job(w, from))) {
		job->done(job->arg, worked);
		free(job);
	}
}

void worker_deliver(struct worker *w)
{
	deliver_all(w, &w->worked, true);
}

void worker_free(struct worker *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->ending = true;
	pthread_cond_broadcast(&w->some);
	pthread_mutex_unlock(&w->lock);
	for (int i = 0; i < w->threads; i++)
		pthread_join(w->thread[i], NULL);
	deliver_all(w, &w->worked, true);
	deliver_all(w, &w->waiting, false);
	pthread_cond_destroy(&w->some);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

void worker_statistics(struct worker *w, struct worker_statistics *out)
{
	pthread_mutex_lock(&w->lock);
	*out = (struct worker_statistics){ .waiting = w->waiting_count, .working = w->working_count,
		.worked = w->worked_total, .refused = w->refused_total };
	pthread_mutex_unlock(&w->lock);
}
