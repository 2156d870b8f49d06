/* Whose sign-in it is, and what is kept of it: client-cli/profile.c, token_file.c, prompt.c, command_session.c, and of client.c the choice
 * between a kept sign-in and a token, and between organisations. Real files, a real server, a real terminal. */
#include "client-cli/client.h"

#include "base/error.h"
#include "client-cli/prompt.h"
#include "tests/unit/cli_run.h"
#include "tests/unit/cli_server.h"

#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <cmocka.h>

#define ACME "01990000-0000-7000-8000-000000000001"
#define TWIN "01990000-0000-7000-8000-000000000002"
#define TOKEN "n2t_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

/* What the server is to say. */
struct script { bool twins, narrow, ended; };

struct fixture {
	struct script script;
	struct cli_server *server;
	char home[64];
};

static json_t *organisations(const struct script *s)
{
	json_t *list = json_pack("[{s:s, s:s, s:[s]}]", "id", ACME, "name", "Acme", "roles", "auditor");

	if (s->twins)
		json_array_append_new(list, json_pack("{s:s, s:s, s:[s,s]}", "id", TWIN, "name", "ACME", "roles", "auditee", "management"));
	return list;
}

static char *answer(void *arg, int connection, json_t *request)
{
	const struct script *s = arg;
	const char *method = json_string_value(json_object_get(request, "method"));
	const char *asked = json_string_value(json_object_get(json_object_get(request, "params"), "organisation"));

	(void)connection;
	if (!strcmp(method, "rpc.discover"))
		return cli_result(request, cli_document());
	if (s->ended)
		return cli_refusal(request, E_UNAUTHENTICATED, "The session has ended.", NULL);
	if (!strcmp(method, "session.open"))
		return cli_result(request, json_pack("{s:s, s:s, s:o}", "token", "n2s_x", "name", "Ann Archer", "organisations", organisations(s)));
	if (!strcmp(method, "session.current"))
		return s->narrow ? cli_refusal(request, E_FORBIDDEN, "This token may not do that.", NULL) :
		       cli_result(request, json_pack("{s:s, s:o}", "name", "Ann Archer", "organisations", organisations(s)));
	if (!asked)
		return cli_result(request, json_true());
	/* Says where it was asked. */
	return cli_result(request, json_pack("{s:[{s:s, s:s+}], s:n}", "items", "reference", "F-1", "condition", "asked in ",
					     asked, "after"));
}

static int set_up(void **state)
{
	struct fixture *x = calloc(1, sizeof *x);

	cli_home_make(x->home);
	x->server = cli_server_start(answer, &x->script);
	setenv("NINETWO_SERVER", cli_server_address(x->server), 1);
	*state = x;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *x = *state;

	cli_server_stop(x->server);
	cli_home_remove(x->home);
	free(x);
	return 0;
}

static void sign_in(struct fixture *x)
{
	assert_int_equal(CLI_RUN("login", "ann@example.org", "--password-file", cli_home_file(x->home, "password", "correct horse\n", 0600)), 0);
	cli_said(cli_out, "Ann Archer <ann@example.org>");
}

/* Whether any file below the folder holds the text. */
static bool is_kept(const struct fixture *x, const char *text)
{
	char command[256];

	snprintf(command, sizeof command, "grep -rqF '%s' '%s' --exclude=password --exclude='token'", text, x->home);
	return system(command) == 0;
}

/* ---- which organisation ---- */

static void test_of_two_organisations_of_one_name_none_is_taken(void **state)
{
	struct fixture *x = *state;

	x->script.twins = true;
	sign_in(x);
	assert_int_equal(CLI_RUN("finding", "list", "--organisation", "acme"), 2);
	cli_said(cli_err, "2 organisations called 'acme'");
	cli_said(cli_err, ACME " (auditor)");
	cli_said(cli_err, TWIN);
	cli_said(cli_err, "(auditee, management)");
	assert_string_equal(cli_out, "");
}

static void test_the_id_tells_which(void **state)
{
	struct fixture *x = *state;

	x->script.twins = true;
	sign_in(x);
	assert_int_equal(CLI_RUN("finding", "list", "--organisation", TWIN), 0);
	cli_said(cli_out, TWIN);
}

static void test_of_several_one_must_be_said(void **state)
{
	struct fixture *x = *state;

	x->script.twins = true;
	sign_in(x);
	assert_int_equal(CLI_RUN("finding", "list"), 2);
	cli_said(cli_err, "say which with --organisation");
	cli_said(cli_err, TWIN);
}

static void test_a_membership_younger_than_the_sign_in_is_learned(void **state)
{
	struct fixture *x = *state;

	sign_in(x);
	x->script.twins = true;
	assert_int_equal(CLI_RUN("finding", "list", "--organisation", "Acme"), 0);	/* as it was kept */
	assert_int_equal(CLI_RUN("finding", "list", "--organisation", "Beta"), 2);
	cli_said(cli_err, "no organisation called 'Beta'");
	assert_int_equal(CLI_RUN("finding", "list", "--organisation", "Acme"), 2);	/* as it was learned */
}

/* A server that does not say is no reason to say that there is none. */
static void test_why_the_organisations_are_not_known_is_said(void **state)
{
	struct fixture *x = *state;

	sign_in(x);
	x->script.ended = true;
	assert_int_equal(CLI_RUN("finding", "list", "--organisation", "Beta"), 3);
	cli_said(cli_err, "The session has ended.");
}

/* ---- a token in a file ---- */

static const char *token_file(const struct fixture *x, unsigned mode)
{
	return cli_home_file(x->home, "token", TOKEN "\n", mode);
}

static void test_a_token_file_signs_in_without_anything_kept(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(CLI_RUN("finding", "list", "--token-file", token_file(x, 0600)), 0);
	cli_said(cli_out, ACME);
	cli_said(cli_server_head(x->server, 1), "Authorization: Bearer " TOKEN "\r\n");
	assert_false(is_kept(x, TOKEN));
}

static void test_the_environment_may_name_the_file(void **state)
{
	struct fixture *x = *state;

	setenv("NINETWO_TOKEN_FILE", token_file(x, 0400), 1);
	assert_int_equal(CLI_RUN("whoami"), 0);
	cli_said(cli_out, "Ann Archer on ");
	cli_said(cli_out, "by the token in ");
	assert_false(is_kept(x, TOKEN));
}

static void test_a_token_file_leaves_the_kept_sign_in_alone(void **state)
{
	struct fixture *x = *state;

	sign_in(x);
	x->script.twins = true;
	assert_int_equal(CLI_RUN("whoami", "--token-file", token_file(x, 0600)), 0);
	cli_said(cli_out, "ACME");
	cli_said(cli_server_head(x->server, 2), "Bearer " TOKEN);
	assert_int_equal(CLI_RUN("finding", "list", "--organisation", "Acme"), 0);	/* it knows of one still */
	cli_said(cli_server_head(x->server, 3), "Bearer n2s_x");
}

static const struct { const char *title; unsigned mode; } readable[] = {
	{ "the group may read it", 0640 }, { "everybody may read it", 0604 }, { "the group may write it", 0620 }, { "others may write it", 0602 },
};

static void test_a_token_that_others_may_read_is_refused(void **state)
{
	struct fixture *x = *state;

	for (size_t i = 0; i < sizeof readable / sizeof *readable; i++) {
		if (CLI_RUN("finding", "list", "--token-file", token_file(x, readable[i].mode)) != 1)
			fail_msg("%s: %s", readable[i].title, cli_out);
		cli_said(cli_err, "Others may read");
		cli_said(cli_err, "chmod 600");
	}
	assert_int_equal(cli_server_connections(x->server), 0);
}

/* A link, as a mounted secret is one, is judged by what it points to. */
static void test_a_link_is_judged_by_its_file(void **state)
{
	struct fixture *x = *state;
	char link[128];

	snprintf(link, sizeof link, "%s/link", x->home);
	assert_int_equal(symlink(token_file(x, 0600), link), 0);
	assert_int_equal(CLI_RUN("finding", "list", "--token-file", link), 0);
	token_file(x, 0644);
	assert_int_equal(CLI_RUN("finding", "list", "--token-file", link), 1);
}

static const struct { const char *title, *text, *said; } contents[] = {
	{ "nothing", "", "holds no token" },
	{ "an empty line", "\n" TOKEN "\n", "holds no token" },
	{ "what would be another header", "n2t_x y\r\nX: y\n", "holds no token" },
	{ "a line without an end", "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
	  "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
	  "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789", "holds no token" },
};

static void test_what_is_no_token_is_not_sent(void **state)
{
	struct fixture *x = *state;

	for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
		assert_int_equal(CLI_RUN("whoami", "--token-file", cli_home_file(x->home, "token", contents[i].text, 0600)), 1);
		cli_said(cli_err, contents[i].said);
	}
	assert_int_equal(CLI_RUN("whoami", "--token-file", x->home), 1);
	cli_said(cli_err, "is a folder");
	assert_int_equal(CLI_RUN("whoami", "--token-file", "/nowhere/token"), 1);
	cli_said(cli_err, "No such file");
	assert_int_equal(cli_server_connections(x->server), 0);
}

static void test_a_pipe_gives_a_token_in_pieces(void **state)
{
	struct failure f = { 0 };
	char token[TOKEN_FILE_MAX], path[32];
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	if (fork() == 0) {
		if (write(ends[1], TOKEN, 5) == 5 && usleep(20000) == 0 && write(ends[1], &TOKEN[5], sizeof TOKEN - 6) > 0)
			_exit(0);
		_exit(1);
	}
	close(ends[1]);
	snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
	assert_true(token_file_read(path, token, &f));
	assert_string_equal(token, TOKEN);
	close(ends[0]);
	wait(NULL);
}

static void test_a_sign_in_and_a_token_are_not_asked_for_at_once(void **state)
{
	struct fixture *x = *state;
	const char *file = token_file(x, 0600);

	assert_int_equal(CLI_RUN("whoami", "--as", "ann", "--token-file", file), 2);
	setenv("NINETWO_TOKEN_FILE", file, 1);
	setenv("NINETWO_AS", "ann", 1);
	assert_int_equal(CLI_RUN("whoami"), 2);
	cli_said(cli_err, "say which");
	assert_int_equal(CLI_RUN("whoami", "--as", "ann"), 3);		/* what is typed goes before the environment */
	assert_int_equal(CLI_RUN("whoami", "--token-file", file), 0);
	setenv("NINETWO_AS", "", 1);
	assert_int_equal(CLI_RUN("whoami"), 0);
}

static void test_a_token_neither_signs_in_nor_out(void **state)
{
	struct fixture *x = *state;

	setenv("NINETWO_TOKEN_FILE", token_file(x, 0600), 1);
	assert_int_equal(CLI_RUN("login", "ann@example.org"), 2);
	assert_int_equal(CLI_RUN("logout"), 2);
	assert_int_equal(CLI_RUN("set-password", "--code", "AAAAA"), 2);
	cli_said(cli_err, "--as NAME");
	assert_int_equal(cli_server_connections(x->server), 0);
}

static void test_a_token_that_is_refused_is_named_by_its_file(void **state)
{
	struct fixture *x = *state;

	x->script.narrow = true;
	assert_int_equal(CLI_RUN("finding", "list", "--token-file", token_file(x, 0600)), 4);
	cli_said(cli_err, "--organisation and its id");
	assert_int_equal(CLI_RUN("finding", "list", "--token-file", token_file(x, 0600), "--organisation", ACME), 0);
	x->script.ended = true;
	assert_int_equal(CLI_RUN("whoami", "--token-file", token_file(x, 0600)), 3);
	cli_said(cli_err, "token list");
	cli_not_said(cli_err, "ninetwo login");
}

/* ---- signing in and out ---- */

static void test_signed_in_and_out(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(CLI_RUN("whoami"), 3);
	sign_in(x);
	assert_true(is_kept(x, "n2s_x"));
	assert_false(is_kept(x, "correct horse"));
	assert_int_equal(CLI_RUN("whoami", "--field", "name"), 0);
	assert_string_equal(cli_out, "Ann Archer\n");
	assert_int_equal(CLI_RUN("logout"), 0);
	assert_false(is_kept(x, "n2s_x"));
	assert_int_equal(CLI_RUN("logout"), 3);
}

/* The server may be gone or the session over: the token goes from this machine all the same. */
static void test_signed_out_of_a_session_that_has_ended(void **state)
{
	struct fixture *x = *state;

	sign_in(x);
	x->script.ended = true;
	assert_int_equal(CLI_RUN("logout"), 0);
	assert_false(is_kept(x, "n2s_x"));
}

static void test_a_token_goes_to_the_server_that_gave_it(void **state)
{
	struct fixture *x = *state;
	struct cli_server *other = cli_server_start(answer, &x->script);

	sign_in(x);
	CLI_RUN("whoami", "--server", cli_server_address(other));
	cli_not_said(cli_server_head(other, 1), "Authorization");
	cli_server_stop(other);
}

/* ---- the files ---- */

static unsigned mode_of(const char *home, const char *name)
{
	struct stat st;
	char path[128];

	snprintf(path, sizeof path, "%s/%s", home, name);
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISREG(st.st_mode));
	return st.st_mode & 07777u;
}

static void save(const char *name)
{
	struct profile p;
	struct failure f = { 0 };

	assert_true(profile_load(&p, name, &f));
	profile_set_text(&p, "token", "n2s_x");
	assert_true(profile_save(&p, &f));
	profile_clear(&p);
}

/* What was there before, a file for everybody or a link to elsewhere, is replaced and not written into. */
static void test_a_sign_in_is_for_its_owner_whatever_was_there(void **state)
{
	struct fixture *x = *state;
	const char *path;
	char elsewhere[128];
	struct stat st;

	umask(0);
	save("new");
	umask(022);
	assert_int_equal(mode_of(x->home, "new.profile"), 0600);
	cli_home_file(x->home, "open.profile", "{}", 0666);
	save("open");
	assert_int_equal(mode_of(x->home, "open.profile"), 0600);
	snprintf(elsewhere, sizeof elsewhere, "%s", cli_home_file(x->home, "elsewhere", "{}", 0644));
	path = cli_home_file(x->home, "link.profile", "", 0600);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink(elsewhere, path), 0);
	save("link");
	assert_int_equal(mode_of(x->home, "link.profile"), 0600);
	assert_int_equal(stat(elsewhere, &st), 0);
	assert_int_equal(st.st_size, 2);
}

/* The name of the file before it is renamed can be guessed; a link there is not followed. */
static void test_a_link_in_the_way_is_not_followed(void **state)
{
	struct fixture *x = *state;
	struct profile p;
	struct failure f = { 0 };
	char way[160], elsewhere[128];
	struct stat st;

	snprintf(elsewhere, sizeof elsewhere, "%s", cli_home_file(x->home, "elsewhere", "untouched", 0600));
	snprintf(way, sizeof way, "%s/default.profile.%ld", x->home, (long)getpid());
	assert_int_equal(symlink(elsewhere, way), 0);
	assert_true(profile_load(&p, NULL, &f));
	assert_false(profile_save(&p, &f));
	cli_said(f.message, "cannot be written");
	assert_int_equal(stat(elsewhere, &st), 0);
	assert_int_equal(st.st_size, 9);
	profile_clear(&p);
	failure_clear(&f);
}

static const struct { const char *name; bool clean; } names[] = {
	{ "ann", true }, { "ann@example.org", true }, { "A-1_b.c+d", true }, { NULL, true }, { "", true }, { "..", false }, { ".hidden", false },
	{ "a/b", false }, { "a b", false }, { "a\nb", false }, { "\xc3\xa9", false },
	{ "a123456789012345678901234567890123456789012345678901234567890123", false },
};

static void test_names_of_sign_ins(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct profile p = { 0 };
		struct failure f = { 0 };

		if (profile_load(&p, names[i].name, &f) != names[i].clean)
			fail_msg("'%s': %s", names[i].name, f.message);
		profile_clear(&p);
		failure_clear(&f);
	}
}

static void test_what_is_no_profile_is_no_sign_in(void **state)
{
	struct fixture *x = *state;

	cli_home_file(x->home, "default.profile", "{\"token\": \"n2s_", 0600);
	assert_int_equal(CLI_RUN("whoami"), 3);
	cli_home_file(x->home, "default.profile", "[\"n2s_x\"]", 0600);
	assert_int_equal(CLI_RUN("whoami"), 3);
}

static void test_where_sign_ins_lie(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	struct profile p = { .name = "x" };
	json_t *value = json_pack("{s:i}", "a", 1);
	char folder[128];

	snprintf(folder, sizeof folder, "%s/deep/er", x->home);
	unsetenv("NINETWO_HOME");
	setenv("XDG_CONFIG_HOME", folder, 1);
	setenv("HOME", x->home, 1);
	assert_true(profile_write_file(&p, "position", value, &f));
	assert_int_equal(mode_of(x->home, "deep/er/ninetwo/x.position"), 0600);
	setenv("XDG_CONFIG_HOME", "relative", 1);	/* is none, by its own specification */
	assert_true(profile_write_file(&p, "position", value, &f));
	assert_int_equal(mode_of(x->home, ".config/ninetwo/x.position"), 0600);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("HOME");
	assert_false(profile_write_file(&p, "position", value, &f));
	cli_said(f.message, "NINETWO_HOME");
	failure_clear(&f);
	json_decref(value);
}

/* ---- the terminal ---- */

struct terminal { pid_t child; int fd; char seen[1024]; size_t filled; };

/* In the child: prints what was taken, or why nothing was. */
static void ask_in_child(void)
{
	struct failure f = { 0 };
	char out[PROMPT_SIZE];
	bool ok = prompt_secret("Password", NULL, out, &f);

	printf(ok ? "taken: %s\n" : "failed: %s\n", ok ? out : f.message);
	fflush(stdout);
	pause();
	_exit(0);
}

static void appears(struct terminal *t, const char *text)
{
	while (!strstr(t->seen, text)) {
		ssize_t n = read(t->fd, t->seen + t->filled, sizeof t->seen - 1 - t->filled);

		if (n <= 0)
			fail_msg("'%s' did not appear in: %s", text, t->seen);
		t->filled += (size_t)n;
	}
}

static bool echoes(const struct terminal *t)
{
	struct termios now;

	assert_int_equal(tcgetattr(t->fd, &now), 0);
	return now.c_lflag & ECHO;
}

static struct terminal ask(void)
{
	struct terminal t = { 0 };

	t.child = forkpty(&t.fd, NULL, NULL, NULL);
	assert_true(t.child >= 0);
	if (t.child == 0)
		ask_in_child();
	appears(&t, "Password: ");
	assert_false(echoes(&t));
	return t;
}

static void type(const struct terminal *t, const char *text)
{
	assert_int_equal(write(t->fd, text, strlen(text)), (ssize_t)strlen(text));
}

static void end(const struct terminal *t)
{
	assert_true(echoes(t));
	kill(t->child, SIGKILL);
	waitpid(t->child, NULL, 0);
	close(t->fd);
}

static void test_a_password_is_typed_unseen(void **state)
{
	struct terminal t = ask();

	(void)state;
	type(&t, "correct hosre\177\177\177rse\n");
	appears(&t, "taken: ");
	appears(&t, "correct horse\r\n");
	*strstr(t.seen, "taken: ") = '\0';
	assert_null(strstr(t.seen, "c"));
	end(&t);
}

static void test_an_interrupt_ends_the_prompt_at_once_and_gives_the_echo_back(void **state)
{
	struct terminal t = ask();

	(void)state;
	type(&t, "half\3");
	appears(&t, "failed: Interrupted.");
	end(&t);
}

static void test_the_end_of_input_is_no_password(void **state)
{
	struct terminal t = ask();

	(void)state;
	type(&t, "\4");
	appears(&t, "failed: Password was not given.");
	end(&t);
	t = ask();
	type(&t, "\n");
	appears(&t, "failed: Password is empty.");
	end(&t);
}

static void test_a_password_of_a_file(void **state)
{
	struct fixture *x = *state;
	struct failure f = { 0 };
	char out[PROMPT_SIZE], longer[PROMPT_SIZE + 1];

	assert_true(prompt_secret("Password", cli_home_file(x->home, "password", "correct horse\r\nsecond line\n", 0600), out, &f));
	assert_string_equal(out, "correct horse");
	prompt_wipe(out);
	for (size_t i = 0; i < sizeof out; i++)
		assert_int_equal(out[i], 0);
	memset(longer, 'x', PROMPT_SIZE);
	longer[PROMPT_SIZE] = '\0';
	assert_false(prompt_secret("Password", cli_home_file(x->home, "password", longer, 0600), out, &f));
	cli_said(f.message, "too long");
	assert_false(prompt_secret("Password", "/nowhere/password", out, &f));
	cli_said(f.message, "/nowhere/password: No such file");
	failure_clear(&f);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_of_two_organisations_of_one_name_none_is_taken),
		CASE(test_the_id_tells_which),
		CASE(test_of_several_one_must_be_said),
		CASE(test_a_membership_younger_than_the_sign_in_is_learned),
		CASE(test_why_the_organisations_are_not_known_is_said),
		CASE(test_a_token_file_signs_in_without_anything_kept),
		CASE(test_the_environment_may_name_the_file),
		CASE(test_a_token_file_leaves_the_kept_sign_in_alone),
		CASE(test_a_token_that_others_may_read_is_refused),
		CASE(test_a_link_is_judged_by_its_file),
		CASE(test_what_is_no_token_is_not_sent),
		cmocka_unit_test(test_a_pipe_gives_a_token_in_pieces),
		CASE(test_a_sign_in_and_a_token_are_not_asked_for_at_once),
		CASE(test_a_token_neither_signs_in_nor_out),
		CASE(test_a_token_that_is_refused_is_named_by_its_file),
		CASE(test_signed_in_and_out),
		CASE(test_signed_out_of_a_session_that_has_ended),
		CASE(test_a_token_goes_to_the_server_that_gave_it),
		CASE(test_a_sign_in_is_for_its_owner_whatever_was_there),
		CASE(test_a_link_in_the_way_is_not_followed),
		CASE(test_names_of_sign_ins),
		CASE(test_what_is_no_profile_is_no_sign_in),
		CASE(test_where_sign_ins_lie),
		cmocka_unit_test(test_a_password_is_typed_unseen),
		cmocka_unit_test(test_an_interrupt_ends_the_prompt_at_once_and_gives_the_echo_back),
		cmocka_unit_test(test_the_end_of_input_is_no_password),
		CASE(test_a_password_of_a_file),
	};

	return cmocka_run_group_tests_name("cli_sign_in", tests, NULL, NULL);
}
