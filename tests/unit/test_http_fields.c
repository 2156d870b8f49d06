/* test_http_fields.c - lengths, ranges and identifiers as they stand in a request: one row, one case. */
#include "net/http_fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void reads_numbers(void **state)
{
	static const char *const bad[] = { "", "-1", "+1", " 1", "1 ", "0x1", "1,1", "1;1", "1e3", "1234567890123456", "\xc2\xb2" };
	uint64_t n;

	(void)state;
	assert_true(field_number("0", &n) && n == 0);
	assert_true(field_number("999999999999999", &n) && n == 999999999999999);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (field_number(bad[i], &n))
			fail_msg("%s", bad[i]);
}

static void reads_uuids(void **state)
{
	static const char *const bad[] = { "", "0190a3c4-0000-7000-8000-00000000000", "0190a3c4-0000-7000-8000-0000000000011", "0190a3c4-0000-7000-8000-00000000000g",
		"0190a3c4x0000-7000-8000-000000000001", "{190a3c4-0000-7000-8000-000000000001", "0190a3c400007000800000000000000012345", "../../../../../../../../../etc/passwd" };
	char out[37];

	(void)state;
	assert_true(field_uuid("0190A3C4-0000-7000-8000-00000000000F", out));
	assert_string_equal(out, "0190a3c4-0000-7000-8000-00000000000f");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (field_uuid(bad[i], out))
			fail_msg("%s", bad[i]);
}

struct content_range { const char *text; uint64_t length; bool good; uint64_t offset, total; };

static void reads_content_ranges(void **state)
{
	static const struct content_range rows[] = {
		{ "bytes 0-9/10", 10, true, 0, 10 },
		{ "bytes 10-19/1000", 10, true, 10, 1000 },
		{ "bytes 10-19/*", 10, true, 10, UINT64_MAX },
		{ "bytes 0-9/10", 9, false, 0, 0 },
		{ "bytes 0-9/9", 10, false, 0, 0 },
		{ "bytes 9-0/10", 10, false, 0, 0 },
		{ "bytes */10", 0, false, 0, 0 },
		{ "bytes 0-9", 10, false, 0, 0 },
		{ "bytes 0-9/10*", 10, false, 0, 0 },
		{ "bytes 0-9/10 ", 10, false, 0, 0 },
		{ "bytes -1-9/10", 11, false, 0, 0 },
		{ "items 0-9/10", 10, false, 0, 0 },
		{ "bytes 0-18446744073709551615/*", 0, false, 0, 0 },
		{ "", 0, false, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct http_transfer t = { .length = rows[i].length };

		if (field_content_range(rows[i].text, &t) != rows[i].good)
			fail_msg("%s", rows[i].text);
		if (rows[i].good && (t.offset != rows[i].offset || t.total != rows[i].total))
			fail_msg("%s: read otherwise", rows[i].text);
	}
}

struct range { const char *text; bool ranged, suffix; uint64_t first, last, length; };

static void reads_ranges(void **state)
{
	static const struct range rows[] = {
		{ "bytes=0-9", true, false, 0, 9, 0 },
		{ "bytes=5-", true, false, 5, UINT64_MAX, 0 },
		{ "bytes=-5", true, true, 0, 0, 5 },
		{ "bytes=0-0", true, false, 0, 0, 0 },
		{ "bytes=9-0", false, false, 0, 0, 0 },
		{ "bytes=-", false, false, 0, 0, 0 },
		{ "bytes=", false, false, 0, 0, 0 },
		{ "bytes=0-9,20-29", false, false, 0, 0, 0 },
		{ "bytes=a-b", false, false, 0, 0, 0 },
		{ "bytes=0-9x", false, false, 0, 0, 0 },
		{ "bytes=99999999999999999999-", false, false, 0, 0, 0 },
		{ "lines=0-9", false, false, 0, 0, 0 },
		{ "-", false, false, 0, 0, 0 },
		{ "", false, false, 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct http_transfer t = { 0 };

		field_range(rows[i].text, &t);
		if (t.ranged != rows[i].ranged)
			fail_msg("%s", rows[i].text);
		if (t.ranged && (t.suffix != rows[i].suffix || (t.suffix ? t.length != rows[i].length : t.first != rows[i].first || t.last != rows[i].last)))
			fail_msg("%s: read otherwise", rows[i].text);
	}
}

static void finds_tags(void **state)
{
	static const struct { const char *text; bool found; } rows[] = {
		{ "\"abc\"", true }, { "W/\"abc\"", true }, { "*", true }, { "\"x\", \"abc\"", true },
		{ "\"x\",W/\"abc\" , \"y\"", true }, { "\"a,b\", \"abc\"", true }, { "", false }, { "abc", false },
		{ "\"abc", false }, { "\"abcd\"", false }, { "\"ab\"", false }, { "\"abc-gzip\"", false },
		{ "x\"abc\"", false }, { "\"x\" *", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (field_names_tag(rows[i].text, "\"abc\"") != rows[i].found)
			fail_msg("%s", rows[i].text);
}

static void weighs_codings(void **state)
{
	static const struct { const char *text; bool takes; } rows[] = {
		{ "gzip", true }, { "GZip", true }, { "deflate, gzip", true }, { "deflate,gzip;q=0.5", true },
		{ "br;q=1.0, gzip; q=0.001", true }, { "*", true }, { "gzip;q=1", true }, { "identity, *;q=0.1", true },
		{ "", false }, { "br", false }, { "gzip;q=0", false }, { "gzip; q=0.000", false }, { "*, gzip;q=0", false },
		{ "gzip;q=0, *", false }, { "*;q=0", false }, { "x-gzip-no", false }, { "gzipped", false },
		{ "gzip;level=9", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (field_takes_coding(rows[i].text, "gzip") != rows[i].takes)
			fail_msg("%s", rows[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_numbers),
		cmocka_unit_test(reads_uuids),
		cmocka_unit_test(reads_content_ranges),
		cmocka_unit_test(reads_ranges),
		cmocka_unit_test(finds_tags),
		cmocka_unit_test(weighs_codings),
	};

	return cmocka_run_group_tests_name("http_fields", tests, NULL, NULL);
}
