/* test_new_method.c - docs/adding-a-method.md, played against two servers that go on running: the page's own function,
 * declared by the page's own declaration, in the file that the page names, applied and called by the page's own
 * commands. The feed of the second server is down while that is done. */
#include "base/error.h"
#include "client-cli/deadline.h"
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/member.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PAGE "docs/adding-a-method.md"
#define MIGRATE "ninetwod migrate --sql sql"

enum { PAGE_MAX = 64 * 1024, PATH_LONG = 512, LEARNED_MS = 15000, OUTPUT = 8192, ARGUMENTS = 8 };

static struct deployment deployment;
static struct server hearing, deaf;
static struct member here, there;
static char page[PAGE_MAX], folder[PATH_LONG];

/* --- the page */

static void read_page(void)
{
	FILE *file = fopen(PAGE, "r");
	size_t n = file ? fread(page, 1, sizeof page - 1, file) : 0;

	expect(n > 0 && n < sizeof page - 1, "%s is read whole", PAGE);
	fclose(file);
}

/* What stands between two texts, from `at` on; *end is set behind it. The caller frees it. */
static char *between(const char *at, const char *before, const char *after, const char **end)
{
	const char *from = strstr(at, before), *to = from ? strstr(from + strlen(before), after) : NULL;

	expect(to, "%s has %s and then %s", PAGE, before, after);
	if (end)
		*end = to + strlen(after);
	return strndup(from + strlen(before), (size_t)(to - from) - strlen(before));
}

/* The function and its declaration stand in the first two blocks of SQL, the file in a sentence before them. */
static void add_method(void)
{
	const char *rest;
	char *name = between(page, "In the file of its noun, `sql/", "`", &rest), path[2 * PATH_LONG];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	expect(access(path, W_OK) == 0, "sql/%s, which the page names, is there", name);
	file = fopen(path, "a");
	expect(file, "%s is written", path);
	for (int i = 0; i < 2; i++) {
		char *sql = between(rest, "```sql\n", "```", &rest);

		fprintf(file, "\n%s", sql);
		free(sql);
	}
	expect(fclose(file) == 0, "%s is written", path);
	free(name);
}

/* A command of the page, as it stands there: `program` of this build is its first word, and what `more` names stands
 * after the last. */
static void run_command(const char *line, const char *program, const char *const more[], char output[OUTPUT])
{
	const char *argv[ARGUMENTS + DEPLOYMENT_ARGUMENTS];
	char path[PATH_LONG], *words = strdup(line), *rest = NULL, *word;
	size_t n = 0;
	int status;

	snprintf(path, sizeof path, "%s/%s", getenv("NINETWO_BUILD"), program);
	argv[n++] = path;
	for (word = strtok_r(words, " ", &rest); word && (word = strtok_r(NULL, " ", &rest));) {
		expect(n < ARGUMENTS, "%s has fewer words", line);
		argv[n++] = strcmp(word, "sql") == 0 ? folder : word;
	}
	for (size_t i = 0; more[i]; i++)
		argv[n++] = more[i];
	argv[n] = NULL;
	status = program_run(argv, output, OUTPUT);
	expect(status == 0, "%s: exit status %d: %s", line, status, output);
	free(words);
}

/* --- the servers */

static json_t *ask(struct member *m, const char *function, int *code)
{
	json_t *params = json_pack("{s:s, s:s}", "organisation", m->organisation, "id", function);
	struct failure f = { 0 };
	json_t *answer = connection_call(m->connection, "function.people", params, &f);

	expect(answer || f.kind == FAILURE_REFUSED, "function.people: %s", f.message);
	*code = f.code;
	failure_clear(&f);
	json_decref(params);
	return answer;
}

static void knows_no_such_method(struct member *m, const char *function)
{
	int code;

	json_decref(ask(m, function, &code));
	expect(code == E_METHOD, "no such method, not %d", code);
}

/* Until it has been learned of there is no such method; never anything else. */
static void learns(struct member *m, const char *function)
{
	int64_t deadline = deadline_after(LEARNED_MS);
	json_t *answer;
	const char *name;
	int code;

	while (!(answer = ask(m, function, &code)) && code == E_METHOD && deadline_left(deadline) > 0)
		usleep(10000);
	expect(answer, "function.people is answered, not refused by %d", code);
	name = json_string_value(json_object_get(json_array_get(answer, 0), "name"));
	expect(json_array_size(answer) == 1 && name && strcmp(name, "Otto Owner") == 0, "one owner");
	json_decref(answer);
}

static void sql_until(const char *sql, const char *wanted)
{
	int64_t deadline = deadline_after(LEARNED_MS);
	char got[64];

	do
		deployment_sql(&deployment, sql, got, sizeof got);
	while (strcmp(got, wanted) != 0 && deadline_left(deadline) > 0 && usleep(10000) == 0);
	expect(strcmp(got, wanted) == 0, "%s is %s, not %s", sql, wanted, got);
}

#define FEEDS "from pg_stat_activity where application_name = 'ninetwod feed'"

/* Every feed but that of the first server ends, and no other begins. */
static void cut_off(const char *feed)
{
	char sql[PATH_LONG];

	deployment_sql(&deployment, "alter role ninetwo_feed connection limit 0", NULL, 0);
	snprintf(sql, sizeof sql, "select count(pg_terminate_backend(pid)) " FEEDS " and pid <> %s", feed);
	sql_until(sql, "0");
}

/* A token in a file, as a script of hers would use it. */
static void use_command_line(const char *address)
{
	time_t tomorrow = time(NULL) + 24 * 60 * 60;
	char path[PATH_LONG], day[16];
	const char *token;
	json_t *made;
	FILE *file;

	strftime(day, sizeof day, "%F", gmtime(&tomorrow));
	made = member_must(&here, "token.create",
		json_pack("{s:s, s:[s], s:s}", "name", "a script", "scope", "*", "expires_on", day));
	token = json_string_value(json_object_get(made, "token"));
	snprintf(path, sizeof path, "%s/token", deployment.folder);
	file = fopen(path, "w");
	expect(file && token && fputs(token, file) >= 0 && fclose(file) == 0, "%s is written", path);
	expect(chmod(path, 0600) == 0, "%s is hers alone", path);
	json_decref(made);
	setenv("NINETWO_TOKEN_FILE", path, 1);
	setenv("NINETWO_HOME", deployment.folder, 1);
	setenv("NINETWO_SERVER", address, 1);
}

static char *id_of(json_t *record)
{
	char *id = strdup(json_string_value(json_object_get(record, "id")));

	json_decref(record);
	return id;
}

/* A function called as the page calls it, with somebody who owns it. The caller frees its id. */
static char *make_function(void)
{
	char *function = id_of(member_must(&here, "function.add",
		json_pack("{s:s, s:s}", "reference", "BKP", "name", "Backup")));
	char *owner = id_of(member_must(&here, "person.add",
		json_pack("{s:s, s:s}", "name", "Otto Owner", "email", "otto@example.org")));

	json_decref(member_must(&here, "responsibility.assign", json_pack("{s:s, s:s, s:s, s:s}", "person", owner,
		"function", function, "kind", "owns", "from_date", "2020-01-01")));
	free(owner);
	return function;
}

/* --- the tests */

static void servers_learn_of_it_without_a_restart(void **state)
{
	char *commands = between(page, "```text\n" MIGRATE "\n", "```", NULL), *lines = NULL, feed[16], output[OUTPUT];
	const char *const database[] = { "--database", deployment.conninfo, NULL }, *const nothing[] = { NULL };
	char *function = make_function();

	(void)state;
	deployment_sql(&deployment, "select pid " FEEDS, feed, sizeof feed);
	server_start(&deployment, &deaf, NULL);
	there = here;
	member_connect(&there, &deaf);
	sql_until("select count(*) " FEEDS, "2");
	cut_off(feed);
	knows_no_such_method(&here, function);
	add_method();
	run_command(MIGRATE, "ninetwod", database, output);
	learns(&here, function);
	for (char *line = strtok_r(commands, "\n", &lines); line; line = strtok_r(NULL, "\n", &lines))
		run_command(line, "ninetwo", nothing, output);
	expect(strstr(output, "Otto Owner"), "the last command answers who owns the function: %s", output);
	knows_no_such_method(&there, function);
	deployment_sql(&deployment, "alter role ninetwo_feed connection limit -1", NULL, 0);
	learns(&there, function);
	free(function);
	free(commands);
}

static int set_up(void **state)
{
	(void)state;
	deployment_start(&deployment, "method", NULL);
	deployment_init(&deployment, "Method Ltd", ADMINISTRATOR_EMAIL, MANAGEMENT_EMAIL);
	server_start(&deployment, &hearing, NULL);
	sql_until("select count(*) " FEEDS, "1");
	member_join(&here, &hearing, ADMINISTRATOR_EMAIL, deployment.administrator_code);
	use_command_line(hearing.address);
	read_page();
	snprintf(folder, sizeof folder, "%s/sql", deployment.folder);
	expect(program_run((const char *[]){ "cp", "-R", "sql", folder, NULL }, NULL, 0) == 0, "sql/ is copied");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	member_leave(&here);
	member_leave(&there);
	server_end(&hearing, SIGTERM);
	if (server_alive(&deaf))
		server_end(&deaf, SIGTERM);
	deployment_stop(&deployment);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(servers_learn_of_it_without_a_restart),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
