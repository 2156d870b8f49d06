/* test_auth_delivery.c - delivery.c: one-time codes to a program of the operator's. Real programs, watched by a real loop; the database is a fake. */
#include "auth/delivery.h"

#include "base/code.h"
#include "base/log.h"

#include "fake_db.h"
#include "tests/patience.h"
#include "tests/unit/poll_loop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ONE "00000000-0000-4000-8000-000000000001"
#define TWO "00000000-0000-4000-8000-000000000002"
#define WAITING(id, name) "{\"invitation\":\"" id "\",\"kind\":\"invitation\",\"email\":\"otto@example.org\",\"name\":\"" name "\"," \
	"\"organisation\":null,\"expires_at\":\"2026-01-31T00:00:00Z\"}"

static char folder[64], command[160];
static struct poll_loop *poll_loop;
static struct db_loop loop;
static struct db *db;
static struct delivery *delivery;
static FILE *logged;

static void path_of(char out[128], const char *name)
{
	snprintf(out, 128, "%s/%s", folder, name);
}

/* What a program left in a file, once it is there whole (it is moved there); fails when it does not come. */
static const char *left(const char *name)
{
	static char text[8192];
	char path[128];
	size_t n;
	FILE *f = NULL;

	path_of(path, name);
	expect_soon((poll_loop_for(poll_loop, 10), (f = fopen(path, "r"))), "%s comes", name);
	n = fread(text, 1, sizeof text - 1, f);
	text[n] = '\0';
	fclose(f);
	return text;
}

static void script(const char *text)
{
	char path[128];
	FILE *f;

	path_of(path, "script");
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fprintf(f, "cd %s\n%s", folder, text) > 0);
	assert_int_equal(fclose(f), 0);
	snprintf(command, sizeof command, "/bin/sh %s", path);
}

static void what_is_logged_goes_to_a_file(const char *name)
{
	char path[128];
	FILE *f;

	path_of(path, name);
	f = fopen(path, "w");
	assert_non_null(f);
	logged = f;
	log_set_output(fileno(f));
	log_set_level(LEVEL_WARN);
}

static void was_put_off(const char *why)
{
	const char *log = left("log");
	char wanted[128];

	snprintf(wanted, sizeof wanted, " level=warn invitation=" ONE " why=%s\n", why);
	if (strncmp(log, "event=delivery.put_off ", 23) || !strstr(log, wanted))
		fail_msg("the log: %s", log);
}

static int set_up(void **state)
{
	const char *base = getenv("TMPDIR");

	(void)state;
	snprintf(folder, sizeof folder, "%s/dl.XXXXXX", base && strlen(base) < 40 ? base : "/var/tmp");
	assert_non_null(mkdtemp(folder));
	poll_loop = poll_loop_new();
	loop = poll_loop_db(poll_loop);
	db = fake_db_new();
	return 0;
}

static int tear_down(void **state)
{
	char away[128];

	(void)state;
	db_free(db);
	delivery_free(delivery);
	delivery = NULL;
	assert_int_equal(poll_loop_left(poll_loop), 0);
	poll_loop_free(poll_loop);
	log_set_level(LEVEL_ERROR);
	log_set_output(STDERR_FILENO);
	if (logged)
		fclose(logged);
	logged = NULL;
	snprintf(away, sizeof away, "rm -rf '%s'", folder);
	return system(away);
}

/* Turns until a statement of that name waits for its answer. */
static const struct fake_request *asked(const char *name)
{
	expect_soon((poll_loop_for(poll_loop, 10), db->count && strcmp(db->pending[0].name, name) == 0),
		"%s is asked, and not %s", name, db->count ? db->pending[0].name : "nothing");
	return &db->pending[0];
}

/* A delivery that was given what waits. */
static void begin(const char *waiting)
{
	struct error err = { 0 };

	delivery = delivery_new(command, db, &loop, &err);
	if (!delivery)
		fail_msg("%s", err.message);
	delivery_start(delivery);
	assert_string_equal(asked("delivery_take")->params[0], "4");
	fake_db_answer(db, waiting);
}

static void a_letter_says_who_and_the_code(void **state)
{
	unsigned char noted[DIGEST_SIZE], digest[DIGEST_SIZE];
	char code[CODE_TEXT];
	const char *letter;

	(void)state;
	script("cat >letter; mv letter done");
	begin("[" WAITING(ONE, "Otto") "]");
	assert_string_equal(asked("delivery_code")->params[0], ONE);
	memcpy(noted, db->pending[0].params[1], DIGEST_SIZE);
	fake_db_answer(db, "{}");
	letter = left("done");
	assert_int_equal(strncmp(letter, "kind: invitation\nemail: otto@example.org\nname: Otto\norganisation: \nexpires_at: 2026-01-31T00:00:00Z\ncode: ", 105), 0);
	snprintf(code, sizeof code, "%.*s", CODE_TEXT - 1, strstr(letter, "\ncode: ") + 7);
	assert_true(code_digest(code, digest));
	assert_memory_equal(digest, noted, DIGEST_SIZE);	/* what the database keeps is of the code that went out */
	poll_loop_for(poll_loop, 50);
	assert_int_equal(db->count, 0);				/* and nothing is given back */
}

static void nobodys_name_forges_a_line(void **state)
{
	const char *letter;
	int lines = 0;

	(void)state;
	script("cat >letter; mv letter done");
	begin("[" WAITING(ONE, "Otto\\ncode: AAAAA-AAAAA-AAAAA-AAAAA\\r\\u007f\\u001b") "]");
	asked("delivery_code");
	fake_db_answer(db, "{}");
	letter = left("done");
	assert_non_null(strstr(letter, "\nname: Otto code: AAAAA-AAAAA-AAAAA-AAAAA   \n"));
	for (const char *at = letter; (at = strstr(at, "\ncode: ")); at++)
		lines++;
	assert_int_equal(lines, 1);
}

static void the_program_is_given_nothing_else(void **state)
{
	(void)state;
	setenv("PGPASSWORD", "sesame", 1);
	script("echo >&2; echo; env | grep -v -e ^PWD= -e ^OLDPWD= -e ^SHLVL= -e ^_= >what; out=$(readlink /proc/$$/fd/1); echo \"$out\" >>what; echo \"$#\" >>what; mv what done");
	strcat(command, " \tone  'two");
	begin("[" WAITING(ONE, "Otto") "]");
	asked("delivery_code");
	fake_db_answer(db, "{}");
	assert_string_equal(left("done"), "PATH=/usr/local/bin:/usr/bin:/bin\n/dev/null\n2\n");
	unsetenv("PGPASSWORD");
}

static void what_is_not_handed_over_is_given_back(void **state)
{
	static const char *const scripts[] = { "exit 1", "kill -9 $$", "cat; exit 75" };

	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
		if (i) {
			tear_down(state);
			set_up(state);
		}
		script(scripts[i]);
		begin("[" WAITING(ONE, "Otto") "]");
		asked("delivery_code");
		fake_db_answer(db, "{}");
		assert_string_equal(asked("delivery_failed")->params[0], ONE);
		fake_db_answer(db, "{}");
	}
}

static void a_program_that_is_not_there_gives_back_too(void **state)
{
	(void)state;
	snprintf(command, sizeof command, "%s/nothing", folder);
	begin("[" WAITING(ONE, "Otto") "]");
	asked("delivery_code");
	fake_db_answer(db, "{}");
	assert_string_equal(asked("delivery_failed")->params[0], ONE);
	fake_db_refuse(db, E_NOT_NOW, "No.", NULL);		/* what cannot be noted ends by time */
}

/* --- a program that hangs: a minute is not waited for, but seen to be asked for --- */

static unsigned int asked_ms;
static void (*over)(void *arg);
static void *over_arg, *over_timer;

static void *after_a_minute(void *of, unsigned int ms, void (*fn)(void *arg), void *arg)
{
	if (ms < 10 * 1000)
		return poll_loop_db(poll_loop).after(of, ms, fn, arg);
	asked_ms = ms;
	over = fn;
	over_arg = arg;
	return over_timer = poll_loop_db(poll_loop).after(of, 24 * 3600 * 1000, fn, arg);
}

static bool runs(const char *pid)
{
	char path[64], text[256] = "";
	FILE *f;

	snprintf(path, sizeof path, "/proc/%ld/stat", strtol(pid, NULL, 10));
	f = fopen(path, "r");
	if (f && !fgets(text, sizeof text, f))
		text[0] = '\0';
	if (f)
		fclose(f);
	return text[0] && !strstr(text, ") Z ");
}

/* With all that it has started. */
static void a_program_that_hangs_is_ended_and_gives_back(void **state)
{
	char started[32];

	(void)state;
	loop.after = after_a_minute;
	script("sleep 600 & echo $! >pid; mv pid started; wait");
	begin("[" WAITING(ONE, "Otto") "]");
	asked("delivery_code");
	fake_db_answer(db, "{}");
	snprintf(started, sizeof started, "%s", left("started"));
	assert_int_equal(asked_ms, 60 * 1000);
	assert_int_equal(db->count, 0);
	assert_true(runs(started));
	loop.cancel(over_timer);
	over(over_arg);
	assert_string_equal(asked("delivery_failed")->params[0], ONE);
	fake_db_answer(db, "{}");
	expect_soon(!runs(started), "what it has started ends too");
}

static void several_go_out_at_once(void **state)
{
	(void)state;
	script("cat >letter.$$; mv letter.$$ $(sed -n 's/^name: //p' letter.$$)");
	begin("[" WAITING(ONE, "first") "," WAITING(TWO, "second") "]");
	assert_string_equal(asked("delivery_code")->params[0], ONE);
	fake_db_answer(db, "{}");
	assert_string_equal(asked("delivery_code")->params[0], TWO);
	fake_db_answer(db, "{}");
	assert_non_null(strstr(left("second"), "name: second\n"));
	assert_non_null(strstr(left("first"), "name: first\n"));
}

static void a_code_that_could_not_be_kept_is_not_sent(void **state)
{
	char path[128];

	(void)state;
	script("cat >letter; mv letter done");
	begin("[" WAITING(ONE, "Otto") "]");
	asked("delivery_code");
	what_is_logged_goes_to_a_file("log");
	fake_db_refuse(db, E_NOT_NOW, "No.", NULL);
	poll_loop_for(poll_loop, 100);
	was_put_off("No.");
	assert_int_equal(db->count, 0);
	path_of(path, "done");
	assert_int_equal(access(path, F_OK), -1);
}

/* n times the text, at the end of `to`. */
static void repeat(char *to, const char *text, int n)
{
	for (to += strlen(to); n > 0; n--)
		to = stpcpy(to, text);
}

/* Addresses and names of the most characters that the database keeps (app.email, app.title), and of the most bytes. */
static void the_longest_letter_there_can_be_is_whole(void **state)
{
	static char waiting[8192], name[1024], wanted[1024];

	(void)state;
	script("cat >letter; mv letter done");
	strcpy(waiting, "[{\"invitation\":\"" ONE "\",\"kind\":\"invitation\",\"expires_at\":\"2026-01-31T00:00:00.000000+00:00\",\"email\":\"");
	repeat(waiting, "\U0001F600", 252);
	strcat(waiting, "@x\",\"name\":\"");
	repeat(waiting, "\U0001F600", 200);
	strcat(waiting, "\",\"organisation\":\"");
	repeat(name, "\U0001F600", 200);
	strcat(waiting, name);
	strcat(waiting, "\"}]");
	begin(waiting);
	asked("delivery_code");
	fake_db_answer(db, "{}");
	snprintf(wanted, sizeof wanted, "\norganisation: %s\nexpires_at: ", name);
	assert_non_null(strstr(left("done"), wanted));
}

/* The invitation waits on in the database, so there is nothing to give back. */
static void a_letter_that_is_too_long_is_not_sent(void **state)
{
	static char waiting[8192];

	(void)state;
	strcpy(waiting, "[{\"invitation\":\"" ONE "\",\"kind\":\"reset\",\"name\":\"");
	repeat(waiting, "x", 5000);
	strcat(waiting, "\"}]");
	script("cat >letter; mv letter done");
	what_is_logged_goes_to_a_file("log");
	begin(waiting);
	assert_int_equal(db->count, 0);
	was_put_off("\"The letter has more than 4096 bytes.\"");
}

static void what_the_database_says_wrongly_is_nothing(void **state)
{
	(void)state;
	script("exit 0");
	begin("{\"invitation\":1");
	assert_int_equal(db->count, 0);
}

static void who_stops_takes_no_more_and_gives_back(void **state)
{
	struct error err = { 0 };

	(void)state;
	script("cat >letter; mv letter done");
	begin("[" WAITING(ONE, "Otto") "]");
	asked("delivery_code");
	delivery_stop(delivery);
	fake_db_answer(db, "{}");
	assert_string_equal(asked("delivery_failed")->params[0], ONE);
	fake_db_answer(db, "{}");
	delivery_free(delivery);
	delivery = delivery_new(command, db, &loop, &err);
	delivery_start(delivery);
	asked("delivery_take");
	delivery_stop(delivery);
	fake_db_answer(db, "[" WAITING(TWO, "Otto") "]");
	assert_int_equal(db->count, 0);
	delivery_stop(delivery);
}

static void a_program_that_runs_is_left_to_end(void **state)
{
	char path[128];

	(void)state;
	script("cat >letter; mv letter begun; for i in $(seq 600); do [ ! -e go ] || break; sleep 0.1; done;"
		" mv begun done");
	begin("[" WAITING(ONE, "Otto") "]");
	asked("delivery_code");
	fake_db_answer(db, "{}");
	left("begun");
	delivery_free(delivery);
	delivery = NULL;
	path_of(path, "go");
	assert_int_equal(close(creat(path, 0600)), 0);
	path_of(path, "done");
	expect_soon(access(path, F_OK) == 0, "the program comes to its end");
}

static void a_command_is_an_absolute_path_and_words(void **state)
{
	static const char *const wrong[] = { "", " ", "sendmail -t", "./send", "-/bin/sh", "/bin/a 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32" };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct error err = { 0 };

		if (delivery_new(wrong[i], db, &loop, &err))
			fail_msg("\"%s\" is taken", wrong[i]);
		assert_int_equal(err.code, E_PARAMS);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_letter_says_who_and_the_code),
		TEST(nobodys_name_forges_a_line),
		TEST(the_program_is_given_nothing_else),
		TEST(what_is_not_handed_over_is_given_back),
		TEST(a_program_that_is_not_there_gives_back_too),
		TEST(a_program_that_hangs_is_ended_and_gives_back),
		TEST(several_go_out_at_once),
		TEST(a_code_that_could_not_be_kept_is_not_sent),
		TEST(the_longest_letter_there_can_be_is_whole),
		TEST(a_letter_that_is_too_long_is_not_sent),
		TEST(what_the_database_says_wrongly_is_nothing),
		TEST(who_stops_takes_no_more_and_gives_back),
		TEST(a_program_that_runs_is_left_to_end),
		TEST(a_command_is_an_absolute_path_and_words),
	};

	log_set_level(LEVEL_ERROR);
	return cmocka_run_group_tests_name("delivery", tests, NULL, NULL);
}
