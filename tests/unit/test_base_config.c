/* test_base_config.c - the settings: which source wins, what is refused and how it is said, and that secrets come from files only. */
#include "base/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];
static struct config config;
static struct buffer problems;
static char *argv[16];
static int argc;

static const char *file(const char *name, const char *text, mode_t mode)
{
	static char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	chmod(path, mode);
	return path;
}

static bool load(const char *const arguments[])
{
	static char copies[16][128];

	/* A copy, because what is loaded takes arguments away. */
	for (argc = 0; argc == 0 || arguments[argc - 1]; argc++) {
		snprintf(copies[argc], sizeof(copies[argc]), "%s", argc ? arguments[argc - 1] : "ninetwod");
		argv[argc] = copies[argc];
	}
	argv[argc] = NULL;
	buffer_clear(&problems);
	config_clear(&config);
	return config_load(&config, &argc, argv, &problems);
}

static int start(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/test_config.XXXXXX");
	buffer_init(&problems, 65536);
	unsetenv("CREDENTIALS_DIRECTORY");
	unsetenv("NINETWO_CONFIG");
	unsetenv("NINETWO_WRITERS");
	return mkdtemp(folder) ? 0 : -1;
}

static int stop(void **state)
{
	char command[128];

	(void)state;
	config_clear(&config);
	buffer_clear(&problems);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

static void has_defaults(void **state)
{
	(void)state;
	assert_true(load((const char *const[]){ NULL }));
	assert_string_equal(config.listen, "127.0.0.1:9200");
	assert_int_equal(config.writers, 8);
	assert_null(config.database);
}

static void flags_win_over_environment_over_file(void **state)
{
	const char *path = file("a.conf", "# a comment\n\nwriters = 3\n readers=2 \nstatus-listen = 127.0.0.1:1\n", 0600);

	(void)state;
	assert_true(load((const char *const[]){ "--config", path, NULL }));
	assert_int_equal(config.writers, 3);
	assert_int_equal(config.readers, 2);
	assert_string_equal(config.status_listen, "127.0.0.1:1");
	setenv("NINETWO_WRITERS", "4", 1);
	assert_true(load((const char *const[]){ "--config", path, NULL }));
	assert_int_equal(config.writers, 4);
	assert_true(load((const char *const[]){ "--writers=5", "--config", path, NULL }));
	assert_int_equal(config.writers, 5);
	unsetenv("NINETWO_WRITERS");
}

static void leaves_the_rest_to_the_command(void **state)
{
	(void)state;
	assert_true(load((const char *const[]){ "init", "--listen", "127.0.0.1:1", "--organisation", "Org", "--", "--listen", "x", NULL }));
	assert_int_equal(argc, 7);
	assert_string_equal(argv[1], "init");
	assert_string_equal(argv[2], "--organisation");
	assert_string_equal(argv[3], "Org");
	assert_string_equal(argv[4], "--");
	assert_string_equal(argv[5], "--listen");
	assert_string_equal(argv[6], "x");
	assert_null(argv[7]);
	assert_string_equal(config.listen, "127.0.0.1:1");
}

static void names_every_problem_at_once(void **state)
{
	const char *path = file("b.conf", "writers = many\nnonsense\nlisen = 1\nreaders = 0\n", 0600);

	(void)state;
	assert_false(load((const char *const[]){ "--config", path, "--grace", "-1", "--queue", NULL }));
	assert_non_null(strstr(buffer_text(&problems), "b.conf:1: writers must be a number from 1 to 64, not \"many\"\n"));
	assert_non_null(strstr(buffer_text(&problems), "b.conf:2: a line is `key = value`, not \"nonsense\"\n"));
	assert_non_null(strstr(buffer_text(&problems), "b.conf:3: there is no setting \"lisen\" for a file\n"));
	assert_non_null(strstr(buffer_text(&problems), "b.conf:4: readers must be"));
	assert_non_null(strstr(buffer_text(&problems), "--grace: grace must be"));
	assert_non_null(strstr(buffer_text(&problems), "--queue: a value is missing\n"));
	assert_false(load((const char *const[]){ "--config", "/nowhere/x.conf", NULL }));
	assert_non_null(strstr(buffer_text(&problems), "/nowhere/x.conf: No such file"));
}

static void a_file_is_read_to_its_end_or_refused(void **state)
{
	static char text[3 * 4096];
	const char *path;

	(void)state;
	assert_false(load((const char *const[]){ "--config", folder, NULL }));
	assert_non_null(strstr(buffer_text(&problems), ": Is a directory\n"));
	snprintf(text, sizeof(text), "web = %*s\nwriters = 3\n", 5000, "writers = 2");
	path = file("c.conf", text, 0600);
	assert_false(load((const char *const[]){ "--config", path, NULL }));
	assert_non_null(strstr(buffer_text(&problems), "c.conf:1: the line is longer than 4094 bytes\n"));
	assert_int_equal(config.writers, 3);
	assert_null(config.web);
	snprintf(text, sizeof(text), "web = %0*d\nwriters = nine\n", 4094 - 6, 1);
	path = file("d.conf", text, 0600);
	assert_false(load((const char *const[]){ "--config", path, NULL }));
	assert_non_null(strstr(buffer_text(&problems), "d.conf:2: writers must be"));
	assert_int_equal(strlen(config.web), 4094 - 6);
}

static void reads_secrets_from_files_only(void **state)
{
	char path[128];

	(void)state;
	snprintf(path, sizeof(path), "%s", file("password", "very secret\n", 0600));
	assert_true(load((const char *const[]){ "--database-password-file", path, NULL }));
	assert_string_equal(config.database_password, "very secret");
	assert_true(load((const char *const[]){ "--database-password", "leaked", NULL }));
	assert_null(config.database_password);
	assert_int_equal(argc, 3);
	chmod(path, 0644);
	assert_false(load((const char *const[]){ "--database-password-file", path, NULL }));
	assert_non_null(strstr(buffer_text(&problems), "may be read by everybody"));
	assert_null(strstr(buffer_text(&problems), "very secret"));
}

static void finds_credentials_of_the_service_manager(void **state)
{
	(void)state;
	file("database_password", "from systemd", 0400);
	setenv("CREDENTIALS_DIRECTORY", folder, 1);
	assert_true(load((const char *const[]){ NULL }));
	assert_string_equal(config.database_password, "from systemd");
	unsetenv("CREDENTIALS_DIRECTORY");
}

static void shows_no_secret(void **state)
{
	char text[8192] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	(void)state;
	assert_true(load((const char *const[]){ "--database-password-file", file("password2", "very secret", 0600), NULL }));
	config_print(&config, out);
	config_help(out);
	fclose(out);
	assert_null(strstr(text, "very secret"));
	assert_non_null(strstr(text, "# database_password is set\n"));
	assert_non_null(strstr(text, "writers = 8\n"));
	assert_non_null(strstr(text, "--database-password-file"));
}

static char differences[256];

static void differs(const char *name, bool applied)
{
	snprintf(differences + strlen(differences), sizeof(differences) - strlen(differences), "%s %d;", name, applied);
}

static void applies_what_may_change_while_running(void **state)
{
	struct config fresh;
	int none = 1;
	char *only[] = { (char[]){ "ninetwod" }, NULL };

	(void)state;
	assert_true(load((const char *const[]){ "--log-level", "debug", "--writers", "9", NULL }));
	config_load(&fresh, &none, only, &problems);
	config_apply(&config, &fresh, differs);
	assert_string_equal(differences, "writers 0;log_level 1;");
	assert_string_equal(config.log_level, "info");
	assert_int_equal(config.writers, 9);
	config_clear(&fresh);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_defaults),
		cmocka_unit_test(flags_win_over_environment_over_file),
		cmocka_unit_test(leaves_the_rest_to_the_command),
		cmocka_unit_test(names_every_problem_at_once),
		cmocka_unit_test(a_file_is_read_to_its_end_or_refused),
		cmocka_unit_test(reads_secrets_from_files_only),
		cmocka_unit_test(finds_credentials_of_the_service_manager),
		cmocka_unit_test(shows_no_secret),
		cmocka_unit_test(applies_what_may_change_while_running),
	};

	return cmocka_run_group_tests_name("config", tests, start, stop);
}
