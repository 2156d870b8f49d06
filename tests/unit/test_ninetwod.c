/* test_ninetwod.c - main.c, app.c and the operator's commands (db/command_*.c), by running the program: its exit status and its words. The
 * first half needs no database; the second has a private cluster of its own. */
#include "base/clock.h"
#include "base/code.h"

#include "tests/patience.h"
#include "tests/unit/network.h"
#include "tests/unit/trial_cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGUMENTS = 16, FOLDER = 64, FILE_PATH = 128 };

#define NO_DATABASE "--database", "host=/nowhere"
#define ANY_PORT "--listen", "127.0.0.1:0", "--status-listen", "127.0.0.1:0"
#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static char program[PATH_MAX], folder[FOLDER];
static struct trial *trial;

/* --- running it ---------------------------------------------------------------------------------------------------------- */

static struct {
	pid_t pid;
	int fd;
	char output[64 * 1024];
	size_t filled;
} run;

static void start(const char *const words[])
{
	const char *argv[ARGUMENTS + 2] = { program };
	int ends[2];

	for (int i = 0; words[i]; i++) {
		assert_true(i < ARGUMENTS);
		argv[i + 1] = words[i];
	}
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	run.filled = 0;
	run.output[0] = '\0';
	run.fd = ends[0];
	run.pid = fork();
	assert_true(run.pid >= 0);
	if (run.pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		execv(program, (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(ends[1]);
}

/* Reads what is there within ms. False: it has come to its end, or nothing came. */
static bool more(int ms)
{
	struct pollfd p = { .fd = run.fd, .events = POLLIN };
	ssize_t n;

	if (poll(&p, 1, ms) <= 0)
		return false;
	n = read(run.fd, run.output + run.filled, sizeof run.output - 1 - run.filled);
	run.filled += n > 0 ? (size_t)n : 0;
	run.output[run.filled] = '\0';
	return n > 0;
}

static bool said(const char *words)
{
	return strstr(run.output, words) != NULL;
}

static void wait_for(const char *words)
{
	int64_t until = deadline_after(PATIENCE_MS);

	while (!said(words))
		if (!more(deadline_left(until)))
			fail_msg("\"%s\" does not come after: %s", words, run.output);
}

/* Its exit status, or 128 and the signal that ended it; after PATIENCE_MS it is killed. */
static int end(void)
{
	int64_t until = deadline_after(PATIENCE_MS);
	int status = 0;

	while (more(deadline_left(until)) && deadline_left(until))
		;
	if (!deadline_left(until))
		kill(run.pid, SIGKILL);
	assert_int_equal(waitpid(run.pid, &status, 0), run.pid);
	close(run.fd);
	run.pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int signalled(int signal)
{
	kill(run.pid, signal);
	return end();
}

static void ends_with(int status, const char *words, const char *const arguments[])
{
	int got;

	start(arguments);
	got = end();
	if (got != status || !said(words))
		fail_msg("%s %s…: exit status %d instead of %d, or not \"%s\" in: %s", arguments[0] ? arguments[0] : "", arguments[0] && arguments[1] ? arguments[1] : "",
			got, status, words, run.output);
}

/* A test that failed leaves nothing behind. */
static int away(void **state)
{
	(void)state;
	if (run.pid) {
		kill(run.pid, SIGKILL);
		end();
	}
	return 0;
}

static const char *file(const char *name, const char *text)
{
	static char path[FILE_PATH];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	return path;
}

/* --- arguments ----------------------------------------------------------------------------------------------------------- */

static void says_what_it_can_do(void **state)
{
	(void)state;
	ends_with(0, "ninetwod " NINETWO_VERSION "\n", WORDS("version"));
	ends_with(0, "ninetwod " NINETWO_VERSION "\n", WORDS("--version"));
	ends_with(0, "\nCommands:\n", WORDS("help"));
	ends_with(0, "ninetwod migrate [--again]\n", WORDS("help", "migrate"));
	ends_with(2, "ninetwod: there is no command frobnicate; see ninetwod help\n", WORDS("help", "frobnicate"));
	ends_with(0, "\nSettings, as flags", WORDS("serve", "-h"));
	assert_true(said("migrate") && said("--status-listen") && said("cluster"));
	ends_with(0, "\nCommands:\n", WORDS("--help", "--writers", "nonsense"));	/* help is there when nothing else is right */
	ends_with(2, "\nCommands:\n", (const char *const[]){ NULL });
}

static void what_it_does_not_understand_is_quoted(void **state)
{
	(void)state;
	ends_with(2, "ninetwod: there is no command frobnicate; see ninetwod help\n", WORDS("frobnicate"));
	ends_with(2, "ninetwod: there is no command --frob;", WORDS("--frob"));
	ends_with(2, "ninetwod serve: unknown argument --lisen\n", WORDS("serve", "--lisen", "127.0.0.1:1"));
	ends_with(2, "ninetwod version: unknown argument now\n", WORDS("version", "now"));
	ends_with(2, "ninetwod: unknown argument --lisen\n", WORDS("--check-config", "--lisen", "127.0.0.1:1"));
	ends_with(2, "ninetwod check: x means nothing here\n", WORDS("check", "x", NO_DATABASE));
	ends_with(2, "usage: ninetwod migrate [--again]\n", WORDS("migrate", "x", NO_DATABASE));
	ends_with(2, "usage: ninetwod migrate [--again]\n", WORDS("migrate", "--agian", NO_DATABASE));
	ends_with(2, "usage: ninetwod init ", WORDS("init", "--organisation", "Acme", NO_DATABASE));
	ends_with(2, "usage: ninetwod invite PERSON", WORDS("invite", NO_DATABASE));
	ends_with(2, "usage: ninetwod invite PERSON", WORDS("invite", "-x", NO_DATABASE));
	ends_with(2, "usage: ninetwod cluster start|stop", WORDS("cluster", "--data", "/nowhere"));
	ends_with(2, "usage: ninetwod cluster start|stop", WORDS("cluster", "stop", "now", "--data", "/nowhere"));
	ends_with(2, "usage: ninetwod cluster start|stop", WORDS("cluster", "status", NO_DATABASE));
}

static void settings_are_judged_together(void **state)
{
	(void)state;
	ends_with(2, "data and database: give one of them\n", WORDS("--check-config", "--data", "/a", NO_DATABASE, "--tls-key", "k", "--log-level", "loud"));
	assert_true(said("tls_certificate and tls_key: give both or neither\n"));
	assert_true(said("log_level: \"loud\" is none of debug, info, warn, error\n"));
	ends_with(2, "--writers: writers must be a number from 1 to 64", WORDS("check-config", "--writers", "65"));
	ends_with(2, "--queue: a value is missing\n", WORDS("check-config", "--queue"));
	ends_with(2, "/nowhere/conf: No such file", WORDS("check-config", "--config", "/nowhere/conf"));
	ends_with(2, ": Is a directory\n", WORDS("serve", "--config", folder, NO_DATABASE));
	ends_with(0, "\nwriters = 3\n", WORDS("serve", "--check-config", "--writers", "3"));
}

static void no_secret_is_printed(void **state)
{
	char secret[FILE_PATH];

	(void)state;
	snprintf(secret, sizeof secret, "%s", file("secret", "sesame\n"));
	assert_int_equal(chmod(secret, 0600), 0);
	ends_with(0, "database_password", WORDS("--check-config", NO_DATABASE, "--database-password-file", secret));
	assert_false(said("sesame"));
	assert_int_equal(chmod(secret, 0644), 0);
	ends_with(2, "secret", WORDS("--check-config", NO_DATABASE, "--database-password-file", secret));
	assert_false(said("sesame"));
}

/* --- a start that cannot be --------------------------------------------------------------------------------------------------- */

static void what_stands_in_the_way_is_said(void **state)
{
	(void)state;
	ends_with(1, "ninetwod: There is no cluster in /nowhere: run ninetwod migrate.\n", WORDS("serve", "--data", "/nowhere"));
	ends_with(1, "ninetwod check: There is no cluster in /nowhere", WORDS("check", "--data", "/nowhere"));
	ends_with(1, "ninetwod cluster: There is no cluster in /nowhere", WORDS("cluster", "status", "--data", "/nowhere"));
	ends_with(1, "ninetwod check: The database cannot be reached", WORDS("check", NO_DATABASE));
	ends_with(1, "ninetwod migrate: There is no roles.sql in /nowhere", WORDS("migrate", "--sql", "/nowhere", NO_DATABASE));
	ends_with(1, "ninetwod: The database's connection string cannot be read.\n", WORDS("serve", "--database", "password=sesame sesame", ANY_PORT));
	assert_false(said("sesame"));
	ends_with(1, "ninetwod: 127.0.0.1 is not an address to listen on", WORDS("serve", NO_DATABASE, "--listen", "127.0.0.1"));
	ends_with(1, "is not an origin, such as https://", WORDS("serve", NO_DATABASE, ANY_PORT, "--origin", "audit.example.org"));
	ends_with(1, "ninetwod: The certificate /nowhere cannot be used", WORDS("serve", NO_DATABASE, ANY_PORT, "--tls-certificate", "/nowhere", "--tls-key", "/nowhere"));
	ends_with(1, "The delivery command must be an absolute path",
		WORDS("serve", NO_DATABASE, ANY_PORT, "--config", file("conf", "delivery_command = sendmail -t\n")));
	ends_with(1, "ninetwod: Only root can become nobody-of-that-name", WORDS("serve", NO_DATABASE, ANY_PORT, "--user", "nobody-of-that-name"));
}

static void a_port_in_use_is_said(void **state)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof at;
	char address[32], words[96];
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)state;
	assert_true(bind(fd, (struct sockaddr *)&at, sizeof at) == 0 && listen(fd, 1) == 0 && getsockname(fd, (struct sockaddr *)&at, &length) == 0);
	snprintf(address, sizeof address, "127.0.0.1:%d", ntohs(at.sin_port));
	snprintf(words, sizeof words, "ninetwod: Cannot listen on %s: Address already in use.\n", address);
	ends_with(1, words, WORDS("serve", NO_DATABASE, "--listen", address, "--status-listen", "127.0.0.1:0"));
	ends_with(1, words, WORDS("serve", NO_DATABASE, "--listen", "127.0.0.1:0", "--status-listen", address));
	close(fd);
}

/* --- a server --------------------------------------------------------------------------------------------------------------- */

/* Where the status is; the server has said that it listens. */
static int status_port(void)
{
	const char *line;

	wait_for(" kind=status\n");
	line = strstr(run.output, " kind=status\n");
	while (line > run.output && line[-1] != ':')
		line--;
	return atoi(line);
}

static int ask_ready(int port)
{
	int fd = client_connect(port), status;
	char head[4096];

	client_print(fd, "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", port);
	status = client_head(fd, head, sizeof head);
	client_close(fd);
	return status;
}

static void without_its_database_it_waits_and_says_so(void **state)
{
	(void)state;
	start(WORDS("serve", NO_DATABASE, ANY_PORT));
	assert_int_equal(ask_ready(status_port()), 503);
	assert_int_equal(signalled(SIGTERM), 0);
	assert_true(said("event=app.ending"));
	assert_false(said("event=app.ready"));
	start(WORDS("serve", NO_DATABASE, ANY_PORT, "--grace", "0"));
	assert_int_equal(ask_ready(status_port()), 503);	/* its loop runs */
	assert_int_equal(signalled(SIGINT), 0);
}

/* Before it has a handler the signal just ends it; after that it ends in order. There is no moment at which it hangs or fails otherwise. */
static void a_start_may_be_ended_at_any_moment(void **state)
{
	(void)state;
	for (unsigned int us = 100; us < 200000; us = us * 3 / 2) {
		int status;

		start(WORDS("serve", NO_DATABASE, ANY_PORT));
		usleep(us);
		status = signalled(SIGTERM);
		if (status != 0 && status != 128 + SIGTERM)
			fail_msg("after %u us: exit status %d: %s", us, status, run.output);
	}
}

static void a_hangup_reads_the_settings_again(void **state)
{
	const char *conf = file("conf", "log_level = info\nwriters = 2\n");

	(void)state;
	start(WORDS("serve", NO_DATABASE, ANY_PORT, "--config", conf));
	assert_int_equal(ask_ready(status_port()), 503);	/* its loop runs */
	file("conf", "log_level = warn\nwriters = 3\n");
	kill(run.pid, SIGHUP);
	wait_for("event=config.differs ");
	wait_for("setting=writers");
	wait_for("setting=log_level");
	assert_true(said(" setting=writers applied=after-restart\n") && said(" setting=log_level applied=yes\n"));
	file("conf", "log_level = loud\n");
	kill(run.pid, SIGHUP);
	wait_for("event=config.refused ");
	file("conf", "log_level = info\nwriters = 0\n");
	kill(run.pid, SIGHUP);
	wait_for("writers must be a number");
	assert_int_equal(signalled(SIGTERM), 0);
	assert_false(said("event=app.ending"));		/* it kept to warn */
}

/* --- with a database ----------------------------------------------------------------------------------------------------------- */

static int migrated(void **state)
{
	(void)state;
	trial = trial_new();
	if (!trial)
		return -1;
	start(WORDS("migrate", "--data", trial->folder));
	return end() == 0 && said(" migrations applied, ") && said(" methods built.\n") ? 0 : -1;
}

static int unmade(void **state)
{
	(void)state;
	trial_free(trial);
	trial = NULL;
	return 0;
}

static void migrating_twice_changes_nothing(void **state)
{
	(void)state;
	ends_with(0, "The database is up to date.\n", WORDS("migrate", "--data", trial->folder));
	ends_with(0, "0 migrations applied, ", WORDS("migrate", "--again", "--data", trial->folder));
}

static void what_is_not_as_it_should_be_is_found(void **state)
{
	(void)state;
	ends_with(0, "Everything is as it should be.\n", WORDS("check", "--data", trial->folder));
	trial_sql(trial, "alter table app.party no force row level security");
	ends_with(1, "app.party", WORDS("check", "--data", trial->folder));
	assert_false(said("Everything"));
	trial_sql(trial, "alter table app.party force row level security");
	trial_sql(trial, "create table meta.kept as select * from meta.migration");
	trial_sql(trial, "update meta.migration set checksum = repeat('0', 64) where name like 'migrations/0001%'");
	ends_with(1, " is not that of this release\n", WORDS("check", "--data", trial->folder));
	trial_sql(trial, "update meta.migration m set checksum = k.checksum from meta.kept k where k.name = m.name");
	trial_sql(trial, "delete from meta.migration where name = (select max(name) from meta.migration where name like 'migrations/%')");
	ends_with(1, "1 migrations have not been applied: run ninetwod migrate\n", WORDS("check", "--data", trial->folder));
	trial_sql(trial, "insert into meta.migration select * from meta.kept k where not exists (select from meta.migration m where m.name = k.name); drop table meta.kept");
	ends_with(0, "Everything is as it should be.\n", WORDS("check", "--data", trial->folder));
}

/* The n-th code that was printed is one, and is not kept as such. */
static void printed_code(int n, char code[CODE_TEXT])
{
	unsigned char digest[DIGEST_SIZE];
	const char *at = run.output;

	while (n-- >= 0) {
		at = strstr(at, "  code ");
		if (!at)
			fail_msg("no code in: %s", run.output);
		at += strlen("  code ");
	}
	snprintf(code, CODE_TEXT, "%.*s", CODE_TEXT - 1, at);
	assert_true(code_digest(code, digest));
}

static void an_organisation_begins_with_two_people(void **state)
{
	char one[CODE_TEXT], two[CODE_TEXT], three[CODE_TEXT];

	(void)state;
	ends_with(2, "ninetwod init: --administrator: ", WORDS("init", "--data", trial->folder, "--organisation", "Acme", "--administrator", "Ada", "--management", "Max <max@example.org>"));
	ends_with(0, "Organisation Acme\n", WORDS("init", "--data", trial->folder, "--organisation", "Acme", "--administrator", "Ada <ada@example.org>", "--management",
		"Max <max@example.org>"));
	printed_code(0, one);
	printed_code(1, two);
	assert_string_not_equal(one, two);
	ends_with(0, "Ada <ada@example.org>  code ", WORDS("invite", "--data", trial->folder, "ADA@example.org"));
	printed_code(0, three);
	assert_string_not_equal(one, three);
	ends_with(1, "ninetwod invite: ", WORDS("invite", "--data", trial->folder, "nobody@example.org"));
	assert_false(said("  code ") || said("SQLSTATE"));
}

static void the_cluster_is_in_the_hands_of_its_operator(void **state)
{
	char kept[FILE_PATH];

	(void)state;
	snprintf(kept, sizeof kept, "%s/keep", trial->folder);
	ends_with(0, "runs: ", WORDS("cluster", "status", "--data", trial->folder));
	ends_with(0, " dbname=ninetwo host=", WORDS("cluster", "conninfo", "--data", trial->folder));
	ends_with(0, "runs already: ", WORDS("cluster", "start", "--data", trial->folder));
	assert_int_equal(access(kept, F_OK), 0);
	ends_with(0, "in use: it stops with the last who uses it\n", WORDS("cluster", "stop", "--data", trial->folder));
	assert_int_equal(access(kept, F_OK), -1);
	ends_with(0, "\n42\n", WORDS("cluster", "psql", "--data", trial->folder, "-X", "-A", "-t", "-c", "select '', E'\\n42'"));
	ends_with(3, "division by zero", WORDS("cluster", "psql", "--data", trial->folder, "-X", "-v", "ON_ERROR_STOP=1", "-f", file("sql", "select 1/0;")));
}

static void with_its_database_it_is_ready(void **state)
{
	int port;

	(void)state;
	start(WORDS("serve", "--data", trial->folder, ANY_PORT));
	port = status_port();
	wait_for("event=app.ready ");
	assert_int_equal(ask_ready(port), 200);
	kill(run.pid, SIGHUP);
	assert_int_equal(ask_ready(port), 200);
	assert_int_equal(signalled(SIGTERM), 0);
	assert_true(said("event=app.ending"));
}

static void whoever_no_policy_binds_does_not_serve(void **state)
{
	(void)state;
	trial_sql(trial, "alter role ninetwo_server bypassrls");
	start(WORDS("serve", "--data", trial->folder, ANY_PORT));
	assert_int_equal(end(), 1);
	assert_true(said("event=app.cannot-serve") && said("bypasses row-level security"));
	trial_sql(trial, "alter role ninetwo_server nobypassrls");
}

/* Beside the program under test: BUILD/tests/unit/test_ninetwod, BUILD/ninetwod. */
static bool find_program(void)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	char *slash;

	self[n > 0 ? n : 0] = '\0';
	for (int i = 0; i < 3 && (slash = strrchr(self, '/')); i++)
		*slash = '\0';
	return snprintf(program, sizeof program, "%s/ninetwod", self) < (int)sizeof program && access(program, X_OK) == 0;
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, away)
	const struct CMUnitTest alone[] = {
		TEST(says_what_it_can_do),
		TEST(what_it_does_not_understand_is_quoted),
		TEST(settings_are_judged_together),
		TEST(no_secret_is_printed),
		TEST(what_stands_in_the_way_is_said),
		TEST(a_port_in_use_is_said),
		TEST(without_its_database_it_waits_and_says_so),
		TEST(a_start_may_be_ended_at_any_moment),
		TEST(a_hangup_reads_the_settings_again),
	};
	const struct CMUnitTest with_database[] = {
		TEST(migrating_twice_changes_nothing),
		TEST(what_is_not_as_it_should_be_is_found),
		TEST(an_organisation_begins_with_two_people),
		TEST(the_cluster_is_in_the_hands_of_its_operator),
		TEST(with_its_database_it_is_ready),
		TEST(whoever_no_policy_binds_does_not_serve),
	};
	int failed;

	if (!find_program() || !trial_unprivileged() || !trial_folder(folder, sizeof folder))
		return 1;
	setenv("HOME", folder, 1);
	unsetenv("NINETWO_CONFIG");
	unsetenv("LISTEN_FDS");
	failed = cmocka_run_group_tests_name("ninetwod", alone, NULL, NULL);
	failed += cmocka_run_group_tests_name("ninetwod with a database", with_database, migrated, unmade);
	trial_remove(folder);
	return failed;
}
