/* test_signin.c - who gets in, how, and how they are put out again. */
#include "base/error.h"
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/member.h"
#include "tests/system/raw.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { GUESSES = 3 };

static struct deployment deployment;
static struct server server;
static struct member administrator;

/* One call by nobody: 0 or the code; *data (may be NULL) receives error.data. Takes params. */
static int call_as_nobody(const char *method, json_t *params, json_t **data)
{
	struct failure f = { 0 };
	struct connection *c = connection_open(&(struct connection_options){ .server = server.address }, &f);
	json_t *result = c ? connection_call(c, method, params, &f) : NULL;
	int code = result ? 0 : f.code;

	expect(result || f.kind == FAILURE_REFUSED, "%s: %s", method, f.message);
	if (data)
		*data = json_incref(f.data);
	failure_clear(&f);
	json_decref(result);
	json_decref(params);
	connection_free(c);
	return code;
}

static int open_session(const char *email, const char *password, json_t **data)
{
	return call_as_nobody("session.open", json_pack("{s:s, s:s}", "email", email, "password", password), data);
}

static int set_password(const char *code, const char *password)
{
	return call_as_nobody("session.set_password", json_pack("{s:s, s:s}", "code", code, "password", password), NULL);
}

static void expect_code(int code, int wanted, const char *what)
{
	expect(code == wanted, "%s: %d instead of %d", what, code, wanted);
}

/* The connection is closed by the server. */
static void expect_closed(struct member *m, const char *what)
{
	struct failure f = { 0 };
	json_t *message;

	while ((message = connection_next(m->connection, PATIENCE_MS, &f)))
		json_decref(message);
	expect(f.kind != FAILURE_NONE, "%s: the connection is closed", what);
	failure_clear(&f);
	member_leave(m);
}

static void refuses_a_code_that_is_none(void **state)
{
	(void)state;
	expect_code(set_password("AAAAA-AAAAA-AAAAA-AAAAA", MEMBER_PASSWORD), E_BUSINESS, "a code that nobody gave out");
}

static void refuses_a_password_too_short(void **state)
{
	(void)state;
	expect_code(set_password(deployment.management_code, "tooshort"), E_PARAMS, "a short password");
}

static void takes_a_code_once(void **state)
{
	struct member m;

	(void)state;
	member_join(&m, &server, MANAGEMENT_EMAIL, deployment.management_code);
	member_leave(&m);
	expect_code(set_password(deployment.management_code, MEMBER_PASSWORD "2"), E_BUSINESS, "a used code");
	expect_code(open_session(MANAGEMENT_EMAIL, MEMBER_PASSWORD "2", NULL), E_UNAUTHENTICATED, "the password of a used code");
}

static void a_newer_code_sets_another_password(void **state)
{
	char code[CODE_MAX];
	struct member m;

	(void)state;
	member_sign_in(&m, &server, MANAGEMENT_EMAIL);
	deployment_invite(&deployment, MANAGEMENT_EMAIL, code);
	expect_code(set_password(code, MEMBER_PASSWORD " again"), 0, "a new code");
	expect_closed(&m, "a new password ends the sessions of the old one");
	expect_code(open_session(MANAGEMENT_EMAIL, MEMBER_PASSWORD, NULL), E_UNAUTHENTICATED, "the old password");
	expect_code(open_session(MANAGEMENT_EMAIL, MEMBER_PASSWORD " again", NULL), 0, "the new password");
	deployment_invite(&deployment, MANAGEMENT_EMAIL, code);
	expect_code(set_password(code, MEMBER_PASSWORD), 0, "back again");
}

static void refuses_a_code_a_day_later(void **state)
{
	char code[CODE_MAX];

	(void)state;
	deployment_invite(&deployment, MANAGEMENT_EMAIL, code);
	deployment_sql(&deployment, "update auth.invitation set expires_at = now() - interval '1 second' where used_at is null", NULL, 0);
	expect_code(set_password(code, MEMBER_PASSWORD), E_BUSINESS, "an old code");
}

/* What the server has computed so far, in microseconds: whatever else the machine does, it is not in it. */
static int64_t server_work(void)
{
	struct timespec t;
	clockid_t clock;

	expect(clock_getcpuclockid(server.pid, &clock) == 0 && clock_gettime(clock, &t) == 0, "the clock of the server's work");
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* The least work that a wrong guess takes; *data receives error.data of the last. */
static int64_t work_of_a_guess(const char *email, json_t **data)
{
	int64_t least = INT64_MAX;

	*data = NULL;
	for (int i = 0; i < GUESSES; i++) {
		int64_t began = server_work(), work;

		json_decref(*data);
		expect_code(open_session(email, "this is not the password", data), E_UNAUTHENTICATED, email);
		work = server_work() - began;
		least = work < least ? work : least;
	}
	return least;
}

/* An unknown account and a wrong password are one answer, and about as much work. */
static void tells_nobody_who_has_an_account(void **state)
{
	json_t *known_data, *unknown_data;
	int64_t known = work_of_a_guess(ADMINISTRATOR_EMAIL, &known_data), unknown = work_of_a_guess("nobody@example.org", &unknown_data);

	(void)state;
	expect(json_equal(known_data, unknown_data) || (!known_data && !unknown_data), "the same data");
	expect(unknown * 2 > known && known * 2 > unknown, "%lld us and %lld us", (long long)known, (long long)unknown);
	json_decref(known_data);
	json_decref(unknown_data);
}

static void slows_guessing_at_one_account(void **state)
{
	json_t *data = NULL;
	int code = 0;

	(void)state;
	for (int i = 0; i < 12 && code != E_SLOW_DOWN; i++) {
		json_decref(data);
		code = open_session("guessed@example.org", "this is not the password", &data);
	}
	expect_code(code, E_SLOW_DOWN, "after many guesses");
	expect(json_integer_value(json_object_get(data, "retry_after_ms")) > 0, "it says when to come back");
	json_decref(data);
	deployment_sql(&deployment, "delete from auth.attempt", NULL, 0);
	expect_code(open_session(ADMINISTRATOR_EMAIL, MEMBER_PASSWORD, NULL), 0, "the counters are kept in the database");
}

static void nothing_works_without_a_session(void **state)
{
	(void)state;
	expect_code(call_as_nobody("session.current", NULL, NULL), E_UNAUTHENTICATED, "session.current");
	expect_code(call_as_nobody("party.list", json_pack("{s:s}", "organisation", administrator.organisation), NULL), E_UNAUTHENTICATED,
		"party.list");
	expect_code(call_as_nobody("rpc.discover", NULL, NULL), 0, "the description is for everybody");
}

static void lists_and_revokes_sessions(void **state)
{
	struct member other;
	json_t *info, *list, *one;
	bool listed = false;
	size_t i;

	(void)state;
	member_sign_in(&other, &server, ADMINISTRATOR_EMAIL);
	info = member_must(&other, "session.current", NULL);
	list = member_must(&administrator, "session.list", NULL);
	json_array_foreach(json_object_get(list, "items"), i, one)
		listed |= json_equal(json_object_get(one, "id"), json_object_get(info, "session"));
	expect(listed, "the other session is in the list");
	json_decref(member_must(&administrator, "session.revoke", json_pack("{s:O}", "id", json_object_get(info, "session"))));
	expect_closed(&other, "a revoked session");
	json_decref(list);
	json_decref(info);
}

static void a_token_of_an_ended_session_opens_nothing(void **state)
{
	struct member m;
	struct failure f = { 0 };
	struct connection *c;

	(void)state;
	member_sign_in(&m, &server, ADMINISTRATOR_EMAIL);
	json_decref(member_must(&m, "session.close", NULL));
	c = connection_open(&(struct connection_options){ .server = server.address, .token = m.token }, &f);
	if (c)
		expect(!connection_call(c, "session.current", NULL, &f), "nothing");
	expect(f.code == E_UNAUTHENTICATED || strstr(f.message, "4401"), "refused: %s", f.message);
	failure_clear(&f);
	connection_free(c);
	member_leave(&m);
}

/* Sessions end at their idle and absolute ends while they are open. */
static void ends_open_connections_with_their_session(void **state)
{
	static const char *const ends[] = { "idle_until", "expires_at" };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct member m;
		char sql[256];
		json_t *out = NULL;
		int code;

		member_sign_in(&m, &server, ADMINISTRATOR_EMAIL);
		snprintf(sql, sizeof sql, "update auth.session set %s = now() - interval '1 second' where id = "
			"(select id from auth.session where kind = 'session' order by created_at desc limit 1)", ends[i]);
		deployment_sql(&deployment, sql, NULL, 0);
		code = member_call(&m, "session.current", NULL, &out);
		expect(code == E_UNAUTHENTICATED || code == MEMBER_LOST, "%s: code %d", ends[i], code);
		json_decref(out);
		member_leave(&m);
	}
}

/* What a notification of its session says. */
static void expect_reason(struct member *m, const char *name, const char *reason)
{
	json_t *told = member_notified(m, name);
	const char *said = json_string_value(json_object_get(told, "reason"));

	expect(said && !strcmp(said, reason), "%s: %s", name, said ? said : "nothing");
	json_decref(told);
}

static void is_told_of_the_end_of_its_session(void **state)
{
	struct member m, again;

	(void)state;
	member_sign_in(&m, &server, ADMINISTRATOR_EMAIL);
	deployment_sql(&deployment, "update auth.session set idle_until = now() + interval '9 minutes' where id = "
		"(select id from auth.session where kind = 'session' order by created_at desc limit 1)", NULL, 0);
	again = member_again(&m);
	expect_reason(&again, "session.ending", "idle");
	json_decref(member_must(&m, "session.close", NULL));
	expect_reason(&again, "session.ended", "signed_out");
	member_leave(&again);
	member_leave(&m);
}

static void bearer_tokens_have_a_scope_and_an_end(void **state)
{
	struct member script = administrator;
	json_t *made, *out = NULL;
	char day[16];
	int code;

	(void)state;
	deployment_sql(&deployment, "select current_date + 7", day, sizeof day);
	made = member_must(&administrator, "token.create", json_pack("{s:s, s:[s], s:s}", "name", "nightly", "scope", "party.list",
		"expires_on", day));
	expect(strncmp(json_string_value(json_object_get(made, "token")), "n2t_", 4) == 0, "a bearer token");
	snprintf(script.token, sizeof script.token, "%s", json_string_value(json_object_get(made, "token")));
	member_connect(&script, &server);
	json_decref(member_must(&script, "party.list", NULL));
	code = member_call(&script, "function.list", NULL, &out);
	expect_code(code, E_FORBIDDEN, "beyond its scope");
	json_decref(out);
	json_decref(member_must(&administrator, "token.revoke", json_pack("{s:O}", "id", json_object_get(made, "id"))));
	expect_closed(&script, "a revoked token");
	json_decref(made);
}

/* --- by HTTP, as a browser does it --- */

static int post_session(struct raw *r, const char *email, const char *password, const char *origin)
{
	char body[512];

	snprintf(body, sizeof body, "{\"email\":\"%s\",\"password\":\"%s\"}", email, password);
	expect(raw_open(r, server.port), "the server listens");
	raw_print(r, "POST /session HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
		server.address, origin, strlen(body), body);
	return raw_status(r, PATIENCE_MS);
}

/* On plain loopback; test_tls.c has the cookie that the world gets. */
static void sets_a_cookie_that_no_script_can_take(void **state)
{
	char origin[64], *cookie;
	struct raw r;
	int status;

	(void)state;
	snprintf(origin, sizeof origin, "http://%s", server.address);
	status = post_session(&r, ADMINISTRATOR_EMAIL, MEMBER_PASSWORD, origin);
	expect(status == 200 || status == 201 || status == 204, "status %d", status);
	cookie = strcasestr(r.text, "\r\nset-cookie:");
	expect(cookie, "a cookie is set");
	*strchr(cookie + 2, '\r') = '\0';
	expect(strcasestr(cookie, "HttpOnly") && strcasestr(cookie, "SameSite=Strict") && strcasestr(cookie, "Path=/"), "%s", cookie);
	expect(!strcasestr(cookie, "Domain"), "%s", cookie);
	expect(!strstr(r.text, MEMBER_PASSWORD), "no echo of the password");
	raw_close(&r);
}

static void takes_the_cookie_from_its_own_pages_only(void **state)
{
	char origin[64], value[256], *cookie;
	struct raw r, page;

	(void)state;
	snprintf(origin, sizeof origin, "http://%s", server.address);
	post_session(&r, ADMINISTRATOR_EMAIL, MEMBER_PASSWORD, origin);
	cookie = strcasestr(r.text, "\r\nset-cookie: ");
	expect(cookie, "a cookie is set");
	cookie += strlen("\r\nset-cookie: ");
	snprintf(value, sizeof value, "%.*s", (int)strcspn(cookie, ";\r"), cookie);
	raw_close(&r);
	for (int i = 0; i < 3; i++) {
		static const char *const titles[] = { "its own page", "no Origin", "another site's page" };
		char header[128] = "";
		int status;

		if (i != 1)
			snprintf(header, sizeof header, "Origin: %s\r\n", i == 0 ? origin : "http://evil.example");
		expect(raw_open(&page, server.port), "the server listens");
		raw_print(&page, "GET /ws HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n%sCookie: %s\r\n"
			"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ninetwo.v1\r\n\r\n",
			server.address, header, value);
		status = raw_status(&page, PATIENCE_MS);
		expect(i == 0 ? status == 101 : status == 403 || status == 401, "%s: status %d", titles[i], status);
		raw_close(&page);
	}
}

/* --- what must not be anywhere --- */

static bool file_holds(const char *path, const char *needle)
{
	return program_run((const char *[]){ "grep", "-qaF", "--", needle, path, NULL }, NULL, 0) == 0;
}

static void leaves_no_core(void **state)
{
	char path[64];

	(void)state;
	snprintf(path, sizeof path, "/proc/%d/limits", (int)server.pid);
	expect(file_holds(path, "Max core file size        0                    0 "), "a core is never written");
}

static void keeps_secrets_out_of_the_logs(void **state)
{
	char path[2 * DEPLOYMENT_PATH];
	struct member m;
	json_t *out = NULL;

	(void)state;
	member_sign_in(&m, &server, ADMINISTRATOR_EMAIL);
	json_decref(member_must(&m, "party.add", json_pack("{s:s, s:s, s:[s]}", "name", "planted secret 4711", "legal_identifier",
		"planted-4711", "kinds", "supplier")));
	member_call(&m, "party.add", json_pack("{s:s, s:s, s:[s]}", "name", "planted secret 4711", "legal_identifier", "planted-4711",
		"kinds", "supplier"), &out);
	json_decref(out);
	snprintf(path, sizeof path, "%s/postgresql.log", deployment.folder);
	for (int i = 0; i < 2; i++) {
		const char *log = i ? server.log : path;

		expect(!file_holds(log, MEMBER_PASSWORD), "%s: a password", log);
		expect(!file_holds(log, m.token), "%s: a token", log);
		expect(!file_holds(log, "planted secret"), "%s: a parameter", log);
	}
	member_leave(&m);
}

static int set_up(void **state)
{
	(void)state;
	deployment_start(&deployment, "signin", NULL);
	deployment_init(&deployment, "Sign-in Ltd", ADMINISTRATOR_EMAIL, MANAGEMENT_EMAIL);
	server_start(&deployment, &server, NULL);
	member_join(&administrator, &server, ADMINISTRATOR_EMAIL, deployment.administrator_code);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	member_leave(&administrator);
	if (server_alive(&server))
		server_end(&server, SIGTERM);
	deployment_stop(&deployment);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_a_code_that_is_none),
		cmocka_unit_test(refuses_a_password_too_short),
		cmocka_unit_test(takes_a_code_once),
		cmocka_unit_test(a_newer_code_sets_another_password),
		cmocka_unit_test(refuses_a_code_a_day_later),
		cmocka_unit_test(tells_nobody_who_has_an_account),
		cmocka_unit_test(slows_guessing_at_one_account),
		cmocka_unit_test(nothing_works_without_a_session),
		cmocka_unit_test(lists_and_revokes_sessions),
		cmocka_unit_test(a_token_of_an_ended_session_opens_nothing),
		cmocka_unit_test(ends_open_connections_with_their_session),
		cmocka_unit_test(is_told_of_the_end_of_its_session),
		cmocka_unit_test(bearer_tokens_have_a_scope_and_an_end),
		cmocka_unit_test(sets_a_cookie_that_no_script_can_take),
		cmocka_unit_test(takes_the_cookie_from_its_own_pages_only),
		cmocka_unit_test(leaves_no_core),
		cmocka_unit_test(keeps_secrets_out_of_the_logs),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
