/* test_db_listener.c - the feed's one session: what is notified is heard, what is asked is answered once, and a lost session says so. */
#include "db/listener.h"

#include "tests/patience.h"
#include "tests/unit/forward.h"
#include "tests/unit/poll_loop.h"
#include "tests/unit/trial_cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static struct trial *trial;

struct fixture {
	struct poll_loop *loop;
	struct listener *listener;
	int ups, downs, heard;
	char channel[64], payload[64];
};

struct answer {
	int calls;
	enum error_code code;
	char text[64];
};

static void heard(void *arg, const char *channel, const char *payload)
{
	struct fixture *f = arg;

	f->heard++;
	snprintf(f->channel, sizeof(f->channel), "%s", channel);
	snprintf(f->payload, sizeof(f->payload), "%s", payload);
}

static void state(void *arg, bool up)
{
	struct fixture *f = arg;

	f->ups += up;
	f->downs += !up;
	assert_int_equal(listener_up(f->listener), up);
}

static void note(void *arg, const struct db_result *result, struct error *err)
{
	struct answer *a = arg;

	a->calls++;
	a->code = err->code;
	snprintf(a->text, sizeof(a->text), "%s", result && result->text ? result->text : "");
}

static void begin(struct fixture *f)
{
	struct listener_config config = { .conninfo = cluster_conninfo(trial->cluster), .user = "ninetwo_feed", .channels = { "trial_a", "trial_b" },
		.timeout_ms = PATIENCE_MS, .notify = heard, .state = state, .arg = f };
	struct db_loop loop;
	struct error err = { 0 };

	*f = (struct fixture){ .loop = poll_loop_new() };
	loop = poll_loop_db(f->loop);
	f->listener = listener_new(&config, &loop, &err);
	assert_non_null(f->listener);
	assert_false(listener_up(f->listener));
	assert_true(poll_loop_until(f->loop, &f->ups, 1, PATIENCE_MS));
}

static void end(struct fixture *f)
{
	listener_free(f->listener);
	assert_int_equal(poll_loop_left(f->loop), 0);
	poll_loop_free(f->loop);
}

static void ask(struct fixture *f, const char *sql, struct answer *a)
{
	struct error err = { 0 };
	struct db_request r = { .name = "test", .sql = sql, .done = note, .arg = a };

	assert_int_equal(listener_query(f->listener, &r, &err), OK);
	assert_int_equal(a->calls, 0);
}

/* A statement that waits in the session until trial_let_go. */
static void ask_held(struct fixture *f, struct answer *a)
{
	trial_hold(trial);
	ask(f, "select 1 " TRIAL_HELD_FROM, a);
	expect_soon((poll_loop_for(f->loop, 10), trial_held(trial) == 1), "a statement waits");
}

static void hears_its_channels_and_no_other(void **unused)
{
	struct fixture f;

	(void)unused;
	begin(&f);
	trial_sql(trial, "notify trial_c, 'no'");
	trial_sql(trial, "notify trial_b, 'yes'");
	assert_true(poll_loop_until(f.loop, &f.heard, 1, PATIENCE_MS));
	assert_string_equal(f.channel, "trial_b");
	assert_string_equal(f.payload, "yes");
	assert_int_equal(f.heard, 1);
	end(&f);
}

static void notifies_by_a_query(void **unused)
{
	struct answer a = { 0 };
	struct error err = { 0 };
	struct fixture f;
	struct db_request r = { .name = "notify", .sql = "select pg_notify($1, $2)", .count = 2, .done = note, .arg = &a };

	(void)unused;
	begin(&f);
	r.params[0].value = "trial_a";
	r.params[1].value = "hello";
	assert_int_equal(listener_query(f.listener, &r, &err), OK);
	assert_true(poll_loop_until(f.loop, &f.heard, 1, PATIENCE_MS));
	assert_string_equal(f.payload, "hello");
	assert_true(poll_loop_until(f.loop, &a.calls, 1, PATIENCE_MS));
	assert_int_equal(a.code, OK);
	end(&f);
}

static void queries_are_answered_in_order_in_one_session(void **unused)
{
	struct answer a[3] = { 0 };
	struct fixture f;

	(void)unused;
	begin(&f);
	ask(&f, "select pg_advisory_lock(1)", &a[0]);
	ask(&f, "select 1 / 0", &a[1]);
	ask(&f, "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()", &a[2]);
	assert_true(poll_loop_until(f.loop, &a[2].calls, 1, PATIENCE_MS));
	assert_int_equal(a[0].code, OK);
	assert_int_equal(a[1].code, E_INTERNAL);
	assert_string_equal(a[2].text, "1");
	end(&f);
}

static void a_lost_session_answers_and_comes_back_listening(void **unused)
{
	struct answer a = { 0 };
	struct error err = { 0 };
	struct db_request r = { .name = "test", .sql = "select 1", .done = note, .arg = &a };
	struct fixture f;

	(void)unused;
	begin(&f);
	ask_held(&f, &a);
	trial_value(trial, "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'ninetwo_feed'");
	assert_true(poll_loop_until(f.loop, &f.downs, 1, PATIENCE_MS));
	assert_int_equal(a.calls, 1);
	assert_int_equal(a.code, E_NOT_NOW);
	assert_int_equal(listener_query(f.listener, &r, &err), E_NOT_NOW);
	error_clear(&err);
	assert_true(poll_loop_until(f.loop, &f.ups, 2, PATIENCE_MS));
	trial_sql(trial, "notify trial_a, 'again'");
	assert_true(poll_loop_until(f.loop, &f.heard, 1, PATIENCE_MS));
	assert_int_equal(a.calls, 1);
	trial_let_go(trial);
	end(&f);
}

static void a_silent_session_is_given_up(void **unused)
{
	struct answer a = { 0 };
	struct fixture f;

	(void)unused;
	begin(&f);
	ask_held(&f, &a);
	clock_forward(PATIENCE_MS + 1);
	assert_true(poll_loop_until(f.loop, &f.downs, 1, PATIENCE_MS));
	assert_int_equal(a.calls, 1);
	assert_int_equal(a.code, E_NOT_NOW);
	assert_true(poll_loop_until(f.loop, &f.ups, 2, PATIENCE_MS));
	trial_let_go(trial);
	end(&f);
}

static void freeing_answers_what_is_left(void **unused)
{
	struct answer a[2] = { 0 };
	struct fixture f;

	(void)unused;
	begin(&f);
	ask_held(&f, &a[0]);
	ask(&f, "select 1", &a[1]);
	end(&f);
	trial_let_go(trial);
	assert_int_equal(a[0].calls, 1);
	assert_int_equal(a[1].calls, 1);
	assert_int_equal(f.downs, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hears_its_channels_and_no_other),
		cmocka_unit_test(notifies_by_a_query),
		cmocka_unit_test(queries_are_answered_in_order_in_one_session),
		cmocka_unit_test(a_lost_session_answers_and_comes_back_listening),
		cmocka_unit_test(a_silent_session_is_given_up),
		cmocka_unit_test(freeing_answers_what_is_left),
	};
	struct error err = { 0 };
	int failed = 1;

	if (!trial_unprivileged())
		return 1;
	trial = trial_new();
	if (trial && session_run(trial->admin, NULL, "create role ninetwo_feed login", &err) == OK)
		failed = cmocka_run_group_tests(tests, NULL, NULL);
	else
		fprintf(stderr, "%s\n", err.message);
	trial_free(trial);
	return failed;
}
