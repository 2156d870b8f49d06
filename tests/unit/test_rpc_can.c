/* test_rpc_can.c - can.c (what would be refused is told, and nothing is done) and caller.c (whom the database says it is: roles, scope, the
 * end of the session). The network and the database are fakes; the gate between them is real. */
#include "base/log.h"
#include "rpc/caller.h"
#include "rpc/rpc.h"

#include "fake_db.h"
#include "fake_loop.h"
#include "fake_peer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define ORG "11111111-1111-7111-8111-11111111abcd"
#define OTHER_ORG "22222222-2222-7222-8222-222222222222"
#define ID "33333333-3333-7333-8333-333333333333"
#define TOKEN "n2s_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
#define WHO "\"session\":\"44444444-4444-7444-8444-444444444444\",\"person\":\"55555555-5555-7555-8555-555555555555\""
#define INFO "{" WHO ",\"scope\":null,\"idle_until\":\"2099-01-01T00:00:00Z\",\"expires_at\":\"2099-01-01T00:00:00Z\"," \
	"\"organisations\":[{\"id\":\"" ORG "\",\"name\":\"A\",\"roles\":[\"auditor\"]}]}"

static const char catalogue[] =
	"{\"release\":\"1\",\"schemas\":{},\"methods\":["
	"{\"name\":\"finding.issue\",\"function\":\"finding_issue\",\"doc\":\"Issue it.\",\"roles\":[\"auditor\"],\"access\":\"write\",\"organisation\":true,"
	"\"params\":[{\"name\":\"id\",\"type\":\"uuid\",\"required\":true}],\"result\":{}},"
	"{\"name\":\"session.list\",\"function\":\"session_list\",\"doc\":\"Yours.\",\"roles\":[\"signed_in\"],\"access\":\"read\",\"organisation\":false,"
	"\"params\":[],\"result\":{}},"
	"{\"name\":\"party.close\",\"function\":\"party_close\",\"doc\":\"Close.\",\"roles\":[\"administrator\"],\"access\":\"write\",\"organisation\":true,"
	"\"params\":[],\"result\":{}}]}";

/* --- can ----------------------------------------------------------------------------------------------------------------- */

static struct db *db;
static struct rpc *rpc;
static struct peers *peers;
static struct peer *peer;

static void ready(void *arg, struct error *err)
{
	(void)arg;
	assert_int_equal(err->code, OK);
}

static int set_up(void **state)
{
	struct error err = { 0 };

	(void)state;
	db = fake_db_new();
	rpc = rpc_new(&(struct rpc_config){ .db = db, .loop = &fake_loop, .version = "1" }, &err);
	assert_non_null(rpc);
	peers = fake_peers_new(rpc_peer_handler(rpc));
	rpc_attach(rpc, peers);
	assert_int_equal(rpc_start(rpc, ready, NULL, &err), OK);
	fake_db_answer(db, catalogue);
	peer = fake_peer_open(peers, TOKEN);
	fake_db_answer(db, INFO);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	fake_peers_free(peers);
	rpc_attach(rpc, NULL);
	db_free(db);
	rpc_free(rpc);
	assert_null(fake_timers);
	return 0;
}

static void ask(const char *params)
{
	char text[1024];

	snprintf(text, sizeof text, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"can\",\"params\":{%s}}", params);
	fake_peer_says(peers, peer, text);
}

static bool heard(const char *part)
{
	return strstr(fake_peer_heard(peer), part) != NULL;
}

static void an_organisation_that_is_none_never_reaches_the_database(void **state)
{
	static const struct { const char *params, *problem; } rows[] = {
		{ "\"method\":\"finding.issue\",\"params\":{\"id\":\"" ID "\",\"organisation\":\"Acme\"}", "must be a UUID" },
		{ "\"method\":\"session.list\",\"params\":{\"organisation\":\"' or true\"}", "must be a UUID" },
		{ "\"method\":\"session.list\",\"params\":{\"organisation\":\"\"}", "must be a UUID" },
		{ "\"method\":\"finding.issue\",\"params\":{\"id\":\"" ID "\",\"organisation\":7}", "is required" },
		{ "\"method\":\"finding.issue\",\"params\":{\"id\":\"" ID "\"}", "is required" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ask(rows[i].params);
		if (db->count || !heard("\"result\":{\"allowed\":false,\"code\":-32602,") || !heard(rows[i].problem) || !heard("\"name\":\"organisation\""))
			fail_msg("%s: %s", rows[i].params, fake_peer_heard(peer));
	}
	ask("\"organisation\":\"Acme\",\"method\":\"session.list\"");	/* a wrong call of can itself */
	assert_true(heard("\"error\":{\"code\":-32602"));
	assert_int_equal(db->count, 0);
}

static void the_organisation_of_the_question_goes_before_that_of_the_call(void **state)
{
	(void)state;
	ask("\"organisation\":\"" ORG "\",\"method\":\"finding.issue\",\"params\":{\"id\":\"" ID "\",\"organisation\":\"" OTHER_ORG "\",\"request_id\":\"anything\"}");
	assert_string_equal(fake_db_last(db)->name, "can");
	assert_string_equal(fake_db_last(db)->params[1], ORG);
	assert_string_equal(fake_db_last(db)->params[2], "finding.issue");
	assert_string_equal(fake_db_last(db)->params[3], "{\"id\":\"" ID "\"}");
	fake_db_answer(db, "{\"allowed\":false,\"code\":-32003,\"message\":\"No.\",\"data\":{\"rule\":\"S1\"}}");
	assert_true(heard("\"result\":{\"allowed\":false,\"code\":-32003,\"message\":\"No.\",\"data\":{\"rule\":\"S1\"}}}"));
}

static void roles_are_judged_where_the_call_would_be(void **state)
{
	(void)state;
	ask("\"organisation\":\"" OTHER_ORG "\",\"method\":\"finding.issue\",\"params\":{\"id\":\"" ID "\"}");
	assert_true(heard("\"allowed\":false,\"code\":-32002") && heard("\"roles\":[\"auditor\"]"));
	ask("\"organisation\":\"" ORG "\",\"method\":\"party.close\"");
	assert_true(heard("\"allowed\":false,\"code\":-32002") && heard("\"roles\":[\"administrator\"]"));
	assert_int_equal(db->count, 0);
	ask("\"method\":\"can\",\"params\":{\"method\":\"nothing\"}");	/* one may ask whether one may ask */
	assert_true(heard("\"result\":{\"allowed\":true}"));
	ask("\"method\":\"session.list\"");
	assert_null(fake_db_last(db)->params[1]);
	assert_string_equal(fake_db_last(db)->params[3], "{}");
	fake_db_answer(db, "{\"allowed\":true}");
	assert_true(heard("\"result\":{\"allowed\":true}"));
}

static void a_database_that_cannot_say_is_an_error_and_no_answer(void **state)
{
	(void)state;
	ask("\"method\":\"session.list\"");
	fake_db_refuse(db, E_NOT_NOW, "Not now.", "{\"retry_after_ms\":1000}");
	assert_true(heard("\"error\":{\"code\":-32008"));
	assert_false(heard("allowed"));
	db->full = true;
	ask("\"method\":\"session.list\"");
	assert_true(heard("\"error\":{\"code\":-32008"));
	db->full = false;
}

static void who_is_not_signed_in_is_told_nothing(void **state)
{
	struct peer *nobody = fake_peer_open(peers, NULL);

	(void)state;
	fake_peer_says(peers, nobody, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"can\",\"params\":{\"method\":\"no.method\"}}");
	assert_non_null(strstr(fake_peer_heard(nobody), "\"error\":{\"code\":-32001"));
}

/* --- who calls ----------------------------------------------------------------------------------------------------------- */

static struct caller *of(const char *rest)
{
	char text[1024];
	int n = snprintf(text, sizeof text, "{" WHO ",%s}", rest);

	return caller_new(text, (size_t)n);
}

static void a_session_ends_at_its_moment_in_any_zone(void **state)
{
	static const struct { const char *idle, *end; int64_t ms; } rows[] = {
		{ "\"2030-01-01T00:00:00Z\"", "null", 1893456000000 },
		{ "null", "\"2030-01-01T00:00:00+00:00\"", 1893456000000 },
		{ "\"2030-01-01T05:30:00.999999+05:30\"", "null", 1893456000000 },
		{ "\"2029-12-31T16:00:00-08:00\"", "\"2031-01-01T00:00:00Z\"", 1893456000000 },
		{ "\"2031-01-01T00:00:00Z\"", "\"2029-12-31T16:00:00-08\"", 1893456000000 },
		{ "null", "null", INT64_MAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char rest[200];
		struct caller *c;

		snprintf(rest, sizeof rest, "\"scope\":null,\"idle_until\":%s,\"expires_at\":%s,\"organisations\":[]", rows[i].idle, rows[i].end);
		c = of(rest);
		assert_non_null(c);
		assert_true(c->ends_ms == rows[i].ms);
		caller_drop(c);
	}
}

static void roles_belong_to_their_organisation(void **state)
{
	struct caller *c = of("\"scope\":null,\"organisations\":[{\"id\":\"" ORG "\",\"roles\":[\"auditor\",\"observer\",\"emperor\",7]},"
		"{\"id\":\"" OTHER_ORG "\",\"roles\":[]}]");

	(void)state;
	assert_non_null(c);
	assert_int_equal(caller_roles(c, ORG), ROLE_AUDITOR | ROLE_OBSERVER | ROLE_MEMBER);
	assert_int_equal(caller_roles(c, "11111111-1111-7111-8111-11111111ABCD"), ROLE_AUDITOR | ROLE_OBSERVER | ROLE_MEMBER);
	assert_int_equal(caller_roles(c, OTHER_ORG), 0);
	assert_int_equal(caller_roles(c, ID), 0);
	caller_drop(c);
}

static void what_is_not_as_agreed_is_nobody(void **state)
{
	static const char *const rows[] = { "", "null", "[]", "{}", "{" WHO, "{\"session\":\"" ID "\"}", "{\"session\":\"" ID "\",\"person\":\"me\"}",
		"{" WHO ",\"organisations\":[{\"roles\":[]}]}", "{" WHO ",\"organisations\":[{\"id\":\"short\",\"roles\":[]}]}", "{" WHO ",\"organisations\":[null]}" };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (caller_new(rows[i], strlen(rows[i])))
			fail_msg("%s is somebody", rows[i]);
	assert_null(caller_new(NULL, 0));
	assert_null(caller_hold(NULL));
	caller_drop(NULL);
}

static void a_scope_reaches_as_far_as_it_says(void **state)
{
	static const struct { const char *scope, *method; bool reads, reaches; } rows[] = {
		{ "null", "finding.list", true, true },
		{ "[]", "finding.list", true, false },
		{ "[\"*\"]", "finding.issue", false, true },
		{ "[\"read\"]", "finding.list", true, true },
		{ "[\"read\"]", "finding.issue", false, false },
		{ "[\"finding.*\"]", "finding.issue", false, true },
		{ "[\"finding.*\"]", "findings.list", true, false },
		{ "[\"finding.*\"]", "finding", true, false },
		{ "[\"finding.list\"]", "finding.list", true, true },
		{ "[\"finding.list\"]", "finding.lists", true, false },
		{ "[\".*\"]", "finding.list", true, false },
		{ "[\"f*\",null,7,\"Finding.list\"]", "finding.list", true, false },
		{ "[\"audit.get\",\"finding.issue\"]", "finding.issue", false, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char rest[200];
		struct caller *c;

		snprintf(rest, sizeof rest, "\"scope\":%s,\"organisations\":[]", rows[i].scope);
		c = of(rest);
		assert_non_null(c);
		if (caller_in_scope(c, rows[i].method, rows[i].reads) != rows[i].reaches)
			fail_msg("%s %s", rows[i].scope, rows[i].method);
		caller_drop(c);
	}
}

static void every_role_has_its_name_and_no_other(void **state)
{
	json_t *names = role_names(ROLE_ANYONE * 2 - 1);

	(void)state;
	assert_int_equal(json_array_size(names), 9);
	for (size_t i = 0; i < 9; i++)
		assert_int_equal(role_named(json_string_value(json_array_get(names, i))), 1 << i);
	json_decref(names);
	assert_int_equal(role_named("Auditor"), 0);
	assert_int_equal(role_named(""), 0);
}

int main(void)
{
#define WITH(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		WITH(an_organisation_that_is_none_never_reaches_the_database),
		WITH(the_organisation_of_the_question_goes_before_that_of_the_call),
		WITH(roles_are_judged_where_the_call_would_be),
		WITH(a_database_that_cannot_say_is_an_error_and_no_answer),
		WITH(who_is_not_signed_in_is_told_nothing),
		cmocka_unit_test(a_session_ends_at_its_moment_in_any_zone),
		cmocka_unit_test(roles_belong_to_their_organisation),
		cmocka_unit_test(what_is_not_as_agreed_is_nobody),
		cmocka_unit_test(a_scope_reaches_as_far_as_it_says),
		cmocka_unit_test(every_role_has_its_name_and_no_other),
	};

	log_set_level(LEVEL_ERROR);
	return cmocka_run_group_tests_name("can", tests, NULL, NULL);
}
