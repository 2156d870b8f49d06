/* test_matrix.c - the matrix (tests/matrix.txt) through the server: every method, called by everybody, over the socket.
 *
 * Each cell is a real call by the real protocol, by a connection of that caller, and every result is checked against the schema that the
 * server declares. What is refused changes nothing: a digest of all tables says so. What is allowed is done, not asked about: after each
 * such call the tables are put back as they were (t.restore of tests/sql/fixture/matrix.sql), so that every cell finds the same records.
 * That the database refuses the same without this server before it is tests/sql/matrix.sql. */
#include "client-cli/deadline.h"
#include "tests/system/deployment.h"
#include "tests/system/description.h"
#include "tests/system/expect.h"
#include "tests/system/member.h"

#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CALLERS = 18, SHOWN = 40 };

static struct deployment deployment;
static struct server server;
static PGconn *database;		/* the superuser's, beside the server */
static json_t *sheet, *callers;
static struct member members[CALLERS];	/* in the order of callers; nobody has no token */
static int wrong;

/* --- beside the server --- */

static char *query(const char *sql, int count, const char *const values[])
{
	PGresult *r = PQexecParams(database, sql, count, NULL, values, NULL, NULL, 0);
	char *text;

	expect(PQresultStatus(r) == PGRES_TUPLES_OK, "%s: %s", sql, PQerrorMessage(database));
	text = PQgetisnull(r, 0, 0) ? NULL : strdup(PQgetvalue(r, 0, 0));
	PQclear(r);
	return text;
}

static json_t *query_json(const char *sql)
{
	char *text = query(sql, 0, NULL);
	json_t *value = text ? json_loads(text, JSON_DECODE_ANY, NULL) : NULL;

	expect(value, "%s answers JSON", sql);
	free(text);
	return value;
}

static void load_fixture(void)
{
	char program[DEPLOYMENT_PATH], output[4096];
	int status;

	snprintf(program, sizeof program, "%s/psql", getenv("NINETWO_POSTGRESQL"));
	status = program_run((const char *[]){ program, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", deployment.socket, "-U", "postgres", "-d",
		"ninetwo", "-o", "/dev/null", "-f", "tests/sql/fixture/matrix.sql", NULL }, output, sizeof output);
	expect(status == 0, "the fixture: %s", output);
}

static long metric(const char *name)
{
	char line[64];
	struct raw r;
	const char *at;
	long value;

	expect(raw_open(&r, server.status_port) && raw_print(&r, "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"), "the metrics");
	while (!r.closed && raw_receive(&r, PATIENCE_MS))
		;
	snprintf(line, sizeof line, "\n%s ", name);
	at = strstr(r.text, line);
	expect(at, "the metrics tell %s: %s", name, r.text);
	value = strtol(at + strlen(line), NULL, 10);
	raw_close(&r);
	return value;
}

/* How many requests the server has sent to its database since it started. */
static long database_requests(void)
{
	return metric("ninetwo_database_requests_total");
}

/* Once it numbers events its feed is up, and what that makes it ask of its own accord has been sent. */
static void wait_until_it_leads(void)
{
	int64_t deadline = deadline_after(PATIENCE_MS);

	while (metric("ninetwo_ledger_leads") != 1 && deadline_left(deadline) > 0)
		usleep(10000);
	expect(metric("ninetwo_ledger_leads") == 1, "the only server leads");
}

/* --- one cell --- */

static const char *text_of(const json_t *cell, const char *name)
{
	return json_string_value(json_object_get(cell, name));
}

static bool is(const json_t *cell, const char *name, const char *value)
{
	return strcmp(text_of(cell, name), value) == 0;
}

/* Nobody's connection is a new one for each call: the server ends one that does not say for long who it is. */
static struct member *member_of(const json_t *cell)
{
	struct member *m = members;

	for (size_t i = 0; i < CALLERS; i++)
		if (is(json_array_get(callers, i), "letter", text_of(cell, "letter")))
			m = &members[i];
	if (!m->token[0]) {
		struct failure f = { 0 };

		connection_free(m->connection);
		m->connection = connection_open(&(struct connection_options){ .server = server.address }, &f);
		expect(m->connection, "a connection of nobody: %s", f.message);
	}
	return m;
}

static json_t *parameters(const json_t *cell)
{
	json_t *params = json_deep_copy(json_object_get(cell, "params"));

	if (!description_takes(text_of(cell, "method"), "organisation"))
		json_object_del(params, "organisation");
	return params;
}

static void blame(const json_t *cell, const char *word, const char *reply)
{
	if (wrong++ < SHOWN)
		print_error("%s by %s: expected %s, answered %s: %.300s\n", text_of(cell, "place"), text_of(cell, "letter"),
			text_of(cell, "expected"), word, reply ? reply : "connection lost");
}

/* `out` is the result, or the error of this code. */
static void compare(const json_t *cell, int code, const json_t *out)
{
	const char *rule = code < 0 ? json_string_value(json_object_get(json_object_get(out, "data"), "rule")) : NULL;
	char *reply = json_dumps(out, JSON_ENCODE_ANY), number[16], *word;

	snprintf(number, sizeof number, "%d", code);
	word = query("select t.mismatch($1, $2, $3::jsonb, $4::int, $5)", 5,
		(const char *[]){ text_of(cell, "place"), text_of(cell, "expected"), reply, number, rule });
	if (word)
		blame(cell, word, reply);
	free(word);
	free(reply);
}

static void call(struct member *m, const json_t *cell, json_t *params)
{
	json_t *out;
	int code = member_call(m, text_of(cell, "method"), params, &out);

	compare(cell, code, out);
	json_decref(out);
}

static bool is_server(const json_t *cell)
{
	return is(cell, "access", "server");
}

/* Through the gate alone: no role of the caller's, or nobody at all. */
static bool at_the_gate(const json_t *cell)
{
	return is(cell, "expected", ".") || is(cell, "expected", "01");
}

static bool refused(const json_t *cell)
{
	return json_is_true(json_object_get(cell, "refused"));
}

/* --- the tests --- */

/* A count has the rights of the list beside it, which are asked where lists are (tests/sql/lists.sql). */
static bool counts(const char *name)
{
	const char *verb = strrchr(name, '.');

	return verb && !strncmp(verb, ".count", 6);
}

static void none_missing_and_none_gone(void **state)
{
	char *broken = query("select string_agg(file || ': ' || error, '; ') from t.broken", 0, NULL);
	json_t *names = json_object(), *one;
	const char *name;
	void *next;
	size_t i;

	(void)state;
	expect(!broken, "tests/sql/%s", broken);
	json_array_foreach(sheet, i, one)
		json_object_set_new(names, text_of(one, "method"), json_true());
	json_array_foreach(json_object_get(description_document(), "methods"), i, one) {
		expect(json_object_get(names, text_of(one, "name")) || counts(text_of(one, "name")), "%s has no row in tests/sql/nouns",
				text_of(one, "name"));
		json_object_del(names, text_of(one, "name"));
	}
	json_object_foreach_safe(names, next, name, one)
		expect(false, "%s has a row, and is no method", name);
	json_decref(names);
}

static void the_gate_refuses_without_the_database(void **state)
{
	long before = database_requests();
	json_t *cell;
	size_t i;

	(void)state;
	wrong = 0;
	json_array_foreach(sheet, i, cell)
		if (at_the_gate(cell))
			call(member_of(cell), cell, parameters(cell));
	expect(database_requests() == before, "the gate asked the database %ld times", database_requests() - before);
	expect(wrong == 0, "%d cells", wrong);
}

static void what_is_refused_changes_nothing(void **state)
{
	char *before = query("select t.digest()", 0, NULL), *after;
	json_t *cell;
	size_t i;

	(void)state;
	wrong = 0;
	json_array_foreach(sheet, i, cell)
		if (refused(cell) && !at_the_gate(cell) && !is_server(cell))
			call(member_of(cell), cell, parameters(cell));
	after = query("select t.digest()", 0, NULL);
	expect(wrong == 0, "%d cells", wrong);
	assert_string_equal(before, after);
	free(before);
	free(after);
}

/* What would be answered is what is answered: `can`, of everything that is not just read. */
static void compare_forecast(const json_t *cell, json_t *forecast)
{
	bool allowed = json_is_true(json_object_get(forecast, "allowed"));

	if (!allowed)
		compare(cell, (int)json_integer_value(json_object_get(forecast, "code")), forecast);
	else if (refused(cell))
		blame(cell, "can: allowed", "");
}

static void can_says_the_same_and_changes_nothing(void **state)
{
	char *before = query("select t.digest()", 0, NULL), *after;
	json_t *cell, *params;
	size_t i;

	(void)state;
	wrong = 0;
	json_array_foreach(sheet, i, cell)
		if (!is_server(cell) && !is(cell, "access", "read") && !is(cell, "letter", "N")) {
			params = parameters(cell);
			params = json_pack("{s:s, s:o, s:O}", "method", text_of(cell, "method"), "params", params, "organisation",
				json_object_get(json_object_get(cell, "params"), "organisation"));
			params = member_must(member_of(cell), "can", params);
			compare_forecast(cell, params);
			json_decref(params);
		}
	after = query("select t.digest()", 0, NULL);
	expect(wrong == 0, "%d cells", wrong);
	assert_string_equal(before, after);
	free(before);
	free(after);
}

/* An answer alone is not the deed; but a get notes only an observer's reading (S8). */
static void put_back(const json_t *cell)
{
	char *changed = query("select t.restore()", 0, NULL);

	if (strcmp(changed, "0") == 0 && !strstr(text_of(cell, "method"), ".get"))
		blame(cell, "answered, and nothing done", "");
	free(changed);
}

/* Cells that are answered: those that only read, or the others. */
static void answer_all(bool reading)
{
	json_t *cell;
	size_t i;

	wrong = 0;
	json_array_foreach(sheet, i, cell)
		if (!refused(cell) && !is_server(cell) && is(cell, "access", "read") == reading) {
			call(member_of(cell), cell, parameters(cell));
			if (!reading)
				put_back(cell);
		}
	expect(wrong == 0, "%d cells", wrong);
}

static void what_may_be_read_is_shown(void **state)
{
	(void)state;
	answer_all(true);
}

/* After the reading: the ledger goes on, so that from here on there is more to be told of. */
static void what_may_be_done_is_done(void **state)
{
	char *before = query("select t.digest('{app,auth}')", 0, NULL), *after;

	(void)state;
	answer_all(false);
	after = query("select t.digest('{app,auth}')", 0, NULL);
	assert_string_equal(before, after);
	free(before);
	free(after);
}

/* A connection of this caller's, to be signed in or out at. */
static struct member fresh(const struct member *m, const char *token)
{
	struct member other = *m;

	snprintf(other.token, sizeof other.token, "%s", token ? token : "");
	other.connection = NULL;
	if (token) {
		member_connect(&other, &server);
	} else {
		struct failure f = { 0 };

		other.connection = connection_open(&(struct connection_options){ .server = server.address }, &f);
		expect(other.connection, "a connection of nobody: %s", f.message);
	}
	return other;
}

static const char *closing_token(const json_t *cell)
{
	size_t i;
	json_t *one;

	json_array_foreach(callers, i, one)
		if (is(one, "letter", text_of(cell, "letter")))
			return text_of(one, "closing");
	return NULL;
}

/* Signing in and out are at connections of their own: whoever is signed in signs in no more. */
static bool at_its_own_connection(const json_t *cell, struct member *m)
{
	json_t *params = NULL;
	struct member other;

	if (is(cell, "method", "session.open"))
		params = json_pack("{s:s}", "token", m->token[0] ? m->token : members[0].token);
	else if (!is(cell, "method", "session.close"))
		return false;
	other = fresh(m, params ? NULL : closing_token(cell));
	call(&other, cell, params);
	member_leave(&other);
	return true;
}

static void what_the_server_does_itself(void **state)
{
	json_t *cell;
	size_t i;

	(void)state;
	wrong = 0;
	json_array_foreach(sheet, i, cell)
		if (is_server(cell) && !at_the_gate(cell)) {
			struct member *m = member_of(cell);

			/* Whoever wants to say where they are follows the events. */
			if (is(cell, "method", "presence.set"))
				json_decref(member_must(m, "events.subscribe", json_pack("{s:O}", "organisation",
					json_object_get(json_object_get(cell, "params"), "organisation"))));
			if (!at_its_own_connection(cell, m))
				call(m, cell, parameters(cell));
		}
	expect(wrong == 0, "%d cells", wrong);
}

static void sign_in(struct member *m, const json_t *caller)
{
	*m = (struct member){ .email = text_of(caller, "letter"), .server = &server };
	if (!text_of(caller, "token"))
		return;
	snprintf(m->token, sizeof m->token, "%s", text_of(caller, "token"));
	member_connect(m, &server);
	json_decref(member_must(m, "session.current", NULL));
}

/* What a server does by itself sooner or later, done before there is one: afterwards tables change by calls alone. */
static const char what_a_server_does[] = "select operator.sweep(); do $$ begin while ledger.lapse() is not null loop end loop; end $$";

static int set_up(void **state)
{
	char conninfo[3 * DEPLOYMENT_PATH];
	size_t i;
	json_t *caller;

	(void)state;
	deployment_start(&deployment, "matrix", NULL);
	load_fixture();
	snprintf(conninfo, sizeof conninfo, "%s user=postgres", deployment.conninfo);
	database = PQconnectdb(conninfo);
	expect(PQstatus(database) == CONNECTION_OK, "%s: %s", conninfo, PQerrorMessage(database));
	deployment_sql(&deployment, what_a_server_does, NULL, 0);
	server_start(&deployment, &server, NULL);
	wait_until_it_leads();
	sheet = query_json("select t.sheet()");
	callers = query_json("select t.callers()");
	expect(json_array_size(callers) == CALLERS, "%d callers", CALLERS);
	json_array_foreach(callers, i, caller)
		sign_in(&members[i], caller);
	free(query("select t.save()", 0, NULL));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	for (size_t i = 0; i < CALLERS; i++)
		member_leave(&members[i]);
	json_decref(sheet);
	json_decref(callers);
	PQfinish(database);
	server_end(&server, SIGTERM);
	deployment_stop(&deployment);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(none_missing_and_none_gone),
		cmocka_unit_test(the_gate_refuses_without_the_database),
		cmocka_unit_test(what_is_refused_changes_nothing),
		cmocka_unit_test(can_says_the_same_and_changes_nothing),
		cmocka_unit_test(what_may_be_read_is_shown),
		cmocka_unit_test(what_may_be_done_is_done),
		cmocka_unit_test(what_the_server_does_itself),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
