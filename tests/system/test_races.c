/* test_races.c - two writes at once, each fine alone, that together would break a rule, an owner, a lead or a state: sent at the same
 * moment by two people over two sockets, at one server or at two, at both isolation levels. Whatever is answered, the records keep to
 * the rule afterwards, and who is refused is told why.
 *
 * The pairs are those of the races by direct SQL (tests/sql/fixture). In every round both calls are written before either answer is
 * read, and both are held (hold.h) in their transactions until the database shows the two of them waiting; only then is a round
 * counted as in flight.
 *
 * Seen to fail: with NINETWO_UNPROTECTED=1 (unprotected.sql). */
#include "base/error.h"
#include "client-cli/deadline.h"
#include "tests/system/description.h"
#include "tests/system/expect.h"
#include "tests/system/hold.h"
#include "tests/system/member.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SERVERS = 4, ROUNDS = 4, WAIT_MS = 1500, ANSWER_MS = 15000, TRIES = 6 };

/* Of the first two servers the database's sessions are at READ COMMITTED, of the others at REPEATABLE READ. */
enum level { READ_COMMITTED, REPEATABLE_READ, LEVELS };
static const char *const level_names[LEVELS] = { "read committed", "repeatable read" };

static struct deployment deployment;
static struct server servers[SERVERS];
static struct hold hold;
static char organisation[UUID_SIZE];
static int rounds, problems;		/* in all */

/* ---- two calls ---- */

struct side {
	struct member member;
	char *method;
	json_t *params, *reply;
	json_int_t id;
	int code;			/* 0: done */
};

struct two { struct side sides[2]; bool in_flight; };

/* `said` is what race.ask() says. */
static void side_open(struct side *s, const struct server *server, const char *said)
{
	json_t *call = json_loads(said, 0, NULL);
	const char *method = json_string_value(json_object_get(call, "method"));

	expect(method, "a call: %s", said);
	*s = (struct side){ .member.email = "one of two", .method = strdup(method) };
	snprintf(s->member.token, sizeof s->member.token, "%s", json_string_value(json_object_get(call, "token")));
	snprintf(s->member.organisation, sizeof s->member.organisation, "%s", organisation);
	member_connect(&s->member, server);
	json_decref(member_must(&s->member, "session.current", NULL));
	s->params = member_parameters(&s->member, method, json_incref(json_object_get(call, "params")));
	json_decref(call);
}

static void side_close(struct side *s)
{
	member_leave(&s->member);
	json_decref(s->params);
	json_decref(s->reply);
	free(s->method);
}

static void side_send(struct side *s)
{
	struct failure f = { 0 };

	expect(connection_post(s->member.connection, s->method, s->params, &s->id, &f), "%s: %s", s->method, f.message);
}

static void side_receive(struct side *s)
{
	struct failure f = { 0 };
	json_t *error;

	s->reply = connection_reply(s->member.connection, s->id, ANSWER_MS, &f);
	expect(s->reply, "%s: no answer: %s", s->method, f.message);
	error = json_object_get(s->reply, "error");
	s->code = (int)json_integer_value(json_object_get(error, "code"));
	if (!error)
		description_check(s->method, json_object_get(s->reply, "result"));
}

/* Both of them are in a transaction and wait. False: not within WAIT_MS. */
static bool both_wait(const struct two *t)
{
	int64_t deadline = deadline_after(WAIT_MS);
	char count[16];

	do {
		hold_ask(&hold, count, sizeof count, "select race.waiting(array['%s', '%s'])", t->sides[0].method, t->sides[1].method);
		if (atoi(count) == 2)
			return true;
		usleep(1000);
	} while (deadline_left(deadline) > 0);
	return false;
}

static void send_both(struct two *t, enum hold_place place, int first)
{
	hold_begin(&hold, place);
	side_send(&t->sides[first]);
	side_send(&t->sides[!first]);
	t->in_flight = both_wait(t);
	hold_end(&hold);
	side_receive(&t->sides[0]);
	side_receive(&t->sides[1]);
}

/* ---- a pair ---- */

struct pair { int number; char name[160]; int in_flight[LEVELS], both_done[LEVELS]; };

static void problem(const struct pair *p, enum level level, const char *what, const json_t *reply)
{
	char *said = reply ? json_dumps(reply, 0) : NULL;

	printf("%s (%s): %s %s\n", p->name, level_names[level], what, said ? said : "");
	free(said);
	problems++;
}

/* A refusal that tells its reader what stands against it. */
static bool explained(const json_t *error)
{
	const json_t *data = json_object_get(error, "data");

	switch (json_integer_value(json_object_get(error, "code"))) {
	case E_SEPARATION:
	case E_BUSINESS:
		return json_object_get(data, "rule");
	case E_STALE:
		return json_object_get(data, "version") && json_object_get(data, "current");
	case E_STATE:
		return json_object_get(data, "state") && json_object_get(data, "allowed");
	default:
		return false;
	}
}

static void judge(struct pair *p, enum level level, const struct two *t, int n)
{
	const struct side *a = &t->sides[0], *b = &t->sides[1];
	char broken[256];

	if (a->code && b->code)
		problem(p, level, "both refused", a->reply);
	for (int i = 0; i < 2; i++)
		if (t->sides[i].code && !explained(json_object_get(t->sides[i].reply, "error")))
			problem(p, level, "not explained:", t->sides[i].reply);
	hold_ask(&hold, broken, sizeof broken, "select race.look(%d, %d)", p->number, n);
	if (broken[0])
		problem(p, level, "broken:", json_object_get(a->code ? a->reply : b->reply, "error"));
	p->in_flight[level] += t->in_flight;
	p->both_done[level] += !a->code && !b->code;
}

/* The four rounds of a level are: either first, held at the beginning or at the end; at one server in two of them, at two in the others. */
static void round_of(struct pair *p, enum level level, int round)
{
	int n = ++rounds, other = (round ^ round >> 1) & 1;
	struct server *at = &servers[2 * level];
	struct two t;
	char said[4096];

	hold_ask(&hold, NULL, 0, "call race.prepare(%d, %d)", p->number, n);
	hold_ask(&hold, said, sizeof said, "select race.ask(%d, %d, false)", p->number, n);
	side_open(&t.sides[0], &at[0], said);
	hold_ask(&hold, said, sizeof said, "select race.ask(%d, %d, true)", p->number, n);
	side_open(&t.sides[1], &at[other], said);
	send_both(&t, round < 2 ? HOLD_END : HOLD_BEGINNING, round & 1);
	judge(p, level, &t, n);
	side_close(&t.sides[0]);
	side_close(&t.sides[1]);
}

static void no_pair_breaks_anything(void **state)
{
	char count[16];

	(void)state;
	hold_ask(&hold, count, sizeof count, "select count(*) from race.pair");
	expect(atoi(count) > 0, "pairs");
	for (int i = 1; i <= atoi(count); i++) {
		struct pair p = { .number = i };

		hold_ask(&hold, p.name, sizeof p.name, "select pair from race.pair where number = %d", i);
		for (int level = 0; level < LEVELS; level++)
			for (int round = 0; round < ROUNDS; round++)
				round_of(&p, level, round);
		hold_ask(&hold, NULL, 0, "call race.clear(%d)", i);
		printf("%s: %d and %d of %d rounds in flight, both done in %d and %d\n", p.name, p.in_flight[READ_COMMITTED],
			p.in_flight[REPEATABLE_READ], ROUNDS, p.both_done[READ_COMMITTED], p.both_done[REPEATABLE_READ]);
		for (int level = 0; level < LEVELS; level++)
			if (!p.in_flight[level])
				problem(&p, level, "no round was in flight", NULL);
	}
	expect(problems == 0, "%d problems in %d rounds", problems, rounds);
}

/* For servers started afterwards. */
static void repeatable_read_from_here(void)
{
	size_t used = strlen(deployment.conninfo), room = sizeof deployment.conninfo - used;
	int n = snprintf(deployment.conninfo + used, room, " options='-c default_transaction_isolation=repeatable\\\\ read'");

	expect(n > 0 && (size_t)n < room, "room");
}

static int set_up(void **state)
{
	(void)state;
	deployment_start(&deployment, "races", (const char *[]){ "track_commit_timestamp = on", NULL });
	deployment_load(&deployment, "tests/system/races.sql");
	if (getenv("NINETWO_UNPROTECTED"))
		deployment_load(&deployment, "tests/system/unprotected.sql");
	hold_open(&hold, &deployment);
	hold_ask(&hold, organisation, sizeof organisation, "select t.org()");
	for (int i = 0; i < SERVERS; i++) {
		if (i == 2)
			repeatable_read_from_here();
		server_start(&deployment, &servers[i], NULL);
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	hold_close(&hold);
	for (int i = 0; i < SERVERS; i++)
		if (server_alive(&servers[i]))
			server_end(&servers[i], SIGTERM, 5000);
	deployment_stop(&deployment);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_pair_breaks_anything),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
