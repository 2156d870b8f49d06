/* Words of the command line to parameters, by the server's description. One row, one case. */
#include "client-cli/arguments.h"
#include "tests/unit/cli_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

enum { WORDS_MAX = 12 };

/* params NULL: refused, with `refusal` in the sentence. */
static const struct { const char *title, *method; const char *words[WORDS_MAX]; const char *params, *refusal; } cases[] = {
	{ "nothing is nothing", "finding.list", { 0 }, "{}", NULL },
	{ "a value of an enumeration", "finding.list", { "--state", "issued" }, "{\"state\":\"issued\"}", NULL },
	{ "with an equals sign", "finding.list", { "--state=issued" }, "{\"state\":\"issued\"}", NULL },
	{ "a value that the enumeration has not", "finding.list", { "--state", "lost" }, NULL, "draft, issued or closed" },
	{ "a flag", "finding.list", { "--overdue" }, "{\"overdue\":true}", NULL },
	{ "a flag denied", "finding.list", { "--no-overdue" }, "{\"overdue\":false}", NULL },
	{ "a flag with a value", "finding.list", { "--overdue=no" }, "{\"overdue\":false}", NULL },
	{ "a flag takes no word after it", "finding.list", { "--overdue", "yes" }, NULL, "one word too many" },
	{ "a list, one by one", "finding.list", { "--functions", "backup", "--functions", "access" }, "{\"functions\":[\"backup\",\"access\"]}", NULL },
	{ "a list as JSON", "finding.list", { "--functions", "[\"a\",\"b\"]" }, "{\"functions\":[\"a\",\"b\"]}", NULL },
	{ "a number", "finding.list", { "--limit", "20" }, "{\"limit\":20}", NULL },
	{ "a number that is none", "finding.list", { "--limit", "many" }, NULL, "whole number" },
	{ "an option without its value", "finding.list", { "--state" }, NULL, "wants a value" },
	{ "an option twice", "finding.list", { "--state", "draft", "--state", "issued" }, NULL, "given twice" },
	{ "an option that nobody has", "finding.list", { "--colour", "red" }, NULL, "no option --colour" },
	{ "an option of every command is not a parameter", "finding.list", { "--json" }, "{}", NULL },
	{ "a word is the required parameter", "finding.issue", { "IA-2026-01-F-03" }, "{\"id\":\"IA-2026-01-F-03\"}", NULL },
	{ "the version is never a word", "finding.issue", { "IA-2026-01-F-03", "3" }, NULL, "one word too many" },
	{ "the version by name", "finding.issue", { "x", "--version", "3" }, "{\"id\":\"x\",\"version\":3}", NULL },
	{ "words after two dashes", "finding.issue", { "--", "--odd--" }, "{\"id\":\"--odd--\"}", NULL },
	{ "dashes for underscores", "finding.plan", { "x", "--root-cause", "none" }, "{\"id\":\"x\",\"root_cause\":\"none\"}", NULL },
	{ "underscores too", "finding.plan", { "x", "--root_cause=none" }, "{\"id\":\"x\",\"root_cause\":\"none\"}", NULL },
	{ "required parameters in order", "finding.plan", { "x", "a cause" }, "{\"id\":\"x\",\"root_cause\":\"a cause\"}", NULL },
	{ "a fraction", "finding.plan", { "--weight", "0.5" }, "{\"weight\":0.5}", NULL },
	{ "a list of objects by pairs", "finding.plan", { "--actions", "title=Test restores", "due=+30d", "--actions", "title=Write it down" },
	  "{\"actions\":[{\"title\":\"Test restores\",\"due\":\"+30d\"},{\"title\":\"Write it down\"}]}", NULL },
	{ "a list of objects as JSON", "finding.plan", { "--actions", "[{\"title\":\"a\"}]" }, "{\"actions\":[{\"title\":\"a\"}]}", NULL },
	{ "one object as JSON", "finding.plan", { "--actions", "{\"title\":\"a\"}" }, "{\"actions\":[{\"title\":\"a\"}]}", NULL },
	{ "an object by pairs, typed by its schema", "finding.plan", { "--extent", "count=3", "checked_on=today", "functions=a", "functions=b" },
	  "{\"extent\":{\"count\":3,\"checked_on\":\"today\",\"functions\":[\"a\",\"b\"]}}", NULL },
	{ "a pair of the wrong type", "finding.plan", { "--extent", "count=many" }, NULL, "whole number" },
	{ "JSON that is broken", "finding.plan", { "--extent", "{\"a\":" }, NULL, "wants JSON" },
	{ "JSON with a name twice", "finding.plan", { "--extent", "{\"count\":1,\"count\":2}" }, NULL, "wants JSON" },
	{ "what is not UTF-8", "finding.plan", { "--root-cause", "\xff\xfe" }, NULL, "not UTF-8" },
	{ "an id that is not UTF-8", "finding.issue", { "\xff\xfe" }, NULL, "not UTF-8" },
	{ "the organisation is an option of every command", "finding.list", { "--organisation", "Acme" }, "{}", NULL },
};

static void check(const struct document *d, size_t i)
{
	char *list[WORDS_MAX];
	struct words w = { 0, list, 0 };
	struct options options = { 0 };
	struct failure f = { 0 };
	json_t *params, *expected;

	for (; w.count < WORDS_MAX && cases[i].words[w.count]; w.count++)
		list[w.count] = (char *)(uintptr_t)cases[i].words[w.count];
	params = arguments_parse(d, document_method(d, cases[i].method), &w, &options, &f);
	expected = cases[i].params ? json_loads(cases[i].params, 0, NULL) : NULL;
	if (!json_equal(params, expected) && (params || expected))
		fail_msg("%s: %s", cases[i].title, params ? json_dumps(params, 0) : f.message);
	if (!expected && (f.kind != FAILURE_USAGE || !strstr(f.message, cases[i].refusal)))
		fail_msg("%s: refused with '%s'", cases[i].title, f.message);
	json_decref(params);
	json_decref(expected);
	failure_clear(&f);
}

static void test_arguments(void **state)
{
	struct document d = { 0 };
	struct failure f = { 0 };

	(void)state;
	assert_true(document_set(&d, cli_document(), &f));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(&d, i);
	document_clear(&d);
}

static void test_a_document_that_is_none_is_refused(void **state)
{
	struct document d = { 0 };
	struct failure f = { 0 };

	(void)state;
	assert_false(document_set(&d, json_pack("{s:s}", "hello", "world"), &f));
	assert_int_equal(f.kind, FAILURE_LOCAL);
	assert_null(d.root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_a_document_that_is_none_is_refused),
	};

	return cmocka_run_group_tests_name("cli_arguments", tests, NULL, NULL);
}
