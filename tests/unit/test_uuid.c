/* test_uuid.c - UUIDs as bytes: read as written, and nothing else is one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/uuid.h"

static void is_written_as_it_was_read(void **state)
{
	static const char text[] = "0190af3c-8d41-7abc-9def-0123456789ab";
	struct uuid id, upper;
	char out[UUID_WRITTEN];

	(void)state;
	assert_true(uuid_read(text, &id));
	uuid_write(&id, out);
	assert_string_equal(out, text);
	assert_true(uuid_read("0190AF3C-8D41-7ABC-9DEF-0123456789AB", &upper));
	assert_true(uuid_equal(&id, &upper));
	assert_true(uuid_hash(&id) == uuid_hash(&upper));
}

static void nothing_else_is_one(void **state)
{
	static const char *const wrong[] = { "", "0", "0190af3c8d417abc9def0123456789ab", "0190af3c-8d41-7abc-9def-0123456789a", "0190af3c-8d41-7abc-9def-0123456789ag",
		"0190af3c-8d41-7abc_9def-0123456789ab", "{0190af3c-8d41-7abc-9def-0123456789ab}" };
	struct uuid id = { { 7 } };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(uuid_read(wrong[i], &id));
	assert_int_equal(id.bytes[0], 7);
}

/* Ids that differ in one byte, whichever, spread over few buckets. */
static void spreads_neighbours(void **state)
{
	(void)state;
	for (size_t byte = 0; byte < 16; byte++) {
		unsigned int buckets[16] = { 0 };

		for (unsigned int n = 0; n < 256; n++) {
			struct uuid id = { { 0 } };

			id.bytes[byte] = (unsigned char)n;
			buckets[uuid_hash(&id) % 16]++;
		}
		for (size_t i = 0; i < 16; i++)
			assert_in_range(buckets[i], 4, 40);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_written_as_it_was_read),
		cmocka_unit_test(nothing_else_is_one),
		cmocka_unit_test(spreads_neighbours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
