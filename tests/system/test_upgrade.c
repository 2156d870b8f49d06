/* test_upgrade.c - the database is brought to another release, and to the same one again, under clients that go on
 * calling: each call is answered, by the old or by the new, or told "not now"; nothing is lost; and what does not
 * differ is not touched. */
#include "base/error.h"
#include "client-cli/deadline.h"
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/member.h"
#include "tests/system/reckon.h"
#include "tests/system/steady.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WRITERS = 3, CALLERS = 6, AGAIN = 3, OUTPUT = 8192, PATH_LONG = 512, WAIT_MS = 60000, REPLY_MS = 20000 };

static struct deployment deployment;
static struct server server;
static struct member administrator, management;
static char folder[PATH_LONG];

/* --- two releases: a noun of this test, in a copy of sql/ --- */

#define DECLARED(function, access, params) \
	"comment on function method.murmur_" function " is '{\"doc\": \"A test.\", \"roles\": [\"member\"]," \
	" \"access\": \"" access "\", \"result\": {\"type\": \"object\"}, \"params\": {" params "}}';\n"
#define ANSWERS_EDITION(function, edition) \
	"create or replace function method.murmur_" function "() returns jsonb language sql stable as" \
	" $$ select '{\"edition\": " edition "}'::jsonb $$;\n" DECLARED(function "()", "read", "")
#define VIEW "create view record.murmur with (security_invoker = true) as select p.organisation, p.id, p.name"
#define POLICY "create policy murmur on app.party for select to ninetwo_api using (organisation is null"
#define TRIGGER "create trigger murmur before update on app.party for each row"
#define SAYS(edition) \
	" returns jsonb language plpgsql as $$ begin" \
	" return jsonb_build_object('edition', " edition ", 'text', _text); end $$;\n"

/* A murmur is a party, which the writers write. */
static const char first_edition[] =
	VIEW " from app.party p;\n"
	POLICY ");\n"
	TRIGGER " when (new.name is null) execute function app.stamp();\n"
	"create or replace function method.murmur_say(_text app.prose)" SAYS("1")
	DECLARED("say(app.prose)", "write", "\"text\": {\"doc\": \"What.\"}")
	ANSWERS_EDITION("edition", "1")
	ANSWERS_EDITION("old", "1");

/* A column more, another policy, another trigger, a parameter more, another body, a method less and a method more. */
static const char second_edition[] =
	VIEW ", 2 as edition from app.party p;\n"
	POLICY " and id is null);\n"
	TRIGGER " when (new.id is null) execute function app.stamp();\n"
	"create or replace function method.murmur_say(_text app.prose, _loud boolean default null)" SAYS("2")
	DECLARED("say(app.prose, boolean)", "write", "\"text\": {\"doc\": \"What.\"}, \"loud\": {\"doc\": \"How.\"}")
	ANSWERS_EDITION("edition", "2")
	ANSWERS_EDITION("new", "2");

/* It has the table when it comes to the view. */
static const char both_editions[] =
	"comment on view record.murmur is 'A murmur.';\n"
	"create or replace function method.murmur_list() returns jsonb language plpgsql stable as $$ begin"
	" return jsonb_build_object('parties', (select count(*) from app.party p where p.organisation = app.org()),"
	" 'murmurs', (select coalesce(jsonb_agg(to_jsonb(m)), '[]') from"
	" (select * from record.murmur x where x.organisation = app.org() order by x.id limit 5) m)); end $$;\n"
	DECLARED("list()", "read", "");

static void write_edition(const char *edition)
{
	char path[2 * PATH_LONG];
	FILE *file;

	snprintf(path, sizeof path, "%s/nouns/murmur.sql", folder);
	file = fopen(path, "w");
	expect(file && fprintf(file, "%s%s", edition, both_editions) > 0 && fclose(file) == 0, "%s is written", path);
}

static void migrate(bool again)
{
	char program[PATH_LONG], output[OUTPUT];
	int64_t began = deadline_after(0);
	int status;

	snprintf(program, sizeof program, "%s/ninetwod", getenv("NINETWO_BUILD"));
	status = program_run((const char *[]){ program, "migrate", "--sql", folder, "--database", deployment.conninfo,
		again ? "--again" : NULL, NULL }, output, sizeof output);
	expect(status == 0, "ninetwod migrate: exit status %d: %s", status, output);
	expect(!strstr(output, "warning"), "it warns of nothing: %s", output);
	print_message("migrate%s: %lld ms\n", again ? " --again" : "", (long long)(deadline_after(0) - began));
}

/* --- the callers --- */

struct caller {
	pthread_t thread;
	struct connection *connection;
	int turn;
	atomic_int answered, put_off, edition;	/* the edition that murmur.edition was last answered in */
	atomic_bool stop, found_new, lost_old;
	long slowest;				/* ms */
	char problem[PROBLEM_MAX];
};

static struct caller callers[CALLERS];

static int edition_of(const json_t *result)
{
	return (int)json_integer_value(json_object_get(result, "edition"));
}

/* All rows are of one release, whichever. */
static const char *judge_list(const json_t *result)
{
	const json_t *all = json_object_get(result, "murmurs"), *row;
	size_t i, with = 0;

	json_array_foreach(all, i, row)
		with += edition_of(row) == 2;
	return with == 0 || with == json_array_size(all) ? NULL : "the rows are of two releases";
}

static const char *judge_edition(struct caller *c, const json_t *result)
{
	int was = atomic_exchange(&c->edition, edition_of(result));

	return c->edition < 1 || c->edition > 2 ? "no edition" : c->edition < was ? "the old one after the new" : NULL;
}

static const char *judge(struct caller *c, const char *method, const json_t *result)
{
	if (strcmp(method, "murmur.list") == 0)
		return judge_list(result);
	if (strcmp(method, "murmur.edition") == 0)
		return judge_edition(c, result);
	if (strcmp(method, "murmur.say") == 0)
		return strcmp(json_string_value(json_object_get(result, "text")), "psst") == 0 ? NULL : "other words";
	return json_is_object(result) ? NULL : "no object";
}

static void note(struct caller *c, const char *method, const json_t *reply)
{
	const json_t *result = json_object_get(reply, "result"), *error = json_object_get(reply, "error");
	json_int_t code = json_integer_value(json_object_get(error, "code"));
	const char *wrong = result ? judge(c, method, result) : "refused";
	char *said;

	c->answered += result != NULL;
	c->put_off += code == E_NOT_NOW;
	if (strcmp(method, "murmur.new") == 0 && result)
		c->found_new = true;
	if (strcmp(method, "murmur.old") == 0 && code == E_METHOD)
		c->lost_old = true;
	if (code == E_NOT_NOW || (code == E_METHOD && (c->lost_old || strcmp(method, "murmur.new") == 0)))
		wrong = NULL;
	if (!wrong || c->problem[0])
		return;
	said = reply ? json_dumps(reply, 0) : NULL;
	snprintf(c->problem, sizeof c->problem, "%s: %s: %s", method, wrong, said ? said : "no answer");
	free(said);
}

static json_t *parameters(const char *method)
{
	char request_id[UUID_SIZE];
	json_t *params = json_pack("{s:s}", "organisation", administrator.organisation);

	if (strcmp(method, "murmur.say") == 0) {
		member_new_uuid(request_id);
		json_object_set_new(params, "request_id", json_string(request_id));
		json_object_set_new(params, "text", json_string("psst"));
	}
	return params;
}

static void call_one(struct caller *c, const char *method)
{
	int64_t began = deadline_after(0);
	struct failure f = { 0 };
	json_t *params = parameters(method), *reply = NULL;
	json_int_t id;
	long took;

	if (connection_post(c->connection, method, params, &id, &f))
		reply = connection_reply(c->connection, id, REPLY_MS, &f);
	took = (long)(deadline_after(0) - began);
	c->slowest = took > c->slowest ? took : c->slowest;
	note(c, method, reply);
	c->stop = c->stop || !reply;
	json_decref(params);
	json_decref(reply);
	failure_clear(&f);
}

static void *call_on(void *arg)
{
	static const char *const methods[] = { "murmur.list", "murmur.edition", "murmur.say", "murmur.old", "murmur.new",
		"party.list", "person.list" };
	struct caller *c = arg;

	while (!c->stop && !c->problem[0])
		call_one(c, methods[c->turn++ % (int)(sizeof methods / sizeof *methods)]);
	return NULL;
}

static bool all_callers(bool (*is)(struct caller *c))
{
	for (int i = 0; i < CALLERS; i++) {
		expect(!callers[i].problem[0], "caller %d: %s", i, callers[i].problem);
		if (!is(&callers[i]))
			return false;
	}
	return true;
}

static void wait_for_callers(bool (*is)(struct caller *c), const char *what)
{
	int64_t deadline = deadline_after(WAIT_MS);

	while (!all_callers(is) && deadline_left(deadline) > 0)
		usleep(10000);
	expect(all_callers(is), "every caller has %s", what);
}

static int answered_before[CALLERS];

static bool went_on(struct caller *c)
{
	return c->answered >= answered_before[c - callers] + 20;
}

/* Until everybody has been answered some more. */
static void let_run(const struct steady_writer *writers)
{
	for (int i = 0; i < CALLERS; i++)
		answered_before[i] = callers[i].answered;
	wait_for_callers(went_on, "gone on");
	steady_let_run(writers, WRITERS);
}

static bool knows_the_new(struct caller *c)
{
	return c->edition == 2 && c->found_new && c->lost_old;
}

/* --- what there is --- */

/* Everything that the loader makes, by name and oid; all: of this test's noun as well. */
static void note_objects(bool all, char out[64])
{
	char sql[2048];

	snprintf(sql, sizeof sql, "select md5(string_agg(x, ' ' order by x)) from ("
		"select concat(p.oid::regprocedure, p.oid) from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
		" where n.nspname in ('app', 'auth', 'ledger', 'operator', 'meta', 'method', 'gate', 'record', 'api') "
		"union all select concat(c.oid::regclass, c.oid) from pg_class c where c.relnamespace = 'record'::regnamespace "
		"union all select concat(p.polname, p.oid) from pg_policy p "
		"union all select concat(t.tgname, t.oid) from pg_trigger t where not t.tgisinternal) o (x)"
		" where %s", all ? "true" : "x !~ 'murmur'");
	deployment_sql(&deployment, sql, out, 64);
}

static void is_in_force(const char *what, const char *sql)
{
	char got[64];

	deployment_sql(&deployment, sql, got, sizeof got);
	expect(strcmp(got, "t") == 0, "%s", what);
}

static void second_edition_is_in_force(void)
{
	is_in_force("the policy",
		"select pg_get_expr(polqual, polrelid) ~ 'id IS NULL' from pg_policy where polname = 'murmur'");
	is_in_force("the trigger",
		"select pg_get_triggerdef(oid) ~ 'new.id IS NULL' from pg_trigger where tgname = 'murmur'");
	is_in_force("the column", "select count(*) = 1 from pg_attribute where attrelid = 'record.murmur'::regclass"
		" and attname = 'edition'");
	is_in_force("one frame, gate and body for each method",
		"select count(*) = 9 and count(distinct oid::regproc) = 9 from pg_proc"
		" where proname ~ '^(murmur_|may_murmur|judge_murmur)' and pronamespace <> 'record'::regnamespace");
	is_in_force("no deadlock", "select deadlocks = 0 from pg_stat_database where datname = 'ninetwo'");
}

/* --- the test --- */

static struct steady_writer writers[WRITERS];

static void start_all(void)
{
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = (struct steady_writer){ .label = "upgrade", .number = i + 1, .server = &server,
			.member = administrator };
		snprintf(writers[i].path, sizeof writers[i].path, "%s/upgrade%d.log", deployment.folder, i + 1);
		steady_write(&writers[i]);
	}
	for (int i = 0; i < CALLERS; i++) {
		struct member m = member_again(&administrator);

		callers[i] = (struct caller){ .connection = m.connection, .turn = i };
		expect(pthread_create(&callers[i].thread, NULL, call_on, &callers[i]) == 0, "a thread");
	}
}

/* Since the start. */
static int told_not_now(void)
{
	int put_off = 0;

	for (int i = 0; i < WRITERS; i++)
		put_off += writers[i].put_off;
	for (int i = 0; i < CALLERS; i++)
		put_off += callers[i].put_off;
	return put_off;
}

static void end_all(void)
{
	int answered = 0;
	long slowest = 0;

	for (int i = 0; i < WRITERS; i++)
		steady_write_end(&writers[i]);
	for (int i = 0; i < CALLERS; i++) {
		callers[i].stop = true;
		pthread_join(callers[i].thread, NULL);
		connection_free(callers[i].connection);
		answered += callers[i].answered;
		slowest = callers[i].slowest > slowest ? callers[i].slowest : slowest;
	}
	print_message("%d writes acknowledged, %d calls answered, %d told \"not now\", the slowest in %ld ms\n",
		steady_acknowledged(writers, WRITERS), answered, told_not_now(), slowest);
}

static void every_call_is_answered_meanwhile(void **state)
{
	struct steady_subscriber subscriber = { .server = &server, .member = management };
	struct member reckoner;
	char all[64], others[64], after[64];

	(void)state;
	steady_subscribe(&subscriber);
	start_all();
	note_objects(true, all);
	note_objects(false, others);
	for (int i = 0; i < AGAIN; i++) {
		let_run(writers);
		migrate(true);
		note_objects(true, after);
		expect(strcmp(all, after) == 0, "nothing is made anew where nothing differs");
	}
	let_run(writers);
	print_message("%d told \"not now\" so far\n", told_not_now());
	write_edition(second_edition);
	migrate(false);
	wait_for_callers(knows_the_new, "learned of the new edition");
	let_run(writers);
	end_all();
	note_objects(false, after);
	expect(strcmp(others, after) == 0, "what does not differ is not made anew");
	second_edition_is_in_force();
	steady_subscribe_end(&subscriber, reckon_last_position(&deployment));
	expect(!subscriber.problem[0], "the subscriber: %s", subscriber.problem);
	reckoner = member_again(&administrator);	/* whose first connection was silent meanwhile */
	for (int i = 0; i < WRITERS; i++) {
		expect(writers[i].lost == 0, "writer %d lost no connection", i + 1);
		reckon_writer(&deployment, &writers[i], &reckoner);
		reckon_seen(&writers[i], &subscriber.feed);
	}
	reckon_versions(&subscriber.feed);
	feed_clear(&subscriber.feed);
	member_leave(&reckoner);
}

/* Of the release that is there now everything is as in a database that never had another. */
static void it_is_as_if_it_had_always_been_so(void **state)
{
	static const char description[] = "select md5(string_agg(concat_ws(E'\\n', object, description), E'\\n'"
		" order by object collate \"C\")) from operator.described()";
	static const char release[] = "select catalogue ->> 'release' from meta.description";
	struct deployment fresh, upgraded = deployment;
	char here[2][80], there[2][80];

	(void)state;
	deployment_start_empty(&fresh, "fresh");
	deployment_sql(&upgraded, description, here[0], sizeof here[0]);
	deployment_sql(&upgraded, release, here[1], sizeof here[1]);
	deployment = fresh;
	migrate(false);
	deployment_sql(&fresh, description, there[0], sizeof there[0]);
	deployment_sql(&fresh, release, there[1], sizeof there[1]);
	deployment_stop(&fresh);
	deployment = upgraded;
	expect(strcmp(here[0], there[0]) == 0, "functions, views, policies, triggers, grants are those of a new database");
	expect(strcmp(here[1], there[1]) == 0, "so is the release");
}

static int set_up(void **state)
{
	(void)state;
	deployment_start(&deployment, "upgrade", NULL);
	deployment_init(&deployment, "Upgrade Ltd", ADMINISTRATOR_EMAIL, MANAGEMENT_EMAIL);
	snprintf(folder, sizeof folder, "%s/sql", deployment.folder);
	expect(program_run((const char *[]){ "cp", "-R", "sql", folder, NULL }, NULL, 0) == 0, "sql/ is copied");
	write_edition(first_edition);
	migrate(false);
	server_start(&deployment, &server, NULL);
	member_join(&administrator, &server, ADMINISTRATOR_EMAIL, deployment.administrator_code);
	member_join(&management, &server, MANAGEMENT_EMAIL, deployment.management_code);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	member_leave(&administrator);
	member_leave(&management);
	if (server_alive(&server))
		server_end(&server, SIGTERM);
	deployment_stop(&deployment);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_call_is_answered_meanwhile),
		cmocka_unit_test(it_is_as_if_it_had_always_been_so),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
