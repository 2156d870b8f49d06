/* test_crash.c - kill -9 of the server, and the immediate stop of PostgreSQL, under a stream of writes.
 *
 * What is checked is what the clients noted for themselves: every acknowledged request is in the database exactly once, what was meant
 * and never acknowledged at most once, a record's versions rise with their positions, and a subscriber that resumed after every cut
 * missed nothing and saw nothing twice. */
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/feed.h"
#include "tests/system/member.h"
#include "tests/system/steady.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WRITERS = 4, ROUNDS = 4, BETWEEN_MS = 700, AWAY_MS = 300, READY_MS = 20000, QUIET_MS = 15000 };

static struct deployment deployment;
static struct server server;
static struct member administrator, management;

static int acknowledged(const struct steady_writer w[WRITERS])
{
	int sum = 0;

	for (int i = 0; i < WRITERS; i++)
		sum += w[i].acknowledged;
	return sum;
}

/* Lets the stream run until it has written something since the last time. */
static void let_run(const struct steady_writer w[WRITERS])
{
	int before = acknowledged(w);

	usleep(BETWEEN_MS * 1000);
	for (int i = 0; i < 400 && acknowledged(w) < before + WRITERS; i++)
		usleep(50000);
	expect(acknowledged(w) >= before + WRITERS, "the writers go on: %s%s", w[0].problem, w[1].problem);
}

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

/* --- what the writers noted, against the database and the protocol --- */

/* Lists whatever is not as it should be; nothing, when all is well. */
static const char check_notes[] =
	"create temp table note (what text, request uuid, method text, subject text, version int, name text);"
	"copy note from '%s' (delimiter ' ');"
	"create temp view open_note as select * from note o where what = 'intent'"
	"	and not exists (select from note k where k.what = 'acknowledged' and k.request = o.request);"
	"select format('acknowledged, and not kept: %%s', request) from note n where what = 'acknowledged'"
	"	and (select count(*) from app.request r where r.id = n.request) <> 1 "
	"union all select format('version %%s of %%s was written %%s times', version, subject, count(*)) from ledger.event"
	"	where kind like 'party.%%' and subject in (select n.subject::uuid from note n where what = 'acknowledged') group by subject, version having count(*) <> 1 "
	"union all select format('%%s is at version %%s, acknowledged up to %%s', p.id, p.version, a.version)"
	"	from (select subject, max(version) as version from note where what = 'acknowledged' group by subject) a join app.party p on p.id = a.subject::uuid"
	"	where p.version not between a.version and a.version + (select count(*) from open_note o where o.subject = a.subject) "
	"union all select format('%%s parties, %%s acknowledged', made, meant) from ("
	"	select (select count(*) from app.party p where starts_with(p.legal_identifier, '%s-%d-')) as made,"
	"		(select count(*) from note where what = 'acknowledged' and method = 'party.add') as meant) c"
	"	where made not between meant and meant + (select count(*) from open_note where method = 'party.add') "
	"union all select format('%%s intents are open', count(*)) from open_note having count(*) > 1";

/* Asked again with its request_id, an acknowledged call answers as before and changes nothing. */
static void ask_again(void *arg, const struct steady_entry *e)
{
	int *count = arg;
	json_t *again;

	if (!e->acknowledged || strcmp(e->method, "party.add") != 0 || (*count)++ % 10 != 0)
		return;
	again = member_must(&administrator, "party.add", json_pack("{s:s, s:s, s:s, s:[s]}", "request_id", e->request_id, "name", e->name,
		"legal_identifier", e->name, "kinds", "supplier"));
	expect(strcmp(json_string_value(json_object_get(again, "id")), e->subject) == 0, "the same answer again");
	json_decref(again);
}

static void check_writer(const struct steady_writer *w)
{
	char sql[sizeof check_notes + sizeof w->path + 64], wrong[512];
	int count = 0;

	expect(!w->problem[0], "writer %d: %s", w->number, w->problem);
	expect(w->lost + w->put_off > 0, "writer %d noticed", w->number);
	steady_log_read(w->path, ask_again, &count);
	expect(count > 0, "writer %d wrote", w->number);
	snprintf(sql, sizeof sql, check_notes, w->path, w->label, w->number);
	deployment_sql(&deployment, sql, wrong, sizeof wrong);
	expect(!wrong[0], "writer %d: %s", w->number, wrong);
}

/* Everything acknowledged was seen, in the version that was acknowledged. */
static void check_seen(void *arg, const struct steady_entry *e)
{
	const struct feed *f = arg;
	size_t times = 0;

	if (!e->acknowledged)
		return;
	for (size_t i = 0; i < f->count; i++)
		times += f->events[i].version == e->version && strcmp(f->events[i].subject, e->subject) == 0;
	expect(times == 1, "version %ld of %s was seen %zu times", e->version, e->name, times);
}

static int by_subject(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	int order = strcmp(x->subject, y->subject);

	return order ? order : x->position < y->position ? -1 : 1;
}

static void versions_rise_with_positions(struct feed *f)
{
	qsort(f->events, f->count, sizeof *f->events, by_subject);
	for (size_t i = 1; i < f->count; i++)
		if (strcmp(f->events[i - 1].subject, f->events[i].subject) == 0)
			expect(f->events[i].version > f->events[i - 1].version, "version %lld of %s comes after version %lld",
				(long long)f->events[i].version, f->events[i].subject, (long long)f->events[i - 1].version);
}

static void database_is_sound(void)
{
	char program[2 * DEPLOYMENT_PATH], output[4096];
	int status;

	snprintf(program, sizeof program, "%s/ninetwod", getenv("NINETWO_BUILD"));
	status = program_run((const char *[]){ program, "check", "--database", deployment.conninfo, NULL }, output, sizeof output);
	expect(status == 0, "ninetwod check: exit status %d: %s", status, output);
}

/* Everything numbered; the last position. */
static json_int_t last_position(void)
{
	char text[32];

	for (int i = 0; i < 200; i++) {
		deployment_sql(&deployment, "select count(*) from ledger.pending", text, sizeof text);
		if (strcmp(text, "0") == 0)
			break;
		usleep(50000);
	}
	deployment_sql(&deployment, "select max(d.position) from ledger.delivery d join ledger.position p using (position) "
		"join ledger.event e on e.id = p.event where e.kind like 'party.%'", text, sizeof text);
	return atoll(text);
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
		let_run(writers);
		blow();
	}
	let_run(writers);
	for (int i = 0; i < WRITERS; i++)
		steady_write_end(&writers[i]);
	steady_subscribe_end(&subscriber, last_position(), QUIET_MS);
	expect(!subscriber.problem[0], "the subscriber: %s", subscriber.problem);
	member_leave(&administrator);
	member_connect(&administrator, &server);
	for (int i = 0; i < WRITERS; i++) {
		check_writer(&writers[i]);
		steady_log_read(writers[i].path, check_seen, &subscriber.feed);
	}
	print_message("%d writes acknowledged, %zu events seen, %d connections lost\n", acknowledged(writers), subscriber.feed.count,
		subscriber.lost);
	versions_rise_with_positions(&subscriber.feed);
	feed_clear(&subscriber.feed);
	database_is_sound();
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
