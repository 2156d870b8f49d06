/* test_base_gzip.c - what is packed is what was given, whatever it is; and never more than there is room for. */
#include "base/gzip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

enum { MOST = 300000 };

static void comes_back(const unsigned char *bytes, size_t length, size_t at_most)
{
	static unsigned char back[MOST + 1];
	z_stream z = { .next_out = back, .avail_out = sizeof back };
	struct buffer packed;

	buffer_init(&packed, MOST + 1024);
	assert_true(gzip_pack(bytes, length, &packed));
	assert_true(packed.length > 0 && packed.length <= at_most);
	assert_memory_equal(packed.data, "\x1f\x8b", 2);
	z.next_in = (unsigned char *)packed.data;
	z.avail_in = (unsigned int)packed.length;
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.total_out, length);
	assert_int_equal(z.avail_in, 0);
	if (length)
		assert_memory_equal(back, bytes, length);
	inflateEnd(&z);
	buffer_clear(&packed);
}

static void packs_whatever_it_is_given(void **state)
{
	static unsigned char bytes[MOST];
	unsigned int seed = 92;

	(void)state;
	comes_back(bytes, 0, 32);
	comes_back(bytes, 1, 32);
	comes_back(bytes, MOST, 1024);
	for (size_t i = 0; i < MOST; i++) {
		seed = seed * 1103515245u + 12345u;
		bytes[i] = (unsigned char)(seed >> 16);
	}
	comes_back(bytes, MOST, MOST + 1024);
}

static void packs_the_same_alike(void **state)
{
	struct buffer one, other;

	(void)state;
	buffer_init(&one, 1024);
	buffer_init(&other, 1024);
	assert_true(gzip_pack("the same", 8, &one) && gzip_pack("the same", 8, &other));
	assert_int_equal(one.length, other.length);
	assert_memory_equal(one.data, other.data, one.length);
	buffer_clear(&one);
	buffer_clear(&other);
}

static void stops_where_there_is_no_room(void **state)
{
	struct buffer out;

	(void)state;
	buffer_init(&out, 10);
	assert_false(gzip_pack("more than ten bytes when packed", 31, &out));
	assert_true(out.failed);
	buffer_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packs_whatever_it_is_given),
		cmocka_unit_test(packs_the_same_alike),
		cmocka_unit_test(stops_where_there_is_no_room),
	};

	return cmocka_run_group_tests_name("gzip", tests, NULL, NULL);
}
