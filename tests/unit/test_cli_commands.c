/* The commands as they are typed: client-cli/main.c, command.c, command_method.c, command_call.c, command_help.c, command_completion.c,
 * command_watch.c, and through them arguments, options and output together. */
#include "client-cli/command.h"

#include "base/error.h"
#include "tests/unit/cli_run.h"
#include "tests/unit/cli_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define ORGANISATION "01990000-0000-7000-8000-000000000001"
#define FINDING "01990000-0000-7000-8000-0000000000f3"
#define PATIENCE "60"		/* seconds, for what must come */

struct fixture {
	struct cli_server *server;
	char home[64], calls[8192];
	int pages;			/* of finding.list */
	int issues;			/* how often finding.issue came */
	const char *stuck;		/* the page that every page names as the next */
	int may;			/* how many records `may` answers for */
	bool refuse_can, nonsense, no_end;
	const char *events;		/* lines sent before the answer of events.subscribe */
	const char *later;		/* and after it */
	int position;			/* in the answer */
};

static char *joined(const char *before, char *answer, const char *after)
{
	char *text = malloc(strlen(before) + strlen(answer) + strlen(after) + 3);

	sprintf(text, "%s%s%s%s%s", before, *before ? "\n" : "", answer, *after ? "\n" : "", after);
	free(answer);
	for (char *p = text; *p; p++)
		if (*p == '\'')
			*p = '"';
	return text;
}

static json_t *page(const struct fixture *x, const json_t *params)
{
	const char *after = json_string_value(json_object_get(params, "after"));
	int number = after ? (int)strtol(after, NULL, 10) : 1;
	char reference[32], next[16];

	snprintf(reference, sizeof reference, "IA-2026-01-F-%02d", number);
	snprintf(next, sizeof next, "%s", x->stuck ? x->stuck : "");
	if (!x->stuck)
		snprintf(next, sizeof next, "%d", number + 1);
	if (x->no_end && number == x->pages)
		return json_pack("{s:[{s:s, s:s}]}", "items", "id", FINDING, "reference", reference);
	return json_pack("{s:[{s:s, s:s, s:s}], s:s?, s:b}", "items", "id", FINDING, "reference", reference, "state", "issued\x1b[2J",
			 "after", number < x->pages || x->stuck ? next : NULL, "partial", 0);
}

static const char allowed[] = "{'items':[{'id':'" FINDING "','verbs':{'issue':{'allowed':true},'close':{'allowed':false,'code':-32006,"
	"'message':'It is draft.','data':{}},'ask_twice':{'allowed':true},'accept':{'allowed':false,'code':-32003,'message':'Not by you.',"
	"'data':{'rule':'S5'},'also':[{'code':-32009,'message':'Nor today.','data':{}}]}}},{'id':'" ORGANISATION "','verbs':null}]}";

/* What `may` answers, for so many of two records. */
static json_t *verbs(int records)
{
	char *text = strdup(allowed);
	json_t *all;

	for (char *p = text; *p; p++)
		if (*p == '\'')
			*p = '"';
	all = json_loads(text, 0, NULL);
	free(text);
	while (json_array_size(json_object_get(all, "items")) > (size_t)records)
		json_array_remove(json_object_get(all, "items"), json_array_size(json_object_get(all, "items")) - 1);
	return all;
}

static char *answer(void *arg, int connection, json_t *request)
{
	struct fixture *x = arg;
	const char *method = json_string_value(json_object_get(request, "method"));
	const json_t *params = json_object_get(request, "params");
	char *text = json_dumps(params, JSON_COMPACT | JSON_ENCODE_ANY);
	size_t n = strlen(x->calls);

	(void)connection;
	snprintf(x->calls + n, sizeof x->calls - n, "%s %s\n", method, text ? text : "");
	free(text);
	if (!strcmp(method, "rpc.discover"))
		return x->nonsense ? cli_result(request, json_pack("{s:s}", "hello", "world")) : cli_result(request, cli_document());
	if (!strcmp(method, "finding.list"))
		return cli_result(request, page(x, params));
	if (!strcmp(method, "may"))
		return cli_result(request, verbs(x->may));
	x->issues += !strcmp(method, "finding.issue");
	if (!strcmp(method, "can") && x->refuse_can)
		return cli_result(request, json_pack("{s:b, s:i, s:s, s:{s:s}}", "allowed", 0, "code", E_SEPARATION, "message", "Not by you.", "data", "rule", "S5"));
	if (!strcmp(method, "can"))
		return cli_result(request, json_pack("{s:b}", "allowed", 1));
	if (!strcmp(method, "finding.plan"))
		return cli_refusal(request, E_BUSINESS, "Not like that.", NULL);
	if (!strcmp(method, "events.subscribe"))
		return joined(x->events ? x->events : "", cli_result(request, json_pack("{s:i, s:s}", "position", x->position, "incarnation", "one")), x->later ? x->later : "");
	return cli_result(request, json_pack("{s:s, s:i, s:s, s:s}", "id", FINDING, "version", 7, "reference", "IA-2026-01-F-03", "state", "issued"));
}

static int set_up(void **state)
{
	struct fixture *x = calloc(1, sizeof *x);
	char profile[256];

	x->pages = 1;
	x->position = 10;
	cli_home_make(x->home);
	x->server = cli_server_start(answer, x);
	setenv("NINETWO_SERVER", cli_server_address(x->server), 1);
	snprintf(profile, sizeof profile, "{\"server\": \"%s\", \"token\": \"n2s_x\", \"organisation\": \"" ORGANISATION "\"}", cli_server_address(x->server));
	cli_home_file(x->home, "default.profile", profile, 0600);
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

/* ---- which command ---- */

static const struct { const char *words[7]; int status; const char *said; } lines[] = {
	{ { "--version" }, 0, "ninetwo " },
	{ { "version", "now" }, 2, "one word too many" },
	{ { "--nothing", "version" }, 2, "There is no option --nothing" },
	{ { "version", "--nothing" }, 2, "There is no option --nothing here" },
	{ { "nothing" }, 2, "There is no command 'nothing'" },
	{ { "finding" }, 2, "finding wants a verb: " },
	{ { "finding", "marry" }, 2, "finding has no verb 'marry'; it has " },
	{ { "evidence", "marry" }, 2, "upload-begin" },		/* as it is typed */
	{ { "finding", "issue" }, 2, "finding.issue also wants --id" },
	{ { "finding", "list", "--state" }, 2, "--state wants a value" },
	{ { "--request-id", "7", "finding", "list" }, 2, "--request-id wants a UUID" },
	{ { "finding", "list", "--as", "../x" }, 2, "cannot be the name of a sign-in" },
	{ { "watch", "--count", "0" }, 2, "--count wants a number" },
	{ { "watch", "--timeout", "-1" }, 2, "--timeout wants seconds" },
	{ { "watch", "--timeout", "" }, 2, "--timeout wants seconds" },
	{ { "watch", "--timeout", "nan" }, 2, "--timeout wants seconds" },
	{ { "watch", "--after", "x" }, 2, "--after wants a position" },
	{ { "watch", "--after", "-1" }, 2, "--after wants a position" },
	{ { "watch", "--part", "x" }, 2, "want --audit" },
	{ { "watch", "--new=yes" }, 2, "--new takes no value" },
	{ { "call" }, 2, "call wants a method" },
	{ { "call", "finding.get", "{" }, 2, "this is not JSON" },
	{ { "call", "finding.get", "[]" }, 2, "a JSON object" },
	{ { "call", "finding.get", "--batch", "x" }, 2, "from the file" },
	{ { "call", "--batch", "/nowhere" }, 1, "/nowhere: No such file" },
	{ { "can" }, 2, "can wants a command" },
	{ { "can", "finding", "marry" }, 2, "has no verb" },
	{ { "may", "finding" }, 2, "may wants a noun and records" },
	{ { "may", "finding", FINDING, "--columns", "verb" }, 2, "columns of its own" },
	{ { "may", "finding", "nobody" }, 5, "No finding is called 'nobody'" },
	{ { "completion", "fish" }, 2, "for bash" },
	{ { "help", "nothing" }, 2, "There is no command 'nothing'" },
	{ { "help", "finding", "plan" }, 0, "NAME: " },			/* what an object holds */
	{ { "finding", "change", FINDING, "--effect", "", "--effect", "x" }, 2, "--effect is given twice" },
	{ { "finding", "change", FINDING, "--effect", "x", "--effect=" }, 2, "--effect is given twice" },
	{ { "finding", "change", FINDING, "--functions", "", "--functions", FINDING }, 2, "--functions is given twice" },
	{ { "finding", "change", FINDING, "--urgent=", "--urgent" }, 2, "--urgent is given twice" },
};

static void test_what_was_typed_wrong_is_said(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		const char *words[8] = { 0 };
		int status;

		memcpy(words, lines[i].words, sizeof lines[i].words);
		status = cli_run(words);
		if (status != lines[i].status || !strstr(status ? cli_err : cli_out, lines[i].said))
			fail_msg("%s %s: %d %s%s", words[0], words[1] ? words[1] : "", status, cli_out, cli_err);
	}
}

static void test_a_list_that_goes_on_says_so_and_is_followed(void **state)
{
	struct fixture *x = *state;

	x->pages = 3;
	assert_int_equal(CLI_RUN("finding", "list"), 0);
	cli_said(cli_out, "IA-2026-01-F-01");
	cli_said(cli_err, "There is more: --all, or --after '2'.");
	assert_int_equal(CLI_RUN("finding", "list", "--all", "--csv", "--columns", "reference"), 0);
	assert_string_equal(cli_out, "reference\r\nIA-2026-01-F-01\r\nIA-2026-01-F-02\r\nIA-2026-01-F-03\r\n");
	assert_string_equal(cli_err, "");
	cli_said(x->calls, "\"limit\":200");
}

/* A page that names itself as the next, and one that names none. */
static void test_a_list_that_does_not_go_on_is_left(void **state)
{
	struct fixture *x = *state;

	x->stuck = "7";
	assert_int_equal(CLI_RUN("finding", "list", "--all"), 1);
	cli_said(cli_err, "does not go on");
	x->stuck = NULL;
	x->pages = 2;
	x->no_end = true;
	assert_int_equal(CLI_RUN("finding", "list", "--all", "--json"), 0);
	cli_said(cli_out, "IA-2026-01-F-02");
}

static void test_what_a_server_sends_does_not_command_the_terminal(void **state)
{
	(void)state;
	assert_int_equal(CLI_RUN("finding", "list"), 0);
	cli_not_said(cli_out, "\x1b");
	cli_said(cli_out, "issued [2J");
}

static void test_an_option_stands_anywhere(void **state)
{
	(void)state;
	assert_int_equal(CLI_RUN("--field", "reference", "finding", "get", FINDING), 0);
	assert_string_equal(cli_out, "IA-2026-01-F-03\n");
	assert_int_equal(CLI_RUN("finding", "get", FINDING, "--quiet"), 0);
	assert_string_equal(cli_out, "");
	assert_int_equal(CLI_RUN("finding", "get", FINDING, "--field", "nothing"), 1);
	cli_said(cli_err, "no field nothing");
}

/* A form that the result does not have is refused before the change, and never leads to a second one with the description read anew. */
static void test_a_change_is_made_once_whatever_is_printed(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(CLI_RUN("version"), 0);	/* the description is in the cache now */
	assert_int_equal(CLI_RUN("finding", "issue", FINDING, "--csv"), 2);
	assert_int_equal(CLI_RUN("finding", "issue", FINDING, "--columns", "colour"), 2);
	assert_int_equal(x->issues, 0);
	assert_int_equal(CLI_RUN("finding", "issue", FINDING, "--field", "nothing"), 1);
	assert_int_equal(x->issues, 1);
}

static void test_a_description_that_is_none(void **state)
{
	struct fixture *x = *state;

	x->nonsense = true;
	assert_int_equal(CLI_RUN("finding", "list"), 1);
	cli_said(cli_err, "description of its methods is not one");
	assert_int_equal(CLI_RUN("help"), 0);
	cli_said(cli_out, "Options of every command");
}

/* ---- call, can ---- */

static void test_a_call_is_filled_in_and_a_raw_one_is_not(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(CLI_RUN("call", "finding.issue", "{\"id\": \"" FINDING "\"}"), 0);
	cli_said(x->calls, "\"version\":7");
	cli_said(x->calls, "\"organisation\":\"" ORGANISATION "\"");
	*x->calls = '\0';
	assert_int_equal(CLI_RUN("call", "finding.issue", "{\"id\": \"x\"}", "--raw"), 0);
	assert_string_equal(x->calls, "finding.issue {\"id\":\"x\"}\n");
}

static void test_a_batch_names_the_line_that_was_refused(void **state)
{
	struct fixture *x = *state;
	const char *file = cli_home_file(x->home, "batch", "# first\n\n{\"method\": \"finding.get\", \"params\": {\"id\": \"" FINDING "\"}}\n"
					 "{\"method\": \"finding.plan\"}\nnonsense\n{\"method\": 7}\n", 0600);

	assert_int_equal(CLI_RUN("call", "--batch", file), 9);
	cli_said(cli_out, "1 call done, then one was refused");
	cli_said(cli_err, "batch:4: Not like that.");
	cli_not_said(cli_err, "batch:5");
	assert_int_equal(CLI_RUN("call", "--batch", file, "--keep-going"), 1);
	cli_said(cli_out, "1 call done\n");
	cli_said(cli_err, "batch:5: no call");
	cli_said(cli_err, "batch:6: no call: it names no method");
	cli_said(cli_err, "3 of 4 calls were refused.");
	assert_int_equal(CLI_RUN("call", "--batch", file, "--request-id", FINDING), 2);
}

static void test_can_asks_and_changes_nothing(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(CLI_RUN("can", "finding", "issue", FINDING), 0);
	assert_string_equal(cli_out, "Yes.\n");
	assert_int_equal(CLI_RUN("can", "finding.issue", FINDING), 0);
	x->refuse_can = true;
	assert_int_equal(CLI_RUN("can", "finding", "issue", FINDING), 4);
	cli_said(cli_err, "Not by you.");
	cli_said(cli_err, "S5: the hands that did the work");
	assert_int_equal(x->issues, 0);
	cli_not_said(x->calls, "can {\"request_id\"");
}

/* ---- a change names what it changes ---- */

static const struct { const char *words[3], *sent; } changes[] = {
	{ { "--title", "T" }, "{\"title\":\"T\",\"version\":7}" },
	{ { "--title", "" }, "{\"title\":\"\",\"version\":7}" },			/* never empty: the server says so */
	{ { "--effect", "" }, "{\"effect\":null,\"version\":7}" },
	{ { "--effect=" }, "{\"effect\":null,\"version\":7}" },
	{ { "--functions", "" }, "{\"functions\":null,\"version\":7}" },
	{ { "--functions", "[]" }, "{\"functions\":[],\"version\":7}" },
	{ { "--due", "" }, "{\"due\":null,\"version\":7}" },
	{ { "--urgent=" }, "{\"urgent\":null,\"version\":7}" },
	{ { "--no-urgent" }, "{\"urgent\":false,\"version\":7}" },
	{ { "--urgent", "--title=T" }, "{\"title\":\"T\",\"urgent\":true,\"version\":7}" },
};

/* What a call of a method sent beside whom, where and which. */
static char *sent(struct fixture *x, const char *method)
{
	char *at = strstr(x->calls, method), *text = at ? strndup(strchr(at, ' '), strcspn(strchr(at, ' '), "\n")) : NULL, *own;
	json_t *params = text ? json_loads(text, 0, NULL) : NULL;

	free(text);
	json_object_del(params, "organisation");
	json_object_del(params, "request_id");
	json_object_del(params, "id");
	own = params ? json_dumps(params, JSON_COMPACT | JSON_SORT_KEYS) : strdup("nothing");
	json_decref(params);
	return own;
}

static void test_a_field_that_is_named_is_changed_and_an_empty_value_empties_it(void **state)
{
	struct fixture *x = *state;

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		const char *words[8] = { "finding", "change", FINDING };
		char *own;

		memcpy(words + 3, changes[i].words, sizeof changes[i].words);
		*x->calls = '\0';
		if (cli_run(words))
			fail_msg("%s: %s", changes[i].words[0], cli_err);
		own = sent(x, "finding.change ");
		if (strcmp(own, changes[i].sent))
			fail_msg("%s: %s instead of %s", changes[i].words[0], own, changes[i].sent);
		free(own);
	}
	assert_int_equal(CLI_RUN("finding", "change", "--help"), 0);
	cli_said(cli_out, "--effect= empties it.");
	cli_not_said(cli_out, "--title= ");
	assert_int_equal(CLI_RUN("call", "finding.change", "{\"id\": \"" FINDING "\", \"effect\": null}"), 0);
	cli_said(x->calls, "\"effect\":null");
}

/* ---- may ---- */

static void test_may_tells_each_verb_and_why_not(void **state)
{
	struct fixture *x = *state;

	x->may = 1;
	assert_int_equal(CLI_RUN("may", "finding", "IA-2026-01-F-01"), 0);
	cli_said(x->calls, "may {\"noun\":\"finding\",\"ids\":[\"" FINDING "\"],\"organisation\":\"" ORGANISATION "\"}");
	assert_string_equal(cli_out, "VERB       MAY  WHY\n"
			    "ask-twice  yes  \n"
			    "issue      yes  \n"
			    "accept     no   Not by you. Nor today.\n"
			    "close      no   It is draft.\n");
	assert_int_equal(CLI_RUN("may", "finding", FINDING, "--field", "items.0.verbs.close.message"), 0);
	assert_string_equal(cli_out, "It is draft.\n");
	x->may = 2;
	assert_int_equal(CLI_RUN("may", "finding", FINDING, ORGANISATION), 5);
	cli_said(cli_out, FINDING "\n  VERB       MAY  WHY\n  ask-twice");
	cli_said(cli_out, "\n\n" ORGANISATION "\n  (none)\n");
	cli_said(cli_err, "There is no finding " ORGANISATION ", or it is not for you to see.");
	assert_int_equal(CLI_RUN("may", "finding", FINDING, ORGANISATION, "--csv"), 5);
	cli_said(cli_out, "record,verb,may,why\r\n" FINDING ",ask-twice,yes,\r\n");
	cli_said(cli_out, FINDING ",accept,no,Not by you. Nor today.\r\n");
	assert_int_equal(CLI_RUN("may", "finding", FINDING), 1);
	cli_said(cli_err, "answers for other records");
}

/* ---- help, completion ---- */

static void test_help_is_made_from_the_description(void **state)
{
	(void)state;
	assert_int_equal(CLI_RUN("help"), 0);
	cli_said(cli_out, "--token-file FILE");
	cli_said(cli_out, "finding ");
	cli_not_said(cli_out, "complete  ");
	assert_int_equal(CLI_RUN("help", "finding"), 0);
	cli_said(cli_out, "Issue a finding.");
	assert_int_equal(CLI_RUN("help", "finding", "issue"), 0);
	cli_said(cli_out, "Who may: auditor");
	cli_said(cli_out, "Read from the record when not given.");
	cli_said(cli_out, "ninetwo finding issue IA-2026-01-F-03\n");
	cli_not_said(cli_out, "--request-id");
	assert_int_equal(CLI_RUN("finding", "list", "--help"), 0);
	cli_said(cli_out, "--state draft|issued|closed");
	assert_int_equal(CLI_RUN("watch", "--help"), 0);
	cli_said(cli_out, "ninetwo watch --until finding.issued");
}

static const struct { const char *words[4]; const char *offered; } tabs[] = {
	{ { "find" }, "finding\n" },
	{ { "finding", "i" }, "issue\n" },
	{ { "evidence", "p" }, "put\n" },
	{ { "finding", "list", "--st" }, "--state\n" },
	{ { "finding", "list", "--tok" }, "--token-file\n" },
	{ { "finding", "list", "--state", "d" }, "draft\n" },
	{ { "finding", "list", "--state", "" }, "draft\nissued\nclosed\n" },
	{ { "nothing", "at", "all" }, "" },
};

static void test_completion_never_asks_the_server(void **state)
{
	struct fixture *x = *state;
	int before;

	assert_int_equal(CLI_RUN("version"), 0);
	before = cli_server_connections(x->server);
	for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++) {
		const char *words[8] = { "complete", "--" };

		memcpy(words + 2, tabs[i].words, sizeof tabs[i].words);
		assert_int_equal(cli_run(words), 0);
		if (strcmp(cli_out, tabs[i].offered))
			fail_msg("%s …: %s", words[2], cli_out);
	}
	assert_int_equal(cli_server_connections(x->server), before);
	CLI_RUN("--server", "127.0.0.1:1", "complete", "--", "find");		/* of which nothing is kept */
	assert_string_equal(cli_out, "");
	assert_int_equal(CLI_RUN("completion", "bash"), 0);
	cli_said(cli_out, "complete -F _ninetwo ninetwo");
}

/* ---- watch ---- */

#define EVENT(position, kind) "{'jsonrpc':'2.0','method':'event','params':{'position':" #position ",'kind':'" kind "','subject':'" FINDING "'," \
	"'version':1,'at':'2026-01-01T10:00:00.123Z'}}"

static void test_events_are_shown_once_and_the_position_is_kept(void **state)
{
	struct fixture *x = *state;

	x->later = EVENT(11, "finding.shared") "\n" EVENT(11, "finding.shared") "\n" EVENT(12, "check.recorded") "\n" EVENT(13, "finding.issued");
	assert_int_equal(CLI_RUN("watch", "--kind", "finding.", "--until", "finding.issued", "--timeout", PATIENCE), 0);
	cli_said(cli_err, "watching after position 10");
	assert_string_equal(cli_out, "     11  2026-01-01T10:00:00  finding.shared             " FINDING " v1\n"
			    "     13  2026-01-01T10:00:00  finding.issued             " FINDING " v1\n");
	cli_not_said(x->calls, "\"after\":");
	x->events = EVENT(13, "finding.issued") "\n" EVENT(14, "finding.closed");
	x->later = NULL;
	x->position = 14;
	assert_int_equal(CLI_RUN("watch", "--count", "1", "--timeout", PATIENCE, "--read"), 0);
	cli_said(x->calls, "\"after\":13,\"incarnation\":\"one\"");
	cli_said(cli_out, "     14  2026-01-01T10:00:00  finding.closed             IA-2026-01-F-03 v1\n");
	cli_not_said(cli_out, "issued");
}

static void test_what_is_lost_to_a_watch_is_said(void **state)
{
	struct fixture *x = *state;

	x->later = "{'jsonrpc':'2.0','method':'nonsense'}\n{'jsonrpc':'2.0','method':'event','params':'nonsense'}\n" EVENT(20, "finding.closed");
	assert_int_equal(CLI_RUN("watch", "--after", "3", "--until", "finding.closed", "--timeout", PATIENCE, "--json"), 0);
	cli_said(cli_out, "\"position\":20");
	x->later = NULL;
	assert_int_equal(CLI_RUN("watch", "--until", "finding.closed", "--timeout", "0.05"), 1);
	cli_said(cli_err, "has not happened");
	assert_int_equal(CLI_RUN("watch", "--timeout", "0.05"), 0);
}

static void test_a_resync_begins_where_the_server_stands(void **state)
{
	struct fixture *x = *state;

	x->events = "{'jsonrpc':'2.0','method':'resync','params':{}}";
	x->later = EVENT(11, "finding.closed");
	assert_int_equal(CLI_RUN("watch", "--after", "3", "--count", "1", "--timeout", PATIENCE), 0);
	cli_said(cli_err, "The events after position 3 are not to be had");
	cli_said(cli_out, "     11  ");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_what_was_typed_wrong_is_said),
		CASE(test_a_list_that_goes_on_says_so_and_is_followed),
		CASE(test_a_list_that_does_not_go_on_is_left),
		CASE(test_what_a_server_sends_does_not_command_the_terminal),
		CASE(test_an_option_stands_anywhere),
		CASE(test_a_change_is_made_once_whatever_is_printed),
		CASE(test_a_description_that_is_none),
		CASE(test_a_call_is_filled_in_and_a_raw_one_is_not),
		CASE(test_a_batch_names_the_line_that_was_refused),
		CASE(test_can_asks_and_changes_nothing),
		CASE(test_a_field_that_is_named_is_changed_and_an_empty_value_empties_it),
		CASE(test_may_tells_each_verb_and_why_not),
		CASE(test_help_is_made_from_the_description),
		CASE(test_completion_never_asks_the_server),
		CASE(test_events_are_shown_once_and_the_position_is_kept),
		CASE(test_what_is_lost_to_a_watch_is_said),
		CASE(test_a_resync_begins_where_the_server_stands),
	};

	return cmocka_run_group_tests_name("cli_commands", tests, NULL, NULL);
}
