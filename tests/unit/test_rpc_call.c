/* Calls in flight: pipelining, identity, flow, and everything that may go away meanwhile. The network, the database and the clock's timers
 * are fakes; what is real is rpc/. */
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "rpc/dialogue.h"
#include "rpc/rpc.h"

#include "fake_db.h"
#include "fake_loop.h"
#include "fake_peer.h"
#include "forward.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define ORGANISATION "11111111-1111-7111-8111-111111111111"
#define SESSION "44444444-4444-7444-8444-444444444444"
#define PERSON "55555555-5555-7555-8555-555555555555"
#define SOME_ID "33333333-3333-7333-8333-333333333333"
#define TOKEN "n2s_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
#define INFO "{\"session\":\"" SESSION "\",\"person\":\"" PERSON "\",\"scope\":null,\"idle_until\":\"2099-01-01T00:00:00Z\"," \
	"\"expires_at\":\"2099-01-01T00:00:00Z\",\"organisations\":[{\"id\":\"" ORGANISATION "\",\"name\":\"A\",\"roles\":[\"auditor\"]}]}"

static const char catalogue[] =
	"{\"release\":\"abcdef0123456789\",\"schemas\":{},\"methods\":["
	"{\"name\":\"finding.get\",\"function\":\"finding_get\",\"doc\":\"Read it.\",\"roles\":[\"member\"],\"access\":\"read\",\"organisation\":true,"
	"\"params\":[{\"name\":\"id\",\"type\":\"uuid\",\"required\":true}],\"result\":{}},"
	"{\"name\":\"finding.issue\",\"function\":\"finding_issue\",\"doc\":\"Issue it.\",\"roles\":[\"auditor\"],\"access\":\"write\",\"organisation\":true,"
	"\"params\":[{\"name\":\"id\",\"type\":\"uuid\",\"required\":true},{\"name\":\"version\",\"type\":\"int4\",\"required\":true}],\"result\":{}},"
	"{\"name\":\"organisation.close\",\"function\":\"organisation_close\",\"doc\":\"Close.\",\"roles\":[\"administrator\"],\"access\":\"write\","
	"\"organisation\":true,\"params\":[],\"result\":{}}]}";

#define GET(id) "{\"jsonrpc\":\"2.0\",\"id\":" #id ",\"method\":\"finding.get\",\"params\":{\"organisation\":\"" ORGANISATION "\",\"id\":\"" SOME_ID "\"}}"
#define ISSUE(id) "{\"jsonrpc\":\"2.0\",\"id\":" #id ",\"method\":\"finding.issue\",\"params\":{\"organisation\":\"" ORGANISATION \
	"\",\"request_id\":\"" SOME_ID "\",\"id\":\"" SOME_ID "\",\"version\":1}}"
#define NOTIFY "{\"jsonrpc\":\"2.0\",\"method\":\"finding.get\",\"params\":{\"organisation\":\"" ORGANISATION "\",\"id\":\"" SOME_ID "\"}}"

struct stage {
	struct db *db;
	struct rpc *rpc;
	struct peers *peers;
	int ready_code;
	int ready_calls;
	int drained;
	struct call *held;		/* by the method test.hold */
	uint64_t left;			/* the last peer that closed */
};

static void ready(void *arg, struct error *err)
{
	struct stage *s = arg;

	s->ready_code = err->code;
	s->ready_calls++;
}

static void hold(void *arg, struct call *call, const json_t *params)
{
	struct stage *s = arg;

	(void)params;
	s->held = call;
}

static void left(void *arg, uint64_t peer)
{
	struct stage *s = arg;

	s->left = peer;
}

static struct stage *stage_with(const struct rpc_config *given)
{
	static const char declaration[] = "{\"name\":\"test.hold\",\"doc\":\"Holds.\",\"roles\":[\"signed_in\"],\"access\":\"read\",\"organisation\":false,"
		"\"params\":[],\"result\":{}}";
	struct stage *s = calloc(1, sizeof *s);
	struct rpc_config config = *given;
	struct error err = { 0 };

	s->db = fake_db_new();
	config.db = s->db;
	config.loop = &fake_loop;
	config.version = "1";
	s->rpc = rpc_new(&config, &err);
	assert_non_null(s->rpc);
	assert_int_equal(rpc_declare(s->rpc, declaration, hold, s, &err), OK);
	s->peers = fake_peers_new(rpc_peer_handler(s->rpc));
	rpc_attach(s->rpc, s->peers);
	rpc_on_closed(s->rpc, left, s);
	assert_int_equal(rpc_start(s->rpc, ready, s, &err), OK);
	assert_false(rpc_ready(s->rpc));
	fake_db_answer(s->db, catalogue);
	assert_int_equal(s->ready_code, OK);
	assert_true(rpc_ready(s->rpc));
	return s;
}

static struct stage *stage(void)
{
	return stage_with(&(struct rpc_config){ .calls_per_second = 0 });
}

static void stage_free(struct stage *s)
{
	struct rpc_statistics n;

	fake_peers_free(s->peers);
	rpc_attach(s->rpc, NULL);
	db_free(s->db);
	rpc_statistics(s->rpc, &n);
	assert_int_equal(n.in_flight, 0);
	assert_int_equal(n.dialogues, 0);
	rpc_free(s->rpc);
	assert_null(fake_timers);
	free(s);
}

static struct peer *signed_in(struct stage *s)
{
	struct peer *p = fake_peer_open(s->peers, TOKEN);

	assert_string_equal(fake_db_last(s->db)->name, "session_info");
	fake_db_answer(s->db, INFO);
	assert_true(p->signed_in);
	return p;
}

static bool heard(const struct peer *p, const char *part)
{
	return strstr(fake_peer_heard(p), part) != NULL;
}

static void a_call_goes_to_the_database_and_its_text_comes_back_untouched(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s);

	(void)state;
	assert_true(p->wiped);
	fake_peer_says(s->peers, p, GET(7));
	assert_string_equal(fake_db_last(s->db)->name, "finding_get@abcdef012345");
	assert_int_equal(fake_db_last(s->db)->kind, DB_READ);
	assert_int_equal(fake_db_last(s->db)->params[0][31], 31);
	assert_string_equal(fake_db_last(s->db)->params[2], SOME_ID);
	fake_db_answer(s->db, "{ \"id\": 1 }");
	assert_string_equal(fake_peer_heard(p), "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{ \"id\": 1 }}");
	stage_free(s);
}

static void calls_are_pipelined_and_answered_in_any_order(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s);

	(void)state;
	fake_peer_says(s->peers, p, GET(1));
	fake_peer_says(s->peers, p, GET(2));
	assert_int_equal(s->db->count, 2);
	fake_db_answer_nth(s->db, 1, "\"second\"");
	assert_true(heard(p, "\"id\":2"));
	fake_db_answer_nth(s->db, 0, "\"first\"");
	assert_true(heard(p, "\"id\":1"));
	stage_free(s);
}

static void who_has_not_signed_in_is_told_so_before_anything_else(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, NULL);

	(void)state;
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"finding.get\",\"params\":{\"nonsense\":1}}");
	assert_true(heard(p, "-32001"));
	assert_false(p->signed_in);
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"no.method\"}");
	assert_true(heard(p, "-32601"));
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"rpc.discover\"}");
	assert_true(heard(p, "\"openrpc\""));
	assert_int_equal(s->db->count, 0);
	stage_free(s);
}

static void parameters_are_judged_before_roles(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s);

	(void)state;
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"organisation.close\",\"params\":{\"organisation\":\"" ORGANISATION "\"}}");
	assert_true(heard(p, "-32602"));
	assert_true(heard(p, "\"request_id\",\"problem\":\"is required\""));
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"organisation.close\",\"params\":{\"organisation\":\"" ORGANISATION
		"\",\"request_id\":\"" SOME_ID "\"}}");
	assert_true(heard(p, "-32002"));
	assert_true(heard(p, "{\"roles\":[\"administrator\"]}"));
	assert_int_equal(s->db->count, 0);
	stage_free(s);
}

static void calls_wait_until_the_session_is_known(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, TOKEN);

	(void)state;
	fake_peer_says(s->peers, p, GET(1));
	fake_peer_says(s->peers, p, GET(2));
	assert_int_equal(s->db->count, 1);
	fake_db_answer(s->db, INFO);
	assert_int_equal(s->db->count, 2);
	fake_db_answer(s->db, "1");
	fake_db_answer(s->db, "2");
	assert_int_equal(p->count, 2);
	stage_free(s);
}

static void a_session_that_is_no_more_refuses_what_waits_and_closes(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, TOKEN);

	(void)state;
	fake_peer_says(s->peers, p, GET(1));
	fake_db_refuse(s->db, E_UNAUTHENTICATED, "Sign in first.", NULL);
	assert_true(heard(p, "-32001"));
	assert_int_equal(p->close_code, CLOSE_SESSION_ENDED);
	assert_false(p->signed_in);
	stage_free(s);
}

static void a_database_that_is_away_is_not_now_and_asked_again(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, TOKEN);

	(void)state;
	fake_peer_says(s->peers, p, GET(1));
	fake_db_refuse(s->db, E_NOT_NOW, "Away.", NULL);
	assert_true(heard(p, "-32008"));
	assert_true(heard(p, "retry_after_ms"));
	assert_int_equal(p->close_code, 0);
	assert_int_equal(s->db->count, 0);
	fake_peer_says(s->peers, p, GET(2));
	assert_string_equal(fake_db_last(s->db)->name, "session_info");
	fake_db_answer(s->db, INFO);
	fake_db_answer(s->db, "2");
	assert_true(heard(p, "\"result\":2"));
	s->db->full = true;
	fake_peer_says(s->peers, p, GET(3));
	assert_true(heard(p, "-32008"));
	assert_true(heard(p, "\"id\":3"));
	stage_free(s);
}

static void a_full_pool_on_opening_is_not_now(void **state)
{
	struct stage *s = stage();
	struct peer *p;

	(void)state;
	s->db->full = true;
	p = fake_peer_open(s->peers, TOKEN);
	fake_peer_says(s->peers, p, GET(1));
	assert_true(heard(p, "-32008"));
	s->db->full = false;
	fake_peer_says(s->peers, p, GET(2));
	fake_db_answer(s->db, INFO);
	fake_db_answer(s->db, "2");
	assert_true(heard(p, "\"result\":2"));
	stage_free(s);
}

static void the_client_may_leave_before_the_reply(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s);

	(void)state;
	fake_peer_says(s->peers, p, GET(1));
	fake_peer_leave(s->peers, p);
	assert_int_equal(s->left, p->id);
	fake_db_answer(s->db, "1");
	assert_int_equal(p->count, 0);
	stage_free(s);
}

static void the_client_may_leave_while_its_session_is_asked_for(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, TOKEN);
	struct rpc_statistics n;

	(void)state;
	fake_peer_says(s->peers, p, GET(1));
	fake_peer_leave(s->peers, p);
	rpc_statistics(s->rpc, &n);
	assert_int_equal(n.in_flight, 0);
	fake_db_answer(s->db, INFO);
	assert_int_equal(p->count, 0);
	stage_free(s);
}

static void a_batch_is_answered_in_sequence_and_notifications_are_not(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s);

	(void)state;
	fake_peer_says(s->peers, p, "[" GET(1) "," NOTIFY ",1," GET("x") "]");
	assert_int_equal(s->db->count, 1);
	fake_db_answer(s->db, "\"a\"");
	assert_int_equal(s->db->count, 1);
	fake_db_answer(s->db, "\"b\"");
	assert_int_equal(p->count, 0);
	fake_db_answer(s->db, "\"c\"");
	assert_string_equal(fake_peer_heard(p), "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"a\"},"
		"{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"A request is an object.\"}},"
		"{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":\"c\"}]");
	fake_peer_says(s->peers, p, "[" NOTIFY "]");
	fake_db_answer(s->db, "1");
	fake_peer_says(s->peers, p, NOTIFY);
	fake_db_refuse(s->db, E_NOT_FOUND, "No.", NULL);
	assert_int_equal(p->count, 1);
	stage_free(s);
}

static void the_rest_of_a_batch_is_not_begun_when_the_client_has_left(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s);

	(void)state;
	fake_peer_says(s->peers, p, "[" GET(1) "," GET(2) "]");
	fake_peer_leave(s->peers, p);
	fake_db_answer(s->db, "1");
	assert_int_equal(s->db->count, 0);
	stage_free(s);
}

static void a_stale_version_shows_the_current_record(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s);

	(void)state;
	fake_peer_says(s->peers, p, ISSUE(1));
	assert_true(fake_db_last(s->db)->repeatable);
	fake_db_refuse(s->db, E_STALE, "Somebody else.", "{\"version\": 3}");
	assert_string_equal(fake_db_last(s->db)->name, "finding_get@abcdef012345");
	assert_string_equal(fake_db_last(s->db)->params[2], SOME_ID);
	fake_db_answer(s->db, "{\"id\":\"x\",\"version\":3}");
	assert_true(heard(p, "\"code\":-32005"));
	assert_true(heard(p, "\"data\":{\"version\": 3,\"current\":{\"id\":\"x\",\"version\":3}}"));

	fake_peer_says(s->peers, p, ISSUE(2));
	fake_db_refuse(s->db, E_STALE, "Somebody else.", "{\"version\": 4}");
	fake_db_refuse(s->db, E_NOT_FOUND, "Gone.", NULL);
	assert_true(heard(p, "\"code\":-32005"));
	assert_true(heard(p, "\"data\":{\"version\": 4}}"));

	fake_peer_says(s->peers, p, ISSUE(3));
	fake_db_refuse(s->db, E_STALE, "Somebody else.", "{\"version\": 5}");
	fake_peer_leave(s->peers, p);
	fake_db_answer(s->db, "{}");
	stage_free(s);
}

static void too_many_at_once_stop_the_reading_until_some_are_done(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s);

	(void)state;
	for (int i = 0; i < LIMIT_CALLS_PER_PEER; i++)
		fake_peer_says(s->peers, p, GET(1));
	assert_true(p->paused);
	fake_db_answer(s->db, "1");
	assert_false(p->paused);
	for (int i = 0; i < LIMIT_CALLS_PER_PEER + 1; i++)
		fake_peer_says(s->peers, p, GET(1));
	assert_int_equal(s->db->count, 2 * LIMIT_CALLS_PER_PEER);
	fake_peer_says(s->peers, p, GET(99));
	assert_true(heard(p, "-32007"));
	assert_true(heard(p, "retry_after_ms"));
	assert_int_equal(s->db->count, 2 * LIMIT_CALLS_PER_PEER);
	while (s->db->count)
		fake_db_answer(s->db, "1");
	assert_false(p->paused);
	stage_free(s);
}

static void a_flood_is_slowed_then_refused_and_forgiven(void **state)
{
	struct stage *s = stage_with(&(struct rpc_config){ .calls_per_second = 1, .calls_burst = 10 });
	struct peer *p = signed_in(s);

	(void)state;
	for (int i = 0; i < 11; i++) {
		assert_false(p->paused);
		fake_peer_says(s->peers, p, GET(1));
		fake_db_answer(s->db, "1");
	}
	assert_true(p->paused);
	for (int i = 0; i < LIMIT_CALLS_PER_PEER; i++) {
		fake_peer_says(s->peers, p, "nonsense");
		assert_true(heard(p, "-32700"));
	}
	fake_peer_says(s->peers, p, GET(1));
	assert_true(heard(p, "-32007"));
	assert_int_equal(s->db->count, 0);
	assert_int_equal(p->pauses, 1);
	stage_free(s);
}

static void shutdown_waits_for_calls_in_flight_and_takes_no_more(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s), *q = signed_in(s);

	(void)state;
	fake_peer_says(s->peers, p, GET(1));
	fake_peer_says(s->peers, q, GET(1));
	rpc_drain(s->rpc, NULL, NULL);
	fake_peer_says(s->peers, p, GET(2));
	assert_true(heard(p, "-32008"));
	fake_peer_leave(s->peers, q);
	fake_db_answer(s->db, "1");
	assert_true(heard(p, "\"result\":1"));
	stage_free(s);
}

static void drained(void *arg)
{
	struct stage *s = arg;

	s->drained++;
}

static void the_last_call_ends_the_drain_once(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s);

	(void)state;
	fake_peer_says(s->peers, p, GET(1));
	rpc_drain(s->rpc, drained, s);
	assert_int_equal(s->drained, 0);
	fake_peer_leave(s->peers, p);
	assert_int_equal(s->drained, 0);
	fake_db_answer(s->db, "1");
	assert_int_equal(s->drained, 1);
	stage_free(s);

	s = stage();
	rpc_drain(s->rpc, drained, s);
	assert_int_equal(s->drained, 0);
	fake_fire(0);
	assert_int_equal(s->drained, 1);
	stage_free(s);
}

/* The network goes first, then the pool answers what it still holds; each sees its end once (the statistics of stage_free). */
static void everything_may_end_with_calls_in_every_state(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s), *q;
	struct error err = { 0 };

	(void)state;
	fake_peer_says(s->peers, p, GET(1));
	fake_peer_says(s->peers, p, "[" GET(1) "," GET(2) "]");
	fake_peer_says(s->peers, p, ISSUE(3));
	fake_db_answer_nth(s->db, 0, "1");
	q = fake_peer_open(s->peers, TOKEN);
	fake_peer_says(s->peers, q, GET(1));
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"test.hold\"}");
	error_set(&err, E_NOT_NOW, NULL);
	call_refuse(s->held, &err);
	stage_free(s);
}

static void roles_are_remembered_until_they_change(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s);

	(void)state;
	rpc_roles_changed(s->rpc, "66666666-6666-7666-8666-666666666666");
	fake_peer_says(s->peers, p, GET(1));
	assert_string_equal(fake_db_last(s->db)->name, "finding_get@abcdef012345");
	fake_db_answer(s->db, "1");
	rpc_roles_changed(s->rpc, PERSON);
	fake_peer_says(s->peers, p, GET(2));
	assert_string_equal(fake_db_last(s->db)->name, "session_info");
	fake_db_answer(s->db, "{\"session\":\"" SESSION "\",\"person\":\"" PERSON "\",\"organisations\":[]}");
	assert_true(heard(p, "-32002"));
	assert_int_equal(p->close_code, 0);
	stage_free(s);
}

static void the_database_knowing_better_makes_it_ask_again(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s);

	(void)state;
	fake_peer_says(s->peers, p, GET(1));
	fake_db_refuse(s->db, E_FORBIDDEN, "No.", "{\"roles\":[\"member\"]}");
	assert_true(heard(p, "-32002"));
	fake_peer_says(s->peers, p, GET(2));
	assert_string_equal(fake_db_last(s->db)->name, "session_info");
	fake_db_answer(s->db, INFO);
	fake_db_refuse(s->db, E_UNAUTHENTICATED, "Sign in first.", NULL);
	assert_true(heard(p, "-32001"));
	assert_int_equal(p->close_code, CLOSE_SESSION_ENDED);
	stage_free(s);
}

static void an_ended_session_closes_its_connections_and_no_others(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s), *q = signed_in(s), *other = fake_peer_open(s->peers, TOKEN);

	(void)state;
	fake_db_answer(s->db, "{\"session\":\"" SOME_ID "\",\"person\":\"" PERSON "\",\"organisations\":[]}");
	rpc_session_ended(s->rpc, SESSION, "revoked");
	assert_true(heard(p, "{\"jsonrpc\":\"2.0\",\"method\":\"session.ended\",\"params\":{\"reason\":\"revoked\"}}"));
	assert_int_equal(p->close_code, CLOSE_SESSION_ENDED);
	assert_int_equal(q->close_code, CLOSE_SESSION_ENDED);
	assert_int_equal(other->close_code, 0);
	fake_peer_says(s->peers, p, GET(1));
	assert_true(heard(p, "-32001"));
	stage_free(s);
}

/* What session_info says of one that is idle in so many minutes, and over after so many. */
static void answer_ends(struct stage *s, int idle, int over)
{
	char text[512], at[2][32];
	int minutes[] = { idle, over };

	for (int i = 0; i < 2; i++) {
		time_t t = (time_t)(clock_wall_ms() / 1000) + minutes[i] * 60;
		struct tm tm;

		strftime(at[i], sizeof at[i], "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&t, &tm));
	}
	snprintf(text, sizeof text, "{\"session\":\"" SESSION "\",\"person\":\"" PERSON "\",\"idle_until\":\"%s\",\"expires_at\":\"%s\",\"organisations\":[]}",
		at[0], at[1]);
	assert_string_equal(fake_db_last(s->db)->name, "session_info");
	fake_db_answer(s->db, text);
}

static void after_minutes(int64_t minutes)
{
	clock_forward(minutes * 60 * 1000);
	fake_fire(SESSION_SWEEP_MS);
}

static void an_end_that_is_near_is_told_twice(void **state)
{
	struct stage *s = stage();
	struct peer *p;

	(void)state;
	clock_hold();
	p = fake_peer_open(s->peers, TOKEN);
	answer_ends(s, 11, 60);
	assert_int_equal(p->count, 0);
	after_minutes(1);			/* ten before its end, as far as is known: it may have been used elsewhere */
	assert_int_equal(p->count, 0);
	answer_ends(s, 10, 59);
	assert_int_equal(p->count, 1);
	assert_true(heard(p, "\"method\":\"session.ending\",\"params\":{\"reason\":\"idle\",\"at\":\"2"));
	clock_forward(2 * SESSION_SWEEP_MS);
	fake_fire(SESSION_SWEEP_MS);
	assert_int_equal(s->db->count, 0);
	after_minutes(4);
	assert_int_equal(s->db->count, 0);
	after_minutes(4);
	answer_ends(s, 1, 49);
	assert_int_equal(p->count, 2);
	after_minutes(1);
	answer_ends(s, 120, 48);		/* used: the other end is the next */
	assert_int_equal(p->count, 2);
	after_minutes(38);
	answer_ends(s, 120, 10);
	assert_int_equal(p->count, 3);
	assert_true(heard(p, "\"method\":\"session.ending\",\"params\":{\"reason\":\"over\""));
	after_minutes(9);
	answer_ends(s, 111, 1);
	assert_int_equal(p->count, 4);
	after_minutes(2);
	fake_db_refuse(s->db, E_UNAUTHENTICATED, "Sign in first.", NULL);
	assert_true(heard(p, "\"method\":\"session.ended\",\"params\":{\"reason\":\"over\"}"));
	assert_int_equal(p->close_code, CLOSE_SESSION_ENDED);
	stage_free(s);
}

static void an_idle_session_is_looked_at_when_its_end_has_come(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, TOKEN);

	(void)state;
	fake_db_answer(s->db, "{\"session\":\"" SESSION "\",\"person\":\"" PERSON "\",\"idle_until\":\"2020-01-01T00:00:00Z\",\"organisations\":[]}");
	/* Our clock may be wrong about it: five seconds of belief, then the database is asked. */
	fake_fire(5000);
	assert_int_equal(s->db->count, 0);
	fake_peer_leave(s->peers, p);
	stage_free(s);
}

static void signing_in_later_says_who_calls_once(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, NULL);
	unsigned char token[TOKEN_SIZE] = { 9 };

	(void)state;
	assert_true(rpc_signed_in(s->rpc, p->id, token));
	fake_peer_says(s->peers, p, GET(1));
	fake_db_answer(s->db, INFO);
	assert_true(p->signed_in);
	assert_int_equal(fake_db_last(s->db)->params[0][0], 9);
	assert_true(rpc_signed_in(s->rpc, p->id, token));
	token[0] = 10;
	assert_false(rpc_signed_in(s->rpc, p->id, token));	/* what was begun as one does not go on as another */
	assert_int_equal(fake_db_last(s->db)->params[0][0], 9);
	fake_db_answer(s->db, "{}");
	rpc_signed_out(s->rpc, p->id);
	assert_int_equal(p->close_code, CLOSE_SESSION_ENDED);
	fake_peer_leave(s->peers, p);
	assert_false(rpc_signed_in(s->rpc, p->id, token));
	stage_free(s);
}

static void a_method_in_c_may_answer_later_or_never_be_heard(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s);

	(void)state;
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"test.hold\"}");
	assert_string_equal(call_person(s->held), PERSON);
	assert_string_equal(call_session(s->held), SESSION);
	assert_int_equal(call_peer(s->held), p->id);
	assert_null(call_organisation(s->held));
	assert_true(call_is_member(s->held, ORGANISATION));
	assert_false(call_is_member(s->held, SOME_ID));
	call_answer_json(s->held, json_pack("{s:b}", "ok", 1));
	assert_string_equal(fake_peer_heard(p), "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"ok\":true}}");
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"test.hold\"}");
	fake_peer_leave(s->peers, p);
	assert_string_equal(call_person(s->held), PERSON);
	call_answer(s->held, "1", 1);
	stage_free(s);
}

#define CAN(inner) "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"can\",\"params\":{\"organisation\":\"" ORGANISATION "\"," inner "}}"

static void can_goes_through_the_same_gate(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s);

	(void)state;
	fake_peer_says(s->peers, p, CAN("\"method\":\"no.method\""));
	assert_true(heard(p, "-32602"));
	fake_peer_says(s->peers, p, CAN("\"method\":\"finding.issue\",\"params\":{\"id\":\"x\",\"version\":1}"));
	assert_true(heard(p, "\"result\":{\"allowed\":false,\"code\":-32602"));
	assert_true(heard(p, "must be a UUID"));
	fake_peer_says(s->peers, p, CAN("\"method\":\"organisation.close\""));
	assert_true(heard(p, "\"result\":{\"allowed\":false,\"code\":-32002"));
	fake_peer_says(s->peers, p, CAN("\"method\":\"test.hold\""));
	assert_true(heard(p, "\"result\":{\"allowed\":true}"));
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"can\",\"params\":{\"method\":\"finding.get\",\"params\":{\"id\":\"" SOME_ID "\"}}}");
	assert_true(heard(p, "organisation is required"));
	fake_peer_says(s->peers, p, CAN("\"method\":\"finding.issue\",\"params\":{\"organisation\":\"" ORGANISATION "\",\"id\":\"" SOME_ID "\",\"version\":1}"));
	assert_string_equal(fake_db_last(s->db)->name, "can");
	assert_string_equal(fake_db_last(s->db)->params[1], ORGANISATION);
	assert_string_equal(fake_db_last(s->db)->params[2], "finding.issue");
	assert_string_equal(fake_db_last(s->db)->params[3], "{\"id\":\"" SOME_ID "\",\"version\":1}");
	fake_db_answer(s->db, "{\"allowed\":true}");
	stage_free(s);
}

#define CATALOGUE_2 "{\"release\":\"2\",\"schemas\":{},\"methods\":[]}"

static void calls_go_on_until_a_new_catalogue_is_whole(void **state)
{
	struct stage *s = stage();
	struct peer *p = signed_in(s);

	(void)state;
	fake_peer_says(s->peers, p, ISSUE(1));
	rpc_reload(s->rpc);
	assert_string_equal(fake_db_last(s->db)->name, "catalogue");
	assert_string_equal(fake_db_last(s->db)->params[0], "abcdef0123456789");
	assert_true(rpc_ready(s->rpc));
	fake_peer_says(s->peers, p, GET(2));
	fake_db_answer_nth(s->db, 1, CATALOGUE_2);
	assert_int_equal(s->ready_calls, 2);
	assert_string_equal(rpc_release(s->rpc), "2");
	fake_peer_says(s->peers, p, GET(3));
	assert_true(heard(p, "-32601"));
	fake_db_refuse(s->db, E_STALE, "Somebody else.", "{\"version\":2}");
	fake_db_answer(s->db, "{\"id\":2}");
	assert_true(heard(p, "\"id\":2,\"result\":{\"id\":2}"));
	fake_db_answer(s->db, "{}");		/* what <noun>.get of the table that is no more shows */
	assert_true(heard(p, "-32005"));
	assert_int_equal(s->db->count, 0);
	stage_free(s);
}

static void what_is_heard_while_the_catalogue_is_read_is_not_lost(void **state)
{
	struct stage *s = stage();

	(void)state;
	rpc_reload(s->rpc);
	rpc_reload(s->rpc);
	rpc_reload(s->rpc);
	assert_int_equal(s->db->count, 1);
	fake_db_answer(s->db, NULL);		/* of the same release */
	assert_int_equal(s->ready_calls, 1);
	assert_int_equal(s->db->count, 1);
	fake_db_answer(s->db, CATALOGUE_2);
	assert_string_equal(rpc_release(s->rpc), "2");
	assert_int_equal(s->db->count, 0);
	stage_free(s);
}

/* Of what fails for a reason of its own; the last of them may have had another. */
static void many_failures_make_it_read_once_in_a_while(void **state)
{
	struct stage *s = stage();

	(void)state;
	for (int i = 0; i < 100; i++)
		rpc_reload_soon(s->rpc);
	assert_int_equal(s->db->count, 0);	/* read a moment ago */
	fake_fire(500);
	assert_int_equal(s->db->count, 1);
	for (int i = 0; i < 100; i++)
		rpc_reload_soon(s->rpc);
	fake_db_answer(s->db, NULL);
	assert_int_equal(s->db->count, 0);
	fake_fire(499);
	assert_int_equal(s->db->count, 0);
	fake_fire(500);
	assert_int_equal(s->db->count, 1);
	fake_db_answer(s->db, CATALOGUE_2);
	fake_fire(500);
	assert_int_equal(s->db->count, 0);
	stage_free(s);
}

static void a_catalogue_that_cannot_be_had_leaves_the_one_there_is(void **state)
{
	struct stage *s = stage();

	(void)state;
	rpc_reload(s->rpc);
	fake_db_refuse(s->db, E_NOT_NOW, "Away.", NULL);
	assert_int_equal(s->ready_calls, 1);
	assert_true(rpc_ready(s->rpc));
	fake_fire(500);
	fake_db_answer(s->db, "{\"methods\":[{\"name\":\"a.b\"}]}");
	assert_int_equal(s->ready_calls, 2);
	assert_int_equal(s->ready_code, E_INTERNAL);
	assert_string_equal(rpc_release(s->rpc), "abcdef0123456789");
	stage_free(s);
}

#define DISCOVER(params) "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rpc.discover\",\"params\":{" params "}}"

static void the_description_is_had_whole_or_by_the_noun(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, NULL);

	(void)state;
	assert_int_equal(s->peers->allowed, rpc_description(s->rpc)->length);
	fake_peer_says(s->peers, p, DISCOVER(""));
	assert_true(heard(p, "\"finding.issue\"") && heard(p, "\"organisation.close\""));
	fake_peer_says(s->peers, p, DISCOVER("\"noun\":\"finding\""));
	assert_true(heard(p, "\"finding.issue\"") && !heard(p, "\"organisation.close\""));
	fake_peer_says(s->peers, p, DISCOVER("\"noun\":\"findings\""));
	assert_true(heard(p, "-32602") && heard(p, "must be the noun of a method"));
	stage_free(s);
}

/* A method whose doc is as long as all that may be said. */
static void tell_too_much(struct stage *s)
{
	size_t room = LIMIT_DESCRIPTION + sizeof catalogue;
	char *text = malloc(room), *doc = strdup(catalogue), *at = strstr(doc, "Close.");

	*at = '\0';
	snprintf(text, room, "%s%0*d%s", doc, LIMIT_DESCRIPTION, 1, at + strlen("Close."));
	rpc_reload(s->rpc);
	memcpy(strstr(text, "abcdef"), "ABCDEF", 6);
	fake_db_answer(s->db, text);
	free(text);
	free(doc);
}

static void a_description_that_is_too_long_says_so(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, NULL);

	(void)state;
	log_set_level(LEVEL_ERROR + 1);
	tell_too_much(s);
	log_set_level(LEVEL_ERROR);
	assert_int_equal(s->ready_code, OK);
	assert_null(rpc_description(s->rpc)->text);
	assert_int_equal(s->peers->allowed, 0);
	fake_peer_says(s->peers, p, DISCOVER(""));
	assert_true(heard(p, "-32602") && heard(p, "no more than 4194304 are given at once: ask rpc.discover for one noun"));
	assert_true(heard(p, "{\"name\":\"noun\",\"problem\":\"is required\"}"));
	fake_peer_says(s->peers, p, DISCOVER("\"noun\":\"finding\""));
	assert_true(heard(p, "\"finding.issue\""));
	stage_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_goes_to_the_database_and_its_text_comes_back_untouched),
		cmocka_unit_test(calls_are_pipelined_and_answered_in_any_order),
		cmocka_unit_test(who_has_not_signed_in_is_told_so_before_anything_else),
		cmocka_unit_test(parameters_are_judged_before_roles),
		cmocka_unit_test(calls_wait_until_the_session_is_known),
		cmocka_unit_test(a_session_that_is_no_more_refuses_what_waits_and_closes),
		cmocka_unit_test(a_database_that_is_away_is_not_now_and_asked_again),
		cmocka_unit_test(a_full_pool_on_opening_is_not_now),
		cmocka_unit_test(the_client_may_leave_before_the_reply),
		cmocka_unit_test(the_client_may_leave_while_its_session_is_asked_for),
		cmocka_unit_test(a_batch_is_answered_in_sequence_and_notifications_are_not),
		cmocka_unit_test(the_rest_of_a_batch_is_not_begun_when_the_client_has_left),
		cmocka_unit_test(a_stale_version_shows_the_current_record),
		cmocka_unit_test(too_many_at_once_stop_the_reading_until_some_are_done),
		cmocka_unit_test(a_flood_is_slowed_then_refused_and_forgiven),
		cmocka_unit_test(shutdown_waits_for_calls_in_flight_and_takes_no_more),
		cmocka_unit_test(the_last_call_ends_the_drain_once),
		cmocka_unit_test(everything_may_end_with_calls_in_every_state),
		cmocka_unit_test(roles_are_remembered_until_they_change),
		cmocka_unit_test(the_database_knowing_better_makes_it_ask_again),
		cmocka_unit_test(an_ended_session_closes_its_connections_and_no_others),
		cmocka_unit_test(an_end_that_is_near_is_told_twice),
		cmocka_unit_test(an_idle_session_is_looked_at_when_its_end_has_come),
		cmocka_unit_test(signing_in_later_says_who_calls_once),
		cmocka_unit_test(a_method_in_c_may_answer_later_or_never_be_heard),
		cmocka_unit_test(can_goes_through_the_same_gate),
		cmocka_unit_test(calls_go_on_until_a_new_catalogue_is_whole),
		cmocka_unit_test(what_is_heard_while_the_catalogue_is_read_is_not_lost),
		cmocka_unit_test(many_failures_make_it_read_once_in_a_while),
		cmocka_unit_test(a_catalogue_that_cannot_be_had_leaves_the_one_there_is),
		cmocka_unit_test(the_description_is_had_whole_or_by_the_noun),
		cmocka_unit_test(a_description_that_is_too_long_says_so),
	};

	log_set_level(LEVEL_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
