/* test_base_buffer.c - bytes that grow up to a maximum; errors as values; lists; the clock. */
#include "base/buffer.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void grows_up_to_its_maximum(void **state)
{
	struct buffer b;

	(void)state;
	buffer_init(&b, 10);
	assert_string_equal(buffer_text(&b), "");
	assert_true(buffer_append_text(&b, "hello"));
	assert_true(buffer_append(&b, "world", 5));
	assert_string_equal(buffer_text(&b), "helloworld");
	assert_true(buffer_append(&b, NULL, 0));
	assert_false(buffer_append_text(&b, "!"));
	assert_true(b.failed);
	assert_int_equal(b.length, 10);
	assert_false(buffer_append(&b, NULL, 0));
	buffer_reset(&b);
	assert_true(buffer_append_text(&b, "again"));
	buffer_clear(&b);
	assert_true(buffer_append_text(&b, "and again"));
	buffer_wipe(&b);
	assert_int_equal(b.length, 0);
}

static void a_huge_length_does_not_wrap(void **state)
{
	struct buffer b;

	(void)state;
	buffer_init(&b, 100);
	assert_true(buffer_append_text(&b, "x"));
	assert_false(buffer_reserve(&b, SIZE_MAX));
	assert_true(b.failed);
	buffer_clear(&b);
}

static void formats(void **state)
{
	struct buffer b;

	(void)state;
	buffer_init(&b, 20);
	assert_true(buffer_append_format(&b, "%d %s", 42, "x"));
	assert_string_equal(buffer_text(&b), "42 x");
	assert_false(buffer_append_format(&b, "%20d", 1));
	assert_string_equal(buffer_text(&b), "42 x");
	buffer_clear(&b);
}

static void writes_json_strings(void **state)
{
	struct buffer b;

	(void)state;
	buffer_init(&b, 100);
	assert_true(buffer_append_json(&b, "a\"\\\n\t\r\x01\0\xc3\xbc/", 11));
	assert_string_equal(buffer_text(&b), "\"a\\\"\\\\\\n\\t\\r\\u0001\\u0000\xc3\xbc/\"");
	buffer_clear(&b);
}

static void hands_its_bytes_over(void **state)
{
	struct buffer b;
	size_t length;
	char *bytes;

	(void)state;
	buffer_init(&b, 4);
	assert_null(buffer_take(&b, &length));
	buffer_append_text(&b, "abcd");
	bytes = buffer_take(&b, &length);
	assert_string_equal(bytes, "abcd");
	assert_int_equal(length, 4);
	free(bytes);
	buffer_append_text(&b, "abcde");
	assert_null(buffer_take(&b, &length));
	assert_int_equal(length, 0);
}

static void errors_carry_code_sentence_and_data(void **state)
{
	struct error e = { 0 }, other = { 0 };

	(void)state;
	assert_int_equal(error_set(&e, E_STATE, NULL), E_STATE);
	assert_string_equal(e.message, error_sentence(E_STATE));
	error_set_data(&e, "{}");
	assert_int_equal(error_set(&e, E_PARAMS, "%s is wrong.", "grade"), E_PARAMS);
	assert_null(e.data);
	assert_string_equal(e.message, "grade is wrong.");
	error_set_data(&e, "{\"a\":1}");
	error_move(&other, &e);
	assert_string_equal(other.data, "{\"a\":1}");
	assert_null(e.data);
	assert_int_equal(e.code, OK);
	error_clear(&other);
	assert_string_equal(error_name(E_SEPARATION), "separation");
	assert_string_equal(error_name((enum error_code)12345), "unknown");
}

static void a_long_sentence_is_cut_between_characters(void **state)
{
	struct error e = { 0 };
	char text[2 * ERROR_MESSAGE_MAX + 1];

	(void)state;
	for (size_t i = 0; i < ERROR_MESSAGE_MAX; i++)
		memcpy(text + 2 * i, "\xc3\xbc", 3);
	error_set(&e, E_INTERNAL, "%s", text);
	assert_int_equal(strlen(e.message), ERROR_MESSAGE_MAX - 2);
	error_set(&e, E_INTERNAL, "x%s", text);
	assert_int_equal(strlen(e.message), ERROR_MESSAGE_MAX - 1);
}

static void lists_keep_their_order(void **state)
{
	struct item { int n; struct list node; } items[3] = { { .n = 0 }, { .n = 1 }, { .n = 2 } };
	struct list head, *node, *after;
	int sum = 0, last = -1;

	(void)state;
	list_init(&head);
	assert_true(list_empty(&head));
	assert_null(list_first(&head));
	for (int i = 0; i < 3; i++)
		list_append(&head, &items[i].node);
	list_move(&head, &items[0].node);
	LIST_EACH(node, after, &head) {
		struct item *item = LIST_ITEM(node, struct item, node);

		sum = sum * 10 + item->n;
		list_remove(node);
		last = item->n;
	}
	assert_int_equal(sum, 120);
	assert_int_equal(last, 0);
	assert_true(list_empty(&head));
	list_remove(&items[0].node);
}

static void tells_the_time(void **state)
{
	char text[CLOCK_TEXT];
	int64_t before = clock_ms();

	(void)state;
	assert_true(clock_ms() >= before);
	clock_text(0, text);
	assert_string_equal(text, "1970-01-01T00:00:00.000Z");
	clock_text(951782399999, text);
	assert_string_equal(text, "2000-02-28T23:59:59.999Z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows_up_to_its_maximum),
		cmocka_unit_test(a_huge_length_does_not_wrap),
		cmocka_unit_test(formats),
		cmocka_unit_test(writes_json_strings),
		cmocka_unit_test(hands_its_bytes_over),
		cmocka_unit_test(errors_carry_code_sentence_and_data),
		cmocka_unit_test(a_long_sentence_is_cut_between_characters),
		cmocka_unit_test(lists_keep_their_order),
		cmocka_unit_test(tells_the_time),
	};

	return cmocka_run_group_tests_name("buffer", tests, NULL, NULL);
}
