/* test_live_presence.c - who is where: shown here at once, told to other processes in few words, forgotten when nobody speaks of it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/clock.h"
#include "live/presence.h"

#include "tests/unit/fake_events.h"
#include "tests/unit/fake_loop.h"

#include <stdio.h>
#include <string.h>

/* Time is the test's. */
static int64_t now_ms;
int64_t clock_ms(void)
{
	return now_ms;
}
int64_t clock_wall_ms(void)
{
	return now_ms;
}

enum { ORG = 1, AUDIT = 22, PART = 21, OTHER_PART = 24, CHECK = 31, OTHER_CHECK = 32, ANN = 11, BEN = 12, OTHER_ORG = 2 };

/* Two processes: what one tells, the other hears. */
struct process {
	struct presence *presence;
	char told[32][8192];
	int told_count, came, went;
	bool deaf;		/* cannot tell */
	struct place last;
	char connection[80];
};
static struct process one, two;

static bool tell(void *arg, const char *payload)
{
	struct process *p = arg;

	if (p->deaf)
		return false;
	assert_true(strlen(payload) < 8000);
	assert_true(p->told_count < 32);
	snprintf(p->told[p->told_count++], sizeof p->told[0], "%s", payload);
	return true;
}

static void moved(void *arg, const struct place *place, const char *connection, bool here)
{
	struct process *p = arg;

	p->came += here;
	p->went += !here;
	p->last = *place;
	snprintf(p->connection, sizeof p->connection, "%s", connection);
}

static int start(struct process *p)
{
	memset(p, 0, sizeof *p);
	p->presence = presence_new(&(struct presence_config){ .loop = &fake_loop, .tell = tell, .moved = moved, .arg = p });
	return p->presence ? 0 : -1;
}

static int set_up(void **state)
{
	(void)state;
	now_ms = 1000000;
	return start(&one) || start(&two);
}

static int tear_down(void **state)
{
	(void)state;
	presence_free(one.presence);
	presence_free(two.presence);
	assert_null(fake_timers);
	return 0;
}

/* Time passes, and everybody, the one who spoke too, hears what was told. */
static void pass(int ms)
{
	for (int i = 0; i < ms; i += PRESENCE_TELL_MS) {
		now_ms += PRESENCE_TELL_MS;
		fake_fire(PRESENCE_TELL_MS);
		for (struct process *p = &one; p; p = p == &one ? &two : NULL) {
			for (int n = 0; n < p->told_count; n++) {
				presence_heard(one.presence, p->told[n]);
				presence_heard(two.presence, p->told[n]);
			}
			p->told_count = 0;
		}
	}
}

static struct place at(unsigned int person, unsigned int part, unsigned int check)
{
	return (struct place){ .organisation = fake_id(ORG), .audit = fake_id(AUDIT), .person = fake_id(person),
		.has_part = part != 0, .part = fake_id(part), .has_check = check != 0, .check = fake_id(check) };
}

static void set(struct process *p, uint64_t peer, struct place place)
{
	assert_true(presence_set(p->presence, peer, &place));
}

static bool everything(void *arg, const struct place *place)
{
	(void)arg, (void)place;
	return true;
}

static size_t count(struct process *p)
{
	struct uuid organisation = fake_id(ORG), audit = fake_id(AUDIT);
	json_t *list = presence_list(p->presence, &organisation, &audit, everything, NULL);
	size_t n = json_array_size(list);

	json_decref(list);
	return n;
}

static void is_shown_here_at_once_and_there_soon(void **state)
{
	(void)state;
	set(&one, 7, at(ANN, PART, CHECK));
	assert_int_equal(one.came, 1);
	assert_int_equal(two.came, 0);
	pass(PRESENCE_TELL_MS);
	assert_int_equal(two.came, 1);
	assert_true(two.last.has_check && uuid_equal(&two.last.check, &one.last.check));
	assert_string_equal(one.connection, two.connection);
	assert_int_equal(count(&one), 1);
	assert_int_equal(count(&two), 1);
}

static void the_same_place_again_is_no_news(void **state)
{
	(void)state;
	set(&one, 7, at(ANN, PART, CHECK));
	pass(PRESENCE_TELL_MS);
	set(&one, 7, at(ANN, PART, CHECK));
	now_ms += PRESENCE_TELL_MS;
	fake_fire(PRESENCE_TELL_MS);
	assert_int_equal(one.told_count, 0);
	assert_int_equal(one.came, 1);
}

static void another_check_is_an_arrival_without_a_leaving(void **state)
{
	(void)state;
	set(&one, 7, at(ANN, PART, CHECK));
	pass(PRESENCE_TELL_MS);
	set(&one, 7, at(ANN, PART, OTHER_CHECK));
	pass(PRESENCE_TELL_MS);
	assert_int_equal(two.came, 2);
	assert_int_equal(two.went, 0);
	assert_int_equal(count(&two), 1);
}

static void another_part_is_left_by_its_own_audience(void **state)
{
	(void)state;
	set(&one, 7, at(ANN, PART, CHECK));
	pass(PRESENCE_TELL_MS);
	set(&one, 7, at(ANN, OTHER_PART, 0));
	pass(PRESENCE_TELL_MS);
	assert_int_equal(two.came, 2);
	assert_int_equal(two.went, 1);
}

static void a_connection_that_goes_is_gone_everywhere(void **state)
{
	(void)state;
	set(&one, 7, at(ANN, PART, 0));
	pass(PRESENCE_TELL_MS);
	presence_leave(one.presence, 7, NULL);
	assert_int_equal(one.went, 1);
	pass(PRESENCE_TELL_MS);
	assert_int_equal(two.went, 1);
	assert_int_equal(count(&one), 0);
	assert_int_equal(count(&two), 0);
	pass(PRESENCE_REFRESH_MS + PRESENCE_TELL_MS);
	assert_int_equal(count(&two), 0);
}

static void who_may_no_longer_be_there_leaves(void **state)
{
	struct uuid organisation = fake_id(ORG), ann = fake_id(ANN), audit = fake_id(AUDIT);

	(void)state;
	set(&one, 7, at(ANN, 0, 0));
	set(&one, 8, at(BEN, 0, 0));
	presence_leave_token(one.presence, &organisation, &ann, &audit);
	assert_int_equal(count(&one), 1);
}

static void who_stays_is_told_again_before_they_are_forgotten(void **state)
{
	(void)state;
	set(&one, 7, at(ANN, PART, 0));
	pass(4 * PRESENCE_FORGET_MS);
	assert_int_equal(count(&two), 1);
	assert_int_equal(two.came, 1);
	assert_int_equal(two.went, 0);
}

static void a_silent_process_is_forgotten(void **state)
{
	(void)state;
	set(&one, 7, at(ANN, PART, 0));
	pass(PRESENCE_TELL_MS);
	one.deaf = true;
	pass(PRESENCE_FORGET_MS + 6000);
	assert_int_equal(count(&two), 0);
	assert_int_equal(two.went, 1);
	one.deaf = false;
	pass(2 * PRESENCE_TELL_MS);
	assert_int_equal(count(&two), 1);
}

static void many_are_told_in_several_payloads(void **state)
{
	(void)state;
	for (unsigned int n = 0; n < 200; n++)
		set(&one, n + 1, at(100 + n, PART, CHECK));
	pass(PRESENCE_TELL_MS);
	assert_in_range(count(&two), 20, 60);
	pass(10 * PRESENCE_TELL_MS);
	assert_int_equal(count(&two), 200);
	pass(3 * PRESENCE_FORGET_MS);
	assert_int_equal(count(&two), 200);
}

static void nonsense_is_not_heard(void **state)
{
	(void)state;
	presence_heard(two.presence, "");
	presence_heard(two.presence, "{");
	presence_heard(two.presence, "[]");
	presence_heard(two.presence, "{\"process\":7,\"places\":[]}");
	presence_heard(two.presence, "{\"process\":\"00000000-0000-4000-8000-000000000001\",\"places\":[1,[],[1,2,3],[null,null,null,null,null,null]]}");
	assert_int_equal(two.came + two.went, 0);
}

int main(void)
{
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		test(is_shown_here_at_once_and_there_soon),
		test(the_same_place_again_is_no_news),
		test(another_check_is_an_arrival_without_a_leaving),
		test(another_part_is_left_by_its_own_audience),
		test(a_connection_that_goes_is_gone_everywhere),
		test(who_may_no_longer_be_there_leaves),
		test(who_stays_is_told_again_before_they_are_forgotten),
		test(a_silent_process_is_forgotten),
		test(many_are_told_in_several_payloads),
		test(nonsense_is_not_heard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
