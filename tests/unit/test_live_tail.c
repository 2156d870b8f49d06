/* test_live_tail.c - each numbered event is handed on once, in order, from where this process began, whatever happens to its session. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "live/tail.h"

#include "tests/unit/fake_listener.h"
#include "tests/unit/fake_loop.h"
#include "tests/unit/fake_peer.h"

#define HERE "00000000-0000-4000-8000-0000000000f1"
#define ELSEWHERE "00000000-0000-4000-8000-0000000000f2"
#define ORG "00000000-0000-4000-8000-000000000001"
#define ANN "00000000-0000-4000-8000-00000000000a"
#define PART "00000000-0000-4000-8000-0000000000a1"

static struct tail *tail;
static int64_t handed[64];
static int handed_count, anew_count;
static char last_message[1024];
static struct { enum event_effect effect; int64_t lapses_ms; size_t tokens; struct uuid token, first; } last;

static void event(void *arg, const struct event *e)
{
	(void)arg;
	handed[handed_count++ % 64] = e->position;
	last.effect = e->effect;
	last.lapses_ms = e->lapses_ms;
	last.tokens = e->token_count;
	last.token = e->token;
	if (e->token_count)
		last.first = e->tokens[0];
	snprintf(last_message, sizeof last_message, "%s", e->message ? e->message->text : "");
}

static void anew(void *arg)
{
	(void)arg;
	anew_count++;
}

static void session(void *arg, bool up)
{
	(void)arg;
	tail_connected(tail, up);
}

static int set_up(void **state)
{
	struct error err = { 0 };

	(void)state;
	handed_count = anew_count = 0;
	listener_new(&(struct listener_config){ .state = session }, &fake_loop, &err);
	tail = tail_new(&(struct tail_config){ .listener = fake_listener, .loop = &fake_loop, .event = event, .anew = anew });
	return tail ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	tail_connected(tail, false);
	listener_free(fake_listener);
	tail_free(tail);
	assert_null(fake_timers);
	return 0;
}

static void answer_head(const char *incarnation, const char *position)
{
	fake_query_answer(fake_listener, "ledger_head", 1, 3, (const char *const[]){ incarnation, position, "0" });
}

/* Positions from..to, as ledger.tail gives them. */
static void answer_tail(int from, int to)
{
	static char numbers[16][24];
	const char *cells[16 * 12];
	int rows = to - from + 1;

	assert_true(rows <= 16);
	for (int i = 0; i < rows; i++) {
		const char *row[12] = { numbers[i], "2000-01-01T00:00:00+00:00", ORG, NULL, "party.created", ANN, "1", "{" PART "}", NULL, NULL, NULL };

		snprintf(numbers[i], sizeof numbers[i], "%d", from + i);
		memcpy(&cells[i * 12], row, sizeof row);
	}
	fake_query_answer(fake_listener, "ledger_tail", rows, 12, cells);
}

static void nothing_new(void)
{
	answer_tail(1, 0);
}

static void begin_at(const char *position)
{
	fake_listener_state(fake_listener, true);
	answer_head(HERE, position);
	nothing_new();
	assert_int_equal(fake_listener->count, 0);
}

static void begins_where_the_ledger_stands(void **state)
{
	(void)state;
	assert_false(tail_follows(tail));
	begin_at("41");
	assert_true(tail_follows(tail));
	assert_int_equal(ring_last(tail_ring(tail)), 41);
	assert_int_equal(ring_oldest(tail_ring(tail)), 42);
	assert_int_equal(anew_count, 0);
}

static void hands_on_in_order_what_is_new(void **state)
{
	(void)state;
	begin_at("41");
	tail_read(tail);
	assert_string_equal(fake_listener->queries[0].params[0], "41");
	answer_tail(42, 44);
	assert_int_equal(handed_count, 3);
	assert_int_equal(handed[0], 42);
	assert_int_equal(handed[2], 44);
	assert_int_equal(ring_oldest(tail_ring(tail)), 42);
	assert_int_equal(ring_at(tail_ring(tail), 43)->position, 43);
}

static void the_notification_says_what_happened(void **state)
{
	(void)state;
	begin_at("41");
	tail_read(tail);
	answer_tail(42, 42);
	assert_string_equal(last_message, "{\"jsonrpc\":\"2.0\",\"method\":\"event\",\"params\":{\"organisation\":\"" ORG "\",\"position\":42,"
		"\"at\":\"2000-01-01T00:00:00+00:00\",\"kind\":\"party.created\",\"actor\":null,\"subject\":\"" ANN "\",\"version\":1}}");
}

static void reads_what_an_event_does_to_rights(void **state)
{
	struct uuid part, ann;

	(void)state;
	uuid_read(PART, &part);
	uuid_read(ANN, &ann);
	begin_at("41");
	tail_read(tail);
	fake_query_answer(fake_listener, "ledger_tail", 1, 12, (const char *const[]){ "42", "2000-01-01T00:00:00+00:00", ORG, ANN, "token.gained", PART,
		NULL, "{" ANN "," ORG "}", ANN, PART, "1234567", NULL });
	assert_int_equal(last.effect, EFFECT_GAINED);
	assert_int_equal(last.lapses_ms, 1234567);
	assert_int_equal(last.tokens, 2);
	assert_true(uuid_equal(&last.token, &part) && uuid_equal(&last.first, &ann));
	assert_non_null(strstr(last_message, "\"version\":null"));
}

static void what_is_for_no_organisation_has_no_notification(void **state)
{
	(void)state;
	begin_at("41");
	tail_read(tail);
	fake_query_answer(fake_listener, "ledger_tail", 1, 12, (const char *const[]){ "42", "2000-01-01T00:00:00+00:00", NULL, NULL, "session.ended", PART,
		NULL, "{}", NULL, NULL, NULL, "revoked" });
	assert_int_equal(last.effect, EFFECT_SESSION_ENDED);
	assert_int_equal(last.tokens, 0);
	assert_string_equal(last_message, "");
}

static void asks_again_for_what_came_while_it_asked(void **state)
{
	(void)state;
	begin_at("41");
	tail_read(tail);
	tail_read(tail);
	tail_read(tail);
	assert_int_equal(fake_listener->count, 1);
	answer_tail(42, 42);
	assert_string_equal(fake_listener->queries[0].params[0], "42");
	nothing_new();
	assert_int_equal(fake_listener->count, 0);
}

static void goes_on_after_the_session_was_away(void **state)
{
	(void)state;
	begin_at("41");
	tail_read(tail);
	fake_listener_state(fake_listener, false);
	assert_int_equal(handed_count, 0);
	fake_listener_state(fake_listener, true);
	answer_head(HERE, "50");
	answer_tail(42, 50);
	assert_int_equal(handed_count, 9);
	assert_int_equal(anew_count, 0);
}

static void looks_without_being_woken(void **state)
{
	(void)state;
	begin_at("41");
	fake_fire(TAIL_POLL_MS);
	answer_head(HERE, "42");
	answer_tail(42, 42);
	assert_int_equal(handed_count, 1);
}

static void begins_anew_in_another_incarnation(void **state)
{
	(void)state;
	begin_at("41");
	fake_fire(TAIL_POLL_MS);
	answer_head(ELSEWHERE, "100");
	assert_int_equal(anew_count, 1);
	assert_int_equal(ring_last(tail_ring(tail)), 100);
}

static void begins_anew_when_the_ledger_is_shorter_than_it_was(void **state)
{
	(void)state;
	begin_at("41");
	fake_fire(TAIL_POLL_MS);
	answer_head(HERE, "40");
	assert_int_equal(anew_count, 1);
	assert_int_equal(ring_last(tail_ring(tail)), 40);
}

static void a_hole_is_never_handed_on(void **state)
{
	(void)state;
	begin_at("41");
	tail_read(tail);
	answer_tail(43, 44);
	assert_int_equal(handed_count, 0);
	assert_int_equal(anew_count, 1);
	assert_int_equal(ring_last(tail_ring(tail)), 44);
}

static void a_failure_waits_for_the_poll(void **state)
{
	(void)state;
	fake_listener_state(fake_listener, true);
	fake_query_refuse(fake_listener, "ledger_head", E_INTERNAL);
	assert_int_equal(fake_listener->count, 0);
	fake_fire(TAIL_POLL_MS);
	answer_head(HERE, "5");
	fake_query_refuse(fake_listener, "ledger_tail", E_INTERNAL);
	assert_int_equal(fake_listener->count, 0);
}

static void the_ring_keeps_the_last(void **state)
{
	struct ring *r = ring_new();

	(void)state;
	ring_reset(r, 7);
	for (int64_t p = 8; p <= 7 + 2 * RING_EVENTS; p++) {
		struct event *e = calloc(1, sizeof *e);

		e->position = p;
		ring_push(r, e);
	}
	assert_int_equal(ring_last(r), 7 + 2 * RING_EVENTS);
	assert_int_equal(ring_oldest(r), 8 + RING_EVENTS);
	for (int64_t p = ring_oldest(r); p <= ring_last(r); p++)
		assert_int_equal(ring_at(r, p)->position, p);
	ring_free(r);
}

int main(void)
{
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		test(begins_where_the_ledger_stands),
		test(hands_on_in_order_what_is_new),
		test(the_notification_says_what_happened),
		test(reads_what_an_event_does_to_rights),
		test(what_is_for_no_organisation_has_no_notification),
		test(asks_again_for_what_came_while_it_asked),
		test(goes_on_after_the_session_was_away),
		test(looks_without_being_woken),
		test(begins_anew_in_another_incarnation),
		test(begins_anew_when_the_ledger_is_shorter_than_it_was),
		test(a_hole_is_never_handed_on),
		test(a_failure_waits_for_the_poll),
		test(the_ring_keeps_the_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
