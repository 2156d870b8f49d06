/* trial_cluster.c - see trial_cluster.h. */
#include "tests/unit/trial_cluster.h"

#include "db/account.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool trial_unprivileged(void)
{
	struct error err = { 0 };

	if (account_leave_root(geteuid() == 0 && !getpwnam(ACCOUNT_DEFAULT) ? "nobody" : NULL, NULL, &err) == OK)
		return true;
	fprintf(stderr, "%s\n", err.message);
	return false;
}

bool trial_folder(char *out, size_t size)
{
	const char *base = getenv("TMPDIR");

	snprintf(out, size, "%s/n2.XXXXXX", base && strlen(base) < 40 ? base : "/var/tmp");
	if (mkdtemp(out))
		return true;
	perror(out);
	return false;
}

void trial_remove(const char *folder)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	if (system(command))
		perror(folder);
}

struct trial *trial_new(void)
{
	struct trial *t = calloc(1, sizeof(*t));
	struct error err = { 0 };

	if (!trial_folder(t->folder, sizeof(t->folder))) {
		free(t);
		return NULL;
	}
	t->cluster = cluster_open(&(struct cluster_config){ .data = t->folder, .brittle = true }, &err);
	if (t->cluster)
		t->admin = session_open(cluster_conninfo(t->cluster), CLUSTER_SUPERUSER, NULL, &err);
	if (!t->admin) {
		fprintf(stderr, "%s\n", err.message);
		trial_free(t);
		return NULL;
	}
	return t;
}

void trial_free(struct trial *t)
{
	if (!t)
		return;
	session_close(t->admin);
	cluster_close(t->cluster);
	trial_remove(t->folder);
	free(t);
}

void trial_sql(struct trial *t, const char *sql)
{
	struct error err = { 0 };

	if (session_run(t->admin, NULL, sql, &err) != OK)
		fail_msg("%s", err.message);
}

const char *trial_value(struct trial *t, const char *sql)
{
	static char value[1024];
	struct session_rows *rows = NULL;
	struct error err = { 0 };

	if (session_query(t->admin, sql, 0, NULL, &rows, &err) != OK)
		fail_msg("%s", err.message);
	snprintf(value, sizeof(value), "%s", rows_count(rows) > 0 && rows_get(rows, 0, 0) ? rows_get(rows, 0, 0) : "");
	rows_free(rows);
	return value;
}

void trial_hold(struct trial *t)
{
	trial_value(t, "select pg_advisory_lock(92)");
}

void trial_let_go(struct trial *t)
{
	trial_value(t, "select pg_advisory_unlock(92)");
}

int trial_held(struct trial *t)
{
	return atoi(trial_value(t,
		"select count(*) from pg_locks where locktype = 'advisory' and objid = 92 and not granted"));
}
