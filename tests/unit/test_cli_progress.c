/* test_cli_progress.c - how far a transfer is, where standard error is no terminal: a line a quarter, and where it goes on. */
#include "client-cli/progress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct { const char *title; uint64_t at, total, steps[4]; bool quiet; const char *said; } transfers[] = {
	{ "from the beginning", 0, 100, { 10, 25, 60, 100 }, false, "a.log: 25%\na.log: 50%\na.log: 100%\n" },
	{ "going on", 50, 100, { 60, 75, 80, 100 }, false, "a.log: going on at 50 of 100 bytes\na.log: 75%\na.log: 100%\n" },
	{ "the same again", 0, 100, { 25, 25, 26, 49 }, false, "a.log: 25%\n" },
	{ "an empty file", 0, 0, { 0, 0, 0, 0 }, false, "" },
	{ "quiet", 50, 100, { 60, 75, 80, 100 }, true, "" },
};

static void transfer(FILE *out, size_t i)
{
	int kept = dup(STDERR_FILENO);
	struct progress p;

	fflush(stderr);
	dup2(fileno(out), STDERR_FILENO);
	progress_start(&p, "folder/a.log", transfers[i].at, transfers[i].total, transfers[i].quiet);
	for (size_t n = 0; transfers[i].total && n < 4; n++)
		progress_at(&p, transfers[i].steps[n]);
	progress_end(&p);
	fflush(stderr);
	dup2(kept, STDERR_FILENO);
	close(kept);
}

static void tells_each_quarter_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof transfers / sizeof *transfers; i++) {
		FILE *out = tmpfile();
		char said[512] = "";

		assert_non_null(out);
		transfer(out, i);
		rewind(out);
		said[fread(said, 1, sizeof said - 1, out)] = '\0';
		fclose(out);
		if (strcmp(said, transfers[i].said) != 0)
			fail_msg("%s: %s", transfers[i].title, said);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_each_quarter_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
