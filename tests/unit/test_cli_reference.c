/* What people call a record to its id, and what is read for them before a change: client-cli/reference.c, fill.c. The server answers from
 * a table, and every call that it gets is noted. */
#include "client-cli/reference.h"

#include "base/error.h"
#include "client-cli/fill.h"
#include "tests/unit/cli_run.h"
#include "tests/unit/cli_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define ID(n) "01990000-0000-7000-8000-0000000000" n
#define ACME ID("01")
#define ANN ID("0a")
#define BOB ID("0b")
#define FIRST_AUDIT ID("a1")
#define SECOND_AUDIT ID("a2")
#define FINDING ID("f1")
#define DECIDED ID("f2")
#define UNANSWERED ID("f3")
#define SEVERAL ID("f4")

/* The first row of the method whose `with` is in the parameters (compact JSON) answers; no row: refused. */
static const struct { const char *method, *with, *result; } answers[] = {
	{ "session.current", "", "{'organisations':[{'id':'" ACME "','name':'Acme'}]}" },
	{ "organisation.get", "", "{'version':12}" },
	{ "person.list", "ann@example.org", "{'items':[{'id':'" ANN "','name':'Ann','email':'ann@example.org'}],'after':null}" },
	{ "person.list", "bob@example.org", "{'items':[{'id':'" BOB "','name':'Bob','email':'bob@example.org'}],'after':null}" },
	{ "person.list", "", "{'items':[],'after':null}" },
	{ "membership.list", ANN, "{'items':[{'id':'" ID("31") "','role':'auditee','current':false},{'id':'" ID("32") "','role':'auditor','current':true}],'after':null}" },
	{ "membership.list", BOB, "{'items':[{'id':'" ID("33") "','role':'auditee','current':true,'from_date':'2026-01-01'},"
	  "{'id':'" ID("34") "','role':'management','current':true}],'after':null}" },
	{ "membership.get", ID("32"), "{'id':'" ID("32") "','version':3}" },
	{ "finding.list", "F-01", "{'items':[{'id':'" FINDING "','reference':'IA-2026-01-F-01'}],'after':null}" },
	{ "finding.list", "F-02", "{'items':[{'id':'" DECIDED "','reference':'IA-2026-01-F-02'}],'after':null}" },
	{ "finding.list", "F-03", "{'items':[{'id':'" UNANSWERED "','reference':'IA-2026-01-F-03'}],'after':null}" },
	{ "finding.list", "F-04", "{'items':[{'id':'" SEVERAL "','reference':'IA-2026-01-F-04'}],'after':null}" },
	{ "finding.list", "", "{'items':[],'after':null}" },
	{ "response.list", FINDING, "{'items':[{'id':'" ID("51") "','round':1,'state':'returned','decided_at':'2026-01-01T00:00:00Z','version':4},"
	  "{'id':'" ID("52") "','round':2,'state':'draft','decided_at':null,'version':9}],'after':null}" },
	{ "response.list", DECIDED, "{'items':[{'id':'" ID("53") "','round':1,'state':'accepted','decided_at':'2026-01-01T00:00:00Z','version':4}],'after':null}" },
	{ "response.list", SEVERAL, "{'items':[{'id':'" ID("54") "','round':1,'state':'returned','decided_at':'2026-01-01T00:00:00Z','version':1},"
	  "{'id':'" ID("55") "','round':2,'state':'accepted','decided_at':'2026-01-01T00:00:00Z','version':1}],'after':null}" },
	{ "response.list", UNANSWERED, "{'items':[],'after':null}" },
	{ "response.get", ID("52"), "{'id':'" ID("52") "','version':9}" },
	{ "audit.list", "", "{'items':[{'id':'" FIRST_AUDIT "','reference':'IA-2026-01'},{'id':'" SECOND_AUDIT "','reference':'IA-2026-02'}],'after':null}" },
	{ "evidence.list", FIRST_AUDIT, "{'items':[{'id':'" ID("e1") "','title':'Restore test'},{'id':'" ID("e2") "','title':'Log'}],'after':null}" },
	{ "evidence.list", SECOND_AUDIT, "{'items':[{'id':'" ID("e2") "','title':'Log'},{'id':'" ID("e3") "','title':'restore TEST'},{'id':'" ID("e6") "','title':'Only here'}],'after':null}" },
	{ "evidence.list", "", "{'items':[{'id':'" ID("e4") "','title':'My own'},{'id':'" ID("e5") "','title':'Log'}],'after':null}" },
	{ "function.list", "nextpage", "{'items':[{'id':'" ID("72") "','name':'Access'}],'after':null}" },
	{ "function.list", "", "{'items':[{'id':'" ID("71") "','name':'Backup'}],'after':'nextpage'}" },
};

struct fixture { struct cli_server *server; struct client client; char home[64]; char calls[4096]; bool own_only; };

static json_t *from_quoted(const char *text)
{
	char *copy = strdup(text);
	json_t *value;

	for (char *p = copy; *p; p++)
		if (*p == '\'')
			*p = '"';
	value = json_loads(copy, 0, NULL);
	free(copy);
	return value;
}

static char *answer(void *arg, int connection, json_t *request)
{
	struct fixture *x = arg;
	const char *method = json_string_value(json_object_get(request, "method"));
	json_t *params = json_object_get(request, "params");
	char *text = params ? json_dumps(params, JSON_COMPACT) : strdup(""), *reply = NULL;
	size_t n = strlen(x->calls);

	(void)connection;
	snprintf(x->calls + n, sizeof x->calls - n, "%s %s\n", method, text);
	if (!strcmp(method, "rpc.discover"))
		reply = cli_result(request, cli_document());
	if (x->own_only && !strcmp(method, "audit.list"))
		reply = cli_refusal(request, E_FORBIDDEN, "None of your roles here may do this.", NULL);
	for (size_t i = 0; i < sizeof answers / sizeof *answers && !reply; i++)
		if (!strcmp(answers[i].method, method) && strstr(text, answers[i].with))
			reply = cli_result(request, from_quoted(answers[i].result));
	free(text);
	return reply ? reply : cli_refusal(request, E_NOT_FOUND, "There is no such thing.", NULL);
}

static int set_up(void **state)
{
	struct fixture *x = calloc(1, sizeof *x);
	struct options options = { .retry_seconds = 0 };
	struct failure f = { 0 };

	cli_home_make(x->home);
	x->server = cli_server_start(answer, x);
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

	client_clear(&x->client);
	cli_server_stop(x->server);
	cli_home_remove(x->home);
	free(x);
	return 0;
}

/* id NULL: refused, with `said` in the sentence. */
static const struct { const char *title, *noun, *text, *id, *said; } references[] = {
	{ "a finding by its reference", "finding", "IA-2026-01-F-01", FINDING, NULL },
	{ "the form tells the noun", NULL, "IA-2026-01-F-01", FINDING, NULL },
	{ "an e-mail is a person's", NULL, "ann@example.org", ANN, NULL },
	{ "what has no form and no noun", NULL, "whatever", NULL, "'whatever' is no id" },
	{ "letters' case does not count", "function", "BACKUP", ID("71"), NULL },
	{ "a name on a later page", "function", "access", ID("72"), NULL },
	{ "half a name is none", "function", "Back", NULL, "No function is called 'Back'" },
	{ "a noun without a list", "colour", "red", NULL, "cannot be looked up by name" },
	{ "of a finding the response that is not decided", "response", "IA-2026-01-F-01", ID("52"), NULL },
	{ "the only one, decided or not", "response", "IA-2026-01-F-02", ID("53"), NULL },
	{ "a finding without a response", "response", "IA-2026-01-F-03", NULL, "No response is called 'IA-2026-01-F-03'" },
	{ "several that are decided are told apart", "response", "IA-2026-01-F-04", NULL, "round 1 returned " ID("54") ", round 2 accepted " ID("55") },
	{ "a response has no name", "response", "the plan", NULL, "a response has no name; say its id, as `ninetwo response list` shows it, or its finding" },
	{ "nor has it an e-mail", "response", "ann@example.org", NULL, "has no name" },
	{ "a finding that is not there", "response", "IA-2026-01-F-99", NULL, "No finding is called 'IA-2026-01-F-99'" },
	{ "the membership that somebody holds", "membership", "ann@example.org", ID("32"), NULL },
	{ "two that somebody holds", "membership", "bob@example.org", NULL, "auditee 2026-01-01 " ID("33") ", management " ID("34") },
	{ "a membership has no name", "membership", "auditor", NULL, "or the e-mail of its person" },
	{ "nobody's membership", "membership", "eve@example.org", NULL, "No person is called 'eve@example.org'" },
	{ "evidence of one's own", "evidence", "my own", ID("e4"), NULL },
	{ "evidence of one's own before that of others", "evidence", "Log", ID("e5"), NULL },
	{ "evidence of others, in whichever audit", "evidence", "Only here", ID("e6"), NULL },
	{ "evidence of one title in two audits is asked about", "evidence", "Restore test", NULL, ID("e1") },
	{ "evidence of others, in the audit that is said", "evidence", "IA-2026-01/Restore test", ID("e1"), NULL },
	{ "evidence that is attached twice is one", "evidence", "IA-2026-02/Log", ID("e2"), NULL },
	{ "evidence that is nowhere", "evidence", "Nothing", NULL, "No evidence is called 'Nothing'" },
};

static void test_references(void **state)
{
	struct fixture *x = *state;

	for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
		struct failure f = { 0 };
		json_t *id = reference_resolve(&x->client, references[i].noun, "id", references[i].text, NULL, &f);

		if (references[i].id ? !id || strcmp(json_string_value(id), references[i].id) : id || !strstr(f.message, references[i].said))
			fail_msg("%s: %s, %s", references[i].title, id ? json_string_value(id) : "nothing", f.message);
		json_decref(id);
		failure_clear(&f);
	}
}

/* Who lists no audits is told of what they supplied, and not that they may not list audits. */
static void test_evidence_of_whom_audits_are_not_for(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };

	x->own_only = true;
	assert_null(reference_resolve(&x->client, "evidence", "id", "Restore test", NULL, &f));
	assert_int_equal(f.code, E_NOT_FOUND);
	failure_clear(&f);
}

static void test_a_name_in_another_audit_is_not_it(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	json_t *id = reference_resolve(&x->client, "evidence", "id", "restore test", SECOND_AUDIT, &f);

	assert_string_equal(json_string_value(id), ID("e3"));
	json_decref(id);
}

static const struct { const char *text, *noun; } forms[] = {
	{ "IA-2026-01", "audit" }, { "IA-2026-01-F-03", "finding" }, { "IA-2026-01-F-03-A-2", "action" }, { "IA-2026-01-C-01", "check" },
	{ "IA-2026-01-R-01", "request" }, { "IA-2026-01-RE-1", "release" }, { "ann@example.org", "person" }, { "Backup", NULL }, { "A.8.13", NULL },
	{ "-2026-01", NULL }, { "ia-2026-01", NULL }, { "IA-2026", NULL }, { "IA-2026-01-X-1", NULL }, { "", NULL },
};

static void test_forms(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const char *noun = reference_noun_by_form(forms[i].text);

		if (noun && forms[i].noun ? strcmp(noun, forms[i].noun) != 0 : noun != forms[i].noun)
			fail_msg("%s: %s", forms[i].text, noun ? noun : "nothing");
	}
}

static const struct { const char *method, *parameter, *schema, *noun; } meanings[] = {
	{ "finding.issue", "id", "{}", "finding" },
	{ "finding.list", "functions", "{}", "function" },
	{ "finding.list", "owner", "{}", "person" },
	{ "finding.list", "criteria", "{}", "requirement" },
	{ "finding.list", "thing", "{'x-noun':'audit'}", "audit" },
	{ "finding.list", "thing", "{}", NULL },
	{ "finding.list", "part", "{}", "part" },
};

static void test_what_a_parameter_means(void **state)
{
	struct fixture *x = *state;

	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		json_t *schema = from_quoted(meanings[i].schema);
		char buffer[64];
		const char *noun = reference_noun(&x->client.document, meanings[i].method, meanings[i].parameter, schema, buffer);

		if (noun && meanings[i].noun ? strcmp(noun, meanings[i].noun) != 0 : noun != meanings[i].noun)
			fail_msg("%s of %s: %s", meanings[i].parameter, meanings[i].method, noun ? noun : "nothing");
		json_decref(schema);
	}
}

/* version -1: none is sent. */
static const struct { const char *title, *method, *params; int version; } versions[] = {
	{ "of the record that is named", "membership.end", "{'id':'ann@example.org'}", 3 },
	{ "of what is meant by its finding", "response.submit", "{'id':'IA-2026-01-F-01'}", 9 },
	{ "of the response that is being written", "response.save", "{'finding':'IA-2026-01-F-01'}", 9 },
	{ "none, where it is yet to be begun", "response.save", "{'finding':'IA-2026-01-F-03'}", -1 },
	{ "none, where the last round was decided", "response.save", "{'finding':'IA-2026-01-F-02'}", -1 },
	{ "of a record without an id", "organisation.update", "{}", 12 },
	{ "the one that is given", "response.save", "{'finding':'IA-2026-01-F-01','version':2}", 2 },
};

static void test_versions_are_read_alike(void **state)
{
	struct fixture *x = *state;

	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
		struct failure f = { 0 };
		json_t *params = from_quoted(versions[i].params), *version;

		if (!fill_params(&x->client, versions[i].method, params, &f))
			fail_msg("%s: %s", versions[i].title, f.message);
		version = json_object_get(params, "version");
		if ((version ? json_integer_value(version) : -1) != versions[i].version)
			fail_msg("%s: %d", versions[i].title, (int)json_integer_value(version));
		json_decref(params);
	}
}

static void test_a_subject_says_what_it_is(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	json_t *params = from_quoted("{'id':'My own','subject':'IA-2026-01-F-01'}");

	assert_true(fill_params(&x->client, "evidence.attach", params, &f));
	assert_string_equal(json_string_value(json_object_get(params, "noun")), "finding");
	assert_string_equal(json_string_value(json_object_get(params, "subject")), FINDING);
	json_decref(params);
	params = from_quoted("{'id':'My own','subject':'ann@example.org','noun':'response'}");
	assert_false(fill_params(&x->client, "evidence.attach", params, &f));		/* what is said stands */
	assert_non_null(strstr(f.message, "a response has no name"));
	failure_clear(&f);
	json_decref(params);
}

/* A version that cannot be read is said, and nothing is sent without it. */
static void test_a_record_that_cannot_be_read_is_not_changed(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	json_t *params = from_quoted("{'id':'" ID("99") "'}");

	assert_false(fill_params(&x->client, "response.submit", params, &f));
	assert_int_equal(f.code, E_NOT_FOUND);
	failure_clear(&f);
	json_decref(params);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_references),
		CASE(test_evidence_of_whom_audits_are_not_for),
		CASE(test_a_name_in_another_audit_is_not_it),
		CASE(test_forms),
		CASE(test_what_a_parameter_means),
		CASE(test_versions_are_read_alike),
		CASE(test_a_subject_says_what_it_is),
		CASE(test_a_record_that_cannot_be_read_is_not_changed),
	};

	return cmocka_run_group_tests_name("cli_reference", tests, NULL, NULL);
}
