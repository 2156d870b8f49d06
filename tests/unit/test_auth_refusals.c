/* test_auth_refusals.c - sign_in.c, set_password.c and token_create.c where something does not go as it should: what the caller hears, and
 * that no secret is in it. Real: rpc/, auth/, the worker; the database and the network are fakes. */
#include "auth/auth.h"
#include "auth/password.h"
#include "auth/sign_in.h"
#include "base/code.h"
#include "base/log.h"
#include "rpc/rpc.h"

#include "fake_db.h"
#include "fake_http.h"
#include "fake_loop.h"
#include "fake_peer.h"
#include "tests/patience.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ID "33333333-3333-7333-8333-333333333333"
#define TOKEN "n2s_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
#define INFO "{\"session\":\"" ID "\",\"person\":\"" ID "\",\"scope\":null,\"idle_until\":\"2099-01-01T00:00:00Z\",\"expires_at\":\"2099-01-01T00:00:00Z\",\"organisations\":[]}"
#define CHALLENGE "{\"salt\":\"000102030405060708090a0b0c0d0e0f\",\"n\":1024,\"r\":8,\"p\":1,\"wait_ms\":0}"
#define WHOSE "{\"kind\":\"reset\",\"name\":\"Greta Lindqvist\",\"email\":\"greta@example.org\"}"
#define PASSWORD "zebra cactus plums 17"
#define CALL(method, params) "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" method "\",\"params\":{" params "}}"
#define OPEN CALL("session.open", "\"email\":\"greta@example.org\",\"password\":\"" PASSWORD "\"")
#define SET CALL("session.set_password", "\"code\":\"ABCDE-FGHIJ-KLMNO-PQRST\",\"password\":\"" PASSWORD "\"")
#define MAKE CALL("token.create", "\"request_id\":\"" ID "\",\"name\":\"nightly\",\"scope\":[\"read\"],\"expires_on\":\"2027-01-31\"")

static struct db *db;
static struct worker *worker;
static struct rpc *rpc;
static struct auth *auth;
static struct peers *peers;
static struct peer *peer;		/* not signed in */
static int answers;			/* that it has had */
static struct server server;

static void nothing(void *arg)
{
	(void)arg;
}

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
	worker = worker_new(1, 1, nothing, NULL, &err);
	rpc = rpc_new(&(struct rpc_config){ .db = db, .loop = &fake_loop, .version = "1" }, &err);
	auth = auth_new(&(struct auth_config){ .db = db, .worker = worker, .loop = &fake_loop, .rpc = rpc }, &err);
	assert_non_null(auth);
	auth_start(auth);		/* without a command: nothing to do */
	auth_attach(auth, &server);
	peers = fake_peers_new(rpc_peer_handler(rpc));
	rpc_attach(rpc, peers);
	assert_int_equal(rpc_start(rpc, ready, NULL, &err), OK);
	fake_db_answer(db, "{\"release\":\"1\",\"schemas\":{},\"methods\":[]}");
	peer = fake_peer_open(peers, NULL);
	answers = 0;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	auth_stop(auth);
	fake_peers_free(peers);
	rpc_attach(rpc, NULL);
	auth_attach(auth, NULL);
	worker_free(worker);
	db_free(db);
	auth_free(auth);
	auth_free(NULL);
	rpc_free(rpc);
	assert_null(fake_timers);
	return 0;
}

/* Until the worker has led to another statement. */
static void work(void)
{
	int submitted = db->submitted;

	expect_soon((worker_deliver(worker), db->submitted != submitted), "the worker leads to another statement");
}

/* The answer that has come since the last. */
static void came(void)
{
	assert_int_equal(peer->count, ++answers);
}

static void heard(const char *part)
{
	if (!strstr(fake_peer_heard(peer), part))
		fail_msg("\"%s\" is not in %s", part, fake_peer_heard(peer));
	assert_null(strstr(fake_peer_heard(peer), PASSWORD));
	assert_null(strstr(fake_peer_heard(peer), "n2t_"));
	assert_null(strstr(fake_peer_heard(peer), "n2s_"));
}

/* --- signing in ---------------------------------------------------------------------------------------------------------- */

static void a_challenge_that_cannot_be_taken_is_an_internal_error(void **state)
{
	static const char *const challenges[] = { "", "nonsense", "[]", "{}", "{\"n\":1024,\"r\":8,\"p\":1}", "{\"salt\":\"\",\"n\":1024,\"r\":8,\"p\":1}",
		"{\"salt\":\"0\",\"n\":1024,\"r\":8,\"p\":1}", "{\"salt\":\"zz\",\"n\":1024,\"r\":8,\"p\":1}", "{\"salt\":7,\"n\":1024,\"r\":8,\"p\":1}",
		"{\"salt\":\"00\",\"n\":-1,\"r\":8,\"p\":1}", "{\"salt\":\"00\",\"n\":1024,\"r\":9,\"p\":1}", NULL };
	char salt[3 * SALT_MAX], text[sizeof salt + 64];

	(void)state;
	for (size_t i = 0; challenges[i]; i++) {
		fake_peer_says(peers, peer, OPEN);
		fake_db_answer(db, challenges[i]);
		heard("\"code\":-32603");
		came();
		assert_int_equal(db->count, 0);
	}
	memset(salt, '0', 2 * SALT_MAX + 2);
	salt[2 * SALT_MAX + 2] = '\0';
	snprintf(text, sizeof text, "{\"salt\":\"%s\",\"n\":1024,\"r\":8,\"p\":1}", salt);
	fake_peer_says(peers, peer, OPEN);
	fake_db_answer(db, text);
	heard("\"code\":-32603");
	came();
}

static void no_is_no_however_it_is_said(void **state)
{
	static const struct { const char *answer, *heard; } rows[] = {
		{ "{\"ok\":false}", "\"code\":-32001,\"message\":\"The e-mail address or the password is wrong.\"" },
		{ "{\"ok\":\"true\",\"message\":\"Hm.\"}", "\"code\":-32001,\"message\":\"Hm.\"" },
		{ "{}", "\"code\":-32001" }, { "null", "\"code\":-32001" }, { "nonsense", "\"code\":-32001" }, { "", "\"code\":-32001" },
		{ "{\"ok\":false,\"code\":-32007,\"message\":\"Wait.\",\"retry_after_ms\":60000}", "\"code\":-32007,\"message\":\"Wait.\",\"data\":{\"retry_after_ms\":60000}" },
		{ "{\"ok\":false,\"code\":-32603,\"retry_after_ms\":-5}", "\"code\":-32001" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fake_peer_says(peers, peer, OPEN);
		fake_db_answer(db, CHALLENGE);
		work();
		assert_string_equal(db->pending[0].name, "session_open");
		fake_db_answer(db, rows[i].answer);
		heard(rows[i].heard);
		came();
		assert_int_equal(db->count, 0);
		assert_false(peer->signed_in);
	}
}

static void a_database_that_goes_away_is_not_now(void **state)
{
	(void)state;
	fake_peer_says(peers, peer, OPEN);
	fake_db_refuse(db, E_NOT_NOW, "Not now.", NULL);
	heard("\"code\":-32008");
	fake_peer_says(peers, peer, OPEN);
	fake_db_answer(db, CHALLENGE);
	work();
	fake_db_refuse(db, E_NOT_NOW, "Not now.", NULL);
	heard("\"code\":-32008");
	fake_peer_says(peers, peer, OPEN);
	fake_db_answer(db, CHALLENGE);
	work();
	fake_db_answer(db, "{\"ok\":true}");
	fake_db_answer(db, NULL);				/* a session that says nothing of itself */
	heard("\"code\":-32603");
	assert_false(peer->signed_in);
}

/* --- a password by a code ------------------------------------------------------------------------------------------------ */

static void a_code_that_is_refused_costs_no_hashing(void **state)
{
	struct worker_statistics s;

	(void)state;
	fake_peer_says(peers, peer, SET);
	fake_db_refuse(db, E_BUSINESS, "This code is not valid.", "{\"rule\":\"code\"}");
	heard("\"code\":-32009,\"message\":\"This code is not valid.\",\"data\":{\"rule\":\"code\"}");
	worker_statistics(worker, &s);
	assert_int_equal(s.worked + s.waiting + s.working, 0);
	db->full = true;
	fake_peer_says(peers, peer, SET);
	heard("\"code\":-32008");
	db->full = false;
}

static void a_code_of_another_form_is_not_asked_about(void **state)
{
	static const char *const codes[] = { "ABCDE-FGHIJ-KLMNO-PQRS", "ABCDE-FGHIJ-KLMNO-PQRSTU", "ABCDE-FGHIJ-KLMNO-PQRS1", "ABCDE_FGHIJ_KLMNO_PQRST", "" };
	char text[256];

	(void)state;
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		snprintf(text, sizeof text, CALL("session.set_password", "\"code\":\"%s\",\"password\":\"" PASSWORD "\""), codes[i]);
		fake_peer_says(peers, peer, text);
		heard("\"code\":-32602");
		heard("\"name\":\"code\",\"problem\":\"must be 20 letters and digits\"");
		assert_int_equal(db->count, 0);
	}
}

static void the_database_has_the_last_word_on_a_password(void **state)
{
	char salt[SALT_SIZE];

	(void)state;
	fake_peer_says(peers, peer, SET);
	fake_db_answer(db, WHOSE);
	work();
	assert_string_equal(db->pending[0].name, "password_set");
	memcpy(salt, db->pending[0].params[1], SALT_SIZE);
	fake_db_refuse(db, E_BUSINESS, "This code was used.", NULL);
	heard("\"message\":\"This code was used.\"");
	fake_peer_says(peers, peer, SET);
	fake_db_answer(db, WHOSE);
	work();
	assert_memory_not_equal(salt, db->pending[0].params[1], SALT_SIZE);	/* a salt of its own each time */
	db->full = true;
	fake_db_answer(db, "{\"ok\":true}");
	heard("\"result\":{\"ok\":true}");
	db->full = false;
}

static void who_leaves_meanwhile_hears_nothing(void **state)
{
	struct peer *other = fake_peer_open(peers, NULL);
	int said;

	(void)state;
	fake_peer_says(peers, other, SET);
	said = other->count;
	fake_peer_leave(peers, other);
	fake_db_answer(db, WHOSE);
	work();
	assert_string_equal(db->pending[0].name, "password_set");	/* begun is done: the person typed it */
	fake_db_answer(db, "{\"ok\":true}");
	assert_int_equal(other->count, said);
}

/* --- a bearer token ------------------------------------------------------------------------------------------------------ */

static struct peer *signed_in(void)
{
	struct peer *p = fake_peer_open(peers, TOKEN);

	fake_db_answer(db, INFO);
	return p;
}

static void a_token_that_is_refused_is_not_shown(void **state)
{
	struct peer *nobody = peer;

	(void)state;
	peer = signed_in();
	fake_peer_says(peers, peer, MAKE);
	fake_db_refuse(db, E_BUSINESS, "There are 50 tokens already.", "{\"rule\":\"tokens\"}");
	heard("\"code\":-32009,\"message\":\"There are 50 tokens already.\",\"data\":{\"rule\":\"tokens\"}");
	db->full = true;
	fake_peer_says(peers, peer, MAKE);
	heard("\"code\":-32008");
	db->full = false;
	fake_peer_says(peers, nobody, MAKE);
	assert_non_null(strstr(fake_peer_heard(nobody), "\"code\":-32001"));
	assert_int_equal(db->count, 0);
}

static void the_database_is_given_the_digest_of_what_is_shown(void **state)
{
	unsigned char token[2][TOKEN_SIZE], digest[DIGEST_SIZE];
	char text[TOKEN_TEXT];
	enum token_kind kind;

	(void)state;
	peer = signed_in();
	for (int i = 0; i < 2; i++) {
		unsigned char noted[DIGEST_SIZE];

		fake_peer_says(peers, peer, MAKE);
		memcpy(noted, db->pending[0].params[2], DIGEST_SIZE);
		fake_db_answer(db, "{}");
		snprintf(text, sizeof text, "%.*s", TOKEN_TEXT - 1, strstr(fake_peer_heard(peer), "n2t_"));
		assert_true(token_read(text, token[i], &kind) && kind == TOKEN_BEARER);
		digest_of(token[i], TOKEN_SIZE, digest);
		assert_memory_equal(digest, noted, DIGEST_SIZE);
	}
	assert_memory_not_equal(token[0], token[1], TOKEN_SIZE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_challenge_that_cannot_be_taken_is_an_internal_error),
		TEST(no_is_no_however_it_is_said),
		TEST(a_database_that_goes_away_is_not_now),
		TEST(a_code_that_is_refused_costs_no_hashing),
		TEST(a_code_of_another_form_is_not_asked_about),
		TEST(the_database_has_the_last_word_on_a_password),
		TEST(who_leaves_meanwhile_hears_nothing),
		TEST(a_token_that_is_refused_is_not_shown),
		TEST(the_database_is_given_the_digest_of_what_is_shown),
	};

	log_set_level(LEVEL_ERROR);
	return cmocka_run_group_tests_name("auth refusals", tests, NULL, NULL);
}
