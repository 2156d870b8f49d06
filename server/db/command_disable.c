/* command_disable.c - `ninetwod disable` and `ninetwod enable`: whether a person comes in at all, in whichever organisations they are. */
#include "db/command_target.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static void print_organisations(const json_t *who)
{
	const json_t *names = json_object_get(who, "organisations");
	const json_t *name;
	size_t i;

	if (json_array_size(names) == 0)
		fputs("no organisation", stdout);
	json_array_foreach(names, i, name) {
		fputs(i ? ", " : "", stdout);
		command_say(json_string_value(name));
	}
}

static void print_change(const char *json, bool disabled)
{
	json_t *who = json_loads(json ? json : "{}", 0, NULL);
	json_int_t ended = json_integer_value(json_object_get(who, "sessions_ended"));

	command_say_person(who);
	putchar(' ');
	if (!json_is_true(json_object_get(who, "changed")))
		puts(disabled ? "was shut out already." : "was not shut out.");
	else if (disabled)
		printf("is shut out; %lld %s ended.\n", (long long)ended, ended == 1 ? "session or bearer token" : "sessions and bearer tokens");
	else
		puts("may sign in again.");
	fputs("Known to: ", stdout);
	print_organisations(who);
	putchar('\n');
	json_decref(who);
}

static int change(const struct command_target *target, int argc, char **argv, bool disabled)
{
	struct command_session s = { 0 };
	struct session_rows *rows = NULL;
	struct error err = { 0 };

	if (argc != 2 || argv[1][0] == '-') {
		fprintf(stderr, "usage: ninetwod %s PERSON (id or e-mail)\n", argv[0]);
		return 2;
	}
	if (command_open(&s, target, AS_OPERATOR, false, &err) == OK)
		session_query(s.session, "select operator.disable($1, $2::boolean)", 2, (const char *const[]){ argv[1], disabled ? "true" : "false" },
			&rows, &err);
	if (err.code == OK)
		print_change(rows_get(rows, 0, 0), disabled);
	rows_free(rows);
	command_close(&s);
	return err.code == OK ? 0 : command_failed(argv[0], &err);
}

int command_disable(const struct command_target *target, int argc, char **argv)
{
	return change(target, argc, argv, true);
}

int command_enable(const struct command_target *target, int argc, char **argv)
{
	return change(target, argc, argv, false);
}
