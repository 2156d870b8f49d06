/* test_feed.c - the feed's promise: every event that a subscriber may see, once, in order, across cuts, restarts and a killed server. */
#include "client-cli/deadline.h"
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/feed.h"
#include "tests/system/member.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct deployment deployment;
static struct server server;
static struct member writer, reader;

/* Adds a party and keeps its id. */
static void add_party(struct member *m, char id[UUID_SIZE])
{
	static int count;
	char name[64], identifier[64];
	json_t *party;

	snprintf(name, sizeof name, "Party %d", ++count);
	snprintf(identifier, sizeof identifier, "feed-%d", count);
	party = member_must(m, "party.add", json_pack("{s:s, s:s, s:[s]}", "name", name, "legal_identifier", identifier, "kinds", "supplier"));
	snprintf(id, UUID_SIZE, "%s", json_string_value(json_object_get(party, "id")));
	json_decref(party);
}

static void add_parties(struct member *m, char ids[][UUID_SIZE], size_t count)
{
	for (size_t i = 0; i < count; i++)
		add_party(m, ids[i]);
}

static void all_seen_once(const struct feed *f, char ids[][UUID_SIZE], size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect(feed_times(f, "party.created", ids[i]) == 1, "party %zu was seen %zu times", i, feed_times(f, "party.created", ids[i]));
}

/* Nothing else came meanwhile: the next event is that of a party which is added now. (What is numbered before it comes before it.) */
static void nothing_else(struct feed *f, struct member *m)
{
	char id[UUID_SIZE];

	add_party(m, id);
	feed_collect(f, f->count + 1);
	expect(strcmp(f->events[f->count - 1].subject, id) == 0, "%s of %s comes, and nobody did that", f->events[f->count - 1].kind,
		f->events[f->count - 1].subject);
}

/* One writer's changes come in the order in which it made them. */
static void in_order(const struct feed *f, char ids[][UUID_SIZE], size_t count)
{
	for (size_t i = 1; i < count; i++)
		expect(feed_find(f, "party.created", ids[i - 1])->position < feed_find(f, "party.created", ids[i])->position, "in order");
}

static void shows_every_change_once_in_order(void **state)
{
	enum { MANY = 60 };
	char ids[MANY][UUID_SIZE];
	struct member m = member_again(&reader);
	struct feed f = { 0 };

	(void)state;
	feed_subscribe(&f, &m);
	add_parties(&writer, ids, MANY);
	feed_collect(&f, MANY);
	all_seen_once(&f, ids, MANY);
	in_order(&f, ids, MANY);
	nothing_else(&f, &writer);
	member_leave(&m);
	feed_clear(&f);
}

static void resumes_after_a_cut(void **state)
{
	char before[5][UUID_SIZE], missed[25][UUID_SIZE], after[5][UUID_SIZE];
	struct member m = member_again(&reader);
	struct feed f = { 0 };

	(void)state;
	feed_subscribe(&f, &m);
	add_parties(&writer, before, 5);
	feed_collect(&f, 5);
	member_leave(&m);
	add_parties(&writer, missed, 25);
	member_connect(&m, &server);
	feed_resume(&f, &m);
	expect(!f.resync, "no resync");
	add_parties(&writer, after, 5);
	feed_collect(&f, 35);
	all_seen_once(&f, before, 5);
	all_seen_once(&f, missed, 25);
	all_seen_once(&f, after, 5);
	nothing_else(&f, &writer);
	member_leave(&m);
	feed_clear(&f);
}

static void resumes_after_the_server_was_killed(void **state)
{
	char before[5][UUID_SIZE], after[5][UUID_SIZE];
	struct member m = member_again(&reader);
	struct feed f = { 0 };

	(void)state;
	feed_subscribe(&f, &m);
	add_parties(&writer, before, 5);
	server_end(&server, SIGKILL);
	server_start(&deployment, &server, NULL);
	member_leave(&m);
	member_leave(&writer);
	member_connect(&m, &server);
	member_connect(&writer, &server);
	feed_resume(&f, &m);
	expect(!f.resync, "no resync");
	add_parties(&writer, after, 5);
	feed_collect(&f, 10);
	all_seen_once(&f, before, 5);
	all_seen_once(&f, after, 5);
	member_leave(&m);
	feed_clear(&f);
}

/* More than one page of what was missed. */
static void resumes_over_a_long_absence(void **state)
{
	enum { MANY = 1500 };
	char (*ids)[UUID_SIZE] = calloc(MANY, sizeof *ids);
	struct member m = member_again(&reader);
	struct feed f = { 0 };

	(void)state;
	expect(ids, "memory");
	feed_subscribe(&f, &m);
	member_leave(&m);
	add_parties(&writer, ids, MANY);
	member_connect(&m, &server);
	feed_resume(&f, &m);
	feed_collect(&f, MANY);
	all_seen_once(&f, ids, 20);
	in_order(&f, ids, 20);
	member_leave(&m);
	feed_clear(&f);
	free(ids);
}

/* More than the server keeps for a reader, and a reader who takes a megabyte a second. */
static void waits_for_a_slow_but_steady_reader(void **state)
{
	enum { MANY = 40000, AT_ONCE = 80, PACE_US = 20000, SMALL = 16 * 1024 };
	char id[UUID_SIZE], left[16] = "", sql[512];
	int64_t deadline = deadline_after(PATIENCE_MS);
	struct member m = member_again(&reader);
	struct feed f = { 0 };
	int small = SMALL;

	(void)state;
	feed_subscribe(&f, &m);
	add_party(&writer, id);
	feed_collect(&f, 1);
	member_leave(&m);
	snprintf(sql, sizeof sql, "select count(ledger.write(e.organisation, 'party.changed', e.subject, n, '{}', e.tokens)) from ledger.event e, "
		"generate_series(1, %d) n where e.subject = '%s'", MANY, id);
	deployment_sql(&deployment, sql, NULL, 0);
	add_party(&writer, id);		/* so that what was written beside the server is numbered */
	while (strcmp(left, "0") != 0 && deadline_left(deadline) > 0) {
		usleep(20000);
		deployment_sql(&deployment, "select count(*) from ledger.pending", left, sizeof left);
	}
	member_connect(&m, &server);
	setsockopt(websocket_descriptor(connection_websocket(m.connection)), SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	feed_ask(&f, &m);
	while (f.count < MANY + 2) {
		usleep(PACE_US);
		feed_collect(&f, f.count + AT_ONCE < MANY + 2 ? f.count + AT_ONCE : MANY + 2);
	}
	expect(f.count == MANY + 2, "%zu of %d came", f.count, MANY + 2);
	member_leave(&m);
	feed_clear(&f);
}

static void answers_a_position_to_come_by_resync(void **state)
{
	struct member m = member_again(&reader);
	struct feed f = { .position = 1000000000 };

	(void)state;
	feed_resume(&f, &m);
	expect(f.resync && f.position < 1000000000, "resync");
	member_leave(&m);
	feed_clear(&f);
}

static void answers_a_position_too_old_by_resync(void **state)
{
	struct member m = member_again(&reader);
	struct feed f = { .position = 1 };

	(void)state;
	deployment_sql(&deployment, "update ledger.incarnation set trimmed = 10", NULL, 0);
	feed_resume(&f, &m);
	expect(f.resync, "resync");
	member_leave(&m);
	feed_clear(&f);
}

static void answers_another_incarnation_by_resync(void **state)
{
	char id[UUID_SIZE];
	struct member m = member_again(&reader);
	struct feed f = { 0 };

	(void)state;
	feed_subscribe(&f, &m);
	add_party(&writer, id);
	feed_collect(&f, 1);
	member_new_uuid(f.incarnation);
	feed_resume(&f, &m);
	expect(f.resync, "resync");
	member_leave(&m);
	feed_clear(&f);
}

/* Somebody else at the same server has been told when it is looked at what has come to who no longer follows. */
static void stops_when_told(void **state)
{
	char id[UUID_SIZE];
	struct member m = member_again(&reader), goes_on = member_again(&reader);
	struct feed stopped = { 0 }, f = { 0 };
	struct failure none = { 0 };

	(void)state;
	feed_subscribe(&stopped, &m);
	feed_subscribe(&f, &goes_on);
	json_decref(member_must(&m, "events.unsubscribe", NULL));
	add_party(&writer, id);
	feed_collect(&f, 1);
	json_decref(member_must(&m, "session.current", NULL));
	expect(!connection_next(m.connection, 0, &none), "nothing comes");
	failure_clear(&none);
	member_leave(&m);
	member_leave(&goes_on);
	feed_clear(&f);
}

/* A subscriber of another organisation shares the server, the database and the order of events, and sees none of these. */
static void shows_nothing_to_another_organisation(void **state)
{
	char ours[UUID_SIZE], theirs[UUID_SIZE];
	struct member stranger;
	struct feed f = { 0 };

	(void)state;
	deployment_init(&deployment, "Stranger Ltd", "ann@stranger.example", "mia@stranger.example");
	member_join(&stranger, &server, "ann@stranger.example", deployment.administrator_code);
	feed_subscribe(&f, &stranger);
	add_party(&writer, ours);
	add_party(&stranger, theirs);
	feed_collect(&f, 1);
	expect(strcmp(f.events[0].subject, theirs) == 0, "one's own is seen, and nothing before it");
	nothing_else(&f, &stranger);
	member_leave(&stranger);
	feed_clear(&f);
}

static int set_up(void **state)
{
	(void)state;
	deployment_start(&deployment, "feed", NULL);
	deployment_init(&deployment, "Feed Ltd", ADMINISTRATOR_EMAIL, MANAGEMENT_EMAIL);
	server_start(&deployment, &server, NULL);
	member_join(&writer, &server, ADMINISTRATOR_EMAIL, deployment.administrator_code);
	member_join(&reader, &server, MANAGEMENT_EMAIL, deployment.management_code);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	member_leave(&writer);
	member_leave(&reader);
	if (server_alive(&server))
		server_end(&server, SIGTERM);
	deployment_stop(&deployment);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_every_change_once_in_order),
		cmocka_unit_test(resumes_after_a_cut),
		cmocka_unit_test(resumes_after_the_server_was_killed),
		cmocka_unit_test(resumes_over_a_long_absence),
		cmocka_unit_test(waits_for_a_slow_but_steady_reader),
		cmocka_unit_test(answers_a_position_to_come_by_resync),
		cmocka_unit_test(answers_a_position_too_old_by_resync),
		cmocka_unit_test(answers_another_incarnation_by_resync),
		cmocka_unit_test(stops_when_told),
		cmocka_unit_test(shows_nothing_to_another_organisation),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
