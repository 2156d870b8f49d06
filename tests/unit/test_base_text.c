/* test_base_text.c - UTF-8, hexadecimal, base64url, comparing secrets: one row, one case. */
#include "base/base64url.h"
#include "base/hex.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct utf8 { const char *title, *text; size_t length; bool valid; };

static const struct utf8 utf8[] = {
	{ "nothing", "", 0, true },
	{ "ASCII", "audit", 5, true },
	{ "NUL", "a\0b", 3, true },
	{ "two bytes", "\xc3\xbc", 2, true },
	{ "three bytes", "\xe2\x82\xac", 3, true },
	{ "four bytes", "\xf0\x9f\x94\x91", 4, true },
	{ "the last character", "\xf4\x8f\xbf\xbf", 4, true },
	{ "beyond the last character", "\xf4\x90\x80\x80", 4, false },
	{ "the last before the surrogates", "\xed\x9f\xbf", 3, true },
	{ "a surrogate", "\xed\xa0\x80", 3, false },
	{ "overlong NUL", "\xc0\x80", 2, false },
	{ "overlong slash in three", "\xe0\x80\xaf", 3, false },
	{ "overlong in four", "\xf0\x80\x80\xaf", 4, false },
	{ "a byte of a sequence alone", "\x80", 1, false },
	{ "cut after one", "\xe2", 1, false },
	{ "cut after two", "\xe2\x82", 2, false },
	{ "cut in four", "\xf0\x9f\x94", 3, false },
	{ "a letter within", "\xe2\x41\xac", 3, false },
	{ "0xff", "\xff", 1, false },
	{ "five bytes", "\xf8\x88\x80\x80\x80", 5, false },
};

static void knows_utf8(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(utf8) / sizeof(utf8[0]); i++)
		if (utf8_valid(utf8[i].text, utf8[i].length) != utf8[i].valid)
			fail_msg("%s", utf8[i].title);
}

static void writes_and_reads_hex(void **state)
{
	unsigned char bytes[4];
	char text[9];

	(void)state;
	hex_encode("\x00\x7f\xab\xff", 4, text);
	assert_string_equal(text, "007fabff");
	assert_true(hex_decode("007FabFF", bytes, 4));
	assert_memory_equal(bytes, "\x00\x7f\xab\xff", 4);
	assert_false(hex_decode("007fabf", bytes, 4));
	assert_false(hex_decode("007fabff0", bytes, 4));
	assert_false(hex_decode("007fabfg", bytes, 4));
	assert_true(hex_decode("", bytes, 0));
}

static void writes_and_reads_base64url(void **state)
{
	static const struct { const char *bytes; size_t length; const char *text; } rows[] = {
		{ "", 0, "" }, { "f", 1, "Zg" }, { "fo", 2, "Zm8" }, { "foo", 3, "Zm9v" }, { "foob", 4, "Zm9vYg" }, { "\xff\xef\xbe", 3, "_---" },
	};
	unsigned char back[16];
	char text[32];
	size_t length;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		base64url_encode(rows[i].bytes, rows[i].length, text);
		assert_string_equal(text, rows[i].text);
		assert_int_equal(strlen(text), BASE64URL_LENGTH(rows[i].length));
		assert_true(base64url_decode(text, strlen(text), back, sizeof(back), &length));
		assert_int_equal(length, rows[i].length);
		assert_memory_equal(back, rows[i].bytes, length);
	}
}

static void reads_one_spelling_only(void **state)
{
	static const char *const bad[] = { "Zg==", "Zh", "Z", "Zm9vY", "Zm+v", "Zm/v", "Zm 9", "Zm9\n" };
	unsigned char back[16];
	size_t length;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (base64url_decode(bad[i], strlen(bad[i]), back, sizeof(back), &length))
			fail_msg("%s", bad[i]);
	assert_false(base64url_decode("Zm9v", 4, back, 2, &length));
	assert_true(base64url_decode("Zm9v", 4, back, 3, &length));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_utf8),
		cmocka_unit_test(writes_and_reads_hex),
		cmocka_unit_test(writes_and_reads_base64url),
		cmocka_unit_test(reads_one_spelling_only),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
