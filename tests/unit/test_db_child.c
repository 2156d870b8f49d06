/* test_db_child.c - child.c (another program, waited for) and name.c (a host's addresses, waited for or not). Real programs, real look-ups. */
#include "db/child.h"
#include "db/name.h"

#include "tests/patience.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct buffer output;

/* Runs a line of shell in `folder`; what it printed is in `output`. */
static int shell_in(const char *folder, const char *line)
{
	const char *const argv[] = { "sh", "-c", line, NULL };

	buffer_reset(&output);
	return child_status(argv, folder, &output);
}

static int shell(const char *line)
{
	return shell_in("/", line);
}

static const char *refusal(const char *line)
{
	static struct error err;
	const char *const argv[] = { "/bin/sh", "-c", line, NULL };

	buffer_reset(&output);
	assert_int_equal(child_run(argv, "/", &output, &err), E_INTERNAL);
	return err.message;
}

static int set_up(void **state)
{
	(void)state;
	buffer_init(&output, 8192);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buffer_clear(&output);
	return 0;
}

static void a_status_is_what_the_program_said(void **state)
{
	(void)state;
	assert_int_equal(shell("exit 0"), 0);
	assert_int_equal(shell("exit 3"), 3);
	assert_int_equal(shell("exit 255"), 255);
	assert_int_equal(shell("kill -9 $$"), 128 + 9);
	assert_int_equal(shell("kill -15 $$"), 128 + 15);
}

static void what_cannot_be_run_is_said(void **state)
{
	static const char *const absent[] = { "/nowhere/at/all", NULL }, *const folder[] = { "/usr", NULL }, *const there[] = { "true", NULL };
	struct error err = { 0 };

	(void)state;
	assert_int_equal(child_status(absent, "/", &output), -1);
	assert_int_equal(child_status(folder, "/", &output), -1);
	assert_int_equal(child_status(there, "/nowhere/at/all", &output), -1);
	assert_int_equal(child_run(absent, "/", &output, &err), E_INTERNAL);
	assert_string_equal(err.message, "/nowhere/at/all cannot be run.");
	assert_int_equal(child_run(there, "/", &output, &err), OK);
}

static void it_is_given_nothing_of_ours(void **state)
{
	int fd = open("/dev/null", O_RDONLY);		/* not closed on exec */

	(void)state;
	assert_true(fd > 2);
	setenv("PGDATA", "/somewhere", 1);
	setenv("PGOPTIONS", "-c fsync=off", 1);
	assert_int_equal(shell_in("/usr", "env | grep -v -e ^PWD= -e ^SHLVL= -e ^_= -e ^OLDPWD= | sort; pwd; cat; ls /proc/self/fd | wc -l"), 0);
	assert_string_equal(buffer_text(&output),
		"LC_ALL=C.UTF-8\nPATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\nTZ=UTC\n/usr\n4\n");	/* 0, 1, 2 and ls's own */
	close(fd);
	unsetenv("PGDATA");
	unsetenv("PGOPTIONS");
}

static void both_outputs_come_up_to_the_maximum(void **state)
{
	struct buffer little;
	const char *const argv[] = { "sh", "-c", "echo 12345678; echo more; head -c 100000 /dev/zero; exit 4", NULL };

	(void)state;
	assert_int_equal(shell("echo out; echo err >&2"), 0);
	assert_string_equal(buffer_text(&output), "out\nerr\n");
	buffer_init(&little, 10);
	assert_int_equal(child_status(argv, "/", &little), 4);	/* and it did not wait for a reader for ever */
	assert_true(little.length <= 10);
	assert_int_equal(strncmp(buffer_text(&little), "12345678\n", little.length < 9 ? little.length : 9), 0);
	buffer_clear(&little);
}

static void a_failure_quotes_the_last_line(void **state)
{
	char wanted[400] = "/bin/sh ended with status 1: ";

	(void)state;
	assert_string_equal(refusal("echo first; echo 'initdb: error: no room'; exit 1"), "/bin/sh ended with status 1: initdb: error: no room");
	assert_string_equal(refusal("printf 'why \\r\\n\\n  \\n'; exit 7"), "/bin/sh ended with status 7: why");
	assert_string_equal(refusal("exit 2"), "/bin/sh ended with status 2: ");
	assert_string_equal(refusal("kill -9 $$"), "/bin/sh ended with status 137: ");
	for (int i = 0; i < 300; i++)
		strcat(wanted, "x");
	assert_string_equal(refusal("head -c 1000 /dev/zero | tr '\\0' x; exit 1"), wanted);
	/* the last that was printed, not the last for which there was room */
	assert_string_equal(refusal("seq 1 9999; echo; echo 'initdb: error: no room'; echo; exit 1"), "/bin/sh ended with status 1: initdb: error: no room");
	assert_true(output.length <= output.maximum);
}

static void what_a_program_leaves_running_does_not_change_its_status(void **state)
{
	(void)state;
	assert_int_equal(shell("sleep 0.3 & exit 5"), 5);
}

/* --- names --------------------------------------------------------------------------------------------------------------- */

static bool has_loopback(const struct addrinfo *found)
{
	for (; found; found = found->ai_next)
		if (found->ai_family == AF_INET && ((const struct sockaddr_in *)(const void *)found->ai_addr)->sin_addr.s_addr == htonl(INADDR_LOOPBACK))
			return true;
	return false;
}

static int end_of(struct name_lookup *l, struct addrinfo **found)
{
	expect_soon(!name_under_way(l), "a name is looked up");
	return name_take(l, found);
}

static void a_name_is_found_with_and_without_waiting(void **state)
{
	struct addrinfo *found = NULL;
	struct name_lookup *l;

	(void)state;
	assert_int_equal(name_wait("127.0.0.1", &found), 0);
	assert_true(has_loopback(found));
	for (const struct addrinfo *a = found; a; a = a->ai_next)
		assert_int_equal(a->ai_socktype, SOCK_STREAM);
	freeaddrinfo(found);
	found = NULL;
	l = name_begin("127.0.0.1");
	assert_non_null(l);
	assert_int_equal(end_of(l, &found), 0);
	assert_true(has_loopback(found));
	name_drop(l);				/* what was taken stays */
	assert_true(has_loopback(found));
	freeaddrinfo(found);
}

static void what_is_no_name_is_an_error(void **state)
{
	struct addrinfo *found = NULL;
	struct name_lookup *l = name_begin("not a name");

	(void)state;
	assert_int_not_equal(name_wait("not a name", &found), 0);
	assert_non_null(l);
	assert_int_not_equal(end_of(l, &found), 0);
	assert_null(found);
	name_drop(l);
}

/* What cannot be cancelled any more is left to its thread: kept in sight here, so that it is no leak to the sanitizer. */
static void a_lookup_may_be_dropped_at_any_time(void **state)
{
	static struct name_lookup *dropped[100];

	(void)state;
	name_drop(NULL);
	for (size_t i = 0; i < 100; i++) {
		dropped[i] = name_begin("127.0.0.1");
		assert_non_null(dropped[i]);
		if (i % 3)
			usleep(i % 3 == 1 ? 10 : 1000);
		name_drop(dropped[i]);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_status_is_what_the_program_said),
		TEST(what_cannot_be_run_is_said),
		TEST(it_is_given_nothing_of_ours),
		TEST(both_outputs_come_up_to_the_maximum),
		TEST(a_failure_quotes_the_last_line),
		TEST(what_a_program_leaves_running_does_not_change_its_status),
		TEST(a_name_is_found_with_and_without_waiting),
		TEST(what_is_no_name_is_an_error),
		TEST(a_lookup_may_be_dropped_at_any_time),
	};

	return cmocka_run_group_tests_name("child", tests, NULL, NULL);
}
