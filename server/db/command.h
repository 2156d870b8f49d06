/* command.h - the operator's commands that work on the database: migrate, check, init, invite, disable, enable, cluster.
 *
 * They block and are never called from the loop. Each prints its result to stdout, its problems to stderr, and returns the
 * program's exit status: 0 done, 1 refused or found something, 2 used wrongly. */
#ifndef NINETWO_DB_COMMAND_H
#define NINETWO_DB_COMMAND_H

struct command_target {
	const char *data;	/* folder of the private cluster; NULL when database is given */
	const char *database;	/* conninfo of any other PostgreSQL; NULL: the private cluster */
	const char *user;	/* --user: whom root becomes; NULL */
	const char *sql;	/* --sql DIR in place of what is built in; NULL */
	const char *password;	/* what is used with database where libpq is given none; NULL */
};

/* argv[0] is the command's name; what the target covers has been taken out of argv. */
int command_migrate(const struct command_target *target, int argc, char **argv);
int command_check(const struct command_target *target, int argc, char **argv);
/* --organisation NAME --administrator 'NAME <EMAIL>' --management 'NAME <EMAIL>': prints two one-time codes. */
int command_init(const struct command_target *target, int argc, char **argv);
/* PERSON (id or e-mail): prints a one-time code, once; an event. */
int command_invite(const struct command_target *target, int argc, char **argv);
/* PERSON (id or e-mail): shuts them out of every organisation, or lets them in again; an event in each. */
int command_disable(const struct command_target *target, int argc, char **argv);
int command_enable(const struct command_target *target, int argc, char **argv);
/* start | stop | status | conninfo | psql [ARG…]: the private cluster for whoever operates the machine. */
int command_cluster(const struct command_target *target, int argc, char **argv);

/* Name, one line of help and function of each; ends with a row of NULL. For main's table. */
struct command { const char *name, *usage, *help; int (*run)(const struct command_target *target, int argc, char **argv); };
extern const struct command db_commands[];

#endif
