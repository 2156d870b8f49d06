/* The client against a server that answers as told: what is filled in, names resolved, and calls that survive a lost connection. */
#include "client-cli/fill.h"

#include "base/error.h"
#include "base/uuid.h"
#include "tests/unit/cli_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define ORGANISATION "01990000-0000-7000-8000-000000000001"
#define ANN "01990000-0000-7000-8000-00000000000a"
#define BOB "01990000-0000-7000-8000-00000000000b"
#define FINDING "01990000-0000-7000-8000-0000000000f3"

/* What the server saw, and what it is to do next. */
struct script {
	int calls, discoveries;
	int hang_up;			/* so many calls are read and not answered */
	int not_now;
	char last[8192];
	char ids[512];			/* request_ids, joined */
};

struct fixture {
	struct script script;
	struct cli_server *server;
	struct client client;
	char home[64];
};

static json_t *person(const char *id, const char *name, const char *email)
{
	return json_pack("{s:s, s:s, s:s}", "id", id, "name", name, "email", email);
}

static json_t *people(const json_t *params)
{
	json_t *items = json_array();
	const char *email = json_string_value(json_object_get(params, "email")), *q = json_string_value(json_object_get(params, "q"));

	if (!email || !strcasecmp(email, "ann@example.org"))
		json_array_append_new(items, person(ANN, "Ann Archer", "ann@example.org"));
	if (!email && (!q || strstr("Ann Archer junior", q)))
		json_array_append_new(items, person(BOB, "Ann Archer", "ann.archer@example.org"));
	return json_pack("{s:o, s:n, s:b}", "items", items, "after", "partial", 0);
}

/* Functions have no filter: the list is walked, one a page. */
static json_t *functions(const json_t *params)
{
	if (!json_object_get(params, "after") || json_is_null(json_object_get(params, "after")))
		return json_pack("{s:[{s:s, s:s, s:s}], s:s}", "items", "id", ANN, "reference", "FN-01", "name", "Backup", "after", "next");
	return json_pack("{s:[{s:s, s:s, s:s}], s:n}", "items", "id", BOB, "reference", "FN-02", "name", "Access", "after");
}

static json_t *result_of(const char *method, const json_t *params)
{
	if (!strcmp(method, "rpc.discover"))
		return cli_document();
	if (!strcmp(method, "session.current"))
		return json_pack("{s:[{s:s, s:s, s:[s]}]}", "organisations", "id", ORGANISATION, "name", "Acme", "roles", "auditor");
	if (!strcmp(method, "person.list"))
		return people(params);
	if (!strcmp(method, "function.list"))
		return functions(params);
	if (!strcmp(method, "finding.list"))
		return json_pack("{s:[{s:s, s:s}], s:n}", "items", "id", FINDING, "reference", "IA-2026-01-F-03", "after");
	if (!strcmp(method, "finding.get"))
		return json_pack("{s:s, s:i}", "id", FINDING, "version", 7);
	return json_pack("{s:b}", "done", 1);
}

static char *answer(void *arg, int connection, json_t *request)
{
	struct script *s = arg;
	const char *method = json_string_value(json_object_get(request, "method"));
	const json_t *params = json_object_get(request, "params");
	const char *id = json_string_value(json_object_get(params, "request_id"));
	char *text = json_dumps(request, JSON_COMPACT);

	(void)connection;
	snprintf(s->last, sizeof s->last, "%s", text);
	free(text);
	s->calls++;
	s->discoveries += !strcmp(method, "rpc.discover");
	if (id)
		snprintf(s->ids + strlen(s->ids), sizeof s->ids - strlen(s->ids), "%s ", id);
	if (id && s->hang_up > 0) {
		s->hang_up--;
		return strdup("");
	}
	if (id && s->not_now > 0) {
		s->not_now--;
		return cli_refusal(request, E_NOT_NOW, "Not now.", json_pack("{s:i}", "retry_after_ms", 10));
	}
	return cli_result(request, result_of(method, params));
}

static int set_up(void **state)
{
	struct fixture *x = calloc(1, sizeof *x);
	struct options options = { .retry_seconds = 5 };
	struct failure f = { 0 };

	strcpy(x->home, "/tmp/cli-test-XXXXXX");
	assert_non_null(mkdtemp(x->home));
	setenv("NINETWO_HOME", x->home, 1);
	x->server = cli_server_start(answer, &x->script);
	options.server = cli_server_address(x->server);
	assert_true(client_start(&x->client, &options, &f));
	profile_set_text(&x->client.profile, "token", "n2s_x");
	profile_set_text(&x->client.profile, "server", options.server);
	assert_true(client_document(&x->client, &f));
	*state = x;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *x = *state;
	char command[128];

	client_clear(&x->client);
	cli_server_stop(x->server);
	snprintf(command, sizeof command, "rm -rf '%s'", x->home);
	assert_int_equal(system(command), 0);
	free(x);
	return 0;
}

static json_t *filled(struct fixture *x, const char *method, const char *params, struct failure *f)
{
	json_t *json = json_loads(params, 0, NULL);

	assert_non_null(json);
	if (fill_params(&x->client, method, json, f))
		return json;
	json_decref(json);
	return NULL;
}

static const char *text_at(const json_t *json, const char *member)
{
	return json_string_value(json_object_get(json, member));
}

static void test_a_change_gets_organisation_request_id_and_version(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	json_t *params = filled(x, "finding.issue", "{\"id\": \"IA-2026-01-F-03\"}", &f);

	assert_non_null(params);
	assert_string_equal(text_at(params, "id"), FINDING);
	assert_string_equal(text_at(params, "organisation"), ORGANISATION);
	assert_true(uuid_is(text_at(params, "request_id")));
	assert_int_equal(json_integer_value(json_object_get(params, "version")), 7);
	json_decref(params);
}

static void test_a_version_that_was_given_is_kept(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	json_t *params = filled(x, "finding.issue", "{\"id\": \"IA-2026-01-F-03\", \"version\": 2}", &f);

	assert_int_equal(json_integer_value(json_object_get(params, "version")), 2);
	json_decref(params);
}

static void test_names_and_days_are_resolved_inside_nested_values(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	json_t *params = filled(x, "finding.plan", "{\"id\": \"" FINDING "\", \"actions\": [{\"title\": \"ann@example.org\", \"owner\": \"ann@example.org\","
				"\"due\": \"2026-01-31+1m\"}], \"extent\": {\"functions\": [\"access\", \"FN-01\"]}}", &f);
	json_t *action = json_array_get(json_object_get(params, "actions"), 0);
	json_t *functions_of = json_object_get(json_object_get(params, "extent"), "functions");

	assert_non_null(params);
	assert_string_equal(text_at(action, "owner"), ANN);
	assert_string_equal(text_at(action, "title"), "ann@example.org");
	assert_string_equal(text_at(action, "due"), "2026-02-28");
	assert_string_equal(json_string_value(json_array_get(functions_of, 0)), BOB);
	assert_string_equal(json_string_value(json_array_get(functions_of, 1)), ANN);
	json_decref(params);
}

static void test_a_name_is_looked_up_once(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	int before;

	json_decref(filled(x, "finding.list", "{\"functions\": [\"backup\"]}", &f));
	before = x->script.calls;
	json_decref(filled(x, "finding.list", "{\"functions\": [\"backup\"]}", &f));
	assert_int_equal(x->script.calls, before);
}

static const struct { const char *title, *params; enum failure_kind kind; int code; const char *sentence; } wrong[] = {
	{ "a name that nobody has", "{\"functions\": [\"nothing\"]}", FAILURE_REFUSED, E_NOT_FOUND, "No function is called 'nothing'" },
	{ "an e-mail that nobody has, where a function is asked for", "{\"functions\": [\"x@example.org\"]}", FAILURE_REFUSED, E_NOT_FOUND, "x@example.org" },
};

static void test_names_that_cannot_be_resolved(void **state)
{
	struct fixture *x = *state;

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct failure f = { 0 };

		assert_null(filled(x, "finding.list", wrong[i].params, &f));
		if (f.kind != wrong[i].kind || f.code != wrong[i].code || !strstr(f.message, wrong[i].sentence))
			fail_msg("%s: %d %s", wrong[i].title, f.code, f.message);
		failure_clear(&f);
	}
}

static void test_a_name_that_two_have_is_asked_about(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };

	assert_null(filled(x, "finding.plan", "{\"actions\": [{\"owner\": \"Ann Archer\"}]}", &f));
	assert_int_equal(f.kind, FAILURE_USAGE);
	assert_non_null(strstr(f.message, "2 records"));
	failure_clear(&f);
}

static void test_a_date_that_is_none_is_refused_here(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };

	assert_null(filled(x, "finding.plan", "{\"actions\": [{\"due\": \"soon\"}]}", &f));
	assert_int_equal(f.kind, FAILURE_USAGE);
	failure_clear(&f);
}

static void test_what_is_missing_is_named_together(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	json_t *params = filled(x, "finding.plan", "{}", &f);

	assert_false(fill_check_required(&x->client.document, "finding.plan", params, &f));
	assert_non_null(strstr(f.message, "--id, --root-cause, --actions"));
	failure_clear(&f);
	json_decref(params);
}

/* The same request_id in every attempt: the words of `ids` are all one. */
static void assert_one_id(const char *ids, size_t times)
{
	for (size_t i = 1; i < times; i++)
		assert_memory_equal(ids, ids + i * 37, 36);
	assert_int_equal(strlen(ids), times * 37);
}

static void test_a_lost_connection_is_made_again_and_the_same_call_sent(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	json_t *params = filled(x, "finding.issue", "{\"id\": \"" FINDING "\"}", &f), *result;

	x->script.hang_up = 2;
	result = client_call(&x->client, "finding.issue", params, &f);
	assert_non_null(result);
	assert_one_id(x->script.ids, 3);
	json_decref(result);
	json_decref(params);
}

static void test_not_now_is_tried_again(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	json_t *params = filled(x, "finding.issue", "{\"id\": \"" FINDING "\"}", &f), *result;

	x->script.not_now = 2;
	result = client_call(&x->client, "finding.issue", params, &f);
	assert_non_null(result);
	assert_one_id(x->script.ids, 3);
	json_decref(result);
	json_decref(params);
}

static void test_without_retrying_a_loss_is_a_failure(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	json_t *params = filled(x, "finding.issue", "{\"id\": \"" FINDING "\"}", &f);

	x->client.options.retry_seconds = 0;
	x->script.hang_up = 1;
	assert_null(client_call(&x->client, "finding.issue", params, &f));
	assert_int_equal(f.kind, FAILURE_LOST);
	assert_int_equal(failure_exit_status(&f), 8);
	failure_clear(&f);
	json_decref(params);
}

static void test_the_document_is_kept_for_the_next_command(void **state)
{
	struct fixture *x = *state;
	struct options options = x->client.options;
	struct failure f = { 0 };
	struct client next;

	assert_int_equal(x->script.discoveries, 1);
	client_disconnect(&x->client);		/* the server has one at a time */
	assert_true(client_start(&next, &options, &f));
	assert_true(client_document(&next, &f));
	assert_int_equal(x->script.discoveries, 1);
	assert_false(next.document_is_fresh);
	assert_true(client_document_refresh(&next, &f));
	assert_int_equal(x->script.discoveries, 2);
	assert_false(client_document_refresh(&next, &f));
	client_clear(&next);
}

static void test_a_sign_in_is_kept_for_its_owner_alone(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	struct stat st;
	char path[128];

	assert_true(profile_save(&x->client.profile, &f));
	snprintf(path, sizeof path, "%s/default.profile", x->home);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_false(profile_load(&x->client.profile, "../escape", &f));
	assert_int_equal(f.kind, FAILURE_USAGE);
	failure_clear(&f);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_a_change_gets_organisation_request_id_and_version),
		CASE(test_a_version_that_was_given_is_kept),
		CASE(test_names_and_days_are_resolved_inside_nested_values),
		CASE(test_a_name_is_looked_up_once),
		CASE(test_names_that_cannot_be_resolved),
		CASE(test_a_name_that_two_have_is_asked_about),
		CASE(test_a_date_that_is_none_is_refused_here),
		CASE(test_what_is_missing_is_named_together),
		CASE(test_a_lost_connection_is_made_again_and_the_same_call_sent),
		CASE(test_not_now_is_tried_again),
		CASE(test_without_retrying_a_loss_is_a_failure),
		CASE(test_the_document_is_kept_for_the_next_command),
		CASE(test_a_sign_in_is_kept_for_its_owner_alone),
	};

	return cmocka_run_group_tests_name("cli_client", tests, NULL, NULL);
}
