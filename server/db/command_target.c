/* command_target.c - see command_target.h; and the table of command.h. */
#include "db/command_target.h"

#include "db/account.h"

#include <stdio.h>
#include <string.h>

const struct command db_commands[] = {
	{ "migrate", "[--again]", "bring the database to the state of this release", command_migrate },
	{ "check", "", "look whether everything in the database is as it should be", command_check },
	{ "init", "--organisation NAME --administrator 'NAME <EMAIL>' --management 'NAME <EMAIL>'",
		"create an organisation with its first two people and print a one-time code for each", command_init },
	{ "invite", "PERSON", "print a one-time code with which a person (id or e-mail) sets their password", command_invite },
	{ "disable", "PERSON", "shut a person (id or e-mail) out of every organisation at once, open connections too", command_disable },
	{ "enable", "PERSON", "let a person who was shut out in again", command_enable },
	{ "cluster", "start|stop|status|conninfo|psql [ARGUMENT...]", "the private PostgreSQL cluster under --data", command_cluster },
	{ 0 }
};

static enum error_code open_cluster(struct command_session *s, const struct command_target *target, bool create, struct error *err)
{
	if (account_leave_root(target->user, create ? target->data : NULL, err) != OK)
		return err->code;
	s->cluster = cluster_open(&(struct cluster_config){ .data = target->data, .must_exist = !create }, err);
	return err->code;
}

static enum error_code not_migrated(struct error *err)
{
	error_clear(err);
	return error_set(err, E_STATE, "This database was never migrated: run ninetwod migrate.");
}

/* The roles are made by the first migration. */
static void say_not_migrated(struct error *err)
{
	if (strstr(err->message, "role \"ninetwo_operator\" does not exist"))
		not_migrated(err);
}

/* There may be roles without tables: they are of the whole cluster, and another of its databases was migrated. */
static enum error_code expect_migrated(struct session *s, struct error *err)
{
	struct session_rows *rows = NULL;

	if (session_query(s, "select where pg_catalog.to_regnamespace('operator') is not null", 0, NULL, &rows, err) == OK && rows_count(rows) == 0)
		not_migrated(err);
	rows_free(rows);
	return err->code;
}

enum error_code command_open(struct command_session *s, const struct command_target *target, enum command_as as, bool create,
	struct error *err)
{
	const char *user = as == AS_OPERATOR ? "ninetwo_operator" : target->database ? NULL : CLUSTER_SUPERUSER;

	*s = (struct command_session){ 0 };
	if (target->database && target->user && account_leave_root(target->user, NULL, err) != OK)
		return err->code;
	if (!target->database && open_cluster(s, target, create, err) != OK)
		return err->code;
	s->session = s->cluster ? session_open(cluster_conninfo(s->cluster), user, NULL, err) :
		session_open_with(target->database, user, target->password, err);
	if (!s->session)
		say_not_migrated(err);
	else if (as == AS_OPERATOR)
		expect_migrated(s->session, err);
	if (err->code != OK)
		command_close(s);
	return err->code;
}

void command_close(struct command_session *s)
{
	session_close(s->session);
	cluster_close(s->cluster);
	*s = (struct command_session){ 0 };
}

int command_failed(const char *command, struct error *err)
{
	fprintf(stderr, "ninetwod %s: %s\n", command, err->message);
	error_clear(err);
	return 1;
}

/* C1 is two bytes in UTF-8: C2, and 80 to 9F. */
void command_say(const char *text)
{
	const unsigned char *at = (const unsigned char *)(text ? text : "");

	for (; *at; at++)
		if (at[0] == 0xc2 && at[1] >= 0x80 && at[1] <= 0x9f)
			at++, putchar(' ');
		else
			putchar(*at < ' ' || *at == 0x7f ? ' ' : *at);
}

void command_say_person(const json_t *who)
{
	command_say(json_string_value(json_object_get(who, "name")));
	fputs(" <", stdout);
	command_say(json_string_value(json_object_get(who, "email")));
	putchar('>');
}
