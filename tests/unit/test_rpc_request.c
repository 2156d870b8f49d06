/* From bytes to requests, and back to replies. */
#include "base/limits.h"
#include "rpc/reply.h"
#include "rpc/request.h"
#include "rpc/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LONG "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define CALL "\"jsonrpc\":\"2.0\",\"method\":\"a.b\""

static const struct row {
	const char *title, *text;
	int whole;		/* code for the whole message */
	int first;		/* code for its first request */
	const char *id;		/* of the first request; NULL: never answered */
} rows[] = {
	{ "a call", "{" CALL ",\"id\":1}", 0, 0, "1" },
	{ "an id that is text stays text", "{" CALL ",\"id\":\"7\"}", 0, 0, "\"7\"" },
	{ "an id that is null is answered", "{" CALL ",\"id\":null}", 0, 0, "null" },
	{ "a negative id", "{" CALL ",\"id\":-3}", 0, 0, "-3" },
	{ "an id with a fraction", "{" CALL ",\"id\":1.5}", 0, 0, "1.5" },
	{ "a notification", "{" CALL "}", 0, 0, NULL },
	{ "an id that is an object", "{" CALL ",\"id\":{}}", 0, E_REQUEST, "null" },
	{ "an id that is a truth", "{" CALL ",\"id\":true}", 0, E_REQUEST, "null" },
	{ "another version", "{\"jsonrpc\":\"1.0\",\"method\":\"a.b\",\"id\":1}", 0, E_REQUEST, "1" },
	{ "no version", "{\"method\":\"a.b\",\"id\":1}", 0, E_REQUEST, "1" },
	{ "no version and no id is still answered", "{\"method\":\"a.b\"}", 0, E_REQUEST, "null" },
	{ "no method", "{\"jsonrpc\":\"2.0\",\"id\":1}", 0, E_REQUEST, "1" },
	{ "a method that is a number", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":1}", 0, E_REQUEST, "1" },
	{ "a member too many", "{" CALL ",\"id\":1,\"auth\":\"x\"}", 0, E_REQUEST, "1" },
	{ "parameters by position", "{" CALL ",\"id\":1,\"params\":[1]}", 0, E_PARAMS, "1" },
	{ "parameters by position, unanswered", "{" CALL ",\"params\":[1]}", 0, E_PARAMS, NULL },
	{ "parameters that are text", "{" CALL ",\"id\":1,\"params\":\"a\"}", 0, E_REQUEST, "1" },
	{ "a batch", "[{" CALL ",\"id\":1},{" CALL "}]", 0, 0, "1" },
	{ "a batch of what is no request", "[1]", 0, E_REQUEST, "null" },
	{ "an empty batch", "[]", E_REQUEST, 0, NULL },
	{ "a number", "3", 0, E_REQUEST, "null" },
	{ "nothing", "", E_PARSE, 0, NULL },
	{ "half a request", "{" CALL, E_PARSE, 0, NULL },
	{ "more than one text", "{" CALL ",\"id\":1}{}", E_PARSE, 0, NULL },
	{ "its id twice", "{" CALL ",\"id\":1,\"id\":2}", 0, E_REQUEST, "null" },
	{ "its id twice, once as none", "{" CALL ",\"id\":{},\"id\":2}", 0, E_REQUEST, "null" },
	{ "a name twice", "{" CALL ",\"method\":\"a.c\",\"id\":1}", 0, E_REQUEST, "1" },
	{ "a name twice, deep within", "{" CALL ",\"id\":1,\"params\":{\"a\":{\"b\":1,\"b\":2}}}", 0, E_REQUEST, "1" },
	{ "the id of another", "{" CALL ",\"params\":{\"id\":7,\"id\":8},\"id\":\"x\"}", 0, E_REQUEST, "\"x\"" },
	{ "an id spelt otherwise", "{" CALL ",\"\\u0069d\":\"x\",\"a\":1e999}", 0, E_REQUEST, "\"x\"" },
	{ "an id too long, and a number beyond all", "{" CALL ",\"params\":1e999,\"id\":\"" LONG LONG LONG "\"}", 0, E_REQUEST, "null" },
	{ "a notification with a name twice", "{" CALL ",\"params\":{\"a\":1,\"a\":1}}", 0, E_REQUEST, "null" },
	{ "wrong UTF-8", "{" CALL ",\"id\":\"\xff\"}", E_PARSE, 0, NULL },
	{ "a surrogate in UTF-8", "{" CALL ",\"id\":\"\xed\xa0\x80\"}", E_PARSE, 0, NULL },
	{ "an overlong form", "{" CALL ",\"id\":\"\xc0\xaf\"}", E_PARSE, 0, NULL },
	{ "half a surrogate pair", "{" CALL ",\"id\":1,\"params\":{\"a\":\"\\ud800\"}}", 0, E_REQUEST, "1" },
	{ "half a surrogate pair as the id", "{" CALL ",\"id\":\"\\ud800\"}", 0, E_REQUEST, "null" },
	{ "an escaped NUL", "{" CALL ",\"id\":2,\"params\":{\"a\":\"\\u0000\"}}", 0, E_REQUEST, "2" },
	{ "an escaped NUL in a name", "{\"a\\u0000b\":1," CALL ",\"id\":2}", 0, E_REQUEST, "2" },
	{ "an escaped NUL in the id", "{" CALL ",\"id\":\"\\u0000\"}", 0, E_REQUEST, "\"\\u0000\"" },
	{ "a number beyond all", "{" CALL ",\"id\": -3 ,\"params\":{\"a\":[99999999999999999999]}}", 0, E_REQUEST, "-3" },
	{ "an id beyond all", "{" CALL ",\"id\":99999999999999999999}", 0, E_REQUEST, "99999999999999999999" },
	{ "a number that is too deep", "{" CALL ",\"id\":4,\"params\":{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}}", 0, E_REQUEST, "4" },
	{ "a batch with one that is refused", "[{" CALL ",\"id\":5},{" CALL ",\"id\":6,\"params\":{\"a\":1e999}}]", 0, 0, "5" },
	{ "a name twice and a comma too many", "{" CALL ",\"id\":1,\"id\":2,}", E_PARSE, 0, NULL },
	{ "a batch too long, with a NUL", "[\"\\u0000\",1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]", E_REQUEST, 0, NULL },
	{ "brackets in a string are not depth", "{" CALL ",\"id\":\"[[[[[[[[[[[[[[[[[[[[[\\\"[[\"}", 0, 0, "\"[[[[[[[[[[[[[[[[[[[[[\\\"[[\"" },
};

static bool same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static bool is_as_expected(const struct row *row, const struct requests *r, const struct error *err)
{
	if (err->code != row->whole || !r != (row->whole != 0))
		return false;
	if (!r)
		return true;
	return r->items[0].wrong.code == row->first && same(r->items[0].id, row->id) && (row->first || json_is_object(r->items[0].params));
}

static void each_message_is_read_as_the_standard_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error err = { 0 };
		struct requests *r = requests_parse(rows[i].text, strlen(rows[i].text), LIMIT_MESSAGE, &err);

		if (!is_as_expected(&rows[i], r, &err))
			fail_msg("%s: %d %s", rows[i].title, r ? r->items[0].wrong.code : err.code, r && r->items[0].id ? r->items[0].id : "");
		requests_free(r);
		error_clear(&err);
	}
}

/* What is no JSON is so also behind what only jansson refuses; what is JSON is not. */
static void only_what_is_json_is_answered_with_its_id(void **state)
{
	static const char *const json[] = { "0", "-0.5e+7", "1E9", "\"\\u00e4\\n\\/\\\\\"", "[ ]", "{ }", "[[],{\"a\":[{}]}]", "true", " null\t" };
	static const char *const none[] = { "01", "1.", ".5", "-", "+1", "1e", "\"\\x\"", "\"\\u12g4\"", "\"\t\"", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1,}",
		"[}", "tru", "nul", "1 2", "\"", "[", "'a'", "/**/1" };
	char text[128];

	(void)state;
	for (size_t i = 0; i < sizeof json / sizeof *json + sizeof none / sizeof *none; i++) {
		bool good = i < sizeof json / sizeof *json;
		struct error err = { 0 };
		struct requests *r;

		snprintf(text, sizeof text, "{\"\\u0000\":%s,\"id\":3}", good ? json[i] : none[i - sizeof json / sizeof *json]);
		r = requests_parse(text, strlen(text), LIMIT_MESSAGE, &err);
		if (good ? !r || r->items[0].wrong.code != E_REQUEST || !same(r->items[0].id, "3") : r || err.code != E_PARSE)
			fail_msg("%s is taken otherwise", text);
		requests_free(r);
		error_clear(&err);
	}
}

/* jansson would take it for the end of the text. */
static void a_nul_ends_no_text(void **state)
{
	static const char text[] = "{" CALL ",\"id\":1}\0{}";
	struct error err = { 0 };

	(void)state;
	for (size_t length = strlen(text) + 1; length < sizeof text; length++) {
		assert_null(requests_parse(text, length, LIMIT_MESSAGE, &err));
		assert_int_equal(err.code, E_PARSE);
		error_clear(&err);
	}
}

static enum error_code code_at_depth(int levels)
{
	char text[512] = "{" CALL ",\"id\":1,\"params\":{\"a\":";
	struct error err = { 0 };
	struct requests *r;
	int inner = levels - 2;

	for (int i = 0; i < inner; i++)
		strcat(text, "[");
	for (int i = 0; i < inner; i++)
		strcat(text, "]");
	if (!inner)
		strcat(text, "1");
	strcat(text, "}}");
	r = requests_parse(text, strlen(text), LIMIT_MESSAGE, &err);
	requests_free(r);
	error_clear(&err);
	return err.code ? err.code : OK;
}

static void depth_is_bounded(void **state)
{
	char *deep = malloc(100001);
	struct error err = { 0 };

	(void)state;
	assert_int_equal(code_at_depth(LIMIT_JSON_DEPTH), OK);
	assert_int_equal(code_at_depth(2), OK);
	memset(deep, '[', 100000);
	deep[100000] = '\0';
	assert_null(requests_parse(deep, 100000, LIMIT_MESSAGE, &err));
	assert_int_equal(err.code, E_PARSE);
	assert_non_null(strstr(err.message, "deeper than 16"));
	error_clear(&err);
	free(deep);
}

static void size_and_batch_are_bounded(void **state)
{
	char text[2048] = "[";
	struct error err = { 0 };
	struct requests *r;

	(void)state;
	for (int i = 0; i < LIMIT_BATCH; i++)
		strcat(text, i ? ",{" CALL "}" : "{" CALL "}");
	strcat(text, "]");
	r = requests_parse(text, strlen(text), LIMIT_MESSAGE, &err);
	assert_non_null(r);
	assert_int_equal(r->count, LIMIT_BATCH);
	requests_free(r);

	text[strlen(text) - 1] = '\0';
	strcat(text, ",{" CALL "}]");
	assert_null(requests_parse(text, strlen(text), LIMIT_MESSAGE, &err));
	assert_int_equal(err.code, E_REQUEST);
	assert_null(requests_parse("{}", 2, 1, &err));
	assert_int_equal(err.code, E_REQUEST);
	error_clear(&err);
}

static void replies_pass_text_through(void **state)
{
	struct error err = { 0 };
	struct buffer b;

	(void)state;
	buffer_init(&b, 1000);
	reply_result(&b, "\"a\"", "{ \"x\" : 1.50 }", 14);
	assert_string_equal(buffer_text(&b), "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{ \"x\" : 1.50 }}");
	buffer_reset(&b);
	reply_result(&b, "1", NULL, 0);
	assert_string_equal(buffer_text(&b), "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}");
	buffer_reset(&b);
	error_set(&err, E_STATE, "It is \"closed\".");
	error_set_data(&err, "{\"state\":\"closed\"}");
	reply_error(&b, "null", &err);
	assert_string_equal(buffer_text(&b), "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32006,\"message\":\"It is \\\"closed\\\".\",\"data\":{\"state\":\"closed\"}}}");
	buffer_reset(&b);
	reply_with_member(&b, "{\"version\": 3}", "current", "{\"id\":1}", 8);
	assert_string_equal(buffer_text(&b), "{\"version\": 3,\"current\":{\"id\":1}}");
	buffer_reset(&b);
	reply_with_member(&b, "{ }", "current", "1", 1);
	assert_string_equal(buffer_text(&b), "{ \"current\":1}");
	buffer_reset(&b);
	reply_with_member(&b, NULL, "current", "1", 1);
	assert_string_equal(buffer_text(&b), "{\"current\":1}");
	buffer_clear(&b);
	error_clear(&err);
}

static void a_token_has_one_spelling(void **state)
{
	static const char *const bad[] = {
		"", "n2s_", "n2x_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "n2s_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
		"n2s_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
		"n2s_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh", "n2s_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd+/8",
	};
	unsigned char token[TOKEN_SIZE], again[TOKEN_SIZE];
	char text[TOKEN_TEXT];
	enum token_kind kind;

	(void)state;
	for (int i = 0; i < TOKEN_SIZE; i++)
		token[i] = (unsigned char)i;
	token_write(TOKEN_BEARER, token, text);
	assert_string_equal(text, "n2t_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
	assert_true(token_read(text, again, &kind));
	assert_int_equal(kind, TOKEN_BEARER);
	assert_memory_equal(token, again, TOKEN_SIZE);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(token_read(bad[i], again, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_message_is_read_as_the_standard_says),
		cmocka_unit_test(only_what_is_json_is_answered_with_its_id),
		cmocka_unit_test(a_nul_ends_no_text),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(size_and_batch_are_bounded),
		cmocka_unit_test(replies_pass_text_through),
		cmocka_unit_test(a_token_has_one_spelling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
