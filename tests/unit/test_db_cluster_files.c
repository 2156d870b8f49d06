/* test_db_cluster_files.c - cluster_files.c: what is written into the folder of the private cluster, where its socket is, whose programs run. */
#include "db/cluster_files.h"

#include "tests/unit/trial_cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static void path_of(char out[128], const char *name)
{
	snprintf(out, 128, "%s/%s", folder, name);
}

static void put(const char *name, const char *text, mode_t mode)
{
	char path[128];
	FILE *f;

	path_of(path, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static void make(const char *name)
{
	char path[128];

	path_of(path, name);
	assert_int_equal(mkdir(path, 0700), 0);
}

static const char *text_of(const char *name)
{
	static char text[16384];
	char path[128];
	size_t n;
	FILE *f;

	path_of(path, name);
	f = fopen(path, "r");
	assert_non_null(f);
	n = fread(text, 1, sizeof text - 1, f);
	text[n] = '\0';
	fclose(f);
	return text;
}

static mode_t mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static int set_up(void **state)
{
	(void)state;
	assert_true(trial_folder(folder, sizeof folder));
	make("pg");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	trial_remove(folder);
	return 0;
}

static void says(const struct error *err, enum error_code code, const char *words)
{
	assert_int_equal(err->code, code);
	if (!strstr(err->message, words))
		fail_msg("\"%s\" does not say \"%s\"", err->message, words);
}

/* --- what is written ----------------------------------------------------------------------------------------------------- */

static void settings_are_whole_private_and_written_anew(void **state)
{
	struct error err = { 0 };
	char path[128];

	(void)state;
	put("pg/ninetwo.conf", "fsync = off\n", 0644);
	assert_int_equal(cluster_files_write(folder, "/run/it's here", false, &err), OK);
	assert_non_null(strstr(text_of("pg/ninetwo.conf"), "\nlisten_addresses = ''\n"));
	assert_non_null(strstr(text_of("pg/ninetwo.conf"), "\nunix_socket_permissions = 0700\n"));
	assert_non_null(strstr(text_of("pg/ninetwo.conf"), "\nunix_socket_directories = '/run/it''s here'\n"));
	assert_null(strstr(text_of("pg/ninetwo.conf"), "fsync"));
	path_of(path, "pg/ninetwo.conf");
	assert_int_equal(mode_of(path), 0600);
	path_of(path, "pg/ninetwo.conf.new");
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(cluster_files_write(folder, "/run/x", true, &err), OK);
	assert_non_null(strstr(text_of("pg/ninetwo.conf"), "\nfsync = off\n"));
}

static void nobody_else_is_let_in(void **state)
{
	struct error err = { 0 };
	const char *line;
	char wanted[128];

	(void)state;
	assert_int_equal(cluster_files_write(folder, "/run/x", false, &err), OK);
	for (line = text_of("pg/pg_hba.conf"); *line; line = strchr(line, '\n') + 1)
		if (*line != '#' && (strncmp(line, "local ", 6) || strncmp(strchr(line, '\n') - 17, " peer map=ninetwo", 17)))
			fail_msg("%.*s", (int)strcspn(line, "\n"), line);
	snprintf(wanted, sizeof wanted, "ninetwo \"%s\" ", getpwuid(geteuid())->pw_name);
	for (line = text_of("pg/pg_ident.conf"); *line; line = strchr(line, '\n') + 1)
		if (*line != '#' && strncmp(line, wanted, strlen(wanted)))
			fail_msg("%.*s", (int)strcspn(line, "\n"), line);
}

static void what_cannot_be_written_is_named(void **state)
{
	struct error err = { 0 };
	char longest[PATH_MAX + 10];
	char path[128];

	(void)state;
	path_of(path, "pg");
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(cluster_files_write(folder, "/run/x", false, &err), E_INTERNAL);
	says(&err, E_INTERNAL, "/pg/ninetwo.conf cannot be written: No such file or directory.");
	assert_int_equal(cluster_files_include(folder, "pg", &err), E_INTERNAL);
	says(&err, E_INTERNAL, "/pg/postgresql.conf cannot be written");
	memset(longest, 'x', sizeof longest - 1);
	longest[0] = '/';
	longest[sizeof longest - 1] = '\0';
	assert_int_equal(cluster_files_write(longest, "/run/x", false, &err), E_INTERNAL);
}

static void a_file_that_cannot_be_replaced_stays_whole(void **state)
{
	struct error err = { 0 };
	char path[128];

	(void)state;
	make("pg/ninetwo.conf.new");			/* so that nothing can be written beside it */
	put("pg/ninetwo.conf", "old\n", 0600);
	assert_int_equal(cluster_files_write(folder, "/run/x", false, &err), E_INTERNAL);
	assert_string_equal(text_of("pg/ninetwo.conf"), "old\n");
	path_of(path, "pg/pg_hba.conf");
	assert_int_equal(access(path, F_OK), -1);
}

static void the_operators_settings_come_last(void **state)
{
	struct error err = { 0 };
	const char *ours, *theirs;

	(void)state;
	put("pg/postgresql.conf", "port = 1", 0600);	/* without an end of line */
	put("pg/local.conf", "work_mem = 8MB\n", 0600);
	assert_int_equal(cluster_files_include(folder, "pg", &err), OK);
	ours = strstr(text_of("pg/postgresql.conf"), "port = 1\ninclude = 'ninetwo.conf'\n");
	assert_non_null(ours);
	theirs = strstr(ours, "include_if_exists = 'local.conf'\n");
	assert_non_null(theirs);
	assert_int_equal(strncmp(text_of("pg/local.conf"), "work_mem = 8MB\n", 15), 0);
}

/* --- the socket ---------------------------------------------------------------------------------------------------------- */

static void the_socket_is_in_the_folder_and_private(void **state)
{
	char out[CLUSTER_SOCKET_MAX], wanted[128];
	struct error err = { 0 };

	(void)state;
	path_of(wanted, "socket");
	assert_int_equal(mkdir(wanted, 0755), 0);
	assert_int_equal(cluster_socket_folder(folder, out, &err), OK);
	assert_string_equal(out, wanted);
	assert_int_equal(mode_of(out), 0700);
}

static void where_it_does_not_fit_it_is_elsewhere(void **state)
{
	static const char *const names[] = { "with,comma", "a-very-long-name-that-leaves-no-room-for-the-name-of-a-socket-in-its-address" };
	char out[CLUSTER_SOCKET_MAX], data[200];
	struct error err = { 0 };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		snprintf(data, sizeof data, "%s/%s", folder, names[i]);
		assert_int_equal(mkdir(data, 0700), 0);
		assert_int_equal(cluster_socket_folder(data, out, &err), OK);
		assert_int_equal(strncmp(out, "/tmp/ninetwo.", 13), 0);
		assert_int_equal(mode_of(out), 0700);
		assert_int_equal(rmdir(out), 0);
	}
	assert_int_equal(cluster_socket_folder("/nowhere/at/all", out, &err), E_INTERNAL);
	says(&err, E_INTERNAL, "The folder /nowhere/at/all/socket for the socket cannot be made");
}

/* What PostgreSQL leaves in the folder when it is killed, for data that is `of`. */
static void leave_lock(const char *socket, const char *of)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof path, "%s/.s.PGSQL.5432", socket);
	f = fopen(path, "w");
	assert_non_null(f);
	fclose(f);
	snprintf(path, sizeof path, "%s/.s.PGSQL.5432.lock", socket);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fprintf(f, "123\n%s/pg\n1767000000\n5432\n%s\n", of, socket) > 0);
	assert_int_equal(fclose(f), 0);
}

static void what_is_elsewhere_is_removed_by_whose_it_is(void **state)
{
	char out[CLUSTER_SOCKET_MAX], longest[200], command[128];
	struct error err = { 0 };

	(void)state;
	cluster_socket_remove(folder);			/* nothing is named */
	snprintf(longest, sizeof longest, "%s/%0100d", folder, 0);
	assert_int_equal(mkdir(longest, 0700), 0);
	assert_int_equal(cluster_socket_folder(longest, out, &err), OK);
	assert_int_equal(cluster_files_write(folder, out, false, &err), OK);
	leave_lock(out, "/of/the/original");		/* of which this is a copy */
	cluster_socket_remove(folder);
	assert_int_equal(access(out, F_OK), 0);
	leave_lock(out, folder);
	cluster_socket_remove(folder);
	assert_int_equal(access(out, F_OK), -1);
	cluster_socket_remove(folder);			/* it is gone */
	assert_int_equal(symlink(longest, out), 0);
	leave_lock(longest, folder);
	cluster_socket_remove(folder);			/* a link that somebody put there leads nowhere */
	snprintf(command, sizeof command, "test -e '%s/.s.PGSQL.5432.lock'", out);
	assert_int_equal(system(command), 0);
	assert_int_equal(unlink(out), 0);
}

static void what_is_below_the_data_stays(void **state)
{
	char out[CLUSTER_SOCKET_MAX];
	struct error err = { 0 };

	(void)state;
	assert_int_equal(cluster_socket_folder(folder, out, &err), OK);
	assert_int_equal(cluster_files_write(folder, out, false, &err), OK);
	cluster_socket_remove(folder);
	assert_int_equal(access(out, F_OK), 0);
}

static void a_conninfo_says_any_folder(void **state)
{
	static const char *const names[] = { "/run/x", "/it's", "/back\\slash", "/with space", "/quote'\\'end\\" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char out[200];
		PQconninfoOption *words;

		cluster_conninfo_write(out, sizeof out, names[i], "5433");
		words = PQconninfoParse(out, NULL);
		if (!words)
			fail_msg("%s cannot be read", out);
		for (const PQconninfoOption *o = words; o->keyword; o++) {
			if (!strcmp(o->keyword, "host"))
				assert_string_equal(o->val, names[i]);
			if (!strcmp(o->keyword, "port"))
				assert_string_equal(o->val, "5433");
			if (!strcmp(o->keyword, "dbname"))
				assert_string_equal(o->val, CLUSTER_DATABASE);
		}
		PQconninfoFree(words);
	}
}

static void a_conninfo_without_room_is_cut_within_it(void **state)
{
	char guarded[70];

	(void)state;
	for (size_t size = 40; size < 64; size++) {
		memset(guarded, 7, sizeof guarded);
		cluster_conninfo_write(guarded, size, "/'''''''''''''''''''''''''''''''''", "5432");
		assert_true(strlen(guarded) < size);
		assert_int_equal(guarded[size], 7);
	}
}

/* --- the programs -------------------------------------------------------------------------------------------------------- */

static void programs_are_those_given_or_none(void **state)
{
	struct error err = { 0 };
	char path[128], *found;

	(void)state;
	make("bin");
	path_of(path, "bin");
	assert_null(cluster_binaries(folder, path, &err));
	says(&err, E_NOT_FOUND, "There is no PostgreSQL in ");
	put("bin/postgres", "#!/bin/sh\n", 0600);
	assert_null(cluster_binaries(folder, path, &err));	/* not a program */
	put("bin/postgres", "#!/bin/sh\n", 0700);
	found = cluster_binaries(folder, path, &err);
	assert_string_equal(found, path);
	free(found);
}

static void programs_fit_the_data(void **state)
{
	struct error err = { 0 };
	char *newest = cluster_binaries(folder, NULL, &err), *found, wanted[64], version[16];

	(void)state;
	assert_non_null(newest);
	if (sscanf(newest, "/usr/lib/postgresql/%15[0-9]/bin", version) == 1) {
		put("pg/PG_VERSION", version, 0600);
		found = cluster_binaries(folder, NULL, &err);
		snprintf(wanted, sizeof wanted, "/usr/lib/postgresql/%s/bin", version);
		assert_string_equal(found, wanted);
		free(found);
	}
	put("pg/PG_VERSION", "not a number\n", 0600);
	found = cluster_binaries(folder, NULL, &err);
	assert_string_equal(found, newest);
	free(found);
	free(newest);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(settings_are_whole_private_and_written_anew),
		TEST(nobody_else_is_let_in),
		TEST(what_cannot_be_written_is_named),
		TEST(a_file_that_cannot_be_replaced_stays_whole),
		TEST(the_operators_settings_come_last),
		TEST(the_socket_is_in_the_folder_and_private),
		TEST(where_it_does_not_fit_it_is_elsewhere),
		TEST(what_is_elsewhere_is_removed_by_whose_it_is),
		TEST(what_is_below_the_data_stays),
		TEST(a_conninfo_says_any_folder),
		TEST(a_conninfo_without_room_is_cut_within_it),
		TEST(programs_are_those_given_or_none),
		TEST(programs_fit_the_data),
	};

	return trial_unprivileged() ? cmocka_run_group_tests_name("cluster files", tests, NULL, NULL) : 1;
}
