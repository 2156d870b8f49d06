/* test_live_audience.c - who receives an event, and what an event does to who receives the next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "live/audience.h"

#include "tests/unit/fake_events.h"

#include <string.h>

enum { ORG = 1, OTHER_ORG = 2, ANN = 11, BEN = 12, PART = 21, AUDIT = 22, FUNCTION = 23, NOW = 1000 };

struct fixture {
	struct audience *audience;
	uint64_t received[4096];
	size_t count;
	bool leave;		/* receivers leave as they receive */
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	f->audience = audience_new();
	*state = f;
	return f->audience ? 0 : -1;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	audience_free(f->audience);
	free(f);
	return 0;
}

static struct subscription *join(struct fixture *f, uint64_t peer, unsigned int organisation, unsigned int person)
{
	struct uuid o = fake_id(organisation), p = fake_id(person);
	struct subscription *s = audience_join(f->audience, peer, &o, &p, 0);

	assert_non_null(s);
	assert_true(subscription_hold(s, &p, 0));
	return s;
}

static void hold(struct subscription *s, unsigned int token, int64_t lapses_ms)
{
	struct uuid t = fake_id(token);

	assert_true(subscription_hold(s, &t, lapses_ms));
}

static void receive(void *arg, struct subscription *s)
{
	struct fixture *f = arg;

	f->received[f->count++] = subscription_peer(s);
	if (f->leave)
		audience_leave(s);
}

/* Hands on the event as live.c does: first to its receivers, then to the rights. Frees it; returns how many received it. */
static size_t hand_on(struct fixture *f, struct event *e)
{
	size_t told;

	f->count = 0;
	told = audience_deliver(f->audience, e, NOW, receive, f);
	assert_int_equal(told, f->count);
	audience_apply(f->audience, e, receive, f);
	event_free(e);
	return f->count;
}

static void reaches_holders_of_a_token_and_nobody_else(void **state)
{
	struct fixture *f = *state;

	hold(join(f, 1, ORG, ANN), PART, 0);
	join(f, 2, ORG, BEN);
	hold(join(f, 3, OTHER_ORG, ANN), PART, 0);
	assert_int_equal(hand_on(f, fake_event(1, ORG, PART, 0)), 1);
	assert_int_equal(f->received[0], 1);
	assert_int_equal(hand_on(f, fake_event(2, ORG, FUNCTION, 0)), 0);
	assert_int_equal(hand_on(f, fake_event(3, 0, PART, 0)), 0);
}

static void reaches_a_holder_of_two_of_its_tokens_once(void **state)
{
	struct fixture *f = *state;
	struct subscription *s = join(f, 1, ORG, ANN);

	hold(s, PART, 0);
	hold(s, AUDIT, 0);
	assert_int_equal(hand_on(f, fake_event(1, ORG, PART, AUDIT)), 1);
}

static void reaches_every_connection_of_a_person(void **state)
{
	struct fixture *f = *state;

	join(f, 1, ORG, ANN);
	join(f, 2, ORG, ANN);
	assert_int_equal(hand_on(f, fake_event(1, ORG, ANN, 0)), 2);
}

static void what_is_gained_counts_from_the_next_event(void **state)
{
	struct fixture *f = *state;

	join(f, 1, ORG, ANN);
	assert_int_equal(hand_on(f, fake_event(1, ORG, PART, 0)), 0);
	assert_int_equal(hand_on(f, fake_right(2, ORG, EFFECT_GAINED, ANN, PART, 0)), 1);
	assert_int_equal(hand_on(f, fake_event(3, ORG, PART, 0)), 1);
	assert_int_equal(hand_on(f, fake_right(4, OTHER_ORG, EFFECT_LOST, ANN, PART, 0)), 0);
	assert_int_equal(hand_on(f, fake_event(5, ORG, PART, 0)), 1);
	assert_int_equal(hand_on(f, fake_right(6, ORG, EFFECT_LOST, ANN, PART, 0)), 1);
	assert_int_equal(hand_on(f, fake_event(7, ORG, PART, 0)), 0);
}

static void what_happened_before_it_joined_does_nothing(void **state)
{
	struct fixture *f = *state;
	struct uuid o = fake_id(ORG), p = fake_id(ANN), t = fake_id(PART);
	struct subscription *s = audience_join(f->audience, 1, &o, &p, 10);

	hold(s, PART, 0);
	assert_int_equal(hand_on(f, fake_event(9, ORG, PART, 0)), 0);
	hand_on(f, fake_right(10, ORG, EFFECT_LOST, ANN, PART, 0));
	assert_true(subscription_holds(s, &t, NOW));
	assert_int_equal(hand_on(f, fake_event(11, ORG, PART, 0)), 1);
}

static void a_token_lapses_by_itself(void **state)
{
	struct fixture *f = *state;
	struct subscription *s = join(f, 1, ORG, ANN);

	hold(s, PART, NOW + 1);
	assert_int_equal(hand_on(f, fake_event(1, ORG, PART, 0)), 1);
	hold(s, PART, NOW);
	assert_int_equal(hand_on(f, fake_event(2, ORG, PART, 0)), 0);
	hand_on(f, fake_right(3, ORG, EFFECT_CHANGED, ANN, PART, NOW + 5));
	assert_int_equal(hand_on(f, fake_event(4, ORG, PART, 0)), 1);
}

static void receivers_may_leave_as_they_receive(void **state)
{
	struct fixture *f = *state;

	for (uint64_t peer = 1; peer <= 100; peer++)
		hold(join(f, peer, ORG, ANN), PART, 0);
	f->leave = true;
	assert_int_equal(hand_on(f, fake_event(1, ORG, PART, ANN)), 100);
	assert_int_equal(audience_count(f->audience), 0);
	assert_int_equal(hand_on(f, fake_event(2, ORG, PART, ANN)), 0);
}

static void a_peer_that_goes_takes_all_its_subscriptions(void **state)
{
	struct fixture *f = *state;
	struct uuid o = fake_id(ORG);

	join(f, 1, ORG, ANN);
	join(f, 1, OTHER_ORG, ANN);
	join(f, 2, ORG, ANN);
	assert_int_equal(audience_count_of(f->audience, 1), 2);
	audience_leave_all(f->audience, 1);
	assert_int_equal(audience_count(f->audience), 1);
	assert_null(audience_find(f->audience, 1, &o));
	assert_non_null(audience_find(f->audience, 2, &o));
}

/* Thousands of random changes; after each round the receivers are those that a plain table says. */
enum { PEOPLE = 60, TOKENS = 40, ROUNDS = 3000 };

static unsigned int random_seed = 92;
static unsigned int below(unsigned int n)
{
	random_seed = random_seed * 1103515245u + 12345u;
	return (random_seed >> 16) % n;
}

static void change(struct fixture *f, bool held[PEOPLE][TOKENS], bool here[PEOPLE])
{
	unsigned int person = below(PEOPLE), token = below(TOKENS);
	struct uuid o = fake_id(ORG), t = fake_id(1000 + token);
	struct subscription *s = audience_find(f->audience, person + 1, &o);

	assert_int_equal(s != NULL, here[person]);
	if (!s) {
		join(f, person + 1, ORG, 100 + person);
		here[person] = true;
	} else if (below(50) == 0) {
		audience_leave(s);
		here[person] = false;
		memset(held[person], 0, sizeof held[person]);
	} else if (below(3)) {
		assert_true(subscription_hold(s, &t, 0));
		held[person][token] = true;
	} else {
		subscription_release(s, &t);
		held[person][token] = false;
	}
}

static void agrees_with_a_plain_table(void **state)
{
	struct fixture *f = *state;
	static bool held[PEOPLE][TOKENS], here[PEOPLE];

	for (int round = 1; round <= ROUNDS; round++) {
		unsigned int a = below(TOKENS), b = below(TOKENS);
		size_t expected = 0;

		for (int i = 0; i < 5; i++)
			change(f, held, here);
		for (int p = 0; p < PEOPLE; p++)
			expected += held[p][a] || held[p][b];
		assert_int_equal(hand_on(f, fake_event(round, ORG, 1000 + a, 1000 + b)), expected);
		for (size_t i = 0; i < f->count; i++)
			assert_true(held[f->received[i] - 1][a] || held[f->received[i] - 1][b]);
	}
}

int main(void)
{
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		test(reaches_holders_of_a_token_and_nobody_else),
		test(reaches_a_holder_of_two_of_its_tokens_once),
		test(reaches_every_connection_of_a_person),
		test(what_is_gained_counts_from_the_next_event),
		test(what_happened_before_it_joined_does_nothing),
		test(a_token_lapses_by_itself),
		test(receivers_may_leave_as_they_receive),
		test(a_peer_that_goes_takes_all_its_subscriptions),
		test(agrees_with_a_plain_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
