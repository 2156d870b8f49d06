/* command_target.h - the database that an operator's command works on, opened. Private to command_*.c. */
#ifndef NINETWO_DB_COMMAND_TARGET_H
#define NINETWO_DB_COMMAND_TARGET_H

#include "db/cluster.h"
#include "db/command.h"
#include "db/session.h"

#include <jansson.h>

enum command_as {
	AS_ADMINISTRATOR,	/* the private cluster's superuser; with --database, the user that the string names */
	AS_OPERATOR		/* ninetwo_operator */
};

struct command_session {
	struct cluster *cluster;	/* NULL with --database */
	struct session *session;
};

/* Leaves root when it must. `create`: a private cluster that is not there yet is made. */
enum error_code command_open(struct command_session *s, const struct command_target *target, enum command_as as, bool create,
	struct error *err);
void command_close(struct command_session *s);

/* Prints err to standard error after the command's name, clears it, and returns exit status 1. */
int command_failed(const char *command, struct error *err);

/* Prints what people are called to standard output, so that nothing in it can begin a line or command the terminal. */
void command_say(const char *text);
/* Prints a person as NAME <EMAIL>, in the same way. */
void command_say_person(const json_t *who);

#endif
