/* test_api_status.c - /readyz says why not; /metrics is Prometheus' text format, each metric once, with what the modules say. */
#include "api/status.h"

#include "base/worker.h"
#include "db/db.h"
#include "live/live.h"
#include "net/server.h"
#include "rpc/rpc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The modules are the test's. */
static const char *trouble;
static bool methods_are_read;

bool db_ready(const struct db *db)
{
	(void)db;
	return !trouble;
}
const char *db_trouble(const struct db *db)
{
	(void)db;
	return trouble;
}
bool rpc_ready(const struct rpc *rpc)
{
	(void)rpc;
	return methods_are_read;
}
void server_statistics(const struct server *server, struct server_statistics *s)
{
	(void)server;
	*s = (struct server_statistics){ .connections = 5, .accepted = 70 };
}
void db_statistics(const struct db *db, struct db_statistics *s)
{
	(void)db;
	*s = (struct db_statistics){ .queued = 3, .retries = 11 };
}
void rpc_statistics(const struct rpc *rpc, struct rpc_statistics *s)
{
	(void)rpc;
	*s = (struct rpc_statistics){ .calls = UINT32_MAX + (uint64_t)1 };
}
void live_statistics(const struct live *live, struct live_statistics *s)
{
	(void)live;
	*s = (struct live_statistics){ .leads = true, .lag_ms = 12 };
}
void worker_statistics(struct worker *worker, struct worker_statistics *s)
{
	(void)worker;
	*s = (struct worker_statistics){ .worked = 9 };
}

static struct status status;

static const struct { const char *database; bool methods, ready; const char *why; } readiness[] = {
	{ NULL, true, true, "ready" },
	{ "the database is away", true, false, "the database is away" },
	{ NULL, false, false, "the methods are being read" },
	{ "the database has no room", false, false, "the database has no room" },
};

static void says_whether_it_is_ready_and_why_not(void **state)
{
	struct http_status_handler handler = status_handler(&status);

	(void)state;
	for (size_t i = 0; i < sizeof readiness / sizeof *readiness; i++) {
		const char *why = NULL;

		trouble = readiness[i].database;
		methods_are_read = readiness[i].methods;
		assert_int_equal(handler.ready(handler.arg, &why), readiness[i].ready);
		assert_string_equal(why, readiness[i].why);
	}
}

static char *metrics(void)
{
	struct http_status_handler handler = status_handler(&status);
	size_t length = 0;
	char *text = handler.metrics(handler.arg, &length);

	assert_non_null(text);
	assert_int_equal(strlen(text), length);
	return text;
}

static const char *const lines[] = {
	"\nninetwo_connections 5\n", "\nninetwo_accepted_total 70\n", "\nninetwo_database_ready 1\n", "\nninetwo_database_queued 3\n",
	"\nninetwo_database_retries_total 11\n", "\nninetwo_calls_total 4294967296\n", "\nninetwo_ledger_leads 1\n", "\nninetwo_ledger_lag_milliseconds 12\n",
	"\nninetwo_worker_jobs_total 9\n",
};

static void hands_on_what_the_modules_say(void **state)
{
	char *text;

	(void)state;
	trouble = NULL;
	text = metrics();
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (!strstr(text, lines[i]))
			fail_msg("there is no %s", lines[i]);
	free(text);
}

/* Every three lines: HELP, TYPE (a counter when the name ends in _total) and the value, of one name. */
static void keeps_to_the_format(void **state)
{
	char *text = metrics(), *rest = NULL;
	int count = 0;

	(void)state;
	for (char *help = strtok_r(text, "\n", &rest); help; help = strtok_r(NULL, "\n", &rest), count++) {
		char *type = strtok_r(NULL, "\n", &rest), *value = strtok_r(NULL, "\n", &rest);
		char name[80], said[80], kind[16];
		long long number;
		bool total;

		assert_true(type && value);
		assert_int_equal(sscanf(help, "# HELP %79s", name), 1);
		assert_int_equal(sscanf(type, "# TYPE %79s %15s", said, kind), 2);
		assert_string_equal(said, name);
		assert_int_equal(sscanf(value, "%79s %lld", said, &number), 2);
		assert_string_equal(said, name);
		total = strlen(name) > 6 && strcmp(name + strlen(name) - 6, "_total") == 0;
		assert_string_equal(kind, total ? "counter" : "gauge");
	}
	assert_true(count > 20);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_whether_it_is_ready_and_why_not),
		cmocka_unit_test(hands_on_what_the_modules_say),
		cmocka_unit_test(keeps_to_the_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
