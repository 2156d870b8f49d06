/* test_live_ring.c - the last events, of which the oldest goes when there is one too many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "live/ring.h"

#include "tests/unit/fake_events.h"

static struct ring *full_from(int64_t first, int64_t count)
{
	struct ring *r = ring_new();

	assert_non_null(r);
	ring_reset(r, first - 1);
	for (int64_t p = first; p < first + count; p++)
		ring_push(r, fake_event(p, 1, 0, 0));
	return r;
}

/* From the first to the last each is there, and is the one of its position. */
static void holds(struct ring *r, int64_t oldest, int64_t last)
{
	assert_int_equal(ring_oldest(r), oldest);
	assert_int_equal(ring_last(r), last);
	for (int64_t p = oldest; p <= last; p++)
		assert_int_equal(ring_at(r, p)->position, p);
	ring_free(r);
}

static void an_empty_one_holds_nothing_behind_its_position(void **state)
{
	(void)state;
	holds(full_from(101, 0), 101, 100);
}

static void a_full_one_holds_as_many_as_it_says(void **state)
{
	(void)state;
	holds(full_from(1, RING_EVENTS - 1), 1, RING_EVENTS - 1);
	holds(full_from(1, RING_EVENTS), 1, RING_EVENTS);
	holds(full_from(101, RING_EVENTS), 101, RING_EVENTS + 100);
}

static void one_more_takes_the_place_of_the_oldest(void **state)
{
	(void)state;
	holds(full_from(1, RING_EVENTS + 1), 2, RING_EVENTS + 1);
	holds(full_from(7, 2 * RING_EVENTS + 1), RING_EVENTS + 8, 2 * RING_EVENTS + 7);
}

static void begun_anew_it_holds_nothing_of_before(void **state)
{
	struct ring *r = full_from(1, 3);

	(void)state;
	ring_reset(r, 9000);
	ring_push(r, fake_event(9001, 1, 0, 0));
	holds(r, 9001, 9001);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_one_holds_nothing_behind_its_position),
		cmocka_unit_test(a_full_one_holds_as_many_as_it_says),
		cmocka_unit_test(one_more_takes_the_place_of_the_oldest),
		cmocka_unit_test(begun_anew_it_holds_nothing_of_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
