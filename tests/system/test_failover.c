/* test_failover.c - a primary with a synchronous standby is lost under a stream of writes, the standby is promoted, and the old primary
 * comes back as if nothing had happened. The server is given both hosts, as docs/operating.md says.
 *
 * What the clients noted for themselves (reckon.h) must be at the primary that is, and nothing may go to the one that was. */
#include "base/error.h"
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/member.h"
#include "tests/system/reckon.h"
#include "tests/system/steady.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WRITERS = 4, UNCONFIRMED_MS = 1500 };

static struct deployment first, second, third;	/* primaries, one after the other */
static struct deployment either;		/* as the server knows them */
static struct server server;
static struct member administrator, management;

/* --- two clusters --- */

static void set(struct deployment *d, const char *setting, const char *value)
{
	char sql[128];

	snprintf(sql, sizeof sql, "alter system set %s = '%s'", setting, value);
	deployment_sql(d, sql, NULL, 0);
	deployment_sql(d, "select pg_reload_conf()", NULL, 0);
}

/* Every commit of `d` waits for its standby from now on. */
static void wait_for_the_standby(struct deployment *d)
{
	set(d, "synchronous_standby_names", "standby");
	deployment_await(d, "select sync_state from pg_stat_replication", "sync");
}

static void fail_over(struct deployment *from, struct deployment *to)
{
	deployment_database_crash(from);
	deployment_promote(to);
	server_wait_ready(&server);
}

/* --- a stream of writes --- */

/* Nothing is lost, seen twice or missed when this happens to a stream that ends at `at`. */
static void survives(void (*blow)(void), const char *label, struct deployment *at)
{
	struct steady_writer writers[WRITERS] = { 0 };
	struct steady_subscriber subscriber = { .server = &server, .member = management };

	steady_subscribe(&subscriber);
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = (struct steady_writer){ .label = label, .number = i + 1, .server = &server, .member = administrator };
		snprintf(writers[i].path, sizeof writers[i].path, "%s/%s%d.log", either.folder, label, i + 1);
		steady_write(&writers[i]);
	}
	steady_let_run(writers, WRITERS);
	blow();
	steady_let_run(writers, WRITERS);
	for (int i = 0; i < WRITERS; i++)
		steady_write_end(&writers[i]);
	steady_subscribe_end(&subscriber, reckon_last_position(at));
	expect(!subscriber.problem[0], "the subscriber: %s", subscriber.problem);
	member_leave(&administrator);
	member_connect(&administrator, &server);
	for (int i = 0; i < WRITERS; i++) {
		reckon_writer(at, &writers[i], &administrator);
		reckon_seen(&writers[i], &subscriber.feed);
	}
	print_message("%d writes acknowledged, %zu events seen\n", steady_acknowledged(writers, WRITERS), subscriber.feed.count);
	reckon_versions(&subscriber.feed);
	feed_clear(&subscriber.feed);
	reckon_check(at);
}

/* --- the primary is lost --- */

static void lose_the_first(void)
{
	fail_over(&first, &second);
}

static void an_acknowledged_write_outlives_its_primary(void **state)
{
	(void)state;
	survives(lose_the_first, "lost", &second);
}

/* --- it comes back --- */

static void end_connections(struct deployment *d)
{
	deployment_sql(d, "select pg_terminate_backend(pid) from pg_stat_activity where usename like 'ninetwo_%'", NULL, 0);
}

/* Every connection of the server is made anew, twice, while both say that they are the primary. */
static void connect_anew(void)
{
	end_connections(&second);
	deployment_await(&second, "select count(*) > 0 from pg_stat_activity where usename = 'ninetwo_server'", "t");
	server_wait_ready(&server);
	end_connections(&second);
}

static void restart_the_server(void)
{
	server_end(&server, SIGTERM);
	server_start(&either, &server, NULL);
}

static void the_old_primary_is_left_alone(void **state)
{
	static const char content[] = "select (select count(*) from app.request) || ' ' || (select count(*) from ledger.event)";
	char before[64];

	(void)state;
	deployment_database_start(&first);
	deployment_sql(&first, content, before, sizeof before);
	survives(connect_anew, "anew", &second);
	deployment_await(&first, "select count(*) from pg_stat_activity where usename like 'ninetwo_%'", "0");
	survives(restart_the_server, "restart", &second);
	deployment_await(&first, "select count(*) from pg_stat_activity where usename like 'ninetwo_%'", "0");
	deployment_await(&first, content, before);
	deployment_stop(&first);
}

/* --- a write that its standby does not have --- */

static void crash_the_second(void)
{
	deployment_database_crash(&second);
	deployment_database_start(&second);
}

static void end_what_waits(void)
{
	end_connections(&second);
}

static json_int_t post(struct connection *c, json_t *params)
{
	struct failure f = { 0 };
	json_int_t id = 0;

	expect(connection_post(c, "party.add", params, &id, &f), "posted: %s", f.message);
	return id;
}

/* True when the call was done; it may be lost, put off or not known instead, and is then asked again. */
static bool is_acknowledged(struct member *m, json_t *params, int patience_ms)
{
	struct failure f = { 0 };
	json_t *reply;
	bool done;

	if (!m->connection)
		member_connect(m, &server);
	reply = connection_reply(m->connection, post(m->connection, params), patience_ms, &f);
	done = json_object_get(reply, "result") != NULL;
	if (!reply)
		member_leave(m);
	failure_clear(&f);
	json_decref(reply);
	return done;
}

/* What was done at the primary alone is visible there after the blow. Who asks again is told only when the standby has it as well: until then
 * what they ask waits for it at the primary. (Or for one asked before, which does.) */
static void is_not_acknowledged_before_its_standby_has_it(void (*blow)(void), const char *name)
{
	static const char at_the_standby[] = "select count(*) > 0 from pg_stat_activity where wait_event = 'SyncRep' and application_name = 'ninetwod'";
	struct member m = member_again(&administrator);
	char sql[160];
	json_t *params = member_parameters(&m, "party.add", json_pack("{s:s, s:s, s:[s]}", "name", name, "legal_identifier", name, "kinds", "supplier"));

	deployment_database_crash(&third);
	post(m.connection, params);
	deployment_await(&second, at_the_standby, "t");
	blow();
	snprintf(sql, sizeof sql, "select count(*) from app.party where name = '%s'", name);
	deployment_await(&second, sql, "1");
	server_wait_ready(&server);
	for (int i = 0; i < 3; i++) {
		expect(!is_acknowledged(&m, params, UNCONFIRMED_MS), "%s is acknowledged before its standby has it", name);
		deployment_await(&second, at_the_standby, "t");
	}
	deployment_database_start(&third);
	expect_soon(is_acknowledged(&m, params, PATIENCE_MS), "%s is acknowledged", name);
	deployment_await(&third, sql, "1");
	json_decref(params);
	member_leave(&m);
}

static void a_write_is_not_acknowledged_by_asking_again(void **state)
{
	(void)state;
	deployment_start_standby(&third, "third", &second);
	wait_for_the_standby(&second);
	is_not_acknowledged_before_its_standby_has_it(crash_the_second, "crash");
	is_not_acknowledged_before_its_standby_has_it(end_what_waits, "end");
}

/* --- a standby that did not have everything --- */

static void who_saw_what_was_lost_reads_anew(void **state)
{
	struct member m = member_again(&management);
	struct feed seen = { 0 };
	json_t *told;

	(void)state;
	wait_for_the_standby(&second);
	feed_subscribe(&seen, &m);
	set(&second, "synchronous_standby_names", "");
	deployment_database_crash(&third);
	json_decref(member_must(&administrator, "party.add", json_pack("{s:s, s:s, s:[s]}", "name", "gone", "legal_identifier", "gone",
		"kinds", "supplier")));
	feed_collect(&seen, 1);
	deployment_database_crash(&second);
	deployment_database_start(&third);
	deployment_promote(&third);
	deployment_sql(&third, "set role ninetwo_operator; select operator.restored()", NULL, 0);
	told = member_notified(&m, "resync");
	expect(told, "waited a minute in vain: a subscriber that stayed is told so");
	json_decref(told);
	server_wait_ready(&server);
	feed_resume(&seen, &m);
	expect(seen.resync, "one that asks to go on is told so");
	feed_clear(&seen);
	member_leave(&m);
	reckon_check(&third);
}

static int set_up(void **state)
{
	const char *scratch = getenv("NINETWO_SCRATCH");

	(void)state;
	deployment_start(&first, "first", NULL);
	deployment_start_standby(&second, "second", &first);
	wait_for_the_standby(&first);
	deployment_init(&first, "Failover Ltd", ADMINISTRATOR_EMAIL, MANAGEMENT_EMAIL);
	either = first;
	snprintf(either.conninfo, sizeof either.conninfo, "host=%s/first/s,%s/second/s,%s/third/s dbname=ninetwo", scratch, scratch, scratch);
	server_start(&either, &server, NULL);
	member_join(&administrator, &server, ADMINISTRATOR_EMAIL, first.administrator_code);
	member_join(&management, &server, MANAGEMENT_EMAIL, first.management_code);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	member_leave(&administrator);
	member_leave(&management);
	if (server_alive(&server))
		server_end(&server, SIGTERM);
	deployment_stop(&third);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_acknowledged_write_outlives_its_primary),
		cmocka_unit_test(the_old_primary_is_left_alone),
		cmocka_unit_test(a_write_is_not_acknowledged_by_asking_again),
		cmocka_unit_test(who_saw_what_was_lost_reads_anew),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
