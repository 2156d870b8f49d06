/* test_crash.c - kill -9 of the server, and the immediate stop of PostgreSQL, under a stream of writes: what the clients noted for themselves
 * is what is there (reckon.h). */
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/member.h"
#include "tests/system/reckon.h"
#include "tests/system/steady.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum { WRITERS = 4, ROUNDS = 4, AWAY_MS = 300, READY_MS = 20000, QUIET_MS = 15000 };

static struct deployment deployment;
static struct server server;
static struct member administrator, management;

static void kill_the_server(void)
{
	server_end(&server, SIGKILL, 5000);
	usleep(AWAY_MS * 1000);
	server_start(&deployment, &server, NULL);
}

static void crash_the_database(void)
{
	deployment_database_crash(&deployment);
	usleep(AWAY_MS * 1000);
	deployment_database_start(&deployment);
	server_wait_ready(&server, READY_MS);
}

static void survives(void (*blow)(void), const char *label)
{
	struct steady_writer writers[WRITERS] = { 0 };
	struct steady_subscriber subscriber = { .server = &server, .member = management };

	steady_subscribe(&subscriber);
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = (struct steady_writer){ .label = label, .number = i + 1, .server = &server, .member = administrator };
		snprintf(writers[i].path, sizeof writers[i].path, "%s/%s%d.log", deployment.folder, label, i + 1);
		steady_write(&writers[i]);
	}
	for (int i = 0; i < ROUNDS; i++) {
		steady_let_run(writers, WRITERS);
		blow();
	}
	steady_let_run(writers, WRITERS);
	for (int i = 0; i < WRITERS; i++)
		steady_write_end(&writers[i]);
	steady_subscribe_end(&subscriber, reckon_last_position(&deployment), QUIET_MS);
	expect(!subscriber.problem[0], "the subscriber: %s", subscriber.problem);
	member_leave(&administrator);
	member_connect(&administrator, &server);
	for (int i = 0; i < WRITERS; i++) {
		expect(writers[i].lost + writers[i].put_off > 0, "writer %d noticed", i + 1);
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
		server_end(&server, SIGTERM, 5000);
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
