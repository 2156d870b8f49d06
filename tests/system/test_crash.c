/* test_crash.c - kill -9 of the server, and the immediate stop of PostgreSQL, under a stream of writes: what the clients noted for themselves
 * is what is there (reckon.h).
 *
 * Every other blow falls when a write of each writer is held (hold.h) with everything done and nothing committed; the others fall wherever
 * the writers are. Who loses the server notices that. Who writes while the database is lost need not: the server keeps the call, and makes it
 * once more at the database that is there again. */
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/hold.h"
#include "tests/system/member.h"
#include "tests/system/reckon.h"
#include "tests/system/steady.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum { WRITERS = 4, ROUNDS = 4 };

static struct deployment deployment;
static struct server server;
static struct member administrator, management;

static int calls_held(struct hold *h)
{
	char count[16];

	hold_ask(h, count, sizeof count, "select count(*) from pg_stat_activity where usename = 'ninetwo_server' and state = 'active' "
		"and wait_event_type = 'Lock' and query like '%%api.party\\_%%'");
	return atoi(count);
}

/* A call of each writer stands at its end. */
static void hold_all(struct hold *h)
{
	hold_open(h, &deployment);
	hold_begin(h, HOLD_END);
	expect_soon(calls_held(h) == WRITERS, "a call of each writer is held");
}

static void kill_the_server(struct steady_writer writers[WRITERS], struct hold *held)
{
	int lost[WRITERS];

	for (int i = 0; i < WRITERS; i++)
		lost[i] = writers[i].lost;
	server_end(&server, SIGKILL);
	if (held)
		hold_end(held);
	for (int i = 0; i < WRITERS; i++)
		expect_soon(writers[i].lost > lost[i], "writer %d notices", i + 1);
	server_start(&deployment, &server, NULL);
}

/* The server knows that it is away before it is there again. */
static void crash_the_database(struct steady_writer writers[WRITERS], struct hold *held)
{
	(void)writers;
	(void)held;
	deployment_database_crash(&deployment);
	expect_soon(raw_http_status(server.status_port, "/readyz") == 503, "the server says that it is not ready");
	deployment_database_start(&deployment);
	server_wait_ready(&server);
}

static void survives(void (*blow)(struct steady_writer writers[WRITERS], struct hold *held), const char *label)
{
	struct hold hold;
	struct steady_writer writers[WRITERS] = { 0 };
	struct steady_subscriber subscriber = { .server = &server, .member = management };

	steady_subscribe(&subscriber);
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = (struct steady_writer){ .label = label, .number = i + 1, .server = &server, .member = administrator };
		snprintf(writers[i].path, sizeof writers[i].path, "%s/%s%d.log", deployment.folder, label, i + 1);
		steady_write(&writers[i]);
	}
	for (int i = 0; i < ROUNDS; i++) {
		bool held = i % 2 == 1;

		steady_let_run(writers, WRITERS);
		if (held)
			hold_all(&hold);
		blow(writers, held ? &hold : NULL);
		if (held)
			hold_close(&hold);
	}
	steady_let_run(writers, WRITERS);
	for (int i = 0; i < WRITERS; i++)
		steady_write_end(&writers[i]);
	steady_subscribe_end(&subscriber, reckon_last_position(&deployment));
	expect(!subscriber.problem[0], "the subscriber: %s", subscriber.problem);
	member_leave(&administrator);
	member_connect(&administrator, &server);
	for (int i = 0; i < WRITERS; i++) {
		reckon_writer(&deployment, &writers[i], &administrator);
		reckon_seen(&writers[i], &subscriber.feed);
	}
	print_message("%d writes acknowledged, %zu events seen, %d connections lost\n", steady_acknowledged(writers, WRITERS), subscriber.feed.count,
		subscriber.lost);
	reckon_versions(&subscriber.feed);
	feed_clear(&subscriber.feed);
	reckon_check(&deployment);
}

static void survives_kill_of_the_server(void **state)
{
	(void)state;
	survives(kill_the_server, "killed");
}

static void survives_loss_of_the_database(void **state)
{
	(void)state;
	survives(crash_the_database, "away");
}

static int set_up(void **state)
{
	(void)state;
	deployment_start(&deployment, "crash", NULL);
	deployment_init(&deployment, "Crash Ltd", ADMINISTRATOR_EMAIL, MANAGEMENT_EMAIL);
	server_start(&deployment, &server, NULL);
	member_join(&administrator, &server, ADMINISTRATOR_EMAIL, deployment.administrator_code);
	member_join(&management, &server, MANAGEMENT_EMAIL, deployment.management_code);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	member_leave(&administrator);
	member_leave(&management);
	if (server_alive(&server))
		server_end(&server, SIGTERM);
	deployment_stop(&deployment);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(survives_kill_of_the_server),
		cmocka_unit_test(survives_loss_of_the_database),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
