/* test_values.c - every parameter of every method, with what its schema just takes and just refuses, through the server.
 *
 * The values are those of tests/sql/fixture/values.sql, which tests/sql/values.sql asks the database alone. What does
 * not fit is refused in the very words of the database's own wall; what fits is answered, or refused by an error that
 * the description names for the method. What would write is asked by `can`, which does it and takes it back. */
#include "base/error.h"
#include "tests/system/deployment.h"
#include "tests/system/description.h"
#include "tests/system/expect.h"
#include "tests/system/member.h"

#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALLERS = 18, SHOWN = 40, SENTENCE = 400 };

static struct deployment deployment;
static struct server server;
static json_t *trials, *callers;
static struct member members[CALLERS];
static int wrong;

static const char *text_of(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

/* ---- one trial ---- */

static struct member *member_of(const json_t *trial)
{
	for (size_t i = 0; i < CALLERS; i++)
		if (strcmp(text_of(json_array_get(callers, i), "letter"), text_of(trial, "letter")) == 0)
			return &members[i];
	fail_msg("nobody is %s", text_of(trial, "letter"));
	return NULL;
}

static void blame(const json_t *trial, const char *why, const json_t *answer)
{
	char *value = json_dumps(json_object_get(trial, "value"), JSON_ENCODE_ANY);
	char *said = answer ? json_dumps(answer, JSON_ENCODE_ANY) : NULL;

	if (wrong++ < SHOWN)
		print_error("%s %s = %.80s: %s: %.300s\n", text_of(trial, "method"), text_of(trial, "param"), value, why,
			said ? said : "connection lost");
	free(value);
	free(said);
}

static json_t *parameters(const json_t *trial)
{
	json_t *params = json_deep_copy(json_object_get(trial, "params"));

	if (!description_takes(text_of(trial, "method"), "organisation"))
		json_object_del(params, "organisation");
	return params;
}

/* ---- what does not fit ---- */

static bool holds(const json_t *list, const json_t *wanted)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
		if (json_equal(one, wanted))
			return true;
	return false;
}

static void compare_misfits(const json_t *trial, int code, const json_t *error)
{
	const json_t *said = json_object_get(json_object_get(error, "data"), "params");
	json_t *one;
	size_t i;

	if (code != (int)E_PARAMS)
		blame(trial, "is no error of a parameter", error);
	json_array_foreach(json_object_get(trial, "misfits"), i, one)
		if (code == (int)E_PARAMS && !holds(said, one))
			blame(trial, "says it otherwise", error);
}

static void what_does_not_fit_is_refused_in_the_same_words(void **state)
{
	json_t *trial, *out;
	size_t i, asked = 0;

	(void)state;
	wrong = 0;
	json_array_foreach(trials, i, trial)
		if (json_array_size(json_object_get(trial, "misfits"))) {
			int code = member_call(member_of(trial), text_of(trial, "method"), parameters(trial), &out);

			compare_misfits(trial, code, out);
			json_decref(out);
			asked++;
		}
	expect(wrong == 0, "%d of %zu", wrong, asked);
	expect(asked > 1000, "no more than %zu were tried", asked);
}

/* ---- what fits ---- */

static const json_t *method_named(const char *name)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(description_document(), "methods"), i, one)
		if (strcmp(text_of(one, "name"), name) == 0)
			return one;
	return NULL;
}

/* Whether the description names this error for the method. */
static bool is_declared(const char *method, int code)
{
	const json_t *components = json_object_get(description_document(), "components");
	const json_t *set = json_object_get(json_object_get(components, "x-errors"), text_of(method_named(method), "x-errors"));
	json_t *name;
	size_t i;

	json_array_foreach(set, i, name)
		if (json_integer_value(json_object_get(json_object_get(json_object_get(components, "errors"),
				json_string_value(name)), "code")) == code)
			return true;
	return false;
}

static bool is_sentence(const char *text)
{
	size_t length = text ? strlen(text) : 0;

	return length > 1 && length < SENTENCE && text[length - 1] == '.';
}

static void judge_refusal(const json_t *trial, int code, const json_t *refusal)
{
	if (code == (int)E_INTERNAL || code == MEMBER_LOST)
		blame(trial, "is an error of ours", refusal);
	else if (!is_declared(text_of(trial, "method"), code))
		blame(trial, "is not declared", refusal);
	else if (!is_sentence(text_of(refusal, "message")))
		blame(trial, "is no sentence", refusal);
}

/* Results are checked against their schema by member_call. */
static void read_it(const json_t *trial)
{
	json_t *out;
	int code = member_call(member_of(trial), text_of(trial, "method"), parameters(trial), &out);

	if (code)
		judge_refusal(trial, code, out);
	json_decref(out);
}

static void ask_whether_it_can(const json_t *trial)
{
	json_t *params = parameters(trial), *out;
	int code;

	params = json_pack("{s:s, s:o, s:O}", "method", text_of(trial, "method"), "params", params, "organisation",
		json_object_get(json_object_get(trial, "params"), "organisation"));
	code = member_call(member_of(trial), "can", params, &out);
	if (code)
		blame(trial, "cannot be asked", out);
	else if (!json_is_true(json_object_get(out, "allowed")))
		judge_refusal(trial, (int)json_integer_value(json_object_get(out, "code")), out);
	json_decref(out);
}

static void what_fits_is_answered_or_refused_for_a_reason(void **state)
{
	json_t *trial;
	size_t i, asked = 0;

	(void)state;
	wrong = 0;
	json_array_foreach(trials, i, trial)
		if (!json_array_size(json_object_get(trial, "misfits"))) {
			if (strcmp(text_of(trial, "access"), "read") == 0)
				read_it(trial);
			else
				ask_whether_it_can(trial);
			asked++;
		}
	expect(wrong == 0, "%d of %zu", wrong, asked);
	expect(asked > 1000, "no more than %zu were tried", asked);
}

/* ---- the setting ---- */

static void load_fixture(void)
{
	char program[DEPLOYMENT_PATH], output[4096];
	int status;

	snprintf(program, sizeof program, "%s/psql", getenv("NINETWO_POSTGRESQL"));
	status = program_run((const char *[]){ program, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", deployment.socket, "-U",
		"postgres", "-d", "ninetwo", "-o", "/dev/null", "-f", "tests/sql/fixture/values.sql", NULL }, output,
		sizeof output);
	expect(status == 0, "the fixture: %s", output);
}

static json_t *query_json(PGconn *database, const char *sql)
{
	PGresult *r = PQexec(database, sql);
	json_t *value;

	expect(PQresultStatus(r) == PGRES_TUPLES_OK, "%s: %s", sql, PQerrorMessage(database));
	value = json_loads(PQgetvalue(r, 0, 0), JSON_DECODE_ANY, NULL);
	expect(value, "%s answers JSON", sql);
	PQclear(r);
	return value;
}

static void ask_database(void)
{
	char conninfo[3 * DEPLOYMENT_PATH];
	PGconn *database;

	snprintf(conninfo, sizeof conninfo, "%s user=postgres", deployment.conninfo);
	database = PQconnectdb(conninfo);
	expect(PQstatus(database) == CONNECTION_OK, "%s: %s", conninfo, PQerrorMessage(database));
	trials = query_json(database, "select t.trials()");
	callers = query_json(database, "select t.callers()");
	PQfinish(database);
	expect(json_array_size(callers) == CALLERS, "%d callers", CALLERS);
}

static int set_up(void **state)
{
	(void)state;
	deployment_start(&deployment, "values", NULL);
	load_fixture();
	ask_database();
	server_start(&deployment, &server, NULL);
	for (size_t i = 0; i < CALLERS; i++) {
		const json_t *caller = json_array_get(callers, i);

		members[i] = (struct member){ .email = text_of(caller, "letter"), .server = &server };
		if (!text_of(caller, "token"))
			continue;
		snprintf(members[i].token, sizeof members[i].token, "%s", text_of(caller, "token"));
		member_connect(&members[i], &server);
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	for (size_t i = 0; i < CALLERS; i++)
		member_leave(&members[i]);
	json_decref(trials);
	json_decref(callers);
	server_end(&server, SIGTERM);
	deployment_stop(&deployment);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_does_not_fit_is_refused_in_the_same_words),
		cmocka_unit_test(what_fits_is_answered_or_refused_for_a_reason),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
