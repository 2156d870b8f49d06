/* test_live_sweep.c - the sweep goes through all pieces on a connection of its own, leaves out what fails, and comes back to it soon. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/log.h"
#include "live/sweep.h"

#include "tests/unit/fake_listener.h"
#include "tests/unit/fake_loop.h"

#include <unistd.h>

static struct sweep *sweep;
static bool leads;
static FILE *lines;

static bool due(void *arg)
{
	(void)arg;
	return leads;
}

static int set_up(void **state)
{
	(void)state;
	leads = true;
	fake_listener = NULL;
	lines = tmpfile();
	log_set_output(fileno(lines));
	sweep = sweep_new(&(struct sweep_config){ .loop = &fake_loop, .conninfo = "", .user = "ninetwo_feed", .due = due });
	return sweep && lines ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	sweep_free(sweep);
	assert_null(fake_timers);
	log_set_output(STDERR_FILENO);
	fclose(lines);
	return 0;
}

/* How many lines of the log hold all of this. */
static int logged(const char *event, const char *words)
{
	char line[2048];
	int count = 0;

	rewind(lines);
	while (fgets(line, sizeof line, lines))
		count += strstr(line, event) && strstr(line, words);
	return count;
}

static void start(void)
{
	fake_listener = NULL;
	fake_fire(SWEEP_PERIOD_MS);
	assert_non_null(fake_listener);
	fake_listener_state(fake_listener, true);
	assert_int_equal(fake_listener->count, 1);
}

static void answer(const char *text)
{
	fake_query_answer_text(fake_listener, "operator_sweep_piece", text);
}

static const char *asked(int param)
{
	return fake_listener->queries[0].params[param];
}

static bool closed(void)
{
	struct listener *before = fake_listener;

	fake_fire(0);
	return fake_listener == before && fake_timers && !fake_timers->next && fake_timers->ms > 0;
}

static void begins_within_minutes_of_the_start(void **state)
{
	(void)state;
	assert_non_null(fake_timers);
	assert_true(fake_timers->ms >= SWEEP_FIRST_MS / 2 && fake_timers->ms <= 3 * SWEEP_FIRST_MS / 2);
	start();
}

static void only_who_leads_sweeps(void **state)
{
	(void)state;
	leads = false;
	fake_fire(2 * SWEEP_FIRST_MS);
	assert_null(fake_listener);
	leads = true;
	start();
}

static void goes_from_piece_to_piece_and_says_what_went(void **state)
{
	(void)state;
	start();
	assert_string_equal(asked(1), "1000");
	answer("{\"removed\": {\"requests\": 1000}, \"next\": {\"step\": \"requests\"}}");
	assert_string_equal(asked(0), "{\"step\":\"requests\"}");
	answer("{\"removed\": {\"requests\": 7}, \"next\": {\"step\": \"sessions\", \"after\": \"x\"}}");
	assert_string_equal(asked(0), "{\"step\":\"sessions\",\"after\":\"x\"}");
	answer("{\"removed\": {\"sessions\": 2}, \"next\": null}");
	assert_int_equal(fake_listener->count, 0);
	assert_int_equal(logged("event=sweep.done", "pieces=3 all=1 result=\"{\\\"requests\\\":1007,\\\"sessions\\\":2}\""), 1);
	assert_true(closed());
	assert_int_equal(fake_timers->ms, SWEEP_PERIOD_MS);
	start();
}

static void leaves_out_what_fails_and_tries_again_soon(void **state)
{
	(void)state;
	start();
	answer("{\"removed\": {\"requests\": 1}, \"next\": {\"step\": \"findings\"}}");
	fake_query_refuse(fake_listener, "operator_sweep_piece", E_NOT_NOW);
	assert_string_equal(asked(0), "{\"step\":\"findings\",\"skip\":true}");
	answer("{\"removed\": {\"findings\": 0}, \"next\": {\"step\": \"delivery\"}}");
	assert_string_equal(asked(0), "{\"step\":\"delivery\"}");
	answer("{\"removed\": {\"delivery\": 5}, \"next\": null}");
	assert_int_equal(logged("event=sweep.failed", "step=findings"), 1);
	assert_int_equal(logged("event=sweep.done", "all=0"), 1);
	assert_true(closed());
	assert_true(fake_timers->ms < 2 * SWEEP_FIRST_MS);
	start();
	assert_string_equal(asked(1), "250");
}

static void waits_longer_and_longer(void **state)
{
	unsigned int least = 0;

	(void)state;
	for (int i = 0; i < 10; i++) {
		fake_fire(2 * SWEEP_PERIOD_MS);
		fake_listener_state(fake_listener, true);
		fake_listener_state(fake_listener, false);
		assert_true(closed());
		least = fake_timers->ms;
		assert_true(least <= SWEEP_PERIOD_MS * 3 / 2);
	}
	assert_int_equal(least, SWEEP_PERIOD_MS);
	assert_int_equal(logged("event=sweep.failed", "level=error"), 10);
}

static void a_database_that_is_away_is_not_waited_for(void **state)
{
	(void)state;
	fake_fire(2 * SWEEP_FIRST_MS);
	assert_non_null(fake_listener);
	fake_fire(SWEEP_CONNECT_MS);
	assert_int_equal(logged("event=sweep.failed", "is away"), 1);
	assert_true(closed());
}

int main(void)
{
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		test(begins_within_minutes_of_the_start),
		test(only_who_leads_sweeps),
		test(goes_from_piece_to_piece_and_says_what_went),
		test(leaves_out_what_fails_and_tries_again_soon),
		test(waits_longer_and_longer),
		test(a_database_that_is_away_is_not_waited_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
