/* test_live_sequencer.c - who numbers, when it asks, and when others are woken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "live/sequencer.h"

#include "tests/unit/fake_listener.h"
#include "tests/unit/fake_loop.h"

static struct sequencer *sequencer;
static int numbered_count;

static void numbered(void *arg)
{
	(void)arg;
	numbered_count++;
}

static void session(void *arg, bool up)
{
	(void)arg;
	sequencer_connected(sequencer, up);
}

static int set_up(void **state)
{
	struct error err = { 0 };

	(void)state;
	numbered_count = 0;
	listener_new(&(struct listener_config){ .state = session }, &fake_loop, &err);
	sequencer = sequencer_new(&(struct sequencer_config){ .listener = fake_listener, .loop = &fake_loop, .conninfo = "", .user = "ninetwo_feed",
		.numbered = numbered });
	return sequencer ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	sequencer_connected(sequencer, false);
	listener_free(fake_listener);
	sequencer_free(sequencer);
	assert_null(fake_timers);
	return 0;
}

static bool asked(const char *name)
{
	return fake_query_named(fake_listener, name) >= 0;
}

static void answer(const char *name, const char *text)
{
	fake_query_answer_text(fake_listener, name, text);
}

/* Up, leading, with nothing to number and no rights that changed by date. */
static void lead(void)
{
	fake_listener_state(fake_listener, true);
	answer("ledger_lead", "t");
	answer("ledger_sequence", "0");
	answer("ledger_lapse", NULL);
	assert_true(sequencer_leads(sequencer));
	assert_int_equal(fake_listener->count, 0);
}

static void asks_to_lead_as_soon_as_the_session_is_up(void **state)
{
	(void)state;
	assert_false(asked("ledger_lead"));
	lead();
}

static void who_does_not_lead_asks_again_at_the_poll_and_only_then(void **state)
{
	(void)state;
	fake_listener_state(fake_listener, true);
	answer("ledger_lead", "f");
	assert_false(sequencer_leads(sequencer));
	assert_int_equal(fake_listener->count, 0);
	fake_fire(SEQUENCER_POLL_MS);
	assert_true(asked("ledger_lead"));
	answer("ledger_lead", "t");
	assert_true(asked("ledger_sequence"));
}

static void numbers_at_once_what_this_process_committed(void **state)
{
	(void)state;
	lead();
	sequencer_committed(sequencer);
	answer("ledger_sequence", "3");
	assert_int_equal(numbered_count, 1);
	answer("ledger_sequence", "0");
	assert_int_equal(numbered_count, 1);
	assert_int_equal(fake_listener->count, 0);
}

static void asks_once_for_all_that_is_committed_meanwhile(void **state)
{
	(void)state;
	lead();
	for (int i = 0; i < 100; i++)
		sequencer_committed(sequencer);
	assert_int_equal(fake_listener->count, 1);
	answer("ledger_sequence", "0");
	assert_int_equal(fake_listener->count, 1);
	answer("ledger_sequence", "0");
	assert_int_equal(fake_listener->count, 0);
}

static void wakes_the_others_once_in_a_while(void **state)
{
	(void)state;
	lead();
	for (int i = 0; i < 5; i++) {
		sequencer_committed(sequencer);
		answer("ledger_sequence", "1");
		answer("ledger_sequence", "0");
	}
	assert_false(asked("ledger_notify"));
	fake_fire(SEQUENCER_NOTIFY_MS);
	answer("ledger_notify", NULL);
	assert_false(asked("ledger_notify"));
	fake_fire(SEQUENCER_NOTIFY_MS);
	assert_false(asked("ledger_notify"));
}

static void who_does_not_lead_wakes_who_does(void **state)
{
	(void)state;
	fake_listener_state(fake_listener, true);
	answer("ledger_lead", "f");
	for (int i = 0; i < 100; i++)
		sequencer_committed(sequencer);
	fake_fire(SEQUENCER_NOTIFY_MS);
	answer("ledger_notify", NULL);
	assert_int_equal(fake_listener->count, 0);
}

static void numbers_when_another_has_notified(void **state)
{
	(void)state;
	lead();
	sequencer_heard(sequencer);
	assert_true(asked("ledger_sequence"));
}

static void hands_over_with_its_session(void **state)
{
	(void)state;
	lead();
	fake_listener_state(fake_listener, false);
	assert_false(sequencer_leads(sequencer));
	sequencer_committed(sequencer);
	fake_fire(SEQUENCER_POLL_MS);
	assert_int_equal(fake_listener->count, 0);
	fake_listener_state(fake_listener, true);
	assert_true(asked("ledger_lead"));
}

static void stops_when_the_database_says_that_it_does_not_lead(void **state)
{
	(void)state;
	lead();
	sequencer_committed(sequencer);
	answer("ledger_sequence", NULL);
	assert_false(sequencer_leads(sequencer));
	assert_int_equal(fake_listener->count, 0);
}

static void a_failure_waits_for_the_poll(void **state)
{
	(void)state;
	lead();
	sequencer_committed(sequencer);
	fake_query_refuse(fake_listener, "ledger_sequence", E_INTERNAL);
	assert_int_equal(fake_listener->count, 0);
	fake_fire(SEQUENCER_POLL_MS);
	assert_true(asked("ledger_sequence"));
}

static void brings_every_organisation_up_to_date_whose_day_has_turned(void **state)
{
	(void)state;
	fake_listener_state(fake_listener, true);
	answer("ledger_lead", "t");
	answer("ledger_sequence", "0");
	answer("ledger_lapse", "00000000-0000-0000-0000-000000000001");
	answer("ledger_sequence", "2");
	answer("ledger_sequence", "0");
	answer("ledger_lapse", "00000000-0000-0000-0000-000000000002");
	answer("ledger_sequence", "0");
	answer("ledger_lapse", NULL);
	assert_int_equal(fake_listener->count, 0);
}

int main(void)
{
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		test(asks_to_lead_as_soon_as_the_session_is_up),
		test(who_does_not_lead_asks_again_at_the_poll_and_only_then),
		test(numbers_at_once_what_this_process_committed),
		test(asks_once_for_all_that_is_committed_meanwhile),
		test(wakes_the_others_once_in_a_while),
		test(who_does_not_lead_wakes_who_does),
		test(numbers_when_another_has_notified),
		test(hands_over_with_its_session),
		test(stops_when_the_database_says_that_it_does_not_lead),
		test(a_failure_waits_for_the_poll),
		test(brings_every_organisation_up_to_date_whose_day_has_turned),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
