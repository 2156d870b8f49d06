/* test_db_account.c - account.c: what root becomes before anything else, and whom nobody else may become.
 *
 * Tests run as somebody who is not root, so what only root may do is noted here in place of the C library, step by step; the folders are real. */
#include "db/account.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* --- root, as far as account.c sees it ----------------------------------------------------------------------------------- */

static bool root;			/* the rest is only looked at then */
static bool comes_back;			/* setuid(0) succeeds after all */
static const char *refuses;		/* the step that fails */
static char steps[512];
static struct passwd user;
static uid_t real_uid;

static int step(const char *name, unsigned int id)
{
	size_t n = strlen(steps);

	snprintf(steps + n, sizeof steps - n, "%s %u, ", name, id);
	if (!refuses || strcmp(refuses, name))
		return 0;
	errno = EPERM;
	return -1;
}

uid_t geteuid(void)
{
	return root ? 0 : real_uid;
}

struct passwd *getpwnam(const char *name)
{
	return user.pw_name && !strcmp(name, user.pw_name) ? &user : NULL;
}

struct passwd *getpwuid(uid_t uid)
{
	return user.pw_name && uid == user.pw_uid ? &user : NULL;
}

int setgroups(size_t count, const gid_t *list)
{
	(void)list;
	return step("groups", (unsigned int)count);
}

int setresgid(gid_t r, gid_t e, gid_t s)
{
	assert_true(r == e && e == s);
	return step("gid", r);
}

int setresuid(uid_t r, uid_t e, uid_t s)
{
	assert_true(r == e && e == s);
	return step("uid", r);
}

int setuid(uid_t uid)
{
	assert_int_equal(uid, 0);
	return comes_back ? 0 : -1;
}

int chown(const char *path, uid_t owner, gid_t group)
{
	struct stat st;

	assert_true(stat(path, &st) == 0 && group == user.pw_gid);
	return step("chown", owner);
}

/* --- the stage ----------------------------------------------------------------------------------------------------------- */

static char top[64], name[] = "ninetwo", someone[] = "keeper", home[] = "/var/lib/somewhere";

static int set_up(void **state)
{
	const char *base = getenv("TMPDIR");

	(void)state;
	root = comes_back = false;
	refuses = NULL;
	steps[0] = '\0';
	/* The user has our own number, so that folders made here are that user's. */
	real_uid = getuid();
	user = (struct passwd){ .pw_name = name, .pw_dir = home, .pw_uid = real_uid, .pw_gid = 54321 };
	snprintf(top, sizeof top, "%s/acc.XXXXXX", base && strlen(base) < 40 ? base : "/var/tmp");
	assert_non_null(mkdtemp(top));
	return 0;
}

static int tear_down(void **state)
{
	char command[128];

	(void)state;
	root = false;
	snprintf(command, sizeof command, "rm -rf '%s'", top);
	return system(command);
}

static void says(enum error_code code, const struct error *err, enum error_code wanted, const char *words)
{
	assert_int_equal(code, wanted);
	assert_int_equal(err->code, wanted);
	if (!strstr(err->message, words))
		fail_msg("\"%s\" does not say \"%s\"", err->message, words);
}

static mode_t mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

/* --- the tests ----------------------------------------------------------------------------------------------------------- */

static void who_is_not_root_stays(void **state)
{
	struct error err = { 0 };
	char folder[96];

	(void)state;
	real_uid = user.pw_uid;
	snprintf(folder, sizeof folder, "%s/data", top);
	assert_int_equal(account_leave_root(NULL, folder, &err), OK);
	assert_int_equal(account_leave_root("ninetwo", folder, &err), OK);
	assert_int_equal(access(folder, F_OK), -1);
	assert_string_equal(steps, "");
	says(account_leave_root("postgres", NULL, &err), &err, E_FORBIDDEN, "Only root can become postgres; this runs as ninetwo.");
	user.pw_name = NULL;
	says(account_leave_root("postgres", NULL, &err), &err, E_FORBIDDEN, "this runs as somebody without a name.");
}

static void root_gives_everything_up_in_order(void **state)
{
	struct error err = { 0 };
	char wanted[80];

	(void)state;
	root = true;
	assert_int_equal(account_leave_root(NULL, NULL, &err), OK);
	snprintf(wanted, sizeof wanted, "groups 0, gid 54321, uid %u, ", user.pw_uid);
	assert_string_equal(steps, wanted);
	assert_string_equal(getenv("HOME"), home);
	assert_string_equal(getenv("USER"), "ninetwo");
	assert_string_equal(getenv("LOGNAME"), "ninetwo");
}

static void a_step_that_fails_ends_it(void **state)
{
	static const char *const each[] = { "groups", "gid", "uid" };

	(void)state;
	root = true;
	for (size_t i = 0; i < 3; i++) {
		struct error err = { 0 };

		refuses = each[i];
		setenv("HOME", "/root", 1);
		says(account_leave_root(NULL, NULL, &err), &err, E_INTERNAL, "Cannot become ninetwo: Operation not permitted.");
		assert_string_equal(getenv("HOME"), "/root");
	}
}

static void root_that_could_be_taken_back_is_no_leaving(void **state)
{
	struct error err = { 0 };

	(void)state;
	root = comes_back = true;
	says(account_leave_root(NULL, NULL, &err), &err, E_INTERNAL, "Root could be taken back.");
}

static void a_user_who_is_not_there_is_told_how_to_make(void **state)
{
	struct error err = { 0 };

	(void)state;
	root = true;
	says(account_leave_root("keeper", NULL, &err), &err, E_FORBIDDEN, "There is no user keeper. Make one (useradd --system keeper)");
	user.pw_name = someone;
	says(account_leave_root(NULL, NULL, &err), &err, E_FORBIDDEN, "There is no user ninetwo.");
	assert_string_equal(steps, "");
	assert_int_equal(account_leave_root("keeper", NULL, &err), OK);
}

static void root_by_another_name_is_root(void **state)
{
	struct error err = { 0 };

	(void)state;
	root = true;
	user.pw_uid = 0;
	says(account_leave_root(NULL, NULL, &err), &err, E_FORBIDDEN, "ninetwo is root");
	assert_string_equal(steps, "");
}

static void the_folder_is_the_users_and_those_above_let_them_through(void **state)
{
	struct error err = { 0 };
	char folder[96], above[96], wanted[96];
	mode_t before = umask(0077);

	(void)state;
	root = true;
	snprintf(above, sizeof above, "%s/lib", top);
	snprintf(folder, sizeof folder, "%s/lib/ninetwo", top);
	assert_int_equal(account_leave_root(NULL, folder, &err), OK);
	assert_int_equal(mode_of(above), 0755);
	assert_int_equal(mode_of(folder), 0700);
	snprintf(wanted, sizeof wanted, "chown %u, groups 0, ", user.pw_uid);
	assert_int_equal(strncmp(steps, wanted, strlen(wanted)), 0);
	steps[0] = '\0';
	assert_int_equal(account_leave_root(NULL, folder, &err), OK);
	assert_int_equal(strncmp(steps, "groups", 6), 0);	/* it was there: nothing is handed over again */
	umask(before);
}

static void slashes_at_the_end_name_no_folder_of_their_own(void **state)
{
	static const char *const ends[] = { "/", "//", "/" };
	struct error err = { 0 };
	char folder[96], wanted[96];

	(void)state;
	root = true;
	snprintf(wanted, sizeof wanted, "chown %u, groups 0, ", user.pw_uid);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		snprintf(folder, sizeof folder, "%s/lib%zu/ninetwo%s", top, i % 2, ends[i]);
		steps[0] = '\0';
		assert_int_equal(account_leave_root(NULL, folder, &err), OK);
		assert_int_equal(mode_of(folder), 0700);
		assert_int_equal(strncmp(steps, i < 2 ? wanted : "groups", i < 2 ? strlen(wanted) : 6), 0);
	}
	steps[0] = '\0';
	user.pw_uid++;
	says(account_leave_root(NULL, "//", &err), &err, E_FORBIDDEN, "// is there and is not a folder of the user ninetwo.");
	assert_string_equal(steps, "");
}

static void what_is_there_and_is_not_the_users_is_left_alone(void **state)
{
	struct error err = { 0 };
	char path[96], below[128];
	FILE *f;

	(void)state;
	root = true;
	snprintf(path, sizeof path, "%s/file", top);
	f = fopen(path, "w");
	assert_non_null(f);
	fclose(f);
	says(account_leave_root(NULL, path, &err), &err, E_FORBIDDEN, "is there and is not a folder of the user ninetwo.");
	snprintf(below, sizeof below, "%s/below", path);
	says(account_leave_root(NULL, below, &err), &err, E_INTERNAL, "cannot be made: Not a directory.");
	says(account_leave_root(NULL, "", &err), &err, E_INTERNAL, "cannot be made");
	user.pw_uid++;
	says(account_leave_root(NULL, top, &err), &err, E_FORBIDDEN, "is not a folder of the user ninetwo.");
	assert_string_equal(steps, "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(who_is_not_root_stays),
		TEST(root_gives_everything_up_in_order),
		TEST(a_step_that_fails_ends_it),
		TEST(root_that_could_be_taken_back_is_no_leaving),
		TEST(a_user_who_is_not_there_is_told_how_to_make),
		TEST(root_by_another_name_is_root),
		TEST(the_folder_is_the_users_and_those_above_let_them_through),
		TEST(slashes_at_the_end_name_no_folder_of_their_own),
		TEST(what_is_there_and_is_not_the_users_is_left_alone),
	};

	/* Somebody who is not root, by the kernel's own word. */
	if (getuid() == 0 && (syscall(SYS_setresgid, 65534, 65534, 65534) || syscall(SYS_setresuid, 65534, 65534, 65534)))
		return 1;
	return cmocka_run_group_tests_name("account", tests, NULL, NULL);
}
