/* Small things, each in a table: client-cli/address.c, options.c, value.c, document.c, failure.c. */
#include "client-cli/address.h"
#include "client-cli/options.h"
#include "client-cli/value.h"

#include "base/error.h"
#include "tests/unit/cli_run.h"
#include "tests/unit/cli_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* ---- addresses ---- */

/* host NULL: refused, with `said`. */
static const struct { const char *text, *host, *port; bool tls; const char *header, *said; } addresses[] = {
	{ "wss://audit.example.org", "audit.example.org", "443", true, "audit.example.org", NULL },
	{ "audit.example.org", "audit.example.org", "443", true, "audit.example.org", NULL },
	{ "https://audit.example.org:8443/", "audit.example.org", "8443", true, "audit.example.org:8443", NULL },
	{ "WSS://Audit.example.org/any/path", "Audit.example.org", "443", true, "Audit.example.org", NULL },
	{ "127.0.0.1:9200", "127.0.0.1", "9200", false, "127.0.0.1:9200", NULL },
	{ "localhost", "localhost", "80", false, "localhost", NULL },
	{ "[::1]:9200", "::1", "9200", false, "[::1]:9200", NULL },
	{ "wss://[2001:db8::1]", "2001:db8::1", "443", true, "[2001:db8::1]", NULL },
	{ "wss://localhost:9200", "localhost", "9200", true, "localhost:9200", NULL },
	{ "ws://audit.example.org", NULL, NULL, false, NULL, "without encryption; use wss://audit.example.org" },
	{ "http://192.0.2.1", NULL, NULL, false, NULL, "without encryption" },
	{ "", NULL, NULL, false, NULL, "is no address" },
	{ "wss://", NULL, NULL, false, NULL, "is no address" },
	{ "[::1", NULL, NULL, false, NULL, "is no address" },
	{ "host:", NULL, NULL, false, NULL, "is no address" },
	{ "host:port", NULL, NULL, false, NULL, "is no address" },
	{ "host:123456", NULL, NULL, false, NULL, "is no address" },
	{ "host:9200x", NULL, NULL, false, NULL, "is no address" },
	{ "ho st", NULL, NULL, false, NULL, "is no address" },
	{ "host\r\nX: y", NULL, NULL, false, NULL, "is no address" },
	{ "ftp://host", NULL, NULL, false, NULL, "is no address" },
	{ "ann@host", NULL, NULL, false, NULL, "is no address" },
};

static void test_addresses(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
		struct failure f = { 0 };
		struct address a;
		char header[300];
		bool ok = address_parse(&a, addresses[i].text, &f);

		if (ok != (addresses[i].host != NULL) || (!ok && !strstr(f.message, addresses[i].said)))
			fail_msg("'%s': %d %s", addresses[i].text, ok, f.message);
		if (!ok)
			continue;
		address_host_header(&a, header, sizeof header);
		if (strcmp(a.host, addresses[i].host) || strcmp(a.port, addresses[i].port) || a.tls != addresses[i].tls || strcmp(header, addresses[i].header))
			fail_msg("'%s': %s %s %d, %s", addresses[i].text, a.host, a.port, a.tls, header);
	}
}

static void test_a_name_that_only_looks_like_loopback_is_not(void **state)
{
	struct failure f = { 0 };
	struct address a;
	char host[400];

	(void)state;
	assert_false(address_parse(&a, "ws://127.0.0.1.example.org", &f));
	assert_false(address_parse(&a, "ws://localhost.example.org", &f));
	memset(host, 'a', sizeof host - 1);
	host[sizeof host - 1] = '\0';
	assert_false(address_parse(&a, host, &f));
	failure_clear(&f);
}

/* ---- options ---- */

static const struct { const char *word, *name; bool is; const char *value; } matches[] = {
	{ "--request-id", "request-id", true, NULL }, { "--request_id=x", "request-id", true, "x" }, { "--request-id=", "request-id", true, "" },
	{ "--request", "request-id", false, NULL }, { "--request-ids", "request-id", false, NULL }, { "-request-id", "request-id", false, NULL },
	{ "request-id", "request-id", false, NULL }, { "--", "request-id", false, NULL }, { "--a=b=c", "a", true, "b=c" },
};

static void test_the_words_of_an_option(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof matches / sizeof *matches; i++) {
		const char *value = "x";
		bool is = option_is(matches[i].word, matches[i].name, &value);

		if (is != matches[i].is || (is && (value ? !matches[i].value || strcmp(value, matches[i].value) : matches[i].value != NULL)))
			fail_msg("%s: %d %s", matches[i].word, is, value);
	}
}

static const struct { const char *words[3]; const char *said; } numbers[] = {
	{ { "--width", "80" }, NULL }, { { "--width=0" }, NULL }, { { "--retry", "100000" }, NULL },
	{ { "--width", "100001" }, "--width wants a number" }, { { "--width", "-1" }, "--width wants a number" }, { { "--width", "" }, "--width wants a number" },
	{ { "--width", "80x" }, "--width wants a number" }, { { "--width" }, "--width wants a value" }, { { "--json=yes" }, "--json takes no value" },
	{ { "--as" }, "--as wants a value" },
};

static void test_options_that_every_command_knows(void **state)
{
	struct options o;
	struct failure f = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		char *list[3];
		struct words w = { 0, list, 0 };
		bool ok;

		for (; w.count < 3 && numbers[i].words[w.count]; w.count++)
			list[w.count] = (char *)(uintptr_t)numbers[i].words[w.count];
		options_start(&o);
		ok = options_take(&o, &w, &f);
		if (ok != !numbers[i].said || (ok ? w.next != w.count : !strstr(f.message, numbers[i].said)))
			fail_msg("%s: %d %s", list[0], ok, f.message);
		failure_clear(&f);
	}
}

static void test_the_last_form_that_is_asked_for_counts(void **state)
{
	char *list[] = { (char *)(uintptr_t)"--json", (char *)(uintptr_t)"--csv", (char *)(uintptr_t)"--unknown" };
	struct words w = { 3, list, 0 };
	struct options o;
	struct failure f = { 0 };

	(void)state;
	options_start(&o);
	assert_true(options_take(&o, &w, &f) && options_take(&o, &w, &f));
	assert_int_equal(o.format, FORMAT_CSV);
	assert_false(options_take(&o, &w, &f));		/* somebody else's, perhaps */
	assert_int_equal(f.kind, FAILURE_NONE);
	assert_int_equal(w.next, 2);
}

static void test_every_option_is_named_and_described(void **state)
{
	char *text = NULL;
	size_t length, count = 0;
	FILE *out = open_memstream(&text, &length);

	(void)state;
	options_describe(out);
	fclose(out);
	for (; options_name(count); count++) {
		char row[64];

		snprintf(row, sizeof row, "  --%s ", options_name(count));
		if (!strstr(text, row))
			fail_msg("%s is not described", options_name(count));
	}
	assert_true(count >= 16);
	free(text);
}

/* ---- values ---- */

/* value NULL: refused, with `said`. */
static const struct { const char *schema, *text, *value, *said; } values[] = {
	{ "{'type':'integer'}", "-7", "-7", NULL },
	{ "{'type':'integer'}", "9223372036854775808", NULL, "whole number" },
	{ "{'type':'integer'}", "7.5", NULL, "whole number" },
	{ "{'type':'integer'}", "", NULL, "whole number" },
	{ "{'type':['null','integer']}", "7", "7", NULL },
	{ "{'type':'number'}", "0.25", "0.25", NULL },
	{ "{'type':'number'}", "1e999", NULL, "a number" },
	{ "{'type':'boolean'}", "YES", "true", NULL },
	{ "{'type':'boolean'}", "0", "false", NULL },
	{ "{'type':'boolean'}", "maybe", NULL, "yes or no" },
	{ "{'type':'string','format':'date'}", "+30d", "'+30d'", NULL },
	{ "{'enum':['minor','major']}", "major", "'major'", NULL },
	{ "{'enum':['minor','major']}", "Major", NULL, "minor or major" },
	{ "{'type':'object'}", "{'a':1}", "{'a':1}", NULL },
	{ "{'type':'object'}", "{'a':1", NULL, "wants JSON" },
	{ "{'type':'object'}", "@/nowhere/file", NULL, "/nowhere/file" },
	{ "{'type':'array'}", "[1,2]", "[1,2]", NULL },
	{ "{}", "7", "7", NULL },
	{ "{}", "seven", "'seven'", NULL },
	{ "{'anyOf':[{'type':'null'},{'type':'integer'}]}", "7", "7", NULL },
	{ "{'$ref':'#/components/schemas/grade'}", "major", "'major'", NULL },
	{ "{'$ref':'#/components/schemas/loop'}", "7", "7", NULL },
	{ "{'$ref':'#/nowhere'}", "7", "7", NULL },
};

static json_t *from_quoted(const char *text)
{
	char *copy = strdup(text);
	json_t *value;

	for (char *p = copy; *p; p++)
		if (*p == '\'')
			*p = '"';
	value = json_loads(copy, JSON_DECODE_ANY, NULL);
	free(copy);
	return value;
}

static void test_values(void **state)
{
	struct document d = { 0 };
	struct failure f = { 0 };

	(void)state;
	assert_true(document_set(&d, from_quoted("{'openrpc':'1.2.6','methods':[],'components':{'schemas':{'grade':{'enum':['minor','major']},"
						 "'loop':{'$ref':'#/components/schemas/loop'}}}}"), &f));
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		json_t *schema = from_quoted(values[i].schema), *expected = values[i].value ? from_quoted(values[i].value) : NULL, *value;
		char *text = strdup(values[i].text);

		for (char *p = text; *p; p++)
			if (*p == '\'')
				*p = '"';
		value = value_parse(&d, schema, "x", text, &f);
		if (expected ? !json_equal(value, expected) : value || !strstr(f.message, values[i].said))
			fail_msg("%s as %s: %s", values[i].text, values[i].schema, f.message);
		json_decref(schema);
		json_decref(expected);
		json_decref(value);
		free(text);
		failure_clear(&f);
	}
	document_clear(&d);
}

static void test_json_of_a_file(void **state)
{
	struct failure f = { 0 };
	char home[64], word[300];
	json_t *value;

	(void)state;
	cli_home_make(home);
	snprintf(word, sizeof word, "@%s", cli_home_file(home, "a.json", "{\"a\": [1, 2]}\n", 0600));
	value = value_json("the parameters", word, &f);
	assert_int_equal(json_array_size(json_object_get(value, "a")), 2);
	json_decref(value);
	cli_home_file(home, "a.json", "{\"a\": 1,\n \"a\": 2}\n", 0600);
	assert_null(value_json("the parameters", word, &f));
	assert_int_equal(f.kind, FAILURE_USAGE);
	assert_non_null(strstr(f.message, "line 2"));
	failure_clear(&f);
	cli_home_remove(home);
}

static const struct { const char *word; bool is; } pairs[] = {
	{ "title=x", true }, { "due-date=+30d", true }, { "a=", true }, { "=x", false }, { "-a=x", false }, { "a b=x", false }, { "title", false },
	{ "https://example.org/?a=b", false },
};

static void test_pairs(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (value_is_pair(pairs[i].word) != pairs[i].is)
			fail_msg("%s", pairs[i].word);
}

/* ---- the document ---- */

static const struct { const char *schema; enum kind kind; const char *word; } kinds[] = {
	{ "{'type':'string'}", KIND_TEXT, "TEXT" }, { "{'type':'string','format':'uuid'}", KIND_UUID, "ID" },
	{ "{'type':'string','format':'date'}", KIND_DATE, "DATE" }, { "{'type':'string','format':'date-time'}", KIND_DATE_TIME, "TIME" },
	{ "{'type':'string','format':'other'}", KIND_TEXT, "TEXT" }, { "{'type':'array','items':{'type':'integer'}}", KIND_ARRAY, "NUMBER" },
	{ "{'enum':['a','b']}", KIND_TEXT, "a|b" }, { "{'properties':{}}", KIND_OBJECT, "NAME=VALUE…" }, { "{}", KIND_ANY, "JSON" },
	{ "{'type':['string','null'],'format':'date'}", KIND_DATE, "DATE" }, { "null", KIND_ANY, "JSON" }, { "{'type':'strange'}", KIND_ANY, "JSON" },
};

static void test_kinds(void **state)
{
	struct document d = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		json_t *schema = from_quoted(kinds[i].schema);
		char buffer[64];

		if (document_kind(&d, schema) != kinds[i].kind || strcmp(document_kind_word(&d, schema, buffer, sizeof buffer), kinds[i].word))
			fail_msg("%s: %d", kinds[i].schema, document_kind(&d, schema));
		json_decref(schema);
	}
}

static void test_many_alternatives_are_cut(void **state)
{
	struct document d = { 0 };
	json_t *schema = from_quoted("{'enum':['first','second','third','fourth']}");
	char buffer[20];

	(void)state;
	assert_string_equal(document_kind_word(&d, schema, buffer, sizeof buffer), "first|second|…");
	json_decref(schema);
}

static const char *const nonsense[] = { "null", "[]", "'hello'", "{}", "{'openrpc':1,'methods':[]}", "{'openrpc':'1.2.6','methods':{}}" };

static void test_what_is_no_document(void **state)
{
	struct document d = { 0 };
	struct failure f = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++)
		if (document_set(&d, from_quoted(nonsense[i]), &f) || d.root || d.methods)
			fail_msg("%s is taken", nonsense[i]);
	/* Methods that are none are left out; the others stand. */
	assert_true(document_set(&d, from_quoted("{'openrpc':'1.2.6','methods':[7,{'name':7},{'name':'a.b'}]}"), &f));
	assert_int_equal(json_object_size(d.methods), 1);
	assert_string_equal(document_release(&d), "");
	assert_null(document_parameter(&d, document_method(&d, "a.b"), "id"));
	document_clear(&d);
	failure_clear(&f);
}

/* ---- failures ---- */

static void test_a_failure_may_quote_the_one_before(void **state)
{
	struct failure f = { 0 };
	char longer[2 * FAILURE_MESSAGE_MAX];

	(void)state;
	assert_false(failure_usage(&f, "first"));
	assert_false(failure_local(&f, "%s, then second", f.message));
	assert_string_equal(f.message, "first, then second");
	assert_int_equal(f.kind, FAILURE_LOCAL);
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	failure_lost(&f, "%s", longer);
	assert_int_equal(strlen(f.message), FAILURE_MESSAGE_MAX - 1);
	assert_int_equal(failure_exit_status(&f), 8);
}

static const struct { const char *error, *message; int code; } errors[] = {
	{ "{'code':-32004,'message':'No.','data':{'a':1}}", "No.", -32004 },
	{ "{'code':-32004}", "The server gave no reason.", -32004 },
	{ "{'message':7}", "The server gave no reason.", 0 },
	{ "'text'", "The server gave no reason.", 0 },
	{ "{'code':-32004,'message':'100%s'}", "100%s", -32004 },
};

static void test_errors_of_a_server_that_is_odd(void **state)
{
	struct failure f = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		json_t *error = from_quoted(errors[i].error);

		failure_refused(&f, error);
		assert_string_equal(f.message, errors[i].message);
		assert_int_equal(f.code, errors[i].code);
		json_decref(error);
	}
	failure_clear(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_a_name_that_only_looks_like_loopback_is_not),
		cmocka_unit_test(test_the_words_of_an_option),
		cmocka_unit_test(test_options_that_every_command_knows),
		cmocka_unit_test(test_the_last_form_that_is_asked_for_counts),
		cmocka_unit_test(test_every_option_is_named_and_described),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_json_of_a_file),
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_many_alternatives_are_cut),
		cmocka_unit_test(test_what_is_no_document),
		cmocka_unit_test(test_a_failure_may_quote_the_one_before),
		cmocka_unit_test(test_errors_of_a_server_that_is_odd),
	};

	return cmocka_run_group_tests_name("cli_values", tests, NULL, NULL);
}
