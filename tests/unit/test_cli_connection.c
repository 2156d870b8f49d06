/* Replies in any order, notifications in theirs, and what a close says. */
#include "client-cli/connection.h"

#include "base/error.h"
#include "tests/patience.h"
#include "tests/unit/cli_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static char *joined(char *first, char *second)
{
	char *text = malloc(strlen(first) + strlen(second) + 2);

	assert_non_null(text);
	snprintf(text, strlen(first) + strlen(second) + 2, "%s\n%s", first, second);
	free(first);
	free(second);
	return text;
}

static char *notification(int number)
{
	json_t *n = json_pack("{s:s, s:s, s:{s:i}}", "jsonrpc", "2.0", "method", "event", "params", "position", number);
	char *text = json_dumps(n, JSON_COMPACT);

	json_decref(n);
	return text;
}

/* "late" is answered only when the next call is; "events" tells three events first; the others are answered at once. */
static char *answer(void *arg, int connection, json_t *request)
{
	json_t **late = arg;
	const char *method = json_string_value(json_object_get(request, "method"));
	char *text;

	(void)connection;
	if (!strcmp(method, "late")) {
		*late = json_incref(request);
		return NULL;
	}
	if (!strcmp(method, "refuse"))
		return cli_refusal(request, E_STATE, "Not in this state.", json_pack("{s:s}", "state", "closed"));
	if (!strcmp(method, "events"))
		return joined(joined(notification(1), notification(2)), joined(notification(3), cli_result(request, json_string("subscribed"))));
	text = cli_result(request, json_string(method));
	if (*late) {
		text = joined(text, cli_result(*late, json_string("late")));
		json_decref(*late);
		*late = NULL;
	}
	return text;
}

struct fixture { json_t *late; struct cli_server *server; struct connection *connection; struct failure failure; };

static int set_up(void **state)
{
	struct fixture *x = calloc(1, sizeof *x);
	struct connection_options options = { .timeout_ms = PATIENCE_MS };

	x->server = cli_server_start(answer, &x->late);
	options.server = cli_server_address(x->server);
	x->connection = connection_open(&options, &x->failure);
	assert_non_null(x->connection);
	*state = x;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *x = *state;

	failure_clear(&x->failure);
	connection_free(x->connection);
	cli_server_stop(x->server);
	free(x);
	return 0;
}

static void test_replies_may_come_in_any_order(void **state)
{
	struct fixture *x = *state;
	json_int_t late, soon;
	json_t *reply;

	assert_true(connection_post(x->connection, "late", NULL, &late, &x->failure));
	assert_true(connection_post(x->connection, "soon", NULL, &soon, &x->failure));
	reply = connection_reply(x->connection, late, 5000, &x->failure);
	assert_string_equal(json_string_value(json_object_get(reply, "result")), "late");
	json_decref(reply);
	reply = connection_reply(x->connection, soon, 0, &x->failure);
	assert_string_equal(json_string_value(json_object_get(reply, "result")), "soon");
	json_decref(reply);
	assert_null(connection_reply(x->connection, soon, 0, &x->failure));
	assert_int_equal(x->failure.kind, FAILURE_NONE);
}

static void test_notifications_are_kept_in_order_while_a_reply_is_awaited(void **state)
{
	struct fixture *x = *state;
	json_t *result = connection_call(x->connection, "events", NULL, &x->failure), *event;

	assert_string_equal(json_string_value(result), "subscribed");
	json_decref(result);
	for (int i = 1; i <= 3; i++) {
		event = connection_next(x->connection, 1000, &x->failure);
		assert_int_equal(json_integer_value(json_object_get(json_object_get(event, "params"), "position")), i);
		json_decref(event);
	}
	assert_null(connection_next(x->connection, 10, &x->failure));
	assert_int_equal(x->failure.kind, FAILURE_NONE);
}

struct seen { struct fixture *fixture; int count; };

/* Calls while it is handed notifications, as a watch does that reads the record. */
static void take(void *arg, json_t *event)
{
	struct seen *s = arg;
	json_t *result = connection_call(s->fixture->connection, "read", NULL, &s->fixture->failure);

	assert_int_equal(json_integer_value(json_object_get(json_object_get(event, "params"), "position")), ++s->count);
	assert_string_equal(json_string_value(result), "read");
	json_decref(result);
}

static void test_what_comes_before_the_reply_is_handed_over_first(void **state)
{
	struct fixture *x = *state;
	struct seen seen = { x, 0 };
	json_int_t id;
	json_t *reply;

	assert_true(connection_post(x->connection, "events", NULL, &id, &x->failure));
	reply = connection_reply_after(x->connection, id, 5000, take, &seen, &x->failure);
	assert_non_null(reply);
	assert_int_equal(seen.count, 3);
	json_decref(reply);
	assert_null(connection_next(x->connection, 10, &x->failure));
}

static void test_a_refusal_keeps_what_the_server_said(void **state)
{
	struct fixture *x = *state;

	assert_null(connection_call(x->connection, "refuse", NULL, &x->failure));
	assert_int_equal(x->failure.kind, FAILURE_REFUSED);
	assert_int_equal(x->failure.code, E_STATE);
	assert_string_equal(json_string_value(json_object_get(x->failure.data, "state")), "closed");
}

static void test_no_reply_in_time_is_a_lost_connection(void **state)
{
	struct fixture *x = *state;
	json_int_t id;

	assert_true(connection_post(x->connection, "late", NULL, &id, &x->failure));
	assert_null(connection_reply(x->connection, id, 20, &x->failure));
	assert_null(connection_result(NULL, &x->failure));
	assert_int_equal(x->failure.kind, FAILURE_LOST);
	json_decref(connection_call(x->connection, "soon", NULL, &x->failure));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_replies_may_come_in_any_order),
		CASE(test_notifications_are_kept_in_order_while_a_reply_is_awaited),
		CASE(test_what_comes_before_the_reply_is_handed_over_first),
		CASE(test_a_refusal_keeps_what_the_server_said),
		CASE(test_no_reply_in_time_is_a_lost_connection),
	};

	return cmocka_run_group_tests_name("cli_connection", tests, NULL, NULL);
}
