/* test_cli_digest.c - the SHA-256 of a file and its size, and the file at its start again afterwards. */
#include "client-cli/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct { const char *title; char letter; size_t times; const char *sha256; } files[] = {
	{ "nothing", 'a', 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ "one byte", 'a', 1, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb" },
	{ "a million, more than is read at once", 'a', 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
};

static void digests_a_file(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		FILE *file = tmpfile();
		struct failure f = { 0 };
		char hex[DIGEST_HEX];
		uint64_t size = 1;

		assert_non_null(file);
		for (size_t n = 0; n < files[i].times; n++)
			fputc(files[i].letter, file);
		assert_int_equal(fflush(file), 0);
		if (!digest_file(fileno(file), hex, &size, &f) || strcmp(hex, files[i].sha256) != 0 || size != files[i].times)
			fail_msg("%s: %s, %llu bytes", files[i].title, hex, (unsigned long long)size);
		assert_int_equal(lseek(fileno(file), 0, SEEK_CUR), 0);
		fclose(file);
	}
}

static void says_what_cannot_be_read(void **state)
{
	struct failure f = { 0 };
	char hex[DIGEST_HEX];
	uint64_t size;
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_false(digest_file(ends[0], hex, &size, &f));
	failure_clear(&f);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests_a_file),
		cmocka_unit_test(says_what_cannot_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
