/* command_target.c - see command_target.h; and the table of command.h. */
#include "db/command_target.h"

#include "db/account.h"

#include <stdio.h>

const struct command db_commands[] = {
	{ "migrate", "[--again]", "bring the database to the state of this release", command_migrate },
	{ "check", "", "look whether everything in the database is as it should be", command_check },
	{ "init", "--organisation NAME --administrator 'NAME <EMAIL>' --management 'NAME <EMAIL>'",
		"create an organisation with its first two people and print a one-time code for each", command_init },
	{ "invite", "PERSON", "print a one-time code with which a person (id or e-mail) sets their password", command_invite },
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

enum error_code command_open(struct command_session *s, const struct command_target *target, enum command_as as, bool create,
	struct error *err)
{
	const char *user = as == AS_OPERATOR ? "ninetwo_operator" : target->database ? NULL : CLUSTER_SUPERUSER;

	*s = (struct command_session){ 0 };
	if (target->database && target->user && account_leave_root(target->user, NULL, err) != OK)
		return err->code;
	if (!target->database && open_cluster(s, target, create, err) != OK)
		return err->code;
	s->session = session_open(s->cluster ? cluster_conninfo(s->cluster) : target->database, user, NULL, err);
	if (!s->session)
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
