/* command_cluster.c - `ninetwod cluster`: the private cluster in the hands of whoever operates the machine. */
#include "db/account.h"
#include "db/command_target.h"

#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGUMENTS_MAX = 64, CONNINFO_MAX = 2 * PATH_MAX + 200 };

static int cluster_command_usage(void)
{
	fputs("usage: ninetwod cluster start|stop|status|conninfo|psql [ARGUMENT...]\n", stderr);
	return 2;
}

static int say_cluster(const char *what, const struct cluster *c)
{
	printf("%s: %s\n", what, cluster_conninfo(c));
	return 0;
}

static int cluster_command_start(struct cluster *c, struct error *err)
{
	if (cluster_keep(c, true, err) != OK) {
		cluster_close(c);
		return command_failed("cluster", err);
	}
	say_cluster(cluster_adopted(c) ? "runs already" : "runs", c);
	cluster_forget(c);
	return 0;
}

static int cluster_command_stop(struct cluster *c, struct error *err)
{
	enum error_code rc = cluster_keep(c, false, err);
	bool stopped = cluster_close(c);

	if (rc != OK)
		return command_failed("cluster", err);
	puts(stopped ? "stopped" : "in use: it stops with the last who uses it");
	return 0;
}

static int cluster_command_status(struct cluster *c, struct error *err)
{
	(void)err;
	say_cluster("runs", c);
	cluster_forget(c);
	return 0;
}

static int cluster_command_conninfo(struct cluster *c, struct error *err)
{
	(void)err;
	puts(cluster_conninfo(c));
	cluster_forget(c);
	return 0;
}

/* psql as the superuser that bootstrapped, in this terminal. */
static int cluster_command_psql(struct cluster *c, int argc, char **argv)
{
	char path[PATH_MAX], where[CONNINFO_MAX];
	char *arguments[ARGUMENTS_MAX + 4] = { path, (char[]){ "-d" }, where };
	int result = 1;
	pid_t pid;

	snprintf(path, sizeof(path), "%s/psql", cluster_programs(c));
	snprintf(where, sizeof(where), "%s user=" CLUSTER_SUPERUSER, cluster_conninfo(c));
	for (int i = 0; i < argc && i < ARGUMENTS_MAX; i++)
		arguments[3 + i] = argv[i];
	if (posix_spawn(&pid, path, NULL, NULL, arguments, environ)) {
		fprintf(stderr, "ninetwod cluster: %s cannot be run\n", path);
	} else {
		while (waitpid(pid, &result, 0) < 0 && errno == EINTR)
			;
		result = WIFEXITED(result) ? WEXITSTATUS(result) : 1;
	}
	cluster_close(c);
	return result;
}

int command_cluster(const struct command_target *target, int argc, char **argv)
{
	static const struct { const char *verb; bool create, live; int (*run)(struct cluster *c, struct error *err); } verbs[] = {
		{ "start", true, false, cluster_command_start },
		{ "stop", false, true, cluster_command_stop },
		{ "status", false, true, cluster_command_status },
		{ "conninfo", false, true, cluster_command_conninfo },
		{ "psql", false, false, NULL },
	};
	struct error err = { 0 };
	struct cluster *c;
	size_t i = 0, count = sizeof(verbs) / sizeof(*verbs);

	while (i < count && (argc < 2 || strcmp(verbs[i].verb, argv[1])))
		i++;
	if (i == count || target->database || (verbs[i].run && argc > 2))
		return cluster_command_usage();
	if (account_leave_root(target->user, verbs[i].create ? target->data : NULL, &err) != OK)
		return command_failed("cluster", &err);
	c = cluster_open(&(struct cluster_config){ .data = target->data, .must_exist = !verbs[i].create, .must_run = verbs[i].live }, &err);
	if (!c)
		return command_failed("cluster", &err);
	return verbs[i].run ? verbs[i].run(c, &err) : cluster_command_psql(c, argc - 2, argv + 2);
}
