/* test_base_log.c - what is logged cannot forge a field or a line. */
#include "base/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static int in, out;
static char line[8192];

static int start(void **state)
{
	int ends[2];

	(void)state;
	if (pipe(ends) != 0)
		return -1;
	in = ends[0];
	out = ends[1];
	log_set_output(out);
	return 0;
}

/* The one line that was logged, without the time. */
static const char *logged(void)
{
	ssize_t n = read(in, line, sizeof(line) - 1);
	char *at, *level;

	assert_true(n > 0);
	line[n] = '\0';
	assert_ptr_equal(strchr(line, '\n'), line + n - 1);
	line[n - 1] = '\0';
	at = strstr(line, " at=");
	level = strstr(line, " level=");
	assert_non_null(at);
	assert_int_equal(level - at, 4 + 24);
	memmove(at, level, strlen(level) + 1);
	return line;
}

static void begins_with_the_event(void **state)
{
	(void)state;
	log_info("app.ready", NULL);
	assert_string_equal(logged(), "event=app.ready level=info");
	log_error("db.down", "host=%s port=%d tries=%llu size=%zu part=%ld%c", "a", -5, 7ull, (size_t)3, 9l, 'x');
	assert_string_equal(logged(), "event=db.down level=error host=a port=-5 tries=7 size=3 part=9x");
}

static void quotes_what_comes_from_outside(void **state)
{
	const char *volatile nothing = NULL;

	(void)state;
	log_warn("x", "a=%s b=%s", "two words", "");
	assert_string_equal(logged(), "event=x level=warn a=\"two words\" b=\"\"");
	log_warn("x", "a=%s", "x\nevent=forged level=info");
	assert_string_equal(logged(), "event=x level=warn a=\"x\\x0aevent=forged level=info\"");
	log_warn("x", "a=%s", "say \"hi\" \\ \x1b[31m");
	assert_string_equal(logged(), "event=x level=warn a=\"say \\\"hi\\\" \\\\ \\x1b[31m\"");
	log_warn("x", "a=%s", "b=c");
	assert_string_equal(logged(), "event=x level=warn a=\"b=c\"");
	log_warn("x", "a=%s", "%s%n");
	assert_string_equal(logged(), "event=x level=warn a=%s%n");
	log_warn("x", "a=%s", nothing);
	assert_string_equal(logged(), "event=x level=warn a=-");
	log_warn("x", "a=%s", "gr\xc3\xbc\xc3\x9f");
	assert_string_equal(logged(), "event=x level=warn a=gr\xc3\xbc\xc3\x9f");
}

static void stays_one_line_however_long(void **state)
{
	char *text = malloc(100001);

	(void)state;
	memset(text, '\n', 100000);
	text[100000] = '\0';
	log_warn("x", "a=%s b=%s", text, text);
	assert_true(strlen(logged()) < 2048);
	free(text);
}

static void drops_what_is_below_its_level(void **state)
{
	(void)state;
	log_debug("x", NULL);
	log_set_level(LEVEL_ERROR);
	log_warn("x", NULL);
	log_error("y", NULL);
	assert_string_equal(logged(), "event=y level=error");
	log_set_level(LEVEL_DEBUG);
	log_debug("z", NULL);
	assert_string_equal(logged(), "event=z level=debug");
	log_set_level(LEVEL_INFO);
	assert_int_equal(log_level_named("warn"), LEVEL_WARN);
	assert_int_equal(log_level_named("loud"), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(begins_with_the_event),
		cmocka_unit_test(quotes_what_comes_from_outside),
		cmocka_unit_test(stays_one_line_however_long),
		cmocka_unit_test(drops_what_is_below_its_level),
	};

	return cmocka_run_group_tests_name("log", tests, start, NULL);
}
