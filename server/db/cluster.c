/* cluster.c - see cluster.h.
 *
 * `lock` is held while somebody starts or stops the cluster; `users` is held shared by everybody who uses it, so that whoever can have
 * it alone is the last. Both are let go by the kernel when a process dies. */
#include "db/cluster.h"

#include "base/buffer.h"
#include "db/child.h"
#include "db/cluster_files.h"
#include "db/session.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OUTPUT_MAX = 64 * 1024, CONNINFO_MAX = 2 * PATH_MAX + 100, PID_FILE_MAX = 4096 };

#define no_cluster "There is no cluster in %s: run ninetwod migrate."

struct cluster {
	char data[PATH_MAX];		/* absolute */
	char *binaries;
	int lock, users;		/* descriptors */
	bool adopted, brittle;
	char conninfo[CONNINFO_MAX];
};

/* --- folder and locks ---------------------------------------------------------------------------------------------------- */

/* Creates the folder and the missing ones above it, such as ~/.local of a new user. */
static int make_data_folder(const char *folder)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%s", folder);

	if (n < 0 || n >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (*path && mkdir(path, 0700) && errno != EEXIST)
			return -1;
		*slash = '/';
	}
	return mkdir(path, 0700) && errno != EEXIST ? -1 : 0;
}

static enum error_code open_folder(struct cluster *c, const char *folder, bool must_exist, struct error *err)
{
	struct stat st;

	if (geteuid() == 0)
		return error_set(err, E_FORBIDDEN, "PostgreSQL refuses to run as root.");
	if (!must_exist && make_data_folder(folder))
		return error_set(err, E_INTERNAL, "The folder %s cannot be made: %s.", folder, strerror(errno));
	if (must_exist && access(folder, F_OK) && errno == ENOENT)
		return error_set(err, E_NOT_FOUND, no_cluster, folder);
	if (!realpath(folder, c->data) || stat(c->data, &st))
		return error_set(err, E_NOT_FOUND, "The folder %s cannot be used: %s.", folder, strerror(errno));
	if (!S_ISDIR(st.st_mode) || st.st_uid != geteuid())
		return error_set(err, E_FORBIDDEN, "%s is not a folder of the user who runs this.", folder);
	if ((st.st_mode & 077) && chmod(c->data, 0700))
		return error_set(err, E_INTERNAL, "The folder %s cannot be closed to others: %s.", folder, strerror(errno));
	return OK;
}

/* Writes the path of name below the data folder; false when that is too long. */
static bool path_of(const struct cluster *c, const char *name, char out[PATH_MAX])
{
	int n = snprintf(out, PATH_MAX, "%s/%s", c->data, name);

	return n > 0 && n < PATH_MAX;
}

static enum error_code open_lock(const struct cluster *c, const char *name, int *fd, struct error *err)
{
	char path[PATH_MAX];

	if (path_of(c, name, path))
		*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (*fd < 0)
		return error_set(err, E_INTERNAL, "%s/%s cannot be opened: %s.", c->data, name, strerror(errno));
	return OK;
}

static int lock(int fd, int operation)
{
	int rc;

	do
		rc = flock(fd, operation);
	while (rc && errno == EINTR);
	return rc;
}

static enum error_code open_locks(struct cluster *c, struct error *err)
{
	if (open_lock(c, "lock", &c->lock, err) != OK || open_lock(c, "users", &c->users, err) != OK)
		return err->code;
	if (lock(c->lock, LOCK_EX) || lock(c->users, LOCK_SH))
		return error_set(err, E_INTERNAL, "The folder %s cannot be locked: %s.", c->data, strerror(errno));
	return OK;
}

/* --- PostgreSQL's programs ----------------------------------------------------------------------------------------------- */

/* Runs one of its programs; arguments up to a NULL. */
static enum error_code run_program(const struct cluster *c, const char *program, const char *const arguments[],
	struct error *err)
{
	const char *argv[24];
	char path[PATH_MAX];
	struct buffer output;
	int n = 1;

	snprintf(path, sizeof(path), "%s/%s", c->binaries, program);
	argv[0] = path;
	for (int i = 0; arguments[i] && n < 23; i++)
		argv[n++] = arguments[i];
	argv[n] = NULL;
	buffer_init(&output, OUTPUT_MAX);
	child_run(argv, c->data, &output, err);
	buffer_clear(&output);
	return err->code;
}

static bool running(const struct cluster *c)
{
	char path[PATH_MAX];
	const char *argv[] = { path, "status", "-D", "pg", NULL };
	struct buffer output;
	int status;

	snprintf(path, sizeof(path), "%s/pg_ctl", c->binaries);
	buffer_init(&output, OUTPUT_MAX);
	status = child_status(argv, c->data, &output);
	buffer_clear(&output);
	return status == 0;
}

static enum error_code start_postmaster(const struct cluster *c, const char *seconds, struct error *err)
{
	const char *arguments[] = { "start", "-D", "pg", "-w", "-t", seconds, "-s", "-l", "start.log", NULL };

	if (run_program(c, "pg_ctl", arguments, err) == OK)
		return OK;
	return error_set(err, E_NOT_NOW, "PostgreSQL does not start; %s/start.log and %s/pg/log say why.", c->data, c->data);
}

static void stop_postmaster(const struct cluster *c)
{
	const char *arguments[] = { "stop", "-D", "pg", "-m", "fast", "-w", "-t", "120", "-s", NULL };
	struct error err = { 0 };

	if (run_program(c, "pg_ctl", arguments, &err) == OK)
		cluster_socket_remove(c->data);
	error_clear(&err);
}

static enum error_code create(const struct cluster *c, struct error *err)
{
	const char *arguments[] = { "-D", "pg.new", "-U", CLUSTER_SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8", "--auth=peer",
		"--data-checksums", c->brittle ? "--no-sync" : NULL, NULL };
	const char *remove[] = { "rm", "-rf", "pg.new", NULL };
	char from[PATH_MAX], to[PATH_MAX];
	struct buffer output;

	buffer_init(&output, OUTPUT_MAX);
	child_run(remove, c->data, &output, err);	/* what an earlier attempt may have left */
	buffer_clear(&output);
	if (err->code != OK || run_program(c, "initdb", arguments, err) != OK)
		return err->code;
	if (cluster_files_include(c->data, "pg.new", err) != OK)
		return err->code;
	if (!path_of(c, "pg.new", from) || !path_of(c, "pg", to) || rename(from, to))
		return error_set(err, E_INTERNAL, "The new cluster cannot be put in its place: %s.", strerror(errno));
	return OK;
}

/* --- up ------------------------------------------------------------------------------------------------------------------ */

static bool file_exists(const struct cluster *c, const char *name)
{
	char path[PATH_MAX];

	return path_of(c, name, path) && access(path, F_OK) == 0;
}

static enum error_code bring_up(struct cluster *c, const struct cluster_config *config, struct error *err)
{
	char socket[CLUSTER_SOCKET_MAX];

	if (!file_exists(c, "pg/PG_VERSION")) {
		if (config->must_exist)
			return error_set(err, E_NOT_FOUND, no_cluster, c->data);
		if (create(c, err) != OK)
			return err->code;
	}
	c->adopted = running(c);
	if (c->adopted)
		return OK;
	if (config->must_run)
		return error_set(err, E_NOT_NOW, "The cluster in %s is not running.", c->data);
	cluster_socket_remove(c->data);			/* what one that died has left */
	if (cluster_socket_folder(c->data, socket, err) != OK || cluster_files_write(c->data, socket, c->brittle, err) != OK)
		return err->code;
	return start_postmaster(c, "120", err);
}

/* Where the live one listens stands in lines 4 (port) and 5 (folder) of its postmaster.pid. */
static enum error_code find_socket(struct cluster *c, struct error *err)
{
	char path[PATH_MAX], line[PATH_MAX], port[16] = "", folder[PATH_MAX] = "";
	FILE *f = path_of(c, "pg/postmaster.pid", path) ? fopen(path, "re") : NULL;

	for (int i = 1; f && i <= 5 && fgets(line, sizeof(line), f); i++) {
		line[strcspn(line, "\n")] = '\0';
		if (i == 4)
			snprintf(port, sizeof(port), "%.15s", line);
		else if (i == 5)
			snprintf(folder, sizeof(folder), "%s", line);
	}
	if (f)
		fclose(f);
	if (!*port || !*folder)
		return error_set(err, E_NOT_NOW, "The cluster in %s does not say where it listens.", c->data);
	cluster_conninfo_write(c->conninfo, sizeof(c->conninfo), folder, port);
	return OK;
}

static enum error_code create_database(const struct cluster *c, struct error *err)
{
	struct session *s = session_open(c->conninfo, CLUSTER_SUPERUSER, "postgres", err);
	struct session_rows *rows = NULL;

	if (!s)
		return err->code;
	session_query(s, "select from pg_catalog.pg_database where datname = '" CLUSTER_DATABASE "'", 0, NULL, &rows, err);
	if (rows && rows_count(rows) == 0)
		session_run(s, NULL, "create database " CLUSTER_DATABASE " template template0", err);
	rows_free(rows);
	session_close(s);
	return err->code;
}

struct cluster *cluster_open(const struct cluster_config *config, struct error *err)
{
	struct cluster *c = calloc(1, sizeof(*c));

	if (!c) {
		error_set(err, E_INTERNAL, NULL);
		return NULL;
	}
	c->lock = c->users = -1;
	c->brittle = config->brittle;
	if (open_folder(c, config->data, config->must_exist, err) != OK || open_locks(c, err) != OK)
		goto fail;
	c->binaries = cluster_binaries(c->data, config->binaries, err);
	if (!c->binaries || bring_up(c, config, err) != OK || find_socket(c, err) != OK || create_database(c, err) != OK)
		goto fail;
	lock(c->lock, LOCK_UN);
	return c;
fail:
	if (c->users >= 0 && c->binaries && !c->adopted && running(c) && lock(c->users, LOCK_EX | LOCK_NB) == 0)
		stop_postmaster(c);
	cluster_forget(c);
	return NULL;
}

/* --- in use -------------------------------------------------------------------------------------------------------------- */

const char *cluster_conninfo(const struct cluster *c)
{
	return c->conninfo;
}

const char *cluster_programs(const struct cluster *c)
{
	return c->binaries;
}

bool cluster_adopted(const struct cluster *c)
{
	return c->adopted;
}

enum error_code cluster_revive(struct cluster *c, bool *started, struct error *err)
{
	*started = false;
	if (lock(c->lock, LOCK_EX | LOCK_NB))
		return OK;
	if (!running(c)) {
		*started = start_postmaster(c, "5", err) == OK || running(c);
		if (*started)
			error_clear(err);
	}
	lock(c->lock, LOCK_UN);
	return err->code;
}

enum error_code cluster_keep(struct cluster *c, bool keep, struct error *err)
{
	char path[PATH_MAX];
	int fd, rc = -1;

	if (path_of(c, "keep", path) && keep) {
		fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
		rc = fd < 0 ? -1 : close(fd);
	} else if (!keep) {
		rc = unlink(path) && errno != ENOENT ? -1 : 0;
	}
	return rc ? error_set(err, E_INTERNAL, "%s cannot be changed: %s.", path, strerror(errno)) : OK;
}

void cluster_forget(struct cluster *c)
{
	if (!c)
		return;
	if (c->users >= 0)
		close(c->users);
	if (c->lock >= 0)
		close(c->lock);
	free(c->binaries);
	free(c);
}

bool cluster_close(struct cluster *c)
{
	bool last;

	if (!c)
		return false;
	last = lock(c->lock, LOCK_EX) == 0 && !file_exists(c, "keep") && lock(c->users, LOCK_EX | LOCK_NB) == 0;
	if (last)
		stop_postmaster(c);
	cluster_forget(c);
	return last;
}
