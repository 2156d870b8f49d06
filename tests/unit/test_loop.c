/* test_loop.c - the loop and the threads beside it: each job is done once, whatever happens; timers, wake-ups, descriptors, signals. */
#include "base/clock.h"
#include "base/worker.h"
#include "net/loop.h"

#include "tests/patience.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct loop *loop;
static struct loop_waker *waker;
static struct worker *worker;
static int done_worked, done_not_worked, wanted;
static atomic_int under_way, most_under_way, release_them = 1;

static void deliver(void *arg)
{
	(void)arg;
	worker_deliver(worker);
}

static void wake(void *arg)
{
	(void)arg;
	loop_wake(waker);
}

static void work(void *arg)
{
	int now = ++under_way;

	if (now > most_under_way)
		most_under_way = now;
	do
		usleep(1000);
	while (!release_them);
	under_way--;
	if (arg)
		++*(int *)arg;
}

static void done(void *arg, bool worked)
{
	(void)arg;
	*(worked ? &done_worked : &done_not_worked) += 1;
	if (done_worked + done_not_worked == wanted)
		loop_stop(loop);
}

static int start(void **state)
{
	struct error err = { 0 };

	(void)state;
	loop = loop_new(&err);
	waker = loop_waker_new(loop, deliver, NULL);
	worker = worker_new(2, 8, wake, NULL, &err);
	done_worked = done_not_worked = 0;
	most_under_way = 0;
	release_them = 1;
	return worker ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	worker_free(worker);
	loop_waker_free(waker);
	loop_free(loop);
	return 0;
}

static void does_each_job_once(void **state)
{
	struct error err = { 0 };
	int counts[8] = { 0 };

	(void)state;
	wanted = 8;
	for (int i = 0; i < 8; i++)
		assert_int_equal(worker_submit(worker, work, done, &counts[i], &err), OK);
	assert_int_equal(done_worked, 0);
	loop_run(loop);
	assert_int_equal(done_worked, 8);
	for (int i = 0; i < 8; i++)
		assert_int_equal(counts[i], 1);
	assert_true(most_under_way <= 2);
}

static void refuses_when_too_many_wait(void **state)
{
	struct error err = { 0 };
	int taken = 0;

	(void)state;
	release_them = 0;
	for (int i = 0; i < 20; i++)
		taken += worker_submit(worker, work, done, NULL, &err) == OK;
	assert_true(taken >= 8 && taken <= 10);
	assert_int_equal(err.code, E_NOT_NOW);
	wanted = taken;
	release_them = 1;
	loop_run(loop);
	assert_int_equal(done_worked, taken);
	error_clear(&err);
}

static bool sleeps(pid_t thread)
{
	char path[64], line[512] = "";
	const char *state = NULL;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", thread);
	f = fopen(path, "r");
	if (f && fgets(line, sizeof(line), f))
		state = strrchr(line, ')');
	if (f)
		fclose(f);
	return state && strncmp(state, ") S", 3) == 0;
}

/* Once that thread waits, which is in worker_free, for the jobs under way. */
static void *release_at_the_end(void *thread)
{
	while (!sleeps(*(pid_t *)thread))
		usleep(1000);
	release_them = 1;
	return NULL;
}

static void answers_every_job_when_it_is_freed(void **state)
{
	struct error err = { 0 };
	pthread_t thread;
	pid_t self = gettid();

	(void)state;
	wanted = -1;
	release_them = 0;
	for (int i = 0; i < 8; i++)
		worker_submit(worker, work, done, NULL, &err);
	assert_int_equal(pthread_create(&thread, NULL, release_at_the_end, &self), 0);
	worker_free(worker);
	assert_int_equal(pthread_join(thread, NULL), 0);
	worker = NULL;
	assert_int_equal(done_worked + done_not_worked, 8);
	assert_true(done_not_worked > 0);
	error_clear(&err);
}

/* --- the loop --- */

static int fired;
static struct loop_timer *again;
static struct loop_watch *watched;
static int ends[2];

static void fire(void *arg)
{
	fired += *(int *)arg;
}

static void fire_thrice(void *arg)
{
	(void)arg;
	if (++fired == 3) {
		loop_cancel(again);
		loop_stop(loop);
	}
}

static void end(void *arg)
{
	(void)arg;
	loop_stop(loop);
}

static void timers_fire_in_order_and_cancelled_ones_do_not(void **state)
{
	int one = 1, ten = 10, hundred = 100;
	int64_t before = clock_ms();

	(void)state;
	fired = 0;
	loop_after(loop, 20, fire, &one);
	loop_cancel(loop_after(loop, 5, fire, &ten));
	loop_after(loop, 10, fire, &hundred);
	loop_after(loop, 40, end, NULL);
	loop_run(loop);
	assert_int_equal(fired, 101);
	assert_true(clock_ms() - before >= 39);
	fired = 0;
	again = loop_every(loop, 5, fire_thrice, NULL);
	loop_run(loop);
	assert_int_equal(fired, 3);
}

static int seen;

static void ready(void *arg, int events)
{
	char c;

	(void)arg;
	seen |= events;
	if (events & LOOP_WRITEABLE) {
		loop_rewatch(watched, LOOP_READABLE);
		assert_int_equal(write(ends[1], "x", 1), 1);
		return;
	}
	assert_int_equal(read(ends[0], &c, 1), 1);
	loop_unwatch(watched);
	loop_stop(loop);
}

static void watches_descriptors(void **state)
{
	struct loop_watch *out;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	seen = 0;
	assert_int_equal(write(ends[1], "x", 1), 1);
	watched = loop_watch(loop, ends[0], 0, ready, NULL);
	out = loop_watch(loop, ends[1], 0, ready, NULL);
	loop_turn(loop);
	assert_int_equal(seen, 0);
	loop_rewatch(watched, LOOP_READABLE);
	loop_run(loop);
	assert_int_equal(seen, LOOP_READABLE);
	loop_unwatch(out);
	close(ends[0]);
	close(ends[1]);
}

/* As when a database connection is made anew: the same number, another socket. */
static void watches_another_descriptor_of_the_same_number(void **state)
{
	int again_ends[2];

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(pipe(ends), 0);
		seen = 0;
		watched = loop_watch(loop, ends[0], LOOP_READABLE, ready, NULL);
		loop_turn(loop);
		loop_unwatch(watched);
		close(ends[0]);
		close(ends[1]);
		assert_int_equal(pipe(again_ends), 0);
		assert_int_equal(again_ends[0], ends[0]);
		assert_int_equal(write(again_ends[1], "x", 1), 1);
		watched = loop_watch(loop, again_ends[0], LOOP_READABLE, ready, NULL);
		loop_run(loop);
		assert_int_equal(seen, LOOP_READABLE);
		close(again_ends[0]);
		close(again_ends[1]);
	}
}

static void hears_signals(void **state)
{
	struct error err = { 0 };

	(void)state;
	assert_int_equal(loop_on_signal(loop, SIGUSR1, end, NULL, &err), OK);
	kill(getpid(), SIGUSR1);
	loop_run(loop);
}

static int turns, turns_wanted;

static bool has_more(void *arg)
{
	(void)arg;
	if (++turns == turns_wanted)
		loop_stop(loop);
	return turns < turns_wanted;
}

/* Nothing else is there to wake the loop: it goes on because there is more to do, and waits when there is not. */
static void goes_on_without_waiting_while_there_is_more(void **state)
{
	struct loop_hook *hook;
	struct loop_timer *late;

	(void)state;
	turns = 0;
	turns_wanted = 100;
	hook = loop_before_waiting(loop, has_more, NULL);
	late = loop_after(loop, PATIENCE_MS, end, NULL);
	loop_run(loop);
	loop_cancel(late);
	assert_int_equal(turns, 100);

	turns_wanted = 0;
	turns = 0;
	assert_non_null(loop_after(loop, 50, end, NULL));
	loop_run(loop);
	assert_in_range(turns, 1, 20);
	loop_hook_free(hook);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(does_each_job_once, start, stop),
		cmocka_unit_test_setup_teardown(refuses_when_too_many_wait, start, stop),
		cmocka_unit_test_setup_teardown(answers_every_job_when_it_is_freed, start, stop),
		cmocka_unit_test_setup_teardown(timers_fire_in_order_and_cancelled_ones_do_not, start, stop),
		cmocka_unit_test_setup_teardown(watches_descriptors, start, stop),
		cmocka_unit_test_setup_teardown(watches_another_descriptor_of_the_same_number, start, stop),
		cmocka_unit_test_setup_teardown(hears_signals, start, stop),
		cmocka_unit_test_setup_teardown(goes_on_without_waiting_while_there_is_more, start, stop),
	};

	return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}
