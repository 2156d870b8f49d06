/* deployment.h - a ninetwo of a test's own: a PostgreSQL cluster on a private socket and one or more ninetwod beside it, all real.
 *
 * Everything lies in a folder below NINETWO_SCRATCH; the programs are those of the folder NINETWO_BUILD. Whatever fails here fails the
 * running test with a sentence and the end of the log that explains it, so nothing returns an error. */
#ifndef TESTS_SYSTEM_DEPLOYMENT_H
#define TESTS_SYSTEM_DEPLOYMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { DEPLOYMENT_PATH = 96, DEPLOYMENT_ARGUMENTS = 32, CODE_MAX = 64 };

struct server {
	pid_t pid;			/* 0: not running */
	int port, status_port;
	char log[DEPLOYMENT_PATH];	/* its standard error, all starts of it one after the other */
	char address[48];		/* as a client writes it: 127.0.0.1:port, or https://127.0.0.1:port */
	const char *ca_file;		/* set before the start of one that speaks TLS; NULL: plain */
};

struct deployment {
	char folder[DEPLOYMENT_PATH];
	char socket[DEPLOYMENT_PATH];	/* PostgreSQL's folder of its socket */
	char conninfo[2 * DEPLOYMENT_PATH];	/* without a user */
	char administrator_code[CODE_MAX], management_code[CODE_MAX];	/* of deployment_init */
};

/* A running cluster with the schema in it, no server yet. `name` names its folder. Settings are lines of postgresql.conf, NULL ends. */
void deployment_start(struct deployment *d, const char *name, const char *const settings[]);
/* The same with nothing in it but an empty database. */
void deployment_start_empty(struct deployment *d, const char *name);
void deployment_stop(struct deployment *d);

/* `ninetwod init`: an organisation, its administrator and its person of management, whose codes are then in *d. */
#define ADMINISTRATOR_EMAIL "ada@example.org"
#define MANAGEMENT_EMAIL "max@example.org"
void deployment_init(struct deployment *d, const char *organisation, const char *administrator, const char *management);
/* `ninetwod invite PERSON`: a one-time code. */
void deployment_invite(struct deployment *d, const char *person, char code[CODE_MAX]);

/* PostgreSQL stops as if the machine had lost its power, and starts again. */
void deployment_database_crash(struct deployment *d);
void deployment_database_start(struct deployment *d);

/* A standby of the running `of`, streaming from it under the application_name "standby" through a slot called so. */
void deployment_start_standby(struct deployment *d, const char *name, struct deployment *of);
/* It is a primary when this returns. */
void deployment_promote(struct deployment *d);

/* Starts a server and waits until it answers. `arguments` after `serve`, NULL ends, may be NULL. A port of 0 is chosen anew; one that is
 * set is kept, so that a restarted server is found where it was. A chosen port is kept from everybody else as long as this program runs. */
void server_start(struct deployment *d, struct server *s, const char *const arguments[]);
/* Chooses the ports before the start, for who must know them. */
void server_choose_ports(struct deployment *d, struct server *s);
/* Waits until it answers again (after its database was away, say). */
void server_wait_ready(struct server *s);
/* Sends the signal and waits for the end; the wait status. Fails the test when after SIGTERM the exit status is not 0 (a leak is one, under
 * ASAN). */
int server_end(struct server *s, int signal);
bool server_alive(struct server *s);
/* Resident memory in KiB; 0 when it is gone. */
long server_memory(const struct server *s);

/* Runs ninetwod or another program of the build to its end; its exit status. output (may be NULL) receives what it printed. */
int program_run(const char *const argv[], char *output, size_t size);
/* The psql script `path`, as the superuser. */
void deployment_load(struct deployment *d, const char *path);
/* SQL as the superuser; the first column of the first row in out (may be NULL). */
void deployment_sql(struct deployment *d, const char *sql, char *out, size_t size);
/* Asks again and again until that is `wanted`. */
void deployment_await(struct deployment *d, const char *sql, const char *wanted);

#endif
