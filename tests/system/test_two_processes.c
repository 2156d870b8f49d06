/* test_two_processes.c - two servers on one database share nothing else: one order of events, whoever serves, whoever goes. */
#include "base/error.h"
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/feed.h"
#include "tests/system/member.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { MANY = 20 };

static struct deployment deployment;
static struct server first, second;
static struct member administrator, management;

static void add_parties(struct member *m, const char *name, char ids[MANY][UUID_SIZE])
{
	for (int i = 0; i < MANY; i++) {
		char identifier[64];
		json_t *party;

		snprintf(identifier, sizeof identifier, "%s-%d", name, i);
		party = member_must(m, "party.add", json_pack("{s:s, s:s, s:[s]}", "name", name, "legal_identifier", identifier,
			"kinds", "supplier"));
		snprintf(ids[i], UUID_SIZE, "%s", json_string_value(json_object_get(party, "id")));
		json_decref(party);
	}
}

static void all_seen_once(const struct feed *f, char ids[MANY][UUID_SIZE])
{
	for (int i = 0; i < MANY; i++)
		expect(feed_times(f, "party.created", ids[i]) == 1, "party %d was seen %zu times", i, feed_times(f, "party.created", ids[i]));
}

static struct member at(const struct member *m, const struct server *s)
{
	struct member there = *m;

	member_connect(&there, s);
	return there;
}

static void positions_are_the_same_everywhere(void **state)
{
	char ids[MANY][UUID_SIZE];
	struct member here = at(&management, &first), there = at(&management, &second), writer = at(&administrator, &first);
	struct feed one = { 0 }, other = { 0 };

	(void)state;
	feed_subscribe(&one, &here);
	feed_subscribe(&other, &there);
	add_parties(&writer, "both", ids);
	feed_collect(&one, MANY);
	feed_collect(&other, MANY);
	for (int i = 0; i < MANY; i++)
		expect(one.events[i].position == other.events[i].position && strcmp(one.events[i].subject, other.events[i].subject) == 0,
			"event %d is the same at both", i);
	all_seen_once(&one, ids);
	member_leave(&here);
	member_leave(&there);
	member_leave(&writer);
	feed_clear(&one);
	feed_clear(&other);
}

static void a_subscriber_resumes_at_the_other(void **state)
{
	char before[MANY][UUID_SIZE], between[MANY][UUID_SIZE];
	struct member here = at(&management, &first), writer = at(&administrator, &second);
	struct feed f = { 0 };

	(void)state;
	feed_subscribe(&f, &here);
	add_parties(&writer, "before", before);
	feed_collect(&f, MANY);
	member_leave(&here);
	add_parties(&writer, "between", between);
	here = at(&management, &second);
	feed_resume(&f, &here);
	expect(!f.resync, "resumed");
	feed_collect(&f, 2 * MANY);
	all_seen_once(&f, before);
	all_seen_once(&f, between);
	member_leave(&here);
	member_leave(&writer);
	feed_clear(&f);
}

/* Whichever numbers the events: kill one, then the other. */
static void either_goes_on_alone(void **state)
{
	struct server *servers[] = { &first, &second };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct member here = at(&management, servers[!i]), writer = at(&administrator, servers[!i]);
		char ids[MANY][UUID_SIZE], name[16];
		struct feed f = { 0 };

		feed_subscribe(&f, &here);
		server_end(servers[i], SIGKILL);
		snprintf(name, sizeof name, "alone%d", i);
		add_parties(&writer, name, ids);
		feed_collect(&f, MANY);
		all_seen_once(&f, ids);
		server_start(&deployment, servers[i], NULL);
		member_leave(&here);
		member_leave(&writer);
		feed_clear(&f);
	}
}

/* A server that stands still holds its connections open; if it is the one that numbers, its turn ends all the same. */
static void either_goes_on_while_the_other_stands_still(void **state)
{
	struct server *servers[] = { &first, &second };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct member here = at(&management, servers[!i]), there = at(&management, servers[i]), writer = at(&administrator, servers[!i]);
		char ids[MANY][UUID_SIZE];
		struct feed f = { 0 }, still = { 0 };

		feed_subscribe(&f, &here);
		feed_subscribe(&still, &there);
		kill(servers[i]->pid, SIGSTOP);
		add_parties(&writer, i ? "still1" : "still0", ids);
		feed_collect(&f, MANY);
		all_seen_once(&f, ids);
		kill(servers[i]->pid, SIGCONT);
		feed_collect(&still, MANY);
		all_seen_once(&still, ids);
		member_leave(&here);
		member_leave(&there);
		member_leave(&writer);
		feed_clear(&f);
		feed_clear(&still);
	}
}

static void a_session_ended_at_one_ends_at_the_other(void **state)
{
	struct member here, there;
	struct failure f = { 0 };
	json_t *info, *message, *told;
	const char *reason;

	(void)state;
	member_sign_in(&here, &first, ADMINISTRATOR_EMAIL);
	there = at(&here, &second);
	info = member_must(&here, "session.current", NULL);
	json_decref(member_must(&here, "session.revoke", json_pack("{s:O}", "id", json_object_get(info, "session"))));
	json_decref(info);
	told = member_notified(&there, "session.ended");
	reason = json_string_value(json_object_get(told, "reason"));
	expect(reason && !strcmp(reason, "revoked"), "the other connection is told why: %s", reason ? reason : "nothing");
	json_decref(told);
	message = connection_next(there.connection, PATIENCE_MS, &f);
	expect(!message && (f.kind == FAILURE_LOST || f.code == E_UNAUTHENTICATED), "the other connection is closed: %s", f.message);
	failure_clear(&f);
	member_leave(&here);
	member_leave(&there);
}

static int set_up(void **state)
{
	(void)state;
	deployment_start(&deployment, "two", NULL);
	deployment_init(&deployment, "Two Ltd", ADMINISTRATOR_EMAIL, MANAGEMENT_EMAIL);
	server_start(&deployment, &first, NULL);
	server_start(&deployment, &second, NULL);
	member_join(&administrator, &first, ADMINISTRATOR_EMAIL, deployment.administrator_code);
	member_join(&management, &second, MANAGEMENT_EMAIL, deployment.management_code);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	member_leave(&administrator);
	member_leave(&management);
	if (server_alive(&first))
		server_end(&first, SIGTERM);
	if (server_alive(&second))
		server_end(&second, SIGTERM);
	deployment_stop(&deployment);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(positions_are_the_same_everywhere),
		cmocka_unit_test(a_subscriber_resumes_at_the_other),
		cmocka_unit_test(either_goes_on_alone),
		cmocka_unit_test(either_goes_on_while_the_other_stands_still),
		cmocka_unit_test(a_session_ended_at_one_ends_at_the_other),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
