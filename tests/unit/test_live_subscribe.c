/* test_live_subscribe.c - events.subscribe: what was missed and what comes make one stream, without a hole and without a repeat, however
 * the page from the database and the stream of this process lie to each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/limits.h"
#include "base/uuid.h"
#include "live/live.h"

#include "tests/unit/fake_db.h"
#include "tests/unit/fake_listener.h"
#include "tests/unit/fake_loop.h"
#include "tests/unit/fake_peer.h"
#include "tests/unit/fake_rpc.h"

#define HERE "00000000-0000-4000-8000-0000000000f1"
#define ELSEWHERE "00000000-0000-4000-8000-0000000000f2"
#define ORG "00000000-0000-4000-8000-000000000001"
#define ANN "00000000-0000-4000-8000-00000000000a"
#define TOKEN "00000000-0000-4000-8000-0000000000a%d"

enum { EVENTS_MAX = 200, TOKENS = 4, RECORD = 0, GAINED = 1, LOST = 2 };

/* The ledger, as it will be: positions 1 to EVENTS_MAX, of which `committed` are there. */
static struct { int kind, token; } world[EVENTS_MAX + 1];
static bool holds_after[EVENTS_MAX + 1][TOKENS];
static int committed;

static struct rpc rpc;
static struct db *db;
static struct peers *peers;
static struct peer *peer;
static struct live *live;
static struct call call;

static unsigned int seed;
static int below(int n)
{
	seed = seed * 1103515245u + 12345u;
	return (int)((seed >> 16) % (unsigned int)n);
}

/* --- the ledger */

static void make_world(void)
{
	memset(holds_after, 0, sizeof holds_after);
	for (int p = 1; p <= EVENTS_MAX; p++) {
		int token = below(TOKENS);
		bool held = holds_after[p - 1][token];

		memcpy(holds_after[p], holds_after[p - 1], sizeof holds_after[p]);
		world[p].token = token;
		world[p].kind = below(4) ? RECORD : held ? LOST : GAINED;
		if (world[p].kind != RECORD)
			holds_after[p][token] = !held;
	}
	committed = 0;
}

static bool seen_at(int p)
{
	return world[p].kind != RECORD || holds_after[p - 1][world[p].token];
}

/* What ledger.open answers at a moment when the ledger ends at `end`. */
static char *page(json_int_t after, int end, int most)
{
	json_t *events = json_array(), *tokens = json_pack("[{s:s, s:n}]", "token", ANN, "lapses_ms"), *whole;
	bool more = false;
	int last = end;
	char id[48], *text;

	for (int p = (int)after + 1; after >= 0 && p <= end && !more; p++) {
		if (!seen_at(p) || (world[p].kind == RECORD && !holds_after[end][world[p].token]))
			continue;
		if ((more = json_array_size(events) == (size_t)most))
			break;
		json_array_append_new(events, json_pack("{s:i}", "position", p));
		last = p;
	}
	for (int t = 0; t < TOKENS; t++)
		if (holds_after[end][t]) {
			snprintf(id, sizeof id, TOKEN, t);
			json_array_append_new(tokens, json_pack("{s:s, s:n}", "token", id, "lapses_ms"));
		}
	whole = json_pack("{s:s, s:i, s:b, s:b, s:o, s:o}", "incarnation", HERE, "position", more ? last : end, "resync", 0, "more", more,
		"tokens", tokens, "events", events);
	text = json_dumps(whole, 0);
	json_decref(whole);
	return text;
}

static void answer_page(int end, int most)
{
	const struct fake_request *f = fake_db_last(db);
	char *text = page(f->params[2] ? atoll(f->params[2]) : -1, end, most);

	fake_db_answer(db, text);
	free(text);
}

/* Answers ledger.tail with all that is committed, up to `end`. */
static void answer_tail(int end)
{
	struct fake_query *q = &fake_listener->queries[fake_query_named(fake_listener, "ledger_tail")];
	int from = atoi(q->params[0]) + 1, rows = end >= from ? end - from + 1 : 0;
	const char **cells = calloc((size_t)rows * 12 + 1, sizeof *cells);
	char (*text)[3][48] = calloc((size_t)rows + 1, sizeof *text);

	for (int i = 0; i < rows; i++) {
		int p = from + i, kind = world[p].kind;
		const char *row[12] = { text[i][0], "2000-01-01T00:00:00+00:00", ORG, NULL, kind == GAINED ? "token.gained" : kind == LOST ? "token.lost" : "x.changed",
			ANN, NULL, text[i][1], kind ? ANN : NULL, kind ? text[i][2] : NULL, NULL };

		snprintf(text[i][0], sizeof text[i][0], "%d", p);
		snprintf(text[i][1], sizeof text[i][1], kind ? "{" ANN "}" : "{" TOKEN "}", world[p].token);
		snprintf(text[i][2], sizeof text[i][2], TOKEN, world[p].token);
		memcpy(&cells[i * 12], row, sizeof row);
	}
	fake_query_answer(fake_listener, "ledger_tail", rows, 12, cells);
	free(cells);
	free(text);
}

/* --- the server */

static void answer_head(const char *incarnation, int position)
{
	char text[24];

	snprintf(text, sizeof text, "%d", position);
	fake_query_answer(fake_listener, "ledger_head", 1, 3, (const char *const[]){ incarnation, text, "0" });
}

static void opened(void *arg, struct peer *p)
{
	(void)arg, (void)p;
}

static void closed(void *arg, struct peer *p)
{
	(void)arg;
	rpc.closed(rpc.closed_arg, peer_id(p));
}

static int set_up(void **state)
{
	struct error err = { 0 };

	(void)state;
	memset(&rpc, 0, sizeof rpc);
	db = fake_db_new();
	peers = fake_peers_new((struct peer_handler){ .opened = opened, .closed = closed });
	peer = fake_peer_open(peers, NULL);
	live = live_new(&(struct live_config){ .rpc = &rpc, .db = db, .loop = &fake_loop, .conninfo = "", .user = "" }, &err);
	assert_non_null(live);
	live_attach(live, peers);
	assert_int_equal(live_start(live, &err), OK);
	seed = 1;
	make_world();
	call = (struct call){ .peer = peer->id, .person = ANN, .organisation = ORG };
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	live_stop(live);
	fake_peers_free(peers);
	db_free(db);
	live_free(live);
	fake_call_clear(&call);
	assert_null(fake_timers);
	return 0;
}

/* Up, another process leads, and the ledger ends at `position`. */
static void up_at(int position)
{
	committed = position;
	fake_listener_state(fake_listener, true);
	fake_query_answer_text(fake_listener, "ledger_lead", "f");
	answer_head(HERE, position);
	answer_tail(position);
}

/* The stream of this process goes on to `position`. */
static void follow_to(int position)
{
	fake_listener->config.notify(fake_listener->config.arg, "ninetwo_ledger", "");
	answer_tail(position);
	while (fake_query_named(fake_listener, "ledger_tail") >= 0)
		answer_tail(position);
}

static void subscribe(json_int_t after)
{
	fake_call(&rpc, "events.subscribe", &call, after < 0 ? NULL : json_pack("{s:I, s:s}", "after", after, "incarnation", HERE));
}

static json_int_t sent_position(const struct peer *p, int n)
{
	json_t *m = json_loads(p->sent[n], 0, NULL);
	json_int_t position = json_integer_value(json_object_get(json_object_get(m, "params"), "position"));

	assert_string_equal(json_string_value(json_object_get(m, "method")), "event");
	json_decref(m);
	return position;
}

/* What came is what is seen after `after`; up to `joined` what is still held there. */
static void came_once_in_order(json_int_t after, int joined, int end)
{
	int n = 0;

	for (int p = (int)after + 1; p <= end; p++) {
		if (!seen_at(p) || (p <= joined && world[p].kind == RECORD && !holds_after[joined][world[p].token]))
			continue;
		assert_true(n < peer->count);
		assert_int_equal(sent_position(peer, n++), p);
	}
	assert_int_equal(peer->count, n);
}

/* --- the tests */

static void waits_until_the_ledger_is_followed(void **state)
{
	(void)state;
	subscribe(-1);
	assert_int_equal(call.code, E_NOT_NOW);
}

static void begins_now_without_a_position(void **state)
{
	(void)state;
	up_at(50);
	subscribe(-1);
	answer_page(50, 500);
	assert_int_equal(call.answered, 1);
	assert_int_equal(json_integer_value(json_object_get(call.answer, "position")), 50);
	assert_string_equal(json_string_value(json_object_get(call.answer, "incarnation")), HERE);
	assert_int_equal(peer->count, 0);
	follow_to(120);
	came_once_in_order(50, 50, 120);
}

static void brings_what_was_missed_before_it_answers(void **state)
{
	(void)state;
	up_at(50);
	subscribe(20);
	assert_string_equal(db->pending[0].params[3], HERE);
	answer_page(50, 500);
	came_once_in_order(20, 50, 50);
	assert_int_equal(call.answered, 1);
}

static void takes_a_whole_number_with_a_point(void **state)
{
	(void)state;
	up_at(50);
	fake_call(&rpc, "events.subscribe", &call, json_pack("{s:f, s:s}", "after", 20.0, "incarnation", HERE));
	assert_string_equal(db->pending[0].params[2], "20");
	answer_page(50, 500);
	came_once_in_order(20, 50, 50);
}

static void joins_when_the_database_is_ahead_of_the_stream(void **state)
{
	(void)state;
	up_at(50);
	subscribe(20);
	answer_page(90, 500);
	follow_to(120);
	came_once_in_order(20, 90, 120);
}

static void joins_when_the_stream_is_ahead_of_the_database(void **state)
{
	(void)state;
	up_at(50);
	subscribe(20);
	follow_to(120);
	answer_page(60, 500);
	came_once_in_order(20, 60, 120);
}

static void reads_page_after_page(void **state)
{
	(void)state;
	up_at(10);
	follow_to(100);
	subscribe(0);
	for (int page_number = 0; !call.answered; page_number++) {
		assert_true(page_number < 100);
		answer_page(100, 7);
		fake_fire(20);
	}
	follow_to(150);
	came_once_in_order(0, 100, 150);
}

/* A page that has not left yet is not followed by another; the first waits for what else is on its way. */
static void waits_for_its_reader(void **state)
{
	(void)state;
	up_at(10);
	follow_to(100);
	peer->waiting = 101;
	subscribe(0);
	fake_fire(20);
	assert_int_equal(db->submitted, 0);
	peer->waiting = 100;
	fake_fire(20);
	for (int page_number = 1; !call.answered; page_number++) {
		assert_true(page_number < 100);
		assert_int_equal(db->submitted, page_number);
		answer_page(100, 7);
		peer->waiting = 500;
		for (int i = 0; i < 100 && !call.answered; i++) {
			peer->waiting = 500 - (unsigned int)i * 4;
			fake_fire(20);
			assert_int_equal(db->submitted, page_number);
		}
		peer->waiting = 0;
		fake_fire(20);
	}
	assert_int_equal(peer->close_code, 0);
	came_once_in_order(0, 100, 100);
}

static void closes_a_reader_who_takes_nothing(void **state)
{
	int ticks = 0;

	(void)state;
	up_at(10);
	follow_to(100);
	subscribe(0);
	answer_page(100, 7);
	for (peer->waiting = 300; ticks < 10000 && !peer->close_code; ticks++)
		fake_fire(20);
	assert_int_equal(peer->close_code, 1013);
	assert_in_range(ticks * 20, LIMIT_SILENCE_MS, LIMIT_SILENCE_MS + 100);
	assert_int_equal(db->submitted, 1);
	fake_peer_leave(peers, peer);
	fake_fire(20);
	answer_page(100, 7);
	assert_int_equal(call.answered, 1);
}

/* However many organisations one reader follows. */
static void reads_one_page_at_a_time_for_one_reader(void **state)
{
	struct call second = { .peer = peer->id, .person = ANN, .organisation = ELSEWHERE };

	(void)state;
	up_at(10);
	follow_to(100);
	subscribe(0);
	fake_call(&rpc, "events.subscribe", &second, json_pack("{s:i, s:s}", "after", 0, "incarnation", HERE));
	for (int i = 0; i < 10; i++)
		fake_fire(20);
	assert_int_equal(db->submitted, 1);
	answer_page(100, 500);
	assert_int_equal(call.answered, 1);
	fake_fire(20);
	assert_int_equal(db->submitted, 2);
	answer_page(100, 500);
	assert_int_equal(second.answered, 1);
	fake_call_clear(&second);
}

/* Wherever the page ends: behind the stream, before it, or at a position that was asked for and is behind both. */
static void every_way_to_lie_to_each_other(void **state)
{
	for (unsigned int round = 1; round <= 400; round++) {
		int start, asked, end, joined;

		if (round > 1) {
			fake_call_clear(&call);
			tear_down(state);
			set_up(state);
		}
		seed = round;
		make_world();
		start = 1 + below(60);
		up_at(start);
		asked = below(start + 1);
		subscribe(asked);
		end = start + below(60);
		follow_to(end);
		joined = asked > start ? asked : start + below(EVENTS_MAX - start);
		answer_page(joined, 500);
		assert_int_equal(call.answered, 1);
		follow_to(end > joined ? end : joined);
		follow_to(EVENTS_MAX);
		came_once_in_order(asked, joined, EVENTS_MAX);
	}
}

static void asks_again_when_the_ring_has_moved_on(void **state)
{
	(void)state;
	up_at(100);	/* the ring begins behind 100 */
	subscribe(20);
	answer_page(98, 500);
	assert_int_equal(call.answered, 0);
	fake_fire(20);
	answer_page(99, 500);	/* 100 is in no page and not in the ring */
	assert_int_equal(call.answered, 0);
	fake_fire(20);
	answer_page(100, 500);
	assert_int_equal(call.answered, 1);
	assert_int_equal(json_integer_value(json_object_get(call.answer, "position")), 100);
}

static void passes_on_that_it_must_read_anew(void **state)
{
	(void)state;
	up_at(50);
	subscribe(20);
	fake_db_answer(db, "{\"incarnation\":\"" HERE "\",\"position\":50,\"resync\":true,\"more\":false,\"events\":[],\"tokens\":[{\"token\":\"" ANN "\",\"lapses_ms\":null}]}");
	assert_true(json_is_true(json_object_get(call.answer, "resync")));
	follow_to(80);
	assert_true(peer->count > 0);
}

static void passes_on_the_database_s_refusal(void **state)
{
	(void)state;
	up_at(50);
	subscribe(20);
	fake_db_refuse(db, E_FORBIDDEN, "no", NULL);
	assert_int_equal(call.code, E_FORBIDDEN);
	follow_to(80);
	assert_int_equal(peer->count, 0);
}

static void refuses_for_a_moment_after_a_restore(void **state)
{
	(void)state;
	up_at(50);
	subscribe(20);
	fake_db_answer(db, "{\"incarnation\":\"" ELSEWHERE "\",\"position\":50,\"resync\":true,\"more\":false,\"events\":[],\"tokens\":[]}");
	assert_int_equal(call.code, E_NOT_NOW);
}

static void a_restore_ends_subscriptions_with_resync(void **state)
{
	(void)state;
	up_at(50);
	subscribe(-1);
	answer_page(50, 500);
	fake_fire(1000);
	fake_query_refuse(fake_listener, "ledger_lead", E_NOT_NOW);
	answer_head(ELSEWHERE, 40);
	assert_int_equal(peer->count, 1);
	assert_string_equal(peer->sent[0], "{\"jsonrpc\":\"2.0\",\"method\":\"resync\",\"params\":{\"organisation\":\"" ORG "\"}}");
	answer_tail(40);
	follow_to(60);
	assert_int_equal(peer->count, 1);
}

static void a_peer_that_left_meanwhile_is_answered_and_forgotten(void **state)
{
	(void)state;
	up_at(50);
	subscribe(20);
	fake_peer_leave(peers, peer);
	answer_page(50, 500);
	assert_int_equal(call.answered, 1);
	follow_to(80);
	assert_int_equal(peer->count, 0);
}

static void unsubscribed_means_silence(void **state)
{
	struct call second = call;

	(void)state;
	up_at(50);
	subscribe(-1);
	answer_page(50, 500);
	fake_call(&rpc, "events.unsubscribe", &second, NULL);
	assert_true(json_is_true(json_object_get(second.answer, "subscribed")));
	fake_call_clear(&second);
	follow_to(80);
	assert_int_equal(peer->count, 0);
}

static void unsubscribed_while_still_reading_means_silence_too(void **state)
{
	struct call second = call;

	(void)state;
	up_at(50);
	subscribe(20);
	fake_call(&rpc, "events.unsubscribe", &second, NULL);
	fake_call_clear(&second);
	answer_page(50, 500);
	assert_int_equal(call.answered, 1);
	follow_to(80);
	assert_int_equal(peer->count, 0);
}

static void the_last_to_subscribe_is_the_one(void **state)
{
	struct call first = call;

	(void)state;
	up_at(50);
	fake_call(&rpc, "events.subscribe", &first, NULL);
	subscribe(-1);
	answer_page(50, 500);
	answer_page(50, 500);
	assert_int_equal(first.answered, 1);
	assert_int_equal(call.answered, 1);
	fake_call_clear(&first);
	follow_to(120);
	came_once_in_order(50, 50, 120);
}

/* One connection follows so many organisations, those that it still joins among them; none twice. */
static struct call *subscribe_to(struct call *c, int organisation, const char *method)
{
	*c = (struct call){ .peer = peer->id, .person = ANN };
	snprintf(c->organisation, sizeof c->organisation, "00000000-0000-4000-8000-0000000001%02x", organisation);
	fake_call(&rpc, method, c, NULL);
	return c;
}

static void follows_so_many_organisations_and_no_more(void **state)
{
	struct call many[LIMIT_SUBSCRIPTIONS_PER_PEER], again, more, gone;
	const int another = LIMIT_SUBSCRIPTIONS_PER_PEER;

	(void)state;
	up_at(50);
	for (int i = 0; i < LIMIT_SUBSCRIPTIONS_PER_PEER; i++)
		assert_int_equal(subscribe_to(&many[i], i, "events.subscribe")->answered, 0);
	assert_int_equal(subscribe_to(&more, another, "events.subscribe")->code, E_BUSINESS);
	fake_call_clear(&more);
	for (int i = 0; i < LIMIT_SUBSCRIPTIONS_PER_PEER / 2; i++)
		answer_page(50, 500);
	assert_int_equal(subscribe_to(&more, another, "events.subscribe")->code, E_BUSINESS);
	fake_call_clear(&more);
	/* One that it follows, and one that it joins, may be begun again. */
	assert_int_equal(subscribe_to(&again, 0, "events.subscribe")->answered, 0);
	while (db->count)
		answer_page(50, 500);
	assert_int_equal(subscribe_to(&more, another, "events.subscribe")->code, E_BUSINESS);
	fake_call_clear(&more);
	subscribe_to(&gone, 1, "events.unsubscribe");
	assert_true(json_is_true(json_object_get(gone.answer, "subscribed")));
	subscribe_to(&more, another, "events.subscribe");
	answer_page(50, 500);
	assert_non_null(more.answer);
	for (int i = 0; i < LIMIT_SUBSCRIPTIONS_PER_PEER; i++)
		fake_call_clear(&many[i]);
	fake_call_clear(&again);
	fake_call_clear(&gone);
	fake_call_clear(&more);
}

static void shutdown_answers_who_is_still_reading(void **state)
{
	(void)state;
	up_at(50);
	subscribe(0);
	answer_page(50, 1);
	assert_int_equal(call.answered, 0);
	live_stop(live);
	assert_int_equal(call.code, E_NOT_NOW);
}

static void shutdown_with_a_page_under_way(void **state)
{
	(void)state;
	up_at(50);
	subscribe(0);
	live_stop(live);
	assert_int_equal(call.answered, 0);
	fake_db_refuse(db, E_NOT_NOW, "shutting down", NULL);
	assert_int_equal(call.answered, 1);
}

static void calls_learn_of_rights_and_sessions(void **state)
{
	int right = 1;

	(void)state;
	while (world[right].kind == RECORD)
		right++;
	up_at(right - 1);
	follow_to(right);
	assert_string_equal(rpc.roles_changed, ANN);
	fake_listener->config.notify(fake_listener->config.arg, "ninetwo_ledger", "");
	{
		char position[24];

		snprintf(position, sizeof position, "%d", right + 1);
		fake_query_answer(fake_listener, "ledger_tail", 1, 12, (const char *const[]){ position, "2000-01-01T00:00:00+00:00", NULL, NULL, "session.ended", ANN,
			NULL, "{}", NULL, NULL, NULL, "revoked" });
	}
	assert_string_equal(rpc.session_ended, ANN);
	assert_string_equal(rpc.end_reason, "revoked");
}

/* A migration is heard of while the feed is up; one while it was away could not be heard. */
static void methods_are_read_anew_when_told_and_after_each_absence(void **state)
{
	int before = rpc.reloads;

	(void)state;
	fake_listener->config.notify(fake_listener->config.arg, "ninetwo_release", "");
	assert_int_equal(rpc.reloads, before + 1);
	fake_listener_state(fake_listener, false);
	assert_int_equal(rpc.reloads, before + 1);
	fake_listener_state(fake_listener, true);
	assert_int_equal(rpc.reloads, before + 2);
	fake_listener->config.notify(fake_listener->config.arg, "ninetwo_ledger", "");
	assert_int_equal(rpc.reloads, before + 2);
}

int main(void)
{
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		test(waits_until_the_ledger_is_followed),
		test(begins_now_without_a_position),
		test(brings_what_was_missed_before_it_answers),
		test(takes_a_whole_number_with_a_point),
		test(joins_when_the_database_is_ahead_of_the_stream),
		test(joins_when_the_stream_is_ahead_of_the_database),
		test(reads_page_after_page),
		test(waits_for_its_reader),
		test(closes_a_reader_who_takes_nothing),
		test(reads_one_page_at_a_time_for_one_reader),
		test(every_way_to_lie_to_each_other),
		test(asks_again_when_the_ring_has_moved_on),
		test(passes_on_that_it_must_read_anew),
		test(passes_on_the_database_s_refusal),
		test(refuses_for_a_moment_after_a_restore),
		test(a_restore_ends_subscriptions_with_resync),
		test(a_peer_that_left_meanwhile_is_answered_and_forgotten),
		test(unsubscribed_means_silence),
		test(unsubscribed_while_still_reading_means_silence_too),
		test(the_last_to_subscribe_is_the_one),
		test(follows_so_many_organisations_and_no_more),
		test(shutdown_answers_who_is_still_reading),
		test(shutdown_with_a_page_under_way),
		test(calls_learn_of_rights_and_sessions),
		test(methods_are_read_anew_when_told_and_after_each_absence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
