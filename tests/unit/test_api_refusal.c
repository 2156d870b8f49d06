/* test_api_refusal.c - refusal.c: every code of the wire as a status of HTTP, and the same words in the body. */
#include "api/refusal.h"

#include "fake_http.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

static struct server server;

static const struct { enum error_code code; int status; } codes[] = {
	{ E_PARSE, 400 }, { E_REQUEST, 400 }, { E_METHOD, 400 }, { E_PARAMS, 400 }, { E_UNAUTHENTICATED, 401 }, { E_FORBIDDEN, 403 }, { E_NOT_FOUND, 404 },
	{ E_SEPARATION, 409 }, { E_STALE, 409 }, { E_STATE, 409 }, { E_BUSINESS, 409 }, { E_SLOW_DOWN, 429 }, { E_NOT_NOW, 503 }, { E_INTERNAL, 500 },
	{ (enum error_code)-1, 500 },
};

/* What was answered, with its status; the caller's to free. */
static json_t *answered(int given, const struct error *err, int status)
{
	struct http_request *r = fake_http(&server);
	json_t *body;

	refusal_answer(r, given, err);
	assert_int_equal(r->status, status);
	body = json_loads(r->body, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(body);
	return body;
}

static void every_code_has_its_status(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		struct error err = { 0 };
		json_t *body;

		assert_int_equal(refusal_status(codes[i].code), codes[i].status);
		error_set(&err, codes[i].code, "Why \"not\".");
		body = answered(0, &err, codes[i].status);
		assert_int_equal(json_integer_value(json_object_get(body, "code")), codes[i].code);
		assert_string_equal(json_string_value(json_object_get(body, "message")), "Why \"not\".");
		assert_null(json_object_get(body, "data"));
		assert_int_equal(server.request.retry, 0);
		json_decref(body);
		error_clear(&err);
	}
}

static void another_status_may_be_given(void **state)
{
	struct error err = { .code = E_PARAMS };		/* without a sentence: the code's own */
	json_t *body = answered(416, &err, 416);

	(void)state;
	assert_string_equal(json_string_value(json_object_get(body, "message")), error_sentence(E_PARAMS));
	json_decref(body);
}

static void when_to_come_again_is_rounded_up_to_seconds(void **state)
{
	static const struct { const char *data; unsigned int seconds; } rows[] = {
		{ "{\"retry_after_ms\":1}", 1 }, { "{\"retry_after_ms\":1000}", 1 }, { "{\"retry_after_ms\":1001}", 2 }, { "{\"retry_after_ms\":0}", 0 },
		{ "{\"retry_after_ms\":\"soon\"}", 0 }, { "{\"rule\":\"S1\"}", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error err = { 0 };
		json_t *body, *data = json_loads(rows[i].data, 0, NULL);

		error_set(&err, E_SLOW_DOWN, NULL);
		error_set_data(&err, rows[i].data);
		body = answered(0, &err, 429);
		assert_true(json_equal(json_object_get(body, "data"), data));
		assert_int_equal(server.request.retry, rows[i].seconds);
		json_decref(body);
		json_decref(data);
		error_clear(&err);
	}
}

static void data_that_is_no_json_is_left_out(void **state)
{
	struct error err = { 0 };
	json_t *body;

	(void)state;
	error_set(&err, E_STATE, "No.");
	error_set_data(&err, "{\"half\":");
	body = answered(0, &err, 409);
	assert_null(json_object_get(body, "data"));
	assert_int_equal(json_object_size(body), 2);
	json_decref(body);
	error_clear(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_has_its_status),
		cmocka_unit_test(another_status_may_be_given),
		cmocka_unit_test(when_to_come_again_is_rounded_up_to_seconds),
		cmocka_unit_test(data_that_is_no_json_is_left_out),
	};

	return cmocka_run_group_tests_name("refusal", tests, NULL, NULL);
}
