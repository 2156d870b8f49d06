/* test_db_cluster.c - the private cluster: who starts it, who stops it, and who comes in. */
#include "db/cluster.h"
#include "db/session.h"

#include "tests/patience.h"
#include "tests/unit/trial_cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64];

static struct cluster *open_one(bool must_exist, bool must_run, struct error *err)
{
	return cluster_open(&(struct cluster_config){ .data = folder, .brittle = true, .must_exist = must_exist, .must_run = must_run }, err);
}

static struct cluster *open_here(void)
{
	struct error err = { 0 };
	struct cluster *c = open_one(false, false, &err);

	if (!c)
		fail_msg("%s", err.message);
	return c;
}

static bool runs(void)
{
	struct error err = { 0 };
	struct cluster *c = open_one(true, true, &err);
	bool live = c != NULL;

	cluster_forget(c);
	error_clear(&err);
	return live;
}

static bool comes_in(const struct cluster *c, const char *user, struct error *err)
{
	struct session *s = session_open(cluster_conninfo(c), user, NULL, err);
	bool in = s != NULL;

	session_close(s);
	return in;
}

static bool is_down(const struct cluster *c)
{
	struct error err = { 0 };
	bool in = comes_in(c, CLUSTER_SUPERUSER, &err);

	error_clear(&err);
	return !in;
}

static void what_must_exist_is_not_made(void **state)
{
	struct error err = { 0 };

	(void)state;
	assert_null(open_one(true, false, &err));
	assert_int_equal(err.code, E_NOT_FOUND);
	error_clear(&err);
}

static void the_first_makes_it_and_the_last_stops_it(void **state)
{
	struct cluster *first = open_here(), *second = open_here();

	(void)state;
	assert_false(cluster_adopted(first));
	assert_true(cluster_adopted(second));
	assert_false(cluster_close(first));
	assert_true(runs());
	assert_true(cluster_close(second));
	assert_false(runs());
}

static void only_this_user_by_the_socket(void **state)
{
	struct cluster *c = open_here();
	struct error err = { 0 };
	char path[128];
	struct stat st;

	(void)state;
	assert_true(comes_in(c, CLUSTER_SUPERUSER, &err));
	assert_false(comes_in(c, "somebody", &err));
	error_clear(&err);
	snprintf(path, sizeof(path), "%s/socket", folder);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(folder, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	cluster_close(c);
}

static void is_made_as_it_should_be(void **state)
{
	static const char *const settings[][2] = {
		{ "server_encoding", "UTF8" }, { "data_checksums", "on" }, { "listen_addresses", "" }, { "unix_socket_permissions", "0700" },
		{ "log_min_error_statement", "panic" }, { "log_parameter_max_length_on_error", "0" }, { "TimeZone", "UTC" }, { "lc_collate", "C.UTF-8" },
	};
	struct cluster *c = open_here();
	struct error err = { 0 };
	struct session *s = session_open(cluster_conninfo(c), CLUSTER_SUPERUSER, NULL, &err);
	struct session_rows *rows = NULL;

	(void)state;
	assert_non_null(s);
	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++) {
		const char *values[] = { settings[i][0] };

		if (session_query(s, "select coalesce(current_setting($1, true), (select datcollate from pg_database where datname = 'ninetwo'))", 1, values,
				&rows, &err) != OK)
			fail_msg("%s", err.message);
		assert_string_equal(rows_get(rows, 0, 0), settings[i][1]);
		rows_free(rows);
	}
	session_close(s);
	cluster_close(c);
}

static void one_that_died_is_started_again_where_it_was(void **state)
{
	struct cluster *c = open_here();
	struct error err = { 0 };
	char command[256];
	bool started;

	(void)state;
	assert_int_equal(cluster_revive(c, &started, &err), OK);
	assert_false(started);
	snprintf(command, sizeof(command), "kill -QUIT $(head -n 1 '%s/pg/postmaster.pid')", folder);
	assert_int_equal(system(command), 0);
	expect_soon(is_down(c), "it lets nobody in any more");
	expect_soon((cluster_revive(c, &started, &err) == OK && started) || err.code != OK, "it is started again");
	assert_true(started);
	assert_true(comes_in(c, CLUSTER_SUPERUSER, &err));
	assert_true(cluster_close(c));
	assert_false(runs());
}

/* A user that dies without a word must not count as one. */
static void who_was_killed_uses_it_no_more(void **state)
{
	struct cluster *c;
	int status;
	pid_t pid = fork();

	(void)state;
	if (pid == 0) {
		struct error err = { 0 };

		_exit(open_one(false, false, &err) ? 7 : 1);	/* and never closes it */
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 7);
	assert_true(runs());
	c = open_here();
	assert_true(cluster_adopted(c));
	assert_true(cluster_close(c));
	assert_false(runs());
}

static void what_is_kept_runs_on(void **state)
{
	struct cluster *c = open_here();
	struct error err = { 0 };

	(void)state;
	assert_int_equal(cluster_keep(c, true, &err), OK);
	assert_false(cluster_close(c));
	assert_true(runs());
	c = open_here();
	assert_true(cluster_adopted(c));
	assert_int_equal(cluster_keep(c, false, &err), OK);
	assert_true(cluster_close(c));
	assert_false(runs());
}

/* Kills PostgreSQL, and waits until none of its processes is left (a minute at most). */
static void kill_all(const char *data)
{
	char command[1024];

	snprintf(command, sizeof(command), "pid=$(head -n 1 '%s/pg/postmaster.pid') && kill -9 $pid && for i in $(seq 600); do "
		"kill -0 $pid 2>/dev/null || readlink /proc/[0-9]*/cwd 2>/dev/null | grep -qxF '%s/pg' || exit 0; sleep 0.1; done; exit 1", data, data);
	assert_int_equal(system(command), 0);
}

static void survives_being_killed(void **state)
{
	struct cluster *c = open_here();

	(void)state;
	kill_all(folder);
	cluster_close(c);
	c = open_here();
	assert_false(cluster_adopted(c));
	cluster_close(c);
}

/* --- a path that is too long for a socket --- */

static char long_path[256];

static struct cluster *open_long(char socket[128])
{
	struct error err = { 0 };
	struct cluster *c;
	const char *host;

	snprintf(long_path, sizeof(long_path), "%s/%0100d", folder, 0);
	c = cluster_open(&(struct cluster_config){ .data = long_path, .brittle = true }, &err);
	if (!c)
		fail_msg("%s", err.message);
	host = strstr(cluster_conninfo(c), "host='");
	assert_non_null(host);
	snprintf(socket, 128, "%.*s", (int)strcspn(host + 6, "'"), host + 6);
	return c;
}

static void a_long_path_has_its_socket_elsewhere(void **state)
{
	struct error err = { 0 };
	char socket[128];
	struct cluster *c = open_long(socket);

	(void)state;
	assert_null(strstr(cluster_conninfo(c), folder));
	assert_int_equal(strncmp(socket, "/tmp/ninetwo.", 13), 0);
	assert_int_equal(access(socket, F_OK), 0);
	assert_true(comes_in(c, CLUSTER_SUPERUSER, &err));
	assert_true(cluster_close(c));
	assert_int_equal(access(socket, F_OK), -1);
}

static void the_next_start_removes_what_a_crash_left_elsewhere(void **state)
{
	struct error err = { 0 };
	char left[128], next[128];
	struct cluster *c = open_long(left);

	(void)state;
	kill_all(long_path);
	cluster_forget(c);
	assert_int_equal(access(left, F_OK), 0);
	c = open_long(next);
	assert_string_not_equal(left, next);
	assert_int_equal(access(left, F_OK), -1);
	assert_true(comes_in(c, CLUSTER_SUPERUSER, &err));
	assert_true(cluster_close(c));
	assert_int_equal(access(next, F_OK), -1);
}

static void the_missing_folders_above_are_made(void **state)
{
	char above[128], path[256];
	struct error err = { 0 };
	struct stat st;

	(void)state;
	snprintf(above, sizeof(above), "%s/above", folder);
	snprintf(path, sizeof(path), "%s/share/data/", above);
	assert_null(cluster_open(&(struct cluster_config){ .data = path, .binaries = "/nowhere" }, &err));	/* it is not begun */
	error_clear(&err);
	assert_int_equal(access(path, W_OK), 0);
	assert_int_equal(stat(above, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
}

static void somebody_elses_folder_is_refused(void **state)
{
	struct error err = { 0 };

	(void)state;
	assert_null(cluster_open(&(struct cluster_config){ .data = "/" }, &err));
	assert_int_equal(err.code, E_FORBIDDEN);
	error_clear(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_must_exist_is_not_made),
		cmocka_unit_test(the_missing_folders_above_are_made),
		cmocka_unit_test(the_first_makes_it_and_the_last_stops_it),
		cmocka_unit_test(only_this_user_by_the_socket),
		cmocka_unit_test(is_made_as_it_should_be),
		cmocka_unit_test(one_that_died_is_started_again_where_it_was),
		cmocka_unit_test(who_was_killed_uses_it_no_more),
		cmocka_unit_test(what_is_kept_runs_on),
		cmocka_unit_test(survives_being_killed),
		cmocka_unit_test(a_long_path_has_its_socket_elsewhere),
		cmocka_unit_test(the_next_start_removes_what_a_crash_left_elsewhere),
		cmocka_unit_test(somebody_elses_folder_is_refused),
	};
	int failed = 1;

	if (!trial_unprivileged() || !trial_folder(folder, sizeof(folder)))
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	trial_remove(folder);
	return failed;
}
