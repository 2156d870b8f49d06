/* Signing in and out by method and by HTTP, passwords by code, tokens, and codes that go out by a program. Real: rpc/, auth/, the worker. */
#include "auth/auth.h"
#include "base/code.h"
#include "auth/delivery.h"
#include "base/hex.h"
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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define SESSION "44444444-4444-7444-8444-444444444444"
#define PERSON "55555555-5555-7555-8555-555555555555"
#define SOME_ID "33333333-3333-7333-8333-333333333333"
#define TOKEN "n2s_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
#define OTHER_TOKEN "n2s_BAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
#define INFO "{\"session\":\"" SESSION "\",\"person\":\"" PERSON "\",\"name\":\"Greta\",\"kind\":\"session\",\"scope\":null," \
	"\"idle_until\":\"2099-01-01T00:00:00Z\",\"expires_at\":\"2099-01-01T00:00:00Z\",\"organisations\":[]}"
#define CHALLENGE "{\"salt\":\"000102030405060708090a0b0c0d0e0f\",\"n\":1024,\"r\":8,\"p\":1,\"wait_ms\":0}"
#define CATALOGUE "{\"release\":\"1\",\"schemas\":{},\"methods\":[]}"
#define OPEN(params) "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.open\",\"params\":" params "}"
#define BY_PASSWORD OPEN("{\"email\":\"greta@example.org\",\"password\":\"correct horse battery\"}")

/* ---- the stage ---- */

struct stage {
	struct db *db;
	struct worker *worker;
	struct rpc *rpc;
	struct auth *auth;
	struct peers *peers;
	struct server server;
};

static void nothing(void *arg)
{
	(void)arg;
}

static void ready(void *arg, struct error *err)
{
	(void)arg;
	if (err->code)
		fail_msg("%s", err->message);
}

static struct stage *stage_with(const char *command)
{
	struct stage *s = calloc(1, sizeof *s);
	struct error err = { 0 };

	s->db = fake_db_new();
	s->worker = worker_new(1, 4, nothing, NULL, &err);
	s->rpc = rpc_new(&(struct rpc_config){ .db = s->db, .loop = &fake_loop, .version = "1" }, &err);
	s->auth = auth_new(&(struct auth_config){ .db = s->db, .worker = s->worker, .loop = &fake_loop, .rpc = s->rpc, .delivery_command = command }, &err);
	assert_non_null(s->auth);
	auth_attach(s->auth, &s->server);
	s->peers = fake_peers_new(rpc_peer_handler(s->rpc));
	rpc_attach(s->rpc, s->peers);
	assert_int_equal(rpc_start(s->rpc, ready, NULL, &err), OK);
	fake_db_answer(s->db, CATALOGUE);
	return s;
}

static struct stage *stage(void)
{
	return stage_with(NULL);
}

static void stage_free(struct stage *s)
{
	struct rpc_statistics n;

	auth_stop(s->auth);
	fake_peers_free(s->peers);
	rpc_attach(s->rpc, NULL);
	auth_attach(s->auth, NULL);
	worker_free(s->worker);
	db_free(s->db);
	rpc_statistics(s->rpc, &n);
	assert_int_equal(n.in_flight, 0);
	auth_free(s->auth);
	rpc_free(s->rpc);
	assert_null(fake_timers);
	free(s);
}

/* Until the worker has led to another statement, or to the answer. */
static void work(struct stage *s)
{
	int submitted = s->db->submitted;

	expect_soon((worker_deliver(s->worker), s->db->submitted != submitted),
		"the worker leads to another statement");
}

static const char *waiting(const struct stage *s)
{
	return s->db->count ? s->db->pending[0].name : "";
}

static bool heard(const struct peer *p, const char *part)
{
	return strstr(fake_peer_heard(p), part) != NULL;
}

/* ---- session.open ---- */

static void a_password_opens_a_session_and_the_connection_uses_it(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, NULL);
	const char *at;
	unsigned char token[TOKEN_SIZE], digest[DIGEST_SIZE];
	char text[TOKEN_TEXT];

	(void)state;
	fake_peer_says(s->peers, p, BY_PASSWORD);
	assert_string_equal(waiting(s), "session_challenge");
	assert_string_equal(s->db->pending[0].params[0], "greta@example.org");
	fake_db_answer(s->db, CHALLENGE);
	work(s);
	assert_string_equal(waiting(s), "session_open");
	assert_int_equal(s->db->pending[0].kind, DB_WRITE);
	memcpy(digest, s->db->pending[0].params[2], DIGEST_SIZE);
	fake_db_answer(s->db, "{\"ok\":true}");
	assert_string_equal(waiting(s), "session_info");
	fake_db_answer(s->db, INFO);
	at = strstr(fake_peer_heard(p), "\"token\":\"");
	assert_non_null(at);
	snprintf(text, sizeof text, "%s", at + 9);
	assert_true(token_read(text, token, NULL));
	digest_of(token, TOKEN_SIZE, token);
	assert_memory_equal(token, digest, DIGEST_SIZE);
	assert_string_equal(waiting(s), "session_info");	/* the connection's own */
	fake_db_answer(s->db, INFO);
	assert_true(p->signed_in);
	fake_peer_says(s->peers, p, BY_PASSWORD);
	assert_true(heard(p, "-32009"));
	stage_free(s);
}

static void a_wrong_password_is_one_sentence_and_keeps_the_connection(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, NULL);

	(void)state;
	fake_peer_says(s->peers, p, BY_PASSWORD);
	fake_db_answer(s->db, CHALLENGE);
	work(s);
	fake_db_answer(s->db, "{\"ok\":false,\"code\":-32001,\"message\":\"The e-mail address or the password is wrong.\",\"retry_after_ms\":2000}");
	assert_true(heard(p, "\"code\":-32001,\"message\":\"The e-mail address or the password is wrong.\",\"data\":{\"retry_after_ms\":2000}"));
	assert_int_equal(p->close_code, 0);
	stage_free(s);
}

static void throttled_is_told_before_any_hashing(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, NULL);

	(void)state;
	fake_peer_says(s->peers, p, BY_PASSWORD);
	fake_db_answer(s->db, "{\"salt\":\"00\",\"n\":1024,\"r\":8,\"p\":1,\"wait_ms\":1500}");
	assert_true(heard(p, "\"code\":-32007"));
	assert_true(heard(p, "\"retry_after_ms\":1500"));
	stage_free(s);
}

static void what_is_neither_password_nor_token_is_refused(void **state)
{
	static const char *const bad[] = {
		OPEN("{}"), OPEN("{\"email\":\"a@b\"}"), OPEN("{\"password\":\"x\"}"), OPEN("{\"email\":\"a\",\"password\":\"x\",\"token\":\"t\"}"),
		OPEN("{\"email\":7,\"password\":\"x\"}"), OPEN("{\"email\":\"a\",\"password\":\"x\",\"remember\":true}"),
	};
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		fake_peer_says(s->peers, p, bad[i]);
		assert_true(heard(p, "-32602"));
	}
	fake_peer_says(s->peers, p, OPEN("{\"token\":\"n2s_nonsense\"}"));
	assert_true(heard(p, "-32001"));
	assert_int_equal(s->db->count, 0);
	stage_free(s);
}

static void a_token_opens_it_too(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, NULL);

	(void)state;
	fake_peer_says(s->peers, p, OPEN("{\"token\":\"" TOKEN "\"}"));
	fake_db_answer(s->db, INFO);
	assert_true(heard(p, "\"result\":" INFO));
	fake_db_answer(s->db, INFO);
	assert_true(p->signed_in);
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"session.current\"}");
	fake_db_answer(s->db, INFO);
	assert_true(heard(p, "\"id\":2,\"result\":" INFO));
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"session.close\"}");
	assert_string_equal(waiting(s), "session_close");
	fake_db_answer(s->db, "{\"ok\":true}");
	assert_non_null(strstr(p->sent[p->count - 2], "\"id\":3"));
	assert_true(heard(p, "\"session.ended\",\"params\":{\"reason\":\"signed_out\"}"));
	assert_int_equal(p->close_code, CLOSE_SESSION_ENDED);
	stage_free(s);
}

/* The feed may tell of the end before the database's answer has come: other peers of the session close, this one is answered. */
static void who_signs_out_is_answered_first(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, TOKEN), *q = fake_peer_open(s->peers, TOKEN);

	(void)state;
	fake_db_answer(s->db, INFO);
	fake_db_answer(s->db, INFO);
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"session.close\"}");
	rpc_session_ended(s->rpc, SESSION, "revoked");
	assert_int_equal(q->close_code, CLOSE_SESSION_ENDED);
	assert_int_equal(p->close_code, 0);
	fake_db_answer(s->db, "{\"ok\":true}");
	assert_non_null(strstr(p->sent[p->count - 2], "\"id\":3,\"result\""));
	assert_int_equal(p->close_code, CLOSE_SESSION_ENDED);
	stage_free(s);
}

/* Nor does it stay open with a session that ended otherwise. */
static void who_could_not_sign_out_is_looked_at(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, TOKEN);

	(void)state;
	fake_db_answer(s->db, INFO);
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"session.close\"}");
	rpc_session_ended(s->rpc, SESSION, "revoked");
	fake_db_refuse(s->db, E_NOT_NOW, "The database is away.", NULL);
	assert_true(heard(p, "\"id\":3,\"error\""));
	assert_int_equal(p->close_code, 0);
	assert_string_equal(waiting(s), "session_info");
	fake_db_refuse(s->db, E_UNAUTHENTICATED, "Sign in first.", NULL);
	assert_int_equal(p->close_code, CLOSE_SESSION_ENDED);
	stage_free(s);
}

static void a_client_that_leaves_meanwhile_leaves_no_session(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, NULL);

	(void)state;
	fake_peer_says(s->peers, p, BY_PASSWORD);
	fake_db_answer(s->db, CHALLENGE);
	work(s);
	fake_peer_leave(s->peers, p);
	fake_db_answer(s->db, "{\"ok\":true}");
	fake_db_answer(s->db, INFO);
	assert_string_equal(waiting(s), "session_close");
	stage_free(s);
}

/* What follows the one must end with the one: a subscription, a presence. */
static void of_two_sign_ins_at_once_the_first_to_be_done_counts(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, NULL);

	(void)state;
	fake_peer_says(s->peers, p, OPEN("{\"token\":\"" TOKEN "\"}"));
	fake_peer_says(s->peers, p, OPEN("{\"token\":\"" OTHER_TOKEN "\"}"));
	fake_peer_says(s->peers, p, BY_PASSWORD);
	fake_db_answer(s->db, INFO);
	assert_true(heard(p, "\"result\":" INFO));
	fake_db_answer(s->db, INFO);
	assert_true(heard(p, "-32009"));
	fake_db_answer(s->db, CHALLENGE);
	fake_db_answer(s->db, INFO);
	assert_true(p->signed_in);
	expect_soon((worker_deliver(s->worker), s->db->count), "the worker leads to another statement");
	fake_db_answer(s->db, "{\"ok\":true}");
	fake_db_answer(s->db, INFO);
	assert_true(heard(p, "-32009"));
	assert_string_equal(waiting(s), "session_close");	/* the session that was opened for nothing */
	stage_free(s);
}

static void one_address_may_not_fill_the_queue(void **state)
{
	struct stage *s = stage();
	struct peer *last;

	(void)state;
	for (int i = 0; i < 8; i++) {
		struct peer *p = fake_peer_open(s->peers, NULL);

		for (int n = 0; n < 4; n++)
			fake_peer_says(s->peers, p, BY_PASSWORD);
		assert_int_equal(p->count, 0);
		fake_peer_says(s->peers, p, BY_PASSWORD);
		assert_true(heard(p, "-32007"));	/* of one connection */
	}
	assert_int_equal(s->db->count, 32);
	last = fake_peer_open(s->peers, NULL);
	fake_peer_says(s->peers, last, BY_PASSWORD);
	assert_true(heard(last, "-32007"));
	assert_true(heard(last, "retry_after_ms"));
	fake_db_refuse(s->db, E_NOT_NOW, "Away.", NULL);
	fake_peer_says(s->peers, last, BY_PASSWORD);
	assert_int_equal(s->db->count, 32);
	stage_free(s);
}

static void the_end_may_come_at_any_step(void **state)
{
	(void)state;
	for (int step = 0; step < 5; step++) {
		struct stage *s = stage();
		struct peer *p = fake_peer_open(s->peers, NULL);

		fake_peer_says(s->peers, p, BY_PASSWORD);
		if (step > 0)
			fake_db_answer(s->db, CHALLENGE);
		if (step > 1)
			work(s);
		if (step > 2)
			fake_db_answer(s->db, "{\"ok\":true}");
		if (step > 3)
			fake_db_answer(s->db, INFO);
		stage_free(s);
	}
}

/* ---- HTTP ---- */

static struct http_request *post(struct stage *s, const char *body)
{
	struct http_session_handler h = auth_http(s->auth);
	struct http_request *r = fake_http(&s->server);

	h.sign_in(h.arg, r, body, strlen(body));
	return r;
}

static void a_browser_is_given_a_cookie_and_no_token(void **state)
{
	struct stage *s = stage();
	struct http_session_handler h = auth_http(s->auth);
	struct http_request *r = post(s, "{\"email\":\"greta@example.org\",\"password\":\"correct horse battery\"}");

	(void)state;
	assert_string_equal(s->db->pending[0].params[1], "fe80::1");
	fake_db_answer(s->db, CHALLENGE);
	work(s);
	assert_string_equal(s->db->pending[0].params[4], "browser");
	fake_db_answer(s->db, "{\"ok\":true}");
	fake_db_answer(s->db, INFO);
	assert_int_equal(r->status, 200);
	assert_string_equal(r->body, INFO);
	assert_memory_equal(r->cookie, "n2s_", 4);

	fake_http(&s->server);
	h.sign_out(h.arg, r, TOKEN);
	assert_string_equal(waiting(s), "session_close");
	fake_db_refuse(s->db, E_UNAUTHENTICATED, "Sign in first.", NULL);
	assert_int_equal(r->status, 204);
	assert_true(r->cookie_taken);
	fake_http(&s->server);
	h.sign_out(h.arg, r, "");
	assert_int_equal(r->status, 204);
	stage_free(s);
}

static void http_errors_have_their_status(void **state)
{
	static const char *const bad[] = { "", "{", "[]", "3", "{\"email\":\"a\"}", "{\"email\":\"a\",\"password\":\"b\",\"c\":1}",
		"{\"email\":\"a\",\"password\":1}", "{\"email\":\"\",\"password\":\"b\"}" };
	struct stage *s = stage();
	struct http_request *r;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(post(s, bad[i])->status, 400);
	r = post(s, "{\"email\":\"a\",\"password\":\"b\"}");
	fake_db_answer(s->db, "{\"salt\":\"00\",\"n\":1024,\"r\":8,\"p\":1,\"wait_ms\":1500}");
	assert_int_equal(r->status, 429);
	assert_int_equal(r->retry, 2);
	r = post(s, "{\"email\":\"a\",\"password\":\"b\"}");
	fake_db_answer(s->db, CHALLENGE);
	work(s);
	fake_db_answer(s->db, "{\"ok\":false,\"code\":-32001,\"message\":\"Wrong.\"}");
	assert_int_equal(r->status, 401);
	assert_string_equal(r->body, "{\"code\":-32001,\"message\":\"Wrong.\"}");
	s->db->full = true;
	assert_int_equal(post(s, "{\"email\":\"a\",\"password\":\"b\"}")->status, 503);
	s->db->full = false;
	r = post(s, "{\"email\":\"a\",\"password\":\"b\"}");
	r->open = false;		/* the browser went away */
	fake_db_answer(s->db, CHALLENGE);
	work(s);
	fake_db_answer(s->db, "{\"ok\":true}");
	fake_db_answer(s->db, INFO);
	assert_string_equal(waiting(s), "session_close");
	stage_free(s);
}

/* ---- session.set_password, token.create ---- */

#define SET(code, password) "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.set_password\",\"params\":{\"code\":\"" code "\",\"password\":\"" password "\"}}"

static void a_code_sets_a_password(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, NULL);
	unsigned char digest[DIGEST_SIZE];

	(void)state;
	code_digest("ABCDE-FGHIJ-KLMNO-PQRST", digest);
	fake_peer_says(s->peers, p, SET("abcde-fghij-klmno-pqrst", "zebra cactus plums 17"));
	assert_string_equal(waiting(s), "code_challenge");
	assert_memory_equal(s->db->pending[0].params[0], digest, DIGEST_SIZE);
	fake_db_answer(s->db, "{\"kind\":\"reset\",\"name\":\"Greta Lindqvist\",\"email\":\"greta@example.org\"}");
	work(s);
	assert_string_equal(waiting(s), "password_set");
	fake_db_answer(s->db, "{\"ok\":true,\"person\":\"" PERSON "\",\"email\":\"greta@example.org\"}");
	assert_true(heard(p, "\"result\":{\"ok\":true"));

	fake_peer_says(s->peers, p, SET("ABCDE", "zebra cactus plums 17"));
	assert_true(heard(p, "-32602"));
	fake_peer_says(s->peers, p, SET("abcde-fghij-klmno-pqrst", "too short"));
	assert_true(heard(p, "must have at least 15 characters"));
	fake_peer_says(s->peers, p, SET("abcde-fghij-klmno-pqrst", "LindqvistGreta17"));
	fake_db_answer(s->db, "{\"kind\":\"reset\",\"name\":\"Greta Lindqvist\",\"email\":\"greta@example.org\"}");
	assert_true(heard(p, "\"name\":\"password\""));
	fake_peer_says(s->peers, p, SET("abcde-fghij-klmno-pqrst", "zebra cactus plums 17"));
	fake_db_refuse(s->db, E_BUSINESS, "This code is not valid.", "{\"rule\":\"code\"}");
	assert_true(heard(p, "-32009"));
	stage_free(s);
}

static void a_bearer_token_is_shown_once(void **state)
{
	struct stage *s = stage();
	struct peer *p = fake_peer_open(s->peers, TOKEN);

	(void)state;
	fake_db_answer(s->db, INFO);
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"token.create\",\"params\":{\"request_id\":\"" SOME_ID "\","
		"\"name\":\"nightly\",\"scope\":[\"finding.*\",\"read\"],\"expires_on\":\"2027-01-31\"}}");
	assert_string_equal(waiting(s), "token_create");
	assert_false(s->db->pending[0].repeatable);
	assert_string_equal(s->db->pending[0].params[1], SOME_ID);
	assert_string_equal(s->db->pending[0].params[4], "{\"finding.*\",\"read\"}");
	fake_db_answer(s->db, "{\"id\": 1}");
	assert_true(heard(p, "\"result\":{\"id\": 1,\"token\":\"n2t_"));
	fake_peer_says(s->peers, p, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"token.create\",\"params\":{\"request_id\":\"" SOME_ID "\","
		"\"name\":\"nightly\",\"scope\":[\"Finding\"],\"expires_on\":\"2027-01-31\"}}");
	assert_true(heard(p, "scope[0]"));
	stage_free(s);
}

/* ---- delivery ---- */

static void (*pid_ready)(void *arg, int events);
static void *pid_arg;

static struct db_watch *fake_watch(void *loop, int fd, int events, void (*fn)(void *arg, int events), void *arg)
{
	(void)loop;
	(void)fd;
	(void)events;
	pid_ready = fn;
	pid_arg = arg;
	return (struct db_watch *)&pid_ready;
}

static void fake_unwatch(struct db_watch *w)
{
	(void)w;
	pid_ready = NULL;
}

static const char invitations[] = "[{\"invitation\":\"" SOME_ID "\",\"kind\":\"invitation\",\"person\":\"" PERSON "\",\"name\":\"Greta\\ncode: FORGED\","
	"\"email\":\"greta@example.org\",\"organisation\":null,\"expires_at\":\"2026-12-01T00:00:00Z\"}]";

static void write_program(char *path, const char *script)
{
	FILE *f;
	int fd;

	strcpy(path, "/tmp/ninetwo-delivery-XXXXXX");
	fd = mkstemp(path);
	f = fdopen(fd, "w");
	fprintf(f, "#!/bin/sh\n%s\n", script);
	fchmod(fd, 0755);
	fclose(f);
}

static void run_until_ended(void)
{
	expect_soon((pid_ready ? pid_ready(pid_arg, DB_READABLE) : (void)0, !pid_ready),
		"the program comes to its end");
}

static void take_file(const char *path, char *out, size_t size)
{
	FILE *f = fopen(path, "r");

	memset(out, 0, size);
	if (!f)
		return;
	assert_true(fread(out, 1, size - 1, f) > 0);
	fclose(f);
	unlink(path);
}

/* `out` receives what the program wrote to the file that is its argument. */
static void deliver(const char *script, bool succeeds, char *out, size_t size)
{
	static const struct db_loop loop = { .after = fake_after, .cancel = fake_cancel, .watch = fake_watch, .unwatch = fake_unwatch };
	struct db *db = fake_db_new();
	char program[64], command[160];
	struct error err = { 0 };
	struct delivery *d;

	write_program(program, script);
	snprintf(command, sizeof command, "%s %s.out", program, program);
	d = delivery_new(command, db, &loop, &err);
	assert_non_null(d);
	delivery_start(d);
	fake_fire(0);
	assert_string_equal(db->pending[0].name, "delivery_take");
	fake_db_answer(db, invitations);
	assert_string_equal(db->pending[0].name, "delivery_code");
	assert_string_equal(db->pending[0].params[0], SOME_ID);
	fake_db_answer(db, "{\"ok\":true}");
	run_until_ended();
	assert_int_equal(db->count, succeeds ? 0 : 1);
	if (!succeeds)
		assert_string_equal(db->pending[0].name, "delivery_failed");
	delivery_stop(d);
	db_free(db);
	delivery_free(d);
	unlink(program);
	snprintf(command, sizeof command, "%s.out", program);
	take_file(command, out, size);
}

static void a_code_goes_to_the_program_on_its_input(void **state)
{
	char text[1024], expected[512];
	unsigned char digest[DIGEST_SIZE];

	(void)state;
	deliver("cat > $1; env >> $1", true, text, sizeof text);
	assert_null(strstr(text, "HOME="));
	snprintf(expected, sizeof expected, "kind: invitation\nemail: greta@example.org\nname: Greta code: FORGED\norganisation: \n"
		"expires_at: 2026-12-01T00:00:00Z\ncode: ");
	assert_memory_equal(text, expected, strlen(expected));
	text[strlen(expected) + 23] = '\0';
	assert_true(code_digest(text + strlen(expected), digest));
}

static void a_program_that_fails_gives_the_code_back(void **state)
{
	char text[16];

	(void)state;
	deliver("exit 3", false, text, sizeof text);
}

static void a_command_is_an_absolute_path(void **state)
{
	struct error err = { 0 };

	(void)state;
	assert_null(delivery_new("sendmail -t", NULL, &fake_loop, &err));
	assert_int_equal(err.code, E_PARAMS);
	assert_null(delivery_new("   ", NULL, &fake_loop, &err));
	error_clear(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_password_opens_a_session_and_the_connection_uses_it),
		cmocka_unit_test(a_wrong_password_is_one_sentence_and_keeps_the_connection),
		cmocka_unit_test(throttled_is_told_before_any_hashing),
		cmocka_unit_test(what_is_neither_password_nor_token_is_refused),
		cmocka_unit_test(a_token_opens_it_too),
		cmocka_unit_test(who_signs_out_is_answered_first),
		cmocka_unit_test(who_could_not_sign_out_is_looked_at),
		cmocka_unit_test(a_client_that_leaves_meanwhile_leaves_no_session),
		cmocka_unit_test(of_two_sign_ins_at_once_the_first_to_be_done_counts),
		cmocka_unit_test(one_address_may_not_fill_the_queue),
		cmocka_unit_test(the_end_may_come_at_any_step),
		cmocka_unit_test(a_browser_is_given_a_cookie_and_no_token),
		cmocka_unit_test(http_errors_have_their_status),
		cmocka_unit_test(a_code_sets_a_password),
		cmocka_unit_test(a_bearer_token_is_shown_once),
		cmocka_unit_test(a_code_goes_to_the_program_on_its_input),
		cmocka_unit_test(a_program_that_fails_gives_the_code_back),
		cmocka_unit_test(a_command_is_an_absolute_path),
	};

	log_set_level(LEVEL_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
