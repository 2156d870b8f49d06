/* test_races.c - two writes at once, each fine alone, that together would break a rule, an owner, a lead or a state: sent at the same
 * moment by two people over two sockets, at one server or at two, at both isolation levels. Whatever is answered, the records keep to
 * the rule afterwards, and who is refused is told why. Then: what a lost race is to who lost it.
 *
 * The pairs are those of the races by direct SQL (tests/sql/fixture). In every round both calls are written before either answer is
 * read, and both are held (hold.h) in their transactions until the database shows the two of them waiting: the one that was sent first, then
 * the other beside it.
 *
 * Which pairs there are, and which wait in the same line as one of them: docs/separation.md.
 *
 * Seen to fail: NINETWO_UNPROTECTED=1 (unprotected.sql: app.touch, app.lock_audit and app.lock_finding do nothing, no method locks the record
 * that it changes, no exclusion constraints, no key that makes one of two). All pairs break then, here or by direct SQL, but for these: a function
 * that becomes part of one that itself becomes part of another still stands in the line of the ledger's holders; a response is begun once by its
 * key; a plan accepted and returned, and what is verified twice or returned meanwhile, are stopped by the trigger on a finding's states, which
 * then cannot explain. One request sent twice is refused for what it has done itself when meta.frame() takes no lock for it; what is there once
 * is -32603 when 23505 is not tried again. */
#include "base/error.h"
#include "tests/system/description.h"
#include "tests/system/expect.h"
#include "tests/system/hold.h"
#include "tests/system/member.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SERVERS = 4, TRIES = 6 };

/* Of the first two servers the database's sessions are at READ COMMITTED, of the others at REPEATABLE READ. */
enum level { READ_COMMITTED, REPEATABLE_READ, LEVELS };
static const char *const level_names[LEVELS] = { "read committed", "repeatable read" };
static const int rounds_at[LEVELS] = { 2, 1 };

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
	json_t *saw;		/* the records that the call names and its person could read before both, {"noun": id}; NULL: not asked */
	json_int_t id;
	int code;			/* 0: done */
};

struct two { struct side sides[2]; int in_flight; };

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
	json_decref(s->saw);
	free(s->method);
}

static void side_send(struct side *s)
{
	struct failure f = { 0 };

	s->reply = NULL;
	expect(connection_post(s->member.connection, s->method, s->params, &s->id, &f), "%s: %s", s->method, f.message);
}

/* Whether there is an answer, within the time. */
static bool side_answered(struct side *s, int timeout_ms)
{
	struct failure f = { 0 };

	if (!s->reply && s->id)
		s->reply = connection_reply(s->member.connection, s->id, timeout_ms, &f);
	expect(f.kind == FAILURE_NONE, "%s: no answer: %s", s->method, f.message);
	return s->reply;
}

static void side_receive(struct side *s)
{
	json_t *error;

	expect(side_answered(s, PATIENCE_MS), "waited a minute in vain: %s is answered", s->method);
	error = json_object_get(s->reply, "error");
	s->code = (int)json_integer_value(json_object_get(error, "code"));
	if (!error)
		description_check(s->method, json_object_get(s->reply, "result"));
}

/* How many of them are in a transaction and wait, or were answered without that. Only the former are in flight. */
static int settled(struct two *t)
{
	char count[16];

	hold_ask(&hold, count, sizeof count, "select race.waiting(array['%s', '%s'])", t->sides[0].method, t->sides[1].method);
	t->in_flight = atoi(count);
	return t->in_flight + side_answered(&t->sides[0], 0) + side_answered(&t->sides[1], 0);
}

static void send_both(struct two *t, enum hold_place place, int first)
{
	hold_begin(&hold, place);
	side_send(&t->sides[first]);
	expect_soon(settled(t) == 1, "%s waits", t->sides[first].method);
	side_send(&t->sides[!first]);
	expect_soon(settled(t) == 2, "%s waits beside %s", t->sides[!first].method, t->sides[first].method);
	hold_end(&hold);
	side_receive(&t->sides[0]);
	side_receive(&t->sides[1]);
}

/* ---- a pair ---- */

struct pair { int number; char name[160]; int both_done[LEVELS]; };

static void problem(const struct pair *p, enum level level, const char *what, const char *which)
{
	printf("%s (%s): %s %s\n", p->name, level_names[level], what, which);
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

/* race.seen of the call: a new reference. */
static json_t *seen(int number, int n, bool second)
{
	char text[1024];
	json_t *all;

	hold_ask(&hold, text, sizeof text, "select race.seen(race.call(%d, %d, %s))", number, n, second ? "true" : "false");
	all = json_loads(text, 0, NULL);
	expect(all, "what can be seen: %s", text);
	return all;
}

/* Who could read the record that they are told is not there, and can no longer since the other was done. */
static bool lost_from_sight(const struct pair *p, const struct two *t, bool second, int n)
{
	const struct side *s = &t->sides[second];
	const json_t *error = json_object_get(s->reply, "error");
	const char *noun = json_string_value(json_object_get(json_object_get(error, "data"), "noun"));
	json_t *now;
	bool lost;

	if (s->code != E_NOT_FOUND || !noun || t->sides[!second].code || !json_object_get(s->saw, noun))
		return false;
	now = seen(p->number, n, second);
	lost = !json_object_get(now, noun);
	json_decref(now);
	return lost;
}

static void judge_refusal(const struct pair *p, enum level level, const struct two *t, bool second, int n)
{
	const struct side *s = &t->sides[second];
	char *said;

	if (!s->code || explained(json_object_get(s->reply, "error")) || lost_from_sight(p, t, second, n))
		return;
	said = json_dumps(s->reply, 0);
	problem(p, level, "not explained:", said);
	free(said);
}

static void judge(struct pair *p, enum level level, const struct two *t, int n, bool last)
{
	const struct side *a = &t->sides[0], *b = &t->sides[1];
	char broken[256];

	if (t->in_flight != 2)
		problem(p, level, "not both are in flight", "");
	if (a->code && b->code)
		problem(p, level, "both are refused", "");
	judge_refusal(p, level, t, false, n);
	judge_refusal(p, level, t, true, n);
	hold_ask(&hold, broken, sizeof broken, "select race.look(%d, %d, %s)", p->number, n, last ? "true" : "false");
	if (broken[0])
		problem(p, level, "broken:", broken);
	p->both_done[level] += !a->code && !b->code;
}

/* Either first, held at the end: at REPEATABLE READ once, the one or the other by the pair's number. At one server in one of the rounds, at two in
 * the others. */
static void round_of(struct pair *p, enum level level, int round)
{
	int n = ++rounds, other = round != (int)level;
	struct server *at = &servers[2 * level];
	struct two t;
	char said[4096];

	hold_ask(&hold, NULL, 0, "call race.prepare(%d, %d)", p->number, n);
	hold_ask(&hold, said, sizeof said, "select race.ask(%d, %d, false)", p->number, n);
	side_open(&t.sides[0], &at[0], said);
	hold_ask(&hold, said, sizeof said, "select race.ask(%d, %d, true)", p->number, n);
	side_open(&t.sides[1], &at[other], said);
	for (int i = 0; i < 2; i++)
		t.sides[i].saw = seen(p->number, n, i);
	send_both(&t, HOLD_END, level == READ_COMMITTED ? round : p->number % 2);
	judge(p, level, &t, n, round == rounds_at[level] - 1);
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
		for (enum level level = 0; level < LEVELS; level++)
			for (int round = 0; round < rounds_at[level]; round++)
				round_of(&p, level, round);
		hold_ask(&hold, NULL, 0, "call race.clear(%d)", i);
		printf("%s: both done in %d of %d and %d of %d rounds\n", p.name, p.both_done[READ_COMMITTED], rounds_at[READ_COMMITTED],
			p.both_done[REPEATABLE_READ], rounds_at[REPEATABLE_READ]);
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
			server_end(&servers[i], SIGTERM);
	deployment_stop(&deployment);
	return 0;
}

/* ---- lost races ---- */

/* A party with this legal identifier, said by the administrator `who` to a server. */
static void add_party_open(struct side *s, const char *who, const struct server *server, const char *identifier)
{
	char said[1024];

	hold_ask(&hold, said, sizeof said, "select race.say('%s', 'party.add', jsonb_build_object('name', 'Party', 'legal_identifier', '%s', "
		"'kinds', '{supplier}'::text[]))", who, identifier);
	side_open(s, server, said);
}

static int parties(const char *identifier)
{
	char count[16];

	hold_ask(&hold, count, sizeof count, "select count(*) from app.party where legal_identifier = '%s'", identifier);
	return atoi(count);
}

/* At one server, at two, and at two at REPEATABLE READ. */
static const int places[][2] = { { 0, 0 }, { 0, 1 }, { 2, 3 } };
enum { PLACES = sizeof places / sizeof *places };

static void a_request_sent_twice_at_once_is_done_once(void **state)
{
	char identifier[16];

	(void)state;
	for (int i = 0; i < PLACES; i++) {
		struct two t;

		snprintf(identifier, sizeof identifier, "twice %d", i);
		add_party_open(&t.sides[0], "x", &servers[places[i][0]], identifier);
		add_party_open(&t.sides[1], "x", &servers[places[i][1]], identifier);
		json_object_set(t.sides[1].params, "request_id", json_object_get(t.sides[0].params, "request_id"));
		send_both(&t, i % 2 ? HOLD_BEGINNING : HOLD_END, 0);
		expect(t.in_flight == 2, "both are in flight");
		expect(t.sides[0].code == 0 && t.sides[1].code == 0, "both are answered: %d, %d", t.sides[0].code, t.sides[1].code);
		expect(json_equal(json_object_get(t.sides[0].reply, "result"), json_object_get(t.sides[1].reply, "result")), "with the same");
		expect(parties(identifier) == 1, "%s: %d were made", identifier, parties(identifier));
		side_close(&t.sides[0]);
		side_close(&t.sides[1]);
	}
}

static void what_is_there_once_is_made_once_and_the_other_is_told(void **state)
{
	char identifier[16];

	(void)state;
	for (int i = 0; i < PLACES; i++) {
		const struct side *refused;
		struct two t;

		snprintf(identifier, sizeof identifier, "once %d", i);
		add_party_open(&t.sides[0], "x", &servers[places[i][0]], identifier);
		add_party_open(&t.sides[1], "y", &servers[places[i][1]], identifier);
		send_both(&t, i % 2 ? HOLD_BEGINNING : HOLD_END, 0);
		refused = &t.sides[t.sides[0].code == 0];
		expect(t.in_flight == 2 && !t.sides[0].code != !t.sides[1].code, "one is done: %d, %d", t.sides[0].code, t.sides[1].code);
		expect(refused->code == E_BUSINESS && explained(json_object_get(refused->reply, "error")), "the other is told why: %d", refused->code);
		expect(parties(identifier) == 1, "%s: %d were made", identifier, parties(identifier));
		side_close(&t.sides[0]);
		side_close(&t.sides[1]);
	}
}

/* What is tried again, and what is said when that was in vain: for what no check explains the fault is ours. */
static const struct fault { const char *state; bool of_requests; int code; } faults[] = {
	{ "40001", false, E_NOT_NOW }, { "40P01", false, E_NOT_NOW }, { "23505", true, E_NOT_NOW }, { "23P01", false, E_INTERNAL }, { "23505", false, E_INTERNAL },
};
enum { FAULTS = sizeof faults / sizeof *faults };

/* The next `times` writes of a party are lost. */
static void lose(const struct fault *f, int times)
{
	hold_ask(&hold, NULL, 0, "update race.fault set state = '%s', of_requests = %s, times = %d; select setval('race.tried', 1, false)", f->state,
		f->of_requests ? "true" : "false", times);
}

static void expect_tries(const struct fault *f, const char *identifier, int tries, int made)
{
	char tried[16];

	hold_ask(&hold, tried, sizeof tried, "select last_value from race.tried");
	expect(atoi(tried) == tries, "%s was tried %s times, not %d", f->state, tried, tries);
	expect(parties(identifier) == made, "%s: %d were made", f->state, parties(identifier));
}

static void a_lost_race_is_tried_again_and_nobody_hears_of_it(void **state)
{
	char identifier[16];

	(void)state;
	for (int i = 0; i < FAULTS; i++) {
		struct side s;

		snprintf(identifier, sizeof identifier, "lost %d", i);
		add_party_open(&s, "x", &servers[0], identifier);
		lose(&faults[i], TRIES - 1);
		side_send(&s);
		side_receive(&s);
		expect(s.code == 0, "%s: %d", faults[i].state, s.code);
		expect_tries(&faults[i], identifier, TRIES, 1);
		side_close(&s);
	}
}

static void refused_for_now(const struct fault *f, const struct side *s)
{
	const json_t *data = json_object_get(json_object_get(s->reply, "error"), "data");

	expect(s->code == f->code, "%s: %d", f->state, s->code);
	expect(s->code != E_NOT_NOW || json_integer_value(json_object_get(data, "retry_after_ms")) > 0, "%s: when to come again", f->state);
	expect(!json_object_get(data, "outcome"), "%s: it is known that nothing was done", f->state);
}

static void one_that_is_lost_every_time_says_when_to_come_again(void **state)
{
	char identifier[16];

	(void)state;
	for (int i = 0; i < FAULTS; i++) {
		struct side s;

		snprintf(identifier, sizeof identifier, "every %d", i);
		add_party_open(&s, "x", &servers[0], identifier);
		lose(&faults[i], 1000);
		side_send(&s);
		side_receive(&s);
		refused_for_now(&faults[i], &s);
		expect_tries(&faults[i], identifier, TRIES, 0);
		lose(&faults[i], 0);
		json_decref(s.reply);
		side_send(&s);
		side_receive(&s);
		expect(s.code == 0, "%s, the same request later: %d", faults[i].state, s.code);
		expect_tries(&faults[i], identifier, 1, 1);
		side_close(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_pair_breaks_anything),
		cmocka_unit_test(a_request_sent_twice_at_once_is_done_once),
		cmocka_unit_test(what_is_there_once_is_made_once_and_the_other_is_told),
		cmocka_unit_test(a_lost_race_is_tried_again_and_nobody_hears_of_it),
		cmocka_unit_test(one_that_is_lost_every_time_says_when_to_come_again),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
