/* primary.c - see primary.h. */
#include "db/primary.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

/* The name of a WAL file begins with the timeline that is written now; the control file would name the one of the last checkpoint. */
const char primary_sql[] = "select (pg_catalog.pg_control_system()).system_identifier || ' x' || "
	"substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8)";

static struct primary newest;
static struct list users = { &users, &users };

struct primary primary_read(const char *text)
{
	struct primary p = { 0 };

	if (!text || sscanf(text, "%" SCNu64 " x%8lx", &p.cluster, &p.timeline) != 2)
		p.cluster = 0;
	return p;
}

static bool is_behind(const struct primary *p, const struct primary *other)
{
	return p->cluster && p->cluster == other->cluster && p->timeline < other->timeline;
}

bool primary_use(struct primary_user *u)
{
	struct list *node, *after;

	if (is_behind(&u->at, &newest))
		return false;
	if (u->at.cluster)
		newest = u->at;
	LIST_EACH(node, after, &users) {
		struct primary_user *other = LIST_ITEM(node, struct primary_user, node);

		if (is_behind(&other->at, &newest))
			other->behind(other->arg);
	}
	list_append(&users, &u->node);
	return true;
}

void primary_leave(struct primary_user *u)
{
	if (u->node.next)
		list_remove(&u->node);
}
